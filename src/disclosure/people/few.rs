//! A few children beside the name of their school or home: few enough for
//! whoever knows the place to know them.

use std::sync::LazyLock;

use regex::Regex;

use super::OwnWords;
use super::names::is_known;
use super::pattern::compiled;

/// The pattern of a few, and that of a school or a home.
pub(super) fn patterns() -> [String; 2] {
    const WORDS: &str = r"(?:[^\s,.;:!?()/&]+\s+)";
    const NUMBER: &str = "(?:one|two|three|four|five|six|seven|eight|nine|[1-9])";
    const WHO: &str = "(?:child|children|pupils?|students?|young people|young person|boys?|girls?|siblings|brothers|sisters|lads?|lasses|learners?|teenagers?|teens|babies|baby|toddlers?|residents?|care leavers?|youths?|yps?)";
    [
        format!(
            r"(?i)\b{NUMBER}\s+(?:of\s+(?:the|our|these)\s+(?:\d+\s+)?)?{WORDS}{{0,2}}?{WHO}\b|\b{NUMBER} of (?:them|these|those)\b|\b(?:(?:a|the) (?:couple|pair|handful|trio) of|both(?: the)?)\s+{WORDS}{{0,2}}?{WHO}\b|\b(?:the|both|her|his|two|these)\s+{WORDS}{{0,2}}?(?:twins|triplets|brothers|sisters|siblings|sibling group|lads|lasses|cousins)\b|\b(?:the|this|that)\s+(?:{WORDS})?(?:girl|boy|lad|baby|pupil|kid|mum|mother|dad|father|stepdad|gran|nan|grandmother|carer)\b|\b(?:the|this|that|our|one)\s+child\s+(?:at|in|from|of)\b"
        ),
        r"\b(?:[A-ZÀ-ÖØ-ÞĄĆČĎĐĘĚĞĪİŁŃŇŐŘŚŞŠȘŤȚŪŮŰŽŹŻ][\w'’.\-]*\s+){1,5}(?:School|Academy|Primary|Secondary|College|Infants?|Juniors?|Nursery|Grammar|High|Lodge|House|Cottages?|Manor|Grange|Hall|Farm|Villas?|Barn|Hostel|Home|Homes|Centre|Unit|Project|Foyer|YOI|STC|Hospital)\b|\b(?:St|Saint)\.?\s+[A-ZÀ-ÖØ-ÞĄĆČĎĐĘĚĞĪİŁŃŇŐŘŚŞŠȘŤȚŪŮŰŽŹŻ][\w\-]+['’]s?\b".to_owned(),
    ]
}

static FORMS: LazyLock<[Option<Regex>; 2]> = LazyLock::new(|| patterns().map(|pattern| compiled(&pattern)));

/// Whether a sentence has a few children and a school or home by its name.
pub(super) fn found(text: &str, own: &OwnWords) -> bool {
    let [few, school] = &*FORMS;
    let mut schools = school.iter().flat_map(|form| form.find_iter(text));
    few.as_ref().is_some_and(|few| few.is_match(text)) && schools.any(|school| is_called(school.as_str(), own))
}

/// Whether a school has a name of its own: "Virtual School" has not.
fn is_called(school: &str, own: &OwnWords) -> bool {
    let words: Vec<&str> = school.split_whitespace().collect();
    let is_saint = |word: &&str| matches!(word.trim_end_matches('.'), "St" | "Saint");
    !own.has_together(school)
        && (words.iter().any(is_saint) || words.iter().any(|word| !is_known(&word.to_lowercase(), own)))
}
