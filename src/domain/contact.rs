//! Who is told what: addresses by the part that somebody has in a pack.

use std::collections::BTreeMap;
use std::fmt;

use super::ids::{BoardId, SourceId};

/// The address of a mailbox, `name@example.org`, without a name before it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct MailAddress(String);

impl MailAddress {
    /// The address, in small letters: no mailbox is told twice. None where it is none. Quoted names
    /// and addresses of a machine's number, which RFC 5321 allows, are nobody's mailbox here.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (name, host) = text.split_once('@')?;
        let is_name = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c);
        let is_label = |label: &str| {
            let is_sound = label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
            (1..=63).contains(&label.len()) && is_sound && !label.starts_with('-') && !label.ends_with('-')
        };
        let is_sound_name = (1..=64).contains(&name.len())
            && name.chars().all(is_name)
            && !name.starts_with('.')
            && !name.ends_with('.')
            && !name.contains("..");
        let is_sound_host = host.len() <= 253 && host.split('.').all(is_label);
        (is_sound_name && is_sound_host).then(|| Self(text.to_ascii_lowercase()))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands behind the `@`.
    pub fn host(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, host)| host)
    }
}

impl fmt::Display for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Who is told, by the part that they have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contacts {
    /// Those who look after the packs: held ones, drafts, what nobody else has an address for.
    pub officers: Vec<MailAddress>,
    /// Those who look after the service: what failed.
    pub it: Vec<MailAddress>,
    /// Those who attach a board's final pack to its papers.
    pub clerks: BTreeMap<BoardId, Vec<MailAddress>>,
    /// Roles, as boards and indicators name them under `owner`.
    pub owners: BTreeMap<String, Vec<MailAddress>>,
    /// Those who keep a source's workbooks.
    pub sources: BTreeMap<SourceId, Vec<MailAddress>>,
}

impl Contacts {
    /// Whether a mailbox is anybody's.
    pub fn has(&self, address: &MailAddress) -> bool {
        self.all().any(|one| one == address)
    }

    /// Whether nobody has a mailbox.
    pub fn is_empty(&self) -> bool {
        self.all().next().is_none()
    }

    fn all(&self) -> impl Iterator<Item = &MailAddress> {
        let named = self.clerks.values().chain(self.owners.values()).chain(self.sources.values());
        self.officers.iter().chain(&self.it).chain(named.flatten())
    }

    /// The addresses of a role; none where it has none.
    pub fn of_role(&self, role: &str) -> &[MailAddress] {
        self.owners.get(role).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_mailbox_or_refused() {
        for (text, expected) in [
            ("Performance@Wrenshire.example.org", Some("performance@wrenshire.example.org")),
            (" a.b+c@d.uk ", Some("a.b+c@d.uk")),
            ("team@relay", Some("team@relay")),
            ("o'brien@d.uk", Some("o'brien@d.uk")),
            ("no address", None),
            ("a@b@c.uk", None),
            ("@b.uk", None),
            ("a@", None),
            (".a@b.uk", None),
            ("a..b@c.uk", None),
            ("a@-b.uk", None),
            ("a@b..uk", None),
            ("Panel <a@b.uk>", None),
            ("a@b.uk\r\nBcc: c@d.uk", None),
            ("a b@c.uk", None),
        ] {
            assert_eq!(MailAddress::parse(text).as_ref().map(MailAddress::as_str), expected, "{text:?}");
        }
        let long = format!("{}@b.uk", "a".repeat(64));
        assert!(MailAddress::parse(&long).is_some() && MailAddress::parse(&format!("a{long}")).is_none());
        assert_eq!(MailAddress::parse("a@b.uk").unwrap().host(), "b.uk");
    }
}
