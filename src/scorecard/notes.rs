//! Findings of a board: those of its sources, and those that only the figures
//! together can give.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::line::{Comparison, Incomparable, Line};
use crate::config::Register;
use crate::dataset::{Dataset, checks::weigh_lines};
use crate::domain::rating::Unrated;
use crate::domain::target::{Goal, Rule};
use crate::domain::{
    Board, Checked, Code, Finding, IndicatorRef, Missing, Observation, Period, Place, Rating, Reading, SourceId,
};

/// Everything that readers of this board should know about its data, worst first.
pub(super) fn gather(
    board: &Board,
    register: &Register,
    datasets: &BTreeMap<SourceId, Checked<Dataset>>,
    sections: &[Vec<Line<'_>>],
    period: Period,
) -> Vec<Finding> {
    let on_board = concerned(board, register, sections);
    let sources: BTreeSet<&SourceId> =
        on_board.iter().filter_map(|reference| register.get(*reference)).map(|indicator| &indicator.source).collect();
    let of_sources = datasets
        .iter()
        .filter(|(source, _)| sources.contains(source))
        .flat_map(|(_, read)| &read.findings)
        // A fault in another board's indicator is no fault of this board.
        .filter(|finding| finding.at.indicator.as_ref().is_none_or(|reference| on_board.contains(reference)))
        .cloned();
    let mut of_lines: Vec<Finding> = sections.iter().flatten().flat_map(of_line).collect();
    weigh_lines(&mut of_lines, register);
    let mut findings: Vec<Finding> = of_sources.chain(of_lines).collect();
    findings.extend(super::asked::open(board, period));
    findings.extend(stale(datasets, sections, &findings));
    findings
        .sort_by(|a, b| b.severity.cmp(&a.severity).then_with(|| a.code.cmp(&b.code)).then_with(|| a.at.cmp(&b.at)));
    findings.dedup();
    findings
}

/// The indicators whose faults are this board's: its own, the parts of those
/// that it shows, and the whole of a part.
fn concerned<'s>(
    board: &'s Board,
    register: &'s Register,
    sections: &'s [Vec<Line<'_>>],
) -> BTreeSet<&'s IndicatorRef> {
    let parts = sections.iter().flatten().flat_map(|line| &line.breakdowns).flat_map(|parts| &parts.breakdown.parts);
    let wholes = board.indicators().filter_map(|reference| Some(&register.get(reference)?.segment.as_ref()?.parent));
    board.indicators().chain(parts).chain(wholes).collect()
}

