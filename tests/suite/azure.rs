//! Azure Blob Storage on Azurite, Microsoft's own server for tests.

#![cfg(target_os = "linux")]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use boardpack::storage::{FetchLimits, Got, PutMode, Storage, StorageError, StorageSettings};
use futures_util::StreamExt as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use object_store::azure::{AzureAccessKey, AzureAuthorizer, AzureCredential};
use object_store::client::{HttpRequest, HttpRequestBody, HttpService as _};
use wiremock::matchers::{body_string_contains, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::declared::{declared, faults, opened, words};
use crate::faulty::{Fault, way};
use crate::file_server::{FileServer, are_wanted};
use crate::storage::{LIMITS, contract, contract_of_writes, files};

/// A key of an account, which is base64.
const KEY: &str = "s3crets3crets3crets3crets3crets3";

/// Azurite with an account "council" and a container "kpi"; none where it is not installed.
pub(crate) async fn azurite() -> Option<FileServer> {
    let folder = std::env::var("BOARDPACK_AZURITE").ok().filter(|_| are_wanted());
    let Some(folder) = folder else {
        eprintln!("left to tests/run: Azurite");
        return None;
    };
    let server = FileServer::start("env", |dir, port| {
        let program = format!("{folder}/node_modules/.bin/azurite-blob");
        let mut words = vec![format!("AZURITE_ACCOUNTS=council:{KEY}"), program];
        words.extend(["--silent", "--disableTelemetry", "--skipApiVersionCheck", "--blobPort"].map(Into::into));
        words.extend([port.to_string(), "--location".to_owned(), dir.join("root").display().to_string()]);
        words
    });
    // The container itself is whoever runs the account's to make.
    let credential = AzureCredential::AccessKey(AzureAccessKey::try_new(KEY).unwrap());
    let mut request = HttpRequest::new(HttpRequestBody::empty());
    *request.method_mut() = reqwest::Method::PUT;
    *request.uri_mut() = format!("http://127.0.0.1:{}/council/kpi?restype=container", server.port).parse().unwrap();
    request.headers_mut().insert("content-length", "0".parse().unwrap());
    AzureAuthorizer::new(&credential, "council").try_authorize(&mut request).unwrap();
    let _ = tokio_rustls::rustls::crypto::ring::default_provider().install_default();
    let made = reqwest::Client::new().call(request).await.unwrap();
    assert_eq!(made.status(), 201);
    Some(server)
}

/// The lines of a container on a port of the loopback.
pub(crate) fn lines(port: u16, more: &str) -> String {
    format!(
        "kind = \"azure\"\naccount = \"council\"\ncontainer = \"kpi\"\nendpoint = \"http://127.0.0.1:{port}/council\"\n{more}"
    )
}

pub(crate) fn with_key(port: u16, more: &str) -> String {
    lines(port, &format!("access_key = \"{KEY}\"\n{more}"))
}

async fn lay(storage: &Storage) {
    for (name, bytes) in files() {
        storage.put(name, &bytes, PutMode::Create).await.unwrap();
    }
}

/// A signature for the container, as the portal makes one.
fn sas(permissions: &str, end: &str) -> String {
    let version = "2020-12-06";
    let fields =
        [permissions, "", end, "/blob/council/kpi", "", "", "", version, "c", "", "", "", "", "", "", ""].join("\n");
    let key = STANDARD.decode(KEY).unwrap();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&key).unwrap();
    mac.update(fields.as_bytes());
    let signature = STANDARD.encode(mac.finalize().into_bytes());
    let signature = signature.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D");
    format!("sv={version}&sr=c&sp={permissions}&se={}&sig={signature}", end.replace(':', "%3A"))
}

#[tokio::test]
async fn a_container_keeps_the_contract() {
    let Some(server) = azurite().await else { return };
    for more in ["", "folder = \"Größe & 100%/kpi\""] {
        let storage = opened(&with_key(server.port, more), LIMITS);
        lay(&storage).await;
        contract("azure", &storage).await;
        contract_of_writes("azure", &storage).await;
        assert_eq!(storage.weakness(), None);
        let etag = match storage.get("a.xlsx", None).await.unwrap() {
            Got::Found(file) => file.etag.unwrap(),
            other => panic!("{other:?}"),
        };
        let listed = storage.list("").await.unwrap().unwrap();
        let listed = listed.iter().find(|entry| entry.name == "a.xlsx").unwrap();
        assert_eq!(listed.etag.as_deref(), Some(etag.as_str()), "a list has the file's own etag");
    }
}

