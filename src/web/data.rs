//! Bytes inside the page, as `data:` addresses.

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The address of these bytes.
pub(super) fn url(mime: &str, bytes: &[u8]) -> String {
    format!("data:{mime};base64,{}", base64(bytes))
}

/// The address of a text, which stays readable in the page's source: whoever
/// checks what a page gives away finds it in clear.
pub(super) fn text_url(mime: &str, bytes: &[u8]) -> String {
    let mut url = format!("data:{mime};charset=utf-8,");
    for &byte in bytes {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b',' | b':' | b';' | b'/' => {
                url.push(char::from(byte));
            }
            _ => {
                let digit = |at: u8| char::from_digit(u32::from(at), 16).unwrap_or('0').to_ascii_uppercase();
                url.extend(['%', digit(byte >> 4), digit(byte & 15)]);
            }
        }
    }
    url
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let bits = (byte(0) << 16) | (byte(1) << 8) | byte(2);
        for place in 0..4 {
            let digit = DIGITS.get(((bits >> (18 - 6 * place)) & 63) as usize).copied().unwrap_or(b'=');
            text.push(if place > chunk.len() { '=' } else { char::from(digit) });
        }
    }
    text
}

/// What kind of picture a file is, by its name; none where a page cannot show it.
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
    fn bytes_and_texts_are_written_as_addresses_allow() {
        for (bytes, text) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(super::base64(bytes.as_bytes()), text);
        }
        assert_eq!(
            super::text_url("text/csv", "a b,\"é\"\r\n".as_bytes()),
            "data:text/csv;charset=utf-8,a%20b,%22%C3%A9%22%0D%0A"
        );
        assert_eq!(super::base64(&[0xff, 0xff, 0xfe]), "///+");
    }
}
