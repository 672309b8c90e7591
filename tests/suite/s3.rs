//! S3 on a real server of its protocol (moto), and what it says when it says no.

#![cfg(target_os = "linux")]

use std::time::{Duration, Instant};

use boardpack::storage::{FetchLimits, Got, PutAnswer, PutMode, Storage, StorageError};

use crate::declared::{faults, opened, words};
use crate::faulty::{Fault, way};
use crate::file_server::{FileServer, are_wanted};
use crate::storage::{LIMITS, contract, contract_of_writes, files};

/// moto, after a few words of Python.
pub(crate) fn moto(environment: &'static str, before: &str) -> FileServer {
    let python = std::env::var("BOARDPACK_VALIDATOR").unwrap();
    FileServer::start("env", |_, port| {
        let backend = "from moto.s3.models import s3_backends\nb = s3_backends['123456789012']['aws']\n";
        let serve = "from moto.server import main\nmain(['-H', '127.0.0.1', '-p', __import__('sys').argv[1]])\n";
        let script = format!("{backend}b.create_bucket('kpi', 'eu-west-2')\n{before}\n{serve}");
        vec![environment.to_owned(), python, "-c".to_owned(), script, port.to_string()]
    })
}

/// The lines of a bucket on a port of the loopback.
pub(crate) fn lines(port: u16, more: &str) -> String {
    format!(
        "kind = \"s3\"\nbucket = \"kpi\"\nregion = \"eu-west-2\"\nendpoint = \"http://127.0.0.1:{port}\"\n\
         access_key = \"AKIAIOSFODNN7EXAMPLE\"\nsecret_key = \"s3cret\"\n{more}"
    )
}

async fn lay(storage: &Storage) {
    for (name, bytes) in files() {
        storage.put(name, &bytes, PutMode::Create).await.unwrap();
    }
}

#[tokio::test]
async fn a_bucket_keeps_the_contract() {
    if !are_wanted() {
        return;
    }
    let server = moto("A=1", "");
    for more in ["", "folder = \"/Größe & 100%/kpi/\""] {
        let storage = opened(&lines(server.port, more), LIMITS);
        lay(&storage).await;
        contract("s3", &storage).await;
        contract_of_writes("s3", &storage).await;
        assert_eq!(storage.weakness(), None);
        let got = storage.get("a.xlsx", None).await.unwrap();
        assert!(matches!(got, Got::Found(file) if file.etag.is_some() && file.modified.is_some()));
    }
    // A bucket is asked for by the secrets as they are when it is opened.
    let dir = tempfile::tempdir().unwrap();
    let kept = dir.path().join("kept");
    let line = lines(server.port, "").replace("\"s3cret\"", &format!("{{ file = \"{}\" }}", kept.display()));
    let storage = opened(&line, LIMITS);
    assert!(storage.get("a.xlsx", None).await.unwrap_err().is_denied());
    std::fs::write(&kept, "s3cret").unwrap();
    assert!(matches!(storage.get("a.xlsx", None).await.unwrap(), Got::Found(_)));
}

#[tokio::test]
async fn a_bucket_of_ten_thousand_names_is_listed_and_odd_ones_are_left() {
    if !are_wanted() {
        return;
    }
    let fill = "for i in range(10000): b.put_object('kpi', f'many/file {i:05}+.xlsx', b'x')\n\
                b.put_object('kpi', 'empty/', b'')";
    let server = moto("A=1", fill);
    let storage = opened(&lines(server.port, ""), LIMITS);
    let entries = storage.list("many").await.unwrap().unwrap();
    assert_eq!(entries.len(), 10_000);
    assert_eq!(entries[9_999].name, "many/file 09999+.xlsx");
    assert!(entries.iter().all(|entry| !entry.is_folder && entry.size == Some(1) && entry.etag.is_some()));
    // A folder that a console made is one, with nothing in it; and a file is none.
    assert_eq!(storage.list("empty").await.unwrap(), Some(Vec::new()));
    assert!(storage.head("empty").await.unwrap().unwrap().is_folder);
    assert!(storage.head("many").await.unwrap().unwrap().is_folder);
    assert_eq!(storage.list("many/file 00001+.xlsx").await.unwrap(), None);
    // The etag of a list is the file's own.
    let etag = entries[0].etag.as_deref().unwrap();
    assert_eq!(storage.get(&entries[0].name, Some(etag)).await.unwrap(), Got::Unchanged);
}

