//! Which of several files is the newest.

use std::cmp::Ordering;

/// Compares names without case, and numbers in them by value: v9 before v10.
pub(super) fn by_name(a: &str, b: &str) -> Ordering {
    let (a, b) = (a.to_lowercase(), b.to_lowercase());
    let (mut a, mut b) = (a.as_str(), b.as_str());
    loop {
        let ((ours, rest), (theirs, others)) = (piece(a), piece(b));
        if ours.is_empty() && theirs.is_empty() {
            return Ordering::Equal;
        }
        let both_numbers = [ours, theirs].iter().all(|piece| piece.starts_with(|c: char| c.is_ascii_digit()));
        let order = if both_numbers {
            let value = |digits: &str| {
                let digits = digits.trim_start_matches('0');
                (digits.len(), digits.to_owned())
            };
            value(ours).cmp(&value(theirs))
        } else {
            ours.cmp(theirs)
        };
        if order != Ordering::Equal {
            return order;
        }
        (a, b) = (rest, others);
    }
}

/// The run of digits, or of anything else, that a text begins with.
fn piece(text: &str) -> (&str, &str) {
    let is_number = text.starts_with(|c: char| c.is_ascii_digit());
    let end = text.find(|c: char| c.is_ascii_digit() != is_number).unwrap_or(text.len());
    text.split_at(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_count_by_value() {
        for (older, newer) in [
            ("KPI_2026-09.xlsx", "KPI_2026-10.xlsx"),
            ("KPI 9.xlsx", "KPI 10.xlsx"),
            ("KPI v9 final.xlsx", "kpi V10 draft.xlsx"),
            ("2026-9/KPI.xlsx", "2026-10/KPI.xlsx"),
            ("KPI.xlsx", "KPI_2.xlsx"),
            ("a1.xlsx", "a1b.xlsx"),
        ] {
            assert_eq!(by_name(older, newer), Ordering::Less, "{older} {newer}");
            assert_eq!(by_name(newer, older), Ordering::Greater, "{older} {newer}");
        }
        assert_eq!(by_name("KPI_01.xlsx", "kpi_1.xlsx"), Ordering::Equal);
    }
}
