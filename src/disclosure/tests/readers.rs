//! What readers work out beyond the figures themselves: from the whole and all
//! parts but one, from a share and its number, from months, and from what they kept.

use super::council::{SNAPSHOT, entry, hidden, weighed, weighed_after};
use crate::disclosure::council::Withheld;
use crate::disclosure::known::{Known, KnownFigure};
use crate::domain::{IndicatorRef, Period};

fn reference(name: &str) -> IndicatorRef {
    IndicatorRef::parse(name).unwrap()
}

fn month(text: &str) -> Period {
    text.parse().unwrap()
}

/// Which of some figures, given as name and month, are hidden.
fn which(withheld: &Withheld, figures: &[(&str, &str)]) -> Vec<String> {
    let is_hidden = |(name, at): &&(&str, &str)| withheld.hides(&reference(name), month(at));
    figures.iter().filter(is_hidden).map(|(name, at)| format!("{name} {at}")).collect()
}

fn counts(a: &str, more: &str) -> String {
    format!("{a}{}{}{more}", entry("B", "count", SNAPSHOT), entry("T", "count", SNAPSHOT))
}

fn parts(categories: &[&str]) -> String {
    let each: Vec<String> = categories.iter().map(|id| format!("{{ id = \"{id}\", title = \"{id}\" }}")).collect();
    format!("{SNAPSHOT}\n[indicators.A.breakdowns.by]\ntitle = \"By\"\ncategories = [{}]\n", each.join(", "))
}

#[test]
fn a_mean_of_few_is_not_left_over_from_the_others() {
    let register = counts(&entry("A", "mean", &parts(&["north", "south"])), "");
    let rows =
        |south: u32| format!("A,2026-10,,177,{}\nA:by:north,2026-10,,150,9\nA:by:south,2026-10,,27,{south}", 9 + south);
    let all = [("A", "2026-10"), ("A:by:north", "2026-10"), ("A:by:south", "2026-10")];
    let seen = which(&weighed(&register, "", &rows(3)), &all);
    assert!(seen.len() > 1 && seen.contains(&"A:by:south 2026-10".to_owned()), "{seen:?}");
    assert!(which(&weighed(&register, "", &rows(6)), &all).is_empty());
}

#[test]
fn where_nothing_is_shown_as_0_what_is_hidden_is_of_somebody() {
    let names = ["a", "b", "c", "d", "e", "f"];
    let register = counts(&entry("A", "count", &parts(&names)), "");
    let rows = |first: u32| -> String {
        let parts = names.iter().enumerate().map(|(i, name)| {
            let count = if i == 0 { first } else { 1 };
            format!("\nA:by:{name},2026-10,{count},,")
        });
        format!("A,2026-10,{},,", first + 5) + &parts.collect::<String>()
    };
    // Six in six categories of which none is 0 are one each.
    assert_eq!(hidden(&weighed(&register, "", &rows(1))), "A");
    // And nobody is hidden as nobody.
    let withheld = weighed(&register, "", &rows(0));
    assert!(!withheld.hides(&reference("A:by:a"), month("2026-10")));
}

#[test]
fn a_share_of_a_year_to_date_is_of_the_month_too() {
    let register = counts(&entry("A", "percent", "basis = \"year-to-date\""), "");
    let all = [("A", "2026-08"), ("A", "2026-09")];
    let seen = |now: &str| which(&weighed(&register, "", &format!("A,2026-08,,41,86\nA,2026-09,,{now}")), &all);
    // 2 of 12 in September; 6 of 12; 12 of 14, and so 2 who were not.
    assert_eq!(seen("43,98").len(), 1);
    assert!(seen("47,98").is_empty());
    assert_eq!(seen("53,100").len(), 1);
}

#[test]
fn half_of_the_parts_is_enough_to_know_the_other() {
    let of = |unit: &str, row: &str| {
        let per = if unit == "rate" { "\nper = 10000" } else { "" };
        let a = entry("A", unit, &format!("{SNAPSHOT}{per}\ndisclosure = {{ complement = false }}"));
        hidden(&weighed(&counts(&a, ""), "", &format!("A,2026-10,{row}")))
    };
    assert_eq!(of("percent", "30.0,3,"), "A");
    assert_eq!(of("percent", "30.0,6,"), "");
    assert_eq!(of("percent", "15.0,,20"), "A");
    assert_eq!(of("percent", "15.0,,40"), "");
    assert_eq!(of("rate", "0.6,,52000"), "A");
    assert_eq!(of("rate", "1.2,,52000"), "");
}

