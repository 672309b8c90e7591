//! Whether an owner is a person where a role is asked for.

const TITLES: [&str; 6] = ["mr", "mrs", "ms", "miss", "mx", "dr"];

/// Words that a role or a body has and a name has not. A name that is one of
/// them ("Head") is let pass.
const ROLES: &str = " head heads service services director directors manager managers officer officers lead leader \
    leaders chair team teams board boards council councils doctor doctors nurse nurses teacher teachers school schools \
    partnership partnerships trust police health care commissioner commissioners coordinator coordinators assistant \
    deputy executive chief principal adviser advisers advisor advisors worker workers social commissioning panel \
    department group unit authority authorities integrated virtual designated independent reviewing practice quality \
    assurance safeguarding education children children's families family early help housing finance human resources \
    legal democratic clerk supervisor specialist analyst consultant inspector provider providers agency committee \
    cabinet member members portfolio holder strategic strategy operations operational performance data transport \
    inclusion admissions youth justice public leaving fostering adoption participation corporate parenting regional \
    improvement programme project business support senior interim acting local county city district borough national \
    north south east west central response front door assessment placements homes send sen edge workforce recruitment \
    training learning community communities adult adults mental hospital hospitals college colleges clinical medical \
    office secretary treasurer governor governors company contractor supplier everyone nobody tbc none ";

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
    let role = ROLES.contains(&format!(" {} ", plain.to_lowercase().replace('’', "'")));
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
