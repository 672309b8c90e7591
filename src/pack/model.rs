//! The shape of a pack: the document as data, every string ready to print.
//!
//! This is the contract with the templates. They place what is here and
//! compute nothing: no number is formatted, compared or added up in typst.
//! `templates/pack.json` is a committed sample of this shape; the templates
//! open it by that name, and the program serves the real pack under the same
//! name, so a designer needs nothing but a typst editor.

mod agenda;
mod back;
mod breakdown;
mod changes;
mod chart;
mod glance;
mod meaning;
mod notice;
mod prose;
mod section;
mod signal;
mod supplement;

pub use agenda::{AgendaCell, AgendaTable, EditionNotice, NotCollectedRow};
pub use back::{DataNote, GlossaryTerm, KeyEntry, WithheldList, WithheldRow};
pub use breakdown::{BreakdownColumns, BreakdownRow, BreakdownTable, TwoWayRow, TwoWayTable};
pub use changes::{Change, ChangeList, Restatement, RestatementGroup};
pub use chart::{
    Band, BreakMark, Chart, ChartMark, ChartSpot, EventMark, Gap, TargetStep, Tick, Trend, ValuesColumns, ValuesRow,
    ValuesTable, XTick,
};
pub use glance::{
    ActionLine, AlsoItem, AlsoLine, Glance, MeetingNews, NewsLine, Outstanding, Pointer, PointerList, RatingCount,
    Trust,
};
pub use meaning::{Meaning, MeaningList, MeaningPlace};
pub use notice::{HeldNotice, HeldReason};
pub use prose::{CommentaryBox, ProseBlock, Span};
pub use section::{
    Block, Columns, MovementCell, PackSection, PassageBox, ReadingCell, RelatedColumns, RelatedRow, RelatedTable, Row,
};
use serde::{Deserialize, Serialize};
pub use signal::{GridGroup, GridItem, GridRow, Mark, SignalGrid, SignalWords};
pub use supplement::Supplement;

use crate::domain::AttributedText;
use crate::pack::terms::generated;

/// The shape's version; templates refuse any other.
pub const SCHEMA: u32 = 1;

/// One board's document for one period.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pack {
    /// Always [`SCHEMA`].
    pub schema: u32,
    /// What the file says of itself, for PDF metadata and running headers.
    pub document: Document,
    /// The cover block at the top of page 1.
    pub cover: Cover,
    /// Page 1 below the cover block.
    pub glance: Glance,
    /// Signal or noise: every indicator by whether it is changing and whether
    /// it will meet its target; none where not one is judged.
    pub grid: Option<SignalGrid>,
    /// Numbered themes, in the board's order.
    pub sections: Vec<PackSection>,
    /// Published figures that are not what they were, source by source.
    pub restatements: Vec<RestatementGroup>,
    /// What a revision says otherwise than the one before; none on the first.
    pub changes: Option<ChangeList>,
    /// Lists that the board carries from meeting to meeting; empty if none.
    pub agenda: Vec<AgendaTable>,
    /// Facts about the data that a reader should know; empty if none.
    pub data_notes: Vec<DataNote>,
    /// What each measure means; none where each is explained beside its chart.
    pub measures: Option<MeaningList>,
    /// What the public edition hides; only a restricted one has it.
    pub withheld: Option<WithheldList>,
    /// Abbreviations that this pack uses, in alphabetical order.
    pub glossary: Vec<GlossaryTerm>,
    /// How to read the pack: the symbols that occur in it and what they mean.
    pub key: Vec<KeyEntry>,
}

/// Metadata of the document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// Title, in the metadata and on page 1 to the letter.
    pub title: String,
    /// The publishing authority.
    pub author: String,
    /// One sentence for the metadata.
    pub description: String,
    /// Search words for the metadata.
    pub keywords: Vec<String>,
    /// The pack's as-at date; the only date the PDF carries.
    pub date: CivilDate,
    /// Left part of the running footer: board, period, version.
    pub footer: String,
    /// Word across every page of a draft; none on a final pack.
    pub banner: Option<String>,
    /// What the attached file of figures is.
    pub attachment: Attachment,
}

/// A date as numbers, for the metadata only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CivilDate {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
    /// Day of the month.
    pub day: u32,
}

/// The file attached inside the PDF.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// File name; its bytes are served to the template under this name.
    pub name: String,
    /// Media type.
    pub mime: String,
    /// What it is, for assistive technology.
    pub description: String,
}

/// The cover block for the agenda.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cover {
    /// The council's name.
    pub council: String,
    /// The board's name.
    pub board: String,
    /// Equal to the document's title.
    pub title: String,
    /// "October 2026 (financial year 2026/27)".
    pub period: String,
    /// Meeting, agenda item, the day of the figures, status, revision, owner.
    pub fields: Vec<Field>,
    /// How to ask for another format or with a question.
    pub contact: Option<Field>,
    /// "You are asked to agree: That the Panel notes …", where the board has one.
    pub recommendation: Option<Field>,
    /// For whom this edition is.
    pub edition: EditionNotice,
    /// Background papers; empty if none.
    pub background: Vec<AttributedText>,
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Label, without a colon.
    pub label: AttributedText,
    /// Value as printed.
    pub value: AttributedText,
}

impl Field {
    /// A label and its value.
    pub fn new(label: impl Into<AttributedText>, value: impl Into<AttributedText>) -> Self {
        Self { label: label.into(), value: value.into() }
    }
}

/// A rating as a word with a shape of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chip {
    /// `red`, `amber`, `green` or `unrated`.
    pub kind: String,
    /// "Red", "Amber", "Green", "Not rated", "Context".
    pub label: String,
    /// Why an unrated one is unrated; else empty.
    pub reason: String,
}

generated! {
    Pack {
        document, cover, glance, grid, sections, restatements, changes, data_notes, measures, withheld
    } keeps { schema, agenda, glossary, key }
    Document { title, author, description, keywords, footer, banner } keeps { date, attachment }
    Cover { council, board, title, period, fields, recommendation, edition, background } keeps { contact }
    Field { label, value } keeps {}
    Chip { label, reason } keeps { kind }
}
