//! What people are told because its time has come: commentary that is asked for again, packs
//! that are not ready, not final, or would be otherwise by now. The clock is the test's.

use boardpack::config::{Config, Loaded};
use boardpack::domain::notice::{NoticeKind, PackMessage, Recipient};
use boardpack::reader::WorkbookReader;
use boardpack::run::Resources;
use boardpack::run::deliver::{Tries, deliver};
use boardpack::run::notices;
use boardpack::run::rehearsal::{RehearsalMemory, rehearse};
use boardpack::run::upkeep::Asker;

use crate::notify::{council, with};
use crate::support::Council;
use crate::trail::{run, share};

/// The config of a council, with mail that goes nowhere.
fn loaded(council: &Council) -> Loaded {
    with(
        council,
        "\n[mail]\nhost = \"127.0.0.1\"\nport = 1\nsecurity = \"none\"\nfrom = \"a@smallshire.example.org\"\n",
    );
    Loaded::load(&council.path("config"), &[], boardpack::storage::KINDS).unwrap()
}

/// What would be told at a time: "chase head@…: what is said first".
fn told_at(config: &Config, now: &str) -> Vec<String> {
    let pending = notices::pending(config, now.parse().unwrap()).unwrap();
    let line = |(recipient, message): &(Recipient, PackMessage)| {
        let sentences = message.items.iter().flat_map(|item| item.sentences.iter().cloned()).collect::<Vec<_>>();
        format!("{} {}: {}", message.kind.word(), recipient.name().split('@').next().unwrap(), sentences.join(" "))
    };
    pending.next.iter().map(line).collect()
}

/// Looks at a time, and writes what is to be told.
async fn look(config: &Config, now: &str) {
    deliver(config, now.parse().unwrap(), Tries::InTurn).await.unwrap().unwrap();
}

/// The panel's September, whose commentary is due on 7 October and which is to be final on the 9th.
const TIMES: &str = "schedule = { working_day = 1 }\ncommentary_working_day = 5\n\
     preflight = { working_days_before = 2, at = \"09:00\" }\nchase = { working_days_before = 1, at = \"09:00\" }\n\
     final = { working_day = 7, at = \"12:00\" }\n";

