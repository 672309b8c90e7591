//! What people are told of packs, as data: no figure, no name of a person and nothing
//! that a public edition hides has a place in it.

use std::path::{Path, PathBuf};

use super::contact::MailAddress;
use super::edition::Edition;
use super::publication::PackKey;

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// A pack falls due soon, and what it will need is not there yet.
    Preflight,
    /// Commentary or a sign-off is asked for.
    Chase,
    /// A draft is there to be read.
    Draft,
    /// A final pack is there, for the papers.
    Final,
    /// A pack is held.
    Held,
    /// A pack was to be final by now and is not.
    Late,
    /// A pack was not made in time and is not made late by itself.
    Missed,
    /// The storage, the ledger or the program failed a pack.
    Failed,
    /// A final pack would be otherwise, were it made now.
    Changed,
    /// A storage that a pack needs cannot be used, or what signs in to it ends soon.
    Storage,
}

impl NoticeKind {
    /// Every kind, in the order in which a person would meet them.
    pub const ALL: [Self; 10] = [
        Self::Preflight,
        Self::Chase,
        Self::Draft,
        Self::Final,
        Self::Held,
        Self::Late,
        Self::Missed,
        Self::Failed,
        Self::Changed,
        Self::Storage,
    ];

    /// The kind in a word, as the config and the ledger have it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Preflight => "preflight",
            Self::Chase => "chase",
            Self::Draft => "draft",
            Self::Final => "final",
            Self::Held => "held",
            Self::Late => "late",
            Self::Missed => "missed",
            Self::Failed => "failed",
            Self::Changed => "changed",
            Self::Storage => "storage",
        }
    }

    /// Whether several packs may be told of in one message. A final pack has one of its
    /// own, which a clerk can forward.
    pub fn is_grouped(self) -> bool {
        self != Self::Final
    }
}

/// Whoever is told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Recipient {
    /// A mailbox.
    Mail(MailAddress),
    /// A webhook, by its name in the config.
    Webhook(String),
}

impl Recipient {
    /// "mail" or "webhook".
    pub fn channel(&self) -> &'static str {
        match self {
            Self::Mail(_) => "mail",
            Self::Webhook(_) => "webhook",
        }
    }

    /// The address or the name.
    pub fn name(&self) -> &str {
        match self {
            Self::Mail(address) => address.as_str(),
            Self::Webhook(name) => name,
        }
    }

    /// Whoever has this name on this channel; none where that is no channel or no address.
    pub fn parse(channel: &str, name: &str) -> Option<Self> {
        match channel {
            "mail" => MailAddress::parse(name).map(Self::Mail),
            "webhook" => Some(Self::Webhook(name.to_owned())),
            _ => None,
        }
    }
}

/// A file that goes with a message.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NoticeAttachment {
    /// Where it lies.
    pub path: PathBuf,
    /// What it is called.
    pub name: String,
    /// Its digest: what is there otherwise is not sent.
    pub sha256: String,
}

impl NoticeAttachment {
    /// A file of a folder.
    pub fn below(folder: &Path, name: &str, sha256: &str) -> Self {
        Self { path: folder.join(name), name: name.to_owned(), sha256: sha256.to_owned() }
    }
}

/// What is told of one pack.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct NoticeItem {
    /// What happened, by a name that stays the same: what was told under it is not told
    /// to the same recipient again.
    pub event: String,
    /// The pack.
    pub pack: PackKey,
    /// The revision that it is about, and its edition.
    pub revision: Option<(Edition, u32)>,
    /// "Corporate Parenting Panel, October 2026".
    pub title: String,
    /// What there is to say, a sentence each.
    pub sentences: Vec<String>,
    /// What is asked, or what is wrong, one by one.
    pub points: Vec<String>,
    /// Where more stands: an address or a path.
    pub link: Option<String>,
    /// The pack itself.
    pub attachment: Option<NoticeAttachment>,
    /// Its pages that are not as they were, of one that takes another's place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplement: Option<NoticeAttachment>,
}

impl NoticeItem {
    /// The files that go with it, the pack first.
    pub fn files(&self) -> impl Iterator<Item = &NoticeAttachment> {
        self.attachment.iter().chain(&self.supplement)
    }
}

/// A message to one recipient.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct PackMessage {
    /// What it is about.
    pub kind: NoticeKind,
    /// The council.
    pub council: String,
    /// What it tells; never empty.
    pub items: Vec<NoticeItem>,
}

/// One thing that happened, and who is to be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeFact {
    /// What it is about.
    pub kind: NoticeKind,
    /// Who is told.
    pub recipients: Vec<Recipient>,
    /// What is told.
    pub item: NoticeItem,
}
