//! Quantities that are plainly none of a hidden figure: dates, times, ages, the
//! numbers of sections and stages, money, staff and meetings.
//!
//! What is named here may stand in a sentence on a hidden figure, and any other
//! quantity may not: a kind that nobody thought of is left out.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::quantities::is_dressed;

/// What of a figure makes a quantity its own that is none of another's.
#[derive(Debug, Clone, Default)]
pub(super) struct OwnKinds {
    /// Whether it is a time itself.
    pub(super) is_time: bool,
    /// Words of its title and of what it counts.
    pub(super) words: Vec<String>,
    /// Its targets.
    pub(super) targets: Vec<Decimal>,
}

/// A number as digits or words, a month, and what stands between two numbers.
const N: &str = r"(?:\d[\d,]*(?:\.\d+)?|(?:(?:twen|thir|for|fif|six|seven|eigh|nine)ty[ -])?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety))";
const MONTH: &str = r"(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)";
const TO: &str = r"(?:\s?[–-]\s?|\s(?:to|and|or)\s)";

/// Staff and what they do, of whom nobody is a child.
const THINGS: &str = r"(?:staff|workforce|workers?|practitioners?|managers?|officers?|advisers?|advocates?|mentors?|volunteers?|teams?|posts?|vacanc(?:y|ies)|council(?:s|lors?)?|authorit(?:y|ies)|partners?|agenc(?:y|ies)|aims?|actions?|priorit(?:y|ies)|objectives?|letters?|leaflets?|meetings?|workshops?|courses?|events?|visits?|services?|programmes?|projects?|strands?|steps?|reasons?|issues?|factors?|themes?|areas?|things?|ways?|changes?|measures?|options?|questions?|recommendations?|lessons?|buildings?|offices?|systems?|forms?|pages?|policies|policy|reports?|panels?|hubs?|buses|cars?|talks|trainees?|sessions?)";

/// What may stand between a number and those.
const BETWEEN: &str = r"(?:of|the|our|all|these|those|its|their|new|more|extra|further|additional|other|different|key|main|local|social|family|support|youth|early|help|police|health|senior|agency|permanent|temporary|full|part|time|qualified|experienced|joint|weekly|monthly|partner|independent|specialist|dedicated|council|training|home|personal|neighbouring)";

/// Words by which things may stand for children: "four workers each have one".
static FOR_EACH: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(?:each|apiece|respective(?:ly)?|every one|one for every)\b").ok());

/// How often something is done.
static EACH_TIME: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\beach (?:time|day|night|week|month|quarter|term|year|morning|evening)\b").ok());

/// After these no number is a name: "this year 4 went missing", "for the most part 4".
const NO_LABEL: [&str; 12] =
    ["this", "that", "last", "next", "each", "every", "per", "past", "previous", "most", "any", "one"];

/// Nor after these where the name is a time: "in the year 4 went missing".
const NO_TIME_LABEL: [&str; 6] = ["the", "a", "school", "financial", "calendar", "whole"];

