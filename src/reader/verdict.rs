//! What a child's end says: of the file, which is a finding, or of the world,
//! which is an error.

use super::codec::CodecError;
use super::child::{OVER_TIME, PANICKED, TOO_LONG, UNFENCED};
use super::limits::Limits;
use super::watch::{Broke, End};
use super::{ReaderError, answer};
use crate::domain::finding::{Checked, Code, Finding, Place};
use crate::workbook::Book;

const RESAVE: &str = "open it in Excel and save it again as .xlsx, with only the sheets that the scorecards need";

/// How a process ended, in the words of its system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Code(i32),
    #[cfg_attr(not(unix), expect(dead_code, reason = "only Unix ends processes by signals"))]
    Signal(i32),
    Unknown,
}

/// The answer, or a blocking finding in its place.
pub(super) fn of(end: End, at: &Place, limits: &Limits) -> Result<Checked<Option<Book>>, ReaderError> {
    let finding = match end {
        End::Answered(read) => return Ok(read),
        End::Unwanted => return Err(ReaderError::Stopped),
        End::OverTime => over_time(limits),
        // It is as likely to be noticed here as by the child itself.
        End::Nonsense(CodecError::TooLong) => too_long(),
        End::Nonsense(garbled) => broke(&format!("its answer could not be understood: {garbled}")),
        End::Broke(Broke { status, complaint }) => of_broken(how(status), &complaint, limits)?,
    };
    Ok(finding.in_place_of_a_book(at))
}

/// The finding for a panic in this very process.
pub(super) fn panicked(at: &Place) -> Checked<Option<Book>> {
    broke("it stopped").in_place_of_a_book(at)
}

