//! One cell into a number, a marker or a fault.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::marks::DeclaredMarks;
use super::text;
use crate::domain::finding::Code;
use crate::domain::layout::Table;
use crate::domain::mark::FigureMarks;
use crate::domain::observation::Missing;
use crate::workbook::Cell;

/// Digits that a spreadsheet keeps: it shows 0.8100000000000001 as 0.81, and
/// so does the pack.
const DIGITS: u32 = 15;
/// From here a spreadsheet's numbers lose their last digit.
pub(super) const TOO_LARGE: u64 = 1_000_000_000_000_000;

/// What is wrong with a cell, before its place is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NumberFault {
    pub(super) code: Code,
    pub(super) message: String,
    pub(super) hint: String,
}

impl NumberFault {
    pub(super) fn new(code: Code, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: hint.into() }
    }
}

/// Whether a cell says of its number that it is a percentage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PercentMark {
    /// It does not say.
    Bare,
    /// Its format shows the number times a hundred with a sign: 0.85 as 85%.
    Format,
    /// The text itself ends in a sign: "85%" is 85.
    Sign,
}

/// A number as it stands in a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Number {
    /// As it is typed: a percentage with a sign as 85, one by format as 0.85.
    pub(crate) value: Decimal,
    pub(super) mark: PercentMark,
    /// What stands behind it.
    pub(super) marks: FigureMarks,
}

impl Number {
    /// Whether the cell says that it is a percentage.
    pub(crate) fn is_percent(self) -> bool {
        self.mark != PercentMark::Bare
    }
}

/// A cell's number, typed or calculated; none where it holds another thing, or
/// a number that a spreadsheet does not keep to the last digit.
pub(crate) fn number(cell: &Cell) -> Option<Number> {
    match cell {
        Cell::Number { value, percent } => {
            let value = Some(*value).filter(|value| value.abs() < 1e15).and_then(decimal)?;
            let mark = if *percent { PercentMark::Format } else { PercentMark::Bare };
            Some(Number { value, mark, marks: FigureMarks::default() })
        }
        Cell::Text(typed) => parse(text::trim(typed)),
        Cell::Masked { .. } | Cell::Date(_) | Cell::Bool(_) | Cell::Error(_) | Cell::Uncalculated => None,
    }
}

/// Whether a number may be one of a row of figures: neither twice the largest of
/// them nor half the least.
pub(super) fn is_like<'c>(cell: &Cell, figures: impl Iterator<Item = &'c Cell>) -> bool {
    let Some(value) = number(cell).map(|number| number.value) else { return false };
    let (mut low, mut high): (Option<Decimal>, Option<Decimal>) = (None, None);
    for figure in figures.filter_map(number) {
        low = Some(low.map_or(figure.value, |low| low.min(figure.value)));
        high = Some(high.map_or(figure.value, |high| high.max(figure.value)));
    }
    low.zip(high).is_some_and(|(low, high)| value * Decimal::TWO >= low && value <= high * Decimal::TWO)
}

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CellContent {
    /// A number.
    Number(Number),
    /// Why there is none.
    Missing(Missing),
}

/// Reads cells with a table's markers.
pub(super) struct Numbers {
    markers: BTreeMap<String, Missing>,
    pub(super) marks: DeclaredMarks,
    // Whether a marker looks like a number, such as -9: else no number is one.
    numeric: bool,
    blank: Missing,
    expected: String,
    hint: String,
}

impl Numbers {
    pub(super) fn new(table: &Table) -> Self {
        let markers: BTreeMap<String, Missing> =
            table.missing.iter().map(|(marker, reason)| (text::key(marker), *reason)).collect();
        let shown: Vec<(&str, Missing)> = table
            .missing
            .iter()
            .map(|(marker, reason)| (marker.as_str(), *reason))
            .filter(|(marker, _)| !text::trim(marker).is_empty())
            .collect();
        let names: Vec<&str> = shown.iter().map(|(marker, _)| *marker).collect();
        let expected = match names.as_slice() {
            [] => "a number".to_owned(),
            [only] => format!("a number or {only}"),
            _ => format!("a number or one of {}", names.join(", ")),
        };
        let hint = format!("type the number alone, or, if there is none, {}", instead(&shown));
        let blank = markers.get("").copied().unwrap_or(Missing::NotSupplied);
        let numeric = markers.keys().any(|marker| marker.parse::<f64>().is_ok());
        Self { markers, marks: DeclaredMarks::new(table), numeric, blank, expected, hint }
    }

