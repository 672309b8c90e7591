//! What the marks of figures say in words: provisional, revised, late.

use super::themes::ended;
use crate::domain::AttributedText;
use crate::domain::mark::MonthMark;
use crate::scorecard::Line;
use crate::words;

/// What the marks of the figures that are shown say: of the latest figure each, of those
/// before it what somebody wrote about one.
pub(super) fn notes(line: &Line<'_>) -> Vec<AttributedText> {
    let indicator = line.indicator;
    let mut notes = Vec::new();
    for point in line.series.iter().rev() {
        let label = words::own_period(indicator, point.period);
        for mark in line.marks_at(point.period).iter() {
            let is_of_it = |marked: &&MonthMark| (marked.period, marked.mark) == (point.period, mark);
            let why = indicator.marks.iter().find(is_of_it).map(|marked| marked.note.screened());
            let why = why.filter(|why| !why.is_empty());
            if why.is_none() && point.period != line.period {
                continue;
            }
            let says = AttributedText::from(format!("The figure for {label} {}.", words::mark_said(mark)));
            notes.push(match why {
                Some(why) => says.and(" ").and(ended(why)),
                None => says,
            });
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::mark::FigureMark;
    use crate::pack::{Pack, back, figures, printed, themes};
    use crate::scorecard::test_support::{with_board_of, with_card};

    const A: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\nkind = \"ratio\"\n";

    fn marked(marks: &[(&str, &str, &str)]) -> String {
        let table = |(period, mark, note): &(&str, &str, &str)| {
            format!("[[indicators.A.marks]]\nperiod = \"{period}\"\nmark = \"{mark}\"\nnote = \"{note}\"\n")
        };
        A.to_owned() + &marks.iter().map(table).collect::<String>()
    }

    /// What stands beside the previous and the latest figure, and what the notes say.
    fn said(marks: &[(&str, &str, &str)], rows: &str) -> ([String; 2], Vec<String>) {
        with_card(&marked(marks), "", "\"A\"", rows, |card| {
            let line = &card.sections[0][0];
            let cell = |reading, period| themes::printed(line, reading, period, period).marks;
            let cells = [cell(&line.previous, line.previous_period), cell(&line.current, line.period)];
            (cells, notes(line).iter().map(ToString::to_string).collect())
        })
    }

    const ROWS: &str = "A,2026-08,,7,10\nA,2026-09,,8,10\nA,2026-10,,9,10";

    #[test]
    fn marks_stand_beside_their_figures_and_the_latest_are_told() {
        let is = |cells: [&str; 2], notes: &[&str]| {
            (cells.map(str::to_owned), notes.iter().map(|note| (*note).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(said(&[], ROWS), is(["", ""], &[]));
        assert_eq!(
            said(&[("2026-10", "late", ""), ("2026-10", "provisional", "until May")], ROWS),
            is(
                ["", "[p], late"],
                &[
                    "The figure for October 2026 is provisional. until May.",
                    "The figure for October 2026 is not complete yet, because some returns are late.",
                ]
            )
        );
        // Of earlier ones the words of an officer alone; of months to come nothing.
        let earlier = [("2026-08", "estimated", "By hand"), ("2026-09", "revised", ""), ("2026-11", "partial", "N")];
        assert_eq!(said(&earlier, ROWS), is(["[r]", ""], &["The figure for August 2026 is an estimate. By hand."]));
    }

    #[test]
    fn what_is_no_figure_or_hidden_has_no_mark() {
        let both = [("2026-09", "revised", "N"), ("2026-10", "provisional", "N")];
        for gone in ["c,,", ",,", "oops,,", ",0,0"] {
            let rows = format!("A,2026-09,{gone}\nA,2026-10,{gone}");
            assert_eq!(said(&both, &rows), ([String::new(), String::new()], Vec::new()), "{gone}");
        }
    }

    #[test]
    fn the_file_of_figures_has_the_marks_of_each_figure_and_point() {
        let both = [("2026-09", "revised", ""), ("2026-10", "late", ""), ("2026-10", "provisional", "")];
        with_card(&marked(&both), "", "\"A\"", ROWS, |card| {
            let bytes = figures::csv(card, &BTreeMap::new()).unwrap();
            assert_eq!(printed::read(&bytes).unwrap().figures[0].marks, "provisional; late");
            let mut reader = csv::Reader::from_reader(bytes.as_slice());
            let last: Vec<String> =
                reader.records().map(|row| row.unwrap().iter().next_back().unwrap().to_owned()).collect();
            assert_eq!(last, ["provisional; late", "", "revised", "provisional; late"]);
            // A file from before there was this column.
            let text = String::from_utf8(bytes).unwrap();
            let old: String = text.lines().map(|line| format!("{}\r\n", line.rsplit_once(',').unwrap().0)).collect();
            assert_eq!(printed::read(old.as_bytes()).unwrap().figures[0].marks, "");
        });
    }

    #[test]
    fn the_key_explains_the_marks_that_occur() {
        let mut pack: Pack = serde_json::from_str(include_str!("../../templates/pack.json")).unwrap();
        let explained = |pack: &Pack| -> Vec<String> {
            let is_mark = |word: &String| FigureMark::ALL.into_iter().any(|mark| words::mark(mark) == word.as_str());
            back::key(pack, &[]).into_iter().map(|entry| entry.word).filter(is_mark).collect()
        };
        // The sample may have some of its own.
        let before = explained(&pack);
        assert!(!before.contains(&"[r]".to_owned()) && !before.contains(&"late".to_owned()), "{before:?}");
        pack.sections[0].rows[0].previous.marks = "[r], late".to_owned();
        assert_eq!(explained(&pack), [before, vec!["[r]".to_owned(), "late".to_owned()]].concat());
    }

    #[test]
    fn a_quarter_has_the_marks_of_its_months() {
        let rows: String = (4..=10).map(|month| format!("A,2026-{month:02},,8,10\n")).collect();
        let points = |a: &str| {
            with_board_of(a, "cadence = \"quarterly\"\n", &rows, |card| {
                let line = &card.sections[0][0];
                let quarters = line.quarters.as_ref().unwrap();
                let marks = quarters.marks(line);
                marks.into_iter().map(|(last, marks)| format!("{last} {}", marks.words())).collect::<Vec<_>>()
            })
        };
        let marks = [("2026-05", "revised", ""), ("2026-06", "late", ""), ("2026-10", "provisional", "")];
        assert_eq!(points(&marked(&marks)), ["2026-06 revised; late"]);
        assert_eq!(points(&marked(&marks[..1])), ["2026-06 revised"]);
        assert_eq!(points(&marked(&[])), [""; 0]);
    }
}
