//! Azure Blob Storage: a container, and the folders that its names make.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use object_store::RetryConfig;
use object_store::azure::{AzureAuthorizer, MicrosoftAzure, MicrosoftAzureBuilder};
use object_store::client::{HttpRequest, HttpRequestBody, HttpService as _};
use object_store::path::Path as ObjectPath;
use reqwest::{Method, Url};

use super::error::Operation;
use super::http::settings::{http_keys, show};
use super::object::settings::{self, ObjectSettings};
use super::object::wire::Wire;
use super::object::{ObjectService, Objects};
use super::{CredentialEnd, FetchLimits, OpenStorage, Storage, StorageError, StorageSettings};
use crate::config::{StorageKind, TableReader, secret};
use crate::domain::secret::Secret;
use crate::secrets;

/// What the config knows of this kind.
pub(super) const KIND: StorageKind = StorageKind {
    name: "azure",
    no_patterns: None,
    no_writes: None,
    read: |table, dir| Some(Arc::new(StorageSettings::new(AzureSettings::read(table, dir)?))),
    docs: concat!(
        r#"**Azure Blob Storage**. `files` of a source may hold `*` and `?`, and packs can be put there.
[What the account must be allowed](storage.md#azure-blob-storage).

```toml
[storage.blobs]
kind = "azure"
account = "councilscorecards"
container = "kpi"
folder = "2026"               # optional: the folder in the container
sas = { file = "/run/credentials/boardpack/sas" }   # a token for the container; or one of the ways below
# access_key = { file = "/run/credentials/boardpack/azure" }   # a key of the whole account
# tenant = "council.onmicrosoft.com"     # an application: its directory,
# client_id = "00000000-0000-0000-0000-000000000000"   # its id,
# client_secret = { file = "/run/credentials/boardpack/azure" }   # and its secret
# managed_identity = true     # on a machine of Azure: the machine itself; with `client_id` one of several
# authority = "https://login.microsoftonline.us"   # where an application signs in, outside of the public cloud
endpoint = "https://councilscorecards.blob.core.usgovcloudapi.net"   # optional: outside of the public cloud
"#,
        http_keys!(),
        "```"
    ),
};

/// How the service signs in to Azure.
#[derive(Debug, Clone, PartialEq, Eq)]
enum AzureSignIn {
    Key(Secret),
    Sas(Secret),
    Application { tenant: String, client_id: String, client_secret: Secret, authority: Option<Url> },
    Machine { client_id: Option<String> },
}

/// How a container is declared.
#[derive(Debug, Clone)]
pub struct AzureSettings {
    account: String,
    container: String,
    /// Where the containers of the account are.
    endpoint: Url,
    /// Where the blobs of this one are, with a slash at the end.
    url: Url,
    sign_in: AzureSignIn,
    common: ObjectSettings,
}

fn is_account(name: &str) -> bool {
    (3..=24).contains(&name.len()) && name.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
}

fn is_container(name: &str) -> bool {
    let is_sign = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    matches!(name, "$root" | "$web") || ((3..=63).contains(&name.len()) && name.chars().all(is_sign))
}

impl AzureSignIn {
    fn read(table: &mut TableReader<'_>, dir: &Path) -> Option<Self> {
        let access_key = secret::read(table, "access_key", dir);
        let sas = secret::read(table, "sas", dir);
        let tenant: Option<String> = table.optional("tenant");
        let client_id: Option<String> = table.optional("client_id");
        let client_secret = secret::read(table, "client_secret", dir);
        let managed = table.or("managed_identity", false);
        let authority = settings::server(table, "authority", "such as \"https://login.microsoftonline.us\"");
        let is_application = tenant.is_some() || client_secret.is_some();
        let ways = [access_key.is_some(), sas.is_some(), is_application, managed];
        if ways.iter().filter(|way| **way).count() > 1 {
            table.fault("", "names several ways to sign in", "leave the one that the container takes");
            return None;
        }
        match (access_key, sas, tenant, client_id, client_secret) {
            (Some(key), ..) => Some(Self::Key(key)),
            (_, Some(sas), ..) => Some(Self::Sas(sas)),
            (.., Some(tenant), Some(client_id), Some(client_secret)) if is_tenant(&tenant) => {
                Some(Self::Application { tenant, client_id, client_secret, authority })
            }
            (.., client_id, _) if managed => Some(Self::Machine { client_id }),
            _ if is_application => {
                table.fault(
                    "client_secret",
                    "is not whole",
                    "an application is its tenant, client_id and client_secret",
                );
                None
            }
            _ => {
                let hint = "one of sas, access_key, client_secret with client_id and tenant, managed_identity";
                table.fault("sas", "is missing, and so is every other way to sign in", hint);
                None
            }
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Key(_) => "signs in with the account's key".to_owned(),
            Self::Sas(_) => "signs in with a shared access signature".to_owned(),
            Self::Application { client_id, .. } => format!("signs in as the application {client_id}"),
            Self::Machine { .. } => "signs in as this machine".to_owned(),
        }
    }
}

/// Whether a tenant is a name or an id, and no more of an address than that.
fn is_tenant(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || ".-".contains(c))
}

