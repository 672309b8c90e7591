//! What was issued, remembered outside of the published folder: every revision with
//! its manifest and its figures, what is held, what was found, and who did what.
//!
//! The folder and the ledger vouch for each other. A folder that lost what stood in it,
//! as one under a share that is not mounted, looks like one where nothing was ever
//! published: the next run would begin at revision 1 again, and two different final
//! first revisions would be about. A ledger that lost what it knew is made anew from the
//! folder, whose manifests prove by themselves what was issued.
//!
//! The order of writes: a row of what is about to be issued, the revision's files, its
//! manifest, and then in one transaction the revision's row for the other's. Whoever
//! comes after a crash finds the first row, looks whether the manifest stands, and ends
//! it: `settle`.
//!
//! | file | story |
//! |---|---|
//! | `schema` | the shapes that it has had, and how one becomes the next |
//! | `revisions` | what was issued, and what is being issued |
//! | `notes` | what is held, what was found, who did what |
//! | `outbox` | what people are to be told: messages that wait, and who was told what |
//! | `look` | what the daemon asks at each ring |
//! | `missed` | what nobody made in time, and when packs were first issued |
//! | `losses` | what the folder lost, and why it may go on without |
//! | `settle` | what a folder and a ledger tell each other before a run |
//! | `compare` | whether the folder and the ledger say the same |
//! | `upkeep` | copies, and a ledger made anew from the folder |
//! | `rows` | rows as values |
//! | `legacy` | what was remembered before there was a ledger |
//! | `error` | what goes wrong |

mod compare;
mod error;
mod legacy;
mod look;
mod losses;
mod missed;
mod notes;
mod outbox;
mod revisions;
mod rows;
mod schema;
mod settle;
#[cfg(test)]
mod tests;
mod upkeep;

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::JoinHandle;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sqlx::any::AnyConnectOptions;
use sqlx::{AnyConnection, ConnectOptions as _, Connection as _};
use tokio::runtime::Runtime;

pub use compare::{LedgerAudit, LedgerFault};
pub use error::LedgerError;
pub use missed::MissedPack;
pub use notes::{PackEnd, PackNote};
pub use outbox::{Notification, OutboxPosition, PackEvent, RecipientItems, SendResult};
pub use revisions::{StandingRevision, StoredRevision, UnreadPack};
pub use settle::text;

/// How a transaction that writes begins: at once, so that it waits its turn before it has read.
const WRITE: &str = "BEGIN IMMEDIATE";

/// Another program's writing is waited for. What is committed is on the disk.
const SETTINGS: &str = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL;";

/// Readers and one writer do not keep each other waiting. The file remembers it.
const WRITE_AHEAD: &str = "PRAGMA journal_mode = WAL";

/// A question on its way to the thread that asks it.
type Question = Box<dyn FnOnce(&Runtime, &mut AnyConnection) + Send>;

/// The ledger of one council.
///
/// A handle to a thread of its own, which holds one connection and asks one question
/// after the other: so it can be used from plain code, from any pool of threads and from
/// tasks alike, and what one session must do together it does.
#[derive(Debug)]
pub struct Ledger {
    path: PathBuf,
    council: String,
    /// None once it ends.
    questions: Option<Sender<Question>>,
    thread: Option<JoinHandle<()>>,
}

impl Ledger {
    /// Opens a ledger, and makes it where there is none.
    pub fn open(path: &Path, council: &str) -> Result<Self, LedgerError> {
        let made = path.try_exists().and_then(|is_there| if is_there { Ok(()) } else { make(path) });
        made.map_err(|source| LedgerError::File { path: path.to_owned(), source })?;
        Self::connect(path, council, schema::MIGRATIONS)
    }

    /// A ledger that nothing remembers, for whoever looks before there is one.
    pub fn in_memory(council: &str) -> Result<Self, LedgerError> {
        Self::connect(Path::new(""), council, schema::MIGRATIONS)
    }

