//! The outbox: messages that wait to be sent, and what each recipient was told.
//!
//! What is to be told follows from the ledger's own events, read from a position that is
//! kept beside them. The messages and the position are written in one transaction: a crash
//! before it tells nothing and forgets nothing, and after it each message is there once.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row as _};

use super::rows::number;
use super::{Ledger, LedgerError, LedgerPlace};
use crate::digest::sha256;
use crate::domain::notice::{NoticeItem, NoticeKind, PackMessage, Recipient};
use crate::domain::{Edition, PackKey};

/// How many messages are looked at in one go, at most.
const AT_ONCE: i64 = 10_000;

/// How far events and calendar were looked through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxPosition {
    /// The number of the last event.
    pub event: i64,
    /// When, RFC 3339 in UTC.
    pub looked_at: String,
}

/// Something that happened to a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackEvent {
    /// Its number.
    pub id: i64,
    /// When, RFC 3339 in UTC.
    pub at: String,
    /// "published", "held" and so on.
    pub kind: String,
    /// The pack.
    pub key: PackKey,
    /// The edition of it.
    pub edition: Edition,
    /// The revision; 0 where it is of none.
    pub revision: u32,
    /// What else there is to say.
    pub told: serde_json::Value,
}

/// What one recipient is to be told of one kind.
pub type RecipientItems = (Recipient, NoticeKind, Vec<NoticeItem>);

/// A message of the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// Its name, which is that of every try.
    pub id: String,
    /// Who gets it.
    pub recipient: Recipient,
    /// What it says.
    pub notice: PackMessage,
    /// How often it was tried.
    pub tries: u32,
    /// When it was written, RFC 3339 in UTC.
    pub created_at: String,
    /// Why the last try failed; empty where none did.
    pub error: String,
}

/// What came of trying to send a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendResult {
    /// Whoever takes it has it.
    Sent,
    /// It is tried again at this time, RFC 3339 in UTC.
    PutOff {
        /// Why.
        error: String,
        /// When.
        next_at: String,
    },
    /// It is tried no more.
    GivenUp {
        /// Why.
        error: String,
    },
    /// What it says is so no more, or its mailbox is nobody's any more.
    Dropped {
        /// Why.
        error: String,
    },
}

/// Proof that no other program does the same work for a council. Ends when it is dropped; of
/// a ledger in PostgreSQL with its session.
#[derive(Debug)]
#[must_use = "the turn ends when it is dropped"]
pub struct Turn {
    /// Locked by the operating system, which takes it back however this program ends; none
    /// where the ledger's session has the lock.
    _file: Option<std::fs::File>,
}

impl Ledger {
    /// Takes the outbox; none where another program has it.
    pub fn take_outbox(&self) -> Result<Option<Turn>, LedgerError> {
        self.take_turn("outbox")
    }

    /// Takes what is to be put into storages; none where another program has it.
    pub fn take_uploads(&self) -> Result<Option<Turn>, LedgerError> {
        self.take_turn("uploads")
    }

