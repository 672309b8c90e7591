//! Every fault of a target or benchmark, with its key.

use std::path::Path;

use crate::config::{Files, Loaded};

/// The faults of `indicators.toml` of a council with one indicator.
fn faults(head: &str, rest: &str) -> Vec<String> {
    let register = format!(
        "[indicators.A]\ntitle = \"A\"\nplain = \"A\"\nnoun = \"children\"\nowner = \"O\"\nsource = \"s\"\nbasis = \"snapshot\"\n\
         frequency = \"monthly\"\n{head}\n{rest}"
    );
    let files = Files::from_texts([("indicators.toml".to_owned(), register)]);
    let faults = Loaded::resolve(Path::new("."), &files, &[], &[]).unwrap_err().0;
    faults
        .into_iter()
        .filter(|fault| fault.file == "indicators.toml")
        .map(|fault| format!("{}: {}", fault.key.trim_start_matches("indicators.A."), fault.message))
        .collect()
}

fn target(head: &str, keys: &str) -> Vec<String> {
    faults(head, &format!("[[indicators.A.targets]]\nfrom = \"2025-04\"\nsource = \"local\"\n{keys}\n"))
}

const HIGHER: &str = "unit = \"percent\"\nbetter = \"higher\"";
const LOWER: &str = "unit = \"percent\"\nbetter = \"lower\"";
const COUNT: &str = "unit = \"count\"\nbetter = \"higher\"";
const RANGE: &str = "unit = \"mean\"\nbetter = \"range\"";

#[test]
fn every_rule_can_be_written() {
    for (head, keys) in [
        (HIGHER, "value = 85\ntolerance = 5"),
        (HIGHER, "rule = \"points\"\nvalue = 85\ntolerance = 0"),
        (HIGHER, "rule = \"percent\"\nvalue = 85\ntolerance = 10"),
        (HIGHER, "rule = \"absolute\"\ngreen = 85\namber = 80"),
        (LOWER, "rule = \"absolute\"\ngreen = 10\namber = 12"),
        (RANGE, "rule = \"absolute\"\ngreen = [14, 18]\namber = [12, 21]"),
        (HIGHER, "rule = \"floor\"\nvalue = 95\nfloor = 80"),
        (LOWER, "rule = \"floor\"\nvalue = 10\nfloor = 10"),
        (LOWER, "rule = \"zero\"\nvalue = 0"),
        (HIGHER, "rule = \"improved\"\nvalue = 85\ntolerance = 10"),
        (RANGE, "range = [14, 18]\ntolerance = 2"),
        (RANGE, "rule = \"range\"\nrange = [14, 18]\ntolerance = 2"),
        (HIGHER, "value = 100\ntolerance = 5"),
        (LOWER, "value = 99\ntolerance = 0"),
    ] {
        assert_eq!(target(head, keys), [""; 0], "{keys}");
    }
}

#[test]
fn what_is_wrong_with_a_target_by_itself_is_a_fault() {
    for (head, keys, expected) in [
        (HIGHER, "value = 0\ntolerance = 5", "targets[0].value: is 0, which every figure meets"),
        (COUNT, "value = 0\ntolerance = 5", "targets[0].value: is 0, which every figure meets"),
        (LOWER, "value = 100\ntolerance = 0", "targets[0].value: is 100, which every percentage meets"),
        (HIGHER, "value = 100.1\ntolerance = 0", "targets[0].value: is above 100, which no percentage is"),
        (HIGHER, "value = -1\ntolerance = 0", "targets[0].value: is below zero, which no figure is"),
        (HIGHER, "value = 85\ntolerance = -1", "targets[0].tolerance: is below zero"),
        (HIGHER, "value = 85", "targets[0].tolerance: is missing"),
        (HIGHER, "tolerance = 5", "targets[0]: needs either `value` or `range`"),
        (HIGHER, "range = [80, 85]\ntolerance = 5", "targets[0].range: belongs to better = \"range\""),
        (RANGE, "value = 85\ntolerance = 5", "targets[0].value: better = \"range\" needs a range"),
        (RANGE, "range = [18, 14]\ntolerance = 5", "targets[0].range: its first number is greater than its second"),
        (
            HIGHER,
            "rule = \"absolute\"\ngreen = 80\namber = 80.1",
            "targets[0].amber: is harder to meet than the target",
        ),
        (LOWER, "rule = \"absolute\"\ngreen = 10\namber = 9.9", "targets[0].amber: is harder to meet than the target"),
        (
            RANGE,
            "rule = \"absolute\"\ngreen = [14, 18]\namber = [15, 20]",
            "targets[0].amber: is harder to meet than the target",
        ),
        (HIGHER, "rule = \"absolute\"\ngreen = 85", "targets[0].amber: is missing"),
        (HIGHER, "rule = \"floor\"\nvalue = 80\nfloor = 81", "targets[0].floor: is harder to meet than the target"),
        (LOWER, "rule = \"floor\"\nvalue = 80\nfloor = 79", "targets[0].floor: is harder to meet than the target"),
        (RANGE, "rule = \"floor\"\nrange = [14, 18]\nfloor = 10", "targets[0].floor: a range has no floor"),
        (HIGHER, "rule = \"floor\"\nvalue = 80", "targets[0].floor: is missing"),
        (HIGHER, "rule = \"zero\"\nvalue = 80\ntolerance = 5", "targets[0].tolerance: is not a known key"),
        (
            HIGHER,
            "rule = \"range\"\nvalue = 80\ntolerance = 5",
            "targets[0].rule: \"range\" belongs to better = \"range\"",
        ),
        (
            RANGE,
            "rule = \"range\"\nrange = [14, 18]\ntolerance = 2\nlimit = 25",
            "targets[0].maximum: `maximum` and `limit` belong together",
        ),
        (
            RANGE,
            "rule = \"range\"\nrange = [14, 18]\ntolerance = 2\nlimit = 25\nmaximum = \"B\"",
            "targets[0].maximum: \"B\" is not an indicator",
        ),
    ] {
        assert_eq!(target(head, keys), [expected], "{keys}");
    }
    let unread = target(HIGHER, "rule = \"pionts\"\nvalue = 85\ntolerance = 5");
    assert!(unread.len() == 1 && unread[0].starts_with("targets[0].rule: "), "{unread:?}");
}

