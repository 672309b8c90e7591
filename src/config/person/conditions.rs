//! Which rows of a list of people are counted: what is looked at in a row, and
//! the tests that it must pass.

use crate::config::reader::TableReader;
use crate::config::value::Texts;
use crate::domain::person::{Condition, DateInRow, Moment, Subject, Test};

/// A list of conditions; none where one of them is at fault.
pub(super) fn conditions(entry: &mut TableReader<'_>, key: &'static str) -> Option<Vec<Condition>> {
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
    let column = entry.texts("column");
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
    let patterns = entry.regexes("matches", "a regular expression");
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
