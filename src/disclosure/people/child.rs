//! What makes one child recognisable without a name: an age with a sex, a
//! place, a school, a nationality or a disability; a letter with an age; a few
//! children beside the name of their school.

use std::sync::LazyLock;

use regex::Regex;

use super::names::is_known;
use super::sentence::Sentence;
use super::word_list::WordList;
use super::{OwnWords, PersonalDetail};

const AGE: &str = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)";
const ONE: &str = r"(?:an?|one|the|this|that|her|his|our|another|single|only)";
const CHILD: &str = r"(?:girl|boy|child|young person|young woman|young man|young lady|teenager|teen|baby|toddler|daughter|son|sister|brother|pupil|student|youngster|infant|sibling|care leaver|adolescent|lad|female|male|youth|learner)";
const SEXED: &str = r"(?:girl|boy|young woman|young man|young lady|daughter|son|sister|brother|lad|female|male)";
const NATION: &str = r"(?:afghan|albanian|algerian|bangladeshi|black|british asian|bulgarian|chinese|congolese|czech|egyptian|eritrean|ethiopian|gambian|ghanaian|gypsy|hungarian|indian|iranian|iraqi|jamaican|kurdish|latvian|libyan|lithuanian|mixed[- ]heritage|mixed[- ]race|moroccan|nepalese|nigerian|pakistani|palestinian|polish|portuguese|roma|romanian|russian|slovak|somali|sri lankan|sudanese|syrian|tamil|traveller|turkish|ukrainian|vietnamese|white british|white|yemeni|zimbabwean|muslim|sikh|hindu|jewish)";
const CONDITION: &str = r"(?:autistic|autism|adhd|deaf|blind|disabled|disability|down['’]?s syndrome|cerebral palsy|epilepsy|epileptic|diabetic|diabetes|wheelchair|pregnant|psychosis|anorexia|eating disorder|learning difficult(?:y|ies)|cystic fibrosis|muscular dystrophy|tourette['’]?s|non-verbal|transgender|suicidal)";
/// Words between: by what ends one, because to tell every letter of the world takes
/// longer than all the rest.
const WORDS: &str = r"(?:[^\s,.;:!?()/&]+\s+)";

/// The forms that say an age of one child, and those that need no age.
struct Forms {
    /// "a 15-year-old", with what follows.
    years_old: Option<Regex>,
    /// "a girl of 15", "the boy, aged 9,".
    aged: Option<Regex>,
    /// What an age must have beside it.
    mark: Option<Regex>,
    /// "from Norwich".
    place: Option<Regex>,
    /// "a Somali boy", "an autistic girl", "a girl with epilepsy".
    ageless: Option<Regex>,
    /// "J, 15,", "AB (14)".
    initials: Option<Regex>,
    /// "Oluwaseun, aged 15".
    name_aged: Option<Regex>,
    /// "Child J".
    letter: Option<Regex>,
    /// "two children".
    few: Option<Regex>,
    /// "St Mary's Primary".
    school: Option<Regex>,
    /// A child, or an adjective or two before one.
    child: Option<Regex>,
}

