//! The published folder: crashes, races, and what is never touched again.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Barrier, LazyLock};

use boardpack::domain::{BoardId, Edition, Input, PackKey, PackState, Period};
use boardpack::pack::model::HeldNotice;
use boardpack::publish::{Documents, Issue, Publication, PublishError, PublishedFolder, RevisionRecord};
use boardpack::typeset::{Pdf, Stationery};

fn key() -> PackKey {
    PackKey { period: Period::new(2026, 10).unwrap(), board: BoardId::parse("panel").unwrap() }
}

/// A page that differs with what it says.
fn pdf(content: &str) -> Pdf {
    static STATIONERY: LazyLock<Stationery> = LazyLock::new(|| Stationery::embedded().unwrap());
    let sample: HeldNotice = serde_json::from_str(include_str!("../../templates/held.json")).unwrap();
    STATIONERY.held(&HeldNotice { title: content.to_owned(), ..sample }).unwrap()
}

fn documents<'d>(pdf: &'d Pdf, html: &'d [u8]) -> Documents<'d> {
    Documents { pdf, html, supplement: None, summary: b"<h1>Brief</h1>" }
}

/// Publishes an issue with a page of its content.
fn publish(folder: &PublishedFolder, issue: Issue) -> Result<Publication, PublishError> {
    let content = issue.content_sha256.clone();
    let (pdf, html) = (pdf(&content), format!("<p>{content}"));
    folder.publish(issue, documents(&pdf, html.as_bytes()))
}

fn issue(revision: u32, content: &str) -> Issue {
    Issue {
        key: key(),
        revision,
        supersedes: revision.checked_sub(1).filter(|before| *before > 0),
        state: PackState::Final,
        file_stem: format!("Panel - Scorecard - October 2026 - r{revision}"),
        figures_csv: b"figures".to_vec(),
        findings_json: b"[]\n".to_vec(),
        suppression_csv: None,
        record: RevisionRecord::default(),
        inputs: vec![Input { origin: "a.xlsx".into(), sha256: "00".into(), as_at: None }],
        config_sha256: "01".into(),
        template_sha256: "02".into(),
        content_sha256: content.into(),
        awaited: Vec::new(),
        lacks: std::collections::BTreeMap::new(),
    }
}

struct Place {
    dir: tempfile::TempDir,
}

impl Place {
    fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    fn folder(&self) -> PublishedFolder {
        PublishedFolder::open(self.published(), self.dir.path().join("held"), Edition::Public).unwrap()
    }

    fn published(&self) -> PathBuf {
        self.dir.path().join("published")
    }

    /// Every file below the published folder but the lock, with its bytes.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        collect(&self.published(), &self.published(), &mut files);
        files
    }
}

fn collect(root: &Path, at: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(at).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else if path.file_name().unwrap() != ".boardpack.lock" {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}

#[test]
fn a_revision_is_laid_out_as_the_contract_says() {
    let place = Place::new();
    let publication = publish(&place.folder(), issue(1, "one")).unwrap();
    let names: Vec<String> = place.files().into_keys().collect();
    assert_eq!(
        names,
        [
            "2026-10/panel/r1/Panel - Scorecard - October 2026 - r1.html",
            "2026-10/panel/r1/Panel - Scorecard - October 2026 - r1.pdf",
            "2026-10/panel/r1/figures.csv",
            "2026-10/panel/r1/findings.json",
            "2026-10/panel/r1/manifest.json",
            "2026-10/panel/r1/summary.html",
        ]
    );
    assert_eq!(fs::read(publication.pdf_path()).unwrap(), pdf("one").bytes());
    assert_eq!(place.folder().latest(&key()).unwrap(), Some(publication));
}

#[test]
fn whoever_lost_the_locks_issues_nothing_and_overwrites_nothing() {
    for is_shared in [false, true] {
        let place = Place::new();
        let folder = place.folder().shared(is_shared);
        folder.ready().unwrap();
        let refused =
            folder.publish_while(issue(1, "one"), documents(&pdf("one"), b""), &|| Err("the session ended".into()));
        assert!(matches!(refused, Err(PublishError::LockLost { .. })), "{refused:?}");
        assert_eq!(folder.latest(&key()).unwrap(), None);
        publish(&folder, issue(1, "two")).unwrap();
    }
    // One that stood still after it was asked last finds another's revision, and nothing of its own.
    let place = Place::new();
    let stalled = place.folder().shared(true);
    stalled.ready().unwrap();
    let late = stalled.publish_while(issue(1, "late"), documents(&pdf("late"), b"late"), &|| {
        publish(&place.folder().shared(true), issue(1, "other")).unwrap();
        Ok(())
    });
    assert!(matches!(late, Err(PublishError::AlreadyIssued { revision: 1, .. })), "{late:?}");
    let files = place.files();
    assert_eq!(
        (files.len(), &*files["2026-10/panel/r1/Panel - Scorecard - October 2026 - r1.html"]),
        (6, &b"<p>other"[..])
    );
}

#[test]
fn the_same_issue_is_the_same_bytes() {
    let (one, two) = (Place::new(), Place::new());
    for place in [&one, &two] {
        publish(&place.folder(), issue(1, "one")).unwrap();
    }
    assert_eq!(one.files(), two.files());
}

#[test]
fn an_attempt_that_crashed_is_finished_by_the_next() {
    let place = Place::new();
    let folder = place.published().join("2026-10/panel/r1");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("Panel - Scorecard - October 2026 - r1.pdf"), "half of a P").unwrap();
    fs::write(folder.join("Old Title - r1.pdf"), "of a board with another title").unwrap();
    fs::write(folder.join(".boardpack-Ab12.tmp"), "cut o").unwrap();
    fs::write(folder.join("read me.txt"), "an officer's").unwrap();
    let folder = place.folder();
    assert_eq!(folder.latest(&key()).unwrap(), None);
    assert!(folder.standing().unwrap().is_empty());
    publish(&folder, issue(1, "one")).unwrap();
    let files = place.files();
    assert_eq!(files["2026-10/panel/r1/Panel - Scorecard - October 2026 - r1.pdf"], pdf("one").bytes());
    assert!(!files.contains_key("2026-10/panel/r1/Old Title - r1.pdf"));
    assert!(!files.keys().any(|name| name.ends_with(".tmp")));
    assert!(files.contains_key("2026-10/panel/r1/read me.txt"));
    assert_eq!(folder.standing().unwrap()[&key()].as_ref().unwrap().manifest.revision, 1);
}

