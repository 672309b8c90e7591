//! The pattern that a council writes for the names of its packs.

/// What a pattern may name, in braces.
pub const PLACES: [&str; 8] = ["board", "scorecard", "month", "period", "revision", "item", "appendix", "council"];

/// What is wrong with a pattern, if anything.
pub fn fault(pattern: &str) -> Option<String> {
    let mut rest = pattern;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { return Some("a { is not closed".to_owned()) };
        if !PLACES.contains(&name) {
            return Some(format!("{{{name}}} is not known"));
        }
        rest = after;
    }
    // A revision that takes another's name could not be told from it in a mailbox.
    (!pattern.contains("{revision}")).then(|| "it does not name the {revision}".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_must_be_known_and_tell_revisions_apart() {
        for (pattern, faulty) in [
            ("{board} - r{revision}", false),
            ("{board}", true),
            ("{boards} - r{revision}", true),
            ("{board - r{revision}", true),
            ("r{revision} {", true),
        ] {
            assert_eq!(fault(pattern).is_some(), faulty, "{pattern}");
        }
    }
}
