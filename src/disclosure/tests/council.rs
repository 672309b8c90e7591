//! A council's figures weighed together: over boards, months, parts and sums.

use std::collections::BTreeMap;
use std::path::Path;

use crate::config::{Config, Files, Loaded};
use crate::dataset::Dataset;
use crate::disclosure::council::{Withheld, weigh};
use crate::disclosure::known::{Known, KnownFigure};
use crate::disclosure::public::public;
use crate::domain::{Checked, Code, Finding, IndicatorRef, Place, SourceId};

/// Two public boards: the first shows A and T, the second, stricter, B.
pub(super) fn weighed(register: &str, second: &str, rows: &str) -> Withheld {
    weighed_after(&Known::default(), register, second, rows)
}

/// The same after what public packs have shown.
pub(super) fn weighed_after(known: &Known, register: &str, second: &str, rows: &str) -> Withheld {
    let (config, datasets) = read(register, second, rows);
    weigh((&config.register, &config.sums), &config.boards, &datasets, known)
}

/// The indicators of a register.
pub(super) fn register(register: &str) -> crate::domain::Register {
    read(register, "", "A,2026-10,9,,").0.register
}

/// The council, and what was read of its one source.
fn read(register: &str, second: &str, rows: &str) -> (Config, BTreeMap<SourceId, Checked<Dataset>>) {
    let config = council(register, second);
    let datasets = read_at(&config, rows, "2026-10");
    (config, datasets)
}

/// What its one source says, up to a month.
pub(super) fn read_at(config: &Config, rows: &str, period: &str) -> BTreeMap<SourceId, Checked<Dataset>> {
    let book = crate::workbook::read(format!("i,m,v,n,d\n{rows}\n").as_bytes(), &Place::default()).value.unwrap();
    let source = config.sources.values().next().unwrap();
    let indicators: Vec<_> = config.register.values().collect();
    let read = crate::dataset::read(source, &indicators, &book, "s.csv", period.parse().unwrap());
    BTreeMap::from([(source.id.clone(), read)])
}

/// Two public boards: the first shows A and T, the second, stricter, B.
pub(super) fn council(register: &str, second: &str) -> Config {
    let board = |shown: &str, more: &str| {
        format!(
            "title = \"B\"\nscorecard = \"S\"\nowner = \"O\"\nschedule = {{ working_day = 1 }}\n{more}\n[[sections]]\nnumber = \"1\"\ntitle = \"T\"\nindicators = [{shown}]\n"
        )
    };
    let (one, two) = (board("\"A\", \"T\"", ""), board("\"B\"", second));
    let files = [
        (
            "boardpack.toml",
            "[council]\nname = \"C\"\ncontact = \"C\"\n[schedule]\nfirst_period = \"2026-10\"\n[publish]\nrestricted = \"r\"\n[storage.share]\nkind = \"directory\"\npath = \".\"\n",
        ),
        ("indicators.toml", register),
        (
            "sources.toml",
            "[sources.s]\ntitle = \"S\"\nfiles = \"s.csv\"\nlayout = \"long\"\nmonth = { column = \"m\", formats = [\"%Y-%m\"] }\ncolumns = { indicator = \"i\", value = \"v\", numerator = \"n\", denominator = \"d\" }\nmissing = { \"\" = \"not-supplied\", c = \"suppressed\" }\n",
        ),
        ("boards/one.toml", one.as_str()),
        ("boards/two.toml", two.as_str()),
    ];
    let files = Files::from_texts(files.map(|(name, text)| (name.to_owned(), text.to_owned())));
    Loaded::resolve(Path::new("."), &files, &[], crate::storage::KINDS).unwrap().config
}

pub(super) fn entry(name: &str, unit: &str, more: &str) -> String {
    format!(
        "[indicators.{name}]\ntitle = \"{name}\"\nplain = \"P\"\nnoun = \"children\"\nowner = \"O\"\nsource = \"s\"\nbetter = \"none\"\nfrequency = \"monthly\"\nunit = \"{unit}\"\n{more}\n"
    )
}

pub(super) const SNAPSHOT: &str = "basis = \"snapshot\"";

/// Which of A, B and T are hidden in October.
pub(super) fn hidden(withheld: &Withheld) -> String {
    let is_hidden = |name: &&str| withheld.hides(&IndicatorRef::parse(name).unwrap(), "2026-10".parse().unwrap());
    ["A", "B", "T"].iter().filter(|name| is_hidden(name)).copied().collect()
}

