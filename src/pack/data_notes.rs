//! Notes on the data: findings in plain words.

use std::collections::{BTreeMap, BTreeSet};

use super::model::DataNote;
use crate::domain::{AttributedText, Audience, Code, Finding, IndicatorRef, Severity, Source, SourceId};
use crate::scorecard::{Line, Scorecard};
use crate::words;

/// More indicators than this of which one source's findings say the same are
/// with_card in one note: a few are worth naming one by one, dozens only hide the
/// rest of the list.
const FEW: usize = 3;
/// References that such a note lists.
const LISTED: usize = 12;

/// One note for each thing and each text.
pub(super) fn data_notes(card: &Scorecard<'_>, sources: &BTreeMap<SourceId, Source>) -> Vec<DataNote> {
    let place = |finding: &Finding| {
        let of = |reference: &IndicatorRef| card.lines().position(|line| line.indicator.reference == *reference);
        finding.at.indicator.as_ref().and_then(of)
    };
    let mut findings: Vec<&Finding> = card.findings.iter().filter(|finding| is_for_readers(finding, card)).collect();
    findings.sort_by_key(|finding| place(finding));
    let alike = alike(&findings, card);
    let mut notes: Vec<DataNote> = Vec::new();
    for finding in findings {
        let note = match alike.get(&note_key(finding, card)).filter(|all| subjects(all) > FEW) {
            Some(all) => together(all, card, sources),
            None => DataNote { about: about(finding, card, sources), text: sentence(&finding.message) },
        };
        if !notes.contains(&note) {
            notes.push(note);
        }
    }
    notes
}

fn is_for_readers(finding: &Finding, card: &Scorecard<'_>) -> bool {
    finding.severity != Severity::Blocking
        && finding.code.policy().audience == Audience::Readers
        // Each stands in the list of restatements.
        && (finding.code != Code::Restated || !is_listed(finding, card))
}

/// A rule, what it says, and of which source.
type NoteKey<'f> = (Code, &'f str, Option<&'f SourceId>);

fn note_key<'f>(finding: &'f Finding, card: &'f Scorecard<'_>) -> NoteKey<'f> {
    let of = |reference: &IndicatorRef| card.lines().find(|line| line.indicator.reference == *reference);
    let its_own = || of(finding.at.indicator.as_ref()?).map(|line| &line.indicator.source);
    (finding.code, &finding.message, finding.at.source.as_ref().or_else(its_own))
}

/// Findings that say the same of one source.
fn alike<'f>(findings: &[&'f Finding], card: &'f Scorecard<'_>) -> BTreeMap<NoteKey<'f>, Vec<&'f Finding>> {
    let mut alike: BTreeMap<NoteKey<'_>, Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        alike.entry(note_key(finding, card)).or_default().push(finding);
    }
    alike
}

/// How many indicators findings are about.
fn subjects(findings: &[&Finding]) -> usize {
    findings.iter().filter_map(|finding| finding.at.indicator.as_ref()).collect::<BTreeSet<_>>().len()
}

/// The one note of many findings: how many, of what, and where the first is.
fn together(all: &[&Finding], card: &Scorecard<'_>, sources: &BTreeMap<SourceId, Source>) -> DataNote {
    let references: BTreeSet<&IndicatorRef> = all.iter().filter_map(|finding| finding.at.indicator.as_ref()).collect();
    let text = all.first().map(|finding| sentence(&finding.message)).unwrap_or_default();
    let figures = words::count(all.len(), "figure", "figures");
    let of = if references.len() > LISTED {
        words::count(references.len(), "indicator", "indicators")
    } else {
        words::list(&references.iter().map(ToString::to_string).collect::<Vec<_>>())
    };
    let mut text = text.and(format!(" This is so of {figures} of {of}"));
    let first = all.iter().map(|finding| &finding.at).filter(|at| at.cell.is_some()).min();
    if let Some((cell, sheet)) = first.and_then(|at| at.cell.zip(at.sheet.as_ref())) {
        text.push(format!(", the first in cell {cell} of {sheet}"));
    }
    text.push(".");
    let source = all.first().and_then(|finding| note_key(finding, card).2);
    DataNote { about: titled(source, card, sources), text }
}

/// Whether the pack's list of restatements tells what a finding tells.
fn is_listed(finding: &Finding, card: &Scorecard<'_>) -> bool {
    let about = |line: &&Line<'_>| match &finding.at.indicator {
        Some(reference) => line.indicator.reference == *reference,
        None => finding.at.source.as_ref() == Some(&line.indicator.source),
    };
    card.lines().filter(about).any(|line| !line.restated.is_empty())
}

