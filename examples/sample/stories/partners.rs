//! The SEND partnership, whose return arrives broken.
//!
//! Several bodies fill in one sheet. October has not been sent, two cells point
//! at a sheet that was deleted, someone typed "n\a", and in one month more
//! children were seen on time than were due. What is broken is done where the
//! paper is written; the figures here are sound.

use crate::lines::{line, seasonal};
use crate::series::Series;

/// The partners' return, up to September.
pub(crate) fn series() -> Vec<Series> {
    let advice_due = line("advice", 6, &[(202411, 98), (202610, 116)]);
    let advice = line("SEN11", 14, &[(202411, 612), (202509, 648), (202610, 706)]);
    let therapy = line("therapy", 9, &[(202411, 412), (202610, 468)]);
    let seen = line("SEN12", 12, &[(202411, 582), (202610, 547)]);
    let autism = line("SEN13", 7, &[(202411, 1104), (202610, 1392)]);
    let appeals =
        seasonal("SEN14", 2, [95, 95, 100, 90, 100, 110, 115, 90, 105, 110, 105, 85], &[(202411, 21), (202610, 28)]);
    let early = line("early", 3, &[(202411, 44), (202610, 49)]);
    let early_seen = line("SEN15", 15, &[(202411, 812), (202610, 846)]);
    vec![
        Series::share("SEN11", "Health advice for EHC plans given in 6 weeks", &advice_due, &advice),
        Series::share("SEN12", "Speech and language therapy started in 18 weeks", &therapy, &seen),
        Series::count("SEN13", "Children waiting for an autism assessment", &autism),
        Series::count("SEN14", "Appeals to the SEND Tribunal in the month", &appeals),
        Series::share("SEN15", "Under-fives seen within 6 weeks of a referral", &early, &early_seen),
    ]
    .into_iter()
    .map(|series| series.without(202610))
    .collect()
}
