//! What was found of one source: what a report is made from.

use crate::dataset::skipped::Skipped;
use crate::domain::{BoardId, Finding, Input};

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
