//! The document as data: here, once, numbers become words.
//!
//! Pure: a [`Scorecard`] in, a [`Pack`] out. The
//! templates place what stands in the pack and compute nothing.
//!
//! | file | story |
//! |---|---|
//! | [`model`] | the shape: the contract with the templates |
//! | `sentences` | what a figure says, in one sentence |
//! | `over_time` | earlier figures, longer views, and what moved a ratio |
//! | `quarters` | quarter against quarter in words |
//! | [`reasons`] | why a figure has its colour, and what would change it |
//! | `benchmarks` | figures elsewhere, each with its own period |
//! | `chart` | places of points, ticks and targets between 0 and 1 |
//! | `signal` | signal or noise in plain words |
//! | `standing` | how many of those who are counted a figure is off its target |
//! | `grid` | all indicators by signal, and which to look at first |
//! | `cover` | the cover block for the agenda |
//! | `front` | page 1 below it |
//! | `terms` | the board's own words for things |
//! | `themes` | tables |
//! | `block` | an indicator in detail: what goes first, and how much |
//! | `marks` | what the marks of figures say in words |
//! | `restatements` | what was published and is now something else |
//! | `breakdown` | an indicator's parts as tables |
//! | `meaning` | what each measure means, who set its target and why |
//! | `commentary` | an officer's words, or the place where they will stand |
//! | `prose` | Markdown to a small tree |
//! | `status` | draft or final, and the words that say so |
//! | `agenda` | actions, answers, requests: what a board carries along |
//! | `actions` | what was to be done, by a meeting or by commentary, and how it stands |
//! | `passages` | what a section says in words |
//! | `promises` | what was promised of an indicator, and what came of it |
//! | `related` | what an indicator is read with, side by side |
//! | `data_notes` | findings as readers are told them |
//! | `back` | glossary, key |
//! | [`withheld`] | what the public edition hides, for the restricted one |
//! | [`changes`] | what a revision says otherwise than the one before |
//! | [`places`] | which places of a pack say something else than before, and the supplement of these |
//! | [`explained`] | where a figure came from, step by step |
//! | [`file_name`] | what the files are called |
//! | [`figures`] | `figures.csv`: every figure as printed |
//! | [`printed`] | the same, read back |
//! | `csv_cell` | text of a CSV file that no spreadsheet runs |
//! | [`held`] | the one page that says why a pack is held |

mod actions;
mod agenda;
mod back;
mod benchmarks;
mod block;
mod breakdown;
pub mod changes;
mod chart;
mod commentary;
pub mod content;
mod cover;
mod csv_cell;
mod data_notes;
pub mod explained;
pub mod figures;
pub mod file_name;
mod front;
mod grid;
pub mod held;
mod marks;
mod meaning;
pub mod model;
mod over_time;
mod passages;
pub mod places;
pub mod printed;
mod promises;
mod prose;
mod quarters;
pub mod reasons;
mod related;
mod restatements;
mod sentences;
mod signal;
mod standing;
mod status;
mod terms;
#[cfg(test)]
mod test_support;
#[cfg(test)]
mod tests;
mod themes;
pub mod withheld;

use std::collections::BTreeMap;

use chrono::NaiveDate;
pub use content::{Content, ContentError};
pub use model::Pack;
pub use status::Status;

use crate::disclosure::HiddenFigure;
use crate::domain::{Approval, Calendar, Council, Edition, Source, SourceId};
use crate::scorecard::{Line, Scorecard};
use crate::words;

/// What a pack is made with beside its scorecard.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// The publishing authority.
    pub council: &'a Council,
    /// Abbreviations and their meanings.
    pub glossary: &'a BTreeMap<String, String>,
    /// Sources, for their titles.
    pub sources: &'a BTreeMap<SourceId, Source>,
    /// Working days, for the date on which commentary is due.
    pub calendar: &'a Calendar,
    /// Who approved this content, where somebody has.
    pub approval: Option<&'a Approval>,
    /// Which revision this is.
    pub version: Version,
    /// Who may read it.
    pub edition: Edition,
    /// What the public edition hides: told in a restricted one only.
    pub withheld: &'a [HiddenFigure],
}

/// A pack's place among its revisions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Version {
    /// 1, 2, 3 …
    pub revision: u32,
    /// The revision it takes the place of.
    pub supersedes: Option<u32>,
    /// Whether one before it was final, so that this one revises what may have
    /// been read as such.
    pub after_final: bool,
}

impl Setting<'_> {
    /// The same for a pack that is no revision yet and that nobody approved.
    fn neutral(&self) -> Self {
        Self { version: Version { revision: 0, supersedes: None, after_final: false }, approval: None, ..*self }
    }
}

/// Makes the document of a scorecard.
pub fn pack(card: &Scorecard<'_>, setting: &Setting<'_>) -> Pack {
    let sections = themes::sections(card, setting);
    let data_notes = data_notes::data_notes(card, setting.sources);
    let cover = cover::cover(card, setting);
    let mut pack = Pack {
        schema: model::SCHEMA,
        document: front::document(card, setting),
        glance: front::glance(card, setting, (&cover, &data_notes)),
        cover,
        grid: grid::grid(card, front::pack_before(card, setting)),
        sections,
        restatements: restatements::groups(card, setting),
        changes: None,
        agenda: agenda::tables(card),
        data_notes,
        measures: meaning::list(card),
        withheld: withheld::list(card, setting),
        glossary: Vec::new(),
        key: Vec::new(),
    };
    terms::apply(&mut pack, &card.board.words);
    pack.key = back::key(&pack, &card.board.commentary.red_needs);
    pack.glossary = back::glossary(&pack, setting.glossary);
    pack
}

/// "84.2% (170 of 202), up 2.1 points on September 2026 (better) …: amber."
pub fn headline(line: &Line<'_>) -> String {
    words::capital(&sentences::headline(line))
}

/// The pack's as-at date: the last day of its period.
pub fn as_at(card: &Scorecard<'_>) -> NaiveDate {
    card.period.last_day()
}
