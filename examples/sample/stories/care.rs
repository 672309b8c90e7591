//! Children in care, their carers and their visits.
//!
//! More children stay with the same carers for longer, and nearly all are
//! visited on time. Homes close by are hard to find, a few children have lived
//! in homes that are not registered, and reviews slip in October because there
//! are too few reviewing officers.

use super::{Council, care_parts};
use crate::lines::{line, of};
use crate::series::Series;

/// The team's return.
pub(crate) fn series(council: &Council) -> Vec<Series> {
    let in_care = &council.in_care;
    let moves = line("CLA06", 5, &[(202411, 118), (202509, 112), (202604, 103), (202609, 97), (202610, 95)]);
    let settled = line("CLA07", 34, &[(202411, 662), (202510, 681), (202605, 702), (202609, 706), (202610, 715)]);
    let near = line("CLA08", 5, &[(202411, 793), (202508, 781), (202604, 764), (202609, 754), (202610, 748)]);
    let fostered = line("CLA09", 12, &[(202411, 728), (202602, 719), (202609, 713), (202610, 715)]);
    let unregistered = line(
        "CLA11",
        0,
        &[
            (202411, 4),
            (202502, 6),
            (202507, 5),
            (202512, 3),
            (202604, 3),
            (202606, 2),
            (202608, 3),
            (202609, 2),
            (202610, 1),
        ],
    );
    let visited = line("CLA12", 22, &[(202411, 902), (202509, 926), (202604, 944), (202609, 947), (202610, 955)]);
    let reviews_due = line("CLA reviews", 5, &[(202411, 66), (202609, 62), (202610, 63)]);
    let reviewed =
        line("CLA13", 8, &[(202411, 944), (202510, 962), (202604, 972), (202608, 966), (202609, 952), (202610, 921)]);
    let aged_four = of(&reviews_due, |reviews| reviews * 80 / 100);
    let took_part = line("CLA14", 32, &[(202411, 930), (202609, 958), (202610, 960)]);
    let three_workers = line("CLA24", 6, &[(202411, 214), (202508, 209), (202603, 226), (202609, 241), (202610, 247)]);
    let approved = line(
        "FO01",
        1,
        &[(202411, 11), (202503, 14), (202509, 17), (202603, 20), (202606, 19), (202609, 21), (202610, 23)],
    );
    let with_carers: Vec<i32> =
        in_care.iter().zip(&fostered).map(|(all, tenths)| (all * tenths + 500) / 1000).collect();
    let mut series = vec![
        Series::count("CLA01", "Children in care on the last day", in_care),
        Series::rate("CLA02", "Children in care per 10,000", in_care, 10_000, super::CHILDREN),
        Series::count("CLA03", "Of whom unaccompanied asylum-seeking children", &Council::alone()),
        Series::count("CLA04", "Children who came into care in the month", &council.came_in),
        Series::count("CLA05", "Children who left care in the month", &council.left),
        Series::share("CLA06", "Three or more homes in 12 months", in_care, &moves),
        Series::share("CLA07", "Same carer for two years or more", &council.share_in_care(36), &settled),
        Series::share("CLA08", "Living within 20 miles of home", in_care, &near),
        Series::share("CLA09", "Living with foster carers", in_care, &fostered),
        Series::count("CLA11", "Living in an unregistered home", &unregistered),
        Series::share("CLA12", "Visited on time", in_care, &visited),
        Series::share("CLA13", "Reviews held on time", &reviews_due, &reviewed),
        // The August 2025 return came without participation, and nobody noticed until the autumn.
        Series::share("CLA14", "Took part in their review (age 4 and over)", &aged_four, &took_part).without(202508),
        Series::share("CLA24", "Three or more social workers in 12 months", in_care, &three_workers),
        Series::count("FO01", "Foster families approved (last 12 months)", &approved),
    ];
    series.extend(around_care(in_care));
    series.extend(care_parts::children(council, &with_carers, &unregistered));
    series.extend(care_parts::places(council));
    series.extend(care_parts::reasons(council));
    series.extend(care_parts::late_reviews(&reviews_due, &reviewed));
    series.extend(care_parts::late_visits(in_care, &visited));
    series.extend(care_parts::moves(in_care, &moves));
    series.extend(care_parts::communities(&approved));
    series
}

/// How long children stay, who sends them to us, who houses them, and what the
/// courts do.
fn around_care(in_care: &[i32]) -> Vec<Series> {
    let months_in_care = line("CLA30", 2, &[(202411, 338), (202510, 351), (202610, 362)]);
    let transferred = line("CLA29", 1, &[(202411, 9), (202504, 11), (202512, 14), (202606, 13), (202610, 12)]);
    let lodgings = line("lodgings", 0, &[(202411, 14), (202506, 16), (202602, 18), (202607, 20), (202610, 20)]);
    let registered = line("FO03", 0, &[(202411, 571), (202508, 690), (202602, 778), (202607, 850), (202610, 900)]);
    let proceedings = line("CT02", 2, &[(202411, 8), (202506, 9), (202606, 11), (202610, 12)]);
    let concluded = line("concluded", 2, &[(202411, 96), (202508, 101), (202604, 104), (202610, 108)]);
    let adopted = line("adopted", 2, &[(202411, 58), (202610, 62)]);
    let days = line("AD01", 5, &[(202411, 418), (202509, 424), (202603, 431), (202606, 438), (202609, 452)]);
    let in_26_weeks = line("CT01", 12, &[(202411, 388), (202508, 421), (202604, 460), (202610, 481)]);
    vec![
        Series::share("FO03", "Supported lodgings carers registered as foster carers", &lodgings, &registered),
        Series::mean("CLA30", "Months in care, on average", &months_over(in_care, &months_in_care), in_care),
        Series::count("CLA29", "Unaccompanied children moved to us by another council (last 12 months)", &transferred),
        Series::count("CT02", "Care proceedings begun in the month", &proceedings),
        Series::share("CT01", "Care proceedings ended within 26 weeks (last 12 months)", &concluded, &in_26_weeks),
        mean_days("AD01", "Days from entering care to living with adopters", &adopted, &days).quarterly(),
    ]
}

/// The months in care of all children together, from their mean in tenths.
fn months_over(children: &[i32], tenths: &[i32]) -> Vec<i32> {
    children.iter().zip(tenths).map(|(children, tenths)| children * tenths / 10).collect()
}

/// A mean number of days, with the children it was worked over.
fn mean_days(name: &'static str, title: &'static str, children: &[i32], days: &[i32]) -> Series {
    let total: Vec<i32> = children.iter().zip(days).map(|(children, days)| children * days).collect();
    Series::mean(name, title, &total, children)
}
