//! That nothing is worked out twice.

use std::path::Path;

use super::*;
use crate::config::Loaded;
use crate::reader::WorkbookReader;
use crate::scorecard::WORKED_OUT;

/// The sample council with its packs going to a folder of the test's own.
fn sample(folder: &Path) -> Loaded {
    let dir = Path::new(env!("CARGO_MANIFEST_DIR")).join("config");
    let mut loaded = Loaded::load(&dir, &[], crate::storage::KINDS).unwrap();
    let service = &mut loaded.config.service;
    service.publish_path = folder.join("published").display().to_string();
    service.held_path = folder.join("held").display().to_string();
    service.restricted_path = service.restricted_path.as_ref().map(|_| folder.join("restricted").display().to_string());
    loaded
}

/// How many scorecards some work works out, on this thread.
fn scorecards<T>(work: impl Future<Output = T>) -> (usize, T) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    WORKED_OUT.set(0);
    let result = runtime.block_on(work);
    (WORKED_OUT.get(), result)
}

#[test]
fn the_scorecard_of_each_edition_is_worked_out_once() {
    // All of it on this thread, which counts.
    let _pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let Loaded { config, commentary, .. } = sample(folder.path());
    let period = config.service.run_period.unwrap();
    let resources = Resources::new(WorkbookReader::in_process());
    let stationery = Stationery::embedded().unwrap();
    let keys: Vec<PackKey> = config.boards.iter().map(|board| PackKey { period, board: board.id.clone() }).collect();
    let editions: usize = config.boards.iter().map(|board| board.editions.len()).sum();
    for mode in [RunMode::DryRun, RunMode::Publish, RunMode::Publish] {
        let request = ActivationRequest {
            keys: keys.clone(),
            mode,
            new_look: false,
            stop: Default::default(),
            asker: Default::default(),
        };
        let (worked_out, outcomes) =
            scorecards(activate(&config, &commentary, &stationery, &resources, request, &Silent));
        assert_eq!((worked_out, outcomes.unwrap().len()), (editions, editions), "{mode:?}");
    }
    for board in &config.boards {
        let key = PackKey { period, board: board.id.clone() };
        let reference = board.indicators().next().unwrap();
        let (worked_out, explained) =
            scorecards(explain::explain_figure(&config, &commentary, &key, reference, &resources));
        // All there is to say, and what the public edition says.
        let expected = 1 + usize::from(board.editions.contains(&Edition::Public));
        assert!(explained.is_ok() && worked_out == expected, "{}: {worked_out}", board.id);
    }
    let boards: Vec<BoardId> = config.boards.iter().map(|board| board.id.clone()).collect();
    let (worked_out, _) = scorecards(commentary::owed(&config, &commentary, period, &boards, None, &resources));
    let public_alone = |board: &&crate::domain::Board| board.editions == [Edition::Public];
    assert!(worked_out <= boards.len() + config.boards.iter().filter(public_alone).count(), "{worked_out}");
}

/// Counts the boards whose packs are being made.
#[derive(Default)]
struct UnderWay {
    boards: std::sync::Mutex<BTreeSet<String>>,
    most: std::sync::atomic::AtomicUsize,
}

impl Progress for UnderWay {
    fn step(&self, message: &str) {
        if let Some(board) = message.strip_prefix("making ") {
            let mut boards = self.boards.lock().unwrap();
            boards.insert(board.split(' ').next().unwrap().to_owned());
            self.most.fetch_max(boards.len(), Ordering::Relaxed);
        }
    }

    fn done(&self, outcome: &Outcome) {
        self.boards.lock().unwrap().remove(outcome.key.board.as_str());
    }
}

#[test]
fn no_more_packs_are_under_way_than_there_are_cores() {
    let folder = tempfile::tempdir().unwrap();
    let Loaded { mut config, commentary, .. } = sample(folder.path());
    let period = config.service.run_period.unwrap();
    // As many boards as a council has, all of them one.
    let one = config.boards.iter().find(|board| board.id.as_str() == "improvement").unwrap().clone();
    let editions = vec![crate::domain::Edition::Public];
    let named = |nth| crate::domain::Board {
        id: BoardId::parse(&format!("board-{nth}")).unwrap(),
        editions: editions.clone(),
        ..one.clone()
    };
    config.boards = (0..8).map(named).collect();
    let resources = Resources::new(WorkbookReader::in_process());
    let stationery = Stationery::embedded().unwrap();
    let keys = config.boards.iter().map(|board| PackKey { period, board: board.id.clone() }).collect();
    let asker = Asker::default();
    let request =
        ActivationRequest { keys, mode: RunMode::Publish, new_look: false, stop: StopToken::default(), asker };
    let under_way = UnderWay::default();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build().unwrap();
    let made = pool.install(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(activate(&config, &commentary, &stationery, &resources, request, &under_way)).unwrap()
    });
    assert_eq!(made.len(), 8);
    assert!(under_way.most.load(Ordering::Relaxed) <= 2, "{}", under_way.most.load(Ordering::Relaxed));
}
