//! What officers write, the rules a board sets for it, and what members have
//! asked to be told every time.

mod carried;

use std::collections::BTreeMap;

pub use carried::{CarriedAction, MONTHS_BACK};
use chrono::NaiveDate;

use super::finding::Finding;
use super::ids::IndicatorRef;
use super::officer_text::OfficerText;
use super::period::Period;
use super::place::Place;
use super::publication::PackKey;

/// Everything that officers have written and signed, by pack.
#[derive(Debug, Clone, Default)]
pub struct Commentary {
    /// What officers wrote.
    pub comments: BTreeMap<PackKey, Comments>,
    /// Who approved what.
    pub approvals: BTreeMap<PackKey, Approval>,
    /// What is to be said of what was written for one pack, or could not be
    /// read of it (F714). It concerns that pack and no other.
    pub findings: BTreeMap<PackKey, Vec<Finding>>,
    /// What is to be said of the commentary workbook to every board.
    pub shared: Vec<Finding>,
}

impl Commentary {
    /// What officers wrote for a pack.
    pub fn comments(&self, key: &PackKey) -> Option<&Comments> {
        self.comments.get(key)
    }

    /// The latest commentary on an indicator before a pack's period, not older
    /// than a year.
    pub fn last_comment(&self, key: &PackKey, indicator: &IndicatorRef) -> Option<(Period, &Comment)> {
        (1..=12).find_map(|months| {
            let earlier = PackKey { period: key.period.plus(-months), board: key.board.clone() };
            let comment = self.comments(&earlier)?.on.get(indicator)?;
            comment.is_written().then_some((earlier.period, comment))
        })
    }
}

/// What officers wrote for one board's pack of one period.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comments {
    /// Their words on each indicator.
    pub on: BTreeMap<IndicatorRef, Comment>,
    /// What they chose for page 1.
    pub page_1: PageOne,
    /// What they say may stand in their words.
    pub looked_at: Vec<LookedAt>,
    /// Actions of earlier months that this pack carries on.
    pub carried: Vec<CarriedAction>,
}

/// An officer's word that a sentence says of nobody who they are, or may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedAt {
    /// The text that it stands in: "CLA08.text", "actions A12 note".
    pub of: String,
    /// The sentence, or several, as they stood, those of a list with a blank line
    /// between: a sentence that has changed since has not been looked at.
    pub text: String,
    /// Why it may stand.
    pub because: String,
}

/// What page 1 lists, in this order, where officers know better than the
/// figures do. An empty list is left to the figures.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageOne {
    /// Under "Needs your attention".
    pub needs_attention: Vec<IndicatorRef>,
    /// Under "Going well".
    pub improved: Vec<IndicatorRef>,
}

impl PageOne {
    /// How many a list of page 1 holds.
    pub const MOST: usize = 5;
}

/// One officer's words on one indicator, for one period and board.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Comment {
    /// The commentary itself, as typed; blank lines part paragraphs.
    pub text: OfficerText,
    /// What is being done; may be empty.
    pub action: OfficerText,
    /// Role that does it; may be empty.
    pub owner: OfficerText,
    /// By when.
    pub due: Option<NaiveDate>,
    /// What it is expected to achieve; may be empty.
    pub expect: OfficerText,
    /// What its action serves, by the number that the board declares: "P2"; may be empty.
    pub serves: String,
    /// That the actions given on it in earlier months are done.
    pub last_done: Option<DoneWhen>,
    /// The figure and rating that it was written about, "84.2% amber"; empty
    /// where nobody has said, and then it counts for whatever figure there is.
    pub about: String,
    /// The cell in which it was written; none where that is the board's own file.
    pub at: Option<Place>,
    /// What the commentary workbook says instead, where it says something else.
    pub elsewhere: Option<Box<Comment>>,
}

/// When something was done, as an officer says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DoneWhen {
    /// On this day.
    On(NaiveDate),
    /// By now.
    ByNow,
}

