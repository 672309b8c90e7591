//! Breakdowns over several months: what a year says must not say what a month hides, in
//! one pack or in several.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::council::{SNAPSHOT, council, entry, read_at};
use crate::config::Config;
use crate::disclosure::council::weigh;
use crate::disclosure::known::{Known, KnownFigure};
use crate::disclosure::{CountCell, DisclosureRule, Release, audit};
use crate::domain::{IndicatorRef, Period};

const CATEGORIES: [&str; 3] = ["home", "adult", "other"];

/// The month of the first figure.
const FIRST: &str = "2025-08";

/// A council whose A is parted by reason, over a month and over more.
fn config(views: &str) -> Config {
    let category = |id: &str| format!("{{ id = \"{id}\", title = \"{id}\" }}");
    let categories = CATEGORIES.map(category).join(", ");
    let a = format!(
        "basis = \"in-period\"\n[indicators.A.breakdowns.reason]\ntitle = \"Reason\"\n\
         categories = [{categories}]\nviews = [{views}]"
    );
    council(&(entry("A", "count", &a) + &entry("B", "count", SNAPSHOT) + &entry("T", "count", SNAPSHOT)), "")
}

fn reference(text: &str) -> IndicatorRef {
    IndicatorRef::parse(text).unwrap()
}

fn month(at: usize) -> Period {
    FIRST.parse::<Period>().unwrap().plus(i32::try_from(at).unwrap())
}

/// The rows of the months up to one, of which `months` has the counts by category.
fn rows(months: &[[u32; 3]], last: usize) -> String {
    let mut rows = String::new();
    for (at, counts) in months.iter().enumerate().take(last + 1) {
        let month = month(at);
        rows.push_str(&format!("A,{month},{},,\n", counts.iter().sum::<u32>()));
        for (category, count) in CATEGORIES.iter().zip(counts) {
            rows.push_str(&format!("A:reason:{category},{month},{count},,\n"));
        }
    }
    rows.trim().to_owned()
}

/// All that public packs have printed, by indicator and month.
type Printed = BTreeMap<(IndicatorRef, Period), u32>;

/// Publishes the packs of some months, one after the other, and gathers what they print.
/// Each prints every month that it may, as a pack with charts and tables does at most.
fn publish(config: &Config, months: &[[u32; 3]], packs: impl Iterator<Item = usize>) -> Printed {
    let (mut known, mut printed) = (Known::default(), Printed::new());
    for last in packs {
        let datasets = read_at(config, &rows(months, last), &month(last).to_string());
        let withheld = weigh((&config.register, &config.sums), &config.boards, &datasets, &known);
        assert!(withheld.findings().iter().all(|finding| !finding.is_blocking()), "{:?}", withheld.findings());
        for seen in datasets.values().flat_map(|dataset| dataset.value.observations()) {
            let Some(figure) = seen.reading.figure() else { continue };
            if !withheld.hides(&seen.indicator, seen.period) {
                let told = KnownFigure { value: figure.value, numerator: None, denominator: None };
                known.add(&seen.indicator, seen.period, told);
                let value = u32::try_from(figure.value).unwrap();
                printed.insert((seen.indicator.clone(), seen.period), value);
            }
        }
    }
    printed
}

/// Whether some month of a category can be worked out from all that was printed: the
/// equations are written down here anew, and the auditor solves them.
fn can_be_worked_out(months: &[[u32; 3]], printed: &Printed) -> Vec<String> {
    let rule = DisclosureRule::up_to(5);
    let (mut release, mut hidden) = (Release::new(), BTreeSet::new());
    let is_printed = |name: &str, at: usize| printed.contains_key(&(reference(name), month(at)));
    let mut by_category = vec![Vec::new(); CATEGORIES.len()];
    for (at, counts) in months.iter().enumerate() {
        let mut parts = Vec::new();
        for (n, (category, count)) in CATEGORIES.iter().zip(counts).enumerate() {
            let name = format!("A:reason:{category}");
            let cell = CountCell::personal(format!("{name} {}", month(at)), *count, rule).zero_shown();
            let cell = release.cell(cell).unwrap();
            if !is_printed(&name, at) {
                hidden.insert(cell);
            }
            parts.push(cell);
            by_category[n].push(cell);
        }
        let whole = CountCell::open(format!("A {}", month(at)), counts.iter().sum());
        let whole = release.cell(whole).unwrap();
        if !is_printed("A", at) {
            hidden.insert(whole);
        }
        release.total(whole, &parts).unwrap();
    }
    for (category, cells) in CATEGORIES.iter().zip(&by_category) {
        for last in 11..months.len() {
            let name = format!("A:reason-over-12-months:{category}");
            if let Some(sum) = printed.get(&(reference(&name), month(last))) {
                let sum = release.cell(CountCell::open(format!("{name} {}", month(last)), *sum)).unwrap();
                release.total(sum, &cells[last - 11..=last]).unwrap();
            }
        }
    }
    let found = audit(&release, &hidden);
    found.iter().map(|leak| format!("{} {:?}", release.get(leak.cell).key, leak.leak)).collect()
}

