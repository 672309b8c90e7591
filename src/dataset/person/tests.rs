//! Conditions, each on both sides of its boundary, and what findings never say.

use std::path::Path;

use super::super::{Checked, Dataset, read};
use crate::config::{Config, Files, Loaded};
use crate::domain::finding::Place;
use crate::domain::ids::{IndicatorRef, SourceId};
use crate::domain::indicator::Indicator;
use crate::domain::observation::Reading;
use crate::workbook;

/// A council with one list and one percentage, counted as given.
fn council(source: &str, count: &str) -> Result<Config, String> {
    let texts = [
        (
            "boardpack.toml",
            "[council]\nname = \"A\"\ncontact = \"B\"\n[schedule]\nfirst_period = \"2021-01\"\n\
             [storage.share]\nkind = \"directory\"\npath = \"share\"\n[publish]\npath = \"p\"\nheld = \"h\"\n"
                .to_owned(),
        ),
        (
            "indicators.toml",
            "[indicators.K1]\ntitle = \"T\"\nplain = \"P\"\nunit = \"percent\"\nnoun = \"children\"\nbetter = \"none\"\n\
             frequency = \"monthly\"\nbasis = \"snapshot\"\nsource = \"list\"\nowner = \"O\"\n"
                .to_owned(),
        ),
        (
            "sources.toml",
            format!(
                "[sources.list]\ntitle = \"L\"\nfiles = \"l.csv\"\n{source}\n[sources.list.count.K1]\nsheet = \"l\"\n{count}\n"
            ),
        ),
        (
            "boards/b.toml",
            "title = \"B\"\nscorecard = \"S\"\nowner = \"O\"\nschedule = { working_day = 3 }\n\
             [[sections]]\nnumber = \"1\"\ntitle = \"T\"\nindicators = [\"K1\"]\n"
                .to_owned(),
        ),
        ("calendar.toml", "bank_holidays = [\"2021-04-02\"]\n".to_owned()),
    ];
    let files = Files::from_texts(texts.map(|(name, text)| (name.to_owned(), text)));
    Loaded::resolve(Path::new("."), &files, &[], crate::storage::KINDS)
        .map(|loaded| loaded.config)
        .map_err(|error| error.to_string())
}

fn read_list(csv: &str, source: &str, count: &str) -> Checked<Dataset> {
    let config = council(&format!("person_level = true\n{source}"), count).unwrap();
    let source = &config.sources[&SourceId::parse("list").unwrap()];
    let indicators: Vec<&Indicator> = config.register.values().collect();
    let at = Place { file: Some("l.csv".into()), ..Place::default() };
    let book = workbook::read(csv.as_bytes(), &at).value.unwrap();
    read(source, &indicators, &book, "l.csv", "2021-03".parse().unwrap())
}

/// "2/3", or what was found instead.
fn counted(csv: &str, source: &str, count: &str) -> String {
    let read = read_list(csv, source, count);
    let observation = read.value.reading(&IndicatorRef::parse("K1").unwrap(), "2021-03".parse().unwrap());
    let mut said = match observation.map(|observation| observation.reading) {
        Some(Reading::Figure(figure)) => format!("{}/{}", figure.numerator.unwrap(), figure.denominator.unwrap()),
        Some(Reading::Missing(reason)) => format!("{reason:?}"),
        None => "nothing".to_owned(),
    };
    for finding in &read.findings {
        said.push_str(&format!(
            " {} {}",
            finding.code,
            finding.at.cell.map_or("·".to_owned(), |cell| cell.to_string())
        ));
    }
    said
}

const DATES: &str = "date_formats = [\"%d/%m/%Y\"]";

#[test]
fn dates_are_held_against_the_snapshot() {
    let csv = "UPN,Seen\na,30/03/2021\nb,31/03/2021\nc,01/04/2021\nd,31/03/2020\ne,01/04/2020\nf,#N/A\ng, \n";
    for (test, expected) in [
        ("before = \"snapshot\"", "3/7"),
        ("on_or_before = \"snapshot\"", "4/7"),
        ("after = \"snapshot\"", "1/7"),
        ("on_or_after = \"snapshot\"", "2/7"),
        ("on_or_before = \"2021-03-30\"", "3/7"),
        ("after = \"snapshot - 12 months\", on_or_before = \"snapshot\"", "3/7"),
        ("on_or_after = \"snapshot - 12 months\", on_or_before = \"snapshot\"", "4/7"),
        ("present = true", "5/7"),
        ("absent = true", "2/7"),
        ("present = false", "2/7"),
    ] {
        assert_eq!(counted(csv, DATES, &format!("where = [{{ column = \"Seen\", {test} }}]")), expected, "{test}");
    }
}

