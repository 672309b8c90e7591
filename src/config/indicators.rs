//! `indicators.toml`: the register of indicators and the glossary.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::fault::Faults;
use super::files::{Files, INDICATORS as FILE};
use super::reader::TableReader;
use super::{breakdowns, suggest};
use crate::domain::indicator::{Basis, Break, BreakKind, Polarity};
use crate::domain::known_sum::KnownSum;
use crate::domain::{Frequency, Indicator, IndicatorRef, Measure, Register, Source, SourceId, Unit};

/// What `indicators.toml` says.
#[derive(Debug, Default)]
pub(super) struct ReadRegister {
    pub(super) register: Register,
    pub(super) glossary: BTreeMap<String, String>,
    pub(super) sums: Vec<KnownSum>,
}

pub(super) fn read(files: &Files, faults: &Faults) -> ReadRegister {
    let mut register = Register::new();
    if files.text(FILE).is_none() {
        faults.add(FILE, "", "is missing", "the register of indicators");
    }
    let Some(mut root) = TableReader::open(files, FILE, faults) else {
        return ReadRegister::default();
    };
    let glossary = root.table("glossary").text_entries();
    let mut table = root.table("indicators");
    for (name, value) in table.entries() {
        faults.declare(&name);
        let reference = IndicatorRef::parse(&name);
        let mut entry = table.entry(&name, value);
        match reference {
            Ok(reference) => {
                let read = indicator(reference, &mut entry);
                entry.finish();
                if let Some((mut whole, declared)) = read {
                    let parts = breakdowns::expand(&mut whole, declared);
                    register.extend(
                        parts.into_iter().chain([whole]).map(|indicator| (indicator.reference.clone(), indicator)),
                    );
                }
            }
            Err(error) => entry.fault("", error.to_string(), ""),
        }
    }
    let sums = super::sums::read(&mut root, &register);
    root.finish();
    ReadRegister { register, glossary, sums }
}

fn indicator(
    reference: IndicatorRef,
    entry: &mut TableReader<'_>,
) -> Option<(Indicator, Vec<breakdowns::DeclaredBreakdown>)> {
    if reference.as_str().contains(':') {
        entry.fault("", "is the reference of a part", "declare it under `breakdowns` of its whole");
        entry.entries();
        return None;
    }
    let title = entry.text("title", "the indicator's name as printed");
    let plain = entry.text("plain", "what it means and why it matters, in plain words").into();
    let definition = entry.or("definition", String::new()).into();
    let owner = entry.text("owner", "the role that answers for it");
    let unit: Option<Unit> = entry.required("unit", "percent, count, rate, days, mean, score, £, £000 or £m");
    let measure = measure(entry, unit);
    let is_signed = measure.as_ref().is_some_and(|measure| measure.signed);
    let polarity: Option<Polarity> = entry.required("better", "higher, lower, range, or none for context");
    let frequency = frequency(entry);
    let lag_months = entry.or("lag_months", 0);
    let basis: Option<Basis> = entry.required("basis", "snapshot, in-period, year-to-date or rolling-12-months");
    let groups = entry.table("groups").text_entries();
    let source: Option<SourceId> = entry.required("source", "a source of sources.toml");
    let steady_within = entry.not_negative("steady_within").unwrap_or_default();
    let explain_over = entry.not_negative("explain_over");
    // Of fewer than 5, one child is worth 25 points and more.
    let usual_floor = if unit == Some(Unit::Percent) { Decimal::from(5) } else { Decimal::ZERO };
    let min_denominator = entry.not_negative("min_denominator").unwrap_or(usual_floor);
    let targets = super::targets::targets(entry, polarity, unit, is_signed);
    let benchmarks = super::benchmarks::benchmarks(entry, unit.filter(|_| !is_signed));
    let breaks = breaks(entry);
    let marks = super::marks::of_indicator(entry, frequency);
    let protection = super::editions::of_indicator(entry);
    let trend = super::trend::of_indicator(entry, unit, basis, frequency);
    let checks = super::checks::of_indicator(entry);
    let relations = super::related::read(entry);
    let declared = breakdowns::read(&reference, entry, unit, polarity);
    breakdowns::check_longer(&declared, unit, basis, (frequency, &trend), entry);
    let indicator = Indicator {
        reference,
        title,
        plain,
        definition,
        measure: measure?,
        polarity: polarity?,
        frequency: frequency?,
        lag_months,
        basis: basis?,
        groups,
        source: source?,
        owner,
        targets,
        benchmarks,
        breaks,
        marks,
        steady_within,
        explain_over,
        min_denominator,
        protection,
        trend,
        checks,
        relations,
        breakdowns: Vec::new(),
        segment: None,
    };
    Some((indicator, declared))
}

