//! What a chart shows of signal and noise: the band of usual ups and downs,
//! the special causes, and what happened when.

use rust_decimal::Decimal;

use super::super::model::{Band, ChartMark, ChartSpot, EventMark};
use super::super::signal;
use super::super::themes::sentence;
use super::{Scale, edge, slot};
use crate::domain::{AttributedText, Indicator, Period};
use crate::scorecard::judgement::JudgedPoint;
use crate::scorecard::signal::ChartKind;
use crate::scorecard::{Line, SeriesPoint};
use crate::words;

fn judged<'l>(line: &'l Line<'_>, period: Period) -> Option<&'l JudgedPoint> {
    let points = &line.judgement.points;
    points.binary_search_by_key(&period, |judged| judged.period).ok().map(|at| &points[at])
}

/// Neighbouring points with the same usual ups and downs.
pub(super) struct Usual {
    first: usize,
    end: usize,
    low: Decimal,
    high: Decimal,
}

/// The lowest and highest usual figure of the points, as they are shown.
pub(super) fn usual(line: &Line<'_>, points: &[SeriesPoint]) -> Vec<Usual> {
    let mut stretches: Vec<Usual> = Vec::new();
    let mut limits = None;
    for (i, point) in points.iter().enumerate() {
        let Some(here) = judged(line, point.period).and_then(|judged| judged.fact.limits) else { continue };
        match stretches.last_mut() {
            Some(stretch) if stretch.end == i && limits == Some(here) => stretch.end = i + 1,
            _ => {
                let (low, high) = signal::clipped(line, here);
                stretches.push(Usual { first: i, end: i + 1, low, high });
            }
        }
        limits = Some(here);
    }
    stretches
}

/// Every figure that a band needs room for.
pub(super) fn room(usual: &[Usual]) -> impl Iterator<Item = Decimal> {
    usual.iter().flat_map(|stretch| [stretch.low, stretch.high])
}

/// Stretches of one height each: neighbours that are drawn alike are one.
pub(super) fn bands(usual: &[Usual], of: usize, scale: &Scale) -> Vec<Band> {
    let mut bands: Vec<Band> = Vec::new();
    for stretch in usual {
        let (x0, x1) = (edge(stretch.first, of), edge(stretch.end, of));
        let (low, high) = (scale.place(stretch.low), scale.place(stretch.high));
        match bands.last_mut() {
            // Places are rounded alike, so equal limits are equal places.
            Some(band) if (band.x1 - x0).abs() < 1e-9 && (band.low, band.high) == (low, high) => band.x1 = x1,
            _ => bands.push(Band { x0, x1, low, high }),
        }
    }
    bands
}

/// Special causes, each with its shape.
pub(super) fn marks(line: &Line<'_>, points: &[SeriesPoint], scale: &Scale) -> Vec<ChartMark> {
    let special = |(i, point): (usize, &SeriesPoint)| {
        let kind = kind(judged(line, point.period)?.fact.kind)?;
        let at = ChartSpot { x: slot(i, points.len()), y: scale.place(point.reading.figure()?.value) };
        Some(ChartMark { at, kind: kind.to_owned() })
    };
    points.iter().enumerate().filter_map(special).collect()
}

fn kind(kind: ChartKind) -> Option<&'static str> {
    match kind {
        ChartKind::Common => None,
        ChartKind::Improvement => Some("improvement"),
        ChartKind::Concern => Some("concern"),
        ChartKind::NeutralHigh | ChartKind::NeutralLow => Some("neutral"),
    }
}

/// What happened, and where limits begin anew: numbered over the chart, told
/// in its small lines.
pub(super) fn events(line: &Line<'_>, points: &[SeriesPoint]) -> (Vec<EventMark>, Vec<AttributedText>) {
    let indicator = line.indicator;
    let at = |month: Period| points.iter().position(|point| point.period >= month && since(indicator, point, month));
    let mut happened: Vec<(usize, Period, AttributedText)> = Vec::new();
    let told = |words: &str| sentence(&words::capital(words));
    for event in &indicator.trend.events {
        happened.extend(at(event.month).map(|i| (i, event.month, event.note.screened_as(told))));
    }
    for rebase in &indicator.trend.rebases {
        let anew = AttributedText::from("Limits begin anew. ").and(rebase.because.screened_as(told));
        happened.extend(at(rebase.from).map(|i| (i, rebase.from, anew)));
    }
    happened.sort_by_key(|(i, month, _)| (*i, *month));
    let marks = happened
        .iter()
        .enumerate()
        .map(|(n, (i, ..))| EventMark { x: slot(*i, points.len()), label: (n + 1).to_string() });
    let lines = happened.iter().enumerate().map(|(n, (_, month, note))| {
        AttributedText::from(format!("{} ({}): ", n + 1, words::month(*month))).and(note.clone())
    });
    (marks.collect(), lines.collect())
}

/// Whether a point is the first at or after a month: one before the chart
/// begins is not on it.
fn since(indicator: &Indicator, point: &SeriesPoint, month: Period) -> bool {
    indicator.frequency.previous(point.period) < month
}

/// What the band and the shapes mean, as far as they occur.
pub(super) fn legend(bands: &[Band], marks: &[ChartMark]) -> Vec<String> {
    let mut lines = Vec::new();
    if !bands.is_empty() {
        lines.push("Shaded: usual ups and downs.".to_owned());
    }
    let has = |kind: &str| marks.iter().any(|mark| mark.kind == kind);
    let shapes = match (has("improvement"), has("concern")) {
        (true, true) => "Diamonds: better than chance explains; triangles: worse.",
        (true, false) => "Diamonds: better than chance explains.",
        (false, true) => "Triangles: worse than chance explains.",
        (false, false) if has("neutral") => "Squares: higher or lower than chance explains.",
        (false, false) => return lines,
    };
    lines.push(shapes.to_owned());
    lines
}
