//! Whether an owner is a person where a role is asked for.

use crate::disclosure::people::is_of_a_role;

const TITLES: [&str; 6] = ["mr", "mrs", "ms", "miss", "mx", "dr"];

/// Whether it reads like "Jane Smith" or "Mrs A. Patel", and like no role.
pub fn looks_like_a_person(owner: &str) -> bool {
    let words: Vec<&str> = owner.split_whitespace().collect();
    let (titled, names) = match words.split_first() {
        Some((first, rest)) if TITLES.contains(&first.trim_end_matches('.').to_lowercase().as_str()) => (true, rest),
        _ => (false, words.as_slice()),
    };
    let few = if titled { 1..=3 } else { 2..=3 };
    few.contains(&names.len()) && names.iter().all(|name| is_name(name)) && names.iter().any(|name| name.len() > 2)
}

/// "Smith", "O'Brien", "Anne-Marie", "J."; no word of a role, no abbreviation.
fn is_name(word: &str) -> bool {
    let plain = word.trim_end_matches('.');
    let letters = plain.chars().all(|c| c.is_alphabetic() || matches!(c, '\'' | '’' | '-'));
    let capital = plain.chars().next().is_some_and(char::is_uppercase);
    let abbreviation = plain.chars().count() > 1 && plain.chars().all(char::is_uppercase);
    let role = is_of_a_role(&plain.to_lowercase().replace('’', "'"));
    letters && capital && !abbreviation && !role
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_from_roles_and_doubt_is_no_name() {
        for (owner, person) in [
            ("Jane Smith", true),
            ("Mrs Patel", true),
            ("Dr A. O'Brien", true),
            ("Anne-Marie Le Roux", true),
            ("Head of Service, Leaving Care", false),
            ("Service Manager", false),
            ("Corporate Director", false),
            ("Designated Doctor", false),
            ("Virtual School", false),
            ("Assistant Director (Jane Smith)", false),
            ("DCS", false),
            ("NHS Wrenshire", false),
            ("Jane", false),
            ("the whole team", false),
            ("", false),
        ] {
            assert_eq!(looks_like_a_person(owner), person, "{owner}");
        }
    }

    #[test]
    fn no_owner_of_the_sample_is_taken_for_a_person() {
        let owners =
            include_str!("../../../config/indicators.toml").lines().filter_map(|line| line.strip_prefix("owner = "));
        let wrong: Vec<&str> =
            owners.map(|line| line.trim_matches('"')).filter(|owner| looks_like_a_person(owner)).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }
}
