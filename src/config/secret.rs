//! A secret as the config has it: itself, or where it is kept.

use std::path::Path;

use super::reader::TableReader;
use crate::domain::address::SecretAddress;
use crate::domain::secret::{Secret, SecretText};

/// An address that is a secret, in the same ways: one that is written is to begin with https://.
pub(super) fn address(table: &mut TableReader<'_>, key: &'static str, dir: &Path, hint: &str) -> Option<Secret> {
    let address = read(table, key, dir);
    if let Some(Secret::Given(text)) = &address
        && SecretAddress::parse(text.secret()).is_none()
    {
        table.fault(key, "is no address that begins with https://", hint);
    }
    address
}

/// `key = "…"`, `key = { file = "…" }` or `key = { command = ["…"] }`; a file is
/// relative to the config directory.
pub fn read(table: &mut TableReader<'_>, key: &'static str, dir: &Path) -> Option<Secret> {
    if table.holds_text(key) || !table.has(key) {
        let text: String = table.optional(key)?;
        if text.trim().is_empty() {
            table.fault(key, "is empty", "leave it out where nothing signs in");
        }
        return Some(Secret::Given(SecretText::new(&text)));
    }
    let mut kept = table.table(key);
    let file: Option<String> = kept.optional("file");
    let command = kept.texts("command");
    let secret = match (file, command.is_empty()) {
        (Some(file), true) => Some(Secret::File(dir.join(file))),
        (None, false) => Some(Secret::Command(command)),
        _ => None,
    };
    kept.finish();
    if secret.is_none() {
        let hint = "write it as a text, or as { file = \"/run/credentials/…\" }, or as { command = [\"program\", \"argument\"] }";
        table.fault(key, "says neither itself nor in which one place it is kept", hint);
    }
    secret
}
