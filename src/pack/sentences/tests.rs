//! The sentences, from given figures to printed words.

use super::*;
use crate::scorecard::test_support::with_card;

/// The sentences of one indicator whose figures are given as rows
/// `month,value,numerator,denominator`.
fn sentences(indicator: &str, rows: &str) -> [String; 2] {
    let rows: String = rows.lines().map(|row| format!("A,{row}\n")).collect();
    with_card(indicator, "", "\"A\"", &rows, |card| {
        let line = card.lines().next().unwrap();
        [headline(line), crate::pack::reasons::change(line).unwrap_or_default()]
    })
}

const PERCENT: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n";
const TARGET: &str = "[[indicators.A.targets]]\nfrom = \"2025-04\"\nvalue = 85\ntolerance = 5\nsource = \"local\"\n";

#[test]
fn a_figure_says_of_how_many_which_way_how_far_off_and_so_its_colour() {
    let [headline, needed] = sentences(&format!("{PERCENT}{TARGET}"), "2026-09,,166,202\n2026-10,,170,202");
    assert_eq!(
        headline,
        "84.2% (170 of 202), up 2.0 points on September 2026 (better), 0.8 points below the 85% target: amber."
    );
    // 171 of 202 is 84.65…, printed 84.7; 172 is 85.1.
    assert_eq!(needed, "2 more of the 202 children would make it green; 9 fewer would make it red");
}

#[test]
fn what_is_met_can_only_get_worse() {
    let [headline, needed] = sentences(&format!("{PERCENT}{TARGET}"), "2026-09,,170,200\n2026-10,,170,200");
    assert_eq!(headline, "85.0% (170 of 200), the same as in September 2026, on the 85% target: green.");
    assert_eq!(needed, "1 fewer of the 200 children would make it amber");
}

#[test]
fn a_missing_month_is_said_and_not_skipped_over() {
    let [headline, _] = sentences(&format!("{PERCENT}{TARGET}"), "2026-08,,160,200\n2026-10,,170,200");
    assert_eq!(
        headline,
        "85.0% (170 of 200), not compared: no figure was supplied for September 2026, on the 85% target: green."
    );
}

#[test]
fn too_few_are_neither_rated_nor_compared() {
    let small = format!("{PERCENT}min_denominator = 6\n{TARGET}");
    let [headline, _] = sentences(&small, "2026-09,,3,4\n2026-10,,1,2");
    assert_eq!(headline, "1 of 2, not compared: too few to tell a change from chance: not rated, too few to rate.");
    // Both sides of the floor.
    let [at_floor, ..] = sentences(&small, "2026-09,,5,6\n2026-10,,3,6");
    assert!(at_floor.ends_with(": red."), "{at_floor}");
}

#[test]
fn a_break_in_the_series_is_said_and_its_reason_left_to_the_notes() {
    let broken = format!(
        "{PERCENT}{TARGET}[[indicators.A.breaks]]\nfrom = \"2026-10\"\nkind = \"system\"\nnote = \"Moved to the new case system.\"\n"
    );
    let [headline, ..] = sentences(&broken, "2026-09,,166,202\n2026-10,,170,202");
    assert!(
        headline.contains("not compared with September 2026, because the way it is counted changed, 0.8 points below"),
        "{headline}"
    );
}

#[test]
fn full_time_equivalents_are_never_counted_out() {
    let lower = "unit = \"percent\"\nbetter = \"lower\"\nfrequency = \"monthly\"\n";
    let target = TARGET.replace("85", "12");
    let [_, needed] = sentences(&format!("{lower}{target}"), "2026-09,,31.4,217.6\n2026-10,,33,218.6");
    assert_eq!(needed, "");
    let [_, needed] = sentences(&format!("{lower}{target}"), "2026-09,,31,217\n2026-10,,33,218");
    assert_eq!(needed, "7 fewer of the 218 children would make it green; 5 more would make it red");
}
