//! Restatement: what was published and is now something else.
//!
//! History is what readers were told. Where a source now says something else
//! of a month, or a target or a definition was changed for it, both stand on
//! the page, with why.

use rust_decimal::Decimal;

use super::line::{IndicatorData, Line};
use crate::dataset::Dataset;
use crate::dataset::checks::is_as_printed;
use crate::domain::target::in_force;
use crate::domain::{BoardId, Goal, Indicator, Missing, OfficerText, Period, Rating, Reading, Target};
use crate::history::{History, PublishedFigure, PublishedPack, PublishedRating, RatioParts};

/// How far back a pack prints, and so how far back a restatement matters.
const MONTHS: i32 = 24;

/// A published figure that is not what it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Restated {
    /// The figure's month.
    pub period: Period,
    /// The figure as it was printed.
    pub was: Decimal,
    /// What it was printed as worked from, where only that is otherwise now.
    pub was_parts: Option<RatioParts>,
    /// What stands there now.
    pub now: Reading,
    /// The rating that was printed; none where only the figure was.
    pub was_rating: Option<String>,
    /// The rating under what holds now.
    pub now_rating: Rating,
    /// The target as it was printed, in the words of `figures.csv`.
    pub was_target: String,
    /// The pack that printed it last.
    pub pack: PublishedPack,
    /// Why.
    pub cause: Cause,
}

/// Why a published figure or its rating is another now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// The source says something else.
    Source,
    /// The indicator means something else now.
    Definition,
    /// The target for that month is another now.
    Target,
    /// The same figure against the same target is rated otherwise now.
    Rule,
}

impl Restated {
    /// Whether the figure itself is another, not its rating alone.
    pub fn is_of_figure(&self) -> bool {
        matches!(self.cause, Cause::Source | Cause::Definition)
    }

    /// Whether the rating that was printed is another now.
    pub fn is_of_rating(&self) -> bool {
        self.was_rating.as_deref().is_some_and(|was| was != self.now_rating.word())
    }
}

/// What a board was told of an indicator and is no longer so, the newest first.
pub(super) fn of(line: &Line<'_>, dataset: Option<&Dataset>, board: &BoardId, history: &History) -> Vec<Restated> {
    // A source that could not be read has findings of its own.
    let Some(dataset) = dataset.filter(|dataset| !dataset.is_empty()) else { return Vec::new() };
    let reference = &line.indicator.reference;
    let look = IndicatorData::at(line.indicator, Some(dataset));
    // A workbook that no longer goes back so far takes nothing back.
    let first = dataset.series(reference).next().or_else(|| dataset.observations().min_by_key(|seen| seen.period));
    let mut restated: Vec<Restated> = history
        .of_board(board, reference)
        .filter(|(month, _)| *month <= line.period && line.period.since(*month) <= MONTHS)
        .filter(|(month, _)| first.is_none_or(|first| first.period <= *month))
        .filter_map(|(month, published)| one(&look, month, published))
        .collect();
    restated.reverse();
    restated
}

fn one(look: &IndicatorData<'_, '_>, period: Period, published: &PublishedFigure) -> Option<Restated> {
    let was = published.value?;
    let now = look.reading(period);
    // What is hidden now is not printed again, neither as it was.
    if now == Reading::Missing(Missing::Suppressed) {
        return None;
    }
    let now_rating = look.rating(period);
    let judged = published.judged.as_ref();
    let is_same_value = now.figure().is_some_and(|now| is_as_printed(look.indicator, was, now.value));
    let was_parts = now.figure().filter(|_| is_same_value).and_then(|now| published.parts_before(now));
    let is_same = is_same_value && was_parts.is_none();
    let is_rated_the_same = judged.is_none_or(|judged| judged.rating == now_rating.word());
    if is_same && is_rated_the_same {
        return None;
    }
    Some(Restated {
        period,
        was,
        was_parts,
        now,
        was_rating: judged.map(|judged| judged.rating.clone()),
        now_rating,
        was_target: judged.map(|judged| judged.target.clone()).unwrap_or_default(),
        pack: published.pack.clone(),
        cause: cause(look.indicator, period, is_same, judged),
    })
}

fn cause(indicator: &Indicator, period: Period, is_same: bool, judged: Option<&PublishedRating>) -> Cause {
    let is_redefined = judged.is_some_and(|judged| is_redefined(indicator, period, &judged.definition));
    let is_retargeted = judged.is_some_and(|judged| judged.target != target(in_force(&indicator.targets, period)));
    match (is_same, is_redefined) {
        (false, true) => Cause::Definition,
        (false, false) => Cause::Source,
        (true, _) if is_retargeted => Cause::Target,
        (true, true) => Cause::Definition,
        (true, false) => Cause::Rule,
    }
}

