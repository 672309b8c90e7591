//! Signal or noise in plain words; `silence` has why nothing is said.

mod silence;

use rust_decimal::Decimal;

use self::silence::since_break;
pub(super) use self::silence::{silence, silent_label};
use super::model::{Field, Mark, SignalWords};
use super::themes;
use crate::domain::measure::{double, rounded};
use crate::domain::{Frequency, Period, Reading, Unit};
use crate::scorecard::Line;
use crate::scorecard::judgement::{ButFor, Method, Outlook, SignalVerdict, Silence};
use crate::scorecard::signal::{Assurance, ControlLimits, LastingStep, SignalRule, Variation};
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

/// The same with how long: "Missing its target for 14 months".
pub(super) fn outlook_with_run(line: &Line<'_>, outlook: Option<Outlook>) -> Mark {
    let mut mark = outlook_mark(outlook, is_met(line));
    if let Some(Outlook::Missing(run) | Outlook::Meeting(run)) = outlook.filter(|_| !mark.label.is_empty()) {
        let (one, many) = steps(line.indicator.frequency);
        let least = if run.may_be_more { "at least " } else { "" };
        if run.is_other_side {
            mark.label.push_str(", on the other side");
        } else if run.figures > 1 {
            mark.label.push_str(&format!(" for {least}{}", words::count(run.figures, one, many)));
        }
    }
    mark
}

/// What one child decided of the target.
pub(super) fn but_for(outlook: Option<Outlook>) -> &'static str {
    match outlook {
        Some(Outlook::Missing(run)) => match run.but_for {
            Some(ButFor::OneMore) => " One more would have met the target.",
            Some(ButFor::OneFewer) => " One fewer would have met the target.",
            None => "",
        },
        Some(Outlook::Meeting(run)) => match run.but_for {
            Some(ButFor::OneMore) => " One more would have missed the target.",
            Some(ButFor::OneFewer) => " One fewer would have missed the target.",
            None => "",
        },
        Some(Outlook::Forecast(_)) | None => "",
    }
}

/// Of figures at month end.
pub(super) const CAUTION: &str =
    "Most of those counted are the same each time. So several rises or falls in a row mean less than they seem to.";

pub(super) const MEETS: &str = "Likely to keep meeting its target";
pub(super) const MEETING_NOW: &str = "Meeting its target";
pub(super) const MET_UNTIL_NOW: &str = "Usually meets its target, not this time";
pub(super) const EITHER_WAY: &str = "Could go either way";
pub(super) const MISSED_UNTIL_NOW: &str = "Usually misses its target, not this time";
pub(super) const MISSING_NOW: &str = "Missing its target";
pub(super) const MISSES: &str = "Likely to keep missing its target";

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
            reason: match why {
                Silence::NoFigure if themes::is_hidden(&line.current) => "The latest figure is hidden.".to_owned(),
                why => silence(line.indicator, why) + &since_break(line, why),
            },
            caution: String::new(),
        }),
        SignalVerdict::Seen { variation, rule, outlook } => Some(SignalWords {
            variation: variation_mark(variation),
            assurance: outlook_with_run(line, outlook),
            reason: reason(line, rule) + but_for(outlook),
            caution: if judgement.autocorrelated { CAUTION.to_owned() } else { String::new() },
        }),
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
pub(super) fn reason(line: &Line<'_>, rule: SignalRule) -> String {
    let (one, many) = steps(line.indicator.frequency);
    let latest = words::capital(&words::the_period(line.indicator, line.period));
    match rule {
        SignalRule::Above if line.judgement.method == Some(Method::Rare) => {
            format!("{latest} has more than chance explains.")
        }
        SignalRule::Above => format!("{latest} is higher than usual{}.", usual(line)),
        SignalRule::Below => format!("{latest} is lower than usual{}.", usual(line)),
        SignalRule::Rising(run) => format!("It has gone up {run} {many} in a row."),
        SignalRule::Falling(run) => format!("It has gone down {run} {many} in a row."),
        SignalRule::TwoInThreeAbove => format!("2 of the last 3 {many} were unusually high."),
        SignalRule::TwoInThreeBelow => format!("2 of the last 3 {many} were unusually low."),
        SignalRule::ShiftAbove(run) => format!("It has been above its average for at least {run} {many}."),
        SignalRule::ShiftBelow(run) => format!("It has been below its average for at least {run} {many}."),
        SignalRule::DriftingUp(points) => {
            format!("It has risen steadily over {}, so it has no usual level.", words::count(points, one, many))
        }
        SignalRule::DriftingDown(points) => {
            format!("It has fallen steadily over {}, so it has no usual level.", words::count(points, one, many))
        }
        SignalRule::Stepped(step) => stepped(line, step),
        SignalRule::None if is_beyond_usual(line) => {
            format!("{latest} is fewer than 3 away from the average. That is too few to tell us anything.")
        }
        SignalRule::None => format!("The latest figure is within its usual ups and downs{}.", usual(line)),
    }
}

