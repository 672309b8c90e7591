//! A level that changed and lasts: what is said of it, and how often wrongly.

use super::honest::{said, targeted};
use super::step::{self, step};
use super::tests::{COUNT, PERCENT, judged, parts, random};
use super::*;

const MEAN: &str = "unit = \"mean\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n";

/// Ups and downs around a level.
fn level(of: u32, spread: u32, months: u32) -> Vec<u32> {
    (0..months).map(|i| of + [0, 2, 1, 4, 3][i as usize % 5] * spread / 4).collect()
}

/// So many months of each.
fn months(levels: &[(u32, u32, u32)]) -> Vec<u32> {
    levels.iter().flat_map(|(of, spread, months)| level(*of, *spread, *months)).collect()
}

fn values(values: &[u32]) -> Vec<String> {
    values.iter().map(|value| format!("{value},,")).collect()
}

#[test]
fn six_months_beyond_all_before_are_a_step_and_five_are_none() {
    for (a, all, expected) in [
        (COUNT, values(&months(&[(100, 8, 18), (70, 8, 6)])), "Improvement(false) step"),
        (COUNT, values(&months(&[(100, 8, 18), (130, 8, 6)])), "Concern(true) step"),
        (
            PERCENT,
            parts(&months(&[(300, 40, 12), (200, 40, 6)]).iter().map(|x| (*x, 400)).collect::<Vec<_>>()),
            "Concern(false) step",
        ),
        (MEAN, values(&months(&[(50, 4, 7), (60, 4, 6)])), "Improvement(true) step"),
        (MEAN, values(&months(&[(50, 4, 6), (60, 4, 7)])), "Improvement(true) step"),
        (MEAN, values(&months(&[(50, 4, 12), (60, 4, 12)])), "Improvement(true) step"),
        // It lies within the limits of all, and is a step.
        (MEAN, values(&months(&[(60, 20, 18), (55, 4, 6)])), "Concern(false) step"),
        // Flat before, so that there are no limits at all.
        (
            PERCENT,
            parts(&months(&[(400, 0, 14), (360, 8, 6)]).iter().map(|x| (*x, 400)).collect::<Vec<_>>()),
            "Concern(false) step",
        ),
        // Zero before, so that it would have been called seldom.
        (COUNT, values(&months(&[(0, 0, 14), (4, 3, 6)])), "Concern(true) step"),
        // Five months, or five before them.
        (MEAN, values(&months(&[(100, 8, 19), (70, 8, 5)])), "Concern(false) outside"),
        (MEAN, values(&months(&[(50, 4, 5), (60, 4, 8)])), "Wandering"),
        // As low as a month of the year before, twice.
        (MEAN, values(&months(&[(60, 4, 8), (50, 4, 2), (60, 4, 8), (51, 2, 6)])), "Wandering"),
        // Two children.
        (COUNT, values(&months(&[(1, 1, 14), (3, 1, 6)])), "Common none"),
    ] {
        assert_eq!(said(a, &all), expected, "{all:?}");
    }
}

#[test]
fn no_band_of_before_is_usual_now_and_only_the_step_is_marked() {
    let judgement = judged(COUNT, &values(&months(&[(100, 8, 18), (130, 8, 6)])));
    assert!(judgement.points.iter().all(|point| point.fact.limits.is_none()));
    let marked = judgement.points.iter().filter(|point| point.fact.kind == ChartKind::Concern).count();
    assert_eq!((judgement.points.len(), marked), (24, 6));
}

#[test]
fn a_step_reaches_back_as_far_as_it_holds() {
    let found = |levels: &[(u32, u32, u32)]| match judged(MEAN, &values(&months(levels))).verdict {
        SignalVerdict::Seen { rule: SignalRule::Stepped(step), .. } => Some((step.points, step.before, step.but_one)),
        _ => None,
    };
    assert_eq!(found(&[(100, 8, 18), (80, 8, 6)]), Some((6, 18, false)));
    // It was as low more than a year before.
    assert_eq!(found(&[(80, 8, 6), (100, 8, 12), (80, 8, 6)]), Some((6, 12, false)));
    assert_eq!(found(&[(80, 8, 6), (100, 8, 10), (80, 8, 8)]), None);
    // One month of the year before was as low.
    assert_eq!(found(&[(100, 8, 6), (80, 8, 1), (100, 8, 9), (80, 8, 6)]), Some((6, 16, true)));
    assert_eq!(found(&[(100, 8, 4), (80, 8, 1), (100, 8, 6), (80, 8, 6)]), None);
}