fn sentence(text: &AttributedText) -> AttributedText {
    text.clone().without_end('.').with_beginning(words::capital).and(".")
}

fn about(finding: &Finding, card: &Scorecard<'_>, sources: &BTreeMap<SourceId, Source>) -> String {
    if let Some(reference) = &finding.at.indicator
        && let Some(line) = card.lines().find(|line| line.indicator.reference == *reference)
    {
        return format!("{reference} {}", line.indicator.title);
    }
    titled(finding.at.source.as_ref(), card, sources)
}

/// A source's title; the board's where it is none's.
fn titled(source: Option<&SourceId>, card: &Scorecard<'_>, sources: &BTreeMap<SourceId, Source>) -> String {
    match source {
        Some(id) => sources.get(id).map_or_else(|| id.to_string(), |source| source.title.clone()),
        None => card.board.title.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{At, Place};
    use crate::scorecard::test_support::with_card;

    /// The notes of a board whose first indicators have so many findings each
    /// that say the same.
    fn notes(indicators: usize, each: u32) -> Vec<(String, String)> {
        let names: Vec<String> = ('A'..='Z').map(String::from).collect();
        let entry = |name: &String| {
            format!(
                "[indicators.{name}]\ntitle = \"T\"\nplain = \"P\"\nnoun = \"children\"\nowner = \"O\"\nsource = \"s\"\nbasis = \"snapshot\"\nunit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n"
            )
        };
        let others: String = names[1..].iter().map(entry).collect();
        let on_board = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        let rows: String = names.iter().map(|name| format!("{name},2026-10,1,,\n")).collect();
        with_card("unit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n", &others, &on_board, &rows, |card| {
            let source = card.lines().next().unwrap().indicator.source.clone();
            let finding = |name: &String, row: u32| {
                let at = Place {
                    source: Some(source.clone()),
                    file: Some("s.xlsx".into()),
                    sheet: Some("Data".into()),
                    cell: Some(At { row, column: 5 }),
                    indicator: Some(IndicatorRef::parse(name).unwrap()),
                };
                Finding { severity: Severity::Note, ..Finding::new(Code::CellUncalculated, at, "it is so", "") }
            };
            let many = names
                .iter()
                .take(indicators)
                .zip(1..)
                .flat_map(|(name, row)| (0..each).map(move |more| (name, row * 10 + more)));
            let findings = many.map(|(name, row)| finding(name, row)).collect();
            let card = Scorecard { findings, ..card.clone() };
            data_notes(&card, &BTreeMap::new()).into_iter().map(|note| (note.about, note.text.to_string())).collect()
        })
    }

    #[test]
    fn doubts_about_the_register_are_for_officers() {
        let target = |figures: &str, value: u8| {
            let a = format!(
                "unit = \"percent\"\nbetter = \"lower\"\nfrequency = \"monthly\"\n[[indicators.A.targets]]\nfrom = \"2026-04\"\nvalue = {value}\ntolerance = 1\nsource = \"local\"\n"
            );
            let rows: Vec<String> = (5..=10).map(|month| format!("A,2026-{month:02},{figures},,")).collect();
            with_card(&a, "", "\"A\"", &rows.join("\n"), |card| {
                let notes = data_notes(card, &BTreeMap::new()).into_iter().filter(|note| note.text.contains("target"));
                (card.findings.iter().filter(|finding| finding.message.contains("target of A")).count(), notes.count())
            })
        };
        assert_eq!(target("8", 85), (1, 0));
        assert_eq!(target("8", 0), (1, 0));
        assert_eq!(target("8", 20), (0, 0));
    }

    #[test]
    fn what_is_so_of_many_figures_is_said_once() {
        let note = |about: &str, text: &str| (about.to_owned(), text.to_owned());
        let few = ["A A", "B T", "C T"].map(|about| note(about, "It is so."));
        assert_eq!(notes(3, 2), few, "a few are named");
        assert_eq!(
            notes(4, 2),
            [note("s", "It is so. This is so of 8 figures of A, B, C and D, the first in cell F11 of Data.")]
        );
        assert_eq!(
            notes(13, 1),
            [note("s", "It is so. This is so of 13 figures of 13 indicators, the first in cell F11 of Data.")]
        );
    }
}
