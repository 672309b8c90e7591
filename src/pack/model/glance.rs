//! Page 1 below the cover block.

use serde::{Deserialize, Serialize};

use super::{Chip, Trend};
use crate::domain::AttributedText;
use crate::pack::terms::generated;

/// The pack at a glance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glance {
    /// The news, in a sentence or two.
    pub headline: String,
    /// Red, amber and green, always all three, in that order.
    pub counts: Vec<RatingCount>,
    /// "10 not rated: 7 for context, 3 too few to rate."; empty where all are.
    pub not_rated: String,
    /// What needs attention, and what goes well.
    pub lists: Vec<PointerList>,
    /// Headline measures that are in neither list.
    pub others: Option<AlsoLine>,
    /// What became of what the board asked for and was promised; empty where there is nothing.
    pub meeting: MeetingNews,
    /// Whether the figures can be trusted.
    pub trust: Trust,
    /// "Commentary still awaited, due 11 November 2026".
    pub outstanding_title: String,
    /// Commentary that is still awaited and not told of above; empty on a final pack.
    pub outstanding: Vec<Outstanding>,
    /// "Officers chose …" and the like: sentences at the end.
    pub notes: Vec<String>,
}

/// How many indicators have one rating.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RatingCount {
    /// The rating.
    pub rating: Chip,
    /// "7".
    pub count: String,
    /// "was 6 in September"; empty where nothing was rated then.
    pub previous: String,
    /// Its share of all that are rated, from 0 to 1.
    pub share: f64,
}

/// A list of page 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PointerList {
    /// "Needs your attention".
    pub title: String,
    /// What it lists: at most five.
    pub pointers: Vec<Pointer>,
    /// What stands there if it lists nothing.
    pub none: String,
    /// What it had no room for, by name.
    pub also: Vec<AlsoLine>,
}

/// An indicator on page 1, that points into the pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pointer {
    /// The indicator's reference, "CLA06".
    pub reference: String,
    /// Its title.
    pub title: String,
    /// "New red", "Headline": what is to be known at once.
    pub badges: Vec<String>,
    /// The figure, how far it is off its target, how it goes and what was promised.
    pub sentence: String,
    /// Its rating.
    pub rating: Chip,
    /// Its last months as a small line.
    pub trend: Option<Trend>,
    /// What is being done; none where nothing needs to be.
    pub action: Option<ActionLine>,
    /// The anchor whose page is printed: an [`anchor`](super::Row::anchor) of a row.
    pub anchor: String,
}

/// What is being done about an indicator, or who has yet to say so.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ActionLine {
    /// `given`, `awaited` or `none`.
    pub state: String,
    /// "Action".
    pub label: String,
    /// What is done, or from whom it is awaited.
    pub what: AttributedText,
    /// "By", where there is something behind it.
    pub by_label: String,
    /// Who does it, and the day.
    pub by: AttributedText,
}

/// Indicators that are named in one line: "Also red, as in September: …".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlsoLine {
    /// "Also red, as in September".
    pub says: String,
    /// Which.
    pub items: Vec<AlsoItem>,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlsoItem {
    /// Its title.
    pub title: String,
    /// "22.9%".
    pub detail: String,
    /// Where it stands.
    pub anchor: String,
}

/// What became of what the board asked for and was promised.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeetingNews {
    /// "From your last meeting".
    pub title: String,
    /// A line each.
    pub lines: Vec<NewsLine>,
}

/// One piece of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NewsLine {
    /// "Overdue".
    pub label: String,
    /// What, of whom, since when.
    pub text: AttributedText,
    /// Where the pack has more.
    pub anchor: String,
}

/// Whether the figures can be trusted.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trust {
    /// "Can you trust these figures?"
    pub title: String,
    /// "Yes, with two cautions: …"
    pub answer: String,
    /// Where the pack has more; empty where it has not.
    pub anchor: String,
}

/// A slot without text, for the list on page 1 of a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outstanding {
    /// The indicator's reference.
    pub reference: String,
    /// Its title.
    pub title: String,
    /// Role that owes the text.
    pub owner: String,
    /// "needs an owner and a day", where only that is awaited; else empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub needs: String,
    /// Anchor of the indicator's row.
    pub anchor: String,
}

generated! {
    Glance { headline, counts, not_rated, lists, others, meeting, trust, outstanding_title, outstanding, notes } keeps {}
    RatingCount { rating, count, previous } keeps { share }
    PointerList { title, pointers, none, also } keeps {}
    Pointer { title, badges, sentence, rating, trend, action } keeps { reference, anchor }
    ActionLine { label, what, by_label, by } keeps { state }
    AlsoLine { says, items } keeps {}
    AlsoItem { title, detail } keeps { anchor }
    MeetingNews { title, lines } keeps {}
    NewsLine { label, text } keeps { anchor }
    Trust { title, answer } keeps { anchor }
    Outstanding { title, owner, needs } keeps { reference, anchor }
}
