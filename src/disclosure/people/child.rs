//! What makes one child recognisable without a name: an age with a sex, a
//! place, a school, a nationality or a disability; a nationality or a condition
//! of one; the only one of a kind; the twins of a town.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::OwnWords;
use super::given_names::is_name_before_age;
use super::names::is_known;
use super::pattern::compiled;
use super::word_list::WordList;

/// An age, in figures or in words.
pub(super) const AGE: &str = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)";
const OLD: &str = r"[\s\-]*(?:(?:year|yr|month|mth|week|wk|day)s?[\s\-]*olds?|y\.?/?o)\b";
const ONE: &str = r"(?:an?|one|the|this|that|her|his|our|their|another|single|only)";
const CHILD: &str = r"(?:girl|boy|child|young person|yp|young woman|young man|young lady|young mother|young father|teenager|teen|baby|toddler|daughter|son|sister|brother|pupil|student|youngster|infant|sibling|care leaver|adolescent|lad|lass|female|male|youth|learner|uasc|unaccompanied minor|minor|cla|cic|lac|resident|tenant|kid|wheelchair user|victim|patient|mother|father|mum|dad|parent|person|individual|refugee|asylum[ -]seeker)";
const SEXED: &str = r"(?:girl|boy|young woman|young man|young lady|young mother|young father|daughter|son|sister|brother|lad|lass|female|male)";
const NATION: &str = r"(?:afghan|albanian|algerian|american|angolan|australian|bangladeshi|belgian|black|brazilian|british asian|bulgarian|burmese|cameroonian|chechen|chinese|colombian|congolese|croatian|cuban|cypriot|czech|dutch|egyptian|eritrean|estonian|ethiopian|filipin[oa]|french|gambian|georgian|german|ghanaian|greek|guinean|gypsy|haitian|hungarian|indian|iranian|iraqi|irish|israeli|italian|ivorian|jamaican|jordanian|kazakh|kenyan|kosovan|kurdish|kuwaiti|latvian|lebanese|liberian|libyan|lithuanian|malawian|malian|maltese|mixed[- ]heritage|mixed[- ]race|moldovan|mongolian|moroccan|namibian|nepalese|nepali|nigerian|pakistani|palestinian|polish|portuguese|roma|romanian|russian|rwandan|saudi|senegalese|serbian|sierra leonean|slovak|somali|south african|spanish|sri lankan|sudanese|swedish|syrian|tamil|tanzanian|thai|traveller|tunisian|turkish|ugandan|ukrainian|uzbek|venezuelan|vietnamese|white british|white|yemeni|zambian|zimbabwean|muslim|sikh|hindu|jewish)";
const CONDITION: &str = r"(?:autistic|autism|asd|adhd|deaf|blind|disabled|disability|down['’]?s syndrome|cerebral palsy|epilepsy|epileptic|diabetic|diabetes|wheelchair|pregnant|psychosis|psychotic|schizophrenia|bipolar|anorexia|anorexic|bulimia|eating disorder|learning difficult(?:y|ies)|cystic fibrosis|muscular dystrophy|spina bifida|sickle cell|leukaemia|cancer|hiv|fasd|f(?:o)?etal alcohol|tourette['’]?s|non-verbal|transgender|non-binary|gay|lesbian|bisexual|suicidal|visually impaired|hearing impaired|cleft palate|dwarfism|ptsd|tracheostomy|feeding tube|brain injury|tumour|amputee|stoma|dialysis|transplant|heart condition|selective(?:ly)? mut(?:e|ism)|stammer|oxygen|life[- ]limit(?:ing|ed)[\\w ]{0,12})";
/// As many as are known one by one.
const FEW: &str = "(?:two|three|four|five|both|[2-5])";
/// One of whom no definition speaks.
const SOMEBODY: &str = "(?:girl|boy|lad|lass|kid|young man|young woman|young lady|teenager|teen|toddler|baby|twin)";
const KIN: &str = "(?:mother|mum|father|dad|parents?|stepdad|stepmum|stepfather|stepmother|grandmother|grandfather|grandparents|gran|nan|grandad|aunt|auntie|uncle|sisters?|brothers?|twin|siblings?|family|girlfriend|boyfriend|carers?)";
/// Words between: by what ends one, because to tell every letter of the world takes
/// longer than all the rest.
const WORDS: &str = r"(?:[^\s,.;:!?()/&]+\s+)";

