//! The right chart for the numbers, or the right silence.

use super::*;
use crate::domain::Code;
use crate::scorecard::signal::Assurance;
use crate::scorecard::test_support::with_card;

pub(super) const PERCENT: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\nkind = \"ratio\"\n";
pub(super) const COUNT: &str = "unit = \"count\"\nbetter = \"lower\"\nfrequency = \"monthly\"\nkind = \"flow\"\n";

/// Rows for the months up to October 2026, one a value.
fn rows(values: &[String]) -> String {
    let last: Period = "2026-10".parse().unwrap();
    let months = (0..).map(|back| last.plus(-back));
    let rows: Vec<String> =
        values.iter().rev().zip(months).map(|(value, month)| format!("A,{month},{value}")).collect();
    rows.join("\n")
}

pub(super) fn judged(a: &str, values: &[String]) -> Judgement {
    with_card(a, "", "\"A\"", &rows(values), |card| card.sections[0][0].judgement.clone())
}

pub(super) fn parts(parts: &[(u32, u32)]) -> Vec<String> {
    parts.iter().map(|(n, d)| format!(",{n},{d}")).collect()
}

pub(super) fn counts(counts: &[u32]) -> Vec<String> {
    counts.iter().map(|count| format!("{count},,")).collect()
}

/// Ordinary ups and downs around 60%, of so many each month.
fn around(sizes: &[u32]) -> Vec<(u32, u32)> {
    let shares = [60, 66, 55, 63, 58, 61, 64, 57, 62, 56, 65, 59, 60, 63];
    (0..14).map(|i| (shares[i] * sizes[i % sizes.len()] / 100, sizes[i % sizes.len()])).collect()
}

#[test]
fn the_denominator_chooses_the_chart() {
    for (sizes, method) in [
        (&[200][..], Some(Method::Xmr)),
        // Ups and downs of a few points are less than chance among so few.
        (&[20], Some(Method::P)),
        (&[19], Some(Method::P)),
        (&[12], Some(Method::P)),
        (&[200, 399], Some(Method::Xmr)),
        (&[200, 400], Some(Method::IPrime)),
        (&[4], None),
    ] {
        assert_eq!(judged(PERCENT, &parts(&around(sizes))).method, method, "{sizes:?}");
    }
}

#[test]
fn a_share_of_a_few_full_time_equivalents_is_not_judged() {
    let halves = |size: u32| -> Vec<String> { around(&[size]).iter().map(|(n, d)| format!(",{n}.5,{d}")).collect() };
    assert_eq!(judged(PERCENT, &halves(19)).verdict, SignalVerdict::Silent(Silence::NotCounted));
    // As many halves say nothing of chance, but their spread does.
    assert_eq!(judged(PERCENT, &halves(20)).method, Some(Method::Xmr));
}

#[test]
fn a_month_of_under_five_says_nothing_whatever_went_before() {
    let mut few = around(&[30]);
    few[13] = (1, 4);
    assert_eq!(judged(PERCENT, &parts(&few)).verdict, SignalVerdict::Silent(Silence::TooFew));
    few[13] = (1, 5);
    assert_ne!(judged(PERCENT, &parts(&few)).verdict, SignalVerdict::Silent(Silence::TooFew));
}

#[test]
fn thirteen_figures_are_enough_and_twelve_are_not() {
    let all = parts(&around(&[200]));
    assert_eq!(judged(PERCENT, &all[2..]).verdict, SignalVerdict::Silent(Silence::TooShort(12)));
    assert!(matches!(judged(PERCENT, &all[1..]).verdict, SignalVerdict::Seen { variation: Variation::Common, .. }));
}

#[test]
fn a_break_and_a_rebase_begin_anew() {
    let all = parts(&around(&[200]));
    let broken = |from: &str| {
        format!("{PERCENT}[[indicators.A.breaks]]\nfrom = \"{from}\"\nkind = \"system\"\nnote = \"New\"\n")
    };
    // Fourteen figures begin in September 2025.
    assert!(matches!(judged(&broken("2025-10"), &all).verdict, SignalVerdict::Seen { .. }));
    assert_eq!(judged(&broken("2025-11"), &all).verdict, SignalVerdict::Silent(Silence::TooShort(12)));
    let rebased =
        |from: &str| format!("{PERCENT}[[indicators.A.signal.rebase]]\nfrom = \"{from}\"\nbecause = \"New team\"\n");
    assert_eq!(judged(&rebased("2025-11"), &all).verdict, SignalVerdict::Silent(Silence::TooShort(12)));
    assert_eq!(judged(&rebased("2025-10"), &all).points[1].fact.group, 1);
}

