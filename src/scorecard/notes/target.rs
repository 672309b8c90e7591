//! What is odd about a target once there are figures beside it, or that there
//! is none.

use rust_decimal::Decimal;

use crate::domain::target::{Goal, Rule};
use crate::domain::{Code, Finding, Place, Rating};
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
    let at = Place { file: Some("indicators.toml".into()), indicator: Some(reference.clone()), ..Place::default() };
    Finding::new(Code::TargetMissing, at, message, hint)
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
        let because = if target.because.is_empty() { String::new() } else { format!(": {}", target.because) };
        let mut message = format!("the target changed in {}{}", target.from.words(), because.trim_end_matches('.'));
        if let Some(old) = line.standing.as_ref().and_then(|standing| standing.under_old_target) {
            message.push_str(&format!(". Under the one before it would have been {}", old.word()));
        }
        findings.push(Finding::new(Code::TargetChanged, place(), message, ""));
    }
    if is_out_of_scale(line, target.goal) {
        findings.push(Finding::new(
            Code::TargetScale,
            place(),
            "every figure is far from the target, as if one of them were in another unit",
            "correct the target in indicators.toml, or `percent` of the source",
        ));
    }
    let Some(standing) = &line.standing else { return findings };
    if let (Some(maximum), None) = (&target.maximum, standing.beside.largest) {
        findings.push(Finding::new(
            Code::LargestMissing,
            place(),
            format!("{}, the largest of those behind this mean, has no figure, so only the mean is rated", maximum.of),
            "supply it, or take `maximum` and `limit` out of the target",
        ));
    }
    if matches!(target.rule, Rule::Improved(_)) && standing.beside.year_before.is_none() && line.rating != Rating::Green
    {
        let message = "there is no figure of a year before to compare with, so it cannot be amber";
        findings.push(Finding::new(Code::YearBeforeMissing, place(), message, ""));
    }
    findings
}

/// Whether every figure in sight is of another order than the target.
fn is_out_of_scale(line: &Line<'_>, goal: Goal) -> bool {
    let ends = match goal {
        Goal::Value(value) => [value, value],
        Goal::Range(low, high) => [low, high],
    };
    let times = Decimal::from(SCALE);
    let is_far = |value: Decimal| {
        let value = value.abs();
        !value.is_zero() && ends.iter().all(|end| !end.is_zero() && (value >= *end * times || *end >= value * times))
    };
    let mut figures = line.series.iter().filter_map(|point| point.reading.figure()).peekable();
    figures.peek().is_some() && figures.all(|figure| is_far(figure.value))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::rehearsal::told;

    const A: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n";

    #[test]
    fn a_missing_target_is_the_registers_and_not_the_workbooks() {
        let said = |targets: &str| {
            told(&format!("{A}{targets}"), "", "\"A\"", "A,2026-09,80,,\nA,2026-10,81,,", |card| {
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
        told(&a, "", "\"A\"", &rows.join("\n"), |card| {
            card.findings.iter().map(|finding| (finding.code, finding.message.clone())).collect()
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
    fn a_new_target_that_changed_the_colour_says_so() {
        let before = "value = 10\ntolerance = 0\n[[indicators.A.targets]]\nfrom = \"2026-10\"\nsource = \"local\"\nbecause = \"Raised.\"\n";
        let told = |after: &str| of_target("count", &format!("{before}{after}"), &["2026-09,12", "2026-10,12"]);
        let message = |text: &str| vec![(Code::TargetChanged, text.to_owned())];
        assert_eq!(
            told("rule = \"floor\"\nvalue = 10\nfloor = 12"),
            message("the target changed in October 2026: Raised. Under the one before it would have been red")
        );
        assert_eq!(told("value = 11\ntolerance = 0"), message("the target changed in October 2026: Raised"));
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
