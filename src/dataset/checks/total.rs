//! A total is the sum of its parts.

use rust_decimal::Decimal;

use super::{CheckInput, about};
use crate::dataset::report::listed;
use crate::domain::finding::{Code, Finding};
use crate::domain::ids::IndicatorRef;
use crate::domain::indicator::Indicator;
use crate::domain::observation::Reading;
use crate::domain::period::Period;

/// F521, for every month in which the total and all its parts have a figure.
pub(super) fn check(
    asked: &CheckInput<'_>,
    indicator: &Indicator,
    others: &dyn Fn(&IndicatorRef, Period) -> Option<Reading>,
) -> Vec<Finding> {
    let parts = &indicator.checks.total_of;
    if parts.is_empty() {
        return Vec::new();
    }
    let references: Vec<String> = parts.iter().map(IndicatorRef::to_string).collect();
    let mut findings = Vec::new();
    for seen in asked.dataset.series(&indicator.reference) {
        let Some(total) = seen.reading.figure() else { continue };
        // A suppressed part leaves the sum unknown, and the total right.
        let values: Option<Vec<Decimal>> =
            parts.iter().map(|part| Some(others(part, seen.period)?.figure()?.value)).collect();
        let Some(sum) = values.map(|values| values.iter().sum::<Decimal>()) else { continue };
        if (total.value - sum).abs() > indicator.checks.total_within {
            let message = format!(
                "found {}; expected {}, the sum of {}",
                total.value.normalize(),
                sum.normalize(),
                listed(&references)
            );
            findings.push(about(asked, Code::TotalDisagrees, seen, message, "correct the total or its parts"));
        }
    }
    findings
}
