//! A sketch in words.

use std::fmt::Write as _;

use super::filter::Filter;
use super::guess::TableGuess;
use super::propose;
use super::rows::distinct;
use super::rows::letters;
use super::sketch::{SheetSketch, Sketch};
use crate::domain::layout::{Heading, Orientation, Outside};

/// How many of anything are listed.
const LISTED: usize = 8;

/// A workbook, sheet by sheet.
pub(super) fn show(sketch: &Sketch, file: &str) -> String {
    let count = sketch.sheets.len();
    let mut text = format!("{file}: {}, {count} {}\n", sketch.format, if count == 1 { "sheet" } else { "sheets" });
    for sheet in &sketch.sheets {
        text.push('\n');
        text.push_str(&one(sheet));
    }
    text
}

fn one(sheet: &SheetSketch) -> String {
    let state = if sheet.hidden { "hidden" } else { "shown" };
    if sheet.used.is_empty() {
        return format!("{} ({state}): empty\n", sheet.name);
    }
    let mut text = format!("{} ({state}): {}, {}\n", sheet.name, sheet.used, cells(sheet.cells));
    let mut line = |label: &str, value: String| {
        if !value.is_empty() {
            let _ = writeln!(text, "  {label:<14}{value}");
        }
    };
    if let Some(header) = sheet.people_header {
        line("people", "a row for each person: headers and kinds only are shown, never what stands there".to_owned());
        line("header row", header.to_string());
        for (column, header, kind) in &sheet.people {
            line("", format!("{column:<3} {header} · {kind}"));
        }
    } else if let Some(guess) = &sheet.guess {
        for (label, value) in words(guess) {
            line(label, value);
        }
    } else {
        line("table", sheet.unrecognised.clone());
    }
    line("hidden", some(&sheet.hidden_parts));
    line("merged", some(&sheet.merges.iter().map(|(range, text)| format!("{range} \"{text}\"")).collect::<Vec<_>>()));
    line(
        "markers",
        some(&sheet.markers.iter().map(|(marker, times)| format!("{marker} ×{times}")).collect::<Vec<_>>()),
    );
    line(
        "percentages",
        if sheet.percents > 0 { format!("{} by format or sign", cells(sheet.percents)) } else { String::new() },
    );
    line("uncalculated", some(&sheet.uncalculated));
    line("errors", some(&sheet.errors));
    text
}

fn words(guess: &TableGuess) -> Vec<(&'static str, String)> {
    let table = &guess.table;
    let kind = match table.orientation {
        Orientation::Long if table.header_rows.is_empty() => "names and figures without a header",
        Orientation::Long => "long: a row for each indicator and month",
        Orientation::Columns => "columns: a row for each month, a column for each indicator",
        Orientation::Wide => "wide: a row for each indicator, a column for each month",
        Orientation::Pairs => "pairs: several rows for each indicator, a column for each month",
        Orientation::Blocks => "blocks: wide tables, each under a title",
    };
    let mut lines = vec![("table", kind.to_owned())];
    let named = some(&distinct(guess.names.iter().map(|name| name.name.clone())));
    let first = |headings: &[Heading]| headings.first().map(|heading| heading.as_str().to_owned()).unwrap_or_default();
    match table.orientation {
        Orientation::Blocks => {
            for title in distinct(guess.names.iter().filter_map(|name| name.block.clone())) {
                let of_block = guess.names.iter().filter(|name| name.block.as_ref() == Some(&title));
                let names: Vec<&str> = of_block.map(|name| name.name.as_str()).collect();
                lines.push(("block", format!("{title}: {}", some(&names))));
            }
            lines.push(("months", months(guess)));
            return lines;
        }
        Orientation::Long if table.header_rows.is_empty() => {
            let (name, value) = (first(&table.indicator_column), first(&table.value_column));
            lines.push(("columns", format!("{name} names, {value} figures")));
        }
        _ => {
            let rows: Vec<String> = table.header_rows.iter().map(u32::to_string).collect();
            lines.push(("header row", rows.join(", ")));
            lines.push(("months", months(guess)));
        }
    }
    if guess.months.is_some() {
        lines.push(("indicators", format!("in \"{}\": {named}", first(&table.indicator_column))));
        lines.push(("under", some(&distinct(guess.names.iter().filter_map(|name| name.under.clone())))));
        lines.push(("rows", propose::parts(&table.parts).join(", ")));
        return lines;
    }
    if !table.header_rows.is_empty() {
        let columns =
            [&table.indicator_column, &table.value_column, &table.numerator_column, &table.denominator_column];
        let columns = columns.into_iter().flatten().map(|heading| format!("\"{}\"", heading.as_str()));
        lines.push(("columns", some(&columns.collect::<Vec<_>>())));
    }
    match &guess.filter {
        Some(Filter::By { header, word, others, .. }) => {
            lines.push(("rows", format!("of \"{header}\": {word}; others are {}", some(others))));
        }
        Some(Filter::Undecided(_)) => lines.push(("rows", "several for one indicator and month".to_owned())),
        None => {}
    }
    lines.push(("indicators", named));
    lines
}

/// Where the months stand, and how they are written.
fn months(guess: &TableGuess) -> String {
    let table = &guess.table;
    let formats = if table.month_formats.is_empty() { "dates".to_owned() } else { table.month_formats.join(" or ") };
    let place = match (&guess.months, table.month_column.first(), table.year_column.first(), &table.month_said) {
        (Some((first, last)), ..) => format!("in columns {} to {}", letters(*first), letters(*last)),
        (None, Some(column), Some(year), _) => format!("in {column}, its year in {year}"),
        (None, Some(column), None, _) => format!("in {column}"),
        (None, None, _, Some(said)) => match said.place {
            Outside::Sheet => "in the sheet's name".to_owned(),
            Outside::File => "in the file's name".to_owned(),
            Outside::Title => "in a title".to_owned(),
        },
        _ => String::new(),
    };
    format!("{place}, as {formats}")
}

fn cells(count: usize) -> String {
    format!("{count} {}", if count == 1 { "cell" } else { "cells" })
}

/// The first few, and how many more.
pub(super) fn some<T: AsRef<str>>(items: &[T]) -> String {
    let shown: Vec<&str> = items.iter().take(LISTED).map(AsRef::as_ref).collect();
    match items.len().saturating_sub(LISTED) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
