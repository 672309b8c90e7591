//! The ranking, on both sides of each class.

use super::*;
use crate::scorecard::test_support::with_card;

const REST: &str = "unit = \"mean\"\nbetter = \"higher\"\nfrequency = \"monthly\"\nprecision = 1\n";

fn period(text: &str) -> Period {
    text.parse().unwrap()
}

/// Months to October 2026: so many at 50 or 51, then these.
fn rows(name: &str, last: &[&str]) -> String {
    let month = |back: usize| period("2026-10").plus(-i32::try_from(back).unwrap());
    let steady = 24 - last.len();
    let early = (0..steady).map(|n| format!("{name},{},{},,\n", month(23 - n), 50 + n % 2));
    let late = last.iter().enumerate().map(|(n, value)| format!("{name},{},{value},,\n", month(last.len() - 1 - n)));
    early.chain(late).collect()
}

fn target(name: &str, from: &str, value: &str, tolerance: &str) -> String {
    format!(
        "[[indicators.{name}.targets]]\nfrom = \"{from}\"\nvalue = {value}\ntolerance = {tolerance}\nsource = \"local\"\n"
    )
}

fn urgency_of(a: &str, rows: &str) -> (Urgency, Option<RedChange>) {
    with_card(a, "", "\"A\"", rows, |card| {
        let line = card.lines().next().unwrap();
        (Rank::of(line, period("2026-09")).urgency, red_change(line, period("2026-09")))
    })
}

#[test]
fn rating_and_signal_together_say_how_urgent_a_line_is() {
    use Urgency as U;
    for (value, tolerance, last, expected) in [
        // Against 50 or 51 for two years 44 is worse than usual, and 57 better.
        ("60", "3", "44", U::RedAndWorse),
        ("60", "3", "51", U::Red),
        ("60", "2", "57", U::RedAndBetter),
        ("60", "20", "44", U::AmberAndWorse),
        ("60", "20", "50", U::AmberAndFell),
        ("60", "20", "51", U::Amber),
        ("60", "20", "57", U::AmberAndBetter),
        ("40", "3", "44", U::Worse),
        ("40", "3", "50", U::GreenAndFell),
        ("40", "3", "51", U::GreenAndRose),
        ("40", "3", "57", U::Better),
        ("50.5", "0.4", "50", U::TurnedRed),
    ] {
        let a = REST.to_owned() + &target("A", "2024-04", value, tolerance);
        // Amber and 51 after 51 is steady, and so is green.
        let last: &[&str] = match (expected, last) {
            (U::Amber | U::Red, _) => &["51", last],
            (U::GreenAndRose, _) => &["50", last],
            _ => &["51", last],
        };
        assert_eq!(urgency_of(&a, &rows("A", last)).0, expected, "{value} ± {tolerance}: {last:?}");
    }
    assert_eq!(urgency_of(REST, &rows("A", &["51", "44"])).0, U::Worse, "without a target");
    assert_eq!(urgency_of(REST, &rows("A", &["51", "51"])).0, U::Unrated);
    let green = REST.to_owned() + &target("A", "2024-04", "40", "3");
    assert_eq!(urgency_of(&green, &rows("A", &["51", "51"])).0, U::Green);
}

