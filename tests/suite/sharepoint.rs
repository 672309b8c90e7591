//! SharePoint and OneDrive, on a stand-in of Graph (`graph_stand_in`): what a council's IT
//! would otherwise hear of, one fault at a time.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use boardpack::config::{Files, Loaded};
use boardpack::domain::address::SecretAddress;
use boardpack::domain::secret::{Secret, SecretText};
use boardpack::oauth::{ClientProof, Grant, Tokens};
use boardpack::storage::retry::RetryRules;
use boardpack::storage::sharepoint::{GraphCloud, Library, SharePointProof, SharePointSettings};
use boardpack::storage::{FetchLimits, Got, KINDS, OpenStorage as _, PutMode, Storage, StorageError};

use crate::declared;
use crate::graph_stand_in::{Fault, GraphStandIn, SECRET};
use crate::https::bytes;
use crate::storage::{LIMITS, contract, contract_of_writes, files};
use crate::support::root;

fn given(text: &str) -> Secret {
    Secret::Given(SecretText::new(text))
}

/// A library of a tenant of its own, for tenants share their limits.
pub(crate) fn settings(server: &GraphStandIn) -> SharePointSettings {
    static TENANTS: AtomicUsize = AtomicUsize::new(0);
    SharePointSettings {
        tenant: format!("tenant-{}.example", TENANTS.fetch_add(1, Ordering::Relaxed)),
        client_id: Some("app".to_owned()),
        proof: SharePointProof::Client(ClientProof::Secret(given(SECRET))),
        client_secret_ends: None,
        library: Library { site: Some("council.sharepoint.com/sites/Performance".to_owned()), ..Library::default() },
        cloud: GraphCloud::Global,
        in_place: (Some(server.graph.parse().unwrap()), Some(server.login.parse().unwrap())),
        retry: RetryRules { retries: 2, timeout: Duration::from_secs(5) },
        ca_file: None,
        proxy: None,
    }
}

/// The lines of a config that declare the library of a stand-in.
pub(crate) fn lines(server: &GraphStandIn) -> String {
    let GraphStandIn { graph, login, .. } = server;
    format!(
        "kind = \"sharepoint\"\ntenant = \"main-job.example\"\nclient_id = \"app\"\nclient_secret = \"{SECRET}\"\n\
         site = \"council.sharepoint.com:/sites/Performance\"\ngraph_url = \"{graph}\"\nlogin_url = \"{login}\"\n"
    )
}

fn open_within(settings: &SharePointSettings, max_bytes: u64) -> Storage {
    settings.open(Path::new(""), FetchLimits { max_bytes }).unwrap()
}

pub(crate) fn open(settings: &SharePointSettings) -> Storage {
    open_within(settings, 20_000_000)
}

/// A stand-in with one workbook.
pub(crate) async fn with_workbook() -> GraphStandIn {
    let server = GraphStandIn::start().await;
    server.lay("a.xlsx", b"workbook");
    server
}

/// An error with its causes, as a person would see it. Nothing that signs in is in it.
pub(crate) fn words(error: &StorageError) -> String {
    let text = declared::words(error);
    let all = format!("{text} {error:?}");
    assert!(!all.contains("s3cret") && !all.contains("t0ken") && !all.contains("tempauth"), "{all}");
    text
}

#[tokio::test]
async fn a_library_keeps_the_contract() {
    for (makes_folders, folder) in [(false, ""), (true, "KPI/100% Größe")] {
        let server = GraphStandIn::start().await;
        server.ways(|ways| ways.makes_folders = makes_folders);
        for (name, bytes) in files() {
            server.lay(format!("{folder}/{name}").trim_start_matches('/'), &bytes);
        }
        let mut settings = settings(&server);
        settings.library.folder = folder.to_owned();
        settings.library.drive = (!folder.is_empty()).then(|| "documents".to_owned());
        let storage = open_within(&settings, LIMITS.max_bytes);
        contract("sharepoint", &storage).await;
        contract_of_writes("sharepoint", &storage).await;
        assert_eq!((storage.weakness(), server.sessions()), (None, 0));
        // One token for all of it.
        assert_eq!(server.seen("/token"), 1);
    }
}