/// A target as `figures.csv` has it; empty where there is none.
pub fn target(target: Option<&Target>) -> String {
    target.map_or_else(String::new, |target| goal(target.goal))
}

/// "85", "14-18": a goal as `figures.csv` has it.
pub fn goal(goal: Goal) -> String {
    match goal {
        Goal::Value(value) => value.normalize().to_string(),
        Goal::Range(low, high) => format!("{}-{}", low.normalize(), high.normalize()),
    }
}

/// Digest of what an indicator means for a month: where it differs from the
/// published one, the figures may differ because of it. Titles and owners are
/// no part of it, nor is a break that begins after the month. Nor is a definition
/// that is left out: a small number in it is found by trying each until it fits.
pub fn definition(indicator: &Indicator, month: Period) -> String {
    digest(indicator, &indicator.definition.screened(), begun(indicator, month))
}

/// Whether an indicator meant something else when a figure of a month was
/// published, by the digest published with it; empty where it is not known.
///
/// The digest may be of a later month too, or of breaks that had been declared
/// for later: with or without those, it is of the same meaning, as is one left out.
pub fn is_redefined(indicator: &Indicator, month: Period, published: &str) -> bool {
    let known = begun(indicator, month)..=indicator.breaks.len();
    let texts = [indicator.definition.for_officers(), OfficerText::LEFT_OUT];
    let is_other = |breaks: usize| texts.iter().all(|text| digest(indicator, text, breaks) != published);
    !published.is_empty() && known.into_iter().all(is_other)
}

/// How many breaks of an indicator begin in a month or before.
fn begun(indicator: &Indicator, month: Period) -> usize {
    indicator.breaks.partition_point(|broken| broken.from <= month)
}

/// Digest of what an indicator means, as far as its first `breaks` breaks.
fn digest(indicator: &Indicator, definition: &str, breaks: usize) -> String {
    let measure = &indicator.measure;
    let breaks: Vec<String> =
        indicator.breaks.iter().take(breaks).map(|broken| format!("{} {:?}", broken.from, broken.kind)).collect();
    let parts = [
        definition.trim().to_owned(),
        format!("{:?}", measure.unit),
        measure.per.normalize().to_string(),
        format!("{:?}", indicator.polarity),
        format!("{:?}", indicator.frequency),
        format!("{:?}", indicator.basis),
        breaks.join("\n"),
    ];
    crate::digest::sha256(parts.join("\u{1f}").as_bytes())
}

