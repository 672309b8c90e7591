//! Figures, movements, targets and dates as people read them.
//!
//! Every number that is printed passes through here. Minus is a minus sign,
//! thousands have commas, percentages no blank before their sign.

mod digits;
mod marks;
mod paths;
mod ratings;

use chrono::{Datelike, NaiveDate};
pub use digits::number;
pub use marks::{mark, mark_meaning, mark_said, marks};
pub use paths::path;
pub use ratings::{rating, rating_named, rating_reason};
use rust_decimal::Decimal;

use crate::domain::movement::{Arrow, Movement, Travel};
use crate::domain::observation::Missing;
use crate::domain::target::{Goal, TargetSource};
use crate::domain::{ActionPart, Basis, Figure, Frequency, Indicator, Measure, Period, Polarity, Reading, Unit};

/// A figure: "84.2%", "1,204", "67.0", "14 days", "−£1.2m".
pub fn figure(measure: &Measure, value: Decimal) -> String {
    with_unit(measure.unit, number(crate::domain::measure::round(value, measure.precision)))
}

fn with_unit(unit: Unit, mut number: String) -> String {
    if unit.is_money() {
        // The sign stands before the pound: "−£1,204".
        number.insert(if number.starts_with('−') { '−'.len_utf8() } else { 0 }, '£');
    }
    number.push_str(match unit {
        Unit::Percent => "%",
        Unit::Days if number == "1" => " day",
        Unit::Days => " days",
        Unit::ThousandPounds => "k",
        Unit::MillionPounds => "m",
        Unit::Count | Unit::Rate | Unit::Mean | Unit::Score | Unit::Pounds => "",
    });
    number
}

/// A figure and what it was worked from: "84.2%" and "170 of 202". A
/// percentage of fewer than the floor is only the latter: one child would move
/// it by many points.
pub fn shown(indicator: &Indicator, value: &Figure) -> (String, String) {
    let of = of(&indicator.measure, &Reading::Figure(*value));
    if is_of_few(indicator, value) { (of, String::new()) } else { (figure(&indicator.measure, value.value), of) }
}

/// The first half of [`shown`], where the second is not wanted.
pub fn printed(indicator: &Indicator, value: &Figure) -> String {
    if is_of_few(indicator, value) {
        of(&indicator.measure, &Reading::Figure(*value))
    } else {
        figure(&indicator.measure, value.value)
    }
}

/// Whether a figure is a percentage of fewer than the floor, and printed as
/// "3 of 4".
pub fn is_of_few(indicator: &Indicator, value: &Figure) -> bool {
    indicator.measure.unit == Unit::Percent && value.numerator.is_some() && indicator.is_too_few(value)
}

/// A target's or tick's figure: no more digits than it needs.
pub fn plain_figure(measure: &Measure, value: Decimal) -> String {
    with_unit(measure.unit, number(value.normalize()))
}

/// A difference: "2.1 points", "3", "1 day".
pub fn difference(measure: &Measure, value: Decimal) -> String {
    let value = value.abs();
    if measure.unit.is_money() {
        return with_unit(measure.unit, number(value));
    }
    let mut text = number(value);
    text.push_str(match measure.unit {
        Unit::Percent if value == Decimal::ONE => " point",
        Unit::Percent => " points",
        Unit::Days if value == Decimal::ONE => " day",
        Unit::Days => " days",
        _ => "",
    });
    text
}

/// "170 of 202", where there is a numerator and a denominator.
pub fn of(measure: &Measure, reading: &Reading) -> String {
    let Some(figure) = reading.figure() else { return String::new() };
    match (measure.unit, figure.numerator, figure.denominator) {
        (Unit::Percent, Some(n), Some(d)) => number(n.normalize()) + " of " + &number(d.normalize()),
        // A rate without its population reads as a number of children.
        (Unit::Rate, ..) => format!("per {}", number(measure.per.normalize())),
        _ => String::new(),
    }
}

/// What the figure is, in a few words: "% of children in care",
/// "for each 10,000 children", "number of care leavers"; a mean or a score has
/// no better name than its indicator's own.
pub fn unit(indicator: &Indicator) -> String {
    let measure = &indicator.measure;
    match measure.unit {
        Unit::Percent => format!("% of {}", measure.noun),
        Unit::Rate => format!("{} for each {} of the population", measure.noun, number(measure.per.normalize())),
        Unit::Count => format!("number of {}", measure.noun),
        Unit::Days | Unit::Mean | Unit::Score => indicator.title.clone(),
        Unit::Pounds | Unit::ThousandPounds | Unit::MillionPounds => indicator.title.clone(),
    }
}

