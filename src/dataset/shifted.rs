//! Rows, columns and whole tables that were pushed along under their headings.
//!
//! "Insert cells" in a spreadsheet moves what stands behind, and each figure then
//! stands under the next heading. What gives it away is at both ends: a cell is
//! empty where others are filled, and as many figures stand behind the last
//! heading, under one that is no number's, or after the month that is due. Where a
//! cell was deleted nothing stands behind, and the month that is due has no figure
//! (F403, F404).

use std::collections::BTreeMap;

use super::cell_mapping::CellMapping;
use super::companions;
use super::header::Header;
use super::number;
use super::page::Page;
use super::report::{ReadReport, RowColumn, month_words};
use super::rows::TableRow;
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::Orientation;
use crate::domain::period::{Frequency, Period};
use crate::workbook::{Cell, Grid, address, letters};

/// Cells at most by which one row or column is taken to be pushed, and a table.
const PUSHED: usize = 3;
const PUSHED_TOGETHER: usize = 24;
/// Months for which an empty one is news.
const NEWS: i32 = 3;
/// Lines from which on one of them can differ from the others.
const SEVERAL: usize = 4;

/// A row of figures with its columns, or a column with its rows.
struct FigureLine<'i> {
    at: u32,
    filled: Vec<bool>,
    /// Whose figures they are and of which months, where it runs through months.
    months: Vec<(&'i Indicator, Period)>,
}

impl FigureLine<'_> {
    /// Its first and last place that holds something; none of fewer than two.
    fn extent(&self) -> Option<(usize, usize)> {
        let first = self.filled.iter().position(|filled| *filled)?;
        let last = self.filled.iter().rposition(|filled| *filled)?;
        (first < last).then_some((first, last))
    }
}

/// Lines with places alike, such as the rows of a table under its months.
struct LineGroup<'g, 'i> {
    grid: &'g Grid,
    /// Whether each line is a column.
    down: bool,
    /// The columns, or rows, of a line's places.
    axis: Vec<u32>,
    lines: Vec<FigureLine<'i>>,
}

/// The rows of a table through its months, or its columns where they go down.
pub(super) struct MonthLines<'g, 'i>(Vec<LineGroup<'g, 'i>>);

impl<'g, 'i> MonthLines<'g, 'i> {
    pub(super) fn of(page: &Page<'g>, mappings: &[CellMapping<'_, 'i>]) -> Self {
        // A long table has a row for each month.
        let is_long = page.table.orientation == Orientation::Long;
        let down = page.table.orientation == Orientation::Columns;
        Self(if is_long { Vec::new() } else { LineGroup::all(page.grid, mappings, down) })
    }
}

/// F218 of the rows and columns of a table; gives whether anything was found.
pub(super) fn check(
    page: &Page<'_>,
    header: &Header<'_>,
    mappings: &[CellMapping<'_, '_>],
    by_months: &MonthLines<'_, '_>,
    report: &mut ReadReport,
) -> bool {
    let is_long = page.table.orientation == Orientation::Long;
    if is_long && !has_row_behind(page, mappings) {
        return false;
    }
    let down = page.table.orientation != Orientation::Columns;
    let across = LineGroup::all(page.grid, mappings, down);
    for (by_month, groups) in [(true, &by_months.0), (false, &across)] {
        for lines in groups {
            let single = lines.single(header, by_month, report.period);
            for (line, spot, message) in &single {
                match line.months.first().filter(|_| by_month) {
                    Some((of, _)) => report.at_indicator(Code::Shifted, Some(*spot), of, message.as_str(), HINT),
                    None => report.at_cell(Code::Shifted, *spot, message.as_str(), HINT),
                }
            }
            if !single.is_empty() {
                return true;
            }
            if let Some((spot, message)) = lines.together(header, by_month, report.period) {
                report.at_cell(Code::Shifted, spot, message, HINT);
                return true;
            }
        }
    }
    false
}

