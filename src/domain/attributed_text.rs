//! A text of which it is known who wrote which part: this program or an officer.
//!
//! A board's own words for things replace those of the program and leave every
//! word of an officer alone, so a sentence that quotes one must still know where
//! the quotation stands.

use std::fmt;
use std::ops::{Deref, Range};

use serde::{Deserialize, Serialize, Serializer};

/// A text for a page: what the program says and, within it, what officers wrote.
/// Two are equal where they read the same.
#[derive(Debug, Clone, Default, Eq, Deserialize)]
#[serde(from = "String")]
pub struct AttributedText {
    text: String,
    /// Where officers' words stand, in order, in bytes.
    officers: Vec<Range<usize>>,
}

impl AttributedText {
    /// A text that an officer wrote; only [`OfficerText`](super::OfficerText)
    /// gives its words away.
    pub(super) fn of_officer(text: String) -> Self {
        Self { officers: std::iter::once(0..text.len()).collect(), text }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// The text with more behind it.
    #[must_use]
    pub fn and(mut self, more: impl Into<Self>) -> Self {
        self.push(more);
        self
    }

    /// Adds more behind it.
    pub fn push(&mut self, more: impl Into<Self>) {
        let (more, at) = (more.into(), self.text.len());
        self.text.push_str(&more.text);
        self.officers.extend(more.officers.into_iter().map(|of| at + of.start..at + of.end));
    }

    /// The text without a sign at its end, however often it stands there.
    #[must_use]
    pub fn without_end(mut self, sign: char) -> Self {
        self.cut_at(self.text.trim_end_matches(sign).len());
        self
    }

    /// The first words of the text, at most so many letters, with the sign of what is cut;
    /// of a text that is short enough, all but its full stop.
    #[must_use]
    pub fn shortened(self, letters: usize) -> Self {
        let mut short = self.without_end('.');
        if short.text.chars().count() <= letters {
            return short;
        }
        let end = short.text.char_indices().nth(letters - 1).map_or(short.text.len(), |(at, _)| at);
        let end = short.text[..end].rfind(char::is_whitespace).unwrap_or(end);
        short.cut_at(short.text[..end].trim_end_matches([',', ';', ':', ' ']).len());
        short.and("…")
    }

    /// Leaves the first bytes.
    fn cut_at(&mut self, end: usize) {
        self.text.truncate(end);
        self.officers.retain_mut(|of| {
            of.end = of.end.min(end);
            of.start < of.end
        });
    }

    /// The text with its first part, whoever wrote it, as `change` has it.
    #[must_use]
    pub fn with_beginning(self, change: impl FnOnce(&str) -> String) -> Self {
        let mut change = Some(change);
        self.rebuilt(|part, _| change.take().map(|change| change(part)))
    }

    /// Changes what the program says and nothing that an officer wrote.
    pub fn reword(&mut self, change: impl Fn(&str) -> String) {
        *self = std::mem::take(self).rebuilt(|part, is_officers| (!is_officers).then(|| change(part)));
    }

    /// Says something else in place of all that officers wrote.
    pub fn leave_out_officers(&mut self, instead: &str) {
        *self = std::mem::take(self).rebuilt(|_, is_officers| is_officers.then(|| instead.to_owned()));
    }

    /// The text with some of its parts changed.
    fn rebuilt(self, mut change: impl FnMut(&str, bool) -> Option<String>) -> Self {
        let mut built = Self::default();
        let mut add = |range: Range<usize>, is_officers: bool| {
            let part = self.text.get(range).unwrap_or_default();
            if part.is_empty() {
                return;
            }
            let part = change(part, is_officers).unwrap_or_else(|| part.to_owned());
            built.push(if is_officers { Self::of_officer(part) } else { Self::from(part) });
        };
        let mut at = 0;
        for of in &self.officers {
            add(at..of.start, false);
            add(of.clone(), true);
            at = of.end;
        }
        add(at..self.text.len(), false);
        built
    }
}

impl From<String> for AttributedText {
    fn from(text: String) -> Self {
        Self { text, officers: Vec::new() }
    }
}

impl From<&str> for AttributedText {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Deref for AttributedText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.text
    }
}

impl fmt::Display for AttributedText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.text)
    }
}

impl Serialize for AttributedText {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

impl PartialEq for AttributedText {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl PartialEq<str> for AttributedText {
    fn eq(&self, other: &str) -> bool {
        self.text == other
    }
}

impl PartialEq<&str> for AttributedText {
    fn eq(&self, other: &&str) -> bool {
        self.text == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mixed() -> AttributedText {
        AttributedText::from("they say: ").and(AttributedText::of_officer("they left..".into())).and("..")
    }

    fn loud(text: &AttributedText) -> String {
        let mut text = text.clone();
        text.reword(|said| said.to_uppercase().replace("THEY", "THE CHILDREN"));
        text.to_string()
    }

    #[test]
    fn only_what_the_program_says_is_reworded() {
        assert_eq!(loud(&mixed()), "THE CHILDREN SAY: they left....");
        assert_eq!(loud(&"they".into()), "THE CHILDREN");
        assert_eq!(loud(&AttributedText::of_officer("they".into())), "they");
        assert_eq!(loud(&AttributedText::default()), "");
        // Parts keep their authors whatever becomes of their length.
        let mut longer = mixed();
        longer.reword(|said| said.replace("they", "the young people"));
        assert_eq!(loud(&longer), "THE YOUNG PEOPLE SAY: they left....");
        longer.leave_out_officers("a text");
        assert_eq!(&*longer, "the young people say: a text..");
    }

    #[test]
    fn an_end_and_a_beginning_are_changed_across_parts() {
        let cut = mixed().without_end('.');
        assert_eq!((&*cut, loud(&cut).as_str()), ("they say: they left", "THE CHILDREN SAY: they left"));
        let none = AttributedText::from("A").and(AttributedText::of_officer("..".into())).without_end('.');
        assert_eq!(loud(&none.and("they")), "ATHE CHILDREN");
        let begun = AttributedText::of_officer("ßa".into()).and(" they").with_beginning(str::to_uppercase);
        assert_eq!(loud(&begun), "SSA THE CHILDREN");
    }

    #[test]
    fn it_is_written_and_read_as_a_plain_string() {
        let json = serde_json::to_string(&mixed()).unwrap();
        assert_eq!(json, "\"they say: they left....\"");
        assert_eq!(serde_json::from_str::<AttributedText>(&json).unwrap(), mixed());
    }
}
