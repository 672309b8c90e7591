//! A row that is named twice, by its reference and by a title beside it, and the
//! two are different indicators': the labels of two rows were exchanged, and
//! nothing says to which of them the figures belong.

use std::collections::{BTreeMap, BTreeSet};

use super::cell_mapping::CellMapping;
use super::header::Header;
use super::page::Page;
use super::report::ReadReport;
use super::rows::TableRow;
use super::text;
use crate::domain::finding::Code;
use crate::domain::ids::IndicatorRef;
use crate::domain::indicator::Indicator;
use crate::domain::layout::{Heading, Orientation};
use crate::workbook::{Cell, address};

/// Headings of a column that names its rows.
const NAMING: [&str; 13] = [
    "",
    "description",
    "indicator",
    "indicator name",
    "indicator title",
    "kpi",
    "kpi name",
    "measure",
    "measure name",
    "metric",
    "name",
    "performance indicator",
    "title",
];

/// The indicators that a title may mean, as titles are compared.
type Titled<'i> = BTreeMap<String, BTreeSet<&'i IndicatorRef>>;

/// F434, for each row.
pub(super) fn check(
    page: &Page<'_>,
    header: &Header<'_>,
    mappings: &[CellMapping<'_, '_>],
    indicators: &[&Indicator],
    report: &mut ReadReport,
) {
    if page.table.orientation == Orientation::Columns {
        return;
    }
    let naming = header.naming(&page.table.indicator_column, &mut report.aside()).unwrap_or_default();
    let headed = header.headed().filter(|(_, heading)| NAMING.contains(&text::key(heading).as_str()));
    let columns: BTreeSet<u32> =
        headed.map(|((_, column), _)| column).filter(|column| !naming.contains(column)).collect();
    if columns.is_empty() {
        return;
    }
    let titled = titles(page, indicators);
    let title = |cell: &Cell| match cell {
        Cell::Text(typed) => titled.get(&text::key(typed)),
        _ => None,
    };
    let mut told = BTreeSet::new();
    for mapping in mappings {
        // Several rows of one indicator are named in the first of them.
        let first = mapping.cells.given().map(|given| given.spot.0).min();
        let Some(row) = first.and_then(|row| TableRow::at(page.grid, row)) else { continue };
        let own = whole(mapping.indicator);
        for (column, cell) in columns.iter().filter_map(|column| Some((*column, row.cell(*column)?))) {
            let Some(others) = title(cell).filter(|of| !of.contains(own)) else { continue };
            if told.insert((row.number, column)) {
                report_other((row.number, column), mapping.indicator, others, report);
            }
        }
    }
}

fn report_other(spot: (u32, u32), own: &Indicator, others: &BTreeSet<&IndicatorRef>, report: &mut ReadReport) {
    let other = others.iter().next().map_or_else(String::new, ToString::to_string);
    let message = format!(
        "row {} is named {} and {} beside it is the title of {other}: its figures may be of either",
        spot.0 + 1,
        whole(own),
        address(spot.0, spot.1)
    );
    let hint = "see whose figures they are, and correct the reference or the title";
    report.at_indicator(Code::NameOfAnother, Some(spot), own, message, hint);
}

/// Titles of the register and names that the layout declares, which no other row is called by.
fn titles<'i>(page: &Page<'_>, indicators: &[&'i Indicator]) -> Titled<'i> {
    let mut titled = Titled::new();
    for indicator in indicators.iter().filter(|indicator| indicator.segment.is_none()) {
        let naming = page.table.names.get(&indicator.reference);
        let names = naming.into_iter().flat_map(|naming| &naming.names).filter_map(|name| match name {
            Heading::Name(name) => Some(name.as_str()),
            Heading::Pattern(_) => None,
        });
        for title in names.chain([indicator.title.as_str()]).map(text::key).filter(|title| !title.is_empty()) {
            titled.entry(title).or_default().insert(&indicator.reference);
        }
    }
    titled
}

/// The indicator that a row is of, which its categories are called by.
fn whole(indicator: &Indicator) -> &IndicatorRef {
    indicator.segment.as_ref().map_or(&indicator.reference, |segment| &segment.parent)
}
