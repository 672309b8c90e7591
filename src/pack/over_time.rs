//! What a figure says held against earlier ones, and several months as one.

use rust_decimal::Decimal;

use super::model::Field;
use super::{sentences, words};
use crate::domain::motion::{Span, TravelBy};
use crate::domain::split::split;
use crate::domain::{Indicator, Reading, Unit};
use crate::scorecard::changes::Change;
use crate::scorecard::views::{NoView, View};
use crate::scorecard::{Comparison, Line};

/// "better", "worse on last year", "steady over the chart"; empty where there
/// is no better or it cannot be said.
pub(super) fn travel(line: &Line<'_>) -> String {
    let Comparison::Moved(movement) = &line.changes.direction else { return String::new() };
    let word = words::travel(movement.travel);
    let by = match line.indicator.motion.travel {
        TravelBy::Previous => "",
        TravelBy::LastYear => " on last year",
        TravelBy::Regression => " over the whole chart",
    };
    if word.is_empty() { String::new() } else { format!("{word}{by}") }
}

/// Key facts about earlier figures and longer views, in a block.
pub(super) fn facts(line: &Line<'_>) -> Vec<Field> {
    let mut facts = Vec::new();
    let mut fact = |label: &str, value: String| facts.push(Field { label: label.to_owned(), value });
    if let Some(change) = &line.changes.over_3
        && let Comparison::Moved(movement) = &change.comparison
    {
        fact("Over 3 months", words::movement(&line.indicator.measure, movement));
    }
    // A baseline a year ago says it all.
    let told = line.changes.baseline.is_some_and(|(_, change)| change.since == line.changes.last_year.since);
    if line.indicator.frequency.per_year() > 1
        && !told
        && let Some(value) = earlier(line, &line.changes.last_year, true)
    {
        fact("A year before", value);
    }
    if let Some((baseline, change)) = &line.changes.baseline
        && let Some(value) = earlier(line, change, false)
    {
        fact(&baseline.label, value);
    }
    for span in &line.indicator.motion.views {
        fact(label(*span), viewed(line, line.views.of(*span)));
    }
    facts
}

/// "80.1% in October 2025, up 2.1 points"; none where it was not known, or
/// may not be compared because the series breaks.
pub(super) fn earlier(line: &Line<'_>, change: &Change<'_>, with_period: bool) -> Option<String> {
    let indicator = line.indicator;
    let figure = change.before.figure()?;
    if indicator.break_between(change.since, line.period).is_some() {
        return (!with_period).then(|| "Not comparable: the series has changed since".to_owned());
    }
    let mut text = words::shown(indicator, figure).0;
    if with_period {
        text.push_str(&format!(" {}", words::in_period(indicator, change.since)));
    }
    if let Comparison::Moved(movement) = &change.comparison {
        text.push_str(&format!(", {} since", sentences::lower_first(&words::movement(&indicator.measure, movement))));
    }
    Some(text)
}

/// "Year to date": what a longer view is called.
pub(super) fn label(span: Span) -> &'static str {
    match span {
        Span::YearToDate => "Year to date",
        Span::Rolling12Months => "Last 12 months",
        Span::Quarter => "This quarter",
    }
}

/// "56.7% (34 of 60), April to October 2026, 1 month missing", or why it is not given.
pub(super) fn viewed(line: &Line<'_>, view: &Result<View, NoView<'_>>) -> String {
    match view {
        Ok(view) => {
            let measure = &line.indicator.measure;
            let of = words::of(measure, &Reading::Figure(view.figure));
            let of = if of.is_empty() { of } else { format!(" ({of})") };
            format!("{}{of}, {}", words::figure(measure, view.figure.value), months(line.indicator, view))
        }
        Err(NoView::Broken(_)) => "Not given: the series changed on the way".to_owned(),
        Err(NoView::Missing) => "Not given: too many months are missing".to_owned(),
        Err(NoView::NoParts | NoView::NotMade) => "Not given: the numbers behind it are not supplied".to_owned(),
    }
}

/// "April to October 2026, 1 month missing"
fn months(indicator: &Indicator, view: &View) -> String {
    let (first, last) = (view.first, view.last);
    let year = if first.year() == last.year() { String::new() } else { format!(" {}", first.year()) };
    let mut text = match first == last {
        true => last.words(),
        false => format!("{}{year} to {}", first.month_name(), last.words()),
    };
    if view.missing > 0 {
        let (one, many) =
            if indicator.frequency.per_year() == 4 { ("quarter", "quarters") } else { ("month", "months") };
        text.push_str(&format!(", {} missing", words::count(view.missing, one, many)));
    }
    text
}

