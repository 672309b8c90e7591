//! Header rows into columns with names and months.
//!
//! Several header rows are joined with a space, top to bottom. A merged cell
//! stands over every column and row that it covers, once in each column.

use std::collections::BTreeMap;

use super::months::{Month, Months, Unreadable};
use super::report::{Report, Spot, listed};
use super::text::{self, key, nearest};
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::Table;
use crate::workbook::{Cell, Grid, address};

/// A table's header.
pub(super) struct Header<'g> {
    columns: Vec<Column<'g>>,
    bottom: u32,
}

struct Column<'g> {
    at: u32,
    // Header row and cell, top to bottom; never empty.
    parts: Vec<(u32, &'g Cell)>,
    joined: String,
}

impl<'g> Header<'g> {
    /// The header of a declared table.
    pub(super) fn read(grid: &'g Grid, table: &Table) -> Self {
        let mut rows: Vec<u32> = table.header_rows.iter().filter_map(|row| row.checked_sub(1)).collect();
        if rows.is_empty() {
            rows.push(0);
        }
        rows.sort_unstable();
        rows.dedup();
        let mut parts: BTreeMap<u32, Vec<(Spot, &'g Cell)>> = BTreeMap::new();
        for row in &rows {
            for (column, anchor, cell) in cells_over(grid, *row) {
                let over = parts.entry(column).or_default();
                if !over.iter().any(|(known, _)| *known == anchor) {
                    over.push((anchor, cell));
                }
            }
        }
        let columns = parts.into_iter().map(|(at, parts)| Column::new(at, parts)).collect();
        Self { columns, bottom: rows.last().copied().unwrap_or(0) }
    }

    /// Columns headed by one of the names: by the whole header, else by its
    /// lowest row, else by any. Earlier names win; several columns of one name
    /// are all given. An empty name stands for the columns before the first
    /// header, which many tables leave without one.
    pub(super) fn find(&self, names: &[String]) -> Vec<u32> {
        let tiers: [fn(&Column<'_>, &str) -> bool; 3] = [
            |column, name| key(&column.joined) == name,
            |column, name| column.parts.last().is_some_and(|(_, cell)| key(&text::of(cell)) == name),
            |column, name| column.parts.iter().any(|(_, cell)| key(&text::of(cell)) == name),
        ];
        for is_headed in tiers {
            for name in names.iter().map(|name| key(name)).filter(|name| !name.is_empty()) {
                let found: Vec<u32> =
                    self.columns.iter().filter(|column| is_headed(column, &name)).map(|column| column.at).collect();
                if !found.is_empty() {
                    return found;
                }
            }
        }
        if names.iter().any(|name| key(name).is_empty()) {
            (0..self.columns.first().map_or(0, |column| column.at)).collect()
        } else {
            Vec::new()
        }
    }

    /// Every column's lowest header cell and its whole header.
    pub(super) fn headed(&self) -> impl Iterator<Item = (Spot, &str)> {
        self.columns.iter().map(|column| ((self.bottom, column.at), column.joined.as_str()))
    }

    /// The one column headed by one of the names, or a finding (F202) that
    /// says what is there instead. `role` is "the month", "the value" …
    pub(super) fn required(
        &self,
        role: &str,
        names: &[String],
        indicator: Option<&Indicator>,
        report: &mut Report,
    ) -> Option<u32> {
        match self.find(names).as_slice() {
            [only] => Some(*only),
            [] => {
                self.report_missing(role, names, indicator, report);
                None
            }
            several => {
                let cells: Vec<String> = several.iter().map(|column| address(self.bottom, *column)).collect();
                let message = format!(
                    "{} columns are headed {} ({role}): {}; expected one",
                    several.len(),
                    quoted(names),
                    listed(&cells)
                );
                add(
                    report,
                    several.first().map(|column| (self.bottom, *column)),
                    indicator,
                    message,
                    "rename all but one of them".to_owned(),
                );
                None
            }
        }
    }

    /// The column, where it is declared and there; a declared column that is
    /// missing is reported.
    pub(super) fn optional(
        &self,
        role: &str,
        names: &[String],
        indicator: Option<&Indicator>,
        report: &mut Report,
    ) -> Option<u32> {
        if names.is_empty() { None } else { self.required(role, names, indicator, report) }
    }

    /// The columns whose cells name a row's indicator: those headed by any of
    /// the names, in the names' order.
    pub(super) fn naming(&self, names: &[String], report: &mut Report) -> Option<Vec<u32>> {
        let found: Vec<u32> = names.iter().flat_map(|name| self.find(std::slice::from_ref(name))).collect();
        if found.is_empty() {
            self.report_missing("the indicator", names, None, report);
            return None;
        }
        Some(found)
    }

    /// Columns that stand for a month. A header that two formats read
    /// differently is reported (F204); one that is no month is passed over.
    pub(super) fn months(&self, not: &[u32], months: &mut Months<'_>, report: &mut Report) -> Vec<(u32, Month)> {
        let (mut found, mut ambiguous) = (Vec::new(), false);
        for column in self.columns.iter().filter(|column| !not.contains(&column.at)) {
            match column.month(months) {
                Ok(month) => found.push((column.at, month)),
                Err(Unreadable::Unknown) => {}
                Err(Unreadable::Ambiguous(readings)) => {
                    ambiguous = true;
                    let message = format!("the header \"{}\" may be {readings}", text::short(&column.joined));
                    report.at_cell(
                        Code::MonthUnreadable,
                        (self.bottom, column.at),
                        message,
                        "leave one format that fits in `month.formats` in sources.toml",
                    );
                }
            }
        }
        if found.is_empty() && !ambiguous {
            let message =
                format!("no header can be read as a month; found {}; expected {}", self.shown(), months.expected());
            report.at_sheet(
                Code::MonthsMissing,
                message,
                "check `header_rows` and `month.formats` of the source in sources.toml",
            );
        }
        found
    }

    fn report_missing(&self, role: &str, names: &[String], indicator: Option<&Indicator>, report: &mut Report) {
        if names.is_empty() {
            let message = format!("sources.toml declares no header for {role}; found {}", self.shown());
            return add(
                report,
                None,
                indicator,
                message,
                "declare it under `columns` or `month` of the source in sources.toml".to_owned(),
            );
        }
        let meant =
            names.iter().find_map(|name| nearest(name, self.columns.iter().map(|column| column.joined.as_str())));
        let hint = match meant {
            Some(meant) => format!(
                "rename the column, or add its header to {} in sources.toml; did you mean \"{}\"?",
                report.source(),
                text::short(meant)
            ),
            None => format!(
                "rename the column, or change the header or `header_rows` of {} in sources.toml",
                report.source()
            ),
        };
        add(
            report,
            None,
            indicator,
            format!("no column is headed {} ({role}); found {}", quoted(names), self.shown()),
            hint,
        );
    }

    fn shown(&self) -> String {
        listed(&self.columns.iter().map(|column| format!("\"{}\"", text::short(&column.joined))).collect::<Vec<_>>())
    }
}

impl<'g> Column<'g> {
    fn new(at: u32, parts: Vec<(Spot, &'g Cell)>) -> Self {
        let joined =
            parts.iter().map(|(_, cell)| text::of(cell)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        Self { at, parts: parts.into_iter().map(|((row, _), cell)| (row, cell)).collect(), joined }
    }

    /// Its month: a true date in its lowest row, else the whole header, else
    /// its lowest row ("Q1" above "Apr-25").
    fn month(&self, months: &mut Months<'_>) -> Result<Month, Unreadable> {
        let Some((_, lowest)) = self.parts.last() else { return Err(Unreadable::Unknown) };
        if matches!(lowest, Cell::Date(_)) {
            return months.read(lowest);
        }
        match months.text(&self.joined) {
            Err(Unreadable::Unknown) if self.parts.len() > 1 => months.read(lowest),
            read => read,
        }
    }
}

fn add(report: &mut Report, spot: Option<Spot>, indicator: Option<&Indicator>, message: String, hint: String) {
    match (indicator, spot) {
        (Some(indicator), _) => report.at_indicator(Code::HeaderMissing, spot, indicator, message, hint),
        (None, Some(spot)) => report.at_cell(Code::HeaderMissing, spot, message, hint),
        (None, None) => report.at_sheet(Code::HeaderMissing, message, hint),
    }
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(" or ")
}

/// The cells of a row, merged ones repeated over the columns they cover: its
/// column, where the cell really stands, and the cell.
fn cells_over(grid: &Grid, row: u32) -> Vec<(u32, Spot, &Cell)> {
    let mut over: Vec<(u32, Spot, &Cell)> =
        row_cells(grid, row).iter().map(|(row, column, cell)| (*column, (*row, *column), cell)).collect();
    let covering: Vec<_> = grid.merges.iter().filter(|merge| merge.top <= row && row <= merge.bottom).collect();
    if covering.is_empty() {
        return over;
    }
    // A title merged to the end of the sheet goes no further than the table.
    let last = grid.cells.iter().map(|cell| cell.1).max().unwrap_or(0);
    for merge in covering {
        let Some((_, _, cell)) = row_cells(grid, merge.top).iter().find(|cell| cell.1 == merge.left) else { continue };
        for column in merge.left..=merge.right.min(last) {
            if !over.iter().any(|(known, _, _)| *known == column) {
                over.push((column, (merge.top, merge.left), cell));
            }
        }
    }
    over
}

fn row_cells(grid: &Grid, row: u32) -> &[(u32, u32, Cell)] {
    let from = grid.cells.partition_point(|cell| cell.0 < row);
    let to = grid.cells.partition_point(|cell| cell.0 <= row);
    grid.cells.get(from..to).unwrap_or_default()
}
