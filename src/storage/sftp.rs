//! SFTP: a folder of an SSH server, whose host key is known beforehand.

mod connection;
mod fault;
mod files;
mod host_key;
mod put;
mod transfer;

use std::path::Path;
use std::sync::Arc;

use super::http::settings::retry;
use super::retry::RetryRules;
use super::{FetchLimits, OpenStorage, Storage, StorageError, StorageSettings};
use crate::config::{StorageKind, TableReader, secret};
use crate::domain::secret::Secret;
use crate::words;
use files::Sftp;
use host_key::HostKeys;

/// What the config knows of this kind.
pub(super) const KIND: StorageKind = StorageKind {
    name: "sftp",
    no_patterns: None,
    no_writes: None,
    read: |table, dir| Some(Arc::new(StorageSettings::new(SftpSettings::read(table, dir)?))),
    docs: r#"**SFTP**: a folder of an SSH server. `files` of a source may hold `*` and `?`, and packs can be put there.
[An account for it](storage.md#sftp).

```toml
[storage.files]
kind = "sftp"
host = "files.example.org"
port = 22
user = "scorecards"
folder = "kpi"                # optional: below the folder that the account begins in; or from /
host_key = "SHA256:T7SvZ2cslqpPj6nKzitCBHHlpVF3r3MvLwmFL0fk0IE"   # who the server must be; one or several, as
                              # `ssh-keyscan HOST | ssh-keygen -lf -` prints them, or whole as "ssh-ed25519 AAAA…"
key = { file = "/run/credentials/boardpack/key" }   # the account's private key; or a password, below
key_passphrase = { file = "/run/credentials/boardpack/passphrase" }   # optional: what opens that key
# password = { file = "/run/credentials/boardpack/password" }
timeout_seconds = 30          # deadline of one attempt
retries = 2                   # attempts after the first
```"#,
};

/// How the service signs in.
#[derive(Debug, Clone)]
enum SftpSignIn {
    Key { key: Secret, passphrase: Option<Secret> },
    Password(Secret),
}

/// How a folder of an SSH server is declared.
#[derive(Debug, Clone)]
pub struct SftpSettings {
    host: String,
    port: u16,
    user: String,
    /// Without a slash at its end; may be empty.
    folder: String,
    host_keys: HostKeys,
    sign_in: SftpSignIn,
    retry: RetryRules,
}

impl SftpSettings {
    fn read(table: &mut TableReader<'_>, dir: &Path) -> Option<Self> {
        let host = table.text("host", "the server's name, such as \"files.example.org\"");
        let is_host = !host.is_empty() && host.chars().all(|c| c.is_alphanumeric() || ".-_:".contains(c));
        if !host.trim().is_empty() && !is_host {
            table.fault(
                "host",
                "is no name of a server",
                "only the name: `port`, `user` and `folder` are keys of their own",
            );
        }
        let port = table.or("port", 22);
        let user = table.text("user", "the account on that server");
        let folder = folder(table);
        let hint = format!(
            "run `ssh-keyscan -p {port} {} | ssh-keygen -lf -` and ask whoever runs the server whether that is it",
            if is_host { host.as_str() } else { "HOST" }
        );
        let host_keys = HostKeys::read(table, &hint);
        let (key, passphrase) = (secret::read(table, "key", dir), secret::read(table, "key_passphrase", dir));
        let password = secret::read(table, "password", dir);
        let retry = retry(table);
        let sign_in = match (key, password) {
            (Some(key), None) => SftpSignIn::Key { key, passphrase },
            (None, Some(password)) if passphrase.is_none() => SftpSignIn::Password(password),
            (Some(_), Some(_)) => {
                table.fault("password", "stands beside another way to sign in", "leave the one that the server takes");
                return None;
            }
            _ => {
                table.fault("key", "is missing", "{ file = \"/run/credentials/…\" }, a private key; or `password`");
                return None;
            }
        };
        Some(Self { host, port, user, folder: folder?, host_keys: host_keys?, sign_in, retry }).filter(|_| is_host)
    }

    /// Where a name is, for people.
    fn shown_at(&self, name: &str) -> String {
        let host = if self.host.contains(':') { format!("[{}]", self.host) } else { self.host.clone() };
        let port = if self.port == 22 { String::new() } else { format!(":{}", self.port) };
        let at = self.path(name);
        let root = if at.starts_with('/') { "" } else { "/" };
        format!("sftp://{host}{port}{root}{}", if at == "." { "" } else { &at })
    }

    /// The server's own path of a name.
    fn path(&self, name: &str) -> String {
        match (self.folder.as_str(), name) {
            ("", "") => ".".to_owned(),
            ("/", name) => format!("/{name}"),
            (folder, "") => folder.to_owned(),
            ("", name) => name.to_owned(),
            (folder, name) => format!("{folder}/{name}"),
        }
    }
}

/// `folder`: below where the account begins, or from the root on.
fn folder(table: &mut TableReader<'_>) -> Option<String> {
    let text: String = table.optional("folder").unwrap_or_default();
    let bare = text.trim_matches('/');
    let is_root = text.starts_with('/');
    if !bare.is_empty()
        && let Err(why) = super::path::parts(bare)
    {
        table.fault("folder", why, "such as \"kpi\" or \"/srv/kpi\"");
        return None;
    }
    Some(if is_root { format!("/{bare}") } else { bare.to_owned() })
}

impl OpenStorage for SftpSettings {
    fn open(&self, _dir: &Path, limits: FetchLimits) -> Result<Storage, StorageError> {
        Ok(Storage::new(Sftp::new(self.clone(), limits)))
    }

    fn place(&self, _dir: &Path) -> String {
        self.shown_at("")
    }

    fn shown(&self, _path: &dyn Fn(&str) -> String) -> String {
        let way = match self.sign_in {
            SftpSignIn::Key { .. } => "key",
            SftpSignIn::Password(_) => "password",
        };
        let retries = words::count(self.retry.retries as usize, "retry", "retries");
        let seconds = self.retry.timeout.as_secs();
        format!("{}, {seconds} s a try, {retries}, signs in as {} with a {way}", self.shown_at(""), self.user)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_a_path_on_the_server_and_a_place_for_people() {
        for (folder, name, path, shown) in [
            ("", "", ".", "sftp://h/"),
            ("", "a b", "a b", "sftp://h/a b"),
            ("kpi", "", "kpi", "sftp://h/kpi"),
            ("kpi", "a/b", "kpi/a/b", "sftp://h/kpi/a/b"),
            ("/", "", "/", "sftp://h/"),
            ("/", "a", "/a", "sftp://h/a"),
            ("/srv/kpi", "a", "/srv/kpi/a", "sftp://h/srv/kpi/a"),
        ] {
            let settings = SftpSettings {
                host: "h".to_owned(),
                port: 22,
                user: "u".to_owned(),
                folder: folder.to_owned(),
                host_keys: HostKeys::default(),
                sign_in: SftpSignIn::Password(Secret::Command(Vec::new())),
                retry: RetryRules::default(),
            };
            assert_eq!((settings.path(name).as_str(), settings.shown_at(name).as_str()), (path, shown));
        }
    }
}