/// F404 for a board: nothing that this board needs of a source for the latest
/// month has come. Another board's figures, or an older quarter's, do not make
/// last month's file new.
fn stale(
    datasets: &BTreeMap<SourceId, Checked<Dataset>>,
    sections: &[Vec<Line<'_>>],
    known: &[Finding],
) -> Vec<Finding> {
    let mut due: BTreeMap<&SourceId, Vec<&Line<'_>>> = BTreeMap::new();
    for line in sections.iter().flatten().filter(|line| line.is_new) {
        due.entry(&line.indicator.source).or_default().push(line);
    }
    let silent = |line: &Line<'_>| matches!(line.current, Reading::Missing(Missing::NotSupplied));
    due.into_iter()
        .filter(|(source, lines)| {
            // A source that could not be read has said so already, and an older
            // file that stands in for a late one, as declared, says of when it is.
            let told = |finding: &Finding| {
                (finding.is_blocking() || finding.code == Code::CarriedForward)
                    && finding.at.source.as_ref() == Some(source)
            };
            lines.iter().all(|line| silent(line)) && !known.iter().any(told)
        })
        .filter_map(|(source, lines)| Some(late(source, &lines, &datasets.get(source)?.value)))
        .collect()
}

/// What a source has of the figures that a board awaits of it, and where.
fn late(source: &SourceId, lines: &[&Line<'_>], dataset: &Dataset) -> Finding {
    let expected = lines.iter().map(|line| line.period).max().map(Period::words).unwrap_or_default();
    let speaks = |seen: &&Observation| seen.reading != Reading::Missing(Missing::NotSupplied);
    let newest = lines
        .iter()
        .filter_map(|line| dataset.series(&line.indicator.reference).filter(speaks).last())
        .max_by_key(|seen| seen.period);
    let of = match lines {
        [line] => line.indicator.reference.to_string(),
        several => format!("the board's {} figures", several.len()),
    };
    let message = match newest {
        Some(newest) => {
            format!("the newest month of {of} here is {}; {expected} was expected", newest.period.words())
        }
        None => format!("no month of {of} is here; {expected} was expected"),
    };
    let stands = newest.or_else(|| dataset.observations().last()).map(Observation::at);
    let at = match stands {
        Some(stands) => Place { cell: None, indicator: None, ..stands },
        None => Place { source: Some(source.clone()), ..Place::default() },
    };
    Finding::new(Code::SourceStale, at, message, "supply this month's file, or check `files` in sources.toml")
}

fn of_line(line: &Line<'_>) -> Vec<Finding> {
    let place =
        || line.at.clone().unwrap_or(Place { indicator: Some(line.indicator.reference.clone()), ..Place::default() });
    let mut findings = Vec::new();
    if let Comparison::Not(Incomparable::Broken(broken)) = &line.comparison {
        let message =
            format!("figures before {} cannot be compared with later ones: {}", broken.from.words(), broken.note);
        findings.push(Finding::new(Code::SeriesBreak, place(), message, ""));
    }
    findings.extend(of_target(line, place));
    for month in &line.judgement.missed {
        findings.push(Finding::new(
            Code::RebaseMissed,
            place(),
            format!("limits should begin anew in {}, which has no figure", month.words()),
            "name the month of a figure under signal.rebase in indicators.toml",
        ));
    }
    if line.rating == Rating::Unrated(Unrated::NoTarget) {
        findings.push(no_target(line));
    }
    if line.rating != line.rating_unrounded {
        let message = format!(
            "rated on the rounded figure, as printed; unrounded it would have been {}",
            line.rating_unrounded.word()
        );
        findings.push(Finding::new(Code::RoundingChangesRating, place(), message, ""));
    }
    // An unrated figure has no colour to differ in.
    if let (Some(own), false) = (line.own_rating, matches!(line.rating, Rating::Unrated(_)))
        && own.word() != line.rating.word()
    {
        let message = format!("the source shows it {}; against its target it is {}", own.word(), line.rating.word());
        findings.push(Finding::new(
            Code::OwnRatingDiffers,
            place(),
            message,
            "check the target in indicators.toml, or tell the source's owner",
        ));
    }
    findings
}

/// F603: the register lacks something here, and no cell of the workbook is wrong.
fn no_target(line: &Line<'_>) -> Finding {
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
fn of_target(line: &Line<'_>, place: impl Fn() -> Place) -> Vec<Finding> {
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
    if let (Some(maximum), Rating::Unrated(Unrated::LargestUnknown)) = (&target.maximum, line.rating) {
        findings.push(Finding::new(
            Code::LargestMissing,
            place(),
            format!("{}, the largest of those behind this mean, has no figure, so the mean is not rated", maximum.of),
            "supply it, or take `maximum` and `limit` out of the target",
        ));
    }
    let Some(standing) = &line.standing else { return findings };
    if matches!(target.rule, Rule::Improved(_))
        && standing.beside.year_before.figure().is_none()
        && line.rating != Rating::Green
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
    const OTHER: &str = "[indicators.B]\ntitle = \"B\"\nplain = \"B\"\nnoun = \"children\"\nowner = \"O\"\nsource = \"s\"\n\
        basis = \"snapshot\"\nunit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n";
    const ROWS: &str = "A,2026-09,80,,\nA,2026-10,81,,\nB,2026-09,5,,\nB,2026-10,oops,,";

    #[test]
    fn a_fault_in_an_indicator_holds_only_the_boards_that_show_it() {
        assert!(!told(A, OTHER, "\"A\"", ROWS, |card| card.is_held()));
        assert!(told(A, OTHER, "\"A\", \"B\"", ROWS, |card| card.is_held()));
    }

    #[test]
    fn a_source_without_the_boards_month_says_where_it_is_and_which_it_has() {
        let late = |on_board: &str, rows: &str| {
            told(A, OTHER, on_board, rows, |card| {
                let late = card.findings.iter().filter(|finding| finding.code == Code::SourceStale);
                late.map(ToString::to_string).collect::<Vec<_>>()
            })
        };
        let said = |message: &str| {
            vec![format!(
                "F404 blocking · s.csv › s: {message}. To mend: supply this month's file, or check `files` in sources.toml"
            )]
        };
        // Another board's figure makes the file new, but not for this board.
        let rows = "A,2026-08,80,,\nA,2026-09,80,,\nA,2026-10,,,\nB,2026-10,5,,";
        let newest = "the newest month of A here is September 2026; October 2026 was expected";
        assert_eq!(late("\"A\"", rows), said(newest));
        assert_eq!(late("\"A\", \"B\"", rows), Vec::<String>::new());
        assert_eq!(late("\"A\"", "B,2026-10,5,,"), said("no month of A is here; October 2026 was expected"));
        let third = format!("{OTHER}{}", OTHER.replace("indicators.B", "indicators.C"));
        let two =
            told(A, &third, "\"A\", \"C\"", &format!("{rows}\nC,2026-07,1,,"), |card| card.findings[0].message.clone());
        assert_eq!(two, "the newest month of the board's 2 figures here is September 2026; October 2026 was expected");
    }

    #[test]
    fn a_rating_without_a_target_and_a_changed_target_are_told() {
        let codes = |a: &str| {
            told(a, "", "\"A\"", "A,2026-09,80,,\nA,2026-10,81,,", |card| {
                card.findings.iter().map(|finding| finding.code).collect::<Vec<_>>()
            })
        };
        assert_eq!(codes(A), [Code::TargetMissing]);
        let target = |from: &str, value: u8| {
            format!("[[indicators.A.targets]]\nfrom = \"{from}\"\nvalue = {value}\ntolerance = 5\nsource = \"local\"\n")
        };
        assert_eq!(codes(&format!("{A}{}", target("2026-10", 85))), []);
        assert_eq!(codes(&format!("{A}{}", target("2026-11", 85))), [Code::TargetMissing]);
        assert_eq!(codes(&format!("{A}{}", target("2025-04", 85))), []);
        assert_eq!(codes(&format!("{A}{}{}", target("2025-04", 85), target("2026-10", 90))), [Code::TargetChanged]);
        assert_eq!(codes(&format!("{A}{}{}", target("2025-04", 85), target("2026-09", 90))), []);
    }

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

    #[test]
    fn a_rating_that_rounding_changed_is_told() {
        let a =
            format!("{A}[[indicators.A.targets]]\nfrom = \"2025-04\"\nvalue = 85\ntolerance = 5\nsource = \"local\"\n");
        let code = |value: &str| {
            told(&a, "", "\"A\"", &format!("A,2026-09,80,,\nA,2026-10,{value},,"), |card| {
                card.findings.first().map(|finding| finding.code)
            })
        };
        assert_eq!(code("84.95"), Some(Code::RoundingChangesRating));
        assert_eq!(code("84.94"), None);
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
