//! `figures.csv` read back: what a published pack says.

use rust_decimal::Decimal;
use serde::Deserialize;

use super::csv_cell;
use super::figures::{COURSE, FIGURE};
use crate::domain::{IndicatorRef, Measure, Period, SourceId, Unit};
use crate::words;

/// What a `figures.csv` says. The two kinds of rows are apart, so that nobody takes a
/// point of a chart for a figure of the pack's own month.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PrintedFigures {
    /// The figures of the pack's own month.
    pub figures: Vec<Printed>,
    /// The points that are drawn, the pack's own month among them; none of a file that
    /// was written before points had rows.
    pub course: Vec<PrintedPoint>,
}

/// A point that is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PrintedPoint {
    /// The indicator.
    #[serde(rename = "ref")]
    pub reference: IndicatorRef,
    /// Its month.
    pub period: Period,
    /// The figure as printed, without its unit; empty where there is none.
    pub value: String,
    /// What it was worked from; empty where that is not known.
    pub numerator: String,
    /// What it was worked from; empty where that is not known.
    pub denominator: String,
}

/// One row. Columns that nothing here needs are passed over, and so are those
/// that a later version may add.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Printed {
    /// The indicator, or the part of one.
    #[serde(rename = "ref")]
    pub reference: IndicatorRef,
    /// A part's category; empty for the whole.
    pub segment: String,
    /// Its title.
    pub indicator: String,
    /// The figure's month.
    pub period: Period,
    /// The figure as printed, without its unit; empty where there is none.
    pub value: String,
    /// Its unit.
    pub unit: Unit,
    /// What it was worked from; empty where that is not known.
    pub numerator: String,
    /// What it was worked from; empty where that is not known.
    pub denominator: String,
    /// The month of the figure before it.
    pub previous_period: Period,
    /// The figure before it.
    pub previous_value: String,
    /// The target in force; empty where there is none.
    pub target: String,
    /// "red", "amber", "green" or "unrated".
    pub rating: String,
    /// Why it is unrated or not compared.
    pub reason: String,
    /// Its year to date.
    pub year_to_date: String,
    /// The figure a year before.
    pub last_year: String,
    /// "shown", "too few", or why there is no figure.
    pub status: String,
    /// The source.
    pub source: SourceId,
    /// Digest of the source's file.
    pub file_sha256: String,
    /// Its marks: "provisional; late"; empty too in a file from before there was this column.
    #[serde(default)]
    pub marks: String,
}

/// All that a `figures.csv` says.
pub fn read(bytes: &[u8]) -> Result<PrintedFigures, csv::Error> {
    let mut reader = csv::Reader::from_reader(bytes);
    let headers = reader.headers()?.clone();
    let row = headers.iter().position(|column| column == "row");
    let mut read = PrintedFigures::default();
    for record in reader.records() {
        let record: csv::StringRecord = record?.iter().map(csv_cell::read).collect();
        match row.and_then(|row| record.get(row)) {
            Some(COURSE) => read.course.push(record.deserialize(Some(&headers))?),
            // Before points had rows, every row was a figure.
            None | Some("" | FIGURE) => read.figures.push(record.deserialize(Some(&headers))?),
            // What a later version may add is no figure of the pack's own month.
            Some(_) => {}
        }
    }
    Ok(read)
}

impl Printed {
    /// One of its figures as people read it: "84.2%", or "none".
    pub(super) fn figure(&self, text: &str) -> String {
        let value: Result<Decimal, _> = text.parse();
        value.map_or_else(|_| "none".to_owned(), |value| words::figure(&self.measure(value.scale()), value))
    }

    /// A target as people read it: "85%", "14 to 18".
    pub(super) fn goal(&self, text: &str) -> String {
        let plain = |text: &str| -> Option<String> { Some(words::plain_figure(&self.measure(0), text.parse().ok()?)) };
        let range = || {
            let (low, high) = text.split_once('-')?;
            Some(format!("{low} to {}", plain(high)?))
        };
        plain(text).or_else(range).unwrap_or_else(|| text.to_owned())
    }

    /// As much of its measure as the words of a figure need.
    fn measure(&self, precision: u32) -> Measure {
        Measure { unit: self.unit, precision, per: Decimal::ONE, noun: String::new(), signed: false }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::pack::figures;
    use crate::scorecard::test_support::with_card;

    const A: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n";
    const ROWS: &str = "A,2026-08,,7,10\nA,2026-09,c,,\nA,2026-10,,8,10";

    fn written() -> Vec<u8> {
        with_card(A, "", "\"A\"", ROWS, |card| figures::csv(card, &BTreeMap::new()).unwrap())
    }

    #[test]
    fn figures_and_points_are_read_apart() {
        let read = read(&written()).unwrap();
        let own: Vec<_> = read.figures.iter().map(|row| (row.period.to_string(), row.value.as_str())).collect();
        assert_eq!(own, [("2026-10".to_owned(), "80.0")]);
        let course: Vec<_> = read
            .course
            .iter()
            .map(|point| format!("{} {} {}/{}", point.period, point.value, point.numerator, point.denominator))
            .collect();
        assert_eq!(course, ["2026-08 70.0 7/10", "2026-09  /", "2026-10 80.0 8/10"]);
    }

    #[test]
    fn a_file_without_points_and_one_with_more_than_is_known_are_read_too() {
        let text = String::from_utf8(written()).unwrap();
        let row = figures::COLUMNS.iter().position(|column| *column == "row").unwrap();
        let mut old = Vec::new();
        let mut writer = csv::Writer::from_writer(&mut old);
        for record in csv::ReaderBuilder::new().has_headers(false).from_reader(text.as_bytes()).records() {
            let record = record.unwrap();
            if record.get(row) != Some(COURSE) {
                writer.write_record(record.iter().take(row)).unwrap();
            }
        }
        drop(writer);
        let before = read(&old).unwrap();
        assert_eq!(before, PrintedFigures { course: Vec::new(), ..read(text.as_bytes()).unwrap() });
        let later = text.replace(",course,", ",forecast,");
        assert_eq!(read(later.as_bytes()).unwrap(), before);
    }
}
