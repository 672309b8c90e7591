//! The series of a CSV file: its dates and values in order, and which rows
//! were left out, with why. A missing value is never guessed.

use std::path::Path;

use anyhow::Context as _;
use chrono::NaiveDate;

use crate::cli::UsageError;

/// The columns that values are read from.
pub(super) enum SeriesColumns<'a> {
    /// A value as it stands.
    Value(&'a str),
    /// A numerator and a denominator, which make a percentage.
    Parts(&'a str, &'a str),
}

/// Dates and values, and what was passed over.
#[derive(Debug, Default)]
pub(super) struct MonthlySeries {
    /// Oldest first, each date once.
    pub(super) points: Vec<(NaiveDate, f64)>,
    /// Rows without a value, oldest first.
    pub(super) left_out: Vec<OmittedRow>,
}

/// A row without a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub(super) struct OmittedRow {
    /// Its date.
    pub(super) date: NaiveDate,
    /// Why it has none.
    pub(super) why: &'static str,
}

impl MonthlySeries {
    /// What was left out, for people; none where nothing was.
    pub(super) fn note(&self) -> Option<String> {
        let rows: Vec<String> = self.left_out.iter().map(|row| format!("{} ({})", row.date, row.why)).collect();
        let all = self.points.len() + rows.len();
        (!rows.is_empty()).then(|| format!("note: {} of {all} rows left out: {}", rows.len(), rows.join(", ")))
    }
}

/// Reads the series of a file.
///
/// # Errors
///
/// The file cannot be read; a column is not there; a row holds what is no date,
/// no number or no part of a whole; a date stands twice; or there is no value.
pub(super) fn read(path: &Path, columns: &SeriesColumns<'_>) -> anyhow::Result<MonthlySeries> {
    let file = path.display();
    let mut reader = csv::Reader::from_path(path).with_context(|| format!("failed to read {file}"))?;
    let headers = reader.headers().with_context(|| format!("failed to read the header of {file}"))?.clone();
    let column = |name: &str| {
        headers
            .iter()
            .position(|header| header.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(name))
            .ok_or_else(|| {
                let found = headers.iter().collect::<Vec<_>>().join(", ");
                UsageError(format!("{file} has no column {name:?}; its columns are {found}"))
            })
    };
    let date = column("date")?;
    let (value, denominator) = match columns {
        SeriesColumns::Value(value) => (column(value)?, None),
        SeriesColumns::Parts(numerator, denominator) => (column(numerator)?, Some(column(denominator)?)),
    };
    let mut series = MonthlySeries::default();
    for (i, record) in reader.records().enumerate() {
        let record = record.with_context(|| format!("failed to read {file}"))?;
        let fault = |what: String| UsageError(format!("{file}, row {}: {what}", i + 2));
        let cell = |column: usize| record.get(column).unwrap_or_default().trim();
        let number = |column: usize| -> Result<Option<f64>, UsageError> {
            let text = cell(column);
            if text.is_empty() {
                return Ok(None);
            }
            let number: Option<f64> = text.parse().ok().filter(|number: &f64| number.is_finite());
            number.map(Some).ok_or_else(|| fault(format!("{text:?} is not a number")))
        };
        let day =
            cell(date).parse().map_err(|_| fault(format!("{:?} is not a date such as 2026-10-01", cell(date))))?;
        let found = match denominator {
            None => number(value)?.ok_or("the value is blank"),
            Some(of) => share(number(value)?, number(of)?).map_err(fault)?,
        };
        match found {
            Ok(value) => series.points.push((day, value)),
            Err(why) => series.left_out.push(OmittedRow { date: day, why }),
        }
    }
    series.points.sort_by_key(|(day, _)| *day);
    series.left_out.sort_unstable();
    if let Some(pair) = series.points.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return Err(UsageError(format!("{file} has two values for {}", pair[0].0)).into());
    }
    if series.points.is_empty() {
        let why = match series.note() {
            Some(note) => note.trim_start_matches("note: ").to_owned(),
            None => "it ends after its header; expected a row for each month below it".to_owned(),
        };
        return Err(UsageError(format!("{file} has no values: {why}")).into());
    }
    Ok(series)
}

/// So much of so much, in percent; or why there is none.
///
/// # Errors
///
/// The two are no part and whole.
fn share(numerator: Option<f64>, denominator: Option<f64>) -> Result<Result<f64, &'static str>, String> {
    let (part, whole) = match (numerator, denominator) {
        (None, _) => return Ok(Err("the numerator is blank")),
        (_, None) => return Ok(Err("the denominator is blank")),
        (Some(part), Some(whole)) => (part, whole),
    };
    if part < 0.0 {
        return Err(format!("the numerator, {part}, is below zero"));
    }
    if part > whole {
        return Err(format!("the numerator, {part}, is greater than the denominator, {whole}"));
    }
    // One operation, so that equal ratios are equal doubles.
    Ok(if whole == 0.0 { Err("the denominator is 0") } else { Ok((100.0 * part) / whole) })
}
