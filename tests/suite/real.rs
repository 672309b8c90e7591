//! The main job on real published figures. Every expected value here was read
//! off the published file by eye, none was worked out by the program.

use crate::support::{Council, copy, root, validate};

fn service(name: &str) -> String {
    format!(
        "[council]\nname = \"{name}\"\ncontact = \"performance@example.org\"\n\
         [schedule]\nfirst_period = \"2020-01\"\n\
         [storage.share]\nkind = \"directory\"\npath = \"../share\"\n"
    )
}

fn indicator(reference: &str, title: &str, source: &str, rest: &str) -> String {
    format!(
        "[indicators.{reference}]\ntitle = \"{title}\"\nplain = \"{title}, as published.\"\nnoun = \"staff\"\n\
         owner = \"Head of Workforce\"\nsource = \"{source}\"\n{rest}\n"
    )
}

fn board(title: &str, indicators: &[&str]) -> String {
    format!(
        "title = \"{title}\"\nscorecard = \"Published figures\"\nowner = \"Head of Workforce\"\n\
         schedule = {{ working_day = 3 }}\n\
         [[sections]]\nnumber = \"1\"\ntitle = \"Workforce\"\nindicators = {indicators:?}\n"
    )
}

/// An NHS publication: months down the page in Table 1 under a head without a
/// name, and across it, newest first, in Table 2.
fn nhs() -> Council {
    let council = Council::empty();
    let monthly =
        "unit = \"percent\"\nprecision = 2\nbetter = \"lower\"\nfrequency = \"monthly\"\nbasis = \"in-period\"\n";
    let target = "[[indicators.NHS-LON.targets]]\nfrom = \"2021-01\"\nvalue = 4\ntolerance = 0.5\nsource = \"local\"\n";
    let register = [
        indicator("NHS-ENG", "Sickness absence, England", "table-one", monthly),
        indicator("NHS-LON", "Sickness absence, London", "table-one", &format!("{monthly}{target}")),
        indicator("NHS-ALL", "Sickness absence, all staff", "table-two", monthly),
        indicator("NHS-TWO", "Sickness absence, second group", "table-two", monthly),
    ]
    .concat();
    let sources = r#"
[sources.table-one]
title = "NHS sickness absence, table 1"
files = "publication_template.xlsx"
sheet = "Table 1"
layout = "columns"
header_rows = [3]
drop_rows = ["^Source", "^Notes", "^Copyright", '^\d$']
percent = "points"
month = { column = "", formats = ["%B %Y"] }
[sources.table-one.indicators]
NHS-ENG = "England"
NHS-LON = "London"

[sources.table-two]
title = "NHS sickness absence, table 2"
files = "publication_template.xlsx"
sheet = "Table 2"
layout = "wide"
header_rows = [3]
drop_rows = ["^Notes"]
percent = "points"
month = { formats = ["%B %Y"] }
columns = { indicator = "" }
[sources.table-two.indicators]
NHS-ALL = "Breakdown_category_totals"
NHS-TWO = "Breakdown_category_2"
"#;
    council
        .write("config/boardpack.toml", service("A National Health Service body"))
        .write("config/indicators.toml", register)
        .write("config/sources.toml", sources)
        .write("config/boards/nhs.toml", board("Workforce Committee", &["NHS-ENG", "NHS-LON", "NHS-ALL", "NHS-TWO"]));
    copy(&root().join("tests/data/real"), &council.path("share"));
    council
}

#[test]
fn the_nhs_sickness_absence_series_both_ways_across_the_page() {
    let council = nhs();
    council.boardpack(&["run", "--period", "2021-10"]);
    let figures = council.figures("2021-10", "nhs", 1);
    let columns = ["value", "previous_value", "movement", "rating", "sheet", "cell"];
    assert_eq!(figures.row("NHS-ENG", columns), ["5.66", "5.38", "0.28", "unrated", "Table 1", "B11"]);
    assert_eq!(figures.row("NHS-LON", columns), ["4.89", "4.67", "0.22", "red", "Table 1", "C11"]);
    assert_eq!(figures.row("NHS-ALL", columns), ["5.66", "5.38", "0.28", "unrated", "Table 2", "D4"]);
    assert_eq!(figures.row("NHS-TWO", columns), ["1.79", "1.63", "0.16", "unrated", "Table 2", "D8"]);
    validate(&council.pdfs("published"));
}

#[test]
fn a_tag_that_was_never_filled_in_holds_the_pack_and_is_named() {
    let council = nhs();
    let output = council.boardpack(&["run", "--period", "2021-11"]).code(3).get_output().clone();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("publication_template.xlsx › Table 1 › B12: found text \"tag_table1\""), "{text}");
    assert!(text.contains("publication_template.xlsx › Table 2 › C4: found text \"tag_table2_1\""), "{text}");
    assert!(council.files("published").is_empty());
}

