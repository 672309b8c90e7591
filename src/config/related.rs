//! What an indicator is tied to, as its entry of `indicators.toml` says.

use super::fault::Faults;
use super::files::INDICATORS;
use super::reader::TableReader;
use super::suggest;
use crate::domain::period::financial_year_start;
use crate::domain::related::{Forecast, ForecastSpan, Related, Relations};
use crate::domain::{IndicatorRef, Period, Register};

pub(super) fn read(entry: &mut TableReader<'_>) -> Relations {
    let mut related = Vec::new();
    for mut table in entry.tables("related") {
        let to: Option<IndicatorRef> = table.required("to", "the indicator that it is read with");
        let because = table.or("because", String::new()).into();
        table.finish();
        related.extend(to.map(|to| Related { to, because }));
    }
    let mut forecasts = Vec::new();
    for mut table in entry.tables("forecasts") {
        forecasts.extend(forecast(&mut table));
        table.finish();
    }
    Relations { related, tags: entry.texts("tags"), partner: entry.or("partner", String::new()), forecasts }
}

/// A promise: what for, and a figure or words.
fn forecast(table: &mut TableReader<'_>) -> Option<Forecast> {
    let span = match (table.has("period"), table.has("quarter")) {
        (true, true) => {
            table.fault("quarter", "stands beside `period`", "name the month or the quarter that it was promised for");
            None
        }
        (_, true) => quarter(table).map(ForecastSpan::Quarter),
        _ => table
            .wanted(
                "period",
                "the month that it was promised for, such as 2026-12; or `quarter`, such as \"Q4 2026/27\"",
            )
            .map(ForecastSpan::Month),
    };
    let value = table.decimal("value");
    let says = table.or("says", String::new());
    if value.is_none() && says.trim().is_empty() && !table.has("value") {
        table.fault("value", "is missing", "the figure that was promised; or the words, in `says`");
    }
    table.needs("made", "the date on which it was promised");
    let made = table.date("made");
    Some(Forecast { span: span?, value, says: says.into(), made: made? })
}

/// The last month of a quarter of the financial year: "Q4 2026/27".
fn quarter(table: &mut TableReader<'_>) -> Option<Period> {
    let typed: String = table.optional("quarter")?;
    let parse = || {
        let (quarter, year) = typed.trim().split_once(' ')?;
        let nth: i32 = quarter.strip_prefix(['Q', 'q'])?.parse().ok().filter(|nth| (1..=4).contains(nth))?;
        // The financial year begins in April, and its first quarter ends in June.
        Some(Period::new(financial_year_start(year.trim())?, 6)?.plus((nth - 1) * 3))
    };
    let last = parse();
    if last.is_none() {
        table.fault(
            "quarter",
            format!("found {typed:?}; expected a quarter of a financial year"),
            "write \"Q4 2026/27\"",
        );
    }
    last
}

/// Every indicator that another is read with is in the register.
pub(super) fn check(register: &Register, faults: &Faults) {
    for (reference, indicator) in register {
        for (i, related) in indicator.relations.related.iter().enumerate() {
            if register.contains_key(&related.to) || faults.is_declared(related.to.as_str()) {
                continue;
            }
            let hint = suggest::hint(related.to.as_str(), register.keys().map(IndicatorRef::as_str), "");
            faults.add(
                INDICATORS,
                &format!("indicators.{reference}.related[{i}].to"),
                format!("{} is not in the register", related.to),
                hint,
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_card;

    #[test]
    fn a_quarter_ends_with_its_last_month() {
        for (typed, last) in [("Q1 2026/27", "2026-06"), ("Q3 2026/27", "2026-12"), ("q4  2026/27", "2027-03")] {
            let a = format!(
                "unit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n[[indicators.A.forecasts]]\nquarter = \"{typed}\"\nsays = \"fewer\"\nmade = \"2026-04-01\"\n"
            );
            let span = with_card(&a, "", "\"A\"", "A,2026-10,1,,", |card| {
                card.lines().next().unwrap().indicator.relations.forecasts[0].span
            });
            assert_eq!(span, ForecastSpan::Quarter(last.parse().unwrap()), "{typed}");
        }
    }
}