/// Which parts over 12 months a pack prints, one pack after the other.
fn years(printed: &Printed, last: usize) -> Vec<u32> {
    let year = |category: &&str| {
        printed.get(&(reference(&format!("A:reason-over-12-months:{category}")), month(last))).copied()
    };
    CATEGORIES.iter().filter_map(year).collect()
}

#[test]
fn a_year_says_what_each_of_its_months_must_hide() {
    let config = config("\"rolling-12-months\"");
    let months: Vec<[u32; 3]> = (0..12).map(|at| if at % 2 == 0 { [2, 3, 4] } else { [3, 5, 2] }).collect();
    let printed = publish(&config, &months, 11..12);
    assert_eq!(years(&printed, 11), [30, 48, 36]);
    assert!(!printed.contains_key(&(reference("A:reason:home"), month(11))));
    assert_eq!(can_be_worked_out(&months, &printed), [""; 0]);
}

#[test]
fn a_year_that_says_of_each_month_that_it_is_one_is_hidden() {
    let config = config("\"rolling-12-months\"");
    // Of nobody 0 is shown, so twelve hidden months that come to 12 are 1 each.
    let months = vec![[2, 3, 1]; 12];
    let printed = publish(&config, &months, 11..12);
    assert!(!years(&printed, 11).contains(&12));
    assert_eq!(can_be_worked_out(&months, &printed), [""; 0]);
}

#[test]
fn a_year_less_eleven_months_does_not_say_the_twelfth() {
    let config = config("\"rolling-12-months\"");
    // Eleven months of 20 are shown; the twelfth is few.
    let mut months = vec![[20, 30, 40]; 11];
    months.push([3, 30, 40]);
    let printed = publish(&config, &months, 11..12);
    let is_printed = |name: &str, at: usize| printed.contains_key(&(reference(name), month(at)));
    let are_others = (0..11).all(|at| is_printed("A:reason:home", at));
    assert!(!(are_others && is_printed("A:reason-over-12-months:home", 11)), "223 less 220 is 3");
    assert_eq!(can_be_worked_out(&months, &printed), [""; 0]);
}

#[test]
fn this_years_sum_less_last_months_says_nothing_of_the_month_that_came() {
    let config = config("\"rolling-12-months\"");
    // The first month, which leaves the second year, is shown; the others are few.
    let mut months = vec![[20, 20, 20]];
    months.extend(vec![[2, 3, 4]; 12]);
    let printed = publish(&config, &months, 11..13);
    assert_eq!(years(&printed, 11).len(), 3, "each of twelve is safe by itself");
    assert!(years(&printed, 12).len() < 3, "42 less 24 is 20 less 2");
    assert_eq!(can_be_worked_out(&months, &printed), [""; 0]);
}

#[test]
fn a_year_with_a_month_that_is_not_there_or_across_a_break_is_not_given() {
    let year = |months: &[[u32; 3]]| {
        years(&publish(&config("\"rolling-12-months\""), months, months.len() - 1..months.len()), months.len() - 1)
            .len()
    };
    assert_eq!(year(&[[9, 9, 9]; 12]), 3);
    assert_eq!(year(&[[9, 9, 9]; 11]), 0);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn no_hidden_month_is_worked_out_from_packs_of_several_months(
        months in proptest::collection::vec([0u32..9, 0u32..14, 0u32..4], 15),
    ) {
        let config = config("\"rolling-12-months\"");
        let printed = publish(&config, &months, 11..15);
        prop_assert_eq!(can_be_worked_out(&months, &printed), Vec::<String>::new());
    }
}