/// "Too few to rate in October 2026. Over 12 months: 61.3% (38 of 62)."
pub(super) fn pooled(line: &Line<'_>) -> Option<String> {
    let view = line.pooled()?;
    let own = words::in_period(line.indicator, line.period);
    Some(format!("Too few to rate {own}. Over 12 months: {}.", viewed(line, &Ok(*view))))
}

/// What the numerator and what the denominator did, where both moved: "The
/// number counted rose by 5, which alone would have added 2.5 points. The
/// number of children in care rose by 3, which took away 0.4 points."
pub(super) fn parts(line: &Line<'_>) -> Option<String> {
    line.movement()?;
    let measure = &line.indicator.measure;
    let parts = split(measure, line.previous.figure()?, line.current.figure()?)?;
    let (counted, among) = match measure.unit {
        Unit::Percent => ("counted".to_owned(), format!("of {}", measure.noun)),
        Unit::Rate => (format!("of {}", measure.noun), "in the population".to_owned()),
        Unit::Count | Unit::Days | Unit::Mean | Unit::Score => return None,
    };
    let went = |by: Decimal| {
        let way = if by > Decimal::ZERO { "rose" } else { "fell" };
        format!("{way} by {}", words::number(by.abs().normalize()))
    };
    let did = |by: Decimal, alone: bool| {
        let by_words = words::difference(measure, by);
        match (by.is_zero(), by > Decimal::ZERO, alone) {
            (true, ..) => "makes no difference".to_owned(),
            (_, true, true) => format!("alone would have added {by_words}"),
            (_, false, true) => format!("alone would have taken away {by_words}"),
            (_, true, false) => format!("added {by_words}"),
            (_, false, false) => format!("took away {by_words}"),
        }
    };
    Some(format!(
        "The number {counted} {}, which {}. The number {among} {}, which {}.",
        went(parts.counted),
        did(parts.by_counted, true),
        went(parts.among),
        did(parts.by_among, false),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::rehearsal::told;

    const A: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\nkind = \"ratio\"\n";

    #[test]
    fn both_parts_of_a_movement_are_told_in_words() {
        let say = |rows: &str| told(A, "", "\"A\"", rows, |card| parts(&card.sections[0][0]));
        assert_eq!(
            say("A,2026-09,,165,199\nA,2026-10,,170,202").as_deref(),
            Some(
                "The number counted rose by 5, which alone would have added 2.5 points. The number of children rose by 3, which took away 1.2 points."
            )
        );
        assert_eq!(
            say("A,2026-09,,170,202\nA,2026-10,,165,199").as_deref(),
            Some(
                "The number counted fell by 5, which alone would have taken away 2.5 points. The number of children fell by 3, which added 1.2 points."
            )
        );
        assert_eq!(say("A,2026-09,,165,199\nA,2026-10,,170,199"), None);
    }

    #[test]
    fn earlier_figures_and_views_are_key_facts() {
        let a = format!("{A}views = [\"year-to-date\", \"quarter\"]\n");
        let rows = "A,2025-10,,7,10\nA,2026-04,,5,10\nA,2026-05,,5,10\nA,2026-06,,5,10\nA,2026-07,,6,10\nA,2026-08,,5,10\nA,2026-10,,8,10";
        let said = told(&a, "", "\"A\"", rows, |card| {
            facts(&card.sections[0][0])
                .into_iter()
                .map(|fact| format!("{}: {}", fact.label, fact.value))
                .collect::<Vec<_>>()
        });
        assert_eq!(
            said,
            [
                "Over 3 months: Up 20.0 points",
                "A year before: 70.0% in October 2025, up 10.0 points since",
                "Year to date: 56.7% (34 of 60), April to October 2026, 1 month missing",
                "This quarter: 80.0% (8 of 10), October 2026",
            ]
        );
    }

    #[test]
    fn twelve_months_stand_in_for_a_month_that_is_too_few() {
        let a = format!("{A}min_denominator = 10\n");
        let rows: String = (1..=12)
            .map(|i| if i <= 10 { format!("A,2026-{i:02},,3,5\n") } else { format!("A,2025-{i},,4,6\n") })
            .collect();
        let said = |rows: &str| told(&a, "", "\"A\"", rows.trim(), |card| pooled(&card.sections[0][0]));
        assert_eq!(
            said(&rows).as_deref(),
            Some("Too few to rate in October 2026. Over 12 months: 61.3% (38 of 62), November 2025 to October 2026.")
        );
        assert_eq!(said(&rows.replace("2026-10,,3,5", "2026-10,,8,10")), None);
    }
}
