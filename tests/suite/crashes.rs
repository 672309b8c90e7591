//! Runs that are killed, at any time and at any write: the next one finishes what they began,
//! and each pack is published once, in the folder and in the ledger.

use std::process::{Command, Stdio};
use std::time::Duration;

use crate::ledger::{all_published, are_one, councils, is_file, manifests, revisions, sql};
use crate::support::Council;
#[cfg(target_os = "linux")]
use crate::support::can_trace;
use crate::trail::{run, share};

/// A run that goes well. The server takes a moment to see that a session's program was killed.
fn run_again(council: &Council, period: &str) {
    let until = std::time::Instant::now() + Duration::from_secs(20);
    while !is_file(council) && std::time::Instant::now() < until {
        if council.boardpack(&["run", "--period", period]).get_output().status.code() != Some(1) {
            break;
        }
    }
    run(council, period).success();
}

/// A run that is killed after a while.
fn killed_after(council: &Council, period: &str, wait: Duration) {
    let mut child = council.program().args(["run", "--period", period]).spawn().unwrap();
    std::thread::sleep(wait);
    let _ = child.kill();
    child.wait().unwrap();
}

#[test]
fn after_any_row_of_runs_and_crashes_each_pack_is_in_both_exactly_once() {
    for council in councils() {
        council.replace("config/boards/panel.toml", "title = ", "commentary_to_follow = true\ntitle = ");
        for step in 0..24_u32 {
            share(&council, &format!("{},100", 60 + step % 7));
            let period = ["2026-09", "2026-10", "2026-11"][step as usize % 3];
            killed_after(&council, period, Duration::from_millis(u64::from(step) * 37 % 500));
            if step % 4 == 3 {
                run_again(&council, period);
                are_one(&council, &format!("step {step}"));
            }
        }
    }
}

/// Calls of the kernel that make something last, and whether those on the ledger are meant.
#[cfg(target_os = "linux")]
const WRITES: [(&str, bool); 8] = [
    ("pwrite64", true),
    ("fdatasync", true),
    ("mkdir", false),
    ("fsync", false),
    ("rename", false),
    ("renameat2", false),
    ("linkat", false),
    ("unlink", false),
];

/// The same where the ledger is in PostgreSQL: what is sent to it is a step too.
#[cfg(target_os = "linux")]
const SHARED_WRITES: [(&str, bool); 7] = [
    ("sendto", true),
    ("mkdir", false),
    ("fsync", false),
    ("rename", false),
    ("renameat2", false),
    ("linkat", false),
    ("rmdir", false),
];

/// Kills a command at the nth such call. Whether it came that far.
#[cfg(target_os = "linux")]
pub(crate) fn killed_at(council: &Council, args: &[&str], (call, is_ledger): (&str, bool), nth: usize) -> bool {
    let mut strace = Command::new("strace");
    strace.args(["-f", "-o", "/dev/null", "-e", &format!("trace={call}")]);
    strace.args(["-e", &format!("inject={call}:signal=SIGKILL:when={nth}")]);
    if is_ledger && is_file(council) {
        strace.arg("-P").arg(council.path("held-ledger.db-wal"));
    }
    let ended = strace
        .envs(council.environment())
        .arg(snapbox::cmd::cargo_bin!("boardpack"))
        .args(args)
        .current_dir(council.path(""))
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status();
    ended.is_ok_and(|status| !status.success())
}

#[cfg(target_os = "linux")]
#[test]
fn a_run_that_is_killed_at_any_write_is_finished_by_the_next_and_published_once() {
    // A minute of runs: `tests/run` asks for it.
    if std::env::var("BOARDPACK_TOOLS").is_err() || !can_trace() {
        return;
    }
    for council in all_published(1) {
        killed_at_any_write(&council);
    }
}

#[cfg(target_os = "linux")]
fn killed_at_any_write(council: &Council) {
    let (mut issued, mut kills) = (1, 0);
    for write in if is_file(council) { &WRITES[..] } else { &SHARED_WRITES } {
        // Each message to a server is a step: every third is tried, for there are many.
        for nth in (1..).step_by(if write.0 == "sendto" { 3 } else { 1 }) {
            issued += 1;
            share(council, &format!("{},100", 60 + issued % 20));
            let was_killed = killed_at(council, &["run", "--period", "2026-09"], *write, nth);
            let told = format!("killed at the {nth}. {}", write.0);
            run_again(council, "2026-09");
            assert_eq!(revisions(council).len(), issued, "{told}");
            assert_eq!(revisions(council), manifests(council), "{told}");
            assert_eq!(sql(council, "SELECT period FROM attempt"), [""; 0], "{told}");
            if !was_killed {
                break;
            }
            kills += 1;
        }
    }
    are_one(council, "after every crash");
    assert!(kills > 20, "a run makes more writes than {kills} last");
}
