//! Addresses as they may be shown: without what signs in with them.
//!
//! A password or a token stands in an address wherever somebody put it: before
//! the host, in the query, behind a mistyped scheme. What is printed passes
//! here, and so it is of no account where an address came from, or whether it
//! was one at all.

use std::borrow::Cow;

/// What stands in the place of what is not shown.
const HIDDEN: &str = "…";

/// Whether a text is meant as an address, and not as a path on this machine.
pub fn is_address(text: &str) -> bool {
    text.contains("://")
}

/// A text in which every address is without userinfo, query and fragment.
/// Everything else stays as it is.
pub fn without_secrets(text: &str) -> Cow<'_, str> {
    // Nothing of what follows is in most texts.
    if !text.contains(['@', '?', ':', '#']) {
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
        return Some(format!("{before}{HIDDEN}{}", without_query(&rest[at..])));
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
    let rest_shown = without_query(rest);
    (before.contains(HIDDEN) || rest_shown.len() != rest.len()).then(|| format!("{before}{rest_shown}"))
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
    fn what_is_shown_is_shown_again_as_it_is() {
        for text in ["https://me:s3cret@a.example/kpi?x=1", "me:s3cret@a.example", "https://a.example:s3cret/"] {
            let shown = without_secrets(text).into_owned();
            assert_eq!(without_secrets(&shown), shown, "{text}");
        }
    }
}
