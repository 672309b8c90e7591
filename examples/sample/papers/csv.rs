//! Three lists, as other systems export them.
//!
//! The leaving care system writes UTF-8 with a byte-order mark and months such
//! as "Oct-26". The education system is older: it writes Windows-1252, months
//! in full, and percentages without their sign. The yearly results are kept by
//! hand.

use crate::months::Month;
use crate::series::{Cell, Kind, Series};
use crate::stories::annual::Outcome;

/// UTF-8 with a byte-order mark: percentages carry their sign.
pub(crate) fn tidy(series: &[Series]) -> Vec<u8> {
    let mut text = String::from("\u{feff}Reference,Indicator,Group,Month,Young people,Out of,Result\r\n");
    for (series, month, cell) in by_month(series) {
        let (part, whole) = parts(cell);
        let result = match (series.kind, cell) {
            (_, Cell::Suppressed) => "c".to_owned(),
            (Kind::Percent, Cell::Figure { value, .. }) => format!("{:.1}%", value * 100.0),
            (_, Cell::Figure { value, .. }) => value.to_string(),
        };
        let (title, group) = (quoted(series.title), quoted(series.group));
        text += &format!("{},{title},{group},{},{part},{whole},{result}\r\n", series.name, month.short());
    }
    text.into_bytes()
}

/// Windows-1252: percentages are bare points, and the list runs indicator by
/// indicator.
pub(crate) fn legacy(series: &[Series]) -> Vec<u8> {
    let mut text = String::from("Ref,Description,Group,Period,Number,Cohort,Outcome\r\n");
    for series in series {
        for (month, cell) in &series.cells {
            let (part, whole) = parts(*cell);
            let outcome = match (series.kind, *cell) {
                (_, Cell::Suppressed) => "c".to_owned(),
                (Kind::Percent, Cell::Figure { value, .. }) => format!("{:.1}", value * 100.0),
                (Kind::Mean, Cell::Figure { value, .. }) => format!("{value:.1}"),
                (Kind::Count, Cell::Figure { value, .. }) => value.to_string(),
            };
            let (title, group) = (quoted(series.title), quoted(series.group));
            text += &format!("{},{title},{group},{},{part},{whole},{outcome}\r\n", series.name, month.long());
        }
    }
    text.chars().map(windows_1252).collect()
}

/// The yearly results, kept by hand.
pub(crate) fn yearly(outcomes: &[Outcome]) -> Vec<u8> {
    let mut text = String::from("Ref,Measure,Year,Children,Out of,Result\r\n");
    for outcome in outcomes {
        let (part, whole) = outcome.parts;
        let title = quoted(outcome.title);
        text += &format!("{},{title},{},{part},{whole},{}\r\n", outcome.name, outcome.year, outcome.value);
    }
    text.into_bytes()
}

/// Rows month by month, as a system appends them.
fn by_month(series: &[Series]) -> impl Iterator<Item = (&Series, Month, Cell)> {
    Month::all().flat_map(move |month| {
        series.iter().filter_map(move |series| {
            series.cells.iter().find(|(at, _)| *at == month).map(|&(_, cell)| (series, month, cell))
        })
    })
}

fn parts(cell: Cell) -> (String, String) {
    match cell {
        Cell::Figure { parts: Some((part, whole)), .. } => (part.to_string(), whole.to_string()),
        _ => (String::new(), String::new()),
    }
}

fn quoted(text: &str) -> String {
    if text.contains(',') { format!("\"{text}\"") } else { text.to_owned() }
}

/// The three characters beyond ASCII that the list holds, where Windows put them.
fn windows_1252(c: char) -> u8 {
    match c {
        '–' => 0x96,
        '’' => 0x92,
        _ => u8::try_from(c).unwrap_or(b'?'),
    }
}