#[tokio::test]
async fn a_signature_signs_in_says_when_it_ends_and_what_it_lacks() {
    let Some(server) = azurite().await else { return };
    let end = "2099-01-31T12:30:00Z";
    let signed = |permissions: &str, end: &str| lines(server.port, &format!("sas = \"?{}\"", sas(permissions, end)));
    let storage = opened(&signed("rcwdl", end), LIMITS);
    lay(&storage).await;
    contract("azure", &storage).await;
    contract_of_writes("azure", &storage).await;
    let dir = tempfile::tempdir().unwrap();
    let config = declared(dir.path(), &signed("rl", end));
    let settings = config.service.storages["store"].settings::<StorageSettings>().unwrap();
    let ends = settings.ends(dir.path()).await;
    assert_eq!(ends[0].at.to_rfc3339(), "2099-01-31T12:30:00+00:00");
    let reader = opened(&signed("r", end), LIMITS);
    assert!(matches!(reader.get("a.xlsx", None).await.unwrap(), Got::Found(_)));
    let ended = opened(&signed("rl", "2020-01-01T00:00:00Z"), LIMITS);
    for (error, said, hint) in [
        (reader.list("").await.unwrap_err(), "403", "l (list)"),
        (reader.put("b", b"b", PutMode::Create).await.unwrap_err(), "403", "c and w"),
        (reader.remove("a.xlsx").await.unwrap_err(), "403", "d (delete)"),
        (ended.get("a.xlsx", None).await.unwrap_err(), "AuthorizationFailure", "has the signature ended"),
        (ended.head("a.xlsx").await.unwrap_err(), "AuthorizationFailure", "has the signature ended"),
    ] {
        let text = words(&error);
        assert!(matches!(error, StorageError::Denied { .. }), "{text}");
        assert!(text.contains(said) && text.contains(hint) && !text.contains("sig="), "{text}");
    }
    // A container that is not there is no missing file.
    let storage = opened(&with_key(server.port, "").replace("\"kpi\"", "\"other\""), LIMITS);
    let error = storage.get("a.xlsx", None).await.unwrap_err();
    assert!(matches!(error, StorageError::Absent { .. }), "{}", words(&error));
}

#[tokio::test]
async fn thousands_of_names_of_a_container_come_in_pages() {
    let Some(server) = azurite().await else { return };
    let storage = opened(&with_key(server.port, ""), LIMITS);
    let put = async |number: u32| {
        storage.put(&format!("many/file {number:05}+.xlsx"), b"x", PutMode::Replace).await.unwrap();
    };
    futures_util::stream::iter(0..6_000).map(put).buffer_unordered(16).collect::<Vec<()>>().await;
    let entries = storage.list("many").await.unwrap().unwrap();
    assert_eq!(entries.len(), 6_000);
    assert!(entries.iter().any(|entry| entry.name == "many/file 05999+.xlsx" && entry.size == Some(1)));
    assert!(storage.head("many").await.unwrap().unwrap().is_folder);
}

#[tokio::test]
async fn an_answer_of_a_container_that_breaks_off_is_asked_for_again() {
    let Some(server) = azurite().await else { return };
    let limits = FetchLimits { max_bytes: 2_000_000 };
    let bytes = vec![b'7'; 1_000_000];
    opened(&with_key(server.port, ""), limits).put("large.xlsx", &bytes, PutMode::Create).await.unwrap();
    for fault in [Fault::Cut(0), Fault::Cut(500_000), Fault::Silent(0), Fault::Silent(500_000)] {
        let (port, _) = way(server.port, fault, 1);
        let storage = opened(&with_key(port, "timeout_seconds = 1\nretries = 1"), limits);
        let got = storage.get("large.xlsx", None).await.unwrap();
        assert!(matches!(&got, Got::Found(file) if file.bytes().unwrap() == bytes), "{fault:?}");
        let (port, _) = way(server.port, fault, usize::MAX);
        let storage = opened(&with_key(port, "timeout_seconds = 1\nretries = 1"), limits);
        let text = words(&storage.get("large.xlsx", None).await.unwrap_err());
        assert!(text.contains("/council/kpi/large.xlsx"), "{fault:?}: {text}");
    }
}

