//! S3: Amazon's own, and every service and server that speaks it.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use object_store::aws::{AmazonS3, AmazonS3Builder};
use object_store::path::Path as ObjectPath;
use object_store::{ObjectStoreExt as _, RetryConfig};
use reqwest::Url;

use super::error::Operation;
use super::http::settings::{http_keys, show};
use super::object::settings::{self, ObjectSettings};
use super::object::wire::Wire;
use super::object::{ObjectService, Objects};
use super::{FetchLimits, OpenStorage, Storage, StorageError, StorageSettings};
use crate::config::{StorageKind, TableReader, secret};
use crate::domain::secret::Secret;
use crate::secrets;

/// What the config knows of this kind.
pub(super) const KIND: StorageKind = StorageKind {
    name: "s3",
    no_patterns: None,
    no_writes: None,
    read: |table, dir| Some(Arc::new(StorageSettings::new(S3Settings::read(table, dir)?))),
    docs: concat!(
        r#"**S3**: Amazon's, and services and servers that speak it. `files` of a source may hold `*` and `?`, and packs
can be put there. [What the key must be allowed](storage.md#s3).

```toml
[storage.bucket]
kind = "s3"
bucket = "council-scorecards"
region = "eu-west-2"
folder = "kpi/2026"           # optional: the folder in the bucket
access_key = "AKIA…"          # or, as any secret: { file = "…" }, { command = ["…"] }
secret_key = { file = "/run/credentials/boardpack/s3" }
session_token = { file = "/run/credentials/boardpack/s3-session" }   # optional: with keys that end
endpoint = "https://s3.example.org"      # optional: a server other than Amazon's; http:// only on loopback
path_style = true             # the bucket is part of the path; false: of the host's name, as Amazon's is by default
"#,
        http_keys!(),
        "```"
    ),
};

/// How a bucket is declared.
#[derive(Debug, Clone)]
pub struct S3Settings {
    /// Where its objects are, with a slash at the end.
    url: Url,
    region: String,
    access_key: Secret,
    secret_key: Secret,
    session_token: Option<Secret>,
    common: ObjectSettings,
}

fn is_bucket(name: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || ".-_".contains(c);
    (3..=63).contains(&name.len()) && name.chars().all(is_sign) && !name.contains("..")
}

fn is_region(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

impl S3Settings {
    fn read(table: &mut TableReader<'_>, dir: &Path) -> Option<Self> {
        let bucket = settings::name(table, "bucket", "the bucket's name, such as \"council-scorecards\"", is_bucket);
        let hint = "where the bucket is, such as \"eu-west-2\"; servers of others take \"us-east-1\"";
        let region = settings::name(table, "region", hint, is_region);
        let is_elsewhere = table.has("endpoint");
        let endpoint = settings::server(table, "endpoint", "such as \"https://s3.example.org\"");
        let path_style: Option<bool> = table.optional("path_style");
        table.needs("access_key", "the key's id, as { file = \"/run/credentials/…\" } or as it is");
        let access_key = secret::read(table, "access_key", dir);
        table.needs("secret_key", "{ file = \"/run/credentials/…\" } keeps it out of the config");
        let secret_key = secret::read(table, "secret_key", dir);
        let session_token = secret::read(table, "session_token", dir);
        let common = ObjectSettings::read(table);
        let (bucket, region, access_key, secret_key) = (bucket?, region?, access_key?, secret_key?);
        let endpoint = match endpoint {
            Some(endpoint) => endpoint,
            None if is_elsewhere => return None,
            None => Url::parse(&format!("https://s3.{region}.amazonaws.com/")).ok()?,
        };
        // A dot in a bucket's name makes a host's name that no certificate is of.
        let is_path = path_style.unwrap_or(is_elsewhere || bucket.contains('.'));
        let url = addressed(endpoint, &bucket, is_path);
        Some(Self { url, region, access_key, secret_key, session_token, common })
    }
}

/// Where the objects of a bucket are.
fn addressed(mut endpoint: Url, bucket: &str, is_path: bool) -> Url {
    if is_path {
        if let Ok(mut segments) = endpoint.path_segments_mut() {
            segments.pop_if_empty().push(bucket).push("");
        }
    } else if let Some(host) = endpoint.host_str().map(|host| format!("{bucket}.{host}")) {
        // Of an address the bucket cannot be a part, and the server says so.
        let _ = endpoint.set_host(Some(&host));
    }
    endpoint
}

impl OpenStorage for S3Settings {
    fn open(&self, dir: &Path, limits: FetchLimits) -> Result<Storage, StorageError> {
        let wire = self.common.wire(&self.url, dir)?;
        Ok(Storage::new(Objects::new(S3(self.clone()), self.common.clone(), wire, limits)))
    }

    fn place(&self, _dir: &Path) -> String {
        self.common.shown_at(&self.url, "")
    }

    fn shown(&self, _path: &dyn Fn(&str) -> String) -> String {
        format!("{}{}, {}", show(&self.url), self.common.folder, self.common.shown())
    }
}

/// A bucket.
#[derive(Debug)]
struct S3(S3Settings);

impl S3 {
    async fn reveal(&self, secret: &Secret) -> Result<String, StorageError> {
        let fail = |source| StorageError::Secret { place: show(&self.0.url), source: Arc::new(source) };
        Ok(secrets::reveal(secret).await.map_err(fail)?.secret().to_owned())
    }
}

#[async_trait]
impl ObjectService for S3 {
    type Store = AmazonS3;

    const KIND: &'static str = KIND.name;

    fn address(&self) -> &Url {
        &self.0.url
    }

    async fn store(&self, wire: &Wire) -> Result<AmazonS3, StorageError> {
        let mut builder = AmazonS3Builder::new()
            .with_http_connector(wire.clone())
            .with_retry(RetryConfig { max_retries: 0, ..RetryConfig::default() })
            // The bucket is in the address, whichever way it is written.
            .with_bucket_name("bucket")
            .with_virtual_hosted_style_request(true)
            .with_endpoint(self.0.url.as_str().trim_end_matches('/'))
            .with_region(&self.0.region)
            // The other way is one that not every server knows, and that needs no less leave.
            .with_disable_bulk_delete(true)
            .with_disable_tagging(true)
            .with_access_key_id(self.reveal(&self.0.access_key).await?)
            .with_secret_access_key(self.reveal(&self.0.secret_key).await?);
        if let Some(token) = &self.0.session_token {
            builder = builder.with_token(self.reveal(token).await?);
        }
        builder.build().map_err(|_| StorageError::Setting {
            place: show(&self.0.url),
            why: "no client can be made of its settings".to_owned(),
            hint: "are `access_key` and `secret_key` the right way round?",
        })
    }

    async fn delete(&self, store: &AmazonS3, _wire: &Wire, at: &ObjectPath) -> object_store::Result<()> {
        store.delete(at).await
    }

    fn denied(&self, operation: Operation, code: &str) -> &'static str {
        match (code, operation) {
            ("InvalidAccessKeyId", _) => "the server knows no such `access_key`; was the key deleted, or replaced?",
            ("SignatureDoesNotMatch", _) => "is `secret_key` the one that belongs to `access_key`?",
            ("ExpiredToken" | "TokenRefreshRequired" | "InvalidToken", _) => {
                "the session has ended: have new keys written to where `access_key`, `secret_key` and `session_token` are kept"
            }
            ("RequestTimeTooSkewed" | "RequestExpired", _) => "is this machine's clock right?",
            ("InvalidObjectState", _) => {
                "the file lies in an archive: restore it, or keep such files out of the archive"
            }
            (_, Operation::Write) => "does the key's policy allow s3:PutObject below this folder?",
            (_, Operation::Remove) => "does the key's policy allow s3:DeleteObject below this folder?",
            (_, Operation::List) => "does the key's policy allow s3:ListBucket on the bucket, for this folder?",
            _ => {
                "does the key's policy allow s3:GetObject below this folder? Without s3:ListBucket on the bucket the \
                 server answers so for a file that is missing, too"
            }
        }
    }

    fn is_denial(&self, code: &str) -> bool {
        matches!(
            code,
            "ExpiredToken" | "TokenRefreshRequired" | "InvalidToken" | "RequestExpired" | "InvalidAccessKeyId"
        )
    }

    fn may_write_over(&self) -> bool {
        // Amazon's own keeps what stands, and so does every one that says so when asked.
        !self.0.url.host_str().is_some_and(|host| host.ends_with(".amazonaws.com"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bucket_is_part_of_the_path_or_of_the_hosts_name() {
        for (endpoint, is_path, url) in [
            ("https://s3.eu-west-2.amazonaws.com/", false, "https://kpi.s3.eu-west-2.amazonaws.com/"),
            ("https://s3.eu-west-2.amazonaws.com/", true, "https://s3.eu-west-2.amazonaws.com/kpi/"),
            ("https://files.example.org:9000/s3", true, "https://files.example.org:9000/s3/kpi/"),
            ("https://files.example.org:9000", false, "https://kpi.files.example.org:9000/"),
        ] {
            assert_eq!(addressed(Url::parse(endpoint).unwrap(), "kpi", is_path).as_str(), url);
        }
    }

    #[test]
    fn a_bucket_has_a_name_that_leads_nowhere_else() {
        for (name, good) in [
            ("kpi", true),
            ("council-kpi.2026", true),
            ("ab", false),
            ("a/b", false),
            ("a..b", false),
            ("kpi?x", false),
            ("KPI", false),
            (&"a".repeat(63), true),
            (&"a".repeat(64), false),
        ] {
            assert_eq!(is_bucket(name), good, "{name}");
        }
    }
}