    /// Why a blank cell holds no figure.
    pub(super) fn blank(&self) -> Missing {
        self.blank
    }

    /// What a cell says. A declared marker is a marker even where it could be
    /// a number or an error: -9, #N/A.
    pub(super) fn read(&self, cell: Option<&Cell>) -> Result<CellContent, NumberFault> {
        let Some(cell) = cell else { return Ok(CellContent::Missing(self.blank)) };
        // What most of a CSV file's cells are; a marker is none unless it looks like one.
        if let (Cell::Text(typed), false) = (cell, self.numeric)
            && let Some(count) = plain_count(typed)
        {
            return Ok(CellContent::Number(count));
        }
        if let Some(reason) = self.marker(cell) {
            return Ok(CellContent::Missing(reason));
        }
        if let Some(number) = number(cell).or_else(|| self.marks.behind(cell)) {
            return Ok(CellContent::Number(number));
        }
        Err(match cell {
            Cell::Number { value, .. } if (1e15..f64::INFINITY).contains(&value.abs()) => NumberFault::new(
                Code::CellOutOfRange,
                format!("found {}; expected a figure below 1,000,000,000,000,000", text::found(cell)),
                "type the right figure",
            ),
            Cell::Text(typed) if is_error(text::trim(typed)) => error(text::trim(typed)),
            Cell::Error(shown) => error(shown),
            Cell::Uncalculated => NumberFault::new(
                Code::CellUncalculated,
                "found a formula whose value was never calculated and saved; expected its value",
                "open the workbook in Excel, let it calculate, and save it",
            ),
            Cell::Masked { shown, .. } => self.masked(shown),
            Cell::Number { .. } | Cell::Text(_) | Cell::Date(_) | Cell::Bool(_) => self.no_number(cell),
        })
    }

    fn marker(&self, cell: &Cell) -> Option<Missing> {
        match cell {
            Cell::Text(typed) if text::trim(typed).is_empty() => Some(self.blank),
            Cell::Number { .. } if !self.numeric => None,
            // Most tables declare a handful of short markers.
            // Whoever looks at the sheet sees the marker, and not the number.
            Cell::Masked { shown, .. } if !shown.is_empty() => self.markers.get(&text::key(shown)).copied(),
            Cell::Text(_) | Cell::Number { .. } | Cell::Error(_) if !self.markers.is_empty() => {
                self.markers.get(&text::key(&text::of(cell))).copied()
            }
            _ => None,
        }
    }

    /// A number that its format hides: which of the two is meant is not ours to say,
    /// and it may be hidden for a child's sake.
    fn masked(&self, shown: &str) -> NumberFault {
        let (found, declare) = if shown.is_empty() {
            ("a number that the cell's format does not show".to_owned(), String::new())
        } else if shown.starts_with(|c: char| c.is_numeric() || matches!(c, '-' | '£' | '(')) {
            // A number is no marker.
            (format!("a number that the cell's format shows as \"{shown}\""), String::new())
        } else {
            let declare = format!(", or declare \"{shown}\" as a marker in `missing` in sources.toml");
            (format!("a number that the cell's format shows as \"{shown}\""), declare)
        };
        NumberFault::new(
            Code::CellMasked,
            format!("found {found}; expected {}", self.expected),
            format!("give the cell a format that shows its number, or clear the cell{declare}"),
        )
    }

    fn no_number(&self, cell: &Cell) -> NumberFault {
        // "14*" is a figure with something about it: a marker made of it would
        // hide the next one.
        let may_be_marker = matches!(cell, Cell::Text(typed) if !typed.chars().any(char::is_numeric));
        let declare =
            if may_be_marker { "; or declare this text as a marker in `missing` in sources.toml" } else { "" };
        NumberFault::new(
            Code::CellNotNumber,
            format!("found {}; expected {}", text::found(cell), self.expected),
            format!("{}{declare}", self.hint),
        )
    }
}

/// What stands for a number that is not there. Where one of the markers hides a
/// figure, each says what it means: nobody types that one for want of another.
fn instead(shown: &[(&str, Missing)]) -> String {
    let hides = shown.iter().any(|(_, reason)| *reason == Missing::Suppressed);
    let names: Vec<String> = shown
        .iter()
        .map(|(marker, reason)| if hides { format!("{marker} ({})", meaning(*reason)) } else { (*marker).to_owned() })
        .collect();
    match names.as_slice() {
        [] => "leave the cell empty".to_owned(),
        [only] => only.clone(),
        several => format!("one of the declared markers: {}", several.join(", ")),
    }
}

