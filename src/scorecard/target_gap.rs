//! Where a rated figure stands: how far off, what one child is worth, and how
//! many would have to change to change the colour.
//!
//! Worked by search from the rounded figures: a number of children is said
//! only where the printed figure that it gives has the colour that is claimed.

use rust_decimal::Decimal;

use crate::domain::rating::{Beside, Rating, rate};
use crate::domain::target::{Edges, Rule, Target};
use crate::domain::{Figure, Indicator, Polarity, Unit};

/// So many of the counted, one way or the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ColourStep {
    /// How many.
    pub count: i64,
    /// More of them, or fewer.
    pub is_more: bool,
    /// The colour it would bring.
    pub rating: Rating,
}

/// A rated figure and its target.
#[derive(Debug, Clone, PartialEq)]
pub struct TargetGap {
    /// Where the colours meet.
    pub edges: Edges,
    /// What the rating asked for beside the figure.
    pub beside: Beside,
    /// Zero or less where the target is met, else the gap, in the unit.
    pub shortfall: Decimal,
    /// Whether the figure only rounds onto a target that has no tolerance.
    pub is_just_off: bool,
    /// The fewest that would meet the target; none where it is met, or where
    /// nobody can be counted.
    pub to_target: Option<ColourStep>,
    /// The fewest that would bring a better colour.
    pub to_better: Option<ColourStep>,
    /// The fewest that would bring a worse one.
    pub to_worse: Option<ColourStep>,
    /// The colour under the target of the figure before, where that target was
    /// another one and would have given another colour.
    pub under_old_target: Option<Rating>,
}

impl TargetGap {
    /// Of a figure that has a colour, rounded and exact; none for one that has not.
    pub(super) fn of(
        indicator: &Indicator,
        (figure, exact): (&Figure, Decimal),
        (rating, target): (Rating, &Target),
        previous_target: Option<&Target>,
        beside: Beside,
    ) -> Option<Self> {
        let polarity = indicator.polarity;
        if matches!(rating, Rating::Unrated(_)) {
            return None;
        }
        let shortfall = target.goal.shortfall(figure.value, polarity)?;
        let colour = |value: Decimal| rate(value, Some(target), polarity, beside);
        let is_strict = target.rule == Rule::Zero;
        let steps = Steps { indicator, figure, is_strict };
        let step = |better: bool, changed: &dyn Fn(Decimal) -> bool| {
            let is_more = better == (polarity == Polarity::Higher);
            let (count, value) = steps.fewest(is_more, changed)?;
            Some(ColourStep { count, is_more, rating: colour(value) })
        };
        let under_old_target = previous_target
            .filter(|old| old.from != target.from)
            .map(|old| rate(figure.value, Some(old), polarity, beside))
            .filter(|old| *old != rating);
        Some(Self {
            edges: target.edges(polarity, beside.year_before.figure()),
            beside,
            shortfall,
            is_just_off: is_strict && shortfall <= Decimal::ZERO && !target.goal.is_met(exact, polarity),
            to_target: step(true, &|value| target.goal.is_met(value, polarity)),
            to_better: step(true, &|value| colour(value).is_better_than(rating)),
            to_worse: step(false, &|value| rating.is_better_than(colour(value))),
            under_old_target,
        })
    }
}

/// The figures that a few more or fewer of the counted would give.
struct Steps<'a> {
    indicator: &'a Indicator,
    figure: &'a Figure,
    /// Whether only the exact figure counts: nothing is forgiven.
    is_strict: bool,
}

