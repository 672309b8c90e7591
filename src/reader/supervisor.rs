//! The supervisor of a worker: starts it, sends the request, receives the
//! answer, and sees that it ends, whatever it does and whatever becomes of
//! whoever asked.

use std::io::{self, Read as _};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Once;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::codec::CodecError;
use super::sandbox::UNCONFINED;
use super::{COMMAND, answer, request};
use crate::domain::ReadingLimits;
use crate::domain::{Checked, Place};
use crate::workbook::Book;

/// How a worker came to its end.
#[derive(Debug)]
pub(super) enum WorkerEnd {
    /// It answered.
    Answered(Checked<Option<Book>>),
    /// Its answer cannot be decoded, and it was killed.
    Malformed(CodecError),
    /// It ended before its answer did.
    Exited(EarlyExit),
    /// It was still busy when its time was over, and was killed.
    TimedOut,
    /// Nobody wants its answer any more, and it was killed.
    Cancelled,
}

/// A worker that ended by itself, and what it left.
#[derive(Debug)]
pub(super) struct EarlyExit {
    pub(super) status: ExitStatus,
    /// The beginning of its standard error.
    pub(super) stderr: String,
}

/// What the supervisor waits for.
pub(super) enum SupervisorEvent {
    /// The answer, or why there is none.
    Answer(Result<Checked<Option<Book>>, CodecError>),
    /// Whoever asked has gone.
    Cancelled,
}

/// Opens a workbook in a worker, a process of `program`. The thread that calls
/// this waits for the worker: on Linux a process that asked for it is killed
/// when the thread that started it ends.
pub(super) fn run(
    program: &Path,
    bytes: &[u8],
    at: &Place,
    limits: &ReadingLimits,
    (sender, receiver): (Sender<SupervisorEvent>, Receiver<SupervisorEvent>),
) -> io::Result<WorkerEnd> {
    let mut worker = WorkerProcess(command(program).spawn()?);
    let deadline = Instant::now() + Duration::from_secs(limits.wall_seconds);
    let missing = || io::Error::other("the worker has no pipes");
    let (input, output) = (worker.0.stdin.take().ok_or_else(missing)?, worker.0.stdout.take().ok_or_else(missing)?);
    let file = at.file.as_deref().unwrap_or_default();
    thread::scope(|scope| {
        // A worker that ends early breaks the pipe; its exit status says why.
        thread::Builder::new().spawn_scoped(scope, move || request::send(input, file, bytes, limits))?;
        thread::Builder::new().spawn_scoped(scope, move || {
            let answer = answer::receive(output, at, limits);
            // Nobody listens after the deadline.
            let _ = sender.send(SupervisorEvent::Answer(answer));
        })?;
        let end = await_end(&mut worker, &receiver, deadline);
        // Both threads end with the worker, which holds the other ends of their pipes.
        worker.kill();
        if matches!(end, Ok(WorkerEnd::Answered(_))) {
            tell_unconfined(&worker.stderr());
        }
        end
    })
}

/// Logs, once, which wall around the worker this machine does not raise.
fn tell_unconfined(stderr: &str) {
    static TOLD: Once = Once::new();
    let walls: Vec<&str> = stderr.lines().filter_map(|line| line.strip_prefix(UNCONFINED)).collect();
    // What a worker says is not to be trusted: only the names that are known are repeated.
    let known: Vec<&str> = ["landlock", "seccomp"].into_iter().filter(|name| walls.contains(name)).collect();
    if !known.is_empty() {
        TOLD.call_once(|| {
            tracing::warn!(
                "workbooks are read without {}: this kernel, or the container, does not allow it",
                known.join(" and ")
            );
        });
    }
}

fn await_end(
    worker: &mut WorkerProcess,
    events: &Receiver<SupervisorEvent>,
    deadline: Instant,
) -> io::Result<WorkerEnd> {
    let event = events.recv_timeout(deadline.saturating_duration_since(Instant::now()));
    Ok(match event {
        Ok(SupervisorEvent::Answer(Ok(read))) => WorkerEnd::Answered(read),
        Ok(SupervisorEvent::Answer(Err(CodecError::Truncated))) => match worker.exit_by(deadline)? {
            Some(status) => WorkerEnd::Exited(EarlyExit { status, stderr: worker.stderr() }),
            None => WorkerEnd::TimedOut,
        },
        Ok(SupervisorEvent::Answer(Err(error))) => WorkerEnd::Malformed(error),
        Ok(SupervisorEvent::Cancelled) => WorkerEnd::Cancelled,
        Err(mpsc::RecvTimeoutError::Timeout) => WorkerEnd::TimedOut,
        // The receiving thread panicked; the scope carries that on.
        Err(mpsc::RecvTimeoutError::Disconnected) => WorkerEnd::Cancelled,
    })
}

fn command(program: &Path) -> Command {
    let mut command = Command::new(program);
    command.arg(COMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        // No settings and no secrets; and a process group of its own, so that a
        // Ctrl-C at the terminal goes to the program alone.
        command.arg0("boardpack").env_clear().process_group(0);
        // The allocator takes what it needs and no more: what it would reserve
        // counts as this process's memory, which is limited.
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

/// A worker that does not outlive this value, nor stay as a zombie.
struct WorkerProcess(Child);

impl WorkerProcess {
    /// Its status, if it exits by itself before the deadline.
    fn exit_by(&mut self, deadline: Instant) -> io::Result<Option<ExitStatus>> {
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

    /// The beginning of the standard error of a worker that has exited; it is
    /// not to be trusted.
    fn stderr(&mut self) -> String {
        const AT_MOST: u64 = 4096;
        let mut text = Vec::new();
        if let Some(stderr) = self.0.stderr.take() {
            // What cannot be read is left out.
            let _ = stderr.take(AT_MOST).read_to_end(&mut text);
        }
        String::from_utf8_lossy(&text).into_owned()
    }

    /// Kills it, if need be, and reaps it.
    fn kill(&mut self) {
        // Both fail only for a process that has ended and been reaped.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Drop for WorkerProcess {
    fn drop(&mut self) {
        self.kill();
    }
}
