//! What was found of sources and in texts: what a report is made from.

use std::collections::BTreeMap;

use crate::dataset::skipped::Skipped;
use crate::domain::{BoardId, Finding, Input, SourceId};

/// What a check found.
#[derive(Debug, Clone, Default)]
pub struct CheckFound {
    /// Of each source.
    pub sources: BTreeMap<SourceId, SourceFound>,
    /// In what officers wrote for each board, where there is anything.
    pub texts: BTreeMap<BoardId, Vec<Finding>>,
}

impl CheckFound {
    /// Every finding, with the name in a report of what it is of.
    pub fn findings(&self) -> impl Iterator<Item = (String, &Finding)> {
        let of_sources = self.sources.iter().map(|(id, found)| (id.to_string(), found.findings.as_slice()));
        let of_texts = self.texts.iter().map(|(board, findings)| (texts_of(board), findings.as_slice()));
        of_sources.chain(of_texts).flat_map(|(id, findings)| findings.iter().map(move |one| (id.clone(), one)))
    }
}

/// What a report calls the texts of a board: no source has a colon in its name.
pub(super) fn texts_of(board: &BoardId) -> String {
    format!("texts:{board}")
}

/// What was found of one source.
#[derive(Debug, Clone, Default)]
pub struct SourceFound {
    /// Its file; none where there is none.
    pub input: Option<Input>,
    /// Who saved it last, where the file says so.
    pub saved_by: Option<String>,
    /// What was passed over in it.
    pub skipped: Option<Skipped>,
    /// Why its storage could not be reached, if so.
    pub unreachable: Option<String>,
    /// Every finding, the worst first.
    pub findings: Vec<Finding>,
    /// The boards that need it.
    pub boards: Vec<BoardId>,
}
