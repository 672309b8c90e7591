//! Files that are put into a library: in pieces, whole or not there.

use boardpack::storage::{Got, PutAnswer, PutMode};

use crate::graph_stand_in::{Fault, GraphStandIn};
use crate::sharepoint::{open, settings, with_workbook, words};

fn is_stored(answer: &PutAnswer) -> bool {
    matches!(answer, PutAnswer::Stored { .. })
}
/// More than two pieces of an upload.
fn large() -> Vec<u8> {
    (0..12_000_000_u32).map(|at| u8::try_from(at % 251).unwrap()).collect()
}

#[tokio::test]
async fn an_upload_goes_on_where_it_was_broken_off() {
    let mut cases = tokio::task::JoinSet::new();
    for (on, fault) in [
        ("PUT /upload/", Fault::Silent),
        ("PUT /upload/", Fault::Lost),
        ("PUT /upload/", Fault::Status(500, "generalException", None)),
        ("PUT /upload/", Fault::Status(429, "activityLimitReached", Some(1))),
        ("PUT /upload/", Fault::Status(416, "invalidRange", None)),
        // It forgot the piece, and the whole.
        ("PUT /upload/", Fault::Other(202, r#"{"nextExpectedRanges": ["0-"]}"#)),
        ("PUT /upload/", Fault::Status(404, "itemNotFound", None)),
        ("PUT /upload/", Fault::Status(409, "resourceModified", None)),
        ("createUploadSession", Fault::Silent),
        ("createUploadSession", Fault::Status(503, "serviceNotAvailable", Some(1))),
        ("createUploadSession", Fault::Status(409, "nameAlreadyExists", None)),
    ] {
        for times in [1, 2] {
            let fault = fault.clone();
            cases.spawn(async move {
                let server = GraphStandIn::start().await;
                server.fault(on, fault, times);
                let storage = open(&settings(&server));
                let bytes = large();
                let answer = storage.put("2026-10/large.pdf", &bytes, PutMode::Create).await;
                assert!(answer.as_ref().is_ok_and(is_stored), "{on} {times}: {answer:?}");
                assert!(server.bytes("2026-10/large.pdf").unwrap() == bytes && server.sessions() == 0, "{on} {times}");
                assert_eq!(
                    storage.put("2026-10/large.pdf", b"other", PutMode::Create).await.unwrap(),
                    PutAnswer::Exists
                );
            });
        }
    }
    while let Some(case) = cases.join_next().await {
        case.unwrap();
    }
}

#[tokio::test]
async fn an_answer_that_was_lost_is_not_taken_for_another_writer() {
    // The file stands, and nobody said so: to an upload of one piece, and of several.
    for bytes in [b"small".to_vec(), large()] {
        let server = GraphStandIn::start().await;
        server.fault("PUT /upload/", Fault::Lost, 3);
        let answer = open(&settings(&server)).put("a.pdf", &bytes, PutMode::Create).await.unwrap();
        assert!(is_stored(&answer) && server.bytes("a.pdf").unwrap() == bytes, "{answer:?}");
    }
}

#[tokio::test]
async fn what_stands_is_kept_however_late_the_server_says_so() {
    let server = GraphStandIn::start().await;
    server.lay("a.pdf", b"first");
    let storage = open(&settings(&server));
    // After the last piece, after the first, and at once.
    assert_eq!(storage.put("a.pdf", &large(), PutMode::Create).await.unwrap(), PutAnswer::Exists);
    for on in ["PUT /upload/", "createUploadSession"] {
        server.fault(on, Fault::Status(409, "nameAlreadyExists", None), 1);
        assert_eq!(storage.put("a.pdf", &large(), PutMode::Create).await.unwrap(), PutAnswer::Exists);
    }
    assert_eq!((server.bytes("a.pdf").unwrap(), server.sessions()), (b"first".to_vec(), 0));
    assert_eq!(storage.put("a.pdf", b"", PutMode::Create).await.unwrap(), PutAnswer::Exists);
    assert!(is_stored(&storage.put("empty", b"", PutMode::Create).await.unwrap()));
}

#[tokio::test]
async fn a_write_that_fails_says_why_and_leaves_nothing_behind() {
    let mut cases = tokio::task::JoinSet::new();
    for (on, fault, expected) in [
        (
            "PUT /upload/",
            Fault::Status(507, "quotaLimitReached", None),
            &["507 Insufficient Storage, quotaLimitReached", "quota"][..],
        ),
        ("PUT /upload/", Fault::Status(413, "", None), &["413 Payload Too Large"]),
        ("PUT /upload/", Fault::Status(500, "generalException", None), &["500 Internal Server Error"]),
        ("PUT /upload/", Fault::Status(404, "itemNotFound", None), &["knows nothing of an upload"]),
        ("PUT /upload/", Fault::Other(202, r#"{"nextExpectedRanges": ["0-"]}"#), &["wants pieces which it was sent"]),
        (
            "createUploadSession",
            Fault::Status(423, "resourceLocked", None),
            &["423 Locked, resourceLocked", "close it"],
        ),
        ("createUploadSession", Fault::Status(403, "accessDenied", None), &["403 Forbidden", "the role `write`"]),
        ("createUploadSession", Fault::Status(409, "nameAlreadyExists", None), &["another upload of this name"]),
        (
            "createUploadSession",
            Fault::Other(200, r#"{"uploadUrl": "https://10.0.0.1/upload?tempauth=s3cret"}"#),
            &["a private address, 10.0.0.1"],
        ),
    ] {
        cases.spawn(async move {
            let server = GraphStandIn::start().await;
            server.fault(on, fault, 99);
            let mut settings = settings(&server);
            settings.retry.retries = 1;
            let text = words(&open(&settings).put("a.pdf", b"pack", PutMode::Create).await.unwrap_err());
            assert!(text.starts_with("failed to write \"a.pdf\" in the library of the site council."), "{text}");
            for part in expected {
                assert!(text.contains(part), "{on}: {part}: {text}");
            }
            assert_eq!((server.bytes("a.pdf"), server.sessions()), (None, 0), "{on}");
        });
    }
    while let Some(case) = cases.join_next().await {
        case.unwrap();
    }
}

#[tokio::test]
async fn a_file_that_sharepoint_rewrites_has_the_etag_of_what_stands() {
    let server = GraphStandIn::start().await;
    server.ways(|ways| ways.rewrites = true);
    let storage = open(&settings(&server));
    for name in ["a.pdf", "a.xlsx"] {
        let PutAnswer::Stored { etag } = storage.put(name, b"pack", PutMode::Create).await.unwrap() else { panic!() };
        let Got::Found(file) = storage.get(name, None).await.unwrap() else { panic!() };
        assert!(file.bytes().unwrap() != b"pack" && file.etag == etag, "{file:?}");
        assert_eq!(storage.get(name, etag.as_deref()).await.unwrap(), Got::Unchanged);
        assert!(is_stored(&storage.put(name, b"new", PutMode::IfMatch(&etag.unwrap())).await.unwrap()));
    }
}

#[tokio::test]
async fn a_library_that_refuses_its_own_etags_is_worked_around_and_told() {
    let server = with_workbook().await;
    server.ways(|ways| ways.refuses_etags = true);
    let storage = open(&settings(&server));
    let etag = storage.head("a.xlsx").await.unwrap().unwrap().etag.unwrap();
    assert_eq!(storage.put("a.xlsx", b"new", PutMode::IfMatch("\"other\"")).await.unwrap(), PutAnswer::Changed);
    assert_eq!(storage.weakness(), None);
    assert!(is_stored(&storage.put("a.xlsx", b"new", PutMode::IfMatch(&etag)).await.unwrap()));
    assert!(storage.weakness().unwrap().contains("If-Match"));
    assert_eq!(storage.put("a.xlsx", b"newer", PutMode::IfMatch(&etag)).await.unwrap(), PutAnswer::Changed);
    assert_eq!(server.bytes("a.xlsx").unwrap(), b"new");
}
