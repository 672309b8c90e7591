//! Signal or noise in plain words.

use rust_decimal::Decimal;

use super::model::{Field, Mark, SignalWords};
use crate::domain::measure::rounded;
use crate::domain::{Frequency, Indicator, Reading, Unit};
use crate::scorecard::Line;
use crate::scorecard::judgement::{Method, Outlook, SignalVerdict, Silence};
use crate::scorecard::signal::{Assurance, ControlLimits, SignalRule, Variation};
use crate::words;

pub(super) fn mark(kind: &str, label: &str) -> Mark {
    Mark { kind: kind.to_owned(), label: label.to_owned() }
}

/// "Better than usual", as word and kind. It says nothing of the month before:
/// a figure that is better than usual may have got worse on it.
pub(super) fn variation_mark(variation: Variation) -> Mark {
    match variation {
        Variation::Common => mark("common", "Usual ups and downs"),
        Variation::Improvement(_) => mark("improvement", "Better than usual"),
        Variation::Concern(_) => mark("concern", "Worse than usual"),
        Variation::Neutral(true) => mark("neutral", "Higher than usual"),
        Variation::Neutral(false) => mark("neutral", "Lower than usual"),
    }
}

/// "Could go either way", as word and kind, without how long. The limits say what
/// is to be expected; a latest figure that does otherwise makes it a thing of the past.
pub(super) fn outlook_mark(outlook: Option<Outlook>, is_met: Option<bool>) -> Mark {
    match (outlook, is_met) {
        (Some(Outlook::Forecast(Assurance::Pass)), Some(false)) => mark("pass", MET_UNTIL_NOW),
        (Some(Outlook::Forecast(Assurance::Pass)), _) => mark("pass", MEETS),
        (Some(Outlook::Forecast(Assurance::Inconsistent)), _) => mark("inconsistent", EITHER_WAY),
        (Some(Outlook::Forecast(Assurance::Fail)), Some(true)) => mark("fail", MISSED_UNTIL_NOW),
        (Some(Outlook::Forecast(Assurance::Fail)), _) => mark("fail", MISSES),
        (Some(Outlook::Missing(_)), _) => mark("fail", MISSING_NOW),
        (Some(Outlook::Meeting(_)), _) => mark("pass", MEETING_NOW),
        (None, _) => mark("none", ""),
    }
}

/// The same with how long: "Missing it now, for 14 months".
fn outlook_with_run(line: &Line<'_>, outlook: Option<Outlook>) -> Mark {
    let mut mark = outlook_mark(outlook, is_met(line));
    if let Some(Outlook::Missing(run) | Outlook::Meeting(run)) = outlook.filter(|_| !mark.label.is_empty()) {
        let (one, many) = steps(line.indicator.frequency);
        let least = if run.may_be_more { "at least " } else { "" };
        if run.figures > 1 {
            mark.label.push_str(&format!(", for {least}{}", words::count(run.figures, one, many)));
        }
    }
    mark
}

pub(super) const MEETS: &str = "Meets target reliably";
pub(super) const MEETING_NOW: &str = "Meeting it now";
pub(super) const MET_UNTIL_NOW: &str = "Met reliably until now";
pub(super) const EITHER_WAY: &str = "Could go either way";
pub(super) const MISSED_UNTIL_NOW: &str = "Missed reliably until now";
pub(super) const MISSING_NOW: &str = "Missing it now";
pub(super) const MISSES: &str = "Misses target reliably";

/// Whether the latest figure meets its target; none where it has no such thing.
pub(super) fn is_met(line: &Line<'_>) -> Option<bool> {
    let Reading::Figure(figure) = &line.current else { return None };
    let shortfall = line.target?.goal.shortfall(figure.value, line.indicator.polarity)?;
    Some(shortfall <= Decimal::ZERO)
}

