//! What a board carries from one meeting to the next: actions, questions,
//! requests, and what it was told.
//!
//! A list in a board's file lives on; what of it a pack shows is worked out
//! here from the pack's own [`Moment`], never from the clock.

use chrono::NaiveDate;

use super::commitment::Commitment;
use super::ids::IndicatorRef;
use super::officer_text::OfficerText;
use super::period::Period;

/// When a pack is read: what decides whether something is overdue or news.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The pack's period.
    pub period: Period,
    /// The day of its figures.
    pub as_at: NaiveDate,
    /// The day of its meeting; without a meeting that of its figures.
    pub meeting: NaiveDate,
    /// The meeting before, after which everything is news.
    pub before: NaiveDate,
}

impl Moment {
    /// How something that is not done stands.
    pub fn open(&self, due: NaiveDate) -> ActionStatus {
        if due < self.as_at {
            ActionStatus::Overdue
        } else if due <= self.meeting {
            ActionStatus::DueByMeeting
        } else {
            ActionStatus::Open
        }
    }
}

/// Everything that a board's file says beside its figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agenda {
    /// Actions from earlier meetings.
    pub actions: Vec<Action>,
    /// Questions answered in writing.
    pub answers: Vec<Answer>,
    /// What members asked to see next time.
    pub requests: Vec<Request>,
    /// What children and carers said, and what was done.
    pub you_said: Vec<YouSaid>,
    /// What audits of practice found.
    pub audits: Vec<Audit>,
    /// Reports that come regularly, or are planned.
    pub reports: Vec<AgendaReport>,
    /// Other items of the agenda.
    pub see_also: Vec<SeeAlso>,
    /// What is not collected yet.
    pub not_collected: Vec<NotCollected>,
    /// What the board holds its officers to, and actions are tied to.
    pub commitments: Vec<Commitment>,
}

impl Agenda {
    /// What an action is tied to.
    pub fn commitment(&self, id: &str) -> Option<&Commitment> {
        self.commitments.iter().find(|commitment| commitment.id == id)
    }
}

/// An action that a meeting gave to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its permanent number, "A12".
    pub id: String,
    /// What is to be done.
    pub text: OfficerText,
    /// The role that has it.
    pub owner: String,
    /// The meeting that gave it.
    pub raised: NaiveDate,
    /// When it is to be done.
    pub due: NaiveDate,
    /// When it was done.
    pub done: Option<NaiveDate>,
    /// How it stands or what came of it; may be empty.
    pub note: OfficerText,
    /// What it serves, by the number that the board declares; may be empty.
    pub serves: String,
}

/// How an action stands at a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionStatus {
    /// Done, on this day, where one was said.
    Done(Option<NaiveDate>),
    /// It was due before the day of the figures.
    Overdue,
    /// It falls due by the meeting.
    DueByMeeting,
    /// It is due later.
    Open,
}

impl Action {
    /// How it stands; none where it is no news to this meeting, or not yet raised.
    pub fn standing(&self, at: &Moment) -> Option<ActionStatus> {
        if self.raised > at.meeting {
            return None;
        }
        // What is done after the meeting was open when it met.
        match self.done.filter(|done| *done <= at.meeting) {
            Some(done) if done <= at.before => None,
            Some(done) => Some(ActionStatus::Done(Some(done))),
            None => Some(at.open(self.due)),
        }
    }
}

/// A question that is answered in writing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The question.
    pub question: OfficerText,
    /// The role that asked it.
    pub asked_by: String,
    /// When it was asked.
    pub asked: NaiveDate,
    /// The indicator it is about.
    pub indicator: Option<IndicatorRef>,
    /// The answer, and its day; none while it is to follow.
    pub answer: Option<(NaiveDate, OfficerText)>,
}

impl Answer {
    /// Whether a pack shows it: until the meeting after the answer came. An
    /// answer that comes late is added to the pack of its question.
    pub fn is_shown(&self, at: &Moment) -> bool {
        self.asked <= at.meeting && self.answer.as_ref().is_none_or(|(day, _)| *day > at.before)
    }
}

/// What members asked to see next time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// What was asked for.
    pub text: OfficerText,
    /// The meeting that asked.
    pub asked: NaiveDate,
    /// What would meet it.
    pub wanted: Wanted,
    /// Where it is, or why it is not, in words; may be empty.
    pub met: OfficerText,
    /// When it was closed.
    pub closed: Option<NaiveDate>,
}

/// What would meet a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// An indicator on the board.
    Indicator(IndicatorRef),
    /// A section of the board, by its number.
    Section(String),
    /// Something that only words can answer.
    Words,
}

impl Request {
    /// Whether a pack shows it: until the meeting after it was closed.
    pub fn is_shown(&self, at: &Moment) -> bool {
        self.asked < at.meeting && self.closed.is_none_or(|closed| closed > at.before)
    }
}

/// What children, young people or carers said, and what was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct YouSaid {
    /// The pack it belongs to.
    pub period: Period,
    /// Who said it, never a name.
    pub who: String,
    /// What they said.
    pub said: OfficerText,
    /// What was done.
    pub did: OfficerText,
    /// What shows that it changed something; may be empty.
    pub evidence: OfficerText,
}

/// What an audit of practice found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audit {
    /// The pack it belongs to.
    pub period: Period,
    /// What was looked at.
    pub subject: OfficerText,
    /// What was found.
    pub found: OfficerText,
    /// What happens next; may be empty.
    pub next: OfficerText,
}

