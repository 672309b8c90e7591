//! When the file was last changed, in working days after the month's end.

use chrono::NaiveDate;

use super::{CheckInput, about_file};
use crate::domain::finding::{Code, Finding};

/// F423. Days before the first working day after the month's end are too early
/// for a file from its first on; a source without anything new to tell is let be.
pub(super) fn check(asked: &CheckInput<'_>) -> Option<Finding> {
    let changed = asked.file?.changed?;
    let fresh = asked.source.checks.fresh;
    let day = |nth: Option<u32>| asked.calendar.working_day(asked.period.plus(1), nth?);
    if !asked.expects_news(asked.period.plus(-1)) {
        return None;
    }
    let expected = match (day(fresh.from), day(fresh.by)) {
        (Some(from), _) if changed < from => format!("{} or later", words(from)),
        (_, Some(by)) if changed > by => format!("{} or earlier", words(by)),
        _ => return None,
    };
    let message = format!("the file was last changed on {}; expected {expected}", words(changed));
    Some(about_file(
        asked,
        Code::NotFresh,
        message,
        "ask for the month's final file, or change `checks.fresh` of the source in sources.toml",
    ))
}

fn words(day: NaiveDate) -> String {
    day.format("%-d %B %Y").to_string()
}
