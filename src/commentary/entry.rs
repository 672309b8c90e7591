//! Every slot of a board: what is asked, of whom, by when, and how far it is.

use chrono::NaiveDate;

use crate::domain::{BoardId, Calendar, Comment, Commentary, IndicatorRef, PackKey, Period, Reading};
use crate::scorecard::change_words::change;
use crate::scorecard::{Binding, Line, Scorecard, Slot, SlotReason, SlotState};
use crate::words;

/// How far a slot is, for those who chase it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum EntryState {
    /// Words are needed and none are there.
    Awaited,
    /// The words are about another figure.
    Stale,
    /// File and workbook say different things.
    Disputed,
    /// The words name a number that the public edition hides, and are left out there.
    NamesHidden,
    /// Words are needed, and there.
    Written,
    /// No words are needed.
    NotNeeded,
}

impl EntryState {
    /// "awaited", "not needed".
    pub fn word(self) -> &'static str {
        match self {
            Self::Awaited => "awaited",
            Self::Stale => "stale",
            Self::Disputed => "disputed",
            Self::NamesHidden => "names a hidden number",
            Self::Written => "written",
            Self::NotNeeded => "not needed",
        }
    }

    /// Whether somebody still has to write.
    pub fn is_owed(self) -> bool {
        matches!(self, Self::Awaited | Self::Stale | Self::Disputed | Self::NamesHidden)
    }
}

/// One slot, or one table of the file that no slot asks for.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct CommentaryEntry {
    /// The board.
    pub board: BoardId,
    /// The pack's month.
    pub period: Period,
    /// The indicator.
    pub indicator: IndicatorRef,
    /// Its title.
    pub title: String,
    /// "84.2%", or why there is none.
    pub figure: String,
    /// "Up 2.1 points on September 2026 (better)".
    pub movement: String,
    /// "Red".
    pub rating: String,
    /// What is asked, a sentence each; empty where nothing is.
    pub prompts: Vec<String>,
    /// Role that owes the words.
    pub owner: String,
    /// By when.
    pub due: Option<NaiveDate>,
    /// How far it is.
    pub state: EntryState,
    /// What words would be bound to now.
    pub about: String,
    /// What was written, if anything, as far as it is there.
    #[serde(skip)]
    pub comment: Option<Comment>,
    /// The last words on it before this period.
    #[serde(skip)]
    pub last: Option<(Period, String)>,
}

/// The slots of a scorecard and the tables that nobody asks for, in the order of its lines.
pub fn entries(card: &Scorecard<'_>, calendar: &Calendar, commentary: &Commentary) -> Vec<CommentaryEntry> {
    let due = card.board.commentary_due(card.period, calendar);
    let key = PackKey { period: card.period, board: card.board.id.clone() };
    let comments = commentary.comments(&key);
    card.lines()
        .filter_map(|line| {
            let reference = &line.indicator.reference;
            let slot = card.slots.iter().find(|slot| slot.indicator.reference == *reference);
            let comment = comments.and_then(|comments| comments.on.get(reference));
            if slot.is_none() && comment.is_none() {
                return None;
            }
            let last = commentary.last_comment(&key, reference);
            Some(CommentaryEntry {
                due: due.filter(|_| slot.is_some_and(|slot| slot.why != SlotReason::Offered)),
                comment: comment.cloned(),
                last: last.map(|(period, comment)| (period, comment.text.for_officers().to_owned())),
                ..entry(card, line, slot)
            })
        })
        .collect()
}

fn entry(card: &Scorecard<'_>, line: &Line<'_>, slot: Option<&Slot<'_>>) -> CommentaryEntry {
    let indicator = line.indicator;
    CommentaryEntry {
        board: card.board.id.clone(),
        period: card.period,
        indicator: indicator.reference.clone(),
        title: indicator.title.clone(),
        figure: match &line.current {
            Reading::Figure(figure) => words::figure(&indicator.measure, figure.value),
            Reading::Missing(missing) => words::missing(*missing).to_owned(),
        },
        movement: words::capital(&change(line)),
        rating: words::rating(line.rating).to_owned(),
        prompts: slot.map(Slot::prompts).unwrap_or_default(),
        owner: indicator.owner.clone(),
        due: None,
        state: match slot {
            None => EntryState::NotNeeded,
            Some(slot) => match slot.state() {
                SlotState::Stale => EntryState::Stale,
                SlotState::Disputed => EntryState::Disputed,
                SlotState::LeftOut => EntryState::NamesHidden,
                _ if slot.why == SlotReason::Offered => EntryState::NotNeeded,
                SlotState::Written => EntryState::Written,
                SlotState::Awaited => EntryState::Awaited,
            },
        },
        about: Binding::of(line).about().to_owned(),
        comment: None,
        last: None,
    }
}