#[tokio::test]
async fn a_library_is_found_by_site_name_id_or_person() {
    let server = with_workbook().await;
    let site = || Some("council.sharepoint.com/sites/Performance".to_owned());
    let drive = |name: &str| Some(name.to_owned());
    let user = Some("officer@council.example".to_owned());
    for (library, place) in [
        (
            Library { site: site(), ..Library::default() },
            "the library of the site council.sharepoint.com/sites/Performance",
        ),
        (
            Library {
                site: Some("council.sharepoint.com,1,2".into()),
                drive: drive("Documents"),
                ..Library::default()
            },
            "the library \"Documents\" of the site council.sharepoint.com,1,2",
        ),
        (
            Library { site: site(), drive: drive("b!library"), ..Library::default() },
            "the library \"b!library\" of the site council.sharepoint.com/sites/Performance",
        ),
        (Library { user, ..Library::default() }, "the OneDrive of officer@council.example"),
    ] {
        let storage = open(&SharePointSettings { library, ..settings(&server) });
        assert_eq!(bytes(storage.get("a.xlsx", None).await), b"workbook");
        assert_eq!(storage.place(), place);
    }
    for library in [
        Library { site: Some("council.sharepoint.com/sites/Other".into()), ..Library::default() },
        Library { site: site(), drive: drive("Missing"), ..Library::default() },
    ] {
        let storage = open(&SharePointSettings { library, ..settings(&server) });
        let text = words(&storage.get("a.xlsx", None).await.unwrap_err());
        assert!(text.starts_with("failed to find the library") && text.contains("hint"), "{text}");
    }
}

#[tokio::test]
async fn what_passes_is_tried_again() {
    let mut cases = tokio::task::JoinSet::new();
    for (on, fault) in [
        ("GET /v1.0/sites", Fault::Status(503, "serviceNotAvailable", Some(1))),
        ("root:/a.xlsx", Fault::Status(401, "InvalidAuthenticationToken", None)),
        ("root:/a.xlsx", Fault::Other(200, "<html>Sign in</html>")),
        ("/content", Fault::Status(429, "activityLimitReached", Some(1))),
        ("/content", Fault::Status(500, "generalException", None)),
        ("/content", Fault::Status(504, "", None)),
        ("/content", Fault::Silent),
        ("/content", Fault::Lost),
        ("/download/", Fault::Cut(3)),
        ("/download/", Fault::CutChunks(3)),
        ("/download/", Fault::Silent),
        ("/download/", Fault::Status(503, "", Some(1))),
        ("/download/", Fault::Status(401, "unauthenticated", None)),
        ("/download/", Fault::Status(404, "itemNotFound", None)),
        ("/token", Fault::Status(503, "", Some(1))),
        ("/token", Fault::Silent),
    ] {
        cases.spawn(async move {
            let server = with_workbook().await;
            server.fault(on, fault, 1);
            let storage = open(&settings(&server));
            assert_eq!(bytes(storage.get("a.xlsx", None).await), b"workbook", "{on}");
        });
    }
    while let Some(case) = cases.join_next().await {
        case.unwrap();
    }
}

#[tokio::test]
async fn what_lasts_names_place_operation_words_and_what_to_do() {
    let mut cases = tokio::task::JoinSet::new();
    let elsewhere = |to: &str| Fault::To(to.to_owned());
    for (on, fault, expected) in [
        (
            "/content",
            Fault::Status(403, "accessDenied", None),
            &["403 Forbidden, accessDenied: as a test laid in", "Sites.Selected", "administrator's consent", "`read`"]
                [..],
        ),
        ("root:", Fault::Status(401, "InvalidAuthenticationToken", None), &["401 Unauthorized", "Sites.Selected"]),
        ("sites/", Fault::Status(403, "accessDenied", None), &["look for", "403 Forbidden", "docs/sharepoint.md"]),
        ("/content", Fault::Status(500, "generalException", None), &["500 Internal", "generalException"]),
        ("/content", Fault::Status(429, "activityLimitReached", Some(3600)), &["429 Too Many Requests", "busy"]),
        ("/content", Fault::Status(400, "invalidRequest", None), &["400 Bad Request, invalidRequest"]),
        ("/download/", Fault::Cut(3), &["3 of 8 bytes arrived"]),
        ("/download/", Fault::CutChunks(3), &["failed to fetch"]),
        ("/download/", Fault::Drip(Duration::from_millis(500)), &["timeout_seconds"]),
        ("/download/", Fault::Status(403, "accessDenied", None), &["its own download address"]),
        ("/content", elsewhere("http://192.0.2.1/a"), &["from https to http"]),
        ("/content", elsewhere("https://10.0.0.1/a"), &["a private address, 10.0.0.1"]),
        ("/content", elsewhere("https://169.254.169.254/a"), &["a private address, 169.254.169.254"]),
        ("/content", elsewhere("/v1.0/drives/b%21library/root:/a.xlsx:/content"), &["more than 5 redirects"]),
        ("root:", Fault::Other(200, "<html>Sign in</html>"), &["something else than Graph's JSON"]),
        ("root:", Fault::Silent, &["failed to fetch"]),
    ] {
        cases.spawn(async move {
            let server = with_workbook().await;
            server.fault(on, fault, 99);
            let mut settings = settings(&server);
            settings.retry = RetryRules { retries: 1, timeout: Duration::from_secs(2) };
            let started = Instant::now();
            let text = words(&open(&settings).get("a.xlsx", None).await.unwrap_err());
            assert!(started.elapsed() < Duration::from_secs(15), "{on}");
            assert!(
                text.starts_with("failed to ") && text.contains("council.sharepoint.com/sites/Performance"),
                "{text}"
            );
            for part in expected {
                assert!(text.contains(part), "{on}: {part}: {text}");
            }
            assert!(!text.contains("`url`"), "{text}");
        });
    }
    while let Some(case) = cases.join_next().await {
        case.unwrap();
    }
}

