//! The character encoding of a text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Decodes a text. A byte-order mark decides; else UTF-16 is recognised by its
/// zero bytes; else it is UTF-8 if it is valid UTF-8, and Windows-1252 if not, as
/// Excel writes "CSV (comma delimited)".
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
    }
    let encoding = wide(bytes).unwrap_or_else(|| match std::str::from_utf8(bytes) {
        Ok(_) => UTF_8,
        // Cut off inside a character, it is still UTF-8.
        Err(error) if error.error_len().is_none() => UTF_8,
        Err(_) => WINDOWS_1252,
    });
    encoding.decode_without_bom_handling(bytes).0
}

/// UTF-16 without a mark: in a text of mostly ASCII every other byte is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..256).unwrap_or(bytes);
    let (mut even, mut odd) = (0, 0);
    for pair in head.chunks_exact(2) {
        even += usize::from(pair.first() == Some(&0));
        odd += usize::from(pair.last() == Some(&0));
    }
    let most = head.len() / 2 * 3 / 4;
    match (even, odd) {
        (0, odd) if odd > 2 && odd >= most => Some(UTF_16LE),
        (even, 0) if even > 2 && even >= most => Some(UTF_16BE),
        _ => None,
    }
}