/// What is never of a figure.
static ALWAYS: LazyLock<Vec<Option<Regex>>> = LazyLock::new(|| {
    let before = r"(?:^\W*|\b(?:on|by|from|to|until|till|since|before|after|of|between|and|dated|(?:mon|tues|wednes|thurs|fri|satur|sun)day),?\s|[–-]\s?)";
    [
        r"£\s?\d[\d,.]*\s?(?:k|m|bn|thousand|million|billion)?\b".to_owned(),
        // Dates and years.
        r"\b\d{1,2}[/.-]\d{1,2}[/.-](?:20)?\d\d\b|\b20\d\d-\d\d-\d\d\b".to_owned(),
        format!(r"\b\d{{1,2}}(?:(?:st|nd|rd|th)\s(?:of\s)?{MONTH}\b(?:,?\s20\d\d\b)?|\s{MONTH},?\s20\d\d\b)"),
        format!(r"{before}\d{{1,2}}\s{MONTH}\b(?:\W*$|\s(?:and|or|to|we|it|they|the|for|at|with|by|in|when|is|was|this|a|our|there|went|were|are|had|has|have|will|would|can|could|may|must|should|did|does|took|came|met|gave|said|agreed|asked|because|but|so|that|which|who|after|before|until|next|last|about|on|from|not|also|then|without|during|under|over)\b|[,;:)])"),
        r"\b(?:19|20)\d\d(?:\s?[/–-]\s?(?:20)?\d\d)?\b".to_owned(),
        // Times of day.
        format!(r"\b(?:{N}{TO})?{N}(?:[:.]\d\d)?\s?(?:am|pm|a\.m|p\.m|o['’]?clock)\b"),
        r"\b(?:[01]\d|2[0-3]):[0-5][05]\b|\b24/7\b|\b24-hour\b".to_owned(),
        // Ages.
        format!(r"\bage[sd]?\s(?:of\s)?{N}(?:(?:\s?[–-]\s?|\sto\s){N}|\s(?:and|or)\s[12]\d\b)?"),
        format!(r"\b{N}(?:{TO}{N})?[\s-]years?[\s-]olds?\b|\b(?:under|over)[\s-](?:1[0-9]|2[0-5])\b"),
        r"\b(?:under|over)[\s-](?:\d{1,2}s|fives|tens)\b|\b(?:1[0-9]|2[0-5])(?:\+|s\b|\s(?:and|or)\s(?:over|older|under|above)\b)".to_owned(),
        r"\b(?:turn(?:s|ed|ing)?|until|till|(?:or|and|care|home|school|leaves?|leaving|left|adults?) at)\s(?:1[678]|21|25)\b".to_owned(),
        // Telephone numbers, references and what else is a name.
        r"\b0\d{2,4}[\s-]?\d{3,}(?:[\s-]?\d{3,})?\b|\b(?:ring|call|dial|phone)\s(?:101|111|999)\b".to_owned(),
        r"\bcovid[\s-]19\b|\b(?:ks|q|y|p|part\s)[1-9]\b".to_owned(),
        r"\b(?:key stages?|sections|regulations|articles|paragraphs|pages|years)\s\d+(?:(?:,\s|\s?[–-]\s?|\s(?:to|and|or)\s)\d+)*".to_owned(),
        r"\bs\.?\s?\d\d\b".to_owned(),
        r"\b(?:per|for every)\s\d[\d,]*000\b".to_owned(),
        format!(r"\bfewer than {N}\b[^;:]*\b(?:no rating|not (?:rated|printed|shown))\b"),
        // Words that are a number elsewhere.
        r"\bno[ -]one\b|\bone another\b|\bon (?:the )?one hand\b|\bone[ -](?:off|stop|way)\b|\b(?:any|every|each|which|this|that)\s?one\b".to_owned(),
        r"\bone[ -]to[ -]one\b|\b1(?::|-|\sto\s|-to-)1\b|\bat one (?:point|time|stage)\b|\bzero[ -](?:tolerance|hours?)\b|\bonce (?:again|more)\b".to_owned(),
        r"\bsingle (?:point|assessment|front|view|agency|plan|system|record|list|team)\b|\bevery single\b|\bdouble[ -]check\w*".to_owned(),
        r"\b(?:second|third|fourth|\d(?:nd|rd|th))[\s-](?:quarter|half|week|phase|stage|part(?:y|ies)|sector|opinion|term|hand|nature|year|pair of (?:eyes|hands))\b|\b21st century\b".to_owned(),
        r"\b(?:this|last|next|each|every|per|previous|first|whole|full|past|in the|of the)\squarter\b|\bthe quarter\b\W*$".to_owned(),
        r"\bhalf[ -](?:term|day|time|yearly)\b|\b(?:first|second|latter) half\b".to_owned(),
        r"\bthe only (?:way|reason|thing|option|service|route|means|answer|difference|question)\b".to_owned(),
        r"\bas (?:many|few|much|little) as (?:possible|we can|they can|(?:is |are )?needed)\b|\bpairs? of (?:eyes|hands)\b".to_owned(),
    ]
    .iter()
    .map(|pattern| Regex::new(pattern).ok())
    .collect()
});

/// "CLA06", "M25".
static REFERENCE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\b[a-z]{1,4}\d{2,3}[a-z]?\b").ok());

static LABEL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let labels = "phase|stage|item|section|regulation|article|schedule|chapter|paragraph|page|table|appendix|annex|action|priority|aim|objective|recommendation|standard|tier|option|question|act";
    Regex::new(&format!(
        r"(?:\b(\w+)\s)?\b(?:{labels}|(year|quarter|week))\s(?:{N}|i{{1,3}}|iv|v|vi{{1,3}})(?:\([a-z0-9]+\))?\b"
    ))
    .ok()
});

static BOTH: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"\bboth((?:\s[\w'’-]+){1,4}?)\sand\b").ok());

static TIME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let more = r"(?:(?:working|school|calendar|clear|full|whole|consecutive|further|more|extra|additional|other)\s)*";
    let units = "minutes|hours|days|nights|weeks|fortnights|months|terms|years|decades";
    let unit = "minute|hour|day|night|week|month|term|year";
    Regex::new(&format!(
        r"\b(?:{N}{TO})?(?:{N}|half an?|{N} and a half|a (?:couple|handful) of|both)\s{more}(?:{units})\b|\b(?:{N}{TO})?(?:{N}-(?:{unit})|(?:\d\d|one|1|half an?)\s{more}(?:{unit}))\b"
    )).ok()
});

static THING: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let part = r"(?:a|one|two|three)[ -](?:half|thirds?|quarters?|fifths?|tenths?)";
    Regex::new(&format!(
        r"\b(?:{part}|half|both|a (?:couple|handful|pair|dozen|single)|single|{N}(?:\s(?:in|out of)\s{N})?(?:\s?%|\s?pc\b|\sper\s?cent\b)?)(?:[\s-]{BETWEEN})*\s({THINGS})\b"
    )).ok()
});

