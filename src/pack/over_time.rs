//! What a figure says held against earlier ones, and several months as one.

use rust_decimal::Decimal;

use super::model::Field;
use super::{quarters, sentences};
use crate::domain::board::Baseline;
use crate::domain::split::split;
use crate::domain::trend::{TravelBy, ViewSpan};
use crate::domain::{AttributedText, Indicator, Missing, Reading, Unit};
use crate::scorecard::changes::FigureChange;
use crate::scorecard::views::{NoView, View};
use crate::scorecard::{Comparison, Line};
use crate::words;

/// "better", "worse on last year", "steady over time"; empty where there
/// is no better or it cannot be said.
pub(super) fn travel(line: &Line<'_>) -> String {
    let Comparison::Moved(movement) = &line.changes.direction else { return String::new() };
    let word = words::travel(movement.travel);
    let by = match line.indicator.trend.travel {
        TravelBy::Previous => "",
        TravelBy::LastYear => " on last year",
        TravelBy::Regression => " over time",
    };
    if word.is_empty() { String::new() } else { format!("{word}{by}") }
}

/// Facts about three months, a baseline and longer views, in a block.
pub(super) fn facts(line: &Line<'_>) -> Vec<Field> {
    let mut facts = Vec::new();
    let mut fact = |label: AttributedText, value: String| facts.push(Field::new(label, value));
    if let Some(Comparison::Moved(movement)) = line.changes.over_3.as_ref().map(|change| &change.comparison) {
        fact("Over 3 months".into(), words::movement(&line.indicator.measure, movement));
    }
    if let Some((baseline, change)) = &line.changes.baseline
        && let Some(value) = earlier(line, change, false)
    {
        fact(baseline_label(baseline), value);
    }
    for span in &line.indicator.trend.views {
        // Quarter against quarter says more than the months so far.
        if !(*span == ViewSpan::Quarter && line.quarters.is_some()) {
            fact(label(*span).into(), viewed(line, line.views.of(*span)));
        }
    }
    facts.extend(quarters::fact(line));
    facts
}

/// What a baseline is called: its month alone where its own name is left out.
pub(super) fn baseline_label(baseline: &Baseline) -> AttributedText {
    let label = baseline.label.screened();
    if label.is_empty() { format!("Baseline, {}", words::month(baseline.period)).into() } else { label }
}

/// "80.1% in October 2025, up 2.1 points"; none where it was not known, or
/// may not be compared because the series breaks.
pub(super) fn earlier(line: &Line<'_>, change: &FigureChange<'_>, with_period: bool) -> Option<String> {
    let indicator = line.indicator;
    let figure = change.before.figure()?;
    if indicator.break_between(change.since, line.period).is_some() {
        return (!with_period).then(|| "Not comparable: the way it is counted has changed since".to_owned());
    }
    let mut text = words::shown(indicator, figure).0;
    if with_period {
        text.push_str(&format!(" {}", words::in_period(indicator, change.since)));
    }
    if let Comparison::Moved(movement) = &change.comparison {
        text.push_str(&format!(
            ", {} since then",
            sentences::lower_first(&words::movement(&indicator.measure, movement))
        ));
    }
    Some(text)
}

/// "Year to date": what a longer view is called.
pub(super) fn label(span: ViewSpan) -> &'static str {
    match span {
        ViewSpan::YearToDate => "Year to date",
        ViewSpan::Rolling12Months => "Last 12 months",
        ViewSpan::Quarter => "This quarter",
    }
}

