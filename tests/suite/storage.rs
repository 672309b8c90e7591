//! Fetching workbooks as a config declares them: from a share, from a web
//! server, and from neither.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::Arc;

use boardpack::config::{Config, Loaded};
use boardpack::domain::{Code, Period, SourceId};
use boardpack::source::{self, Cache, Fetched, Workbook};
use boardpack::storage::StorageError;
use wiremock::matchers::{header, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

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
fn config(dir: &Path, storages: &str, sources: &[(&str, &str, &str)]) -> Config {
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
    Loaded::load(&config, &[]).unwrap().config
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
    assert_eq!(workbook(&fetched, "largest").bytes().len(), 1_000_000);
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
    assert_eq!(workbook(&fetched, "good").bytes(), b"a");
    for source in ["one", "two"] {
        assert!(matches!(&fetched[source], Fetched::Unreachable(StorageError::Folder { .. })));
    }
}

#[tokio::test]
async fn a_daemon_that_comes_back_downloads_only_what_has_changed() {
    let server = MockServer::start().await;
    Mock::given(path("/kpi/2026-10.xlsx"))
        .and(header("If-None-Match", "\"v1\""))
        .respond_with(ResponseTemplate::new(304))
        .with_priority(1)
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(path("/kpi/2026-10.xlsx"))
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
    assert_eq!(workbook(&fetch(&config, &cache).await, "one").bytes(), b"v1");
}
