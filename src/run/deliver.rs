//! Sends what waits in the outbox: each message until whoever takes it has it, or until it
//! is given up. What cannot be sent fails nothing but itself.

use std::collections::BTreeMap;
use std::time::SystemTime;

use chrono::{DateTime, TimeDelta, Utc};

use super::{RunError, folders, notices, relevance, uploads};
use crate::config::{Config, WebhookShape};
use crate::digest::sha256;
use crate::domain::contact::MailAddress;
use crate::domain::notice::{NoticeAttachment, NoticeItem, NoticeKind, Recipient};
use crate::ledger::{self, Notification, PendingUpload, RevisionKey, SendResult};
use crate::message;
use crate::notify::mail::{Mail, Mailer};
use crate::notify::{SendError, webhook};

/// The longest wait between two tries.
const LONGEST_WAIT: TimeDelta = TimeDelta::hours(1);
/// How long a message is tried that nobody refuses: RFC 5321, 4.5.4.1, has four to five days.
const UNREACHABLE_FOR: TimeDelta = TimeDelta::days(5);
/// How long one is tried that is refused: somebody may mend the address meanwhile.
const REFUSED_FOR: TimeDelta = TimeDelta::days(1);

/// What came of a round.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Delivery {
    /// Messages that were written into the outbox.
    pub written: usize,
    /// Messages that were sent.
    pub sent: usize,
    /// Messages that were true no more.
    pub dropped: usize,
    /// Messages that could not be, each with why.
    pub put_off: Vec<(Recipient, String)>,
    /// Messages that are tried no more, each with why.
    pub given_up: Vec<(Recipient, String)>,
    /// How many messages are in which state now.
    pub states: BTreeMap<String, u64>,
}

/// Which of the messages that wait are tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tries {
    /// Those whose time has come.
    InTurn,
    /// Each: somebody asks for it.
    Now,
}

/// Writes what is to be told into the outbox, and sends what waits there. None where
/// nobody is to be told, where nothing was published yet, or where another program does it.
pub async fn deliver(config: &Config, now: DateTime<Utc>, tries: Tries) -> Result<Option<Delivery>, RunError> {
    if !notices::is_wanted(config) {
        return Ok(None);
    }
    let Some(ledger) = folders::existing_ledger(config)? else { return Ok(None) };
    let Some(_turn) = ledger.take_outbox()? else { return Ok(None) };
    let mut round = Round { config, now, mailer: None, unreachable: BTreeMap::new() };
    let mut delivery = Delivery { written: notices::enqueue(config, &ledger, now)?, ..Delivery::default() };
    let at = ledger::text(now);
    let until = if tries == Tries::Now { ledger::LATER } else { at.as_str() };
    if tries == Tries::Now {
        ledger.revive(&ledger::text(now - notices::GIVEN_UP_FOR))?;
    }
    delivery.dropped = relevance::drop_what_is_over(config, &ledger, until, &at)?;
    let waiting = ledger.waiting(until)?;
    let pending = if waiting.is_empty() { Vec::new() } else { uploads::pending_of(config, &ledger)? };
    for notification in waiting {
        // Nobody is sent to a pack that does not stand yet where they have it.
        if is_of_pending(&notification, &pending) {
            continue;
        }
        let result = result_of(&round.send(&notification).await, &notification, now);
        ledger.tried(&notification.id, result.clone(), &at)?;
        let recipient = notification.recipient;
        match result {
            SendResult::Sent => delivery.sent += 1,
            SendResult::Dropped { .. } => {}
            SendResult::PutOff { error, .. } => delivery.put_off.push((recipient, error)),
            SendResult::GivenUp { error } => delivery.given_up.push((recipient, error)),
        }
    }
    delivery.states = ledger.outbox_states()?;
    Ok(Some(delivery))
}

/// Whether a message is about a pack that its readers do not have yet.
fn is_of_pending(notification: &Notification, pending: &[PendingUpload]) -> bool {
    let is_pending = |item: &NoticeItem| {
        pending.iter().any(|upload| match item.revision {
            Some((edition, revision)) => upload.of == RevisionKey { key: item.pack.clone(), edition, revision },
            None => upload.of.key == item.pack,
        })
    };
    let is_of_pack = matches!(notification.notice.kind, NoticeKind::Draft | NoticeKind::Final);
    is_of_pack && notification.notice.items.iter().any(is_pending)
}

/// What comes of a try: one that failed is tried again ever more seldom, and not for ever.
fn result_of(sent: &Result<(), SendError>, notification: &Notification, now: DateTime<Utc>) -> SendResult {
    let Err(why) = sent else { return SendResult::Sent };
    // What a server says may be anything: it is printed.
    let error: String = why.why().chars().filter(|sign| !sign.is_control()).take(300).collect();
    let patience = match why {
        SendError::Refused(_) => REFUSED_FOR,
        SendError::Unreachable(_) => UNREACHABLE_FOR,
    };
    // One that was written in the future was so before the clock was set back.
    let age = notification.created_at.parse::<DateTime<Utc>>().map_or(TimeDelta::zero(), |at| now - at);
    if age >= patience {
        return SendResult::GivenUp { error };
    }
    let minutes = 1_i64.checked_shl(notification.tries.min(16)).unwrap_or(i64::MAX);
    SendResult::PutOff { error, next_at: ledger::text(now + TimeDelta::minutes(minutes).min(LONGEST_WAIT)) }
}

/// One round: what is signed in to once, and what was found unreachable.
struct Round<'r> {
    config: &'r Config,
    now: DateTime<Utc>,
    mailer: Option<Mailer>,
    /// How often in a row, and why.
    unreachable: BTreeMap<String, (u32, SendError)>,
}

