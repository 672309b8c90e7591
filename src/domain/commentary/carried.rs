//! Actions that commentary of earlier months gave, as a later pack carries them on.
//!
//! Commentary is written anew each month; what it promised is not done with it. An
//! action stands until an officer says that it is done, for as long as the months in
//! which it was given are looked back at.

use chrono::NaiveDate;

use super::{ActionPart, Comment, Commentary, DoneWhen};
use crate::domain::agenda::{ActionStatus, Moment};
use crate::domain::{IndicatorRef, OfficerText, PackKey, Period};

/// How many months back actions are looked for.
pub const MONTHS_BACK: i32 = 12;

/// An action that commentary of an earlier month gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CarriedAction {
    /// The indicator that it was given for.
    pub indicator: IndicatorRef,
    /// The month whose commentary gave it first.
    pub given: Period,
    /// What is to be done.
    pub action: OfficerText,
    /// The role that does it; may be empty.
    pub owner: OfficerText,
    /// By when, as it was said last; none where no day was said.
    pub due: Option<NaiveDate>,
    /// By when, as it was said first, where that was another day.
    pub first_due: Option<NaiveDate>,
    /// What it serves, by the number that the board declares; may be empty.
    pub serves: String,
    /// That it was done since the pack before.
    pub done: Option<DoneWhen>,
    /// Whether this month's commentary gives it again, in the same words.
    pub is_again: bool,
}

impl CarriedAction {
    fn of(indicator: &IndicatorRef, given: Period, comment: &Comment) -> Self {
        Self {
            indicator: indicator.clone(),
            given,
            action: comment.action.clone(),
            owner: comment.owner.clone(),
            due: comment.due,
            first_due: None,
            serves: comment.serves.clone(),
            done: None,
            is_again: false,
        }
    }

    /// How it stands when a pack is read.
    pub fn status(&self, at: &Moment) -> ActionStatus {
        match (self.done, self.due) {
            (Some(done), _) => ActionStatus::Done(done.day()),
            (None, Some(due)) => at.open(due),
            (None, None) => ActionStatus::Open,
        }
    }

    /// The same action in a later month: what was said last counts.
    fn renew(&mut self, comment: &Comment) {
        if comment.due != self.due {
            self.first_due = self.first_due.or(self.due).filter(|first| Some(*first) != comment.due);
        }
        self.owner = comment.owner.clone();
        self.due = comment.due;
        self.serves.clone_from(&comment.serves);
    }
}