#[test]
fn what_is_issued_is_never_touched() {
    let place = Place::new();
    let folder = place.folder();
    publish(&folder, issue(1, "one")).unwrap();
    let before = place.files();
    assert!(matches!(publish(&folder, issue(1, "other")), Err(PublishError::AlreadyIssued { revision: 1, .. })));
    assert_eq!(place.files(), before);
    publish(&folder, issue(2, "two")).unwrap();
    assert!(matches!(publish(&folder, issue(1, "other")), Err(PublishError::AlreadyIssued { .. })));
    let after = place.files();
    assert!(before.iter().all(|(name, bytes)| after.get(name) == Some(bytes)));
    let numbers: Vec<u32> =
        folder.revisions(&key()).unwrap().iter().map(|publication| publication.manifest.revision).collect();
    assert_eq!(numbers, [1, 2]);
    assert_eq!(folder.latest(&key()).unwrap().unwrap().manifest.supersedes, Some(1));
}

#[test]
fn a_revision_follows_on_the_latest_one() {
    let place = Place::new();
    let folder = place.folder();
    for wrong in
        [Issue { supersedes: None, ..issue(2, "two") }, issue(2, "two"), Issue { revision: 0, ..issue(1, "no") }]
    {
        assert!(matches!(publish(&folder, wrong), Err(PublishError::OutOfOrder { .. })));
    }
    publish(&folder, issue(1, "one")).unwrap();
    for wrong in [Issue { supersedes: None, ..issue(2, "two") }, issue(3, "three")] {
        assert!(matches!(publish(&folder, wrong), Err(PublishError::OutOfOrder { .. })));
    }
}

#[test]
fn of_writers_that_race_exactly_one_commits() {
    const WRITERS: usize = 8;
    for _round in 0..5 {
        let place = Place::new();
        let start = Barrier::new(WRITERS);
        // Half of them share a folder, as tasks of one process would.
        let shared = place.folder();
        let results: Vec<Result<Publication, PublishError>> = std::thread::scope(|scope| {
            let writers: Vec<_> = (0..WRITERS)
                .map(|writer| {
                    let (place, start, shared) = (&place, &start, &shared);
                    scope.spawn(move || {
                        let own = place.folder();
                        let folder = if writer % 2 == 0 { shared } else { &own };
                        start.wait();
                        publish(folder, issue(1, &format!("writer {writer}")))
                    })
                })
                .collect();
            writers.into_iter().map(|writer| writer.join().unwrap()).collect()
        });
        let won: Vec<&Publication> = results.iter().filter_map(|result| result.as_ref().ok()).collect();
        assert_eq!(won.len(), 1, "{results:?}");
        for error in results.iter().filter_map(|result| result.as_ref().err()) {
            assert!(matches!(error, PublishError::AlreadyIssued { .. } | PublishError::InUse { .. }), "{error:?}");
        }
        assert_eq!(fs::read(won[0].pdf_path()).unwrap(), pdf(&won[0].manifest.content_sha256).bytes());
        assert_eq!(place.folder().latest(&key()).unwrap().as_ref(), Some(won[0]));
    }
}

