//! What an officer wrote, and whether a page may print it.
//!
//! Officers write freely, and may write down a number that a public edition
//! hides. So no page prints their words as they stand: a page prints what the
//! disclosure screen made of them, and of words that no screen has seen it
//! prints that they are left out.

use super::attributed_text::AttributedText;

/// A text in an officer's own words. It cannot be displayed: a page takes
/// [`screened`](Self::screened).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OfficerText {
    written: String,
    printed: Screening,
}

/// What a page prints of a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Screening {
    /// Nothing: it has not been held against what is hidden.
    #[default]
    Unscreened,
    /// All of it.
    AsWritten,
    /// Something else: it names what is hidden.
    Instead(&'static str),
}

impl OfficerText {
    /// What stands in place of a text that names a hidden figure.
    pub const LEFT_OUT: &'static str = "Left out: it names a figure that is hidden.";

    /// What stands in place of a text that may say who somebody is.
    pub const UNCONFIRMED: &'static str =
        "Left out: it may say who somebody is, and no officer has said that it may stand.";

    /// What stands in place of a text that no screen has seen: a fault of this
    /// program that must not give anything away.
    const UNSCREENED: &'static str = "Left out: it was not checked for hidden figures.";

    /// A text in whose place something else is printed already.
    pub fn left_out(written: String) -> Self {
        Self { written, printed: Screening::Instead(Self::LEFT_OUT) }
    }

    /// The text as it was written, for officers only: never for a page.
    pub fn for_officers(&self) -> &str {
        &self.written
    }

    /// Whether two texts say the same, however they are spaced and in whatever case.
    pub fn says_the_same(&self, other: &Self) -> bool {
        as_compared(&self.written) == as_compared(&other.written)
    }

    /// Whether there is nothing in it.
    pub fn is_blank(&self) -> bool {
        self.written.trim().is_empty()
    }

    /// What a page prints of it.
    pub fn screened(&self) -> AttributedText {
        self.screened_as(str::to_owned)
    }

    /// What a page prints of it, given a form: trimmed, or as a sentence. What
    /// stands in its place has that form too.
    pub fn screened_as(&self, form: impl FnOnce(&str) -> String) -> AttributedText {
        match self.printed {
            _ if self.written.is_empty() => AttributedText::default(),
            Screening::AsWritten => AttributedText::of_officer(form(&self.written)),
            Screening::Instead(text) => form(text).into(),
            Screening::Unscreened => form(Self::UNSCREENED).into(),
        }
    }

    /// The same without blanks around it.
    pub fn screened_trimmed(&self) -> AttributedText {
        self.screened_as(|text| text.trim().to_owned())
    }

    /// The same within a sentence: without its full stop either.
    pub fn screened_phrase(&self) -> AttributedText {
        self.screened_as(|text| text.trim().trim_end_matches('.').to_owned())
    }

    /// Lets a page print the text, unless it names what is hidden: then
    /// `instead` stands in its place. Says whether it does.
    pub fn screen(&mut self, names_hidden: impl FnOnce(&str) -> bool, instead: &'static str) -> bool {
        if self.is_left_out() {
            return false;
        }
        let names_one = names_hidden(&self.written);
        self.printed = if names_one { Screening::Instead(instead) } else { Screening::AsWritten };
        names_one
    }

    /// Whether it is left out because it names what is hidden.
    pub fn names_hidden(&self) -> bool {
        self.printed == Screening::Instead(Self::LEFT_OUT)
    }

    /// Whether something else stands in its place.
    pub fn is_left_out(&self) -> bool {
        matches!(self.printed, Screening::Instead(_))
    }
}

/// A text as it is compared: one space for any, in small letters.
pub fn as_compared(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl From<String> for OfficerText {
    fn from(written: String) -> Self {
        Self { written, printed: Screening::default() }
    }
}

impl From<&str> for OfficerText {
    fn from(written: &str) -> Self {
        written.to_owned().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_prints_nothing_that_no_screen_has_seen() {
        let mut text = OfficerText::from("Two of them");
        assert_eq!(text.screened(), OfficerText::UNSCREENED);
        assert!(!text.screen(|text| text.contains("three"), OfficerText::LEFT_OUT));
        assert_eq!((&*text.screened(), text.for_officers()), ("Two of them", "Two of them"));
        assert!(text.screen(|text| text.contains("Two"), OfficerText::LEFT_OUT));
        assert_eq!(text.screened(), OfficerText::LEFT_OUT);
        assert!(text.names_hidden());
        // What is left out is never let in again, nor told twice.
        assert!(!text.screen(|_| false, "") && text.is_left_out());
        assert_eq!(text.for_officers(), "Two of them");
        assert_eq!(OfficerText::default().screened(), "");
    }
}
