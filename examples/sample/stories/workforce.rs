//! Social workers, their caseloads, their supervision and the audits of their work.
//!
//! Fewer permanent staff leave than a year ago. Posts in the children in care
//! teams stay empty, so each worker there holds too many children, and agency
//! staff fill the gaps.

use super::Council;
use crate::lines::line;
use crate::series::Series;

/// The workforce sheet, one series for each group of columns.
pub(crate) fn series(council: &Council) -> Vec<Series> {
    let leavers: Vec<i32> =
        council.leavers_17_18.iter().zip(&council.leavers_19_21).map(|(younger, older)| younger + older).collect();
    let assessed = line("AS cases", 6, &[(202411, 388), (202605, 394), (202609, 398), (202610, 402)]);
    // Posts are in tenths of a full-time post.
    let assessing = line("AS posts", 2, &[(202411, 162), (202512, 166), (202609, 158), (202610, 150)]);
    let caring = line("CIC posts", 2, &[(202411, 214), (202512, 212), (202606, 203), (202609, 199), (202610, 196)]);
    let leaving = line("CL posts", 1, &[(202411, 98), (202512, 101), (202610, 102)]);
    let posts = line("posts", 4, &[(202411, 2086), (202604, 2140), (202610, 2145)]);
    let empty = line("empty", 4, &[(202411, 334), (202508, 312), (202604, 281), (202609, 289), (202610, 298)]);
    let staff: Vec<i32> = posts.iter().zip(&empty).map(|(posts, empty)| posts - empty).collect();
    let gone = line("gone", 3, &[(202411, 282), (202510, 251), (202606, 226), (202609, 219), (202610, 214)]);
    let agency = line("agency", 4, &[(202411, 243), (202506, 268), (202512, 285), (202606, 314), (202609, 330)]);
    let filled: Vec<i32> = staff.iter().zip(&agency).map(|(staff, agency)| staff + agency).collect();
    let new_workers =
        line("WF06", 1, &[(202411, 19), (202508, 18), (202509, 27), (202608, 24), (202609, 25), (202610, 26)]);
    let due = line("supervision", 3, &[(202411, 176), (202609, 184), (202610, 183)]);
    let held = line("WF07", 9, &[(202411, 862), (202510, 887), (202605, 906), (202609, 913), (202610, 918)]);
    let audits = line("audits", 2, &[(202411, 24), (202609, 29), (202610, 30)]);
    let good = line("QA01", 25, &[(202411, 583), (202509, 640), (202605, 700), (202609, 724), (202610, 733)]);
    vec![
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
    ]
}
