//! Doubts whether a target is what was meant: questions to officers, which
//! they may answer with "yes, it is".

use rust_decimal::Decimal;

use super::{FigureRange, of_register};
use crate::domain::target::{Goal, Rule, Target};
use crate::domain::{Code, Finding, Indicator, Missing, Polarity, Reading, Unit};
use crate::scorecard::line::Line;

/// Every doubt about the target of an indicator.
pub(super) fn findings(line: &Line<'_>, target: &Target) -> Vec<Finding> {
    let Some(seen) = FigureRange::whole(line) else { return Vec::new() };
    wrong_side(line, target.goal, seen).into_iter().chain(nought(line, target, seen)).collect()
}

/// How many figures must say the same of a target before it is doubted.
const FEWEST: usize = 6;

impl FigureRange {
    /// The same where they are many and none is hidden: one that is might say
    /// otherwise, and whether it does is not for the public.
    fn whole(line: &Line<'_>) -> Option<Self> {
        let is_hidden = |reading: &Reading| matches!(reading, Reading::Missing(Missing::Suppressed));
        let all = !line.series.iter().any(|point| is_hidden(&point.reading));
        Self::of(line).filter(|seen| all && seen.count >= FEWEST)
    }

    /// Whether all of them are so. What is asked must hold of all between two
    /// figures where it holds of both.
    fn all(self, is_so: impl Fn(Decimal) -> bool) -> bool {
        is_so(self.lowest) && is_so(self.highest)
    }
}

/// From here on a percentage is high for something of which less is better,
/// and as far from 100 low for something of which more is.
const HIGH: u32 = 80;

/// F616: a percentage whose target is where the other way would have it, and
/// is met by every figure.
fn wrong_side(line: &Line<'_>, goal: Goal, seen: FigureRange) -> Option<Finding> {
    let Indicator { reference, polarity, measure, .. } = line.indicator;
    let Goal::Value(value) = goal else { return None };
    let high = Decimal::from(HIGH);
    let (way, other, bound) = match polarity {
        Polarity::Lower if value >= high => ("lower", "higher", "less"),
        Polarity::Higher if value <= Decimal::ONE_HUNDRED - high => ("higher", "lower", "more"),
        _ => return None,
    };
    if measure.unit != Unit::Percent || !seen.all(|figure| goal.is_met(figure, *polarity)) {
        return None;
    }
    let message = format!(
        "the target of {reference} may be on the wrong side: all {} figures, {}, meet {value} or {bound}",
        seen.count,
        seen.range()
    );
    let hint = format!(
        "if {other} is better, correct better = \"{way}\" in indicators.toml, else the target; if both are meant, {}",
        silenced(line.indicator, Code::TargetSide)
    );
    Some(Finding::new(Code::TargetSide, of_register(line.indicator), message, hint))
}

/// F617: a target of 0 that forgives some, where no figure ever was forgiven,
/// as if the number had been left for later.
fn nought(line: &Line<'_>, target: &Target, seen: FigureRange) -> Option<Finding> {
    let Indicator { reference, polarity, .. } = line.indicator;
    // Where nothing is forgiven, or a year before is the measure, 0 is an aim.
    let (Rule::Points(_) | Rule::Percent(_) | Rule::Absolute(_) | Rule::Floor(_)) = target.rule else { return None };
    let Some(amber @ Goal::Value(edge)) = target.edges(*polarity, None).amber else { return None };
    let is_nought = matches!(target.goal, Goal::Value(value) if value.is_zero());
    if !is_nought || !seen.all(|figure| !amber.is_met(figure, *polarity)) {
        return None;
    }
    let message = format!(
        "the target of {reference} is 0, and all {} figures, {}, are red: amber ends at {edge}",
        seen.count,
        seen.range()
    );
    let hint = format!(
        "correct the target in indicators.toml; if nothing but 0 will do, write rule = \"zero\"; if it is meant as it stands, {}",
        silenced(line.indicator, Code::TargetNought)
    );
    Some(Finding::new(Code::TargetNought, of_register(line.indicator), message, hint))
}

