//! The names of a revision's folder.

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
    fn only_our_own_revision_folders_count() {
        for (folder, number) in [("r1", Some(1)), ("r12", Some(12)), ("r4294967295", Some(u32::MAX))] {
            assert_eq!(revision(folder), number);
        }
        for other in ["r0", "r01", "r", "R1", "r+1", "r1 - Copy", "1", "r4294967296", "r-1"] {
            assert_eq!(revision(other), None, "{other}");
        }
    }
}
