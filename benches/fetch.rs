//! What fetching workbooks from a server costs that is 50 ms away, beside curl with as many
//! requests at a time: `cargo bench --bench fetch`. Both are run in turns against the same
//! server; what counts is the ratio of their medians.

#![expect(clippy::expect_used, reason = "a bench that cannot go on shall fail")]

use std::collections::BTreeSet;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use boardpack::storage::{FetchLimits, Got, HttpSettings, HttpsSettings, OpenStorage as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

const FILES: usize = 60;
const SIZE: usize = 1_000_000;
const ONE_WAY: Duration = Duration::from_millis(25);
const AT_A_TIME: usize = 8;
const ROUNDS: usize = 7;

/// Answers each request after a round trip: a file, or its head, or that it is the same.
async fn serve(listener: TcpListener) {
    let body = Arc::new(vec![7_u8; SIZE]);
    while let Ok((mut stream, _)) = listener.accept().await {
        let body = Arc::clone(&body);
        tokio::spawn(async move {
            loop {
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    let Ok(byte) = stream.read_u8().await else { return };
                    head.push(byte);
                }
                let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
                tokio::time::sleep(ONE_WAY * 2).await;
                let same = head.contains("if-none-match: \"1\"");
                let status = if same { "304 Not Modified" } else { "200 OK" };
                let answer = format!("HTTP/1.1 {status}\r\nETag: \"1\"\r\nContent-Length: {SIZE}\r\n\r\n");
                if stream.write_all(answer.as_bytes()).await.is_err() {
                    return;
                }
                if !same && !head.starts_with("head ") && stream.write_all(&body).await.is_err() {
                    return;
                }
            }
        });
    }
}

/// Fetches every file as an activation does.
async fn boardpack(url: &str, known: Option<&str>) -> Duration {
    let settings = HttpsSettings(HttpSettings::new(url).expect("an address"));
    let limits = FetchLimits { max_bytes: 10_000_000 };
    let storage = Arc::new(settings.open(Path::new(""), limits).expect("a client"));
    let started = Instant::now();
    let tasks: Vec<_> = (0..FILES)
        .map(|file| {
            let (storage, known) = (Arc::clone(&storage), known.map(str::to_owned));
            tokio::spawn(async move {
                let got = storage.get(&format!("{file}.xlsx"), known.as_deref()).await;
                matches!(got, Ok(Got::Found(_) | Got::Unchanged))
            })
        })
        .collect();
    let mut got = BTreeSet::new();
    for task in tasks {
        got.insert(task.await.expect("a task that ends"));
    }
    assert_eq!(got, BTreeSet::from([true]));
    started.elapsed()
}

fn curl(url: &str, into: &Path) -> Duration {
    let started = Instant::now();
    let last = FILES - 1;
    let status = Command::new("curl")
        .args(["--silent", "--fail", "--parallel", "--parallel-max", &AT_A_TIME.to_string(), "--noproxy", "*"])
        .args(["--output", &into.join("#1").to_string_lossy(), &format!("{url}[0-{last}].xlsx")])
        .stderr(Stdio::null())
        .status()
        .expect("curl");
    assert!(status.success());
    started.elapsed()
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times[times.len() / 2].as_secs_f64()
}

fn main() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    runtime.spawn(serve(listener));
    let into = tempfile::tempdir().expect("a folder");
    let (mut ours, mut theirs, mut again) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(runtime.block_on(boardpack(&url, None)));
        theirs.push(curl(&url, into.path()));
        again.push(runtime.block_on(boardpack(&url, Some("\"1\""))));
    }
    let (ours, theirs, again) = (median(ours), median(theirs), median(again));
    println!("{FILES} files of {SIZE} bytes, 50 ms away, {AT_A_TIME} at a time, medians of {ROUNDS}:");
    println!("  boardpack {ours:.3} s, curl {theirs:.3} s, ratio {:.2}", ours / theirs);
    println!("  unchanged {again:.3} s, ratio {:.2}", again / theirs);
}
