//! How many rows and which columns a table has.

use super::{cells, person};
use crate::dataset::header::{Header, Levels};
use crate::dataset::months::Months;
use crate::dataset::report::{ReadReport, RowColumn, listed};
use crate::dataset::rows::{self, TableRow};
use crate::dataset::text;
use crate::dataset::years::YearLabel;
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::{Heading, Orientation, Source, Table};
use crate::domain::period::Period;
use crate::workbook::Grid;

/// Every rule that sees a table's cells. False where the table must not be
/// read at all, because it is about single people: its cells are not even
/// quoted.
pub(in crate::dataset) fn check(
    grid: &Grid,
    source: &Source,
    indicators: &[&Indicator],
    report: &mut ReadReport,
) -> bool {
    let header = Header::read(grid, &source.table.header_rows);
    if !person::check(grid, &header, &source.table, report) {
        return false;
    }
    // What a missing filter or an ambiguous month is, reading itself will say.
    let mut aside = ReadReport::new(source, "", report.period);
    let asks_rows = source.checks.rows != (None, None) || !source.checks.columns.is_empty();
    if asks_rows && let Some(filters) = rows::filters(&header, &source.table, &mut aside) {
        let body: Vec<TableRow<'_>> = rows::body(grid, &source.table, &filters).collect();
        row_count(source, body.len(), report);
        cells::check(&header, source, &body, report);
    }
    unexpected_columns(&header, source, indicators, &mut aside, report);
    true
}

/// F231: as many rows as declared.
pub(in crate::dataset) fn row_count(source: &Source, rows: usize, report: &mut ReadReport) {
    let (min, max) = source.checks.rows;
    let expected = match (min, max) {
        (Some(min), _) if rows < min => format!("at least {min}"),
        (_, Some(max)) if rows > max => format!("at most {max}"),
        _ => return,
    };
    report.at_sheet(
        Code::RowCount,
        format!("found {}; expected {expected}", if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") }),
        "check that the file is whole, or change `checks.rows` of the source in sources.toml",
    );
}

/// F232: no column but the declared ones, where the source says which others
/// there may be.
fn unexpected_columns(
    header: &Header<'_>,
    source: &Source,
    indicators: &[&Indicator],
    aside: &mut ReadReport,
    report: &mut ReadReport,
) {
    let Some(extra) = &source.checks.extra_columns else { return };
    let table = &source.table;
    let mut known: Vec<u32> = declared(table, indicators)
        .chain(extra.iter().cloned().map(Heading::Name))
        .chain(source.checks.columns.iter().flat_map(|check| check.column.iter().cloned().map(Heading::Name)))
        .flat_map(|name| header.find(&[name]))
        .collect();
    if matches!(table.orientation, Orientation::Wide | Orientation::Pairs) {
        // Which year months without one are in is no matter here.
        let year = Some(YearLabel::Financial(Period::EARLIEST.year()));
        let mut months = Months::new(&table.month_formats, &table.month_notes, year, false);
        let months = header.months(&known, Levels::of(table), &mut months, aside);
        known.extend(months.into_iter().map(|column| column.at));
    }
    let unexpected: Vec<(RowColumn, String)> = header
        .headed()
        .filter(|(spot, name)| !known.contains(&spot.1) && !text::trim(name).is_empty())
        .map(|(spot, name)| (spot, format!("\"{}\"", text::short(name))))
        .collect();
    if let Some((spot, _)) = unexpected.first() {
        let names: Vec<String> = unexpected.iter().map(|(_, name)| name.clone()).collect();
        report.at_cell(
            Code::UnexpectedColumn,
            *spot,
            format!("columns that are not declared: {}; expected only those that sources.toml names", listed(&names)),
            "remove them, or list them under `checks.extra_columns` of the source in sources.toml",
        );
    }
}

/// Every header that the layout reads.
pub(in crate::dataset) fn declared<'t>(
    table: &'t Table,
    indicators: &'t [&'t Indicator],
) -> impl Iterator<Item = Heading> + 't {
    let of_table = [
        &table.month_column,
        &table.year_column,
        &table.indicator_column,
        &table.value_column,
        &table.numerator_column,
        &table.denominator_column,
        &table.not_due_column,
        &table.mark_column,
    ];
    let named = table.names.values().flat_map(|naming| {
        naming.names.iter().chain(&naming.numerator).chain(&naming.denominator).chain(&naming.not_due)
    });
    let segments = table.segments.iter().flat_map(|segment| &segment.column);
    let references = indicators.iter().map(|indicator| Heading::Name(indicator.reference.as_str().to_owned()));
    let filters = table.filter.keys().cloned().map(Heading::Name);
    of_table.into_iter().flatten().chain(named).chain(segments).cloned().chain(filters).chain(references)
}
