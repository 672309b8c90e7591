//! Several rows for one indicator and month, and the column that distinguishes
//! them.
//!
//! A long table often holds a target beside the actual figure, or a draft
//! beside the final one, in a column such as "Measure type" or "Status". One
//! of them is the figure; where the words say which, it is proposed.

use std::collections::BTreeSet;

use super::naming::is_council;
use super::rows::{SheetRow, distinct};

/// The words of such a column for the rows that count, best first.
const COUNTS: [&str; 13] = [
    "actual",
    "actuals",
    "final",
    "published",
    "approved",
    "outturn",
    "value",
    "result",
    "all",
    "total",
    "overall",
    "all children",
    "all ages",
];
/// A column with more different words than this holds names.
const KINDS: usize = 12;

/// What is to be done about such rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Filter {
    /// These rows count.
    By {
        /// The column.
        column: u32,
        /// Its header.
        header: String,
        /// Its word for the rows that count.
        word: String,
        /// Its other words.
        others: Vec<String>,
        /// Whether it names councils, of which any may be meant.
        council: bool,
    },
    /// It is not clear which rows count; headers of the columns that distinguish
    /// them.
    Undecided(Vec<String>),
}

impl Filter {
    /// Whether a row counts, as far as is known.
    pub(super) fn keeps(&self, row: &SheetRow<'_>) -> bool {
        match self {
            Self::By { column, word, .. } => row.text(*column) == *word,
            Self::Undecided(_) => true,
        }
    }
}

/// How rows of one indicator and month are to be told apart; none where there
/// is no need. `key` is what names a row's indicator and month, `others` are
/// the columns and headings that hold neither them nor figures.
pub(super) fn find(
    body: &[&SheetRow<'_>],
    key: &dyn Fn(&SheetRow<'_>) -> Vec<String>,
    others: &[(u32, String)],
) -> Option<Filter> {
    if is_told_apart(body.iter().copied(), key) {
        return None;
    }
    let with =
        |column: u32, word: &str| is_told_apart(body.iter().copied().filter(|row| row.text(column) == *word), key);
    let by = |(column, header): &(u32, String), words: &[String], word: &String, council| Filter::By {
        column: *column,
        header: header.clone(),
        word: word.clone(),
        others: words.iter().filter(|other| *other != word).cloned().collect(),
        council,
    };
    for column in others.iter().filter(|(_, header)| is_council(header)) {
        let words = distinct(body.iter().map(|row| row.text(column.0)));
        if let Some(word) = words.first().filter(|word| with(column.0, word)) {
            return Some(by(column, &words, word, true));
        }
    }
    let mut parting = Vec::new();
    for column in others.iter().filter(|(_, header)| !header.is_empty()) {
        let Some(words) = kinds(body, column.0) else { continue };
        let counts = COUNTS.iter().find_map(|known| words.iter().find(|word| word.to_lowercase() == **known));
        if let Some(word) = counts.filter(|word| with(column.0, word)) {
            return Some(by(column, &words, word, false));
        }
        if words.iter().all(|word| with(column.0, word)) {
            parting.push(column.1.clone());
        }
    }
    Some(Filter::Undecided(parting))
}

/// Whether no two rows have the same key; rows without one do not count.
fn is_told_apart<'l, 'g: 'l>(
    mut rows: impl Iterator<Item = &'l SheetRow<'g>>,
    key: &dyn Fn(&SheetRow<'_>) -> Vec<String>,
) -> bool {
    let mut seen = BTreeSet::new();
    rows.all(|row| {
        let key = key(row);
        key.iter().any(String::is_empty) || seen.insert(key)
    })
}

/// The different words of a column; none where it has one or very many.
fn kinds(body: &[&SheetRow<'_>], column: u32) -> Option<Vec<String>> {
    let mut words: BTreeSet<String> = BTreeSet::new();
    for row in body {
        words.insert(row.text(column));
        if words.len() > KINDS {
            return None;
        }
    }
    let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
    (words.len() > 1).then_some(words)
}
