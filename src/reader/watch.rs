//! The parent's side: starts a child, feeds it, listens, and sees that it
//! ends, whatever it does and whatever becomes of whoever asked.

use std::io::{self, Read as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::codec::CodecError;
use super::{COMMAND, Limits, answer, request};
use crate::domain::{Checked, Place};
use crate::workbook::Book;

/// How a child came to its end.
#[derive(Debug)]
pub(super) enum End {
    /// It answered.
    Answered(Checked<Option<Book>>),
    /// It said what it may not say, and was killed.
    Nonsense(CodecError),
    /// It ended before its answer did.
    Broke(Broke),
    /// It was still at it when its time was over, and was killed.
    OverTime,
    /// Nobody wants its answer any more, and it was killed.
    Unwanted,
}

/// A child that ended by itself, and what it left.
#[derive(Debug)]
pub(super) struct Broke {
    pub(super) status: ExitStatus,
    /// The first of what it said on standard error.
    pub(super) complaint: String,
}

/// What the watcher hears.
pub(super) enum News {
    /// The answer, or why there is none.
    Answer(Result<Checked<Option<Book>>, CodecError>),
    /// Whoever asked has gone.
    Unwanted,
}

/// Opens a workbook in a child of `program`. The thread that calls this waits
/// for the child: on Linux a child is killed when its parent's thread ends.
pub(super) fn run(
    program: &Path,
    bytes: &[u8],
    at: &Place,
    limits: &Limits,
    (tell, hear): (Sender<News>, Receiver<News>),
) -> io::Result<End> {
    let mut child = Kept(command(program).spawn()?);
    let deadline = Instant::now() + limits.wall();
    let missing = || io::Error::other("the child has no pipes");
    let (input, output) = (child.0.stdin.take().ok_or_else(missing)?, child.0.stdout.take().ok_or_else(missing)?);
    let file = at.file.as_deref().unwrap_or_default();
    thread::scope(|scope| {
        // A child that ends early breaks the pipe; why it ended says more.
        thread::Builder::new().spawn_scoped(scope, move || request::send(input, file, bytes, limits))?;
        thread::Builder::new().spawn_scoped(scope, move || {
            let taken = answer::receive(output, at, limits);
            // Nobody listens after the deadline.
            let _ = tell.send(News::Answer(taken));
        })?;
        let end = heard(&mut child, &hear, deadline);
        // Both threads end with the child, whose ends of the pipes they hold.
        child.end();
        end
    })
}

fn heard(child: &mut Kept, hear: &Receiver<News>, deadline: Instant) -> io::Result<End> {
    let news = hear.recv_timeout(deadline.saturating_duration_since(Instant::now()));
    Ok(match news {
        Ok(News::Answer(Ok(read))) => End::Answered(read),
        Ok(News::Answer(Err(CodecError::Truncated))) => match child.ended_by(deadline)? {
            Some(status) => End::Broke(Broke { status, complaint: child.complaint() }),
            None => End::OverTime,
        },
        Ok(News::Answer(Err(garbled))) => End::Nonsense(garbled),
        Ok(News::Unwanted) => End::Unwanted,
        Err(mpsc::RecvTimeoutError::Timeout) => End::OverTime,
        // The listening thread panicked; the scope carries that on.
        Err(mpsc::RecvTimeoutError::Disconnected) => End::Unwanted,
    })
}

fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg(COMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        // No settings and no secrets; and a group of its own, so that a Ctrl-C
        // at the terminal is the parent's to answer.
        command.arg0("boardpack").env_clear().process_group(0);
        // The allocator takes what it needs and no more: what it would set
        // aside counts as this process's memory, which is limited.
        command.env("MIMALLOC_ARENA_RESERVE", "0");
    }
    #[cfg(windows)]
    {
        use std::os::windows::process::CommandExt as _;
        const CREATE_NEW_PROCESS_GROUP: u32 = 0x0000_0200;
        const CREATE_NO_WINDOW: u32 = 0x0800_0000;
        command.creation_flags(CREATE_NEW_PROCESS_GROUP | CREATE_NO_WINDOW);
    }
    command
}

/// A child that does not outlive its keeper, nor stay as a zombie.
struct Kept(Child);

impl Kept {
    /// How it ended by itself, if it does before the deadline.
    fn ended_by(&mut self, deadline: Instant) -> io::Result<Option<ExitStatus>> {
        loop {
            if let Some(status) = self.0.try_wait()? {
                return Ok(Some(status));
            }
            if Instant::now() >= deadline {
                return Ok(None);
            }
            thread::sleep(Duration::from_millis(1));
        }
    }

    /// The first of what an ended child said; it is not to be trusted.
    fn complaint(&mut self) -> String {
        const AT_MOST: u64 = 4096;
        let mut said = Vec::new();
        if let Some(stderr) = self.0.stderr.take() {
            // What cannot be read was not said.
            let _ = stderr.take(AT_MOST).read_to_end(&mut said);
        }
        String::from_utf8_lossy(&said).into_owned()
    }

    /// Kills it, if need be, and reaps it.
    fn end(&mut self) {
        // Both fail only for a child that has ended and been reaped.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        self.end();
    }
}