#[test]
fn a_step_of_more_than_a_year_is_told_only_where_no_limits_hold() {
    for (levels, expected) in [
        // Limits of all hold, and twelve months are a year.
        (&[(50, 20, 12), (71, 20, 12)][..], "Improvement(true) step"),
        (&[(50, 20, 11), (71, 20, 13)], "Improvement(true) shift"),
        (&[(50, 4, 11), (80, 4, 13)], "Improvement(true) step"),
    ] {
        assert_eq!(said(MEAN, &values(&months(levels))), expected, "{levels:?}");
    }
    let zero = |last: u32| values(&months(&[(4, 3, 24 - last), (0, 0, last)]));
    assert_eq!(said(COUNT, &zero(12)), "Improvement(false) step");
    assert!(said(COUNT, &zero(13)).starts_with("OftenZero"));
}

#[test]
fn what_rises_by_degrees_drifts_and_one_leap_is_a_step() {
    let rising: Vec<u32> = (0..24).map(|i| 400 + 10 * i + i % 3).collect();
    assert_eq!(said(COUNT, &values(&rising)), "Concern(true) drift");
    let leaping: Vec<u32> = (0..24).map(|i| 400 + i + if i < 12 { 0 } else { 200 }).collect();
    assert_eq!(said(COUNT, &values(&leaping)), "Concern(true) step");
}

#[test]
fn months_of_fewer_children_lie_further_apart_and_are_no_step() {
    // 70% of 400, and then 38 of 60: 2.8 sigma below in all.
    let mut all: Vec<(u32, u32)> = (0..14).map(|i| (276 + 2 * (i % 5), 400)).collect();
    all.extend([(38, 60); 6]);
    assert!(!said(PERCENT, &parts(&all)).contains("step"), "{}", said(PERCENT, &parts(&all)));
    for part in &mut all[14..] {
        *part = (part.0 * 10, part.1 * 10);
    }
    assert_eq!(said(PERCENT, &parts(&all)), "Concern(false) step");
}

#[test]
fn nothing_is_forecast_of_a_level_that_is_new() {
    let all = values(&months(&[(100, 8, 18), (70, 8, 6)]));
    assert_eq!(said(&targeted(COUNT, "90"), &all), "Improvement(false) step, meeting 6");
    assert_eq!(said(&targeted(COUNT, "60"), &all), "Improvement(false) step, missing 24");
}

/// So many figures of noise around a level that never changes; each keeps a part of
/// what the one before was off.
fn noise(seed: &mut u64, months: usize, kind: &str) -> Vec<(Period, Figure)> {
    let uniform = |seed: &mut u64| f64::from(random(seed, 1_000_000)) / 1e6;
    let mut off = 0.0;
    let mut draw = || {
        let even: f64 = (0..12).map(|_| uniform(seed)).sum::<f64>() - 6.0;
        match kind {
            "even" => even,
            "skewed" => -(1.0 - uniform(seed)).ln(),
            "counts" => (0..60).map(|_| f64::from(u32::from(uniform(seed) < 0.1))).sum(),
            _ => {
                off = 0.5 * off + even;
                off
            }
        }
    };
    let figure = |value: f64| Figure { value: rounded(10.0 * value, 1), numerator: None, denominator: None };
    let first: Period = "2024-11".parse().unwrap();
    (0i32..).zip(0..months).map(|(at, _)| (first.plus(at), figure(draw()))).collect()
}

#[test]
fn noise_is_called_a_step_less_than_once_in_two_hundred_series() {
    const SERIES: usize = 4000;
    let mut seed = 2026;
    let mut most = |kinds: &[&str]| {
        let mut called = |kind: &&str, months| {
            (0..SERIES).filter(|_| step(&noise(&mut seed, months, kind), Unit::Mean).is_some()).count()
        };
        kinds.iter().flat_map(|kind| [13, 18, 24].map(|months| called(kind, months))).max().unwrap()
    };
    // `docs/statistics.md` has both.
    let (plain, carried_over) = (most(&["even", "skewed", "counts"]), most(&["carried over"]));
    assert!(plain * 200 < SERIES);
    assert_eq!((plain, carried_over), (7, 147));
}

#[test]
fn noise_hardly_ever_leaps() {
    let mut seed = 2027;
    for kind in ["even", "skewed", "counts"] {
        for months in [13, 18, 24] {
            let leaps = (0..1000).filter(|_| step::leap(&noise(&mut seed, months, kind), Unit::Mean).is_some()).count();
            // `docs/statistics.md` has it.
            assert!(leaps <= 2, "{kind} {months}: {leaps} in 1000");
        }
    }
}
