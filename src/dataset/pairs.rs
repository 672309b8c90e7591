//! Several rows for each indicator, such as numerator, denominator and
//! percentage, and a column for each month.

use super::cell_mapping::{CellMapping, Cells, MappedCell};
use super::left_out::{self, Unplaced};
use super::names::Names;
use super::page::Page;
use super::report::{ReadReport, RowColumn};
use super::rows::{self, TableRow};
use super::{number, under, wide};
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::Part;

/// The mappings of a table with several rows for each indicator; none, with
/// findings, where its header is not the declared one or holds no month.
pub(super) fn mappings<'g, 'i>(
    page: &Page<'g>,
    indicators: &'i [&'i Indicator],
    report: &mut ReadReport,
) -> Vec<CellMapping<'g, 'i>> {
    let Some(wide::Heads { naming, filters, months }) = wide::Heads::read(page, report) else { return Vec::new() };
    let (mut mappings, mut unplaced) = (Vec::new(), Vec::new());
    for (nth, under) in under::groups(page, &months, indicators, report).into_iter().enumerate() {
        let mut names = Names::new(page, indicators, &naming, |naming| under.holds(naming));
        let groups = groups(page, &naming, &filters, &mut names);
        if nth == 0 {
            names.report_unknown(report);
        }
        if nth == 0 {
            groups.iter().for_each(|group| group.report_beyond(&page.table.parts, report));
        }
        for group in groups.iter().filter(|group| group.is_whole(&page.table.parts, report)) {
            for (column, month) in &under.months {
                let cells = group.cells(&page.table.parts, *column);
                match month.of(group.indicator) {
                    Some(period) => {
                        mappings.push(CellMapping {
                            indicator: group.indicator,
                            month: period,
                            span: month.span(),
                            cells,
                        });
                    }
                    None if cells.are_blank() => {}
                    None => unplaced.push(Unplaced { spot: cells.spot(), span: month.span(), of: group.indicator }),
                }
            }
        }
    }
    left_out::report_unplaced(&mappings, unplaced, report);
    mappings
}

/// The rows of each indicator, in the order of the sheet.
fn groups<'g, 'i>(
    page: &Page<'g>,
    naming: &[u32],
    filters: &[(u32, &str)],
    names: &mut Names<'g, 'i>,
) -> Vec<Group<'g, 'i>> {
    let mut groups: Vec<Group<'g, 'i>> = Vec::new();
    // Whether rows without a name belong to the last group.
    let mut is_open = false;
    for row in rows::body(page.grid, page.table, filters) {
        if names.stands_in(row, naming) {
            let named = names.of_row(row, naming);
            let again = named.is_some_and(|indicator| {
                groups.last().is_some_and(|group| {
                    is_open
                        && group.indicator.reference == indicator.reference
                        && group.rows.len() < page.table.parts.len()
                })
            });
            is_open = named.is_some();
            if let (Some(indicator), false) = (named, again) {
                groups.push(Group { indicator, rows: vec![row], beyond: None });
                continue;
            }
        }
        let Some(group) = groups.last_mut().filter(|_| is_open) else { continue };
        if group.rows.len() < page.table.parts.len() {
            group.rows.push(row);
        } else if group.beyond.is_none() && group.is_followed_by(row) {
            group.beyond = Some((row.number, row.first_column()));
        }
    }
    groups
}

/// An indicator's rows.
struct Group<'g, 'i> {
    indicator: &'i Indicator,
    rows: Vec<TableRow<'g>>,
    /// A row with figures beyond those that are declared.
    beyond: Option<RowColumn>,
}

impl<'g> Group<'g, '_> {
    /// Whether a row without a name follows without a gap and holds figures: which
    /// of the rows is which can then not be told by their order.
    fn is_followed_by(&self, row: TableRow<'g>) -> bool {
        self.rows.last().is_some_and(|last| row.number == last.number + 1)
            && row.cells().filter(|cell| number::number(cell).is_some()).count() > 1
    }

    /// F217: more rows than are declared.
    fn report_beyond(&self, parts: &[Part], report: &mut ReadReport) {
        let Some(spot) = self.beyond else { return };
        let message = format!(
            "{} has more rows with figures than the {} that `rows` declares: row {} holds figures too",
            self.indicator.reference,
            parts.len(),
            spot.0 + 1
        );
        let hint = "declare every row of an indicator under `rows` in sources.toml, in the sheet's order; those that are not read as \"skip\"";
        report.at_indicator(Code::PartsBeyond, Some(spot), self.indicator, message, hint);
    }

    /// Whether it has every row that is declared; F224 where it has not.
    fn is_whole(&self, parts: &[Part], report: &mut ReadReport) -> bool {
        // What is skipped at the end need not be there.
        let needed = parts.iter().rposition(|part| *part != Part::Skip).map_or(0, |last| last + 1);
        if self.rows.len() >= needed {
            return true;
        }
        let spot = self.rows.first().map(|row| (row.number, row.first_column()));
        let words: Vec<&str> = parts.iter().map(|part| word(*part)).collect();
        report.at_indicator(
            Code::PartsMissing,
            spot,
            self.indicator,
            format!(
                "{} has {} row{}; expected {}: {}",
                self.indicator.reference,
                self.rows.len(),
                if self.rows.len() == 1 { "" } else { "s" },
                parts.len(),
                words.join(", ")
            ),
            "supply the missing row, or mend `rows` of the source in sources.toml",
        );
        report.excuse(&self.indicator.reference);
        false
    }

    fn cells(&self, parts: &[Part], column: u32) -> Cells<'g> {
        let given = |wanted: Part| {
            let at = parts.iter().position(|part| *part == wanted)?;
            self.rows.get(at).map(|row| MappedCell::at(*row, column))
        };
        Cells {
            not_due: given(Part::NotDue),
            ..Cells::new(given(Part::Value), given(Part::Numerator), given(Part::Denominator))
        }
    }
}

fn word(part: Part) -> &'static str {
    match part {
        Part::Numerator => "numerator",
        Part::Denominator => "denominator",
        Part::Value => "value",
        Part::NotDue => "not-due",
        Part::Skip => "skip",
    }
}
