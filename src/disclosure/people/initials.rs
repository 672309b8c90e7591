//! Letters that stand for somebody: with an age, behind "Child", before what only
//! a person has or does.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::pattern::compiled;
use super::word_list::WordList;

/// "J", "JB", "J.B.", "J R B".
const LETTERS: &str = r"([A-Z](?:\.?\s?[A-Z]){0,2}\.?)";

/// Letters of one or two.
const TWO: &str = r"([A-Z]\.?(?:\s?[A-Z]\.?)?)";

/// Whom a letter may stand for.
const PERSON: &str = r"(?i:child|young\s+person|yp|baby|pupil|student|sibling|boy|girl|parent|mother|father|mum|dad|carer|leaver|twin|client|service\s+user|brother|sister|son|daughter|person|resident|learner|youth|male|female|grandparent|grandmother|grandfather)";

/// What a person has or does.
const PERSONS: &str = r"(?:['’]s\s+(?:own\s+|new\s+|foster\s+|birth\s+|social\s+|current\s+|last\s+)?(?:mother|mum|father|dad|parents?|carers?|sisters?|brothers?|siblings?|family|worker|placement|school|birthday|pathway|behaviour|disability|diagnosis|case|review|care\s+plan|flat|baby|adviser|solicitor|nan|gran|allegation|disclosure)|\s+(?:absconded|disclosed|self-harmed|alleged|went\s+missing|ran\s+away|ran\s+off|lives|lived|refuses|(?:was|is|has\s+been)\s+(?:placed|moved|remanded|arrested|sectioned|restrained|excluded|evicted|accommodated|hospitalised|detained|pregnant|missing)))\b";

/// The pattern of each form; each has the letters in a group.
pub(super) fn patterns() -> [(String, LetterCue); 17] {
    const YEARS: &str = r"\s*(?:years?|yrs?|y/?o|y|months?|mths?|weeks?)\b(?:[\s\-]+old)?";
    const NOW: &str = r"(?:(?:now|just|only|still|aged?)\s+)*";
    let who = r"who(?:\s+(?:is|was|has\s+turned|turned|turns|will\s+be)|['’]s)\s+";
    [
        (
            format!(
                r"(?:^|[^\w.\-/&]){LETTERS}\s*(?:\((?:aged?\s+)?(\d{{1,2}})(?:{YEARS})?\)|,?\s+(?:{who})?{NOW}aged?\s+(\d{{1,2}})\b|,?\s+{who}{NOW}(\d{{1,2}})\b)"
            ),
            LetterCue::Age,
        ),
        (
            format!(
                r"(?:^|[^\w.\-/&]){TWO}(?:,\s+(\d{{1,2}})(?:{YEARS})?(?:,|\.$|$|;|\)|\s+(?:who|was|has|is|had)\b)|\s+(?:is|was|turned|turns)\s+{NOW}(\d{{1,2}})(?:{YEARS}|,|\.$|$|\s+and\b)|\s*[-–/:,]?\s*(\d{{1,2}})\s*(?:yo|y/o|yrs?|years?)\b)"
            ),
            LetterCue::Age,
        ),
        (
            format!(
                r"(?:(?i:\baged?)\s+(\d{{1,2}}),?|\b(\d{{1,2}})[\s\-]*(?:(?:year|yr)s?[\s\-]*old|yo|y/o),?)\s+{TWO}(?:['’]s|[.,;)]|$|\s+[a-z])"
            ),
            LetterCue::Age,
        ),
        (format!(r"\b{PERSON}\s+{TWO}(?:['’]s)?(?:[\s.,;:)]|$)"), LetterCue::Person),
        (
            r"\b(?:(?i:children|siblings|boys|girls|twins|brothers|sisters|parents|young\s+people)\s+([B-HJ-Z])(?:,\s?[A-Z])*\s+(?:and|&)\s+[A-Z]|(?i:children|siblings|boys|girls|twins|brothers|sisters|parents|young\s+people)\s+(A)(?:,\s?[A-Z])*\s+(?:and|&)\s+[B-Z]|(?:Child|Young [Pp]erson|YP|Sibling|Pupil|Boy|Girl|Baby|Parent|Carer|Client)\s?(\d{1,2})(?:['’]s|,|\s+(?:was|is|has|had|and|went|moved|ran|declined|refused)))\b".to_owned(),
            LetterCue::Person,
        ),
        (format!(r"(?:^|[^\w.\-/&]){TWO}{PERSONS}"), LetterCue::Deed),
        (r"(?:^|[^\w.\-/&])([A-Z]\.\s?[A-Z]\.(?:\s?[A-Z]\.)?)".to_owned(), LetterCue::Stops),
        (r"\b(?:on|about|for|of|with|re|by)\s+(?:Child|Young [Pp]erson|YP|Sibling|Pupil|Boy|Girl|Baby|Parent|Carer|Client)\s?\d{1,2}\b".to_owned(), LetterCue::Person),
        // A case of a court: "AB v Wrenshire", "Re K".
        (r"\b([A-Z]{1,2})\s+v\.?\s+[A-Z]|\b(?:[Ii]n\s+)?[Rr]e\s+([B-HJ-Z]|[A-Z]{2})(?:\s*\(|[,.;]|\s+(?:v|was|is|has)\b)".to_owned(), LetterCue::Person),
        (r"\b([A-Z]{2})\s+(?:and|&)\s+[A-Z]{2}\s+(?:are|were|have|both|had)\b".to_owned(), LetterCue::Deed),
        // "[KT]", "K.T moved", "re M and N", "Team manager (KT)", "R, aged sixteen".
        (r"(?:^|[\s(])\[([A-Z]{2})\](?:[^(]|$)".to_owned(), LetterCue::Person),
        (r"(?:^|[\s(])\[([B-HJ-Z])\]\s+[a-z]".to_owned(), LetterCue::Person),
        (r"(?:^|[^\w.\-/&])([A-Z]\.[A-Z])(?:['’]s)?(?:[\s,;:)]|$)".to_owned(), LetterCue::Stops),
        (r"\b(?:[Ii]n\s+)?[Rr]e\s+([B-HJ-Z]|[A-Z]{2})\s+(?:and|&)\s+[A-Z]{1,2}\b".to_owned(), LetterCue::Person),
        (format!(r"\b(?:{PERSON}|(?i:manager|worker|officer|adviser|iro|nurse|teacher))\s*\(([A-Z]{{2}})\)"), LetterCue::Bracket),
        (
            format!(r"(?:^|[^\w.\-/&]){LETTERS},?\s+(?:{who})?{NOW}aged?\s+(?:(?:thir|four|fif|six|seven|eigh|nine)teen|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b"),
            LetterCue::Age,
        ),
        (r"(?i:\binitials)\s+(?i:(?:are|is|were|being|of)\s+)?\W?([A-Z]{2,3})\b".to_owned(), LetterCue::Person),
    ]
}