fn measure(entry: &mut TableReader<'_>, unit: Option<Unit>) -> Option<Measure> {
    let precision: Option<u32> = entry.optional("precision");
    let per = entry.decimal("per");
    let signed = entry.or("signed", false);
    let noun = entry.text("noun", "the plural of what is counted, such as \"children in care\"");
    let unit = unit?;
    if unit == Unit::Rate && per.is_none() {
        entry.fault("per", "is missing", "a rate is for each so many, such as per = 10000");
    }
    if unit != Unit::Rate && per.is_some() {
        entry.fault("per", "belongs to unit = \"rate\" only", "");
    }
    if per.is_some_and(|per| per <= Decimal::ZERO) {
        entry.fault("per", "expected a number above zero", "");
    }
    let usual = match unit {
        Unit::Percent | Unit::Rate | Unit::Mean | Unit::Score | Unit::MillionPounds => 1,
        Unit::Count | Unit::Days | Unit::Pounds | Unit::ThousandPounds => 0,
    };
    let precision = precision.unwrap_or(usual);
    if precision > 4 {
        entry.fault("precision", format!("found {precision}; expected 0 to 4"), "");
    }
    Some(Measure { unit, precision: precision.min(4), per: per.unwrap_or(Decimal::ONE), noun, signed })
}

fn frequency(entry: &mut TableReader<'_>) -> Option<Frequency> {
    #[derive(serde::Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Word {
        Monthly,
        Quarterly,
        Termly,
        Annual,
    }
    let year_end: Option<u32> = entry.optional("year_end");
    let word: Word = entry.required("frequency", "monthly, quarterly, termly or annual")?;
    if year_end.is_some() && !matches!(word, Word::Annual) {
        entry.fault("year_end", "belongs to frequency = \"annual\" only", "");
    }
    match (word, year_end) {
        (Word::Monthly, _) => Some(Frequency::Monthly),
        (Word::Quarterly, _) => Some(Frequency::Quarterly),
        (Word::Termly, _) => Some(Frequency::Termly),
        (Word::Annual, Some(month @ 1..=12)) => Some(Frequency::Annual(month)),
        (Word::Annual, Some(other)) => {
            entry.fault("year_end", format!("found {other}; expected a month, 1 to 12"), "");
            None
        }
        (Word::Annual, None) => {
            entry.fault("year_end", "is missing", "the month at which an annual figure stands, such as 3 for March");
            None
        }
    }
}

fn breaks(entry: &mut TableReader<'_>) -> Vec<Break> {
    let mut breaks = Vec::new();
    for mut table in entry.tables("breaks") {
        let from = table.wanted("from", "the first month on the new footing, such as 2026-02");
        let kind: Option<BreakKind> = table.required("kind", "system, definition or population");
        let note = table.text("note", "what changed, in words for the page").into();
        table.finish();
        if let (Some(from), Some(kind)) = (from, kind) {
            breaks.push(Break { from, kind, note });
        }
    }
    breaks.sort_by_key(|b| b.from);
    breaks
}

/// Every indicator's source must be declared.
pub(super) fn check_sources(register: &Register, sources: &BTreeMap<SourceId, Source>, faults: &Faults) {
    if sources.is_empty() {
        return;
    }
    for indicator in register.values() {
        let stands_for_parts = indicator.segment.as_ref().and_then(|segment| register.get(&segment.parent));
        if stands_for_parts.is_some_and(|whole| whole.source == indicator.source) {
            continue;
        }
        if !sources.contains_key(&indicator.source) && !faults.is_declared(indicator.source.as_str()) {
            let hint = match suggest::nearest(indicator.source.as_str(), sources.keys().map(SourceId::as_str)) {
                Some(near) => format!("did you mean {near:?}?"),
                None => "declare it in sources.toml".to_owned(),
            };
            faults.add(
                FILE,
                &format!("indicators.{}.source", indicator.reference),
                format!("{:?} is not in sources.toml", indicator.source.as_str()),
                hint,
            );
        }
    }
}
