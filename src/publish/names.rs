//! The names of a revision's folder and of the files in it.

/// How the name of a supplement ends, which is the pack's own before that.
const SUPPLEMENT: &str = " - supplement.pdf";

/// The name of the supplement to a pack, by the pack's name without `.pdf`.
pub(super) fn supplement(stem: &str) -> String {
    format!("{stem}{SUPPLEMENT}")
}

/// Whether a file is the supplement to a pack, by its name.
pub(super) fn is_supplement(name: &str) -> bool {
    name.ends_with(SUPPLEMENT)
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
    fn a_supplement_goes_by_the_name_of_its_pack() {
        assert!(is_supplement(&supplement("Panel - r2")));
        assert!(!is_supplement("Panel - r2.pdf") && !is_supplement("Supplement.pdf"));
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
