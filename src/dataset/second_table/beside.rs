//! A table beside the first: a column between those of figures that names what
//! the figures behind it are about.
//!
//! Ratings, targets and comments stand between months too. What sets names apart
//! is that nearly every row with figures behind it has one, that each is another,
//! and that the heading calls the column none of those. That is likely and no
//! more (F215). A cell that names one indicator in the row of another, and a row
//! that begins there, leave no doubt (F212).

use std::collections::{BTreeMap, BTreeSet};

use crate::dataset::fill::Fill;
use crate::dataset::header::Header;
use crate::dataset::names::Names;
use crate::dataset::number;
use crate::dataset::page::Page;
use crate::dataset::report::{ReadReport, RowColumn, listed};
use crate::dataset::rows::TableRow;
use crate::dataset::second_table::APART;
use crate::dataset::text;
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::{Heading, Orientation};
use crate::workbook::{Cell, address, letters};

/// Headings of a column that names what its rows are about.
const NAMING: [&str; 9] =
    ["ref", "reference", "kpi", "indicator", "measure", "pi", "metric", "performance indicator", "indicator ref"];

/// Words in the heading of a column that says something of the figure before it.
const COMPANIONS: [&str; 33] = [
    "action",
    "actions",
    "analysis",
    "assurance",
    "change",
    "colour",
    "comment",
    "commentary",
    "comments",
    "confidence",
    "context",
    "direction",
    "dot",
    "explanation",
    "forecast",
    "narrative",
    "note",
    "notes",
    "progress",
    "rag",
    "rated",
    "rating",
    "reason",
    "reasons",
    "remarks",
    "risk",
    "status",
    "target",
    "targets",
    "trend",
    "update",
    "updates",
    "variance",
];

/// Words that ratings are made of: "Amber", "Slightly below target", "No change".
const RATING: [&str; 67] = [
    "above",
    "achieved",
    "amber",
    "at",
    "below",
    "better",
    "blue",
    "change",
    "close",
    "complete",
    "completed",
    "declined",
    "declining",
    "decrease",
    "decreased",
    "decreasing",
    "down",
    "due",
    "expected",
    "good",
    "green",
    "grey",
    "high",
    "higher",
    "improved",
    "improving",
    "in",
    "increase",
    "increased",
    "increasing",
    "just",
    "line",
    "low",
    "lower",
    "met",
    "missed",
    "na",
    "nil",
    "no",
    "none",
    "not",
    "of",
    "off",
    "on",
    "outside",
    "over",
    "pending",
    "poor",
    "progress",
    "rag",
    "red",
    "risk",
    "same",
    "slightly",
    "stable",
    "static",
    "steady",
    "target",
    "tba",
    "tbc",
    "to",
    "tolerance",
    "track",
    "unchanged",
    "up",
    "well",
    "with",
];

/// A table with months across, as its layout reads it.
pub(in crate::dataset) struct MonthsAcross<'a, 'g> {
    pub(in crate::dataset) page: &'a Page<'g>,
    pub(in crate::dataset) header: &'a Header<'g>,
    /// Columns that name the rows.
    pub(in crate::dataset) naming: &'a [u32],
    /// Columns that figures are read from.
    pub(in crate::dataset) figures: &'a BTreeSet<u32>,
    pub(in crate::dataset) body: &'a [TableRow<'g>],
}

/// What a column between those of figures holds beside figures further on.
#[derive(Default)]
struct LikelyNames {
    /// Rows in which it holds what may be a name.
    rows: usize,
    /// Those names, each once.
    names: BTreeSet<String>,
    /// The first two, as they are typed.
    shown: Vec<String>,
}

