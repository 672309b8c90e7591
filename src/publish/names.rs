//! Names that every system can hold: a published folder is opened on Windows,
//! synchronised to SharePoint and mailed.

/// The longest name, in bytes. Linux holds 255 bytes and Windows 260 characters
/// of the whole path; this leaves room for both.
const LONGEST: usize = 180;

/// Whether every system takes this as the name of one file, or why not.
pub(super) fn check(name: &str) -> Result<(), &'static str> {
    if name.is_empty() {
        Err("it is empty")
    } else if name.len() > LONGEST {
        Err("it is longer than 180 bytes")
    } else if name.chars().any(|c| c.is_control() || "<>:\"/\\|?*".contains(c)) {
        Err("it holds one of < > : \" / \\ | ? * or a control character")
    } else if name.starts_with([' ', '.']) || name.ends_with([' ', '.']) {
        Err("it begins or ends with a space or a full stop")
    } else if crate::domain::file_name::is_device(name) {
        Err("Windows keeps it for a device")
    } else {
        Ok(())
    }
}

/// The number in `r<N>`, written as this program writes it.
pub(super) fn revision(folder: &str) -> Option<u32> {
    let digits = folder.strip_prefix('r')?;
    let number: u32 = digits.parse().ok()?;
    (number > 0 && number.to_string() == digits).then_some(number)
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
    fn only_our_own_revision_folders_count() {
        for (folder, number) in [("r1", Some(1)), ("r12", Some(12)), ("r4294967295", Some(u32::MAX))] {
            assert_eq!(revision(folder), number);
        }
        for other in ["r0", "r01", "r", "R1", "r+1", "r1 - Copy", "1", "r4294967296", "r-1"] {
            assert_eq!(revision(other), None, "{other}");
        }
    }
}