/// The pattern of each form.
pub(super) fn patterns() -> [String; 11] {
    [
        format!(r"(?i)\b{ONE}\s+{WORDS}{{0,3}}?{AGE}[\s\-]+(?:year|yr|month|week|day)s?[\s\-]+olds?\b(.*)"),
        format!(r"(?i)\b{ONE}\s+{WORDS}{{0,3}}?({CHILD})(?:,?\s+(?:who\s+(?:is|was|turned)|aged?|(?:is|was)(?:\s+aged)?)\s+|\s+of\s+|,?\s*\((?:aged?\s+)?|,\s+){AGE}\b(.*)"),
        format!(r"(?i)\b(?:{SEXED}|she|he|her|his|hers|him|mum|mother|{NATION}|{CONDITION})\b"),
        r"\b(?:from|at|near|in)\s+(?:the\s+)?([A-ZÀ-ÖØ-ÞĄĆČĎĐĘĚĞĪİŁŃŇŐŘŚŞŠȘŤȚŪŮŰŽŹŻ]\w[\w'’\-]+)".to_owned(),
        format!(r"(?i)\b{ONE}\s+{WORDS}{{0,2}}?(?:(?:{NATION}|{CONDITION})\s+{WORDS}?{SEXED}\b|{NATION}\s+(?:national|refugee|asylum[ -]seeker)\b|{SEXED}\s+(?:who\s+(?:is|has|uses)|with|in)\s+(?:an?\s+)?{CONDITION}\b)"),
        r"(?:^|[^\w.\-/&])([A-Z]\.?\s?[A-Z]?\.?)\s*(?:\((?:aged?\s+)?(\d{1,2})(?:\s*(?:years?|yrs?|y|months?|mths?)(?:\s+old)?)?\)|,?\s+aged\s+(\d{1,2})\b|,\s+(\d{1,2})(?:\s*(?:years?|yrs?|months?)(?:\s+old)?)?(?:,|\.$|$|;|\)|\s+who\b|\s+was\b|\s+has\b|\s+is\b))".to_owned(),
        r"\b([A-ZÀ-ÖØ-ÞĄĆČĎĐĘĚĞĪİŁŃŇŐŘŚŞŠȘŤȚŪŮŰŽŹŻ]\w[\w'’\-]+)(?:,?\s+aged\s+|,\s+|\s*\(aged?\s+)(\d{1,2})(?:\)|,|\s+who\b|\s+was\b|\s+has\b|$|\.$)".to_owned(),
        r"\b(?:[Cc]hild|[Yy]oung [Pp]erson|[Bb]aby|[Pp]upil|[Ss]tudent|[Ss]ibling|[Bb]oy|[Gg]irl|[Pp]arent|[Mm]other|[Ff]ather)\s+(?:[B-HJ-Z]|[A-Z]\d?\s?(?:and|&)\s?[A-Z]|[A-Z]\d)(?:'s|’s)?(?:\s|[.,;:)]|$)|\b(?:[Cc]hild|[Yy]oung [Pp]erson|[Cc]are leaver|[Bb]oy|[Gg]irl|[Mm]other|[Ff]ather|[Cc]arer|[Bb]aby)\s+[A-Z]\.\s?[A-Z]\b|\b(?:Child|Young Person|Sibling|Baby)\s+A(?:'s|’s)?\s+(?:was|is|has|had|and)\b|\bYP\s?\d\b".to_owned(),
        format!(r"(?i)\b(?:one|two|three|four|five|six|seven|eight|nine|[1-9])\s+(?:of\s+(?:the|our|these)\s+(?:\d+\s+)?)?{WORDS}{{0,2}}?(?:child|children|pupils?|students?|young people|young person|boys?|girls?|siblings|learners?|teenagers?|babies|baby)\b|\b(?:one|two|three|four|five|six|seven|eight|nine|[1-9]) of (?:them|these|those)\b"),
        r"\b(?:[A-ZÀ-ÖØ-ÞĄĆČĎĐĘĚĞĪİŁŃŇŐŘŚŞŠȘŤȚŪŮŰŽŹŻ][\w'’.\-]*\s+){1,5}(?:School|Academy|Primary|Secondary|College|Infants?|Juniors?|Nursery|Grammar|High|Lodge|House|Cottage|Manor)\b|\b(?:St|Saint)\.?\s+[A-ZÀ-ÖØ-ÞĄĆČĎĐĘĚĞĪİŁŃŇŐŘŚŞŠȘŤȚŪŮŰŽŹŻ][\w\-]+['’]s?\b".to_owned(),
        format!(r"(?i)^{WORDS}{{0,2}}?{CHILD}\b"),
    ]
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let [years_old, aged, mark, place, ageless, initials, name_aged, letter, few, school, child] =
        patterns().map(|pattern| Regex::new(&pattern).ok());
    Forms { years_old, aged, mark, place, ageless, initials, name_aged, letter, few, school, child }
});

/// What of a sentence speaks of one child, or of a few beside a school's name.
pub(super) fn found(sentence: &Sentence<'_>, own: &OwnWords) -> Vec<PersonalDetail> {
    let mut kinds = Vec::new();
    let text = sentence.text;
    let is = |form: &Option<Regex>| form.as_ref().is_some_and(|form| form.is_match(text));
    if is_one_of_an_age(text) || is(&FORMS.ageless) {
        kinds.push(PersonalDetail::OneChild);
    }
    if has_initials(text) || is(&FORMS.letter) {
        kinds.push(PersonalDetail::Initials);
    }
    if has_aged_name(text, own) {
        kinds.push(PersonalDetail::Name);
    }
    let schools = FORMS.school.iter().flat_map(|form| form.find_iter(text));
    if is(&FORMS.few) && schools.into_iter().any(|school| is_called(school.as_str(), own)) {
        kinds.push(PersonalDetail::FewAtSchool);
    }
    kinds
}

