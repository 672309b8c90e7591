//! Whether what waits to be told is still so: packs go on while a mail server is down.

use std::collections::{BTreeMap, BTreeSet};

use super::RunError;
use crate::config::Config;
use crate::domain::notice::{NoticeItem, NoticeKind, Recipient};
use crate::domain::{Edition, PackKey, PackState};
use crate::ledger::{Ledger, LedgerError, Notification, SendResult};

/// Why a message is not to be sent any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Obsolete {
    /// What it says is so no more.
    Over,
    /// Its mailbox is in no list any more.
    Nobodys,
}

impl Obsolete {
    fn words(self) -> &'static str {
        match self {
            Self::Over => "what it says is so no more",
            Self::Nobodys => "the mailbox is not in contacts.toml any more",
        }
    }
}

/// Drops what waits until a time and is not to be sent any more, and gives how many messages.
/// What a mailbox was to be told that is nobody's is told to whoever has its part.
pub(super) fn drop_what_is_over(config: &Config, ledger: &Ledger, until: &str, at: &str) -> Result<usize, RunError> {
    let waiting = ledger.waiting(until)?;
    if waiting.is_empty() {
        return Ok(0);
    }
    let relevance = Relevance::of(config, ledger)?;
    let mut dropped = 0;
    for notification in waiting {
        let Some(why) = relevance.why_not(&notification) else { continue };
        if why == Obsolete::Nobodys {
            relevance.reroute(ledger, &notification, at)?;
        }
        ledger.tried(&notification.id, SendResult::Dropped { error: why.words().to_owned() }, at)?;
        dropped += 1;
    }
    Ok(dropped)
}

/// What stands, as far as messages speak of it.
struct Relevance<'c> {
    config: &'c Config,
    standing: BTreeMap<(PackKey, Edition), (u32, PackState)>,
    held: BTreeSet<PackKey>,
}

impl<'c> Relevance<'c> {
    fn of(config: &'c Config, ledger: &Ledger) -> Result<Self, LedgerError> {
        let standing = ledger.standing()?.into_iter();
        let standing = standing.map(|pack| ((pack.key, pack.edition), (pack.revision, pack.state))).collect();
        Ok(Self { config, standing, held: ledger.held()? })
    }

    /// Why a message is not to be sent any more; none where it is.
    fn why_not(&self, notification: &Notification) -> Option<Obsolete> {
        let message = &notification.notice;
        if message.items.iter().all(|item| !self.is_so(message.kind, item)) {
            return Some(Obsolete::Over);
        }
        match &notification.recipient {
            Recipient::Mail(address) if !self.config.contacts.has(address) => Some(Obsolete::Nobodys),
            _ => None,
        }
    }

    /// Whether what an item says is so now.
    fn is_so(&self, kind: NoticeKind, item: &NoticeItem) -> bool {
        let editions = || [Edition::Public, Edition::Restricted].map(|edition| (item.pack.clone(), edition));
        let has = |state: PackState| {
            editions().iter().any(|pack| self.standing.get(pack).is_some_and(|(_, standing)| *standing == state))
        };
        match kind {
            NoticeKind::Final => item.revision.is_none_or(|(edition, revision)| {
                self.standing.get(&(item.pack.clone(), edition)).is_some_and(|(latest, _)| *latest == revision)
            }),
            NoticeKind::Draft | NoticeKind::Chase => has(PackState::Draft),
            NoticeKind::Late => has(PackState::Draft) || !has(PackState::Final),
            NoticeKind::Held => self.held.contains(&item.pack),
            NoticeKind::Preflight => !has(PackState::Draft) && !has(PackState::Final),
            NoticeKind::Missed | NoticeKind::Failed | NoticeKind::Changed | NoticeKind::Storage => true,
        }
    }

    /// Gives what a mailbox was to be told that is nobody's any more to whoever has its part
    /// by now: of a final pack the board's clerks, else those who look after the packs.
    fn reroute(&self, ledger: &Ledger, notification: &Notification, at: &str) -> Result<(), RunError> {
        let contacts = &self.config.contacts;
        let message = &notification.notice;
        let mut tellings = Vec::new();
        for item in &message.items {
            let is_clerks = message.kind == NoticeKind::Final && item.attachment.is_some();
            let clerks = contacts.clerks.get(&item.pack.board).filter(|_| is_clerks);
            let heirs = clerks.filter(|clerks| !clerks.is_empty()).unwrap_or(&contacts.officers);
            for heir in heirs {
                tellings.push((Recipient::Mail(heir.clone()), message.kind, vec![item.clone()]));
            }
        }
        if let Some(position) = ledger.outbox_position()? {
            ledger.enqueue(tellings, &position, at)?;
        }
        Ok(())
    }
}