/// A report that comes regularly, or once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgendaReport {
    /// What it is called.
    pub title: String,
    /// The role that brings it.
    pub owner: String,
    /// The first pack it comes with.
    pub first: Period,
    /// Every so many months; 0 for once.
    pub every_months: u32,
    /// Where it is when it comes, such as an agenda item; may be empty.
    pub place: String,
}

impl AgendaReport {
    /// The first month from `period` on that it is due with; none once it is past.
    pub fn next(&self, period: Period) -> Option<Period> {
        let late = period.since(self.first);
        match i32::try_from(self.every_months) {
            _ if late <= 0 => Some(self.first),
            Ok(every @ 1..) => Some(self.first.plus(late.saturating_add(every - 1) / every * every)),
            _ => None,
        }
    }
}

/// Another item of the same agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeeAlso {
    /// The pack it belongs to.
    pub period: Period,
    /// What is there.
    pub text: OfficerText,
    /// Where, "item 9".
    pub place: String,
    /// The indicator it is about.
    pub indicator: Option<IndicatorRef>,
}

/// Something members asked about that is not collected yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotCollected {
    /// The number of the section that it will stand in.
    pub section: String,
    /// What it is.
    pub title: OfficerText,
    /// Why there is nothing yet.
    pub why: OfficerText,
    /// The first pack that is to have it.
    pub expected: Option<Period>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn moment() -> Moment {
        Moment {
            period: "2026-10".parse().unwrap(),
            as_at: day("2026-10-31"),
            meeting: day("2026-12-02"),
            before: day("2026-10-07"),
        }
    }

    #[test]
    fn an_action_stands_as_it_did_at_the_meeting() {
        let action = |due: &str, done: Option<&str>| Action {
            id: "A1".into(),
            text: OfficerText::default(),
            owner: String::new(),
            raised: day("2026-07-01"),
            due: day(due),
            done: done.map(day),
            note: OfficerText::default(),
            serves: String::new(),
        };
        let standing = |due: &str, done: Option<&str>| action(due, done).standing(&moment());
        assert_eq!(standing("2026-10-30", None), Some(ActionStatus::Overdue));
        assert_eq!(standing("2026-10-31", None), Some(ActionStatus::DueByMeeting));
        assert_eq!(standing("2026-12-02", None), Some(ActionStatus::DueByMeeting));
        assert_eq!(standing("2026-12-03", None), Some(ActionStatus::Open));
        assert_eq!(standing("2026-10-30", Some("2026-10-07")), None);
        assert_eq!(standing("2026-10-30", Some("2026-10-08")), Some(ActionStatus::Done(Some(day("2026-10-08")))));
        assert_eq!(standing("2026-10-30", Some("2026-12-02")), Some(ActionStatus::Done(Some(day("2026-12-02")))));
        assert_eq!(standing("2026-10-30", Some("2026-12-03")), Some(ActionStatus::Overdue));
        let raised = |text: &str| Action { raised: day(text), ..action("2027-01-01", None) }.standing(&moment());
        assert_eq!((raised("2026-12-02"), raised("2026-12-03")), (Some(ActionStatus::Open), None));
    }

    #[test]
    fn a_question_stands_until_the_meeting_after_its_answer() {
        let shown = |asked: &str, answered: Option<&str>| {
            Answer {
                question: OfficerText::default(),
                asked_by: String::new(),
                asked: day(asked),
                indicator: None,
                answer: answered.map(|on| (day(on), OfficerText::default())),
            }
            .is_shown(&moment())
        };
        assert!(shown("2026-07-01", None));
        assert!(!shown("2026-07-01", Some("2026-10-07")));
        assert!(shown("2026-07-01", Some("2026-10-08")));
        assert!(shown("2026-12-02", None) && !shown("2026-12-03", None));
        assert!(shown("2026-12-02", Some("2026-12-20")));
    }

    #[test]
    fn a_request_is_for_the_next_meeting() {
        let shown = |asked: &str, closed: Option<&str>| {
            Request {
                text: OfficerText::default(),
                asked: day(asked),
                wanted: Wanted::Words,
                met: OfficerText::default(),
                closed: closed.map(day),
            }
            .is_shown(&moment())
        };
        assert!(shown("2026-12-01", None) && !shown("2026-12-02", None));
        assert!(shown("2026-07-01", Some("2026-10-08")) && !shown("2026-07-01", Some("2026-10-07")));
    }

    #[test]
    fn a_regular_report_knows_when_it_comes_next() {
        let next = |every_months, period: &str| {
            let report = AgendaReport {
                title: String::new(),
                owner: String::new(),
                first: "2026-09".parse().unwrap(),
                every_months,
                place: String::new(),
            };
            report.next(period.parse().unwrap()).map(|period| period.to_string())
        };
        assert_eq!(next(3, "2026-08").as_deref(), Some("2026-09"));
        assert_eq!(next(3, "2026-09").as_deref(), Some("2026-09"));
        assert_eq!(next(3, "2026-10").as_deref(), Some("2026-12"));
        assert_eq!(next(3, "2026-12").as_deref(), Some("2026-12"));
        assert_eq!(next(0, "2026-09").as_deref(), Some("2026-09"));
        assert_eq!(next(0, "2026-10"), None);
    }
}