fn of(unit: &str, a: &str, rows: &str) -> String {
    let others = entry("B", "count", SNAPSHOT) + &entry("T", "count", SNAPSHOT);
    hidden(&weighed(&(entry("A", unit, &format!("{SNAPSHOT}\n{a}")) + &others), "", rows))
}

#[test]
fn both_sides_of_every_rule_for_one_figure() {
    for (unit, more, row, expected) in [
        ("count", "", "0,,", ""),
        ("count", "", "1,,", "A"),
        ("count", "", "5,,", "A"),
        ("count", "", "6,,", ""),
        ("count", "disclosure = { sensitive = false }", "1,,", ""),
        ("count", "disclosure = { threshold = 2 }", "3,,", ""),
        ("count", "disclosure = { threshold = 9 }", "9,,", "A"),
        // Few of many, many of few, and the rest of a group.
        ("percent", "", ",5,100", "A"),
        ("percent", "", ",6,100", ""),
        ("percent", "", ",9,9", ""),
        ("percent", "disclosure = { whole_group = true }", ",9,9", "A"),
        ("percent", "", ",81,86", "A"),
        ("percent", "", ",80,86", ""),
        ("percent", "disclosure = { complement = false }", ",81,86", ""),
        ("percent", "disclosure = { sensitive = false }", ",1,2", ""),
        // A rate says how many as soon as the population is known.
        ("rate", "per = 10000", ",5,61000", "A"),
        ("rate", "per = 10000", ",6,61000", ""),
        // So does a population of few, of whom there may be none or many.
        ("rate", "per = 1000", ",0,4", "A"),
        ("rate", "per = 1000", ",12,5", "A"),
        ("rate", "per = 1000", ",12,6", ""),
        ("rate", "per = 1000\ndisclosure = { sensitive = false }", ",12,4", ""),
        // A mean of few says what each is like.
        ("score", "", "14,,5", "A"),
        ("score", "", "14,,6", ""),
        ("score", "", "14,,", ""),
    ] {
        assert_eq!(of(unit, more, &format!("A,2026-10,{row}")), expected, "{unit} {more} {row}");
    }
}

#[test]
fn a_total_that_would_give_a_part_away_is_hidden_with_it_or_another_part_is() {
    let register = entry("A", "count", SNAPSHOT)
        + &entry("B", "count", SNAPSHOT)
        + &entry("T", "count", &format!("{SNAPSHOT}\nchecks = {{ total_of = [\"A\", \"B\"] }}"));
    let rows = |a, b, t| format!("A,2026-10,{a},,\nB,2026-10,{b},,\nT,2026-10,{t},,");
    assert_eq!(hidden(&weighed(&register, "", &rows(40, 30, 70))), "");
    let with_few = hidden(&weighed(&register, "", &rows(3, 30, 33)));
    assert!(with_few.starts_with('A') && with_few.len() == 2, "{with_few}");
    // What the source gets wrong, no reader can use.
    assert_eq!(hidden(&weighed(&register, "", &rows(3, 30, 50))), "A");
}

#[test]
fn the_strictest_board_that_shows_a_figure_decides_for_all() {
    let register =
        |shown: &str| entry("A", "count", SNAPSHOT) + &entry("B", "count", SNAPSHOT) + &entry("T", "count", shown);
    let rows = "B,2026-10,8,,";
    assert_eq!(hidden(&weighed(&register(SNAPSHOT), "", rows)), "");
    assert_eq!(hidden(&weighed(&register(SNAPSHOT), "disclosure = { threshold = 10 }", rows)), "B");
    // A board that the public never sees sets nothing and hides nothing.
    let private = "editions = [\"restricted\"]\nexempt = { because = \"It meets in private.\" }";
    assert_eq!(hidden(&weighed(&register(SNAPSHOT), private, "B,2026-10,3,,")), "");
}

#[test]
fn a_year_to_date_does_not_say_what_one_month_was() {
    let ytd = "basis = \"year-to-date\"";
    let register = entry("A", "count", ytd) + &entry("B", "count", SNAPSHOT) + &entry("T", "count", SNAPSHOT);
    let rows = |september, october| format!("A,2026-09,{september},,\nA,2026-10,{october},,");
    assert_eq!(hidden(&weighed(&register, "", &rows(20, 30))), "");
    let few = weighed(&register, "", &rows(20, 23));
    let a = IndicatorRef::parse("A").unwrap();
    let months = ["2026-09", "2026-10"].map(|month| few.hides(&a, month.parse().unwrap()));
    assert!(months.contains(&true), "20 and 23 together say 3");
    assert_eq!(hidden(&weighed(&register, "", &rows(20, 20))), "", "nobody is shown");
}

