//! The report for a terminal: each place as file › sheet › cell.

use std::fmt::Write as _;

use super::model::{CellReport, CheckReport, RuleReport, SourceReport, severity_word};

/// Places that are shown for each rule, those that are alike once.
const SHOWN: usize = 10;
/// Cells that are named of those alike.
const OTHERS: usize = 5;

/// The second and third level of every source that has findings, printed below
/// the table of sources.
pub fn details(report: &CheckReport) -> String {
    let mut text = String::new();
    for source in report.all().filter(|source| !source.rules.is_empty() || source.unreachable.is_some()) {
        let _ = write!(text, "\n{} · {}\n", source.id, source.title);
        if let Some(file) = &source.file {
            let saved = file.saved();
            let _ = writeln!(text, "  {}{saved} (sha256 {}…)", file.name, file.sha256.get(..12).unwrap_or_default());
        }
        if let Some(skipped) = skipped(source) {
            let _ = writeln!(text, "  {skipped}");
        }
        if let Some(error) = &source.unreachable {
            let _ = writeln!(text, "  {error}");
        }
        for rule in &source.rules {
            rule_lines(&mut text, rule, source);
        }
    }
    text
}

fn rule_lines(text: &mut String, rule: &RuleReport, source: &SourceReport) {
    let _ = writeln!(text, "  {} {} × {}: {}", rule.code, severity_word(rule.severity), rule.count, rule.sentence);
    let cells = source.cells.iter().filter(|cell| cell.code == rule.code && cell.severity == rule.severity);
    let groups = alike(cells);
    for (first, others) in &groups {
        let _ = writeln!(text, "    {}{}", line(first), others_words(others));
    }
    let shown: usize = groups.iter().map(|(_, others)| 1 + others.len()).sum();
    if rule.count > shown {
        let _ = writeln!(text, "    and {} more; --report DIR lists them all", rule.count - shown);
    }
}

/// Places of one indicator in one sheet that are mended alike, as where a whole
/// row has the wrong format: the first of each, and the cells of the others. No more
/// than are shown.
fn alike<'r>(cells: impl Iterator<Item = &'r CellReport>) -> Vec<(&'r CellReport, Vec<&'r str>)> {
    let mut groups: Vec<(&CellReport, Vec<&str>)> = Vec::new();
    for cell in cells {
        let is_alike = |(first, _): &&mut (&CellReport, Vec<&str>)| {
            !cell.cell.is_empty()
                && first.indicator.is_some()
                && (&first.indicator, &first.file, &first.sheet, &first.mend, first.seen_before)
                    == (&cell.indicator, &cell.file, &cell.sheet, &cell.mend, cell.seen_before)
        };
        let is_full = groups.len() == SHOWN;
        match groups.iter_mut().find(is_alike) {
            Some((_, others)) => others.push(&cell.cell),
            None if !is_full => groups.push((cell, Vec::new())),
            None => {}
        }
    }
    groups
}

/// " So in F7, G7 and 5 more cells."
fn others_words(others: &[&str]) -> String {
    match others {
        [] => String::new(),
        [only] => format!(" So in {only}."),
        [first @ .., last] if others.len() <= OTHERS => format!(" So in {} and {last}.", first.join(", ")),
        _ => {
            let named = others.get(..OTHERS).unwrap_or_default().join(", ");
            format!(" So in {named} and {} more of its cells.", others.len() - OTHERS)
        }
    }
}

/// One place in a sentence or three.
pub fn line(cell: &CellReport) -> String {
    let mut text = format!("{}: {}", cell.place, cell.message);
    if !cell.mend.is_empty() {
        let _ = write!(text, ". To mend: {}", cell.mend);
    }
    let _ = write!(text, ". {}.", cell.seen());
    text
}

/// "Read 42 rows of Data. Passed over: sheet Notes (hidden), 3 rows (…)".
pub fn skipped(source: &SourceReport) -> Option<String> {
    let skipped = source.skipped.as_ref()?;
    let sheet = skipped.sheet.as_ref()?;
    let sheets = skipped.sheets.iter().map(|sheet| format!("sheet {} ({})", sheet.name, sheet.why));
    let rows =
        skipped.rows.iter().map(|rows| format!("{} ({})", crate::words::count(rows.count, "row", "rows"), rows.why));
    let passed: Vec<String> = sheets.chain(rows).collect();
    let mut text = format!("Read {} of {sheet}.", crate::words::count(skipped.rows_read, "row", "rows"));
    if !passed.is_empty() {
        let _ = write!(text, " Passed over: {}.", passed.join(", "));
    }
    Some(text)
}
