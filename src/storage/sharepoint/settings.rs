//! How a library is declared: whose it is, who asks, and what of that ends.

use std::path::Path;
use std::sync::Arc;

use chrono::NaiveDate;
use reqwest::Url;
use serde::Deserialize;

use crate::config::{StorageKind, TableReader, secret};
use crate::domain::address::{SecretAddress, encoded};
use crate::domain::secret::Secret;
use crate::oauth::{ClientProof, Grant};
use crate::secrets;
use crate::storage::error::Operation;
use crate::storage::http::private::is_loopback;
use crate::storage::http::settings::http_keys;
use crate::storage::http::{ends, settings};
use crate::storage::retry::RetryRules;
use crate::storage::{CredentialEnd, StorageSettings, path};
use crate::words;

/// What the config knows of this kind.
pub(in crate::storage) const KIND: StorageKind = StorageKind {
    name: "sharepoint",
    no_patterns: None,
    no_writes: None,
    read: |table, dir| Some(Arc::new(StorageSettings::new(SharePointSettings::read(table, dir)?))),
    docs: concat!(
        r#"**SharePoint and OneDrive**, through Microsoft Graph: [sharepoint.md](sharepoint.md) sets it up with the least
permission. `files` of a source may hold `*` and `?`, and packs can be put there.

```toml
[storage.sharepoint]
kind = "sharepoint"
tenant = "council.onmicrosoft.com"       # the tenant's domain or id
client_id = "00000000-0000-0000-0000-000000000000"   # the application's id
certificate = { file = "/run/credentials/boardpack/sharepoint.pem" }     # PEM with certificate and RSA key; or one of:
# client_secret = { file = "/run/credentials/boardpack/sharepoint" }     # a client secret
# client_secret_ends = "2027-03-01"      # the day on which it ends, so that somebody is told before
# managed_identity = true                # in Azure: the machine's own identity (then `client_id` only where it has several)
# identity_endpoint = { command = ["printenv", "IDENTITY_ENDPOINT"] }    # App Service only
# identity_header = { command = ["printenv", "IDENTITY_HEADER"] }        # App Service only
site = "council.sharepoint.com:/sites/Performance"   # the site's address or id
# user = "performance@council.example"   # instead of `site`: somebody's OneDrive
drive = "Documents"           # the library's name or id; by default the site's own
folder = "KPI/Monthly"        # optional: a folder of the library, below which everything is
cloud = "global"              # global, us-government, us-dod or china
# graph_url = "http://127.0.0.1:8080/v1.0"           # in place of Microsoft's servers, on loopback: for tests
# login_url = "http://127.0.0.1:8080"
"#,
        http_keys!(),
        "```"
    ),
};

/// Where a tenant is: Microsoft's own cloud, or one of a nation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum GraphCloud {
    /// Everybody's, the United Kingdom's too.
    Global,
    /// US Government L4.
    UsGovernment,
    /// US Government L5.
    UsDod,
    /// Operated by 21Vianet.
    China,
}

impl GraphCloud {
    /// Where tokens are given, and Graph.
    pub fn servers(self) -> (&'static str, &'static str) {
        match self {
            Self::Global => ("https://login.microsoftonline.com", "https://graph.microsoft.com/v1.0"),
            Self::UsGovernment => ("https://login.microsoftonline.us", "https://graph.microsoft.us/v1.0"),
            Self::UsDod => ("https://login.microsoftonline.us", "https://dod-graph.microsoft.us/v1.0"),
            Self::China => ("https://login.chinacloudapi.cn", "https://microsoftgraph.chinacloudapi.cn/v1.0"),
        }
    }
}

/// A library, and a folder of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Library {
    /// The site: "council.sharepoint.com/sites/Performance", or an id.
    pub site: Option<String>,
    /// Instead of it, the person whose OneDrive it is.
    pub user: Option<String>,
    /// The library's name or id; none for the site's own.
    pub drive: Option<String>,
    /// The folder; may be empty.
    pub folder: String,
}

impl Library {
    /// Where a name is, for people.
    pub(super) fn place_of(&self, name: &str) -> String {
        let library = match (&self.user, &self.drive) {
            (Some(user), _) => format!("the OneDrive of {user}"),
            (None, drive) => {
                let library = drive.as_ref().map_or("the library".to_owned(), |drive| format!("the library {drive:?}"));
                format!("{library} of the site {}", self.site.as_deref().unwrap_or_default())
            }
        };
        match crate::storage::path::below(&self.folder, name).trim_matches('/') {
            "" => library,
            path => format!("{path:?} in {library}"),
        }
    }

