//! Who owes commentary for which pack, and by when: a part of what `schedule` says.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::London;
use serde::Serialize;

use crate::config::Config;
use crate::domain::{ActionPart, Board, BoardId, IndicatorRef, PackKey, PackState, Period};
use crate::run::StandingPacks;
use crate::run::drafts::DraftPack;
use crate::schedule::{Milestone, MilestoneKind, milestones};
use crate::words;

/// How far a pack is whose commentary is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum OwedFor {
    /// It stands as a draft: exactly this is awaited.
    Draft,
    /// Its data holds it: nothing can be asked before that is mended.
    Held,
    /// It is not made yet: which of these are asked, its figures will tell.
    ToCome,
}

/// What is owed for one pack.
#[derive(Debug, Serialize)]
pub(super) struct OwedPack {
    board: BoardId,
    period: Period,
    state: OwedFor,
    /// Of a draft, the revision that stands.
    revision: Option<u32>,
    /// The day by which commentary is due, where the board has such a deadline.
    commentary_due: Option<NaiveDate>,
    /// Whoever owes commentary; before the pack is made, whoever may.
    owners: Vec<OwnerShare>,
    /// Who may sign it off, where the board asks for that.
    sign_off: Vec<String>,
    /// When it should be final, where the board says so.
    final_by: Option<DateTime<Utc>>,
}

/// What one role owes.
#[derive(Debug, Default, Serialize)]
struct OwnerShare {
    owner: String,
    indicators: Vec<IndicatorRef>,
    /// Of those that are written but for their action, what is still to be said of it.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    lacks: BTreeMap<IndicatorRef, Vec<ActionPart>>,
    /// Those of them that members have asked to be told about every time.
    always: Vec<IndicatorRef>,
}

/// What is owed: of every draft that stands, and of each board's next pack whose
/// commentary falls due between two days.
pub(super) fn owed(
    config: &Config,
    standing: &StandingPacks,
    drafts: &BTreeMap<PackKey, DraftPack>,
    upcoming: &[(Milestone, PackKey)],
) -> Vec<OwedPack> {
    let mut packs = Vec::new();
    for board in &config.boards {
        let own = drafts.iter().filter(|(key, _)| key.board == board.id);
        packs.extend(own.map(|(key, draft)| pack(config, board, key.period, Some(draft), false)));
        let is_next = |(milestone, key): &&(Milestone, PackKey)| {
            let is_open = standing.published.get(key).is_none_or(|state| *state == PackState::Draft);
            key.board == board.id && milestone.kind == MilestoneKind::CommentaryDue && is_open
        };
        let next = upcoming.iter().find(is_next).filter(|(_, key)| !drafts.contains_key(key));
        packs.extend(next.map(|(_, key)| pack(config, board, key.period, None, standing.held.contains(key))));
    }
    // The first day first; without one last.
    packs.sort_by_key(|pack| (pack.commentary_due.is_none(), pack.commentary_due));
    packs
}

fn pack(config: &Config, board: &Board, period: Period, draft: Option<&DraftPack>, is_held: bool) -> OwedPack {
    let asked: Vec<&IndicatorRef> = match draft {
        Some(draft) => board.indicators().filter(|reference| draft.awaited.contains(reference)).collect(),
        None => board.indicators().collect(),
    };
    let always: BTreeSet<&IndicatorRef> = board
        .commentary
        .standing
        .iter()
        .filter(|standing| standing.is_open(period))
        .map(|standing| &standing.indicator)
        .collect();
    let mut by_owner: Vec<OwnerShare> = Vec::new();
    for reference in asked {
        let Some(indicator) = config.register.get(reference) else { continue };
        let at = by_owner.iter().position(|share| share.owner == indicator.owner).unwrap_or_else(|| {
            by_owner.push(OwnerShare { owner: indicator.owner.clone(), ..OwnerShare::default() });
            by_owner.len() - 1
        });
        by_owner[at].indicators.push(reference.clone());
        let lacks = draft.and_then(|draft| draft.lacks.get(reference)).cloned();
        by_owner[at].lacks.extend(lacks.map(|lacks| (reference.clone(), lacks)));
        by_owner[at].always.extend(always.contains(reference).then(|| reference.clone()));
    }
    let signatories = board.signatories().into_iter().map(str::to_owned).collect();
    let of_final = |milestone: &Milestone| milestone.kind == MilestoneKind::Final;
    OwedPack {
        board: board.id.clone(),
        period,
        state: match draft {
            Some(_) => OwedFor::Draft,
            None if is_held => OwedFor::Held,
            None => OwedFor::ToCome,
        },
        revision: draft.map(|draft| draft.revision),
        commentary_due: board.commentary_due(period, &config.calendar),
        owners: by_owner,
        sign_off: if board.commentary.sign_off { signatories } else { Vec::new() },
        final_by: milestones(board, &config.calendar, period).into_iter().find(of_final).map(|one| one.at),
    }
}

