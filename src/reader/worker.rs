//! The worker process: `boardpack read-workbook`, which nobody types.
//!
//! It takes a request from standard input, enters its sandbox before it looks
//! at any of the file, answers on standard output while it reads, and ends. It
//! has no config, opens no file and writes no log.

use std::fs::File;
use std::io;

use super::answer::AnswerWriter;
use super::codec::CodecError;
use super::{request, sandbox};
use crate::domain::Place;
use crate::workbook;

/// Exit code: the request cannot be decoded.
pub(super) const BAD_REQUEST: i32 = 41;
/// Exit code: it could not limit itself, and so read nothing.
pub(super) const NOT_SANDBOXED: i32 = 42;
/// Exit code: the cells are more than an answer may carry.
pub(super) const ANSWER_TOO_LONG: i32 = 43;
/// Exit code: its clock ran out (where the kernel sets no limits).
pub(super) const TIMED_OUT: i32 = 44;
/// Exit code: nobody takes its answer.
const ANSWER_REFUSED: i32 = 45;

/// What it writes before the place where a panic arose.
pub(super) const PANICKED: &str = "panicked at ";

/// Serves one request and gives the process's exit code.
pub fn serve() -> i32 {
    // Where it arose and not its message, which may quote a cell.
    std::panic::set_hook(Box::new(|panic| {
        if let Some(at) = panic.location() {
            eprintln!("{PANICKED}{}:{}", at.file(), at.line());
        }
    }));
    answer_request().err().unwrap_or(0)
}

fn answer_request() -> Result<(), i32> {
    let (input, output) = pipes().map_err(|_| BAD_REQUEST)?;
    let request = request::receive(input).map_err(|_| BAD_REQUEST)?;
    let limits = request.limits;
    sandbox::enter(&limits).map_err(|_| NOT_SANDBOXED)?;
    let (file, bytes) = request.file().map_err(|_| BAD_REQUEST)?;
    let at = Place { file: Some(file.into()), ..Place::default() };
    let mut answer = AnswerWriter::new(output).map_err(|_| ANSWER_REFUSED)?;
    let findings = workbook::read_into(&mut answer, &bytes, &at, &limits.workbook);
    let answered = answer.end(findings);
    answered.map_err(|error| if matches!(error, CodecError::TooLong) { ANSWER_TOO_LONG } else { ANSWER_REFUSED })
}

/// Standard input and output without the buffers that suit a terminal.
#[cfg(unix)]
fn pipes() -> io::Result<(File, File)> {
    use std::os::fd::AsFd as _;
    Ok((File::from(io::stdin().as_fd().try_clone_to_owned()?), File::from(io::stdout().as_fd().try_clone_to_owned()?)))
}

#[cfg(windows)]
fn pipes() -> io::Result<(File, File)> {
    use std::os::windows::io::AsHandle as _;
    Ok((
        File::from(io::stdin().as_handle().try_clone_to_owned()?),
        File::from(io::stdout().as_handle().try_clone_to_owned()?),
    ))
}
