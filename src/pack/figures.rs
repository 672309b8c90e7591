//! `figures.csv`: every figure as printed, one row a figure, and below them one row
//! for each point that a chart or a small line draws.
//!
//! Attached inside the PDF and published beside it: what a reader sees is what
//! a spreadsheet gets, and an auditor finds the cell that each figure came from.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::chart::Happening;
use super::{chart, csv_cell, front};
use crate::domain::movement::Travel;
use crate::domain::target::in_force;
use crate::domain::trend::TravelBy;
use crate::domain::{Figure, Missing, Polarity, Rating, Reading, SourceId, Unrated};
use crate::scorecard::views::NoView;
use crate::scorecard::{BreakdownLines, Comparison, Incomparable, Line, Scorecard, SeriesPoint, restated};
use crate::words;

/// The columns, in order.
pub const COLUMNS: [&str; 39] = [
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
    "row",
    "note",
    "quarter",
    "quarter_value",
    "quarter_before",
    "quarter_last_year",
    "meaning",
    "definition",
    "target_source",
    "target_duty",
    "target_because",
    "marks",
];

/// What the column `row` says of a figure of the pack's own month.
pub(super) const FIGURE: &str = "figure";

/// And of a point that is drawn.
pub(super) const COURSE: &str = "course";

/// And of one that is a quarter of a monthly figure: what it holds is no month's.
const QUARTER: &str = "quarter";

/// The column with the digest of a source's file, which is not known before a
/// revision is issued.
const FILE_SHA256: usize = 24;

/// The column that tells a figure from a point.
const ROW: usize = 27;

/// One figure as the file has it, but for the digest of its source's file.
#[derive(Debug, Clone)]
pub struct FigureRow {
    source: SourceId,
    cells: [String; 39],
}

/// Every figure of a scorecard, a row each, in the order of the board; then every
/// point that is drawn.
pub fn rows(card: &Scorecard<'_>) -> Vec<FigureRow> {
    let (mut rows, mut course) = (Vec::new(), Vec::new());
    for (section, lines) in card.board.sections.iter().zip(&card.sections) {
        for line in lines {
            rows.push(row(card, &section.number, line));
            course.extend(chart::drawn_as(line, |line| drawn(card, &section.number, line)));
            // One that the board lists as an indicator has its row there.
            let is_listed =
                |part: &&Line<'_>| card.board.indicators().any(|listed| *listed == part.indicator.reference);
            let parts = line.breakdowns.iter().flat_map(BreakdownLines::every_line).filter(|part| !is_listed(part));
            rows.extend(parts.map(|part| row(card, &section.number, part)));
        }
    }
    rows.extend(course);
    rows
}

