//! Bodies, programmes and laws that have a person's name, so that it is nobody's
//! where it stands in theirs.

use std::sync::LazyLock;

use super::ordinary::is_institution;
use super::own_words::OwnWords;
use super::word_list::WordList;

/// Bodies, places and laws that are called after somebody.
const CALLED_AFTER: [&str; 46] = [
    "Adam Smith",
    "Anna Freud",
    "Burton upon Trent",
    "Boxall Profile",
    "Caldicott Guardian",
    "Caldicott Principles",
    "Charlie Waller",
    "Duke of Edinburgh",
    "Ernst and Young",
    "Esmée Fairbairn",
    "Florence Nightingale",
    "Fraser Guidelines",
    "Gillick Competence",
    "Gillick Competent",
    "Grant Thornton",
    "Great Ormond Street",
    "Harry Potter",
    "Henry Smith Charity",
    "Isle of Wight",
    "Jack Petchey",
    "James Paget",
    "John Lewis",
    "Joseph Rowntree",
    "King's Lynn",
    "Lloyd George",
    "Makaton Signing",
    "Marie Curie",
    "Merton Compliant",
    "Marie Stopes",
    "Martin Luther King",
    "Mary Seacole",
    "Milton Keynes",
    "Oliver McGowan",
    "Paul Hamlyn",
    "Peter Pan",
    "Prince's Trust",
    "Queen Elizabeth",
    "Queen Victoria",
    "Robin Hood",
    "Ronald McDonald",
    "Royal Albert",
    "Sally Army",
    "Thomas Coram",
    "Victoria Climbié",
    "Victoria Cross",
    "Winston Churchill",
];

static KNOWN: LazyLock<OwnWords> = LazyLock::new(|| {
    let mut known = OwnWords::default();
    CALLED_AFTER.iter().for_each(|name| known.phrase(name));
    known
});

/// Which of the words of a sentence stand in the name of such a body.
pub(super) fn marks(words: &[&str]) -> Vec<bool> {
    KNOWN.marks(words)
}

/// What no person has directly behind a name, in small letters too.
static BODIES: WordList = WordList::new(
    " nursery nurseries playgroup preschool pre-school foundation charity trust hospice inquiry enquiry programme \
    programmes project projects scheme model army academy academies pilot protocol principles framework fund award \
    awards bursary scholarship toolkit helpline charter centre centres clinic initiative festival ",
);

/// What only a body has behind a genitive: "Clare's Law".
static OF_A_BODY: WordList =
    WordList::new(" law rule trust foundation fund charity hospice act project day legacy programme place ");

/// What else is called after somebody by a surname, or a name that is a word too.
static PAPERS: WordList =
    WordList::new(" review report inquiry enquiry recommendations reforms principles audit judgment judgement ");

/// What is called after somebody by the whole name.
static BUILDINGS: WordList = WordList::new(" school college building hospital library theatre gallery ");

/// Whether a word, in small letters, is a paper that somebody wrote.
pub(super) fn makes_a_paper(word: &str) -> bool {
    PAPERS.has(word)
}

/// Whether a word, in small letters, makes a building of the whole name before it.
pub(super) fn makes_a_building(word: &str) -> bool {
    BUILDINGS.has(word)
}

/// Whether a word, in small letters, makes a body of the name before it.
pub(super) fn makes_a_body(word: &str) -> bool {
    BODIES.has(word)
}

/// The same behind a genitive.
pub(super) fn makes_a_body_of_its_own(word: &str) -> bool {
    OF_A_BODY.has(word)
}

/// The same where the name is a surname or a word too: "the Rose review".
pub(super) fn makes_a_paper_or_a_place(word: &str) -> bool {
    BODIES.has(word) || PAPERS.has(word) || is_institution(word) || matches!(word, "homes" | "flats" | "nurseries")
}