impl Round<'_> {
    /// Sends a message. Where two in a row found nobody, no other is tried in the same round:
    /// one may have failed for a reason of its own.
    async fn send(&mut self, notification: &Notification) -> Result<(), SendError> {
        let place = match &notification.recipient {
            Recipient::Mail(_) => "mail".to_owned(),
            Recipient::Webhook(name) => format!("webhook {name}"),
        };
        if let Some((2.., error)) = self.unreachable.get(&place) {
            return Err(error.clone());
        }
        let sent = match &notification.recipient {
            Recipient::Mail(to) => self.mail(to, notification).await,
            Recipient::Webhook(name) => self.post(name, notification).await,
        };
        match &sent {
            Err(error @ SendError::Unreachable(_)) => {
                let before = self.unreachable.get(&place).map_or(0, |(times, _)| *times);
                self.unreachable.insert(place, (before + 1, error.clone()));
            }
            _ => drop(self.unreachable.remove(&place)),
        }
        sent
    }

    async fn mail(&mut self, to: &MailAddress, notification: &Notification) -> Result<(), SendError> {
        let missing = || SendError::Unreachable("the config has no [mail] any more".to_owned());
        let server = self.config.service.mail.as_ref().ok_or_else(missing)?;
        let notice = &notification.notice;
        let files = notice.items.iter().find(|item| item.attachment.is_some());
        let attachments: Vec<_> = files.into_iter().flat_map(NoticeItem::files).map(read).collect::<Result<_, _>>()?;
        if self.mailer.is_none() {
            self.mailer = Some(Mailer::new(server).await?);
        }
        let Some(mailer) = &self.mailer else { return Err(missing()) };
        let mail = Mail {
            id: &notification.id,
            from: (&server.from, &server.from_name),
            reply_to: server.reply_to.as_ref(),
            to,
            at: notification.created_at.parse::<DateTime<Utc>>().map_or(SystemTime::UNIX_EPOCH, SystemTime::from),
            subject: &message::subject(notice),
            text: &message::text(notice),
            html: &message::html(notice),
            attachments,
        };
        mailer.send(mail).await
    }

    async fn post(&self, name: &str, notification: &Notification) -> Result<(), SendError> {
        let hook = self.config.service.webhooks.iter().find(|hook| hook.name == name);
        let missing = || SendError::Unreachable(format!("the config has no [webhook.{name}] any more"));
        let hook = hook.ok_or_else(missing)?;
        let body = match hook.shape {
            WebhookShape::Teams => message::teams(&notification.notice),
            WebhookShape::Json => message::json(&notification.notice, &notification.id),
        };
        let id = (notification.id.as_str(), self.now.timestamp());
        webhook::post(&hook.address, hook.secret.as_ref(), id, body.to_string()).await
    }
}

/// A file that goes with a mail. One that is not what was published goes nowhere.
#[expect(clippy::disallowed_methods, reason = "the pack that a clerk gets is read as it was published")]
fn read(attachment: &NoticeAttachment) -> Result<(String, Vec<u8>), SendError> {
    let path = attachment.path.display();
    let bytes = std::fs::read(&attachment.path)
        .map_err(|error| SendError::Refused(format!("{path} cannot be attached: {error}")))?;
    if sha256(&bytes) != attachment.sha256 {
        return Err(SendError::Refused(format!("{path} is not what was published, and is not attached")));
    }
    Ok((attachment.name.clone(), bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::notice::PackMessage;

    #[test]
    fn a_message_is_tried_ever_more_seldom_and_not_for_ever() {
        let now: DateTime<Utc> = "2026-11-10T06:00:00Z".parse().unwrap();
        let of = |tries, age: TimeDelta| Notification {
            id: "1".to_owned(),
            recipient: Recipient::Webhook("teams".to_owned()),
            notice: PackMessage { kind: NoticeKind::Held, council: String::new(), items: Vec::new() },
            tries,
            created_at: ledger::text(now - age),
            error: String::new(),
        };
        let unreachable = Err(SendError::Unreachable("no".to_owned()));
        let refused = Err(SendError::Refused("no".to_owned()));
        let again = |at: &str| SendResult::PutOff { error: "no".to_owned(), next_at: at.to_owned() };
        let up = SendResult::GivenUp { error: "no".to_owned() };
        for (sent, tries, age, expected) in [
            (&unreachable, 0, TimeDelta::zero(), again("2026-11-10T06:01:00Z")),
            (&unreachable, 1, TimeDelta::zero(), again("2026-11-10T06:02:00Z")),
            (&unreachable, 5, TimeDelta::zero(), again("2026-11-10T06:32:00Z")),
            (&unreachable, 6, TimeDelta::zero(), again("2026-11-10T07:00:00Z")),
            (&unreachable, u32::MAX, TimeDelta::hours(119), again("2026-11-10T07:00:00Z")),
            (&unreachable, 6, TimeDelta::hours(120), up.clone()),
            (&refused, 6, TimeDelta::hours(23), again("2026-11-10T07:00:00Z")),
            (&refused, 6, TimeDelta::hours(24), up),
            // Written before the clock was set back.
            (&unreachable, 0, TimeDelta::days(-400), again("2026-11-10T06:01:00Z")),
            (&Ok(()), 6, TimeDelta::days(9), SendResult::Sent),
        ] {
            assert_eq!(result_of(sent, &of(tries, age), now), expected, "{sent:?} {tries} {age}");
        }
    }
}
