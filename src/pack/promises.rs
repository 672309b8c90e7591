//! What an indicator was promised, what came of it, and whom it depends on.

use rust_decimal::Decimal;

use super::model::Field;
use crate::domain::related::{Forecast, ForecastSpan};
use crate::domain::{AttributedText, Frequency, Polarity, Reading};
use crate::scorecard::Line;
use crate::words;

/// What stands where nothing was promised.
const NO_FORECAST: &str = "No forecast has been made.";

/// "85% in March 2027 (made 8 September 2026)": what is promised next, or that nothing is.
pub(super) fn forecast(line: &Line<'_>) -> Field {
    let ahead = line.indicator.relations.ahead(line.period).map(|forecast| promised(line, forecast));
    Field::new("Forecast", ahead.unwrap_or_else(|| NO_FORECAST.into()))
}

fn promised(line: &Line<'_>, forecast: &Forecast) -> AttributedText {
    let says = words_of(forecast);
    let value = forecast.value.map(|value| words::figure(&line.indicator.measure, value));
    let what = match value {
        Some(value) if says.is_empty() => value.into(),
        Some(value) => AttributedText::from(value).and(", ").and(says),
        None => says,
    };
    what.and(format!(" {} (made {})", in_span(line, forecast.span), words::date(forecast.made)))
}

/// The words of a promise; where it has nothing else and they may not be printed, that
/// there are some.
fn words_of(forecast: &Forecast) -> AttributedText {
    let says = forecast.says.screened_phrase();
    if says.is_empty() && forecast.value.is_none() { "words that are left out here".into() } else { says }
}

/// "Depends on", where there is something to say.
pub(super) fn depends_on(line: &Line<'_>) -> Option<Field> {
    let partner = &line.indicator.relations.partner;
    (!partner.trim().is_empty()).then(|| Field::new("Depends on", partner.clone()))
}

/// What is promised of the indicators of a section that have no block to say it: "WF02:
/// 12% in March 2027 (made 8 September 2026). No forecast has been made for CLA03."
pub(super) fn forecasts<'l>(lines: impl Iterator<Item = &'l Line<'l>>) -> AttributedText {
    let (mut text, mut none) = (AttributedText::default(), Vec::new());
    for line in lines {
        match line.indicator.relations.ahead(line.period) {
            Some(forecast) => {
                let is_first = text.is_empty();
                text.push(if is_first { "" } else { " " });
                text.push(format!("{}: ", line.indicator.reference));
                text.push(promised(line, forecast).and("."));
            }
            None => none.push(line.indicator.reference.to_string()),
        }
    }
    if !none.is_empty() {
        let is_first = text.is_empty();
        text.push(if is_first { "" } else { " " });
        text.push(format!("No forecast has been made for {}.", words::list(&none)));
    }
    text
}

fn in_span(line: &Line<'_>, span: ForecastSpan) -> String {
    match span {
        ForecastSpan::Month(month) => words::in_period(line.indicator, month),
        ForecastSpan::Quarter(last) => format!("in {}", Frequency::Quarterly.label(last)),
    }
}

/// What was promised for a span that has come, held against what it shows, a paragraph
/// each. `months` is how many the pack is for.
///
/// A quarter is told of until the next has come: not every board has a pack for its last
/// month.
pub(super) fn promises(line: &Line<'_>, months: i32) -> Vec<AttributedText> {
    let is_monthly = line.indicator.frequency == Frequency::Monthly;
    let own = if is_monthly { months.max(1) } else { 1 };
    let since = |span: ForecastSpan| match span {
        ForecastSpan::Month(_) => line.period.plus(1 - own),
        ForecastSpan::Quarter(_) => line.period.plus(1 - own.max(3)),
    };
    let came = line.indicator.relations.came(line.period.plus(1 - own.max(3)), line.period);
    came.into_iter()
        .filter(|forecast| since(forecast.span) <= forecast.span.last())
        .map(|one| promise(line, one))
        .collect()
}

/// "82% was promised for October 2026 (on 8 September 2026). The figure was 84.2%,
/// 2.2 points above what was promised (better)."
fn promise(line: &Line<'_>, forecast: &Forecast) -> AttributedText {
    let measure = &line.indicator.measure;
    let when = match forecast.span {
        ForecastSpan::Month(month) => words::own_period(line.indicator, month),
        ForecastSpan::Quarter(last) => Frequency::Quarterly.label(last),
    };
    let on = words::date(forecast.made);
    let says = words_of(forecast);
    let mut text = match forecast.value.map(|value| words::figure(measure, value)) {
        Some(value) => {
            let text = AttributedText::from(format!("{value} was promised for {when} (on {on})"));
            if says.is_empty() { text } else { text.and(": ").and(says) }
        }
        None => AttributedText::from(format!("For {when} it was promised (on {on}): ")).and(says),
    };
    let (reading, before) = match forecast.span {
        ForecastSpan::Month(month) => (line.reading_of(month), None),
        ForecastSpan::Quarter(last) => (line.quarter(last), Some(line.quarter(last.plus(-3)))),
    };
    let Reading::Figure(figure) = reading else {
        return text.and(". There is no figure to check it against.");
    };
    let reached = words::figure(measure, figure.value);
    text.push(". ");
    match (forecast.value, before) {
        (Some(value), _) => text.push(against(line, figure.value, measure.round(value))),
        // Words are held against where they were said to lead from.
        (None, Some(Reading::Figure(before))) if !is_broken(line, forecast.span) => {
            let before = words::figure(measure, before.value);
            text.push(format!("The figure was {reached}, after {before} in the quarter before"));
        }
        (None, _) => text.push(format!("The figure was {reached}")),
    }
    text.and(".")
}