impl AzureSettings {
    fn read(table: &mut TableReader<'_>, dir: &Path) -> Option<Self> {
        let hint = "the storage account's name, such as \"councilscorecards\"";
        let account = settings::name(table, "account", hint, is_account);
        let container = settings::name(table, "container", "the container's name, such as \"kpi\"", is_container);
        let is_elsewhere = table.has("endpoint");
        let endpoint = settings::server(table, "endpoint", "such as \"https://account.blob.core.windows.net\"");
        let sign_in = AzureSignIn::read(table, dir);
        let common = ObjectSettings::read(table);
        let (account, container) = (account?, container?);
        let endpoint = match endpoint {
            Some(endpoint) => endpoint,
            None if is_elsewhere => return None,
            None => Url::parse(&format!("https://{account}.blob.core.windows.net/")).ok()?,
        };
        let mut url = endpoint.clone();
        url.path_segments_mut().ok()?.pop_if_empty().push(&container).push("");
        Some(Self { account, container, endpoint, url, sign_in: sign_in?, common })
    }

    async fn reveal(&self, secret: &Secret) -> Result<String, StorageError> {
        let fail = |source| StorageError::Secret { place: show(&self.url), source: Arc::new(source) };
        Ok(secrets::reveal(secret).await.map_err(fail)?.secret().to_owned())
    }
}

/// When a shared access signature ends.
fn end_of(sas: &str) -> Option<DateTime<Utc>> {
    let pairs = reqwest::Url::parse(&format!("https://localhost/?{}", sas.trim_start_matches('?'))).ok()?;
    let (_, end) = pairs.query_pairs().find(|(key, _)| key == "se")?;
    // A day alone is one that has just begun.
    let end = if end.contains('T') { end.into_owned() } else { format!("{end}T00:00:00Z") };
    let end = if end.matches(':').count() == 1 { end.replace('Z', ":00Z") } else { end };
    Some(DateTime::parse_from_rfc3339(&end).ok()?.to_utc())
}

#[async_trait]
impl OpenStorage for AzureSettings {
    fn open(&self, dir: &Path, limits: FetchLimits) -> Result<Storage, StorageError> {
        let wire = self.common.wire(&self.url, dir)?;
        Ok(Storage::new(Objects::new(Azure(self.clone()), self.common.clone(), wire, limits)))
    }

    fn place(&self, _dir: &Path) -> String {
        self.common.shown_at(&self.url, "")
    }

    fn shown(&self, _path: &dyn Fn(&str) -> String) -> String {
        format!("{}{}, {}, {}", show(&self.url), self.common.folder, self.common.shown(), self.sign_in.shown())
    }

    async fn ends(&self, _dir: &Path) -> Vec<CredentialEnd> {
        let AzureSignIn::Sas(sas) = &self.sign_in else { return Vec::new() };
        let Ok(sas) = secrets::reveal(sas).await else { return Vec::new() };
        let what = "the shared access signature".to_owned();
        end_of(sas.secret()).map(|at| CredentialEnd { at, what }).into_iter().collect()
    }
}

/// A container.
#[derive(Debug)]
struct Azure(AzureSettings);

#[async_trait]
impl ObjectService for Azure {
    type Store = MicrosoftAzure;

    const KIND: &'static str = KIND.name;

    fn address(&self) -> &Url {
        &self.0.url
    }

