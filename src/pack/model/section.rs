//! A theme of the pack: its table, and what is shown in detail.

use serde::{Deserialize, Serialize};

use super::{
    AgendaCell, BreakdownTable, Chart, Chip, CommentaryBox, Field, NotCollectedRow, ProseBlock, SignalWords, Trend,
    TwoWayTable,
};
use crate::domain::AttributedText;
use crate::pack::terms::generated;

/// A theme of the pack.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PackSection {
    /// Unique within the pack; used as a label.
    pub anchor: String,
    /// "3", the stable number of the section.
    pub number: String,
    /// Heading.
    pub title: String,
    /// One or two plain sentences; may be empty.
    pub intro: AttributedText,
    /// "1 red, 2 amber, 4 green".
    pub summary: String,
    /// Heads of the table's columns.
    pub columns: Columns,
    /// The table, one row an indicator.
    pub rows: Vec<Row>,
    /// The anchor of the list that says what its measures mean; empty where each is
    /// explained beside its chart.
    pub meaning_anchor: String,
    /// Charts and commentary, for the indicators that need them.
    pub blocks: Vec<Block>,
    /// Who answers for which indicators: "Head of Service: CLA06 and CLA07".
    pub owners: Vec<String>,
    /// What is promised of the indicators that have no block, and that nothing is; empty
    /// where each has one.
    #[serde(default, skip_serializing_if = "AttributedText::is_empty")]
    pub forecasts: AttributedText,
    /// What it says in words; empty where it has figures alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passages: Vec<PassageBox>,
    /// What members would like to see here and nobody collects yet.
    pub not_collected: Vec<NotCollectedRow>,
    /// What gives assurance beside the figures; may be empty.
    pub assurance: AttributedText,
    /// Questions that members may ask.
    pub questions: Vec<AttributedText>,
}

/// What a section says in words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassageBox {
    /// Heading; may be empty.
    pub title: String,
    /// The text.
    pub prose: Vec<ProseBlock>,
    /// "Presented by the Head of Service. More: agenda item 9."; may be empty.
    pub aside: String,
    /// Heads of the columns of what was promised; empty where there is no such table.
    pub heads: Vec<String>,
    /// What was promised and what became of it, each with a cell for every head.
    pub rows: Vec<Vec<AgendaCell>>,
}

/// Heads of a section's table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    /// "Indicator".
    pub indicator: String,
    /// "Previous", or the period where all rows share one.
    pub previous: String,
    /// "Latest", or the period where all rows share one.
    pub current: String,
    /// "Change".
    pub movement: String,
    /// "Trend".
    pub trend: String,
    /// "Target".
    pub target: String,
    /// "Rating".
    pub rating: String,
}

/// One indicator in a section's table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Unique within the pack; used as a label.
    pub anchor: String,
    /// "CLA06", permanent.
    pub reference: String,
    /// Title.
    pub title: String,
    /// Where what it means is said: its block, or its entry among the measures.
    pub meaning_anchor: String,
    /// Latest figure.
    pub current: ReadingCell,
    /// The one before at its own frequency.
    pub previous: ReadingCell,
    /// What changed.
    pub movement: MovementCell,
    /// Small trend line; none where there are too few points.
    pub trend: Option<Trend>,
    /// "85%", "15 to 18", "None set"; empty for context.
    pub target: String,
    /// Which way is better: "or more", "or less"; may be empty.
    pub target_note: String,
    /// Rating.
    pub rating: Chip,
    /// Signal or noise; none where the register wants nothing said.
    pub signal: Option<SignalWords>,
}

/// A figure, or why there is none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReadingCell {
    /// `shown`, `not-supplied`, `suppressed`, `too-few`, `not-due`,
    /// `not-comparable` or `not-applicable`: looks different for each.
    pub state: String,
    /// "84.2%", or the reason in a few words.
    pub display: String,
    /// "170 of 202"; may be empty.
    pub of: String,
    /// The figure's own period where it is not the column's; may be empty.
    pub period: String,
    /// "was 81.2%", where it was published as another; else empty.
    pub was: String,
    /// `[p]`, `[r], late`: what is to be known of the figure; not there where nothing is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub marks: String,
}