/// "Up 2.1 points", "Down 3 (25%)", "No change".
pub fn movement(measure: &Measure, movement: &Movement) -> String {
    let way = match movement.arrow {
        Arrow::Level => return "No change".to_owned(),
        Arrow::Up => "Up",
        Arrow::Down => "Down",
    };
    let change = difference(measure, movement.change);
    match (measure.unit, movement.percent) {
        // Across zero a share of the figure before says nothing.
        (Unit::Count, Some(percent)) if !percent.is_zero() && !measure.signed => {
            format!("{way} {change} ({}%)", number(percent.abs()))
        }
        _ => [way, " ", &change].concat(),
    }
}

/// "better", "worse", "steady", or nothing for context.
pub fn travel(travel: Travel) -> &'static str {
    match travel {
        Travel::Improving => "better",
        Travel::Worsening => "worse",
        Travel::Steady => "steady",
        Travel::NoJudgement => "",
    }
}

/// "85%", "15 to 18".
pub fn goal(measure: &Measure, goal: Goal) -> String {
    match goal {
        Goal::Value(value) => plain_figure(measure, value),
        // The pound stands before each, and so does a sign.
        Goal::Range(low, high) if measure.unit.is_money() => {
            format!("{} to {}", plain_figure(measure, low), plain_figure(measure, high))
        }
        Goal::Range(low, high) => format!("{} to {}", number(low.normalize()), plain_figure(measure, high)),
    }
}

/// "national", "the council's own", "statutory": who set a target's number.
pub fn target_source(source: TargetSource) -> &'static str {
    match source {
        TargetSource::Local => "the council's own",
        source => source.word(),
    }
}

/// "Higher is better".
pub fn polarity(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Higher => "Higher is better",
        Polarity::Lower => "Lower is better",
        Polarity::Range => "Within a range is better",
        Polarity::None => "For context",
    }
}

/// "higher", "within its range": what stands after "good is".
pub fn good(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Higher => "Higher",
        Polarity::Lower => "Lower",
        Polarity::Range => "Within its range",
        Polarity::None => "Neither: it is shown for context",
    }
}

/// "in October 2026", "in quarter 2, 2026/27", "in the summer term 2026".
pub fn in_period(indicator: &Indicator, period: Period) -> String {
    let own = own_period(indicator, period);
    match indicator.frequency {
        Frequency::Monthly | Frequency::Quarterly => format!("in {own}"),
        Frequency::Termly | Frequency::Annual(_) => format!("in the {own}"),
    }
}

/// The same where no "in" stands before it: "October 2026", "the summer term 2026".
pub fn the_period(indicator: &Indicator, period: Period) -> String {
    in_period(indicator, period).trim_start_matches("in ").to_owned()
}

/// "at month end", "in the month" …: what the figure covers.
pub fn basis(basis: Basis, frequency: Frequency) -> &'static str {
    match (basis, frequency) {
        (Basis::Snapshot, Frequency::Monthly) => "at month end",
        (Basis::Snapshot, Frequency::Quarterly) => "at quarter end",
        (Basis::Snapshot, Frequency::Termly) => "at the end of term",
        (Basis::Snapshot, Frequency::Annual(_)) => "at year end",
        (Basis::InPeriod, Frequency::Monthly) => "in the month",
        (Basis::InPeriod, Frequency::Quarterly) => "in the quarter",
        (Basis::InPeriod, Frequency::Termly) => "in the term",
        (Basis::InPeriod, Frequency::Annual(_)) => "in the year",
        (Basis::YearToDate, _) => "since 1 April",
        (Basis::Rolling12Months, _) => "over 12 months",
    }
}

/// Why there is no figure, in a few words.
pub fn missing(missing: Missing) -> &'static str {
    match missing {
        Missing::NotSupplied => "Not supplied",
        Missing::Unknown => "Not known",
        Missing::NotApplicable => "Not applicable",
        Missing::Unavailable => "Not available",
        Missing::Suppressed => "Hidden",
        Missing::Low => "Low",
        Missing::Unreliable => "Not reliable",
        Missing::NotDue => "Not due",
        Missing::Refused => "Not usable",
        Missing::NoneOfNone => "0 of 0",
    }
}

/// The state that a template tells apart by its looks.
pub fn missing_state(missing: Missing) -> &'static str {
    match missing {
        Missing::NotSupplied | Missing::Unknown | Missing::Unavailable | Missing::Unreliable => "not-supplied",
        Missing::NotApplicable | Missing::NoneOfNone => "not-applicable",
        Missing::Suppressed | Missing::Low => "suppressed",
        Missing::NotDue => "not-due",
        Missing::Refused => "refused",
    }
}

/// "31 October 2026".
pub fn date(date: NaiveDate) -> String {
    let month = Period::of(date).map_or("", Period::month_name);
    format!("{} {month} {}", date.day(), date.year())
}

/// "Wednesday 2 December 2026".
pub fn long_date(day: NaiveDate) -> String {
    format!("{} {}", day.format("%A"), date(day))
}

/// "October 2026".
pub fn month(period: Period) -> String {
    period.words()
}

