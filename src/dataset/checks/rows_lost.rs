//! Fewer rows than last time: a file that was copied by half, or exported with a
//! filter. Of a table that is cut off most figures are missing, and told; of a
//! list of people every count only gets smaller.

use super::{CheckInput, about_file};
use crate::dataset::report::month_words;
use crate::domain::finding::{Code, Finding};

/// More than one in so many rows lost is told.
const SHARE: usize = 5;

/// F433.
pub(super) fn check(asked: &CheckInput<'_>) -> Option<Finding> {
    let (period, before) = asked.history.rows_of(&asked.source.id)?;
    let now = asked.dataset.rows();
    // A file of a new year begins later, and has fewer rows for a while.
    let printed = asked
        .indicators
        .iter()
        .flat_map(|indicator| asked.history.of(&indicator.reference))
        .map(|(month, _)| month)
        .min();
    // A list of people begins with its month each time.
    let begins = asked.begins().filter(|_| asked.source.person.is_none());
    if begins.zip(printed).is_some_and(|(begins, printed)| begins > printed) {
        return None;
    }
    (now > 0 && now < before && (before - now) * SHARE > before).then(|| {
        let message = format!("found {now} rows; the packs of {} were made from {before} or more", month_words(period));
        let hint = "check that the file is whole and was exported without a filter; if it is, say in the commentary why there are fewer";
        about_file(asked, Code::RowsLost, message, hint)
    })
}
