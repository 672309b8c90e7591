//! Every rule in words, from given figures to what is printed.

use super::*;
use crate::scorecard::test_support::with_card;

/// What is said of an indicator with a target and a figure now and a year ago:
/// the allowance, the rule with its numbers, why, and what would change it.
fn reasons_for(head: &str, target: &str, now: &str, then: &str) -> [String; 4] {
    let entry = format!(
        "frequency = \"monthly\"\n{head}\n[[indicators.A.targets]]\nfrom = \"2025-04\"\nsource = \"local\"\n{target}\n"
    );
    with_card(&entry, "", "\"A\"", &format!("A,2025-10,{then}\nA,2026-10,{now}"), |card| {
        let line = card.lines().next().unwrap();
        let or_none = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
        [
            allowance(line.indicator, line.target.unwrap()),
            or_none(rule(line)),
            or_none(why(line)),
            or_none(change(line)),
        ]
    })
}

const HIGHER: &str = "unit = \"percent\"\nbetter = \"higher\"";
const LOWER: &str = "unit = \"percent\"\nbetter = \"lower\"";
const COUNT: &str = "unit = \"count\"\nbetter = \"lower\"";
const RANGE: &str = "unit = \"mean\"\nbetter = \"range\"";

#[test]
fn every_rule_is_said_in_words_with_its_numbers() {
    let cases = [
        (HIGHER, "value = 85\ntolerance = 5", ",170,202"),
        (HIGHER, "value = 85\ntolerance = 5", ",150,202"),
        (HIGHER, "value = 85\ntolerance = 5", ",180,202"),
        (HIGHER, "value = 85\ntolerance = 0", ",170,200"),
        (HIGHER, "value = 85\ntolerance = 0", ",169,200"),
        (HIGHER, "rule = \"percent\"\nvalue = 85\ntolerance = 10", ",31,40"),
        (HIGHER, "rule = \"percent\"\nvalue = 85\ntolerance = 10", ",30,40"),
        (HIGHER, "rule = \"absolute\"\ngreen = 85\namber = 80", ",32,40"),
        (LOWER, "rule = \"absolute\"\ngreen = 10\namber = 12", ",7,31"),
        (RANGE, "rule = \"absolute\"\ngreen = [14, 18]\namber = [12, 21]", "20.5,,"),
        (RANGE, "rule = \"absolute\"\ngreen = [14, 18]\namber = [12, 21]", "11.5,,"),
        (HIGHER, "rule = \"floor\"\nvalue = 95\nfloor = 80", ",32,40"),
        (LOWER, "rule = \"floor\"\nvalue = 10\nfloor = 15", ",7,31"),
        (COUNT, "rule = \"zero\"\nvalue = 0", "3,,"),
        (HIGHER, "rule = \"improved\"\nvalue = 85\ntolerance = 10", ",31,40"),
        (HIGHER, "rule = \"improved\"\nvalue = 85\ntolerance = 10", ",28,40"),
        (HIGHER, "rule = \"improved\"\nvalue = 85\ntolerance = 10", ",20,40"),
        (RANGE, "rule = \"range\"\nrange = [14, 18]\ntolerance = 2", "19.5,,"),
        (RANGE, "rule = \"range\"\nrange = [14, 18]\ntolerance = 2", "16.0,,"),
    ];
    let mut text = String::new();
    for (head, target, now) in cases {
        let then = if head == RANGE {
            "15.0,,"
        } else if head == COUNT {
            "2,,"
        } else {
            ",30,50"
        };
        text.push_str(&reasons_for(head, target, now, then).join("\n"));
        text.push_str("\n\n");
    }
    insta::assert_snapshot!(text);
}

#[test]
fn a_year_without_a_figure_is_said() {
    let improved = "rule = \"improved\"\nvalue = 85\ntolerance = 10";
    let [_, _, why, _] = reasons_for(HIGHER, improved, ",28,40", "n/a,,");
    assert_eq!(
        why,
        "It is red because it misses its target by more than 10% of it, and there is no figure for a year before."
    );
}

#[test]
fn what_only_a_hidden_year_before_would_colour_has_no_colour() {
    let entry = |then: &str, now: &str| {
        let target = "from = \"2025-04\"\nsource = \"local\"\nrule = \"improved\"\nvalue = 85\ntolerance = 10";
        let a = format!("frequency = \"monthly\"\n{HIGHER}\n[[indicators.A.targets]]\n{target}\n");
        with_card(&a, "", "\"A\"", &format!("A,2025-10,{then}\nA,2026-09,,30,40\nA,2026-10,{now}"), |card| {
            let line = card.lines().next().unwrap();
            (crate::pack::headline(line), why(line), line.target_gap.is_some())
        })
    };
    let headline = "70.0% (28 of 40), down 5.0 points on September 2026 (worse): not rated, last year hidden.";
    assert_eq!(entry("c,,", ",28,40"), (headline.to_owned(), None, false));
    let headline =
        "77.5% (31 of 40), up 2.5 points on September 2026 (better), 7.5 points below the 85% target: green.";
    assert_eq!(entry("c,,", ",31,40").0, headline);
}

