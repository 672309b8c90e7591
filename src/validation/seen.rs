//! Which findings were there before, and since when.
//!
//! A finding is known again by a digest over its rule, its place and its
//! words, so that the state file holds nothing of what a cell held. The
//! file's name is no part of it: next month's file has another.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::halves;
use crate::digest::sha256;
use crate::domain::{Finding, Period, SourceId};

/// The shape of the state file.
const SCHEMA: u32 = 1;

/// How long a finding that is seen no more is remembered.
const MONTHS_KEPT: i32 = 24;

/// Findings by their fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seen {
    schema: u32,
    findings: BTreeMap<String, Span>,
}

/// The first and the last month whose check found it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct Span {
    first: Period,
    last: Period,
}

impl Default for Seen {
    fn default() -> Self {
        Self { schema: SCHEMA, findings: BTreeMap::new() }
    }
}

/// The state file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum SeenError {
    /// It is damaged.
    #[error("failed to read the list of findings seen before (hint: delete it; every finding then counts as new)")]
    Damaged(#[from] serde_json::Error),
    /// A newer program wrote it.
    #[error("failed to read the list of findings seen before: its schema is {0}, this program knows {SCHEMA}")]
    Newer(u32),
}

impl Seen {
    /// Reads a state file.
    pub fn parse(bytes: &[u8]) -> Result<Self, SeenError> {
        let seen: Self = serde_json::from_slice(bytes)?;
        if seen.schema == SCHEMA { Ok(seen) } else { Err(SeenError::Newer(seen.schema)) }
    }

    /// The first month whose check found this, as of a month: itself where
    /// none was earlier.
    pub fn first(&self, fingerprint: &str, period: Period) -> Period {
        self.findings.get(fingerprint).map_or(period, |span| span.first.min(period))
    }

    /// Remembers what a month's check found, and forgets what is long gone.
    pub fn record<'f>(&mut self, period: Period, findings: impl Iterator<Item = (&'f SourceId, &'f Finding)>) {
        for (source, finding) in findings {
            let span =
                self.findings.entry(fingerprint(source, finding)).or_insert(Span { first: period, last: period });
            span.first = span.first.min(period);
            span.last = span.last.max(period);
        }
        self.findings.retain(|_, span| period.since(span.last) <= MONTHS_KEPT);
    }

    /// The state file.
    pub fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// What makes a finding the same one as last month's. What was expected is no
/// part of it: it may name the month.
pub(super) fn fingerprint(source: &SourceId, finding: &Finding) -> String {
    let at = &finding.at;
    let indicator = at.indicator.as_ref().map_or("", |indicator| indicator.as_str());
    let parts = [
        finding.code.as_str(),
        source.as_str(),
        at.sheet.as_deref().unwrap_or_default(),
        &at.cell.map(|cell| cell.to_string()).unwrap_or_default(),
        indicator,
        &halves(&finding.message).0,
    ];
    let mut digest = sha256(parts.join("\u{1f}").as_bytes());
    digest.truncate(32);
    digest
}
