//! One connection to a ledger's database, and the thread that asks it.
//!
//! A session is never made anew behind anybody's back: what it locked and what it writes
//! belong together. Once its connection has ended, every further question is an error.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use sqlx::any::AnyConnectOptions;
use sqlx::{AnyConnection, ConnectOptions as _, Connection as _};
use tokio::runtime::Runtime;

use super::{LedgerError, LedgerPlace, schema};
use crate::domain::postgres;
use crate::secrets;

/// A question on its way to the thread that asks it.
pub(super) type Question = Box<dyn FnOnce(&Runtime, &mut LedgerSession) + Send>;

/// Another program's writing is waited for. What is committed is on the disk.
const SQLITE: &str = "PRAGMA busy_timeout = 5000; PRAGMA synchronous = FULL;";

/// Readers and one writer do not keep each other waiting. The file remembers it.
const WRITE_AHEAD: &str = "PRAGMA journal_mode = WAL";

/// A statement, a wait for another's lock and a stop within a transaction end; and so does,
/// within two minutes, a session whose machine is gone: its locks are free again. What is
/// committed is on the disk, whatever the server's own setting says.
const POSTGRES: &str = "SET statement_timeout = '120s'; SET lock_timeout = '20s'; \
     SET idle_in_transaction_session_timeout = '60s'; \
     SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 6; \
     SET client_min_messages = 'error'; SET default_transaction_isolation = 'read committed'; \
     SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') IN ('off', 'local'); \
     SELECT set_config('application_name', 'boardpack', false) WHERE current_setting('application_name') = ''";

/// How long a server may take until it has let a session in.
const CONNECT: Duration = Duration::from_secs(10);

/// How long a server may take for one question, whatever it was told itself: one that is
/// gone without a word would be waited for until the network gives up.
const ANSWER: Duration = Duration::from_secs(300);

/// How a ledger is opened.
#[derive(Debug, Clone, Copy)]
pub(super) struct Opening {
    pub(super) migrations: &'static [&'static str],
    /// Whether a database without a ledger is left as it is.
    pub(super) is_look: bool,
}

/// A connection, as long as it lasts.
pub(super) struct LedgerSession {
    /// None once it has ended.
    connection: Option<AnyConnection>,
    /// How long an answer is waited for.
    limit: Option<Duration>,
}

impl LedgerSession {
    /// What a question is answered with.
    pub(super) async fn answer<T>(
        &mut self,
        question: impl AsyncFnOnce(&mut AnyConnection) -> Result<T, sqlx::Error>,
    ) -> Result<T, sqlx::Error> {
        let limit = self.limit;
        let Some(connection) = &mut self.connection else { return Err(ended()) };
        let answer = within(limit, question(connection)).await.and_then(|answer| answer);
        if answer.as_ref().is_err_and(is_end) {
            self.connection = None;
        }
        answer
    }

    /// The rows of a question one after the other, as long as they are taken.
    pub(super) async fn rows<T>(
        &mut self,
        rows: impl for<'c> FnOnce(&'c mut AnyConnection) -> futures_util::stream::BoxStream<'c, Result<T, sqlx::Error>>,
        take: impl Fn(Result<T, sqlx::Error>) -> bool,
    ) {
        use futures_util::StreamExt as _;
        let limit = self.limit;
        let Some(connection) = &mut self.connection else {
            take(Err(ended()));
            return;
        };
        let mut rows = rows(connection);
        let mut has_ended = false;
        while let Some(row) = within(limit, rows.next()).await.unwrap_or_else(|error| Some(Err(error))) {
            has_ended = row.as_ref().is_err_and(is_end);
            if !take(row) || has_ended {
                break;
            }
        }
        drop(rows);
        if has_ended {
            self.connection = None;
        }
    }
}

/// Waits for an answer no longer than that.
async fn within<T>(limit: Option<Duration>, answer: impl Future<Output = T>) -> Result<T, sqlx::Error> {
    match limit {
        None => Ok(answer.await),
        Some(limit) => {
            tokio::time::timeout(limit, answer).await.map_err(|_| sqlx::Error::Io(std::io::ErrorKind::TimedOut.into()))
        }
    }
}

fn ended() -> sqlx::Error {
    sqlx::Error::Io(std::io::ErrorKind::NotConnected.into())
}

/// Whether a connection is of no use after an error.
pub(super) fn is_end(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) => true,
        // The server shuts down, or has ended the session.
        sqlx::Error::Database(error) => error.code().is_some_and(|code| is_end_code(&code)),
        _ => false,
    }
}

/// The same of a code of PostgreSQL's: the connection's own troubles, an administrator who
/// ends sessions or the server, a session that stood still for too long.
pub(super) fn is_end_code(code: &str) -> bool {
    code.starts_with("08") || matches!(code, "57P01" | "57P02" | "57P03" | "57P05" | "25P03")
}

/// Whether a connection leads to PostgreSQL.
pub(super) fn is_postgres(connection: &AnyConnection) -> bool {
    connection.backend_name() == "PostgreSQL"
}

