//! Who a server must be: keys that were asked for beforehand, and not the one that comes.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, PoisonError};

use russh::client::Handler;
use russh::keys::ssh_key::Fingerprint;
use russh::keys::{Algorithm, HashAlg, PublicKey, PublicKeyOrCertificate};
use russh::{Preferred, client};

use crate::config::TableReader;

/// One key, or what it is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
enum HostKey {
    Whole(PublicKey),
    Fingerprint(Fingerprint),
}

impl HostKey {
    /// As `ssh-keygen -l`, `ssh-keyscan` or a `.pub` file writes it.
    fn parse(text: &str) -> Option<Self> {
        let words: Vec<&str> = text.split_whitespace().collect();
        // `ssh-keyscan` writes the host in front, `ssh-keygen -l` the length of the key.
        if let Some(print) = words.iter().find(|word| word.starts_with("SHA256:") || word.starts_with("SHA512:")) {
            return print.trim_end_matches('=').parse().ok().map(Self::Fingerprint);
        }
        let at = words.iter().position(|word| word.parse::<Algorithm>().is_ok_and(|found| found.as_str() == *word))?;
        let (algorithm, key) = (words.get(at)?, words.get(at + 1)?);
        PublicKey::from_openssh(&format!("{algorithm} {key}")).ok().map(Self::Whole)
    }

    fn is(&self, key: &PublicKey) -> bool {
        match self {
            Self::Whole(known) => known.key_data() == key.key_data(),
            Self::Fingerprint(known) => key.fingerprint(known.algorithm()) == *known,
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Whole(known) => shown(known),
            Self::Fingerprint(known) => known.to_string(),
        }
    }
}

fn shown(key: &PublicKey) -> String {
    format!("{} ({})", key.fingerprint(HashAlg::Sha256), key.algorithm().as_str())
}

/// The keys that a server may have.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct HostKeys(Vec<HostKey>);

impl HostKeys {
    /// Reads `host_key`, one or several; `hint` says how they are found out.
    pub(super) fn read(table: &mut TableReader<'_>, hint: &str) -> Option<Self> {
        let is_there = table.has("host_key");
        let texts = table.texts("host_key");
        if !is_there || texts.is_empty() {
            table.fault("host_key", "is missing: who the server must be", hint);
            return None;
        }
        let keys: Vec<HostKey> = texts.iter().filter_map(|text| HostKey::parse(text)).collect();
        if keys.len() < texts.len() {
            table.fault(
                "host_key",
                "holds what is neither a fingerprint (\"SHA256:…\") nor a key (\"ssh-ed25519 AAAA…\")",
                hint,
            );
        }
        (keys.len() == texts.len()).then_some(Self(keys))
    }

    /// All of them, for people.
    pub(super) fn shown(&self) -> String {
        self.0.iter().map(HostKey::shown).collect::<Vec<_>>().join(" or ")
    }

    /// What is asked of a server that has keys of several kinds: those of the known ones first.
    pub(super) fn preferred(&self) -> Preferred {
        let is_of = |key: &HostKey, algorithm: &Algorithm| match key {
            HostKey::Whole(key) => {
                let found = key.algorithm();
                found.as_str() == algorithm.as_str() || (found.is_rsa() && algorithm.clone().is_rsa())
            }
            HostKey::Fingerprint(_) => false,
        };
        let is_known = |algorithm: &Algorithm| self.0.iter().any(|key| is_of(key, algorithm));
        let (mut first, rest): (Vec<_>, Vec<_>) = Preferred::DEFAULT.key.iter().cloned().partition(is_known);
        first.extend(rest);
        Preferred { key: Cow::Owned(first), ..Preferred::DEFAULT }
    }
}

/// Looks at the key of a server.
#[derive(Debug)]
pub(super) struct HostKeyCheck {
    known: HostKeys,
    /// The key that came and is none of them.
    other: Arc<Mutex<Option<String>>>,
}

impl HostKeyCheck {
    pub(super) fn new(known: &HostKeys) -> (Self, Arc<Mutex<Option<String>>>) {
        let other = Arc::default();
        (Self { known: known.clone(), other: Arc::clone(&other) }, other)
    }
}

impl Handler for HostKeyCheck {
    type Error = russh::Error;

    async fn check_server_key(&mut self, key: &PublicKeyOrCertificate) -> Result<bool, Self::Error> {
        // No certificate of a host is asked for.
        let PublicKeyOrCertificate::PublicKey { key, .. } = key else { return Ok(false) };
        let is_known = self.known.0.iter().any(|known| known.is(key));
        if !is_known {
            *self.other.lock().unwrap_or_else(PoisonError::into_inner) = Some(shown(key));
        }
        Ok(is_known)
    }
}

/// The client's handle on a connection.
pub(super) type SshHandle = client::Handle<HostKeyCheck>;

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJdD7y3aLq454yWBdwLWbieU1ebz9/cu7/QEXn9OIeZJ";
    const OTHER: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA6rWI3G1sz07DnfFlrouTcysQlj2P+jpNSOEWD9OJ3X";
    const PRINT: &str = "SHA256:T7SvZ2cslqpPj6nKzitCBHHlpVF3r3MvLwmFL0fk0IE";

    #[test]
    fn a_key_is_known_by_itself_or_by_its_fingerprint_as_tools_write_them() {
        let (key, other) = (PublicKey::from_openssh(KEY).unwrap(), PublicKey::from_openssh(OTHER).unwrap());
        for text in [
            KEY.to_owned(),
            format!("{KEY} root@files"),
            format!("files.example.org {KEY}"),
            PRINT.to_owned(),
            format!("256 {PRINT} root@files (ED25519)"),
        ] {
            let known = HostKey::parse(&text).unwrap();
            assert!(known.is(&key) && !known.is(&other), "{text}");
            assert!(known.shown().starts_with(PRINT), "{}", known.shown());
        }
        for text in ["", "SHA256:", "SHA256:abc", "MD5:aa:bb", "ssh-ed25519", "ssh-ed25519 AAAA", "ssh-rsa"] {
            assert_eq!(HostKey::parse(text), None, "{text}");
        }
    }

    #[test]
    fn of_a_server_with_several_keys_the_known_one_is_asked_for() {
        let known = HostKeys(vec![HostKey::parse(PRINT).unwrap()]);
        assert_eq!(known.preferred().key, Preferred::DEFAULT.key);
        let rsa = Preferred::DEFAULT.key.iter().position(|algorithm| algorithm.clone().is_rsa()).unwrap();
        assert!(rsa > 0);
        let known = HostKeys(vec![HostKey::parse(KEY).unwrap()]);
        assert_eq!(known.preferred().key[0], Algorithm::Ed25519);
        assert_eq!(known.preferred().key.len(), Preferred::DEFAULT.key.len());
    }
}
