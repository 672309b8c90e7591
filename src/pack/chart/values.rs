//! The figures that a chart is drawn from, as a table: a height cannot be quoted,
//! and a listener has no line to follow.

use super::super::front::chip;
use super::super::model::{ValuesColumns, ValuesRow, ValuesTable};
use super::super::themes;
use super::signal::{self, Happening};
use crate::domain::indicator::BreakKind;
use crate::domain::target::in_force;
use crate::domain::{AttributedText, Frequency, Polarity};
use crate::scorecard::{Line, SeriesPoint};
use crate::words;

/// The table of some points, the latest first.
pub(super) fn values(line: &Line<'_>, points: &[SeriesPoint], title: &str) -> ValuesTable {
    let happened = signal::happened(line, points);
    let rows: Vec<ValuesRow> = (0..points.len()).rev().map(|at| row(line, points, at, &happened)).collect();
    let only = |head: &str, is: &dyn Fn(&ValuesRow) -> bool| {
        if rows.iter().any(is) { head.to_owned() } else { String::new() }
    };
    let columns = ValuesColumns {
        period: step(line.indicator.frequency).to_owned(),
        figure: "Figure".to_owned(),
        of: only("Of how many", &|row| !row.reading.of.is_empty()),
        target: only("Target", &|row| !row.target.is_empty()),
        rating: only("Rating", &|row| row.rating.is_some()),
        note: only("What happened", &|row| !row.note.is_empty()),
    };
    ValuesTable { title: title.to_owned(), columns, rows }
}

fn row(line: &Line<'_>, points: &[SeriesPoint], at: usize, happened: &[Happening]) -> ValuesRow {
    let (indicator, point) = (line.indicator, points[at]);
    let target = in_force(&indicator.targets, point.period);
    ValuesRow {
        period: words::capital(&words::own_period(indicator, point.period)),
        reading: themes::printed(line, &point.reading, point.period, point.period),
        target: target.map(|target| words::goal(&indicator.measure, target.goal)).unwrap_or_default(),
        rating: point.rating.filter(|_| indicator.polarity != Polarity::None).map(chip),
        note: note(line, points, at, happened),
    }
}

/// What each point is of.
fn step(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Monthly => "Month",
        Frequency::Quarterly => "Quarter",
        Frequency::Termly => "Term",
        Frequency::Annual(_) => "Year",
    }
}

/// What a break is called.
pub(super) fn break_name(kind: BreakKind) -> &'static str {
    match kind {
        BreakKind::System => "New system",
        BreakKind::Definition => "New definition",
        BreakKind::Population => "New population",
    }
}

/// What is to be known of one point: a break before it, what happened, and whether it
/// is more than chance.
pub(in crate::pack) fn note(
    line: &Line<'_>,
    points: &[SeriesPoint],
    at: usize,
    happened: &[Happening],
) -> AttributedText {
    let point = points[at];
    let before = at.checked_sub(1).map(|before| points[before].period);
    let broken = before.and_then(|before| line.indicator.break_between(before, point.period)).map(|broken| {
        let name = format!("{}. ", break_name(broken.kind));
        AttributedText::from(name).and(broken.note.screened_as(themes::sentence))
    });
    let events = happened.iter().filter(|happening| happening.at == at).map(|happening| happening.note.clone());
    let special = signal::special(line, point).map(|word| AttributedText::from(format!("{word}.")));
    let mut note = AttributedText::default();
    for part in broken.into_iter().chain(events).chain(special) {
        if !note.is_empty() {
            note.push(" ");
        }
        note.push(part);
    }
    note
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_card;

    const A: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\nkind = \"ratio\"\n\
        breaks = [{ from = \"2026-08\", kind = \"definition\", note = \"The time runs from referral\" }]\n\
        events = [{ month = \"2026-09\", note = \"a team joined\" }]\n\
        [[indicators.A.targets]]\nfrom = \"2026-07\"\nvalue = 80\ntolerance = 5\nsource = \"local\"\n";

    fn table(a: &str, rows: &str) -> ValuesTable {
        with_card(a, "", "\"A\"", rows, |card| {
            let line = &card.sections[0][0];
            values(line, &line.series, "T")
        })
    }

    fn text(table: &ValuesTable) -> Vec<String> {
        let rating = |row: &ValuesRow| row.rating.as_ref().map(|chip| chip.label.clone()).unwrap_or_default();
        let row = |row: &ValuesRow| {
            let reading = &row.reading;
            [&row.period, &reading.display, &reading.of, &row.target, &rating(row), &row.note.to_string()]
                .map(|part| part.as_str())
                .join(" | ")
        };
        table.rows.iter().map(row).collect()
    }

    #[test]
    fn each_point_has_its_figure_target_rating_and_what_happened() {
        let rows = "A,2026-06,,16,20\nA,2026-07,,15,20\nA,2026-08,,14,20\nA,2026-09,c,,\nA,2026-10,,3,4";
        let table = table(A, rows);
        assert_eq!(
            text(&table),
            [
                "October 2026 | 3 of 4 |  | 80% | Not rated | ",
                "September 2026 | c |  | 80% | Not rated | A team joined.",
                "August 2026 | 70.0% | 14 of 20 | 80% | Red | New definition. The time runs from referral.",
                "July 2026 | 75.0% | 15 of 20 | 80% | Amber | ",
                "June 2026 | 80.0% | 16 of 20 |  | Not rated | ",
            ]
        );
        let columns = &table.columns;
        assert_eq!((columns.period.as_str(), columns.note.as_str()), ("Month", "What happened"));
    }

    #[test]
    fn a_column_of_nothing_is_not_there() {
        let a = "unit = \"count\"\nbetter = \"none\"\nfrequency = \"quarterly\"\n";
        let table = table(a, "A,2026-06,16,,\nA,2026-09,15,,");
        let columns = &table.columns;
        assert_eq!(columns.period, "Quarter");
        assert_eq!([&columns.of, &columns.target, &columns.rating, &columns.note], [""; 4]);
        assert_eq!(text(&table), ["Quarter 2, 2026/27 | 15 |  |  |  | ", "Quarter 1, 2026/27 | 16 |  |  |  | "]);
    }
}
