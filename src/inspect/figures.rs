//! Cells that look like figures, and markers that stand for none.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::rows::words;
use crate::dataset::number::number;
use crate::domain::observation::Missing;
use crate::workbook::Cell;

/// Markers that mean the same in most workbooks, and their meaning.
const KNOWN: [(&str, &str); 14] = [
    ("-", "unknown"),
    ("n/a", "not-applicable"),
    ("z", "not-applicable"),
    ("x", "unavailable"),
    ("..", "unavailable"),
    (":", "unavailable"),
    ("tbc", "not-supplied"),
    ("c", "suppressed"),
    ("*", "suppressed"),
    ("<5", "suppressed"),
    ("<6", "suppressed"),
    ("low", "low"),
    ("k", "low"),
    ("u", "unreliable"),
];
/// Longest marker, in characters; a longer text is a remark.
const SHORT: usize = 12;

/// How many of a table's cells look like what.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct FigureTally {
    /// Numbers under a percent format, or typed with a percent sign.
    pub(super) percents: usize,
    /// Bare numbers between 0 and 1, both excluded.
    pub(super) fractions: usize,
    /// Bare numbers above 1 that are not whole.
    pub(super) points: usize,
    /// Other numbers.
    pub(super) numbers: usize,
    /// Formulas without a saved value.
    pub(super) uncalculated: usize,
    /// Short texts among the figures, as typed, and how many of each.
    pub(super) markers: BTreeMap<String, usize>,
    /// Longer texts among the figures.
    pub(super) remarks: usize,
}

impl FigureTally {
    pub(super) fn count<'g>(cells: impl Iterator<Item = &'g Cell>) -> Self {
        let mut figures = Self::default();
        cells.for_each(|cell| figures.add(cell));
        figures
    }

    fn add(&mut self, cell: &Cell) {
        match number(cell) {
            Some(number) if number.is_percent() => self.percents += 1,
            Some(number) if number.value.is_integer() => self.numbers += 1,
            Some(number) if number.value.abs() < Decimal::ONE => self.fractions += 1,
            Some(_) => self.points += 1,
            None => match cell {
                Cell::Uncalculated => self.uncalculated += 1,
                Cell::Text(_) | Cell::Error(_) => {
                    let typed = words(cell);
                    if typed.chars().count() <= SHORT {
                        *self.markers.entry(typed).or_default() += 1;
                    } else {
                        self.remarks += 1;
                    }
                }
                _ => {}
            },
        }
    }

    /// How many numbers there are.
    pub(super) fn numbers(&self) -> usize {
        self.percents + self.fractions + self.points + self.numbers
    }

    /// Adds the tally of another table.
    pub(super) fn join(&mut self, other: &Self) {
        self.percents += other.percents;
        self.fractions += other.fractions;
        self.points += other.points;
        self.numbers += other.numbers;
        self.uncalculated += other.uncalculated;
        self.remarks += other.remarks;
        for (marker, times) in &other.markers {
            *self.markers.entry(marker.clone()).or_default() += times;
        }
    }

    /// Whether bare percentages are fractions of one; none where the cells hold
    /// both fractions and percentage points.
    pub(super) fn are_fractions(&self) -> Option<bool> {
        match (self.fractions, self.points) {
            (0, _) => Some(false),
            (_, 0) => Some(true),
            _ => None,
        }
    }

    /// Markers whose meaning is known, as a table keeps them.
    pub(super) fn meanings(&self) -> impl Iterator<Item = (String, Missing)> {
        let reason = |word: &str| match word {
            "unknown" => Missing::Unknown,
            "not-applicable" => Missing::NotApplicable,
            "unavailable" => Missing::Unavailable,
            "suppressed" => Missing::Suppressed,
            "low" => Missing::Low,
            "unreliable" => Missing::Unreliable,
            _ => Missing::NotSupplied,
        };
        self.missing().0.into_iter().map(move |(marker, word)| (marker.to_lowercase(), reason(word)))
    }

    /// Markers whose meaning is known, and those that someone must explain.
    pub(super) fn missing(&self) -> (Vec<(&str, &'static str)>, Vec<&str>) {
        let meaning = |marker: &str| KNOWN.iter().find(|known| known.0 == marker.to_lowercase()).map(|known| known.1);
        let known = self.markers.keys().filter_map(|marker| Some((marker.as_str(), meaning(marker)?))).collect();
        // An error such as #REF! is to be mended, not declared as a marker.
        let unknown = self
            .markers
            .keys()
            .map(String::as_str)
            .filter(|marker| meaning(marker).is_none() && !marker.starts_with('#'))
            .collect();
        (known, unknown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_and_markers_are_told_apart() {
        let cells: Vec<Cell> =
            ["85%", "19 %", "1,204", "0.85", "c", "C", "n/a", "?", "NaN", "see the note on sheet 2", "-3"]
                .map(|text| Cell::Text(text.to_owned()))
                .into();
        let figures = FigureTally::count(cells.iter());
        assert_eq!((figures.percents, figures.numbers, figures.fractions, figures.remarks), (2, 2, 1, 1));
        let (known, unknown) = figures.missing();
        assert_eq!(known, [("C", "suppressed"), ("c", "suppressed"), ("n/a", "not-applicable")]);
        assert_eq!(unknown, ["?", "NaN"]);
    }
}