#[test]
fn a_rebase_that_matches_no_figure_is_told_and_moves_nothing() {
    let mut all = parts(&around(&[200]));
    all[5] = ",,".into();
    let rebased = format!("{PERCENT}[[indicators.A.signal.rebase]]\nfrom = \"2026-02\"\nbecause = \"New team\"\n");
    let judgement = judged(&rebased, &all);
    assert_eq!(judgement.missed, [Missed::NoFigure("2026-02".parse().unwrap())]);
    assert!(judgement.points.iter().all(|point| point.fact.group == 0));
}

#[test]
fn a_rebase_beyond_the_series_is_told_and_one_out_of_sight_is_not() {
    let said = |from: &str, values: &[String]| {
        let a = format!("{PERCENT}[[indicators.A.signal.rebase]]\nfrom = \"{from}\"\nbecause = \"New team\"\n");
        with_card(&a, "", "\"A\"", &rows(values), |card| {
            let missed = card.findings.iter().filter(|finding| finding.code == Code::RebaseMissed);
            missed.map(|finding| finding.message.to_string()).collect::<Vec<_>>().join("; ")
        })
    };
    let all = parts(&around(&[200]));
    // Fourteen figures begin in September 2025, and the pack is of October 2026.
    for (from, expected) in [
        (
            "2025-08",
            "what is usual should be worked out again from August 2025, before the first figure of the source, that of September 2025",
        ),
        ("2025-09", ""),
        ("2027-10", ""),
        (
            "2027-11",
            "what is usual should be worked out again from November 2027, more than a year after this pack's month",
        ),
    ] {
        assert_eq!(said(from, &all), expected, "{from}");
    }
    // Thirty figures begin in May 2024, and the 24 in sight in November 2024.
    let long: Vec<String> = all.iter().cycle().take(30).cloned().collect();
    for (from, is_told) in [("2024-04", true), ("2024-05", false), ("2024-10", false), ("2024-11", false)] {
        assert_eq!(!said(from, &long).is_empty(), is_told, "{from}");
    }
    // A first figure that is hidden is one.
    let hidden: Vec<String> = ["c,,".to_owned()].into_iter().chain(all.iter().cloned()).collect();
    assert_eq!(said("2025-08", &hidden), "");
    assert!(said("2025-07", &hidden).ends_with("that of August 2025"));
    assert_eq!(said("2025-08", &[]), "");
}

#[test]
fn one_dip_from_a_hundred_percent_is_no_signal() {
    let mut all = vec![(200, 200); 24];
    all[10] = (190, 200);
    assert_eq!(judged(PERCENT, &parts(&all)).verdict, SignalVerdict::Silent(Silence::NeverMoved));
}

#[test]
fn so_few_that_no_number_would_tell_are_not_judged() {
    let six: Vec<_> = (0..14).map(|i| (3 + i % 2, 6)).collect();
    assert_eq!(judged(PERCENT, &parts(&six)).verdict, SignalVerdict::Silent(Silence::NothingPossible));
    let twelve: Vec<_> = (0..13).map(|i| (10 + i % 3, 12)).chain([(4, 12)]).collect();
    let verdict = judged(PERCENT, &parts(&twelve)).verdict;
    assert!(
        matches!(verdict, SignalVerdict::Seen { variation: Variation::Concern(false), rule: SignalRule::Below, .. }),
        "{verdict:?}"
    );
}

#[test]
fn what_seldom_happens_is_judged_only_where_it_happens_often_at_once() {
    let mut seldom = vec![0; 14];
    seldom[3] = 1;
    seldom[9] = 2;
    let verdict = judged(COUNT, &counts(&seldom)).verdict;
    let last = Some("2026-06".parse().unwrap());
    let zero = Silence::OftenZero { times: 3.into(), months: 2, figures: 14, last };
    assert_eq!(verdict, SignalVerdict::Silent(zero));
    // With 3 in 13 months before, 3 at once has the chance 0.0017, and 4 has 0.0001.
    seldom[13] = 3;
    assert!(matches!(judged(COUNT, &counts(&seldom)).verdict, SignalVerdict::Silent(Silence::OftenZero { .. })));
    seldom[13] = 4;
    let verdict = judged(COUNT, &counts(&seldom)).verdict;
    assert!(matches!(verdict, SignalVerdict::Seen { variation: Variation::Concern(true), .. }), "{verdict:?}");
}