fn meaning(reason: Missing) -> &'static str {
    match reason {
        Missing::NotSupplied => "not supplied",
        Missing::Unknown => "not known",
        Missing::NotApplicable => "not applicable",
        Missing::Unavailable => "not available",
        Missing::Suppressed => "hides the figure to protect a child",
        Missing::Low => "rounds to zero",
        Missing::Unreliable => "unreliable",
        Missing::NotDue => "not due yet",
        // No marker says so.
        Missing::Refused => "refused",
        Missing::NoneOfNone => "0 of 0",
    }
}

/// The number as a spreadsheet shows it in full. A double's shortest text is
/// what was typed; what was calculated may carry noise behind the digits that
/// a spreadsheet keeps.
fn decimal(value: f64) -> Option<Decimal> {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        // Most figures are counts, and most of the time would go into their texts.
        #[expect(clippy::cast_possible_truncation, reason = "whole and below 10^15")]
        return Some(Decimal::from(value as i64));
    }
    let shortest = value.to_string();
    let decimal: Decimal = shortest.parse().ok()?;
    // Sign and point are the two that are no digits.
    if shortest.len() <= DIGITS as usize {
        Some(decimal)
    } else {
        decimal.round_sf(DIGITS).map(|rounded| rounded.normalize())
    }
}

fn error(shown: &str) -> NumberFault {
    NumberFault::new(
        Code::CellError,
        format!("found the error {}; expected a number", text::short(shown)),
        "mend the formula, or type the figure",
    )
}

/// The errors of Excel and LibreOffice, where a file keeps them as text.
fn is_error(typed: &str) -> bool {
    // Excel goes on inventing them: #SPILL!, #FIELD!, #BLOCKED!, #PYTHON! …
    let is_named = |name: &str| {
        !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'/')
    };
    let name = typed.strip_prefix('#').and_then(|name| name.strip_suffix(['!', '?']));
    name.is_some_and(is_named) || matches!(typed, "#N/A" | "#GETTING_DATA") || typed.starts_with("Err:")
}

/// "1,204", "85%", "-3.5", "1.2E+05"; none for "NaN", "inf", "1,20", "12 days".
pub(super) fn parse(typed: &str) -> Option<Number> {
    if let Some(count) = plain_count(typed) {
        return Some(count);
    }
    let (number, mark) = match typed.strip_suffix('%') {
        Some(number) => (text::trim(number), PercentMark::Sign),
        None => (typed, PercentMark::Bare),
    };
    let plain = number.replace('\u{2212}', "-");
    let (mantissa, exponent) = match plain.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (plain.as_str(), None),
    };
    let unsigned = mantissa.strip_prefix(['-', '+']).unwrap_or(mantissa);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !(digits(whole) || grouped(whole) || whole.is_empty())
        || !digits(fraction)
        || (whole.is_empty() && !unsigned.starts_with('.'))
    {
        return None;
    }
    let bare = mantissa.replace(',', "");
    let value = match exponent {
        None => bare.parse().ok()?,
        Some(exponent) if digits(exponent.strip_prefix(['-', '+']).unwrap_or(exponent)) => {
            Decimal::from_scientific(&format!("{bare}e{exponent}")).ok()?
        }
        Some(_) => return None,
    };
    (value.abs() < Decimal::from(TOO_LARGE)).then_some(Number { value, mark, marks: FigureMarks::default() })
}

/// "1204": digits alone, and fewer than a spreadsheet keeps.
fn plain_count(typed: &str) -> Option<Number> {
    if !(1..DIGITS as usize).contains(&typed.len()) {
        return None;
    }
    let add = |sum: i64, byte: u8| byte.is_ascii_digit().then(|| sum * 10 + i64::from(byte - b'0'));
    let value = typed.bytes().try_fold(0, add)?;
    Some(Number { value: value.into(), mark: PercentMark::Bare, marks: FigureMarks::default() })
}

/// "1,204" and "12,345,678": groups of three behind the first.
fn grouped(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let is_group = |group: &str, sizes: std::ops::RangeInclusive<usize>| {
        sizes.contains(&group.len()) && group.bytes().all(|byte| byte.is_ascii_digit())
    };
    groups.next().is_some_and(|first| is_group(first, 1..=3)) && groups.all(|group| is_group(group, 3..=3))
}