/// What a pack says anew of earlier months, for its manifest: the packs after
/// it go by this, so that nothing is told twice.
pub fn newly_told<'l>(line: &'l Line<'_>) -> impl Iterator<Item = (&'l Restated, PublishedRating)> {
    line.restated.iter().map(|restated| {
        let judged = PublishedRating {
            rating: restated.now_rating.word().to_owned(),
            target: target(in_force(&line.indicator.targets, restated.period)),
            definition: definition(line.indicator, restated.period),
        };
        (restated, judged)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{IndicatorRef, Missing, SourceId};
    use crate::history;
    use crate::scorecard::test_support::{with_card as rehearsed, with_history};

    const A: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n\
        [[indicators.A.targets]]\nfrom = \"2025-04\"\nvalue = 85\ntolerance = 5\nsource = \"local\"\n";

    fn month(text: &str) -> Period {
        text.parse().unwrap()
    }

    /// What the September pack of a board printed of September.
    fn published(board: &str, value: &str, rating: &str, target: &str, definition: &str) -> History {
        published_as(board, (value, None), rating, target, definition)
    }

    /// The same with what it was printed as worked from.
    fn published_as(
        board: &str,
        (value, parts): (&str, Option<(u32, u32)>),
        rating: &str,
        target: &str,
        definition: &str,
    ) -> History {
        let parts = parts.map(|(n, d)| RatioParts { numerator: n.into(), denominator: d.into() });
        let mut history = History::default();
        let pack = PublishedPack { period: month("2026-09"), board: BoardId::parse(board).unwrap(), revision: 2 };
        let judged = PublishedRating { rating: rating.into(), target: target.into(), definition: definition.into() };
        let line = history::PublishedLine {
            indicator: IndicatorRef::parse("A").unwrap(),
            month: month("2026-09"),
            value: value.parse().ok(),
            parts,
            judged: Some(judged),
            file: Some((SourceId::parse("s").unwrap(), "00".into())),
        };
        history.add(&pack, [line]);
        history
    }

    fn definition_of_a() -> String {
        rehearsed(A, "", "\"A\"", "A,2026-10,1,,", |card| definition(card.sections[0][0].indicator, month("2026-10")))
    }

    #[test]
    fn a_definition_that_was_left_out_is_no_other_definition() {
        rehearsed(&format!("definition = \"All three.\"\n{A}"), "", "\"A\"", "A,2026-10,1,,", |card| {
            let (mut indicator, month) = (card.sections[0][0].indicator.clone(), month("2026-10"));
            let whole = definition(&indicator, month);
            indicator.definition = "All four.".into();
            indicator.definition.screen(|_| true, OfficerText::LEFT_OUT);
            assert!(is_redefined(&indicator, month, &whole));
            assert!(!is_redefined(&indicator, month, &definition(&indicator, month)));
        });
    }

    #[test]
    fn a_figure_or_a_rating_that_is_not_as_published_says_why() {
        let known = definition_of_a();
        let other = "another".to_owned();
        for (was, rating, target, definition, now, expected) in [
            ("84.2", "amber", "85", &known, "84.2", None),
            ("84.2", "amber", "85", &known, "84.24", None),
            ("84.2", "amber", "85", &known, "84.25", Some((Cause::Source, false))),
            ("84.2", "amber", "85", &known, "79.9", Some((Cause::Source, true))),
            ("84.2", "amber", "85", &other, "79.9", Some((Cause::Definition, true))),
            // What the definition was is not known: the source has the word.
            ("84.2", "amber", "85", &String::new(), "79.9", Some((Cause::Source, true))),
            ("84.2", "green", "80", &known, "84.2", Some((Cause::Target, true))),
            ("84.2", "unrated", "", &known, "84.2", Some((Cause::Target, true))),
            ("84.2", "green", "85", &other, "84.2", Some((Cause::Definition, true))),
            ("84.2", "red", "85", &known, "84.2", Some((Cause::Rule, true))),
            // The target is another and the colour the same: nothing to tell.
            ("84.2", "amber", "86", &known, "84.2", None),
        ] {
            let history = published("b", was, rating, target, definition);
            let rows = format!("A,2026-08,80,,\nA,2026-09,{now},,\nA,2026-10,86,,");
            let found = with_history(&history, A, "", "\"A\"", &rows, |card| {
                let restated = card.sections[0][0].restated.first();
                restated.map(|restated| (restated.cause, restated.is_of_rating()))
            });
            assert_eq!(found, expected, "{was} {rating} {target} now {now}");
        }
    }

    #[test]
    fn parts_that_were_printed_and_are_others_now_are_told() {
        let restatements = |history: &History, rows: &str| {
            let rows = format!("A,2026-08,80,,\nA,2026-09,{rows}\nA,2026-10,86,,");
            with_history(history, A, "", "\"A\"", &rows, |card| {
                let restated = card.sections[0][0].restated.first()?;
                assert!(!restated.is_of_rating() && restated.is_of_figure());
                let was = restated.was_parts.map(|was| format!("{} of {}", was.numerator, was.denominator));
                Some((restated.cause, was.unwrap_or_default()))
            })
        };
        let known = definition_of_a();
        let corrected = |was: &str| Some((Cause::Source, was.to_owned()));
        for (was, parts, rows, expected) in [
            ("66.7", Some((40, 60)), ",40,60", None),
            ("66.7", Some((40, 60)), ",80,120", corrected("40 of 60")),
            ("50.0", Some((40, 80)), "50,41,82", corrected("40 of 80")),
            // Another figure is told as such, as ever.
            ("66.7", Some((40, 60)), ",50,100", corrected("")),
            // What was not told or is not told is not compared.
            ("66.7", None, ",80,120", None),
            ("66.7", Some((40, 60)), "66.7,,", None),
            ("66.7", Some((40, 60)), "c,,", None),
        ] {
            let history = published_as("b", (was, parts), "red", "85", &known);
            assert_eq!(restatements(&history, rows), expected, "{was} {parts:?} now {rows}");
        }
        let history = published_as("b", ("66.7", Some((40, 60))), "red", "85", "another");
        assert_eq!(restatements(&history, ",80,120"), Some((Cause::Definition, "40 of 60".to_owned())));
    }

    #[test]
    fn a_break_is_why_only_from_its_own_month_on() {
        let broken = |months: &[&str]| {
            let one = |from: &&str| {
                format!("[[indicators.A.breaks]]\nfrom = \"{from}\"\nkind = \"definition\"\nnote = \"Another form\"\n")
            };
            format!("{A}{}", months.iter().map(one).collect::<String>())
        };
        let rows = "A,2026-08,80,,\nA,2026-09,79.9,,\nA,2026-10,86,,";
        let digest = |months: &[&str], of: &str| {
            with_history(&History::default(), &broken(months), "", "\"A\"", rows, |card| {
                definition(card.sections[0][0].indicator, month(of))
            })
        };
        // What was published of September, with the breaks declared then and
        // as of which month; the breaks that are declared now.
        for (then, of, now, expected) in [
            (&[][..], "2026-09", &["2026-09"][..], Cause::Definition),
            (&[], "2026-09", &["2026-10"], Cause::Source),
            (&["2026-09"], "2026-09", &["2026-09"], Cause::Source),
            (&["2026-09"], "2026-09", &[], Cause::Definition),
            (&["2026-08"], "2026-09", &["2026-09"], Cause::Definition),
            (&["2026-10"], "2026-09", &["2026-11"], Cause::Source),
            (&["2026-10"], "2026-09", &["2026-09", "2026-10"], Cause::Definition),
            // Digests of later breaks too, as a pack of a later month has them.
            (&["2026-10"], "2026-10", &["2026-10"], Cause::Source),
            (&["2026-10"], "2026-10", &["2026-10", "2026-11"], Cause::Source),
            (&["2026-10"], "2026-10", &["2026-09", "2026-10"], Cause::Definition),
        ] {
            let history = published("b", "84.2", "amber", "85", &digest(then, of));
            let cause = with_history(&history, &broken(now), "", "\"A\"", rows, |card| {
                card.sections[0][0].restated.first().map(|restated| restated.cause)
            });
            assert_eq!(cause, Some(expected), "{then:?} as of {of}, now {now:?}");
        }
    }

    #[test]
    fn a_board_hears_of_what_it_was_told() {
        let history = published("other", "70", "red", "85", "");
        let rows = "A,2026-09,84,,\nA,2026-10,86,,";
        assert!(with_history(&history, A, "", "\"A\"", rows, |card| card.sections[0][0].restated.is_empty()));
    }

    #[test]
    fn a_figure_that_is_gone_is_told_and_a_workbook_that_begins_later_takes_nothing_back() {
        let history = published("b", "84.2", "amber", "85", "");
        for (rows, expected) in [
            ("A,2026-08,80,,\nA,2026-10,86,,", Some(Reading::Missing(Missing::NotSupplied))),
            ("A,2026-09,,,\nA,2026-10,86,,", Some(Reading::Missing(Missing::NotSupplied))),
            ("A,2026-10,86,,", None),
        ] {
            let now = with_history(&history, A, "", "\"A\"", rows, |card| {
                card.sections[0][0].restated.first().map(|restated| restated.now)
            });
            assert_eq!(now, expected, "{rows}");
        }
    }

    #[test]
    fn what_a_pack_told_is_what_the_next_one_goes_by() {
        for rows in
            ["79.9,,", ",40,60", "84.2,80,95"].map(|now| format!("A,2026-08,80,,\nA,2026-09,{now}\nA,2026-10,86,,"))
        {
            what_is_told_is_gone_by(&rows);
        }
    }

    fn what_is_told_is_gone_by(rows: &str) {
        let mut history = published_as("b", ("84.2", Some((16, 19))), "amber", "85", "");
        let lines: Vec<history::PublishedLine> = with_history(&history, A, "", "\"A\"", rows, |card| {
            let line = &card.sections[0][0];
            let lines = newly_told(line).map(|(restated, judged)| history::PublishedLine {
                indicator: line.indicator.reference.clone(),
                month: restated.period,
                value: restated.now.figure().map(|figure| figure.value),
                parts: restated.now.figure().and_then(RatioParts::of),
                judged: Some(judged),
                file: None,
            });
            lines.collect()
        });
        assert_eq!(lines.len(), 1);
        let pack = PublishedPack { period: month("2026-10"), board: BoardId::parse("b").unwrap(), revision: 1 };
        history.add(&pack, lines);
        assert!(with_history(&history, A, "", "\"A\"", rows, |card| card.sections[0][0].restated.is_empty()));
    }
}
