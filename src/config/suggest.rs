//! "Did you mean": the nearest of the names that are known.

use crate::domain::{IndicatorRef, Register};

/// The nearest of some names, if one is near enough to be meant.
pub(super) fn nearest<'n>(name: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    known
        .map(|candidate| (strsim::jaro_winkler(&name.to_lowercase(), &candidate.to_lowercase()), candidate))
        .filter(|(score, _)| *score > 0.8)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, candidate)| candidate)
}

/// The hint beside a name that is not known: the nearest that is, or else what
/// to do about it.
pub(super) fn hint<'n>(name: &str, known: impl Iterator<Item = &'n str>, otherwise: &str) -> String {
    nearest(name, known).map_or_else(|| otherwise.to_owned(), |near| format!("did you mean {near}?"))
}

/// The hint beside a reference that is not in the register.
pub(super) fn indicator(name: &str, register: &Register) -> String {
    hint(name, register.keys().map(IndicatorRef::as_str), "define it in indicators.toml")
}
