//! Which indicator a row names.

use std::collections::BTreeMap;

use super::report::{Report, Spot, listed};
use super::rows::Row;
use super::text;
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::Table;
use crate::workbook::Cell;

/// What a name means here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Means {
    /// The indicator at this index.
    Indicator(usize),
    /// Nothing of this source's: another's indicator.
    Other,
    /// Nothing that is known.
    Unknown,
}

/// The names that a table uses, and those it uses that nobody knows.
pub(super) struct Names<'g, 'i> {
    indicators: &'i [&'i Indicator],
    known: BTreeMap<String, Means>,
    // Texts as typed: most rows repeat one that was seen before.
    seen: BTreeMap<&'g str, Means>,
    unknown: Vec<String>,
    first_unknown: Option<Spot>,
}

impl<'g, 'i> Names<'g, 'i> {
    /// An indicator answers to its reference and to what the table calls it.
    pub(super) fn new(table: &Table, indicators: &'i [&'i Indicator]) -> Self {
        let mut known = BTreeMap::new();
        for (at, indicator) in indicators.iter().enumerate() {
            let named = table.names.get(&indicator.reference).into_iter().flat_map(|naming| &naming.names);
            for name in named.map(String::as_str).chain([indicator.reference.as_str()]) {
                known.entry(text::key(name)).or_insert(Means::Indicator(at));
            }
        }
        for (reference, naming) in &table.names {
            for name in naming.names.iter().map(String::as_str).chain([reference.as_str()]) {
                known.entry(text::key(name)).or_insert(Means::Other);
            }
        }
        Self { indicators, known, seen: BTreeMap::new(), unknown: Vec::new(), first_unknown: None }
    }

    /// The indicator that a row names in the first of these columns that says
    /// a known name. A row that names an unknown one is remembered.
    pub(super) fn of_row(&mut self, row: Row<'g>, columns: &[u32]) -> Option<&'i Indicator> {
        let mut unknown = None;
        for (column, cell) in columns.iter().filter_map(|column| Some((*column, row.cell(*column)?))) {
            match self.means(cell) {
                Means::Indicator(at) => return self.indicators.get(at).copied(),
                Means::Other => return None,
                Means::Unknown => unknown = unknown.or(Some((column, cell))),
            }
        }
        let (column, cell) = unknown?;
        let name = format!("\"{}\"", text::short(&text::of(cell)));
        if name.len() > 2 && !self.unknown.contains(&name) && self.unknown.len() < 1000 {
            self.unknown.push(name);
            self.first_unknown = self.first_unknown.or(Some((row.number, column)));
        }
        None
    }

    fn means(&mut self, cell: &'g Cell) -> Means {
        let Cell::Text(typed) = cell else {
            return self.known.get(&text::key(&text::of(cell))).copied().unwrap_or(Means::Unknown);
        };
        if let Some(means) = self.seen.get(typed.as_str()) {
            return *means;
        }
        let means = self.known.get(&text::key(typed)).copied().unwrap_or(Means::Unknown);
        self.seen.insert(typed, means);
        means
    }

    /// One note on the names that nobody knows.
    pub(super) fn report_unknown(self, report: &mut Report) {
        if let Some(spot) = self.first_unknown {
            let message =
                format!("rows name what the register does not have for {}: {}", report.source(), listed(&self.unknown));
            report.at_cell(Code::UnknownIndicator, spot, message, "if one of them is an indicator, name it under `indicators` of the source in sources.toml; if not, list it in `drop_rows`");
        }
    }
}
