//! Cells that look like figures, and markers that stand for none.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::lines::words;
use crate::dataset::number::number;
use crate::workbook::Cell;

/// Markers that mean the same wherever they stand, and what.
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
/// A marker is short; what is longer is a remark.
const SHORT: usize = 12;

/// What the cells of a table's figures look like.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Figures {
    /// Numbers under a percent format, or typed with a percent sign.
    pub(super) percents: usize,
    /// Numbers that say nothing of themselves, and lie between 0 and 1 without being either.
    pub(super) fractions: usize,
    /// Numbers that say nothing of themselves, above 1 and not whole.
    pub(super) points: usize,
    /// Other numbers.
    pub(super) numbers: usize,
    /// Formulas without a saved value.
    pub(super) uncalculated: usize,
    /// Short texts where figures stand, as typed, and how many of each.
    pub(super) markers: BTreeMap<String, usize>,
    /// Longer texts there.
    pub(super) remarks: usize,
}

impl Figures {
    pub(super) fn of<'g>(cells: impl Iterator<Item = &'g Cell>) -> Self {
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

    /// Adds what another table's look like.
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

    /// Whether bare percentages are fractions of one: none where the cells
    /// speak for neither or for both.
    pub(super) fn are_fractions(&self) -> Option<bool> {
        match (self.fractions, self.points) {
            (0, _) => Some(false),
            (_, 0) => Some(true),
            _ => None,
        }
    }

    /// Markers whose meaning is known, and those that someone must explain.
    pub(super) fn missing(&self) -> (Vec<(&str, &'static str)>, Vec<&str>) {
        let meaning = |marker: &str| KNOWN.iter().find(|known| known.0 == marker.to_lowercase()).map(|known| known.1);
        let known = self.markers.keys().filter_map(|marker| Some((marker.as_str(), meaning(marker)?))).collect();
        // An error is no marker: it is for someone to mend.
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
        let figures = Figures::of(cells.iter());
        assert_eq!((figures.percents, figures.numbers, figures.fractions, figures.remarks), (2, 2, 1, 1));
        let (known, unknown) = figures.missing();
        assert_eq!(known, [("C", "suppressed"), ("c", "suppressed"), ("n/a", "not-applicable")]);
        assert_eq!(unknown, ["?", "NaN"]);
    }
}