impl DoneWhen {
    /// The day, where one was said.
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::On(day) => Some(day),
            Self::ByNow => None,
        }
    }

    /// As officers type it: a day, "done", "yes"; within, nothing of what says that it is
    /// not. None where it says neither.
    pub fn as_typed(text: &str) -> Option<Option<Self>> {
        let plain = text.trim().trim_end_matches('.').to_lowercase();
        match plain.as_str() {
            "done" | "yes" | "complete" | "completed" => Some(Some(Self::ByNow)),
            "" | "no" | "not yet" | "not done" => Some(None),
            plain if is_filler(plain) => Some(None),
            plain => day_as_typed(plain.strip_prefix("done").unwrap_or(plain)).map(|day| Some(Self::On(day))),
        }
    }
}

/// Words that stand where commentary should.
const FILLERS: [&str; 14] = [
    "tbc",
    "tba",
    "tbd",
    "to be confirmed",
    "to be added",
    "to be provided",
    "to follow",
    "commentary to follow",
    "awaited",
    "n/a",
    "na",
    "none",
    "nil",
    "no comment",
];

impl Comment {
    /// Whether it says anything: a table of empty fields is no commentary, and
    /// neither is "TBC".
    pub fn is_written(&self) -> bool {
        !self.text.is_blank() && !self.is_filler()
    }

    /// Whether its text only says that there will be one.
    pub fn is_filler(&self) -> bool {
        is_filler(self.text.for_officers())
    }

    /// Whether it has a part of an action: "TBC" is none, and neither is a blank.
    pub fn has(&self, part: ActionPart) -> bool {
        let says = |text: &OfficerText| !text.is_blank() && !is_filler(text.for_officers());
        match part {
            ActionPart::Action => says(&self.action),
            ActionPart::Owner => says(&self.owner),
            ActionPart::Due => self.due.is_some(),
        }
    }

    /// All of its words, for officers.
    pub fn words_for_officers(&self) -> String {
        [&self.text, &self.action, &self.owner, &self.expect].map(OfficerText::for_officers).join("\n")
    }
}

/// Whether a text only says that there will be one.
pub fn is_placeholder(text: &OfficerText) -> bool {
    is_filler(text.for_officers())
}

/// The same of what was typed.
pub fn is_filler(text: &str) -> bool {
    let plain: String = text.to_lowercase().chars().filter(|c| !"[](){}.…!*_-–—".contains(*c)).collect();
    let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
    !text.trim().is_empty() && (plain.is_empty() || FILLERS.contains(&plain.as_str()))
}

/// What the commentary on a red says of its action: what is done, by whom, by when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActionPart {
    /// What is done.
    Action,
    /// The role that does it.
    Owner,
    /// The day by which it is done.
    Due,
}

impl ActionPart {
    /// All of them, in the order in which they are asked for.
    pub const ALL: [Self; 3] = [Self::Action, Self::Owner, Self::Due];

    /// Its key in a commentary file.
    pub fn key(self) -> &'static str {
        match self {
            Self::Action => "action",
            Self::Owner => "owner",
            Self::Due => "due",
        }
    }
}

/// A day as officers type it: 2026-11-30, 30/11/2026, 30 November 2026.
pub fn day_as_typed(text: &str) -> Option<NaiveDate> {
    let formats = ["%Y-%m-%d", "%d/%m/%Y", "%d %B %Y"];
    formats.iter().find_map(|format| NaiveDate::parse_from_str(text.trim(), format).ok())
}

