//! A table of each rule, and how often they are right on sentences as officers
//! write them.

mod in_haste;
mod once_unseen;
mod sentences;

use in_haste::{ORDINARY_IN_MINUTES, WITH_A_PERSON_IN_HASTE};
use once_unseen::{ORDINARY_ONCE_UNSEEN, WITH_A_PERSON_ONCE_UNSEEN};
use sentences::{ORDINARY, ORDINARY_UNSEEN, WITH_A_PERSON, WITH_A_PERSON_UNSEEN};

use super::*;

fn own() -> OwnWords {
    let mut own = OwnWords::default();
    own.council("Wrenshire County Council");
    own.title("Mockingbird Programme");
    own.contact("Performance Team, County Hall, Wrenshire WR1 2AB, 01632 960 001, performance.team@wrenshire.gov.uk");
    own
}

fn kinds(text: &str) -> Vec<PersonalDetail> {
    sightings(text, &own()).into_iter().map(|sighting| sighting.kind).collect()
}

fn table(kind: PersonalDetail, rows: &[(&str, bool)]) {
    let wrong: Vec<_> = rows.iter().filter(|(text, is)| kinds(text).contains(&kind) != *is).collect();
    assert!(wrong.is_empty(), "{kind:?}: {wrong:#?}");
}

#[test]
fn every_pattern_compiles() {
    let traces = traces::forms().into_iter().map(|form| form.pattern);
    let letters = initials::patterns().map(|(pattern, _)| pattern);
    for pattern in traces.chain(child::patterns()).chain(few::patterns()).chain(letters) {
        assert!(pattern::compiled(&pattern).is_some(), "{pattern}");
    }
}

#[test]
fn names_are_told_from_roles_places_and_bodies() {
    table(
        PersonalDetail::Name,
        &[
            ("The social worker, Jane Smith, visited every week.", true),
            ("Mrs Patel has left.", true),
            ("Dr A. O'Brien chairs it.", true),
            ("Jane was seen on Monday.", true),
            ("We thank JANE SMITH for it.", true),
            ("Smith, Jane has moved.", true),
            ("The carer told Anne-Marie in May.", true),
            ("Oluwaseun Adeyemi waited for a home.", true),
            ("A home was found for Zsofia Kertesz.", true),
            ("Her social worker Xiomara is new.", true),
            ("Xiomara's placement ended.", true),
            ("A child called Xiomara ran away.", true),
            ("Social Worker Xiomara Quispe left.", true),
            ("One case, that of J. Okafor, is late.", true),
            ("The review for Grace was late.", true),
            ("**Jane** has moved.", true),
            ("We met\nJane Smith.", true),
            ("A sibling of Omar bin Tariq.", true),
            ("PC Dawes visits weekly.", true),
            ("The father, Zoltar, refused.", true),
            ("Cllr Jane Smith asked for this.", false),
            ("Councillor Smith asked for this.", false),
            ("In May and June it rose.", false),
            ("Amber is the rating.", false),
            ("Will the target be met?", false),
            ("The Mary Seacole House team left.", false),
            ("St Mary's is full.", false),
            ("Children moved to Norwich and Great Yarmouth Road.", false),
            ("The Mockingbird Programme began.", false),
            ("Ofsted told us in March.", false),
            ("Head of Service, Leaving Care", false),
            ("Families live in Jordan.", false),
            ("The Children Act 1989 says so.", false),
            ("", false),
        ],
    );
}

#[test]
fn initials_are_told_from_headings() {
    table(
        PersonalDetail::Initials,
        &[
            ("J, 15, was moved.", true),
            ("AB (14) is in a secure home.", true),
            ("It was J.S., aged 9.", true),
            ("Child J was moved.", true),
            ("Young person K has settled.", true),
            ("A care leaver D.M. was evicted.", true),
            ("Table B (14) shows it.", false),
            ("Appendix A, 12, is long.", false),
            ("HR (12) and IT (9) are filled.", false),
            ("Each child I met was well.", false),
            ("A (26) is no age.", false),
        ],
    );
}

#[test]
fn one_child_is_told_from_many() {
    table(
        PersonalDetail::OneChild,
        &[
            ("A 15-year-old girl waited.", true),
            ("One fifteen year old from Norwich is in custody.", true),
            ("A boy of 9 was moved.", true),
            ("The boy, 14, is back.", true),
            ("A child aged 12 at Hillside Primary was excluded.", true),
            ("A Somali boy came in May.", true),
            ("An autistic girl has no home yet.", true),
            ("A girl with epilepsy was moved.", true),
            ("One of them, an Iraqi national, moved.", true),
            ("The 15-year-old boys came.", false),
            ("All 15-year-olds have a plan.", false),
            ("Children aged 10 to 15 moved.", false),
            ("A child aged 10 or over may ask.", false),
            ("A 10-year-old contract in Wrenshire ends.", false),
            ("Care leavers aged 17 to 21 are counted.", false),
            ("Nine of 13 girls were seen.", false),
            ("The child was 15 minutes late for her visit.", false),
        ],
    );
}