    fn take_turn(&self, work: &str) -> Result<Option<Turn>, LedgerError> {
        let LedgerPlace::File(ledger) = self.place() else {
            let is_taken = self.try_lock(&[work.to_owned()].into())?;
            return Ok(is_taken.then_some(Turn { _file: None }));
        };
        let mut name = ledger.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{work}-lock"));
        let path = ledger.with_file_name(name);
        let failed = |source| LedgerError::File { path: path.clone(), source };
        let mut options = std::fs::File::options();
        let file = options.write(true).create(true).truncate(false).open(&path).map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Turn { _file: Some(file) })),
            Err(std::fs::TryLockError::WouldBlock) => Ok(None),
            Err(std::fs::TryLockError::Error(source)) => Err(failed(source)),
        }
    }

    /// How far was looked; none where nobody ever did.
    pub fn outbox_position(&self) -> Result<Option<OutboxPosition>, LedgerError> {
        let rows = self.rows("SELECT event, looked_at FROM outbox_position WHERE council = $1")?;
        let read = |row: &AnyRow| Ok(OutboxPosition { event: row.try_get(0)?, looked_at: row.try_get(1)? });
        Ok(self.each(&rows, read)?.pop())
    }

    /// Begins to look, from [`news_since`](Self::news_since) on.
    pub fn begin_outbox(&self, before: &str, now: &str) -> Result<OutboxPosition, LedgerError> {
        let position = self.news_since(before, now)?;
        self.enqueue(Vec::new(), &position, now)?;
        Ok(position)
    }

    /// The last event that happened before a time: what is older is nobody's news.
    pub fn news_since(&self, before: &str, now: &str) -> Result<OutboxPosition, LedgerError> {
        let (council, before) = (self.council.clone(), before.to_owned());
        let event: i64 = self.ask(async move |connection| {
            sqlx::query_scalar("SELECT COALESCE(MAX(id), 0) FROM event WHERE council = $1 AND at < $2")
                .bind(council)
                .bind(before)
                .fetch_one(connection)
                .await
        })?;
        Ok(OutboxPosition { event, looked_at: now.to_owned() })
    }

    /// Packs to which something of a kind happened.
    pub fn packs_with_event(&self, kind: &'static str) -> Result<BTreeSet<PackKey>, LedgerError> {
        let council = self.council.clone();
        let rows = self.ask(async move |connection| {
            sqlx::query("SELECT DISTINCT period, board, edition FROM event WHERE council = $1 AND kind = $2")
                .bind(council)
                .bind(kind)
                .fetch_all(connection)
                .await
        })?;
        Ok(self.each(&rows, |row| Ok(super::rows::pack(row)?.0))?.into_iter().collect())
    }

    /// What happened to packs after an event, the first one first.
    pub fn events_after(&self, event: i64) -> Result<Vec<PackEvent>, LedgerError> {
        let council = self.council.clone();
        let rows = self.ask(async move |connection| {
            sqlx::query(
                "SELECT period, board, edition, revision, id, at, kind, told FROM event \
                 WHERE council = $1 AND id > $2 AND period <> '' ORDER BY id",
            )
            .bind(council)
            .bind(event)
            .fetch_all(connection)
            .await
        })?;
        self.each(&rows, |row| {
            let (key, edition) = super::rows::pack(row)?;
            let told: String = row.try_get(7)?;
            let told = serde_json::from_str(&told).map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
            let (id, at, kind) = (row.try_get(4)?, row.try_get(5)?, row.try_get(6)?);
            Ok(PackEvent { id, at, kind, key, edition, revision: number(row, 3)?, told })
        })
    }

    /// Writes messages of what their recipients were not told yet, and how far was looked,
    /// and gives how many messages there are.
    pub fn enqueue(
        &self,
        tellings: Vec<RecipientItems>,
        position: &OutboxPosition,
        now: &str,
    ) -> Result<usize, LedgerError> {
        let (council, position, now) = (self.council.clone(), position.clone(), now.to_owned());
        self.write(async move |connection| {
            let mut written = 0;
            for (recipient, kind, items) in tellings {
                let items = untold(connection, &council, &recipient, items).await?;
                for notice in crate::message::notices(&council, kind, items) {
                    insert(connection, &council, &recipient, &notice, &now).await?;
                    written += 1;
                }
            }
            sqlx::query(
                "INSERT INTO outbox_position (council, event, looked_at) VALUES ($1, $2, $3) \
                 ON CONFLICT (council) DO UPDATE SET event = $2, looked_at = $3",
            )
            .bind(&council)
            .bind(position.event)
            .bind(&position.looked_at)
            .execute(connection)
            .await?;
            Ok(written)
        })
    }

    /// The same messages with nothing written.
    pub fn would_enqueue(&self, tellings: Vec<RecipientItems>) -> Result<Vec<(Recipient, PackMessage)>, LedgerError> {
        let council = self.council.clone();
        self.ask(async move |connection| {
            let mut messages = Vec::new();
            for (recipient, kind, items) in tellings {
                let items = untold(connection, &council, &recipient, items).await?;
                let notices = crate::message::notices(&council, kind, items);
                messages.extend(notices.into_iter().map(|notice| (recipient.clone(), notice)));
            }
            Ok(messages)
        })
    }

    /// Messages that may be tried at a time, those that waited longest first.
    pub fn waiting(&self, now: &str) -> Result<Vec<Notification>, LedgerError> {
        self.notifications(
            "SELECT id, channel, recipient, notice, tries, created_at, error FROM notification \
             WHERE council = $1 AND state = 'waiting' AND next_at <= $2 ORDER BY created_at, id LIMIT $3",
            now,
        )
    }

    /// Has messages wait again that were given up since a time.
    pub fn revive(&self, since: &str) -> Result<(), LedgerError> {
        let (council, since) = (self.council.clone(), since.to_owned());
        self.write(async move |connection| {
            sqlx::query(
                "UPDATE notification SET state = 'waiting', ended_at = '' \
                 WHERE council = $1 AND state = 'failed' AND ended_at >= $2",
            )
            .bind(council)
            .bind(since)
            .execute(connection)
            .await
            .map(drop)
        })
    }

    /// Messages that were given up since a time, the last one first.
    pub fn given_up(&self, since: &str) -> Result<Vec<Notification>, LedgerError> {
        self.notifications(
            "SELECT id, channel, recipient, notice, tries, created_at, error FROM notification \
             WHERE council = $1 AND state = 'failed' AND ended_at >= $2 ORDER BY ended_at DESC, id LIMIT $3",
            since,
        )
    }

    /// How many messages are in which state.
    pub fn outbox_states(&self) -> Result<BTreeMap<String, u64>, LedgerError> {
        let rows = self.rows("SELECT state, COUNT(*) FROM notification WHERE council = $1 GROUP BY state")?;
        let read = |row: &AnyRow| Ok((row.try_get::<String, _>(0)?, row.try_get::<i64, _>(1)?));
        let states = self.each(&rows, read)?;
        Ok(states.into_iter().map(|(state, count)| (state, u64::try_from(count).unwrap_or(0))).collect())
    }

    /// Notes what came of a try. One that has ended already stays as it is.
    pub fn tried(&self, id: &str, result: SendResult, now: &str) -> Result<(), LedgerError> {
        let (council, id, now) = (self.council.clone(), id.to_owned(), now.to_owned());
        let (state, error, next_at, ended_at) = match result {
            SendResult::Sent => ("sent", String::new(), String::new(), now),
            SendResult::PutOff { error, next_at } => ("waiting", error, next_at, String::new()),
            SendResult::GivenUp { error } => ("failed", error, String::new(), now),
            SendResult::Dropped { error } => ("dropped", error, String::new(), now),
        };
        self.write(async move |connection| {
            sqlx::query(
                "UPDATE notification SET state = $1, tries = tries + 1, error = $2, next_at = $3, ended_at = $4 \
                 WHERE council = $5 AND id = $6 AND state = 'waiting'",
            )
            .bind(state)
            .bind(error)
            .bind(next_at)
            .bind(ended_at)
            .bind(council)
            .bind(id)
            .execute(connection)
            .await
            .map(drop)
        })
    }

    fn notifications(&self, sql: &'static str, at: &str) -> Result<Vec<Notification>, LedgerError> {
        let (council, at) = (self.council.clone(), at.to_owned());
        let rows = self.ask(async move |connection| {
            sqlx::query(sql).bind(council).bind(at).bind(AT_ONCE).fetch_all(connection).await
        })?;
        self.each(&rows, |row| {
            let (channel, name): (String, String) = (row.try_get(1)?, row.try_get(2)?);
            let recipient = Recipient::parse(&channel, &name)
                .ok_or_else(|| sqlx::Error::Decode("a recipient is unknown".into()))?;
            let notice: String = row.try_get(3)?;
            let notice = serde_json::from_str(&notice).map_err(|error| sqlx::Error::Decode(Box::new(error)))?;
            Ok(Notification {
                id: row.try_get(0)?,
                recipient,
                notice,
                tries: number(row, 4)?,
                created_at: row.try_get(5)?,
                error: row.try_get(6)?,
            })
        })
    }
}

