//! The report for a terminal: each place as file › sheet › cell.

use std::fmt::Write as _;

use super::model::{CellReport, CheckReport, RuleReport, SourceReport, severity_word};

/// Places that are shown for each rule.
const SHOWN: usize = 10;

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
    for cell in cells.take(SHOWN) {
        let _ = writeln!(text, "    {}", line(cell));
    }
    if rule.count > SHOWN {
        let _ = writeln!(text, "    and {} more; --report DIR lists them all", rule.count - SHOWN);
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