fn too_long() -> Found {
    Found {
        code: Code::FileTooLarge,
        message: format!("found cells that take more than {} MB; expected less", answer::AT_MOST >> 20),
        hint: "supply only the sheets and rows that the scorecards need".to_owned(),
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Found {
    code: Code,
    message: String,
    hint: String,
}

impl Found {
    fn in_place_of_a_book(self, at: &Place) -> Checked<Option<Book>> {
        Checked::new(None, vec![Finding::new(self.code, at.clone(), self.message, self.hint)])
    }
}

#[cfg(unix)]
fn how(status: std::process::ExitStatus) -> How {
    use std::os::unix::process::ExitStatusExt as _;
    match (status.code(), status.signal()) {
        (Some(code), _) => How::Code(code),
        (None, Some(signal)) => How::Signal(signal),
        (None, None) => How::Unknown,
    }
}

#[cfg(not(unix))]
fn how(status: std::process::ExitStatus) -> How {
    status.code().map_or(How::Unknown, How::Code)
}

// The numbers are the same on every Unix that this can be built for.
const HANGUP: i32 = 1;
const INTERRUPT: i32 = 2;
const QUIT: i32 = 3;
const KILL: i32 = 9;
const TERMINATE: i32 = 15;
const PROCESSOR_TIME: i32 = 24;

fn of_broken(how: How, complaint: &str, limits: &Limits) -> Result<Found, ReaderError> {
    Ok(match how {
        How::Code(UNFENCED) => return Err(ReaderError::Unfenced),
        // Somebody stops the service and all its processes: no fault of the file.
        How::Signal(HANGUP | INTERRUPT | QUIT | TERMINATE) => return Err(ReaderError::Stopped),
        How::Code(TOO_LONG) => too_long(),
        How::Code(OVER_TIME) => over_time(limits),
        How::Signal(PROCESSOR_TIME) => {
            too_costly(&format!("{} of processor time", seconds(limits.cpu_seconds)), "cpu_seconds")
        }
        // The words of Rust's own runtime when it aborts.
        _ if complaint.contains("memory allocation of ") => {
            too_costly(&format!("{} MB of memory", limits.memory_bytes >> 20), "memory_mb")
        }
        _ if complaint.contains("has overflowed its stack") => broke("it went too deep and overflowed its stack"),
        How::Signal(KILL) => broke("it was killed from outside; the machine may have run out of memory"),
        How::Signal(signal) => broke(&format!("it was ended by signal {signal}")),
        How::Code(code) => match panicked_at(complaint) {
            Some(place) => broke(&format!("it stopped at {place}")),
            None => broke(&format!("it ended with exit code {code} and no answer")),
        },
        How::Unknown => broke("it ended without an answer"),
    })
}

fn over_time(limits: &Limits) -> Found {
    too_costly(&seconds(limits.wall_seconds), "wall_seconds")
}

fn too_costly(limit: &str, setting: &str) -> Found {
    Found {
        code: Code::FileTooCostly,
        message: format!("reading the file took more than {limit}, the limit; expected less"),
        hint: format!("{RESAVE}; or raise `{setting}` under [limits] in boardpack.toml"),
    }
}

fn broke(why: &str) -> Found {
    Found {
        code: Code::FileBreaksReader,
        message: format!("the reader gave up on the file: {why}"),
        hint: RESAVE.to_owned(),
    }
}

fn seconds(count: u64) -> String {
    if count == 1 { "1 second".to_owned() } else { format!("{count} seconds") }
}

/// "calamine-0.38.1/src/xls.rs:123": where a panic arose, as far as it is a
/// plain name, without the folders of whoever built the program.
fn panicked_at(complaint: &str) -> Option<String> {
    let place = complaint.lines().find_map(|line| line.strip_prefix(PANICKED))?.trim();
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
        let limits = Limits::default();
        let abort = 6;
        for (how, complaint, code, words, setting) in [
            (How::Signal(PROCESSOR_TIME), "", Code::FileTooCostly, "20 seconds of processor time", "`cpu_seconds`"),
            (How::Code(OVER_TIME), "", Code::FileTooCostly, "30 seconds, the limit", "`wall_seconds`"),
            (
                How::Signal(abort),
                "memory allocation of 9 bytes failed\n",
                Code::FileTooCostly,
                "1024 MB of memory",
                "`memory_mb`",
            ),
            (How::Code(TOO_LONG), "", Code::FileTooLarge, "more than 256 MB", "supply only"),
            (
                How::Signal(abort),
                "\nthread 'main' has overflowed its stack",
                Code::FileBreaksReader,
                "overflowed its stack",
                "save it again",
            ),
            (How::Signal(abort), "Ann Other, 4", Code::FileBreaksReader, "signal 6", "save it again"),
            (How::Signal(KILL), "", Code::FileBreaksReader, "killed from outside", "save it again"),
            (
                How::Code(101),
                "panicked at /home/x/registry/src/i-1/calamine-0.38.1/src/xls.rs:12\n",
                Code::FileBreaksReader,
                "stopped at calamine-0.38.1/src/xls.rs:12",
                "save it again",
            ),
            (How::Code(101), "panicked at Ann Other", Code::FileBreaksReader, "exit code 101", "save it again"),
            (How::Code(0), "", Code::FileBreaksReader, "exit code 0", "save it again"),
            (How::Unknown, "", Code::FileBreaksReader, "without an answer", "save it again"),
        ] {
            let found = of_broken(how, complaint, &limits).unwrap();
            assert_eq!(found.code, code, "{how:?}");
            assert!(found.message.contains(words) && found.hint.contains(setting), "{found:?}");
            assert!(!found.message.contains("Ann"), "what the child says is not repeated: {found:?}");
        }
    }

    #[test]
    fn a_stopped_service_is_no_fault_of_a_file() {
        let limits = Limits::default();
        for signal in [HANGUP, INTERRUPT, QUIT, TERMINATE] {
            assert!(matches!(of_broken(How::Signal(signal), "", &limits), Err(ReaderError::Stopped)), "{signal}");
        }
        assert!(matches!(of_broken(How::Code(UNFENCED), "", &limits), Err(ReaderError::Unfenced)));
    }
}
