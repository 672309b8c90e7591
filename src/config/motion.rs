//! What the register says of an indicator over time: `kind`, `views`,
//! `travel`, `events` and `signal`; and a board's `baseline`.

use super::Register;
use super::reader::Reader;
use crate::domain::board::Baseline;
use crate::domain::motion::{Event, Motion, Rebase, Rules};
use crate::domain::{Basis, Frequency, Period, Unit};

/// `[indicators.<ref>]`: what it says of movement over time.
pub(super) fn of_indicator(
    entry: &mut Reader<'_>,
    unit: Option<Unit>,
    basis: Option<Basis>,
    frequency: Option<Frequency>,
) -> Motion {
    // Where one is missing, that is a fault, and the entry is never used.
    let usual = Motion::usual(unit.unwrap_or(Unit::Count), basis.unwrap_or(Basis::Snapshot));
    let mut motion = Motion {
        kind: entry.or("kind", usual.kind),
        views: entry.or("views", Vec::new()),
        travel: entry.or("travel", usual.travel),
        events: events(entry),
        ..usual
    };
    if !motion.views.is_empty() {
        let longer = matches!(basis, Some(Basis::YearToDate | Basis::Rolling12Months));
        let sparse = matches!(frequency, Some(Frequency::Termly | Frequency::Annual(_)));
        if longer || sparse {
            entry.fault("views", "needs monthly or quarterly figures of the period itself", "leave `views` out");
        }
    }
    if entry.holds_text("signal") {
        let word: Option<String> = entry.optional("signal");
        if word.as_deref() != Some("off") {
            entry.fault("signal", "expected \"off\" or a table", "write signal = \"off\", or leave it out");
        }
        motion.signal = false;
    } else {
        motion.rebases = rebases(entry, frequency);
    }
    motion
}

fn events(entry: &mut Reader<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    for mut table in entry.tables("events") {
        let month = month(&mut table, "month");
        let note = table.text("note", "what happened, in a few words for the chart");
        table.finish();
        events.extend(month.map(|month| Event { month, note }));
    }
    events.sort_by_key(|event| event.month);
    events
}

fn rebases(entry: &mut Reader<'_>, frequency: Option<Frequency>) -> Vec<Rebase> {
    let mut signal = entry.table("signal");
    let mut rebases = Vec::new();
    for mut table in signal.tables("rebase") {
        let from = month(&mut table, "from");
        let because = table.text("because", "why what went before is no guide any more");
        if let (Some(from), Some(frequency)) = (from, frequency)
            && !frequency.includes(from)
        {
            let word = frequency.word();
            table.fault(
                "from",
                format!("no figure stands at {from}: the indicator is {word}"),
                "name a month that has one",
            );
        }
        table.finish();
        rebases.extend(from.map(|from| Rebase { from, because }));
    }
    signal.finish();
    rebases.sort_by_key(|rebase| rebase.from);
    rebases
}

fn month(table: &mut Reader<'_>, key: &'static str) -> Option<Period> {
    if !table.has(key) {
        table.fault(key, "is missing", "a month such as 2026-02");
    }
    table.parsed(key)
}

/// `[signal]` of `boardpack.toml`.
pub(super) fn rules(root: &mut Reader<'_>) -> Rules {
    let mut signal = root.table("signal");
    let rules = signal.or("profile", Rules::default());
    signal.finish();
    rules
}

/// Whose rules hold is said once, for the whole council.
pub(super) fn observe(rules: Rules, register: &mut Register) {
    for indicator in register.values_mut() {
        indicator.motion.rules = rules;
    }
}

/// `baseline` of a board.
pub(super) fn baseline(root: &mut Reader<'_>) -> Option<Baseline> {
    let given = root.has("baseline");
    let mut table = root.table("baseline");
    if !given {
        return None;
    }
    let period = month(&mut table, "period");
    let label = table.text("label", "what it was, such as \"Inspection, October 2025\"");
    table.finish();
    Some(Baseline { period: period?, label })
}
