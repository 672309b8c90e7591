//! What is proposed is pasted into a council's config as it stands, with an
//! indicator for each name, and reads every figure of the workbook.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use boardpack::dataset::{self, Dataset};
use boardpack::domain::{Indicator, Period, Place, Source};
use boardpack::inspect::{self, Sketch};
use boardpack::workbook::{self, Book};

use super::workbooks::{self, Kept};
use crate::declare::{self, made_up_indicator, one_source};
use crate::support::root;

fn open(bytes: &[u8], file: &str) -> Book {
    workbook::read(bytes, &Place { file: Some(file.into()), ..Place::default() }).value.unwrap()
}

/// The first entry that is proposed for a book; empty where none is.
fn first_entry(book: &Book, file: &str, now: Period) -> String {
    let proposal = inspect::proposal(&Sketch::of(book, file, now), file);
    proposal.split("\n\n").next().unwrap_or_default().to_owned()
}

/// The references that an entry speaks of, and what it says of their frequency.
fn references(entry: &str) -> Vec<(String, String)> {
    let own = entry.lines().find_map(|line| line.strip_prefix("# Its indicators: "));
    let references: Vec<String> = match own {
        Some(names) => names.split(", ").map(str::to_owned).collect(),
        None => {
            let placed = entry.lines().filter(|line| line.starts_with("IND"));
            placed.map(|line| line.split(' ').next().unwrap().to_owned()).collect()
        }
    };
    let said: Vec<(&str, &str)> = entry
        .lines()
        .filter_map(|line| line.strip_prefix("# In indicators.toml: ")?.trim_end_matches('.').split_once(" for "))
        .collect();
    let frequency = |reference: &String| {
        let of = said.iter().find(|(_, whose)| *whose == "each" || whose.split(", ").any(|one| one == reference));
        of.map_or("frequency = \"monthly\"".to_owned(), |(frequency, _)| frequency.replace(", ", "\n"))
    };
    references.into_iter().map(|reference| (reference.clone(), frequency(&reference))).collect()
}

/// A config with an entry and made-up indicators; an error where it is none.
fn config(entry: &str, unit: &dyn Fn(usize) -> &'static str) -> Result<(Source, Vec<Indicator>), String> {
    let id = entry.lines().find_map(|line| line.strip_prefix("[sources.")).ok_or("nothing is proposed")?;
    let id = id.trim_end_matches(']');
    let references = references(entry);
    let register: String = (references.iter().enumerate())
        .map(|(at, (reference, frequency))| made_up_indicator(reference, id, unit(at), frequency))
        .collect();
    let names: Vec<&str> = references.iter().map(|(reference, _)| reference.as_str()).collect();
    let config = one_source(entry, register, &names)?;
    let source = config.sources.values().next().cloned().ok_or("no source")?;
    let indicators = names.iter().filter_map(|name| config.register.iter().find(|(known, _)| known.as_str() == *name));
    Ok((source, indicators.map(|(_, indicator)| indicator.clone()).collect()))
}

/// What each indicator is called in the workbook: block or heading, and name.
fn called(source: &Source, indicator: &Indicator) -> String {
    let Some(naming) = source.table.names.get(&indicator.reference) else {
        return indicator.reference.as_str().to_owned();
    };
    let name = naming.names.first().map_or("", |name| name.as_str());
    let over = naming.block.as_deref().or(naming.under.as_ref().map(|under| under.as_str()));
    over.map_or_else(|| name.to_owned(), |over| format!("{over} / {name}"))
}

fn figures(dataset: &Dataset, indicator: &Indicator, percent: bool) -> String {
    let sign = if percent { "%" } else { "" };
    let figures = dataset.series(&indicator.reference).filter_map(|seen| {
        Some(format!("{} {}{sign}", seen.period, seen.reading.figure()?.value.round_dp(2).normalize()))
    });
    figures.collect::<Vec<_>>().join(", ")
}