    /// What to do where there is no leave.
    pub(super) fn permission(&self, operation: Operation) -> &'static str {
        let is_write = matches!(operation, Operation::Write | Operation::Remove);
        match (self.user.is_some(), is_write) {
            (true, true) => {
                "the application needs the permission Files.ReadWrite.All with an administrator's consent, and an \
                 account of this name has to have a OneDrive"
            }
            (true, false) => {
                "the application needs the permission Files.Read.All with an administrator's consent, and an account \
                 of this name has to have a OneDrive"
            }
            (false, true) => {
                "the application needs the permission Sites.Selected with an administrator's consent, and then the \
                 role `write` on this very site: docs/sharepoint.md has the commands"
            }
            (false, false) => {
                "the application needs the permission Sites.Selected with an administrator's consent, and then the \
                 role `read` or `write` on this very site: docs/sharepoint.md has the commands"
            }
        }
    }

    /// The site in Graph's own words.
    pub(super) fn site_path(&self) -> String {
        let site = self.site.as_deref().unwrap_or_default();
        match site.split_once('/') {
            None => format!("sites/{}", encoded(site)),
            Some((host, path)) => {
                let parts: Vec<String> = path.split('/').filter(|part| !part.is_empty()).map(encoded).collect();
                format!("sites/{}:/{}", encoded(host), parts.join("/"))
            }
        }
    }
}

/// How a library is declared.
#[derive(Debug, Clone)]
pub struct SharePointSettings {
    /// The tenant's domain or id; empty for a machine's own identity, which knows it.
    pub tenant: String,
    /// The application's id; may be absent for a machine's own identity.
    pub client_id: Option<String>,
    /// What proves who asks.
    pub proof: SharePointProof,
    /// On which day the client secret ends.
    pub client_secret_ends: Option<NaiveDate>,
    /// What is meant.
    pub library: Library,
    /// Where the tenant is.
    pub cloud: GraphCloud,
    /// In place of Graph and of where tokens are given, for tests.
    pub in_place: (Option<Url>, Option<Url>),
    /// How often and how long a request is tried.
    pub retry: RetryRules,
    /// A certificate authority to trust beside the system's.
    pub ca_file: Option<String>,
    /// The proxy that leads there.
    pub proxy: Option<String>,
}

/// What proves who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SharePointProof {
    /// An application's client secret or certificate.
    Client(ClientProof),
    /// The identity that Azure gave the machine: where it is asked for, and what App Service
    /// wants to be told.
    ManagedIdentity(Option<Secret>, Option<Secret>),
}

impl SharePointSettings {
    pub(super) fn read(table: &mut TableReader<'_>, dir: &Path) -> Option<Self> {
        let (proof, client_id, tenant) = read_sign_in(table, dir);
        let client_secret_ends = table.date("client_secret_ends");
        let library = read_library(table);
        let cloud = table.or("cloud", GraphCloud::Global);
        let in_place = (loopback(table, "graph_url"), loopback(table, "login_url"));
        let (retry, ca_file, proxy) = (settings::retry(table), table.optional("ca_file"), settings::proxy(table));
        let (proof, library) = (proof?, library?);
        Some(Self { tenant, client_id, proof, client_secret_ends, library, cloud, in_place, retry, ca_file, proxy })
    }

    /// Graph's base address.
    pub(super) fn graph(&self) -> Option<Url> {
        self.in_place.0.clone().or_else(|| Url::parse(self.cloud.servers().1).ok())
    }

    fn login(&self) -> String {
        let login = self.in_place.1.as_ref().map_or(self.cloud.servers().0, Url::as_str);
        format!("{}/{}/oauth2/v2.0/token", login.trim_end_matches('/'), encoded(&self.tenant))
    }

    /// Where tokens are given, for people.
    pub(super) fn login_shown(&self) -> String {
        match self.proof {
            SharePointProof::Client(_) => self.login(),
            SharePointProof::ManagedIdentity(..) => "this machine's own identity in Azure".to_owned(),
        }
    }

    /// What to do where a sign-in fails.
    pub(super) fn unproved(&self) -> &'static str {
        match self.proof {
            SharePointProof::Client(_) => {
                "are `tenant` and `client_id` right, and is what proves them the application's own?"
            }
            SharePointProof::ManagedIdentity(..) => {
                "has this machine an identity in Azure, and is it the one that `client_id` names?"
            }
        }
    }

    /// Whose limits count.
    pub(super) fn tenant_key(&self) -> &str {
        let by_site = || self.library.site.as_deref().or(self.library.user.as_deref()).unwrap_or_default();
        match self.tenant.as_str() {
            "" => by_site().split(['/', ',', ':']).next().unwrap_or_default(),
            tenant => tenant,
        }
    }

    /// What tokens are asked by.
    pub(super) fn grant(&self) -> Option<Grant> {
        let resource = self.cloud.servers().1.trim_end_matches("/v1.0");
        Some(match &self.proof {
            SharePointProof::Client(proof) => Grant::ClientCredentials {
                token_url: SecretAddress::parse(&self.login())?,
                client_id: self.client_id.clone().unwrap_or_default(),
                scope: format!("{resource}/.default"),
                proof: proof.clone(),
            },
            SharePointProof::ManagedIdentity(endpoint, header) => Grant::ManagedIdentity {
                endpoint: endpoint.clone(),
                header: header.clone(),
                client_id: self.client_id.clone(),
                resource: resource.to_owned(),
            },
        })
    }

    pub(super) fn in_words(&self) -> String {
        let retries = words::count(self.retry.retries as usize, "retry", "retries");
        let who = match &self.proof {
            SharePointProof::Client(ClientProof::Secret(_)) => "with a client secret",
            SharePointProof::Client(ClientProof::Certificate(_)) => "with a certificate",
            SharePointProof::ManagedIdentity(..) => "as this machine's own identity in Azure",
        };
        let seconds = self.retry.timeout.as_secs();
        format!("{}, {seconds} s a try, {retries}, signs in {who}", self.library.place_of(""))
    }

    pub(super) async fn known_ends(&self, dir: &Path) -> Vec<CredentialEnd> {
        let midnight = self.client_secret_ends.and_then(|day| day.and_hms_opt(0, 0, 0));
        let secret = midnight.map(|at| CredentialEnd { at: at.and_utc(), what: "the client secret".to_owned() });
        let certificate = match &self.proof {
            SharePointProof::Client(ClientProof::Certificate(pem)) => secrets::whole(pem).await.ok(),
            _ => None,
        };
        let certificate =
            certificate.and_then(|pem| ends::of_pem(pem.secret().as_bytes(), "the certificate that signs in"));
        let authority = ends::of_authority(dir, self.ca_file.as_deref()).await;
        secret.into_iter().chain(certificate).chain(authority).collect()
    }
}

