//! What the public edition hides: a list in the restricted edition, and the
//! whole log as `suppression.csv` beside it.

use super::Setting;
use super::csv_cell;
use super::model::{WithheldList, WithheldRow};
use crate::disclosure::HiddenFigure;
use crate::domain::{Edition, Period};
use crate::scorecard::{BreakdownLines, Line, Scorecard};

/// The columns of `suppression.csv`, in order.
pub const COLUMNS: [&str; 6] = ["ref", "period", "figure", "value", "why", "protects"];

/// The list of a restricted edition: the months that its tables show. None in
/// a public one, whatever the setting carries.
pub(super) fn list(card: &Scorecard<'_>, setting: &Setting<'_>) -> Option<WithheldList> {
    if setting.edition == Edition::Public {
        return None;
    }
    let of_board = of(card, setting.withheld);
    let rows: Vec<WithheldRow> =
        of_board.iter().filter(|(_, is_printed)| *is_printed).map(|(row, _)| withheld_row(row)).collect();
    let earlier = of_board.len() - rows.len();
    let mut intro = match rows.len() {
        0 => "The public edition hides none of the figures in the tables of this pack.".to_owned(),
        n => format!(
            "The public edition shows c in place of {}. It says nothing that would give {} away.",
            crate::words::count(n, "figure", "figures"),
            if n == 1 { "it" } else { "them" }
        ),
    };
    if earlier > 0 {
        intro.push_str(&format!(
            " suppression.csv, beside this file, has {} of other months too.",
            crate::words::count(earlier, "figure", "figures")
        ));
    }
    let heads = ["Figure", "Value", "Why it is hidden", "What it protects"].map(str::to_owned).to_vec();
    Some(WithheldList { title: "What the public edition hides".to_owned(), intro, heads, rows })
}

/// The log of a board, every month of it.
pub fn csv(card: &Scorecard<'_>, withheld: &[HiddenFigure]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for (row, _) in of(card, withheld) {
        let withheld = withheld_row(row);
        let place = [row.indicator.to_string(), row.period.to_string()];
        let cells = place.iter().chain([&withheld.figure, &withheld.value, &withheld.why, &withheld.protects]);
        writer.write_record(cells.map(|cell| csv_cell::written(cell).into_owned()))?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

/// What is hidden of a board's indicators, and whether its tables show it.
fn of<'h>(card: &Scorecard<'_>, withheld: &'h [HiddenFigure]) -> Vec<(&'h HiddenFigure, bool)> {
    let shows = |line: &Line<'_>, period: Period| [line.period, line.previous_period].contains(&period);
    let known = |row: &'h HiddenFigure| {
        let own = |line: &Line<'_>| line.indicator.reference == row.indicator;
        let line = card.lines().find(|line| own(line));
        let part = || {
            card.lines().flat_map(|line| &line.breakdowns).flat_map(BreakdownLines::every_line).find(|line| own(line))
        };
        line.or_else(part).map(|line| (row, shows(line, row.period)))
    };
    withheld.iter().filter_map(known).collect()
}

fn withheld_row(row: &HiddenFigure) -> WithheldRow {
    WithheldRow {
        figure: row.label.clone(),
        value: row.value.clone(),
        why: row.why.clone(),
        protects: row.protects.join("; "),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::domain::{Calendar, Council};
    use crate::pack::Version;
    use crate::scorecard::test_support::with_card;

    #[test]
    fn only_a_restricted_edition_tells_what_is_hidden() {
        let council = Council { name: "C".into(), contact: String::new() };
        let (glossary, sources) = (BTreeMap::new(), BTreeMap::new());
        let calendar = Calendar { bank_holidays: Default::default() };
        let indicator = "unit = \"count\"\nbetter = \"lower\"\nfrequency = \"monthly\"\nkind = \"stock\"\n";
        let (listed, log) = with_card(indicator, "", "\"A\"", "A,2026-10,4,,", |card| {
            let hidden = |period: &str| HiddenFigure {
                indicator: card.sections[0][0].indicator.reference.clone(),
                period: period.parse().unwrap(),
                label: format!("A, {period}"),
                value: "4".into(),
                why: "It is a count from 1 to 5.".into(),
                protects: vec!["B".into(), "C".into()],
            };
            let withheld = [hidden("2026-10"), hidden("2026-01")];
            let printed = |edition| {
                let setting = Setting {
                    council: &council,
                    glossary: &glossary,
                    sources: &sources,
                    calendar: &calendar,
                    approval: None,
                    version: Version { revision: 1, supersedes: None, after_final: false },
                    edition,
                    withheld: &withheld,
                };
                list(card, &setting)
            };
            let log = String::from_utf8(csv(card, &withheld).unwrap()).unwrap();
            ([printed(Edition::Public), printed(Edition::Restricted)], log)
        });
        let [public, restricted] = listed;
        assert_eq!(public, None);
        let restricted = restricted.unwrap();
        assert!(restricted.intro.starts_with("The public edition shows c in place of 1 figure"));
        assert!(restricted.intro.ends_with("has 1 figure of other months too."), "{}", restricted.intro);
        assert_eq!(restricted.rows.len(), 1);
        assert_eq!(restricted.rows[0].protects, "B; C");
        assert_eq!(log.lines().count(), 3);
    }
}
