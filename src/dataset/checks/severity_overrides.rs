//! The severities that a council declares in place of a code's own.

use crate::domain::Register;
use crate::domain::check::Severities;
use crate::domain::finding::Finding;
use crate::domain::layout::Source;

/// Gives each finding its declared severity, its indicator's before its
/// source's, and drops those that are off. What was lowered because it is old
/// or tolerated is not raised again.
pub fn weigh(findings: &mut Vec<Finding>, source: &Source, register: &Register) {
    weigh_by(findings, register, &source.checks.severity);
}

/// The same for findings that only a board's figures together give: they are
/// their indicator's alone.
pub fn weigh_lines(findings: &mut Vec<Finding>, register: &Register) {
    weigh_by(findings, register, &Severities::new());
}

fn weigh_by(findings: &mut Vec<Finding>, register: &Register, of_source: &Severities) {
    findings.retain_mut(|finding| {
        let indicator = finding.at.indicator.as_ref().and_then(|reference| register.get(reference));
        let first = indicator.and_then(|indicator| indicator.checks.severity.get(&finding.code));
        match first.or_else(|| of_source.get(&finding.code)) {
            None => true,
            Some(None) => false,
            Some(Some(declared)) => {
                let is_its_own = finding.severity == finding.code.policy().severity;
                finding.severity = if is_its_own { *declared } else { finding.severity.min(*declared) };
                true
            }
        }
    });
}
