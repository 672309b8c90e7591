//! A header before the first month or behind the last that is a slip away from
//! the month that would stand there: passed over, its figures would be missing
//! without a word, and last month's taken for the newest.

use std::collections::BTreeMap;

use super::axis::Step;
use super::cell_mapping::CellMapping;
use super::months::{LabelSpan, Months};
use super::number;
use super::page::Page;
use super::report::{ReadReport, RowColumn};
use super::rows::TableRow;
use super::text;
use crate::domain::finding::Code;
use crate::domain::layout::Orientation;
use crate::domain::period::Period;
use crate::domain::place::At;
use crate::workbook::Cell;

/// Words that are a letter away from a month's short name and mean none.
const NO_MONTHS: [&str; 8] = ["act", "max", "min", "man", "now", "dev", "day", "mat"];
/// Months beyond the known ones that a header may be meant as, at most.
const REACH: usize = 12;

/// F204, for each header with figures below it.
pub(super) fn check(page: &Page<'_>, mappings: &[CellMapping<'_, '_>], report: &mut ReadReport) {
    let table = page.table;
    if !matches!(table.orientation, Orientation::Wide | Orientation::Pairs) {
        return;
    }
    let of_months = mappings.iter().filter(|mapping| mapping.span == LabelSpan::Month);
    let known: BTreeMap<u32, Period> = of_months.map(|mapping| (mapping.cells.spot().1, mapping.month)).collect();
    let (Some((first, oldest)), Some((last, newest))) = (known.first_key_value(), known.last_key_value()) else {
        return;
    };
    let in_order: Vec<Period> = known.values().copied().collect();
    let step = Step::of(&in_order).map(Step::months);
    let mut rows: Vec<u32> = mappings.iter().map(|mapping| mapping.cells.spot().0).collect();
    rows.dedup();
    let mut months = page.months();
    let headed: Vec<(RowColumn, &str)> = page.header().headed().collect();
    for (spot, joined) in &headed {
        let (end, way) = match spot.1 {
            at if at < *first => (*oldest, -1),
            at if at > *last => (*newest, 1),
            _ => continue,
        };
        let outside = |at: u32| if way < 0 { (spot.1..*first).contains(&at) } else { at > *last && at <= spot.1 };
        let away = headed.iter().filter(|(other, _)| outside(other.1)).count().min(REACH);
        let steps = step.map_or_else(|| vec![1, -1], |step| vec![step]);
        let beyond = steps.iter().flat_map(|step| (1_i32..).take(away).map(move |nth| end.plus(way * step * nth)));
        let meant = beyond.filter(|month| !in_order.contains(month)).find(|month| {
            let lowest = TableRow::at(page.grid, spot.0).and_then(|row| row.cell(spot.1)).map(text::of);
            let mut typed = [*joined, lowest.as_deref().unwrap_or_default()].into_iter();
            typed.any(|typed| is_slip_of(typed, *month, &mut months))
        });
        if let Some(month) = meant
            && holds_figures(page, &rows, spot.1)
            && !is_told(*spot, report)
        {
            let message = format!(
                "the header \"{}\" cannot be read as a month, and figures stand below it; {} was probably meant",
                text::short(joined),
                month.words()
            );
            report.at_cell(Code::MonthUnreadable, *spot, message, "correct the header, or give it another name");
        }
    }
}

/// Whether the header itself was found wanting.
fn is_told(spot: RowColumn, report: &ReadReport) -> bool {
    let here = report.place(Some(spot), None);
    let is_here = |at: Option<At>| at == here.cell;
    report
        .findings
        .iter()
        .any(|found| found.code == Code::MonthUnreadable && is_here(found.at.cell) && found.at.sheet == here.sheet)
}

fn holds_figures(page: &Page<'_>, rows: &[u32], column: u32) -> bool {
    let cell = |row: &u32| -> Option<&Cell> { TableRow::at(page.grid, *row)?.cell(column) };
    rows.iter().filter_map(cell).any(|cell| number::number(cell).is_some())
}

/// Whether a text is a month as one of the formats writes it but for a slip, or
/// its name without the year.
fn is_slip_of(typed: &str, month: Period, months: &mut Months<'_>) -> bool {
    let typed = bare(typed);
    let word: String = typed.chars().take_while(|c| c.is_alphabetic()).collect();
    if NO_MONTHS.contains(&word.as_str()) || !typed.chars().any(char::is_alphabetic) {
        return false;
    }
    let name = bare(month.month_name());
    let short: String = name.chars().take(3).collect();
    months.labels(month).map(|label| bare(&label)).chain([name, short]).any(|label| is_slip(&typed, &label))
}

/// Without case and what stands between the parts of a date.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn is_slip(typed: &str, label: &str) -> bool {
    let sorted = |text: &str| {
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters
    };
    match strsim::osa_distance(typed, label) {
        0 => true,
        // Of a short word alone any letter may be another word's.
        1 => label.len() > 4 || sorted(typed) == sorted(label),
        2 => label.len() > 8 && label.contains(|c: char| c.is_alphabetic()),
        _ => false,
    }
}