/// What is said of a line; none where the register wants nothing said.
pub(super) fn signal(line: &Line<'_>) -> Option<SignalWords> {
    let judgement = &line.judgement;
    match judgement.verdict {
        SignalVerdict::Silent(Silence::Off) => None,
        SignalVerdict::Silent(why) => Some(SignalWords {
            variation: mark("none", silent_label(why)),
            assurance: outlook_mark(None, None),
            reason: silence(line.indicator, why) + &since_break(line, why),
            caution: String::new(),
        }),
        SignalVerdict::Seen { variation, rule, outlook } => Some(SignalWords {
            variation: variation_mark(variation),
            assurance: outlook_with_run(line, outlook),
            reason: reason(line, rule),
            caution: if judgement.autocorrelated {
                "Each month end has most of the same children as the one before, so runs are more common than chance alone would make them.".to_owned()
            } else {
                String::new()
            },
        }),
    }
}

/// What made a series short, where a break did.
fn since_break(line: &Line<'_>, why: Silence) -> String {
    let first = line.series.first().map_or(line.period, |point| point.period);
    match (why, line.indicator.break_between(first, line.period)) {
        (Silence::TooShort(_), Some(broken)) => {
            format!(" The series changed in {}, and earlier figures do not count.", words::month(broken.from))
        }
        _ => String::new(),
    }
}

fn silent_label(why: Silence) -> &'static str {
    match why {
        Silence::TooFew | Silence::TooShort(_) | Silence::NothingPossible => "Too few to judge",
        Silence::Seldom { .. } => "Seldom happens",
        Silence::Off
        | Silence::NoFigure
        | Silence::Overlapping
        | Silence::Hidden
        | Silence::NeverMoved
        | Silence::Wandering
        | Silence::NotCounted => "Not judged",
    }
}

fn silence(indicator: &Indicator, why: Silence) -> String {
    let (one, many) = steps(indicator.frequency);
    match why {
        Silence::Off => String::new(),
        Silence::NoFigure => "There is no latest figure.".to_owned(),
        Silence::Overlapping => {
            "Each figure shares most of its months with the one before, so change cannot be told from chance."
                .to_owned()
        }
        Silence::Hidden => {
            "Some months are hidden because they are small, and the others alone would mislead.".to_owned()
        }
        Silence::TooFew => {
            format!("With fewer than 5 in a {one}, one child moves the figure more than anything else does.")
        }
        Silence::NotCounted => {
            "It is a share of fewer than 20, and without whole counts for every figure chance cannot be told."
                .to_owned()
        }
        Silence::TooShort(have) => {
            let there = if have == 1 { "is" } else { "are" };
            format!("It takes 13 {many} to know its usual ups and downs, and there {there} {have} to compare.")
        }
        Silence::NeverMoved => "It hardly ever moves, so it has no usual ups and downs.".to_owned(),
        Silence::Wandering => {
            format!("Its level changed within these {many}, so no ups and downs are usual for all of them.")
        }
        Silence::NothingPossible => "So few are counted that no figure would be beyond chance.".to_owned(),
        Silence::Seldom { figures, last: None, .. } => format!("It has not happened in {figures} {many}."),
        Silence::Seldom { times, figures, last: Some(last) } => format!(
            "It seldom happens: {} in {figures} {many}, the last {}.",
            words::number(times.normalize()),
            words::in_period(indicator, last)
        ),
    }
}

/// "month", "months".
pub(super) fn steps(frequency: Frequency) -> (&'static str, &'static str) {
    match frequency {
        Frequency::Monthly => ("month", "months"),
        Frequency::Quarterly => ("quarter", "quarters"),
        Frequency::Termly => ("term", "terms"),
        Frequency::Annual(_) => ("year", "years"),
    }
}

