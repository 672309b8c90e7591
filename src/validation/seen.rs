//! Which findings earlier checks made too, and since when.
//!
//! A finding is recognised by a digest of its rule, its place and its words, so
//! that the state file holds no content of any cell. The name of the workbook is
//! not part of the digest: next month's file has another name.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::halves;
use crate::digest::sha256;
use crate::domain::{Finding, Period};

/// Version of the state file's schema.
const SCHEMA: u32 = 1;

/// How many months a finding that no check makes any more is kept.
const MONTHS_KEPT: i32 = 24;

/// The findings of earlier checks, by fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenFindings {
    schema: u32,
    findings: BTreeMap<String, MonthsSeen>,
}

/// The first and the last month whose check found it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct MonthsSeen {
    first: Period,
    last: Period,
}

impl Default for SeenFindings {
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

impl SeenFindings {
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
    pub fn record<'f>(&mut self, period: Period, findings: impl Iterator<Item = (String, &'f Finding)>) {
        for (source, finding) in findings {
            let span = self
                .findings
                .entry(fingerprint(&source, finding))
                .or_insert(MonthsSeen { first: period, last: period });
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

/// The digest by which a finding is recognised next month. What was expected is
/// not part of it, because it may name the month.
pub(super) fn fingerprint(source: &str, finding: &Finding) -> String {
    let at = &finding.at;
    let indicator = at.indicator.as_ref().map_or("", |indicator| indicator.as_str());
    let parts = [
        finding.code.as_str(),
        source,
        at.sheet.as_deref().unwrap_or_default(),
        &at.cell.map(|cell| cell.to_string()).unwrap_or_default(),
        indicator,
        &halves(&finding.message).0,
    ];
    let mut digest = sha256(parts.join("\u{1f}").as_bytes());
    digest.truncate(32);
    digest
}
