//! A breakdown over several months: what a month must hide may be said over a year.

use rust_decimal::Decimal;

use super::super::model::{BreakdownColumns, BreakdownRow, BreakdownTable, MovementCell, ReadingCell as Printed};
use super::super::themes;
use super::{ShareOfWhole, is_narrow, unit};
use crate::domain::measure::round;
use crate::domain::trend::ViewSpan;
use crate::scorecard::{BreakdownLines, LongerLines};
use crate::words;

/// The tables of a breakdown over several months, without those of which every part is
/// hidden or not there.
pub(super) fn tables(parts: &BreakdownLines<'_>) -> Vec<BreakdownTable> {
    let has_any = |longer: &&LongerLines<'_>| longer.lines.iter().any(|part| part.current.figure().is_some());
    parts.longer.iter().filter(has_any).filter_map(|longer| table(parts, longer)).collect()
}

fn table(parts: &BreakdownLines<'_>, longer: &LongerLines<'_>) -> Option<BreakdownTable> {
    let first = longer.lines.first()?;
    let values = longer.lines.iter().map(|part| part.current.figure().map(|figure| figure.value));
    // What is left of the whole would say what is hidden of it.
    let whole: Option<Decimal> = values.sum::<Option<Decimal>>().filter(|_| parts.breakdown.sums);
    let share = |value: Decimal| {
        let share = (value * Decimal::ONE_HUNDRED).checked_div(whole?)?;
        Some(ShareOfWhole { percent: round(share, 0), is_none: value.is_zero() })
    };
    let mut rows: Vec<BreakdownRow> = Vec::with_capacity(longer.lines.len() + 1);
    for part in &longer.lines {
        let share = part.current.figure().and_then(|figure| share(figure.value));
        let category = part.indicator.segment.as_ref().map(|segment| segment.category.clone()).unwrap_or_default();
        let current = themes::printed(part, &part.current, part.period, part.period);
        rows.push(row(category, current, share));
    }
    if let Some(whole) = whole {
        let display = words::figure(&first.indicator.measure, whole);
        rows.push(BreakdownRow { is_whole: true, ..row("All".to_owned(), shown(display), None) });
    }
    let span = words::span(longer.span.first(first.period), first.period);
    let mut notes = Vec::new();
    if !parts.breakdown.sums {
        notes.push("These do not add up to the whole.".into());
    }
    let columns = BreakdownColumns {
        category: "Category".to_owned(),
        current: over(longer.span).to_owned(),
        share: if whole.is_some() { "Share".to_owned() } else { String::new() },
        ..BreakdownColumns::default()
    };
    Some(BreakdownTable {
        title: format!("{}: {span}", parts.breakdown.title),
        unit: unit(first.indicator),
        narrow: is_narrow(&columns, &rows),
        columns,
        rows,
        notes,
    })
}

/// The head of the column.
fn over(span: ViewSpan) -> &'static str {
    match span {
        ViewSpan::YearToDate => "Since 1 April",
        ViewSpan::Rolling12Months => "12 months",
        ViewSpan::Quarter => "This quarter",
    }
}

fn shown(display: String) -> Printed {
    let [of, period, was, marks] = [const { String::new() }; 4];
    Printed { state: "shown".to_owned(), display, of, period, was, marks }
}

fn row(category: String, current: Printed, share: Option<ShareOfWhole>) -> BreakdownRow {
    BreakdownRow {
        category,
        is_whole: false,
        current,
        share: share.map(ShareOfWhole::printed).unwrap_or_default(),
        bar: share.map(ShareOfWhole::fraction),
        running: String::new(),
        movement: MovementCell { arrow: "none".to_owned(), display: String::new(), travel: String::new() },
        target: String::new(),
        rating: None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tables;
    use crate::domain::Period;
    use crate::scorecard::test_support::with_card;

    /// The tables of a breakdown over a month and over 12, as text: `row` has what stands
    /// of each month in the rows of two reasons.
    fn said(more: &str, row: impl Fn(Period) -> [&'static str; 2]) -> Vec<String> {
        let a = format!(
            "basis = \"in-period\"\nunit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n\
             [indicators.A.breakdowns.reason]\ntitle = \"Reason\"\nviews = [\"rolling-12-months\"]\n{more}\
             categories = [{{ id = \"home\", title = \"Went home\" }}, {{ id = \"adult\", title = \"Turned 18\" }}]\n"
        );
        let first: Period = "2025-11".parse().unwrap();
        let of = |month: Period| {
            let [home, adult] = row(month);
            format!("A:reason:home,{month},{home},,\nA:reason:adult,{month},{adult},,\n")
        };
        let rows: String = (0..12).map(|at| of(first.plus(at))).collect();
        with_card(&a, "", "\"A\"", rows.trim(), |card| {
            let tables = tables(card.lines().next().unwrap());
            let text = |table: &super::BreakdownTable| {
                let rows =
                    table.rows.iter().map(|row| format!("{} {} {}", row.category, row.current.display, row.share));
                let heads = format!("{} | {} | {}", table.title, table.columns.current, table.columns.share);
                std::iter::once(heads).chain(rows).collect::<Vec<_>>().join("; ")
            };
            tables.iter().map(text).collect()
        })
    }

    #[test]
    fn twelve_months_stand_below_the_month() {
        let said = said("", |_| ["2", "1"]);
        assert_eq!(said.len(), 2);
        assert_eq!(
            said[1],
            "Reason: November 2025 to October 2026 | 12 months | Share; Went home 24 67%; Turned 18 12 33%; All 36 "
        );
    }

    #[test]
    fn where_one_is_not_there_nothing_says_what_is_left() {
        let one = said("", |month| ["2", if month.month() == 3 { "c" } else { "1" }]);
        assert_eq!(
            one[1],
            "Reason: November 2025 to October 2026 | 12 months | ; Went home 24 ; Turned 18 Not available "
        );
        let both = said("", |month| if month.month() == 3 { ["c", "c"] } else { ["2", "1"] });
        assert_eq!(both.len(), 1, "a table of nothing is not printed: {both:?}");
    }

    #[test]
    fn parts_that_make_no_whole_have_no_shares() {
        let said = said("sums = false\n", |_| ["2", "1"]);
        assert_eq!(said[1], "Reason: November 2025 to October 2026 | 12 months | ; Went home 24 ; Turned 18 12 ");
    }
}