#[test]
fn a_year_to_date_begins_at_nothing_in_april() {
    let register = |sum: &str| counts(&entry("A", "count", "basis = \"year-to-date\""), sum);
    let sum = "[[sums]]\nthese = [\"A before\", \"B\"]\nare = [\"A\"]\n";
    let all = [("A", "2026-04"), ("B", "2026-04"), ("A", "2026-05"), ("B", "2026-05")];
    let seen = |sum: &str| {
        let rows = "A,2026-03,90,,\nA,2026-04,8,,\nB,2026-04,8,,\nA,2026-05,11,,\nB,2026-05,3,,";
        which(&weighed(&register(sum), "", rows), &all)
    };
    let hidden = seen(sum);
    let is = |figure: &str| hidden.iter().any(|hidden| hidden == figure);
    assert!(is("B 2026-05") && (is("A 2026-05") || is("A 2026-04") && is("B 2026-04")), "{hidden:?}");
}

#[test]
fn a_quarter_is_its_three_months() {
    let quarterly = entry("A", "count", SNAPSHOT).replace("monthly", "quarterly");
    let sum = "[[sums]]\nthese = [\"B\", \"B before\", \"B 2 before\"]\nare = [\"A\"]\n";
    let rows = "A,2026-09,20,,\nB,2026-07,8,,\nB,2026-08,9,,\nB,2026-09,3,,";
    let all = [("A", "2026-09"), ("B", "2026-07"), ("B", "2026-08"), ("B", "2026-09")];
    assert_eq!(which(&weighed(&counts(&quarterly, ""), "", rows), &all), ["B 2026-09"]);
    let seen = which(&weighed(&counts(&quarterly, sum), "", rows), &all);
    assert!(seen.len() > 1, "{seen:?}");
}

#[test]
fn a_small_number_that_got_out_protects_no_other() {
    // T is A and B. B was told when 5 was not yet too few, and A never was.
    let total = entry("T", "count", &format!("{SNAPSHOT}\nchecks = {{ total_of = [\"A\", \"B\"] }}"));
    let register = format!("{}{}{total}", entry("A", "count", SNAPSHOT), entry("B", "count", SNAPSHOT));
    let rows = "A,2026-10,3,,\nB,2026-10,5,,\nT,2026-10,8,,";
    let mut known = Known::default();
    assert_eq!(hidden(&weighed_after(&known, &register, "", rows)), "AB");
    known.add(&reference("B"), month("2026-10"), KnownFigure { value: 5.into(), numerator: None, denominator: None });
    // Who has B has A as soon as T is printed; and B is not printed again.
    assert_eq!(hidden(&weighed_after(&known, &register, "", rows)), "ABT");
}

#[test]
fn what_is_hidden_beside_a_small_count_is_the_same_in_every_month() {
    let register = counts(&entry("A", "count", &parts(&["p", "q", "r"])), "");
    let of = |at: &str, [p, q, r]: [u32; 3]| {
        format!("A,{at},{},,\nA:by:p,{at},{p},,\nA:by:q,{at},{q},,\nA:by:r,{at},{r},,\n", p + q + r)
    };
    let all = ["2026-09", "2026-10"].map(|at| ["p", "q", "r"].map(|part| (format!("A:by:{part}"), at)));
    let hidden = |known: &Known, rows: &str| {
        let figures: Vec<(&str, &str)> = all.iter().flatten().map(|(name, at)| (name.as_str(), *at)).collect();
        which(&weighed_after(known, &register, "", rows.trim()), &figures).join(" ").replace("A:by:", "")
    };
    // The larger of two in one month is the smaller in the next: who has both packs
    // carries neither over.
    let rows = of("2026-09", [21, 3, 20]) + &of("2026-10", [20, 3, 21]);
    assert_eq!(hidden(&Known::default(), &rows), "p 2026-09 q 2026-09 p 2026-10 q 2026-10");
    let rows = of("2026-09", [30, 3, 20]) + &of("2026-10", [20, 3, 21]);
    assert_eq!(hidden(&Known::default(), &rows), "q 2026-09 r 2026-09 q 2026-10 r 2026-10");
    // What an earlier pack chose is kept, although the series would say otherwise by now.
    let mut known = Known::default();
    let told = |value: u32| KnownFigure { value: value.into(), numerator: None, denominator: None };
    for (name, value) in [("A", 44), ("A:by:p", 21)] {
        known.add(&reference(name), month("2026-09"), told(value));
    }
    let rows = of("2026-09", [21, 3, 20]) + &of("2026-10", [9, 3, 21]);
    assert_eq!(hidden(&known, &rows), "q 2026-09 r 2026-09 q 2026-10 r 2026-10");
    // Where it serves no longer, another is chosen: one that is known is no cover.
    known.add(&reference("A:by:r"), month("2026-10"), told(21));
    assert_eq!(hidden(&known, &rows), "q 2026-09 r 2026-09 p 2026-10 q 2026-10");
}
