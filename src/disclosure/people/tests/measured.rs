//! How often the rules are right on sentences as officers write them.

mod earlier_unseen;
mod in_haste;
mod lately_unseen;
mod once_unseen;
mod sentences;
mod unseen;

use earlier_unseen::{ORDINARY_UNSEEN_EARLIER, WITH_A_PERSON_UNSEEN_EARLIER};
use in_haste::{ORDINARY_IN_MINUTES, WITH_A_PERSON_IN_HASTE};
use lately_unseen::{ORDINARY_UNSEEN_LAST, WITH_A_PERSON_UNSEEN_LAST};
use once_unseen::{ORDINARY_ONCE_UNSEEN, ORDINARY_UNSEEN_AFTER, WITH_A_PERSON_ONCE_UNSEEN, WITH_A_PERSON_UNSEEN_AFTER};
use sentences::{ORDINARY, ORDINARY_UNSEEN, WITH_A_PERSON, WITH_A_PERSON_UNSEEN};
use unseen::{ORDINARY_UNTRIED, WITH_A_PERSON_UNTRIED};

use super::kinds;

#[test]
fn most_people_are_found_and_few_ordinary_sentences_are_held() {
    let people = [
        &WITH_A_PERSON[..],
        &WITH_A_PERSON_UNSEEN,
        &WITH_A_PERSON_IN_HASTE,
        &WITH_A_PERSON_ONCE_UNSEEN,
        &WITH_A_PERSON_UNSEEN_AFTER,
        &WITH_A_PERSON_UNSEEN_LAST,
        &WITH_A_PERSON_UNSEEN_EARLIER,
    ];
    let ordinary = [
        &ORDINARY[..],
        &ORDINARY_UNSEEN,
        &ORDINARY_IN_MINUTES,
        &ORDINARY_ONCE_UNSEEN,
        &ORDINARY_UNSEEN_AFTER,
        &ORDINARY_UNSEEN_LAST,
        &ORDINARY_UNSEEN_EARLIER,
    ];
    // What the rules did on sentences that they had not been tried on stands in
    // docs/disclosure.md.
    assert_eq!(
        missed(&people.concat()),
        [
            "A lad we all know from the Care Council has moved to Leeds.",
            "Delayed as the interpreter for the Tigrinya-speaking boy in Ferndale did not come.",
            "Lochlan's return interview was missed.",
            "Kasper is doing well at college.",
            "Dental check missed because Tobenna had the flu.",
            "The outlier is a child with a rare skin condition in Penfold.",
            "She was reported missing from the Premier Inn in Penfold.",
            "He has a place at Penfold Grammar, the first of our children to get one.",
            "The PA for the young dad in Hostel 3 left.",
            "Looked after child (male, 14, Sikh) awaiting a match.",
            "The girl was born on Christmas Day 2012.",
            "Her insta handle, penfold.princess_x, is public.",
            "We have been asked not to say that the boy is the MP's nephew.",
            "Thanks to Oluwatoyin for the graphs.",
            "He lives in the annexe behind the Red Lion.",
            "Late because the SW, Fenella, was off sick.",
            "Our care leaver at Cambridge has dropped out.",
            "Young person remanded on 3 October: MN, Penfold.",
            "Interpreter for sign language is needed for dad.",
            "One young woman has left care to marry in Pakistan.",
            "The teacher at Penfold Infants who raised it has been thanked.",
            "Penfold councillor's own foster child is in this figure.",
        ]
    );
    assert_eq!(held(&ordinary.concat()), ["The team at 1 Market Square dealt with 300 calls."]);
}

#[test]
fn as_many_are_found_and_held_of_those_untried_as_the_docs_say() {
    let found = WITH_A_PERSON_UNTRIED.len() - missed(&WITH_A_PERSON_UNTRIED).len();
    let held = held(&ORDINARY_UNTRIED).len();
    let said = format!(
        "it found {found} of the {} and held {held} of the {}",
        WITH_A_PERSON_UNTRIED.len(),
        ORDINARY_UNTRIED.len()
    );
    let docs = include_str!("../../../../docs/disclosure.md").split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(docs.contains(&said), "{said}");
}

fn missed<'t>(texts: &[&'t str]) -> Vec<&'t str> {
    texts.iter().copied().filter(|text| kinds(text).is_empty()).collect()
}

fn held<'t>(texts: &[&'t str]) -> Vec<&'t str> {
    texts.iter().copied().filter(|text| !kinds(text).is_empty()).collect()
}
