//! Special educational needs, missing children and exclusions.
//!
//! New education, health and care plans climb back from a very low point as
//! more educational psychologists arrive. Exclusions go the other way.

use crate::lines::{Line, line, seasonal};
use crate::series::Series;

/// The team's return.
pub(crate) fn series() -> Vec<Series> {
    let issued = line("issued", 8, &[(202411, 92), (202512, 104), (202609, 120), (202610, 127)]);
    let in_time = line(
        "SEN01",
        18,
        &[(202411, 392), (202504, 341), (202508, 318), (202601, 362), (202606, 424), (202609, 442), (202610, 480)],
    );
    let plans = line("SEN02", 6, &[(202411, 4712), (202610, 5184)]);
    let reviews_due = seasonal(
        "annual reviews",
        12,
        [100, 100, 120, 90, 110, 120, 110, 20, 70, 110, 120, 80],
        &[(202411, 402), (202609, 330), (202610, 431)],
    );
    let reviewed = line("SEN03", 45, &[(202411, 662), (202509, 691), (202604, 736), (202609, 752), (202610, 761)]);
    let requests = seasonal(
        "SEN04",
        6,
        [100, 105, 110, 90, 110, 115, 120, 45, 80, 105, 110, 80],
        &[(202411, 112), (202609, 96), (202610, 118)],
    );
    let excluded = line("ED02", 1, &[(202411, 51), (202507, 56), (202604, 61), (202609, 66), (202610, 71)]);
    let pupils = line("pupils", 0, &[(202411, 68_100), (202610, 68_900)]);
    let suspended = seasonal(
        "suspended",
        30,
        [100, 100, 105, 90, 100, 104, 88, 100, 100, 100, 100, 112],
        &[(202411, 2390), (202607, 2274)],
    );
    // The destinations of 16 and 17 year olds are settled a month late: October is not in yet.
    let young = line("16-17", 6, &[(202411, 2980), (202610, 3060)]);
    let adrift = line("ED06", 5, &[(202411, 56), (202503, 50), (202509, 58), (202603, 48), (202608, 51), (202609, 47)]);
    let missing_out = line("ED07", 5, &[(202411, 121), (202509, 148), (202606, 133), (202609, 139), (202610, 142)]);
    let at_home = line("ED08", 6, &[(202411, 704), (202507, 742), (202609, 798), (202610, 812)]);
    let mut series = vec![
        Series::share("SEN01", "EHC plans issued in 20 weeks", &issued, &in_time),
        Series::count("SEN02", "EHC plans in force", &plans),
        Series::share("SEN03", "Annual reviews of EHC plans on time", &reviews_due, &reviewed),
        Series::count("SEN04", "Requests for an EHC assessment", &requests),
    ];
    series.extend(missing());
    series.extend([
        Series::count("ED02", "Permanent exclusions (last 12 months)", &excluded),
        Series::per_hundred("ED03", "Suspensions per 100 pupils (term)", &suspended, &pupils).termly(),
        Series::share("ED06", "16–17 year olds NEET or not known", &young, &adrift).without(202610),
        Series::count("ED07", "Children missing education", &missing_out),
        Series::count("ED08", "Children educated at home", &at_home),
    ]);
    series
}

/// Children who go missing, from care and from home, and who talks with them after.
fn missing() -> Vec<Series> {
    let from_care = seasonal(
        "CLA26",
        4,
        [90, 88, 96, 102, 108, 112, 116, 112, 104, 100, 94, 88],
        &[(202411, 48), (202608, 50), (202609, 43), (202610, 61)],
    );
    let away = line("CLA26 away", 1, &[(202411, 13), (202608, 14), (202609, 12), (202610, 17)]);
    let close: Line = from_care.iter().zip(&away).map(|(all, away)| all - away).collect();
    let from_home = seasonal(
        "MI01",
        5,
        [90, 88, 96, 102, 108, 112, 116, 112, 104, 100, 94, 88],
        &[(202411, 66), (202609, 71), (202610, 74)],
    );
    let episodes: Line = from_care.iter().zip(&from_home).map(|(care, home)| care + home).collect();
    let spoken_to = line("CLA27", 50, &[(202411, 742), (202509, 776), (202604, 804), (202609, 807), (202610, 793)]);
    vec![
        Series::count("CLA26", "Missing episodes – children in care", &from_care),
        Series::count("CLA26", "Missing episodes – children in care", &close).of("Living in the county"),
        Series::count("CLA26", "Missing episodes – children in care", &away).of("Living outside the county"),
        Series::count("MI01", "Missing episodes – children at home", &from_home),
        Series::share("CLA27", "Children’s return home interviews in 72 hours", &episodes, &spoken_to),
    ]
}