impl Commentary {
    /// The actions that earlier commentary gave on the indicators of a board and that
    /// a pack carries on: those that are not done, and those that its own commentary
    /// says are. The oldest first.
    pub fn carried<'i>(&self, key: &PackKey, indicators: impl Iterator<Item = &'i IndicatorRef>) -> Vec<CarriedAction> {
        let mut carried: Vec<CarriedAction> =
            indicators.flat_map(|indicator| self.carried_on(key, indicator)).collect();
        carried.sort_by_key(|action| action.given);
        carried
    }

    fn carried_on(&self, key: &PackKey, indicator: &IndicatorRef) -> Vec<CarriedAction> {
        let mut open: Vec<CarriedAction> = Vec::new();
        for month in (0..=MONTHS_BACK).rev().map(|back| key.period.plus(-back)) {
            let is_now = month == key.period;
            let of = PackKey { period: month, board: key.board.clone() };
            let Some(comment) = self.comments(&of).and_then(|comments| comments.on.get(indicator)) else { continue };
            match comment.last_done {
                Some(done) if is_now => open.iter_mut().for_each(|action| action.done = Some(done)),
                Some(_) => open.clear(),
                None => {}
            }
            if !comment.is_written() || !comment.has(ActionPart::Action) {
                continue;
            }
            let same =
                |action: &&mut CarriedAction| action.done.is_none() && action.action.says_the_same(&comment.action);
            match open.iter_mut().find(same) {
                Some(again) => {
                    again.renew(comment);
                    again.is_again = is_now;
                }
                None if is_now => {}
                None => open.push(CarriedAction::of(indicator, month, comment)),
            }
        }
        open
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{BoardId, Comments};

    fn comment(action: &str, due: &str, last_done: Option<DoneWhen>) -> Comment {
        let due = due.parse().ok();
        Comment { text: "x".into(), action: action.into(), owner: "Head".into(), due, last_done, ..Comment::default() }
    }

    fn key(period: &str) -> PackKey {
        PackKey { period: period.parse().unwrap(), board: BoardId::parse("b").unwrap() }
    }

    /// What the October pack carries on of these months.
    fn carried(months: &[(&str, Comment)]) -> Vec<CarriedAction> {
        let a = IndicatorRef::parse("A").unwrap();
        let mut commentary = Commentary::default();
        for (month, comment) in months {
            let on = [(a.clone(), comment.clone())].into();
            commentary.comments.insert(key(month), Comments { on, ..Comments::default() });
        }
        commentary.carried(&key("2026-10"), [&a].into_iter())
    }

    /// Each with its month, its day and whether it is done.
    fn told(months: &[(&str, Comment)]) -> Vec<String> {
        let one = |action: CarriedAction| {
            let due = action.due.map(|day| day.to_string()).unwrap_or_default();
            let first = action.first_due.map(|day| format!(" first {day}")).unwrap_or_default();
            let done = if action.done.is_some() { " done" } else { "" };
            let again = if action.is_again { " again" } else { "" };
            format!("{} {} {due}{first}{done}{again}", action.given, action.action.for_officers())
        };
        carried(months).into_iter().map(one).collect()
    }

    #[test]
    fn an_action_is_carried_until_it_is_said_to_be_done() {
        let hire = || comment("Hire two.", "2026-10-01", None);
        let done = Some(DoneWhen::ByNow);
        assert_eq!(told(&[("2026-09", hire())]), ["2026-09 Hire two. 2026-10-01"]);
        assert_eq!(told(&[("2025-10", hire())]), ["2025-10 Hire two. 2026-10-01"]);
        assert_eq!(told(&[("2025-09", hire())]), [""; 0], "older than a year");
        assert_eq!(told(&[("2026-10", hire())]), [""; 0], "this pack's own commentary prints it");
        let now = |last_done| ("2026-10", comment("", "", last_done));
        assert_eq!(told(&[("2026-09", hire()), now(done)]), ["2026-09 Hire two. 2026-10-01 done"]);
        assert_eq!(told(&[("2026-09", hire()), now(None)]), ["2026-09 Hire two. 2026-10-01"]);
        // Done in an earlier pack: no news to this one. Of two, both.
        let october = || ("2026-10", comment("Train them.", "2027-01-01", None));
        assert_eq!(
            told(&[("2026-08", hire()), ("2026-09", comment("Train.", "", done)), october()]),
            ["2026-09 Train. "]
        );
        let two = [("2026-08", hire()), ("2026-09", comment("Train.", "", None)), ("2026-10", comment("", "", done))];
        assert_eq!(told(&two), ["2026-08 Hire two. 2026-10-01 done", "2026-09 Train.  done"]);
    }

    #[test]
    fn what_is_not_said_as_commentary_gives_no_action() {
        let unwritten = Comment { text: "TBC".into(), ..comment("Hire two.", "2026-10-01", None) };
        assert_eq!(told(&[("2026-09", unwritten), ("2026-08", comment("TBC", "2026-10-01", None))]), [""; 0]);
    }

    #[test]
    fn an_action_given_again_is_the_same_one_with_a_later_day() {
        let on = |month, action: &str, due| (month, comment(action, due, None));
        let again = [on("2026-08", "Hire two.", "2026-09-01"), on("2026-09", "hire  two.", "2026-10-15")];
        assert_eq!(told(&again), ["2026-08 Hire two. 2026-10-15 first 2026-09-01"]);
        let now = [again[0].clone(), again[1].clone(), on("2026-10", "Hire two.", "2026-12-01")];
        assert_eq!(told(&now), ["2026-08 Hire two. 2026-12-01 first 2026-09-01 again"]);
        let same = [on("2026-08", "Hire two.", "2026-09-01"), on("2026-09", "Hire two.", "2026-09-01")];
        assert_eq!(told(&same), ["2026-08 Hire two. 2026-09-01"]);
    }

    #[test]
    fn an_officer_says_done_in_a_few_ways() {
        let day = |text: &str| Some(Some(DoneWhen::On(text.parse().unwrap())));
        for (typed, expected) in [
            ("", Some(None)),
            ("Not yet.", Some(None)),
            ("TBC", Some(None)),
            ("Done", Some(Some(DoneWhen::ByNow))),
            (" yes ", Some(Some(DoneWhen::ByNow))),
            ("2026-11-20", day("2026-11-20")),
            ("done 20/11/2026", day("2026-11-20")),
            ("20 November 2026", day("2026-11-20")),
            ("mostly", None),
            ("done by Christmas", None),
        ] {
            assert_eq!(DoneWhen::as_typed(typed), expected, "{typed:?}");
        }
    }
}
