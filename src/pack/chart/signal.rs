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

/// The lowest and highest usual figure of the points, as they are shown: of those that the
/// latest is held against. What was usual before a break or before limits began anew, or
/// of a series that no longer has any, is not usual now.
pub(super) fn usual(line: &Line<'_>, points: &[SeriesPoint]) -> Vec<Usual> {
    let mut stretches: Vec<Usual> = Vec::new();
    let Some(latest) = points.last().and_then(|last| judged(line, last.period)) else { return stretches };
    let mut limits = None;
    for (i, point) in points.iter().enumerate() {
        let here = judged(line, point.period).filter(|judged| judged.fact.group == latest.fact.group);
        let Some(here) = here.and_then(|judged| judged.fact.limits).filter(|_| latest.fact.limits.is_some()) else {
            continue;
        };
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

/// What happened, or from where what is usual is worked out again.
pub(in crate::pack) struct Happening {
    /// The point that it stands at.
    pub(super) at: usize,
    month: Period,
    /// What, as a sentence.
    pub(super) note: AttributedText,
}

/// All that happened in the months of some points, in order.
pub(in crate::pack) fn happened(line: &Line<'_>, points: &[SeriesPoint]) -> Vec<Happening> {
    let indicator = line.indicator;
    let at = |month: Period| points.iter().position(|point| point.period >= month && since(indicator, point, month));
    let told = |words: &str| sentence(&words::capital(words));
    let events = indicator.trend.events.iter().map(|event| (event.month, event.note.screened_as(told)));
    let rebases = indicator.trend.rebases.iter().map(|rebase| {
        (
            rebase.from,
            AttributedText::from("What is usual is worked out again from here. ").and(rebase.because.screened_as(told)),
        )
    });
    let happening = |(month, note)| Some(Happening { at: at(month)?, month, note });
    let mut all: Vec<Happening> = events.chain(rebases).filter_map(happening).collect();
    all.sort_by_key(|happening| (happening.at, happening.month));
    all
}

/// How many letters of what happened stand over the plot.
const LETTERS: usize = 36;

/// How much of the plot's width a letter takes, near enough: only to keep two labels apart.
const LETTER: f64 = 0.026;

/// The same as short labels over the chart, each in a line where it is clear of the ones
/// before; what had to be cut is told whole in the chart's small lines.
pub(super) fn events(line: &Line<'_>, points: &[SeriesPoint]) -> (Vec<EventMark>, Vec<AttributedText>) {
    let mut taken: Vec<Vec<(f64, f64)>> = Vec::new();
    let (mut marks, mut cut) = (Vec::new(), Vec::new());
    for happening in happened(line, points) {
        let x = slot(happening.at, points.len());
        let label = happening.note.clone().shortened(LETTERS);
        let long = LETTER * f64::from(u16::try_from(label.chars().count()).unwrap_or(u16::MAX));
        // A label stands right of its line, or left of it in the chart's right half.
        let span = if x > 0.55 { (x - long, x) } else { (x, x + long) };
        let is_free = |line: &Vec<(f64, f64)>| line.iter().all(|(from, to)| span.1 < *from || *to < span.0);
        let at = taken.iter().position(is_free).unwrap_or(taken.len());
        if at == taken.len() {
            taken.push(Vec::new());
        }
        taken[at].push(span);
        if label.ends_with('…') {
            cut.push(AttributedText::from(format!("{}: ", words::month(happening.month))).and(happening.note));
        }
        marks.push(EventMark { x, label, line: at });
    }
    (marks, cut)
}

/// Whether a point is the first at or after a month: one before the chart
/// begins is not on it.
fn since(indicator: &Indicator, point: &SeriesPoint, month: Period) -> bool {
    indicator.frequency.previous(point.period) < month
}

/// What the band and the shapes mean, as far as they occur.
pub(super) fn legend(bands: &[Band], marks: &[ChartMark]) -> Vec<String> {
    let shapes = [
        ("improvement", "Diamonds: better than usual."),
        ("concern", "Triangles: worse than usual."),
        ("neutral", "Squares: higher or lower than usual."),
    ];
    let occurs = |shape: &str| marks.iter().any(|mark| mark.kind == shape);
    let band = (!bands.is_empty()).then(|| "Shaded: usual ups and downs.".to_owned());
    let shapes = shapes.into_iter().filter(|(shape, _)| occurs(shape)).map(|(_, means)| means.to_owned());
    band.into_iter().chain(shapes).collect()
}

/// What a point is beside the usual; none where it is as usual, or has no figure.
fn special_kind(line: &Line<'_>, point: SeriesPoint) -> Option<ChartKind> {
    point.reading.figure()?;
    Some(judged(line, point.period)?.fact.kind)
}

/// The same in words.
pub(super) fn special(line: &Line<'_>, point: SeriesPoint) -> Option<&'static str> {
    match special_kind(line, point)? {
        ChartKind::Common => None,
        ChartKind::Improvement => Some("Better than chance explains"),
        ChartKind::Concern => Some("Worse than chance explains"),
        ChartKind::NeutralHigh => Some("Higher than chance explains"),
        ChartKind::NeutralLow => Some("Lower than chance explains"),
    }
}