/// The Department for Education's workforce of one authority: annual figures
/// at 30 September, published in February.
fn workforce(release: &str) -> Council {
    let council = Council::empty();
    let annual = |unit: &str, better: &str, rest: &str| {
        format!(
            "unit = \"{unit}\"\nbetter = \"{better}\"\nfrequency = \"annual\"\nyear_end = 9\nlag_months = 5\nbasis = \"snapshot\"\n{rest}"
        )
    };
    let target = |reference: &str, value: &str| {
        format!(
            "[[indicators.{reference}.targets]]\nfrom = \"2017-09\"\nvalue = {value}\ntolerance = 1\nsource = \"national\"\n"
        )
    };
    let register = [
        indicator("WF01", "Cases for each social worker", "csww", &annual("mean", "lower", &target("WF01", "16"))),
        indicator("WF02", "Vacancy rate", "csww", &annual("percent", "lower", &target("WF02", "10"))),
        indicator("WF03", "Turnover rate", "csww", &annual("percent", "lower", &target("WF03", "12"))),
        indicator("WF04", "Agency rate", "csww", &annual("percent", "lower", "")),
        indicator("WF07", "Case holders", "csww", &annual("mean", "none", "precision = 1\n")),
    ]
    .concat();
    let sources = r#"
[sources.csww]
title = "Children's social work workforce"
files = "csww.csv"
layout = "columns"
percent = "points"
month = { column = "time_period", formats = ["%Y"] }
filter = { geographic_level = "Local authority", la_name = "Sunderland" }
missing = { z = "not-applicable", x = "unavailable", u = "unreliable", low = "low", c = "suppressed" }
[sources.csww.indicators]
WF01 = "caseload_fte"
WF02 = "vacancy_rate_fte"
WF03 = "turnover_rate_fte"
WF04 = "agency_rate_fte"
WF07 = "case_holders_fte"
"#;
    council
        .write("config/boardpack.toml", service("An authority in the North East"))
        .write("config/indicators.toml", register)
        .write("config/sources.toml", sources)
        .write("config/boards/workforce.toml", board("Workforce Board", &["WF01", "WF02", "WF03", "WF04", "WF07"]));
    release_of(&council, release);
    council
}

/// Puts a release on the share, as a council would: under the same name.
fn release_of(council: &Council, release: &str) {
    let file = format!("tests/data/real/csww_indicators_2017_to_{release}.csv");
    council.write("share/csww.csv", std::fs::read(root().join(file)).unwrap());
}

const COLUMNS: [&str; 6] = ["period", "value", "previous_value", "movement", "rating", "status"];

#[test]
fn a_workforce_board_from_the_first_release() {
    let council = workforce("2024");
    council.boardpack(&["run", "--period", "2025-02"]).code(3);
    let figures = council.figures("2025-02", "workforce", 1);
    assert_eq!(figures.row("WF01", COLUMNS), ["2024-09", "17.2", "16.1", "1.1", "red", "shown"]);
    assert_eq!(figures.row("WF02", COLUMNS), ["2024-09", "4.2", "4.1", "0.1", "green", "shown"]);
    assert_eq!(figures.row("WF03", COLUMNS), ["2024-09", "0.9", "13.4", "-12.5", "green", "shown"]);
    assert_eq!(figures.row("WF04", COLUMNS), ["2024-09", "", "", "", "unrated", "low"]);
    assert_eq!(figures.row("WF07", COLUMNS), ["2024-09", "104.2", "107.8", "-3.6", "unrated", "shown"]);
    assert_eq!(figures.len(), 5);
    validate(&council.pdfs("published"));
}

#[test]
fn the_later_release_withdraws_a_figure_and_nothing_is_compared_with_it() {
    let council = workforce("2024");
    council.boardpack(&["run", "--period", "2025-02"]).code(3);
    release_of(&council, "2025");
    council.boardpack(&["run", "--period", "2026-02"]).code(3);
    let figures = council.figures("2026-02", "workforce", 1);
    assert_eq!(figures.row("WF01", COLUMNS), ["2025-09", "17.1", "17.2", "-0.1", "red", "shown"]);
    assert_eq!(figures.row("WF03", COLUMNS), ["2025-09", "11.8", "", "", "green", "shown"]);
    assert_eq!(figures.get("WF03", "reason"), "11.8% is 0.2 points below 12%: green; no previous figure");
    assert_eq!(figures.row("WF02", COLUMNS), ["2025-09", "5.0", "4.2", "0.8", "green", "shown"]);

    // The month published before, made again from the later release: the next
    // revision, without the figure that was withdrawn and without the year to come.
    let first = std::fs::read(&council.pdfs("published/2025-02")[0]).unwrap();
    council.boardpack(&["run", "--period", "2025-02"]).code(3);
    let again = council.figures("2025-02", "workforce", 2);
    assert_eq!(again.row("WF03", COLUMNS), ["2024-09", "", "13.4", "", "unrated", "not reliable"]);
    assert_eq!(again.row("WF01", COLUMNS), ["2024-09", "17.2", "16.1", "1.1", "red", "shown"]);
    let findings = council.read("published/2025-02/workforce/r2/findings.json");
    assert!(findings.contains("F402"), "figures of the year to come are left out, and said to be: {findings}");
    assert_eq!(std::fs::read(&council.pdfs("published/2025-02/workforce/r1")[0]).unwrap(), first);
}
