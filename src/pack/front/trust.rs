//! Whether the figures of a pack can be trusted, in a sentence: what is held back, and
//! what a reader should know of the rest.

use super::super::model::{DataNote, Trust};
use crate::domain::mark::FigureMark;
use crate::domain::rating::{Rating, Unrated};
use crate::domain::{Missing, Reading};
use crate::scorecard::{Line, Scorecard};
use crate::words;

/// The answer, beside the notes on the data that the pack has.
pub(super) fn trust(card: &Scorecard<'_>, notes: &[DataNote]) -> Trust {
    let cautions = cautions(card, notes);
    Trust {
        title: "Can you trust these figures?".to_owned(),
        answer: [Some(answer(card.lines().count(), &held_back(card), &cautions)), older(card)]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" "),
        anchor: if !notes.is_empty() { "data-notes" } else { "" }.to_owned(),
    }
}

/// How many figures are not of the pack's own month.
fn older(card: &Scorecard<'_>) -> Option<String> {
    match card.lines().filter(|line| line.period != card.period).count() {
        0 => None,
        1 => Some("1 figure is older, because it is not monthly or comes later.".to_owned()),
        n => Some(format!("{n} figures are older, because they are not monthly or come later.")),
    }
}

/// Yes only where nothing is held back.
fn answer(all: usize, held_back: &[String], cautions: &[String]) -> String {
    let list = |parts: &[String]| words::list(parts);
    match (held_back, cautions) {
        ([], []) if all == 1 => {
            "Yes: the one figure came, and it is not hidden, provisional or counted in a new way.".to_owned()
        }
        ([], []) => format!("Yes: all {all} came, and none is hidden, provisional or counted in a new way."),
        ([], [one]) => format!("Yes, with one caution: {one}."),
        ([], some) => format!("Yes, with {} cautions: {}.", number(some.len()), list(some)),
        (held, []) => format!("Not all is here: {}. The rest can be trusted.", list(held)),
        (held, [one]) => format!("Not all is here: {}. On the rest, one caution: {one}.", list(held)),
        (held, some) => {
            format!("Not all is here: {}. On the rest, {} cautions: {}.", list(held), number(some.len()), list(some))
        }
    }
}

fn number(n: usize) -> String {
    const WORDS: [&str; 10] = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];
    WORDS.get(n).map_or_else(|| n.to_string(), |word| (*word).to_owned())
}

