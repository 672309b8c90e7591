//! How requests of the crate `object_store` travel: by this room's own client, with its
//! deadlines, certificates and proxy, without redirects, and never in clear over a network.
//! What a server says that is no success is kept, because the crate's own words quote
//! addresses, which may hold a signature, and leave out what a person would ask for.

use std::cell::RefCell;
use std::error::Error as _;

use async_trait::async_trait;
use futures_util::StreamExt as _;
use object_store::client::{
    ClientOptions, HttpClient, HttpConnector, HttpError, HttpErrorKind, HttpRequest, HttpResponse, HttpResponseBody,
    HttpService,
};
use reqwest::header::{CONTENT_TYPE, HeaderMap};
use reqwest::{Client, StatusCode, Url};

use crate::storage::StorageError;
use crate::storage::http::client::{ClientNeeds, client_without_redirects};
use crate::storage::http::private::is_loopback;
use crate::storage::http::settings::show;

/// Where a machine of Azure asks who it is: an address of that machine alone, without a
/// certificate, and never by way of a proxy.
const MACHINE: &str = "169.254.169.254";

/// How much of a refusal is read.
const REFUSAL: usize = 1 << 16;

/// What came where somebody on the way answers in the place of the server.
const PAGE: &str = "a page of the web came where names were asked for; does a proxy on the way want a sign-in?";

/// Headers in which Azure says that what stands under a name is a folder.
const FOLDER_MARKS: [(&str, &str); 2] = [("x-ms-meta-hdi_isfolder", "true"), ("x-ms-resource-type", "directory")];

/// What a server said that is no success.
#[derive(Debug, Clone)]
pub(in crate::storage) struct Refusal {
    pub(in crate::storage) status: StatusCode,
    pub(in crate::storage) headers: HeaderMap,
    /// Its code, such as `NoSuchKey`.
    pub(in crate::storage) code: String,
    /// Its words.
    pub(in crate::storage) message: String,
    /// Who said so, without credentials.
    pub(in crate::storage) address: String,
    /// Whether that was asked for leave, and not for files.
    pub(in crate::storage) is_sign_in: bool,
}

tokio::task_local! {
    static HEARD: RefCell<Option<Refusal>>;
}

/// What came of a request, and what the server said last that is no success.
pub(super) async fn heard<T>(ask: impl Future<Output = T>) -> (T, Option<Refusal>) {
    let asked = async {
        let answer = ask.await;
        (answer, HEARD.with(RefCell::take))
    };
    HEARD.scope(RefCell::new(None), asked).await
}

/// The way to one server.
#[derive(Debug, Clone)]
pub(in crate::storage) struct Wire {
    client: Client,
    /// The same without a proxy.
    direct: Client,
    host: Option<String>,
}

impl Wire {
    pub(super) fn new(needs: ClientNeeds<'_>) -> Result<Self, StorageError> {
        let here = Url::parse("http://localhost/").unwrap_or_else(|_| needs.url.clone());
        let direct = client_without_redirects(ClientNeeds { url: &here, proxy: None, ..needs })?;
        Ok(Self { client: client_without_redirects(needs)?, direct, host: host_and_port(needs.url) })
    }
}

fn host_and_port(url: &Url) -> Option<String> {
    Some(format!("{}:{}", url.host_str()?, url.port_or_known_default()?))
}

impl HttpConnector for Wire {
    fn connect(&self, _options: &ClientOptions) -> object_store::Result<HttpClient> {
        Ok(HttpClient::new(self.clone()))
    }
}