static TARGET: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\b(?:target|limit)(?:\s(?:of|is|was|remains|stays|at))*\s(\d[\d,]*(?:\.\d+)?)").ok());

/// A sentence in small letters without the quantities that are of no figure at all.
pub(super) fn without_common(text: &str) -> String {
    let mut left = text.to_owned();
    for pattern in &*ALWAYS {
        left = cut(&left, pattern.as_ref(), |_| true);
    }
    // "thr33" is none.
    left = cut(&left, REFERENCE.as_ref(), |word| !is_dressed(&word[0]));
    left = cut(&left, LABEL.as_ref(), |label| {
        let follows = |words: &[&str]| label.get(1).is_some_and(|before| words.contains(&before.as_str()));
        !(follows(&NO_LABEL) || (label.get(2).is_some() && follows(&NO_TIME_LABEL)))
    });
    // "Both of them", and "both were found and", are two.
    let are_two = ["of", "were", "are", "have", "had", "came", "went", "ran", "children", "boys", "girls"];
    cut(&left, BOTH.as_ref(), |both| !both[1].split_whitespace().any(|word| are_two.contains(&word)))
}

/// The same without those that are of another kind than one figure's own: a sentence,
/// and what [`without_common`] leaves of it.
pub(super) fn without(text: &str, common: &str, own: &OwnKinds) -> String {
    let mut left = cut(common, TARGET.as_ref(), |target| {
        target[1].replace(',', "").parse().is_ok_and(|value: Decimal| own.targets.contains(&value))
    });
    if !own.is_time {
        left = cut(&left, TIME.as_ref(), |_| true);
    }
    let often = cut(text, EACH_TIME.as_ref(), |_| true);
    let is_for_each = FOR_EACH.as_ref().is_none_or(|each| each.is_match(&often));
    let is_own = |thing: &str| own.words.iter().any(|word| super::figure_names::is_form_of(word, thing));
    cut(&left, THING.as_ref(), |thing| !is_for_each && !is_own(&thing[1]))
}

/// A text without what a pattern finds, where that may go. Where there is no pattern,
/// which its tests would show, nothing goes.
fn cut(text: &str, pattern: Option<&Regex>, may_go: impl Fn(&Captures<'_>) -> bool) -> String {
    let left = |found: &Captures<'_>| if may_go(found) { " ".to_owned() } else { found[0].to_owned() };
    pattern.map_or_else(|| text.to_owned(), |pattern| pattern.replace_all(text, left).into_owned())
}

#[cfg(test)]
mod tests {
    use super::super::quantities::has_any;
    use super::*;

    #[test]
    fn a_quantity_is_of_another_kind_where_that_is_plain_and_nowhere_else() {
        let none = OwnKinds::default();
        for (text, leaves) in [
            ("on 3 december", false),
            ("we had 4 october runaways", true),
            ("talks on 3 december went well", false),
            ("on 3 december children left", true),
            ("item 5", false),
            ("in december 4 left", true),
            ("4 pm", false),
            ("4 per month", true),
            ("aged 16 to 17", false),
            ("aged 16 and 4 were missing", true),
            ("under 16", false),
            ("under 5", true),
            ("under-5s", false),
            ("16+", false),
            ("5+", true),
            ("in year 3", false),
            ("this year 3 left", true),
            ("in the year 3 left", true),
            ("a section 47 enquiry", false),
            ("years 3 and 4", false),
            ("section 47", false),
            ("section 47 and 4 left", true),
            ("wf03", false),
            ("wf3", true),
            ("within 4 weeks", false),
            ("a 10-day limit", false),
            ("four day runs", true),
            ("half the staff", false),
            ("half the children", true),
            ("four new social workers", false),
            ("four children and workers", true),
            ("four workers each had one", true),
            ("four workers meet each week", false),
            ("on one hand", false),
            ("the fingers of one hand", true),
            ("thr33", true),
            ("both police and health", false),
            ("both were found and fed", true),
            ("the target of 5", true),
            ("this quarter", false),
            ("a quarter", true),
            ("£4 million", false),
            ("4 million", true),
        ] {
            let left = without(text, &without_common(text), &none);
            assert_eq!(has_any(&left), leaves, "{text}: {left:?}");
        }
    }

    #[test]
    fn what_a_figure_is_itself_of_is_no_other_kind() {
        let own = |is_time: bool, word: &str| OwnKinds {
            is_time,
            words: vec![word.to_owned()],
            targets: vec![Decimal::from(5)],
        };
        for (text, own, leaves) in [
            ("it took 4 weeks", own(true, "wait"), true),
            ("it took 4 weeks", own(false, "wait"), false),
            ("four visits", own(false, "visits"), true),
            ("four visits", own(false, "wait"), false),
            ("the target of 5", own(false, "wait"), false),
            ("the target of 4", own(false, "wait"), true),
        ] {
            assert_eq!(has_any(&without(text, &without_common(text), &own)), leaves, "{text}");
        }
    }
}
