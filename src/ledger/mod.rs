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
//! | `place` | where it lies: a file of SQLite, a database of PostgreSQL |
//! | `session` | one connection, and the thread that asks it |
//! | `locks` | what a session holds of a ledger that several services share |
//! | `schema` | the shapes that it has had, and how one becomes the next |
//! | `revisions` | what was issued, and what is being issued |
//! | `notes` | what is held, what was found, who did what |
//! | `outbox` | what people are to be told: messages that wait, and who was told what |
//! | `uploads` | what stands in the storages where readers have it |
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
mod locks;
mod look;
mod losses;
mod missed;
mod notes;
mod outbox;
mod place;
mod revisions;
mod rows;
mod schema;
mod session;
mod settle;
#[cfg(test)]
mod tests;
mod upkeep;
mod uploads;

use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{self, Sender};
use std::thread::JoinHandle;

use sqlx::AnyConnection;

pub use compare::{LedgerAudit, LedgerFault};
pub use error::LedgerError;
use locks::HeldLocks;
pub use missed::MissedPack;
pub use notes::{PackEnd, PackNote};
pub use outbox::{Notification, OutboxPosition, PackEvent, RecipientItems, SendResult, Turn};
pub use place::LedgerPlace;
pub use revisions::{StandingRevision, StoredRevision, UnreadPack};
use session::{Opening, Question, whole};
pub use settle::{LATER, text};
pub use uploads::{PendingUpload, RevisionKey};

/// The ledger of one council.
///
/// A handle to a thread of its own, which holds one connection and asks one question
/// after the other: so it can be used from plain code, from any pool of threads and from
/// tasks alike, and what one session must do together it does.
#[derive(Debug)]
pub struct Ledger {
    place: LedgerPlace,
    council: String,
    /// What this session has locked.
    locks: Mutex<HeldLocks>,
    /// None once it ends.
    questions: Option<Sender<Question>>,
    thread: Option<JoinHandle<()>>,
}

impl Ledger {
    /// Opens a ledger, and makes it where there is none.
    pub fn open(place: impl Into<LedgerPlace>, council: &str) -> Result<Self, LedgerError> {
        let place = place.into();
        if let LedgerPlace::File(path) = &place {
            let made = path.try_exists().and_then(|is_there| if is_there { Ok(()) } else { make(path) });
            made.map_err(|source| LedgerError::File { path: path.clone(), source })?;
        }
        Self::made(place, council, schema::MIGRATIONS)
    }

    /// Opens a ledger where there is one, and makes none.
    pub fn look(place: impl Into<LedgerPlace>, council: &str) -> Result<Option<Self>, LedgerError> {
        let place = place.into();
        if let LedgerPlace::File(path) = &place
            && !path.try_exists().map_err(|source| LedgerError::File { path: path.clone(), source })?
        {
            return Ok(None);
        }
        Self::connect(place, council, Opening { migrations: schema::MIGRATIONS, is_look: true })
    }

    /// A ledger that nothing remembers, for whoever looks before there is one.
    pub fn in_memory(council: &str) -> Result<Self, LedgerError> {
        Self::made(LedgerPlace::Memory, council, schema::MIGRATIONS)
    }

    /// Where it lies.
    pub fn place(&self) -> &LedgerPlace {
        &self.place
    }

    /// Whether nothing remembers it.
    pub fn is_in_memory(&self) -> bool {
        self.place == LedgerPlace::Memory
    }

    fn made(
        place: impl Into<LedgerPlace>,
        council: &str,
        migrations: &'static [&'static str],
    ) -> Result<Self, LedgerError> {
        Self::connect(place.into(), council, Opening { migrations, is_look: false })?.ok_or(LedgerError::Ended)
    }

    fn connect(place: LedgerPlace, council: &str, opening: Opening) -> Result<Option<Self>, LedgerError> {
        let (questions, asked) = mpsc::channel();
        let (ready, is_ready) = mpsc::channel();
        let of_thread = place.clone();
        let thread = std::thread::Builder::new()
            .name("ledger".to_owned())
            .spawn(move || session::serve(&of_thread, opening, &ready, &asked))
            .map_err(|source| LedgerError::File { path: place.path(), source })?;
        let (locks, council) = (Mutex::default(), council.to_owned());
        let ledger = Self { place, council, locks, questions: Some(questions), thread: Some(thread) };
        let is_there = is_ready.recv().unwrap_or(Err(LedgerError::Ended))?;
        Ok(is_there.then_some(ledger))
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
        self.send(Box::new(move |runtime, session| {
            // Whoever asked may be gone by now.
            let _ = answer.send(runtime.block_on(session.answer(question)));
        }))?;
        answered.recv().map_err(|_| LedgerError::Ended)?.map_err(|error| LedgerError::of(&self.place, error))
    }
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
