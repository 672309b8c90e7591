//! Series that a chart is fooled by: one old outlier, the seasons, a level that is new,
//! limits that hold too few; and how often wrongly.

use super::honest::said;
use super::tests::{COUNT, PERCENT, judged, parts, random};
use super::*;

const MEAN: &str = "unit = \"mean\"\nbetter = \"higher\"\nfrequency = \"monthly\"\nprecision = 1\n";

fn values(values: &[u32]) -> Vec<String> {
    values.iter().map(|value| format!("{value},,")).collect()
}

/// The figures of a line of text.
fn read(text: &str) -> Vec<u32> {
    text.split_whitespace().map(|value| value.parse().unwrap()).collect()
}

const OUTLIER: &str = "38 43 43 40 43 38 43 39 40 41 38 37 39 120 39 41 38 41 38 38 39 40 42 42";

#[test]
fn an_old_outlier_moves_no_verdict() {
    let with = |at: &[usize], to: u32| {
        let mut all = read(OUTLIER);
        all[13] = 40;
        at.iter().for_each(|at| all[*at] = to);
        values(&all)
    };
    let step = read("41 41 41 38 39 39 39 42 41 42 90 38 38 40 41 42 40 39 39 39 38 38 40 39");
    for a in [MEAN, COUNT] {
        assert_eq!(said(a, &values(&read(OUTLIER))), "Common none");
        assert_eq!(said(a, &values(&step)), "Common none");
    }
    for (all, expected) in [
        (with(&[13], 40), "Common none"),
        (with(&[22], 80), "Common none"),
        (with(&[3, 10, 14], 80), "Common none"),
        // The latest is a signal.
        (with(&[23], 80), "Improvement(true) outside"),
        (with(&[5, 23], 80), "Improvement(true) outside"),
        // A run that is one without the outlier still is.
        (
            values(&read("40 43 44 40 45 120 43 44 41 45 43 40 42 45 39 44 40 39 41 39 40 39 41 40")),
            "Concern(false) shift",
        ),
    ] {
        assert_eq!(said(MEAN, &all), expected, "{all:?}");
    }
    let limits = judged(MEAN, &values(&read(OUTLIER))).points[23].fact.limits.unwrap();
    assert!(limits.mean < 41.0 && limits.upper < 50.0, "{limits:?}");
}

#[test]
fn an_old_outlier_is_rarely_taken_for_a_change_of_now() {
    let mut seed = 3;
    let mut called = |a: &str, is_odd: bool| {
        let mut series = || {
            let mut all: Vec<u32> = (0..24).map(|_| 37 + random(&mut seed, 7)).collect();
            if is_odd {
                let at = random(&mut seed, 14);
                all[at as usize] = 80 + random(&mut seed, 41);
            }
            said(a, &values(&all)) != "Common none"
        };
        (0..150).filter(|_| series()).count()
    };
    // One in 25 at most, as without the outlier; `docs/statistics.md` has it.
    let found = [called(MEAN, false), called(MEAN, true), called(COUNT, false), called(COUNT, true)];
    assert!(found.iter().all(|called| *called <= 6), "{found:?}");
}

#[test]
fn limits_of_a_percentage_leave_out_nothing_that_chance_gives() {
    let nearly =
        |last: u32| parts(&(0..22).map(|i| (100 - i % 2, 100)).chain([(100, 100), (last, 100)]).collect::<Vec<_>>());
    for (last, expected) in [(96, "Common none"), (95, "Concern(false) outside")] {
        assert_eq!(said(PERCENT, &nearly(last)), expected, "{last}");
        assert_eq!(judged(PERCENT, &nearly(last)).method, Some(Method::P));
    }
    // Spread wider than chance, on both sides.
    let wide = parts(&(0..24).map(|i| ([60, 85, 70, 90, 65][i % 5], 100)).collect::<Vec<_>>());
    assert_eq!(judged(PERCENT, &wide).method, Some(Method::Xmr));
}

#[test]
fn three_far_beyond_all_before_are_no_chance() {
    let before = "40 41 39 40 42 41 40 41 39 40 42 41 40 41 39 40 42 41 40";
    for (a, last, expected) in [
        (COUNT, "60 61 62 60 61", "Concern(true) step"),
        (COUNT, "60 61 62", "Concern(true) step"),
        (COUNT, "60 61", "Common none"),
        // As many as Poisson chance gives.
        (COUNT, "46 47 46", "Common none"),
        // Not all of them, or not further than anything moved.
        (COUNT, "60 61 41 60 61", "Common none"),
        (COUNT, "44 45 44 44 45", "Common none"),
        (MEAN, "60 61 62 60 61", "Improvement(true) step"),
    ] {
        let all = values(&read(&format!("{before} {last}")));
        assert_eq!(said(a, &all), expected, "{last}");
    }
    // Limits of so narrow a spread hold neither level.
    let narrow: Vec<u32> = (0..24).map(|i| if i < 19 { 400 + i % 2 } else { 460 + i % 2 }).collect();
    assert_eq!(said(MEAN, &values(&narrow)), "Improvement(true) step");
}

#[test]
fn what_moves_with_the_time_of_year_is_compared_with_last_year() {
    let wave = read("60 68 78 82 79 71 60 49 45 42 42 50 61 72 79 80 77 72 60 52 43 40 43 50");
    let high = read("200 240 293 311 286 243 190 117 113 110 90 136 202 255 274 307 305 268 219 158 113 107 103 160");
    for all in [&wave, &high] {
        for a in [MEAN, COUNT] {
            assert_eq!(said(a, &values(all)), "Seasonal");
        }
    }
    // A year and eleven months have too few pairs.
    assert_ne!(said(MEAN, &values(&wave[1..])), "Seasonal");
    // A level that lasts is told whatever the season.
    let lower: Vec<u32> =
        wave.iter().enumerate().map(|(at, value)| if at < 18 { value + 100 } else { *value }).collect();
    assert_eq!(said(MEAN, &values(&lower)), "Concern(false) step");
}

#[test]
fn a_yearly_wave_is_never_better_or_worse_and_noise_is_rarely_a_season() {
    const SINE: [i32; 12] = [0, 10, 17, 20, 17, 10, 0, -10, -17, -20, -17, -10];
    let mut seed = 5;
    let mut waves = |height: i32| {
        let mut series = |phase: usize| {
            let level =
                |at: usize, off: u32| u32::try_from(60 + SINE[(at + phase) % 12] * height + off.cast_signed()).unwrap();
            let all: Vec<u32> = (0..24).map(|at| level(at, random(&mut seed, 7))).collect();
            said(MEAN, &values(&all))
        };
        let all: Vec<String> = (0..72).map(|nth| series(nth % 12)).collect();
        let count = |what: &str| all.iter().filter(|said| said.contains(what)).count();
        (count("Seasonal"), count("Improvement") + count("Concern"))
    };
    // `docs/statistics.md` has these.
    assert_eq!(waves(1), (72, 0));
    assert_eq!(waves(2), (72, 0));
    let mut seed = 6;
    let mut noise = || (0..24).map(|_| 40 + (0..6).map(|_| random(&mut seed, 4)).sum::<u32>()).collect::<Vec<u32>>();
    let seasons = (0..300).filter(|_| said(MEAN, &values(&noise())) == "Seasonal").count();
    assert!(seasons <= 5, "{seasons} in 300");
}