#[test]
fn texts_are_compared_without_case_blanks_and_declared_prefixes() {
    let csv = "UPN,Sex\na,Female\nb,b) Female\nc,\"b)\u{a0}FEMALE \"\nd,a) Male\ne,\n";
    let strip = "strip = '^[a-z]\\) '";
    for (source, test, expected) in [
        (strip, "is = \"female\"", "3/5"),
        (strip, "is = \"b) Female\"", "3/5"),
        ("", "is = \"female\"", "1/5"),
        ("", "is = \"B) female\"", "2/5"),
        (strip, "one_of = [\"female\", \"male\"]", "4/5"),
        // Nothing at all is not female either; ask for `present` where that matters.
        (strip, "is_not = \"female\"", "2/5"),
        (strip, "is_not = \"female\", present = true", "1/5"),
        ("", "matches = '^[a-b]\\) '", "3/5"),
    ] {
        assert_eq!(counted(csv, source, &format!("where = [{{ column = \"Sex\", {test} }}]")), expected, "{test}");
    }
}

#[test]
fn days_and_working_days_stop_at_their_limit() {
    // Good Friday is 2 April 2021: 4 days and 1 working day to Monday the 5th.
    let csv = "UPN,From,To\na,01/04/2021,05/04/2021\nb,01/04/2021,06/04/2021\nc,01/04/2021,\n";
    for (test, expected) in [
        ("days_between = [\"From\", \"To\"], at_most = 4", "1/3"),
        ("days_between = [\"From\", \"To\"], at_most = 5", "2/3"),
        ("days_between = [\"From\", \"To\"], over = 4", "1/3"),
        ("working_days_between = [\"From\", \"To\"], at_most = 1", "1/3"),
        ("working_days_between = [\"From\", \"To\"], under = 1", "0/3"),
        ("working_days_between = [\"From\", \"To\"], at_least = 2", "1/3"),
        ("days_between = [\"2021-03-31\", \"From\"], at_most = 1", "3/3"),
    ] {
        assert_eq!(counted(csv, DATES, &format!("where = [{{ {test} }}]")), expected, "{test}");
    }
    // The wrong way round is neither quick nor slow.
    let back = "UPN,From,To\na,02/04/2021,01/04/2021\n";
    let test = "where = [{ days_between = [\"From\", \"To\"], at_most = 4 }]";
    assert_eq!(counted(back, DATES, test), "0/1 F208 C2");
}

#[test]
fn ages_change_on_the_birthday() {
    let csv = "UPN,DOB\na,31/03/2005\nb,01/04/2005\n";
    let under = |years| format!("where = [{{ column = \"DOB\", age_at = \"snapshot\", under = {years} }}]");
    assert_eq!(counted(csv, DATES, &under(16)), "1/2");
    assert_eq!(counted(csv, DATES, &under(17)), "2/2");
    let from = "where = [{ column = \"DOB\", age_at = \"snapshot\", at_least = 16 }]";
    assert_eq!(counted(csv, DATES, from), "1/2");
}

#[test]
fn rows_are_counted_of_rows_and_once_each_where_asked() {
    let csv = "UPN,Moves,End\na,3,\na,1,\nb,2,\nc,4,1/1/2021\n\nTotal\n";
    let of = "of = [{ any = [{ column = \"End\", absent = true }, { column = \"End\", after = \"snapshot\" }] }]";
    let three = "where = [{ column = \"Moves\", at_least = 3 }]";
    assert_eq!(counted(csv, DATES, &format!("{of}\n{three}")), "1/3");
    assert_eq!(counted(csv, DATES, &format!("distinct = \"UPN\"\n{of}\n{three}")), "1/2");
    assert_eq!(counted(csv, DATES, "of = [{ column = \"Moves\", over = 4 }]"), "NoneOfNone");
    assert_eq!(counted("UPN,Moves,End\nTotal,,\n", "", "of = []"), "nothing F205 ·");
}

