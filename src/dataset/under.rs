//! Several measures across, each with its own months: which columns stand under
//! the heading that an indicator is declared to stand under.

use super::header::MonthColumn;
use super::months::Month;
use super::page::Page;
use super::report::{ReadReport, listed};
use super::text;
use crate::domain::finding::Code;
use crate::domain::indicator::Indicator;
use crate::domain::layout::{Heading, Naming};

/// The months under one heading.
pub(super) struct HeadingGroup {
    /// The heading; none where no indicator is declared to stand under one.
    heading: Option<String>,
    pub(super) months: Vec<(u32, Month)>,
}

impl HeadingGroup {
    /// Whether an indicator may stand under it: it is declared to, or under none.
    pub(super) fn holds(&self, naming: Option<&Naming>) -> bool {
        let Some(heading) = &self.heading else { return true };
        naming.and_then(|naming| naming.under.as_ref()).is_none_or(|under| is(under, heading))
    }
}

fn is(under: &Heading, heading: &str) -> bool {
    match under {
        Heading::Name(name) => text::key(name) == text::key(heading),
        Heading::Pattern(pattern) => pattern.is_match(&text::collapsed(heading)),
    }
}

/// The months by the headings over them; all together where no indicator is
/// declared to stand under one. F211 for each heading that is not there.
pub(super) fn groups(
    page: &Page<'_>,
    months: &[MonthColumn],
    indicators: &[&Indicator],
    report: &mut ReadReport,
) -> Vec<HeadingGroup> {
    let all =
        |columns: &mut dyn Iterator<Item = &MonthColumn>| columns.map(|column| (column.at, column.month)).collect();
    if !page.table.has_under() {
        return vec![HeadingGroup { heading: None, months: all(&mut months.iter()) }];
    }
    let mut headings: Vec<&str> = months.iter().map(|column| column.heading.as_str()).collect();
    headings.sort_unstable();
    headings.dedup();
    let shown: Vec<String> = headings.iter().map(|heading| format!("\"{}\"", text::short(heading))).collect();
    for indicator in indicators {
        let naming = page.table.names.get(&indicator.reference);
        let under = naming.and_then(|naming| naming.under.as_ref());
        let Some(under) = under.filter(|under| !headings.iter().any(|heading| is(under, heading))) else { continue };
        let near = text::nearest(under.as_str(), headings.iter().copied());
        let meant = near.map_or_else(String::new, |near| format!("; did you mean \"{}\"?", text::short(near)));
        report.at_indicator(
            Code::UnderMissing,
            None,
            indicator,
            format!("no months stand under the heading {under}; found {}", listed(&shown)),
            format!("rename the heading, or mend `under` under `indicators` in sources.toml{meant}"),
        );
        report.excuse(&indicator.reference);
    }
    headings
        .into_iter()
        .map(|heading| HeadingGroup {
            heading: Some(heading.to_owned()),
            months: all(&mut months.iter().filter(|column| column.heading == heading)),
        })
        .collect()
}