#[tokio::test]
async fn a_file_that_somebody_locked_is_an_officers_matter() {
    let server = with_workbook().await;
    server.fault("/content", Fault::Status(423, "resourceLocked", None), 1);
    let Got::Locked { name, reason } = open(&settings(&server)).get("a.xlsx", None).await.unwrap() else { panic!() };
    assert_eq!((name.as_str(), reason.as_str()), ("a.xlsx", "423 Locked, resourceLocked: as a test laid in"));
}

#[tokio::test]
async fn who_may_not_sign_in_is_told_why() {
    let server = with_workbook().await;
    let other = rcgen::KeyPair::generate().unwrap();
    let other = rcgen::CertificateParams::new(vec![]).unwrap().self_signed(&other).unwrap().pem();
    let secret = |text: &str| SharePointProof::Client(ClientProof::Secret(given(text)));
    let pem = std::fs::read_to_string(root().join("tests/data/sharepoint/certificate.pem")).unwrap();
    let key = pem.split_once("-----BEGIN PRIVATE KEY-----").unwrap().1;
    let mixed = format!("{other}-----BEGIN PRIVATE KEY-----{key}");
    for (change, expected) in [
        (
            Box::new(|s: &mut SharePointSettings| s.tenant = "unknown".into()) as Box<dyn Fn(&mut SharePointSettings)>,
            &["400 Bad Request, AADSTS90002: Tenant 'unknown' not found.", "is `tenant` right"][..],
        ),
        (Box::new(|s| s.client_id = Some("other".into())), &["AADSTS700016", "are `client_id` and `tenant` right"]),
        (
            Box::new(move |s| s.proof = secret("s3cret-that-is-wrong")),
            &["401 Unauthorized, AADSTS7000215: Invalid client secret provided: '…'.", "the secret's value"],
        ),
        (
            Box::new(move |s| s.proof = SharePointProof::Client(ClientProof::Certificate(given(&mixed)))),
            &["the key is not that of the first certificate", "hint"],
        ),
        (
            Box::new(|s| s.proof = SharePointProof::ManagedIdentity(Some(given("http://10.0.0.1/msi/token")), None)),
            &["`identity_endpoint` cannot be used", "App Service"],
        ),
        (
            Box::new(|s| {
                let endpoint = s.in_place.1.as_ref().map(|login| given(&format!("{login}msi/token")));
                s.proof = SharePointProof::ManagedIdentity(endpoint, Some(given("s3cret-that-is-wrong")));
            }),
            &["sign in to this machine's own identity", "400 Bad Request, Identity not found", "an identity in Azure"],
        ),
        (
            Box::new(|s| {
                s.proof = SharePointProof::Client(ClientProof::Secret(Secret::File("/nowhere/secret".into())))
            }),
            &["failed to sign in to the library", "/nowhere/secret"],
        ),
    ] {
        let mut settings = settings(&server);
        change(&mut settings);
        let error = open(&settings).get("a.xlsx", None).await.unwrap_err();
        let text = words(&error);
        assert!(error.is_denied() || matches!(error, StorageError::Setting { .. }), "{error:?}");
        for part in expected {
            assert!(text.contains(part), "{part}: {text}");
        }
        assert!(!text.contains("Trace ID"), "{text}");
    }
}

