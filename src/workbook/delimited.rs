//! CSV and other delimited text, each cell where a spreadsheet would show it.
//!
//! Cells stay text: "84.20" keeps its trailing zero, and the dataset room
//! decides what a text means. Blank lines count as rows, a line break inside
//! quotes does not, so that an address here is the address in Excel.

use std::borrow::Cow;

use super::fault::FileFault;
use super::grid::{Cell, Grid, Look, Visibility};
use super::limits::{CellBudget, HIDDEN_RUNS_AT_MOST};
use crate::domain::finding::Code;

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];
/// Records that the choice of a delimiter looks at.
const SAMPLE: usize = 20;

/// A grid named `name`, or why the text is no table.
pub(super) fn read(text: &str, name: &str, budget: CellBudget) -> Result<Grid, FileFault> {
    let (text, declared) = declared_delimiter(text);
    let delimiter = declared.or_else(|| delimiter(text)).ok_or_else(|| {
        FileFault::not_spreadsheet(
            "text without columns",
            "save it from Excel as .xlsx or \"CSV UTF-8 (comma delimited)\"",
        )
    })?;
    let mut cells: Vec<(u32, u32, Cell)> = Vec::new();
    let mut widths = Widths::default();
    let (mut row, mut column, mut rest) = (0_u32, 0_u32, text);
    while !rest.is_empty() {
        let field = field(rest, delimiter).ok_or_else(|| {
            FileFault::new(
                Code::FileDamaged,
                format!("a quotation mark in row {} is never closed; expected a whole file", row + 1),
                "copy the file to the share again, or close the quotation mark",
            )
        })?;
        if !field.text.trim().is_empty() {
            cells.push((row, column, Cell::Text(field.text.into_owned())));
        }
        budget.check(cells.len())?;
        rest = field.rest;
        column += 1;
        // A file may end behind a delimiter.
        if field.ends_record || rest.is_empty() {
            if cells.last().is_some_and(|cell| cell.0 == row) {
                widths.add(row, column);
            }
            (row, column) = (row + 1, 0);
        }
    }
    Ok(Grid {
        name: name.to_owned(),
        visibility: Visibility::Visible,
        merges: Vec::new(),
        cells,
        look: Look { widths: widths.runs, ..Look::default() },
    })
}

/// The numbers of fields of rows, as runs.
#[derive(Default)]
struct Widths {
    runs: Vec<(u32, u32)>,
    is_full: bool,
}

impl Widths {
    fn add(&mut self, row: u32, width: u32) {
        if self.is_full || self.runs.last().is_some_and(|(_, last)| *last == width) {
            return;
        }
        if self.runs.len() == HIDDEN_RUNS_AT_MOST {
            // A file in which every row has another width says nothing by them.
            *self = Self { runs: Vec::new(), is_full: true };
            return;
        }
        self.runs.push((row, width));
    }
}

/// Excel's own first line, `sep=;`, which it does not show as a row.
fn declared_delimiter(text: &str) -> (&str, Option<u8>) {
    let (line, rest) = text.split_once('\n').unwrap_or((text, ""));
    match line.trim_end().to_ascii_lowercase().strip_prefix("sep=").map(str::as_bytes) {
        Some([delimiter]) => (rest, Some(*delimiter)),
        // `sep=` and a tab loses the tab to the trimming.
        Some([]) => (rest, Some(b'\t')),
        _ => (text, None),
    }
}

/// The delimiter that splits the most records into the same number of fields;
/// none where each would leave one field a record.
fn delimiter(text: &str) -> Option<u8> {
    let mut best = (0, None);
    for candidate in DELIMITERS {
        let counts = field_counts(text, candidate);
        let score = counts
            .iter()
            .filter(|count| **count > 1)
            .map(|count| count * counts.iter().filter(|other| *other == count).count())
            .max()
            .unwrap_or(0);
        if score > best.0 {
            best = (score, Some(candidate));
        }
    }
    best.1
}

fn field_counts(text: &str, delimiter: u8) -> Vec<usize> {
    let (mut counts, mut count, mut rest) = (Vec::new(), 0, text);
    while let Some(field) = (!rest.is_empty()).then(|| field(rest, delimiter)).flatten() {
        count += 1;
        rest = field.rest;
        if field.ends_record {
            counts.push(count);
            count = 0;
            if counts.len() == SAMPLE {
                break;
            }
        }
    }
    counts
}

struct CsvField<'a> {
    text: Cow<'a, str>,
    rest: &'a str,
    ends_record: bool,
}

/// The next field; none where its quotation mark is never closed.
fn field(text: &str, delimiter: u8) -> Option<CsvField<'_>> {
    let (quoted, after) = match text.strip_prefix('"') {
        Some(inner) => {
            let (quoted, after) = closed(inner)?;
            (Some(quoted), after)
        }
        None => (None, text),
    };
    let end = after.bytes().position(|byte| byte == delimiter || byte == b'\n' || byte == b'\r').unwrap_or(after.len());
    let (tail, stop) = after.split_at(end);
    let text = match quoted {
        Some(quoted) if tail.is_empty() => quoted,
        Some(quoted) => Cow::Owned(quoted.into_owned() + tail),
        None => Cow::Borrowed(tail),
    };
    let delimited = stop.bytes().next() == Some(delimiter);
    let rest = stop.strip_prefix("\r\n").or_else(|| stop.get(1..)).unwrap_or_default();
    Some(CsvField { text, rest, ends_record: !delimited })
}

/// The text up to the closing quotation mark, and what follows it. A mark
/// written twice is one mark.
fn closed(inner: &str) -> Option<(Cow<'_, str>, &str)> {
    let end = inner.find('"')?;
    let (first, mut after) = (inner.get(..end)?, inner.get(end + 1..)?);
    let mut text = Cow::Borrowed(first);
    while let Some(more) = after.strip_prefix('"') {
        let end = more.find('"')?;
        text.to_mut().push('"');
        text.to_mut().push_str(more.get(..end)?);
        after = more.get(end + 1..)?;
    }
    Some((text, after))
}
