//! The main job on storages: sources from one kind, packs to another, as a council has it.

#![cfg(target_os = "linux")]

use std::sync::OnceLock;

use boardpack::config::{DeclaredStorage, Loaded};
use boardpack::storage::{FetchLimits, Got, KINDS, PutMode, Storage, StorageSettings};

use crate::azure::azurite;
use crate::file_server::are_wanted;
use crate::graph_stand_in::GraphStandIn;
use crate::issued::output_of;
use crate::support::Council;
use crate::trail::{share, small};
use crate::webdav::apache;
use crate::{azure, s3, sftp, sharepoint, webdav};

/// A storage as a config declares it: the lines below `[storage.NAME]`.
#[derive(Clone)]
pub(crate) struct DeclaredLines(pub(crate) String);

/// A council of which the sources are on one storage, and whose packs go to another.
pub(crate) fn council_on(sources: &DeclaredLines, packs: &DeclaredLines) -> Council {
    let council = small();
    council.replace("config/boardpack.toml", "kind = \"directory\"\npath = \"../share\"\n", &sources.0).replace(
        "config/boardpack.toml",
        "[publish]\n",
        &format!("[storage.packs]\n{}[publish]\nupload = {{ storage = \"packs\", folder = \"Packs\" }}\n", packs.0),
    );
    // A red figure, which waits for words.
    share(&council, "79,100");
    let share = open(&council, "share");
    let workbook = std::fs::read(council.path("share/plans.csv")).unwrap();
    wait(share.put("plans.csv", &workbook, PutMode::Replace)).unwrap();
    std::fs::remove_dir_all(council.path("share")).unwrap();
    council
}

