//! Where something stands: in which source, file, sheet and cell.
//!
//! Every observation carries its place, so that a figure can be followed back
//! to its cell, and there are tens of thousands of them: a place owns no text
//! of its own. Names are shared, and an address is words only when it is read.

use std::fmt::{self, Write as _};
use std::ops::Deref;
use std::sync::Arc;

use super::ids::{IndicatorRef, SourceId};

/// A text that many hold and nobody changes; a clone is a count.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shared(Arc<str>);

impl Deref for Shared {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl From<&str> for Shared {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl From<String> for Shared {
    fn from(text: String) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self)
    }
}

impl serde::Serialize for Shared {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self)
    }
}

/// A column, from 0, as its letters.
#[derive(Debug, Clone, Copy)]
pub struct Letters(pub u32);

impl fmt::Display for Letters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Seven letters are more columns than a number holds.
        let (mut letters, mut length, mut n) = (['A'; 7], 0, self.0);
        for letter in letters.iter_mut().rev() {
            *letter = char::from(b'A' + u8::try_from(n % 26).unwrap_or(0));
            length += 1;
            if n < 26 {
                break;
            }
            n = n / 26 - 1;
        }
        letters.iter().skip(letters.len() - length).try_for_each(|letter| f.write_char(*letter))
    }
}

/// A cell's row and column, from 0. Its words are the address that officers
/// know, "E7".
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct At {
    /// The row.
    pub row: u32,
    /// The column.
    pub column: u32,
}

impl From<(u32, u32)> for At {
    fn from((row, column): (u32, u32)) -> Self {
        Self { row, column }
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", Letters(self.column), u64::from(self.row) + 1)
    }
}

impl serde::Serialize for At {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Where a finding is, as far as it is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Place {
    /// The source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
    /// The file's name on its share.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<Shared>,
    /// The sheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<Shared>,
    /// The cell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cell: Option<At>,
    /// The indicator.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub indicator: Option<IndicatorRef>,
}

impl fmt::Display for Place {
    /// `children_in_care.xlsx › Data › E7`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cell = self.cell.map(|cell| cell.to_string());
        let parts = [self.file.as_deref(), self.sheet.as_deref(), cell.as_deref()];
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        if !parts.is_empty() {
            return f.write_str(&parts.join(" › "));
        }
        match (&self.indicator, &self.source) {
            (Some(indicator), _) => write!(f, "{indicator}"),
            (None, Some(source)) => write!(f, "source {source}"),
            (None, None) => f.write_str("the board"),
        }
    }
}

/// A sheet of a source's file: what the places of all its figures share.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Origin {
    /// The source.
    pub source: Option<SourceId>,
    /// The file's name on its share.
    pub file: Option<Shared>,
    /// The sheet.
    pub sheet: Option<Shared>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_a_spreadsheet() {
        for (row, column, expected) in [
            (0, 0, "A1"),
            (6, 4, "E7"),
            (9, 25, "Z10"),
            (0, 26, "AA1"),
            (0, 701, "ZZ1"),
            (0, 702, "AAA1"),
            (1_048_575, 16_383, "XFD1048576"),
            (u32::MAX, u32::MAX, "MWLQKWV4294967296"),
        ] {
            assert_eq!(At { row, column }.to_string(), expected);
        }
    }

    #[test]
    fn a_place_says_what_is_known_of_it() {
        let place = |file: Option<&str>, cell| Place { file: file.map(Shared::from), cell, ..Place::default() };
        assert_eq!(place(Some("a.csv"), Some(At { row: 6, column: 4 })).to_string(), "a.csv › E7");
        assert_eq!(place(Some("a.csv"), None).to_string(), "a.csv");
        assert_eq!(place(None, None).to_string(), "the board");
    }
}