/// Why several months are not given as one figure.
pub(super) fn not_given(why: &NoView<'_>) -> &'static str {
    match why {
        NoView::Broken(_) => "the way it is counted changed in between",
        NoView::NoLatest(Missing::Suppressed) => "the latest figure is hidden",
        NoView::NoLatest(Missing::NoneOfNone) => "there was nobody to count",
        NoView::NoLatest(Missing::Refused) => "the latest figure could not be used",
        NoView::NoLatest(_) => "there is no latest figure",
        NoView::Hidden => "too many months are hidden or missing",
        NoView::Missing => "too many months are missing",
        NoView::NoParts | NoView::NotMade => "the numbers behind it are not supplied",
    }
}

/// "56.7% (34 of 60), April to October 2026, 1 month missing", or why it is not given.
pub(super) fn viewed(line: &Line<'_>, view: &Result<View, NoView<'_>>) -> String {
    match view {
        Err(why) => format!("Not given: {}", not_given(why)),
        Ok(view) => {
            let measure = &line.indicator.measure;
            let of = words::of(measure, &Reading::Figure(view.figure));
            let of = if of.is_empty() { of } else { format!(" ({of})") };
            format!("{}{of}, {}", words::figure(measure, view.figure.value), months(line.indicator, view))
        }
    }
}

/// "April to October 2026, 1 month missing"
fn months(indicator: &Indicator, view: &View) -> String {
    let mut text = words::span(view.first, view.last);
    let (one, many) = if indicator.frequency.per_year() == 4 { ("quarter", "quarters") } else { ("month", "months") };
    for (count, why) in [(view.missing - view.hidden, "missing"), (view.hidden, "hidden")] {
        if count > 0 {
            text.push_str(&format!(", {} {why}", words::count(count, one, many)));
        }
    }
    text
}

/// "Too few to rate in October 2026. Over 12 months: 61.3% (38 of 62)."
pub(super) fn pooled(line: &Line<'_>) -> Option<String> {
    let view = line.pooled()?;
    let own = words::in_period(line.indicator, line.period);
    Some(format!("Too few to rate {own}. Over 12 months: {}.", viewed(line, &Ok(*view))))
}

/// What the numerator and what the denominator did, where both moved: "5 more were
/// counted, which added 2.5 points. There were 3 more children in care, which took
/// away 1.2 points."
pub(super) fn parts(line: &Line<'_>) -> Option<String> {
    line.movement()?;
    let measure = &line.indicator.measure;
    let parts = split(measure, line.previous.figure()?, line.current.figure()?)?;
    let (counted, among) = match measure.unit {
        Unit::Percent => (more_counted(parts.counted), there_were(parts.among, &measure.noun)),
        Unit::Rate => (there_were(parts.counted, &measure.noun), there_were(parts.among, "people in the population")),
        Unit::Mean | Unit::Days => (total(parts.counted), there_were(parts.among, &measure.noun)),
        // What these are shared among has no name in the register.
        Unit::Score | Unit::Pounds | Unit::ThousandPounds | Unit::MillionPounds => {
            (total(parts.counted), format!("It was shared among {}", more_or_fewer(parts.among)))
        }
        Unit::Count => return None,
    };
    let did = |by: Decimal| {
        let by_words = words::difference(measure, by);
        match (by.is_zero(), by > Decimal::ZERO) {
            (true, _) => "made no difference".to_owned(),
            (_, true) => format!("added {by_words}"),
            (_, false) => format!("took away {by_words}"),
        }
    };
    Some(format!("{counted}, which {}. {among}, which {}.", did(parts.by_counted), did(parts.by_among)))
}

/// "5 more", "1.1 fewer".
fn more_or_fewer(by: Decimal) -> String {
    let way = if by > Decimal::ZERO { "more" } else { "fewer" };
    format!("{} {way}", words::number(by.abs().normalize()))
}

/// "5 more were counted".
fn more_counted(by: Decimal) -> String {
    // Of half a post nobody says that it was counted.
    if !by.is_integer() {
        let way = if by > Decimal::ZERO { "higher" } else { "lower" };
        return format!("The number counted was {} {way}", words::number(by.abs().normalize()));
    }
    let verb = if by.abs() == Decimal::ONE { "was" } else { "were" };
    format!("{} {verb} counted", more_or_fewer(by))
}

/// "There were 3 more children in care"; a noun is only known in the plural, so one goes
/// without.
fn there_were(by: Decimal, noun: &str) -> String {
    if by.abs() == Decimal::ONE {
        format!("There was {} in all", more_or_fewer(by))
    } else {
        format!("There were {} {noun}", more_or_fewer(by))
    }
}

/// "The total was 9 higher".
fn total(by: Decimal) -> String {
    let way = if by > Decimal::ZERO { "higher" } else { "lower" };
    format!("The total was {} {way}", words::number(by.abs().normalize()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_card;

    const A: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\nkind = \"ratio\"\n";

    #[test]
    fn both_parts_of_a_movement_are_told_as_a_person_would() {
        let say = |rows: &str| with_card(A, "", "\"A\"", rows, |card| parts(&card.sections[0][0]));
        assert_eq!(
            say("A,2026-09,,165,199\nA,2026-10,,170,202").as_deref(),
            Some(
                "5 more were counted, which added 2.5 points. There were 3 more children, which took away 1.2 points."
            )
        );
        assert_eq!(
            say("A,2026-09,,170,202\nA,2026-10,,165,199").as_deref(),
            Some(
                "5 fewer were counted, which took away 2.5 points. There were 3 fewer children, which added 1.2 points."
            )
        );
        assert_eq!(say("A,2026-09,,165,199\nA,2026-10,,170,199"), None);
        assert_eq!(say("A,2026-09,,165,199\nA,2026-10,,165,202"), None);
        let mean = "unit = \"mean\"\nbetter = \"lower\"\nfrequency = \"monthly\"\nprecision = 1\n";
        let rows = "A,2026-09,,418,19.9\nA,2026-10,,421,19.6";
        assert_eq!(
            with_card(mean, "", "\"A\"", rows, |card| parts(&card.sections[0][0])).as_deref(),
            Some("The total was 3 higher, which added 0.2. There were 0.3 fewer children, which added 0.3.")
        );
    }

    #[test]
    fn what_is_hidden_is_not_called_missing() {
        let a = format!("{A}views = [\"year-to-date\", \"rolling-12-months\"]\n");
        let said = |hidden: &[u32], missing: u32| {
            let row = |month: u32| match month {
                month if month == missing => String::new(),
                month if hidden.contains(&month) => format!("A,2026-{month:02},c,,\n"),
                month => format!("A,2026-{month:02},,5,10\n"),
            };
            let rows: String = (4..=10).map(row).collect();
            let of_year = |fact: Field| (fact.label == "Year to date").then_some(fact.value);
            with_card(&a, "", "\"A\"", rows.trim(), |card| {
                facts(&card.sections[0][0]).into_iter().find_map(of_year).unwrap()
            })
        };
        assert_eq!(said(&[], 6), "50.0% (30 of 60), April to October 2026, 1 month missing");
        assert_eq!(said(&[6], 0), "50.0% (30 of 60), April to October 2026, 1 month hidden");
        assert_eq!(said(&[10], 0), "Not given: the latest figure is hidden");
        assert_eq!(said(&[5, 6], 0), "Not given: too many months are hidden or missing");
    }

    #[test]
    fn longer_views_are_facts() {
        let a = format!("{A}views = [\"year-to-date\", \"quarter\"]\n");
        let rows = "A,2025-10,,7,10\nA,2026-04,,5,10\nA,2026-05,,5,10\nA,2026-06,,5,10\nA,2026-07,,6,10\nA,2026-08,,5,10\nA,2026-10,,8,10";
        let said = with_card(&a, "", "\"A\"", rows, |card| {
            facts(&card.sections[0][0])
                .into_iter()
                .map(|fact| format!("{}: {}", fact.label, fact.value))
                .collect::<Vec<_>>()
        });
        assert_eq!(
            said,
            [
                "Over 3 months: Up 20.0 points",
                "Year to date: 56.7% (34 of 60), April to October 2026, 1 month missing",
                "By quarter: July to September 2026: not given, its last month is missing; April to June 2026: 50.0% (15 of 30); July to September 2025: not given, its last month is missing. October 2026 so far: 80.0% (8 of 10)",
            ]
        );
    }

    #[test]
    fn twelve_months_stand_in_for_a_month_that_is_too_few() {
        let a = format!("{A}min_denominator = 10\n");
        let rows: String = (1..=12)
            .map(|i| if i <= 10 { format!("A,2026-{i:02},,3,5\n") } else { format!("A,2025-{i},,4,6\n") })
            .collect();
        let said = |rows: &str| with_card(&a, "", "\"A\"", rows.trim(), |card| pooled(&card.sections[0][0]));
        assert_eq!(
            said(&rows).as_deref(),
            Some("Too few to rate in October 2026. Over 12 months: 61.3% (38 of 62), November 2025 to October 2026.")
        );
        assert_eq!(said(&rows.replace("2026-10,,3,5", "2026-10,,8,10")), None);
    }
}
