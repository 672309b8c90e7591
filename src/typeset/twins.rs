//! Characters that look like another one, and are printed as it.
//!
//! A font has one glyph for both. The exporter tells them apart by an `ActualText` around
//! that one glyph, and some screen readers stop reading a line there: of "8 got better"
//! with a no-break space after the number they said "8".

/// What stands in the place of a character that has another's glyph; none for any other.
pub(super) fn plain(c: char) -> Option<&'static str> {
    Some(match c {
        // Spaces that do not break, or are of another width: a font that lacks one takes
        // its space for it.
        '\u{a0}' | '\u{1680}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => " ",
        // Where a word may be parted.
        '\u{ad}' => "",
        '\u{2010}' | '\u{2011}' => "-",
        '\u{3bc}' => "\u{b5}",
        '\u{2206}' => "\u{394}",
        '\u{2126}' => "\u{3a9}",
        '\u{3d5}' => "\u{3c6}",
        '\u{2ed}' => "\u{207c}",
        _ => return None,
    })
}
