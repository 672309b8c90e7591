//! Which indicator a row names.

use std::collections::BTreeMap;

use regex::Regex;

use super::fill::Fill;
use super::page::Page;
use super::repeated::Repeated;
use super::report::{ReadReport, RowColumn, listed};
use super::rows::TableRow;
use super::text;
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::{Heading, Naming};
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
    /// Names that differ in case alone, letter for letter.
    exact: BTreeMap<String, Means>,
    patterns: Vec<(&'g Regex, Means)>,
    // Names merged over the rows below them.
    merged: Fill<'g>,
    // Texts as typed: most rows repeat one that was seen before.
    seen: Repeated<&'g str, Means>,
    unknown: Vec<String>,
    first_unknown: Option<RowColumn>,
}

impl<'g, 'i> Names<'g, 'i> {
    /// An indicator answers to its reference and to what the table calls it,
    /// where it may stand at all. `columns` are those that name the rows.
    pub(super) fn new(
        page: &Page<'g>,
        indicators: &'i [&'i Indicator],
        columns: &[u32],
        may_stand: impl Fn(Option<&Naming>) -> bool,
    ) -> Self {
        let mut names = Self {
            indicators,
            known: BTreeMap::new(),
            exact: BTreeMap::new(),
            patterns: Vec::new(),
            merged: Fill::of(page.grid, columns),
            seen: Repeated::default(),
            unknown: Vec::new(),
            first_unknown: None,
        };
        let table = page.table;
        for (at, indicator) in indicators.iter().enumerate() {
            let naming = table.names.get(&indicator.reference);
            if may_stand(naming) {
                names.learn(indicator.reference.as_str(), naming, Means::Indicator(at));
            }
        }
        for (reference, naming) in &table.names {
            names.learn(reference.as_str(), Some(naming), Means::Other);
        }
        names
    }

    fn learn(&mut self, reference: &str, naming: Option<&'g Naming>, means: Means) {
        for heading in naming.into_iter().flat_map(|naming| &naming.names) {
            match heading {
                Heading::Name(name) => {
                    self.known.entry(text::key(name)).or_insert(means);
                    self.exact.entry(text::collapsed(name)).or_insert(means);
                }
                Heading::Pattern(pattern) => self.patterns.push((pattern, means)),
            }
        }
        self.known.entry(text::key(reference)).or_insert(means);
        self.exact.entry(reference.to_owned()).or_insert(means);
    }

    /// Whether a name stands in the row itself, known or not.
    pub(super) fn stands_in(&self, row: TableRow<'g>, columns: &[u32]) -> bool {
        columns.iter().any(|column| row.cell(*column).is_some_and(|cell| !text::of(cell).is_empty()))
    }

    /// The indicator that a row names in the first of these columns that says
    /// a known name. A row that names an unknown one is remembered.
    pub(super) fn of_row(&mut self, row: TableRow<'g>, columns: &[u32]) -> Option<&'i Indicator> {
        let mut unknown = None;
        for column in columns {
            let (column, cell) = match row.cell(*column).or_else(|| self.merged.over(row.number, *column)) {
                Some(cell) => (*column, cell),
                None => continue,
            };
            match self.means(cell) {
                Means::Indicator(at) => return self.indicators.get(at).copied(),
                Means::Other => return None,
                Means::Unknown => unknown = unknown.or(Some((column, cell))),
            }
        }
        let (column, cell) = unknown?;
        let name = text::short(&text::of(cell));
        if !name.is_empty() && !self.unknown.contains(&name) && self.unknown.len() < 1000 {
            self.unknown.push(name);
            self.first_unknown = self.first_unknown.or(Some((row.number, column)));
        }
        None
    }

    fn means(&mut self, cell: &'g Cell) -> Means {
        let Cell::Text(typed) = cell else {
            return self.look_up(&text::of(cell));
        };
        if let Some(means) = self.seen.find(typed.as_str()) {
            return *means;
        }
        let means = self.look_up(typed);
        *self.seen.learn(typed, means)
    }

    /// A name before a pattern, whatever their order, and one that is typed so
    /// letter for letter before one in another case.
    fn look_up(&self, typed: &str) -> Means {
        let plain = text::collapsed(typed);
        if let Some(means) = self.exact.get(&plain).or_else(|| self.known.get(&text::key(typed))) {
            return *means;
        }
        let matching = self.patterns.iter().find(|(pattern, _)| pattern.is_match(&plain));
        matching.map_or(Means::Unknown, |(_, means)| *means)
    }

    /// One note on the names that nobody knows.
    pub(super) fn report_unknown(self, report: &mut ReadReport) {
        if let Some(spot) = self.first_unknown {
            let quoted: Vec<String> = self.unknown.iter().map(|name| format!("\"{name}\"")).collect();
            let message =
                format!("rows name what the register does not have for {}: {}", report.source(), listed(&quoted));
            report.at_cell(Code::UnknownIndicator, spot, message, "if one of them is an indicator, name it under `indicators` of the source in sources.toml; if not, list it in `drop_rows`");
            report.unknown.extend(self.unknown);
        }
    }
}
