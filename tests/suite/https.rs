//! Web servers, real ones on loopback: what they answer, how they fail, and
//! whom they may claim to be.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use boardpack::domain::secret::{Secret, SecretText};
use boardpack::storage::http::SignIn;
use boardpack::storage::retry::RetryRules;
use boardpack::storage::{FetchLimits, Got, HttpSettings, HttpsSettings, OpenStorage as _, Storage, StorageError};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto::ring};
use wiremock::matchers::{header, header_exists, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::storage::{LIMITS, contract, files};

const LIMIT: u64 = 1_000_000;

fn open(
    url: &str,
    timeout_seconds: u64,
    retries: u32,
    ca_file: Option<&str>,
    dir: &Path,
) -> Result<Storage, StorageError> {
    let mut settings = HttpSettings::new(url).unwrap();
    settings.retry = RetryRules { retries, timeout: Duration::from_secs(timeout_seconds) };
    settings.ca_file = ca_file.map(Into::into);
    HttpsSettings(settings).open(dir, FetchLimits { max_bytes: LIMIT })
}

fn web(url: &str, timeout_seconds: u64, retries: u32) -> Storage {
    open(url, timeout_seconds, retries, None, Path::new("")).unwrap()
}

/// An error with its causes, as a person would see it.
fn words(error: &StorageError) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        text = format!("{text}: {inner}");
        cause = inner.source();
    }
    text
}

