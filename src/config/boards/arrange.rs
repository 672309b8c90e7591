//! `[arrange]` of a board's file: sections made from what its indicators belong to (a
//! directorate, a ward, a priority), with numbers that stay.

use std::collections::BTreeSet;

use super::{ReferenceList, SectionNames};
use crate::config::reader::TableReader;
use crate::domain::commitment::{Commitment, CommitmentKind};
use crate::domain::{IndicatorRef, OfficerText, Register, Section};

/// What stands for the board's commitments, whose own numbers the sections have.
const PRIORITY: &str = "priority";

/// The sections that a board has made from its `indicators`; none without `[arrange]`.
pub(super) fn sections(
    root: &mut TableReader<'_>,
    register: &Register,
    commitments: &[Commitment],
    names: &mut SectionNames,
) -> Vec<Section> {
    let names_listed = root.texts("indicators");
    if !root.has("arrange") {
        if !names_listed.is_empty() {
            let hint = "list them in [[sections]]; or say under [arrange] what sections are made from";
            root.fault("indicators", "is for a board that has [arrange]", hint);
        }
        return Vec::new();
    }
    if names_listed.is_empty() {
        root.fault(
            "indicators",
            "is missing, and [arrange] makes sections of it",
            "list references from indicators.toml",
        );
    }
    let indicators = names.known(root, ReferenceList { key: "indicators", names: &names_listed }, register);
    let mut table = root.table("arrange");
    let by = table.text(
        "by",
        "what sections are made from: a key of the indicators' `groups`, such as \"directorate\", or \"priority\"",
    );
    let made = if by == PRIORITY {
        if table.has("numbers") {
            table.fault(
                "numbers",
                "does not go with `by = \"priority\"`",
                "a section has the number of its commitment",
            );
        }
        by_commitment(&table, &indicators, commitments)
    } else {
        let mut numbers: Vec<(String, String)> = table.table("numbers").text_entries().into_iter().collect();
        numbers.sort_by_key(|(number, _)| (number.chars().count(), number.clone()));
        by_group(&table, &by, (&indicators, register), &numbers)
    };
    table.finish();
    made
}

/// A section for each priority that has indicators of the board. A recommendation or a
/// resolution may be about the same ones.
fn by_commitment(table: &TableReader<'_>, indicators: &[IndicatorRef], commitments: &[Commitment]) -> Vec<Section> {
    let priorities = || commitments.iter().filter(|commitment| commitment.kind == CommitmentKind::Priority);
    let of =
        |reference: &IndicatorRef| priorities().filter(|commitment| commitment.measures.contains(reference)).count();
    let wrong = |count: fn(usize) -> bool| -> Vec<String> {
        indicators.iter().filter(|reference| count(of(reference))).map(IndicatorRef::to_string).collect()
    };
    for (references, what) in [(wrong(|n| n == 0), "none"), (wrong(|n| n > 1), "more than one")] {
        if !references.is_empty() {
            let found = format!("{} among the `measures` of {what} of the priorities", are(&references));
            table.fault("by", found, "an indicator has one place on a board: let one priority measure it");
        }
    }
    let section = |commitment: &Commitment| {
        let own = indicators.iter().filter(|reference| commitment.measures.contains(reference)).cloned().collect();
        made(commitment.id.clone(), commitment.name(), commitment.title.clone(), own)
    };
    priorities().map(section).filter(|section| !section.indicators.is_empty()).collect()
}

/// A section for each group that has indicators of the board, by its declared number.
fn by_group(
    table: &TableReader<'_>,
    by: &str,
    (indicators, register): (&[IndicatorRef], &Register),
    numbers: &[(String, String)],
) -> Vec<Section> {
    let group = |reference: &IndicatorRef| register.get(reference)?.groups.get(by).map(|group| group.trim());
    let without: Vec<String> =
        indicators.iter().filter(|reference| group(reference).is_none()).map(IndicatorRef::to_string).collect();
    if !without.is_empty() && !by.is_empty() {
        let verb = if without.len() == 1 { "has" } else { "have" };
        let found = format!("{} {verb} no {by:?}", listed(&without));
        table.fault("by", found, format!("write groups = {{ {by} = \"…\" }} in each entry of indicators.toml"));
    }
    let named: BTreeSet<&str> = indicators.iter().filter_map(group).collect();
    for name in named {
        if !numbers.iter().any(|(_, known)| known.trim() == name) {
            let hint = "give it a number of its own, such as \"3\" = \"…\": numbers stay when groups come and go";
            table.fault("numbers", format!("has no number for {name:?}"), hint);
        }
    }
    let section = |(number, name): &(String, String)| {
        let own = indicators.iter().filter(|reference| group(reference) == Some(name.trim())).cloned().collect();
        made(number.clone(), name.trim().to_owned(), OfficerText::default(), own)
    };
    numbers.iter().map(section).filter(|section| !section.indicators.is_empty()).collect()
}

fn listed(references: &[String]) -> String {
    references.join(", ")
}

fn are(references: &[String]) -> String {
    format!("{} {}", listed(references), if references.len() == 1 { "is" } else { "are" })
}

