//! Headers into months: which columns stand for a month, and what else stands
//! over each.
//!
//! A heading of several levels is read level by level. A year over months
//! holds for those that say none, and another heading ("Registrations") for
//! the columns up to the next, whether or not it is merged over them.

use super::{Column, Header};
use crate::dataset::axis::{self, Step};
use crate::dataset::months::{self, Month, Months, Unreadable};
use crate::dataset::nearly;
use crate::dataset::report::ReadReport;
use crate::dataset::years::YearLabel;
use crate::dataset::{notes, text};
use crate::domain::finding::Code;
use crate::domain::layout::{FinancialYear, Table};
use crate::domain::period::Period;
use crate::workbook::Cell;

/// A column that stands for a month.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::dataset) struct MonthColumn {
    pub(in crate::dataset) at: u32,
    pub(in crate::dataset) month: Month,
    /// What else stands over it or beside its month; mostly nothing.
    pub(in crate::dataset) heading: String,
}

/// How months are read off the levels of a heading.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::dataset) struct Levels {
    /// Whether a year over months may be one from January to December.
    pub(in crate::dataset) calendar_years: bool,
    /// Whether a month may stand in any level, because indicators say what
    /// else stands over their columns.
    pub(in crate::dataset) any: bool,
}

impl Levels {
    /// As a table declares its months.
    pub(in crate::dataset) fn of(table: &Table) -> Self {
        let calendar_years = matches!(table.financial_year, None | Some(FinancialYear::Above));
        Self { calendar_years, any: table.has_under() }
    }
}

/// A level of one column's heading.
#[derive(Clone, Copy)]
struct Level<'g> {
    cell: &'g Cell,
    /// Whether it stands in the column, merged cells included, and not only
    /// somewhere to the left of it.
    own: bool,
}

impl<'g> Header<'g> {
    /// Columns that stand for a month. A header that two formats read
    /// differently, or that is meant as a month and is none, is reported
    /// (F204); another that is no month is passed over.
    pub(in crate::dataset) fn months(
        &self,
        not: &[u32],
        levels: Levels,
        months: &mut Months<'_>,
        report: &mut ReadReport,
    ) -> Vec<MonthColumn> {
        let (mut found, mut ambiguous, mut unread) = (Vec::new(), false, Vec::new());
        let mut noted = None;
        for (column, over) in self.with_levels(not) {
            match month_of(&over, levels, months) {
                Ok((month, heading)) => found.push(MonthColumn { at: column.at, month, heading }),
                Err(Unreadable::Unknown) => unread.push(column),
                Err(Unreadable::Ambiguous(readings)) => {
                    ambiguous = true;
                    let message = format!("the header \"{}\" may be {readings}", text::short(&column.joined));
                    let hint = "leave one format that fits in `month.formats` in sources.toml";
                    report.at_cell(Code::MonthUnreadable, (self.bottom, column.at), message, hint);
                }
            }
            noted =
                noted.or_else(|| Some(months.take_noted()).filter(|texts| !texts.is_empty()).map(|t| (column.at, t)));
        }
        if let Some((at, mut texts)) = noted {
            texts.extend(months.take_noted());
            notes::report(&texts, Some((self.bottom, at)), report);
        }
        if found.is_empty() {
            if !ambiguous {
                self.report_no_months(&unread, months, report);
            }
        } else {
            self.report_unread(&unread, &found, months, report);
            self.report_order(&found, report);
            self.report_offset(&found, not, levels, months, report);
        }
        found
    }

    /// Every column but some with the levels of its heading, top to bottom.
    fn with_levels(&self, not: &[u32]) -> Vec<(&Column<'g>, Vec<Level<'g>>)> {
        let mut rows: Vec<u32> = self.columns.iter().flat_map(|column| &column.parts).map(|part| part.0).collect();
        rows.sort_unstable();
        rows.dedup();
        let mut latest: Vec<Option<&'g Cell>> = vec![None; rows.len()];
        let columns = self.columns.iter().filter(|column| !not.contains(&column.at));
        columns
            .map(|column| {
                let mut over = Vec::with_capacity(rows.len());
                let lowest = column.parts.last().map_or(0, |part| part.0);
                for (row, latest) in rows.iter().zip(&mut latest) {
                    match column.parts.iter().find(|part| part.0 == *row) {
                        Some((_, cell)) => {
                            *latest = Some(*cell);
                            over.push(Level { cell, own: true });
                        }
                        None if *row < lowest => over.extend(latest.map(|cell| Level { cell, own: false })),
                        None => {}
                    }
                }
                (column, over)
            })
            .collect()
    }