#[test]
fn the_largest_must_come_with_its_mean() {
    let keys = "[[indicators.A.targets]]\nfrom = \"2025-04\"\nsource = \"local\"\nrule = \"range\"\nrange = [14, 18]\ntolerance = 2\nlimit = 25\nmaximum = \"B\"\n";
    let other = |source: &str, frequency: &str| {
        format!(
            "[indicators.B]\ntitle = \"B\"\nplain = \"B\"\nnoun = \"children\"\nowner = \"O\"\nbasis = \"snapshot\"\nunit = \"count\"\n\
             better = \"none\"\nsource = \"{source}\"\nfrequency = \"{frequency}\"\n"
        )
    };
    let found = |source: &str, frequency: &str| faults(RANGE, &format!("{keys}{}", other(source, frequency)));
    assert_eq!(found("s", "monthly"), [""; 0]);
    for (source, frequency) in [("t", "monthly"), ("s", "quarterly")] {
        assert_eq!(found(source, frequency), ["targets[0].maximum: B has another source, frequency or lag"]);
    }
}

#[test]
fn benchmarks_say_whose_when_and_from_where() {
    let benchmark = |keys: &str| faults(HIGHER, &format!("[[indicators.A.benchmarks]]\n{keys}\n"));
    let whole = "of = \"england\"\nvalue = 69\nperiod = \"2024/25\"\nsource = \"DfE\"";
    assert_eq!(benchmark(whole), [""; 0]);
    assert_eq!(
        benchmark("value = 101"),
        [
            "benchmarks[0].of: is missing",
            "benchmarks[0].period: is missing",
            "benchmarks[0].source: is missing",
            "benchmarks[0].value: is not between 0 and 100",
        ]
    );
    assert_eq!(
        benchmark(&format!("{whole}\n[[indicators.A.benchmarks]]\n{whole}")),
        ["benchmarks: two benchmarks are of the same"]
    );
    let reason = "no_benchmark = \"No council must return it.\"";
    assert_eq!(faults(&format!("{HIGHER}\n{reason}"), ""), [""; 0]);
    assert_eq!(
        faults(&format!("{HIGHER}\n{reason}"), &format!("[[indicators.A.benchmarks]]\n{whole}\n")),
        ["no_benchmark: stands beside `benchmarks`"]
    );
}

#[test]
fn a_share_is_statutory_where_it_is_everyone_and_nowhere_else() {
    let of = |head: &str, source: &str, keys: &str| {
        faults(head, &format!("[[indicators.A.targets]]\nfrom = \"2025-04\"\nsource = \"{source}\"\n{keys}\n"))
    };
    let said = |all: &str| {
        format!(
            "targets[0].source: \"statutory\" is said of a number other than {all}, and the law asks for a thing in every case"
        )
    };
    let days = "unit = \"days\"\nbetter = \"lower\"";
    let duty = "duty = \"the 45 days are statutory guidance\"\nbecause = \"A step on the way.\"";
    for (head, source, keys, expected) in [
        (HIGHER, "statutory", "value = 100\ntolerance = 5", None),
        (HIGHER, "statutory", "value = 99.9\ntolerance = 5", Some(said("100"))),
        (HIGHER, "statutory", "rule = \"floor\"\nvalue = 100\nfloor = 88", None),
        (LOWER, "statutory", "rule = \"zero\"\nvalue = 0", None),
        (LOWER, "statutory", "value = 0.1\ntolerance = 0", Some(said("0"))),
        (days, "statutory", "value = 426\ntolerance = 0", None),
        (HIGHER, "local", "value = 88\ntolerance = 5", None),
        (HIGHER, "national", "value = 88\ntolerance = 5", None),
    ] {
        let expected: Vec<String> = expected.into_iter().collect();
        assert_eq!(of(head, source, keys), expected, "{keys}");
        assert_eq!(of(head, source, &format!("{keys}\n{duty}")), expected, "{keys}");
    }
}