fn made(number: String, title: String, intro: OfficerText, indicators: Vec<IndicatorRef>) -> Section {
    Section {
        number,
        title,
        intro,
        indicators,
        questions: Vec::new(),
        assurance: OfficerText::default(),
        breakdowns: None,
        passages: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::{Files, Loaded};

    /// The sections of a board of A, B and C, or every fault of its config.
    fn sections(board: &str, groups: [&str; 3]) -> Result<Vec<String>, Vec<String>> {
        let register: String = ["A", "B", "C"]
            .into_iter()
            .zip(groups)
            .map(|(name, groups)| {
                format!(
                    "[indicators.{name}]\ntitle = \"{name}\"\nplain = \"P\"\nnoun = \"children\"\nowner = \"O\"\nsource = \"s\"\nbasis = \"snapshot\"\n\
                    unit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n{groups}\n"
                )
            })
            .collect();
        let board = format!(
            "title = \"B\"\nscorecard = \"S\"\nowner = \"O\"\nschedule = {{ working_day = 1 }}\nindicators = [\"A\", \"B\", \"C\"]\n{board}"
        );
        let service = "[council]\nname = \"C\"\ncontact = \"C\"\n[schedule]\nfirst_period = \"2026-10\"\n[storage.share]\nkind = \"directory\"\npath = \".\"\n";
        let sources = "[sources.s]\ntitle = \"S\"\nfiles = \"s.csv\"\nlayout = \"long\"\nmonth = { column = \"m\", formats = [\"%Y-%m\"] }\ncolumns = { indicator = \"i\", value = \"v\" }\n";
        let files = [
            ("boardpack.toml", service),
            ("indicators.toml", &register),
            ("sources.toml", sources),
            ("boards/b.toml", &board),
        ];
        let files = Files::from_texts(files.map(|(name, text)| (name.to_owned(), text.to_owned())));
        let loaded = Loaded::resolve(Path::new("."), &files, &[], crate::storage::KINDS);
        let loaded = loaded.map_err(|error| {
            error.0.iter().map(|fault| format!("{} {}", fault.key, fault.message)).collect::<Vec<_>>()
        })?;
        let told = loaded.config.boards[0].sections.iter().map(|section| {
            let names: Vec<&str> = section.indicators.iter().map(crate::domain::IndicatorRef::as_str).collect();
            format!("{} {}: {}", section.number, section.title, names.join(" "))
        });
        Ok(told.collect())
    }

    const BY_WARD: &str =
        "[arrange]\nby = \"ward\"\n[arrange.numbers]\n\"10\" = \"South\"\n\"2\" = \"North\"\n\"3\" = \"East\"\n";
    const NORTH: &str = "groups = { ward = \"North\" }";
    const SOUTH: &str = "groups = { ward = \"South\", directorate = \"Education\" }";

    #[test]
    fn sections_are_made_of_groups_under_numbers_that_stay() {
        let made = |groups| sections(BY_WARD, groups);
        assert_eq!(made([SOUTH, NORTH, SOUTH]), Ok(vec!["2 North: B".to_owned(), "10 South: A C".to_owned()]));
        assert_eq!(made([SOUTH, SOUTH, SOUTH]), Ok(vec!["10 South: A B C".to_owned()]), "North comes back as 2");
        assert_eq!(made([SOUTH, "", ""]), Err(vec!["arrange.by B, C have no \"ward\"".to_owned()]));
        let west = "groups = { ward = \"West\" }";
        assert_eq!(made([NORTH, NORTH, west]), Err(vec!["arrange.numbers has no number for \"West\"".to_owned()]));
    }

    #[test]
    fn sections_are_made_of_commitments_that_measure_each_indicator_once() {
        let made = |more: &str| {
            let first = "[[commitments]]\nid = \"P1\"\ntitle = \"Homes close by\"\nmeasures = [\"C\", \"A\"]\n";
            sections(&format!("[arrange]\nby = \"priority\"\n{first}{more}"), ["", "", ""])
        };
        let other = |measures: &str| format!("[[commitments]]\nid = \"P2\"\ntitle = \"T\"\nmeasures = [{measures}]\n");
        assert_eq!(made(&other("\"B\"")), Ok(vec!["P1 Priority P1: A C".to_owned(), "P2 Priority P2: B".to_owned()]));
        let recommended =
            "[[commitments]]\nid = \"R4\"\nkind = \"recommendation\"\ntitle = \"T\"\nmeasures = [\"A\"]\n";
        assert_eq!(made(&(other("\"B\"") + recommended)).map(|sections| sections.len()), Ok(2));
        let none = "arrange.by B is among the `measures` of none of the priorities";
        assert_eq!(made(""), Err(vec![none.to_owned()]));
        let twice = "arrange.by A is among the `measures` of more than one of the priorities";
        assert_eq!(made(&other("\"B\", \"A\"")), Err(vec![twice.to_owned()]));
    }

    #[test]
    fn sections_of_words_stand_beside_those_that_are_made() {
        let words = "[[sections]]\nnumber = \"1\"\ntitle = \"One year on\"\n[[sections.words]]\ntext = \"x\"\n";
        let board = format!("{BY_WARD}{words}");
        let made = sections(&board, [NORTH, NORTH, NORTH]).unwrap();
        assert_eq!(made, ["1 One year on: ", "2 North: A B C"]);
        let clash = sections(&board.replace("\"1\"", "\"2\""), [NORTH, NORTH, NORTH]).unwrap_err();
        assert_eq!(clash, ["arrange makes a section \"2\", and there is one already"]);
        let alone = sections(words, ["", "", ""]).unwrap_err();
        assert_eq!(alone, ["indicators is for a board that has [arrange]"]);
    }
}
