//! Years as people write them, and the column that gives each row its own.

use std::sync::LazyLock;

use regex::Regex;

use super::text;
use crate::domain::period::{MONTHS, Period, financial_year_start};
use crate::workbook::Grid;

/// The year of months that say none themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum YearLabel {
    /// April to March, by the year it begins in.
    Financial(i32),
    /// January to December.
    Calendar(i32),
}

impl YearLabel {
    /// The month of this number (1 to 12) in the year.
    pub(super) fn month(self, month: u32) -> Option<Period> {
        match self {
            Self::Financial(start) => Period::new(if month >= 4 { start } else { start + 1 }, month),
            Self::Calendar(year) => Period::new(year, month),
        }
    }

    /// Whether a month lies in it.
    pub(super) fn holds(self, month: Period) -> bool {
        match self {
            Self::Financial(start) => month.financial_year_start() == start,
            Self::Calendar(year) => month.year() == year,
        }
    }

    /// "2024/25" or "2024".
    pub(super) fn words(self) -> String {
        match self {
            Self::Financial(start) => format!("{start}/{:02}", (start + 1) % 100),
            Self::Calendar(year) => year.to_string(),
        }
    }

    /// Its first year, where it runs from April to March.
    pub(super) fn financial(self) -> Option<i32> {
        if let Self::Financial(start) = self { Some(start) } else { None }
    }
}

/// Words that may stand round a year and change nothing.
static ROUND: LazyLock<Option<Regex>> =
    LazyLock::new(|| text::pattern(r"(?i)\b(?:financial|fiscal|academic|school|municipal|years?|fy|ay)\b[:.]?"));
/// "FY23": the year that ends in 2023.
static ENDING: LazyLock<Option<Regex>> = LazyLock::new(|| text::pattern(r"(?i)^fy\s*'?(\d{2}|\d{4})$"));
/// "Year ending 31 March 2023".
static TO_MONTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    text::pattern(
        r"(?i)^(?:(?:financial |academic )?year|12 months) (?:ending|ended|end|to)(?: the)? (?:\d{1,2}(?:st)? )?([a-z]{3,9}) (\d{4})$",
    )
});

/// The year that a text is, April to March or January to December.
pub(super) fn of_text(typed: &str) -> Option<YearLabel> {
    if typed.len() > 40 || !typed.bytes().any(|byte| byte.is_ascii_digit()) {
        return None;
    }
    if let Some(start) = spanned(typed) {
        return Some(YearLabel::Financial(start));
    }
    let plain = text::collapsed(&ROUND.as_ref()?.replace_all(typed, " "));
    let year: i32 =
        (plain.len() == 4 && plain.bytes().all(|byte| byte.is_ascii_digit())).then(|| plain.parse().ok())??;
    (1950..2100).contains(&year).then_some(YearLabel::Calendar(year))
}

/// The first year of a text that spans two: "2022-23", "FY23", "Financial year
/// 2022 to 2023".
fn spanned(typed: &str) -> Option<i32> {
    let typed = text::collapsed(typed);
    if let Some(end) = ENDING.as_ref()?.captures(&typed).and_then(|found| found.get(1)) {
        let year: i32 = end.as_str().parse().ok()?;
        return Some(if end.len() == 2 { 2000 + year } else { year } - 1);
    }
    financial_year_start(&typed).or_else(|| {
        // "FY22/23" has no blank behind its word.
        let spaced = typed.strip_prefix("FY").or_else(|| typed.strip_prefix("fy")).unwrap_or(&typed);
        financial_year_start(&text::collapsed(&ROUND.as_ref()?.replace_all(spaced, " ")))
    })
}

/// The last month of a year that spans two, which ends in `last` (1 to 12).
pub(super) fn ending(typed: &str, last: u32) -> Option<Period> {
    if typed.len() > 40 {
        return None;
    }
    if let Some(start) = spanned(typed) {
        return Period::new(start + 1, last);
    }
    let found = TO_MONTH.as_ref()?.captures(typed)?;
    let (name, year) = (found.get(1)?.as_str().to_lowercase(), found.get(2)?.as_str().parse().ok()?);
    let month = (1..).zip(MONTHS).find(|(_, month)| {
        let month = month.to_lowercase();
        month == name || month.get(..3) == Some(name.as_str())
    });
    month.filter(|(number, _)| *number == last).and_then(|(number, _)| Period::new(year, number))
}

/// A column that says the year of each row: on every row, or on the first of
/// the rows that it holds for.
pub(super) struct YearColumn {
    /// Row, and its year where the text there is one; top to bottom.
    rows: Vec<(u32, Option<YearLabel>)>,
}

impl YearColumn {
    /// What stands in a column, from a row on.
    pub(super) fn read(grid: &Grid, column: u32, from: u32) -> Self {
        let cells = grid.cells.iter().filter(|cell| cell.0 >= from && cell.1 == column);
        let rows = cells
            .map(|(row, _, cell)| (*row, text::of(cell)))
            .filter(|(_, typed)| !typed.is_empty())
            .map(|(row, typed)| (row, of_text(&typed)))
            .collect();
        Self { rows }
    }

    /// The year that is typed between two rows or at the second, and its row.
    pub(super) fn typed(&self, after: Option<u32>, row: u32) -> Option<(u32, YearLabel)> {
        let next = self.rows.partition_point(|(known, _)| *known <= row);
        let (known, year) = self.rows.get(next.checked_sub(1)?)?;
        year.filter(|_| after.is_none_or(|after| *known > after)).map(|year| (*known, year))
    }

    /// The year of a row; none where there is none, or what stands there is none.
    pub(super) fn of(&self, row: u32) -> Option<YearLabel> {
        let next = self.rows.partition_point(|(known, _)| *known <= row);
        self.rows.get(next.checked_sub(1)?)?.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_year_is_known_by_its_looks() {
        for text in [
            "2022-23",
            "2022/23",
            "2022/2023",
            "202223",
            "FY23",
            "FY 2023",
            "fy22/23",
            "FY2022-23",
            "2022 to 2023",
            "Financial year 2022-23",
            "2022/23 financial year",
        ] {
            assert_eq!(of_text(text), Some(YearLabel::Financial(2022)), "{text}");
            assert_eq!(ending(text, 3).map(|month| month.to_string()), Some("2023-03".to_owned()), "{text}");
        }
        for (text, year) in [("2022", 2022), ("Year 2022", 2022), ("2022 ", 2022)] {
            assert_eq!(of_text(text), Some(YearLabel::Calendar(year)), "{text}");
            assert_eq!(ending(text, 3), None, "{text}");
        }
        for text in ["", "Total", "22", "2022-24", "202210", "Year", "Target 2022/23", "2022 target", "1204"] {
            assert_eq!((of_text(text), ending(text, 3)), (None, None), "{text}");
        }
    }

    #[test]
    fn a_year_may_be_called_by_its_end() {
        for (text, last, expected) in [
            ("Year ending 31 March 2023", 3, Some("2023-03")),
            ("Year to March 2023", 3, Some("2023-03")),
            ("Academic year 2022/23", 8, Some("2023-08")),
            ("Year ending August 2023", 8, Some("2023-08")),
            ("Year ending August 2023", 3, None),
            ("Quarter to March 2023", 3, None),
        ] {
            assert_eq!(ending(text, last).map(|month| month.to_string()), expected.map(str::to_owned), "{text} {last}");
        }
    }
}
