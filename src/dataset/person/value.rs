//! One cell as a text, a date or a number, folded for comparison.

use std::borrow::Cow;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::{number, text};
use crate::domain::person::PersonLevel;
use crate::workbook::Cell;

/// A cell that cannot be what is asked of it, without what it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum UnreadableCell {
    /// It is no date.
    Date,
    /// It is no number.
    Number,
    /// It holds an error, or a formula that was never calculated.
    Formula,
}

/// Whether a cell holds nothing: blank, or one of the declared words for it.
pub(super) fn is_absent(cell: Option<&Cell>, person: &PersonLevel) -> bool {
    let Some(cell) = cell else { return true };
    match cell {
        Cell::Uncalculated => false,
        _ => {
            let key = text::key(&text::of(cell));
            key.is_empty() || person.absent.iter().any(|absent| text::key(absent) == key)
        }
    }
}

/// A cell's text with its blanks collapsed; for a pattern to match.
pub(super) fn words(cell: &Cell) -> Result<String, UnreadableCell> {
    match cell {
        Cell::Error(_) | Cell::Uncalculated => Err(UnreadableCell::Formula),
        _ => Ok(text::collapsed(&text::of(cell))),
    }
}

/// The form in which texts are compared: blanks collapsed, what is declared as
/// `strip` taken out, and without case.
pub(super) fn folded(typed: &str, person: &PersonLevel) -> String {
    let mut words = Cow::Owned(text::collapsed(typed));
    for pattern in &person.strip {
        words = Cow::Owned(pattern.replace_all(&words, "").into_owned());
    }
    text::key(&words)
}

/// A cell's date.
pub(super) fn date(cell: &Cell, person: &PersonLevel) -> Result<NaiveDate, UnreadableCell> {
    match cell {
        Cell::Date(date) => Ok(date.date()),
        Cell::Error(_) | Cell::Uncalculated => Err(UnreadableCell::Formula),
        Cell::Text(typed) => {
            let typed = text::collapsed(typed);
            let read: Vec<NaiveDate> = person
                .date_formats
                .iter()
                .filter_map(|format| NaiveDate::parse_from_str(&typed, format).ok())
                .collect();
            match read.as_slice() {
                // Two formats that read one text as two days are a guess.
                [first, rest @ ..] if rest.iter().all(|day| day == first) => Ok(*first),
                _ => Err(UnreadableCell::Date),
            }
        }
        Cell::Number { .. } | Cell::Masked { .. } | Cell::Bool(_) => Err(UnreadableCell::Date),
    }
}

/// A cell's number.
pub(super) fn number(cell: &Cell) -> Result<Decimal, UnreadableCell> {
    match cell {
        Cell::Number { value, .. } => value.to_string().parse().map_err(|_| UnreadableCell::Number),
        Cell::Text(typed) => number::parse(text::trim(typed)).map(|number| number.value).ok_or(UnreadableCell::Number),
        Cell::Error(_) | Cell::Uncalculated => Err(UnreadableCell::Formula),
        Cell::Masked { .. } | Cell::Date(_) | Cell::Bool(_) => Err(UnreadableCell::Number),
    }
}
