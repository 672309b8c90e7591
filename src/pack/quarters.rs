//! Quarter against quarter in words: the last one that is over, the one before, and the
//! same one a year ago.

use super::model::Field;
use super::{over_time, sentences};
use crate::domain::observation::Missing;
use crate::domain::trend::SeriesKind;
use crate::domain::{Basis, Period, Reading};
use crate::scorecard::quarters::{Quarter, Quarters};
use crate::scorecard::views::NoView;
use crate::scorecard::{Comparison, Incomparable, Line};
use crate::words;

/// What the words are called.
pub(super) const LABEL: &str = "By quarter";

/// The fact of a block; none where no quarters are asked for.
pub(super) fn fact(line: &Line<'_>) -> Option<Field> {
    line.quarters.as_ref().map(|quarters| Field::new(LABEL, against(line, quarters)))
}

/// "July to September 2026: 84.1% (254 of 302); April to June 2026: 80.0% (240 of 300),
/// up 4.1 points since; July to September 2025: 79.2% (232 of 293), up 4.9 points since.
/// October 2026 so far: 82.0% (41 of 50)".
fn against(line: &Line<'_>, quarters: &Quarters<'_>) -> String {
    let over = [said(line, &quarters.latest)].into_iter().chain(earlier(line, quarters)).collect::<Vec<_>>().join("; ");
    [over].into_iter().chain(so_far(line, quarters)).collect::<Vec<_>>().join(". ")
}

/// The same, a quarter a line.
pub(super) fn lines(line: &Line<'_>) -> Vec<String> {
    let Some(quarters) = &line.quarters else { return Vec::new() };
    let over = [said(line, &quarters.latest)].into_iter().chain(earlier(line, quarters));
    over.chain(so_far(line, quarters)).collect()
}

/// The quarter before and the one a year ago, each with what came since.
fn earlier(line: &Line<'_>, quarters: &Quarters<'_>) -> [String; 2] {
    [&quarters.before, &quarters.year_before].map(|(quarter, comparison)| {
        let since = since(line, quarter, &quarters.latest, comparison);
        format!("{}{since}", said(line, quarter))
    })
}

/// "October 2026 so far: 82.0% (41 of 50)".
fn so_far(line: &Line<'_>, quarters: &Quarters<'_>) -> Option<String> {
    let so_far = quarters.so_far.as_ref()?;
    Some(format!("{} so far: {}", words::span(so_far.first, so_far.last), figure(line, so_far)))
}

/// "July to September 2026: 84.1% (254 of 302)".
fn said(line: &Line<'_>, quarter: &Quarter<'_>) -> String {
    format!("{}: {}", named(line, quarter.first, quarter.last), figure(line, quarter))
}

/// "July to September 2026"; "end of September 2026" of how things stand, "12 months to
/// September 2026" and "April to September 2026" of what the source sums itself.
fn named(line: &Line<'_>, first: Period, last: Period) -> String {
    let indicator = line.indicator;
    match (indicator.basis, indicator.trend.kind) {
        (Basis::Rolling12Months, _) => format!("12 months to {}", words::month(last)),
        (Basis::YearToDate, _) => {
            let april = Period::new(last.financial_year_start(), 4).unwrap_or(first);
            words::span(april, last)
        }
        (_, SeriesKind::Stock) => format!("end of {}", words::month(last)),
        _ => words::span(first, last),
    }
}

fn figure(line: &Line<'_>, quarter: &Quarter<'_>) -> String {
    match &quarter.figure {
        Ok(figure) => match words::shown(line.indicator, figure) {
            (shown, of) if of.is_empty() => shown,
            (shown, of) => format!("{shown} ({of})"),
        },
        Err(NoView::Hidden | NoView::NoLatest(Missing::Suppressed)) => "not given, a month is hidden".to_owned(),
        Err(NoView::Missing) => "not given, a month is missing".to_owned(),
        Err(NoView::NoLatest(Missing::NotSupplied)) => "not given, its last month is missing".to_owned(),
        Err(why) => format!("not given, {}", over_time::not_given(why)),
    }
}