    /// Where it lies; empty where nowhere.
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn connect(path: &Path, council: &str, migrations: &'static [&'static str]) -> Result<Self, LedgerError> {
        let (questions, asked) = mpsc::channel();
        let (ready, is_ready) = mpsc::channel();
        let file = path.to_owned();
        let thread = std::thread::Builder::new()
            .name("ledger".to_owned())
            .spawn(move || serve(&file, migrations, &ready, &asked))
            .map_err(|source| LedgerError::File { path: path.to_owned(), source })?;
        let ledger = Self {
            path: path.to_owned(),
            council: council.to_owned(),
            questions: Some(questions),
            thread: Some(thread),
        };
        is_ready.recv().unwrap_or(Err(LedgerError::Ended))?;
        Ok(ledger)
    }

    /// Writes, and waits until it is on the disk, whole.
    fn write<T: Send + 'static>(
        &self,
        question: impl AsyncFnOnce(&mut AnyConnection) -> Result<T, sqlx::Error> + Send + 'static,
    ) -> Result<T, LedgerError> {
        self.ask(async move |connection| whole(connection, question).await)
    }

    fn send(&self, question: Question) -> Result<(), LedgerError> {
        self.questions.as_ref().and_then(|questions| questions.send(question).ok()).ok_or(LedgerError::Ended)
    }

    /// Asks, and waits for the answer.
    fn ask<T: Send + 'static>(
        &self,
        question: impl AsyncFnOnce(&mut AnyConnection) -> Result<T, sqlx::Error> + Send + 'static,
    ) -> Result<T, LedgerError> {
        let (answer, answered) = mpsc::channel();
        self.send(Box::new(move |runtime, connection| {
            // Whoever asked may be gone by now.
            let _ = answer.send(runtime.block_on(question(connection)));
        }))?;
        answered.recv().map_err(|_| LedgerError::Ended)?.map_err(|error| LedgerError::of(&self.path, error))
    }
}

/// Does something whole or not at all. The driver's own count of what is open is passed by:
/// a database that is full has ended the transaction by itself.
async fn whole<T>(
    connection: &mut AnyConnection,
    work: impl AsyncFnOnce(&mut AnyConnection) -> Result<T, sqlx::Error>,
) -> Result<T, sqlx::Error> {
    sqlx::raw_sql(WRITE).execute(&mut *connection).await?;
    let done = match work(connection).await {
        Ok(done) => sqlx::raw_sql("COMMIT").execute(&mut *connection).await.map(|_| done),
        Err(error) => Err(error),
    };
    if done.is_err() {
        let _ = sqlx::raw_sql("ROLLBACK").execute(connection).await;
    }
    done
}

impl Drop for Ledger {
    /// Waits until the connection is closed: its files may be moved from then on.
    fn drop(&mut self) {
        self.questions = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The thread: connects, says so, and asks until nobody can ask any more.
fn serve(
    path: &Path,
    migrations: &'static [&'static str],
    ready: &Sender<Result<(), LedgerError>>,
    asked: &Receiver<Question>,
) {
    let file = |source| LedgerError::File { path: path.to_owned(), source };
    let connected = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(file)
        .and_then(|runtime| runtime.block_on(session(path, migrations)).map(|connection| (runtime, connection)));
    match connected {
        Ok((runtime, mut connection)) => {
            let _ = ready.send(Ok(()));
            while let Ok(question) = asked.recv() {
                question(&runtime, &mut connection);
            }
            if let Err(error) = runtime.block_on(connection.close()) {
                tracing::debug!(%error, "the ledger was not closed as it should be");
            }
        }
        Err(error) => drop(ready.send(Err(error))),
    }
}

/// A connection that is set up and in the present shape.
async fn session(path: &Path, migrations: &'static [&'static str]) -> Result<AnyConnection, LedgerError> {
    sqlx::any::install_default_drivers();
    let asked = |error| LedgerError::of(path, error);
    let opened = |source| LedgerError::Open { path: path.to_owned(), source };
    let options: AnyConnectOptions = address(path).parse().map_err(opened)?;
    // What it is asked is nobody's business.
    let mut connection = options.disable_statement_logging().connect().await.map_err(asked)?;
    sqlx::raw_sql(SETTINGS).execute(&mut connection).await.map_err(asked)?;
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut connection).await.map_err(asked)?;
    if mode == "delete"
        && let Err(error) = sqlx::query(WRITE_AHEAD).execute(&mut connection).await
    {
        // A share may not take it: then readers wait for a writer, and nothing else is lost.
        tracing::debug!(%error, "the ledger is kept without a write-ahead log");
    }
    schema::migrate(&mut connection, path, migrations).await?;
    Ok(connection)
}

/// A ledger's address. Every sign of the path but letters and digits is written as its
/// code: nothing of it is taken for a part of an address.
fn address(path: &Path) -> String {
    match path.to_str() {
        Some("") | None => "sqlite::memory:".to_owned(),
        Some(path) => format!("sqlite:{}?mode=rw", utf8_percent_encode(path, NON_ALPHANUMERIC)),
    }
}

/// Makes an empty file for its account alone: a restricted edition's figures will be in
/// it. What SQLite puts beside it is as readable as the file itself.
fn make(path: &Path) -> std::io::Result<()> {
    if path.to_str().is_none_or(str::is_empty) {
        return Err(std::io::ErrorKind::InvalidFilename.into());
    }
    let mut options = std::fs::File::options();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        // Another program made it just now.
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}
