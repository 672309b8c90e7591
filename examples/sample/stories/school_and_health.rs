//! The virtual school and the health team for children in care.
//!
//! Education plans are the year's success. First health assessments are not:
//! few children a month, and clinics that are booked up. Of the children who
//! live outside the county only a handful are due each month; in October it is
//! two, and one was seen.

use super::Council;
use crate::lines::{Line, line, of};
use crate::series::Series;

/// The two teams' shared return.
pub(crate) fn series(council: &Council) -> Vec<Series> {
    let learners = council.share_in_care(70);
    let plans = line(
        "CLA16",
        8,
        &[(202411, 812), (202504, 846), (202512, 893), (202604, 921), (202607, 948), (202609, 944), (202610, 963)],
    );
    let asked = line("CLA17", 90, &[(202411, 790), (202512, 850), (202608, 910), (202609, 930), (202610, 857)]);
    let seen =
        line("CLA18", 50, &[(202411, 760), (202506, 800), (202602, 830), (202608, 800), (202609, 800), (202610, 692)]);
    let waiting: Line = vec![2, 1, 1, 2, 0, 3, 1, 2, 2, 0, 1, 3, 2, 1, 0, 2, 3, 1, 2, 1, 0, 2, 1, 2];
    let over_a_year = council.share_in_care(78);
    let yearly = line("CLA19", 19, &[(202411, 902), (202509, 911), (202605, 924), (202609, 923), (202610, 927)]);
    let teeth = line("CLA20", 24, &[(202411, 748), (202509, 776), (202604, 805), (202609, 808), (202610, 811)]);
    let away_due: Line = vec![6, 5, 4, 7, 6, 3, 5, 8, 4, 2, 6, 7, 5, 4, 3, 6, 8, 5, 4, 7, 6, 3, 4, 2];
    let away_seen: Line = vec![5, 4, 4, 5, 5, 2, 4, 6, 4, 2, 4, 6, 4, 4, 2, 5, 7, 4, 3, 6, 5, 3, 3, 1];
    let absent = line(
        "ED01",
        9,
        &[(202411, 204), (202412, 212), (202504, 221), (202507, 216), (202512, 219), (202604, 226), (202607, 231)],
    );
    let older_learners = council.share_in_care(27);
    let older_plans =
        line("CLA16-P16", 12, &[(202411, 691), (202504, 724), (202512, 790), (202607, 846), (202610, 868)]);
    // Two sessions for each day of a term, for every child.
    let sessions = of(&learners, |children| children * 118);
    let attended =
        line("ED09", 5, &[(202412, 902), (202504, 899), (202507, 897), (202512, 896), (202604, 892), (202607, 890)]);
    let due = due_for_first_check(council);
    let mut series = vec![
        Series::share("CLA16", "Personal education plan up to date", &learners, &plans),
        Series::share("CLA16-P16", "Personal education plan up to date, age 16 and 17", &older_learners, &older_plans),
        Series::share("CLA17", "Initial health assessment asked for in 3 working days", &council.came_in, &asked),
        Series::share("CLA18", "Initial health assessment held in 20 working days", &due, &seen).waiting(waiting),
        Series::share("CLA19", "Annual health assessment up to date", &over_a_year, &yearly),
        Series::part_of("CLA19-OC", "Health assessments on time, living outside the county", &away_seen, &away_due),
        Series::share("CLA20", "Seen a dentist in the last year", &over_a_year, &teeth),
        Series::share("ED01", "Persistently absent from school", &council.share_in_care(58), &absent).termly(),
        Series::share("ED09", "Attendance of children in care", &sessions, &attended).termly(),
    ];
    series.extend(late_checks(&due, &seen));
    series
}

/// How late the first checks were that were late.
fn late_checks(due: &[i32], tenths: &[i32]) -> Vec<Series> {
    let late: Line = due.iter().zip(tenths).map(|(due, tenths)| due - (due * tenths + 500) / 1000).collect();
    let soon = of(&late, |late| (late * 2 + 2) / 3);
    let later = (0..late.len()).map(|at| late[at] - soon[at]).collect::<Line>();
    [("Up to 10 working days late", soon), ("More than 10 working days late", later)]
        .into_iter()
        .map(|(group, line)| Series::count("CLA18", "Initial health assessment held late", &line).of(group))
        .collect()
}

/// Children whose twenty working days ran out in the month: those who came
/// into care the month before, less one who soon went home.
fn due_for_first_check(council: &Council) -> Line {
    let mut due = council.came_in.clone();
    due.rotate_right(1);
    due[0] = 13;
    due.into_iter().map(|children| children - 1).collect()
}