#[track_caller]
pub(crate) fn bytes(got: Result<Got, StorageError>) -> Vec<u8> {
    match got {
        Ok(Got::Found(file)) => file.bytes().unwrap(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_web_server_keeps_the_contract_with_etags_and_without() {
    for etags in [true, false] {
        let server = MockServer::start().await;
        for (index, (name, bytes)) in files().into_iter().enumerate() {
            let mut url = reqwest::Url::parse("http://a.example/kpi").unwrap();
            url.path_segments_mut().unwrap().extend(name.split('/'));
            let mut whole = ResponseTemplate::new(200).set_body_bytes(bytes);
            if etags {
                let etag = format!("\"v{index}\"");
                whole = whole.insert_header("ETag", etag.as_str());
                Mock::given(path(url.path()))
                    .and(header("If-None-Match", etag.as_str()))
                    .respond_with(ResponseTemplate::new(304))
                    .with_priority(1)
                    .mount(&server)
                    .await;
            }
            Mock::given(path(url.path())).respond_with(whole).mount(&server).await;
        }
        let url = server.uri().replace("http://", "http://me:s3cret@") + "/kpi/?sig=s3cret";
        let settings = HttpsSettings(HttpSettings::new(&url).unwrap());
        contract("https", &settings.open(Path::new(""), LIMITS).unwrap()).await;
        assert!(!format!("{settings:?}").contains("s3cret"));
    }
}

#[tokio::test]
async fn an_etag_saves_the_second_download() {
    let server = MockServer::start().await;
    let whole = ResponseTemplate::new(200)
        .set_body_bytes(b"workbook")
        .insert_header("ETag", "\"v1\"")
        .insert_header("Last-Modified", "Wed, 21 Oct 2026 07:28:00 GMT");
    Mock::given(method("GET"))
        .and(path("/kpi/2026-10/a%20b.xlsx"))
        .and(header("If-None-Match", "\"v1\""))
        .respond_with(ResponseTemplate::new(304))
        .with_priority(1)
        .expect(1)
        .mount(&server)
        .await;
    let agent = format!("boardpack/{}", env!("CARGO_PKG_VERSION"));
    Mock::given(method("GET"))
        .and(path("/kpi/2026-10/a%20b.xlsx"))
        .and(header("User-Agent", agent.as_str()))
        .respond_with(whole)
        .expect(1)
        .mount(&server)
        .await;
    let storage = web(&format!("{}/kpi", server.uri()), 5, 0);
    let Got::Found(file) = storage.get("2026-10/a b.xlsx", None).await.unwrap() else { panic!() };
    assert_eq!((file.bytes().unwrap().as_slice(), file.etag.as_deref()), (b"workbook".as_slice(), Some("\"v1\"")));
    assert_eq!(file.modified.unwrap().to_rfc3339(), "2026-10-21T07:28:00+00:00");
    assert_eq!(storage.get("2026-10/a b.xlsx", file.etag.as_deref()).await.unwrap(), Got::Unchanged);
}

#[tokio::test]
async fn a_status_that_will_not_pass_is_asked_once() {
    let server = MockServer::start().await;
    for (name, status) in [("/gone", 404), ("/secret", 403), ("/closed", 401), ("/teapot", 418)] {
        Mock::given(path(name)).respond_with(ResponseTemplate::new(status)).expect(1).mount(&server).await;
    }
    let storage = web(&server.uri(), 5, 3);
    assert_eq!(storage.get("gone", None).await.unwrap(), Got::Missing { near: vec![] });
    for name in ["secret", "closed"] {
        let error = storage.get(name, None).await.unwrap_err();
        assert!(matches!(error, StorageError::Denied { .. }) && error.to_string().contains("hint"), "{error}");
    }
    assert!(
        matches!(storage.get("teapot", None).await, Err(StorageError::Refused { said, .. }) if said.starts_with("418"))
    );
}

#[tokio::test]
async fn a_busy_server_is_left_alone_for_as_long_as_it_asks() {
    let server = MockServer::start().await;
    let busy = |seconds: &str| ResponseTemplate::new(503).insert_header("Retry-After", seconds);
    Mock::given(path("/a")).respond_with(busy("2")).up_to_n_times(1).expect(1).mount(&server).await;
    Mock::given(path("/a"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(b"a"))
        .expect(1)
        .mount(&server)
        .await;
    // Longer than an attempt may take: asked once and given up.
    Mock::given(path("/b")).respond_with(busy("3600")).expect(1).mount(&server).await;
    let storage = web(&server.uri(), 5, 2);
    let started = Instant::now();
    assert_eq!(bytes(storage.get("a", None).await), b"a");
    assert!(started.elapsed() >= Duration::from_secs(2));
    let started = Instant::now();
    assert!(matches!(storage.get("b", None).await, Err(StorageError::Refused { said, .. }) if said.starts_with("503")));
    assert!(started.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_fault_of_the_server_is_retried_so_often_and_no_more() {
    let server = MockServer::start().await;
    Mock::given(path("/a")).respond_with(ResponseTemplate::new(500)).expect(2).mount(&server).await;
    let storage = web(&server.uri(), 5, 1);
    assert!(matches!(storage.get("a", None).await, Err(StorageError::Refused { said, .. }) if said.starts_with("500")));
}

#[tokio::test]
async fn an_attempt_has_its_deadline() {
    let server = MockServer::start().await;
    let slow = ResponseTemplate::new(200).set_delay(Duration::from_secs(20));
    Mock::given(path("/a")).respond_with(slow).mount(&server).await;
    let started = Instant::now();
    let error = web(&server.uri(), 1, 0).get("a", None).await.unwrap_err();
    assert!(started.elapsed() < Duration::from_secs(10));
    assert!(error.to_string().contains("timeout_seconds"), "{error}");
}

#[tokio::test]
async fn a_server_that_is_not_there_is_named_without_its_secrets() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    let storage = web(&format!("http://me:s3cret@127.0.0.1:{port}/kpi/?sig=s3cret"), 2, 0);
    let error = storage.get("a.xlsx", None).await.unwrap_err();
    let text = words(&error);
    assert!(
        text.contains(&format!("http://127.0.0.1:{port}/kpi/a.xlsx")) && text.contains("is the server up"),
        "{text}"
    );
    assert!(!text.contains("s3cret") && !format!("{error:?}").contains("s3cret"), "{error:?}");
}

#[tokio::test]
async fn userinfo_signs_in_and_a_query_goes_along() {
    let server = MockServer::start().await;
    Mock::given(path("/a"))
        .and(header("Authorization", "Basic bWU6czNjcmV0"))
        .and(wiremock::matchers::query_param("sig", "s"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(b"a"))
        .mount(&server)
        .await;
    let url = server.uri().replace("http://", "http://me:s3cret@") + "/?sig=s";
    assert_eq!(bytes(web(&url, 5, 0).get("a", None).await), b"a");
}

#[tokio::test]
async fn a_redirect_stays_on_its_host() {
    let server = MockServer::start().await;
    let port = server.address().port();
    let to = |url: String| ResponseTemplate::new(302).insert_header("Location", url);
    Mock::given(path("/near")).respond_with(to("/a".into())).mount(&server).await;
    Mock::given(path("/far"))
        .respond_with(to(format!("http://localhost:{port}/a?token=s3cret")))
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(path("/round")).respond_with(to("/round".into())).mount(&server).await;
    Mock::given(path("/a"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(b"a"))
        .expect(1)
        .mount(&server)
        .await;
    let storage = web(&server.uri(), 5, 3);
    assert_eq!(bytes(storage.get("near", None).await), b"a");
    let text = words(&storage.get("far", None).await.unwrap_err());
    assert!(text.contains("another host, localhost") && text.contains("sign-in") && !text.contains("s3cret"), "{text}");
    let text = words(&storage.get("round", None).await.unwrap_err());
    assert!(text.contains("more than 5 redirects"), "{text}");
}

/// Reads a request's head and gives its path.
async fn request(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    String::from_utf8(head).ok()?.split(' ').nth(1).map(str::to_owned)
}

/// A server that writes bytes as they are, whatever HTTP thinks of them; the
/// answer to the first request, the second, and the last to all others.
async fn raw(answers: Vec<Vec<u8>>) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            if request(&mut stream).await.is_none() {
                continue;
            }
            let index = count.fetch_add(1, Ordering::SeqCst).min(answers.len() - 1);
            let _ = stream.write_all(&answers[index]).await;
            let _ = stream.shutdown().await;
        }
    });
    (url, asked)
}

fn announced(length: usize, body: &[u8]) -> Vec<u8> {
    [format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n").as_bytes(), body].concat()
}

fn chunked(body: &[u8], end: &[u8]) -> Vec<u8> {
    let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    let mut bytes = head.as_bytes().to_owned();
    for chunk in body.chunks(10_000) {
        bytes.extend_from_slice(format!("{:x}\r\n", chunk.len()).as_bytes());
        bytes.extend_from_slice(chunk);
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.extend_from_slice(end);
    bytes
}

#[tokio::test]
async fn the_limit_holds_whether_or_not_a_size_is_announced() {
    let limit = usize::try_from(LIMIT).unwrap();
    for (answer, whole) in [
        (announced(limit, &vec![7; limit]), true),
        (announced(limit + 1, b""), false),
        (chunked(&vec![7; limit], b"0\r\n\r\n"), true),
        // It never ends: given up as soon as the limit is passed.
        (chunked(&vec![7; limit + 10_000], b""), false),
    ] {
        let (url, asked) = raw(vec![answer]).await;
        match web(&url, 10, 3).get("a", None).await.unwrap() {
            Got::Found(file) => assert!(whole && file.bytes().unwrap().len() == limit),
            Got::TooLarge { bytes, limit, .. } => assert!(!whole && bytes > limit && limit == LIMIT),
            other => panic!("{other:?}"),
        }
        assert_eq!(asked.load(Ordering::SeqCst), 1);
    }
}

#[tokio::test]
async fn an_answer_cut_off_is_asked_for_again_and_never_taken() {
    let (url, asked) = raw(vec![announced(8, b"work"), chunked(b"work", b""), announced(8, b"workbook")]).await;
    assert_eq!(bytes(web(&url, 5, 2).get("a", None).await), b"workbook");
    assert_eq!(asked.load(Ordering::SeqCst), 3);
    let (url, _) = raw(vec![announced(8, b"work")]).await;
    let error = web(&url, 5, 0).get("a", None).await.unwrap_err();
    assert!(matches!(error, StorageError::Truncated { got: 4, expected: 8, .. }), "{error:?}");
    let (url, _) = raw(vec![chunked(b"work", b"")]).await;
    assert!(matches!(web(&url, 5, 0).get("a", None).await, Err(StorageError::Exchange { .. })));
}

use crate::support::LocalCertificate;

/// A TLS server whose authority this machine does not know.
struct Tls {
    url: String,
    dir: tempfile::TempDir,
}

impl Tls {
    async fn start() -> Self {
        let LocalCertificate { ca, leaf, key } = LocalCertificate::new();
        let secret = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![leaf.der().clone()], secret)
            .unwrap();
        let acceptor = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let acceptor = acceptor.clone();
                tokio::spawn(async move {
                    if let Ok(stream) = acceptor.accept(stream).await {
                        answer(stream, port).await;
                    }
                });
            }
        });
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("ca.pem"), ca.pem()).unwrap();
        Self { url: format!("https://localhost:{port}/"), dir }
    }
}

