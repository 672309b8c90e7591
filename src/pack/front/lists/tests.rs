//! What the lists of page 1 have, and what they name beside.

use super::*;
use crate::pack::test_support::with_setting;
use crate::scorecard::test_support::with_page_1;

fn september() -> Period {
    "2026-09".parse().unwrap()
}

/// What each list has, what it names beside, and the headlines that are in neither. A is
/// red and got worse, B is red, further off, and got better, C is green and got better.
fn page_1(headlines: &str, chosen: &str) -> Vec<String> {
    with_page_1(headlines, chosen, |card| {
        let lists = PageLists::of(card, september());
        let (lists, others) = with_setting(|setting| told(card, setting, (&lists, september())));
        let also = |line: &AlsoLine| {
            let items = line.items.iter().map(|item| format!("{} {}", item.title, item.detail));
            format!("{}: {}", line.says, items.collect::<Vec<_>>().join(", "))
        };
        let list = |list: &PointerList| {
            let names = list.pointers.iter().map(|p| [vec![p.reference.clone()], p.badges.clone()].concat().join("+"));
            let names: Vec<String> = names.collect();
            let first =
                format!("{}: {}", list.title, if names.is_empty() { list.none.clone() } else { names.join(" ") });
            [vec![first], list.also.iter().map(also).collect()].concat()
        };
        let mut said: Vec<String> = lists.iter().flat_map(list).collect();
        said.extend(others.iter().map(also));
        said.extend(by_hand(card));
        said
    })
}

const STAYED: &str = "+Red for at least 2 months";

#[test]
fn the_figures_propose_from_both_ends_of_the_ranking() {
    assert_eq!(page_1("", ""), [format!("Needs your attention: B{STAYED} A{STAYED}"), "Going well: C".into()]);
}

#[test]
fn headlines_are_marked_where_they_stand_and_named_where_they_do_not() {
    let attention = format!("Needs your attention: B{STAYED}+Headline A{STAYED}");
    assert_eq!(page_1("headlines = [\"B\", \"C\"]", ""), [attention.as_str(), "Going well: C+Headline"]);
    let chosen = page_1("headlines = [\"C\"]", "improved = [\"B\"]");
    assert_eq!(
        chosen,
        [
            &format!("Needs your attention: B{STAYED} A{STAYED}"),
            "Going well: Nothing else that meets its target got better, and nothing else is better than usual.",
            "Other headline measures: C 90.0%, green",
            "Officers chose what is listed as going well.",
        ]
    );
}

#[test]
fn officers_choose_what_is_listed_and_no_red_goes_unnamed() {
    assert_eq!(
        page_1("", "needs_attention = [\"C\", \"A\"]"),
        [
            &format!("Needs your attention: C A{STAYED}"),
            "Also red, as in September: B 62.0%",
            "Going well: Nothing else that meets its target got better, and nothing else is better than usual.",
            "Officers chose what is listed as needing attention.",
        ]
    );
    assert_eq!(
        page_1("", "needs_attention = [\"A\"]\nimproved = [\"B\"]"),
        [
            &format!("Needs your attention: A{STAYED}"),
            "Going well: B+Red for at least 2 months",
            "Officers chose what is listed as needing attention and as going well.",
        ]
    );
    // What got worse is no improvement, whoever says so.
    let worse = page_1("", "improved = [\"A\"]");
    assert_eq!(worse, [format!("Needs your attention: B{STAYED} A{STAYED}"), "Going well: C".into()]);
}
