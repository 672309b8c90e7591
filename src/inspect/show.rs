//! A sketch in words.

use std::fmt::Write as _;

use super::filter::Filter;
use super::rows::letters;
use super::shape::{Across, Headed, TableShape};
use super::sketch::{SheetSketch, Sketch};

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
    } else if let Some(shape) = &sheet.shape {
        for (label, value) in words(shape) {
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

fn words(shape: &TableShape) -> Vec<(&'static str, String)> {
    match shape {
        TableShape::Long(table) => headed("long: a row for each indicator and month", table),
        TableShape::Columns(table) => headed("columns: a row for each month, a column for each indicator", table),
        TableShape::Wide(table) => across("wide: a row for each indicator, a column for each month", table),
        TableShape::Pairs(table, rows) => {
            let mut lines = across("pairs: several rows for each indicator, a column for each month", table);
            lines.push(("rows", rows.join(", ")));
            lines
        }
        TableShape::Blocks(blocks) => {
            let mut lines = vec![("table", "blocks: wide tables, each under a title".to_owned())];
            for (title, table) in blocks {
                lines.push(("block", format!("{title}: {}", some(&table.names))));
            }
            if let Some((_, first)) = blocks.first() {
                lines.push(("months", months(first)));
            }
            lines
        }
        TableShape::Bare { name, value, names, .. } => vec![
            ("table", "names and figures without a header".to_owned()),
            ("columns", format!("{} names, {} figures", letters(*name), letters(*value))),
            ("indicators", some(names)),
        ],
    }
}

fn headed(kind: &str, table: &Headed) -> Vec<(&'static str, String)> {
    let formats = if table.formats.is_empty() { "dates".to_owned() } else { table.formats.join(" or ") };
    let mut lines = vec![
        ("table", kind.to_owned()),
        ("header row", (table.header + 1).to_string()),
        ("months", format!("in \"{}\", as {formats}", table.month)),
    ];
    let parts = [&Some(table.indicator.clone()), &table.value, &table.numerator, &table.denominator];
    let columns: Vec<String> =
        parts.into_iter().flatten().filter(|header| !header.is_empty()).map(|header| format!("\"{header}\"")).collect();
    lines.push(("columns", some(&columns)));
    match &table.filter {
        Some(Filter::By { header, word, others }) => {
            lines.push(("rows", format!("of \"{header}\": {word}; others are {}", some(others))));
        }
        Some(Filter::Undecided(_)) => lines.push(("rows", "several for one indicator and month".to_owned())),
        None => {}
    }
    lines.push(("indicators", some(&table.names)));
    lines
}

fn across(kind: &str, table: &Across) -> Vec<(&'static str, String)> {
    let rows: Vec<String> = table.header_rows.iter().map(|row| (row + 1).to_string()).collect();
    vec![
        ("table", kind.to_owned()),
        ("header row", rows.join(", ")),
        ("months", months(table)),
        ("indicators", format!("in \"{}\": {}", table.indicator, some(&table.names))),
    ]
}

fn months(table: &Across) -> String {
    let formats = if table.formats.is_empty() { "dates".to_owned() } else { table.formats.join(" or ") };
    format!("in columns {} to {}, as {formats}", letters(table.months.0), letters(table.months.1))
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
