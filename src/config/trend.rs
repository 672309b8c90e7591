//! What the register says of an indicator over time: `kind`, `views`,
//! `travel`, `events` and `signal`; and a board's `baseline`.

use super::reader::TableReader;
use crate::domain::board::Baseline;
use crate::domain::trend::{Event, Rebase, SeriesKind, SignalRules, TrendSettings, ViewSpan};
use crate::domain::{Basis, Frequency, Period, Register, Unit};

/// `[indicators.<ref>]`: what it says of movement over time.
pub(super) fn of_indicator(
    entry: &mut TableReader<'_>,
    unit: Option<Unit>,
    basis: Option<Basis>,
    frequency: Option<Frequency>,
) -> TrendSettings {
    // Where one is missing, that is a fault, and the entry is never used.
    let usual = TrendSettings::usual(unit.unwrap_or(Unit::Count), basis.unwrap_or(Basis::Snapshot));
    let mut trend = TrendSettings {
        kind: kind(entry, unit).unwrap_or(usual.kind),
        views: entry.or("views", Vec::new()),
        travel: entry.or("travel", usual.travel),
        events: events(entry),
        ..usual
    };
    if !trend.views.is_empty() {
        let longer = matches!(basis, Some(Basis::YearToDate | Basis::Rolling12Months));
        let sparse = matches!(frequency, Some(Frequency::Termly | Frequency::Annual(_)));
        // What is of more than the month can be held against itself, a quarter on.
        let is_by_quarter = trend.views == [ViewSpan::Quarter] && frequency == Some(Frequency::Monthly);
        if sparse || (longer && !is_by_quarter) {
            entry.fault(
                "views",
                "needs monthly or quarterly figures of the period itself",
                "leave `views` out; a monthly figure of a longer time may have [\"quarter\"]",
            );
        }
    }
    if entry.holds_text("signal") {
        let word: Option<String> = entry.optional("signal");
        if word.as_deref() != Some("off") {
            entry.fault("signal", "expected \"off\" or a table", "write signal = \"off\", or leave it out");
        }
        trend.signal = false;
    } else {
        trend.rebases = rebases(entry, frequency);
    }
    trend
}

/// `kind`, where it is given: one that suits the unit.
fn kind(entry: &mut TableReader<'_>, unit: Option<Unit>) -> Option<SeriesKind> {
    let kind: SeriesKind = entry.optional("kind")?;
    let unit = unit?;
    let suiting = SeriesKind::suiting(unit);
    if !suiting.contains(&kind) {
        let why = match kind {
            SeriesKind::Flow => "only counts of whole things may be summed",
            SeriesKind::Rate => "only a rate is held against the latest population",
            SeriesKind::Ratio | SeriesKind::Stock => "a count has no denominators to sum",
        };
        let words: Vec<String> = suiting.iter().map(|kind| format!("kind = \"{}\"", kind.word())).collect();
        entry.fault(
            "kind",
            format!("{:?} does not suit unit = {:?}: {why}", kind.word(), unit.word()),
            format!("write {}", words.join(" or ")),
        );
    }
    Some(kind)
}

fn events(entry: &mut TableReader<'_>) -> Vec<Event> {
    let mut events = Vec::new();
    for mut table in entry.tables("events") {
        let month = month(&mut table, "month");
        let note = table.text("note", "what happened, in a few words for the chart").into();
        table.finish();
        events.extend(month.map(|month| Event { month, note }));
    }
    events.sort_by_key(|event| event.month);
    events
}

