//! `person_level = true` in `sources.toml`: what is counted from a list of
//! people.

use regex::Regex;

use super::person_parts;
use super::reader::{TableReader, Texts, near};
use crate::domain::measure::Unit;
use crate::domain::person::{Condition, DateInRow, Moment, PersonCount, PersonLevel, Subject, Test};
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
    let strip = regexes(entry, "strip");
    let absent = entry.or("absent", Texts(vec!["#N/A".to_owned()])).0;
    let date_formats = entry.or("date_formats", Texts::default()).0;
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
                let hint = near(&key, register.keys().map(IndicatorRef::as_str), "define it in indicators.toml");
                count.fault("", "is not in the register", hint);
            }
            _ => {}
        }
        let declared = one(&mut count);
        person.counts.extend(person_parts::read(&mut count, known, declared.as_ref(), register));
        count.finish();
        if let (Some(indicator), Some(declared)) = (known, declared) {
            person.counts.insert(indicator.reference.clone(), declared);
        }
    }
    for indicator in register.values().filter(|indicator| indicator.source == *id) {
        let name = indicator.reference.as_str();
        // Where the whole is at fault, so are its parts.
        let is_told = keys.iter().any(|key| key == name || name.starts_with(&format!("{key}:")));
        if !is_told || (indicator.segment.is_some() && !person.counts.contains_key(&indicator.reference)) {
            let hint = match &indicator.segment {
                Some(part) => format!("say which rows it has under count.{}.by.{}", part.parent, part.breakdown),
                None => format!("say what {name} counts, or give it another source in indicators.toml"),
            };
            table.fault(name, "is missing", hint);
        }
    }
    Some(person)
}

/// Working days are counted around the calendar's bank holidays.
pub(super) fn observe<'s>(calendar: &Calendar, sources: impl Iterator<Item = &'s mut Source>) {
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
    let distinct = entry.or("distinct", Texts::default()).0;
    let of = conditions(entry, "of");
    let matching = conditions(entry, "where");
    Some(PersonCount { sheet, header_rows, distinct, of: of?, matching: matching? })
}

/// A list of conditions; none where one of them is at fault.
fn conditions(entry: &mut TableReader<'_>, key: &'static str) -> Option<Vec<Condition>> {
    let read: Vec<_> = entry
        .tables(key)
        .into_iter()
        .map(|mut table| {
            let condition = condition(&mut table);
            table.finish();
            condition
        })
        .collect();
    read.into_iter().collect()
}

fn condition(entry: &mut TableReader<'_>) -> Option<Condition> {
    if entry.has("any") {
        return conditions(entry, "any").map(Condition::Any);
    }
    let Some((subject, is_column)) = subject(entry) else {
        // What it would test is no fault of its own.
        entry.entries();
        return None;
    };
    let mut tests = numbers(entry);
    let words = if is_column { column_tests(entry) } else { Some(Vec::new()) }?;
    tests.extend(words);
    if tests.is_empty() {
        entry.fault("", "tests nothing", "add a word such as is, present, on_or_after or at_most");
        return None;
    }
    Some(Condition::All(subject, tests))
}

/// What is looked at, and whether it is a column as it stands.
pub(super) fn subject(entry: &mut TableReader<'_>) -> Option<(Subject, bool)> {
    let column = entry.or("column", Texts::default()).0;
    let age_at = entry.parsed::<Moment>("age_at");
    let (days, working) = (between(entry, "days_between"), between(entry, "working_days_between"));
    let is_column = age_at.is_none() && days.is_none() && working.is_none();
    let subject = match (column.is_empty(), age_at, days, working) {
        (true, None, Some((from, to)), None) => Subject::Days(from, to),
        (true, None, None, Some((from, to))) => Subject::WorkingDays(from, to),
        (false, Some(at), None, None) => Subject::Age(column, at),
        (false, None, None, None) => Subject::Column(column),
        _ => {
            entry.fault(
                "",
                "does not say what it looks at",
                "one of column, column with age_at, days_between, working_days_between, or any = [ … ]",
            );
            return None;
        }
    };
    Some((subject, is_column))
}

fn numbers(entry: &mut TableReader<'_>) -> Vec<Test> {
    let mut tests = Vec::new();
    tests.extend(entry.decimal("at_least").map(Test::AtLeast));
    tests.extend(entry.decimal("at_most").map(Test::AtMost));
    tests.extend(entry.decimal("under").map(Test::Under));
    tests.extend(entry.decimal("over").map(Test::Over));
    tests
}

/// Tests of what stands in a column; none where one is at fault.
fn column_tests(entry: &mut TableReader<'_>) -> Option<Vec<Test>> {
    let mut tests = Vec::new();
    for key in ["is", "one_of"] {
        tests.extend(entry.optional::<Texts>(key).map(|texts| Test::OneOf(texts.0)));
    }
    for key in ["is_not", "none_of"] {
        tests.extend(entry.optional::<Texts>(key).map(|texts| Test::NoneOf(texts.0)));
    }
    let matches = entry.has("matches");
    let patterns = regexes(entry, "matches");
    let sound = !matches || !patterns.is_empty();
    tests.extend(patterns.into_iter().map(Test::Matches));
    for (key, yes, no) in [("present", Test::Present, Test::Absent), ("absent", Test::Absent, Test::Present)] {
        tests.extend(entry.optional::<bool>(key).map(|is| if is { yes } else { no }));
    }
    let mut dated = true;
    let mut moment = |key| {
        let there = entry.has(key);
        let moment: Option<Moment> = entry.parsed(key);
        dated &= moment.is_some() || !there;
        moment
    };
    tests.extend(moment("before").map(Test::Before));
    tests.extend(moment("on_or_before").map(Test::OnOrBefore));
    tests.extend(moment("after").map(Test::After));
    tests.extend(moment("on_or_after").map(Test::OnOrAfter));
    (sound && dated).then_some(tests)
}

fn between(entry: &mut TableReader<'_>, key: &'static str) -> Option<(DateInRow, DateInRow)> {
    // A day is written as one; all else is a column's header.
    let point = |text: &String| text.parse().map_or_else(|_| DateInRow::Column(vec![text.clone()]), DateInRow::At);
    let texts: Texts = entry.optional(key)?;
    match texts.0.as_slice() {
        [from, to] => Some((point(from), point(to))),
        _ => {
            entry.fault(key, "expected two dates", "write [\"Date of referral\", \"Date of assessment\"]");
            None
        }
    }
}

fn regexes(entry: &mut TableReader<'_>, key: &'static str) -> Vec<Regex> {
    let texts = entry.or(key, Texts::default()).0;
    let regex = |text: &String| {
        Regex::new(text)
            .map_err(|error| entry.fault(key, format!("found {text:?}: {error}"), "a regular expression"))
            .ok()
    };
    texts.iter().filter_map(regex).collect()
}