/// How to say that something is meant. A part takes after its whole.
fn silenced(indicator: &Indicator, code: Code) -> String {
    let whole = indicator.segment.as_ref().map_or(&indicator.reference, |segment| &segment.parent);
    format!("write severity = {{ {code} = \"off\" }} under [indicators.{whole}.checks]")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_card;

    /// What is said, with its hint, of a target that the last of some figures
    /// are held against.
    fn findings(unit: &str, better: &str, target: &str, figures: &[&str]) -> Vec<String> {
        let a = format!(
            "unit = \"{unit}\"\nbetter = \"{better}\"\nfrequency = \"monthly\"\n[[indicators.A.targets]]\nfrom = \"2020-04\"\nsource = \"local\"\n{target}\n"
        );
        let rows =
            (3..=10).rev().zip(figures.iter().rev()).map(|(month, figure)| format!("A,2026-{month:02},{figure},,"));
        with_card(&a, "", "\"A\"", &rows.collect::<Vec<_>>().join("\n"), |card| {
            let doubted = [Code::TargetSide, Code::TargetNought];
            card.findings.iter().filter(|finding| doubted.contains(&finding.code)).map(ToString::to_string).collect()
        })
    }

    #[test]
    fn a_percentage_that_always_meets_a_target_on_the_other_side_is_doubted() {
        let low = ["19.9", "12", "11", "12", "13", "12"];
        let meets = |better: &str, target: &str, figures: &[&str]| {
            let target = format!("value = {target}\ntolerance = 5");
            !findings("percent", better, &target, figures).is_empty()
        };
        for (better, target, figures, expected) in [
            ("lower", "80", &low[..], true),
            ("lower", "79.9", &low, false),
            ("lower", "80", &low[1..], false),
            ("lower", "80", &["80", "12", "11", "12", "13", "80"], true),
            ("lower", "80", &["80", "12", "80.1", "12", "13", "80"], false),
            // What is hidden might miss it.
            ("lower", "80", &["c", "19.9", "12", "11", "12", "13", "12"], false),
            ("higher", "20", &["20", "41", "40", "38", "39", "40"], true),
            ("higher", "20.1", &["21", "41", "40", "38", "39", "40"], false),
            ("higher", "20", &["19.9", "41", "40", "38", "39", "40"], false),
        ] {
            assert_eq!(meets(better, target, figures), expected, "{better} {target} {figures:?}");
        }
        assert_eq!(findings("mean", "lower", "value = 80\ntolerance = 5", &low), [""; 0]);
        assert_eq!(
            findings("percent", "lower", "value = 85\ntolerance = 5", &low),
            [
                "F616 caution · indicators.toml: the target of A may be on the wrong side: all 6 figures, 11.0 to 19.9, meet 85 or less. To mend: if higher is better, correct better = \"lower\" in indicators.toml, else the target; if both are meant, write severity = { F616 = \"off\" } under [indicators.A.checks]"
            ]
        );
    }

    #[test]
    fn a_target_of_0_that_forgives_but_never_forgave_is_doubted() {
        let six = ["4", "9", "5", "4", "6", "7"];
        for (target, figures, expected) in [
            ("value = 0\ntolerance = 3", &six[..], true),
            ("value = 0\ntolerance = 4", &six, false),
            ("value = 0\ntolerance = 3", &six[1..], false),
            ("value = 1\ntolerance = 0", &six, false),
            ("rule = \"percent\"\nvalue = 0\ntolerance = 10", &six, true),
            ("rule = \"floor\"\nvalue = 0\nfloor = 3", &six, true),
            ("rule = \"absolute\"\ngreen = 0\namber = 3", &six, true),
            ("rule = \"absolute\"\ngreen = 0\namber = 4", &six, false),
            // Nothing is forgiven, or no worse than a year before is.
            ("rule = \"zero\"\nvalue = 0", &six, false),
            ("rule = \"improved\"\nvalue = 0\ntolerance = 10", &six, false),
            ("value = 0\ntolerance = 3", &["c", "4", "9", "5", "4", "6", "7"], false),
        ] {
            assert_eq!(!findings("count", "lower", target, figures).is_empty(), expected, "{target} {figures:?}");
        }
        assert_eq!(
            findings("count", "lower", "value = 0\ntolerance = 3", &six),
            [
                "F617 caution · indicators.toml: the target of A is 0, and all 6 figures, 4 to 9, are red: amber ends at 3. To mend: correct the target in indicators.toml; if nothing but 0 will do, write rule = \"zero\"; if it is meant as it stands, write severity = { F617 = \"off\" } under [indicators.A.checks]"
            ]
        );
    }

    #[test]
    fn a_doubt_is_taken_back_where_its_message_says() {
        let off = "value = 0\ntolerance = 3\n[indicators.A.checks]\nseverity = { F617 = \"off\" }";
        assert_eq!(findings("count", "lower", off, &["4"; 6]), [""; 0]);
    }
}
