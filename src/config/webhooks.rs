//! `[webhook.NAME]`: addresses that are told as well, such as a channel of Teams.

use std::collections::BTreeSet;
use std::path::Path;

use super::reader::TableReader;
use super::secret;
use crate::domain::notice::NoticeKind;
use crate::domain::secret::Secret;

/// An address that is told.
#[derive(Debug, Clone)]
pub struct Webhook {
    /// Its name in the config.
    pub name: String,
    /// The address, which whoever knows it can use; or where it is kept.
    pub address: Secret,
    /// What it understands.
    pub shape: WebhookShape,
    /// What signs what it is told, as Standard Webhooks has it.
    pub secret: Option<Secret>,
    /// What it is told of.
    pub kinds: BTreeSet<NoticeKind>,
}

/// What a webhook understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum WebhookShape {
    /// An adaptive card in a message, as a workflow of Teams takes it.
    Teams,
    /// JSON for programs.
    Json,
}

pub(super) fn read(root: &mut TableReader<'_>, dir: &Path) -> Vec<Webhook> {
    let mut table = root.table("webhook");
    let mut webhooks = Vec::new();
    for (name, value) in table.entries() {
        let mut entry = table.entry(&name, value);
        if !entry.has("url") {
            entry.fault("url", "is missing", "write it, or { file = \"/run/credentials/…\" }");
        }
        let address = secret::address(&mut entry, "url", dir, "http:// only on loopback");
        let shape = entry.or("shape", WebhookShape::Teams);
        let secret = secret::read(&mut entry, "secret", dir);
        if secret.is_some() && shape == WebhookShape::Teams {
            entry.fault("secret", "signs nothing: Teams looks at no signature", "remove it, or write shape = \"json\"");
        }
        let words = entry.texts("events");
        let known = || NoticeKind::ALL.iter().map(|kind| kind.word()).collect::<Vec<_>>().join(", ");
        let kinds = words.iter().filter_map(|word| {
            let kind = NoticeKind::ALL.iter().copied().find(|kind| kind.word() == word.as_str());
            if kind.is_none() {
                entry.fault("events", format!("found {word:?}; expected one of {}", known()), "");
            }
            kind
        });
        let mut kinds: BTreeSet<NoticeKind> = kinds.collect();
        if words.is_empty() {
            kinds = NoticeKind::ALL.iter().copied().collect();
        }
        entry.finish();
        webhooks.extend(address.map(|address| Webhook { name, address, shape, secret, kinds }));
    }
    table.finish();
    webhooks
}
