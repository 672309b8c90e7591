//! Categories beyond the sums of their own breakdown: of declared sums, and where
//! they overlap.

use super::council::{SNAPSHOT, entry, weighed};
use crate::disclosure::council::Withheld;
use crate::domain::{Code, IndicatorRef};

fn by(of: &str, id: &str, more: &str, categories: &[&str]) -> String {
    let each: Vec<String> =
        categories.iter().zip('a'..).map(|(title, id)| format!("{{ id = \"{id}\", title = \"{title}\" }}")).collect();
    format!("[indicators.{of}.breakdowns.{id}]\ntitle = \"By {id}\"\n{more}\ncategories = [{}]\n", each.join(", "))
}

/// Which of some figures of October are hidden.
fn which(withheld: &Withheld, names: &[&str]) -> String {
    assert!(withheld.findings().iter().all(|finding| finding.code != Code::Recoverable), "{:?}", withheld.findings());
    let is_hidden = |name: &&&str| withheld.hides(&IndicatorRef::parse(name).unwrap(), "2026-10".parse().unwrap());
    names.iter().filter(is_hidden).copied().collect::<Vec<_>>().join(" ")
}

fn rows(figures: &[(&str, u32)]) -> String {
    figures.iter().map(|(name, value)| format!("{name},2026-10,{value},,")).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_declared_sum_holds_for_each_category_that_all_its_terms_have() {
    let register = |sum: &str, other: &str| {
        let each =
            |name: &str, id: &str| entry(name, "count", SNAPSHOT) + &by(name, id, "", &["Boys", "Girls", "Not said"]);
        each("A", "sex") + &each("B", "sex") + &each("T", other) + sum
    };
    let sum = "[[sums]]\nthese = [\"T\"]\nare = [\"A\", \"B\"]\n";
    // 43 boys less 40 are 3; its own breakdown hides 3 and another of A.
    let figures = |few: u32| {
        rows(&[
            ("A", 60 + few),
            ("A:sex:a", few),
            ("A:sex:b", 30),
            ("A:sex:c", 30),
            ("B", 90),
            ("B:sex:a", 40),
            ("B:sex:b", 25),
            ("B:sex:c", 25),
            ("T", 150 + few),
            ("T:sex:a", 40 + few),
            ("T:sex:b", 55),
            ("T:sex:c", 55),
        ])
    };
    let all = ["A:sex:a", "A:sex:b", "A:sex:c", "B:sex:a", "B:sex:b", "B:sex:c", "T:sex:a", "T:sex:b", "T:sex:c"];
    let hidden = |sum: &str, few: u32| which(&weighed(&register(sum, "sex"), "", &figures(few)), &all);
    assert_eq!(hidden("", 3), "A:sex:a A:sex:b");
    let with_sum = hidden(sum, 3);
    assert!(with_sum.contains("B:sex:a") || with_sum.contains("T:sex:a"), "{with_sum}");
    assert_eq!(hidden(sum, 6), "");
    // So it does where a total is declared as one of others.
    let total = |few: u32| {
        let each = |name: &str, more: &str| {
            entry(name, "count", &format!("{SNAPSHOT}\n{more}")) + &by(name, "sex", "", &["Boys", "Girls", "Not said"])
        };
        let total = each("T", "checks = { total_of = [\"A\", \"B\"] }");
        which(&weighed(&(each("A", "") + &each("B", "") + &total), "", &figures(few)), &all)
    };
    assert_eq!(total(3), with_sum);
    assert_eq!(total(6), "");
    // By another way of parting, the same name is another category.
    let other = figures(3).replace("T:sex", "T:age");
    let apart = which(&weighed(&register(sum, "age"), "", &other), &all[..6]);
    assert_eq!(apart, "A:sex:a A:sex:b");
}

#[test]
fn categories_that_overlap_leave_no_few_of_their_whole_nor_of_each_other() {
    let register = |unit: &str, titles: &[&str], more: &str| {
        entry("A", unit, &format!("{SNAPSHOT}\n{more}"))
            + &by("A", "by", "sums = false", titles)
            + &entry("B", "count", SNAPSHOT)
            + &entry("T", "count", SNAPSHOT)
    };
    let names = ["A", "A:by:a", "A:by:b"];
    let count = |titles: &[&str], more: &str, [all, a, b]: [u32; 3]| {
        let rows = rows(&[("A", all), ("A:by:a", a), ("A:by:b", b)]);
        which(&weighed(&register("count", titles, more), "", &rows), &names)
    };
    let needs = ["Speech", "Hearing"];
    assert_eq!(count(&needs, "", [42, 39, 20]), "A:by:a");
    assert_eq!(count(&needs, "", [42, 36, 20]), "");
    assert_eq!(count(&needs, "", [42, 42, 20]), "");
    assert_eq!(count(&needs, "disclosure = { complement = false }", [42, 39, 20]), "");
    // More than the whole are no part of it.
    assert_eq!(count(&needs, "", [42, 45, 20]), "");
    // Who are few less than another band are few; another need's are not.
    assert_eq!(count(&["Under 5", "Under 10"], "", [42, 20, 23]), "A:by:a");
    assert_eq!(count(&["Under 5", "Under 10"], "", [42, 20, 26]), "");
    assert_eq!(count(&needs, "", [42, 20, 23]), "");
    // A mean of all but a few says what those are like.
    let mean = |few: u32| {
        let rows = format!("A,2026-10,12,,42\nA:by:a,2026-10,13,,{}\nA:by:b,2026-10,9,,20", 42 - few);
        which(&weighed(&register("mean", &needs, ""), "", &rows), &names)
    };
    assert_ne!(mean(3), "");
    assert_eq!(mean(6), "");
}

/// M is 10 in each of eleven months and `few` in October, and R its rolling year.
#[test]
fn a_rolling_year_that_is_declared_by_how_it_moves_is_its_months() {
    let months = ["2025-11", "2025-12"].map(str::to_owned).into_iter().chain((1..=9).map(|m| format!("2026-{m:02}")));
    let rows: String = months.map(|month| format!("A,{month},10,,\n")).collect();
    let weighed = |sum: &str, few: u32| {
        let register = entry("A", "count", "basis = \"in-period\"")
            + &entry("T", "count", "basis = \"rolling-12-months\"")
            + &entry("B", "count", SNAPSHOT)
            + sum;
        weighed(&register, "", &format!("{rows}A,2026-10,{few},,\nT,2026-10,{},,", 110 + few)).log().len()
    };
    for sum in [
        "[[sums]]\nthese = [\"T\", \"A 12 before\"]\nare = [\"T before\", \"A\"]\n",
        "[[sums]]\nthese = [\"T before\", \"A\"]\nare = [\"A 12 before\", \"T\"]\n",
    ] {
        assert_eq!(weighed(sum, 4), 2, "the year, or another month, goes with October");
        assert_eq!(weighed(sum, 6), 0);
    }
    assert_eq!(weighed("", 4), 1);
}

#[test]
fn a_share_of_a_hidden_category_is_left_out_whatever_it_is_a_share_of() {
    let register = entry("A", "count", SNAPSHOT)
        + &by("A", "sex", "", &["Boys", "Girls"])
        + &entry("B", "count", SNAPSHOT)
        + &entry("T", "count", SNAPSHOT);
    let withheld = |few: u32| weighed(&register, "", &rows(&[("A", 9 + few), ("A:sex:a", few), ("A:sex:b", 9)]));
    let (hides, shows) = (withheld(4), withheld(6));
    for (text, expected) in [
        ("Boys: 31%.", true),
        ("Boys came to 31 per cent.", true),
        ("Girls made up 69.2% of them.", true),
        ("Girls: 225% of boys.", true),
        ("Boys: up ten points as a share.", true),
        ("Why are boys 31% and girls 69%?", true),
        ("A third of boys.", true),
        ("Boys: 4 of 13.", true),
        ("For each boy there were 2.25 girls.", true),
        ("Girls came to 225 for each 100 boys.", true),
        ("Boys were 0.31 of the whole.", true),
        ("Boys: ten points up.", true),
        ("Boys and girls see the same team.", false),
        ("Boys waited 20 days.", false),
        ("Four social workers see the boys.", false),
        ("31% of staff left.", false),
    ] {
        let called = |withheld: &Withheld| {
            let spoken = crate::disclosure::SpokenText::of(text, None);
            withheld.is_called("2026-10".parse().unwrap(), &spoken, false)
        };
        assert_eq!(called(&hides), expected, "{text}");
        assert!(!called(&shows), "{text}");
    }
}
