//! Rows that stand under a heading which says that they are others': "Statistical
//! neighbours", "England".

use super::cell_mapping::CellMapping;
use super::page::Page;
use super::report::ReadReport;
use super::rows;
use super::text;
use crate::domain::finding::Code;
use crate::domain::layout::Orientation;
use crate::workbook::address;

/// Words of such a heading, of which one must be there; and what else may be:
/// "National indicators" and "Compared with England" may be one's own.
const OTHERS: [&str; 10] = [
    "benchmarks",
    "comparator",
    "comparators",
    "england",
    "national",
    "neighbour",
    "neighbours",
    "region",
    "regional",
    "statistical",
];
const BESIDE: [&str; 12] = [
    "and",
    "authorities",
    "average",
    "averages",
    "councils",
    "data",
    "figures",
    "group",
    "mean",
    "median",
    "our",
    "the",
];

/// F226, for each indicator.
pub(super) fn check(page: &Page<'_>, mappings: &[CellMapping<'_, '_>], report: &mut ReadReport) {
    if page.table.orientation == Orientation::Columns {
        return;
    }
    // The rows below a row of one text alone, up to the next such row.
    let mut heading: Option<(u32, String)> = None;
    let mut told: Vec<&str> = Vec::new();
    for row in rows::all(page.grid) {
        if let Some(title) = row.only_text() {
            let key = text::key(title);
            let words = || key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            let is_others = words().any(|word| OTHERS.contains(&word))
                && words().all(|word| OTHERS.contains(&word) || BESIDE.contains(&word));
            heading = is_others.then(|| (row.number, text::short(title)));
            continue;
        }
        let Some((at, title)) = &heading else { continue };
        let of_row = mappings.iter().find(|mapping| mapping.cells.spot().0 == row.number && !mapping.cells.are_blank());
        let Some(mapping) = of_row.filter(|mapping| !told.contains(&mapping.indicator.reference.as_str())) else {
            continue;
        };
        told.push(mapping.indicator.reference.as_str());
        let message = format!(
            "row {}, {}, stands under \"{title}\" at {}: its figures may be another council's",
            row.number + 1,
            mapping.indicator.reference,
            address(*at, row.first_column())
        );
        let hint = "if they are, drop its rows (`drop_rows`, `stop_at_blank_rows`) and supply the council's own; nothing, if they are the council's";
        report.at_indicator(
            Code::UnderOthersHeading,
            Some((row.number, row.first_column())),
            mapping.indicator,
            message,
            hint,
        );
    }
}
