//! What a chart shows, as a finding: how the figures go, and where the latest stands to
//! its target. "Falling for 7 months; 19 plans short of the target".
//!
//! It says no figure: the latest stands beside it, and the axis has the others. It never
//! says more than the judgement of signal or noise does: a series that is as usual is
//! only held against a year ago, one that is not judged too.

use super::super::signal::{stepped_at, steps};
use super::super::standing::Standing;
use super::by_quarter::is_by_quarter;
use crate::domain::movement::{Arrow, Movement, Travel};
use crate::domain::{Missing, Reading};
use crate::scorecard::judgement::SignalVerdict;
use crate::scorecard::signal::{LastingStep, SignalRule};
use crate::scorecard::{Comparison, Incomparable, Line};
use crate::words;

/// The finding of a line whose latest figure is shown, or that it is not.
pub(super) fn finding(line: &Line<'_>) -> String {
    if let Reading::Missing(missing) = line.current {
        let why = match missing {
            Missing::Refused => "The figure was refused",
            _ => "No figure",
        };
        return format!("{why} for {}", words::own_period(line.indicator, line.period));
    }
    let course = course(line);
    match Standing::of(line) {
        // A quarter's figure is not the month's that is rated.
        _ if is_by_quarter(line) => format!("By quarter: {}", words::lower_first(&course)),
        Some(standing) => format!("{course}; {}", standing.of_target(line)),
        None => course,
    }
}

/// How the figures go.
fn course(line: &Line<'_>) -> String {
    let judged = match line.judgement.verdict {
        SignalVerdict::Seen { rule, .. } if !is_by_quarter(line) => by_rule(line, rule),
        SignalVerdict::Seen { .. } | SignalVerdict::Silent(_) => None,
    };
    judged.or_else(|| on_last_year(line)).unwrap_or_else(|| on_previous(line))
}

/// What the rule says that fired; none where it is as usual.
fn by_rule(line: &Line<'_>, rule: SignalRule) -> Option<String> {
    let many = steps(line.indicator.frequency).1;
    let latest = || words::in_period(line.indicator, line.period);
    Some(match rule {
        SignalRule::Above => format!("Higher than usual {}", latest()),
        SignalRule::Below => format!("Lower than usual {}", latest()),
        SignalRule::Rising(run) => format!("Rising for {}", long(line, run)),
        SignalRule::Falling(run) => format!("Falling for {}", long(line, run)),
        SignalRule::TwoInThreeAbove => format!("High in 2 of the last 3 {many}"),
        SignalRule::TwoInThreeBelow => format!("Low in 2 of the last 3 {many}"),
        SignalRule::ShiftAbove(run) => format!("Above its average for at least {}", long(line, run)),
        SignalRule::ShiftBelow(run) => format!("Below its average for at least {}", long(line, run)),
        SignalRule::DriftingUp(points) => format!("Rising for {}", long(line, points)),
        SignalRule::DriftingDown(points) => format!("Falling for {}", long(line, points)),
        SignalRule::Stepped(step) => stepped(line, step),
        SignalRule::None => return None,
    })
}

/// "Lower since May 2026".
fn stepped(line: &Line<'_>, step: LastingStep) -> String {
    let level = if step.up { "Higher" } else { "Lower" };
    format!("{level} since {}", words::own_period(line.indicator, stepped_at(line, step)))
}

/// "7 months", "two years": so many points.
fn long(line: &Line<'_>, points: usize) -> String {
    let (one, many) = steps(line.indicator.frequency);
    match line.indicator.frequency.per_year() {
        year if year > 1 && points == 2 * year => "two years".to_owned(),
        year if year > 1 && points == year => "a year".to_owned(),
        _ => words::count(points, one, many),
    }
}

/// "Higher than a year ago"; none where that cannot be said.
fn on_last_year(line: &Line<'_>) -> Option<String> {
    let Comparison::Moved(movement) = &line.changes.last_year.comparison else { return None };
    Some(against(movement, "than", "a year ago"))
}

/// "Higher than in September 2026", or why that cannot be said.
fn on_previous(line: &Line<'_>) -> String {
    let when = words::own_period(line.indicator, line.previous_period);
    match &line.comparison {
        Comparison::Moved(movement) => against(movement, "than in", &when),
        Comparison::Not(Incomparable::Broken(broken)) => {
            format!("Cannot be compared with the time before {}", words::month(broken.from))
        }
        Comparison::Not(Incomparable::TooFew | Incomparable::ShortSeries) => "Too few to compare".to_owned(),
        Comparison::Not(Incomparable::NoPrevious(Missing::Suppressed)) => {
            format!("The figure for {when} is hidden")
        }
        Comparison::Not(Incomparable::NoPrevious(_) | Incomparable::NoLatest) => format!("No figure for {when}"),
    }
}