    async fn store(&self, wire: &Wire) -> Result<MicrosoftAzure, StorageError> {
        let AzureSettings { account, container, endpoint, sign_in, .. } = &self.0;
        let mut builder = MicrosoftAzureBuilder::new()
            .with_http_connector(wire.clone())
            .with_retry(RetryConfig { max_retries: 0, ..RetryConfig::default() })
            .with_account(account)
            .with_container_name(container)
            .with_endpoint(endpoint.as_str().trim_end_matches('/').to_owned())
            .with_disable_tagging(true);
        builder = match sign_in {
            AzureSignIn::Key(key) => builder.with_access_key(self.0.reveal(key).await?),
            AzureSignIn::Sas(sas) => {
                let sas = self.0.reveal(sas).await?;
                let config = object_store::azure::AzureConfigKey::SasKey;
                builder.with_config(config, sas.trim_start_matches('?'))
            }
            AzureSignIn::Application { tenant, client_id, client_secret, authority } => {
                let secret = self.0.reveal(client_secret).await?;
                let builder = builder.with_client_secret_authorization(client_id, secret, tenant);
                match authority {
                    Some(authority) => builder.with_authority_host(authority.as_str().trim_end_matches('/')),
                    None => builder,
                }
            }
            AzureSignIn::Machine { client_id } => {
                let builder = builder.with_credential_type("managed_identity");
                match client_id {
                    Some(client_id) => builder.with_client_id(client_id),
                    None => builder,
                }
            }
        };
        builder.build().map_err(|_| StorageError::Setting {
            place: show(&self.0.url),
            why: "what signs in is not of the form that Azure gives out".to_owned(),
            hint: "`access_key` is base64, `sas` begins with sv= or sp=; was it copied whole?",
        })
    }

    /// The crate removes by a batch, which needs more leave than one file does.
    async fn delete(&self, store: &MicrosoftAzure, wire: &Wire, at: &ObjectPath) -> object_store::Result<()> {
        let fail =
            |source: Box<dyn std::error::Error + Send + Sync>| object_store::Error::Generic { store: "azure", source };
        let mut url = self.0.url.clone();
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.pop_if_empty().extend(at.as_ref().split('/'));
        }
        let credential = store.credentials().get_credential().await?;
        let mut request = HttpRequest::new(HttpRequestBody::empty());
        *request.method_mut() = Method::DELETE;
        *request.uri_mut() = url.as_str().parse().map_err(|_| fail("no address".into()))?;
        AzureAuthorizer::new(credential.as_ref(), &self.0.account).try_authorize(&mut request)?;
        let response = wire.call(request).await.map_err(|error| fail(error.into()))?;
        let status = response.status();
        if status.is_success() { Ok(()) } else { Err(fail(status.to_string().into())) }
    }

    fn denied(&self, operation: Operation, code: &str) -> &'static str {
        let is_sas = matches!(self.0.sign_in, AzureSignIn::Sas(_));
        match (code, operation) {
            ("InvalidAuthenticationInfo" | "AuthenticationFailed", _) if is_sas => {
                "the signature is not one that the account made, or it has ended: have a new one written to where `sas` is kept"
            }
            ("AuthenticationFailed", _) => "is `access_key` the account's, and this machine's clock right?",
            ("KeyBasedAuthenticationNotPermitted", _) => "the account takes no keys: sign in as an application",
            ("AuthorizationFailure", _) if is_sas => {
                "has the signature ended (its se=)? If not: does it allow this, and does the account's firewall let this \
                 machine in?"
            }
            ("AuthorizationFailure", _) => "does the account's firewall let this machine in?",
            (_, Operation::SignIn) => {
                "are `tenant`, `client_id` and `client_secret` right, and has the secret not ended?"
            }
            (_, Operation::Write) if is_sas => "does the signature have c and w (create, write)?",
            (_, Operation::Remove) if is_sas => "does the signature have d (delete)?",
            (_, Operation::List) if is_sas => "does the signature have l (list), and is it of the container?",
            (_, _) if is_sas => "does the signature have r (read), and is it of this container?",
            (_, Operation::Write | Operation::Remove) => {
                "does the application have the role Storage Blob Data Contributor on the container?"
            }
            _ => "does the application have the role Storage Blob Data Reader on the container?",
        }
    }

    fn is_denial(&self, code: &str) -> bool {
        matches!(code, "KeyBasedAuthenticationNotPermitted" | "InvalidAuthenticationInfo")
    }

    fn may_write_over(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_says_when_it_ends() {
        for (sas, end) in [
            ("?sv=2024-11-04&sp=rl&se=2027-01-31T12%3A30%3A00Z&sig=s3cret", Some("2027-01-31T12:30:00Z")),
            ("sp=rl&se=2027-01-31T12:30Z&sig=s3cret", Some("2027-01-31T12:30:00Z")),
            ("se=2027-01-31&sig=s3cret", Some("2027-01-31T00:00:00Z")),
            ("se=soon&sig=s3cret", None),
            ("sig=s3cret", None),
        ] {
            assert_eq!(end_of(sas), end.map(|end| end.parse().unwrap()), "{sas}");
        }
    }

    #[test]
    fn an_account_and_a_container_have_names_that_lead_nowhere_else() {
        for (name, account, container) in [
            ("kpi", true, true),
            ("k-pi", false, true),
            ("a.evil/x", false, false),
            ("$root", false, true),
            ("ab", false, false),
        ] {
            assert_eq!((is_account(name), is_container(name)), (account, container), "{name}");
        }
    }
}
