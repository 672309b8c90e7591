//! What the page says of signal and noise.

use super::silence::silence;
use super::*;
use crate::domain::Period;
use crate::scorecard::judgement::Silence;
use crate::scorecard::test_support::with_card;

#[test]
fn one_figure_is_one_and_several_are_several() {
    let a = "unit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n";
    let said = |have| {
        with_card(a, "", "\"A\"", "A,2026-10,1,,", |card| {
            silence(card.lines().next().unwrap().indicator, Silence::TooShort(have))
        })
    };
    let takes = "It takes 13 months to know what is usual. So far there";
    assert_eq!(said(1), format!("{takes} is 1."));
    assert_eq!(said(2), format!("{takes} are 2."));
    assert_eq!(said(0), format!("{takes} are 0."));
}

/// Variation, assurance and reason of months up to October 2026.
fn words_of(a: &str, values: &[String]) -> [String; 3] {
    let last: Period = "2026-10".parse().unwrap();
    let rows: Vec<String> =
        values.iter().rev().zip(0..).map(|(value, back)| format!("A,{},{value}", last.plus(-back))).collect();
    with_card(a, "", "\"A\"", &rows.join("\n"), |card| {
        let said = signal(card.lines().next().unwrap()).unwrap();
        [said.variation.label, said.assurance.label, said.reason]
    })
}

const FLOW: &str = "unit = \"count\"\nbetter = \"lower\"\nfrequency = \"monthly\"\nkind = \"flow\"\n";

/// So many months of 24 above zero, evenly apart, the last of them in October.
fn sometimes(months: u32) -> Vec<String> {
    (1..=24).map(|i| u32::from(i * months / 24 > (i - 1) * months / 24)).map(|x| format!("{x},,")).collect()
}

#[test]
fn what_happens_in_half_the_months_is_not_called_seldom() {
    let stock = FLOW.replace("flow", "stock");
    for (a, months, label, reason) in [
        (FLOW, 0, "Rarely happens", "It has not happened in 24 months."),
        (FLOW, 6, "Rarely happens", "It rarely happens: 6 in 24 months, most recently in October 2026."),
        (FLOW, 7, "Not judged", "It was zero in 17 of 24 months, so it has no usual ups and downs."),
        (FLOW, 12, "Not judged", "It was zero in 12 of 24 months, so it has no usual ups and downs."),
        // The same child may be counted at each month end.
        (&stock, 0, "Rarely happens", "It was zero in all 24 months."),
        (&stock, 6, "Rarely happens", "It is rarely above zero: 6 of 24 months, most recently in October 2026."),
        (&stock, 12, "Not judged", "It was zero in 12 of 24 months, so it has no usual ups and downs."),
    ] {
        assert_eq!(words_of(a, &sometimes(months)), [label, "", reason], "{months}");
    }
    // Thirteen of 24 have limits.
    assert_eq!(words_of(FLOW, &sometimes(13))[0], "Usual ups and downs");
}

#[test]
fn a_step_is_told_with_its_month_and_what_it_lies_beyond() {
    let steps = |from: u32, to: u32, before: usize, after: usize, odd: Option<usize>| -> Vec<String> {
        let level = |at: usize| if at < before && Some(at) != odd { from } else { to };
        (0..before + after).map(|at| format!("{},,", level(at) + [0, 3, 1, 2][at % 4])).collect()
    };
    for (values, label, reason) in [
        (
            steps(60, 40, 12, 6, None),
            "Better than usual",
            "Lower since May 2026. Each of these 6 months is below all of the 12 before.",
        ),
        (
            steps(40, 60, 17, 7, None),
            "Worse than usual",
            "Higher since April 2026. Each of these 7 months is above all of the 17 before.",
        ),
        (
            steps(40, 60, 18, 6, Some(9)),
            "Worse than usual",
            "Higher since May 2026. Each of these 6 months is above all but one of the 18 before.",
        ),
    ] {
        let [variation, _, said] = words_of(FLOW, &values);
        assert_eq!((variation.as_str(), said.as_str()), (label, reason));
    }
}

