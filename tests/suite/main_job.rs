//! The main job on the sample council, as a newcomer runs it.

use std::process::Command;

use snapbox::str;

use crate::support::Council;

#[test]
fn the_sample_becomes_a_pack_for_each_board_and_one_is_held() {
    let council = Council::sample();
    // Draft and held packs are code 3: somebody has something to do.
    let output = council.boardpack(&["run"]).code(3).get_output().clone();
    let said = String::from_utf8(output.stderr).unwrap();
    for told in ["corporate-parenting (restricted) for 2026-10: draft made", "improvement for 2026-10: published"] {
        assert!(said.lines().any(|line| line == told), "{told:?} is not in {said}");
    }
    let table = String::from_utf8(output.stdout).unwrap();
    let states: Vec<Vec<&str>> =
        table.lines().skip(2).take(6).map(|line| line.split_whitespace().take(5).collect()).collect();
    assert_eq!(
        states,
        [
            ["corporate-parenting", "2026-10", "draft", "r1", "3"],
            ["corporate-parenting", "(restricted)", "2026-10", "draft", "r1"],
            ["improvement", "2026-10", "final", "r1", "nothing"],
            ["improving-lives", "2026-10", "draft", "r1", "2"],
            ["overview-and-scrutiny", "2026-10", "draft", "r1", "sign-off"],
            ["send-partnership", "2026-10", "held", "–", "5"],
        ],
        "{table}"
    );
    assert!(table.contains("send-partnership is held:"), "{table}");
    assert_eq!(
        council.files("published/2026-10/corporate-parenting"),
        [
            "r1/DRAFT - Corporate Parenting Panel - Children in Care Performance Scorecard - October 2026 - r1.html",
            "r1/DRAFT - Corporate Parenting Panel - Children in Care Performance Scorecard - October 2026 - r1.pdf",
            "r1/figures.csv",
            "r1/findings.json",
            "r1/manifest.json",
            "r1/summary.html",
        ]
    );
    assert!(council.files("published/2026-10/send-partnership").is_empty());
    assert!(!council.files("held/2026-10/send-partnership").is_empty());
}

#[test]
fn a_second_run_changes_nothing_and_says_so() {
    let council = Council::sample();
    council.boardpack(&["run"]).code(3);
    let before = snapshot(&council);
    let output = council.boardpack(&["run"]).code(3).get_output().clone();
    let table = String::from_utf8(output.stdout).unwrap();
    assert_eq!(table.matches("unchanged").count(), 5, "{table}");
    assert_eq!(snapshot(&council), before);
}

#[test]
fn the_same_inputs_give_the_same_bytes_on_another_day_and_in_another_folder() {
    let (one, other) = (Council::sample(), Council::sample());
    one.boardpack(&["run", "--board", "improving-lives"]).code(3);
    other
        .command()
        .env("TZ", "Pacific/Auckland")
        .env("LC_ALL", "de_DE.UTF-8")
        .args(["run", "--board", "improving-lives"])
        .assert()
        .code(3);
    let bytes = |council: &Council| -> Vec<(String, Vec<u8>)> {
        let files = council.files("published").into_iter().filter(|name| !name.ends_with("manifest.json"));
        files.map(|name| (name.clone(), std::fs::read(council.path("published").join(name)).unwrap())).collect()
    };
    assert!(bytes(&one) == bytes(&other), "two runs on the same inputs differ");
}

#[test]
fn commentary_takes_the_place_of_its_placeholder_as_the_next_revision() {
    let council = Council::sample();
    council.boardpack(&["run", "--board", "corporate-parenting"]).code(3);
    let first = council.manifest("2026-10", "corporate-parenting", 1);
    let owed = first["outstanding"].as_u64().unwrap();
    let first_pdf = std::fs::read(&council.pdfs("published/2026-10/corporate-parenting")[0]).unwrap();
    assert!(owed > 0 && first["state"] == "draft");
    let name = council.pdfs("published/2026-10/corporate-parenting").remove(0);
    if let Some(text) = crate::support::pdf_text(&name) {
        assert_eq!(text.matches("Commentary awaited").count() as u64, owed, "one placeholder for each that is owed");
    }

    let missing = outstanding_references(&council);
    assert_eq!(missing.len() as u64, owed);
    let path = "config/commentary/2026-10/corporate-parenting.toml";
    let mut text = council.read(path);
    for reference in &missing {
        let action = "action = \"Two are hired.\"\nowner = \"Head of Service\"\ndue = \"2026-12-18\"\n";
        text.push_str(&format!("\n[{reference}]\ntext = \"Written by an officer *today* #panic().\"\n{action}"));
    }
    council.write(path, text);
    council.boardpack(&["run", "--board", "corporate-parenting"]).success();
    let second = council.manifest("2026-10", "corporate-parenting", 2);
    assert_eq!(
        (&second["state"], &second["supersedes"], &second["outstanding"]),
        (&"final".into(), &1.into(), &0.into())
    );
    let pdfs = council.pdfs("published/2026-10/corporate-parenting");
    let names: Vec<_> = pdfs.iter().map(|pdf| pdf.file_name().unwrap().to_str().unwrap()).collect();
    assert!(names[0].starts_with("DRAFT - ") && !names[1].contains("DRAFT"), "side by side, which is which? {names:?}");
    assert_eq!(std::fs::read(&pdfs[0]).unwrap(), first_pdf, "an issued revision is never touched");
    if let Some(text) = crate::support::pdf_text(&pdfs[1]) {
        assert!(!text.contains("Commentary awaited"));
        assert!(text.contains("Written by an officer today #panic()."), "what officers type is data");
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains("Revision 2, replaces revision 1"), "{words}");
    }
}