async fn answer(mut stream: impl AsyncRead + AsyncWrite + Unpin, port: u16) {
    let moved = |to: String| {
        format!("HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n").into_bytes()
    };
    let answer = match request(&mut stream).await.as_deref() {
        Some("/down") => moved(format!("http://localhost:{port}/a")),
        Some("/stay") => moved(format!("https://localhost:{port}/a")),
        Some(_) => announced(8, b"workbook"),
        None => return,
    };
    let _ = stream.write_all(&answer).await;
    let _ = stream.shutdown().await;
}

#[tokio::test]
async fn the_councils_own_authority_is_trusted_where_it_is_named() {
    let tls = Tls::start().await;
    let trusting = open(&tls.url, 5, 0, Some("ca.pem"), tls.dir.path()).unwrap();
    assert_eq!(bytes(trusting.get("a", None).await), b"workbook");
    assert_eq!(bytes(trusting.get("stay", None).await), b"workbook");
}

#[tokio::test]
async fn an_unknown_authority_is_refused_at_once_and_the_hint_says_ca_file() {
    let tls = Tls::start().await;
    let started = Instant::now();
    let error = open(&tls.url, 30, 9, None, tls.dir.path()).unwrap().get("a", None).await.unwrap_err();
    let text = words(&error);
    assert!(text.contains("ca_file") && text.contains("certificate"), "{text}");
    assert!(started.elapsed() < Duration::from_secs(20), "a certificate does not mend itself");
}

