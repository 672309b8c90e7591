//! Findings into three levels: sources, rules, cells.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::SourceFound;
use super::seen::{Seen, fingerprint};
use crate::dataset::skipped::Skipped;
use crate::domain::{BoardId, Code, Finding, IndicatorRef, Period, Severity, Source, SourceId};

/// The shape of the JSON.
const SCHEMA: u32 = 1;

/// Places that a rule lists; the cells list them all.
const FIRST: usize = 10;

/// The whole report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Report {
    /// The shape of this report.
    pub schema: u32,
    /// The council.
    pub council: String,
    /// The month that was checked.
    pub period: Period,
    /// First level: one summary a source.
    pub sources: Vec<SourceReport>,
}

/// What a source comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Its storage could not be reached.
    Unreachable,
    /// It holds the packs that need it.
    Blocking,
    /// It prints notes in them.
    Caution,
    /// There is something to know about it.
    Note,
    /// Nothing was found.
    Clean,
}

impl Verdict {
    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Unreachable => "not reached",
            Self::Blocking => "holds its packs",
            Self::Caution => "cautions",
            Self::Note => "notes",
            Self::Clean => "clean",
        }
    }
}

/// One source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceReport {
    /// Its name in the config.
    pub id: SourceId,
    /// Its name for people.
    pub title: String,
    /// The boards that need it.
    pub boards: Vec<BoardId>,
    /// What it comes to.
    pub verdict: Verdict,
    /// How many findings hold packs.
    pub blocking: usize,
    /// How many print notes in packs.
    pub cautions: usize,
    /// How many stand at a pack's end.
    pub notes: usize,
    /// Its file; none where there is none.
    pub file: Option<FileReport>,
    /// Why its storage could not be reached, if so.
    pub unreachable: Option<String>,
    /// What was passed over.
    pub skipped: Option<Skipped>,
    /// Second level: the rules that were broken, the worst first.
    pub rules: Vec<RuleReport>,
    /// Third level: every place.
    pub cells: Vec<CellReport>,
}

/// A file as its storage knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileReport {
    /// Its name on its share.
    pub name: String,
    /// Digest of its bytes.
    pub sha256: String,
    /// When it was last changed, where that is known.
    pub modified: Option<DateTime<Utc>>,
    /// Who saved it last, where the file itself says so.
    pub saved_by: Option<String>,
}

impl FileReport {
    /// ", last saved by Ann Other", where the file says so.
    pub fn saved(&self) -> String {
        self.saved_by.as_ref().map(|name| format!(", last saved by {name}")).unwrap_or_default()
    }
}

/// One rule of one source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RuleReport {
    /// Its code.
    pub code: Code,
    /// Its consequence here.
    pub severity: Severity,
    /// What it says.
    pub sentence: &'static str,
    /// How often it was broken.
    pub count: usize,
    /// The first places, at most ten.
    pub first: Vec<String>,
}

/// One place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellReport {
    /// The rule's code.
    pub code: Code,
    /// The consequence.
    pub severity: Severity,
    /// `KPI.xlsx › Data › E7`.
    pub place: String,
    /// The file; empty where it is about none.
    pub file: String,
    /// The sheet; empty where it is about none.
    pub sheet: String,
    /// The cell as officers know it; empty where it is about none.
    pub cell: String,
    /// The indicator.
    pub indicator: Option<IndicatorRef>,
    /// What was found and what was expected, as findings say it everywhere.
    pub message: String,
    /// What was found.
    pub found: String,
    /// What was expected; empty where `found` says it all.
    pub expected: String,
    /// How to mend it; empty where there is nothing to mend.
    pub mend: String,
    /// The first month whose check found it.
    pub first_seen: Period,
    /// Whether an earlier month's check found it.
    pub seen_before: bool,
}

impl CellReport {
    /// "First seen this month", "Seen before, first in September 2026".
    pub fn seen(&self) -> String {
        if self.seen_before {
            format!("Seen before, first for {}", crate::words::month(self.first_seen))
        } else {
            "First seen this month".to_owned()
        }
    }
}

