//! What happens in Wrenshire, one file a team.
//!
//! | file | team |
//! |---|---|
//! | [`front_door`] | early help, front door, assessment and child protection |
//! | [`care`] | children in care and fostering |
//! | [`care_parts`] | who the children in care are, where they live and why they leave |
//! | [`school_and_health`] | the virtual school and the health team for children in care |
//! | [`care_leavers`] | the leaving care team |
//! | [`education`] | special educational needs, missing children, exclusions |
//! | [`annual`] | the once-a-year results |
//! | [`workforce`] | social workers, their caseloads, supervision and audits |
//! | [`partners`] | the SEND partnership, whose return arrives broken |
//!
//! The teams count the same children, so what several of them need is worked
//! out once, here.

use crate::lines::{Line, line, of, seasonal};

pub(crate) mod annual;
pub(crate) mod care;
pub(crate) mod care_leavers;
pub(crate) mod care_parts;
pub(crate) mod education;
pub(crate) mod front_door;
pub(crate) mod partners;
pub(crate) mod school_and_health;
pub(crate) mod workforce;

/// Children and young people under 18 in the county.
pub(crate) const CHILDREN: i32 = 120_000;

/// Who is in care and who has left: every team divides by these.
pub(crate) struct Council {
    /// Children in care on the last day.
    pub(crate) in_care: Line,
    /// Children who came into care in the month.
    pub(crate) came_in: Line,
    /// Children who left care in the month: what the other two lines leave over.
    pub(crate) left: Line,
    /// Care leavers aged 17 and 18.
    pub leavers_17_18: Line,
    /// Care leavers aged 19 to 21.
    pub leavers_19_21: Line,
}

impl Council {
    /// Counts everyone.
    pub(crate) fn new() -> Self {
        let in_care = line(
            "in care",
            2,
            &[(202411, 397), (202506, 405), (202512, 411), (202606, 414), (202608, 416), (202609, 418), (202610, 421)],
        );
        // Fewer children come into care in August, more once schools are back.
        let year = [100, 95, 105, 95, 110, 105, 100, 80, 105, 110, 105, 90];
        let came_in =
            seasonal("came in", 2, year, &[(202411, 13), (202606, 14), (202608, 11), (202609, 14), (202610, 14)]);
        let left = (0..in_care.len())
            .map(|at| came_in[at] - in_care[at] + at.checked_sub(1).map_or(in_care[0] - 1, |before| in_care[before]))
            .collect();
        Self {
            in_care,
            came_in,
            left,
            leavers_17_18: line("leavers 17-18", 1, &[(202411, 96), (202604, 101), (202609, 103), (202610, 104)]),
            leavers_19_21: line("leavers 19-21", 1, &[(202411, 149), (202604, 155), (202609, 157), (202610, 158)]),
        }
    }

    /// Unaccompanied asylum-seeking children in care.
    pub(crate) fn alone() -> Line {
        line("CLA03", 1, &[(202411, 31), (202506, 36), (202602, 38), (202609, 35), (202610, 34)])
    }

    /// Children who have been in care long enough for something, in percent of all.
    pub(crate) fn share_in_care(&self, percent: i32) -> Line {
        of(&self.in_care, |children| children * percent / 100)
    }
}