#[test]
fn a_percentage_without_its_numbers_cannot_be_weighed_and_is_told() {
    let register = entry("A", "percent", SNAPSHOT) + &entry("B", "count", SNAPSHOT) + &entry("T", "count", SNAPSHOT);
    let withheld = weighed(&register, "", "A,2026-10,50,,");
    let codes: Vec<Code> = withheld.findings().iter().map(|finding| finding.code).collect();
    assert_eq!(codes, [Code::Unweighed]);
}

/// A with its parts by age (x and y) and by home (p, q and r).
fn parted() -> String {
    let breakdown = |id: &str, categories: &[&str]| {
        let categories: Vec<String> =
            categories.iter().map(|name| format!("{{ id = \"{name}\", title = \"{name}\" }}")).collect();
        format!("[indicators.A.breakdowns.{id}]\ntitle = \"{id}\"\ncategories = [{}]\n", categories.join(", "))
    };
    let parts = breakdown("age", &["x", "y"]) + &breakdown("home", &["p", "q", "r"]);
    entry("A", "count", &format!("{SNAPSHOT}\n{parts}"))
        + &entry("B", "count", SNAPSHOT)
        + &entry("T", "count", SNAPSHOT)
}

/// What of A and its parts is hidden in October, where each is given or empty.
fn hidden_parts(known: &Known, [a, x, y, p, q, r]: [&str; 6]) -> String {
    let row = |name: &str, value: &str| match value {
        "" => String::new(),
        value => format!("{name},2026-10,{value},,\n"),
    };
    let names = ["A", "A:age:x", "A:age:y", "A:home:p", "A:home:q", "A:home:r"];
    let rows: String = names.iter().zip([a, x, y, p, q, r]).map(|(name, value)| row(name, value)).collect();
    let withheld = weighed_after(known, &parted(), "", rows.trim());
    assert!(withheld.findings().iter().all(|finding| finding.code != Code::Recoverable), "{:?}", withheld.findings());
    let is_hidden = |name: &&&str| withheld.hides(&IndicatorRef::parse(name).unwrap(), "2026-10".parse().unwrap());
    let hidden: Vec<&str> = names.iter().filter(is_hidden).map(|name| name.rsplit(':').next().unwrap()).collect();
    hidden.join("")
}

#[test]
fn a_whole_that_is_not_given_is_as_good_as_given_where_other_parts_make_it() {
    let nothing = Known::default();
    // 3 is small, and 97 less what is shown would say so: 20 goes with it.
    assert_eq!(hidden_parts(&nothing, ["97", "40", "57", "74", "3", "20"]), "qr");
    assert_eq!(hidden_parts(&nothing, ["", "40", "57", "74", "3", "20"]), "qr");
    // Nobody knows the whole: 3 is hidden, and nothing gives it away.
    assert_eq!(hidden_parts(&nothing, ["", "40", "", "74", "3", "20"]), "q");
}

#[test]
fn a_whole_that_an_earlier_pack_printed_is_known_though_its_row_is_gone() {
    let mut known = Known::default();
    let told = KnownFigure { value: 97.into(), numerator: None, denominator: None };
    known.add(&IndicatorRef::parse("A").unwrap(), "2026-10".parse().unwrap(), told);
    assert_eq!(hidden_parts(&known, ["", "", "", "74", "3", "20"]), "qr");
    assert_eq!(hidden_parts(&Known::default(), ["", "", "", "74", "3", "20"]), "q");
}

#[test]
fn what_the_source_itself_leaves_out_is_not_given_away_by_the_rest() {
    let nothing = Known::default();
    // One part is c in the source: it is 3, or 6, by what the others leave.
    for (left_out, others_are_hidden) in [("c", true), ("", true)] {
        let hidden = hidden_parts(&nothing, ["97", "40", "57", "74", left_out, "20"]);
        assert_eq!(!hidden.is_empty(), others_are_hidden, "{hidden}");
    }
    assert_eq!(hidden_parts(&nothing, ["97", "40", "57", "71", "c", "20"]), "");
    // Two are c: together 3, or 6.
    assert_ne!(hidden_parts(&nothing, ["97", "40", "57", "94", "c", "c"]), "");
    assert_eq!(hidden_parts(&nothing, ["97", "40", "57", "91", "c", "c"]), "");
}

