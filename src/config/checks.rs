//! The `checks` tables of `sources.toml` and `indicators.toml`.

use regex::Regex;
use rust_decimal::Decimal;

use super::indicators::not_negative;
use super::reader::{Faults, Reader, Texts, near, nearest};
use super::targets::pair;
use crate::domain::check::{ColumnCheck, FigureChecks, Fresh, Severities, SourceChecks};
use crate::domain::{Code, IndicatorRef, Register, Severity};

/// `[sources.<id>.checks]`.
pub(super) fn of_source(entry: &mut Reader<'_>) -> SourceChecks {
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
        severity: severities(table.table("severity")),
    };
    table.finish();
    checks
}

/// `[indicators.<ref>.checks]`.
pub(super) fn of_indicator(entry: &mut Reader<'_>) -> FigureChecks {
    let mut table = entry.table("checks");
    let bounds = pair(&mut table, "range");
    if bounds.is_some_and(|(low, high)| low > high) {
        table.fault("range", "its first number is greater than its second", "write range = [0, 60]");
    }
    let texts: Texts = table.or("total_of", Texts::default());
    let total_of = texts
        .0
        .iter()
        .filter_map(|text| {
            IndicatorRef::parse(text).map_err(|error| table.fault("total_of", error.to_string(), "")).ok()
        })
        .collect();
    let checks = FigureChecks {
        range: bounds,
        jump: not_negative(&mut table, "jump"),
        jump_floor: not_negative(&mut table, "jump_floor"),
        outlier: table.optional("outlier"),
        total_of,
        total_within: not_negative(&mut table, "total_within").unwrap_or_default(),
        ratio_within: not_negative(&mut table, "ratio_within").unwrap_or_default(),
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
                faults.add("indicators.toml", &key, "names itself", "a total is the sum of others");
            } else if !register.contains_key(part) {
                let hint =
                    near(part.as_str(), register.keys().map(IndicatorRef::as_str), "define it in indicators.toml");
                faults.add("indicators.toml", &key, format!("\"{part}\" is not in the register"), hint);
            }
        }
    }
}

fn column(mut table: Reader<'_>) -> ColumnCheck {
    let column: Texts = table.required("column", "the column's header").unwrap_or_default();
    let required = table.or("required", false);
    let one_of: Texts = table.or("one_of", Texts::default());
    let written: Option<String> = table.optional("pattern");
    let pattern = written.as_ref().and_then(|text| {
        Regex::new(text)
            .map_err(|error| {
                table.fault(
                    "pattern",
                    format!("found {text:?}: {error}"),
                    "a regular expression such as \"^T[0-9]{2}$\"",
                );
            })
            .ok()
    });
    if !required && one_of.0.is_empty() && written.is_none() {
        table.fault("", "checks nothing", "say `required`, `one_of` or `pattern`");
    }
    let mostly = table.decimal("mostly").unwrap_or(Decimal::ONE);
    if !(Decimal::ZERO..=Decimal::ONE).contains(&mostly) {
        table.fault("mostly", format!("found {mostly}; expected 0 to 1"), "a share, such as 0.95");
    }
    table.finish();
    ColumnCheck { column: column.0, required, one_of: one_of.0, pattern, mostly }
}

fn working_day(table: &mut Reader<'_>, key: &'static str) -> Option<u32> {
    let day = table.optional(key);
    if day.is_some_and(|day| !(1..=20).contains(&day)) {
        table.fault(key, "expected a working day of the month, 1 to 20", "");
    }
    day
}

fn severities(mut table: Reader<'_>) -> Severities {
    let mut severities = Severities::new();
    for (name, value) in table.entries() {
        let Some(code) = Code::parse(&name) else {
            let hint = match nearest(&name, Code::ALL.iter().map(|code| code.as_str())) {
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