/// "Higher than a year ago", "Much as a year ago", "The same as a year ago".
fn against(movement: &Movement, than: &str, when: &str) -> String {
    let as_then = than.replace("than", "as");
    match (movement.arrow, movement.travel) {
        (Arrow::Level, _) => format!("The same {as_then} {when}"),
        (_, Travel::Steady) => format!("Much the same {as_then} {when}"),
        (Arrow::Up, _) => format!("Higher {than} {when}"),
        (Arrow::Down, _) => format!("Lower {than} {when}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Period;
    use crate::scorecard::test_support::with_card;

    fn a(target: &str, more: &str) -> String {
        format!(
            "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\nsteady_within = 1\n{more}\
             targets = [{{ from = \"2024-04\", value = {target}, tolerance = 5, source = \"local\" }}]\n"
        )
    }

    /// Rows that end with October 2026.
    fn rows(values: &[u32]) -> String {
        let first = "2026-10".parse::<Period>().unwrap().plus(1 - i32::try_from(values.len()).unwrap());
        let row = |(i, value): (usize, &u32)| format!("A,{},,{value},200\n", first.plus(i32::try_from(i).unwrap()));
        values.iter().enumerate().map(row).collect()
    }

    fn of(a: &str, rows: &str) -> String {
        with_card(a, "", "\"A\"", rows.trim(), |card| finding(card.lines().next().unwrap()))
    }

    /// Two years of ordinary ups and downs, before the last few.
    fn usual(last: &[u32]) -> Vec<u32> {
        let noise = [160, 164, 158, 162, 166, 157, 163, 159, 165, 161, 158, 164];
        let many = 24 - last.len();
        noise.iter().cycle().take(many).chain(last).copied().collect()
    }

    #[test]
    fn as_usual_is_held_against_a_year_ago_and_no_more() {
        // The dead-band of one point is two of 200, on both sides.
        let year_ago = usual(&[160])[11];
        let said = |latest: u32| of(&a("75", ""), &rows(&usual(&[latest])));
        assert_eq!(said(year_ago), "The same as a year ago; target met by 14 children");
        assert_eq!(said(year_ago + 2), "Much the same as a year ago; target met by 16 children");
        assert_eq!(said(year_ago - 2), "Much the same as a year ago; target met by 12 children");
        assert_eq!(said(year_ago - 3), "Lower than a year ago; target met by 11 children");
    }

    #[test]
    fn what_is_more_than_chance_is_said_as_the_rule_says_it() {
        let falling: Vec<u32> = usual(&[156, 154, 152, 150, 148, 146, 144]);
        let said = of(&a("85", ""), &rows(&falling));
        assert!(
            ["Falling", "Lower", "Below"].iter().any(|word| said.starts_with(word))
                && said.ends_with("short of the target"),
            "{said}"
        );
        let low = of(&a("85", ""), &rows(&usual(&[120])));
        assert_eq!(low, "Lower than usual in October 2026; 50 children short of the target");
        let rising: Vec<u32> = (0..24).map(|i| 100 + 3 * i).collect();
        assert_eq!(of(&a("75", ""), &rows(&rising)), "Rising for two years; target met by 19 children");
    }

    #[test]
    fn no_finding_reaches_over_a_break_or_a_gap() {
        let broken = "breaks = [{ from = \"2026-10\", kind = \"system\", note = \"N\" }]\n";
        assert_eq!(
            of(&a("80", broken), &rows(&usual(&[160]))),
            "Cannot be compared with the time before October 2026; target just met"
        );
        let hidden = "A,2026-09,c,,\nA,2026-10,,150,200";
        assert_eq!(
            of(&a("80", ""), hidden),
            "The figure for September 2026 is hidden; 10 children short of the target"
        );
        assert_eq!(of(&a("80", ""), "A,2026-08,,150,200"), "No figure for October 2026");
        assert_eq!(
            of(&a("80", ""), "A,2026-09,,150,200\nA,2026-10,,159,200").as_str(),
            "Higher than in September 2026; 1 short of the target"
        );
        let few = "A,2026-09,,3,5\nA,2026-10,,4,5";
        assert_eq!(of(&a("80", "min_denominator = 10\n"), few), "Too few to compare");
    }
}
