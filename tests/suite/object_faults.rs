//! What storages of objects make of everything that a server may answer.

use boardpack::storage::{Got, PutAnswer, PutMode, StorageError};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::declared::{opened, words};
use crate::storage::LIMITS;
use crate::{azure, s3};

/// Both kinds on a server that answers as it is told.
fn lines(server: &MockServer, retries: u32) -> [String; 2] {
    let (port, more) = (server.address().port(), format!("retries = {retries}"));
    let key = "access_key = \"s3crets3crets3crets3crets3crets3\"";
    // The bucket is on a server that keeps what stands, as Amazon's does.
    [s3::lines(port, &more), azure::lines(port, &format!("{key}\n{more}"))]
}

fn answer(status: u16, code: &str) -> ResponseTemplate {
    let body = format!(
        "<Error><Code>{code}</Code><Message>Said so.\nRequestId:1</Message><StringToSign>s3cret</StringToSign></Error>"
    );
    ResponseTemplate::new(status).set_body_string(body)
}

#[tokio::test]
async fn every_refusal_says_where_what_and_what_to_do() {
    // Status, whether it is tried again, and what to do.
    for (status, tries, hint) in [
        (400, 1, "failed to"),
        (401, 1, "does the"),
        (403, 1, "does the"),
        (409, 2, "failed to"),
        (411, 1, "failed to"),
        (412, 1, "failed to"),
        (413, 1, "have its limit raised"),
        (301, 1, "the files are elsewhere"),
        (307, 1, "the files are elsewhere"),
        (429, 2, "busy"),
        (500, 2, "server's own"),
        (502, 2, "server's own"),
        (503, 2, "busy"),
        (507, 1, "make room"),
    ] {
        for which in 0..2 {
            let server = MockServer::start().await;
            let response = answer(status, "CodeOfTheServer").insert_header("Retry-After", "0");
            let response = response.insert_header("Location", "http://127.0.0.1:1/s3cret");
            Mock::given(method("GET")).respond_with(response.clone()).expect(2 * tries).mount(&server).await;
            Mock::given(method("PUT")).respond_with(response.clone()).expect(tries).mount(&server).await;
            Mock::given(method("DELETE")).respond_with(response).expect(tries).mount(&server).await;
            let storage = opened(&lines(&server, 1)[which], LIMITS);
            for (error, operation) in [
                (storage.get("a/b c.xlsx", None).await.unwrap_err(), "fetch"),
                (storage.list("a").await.unwrap_err(), "list"),
                (storage.put("a/b c.xlsx", b"a", PutMode::Replace).await.unwrap_err(), "write"),
                (storage.remove("a/b c.xlsx").await.unwrap_err(), "remove"),
            ] {
                let text = words(&error);
                let begin = format!("failed to {operation} http://127.0.0.1:{}/", server.address().port());
                assert!(text.starts_with(&begin) && text.contains("/kpi/a"), "{status}: {text}");
                assert!(text.contains(&format!(" {status} ")), "{status}: {text}");
                assert!(text.contains("CodeOfTheServer: Said so.") && text.contains(hint), "{status}: {text}");
                assert!(!text.contains("RequestId"), "{text}");
                assert_eq!(matches!(error, StorageError::Denied { .. }), [401, 403].contains(&status), "{text}");
            }
        }
    }
}

#[tokio::test]
async fn what_a_busy_server_asks_for_is_waited_and_then_it_works() {
    for which in 0..2 {
        let server = MockServer::start().await;
        let busy = answer(503, "SlowDown").insert_header("Retry-After", "1");
        Mock::given(method("GET")).respond_with(busy).up_to_n_times(1).mount(&server).await;
        let found = ResponseTemplate::new(200).set_body_string("a").insert_header("ETag", "\"1\"");
        let found = found.insert_header("Last-Modified", "Wed, 21 Oct 2026 07:28:00 GMT");
        Mock::given(method("GET")).respond_with(found).mount(&server).await;
        let storage = opened(&lines(&server, 1)[which], LIMITS);
        let begun = std::time::Instant::now();
        let got = storage.get("a.xlsx", Some("\"0\"")).await.unwrap();
        assert!(matches!(got, Got::Found(file) if file.bytes().unwrap() == b"a"));
        assert!(begun.elapsed() >= std::time::Duration::from_secs(1));
        // One that asks for longer than anybody waits is left alone.
        let server = MockServer::start().await;
        let busy = answer(429, "SlowDown").insert_header("Retry-After", "3600");
        Mock::given(method("GET")).respond_with(busy).expect(1).mount(&server).await;
        words(&opened(&lines(&server, 3)[which], LIMITS).get("a.xlsx", None).await.unwrap_err());
    }
}