/// What makes the letters somebody's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LetterCue {
    /// An age.
    Age,
    /// "Child" before them.
    Person,
    /// What a person has or does.
    Deed,
    /// Full stops.
    Stops,
    /// Brackets behind whom they stand for.
    Bracket,
}

static FORMS: LazyLock<Vec<(Option<Regex>, LetterCue)>> =
    LazyLock::new(|| patterns().into_iter().map(|(pattern, beside)| (compiled(&pattern), beside)).collect());

/// What stands before the letter of a part or a kind.
static BEFORE: WordList = WordList::new(
    " appendix annex table section part band grade figure schedule option item group level category type class \
    tier chart ward form plan route zone area key stage set block unit question tab ",
);

/// Letters that stand for something else.
static ABBREVIATIONS: WordList = WordList::new(
    " AA AC AD AE AI AM AO AP BI BT CC CD CE CH CI CIC CIN CLA CO CP CQ CS CV CYP DA DV EC ED EG EH EHC EP EU EY FB \
    FC FE FS FT FW FY GB GM GP HA HE HH HO HQ HR HT IA IC ID IE IQ IS IT IU IV IX JP KC KS LA LAC LD LO LP MD MH MI \
    MO MOT MP MS MT NB NE NF NHS NI NS NW OK OT PA PB PC PD PE PI PL PM PO PR PS PV PX QA QC QI RE RI RM RP RQ SA SC SE \
    SEN SG SI SM SS SSW ST SU SW TA TL TM TP TV TX UC UI UK UN US USA UV UX VAT VC VI VIP VP VR VS WC WE WF WP XI XL XX YA YJ \
    YO YOT YR ",
);

/// Whether letters stand for something else than somebody.
pub(super) fn is_abbreviation(letters: &str) -> bool {
    ABBREVIATIONS.has(letters)
}