/// Writes the file. `inputs` maps a source to the SHA-256 of its file.
pub fn write(rows: &[FigureRow], inputs: &BTreeMap<SourceId, String>) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for row in rows {
        let digest = inputs.get(&row.source).map(String::as_str).unwrap_or_default();
        let is_drawn = row.cells[ROW] != FIGURE;
        let cell = |(at, cell)| if at == FILE_SHA256 && !is_drawn { digest } else { String::as_str(cell) };
        writer.write_record(row.cells.iter().enumerate().map(cell).map(|cell| csv_cell::written(cell).into_owned()))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// The file of a scorecard at once.
pub fn csv(card: &Scorecard<'_>, inputs: &BTreeMap<SourceId, String>) -> Result<Vec<u8>, csv::Error> {
    write(&rows(card), inputs)
}

fn row(card: &Scorecard<'_>, section: &str, line: &Line<'_>) -> FigureRow {
    let indicator = line.indicator;
    let [value, numerator, denominator] = numbers_of(&line.current).map(Option::unwrap_or_default);
    let earlier = |reading: &Reading| reading.figure().map(|figure| figure.value.to_string()).unwrap_or_default();
    let place = line.at.clone().unwrap_or_default();
    let (variation, assurance) = super::signal::columns(line);
    let [quarter, quarter_value, quarter_before, quarter_last_year] = quarters(line);
    let [meaning, definition, target_source, target_duty, target_because] = super::meaning::columns(line);
    let cells = [
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
        String::new(),
        place.sheet.as_deref().unwrap_or_default().to_owned(),
        place.cell.map(|cell| cell.to_string()).unwrap_or_default(),
        FIGURE.to_owned(),
        String::new(),
        quarter,
        quarter_value,
        quarter_before,
        quarter_last_year,
        meaning,
        definition,
        target_source,
        target_duty,
        target_because,
        line.marks_at(line.period).words(),
    ];
    FigureRow { source: indicator.source.clone(), cells }
}

/// Every point that is drawn of a line.
fn drawn(card: &Scorecard<'_>, section: &str, line: &Line<'_>) -> Vec<FigureRow> {
    let points = chart::drawn(line, front::has_block(card, &line.indicator.reference));
    let happened = chart::happened(line, points);
    (0..points.len()).map(|at| point(card, section, line, (points, at), &happened)).collect()
}

/// A point that is drawn. What says more of the pack's own month is left to its row.
fn point(
    card: &Scorecard<'_>,
    section: &str,
    line: &Line<'_>,
    (points, at): (&[SeriesPoint], usize),
    happened: &[Happening],
) -> FigureRow {
    let (indicator, SeriesPoint { period, reading, rating }) = (line.indicator, points[at]);
    let [value, numerator, denominator] = numbers_of(&reading).map(Option::unwrap_or_default);
    let cells = COLUMNS.map(|column| match column {
        "board" => card.board.id.to_string(),
        "section" => section.to_owned(),
        "ref" => indicator.reference.to_string(),
        "indicator" => indicator.title.clone(),
        "period" => period.to_string(),
        "value" => value.clone(),
        "unit" => indicator.measure.unit.word().to_owned(),
        "numerator" => numerator.clone(),
        "denominator" => denominator.clone(),
        "previous_period" => indicator.frequency.previous(period).to_string(),
        "target" => restated::target(in_force(&indicator.targets, period)),
        "rating" => rating.map(Rating::word).unwrap_or_default().to_owned(),
        "reason" => rating.map(words::rating_reason).unwrap_or_default().to_owned(),
        "as_at" => super::as_at(card).to_string(),
        "status" => status_of(line, &reading),
        "source" => indicator.source.to_string(),
        "row" => if chart::is_by_quarter(line) { QUARTER } else { COURSE }.to_owned(),
        "marks" => line.marks_at(period).words(),
        "note" => chart::note(line, points, at, happened).to_string(),
        _ => String::new(),
    });
    FigureRow { source: indicator.source.clone(), cells }
}

/// A figure's value, numerator and denominator as they stand in a row.
pub(super) fn numbers(figure: Option<&Figure>) -> [Option<String>; 3] {
    let part = |part: Option<Decimal>| part.map(|part| part.normalize().to_string());
    figure.map_or([None, None, None], |figure| {
        [Some(figure.value.to_string()), part(figure.numerator), part(figure.denominator)]
    })
}

/// The same of a reading: of nobody both parts are known.
fn numbers_of(reading: &Reading) -> [Option<String>; 3] {
    match reading {
        Reading::Missing(Missing::NoneOfNone) => [None, Some("0".to_owned()), Some("0".to_owned())],
        reading => numbers(reading.figure()),
    }
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

/// The last month of the last quarter that is over, its figure, that of the one before
/// and that of the same one a year ago; nothing where they are not asked for.
pub(super) fn quarters(line: &Line<'_>) -> [String; 4] {
    let Some(quarters) = &line.quarters else { return [const { String::new() }; 4] };
    let [now, before, year] = [&quarters.latest, &quarters.before.0, &quarters.year_before.0]
        .map(|quarter| quarter.figure.as_ref().map(|figure| figure.value.to_string()).unwrap_or_default());
    [quarters.latest.last.to_string(), now, before, year]
}

/// The rule of its rating with its numbers put in, or why it has none, and why
/// it is not compared.
fn reason(line: &Line<'_>) -> String {
    let mut reasons = vec![super::reasons::of_rating(line)];
    reasons.retain(|reason| !reason.is_empty());
    match (&line.comparison, &line.changes.direction) {
        // Why there is no figure is said already.
        (Comparison::Not(Incomparable::NoLatest), _) => {
            if let (Reading::Missing(why), Rating::Unrated(Unrated::Context)) = (line.current, line.rating) {
                reasons.push(words::rating_reason(Rating::Unrated(Unrated::NoFigure(why))).to_owned());
            }
        }
        (Comparison::Not(why), _) => reasons.push(incomparable(why).to_owned()),
        // It moved on the figure before, and its direction is judged by more.
        (Comparison::Moved(_), Comparison::Not(why)) if line.indicator.polarity != Polarity::None => {
            let why = match (why, line.indicator.trend.travel) {
                (Incomparable::NoPrevious(_), TravelBy::LastYear) => "no figure a year before",
                (Incomparable::ShortSeries, _) => "too few figures for a line",
                (why, _) => incomparable(why),
            };
            reasons.push(format!("direction: {why}"));
        }
        (Comparison::Moved(_), _) => {}
    }
    if super::themes::breaks_in_a_year(line) {
        reasons.push("last year: series break".to_owned());
    }
    if matches!(line.views.year_to_date, Err(NoView::Broken(_))) {
        reasons.push("year to date: series break".to_owned());
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
    status_of(line, &line.current)
}

fn status_of(line: &Line<'_>, reading: &Reading) -> String {
    match reading {
        // The page says "3 of 4"; the value is only what these come to.
        Reading::Figure(figure) if words::is_of_few(line.indicator, figure) => "too few".to_owned(),
        Reading::Figure(_) => "shown".to_owned(),
        Reading::Missing(missing) => match missing {
            // Programs go by these.
            Missing::Suppressed => "suppressed".to_owned(),
            Missing::Refused => "refused".to_owned(),
            other => words::missing(*other).to_lowercase(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::printed;
    use crate::scorecard::test_support::with_card;

    #[test]
    fn why_a_direction_is_not_told_stands_with_the_reasons() {
        let reason = |travel: &str, rows: &str| {
            let a = format!("unit = \"count\"\nbetter = \"higher\"\nfrequency = \"monthly\"\ntravel = \"{travel}\"\n");
            with_card(&a, "", "\"A\"", rows, |card| {
                let rows = printed::read(&csv(card, &BTreeMap::new()).unwrap()).unwrap().figures;
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
            with_card(a, "", "\"A\"", &format!("A,2026-10,{row}"), |card| {
                let rows = printed::read(&csv(card, &BTreeMap::new()).unwrap()).unwrap().figures;
                (rows[0].status.clone(), rows[0].value.clone())
            })
        };
        let is = |status: &str, value: &str| (status.to_owned(), value.to_owned());
        assert_eq!(status(",3,4"), is("too few", "75.0"));
        assert_eq!(status(",3,5"), is("shown", "60.0"));
        assert_eq!(status("75,,"), is("shown", "75.0"));
        assert_eq!(status(",,"), is("not supplied", ""));
        // It came and was not taken.
        assert_eq!(status("101,,"), is("refused", ""));
        assert_eq!(status("oops,,"), is("refused", ""));
        assert_eq!(status(",5,4"), is("refused", ""));
        assert_eq!(status("100,0,0"), is("0 of 0", ""));
        assert_eq!(status(",0,0"), is("0 of 0", ""));
    }

    #[test]
    fn of_nobody_both_parts_are_known_and_the_reason_is_said_once() {
        let row = |row: &str| {
            let a = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n\
                [[indicators.A.targets]]\nfrom = \"2025-04\"\nvalue = 80\ntolerance = 5\nsource = \"local\"\n";
            with_card(a, "", "\"A\"", &format!("A,2026-09,,4,5\nA,2026-10,{row}"), |card| {
                let row = printed::read(&csv(card, &BTreeMap::new()).unwrap()).unwrap().figures.remove(0);
                (row.numerator, row.denominator, row.reason)
            })
        };
        let is = |n: &str, d: &str, reason: &str| (n.to_owned(), d.to_owned(), reason.to_owned());
        assert_eq!(row(",0,0"), is("0", "0", "nobody to count"));
        assert_eq!(row(",,"), is("", "", "no figure supplied"));
        assert_eq!(row("101,,"), is("", "", "the figure could not be used"));
        assert_eq!(row("c,,"), is("", "", "hidden"));
    }
}