/// What is wrong with what is proposed for a workbook; nothing where all is
/// read that stands there, and nothing else.
fn fault(kept: &Kept, now: Period) -> Result<(), String> {
    let book = open(&kept.bytes, kept.file);
    let mut entry = first_entry(&book, kept.file, now);
    if let Some((given, meant)) = kept.council {
        entry = entry.replace(&format!("= \"{given}\" }}"), &format!("= \"{meant}\" }}"));
    }
    let told = |what: String| format!("{what}\n{entry}");
    let expected: BTreeMap<String, String> =
        kept.figures.iter().map(|(name, figures)| ((*name).to_owned(), (*figures).to_owned())).collect();
    // Which unit each has is for the council to say, so the test knows it.
    let (source, indicators) = config(&entry, &|_| "score").map_err(told)?;
    let is_percent = |at: usize| {
        indicators.get(at).is_some_and(|indicator| {
            expected.get(&called(&source, indicator)).is_some_and(|figures| figures.contains('%'))
        })
    };
    let (source, indicators) = config(&entry, &|at| if is_percent(at) { "percent" } else { "score" }).map_err(told)?;
    let read = dataset::read(&source, &indicators.iter().collect::<Vec<_>>(), &book, kept.file, now);
    let found: BTreeMap<String, String> = indicators
        .iter()
        .enumerate()
        .map(|(at, indicator)| (called(&source, indicator), figures(&read.value, indicator, is_percent(at))))
        .collect();
    // That the figures end before December is no fault of the entry.
    let blocking: Vec<String> = read
        .findings
        .iter()
        .filter(|finding| finding.is_blocking() && finding.code.as_str() != "F404")
        .map(ToString::to_string)
        .collect();
    if found == expected && blocking.is_empty() {
        return Ok(());
    }
    Err(told(format!("read {found:#?}\nof {expected:#?}\n{}", blocking.join("\n"))))
}

/// Workbooks of the kinds that councils keep: how many are proposed right.
#[test]
fn what_is_proposed_reads_every_figure_of_what_councils_keep() {
    let mut wrong = String::new();
    let all = workbooks::all();
    let mut right = 0;
    for kept in &all {
        match fault(kept, "2026-12".parse().unwrap()) {
            Ok(()) => right += 1,
            Err(fault) => writeln!(wrong, "── {}: {fault}", kept.file).unwrap(),
        }
    }
    assert_eq!((right, all.len()), (12, 12), "not right:\n{wrong}");
}

/// The cells that were read as figures, each with its month.
fn cells(source: &Source, indicators: &[&Indicator], book: &Book, file: &str, now: Period) -> BTreeSet<String> {
    let read = dataset::read(source, indicators, book, file, now).value;
    let figures = read.observations().filter(|seen| seen.reading.figure().is_some());
    figures
        .map(|seen| format!("{:?} {:?} {}", seen.on.sheet, seen.cells.value.or(seen.cells.numerator), seen.period))
        .collect()
}

/// The examples of the page that teaches to declare a workbook, where the
/// right entry is known: those of which the proposed one reads every figure.
#[test]
fn what_is_proposed_reads_the_examples_of_the_page_as_they_are_declared() {
    let page = std::fs::read_to_string(root().join("docs/declare-a-workbook.md")).unwrap();
    let (mut right, mut wrong) = (String::new(), String::new());
    for example in declare::examples(&page) {
        let (file, now) = (example.file.rsplit('/').next().unwrap(), example.period);
        let book = open(&std::fs::read(root().join(example.file)).unwrap(), file);
        let declared = declare::config(&example);
        let source = declared.sources.values().next().unwrap();
        let register: Vec<&Indicator> = declared.carried_by(&source.id).collect();
        let meant = cells(source, &register, &book, file, now);
        let mut entry = first_entry(&book, file, now);
        // Which council counts, the example knows.
        entry = entry.replace("{ \"Council\" = \"Leicester\" }", "{ \"Council\" = \"Rutland\" }");
        let found = ["percent", "score"].map(|unit| match config(&entry, &|_| unit) {
            Ok((source, indicators)) => cells(&source, &indicators.iter().collect::<Vec<_>>(), &book, file, now),
            Err(_) => BTreeSet::new(),
        });
        let found: BTreeSet<String> = found.into_iter().flatten().collect();
        let letter = example.title.chars().next().unwrap();
        if entry.starts_with("[sources") && meant.is_subset(&found) {
            right.push(letter);
        } else {
            writeln!(wrong, "── {}: {meant:?}\n{found:?}\n{entry}", example.title).unwrap();
        }
    }
    // G holds no figure; I is a whole and its parts, which nothing tells apart from rows of several kinds.
    assert_eq!(right, "ABCDEFHJKLMNO", "not right:\n{wrong}");
}