fn rebases(entry: &mut TableReader<'_>, frequency: Option<Frequency>) -> Vec<Rebase> {
    let mut signal = entry.table("signal");
    let mut rebases = Vec::new();
    for mut table in signal.tables("rebase") {
        let from = month(&mut table, "from");
        let because = table.text("because", "why what went before is no guide any more").into();
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

fn month(table: &mut TableReader<'_>, key: &'static str) -> Option<Period> {
    table.wanted(key, "a month such as 2026-02")
}

/// `[signal]` of `boardpack.toml`.
pub(super) fn rules(root: &mut TableReader<'_>) -> SignalRules {
    let mut signal = root.table("signal");
    let rules = signal.or("profile", SignalRules::default());
    signal.finish();
    rules
}

/// Gives every indicator the council's rules for signal and noise.
pub(super) fn set_rules(rules: SignalRules, register: &mut Register) {
    for indicator in register.values_mut() {
        indicator.trend.rules = rules;
    }
}

/// `baseline` of a board.
pub(super) fn baseline(root: &mut TableReader<'_>) -> Option<Baseline> {
    let given = root.has("baseline");
    let mut table = root.table("baseline");
    if !given {
        return None;
    }
    let period = month(&mut table, "period");
    let label = table.text("label", "what it was, such as \"Inspection, October 2025\"");
    table.finish();
    Some(Baseline { period: period?, label: label.into() })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::{Files, Loaded};

    /// The faults of `kind` of an indicator, each with its hint.
    fn faults(unit: &str, kind: &str) -> Vec<String> {
        let register = format!(
            "[indicators.A]\ntitle = \"A\"\nplain = \"A\"\nnoun = \"children\"\nowner = \"O\"\nsource = \"s\"\nbasis = \"in-period\"\n\
             better = \"none\"\nfrequency = \"monthly\"\n{unit}\nkind = \"{kind}\"\n"
        );
        let files = Files::from_texts([("indicators.toml".to_owned(), register)]);
        let all = Loaded::resolve(Path::new("."), &files, &[], &[]).unwrap_err().0;
        let of_kind = all.into_iter().filter(|fault| fault.key.starts_with("indicators.A"));
        of_kind.map(|fault| format!("{}: {} ({})", fault.key, fault.message, fault.hint)).collect()
    }

    #[test]
    fn a_kind_suits_its_unit() {
        let mean = ["unit = \"percent\"", "unit = \"days\"", "unit = \"mean\"", "unit = \"score\""];
        let suiting = [
            (&["unit = \"count\""][..], &["flow", "stock"][..]),
            (&["unit = \"rate\"\nper = 10000"], &["rate", "ratio", "stock"]),
            (&mean, &["ratio", "stock"]),
        ];
        for (units, kinds) in suiting {
            for (unit, kind) in
                units.iter().flat_map(|unit| ["flow", "stock", "rate", "ratio"].map(|kind| (unit, kind)))
            {
                assert_eq!(faults(unit, kind).is_empty(), kinds.contains(&kind), "{unit}, {kind}");
            }
        }
    }

    #[test]
    fn a_kind_that_does_not_suit_says_why_and_which_do() {
        let joined = |unit: &str, kind: &str| faults(unit, kind).join("; ");
        assert_eq!(
            joined("unit = \"percent\"", "flow"),
            "indicators.A.kind: \"flow\" does not suit unit = \"percent\": only counts of whole things may be summed (write kind = \"ratio\" or kind = \"stock\")"
        );
        assert_eq!(
            joined("unit = \"percent\"", "rate"),
            "indicators.A.kind: \"rate\" does not suit unit = \"percent\": only a rate is held against the latest population (write kind = \"ratio\" or kind = \"stock\")"
        );
        assert_eq!(
            joined("unit = \"count\"", "ratio"),
            "indicators.A.kind: \"ratio\" does not suit unit = \"count\": a count has no denominators to sum (write kind = \"flow\" or kind = \"stock\")"
        );
        assert_eq!(
            joined("unit = \"rate\"\nper = 10000", "flow"),
            "indicators.A.kind: \"flow\" does not suit unit = \"rate\": only counts of whole things may be summed (write kind = \"rate\" or kind = \"ratio\" or kind = \"stock\")"
        );
    }
}
