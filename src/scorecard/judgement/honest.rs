//! What a board may conclude of chance, by series that once led it astray.

use super::tests::{COUNT, PERCENT, counts, judged, parts};
use super::*;

/// "Common", "Concern down", … and what is said of the target.
pub(super) fn said(a: &str, values: &[String]) -> String {
    let judgement = judged(a, values);
    match judgement.verdict {
        SignalVerdict::Silent(why) => format!("{why:?}"),
        SignalVerdict::Seen { variation, rule, outlook } => {
            let outlook = outlook.map(|outlook| match outlook {
                Outlook::Forecast(assurance) => format!(", {assurance:?}"),
                Outlook::Missing(run) => format!(", missing {}", run.figures),
                Outlook::Meeting(run) => format!(", meeting {}", run.figures),
            });
            format!("{variation:?} {}{}", rule.name(), outlook.unwrap_or_default())
        }
    }
}

pub(super) fn targeted(unit: &str, value: &str) -> String {
    format!("{unit}[[indicators.A.targets]]\nfrom = \"2024-04\"\nvalue = {value}\ntolerance = 5\nsource = \"local\"\n")
}

/// Shares of 400, in percent.
fn shares(percents: &[u32]) -> Vec<String> {
    parts(&percents.iter().map(|percent| (percent * 4, 400)).collect::<Vec<_>>())
}

const UP_AND_DOWN: [u32; 14] = [60, 70, 55, 66, 58, 72, 64, 57, 68, 56, 65, 59, 70, 63];

#[test]
fn a_run_that_missed_is_said_and_no_forecast_made() {
    // Each third month before the run met it, the last of them included.
    let is_met = |i: usize, since: usize| i < 20 - since && (20 - since - i) % 3 == 1;
    let missed = |since: usize| -> Vec<u32> {
        (0..20).map(|i| if is_met(i, since) { 74 } else { UP_AND_DOWN[i % 14] }).collect()
    };
    // Limits of these reach to both sides of 73%.
    for (since, expected) in [(6, "Inconsistent"), (7, "missing 7"), (8, "missing 8")] {
        let said = said(&targeted(PERCENT, "73"), &shares(&missed(since)));
        assert!(said.ends_with(expected), "{since}: {said}");
    }
    let met = said(&targeted(PERCENT, "54"), &shares(&UP_AND_DOWN));
    assert!(met.ends_with("meeting 14"), "{met}");
}

#[test]
fn a_run_is_held_against_the_targets_of_its_own_months() {
    let targets = targeted(PERCENT, "50")
        + "[[indicators.A.targets]]\nfrom = \"2026-08\"\nvalue = 73\ntolerance = 5\nsource = \"local\"\n";
    let said = said(&targets, &shares(&UP_AND_DOWN));
    assert!(said.ends_with("Inconsistent"), "{said}");
}

#[test]
fn a_latest_figure_beyond_its_limits_that_misses_is_no_forecast() {
    let mut all = vec![80, 81, 79, 80, 82, 78, 80, 81, 79, 80, 81, 80, 79];
    all.push(60);
    let values = parts(&all.iter().map(|percent| (percent * 20, 2000)).collect::<Vec<_>>());
    let said = said(&targeted(PERCENT, "79"), &values);
    assert_eq!(said, "Concern(false) outside, missing 1");
}

#[test]
fn limits_narrower_than_chance_are_not_used() {
    // 96% of 63 at nearly every month end, and then 58.
    let mut all = vec![
        (60, 63),
        (61, 63),
        (60, 62),
        (61, 63),
        (60, 63),
        (60, 62),
        (61, 64),
        (60, 63),
        (61, 63),
        (60, 62),
        (61, 63),
        (60, 63),
        (61, 64),
    ];
    all.push((58, 63));
    let judgement = judged(PERCENT, &parts(&all));
    assert_eq!(judgement.method, Some(Method::P));
    assert!(matches!(judgement.verdict, SignalVerdict::Seen { variation: Variation::Common, .. }), "{judgement:?}");
    // 50 of 63 is beyond chance too.
    all[13] = (50, 63);
    assert_eq!(said(PERCENT, &parts(&all)), "Concern(false) outside");
    // Without the counts there is no other measure than the spread.
    let bare: Vec<String> = all.iter().map(|(n, d)| format!("{}.{},,", 100 * n / d, 1000 * n / d % 10)).collect();
    assert_eq!(judged(PERCENT, &bare).method, Some(Method::Xmr));
}