/// What of some items a recipient was not told yet.
async fn untold(
    connection: &mut AnyConnection,
    council: &str,
    recipient: &Recipient,
    items: Vec<NoticeItem>,
) -> Result<Vec<NoticeItem>, sqlx::Error> {
    let mut untold = Vec::new();
    for item in items {
        let known: i64 = sqlx::query_scalar(
            "SELECT COUNT(*) FROM told WHERE council = $1 AND channel = $2 AND recipient = $3 AND event = $4",
        )
        .bind(council)
        .bind(recipient.channel())
        .bind(recipient.name())
        .bind(&item.event)
        .fetch_one(&mut *connection)
        .await?;
        if known == 0 {
            untold.push(item);
        }
    }
    Ok(untold)
}

/// Writes a message, and that its recipient is told what it tells.
async fn insert(
    connection: &mut AnyConnection,
    council: &str,
    recipient: &Recipient,
    notice: &PackMessage,
    now: &str,
) -> Result<(), sqlx::Error> {
    let id = id(council, recipient, notice);
    for item in &notice.items {
        sqlx::query("INSERT INTO told (council, channel, recipient, event, notification) VALUES ($1, $2, $3, $4, $5)")
            .bind(council)
            .bind(recipient.channel())
            .bind(recipient.name())
            .bind(&item.event)
            .bind(&id)
            .execute(&mut *connection)
            .await?;
    }
    let text = serde_json::to_string(notice).map_err(|error| sqlx::Error::Encode(Box::new(error)))?;
    sqlx::query(
        "INSERT INTO notification (council, id, channel, recipient, kind, notice, state, tries, next_at, created_at, \
         ended_at, error) VALUES ($1, $2, $3, $4, $5, $6, 'waiting', 0, $7, $7, '', '')",
    )
    .bind(council)
    .bind(&id)
    .bind(recipient.channel())
    .bind(recipient.name())
    .bind(notice.kind.word())
    .bind(text)
    .bind(now)
    .execute(connection)
    .await
    .map(drop)
}

/// A message's name: of whom it is for and what it tells, so that it is the same at every try.
fn id(council: &str, recipient: &Recipient, notice: &PackMessage) -> String {
    let events: Vec<&str> = notice.items.iter().map(|item| item.event.as_str()).collect();
    let told = [council, recipient.channel(), recipient.name(), notice.kind.word(), &events.join("\n")].join("\0");
    sha256(told.as_bytes())[..32].to_owned()
}