/// A request that is not sent, or an answer that is not taken.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
struct UntakenExchange(&'static str);

#[async_trait]
impl HttpService for Wire {
    async fn call(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let untaken = |why| HttpError::new(HttpErrorKind::Unknown, UntakenExchange(why));
        let url = Url::parse(&request.uri().to_string()).map_err(|_| untaken("what was to be asked is no address"))?;
        let is_machine = url.host_str() == Some(MACHINE);
        if url.scheme() != "https" && !is_loopback(&url) && !is_machine {
            return Err(untaken("refused to send over plain http"));
        }
        let is_list = url.query_pairs().any(|(key, value)| key == "list-type" || (key == "comp" && value == "list"));
        let client = if is_machine { &self.direct } else { &self.client };
        let mut response = client.call(request).await?;
        let has = |(name, value): (&str, &str)| response.headers().get(name).is_some_and(|found| found == value);
        if response.status().is_success() && FOLDER_MARKS.into_iter().any(has) {
            // No file stands there, whatever the server says of its bytes.
            *response.status_mut() = StatusCode::NOT_FOUND;
        }
        if response.status().is_success() {
            let content = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
            // Read as a list, a page would be one without names.
            return match content.is_some_and(|content| content.contains("html")) && is_list {
                true => Err(untaken(PAGE)),
                false => Ok(response),
            };
        }
        let (parts, body) = response.into_parts();
        let text = beginning(body).await;
        let (code, message) = words(&parts.headers, &String::from_utf8_lossy(&text));
        let is_sign_in = host_and_port(&url) != self.host;
        let address = show(&url);
        let refusal =
            Refusal { status: parts.status, headers: parts.headers.clone(), code, message, address, is_sign_in };
        // Outside of `heard` nobody asks for it.
        let _ = HEARD.try_with(|heard| heard.replace(Some(refusal)));
        Ok(HttpResponse::from_parts(parts, text.into()))
    }
}

/// As much of a refusal as is of use. One that breaks off is still a refusal.
async fn beginning(body: HttpResponseBody) -> Vec<u8> {
    let (mut text, mut chunks) = (Vec::new(), body.bytes_stream());
    while let Some(Ok(chunk)) = chunks.next().await {
        text.extend_from_slice(&chunk);
        if text.len() > REFUSAL {
            text.truncate(REFUSAL);
            break;
        }
    }
    text
}

/// The code and the words of a refusal: of S3, of Azure Blob, of a sign-in at Entra.
fn words(headers: &HeaderMap, text: &str) -> (String, String) {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let json: serde_json::Value = serde_json::from_str(text).unwrap_or_default();
    let member = |key: &str| json.get(key).and_then(serde_json::Value::as_str).map(str::to_owned);
    let code = header("x-ms-error-code").or_else(|| element(text, "Code")).or_else(|| member("error"));
    let message = element(text, "Message").or_else(|| member("error_description")).unwrap_or_default();
    // The lines that follow say which request it was.
    let mut message = message.lines().next().unwrap_or_default().to_owned();
    if let Some(region) = header("x-amz-bucket-region") {
        message = format!("{message} (the bucket is in {region})");
    }
    (code.unwrap_or_default(), message.trim().to_owned())
}

/// The text of the first element of a name.
fn element(xml: &str, name: &str) -> Option<String> {
    let (_, rest) = xml.split_once(&format!("<{name}>"))?;
    let (text, _) = rest.split_once(&format!("</{name}>"))?;
    Some(quick_xml::escape::unescape(text).map_or_else(|_| text.to_owned(), std::borrow::Cow::into_owned))
}

/// What broke an exchange, below the crate's own words: those of the client, or of this room.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct WireFault(String);

impl WireFault {
    /// What is at the bottom of an error, and the client's error where it is one.
    pub(super) fn of(error: &object_store::Error) -> (Self, Option<&reqwest::Error>) {
        let (mut cause, mut last): (Option<&dyn std::error::Error>, Option<&dyn std::error::Error>) =
            (error.source(), None);
        while let Some(inner) = cause {
            if let Some(found) = inner.downcast_ref::<reqwest::Error>() {
                let mut words = Vec::new();
                // The client's own first words carry no address here: the crate takes it out.
                let mut next: Option<&dyn std::error::Error> = Some(found);
                while let Some(inner) = next {
                    words.push(inner.to_string());
                    next = inner.source();
                }
                return (Self(words.join(": ")), Some(found));
            }
            last = Some(inner);
            cause = inner.source();
        }
        let words = last.map_or_else(|| "an answer that cannot be understood".to_owned(), ToString::to_string);
        (Self(crate::domain::address::without_secrets(&words).into_owned()), None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_says_its_code_and_one_line_of_words() {
        let azure = "<?xml version=\"1.0\"?><Error><Code>BlobNotFound</Code><Message>The blob &amp; more.\nRequestId:7\nTime:1</Message></Error>";
        let s3 = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message><StringToSign>s3cret</StringToSign></Error>";
        let entra =
            r#"{"error":"invalid_client","error_description":"AADSTS7000215: Invalid client secret.\r\nTrace ID: 1"}"#;
        for (text, code, message) in [
            (azure, "BlobNotFound", "The blob & more."),
            (s3, "AccessDenied", "Access Denied"),
            (entra, "invalid_client", "AADSTS7000215: Invalid client secret."),
            ("<html>busy</html>", "", ""),
            ("", "", ""),
            ("<Code>", "", ""),
        ] {
            assert_eq!(words(&HeaderMap::new(), text), (code.to_owned(), message.to_owned()), "{text}");
        }
        let mut headers = HeaderMap::new();
        headers.insert("x-ms-error-code", "AuthorizationFailure".parse().unwrap());
        headers.insert("x-amz-bucket-region", "eu-west-2".parse().unwrap());
        assert_eq!(words(&headers, ""), ("AuthorizationFailure".to_owned(), "(the bucket is in eu-west-2)".to_owned()));
    }
}
