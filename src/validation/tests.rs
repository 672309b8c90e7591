//! One source with hostile words in it, through every shape of the report.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::seen::fingerprint;
use super::*;
use crate::domain::{At, Code, Finding, Input, Period, Place, SourceId};

fn p(text: &str) -> Period {
    text.parse().unwrap()
}

fn id() -> SourceId {
    SourceId::parse("returns").unwrap()
}

/// "E7" as a place; the tests name no column past Z.
fn at(cell: &str) -> At {
    let (column, row) = cell.split_at(1);
    At { row: row.parse::<u32>().unwrap() - 1, column: crate::workbook::column(column).unwrap() }
}

fn finding(file: &str, cell: &str, message: &str) -> Finding {
    let at = Place {
        source: Some(id()),
        file: Some(file.into()),
        sheet: Some("Data <b>".into()),
        cell: Some(at(cell)),
        ..Place::default()
    };
    Finding::new(Code::CellNotNumber, at, message, "type it & save")
}

fn of_sources<const N: usize>(sources: [(SourceId, SourceFound); N]) -> CheckFound {
    CheckFound { sources: sources.into(), ..CheckFound::default() }
}

fn made(findings: Vec<Finding>, seen: &SeenFindings) -> CheckReport {
    let found = SourceFound { findings, ..SourceFound::default() };
    report("Wrenshire", p("2026-10"), &BTreeMap::new(), &of_sources([(id(), found)]), seen)
}

#[test]
fn a_finding_falls_into_found_expected_and_how_to_mend_it() {
    let report = made(vec![finding("a.xlsx", "E7", "found text \"x\"; expected a number")], &SeenFindings::default());
    let cell = &report.sources[0].cells[0];
    assert_eq!((cell.found.as_str(), cell.expected.as_str()), ("text \"x\"", "a number"));
    assert_eq!(cell.mend, "type it & save");
    assert_eq!(
        text::line(cell),
        "a.xlsx › Data <b> › E7: found text \"x\"; expected a number. To mend: type it & save. First seen this month."
    );
}

#[test]
fn a_rule_lists_its_first_ten_places_and_counts_them_all() {
    for (count, listed) in [(10, 10), (11, 10)] {
        let findings = (1..=count).map(|row| finding("a.xlsx", &format!("E{row}"), "found it")).collect();
        let report = made(findings, &SeenFindings::default());
        let rule = &report.sources[0].rules[0];
        assert_eq!((rule.count, rule.first.len(), report.sources[0].cells.len()), (count, listed, count));
    }
}