impl<'g> MonthsAcross<'_, 'g> {
    /// F212, else F215, once.
    pub(in crate::dataset) fn check(&self, indicators: &[&Indicator], report: &mut ReadReport) {
        let (Some(first), Some(last)) = (self.figures.first().copied(), self.figures.last().copied()) else { return };
        let between: BTreeSet<u32> = self.columns().range(first..last).copied().collect();
        let certain = self.headed_again(&between).or_else(|| self.named_otherwise(&between, indicators));
        if let Some((spot, found)) = certain {
            report.at_cell(Code::SecondTable, spot, format!("{found}: another table begins there"), APART);
        } else if let Some((spot, found)) = self.likely(&between) {
            let hint = format!(
                "if another table begins there, {APART}; if the column belongs to this one, head it for what it holds, such as \"Comment\", or say `severity = {{ F215 = \"note\" }}` under `checks` of the source"
            );
            report.at_cell(Code::NamesBetweenMonths, spot, found, hint);
        }
    }

    /// Columns that figures are not read from.
    fn columns(&self) -> BTreeSet<u32> {
        let held = self.body.iter().flat_map(|row| row.placed().map(|(column, _)| column));
        let headed = self.header.headed().map(|((_, column), _)| column);
        held.chain(headed).chain(self.naming.iter().copied()).filter(|column| !self.figures.contains(column)).collect()
    }

    /// A column that is headed as those that name rows are.
    fn headed_again(&self, between: &BTreeSet<u32>) -> Option<(RowColumn, String)> {
        let headed = self.header.headed().find(|((_, column), heading)| {
            let is_naming = || self.naming.contains(column) || NAMING.contains(&text::key(heading).as_str());
            between.contains(column) && is_naming()
        });
        if let Some((spot, heading)) = headed {
            let cell = address(spot.0, spot.1);
            return Some((spot, format!("{cell} is headed \"{}\", between months", text::short(heading))));
        }
        let column = self.naming.iter().find(|column| between.contains(column))?;
        let found = format!("column {}, which names the rows, stands between months", letters(*column));
        Some(((self.body.first()?.number, *column), found))
    }

    /// A cell that names another indicator than its row does, or begins its row.
    fn named_otherwise(&self, between: &BTreeSet<u32>, indicators: &[&Indicator]) -> Option<(RowColumn, String)> {
        let mut names = Names::new(self.page, indicators, self.naming, |_| true);
        let merged = Fill::of(self.page.grid, self.naming);
        self.body.iter().find_map(|row| {
            let own = names.of_row(*row, self.naming);
            self.named(*row, between).find_map(|(column, _)| {
                let spot = (row.number, column);
                let cell = address(spot.0, spot.1);
                let begins = row.first_column() == column
                    && self.page.table.orientation != Orientation::Pairs
                    && self.naming.iter().all(|naming| merged.over(row.number, *naming).is_none());
                let named = names
                    .of_row(*row, &[column])
                    .filter(|named| own.is_none_or(|own| own.reference != named.reference));
                match (named, own) {
                    (Some(named), Some(own)) => Some((
                        spot,
                        format!("{cell} names {}, between months in the row of {}", named.reference, own.reference),
                    )),
                    (Some(named), None) => Some((spot, format!("{cell} names {}, between months", named.reference))),
                    (None, _) if begins => {
                        Some((spot, format!("row {} begins at {cell}, between months", row.number + 1)))
                    }
                    (None, _) => None,
                }
            })
        })
    }

    /// A column whose texts are names by their looks.
    fn likely(&self, between: &BTreeSet<u32>) -> Option<(RowColumn, String)> {
        let mut columns: BTreeMap<u32, LikelyNames> = BTreeMap::new();
        // The last column with a figure in each row, in order.
        let mut ends: Vec<u32> = self.body.iter().filter_map(|row| self.last_figure(*row)).collect();
        ends.sort_unstable();
        for row in self.body {
            for (column, typed) in self.named(*row, between) {
                let texts = columns.entry(column).or_default();
                texts.rows += 1;
                if texts.names.insert(text::key(typed)) && texts.shown.len() < 2 {
                    texts.shown.push(format!("\"{}\"", text::short(typed)));
                }
            }
        }
        // An indicator's rows are named once, in the first of them.
        let rows_each = self.page.table.parts.len().max(1);
        let headings: BTreeMap<u32, (RowColumn, &str)> =
            self.header.headed().map(|(spot, heading)| (spot.1, (spot, heading))).collect();
        let filters: BTreeSet<u32> = self.filters();
        let held = self.columns();
        columns.iter().find_map(|(column, texts)| {
            let rows = ends.len() - ends.partition_point(|end| end <= column);
            let is_on_most = texts.rows * 4 * rows_each >= rows * 3;
            let are_distinct = texts.names.len() * 4 >= texts.rows * 3;
            // Of one name nobody could say, were there no gap before it.
            let is_apart =
                column.checked_sub(1).is_some_and(|before| !held.contains(&before) && !self.figures.contains(&before));
            let spot = headings.get(column).map(|(spot, _)| *spot);
            let is_other = headings.get(column).is_some_and(|(_, heading)| self.is_companion(heading));
            (is_on_most && are_distinct && !is_other && !filters.contains(column) && (texts.rows > 1 || is_apart)).then(
                || {
                    (
                        spot.unwrap_or((self.body.first().map_or(0, |row| row.number), *column)),
                        self.likely_message(*column, texts),
                    )
                },
            )
        })
    }

    fn likely_message(&self, column: u32, texts: &LikelyNames) -> String {
        format!(
            "column {} stands between months and names what they are not known to be about: {}; another table may begin there, and its figures would be read as this one's",
            letters(column),
            listed(&texts.shown)
        )
    }

    /// Columns that rows are chosen by.
    fn filters(&self) -> BTreeSet<u32> {
        let names = self.page.table.filter.keys().map(|name| Heading::Name(name.clone()));
        names.flat_map(|name| self.header.find(&[name])).collect()
    }

    /// What may be names in a row, with figures behind them.
    fn named(&self, row: TableRow<'g>, between: &BTreeSet<u32>) -> impl Iterator<Item = (u32, &'g str)> {
        let last = self.last_figure(row).unwrap_or(0);
        row.placed().filter_map(move |(column, cell)| match cell {
            Cell::Text(typed) if column < last && between.contains(&column) && self.is_name(typed) => {
                Some((column, text::trim(typed)))
            }
            _ => None,
        })
    }

    fn last_figure(&self, row: TableRow<'g>) -> Option<u32> {
        let figures =
            row.placed().filter(|(column, cell)| self.figures.contains(column) && number::number(cell).is_some());
        figures.map(|(column, _)| column).last()
    }

    /// Whether a text may be a name: no figure, marker, rating or sentence.
    fn is_name(&self, typed: &str) -> bool {
        let key = text::key(typed);
        let letters = key.chars().filter(|c| c.is_alphabetic()).count();
        let is_code = letters > 0
            && key.chars().any(|c| c.is_ascii_digit())
            && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '/' | '_'));
        let mut words = key.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
        (letters > 2 || is_code)
            && !words.all(|word| RATING.contains(&word))
            && !key.ends_with('.')
            && !key.contains(". ")
            && !self.page.table.missing.keys().any(|marker| text::key(marker) == key)
    }

    /// Whether a heading is that of a column about the figure before it.
    fn is_companion(&self, heading: &str) -> bool {
        let key = text::key(heading);
        let mut words = key.split(|c: char| !c.is_alphanumeric());
        words.any(|word| COMPANIONS.contains(&word))
    }
}
