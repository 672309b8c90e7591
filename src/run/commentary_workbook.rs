//! The commentary workbook, read in the worker process like any other, and
//! imported into the TOML files.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use super::commentary_file::CommentaryFile;
use crate::commentary::book::{self, WorkbookRow};
use crate::commentary::import::{self, Imported};
use crate::config::Config;
use crate::domain::{Board, BoardId, Checked, Code, Commentary, Comments, Finding, PackKey, Period, Place};
use crate::reader::WorkbookReader;

/// Where the workbook lies that a config declares for a month, if it declares any.
pub fn declared(config: &Config, period: Period) -> Option<PathBuf> {
    let pattern = config.service.commentary_workbook.as_deref()?;
    Some(config.path(&crate::source::expand(pattern, period)))
}

/// The rows of a commentary workbook and what is to be said of it; none where
/// there is no file. A file that cannot be read has no rows, and a finding.
async fn read(config: &Config, path: &Path, reader: &WorkbookReader) -> Option<Checked<Vec<WorkbookRow>>> {
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
                let why =
                    opened.findings.iter().map(|finding| finding.message.to_string()).collect::<Vec<_>>().join("; ");
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

/// A workbook of a month.
#[derive(Debug, Clone, Copy)]
pub struct WorkbookFile<'p> {
    /// Where it lies.
    pub path: &'p Path,
    /// Whether its words are written into the TOML files, or count in memory alone.
    pub is_imported: bool,
}

/// Commentary with what officers wrote in a workbook.
pub(super) struct WithRows<'c> {
    /// The commentary.
    pub commentary: Cow<'c, Commentary>,
    /// What stands in the workbook; none where there is no file.
    pub rows: Option<Checked<Vec<WorkbookRow>>>,
    /// The TOML files that were changed.
    pub written: Vec<PathBuf>,
}

/// Imports the workbook of a period into the TOML files of some boards.
pub(super) async fn import<'c>(
    config: &Config,
    commentary: &'c Commentary,
    (period, boards): (Period, &[BoardId]),
    workbook: Option<WorkbookFile<'_>>,
    reader: &WorkbookReader,
) -> WithRows<'c> {
    let unchanged = WithRows { commentary: Cow::Borrowed(commentary), rows: None, written: Vec::new() };
    let Some(workbook) = workbook else { return unchanged };
    let Some(rows) = read(config, workbook.path, reader).await else { return unchanged };
    let (mut all, mut written) = (commentary.clone(), Vec::new());
    all.shared.extend(rows.findings.iter().cloned());
    for (board, finding) in book::faults(&rows.value, &config.boards) {
        match board {
            Some(board) => all.findings.entry(PackKey { period, board }).or_default().push(finding),
            None => all.shared.push(finding),
        }
    }
    for board in boards.iter().filter_map(|id| config.board(id)) {
        let key = PackKey { period, board: board.id.clone() };
        let comments = all.comments.remove(&key).unwrap_or_default();
        let (comments, outcome) =
            super::busy(|| import_board(config, board, &key, comments, &rows.value, workbook.is_imported));
        if comments != Comments::default() {
            all.comments.insert(key.clone(), comments);
        }
        match outcome {
            Ok(path) => written.extend(path),
            Err(error) => all.findings.entry(key.clone()).or_default().push(unwritten(&key, &error)),
        }
    }
    WithRows { commentary: Cow::Owned(all), rows: Some(rows), written }
}

/// A board's comments with the words of its rows, and its file, where that was
/// changed, or why it could not be: then the words count all the same.
fn import_board(
    config: &Config,
    board: &Board,
    key: &PackKey,
    comments: Comments,
    rows: &[WorkbookRow],
    is_imported: bool,
) -> (Comments, Result<Option<PathBuf>, String>) {
    let due = board.commentary_due(key.period, &config.calendar);
    let import = |text: Option<&str>| import::import(text, comments.clone(), board, (key.period, due), rows);
    let path = CommentaryFile::path(config, key);
    let tried = CommentaryFile::read(path.clone()).map_err(|error| error.to_string()).and_then(|file| {
        let imported = import(file.text()).map_err(|error| super::chain(&error))?;
        Ok((file, imported))
    });
    let (file, imported) = match tried {
        Ok(tried) => tried,
        // Of a file that cannot be read, nothing is known but the rows.
        Err(error) => {
            return match import(None) {
                Ok(Imported { text: Some(_), comments }) if is_imported => (comments, Err(error)),
                Ok(Imported { comments, .. }) => (comments, Ok(None)),
                Err(_) => (comments, Err(error)),
            };
        }
    };
    match imported.text {
        Some(text) if is_imported => {
            let outcome = file.replace(&text).map(|()| Some(path)).map_err(|error| error.to_string());
            (imported.comments, outcome)
        }
        _ => (imported.comments, Ok(None)),
    }
}

/// F711: words that could not be written into the TOML file.
fn unwritten(key: &PackKey, error: &str) -> Finding {
    let at = Place { file: Some(format!("commentary/{}/{}.toml", key.period, key.board).into()), ..Place::default() };
    let message = format!("what stands in the commentary workbook could not be written into this file: {error}");
    let hint = "let the program write there, or close the file; the words count all the same";
    Finding::new(Code::CommentWorkbook, at, message, hint)
}