/// What a board asks of its commentary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommentaryRules {
    /// More words than this are remarked on.
    pub words: usize,
    /// A pack may be final without it, and says "Commentary to follow".
    pub to_follow: bool,
    /// What the commentary on a red must say of its action before a pack is final.
    pub red_needs: Vec<ActionPart>,
    /// A pack is a draft until the board's owner has signed it off.
    pub sign_off: bool,
    /// The roles that may sign it off; none for the board's owner alone.
    pub sign_off_by: Vec<String>,
    /// What members have asked to be told in every pack.
    pub standing: Vec<StandingRequest>,
    /// What officers say may stand in the texts of the board and the register.
    pub looked_at: Vec<LookedAt>,
}

impl Default for CommentaryRules {
    fn default() -> Self {
        Self {
            words: 150,
            to_follow: false,
            red_needs: ActionPart::ALL.to_vec(),
            sign_off: false,
            sign_off_by: Vec::new(),
            standing: Vec::new(),
            looked_at: Vec::new(),
        }
    }
}

/// A request of members that holds for every pack until it is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingRequest {
    /// What it is about.
    pub indicator: IndicatorRef,
    /// The meeting at which it was made.
    pub asked: NaiveDate,
    /// "Say what is behind the increase."
    pub request: OfficerText,
    /// The meeting at which it was closed.
    pub closed: Option<NaiveDate>,
}

impl StandingRequest {
    /// Whether the pack of a month answers it: months that end on the day it
    /// was made or later, until it is closed.
    pub fn is_open(&self, period: Period) -> bool {
        let end = period.last_day();
        self.asked <= end && self.closed.is_none_or(|closed| end < closed)
    }
}

/// Who approved a pack's exact content, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Role.
    pub by: String,
    /// Day.
    pub on: NaiveDate,
    /// Digest of the content of each edition, as it was before it said who
    /// approved it.
    pub content_sha256: Vec<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_promise_of_words_is_no_commentary() {
        for (text, written) in [
            ("", false),
            (" \n ", false),
            ("TBC", false),
            ("[ TBC ]", false),
            ("tbc.", false),
            ("To  follow…", false),
            ("n/a", false),
            ("**N/A**", false),
            ("-", false),
            ("None of the reviews was late.", true),
            ("The figure is to be confirmed by the health service.", true),
        ] {
            let comment = Comment { text: text.into(), ..Comment::default() };
            assert_eq!(comment.is_written(), written, "{text:?}");
        }
    }

    #[test]
    fn a_part_of_an_action_is_there_where_it_says_something() {
        let comment = |action: &str, owner: &str, due: Option<&str>| Comment {
            action: action.into(),
            owner: owner.into(),
            due: due.map(|day| day.parse().unwrap()),
            ..Comment::default()
        };
        let lacks = |comment: Comment| -> Vec<&str> {
            ActionPart::ALL.into_iter().filter(|part| !comment.has(*part)).map(ActionPart::key).collect()
        };
        assert_eq!(lacks(comment("", "", None)), ["action", "owner", "due"]);
        assert_eq!(lacks(comment(" \n", "TBC", Some("2026-12-02"))), ["action", "owner"]);
        assert_eq!(lacks(comment("None.", "to be confirmed", None)), ["action", "owner", "due"]);
        assert_eq!(lacks(comment("None of the reviews waits.", "Head of Service", None)), ["due"]);
        assert_eq!(lacks(comment("x", "y", Some("2026-12-02"))), [""; 0]);
    }

    #[test]
    fn a_request_is_open_from_its_meeting_until_it_is_closed() {
        let standing = |closed: Option<&str>| StandingRequest {
            indicator: IndicatorRef::parse("A").unwrap(),
            asked: "2026-07-31".parse().unwrap(),
            request: OfficerText::default(),
            closed: closed.map(|day| day.parse().unwrap()),
        };
        let open = |closed, period: &str| standing(closed).is_open(period.parse().unwrap());
        assert!(!open(None, "2026-06"));
        assert!(open(None, "2026-07"));
        assert!(open(None, "2027-07"));
        assert!(open(Some("2026-11-01"), "2026-10"));
        assert!(!open(Some("2026-10-31"), "2026-10"));
    }
}
