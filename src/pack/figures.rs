//! `figures.csv`: every figure as printed, one row a figure.
//!
//! Attached inside the PDF and published beside it: what a reader sees is what
//! a spreadsheet gets, and an auditor finds the cell that each figure came from.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::words;
use crate::domain::motion::TravelBy;
use crate::domain::movement::Travel;
use crate::domain::{Figure, Polarity, Reading, SourceId};
use crate::scorecard::{Comparison, Incomparable, Line, Scorecard, restated};

/// The columns, in order.
pub const COLUMNS: [&str; 27] = [
    "board",
    "section",
    "ref",
    "segment",
    "indicator",
    "period",
    "value",
    "unit",
    "numerator",
    "denominator",
    "previous_period",
    "previous_value",
    "movement",
    "direction",
    "target",
    "rating",
    "reason",
    "year_to_date",
    "last_year",
    "variation",
    "assurance",
    "as_at",
    "status",
    "source",
    "file_sha256",
    "sheet",
    "cell",
];

/// Writes the file. `inputs` maps a source to the SHA-256 of its file.
pub fn csv(card: &Scorecard<'_>, inputs: &BTreeMap<SourceId, String>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for (section, lines) in card.board.sections.iter().zip(&card.sections) {
        for line in lines {
            writer.write_record(record(card, &section.number, line, inputs))?;
            for part in line.breakdowns.iter().flat_map(|parts| &parts.lines) {
                // One that the board lists as an indicator has its row there.
                if !card.board.indicators().any(|listed| *listed == part.indicator.reference) {
                    writer.write_record(record(card, &section.number, part, inputs))?;
                }
            }
        }
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

fn record(card: &Scorecard<'_>, section: &str, line: &Line<'_>, inputs: &BTreeMap<SourceId, String>) -> [String; 27] {
    let indicator = line.indicator;
    let [value, numerator, denominator] = numbers(line.current.figure()).map(Option::unwrap_or_default);
    let earlier = |reading: &Reading| reading.figure().map(|figure| figure.value.to_string()).unwrap_or_default();
    let place = line.at.clone().unwrap_or_default();
    let (variation, assurance) = super::signal::columns(line);
    [
        card.board.id.to_string(),
        section.to_owned(),
        indicator.reference.to_string(),
        indicator.segment.as_ref().map(|segment| segment.category.clone()).unwrap_or_default(),
        indicator.title.clone(),
        line.period.to_string(),
        value,
        indicator.measure.unit.word().to_owned(),
        numerator,
        denominator,
        line.previous_period.to_string(),
        earlier(&line.previous),
        line.movement().map(|movement| movement.change.to_string()).unwrap_or_default(),
        direction(line).to_owned(),
        restated::target(line.target),
        line.rating.word().to_owned(),
        reason(line),
        year_to_date(line),
        earlier(&line.year_before),
        variation,
        assurance,
        super::as_at(card).to_string(),
        status(line),
        indicator.source.to_string(),
        inputs.get(&indicator.source).cloned().unwrap_or_default(),
        place.sheet.as_deref().unwrap_or_default().to_owned(),
        place.cell.map(|cell| cell.to_string()).unwrap_or_default(),
    ]
}

/// A figure's value, numerator and denominator as they stand in a row.
pub(super) fn numbers(figure: Option<&Figure>) -> [Option<String>; 3] {
    let part = |part: Option<Decimal>| part.map(|part| part.normalize().to_string());
    figure.map_or([None, None, None], |figure| {
        [Some(figure.value.to_string()), part(figure.numerator), part(figure.denominator)]
    })
}

fn direction(line: &Line<'_>) -> &'static str {
    match &line.changes.direction {
        _ if line.indicator.polarity == Polarity::None => "",
        Comparison::Moved(movement) => match movement.travel {
            Travel::Improving => "improving",
            Travel::Worsening => "worsening",
            Travel::Steady => "steady",
            Travel::NoJudgement => "",
        },
        Comparison::Not(_) => "not comparable",
    }
}

/// The year to date, unless a month of it is missing.
pub(super) fn year_to_date(line: &Line<'_>) -> String {
    let whole = line.views.year_to_date.ok().filter(|view| view.missing == 0);
    whole.map(|view| view.figure.value.to_string()).unwrap_or_default()
}

/// The rule of its rating with its numbers put in, or why it has none, and why
/// it is not compared.
fn reason(line: &Line<'_>) -> String {
    let mut reasons = vec![super::reasons::of_rating(line)];
    reasons.retain(|reason| !reason.is_empty());
    match (&line.comparison, &line.changes.direction) {
        (Comparison::Not(why), _) => reasons.push(incomparable(why).to_owned()),
        // It moved on the figure before, and its direction is judged by more.
        (Comparison::Moved(_), Comparison::Not(why)) if line.indicator.polarity != Polarity::None => {
            let why = match (why, line.indicator.motion.travel) {
                (Incomparable::NoPrevious(_), TravelBy::LastYear) => "no figure a year before",
                (Incomparable::ShortSeries, _) => "too few figures for a line",
                (why, _) => incomparable(why),
            };
            reasons.push(format!("direction: {why}"));
        }
        (Comparison::Moved(_), _) => {}
    }
    reasons.join("; ")
}

fn incomparable(why: &Incomparable<'_>) -> &'static str {
    match why {
        Incomparable::NoLatest => "no latest figure",
        Incomparable::NoPrevious(_) => "no previous figure",
        Incomparable::Broken(_) => "series break",
        Incomparable::TooFew | Incomparable::ShortSeries => "too few to compare",
    }
}

/// "shown", "too few", or why there is no figure.
pub(super) fn status(line: &Line<'_>) -> String {
    match &line.current {
        // The page says "3 of 4"; the value is only what these come to.
        Reading::Figure(figure) if words::is_of_few(line.indicator, figure) => "too few".to_owned(),
        Reading::Figure(_) => "shown".to_owned(),
        Reading::Missing(missing) => words::missing(*missing).to_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::printed;
    use crate::scorecard::rehearsal::told;

    #[test]
    fn why_a_direction_is_not_told_stands_with_the_reasons() {
        let reason = |travel: &str, rows: &str| {
            let a = format!("unit = \"count\"\nbetter = \"higher\"\nfrequency = \"monthly\"\ntravel = \"{travel}\"\n");
            told(&a, "", "\"A\"", rows, |card| {
                let rows = printed::read(&csv(card, &BTreeMap::new()).unwrap()).unwrap();
                rows[0].reason.clone()
            })
        };
        let two = "A,2026-09,80,,\nA,2026-10,81,,";
        assert_eq!(reason("previous", two), "no target");
        assert_eq!(reason("last-year", two), "no target; direction: no figure a year before");
        assert_eq!(reason("last-year", &format!("A,2025-10,70,,\n{two}")), "no target");
        assert_eq!(reason("regression", two), "no target; direction: too few figures for a line");
        assert_eq!(reason("last-year", "A,2026-10,81,,"), "no target; no previous figure");
    }

    #[test]
    fn a_percentage_of_fewer_than_the_floor_says_so() {
        let status = |row: &str| {
            let a = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n";
            told(a, "", "\"A\"", &format!("A,2026-10,{row}"), |card| {
                let rows = printed::read(&csv(card, &BTreeMap::new()).unwrap()).unwrap();
                (rows[0].status.clone(), rows[0].value.clone())
            })
        };
        let is = |status: &str, value: &str| (status.to_owned(), value.to_owned());
        assert_eq!(status(",3,4"), is("too few", "75.0"));
        assert_eq!(status(",3,5"), is("shown", "60.0"));
        assert_eq!(status("75,,"), is("shown", "75.0"));
        assert_eq!(status(",,"), is("not supplied", ""));
    }
}