/// The forms that say an age of one child, and those that need no age.
struct Forms {
    /// "a 15-year-old", with what follows.
    years_old: Option<Regex>,
    /// "15yo girl", with the word before and what follows.
    bare_years: Option<Regex>,
    /// "a girl of 15", "the boy, aged 9,", "Girl, 14,".
    aged: Option<Regex>,
    /// "aged 15, she", "she is 15".
    pronoun: Option<Regex>,
    /// "the Year 9 boy".
    year_group: Option<Regex>,
    /// "one child, age 7,".
    one_aged: Option<Regex>,
    /// What an age must have beside it.
    mark: Option<Regex>,
    /// "from Norwich".
    place: Option<Regex>,
    /// "a Somali boy", "one girl is Syrian", "the only boy".
    ageless: Option<Regex>,
    /// "the twins", "a sibling group of five".
    siblings: Option<Regex>,
    /// "Oluwaseun, aged 15".
    name_aged: Option<Regex>,
    /// A child, or an adjective or two before one.
    child: Option<Regex>,
}

/// The pattern of each form.
pub(super) fn patterns() -> [String; 12] {
    let from = r"(?:\s+(?:from|in|at|of|with)\s+[\w'’]+(?:\s+[\w'’]+)?)?";
    [
        format!(r"(?i)\b{ONE}\s+{WORDS}{{0,3}}?{AGE}{OLD}(.*)"),
        format!(r"(?i)(?:\b(\w+)\s+)?\b{AGE}{OLD}[\s,\-]+{WORDS}{{0,2}}?{CHILD}\b"),
        format!(
            r"(?i)(?:\b{ONE}\s+{WORDS}{{0,3}}?|^\W*|[:;–]\s*)({CHILD}){from}(?:,?\s+(?:who\s+(?:is|was|turned)|(?:now\s+)?aged?|(?:is|was)(?:\s+aged)?|(?:believed|thought|said)\s+to\s+be|now)\s+|\s+of\s+|,?\s*\((?:aged?\s+)?|,\s+){AGE}\b(.*)"
        ),
        format!(
            r"(?i)\b(?:she|he)\s+(?:is|was|turned|turns|had turned|has turned|will be|will turn)\s+(?:now |only |just |still |barely )?(?:\d{{1,2}}|t?e(?:n|leven)|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen)(?:[.,;)]|$|\s+(?:and|when|years|at the time|but|so|in|next|this|last|on)\b)|\baged?\s+\d{{1,2}},?\s+(?:she|he|(?:the|this|that)\s+{CHILD})\b|,\s+(?:now\s+|just\s+|only\s+)?{AGE}\s+(?:weeks?|months?|years?)\s+old[,.)]|\b(?:mother|father|mum|dad|pregnant|parent)\s+at\s+\d{{2}}\b|\b{ONE}\s+{WORDS}{{0,3}}?{AGE}{OLD}\s+(?:{CHILD}\s+)?(?:who|with|was|had|went|moved|absconded|whose)\b"
        ),
        format!(
            r"(?i)\b{ONE}\s+{WORDS}{{0,2}}?\(\s*(?:aged?\s+)?{AGE}(?:{OLD}|\s*(?:years?|yrs?))?\s*\)\s+{WORDS}{{0,2}}?{CHILD}\b|\b{ONE}\s+{WORDS}{{0,2}}?{CHILD}\s*\((?:[^()]{{0,40}}[,;/]\s*)?(?:aged?\s+)?\d{{1,2}}\s?(?:{OLD}|years?|yrs?|y)?\s*(?:[,;/][^()]{{0,60}})?\)|\b{ONE}\s+{WORDS}{{0,2}}?(?:year|yr)\s?\d{{1,2}}\s+{CHILD}\b|\b{ONE}\s+{WORDS}{{0,2}}?{SEXED}\s+(?:who is\s+)?in\s+(?:year|yr)\s?\d{{1,2}}\b"
        ),
        format!(
            r"(?i)\b(?:one|our|this|that|only)\s+{WORDS}{{0,2}}?{CHILD},?\s+(?:(?:who\s+is\s+|now\s+)*aged?\s+|\(aged?\s+){AGE}(?:[,.;)]|$|\s+(?:who|in|at|with|was|is|has|waited|moved|from)\b)|\b(?:{FEW}\s+{WORDS}{{0,2}}?(?:{CHILD}s|children|people|women|men|babies|ladies)|(?:the|her|his|our|these)\s+{WORDS}{{0,2}}?(?:brothers|sisters|siblings|twins|cousins)),?\s+\(?(?:who\s+(?:are|were)\s+)?(?:now\s+)?(?:both\s+)?aged?\s+{AGE}(?:,\s*{AGE})*,?\s+(?:and|&)\s+{AGE}\b"
        ),
        format!(r"(?i)\b(?:{SEXED}|she|he|her|his|hers|him|mum|mother|{NATION}|{CONDITION})\b"),
        r"\b(?:from|at|near|in)\s+(?:the\s+)?([A-ZÀ-ÖØ-ÞĄĆČĎĐĘĚĞĪİŁŃŇŐŘŚŞŠȘŤȚŪŮŰŽŹŻ]\w[\w'’\-]+)".to_owned(),
        ageless(),
        format!(
            r"(?i)\b(?:(?:the|our|these|two|both)\s+)?(?:{WORDS})?(?:twins|triplets|twin\s+(?:boys?|girls?|sisters?|brothers?))\b|\b(?:an?|one|the|this|that|another)\s+{WORDS}{{0,2}}?(?:sibling|family)\s+group\b|\b(?:{SEXED}|her|his)\s+twin\b|\b(?:an?|one|the|this|that)\s+{WORDS}{{0,2}}?(?:family|siblings)\s+of\s+(?:\d|two|three|four|five|six|seven|eight|nine)\b|\b(?:the|two|three|both|for|these|those)\s+(?:{WORDS})?(?:brothers|sisters)(?:[.,;]|\s+(?:in|at|from|who|are|were|have|of)\b)|\b(?:her|his|(?:the|this|that|one)\s+{WORDS}{{0,2}}?{SOMEBODY}['’]s)\s+(?:{WORDS})?{KIN}\b"
        ),
        r"\b([A-ZÀ-ÖØ-ÞĄĆČĎĐĘĚĞĪİŁŃŇŐŘŚŞŠȘŤȚŪŮŰŽŹŻ]\w[\w'’\-]*)(?:,?\s+aged\s+|,\s+|\s*\((?:aged?\s+)?|,?\s+who\s+is\s+)(\d{1,2}|(?:four|fif|six|seven|eigh|nine|thir)teen|ten|eleven|twelve)(?:\)|,|\s+who\b|\s+was\b|\s+has\b|\s+and\b|$|\.$)".to_owned(),
        format!(r"(?i)^{WORDS}{{0,2}}?{CHILD}\b"),
    ]
}