#[test]
fn a_target_beyond_the_limits_is_always_or_never_met() {
    let with = |target: &str| {
        let target = format!(
            "{PERCENT}[[indicators.A.targets]]\nfrom = \"2024-04\"\nvalue = {target}\ntolerance = 5\nsource = \"local\"\n"
        );
        match judged(&target, &parts(&around(&[200]))).verdict {
            SignalVerdict::Seen { outlook, .. } => outlook,
            SignalVerdict::Silent(why) => panic!("{why:?}"),
        }
    };
    assert_eq!(with("20"), Some(Outlook::Forecast(Assurance::Pass)));
    assert_eq!(with("60"), Some(Outlook::Forecast(Assurance::Inconsistent)));
    assert_eq!(with("95"), Some(Outlook::Forecast(Assurance::Fail)));
}

#[test]
fn silence_may_be_asked_for_and_overlapping_months_are_never_judged() {
    let all = parts(&around(&[200]));
    assert_eq!(judged(&format!("{PERCENT}signal = \"off\"\n"), &all).verdict, SignalVerdict::Silent(Silence::Off));
    with_card(PERCENT, "", "\"A\"", &rows(&all), |card| {
        let line = &card.sections[0][0];
        let rolling = Indicator { basis: Basis::Rolling12Months, ..line.indicator.clone() };
        assert_eq!(judge(&rolling, &line.series, None).verdict, SignalVerdict::Silent(Silence::Overlapping));
    });
}

/// Numbers below a number that look random and are the same everywhere (xorshift).
pub(super) fn random(seed: &mut u64, below: u32) -> u32 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    u32::try_from(*seed >> 32).unwrap() % below
}

#[test]
fn a_process_that_never_changes_is_rarely_called_changed() {
    let mut seed = 45;
    let profile = Profile { fewest: ENOUGH, ..Profile::PLOT_THE_DOTS };
    let options =
        Options { better: Better::Higher, target: None, rebase: vec![], fix_after: None, left_out: vec![], profile };
    for (share, low, high) in [(95, 5, 12), (90, 5, 19), (70, 8, 19), (50, 5, 19)] {
        let mut alarms = 0;
        for _ in 0..1000 {
            let parts: Vec<CountedPart> = (0..24)
                .map(|_| {
                    let n = low + random(&mut seed, high - low + 1);
                    let x = (0..n).filter(|_| random(&mut seed, 100) < share).count();
                    (u32::try_from(x).unwrap(), n)
                })
                .collect();
            alarms += u32::from(signal::counted(&parts, &options).variation() != Variation::Common);
        }
        assert!(alarms <= 20, "{share}% of {low} to {high}: {alarms} in 1000");
    }
}

#[test]
fn nothing_is_said_where_the_public_may_not_see_a_month() {
    let mut values = counts(&[12, 15, 11, 14, 13, 12, 16, 14, 11, 13, 15, 12, 14, 13, 12]);
    assert!(matches!(judged(COUNT, &values).verdict, SignalVerdict::Seen { .. }));
    values[3] = "c,,".to_owned();
    assert_eq!(judged(COUNT, &values).verdict, SignalVerdict::Silent(Silence::Hidden));
    // Behind a break it is another series.
    let broken = format!("{COUNT}[[indicators.A.breaks]]\nfrom = \"2025-10\"\nkind = \"system\"\nnote = \"New\"\n");
    values[3] = "14,,".to_owned();
    values[0] = "c,,".to_owned();
    values[1] = "c,,".to_owned();
    assert!(matches!(judged(&broken, &values).verdict, SignalVerdict::Seen { .. }));
}

#[test]
fn a_mean_above_its_range_and_rising_is_a_concern_that_misses_it() {
    let range = "unit = \"mean\"\nbetter = \"range\"\nfrequency = \"monthly\"\n\
        [[indicators.A.targets]]\nfrom = \"2024-04\"\nrange = [14, 18]\ntolerance = 1\nsource = \"local\"\n";
    let values: Vec<String> =
        ["20.1", "20.3", "19.9", "20.2", "20.0", "20.1", "19.8", "20.2", "20.1", "19.9", "20.0", "20.2", "22.9"]
            .iter()
            .map(|value| format!("{value},,"))
            .collect();
    let SignalVerdict::Seen { variation, outlook, .. } = judged(range, &values).verdict else { panic!("nothing seen") };
    assert_eq!((variation, outlook), (Variation::Concern(true), Some(Outlook::Forecast(Assurance::Fail))));
}
