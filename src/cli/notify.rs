//! `boardpack notify`: tell people what happened, or show what would go to whom.

use super::out;
use crate::clock::{Clock as _, SystemClock};
use crate::config::Config;
use crate::domain::notice::{NoticeItem, PackMessage, Recipient};
use crate::exit::Exit;
use crate::message;
use crate::run::deliver::{self, Tries};
use crate::run::notices::{self, PendingNotices};
use crate::words;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Show what would go to whom, and send nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> anyhow::Result<Exit> {
    if !notices::is_wanted(config) {
        out::line("Nobody is told: there is no [mail] with a mailbox in contacts.toml, and no [webhook.NAME].")?;
        return Ok(Exit::Done);
    }
    let now = SystemClock.now();
    if args.dry_run {
        return show(&notices::pending(config, now)?);
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let Some(delivery) = runtime.block_on(deliver::deliver(config, now, Tries::Now))? else {
        out::line("Nothing is sent: no pack was made yet, or the daemon is sending just now.")?;
        return Ok(Exit::Done);
    };
    out::line(format_args!("{} sent.", words::capital(&messages(delivery.sent))))?;
    if delivery.dropped > 0 {
        let what = "what they said was so no more, or their mailbox is in contacts.toml no more";
        out::line(format_args!("{} dropped: {what}.", words::capital(&messages(delivery.dropped))))?;
    }
    for (recipient, why) in delivery.put_off.iter().chain(&delivery.given_up) {
        out::line(format_args!("Not sent to {}: {why}", recipient.name()))?;
    }
    let is_all_sent = delivery.put_off.is_empty() && delivery.given_up.is_empty();
    Ok(if is_all_sent { Exit::Done } else { Exit::Unreachable })
}

fn show(pending: &PendingNotices) -> anyhow::Result<Exit> {
    let PendingNotices { next, waiting, given_up } = pending;
    if next.is_empty() && waiting.is_empty() && given_up.is_empty() {
        out::line("There is nothing to tell.")?;
    }
    for (recipient, notice) in next {
        message_to("Would be sent", recipient, notice, "")?;
    }
    for notification in waiting {
        let why = match notification.error.as_str() {
            "" => String::new(),
            error => format!("Tried {}: {error}\n", words::count(notification.tries as usize, "time", "times")),
        };
        message_to("Waits", &notification.recipient, &notification.notice, &why)?;
    }
    for notification in given_up {
        let why = format!("Given up: {}\n", notification.error);
        message_to("Was not sent", &notification.recipient, &notification.notice, &why)?;
    }
    Ok(Exit::Done)
}

/// One message, as it would be read.
fn message_to(how: &str, recipient: &Recipient, notice: &PackMessage, why: &str) -> anyhow::Result<()> {
    let files = notice.items.iter().flat_map(NoticeItem::files);
    let files: String = files.map(|file| format!("Attached: {}\n", file.name)).collect();
    let (to, subject, text) = (recipient.name(), message::subject(notice), message::text(notice));
    out::text(format!("{how} to {to} ({})\n{why}Subject: {subject}\n{files}\n{text}\n", recipient.channel()))?;
    Ok(())
}

/// "1 message", "3 messages".
fn messages(count: usize) -> String {
    words::count(count, "message", "messages")
}
