//! A few children beside the name of their school or home: few enough for
//! whoever knows the place to know them.

use std::sync::LazyLock;

use regex::Regex;

use super::OwnWords;
use super::names::is_known;
use super::pattern::compiled;
use super::roles::is_of_a_role;
use super::word_list::WordList;

/// The pattern of a few, that of a school or a home, and that of a school in small
/// letters.
pub(super) fn patterns() -> [String; 3] {
    const WORDS: &str = r"(?:[^\s,.;:!?()/&]+\s+)";
    const NUMBER: &str = "(?:one|two|three|four|five|six|seven|eight|nine|[1-9]|(?:an?|the) (?:single|sole|lone|further|second|third|only))";
    /// What happens to one each, and what does.
    const EACH: &str = "(?:exclusions?|suspensions?|expulsions?|allegations?|disclosures?|arrests?|admissions?|referrals?|placements?|cases|absconders?|runaways?|leavers?)";
    const DONE: &str = "(?:(?:were|was|are|is|have been|has been|had been|got)\\s+(?:\\w+ly\\s+)?(?:excluded|suspended|expelled|moved|placed|arrested|absent|missing|referred|admitted|removed|remanded|assaulted|injured|restrained|sent|bullied|on roll)|left|moved|absconded|ran|went missing)";
    const WHO: &str = "(?:child|children|pupils?|students?|young people|young person|boys?|girls?|siblings|brothers|sisters|lads?|lasses|learners?|teenagers?|teens|babies|baby|toddlers?|residents?|care leavers?|youths?|yps?)";
    [
        format!(
            r"(?i)\b{NUMBER}\s+(?:of\s+(?:the|our|these)\s+(?:\d+\s+)?)?{WORDS}{{0,2}}?{WHO}\b|\b{NUMBER} of (?:them|these|those|the {NUMBER})\b|\b(?:{NUMBER}|both)\s+(?:of\s+)?(?:the\s+)?{WORDS}{{0,2}}?{EACH}\b|\b(?:{NUMBER}|both)\s+{DONE}\b|\b(?:(?:a|the) (?:couple|pair|handful|trio) of|both(?: the)?)\s+{WORDS}{{0,2}}?{WHO}\b|\b(?:the|both|her|his|two|these)\s+{WORDS}{{0,2}}?(?:twins|triplets|brothers|sisters|siblings|sibling group|lads|lasses|cousins)\b|\b(?:the|this|that)\s+(?:{WORDS})?(?:girl|boy|lad|baby|pupil|kid|mum|mother|dad|father|stepdad|gran|nan|grandmother|carer)\b|\b(?:the|this|that|our|one)\s+child\s+(?:at|in|from|of)\b"
        ),
        r"\b(?:[A-ZÀ-ÖØ-ÞĄĆČĎĐĘĚĞĪİŁŃŇŐŘŚŞŠȘŤȚŪŮŰŽŹŻ][\w'’.\-]*\s+){1,5}(?:School|Academy|Primary|Secondary|College|Infants?|Juniors?|Nursery|Grammar|High|Lodge|House|Cottages?|Manor|Grange|Hall|Farm|Villas?|Barn|Hostel|Home|Homes|Centre|Unit|Project|Foyer|YOI|STC|Hospital)\b|\b(?:St|Saint)\.?\s+[A-ZÀ-ÖØ-ÞĄĆČĎĐĘĚĞĪİŁŃŇŐŘŚŞŠȘŤȚŪŮŰŽŹŻ][\w\-]+['’]s?\b".to_owned(),
        // Only a school that is called by its name stands without "the".
        r"\b(?:at|from|of|in|to)\s+((?:[a-z'’\-]+\s+){1,3}?(?:primary|secondary|juniors?|infants?|high|grammar|school|academy|college|nursery))\b".to_owned(),
    ]
}

static FORMS: LazyLock<[Option<Regex>; 3]> = LazyLock::new(|| patterns().map(|pattern| compiled(&pattern)));

/// Whether a sentence has a few children and a school or home by its name.
pub(super) fn found(text: &str, own: &OwnWords) -> bool {
    let [few, school, small] = &*FORMS;
    let mut schools = school.iter().flat_map(|form| form.find_iter(text));
    let mut in_small = small.iter().flat_map(|form| form.captures_iter(text));
    few.as_ref().is_some_and(|few| few.is_match(text))
        && (schools.any(|school| is_called(school.as_str(), own))
            || in_small.any(|hit| is_called_in_small(&hit[1], own)))
}

/// What schools are, and are not called by.
static KINDS: WordList = WordList::new(
    " virtual primary secondary special high junior juniors infant infants middle mainstream independent state maintained \
    local new day nursery nurseries free boarding residential our the a an each every all most some many another any one \
    two three four five no of and or in at for their his her this that further sixth form sixth-form pupil church \
    academy academies college grammar school schools university same different other either both alternative provision \
    catholic faith upper lower city first late early pre pre-school after-school out-of-area feeder host home last \
    as is to with when than good poor full part-time mixed neighbouring comprehensive selective private ",
);

/// Whether a school has a name of its own: "Virtual School" has not.
fn is_called(school: &str, own: &OwnWords) -> bool {
    let words: Vec<&str> = school.split_whitespace().collect();
    let is_saint = |word: &&str| matches!(word.trim_end_matches('.'), "St" | "Saint");
    let last = words.last().map(|word| word.to_lowercase()).unwrap_or_default();
    // "Hill Top High": ordinary words make the name of a school, and none of a home.
    let is_school = matches!(
        last.as_str(),
        "school"
            | "academy"
            | "primary"
            | "secondary"
            | "college"
            | "infant"
            | "infants"
            | "junior"
            | "juniors"
            | "grammar"
            | "high"
    );
    let is_name = |word: &&str| {
        let word = word.to_lowercase();
        if is_school { !KINDS.has(&word) && !is_of_a_role(&word) && !own.has(&word) } else { !is_known(&word, own) }
    };
    !own.has_together(school) && (words.iter().any(is_saint) || words.iter().any(is_name))
}

/// The same in small letters: a word that is in no list.
fn is_called_in_small(school: &str, own: &OwnWords) -> bool {
    let is_name = |word: &str| word.len() > 3 && !KINDS.has(word) && !is_known(word, own) && !word.ends_with("ing");
    !own.has_together(school) && school.split_whitespace().any(is_name)
}
