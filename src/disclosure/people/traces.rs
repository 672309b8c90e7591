//! What leads to one person without a name: dates of birth, numbers, addresses,
//! telephones, mail.

use std::sync::LazyLock;

use regex::Regex;

use super::given_names::given;
use super::roles::is_of_a_role;
use super::{OwnWords, PersonalDetail};

/// Months as they are written, in short or in full.
const MONTHS: &str = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";

/// Streets as they end.
const STREETS: &str = "Road|Rd|Street|St|Avenue|Ave|Lane|Ln|Close|Drive|Dr|Way|Crescent|Cres|Gardens|Gdns|Grove|Terrace|\
    Court|Ct|Place|Walk|Mews|Square|Row|Rise|Hill|View|Green|Parade|Quay|Wharf|Gate|Croft|Fields|Meadow|Mead";

/// Each kind with the forms that it takes.
static FORMS: LazyLock<Vec<(PersonalDetail, Option<Regex>)>> =
    LazyLock::new(|| patterns().into_iter().map(|(kind, pattern)| (kind, Regex::new(&pattern).ok())).collect());

/// Every form.
pub(super) fn patterns() -> Vec<(PersonalDetail, String)> {
    use PersonalDetail::{Address, CaseNumber, DateOfBirth, Identifier, Mail, Telephone};
    let day = format!(
        r"(?:\d{{1,2}}\s*[/.\-]\s*\d{{1,2}}\s*[/.\-]\s*\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTHS}(?:\s+\d{{4}})?|{MONTHS}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}|{MONTHS}\s+\d{{4}})"
    );
    let record = "(?:case|ref|reference|lcs|mosaic|liquidlogic|eclipse|ics|file|record|person|child|client|pupil|family|\
                  referral|episode|incident|crime|custody|claim|complaint|uln|carefirst|service user|id)";
    vec![
        (
            DateOfBirth,
            format!(
                r"(?i)\b(?:d\.?\s?o\.?\s?b\b\.?|date of birth|birthday|born|birth date)[^\w]*(?:(?:is|was|on|in|of)\s+)*(?:the\s+)?{day}"
            ),
        ),
        (DateOfBirth, format!(r"(?i){day}\s*\(?\s*(?:d\.?\s?o\.?\s?b\b|date of birth)")),
        // A unique pupil number, and one for a time.
        (Identifier, r"\b[A-Za-z]\s?\d{3}\s?\d{4}\s?\d{4}\s?[\dA-Za-z]\b".to_owned()),
        (
            Identifier,
            r"(?i)\b(?:upn|nhs|nino|ni)\b(?:\s+(?:number|no|num))?[\s.:#=]*(?:is\s+)?[A-Z]{0,2}\s?\d[\dA-Z \-]{5,}\b"
                .to_owned(),
        ),
        (
            Identifier,
            r"\b[A-CEGHJ-PR-TW-Za-ceghj-pr-tw-z][A-NP-Za-np-z]\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-Da-d]\b".to_owned(),
        ),
        (
            CaseNumber,
            format!(
                r"(?i)\b{record}\b(?:\s+(?:number|numbers|no|num|id|ref|reference))*[\s.:#=()]*(?:is\s+)?[A-Z]{{0,4}}[\-/]?\d[\d/\-]{{4,}}\b"
            ),
        ),
        (
            Address,
            format!(
                r"\b(?:[Nn]o\.?\s?)?\d{{1,3}}[A-Za-z]?,?\s+(?:[A-ZÀ-ÖØ-ÞĄĆČĎĐĘĚĞĪİŁŃŇŐŘŚŞŠȘŤȚŪŮŰŽŹŻ][\w'’.\-]*\s+){{1,3}}(?:{STREETS})\b"
            ),
        ),
        (Address, r"\b[Ff]lat\s+\d{1,3}[A-Za-z]?\b".to_owned()),
        (Address, r"\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[ABD-HJLNP-UW-Z]{2}\b".to_owned()),
        (Address, r"\b[a-z]{1,2}\d[a-z\d]?\s\d[abd-hjlnp-uw-z]{2}\b".to_owned()),
        (Telephone, r"(?:\+44|\b0044|\b0)[\s\-]*(?:\(0\)[\s\-]*)?(?:\(?\d[\d\s\-().]{7,13}\d)\b".to_owned()),
        (Telephone, r"\(0\d{2,4}\)\s?\d[\d\s]{4,8}\d\b".to_owned()),
        (Mail, r"[A-Za-z0-9._%+'\-]+@[A-Za-z0-9.\-]+\.[A-Za-z]{2,}".to_owned()),
    ]
}

/// Ten figures, which may be an NHS number.
static TEN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b\d{3}[ \-]?\d{3}[ \-]?\d{4}\b").ok());

/// The kinds that a sentence has.
pub(super) fn found(sentence: &str, own: &OwnWords) -> Vec<PersonalDetail> {
    let mut kinds = Vec::new();
    for (kind, form) in FORMS.iter() {
        let mut hits = form.iter().flat_map(|form| form.find_iter(sentence)).map(|hit| hit.as_str());
        if hits.any(|hit| holds(*kind, hit, own)) {
            kinds.push(*kind);
        }
    }
    let mut tens = TEN.iter().flat_map(|form| form.find_iter(sentence));
    if tens.any(|hit| is_nhs_number(hit.as_str())) {
        kinds.push(PersonalDetail::Identifier);
    }
    kinds
}

/// What a form alone cannot tell.
fn holds(kind: PersonalDetail, hit: &str, own: &OwnWords) -> bool {
    let figures: String = hit.chars().filter(char::is_ascii_digit).collect();
    match kind {
        PersonalDetail::Telephone => {
            let is_whole = (10..=11).contains(&figures.len()) || hit.starts_with('+') || figures.starts_with("0044");
            // Numbers that only bodies have.
            let is_body = ["03", "0800", "0808", "084", "087"].iter().any(|start| figures.starts_with(start));
            is_whole && !is_body && !own.is_contact(hit)
        }
        PersonalDetail::Mail => {
            let local = hit.split('@').next().unwrap_or_default().to_lowercase();
            let parts: Vec<&str> = local.split(['.', '_', '-']).filter(|part| !part.is_empty()).collect();
            let known = |part: &&str| super::names::is_known(part, own) || part.len() > 4 && is_of_a_role(part);
            let is_name = parts.iter().any(|part| given(part).is_some());
            let is_pair = parts.len() > 1
                && !parts.iter().any(known)
                && parts.iter().all(|part| part.chars().all(char::is_alphabetic));
            (is_name || is_pair) && !own.is_contact(hit)
        }
        PersonalDetail::Address => !own.is_contact(hit),
        _ => true,
    }
}

/// Whether the last of ten figures is the check digit of the others.
fn is_nhs_number(text: &str) -> bool {
    let figures: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    let Some((last, nine)) = figures.split_last() else { return false };
    let sum: u32 = nine.iter().zip((2..=10).rev()).map(|(figure, weight)| figure * weight).sum();
    nine.len() == 9 && (11 - sum % 11) % 11 == *last && !text.starts_with('0')
}
