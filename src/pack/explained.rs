//! Where a figure came from: from the cells of a workbook to the words on the
//! page, each step with its numbers put in.
//!
//! For an auditor, or for an officer whom a councillor has asked. Everything here
//! is worked out from the same [`Line`] as the page.

mod arithmetic;
mod facts;
mod longer;
mod steps;

use std::fmt;

use chrono::{DateTime, Utc};
pub use longer::months_behind;
use serde::Serialize;

use super::printed::Printed;
use super::{Pack, figures};
use crate::domain::observation::Observation;
use crate::domain::{BoardId, Edition, Finding, IndicatorRef, Period, SourceId};
use crate::scorecard::{Line, Scorecard};

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileFound {
    /// The source that it is the file of.
    pub source: SourceId,
    /// Its name in its storage.
    pub name: String,
    /// Digest of its bytes.
    pub sha256: String,
    /// When it was last changed, where its storage knows.
    pub modified: Option<DateTime<Utc>>,
}

/// A cell that a figure was read from.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CellFound {
    /// "value", "numerator", "denominator", "not due yet" or "the largest".
    pub role: &'static str,
    /// The figure's month.
    pub period: Period,
    /// The sheet.
    pub sheet: String,
    /// The cell as officers know it, "E7".
    pub cell: String,
    /// What stands there.
    pub holds: String,
    /// The number that stands there, where it is one.
    pub number: Option<f64>,
}

/// What an explanation needs beside the line itself.
#[derive(Debug, Clone, Copy, Default)]
pub struct Evidence<'a> {
    /// The file; none where there is none.
    pub file: Option<&'a FileFound>,
    /// The cells of the latest and of the previous figure.
    pub cells: &'a [CellFound],
    /// The cells of the months that longer views and earlier figures are made of.
    pub behind: &'a [CellFound],
    /// What was read of the latest figure.
    pub latest: Option<&'a Observation>,
    /// Whether it is counted from a list of people.
    pub is_counted: bool,
    /// Why public editions hide it; empty where they do not.
    pub withheld: &'a [String],
    /// Whether the board has no restricted edition, so that what is withheld
    /// stands in no pack of it.
    pub is_withheld_everywhere: bool,
    /// The same line as the pages have it: without what they must not show.
    pub page: Option<&'a Line<'a>>,
    /// What is published of each of the board's editions.
    pub issued: &'a [Issued<'a>],
}

/// What is published of an edition, beside what it would print now.
#[derive(Debug, Clone, PartialEq)]
pub struct Issued<'a> {
    /// The edition.
    pub edition: Edition,
    /// Its latest revision; none where there is none yet.
    pub revision: Option<u32>,
    /// The figure's row in that revision; none where it has none.
    pub row: Option<Printed>,
    /// What the same edition would print now.
    pub now: Option<&'a Line<'a>>,
    /// Whether the edition is held as things are.
    pub is_held: bool,
}

/// One step on the way from the workbook to the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExplanationStep {
    /// "Arithmetic".
    pub step: &'static str,
    /// What happened in it, a sentence or a sum a line.
    pub says: Vec<String>,
}

/// A figure explained.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The indicator.
    pub indicator: IndicatorRef,
    /// Its title.
    pub title: String,
    /// The board whose pack shows it.
    pub board: BoardId,
    /// The month of the board's pack.
    pub pack: Period,
    /// The figure's own month.
    pub period: Period,
    /// The figure as printed, without its unit; none where there is none.
    pub value: Option<String>,
    /// What it was worked from.
    pub numerator: Option<String>,
    /// What it was worked from.
    pub denominator: Option<String>,
    /// The figure before it.
    pub previous_value: Option<String>,
    /// The latest less the one before, where they may be compared.
    pub movement: Option<String>,
    /// The target in force, as `figures.csv` has it.
    pub target: Option<String>,
    /// "red", "amber", "green" or "unrated".
    pub rating: &'static str,
    /// The file.
    pub file: Option<FileFound>,
    /// The cells of the latest and of the previous figure.
    pub cells: Vec<CellFound>,
    /// All of it by name, for a machine; `docs/figures.md` lists the names.
    pub facts: serde_json::Value,
    /// From the workbook to the page.
    pub steps: Vec<ExplanationStep>,
    #[serde(skip)]
    headline: String,
}

/// Explains one line of a scorecard, whose pack this is: made of what its pages
/// may tell.
pub fn explain(card: &Scorecard<'_>, line: &Line<'_>, pack: &Pack, evidence: &Evidence<'_>) -> Explanation {
    let indicator = line.indicator;
    let [value, numerator, denominator] = figures::numbers(line.current.figure());
    let [previous_value, ..] = figures::numbers(line.previous.figure());
    Explanation {
        indicator: indicator.reference.clone(),
        title: indicator.title.clone(),
        board: card.board.id.clone(),
        pack: card.period,
        period: line.period,
        value,
        numerator,
        denominator,
        previous_value,
        movement: line.movement().map(|movement| movement.change.to_string()),
        target: Some(crate::scorecard::restated::target(line.target)).filter(|target| !target.is_empty()),
        rating: line.rating.word(),
        file: evidence.file.cloned(),
        cells: evidence.cells.to_vec(),
        facts: facts::facts(line, evidence),
        steps: steps::all(card, line, pack, evidence),
        headline: format!(
            "{} {}, {}",
            indicator.reference,
            indicator.title,
            crate::words::own_period(indicator, line.period)
        ),
    }
}

/// The findings of a scorecard that are about one line.
fn findings<'c>(card: &'c Scorecard<'_>, line: &Line<'_>) -> impl Iterator<Item = &'c Finding> {
    let reference = line.indicator.reference.clone();
    card.findings.iter().filter(move |finding| finding.at.indicator.as_ref() == Some(&reference))
}

impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}\nin the pack of {} for {}", self.headline, self.board, crate::words::month(self.pack))?;
        for step in &self.steps {
            writeln!(f, "\n{}", step.step)?;
            for line in &step.says {
                writeln!(f, "  {line}")?;
            }
        }
        Ok(())
    }
}
