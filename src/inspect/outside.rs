//! Months and years that are said outside a table: in a title above it, in the
//! sheet's name, in the file's.

use std::sync::LazyLock;

use regex::Regex;

use super::guess::Sighted;
use super::months::{self, Stated};
use crate::domain::layout::{FinancialYear, Outside, OutsideText};
use crate::domain::period::financial_year_start;
use crate::workbook::Cell;

/// A financial year: "2025/26".
const YEAR: &str = r"(\d{4}[-/]\d{2})";
/// What a month or a quarter looks like, the surest first.
const MONTHS: [&str; 7] = [
    r"(\d{4}-\d{2})(?:\D|$)",
    r"(\d{1,2} [A-Za-z]{3,9} \d{4})",
    r"([A-Za-z]{3,9}[- ]\d{4})",
    r"([A-Za-z]{3}[- ]\d{2})\b",
    r"([Qq](?:uarter )?[1-4],? \d{4}[-/]\d{2,4})",
    r"(\d{2}/\d{2}/\d{4})",
    r"(\d{4}[-/]\d{2,4})",
];

static PATTERNS: LazyLock<Vec<Regex>> = LazyLock::new(|| MONTHS.iter().filter_map(|p| Regex::new(p).ok()).collect());
static YEAR_PATTERN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(YEAR).ok());

/// The texts outside a table whose header's first row is this, from 0.
fn texts(sheet: &Sighted<'_>, header: u32) -> Vec<(Outside, Vec<String>)> {
    let stem = sheet.file.rsplit_once('.').map_or(sheet.file, |(stem, _)| stem);
    let mut texts = vec![(Outside::Title, sheet.above(header).collect())];
    // The sheet of a CSV file is named after the file.
    if sheet.grid.name != stem {
        // A sheet that is named after a month is most likely one of several.
        let at = usize::from(months::of_text(&sheet.grid.name).is_none());
        texts.insert(at, (Outside::Sheet, vec![sheet.grid.name.clone()]));
    }
    texts.push((Outside::File, vec![stem.to_owned()]));
    texts
}

/// A month that is said outside, and the formats that read it.
pub(super) struct SaidMonth {
    pub(super) text: OutsideText,
    pub(super) formats: Vec<String>,
    pub(super) stated: Stated,
}

/// The months that are said outside the table.
pub(super) fn months(sheet: &Sighted<'_>, header: u32) -> Vec<SaidMonth> {
    let mut found = Vec::new();
    for (place, texts) in texts(sheet, header) {
        if place == Outside::Sheet
            && let Some(stated) = texts.first().and_then(|name| months::of_text(name))
        {
            let formats = formats(sheet, &sheet.grid.name);
            found.push(SaidMonth { text: OutsideText { place, pattern: None }, formats, stated });
            continue;
        }
        // A pattern is looked for in every text, so the first that it matches must be a month.
        found.extend(PATTERNS.iter().find_map(|pattern| {
            let said = texts.iter().find_map(|text| pattern.captures(text)?.get(1))?.as_str();
            let stated = months::of_text(said).filter(|stated| stated.month().is_some())?;
            let text = OutsideText { place, pattern: Some(pattern.clone()) };
            Some(SaidMonth { text, formats: formats(sheet, said), stated })
        }));
    }
    found
}

fn formats(sheet: &Sighted<'_>, said: &str) -> Vec<String> {
    let cell = Cell::Text(said.to_owned());
    sheet.formats(months::formats(std::iter::once(&cell)))
}

/// Where the financial year of months without one may be said, the surest
/// first, and whether it is only a guess. `yearless` is the last such month.
pub(super) fn years(
    sheet: &Sighted<'_>,
    header: u32,
    above: bool,
    yearless: Option<u32>,
) -> Vec<(Option<FinancialYear>, bool)> {
    let Some(month) = yearless else { return vec![(None, false)] };
    let mut found = Vec::new();
    if above {
        found.push((Some(FinancialYear::Above), false));
    }
    // Several years above are years over their months, and none is the title's.
    let is_year = |text: &String| months::of_text(text).is_some_and(Stated::is_year);
    let over = sheet.above(header).filter(is_year).count();
    for (place, texts) in texts(sheet, header) {
        if place == Outside::Title && over > 1 {
            continue;
        }
        let Some(pattern) = YEAR_PATTERN.as_ref() else { continue };
        let said = texts.iter().find_map(|text| pattern.captures(text)?.get(1));
        if said.is_some_and(|said| financial_year_start(said.as_str()).is_some()) {
            found.push((Some(FinancialYear::Said(OutsideText { place, pattern: Some(pattern.clone()) })), false));
        }
    }
    found.push((Some(FinancialYear::From(months::financial_year(month, sheet.now))), true));
    found
}
