//! Signs that are not what they look like: controls, and those that turn the
//! direction of a line, so that what is read is not what is shown; and those that
//! a font may lack.

/// Whether a font may lack a sign, or there is nothing to print of it: every font
/// has what is printed of ASCII.
pub fn is_special(sign: char) -> bool {
    !sign.is_ascii_graphic() && !matches!(sign, ' ' | '\n' | '\r' | '\t')
}

/// Whether a sign turns the direction of a text (Unicode's Bidi_Control).
pub fn turns(sign: char) -> bool {
    matches!(sign, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The first sign of a text that turns it, by its code: "U+202E".
pub fn turned_by(text: &str) -> Option<String> {
    text.chars().find(|sign| turns(*sign)).map(|sign| format!("U+{:04X}", u32::from(sign)))
}

/// Whether a file's name holds a sign that no name should.
pub fn is_unfit_name(name: &str) -> bool {
    name.chars().any(|sign| sign.is_control() || turns(sign))
}

/// A name on one line, whatever signs it holds.
pub fn on_one_line(name: &str) -> String {
    name.chars()
        .map(|sign| if sign.is_control() || turns(sign) { sign.escape_default().to_string() } else { sign.to_string() })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_that_turns_a_line_is_known_by_its_code() {
        for (text, code) in [
            ("a\u{202e}b", Some("U+202E")),
            ("a\u{2066}b", Some("U+2066")),
            ("\u{200f}", Some("U+200F")),
            ("\u{61c}", Some("U+061C")),
            ("a\u{2065}b\u{202f}c\u{200d}", None),
            ("עברית", None),
            ("plain – “text”", None),
        ] {
            assert_eq!(turned_by(text).as_deref(), code, "{text:?}");
        }
        assert!(is_unfit_name("a\nb.csv") && is_unfit_name("a\u{202e}b.csv") && !is_unfit_name("Größe 1.csv"));
        assert_eq!(on_one_line("a\nb\u{202e}é"), "a\\nb\\u{202e}é");
    }
}