#[test]
fn dates_of_birth_are_told_from_dates() {
    table(
        PersonalDetail::DateOfBirth,
        &[
            ("DOB 03/05/2011", true),
            ("D.O.B.: 3.5.11", true),
            ("Date of birth: 3 May 2011", true),
            ("born on 3rd of May 2011", true),
            ("She was born in March 2011.", true),
            ("3 May 2011 (DOB)", true),
            ("dob 2011-05-03", true),
            ("The date of birth is missing for some.", false),
            ("The inspection of 3 May 2019 found it.", false),
            ("Babies born early are seen first.", false),
        ],
    );
}

#[test]
fn numbers_of_people_are_told_from_figures() {
    table(
        PersonalDetail::Identifier,
        &[
            ("A123456789012 is missing", true),
            ("A12345678901B is a UPN for a time", true),
            ("NHS number 943 476 5919", true),
            ("943-476-5919", true),
            ("9434765919", true),
            ("AB 12 34 56 C", true),
            ("943 476 5918", false),
            ("NHS waiting lists are at 1,234", false),
            ("Of 123456789 there are few", false),
        ],
    );
    table(
        PersonalDetail::CaseNumber,
        &[
            ("case 123456", true),
            ("LCS 1234567", true),
            ("(ref: 12345)", true),
            ("reference number AB12345", true),
            ("Mosaic ID 998877", true),
            ("case no. 2026/00123", true),
            ("reference CLA08", false),
            ("case 1234", true),
            ("case 2026", false),
            ("case 12", false),
            ("a cost per case of 12,345", false),
        ],
    );
}

#[test]
fn addresses_telephones_and_mail_are_told_from_the_councils_own() {
    table(
        PersonalDetail::Address,
        &[
            ("She lives at 12 Station Road.", true),
            ("14a, Mill Lane", true),
            ("No. 7 Upper Brook Street", true),
            ("Flat 3", true),
            ("NR1 3JU", true),
            ("nr1 3ju", true),
            ("County Hall, WR1 2AB", false),
            ("The home in Station Road is full.", false),
            ("In 2026 Station Road opened.", false),
            ("CLA08 and WF01 rose.", false),
        ],
    );
    table(
        PersonalDetail::Telephone,
        &[
            ("ring 07700 900123", true),
            ("+44 7700 900 123", true),
            ("(01603) 123456", true),
            ("020 7946 0018", true),
            ("01632 960001", false),
            ("0800 1111", false),
            ("0300 123 4567", false),
            ("It fell by 0.1234567 points", false),
        ],
    );
    table(
        PersonalDetail::Mail,
        &[
            ("ask jane.smith@wrenshire.gov.uk", true),
            ("xiomara.quispe@example.org", true),
            ("jane@example.org", true),
            ("performance.team@wrenshire.gov.uk", false),
            ("leaving.care@example.org", false),
        ],
    );
}

#[test]
fn few_children_at_a_named_school_are_told_from_many_at_any() {
    table(
        PersonalDetail::FewAtSchool,
        &[
            ("Two children at St Mary's Primary were excluded.", true),
            ("Of these, 3 pupils left Thornbeck Academy.", true),
            ("One of them is at Thornbeck Lodge.", true),
            ("Two children are with the Virtual School.", false),
            ("Two schools, St Mary's and Thornbeck Academy, take part.", false),
            ("27 children at St Mary's Primary took part.", false),
        ],
    );
}

#[test]
fn a_sentence_is_given_as_it_stands_and_alone() {
    let text = "It rose. Dr. Jane Smith left.\n\nIt fell.";
    let found = sightings(text, &own());
    assert_eq!(found, [Sighting { kind: PersonalDetail::Name, sentence: "Dr. Jane Smith left." }]);
}

#[test]
fn most_people_are_found_and_few_ordinary_sentences_are_held() {
    let people = [&WITH_A_PERSON[..], &WITH_A_PERSON_UNSEEN, &WITH_A_PERSON_IN_HASTE, &WITH_A_PERSON_ONCE_UNSEEN];
    let ordinary = [&ORDINARY[..], &ORDINARY_UNSEEN, &ORDINARY_IN_MINUTES, &ORDINARY_ONCE_UNSEEN];
    // What the rules did on sentences that they had not been tried on stands in
    // docs/disclosure.md.
    assert_eq!(
        missed(&people.concat()),
        [
            // A man whom only those who know him know, and letters like any others.
            "A lad we all know from the Care Council has moved to Leeds.",
            "Two were late: LH because of court, and RT because dad cancelled.",
        ]
    );
    assert_eq!(held(&ordinary.concat()), ["The team at 1 Market Square dealt with 300 calls."]);
}

fn missed<'t>(texts: &[&'t str]) -> Vec<&'t str> {
    texts.iter().copied().filter(|text| kinds(text).is_empty()).collect()
}

fn held<'t>(texts: &[&'t str]) -> Vec<&'t str> {
    texts.iter().copied().filter(|text| !kinds(text).is_empty()).collect()
}
