//! Figures outside the range that the council declares for an indicator.

use super::{CheckInput, about, shown};
use crate::domain::finding::{Code, Finding};
use crate::domain::indicator::Indicator;

/// F324, for every figure. Both ends of the range are inside it.
pub(super) fn check(asked: &CheckInput<'_>, indicator: &Indicator) -> Vec<Finding> {
    let Some((low, high)) = indicator.checks.range else { return Vec::new() };
    let figures = asked.dataset.series(&indicator.reference).filter_map(|seen| Some((seen, seen.reading.figure()?)));
    figures
        .filter(|(_, figure)| figure.value < low || figure.value > high)
        .map(|(seen, figure)| {
            let message = format!(
                "found {}; expected {} to {}",
                shown(indicator, figure.value),
                low.normalize(),
                high.normalize()
            );
            about(
                asked,
                Code::OutsideDeclared,
                seen,
                message,
                "correct the figure, or `checks.range` of the indicator in indicators.toml",
            )
        })
        .collect()
}
