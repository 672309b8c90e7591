//! The child's side: `boardpack read-workbook`, which nobody types.
//!
//! It takes a request from standard input, puts up its fence before it looks
//! at any of the file, answers on standard output while it reads, and ends. It has no
//! config, opens no file and writes no log.

use std::fs::File;
use std::io;

use super::answer::AnswerWriter;
use super::codec::CodecError;
use super::{fence, request};
use crate::domain::Place;
use crate::workbook;

/// It was asked nothing that it understands.
pub(super) const NOT_ASKED: i32 = 41;
/// It could not limit itself, and so read nothing.
pub(super) const UNFENCED: i32 = 42;
/// The cells are more than an answer may carry.
pub(super) const TOO_LONG: i32 = 43;
/// Its clock ran out (where the kernel sets no limits).
pub(super) const OVER_TIME: i32 = 44;
/// Nobody takes its answer.
const UNHEARD: i32 = 45;

/// What it says before the place where a panic arose.
pub(super) const PANICKED: &str = "panicked at ";

/// Serves one request and gives the process's exit code.
pub fn serve() -> i32 {
    // Where it arose and not what it said, which may quote a cell.
    std::panic::set_hook(Box::new(|panic| {
        if let Some(at) = panic.location() {
            eprintln!("{PANICKED}{}:{}", at.file(), at.line());
        }
    }));
    match served() {
        Ok(()) => 0,
        Err(code) => code,
    }
}

fn served() -> Result<(), i32> {
    let (input, output) = pipes().map_err(|_| NOT_ASKED)?;
    let asked = request::receive(input).map_err(|_| NOT_ASKED)?;
    let limits = asked.limits;
    fence::put_up(&limits).map_err(|_| UNFENCED)?;
    let (file, bytes) = asked.file().map_err(|_| NOT_ASKED)?;
    let at = Place { file: Some(file.into()), ..Place::default() };
    let mut answer = AnswerWriter::new(output).map_err(|_| UNHEARD)?;
    let findings = workbook::read_onto(&mut answer, &bytes, &at, &limits.workbook);
    let answered = answer.end(findings);
    answered.map_err(|error| if matches!(error, CodecError::TooLong) { TOO_LONG } else { UNHEARD })
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
