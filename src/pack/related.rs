//! What an indicator was promised, whom it depends on, and what it is read with.

use super::model::Field;
use super::sentences;
use crate::domain::{AttributedText, Polarity, Rating, Reading};
use crate::scorecard::judgement::{Outlook, SignalVerdict};
use crate::scorecard::{Line, Scorecard};
use crate::words;

/// "Forecast" and "Depends on", where there is something to say.
pub(super) fn facts(line: &Line<'_>) -> Vec<Field> {
    let relations = &line.indicator.relations;
    let measure = &line.indicator.measure;
    let mut facts = Vec::new();
    let mut fact = |label: &str, value: String| facts.push(Field::new(label, value));
    match relations.ahead(line.period) {
        Some(forecast) => fact(
            "Forecast",
            format!(
                "{} {} (made {})",
                words::figure(measure, forecast.value),
                words::in_period(line.indicator, forecast.period),
                words::date(forecast.made)
            ),
        ),
        // A red without a forecast is worth a question, unless its limits give the answer.
        None if line.rating == Rating::Red && !is_expected(line) => fact("Forecast", "None made".to_owned()),
        None => {}
    }
    if !relations.partner.trim().is_empty() {
        fact("Depends on", relations.partner.clone());
    }
    facts
}

/// Whether limits lead to expect that the target is met or missed.
fn is_expected(line: &Line<'_>) -> bool {
    matches!(line.judgement.verdict, SignalVerdict::Seen { outlook: Some(Outlook::Forecast(_)), .. })
}

/// "82% was promised for October 2026 (on 8 September 2026); 84.2% was
/// reached, 2.2 points better."
pub(super) fn promise(line: &Line<'_>) -> Option<String> {
    let forecast = line.indicator.relations.promised(line.period)?;
    let measure = &line.indicator.measure;
    let promised = format!(
        "{} was promised for {} (on {})",
        words::figure(measure, forecast.value),
        words::own_period(line.indicator, line.period),
        words::date(forecast.made)
    );
    let Reading::Figure(figure) = &line.current else {
        return Some(format!("{promised}; there is no figure to hold against it."));
    };
    let reached = words::figure(measure, figure.value);
    let value = measure.round(forecast.value);
    let off = figure.value - value;
    let outcome = if off.is_zero() {
        format!("{reached} was reached, as promised")
    } else {
        let difference = words::difference(measure, off);
        let side = if off.is_sign_positive() { "above" } else { "below" };
        let better = match (line.indicator.polarity, off.is_sign_positive()) {
            (Polarity::Higher, true) | (Polarity::Lower, false) => " (better)",
            (Polarity::Higher, false) | (Polarity::Lower, true) => " (worse)",
            (Polarity::Range | Polarity::None, _) => "",
        };
        format!("{reached} was reached, {difference} {side} it{better}")
    };
    Some(format!("{promised}; {outcome}."))
}

/// "Read with CP05, plans that are a second or later plan: 24.3% …"
pub(super) fn related(line: &Line<'_>, card: &Scorecard<'_>) -> Vec<AttributedText> {
    line.indicator
        .relations
        .related
        .iter()
        .filter_map(|related| {
            // What is not on this board is not this board's to show.
            let other = card.lines().find(|other| other.indicator.reference == related.to)?;
            let because = related.because.screened_as(|because| because.trim().trim_end_matches('.').to_owned());
            let mut text = AttributedText::from(format!("Read with {} {}", related.to, other.indicator.title));
            if !because.is_empty() {
                text = text.and(" (").and(because).and(")");
            }
            Some(text.and(format!(": {}", sentences::brief(other))))
        })
        .collect()
}
