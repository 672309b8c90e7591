//! Addresses as they may be shown: without what signs in with them.
//!
//! A password or a token stands in an address wherever somebody put it: before
//! the host, in the path, in the query, behind a mistyped scheme. What is printed passes
//! here, and so it is of no account where an address came from, or whether it
//! was one at all.

use std::borrow::Cow;

/// An address that is a secret as a whole: whoever knows it can use it. It is
/// never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretAddress(String);

impl SecretAddress {
    /// The address; none where it is no https address, nor one of this machine.
    pub fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.split_once("://")?;
        let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
        let name = host.rsplit_once('@').map_or(host, |(_, name)| name);
        let is_loopback = ["127.0.0.1", "localhost", "[::1]"]
            .iter()
            .any(|loopback| name.strip_prefix(loopback).is_some_and(|port| port.is_empty() || port.starts_with(':')));
        let is_sound = !name.is_empty() && !text.contains(char::is_whitespace);
        (is_sound && (scheme == "https" || (scheme == "http" && is_loopback))).then(|| Self(text.to_owned()))
    }

    /// The address, for whoever asks for it.
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SecretAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(HIDDEN)
    }
}

/// What stands in the place of what is not shown.
pub(super) const HIDDEN: &str = "…";

/// A part of an address or a value of a form: every sign but those that RFC 3986, 2.3, leaves
/// as they are is written as its code.
pub fn encoded(part: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const PART: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
    utf8_percent_encode(part, PART).to_string()
}

/// Whether a text is meant as an address, and not as a path on this machine.
pub fn is_address(text: &str) -> bool {
    text.contains("://")
}

/// A text in which every address is without userinfo, query and fragment, and
/// without the parts of its path that nobody typed, as a share link has them.
/// Everything else stays as it is.
pub fn without_secrets(text: &str) -> Cow<'_, str> {
    // Nothing of what follows is in most texts.
    if !text.contains(['@', '?', ':', '#']) && !text.contains("//") {
        return Cow::Borrowed(text);
    }
    let is_between = |c: char| c.is_whitespace() || matches!(c, '"' | '\\' | '<' | '>' | '`' | '“' | '”');
    let (mut shown, mut is_changed) = (String::with_capacity(text.len()), false);
    for piece in text.split_inclusive(is_between) {
        let word = piece.trim_end_matches(is_between);
        match word_without_secrets(word) {
            Some(other) => {
                is_changed = true;
                shown.push_str(&other);
            }
            None => shown.push_str(word),
        }
        shown.push_str(&piece[word.len()..]);
    }
    if is_changed { Cow::Owned(shown) } else { Cow::Borrowed(text) }
}

/// A word as it may be shown, where that is otherwise than it stands.
fn word_without_secrets(word: &str) -> Option<String> {
    match slashes(word) {
        Some((before, rest)) => of_address(before, rest),
        None => of_name(word),
    }
}

/// What stands before the slashes of an address, them included, and behind.
fn slashes(word: &str) -> Option<(&str, &str)> {
    let at = word.find("//").or_else(|| {
        // "https:/me:pass@host", but no "C:/Users".
        let at = word.find(":/")?;
        (at > 1).then_some(at + 1)
    })?;
    let end = at + word[at..].bytes().take_while(|byte| *byte == b'/').count();
    Some((&word[..end], &word[end..]))
}

fn of_address(before: &str, rest: &str) -> Option<String> {
    // A sign-in before the word for the scheme: "me:pass@https://host".
    let before = match before.rfind('@') {
        Some(at) => format!("{HIDDEN}{}", &before[at..]),
        None => before.to_owned(),
    };
    if let Some(at) = rest.rfind('@') {
        return Some(format!("{before}{HIDDEN}{}", without_tokens(&without_query(&rest[at..]))));
    }
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    // What follows a host is the number of a port; anything else is no port, and
    // may be half of a sign-in.
    // A sentence may go on behind an address: "https://a.example:443: refused".
    let authority = authority.trim_end_matches([',', '.', ';', ')', '\'', ':']);
    let host = authority.rfind(']').map_or(authority, |end| &authority[end..]);
    let port = host.split_once(':').map(|(_, port)| port);
    if port.is_some_and(|port| !port.bytes().all(|byte| byte.is_ascii_digit())) {
        return Some(format!("{before}{HIDDEN}"));
    }
    let rest_shown = without_tokens(&without_query(rest));
    (before.contains(HIDDEN) || rest_shown != rest).then(|| format!("{before}{rest_shown}"))
}