/// References whose commentary is owed, as the draft's own figures tell: red,
/// or listed on its first page.
fn outstanding_references(council: &Council) -> Vec<String> {
    let output = council.boardpack(&["run", "--board", "corporate-parenting", "--dry-run"]).get_output().clone();
    assert!(output.status.code().is_some());
    let findings: Vec<String> = council
        .read("published/2026-10/corporate-parenting/r1/manifest.json")
        .parse::<serde_json::Value>()
        .unwrap()["awaited"]
        .as_array()
        .unwrap()
        .iter()
        .map(|reference| reference.as_str().unwrap().to_owned())
        .collect();
    findings
}

#[test]
fn a_dry_run_writes_nothing() {
    let council = Council::sample();
    let output = council.boardpack(&["run", "--dry-run"]).code(3).get_output().clone();
    let table = String::from_utf8(output.stdout).unwrap();
    assert_eq!(table.matches("would publish").count(), 5, "{table}");
    assert!(council.files("published").is_empty() && council.files("held").is_empty());
}

#[test]
fn one_board_and_one_period_can_be_asked_for() {
    let council = Council::sample();
    council.boardpack(&["run", "--board", "improvement", "--period", "2026-09"]);
    assert_eq!(council.files("published").iter().filter(|name| name.ends_with("manifest.json")).count(), 1);
    assert!(
        council.files("published/2026-09/improvement").iter().any(|name| name.ends_with("September 2026 - r1.pdf"))
    );
}

