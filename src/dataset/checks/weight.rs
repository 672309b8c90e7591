//! The severities that a council declares in place of a code's own.

use crate::config::Register;
use crate::domain::check::Severities;
use crate::domain::finding::Finding;
use crate::domain::layout::Source;

/// Gives each finding its declared severity, its indicator's before its
/// source's, and drops those that are off. What was lowered because it is old
/// or tolerated is not raised again.
pub fn weigh(findings: &mut Vec<Finding>, source: &Source, register: &Register) {
    findings.retain_mut(|finding| {
        let of_indicator = finding.at.indicator.as_ref().and_then(|reference| register.get(reference));
        let none = Severities::new();
        let first = of_indicator.map_or(&none, |indicator| &indicator.checks.severity);
        match first.get(&finding.code).or_else(|| source.checks.severity.get(&finding.code)) {
            None => true,
            Some(None) => false,
            Some(Some(declared)) => {
                if finding.severity == finding.code.severity() {
                    finding.severity = *declared;
                } else {
                    finding.severity = finding.severity.min(*declared);
                }
                true
            }
        }
    });
}
