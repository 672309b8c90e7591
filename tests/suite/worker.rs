//! The process that opens a workbook: what it may do, what is believed of it,
//! and that it never outlives its use.

#![cfg(unix)]

use std::collections::BTreeSet;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use boardpack::config::Loaded;
use boardpack::domain::ReadingLimits;
use boardpack::domain::{Board, BoardId, Code};
use boardpack::reader::{ReaderError, WorkbookReader};
use boardpack::run::Resources;
use boardpack::run::check::{Check, check};
use boardpack::source::{Cache, Fetched};

use crate::hostile::{named, reader};
use crate::support::{Council, root};

/// A program that stands in for boardpack, as a shell script.
struct Impostor(tempfile::TempDir);

impl Impostor {
    fn new(script: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("impostor");
        std::fs::write(&path, format!("#!/bin/sh\nPATH=/usr/bin:/bin\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        Self(dir)
    }

    fn reader(&self) -> WorkbookReader {
        WorkbookReader::program(self.0.path().join("impostor"))
    }
}

fn a_second() -> ReadingLimits {
    ReadingLimits { wall_seconds: 1, ..ReadingLimits::default() }
}

/// Processes that this one has started and not reaped, zombies among them.
#[cfg(target_os = "linux")]
fn processes_left() -> Vec<String> {
    let parent = std::process::id().to_string();
    let stats = std::fs::read_dir("/proc")
        .unwrap()
        .filter_map(|entry| std::fs::read_to_string(entry.ok()?.path().join("stat")).ok());
    // "pid (name) state parent …", and the name may hold anything.
    stats.filter(|stat| stat.rsplit(") ").next().and_then(|rest| rest.split(' ').nth(1)) == Some(&parent)).collect()
}

#[cfg(not(target_os = "linux"))]
fn processes_left() -> Vec<String> {
    Vec::new()
}

#[test]
fn whatever_a_worker_does_is_a_finding_and_leaves_no_process() {
    let bytes = vec![b'x'; 1 << 20];
    for (script, code, words) in [
        ("echo hello", Code::FileBreaksReader, "exit code 0"),
        ("echo hello to you", Code::FileBreaksReader, "could not be understood"),
        ("exec cat /dev/zero", Code::FileBreaksReader, "could not be understood"),
        (r"printf 'bp-book\006'; exec cat /dev/zero", Code::FileBreaksReader, "could not be understood"),
        (r"printf 'bp-book\006'; exec sleep 60", Code::FileTooCostly, "more than 1 second, the limit"),
        (r"printf 'bp-book\006'", Code::FileBreaksReader, "exit code 0"),
        ("exec cat", Code::FileBreaksReader, "could not be understood"),
        ("exec cat >&2", Code::FileTooCostly, "1 second"),
        ("exec >&-; exec sleep 60", Code::FileTooCostly, "1 second"),
        ("exec sleep 60", Code::FileTooCostly, "1 second"),
        ("exit 7", Code::FileBreaksReader, "exit code 7"),
        ("kill -SEGV $$", Code::FileBreaksReader, "signal 11"),
        ("kill -KILL $$", Code::FileBreaksReader, "killed from outside"),
        ("ulimit -S -t 1; while :; do :; done", Code::FileTooCostly, "20 seconds of processor time"),
        ("echo 'panicked at /a/b-1/src/c.rs:5' >&2; exit 101", Code::FileBreaksReader, "stopped at b-1/src/c.rs:5"),
    ] {
        let limits = if words.contains("1 second") { a_second() } else { ReadingLimits::default() };
        let began = Instant::now();
        let read = Impostor::new(script).reader().open_bytes(&bytes, &named("KPI.xlsx"), &limits).unwrap();
        let [finding] = read.findings.as_slice() else { panic!("{script}: {:?}", read.findings) };
        assert!(read.value.is_none() && finding.is_blocking(), "{script}");
        assert_eq!((finding.code, finding.at.file.as_deref()), (code, Some("KPI.xlsx")), "{script}: {finding}");
        assert!(finding.message.contains(words), "{script}: {finding}");
        assert!(began.elapsed() < Duration::from_secs(25), "{script}");
        assert!(processes_left().is_empty(), "{script} left {:?}", processes_left());
    }
}

#[test]
fn a_world_that_is_broken_is_an_error_and_no_finding() {
    let open = |reader: WorkbookReader| reader.open_bytes(b"a,b\n1,2\n", &named("a.csv"), &a_second());
    assert!(matches!(open(WorkbookReader::program("/nowhere/boardpack".into())), Err(ReaderError::Start { .. })));
    assert!(matches!(open(Impostor::new("exit 42").reader()), Err(ReaderError::NotSandboxed)));
    for signal in ["HUP", "INT", "QUIT", "TERM"] {
        let stopped = open(Impostor::new(&format!("kill -{signal} $$")).reader());
        assert!(matches!(stopped, Err(ReaderError::Stopped)), "{signal}: {stopped:?}");
    }
}

#[test]
fn a_workbook_reads_the_same_in_a_worker_as_in_process() {
    let data = root().join("tests/data");
    for folder in ["archetypes", "real"] {
        for entry in std::fs::read_dir(data.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let (bytes, at) = (std::fs::read(&path).unwrap(), named(path.file_name().unwrap().to_str().unwrap()));
            let in_worker = reader().open_bytes(&bytes, &at, &ReadingLimits::default()).unwrap();
            assert!(
                in_worker == WorkbookReader::in_process().open_bytes(&bytes, &at, &ReadingLimits::default()).unwrap(),
                "{}",
                path.display()
            );
        }
    }
    assert!(processes_left().is_empty());
}

#[tokio::test]
async fn a_worker_whose_answer_nobody_wants_any_more_is_killed() {
    let council = Council::sample();
    let config = Loaded::load(&council.path("config"), &[], boardpack::storage::KINDS).unwrap().config;
    let wanted = config.sources.keys().take(1).cloned().collect();
    let fetched = boardpack::source::fetch(&config, &wanted, config.service.run_period.unwrap(), &Cache::new()).await;
    let Some(Fetched::Workbook(workbook)) = fetched.into_values().next() else { panic!("the sample has a workbook") };
    let whole = reader().open(&workbook, ReadingLimits::default()).await.unwrap();
    assert!(whole.value.is_some());

    let sleeper = Impostor::new("exec sleep 60");
    let reader = sleeper.reader();
    let given_up =
        tokio::time::timeout(Duration::from_millis(300), reader.open(&workbook, ReadingLimits::default())).await;
    assert!(given_up.is_err());
    let began = Instant::now();
    while !processes_left().is_empty() {
        assert!(began.elapsed() < Duration::from_secs(5), "left {:?}", processes_left());
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

/// Starts the program as a worker and sends it its limits, but no file yet.
fn waiting() -> Child {
    let mut worker = Command::new(snapbox::cmd::cargo_bin!("boardpack"))
        .arg("read-workbook")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let limits: [u64; 6] = [1 << 20, 200, 100, 300 << 20, 5, 30];
    let limits = postcard::to_extend(&limits, Vec::new()).unwrap();
    let length = u32::try_from(limits.len()).unwrap().to_le_bytes();
    let request = [&b"bp-ask\0\x02"[..], &length, &limits].concat();
    worker.stdin.as_mut().unwrap().write_all(&request).unwrap();
    worker
}

#[test]
#[cfg(target_os = "linux")]
fn the_sandbox_is_entered_before_anything_of_the_file_is_read() {
    let mut worker = waiting();
    let began = Instant::now();
    let granted = loop {
        let limits = std::fs::read_to_string(format!("/proc/{}/limits", worker.id())).unwrap();
        let limit = |name: &str| {
            let line = limits.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            line.split_whitespace().take(2).map(str::to_owned).collect::<Vec<_>>()
        };
        let granted = ["Max address space", "Max cpu time", "Max core file size", "Max file size"].map(limit);
        if granted[0][0] != "unlimited" || began.elapsed() > Duration::from_secs(5) {
            break granted;
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    assert_eq!(granted, [["314572800", "314572800"], ["5", "7"], ["0", "0"], ["0", "0"]]);
    // No more is asked: it goes, and says so.
    drop(worker.stdin.take());
    assert_eq!(worker.wait().unwrap().code(), Some(41));
}

#[test]
#[cfg(target_os = "linux")]
fn a_worker_gains_no_rights_and_asks_the_kernel_for_little() {
    let mut worker = waiting();
    let status = || std::fs::read_to_string(format!("/proc/{}/status", worker.id())).unwrap();
    let is = |status: &str, line: &str| status.lines().any(|known| known.split_whitespace().eq(line.split(' ')));
    let began = Instant::now();
    // 2: calls pass a filter, where this kernel has any (a line of its own says so).
    while !is(&status(), "Seccomp: 2") && began.elapsed() < Duration::from_secs(5) && status().contains("Seccomp:") {
        std::thread::sleep(Duration::from_millis(5));
    }
    let status = status();
    assert!(is(&status, "NoNewPrivs: 1"), "{status}");
    assert!(is(&status, "Seccomp: 2") || !status.contains("Seccomp:"), "{status}");
    drop(worker.stdin.take());
    assert_eq!(worker.wait().unwrap().code(), Some(41));
}

#[test]
#[cfg(target_os = "linux")]
fn a_worker_dies_with_the_program() {
    use std::os::unix::process::ExitStatusExt as _;
    // To the kernel a process's parent is the thread that started it.
    let mut worker = std::thread::spawn(|| {
        let worker = waiting();
        let status = format!("/proc/{}/limits", worker.id());
        let began = Instant::now();
        while !std::fs::read_to_string(&status).unwrap().contains("314572800") {
            assert!(began.elapsed() < Duration::from_secs(5));
            std::thread::sleep(Duration::from_millis(5));
        }
        worker
    })
    .join()
    .unwrap();
    // Its input is still open, and it has time left on every clock.
    let input = worker.stdin.take();
    assert_eq!(worker.wait().unwrap().signal(), Some(9));
    drop(input);
}

#[test]
fn the_hidden_subcommand_is_hidden_and_needs_no_config() {
    let council = Council::empty();
    let help = council.boardpack(&["--help"]).code(0).get_output().clone();
    assert!(!String::from_utf8(help.stdout).unwrap().contains("read-workbook"));
    let output = council.boardpack(&["read-workbook"]).code(41).get_output().clone();
    assert!(output.stdout.is_empty() && output.stderr.is_empty());
}

#[test]
fn a_daemon_or_run_that_cannot_start_workers_fails_closed() {
    let council = Council::sample();
    let Loaded { config, commentary, .. } =
        Loaded::load(&council.path("config"), &[], boardpack::storage::KINDS).unwrap();
    let keys = config.boards.iter().map(|board| boardpack::domain::PackKey {
        period: config.service.run_period.unwrap(),
        board: board.id.clone(),
    });
    let request = boardpack::run::ActivationRequest {
        keys: keys.collect(),
        mode: boardpack::run::RunMode::Publish,
        new_look: false,
        stop: Default::default(),
        asker: Default::default(),
    };
    let stationery = boardpack::typeset::Stationery::embedded().unwrap();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    let nowhere = WorkbookReader::program("/nowhere/boardpack".into());
    let outcomes = runtime
        .block_on(boardpack::run::activate(
            &config,
            &commentary,
            &stationery,
            &Resources::new(nowhere),
            request,
            &boardpack::run::Silent,
        ))
        .unwrap();
    assert_eq!(boardpack::exit::Exit::of(&outcomes), boardpack::exit::Exit::Failed);
    for outcome in outcomes {
        match outcome.result {
            boardpack::run::PackResult::Failed { error, storage: false } => {
                assert!(error.contains("failed to start /nowhere/boardpack"), "{error}");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn the_workbooks_of_sixty_boards_are_each_opened_once() {
    let council = Council::sample();
    let Loaded { mut config, commentary, .. } =
        Loaded::load(&council.path("config"), &[], boardpack::storage::KINDS).unwrap();
    let period = config.service.run_period.unwrap();
    let boards = config.boards.clone();
    config.boards = (0..60)
        .map(|n| {
            let board = &boards[n % boards.len()];
            Board { id: BoardId::parse(&format!("{}-{n}", board.id)).unwrap(), ..board.clone() }
        })
        .collect();
    let real = snapbox::cmd::cargo_bin!("boardpack").display().to_string();
    let opened = council.path("opened");
    let counting = Impostor::new(&format!("echo x >> '{}'\nexec '{real}' \"$@\"", opened.display()));
    let asked = Check {
        period,
        boards: config.boards.iter().map(|board| board.id.clone()).collect(),
        sources: BTreeSet::new(),
        now: "2026-11-10T06:00:00Z".parse().unwrap(),
    };
    let found = check(&config, &commentary, &asked, &Resources::new(counting.reader())).await.unwrap();
    let files: BTreeSet<&str> =
        found.sources.values().filter_map(|source| Some(source.input.as_ref()?.origin.as_str())).collect();
    assert!(files.len() > 5, "{files:?}");
    assert_eq!(std::fs::read_to_string(opened).unwrap().lines().count(), files.len());
    assert!(found.sources.values().all(|source| source.boards.len() >= 60 / boards.len()));
}