/// The rule that fired, in words.
fn reason(line: &Line<'_>, rule: SignalRule) -> String {
    let (one, many) = steps(line.indicator.frequency);
    let latest = words::capital(&words::own_period(line.indicator, line.period));
    let latest =
        if line.indicator.frequency.per_year() < 4 { format!("The {}", latest.to_lowercase()) } else { latest };
    match rule {
        SignalRule::Above if line.judgement.method == Some(Method::Rare) => {
            format!("{latest} has more at once than chance explains.")
        }
        SignalRule::Above => format!("{latest} is higher than usual ups and downs explain{}.", usual(line)),
        SignalRule::Below => format!("{latest} is lower than usual ups and downs explain{}.", usual(line)),
        SignalRule::Rising(run) => format!("{run} {many} running, each was higher than the one before."),
        SignalRule::Falling(run) => format!("{run} {many} running, each was lower than the one before."),
        SignalRule::TwoInThreeAbove => format!("2 of the last 3 {many} were unusually high."),
        SignalRule::TwoInThreeBelow => format!("2 of the last 3 {many} were unusually low."),
        SignalRule::ShiftAbove(run) => format!("At least {run} {many} running were above average."),
        SignalRule::ShiftBelow(run) => format!("At least {run} {many} running were below average."),
        SignalRule::DriftingUp(points) => {
            format!(
                "It has risen steadily over {}, so no ups and downs are usual for it.",
                words::count(points, one, many)
            )
        }
        SignalRule::DriftingDown(points) => {
            format!(
                "It has fallen steadily over {}, so no ups and downs are usual for it.",
                words::count(points, one, many)
            )
        }
        SignalRule::None => format!("The latest figure is no more than chance explains{}.", usual(line)),
    }
}

/// " (72.1% to 88.0%)": the usual range of the latest figure.
fn usual(line: &Line<'_>) -> String {
    let measure = &line.indicator.measure;
    let limits = line.judgement.points.last().and_then(|point| point.fact.limits);
    limits.map_or_else(String::new, |limits| {
        let (low, high) = clipped(line.indicator, limits);
        format!(" ({} to {})", words::figure(measure, low), words::figure(measure, high))
    })
}

/// Limits as they are shown: rounded like figures, within what is possible.
pub(super) fn clipped(indicator: &Indicator, limits: ControlLimits) -> (Decimal, Decimal) {
    let shown = |limit: f64| {
        let limit = rounded(limit, indicator.measure.precision);
        match indicator.measure.unit {
            _ if indicator.measure.signed => limit,
            Unit::Score => limit,
            Unit::Percent => limit.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED),
            _ => limit.max(Decimal::ZERO),
        }
    };
    (shown(limits.lower), shown(limits.upper))
}

/// All that is said of signal and noise.
pub(super) fn facts(line: &Line<'_>) -> Vec<Field> {
    let mut facts = Vec::new();
    let mut fact = |label: &str, value: String| facts.push(Field::new(label, value));
    if let Some(signal) = signal(line) {
        fact("Is it changing?", format!("{}. {}", signal.variation.label, signal.reason));
        if !signal.assurance.label.is_empty() {
            fact("Will it meet target?", signal.assurance.label);
        }
    }
    facts.extend(likely(line));
    facts
}

/// What a figure among few may as well have been, where no limits say what is
/// usual: two ranges of one figure would be one too many.
pub(super) fn likely(line: &Line<'_>) -> Option<Field> {
    if line.judgement.points.last().is_some_and(|point| point.fact.limits.is_some()) {
        return None;
    }
    let size = line.current.figure()?.denominator?;
    let (low, high) = line.judgement.interval?;
    (Decimal::from(5)..Decimal::ONE_HUNDRED)
        .contains(&size)
        .then(|| Field::new("Likely range", format!("{}% to {}%", words::number(low), words::number(high))))
}

/// The words of `figures.csv`: variation and assurance.
pub(super) fn columns(line: &Line<'_>) -> (String, String) {
    match line.judgement.verdict {
        SignalVerdict::Seen { variation, outlook, .. } => {
            (variation.icon().to_owned(), outlook.map(|outlook| outlook.word().to_owned()).unwrap_or_default())
        }
        SignalVerdict::Silent(Silence::Off) => Default::default(),
        SignalVerdict::Silent(why) => (silent_label(why).to_lowercase(), String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_card;

    #[test]
    fn one_figure_is_one_and_several_are_several() {
        let a = "unit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n";
        let said = |have| {
            with_card(a, "", "\"A\"", "A,2026-10,1,,", |card| {
                silence(card.lines().next().unwrap().indicator, Silence::TooShort(have))
            })
        };
        let takes = "It takes 13 months to know its usual ups and downs, and there";
        assert_eq!(said(1), format!("{takes} is 1 to compare."));
        assert_eq!(said(2), format!("{takes} are 2 to compare."));
        assert_eq!(said(0), format!("{takes} are 0 to compare."));
    }
}
