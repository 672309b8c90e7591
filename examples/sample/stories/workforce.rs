//! Social workers, their caseloads, their supervision and the audits of their work.
//!
//! Fewer permanent staff leave than a year ago. Posts in the children in care
//! teams stay empty, so each worker there holds too many children, and agency
//! staff fill the gaps.

use super::Council;
use crate::lines::line;
use crate::series::Series;

/// The headings of turnover and vacancies, team by team.
const TURNOVER: [&str; 5] = [
    "Turnover: assessment",
    "Turnover: children in care",
    "Turnover: leaving care",
    "Turnover: fostering",
    "Turnover: all others",
];
const VACANCIES: [&str; 5] = [
    "Vacancies: assessment",
    "Vacancies: children in care",
    "Vacancies: leaving care",
    "Vacancies: fostering",
    "Vacancies: all others",
];

/// The workforce sheet, one series for each group of columns.
pub(crate) fn series(council: &Council) -> Vec<Series> {
    let leavers: Vec<i32> =
        council.leavers_17_18.iter().zip(&council.leavers_19_21).map(|(younger, older)| younger + older).collect();
    let assessed = line("AS cases", 6, &[(202411, 388), (202605, 394), (202609, 398), (202610, 402)]);
    let all_teams: Vec<i32> = (0..assessed.len()).map(|at| assessed[at] + council.in_care[at] + leavers[at]).collect();
    // Posts are in tenths of a full-time post.
    let assessing = line("AS posts", 2, &[(202411, 162), (202512, 166), (202609, 158), (202610, 150)]);
    let caring = line("CIC posts", 2, &[(202411, 214), (202512, 212), (202606, 203), (202609, 199), (202610, 196)]);
    let leaving = line("CL posts", 1, &[(202411, 98), (202512, 101), (202610, 102)]);
    let in_teams: Vec<i32> = (0..assessing.len()).map(|at| assessing[at] + caring[at] + leaving[at]).collect();
    let largest = line("WF01-MAX", 1, &[(202411, 22), (202512, 23), (202606, 25), (202609, 26), (202610, 27)]);
    let posts = line("posts", 4, &[(202411, 2086), (202604, 2140), (202610, 2145)]);
    let empty = line("empty", 30, &[(202411, 334), (202508, 312), (202604, 281), (202609, 289), (202610, 298)]);
    let staff: Vec<i32> = posts.iter().zip(&empty).map(|(posts, empty)| posts - empty).collect();
    let gone = line("gone", 3, &[(202411, 282), (202510, 251), (202606, 226), (202609, 219), (202610, 214)]);
    let agency = line("agency", 4, &[(202411, 243), (202506, 268), (202512, 285), (202606, 314), (202609, 330)]);
    let filled: Vec<i32> = staff.iter().zip(&agency).map(|(staff, agency)| staff + agency).collect();
    let new_workers =
        line("WF06", 1, &[(202411, 19), (202508, 18), (202509, 27), (202608, 24), (202609, 25), (202610, 26)]);
    let due = line("supervision", 3, &[(202411, 176), (202609, 184), (202610, 183)]);
    let held = line("WF07", 30, &[(202411, 862), (202510, 887), (202605, 906), (202609, 913), (202610, 918)]);
    let audits = line("audits", 2, &[(202411, 24), (202609, 29), (202610, 30)]);
    let good = line("QA01", 75, &[(202411, 583), (202509, 640), (202605, 700), (202609, 724), (202610, 733)]);
    let mut series = vec![
        Series::per_post("Caseload: assessment", "Children per worker, assessment teams", &assessed, &assessing),
        Series::per_post(
            "Caseload: children in care",
            "Children per worker, children in care teams",
            &council.in_care,
            &caring,
        ),
        Series::per_post("Caseload: leaving care", "Young people per adviser, leaving care team", &leavers, &leaving),
        Series::posts("Vacancy rate", "Empty posts", &empty, &posts),
        Series::posts("Turnover (12 months)", "Permanent staff who left", &gone, &staff),
        Series::posts("Agency rate", "Posts filled by agency staff", &agency, &filled).quarterly(),
        Series::count("ASYE workers", "Social workers in their first year", &new_workers),
        Series::share("Supervision on time", "Supervision held on time", &due, &held),
        Series::share("Audits good or better", "Audits graded good or outstanding", &audits, &good),
        Series::count("Largest caseload: children in care", "Most children with one worker", &largest),
        Series::per_post("Caseload: all teams", "Children per worker, all teams", &all_teams, &in_teams),
        Series::per_post("Team: assessment", "Children per worker", &assessed, &assessing),
        Series::per_post("Team: children in care", "Children per worker", &council.in_care, &caring),
        Series::per_post("Team: leaving care", "Young people per adviser", &leavers, &leaving),
    ];
    series.extend(grades(&audits, &good));
    series.extend(by_team(TURNOVER, &gone, &staff));
    series.extend(by_team(VACANCIES, &empty, &posts));
    let complaints = line("complaints", 3, &[(202411, 21), (202508, 23), (202604, 20), (202610, 24)]);
    let answered = line("CO01", 30, &[(202411, 720), (202510, 765), (202606, 801), (202610, 792)]);
    series.push(Series::share("Complaints answered on time", "Complaints answered on time", &complaints, &answered));
    series
}

/// A share of posts for each team, under its heading; the last is what the
/// others leave over. The fostering team is small, and has lost more of its
/// people.
fn by_team(headings: [&'static str; 5], part: &[i32], whole: &[i32]) -> Vec<Series> {
    // Assessment, children in care, leaving care, fostering: of a hundred posts,
    // and of a hundred that are empty or that somebody left.
    let split = |line: &[i32], percents: [i32; 4]| -> Vec<Vec<i32>> {
        let mut teams: Vec<Vec<i32>> =
            percents.iter().map(|percent| line.iter().map(|n| n * percent / 100).collect()).collect();
        let rest = (0..line.len()).map(|at| line[at] - teams.iter().map(|team| team[at]).sum::<i32>()).collect();
        teams.push(rest);
        teams
    };
    let (parts, wholes) = (split(part, [12, 13, 4, 11]), split(whole, [8, 10, 5, 7]));
    let teams = headings.into_iter().zip(parts.iter().zip(&wholes));
    teams.map(|(heading, (part, whole))| Series::posts(heading, "Social work posts", part, whole)).collect()
}

/// How many audits came to each grade: the parts of those that are good or better.
fn grades(audits: &[i32], good_tenths: &[i32]) -> Vec<Series> {
    let good: Vec<i32> = audits.iter().zip(good_tenths).map(|(all, tenths)| (all * tenths + 500) / 1000).collect();
    let outstanding: Vec<i32> = good.iter().map(|good| good / 6).collect();
    let poor: Vec<i32> = audits.iter().zip(&good).map(|(all, good)| (all - good) / 6).collect();
    let rest = |at: usize| audits[at] - good[at] - poor[at];
    vec![
        Series::count("Audits: outstanding", "Audits", &outstanding),
        Series::count(
            "Audits: good",
            "Audits",
            &(0..audits.len()).map(|at| good[at] - outstanding[at]).collect::<Vec<_>>(),
        ),
        Series::count("Audits: requires improvement", "Audits", &(0..audits.len()).map(rest).collect::<Vec<_>>()),
        Series::count("Audits: inadequate", "Audits", &poor),
    ]
}