#[test]
fn a_year_to_date_over_a_month_without_one_does_not_say_what_the_two_were() {
    let ytd = "basis = \"year-to-date\"";
    let register = entry("A", "count", ytd) + &entry("B", "count", SNAPSHOT) + &entry("T", "count", SNAPSHOT);
    // One of the two ends is hidden, or neither.
    let of = |october: u32| {
        let withheld = weighed(&register, "", &format!("A,2026-08,30,,\nA,2026-10,{october},,"));
        let a = IndicatorRef::parse("A").unwrap();
        ["2026-08", "2026-10"].iter().filter(|month| withheld.hides(&a, month.parse().unwrap())).count()
    };
    assert_eq!(of(36), 0);
    assert_eq!(of(35), 1);
}

#[test]
fn that_a_figure_has_not_come_is_no_secret() {
    let register = entry("A", "count", SNAPSHOT) + &entry("B", "count", SNAPSHOT) + &entry("T", "count", SNAPSHOT);
    let (config, mut datasets) = read(&register, "", "A,2026-08,3,,\nA,2026-09,40,,");
    let withheld = weigh((&config.register, &config.sums), &config.boards, &datasets, &Known::default());
    let of_a = || Place { indicator: IndicatorRef::parse("A").ok(), ..Place::default() };
    for read in datasets.values_mut() {
        read.findings = vec![
            Finding::new(Code::NotSupplied, of_a(), "no figure was supplied for October 2026", ""),
            Finding::new(Code::Jump, of_a(), "found 40 after a hidden figure", ""),
        ];
    }
    let told: Vec<Code> = public((&config.register, &config.boards), &datasets, &withheld)
        .values()
        .flat_map(|read| &read.findings)
        .map(|finding| finding.code)
        .collect();
    assert_eq!(told, [Code::NotSupplied]);
}

/// A register with a stock, those who came and those who left, and a sum.
fn flows(sum: &str) -> String {
    let three = ["A", "B", "T"].map(|name| entry(name, "count", SNAPSHOT)).concat();
    format!("{three}{sum}")
}

#[test]
fn what_is_declared_to_add_up_gives_no_hidden_count_away() {
    // 418 and 7 who came are 421 and those who left: 4.
    let rows = "A,2026-09,418,,\nA,2026-10,421,,\nB,2026-10,7,,\nT,2026-10,4,,";
    let sum = "[[sums]]\nthese = [\"A before\", \"B\"]\nare = [\"A\", \"T\"]\n";
    let count = |register: &str| {
        let withheld = weighed(register, "", rows);
        let hides =
            |name: &str, month: &str| withheld.hides(&IndicatorRef::parse(name).unwrap(), month.parse().unwrap());
        let all = [("A", "2026-09"), ("A", "2026-10"), ("B", "2026-10"), ("T", "2026-10")];
        all.iter().filter(|(name, month)| hides(name, month)).count()
    };
    assert_eq!(count(&flows("")), 1);
    assert!(count(&flows(sum)) > 1);

    // One who left is not given at all: it is what the others leave.
    let without = rows.replace("\nT,2026-10,4,,", "");
    assert_eq!(hidden(&weighed(&flows(""), "", &without)), "");
    let withheld = weighed(&flows(sum), "", &without);
    assert!(!withheld.log().is_empty());
}

#[test]
fn a_denominator_that_is_another_indicators_count_is_hidden_with_it() {
    let register = |sum: &str| {
        // That none of 3 was on time may be known, where nothing else says that there were 3.
        let share = entry("A", "percent", &format!("{SNAPSHOT}\ndisclosure = {{ complement = false }}"));
        format!("{share}{}{}{sum}", entry("B", "count", SNAPSHOT), entry("T", "count", SNAPSHOT))
    };
    let rows = "A,2026-10,,0,3\nB,2026-10,3,,";
    assert_eq!(hidden(&weighed(&register(""), "", rows)), "B");
    assert_eq!(hidden(&weighed(&register("[[sums]]\nthese = [\"A all\"]\nare = [\"B\"]\n"), "", rows)), "AB");
}