/// "blocking", "caution", "note".
pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Note => "note",
        Severity::Caution => "caution",
        Severity::Blocking => "blocking",
    }
}

/// Makes the report.
pub fn report(
    council: &str,
    period: Period,
    sources: &BTreeMap<SourceId, Source>,
    found: &BTreeMap<SourceId, SourceFound>,
    seen: &Seen,
) -> Report {
    let sources = found
        .iter()
        .map(|(id, found)| {
            let title = sources.get(id).map_or_else(|| id.to_string(), |source| source.title.clone());
            of_source(id, title, found, period, seen)
        })
        .collect();
    Report { schema: SCHEMA, council: council.to_owned(), period, sources }
}

fn of_source(id: &SourceId, title: String, found: &SourceFound, period: Period, seen: &Seen) -> SourceReport {
    let count = |severity| found.findings.iter().filter(|finding| finding.severity == severity).count();
    let [blocking, cautions, notes] = [Severity::Blocking, Severity::Caution, Severity::Note].map(count);
    let verdict = match (&found.unreachable, blocking, cautions, notes) {
        (Some(_), ..) => Verdict::Unreachable,
        (None, 0, 0, 0) => Verdict::Clean,
        (None, 0, 0, _) => Verdict::Note,
        (None, 0, _, _) => Verdict::Caution,
        _ => Verdict::Blocking,
    };
    SourceReport {
        id: id.clone(),
        title,
        boards: found.boards.clone(),
        verdict,
        blocking,
        cautions,
        notes,
        file: found.input.as_ref().map(|input| FileReport {
            name: input.origin.clone(),
            sha256: input.sha256.clone(),
            modified: input.as_at,
            saved_by: found.saved_by.clone(),
        }),
        unreachable: found.unreachable.clone(),
        skipped: found.skipped.clone(),
        rules: rules(&found.findings),
        cells: found.findings.iter().map(|finding| cell(id, finding, period, seen)).collect(),
    }
}

/// Rules in the order of the findings, which is the worst first.
fn rules(findings: &[Finding]) -> Vec<RuleReport> {
    let mut rules: Vec<RuleReport> = Vec::new();
    for finding in findings {
        let known = rules.iter().position(|rule| rule.code == finding.code && rule.severity == finding.severity);
        let at = known.unwrap_or_else(|| {
            rules.push(RuleReport {
                code: finding.code,
                severity: finding.severity,
                sentence: finding.code.sentence(),
                count: 0,
                first: Vec::new(),
            });
            rules.len() - 1
        });
        if let Some(rule) = rules.get_mut(at) {
            rule.count += 1;
            if rule.first.len() < FIRST {
                rule.first.push(finding.at.to_string());
            }
        }
    }
    rules
}

fn cell(source: &SourceId, finding: &Finding, period: Period, seen: &Seen) -> CellReport {
    let (found, expected) = halves(&finding.message);
    let first_seen = seen.first(&fingerprint(source, finding), period);
    CellReport {
        code: finding.code,
        severity: finding.severity,
        place: finding.at.to_string(),
        file: finding.at.file.as_deref().unwrap_or_default().to_owned(),
        sheet: finding.at.sheet.as_deref().unwrap_or_default().to_owned(),
        cell: finding.at.cell.map(|cell| cell.to_string()).unwrap_or_default(),
        indicator: finding.at.indicator.clone(),
        message: finding.message.trim_end_matches('.').to_owned(),
        found,
        expected,
        mend: finding.hint.clone(),
        first_seen,
        seen_before: first_seen < period,
    }
}

/// "found 85; expected at most 10" in two; a message that says it otherwise is
/// all found.
pub(super) fn halves(message: &str) -> (String, String) {
    let (found, expected) = message.split_once("; expected ").unwrap_or((message, ""));
    (found.strip_prefix("found ").unwrap_or(found).to_owned(), expected.to_owned())
}
