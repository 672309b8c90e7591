//! What is done with one input of a fuzzer, and what must hold of it. The test
//! suite does the same with inputs that it mutates itself.

use boardpack::config::Config;
use boardpack::dataset;
use boardpack::domain::{BookLimits, ReadingLimits};
use boardpack::domain::{Indicator, Place};
use boardpack::reader::WorkbookReader;
use boardpack::workbook::Book;

const NAME: &str = "KPI.xlsx";

/// Any bytes are a book, or there is a blocking finding that says why not.
/// Limits are those of a small workbook, since nothing else holds a fuzzer.
pub(super) fn bytes_to_grid(bytes: &[u8]) -> Option<Book> {
    let at = Place { file: Some(NAME.into()), ..Place::default() };
    let within = BookLimits { unpacked_bytes: 32 << 20, ratio: 10_000, cells: 200_000 };
    let limits = ReadingLimits { workbook: within, ..ReadingLimits::default() };
    let read = WorkbookReader::in_process().open_bytes(bytes, &at, &limits).unwrap();
    assert!(read.value.is_some() || read.is_blocked(), "nothing was read and nobody is told");
    for finding in &read.findings {
        assert!(!finding.message.is_empty() && finding.at.file.as_deref() == Some(NAME), "{finding}");
    }
    if let Some(book) = &read.value {
        for sheet in &book.sheets {
            let in_order = sheet.cells.windows(2).all(|pair| (pair[0].0, pair[0].1) < (pair[1].0, pair[1].1));
            assert!(in_order, "cells out of their order, or one twice");
        }
    }
    read.value
}

/// Any grid is a dataset with findings, whichever source it is taken for.
pub(super) fn grid_to_dataset(config: &Config, book: &Book) {
    let period = config.service.run_period.unwrap();
    for source in config.sources.values() {
        let indicators: Vec<&Indicator> = config.carried_by(&source.id).collect();
        let read = dataset::read(source, &indicators, book, "KPI.xlsx", period);
        for finding in &read.findings {
            assert!(!finding.message.is_empty() && !finding.message.ends_with('.'), "{finding}");
        }
        for observation in read.value.observations() {
            assert!(observation.period <= period, "a figure from the future");
        }
    }
}
