//! Opens workbooks in a worker process, so that no file can take the program
//! down with it.
//!
//! The [`workbook`] room never stops at a fault of a file, but it cannot stop a
//! parser that runs out of memory, or one that a file keeps busy for ever. So
//! each workbook is opened by a worker: a process of this same executable,
//! `boardpack read-workbook`, in a sandbox of limits that the kernel keeps
//! (Linux: address space, processor time) and under a clock (everywhere). What
//! breaks a limit or the parser is a finding of the file; that no worker can be
//! started is an error, never a reason to read without one.
//!
//! The file goes in and the cells come out through pipes: nothing is written
//! to a disk, nothing stands on a command line, and the worker has no
//! environment, no config and no log. It is killed when its time is over, when
//! whoever asked has gone and when the program ends, and it is always reaped.
//!
//! | file | what it is for |
//! |---|---|
//! | `supervisor` | the program's side: starts a worker, feeds it, ends it |
//! | `worker` | the worker's side |
//! | `sandbox` | what the kernel grants the worker |
//! | `confinement` | no file and no socket for it (Linux) |
//! | `request`, `answer` | what goes in, what comes out |
//! | `codec` | the frames of messages in which both go |
//! | `exit_status` | what the end of a worker means |

mod answer;
mod codec;
#[cfg(target_os = "linux")]
mod confinement;
mod exit_status;
pub mod request;
mod sandbox;
mod supervisor;
mod worker;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};

pub use worker::serve;

use crate::domain::ReadingLimits;
use crate::domain::{Checked, Place};
use crate::source::Workbook;
use crate::workbook::{self, Book};
use supervisor::SupervisorEvent;

/// The hidden subcommand under which the program is its own worker.
pub const COMMAND: &str = "read-workbook";

/// Why no workbook can be opened at all, whatever is in it.
#[derive(Debug, thiserror::Error)]
pub enum ReaderError {
    /// The program cannot start itself.
    #[error("failed to start {program} to read a workbook (hint: was the program moved or replaced while it ran?)")]
    Start {
        /// What was to be started.
        program: String,
        /// Why it was not.
        source: std::io::Error,
    },
    /// The worker could not limit itself.
    #[error(
        "failed to limit the process that reads workbooks (hint: does a sandbox forbid prlimit or prctl to the service?)"
    )]
    NotSandboxed,
    /// What was fetched cannot be read back from where it was kept.
    #[error("failed to read back what was fetched as {origin} (hint: is the disk full that temporary files go to?)")]
    Staged {
        /// The file's name on its share.
        origin: String,
        /// The operating system's words.
        source: std::io::Error,
    },
    /// The reading was stopped from outside.
    #[error("failed to read a workbook: the program is being stopped")]
    Stopped,
}

/// Opens workbooks.
#[derive(Debug, Clone)]
pub struct WorkbookReader(Isolation);

#[derive(Debug, Clone)]
enum Isolation {
    /// In workers of the program at this path.
    Worker(Arc<Path>),
    /// In this very process.
    None,
}

impl WorkbookReader {
    /// Opens them in workers of the program that is running.
    pub fn this_program() -> Result<Self, ReaderError> {
        // The kernel's own name for it stays true when the file is replaced.
        if cfg!(target_os = "linux") {
            return Ok(Self::program("/proc/self/exe".into()));
        }
        let program = std::env::current_exe();
        program.map(Self::program).map_err(|source| ReaderError::Start { program: "this program".to_owned(), source })
    }

    /// Opens them in workers of a boardpack program, named by its whole path.
    pub fn program(path: PathBuf) -> Self {
        Self(Isolation::Worker(path.into()))
    }

    /// Opens them in this process, without a sandbox: for benches and fuzzing.
    pub fn in_process() -> Self {
        Self(Isolation::None)
    }

    /// Opens a workbook. Dropping the future ends its worker.
    pub async fn open(
        &self,
        workbook: &Arc<Workbook>,
        limits: ReadingLimits,
    ) -> Result<Checked<Option<Book>>, ReaderError> {
        let (reader, workbook, events) = (self.clone(), Arc::clone(workbook), mpsc::channel());
        let _cancel = CancelOnDrop(events.0.clone());
        let task = tokio::task::spawn_blocking(move || {
            // No source yet: several may share this file.
            let at = Place { file: Some(workbook.origin().into()), ..Place::default() };
            let origin = || workbook.origin().to_owned();
            let bytes = workbook.bytes().map_err(|source| ReaderError::Staged { origin: origin(), source })?;
            reader.open_cancellable(&bytes, &at, &limits, events)
        });
        match task.await {
            Ok(read) => read,
            Err(error) => match error.try_into_panic() {
                // A panic in a task is a panic of the program, and goes on as one.
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(ReaderError::Stopped),
            },
        }
    }

    /// Opens a workbook's bytes; blocks until it is read, refused or given up.
    pub fn open_bytes(
        &self,
        bytes: &[u8],
        at: &Place,
        limits: &ReadingLimits,
    ) -> Result<Checked<Option<Book>>, ReaderError> {
        self.open_cancellable(bytes, at, limits, mpsc::channel())
    }

    fn open_cancellable(
        &self,
        bytes: &[u8],
        at: &Place,
        limits: &ReadingLimits,
        events: (Sender<SupervisorEvent>, Receiver<SupervisorEvent>),
    ) -> Result<Checked<Option<Book>>, ReaderError> {
        match &self.0 {
            Isolation::None => Ok(open_in_process(bytes, at, limits)),
            Isolation::Worker(program) => {
                let end = supervisor::run(program, bytes, at, limits, events)
                    .map_err(|source| ReaderError::Start { program: program.display().to_string(), source })?;
                exit_status::outcome(end, at, limits)
            }
        }
    }
}

/// Reads without a sandbox; a panic is still a finding.
fn open_in_process(bytes: &[u8], at: &Place, limits: &ReadingLimits) -> Checked<Option<Book>> {
    // What a panic leaves half done is dropped with it.
    let read = std::panic::AssertUnwindSafe(|| workbook::read_within(bytes, at, &limits.workbook));
    std::panic::catch_unwind(read).unwrap_or_else(|_| exit_status::panicked(at))
}

/// Cancels the reading when it is dropped before the answer is there.
struct CancelOnDrop(Sender<SupervisorEvent>);

impl Drop for CancelOnDrop {
    fn drop(&mut self) {
        // Nobody listens after the answer.
        let _ = self.0.send(SupervisorEvent::Cancelled);
    }
}
