//! Every rule on both sides of each of its edges, and the law they share.

use proptest::prelude::*;

use super::super::ids::IndicatorRef;
use super::super::target::{Goal, Maximum, Rule, TargetSource};
use super::*;

fn d(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn value(text: &str) -> Goal {
    Goal::Value(d(text))
}

fn band(low: &str, high: &str) -> Goal {
    Goal::Range(d(low), d(high))
}

fn target(goal: Goal, rule: Rule) -> Target {
    Target {
        from: "2025-04".parse().unwrap(),
        goal,
        rule,
        maximum: None,
        source: TargetSource::Local,
        duty: "".into(),
        because: Default::default(),
    }
}

fn alone(figure: &str, target: &Target, polarity: Polarity) -> Rating {
    rate(d(figure), Some(target), polarity, Beside::default())
}

fn aside(figure: Option<Decimal>) -> Aside {
    figure.map_or(Aside::None, Aside::Figure)
}

/// Figures in order with the colour of each.
fn holds(goal: Goal, rule: Rule, polarity: Polarity, cases: &[(&str, Rating)]) {
    for (figure, expected) in cases {
        assert_eq!(alone(figure, &target(goal, rule), polarity), *expected, "{figure} {goal:?} {rule:?} {polarity:?}");
    }
}

use Rating::{Amber, Green, Red};

#[test]
fn points_off_the_target() {
    let rule = Rule::Points(d("5"));
    holds(value("85"), rule, Polarity::Higher, &[("85.0", Green), ("84.9", Amber), ("80.0", Amber), ("79.9", Red)]);
    let rule = Rule::Points(d("2"));
    holds(value("10"), rule, Polarity::Lower, &[("10.0", Green), ("10.1", Amber), ("12.0", Amber), ("12.1", Red)]);
    let none = Rule::Points(d("0"));
    holds(value("85"), none, Polarity::Higher, &[("85.0", Green), ("84.9", Red)]);
}

#[test]
fn percent_of_the_target() {
    // 10% of 85 is 8.5; of 20 it is 2.
    let rule = Rule::Percent(d("10"));
    holds(value("85"), rule, Polarity::Higher, &[("85.0", Green), ("84.9", Amber), ("76.5", Amber), ("76.4", Red)]);
    holds(value("20"), rule, Polarity::Lower, &[("20.0", Green), ("20.1", Amber), ("22.0", Amber), ("22.1", Red)]);
    // Each end by its own share: 10 by 1, 20 by 2.
    holds(
        band("10", "20"),
        rule,
        Polarity::Range,
        &[
            ("8.9", Red),
            ("9.0", Amber),
            ("9.9", Amber),
            ("10.0", Green),
            ("20.0", Green),
            ("22.0", Amber),
            ("22.1", Red),
        ],
    );
}

#[test]
fn thresholds_given_outright() {
    let rule = Rule::Absolute(value("80"));
    holds(value("85"), rule, Polarity::Higher, &[("85.0", Green), ("84.9", Amber), ("80.0", Amber), ("79.9", Red)]);
    let rule = Rule::Absolute(value("12"));
    holds(value("10"), rule, Polarity::Lower, &[("10.0", Green), ("10.1", Amber), ("12.0", Amber), ("12.1", Red)]);
    let rule = Rule::Absolute(band("12", "21"));
    holds(
        band("14", "18"),
        rule,
        Polarity::Range,
        &[("11.9", Red), ("12.0", Amber), ("14.0", Green), ("18.0", Green), ("21.0", Amber), ("21.1", Red)],
    );
}

#[test]
fn a_floor_under_the_target() {
    let rule = Rule::Floor(d("80"));
    holds(value("95"), rule, Polarity::Higher, &[("95.0", Green), ("94.9", Amber), ("80.0", Amber), ("79.9", Red)]);
    let rule = Rule::Floor(d("15"));
    holds(value("12"), rule, Polarity::Lower, &[("12.0", Green), ("12.1", Amber), ("15.0", Amber), ("15.1", Red)]);
}

#[test]
fn nothing_is_forgiven_at_zero_tolerance() {
    holds(value("0"), Rule::Zero, Polarity::Lower, &[("0", Green), ("1", Red)]);
    holds(value("100"), Rule::Zero, Polarity::Higher, &[("100.0", Green), ("99.9", Red)]);
    holds(band("1", "2"), Rule::Zero, Polarity::Range, &[("0.9", Red), ("1.0", Green), ("2.0", Green), ("2.1", Red)]);
}

#[test]
fn no_worse_than_a_year_before_is_amber() {
    let rule = Rule::Improved(d("10"));
    let cases = [
        // Green on or within 10% of the target, whatever last year was.
        (value("85"), Polarity::Higher, "76.5", Some("90.0"), Green),
        (value("85"), Polarity::Higher, "76.4", Some("76.5"), Red),
        (value("85"), Polarity::Higher, "76.4", Some("76.4"), Amber),
        (value("85"), Polarity::Higher, "76.4", Some("76.3"), Amber),
        (value("85"), Polarity::Higher, "76.4", None, Red),
        (value("20"), Polarity::Lower, "22.0", None, Green),
        (value("20"), Polarity::Lower, "22.1", Some("22.1"), Amber),
        (value("20"), Polarity::Lower, "22.1", Some("22.0"), Red),
        // 23 is 3 over the range, 6 would be as far below it.
        (band("10", "20"), Polarity::Range, "23.0", Some("7.0"), Amber),
        (band("10", "20"), Polarity::Range, "23.1", Some("7.0"), Red),
    ];
    for (goal, polarity, figure, then, expected) in cases {
        let beside = Beside { year_before: aside(then.map(d)), ..Beside::default() };
        let rating = rate(d(figure), Some(&target(goal, rule)), polarity, beside);
        assert_eq!(rating, expected, "{figure} after {then:?}, {goal:?}");
    }
}

#[test]
fn what_only_a_hidden_figure_would_colour_has_no_colour() {
    let improved = target(value("85"), Rule::Improved(d("10")));
    let capped = Target {
        maximum: Some(Maximum { of: IndicatorRef::parse("WF01-MAX").unwrap(), limit: d("25") }),
        ..target(band("15", "18"), Rule::Points(d("1")))
    };
    let hidden = Beside { year_before: Aside::Hidden, largest: Aside::Hidden };
    for (figure, target, polarity, expected) in [
        ("76.5", &improved, Polarity::Higher, Green),
        ("76.4", &improved, Polarity::Higher, Rating::Unrated(Unrated::YearBeforeHidden)),
        ("18.0", &capped, Polarity::Range, Rating::Unrated(Unrated::LargestUnknown)),
        ("18.1", &capped, Polarity::Range, Amber),
    ] {
        assert_eq!(rate(d(figure), Some(target), polarity, hidden), expected, "{figure}");
    }
}

#[test]
fn inside_a_range_with_the_largest_beside_it() {
    let rule = Rule::Points(d("1"));
    let all = [
        ("13.9", Red),
        ("14.0", Amber),
        ("14.9", Amber),
        ("15.0", Green),
        ("18.0", Green),
        ("19.0", Amber),
        ("19.1", Red),
    ];
    holds(band("15", "18"), rule, Polarity::Range, &all);
    let capped = Target {
        maximum: Some(Maximum { of: IndicatorRef::parse("WF01-MAX").unwrap(), limit: d("25") }),
        ..target(band("15", "18"), rule)
    };
    for (figure, largest, expected) in [
        ("16.0", Some("25"), Green),
        ("16.0", Some("25.1"), Amber),
        // Without it the mean is not green, and what is off is off.
        ("16.0", None, Rating::Unrated(Unrated::LargestUnknown)),
        ("19.0", None, Amber),
        ("20.0", None, Red),
        ("19.0", Some("30"), Amber),
        ("20.0", Some("20"), Red),
    ] {
        let beside = Beside { largest: aside(largest.map(d)), ..Beside::default() };
        assert_eq!(rate(d(figure), Some(&capped), Polarity::Range, beside), expected, "{figure}, largest {largest:?}");
    }
}

#[test]
fn unrated_says_why() {
    let some = target(value("1"), Rule::Zero);
    assert_eq!(rate(d("1"), None, Polarity::Higher, Beside::default()), Rating::Unrated(Unrated::NoTarget));
    assert_eq!(rate(d("1"), None, Polarity::None, Beside::default()), Rating::Unrated(Unrated::Context));
    assert_eq!(alone("1", &some, Polarity::None), Rating::Unrated(Unrated::Context));
}

fn tenths(n: i64) -> Decimal {
    Decimal::new(n, 1)
}

/// Any rule for a value, its amber on the right side of the target.
fn rule(polarity: Polarity, goal: i64) -> impl Strategy<Value = Rule> {
    (0u8..6, 0i64..500).prop_map(move |(kind, n)| {
        let easier = tenths(if polarity == Polarity::Lower { goal + n } else { goal - n });
        match kind {
            0 => Rule::Points(tenths(n)),
            1 => Rule::Percent(tenths(n)),
            2 => Rule::Absolute(Goal::Value(easier)),
            3 => Rule::Floor(easier),
            4 => Rule::Zero,
            _ => Rule::Improved(tenths(n)),
        }
    })
}

/// Any rule for a range.
fn range_rule(low: i64, high: i64) -> impl Strategy<Value = Rule> {
    (0u8..5, 0i64..500).prop_map(move |(kind, n)| match kind {
        0 => Rule::Points(tenths(n)),
        1 => Rule::Percent(tenths(n)),
        2 => Rule::Absolute(Goal::Range(tenths(low - n), tenths(high + n))),
        3 => Rule::Zero,
        _ => Rule::Improved(tenths(n)),
    })
}

proptest! {
    #[test]
    fn a_better_value_never_rates_worse(
        (polarity, goal, rule) in (prop_oneof![Just(Polarity::Higher), Just(Polarity::Lower)], -1000i64..1000)
            .prop_flat_map(|(polarity, goal)| (Just(polarity), Just(goal), rule(polarity, goal))),
        a in -2000i64..2000,
        b in -2000i64..2000,
        then in proptest::option::of(-2000i64..2000),
    ) {
        let beside = Beside { year_before: aside(then.map(tenths)), ..Beside::default() };
        let target = target(Goal::Value(tenths(goal)), rule);
        let of = |n: i64| rate(tenths(n), Some(&target), polarity, beside);
        let (worse, better) = if polarity == Polarity::Higher { (a.min(b), a.max(b)) } else { (a.max(b), a.min(b)) };
        prop_assert!(!of(worse).is_better_than(of(better)));
    }

    #[test]
    fn nearer_to_a_range_never_rates_worse_nor_does_a_smaller_largest(
        (low, high, rule) in (-500i64..500, 0i64..300)
            .prop_flat_map(|(low, wide)| (Just(low), Just(low + wide), range_rule(low, low + wide))),
        is_below in any::<bool>(),
        off in 0i64..1000,
        further in 0i64..1000,
        then in proptest::option::of(-2000i64..2000),
        largest in 0i64..500,
        more in 0i64..100,
    ) {
        let mut target = target(Goal::Range(tenths(low), tenths(high)), rule);
        target.maximum = Some(Maximum { of: IndicatorRef::parse("M").unwrap(), limit: tenths(250) });
        let of = |off: i64, largest: i64| {
            let beside = Beside { year_before: aside(then.map(tenths)), largest: Aside::Figure(tenths(largest)) };
            let figure = if is_below { low - off } else { high + off };
            rate(tenths(figure), Some(&target), Polarity::Range, beside)
        };
        prop_assert!(!of(off + further, largest).is_better_than(of(off, largest)));
        prop_assert!(!of(off, largest + more).is_better_than(of(off, largest)));
    }
}