/// The list as text; empty where nothing is owed.
pub(super) fn text(packs: &[OwedPack], today: NaiveDate) -> String {
    if packs.is_empty() {
        return String::new();
    }
    let packs: Vec<String> = packs.iter().map(|pack| of_pack(pack, today)).collect();
    format!("\nWho owes what by when\n\n{}", packs.join("\n"))
}

fn of_pack(pack: &OwedPack, today: NaiveDate) -> String {
    let mut text = format!("{}, {}", pack.board, words::month(pack.period));
    text.push_str(&match pack.commentary_due {
        Some(due) => {
            let overdue = if due < today { ", overdue" } else { "" };
            format!(": commentary due by {}{overdue}\n", words::long_date(due))
        }
        None => ": commentary has no day by which it is due\n".to_owned(),
    });
    text.push_str(&match (pack.state, pack.revision) {
        (OwedFor::Draft, revision) => format!("  It stands as a draft, r{}, and waits for:\n", revision.unwrap_or(0)),
        (OwedFor::Held, _) => "  It is held by its data; once that is mended, these may be asked:\n".to_owned(),
        (OwedFor::ToCome, _) => "  It is not made yet; of these, its figures tell which are asked:\n".to_owned(),
    });
    for OwnerShare { owner, indicators, lacks, .. } in &pack.owners {
        let name = |reference: &IndicatorRef| match lacks.get(reference) {
            Some(lacks) => format!("{reference} ({})", words::action_parts(lacks)),
            None => reference.to_string(),
        };
        let names = indicators.iter().map(name);
        text.push_str(&wrapped(&format!("    {owner}: "), names, "      "));
    }
    let always: Vec<&IndicatorRef> = pack.owners.iter().flat_map(|share| &share.always).collect();
    if !always.is_empty() && pack.state != OwedFor::Draft {
        text.push_str(&wrapped("    asked every time: ", always.into_iter().map(IndicatorRef::to_string), "      "));
    }
    if !pack.sign_off.is_empty() {
        let who = pack.sign_off.join(" or ");
        text.push_str(&format!("    {who}: sign-off{}\n", by(pack.final_by)));
    } else if let Some(final_by) = pack.final_by {
        text.push_str(&format!("  It should be final{}.\n", by(Some(final_by))));
    }
    text
}

fn by(at: Option<DateTime<Utc>>) -> String {
    at.map_or_else(String::new, |at| {
        let local = at.with_timezone(&London);
        format!(" by {} at {}", words::long_date(local.date_naive()), local.format("%H:%M"))
    })
}

/// How wide a line is, at most.
const WIDTH: usize = 96;

/// Names with commas between them, on as many lines as it takes.
fn wrapped(head: &str, names: impl Iterator<Item = String>, indent: &str) -> String {
    let (mut text, mut line) = (String::new(), head.to_owned());
    let mut names = names.peekable();
    while let Some(name) = names.next() {
        let name = if names.peek().is_some() { format!("{name}, ") } else { name };
        if line.chars().count() + name.trim_end().chars().count() > WIDTH {
            text.push_str(line.trim_end());
            text.push('\n');
            line = indent.to_owned();
        }
        line.push_str(&name);
    }
    text.push_str(line.trim_end());
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_wrapped_before_a_line_is_too_wide() {
        let names = |count: usize| (0..count).map(|nth| format!("IND{nth:02}"));
        assert_eq!(wrapped("    Owner: ", names(2), "      "), "    Owner: IND00, IND01\n");
        // 4 + 12 names of 7 signs with their blanks, the last without.
        let text = wrapped("    ", names(14), "      ");
        let widths: Vec<usize> = text.lines().map(|line| line.chars().count()).collect();
        assert!(widths.len() == 2 && widths.iter().all(|width| *width <= WIDTH), "{text}");
        assert_eq!(text.matches("IND").count(), 14);
        assert!(text.lines().nth(1).unwrap().starts_with("      IND"), "{text}");
    }
}
