//! The commentary workbook, read in the sandbox like any other, and joined to
//! what the TOML files say.

use std::borrow::Cow;
use std::path::Path;

use crate::commentary::book::{self, Row};
use crate::config::Config;
use crate::domain::{Checked, Code, Comments, Finding, Period, Place};
use crate::reader::WorkbookReader;

/// The rows of a commentary workbook and what is to be said of it; none where
/// there is no file. A file that cannot be read has no rows, and a finding.
pub(super) async fn read(config: &Config, path: &Path, reader: &WorkbookReader) -> Option<Checked<Vec<Row>>> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let at = Place { file: Some(name.clone().into()), ..Place::default() };
    let limits = config.service.reading;
    let (path, reader) = (path.to_owned(), reader.clone());
    let task = tokio::task::spawn_blocking(move || {
        let bytes = bytes(&path)?;
        Some(bytes.and_then(|bytes| reader.open_bytes(&bytes, &at, &limits).map_err(|error| super::chain(&error))))
    });
    let fault = |message: String| {
        let at = Place { file: Some(name.clone().into()), ..Place::default() };
        Finding::new(Code::CommentWorkbook, at, message, "close it, save it as xlsx, or take it away")
    };
    Some(match task.await {
        Ok(None) => return None,
        Ok(Some(Ok(opened))) => match opened.value {
            Some(book) => book::rows(&book, &name),
            None => {
                let why = opened.findings.iter().map(|finding| finding.message.as_str()).collect::<Vec<_>>().join("; ");
                Checked::new(Vec::new(), vec![fault(format!("the commentary workbook could not be read: {why}"))])
            }
        },
        Ok(Some(Err(error))) => {
            Checked::new(Vec::new(), vec![fault(format!("the commentary workbook could not be read: {error}"))])
        }
        Err(error) => {
            Checked::new(Vec::new(), vec![fault(format!("the commentary workbook could not be read: {error}"))])
        }
    })
}

#[expect(clippy::disallowed_methods, reason = "the commentary workbook is no source: it is read here and nowhere else")]
fn bytes(path: &Path) -> Option<Result<Vec<u8>, String>> {
    match std::fs::read(path) {
        Ok(bytes) => Some(Ok(bytes)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => Some(Err(error.to_string())),
    }
}

/// The config with what officers wrote in a workbook.
pub(super) fn joined(config: &Config, period: Period, read: &Checked<Vec<Row>>) -> Config {
    let mut joined = config.clone();
    let of_file = read.findings.iter().map(|finding| (None, finding.clone()));
    joined.workbook_findings = of_file.chain(book::faults(&read.value, &config.boards)).collect();
    for board in &config.boards {
        let comments = config.comments(period, &board.id).cloned().unwrap_or_default();
        let comments = book::joined(comments, board, &read.value);
        if comments != Comments::default() {
            joined.commentary.insert((period, board.id.clone()), comments);
        }
    }
    joined
}

/// The config with what stands in the workbooks that it names, if it names any:
/// this month's, and the last one before, for what was said then.
pub(super) async fn with_workbook<'c>(config: &'c Config, period: Period, reader: &WorkbookReader) -> Cow<'c, Config> {
    let Some(path) = &config.service.commentary_workbook else { return Cow::Borrowed(config) };
    let path = config.path(&crate::source::expand(path, period));
    let joined = match read(config, &path, reader).await {
        Some(read) => Cow::Owned(joined(config, period, &read)),
        None => Cow::Borrowed(config),
    };
    with_last(joined, period, reader).await
}

/// The config with what officers wrote in the last workbook before this month's.
/// What was wrong with that one was said in its own month.
pub(super) async fn with_last<'c>(config: Cow<'c, Config>, period: Period, reader: &WorkbookReader) -> Cow<'c, Config> {
    let Some(pattern) = config.service.commentary_workbook.clone() else { return config };
    let path = |period| crate::source::expand(&pattern, period);
    for earlier in (1..=12).map(|months| period.plus(-months)).filter(|earlier| path(*earlier) != path(period)) {
        if let Some(read) = read(&config, &config.path(&path(earlier)), reader).await {
            let workbook_findings = config.workbook_findings.clone();
            return Cow::Owned(Config { workbook_findings, ..joined(&config, earlier, &read) });
        }
    }
    config
}
