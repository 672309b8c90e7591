//! Headers that give a list of people away.
//!
//! One list for all who ask: reading, which refuses such a sheet (F206), and
//! `inspect`, which shows nothing of it. A header is judged by its words, and
//! whole: "Child's Date of Birth" is one, "Children with a date of birth
//! recorded" is a figure about many.

use super::super::text;

/// Words that say whose it is and add nothing.
const WHOSE: [&str; 25] = [
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
    "family",
    "individual",
    "s",
];

/// Words that make no difference anywhere.
const SMALL: [&str; 7] = ["the", "of", "for", "dd", "mm", "yyyy", "la"];

/// What only a list of people has.
const ALWAYS: [&str; 35] = [
    "upn",
    "upns",
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
    "given names",
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
const OWNED: [&str; 13] = [
    "unique id",
    "unique identifier",
    "unique number",
    "unique reference",
    "unique reference number",
    "id",
    "identifier",
    "identification number",
    "reference number",
    "case number",
    "name",
    "names",
    "address",
];

/// What tells of a person wherever it stands in a short header.
const TELLING: [&str; 8] =
    ["date of birth", "dob", "nhs number", "upn", "forename", "surname", "first name", "last name"];

/// Words of a header that speaks of how many have such a thing.
const COUNTING: [&str; 12] = [
    "with",
    "without",
    "number of",
    "missing",
    "recorded",
    "count",
    "percentage",
    "rate",
    "known",
    "no of",
    "change",
    "changes",
];

/// Those of the headers that only a list of people has, in their order.
pub(crate) fn person_level<'h>(headers: &[&'h str]) -> Vec<&'h str> {
    headers.iter().copied().filter(|header| is_person_level(header)).collect()
}

/// Whether only a list of people has a column headed so.
pub(crate) fn is_person_level(header: &str) -> bool {
    // Longer texts are sentences, and most cells are longer or shorter.
    if !(2..=60).contains(&header.len()) || header.contains('%') {
        return false;
    }
    let key = text::key(header).replace(['\'', '\u{2019}'], "");
    let all: Vec<&str> = key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let words: Vec<&str> = all.iter().copied().filter(|word| !SMALL.contains(word)).collect();
    let core: Vec<&str> = words.iter().copied().filter(|word| !WHOSE.contains(word)).collect();
    let (whole, rest) = (words.join(" "), core.join(" "));
    ALWAYS.contains(&whole.as_str())
        || ALWAYS.contains(&rest.as_str())
        || (core.len() < words.len() && OWNED.contains(&rest.as_str()))
        || tells(&all)
}

fn tells(words: &[&str]) -> bool {
    let padded = format!(" {} ", words.join(" "));
    let says = |phrase: &&str| padded.contains(&format!(" {phrase} "));
    words.len() <= 5 && TELLING.iter().any(says) && !COUNTING.iter().any(says)
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
            "Forename(s)",
            "Family identifier",
            "DOB of eldest",
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
            "Number of DOB missing",
            "% with a UPN",
        ] {
            assert!(person_level(&[header]).is_empty(), "{header}");
        }
        assert_eq!(person_level(&["Ref", "UPN", "Value", "dob"]), ["UPN", "dob"]);
    }
}