#[tokio::test]
async fn a_certificate_or_the_machine_itself_signs_in() {
    let server = with_workbook().await;
    let file = root().join("tests/data/sharepoint/certificate.pem");
    let at = |path: &str| Some(given(&format!("{}{path}", server.login)));
    for (proof, client_id) in [
        (SharePointProof::Client(ClientProof::Certificate(Secret::File(file))), Some("app".to_owned())),
        (SharePointProof::ManagedIdentity(at("/metadata/identity/oauth2/token"), None), None),
        (SharePointProof::ManagedIdentity(at("/msi/token"), Some(given(SECRET))), Some("one".to_owned())),
    ] {
        let settings = SharePointSettings { proof, client_id, ..settings(&server) };
        let storage = open(&settings);
        assert_eq!(bytes(storage.get("a.xlsx", None).await), b"workbook");
        assert!(!format!("{settings:?} {storage:?}").contains("s3cret"));
    }
}

#[tokio::test]
async fn a_token_that_ends_in_the_middle_is_got_anew_once() {
    let server = with_workbook().await;
    let storage = open(&settings(&server));
    for (ended, asked) in [(false, 1), (false, 1), (true, 2), (false, 2)] {
        if ended {
            server.end_tokens();
        }
        assert_eq!(bytes(storage.get("a.xlsx", None).await), b"workbook");
        assert_eq!(server.seen("/token"), asked);
    }
    // One that is about to end is not used, and nothing is refused for it.
    let server = with_workbook().await;
    server.ways(|ways| ways.lifetime = Some(Duration::from_secs(2)));
    let storage = open(&settings(&server));
    let read = async || bytes(storage.get("a.xlsx", None).await);
    assert_eq!((read().await, server.seen("/token")), (b"workbook".to_vec(), 1));
    tokio::time::sleep(Duration::from_millis(1200)).await;
    assert_eq!((read().await, server.seen("/token")), (b"workbook".to_vec(), 2));
}

#[tokio::test]
async fn who_waits_for_what_fails_does_not_wait_again() {
    for on in ["/token", "GET /v1.0/sites"] {
        let server = with_workbook().await;
        let mut settings = settings(&server);
        settings.retry.retries = 0;
        let storage = open(&settings);
        server.fault(on, Fault::Silent, 99);
        for got in futures_util::future::join_all((0..6).map(|_| storage.get("a.xlsx", None))).await {
            words(&got.unwrap_err());
        }
        assert_eq!(server.seen(on), 1, "{on}");
    }
    let server = GraphStandIn::start().await;
    let grant = Grant::ClientCredentials {
        token_url: SecretAddress::parse(&format!("{}/tenant/oauth2/v2.0/token", server.login)).unwrap(),
        client_id: "app".to_owned(),
        scope: "https://graph.microsoft.com/.default".to_owned(),
        proof: ClientProof::Secret(given(SECRET)),
    };
    let _ = rustls::crypto::ring::default_provider().install_default();
    let tokens = Tokens::new(reqwest::Client::builder().no_proxy().build().unwrap(), grant);
    for (fails, asked) in [(true, 1), (false, 2), (false, 2)] {
        server.fault("/token", Fault::Silent, usize::from(fails));
        let all = futures_util::future::join_all((0..6).map(|_| tokens.token())).await;
        assert!(all.iter().all(|token| token.is_err() == fails));
        assert_eq!(server.seen("/token"), asked);
    }
}

#[tokio::test]
async fn a_file_that_changes_while_it_is_fetched_is_fetched_again() {
    let server = with_workbook().await;
    server.fault("/download/", Fault::Drip(Duration::from_millis(50)), 1);
    let storage = open(&settings(&server));
    let saves = async {
        while server.seen("/download/") == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        server.lay("a.xlsx", b"saved anew");
    };
    let (got, ()) = futures_util::future::join(storage.get("a.xlsx", None), saves).await;
    assert_eq!((bytes(got), server.seen("/download/")), (b"saved anew".to_vec(), 2));
}

