//! A fact about the data, with a stable code.
//!
//! What is wrong with a spreadsheet is never an error: it is a finding, and
//! reading goes on to find the rest. A broken disk or program is an error and
//! never a finding. A finding's severity is its consequence.

mod codes;
mod policy;

use std::fmt;

pub use codes::Code;
use policy::MEND;
pub use policy::{Audience, InPublic, Policy};

use super::attributed_text::AttributedText;
pub use super::place::Place;

/// What a finding does to the packs that need its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Stands on the data-quality page.
    Note,
    /// Prints a footnote.
    Caution,
    /// Holds the pack.
    Blocking,
}

impl Code {
    /// The code of this name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == text)
    }

    /// What it means, in full.
    pub fn meaning(self) -> &'static str {
        self.more()
            .iter()
            .find(|line| !line.starts_with(MEND))
            .map_or_else(|| self.sentence(), |line| line.trim_ascii())
    }

    /// What an officer does about it.
    pub fn remedy(self) -> &'static str {
        self.more().iter().find_map(|line| line.strip_prefix(MEND)).unwrap_or_default()
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One fact about the data.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// The rule.
    pub code: Code,
    /// The consequence.
    pub severity: Severity,
    /// Where.
    pub at: Place,
    /// What was found and what was expected, a sentence without its full stop.
    pub message: AttributedText,
    /// How to mend it; empty where there is nothing to mend.
    pub hint: String,
}

impl Finding {
    /// A finding with its code's own severity.
    pub fn new(code: Code, at: Place, message: impl Into<AttributedText>, hint: impl Into<String>) -> Self {
        Self { code, severity: code.policy().severity, at, message: message.into(), hint: hint.into() }
    }

    /// Whether it holds the packs that need it.
    pub fn is_blocking(&self) -> bool {
        self.severity == Severity::Blocking
    }
}

impl fmt::Display for Finding {
    /// `F301 blocking · KPI.xlsx › Data › E7: found …`, with the hint behind it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Note => "note",
            Severity::Caution => "caution",
            Severity::Blocking => "blocking",
        };
        write!(f, "{} {severity} · {}: {}", self.code, self.at, self.message)?;
        if !self.hint.is_empty() {
            write!(f, ". To mend: {}", self.hint)?;
        }
        Ok(())
    }
}

/// A value and everything that was noticed on the way to it.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Checked<T> {
    /// As much as could be read.
    pub value: T,
    /// What was noticed, in the order it was found.
    pub findings: Vec<Finding>,
}

impl<T> Checked<T> {
    /// A value with its findings.
    pub fn new(value: T, findings: Vec<Finding>) -> Self {
        Self { value, findings }
    }

    /// Whether any finding is blocking.
    pub fn is_blocked(&self) -> bool {
        self.findings.iter().any(Finding::is_blocking)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::place::At;

    #[test]
    fn codes_are_unique_and_in_order() {
        let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(codes, sorted);
    }

    #[test]
    fn a_row_that_decides_nothing_keeps_its_code_from_every_page() {
        let closed = Policy::closed(Severity::Caution);
        assert_eq!((closed.audience, closed.in_public), (Audience::Officers, InPublic::RuleAlone));
    }

    #[test]
    fn a_finding_says_where_what_and_how_to_mend_it() {
        let at = Place {
            file: Some("KPI_2026-09.xlsx".into()),
            sheet: Some("Scorecard 26-27".into()),
            cell: Some(At { row: 6, column: 4 }),
            ..Place::default()
        };
        let finding = Finding::new(
            Code::CellNotNumber,
            at,
            "found text \"n\\a\"; expected a number or one of n/a, -, c, x",
            "type the number alone, or, if there is none, n/a; or declare this text as a marker in `missing` in sources.toml",
        );
        assert_eq!(
            finding.to_string(),
            "F301 blocking · KPI_2026-09.xlsx › Scorecard 26-27 › E7: found text \"n\\a\"; expected a number or one of n/a, -, c, x. To mend: type the number alone, or, if there is none, n/a; or declare this text as a marker in `missing` in sources.toml"
        );
    }
}
