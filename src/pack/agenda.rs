//! Actions, answers, requests, what was said and done: the lists that a board
//! carries from meeting to meeting. Each only where it has something to say.

use super::front::{block_anchor, has_block, row_anchor};
use super::model::{AgendaCell, AgendaTable};
use crate::domain::agenda::{Moment, Request, Wanted};
use crate::domain::commitment::{Commitment, ProgressState};
use crate::domain::{IndicatorRef, OfficerText, Period, Rating};
use crate::scorecard::{Line, Scorecard, asked};
use crate::words;

pub(super) fn tables(card: &Scorecard<'_>) -> Vec<AgendaTable> {
    let at = card.board.moment(card.period);
    [
        commitments(card, &at),
        actions(card, &at),
        answers(card, &at),
        requests(card, &at),
        voices(card),
        audits(card),
        see_also(card),
        reports(card),
        groups(card),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A list, or nothing where it has no row.
fn table(kind: &str, title: &str, intro: &str, heads: &[&str], rows: Vec<Vec<AgendaCell>>) -> Option<AgendaTable> {
    (!rows.is_empty()).then(|| AgendaTable {
        kind: kind.to_owned(),
        anchor: format!("agenda-{kind}"),
        title: title.to_owned(),
        intro: intro.to_owned(),
        heads: heads.iter().map(|head| (*head).to_owned()).collect(),
        rows,
    })
}

pub(super) fn text(text: &str) -> AgendaCell {
    AgendaCell { text: text.trim().to_owned(), ..AgendaCell::default() }
}

pub(super) fn written(words: &OfficerText) -> AgendaCell {
    text(&words.screened())
}

pub(super) fn mark(look: &str, mark: &str, aside: String) -> AgendaCell {
    AgendaCell { mark: mark.to_owned(), look: look.to_owned(), aside, ..AgendaCell::default() }
}

/// Where an indicator stands in the pack; empty where it does not.
pub(super) fn place(card: &Scorecard<'_>, reference: &IndicatorRef) -> String {
    if !card.board.indicators().any(|known| known == reference) {
        String::new()
    } else if has_block(card, reference) {
        block_anchor(reference)
    } else {
        row_anchor(reference)
    }
}

fn actions(card: &Scorecard<'_>, at: &Moment) -> Option<AgendaTable> {
    let (intro, rows) = super::actions::rows(card, at);
    table("actions", "Actions from earlier meetings", &intro, &["Action", "Who", "State"], rows)
}

fn answers(card: &Scorecard<'_>, at: &Moment) -> Option<AgendaTable> {
    let shown = card.board.agenda.answers.iter().filter(|answer| answer.is_shown(at));
    let rows = shown
        .map(|answer| {
            let question = AgendaCell {
                strong: answer.indicator.as_ref().map(IndicatorRef::to_string).unwrap_or_default(),
                aside: format!("{}, {}", answer.asked_by, words::date(answer.asked)),
                anchor: answer.indicator.as_ref().map(|reference| place(card, reference)).unwrap_or_default(),
                ..written(&answer.question)
            };
            let given = match &answer.answer {
                None => mark("waiting", "To follow", String::new()),
                Some((day, given)) => AgendaCell { aside: format!("answered {}", words::date(*day)), ..written(given) },
            };
            vec![question, given]
        })
        .collect();
    table("answers", "Questions answered in writing", "", &["Question", "Answer"], rows)
}

fn requests(card: &Scorecard<'_>, at: &Moment) -> Option<AgendaTable> {
    let shown = card.board.agenda.requests.iter().filter(|request| request.is_shown(at));
    let rows = shown
        .map(|request| {
            let asked = AgendaCell { aside: format!("asked {}", words::date(request.asked)), ..written(&request.text) };
            vec![asked, found(card, request)]
        })
        .collect();
    table("requests", "Asked for next time", "", &["What members asked to see", "Where it is"], rows)
}

/// Whether a request is met here, and where.
fn found(card: &Scorecard<'_>, request: &Request) -> AgendaCell {
    let anchor = match &request.wanted {
        Wanted::Indicator(reference) => place(card, reference),
        Wanted::Section(number) => {
            let at = card.board.sections.iter().position(|section| section.number == *number);
            at.map(|at| format!("section-{}", at + 1)).unwrap_or_default()
        }
        Wanted::Words => String::new(),
    };
    let state = if asked::is_met(card.board, request) {
        mark("done", if anchor.is_empty() { "Answered" } else { "Here" }, String::new())
    } else {
        mark("waiting", "Not here yet", String::new())
    };
    AgendaCell { text: request.met.screened().trim().to_owned(), anchor, ..state }
}

fn voices(card: &Scorecard<'_>) -> Option<AgendaTable> {
    let shown: Vec<_> = card.board.agenda.you_said.iter().filter(|said| said.period == card.period).collect();
    let is_shown = shown.iter().any(|said| !said.evidence.is_blank());
    let rows = shown.into_iter().map(|said| {
        let mut row = vec![AgendaCell { aside: said.who.clone(), ..written(&said.said) }, written(&said.did)];
        row.extend(is_shown.then(|| written(&said.evidence)));
        row
    });
    let heads = ["You said", "We did", "What shows it"];
    table("voices", "You said, we did", "", &heads[..if is_shown { 3 } else { 2 }], rows.collect())
}

/// How far something is, in an officer's word: with a look of its own, and never a
/// rating's.
pub(super) fn progress(state: ProgressState) -> AgendaCell {
    let look = match state {
        ProgressState::OnTrack => "on-track",
        ProgressState::AtRisk => "at-risk",
        ProgressState::OffTrack => "late",
        ProgressState::Done => "done",
    };
    mark(look, state.word(), String::new())
}

/// What the board holds its officers to: how far each is, the indicators that show it,
/// and the actions that serve it.
fn commitments(card: &Scorecard<'_>, at: &Moment) -> Option<AgendaTable> {
    let rows = card.board.agenda.commitments.iter().map(|commitment| {
        let of =
            [&commitment.from, &commitment.owner].map(|part| part.trim()).into_iter().filter(|part| !part.is_empty());
        let what = AgendaCell {
            strong: commitment.name(),
            aside: of.collect::<Vec<_>>().join(", "),
            ..written(&commitment.title)
        };
        let report = commitment.latest(card.period);
        let far = report.map_or_else(
            || mark("waiting", "Not reported", String::new()),
            |report| {
                let since = if report.period == card.period {
                    String::new()
                } else {
                    format!("as of {}", words::month(report.period))
                };
                AgendaCell { text: report.text.screened().trim().to_owned(), aside: since, ..progress(report.state) }
            },
        );
        vec![what, far, AgendaCell { text: serving(card, commitment, at), ..AgendaCell::default() }]
    });
    let rows = rows.collect();
    let heads = ["What is to be reached", "How far it is", "What shows it and serves it"];
    table(
        "commitments",
        "Priorities and recommendations",
        "How far each is says an officer. It is no rating of figures.",
        &heads,
        rows,
    )
}

/// "CL01 (red) and CL02 (amber). Actions: A14 and the one given for CL01 in September 2026."
fn serving(card: &Scorecard<'_>, commitment: &Commitment, at: &Moment) -> String {
    let measure = |reference: &IndicatorRef| match card.lines().find(|line| line.indicator.reference == *reference) {
        Some(line) => rated(line),
        None => format!("{reference} (not on this board)"),
    };
    let measures: Vec<String> = commitment.measures.iter().map(measure).collect();
    let actions = super::actions::serving(card, at, &commitment.id);
    let said = |before: &str, names: &[String]| (!names.is_empty()).then(|| format!("{before}{}.", words::list(names)));
    [said("", &measures), said("Actions: ", &actions)].into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// "CL01 (red)".
fn rated(line: &Line<'_>) -> String {
    match line.rating {
        Rating::Unrated(_) => format!("{} (not rated)", line.indicator.reference),
        rating => format!("{} ({})", line.indicator.reference, rating.word()),
    }
}

fn audits(card: &Scorecard<'_>) -> Option<AgendaTable> {
    let shown = card.board.agenda.audits.iter().filter(|audit| audit.period == card.period);
    let rows = shown
        .map(|audit| {
            vec![
                AgendaCell { strong: audit.subject.screened().to_string(), ..written(&audit.found) },
                written(&audit.next),
            ]
        })
        .collect();
    table("audits", "What audits of practice found", "", &["What was found", "What happens next"], rows)
}

fn see_also(card: &Scorecard<'_>) -> Option<AgendaTable> {
    let shown = card.board.agenda.see_also.iter().filter(|other| other.period == card.period);
    let rows = shown
        .map(|other| {
            let what = AgendaCell {
                strong: other.indicator.as_ref().map(IndicatorRef::to_string).unwrap_or_default(),
                anchor: other.indicator.as_ref().map(|reference| place(card, reference)).unwrap_or_default(),
                ..written(&other.text)
            };
            vec![what, text(&other.place)]
        })
        .collect();
    table("see-also", "Elsewhere on this agenda", "", &["Subject", "Where"], rows)
}

fn reports(card: &Scorecard<'_>) -> Option<AgendaTable> {
    let mut due: Vec<_> =
        card.board.agenda.reports.iter().filter_map(|report| Some((report.next(card.period)?, report))).collect();
    due.sort_by_key(|(next, _)| *next);
    let rows = due
        .into_iter()
        .map(|(next, report)| {
            let often = match report.every_months {
                0 => "once".to_owned(),
                1 => "every month".to_owned(),
                3 => "every quarter".to_owned(),
                12 => "every year".to_owned(),
                n => format!("every {n} months"),
            };
            let state = if next == card.period {
                mark("done", "Due now", report.place.clone())
            } else {
                text(&format!("With the {} pack", words::month(next)))
            };
            vec![AgendaCell { aside: often, ..text(&report.title) }, text(&report.owner), state]
        })
        .collect();
    table("reports", "Reports to come", "", &["Report", "Who brings it", "When"], rows)
}

/// Indicators by the priority or recommendation that they serve.
fn groups(card: &Scorecard<'_>) -> Option<AgendaTable> {
    let mut tags: Vec<&str> = Vec::new();
    for tag in card.lines().flat_map(|line| &line.indicator.relations.tags) {
        if !tags.contains(&tag.as_str()) {
            tags.push(tag);
        }
    }
    tags.sort_unstable();
    let rows = tags
        .into_iter()
        .map(|tag| {
            let lines: Vec<_> =
                card.lines().filter(|line| line.indicator.relations.tags.iter().any(|known| known == tag)).collect();
            let names: Vec<String> = lines.into_iter().map(rated).collect();
            vec![text(tag), text(&words::list(&names))]
        })
        .collect();
    table(
        "groups",
        "By plan and recommendation",
        "",
        &["Priority or recommendation", "Indicators and their rating"],
        rows,
    )
}

/// "Expected in the March 2027 pack"; late where it should be here.
pub(super) fn expected(expected: Option<Period>, now: Period) -> String {
    match expected {
        None => String::new(),
        Some(then) if then <= now => format!("Was expected in the {} pack", words::month(then)),
        Some(then) => format!("Expected in the {} pack", words::month(then)),
    }
}
