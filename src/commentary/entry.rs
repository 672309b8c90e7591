//! Every slot of a board: what is asked, of whom, by when, and how far it is.

use chrono::NaiveDate;

use crate::domain::agenda::ActionStatus;
use crate::domain::commentary::CarriedAction;
use crate::domain::{ActionPart, BoardId, Calendar, Comment, Commentary, IndicatorRef, PackKey, Period, Reading};
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
    /// It is red, and something of its action is not said.
    Incomplete,
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
            Self::Incomplete => "incomplete",
            Self::Written => "written",
            Self::NotNeeded => "not needed",
        }
    }

    /// Whether somebody still has to write.
    pub fn is_owed(self) -> bool {
        matches!(self, Self::Awaited | Self::Stale | Self::Disputed | Self::NamesHidden | Self::Incomplete)
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
    /// What an incomplete one has not: an action, its owner, its day.
    pub lacks: Vec<ActionPart>,
    /// What words would be bound to now.
    pub about: String,
    /// What was written, if anything, as far as it is there.
    #[serde(skip)]
    pub comment: Option<Comment>,
    /// The last words on it before this period.
    #[serde(skip)]
    pub last: Option<(Period, String)>,
    /// What earlier months gave as its action, and how each stands.
    #[serde(skip)]
    pub carried: Vec<(CarriedAction, ActionStatus)>,
    /// The commitments of the board that an action may serve.
    #[serde(skip)]
    pub commitments: Vec<String>,
}

/// Whether an officer is asked what became of an action, though nothing else is asked.
fn is_asked_about((_, status): &(CarriedAction, ActionStatus)) -> bool {
    matches!(status, ActionStatus::Overdue | ActionStatus::DueByMeeting)
}

impl CommentaryEntry {
    /// Whether it has a place in the file: what is asked has, and what became of an
    /// action whose day has come.
    pub fn has_place(&self) -> bool {
        self.state != EntryState::NotNeeded || self.carried.iter().any(is_asked_about)
    }

    /// What earlier months gave as its action, a sentence each, and what is asked of it.
    pub fn carried_in_words(&self) -> Vec<String> {
        let mut told: Vec<String> = self.carried.iter().map(|(action, status)| carried(action, *status)).collect();
        if self.carried.iter().any(|(action, _)| action.done.is_none()) {
            told.push(format!(
                "When it is done, say so or on which day in {LAST_DONE} (in the workbook: Last action done). What goes on, write as this month's action."
            ));
        }
        told
    }

    /// How far it is: "awaited", "needs an owner and a day".
    pub fn state_in_words(&self) -> String {
        match self.state {
            EntryState::Incomplete => format!("needs {}", words::action_parts(&self.lacks)),
            state => state.word().to_owned(),
        }
    }
}

/// The key, and the workbook's column, that says what became of earlier actions.
const LAST_DONE: &str = "`last_action_done`";

/// "Action of September 2026: Hire two. Head of Service, by 18 November 2026: overdue."
fn carried(action: &CarriedAction, status: ActionStatus) -> String {
    let owner = action.owner.for_officers().trim();
    let what = action.action.for_officers().split_whitespace().collect::<Vec<_>>().join(" ");
    let by = action.due.map_or_else(|| "no day given".to_owned(), |due| format!("by {}", words::date(due)));
    let who = [owner, &by].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    let stands = match status {
        ActionStatus::Done(_) => ": done",
        ActionStatus::Overdue => ": overdue",
        ActionStatus::DueByMeeting => ": due by the meeting",
        ActionStatus::Open => "",
    };
    let what = what.trim_end_matches('.');
    format!("Action of {}: {what}. {who}{stands}.", words::month(action.given))
}

/// The slots of a scorecard and the tables that nobody asks for, in the order of its lines.
pub fn entries(card: &Scorecard<'_>, calendar: &Calendar, commentary: &Commentary) -> Vec<CommentaryEntry> {
    let due = card.board.commentary_due(card.period, calendar);
    let key = PackKey { period: card.period, board: card.board.id.clone() };
    let comments = commentary.comments(&key);
    let at = card.board.moment(card.period);
    let all_carried: Vec<(CarriedAction, ActionStatus)> = commentary
        .carried(&key, card.board.indicators())
        .into_iter()
        .map(|action| {
            let status = action.status(&at);
            (action, status)
        })
        .collect();
    let commitments: Vec<String> =
        card.board.agenda.commitments.iter().map(|commitment| commitment.id.clone()).collect();
    card.lines()
        .filter_map(|line| {
            let reference = &line.indicator.reference;
            let slot = card.slots.iter().find(|slot| slot.indicator.reference == *reference);
            let comment = comments.and_then(|comments| comments.on.get(reference));
            let carried: Vec<_> =
                all_carried.iter().filter(|(action, _)| action.indicator == *reference).cloned().collect();
            if slot.is_none() && comment.is_none() && !carried.iter().any(is_asked_about) {
                return None;
            }
            let last = commentary.last_comment(&key, reference);
            Some(CommentaryEntry {
                due: due.filter(|_| slot.is_some_and(|slot| slot.why != SlotReason::Offered)),
                comment: comment.cloned(),
                carried,
                commitments: commitments.clone(),
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
                SlotState::Incomplete => EntryState::Incomplete,
                SlotState::Written => EntryState::Written,
                SlotState::Awaited => EntryState::Awaited,
            },
        },
        lacks: slot.filter(|slot| slot.state() == SlotState::Incomplete).map(Slot::lacks).unwrap_or_default(),
        about: Binding::of(line).about().to_owned(),
        comment: None,
        last: None,
        carried: Vec::new(),
        commitments: Vec::new(),
    }
}
