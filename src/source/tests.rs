//! The room from outside, over storages in memory.

use super::*;
use crate::digest::sha256;
use crate::domain::Code;
use crate::storage::Memory;

fn id(text: &str) -> SourceId {
    SourceId::parse(text).unwrap()
}

fn filled(files: &[&str]) -> Memory {
    let memory = Memory::new(FetchLimits { max_bytes: 20 });
    for file in files {
        memory.keep(file, file.as_bytes());
    }
    memory
}

fn memory(files: &[&str]) -> Arc<Storage> {
    Arc::new(Storage::new(filled(files)))
}

fn tasks(list: &[(&str, &str, &[&str])]) -> BTreeMap<FetchTask, Vec<SourceId>> {
    list.iter()
        .map(|(storage, file, sources)| {
            let task = FetchTask { storage: (*storage).into(), file: (*file).into(), newest: None, older: Vec::new() };
            (task, sources.iter().map(|source| id(source)).collect())
        })
        .collect()
}

fn workbook(fetched: &BTreeMap<SourceId, Fetched>, source: &str) -> Arc<Workbook> {
    match &fetched[&id(source)] {
        Fetched::Workbook(workbook) => Arc::clone(workbook),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_file_that_several_sources_name_is_fetched_once() {
    let files = filled(&["a.xlsx", "b.xlsx"]);
    let storages = BTreeMap::from([("share".to_owned(), Ok(Arc::new(Storage::new(files.clone()))))]);
    let tasks = tasks(&[("share", "a.xlsx", &["one", "two"]), ("share", "b.xlsx", &["three"])]);
    let fetched = run(tasks, &storages, &Cache::new(), Duration::ZERO).await;
    assert!(Arc::ptr_eq(&workbook(&fetched, "one"), &workbook(&fetched, "two")));
    assert_eq!(workbook(&fetched, "three").origin(), "b.xlsx");
    assert_eq!(workbook(&fetched, "three").sha256(), sha256(b"b.xlsx"));
    assert_eq!(files.asked(), 2);
}

#[tokio::test]
async fn one_fault_stops_no_other_source() {
    let gone = StorageError::Undeclared { what: "storage", name: "gone".into() };
    let storages = BTreeMap::from([
        ("share".to_owned(), Ok(memory(&["a.xlsx", "much-too-large-to-read.xlsx"]))),
        ("gone".to_owned(), Err(gone)),
    ]);
    let tasks = tasks(&[
        ("share", "a.xlsx", &["good"]),
        ("share", "b.xlsx", &["missing"]),
        ("share", "../a.xlsx", &["outside"]),
        ("share", "much-too-large-to-read.xlsx", &["large"]),
        ("gone", "a.xlsx", &["unreachable"]),
        ("unheard-of", "a.xlsx", &["undeclared"]),
    ]);
    let fetched = run(tasks, &storages, &Cache::new(), Duration::ZERO).await;
    assert_eq!(fetched.len(), 6);
    assert_eq!(workbook(&fetched, "good").origin(), "a.xlsx");
    for (source, code) in [("missing", Code::FileMissing), ("large", Code::FileTooLarge)] {
        let Fetched::Findings(findings) = &fetched[&id(source)] else { panic!("{source}") };
        assert_eq!((findings[0].code, findings[0].at.source.clone()), (code, Some(id(source))));
    }
    for source in ["outside", "unreachable", "undeclared"] {
        assert!(matches!(fetched[&id(source)], Fetched::Unreachable(_)), "{source}");
    }
}

#[tokio::test]
async fn what_has_not_changed_is_at_hand_and_what_was_not_used_is_forgotten() {
    let files = filled(&["a.xlsx", "b.xlsx"]);
    let storages = BTreeMap::from([("share".to_owned(), Ok(Arc::new(Storage::new(files.clone()))))]);
    let cache = Cache::new();
    let both = tasks(&[("share", "a.xlsx", &["a"]), ("share", "b.xlsx", &["b"])]);
    let first = run(both, &storages, &cache, Duration::ZERO).await;
    cache.sweep();
    assert_eq!(cache.len(), 2);
    let only_a = tasks(&[("share", "a.xlsx", &["a"])]);
    let second = run(only_a.clone(), &storages, &cache, Duration::ZERO).await;
    assert!(Arc::ptr_eq(&workbook(&first, "a"), &workbook(&second, "a")));
    cache.sweep();
    assert_eq!(cache.len(), 1);
    files.keep("a.xlsx", b"new");
    assert_eq!(workbook(&run(only_a, &storages, &cache, Duration::ZERO).await, "a").bytes().unwrap(), b"new");
}

#[tokio::test]
async fn the_latest_file_of_an_earlier_month_stands_in_where_it_may() {
    let month = |month: u32| Period::new(2026, month).unwrap();
    let task = |back: &[u32]| FetchTask {
        storage: "share".into(),
        file: "10.xlsx".into(),
        newest: None,
        older: back.iter().map(|back| (month(*back), format!("{back:02}.xlsx"))).collect(),
    };
    for (files, back, expected) in [
        (&["10.xlsx", "09.xlsx"][..], &[9, 8][..], "10.xlsx"),
        (&["09.xlsx", "08.xlsx"], &[9, 8], "09.xlsx of September 2026"),
        (&["08.xlsx"], &[9, 8], "08.xlsx of August 2026"),
        (&["08.xlsx"], &[9], "F101"),
        (&["09.xlsx"], &[], "F101"),
    ] {
        let storages = BTreeMap::from([("share".to_owned(), Ok(memory(files)))]);
        let fetched =
            run(BTreeMap::from([(task(back), vec![id("one")])]), &storages, &Cache::new(), Duration::ZERO).await;
        let found = match &fetched[&id("one")] {
            Fetched::Workbook(workbook) => workbook.origin().to_owned(),
            Fetched::Carried { workbook, month, finding } => {
                assert_eq!((finding.code, finding.is_blocking()), (Code::CarriedForward, false));
                let of = format!("{} {}", month.month_name(), month.year());
                assert!(finding.message.contains(&format!("the file of {of} stands in")), "{finding}");
                format!("{} of {of}", workbook.origin())
            }
            Fetched::Findings(findings) => findings[0].code.to_string(),
            Fetched::Unreachable(error) => error.to_string(),
        };
        assert_eq!(found, expected, "{files:?} {back:?}");
    }
}

#[test]
fn a_file_is_fresh_until_it_has_been_left_alone_for_so_long() {
    let now: DateTime<Utc> = "2026-11-05T06:00:00Z".parse().unwrap();
    for (seconds, settle, fresh) in [
        (0, 60, true),
        (59, 60, true),
        (60, 60, false),
        (61, 60, false),
        // A server's clock that is a little ahead, and one that is wrong.
        (-59, 60, true),
        (-60, 60, false),
        (-86_400, 60, false),
        (0, 0, false),
        (3599, 3600, true),
    ] {
        let modified = now - TimeDelta::seconds(seconds);
        assert_eq!(is_fresh(Some(modified), now, Duration::from_secs(settle)), fresh, "{seconds} {settle}");
    }
    assert!(!is_fresh(None, now, Duration::from_secs(60)), "a storage that knows no times");
}
