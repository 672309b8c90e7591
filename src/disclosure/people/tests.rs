//! A table of each rule.

mod kinds;
mod measured;
mod own_words;

use super::*;

fn own() -> OwnWords {
    let mut own = OwnWords::default();
    own.council("Wrenshire County Council");
    own.title("Mockingbird Programme");
    own.title("Larkfield Lodge");
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
    assert!(initials::SMALL_PATTERNS.into_iter().all(|pattern| pattern::compiled(pattern).is_some()));
    for pattern in traces.chain(child::patterns()).chain(few::patterns()).chain(letters) {
        assert!(pattern::compiled(&pattern).is_some(), "{pattern}");
    }
}

#[test]
fn names_are_found() {
    let names = [
        "The social worker, Jane Smith, visited every week.",
        "Mrs Patel has left.",
        "Dr A. O'Brien chairs it.",
        "Jane was seen on Monday.",
        "We thank JANE SMITH for it.",
        "Smith, Jane has moved.",
        "The carer told Anne-Marie in May.",
        "Oluwaseun Adeyemi waited for a home.",
        "A home was found for Zsofia Kertesz.",
        "Her social worker Xiomara is new.",
        "Xiomara's placement ended.",
        "A child called Xiomara ran away.",
        "Social Worker Xiomara Quispe left.",
        "One case, that of J. Okafor, is late.",
        "The review for Grace was late.",
        "**Jane** has moved.",
        "We met\nJane Smith.",
        "A sibling of Omar bin Tariq.",
        "PC Dawes visits weekly.",
        "The father, Zoltar, refused.",
        "KAYLEIGH is waiting.",
        "we told kayleigh",
        "O'Brien is late.",
        "MRS PATEL came.",
        "Mr White came.",
        "Mr van Dijk came.",
        "mr ferreira came",
        "The carers, the Okonjos, left.",
        "Zoltar was remanded.",
        "Zoltar's on a care order.",
        "We met Zoltar and her mother.",
        "Amber, aged 13, moved.",
        "Ruby was moved.",
        "Late because of LH and her mother.",
        "The Osgoods have left.",
        "The Zoltar children have left.",
        "Ms A. Mbeki-Hall left.",
        "Jack and Jill moved.",
        "The Kayleigh review says so.",
        "Clare's placement ended.",
    ];
    table(PersonalDetail::Name, &names.map(|text| (text, true)));
}