/// Whether the series breaks between a quarter and the one before.
fn is_broken(line: &Line<'_>, span: ForecastSpan) -> bool {
    line.indicator.break_between(span.last().plus(-3), span.last()).is_some()
}

/// "The figure was 84.2%, 2.2 points above what was promised (better)".
fn against(line: &Line<'_>, figure: Decimal, promised: Decimal) -> String {
    let measure = &line.indicator.measure;
    let reached = words::figure(measure, figure);
    let off = figure - promised;
    if off.is_zero() {
        return format!("The figure was {reached}, as promised");
    }
    let difference = words::difference(measure, off);
    let side = if off.is_sign_positive() { "above" } else { "below" };
    let better = match (line.indicator.polarity, off.is_sign_positive()) {
        (Polarity::Higher, true) | (Polarity::Lower, false) => " (better)",
        (Polarity::Higher, false) | (Polarity::Lower, true) => " (worse)",
        (Polarity::Range | Polarity::None, _) => "",
    };
    format!("The figure was {reached}, {difference} {side} what was promised{better}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_card;

    /// The rest of an entry with one promise.
    fn a(forecast: &str) -> String {
        let rest = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n";
        format!("{rest}[[indicators.A.forecasts]]\nmade = \"2026-06-08\"\n{forecast}\n")
    }

    fn told(forecast: &str, rows: &str, months: i32) -> (String, Vec<String>) {
        with_card(&a(forecast), "", "\"A\"", rows, |card| {
            let line = card.lines().next().unwrap();
            let promises = promises(line, months).iter().map(ToString::to_string).collect();
            (super::forecast(line).value.to_string(), promises)
        })
    }

    const ROWS: &str = "A,2026-05,70,,\nA,2026-06,75,,\nA,2026-08,79,,\nA,2026-09,80,,\nA,2026-10,82,,";

    #[test]
    fn what_is_promised_next_is_said_or_that_nothing_is() {
        let next = |forecast: &str| told(forecast, ROWS, 1).0;
        assert_eq!(next("period = \"2026-12\"\nvalue = 85"), "85.0% in December 2026 (made 8 June 2026)");
        assert_eq!(
            next("quarter = \"Q4 2026/27\"\nsays = \"Significant improvement.\""),
            "Significant improvement in quarter 4, 2026/27 (made 8 June 2026)"
        );
        assert_eq!(
            next("quarter = \"Q3 2026/27\"\nvalue = 85\nsays = \"as new workers start\""),
            "85.0%, as new workers start in quarter 3, 2026/27 (made 8 June 2026)"
        );
        assert_eq!(next("period = \"2026-10\"\nvalue = 85"), NO_FORECAST);
    }

    #[test]
    fn a_promise_is_held_against_what_came() {
        let came = |forecast: &str, months| told(forecast, ROWS, months).1;
        assert_eq!(
            came("period = \"2026-10\"\nvalue = 80", 1),
            [
                "80.0% was promised for October 2026 (on 8 June 2026). The figure was 82.0%, 2.0 points above what was promised (better)."
            ]
        );
        // A month that is past, in a pack that is for it too, and in one that is not.
        let august = "period = \"2026-08\"\nvalue = 80";
        assert_eq!(
            came(august, 3),
            [
                "80.0% was promised for August 2026 (on 8 June 2026). The figure was 79.0%, 1.0 point below what was promised (worse)."
            ]
        );
        assert_eq!(came(august, 2), [""; 0]);
        // A snapshot's quarter is its last month; without a figure there is nothing to hold.
        assert_eq!(
            came("quarter = \"Q2 2026/27\"\nsays = \"significant improvement\"", 1),
            [
                "For quarter 2, 2026/27 it was promised (on 8 June 2026): significant improvement. The figure was 80.0%, after 75.0% in the quarter before."
            ]
        );
        assert_eq!(came("quarter = \"Q1 2026/27\"\nsays = \"better\"", 1), [""; 0], "the next has come");
        assert_eq!(came("quarter = \"Q3 2026/27\"\nsays = \"better\"", 1), [""; 0], "it is not over");
        let gap = told("period = \"2026-09\"\nvalue = 80", "A,2026-08,79,,\nA,2026-10,82,,", 2).1;
        assert_eq!(
            gap,
            ["80.0% was promised for September 2026 (on 8 June 2026). There is no figure to check it against."]
        );
    }

    #[test]
    fn lines_without_a_block_say_it_together() {
        let text =
            |forecast: &str| with_card(&a(forecast), "", "\"A\"", ROWS, |card| forecasts(card.lines()).to_string());
        assert_eq!(text("period = \"2026-12\"\nvalue = 85"), "A: 85.0% in December 2026 (made 8 June 2026).");
        assert_eq!(text("period = \"2026-10\"\nvalue = 85"), "No forecast has been made for A.");
    }
}