/// What of one child needs no age.
fn ageless() -> String {
    let verb = r"(?:who\s+)?(?:is|was|has|uses|came|comes|arrived|with)\s+(?:an?\s+|from\s+|to be\s+)?";
    [
        format!(
            r"(?i)\b{ONE}\s+{WORDS}{{0,2}}?(?:(?:{NATION}|{CONDITION})\s+{WORDS}?{SEXED}\b|{NATION}\s+(?:national|refugee|asylum[ -]seeker|uasc|unaccompanied\s+(?:minor|child))\b)"
        ),
        // Of a sex, or plainly one: "a child with a disability" may be any.
        format!(r"\b{ONE}\s+{WORDS}{{0,2}}?{SEXED},?\s+{verb}{WORDS}{{0,2}}?(?:{NATION}|{CONDITION})\b"),
        format!(
            r"\b(?:one|this|that|another|her|his)\s+{WORDS}{{0,2}}?{CHILD},?\s+{verb}{WORDS}{{0,2}}?(?:{NATION}|{CONDITION})\b"
        ),
        format!(
            r"\b(?:an?|one|this|that|another|the|our)\s+(?:{WORDS})?(?:transgender|trans|pregnant|suicidal|non-binary|{NATION})\s+(?:young person|child|teenager|care leaver|baby|yp)\s+(?:was|is|has|had|who|in|at|from|came|went)\b"
        ),
        format!(
            r"\b(?:the|our|her|his|their)\s+(?:only|sole|one|single|youngest|eldest|oldest)\s+(?:{WORDS}{{0,2}}?{CHILD}|{NATION})(?:['’]s)?(?:[.,;:)]|$|\s+(?:who|in|is|was|has|at|of|from|to|with|we|on|there|living|placed|left|under|over)\b)"
        ),
        format!(r"\bone of (?:the|our|my|these|those)\s+{WORDS}{{0,2}}?(?:{NATION}|{CONDITION})\b"),
        r"\b(?:the|our|her|his)\s+(?:youngest|eldest|oldest)\s+(?:of\s+(?:the|them|these|those)|is|was|has|had)\b".to_owned(),
        format!(r"\b{ONE}\s+{WORDS}{{0,2}}?{SEXED},?\s+(?:who\s+(?:is|was|came|comes)\s+)?(?:originally\s+)?from\s+(?-i:[A-Z])"),
        format!(r"\b{CHILD}[,\s(]+{NATION}[,\s(]+(?:aged?\s+)?\d{{1,2}}\b|\b(?:he|she)\s+(?:is|was)\s+(?:the|our)\s+only\s+one\b|\b{ONE}\s+{WORDS}{{0,2}}?{CHILD}\s+in\s+a\s+wheelchair\b"),
        format!(r"\b(?:one|this|that|our)\s+{WORDS}{{0,2}}?{CHILD},?\s+(?:(?:who\s+(?:is|was|came|comes)|originally|an?\s+{WORDS}{{0,3}}?)\s*)?from\s+(?-i:[A-Z])"),
        format!(r"\b(?:one|our|this|that)\s+{WORDS}{{0,2}}?{CHILD}\b[^.;]{{0,60}}\b(?:he|she|his|her|him)\b"),
        format!(r"\b{ONE}\s+{WORDS}{{0,2}}?(?:{NATION}|{CONDITION})\s+{WORDS}?(?:couple|mother|father|carer)\b"),
        format!(r"\b(?:{ONE}\s+{WORDS}{{0,2}}?{SEXED}|(?:one|this|that|our|another)\s+{WORDS}{{0,2}}?{CHILD})\s*\([^()]{{0,60}}?\b(?:{NATION}|{CONDITION})\b"),
        // What came to pass came to one: "a child with a disability may" is any.
        format!(r"\ban?\s+{WORDS}{{0,2}}?{CHILD}\s+with\s+{WORDS}{{0,2}}?{CONDITION}\s+(?:was|has|had|came|went|left|ran|\w+ed)\b"),
        // So few are born at once that each of them is known.
        format!(r"\b(?:the|our|these|her|his)\s+(?:{WORDS})?(?:triplets|quadruplets|quads)\b|\b(?:the|our|these|her|his)\s+(?:{WORDS})?twins\s+(?:was|were|have|had|are|came|went|left|ran|\w+ed)\b"),
        format!(r"\b(?:she|girl|young woman|teenager)\b[^.;]{{0,30}}\b(?:had|having|expecting|gave birth to|delivered)\s+(?:her|a)\s+(?:{WORDS})?(?:baby|son|daughter|twins|child)\b"),
        // A comma before "who": it is said of one.
        format!(r"\b{CHILD},\s+who\s+(?:is|was|has|had|uses|came|lives|lived|moved|turned)\b"),
        format!(r"\b(?:the|this|that)\s+{WORDS}{{0,2}}?{SOMEBODY}\s+(?:from|at)\s+the\b"),
        format!(r"\b(?:the|this|that)\s+{WORDS}{{0,2}}?(?:{CHILD}|family|one)\b[^.;]{{0,24}}\b(?:in|on)\s+the\s+(?:local\s+|national\s+)?(?:press|news|newspapers?|papers?|telly|television)\b"),
        format!(r"\b(?:she|he|mum|mother|dad|father|carer|parent|{SOMEBODY})\s+(?:is|was)\s+(?:the|an?)\s+(?:daughter|son|niece|nephew|wife|husband|partner|sister|brother|mother|father|grandchild)\s+of\b"),
        // Whose child, and who did what, is said of one that somebody knows.
        format!(r"\b(?:an?|one|the|this|that)\s+{WORDS}{{0,2}}?{CHILD}\s+whose\s+{WORDS}?{KIN}\s+(?:is|was|has|had|lives?|died|went|left|works?)\b"),
        format!(
            r"\b(?:the|this|that|our)\s+{WORDS}{{0,2}}?{SOMEBODY}\s+who\s+(?:is|was|has|had|set|ran|went|took|hit|stole|got|came|left|fell|gave|lost|won|\w+ed)\b"
        ),
        format!(
            r"\b(?:it|this|that|he|she)\s+(?:is|was)\s+the\s+same\s+{CHILD}\b|\b(?:this|that|he|she)\s+(?:is|was)\s+the\s+(?:{CHILD}|family|one)\s+(?:who|in|from|whose|that|we|known|mentioned|reported)\b"
        ),
    ]
    .join("|")
}

