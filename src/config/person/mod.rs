//! `person_level = true` in `sources.toml`: what is counted from a list of
//! people.

mod conditions;
mod parts;

use conditions::conditions;

use super::reader::TableReader;
use super::suggest;
use super::value::Texts;
use crate::domain::measure::Unit;
use crate::domain::person::{PersonCount, PersonLevel};
use crate::domain::{Calendar, IndicatorRef, Register, Source, SourceId};

/// The declared counts; none where the source is no list of people.
pub(super) fn read(id: &SourceId, entry: &mut TableReader<'_>, register: &Register) -> Option<PersonLevel> {
    if !entry.or("person_level", false) {
        if entry.has("count") {
            entry.fault(
                "count",
                "counts rows of people, and the source does not say that it holds any",
                "write person_level = true",
            );
            entry.table("count").entries();
        }
        return None;
    }
    let strip = entry.regexes("strip", "a regular expression");
    let absent = entry.or("absent", Texts(vec!["#N/A".to_owned()])).0;
    let date_formats = entry.texts("date_formats");
    let mut table = entry.table("count");
    let mut person = PersonLevel { strip, absent, date_formats, ..PersonLevel::default() };
    let entries = table.entries();
    let keys: Vec<String> = entries.iter().map(|(key, _)| key.clone()).collect();
    for (key, value) in entries {
        let mut count = table.entry(&key, value);
        let known = IndicatorRef::parse(&key).ok().and_then(|reference| register.get(&reference));
        match known {
            Some(indicator) if indicator.source != *id => {
                count.fault("", "has another source in indicators.toml", "an indicator has one source");
            }
            Some(indicator) if !matches!(indicator.measure.unit, Unit::Percent | Unit::Count) => count.fault(
                "",
                "is neither a percentage nor a count in indicators.toml",
                "rows matching a condition over rows matching another make percentages and counts only",
            ),
            None if !register.is_empty() => {
                let hint = suggest::indicator(&key, register);
                count.fault("", "is not in the register", hint);
            }
            _ => {}
        }
        let declared = one(&mut count);
        person.counts.extend(parts::read(&mut count, known, declared.as_ref(), register));
        count.finish();
        if let (Some(indicator), Some(declared)) = (known, declared) {
            person.counts.insert(indicator.reference.clone(), declared);
        }
    }
    for indicator in register.values().filter(|one| one.source == *id && one.made_of().is_none()) {
        let name = indicator.reference.as_str();
        // Where the whole is at fault, so are its parts.
        let is_counted = keys.iter().any(|key| key == name || name.starts_with(&format!("{key}:")));
        if !is_counted || (indicator.segment.is_some() && !person.counts.contains_key(&indicator.reference)) {
            let hint = match &indicator.segment {
                Some(part) => format!("say which rows it has under count.{}.by.{}", part.parent, part.breakdown),
                None => format!("say what {name} counts, or give it another source in indicators.toml"),
            };
            table.fault(name, "is missing", hint);
        }
    }
    Some(person)
}

/// Gives every list of people the bank holidays, which are no working days.
pub(super) fn set_bank_holidays<'s>(calendar: &Calendar, sources: impl Iterator<Item = &'s mut Source>) {
    for person in sources.filter_map(|source| source.person.as_mut()) {
        person.bank_holidays.clone_from(&calendar.bank_holidays);
    }
}

fn one(entry: &mut TableReader<'_>) -> Option<PersonCount> {
    let sheet = entry.text("sheet", "the sheet with the list");
    let header_rows: Vec<u32> = entry.or("header_rows", vec![1]);
    if header_rows.is_empty() || header_rows.contains(&0) {
        entry.fault("header_rows", "expected rows as the sheet numbers them, from 1", "write header_rows = [1]");
    }
    let distinct = entry.texts("distinct");
    let of = conditions(entry, "of");
    let matching = conditions(entry, "where");
    Some(PersonCount { sheet, header_rows, distinct, of: of?, matching: matching? })
}