/// A host and path without what looks like a token.
fn without_tokens(rest: &str) -> String {
    let mut parts = rest.split('/');
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        // A query, or the sentence that goes on behind an address.
        let (word, rest) = part.split_at(part.find(['?', '#', ',', ';', ':', ')', '\'']).unwrap_or(part.len()));
        shown.push('/');
        shown.push_str(if is_token(word) { HIDDEN } else { word });
        shown.push_str(rest);
    }
    shown
}

/// Whether a part of a path is one that a machine made up: its kinds of sign
/// change as often as they do by chance, or it is a long hexadecimal number.
/// "Performance-Data-2026-27" changes seldom, "aB3xK9mQ2rT7wY5z" at every second sign.
fn is_token(part: &str) -> bool {
    let is_of_token = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=' | b'%' | b'~');
    if !part.bytes().all(is_of_token) {
        // The name of a file, or a word of a sentence.
        return false;
    }
    let signs: Vec<u8> = part.bytes().filter(u8::is_ascii_alphanumeric).collect();
    if signs.len() < 12 {
        return false;
    }
    let kind = |byte: u8| (byte.is_ascii_digit(), byte.is_ascii_uppercase());
    let changes = signs.windows(2).filter(|pair| kind(pair[0]) != kind(pair[1])).count();
    let is_hexadecimal = signs.len() >= 20 && signs.iter().all(u8::is_ascii_hexdigit);
    is_hexadecimal || changes * 5 > signs.len() * 2
}

/// A word without slashes side by side: a host without its scheme, or no address.
fn of_name(word: &str) -> Option<String> {
    let is_path = word.starts_with(['/', '.']) || word.as_bytes().get(1) == Some(&b':');
    if let Some((sign_in, behind)) = word.rsplit_once('@').filter(|_| !is_path) {
        let (mailto, sign_in) = match sign_in.split_once(':') {
            Some((scheme, name)) if scheme.trim_start_matches(['(', '\'']).eq_ignore_ascii_case("mailto") => {
                (true, name)
            }
            _ => (false, sign_in),
        };
        // "me:pass@host", "token@host/files"; but a mail address is one.
        if sign_in.contains(':') || !mailto && behind.contains('/') && !sign_in.contains('/') {
            return Some(format!("{HIDDEN}@{}", without_query(behind)));
        }
    }
    let (path, query) = word.split_once('?')?;
    (path.contains('/') && query.contains('=')).then(|| format!("{path}?{HIDDEN}"))
}

