//! Quarters of a financial year as people write them: "Q1 2025/26 (Apr-Jun)",
//! "Quarter 1 2025-26", "April to June 2025".
//!
//! What stands round a quarter must be words for times. "Target Q1 2025/26" is
//! a target and no quarter.

use std::sync::LazyLock;

use regex::Regex;

use super::text;
use super::years::YearLabel;
use crate::domain::period::{MONTHS, Period, financial_year_start};

const MONTH: &str =
    "(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:uary|ruary|ch|il|e|y|ust|t|tember|ober|ember)?\\.?";

static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| text::pattern(r"\b(?:q|qtr|qu|quarter)\s*\.?([1-4])\b|\b([1-4])(?:st|nd|rd|th)?\s+quarter\b"));
static YEAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    text::pattern(r"\b(?:fy\s*)?(\d{4}\s*[-/]\s*\d{2}(?:\d{2})?|\d{4} to \d{4}|\d{6}|\d{2}[-/]\d{2})\b")
});
static RANGE: LazyLock<Option<Regex>> =
    LazyLock::new(|| text::pattern(&format!(r"\b{MONTH}\s*(?:-|/|to|and)\s*{MONTH}\s*((?:20)?\d{{2}})?\b")));
/// What may be left: words for times, and signs.
static REST: LazyLock<Option<Regex>> =
    LazyLock::new(|| text::pattern(r"^(?:financial|fiscal|year|fy|the|of|in|for|ending|[\s,;:()\[\]/.-])*$"));

/// The last month of a quarter; none where the text is none. `year` stands in
/// where the text says none.
pub(super) fn read(text: &str, year: Option<YearLabel>) -> Option<Period> {
    if text.len() > 60 {
        return None;
    }
    let mut rest = text.to_lowercase().replace(['\u{2013}', '\u{2014}'], "-");
    let mut take = |pattern: &Option<Regex>| {
        let found = pattern.as_ref()?.captures(&rest)?;
        let groups: Vec<Option<String>> =
            found.iter().skip(1).map(|group| group.map(|group| group.as_str().to_owned())).collect();
        let whole = found.get(0)?.range();
        rest.replace_range(whole, " ");
        Some(groups)
    };
    let number = take(&NUMBER).and_then(|groups| groups.into_iter().flatten().next()?.parse::<i32>().ok());
    let start = take(&YEAR).map(|groups| groups.into_iter().flatten().next());
    let range = take(&RANGE);
    if !REST.as_ref()?.is_match(&rest) {
        return None;
    }
    // What looks like a year and is none makes the whole no quarter.
    let start = match start {
        Some(year) => Some(financial_year_start(&year?)?),
        None => None,
    };
    let (of_months, year_of_months) = match &range {
        Some(groups) => {
            let (quarter, last) = quarter_of(groups.first()?.as_deref()?, groups.get(1)?.as_deref()?)?;
            let year = groups.get(2).and_then(Option::as_deref).and_then(|year| year.parse::<i32>().ok());
            let year = year.map(|year| if year < 100 { 2000 + year } else { year });
            (Some(quarter), year.and_then(|year| Period::new(year, last)))
        }
        None => (None, None),
    };
    let quarter = match (number, of_months) {
        (Some(number), Some(other)) if number != other => return None,
        (number, other) => number.or(other)?,
    };
    let start = match (start, year_of_months.map(Period::financial_year_start)) {
        (Some(start), Some(other)) if start != other => return None,
        (start, other) => start.or(other).or_else(|| year.and_then(YearLabel::financial))?,
    };
    Period::new(start, 4).map(|april| april.plus(quarter * 3 - 1))
}

/// The quarter from one month to another, and its last month (1 to 12).
fn quarter_of(first: &str, last: &str) -> Option<(i32, u32)> {
    let number = |name: &str| (1_u32..).zip(MONTHS).find(|(_, month)| month.to_lowercase().starts_with(name));
    match (number(first)?.0, number(last)?.0) {
        (4, 6) => Some((1, 6)),
        (7, 9) => Some((2, 9)),
        (10, 12) => Some((3, 12)),
        (1, 3) => Some((4, 3)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_times_may_stand_round_a_quarter_and_no_others() {
        for (text, year, expected) in [
            ("Q1 2025/26 (Apr-Jun)", None, Some("2025-06")),
            ("Q1 (April to June) 2025-26", None, Some("2025-06")),
            ("2025/26 Quarter 4 Jan\u{2013}Mar", None, Some("2026-03")),
            ("Quarter 2, 2025/2026", None, Some("2025-09")),
            ("2nd quarter 2025/26", None, Some("2025-09")),
            ("FY25/26 Q3", None, Some("2025-12")),
            ("202526 Q3", None, Some("2025-12")),
            ("Apr-Jun 2025", None, Some("2025-06")),
            ("July to September 2025 (Q2)", None, Some("2025-09")),
            ("Q4 (Jan-Mar 2026)", None, Some("2026-03")),
            ("Q3 (Oct-Dec)", Some(YearLabel::Financial(2025)), Some("2025-12")),
            ("Qtr 3", Some(YearLabel::Financial(2025)), Some("2025-12")),
            ("Q3", Some(YearLabel::Calendar(2025)), None),
            ("Q3", None, None),
            // What contradicts itself is no quarter.
            ("Q1 2025/26 (Jul-Sep)", None, None),
            ("Q1 2025/26 (Apr-Jun 2026)", None, None),
            ("Q1 2025/27", None, None),
            ("Apr-May 2025", None, None),
            // Other words make it another thing.
            ("Target Q1 2025/26", None, None),
            ("Q1 2025/26 RAG", None, None),
            ("Change Q1 2025/26 to Q2 2025/26", None, None),
            ("Q5 2025/26", None, None),
            ("2025/26", Some(YearLabel::Financial(2025)), None),
        ] {
            assert_eq!(read(text, year).map(|month| month.to_string()), expected.map(str::to_owned), "{text}");
        }
    }
}
