//! Files inside the page, as `data:` URLs.

use base64::prelude::{BASE64_STANDARD, Engine as _};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_encode};

/// What is percent-encoded in the URL of a text: all but letters, digits and
/// marks without a meaning there.
const ENCODED: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b',')
    .remove(b':')
    .remove(b';')
    .remove(b'/');

/// The URL of these bytes.
pub(super) fn url(mime: &str, bytes: &[u8]) -> String {
    format!("data:{mime};base64,{}", BASE64_STANDARD.encode(bytes))
}

/// The URL of a text, which stays readable in the page's source: whoever
/// checks what a page gives away finds it in clear.
pub(super) fn text_url(mime: &str, bytes: &[u8]) -> String {
    format!("data:{mime};charset=utf-8,{}", percent_encode(bytes, &ENCODED))
}

/// The address of a file beside the page.
pub(super) fn file_url(name: &str) -> String {
    percent_encode(name.as_bytes(), &ENCODED).to_string()
}

/// The media type of a picture, by its file name; none where a page cannot show it.
pub(super) fn picture(name: &str) -> Option<&'static str> {
    match name.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
        "svg" => Some("image/svg+xml"),
        "png" => Some("image/png"),
        "jpg" | "jpeg" => Some("image/jpeg"),
        "gif" => Some("image/gif"),
        "webp" => Some("image/webp"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn bytes_and_texts_are_written_as_urls_allow() {
        assert_eq!(super::url("image/png", &[0xff, 0xff, 0xfe, b'f']), "data:image/png;base64,///+Zg==");
        assert_eq!(
            super::text_url("text/csv", "a-b_c.d~e,f:g;h/i \"é\"\r\n".as_bytes()),
            "data:text/csv;charset=utf-8,a-b_c.d~e,f:g;h/i%20%22%C3%A9%22%0D%0A"
        );
    }
}