#[tokio::test]
async fn owners_are_asked_before_the_day_and_after_it_and_officers_told_when_it_is_late() {
    let council = council();
    council.replace("config/boards/panel.toml", "schedule = { working_day = 1 }\n", TIMES);
    share(&council, "70,100");
    run(&council, "2026-09").code(3);
    let config = loaded(&council).config;
    look(&config, "2026-10-06T07:59:59Z").await;
    assert_eq!(told_at(&config, "2026-10-06T08:00:00Z"), [""; 0]);
    assert_eq!(told_at(&config, "2026-10-06T08:00:01Z"), ["chase head: It is due by Wednesday 7 October 2026."]);
    // Nobody looked for two days: the later asking is enough.
    assert_eq!(told_at(&config, "2026-10-08T08:00:01Z"), ["chase head: It was due by Wednesday 7 October 2026."]);
    look(&config, "2026-10-06T08:00:01Z").await;
    assert_eq!(told_at(&config, "2026-10-06T08:00:02Z"), [""; 0]);
    look(&config, "2026-10-08T08:00:01Z").await;
    assert_eq!(told_at(&config, "2026-10-09T11:00:00Z"), [""; 0]);
    let late = "It waits for commentary on 1 indicator, by Wednesday 7 October 2026.";
    assert_eq!(
        told_at(&config, "2026-10-09T11:00:01Z"),
        [format!("late head: {late}"), format!("late performance: {late}")]
    );
    // A week later nobody is asked any more.
    assert_eq!(told_at(&config, "2026-10-16T11:00:01Z"), [""; 0]);
    council.write(
        "config/commentary/2026-09/panel.toml",
        "[PLA01]\ntext = \"Reviews were late in one team, which is staffed again.\"\naction = \"Each late review is booked.\"\nowner = \"Head of Service\"\ndue = \"2026-12-01\"\n",
    );
    run(&council, "2026-09").success();
    look(&config, "2026-10-09T10:59:59Z").await;
    assert_eq!(told_at(&config, "2026-10-09T11:00:01Z"), [""; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_would_hold_a_pack_is_told_before_the_day_and_what_would_differ_after_it() {
    let council = council();
    council.replace("config/boards/panel.toml", "schedule = { working_day = 1 }\n", TIMES);
    council.write("share/plans.csv", "i,m,v,n,d\nPLA01,2026-08,,80,100\nPLA02,2026-08,90,,\n");
    let loaded = loaded(&council);
    let reader = WorkbookReader::program(snapbox::cmd::cargo_bin!("boardpack").to_owned());
    let resources = Resources::new(reader);
    let mut memory = RehearsalMemory::default();
    let mut rehearse_at = async |now: &str| {
        let asker = Asker { by: "daemon".to_owned(), now: now.parse().unwrap() };
        rehearse(&loaded, &resources, asker, &mut memory).await.unwrap();
    };
    // Two working days before Thursday 1 October, at nine in London.
    rehearse_at("2026-09-29T07:59:58Z").await;
    assert_eq!(told_at(&loaded.config, "2026-09-29T08:00:02Z"), [""; 0]);
    rehearse_at("2026-09-29T08:00:01Z").await;
    assert_eq!(
        told_at(&loaded.config, "2026-09-29T08:00:02Z"),
        ["preflight data: Because of 1 finding:", "preflight performance: Because of 1 finding:"]
    );
    assert!(council.files("held").is_empty() && council.files("published").is_empty());
    share(&council, "84,100");
    run(&council, "2026-09").success();
    look(&loaded.config, "2026-10-01T06:00:00Z").await;
    rehearse_at("2026-10-02T06:00:00Z").await;
    assert_eq!(told_at(&loaded.config, "2026-10-02T06:00:01Z"), [""; 0]);
    share(&council, "83,100");
    rehearse_at("2026-10-03T05:59:59Z").await;
    assert_eq!(told_at(&loaded.config, "2026-10-03T06:00:01Z"), [""; 0], "it is looked once a day");
    rehearse_at("2026-10-03T06:00:00Z").await;
    let differs = ["changed performance: It would now differ in 1 figure."];
    assert_eq!(told_at(&loaded.config, "2026-10-03T06:00:01Z"), differs);
    look(&loaded.config, "2026-10-03T06:00:01Z").await;
    rehearse_at("2026-10-04T06:00:00Z").await;
    assert_eq!(told_at(&loaded.config, "2026-10-04T06:00:01Z"), [""; 0], "once");
    assert_eq!(council.manifest("2026-09", "panel", 1)["state"], "final");
    assert!(!council.path("published/2026-09/panel/r2").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_storage_that_cannot_be_written_to_is_told_before_the_day_and_what_ends_soon_each_month() {
    let council = council();
    council.replace("config/boards/panel.toml", "schedule = { working_day = 1 }\n", TIMES).replace(
        "config/boardpack.toml",
        "[publish]\n",
        "[storage.packs]\nkind = \"webdav\"\nurl = \"https://127.0.0.1:1/\"\nretries = 0\nca_file = \"ca.pem\"\n\
         [publish]\nupload = { storage = \"packs\" }\n",
    );
    let mut params = rcgen::CertificateParams::new(vec![]).unwrap();
    params.not_after = rcgen::date_time_ymd(2026, 10, 10);
    let pem = params.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap().pem();
    council.write("config/ca.pem", pem);
    let loaded = loaded(&council);
    let reader = WorkbookReader::program(snapbox::cmd::cargo_bin!("boardpack").to_owned());
    let (resources, mut memory) = (Resources::new(reader), RehearsalMemory::default());
    let mut told_after = async |now: &str, looked: &str| -> Vec<String> {
        let asker = Asker { by: "daemon".to_owned(), now: now.parse().unwrap() };
        rehearse(&loaded, &resources, asker, &mut memory).await.unwrap();
        let pending = notices::pending(&loaded.config, looked.parse().unwrap()).unwrap();
        let points = |(_, message): &(Recipient, PackMessage)| {
            message.items.iter().flat_map(|item| item.points.clone()).collect::<Vec<_>>()
        };
        pending.next.iter().filter(|(_, message)| message.kind == NoticeKind::Storage).flat_map(points).collect()
    };
    assert_eq!(told_after("2026-09-09T23:59:59Z", "2026-09-10T00:00:00Z").await, [""; 0]);
    let ends =
        "The storage \"packs\": the certificate in ca.pem ends on 10 October 2026: put a new one in its place before";
    assert_eq!(told_after("2026-09-11T00:00:00Z", "2026-09-11T00:00:01Z").await, [ends]);
    let at_preflight = told_after("2026-09-29T08:00:01Z", "2026-09-29T08:00:02Z").await;
    let tried = "The storage \"packs\": `upload`: failed to write https://127.0.0.1:1/.boardpack-c";
    assert!(at_preflight.iter().any(|point| point.starts_with(tried)), "{at_preflight:?}");
    assert_eq!(at_preflight.last().unwrap(), ends);
}