#[test]
fn a_lock_excludes_another_run_and_not_its_own() {
    let place = Place::new();
    let (ours, theirs) = (place.folder(), place.folder());
    let lock = ours.lock().unwrap();
    assert!(matches!(theirs.lock(), Err(PublishError::InUse { .. })));
    assert!(matches!(publish(&theirs, issue(1, "theirs")), Err(PublishError::InUse { .. })));
    assert_eq!(theirs.latest(&key()).unwrap(), None, "reading needs no lock");
    publish(&ours, issue(1, "ours")).unwrap();
    assert!(matches!(theirs.lock(), Err(PublishError::InUse { .. })), "publishing does not give the run's lock up");
    drop(lock);
    publish(&theirs, issue(2, "theirs")).unwrap();
    drop(ours.lock().unwrap());
}

#[test]
fn a_manifest_that_cannot_be_read_stops_everything_about_its_pack() {
    let place = Place::new();
    let folder = place.folder();
    publish(&folder, issue(1, "one")).unwrap();
    let manifest = place.published().join("2026-10/panel/r1/manifest.json");
    for (text, words) in [("{\"schema\": 1", "backup"), ("{\"schema\": 2}", "newer boardpack")] {
        fs::write(&manifest, text).unwrap();
        for error in [
            folder.latest(&key()).unwrap_err(),
            folder.standing().unwrap().remove(&key()).unwrap().unwrap_err(),
            publish(&folder, issue(1, "again")).unwrap_err(),
        ] {
            let message = error.to_string();
            assert!(message.contains("manifest.json") && message.contains(words), "{message}");
        }
    }
}

#[test]
fn a_folder_copied_by_hand_is_noticed_or_passed_over() {
    let place = Place::new();
    let folder = place.folder();
    publish(&folder, issue(1, "one")).unwrap();
    let board = place.published().join("2026-10/panel");
    let copy = |to: PathBuf| {
        fs::create_dir_all(&to).unwrap();
        fs::copy(board.join("r1/manifest.json"), to.join("manifest.json")).unwrap();
    };
    copy(board.join("r1 - Copy"));
    copy(place.published().join("Old packs/panel/r1"));
    assert_eq!(folder.standing().unwrap().len(), 1);
    copy(board.join("r2"));
    assert!(matches!(folder.latest(&key()), Err(PublishError::Contradiction { .. })));
}

#[test]
fn a_notice_is_replaced_and_then_released() {
    let place = Place::new();
    let folder = place.folder();
    let other = PackKey { board: BoardId::parse("other").unwrap(), ..key() };
    let month = place.dir.path().join("held/2026-10");
    folder.hold(&key(), "Held - Old Title.pdf", &pdf("old"), b"[]").unwrap();
    let notice = folder.hold(&key(), "Held - Panel.pdf", &pdf("page"), b"[1]").unwrap();
    folder.hold(&other, "Held - Other.pdf", &pdf("page"), b"[]").unwrap();
    assert_eq!(notice, month.join("panel").join("Held - Panel.pdf"));
    assert_eq!(fs::read(&notice).unwrap(), pdf("page").bytes());
    assert_eq!(fs::read(month.join("panel/findings.json")).unwrap(), b"[1]");
    assert_eq!(fs::read_dir(month.join("panel")).unwrap().count(), 2);
    assert_eq!(folder.notices().unwrap()[&key()], notice);
    folder.release(&key()).unwrap();
    assert!(!month.join("panel").exists() && month.join("other").exists());
    folder.release(&other).unwrap();
    assert!(!month.exists());
    folder.release(&key()).unwrap();
    assert!(folder.notices().unwrap().is_empty());
}

#[test]
fn looking_leaves_no_trace_and_a_missing_share_is_not_made() {
    let place = Place::new();
    assert!(place.folder().standing().unwrap().is_empty());
    assert!(place.folder().notices().unwrap().is_empty());
    assert!(!place.published().exists());
    let gone = place.dir.path().join("not-mounted/published");
    let folder = PublishedFolder::open(gone.clone(), place.dir.path().join("held"), Edition::Public).unwrap();
    assert!(matches!(publish(&folder, issue(1, "one")), Err(PublishError::NoParent { .. })));
    assert!(!gone.exists());
    for held in ["published", "published/held", "."] {
        let held = place.dir.path().join(held);
        assert!(matches!(
            PublishedFolder::open(place.published(), held, Edition::Public),
            Err(PublishError::Nested { .. })
        ));
    }
}

#[test]
fn a_name_that_windows_refuses_is_refused_before_anything_is_written() {
    let place = Place::new();
    let folder = place.folder();
    let bad = Issue { file_stem: "SEND: Written Statement".into(), ..issue(1, "one") };
    assert!(matches!(publish(&folder, bad), Err(PublishError::Name { .. })));
    assert!(matches!(folder.hold(&key(), "../out.pdf", &pdf("out"), b""), Err(PublishError::Name { .. })));
    assert!(!place.published().exists());
}
