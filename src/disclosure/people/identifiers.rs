//! Numbers that one person has, or one case: in any grouping, since a number
//! that is typed in another way is the same number.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern::compiled;
use super::traces::{Form, always, figures, is_a_year};
use super::word_list::WordList;
use super::{OwnWords, PersonalDetail};

/// What stands between the parts of a number.
const GAP: &str = r"[\s\-./\\·–—_:]{0,2}";

/// What a number of a case stands behind.
const RECORD: &str = "(?:case|ref|reference|lcs|mosaic|liquidlogic|eclipse|ics|file|record|person|child|client|pupil|family|referral|episode|incident|crime|custody|claim|complaint|uln|carefirst|service user|id)";

/// What has a number that is nobody's.
const PAPER: &str = r"\b(?:contracts?|tenders?|invoices?|purchase\s+orders?|orders?|procurements?|bids?|frameworks?|grants?|lots?|polic(?:y|ies)|decisions?|budgets?|cost\s+cent(?:re|er)s?|assets?|risks?|charity|company|urn|dfe|ofsted)\b";

pub(super) fn forms() -> Vec<Form> {
    let form = |kind: PersonalDetail, pattern: &str, holds: fn(&str, &OwnWords) -> bool| Form {
        kind,
        pattern: pattern.replace("GAP", GAP).replace("RECORD", RECORD).replace("PAPER", PAPER),
        holds,
    };
    let (identifier, case) = (PersonalDetail::Identifier, PersonalDetail::CaseNumber);
    vec![
        // A unique pupil number, and one for a time.
        form(identifier, r"\b[A-Za-z](?:[\s\-./]?\d){11}[\s\-./]?[\dA-Za-z]\b", always),
        form(identifier, r"\b[3-9](?:[\s\-./–]{0,2}\d){9}\b", is_nhs_number),
        form(identifier, r"\b[A-Z]{2}GAP\d{2}GAP\d{2}GAP\d{2}GAP[A-D]\b|\b[a-z]{2}\s?\d{6}\s?[a-d]\b", always),
        form(
            identifier,
            r"(?i)\b(?:upn|nhs|nino|ni|n\.i\.|national\s+insurance|passport|brp|visa|utr|chi|licen[cs]e)(?:\s+(?:number|numbers|no|num|card|ref|reference|id)\b)*[\s.:#=()]*(?:(?:is|was|of)\s+)?[A-Z]{0,3}(?:GAP\d){6,}",
            is_no_year,
        ),
        // A driving licence.
        form(identifier, r"\b[A-Z]{1,5}9{0,4}\d{6}[A-Z]{2}\d[A-Z]{2}\b", always),
        form(identifier, r"\b[A-HJ-PR-Y]{2}\d{2}[\s\-]?[A-HJ-PR-Z]{3}\b", is_registration),
        form(
            identifier,
            r"\b(?i:reg|registration|plate|car|van|vehicle|taxi)\b[\s,:.#(]*(?i:(?:number|no|plate|is|was|mark|with)[\s.:]+){0,3}[A-Z]{1,3}\s?\d{1,4}\s?[A-Z]{1,3}\b",
            always,
        ),
        form(
            case,
            r"(?i)(?:PAPER\s+)?\bRECORD\b(?:\s+(?:number|numbers|no|num|id|ref|reference))*[\s.:#=()]*(?:is\s+)?[A-Z]{0,4}[\-/]?\d[\d/\-]{4,}\b",
            |hit, _| is_of_a_case(hit),
        ),
        form(
            case,
            r"(?i)\bRECORD\b\.?\s*(?:(?:number|no|num|nr|id|ref|reference)\b\.?|#)[\s.:#=()]*(?:(?:is|was)\s+)?[A-Z]{0,4}[\s\-/]?\d(?:[\s\-/.]?\d){2,}\b",
            is_no_year,
        ),
        form(
            case,
            r"(?i)(?:\b(?:per|a|each|every)\s+)?\b(?:case|file|child|person|client|pupil|mosaic|lcs|eclipse|liquidlogic|service user|ref|reference|complaint|id)[\s:.=(]+#?\d{1,2}(?:\s?\d){2,}\b",
            |hit, own| {
                let of_any = ["per ", "a ", "each ", "every "].iter().any(|any| hit.to_lowercase().starts_with(any));
                !of_any && is_no_year(hit, own)
            },
        ),
        // A court's: place, year, kind, number.
        form(case, r"\b[A-Z]{2}[\s/\-]?\d{2}[\s/\-]?[A-Z]{1,2}[\s/\-]?\d{4,6}\b|\b[a-z]{2}\d{2}[a-z]\d{5}\b", always),
        // The police's.
        form(case, r"\b\d{2}/\d{4,7}/\d{2}\b", always),
        form(
            case,
            r"(?:(?i:PAPER)(?:\s+(?i:number|numbers|no|nos|ref|refs|reference|references|id|code)\b\.?)?[\s:]+(?:[A-Z]{1,4}-?\d+(?:,\s+|\s+(?:and|or|&)\s+))*)?\b(?:[A-Z]{1,4}-\d{5,}|[A-Z]{2,4}\d{5,}|[A-Z]\d{6,})\b",
            |hit, _| !hit.starts_with("ISO") && is_of_a_case(hit),
        ),
    ]
}

/// "Contract DN583221" is no case.
fn is_of_a_case(hit: &str) -> bool {
    static PAPERS: LazyLock<Option<Regex>> = LazyLock::new(|| compiled(&format!("^(?i:{PAPER})")));
    !PAPERS.as_ref().is_some_and(|paper| paper.is_match(hit))
}

/// Whether the last of ten figures is the check digit of the others.
fn is_nhs_number(hit: &str, _: &OwnWords) -> bool {
    let is_date =
        hit.split(|c: char| !c.is_ascii_digit()).nth(2).is_some_and(|year| year.len() == 4 && is_a_year(year));
    let figures: Vec<u32> = hit.chars().filter_map(|c| c.to_digit(10)).collect();
    let Some((last, nine)) = figures.split_last() else { return false };
    let sum: u32 = nine.iter().zip((2..=10).rev()).map(|(figure, weight)| figure * weight).sum();
    !is_date && nine.len() == 9 && (11 - sum % 11) % 11 == *last
}

/// "NHS 2025-26" and "case 2026" speak of a year, unless it is called a number.
fn is_no_year(hit: &str, _: &OwnWords) -> bool {
    let figures = figures(hit);
    let is_long = figures.len() > 6;
    let is_called = hit.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|word| matches!(word, "number" | "no"));
    !is_a_year(&figures) || is_long || is_called && figures.len() != 4
}

/// "AB12 CDE", but not "FY25 NHS".
fn is_registration(hit: &str, _: &OwnWords) -> bool {
    static ABBREVIATIONS: WordList = WordList::new(
        " NHS DSG CIN CLA LAC SEN CSE PEP IHA RHA SDQ EHC CPP FTE YJS MTFS LSB PLO SGO ICB DFE KPI RAG AND THE FOR ",
    );
    let last = hit.rsplit([' ', '-']).next().unwrap_or_default();
    last.len() > 3 || !ABBREVIATIONS.has(last) && !hit.starts_with("FY")
}