    /// F203, with the format that would read the headers where they are alike.
    fn report_no_months(&self, unread: &[&Column<'_>], months: &Months<'_>, report: &mut ReadReport) {
        let message =
            format!("no header can be read as a month; found {}; expected {}", self.shown(), months.expected());
        // One header may read as a month by chance; two are what was meant.
        let like_months: Vec<_> = unread.iter().filter(|column| months::format_of(&column.joined).is_some()).collect();
        let hint = match like_months.as_slice() {
            [first, _, ..] => format!(
                "for \"{}\" {}; else check `header_rows` of the source there",
                text::short(&first.joined),
                months::add_format(&first.joined)
            ),
            _ => "check `header_rows` and `month.formats` of the source in sources.toml".to_owned(),
        };
        report.at_sheet(Code::MonthsMissing, message, hint);
    }

    /// F204: a header that is meant as a month and reads as none, beside others
    /// that do. Passed over, its figures would be missing without a word. F210:
    /// one that stands where a month is missing.
    fn report_unread(
        &self,
        unread: &[&Column<'_>],
        found: &[MonthColumn],
        months: &mut Months<'_>,
        report: &mut ReadReport,
    ) {
        let known: Vec<Period> = found.iter().filter_map(|column| axis::place_of(column.month)).collect();
        for column in unread {
            let spot = (self.bottom, column.at);
            let before = found.iter().rev().find(|other| other.at < column.at);
            let after = found.iter().find(|other| other.at > column.at);
            let lowest = column.parts.last().map(|(_, cell)| text::of(cell)).unwrap_or_default();
            let texts = [column.joined.as_str(), &*lowest];
            let is_between = before.is_some() && after.is_some();
            if texts.iter().any(|typed| nearly::is_nearly(typed, &known, is_between, months)) {
                let message = format!("the header \"{}\" cannot be read as a month", text::short(&column.joined));
                let hint = format!(
                    "correct it, or {}; what stands round a month is declared as `month.notes`",
                    months::add_format(&column.joined)
                );
                report.at_cell(Code::MonthUnreadable, spot, message, hint);
            } else if let (Some(before), Some(after)) = (before, after)
                && let (Some(from), Some(to)) = (axis::place_of(before.month), axis::place_of(after.month))
                && let between = unread.iter().filter(|other| before.at < other.at && other.at < after.at).count()
                && Step::of(&known).is_some_and(|step| step.misses(from, to) == Some(between))
            {
                let message = format!(
                    "the header \"{}\" is no month and stands between {} and {}, where one is missing",
                    text::short(&column.joined),
                    from.words(),
                    to.words()
                );
                report.at_cell(Code::ColumnUnread, spot, message, "if it is a month, correct its header");
            }
        }
        // A note that stood on a part of a header is none of the month's.
        months.take_noted();
    }

    /// F407, for the columns under each heading.
    fn report_order(&self, found: &[MonthColumn], report: &mut ReadReport) {
        let mut breaks = Vec::new();
        for group in found.chunk_by(|a, b| a.heading == b.heading && a.month.span() == b.month.span()) {
            let placed: Vec<_> = group
                .iter()
                .filter_map(|column| Some(((self.bottom, column.at), axis::place_of(column.month)?)))
                .collect();
            breaks.extend(axis::breaks(&placed));
        }
        axis::report(&breaks, report);
    }
}

/// A column's month, and what else stands over it.
fn month_of(over: &[Level<'_>], levels: Levels, months: &mut Months<'_>) -> Result<(Month, String), Unreadable> {
    let Some(at) = over.iter().rposition(|level| level.own) else { return Err(Unreadable::Unknown) };
    let lowest = over[at].cell;
    let beside = |not: &[usize]| {
        let others =
            over.iter().enumerate().filter(|(nth, _)| !not.contains(nth)).map(|(_, level)| text::of(level.cell));
        others.filter(|typed| !typed.is_empty()).collect::<Vec<_>>().join(" ")
    };
    if matches!(lowest, Cell::Date(_)) {
        return months.read(lowest).map(|month| (month, beside(&[at])));
    }
    if let Some((nth, year)) = year_over(over, at, levels) {
        match months.in_year(year, lowest) {
            Err(Unreadable::Unknown) => {}
            read => return read.map(|month| (month, beside(&[at, nth]))),
        }
    }
    let own: Vec<usize> = over.iter().enumerate().filter(|(_, level)| level.own).map(|(nth, _)| nth).collect();
    let joined: Vec<_> = own.iter().map(|nth| text::of(over[*nth].cell)).filter(|typed| !typed.is_empty()).collect();
    let read = months.text(&joined.join(" "));
    match read {
        Err(Unreadable::Unknown) => {}
        read => return read.map(|month| (month, beside(&own))),
    }
    let read = if own.len() > 1 { months.read(lowest) } else { Err(Unreadable::Unknown) };
    match read {
        Err(Unreadable::Unknown) if levels.any => {}
        read => return read.map(|month| (month, beside(&[at]))),
    }
    let other = over.iter().enumerate().filter(|(nth, _)| *nth != at);
    let found = other.filter_map(|(nth, level)| Some((nth, months.read(level.cell).ok()?))).next_back();
    found.map(|(nth, month)| (month, beside(&[nth]))).ok_or(Unreadable::Unknown)
}

/// The year that stands over a column's lowest level.
fn year_over(over: &[Level<'_>], lowest: usize, levels: Levels) -> Option<(usize, YearLabel)> {
    let mut above = over.iter().enumerate().take(lowest).rev();
    above.find_map(|(nth, level)| levels.year(level.cell).map(|year| (nth, year)))
}
