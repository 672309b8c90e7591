//! Several rows for one indicator: which holds its numerator, which its
//! denominator, which its percentage.

use rust_decimal::Decimal;

use super::roles::{DENOMINATOR, NUMERATOR, VALUE};
use super::rows::{SheetRow, words};
use crate::dataset::number::{Number, number};
use crate::dataset::sight::SightedMonth;
use crate::domain::layout::Part;

/// What the rows of each indicator hold; none where each takes one row.
/// `naming` is the column that names it, in its first row or in each.
pub(super) fn find(body: &[&SheetRow<'_>], naming: u32, columns: &[SightedMonth]) -> Option<Vec<Part>> {
    let starts: Vec<usize> = (0..body.len())
        .filter(|at| {
            let name = body[*at].text(naming);
            !name.is_empty() && at.checked_sub(1).is_none_or(|before| body[before].text(naming) != name)
        })
        .collect();
    let size = starts.get(1).copied().unwrap_or(body.len());
    let regular = starts.iter().enumerate().all(|(n, start)| *start == n * size) && body.len() == starts.len() * size;
    if !regular || !(2..=4).contains(&size) {
        return None;
    }
    let group = body.get(..size)?;
    by_labels(group, naming, columns).or_else(|| by_figures(group, naming, columns))
}

/// The parts as the rows are labelled.
fn by_labels(group: &[&SheetRow<'_>], naming: u32, columns: &[SightedMonth]) -> Option<Vec<Part>> {
    let parts: Vec<Part> = group.iter().map(|row| labelled(row, naming, columns)).collect();
    let times = |part: Part| parts.iter().filter(|other| **other == part).count();
    let once = [Part::Numerator, Part::Denominator, Part::Value].into_iter().all(|part| times(part) < 2);
    let whole = times(Part::Numerator) == 1 && times(Part::Denominator) == 1;
    (once && whole).then_some(parts)
}

fn labelled(row: &SheetRow<'_>, naming: u32, columns: &[SightedMonth]) -> Part {
    let is =
        |label: &str, words: &[&str]| words.iter().any(|word| label == *word || label.starts_with(&format!("{word} ")));
    let labels = labels(row, naming, columns);
    let any = |words: &[&str]| labels.iter().any(|label| is(label, words));
    match () {
        () if any(&["target", "rag", "trend", "benchmark"]) => Part::Skip,
        () if any(&NUMERATOR) || any(&["n"]) => Part::Numerator,
        () if any(&DENOMINATOR) || any(&["d", "of"]) => Part::Denominator,
        () if any(&VALUE) || is_percent(row, columns) => Part::Value,
        () => Part::Skip,
    }
}

/// The texts of a row beside its name and its figures.
fn labels(row: &SheetRow<'_>, naming: u32, columns: &[SightedMonth]) -> Vec<String> {
    let is_label = |column: u32| column != naming && !columns.iter().any(|month| month.column == column);
    row.cells.iter().filter(|cell| is_label(cell.0)).map(|(_, cell)| words(cell).to_lowercase()).collect()
}

/// The parts by what the figures are: of two rows of counts beside one of
/// percentages the smaller is the numerator.
fn by_figures(group: &[&SheetRow<'_>], naming: u32, columns: &[SightedMonth]) -> Option<Vec<Part>> {
    let is_value = |row: &SheetRow<'_>| {
        labels(row, naming, columns)
            .iter()
            .any(|label| label.contains('%') || label.starts_with("percent") || label == "rate" || label == "value")
            || is_percent(row, columns)
    };
    let value = group.iter().position(|row| is_value(row));
    let sum = |row: &SheetRow<'_>| -> Decimal {
        columns.iter().filter_map(|month| number(row.cell(month.column)?)).map(|number| number.value).sum()
    };
    let counts: Vec<(usize, Decimal)> =
        group.iter().enumerate().filter(|(at, _)| Some(*at) != value).map(|(at, row)| (at, sum(row))).collect();
    // Fewer than two counts do not tell which row is which.
    let ([(one, first), (other, second)], Some(_)) = (counts.as_slice(), value) else { return None };
    let (numerator, denominator) = if first <= second { (*one, *other) } else { (*other, *one) };
    let part = |at: usize| match at {
        _ if at == numerator => Part::Numerator,
        _ if at == denominator => Part::Denominator,
        _ => Part::Value,
    };
    Some((0..group.len()).map(part).collect())
}

fn is_percent(row: &SheetRow<'_>, columns: &[SightedMonth]) -> bool {
    columns.iter().filter_map(|month| number(row.cell(month.column)?)).any(Number::is_percent)
}
