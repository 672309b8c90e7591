//! The pattern that a council writes for the names of its packs.

/// What a pattern may name, in braces.
pub const PLACES: [&str; 8] = ["board", "scorecard", "month", "period", "revision", "item", "appendix", "council"];

/// Names that Windows keeps for devices, whatever their extension.
const DEVICES: [&str; 24] = [
    "con", "prn", "aux", "nul", "conin$", "conout$", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Whether Windows keeps a name for a device: no file or folder can be called so.
pub fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    DEVICES.contains(&stem.as_str())
}

/// The longest name, in bytes. Linux holds 255 bytes and Windows 260 characters
/// of the whole path; this leaves room for both.
const LONGEST: usize = 180;

/// Whether every system takes this as the name of one file, or why not: a published folder is
/// opened on Windows, synchronised to SharePoint and mailed.
pub fn check(name: &str) -> Result<(), &'static str> {
    if name.is_empty() {
        Err("it is empty")
    } else if name.len() > LONGEST {
        Err("it is longer than 180 bytes")
    } else if name.chars().any(|c| c.is_control() || "<>:\"/\\|?*".contains(c)) {
        Err("it holds one of < > : \" / \\ | ? * or a control character")
    } else if name.starts_with([' ', '.']) || name.ends_with([' ', '.']) {
        Err("it begins or ends with a space or a full stop")
    } else if is_device(name) {
        Err("Windows keeps it for a device")
    } else {
        Ok(())
    }
}

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
    fn a_name_is_good_everywhere_or_refused() {
        for good in
            ["Panel - Children in Care Scorecard - October 2026 - r1.pdf", "Größe.pdf", "console.pdf", &"a".repeat(180)]
        {
            assert_eq!(check(good), Ok(()), "{good}");
        }
        for bad in [
            "",
            "a/b.pdf",
            "a\\b.pdf",
            "SEND: plans.pdf",
            "a?.pdf",
            "a\nb.pdf",
            "a.",
            "a ",
            " a",
            ".a",
            "..",
            "CON",
            "nul.pdf",
            "com1 .pdf",
            &"a".repeat(181),
        ] {
            assert!(check(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_name_of_a_device_is_known_whatever_follows() {
        for (name, device) in [
            ("con", true),
            ("AUX", true),
            ("nul.pdf", true),
            ("com1 .pdf", true),
            ("com0", false),
            ("console", false),
            ("board-con", false),
        ] {
            assert_eq!(is_device(name), device, "{name}");
        }
    }

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