/// A movement in words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MovementCell {
    /// `up`, `down`, `level` or `none`: the sign of the number, drawn as an
    /// artifact beside the words. Why there is none may have a mark too:
    /// `suppressed`, `not-comparable`, `too-few`.
    pub arrow: String,
    /// "Up 2.1 points".
    pub display: String,
    /// "better", "worse", "steady"; empty where the indicator has no better.
    pub travel: String,
}

/// An indicator in detail.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// Unique within the pack; used as a label.
    pub anchor: String,
    /// "CLA06".
    pub reference: String,
    /// Title.
    pub title: String,
    /// What the indicator means and why it matters, in plain words.
    pub plain: AttributedText,
    /// Rating.
    pub rating: Chip,
    /// Big figure.
    pub current: ReadingCell,
    /// Which way it went: "Down (worse)". By how much, a row says.
    pub movement: MovementCell,
    /// Signal or noise; none where the register wants nothing said.
    pub signal: Option<SignalWords>,
    /// The same four rows everywhere: target, change, others, promised.
    pub facts: Vec<Field>,
    /// The chart; none where there are too few points to draw.
    pub chart: Option<Chart>,
    /// Its parts: by age, by team.
    pub breakdowns: Vec<BreakdownTable>,
    /// Two of these crossed: by age and team; not there where there are none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub two_way: Vec<TwoWayTable>,
    /// What it is read with, side by side; none where there is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub related: Option<RelatedTable>,
    /// Generated paragraphs: few, and none that says what a row says.
    pub sentences: Vec<AttributedText>,
    /// Small print: who set the target, longer views, whom it depends on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub more: Vec<Field>,
    /// Notes on definition, breaks, changes of target.
    pub notes: Vec<AttributedText>,
    /// Commentary or its placeholder; none where none is asked for or given.
    pub commentary: Option<CommentaryBox>,
}

/// Those that an indicator is read with, a row each.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelatedTable {
    /// "Read together with", over the names too.
    pub title: String,
    /// Heads of its columns.
    pub columns: RelatedColumns,
    /// A row for each that it is read with.
    pub rows: Vec<RelatedRow>,
}

/// Heads of such a table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelatedColumns {
    /// "A year before".
    pub year_before: String,
    /// "Latest".
    pub current: String,
    /// "Change".
    pub movement: String,
    /// "Trend".
    pub trend: String,
}

/// One of those that are read together.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelatedRow {
    /// "CLA30".
    pub reference: String,
    /// Title.
    pub title: String,
    /// Where the pack has more of it.
    pub anchor: String,
    /// Why the two belong together; may be empty.
    pub because: AttributedText,
    /// The figure a year before, or why there is none to compare.
    pub year_before: ReadingCell,
    /// Latest figure.
    pub current: ReadingCell,
    /// What changed on the figure before.
    pub movement: MovementCell,
    /// Small trend line; none where there are too few points.
    pub trend: Option<Trend>,
}

generated! {
    RelatedTable { title, columns, rows } keeps {}
    RelatedColumns { year_before, current, movement, trend } keeps {}
    RelatedRow { title, because, year_before, current, movement, trend } keeps { reference, anchor }
    PackSection {
        number, title, intro, summary, columns, rows, blocks, owners, forecasts, not_collected, assurance, questions
    } keeps { anchor, meaning_anchor, passages }
    Columns { indicator, previous, current, movement, trend, target, rating } keeps {}
    Row {
        title, current, previous, movement, trend, target, target_note, rating, signal
    } keeps { anchor, reference, meaning_anchor }
    ReadingCell { display, of, period, was } keeps { state, marks }
    MovementCell { display, travel } keeps { arrow }
    Block {
        title, plain, rating, current, movement, signal, facts, chart, breakdowns, two_way, related, sentences, more,
        notes
    } keeps { anchor, reference, commentary }
}