#[test]
fn what_rounds_to_none_is_not_none() {
    let zero = |better: &str, goal: &str| format!("rule = \"zero\"\nvalue = {goal}#{better}");
    let reasons_for = |head: &str, now: &str| {
        let (target, better) = head.split_once('#').unwrap();
        let entry = format!(
            "frequency = \"monthly\"\nunit = \"percent\"\nbetter = \"{better}\"\n[[indicators.A.targets]]\nfrom = \"2025-04\"\nsource = \"local\"\n{target}\n"
        );
        with_card(&entry, "", "\"A\"", &format!("A,2026-09,,5,3000\nA,2026-10,{now}"), |card| {
            let line = card.lines().next().unwrap();
            let more = [why(line), change(line), rule(line)].map(Option::unwrap_or_default);
            (crate::pack::headline(line), more.join(" | "))
        })
    };
    let (headline, more) = reasons_for(&zero("lower", "0"), ",1,3000");
    assert!(headline.ends_with("just above the 0% target: red."), "{headline}");
    assert_eq!(
        more,
        "It has been red for at least 2 months in a row. It misses its target. | \
         1 fewer of the 3,000 children would make it green | \
         0.0% rounds to 0%; it misses its target: red"
    );
    let (headline, more) = reasons_for(&zero("lower", "0"), ",0,3000");
    assert!(headline.ends_with("on the 0% target: green."), "{headline}");
    assert_eq!(more, " | 1 more of the 3,000 children would make it red | 0.0% is the target of 0%: green");
    let (headline, _) = reasons_for(&zero("higher", "100"), ",2999,3000");
    assert!(headline.ends_with("just below the 100% target: red."), "{headline}");
    // A printed figure without its parts is what it says, to its last digit.
    assert!(reasons_for(&zero("lower", "0"), "0.04,,").0.ends_with("red."));
    assert!(reasons_for(&zero("lower", "0"), "0.00,,").0.ends_with("green."));
}

#[test]
fn the_largest_beside_a_mean_is_said() {
    let entry = format!(
        "frequency = \"monthly\"\n{RANGE}\n[[indicators.A.targets]]\nfrom = \"2025-04\"\nsource = \"local\"\nrule = \"range\"\nrange = [14, 18]\ntolerance = 2\nmaximum = \"A-MAX\"\nlimit = 25\n"
    );
    let largest = "[indicators.A-MAX]\ntitle = \"Largest\"\nplain = \"P\"\nnoun = \"children\"\nowner = \"O\"\nsource = \"s\"\n\
        basis = \"snapshot\"\nunit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n";
    let with = |most: &str| {
        with_card(&entry, largest, "\"A\"", &format!("A,2026-10,16.0,,\n{most}"), |card| {
            let line = card.lines().next().unwrap();
            let codes: Vec<_> = card.findings.iter().map(|finding| finding.code.as_str()).collect();
            (
                rule(line).unwrap_or_else(|| crate::pack::headline(line)),
                super::largest(line).unwrap_or_default(),
                codes.join(" "),
            )
        })
    };
    assert_eq!(
        with("A-MAX,2026-10,25,,"),
        ("16.0 is within 14 to 18: green".into(), "25 (limit 25)".into(), "".into())
    );
    assert_eq!(
        with("A-MAX,2026-10,26,,"),
        (
            "16.0 is within 14 to 18; it is in range, but the largest, 26, is over the limit of 25: amber".into(),
            "26 (limit 25)".into(),
            "".into()
        )
    );
    let unknown = "16.0, not compared: no figure was supplied for September 2026: not rated, the largest not known.";
    assert_eq!(with(""), (unknown.into(), "".into(), "F614".into()));
}

#[test]
fn a_changed_target_says_what_changed_and_why() {
    let change = |before: &str, after: &str| {
        let target = |from: &str, rest: &str| {
            format!("[[indicators.A.targets]]\nfrom = \"{from}\"\nsource = \"local\"\n{rest}\n")
        };
        let entry =
            format!("frequency = \"monthly\"\n{HIGHER}\n{}{}", target("2025-04", before), target("2026-04", after));
        with_card(&entry, "", "\"A\"", "A,2026-10,80,,", |card| {
            let indicator = card.lines().next().unwrap().indicator;
            target_change_and_why(indicator, &indicator.targets[0], &indicator.targets[1])
        })
    };
    let points = |value: u8, tolerance: u8| format!("value = {value}\ntolerance = {tolerance}");
    assert_eq!(
        change(&points(80, 5), &format!("{}\nbecause = \"It was met.\"", points(85, 5))),
        "The target changed from 80% to 85% in April 2026. It was met."
    );
    assert_eq!(
        change(&points(80, 5), &points(80, 0)),
        "The target is still 80%. Its colours follow a new rule from April 2026: red if missed at all (before: amber if missed by up to 5 points)"
    );
    assert_eq!(
        change(&points(80, 5), "rule = \"floor\"\nvalue = 90\nfloor = 75"),
        "The target changed from 80% (amber if missed by up to 5 points) to 90% (amber down to 75%) in April 2026"
    );
    assert_eq!(change(&points(80, 5), &points(80, 5)), "The target of 80% was set again in April 2026");
}

#[test]
fn a_row_of_reds_that_may_go_on_out_of_sight_is_at_least_as_long() {
    let a = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n\
        [[indicators.A.targets]]\nfrom = \"2024-04\"\nvalue = 85\ntolerance = 5\nsource = \"local\"\n";
    let reasons_for = |july: &str| {
        let rows = format!("A,2026-06,90,,\nA,2026-07,{july},,\nA,2026-08,70,,\nA,2026-09,70,,\nA,2026-10,70,,");
        with_card(a, "", "\"A\"", &rows, |card| why(&card.sections[0][0]).unwrap())
    };
    assert!(reasons_for("90").starts_with("It has been red for 3 months in a row."), "{}", reasons_for("90"));
    assert!(reasons_for("c").starts_with("It has been red for at least 3 months in a row."), "{}", reasons_for("c"));
    assert!(reasons_for("").starts_with("It has been red for at least 3 months in a row."), "{}", reasons_for(""));
}
