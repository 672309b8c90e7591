//! Counts and rates of few, held against Poisson chance; and what one child decides.

use super::honest::{said, targeted};
use super::tests::{COUNT, PERCENT, counts, judged, parts, random};
use super::*;
use crate::scorecard::signal::Assurance;

const RATE: &str =
    "unit = \"rate\"\nper = 10000\nprecision = 1\nbetter = \"lower\"\nfrequency = \"monthly\"\nkind = \"rate\"\n";
const STOCK: &str = "unit = \"count\"\nbetter = \"lower\"\nfrequency = \"monthly\"\nkind = \"stock\"\n";

/// Thirteen months around a level and a last one.
fn around(level: u32, last: u32) -> Vec<u32> {
    (0..13).map(|i| level + i % 2).chain([last]).collect()
}

#[test]
fn limits_narrower_than_poisson_chance_are_not_used() {
    let rate = |level, last| parts(&around(level, last).iter().map(|x| (*x, 20_000)).collect::<Vec<_>>());
    for (a, all, method, expected) in [
        // 9 or more have the chance 0.007 where the mean is 3.8, 10 or more 0.006, 12 or more 0.0009.
        (COUNT, counts(&around(3, 8)), Method::C, "Common none"),
        (COUNT, counts(&around(3, 10)), Method::C, "Common none"),
        (COUNT, counts(&around(3, 13)), Method::C, "Concern(true) outside"),
        (COUNT, counts(&around(16, 24)), Method::C, "Common none"),
        (COUNT, counts(&around(16, 35)), Method::C, "Concern(true) outside"),
        (COUNT, counts(&around(16, 4)), Method::C, "Improvement(false) outside"),
        (RATE, rate(3, 8), Method::U, "Common none"),
        (RATE, rate(3, 13), Method::U, "Concern(true) outside"),
        // A small stock is as chance has it; the moves of a large one are of a few.
        (STOCK, counts(&around(5, 10)), Method::C, "Common none"),
        (STOCK, counts(&around(400, 410)), Method::Xmr, "Concern(true) outside"),
        // The spread reaches below zero, and not far enough up.
        (COUNT, counts(&[2, 3, 1, 2, 4, 2, 1, 3, 2, 1, 3, 2, 1, 7]), Method::C, "Common none"),
        (COUNT, counts(&[2, 3, 1, 2, 4, 2, 1, 3, 2, 1, 3, 2, 1, 10]), Method::C, "Concern(true) outside"),
    ] {
        assert_eq!((judged(a, &all).method, said(a, &all).as_str()), (Some(method), expected), "{all:?}");
    }
}

#[test]
fn one_or_two_of_many_are_no_signal() {
    for (last, expected) in [(403, "Common none"), (404, "Concern(true) outside")] {
        let all: Vec<u32> = (0..13).map(|i| 400 + u32::from(i % 4 == 3)).chain([last]).collect();
        assert_eq!(said(STOCK, &counts(&all)), expected, "{last}");
    }
}

#[test]
fn limits_as_wide_as_chance_or_wider_are_kept() {
    let wide: Vec<u32> = (0..14).map(|i| [2, 14, 5, 11, 3][i % 5]).collect();
    assert_eq!(judged(COUNT, &counts(&wide)).method, Some(Method::Xmr));
    // One number of each month, but never so many of it.
    let bare: Vec<String> = around(3, 8).iter().map(|x| format!("{x}.5,,")).collect();
    assert_eq!(judged(RATE, &bare).method, Some(Method::Xmr));
}

#[test]
fn counts_that_drift_more_than_chance_explains_still_do() {
    let rising: Vec<u32> = (0..24).map(|i| 100 + 6 * i + i % 3).collect();
    assert_eq!(said(COUNT, &counts(&rising)), "Concern(true) drift");
    // 3 rising to 6 is what chance gives.
    let few: Vec<u32> = (0..24).map(|i| 3 + i / 8 + i % 2).collect();
    assert_eq!(judged(COUNT, &counts(&few)).method, Some(Method::C));
}

