//! Several measures across, each with its own months: which columns stand under
//! the heading that an indicator is declared to stand under.

use super::cell_mapping::{CellMapping, Cells, MappedCell};
use super::header::MonthColumn;
use super::months::Month;
use super::page::Page;
use super::report::{ReadReport, listed};
use super::rows::TableRow;
use super::text;
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::{Heading, Naming, Orientation, Table};

/// The months under one heading.
pub(super) struct HeadingGroup<'t> {
    table: &'t Table,
    /// The heading; none where no indicator is declared to stand under one.
    heading: Option<String>,
    pub(super) months: Vec<(u32, Month)>,
}

impl HeadingGroup<'_> {
    /// Whether an indicator may stand under it: it is declared to, or under none.
    pub(super) fn holds(&self, naming: Option<&Naming>) -> bool {
        let Some(heading) = &self.heading else { return true };
        naming.and_then(|naming| self.table.under_of(naming)).is_none_or(|under| is(under, heading))
    }
}

/// Numerators and denominators that stand under headings of their own, beside the
/// cells of a wide table whose indicators are declared to have them.
pub(super) fn add_parts<'g>(page: &Page<'g>, months: &[MonthColumn], mappings: &mut [CellMapping<'g, '_>]) {
    for mapping in mappings {
        let Some(naming) = page.table.names.get(&mapping.indicator.reference) else { continue };
        let (Some(given), Some(row)) = (mapping.cells.value, TableRow::at(page.grid, mapping.cells.spot().0)) else {
            continue;
        };
        let part = |heading: &Option<Heading>| {
            let heading = heading.as_ref()?;
            let is_meant = |column: &&MonthColumn| {
                is(heading, &column.heading) && column.month.of(mapping.indicator) == Some(mapping.month)
            };
            months.iter().find(is_meant).map(|column| MappedCell::at(row, column.at))
        };
        let (numerator, denominator) = (part(&naming.numerator), part(&naming.denominator));
        if numerator.is_some() || denominator.is_some() {
            // Without a value of its own the group is the numerator's.
            let value = naming.under.as_ref().map(|_| given);
            mapping.cells = Cells::new(value, numerator, denominator);
        }
    }
}

fn is(under: &Heading, heading: &str) -> bool {
    match under {
        Heading::Name(name) => text::key(name) == text::key(heading),
        Heading::Pattern(pattern) => pattern.is_match(&text::collapsed(heading)),
    }
}

/// The months by the headings over them; all together where no indicator is
/// declared to stand under one. F211 for each heading that is not there.
pub(super) fn groups<'t>(
    page: &Page<'t>,
    months: &[MonthColumn],
    indicators: &[&Indicator],
    report: &mut ReadReport,
) -> Vec<HeadingGroup<'t>> {
    let all =
        |columns: &mut dyn Iterator<Item = &MonthColumn>| columns.map(|column| (column.at, column.month)).collect();
    if !page.table.has_under() {
        return vec![HeadingGroup { table: page.table, heading: None, months: all(&mut months.iter()) }];
    }
    let mut headings: Vec<&str> = months.iter().map(|column| column.heading.as_str()).collect();
    headings.sort_unstable();
    headings.dedup();
    let shown: Vec<String> = headings.iter().map(|heading| format!("\"{}\"", text::short(heading))).collect();
    for indicator in indicators {
        let naming = page.table.names.get(&indicator.reference);
        let parts = naming.filter(|_| page.table.orientation == Orientation::Wide);
        let parts = parts.into_iter().flat_map(|naming| naming.numerator.iter().chain(&naming.denominator));
        let mut declared = naming.and_then(|naming| naming.under.as_ref()).into_iter().chain(parts);
        let Some(under) = declared.find(|under| !headings.iter().any(|heading| is(under, heading))) else { continue };
        let near = text::nearest(under.as_str(), headings.iter().copied());
        let meant = near.map_or_else(String::new, |near| format!("; did you mean \"{}\"?", text::short(near)));
        report.at_indicator(
            Code::UnderMissing,
            None,
            indicator,
            format!("no months stand under the heading {under}; found {}", listed(&shown)),
            format!(
                "rename the heading, or mend {indicator} under `indicators` in sources.toml{meant}",
                indicator = indicator.reference
            ),
        );
        report.excuse(&indicator.reference);
    }
    headings
        .into_iter()
        .map(|heading| HeadingGroup {
            table: page.table,
            heading: Some(heading.to_owned()),
            months: all(&mut months.iter().filter(|column| column.heading == heading)),
        })
        .collect()
}