/// An answer to a question for what stands under a name.
fn standing(status: u16) -> ResponseTemplate {
    ResponseTemplate::new(status)
        .insert_header("ETag", "\"1\"")
        .insert_header("Last-Modified", "Wed, 21 Oct 2026 07:28:00 GMT")
        .insert_header("Content-Length", "1")
}

#[tokio::test]
async fn a_conflict_is_a_file_that_stands_only_where_one_does() {
    for (status, code) in [(409, "ConditionalRequestConflict"), (409, "BlobAlreadyExists"), (412, "PreconditionFailed")]
    {
        // Nothing stands: it is tried again, and works.
        let server = MockServer::start().await;
        Mock::given(method("PUT")).respond_with(answer(status, code)).up_to_n_times(1).mount(&server).await;
        Mock::given(method("PUT")).respond_with(standing(201)).expect(1).mount(&server).await;
        Mock::given(method("HEAD")).respond_with(ResponseTemplate::new(404)).expect(1).mount(&server).await;
        let storage = opened(&lines(&server, 1)[1], LIMITS);
        let stored = storage.put("a.pdf", b"a", PutMode::Create).await.unwrap();
        assert_eq!(stored, PutAnswer::Stored { etag: Some("\"1\"".to_owned()) }, "{code}");
        // Something stands.
        let server = MockServer::start().await;
        Mock::given(method("PUT")).respond_with(answer(status, code)).expect(1).mount(&server).await;
        Mock::given(method("HEAD")).respond_with(standing(200)).expect(1).mount(&server).await;
        let storage = opened(&lines(&server, 1)[1], LIMITS);
        assert_eq!(storage.put("a.pdf", b"a", PutMode::Create).await.unwrap(), PutAnswer::Exists, "{code}");
        // Nothing ever does: that is said, and not that something stands.
        let server = MockServer::start().await;
        Mock::given(method("PUT")).respond_with(answer(status, code)).expect(2).mount(&server).await;
        Mock::given(method("HEAD")).respond_with(ResponseTemplate::new(404)).expect(2).mount(&server).await;
        let storage = opened(&lines(&server, 1)[1], LIMITS);
        let text = words(&storage.put("a.pdf", b"a", PutMode::Create).await.unwrap_err());
        assert!(text.contains(code), "{text}");
    }
}

#[tokio::test]
async fn an_answer_that_is_none_is_no_list_and_no_file() {
    for which in 0..2 {
        for body in ["", "<html>Please sign in</html>", "<ListBucketResult><Contents><Key>a", "{}"] {
            let server = MockServer::start().await;
            Mock::given(method("GET"))
                .respond_with(ResponseTemplate::new(200).set_body_string(body))
                .mount(&server)
                .await;
            let storage = opened(&lines(&server, 0)[which], LIMITS);
            let listed = storage.list("a").await;
            assert!(!matches!(&listed, Ok(Some(entries)) if !entries.is_empty()), "{body}: {listed:?}");
            // A page of a web server has no etag.
            words(&storage.get("a.xlsx", None).await.unwrap_err());
        }
        // Somebody on the way wants a sign-in, and answers whatever is asked with a page.
        let server = MockServer::start().await;
        let page = ResponseTemplate::new(200).set_body_raw("<html>Please sign in</html>", "text/html");
        Mock::given(method("GET")).respond_with(page).mount(&server).await;
        let text = words(&opened(&lines(&server, 0)[which], LIMITS).list("a").await.unwrap_err());
        assert!(text.contains("a page of the web") && text.contains("proxy"), "{text}");
        // The same page again and again is no list.
        let server = MockServer::start().await;
        let pages = [
            "<ListBucketResult><NextContinuationToken>1</NextContinuationToken></ListBucketResult>",
            "<EnumerationResults><Blobs/><NextMarker>1</NextMarker></EnumerationResults>",
        ];
        let page = ResponseTemplate::new(200).set_body_string(pages[which]);
        Mock::given(method("GET")).respond_with(page).expect(2).mount(&server).await;
        let text = words(&opened(&lines(&server, 0)[which], LIMITS).list("a").await.unwrap_err());
        assert!(text.contains("and no end"), "{text}");
    }
}