/// "1 figure is hidden so that nobody can be recognised".
fn held_back(card: &Scorecard<'_>) -> Vec<String> {
    let count = |of: &dyn Fn(Missing) -> bool| {
        card.lines().filter(|line| matches!(line.current, Reading::Missing(missing) if of(missing))).count()
    };
    let is_hidden = |missing: Missing| matches!(missing, Missing::Suppressed | Missing::Low);
    let is_nothing_wrong = |missing: Missing| matches!(missing, Missing::NotApplicable | Missing::NoneOfNone);
    let hidden = count(&is_hidden);
    let refused = count(&|missing| missing == Missing::Refused);
    let absent = count(&|missing| !is_hidden(missing) && !is_nothing_wrong(missing) && missing != Missing::Refused);
    let figures = |n: usize, one: &str, many: &str| (n > 0).then(|| words::count(n, one, many));
    let so = "so that nobody can be recognised";
    let parts = hidden_elsewhere(card);
    [
        figures(hidden, "figure is hidden", "figures are hidden").map(|said| format!("{said} {so}")),
        (parts && hidden > 0).then(|| "so are some parts or earlier months".to_owned()),
        (parts && hidden == 0).then(|| format!("some parts or earlier months are hidden {so}")),
        figures(absent, "figure has not come", "figures have not come"),
        figures(
            refused,
            "figure was refused because it cannot be right",
            "figures were refused because they cannot be right",
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether parts of figures, or months before the latest, are hidden.
fn hidden_elsewhere(card: &Scorecard<'_>) -> bool {
    let is_hidden = |reading: &Reading| matches!(reading, Reading::Missing(Missing::Suppressed));
    let earlier = |line: &Line<'_>| line.series.iter().rev().skip(1).any(|point| is_hidden(&point.reading));
    let of_whole = card.lines().any(earlier);
    let is_part = |line: &&Line<'_>| line.indicator.segment.is_some();
    of_whole || card.every_line().filter(is_part).any(|part| is_hidden(&part.current) || earlier(part))
}

/// What a reader should know of the figures that are here.
fn cautions(card: &Scorecard<'_>, notes: &[DataNote]) -> Vec<String> {
    let lines = |is: &dyn Fn(&Line<'_>) -> bool| card.lines().filter(|line| is(line)).collect::<Vec<&Line<'_>>>();
    let marked = |mark: FigureMark| lines(&|line| line.marks_at(line.period).has(mark));
    let of_lines = [
        (lines(&is_broken), "is counted in a new way", "are counted in a new way"),
        (marked(FigureMark::Provisional), "is provisional", "are provisional"),
        (marked(FigureMark::Estimated), "is an estimate", "are estimates"),
        (marked(FigureMark::Late), "lacks what has not come yet", "lack what has not come yet"),
        (marked(FigureMark::Partial), "does not cover everything", "do not cover everything"),
        (
            lines(&|line| !line.restated.is_empty()),
            "has been corrected since it was published",
            "have been corrected since they were published",
        ),
        (
            lines(&|line| line.rating == Rating::Unrated(Unrated::TooFew)),
            "is about too few children to rate",
            "are about too few children to rate",
        ),
    ];
    let mut said: Vec<String> = of_lines.iter().filter_map(|(lines, one, many)| caution(lines, one, many)).collect();
    // A note that says more of one of these is no caution of its own.
    let is_of_them = |note: &&DataNote| {
        let about = note.about.split(' ').next().unwrap_or_default();
        of_lines.iter().flat_map(|(lines, ..)| lines).any(|line| line.indicator.reference.as_str() == about)
    };
    let other = notes.iter().filter(|note| !is_of_them(note)).count();
    if other > 0 {
        let (one, many) = match said.is_empty() {
            true => ("note on the data", "notes on the data"),
            false => ("other note on the data", "other notes on the data"),
        };
        said.push(words::count(other, one, many));
    }
    said
}

/// "“Complaints answered on time” is provisional"; of several, how many.
fn caution(lines: &[&Line<'_>], one: &str, many: &str) -> Option<String> {
    match lines {
        [] => None,
        [line] => Some(format!("{} {one}", words::quoted(&line.indicator.title))),
        all => Some(format!("{} {many}", all.len())),
    }
}

/// Whether a figure was counted in another way a year before.
fn is_broken(line: &Line<'_>) -> bool {
    let then = line.indicator.frequency.year_before(line.period);
    line.current.figure().is_some() && line.indicator.break_between(then, line.period).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_board_of;

    const A: &str = "unit = \"count\"\nbetter = \"lower\"\nfrequency = \"monthly\"\n";

    fn said(a: &str, rows: &str, notes: &[&str]) -> String {
        let note = |about: &&str| DataNote { about: (*about).to_owned(), text: "Said.".into() };
        let notes: Vec<DataNote> = notes.iter().map(note).collect();
        with_board_of(a, "", rows, |card| trust(card, &notes).answer)
    }

    #[test]
    fn it_never_says_yes_where_something_is_held_back() {
        for (a, rows, notes, expected) in [
            (
                "",
                "A,2026-10,80,,",
                &[][..],
                "Yes: the one figure came, and it is not hidden, provisional or counted in a new way.",
            ),
            ("", "A,2026-10,80,,", &["A A"], "Yes, with one caution: 1 note on the data."),
            (
                "",
                "A,2026-10,c,,",
                &[],
                "Not all is here: 1 figure is hidden so that nobody can be recognised. The rest can be trusted.",
            ),
            ("", "A,2026-10,,,", &[], "Not all is here: 1 figure has not come. The rest can be trusted."),
            (
                "",
                "A,2026-09,c,,\nA,2026-10,80,,",
                &[],
                "Not all is here: some parts or earlier months are hidden so that nobody can be recognised. The rest can be trusted.",
            ),
            (
                "marks = [{ period = \"2026-10\", mark = \"provisional\" }]\n",
                "A,2026-10,80,,",
                &[],
                "Yes, with one caution: \u{201c}A\u{201d} is provisional.",
            ),
            // Of a month before, nothing is said.
            (
                "marks = [{ period = \"2026-09\", mark = \"provisional\" }]\n",
                "A,2026-09,80,,\nA,2026-10,80,,",
                &[],
                "Yes: the one figure came, and it is not hidden, provisional or counted in a new way.",
            ),
            (
                "breaks = [{ from = \"2025-11\", kind = \"definition\", note = \"N\" }]\n",
                "A,2026-10,80,,",
                &["A A", "Monthly return"],
                "Yes, with two cautions: \u{201c}A\u{201d} is counted in a new way and 1 other note on the data.",
            ),
            (
                "breaks = [{ from = \"2025-10\", kind = \"definition\", note = \"N\" }]\n",
                "A,2026-10,80,,",
                &[],
                "Yes: the one figure came, and it is not hidden, provisional or counted in a new way.",
            ),
        ] {
            assert_eq!(said(&(A.to_owned() + a), rows, notes), expected, "{a} {rows}");
        }
    }

    #[test]
    fn the_answer_fits_what_it_has_to_say() {
        let texts = |n: usize| (1..=n).map(|n| format!("caution {n}")).collect::<Vec<_>>();
        assert_eq!(answer(9, &[], &texts(3)), "Yes, with three cautions: caution 1, caution 2 and caution 3.");
        assert_eq!(
            answer(9, &texts(1), &texts(2)),
            "Not all is here: caution 1. On the rest, two cautions: caution 1 and caution 2."
        );
        assert!(answer(9, &texts(2), &[]).ends_with("The rest can be trusted."));
    }
}
