//! What the end of a worker means: a finding if it is of the file, an error if
//! it is of the program or the machine.

use super::codec::CodecError;
use super::supervisor::{EarlyExit, WorkerEnd};
use super::worker::{ANSWER_TOO_LONG, NOT_SANDBOXED, PANICKED, TIMED_OUT};
use super::{ReaderError, answer};
use crate::domain::ReadingLimits;
use crate::domain::finding::{Checked, Code, Place};
use crate::workbook::{Book, FileFault};

const RESAVE: &str = "open it in Excel and save it again as .xlsx, with only the sheets that the scorecards need";

/// How a process ended, in the terms of its system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ExitReason {
    Code(i32),
    #[cfg_attr(not(unix), expect(dead_code, reason = "only Unix ends processes by signals"))]
    Signal(i32),
    Unknown,
}

/// The answer, or a blocking finding in its place.
pub(super) fn outcome(
    end: WorkerEnd,
    at: &Place,
    limits: &ReadingLimits,
) -> Result<Checked<Option<Book>>, ReaderError> {
    let fault = match end {
        WorkerEnd::Answered(read) => return Ok(read),
        WorkerEnd::Cancelled => return Err(ReaderError::Stopped),
        WorkerEnd::TimedOut => timed_out(limits),
        // It is as likely to be noticed here as by the worker itself.
        WorkerEnd::Malformed(CodecError::TooLong) => answer_too_long(),
        WorkerEnd::Malformed(error) => broke(&format!("its answer could not be understood: {error}")),
        WorkerEnd::Exited(EarlyExit { status, stderr }) => exit_fault(reason(status), &stderr, limits)?,
    };
    Ok(refusal(fault, at))
}

/// The finding for a panic in this very process.
pub(super) fn panicked(at: &Place) -> Checked<Option<Book>> {
    refusal(broke("it stopped"), at)
}

fn refusal(fault: FileFault, at: &Place) -> Checked<Option<Book>> {
    Checked::new(None, vec![fault.finding(at, None)])
}

fn answer_too_long() -> FileFault {
    FileFault::new(
        Code::FileTooLarge,
        format!("found cells that take more than {} MB; expected less", answer::AT_MOST >> 20),
        "supply only the sheets and rows that the scorecards need",
    )
}

#[cfg(unix)]
fn reason(status: std::process::ExitStatus) -> ExitReason {
    use std::os::unix::process::ExitStatusExt as _;
    match (status.code(), status.signal()) {
        (Some(code), _) => ExitReason::Code(code),
        (None, Some(signal)) => ExitReason::Signal(signal),
        (None, None) => ExitReason::Unknown,
    }
}

#[cfg(not(unix))]
fn reason(status: std::process::ExitStatus) -> ExitReason {
    status.code().map_or(ExitReason::Unknown, ExitReason::Code)
}

// The numbers are the same on every Unix that this can be built for.
const HANGUP: i32 = 1;
const INTERRUPT: i32 = 2;
const QUIT: i32 = 3;
const KILL: i32 = 9;
const TERMINATE: i32 = 15;
const PROCESSOR_TIME: i32 = 24;

fn exit_fault(reason: ExitReason, stderr: &str, limits: &ReadingLimits) -> Result<FileFault, ReaderError> {
    Ok(match reason {
        ExitReason::Code(NOT_SANDBOXED) => return Err(ReaderError::NotSandboxed),
        // Somebody stops the service and all its processes: no fault of the file.
        ExitReason::Signal(HANGUP | INTERRUPT | QUIT | TERMINATE) => return Err(ReaderError::Stopped),
        ExitReason::Code(ANSWER_TOO_LONG) => answer_too_long(),
        ExitReason::Code(TIMED_OUT) => timed_out(limits),
        ExitReason::Signal(PROCESSOR_TIME) => {
            too_costly(&format!("{} of processor time", seconds(limits.cpu_seconds)), "cpu_seconds")
        }
        // The words of Rust's own runtime when it aborts.
        _ if stderr.contains("memory allocation of ") => {
            too_costly(&format!("{} MB of memory", limits.memory_bytes >> 20), "memory_mb")
        }
        _ if stderr.contains("has overflowed its stack") => broke("it went too deep and overflowed its stack"),
        ExitReason::Signal(KILL) => broke("it was killed from outside; the machine may have run out of memory"),
        ExitReason::Signal(signal) => broke(&format!("it was ended by signal {signal}")),
        ExitReason::Code(code) => match panicked_at(stderr) {
            Some(place) => broke(&format!("it stopped at {place}")),
            None => broke(&format!("it ended with exit code {code} and no answer")),
        },
        ExitReason::Unknown => broke("it ended without an answer"),
    })
}

