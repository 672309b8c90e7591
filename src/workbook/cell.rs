//! calamine's values to ours: dates, percentages, errors.
//!
//! calamine's own conversions are not used where they are known to be wrong:
//! dates beyond the calendar panic, a second before midnight rounds to the
//! next day, and ISO dates are read only in some of their forms.

use calamine::{Data, DataRef, ExcelDateTime, ExcelDateTimeType};
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};

use super::grid::Cell;

/// A cell of xlsx or xlsb; none where it is blank.
pub(super) fn from_ref(value: &DataRef<'_>, percent: bool) -> Option<Cell> {
    match value {
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet's own numbers are doubles")]
        DataRef::Int(value) => number(*value as f64, percent),
        DataRef::Float(value) => number(*value, percent),
        DataRef::String(value) => text(value),
        DataRef::SharedString(value) => text(value),
        DataRef::Bool(value) => Some(Cell::Bool(*value)),
        DataRef::DateTime(value) => serial(value),
        DataRef::DateTimeIso(value) => iso_date(value),
        DataRef::DurationIso(value) => iso_duration(value),
        DataRef::Error(error) => Some(Cell::Error(error.to_string())),
        DataRef::Empty => None,
    }
}

/// A cell of xls; none where it is blank.
pub(super) fn from_data(value: &Data) -> Option<Cell> {
    match value {
        #[expect(clippy::cast_precision_loss, reason = "a spreadsheet's own numbers are doubles")]
        Data::Int(value) => number(*value as f64, false),
        Data::Float(value) => number(*value, false),
        Data::String(value) => text(value),
        Data::Bool(value) => Some(Cell::Bool(*value)),
        Data::DateTime(value) => serial(value),
        Data::DateTimeIso(value) => iso_date(value),
        Data::DurationIso(value) => iso_duration(value),
        Data::Error(error) => Some(Cell::Error(error.to_string())),
        Data::Empty => None,
    }
}

/// A number; a text where it is not finite: "NaN" and "inf" parse as numbers,
/// but are words that some program wrote.
#[expect(clippy::unnecessary_wraps, reason = "one shape for every arm above")]
pub(super) fn number(value: f64, percent: bool) -> Option<Cell> {
    Some(if value.is_finite() { Cell::Number { value, percent } } else { Cell::Text(value.to_string()) })
}

fn text(value: &str) -> Option<Cell> {
    (!value.is_empty()).then(|| Cell::Text(value.to_owned()))
}

/// Days from the first to the second of Excel's two calendars.
const TO_1904: f64 = 1462.0;
/// The day after the last that Excel can show, 31 December 9999.
const END_OF_CALENDAR: f64 = 2_958_466.0;

/// A serial number under a date format: a date, or a number of days if it is a
/// duration or outside the calendar.
fn serial(value: &ExcelDateTime) -> Option<Cell> {
    let days = value.as_f64();
    let shifted = if starts_in_1904(value) { days + TO_1904 } else { days };
    if !value.is_datetime() || !(0.0..END_OF_CALENDAR).contains(&shifted) {
        return number(days, false);
    }
    serial_date(shifted).map(Cell::Date)
}

/// calamine does not give a date's calendar, but compares it.
fn starts_in_1904(value: &ExcelDateTime) -> bool {
    *value == ExcelDateTime::new(value.as_f64(), ExcelDateTimeType::DateTime, true)
}

fn serial_date(days: f64) -> Option<NaiveDateTime> {
    // Excel's calendar counts a 29 February 1900 that did not exist.
    let whole = if days < 60.0 { days.floor() + 1.0 } else { days.floor() };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in 0 to 2,958,466 and in 0 to 86,399")]
    let (day, second) = (whole as u64, ((days - days.floor()) * 86_400.0).round().min(86_399.0) as u32);
    let date = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(Days::new(day))?;
    Some(date.and_time(NaiveTime::from_num_seconds_from_midnight_opt(second, 0)?))
}

/// "2026-03-31", with or without a time, its seconds, its zone.
pub(super) fn iso_date(value: &str) -> Option<Cell> {
    let (date, time) = value.trim().split_once(['T', ' ']).unwrap_or((value.trim(), ""));
    let Ok(date) = NaiveDate::parse_from_str(date, "%Y-%m-%d") else { return text(value) };
    let clock = time.split(['Z', '+', '-']).next().unwrap_or_default();
    let time = ["%H:%M:%S%.f", "%H:%M"]
        .iter()
        .find_map(|format| NaiveTime::parse_from_str(clock, format).ok())
        .unwrap_or_default();
    Some(Cell::Date(date.and_time(time)))
}

/// "PT36H15M00S" as days, 1.51.
pub(super) fn iso_duration(value: &str) -> Option<Cell> {
    let days = || {
        let (mut days, mut in_time, mut digits) = (0.0, false, String::new());
        for c in value.trim().strip_prefix('P')?.chars() {
            match c {
                'T' => in_time = true,
                '0'..='9' | '.' => digits.push(c),
                unit => {
                    let size = match (unit, in_time) {
                        ('D', false) => 1.0,
                        ('H', true) => 24.0,
                        ('M', true) => 1440.0,
                        ('S', true) => 86_400.0,
                        _ => return None,
                    };
                    days += digits.parse::<f64>().ok()? / size;
                    digits.clear();
                }
            }
        }
        digits.is_empty().then_some(days)
    };
    days().map_or_else(|| text(value), |days| number(days, false))
}
