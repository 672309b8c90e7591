//! What a text claims of the figure's direction, where it is plain.

/// A direction that is claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DirectionClaim {
    /// "Performance improved."
    Better,
    /// "Performance got worse."
    Worse,
}

const BETTER: [&str; 8] =
    ["improved", "improves", "improving", "improvement", "got better", "is better", "gone up well", "getting better"];
const WORSE: [&str; 8] = [
    "worsened",
    "worsening",
    "got worse",
    "is worse",
    "getting worse",
    "deteriorated",
    "deterioration",
    "deteriorating",
];

/// A sentence with one of these may mean anything: it denies, it contrasts, it
/// speaks of another time, or of what is hoped for.
const HEDGES: [&str; 50] = [
    "not",
    "no",
    "never",
    "nor",
    "neither",
    "without",
    "but",
    "although",
    "though",
    "however",
    "despite",
    "while",
    "whilst",
    "yet",
    "unless",
    "if",
    "will",
    "would",
    "should",
    "could",
    "may",
    "might",
    "can",
    "must",
    "expect",
    "expected",
    "aim",
    "aims",
    "plan",
    "plans",
    "hope",
    "need",
    "needs",
    "needed",
    "target",
    "forecast",
    "next",
    "until",
    "since",
    "year",
    "years",
    "quarter",
    "over",
    "than",
    "before",
    "after",
    "to",
    "for",
    "other",
    "elsewhere",
];

/// The first plain claim of a text, and the sentence that makes it.
pub(super) fn first(text: &str) -> Option<(DirectionClaim, &str)> {
    text.split_inclusive(['.', '!', '?', ';', '\n'])
        .map(str::trim)
        .find_map(|sentence| Some((claim(sentence)?, sentence)))
}

fn claim(sentence: &str) -> Option<DirectionClaim> {
    let words: Vec<String> = sentence
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'))
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    if words.iter().any(|word| HEDGES.contains(&word.as_str()) || word.ends_with("n't") || word.ends_with("n’t")) {
        return None;
    }
    let plain = format!(" {} ", words.join(" "));
    let says = |all: &[&str]| all.iter().any(|words| plain.contains(&format!(" {words} ")));
    match (says(&BETTER), says(&WORSE)) {
        (true, false) => Some(DirectionClaim::Better),
        (false, true) => Some(DirectionClaim::Worse),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_claim_is_one() {
        for (text, expected) in [
            ("Performance improved in October.", Some(DirectionClaim::Better)),
            ("There were 5 late reviews. It has got worse.", Some(DirectionClaim::Worse)),
            ("Timeliness has deteriorated.", Some(DirectionClaim::Worse)),
            ("This shows a clear improvement", Some(DirectionClaim::Better)),
            ("Performance has not improved.", None),
            ("Performance hasn’t improved.", None),
            ("It improved on last year.", None),
            ("We expect improvement by March.", None),
            ("It improved in the north but is worse in the south.", None),
            ("The new team improved and the old one worsened.", None),
            ("An improvement plan is being written to turn this round.", None),
            ("More children came into care.", None),
            ("", None),
        ] {
            assert_eq!(first(text).map(|(claim, _)| claim), expected, "{text}");
        }
    }
}
