//! The answer to PROPFIND (RFC 4918, 9.1): what lies where, of which size, since when.

use chrono::{DateTime, Utc};
use percent_encoding::percent_decode_str;
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;
use reqwest::{Response, Url};

use crate::storage::StorageError;
use crate::storage::contract::Entry;
use crate::storage::http::exchange::{Call, failed, is_strong, parse_date};
use crate::storage::retry::AttemptFault;

/// What is asked for.
pub(super) const BODY: &str = r#"<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/><getetag/><getlastmodified/></prop></propfind>"#;

/// The largest answer that is read, in bytes: about fifty thousand names.
const LARGEST: usize = 64 << 20;

/// One `response` of the answer.
#[derive(Default)]
struct Found {
    href: String,
    is_folder: bool,
    size: Option<u64>,
    etag: Option<String>,
    modified: Option<DateTime<Utc>>,
    /// Whether the server says that there is more than it lists.
    is_cut: bool,
}

/// Every entry, by its name below `base`.
pub(super) async fn answer(mut response: Response, call: &Call<'_>, base: &Url) -> Result<Vec<Entry>, AttemptFault> {
    let mut text = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| failed(call, error))? {
        text.extend_from_slice(&chunk);
        if text.len() > LARGEST {
            return Err(AttemptFault::last(unreadable(call, "a list of more than 64 MB")));
        }
    }
    let base = decoded(base.path()).unwrap_or_default();
    let found =
        parse(&text).ok_or_else(|| AttemptFault::passing(unreadable(call, "a list that is no whole XML of WebDAV")))?;
    Ok(found.into_iter().filter_map(|found| entry(found, &base)).collect())
}

fn unreadable(call: &Call<'_>, said: &str) -> StorageError {
    StorageError::Refused {
        operation: call.operation,
        url: call.shown.clone(),
        said: format!("with {said}"),
        hint: "is `url` the address of a WebDAV folder?".to_owned(),
    }
}

/// The path of an address as it reads, without the slash at its end. None where a part of it
/// leads elsewhere, or hides a slash.
fn decoded(path: &str) -> Option<String> {
    let parts = path.trim_end_matches('/').split('/');
    let part = |part: &str| {
        let part = percent_decode_str(part).decode_utf8().ok()?.into_owned();
        (!part.contains('/') && part != "." && part != "..").then_some(part)
    };
    Some(parts.map(part).collect::<Option<Vec<String>>>()?.join("/"))
}

/// An entry below the base; none of what lies elsewhere.
fn entry(found: Found, base: &str) -> Option<Entry> {
    let path = match Url::parse(&found.href) {
        Ok(url) => url.path().to_owned(),
        Err(_) => found.href.clone(),
    };
    let path = decoded(&path)?;
    let name = path.strip_prefix(base)?;
    let name = match name.strip_prefix('/') {
        Some(below) => below,
        None if name.is_empty() => name,
        // "/kpi-old" is not below "/kpi".
        None => return None,
    };
    let Found { is_folder, size, etag, modified, .. } = found;
    Some(Entry { name: name.to_owned(), is_folder, size, etag, modified })
}

/// Every `response`; none where it is no such answer.
fn parse(text: &[u8]) -> Option<Vec<Found>> {
    let mut reader = Reader::from_reader(text);
    let (mut all, mut one, mut at) = (Vec::<Found>::new(), Found::default(), String::new());
    let (mut is_multistatus, mut is_whole) = (false, false);
    loop {
        match reader.read_event().ok()? {
            Event::Start(start) => {
                let name = start.local_name().as_ref().to_owned();
                match name.as_str() {
                    "multistatus" => is_multistatus = true,
                    "response" => one = Found::default(),
                    "collection" => one.is_folder = true,
                    _ => {}
                }
                at = name;
            }
            Event::Empty(empty) if empty.local_name().as_ref() == "collection" => one.is_folder = true,
            Event::Text(text) => note(&mut one, &at, &text.xml10_content()),
            // An ampersand and its like come by themselves.
            Event::GeneralRef(reference) => {
                let sign = match reference.resolve_char_ref().ok()? {
                    Some(sign) => sign.to_string(),
                    None => resolve_xml_entity(&reference)?.to_owned(),
                };
                note(&mut one, &at, &sign);
            }
            Event::End(end) => {
                match end.local_name().as_ref() {
                    "response" => all.push(std::mem::take(&mut one)),
                    "multistatus" => is_whole = is_multistatus,
                    _ => {}
                }
                at.clear();
            }
            // One that breaks off, or says that it is cut short (RFC 4918, 9.1), may lack the very file.
            Event::Eof => return (is_whole && all.iter().all(|one| !one.is_cut)).then_some(all),
            _ => {}
        }
    }
}

