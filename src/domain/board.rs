//! A board, its sections and when its pack is due.

use std::collections::BTreeMap;

use chrono::{NaiveDate, NaiveTime};

use super::agenda::{Agenda, Moment};
use super::cadence::Cadence;
use super::calendar::Calendar;
use super::commentary::CommentaryRules;
use super::cron::CronPattern;
use super::edition::{Edition, Exempt};
use super::ids::{BoardId, IndicatorRef};
use super::indicator::Indicator;
use super::milestone::{Deadline, MilestoneRules};
use super::officer_text::{OfficerText, as_compared};
use super::passage::Passage;
use super::period::Period;
use super::segment::Breakdown;

/// One numbered section of a board's pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its stable number as printed: "1", "D4".
    pub number: String,
    /// Heading.
    pub title: String,
    /// One or two plain sentences; may be empty.
    pub intro: OfficerText,
    /// Its indicators, in order; none of a section of words.
    pub indicators: Vec<IndicatorRef>,
    /// Questions that members may ask.
    pub questions: Vec<OfficerText>,
    /// What gives assurance beside the figures; may be empty.
    pub assurance: OfficerText,
    /// The breakdowns that it shows, as `CLA01:age`; none for all that its
    /// indicators have.
    pub breakdowns: Option<Vec<String>>,
    /// What it says in words.
    pub passages: Vec<Passage>,
}

impl Section {
    /// Whether it shows a breakdown of one of its indicators.
    pub fn shows(&self, whole: &Indicator, breakdown: &Breakdown) -> bool {
        let name = breakdown.name(&whole.reference);
        self.breakdowns.as_ref().is_none_or(|shown| shown.contains(&name))
    }
}

/// When a board's pack falls due, in London civil time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Timing {
    /// A cron pattern of five fields; `L`, `W` and `#` are understood.
    Cron(CronPattern),
    /// The nth working day of the month (1 is the first), at a time.
    WorkingDay(u32, NaiveTime),
    /// So many working days before the meeting that looks at the period, at a time.
    BeforeMeeting(u32, NaiveTime),
}

/// Which packs are made that fell due while nobody made them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MissedPolicy {
    /// Each of them.
    #[default]
    All,
    /// The latest alone.
    Latest,
    /// None: what was not begun within a day of its time is never made by itself.
    None,
}

/// A meeting that a pack is made for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meeting {
    /// The period that it looks at.
    pub period: Period,
    /// Date of the meeting.
    pub date: NaiveDate,
    /// Agenda item number; may be empty.
    pub item: String,
    /// Letter of the appendix, where it is not the board's usual one.
    pub appendix: String,
    /// Whether the pack goes out after the agenda, as a supplement to it.
    pub supplement: bool,
}

/// What the cover says for the agenda and its readers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Papers {
    /// Letter of the appendix; may be empty.
    pub appendix: String,
    /// Role that wrote it; may be empty.
    pub author: String,
    /// Wards that it concerns; may be empty.
    pub wards: String,
    /// Background papers, with where they can be seen.
    pub background: Vec<OfficerText>,
    /// What its files are called, with {places}.
    pub file_name: String,
}

/// A month that a board measures its progress from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Baseline {
    /// The month.
    pub period: Period,
    /// What it was: "Inspection, October 2025".
    pub label: OfficerText,
}

/// One board, as its own file declares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// Its name in paths and arguments.
    pub id: BoardId,
    /// "Corporate Parenting Panel".
    pub title: String,
    /// "Children in Care Performance Scorecard".
    pub scorecard: String,
    /// "That the Panel notes the report"; may be empty.
    pub recommendation: OfficerText,
    /// Role that presents the pack.
    pub owner: String,
    /// Whom to ask for another format or with a question.
    pub contact: String,
    /// Sections in order.
    pub sections: Vec<Section>,
    /// Headline indicators: named and marked on page 1.
    pub headlines: Vec<IndicatorRef>,
    /// Indicators that are shown in detail in any case.
    pub details: Vec<IndicatorRef>,
    /// When its pack falls due.
    pub timing: Timing,
    /// Which months have a pack of their own.
    pub cadence: Cadence,
    /// Which of its packs are made late.
    pub missed: MissedPolicy,
    /// The first period that the daemon makes for it.
    pub first_period: Period,
    /// Meetings, oldest first.
    pub meetings: Vec<Meeting>,
    /// The day by which commentary is due; none where the board has no such
    /// deadline.
    pub commentary_by: Option<Deadline>,
    /// What happens around its packs.
    pub milestones: MilestoneRules,
    /// What its pack is made as, the public edition first; never empty.
    pub editions: Vec<Edition>,
    /// Why its restricted edition is not public.
    pub exempt: Exempt,
    /// Counts of children from 1 to this are not published.
    pub threshold: u32,
    /// The month that it measures its progress from, where it has one.
    pub baseline: Option<Baseline>,
    /// What it asks of its commentary.
    pub commentary: CommentaryRules,
    /// What the cover says for the agenda.
    pub papers: Papers,
    /// What it carries from one meeting to the next.
    pub agenda: Agenda,
    /// The board's own words for things: what is said, and what it says instead.
    pub words: BTreeMap<String, String>,
}

impl Board {
    /// The day by which its commentary on a period is due, where it has such a
    /// deadline.
    pub fn commentary_due(&self, period: Period, calendar: &Calendar) -> Option<NaiveDate> {
        self.commentary_by?.day(self, calendar, period)
    }

    /// The roles that may sign its pack off.
    pub fn signatories(&self) -> Vec<&str> {
        match self.commentary.sign_off_by.as_slice() {
            [] => vec![&self.owner],
            named => named.iter().map(String::as_str).collect(),
        }
    }

    /// Whether a role is one that may sign its pack off, however it is spaced and
    /// in whatever case; "Corporate Director" is "Corporate Director, Children's
    /// Services" for short.
    pub fn may_sign(&self, role: &str) -> bool {
        let role = as_compared(role);
        let is = |named: &str| {
            let rest = as_compared(named).strip_prefix(&role).map(str::to_owned);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(','))
        };
        !role.is_empty() && self.signatories().into_iter().any(is)
    }

    /// Every indicator of the board once, in the order of its sections.
    pub fn indicators(&self) -> impl Iterator<Item = &IndicatorRef> {
        self.sections.iter().flat_map(|section| &section.indicators)
    }

    /// The meeting that looks at a period.
    pub fn meeting(&self, period: Period) -> Option<&Meeting> {
        self.meetings.iter().find(|meeting| meeting.period == period)
    }

    /// When a period's pack is read.
    pub fn moment(&self, period: Period) -> Moment {
        let as_at = period.last_day();
        let meeting = self.meeting(period).map_or(as_at, |meeting| meeting.date);
        let earlier = self.meetings.iter().map(|meeting| meeting.date).filter(|date| *date < meeting).max();
        // Without an earlier meeting, what came since the figures before is news.
        Moment { period, as_at, meeting, before: earlier.unwrap_or_else(|| period.plus(-1).last_day()) }
    }
}
