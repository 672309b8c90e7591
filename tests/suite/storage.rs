//! What every kind of storage has in common: the contract, the manual, and
//! fetching workbooks as a config declares them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use boardpack::config::{Config, Files, Loaded};
use boardpack::domain::layout::Newest;
use boardpack::domain::{Code, Period, SourceId};
use boardpack::source::{self, Cache, Fetched, Workbook};
use boardpack::storage::{FetchLimits, Got, KINDS, Memory, PutAnswer, PutMode, Storage, StorageError};
use wiremock::matchers::{header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::root;

/// What a storage under [`contract`] may read.
pub(crate) const LIMITS: FetchLimits = FetchLimits { max_bytes: 1_000 };

/// What a storage under [`contract`] holds, and nothing else.
pub(crate) fn files() -> Vec<(&'static str, Vec<u8>)> {
    vec![
        ("a.xlsx", b"a".to_vec()),
        ("empty.xlsx", Vec::new()),
        ("2026-10/KPI 9.xlsx", b"nine".to_vec()),
        ("2026-10/KPI 10.xlsx", b"ten".to_vec()),
        ("2026-10/100% [final] #2 Größe.xlsx", b"final".to_vec()),
        ("largest.xlsx", vec![7; 1_000]),
        ("larger.xlsx", vec![7; 1_001]),
    ]
}

/// Holds a storage to what every kind must answer (`src/storage/contract.rs`).
/// It holds [`files`], reads within [`LIMITS`], and signs in with "s3cret" where
/// its kind knows of signing in.
pub(crate) async fn contract(kind: &str, storage: &Storage) {
    for (name, bytes) in files() {
        let got = storage.get(name, None).await.unwrap();
        if let Got::TooLarge { name: of, bytes: seen, limit } = &got {
            assert!(of == name && *seen > *limit && *limit == LIMITS.max_bytes && bytes.len() == 1_001, "{got:?}");
            continue;
        }
        let Got::Found(file) = &got else { panic!("{kind}: {name}: {got:?}") };
        assert_eq!((file.name.as_str(), file.bytes().unwrap()), (name, bytes.clone()), "{kind}");
        assert!(bytes.len() < 1_001, "{kind} read more than its limit");
        // Of several files that match, this one is the newest.
        assert_eq!(storage.newest(name, None, Some(Newest::Name)).await.unwrap(), got);
        // Unchanged is the answer to an etag that holds, and to no other.
        assert_eq!(storage.get(name, Some("\"of another file\"")).await.unwrap(), got);
        if let Some(etag) = &file.etag {
            assert_eq!(storage.get(name, Some(etag)).await.unwrap(), Got::Unchanged, "{kind}: {name}");
        }
    }
    for name in ["b.xlsx", "2026-09/KPI 9.xlsx", "2026-10", "a.xlsx/b.xlsx"] {
        let got = storage.get(name, None).await.unwrap();
        assert!(matches!(&got, Got::Missing { near } if near.len() <= 3), "{kind}: {name}: {got:?}");
    }
    let refused = async |name: &str| {
        let error = storage.get(name, None).await.unwrap_err();
        assert!(matches!(&error, StorageError::Path { place, .. } if *place == storage.place()), "{kind}: {name}");
        format!("{error} {error:?}")
    };
    let mut words = format!("{storage:?} {}", storage.place());
    for name in
        ["", "/a.xlsx", "../a.xlsx", "2026-10/../a.xlsx", "./a.xlsx", "2026-10//a.xlsx", "C:/a.xlsx", "a\\b.xlsx"]
    {
        words.push_str(&refused(name).await);
    }
    if !KINDS.iter().any(|known| known.name == kind && known.no_patterns.is_some()) {
        let found = async |pattern: &str, rule| match storage.newest(pattern, None, rule).await.unwrap() {
            Got::Found(file) => vec![file.name],
            Got::Ambiguous { names } => names,
            Got::Missing { .. } => Vec::new(),
            other => panic!("{kind}: {pattern}: {other:?}"),
        };
        let both = ["2026-10/KPI 10.xlsx", "2026-10/KPI 9.xlsx"];
        assert_eq!(found("2026-10/KPI *.xlsx", None).await, both, "{kind}");
        assert_eq!(found("2026-1?/kpi ?.XLSX", None).await, both[1..], "{kind}");
        assert_eq!(found("*/KPI *.xlsx", Some(Newest::Name)).await, both[..1], "{kind}");
        assert_eq!(found("*.csv", None).await, [""; 0], "{kind}");
    } else {
        words.push_str(&refused("2026-10/*.xlsx").await);
    }
    assert!(!words.contains("s3cret"), "{kind}: {words}");
}

/// Holds a storage that takes packs to what every such kind does with what is put there.
pub(crate) async fn contract_of_writes(kind: &str, storage: &Storage) {
    let read = async |name: &str| match storage.get(name, None).await.unwrap() {
        Got::Found(file) => Some(file.bytes().unwrap()),
        Got::Missing { .. } => None,
        other => panic!("{kind}: {other:?}"),
    };
    let put = async |name: &str, bytes: &[u8], mode| storage.put(name, bytes, mode).await.unwrap();
    let is_stored = |answer: &PutAnswer| matches!(answer, PutAnswer::Stored { .. });
    // Folders come with the files in them, and a name is no pattern and no code.
    for name in ["new.pdf", "2026-11/panel/r1/Größe & 100% #1 [final]+.pdf", "2026-11/panel/r1/manifest.json"] {
        let bytes = name.as_bytes();
        assert_eq!(read(name).await, None, "{kind}: {name}");
        assert!(is_stored(&put(name, bytes, PutMode::Create).await), "{kind}: {name}");
        assert_eq!(read(name).await.as_deref(), Some(bytes), "{kind}: {name}");
        // What stands is kept.
        assert_eq!(put(name, b"other", PutMode::Create).await, PutAnswer::Exists, "{kind}: {name}");
        assert_eq!(read(name).await.as_deref(), Some(bytes), "{kind}: {name}");
    }
    let listed = async |folder: &str| {
        let entries = storage.list(folder).await.unwrap().unwrap_or_default();
        let mut names: Vec<String> = entries.into_iter().map(|entry| entry.name).collect();
        names.sort();
        names
    };
    let files = ["Größe & 100% #1 [final]+.pdf", "manifest.json"].map(|name| format!("2026-11/panel/r1/{name}"));
    assert_eq!(listed("2026-11/panel/r1").await, files, "{kind}");
    assert_eq!(listed("2026-11/panel").await, ["2026-11/panel/r1"], "{kind}");
    assert_eq!(storage.list("2026-11/other").await.unwrap().unwrap_or_default(), [], "{kind}");
    // One is replaced where it is the one that is meant, or whatever it is.
    assert!(is_stored(&put("new.pdf", b"second", PutMode::Replace).await));
    assert_eq!(put("new.pdf", b"third", PutMode::IfMatch("\"of another file\"")).await, PutAnswer::Changed, "{kind}");
    assert_eq!(read("new.pdf").await.as_deref(), Some(&b"second"[..]), "{kind}");
    let standing = storage.head("new.pdf").await.unwrap().unwrap();
    assert!(!standing.is_folder);
    let etag = standing.etag.unwrap_or_default();
    if !etag.is_empty() {
        assert!(is_stored(&put("new.pdf", b"third", PutMode::IfMatch(&etag)).await), "{kind}: {etag}");
        assert_eq!(read("new.pdf").await.as_deref(), Some(&b"third"[..]), "{kind}");
        assert_eq!(put("new.pdf", b"fourth", PutMode::IfMatch(&etag)).await, PutAnswer::Changed, "{kind}");
    }
    one_of_two(kind, storage).await;
    for name in ["new.pdf", "new.pdf", "never/there"] {
        storage.remove(name).await.unwrap();
        assert_eq!(read(name).await, None, "{kind}");
        assert_eq!(storage.head(name).await.unwrap(), None, "{kind}");
    }
    let folder = storage.head("2026-11/panel").await.unwrap();
    assert!(folder.is_none_or(|folder| folder.is_folder), "{kind}");
    for bad in ["", "/a", "../a", "a/../b", "a\\b"] {
        assert!(
            matches!(storage.put(bad, b"", PutMode::Create).await, Err(StorageError::Path { .. })),
            "{kind}: {bad}"
        );
    }
}

/// Of two writers at once one stands, and the other is told.
async fn one_of_two(kind: &str, storage: &Storage) {
    let is_stored = |answer: &PutAnswer| matches!(answer, PutAnswer::Stored { .. });
    // Servers of WebDAV look first and write then, Apache too: what is written is read back, and
    // the ledger's locks keep writers apart. So do they on a share without links.
    let looks_first = ["webdav", "share"].contains(&kind) || storage.weakness().is_some();
    for round in (0..5).filter(|_| !looks_first) {
        let name = format!("race/{round}");
        let put = |bytes: &'static [u8]| storage.put(&name, bytes, PutMode::Create);
        let (one, two) = futures_util::future::join(put(b"one"), put(b"two")).await;
        let (one, two) = (one.unwrap(), two.unwrap());
        assert!(is_stored(&one) != is_stored(&two), "{kind}: {one:?} {two:?}");
        let stands = if is_stored(&one) { &b"one"[..] } else { b"two" };
        let Got::Found(file) = storage.get(&name, None).await.unwrap() else { panic!("{kind}") };
        assert_eq!(file.bytes().unwrap(), stands, "{kind}");
        storage.remove(&name).await.unwrap();
    }
}

#[tokio::test]
async fn files_in_memory_keep_the_contract() {
    let memory = Memory::new(LIMITS);
    for (name, bytes) in files() {
        memory.keep(name, &bytes);
    }
    let storage = Storage::new(memory);
    contract("memory", &storage).await;
    contract_of_writes("memory", &storage).await;
}

#[test]
fn every_kind_is_held_to_the_contract_and_officers_are_told_of_it() {
    let read = |file: &str| fs::read_to_string(root().join(file)).unwrap_or_default();
    for name in KINDS.iter().map(|kind| kind.name) {
        let test = format!("tests/suite/{name}.rs");
        assert!(read(&test).contains(&format!("contract(\"{name}\"")), "{test} does not run `contract`");
        assert!(read("tests/suite.rs").contains(&format!("mod {name};")), "tests/suite.rs does not declare {name}");
        assert!(read("CHANGELOG.md").contains(&format!("`kind = \"{name}\"`")), "CHANGELOG.md does not tell of {name}");
    }
}

#[test]
fn the_manual_has_the_paragraph_of_every_kind() {
    let (begin, end) =
        ("<!-- Written by BOARDPACK_BLESS=1 from src/storage. -->\n", "<!-- End of what is written. -->\n");
    let path = root().join("docs/config.md");
    let manual = fs::read_to_string(&path).unwrap();
    let (before, rest) = manual.split_once(begin).unwrap();
    let (_, after) = rest.split_once(end).unwrap();
    let paragraphs: String = KINDS.iter().map(|kind| format!("{}\n\n", kind.docs)).collect();
    let expected = format!("{before}{begin}\n{paragraphs}{end}{after}");
    if std::env::var_os("BOARDPACK_BLESS").is_some() {
        fs::write(path, expected).unwrap();
    } else {
        assert!(
            manual == expected,
            "docs/config.md is not what src/storage says: run this test with BOARDPACK_BLESS=1"
        );
    }
}

#[test]
fn the_example_of_every_kind_has_every_key_and_can_be_read() {
    for kind in KINDS {
        let example = kind.docs.split("```").nth(1).unwrap().trim_start_matches("toml");
        let files = Files::from_texts([("boardpack.toml".to_owned(), format!("{example}unknown = 1\n"))]);
        let faults = Loaded::resolve(Path::new("."), &files, &[], KINDS).unwrap_err().0;
        let own: Vec<_> = faults.iter().filter(|fault| fault.key.starts_with("storage.")).collect();
        let [unknown] = own.as_slice() else { panic!("{own:?}") };
        for key in unknown.hint.strip_prefix("known keys here: ").unwrap().split(", ") {
            assert!(
                // Of ways that exclude each other one is shown, and the others as remarks.
                ["\n", "\n# "].iter().any(|before| example.contains(&format!("{before}{key} = "))),
                "the paragraph of {} does not explain `{key}`",
                kind.name
            );
        }
    }
}

const BOARD: &str = r#"
title = "Panel"
scorecard = "Scorecard"
owner = "Director"
first_period = "2026-10"
schedule = { working_day = 4, at = "06:00" }
[[sections]]
number = "1"
title = "Section"
indicators = ["CLA01"]
"#;

/// A config with these storages and these sources: id, storage, files. The
/// smallest that holds together around them.
pub(crate) fn config(dir: &Path, storages: &str, sources: &[(&str, &str, &str)]) -> Config {
    let config = dir.join("config");
    fs::create_dir_all(config.join("boards")).unwrap();
    let service = format!(
        "[council]\nname = \"Council\"\ncontact = \"us\"\n[publish]\npath = \"../published\"\nheld = \"../held\"\n[limits]\nfile_mb = 1\n{storages}"
    );
    let indicators = format!(
        "[indicators.CLA01]\ntitle = \"t\"\nplain = \"p\"\nowner = \"o\"\nunit = \"count\"\nnoun = \"children\"\nbetter = \"none\"\nfrequency = \"monthly\"\nbasis = \"snapshot\"\nsource = \"{}\"\n",
        sources[0].0
    );
    let sources: String = sources
        .iter()
        .map(|(id, storage, files)| {
            format!(
                "[sources.{id}]\ntitle = \"{id}\"\nstorage = \"{storage}\"\nfiles = \"{files}\"\nlayout = \"wide\"\ncolumns.indicator = \"Ref\"\n"
            )
        })
        .collect();
    for (name, text) in [
        ("boardpack.toml", service.as_str()),
        ("sources.toml", &sources),
        ("indicators.toml", &indicators),
        ("boards/panel.toml", BOARD),
    ] {
        fs::write(config.join(name), text).unwrap();
    }
    Loaded::load(&config, &[], KINDS).unwrap().config
}

async fn fetch(config: &Config, cache: &Cache) -> BTreeMap<String, Fetched> {
    let wanted: BTreeSet<SourceId> = config.sources.keys().cloned().collect();
    let period = Period::new(2026, 10).unwrap();
    let fetched = source::fetch(config, &wanted, period, cache).await;
    fetched.into_iter().map(|(id, fetched)| (id.to_string(), fetched)).collect()
}

#[track_caller]
fn workbook(fetched: &BTreeMap<String, Fetched>, source: &str) -> Arc<Workbook> {
    match &fetched[source] {
        Fetched::Workbook(workbook) => Arc::clone(workbook),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_share_gives_workbooks_or_findings() {
    let dir = tempfile::tempdir().unwrap();
    let share = dir.path().join("share");
    for (name, size) in [
        ("2026-10/KPI_202610 final.xlsx", 3),
        ("2026-10/~$KPI_202610 final.xlsx", 3),
        ("adults 2025.xlsx", 3),
        ("two a.xlsx", 3),
        ("two b.xlsx", 3),
        ("large.xlsx", 1_000_001),
        ("largest.xlsx", 1_000_000),
    ] {
        let path = share.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, vec![7; size]).unwrap();
    }
    let storages = "[storage.share]\nkind = \"directory\"\npath = \"../share\"\n";
    let sources = [
        ("one", "share", "{period}/KPI_{year}{month}*.xlsx"),
        ("same", "share", "2026-10/KPI_{year}{month}*.xlsx"),
        ("missing", "share", "adults {year}.xlsx"),
        ("ambiguous", "share", "two*.xlsx"),
        ("large", "share", "large.xlsx"),
        ("largest", "share", "largest.xlsx"),
        ("outside", "share", "../config/boardpack.toml"),
    ];
    let fetched = fetch(&config(dir.path(), storages, &sources), &Cache::new()).await;
    assert_eq!(workbook(&fetched, "one").origin(), "2026-10/KPI_202610 final.xlsx");
    assert!(Arc::ptr_eq(&workbook(&fetched, "one"), &workbook(&fetched, "same")));
    assert_eq!(workbook(&fetched, "largest").bytes().unwrap().len(), 1_000_000);
    for (source, code, words) in [
        ("missing", Code::FileMissing, "the nearest there: \"adults 2025.xlsx\""),
        ("ambiguous", Code::FileAmbiguous, "\"two a.xlsx\", \"two b.xlsx\""),
        ("large", Code::FileTooLarge, "1.1 MB of at most 1.0 MB"),
    ] {
        let Fetched::Findings(findings) = &fetched[source] else { panic!("{source}") };
        assert_eq!(findings.len(), 1);
        assert!(findings[0].code == code && findings[0].message.contains(words), "{}", findings[0]);
    }
    assert!(matches!(&fetched["outside"], Fetched::Unreachable(StorageError::Path { .. })));
}

#[tokio::test]
async fn a_share_that_is_not_mounted_stops_only_its_own_sources() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir_all(dir.path().join("share")).unwrap();
    fs::write(dir.path().join("share/a.xlsx"), "a").unwrap();
    let storages = "[storage.share]\nkind = \"directory\"\npath = \"../share\"\n[storage.gone]\nkind = \"directory\"\npath = \"../gone\"\n";
    let sources = [("good", "share", "a.xlsx"), ("one", "gone", "a.xlsx"), ("two", "gone", "b.xlsx")];
    let fetched = fetch(&config(dir.path(), storages, &sources), &Cache::new()).await;
    assert_eq!(workbook(&fetched, "good").bytes().unwrap(), b"a");
    for source in ["one", "two"] {
        assert!(matches!(&fetched[source], Fetched::Unreachable(StorageError::Folder { .. })));
    }
}

#[tokio::test]
async fn a_daemon_that_comes_back_downloads_only_what_has_changed() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/kpi/2026-10.xlsx"))
        .and(header("If-None-Match", "\"v1\""))
        .respond_with(ResponseTemplate::new(304))
        .with_priority(1)
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("GET"))
        .and(path("/kpi/2026-10.xlsx"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(b"v1").insert_header("ETag", "\"v1\""))
        .expect(2)
        .mount(&server)
        .await;
    let dir = tempfile::tempdir().unwrap();
    let storages = format!("[storage.web]\nkind = \"https\"\nurl = \"{}/kpi\"\n", server.uri());
    let config = config(dir.path(), &storages, &[("one", "web", "{period}.xlsx")]);
    let cache = Cache::new();
    let first = workbook(&fetch(&config, &cache).await, "one");
    cache.sweep();
    let second = workbook(&fetch(&config, &cache).await, "one");
    assert!(Arc::ptr_eq(&first, &second));
    // Two activations that did not ask for it, and it is forgotten.
    cache.sweep();
    cache.sweep();
    assert!(cache.is_empty());
    assert_eq!(workbook(&fetch(&config, &cache).await, "one").bytes().unwrap(), b"v1");
}
