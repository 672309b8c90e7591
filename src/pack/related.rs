//! What an indicator is read with, side by side.

use super::front::detail_anchor;
use super::model::{RelatedColumns, RelatedRow, RelatedTable};
use super::{chart, themes};
use crate::domain::{AttributedText, Period};
use crate::scorecard::{Line, Scorecard};

/// What an indicator is read with, below it: what moves one may stand behind the other. What is not on this board is not this board's to show.
pub(super) fn related(line: &Line<'_>, card: &Scorecard<'_>) -> Option<RelatedTable> {
    let others = line.indicator.relations.related.iter().filter_map(|related| {
        let other = card.lines().find(|other| other.indicator.reference == related.to)?;
        let because = related.because.screened_as(themes::sentence);
        let anchor = detail_anchor(card, &related.to);
        Some(row(other, line.period, anchor, because))
    });
    let others: Vec<RelatedRow> = others.collect();
    (!others.is_empty()).then(|| RelatedTable {
        title: "Read together with".to_owned(),
        columns: RelatedColumns {
            year_before: "A year before".to_owned(),
            current: "Latest".to_owned(),
            movement: "Change".to_owned(),
            trend: "Trend".to_owned(),
        },
        rows: others,
    })
}

fn row(line: &Line<'_>, beside: Period, anchor: String, because: AttributedText) -> RelatedRow {
    let indicator = line.indicator;
    let then = indicator.frequency.year_before(line.period);
    let current = themes::printed(line, &line.current, line.period, beside);
    let mut year_before = themes::printed(line, &line.year_before, then, then);
    if themes::breaks_in_a_year(line) {
        year_before.state = "not-comparable".to_owned();
        year_before.display = "Not comparable".to_owned();
    }
    RelatedRow {
        reference: indicator.reference.to_string(),
        title: indicator.title.clone(),
        anchor,
        because,
        year_before,
        current,
        movement: themes::movement(line),
        // Its row, or the chart above, has what the small line is drawn from.
        trend: chart::trend(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_card;

    const B: &str = "[indicators.B]\ntitle = \"Time in care\"\nplain = \"B\"\nnoun = \"children\"\nowner = \"O\"\n\
        source = \"s\"\nbasis = \"snapshot\"\nunit = \"mean\"\nprecision = 1\nbetter = \"none\"\nfrequency = \"monthly\"\n";

    /// The rows of A's table, as text.
    fn rows(on_board: &str, rows: &str) -> Option<Vec<String>> {
        let a = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n\
            related = [{ to = \"B\", because = \"the longer, the more settled\" }]\n";
        with_card(a, B, on_board, rows, |card| {
            let table = related(card.lines().next().unwrap(), card)?;
            let row = |row: &RelatedRow| {
                let trend = row.trend.as_ref().map_or("-", |trend| trend.alt.as_str());
                let said =
                    [&row.year_before.display, &row.current.display, &row.movement.display, &row.movement.travel];
                let said = said.map(String::as_str).join(" | ");
                format!("{} {} | {said} | {trend} | {} {}", row.reference, row.title, row.because, row.anchor)
            };
            Some(table.rows.iter().map(row).collect())
        })
    }

    #[test]
    fn what_it_is_read_with_stands_below() {
        let figures = "A,2025-10,70,,\nA,2026-09,71,,\nA,2026-10,72,,\nB,2025-10,35.1,,\nB,2026-09,36,,\nB,2026-10,c,,";
        assert_eq!(
            rows("\"A\", \"B\"", figures).unwrap(),
            [
                "B Time in care | 35.1 | c | c |  | Hidden in 1 of the last 13 months, so that nobody can be recognised. | \
                 the longer, the more settled. row-b",
            ]
        );
    }

    #[test]
    fn what_another_board_shows_is_not_this_boards_to_show() {
        assert_eq!(rows("\"A\"", "A,2026-10,72,,\nB,2026-10,36,,"), None);
    }
}