/// The thread: connects, says whether there is a ledger, and asks until nobody can ask any more.
pub(super) fn serve(
    place: &LedgerPlace,
    opening: Opening,
    ready: &Sender<Result<bool, LedgerError>>,
    asked: &Receiver<Question>,
) {
    let file = |source| LedgerError::File { path: place.path(), source };
    let connected = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(file)
        .and_then(|runtime| runtime.block_on(session(place, opening)).map(|connection| (runtime, connection)));
    match connected {
        Ok((runtime, Some(connection))) => {
            let limit = is_postgres(&connection).then_some(ANSWER);
            let mut session = LedgerSession { connection: Some(connection), limit };
            let _ = ready.send(Ok(true));
            while let Ok(question) = asked.recv() {
                question(&runtime, &mut session);
            }
            let closed = async {
                match session.connection {
                    Some(connection) => within(limit, connection.close()).await.and_then(|closed| closed),
                    None => Ok(()),
                }
            };
            if let Err(error) = runtime.block_on(closed) {
                tracing::debug!(%error, "the ledger was not closed as it should be");
            }
        }
        Ok((_, None)) => drop(ready.send(Ok(false))),
        Err(error) => drop(ready.send(Err(error))),
    }
}

/// A connection that is set up and in the present shape; none where only a look was to be
/// taken, and there is no ledger.
async fn session(place: &LedgerPlace, opening: Opening) -> Result<Option<AnyConnection>, LedgerError> {
    sqlx::any::install_default_drivers();
    let asked = |error| LedgerError::of(place, error);
    let options = options(place).await?.disable_statement_logging();
    // What it is asked is nobody's business.
    let mut connection = match place.is_shared() {
        false => options.connect().await.map_err(asked)?,
        true => {
            let connected = within(Some(CONNECT), options.connect()).await.and_then(|connected| connected);
            connected.map_err(|error| LedgerError::of_connecting(place, error))?
        }
    };
    match is_postgres(&connection) {
        false => set_up_file(&mut connection).await,
        true => sqlx::raw_sql(POSTGRES).execute(&mut connection).await.map(drop),
    }
    .map_err(asked)?;
    if opening.is_look && !schema::is_there(&mut connection).await.map_err(asked)? {
        return Ok(None);
    }
    schema::migrate(&mut connection, place, opening.migrations).await?;
    Ok(Some(connection))
}

async fn set_up_file(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(SQLITE).execute(&mut *connection).await?;
    let mode: String = sqlx::query_scalar("PRAGMA journal_mode").fetch_one(&mut *connection).await?;
    if mode == "delete"
        && let Err(error) = sqlx::query(WRITE_AHEAD).execute(connection).await
    {
        // A share may not take it: then readers wait for a writer, and nothing else is lost.
        tracing::debug!(%error, "the ledger is kept without a write-ahead log");
    }
    Ok(())
}

async fn options(place: &LedgerPlace) -> Result<AnyConnectOptions, LedgerError> {
    match place {
        LedgerPlace::Memory => parsed("sqlite::memory:", place),
        LedgerPlace::File(path) => parsed(&address(path), place),
        LedgerPlace::Server(secret) => {
            let address = secrets::reveal(secret).await?;
            if let Some(why) = postgres::fault(address.secret()) {
                return Err(LedgerError::Address { why });
            }
            // What the driver has against it might quote it.
            address.secret().parse().map_err(|_| LedgerError::Address { why: "it cannot be read as one" })
        }
    }
}

fn parsed(address: &str, place: &LedgerPlace) -> Result<AnyConnectOptions, LedgerError> {
    address.parse().map_err(|source| LedgerError::Open { path: place.path(), source })
}

/// A file's address. Every sign of the path but letters and digits is written as its
/// code: nothing of it is taken for a part of an address.
fn address(path: &Path) -> String {
    format!("sqlite:{}?mode=rw", utf8_percent_encode(path.to_str().unwrap_or_default(), NON_ALPHANUMERIC))
}

/// Begins a transaction that writes. It waits its turn before it has read: of SQLite by the
/// database's own lock; of PostgreSQL by one that every writer takes, so that what it reads
/// first holds until it has written, and events are numbered one after the other.
pub(super) async fn begin(connection: &mut AnyConnection) -> Result<(), sqlx::Error> {
    let sql = match is_postgres(connection) {
        false => "BEGIN IMMEDIATE",
        true => "BEGIN; SELECT pg_advisory_xact_lock(1651466610, 1)",
    };
    sqlx::raw_sql(sql).execute(connection).await.map(drop)
}

/// Does something whole or not at all. The driver's own count of what is open is passed by:
/// a database that is full has ended the transaction by itself.
pub(super) async fn whole<T>(
    connection: &mut AnyConnection,
    work: impl AsyncFnOnce(&mut AnyConnection) -> Result<T, sqlx::Error>,
) -> Result<T, sqlx::Error> {
    let done = match begin(connection).await {
        Ok(()) => match work(connection).await {
            Ok(done) => sqlx::raw_sql("COMMIT").execute(&mut *connection).await.map(|_| done),
            Err(error) => Err(error),
        },
        Err(error) => Err(error),
    };
    if done.is_err() {
        let _ = sqlx::raw_sql("ROLLBACK").execute(connection).await;
    }
    done
}