impl Steps<'_> {
    /// The figure that is rated with so many more, or fewer, of the counted.
    fn value(&self, change: i64) -> Option<Decimal> {
        let measure = &self.indicator.measure;
        let change = Decimal::from(change);
        match (measure.unit, self.figure.numerator, self.figure.denominator) {
            (Unit::Count, ..) => Some(self.figure.value + change),
            (Unit::Percent | Unit::Rate, Some(numerator), Some(denominator)) => {
                let exact = measure.exact_ratio(numerator + change, denominator)?;
                Some(if self.is_strict { exact } else { measure.round(exact) })
            }
            _ => None,
        }
    }

    /// How many more, or fewer, there could be; none where what is counted is
    /// not whole (nobody is 0.6 more) or did not give the figure that is printed.
    fn room(&self, is_more: bool) -> Option<i64> {
        const MOST: i64 = 100_000;
        let unit = self.indicator.measure.unit;
        // Of a net change nobody is one more or fewer.
        if self.indicator.measure.signed {
            return None;
        }
        let counted = if unit == Unit::Count { self.figure.value } else { self.figure.numerator? };
        let all = self.figure.denominator.filter(|_| unit == Unit::Percent);
        if !counted.fract().is_zero() || all.is_some_and(|all| !all.fract().is_zero()) {
            return None;
        }
        if self.indicator.measure.round(self.value(0)?) != self.figure.value {
            return None;
        }
        let room = match (is_more, all) {
            (true, Some(all)) => all - counted,
            (true, None) => return Some(MOST),
            (false, _) => counted,
        };
        i64::try_from(room).ok().map(|room| room.min(MOST))
    }

    /// The fewest that make something true of the figure, and the figure.
    ///
    /// Only where one way is better: inside a range the way out depends on
    /// where one stands.
    fn fewest(&self, is_more: bool, is_true: &dyn Fn(Decimal) -> bool) -> Option<(i64, Decimal)> {
        if !matches!(self.indicator.polarity, Polarity::Higher | Polarity::Lower) {
            return None;
        }
        let room = self.room(is_more)?;
        let at = |count: i64| self.value(if is_more { count } else { -count });
        let holds = |count: i64| at(count).is_some_and(is_true);
        if holds(0) || !holds(room) {
            return None;
        }
        let (mut low, mut high) = (0, room);
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if holds(middle) { high = middle } else { low = middle }
        }
        Some((high, at(high)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_card;

    /// Count and colour of the steps to the target, up and down.
    fn steps(entry: &str, figure: &str) -> [Option<(i64, bool, Rating)>; 3] {
        with_card(&format!("frequency = \"monthly\"\n{entry}"), "", "\"A\"", &format!("A,2026-10,{figure}"), |card| {
            let standing = card.lines().next().unwrap().target_gap.clone();
            let parts = |step: Option<ColourStep>| step.map(|step| (step.count, step.is_more, step.rating));
            standing.map_or([None; 3], |s| [parts(s.to_target), parts(s.to_better), parts(s.to_worse)])
        })
    }

    fn entry(unit: &str, better: &str, target: &str) -> String {
        format!(
            "unit = \"{unit}\"\nbetter = \"{better}\"\n[[indicators.A.targets]]\nfrom = \"2025-04\"\nsource = \"local\"\n{target}\n"
        )
    }

    const GREEN: Rating = Rating::Green;
    const AMBER: Rating = Rating::Amber;
    const RED: Rating = Rating::Red;

    #[test]
    fn percentages_are_searched_through_the_printed_figure() {
        let points = entry("percent", "higher", "value = 85\ntolerance = 5");
        // 171 of 202 prints 84.7, 172 prints 85.1; 161 prints 79.7, 162 prints 80.2.
        assert_eq!(steps(&points, ",170,202"), [Some((2, true, GREEN)), Some((2, true, GREEN)), Some((9, false, RED))]);
        // Red: amber comes first, the target later.
        assert_eq!(steps(&points, ",150,202"), [Some((22, true, GREEN)), Some((12, true, AMBER)), None]);
        // Green: nothing is better, and the target is met.
        assert_eq!(steps(&points, ",172,202"), [None, None, Some((1, false, AMBER))]);
    }

    #[test]
    fn counts_are_stepped_by_themselves() {
        let lower = entry("count", "lower", "value = 10\ntolerance = 3");
        assert_eq!(steps(&lower, "14,,"), [Some((4, false, GREEN)), Some((1, false, AMBER)), None]);
        assert_eq!(steps(&lower, "10,,"), [None, None, Some((1, true, AMBER))]);
        let zero = entry("count", "lower", "rule = \"zero\"\nvalue = 0");
        assert_eq!(steps(&zero, "2,,"), [Some((2, false, GREEN)), Some((2, false, GREEN)), None]);
    }

    #[test]
    fn within_a_percentage_green_comes_before_the_target() {
        let improved = entry("count", "higher", "rule = \"improved\"\nvalue = 20\ntolerance = 10");
        assert_eq!(steps(&improved, "15,,"), [Some((5, true, GREEN)), Some((3, true, GREEN)), None]);
    }

    #[test]
    fn nobody_is_counted_out_where_nobody_was_counted() {
        let points = entry("percent", "higher", "value = 85\ntolerance = 5");
        assert_eq!(steps(&points, "84.2,,"), [None; 3]);
        assert_eq!(steps(&points, ",33.4,50"), [None; 3]);
        let mean = entry("mean", "range", "rule = \"range\"\nrange = [14, 18]\ntolerance = 2");
        assert_eq!(steps(&mean, "20,,"), [None; 3]);
    }

    proptest::proptest! {
        #[test]
        fn the_number_is_the_fewest_that_changes_the_colour(all in 5i64..400, part in 0i64..400, goal in 1i64..100, tolerance in 0i64..20) {
            let part = part.min(all);
            let entry = entry("percent", "higher", &format!("value = {goal}\ntolerance = {tolerance}"));
            let colour = |part: i64| {
                let of = crate::domain::measure::round(Decimal::from(part * 100) / Decimal::from(all), 1);
                if of >= goal.into() { GREEN } else if of >= (goal - tolerance).into() { AMBER } else { RED }
            };
            let [_, better, worse] = steps(&entry, &format!(",{part},{all}"));
            let first = |mut range: Box<dyn Iterator<Item = i64>>| range.find(|n| colour(*n) != colour(part)).map(|n| ((n - part).abs(), colour(n)));
            proptest::prop_assert_eq!(better.map(|(n, _, c)| (n, c)), first(Box::new(part..=all)));
            proptest::prop_assert_eq!(worse.map(|(n, _, c)| (n, c)), first(Box::new((0..=part).rev())));
        }
    }
}
