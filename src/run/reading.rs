//! From the shares to datasets: each file fetched once, opened once, and read
//! for every source that wants it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::config::Config;
use crate::dataset::{self, Dataset};
use crate::domain::{Checked, Finding, Indicator, Period, Place, Source, SourceId};
use crate::publish::Input;
use crate::source::{self, Cache, Fetched, Workbook};
use crate::workbook::{self, Book};

/// What the sources of a period say.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// A dataset for each source; empty, with blocking findings, where its file
    /// could not be read.
    pub(super) datasets: BTreeMap<SourceId, Checked<Dataset>>,
    /// Where each dataset came from.
    pub(super) inputs: BTreeMap<SourceId, Input>,
    /// Sources whose storage could not be reached, and why.
    pub(super) unreachable: BTreeMap<SourceId, String>,
}

/// Fetches and reads sources. Nothing here stops at the first fault.
pub(super) async fn read(config: &Config, wanted: &BTreeSet<SourceId>, period: Period, cache: &Cache) -> Read {
    let fetched = source::fetch(config, wanted, period, cache).await;
    let mut read = Read::default();
    let mut books = Books::new();
    for (id, fetched) in fetched {
        let Some(source) = config.sources.get(&id) else { continue };
        match fetched {
            Fetched::Unreachable(error) => {
                read.unreachable.insert(id, super::chain(&error));
            }
            Fetched::Findings(findings) => {
                read.datasets.insert(id, Checked::new(Dataset::default(), findings));
            }
            Fetched::Workbook(workbook) => {
                let checked = read.one(config, source, &workbook, period, &mut books);
                read.datasets.insert(id, checked);
            }
            // Read as its own month's file: what it says of later months is not
            // taken for new, and the pack's month stays without a figure.
            Fetched::Carried { workbook, month, finding } => {
                let mut checked = read.one(config, source, &workbook, month, &mut books);
                checked.findings.insert(0, finding);
                read.datasets.insert(id, checked);
            }
        }
    }
    read
}

impl Read {
    fn one(
        &mut self,
        config: &Config,
        source: &Source,
        workbook: &Arc<Workbook>,
        month: Period,
        books: &mut Books,
    ) -> Checked<Dataset> {
        self.inputs.insert(
            source.id.clone(),
            Input {
                origin: workbook.origin().to_owned(),
                sha256: workbook.sha256().to_owned(),
                as_at: workbook.modified(),
            },
        );
        let book = books.entry(workbook.sha256().to_owned()).or_insert_with(|| open(workbook));
        let indicators: Vec<&Indicator> = config.carried_by(&source.id).collect();
        one(source, &indicators, workbook, book, month)
    }
}

/// Opened workbooks by the digest of their bytes.
type Books = BTreeMap<String, Checked<Option<Book>>>;

fn open(workbook: &Arc<Workbook>) -> Checked<Option<Book>> {
    // No source yet: several may share this file.
    let at = Place { file: Some(workbook.origin().to_owned()), ..Place::default() };
    workbook::read(workbook.bytes(), &at)
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
    let mut findings: Vec<Finding> = of_file.collect();
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
