//! Findings of a board: those of its sources, and those that only the figures
//! together can give.

mod target;

use std::collections::{BTreeMap, BTreeSet};

use super::comparison::{Comparison, Incomparable};
use super::judgement::{SignalVerdict, Silence};
use super::line::Line;
use super::views::NoView;
use crate::dataset::{Dataset, checks::weigh_lines};
use crate::domain::indicator::Break;
use crate::domain::rating::Unrated;
use crate::domain::trend::ViewSpan;
use crate::domain::{
    AttributedText, Board, Checked, Code, Finding, IndicatorRef, Missing, Observation, Period, Place, Rating, Reading,
    Register, SourceId,
};
use crate::words;

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
            let is_told = |finding: &Finding| {
                (finding.is_blocking() || finding.code == Code::CarriedForward)
                    && finding.at.source.as_ref() == Some(source)
            };
            lines.iter().all(|line| silent(line)) && !known.iter().any(is_told)
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

/// The last break among the figures that a pack draws, or between the latest
/// and the one a year before.
fn broken_in_sight<'a>(line: &Line<'a>) -> Option<&'a Break> {
    let drawn = line.series.first().map_or(line.period, |point| point.period);
    let first = drawn.min(line.indicator.frequency.year_before(line.period));
    // A series that began on the new footing has nothing before it.
    let begins_after = |broken: &Break| line.series.first().is_none_or(|point| point.period >= broken.from);
    line.indicator.break_between(first, line.period).filter(|broken| !begins_after(broken))
}

/// What a pack leaves out across a break, in words; empty for nothing.
fn left_out(line: &Line<'_>) -> String {
    let indicator = line.indicator;
    let then = indicator.frequency.year_before(line.period);
    let is_printed = |span: &ViewSpan| indicator.trend.views.contains(span);
    let is_broken = |span: ViewSpan| matches!(line.views.of(span), Err(NoView::Broken(_)));
    let longer = |span: ViewSpan, name: &'static str| (is_printed(&span) && is_broken(span)).then_some(name);
    let figures: Vec<String> = [
        matches!(line.comparison, Comparison::Not(Incomparable::Broken(_))).then_some("the change"),
        indicator.break_between(then, line.period).map(|_| "last year's figure"),
        longer(ViewSpan::YearToDate, "the year to date"),
        longer(ViewSpan::Rolling12Months, "the last 12 months together"),
        longer(ViewSpan::Quarter, "the quarter"),
    ]
    .into_iter()
    .flatten()
    .map(str::to_owned)
    .collect();
    let verb = if figures.len() == 1 { "is" } else { "are" };
    let mut parts = Vec::new();
    if !figures.is_empty() {
        parts.push(format!("{} {verb} left out", words::list(&figures)));
    }
    if matches!(line.judgement.verdict, SignalVerdict::Silent(Silence::TooShort(_))) {
        parts.push("usual ups and downs are counted from then on".to_owned());
    }
    words::list(&parts)
}