#[test]
fn counts_that_never_change_are_rarely_called_changed() {
    let mut seed = 7;
    let (mut exact, mut spread) = (0, 0);
    let profile = Profile { fewest: ENOUGH, ..Profile::PLOT_THE_DOTS };
    let options =
        Options { better: Better::Higher, target: None, rebase: vec![], fix_after: None, left_out: vec![], profile };
    for mean in [2, 4, 8, 20] {
        let mut alarms = 0;
        for _ in 0..1000 {
            let counts: Vec<CountedPart> = (0..24)
                .map(|_| (u32::try_from((0..mean * 50).filter(|_| random(&mut seed, 50) == 0).count()).unwrap(), 1))
                .collect();
            let values: Vec<f64> = counts.iter().map(|(x, _)| f64::from(*x)).collect();
            alarms += u32::from(signal::exposed(&counts, 1.0, &options).variation() != Variation::Common);
            spread += u32::from(signal::signal(&values, &options).variation() != Variation::Common);
        }
        assert!(alarms <= 20, "mean {mean}: {alarms} in 1000");
        exact += alarms;
    }
    // `docs/statistics.md` has both.
    assert_eq!((exact, spread), (20, 89));
}

#[test]
fn the_first_that_ever_happened_is_no_signal() {
    for (last, is_silent) in [(1, true), (2, true), (3, false)] {
        let mut all = vec![0; 14];
        all[13] = last;
        let verdict = judged(COUNT, &counts(&all)).verdict;
        assert_eq!(
            matches!(verdict, SignalVerdict::Silent(Silence::OftenZero { .. })),
            is_silent,
            "{last}: {verdict:?}"
        );
    }
}

/// What is said of the target, and what one child would have changed.
fn outlook(a: &str, values: &[String]) -> (Option<Outlook>, Option<ButFor>) {
    match judged(a, values).verdict {
        SignalVerdict::Seen { outlook, .. } => match outlook {
            Some(Outlook::Missing(run) | Outlook::Meeting(run)) => (outlook, run.but_for),
            _ => (outlook, None),
        },
        SignalVerdict::Silent(why) => panic!("{why:?}"),
    }
}

#[test]
fn nothing_is_reliable_that_one_child_decides() {
    let of_20 = |last: u32| parts(&around(15, last).iter().map(|x| (*x, 20)).collect::<Vec<_>>());
    let of_200 = |last: u32| parts(&around(150, last).iter().map(|x| (*x, 200)).collect::<Vec<_>>());
    // 75% and 80% of 20, in turn.
    for (a, all, expected) in [
        (targeted(PERCENT, "82"), of_20(16), Some(ButFor::OneMore)),
        (targeted(PERCENT, "82"), of_20(15), None),
        (targeted(PERCENT, "70"), of_20(14), Some(ButFor::OneFewer)),
        (targeted(PERCENT, "70"), of_20(15), None),
        // Reliable for as long as limits lie off the target.
        (targeted(PERCENT, "99"), of_200(150), None),
        (targeted(COUNT, "2"), counts(&around(3, 3)), Some(ButFor::OneFewer)),
        (targeted(COUNT, "2"), counts(&around(4, 4)), None),
        (targeted(COUNT, "5"), counts(&around(4, 5)), Some(ButFor::OneMore)),
    ] {
        assert_eq!(outlook(&a, &all).1, expected, "{:?}", outlook(&a, &all));
    }
    // More than all there cannot be.
    let range = format!(
        "{}[[indicators.A.targets]]\nfrom = \"2024-04\"\nrange = [70, 100]\ntolerance = 5\nsource = \"local\"\n",
        PERCENT.replace("higher", "range")
    );
    let full: Vec<(u32, u32)> = (0..13).map(|i| (19 - i % 2, 20)).chain([(20, 20)]).collect();
    assert!(
        matches!(outlook(&range, &parts(&full)), (Some(Outlook::Meeting(_)), None)),
        "{:?}",
        outlook(&range, &parts(&full))
    );
    // The limits miss it reliably, and the latest by one child.
    let fail = |last| outlook(&targeted(PERCENT, "90"), &of_200(last)).0;
    assert_eq!(fail(150), Some(Outlook::Forecast(Assurance::Fail)));
    assert!(matches!(fail(179), Some(Outlook::Missing(_))), "{:?}", fail(179));
    assert!(matches!(fail(180), Some(Outlook::Meeting(_))), "{:?}", fail(180));
    assert_eq!(fail(181), Some(Outlook::Forecast(Assurance::Fail)));
}
