//! What is odd about a target once there are figures beside it, or that there
//! is none.

mod plausibility;

use rust_decimal::Decimal;

use crate::domain::rating::Unrated;
use crate::domain::target::{Goal, Rule};
use crate::domain::{AttributedText, Code, Finding, Indicator, Place, Rating};
use crate::scorecard::line::Line;

/// F603: the register lacks something here, and no cell of the workbook is wrong.
pub(super) fn none(line: &Line<'_>) -> Finding {
    let (reference, month) = (&line.indicator.reference, line.period);
    let later = match line.indicator.targets.iter().map(|target| target.from).min() {
        Some(first) => format!(" (the first begins in {})", first.words()),
        None => String::new(),
    };
    let message = format!("{reference} has no target in force in {}{later}, so it is not rated", month.words());
    let hint = format!(
        "set one from {month} or earlier under [[indicators.{reference}.targets]] in indicators.toml, or better = \"none\" for context"
    );
    Finding::new(Code::TargetMissing, of_register(line.indicator), message, hint)
}

/// How many times a figure must be its target, or a target its figure, before
/// one of them is taken to be in another unit: a percentage typed as a fraction
/// is a hundred times off, give or take how far it is from the target.
const SCALE: u32 = 50;

/// What is odd about a target once there are figures beside it.
pub(super) fn odd(line: &Line<'_>, place: impl Fn() -> Place) -> Vec<Finding> {
    let mut findings = Vec::new();
    let Some(target) = line.target else { return findings };
    if line.previous_target.is_some_and(|before| before.from != target.from) {
        let mut message = AttributedText::from(format!("the target changed in {}", target.from.words()));
        let because = target.because.screened();
        if !because.is_empty() {
            message = message.and(": ").and(because).without_end('.');
        }
        if let Some(old) = line.target_gap.as_ref().and_then(|standing| standing.under_old_target) {
            message.push(format!(". Under the one before it would have been {}", old.word()));
        }
        findings.push(Finding::new(Code::TargetChanged, place(), message, ""));
    }
    findings.extend(out_of_scale(line, target.goal, &place));
    findings.extend(plausibility::findings(line, target));
    if let (Some(maximum), Rating::Unrated(Unrated::LargestUnknown)) = (&target.maximum, line.rating) {
        findings.push(Finding::new(
            Code::LargestMissing,
            place(),
            format!("{}, the largest behind this average, has no figure, so the average is not rated", maximum.of),
            "supply it, or take `maximum` and `limit` out of the target",
        ));
    }
    let Some(standing) = &line.target_gap else { return findings };
    if matches!(target.rule, Rule::Improved(_))
        && standing.beside.year_before.figure().is_none()
        && line.rating != Rating::Green
    {
        let message = "there is no figure for a year before, so it cannot be amber";
        findings.push(Finding::new(Code::YearBeforeMissing, place(), message, ""));
    }
    findings
}

/// The figures in sight, between which all that is said of them lies.
#[derive(Debug, Clone, Copy)]
struct FigureRange {
    count: usize,
    lowest: Decimal,
    highest: Decimal,
}

impl FigureRange {
    /// Every figure that is there; none where there is none.
    fn of(line: &Line<'_>) -> Option<Self> {
        let mut values = line.series.iter().filter_map(|point| point.reading.figure()).map(|figure| figure.value);
        let first = values.next()?;
        let seen = Self { count: 1, lowest: first, highest: first };
        Some(values.fold(seen, |seen, value| Self {
            count: seen.count + 1,
            lowest: seen.lowest.min(value),
            highest: seen.highest.max(value),
        }))
    }

    /// "0.8 to 0.9", or "0.8" where they are all alike.
    fn range(self) -> String {
        if self.lowest == self.highest {
            self.lowest.to_string()
        } else {
            format!("{} to {}", self.lowest, self.highest)
        }
    }
}

/// F613: every figure in sight is of another order than the target.
fn out_of_scale(line: &Line<'_>, goal: Goal, place: impl Fn() -> Place) -> Option<Finding> {
    let (ends, aim) = match goal {
        Goal::Value(value) => ([value, value], value.to_string()),
        Goal::Range(low, high) => ([low, high], format!("{low} to {high}")),
    };
    let times = Decimal::from(SCALE);
    let is_far = |value: Decimal| {
        let value = value.abs();
        !value.is_zero() && ends.iter().all(|end| !end.is_zero() && (value >= *end * times || *end >= value * times))
    };
    let mut figures = line.series.iter().filter_map(|point| point.reading.figure());
    let seen = FigureRange::of(line).filter(|_| figures.all(|figure| is_far(figure.value)))?;
    let message = format!(
        "every figure of {}, {}, is far from its target {aim}, as if one of them were in another unit",
        line.indicator.reference,
        seen.range()
    );
    let hint = "correct the target in indicators.toml, or `percent` of the source";
    Some(Finding::new(Code::TargetScale, place(), message, hint))
}

