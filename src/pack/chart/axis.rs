//! The names under the points of a chart.

use super::super::model::XTick;
use super::slot;
use crate::domain::{Frequency, Indicator};
use crate::scorecard::SeriesPoint;

/// Most names of months that can be read side by side.
const NAMES: usize = 9;

/// A mark for each point, with its name in full letters; of more than can be read side
/// by side every second has one, the latest always. A year stands under its first name.
pub(super) fn x_ticks(indicator: &Indicator, points: &[SeriesPoint]) -> Vec<XTick> {
    let yearly = indicator.frequency.per_year() == 1;
    let every = points.len().div_ceil(NAMES).max(1);
    let mut shown = None;
    let mut tick = |(i, point): (usize, &SeriesPoint)| {
        let x = slot(i, points.len());
        if !(points.len() - 1 - i).is_multiple_of(every) {
            return XTick { x, label: "".into(), year: String::new() };
        }
        // A quarter belongs to a financial year, as in "quarter 2, 2026/27".
        let is_quarter = indicator.frequency == Frequency::Quarterly;
        let year = if is_quarter { point.period.financial_year_start() } else { point.period.year() };
        let new = !yearly && shown.replace(year) != Some(year);
        let year = match (new, is_quarter) {
            (false, _) => String::new(),
            (true, true) => point.period.financial_year(),
            (true, false) => year.to_string(),
        };
        XTick { x, label: indicator.frequency.short_label(point.period), year }
    };
    points.iter().enumerate().map(&mut tick).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_card;

    #[test]
    fn every_name_of_a_month_is_whole_and_the_latest_has_one() {
        let rows: String = (0..24)
            .map(|i| "2024-11".parse::<crate::domain::Period>().unwrap().plus(i))
            .map(|month| format!("A,{month},7,,\n"))
            .collect();
        let a = "unit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n";
        let labels = |from: usize| {
            with_card(a, "", "\"A\"", rows.trim(), |card| {
                let line = &card.sections[0][0];
                let ticks = x_ticks(line.indicator, &line.series[from..]);
                ticks.iter().map(|tick| format!("{} {}", tick.label, tick.year).trim().to_owned()).collect::<Vec<_>>()
            })
        };
        assert_eq!(labels(20), ["Jul 2026", "Aug", "Sep", "Oct"]);
        assert_eq!(labels(15).len(), 9);
        assert!(labels(15).iter().all(|label| !label.is_empty()));
        assert_eq!(labels(14).iter().filter(|label| label.is_empty()).count(), 5);
        let all = labels(0);
        assert_eq!(all.iter().filter(|label| !label.is_empty()).count(), 8);
        assert_eq!((all[2].as_str(), all[5].as_str(), all[23].as_str()), ("Jan 2025", "Apr", "Oct"));
    }
}
