//! The order of months: a table's months follow each other, and one that runs
//! backwards or jumps was most likely typed with another year.

use super::months::Month;
use super::report::{ReadReport, RowColumn, listed, month_words};
use crate::domain::finding::Code;
use crate::domain::period::Period;
use crate::workbook::address;

/// The months from one figure to the next; negative where the newest is first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step(i32);

impl Step {
    /// The step that at least half of the months follow: a month, a quarter, a
    /// term or a year, in either direction.
    pub(super) fn of(months: &[Period]) -> Option<Self> {
        if months.len() < 3 {
            return None;
        }
        let steps = || months.windows(2).map(|pair| pair[1].since(pair[0]));
        let times = |step: i32| steps().filter(|other| *other == step).count();
        let usual = [1, -1, 3, -3, 4, -4, 12, -12];
        // Of two as frequent the first, which is the shorter.
        let best = usual.into_iter().rev().max_by_key(|step| times(*step))?;
        (times(best) * 2 >= months.len() - 1).then_some(Self(best))
    }

    /// The step that all months follow but for their years, as those of a table do
    /// that has one in another year between the right ones.
    fn of_years(months: &[Period]) -> Option<Self> {
        let follows = |step: i32| months.windows(2).all(|pair| (pair[1].since(pair[0]) - step) % 12 == 0);
        [1, -1, 3, -3, 4, -4].into_iter().find(|step| months.len() > 2 && follows(*step)).map(Self)
    }

    /// In months; negative where the newest is first.
    pub(super) fn months(self) -> i32 {
        self.0
    }

    /// How many months are missing between two; none where they do not follow
    /// each other at this step.
    pub(super) fn misses(self, from: Period, to: Period) -> Option<usize> {
        let apart = to.since(from);
        (apart % self.0 == 0).then(|| usize::try_from(apart / self.0 - 1).ok()).flatten().filter(|missing| *missing > 0)
    }

    /// Months that a series has none for between its first and its last.
    fn holes(self, months: &[Period]) -> i32 {
        let mut sorted = months.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let size = i32::try_from(sorted.len()).unwrap_or(i32::MAX);
        let span = sorted.first().zip(sorted.last()).map_or(0, |(first, last)| last.since(*first));
        span / self.0.abs() + 1 - size
    }
}

/// Where a figure of a month stands; none for a year alone.
pub(super) fn place_of(month: Month) -> Option<Period> {
    match month {
        Month::At(period) | Month::Quarter(period) | Month::YearTo(period) => Some(period),
        Month::Year(year) => Period::new(year, 12),
    }
}

/// A month that does not follow the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AxisBreak {
    spot: RowColumn,
    before: Period,
    found: Period,
    expected: Period,
}

/// The months that break their order, and would not with another year or, one
/// alone, as another month. A table that lists one year below or beside another
/// breaks no order, and neither does one in no order.
pub(super) fn breaks(placed: &[(RowColumn, Period)]) -> Vec<AxisBreak> {
    // Mostly each month follows the one before.
    let is_even = |step: Option<i32>| {
        step.is_some_and(|step| step != 0 && placed.windows(2).all(|pair| pair[1].1.since(pair[0].1) == step))
    };
    if placed.len() > 2 && is_even(placed.get(1).map(|second| second.1.since(placed[0].1))) {
        return Vec::new();
    }
    let mut placed = placed.to_vec();
    placed.dedup_by_key(|(_, month)| *month);
    // As they are meant, as far as that is known.
    let mut months: Vec<Period> = placed.iter().map(|(_, month)| *month).collect();
    if let [first, second] = months[..] {
        // December and then January of the same year.
        let wraps = second.since(first) == -11;
        let spot = placed[1].0;
        return wraps
            .then(|| AxisBreak { spot, before: first, found: second, expected: first.plus(1) })
            .into_iter()
            .collect();
    }
    let Some(step) = Step::of(&months).or_else(|| Step::of_years(&months)) else { return Vec::new() };
    let mut found = Vec::new();
    if let Some(expected) = first_meant(&months, step) {
        found.push(AxisBreak { spot: placed[0].0, before: months[0], found: months[1], expected });
        months[0] = expected;
    }
    for at in 1..months.len() {
        if are_exchanged(&months, at, step) {
            let (before, expected) = (placed[at - 1].1, months[at + 1]);
            found.push(AxisBreak { spot: placed[at].0, before, found: placed[at].1, expected });
            months.swap(at, at + 1);
        }
        if let Some((expected, run)) = meant(&months, at, step) {
            found.push(AxisBreak { spot: placed[at].0, before: placed[at - 1].1, found: placed[at].1, expected });
            // What follows one wrong month follows the one that was meant.
            let off = months[at].since(expected);
            months[at..at + run].iter_mut().for_each(|month| *month = month.plus(-off));
        }
    }
    found
}