#[test]
fn a_corrected_source_gives_the_next_revision_and_leaves_the_first() {
    let council = Council::sample();
    council.boardpack(&["run", "--board", "improvement"]).success();
    council.replace(
        "config/boards/improvement.toml",
        "recommendation = \"That the Board",
        "recommendation = \"That the Improvement Board",
    );
    council.boardpack(&["run", "--board", "improvement"]).success();
    assert_eq!(council.manifest("2026-10", "improvement", 2)["supersedes"], 1);
    council.boardpack(&["run", "--board", "improvement"]).success().stdout_eq(str![[r#"
Board        Period   State             Revision  Outstanding  PDF
-----------  -------  ----------------  --------  -----------  [..]
improvement  2026-10  final, unchanged  r2        nothing      [..]r2.pdf

"#]]);
}

#[test]
fn a_pipe_that_is_closed_ends_every_command_quietly() {
    let council = Council::sample();
    council.boardpack(&["run", "--board", "improvement"]).success();
    council.write("series.csv", "date,value\n2026-09-01,1\n2026-10-01,2\n");
    let pdf = council.pdfs("published").remove(0);
    let board = ["--board", "improvement"];
    let templates = crate::support::root().join("templates");
    for (args, code) in [
        (&["config"][..], 0),
        (&["schedule"], 0),
        (&["inspect", "sample/share/annual_outcomes.csv"], 0),
        (&["check", "--source", "annual-outcomes"], 0),
        (&["run", "--dry-run", board[0], board[1]], 0),
        (&["run", "--board", "send-partnership"], 3),
        (&["commentary", board[0], board[1]], 0),
        (&["explain", "WF03", board[0], board[1]], 0),
        (&["verify", pdf.to_str().unwrap()], 0),
        (&["spc", "series.csv"], 0),
        (&["preview", "--templates", templates.to_str().unwrap(), "--watch"], 0),
        (&["--help"], 0),
        (&["config", "--config", "nowhere"], 2),
    ] {
        for is_everything_closed in [false, true] {
            let closed = || std::io::pipe().unwrap().1;
            let mut command = Command::new(snapbox::cmd::cargo_bin!("boardpack"));
            command.current_dir(council.path("")).args(args).stdout(closed());
            if is_everything_closed {
                command.stderr(closed());
            }
            let output = command.output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
            assert!(!said.contains("panicked"), "{args:?}: {said}");
        }
    }
}

fn snapshot(council: &Council) -> Vec<(String, Vec<u8>)> {
    ["published", "held"]
        .iter()
        .flat_map(|folder| council.files(folder).into_iter().map(move |name| format!("{folder}/{name}")))
        .map(|name| (name.clone(), std::fs::read(council.path(&name)).unwrap()))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_packs_come_over_the_web_as_from_a_directory() {
    use wiremock::matchers::{method, path};
    use wiremock::{Mock, MockServer, ResponseTemplate};

    let (near, far) = (Council::sample(), Council::sample());
    let server = MockServer::start().await;
    for name in far.files("sample/share") {
        let bytes = std::fs::read(far.path("sample/share").join(&name)).unwrap();
        let address = format!("/kpi/{}", name.replace(' ', "%20"));
        Mock::given(method("GET"))
            .and(path(address))
            .respond_with(ResponseTemplate::new(200).set_body_bytes(bytes))
            // Several sources and boards need a file; it is fetched once.
            .expect(1)
            .mount(&server)
            .await;
    }
    let service = far.read("config/boardpack.toml");
    let start = service.find("[storage.share]").unwrap();
    let end = start + service[start..].find("\n[").unwrap();
    let web = format!("[storage.share]\nkind = \"https\"\nurl = \"{}/kpi/\"\n", server.uri());
    far.write("config/boardpack.toml", format!("{}{web}{}", &service[..start], &service[end..]));
    // A web server cannot be searched by pattern.
    let pattern = near.read("config/sources.toml").lines().find(|line| line.contains('*')).unwrap().to_owned();
    far.replace("config/sources.toml", &pattern, "files = \"Front door and child protection 2026-27.xlsx\"");

    near.boardpack(&["run"]).code(3);
    far.boardpack(&["run"]).code(3);
    let pdfs = |council: &Council| -> Vec<Vec<u8>> {
        council.pdfs("published").iter().map(|pdf| std::fs::read(pdf).unwrap()).collect()
    };
    assert!(pdfs(&near) == pdfs(&far), "the same workbooks make other packs over the web");
}

#[test]
fn a_changed_template_is_a_reason_for_the_next_revision_where_that_is_asked_for() {
    use boardpack::domain::PackKey;
    use boardpack::run::{ActivationRequest, PackResult, Resources, RunMode, Silent, activate};
    use boardpack::typeset::Stationery;

    let council = Council::sample();
    let boardpack::config::Loaded { config, commentary, .. } =
        boardpack::config::Loaded::load(&council.path("config"), &[], boardpack::storage::KINDS).unwrap();
    let mut files = std::collections::BTreeMap::new();
    let templates = crate::support::root().join("templates");
    for name in ["scorecard.typ", "held.typ"] {
        files.insert(name.to_owned(), std::fs::read(templates.join(name)).unwrap());
    }
    for folder in ["lib", "fonts"] {
        for entry in std::fs::read_dir(templates.join(folder)).unwrap() {
            let entry = entry.unwrap();
            let name = format!("{folder}/{}", entry.file_name().to_str().unwrap());
            files.insert(name, std::fs::read(entry.path()).unwrap());
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let revision = |files: &std::collections::BTreeMap<String, Vec<u8>>, new_look| {
        let stationery = Stationery::from_files(files.clone()).unwrap();
        let key = PackKey { period: config.service.run_period.unwrap(), board: config.boards[1].id.clone() };
        let request = ActivationRequest {
            keys: vec![key],
            mode: RunMode::Publish,
            new_look,
            stop: Default::default(),
            asker: Default::default(),
        };
        let resources = Resources::new(boardpack::reader::WorkbookReader::in_process());
        let outcomes =
            runtime.block_on(activate(&config, &commentary, &stationery, &resources, request, &Silent)).unwrap();
        match &outcomes[0].result {
            PackResult::Published(publication) => format!("published r{}", publication.manifest.revision),
            PackResult::Unchanged(publication) => format!("unchanged r{}", publication.manifest.revision),
            other => panic!("{other:?}"),
        }
    };
    assert_eq!(revision(&files, false), "published r1");
    assert_eq!(revision(&files, true), "unchanged r1");
    files.get_mut("scorecard.typ").unwrap().extend(b"// another look\n");
    assert_eq!(revision(&files, false), "unchanged r1", "it is final");
    assert_eq!(revision(&files, true), "published r2");
}
