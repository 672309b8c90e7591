//! The suppression log: what is hidden, why, and what it protects. It holds
//! the hidden figures, so it goes with the restricted edition only.

use super::audit::Violation;
use super::release::{CellId, Release};
use super::suppress::{Reason, Suppression};
use crate::domain::{IndicatorRef, Period};

/// One hidden count, ready to print.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogRow {
    /// Which count.
    pub cell: CellId,
    /// Its name.
    pub label: String,
    /// What it is.
    pub value: u32,
    /// Why it is hidden.
    pub why: String,
    /// The names of counts that it would give away.
    pub protects: Vec<String>,
}

impl LogRow {
    /// Why it is hidden and what it protects, without what it is.
    pub(super) fn sentence(&self) -> String {
        match self.protects.as_slice() {
            [] => format!("{}: {}", self.label, self.why),
            protects => format!("{}: {} It protects {}.", self.label, self.why, protects.join("; ")),
        }
    }
}

/// A hidden figure of an indicator, in the words of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HiddenFigure {
    /// The indicator, or the part of one.
    pub indicator: IndicatorRef,
    /// Its month.
    pub period: Period,
    /// "CLA05, Turned 18, October 2026".
    pub label: String,
    /// What it is.
    pub value: String,
    /// Why it is hidden.
    pub why: String,
    /// The names of figures that it would give away.
    pub protects: Vec<String>,
}

/// A row for every hidden count, in the order of the release.
pub fn log(release: &Release, suppression: &Suppression) -> Vec<LogRow> {
    let label = |id: &CellId| release.get(*id).label.clone();
    suppression
        .iter()
        .map(|(cell, reason)| LogRow {
            cell,
            label: label(&cell),
            value: release.get(cell).value,
            why: why(release, cell, reason),
            protects: match reason {
                Reason::Protects(ids) => ids.iter().map(label).collect(),
                Reason::Small | Reason::WholeGroup => Vec::new(),
            },
        })
        .collect()
}

fn why(release: &Release, cell: CellId, reason: &Reason) -> String {
    match reason {
        Reason::Small => {
            let small = release.get(cell).rule.map_or(0, |rule| rule.small);
            format!("It is a count from 1 to {small}.")
        }
        Reason::WholeGroup => "It is everyone in the group.".to_owned(),
        Reason::Protects(ids) if ids.len() == 1 => "A hidden count could be worked out from it.".to_owned(),
        Reason::Protects(_) => "Hidden counts could be worked out from it, these among them.".to_owned(),
    }
}

/// What the refusal of an edition says of one count, without its value.
pub(super) fn says(release: &Release, violation: &Violation) -> String {
    use super::audit::Leak;
    let label = &release.get(violation.cell).label;
    match violation.leak {
        Leak::Printed => format!("{label} is small and would be printed"),
        Leak::Few => format!("{label} could be worked out to be only a few"),
        Leak::Exact => format!("{label} could be worked out exactly"),
        Leak::All => format!("{label} could be worked out to be nobody"),
    }
}