/// What was meant by the first month, where the others follow each other and it
/// would lead them with another year. A figure of a year before, which stands in
/// front of many series for comparison, is of one of their months, and leads none.
fn first_meant(months: &[Period], step: Step) -> Option<Period> {
    let (first, rest) = months.split_first()?;
    let expected = rest.first()?.plus(-step.0);
    let off = first.since(expected).abs();
    let is_year = step.0.abs() < 12 && (off == 12 || (off > 0 && off % 120 == 0));
    let follow = rest.len() > 1 && rest.windows(2).all(|pair| pair[1].since(pair[0]) == step.0);
    (is_year && follow).then_some(expected)
}

/// Whether a month and the next stand in each other's place, among others that
/// follow each other.
fn are_exchanged(months: &[Period], at: usize, step: Step) -> bool {
    let is = |at: usize, steps: i32| months.get(at).is_none_or(|month| *month == months[0].plus(steps * step.0));
    let Ok(nth) = i32::try_from(at) else { return false };
    let is_in_order = (1..at).all(|at| is(at, i32::try_from(at).unwrap_or(i32::MAX)));
    at + 1 < months.len() && at > 1 && is_in_order && is(at, nth + 1) && is(at + 1, nth) && is(at + 2, nth + 2)
}

/// What was meant by a month that breaks the order, and how many months from it
/// on are off by as much.
fn meant(months: &[Period], at: usize, step: Step) -> Option<(Period, usize)> {
    let (before, found) = (months[at - 1], months[at]);
    let expected = before.plus(step.0);
    if found == expected {
        return None;
    }
    let is_alone = months.get(at + 1).is_some_and(|next| *next == expected.plus(step.0));
    if is_alone {
        return (!months.contains(&expected)).then_some((expected, 1));
    }
    // The run from here on, moved to follow what is before it.
    let run = 1 + months[at..].windows(2).take_while(|pair| pair[1].since(pair[0]) == step.0).count();
    let off = found.since(expected);
    let moved: Vec<Period> = months
        .iter()
        .enumerate()
        .map(|(nth, month)| if (at..at + run).contains(&nth) { month.plus(-off) } else { *month })
        .collect();
    let backwards = found.since(before).signum() != step.0.signum();
    // The months again, of another measure, are not in disorder.
    let is_new = |month: &Period| !months[..at].contains(month);
    let is_year_back = backwards && off.abs() == 12;
    let (holes, fewer) = (step.holes(months), step.holes(&moved));
    let closes = (fewer < holes || (fewer == holes && is_year_back))
        && moved[at..at + run].iter().all(is_new)
        && months[at..at + run].iter().all(is_new);
    // A figure of a year before stands in front of many series, for comparison.
    let is_comparison = !backwards && at == 1 && step.0 > 0;
    let is_last_back = backwards && run == 1 && at + 1 == months.len();
    (closes && !is_comparison && step.0.abs() < 12 && (off % 12 == 0 || is_last_back)).then_some((expected, run))
}

