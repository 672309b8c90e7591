//! Dates of birth, in figures and in words, and days on which somebody turns an
//! age. What is said of all who were born in a year is none.

use super::child::AGE;
use super::traces::{Form, always};
use super::word_list::WordList;
use super::{OwnWords, PersonalDetail};

/// Months as they are written, in short or in full.
const MONTH: &str = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*";

/// "third", "twenty-first".
const ORDINAL: &str = r"(?:(?:twenty|thirty)[\s\-])?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth|seventeenth|eighteenth|nineteenth|twentieth|thirtieth";

pub(super) fn forms() -> Vec<Form> {
    let of_month = format!(r"(?:\d{{1,2}}\s?(?:st|nd|rd|th)?|{ORDINAL})");
    let day = format!(
        r"(?:\d{{1,2}}\s*[/.\-]\s*\d{{1,2}}\s*[/.\-]\s*\d{{2,4}}|\d{{4}}-\d{{2}}-\d{{2}}|{of_month}\s*(?:day\s+)?(?:of\s+)?{MONTH}(?:,?\s+\d{{4}})?|{MONTH}\s+(?:the\s+)?{of_month}\b(?:,?\s+\d{{4}})?)"
    );
    let label = r"(?:d\.?\s?o\.?\s?b\b\.?|dates?\s+of\s+birth|birth\s?date|birthday)";
    let form = |pattern: String| Form { kind: PersonalDetail::DateOfBirth, pattern, holds: always };
    vec![
        form(format!(
            r"(?i)\b{label}[^\w]*(?:(?:is|was|on|in|of|falls|will|be|the|recorded|given|as)\s+){{0,4}}(?:{day}|{MONTH}\s+\d{{4}}|(?:19|20)\d\d\b|\d{{1,2}}\s?/\s?\d{{1,2}}\b)"
        )),
        form(format!(r"(?i){day}\s*\(?\s*(?:(?:is|was)\s+(?:her|his|the|their)\s+)?(?:\w+\s+)?{label}")),
        form(format!(r"(?i)\b(?:her|his)\s+(?:\w+\s+)?birthday\s+(?:is\s+|was\s+|falls\s+)?in\s+{MONTH}\b")),
        form(format!(r"\b[bB]\.\s?{day}")),
        form(format!(
            r"(?i)\b(?:turn(?:s|ed|ing)?|(?:she|he|who)\s+(?:will\s+be|would\s+be|became|becomes))\s+{AGE}\s+(?:years\s+(?:old|of\s+age)\s+)?(?:on\s+)?(?:the\s+)?{day}"
        )),
        Form {
            kind: PersonalDetail::DateOfBirth,
            pattern: format!(
                r"(?i)(?:\b[a-z]+\s+(?:(?:who|that)\s+)?(?:(?:were|are)\s+)?)?\bborn\b(?:(?:\s+[\w\-]+){{0,5}}?[^\w]+(?:on\s+|in\s+)?(?:the\s+)?{day}|\s+(?:in\s+)?{MONTH}\s+\d{{4}})"
            ),
            holds: is_of_one,
        },
    ]
}

/// Whether it is one who was born, and not all who were.
fn is_of_one(hit: &str, _: &OwnWords) -> bool {
    static MANY: WordList = WordList::new(
        " babies children those pupils people infants births all any anyone everyone learners leavers girls boys ",
    );
    static SPAN: WordList = WordList::new(" between after before since until by from and ");
    let plain = hit.to_lowercase();
    let mut words = plain.split_whitespace();
    !words.next().is_some_and(|first| MANY.has(first)) && !words.any(|word| SPAN.has(word))
}