/// Since when a line that stepped is at its new level.
pub(super) fn stepped_at(line: &Line<'_>, step: LastingStep) -> Period {
    let points = &line.judgement.points;
    points.len().checked_sub(step.points).and_then(|at| points.get(at)).map_or(line.period, |at| at.period)
}

/// "Lower since May 2026. Each of these 6 months is below all of the 12 before."
fn stepped(line: &Line<'_>, step: LastingStep) -> String {
    let (one, many) = steps(line.indicator.frequency);
    let (level, beyond) = if step.up { ("Higher", "above") } else { ("Lower", "below") };
    let all = if step.but_one { "all but one" } else { "all" };
    format!(
        "{level} since {}. Each of these {} is {beyond} {all} of the {} before.",
        words::the_period(line.indicator, stepped_at(line, step)),
        words::count(step.points, one, many),
        step.before
    )
}

/// " (72.1% to 88.0%)": the usual range of the latest figure.
fn usual(line: &Line<'_>) -> String {
    let measure = &line.indicator.measure;
    let limits = line.judgement.points.last().and_then(|point| point.fact.limits);
    limits.map_or_else(String::new, |limits| {
        let (low, high) = clear_of(line, clipped(line, limits));
        format!(" ({} to {})", words::figure(measure, low), words::figure(measure, high))
    })
}

/// Whether the latest figure lies beyond the usual range, as both are shown: what
/// rests on one child or two is no signal for that.
fn is_beyond_usual(line: &Line<'_>) -> bool {
    let limits = line.judgement.points.last().and_then(|point| point.fact.limits);
    let figure = line.current.figure().zip(limits);
    figure.is_some_and(|(figure, limits)| {
        let (low, high) = clipped(line, limits);
        !(low..=high).contains(&figure.value)
    })
}

/// A range that a figure said to be beyond it is beyond of as printed, too.
fn clear_of(line: &Line<'_>, (low, high): (Decimal, Decimal)) -> (Decimal, Decimal) {
    let Some(figure) = line.current.figure() else { return (low, high) };
    let step = Decimal::new(1, line.indicator.measure.precision);
    match line.judgement.verdict {
        SignalVerdict::Seen { rule: SignalRule::Above, .. } => (low, high.min(figure.value - step)),
        SignalVerdict::Seen { rule: SignalRule::Below, .. } => (low.max(figure.value + step), high),
        _ => (low, high),
    }
}

/// Limits as they are shown, within what is possible. Those of chance are figures
/// themselves, and rounded like them; others are rounded inwards, so that a figure lies
/// within them as printed where it does so.
pub(super) fn clipped(line: &Line<'_>, limits: ControlLimits) -> (Decimal, Decimal) {
    /// What a machine may be off a whole number.
    const HAIR: f64 = 1e-6;
    let indicator = line.indicator;
    let step = double(Decimal::new(1, indicator.measure.precision));
    let is_of_chance = matches!(line.judgement.method, Some(Method::P | Method::C | Method::U));
    let inwards = (0.5 - HAIR) * step;
    let by = if is_of_chance || limits.upper - limits.lower < step { 0.0 } else { inwards };
    let shown = |limit: f64| {
        let limit = rounded(limit, indicator.measure.precision);
        match indicator.measure.unit {
            _ if indicator.measure.signed => limit,
            Unit::Score => limit,
            Unit::Percent => limit.clamp(Decimal::ZERO, Decimal::ONE_HUNDRED),
            _ => limit.max(Decimal::ZERO),
        }
    };
    (shown(limits.lower + by), shown(limits.upper - by))
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
        // Programs go by these: the word of a file stays when that of a page changes.
        SignalVerdict::Silent(why) => (silent_label(why).to_lowercase().replace("rarely", "seldom"), String::new()),
    }
}

#[cfg(test)]
mod tests;