#[test]
fn places_of_an_indicator_that_are_mended_alike_are_told_in_one_line() {
    let of = |reference: &str, cell: &str| {
        let mut finding = finding("a.xlsx", cell, &format!("found text \"{cell}\"; expected a number"));
        finding.at.indicator = Some(crate::domain::IndicatorRef::parse(reference).unwrap());
        finding
    };
    let told = |findings: Vec<Finding>| {
        let text = text::details(&made(findings, &SeenFindings::default()));
        let lines = text.lines().filter(|line| line.starts_with("    "));
        lines
            .map(|line| line.rsplit(" First seen this month.").next().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
    };
    let row = |count: u32| (1..=count).map(|row| of("KPI1", &format!("E{row}"))).collect::<Vec<_>>();
    assert_eq!(told(row(1)), [""]);
    assert_eq!(told(row(2)), [" So in E2."]);
    assert_eq!(told(row(6)), [" So in E2, E3, E4, E5 and E6."]);
    assert_eq!(told(row(9)), [" So in E2, E3, E4, E5, E6 and 3 more of its cells."]);
    // Another indicator has a line of its own.
    assert_eq!(told(vec![of("KPI1", "E1"), of("KPI2", "F1"), of("KPI1", "E2")]), [" So in E2.", ""]);
    let many: Vec<Finding> = (1..=12).map(|nth| of(&format!("KPI{nth}"), &format!("E{nth}"))).collect();
    assert_eq!(told(many).last().map(String::as_str), Some("    and 2 more; --report DIR lists them all"));
}

#[test]
fn a_finding_is_seen_before_where_an_earlier_month_had_it_under_whatever_file_name() {
    let mut seen = SeenFindings::default();
    let september = finding("kpi_09.xlsx", "E7", "found text \"x\"; expected a number or -");
    seen.record(p("2026-09"), [("returns".to_owned(), &september)].into_iter());
    let seen = SeenFindings::parse(&seen.to_bytes().unwrap()).unwrap();
    for (cell, message, before) in [
        ("E7", "found text \"x\"; expected a number or -, c", true),
        ("E8", "found text \"x\"; expected a number or -", false),
        ("E7", "found text \"y\"; expected a number or -", false),
    ] {
        let report = made(vec![finding("kpi_10.xlsx", cell, message)], &seen);
        assert_eq!(report.sources[0].cells[0].seen_before, before, "{cell} {message}");
    }
    let cell = &made(vec![september], &seen).sources[0].cells[0];
    assert_eq!(cell.seen(), "Seen before, first for September 2026");
}

#[test]
fn checking_an_old_month_again_makes_nothing_older_than_it_was() {
    let mut seen = SeenFindings::default();
    let it = finding("a.xlsx", "E7", "found it");
    seen.record(p("2026-10"), [("returns".to_owned(), &it)].into_iter());
    assert_eq!(seen.first(&fingerprint("returns", &it), p("2026-10")), p("2026-10"));
    assert_eq!(seen.first(&fingerprint("returns", &it), p("2026-08")), p("2026-08"));
    seen.record(p("2026-08"), [("returns".to_owned(), &it)].into_iter());
    assert_eq!(seen.first(&fingerprint("returns", &it), p("2026-10")), p("2026-08"));
    // What was last seen 24 months ago is kept, 25 months ago is not.
    seen.record(p("2028-10"), std::iter::empty());
    assert_eq!(seen.first(&fingerprint("returns", &it), p("2028-10")), p("2026-08"));
    seen.record(p("2028-11"), std::iter::empty());
    assert_eq!(seen.first(&fingerprint("returns", &it), p("2028-11")), p("2028-11"));
}

#[test]
fn a_state_that_cannot_be_read_says_so() {
    assert!(SeenFindings::parse(b"{").unwrap_err().to_string().contains("hint: delete it"));
    assert!(SeenFindings::parse(b"{\"schema\": 2, \"findings\": {}}").is_err());
}

#[test]
fn the_page_is_accessible_and_what_stood_in_a_cell_is_text() {
    let page =
        html::page(&made(vec![finding("a.xlsx", "E7", "found <script>alert(1)</script>")], &SeenFindings::default()));
    assert!(page.starts_with("<!DOCTYPE html><html lang=\"en-GB\">"));
    for part in ["<header>", "<nav aria-label=", "<main id=\"main\">", "<footer>", "<caption>", "name=\"viewport\""] {
        assert!(page.contains(part), "{part}");
    }
    assert_eq!(page.matches("<h1>").count(), 1);
    assert!(!page.contains("<script") && !page.contains("Data <b>") && !page.contains("http"));
    assert!(page.contains("&lt;script&gt;"));
    // Every header says what it is the header of, and every id stands once.
    assert_eq!(page.matches("<th ").count(), page.matches("<th scope=\"").count());
    assert!(!page.contains("<th>"));
    let ids: Vec<&str> = page.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let unique: std::collections::BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(ids.len(), unique.len(), "{ids:?}");
    // What is opened is closed.
    for tag in
        ["header", "nav", "main", "section", "footer", "table", "thead", "tbody", "tr", "td", "ul", "li", "p", "div"]
    {
        let opened = page.matches(&format!("<{tag}>")).count() + page.matches(&format!("<{tag} ")).count();
        assert_eq!(opened, page.matches(&format!("</{tag}>")).count(), "{tag}");
    }
}

/// WCAG's contrast of two colours.
fn contrast(a: [u8; 3], b: [u8; 3]) -> f64 {
    let luminance = |colour: [u8; 3]| {
        let [r, g, b] = colour.map(|channel| {
            let c = f64::from(channel) / 255.0;
            if c <= 0.04045 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn every_pair_of_colours_can_be_read() {
    let page = html::page(&made(Vec::new(), &SeenFindings::default()));
    let colour = |text: &str| -> [u8; 3] {
        let hex = text.trim_start_matches('#');
        let hex: String = if hex.len() == 3 { hex.chars().flat_map(|c| [c, c]).collect() } else { hex.to_owned() };
        [0, 2, 4].map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap())
    };
    let after = |rule: &str, key: &str| {
        let from = rule.find(key)? + key.len();
        Some(colour(rule[from..].split(';').next()?.trim()))
    };
    let mut pairs = 0;
    for rule in page.lines().filter(|line| line.contains("background: #") && line.contains(" color: #")) {
        let (back, fore) = (after(rule, "background: ").unwrap(), after(rule, " color: ").unwrap());
        assert!(contrast(back, fore) >= 7.0, "{rule}");
        pairs += 1;
    }
    assert_eq!(pairs, 5);
    assert!(contrast(colour("#0b3d6b"), colour("#fff")) >= 7.0, "links");
}

#[test]
fn the_work_list_opens_and_holds_text_only() {
    let report = made(vec![finding("a.xlsx", "E7", "found =1+1; expected a number")], &SeenFindings::default());
    let bytes = xlsx::work_list(&report).unwrap();
    assert_eq!(bytes, xlsx::work_list(&report).unwrap(), "the same report gives the same bytes");
    let book = crate::workbook::read(&bytes, &Place::default()).value.unwrap();
    let names: Vec<&str> = book.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["Work list", "Sources"]);
    let found = book.sheets[0].cells.iter().find(|cell| (cell.0, cell.1) == (1, 9)).unwrap();
    assert_eq!(found.2, crate::workbook::Cell::Text("=1+1".to_owned()));
}

#[test]
fn who_saved_a_file_last_is_shown_wherever_its_name_is() {
    let saved = |saved_by: Option<&str>| {
        let input = Input { origin: "a.xlsx".to_owned(), sha256: "0".repeat(64), as_at: None };
        let findings = vec![finding("a.xlsx", "E7", "found it")];
        let found = SourceFound {
            input: Some(input),
            saved_by: saved_by.map(str::to_owned),
            findings,
            ..SourceFound::default()
        };
        report("Wrenshire", p("2026-10"), &BTreeMap::new(), &of_sources([(id(), found)]), &SeenFindings::default())
    };
    let is_shown = |report: &CheckReport| {
        let book = crate::workbook::read(&xlsx::work_list(report).unwrap(), &Place::default()).value.unwrap();
        let listed =
            book.sheets[1].cells.iter().any(|cell| cell.2 == crate::workbook::Cell::Text("Zoë <O'Neil>".into()));
        [
            text::details(report).contains("a.xlsx, last saved by Zoë <O'Neil> (sha256"),
            html::page(report).contains(", last saved by Zoë &lt;O'Neil&gt;. SHA-256"),
            String::from_utf8(json(report).unwrap()).unwrap().contains("\"saved_by\": \"Zoë <O'Neil>\""),
            listed,
        ]
    };
    assert_eq!(is_shown(&saved(Some("Zoë <O'Neil>"))), [true; 4]);
    assert_eq!(is_shown(&saved(None)), [false; 4]);
}

proptest! {
    #[test]
    fn no_text_breaks_a_report(message in ".{0,200}", file in ".{0,10}") {
        let report = made(vec![finding(&file, "E7", &message)], &SeenFindings::default());
        let page = html::page(&report);
        let clean = html::page(&made(vec![finding("file", "E7", "message")], &SeenFindings::default()));
        prop_assert_eq!(page.matches('<').count(), clean.matches('<').count());
        prop_assert!(!page.contains(|c: char| c.is_control() && c != '\n'));
        prop_assert!(xlsx::work_list(&report).is_ok());
        prop_assert!(json(&report).is_ok());
    }
}