#[tokio::test]
async fn a_tenant_that_asks_to_be_left_alone_is_by_all_its_storages() {
    let (server, neighbour) = (with_workbook().await, with_workbook().await);
    let one = settings(&server);
    let (first, second) = (open(&one), open(&one));
    let other = open(&SharePointSettings { tenant: "neighbour.example".into(), ..settings(&neighbour) });
    for storage in [&first, &second, &other] {
        storage.get("a.xlsx", None).await.unwrap();
    }
    server.fault("/content", Fault::Status(429, "activityLimitReached", Some(2)), 1);
    let started = Instant::now();
    let throttled = first.get("a.xlsx", None);
    let waits = async {
        while server.seen("/content") < 3 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let seen = server.seen("GET");
        let wait = tokio::time::timeout(Duration::from_millis(1000), second.get("a.xlsx", None)).await;
        assert!(wait.is_err() && server.seen("GET") == seen, "a request went out in between");
        other.get("a.xlsx", None).await.unwrap();
        assert!(started.elapsed() < Duration::from_millis(1900));
        second.get("a.xlsx", None).await.unwrap();
        assert!(started.elapsed() >= Duration::from_secs(2));
    };
    let (got, ()) = futures_util::future::join(throttled, waits).await;
    assert_eq!(bytes(got), b"workbook");
    // For longer than an attempt may take: given up at once, and nothing more is asked.
    server.fault("/content", Fault::Status(503, "serviceNotAvailable", Some(600)), 1);
    let started = Instant::now();
    assert!(words(&first.get("a.xlsx", None).await.unwrap_err()).contains("503 Service Unavailable"));
    let seen = server.seen("GET");
    let text = words(&second.get("a.xlsx", None).await.unwrap_err());
    assert!(text.contains("to be left alone for") && text.contains("tried again by itself"), "{text}");
    assert!(started.elapsed() < Duration::from_secs(2) && server.seen("GET") == seen);
}

#[tokio::test]
async fn ten_thousand_names_are_listed_page_by_page() {
    let server = GraphStandIn::start().await;
    for number in 0..10_000 {
        server.lay(&format!("KPI & more/KPI {number:05}.xlsx"), b"x");
    }
    let storage = open(&settings(&server));
    let listed = storage.list("KPI & more").await.unwrap().unwrap();
    assert_eq!((listed.len(), server.seen("/children")), (10_000, 11));
    let newest = Some(boardpack::domain::layout::Newest::Name);
    let got = storage.newest("KPI*/kpi 0*.xlsx", None, newest).await.unwrap();
    assert!(matches!(&got, Got::Found(file) if file.name == "KPI & more/KPI 09999.xlsx"), "{got:?}");
}

#[tokio::test]
async fn a_next_page_elsewhere_is_not_asked_for() {
    let server = with_workbook().await;
    let page = r#"{"value": [], "@odata.nextLink": "https://elsewhere.example/v1.0/next"}"#;
    server.fault("/children", Fault::Other(200, page), 1);
    let text = words(&open(&settings(&server)).list("").await.unwrap_err());
    assert!(text.contains("failed to list") && text.contains("on another host"), "{text}");
}

/// Where logs go in a test.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn nothing_that_signs_in_is_logged() {
    let log = Log::default();
    let writer = log.clone();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || writer.clone());
    let _guard = tracing::subscriber::set_default(subscriber.finish());
    let server = with_workbook().await;
    for (on, fault) in [
        ("/download/", Fault::Cut(3)),
        ("/content", Fault::Status(429, "activityLimitReached", Some(1))),
        ("/token", Fault::Silent),
        ("PUT /upload/", Fault::Silent),
        ("DELETE /upload/", Fault::Silent),
        ("PUT /upload/", Fault::Status(507, "quotaLimitReached", None)),
    ] {
        server.fault(on, fault, 1);
    }
    let settings = settings(&server);
    let storage = open(&settings);
    assert_eq!(bytes(storage.get("a.xlsx", None).await), b"workbook");
    words(&storage.put("b.xlsx", b"b", PutMode::Create).await.unwrap_err());
    let log = String::from_utf8(log.0.lock().unwrap().clone()).unwrap();
    let all = format!("{log} {settings:?} {storage:?} {}", settings.shown(&|path| path.to_owned()));
    assert!(log.contains("trying again") && log.contains("asks to be left alone"), "{log}");
    for planted in ["s3cret", "t0ken", "tempauth"] {
        let line = all.lines().find(|line| line.contains(planted));
        assert_eq!(line, None, "{planted}");
    }
}