#[tokio::test]
async fn a_server_of_s3_that_knows_no_such_key_says_so() {
    if !are_wanted() {
        return;
    }
    let server = moto("INITIAL_NO_AUTH_ACTION_COUNT=0", "");
    let error = opened(&lines(server.port, ""), LIMITS).get("a.xlsx", None).await.unwrap_err();
    let text = words(&error);
    assert!(matches!(error, StorageError::Denied { .. }), "{text}");
    assert!(text.contains("failed to fetch http://127.0.0.1") && text.contains("/kpi/a.xlsx"), "{text}");
    assert!(text.contains("InvalidAccessKeyId") && text.contains("`access_key`"), "{text}");
    // A bucket that is not there is no missing file.
    let server = moto("A=1", "");
    let storage = opened(&lines(server.port, "").replace("\"kpi\"", "\"other\""), LIMITS);
    for error in [
        storage.get("a.xlsx", None).await.unwrap_err(),
        storage.list("").await.unwrap_err(),
        storage.head("a.xlsx").await.unwrap_err(),
        storage.put("a.xlsx", b"a", PutMode::Replace).await.unwrap_err(),
    ] {
        assert!(matches!(error, StorageError::Absent { .. }), "{}", words(&error));
    }
}

#[tokio::test]
async fn an_answer_of_a_bucket_that_breaks_off_is_asked_for_again_and_never_taken_for_whole() {
    if !are_wanted() {
        return;
    }
    let server = moto("A=1", "b.put_object('kpi', 'large.xlsx', b'7' * 1000000)");
    let limits = FetchLimits { max_bytes: 2_000_000 };
    for (fault, wrong) in [
        (Fault::Cut(0), "failed to fetch"),
        (Fault::Cut(200), "failed to fetch"),
        (Fault::Cut(500_000), "bytes arrived"),
        (Fault::Silent(0), "timeout_seconds"),
        (Fault::Silent(500_000), "timeout_seconds"),
    ] {
        let (port, _) = way(server.port, fault, 1);
        let storage = opened(&lines(port, "timeout_seconds = 1\nretries = 1"), limits);
        let got = storage.get("large.xlsx", None).await.unwrap();
        assert!(matches!(&got, Got::Found(file) if file.bytes().unwrap() == vec![b'7'; 1_000_000]), "{fault:?}");
        let (port, made) = way(server.port, fault, usize::MAX);
        let storage = opened(&lines(port, "timeout_seconds = 1\nretries = 1"), limits);
        let begun = Instant::now();
        let text = words(&storage.get("large.xlsx", None).await.unwrap_err());
        assert!(text.contains(wrong) && text.contains("/kpi/large.xlsx"), "{fault:?}: {text}");
        assert!(begun.elapsed() < Duration::from_secs(8), "{fault:?}");
        assert_eq!(made.load(std::sync::atomic::Ordering::SeqCst), 2, "{fault:?}");
    }
    let text = words(&opened(&lines(1, "retries = 0"), limits).get("a.xlsx", None).await.unwrap_err());
    assert!(text.contains("is the server up"), "{text}");
}

#[tokio::test]
async fn a_server_that_heeds_no_condition_is_found_out_and_told_of() {
    if !are_wanted() {
        return;
    }
    // As servers of older days are: the condition is not looked at.
    let forget = "import moto.s3.responses as r\nold = r.S3Response._put_object\n\
                  def put(self, *a, **k):\n    self.headers = {k: v for k, v in self.headers.items() if k.lower() not in ('if-none-match', 'if-match')}\n    return old(self, *a, **k)\nr.S3Response._put_object = put";
    let forget = forget.replace("_put_object", "put_object");
    let server = moto("A=1", &forget);
    let storage = opened(&lines(server.port, ""), LIMITS);
    assert!(matches!(storage.put("a", b"1", PutMode::Create).await.unwrap(), PutAnswer::Stored { .. }));
    assert_eq!(storage.put("a", b"2", PutMode::Create).await.unwrap(), PutAnswer::Exists);
    assert_eq!(storage.put("a", b"2", PutMode::IfMatch("\"x\"")).await.unwrap(), PutAnswer::Changed);
    assert!(storage.weakness().unwrap().contains("If-None-Match"));
    assert_eq!(storage.head(".boardpack-create-only").await.unwrap(), None);
}

#[test]
fn the_settings_of_a_bucket_are_judged() {
    for (from, to, expected) in [
        ("bucket = \"kpi\"", "bucket = \"k/pi\"", "bucket"),
        ("region = \"eu-west-2\"", "", "region: is missing"),
        ("secret_key = \"s3cret\"", "", "secret_key: is missing"),
        ("http://127.0.0.1:1", "http://files.example", "endpoint: found"),
        ("http://127.0.0.1:1", "https://me:s3cret@files.example", "endpoint: carries a sign-in"),
        ("retries = 1", "folder = \"a/../b\"", "folder: a path may not"),
    ] {
        let text = faults(&lines(1, "retries = 1").replace(from, to));
        assert!(text.contains(expected) && !text.contains("s3cret"), "{to}: {text}");
    }
}