#[tokio::test]
async fn a_name_that_the_certificate_does_not_hold_is_refused() {
    let tls = Tls::start().await;
    let other = tls.url.replace("localhost", "127.0.0.1");
    let error = open(&other, 5, 0, Some("ca.pem"), tls.dir.path()).unwrap().get("a", None).await.unwrap_err();
    assert!(words(&error).contains("certificate"), "{}", words(&error));
}

#[tokio::test]
async fn a_redirect_out_of_tls_is_refused() {
    let tls = Tls::start().await;
    let storage = open(&tls.url, 5, 3, Some("ca.pem"), tls.dir.path()).unwrap();
    let text = words(&storage.get("down", None).await.unwrap_err());
    assert!(text.contains("from https to http"), "{text}");
}

#[tokio::test]
async fn no_etag_is_sent_for_a_file_that_is_not_at_hand() {
    let server = MockServer::start().await;
    Mock::given(header_exists("If-None-Match"))
        .respond_with(ResponseTemplate::new(304))
        .with_priority(1)
        .expect(0)
        .mount(&server)
        .await;
    Mock::given(path("/weak"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(b"a").insert_header("ETag", "W/\"v1\""))
        .mount(&server)
        .await;
    // A server that answers "unchanged" to nobody's question gives no file.
    Mock::given(path("/odd")).respond_with(ResponseTemplate::new(304)).mount(&server).await;
    let storage = web(&server.uri(), 5, 0);
    let Got::Found(file) = storage.get("weak", None).await.unwrap() else { panic!() };
    assert_eq!(file.etag, None);
    assert!(
        matches!(storage.get("odd", None).await, Err(StorageError::Refused { said, .. }) if said.starts_with("304"))
    );
}

#[test]
fn a_ca_file_that_is_none_is_an_error_at_once() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("ca.pem"), "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n").unwrap();
    for file in ["ca.pem", "missing.pem"] {
        let error = open("https://localhost/", 1, 0, Some(file), dir.path()).unwrap_err();
        let expected: PathBuf = dir.path().join(file);
        assert!(error.to_string().contains(expected.to_str().unwrap()), "{error}");
    }
}

