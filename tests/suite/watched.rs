//! The daemon as whoever watches it sees it: its pages, systemd's socket, and the
//! files of `deploy/`.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::os::unix::net::UnixDatagram;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::support::{Council, root};

/// A daemon that is killed when its test ends, however it ends.
struct Watched {
    process: Child,
    port: u16,
    /// What systemd was told.
    notices: Receiver<String>,
}

impl Drop for Watched {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

impl Watched {
    fn start(council: &Council) -> Self {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let path = council.path("notify");
        let socket = UnixDatagram::bind(&path).unwrap();
        let (heard, notices) = channel();
        // As systemd does, it is read all the time: a full socket would stop the sender.
        std::thread::spawn(move || {
            let mut bytes = [0; 2_000];
            while let Ok(length) = socket.recv(&mut bytes) {
                let text = String::from_utf8_lossy(&bytes[..length]).into_owned();
                let is_last = text.contains("STOPPING=1");
                if heard.send(text).is_err() || is_last {
                    return;
                }
            }
        });
        let process = Command::new(snapbox::cmd::cargo_bin!("boardpack"))
            .current_dir(council.path(""))
            .arg("daemon")
            .env("BOARDPACK__SERVER__LISTEN", format!("127.0.0.1:{port}"))
            .env("NOTIFY_SOCKET", &path)
            .env("WATCHDOG_USEC", "1500000")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Self { process, port, notices }
    }

    /// The status and the body of a page.
    fn page(&self, path: &str) -> Option<(u16, String)> {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        write!(stream, "GET {path} HTTP/1.0\r\n\r\n").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let (head, body) = answer.split_once("\r\n\r\n")?;
        Some((head.split(' ').nth(1)?.parse().ok()?, body.to_owned()))
    }

    /// Waits for a page that is as it should be.
    fn wait_for(&self, path: &str, is: impl Fn(u16, &str) -> bool) -> String {
        let until = Instant::now() + Duration::from_secs(60);
        loop {
            let page = self.page(path);
            if let Some((status, body)) = &page
                && is(*status, body)
            {
                return body.clone();
            }
            assert!(Instant::now() < until, "waited in vain for {path}: {page:?}");
            std::thread::sleep(Duration::from_millis(100));
        }
    }

    /// Waits for what systemd is told.
    fn told(&self, what: &str) -> String {
        let until = Instant::now() + Duration::from_secs(60);
        while let Ok(text) = self.notices.recv_timeout(until.saturating_duration_since(Instant::now())) {
            if text.contains(what) {
                return text;
            }
        }
        panic!("systemd was not told {what}");
    }

    fn signal(&self, name: &str) {
        assert!(Command::new("kill").args([name, &self.process.id().to_string()]).status().unwrap().success());
    }
}

/// A council whose improvement board alone has a pack to make.
fn council() -> Council {
    let council = Council::sample();
    council.replace("config/boardpack.toml", "\n[limits]\n", "\n[limits]\nsettle_seconds = 0\n");
    council
}

#[test]
fn its_pages_and_systemd_say_whether_it_lives_and_can_work() {
    let council = council();
    let mut watched = Watched::start(&council);
    assert!(watched.told("READY=1").contains("STATUS=packs: "));
    watched.told("WATCHDOG=1");
    watched.wait_for("/healthz", |status, body| status == 200 && body == "alive\n");
    watched.wait_for("/readyz", |status, body| status == 200 && body == "ready\n");
    council.boardpack(&["healthcheck"]).failure();
    assert_eq!(watched.page("/elsewhere").unwrap().0, 404);

    // Made, and counted without a name of a board.
    let numbers = watched.wait_for("/metrics", |_, body| body.contains("activations_total{result=\"done\"} 1"));
    assert!(numbers.contains("boardpack_stage_duration_seconds_count{stage=\"make\"}"), "{numbers}");
    for board in ["improvement", "corporate-parenting", "77.9"] {
        assert!(!numbers.contains(board), "{numbers}");
    }

    // A config with a fault: alive, and not ready.
    let sources = council.read("config/sources.toml");
    council.write("config/sources.toml", format!("{sources}\nunknown_key = 1\n"));
    watched.signal("-HUP");
    watched.told("RELOADING=1");
    assert!(watched.told("READY=1").contains("nothing can be made: the config has 1 fault"));
    let why = watched.wait_for("/readyz", |status, _| status == 503);
    assert!(why.contains("the config has 1 fault"), "{why}");
    assert_eq!(watched.page("/healthz").unwrap().0, 200);
    watched.wait_for("/metrics", |_, body| body.contains("boardpack_config_faults 1\n"));

    council.write("config/sources.toml", sources);
    watched.signal("-HUP");
    watched.wait_for("/readyz", |status, _| status == 200);
    let listen = format!("127.0.0.1:{}", watched.port);
    council.replace(
        "config/boardpack.toml",
        "\n[limits]\n",
        &format!("\n[server]\nlisten = \"{listen}\"\n\n[limits]\n"),
    );
    council.boardpack(&["healthcheck"]).success().stdout_eq("ready\n");
    council.boardpack(&["healthcheck", "--live"]).success().stdout_eq("alive\n");

    watched.signal("-TERM");
    watched.told("STOPPING=1");
    assert!(watched.process.wait().unwrap().success());
    council.boardpack(&["healthcheck"]).code(1);
}

#[test]
fn an_address_that_is_taken_is_told_at_the_start() {
    let council = council();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let listen = format!("\n[server]\nlisten = \"{}\"\n\n[limits]\n", taken.local_addr().unwrap());
    council.replace("config/boardpack.toml", "\n[limits]\n", &listen);
    let output = council.boardpack(&["daemon"]).code(1).get_output().clone();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("failed to listen on 127.0.0.1:"), "{told}");
    council.replace("config/boardpack.toml", "listen = \"127", "listen = \"localhost");
    let output = council.boardpack(&["config"]).code(2).get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("expected an address and a port"));
}

/// Names of metrics that a text speaks of, without what a family adds to them.
fn metrics_in(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let names = words.filter(|word| word.starts_with("boardpack_"));
    names.map(|name| name.trim_end_matches("_total").trim_end_matches("_info").to_owned()).collect()
}

#[test]
fn alerts_and_docs_name_the_metrics_that_there_are() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let there =
        read("src/telemetry/snapshots/boardpack__telemetry__metrics__tests__names_and_units_are_prometheus_own.snap");
    let helped = there.lines().filter_map(|line| line.strip_prefix("# HELP ")?.split(' ').next().map(str::to_owned));
    let there: BTreeSet<String> = helped.collect();
    assert!(there.len() > 8, "{there:?}");
    let (docs, alerts) = (read("docs/operations.md"), read("deploy/prometheus-alerts.yaml"));
    assert_eq!(metrics_in(&docs), there);
    let unknown: Vec<_> = metrics_in(&alerts).difference(&there).cloned().collect();
    assert!(unknown.is_empty(), "{unknown:?}");
    // Each alert says in the docs what to do about it.
    for alert in alerts.lines().filter_map(|line| line.trim().strip_prefix("- alert: ")) {
        assert!(docs.contains(&format!("| {alert} | ")), "{alert}");
    }
}