/// An address up to its query or fragment. A `?` that asks for nothing is one of
/// a pattern or of a sentence.
fn without_query(text: &str) -> String {
    let query =
        text.find('?').filter(|at| text[*at..].contains('=') || text[*at + 1..].len() > 1 && text[..*at].contains('.'));
    let query = query.or_else(|| text.find('#').filter(|at| text[*at + 1..].len() > 1 && !text[..*at].is_empty()));
    match query {
        Some(at) => format!("{}{HIDDEN}", &text[..=at]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_address_is_encrypted_or_of_this_machine_and_never_shown() {
        for good in [
            "https://a.example/x",
            "http://127.0.0.1:81/x",
            "http://localhost",
            "http://[::1]:9/x",
            "https://u:p@a.example",
        ] {
            let address = SecretAddress::parse(good).unwrap();
            assert_eq!((address.secret(), format!("{address:?}").as_str()), (good, "…"));
        }
        for bad in [
            "http://a.example/x",
            "http://localhost.example",
            "http://127.0.0.1@a.example",
            "https://",
            "a.example",
            "https://a b",
            "ftp://a.example",
            " https://a.example",
        ] {
            assert_eq!(SecretAddress::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn what_signs_in_is_shown_nowhere() {
        for text in [
            "https://me:s3cret@a.example/kpi",
            "HTTPS://me:s3cret@a.example/kpi",
            " https://me:s3cret@a.example/kpi",
            "https://s3cret@a.example/kpi",
            "https://me:s3cret@a.example:8443/kpi",
            "https://me:s3/cret@a.example/kpi",
            "https://me:s3?cret@a.example/kpi",
            "https://me:s3@s3cret@a.example/kpi",
            "htps://me:s3cret@a.example/kpi",
            "https//me:s3cret@a.example/kpi",
            "https:/me:s3cret@a.example/kpi",
            "//me:s3cret@a.example/kpi",
            "me:s3cret@a.example",
            "s3cret@a.example/kpi",
            "https://me:s3cret",
            "https://a.example:s3cret/kpi",
            "https;//me:s3cret",
            "https://a.example/kpi?sig=s3cret",
            "https://a.example/kpi?s3cret",
            "https://a.example/kpi#s3cret",
            "a.example/kpi?token=s3cret",
            "sftp://me:s3cret@[::1]:22/kpi",
            "me:s3cret@https://a.example/",
            "failed to fetch https://me:s3cret@a.example/kpi?sig=s3cret: timed out",
            "found \"https://me:s3cret@a.example/\"; expected",
            "{\"error\":\"https://me:s3cret@a.example/?a=s3cret\\nnext\"}",
            "url = https://me:s3cret@a.example\n      ^",
        ] {
            let shown = without_secrets(text);
            assert!(!shown.contains("s3cret") && shown.contains(HIDDEN), "{text}: {shown}");
        }
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        for text in [
            "https://a.example/kpi/a.xlsx",
            "http://127.0.0.1:8080/kpi",
            "http://[::1]:80/kpi",
            "failed to fetch https://a.example:443: the server answered 503",
            "kpi@council.example, mailto:kpi@council.example",
            "/home/officer@council.example/share/a.xlsx",
            "C:/Users/officer@council.example/a.xlsx",
            "C:\\Users\\a@b\\c.xlsx",
            "\\\\server\\share\\a.xlsx",
            "//server/share/a.xlsx",
            "KPI_?.xlsx and 2026-10/KPI_??.xlsx",
            "is the share mounted, and is the path right? See README.md#sources",
            "F301 blocking · KPI.xlsx › Data › E7: found text \"n/a?\"; expected a number",
            "at 06:00, {period}: 12% (of 40)",
            "#REF! in A1; #1 of 3",
            "",
        ] {
            assert_eq!(without_secrets(text), text);
        }
    }

    #[test]
    fn what_a_machine_made_up_is_not_shown_in_a_path() {
        for (text, shown) in [
            ("https://a.example/s/aB3xK9mQ2rT7wY5z/download", "https://a.example/s/…/download"),
            ("https://a.example/hooks/3f9c1d7e5b8a4c2d9e0f", "https://a.example/hooks/…"),
            ("https://a.example/3f9c1d7e-5b8a-4c2d-9e0f-1a2b3c4d5e6f/kpi.xlsx", "https://a.example/…/kpi.xlsx"),
            ("https://me:x@a.example/s/aB3xK9mQ2rT7wY5z", "https://…@a.example/s/…"),
            (
                "failed to fetch https://a.example/s/aB3xK9mQ2rT7wY5z: refused",
                "failed to fetch https://a.example/s/…: refused",
            ),
            ("https://a.example/dav/EaBc1DeF2gHi3JkL4mNo5?e=1", "https://a.example/dav/…?…"),
        ] {
            assert_eq!(without_secrets(text), shown);
        }
        for text in [
            "https://a.example/Performance-Data-2026-27/KPI",
            "https://a.example/PerformanceData2026/ChildrenInCareMonthly",
            "https://a.example/sites/Childrens%20Services/Shared%20Documents/KPI_2026-10",
            "https://a.example/2026-10/20261031",
            "https://a.example/aB3xK9mQ2rT",
            "https://a.example/kpi/aB3xK9mQ2rT7wY5z.xlsx",
        ] {
            assert_eq!(without_secrets(text), text);
        }
    }

    #[test]
    fn what_is_shown_is_shown_again_as_it_is() {
        for text in [
            "https://me:s3cret@a.example/kpi?x=1",
            "me:s3cret@a.example",
            "https://a.example:s3cret/",
            "https://a.example/s/aB3xK9mQ2rT7wY5z/x",
        ] {
            let shown = without_secrets(text).into_owned();
            assert_eq!(without_secrets(&shown), shown, "{text}");
        }
    }
}