/// F219: a month in which no row has a figure.
pub(super) fn check_empty(by_months: &MonthLines<'_, '_>, report: &mut ReadReport) {
    if let Some((spot, message)) = by_months.0.iter().find_map(|lines| lines.month_empty(report.period)) {
        report.at_cell(Code::ColumnEmpty, spot, message, "look whether the figures stand under their own months");
    }
}

const HINT: &str = "move the figures back under their own headings (delete the empty cell, not the column)";

/// Whether figures stand alone in the row behind the last of a long table.
fn has_row_behind(page: &Page<'_>, mappings: &[CellMapping<'_, '_>]) -> bool {
    let last = mappings.iter().map(|mapping| mapping.cells.spot().0).max();
    last.is_some_and(|last| holds_numbers_alone(page.grid, last + 1))
}

/// Whether a row is there and holds nothing but numbers.
fn holds_numbers_alone(grid: &Grid, row: u32) -> bool {
    TableRow::at(grid, row).is_some_and(|row| row.cells().all(|cell| number::number(cell).is_some()))
}

impl<'g, 'i> LineGroup<'g, 'i> {
    /// Those of a table, by the places that they have.
    fn all(grid: &'g Grid, mappings: &[CellMapping<'_, 'i>], down: bool) -> Vec<Self> {
        let mut places: Vec<(u32, u32, bool, (&'i Indicator, Period))> = Vec::with_capacity(mappings.len());
        for mapping in mappings.iter().filter(|mapping| mapping.indicator.frequency == Frequency::Monthly) {
            places.extend(mapping.cells.given().map(|given| {
                let (at, place) = if down { (given.spot.1, given.spot.0) } else { given.spot };
                (at, place, !given.is_blank(), (mapping.indicator, mapping.month))
            }));
        }
        places.sort_by_key(|place| (place.0, place.1));
        let mut groups: BTreeMap<Vec<u32>, Vec<FigureLine<'i>>> = BTreeMap::new();
        for line in places.chunk_by(|a, b| a.0 == b.0) {
            let Some(first) = line.first() else { continue };
            let (filled, months) = line.iter().map(|place| (place.2, place.3)).unzip();
            let axis = line.iter().map(|place| place.1).collect();
            groups.entry(axis).or_default().push(FigureLine { at: first.0, filled, months });
        }
        groups.into_iter().map(|(axis, lines)| Self { grid, down, axis, lines }).collect()
    }

    fn spot(&self, line: &FigureLine<'_>, place: u32) -> RowColumn {
        if self.down { (place, line.at) } else { (line.at, place) }
    }

    fn cell(&self, line: &FigureLine<'_>, place: u32) -> Option<&'g Cell> {
        let (row, column) = self.spot(line, place);
        TableRow::at(self.grid, row)?.cell(column)
    }

    fn holds_number(&self, line: &FigureLine<'_>, place: u32) -> bool {
        self.cell(line, place).is_some_and(|cell| number::number(cell).is_some())
    }

    /// Whether a place holds a number that is like those of the line.
    fn holds_figure(&self, line: &FigureLine<'_>, place: u32) -> bool {
        let of_line = self.axis.iter().filter_map(|place| self.cell(line, *place));
        self.cell(line, place).is_some_and(|found| number::is_like(found, of_line))
    }

    /// The place so many cells behind the last.
    fn behind(&self, cells: usize) -> Option<u32> {
        let step = self.axis.windows(2).map(|pair| pair[1] - pair[0]).min().unwrap_or(1);
        let is_even = self.axis.windows(2).all(|pair| pair[1] - pair[0] == step);
        // Months of which each has several columns, of which one is read.
        Some(self.axis.last()? + u32::try_from(cells).ok()? * if is_even && !self.down { step } else { 1 })
    }

    /// The first and last places that at least half of the lines have; the earlier
    /// end of two.
    fn usual(&self) -> Option<(usize, usize)> {
        let mut counts: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for extent in self.lines.iter().filter_map(FigureLine::extent) {
            *counts.entry(extent).or_default() += 1;
        }
        let all: usize = counts.values().sum();
        counts.into_iter().find(|(_, count)| count * 2 >= all).map(|(extent, _)| extent)
    }

    /// Lines that are empty in as many cells, where others are filled, as figures
    /// stand behind where theirs end.
    fn single(&self, header: &Header<'_>, by_month: bool, period: Period) -> Vec<(&FigureLine<'i>, RowColumn, String)> {
        let Some(usual) = self.usual().filter(|_| self.lines.len() >= SEVERAL) else { return Vec::new() };
        let pushed = |line| {
            let (_, last) = FigureLine::extent(line)?;
            let ahead = by_month && last > usual.1 && line.is_after_due(last, period);
            let pushed = match last.checked_sub(usual.1)? {
                0 => (1..=PUSHED).rev().find(|cells| self.stands_alone_behind(header, line, usual.1, *cells))?,
                cells if ahead && cells <= PUSHED => cells,
                _ => return None,
            };
            let empty = self.empty(line, usual);
            let first = *empty.first().filter(|_| empty.len() == pushed)?;
            let end = *self.axis.get(last).filter(|_| ahead).or(self.behind(pushed).as_ref())?;
            Some((line, self.spot(line, self.axis[first]), self.message(line, first, end, pushed)))
        };
        self.lines.iter().filter_map(pushed).collect()
    }

    /// The empty places of a line where most others are filled.
    fn empty(&self, line: &FigureLine<'_>, (first, last): (usize, usize)) -> Vec<usize> {
        let is_usual = |place: usize| {
            let filled = self.lines.iter().filter(|other| other.filled.get(place) == Some(&true)).count();
            filled * 2 >= self.lines.len()
        };
        (first..=last).filter(|place| line.filled.get(*place) == Some(&false) && is_usual(*place)).collect()
    }

    /// Whether a line has a number so many cells behind the last place, where most
    /// have none and no heading is one of figures.
    fn stands_alone_behind(&self, header: &Header<'_>, line: &FigureLine<'_>, last: usize, cells: usize) -> bool {
        let Some(place) = self.behind(cells).filter(|_| last + 1 == self.axis.len()) else { return false };
        self.holds_figure(line, place)
            && (self.down || self.is_unheaded(header, place))
            && self.lines.iter().filter(|other| self.holds_number(other, place)).count() * 2 <= self.lines.len()
    }

    /// All lines alike: a place is empty in each, and most have a figure behind the
    /// last heading, or after the month that is due.
    fn together(&self, header: &Header<'_>, by_month: bool, period: Period) -> Option<(RowColumn, String)> {
        let filled: Vec<&FigureLine<'_>> = self.lines.iter().filter(|line| line.extent().is_some()).collect();
        let line = *filled.first()?;
        let empty = self.empty_in_all(&filled);
        let first = *empty.first().filter(|_| empty.len() <= PUSHED_TOGETHER)?;
        let most =
            |is: &dyn Fn(&FigureLine<'_>) -> bool| filled.iter().filter(|line| is(line)).count() * 2 > filled.len();
        let last = self.axis.len().checked_sub(1)?;
        let behind = self.behind(empty.len())?;
        let ends = |line: &FigureLine<'_>| line.extent().is_some_and(|extent| extent.1 == last);
        if most(&|line| ends(line) && self.holds_number(line, behind)) && self.is_unheaded(header, behind) {
            return Some((self.spot(line, self.axis[first]), self.message_together(first, behind)));
        }
        let due = by_month && first == 0;
        let ahead = i32::try_from(empty.len()).ok().filter(|_| due)?;
        let is_ahead = |line: &FigureLine<'_>| {
            let month = line.extent().and_then(|extent| line.months.get(extent.1));
            month.is_some_and(|(of, month)| month.since(of.latest_due(period)) == ahead)
        };
        let end = filled.iter().filter_map(|line| line.extent()).map(|extent| extent.1).max()?;
        most(&is_ahead).then(|| (self.spot(line, self.axis[first]), self.message_together(first, self.axis[end])))
    }

    /// Places before the last figure that none of some lines fills.
    fn empty_in_all(&self, lines: &[&FigureLine<'_>]) -> Vec<usize> {
        let end = lines.iter().filter_map(|line| line.extent()).map(|extent| extent.1).max().unwrap_or(0);
        (0..end).filter(|place| lines.iter().all(|line| line.filled.get(*place) == Some(&false))).collect()
    }

    /// Whether what stands behind the last place is under no heading of figures.
    fn is_unheaded(&self, header: &Header<'_>, place: u32) -> bool {
        if self.down {
            // A total or another month says in its row what it is.
            return holds_numbers_alone(self.grid, place);
        }
        let heading = header.headed().find(|((_, column), _)| *column == place);
        heading.is_none_or(|(_, heading)| companions::is_text_heading(heading))
    }

    /// F219: no line has a figure in a month, and most have one in each other up to
    /// the one that is due.
    fn month_empty(&self, period: Period) -> Option<(RowColumn, String)> {
        let filled: Vec<&FigureLine<'_>> = self.lines.iter().filter(|line| line.extent().is_some()).collect();
        let line = *filled.first().filter(|_| filled.len() + 1 >= SEVERAL && self.axis.len() > 2)?;
        let [empty] = self.empty_in_all(&filled)[..] else { return None };
        // Of what was empty for long, earlier months' officers know.
        let is_news = empty == 0 || line.months.get(empty).is_some_and(|(_, month)| period.since(*month) <= NEWS);
        if !is_news {
            return None;
        }
        let is_whole = |line: &&&FigureLine<'_>| {
            let due = line.months.iter().position(|(of, month)| *month == of.latest_due(period));
            due.is_some_and(|due| (0..=due).all(|place| place == empty || line.filled.get(place) == Some(&true)))
        };
        let whole = filled.iter().filter(is_whole).count();
        let month = line.months.get(empty)?.1;
        (whole * 2 > filled.len()).then(|| {
            let spot = self.spot(line, self.axis[empty]);
            let (lines, stand) = (
                crate::words::count(filled.len(), "row", "rows"),
                if empty == 0 {
                    "all figures may stand one month late"
                } else {
                    "those behind it may stand one month late"
                },
            );
            (
                spot,
                format!(
                    "none of {lines} has a figure for {}, and most have one for every other month: {stand}",
                    month_words(month)
                ),
            )
        })
    }

    fn message(&self, line: &FigureLine<'_>, empty: usize, end: u32, pushed: usize) -> String {
        let [empty, end] = [self.axis[empty], end].map(|place| self.address(line, place));
        let (name, cells) =
            (self.name(line), if pushed == 1 { "one cell".to_owned() } else { format!("{pushed} cells") });
        format!(
            "{name} seems to be pushed along by {cells}: {empty} is empty, where others hold a figure, and {end} holds one, where others hold none; each figure between would be read as its neighbour's"
        )
    }

    fn message_together(&self, empty: usize, end: u32) -> String {
        let [empty, end] = [self.axis[empty], end]
            .map(|place| if self.down { format!("row {}", place + 1) } else { format!("column {}", letters(place)) });
        format!(
            "the figures seem to be pushed along under their headings: {empty} holds none, and {end} holds figures, where none should stand; each would be read as its neighbour's"
        )
    }

    fn address(&self, line: &FigureLine<'_>, place: u32) -> String {
        let (row, column) = self.spot(line, place);
        address(row, column)
    }

    fn name(&self, line: &FigureLine<'_>) -> String {
        if self.down { format!("column {}", letters(line.at)) } else { format!("row {}", line.at + 1) }
    }
}

impl FigureLine<'_> {
    /// Whether a place is of a month after the one that is due.
    fn is_after_due(&self, place: usize, period: Period) -> bool {
        self.months.get(place).is_some_and(|(of, month)| *month > of.latest_due(period))
    }
}