/// The same of those that are written with full stops.
static STOPPED: WordList = WordList::new(" UK US EU UN USA AM PM NB PS IE EG DC NHS ");

/// Whether letters of a sentence stand for somebody.
pub(super) fn found(text: &str) -> bool {
    let is_in_capitals = FORMS.iter().any(|(form, beside)| {
        let mut hits = form.iter().flat_map(|form| form.captures_iter(text));
        hits.any(|hit| is_somebody(text, &hit, *beside))
    });
    is_in_capitals || SMALL.iter().any(|form| form.captures_iter(text).any(|hit| is_small_somebody(&hit)))
}

/// The same in small letters: "kt (15)", "j.t. was found".
pub(super) const SMALL_PATTERNS: [&str; 2] = [
    r"(?:^|[^\w.\-/&'])([a-z]{2})(?:\s*\((?:aged?\s+)?(\d{1,2})\s*(?:yo|y/o|yrs?|years?)?\)|,?\s+aged\s+(\d{1,2})\b|,\s+(\d{1,2}),)",
    r"(?:^|[^\w.])([a-z]\.\s?[a-z])(?:\.(?:['’]s|[\s,;:)]|$)|['’]s\s)",
];

static SMALL: LazyLock<Vec<Regex>> = LazyLock::new(|| SMALL_PATTERNS.into_iter().filter_map(compiled).collect());

fn is_small_somebody(hit: &Captures<'_>) -> bool {
    static WORDS: WordList = WordList::new(
        " am an as at be by do go he if in is it me my no of oh ok on or so to up us we yr vs pm ie eg nb cf pa op hr km \
        kg cm mm ml ft pt nd rd th st mr ms dr gp yp cp cf sq ca pp ",
    );
    let letters: String = hit[1].chars().filter(char::is_ascii_lowercase).collect();
    let age = (2..hit.len()).filter_map(|i| hit.get(i)).find_map(|age| age.as_str().parse::<u32>().ok());
    !WORDS.has(&letters) && !ABBREVIATIONS.has(&letters.to_uppercase()) && age.is_none_or(|age| age <= 25)
}

/// Whether letters are those with which the words before begin.
fn is_short_for(letters: &str, before: &str) -> bool {
    let words = before.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let firsts: String = words.filter_map(|word| word.chars().next()).flat_map(char::to_uppercase).collect();
    firsts.ends_with(letters)
}

fn is_somebody(text: &str, hit: &Captures<'_>, beside: LetterCue) -> bool {
    let is_letter = |c: char| c.is_ascii_uppercase();
    let group = (1..hit.len()).filter_map(|i| hit.get(i)).find(|group| group.as_str().contains(is_letter));
    let Some(group) = group else { return true };
    let letters: String = group.as_str().chars().filter(|c| is_letter(*c)).collect();
    let before = text.get(..group.start()).unwrap_or_default().trim_end();
    let before = before.rsplit([' ', '(']).next().unwrap_or_default().to_lowercase();
    let after = text.get(group.end()..).unwrap_or_default().to_lowercase();
    let is_word = match beside {
        // "A boy", "I was"; "Child A", but not "a child I met".
        LetterCue::Person => {
            letters == "I" || [" level", "-level", " levels"].iter().any(|level| after.starts_with(level))
        }
        // "Young person (YP)" is called so for short.
        LetterCue::Bracket => is_short_for(&letters, text.get(..group.start()).unwrap_or_default()),
        LetterCue::Age | LetterCue::Deed | LetterCue::Stops => matches!(letters.as_str(), "A" | "I"),
    };
    let is_other = match beside {
        LetterCue::Stops => STOPPED.has(&letters),
        LetterCue::Age | LetterCue::Person | LetterCue::Deed | LetterCue::Bracket => ABBREVIATIONS.has(&letters),
    };
    let mut ages = (1..hit.len()).filter_map(|i| hit.get(i)).filter_map(|group| group.as_str().parse::<u32>().ok());
    let is_of_age = beside != LetterCue::Age || ages.next().is_none_or(|age| age <= 25);
    let end = hit.get(0).map_or(0, |whole| whole.end());
    let is_range = beside == LetterCue::Age && super::child::is_range(text.get(end..).unwrap_or_default());
    !is_word && is_of_age && !is_range && !BEFORE.has(&before) && !is_other
}
