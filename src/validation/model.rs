//! Findings into three levels: sources, rules, cells.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::Serialize;

use super::found::{CheckFound, SourceFound, texts_of};
use super::seen::{SeenFindings, fingerprint};
use crate::dataset::skipped::Skipped;
use crate::domain::{BoardId, Code, Finding, IndicatorRef, Period, Severity, Source, SourceId};

/// Version of the report's JSON schema.
const SCHEMA: u32 = 1;

/// How many places are listed under a rule; all of them are under the cells.
const FIRST: usize = 10;

/// The whole report.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CheckReport {
    /// Version of the JSON schema.
    pub schema: u32,
    /// The council.
    pub council: String,
    /// The month that was checked.
    pub period: Period,
    /// First level: one summary a source.
    pub sources: Vec<SourceReport>,
    /// The same of what officers wrote for a board, where anything was found in it.
    pub texts: Vec<SourceReport>,
}

impl CheckReport {
    /// The sources, and after them the texts.
    pub fn all(&self) -> impl Iterator<Item = &SourceReport> {
        self.sources.iter().chain(&self.texts)
    }
}

/// The verdict on a source: its worst finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceVerdict {
    /// Its storage could not be reached.
    Unreachable,
    /// A finding holds the packs that need it.
    Blocking,
    /// A finding is printed as a caution in those packs.
    Caution,
    /// Findings are listed at the end of those packs only.
    Note,
    /// Nothing was found.
    Clean,
}

impl SourceVerdict {
    /// The verdict as it is printed.
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

/// One source, or the texts of one board.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SourceReport {
    /// Its key in `sources.toml`; `texts:` and the board's.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The boards that need it.
    pub boards: Vec<BoardId>,
    /// Its worst finding.
    pub verdict: SourceVerdict,
    /// Number of findings that hold packs.
    pub blocking: usize,
    /// Number of findings printed as cautions in packs.
    pub cautions: usize,
    /// Number of findings listed at the end of packs.
    pub notes: usize,
    /// Its file; none where there is none.
    pub file: Option<FileReport>,
    /// Why its storage could not be reached, if so.
    pub unreachable: Option<String>,
    /// Sheets and rows that were not read, and why.
    pub skipped: Option<Skipped>,
    /// Second level: the rules that were broken, the worst first.
    pub rules: Vec<RuleReport>,
    /// Third level: every place.
    pub cells: Vec<CellReport>,
}

/// A file as its storage knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FileReport {
    /// Its name in its storage.
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
    /// Its severity for this source.
    pub severity: Severity,
    /// The rule in one sentence.
    pub sentence: &'static str,
    /// Number of places that break it.
    pub count: usize,
    /// The first places, at most ten.
    pub first: Vec<String>,
}

/// One finding at one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CellReport {
    /// The rule's code.
    pub code: Code,
    /// Its severity.
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
    found: &CheckFound,
    seen: &SeenFindings,
) -> CheckReport {
    let of_source = |(id, found): (&SourceId, &SourceFound)| {
        let title = sources.get(id).map_or_else(|| id.to_string(), |source| source.title.clone());
        source_report(id.as_str(), title, found, period, seen)
    };
    let of_texts = |(board, findings): (&BoardId, &Vec<Finding>)| {
        let found = SourceFound { findings: findings.clone(), boards: vec![board.clone()], ..SourceFound::default() };
        let title = format!("What officers wrote for {board}");
        source_report(&texts_of(board), title, &found, period, seen)
    };
    let sources = found.sources.iter().map(of_source).collect();
    let texts = found.texts.iter().map(of_texts).collect();
    CheckReport { schema: SCHEMA, council: council.to_owned(), period, sources, texts }
}

fn source_report(id: &str, title: String, found: &SourceFound, period: Period, seen: &SeenFindings) -> SourceReport {
    let count = |severity| found.findings.iter().filter(|finding| finding.severity == severity).count();
    let [blocking, cautions, notes] = [Severity::Blocking, Severity::Caution, Severity::Note].map(count);
    let verdict = match (&found.unreachable, blocking, cautions, notes) {
        (Some(_), ..) => SourceVerdict::Unreachable,
        (None, 0, 0, 0) => SourceVerdict::Clean,
        (None, 0, 0, _) => SourceVerdict::Note,
        (None, 0, _, _) => SourceVerdict::Caution,
        _ => SourceVerdict::Blocking,
    };
    SourceReport {
        id: id.to_owned(),
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

fn cell(source: &str, finding: &Finding, period: Period, seen: &SeenFindings) -> CellReport {
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

/// Splits "found 85; expected at most 10" in two. A message of another form is
/// returned whole as what was found.
pub(super) fn halves(message: &str) -> (String, String) {
    let (found, expected) = message.split_once("; expected ").unwrap_or((message, ""));
    (found.strip_prefix("found ").unwrap_or(found).to_owned(), expected.to_owned())
}