/// An age of one child with something beside it.
fn is_one_of_an_age(text: &str) -> bool {
    let years_old = FORMS.years_old.as_ref().and_then(|form| form.captures(text));
    let by_years = years_old.as_ref().is_some_and(|hit| {
        let (whole, rest) = (&hit[0], &hit[1]);
        let said = whole.strip_suffix(rest).unwrap_or_default();
        !said.ends_with('s') && speaks_of_a_child(rest)
    });
    let aged = FORMS.aged.as_ref().and_then(|form| form.captures(text));
    let by_age = aged.as_ref().is_some_and(|hit| {
        let (whole, rest) = (&hit[0], &hit[2]);
        let said = whole.strip_suffix(rest).unwrap_or_default();
        let bare_comma = said.trim_end_matches(|c: char| c.is_alphanumeric()).trim_end().ends_with(',');
        !is_range(rest) && (!bare_comma || rest.starts_with([',', '.', ')']) || rest.is_empty())
    });
    (by_years || by_age) && (FORMS.mark.as_ref().is_some_and(|mark| mark.is_match(text)) || has_place(text))
}

/// Whether what follows "15-year-old" is a child, and not a contract.
fn speaks_of_a_child(rest: &str) -> bool {
    static AFTER: WordList =
        WordList::new(" who was is has had with from in at and placed living missing went moved whose is, ");
    let plain = rest.trim_start_matches([' ', '-', ',']);
    let first = plain.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    first.is_empty() || AFTER.has(&first) || FORMS.child.as_ref().is_some_and(|child| child.is_match(plain))
}

/// "to 15", "or over", "minutes": no age of one child.
fn is_range(rest: &str) -> bool {
    const AFTER: [&str; 17] = [
        "to ",
        "or ",
        "and over",
        "and under",
        "and above",
        "and older",
        "+",
        "%",
        "-",
        "–",
        "/",
        "minutes",
        "hours",
        "days",
        "per",
        "of ",
        "times",
    ];
    let plain = rest.trim_start();
    AFTER.iter().any(|after| plain.starts_with(after))
        || rest.starts_with(['.', ':']) && rest[1..].starts_with(|c: char| c.is_ascii_digit())
}

fn has_place(text: &str) -> bool {
    static NONE: WordList = WordList::new(
        " year england january february march april may june july august september october november december \
        section table chart figure annex appendix key ",
    );
    let mut places = FORMS.place.iter().flat_map(|form| form.captures_iter(text));
    places.any(|place| !NONE.has(&place[1].to_lowercase()))
}

fn has_initials(text: &str) -> bool {
    static BEFORE: WordList = WordList::new(
        " appendix annex table section part band grade figure schedule option item group level category \
        type class tier chart ward form plan route zone area key stage set block unit question tab ",
    );
    static NOT: WordList =
        WordList::new(" UK EU UN IT HR QA PE SW PA ED LA AI GP CP SG KS NI NE LP PM AM FE HE SS CE CI QI ");
    let hits = FORMS.initials.iter().flat_map(|form| form.captures_iter(text));
    hits.into_iter().any(|hit| {
        let letters: String = hit[1].chars().filter(|c| c.is_alphabetic()).collect();
        let start = hit.get(1).map_or(0, |letters| letters.start());
        let before =
            text.get(..start).unwrap_or_default().trim_end().rsplit(' ').next().unwrap_or_default().to_lowercase();
        let age = (2..=4).find_map(|i| hit.get(i)).and_then(|age| age.as_str().parse::<u32>().ok());
        !BEFORE.has(&before) && !NOT.has(&letters) && age.is_some_and(|age| age <= 25)
    })
}

/// "Oluwaseun, aged 15": a word that nobody knows, with an age.
fn has_aged_name(text: &str, own: &OwnWords) -> bool {
    let hits = FORMS.name_aged.iter().flat_map(|form| form.captures_iter(text));
    hits.into_iter().any(|hit| {
        let age = hit[2].parse::<u32>().is_ok_and(|age| age <= 25);
        age && !is_known(&hit[1].trim_end_matches("'s").trim_end_matches("’s").to_lowercase(), own)
    })
}

/// Whether a school has a name of its own: "Virtual School" has not.
fn is_called(school: &str, own: &OwnWords) -> bool {
    let words: Vec<&str> = school.split_whitespace().collect();
    let is_saint = |word: &&str| matches!(word.trim_end_matches('.'), "St" | "Saint");
    words.iter().any(is_saint) || words.iter().any(|word| !is_known(&word.to_lowercase(), own))
}