/// A place in the register: no cell of a workbook is wrong.
fn of_register(indicator: &Indicator) -> Place {
    Place { file: Some("indicators.toml".into()), indicator: Some(indicator.reference.clone()), ..Place::default() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_card;

    const A: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n";

    #[test]
    fn a_missing_target_is_the_registers_and_not_the_workbooks() {
        let said = |targets: &str| {
            with_card(&format!("{A}{targets}"), "", "\"A\"", "A,2026-09,80,,\nA,2026-10,81,,", |card| {
                card.findings[0].to_string()
            })
        };
        let mend = "so it is not rated. To mend: set one from 2026-10 or earlier under [[indicators.A.targets]] in indicators.toml, or better = \"none\" for context";
        assert_eq!(
            said(""),
            format!("F603 caution · indicators.toml: A has no target in force in October 2026, {mend}")
        );
        assert_eq!(
            said("[[indicators.A.targets]]\nfrom = \"2026-11\"\nvalue = 85\ntolerance = 5\nsource = \"local\"\n"),
            format!(
                "F603 caution · indicators.toml: A has no target in force in October 2026 (the first begins in November 2026), {mend}"
            )
        );
    }

    /// Codes of one indicator with a target, whose figures are given as rows.
    fn of_target(unit: &str, target: &str, rows: &[&str]) -> Vec<(Code, String)> {
        let a = format!(
            "unit = \"{unit}\"\nbetter = \"lower\"\nfrequency = \"monthly\"\n[[indicators.A.targets]]\nfrom = \"2020-04\"\nsource = \"local\"\n{target}\n"
        );
        let rows: Vec<String> = rows.iter().map(|row| format!("A,{row},,")).collect();
        with_card(&a, "", "\"A\"", &rows.join("\n"), |card| {
            card.findings.iter().map(|finding| (finding.code, finding.message.to_string())).collect()
        })
    }

    #[test]
    fn a_target_in_another_unit_is_told_if_no_figure_comes_near() {
        let codes = |rows: &[&str]| -> Vec<Code> {
            let found = of_target("count", "value = 100\ntolerance = 5", rows);
            found.into_iter().map(|(code, _)| code).filter(|code| *code == Code::TargetScale).collect()
        };
        assert_eq!(codes(&["2026-09,2", "2026-10,2"]), [Code::TargetScale]);
        assert_eq!(codes(&["2026-09,2", "2026-10,3"]), []);
        assert_eq!(codes(&["2026-09,5000", "2026-10,9000"]), [Code::TargetScale]);
        assert_eq!(codes(&["2026-09,4999", "2026-10,9000"]), []);
        // Nought is a figure of any scale.
        assert_eq!(codes(&["2026-09,0", "2026-10,1"]), []);
    }

    #[test]
    fn a_target_in_another_unit_is_named_with_its_figures() {
        let said = |target: &str, rows: &[&str]| {
            let found = of_target("count", target, rows);
            found.into_iter().find(|(code, _)| *code == Code::TargetScale).unwrap().1
        };
        assert_eq!(
            said("value = 100\ntolerance = 5", &["2026-08,2", "2026-09,1", "2026-10,2"]),
            "every figure of A, 1 to 2, is far from its target 100, as if one of them were in another unit"
        );
        assert_eq!(
            said("value = 100\ntolerance = 5", &["2026-10,2"]),
            "every figure of A, 2, is far from its target 100, as if one of them were in another unit"
        );
    }

    #[test]
    fn a_new_target_that_changed_the_colour_says_so() {
        let before = "value = 10\ntolerance = 0\n[[indicators.A.targets]]\nfrom = \"2026-10\"\nsource = \"local\"\nbecause = \"Raised.\"\n";
        let message_of = |after: &str| of_target("count", &format!("{before}{after}"), &["2026-09,12", "2026-10,12"]);
        let message = |text: &str| vec![(Code::TargetChanged, text.to_owned())];
        assert_eq!(
            message_of("rule = \"floor\"\nvalue = 10\nfloor = 12"),
            message("the target changed in October 2026: Raised. Under the one before it would have been red")
        );
        assert_eq!(message_of("value = 11\ntolerance = 0"), message("the target changed in October 2026: Raised"));
    }

    #[test]
    fn what_a_rating_asks_for_and_does_not_find_is_told() {
        let codes = |target: &str, rows: &[&str]| -> Vec<Code> {
            of_target("count", target, rows)
                .into_iter()
                .map(|(code, _)| code)
                .filter(|code| *code != Code::SeriesGap)
                .collect()
        };
        let improved = "rule = \"improved\"\nvalue = 10\ntolerance = 10";
        assert_eq!(codes(improved, &["2026-09,12", "2026-10,12"]), [Code::YearBeforeMissing]);
        assert_eq!(codes(improved, &["2026-09,12", "2026-10,11"]), []);
        assert_eq!(codes(improved, &["2025-10,12", "2026-09,12", "2026-10,12"]), []);
    }
}
