//! Figures a hundred times off: 0.85 beside 85.
//!
//! A figure worked from its numerator and denominator is beyond doubt; the
//! rest are held against their own series.

use rust_decimal::Decimal;

use super::report::ReadReport;
use super::rules::shown;
use super::series::{Held, SeriesByIndicator};
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::PercentStyle;
use crate::domain::measure::{Unit, round};
use crate::domain::observation::Reading;
use crate::domain::period::Period;

/// Figures that a series needs before it can speak against one of them, or
/// for a scale of its own.
const ENOUGH: usize = 3;

/// F503, for every percentage. A figure that is off is taken out of its series.
pub(super) fn check(
    indicators: &[&Indicator],
    style: PercentStyle,
    series: &mut SeriesByIndicator,
    report: &mut ReadReport,
) {
    for indicator in indicators.iter().filter(|indicator| indicator.measure.unit == Unit::Percent) {
        let Some(months) = series.by_indicator.get_mut(&indicator.reference) else { continue };
        // Figures worked from their parts are told by those what they are.
        if months.values().all(|held| held.judged.as_ref().is_none_or(|judged| judged.worked)) {
            continue;
        }
        let figures: Vec<ScalePoint> = months.iter().filter_map(|(month, held)| ScalePoint::of(month, held)).collect();
        if style == PercentStyle::Auto && all_fractions(&figures) {
            report_fractions(indicator, &figures, report);
            continue;
        }
        for point in figures.iter().filter(|point| !point.worked) {
            let Some(usual) =
                median(figures.iter().filter(|other| other.month != point.month).map(|other| other.value))
            else {
                continue;
            };
            if is_hundred_off(point.value, usual) {
                let message = format!(
                    "found {}%, about a hundred times {} than the series' usual {}%",
                    shown(&indicator.measure, point.value),
                    if point.value.abs() < usual.abs() { "less" } else { "more" },
                    shown(&indicator.measure, usual)
                );
                report.turn_to(point.sheet);
                report.at_figure(
                    Code::PercentScale,
                    point.spot,
                    indicator,
                    point.month,
                    message,
                    "type it as the rest of the series is typed, or supply its numerator and denominator",
                );
                if let Some(held) = months.get_mut(point.month) {
                    held.judged = None;
                }
            }
        }
    }
}

struct ScalePoint {
    month: Period,
    value: Decimal,
    spot: (u32, u32),
    sheet: usize,
    worked: bool,
    bare: bool,
}

impl ScalePoint {
    fn of(month: Period, held: &Held) -> Option<Self> {
        let judged = held.judged.as_ref()?;
        let Reading::Figure(figure) = judged.observation.reading else { return None };
        Some(Self {
            month,
            value: figure.value,
            spot: held.spot,
            sheet: held.sheet,
            worked: judged.worked,
            bare: judged.bare,
        })
    }
}

/// Whether a whole series of bare numbers lies between 0 and 1: fractions of
/// one, most likely, and nobody has said so.
fn all_fractions(figures: &[ScalePoint]) -> bool {
    figures.len() >= ENOUGH
        && figures.iter().all(|point| point.bare && !point.worked && point.value.abs() <= Decimal::ONE)
        && figures.iter().filter(|point| !point.value.fract().is_zero()).count() * 2 >= figures.len()
}

fn report_fractions(indicator: &Indicator, figures: &[ScalePoint], report: &mut ReadReport) {
    if let Some(newest) = figures.last() {
        let message = format!(
            "all {} figures lie between 0 and 1, the newest at {}: percentages or fractions of one, nothing says which",
            figures.len(),
            round(newest.value, indicator.measure.precision + 3).normalize()
        );
        report.turn_to(newest.sheet);
        report.at_figure(Code::PercentScale, newest.spot, indicator, newest.month, message, "format the cells as percentages, or say `percent = \"fraction\"` or `percent = \"points\"` in sources.toml");
    }
}

/// The middle of the others; none where they are too few to speak.
fn median(others: impl Iterator<Item = Decimal>) -> Option<Decimal> {
    let mut others: Vec<Decimal> = others.collect();
    others.sort_unstable();
    if others.len() < ENOUGH { None } else { others.get(others.len() / 2).copied() }
}

/// Fifty to two hundred times apart, with the smaller no more than 1 and the
/// larger no less than 10: a real series seldom leaps so far.
fn is_hundred_off(value: Decimal, usual: Decimal) -> bool {
    if value.is_sign_negative() != usual.is_sign_negative() {
        return false;
    }
    let (value, usual) = (value.abs(), usual.abs());
    let (small, large) = if value < usual { (value, usual) } else { (usual, value) };
    small > Decimal::ZERO
        && small <= Decimal::ONE
        && large >= Decimal::TEN
        && large >= small * Decimal::from(50)
        && large <= small * Decimal::from(200)
}
