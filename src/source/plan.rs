//! From sources to the distinct files they need.

use std::collections::{BTreeMap, BTreeSet};

use super::Fetched;
use crate::domain::layout::Newest;
use crate::domain::{Period, Source, SourceId};
use crate::storage::StorageError;

/// One file to fetch.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FetchTask {
    /// The storage's name in the config.
    pub(super) storage: String,
    /// The file's name or pattern below it, for the period.
    pub(super) file: String,
    /// Which of several matching files is meant.
    pub(super) newest: Option<Newest>,
    /// Files of earlier months that may stand in for a missing one, the latest first.
    pub(super) older: Vec<(Period, String)>,
}

impl FetchTask {
    /// What is to be fetched of a source for a period.
    pub(super) fn new(source: &Source, period: Period) -> Self {
        let file = expand(&source.files, period);
        let back = i32::try_from(source.carry_forward_months).unwrap_or(i32::MAX).min(BACK_AT_MOST);
        let mut older: Vec<(Period, String)> = Vec::new();
        for months in 1..=back {
            let month = period.plus(-months);
            let name = expand(&source.files, month);
            // Names without the month in them are the same file again.
            if name != file && older.iter().all(|(_, known)| *known != name) {
                older.push((month, name));
            }
        }
        Self { storage: source.storage.clone(), file, newest: source.newest, older }
    }
}

/// A file older than two years stands in for nothing.
const BACK_AT_MOST: i32 = 24;

/// Each distinct file with the sources that need it. A wanted source that the
/// config does not declare has its answer at once.
pub(super) fn plan(
    declared: &BTreeMap<SourceId, Source>,
    wanted: &BTreeSet<SourceId>,
    period: Period,
) -> (BTreeMap<FetchTask, Vec<SourceId>>, BTreeMap<SourceId, Fetched>) {
    let mut tasks: BTreeMap<FetchTask, Vec<SourceId>> = BTreeMap::new();
    let mut answered = BTreeMap::new();
    for id in wanted {
        match declared.get(id) {
            Some(source) => {
                tasks.entry(FetchTask::new(source, period)).or_default().push(id.clone());
            }
            None => {
                let error = StorageError::Undeclared { what: "source", name: id.to_string() };
                answered.insert(id.clone(), Fetched::Unreachable(error));
            }
        }
    }
    (tasks, answered)
}

/// A declared path for a period: `{period}` is 2026-10, `{year}` 2026 and
/// `{month}` 10.
pub fn expand(files: &str, period: Period) -> String {
    files
        .replace("{period}", &period.to_string())
        .replace("{year}", &format!("{:04}", period.year()))
        .replace("{month}", &format!("{:02}", period.month()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_expanded_for_its_period() {
        let period = Period::new(2026, 4).unwrap();
        for (files, expanded) in [
            ("a.xlsx", "a.xlsx"),
            ("{period}/KPI_{year}{month}*.xlsx", "2026-04/KPI_202604*.xlsx"),
            ("{year}/{year}-{month}.xlsx", "2026/2026-04.xlsx"),
            ("{other}.xlsx", "{other}.xlsx"),
        ] {
            assert_eq!(expand(files, period), expanded);
        }
    }
}
