//! Headers that give a list of people away.
//!
//! A header is judged by its words, and whole: "Child's Date of Birth" is one,
//! "Children with a date of birth recorded" is a figure about many.

use super::super::text;

/// Words that say whose it is and add nothing.
const WHOSE: [&str; 24] = [
    "child",
    "childs",
    "children",
    "pupil",
    "pupils",
    "student",
    "students",
    "learner",
    "learners",
    "young",
    "person",
    "persons",
    "client",
    "clients",
    "service",
    "user",
    "patient",
    "adopter",
    "carer",
    "parent",
    "mother",
    "father",
    "individual",
    "s",
];

/// Words that make no difference anywhere.
const SMALL: [&str; 7] = ["the", "of", "for", "dd", "mm", "yyyy", "la"];

/// What only a list of people has.
const ALWAYS: [&str; 33] = [
    "upn",
    "former upn",
    "unique pupil number",
    "unique pupil no",
    "uln",
    "unique learner number",
    "nhs number",
    "nhs no",
    "nhs num",
    "nhsnumber",
    "date birth",
    "birth date",
    "dob",
    "d o b",
    "dateofbirth",
    "birthdate",
    "forename",
    "forenames",
    "first name",
    "firstname",
    "given name",
    "middle name",
    "surname",
    "last name",
    "lastname",
    "family name",
    "full name",
    "home address",
    "home postcode",
    "national insurance number",
    "childid",
    "personid",
    "pupilid",
];

/// What only a list of people has once a word says whose it is.
const OWNED: [&str; 12] = [
    "unique id",
    "unique identifier",
    "unique number",
    "unique reference",
    "id",
    "identifier",
    "identification number",
    "reference number",
    "case number",
    "name",
    "names",
    "address",
];

/// Those of the headers that only a list of people has, in their order.
pub(crate) fn person_level<'h>(headers: &[&'h str]) -> Vec<&'h str> {
    headers.iter().copied().filter(|header| is_person_level(header)).collect()
}

fn is_person_level(header: &str) -> bool {
    let key = text::key(header).replace(['\'', '\u{2019}'], "");
    let words: Vec<&str> =
        key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && !SMALL.contains(word)).collect();
    let core: Vec<&str> = words.iter().copied().filter(|word| !WHOSE.contains(word)).collect();
    let (whole, rest) = (words.join(" "), core.join(" "));
    ALWAYS.contains(&whole.as_str())
        || ALWAYS.contains(&rest.as_str())
        || (core.len() < words.len() && OWNED.contains(&rest.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_judged_by_its_words_and_whole() {
        for header in [
            "UPN",
            "NHS Number",
            "nhs\u{a0}no.",
            "Date of Birth",
            "Child's date of birth (dd/mm/yyyy)",
            "Child\u{2019}s D.O.B.",
            "date_of_birth",
            "Forename",
            "Pupil Surname",
            "Child Unique ID",
            "LA Child ID",
            "child_id",
            "Individual adopter identifier",
            "Young person's name",
        ] {
            assert_eq!(person_level(&[header]), [header]);
        }
        for header in [
            "",
            "Name",
            "ID",
            "Indicator ID",
            "indicator_id",
            "Reference number",
            "Children with an NHS number recorded",
            "Surname changes in the year",
            "Number of children",
            "Address",
            "First",
            "Age",
            "Persons",
            "Children in care: UPN known %",
        ] {
            assert!(person_level(&[header]).is_empty(), "{header}");
        }
        assert_eq!(person_level(&["Ref", "UPN", "Value", "dob"]), ["UPN", "dob"]);
    }
}
