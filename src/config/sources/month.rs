//! Where a source's months stand, and what they look like.

use regex::Regex;

use super::formats;
use super::words::{Headings, YearWord};
use crate::config::reader::TableReader;
use crate::domain::layout::{FinancialYear, Heading, Orientation, Outside, OutsideText};

/// What `month` declares.
#[derive(Default)]
pub(super) struct MonthHeading {
    pub(super) column: Vec<Heading>,
    pub(super) year_column: Vec<Heading>,
    pub(super) outside: Option<OutsideText>,
    pub(super) formats: Vec<String>,
    pub(super) notes: Vec<Regex>,
    pub(super) financial_year: Option<FinancialYear>,
}

/// `has_years` says whether the source carries indicators whose month a year
/// alone can tell.
pub(super) fn read(mut month: TableReader<'_>, orientation: Option<Orientation>, has_years: bool) -> MonthHeading {
    let column = month.or("column", Headings::default()).0;
    let year_column = month.or("year_column", Headings::default()).0;
    let from: Option<Outside> = month.optional("from");
    let pattern = month.regex("pattern", "a regular expression");
    let formats = month.texts("formats");
    let notes = month.regexes("notes", "a regular expression such as \"\\\\(draft\\\\)$\"");
    let financial_year = financial_year(&mut month);
    match orientation {
        Some(Orientation::Long) if column.is_empty() && from.is_none() => month.fault(
            "column",
            "is missing",
            "the header of the column that holds the month, or from = \"sheet\", \"file\" or \"title\"",
        ),
        Some(Orientation::Columns) if column.is_empty() && from.is_none() => {
            month.fault(
                "column",
                "is missing",
                "the header of the column that holds the month, or from = \"sheet\", \"file\" or \"title\"",
            );
        }
        Some(Orientation::Wide | Orientation::Pairs | Orientation::Blocks) if !column.is_empty() => {
            month.fault("column", "goes with layouts that have a column of months", "here the months are the headers");
        }
        _ => {}
    }
    let has_rows = |orientation| matches!(orientation, Orientation::Long | Orientation::Columns);
    if from.is_some() && (!column.is_empty() || orientation.is_some_and(|orientation| !has_rows(orientation))) {
        month.fault(
            "from",
            "goes with layout = \"long\" or \"columns\" without a column of months",
            "take out `from` or `column`",
        );
    }
    if !year_column.is_empty() && column.is_empty() {
        month.fault("year_column", "needs `column`", "the header of the column that holds the month");
    }
    if pattern.is_some() && from.is_none() {
        month.fault("pattern", "needs `from`", "from = \"sheet\", \"file\" or \"title\"");
    }
    if from == Some(Outside::Title) && pattern.is_none() {
        month.fault("pattern", "is missing", "which part of the title is the month, such as '(\\w+ \\d{4})$'");
    }
    for format in &formats {
        if let Some((message, hint)) = formats::fault(format, &formats, has_years) {
            month.fault("formats", message, hint);
        }
    }
    if financial_year.is_none()
        && year_column.is_empty()
        && let Some(format) = formats.iter().find(|format| says_no_year(format))
    {
        month.fault(
            "financial_year",
            format!("is missing, and the format {format:?} says no year"),
            "write financial_year = \"2026/27\", { from = \"title\", pattern = '(\\d{4}[-/]\\d{2})' }, { from = \"header\" } for years over the months, or year_column = \"…\"",
        );
    }
    month.finish();
    let outside = from.map(|place| OutsideText { place, pattern });
    MonthHeading { column, year_column, outside, formats, notes, financial_year }
}

/// Whether months in this format need a year from elsewhere.
fn says_no_year(format: &str) -> bool {
    let has = |specifiers: &[&str]| specifiers.iter().any(|specifier| format.contains(specifier));
    has(&["%b", "%B", "%h", "%m", "%-m"]) && !has(&["%Y", "%y", "%C", "%G", "%g"])
}

fn financial_year(month: &mut TableReader<'_>) -> Option<FinancialYear> {
    const EXAMPLE: &str = "a year such as \"2026/27\", or { from = \"title\", pattern = '(\\d{4}[-/]\\d{2})' }";
    match month.optional::<YearWord>("financial_year")? {
        YearWord::Year(year) => {
            let start = crate::domain::period::financial_year_start(&year);
            if start.is_none() {
                month.fault("financial_year", format!("found {year:?}; expected a financial year"), EXAMPLE);
            }
            start.map(FinancialYear::From)
        }
        YearWord::Above => Some(FinancialYear::Above),
        YearWord::Said(place, pattern) => {
            let pattern = match Regex::new(&pattern) {
                Ok(pattern) => pattern,
                Err(error) => {
                    month.fault(
                        "financial_year.pattern",
                        format!("found {pattern:?}: {error}"),
                        "a regular expression",
                    );
                    return None;
                }
            };
            Some(FinancialYear::Said(OutsideText { place, pattern: Some(pattern) }))
        }
    }
}
