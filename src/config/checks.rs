//! The `checks` tables of `sources.toml` and `indicators.toml`.

use rust_decimal::Decimal;

use super::fault::Faults;
use super::files::INDICATORS;
use super::reader::TableReader;
use super::suggest;
use super::value::Texts;
use crate::domain::check::{ColumnCheck, FigureChecks, Fresh, Severities, SourceChecks};
use crate::domain::{Code, IndicatorRef, Register, Severity};

/// `[sources.<id>.checks]`.
pub(super) fn of_source(entry: &mut TableReader<'_>) -> SourceChecks {
    let mut table = entry.table("checks");
    let mut rows = table.table("rows");
    let (min, max) = (rows.optional("min"), rows.optional("max"));
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        rows.fault("min", "is greater than `max`", "");
    }
    rows.finish();
    let mut fresh = table.table("fresh");
    let days = ["from", "by"].map(|key| working_day(&mut fresh, key));
    if let [Some(from), Some(by)] = days
        && from > by
    {
        fresh.fault("from", "is later than `by`", "");
    }
    fresh.finish();
    let usual = SourceChecks::default();
    let checks = SourceChecks {
        rows: (min, max),
        extra_columns: table.optional("extra_columns").map(|texts: Texts| texts.0),
        columns: table.tables("columns").into_iter().map(column).collect(),
        fresh: Fresh { from: days[0], by: days[1] },
        group_over: table.or("group_over", usual.group_over),
        outlier: table.or("outlier", usual.outlier),
        old_months: old_months(&mut table),
        severity: severities(table.table("severity")),
    };
    table.finish();
    checks
}

/// What an error in an old month is at most.
fn old_months(table: &mut TableReader<'_>) -> Option<Severity> {
    if !table.has("old_months") {
        return None;
    }
    match table.word("old_months", &["blocking", "caution", "note"])?.as_str() {
        "caution" => Some(Severity::Caution),
        "note" => Some(Severity::Note),
        _ => None,
    }
}

/// How far a figure may go from the one before: in its unit, or, as "50%", in
/// percent of it.
fn jump(table: &mut TableReader<'_>) -> (Option<Decimal>, Option<Decimal>) {
    if !table.holds_text("jump") {
        return (table.not_negative("jump"), None);
    }
    let typed: Option<String> = table.optional("jump");
    let share = typed.as_deref().and_then(|typed| typed.trim().strip_suffix('%')?.trim().parse().ok());
    let share = share.filter(|share: &Decimal| *share > Decimal::ZERO);
    if share.is_none() {
        let found = typed.unwrap_or_default();
        table.fault(
            "jump",
            format!("found {found:?}; expected a number or a share"),
            "write jump = 10, or jump = \"50%\" for more than half",
        );
    }
    (None, share)
}

/// `[indicators.<ref>.checks]`.
pub(super) fn of_indicator(entry: &mut TableReader<'_>) -> FigureChecks {
    let mut table = entry.table("checks");
    let bounds = table.pair("range");
    if bounds.is_some_and(|(low, high)| low > high) {
        table.fault("range", "its first number is greater than its second", "write range = [0, 60]");
    }
    let total_of = table
        .texts("total_of")
        .iter()
        .filter_map(|text| {
            IndicatorRef::parse(text).map_err(|error| table.fault("total_of", error.to_string(), "")).ok()
        })
        .collect();
    let (jump, jump_share) = jump(&mut table);
    let checks = FigureChecks {
        range: bounds,
        jump,
        jump_share,
        jump_floor: table.not_negative("jump_floor"),
        outlier: table.optional("outlier"),
        total_of,
        total_within: table.not_negative("total_within").unwrap_or_default(),
        ratio_within: table.not_negative("ratio_within").unwrap_or_default(),
        severity: severities(table.table("severity")),
    };
    table.finish();
    checks
}

/// A total's parts are in the register, and it is none of them.
pub(super) fn check_totals(register: &Register, faults: &Faults) {
    for indicator in register.values() {
        let key = format!("indicators.{}.checks.total_of", indicator.reference);
        for part in &indicator.checks.total_of {
            if *part == indicator.reference {
                faults.add(INDICATORS, &key, "names itself", "a total is the sum of others");
            } else if !register.contains_key(part) {
                let hint = suggest::indicator(part.as_str(), register);
                faults.add(INDICATORS, &key, format!("\"{part}\" is not in the register"), hint);
            }
        }
    }
}

fn column(mut table: TableReader<'_>) -> ColumnCheck {
    let column: Texts = table.required("column", "the column's header").unwrap_or_default();
    let required = table.or("required", false);
    let one_of = table.texts("one_of");
    let is_written = table.has("pattern");
    let pattern = table.regex("pattern", "a regular expression such as \"^T[0-9]{2}$\"");
    if !required && one_of.is_empty() && !is_written {
        table.fault("", "checks nothing", "say `required`, `one_of` or `pattern`");
    }
    let mostly = table.decimal("mostly").unwrap_or(Decimal::ONE);
    if !(Decimal::ZERO..=Decimal::ONE).contains(&mostly) {
        table.fault("mostly", format!("found {mostly}; expected 0 to 1"), "a share, such as 0.95");
    }
    table.finish();
    ColumnCheck { column: column.0, required, one_of, pattern, mostly }
}

fn working_day(table: &mut TableReader<'_>, key: &'static str) -> Option<u32> {
    let day = table.optional(key);
    if day.is_some_and(|day| !(1..=20).contains(&day)) {
        table.fault(key, "expected a working day of the month, 1 to 20", "");
    }
    day
}

fn severities(mut table: TableReader<'_>) -> Severities {
    let mut severities = Severities::new();
    for (name, value) in table.entries() {
        let Some(code) = Code::parse(&name) else {
            let hint = match suggest::nearest(&name, Code::ALL.iter().map(|code| code.as_str())) {
                Some(near) => format!("did you mean {near}? docs/findings.md lists them"),
                None => "docs/findings.md lists them".to_owned(),
            };
            table.fault(&name, "is not the code of a finding", hint);
            continue;
        };
        if code.policy().is_fixed {
            table.fault(&name, "always holds the pack", "without what it misses there is nothing to print");
            continue;
        }
        match value.into_string().as_deref() {
            Ok("off") => drop(severities.insert(code, None)),
            Ok("note") => drop(severities.insert(code, Some(Severity::Note))),
            Ok("caution") => drop(severities.insert(code, Some(Severity::Caution))),
            Ok("blocking") => drop(severities.insert(code, Some(Severity::Blocking))),
            _ => table.fault(&name, "expected a severity", "one of blocking, caution, note, off"),
        }
    }
    severities
}
