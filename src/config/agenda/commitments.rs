//! `[[commitments]]` of a board's file, and what is tied to one by `for`.

use std::collections::BTreeSet;

use super::list;
use crate::config::reader::TableReader;
use crate::config::suggest;
use crate::domain::commitment::{Commitment, CommitmentKind, ProgressReport, ProgressState};
use crate::domain::{IndicatorRef, Register};

pub(in crate::config) fn read(root: &mut TableReader<'_>, register: &Register) -> Vec<Commitment> {
    let mut ids = BTreeSet::new();
    list(root, "commitments", |table| {
        let id = table.text("id", "its permanent number, such as \"P2\"");
        if !id.is_empty() && !ids.insert(id.clone()) {
            table.fault("id", format!("{id:?} is used twice"), "a number belongs to one commitment for good");
        }
        let kind = table.or("kind", CommitmentKind::Priority);
        let title = table.text("title", "what is to be reached").into();
        let (from, owner) = (table.or("from", String::new()), table.or("owner", String::new()));
        let measures = measures(table, register);
        Some(Commitment { id, kind, title, from, owner, measures, progress: progress(table) })
    })
}

/// The indicators that show whether it is reached. One that the board does not list is
/// named all the same: it may be another board's.
fn measures(table: &mut TableReader<'_>, register: &Register) -> Vec<IndicatorRef> {
    let mut measures = Vec::new();
    for name in table.texts("measures") {
        match register.keys().find(|reference| reference.as_str() == name) {
            Some(reference) if measures.contains(reference) => {
                table.fault("measures", format!("{name} is listed twice"), "leave one");
            }
            Some(reference) => measures.push(reference.clone()),
            None if register.is_empty() || table.faults().is_declared(&name) => {}
            None => {
                table.fault(
                    "measures",
                    format!("{name:?} is not in the register"),
                    suggest::indicator(&name, register),
                );
            }
        }
    }
    measures
}

fn progress(table: &mut TableReader<'_>) -> Vec<ProgressReport> {
    let mut months = BTreeSet::new();
    list(table, "progress", |table| {
        let period = table.wanted("period", super::PERIOD);
        let state: Option<ProgressState> = table.required("state", "on-track, at-risk, off-track or done");
        let text = table.or("text", String::new()).into();
        let report = ProgressReport { period: period?, state: state?, text };
        if !months.insert(report.period) {
            table.fault("period", format!("{} is reported on twice", report.period), "leave one");
        }
        Some(report)
    })
}

/// What an action is tied to: empty, or the number of a commitment of the board.
pub(in crate::config) fn tie(table: &mut TableReader<'_>, commitments: &[Commitment]) -> String {
    let id = table.or("for", String::new()).trim().to_owned();
    if id.is_empty() || commitments.iter().any(|commitment| commitment.id == id) {
        return id;
    }
    let hint = "it is the `id` of one of the [[commitments]] of the board";
    let hint = suggest::hint(&id, commitments.iter().map(|commitment| commitment.id.as_str()), hint);
    table.fault("for", format!("{id:?} is none of the board's commitments"), hint);
    String::new()
}