#[test]
fn one_child_or_two_are_no_signal_and_three_are() {
    let with = |last: u32| {
        let mut all = vec![2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2];
        all.push(last);
        said(COUNT, &counts(&all))
    };
    assert_eq!(with(4), "Common none");
    assert_eq!(with(8), "Concern(true) outside");
    // Seven months of 2 after some of 1.
    let shifted: Vec<u32> = (0..20).map(|i| if i < 12 { 1 } else { 2 }).collect();
    assert!(!said(COUNT, &counts(&shifted)).contains("Concern"), "{}", said(COUNT, &counts(&shifted)));
    // Of a percentage, the same children count.
    let share = |last: u32| {
        let mut all: Vec<(u32, u32)> = (0..13).map(|i| (20 - i % 2, 20)).collect();
        all.push((last, 20));
        said(PERCENT, &parts(&all))
    };
    assert_eq!(share(17), "Common none");
    assert_eq!(share(15), "Concern(false) outside");
}

#[test]
fn a_series_that_drifts_has_no_band() {
    let rising: Vec<u32> = (0..24).map(|i| 400 + 10 * i + i % 3).collect();
    let judgement = judged(COUNT, &counts(&rising));
    assert!(judgement.points.iter().all(|point| point.fact.limits.is_none()));
    assert_eq!(said(COUNT, &counts(&rising)), "Concern(true) drift");
    let falling: Vec<u32> = rising.iter().rev().copied().collect();
    assert_eq!(said(&targeted(COUNT, "300"), &counts(&falling)), "Improvement(false) drift, missing 24");
    let wandering: Vec<u32> = (0..24).map(|i| 400 + i % 2 + if (i / 5) % 2 == 0 { 0 } else { 90 }).collect();
    assert_eq!(said(COUNT, &counts(&wandering)), "Wandering");
    // An ordinary series with one step keeps its limits.
    let stepped: Vec<u32> = (0..24).map(|i| 400 + 20 * (i % 2) + if i < 21 { 0 } else { 80 }).collect();
    assert!(judged(COUNT, &counts(&stepped)).points.iter().all(|point| point.fact.limits.is_some()));
}

#[test]
fn the_current_run_is_marked_and_nothing_before_it() {
    let mut all = vec![100; 24];
    for (at, value) in all.iter_mut().enumerate() {
        *value += 10 * (u32::try_from(at).unwrap() % 2);
    }
    all[3] = 190;
    all[23] = 200;
    let judgement = judged(COUNT, &counts(&all));
    let marked: Vec<usize> = judgement
        .points
        .iter()
        .enumerate()
        .filter(|(_, point)| point.fact.kind != ChartKind::Common)
        .map(|(at, _)| at)
        .collect();
    assert_eq!(marked, [23]);
    all[23] = 105;
    let judgement = judged(COUNT, &counts(&all));
    assert!(judgement.points.iter().all(|point| point.fact.kind == ChartKind::Common));
}

#[test]
fn outside_the_range_that_is_wanted_nothing_is_better() {
    let range = "unit = \"mean\"\nbetter = \"range\"\nfrequency = \"monthly\"\n\
        [[indicators.A.targets]]\nfrom = \"2024-04\"\nrange = [14, 18]\ntolerance = 1\nsource = \"local\"\n";
    let with = |last: &str| {
        let mut all: Vec<String> = (0..13).map(|i| format!("22.{},,", i % 3)).collect();
        all.push(format!("{last},,"));
        said(range, &all)
    };
    assert_eq!(with("19.0"), "Neutral(false) outside, Fail");
    assert_eq!(with("25.0"), "Concern(true) outside, Fail");
}
