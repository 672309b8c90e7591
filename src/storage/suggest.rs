//! "Did you mean" for file names.

/// How alike two names must be to be offered, 0 to 1.
const ALIKE: f64 = 0.6;

/// How many are offered.
const OFFERED: usize = 3;

/// The candidates nearest to what was looked for, nearest first. Case does not
/// matter, and of a pattern only its fixed letters count.
pub(super) fn nearest(wanted: &str, candidates: impl IntoIterator<Item = String>) -> Vec<String> {
    let wanted = wanted.to_lowercase().replace(['*', '?'], "");
    let mut scored: Vec<(f64, String)> = candidates
        .into_iter()
        .map(|name| (strsim::normalized_damerau_levenshtein(&wanted, &name.to_lowercase()), name))
        .filter(|(score, _)| *score >= ALIKE)
        .collect();
    scored.sort_by(|(a, a_name), (b, b_name)| b.total_cmp(a).then_with(|| a_name.cmp(b_name)));
    scored.into_iter().map(|(_, name)| name).take(OFFERED).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn offered(wanted: &str, names: &[&str]) -> Vec<String> {
        nearest(wanted, names.iter().map(|name| (*name).to_owned()))
    }

    #[test]
    fn near_names_come_nearest_first() {
        let names = ["Children_In_Care.xlsx", "children in care.xls", "adults.xlsx", "fostering.xlsx"];
        assert_eq!(offered("children_in_care.xlsx", &names), ["Children_In_Care.xlsx", "children in care.xls"]);
    }

    #[test]
    fn a_pattern_counts_by_its_fixed_letters() {
        assert_eq!(offered("KPI_2026-10*.xlsx", &["KPI_2026-09.xlsx", "notes.txt"]), ["KPI_2026-09.xlsx"]);
    }

    #[test]
    fn nothing_alike_offers_nothing() {
        assert!(offered("a.xlsx", &["minutes of the panel.docx"]).is_empty());
        assert!(offered("a.xlsx", &[]).is_empty());
    }
}