/// Takes a piece of the text of an element.
fn note(one: &mut Found, at: &str, text: &str) {
    match at {
        "href" => one.href.push_str(text.trim()),
        "getcontentlength" => one.size = text.trim().parse().ok(),
        "status" => one.is_cut |= text.contains(" 507"),
        "getlastmodified" => one.modified = parse_date(text.trim()),
        "getetag" => {
            let etag = one.etag.get_or_insert_default();
            etag.push_str(text.trim());
            if is_quoted(etag) && !is_strong(etag) {
                one.etag = None;
            }
        }
        _ => {}
    }
}

/// Whether an etag is whole.
fn is_quoted(etag: &str) -> bool {
    etag.len() > 1 && etag.ends_with('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_of_several_servers_are_read() {
        let apache = r#"<?xml version="1.0" encoding="utf-8"?>
<D:multistatus xmlns:D="DAV:" xmlns:ns0="DAV:">
<D:response xmlns:lp1="DAV:"><D:href>/kpi/</D:href><D:propstat><D:prop><lp1:resourcetype><D:collection/></lp1:resourcetype></D:prop></D:propstat></D:response>
<D:response xmlns:lp1="DAV:"><D:href>/kpi/100%25%20Gr%c3%b6%c3%9fe%20&amp;%20more.xlsx</D:href><D:propstat><D:prop><lp1:resourcetype/>
<lp1:getcontentlength>5</lp1:getcontentlength><lp1:getetag>"5-62&quot;"</lp1:getetag><lp1:getlastmodified>Wed, 21 Oct 2026 07:28:00 GMT</lp1:getlastmodified></D:prop></D:propstat></D:response>
</D:multistatus>"#;
        let other = r#"<d:multistatus xmlns:d="DAV:"><d:response><d:href>https://a.example/kpi/2026-10/</d:href><d:propstat><d:prop><d:resourcetype><d:collection></d:collection></d:resourcetype><d:getetag>W/"1"</d:getetag></d:prop></d:propstat></d:response><d:response><d:href>/kpi-old/a.xlsx</d:href></d:response></d:multistatus>"#;
        let entries = |text: &str| -> Vec<Entry> {
            parse(text.as_bytes()).unwrap().into_iter().filter_map(|found| entry(found, "/kpi")).collect()
        };
        let modified = Some("2026-10-21T07:28:00Z".parse().unwrap());
        let folder = |name: &str| Entry { name: name.into(), is_folder: true, size: None, etag: None, modified: None };
        let file = Entry {
            name: "100% Größe & more.xlsx".into(),
            is_folder: false,
            size: Some(5),
            etag: Some("\"5-62\"\"".into()),
            modified,
        };
        assert_eq!(entries(apache), [folder(""), file]);
        assert_eq!(entries(other), [folder("2026-10")]);
        let (cut, short) = (
            other.rsplit_once("</d:multistatus>").unwrap().0,
            other.replace("<d:propstat>", "<d:status>HTTP/1.1 507 Insufficient Storage</d:status><d:propstat>"),
        );
        for bad in ["<html><body>Sign in</body></html>", "", "<d:multistatus", "{}", cut, &short] {
            assert!(parse(bad.as_bytes()).is_none(), "{bad}");
        }
        let odd = |href: &str| {
            let text = format!(
                "<d:multistatus xmlns:d=\"DAV:\"><d:response><d:href>{href}</d:href></d:response></d:multistatus>"
            );
            entries(&text)
        };
        for elsewhere in
            ["/kpi/sub%2fx.csv", "/kpi/../other.csv", "/kpi/%2e%2e/other.csv", "/other/x.csv", "/kpi/%ff.csv"]
        {
            assert_eq!(odd(elsewhere), [], "{elsewhere}");
        }
        assert_eq!(odd("/kpi/x%20y.csv")[0].name, "x y.csv");
    }
}
