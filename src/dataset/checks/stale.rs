//! Last time's file again, or one with no newer month.

use super::{CheckInput, about_file};
use crate::dataset::report::month_words;
use crate::domain::finding::{Code, Finding};
use crate::domain::observation::{Missing, Reading};
use crate::domain::period::Period;

/// F421 or F422, where a newer month has become due since the last packs.
pub(super) fn check(asked: &CheckInput<'_>) -> Option<Finding> {
    let last = asked.history.last_of(&asked.source.id)?;
    let file = asked.file?;
    if !asked.expects_news(last.period) {
        return None;
    }
    let newest = newest(asked);
    if newest.is_some_and(|newest| newest <= last.newest) {
        let message = format!(
            "there is nothing newer than {}, which the packs of {} had",
            month_words(last.newest),
            month_words(last.period)
        );
        return Some(about_file(asked, Code::NoNewerMonth, message, "supply this month's file"));
    }
    (file.sha256 == last.sha256).then(|| {
        let message = format!("the file has not changed since the packs of {}", month_words(last.period));
        about_file(asked, Code::SameFile, message, "nothing, if it already held this month's final figures")
    })
}

/// The newest month with a figure, taken or refused; none where nothing could be read, which has
/// findings of its own.
fn newest(asked: &CheckInput<'_>) -> Option<Period> {
    let came = |reading: &Reading| reading.figure().is_some() || *reading == Reading::Missing(Missing::Refused);
    let figures = asked.dataset.observations().filter(|seen| came(&seen.reading));
    figures.map(|seen| seen.period).max()
}