#[test]
fn one_child_who_decides_is_told() {
    let share = |target: u32| {
        format!(
            "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n[[indicators.A.targets]]\n\
            from = \"2024-04\"\nvalue = {target}\ntolerance = 5\nsource = \"local\"\n"
        )
    };
    let of_20 =
        |last: u32| -> Vec<String> { (0..13).map(|i| 15 + i % 2).chain([last]).map(|x| format!(",{x},20")).collect() };
    for (target, last, label, end) in [
        (82, 16, "Missing its target for at least 14 months", " One more would have met the target."),
        (82, 15, "Missing its target for at least 14 months", ""),
        (70, 14, "Meeting its target for at least 14 months", " One fewer would have missed the target."),
        (78, 15, "Could go either way", ""),
    ] {
        let [_, assurance, reason] = words_of(&share(target), &of_20(last));
        assert_eq!(assurance, label, "{target} {last}");
        assert!(reason.ends_with(&format!(").{end}")), "{reason}");
    }
}

#[test]
fn a_figure_that_one_child_or_two_put_beyond_the_usual_range_is_not_said_to_be_in_it() {
    let stock = FLOW.replace("flow", "stock");
    for (last, reason) in [
        (401, "The latest figure is within its usual ups and downs (399 to 401)."),
        (402, "October 2026 is fewer than 3 away from the average. That is too few to tell us anything."),
        (403, "October 2026 is fewer than 3 away from the average. That is too few to tell us anything."),
    ] {
        let all = (0..13).map(|i| 400 + u32::from(i % 4 == 3)).chain([last]).map(|x| format!("{x},,"));
        let [variation, _, said] = words_of(&stock, &all.collect::<Vec<_>>());
        assert_eq!((variation.as_str(), said.as_str()), ("Usual ups and downs", reason));
    }
}

#[test]
fn what_is_outside_is_outside_as_printed() {
    let stock = FLOW.replace("flow", "stock");
    let all = |text: &str| text.split(' ').map(|value| format!("{value},,")).collect::<Vec<_>>();
    let before = "12 11 10 12 12 12 14 13 11 12 11 10 12 11 11 11 12 13 15 12 15 13 11";
    for (last, reason) in [
        ("8", "October 2026 is lower than usual (9 to 15)."),
        ("9", "The latest figure is within its usual ups and downs (9 to 15)."),
    ] {
        assert_eq!(words_of(&stock, &all(&format!("{before} {last}")))[2], reason);
    }
}

#[test]
fn a_range_that_is_left_at_the_other_end_is_not_missed_reliably() {
    let range = "unit = \"mean\"\nbetter = \"range\"\nfrequency = \"monthly\"\n\
        [[indicators.A.targets]]\nfrom = \"2024-04\"\nrange = [25, 35]\ntolerance = 1\nsource = \"local\"\n";
    for (level, last, assurance) in [
        (41, 10, "Missing its target, on the other side"),
        (41, 41, "Likely to keep missing its target"),
        (41, 30, "Usually misses its target, not this time"),
        (41, 24, "Missing its target, on the other side"),
        (41, 25, "Usually misses its target, not this time"),
        (15, 60, "Missing its target, on the other side"),
    ] {
        let all: Vec<String> = (0..19).map(|i| level + i % 2).chain([last]).map(|x| format!("{x},,")).collect();
        assert_eq!(words_of(range, &all)[1], assurance, "{level} {last}");
    }
}

#[test]
fn so_few_is_said_of_the_months_that_are() {
    let share = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n";
    let of = |before: u32, last: u32| -> Vec<String> {
        (0..21).map(|i| format!(",{},{}", 1 + i % 2, before)).chain([format!(",{},{last}", last / 2)]).collect()
    };
    for (before, last, reason) in [
        (4, 60, "Most of its months have fewer than 5, so one more or fewer changes the figure a lot."),
        (4, 5, "Most of its months have fewer than 5, so one more or fewer changes the figure a lot."),
        (4, 4, "Fewer than 5 were counted in the month, so one more or fewer changes the figure a lot."),
        (60, 4, "Fewer than 5 were counted in the month, so one more or fewer changes the figure a lot."),
    ] {
        assert_eq!(words_of(share, &of(before, last))[2], reason, "{before} {last}");
    }
}

#[test]
fn a_season_is_told_with_what_to_compare() {
    let all = "60 68 78 82 79 71 60 49 45 42 42 50 61 72 79 80 77 72 60 52 43 40 43 50";
    let said = words_of(FLOW, &all.split(' ').map(|value| format!("{value},,")).collect::<Vec<_>>());
    assert_eq!(said, ["Not judged", "", "It changes with the time of year. Compare it with the same month last year."]);
}