/// F407, once for each month that was meant, wherever it stands.
pub(super) fn report(breaks: &[AxisBreak], report: &mut ReadReport) {
    let mut told: Vec<(AxisBreak, Vec<String>)> = Vec::new();
    for broken in breaks {
        let place = address(broken.spot.0, broken.spot.1);
        match told.iter_mut().find(|(known, _)| (known.found, known.expected) == (broken.found, broken.expected)) {
            Some((_, places)) => places.push(place),
            None => told.push((*broken, vec![place])),
        }
    }
    for (AxisBreak { spot, before, found, expected }, places) in told {
        let runs = if found < before { "run backwards" } else { "jump" };
        let also = if places.len() > 1 { format!(" (in {})", listed(&places)) } else { String::new() };
        let message = format!(
            "the months {runs}: {} follows {}; {} was probably meant{also}",
            month_words(found),
            month_words(before),
            month_words(expected)
        );
        report.at_cell(Code::MonthsOutOfOrder, spot, message, "correct the month or its year; nothing, if it is right");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(months: &str) -> String {
        let placed: Vec<(RowColumn, Period)> =
            (0..).zip(months.split(' ')).map(|(at, month)| ((0, at), month.parse().unwrap())).collect();
        let told: Vec<String> =
            breaks(&placed).iter().map(|broken| format!("{}: {}", broken.spot.1, broken.expected)).collect();
        told.join(", ")
    }

    #[test]
    fn a_month_with_another_year_breaks_the_order() {
        for (months, expected) in [
            ("2025-10 2025-11 2025-12 2025-01", "3: 2026-01"),
            ("2025-10 2025-11 2025-12 2025-01 2025-02 2025-03", "3: 2026-01"),
            ("2025-11 2025-12 2025-01", "2: 2026-01"),
            ("2025-10 2025-11 2025-12 2027-01", "3: 2026-01"),
            ("2025-10 2025-11 2024-12 2026-01 2026-02", "2: 2025-12"),
            ("2026-02 2026-01 2026-12 2025-11 2025-10", "2: 2025-12"),
            ("2025-06 2025-09 2025-12 2025-03", "3: 2026-03"),
            // With all its months a year hides that it is the wrong one.
            (
                "2025-04 2025-05 2025-06 2025-07 2025-08 2025-09 2025-10 2025-11 2025-12 2025-01 2025-02 2025-03",
                "9: 2026-01",
            ),
            ("2025-06 2025-09 2026-12 2026-03 2026-06", "2: 2025-12"),
            // One alone may have another name too.
            ("2025-04 2025-05 2025-10 2025-07 2025-08 2025-09", "2: 2025-06"),
            ("2025-04 2025-05 2025-06 2025-02", "3: 2025-07"),
            ("2020-03 2021-03 2022-03 2032-03 2024-03", "3: 2023-03"),
            // Two in each other's place.
            ("2025-04 2025-05 2025-06 2025-08 2025-07", "3: 2025-07"),
            ("2025-01 2025-02 2025-03 2025-04 2025-06 2025-05 2025-07 2025-08", "4: 2025-05"),
        ] {
            assert_eq!(broken(months), expected, "{months}");
        }
    }

    #[test]
    fn a_slip_between_right_months_at_either_end_or_among_few_is_told_where_it_is() {
        for (months, expected) in [
            // Between right ones, where few say what the order is.
            ("2025-10 2024-11 2025-12", "1: 2025-11"),
            ("2025-04 2026-05 2025-06", "1: 2025-05"),
            ("2025-12 2024-11 2025-10", "1: 2025-11"),
            ("2025-06 2024-09 2025-12", "1: 2025-09"),
            // Several.
            ("2025-10 2024-11 2025-12 2025-01", "1: 2025-11, 3: 2026-01"),
            ("2025-04 2025-05 2024-06 2024-07 2025-08 2025-09", "2: 2025-06"),
            // The last.
            ("2025-10 2025-11 2024-12", "2: 2025-12"),
            ("2025-10 2025-11 2026-12", "2: 2025-12"),
            ("2025-12 2025-11 2025-10 2024-09", "3: 2025-09"),
            ("2025-10 2025-11 2025-12 2035-01", "3: 2026-01"),
            ("2025-12 2025-01", "1: 2026-01"),
            // The first.
            ("2024-10 2025-11 2025-12", "0: 2025-10"),
            ("2024-09 2025-10 2025-11 2025-12", "0: 2025-09"),
            ("2026-10 2025-11 2025-12 2026-01", "0: 2025-10"),
            ("2024-12 2025-11 2025-10 2025-09", "0: 2025-12"),
            ("2015-10 2025-11 2025-12 2026-01", "0: 2025-10"),
            ("2024-06 2025-09 2025-12 2026-03", "0: 2025-06"),
        ] {
            assert_eq!(broken(months), expected, "{months}");
        }
    }

    #[test]
    fn what_only_looks_so_is_passed_over() {
        for months in [
            "2025-10 2025-11 2025-12 2026-01",
            // The newest first.
            "2026-01 2025-12 2025-11 2025-10",
            // A gap, which F405 tells of.
            "2025-04 2025-05 2025-08 2025-09",
            // This year above last year, and last year in full.
            "2026-04 2026-05 2026-06 2025-04 2025-05 2025-06 2025-07 2025-08 2025-09 2025-10 2025-11 2025-12 2026-01 2026-02 2026-03",
            // The same months again.
            "2025-04 2025-05 2025-06 2025-04 2025-05 2025-06",
            "2025-04 2025-05 2025-06 2025-07 2025-08 2025-09 2025-10 2025-11 2025-12 2026-01 2026-02 2026-03 2025-04 2025-05 2025-06 2025-07 2025-08 2025-09 2025-10 2025-11 2025-12 2026-01 2026-02 2026-03",
            // The year before, for comparison.
            "2024-12 2025-10 2025-11 2025-12",
            "2024-10 2025-10 2025-11 2025-12",
            "2025-03 2026-03 2026-04 2026-05",
            "2025-12 2025-11 2025-10 2024-12",
            // A gap of two years.
            "2022-03 2025-04 2025-05 2025-06",
            "2022-03 2023-03 2024-03 2020-03",
            // Two, as an outturn and now.
            "2025-03 2026-02",
            "2025-11 2026-12",
            "2025-04 2024-04 2025-05 2024-05 2025-06 2024-06",
            // No order at all.
            "2025-04 2025-09 2025-01 2025-12 2025-02 2025-07",
            "2025-04 2025-01",
        ] {
            assert_eq!(broken(months), "", "{months}");
        }
    }
}
