//! From the shares to datasets: each file fetched once, opened once, and read
//! for every source that wants it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use futures_util::StreamExt as _;

use super::published::Breach;
use super::{Resources, keeping};
use crate::config::Config;
use crate::dataset::{self, Dataset, skipped, skipped::Skipped};
use crate::domain::signs::{on_one_line, turned_by};
use crate::domain::{At, Checked, Code, Finding, Indicator, Input, Period, Place, Source, SourceId};
use crate::edition::Material;
use crate::publish::archive::Archive;
use crate::source::{self, Fetched, Workbook};
use crate::workbook::{Book, Cell, Grid, is_plain};

/// What the sources of a period say.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// What editions are made from.
    pub(super) material: Material,
    /// What concerns reading alone.
    pub(super) status: ReadStatus,
}

/// How reading went, source by source.
#[derive(Debug, Default)]
pub(super) struct ReadStatus {
    /// Sources whose storage could not be reached, and why.
    pub(super) unreachable: BTreeMap<SourceId, String>,
    /// Sources whose workbook could not be opened for a reason that is not in
    /// the workbook, and why.
    pub(super) broken: BTreeMap<SourceId, String>,
    /// What was passed over in each workbook.
    pub(super) skipped: BTreeMap<SourceId, Skipped>,
    /// Who saved each workbook last, where it says so.
    pub(super) saved_by: BTreeMap<SourceId, String>,
    /// What was published and cannot be trusted.
    pub(super) breaches: Vec<Breach>,
    /// Why nothing that was published could be read, where that is so.
    pub(super) unread: Option<String>,
}

/// How many workbooks are opened at a time: each may take the memory that the
/// settings allow.
const AT_A_TIME: usize = 2;

/// A workbook by its name and digest. Bytes that stand under two names are
/// opened twice: the name is the sheet's of a CSV file, and every finding's.
type WorkbookKey = (String, String);

/// Fetches and reads sources. Nothing here stops at the first fault.
pub(super) async fn read(
    config: &Config,
    wanted: &BTreeSet<SourceId>,
    period: Period,
    resources: &Resources,
    archive: Option<&Archive>,
) -> Read {
    let fetched = source::fetch(config, wanted, period, &resources.workbooks).await;
    if let Some(archive) = archive {
        keeping::workbooks(archive, config, &fetched);
    }
    let mut read = Read::default();
    let mut workbooks: BTreeMap<WorkbookKey, (Arc<Workbook>, Vec<ReadTask>)> = BTreeMap::new();
    for (id, fetched) in fetched {
        match fetched {
            Fetched::Unreachable(error) => {
                read.status.unreachable.insert(id, super::chain(&error));
            }
            Fetched::Findings(findings) => {
                read.material.datasets.insert(id, Checked::new(Dataset::default(), findings));
            }
            Fetched::Workbook(workbook) => {
                let errand = ReadTask { source: id, month: period, carried: None };
                read.take_up(errand, workbook, &mut workbooks);
            }
            // Read as its own month's file: what it says of later months is not
            // taken for new, and the pack's month stays without a figure.
            Fetched::Carried { workbook, month, finding } => {
                let errand = ReadTask { source: id, month, carried: Some(finding) };
                read.take_up(errand, workbook, &mut workbooks);
            }
        }
    }
    // A book is let go once its sources are read: few are held at a time.
    let mut opened = futures_util::stream::iter(workbooks.into_values())
        .map(|(workbook, errands)| async move {
            let book = resources.reader.open(&workbook, config.service.reading).await;
            (workbook, errands, book)
        })
        .buffer_unordered(AT_A_TIME);
    while let Some((workbook, errands, book)) = opened.next().await {
        for errand in errands {
            let Some(source) = config.sources.get(&errand.source) else { continue };
            match &book {
                Ok(book) => {
                    if let Some(book) = &book.value {
                        read.status.skipped.insert(source.id.clone(), skipped::of(source, book));
                        read.status.saved_by.extend(book.saved_by.clone().map(|name| (source.id.clone(), name)));
                    }
                    let indicators: Vec<&Indicator> = config.carried_by(&source.id).collect();
                    let mut dataset = one(source, &indicators, &workbook, book, errand.month);
                    dataset.findings.splice(0..0, errand.carried);
                    read.material.datasets.insert(source.id.clone(), dataset);
                }
                Err(error) => {
                    read.status.broken.insert(source.id.clone(), super::chain(error));
                }
            }
        }
    }
    read
}

/// A source that waits for its workbook.
struct ReadTask {
    source: SourceId,
    /// The month that the workbook is read for.
    month: Period,
    /// That it stands in for a later month's, where it does.
    carried: Option<Finding>,
}

impl Read {
    /// Notes where a source's dataset comes from, and that its workbook is to be opened.
    fn take_up(
        &mut self,
        errand: ReadTask,
        workbook: Arc<Workbook>,
        workbooks: &mut BTreeMap<WorkbookKey, (Arc<Workbook>, Vec<ReadTask>)>,
    ) {
        let (origin, sha256) = (workbook.origin().to_owned(), workbook.sha256().to_owned());
        let input = Input { origin: origin.clone(), sha256: sha256.clone(), as_at: workbook.modified() };
        self.material.inputs.insert(errand.source.clone(), input);
        // What cannot be read back is a fault once it is opened.
        if workbook.bytes().is_ok_and(|bytes| is_plain(&bytes)) {
            self.material.plain.insert(errand.source.clone());
        }
        workbooks.entry((origin, sha256)).or_insert_with(|| (workbook, Vec::new())).1.push(errand);
    }
}

fn one(
    source: &Source,
    indicators: &[&Indicator],
    workbook: &Workbook,
    book: &Checked<Option<Book>>,
    period: Period,
) -> Checked<Dataset> {
    let of_file = book.findings.iter().map(|finding| Finding {
        at: Place { source: Some(source.id.clone()), ..finding.at.clone() },
        ..finding.clone()
    });
    let mut findings: Vec<Finding> = workbook.open_elsewhere(&source.id).into_iter().chain(of_file).collect();
    findings.extend(workbook.unended(&source.id));
    findings.extend(book.value.as_ref().and_then(|book| turned(source, workbook, book)));
    let value = match &book.value {
        None => Dataset::default(),
        Some(book) => {
            let read = dataset::read(source, indicators, book, workbook.origin(), period);
            findings.extend(read.findings);
            read.value
        }
    };
    Checked::new(value, findings)
}

/// F127: a text of a workbook that turns the line round, the first of them.
fn turned(source: &Source, workbook: &Workbook, book: &Book) -> Option<Finding> {
    let place = |sheet: &Grid, cell| Place {
        source: Some(source.id.clone()),
        file: Some(workbook.origin().into()),
        sheet: Some(on_one_line(&sheet.name).into()),
        cell,
        ..Place::default()
    };
    let of_sheet = |sheet: &Grid| {
        let of_name = turned_by(&sheet.name).map(|sign| (place(sheet, None), sign));
        let of_cell = || {
            sheet.cells.iter().find_map(|(row, column, cell)| match cell {
                Cell::Text(text) => Some((place(sheet, Some(At { row: *row, column: *column })), turned_by(text)?)),
                _ => None,
            })
        };
        of_name.or_else(of_cell)
    };
    let (at, sign) = book.sheets.iter().find_map(of_sheet)?;
    let message = format!("found {sign}, a sign that turns the line round: what is read here is not what is shown");
    Some(Finding::new(Code::TextTurned, at, message, "type the text anew"))
}