static FORMS: LazyLock<Forms> = LazyLock::new(|| {
    let [years_old, bare_years, aged, pronoun, year_group, one_aged, mark, place, ageless, siblings, name_aged, child] =
        patterns().map(|pattern| compiled(&pattern));
    Forms {
        years_old,
        bare_years,
        aged,
        pronoun,
        year_group,
        one_aged,
        mark,
        place,
        ageless,
        siblings,
        name_aged,
        child,
    }
});

/// Whether a sentence speaks of one child so that it may be recognised.
pub(super) fn is_of_one(text: &str) -> bool {
    let is = |form: &Option<Regex>| form.as_ref().is_some_and(|form| form.is_match(text));
    let marked = || is(&FORMS.mark) || has_place(text);
    is(&FORMS.ageless) && !GENERAL.as_ref().is_some_and(|form| form.is_match(text))
        || is_pronoun_of_an_age(text)
        || is(&FORMS.siblings) && has_place(text)
        || is(&FORMS.one_aged)
        || (says_an_age(text) || is(&FORMS.year_group)) && marked()
}

/// What is said of any child of a kind, and not of one.
static GENERAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    compiled(
        r"(?i)\b(?:is|are)\s+(?:more|less|as|most|least)\s+likely\b|\b(?:if|where|when|whether|whenever|each time)\s+an?\s|\btends? to\b",
    )
});

