//! Several rows for one indicator and month, and the column that parts them.
//!
//! A long table often holds a target beside the actual figure, or a draft
//! beside the final one, in a column such as "Measure type" or "Status". One
//! of them is the figure; where the words say which, it is proposed.

use std::collections::BTreeSet;

use super::lines::Line;

/// What a column that parts rows says of those that count, best first.
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
/// More words than this are a column of names, not of kinds.
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
    /// Nothing says which rows count; headers that part them.
    Unsaid(Vec<String>),
}

impl Filter {
    /// Whether a row counts, as far as is known.
    pub(super) fn keeps(&self, header: &Line<'_>, line: &Line<'_>) -> bool {
        match self {
            Self::By { header: by, word, .. } => {
                let column = header.cells.iter().find(|cell| header.text(cell.0) == *by).map(|cell| cell.0);
                column.is_none_or(|column| line.text(column) == *word)
            }
            Self::Unsaid(_) => true,
        }
    }
}

/// How rows of one indicator and month are to be told apart; none where there
/// is no need. `key` are the columns that name indicator and month, `others`
/// those that hold neither them nor figures.
pub(super) fn find(header: &Line<'_>, body: &[Line<'_>], key: [u32; 2], others: &[u32]) -> Option<Filter> {
    if is_told_apart(body.iter(), key) {
        return None;
    }
    let mut parting = Vec::new();
    for column in others.iter().copied().filter(|column| !header.text(*column).is_empty()) {
        let Some(words) = kinds(body, column) else { continue };
        let with = |word: &str| is_told_apart(body.iter().filter(|line| line.text(column) == *word), key);
        let counts = COUNTS.iter().find_map(|known| words.iter().find(|word| word.to_lowercase() == **known));
        if let Some(word) = counts.filter(|word| with(word)) {
            let others = words.iter().filter(|other| *other != word).cloned().collect();
            return Some(Filter::By { header: header.text(column), word: word.clone(), others });
        }
        if words.iter().all(|word| with(word)) {
            parting.push(header.text(column));
        }
    }
    Some(Filter::Unsaid(parting))
}

/// Whether no two rows have the same key; rows without one do not count.
fn is_told_apart<'l, 'g: 'l>(lines: impl Iterator<Item = &'l Line<'g>>, key: [u32; 2]) -> bool {
    let mut seen = BTreeSet::new();
    lines
        .map(|line| key.map(|column| line.text(column)))
        .all(|key| key.iter().any(String::is_empty) || seen.insert(key))
}

/// The few words of a column; none where it has one or very many.
fn kinds(body: &[Line<'_>], column: u32) -> Option<Vec<String>> {
    let mut words: BTreeSet<String> = BTreeSet::new();
    for line in body {
        words.insert(line.text(column));
        if words.len() > KINDS {
            return None;
        }
    }
    let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
    (words.len() > 1).then_some(words)
}