/// The lines of an application that signs in at a server.
fn application(server: &MockServer) -> String {
    lines(
        server.address().port(),
        &format!(
            "tenant = \"council\"\nclient_id = \"me\"\nclient_secret = \"s3cret\"\nauthority = \"{}\"\nretries = 0",
            server.uri()
        ),
    )
}

#[tokio::test]
async fn an_application_signs_in_for_a_token() {
    let server = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/council/oauth2/v2.0/token"))
        .and(body_string_contains("client_secret=s3cret"))
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_string(r#"{"access_token":"given","expires_in":3600,"token_type":"Bearer"}"#),
        )
        .expect(1)
        .mount(&server)
        .await;
    Mock::given(method("GET"))
        .and(path("/council/kpi/a.xlsx"))
        .and(header("authorization", "Bearer given"))
        .respond_with(
            ResponseTemplate::new(200)
                .set_body_string("a")
                .insert_header("ETag", "\"1\"")
                .insert_header("Last-Modified", "Wed, 21 Oct 2026 07:28:00 GMT"),
        )
        .expect(2)
        .mount(&server)
        .await;
    // Of a folder of Data Lake there are no bytes, whatever is said of them.
    Mock::given(method("GET"))
        .and(path("/council/kpi/folder"))
        .respond_with(
            ResponseTemplate::new(200)
                .insert_header("ETag", "\"1\"")
                .insert_header("Last-Modified", "Wed, 21 Oct 2026 07:28:00 GMT")
                .insert_header("x-ms-meta-hdi_isfolder", "true"),
        )
        .mount(&server)
        .await;
    let storage = opened(&application(&server), LIMITS);
    for _ in 0..2 {
        assert!(matches!(storage.get("a.xlsx", None).await.unwrap(), Got::Found(_)));
    }
    let listed = "<EnumerationResults><Blobs/><NextMarker/></EnumerationResults>";
    Mock::given(path("/council/kpi"))
        .respond_with(ResponseTemplate::new(200).set_body_string(listed))
        .mount(&server)
        .await;
    assert!(matches!(storage.get("folder", None).await.unwrap(), Got::Missing { .. }));
}

#[tokio::test]
async fn an_application_that_may_not_sign_in_is_told_of_without_its_secret() {
    let (files, server) = (MockServer::start().await, MockServer::start().await);
    let refusal = r#"{"error":"invalid_client","error_description":"AADSTS7000222: The provided client secret keys are expired.\r\nTrace ID: 1"}"#;
    for status in [400, 401] {
        let answer = ResponseTemplate::new(status).set_body_string(refusal);
        let mock = Mock::given(method("POST")).respond_with(answer).expect(1).mount_as_scoped(&server).await;
        let line = application(&server).replace(
            &format!(":{}/council\"", server.address().port()),
            &format!(":{}/council\"", files.address().port()),
        );
        let error = opened(&line, LIMITS).get("a.xlsx", None).await.unwrap_err();
        let text = words(&error);
        assert!(matches!(error, StorageError::Denied { .. }), "{text}");
        assert!(text.starts_with("failed to sign in to http://127.0.0.1"), "{text}");
        assert!(text.contains("AADSTS7000222") && text.contains("has the secret not ended"), "{text}");
        drop(mock);
    }
}

#[test]
fn the_settings_of_a_container_are_judged() {
    for (more, expected) in [
        ("", "sas: is missing"),
        ("sas = \"s3cret\"\naccess_key = \"s3cret\"", "several ways to sign in"),
        ("tenant = \"t\"\nclient_secret = \"s3cret\"", "client_secret: is not whole"),
        ("tenant = \"t/../s3cret\"\nclient_id = \"c\"\nclient_secret = \"s3cret\"", "client_secret: is not whole"),
        ("sas = \"s3cret\"\nfolder = \"..\"", "folder: a path may not"),
    ] {
        let text = faults(&lines(1, more));
        assert!(text.contains(expected) && !text.contains("s3cret"), "{more}: {text}");
    }
}
