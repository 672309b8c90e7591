//! Opens workbooks in a child process, so that no file can take the program
//! down with it.
//!
//! The [`workbook`] room is total as far as a room can be:
//! but a reader's panic is caught by nobody when memory runs out, and a file
//! may be made to keep it busy for ever. So each workbook is opened by a child
//! of this same executable, `boardpack read-workbook`, inside limits that the
//! kernel keeps (Linux: address space, processor time) and under a clock
//! (everywhere). What breaks a limit or the reader is a finding of the file;
//! that no child can be started is an error, never a reason to read without
//! one.
//!
//! The file goes in and the cells come out through pipes: nothing is written
//! to a disk, nothing stands on a command line, and the child has no
//! environment, no config and no log. It is killed when its time is over, when
//! whoever asked has gone and when the program ends, and it is always reaped.
//!
//! | file | story |
//! |---|---|
//! | [`limits`] | what reading one workbook may take |
//! | `watch` | the parent's side: start, feed, listen, end |
//! | `child` | the child's side |
//! | `fence` | what the kernel grants the child |
//! | `request`, `answer` | what goes in, what comes out |
//! | `codec` | the frames in which both go |
//! | `verdict` | what a child's end says of the file |

mod answer;
mod child;
mod codec;
mod fence;
pub mod limits;
mod request;
mod verdict;
mod watch;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};

pub use child::serve;
pub use limits::Limits;

use crate::domain::{Checked, Place};
use crate::source::Workbook;
use crate::workbook::{self, Book};
use watch::News;

/// The hidden subcommand under which the program is its own child.
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
    /// The child could not limit itself.
    #[error(
        "failed to limit the process that reads workbooks (hint: does a sandbox forbid prlimit or prctl to the service?)"
    )]
    Unfenced,
    /// The reading was stopped from outside.
    #[error("failed to read a workbook: the program is being stopped")]
    Stopped,
}

/// Opens workbooks.
#[derive(Debug, Clone)]
pub struct Reader(How);

#[derive(Debug, Clone)]
enum How {
    Child(Arc<Path>),
    Here,
}

impl Reader {
    /// Opens them in children of the program that is running.
    pub fn this_program() -> Result<Self, ReaderError> {
        // The kernel's own name for it stays true when the file is replaced.
        if cfg!(target_os = "linux") {
            return Ok(Self::program("/proc/self/exe".into()));
        }
        let program = std::env::current_exe();
        program.map(Self::program).map_err(|source| ReaderError::Start { program: "this program".to_owned(), source })
    }

    /// Opens them in children of a boardpack program, named by its whole path.
    pub fn program(path: PathBuf) -> Self {
        Self(How::Child(path.into()))
    }

    /// Opens them in this process, behind no fence: for benches and fuzzing.
    pub fn here() -> Self {
        Self(How::Here)
    }

    /// Opens a workbook. Dropping the future ends its child.
    pub async fn open(&self, workbook: &Arc<Workbook>, limits: Limits) -> Result<Checked<Option<Book>>, ReaderError> {
        let (reader, workbook, news) = (self.clone(), Arc::clone(workbook), mpsc::channel());
        let _wanted = Wanted(news.0.clone());
        let task = tokio::task::spawn_blocking(move || {
            // No source yet: several may share this file.
            let at = Place { file: Some(workbook.origin().into()), ..Place::default() };
            reader.open_heeding(workbook.bytes(), &at, &limits, news)
        });
        match task.await {
            Ok(read) => read,
            Err(broken) => match broken.try_into_panic() {
                // A panic in a task is a panic of the program, and goes on as one.
                Ok(panic) => std::panic::resume_unwind(panic),
                Err(_) => Err(ReaderError::Stopped),
            },
        }
    }

    /// Opens a workbook's bytes; blocks until it is read, refused or given up.
    pub fn open_bytes(&self, bytes: &[u8], at: &Place, limits: &Limits) -> Result<Checked<Option<Book>>, ReaderError> {
        self.open_heeding(bytes, at, limits, mpsc::channel())
    }

    fn open_heeding(
        &self,
        bytes: &[u8],
        at: &Place,
        limits: &Limits,
        news: (Sender<News>, mpsc::Receiver<News>),
    ) -> Result<Checked<Option<Book>>, ReaderError> {
        match &self.0 {
            How::Here => Ok(here(bytes, at, limits)),
            How::Child(program) => {
                let end = watch::run(program, bytes, at, limits, news)
                    .map_err(|source| ReaderError::Start { program: program.display().to_string(), source })?;
                verdict::of(end, at, limits)
            }
        }
    }
}

/// Reads behind no fence; a panic is still a finding.
fn here(bytes: &[u8], at: &Place, limits: &Limits) -> Checked<Option<Book>> {
    // What a panic leaves half done is dropped with it.
    let read = std::panic::AssertUnwindSafe(|| workbook::read_within(bytes, at, &limits.workbook));
    std::panic::catch_unwind(read).unwrap_or_else(|_| verdict::panicked(at))
}

/// Somebody waits for an answer, until this is dropped.
struct Wanted(Sender<News>);

impl Drop for Wanted {
    fn drop(&mut self) {
        // Nobody hears it after the answer.
        let _ = self.0.send(News::Unwanted);
    }
}