#[test]
fn a_cell_that_cannot_be_used_stops_the_count_only_where_it_matters() {
    let csv = "UPN,Moves,Left\nSecret,many,yes\nSecret,Hush,no\n,1,no\n";
    let of = "of = [{ column = \"Left\", is = \"no\" }]\nwhere = [{ column = \"Moves\", at_least = 1 }]";
    assert_eq!(counted(csv, "", of), "nothing F207 B3");
    assert_eq!(counted(csv, "absent = \"hush\"", of), "1/2");
    assert_eq!(counted(csv, "absent = \"hush\"", &format!("distinct = \"UPN\"\n{of}")), "nothing F207 A4");
}

#[test]
fn no_finding_says_what_a_cell_holds() {
    let csv = "UPN,From,To,Sex\nSecret,Hush,whisper,#REF!\n4711,0815,#DIV/0!,Female\n";
    for count in [
        "where = [{ column = \"From\", before = \"snapshot\" }]",
        "where = [{ column = \"To\", at_least = 1 }]",
        "where = [{ working_days_between = [\"From\", \"To\"], at_most = 1 }]",
        "where = [{ column = \"Secrets\", present = true }]",
        // A header row that is none: a child's row must not be quoted as headers.
        "header_rows = [2]\nwhere = [{ column = \"Secrets\", present = true }]",
        "header_rows = [2]\nwhere = [{ column = \"Sex\", is = \"x\" }]",
        "sheet = \"l\"\ndistinct = \"To\"",
    ] {
        let count = count.replace("sheet = \"l\"\n", "");
        let read = read_list(csv, "absent = []", &count);
        for finding in &read.findings {
            let said = format!("{finding} {finding:?}").replace("Secrets", "");
            for cell in ["Secret", "Hush", "whisper", "#REF", "4711", "0815", "#DIV", "Female"] {
                assert!(!said.contains(cell), "{count}: {said}");
            }
        }
        assert!(!read.findings.is_empty() || count.contains("distinct"), "{count}");
    }
}

#[test]
fn a_missing_header_is_named_with_the_nearest() {
    let read =
        read_list("UPN,Date of Referral\na,b\n", "", "where = [{ column = \"Date of referal\", present = true }]");
    assert_eq!(
        read.findings[0].to_string(),
        "F202 blocking · l.csv › l: no column is headed \"Date of referal\" for K1. To mend: rename the column, or \
         change the header in sources.toml; did you mean \"Date of Referral\"?"
    );
}

#[test]
fn every_fault_of_a_declaration_is_told_at_once() {
    let faults = council(
        "person_level = true",
        "wher = 1\nof = [{ column = \"A\" }, { is = \"x\" }, { column = \"A\", after = \"today\" }, \
         { column = \"B\", matches = '(' }, { days_between = [\"A\"], at_most = 1 }, { column = \"A\", ist = \"x\" }]",
    )
    .unwrap_err();
    insta::assert_snapshot!(faults);
    let without = council("layout = \"wide\"\ncolumns = { indicator = \"Ref\" }", "").unwrap_err();
    assert!(without.contains("write person_level = true"), "{without}");
    let none = council("person_level = true", "[sources.list.count.K2]\nsheet = \"l\"").unwrap_err();
    assert!(none.contains("sources.list.count.K2: is not in the register"), "{none}");
}

#[test]
fn the_rows_of_a_list_are_counted_and_held_to_what_is_declared() {
    let csv = "UPN,Seen\na,30/03/2021\nb,31/03/2021\nc,01/04/2021\n";
    let test = "where = [{ column = \"Seen\", present = true }]";
    let with = |min: u32| {
        // The table of a source goes before its counts.
        let source = format!("person_level = true\n{DATES}\n[sources.list.checks]\nrows = {{ min = {min} }}\n");
        let config = council(&source, test).unwrap();
        let source = &config.sources[&SourceId::parse("list").unwrap()];
        let indicators: Vec<&Indicator> = config.register.values().collect();
        let book = workbook::read(csv.as_bytes(), &Place::default()).value.unwrap();
        let read = read(source, &indicators, &book, "l.csv", "2021-03".parse().unwrap());
        let codes: Vec<String> = read.findings.iter().map(|finding| finding.code.to_string()).collect();
        (read.value.rows(), codes)
    };
    assert_eq!(with(3), (3, vec![]));
    assert_eq!(with(4), (3, vec!["F231".to_owned()]));
}
