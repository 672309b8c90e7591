//! The leaving care team.
//!
//! The team keeps in touch with its young people and finds most of them a good
//! home, but pathway plans have been falling behind since the spring.

use super::Council;
use crate::lines::{Line, line, of};
use crate::series::Series;

/// The team's return.
pub(crate) fn series(council: &Council) -> Vec<Series> {
    let (younger, older) = (&council.leavers_17_18, &council.leavers_19_21);
    let all: Vec<i32> = younger.iter().zip(older).map(|(younger, older)| younger + older).collect();
    let plans =
        line("CL01", 7, &[(202411, 846), (202507, 871), (202603, 862), (202606, 829), (202609, 804), (202610, 779)]);
    let in_touch_younger =
        line("CL02", 8, &[(202411, 914), (202510, 940), (202606, 962), (202609, 961), (202610, 933)]);
    let in_touch_older = line("CL02-OL", 17, &[(202411, 928), (202512, 940), (202609, 949), (202610, 956)]);
    let good_home = line("CL03", 14, &[(202411, 886), (202511, 897), (202609, 905), (202610, 911)]);
    let busy = line("CL04", 24, &[(202411, 536), (202508, 549), (202604, 571), (202609, 567), (202610, 563)]);
    let neet = line("CL05", 5, &[(202411, 33), (202508, 30), (202604, 27), (202609, 25), (202610, 24)]);
    let poor_home = line(
        "CL06",
        1,
        &[(202411, 13), (202505, 11), (202508, 8), (202512, 11), (202606, 10), (202609, 10), (202610, 9)],
    );
    let mut series = vec![
        Series::share("CL01", "Pathway plan up to date", &all, &plans),
        Series::share("CL02", "In touch, age 17 and 18", younger, &in_touch_younger),
        Series::share("CL02-OL", "In touch, age 19 to 21", older, &in_touch_older),
        Series::share("CL03", "In suitable accommodation, age 19 to 21", older, &good_home),
        Series::share("CL04", "In education, work or training, age 19 to 21", older, &busy),
        Series::count("CL05", "Not in education, work or training, age 17 and 18", &neet),
        // A number small enough to point at someone: the team held it back.
        Series::count("CL06", "In unsuitable accommodation, age 19 to 21", &poor_home).suppressed(202509),
    ];
    series.extend(plans_by_age(younger, older, &all, &plans));
    series.extend(accommodation(older, &good_home, &poor_home));
    series.extend(neet_reasons(&neet));
    series
}

/// Whose pathway plan is up to date, by age, and what became of the others.
fn plans_by_age(younger: &[i32], older: &[i32], all: &[i32], tenths: &[i32]) -> Vec<Series> {
    const TITLE: &str = "Pathway plan up to date";
    let up_to_date: Line = all.iter().zip(tenths).map(|(all, tenths)| (all * tenths + 500) / 1000).collect();
    // Plans are made at 16 and renewed by the same adviser, so the younger ones have more of them.
    let of_younger: Line = (0..all.len()).map(|at| younger[at].min(up_to_date[at] * 43 / 100)).collect();
    let of_older: Line = (0..all.len()).map(|at| up_to_date[at] - of_younger[at]).collect();
    let behind: Line = (0..all.len()).map(|at| all[at] - up_to_date[at]).collect();
    let not_started = of(&behind, |behind| behind * 22 / 100);
    let out_of_date: Line = (0..all.len()).map(|at| behind[at] - not_started[at]).collect();
    vec![
        Series::part_of("CL01", TITLE, &of_younger, younger).of("Age 17 and 18"),
        Series::part_of("CL01", TITLE, &of_older, older).of("Age 19 to 21"),
        Series::count("CL01", "Pathway plan not up to date", &out_of_date).of("Out of date"),
        Series::count("CL01", "Pathway plan not up to date", &not_started).of("Not started"),
    ]
}

/// Why those aged 17 and 18 are not in education, work or training.
fn neet_reasons(neet: &[i32]) -> Vec<Series> {
    let ill = of(neet, |neet| neet * 38 / 100);
    let parents = of(neet, |neet| neet * 27 / 100);
    let others: Line = (0..neet.len()).map(|at| neet[at] - ill[at] - parents[at]).collect();
    [("Illness or disability", ill), ("Pregnancy or being a parent", parents), ("Other reasons", others)]
        .into_iter()
        .map(|(group, line)| Series::count("CL05", "Why they are not in education, work or training", &line).of(group))
        .collect()
}

/// Where those aged 19 to 21 live. Of a few nothing is known.
fn accommodation(all: &[i32], good_tenths: &[i32], poor: &[i32]) -> Vec<Series> {
    let good: Line = all.iter().zip(good_tenths).map(|(all, tenths)| (all * tenths + 500) / 1000).collect();
    let part = |percent: i32| of(&good, move |good| good * percent / 100);
    let (family, stayed, supported) = (part(22), part(14), part(16));
    let own: Line = (0..good.len()).map(|at| good[at] - family[at] - stayed[at] - supported[at]).collect();
    let custody = of(poor, |poor| poor * 45 / 100);
    let nights: Line = poor.iter().zip(&custody).map(|(poor, custody)| poor - custody).collect();
    let unknown: Line = (0..good.len()).map(|at| (all[at] - good[at] - poor[at]).max(0)).collect();
    [
        ("Own home", own),
        ("With parents or relatives", family),
        ("Supported housing", supported),
        ("Stayed with former foster carers", stayed),
        ("Custody", custody),
        ("Emergency housing or no home", nights),
        ("No information", unknown),
    ]
    .into_iter()
    .map(|(group, line)| Series::count("CL03", "Where they live, age 19 to 21", &line).of(group))
    .collect()
}