/// "She is 15", but not "he or she is 15" nor "she was 15 minutes late".
fn is_pronoun_of_an_age(text: &str) -> bool {
    let hit = FORMS.pronoun.as_ref().and_then(|form| form.find(text));
    hit.is_some_and(|hit| !text.get(..hit.start()).unwrap_or_default().trim_end().ends_with(" or"))
}

/// An age of one child.
fn says_an_age(text: &str) -> bool {
    fn first<'t>(form: &Option<Regex>, text: &'t str) -> Option<Captures<'t>> {
        form.as_ref().and_then(|form| form.captures(text))
    }
    let said = |hit: &Captures<'_>, rest: usize| {
        hit[0].strip_suffix(hit.get(rest).map_or("", |rest| rest.as_str())).unwrap_or_default().to_owned()
    };
    let by_years =
        first(&FORMS.years_old, text).is_some_and(|hit| !said(&hit, 1).ends_with('s') && speaks_of_a_child(&hit[1]));
    let by_bare_years = first(&FORMS.bare_years, text).is_some_and(|hit| {
        static ANY: WordList = WordList::new(" each every any all no most per to of under over ");
        !hit.get(1).is_some_and(|before| ANY.has(&before.as_str().to_lowercase()))
    });
    let by_age = first(&FORMS.aged, text).is_some_and(|hit| {
        let (said, rest) = (said(&hit, 2), &hit[2]);
        let bare_comma = said.trim_end_matches(|c: char| c.is_alphanumeric()).trim_end().ends_with(',');
        !is_range(rest) && (!bare_comma || rest.starts_with([',', '.', ')']) || rest.is_empty())
    });
    by_years || by_bare_years || by_age
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
pub(super) fn is_range(rest: &str) -> bool {
    const AFTER: [&str; 18] = [
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
        "miles",
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

/// "Oluwaseun, aged 15": a word that nobody knows, or a given name, with an age.
pub(super) fn has_aged_name(text: &str, own: &OwnWords) -> bool {
    let hits = FORMS.name_aged.iter().flat_map(|form| form.captures_iter(text));
    hits.into_iter().any(|hit| {
        let age = hit[2].parse::<u32>().map_or(true, |age| age <= 25);
        // "Thornbeck (12)" counts those of a place.
        let is_bare = !hit[0].contains("age") && !hit[0].contains("who") && hit[0].contains('(');
        let word = hit[1].trim_end_matches("'s").trim_end_matches("’s").to_lowercase();
        age && (is_name_before_age(&word) || !is_bare && !is_known(&word, own))
    })
}