#[test]
fn a_line_turned_red_only_where_it_is_known_to_have_been_otherwise() {
    let steady = target("A", "2024-04", "50.5", "0.4");
    let raised = target("A", "2024-04", "49", "0.4") + &target("A", "2026-10", "50.5", "0.4");
    let raised_twice = target("A", "2024-04", "50.2", "0.1") + &target("A", "2026-10", "50.5", "0.4");
    let broken = "breaks = [{ from = \"2026-10\", kind = \"definition\", note = \"N\" }]\n";
    let of = |more: &str, last: &[&str]| urgency_of(&(REST.to_owned() + more), &rows("A", last));
    for (more, last, expected) in [
        (steady.as_str(), ["51", "50"], Some(RedChange::Turned)),
        (&steady, ["50", "50"], Some(RedChange::Stayed)),
        (&steady, ["50", "51"], None),
        (&steady, ["", "50"], Some(RedChange::NotRated)),
        (&steady, ["c", "50"], Some(RedChange::NotRated)),
        // 50 would be green under the target of September; under 50.2 it would be red.
        (&raised, ["50", "50"], Some(RedChange::NewTarget)),
        (&raised_twice, ["51", "50"], Some(RedChange::Turned)),
        (&(broken.to_owned() + &steady), ["51", "50"], Some(RedChange::Broken)),
        (&(broken.to_owned() + &steady), ["50", "50"], Some(RedChange::Stayed)),
    ] {
        let (urgency, change) = of(more, &last);
        assert_eq!(change, expected, "{last:?} {more}");
        let is_news = matches!(change, Some(RedChange::Turned | RedChange::NewTarget));
        assert_eq!(urgency == Urgency::TurnedRed, is_news, "{last:?} {more}");
    }
}

#[test]
fn the_pack_before_is_the_one_that_the_board_had() {
    // Amber in July, red in August, September and October.
    let a = REST.to_owned() + &target("A", "2024-04", "50.5", "0.4");
    with_card(&a, "", "\"A\"", &rows("A", &["51", "50", "50", "50"]), |card| {
        let line = card.lines().next().unwrap();
        assert_eq!(red_change(line, period("2026-09")), Some(RedChange::Stayed));
        assert_eq!(red_change(line, period("2026-07")), Some(RedChange::Turned));
        // Before there is a series, nothing is known.
        assert_eq!(red_change(line, period("2020-01")), Some(RedChange::NotRated));
    });
}

#[test]
fn the_first_month_on_target_is_known_only_where_all_before_are() {
    let missed = |more: &str, rows: &str| {
        let a = REST.to_owned() + more + &target("A", "2024-04", "52", "3");
        with_card(&a, "", "\"A\"", rows, |card| card.lines().next().unwrap().missed_before())
    };
    assert_eq!(missed("", &rows("A", &["51", "52"])), Some(23));
    assert_eq!(missed("", &rows("A", &["52", "52"])), None);
    assert_eq!(missed("", &rows("A", &["51", "51.9"])), None);
    assert_eq!(missed("", &rows("A", &["c", "51", "52"])), None, "a hidden month may have met it");
    let broken = "breaks = [{ from = \"2026-08\", kind = \"definition\", note = \"N\" }]\n";
    assert_eq!(missed(broken, &rows("A", &["53", "51", "51", "52"])), Some(2));
}

#[test]
fn of_two_alike_the_one_further_off_comes_first_and_the_list_of_classes_is_their_order() {
    assert!(Urgency::ALL.is_sorted());
    let last_to_need = Urgency::ALL.iter().filter(|urgency| urgency.needs_attention()).count();
    assert!(Urgency::ALL[..last_to_need].iter().all(|urgency| urgency.needs_attention() && !urgency.goes_well()));
    let others = |name: &str| {
        let fields = "plain = \"P\"\nnoun = \"children\"\nowner = \"O\"\nsource = \"s\"\nbasis = \"snapshot\"\n";
        format!("[indicators.{name}]\ntitle = \"{name}\"\n{fields}{REST}") + &target(name, "2024-04", "60", "3")
    };
    let a = REST.to_owned() + &target("A", "2024-04", "60", "3");
    let all = ["B", "C", "D"].map(others).concat();
    let rows = "A,2026-09,50,,\nA,2026-10,50,,\nB,2026-09,40,,\nB,2026-10,40,,\n\
        C,2026-09,60,,\nC,2026-10,61,,\nD,2026-09,60,,\nD,2026-10,65,,\n";
    with_card(&a, &all, "\"D\", \"A\", \"C\", \"B\"", rows, |card| {
        let ranked = card.ranked(period("2026-09"));
        let names: Vec<&str> = ranked.iter().map(|(_, line)| line.indicator.reference.as_str()).collect();
        assert_eq!(names, ["B", "A", "C", "D"], "the largest gain is last");
    });
}