/// ", up 4.1 points since"; why not, where both have a figure and may not be compared.
fn since(line: &Line<'_>, earlier: &Quarter<'_>, latest: &Quarter<'_>, comparison: &Comparison<'_>) -> String {
    let has_both = matches!((earlier.reading(), latest.reading()), (Reading::Figure(_), Reading::Figure(_)));
    match comparison {
        Comparison::Moved(movement) => {
            let moved = sentences::lower_first(&words::movement(&line.indicator.measure, movement));
            let travel = words::travel(movement.travel);
            let travel = if travel.is_empty() { String::new() } else { format!(" ({travel})") };
            format!(", {moved} since{travel}")
        }
        Comparison::Not(_) if !has_both => String::new(),
        Comparison::Not(Incomparable::Broken(_)) => ", not compared: the series has changed since".to_owned(),
        Comparison::Not(Incomparable::TooFew | Incomparable::ShortSeries) => {
            ", not compared: too few to compare".to_owned()
        }
        Comparison::Not(Incomparable::NoLatest | Incomparable::NoPrevious(_)) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_board_of;

    const A: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n";

    /// Rows of the months from July 2025 to October 2026, as `row` has each.
    fn said(a: &str, row: impl Fn(Period) -> String) -> String {
        let first: Period = "2025-07".parse().unwrap();
        let rows: String = (0..16).map(|i| first.plus(i)).map(|month| format!("A,{month},{}\n", row(month))).collect();
        with_board_of(&format!("{A}{a}"), "cadence = \"quarterly\"", &rows, |card| {
            fact(&card.sections[0][0]).unwrap().value.to_string()
        })
    }

    fn of(month: Period) -> u32 {
        (month.month() - 1) / 3 + u32::from(month.year() == 2026)
    }

    #[test]
    fn a_quarter_is_held_against_the_one_before_and_a_year_ago() {
        assert_eq!(
            said("kind = \"ratio\"\n", |month| format!(",{},10", of(month))),
            "July to September 2026: 30.0% (9 of 30); April to June 2026: 20.0% (6 of 30), up 10.0 points since (better); \
             July to September 2025: 20.0% (6 of 30), up 10.0 points since (better). October 2026 so far: 40.0% (4 of 10)"
        );
        // What the test council calls "at month end" stands for its quarter.
        assert_eq!(
            said("", |month| format!(",{},10", of(month))),
            "end of September 2026: 30.0% (3 of 10); end of June 2026: 20.0% (2 of 10), up 10.0 points since (better); \
             end of September 2025: 20.0% (2 of 10), up 10.0 points since (better)"
        );
    }

    #[test]
    fn what_is_not_compared_says_why() {
        let with = |gone: &'static str, mark: &'static str, a: &str| {
            let row = |month: Period| if month.to_string() == gone { mark.to_owned() } else { ",5,10".to_owned() };
            said(&format!("kind = \"ratio\"\n{a}"), row)
        };
        let hidden = with("2026-05", "c,,", "");
        assert!(hidden.contains("; April to June 2026: not given, a month is hidden; July to"), "{hidden}");
        let missing = with("2026-05", ",,", "");
        assert!(missing.contains("; April to June 2026: not given, a month is missing; July to"), "{missing}");
        let last = with("2026-09", ",,", "");
        assert!(last.starts_with("July to September 2026: not given, its last month is missing; April"), "{last}");
        assert!(last.contains("April to June 2026: 50.0% (15 of 30); July to"), "{last}");
        let broken = with("", "", "[[indicators.A.breaks]]\nfrom = \"2026-01\"\nkind = \"system\"\nnote = \"N\"\n");
        assert!(
            broken.contains("July to September 2025: 50.0% (15 of 30), not compared: the series has changed since")
        );
        let few = with("", "", "min_denominator = 40\n");
        assert!(few.contains("April to June 2026: 15 of 30, not compared: too few to compare"), "{few}");
    }
}
