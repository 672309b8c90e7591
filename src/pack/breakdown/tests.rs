//! What a breakdown's table says, word for word.

use std::fmt::Write as _;

use super::super::model::BreakdownTable;
use super::tables;
use crate::scorecard::test_support::with_card;

const COUNT: &str = "unit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n";
const RATIO: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n\
    targets = [{ from = \"2025-04\", value = 80, tolerance = 5, source = \"local\" }]\n";
const AGES: &str = "title = \"Age\"\ncategories = [{ id = \"0-4\", title = \"0 to 4\" }, { id = \"5-9\", title = \"5 to 9\" }, { id = \"nk\", title = \"Not known\" }]\n";

fn by_age(measure: &str, more: &str, rows: &str) -> String {
    let a = format!("{measure}[indicators.A.breakdowns.age]\n{AGES}{more}");
    with_card(&a, "", "\"A\"", rows, |card| {
        tables(card.lines().next().unwrap()).iter().map(as_text).collect::<Vec<_>>().join("\n")
    })
}

fn as_text(table: &BreakdownTable) -> String {
    let c = &table.columns;
    let mut text = format!("{}: {}\n", table.title, table.unit);
    let heads = [&c.category, &c.current, &c.share, &c.running, &c.movement, &c.target, &c.rating];
    let cells = |cells: &[&str]| cells.join(" | ");
    writeln!(text, "{}", cells(&heads.map(String::as_str))).unwrap();
    for row in &table.rows {
        let rating = row.rating.as_ref().map(|chip| chip.label.as_str()).unwrap_or_default();
        let current = format!("{} {}", row.current.display, row.current.of);
        let line = [
            row.category.as_str(),
            current.trim(),
            &row.share,
            &row.running,
            &row.movement.display,
            &row.target,
            rating,
        ];
        writeln!(text, "{}", cells(&line)).unwrap();
    }
    text + &table.notes.iter().map(|note| note.to_string()).collect::<Vec<_>>().join("\n")
}

#[test]
fn parts_of_a_count_have_shares_of_the_whole() {
    let rows = "A,2026-09,29,,\nA:age:0-4,2026-09,10,,\nA:age:5-9,2026-09,19,,\nA:age:nk,2026-09,0,,\n\
        A,2026-10,30,,\nA:age:0-4,2026-10,10,,\nA:age:5-9,2026-10,18,,\nA:age:nk,2026-10,2,,";
    insta::assert_snapshot!(by_age(COUNT, "", rows), @r"
    Age: Number of children
    Category | Oct 2026 | Share |  | Change |  | 
    0 to 4 | 10 | 33% |  | No change |  | 
    5 to 9 | 18 | 60% |  | Down 1 (5%) |  | 
    Not known | 2 | 7% |  | Up 2 |  | 
    All | 30 |  |  | Up 1 (3%) |  |
    ");
}

#[test]
fn one_of_many_is_not_printed_as_none() {
    let rows = "A,2026-09,421,,\nA:age:0-4,2026-09,0,,\nA:age:5-9,2026-09,420,,\nA:age:nk,2026-09,1,,\n\
        A,2026-10,421,,\nA:age:0-4,2026-10,0,,\nA:age:5-9,2026-10,420,,\nA:age:nk,2026-10,1,,";
    let table = by_age(COUNT, "", rows);
    for line in ["0 to 4 | 0 | 0% |", "Not known | 1 | under 1% |"] {
        assert!(table.contains(line), "{table}");
    }
}

#[test]
fn steps_of_a_scale_have_a_running_share_up_to_the_first_gap() {
    let rows = "A,2026-10,30,,\nA:age:0-4,2026-10,10,,\nA:age:5-9,2026-10,18,,\nA:age:nk,2026-10,2,,";
    insta::assert_snapshot!(by_age(COUNT, "ordered = true\n", rows), @r"
    Age: Number of children
    Category | Oct 2026 | Share | Running share | Change |  | 
    0 to 4 | 10 | 33% | 33% | No previous figure |  | 
    5 to 9 | 18 | 60% | 93% | No previous figure |  | 
    Not known | 2 | 7% | 100% | No previous figure |  | 
    All | 30 |  |  | No previous figure |  |
    ");
    let hidden = rows.replace("5-9,2026-10,18,,", "5-9,2026-10,c,,");
    insta::assert_snapshot!(by_age(COUNT, "ordered = true\n", &hidden), @r"
    Age: Number of children
    Category | Oct 2026 | Share | Running share | Change |  | 
    0 to 4 | 10 | 33% | 33% | No previous figure |  | 
    5 to 9 | c | c | c | c |  | 
    Not known | 2 | 7% |  | No previous figure |  | 
    All | 30 |  |  | No previous figure |  |
    ");
}

#[test]
fn parts_of_a_ratio_have_their_own_targets_and_no_share() {
    let rows = "A,2026-09,,15,20\nA:age:0-4,2026-09,,8,10\nA:age:5-9,2026-09,,7,8\nA:age:nk,2026-09,,0,2\n\
        A,2026-10,,17,20\nA:age:0-4,2026-10,,9,10\nA:age:5-9,2026-10,,6,8\nA:age:nk,2026-10,,2,2";
    insta::assert_snapshot!(by_age(RATIO, "same_targets = true\n", rows), @r"
    Age: % of children
    Category | Oct 2026 |  |  | Change | Target | Rating
    0 to 4 | 90.0% 9 of 10 |  |  | Up 10.0 points | 80% | Green
    5 to 9 | 75.0% 6 of 8 |  |  | Down 12.5 points | 80% | Amber
    Not known | 2 of 2 |  |  | Too few to compare | 80% | Not rated
    All | 85.0% 17 of 20 |  |  | Up 10.0 points |  |
    ");
}

#[test]
fn the_people_of_a_ratio_are_counted() {
    let rows = "A,2026-10,,15,20\nA:age:0-4,2026-10,3,,\nA:age:5-9,2026-10,2,,\nA:age:nk,2026-10,0,,\nA,2026-09,,15,20";
    insta::assert_snapshot!(by_age(RATIO, "parts_of = \"rest\"\nnoun = \"late checks\"\n", rows), @r"
    Age: Number of late checks
    Category | Oct 2026 | Share |  | Change |  | 
    0 to 4 | 3 | 60% |  | No previous figure |  | 
    5 to 9 | 2 | 40% |  | No previous figure |  | 
    Not known | 0 | 0% |  | No previous figure |  | 
    All | 5 |  |  |  |  |
    ");
}

#[test]
fn parts_that_do_not_add_up_have_no_total_and_say_so() {
    let rows = "A,2026-10,20,,\nA:age:0-4,2026-10,13,,\nA:age:5-9,2026-10,12,,\nA:age:nk,2026-10,0,,";
    insta::assert_snapshot!(by_age(COUNT, "sums = false\n", rows), @r"
    Age: Number of children
    Category | Oct 2026 |  |  | Change |  | 
    0 to 4 | 13 |  |  | No previous figure |  | 
    5 to 9 | 12 |  |  | No previous figure |  | 
    Not known | 0 |  |  | No previous figure |  | 
    These do not add up to the whole.
    ");
}
