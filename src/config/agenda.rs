//! The parts of `boards/<board>.toml` that are no figures: actions, answers,
//! requests, what was said and done, reports to come.

mod commitments;
mod passages;

use std::collections::BTreeSet;

use chrono::NaiveDate;

pub(super) use commitments::{read as commitments, tie};
pub(super) use passages::read as passages;

use super::reader::TableReader;
use super::suggest;
use crate::domain::agenda::{
    Action, Agenda, AgendaReport, Answer, Audit, NotCollected, Request, SeeAlso, Wanted, YouSaid,
};
use crate::domain::commitment::Commitment;
use crate::domain::{IndicatorRef, Register, Section};

pub(super) fn read(
    root: &mut TableReader<'_>,
    register: &Register,
    sections: &[Section],
    commitments: Vec<Commitment>,
) -> Agenda {
    Agenda {
        actions: actions(root, &commitments),
        answers: list(root, "answers", |table| answer(table, register)),
        requests: list(root, "requests", request),
        you_said: list(root, "you_said", |table| {
            Some(YouSaid {
                who: table.text("who", "who said it, such as \"young people on the care council\"; never a name"),
                said: table.text("said", "what they said").into(),
                did: table.text("did", "what was done about it").into(),
                evidence: table.or("evidence", String::new()).into(),
                period: table.wanted("period", PERIOD)?,
            })
        }),
        audits: list(root, "audits", |table| {
            Some(Audit {
                subject: table.text("subject", "what was looked at").into(),
                found: table.text("found", "what was found").into(),
                next: table.or("next", String::new()).into(),
                period: table.wanted("period", PERIOD)?,
            })
        }),
        reports: list(root, "reports", |table| {
            Some(AgendaReport {
                title: table.text("title", "what the report is called"),
                owner: table.text("owner", "the role that brings it"),
                every_months: table.or("every_months", 0),
                place: table.or("place", String::new()),
                first: table.wanted("first", "the first month whose pack it comes with, such as 2026-10")?,
            })
        }),
        see_also: list(root, "see_also", |table| {
            Some(SeeAlso {
                text: table.text("text", "what is there").into(),
                place: table.text("place", "where, such as \"agenda item 9\""),
                indicator: known(table, register),
                period: table.wanted("period", PERIOD)?,
            })
        }),
        not_collected: list(root, "not_collected", |table| Some(not_collected(table, sections))),
        commitments,
    }
}

const PERIOD: &str = "the month of the pack that it belongs to, such as 2026-10";

pub(super) fn list<'a, T>(
    root: &mut TableReader<'a>,
    key: &'static str,
    mut entry: impl FnMut(&mut TableReader<'a>) -> Option<T>,
) -> Vec<T> {
    let mut entries = Vec::new();
    for mut table in root.tables(key) {
        entries.extend(entry(&mut table));
        table.finish();
    }
    entries
}

fn actions(root: &mut TableReader<'_>, commitments: &[Commitment]) -> Vec<Action> {
    let mut ids = BTreeSet::new();
    list(root, "actions", |table| {
        let id = table.text("id", "its permanent number, such as \"A12\"");
        if !id.is_empty() && !ids.insert(id.clone()) {
            table.fault("id", format!("{id:?} is used twice"), "a number belongs to one action for good");
        }
        let text = table.text("text", "what is to be done").into();
        let owner = table.text("owner", "the role that has it");
        let raised = day(table, "raised", "the date of the meeting that asked for it");
        let due = day(table, "due", "the date by which it is to be done");
        let done = table.date("done");
        let note = table.or("note", String::new()).into();
        let serves = commitments::tie(table, commitments);
        Some(Action { id, text, owner, raised: raised?, due: due?, done, note, serves })
    })
}

fn answer(table: &mut TableReader<'_>, register: &Register) -> Option<Answer> {
    let question = table.text("question", "what was asked").into();
    let asked_by = table.text("asked_by", "the role that asked, such as \"the Chair\"");
    let asked = day(table, "asked", "the date on which it was asked");
    let indicator = known(table, register);
    let answer = table.or("answer", String::new());
    let answered = table.date("answered");
    if answer.trim().is_empty() != answered.is_none() {
        table.fault(
            "answered",
            "stands only beside an `answer`, and an answer needs it",
            "leave both out while the answer is to follow",
        );
    }
    Some(Answer { question, asked_by, asked: asked?, indicator, answer: answered.map(|on| (on, answer.into())) })
}

fn request(table: &mut TableReader<'_>) -> Option<Request> {
    let text = table.text("text", "what was asked for").into();
    let asked = day(table, "asked", "the date of the meeting that asked");
    let section: Option<String> = table.optional("section");
    // It may name an indicator that the register does not have yet.
    let indicator: Option<IndicatorRef> = table.optional("indicator");
    let met = table.or("met", String::new()).into();
    let closed = table.date("closed");
    let wanted = match (indicator, section) {
        (Some(indicator), None) => Wanted::Indicator(indicator),
        (None, Some(section)) => Wanted::Section(section),
        (None, None) => Wanted::Words,
        (Some(_), Some(_)) => {
            table.fault("section", "stands beside `indicator`", "name the one that would meet the request");
            Wanted::Words
        }
    };
    Some(Request { text, asked: asked?, wanted, met, closed })
}

fn not_collected(table: &mut TableReader<'_>, sections: &[Section]) -> NotCollected {
    let section = table.text("section", "the number of the section that it will stand in");
    if !section.is_empty() && !sections.iter().any(|known| known.number == section) {
        let numbers = sections.iter().map(|known| known.number.as_str()).collect::<Vec<_>>().join(", ");
        table.fault("section", format!("the board has no section {section:?}"), format!("its sections are {numbers}"));
    }
    NotCollected {
        section,
        title: table.text("title", "what members would like to see").into(),
        why: table.text("why", "why there is nothing yet").into(),
        expected: table.parsed("expected"),
    }
}

/// A date that must be there.
fn day(table: &mut TableReader<'_>, key: &'static str, hint: &str) -> Option<NaiveDate> {
    table.needs(key, hint);
    table.date(key)
}

/// An indicator of the register, where one is named.
fn known(table: &mut TableReader<'_>, register: &Register) -> Option<IndicatorRef> {
    let reference: IndicatorRef = table.optional("indicator")?;
    if !register.is_empty() && !register.contains_key(&reference) && !table.faults().is_declared(reference.as_str()) {
        let hint = suggest::indicator(reference.as_str(), register);
        table.fault("indicator", format!("{reference} is not in the register"), hint);
    }
    Some(reference)
}
