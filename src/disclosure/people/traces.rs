//! What leads to one person without a name: dates of birth, numbers, addresses,
//! telephones, mail. Each has forms, and what a form alone cannot tell.

use std::sync::LazyLock;

use regex::Regex;

use super::pattern::compiled;
use super::{OwnWords, PersonalDetail, addresses, births, identifiers, reach};

/// A form that something takes.
pub(super) struct Form {
    pub(super) kind: PersonalDetail,
    pub(super) pattern: String,
    /// What the form alone cannot tell of what it found.
    pub(super) holds: fn(&str, &OwnWords) -> bool,
}

/// What a form tells by itself.
pub(super) fn always(_: &str, _: &OwnWords) -> bool {
    true
}

/// Every form.
pub(super) fn forms() -> Vec<Form> {
    [births::forms(), identifiers::forms(), addresses::forms(), reach::forms()].into_iter().flatten().collect()
}

static FORMS: LazyLock<Vec<(Option<Regex>, Form)>> =
    LazyLock::new(|| forms().into_iter().map(|form| (compiled(&form.pattern), form)).collect());

/// The kinds that a sentence has.
pub(super) fn found(sentence: &str, own: &OwnWords) -> Vec<PersonalDetail> {
    let holds = |(regex, form): &&(Option<Regex>, Form)| {
        let mut hits = regex.iter().flat_map(|regex| regex.find_iter(sentence)).map(|hit| hit.as_str());
        hits.any(|hit| (form.holds)(hit, own))
    };
    FORMS.iter().filter(holds).map(|(_, form)| form.kind).collect()
}

/// The figures of a text.
pub(super) fn figures(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

/// Whether it begins as a year of now does: "2026/27".
pub(super) fn is_a_year(figures: &str) -> bool {
    figures.starts_with("19") || figures.starts_with("20")
}