#[test]
fn every_cloud_has_its_own_servers() {
    for (cloud, login, graph) in [
        ("global", "login.microsoftonline.com", "graph.microsoft.com"),
        ("us-government", "login.microsoftonline.us", "graph.microsoft.us"),
        ("us-dod", "login.microsoftonline.us", "dod-graph.microsoft.us"),
        ("china", "login.chinacloudapi.cn", "microsoftgraph.chinacloudapi.cn"),
    ] {
        let cloud: GraphCloud = serde_json::from_value(cloud.into()).unwrap();
        assert_eq!(cloud.servers(), (&*format!("https://{login}"), &*format!("https://{graph}/v1.0")));
    }
}

#[test]
fn a_declaration_that_does_not_hold_together_says_where() {
    let whole = "tenant = \"council.onmicrosoft.com\"\nclient_id = \"app\"\nsite = \"council.sharepoint.com:/sites/P\"\n\
                 client_secret = { file = \"secret\" }\n";
    let without = |key: &str| whole.lines().filter(|line| !line.starts_with(key)).collect::<Vec<_>>().join("\n");
    for (text, expected) in [
        (whole.to_owned(), ""),
        (format!("{}\nmanaged_identity = true", without("client_secret")), ""),
        ("site = \"council.sharepoint.com\"\nmanaged_identity = true".to_owned(), ""),
        (format!("{whole}cloud = \"us-dod\"\nclient_secret_ends = \"2027-03-01\""), ""),
        (without("tenant"), "tenant is missing"),
        (without("client_id"), "client_id is missing"),
        (without("site"), "site is missing"),
        (without("client_secret"), "certificate is missing"),
        (format!("{whole}user = \"officer@council.example\""), "user stands beside `site`"),
        (format!("{whole}managed_identity = true"), "certificate stands beside another"),
        (format!("{}\ncertificate = \"app.pem\"", without("client_secret")), "certificate is no PEM"),
        (format!("{whole}identity_header = \"a\""), "identity_endpoint stands without"),
        (format!("{}\nuser = \"a@b\"\ndrive = \"c\"", without("site")), "drive is of a site"),
        (whole.replace("council.onmicrosoft.com", "a/b"), "tenant found"),
        (format!("{whole}folder = \"../other\""), "folder a path may not leave"),
        (format!("{whole}cloud = \"mars\""), "cloud "),
        (format!("{whole}client_secret_ends = \"soon\""), "client_secret_ends found"),
        (format!("{whole}graph_url = \"https://elsewhere.example\""), "graph_url is no address of this machine"),
    ] {
        let file = ("boardpack.toml".to_owned(), format!("[storage.s]\nkind = \"sharepoint\"\n{text}\n"));
        let faults = Loaded::resolve(Path::new("."), &Files::from_texts([file]), &[], KINDS).unwrap_err().0;
        let found: Vec<String> = faults
            .iter()
            .filter_map(|fault| Some(format!("{} {}", fault.key.strip_prefix("storage.s.")?, fault.message)))
            .collect();
        let is_as_expected = match expected {
            "" => found.is_empty(),
            expected => matches!(found.as_slice(), [one] if one.starts_with(expected)),
        };
        assert!(is_as_expected, "{text}: {found:?}");
    }
}

#[tokio::test]
async fn what_ends_is_known_before_it_does() {
    let server = GraphStandIn::start().await;
    let day = "2027-03-01".parse().unwrap();
    let ends = async |settings: &SharePointSettings| -> Vec<String> {
        let ends = settings.ends(&root().join("tests/data/sharepoint")).await;
        ends.iter().map(|end| format!("{} {}", end.at.date_naive(), end.what)).collect()
    };
    let plain = settings(&server);
    assert_eq!(ends(&plain).await, [""; 0]);
    let with_day = SharePointSettings { client_secret_ends: Some(day), ..plain.clone() };
    assert_eq!(ends(&with_day).await, ["2027-03-01 the client secret"]);
    let pem = Secret::File(root().join("tests/data/sharepoint/certificate.pem"));
    let proof = SharePointProof::Client(ClientProof::Certificate(pem));
    let certificate = SharePointSettings { proof, ca_file: Some("certificate.pem".into()), ..plain };
    assert_eq!(
        ends(&certificate).await,
        ["2126-11-06 the certificate that signs in", "2126-11-06 the certificate in certificate.pem"]
    );
}