/// "October 2026", "April to October 2026", "November 2025 to January 2026".
pub fn span(first: Period, last: Period) -> String {
    let year = if first.year() == last.year() { String::new() } else { format!(" {}", first.year()) };
    if first == last { month(last) } else { format!("{}{year} to {}", first.month_name(), month(last)) }
}

/// "July to September 2026", "quarter 1, 2026/27 to quarter 3, 2026/27": neighbouring
/// periods of an indicator's own.
pub fn own_span(indicator: &Indicator, first: Period, last: Period) -> String {
    match indicator.frequency {
        Frequency::Monthly => span(first, last),
        _ if first == last => own_period(indicator, first),
        _ => format!("{} to {}", own_period(indicator, first), own_period(indicator, last)),
    }
}

/// "October 2026 (financial year 2026/27)".
pub fn month_with_year(period: Period) -> String {
    format!("{} (financial year {})", month(period), period.financial_year())
}

/// The label of an indicator's own period: "quarter 2, 2026/27".
pub fn own_period(indicator: &Indicator, period: Period) -> String {
    indicator.frequency.label(period)
}

/// "1 indicator", "12 indicators".
pub fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// A title within a sentence, in quotation marks.
pub fn quoted(title: &str) -> String {
    format!("\u{201c}{title}\u{201d}")
}

/// "a", "a and b", "a, b and c".
pub fn list(parts: &[String]) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

/// "an action, an owner and a day": parts of an action that a commentary has not.
pub fn action_parts(parts: &[ActionPart]) -> String {
    let word = |part: &ActionPart| match part {
        ActionPart::Action => "an action",
        ActionPart::Owner => "an owner",
        ActionPart::Due => "a day",
    };
    list(&parts.iter().map(|part| word(part).to_owned()).collect::<Vec<_>>())
}

/// The first letter as a capital.
pub fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => {
            let mut capital = String::with_capacity(text.len() + 1);
            capital.extend(first.to_uppercase());
            capital.push_str(chars.as_str());
            capital
        }
        None => String::new(),
    }
}

/// The first letter small, unless the word is an abbreviation.
pub fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match (chars.next(), chars.clone().next()) {
        (Some(first), Some(second)) if second.is_uppercase() => format!("{first}{}", chars.as_str()),
        (Some(first), _) => first.to_lowercase().collect::<String>() + chars.as_str(),
        (None, _) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn measure(unit: Unit, precision: u32) -> Measure {
        Measure { unit, precision, per: d("10000"), noun: "children in care".into(), signed: false }
    }

    #[test]
    fn figures_carry_their_unit() {
        assert_eq!(figure(&measure(Unit::Percent, 1), d("84.25")), "84.3%");
        assert_eq!(figure(&measure(Unit::Days, 0), d("1")), "1 day");
        assert_eq!(figure(&measure(Unit::Count, 0), d("1204")), "1,204");
        assert_eq!(plain_figure(&measure(Unit::Percent, 1), d("85.0")), "85%");
        for (unit, precision, value, expected) in [
            (Unit::Pounds, 0, "1204", "£1,204"),
            (Unit::Pounds, 0, "-1204", "−£1,204"),
            (Unit::ThousandPounds, 0, "1204", "£1,204k"),
            (Unit::MillionPounds, 1, "-1.25", "−£1.3m"),
            (Unit::Percent, 1, "-3.5", "−3.5%"),
            (Unit::Count, 0, "-3", "−3"),
            (Unit::MillionPounds, 1, "-0.04", "£0.0m"),
        ] {
            assert_eq!(figure(&measure(unit, precision), d(value)), expected);
        }
        let pounds = measure(Unit::ThousandPounds, 0);
        assert_eq!(goal(&pounds, Goal::Range(d("-5"), d("5"))), "−£5k to £5k");
        assert_eq!(difference(&pounds, d("-12")), "£12k");
    }

    #[test]
    fn movements_are_words() {
        let moved =
            |a: &str, b: &str| crate::domain::movement::movement(d(a), d(b), Polarity::Higher, None, Decimal::ZERO);
        assert_eq!(movement(&measure(Unit::Percent, 1), &moved("82.1", "84.2")), "Up 2.1 points");
        assert_eq!(movement(&measure(Unit::Percent, 1), &moved("85.2", "84.2")), "Down 1.0 point");
        assert_eq!(movement(&measure(Unit::Count, 0), &moved("12", "9")), "Down 3 (25%)");
        assert_eq!(movement(&measure(Unit::Count, 0), &moved("0", "9")), "Up 9");
        assert_eq!(movement(&measure(Unit::Rate, 1), &moved("9.0", "9.0")), "No change");
        assert_eq!(movement(&measure(Unit::MillionPounds, 1), &moved("1.0", "-0.5")), "Down £1.5m");
        let net = Measure { signed: true, ..measure(Unit::Count, 0) };
        assert_eq!(movement(&net, &moved("-3", "-9")), "Down 6");
    }
}