#[test]
fn what_is_missing_is_worked_out_through_one_sum_and_then_the_next() {
    // B is gone, and so is its part y: B is 16 by the flows, and y what is left of it.
    let parts = "[indicators.B.breakdowns.reason]\ntitle = \"R\"\ncategories = [{ id = \"x\", title = \"X\" }, { id = \"y\", title = \"Y\" }, { id = \"z\", title = \"Z\" }]\n";
    let register = |sum: &str| {
        let b = entry("B", "count", &format!("{SNAPSHOT}\n{parts}"));
        format!("{}{b}{}{sum}", entry("A", "count", SNAPSHOT), entry("T", "count", SNAPSHOT))
    };
    let sum = "[[sums]]\nthese = [\"A before\", \"T\"]\nare = [\"A\", \"B\"]\n";
    // 16 less 6 and 7 is 3; less 10 it is none.
    let rows = |z: u32| {
        format!("A,2026-09,418,,\nA,2026-10,421,,\nT,2026-10,19,,\nB:reason:x,2026-10,6,,\nB:reason:z,2026-10,{z},,")
    };
    let count = |sum: &str, z: u32| weighed(&register(sum), "", &rows(z)).log().len();
    assert_eq!(count("", 7), 0);
    assert!(count(sum, 7) > 0);
    assert_eq!(count(sum, 10), 0);
}

#[test]
fn counts_that_are_always_the_same_are_one_count_undeclared() {
    let share = |name: &str| entry(name, "percent", &format!("{SNAPSHOT}\ndisclosure = {{ complement = false }}"));
    let register = format!("{}{}{}", share("A"), entry("B", "count", SNAPSHOT), entry("T", "count", SNAPSHOT));
    let rows = |months: u32, now: u32| -> String {
        let before = (1..=months).map(|i| {
            let n = 10 + i % 4;
            format!("A,2026-{:02},,{},{n}\nB,2026-{:02},{n},,\n", 10 - i, n - 7, 10 - i)
        });
        before.collect::<String>() + &format!("A,2026-10,,0,{now}\nB,2026-10,{now},,")
    };
    assert_eq!(hidden(&weighed(&register, "", &rows(8, 3))), "AB");
    // Too few months to know, and a count that is not small.
    assert_eq!(hidden(&weighed(&register, "", &rows(5, 3))), "B");
    assert_eq!(hidden(&weighed(&register, "", &rows(8, 9))), "");
}

#[test]
fn a_half_that_a_sum_gives_is_weighed_with_the_value_that_its_source_gives() {
    let with = |unit: &str, sum: &str| {
        entry("A", unit, SNAPSHOT)
            + &entry("B", "count", SNAPSHOT)
            + &entry("T", "count", &format!("{SNAPSHOT}\ndisclosure = {{ sensitive = false }}"))
            + sum
    };
    let counted = "[[sums]]\nthese = [\"A\"]\nare = [\"B\"]\n";
    let all = "[[sums]]\nthese = [\"A all\"]\nare = [\"T\"]\n";
    for (unit, sum, a, b, t, expected) in [
        // 37.5% of a count from 1 to 5 is 3 of 8, whatever hides the 3.
        ("percent", counted, "37.5", "3", "50", "AB"),
        ("percent", counted, "37.5", "6", "50", ""),
        // 6 of 9 leaves three.
        ("percent", counted, "66.7", "6", "50", "A"),
        // 25.0% of a printed 12 is 3.
        ("percent", all, "25.0", "70", "12", "A"),
        ("percent", all, "50.0", "70", "12", ""),
        ("percent", all, "0.0", "70", "12", ""),
        // 2.1 for each 10,000 of 14,200 is 3.
        ("rate\"\nper = 10000\n#", all, "2.1", "70", "14200", "A"),
        ("rate\"\nper = 10000\n#", all, "21.1", "70", "14200", ""),
        ("rate\"\nper = 10000\n#", counted, "2.1", "3", "50", "AB"),
        // Nothing says a half of it.
        ("percent", "", "37.5", "30", "50", ""),
    ] {
        let rows = format!("A,2026-10,{a},,\nB,2026-10,{b},,\nT,2026-10,{t},,");
        let withheld = weighed(&with(unit, sum), "", &rows);
        assert_eq!(hidden(&withheld), expected, "{unit} {sum} {a} {b} {t}");
        let is_unweighed = withheld.findings().iter().any(|finding| finding.code == Code::Unweighed);
        assert_eq!(is_unweighed, sum.is_empty(), "{unit} {sum} {a}");
    }
}