#[test]
fn roles_places_bodies_and_words_are_no_names() {
    let others = [
        "Fewer PEPs Were seen.",
        "Work with PA and EP teams went on.",
        "The Samaritans have left.",
        "Jack and Jill nursery is full.",
        "Jack & Jill Nursery is full.",
        "The Rose review says so.",
        "Clare's Law was used.",
        "Lifelong Links began.",
        "The King's Lynn office closed.",
        "The max wait was 20 miles.",
        "It may jack up the costs.",
        "Hope is high.",
        "MS Teams was down.",
        "The Mockingbird Programme and Zuzanna Trust met.",
        "Cllr Jane Smith asked for this.",
        "Councillor Smith asked for this.",
        "In May and June it rose.",
        "Amber is the rating.",
        "Will the target be met?",
        "The Mary Seacole House team left.",
        "St Mary's is full.",
        "Children moved to Norwich and Great Yarmouth Road.",
        "The Mockingbird Programme began.",
        "Ofsted told us in March.",
        "Head of Service, Leaving Care",
        "Families live in Jordan.",
        "The Children Act 1989 says so.",
        "",
    ];
    table(PersonalDetail::Name, &others.map(|text| (text, false)));
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
            ("J.B. aged 15 left.", true),
            ("JB who is 15 left.", true),
            ("Aged 14, T left.", true),
            ("Boy A left.", true),
            ("Young person KM left.", true),
            ("Siblings J, K and L left.", true),
            ("Child 1 was moved.", true),
            ("KM's social worker left.", true),
            ("KM went missing.", true),
            ("HR's case is open.", false),
            ("QA is 12 days late.", false),
            ("CP was 14, and CIN was 15.", false),
            ("Every JW aged 15 to 17 counts.", false),
            ("Student A levels are marked.", false),
            ("Child 1:1 support is paid.", false),
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
            ("One girl is Syrian.", true),
            ("15yo girl from Fairbourne left.", true),
            ("Girl, 14, moved to her aunt.", true),
            ("She is 15.", true),
            ("The only boy in the home left.", true),
            ("Our youngest care leaver is well.", true),
            ("A sibling group of five from Thornbeck left.", true),
            ("A UASC from Eritrea, aged 16, came.", true),
            ("The Year 9 boy is back.", true),
            ("The lad who set the fire is back.", true),
            ("A baby whose mother is in prison left.", true),
            ("His gran in Fairbourne has moved.", true),
            ("One child, age 7, has no home.", true),
            ("One care leaver said he was happy.", true),
            ("Our one child in custody is well.", true),
            ("The brothers in Fairbourne left.", true),
            ("She had her baby in May.", true),
            ("The brothers and sisters in Fairbourne are kept together.", false),
            ("A child may say that he or she is ill.", false),
            ("The only child protection plan ended.", false),
            ("Every 15-year-old child from Norwich came.", false),
            ("A girl with autism is more likely to be missed.", false),
            ("Where a boy is Syrian, an interpreter comes.", false),
            ("A child with a disability may stay.", false),
            ("He or she is 16.", false),
            ("The youngest children from Thornbeck came.", false),
            ("Sibling groups in Thornbeck wait.", false),
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
            ("born on the third of May 2011", true),
            ("She turned 16 on 4 May.", true),
            ("his 18th birthday is 12 December", true),
            ("her birthday in March", true),
            ("Children born between 3 May 2011 and 4 May 2012 count.", false),
            ("Babies born on 3 May 2026 count.", false),
            ("All who turn 18 in May count.", false),
            ("A child born on or after 3 May 2011 counts.", false),
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
            ("AB-12-34-56-C", true),
            ("AB.12/34 56·C", true),
            ("94 34 76 59 19", true),
            ("9434.765.919", true),
            ("A-1234-5678-9012-3", true),
            ("passport no 509876543", true),
            ("She has reg AB12 CDE.", true),
            ("car reg A123 BCD", true),
            ("FY25 NHS", false),
            ("FY25 KLM", false),
            ("NHS 2025-26 plan", false),
            ("The NHS 10 Year Plan", false),
            ("Passport to 2030", false),
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
            ("Case no. 447", true),
            ("LE26C00123", true),
            ("NR25/C/00456", true),
            ("36/45123/26", true),
            ("CIC-20451", true),
            ("per case 1234", false),
            ("CS/26/014", false),
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
            ("Rose Cottage, Mill Lane", true),
            ("number 14 in Mill Lane", true),
            ("at 22 station road", true),
            ("She lives at Rose Cottage.", true),
            ("County Hall, Mill Lane", false),
            ("Town Hall, Mill Lane", false),
            ("On 31 March Castle Street closed.", false),
            ("It heard 3 Crown Court cases.", false),
            ("It stayed flat 3 months.", false),
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
            ("07 700 900 123", true),
            ("0770.0900.123", true),
            ("0 7 7 0 0 9 0 0 1 2 3", true),
            ("phone 612345", true),
            ("ring 0300 123 4567", false),
            ("They were 0, 12, 15, 18, 20 and 22.", false),
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
            ("sara77@gmail.com", true),
            ("team@gmail.com", true),
            ("kestrel@example.org", true),
            ("jane at gmail dot com", true),
            ("info@example.org", false),
            ("performance.team@wrenshire.gov.uk", false),
            ("leaving.care@example.org", false),
        ],
    );
}

#[test]
fn accounts_are_told_from_the_councils_own() {
    table(
        PersonalDetail::Account,
        &[
            ("He is @lil_kxy.", true),
            ("on Snapchat as kay_09", true),
            ("insta: kay_09", true),
            ("facebook.com/kay.x", true),
            ("facebook.com/wrenshirecc", false),
            ("See @WrenshireCC and @Ofsted.", false),
            ("It was 5 @ £450.", false),
            ("ask info@example.org", false),
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
            ("The twins at Ash House left.", true),
            ("The mum works at Hillside Academy.", true),
            ("Sibling groups go to Ash House.", false),
            ("Two children are at Larkfield Lodge.", false),
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
