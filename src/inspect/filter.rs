//! Several rows for one indicator and month, and the column that distinguishes
//! them.
//!
//! A long table often holds a target beside the actual figure, or a draft
//! beside the final one, in a column such as "Measure type" or "Status". One
//! of them is the figure; where the words say which, it is proposed.

use std::collections::BTreeSet;

use super::rows::SheetRow;

/// The words of such a column for the rows that count, best first.
const COUNTS: [&str; 12] = [
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
];
/// A column with more different words than this holds names.
const KINDS: usize = 12;

/// What is to be done about such rows.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Filter {
    /// These rows count.
    By {
        /// The column's header.
        header: String,
        /// Its word for the rows that count.
        word: String,
        /// Its other words.
        others: Vec<String>,
    },
    /// It is not clear which rows count; headers of the columns that distinguish
    /// them.
    Undecided(Vec<String>),
}

impl Filter {
    /// Whether a row counts, as far as is known.
    pub(super) fn keeps(&self, header: &SheetRow<'_>, row: &SheetRow<'_>) -> bool {
        match self {
            Self::By { header: by, word, .. } => {
                let column = header.cells.iter().find(|cell| header.text(cell.0) == *by).map(|cell| cell.0);
                column.is_none_or(|column| row.text(column) == *word)
            }
            Self::Undecided(_) => true,
        }
    }
}

/// How rows of one indicator and month are to be told apart; none where there
/// is no need. `key` are the columns that name indicator and month, `others`
/// those that hold neither them nor figures.
pub(super) fn find(header: &SheetRow<'_>, body: &[SheetRow<'_>], key: [u32; 2], others: &[u32]) -> Option<Filter> {
    if is_told_apart(body.iter(), key) {
        return None;
    }
    let mut parting = Vec::new();
    for column in others.iter().copied().filter(|column| !header.text(*column).is_empty()) {
        let Some(words) = kinds(body, column) else { continue };
        let with = |word: &str| is_told_apart(body.iter().filter(|row| row.text(column) == *word), key);
        let counts = COUNTS.iter().find_map(|known| words.iter().find(|word| word.to_lowercase() == **known));
        if let Some(word) = counts.filter(|word| with(word)) {
            let others = words.iter().filter(|other| *other != word).cloned().collect();
            return Some(Filter::By { header: header.text(column), word: word.clone(), others });
        }
        if words.iter().all(|word| with(word)) {
            parting.push(header.text(column));
        }
    }
    Some(Filter::Undecided(parting))
}

/// Whether no two rows have the same key; rows without one do not count.
fn is_told_apart<'l, 'g: 'l>(rows: impl Iterator<Item = &'l SheetRow<'g>>, key: [u32; 2]) -> bool {
    let mut seen = BTreeSet::new();
    rows.map(|row| key.map(|column| row.text(column))).all(|key| key.iter().any(String::is_empty) || seen.insert(key))
}

/// The different words of a column; none where it has one or very many.
fn kinds(body: &[SheetRow<'_>], column: u32) -> Option<Vec<String>> {
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