fn timed_out(limits: &ReadingLimits) -> FileFault {
    too_costly(&seconds(limits.wall_seconds), "wall_seconds")
}

fn too_costly(limit: &str, setting: &str) -> FileFault {
    FileFault::new(
        Code::FileTooCostly,
        format!("reading the file took more than {limit}, the limit; expected less"),
        format!("{RESAVE}; or raise `{setting}` under [limits] in boardpack.toml"),
    )
}

fn broke(why: &str) -> FileFault {
    FileFault::new(Code::FileBreaksReader, format!("the reader gave up on the file: {why}"), RESAVE)
}

fn seconds(count: u64) -> String {
    if count == 1 { "1 second".to_owned() } else { format!("{count} seconds") }
}

/// "calamine-0.38.1/src/xls.rs:123": where a panic arose, as far as it is a
/// plain name, without the folders of whoever built the program.
fn panicked_at(stderr: &str) -> Option<String> {
    let place = stderr.lines().find_map(|line| line.strip_prefix(PANICKED))?.trim();
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '/' | '\\' | '.' | '-' | '_' | ':' | '+');
    if place.is_empty() || place.len() > 300 || !place.chars().all(plain) {
        return None;
    }
    let place = place.replace('\\', "/");
    let parts: Vec<&str> = place.split('/').collect();
    let from = parts.iter().rposition(|part| *part == "src").map_or(0, |src| src.saturating_sub(1));
    Some(parts.get(from..)?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_names_the_limit_or_the_cause() {
        let limits = ReadingLimits::default();
        let abort = 6;
        for (reason, stderr, code, words, setting) in [
            (
                ExitReason::Signal(PROCESSOR_TIME),
                "",
                Code::FileTooCostly,
                "20 seconds of processor time",
                "`cpu_seconds`",
            ),
            (ExitReason::Code(TIMED_OUT), "", Code::FileTooCostly, "30 seconds, the limit", "`wall_seconds`"),
            (
                ExitReason::Signal(abort),
                "memory allocation of 9 bytes failed\n",
                Code::FileTooCostly,
                "1024 MB of memory",
                "`memory_mb`",
            ),
            (ExitReason::Code(ANSWER_TOO_LONG), "", Code::FileTooLarge, "more than 256 MB", "supply only"),
            (
                ExitReason::Signal(abort),
                "\nthread 'main' has overflowed its stack",
                Code::FileBreaksReader,
                "overflowed its stack",
                "save it again",
            ),
            (ExitReason::Signal(abort), "Ann Other, 4", Code::FileBreaksReader, "signal 6", "save it again"),
            (ExitReason::Signal(KILL), "", Code::FileBreaksReader, "killed from outside", "save it again"),
            (
                ExitReason::Code(101),
                "panicked at /home/x/registry/src/i-1/calamine-0.38.1/src/xls.rs:12\n",
                Code::FileBreaksReader,
                "stopped at calamine-0.38.1/src/xls.rs:12",
                "save it again",
            ),
            (ExitReason::Code(101), "panicked at Ann Other", Code::FileBreaksReader, "exit code 101", "save it again"),
            (ExitReason::Code(0), "", Code::FileBreaksReader, "exit code 0", "save it again"),
            (ExitReason::Unknown, "", Code::FileBreaksReader, "without an answer", "save it again"),
        ] {
            let fault = exit_fault(reason, stderr, &limits).unwrap();
            assert_eq!(fault.code, code, "{reason:?}");
            assert!(fault.message.contains(words) && fault.hint.contains(setting), "{fault:?}");
            assert!(!fault.message.contains("Ann"), "what the worker writes is not repeated: {fault:?}");
        }
    }

    #[test]
    fn a_stopped_service_is_no_fault_of_a_file() {
        let limits = ReadingLimits::default();
        for signal in [HANGUP, INTERRUPT, QUIT, TERMINATE] {
            assert!(
                matches!(exit_fault(ExitReason::Signal(signal), "", &limits), Err(ReaderError::Stopped)),
                "{signal}"
            );
        }
        assert!(matches!(exit_fault(ExitReason::Code(NOT_SANDBOXED), "", &limits), Err(ReaderError::NotSandboxed)));
    }
}
