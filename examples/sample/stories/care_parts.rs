//! Who the children in care are, where they live and why they leave.
//!
//! The parts always make the whole, as they do in a return that is counted
//! from one list. Some are small enough to point at a child.

use super::Council;
use crate::lines::{Line, line, of};
use crate::series::Series;

/// Children in care by age, by how they came and by where they live.
pub(crate) fn children(council: &Council, fostered: &[i32], unregistered: &[i32]) -> Vec<Series> {
    let all = &council.in_care;
    let under_five = line("age 0-4", 2, &[(202411, 64), (202512, 61), (202610, 63)]);
    let to_nine = line("age 5-9", 2, &[(202411, 78), (202610, 75)]);
    let to_fifteen = line("age 10-15", 3, &[(202411, 157), (202610, 168)]);
    let ages =
        rest("CLA01", all, vec![("0 to 4", under_five), ("5 to 9", to_nine), ("10 to 15", to_fifteen)], "16 and 17");
    let origin =
        rest("CLA01", all, vec![("Unaccompanied asylum-seeking children", Council::alone())], "Local children");
    let kin = of(fostered, |children| children * 18 / 100);
    let strangers = kin.iter().zip(fostered).map(|(kin, all)| all - kin).collect();
    let homes = vec![
        ("Foster carers who are family or friends", kin),
        ("Other foster carers", strangers),
        ("Children's home", line("homes", 1, &[(202411, 41), (202604, 48), (202610, 52)])),
        ("With their parents", line("with parents", 1, &[(202411, 21), (202610, 19)])),
        ("Residential school or secure home", line("secure", 1, &[(202411, 4), (202610, 3)])),
        ("Unregistered home", unregistered.to_vec()),
    ];
    let homes = rest("CLA01", all, homes, "Supported lodgings or housing");
    [ages, origin, homes].concat()
}

/// Where children live, seen from the county.
pub(crate) fn places(council: &Council) -> Vec<Series> {
    let all = &council.in_care;
    let inside = of(all, |children| children * 68 / 100);
    let next_door = line("next county", 2, &[(202411, 71), (202610, 78)]);
    rest("CLA08", all, vec![("In the county", inside), ("In a county next to ours", next_door)], "Further away")
}

/// Why children left care in the month.
pub(crate) fn reasons(council: &Council) -> Vec<Series> {
    let share = |percent: i32| of(&council.left, move |children| (children * percent + 50) / 100);
    let reasons = vec![
        ("Went home to parents or relatives", share(33)),
        ("Went to live with a guardian", share(17)),
        ("Were adopted", share(8)),
    ];
    rest("CLA05", &council.left, reasons, "Turned 18")
}

/// How late the reviews were that were late.
pub(crate) fn late_reviews(due: &[i32], tenths: &[i32]) -> Vec<Series> {
    let late = not_in_time(due, tenths);
    rest("CLA13", &late, how_late(&late), "More than 20 working days late")
}

/// How late the visits were that were late.
pub(crate) fn late_visits(due: &[i32], tenths: &[i32]) -> Vec<Series> {
    let late = not_in_time(due, tenths);
    rest("CLA12", &late, how_late(&late), "More than 20 working days late")
}

/// Whether the moves of those who moved often were planned, and how old they
/// were when they came into care.
pub(crate) fn moves(in_care: &[i32], tenths: &[i32]) -> Vec<Series> {
    let moved: Line = in_care.iter().zip(tenths).map(|(all, tenths)| (all * tenths + 500) / 1000).collect();
    let share = |percent: i32| of(&moved, move |moved| moved * percent / 100);
    let planned = rest("CLA06", &moved, vec![("Every move was planned", share(24))], "A move was not planned");
    let ages = vec![("Came at 0 to 4", share(20)), ("Came at 5 to 9", share(24)), ("Came at 10 to 15", share(38))];
    [planned, rest("CLA06", &moved, ages, "Came at 16 or 17")].concat()
}

/// From which communities the foster families approved in a year come.
pub(crate) fn communities(approved: &[i32]) -> Vec<Series> {
    let share = |percent: i32| of(approved, move |families| families * percent / 100);
    let communities = vec![
        ("Asian or Asian British", share(12)),
        ("Black, Black British, Caribbean or African", share(9)),
        ("Mixed or more than one", share(5)),
        ("Any other", share(4)),
    ];
    rest("FO01", approved, communities, "White")
}

fn not_in_time(due: &[i32], tenths: &[i32]) -> Line {
    due.iter().zip(tenths).map(|(due, tenths)| due - (due * tenths + 500) / 1000).collect()
}

fn how_late(late: &[i32]) -> Vec<(&'static str, Line)> {
    vec![
        ("1 to 5 working days late", of(late, |late| (late * 3 + 2) / 5)),
        ("6 to 20 working days late", of(late, |late| late / 5)),
    ]
}

/// The parts, and a last one for all whom they leave over.
fn rest(name: &'static str, all: &[i32], parts: Vec<(&'static str, Line)>, last: &'static str) -> Vec<Series> {
    let over: Line = (0..all.len()).map(|at| all[at] - parts.iter().map(|(_, part)| part[at]).sum::<i32>()).collect();
    assert!(over.iter().all(|over| *over >= 0), "the parts of {name} are more than the whole");
    parts
        .into_iter()
        .chain([(last, over)])
        .map(|(group, part)| Series::count(name, title(name), &part).of(group))
        .collect()
}

fn title(name: &str) -> &'static str {
    match name {
        "CLA01" => "Children in care on the last day",
        "CLA05" => "Children who left care in the month",
        "CLA06" => "Three or more homes in 12 months",
        "CLA08" => "Where children in care live",
        "CLA12" => "Visited late",
        "FO01" => "Foster families approved (last 12 months)",
        _ => "Reviews held late",
    }
}
