//! Figures in the months between those at which a quarterly, termly or annual
//! indicator has one: its table is one of months, and what is printed as the
//! quarter's figure is that of its last month.

use rust_decimal::Decimal;

use super::report::{ReadReport, listed, month_words};
use super::series::{Held, SeriesByIndicator};
use crate::domain::by_month::ByMonth;
use crate::domain::finding::Code;
use crate::domain::indicator::{Basis, Indicator};
use crate::domain::period::{Frequency, Period};

/// F409, for the newest figure that others stand before. What is counted on a
/// day, or since longer ago, is at the last month what it is for the whole; what
/// happened in the period is not, unless nothing happened before.
pub(super) fn check(indicators: &[&Indicator], series: &SeriesByIndicator, report: &mut ReadReport) {
    // What is said of a breakdown is said of its whole.
    let longer = |indicator: &&&Indicator| indicator.segment.is_none() && indicator.frequency != Frequency::Monthly;
    for indicator in indicators.iter().filter(longer) {
        let Some(months) = series.by_indicator.get(&indicator.reference) else { continue };
        let printed = months.iter().rev();
        let printed = printed.filter(|(month, held)| indicator.frequency.includes(*month) && figure(held).is_some());
        let told = printed.map(|(month, held)| (month, held, between(indicator, months, month)));
        let Some((month, held, others)) = told.into_iter().find(|(_, _, others)| !others.is_empty()) else { continue };
        let others: Vec<String> = others.into_iter().map(month_words).collect();
        let (last, span) = (month_words(month), span(indicator.frequency));
        let found = format!(
            "{} has figures for {} too, and the one of {last} is printed as that of the {span}",
            indicator.reference,
            listed(&others)
        );
        report.turn_to(held.sheet);
        if indicator.basis == Basis::InPeriod {
            let message = format!("{found}; it may be that of the month alone");
            let hint = format!(
                "if {last} has the figure of the whole {span}, nothing; else supply that, or correct `frequency` in indicators.toml"
            );
            report.at_figure(Code::FiguresBetween, held.spot, indicator, month, message, hint);
        } else {
            let hint = format!("nothing, if the {span} is shown as it stood in {last}");
            report.note_at_figure(held.spot, indicator, month, Code::FiguresBetween, (found, hint));
        }
        report.on_all_sheets();
    }
}

/// The months since the figure before in which there is one other than nought.
fn between(indicator: &Indicator, months: &ByMonth<Held>, month: Period) -> Vec<Period> {
    let before = indicator.frequency.previous(month);
    let others = (1..month.since(before)).map(|later| before.plus(later));
    others.filter(|other| months.get(*other).and_then(figure).is_some_and(|value| !value.is_zero())).collect()
}

fn figure(held: &Held) -> Option<Decimal> {
    held.judged.as_ref()?.observation.reading.figure().map(|figure| figure.value)
}

fn span(frequency: Frequency) -> &'static str {
    match frequency {
        Frequency::Monthly => "month",
        Frequency::Quarterly => "quarter",
        Frequency::Termly => "term",
        Frequency::Annual(_) => "year",
    }
}