/// Reads what proves who asks, and who that is.
fn read_sign_in(table: &mut TableReader<'_>, dir: &Path) -> (Option<SharePointProof>, Option<String>, String) {
    let client_secret = secret::read(table, "client_secret", dir);
    let certificate = secret::read(table, "certificate", dir);
    let (endpoint, header) =
        (secret::read(table, "identity_endpoint", dir), secret::read(table, "identity_header", dir));
    let is_managed = table.or("managed_identity", false);
    let tenant: Option<String> = table.optional("tenant");
    let client_id: Option<String> = table.optional("client_id");
    if let Some(Secret::Given(text)) = &certificate
        && !text.secret().contains("-----BEGIN")
    {
        table.fault("certificate", "is no PEM", "write certificate = { file = \"sharepoint.pem\" }");
    }
    if !is_managed && (endpoint.is_some() || header.is_some()) {
        table.fault("identity_endpoint", "stands without `managed_identity`", "write managed_identity = true");
    }
    let is_name = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'));
    for (key, value, hint) in [
        ("tenant", &tenant, "the tenant's domain, such as council.onmicrosoft.com, or its id"),
        ("client_id", &client_id, "the application's id, such as 00000000-0000-0000-0000-000000000000"),
    ] {
        match value.as_deref() {
            Some(text) if text.is_empty() || !is_name(text) => table.fault(key, format!("found {text:?}"), hint),
            None if !is_managed => table.fault(key, "is missing", hint),
            _ => {}
        }
    }
    let proof = match (client_secret, certificate, is_managed) {
        (Some(secret), None, false) => Some(SharePointProof::Client(ClientProof::Secret(secret))),
        (None, Some(pem), false) => Some(SharePointProof::Client(ClientProof::Certificate(pem))),
        (None, None, true) => Some(SharePointProof::ManagedIdentity(endpoint, header)),
        (secret, certificate, _) => {
            let found = if secret.is_none() && certificate.is_none() { "is missing" } else { "stands beside another" };
            let hint = "one of `certificate`, `client_secret` and `managed_identity = true`";
            table.fault("certificate", found, hint);
            None
        }
    };
    (proof, client_id, tenant.unwrap_or_default())
}

/// Reads whose library it is.
fn read_library(table: &mut TableReader<'_>) -> Option<Library> {
    let site: Option<String> = table.optional("site");
    let user: Option<String> = table.optional("user");
    let (drive, folder) = (table.optional("drive"), table.optional::<String>("folder").unwrap_or_default());
    let folder = folder.trim_matches('/').to_owned();
    if !folder.is_empty()
        && let Err(why) = path::parts(&folder)
    {
        table.fault("folder", why, "a folder of the library, such as KPI/Monthly");
    }
    match (&site, &user, &drive) {
        (None, None, _) => {
            table.fault("site", "is missing", "the site's address, such as council.sharepoint.com:/sites/Performance");
            return None;
        }
        (Some(_), Some(_), _) => table.fault("user", "stands beside `site`", "leave one of the two"),
        (None, Some(_), Some(_)) => {
            table.fault("drive", "is of a site, and there is none", "a OneDrive is one library")
        }
        _ => {}
    }
    // As people write it, as a browser shows it, as Graph has it.
    let site = site.map(|site| {
        let site = site.trim().trim_start_matches("https://").trim_end_matches('/');
        site.replacen(":/", "/", 1)
    });
    Some(Library { site, user, drive, folder })
}

/// An address in place of Microsoft's, which is of this machine alone: a token sent elsewhere
/// would be given away.
fn loopback(table: &mut TableReader<'_>, key: &'static str) -> Option<Url> {
    let text: String = table.optional(key)?;
    let url = Url::parse(&text).ok().filter(is_loopback);
    if url.is_none() {
        table.fault(key, "is no address of this machine", "it is for tests: leave it out");
    }
    url
}
