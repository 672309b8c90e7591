//! Header rows into columns with names and months.
//!
//! Several header rows are joined with a space, top to bottom. A merged cell
//! stands over every column and row that it covers, once in each column.

mod month_columns;
mod offset_headings;

use std::collections::{BTreeMap, BTreeSet};

pub(super) use month_columns::{Levels, MonthColumn};
use regex::Regex;

use super::report::{ReadReport, RowColumn, listed};
use super::text::{self, key, nearest};
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::Heading;
use crate::workbook::{Cell, Grid, address, column, letters};

/// A table's header.
pub(super) struct Header<'g> {
    columns: Vec<Column<'g>>,
    bottom: u32,
    /// There is no header, and columns go by their letters.
    lettered: bool,
}

/// Columns without a header that are listed: no table made by hand has more.
const LETTERS_AT_MOST: usize = 16_384;

struct Column<'g> {
    at: u32,
    // Header row and cell, top to bottom; empty where there is no header.
    parts: Vec<(u32, &'g Cell)>,
    joined: String,
}

impl<'g> Header<'g> {
    /// The header in these rows, counted from 1. Without any, columns go by
    /// their letters.
    pub(super) fn read(grid: &'g Grid, rows: &[u32]) -> Self {
        if rows.is_empty() {
            return Self::letters(grid);
        }
        let mut rows: Vec<u32> = rows.iter().filter_map(|row| row.checked_sub(1)).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut parts: BTreeMap<u32, Vec<(RowColumn, &'g Cell)>> = BTreeMap::new();
        for row in &rows {
            for (column, anchor, cell) in cells_over(grid, *row) {
                let over = parts.entry(column).or_default();
                if !over.iter().any(|(known, _)| *known == anchor) {
                    over.push((anchor, cell));
                }
            }
        }
        let columns = parts.into_iter().map(|(at, parts)| Column::new(at, parts)).collect();
        Self { columns, bottom: rows.last().copied().unwrap_or(0), lettered: false }
    }

    fn letters(grid: &Grid) -> Self {
        let columns: BTreeSet<u32> = grid.cells.iter().map(|cell| cell.1).collect();
        let lettered = |at: u32| Column { at, parts: Vec::new(), joined: letters(at) };
        Self { columns: columns.into_iter().take(LETTERS_AT_MOST).map(lettered).collect(), bottom: 0, lettered: true }
    }

    /// Columns headed by one of the names or patterns: by the whole header, else by its
    /// lowest row, else by any. Earlier names win; several columns of one name
    /// are all given, unless one of them is typed exactly so: `n` is not `N`
    /// where both are there. An empty name stands for the columns before the
    /// first header, which many tables leave without one, else for the first
    /// that has none.
    pub(super) fn find(&self, names: &[Heading]) -> Vec<u32> {
        if self.lettered {
            // Without a header an empty column is as good as any: it holds nothing.
            return names.iter().find_map(|name| column(name.as_str().trim())).into_iter().collect();
        }
        let tiers: [fn(&Column<'_>, &WantedHeading<'_>) -> bool; 3] = [
            |column, name| name.is(&column.joined),
            |column, name| column.parts.last().is_some_and(|(_, cell)| name.is(&text::of(cell))),
            |column, name| column.parts.iter().any(|(_, cell)| name.is(&text::of(cell))),
        ];
        let wanted: Vec<WantedHeading<'_>> = names.iter().map(WantedHeading::of).collect();
        for is_headed in tiers {
            for name in wanted.iter().filter(|name| !name.is_nothing()) {
                let found: Vec<&Column<'_>> = self.columns.iter().filter(|column| is_headed(column, name)).collect();
                let exact = found.iter().copied().filter(|column| found.len() > 1 && column.is_exactly(name));
                let exact: Vec<u32> = exact.map(|column| column.at).collect();
                if !exact.is_empty() {
                    return exact;
                }
                if !found.is_empty() {
                    return found.into_iter().map(|column| column.at).collect();
                }
            }
        }
        if !wanted.iter().any(WantedHeading::is_nothing) {
            return Vec::new();
        }
        let first = self.columns.first().map_or(0, |column| column.at);
        if first > 0 {
            return (0..first).collect();
        }
        let unheaded = self.columns.windows(2).find(|pair| pair[1].at > pair[0].at + 1);
        unheaded.map(|pair| pair[0].at + 1).into_iter().collect()
    }

    /// Every column's lowest header cell and its whole header.
    pub(super) fn headed(&self) -> impl Iterator<Item = (RowColumn, &str)> {
        self.columns.iter().map(|column| ((self.bottom, column.at), column.joined.as_str()))
    }

    /// The one column headed by one of the names, or a finding (F202) that
    /// says what is there instead. `role` is "the month", "the value" …
    pub(super) fn required(
        &self,
        role: &str,
        names: &[Heading],
        indicator: Option<&Indicator>,
        report: &mut ReadReport,
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
        names: &[Heading],
        indicator: Option<&Indicator>,
        report: &mut ReadReport,
    ) -> Option<u32> {
        if names.is_empty() { None } else { self.required(role, names, indicator, report) }
    }

    /// F202: one column that two parts of a figure are read from. `n` and `N`
    /// are one heading where only one of them is there.
    pub(super) fn report_shared(&self, roles: &[(&str, Option<u32>)], report: &mut ReadReport) {
        for (nth, (role, column)) in roles.iter().enumerate() {
            let other = roles.iter().take(nth).find(|(_, other)| column.is_some() && other == column);
            if let (Some((other, _)), Some(column)) = (other, column) {
                let spot = (self.bottom, *column);
                let message = format!(
                    "{other} and {role} are both read from {}; expected a column for each",
                    address(spot.0, spot.1)
                );
                let hint = format!(
                    "rename the column, or mend the headers under `columns` of {} in sources.toml",
                    report.source()
                );
                add(report, Some(spot), None, message, hint);
            }
        }
    }

    /// The columns whose cells name a row's indicator: those headed by any of
    /// the names, in the names' order.
    pub(super) fn naming(&self, names: &[Heading], report: &mut ReadReport) -> Option<Vec<u32>> {
        let found: Vec<u32> = names.iter().flat_map(|name| self.find(std::slice::from_ref(name))).collect();
        if found.is_empty() {
            self.report_missing("the indicator", names, None, report);
            return None;
        }
        Some(found)
    }

    fn report_missing(&self, role: &str, names: &[Heading], indicator: Option<&Indicator>, report: &mut ReadReport) {
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
        let meant = names
            .iter()
            .find_map(|name| nearest(name.as_str(), self.columns.iter().map(|column| column.joined.as_str())));
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

/// A heading that is looked for.
enum WantedHeading<'n> {
    /// As it is compared, and as it is declared.
    Name(String, &'n str),
    Pattern(&'n Regex),
}

impl<'n> WantedHeading<'n> {
    fn of(heading: &'n Heading) -> Self {
        match heading {
            Heading::Name(name) => Self::Name(key(name), name),
            Heading::Pattern(pattern) => Self::Pattern(pattern),
        }
    }

    fn is(&self, header: &str) -> bool {
        match self {
            Self::Name(name, _) => key(header) == *name,
            Self::Pattern(pattern) => pattern.is_match(&text::collapsed(header)),
        }
    }

    fn is_nothing(&self) -> bool {
        matches!(self, Self::Name(name, _) if name.is_empty())
    }
}

impl<'g> Column<'g> {
    fn new(at: u32, parts: Vec<(RowColumn, &'g Cell)>) -> Self {
        let joined =
            parts.iter().map(|(_, cell)| text::of(cell)).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
        Self { at, parts: parts.into_iter().map(|((row, _), cell)| (row, cell)).collect(), joined }
    }

    /// Whether a name is typed in it, or in one of its rows, letter for letter.
    fn is_exactly(&self, wanted: &WantedHeading<'_>) -> bool {
        let WantedHeading::Name(_, typed) = wanted else { return false };
        let typed = text::collapsed(typed);
        text::collapsed(&self.joined) == typed
            || self.parts.iter().any(|(_, cell)| text::collapsed(&text::of(cell)) == typed)
    }
}

fn add(report: &mut ReadReport, spot: Option<RowColumn>, indicator: Option<&Indicator>, message: String, hint: String) {
    match (indicator, spot) {
        (Some(indicator), _) => report.at_indicator(Code::HeaderMissing, spot, indicator, message, hint),
        (None, Some(spot)) => report.at_cell(Code::HeaderMissing, spot, message, hint),
        (None, None) => report.at_sheet(Code::HeaderMissing, message, hint),
    }
}

fn quoted(names: &[Heading]) -> String {
    names.iter().map(ToString::to_string).collect::<Vec<_>>().join(" or ")
}

/// The cells of a row, merged ones repeated over the columns they cover: its
/// column, where the cell really stands, and the cell.
fn cells_over(grid: &Grid, row: u32) -> Vec<(u32, RowColumn, &Cell)> {
    let mut over: Vec<(u32, RowColumn, &Cell)> =
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