#[tokio::test]
async fn the_service_signs_in_as_the_config_says() {
    let secret = |text: &str| Secret::Given(SecretText::new(text));
    for (sign_in, name, value) in [
        (SignIn::Basic { user: "me".into(), password: secret("s3cret") }, "Authorization", "Basic bWU6czNjcmV0"),
        (SignIn::Bearer(secret("t0ken")), "Authorization", "Bearer t0ken"),
        (SignIn::Header { name: "X-Api-Key".into(), value: secret("k3y") }, "X-Api-Key", "k3y"),
        (SignIn::Bearer(Secret::Command(vec!["echo".into(), "t0ken".into()])), "Authorization", "Bearer t0ken"),
    ] {
        let server = MockServer::start().await;
        let whole = ResponseTemplate::new(200).set_body_bytes(b"a");
        Mock::given(path("/a")).and(header(name, value)).respond_with(whole).mount(&server).await;
        Mock::given(path("/a")).respond_with(ResponseTemplate::new(401)).with_priority(9).mount(&server).await;
        let mut settings = HttpSettings::new(&server.uri()).unwrap();
        let open = |settings: &HttpSettings| {
            HttpsSettings(settings.clone()).open(Path::new(""), FetchLimits { max_bytes: LIMIT }).unwrap()
        };
        let text = words(&open(&settings).get("a", None).await.unwrap_err());
        assert!(text.contains("401 Unauthorized") && text.contains("the right sign-in"), "{text}");
        settings.sign_in = sign_in;
        let storage = open(&settings);
        assert_eq!(bytes(storage.get("a", None).await), b"a");
        let shown =
            format!("{storage:?} {settings:?} {}", HttpsSettings(settings.clone()).shown(&|path| path.to_owned()));
        assert!(!["s3cret", "t0ken", "k3y"].iter().any(|secret| shown.contains(secret)), "{shown}");
    }
    // What cannot be had, and what cannot be sent, is said without it.
    for (secret, why) in [
        (Secret::File("/nowhere/s3cret".into()), "failed to read the secret in /nowhere"),
        (secret("s3\u{7f}cret"), "holds a sign that cannot be sent"),
    ] {
        let mut settings = HttpSettings::new("http://127.0.0.1:1/").unwrap();
        settings.sign_in = SignIn::Bearer(secret);
        let storage = HttpsSettings(settings).open(Path::new(""), FetchLimits { max_bytes: LIMIT }).unwrap();
        let text = words(&storage.get("a", None).await.unwrap_err());
        assert!(text.starts_with("failed to sign in to http://127.0.0.1:1/") && text.contains(why), "{text}");
    }
}

#[tokio::test]
async fn a_proxy_leads_there_and_what_is_packed_unasked_is_refused() {
    let proxy = MockServer::start().await;
    let whole = ResponseTemplate::new(200).set_body_bytes(b"by the proxy");
    Mock::given(path("/a")).respond_with(whole).expect(1).mount(&proxy).await;
    let mut settings = HttpSettings::new("http://127.0.0.1:1/").unwrap();
    settings.proxy = Some(proxy.uri());
    let storage = HttpsSettings(settings).open(Path::new(""), FetchLimits { max_bytes: LIMIT }).unwrap();
    assert_eq!(bytes(storage.get("a", None).await), b"by the proxy");

    let server = MockServer::start().await;
    let packed = ResponseTemplate::new(200).set_body_bytes(b"\x1f\x8b").insert_header("Content-Encoding", "gzip");
    Mock::given(path("/a")).respond_with(packed).expect(1).mount(&server).await;
    let text = words(&web(&server.uri(), 5, 2).get("a", None).await.unwrap_err());
    assert!(text.contains("packed as gzip, which was not asked for") && text.contains("gzip off"), "{text}");
}

#[tokio::test]
async fn an_answer_that_drips_for_ever_has_its_deadline() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            tokio::spawn(async move {
                let _ = request(&mut stream).await;
                let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n").await;
                while stream.write_all(b"x").await.is_ok() {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
            });
        }
    });
    let started = Instant::now();
    let text = words(&web(&url, 1, 1).get("a", None).await.unwrap_err());
    assert!(started.elapsed() < Duration::from_secs(10));
    assert!(text.contains("failed to fetch") && text.contains("`timeout_seconds` long enough"), "{text}");
}
