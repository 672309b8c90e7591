//! `[[sums]]` of `indicators.toml`: what counts of different indicators add up to.

use super::reader::TableReader;
use super::suggest;
use super::value::Texts;
use crate::domain::known_sum::{CountOf, KnownSum, SumTerm};
use crate::domain::{IndicatorRef, Register, Unit};

pub(super) fn read(root: &mut TableReader<'_>, register: &Register) -> Vec<KnownSum> {
    root.tables("sums").into_iter().map(|table| sum(table, register)).collect()
}

fn sum(mut table: TableReader<'_>, register: &Register) -> KnownSum {
    let these = side(&mut table, "these", register);
    let are = side(&mut table, "are", register);
    if let Some(twice) = these.iter().find(|term| are.contains(term)) {
        table.fault("are", format!("\"{twice}\" is on both sides"), "leave it out of both");
    }
    table.finish();
    KnownSum { these, are }
}

/// As far back as a sum may reach: a rolling year ends with the same month.
const MOST_BEFORE: u8 = 12;

fn side(table: &mut TableReader<'_>, key: &'static str, register: &Register) -> Vec<SumTerm> {
    let hint = "counts such as [\"CLA01\", \"CLA17 all\", \"CLA01 before\"]";
    let texts: Texts = table.required(key, hint).unwrap_or_default();
    texts.0.iter().filter_map(|text| term(table, key, text, register)).collect()
}

fn term(table: &TableReader<'_>, key: &str, text: &str, register: &Register) -> Option<SumTerm> {
    let (name, word) = text.trim().split_once(' ').unwrap_or((text.trim(), ""));
    let before = |word: &str| word.strip_suffix("before").map(str::trim_end).and_then(|many| many.parse().ok());
    let of = match word.trim() {
        "" => CountOf::Counted,
        "all" => CountOf::All,
        "before" => CountOf::Before(1),
        word if before(word).is_some_and(|many| (1..=MOST_BEFORE).contains(&many)) => {
            CountOf::Before(before(word).unwrap_or(1))
        }
        word => {
            let message =
                format!("found {word:?} behind a reference; expected \"all\", \"before\" or such as \"2 before\"");
            let hint = "all is the denominator; before the count of the figure before, and 2 before of the one before that, up to 12";
            table.fault(key, message, hint);
            return None;
        }
    };
    let known = IndicatorRef::parse(name).ok().and_then(|reference| register.get(&reference));
    let Some(indicator) = known else {
        // An entry that is at fault is reported there.
        if !table.faults().is_declared(name) {
            let hint = suggest::indicator(name, register);
            table.fault(key, format!("{name:?} is not in the register"), hint);
        }
        return None;
    };
    if of == CountOf::All && indicator.measure.unit == Unit::Count {
        table.fault(key, format!("{name} is a count and has no denominator"), "");
        return None;
    }
    Some(SumTerm { indicator: indicator.reference.clone(), of })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::{Files, Loaded};

    const INDICATOR: &str = "plain = \"P\"\nnoun = \"children\"\nowner = \"O\"\nsource = \"s\"\nbasis = \"snapshot\"\nbetter = \"none\"\nfrequency = \"monthly\"\n";

    fn faults(sums: &str) -> String {
        let register = format!(
            "[indicators.A]\ntitle = \"A\"\nunit = \"count\"\n{INDICATOR}[indicators.B]\ntitle = \"B\"\nunit = \"percent\"\n{INDICATOR}{sums}"
        );
        let files = [("indicators.toml".to_owned(), register)];
        let all = Loaded::resolve(Path::new("."), &Files::from_texts(files), &[], &[]).unwrap_err().0;
        let of_sums = all.iter().filter(|fault| fault.key.starts_with("sums"));
        of_sums.map(|fault| format!("{}: {}", fault.key, fault.message)).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn a_sum_names_counts_that_there_are() {
        for (sides, expected) in [
            ("these = [\"A before\", \"B\"]\nare = [\"A\", \"B all\"]", ""),
            ("these = \"A\"\nare = \"B all\"", ""),
            ("these = [\"A\"]", "sums[0].are: is missing"),
            ("these = [\"A\"]\nare = [\"C\"]", "sums[0].are: \"C\" is not in the register"),
            ("these = [\"A all\"]\nare = [\"B\"]", "sums[0].these: A is a count and has no denominator"),
            ("these = [\"A\", \"A before\", \"A 2 before\", \"A 12 before\"]\nare = [\"B\"]", ""),
            (
                "these = [\"A then\"]\nare = [\"B\"]",
                "sums[0].these: found \"then\" behind a reference; expected \"all\", \"before\" or such as \"2 before\"",
            ),
            (
                "these = [\"A 0 before\", \"A 13 before\"]\nare = [\"B\"]",
                "sums[0].these: found \"0 before\" behind a reference; expected \"all\", \"before\" or such as \"2 before\"; sums[0].these: found \"13 before\" behind a reference; expected \"all\", \"before\" or such as \"2 before\"",
            ),
            ("these = [\"A\"]\nare = [\"A\", \"B\"]", "sums[0].are: \"A\" is on both sides"),
            ("these = [\"A\"]\nare = [\"B\"]\nis = 1", "sums[0].is: is not a known key"),
        ] {
            assert_eq!(faults(&format!("[[sums]]\n{sides}\n")), expected, "{sides}");
        }
    }
}