/// One of the storages that a council declares.
pub(crate) fn open(council: &Council, name: &str) -> Storage {
    let config = Loaded::load(&council.path("config"), &[], KINDS).unwrap().config;
    let declared = config.service.storages.get(name).and_then(DeclaredStorage::settings::<StorageSettings>);
    let storage = declared.unwrap().open(&config.dir, FetchLimits { max_bytes: 50_000_000 }).unwrap();
    // What packs are known by without opening it.
    assert_eq!(declared.unwrap().place(&config.dir), storage.place());
    storage
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

/// What a reader of the packs' storage has under a name.
pub(crate) fn read(council: &Council, name: &str) -> Option<Vec<u8>> {
    match wait(open(council, "packs").get(name, None)).unwrap() {
        Got::Found(file) => Some(file.bytes().unwrap()),
        _ => None,
    }
}

/// Every file of a revision, as its manifest names them.
fn files_of(council: &Council, revision: u32) -> Vec<String> {
    let manifest = council.manifest("2026-09", "panel", revision);
    let files = manifest["files"].as_array().unwrap().iter().map(|file| file["name"].as_str().unwrap().to_owned());
    files.chain(["manifest.json".to_owned()]).collect()
}

/// Makes a draft, finds it unchanged, prints commentary, and holds what its readers have
/// against what was published.
pub(crate) fn main_job(council: &Council, rewrites: bool) {
    let run = ["run", "--period", "2026-09"];
    let stands = |revision| {
        for file in files_of(council, revision) {
            let below = format!("2026-09/panel/r{revision}/{file}");
            let found = read(council, &format!("Packs/{below}"));
            let published = std::fs::read(council.path(&format!("published/{below}"))).unwrap();
            let is_rewritten = rewrites && file.ends_with(".pdf");
            assert!(found.as_ref() == Some(&published) || is_rewritten && found.is_some(), "{below}");
        }
    };
    let made = output_of(council, &run, 3);
    assert!(made.contains("put on ") && made.contains("panel for September 2026 r1"), "{made}");
    stands(1);
    let again = output_of(council, &run, 3);
    assert!(again.contains("unchanged") && !again.contains("put on "), "{again}");
    council.write("config/commentary/2026-09/panel.toml", "[PLA01]\ntext = \"Two reviews were late.\"\naction = \"Both are booked.\"\nowner = \"Head of Service\"\ndue = \"2026-12-01\"\n");
    let last = output_of(council, &run, 0);
    assert!(last.contains("panel for September 2026 r2"), "{last}");
    stands(1);
    stands(2);
    let verified = output_of(council, &["verify", "--all"], 0);
    assert!(verified.contains("and 2 revisions where readers have them"), "{verified}");
    let pdf = files_of(council, 2).into_iter().find(|file| file.ends_with(".pdf")).unwrap();
    council.write("taken.pdf", read(council, &format!("Packs/2026-09/panel/r2/{pdf}")).unwrap());
    let genuine = output_of(council, &["verify", "taken.pdf"], 0);
    assert!(
        genuine.starts_with("Genuine") && genuine.contains("It is the copy that your storage") == rewrites,
        "{genuine}"
    );
    // What somebody changes or takes away there is told.
    let packs = open(council, "packs");
    wait(packs.put("Packs/2026-09/panel/r1/figures.csv", b"other", PutMode::Replace)).unwrap();
    wait(packs.remove("Packs/2026-09/panel/r2/findings.json")).unwrap();
    let told = output_of(council, &["verify", "--all"], 3);
    assert!(told.contains("r1/figures.csv on ") && told.contains("is not what was put there"), "{told}");
    assert!(told.contains("r2/findings.json on ") && told.contains("is gone"), "{told}");
}

/// Runs the sample with its workbooks on a storage, from a config that differs in the lines
/// of that storage alone: its packs are those of the sample.
pub(crate) fn sample_on(storage: &DeclaredLines) {
    static FOLDER: OnceLock<String> = OnceLock::new();
    let council = Council::sample();
    let before = council.read("config/boardpack.toml");
    let share = before.split("[storage.share]\n").nth(1).unwrap().split("\n\n").next().unwrap();
    council.write("config/boardpack.toml", before.replacen(share, &storage.0, 1));
    let there = open(&council, "share");
    for file in council.files("sample/share") {
        let bytes = std::fs::read(council.path("sample/share").join(&file)).unwrap();
        wait(there.put(&file, &bytes, PutMode::Create)).unwrap();
    }
    std::fs::remove_dir_all(council.path("sample/share")).unwrap();
    let made = |council: &Council| {
        council.boardpack(&["run", "--board", "corporate-parenting"]).code(3);
        council.read("published/2026-10/corporate-parenting/r1/figures.csv")
    };
    assert_eq!(FOLDER.get_or_init(|| made(&Council::sample())), &made(&council));
}

/// Runs what waits for programs beside a runtime that serves them.
async fn beside(work: impl FnOnce() + Send + 'static) {
    tokio::task::spawn_blocking(work).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn every_kind_carries_the_main_job_from_and_to_another() {
    if !are_wanted() {
        return;
    }
    let (bucket, graph, ssh, dav) = (s3::moto("A=1", ""), GraphStandIn::start().await, sftp::openssh(""), apache());
    graph.ways(|ways| ways.rewrites = true);
    let Some(blobs) = azurite().await else { return };
    let bucket_lines = move |folder: &str| DeclaredLines(s3::lines(bucket.port, &format!("folder = \"{folder}\"\n")));
    let blob_lines = |folder: &str| DeclaredLines(azure::with_key(blobs.port, &format!("folder = \"{folder}\"\n")));
    let ssh_lines = DeclaredLines(sftp::lines(&ssh, ssh.port, ""));
    let graph_lines = DeclaredLines(sharepoint::lines(&graph));
    let dav_lines = webdav::declared(&dav);
    let pairs = [
        (bucket_lines("sources"), blob_lines("packs"), false),
        (blob_lines("sources"), ssh_lines.clone(), false),
        (ssh_lines, graph_lines.clone(), true),
        (graph_lines, dav_lines.clone(), false),
        (dav_lines, bucket_lines("packs"), false),
    ];
    for (from, to, rewrites) in pairs {
        beside(move || main_job(&council_on(&from, &to), rewrites)).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_runs_on_every_kind() {
    if !are_wanted() {
        return;
    }
    let (bucket, graph, ssh, dav) = (s3::moto("A=1", ""), GraphStandIn::start().await, sftp::openssh(""), apache());
    let Some(blobs) = azurite().await else { return };
    for lines in [
        DeclaredLines(s3::lines(bucket.port, "")),
        DeclaredLines(azure::with_key(blobs.port, "")),
        DeclaredLines(sftp::lines(&ssh, ssh.port, "")),
        DeclaredLines(sharepoint::lines(&graph)),
        webdav::declared(&dav),
    ] {
        assert!(lines.0.trim().lines().count() < 10, "{}", lines.0);
        beside(move || sample_on(&lines)).await;
    }
}

#[test]
fn folders_carry_the_main_job() {
    let holder = tempfile::tempdir().unwrap();
    let at = |name: &str| {
        std::fs::create_dir(holder.path().join(name)).unwrap();
        DeclaredLines(format!("kind = \"directory\"\npath = \"{}\"\n", holder.path().join(name).display()))
    };
    main_job(&council_on(&at("share"), &at("packs")), false);
}
