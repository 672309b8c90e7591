//! The daemon as a service manager runs it: a process of its own, a real
//! bell, real files, and SIGTERM.

#![cfg(unix)]

use std::io::Read as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::support::Council;

/// A daemon that is killed when its test ends, however it ends.
struct Served(Child);

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn serve(council: &Council) -> Served {
    let program = snapbox::cmd::cargo_bin!("boardpack");
    let mut command = Command::new(program);
    command.current_dir(council.path("")).arg("daemon").stdout(Stdio::null()).stderr(Stdio::piped());
    Served(command.spawn().unwrap())
}

fn wait_for(what: &str, done: impl Fn() -> bool) {
    let until = Instant::now() + Duration::from_secs(60);
    while !done() {
        assert!(Instant::now() < until, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn terminate(mut served: Served) -> (std::process::ExitStatus, String) {
    assert!(Command::new("kill").arg(served.0.id().to_string()).status().unwrap().success());
    let status = served.0.wait().unwrap();
    let mut log = String::new();
    served.0.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    (status, log)
}

#[test]
fn a_missed_month_is_made_at_the_start_and_a_signal_ends_it_cleanly() {
    let council = Council::sample();
    // The files were copied just now, and the daemon would give them a minute.
    council.replace("config/boardpack.toml", "\n[limits]\n", "\n[limits]\nsettle_seconds = 0\n");
    let made = |board: &str| council.path(&format!("published/2026-10/{board}/r1/manifest.json")).is_file();
    let served = serve(&council);
    wait_for("four packs", || {
        ["corporate-parenting", "improvement", "improving-lives", "overview-and-scrutiny"]
            .iter()
            .all(|board| made(board))
    });
    wait_for("the notice", || !council.pdfs("held/2026-10/send-partnership").is_empty());
    let (status, log) = terminate(served);
    assert!(status.success(), "{status}: {log}");

    // Every line is JSON, each pack has one, and no figure is among them.
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let outcomes: Vec<(&str, &str)> =
        lines.iter().filter_map(|line| Some((line["board.id"].as_str()?, line["outcome"].as_str()?))).collect();
    assert!(
        outcomes.contains(&("improvement", "published")) && outcomes.contains(&("send-partnership", "held")),
        "{log}"
    );
    assert!(!log.contains("77.9"), "a figure is in the log");

    // Started again, it has nothing to make but tries what is not final.
    let before = council.files("published");
    let served = serve(&council);
    std::thread::sleep(Duration::from_secs(2));
    let (status, log) = terminate(served);
    assert!(status.success());
    assert_eq!(council.files("published"), before, "{log}");
}

#[test]
fn nothing_is_made_from_a_broken_config() {
    let council = Council::sample();
    council.replace("config/boards/improvement.toml", "scorecard", "scorcard");
    let mut served = serve(&council);
    let status = served.0.wait().unwrap();
    assert_eq!(status.code(), Some(2));
    assert!(council.files("published").is_empty());
}

#[test]
fn the_schedule_is_in_london_time() {
    let council = Council::sample();
    let output =
        council.boardpack(&["schedule", "--from", "2026-11-01", "--to", "2026-12-31"]).success().get_output().clone();
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(table.starts_with("When"), "{table}");
    let due: Vec<&str> = table.lines().filter(|line| line.ends_with("pack falls due")).collect();
    for board in ["corporate-parenting", "improvement", "improving-lives", "overview-and-scrutiny", "send-partnership"]
    {
        assert_eq!(due.iter().filter(|line| line.contains(board)).count(), 2, "{table}");
    }
    assert!(table.contains("October 2026") && table.contains("November 2026"), "{table}");
}

#[test]
fn the_heart_beats_when_packs_are_made_and_says_when_they_failed() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let server = runtime.block_on(async {
        let server = wiremock::MockServer::start().await;
        wiremock::Mock::given(wiremock::matchers::any())
            .respond_with(wiremock::ResponseTemplate::new(200))
            .mount(&server)
            .await;
        server
    });
    let asked = || -> Vec<String> {
        let requests = runtime.block_on(server.received_requests()).unwrap();
        requests.iter().map(|request| request.url.path().to_owned()).collect()
    };
    let council = Council::sample();
    council.replace("config/boardpack.toml", "\n[limits]\n", "\n[limits]\nsettle_seconds = 0\n");
    let address = format!("{}/s3cret", server.uri());
    council.write("heartbeat.secret", format!("{address}\n"));
    let served = |council: &Council, (variable, value): (&str, &str)| {
        let mut command = Command::new(snapbox::cmd::cargo_bin!("boardpack"));
        command.env(variable, value);
        command.current_dir(council.path("")).arg("daemon").stdout(Stdio::null()).stderr(Stdio::piped());
        Served(command.spawn().unwrap())
    };
    let daemon = served(&council, ("BOARDPACK__HEARTBEAT__URL", &address));
    wait_for("a beat that all is well", || asked().ends_with(&["/s3cret".to_owned()]));
    assert_eq!(asked(), ["/s3cret/start", "/s3cret"]);
    let (status, log) = terminate(daemon);
    assert!(status.success() && !log.contains("s3cret"), "{log}");

    // A published folder that cannot be used fails every pack.
    std::fs::remove_dir_all(council.path("published")).unwrap();
    // And a file of its own keeps the address; it is relative to the config directory.
    let daemon = served(&council, ("BOARDPACK__HEARTBEAT__URL__FILE", "../heartbeat.secret"));
    wait_for("a beat that something failed", || asked().contains(&"/s3cret/fail".to_owned()));
    let (_, log) = terminate(daemon);
    assert!(!log.contains("s3cret"), "{log}");
}
