//! What the public may learn of some datasets: figures and findings without
//! what is withheld.
//!
//! Everything after this is worked from what is left, so no table, chart,
//! sentence or file can give a hidden figure away.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::council::{self, Withheld, rule_of};
use crate::config::Register;
use crate::dataset::Dataset;
use crate::domain::{Board, Checked, Finding, IndicatorRef, Protection, SourceId};

/// The datasets without what is withheld, for the boards that are weighed.
pub fn public(
    (register, boards): (&Register, &[Board]),
    datasets: &BTreeMap<SourceId, Checked<Dataset>>,
    withheld: &Withheld,
) -> BTreeMap<SourceId, Checked<Dataset>> {
    let shown = council::shown(register, boards);
    // Those not due yet are children like any that are counted.
    let is_few = |reference: &IndicatorRef, many: Decimal| {
        let rule = register.get(reference).zip(shown.get(reference)).and_then(|(known, shown)| rule_of(known, *shown));
        rule.is_some_and(|rule| Protection::is_small(many, rule.small))
    };
    let of = |dataset: &Checked<Dataset>| {
        let hidden = hidden_numbers(&dataset.value, withheld);
        let value = dataset.value.without(|indicator, period| withheld.hides(indicator, period), is_few);
        let findings = dataset.findings.iter().filter_map(|finding| told(finding, withheld, &hidden));
        Checked::new(value, findings.collect())
    };
    datasets.iter().map(|(id, dataset)| (id.clone(), of(dataset))).collect()
}

/// Every number that is hidden in a dataset.
fn hidden_numbers(dataset: &Dataset, withheld: &Withheld) -> BTreeSet<Decimal> {
    dataset
        .observations()
        .filter(|seen| withheld.hides(&seen.indicator, seen.period))
        .filter_map(|seen| seen.reading.figure())
        .flat_map(|figure| [Some(figure.value), figure.numerator, figure.denominator])
        .flatten()
        .map(|number| number.normalize())
        .collect()
}

/// A finding as the public may read it. One that holds a pack is never read by
/// the public, and that a figure is not there is no secret; any other is left
/// out where it may name a hidden figure.
fn told(finding: &Finding, withheld: &Withheld, hidden: &BTreeSet<Decimal>) -> Option<Finding> {
    if finding.is_blocking() || finding.code.is_about_absence() {
        return Some(finding.clone());
    }
    // Of a figure that is hidden itself, nothing is said; of one whose parts
    // are, whatever names none of the hidden numbers.
    if finding.at.indicator.as_ref().is_some_and(|indicator| withheld.hides_some(indicator)) {
        return None;
    }
    let names_one = [&finding.message, &finding.hint].into_iter().any(|text| holds_number(text, hidden));
    (!names_one).then(|| finding.clone())
}

/// Whether a text holds one of some numbers, in digits.
fn holds_number(text: &str, numbers: &BTreeSet<Decimal>) -> bool {
    text.split(|c: char| !(c.is_ascii_digit() || c == '.' || c == ','))
        .map(|token| token.trim_matches(['.', ',']).replace(',', ""))
        .filter_map(|token| token.parse::<Decimal>().ok())
        .any(|number| numbers.contains(&number.normalize()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_a_text_are_whole_words() {
        let numbers = BTreeSet::from([Decimal::from(3), Decimal::new(125, 1), Decimal::from(1204)]);
        for (text, named) in [
            ("found 3; expected 4", true),
            ("rose from 12.5%.", true),
            ("1,204 visits", true),
            ("found 33, 0.3 and 30", false),
            ("three of them", false),
            ("", false),
        ] {
            assert_eq!(holds_number(text, &numbers), named, "{text}");
        }
    }
}
