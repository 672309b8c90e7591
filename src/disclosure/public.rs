//! What the public may learn of some datasets: figures and findings without
//! what is withheld.
//!
//! Everything after this is worked from what is left, so no table, chart,
//! sentence or file can give a hidden figure away.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::council::{self, Withheld};
use super::counts::rule_of;
use crate::dataset::Dataset;
use crate::domain::{Board, Checked, Finding, InPublic, IndicatorRef, NotDue, Protection, Register, SourceId};

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
        let value = dataset.value.without(|indicator, period| withheld.hides(indicator, period), is_few);
        let few = value.observations().filter(|seen| seen.not_due == Some(NotDue::Few));
        let few = few.map(|seen| seen.indicator.clone()).collect();
        let curtain = Curtain { register, withheld, few, numbers: hidden_numbers(&dataset.value, withheld) };
        Checked::new(value, dataset.findings.iter().filter_map(|finding| curtain.public_finding(finding)).collect())
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

/// What stands between the findings of a source and the public.
struct Curtain<'a> {
    register: &'a Register,
    withheld: &'a Withheld,
    /// Indicators of which those not due yet are too few to say how many.
    few: BTreeSet<IndicatorRef>,
    /// Every number that is hidden in the source.
    numbers: BTreeSet<Decimal>,
}

impl Curtain<'_> {
    /// A finding as the public may read it. One that holds a pack is never read
    /// by the public; of any other, its code says what may be told.
    fn public_finding(&self, finding: &Finding) -> Option<Finding> {
        let in_public = finding.code.policy().in_public;
        if finding.is_blocking() || in_public == InPublic::Absence {
            return Some(finding.clone());
        }
        let tells = match &finding.at.indicator {
            _ if in_public == InPublic::RuleAlone => true,
            _ if in_public == InPublic::Together && !self.numbers.is_empty() => return None,
            Some(indicator) if in_public == InPublic::Change && self.withheld.hides_some(indicator) => return None,
            Some(indicator) => self.tells_of(indicator, finding),
            None => is_unweighed(finding) && finding.at.cell.is_some() || self.names_hidden(finding),
        };
        Some(if tells { rule_alone(finding) } else { finding.clone() })
    }

    /// Whether a finding on an indicator may say what is hidden of it, of its
    /// parts or of what it is a total of.
    fn tells_of(&self, indicator: &IndicatorRef, finding: &Finding) -> bool {
        let known = self.register.get(indicator);
        let terms = known.map(|known| known.checks.total_of.as_slice()).unwrap_or_default();
        let hides = |reference: &IndicatorRef| self.withheld.hides_some(reference) || self.few.contains(reference);
        let relates = finding.code.policy().in_public == InPublic::Sum;
        let is_related = || std::iter::once(indicator).chain(terms).any(|term| self.withheld.touches(term));
        // Nobody weighed a figure that was refused, so it may be small itself.
        let is_personal = known.is_none_or(|known| known.protection.sensitive);
        hides(indicator)
            || (relates && is_related())
            || (is_personal && is_unweighed(finding))
            || self.names_hidden(finding)
    }

    fn names_hidden(&self, finding: &Finding) -> bool {
        [&*finding.message, &finding.hint].into_iter().any(|text| holds_number(text, &self.numbers))
    }
}

/// Whether a finding names a number of a cell that came to no figure, although
/// its severity was lowered: there is nothing of it to weigh.
fn is_unweighed(finding: &Finding) -> bool {
    finding.code.policy().refuses_cell && holds_digit(&finding.message)
}

/// A finding that says its rule and no number.
fn rule_alone(finding: &Finding) -> Finding {
    let rule = finding.code.sentence().trim_end_matches('.');
    let mut letters = rule.chars();
    let message: String = letters.next().into_iter().flat_map(char::to_lowercase).chain(letters).collect();
    let hint = if holds_digit(&finding.hint) { String::new() } else { finding.hint.clone() };
    Finding { message: message.into(), hint, ..finding.clone() }
}

fn holds_digit(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
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