fn of_line(line: &Line<'_>) -> Vec<Finding> {
    let place =
        || line.at.clone().unwrap_or(Place { indicator: Some(line.indicator.reference.clone()), ..Place::default() });
    let mut findings = Vec::new();
    if let Some(broken) = broken_in_sight(line) {
        let left_out = left_out(line);
        let so = if left_out.is_empty() { String::new() } else { format!(". So {left_out}") };
        let message = format!("figures before {} cannot be compared with later ones{so}. ", broken.from.words());
        let message = AttributedText::from(message).and(broken.note.screened());
        findings.push(Finding::new(Code::SeriesBreak, place(), message, ""));
    }
    findings.extend(target::odd(line, place));
    findings.extend(line.judgement.missed.iter().map(|missed| {
        let (message, hint) = missed.words();
        Finding::new(Code::RebaseMissed, place(), message, hint)
    }));
    if line.rating == Rating::Unrated(Unrated::NoTarget) {
        findings.push(target::none(line));
    }
    if line.rating != line.rating_unrounded {
        let message = format!(
            "rated on the figure as printed, which is rounded; before rounding it would have been {}",
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_card;

    const A: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n";
    const OTHER: &str = "[indicators.B]\ntitle = \"B\"\nplain = \"B\"\nnoun = \"children\"\nowner = \"O\"\nsource = \"s\"\n\
        basis = \"snapshot\"\nunit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n";
    const ROWS: &str = "A,2026-09,80,,\nA,2026-10,81,,\nB,2026-09,5,,\nB,2026-10,oops,,";

    #[test]
    fn a_fault_in_an_indicator_holds_only_the_boards_that_show_it() {
        assert!(!with_card(A, OTHER, "\"A\"", ROWS, |card| card.is_held()));
        assert!(with_card(A, OTHER, "\"A\", \"B\"", ROWS, |card| card.is_held()));
    }

    #[test]
    fn a_source_without_the_boards_month_says_where_it_is_and_which_it_has() {
        let late = |on_board: &str, rows: &str| {
            with_card(A, OTHER, on_board, rows, |card| {
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
        let two = with_card(A, &third, "\"A\", \"C\"", &format!("{rows}\nC,2026-07,1,,"), |card| {
            card.findings[0].message.clone()
        });
        assert_eq!(two, "the newest month of the board's 2 figures here is September 2026; October 2026 was expected");
    }

    #[test]
    fn what_a_break_leaves_out_is_said_in_words() {
        let notes_of = |from: &str, more: &str, first: u32| {
            let a = format!(
                "unit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\nkind = \"flow\"\n{more}\
                [[indicators.A.breaks]]\nfrom = \"{from}\"\nkind = \"system\"\nnote = \"New system.\"\n"
            );
            let row = |nth: u32| format!("A,{}-{:02},{},,", 2025 + (nth + 8) / 12, (nth + 8) % 12 + 1, 50 + nth);
            let rows: Vec<String> = (first..14).map(row).collect();
            with_card(&a, "", "\"A\"", &rows.join("\n"), |card| {
                let breaks = card.findings.iter().filter(|finding| finding.code == Code::SeriesBreak);
                breaks.map(|finding| finding.message.to_string()).collect::<Vec<_>>()
            })
        };
        let since = |month: &str, so: &str| {
            vec![format!("figures before {month} cannot be compared with later ones. So {so}. New system.")]
        };
        let limits = "usual ups and downs are counted from then on";
        assert_eq!(
            notes_of("2026-10", "", 0),
            since("October 2026", &format!("the change and last year's figure are left out and {limits}"))
        );
        assert_eq!(
            notes_of("2026-06", "views = [\"year-to-date\"]\n", 0),
            since("June 2026", &format!("last year's figure and the year to date are left out and {limits}"))
        );
        // A series that began on the new footing lacks nothing.
        assert_eq!(notes_of("2026-04", "", 7), Vec::<String>::new());
        assert_eq!(notes_of("2025-01", "", 0), Vec::<String>::new());
    }

    #[test]
    fn a_rating_without_a_target_and_a_changed_target_are_told() {
        let codes = |a: &str| {
            with_card(a, "", "\"A\"", "A,2026-09,80,,\nA,2026-10,81,,", |card| {
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
    fn a_rating_that_rounding_changed_is_told() {
        let a =
            format!("{A}[[indicators.A.targets]]\nfrom = \"2025-04\"\nvalue = 85\ntolerance = 5\nsource = \"local\"\n");
        let code = |value: &str| {
            with_card(&a, "", "\"A\"", &format!("A,2026-09,80,,\nA,2026-10,{value},,"), |card| {
                card.findings.first().map(|finding| finding.code)
            })
        };
        assert_eq!(code("84.95"), Some(Code::RoundingChangesRating));
        assert_eq!(code("84.94"), None);
    }
}
