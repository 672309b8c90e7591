//! The commentary workbook, read in the sandbox like any other, and joined to
//! what the TOML files say.

use std::borrow::Cow;
use std::path::Path;

use crate::commentary::book::{self, WorkbookRow};
use crate::config::Config;
use crate::domain::{Checked, Code, Commentary, Comments, Finding, PackKey, Period, Place};
use crate::reader::WorkbookReader;

/// The rows of a commentary workbook and what is to be said of it; none where
/// there is no file. A file that cannot be read has no rows, and a finding.
pub(super) async fn read(config: &Config, path: &Path, reader: &WorkbookReader) -> Option<Checked<Vec<WorkbookRow>>> {
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

/// The commentary with what officers wrote in a workbook for a period.
pub(super) fn joined(
    config: &Config,
    commentary: &Commentary,
    period: Period,
    read: &Checked<Vec<WorkbookRow>>,
) -> Commentary {
    let mut joined = commentary.clone();
    joined.shared.extend(read.findings.iter().cloned());
    for (board, finding) in book::faults(&read.value, &config.boards) {
        match board {
            Some(board) => joined.findings.entry(PackKey { period, board }).or_default().push(finding),
            None => joined.shared.push(finding),
        }
    }
    for board in &config.boards {
        let key = PackKey { period, board: board.id.clone() };
        let comments = joined.comments.remove(&key).unwrap_or_default();
        let comments = book::joined(comments, board, &read.value);
        if comments != Comments::default() {
            joined.comments.insert(key, comments);
        }
    }
    joined
}

/// The commentary with what stands in the workbooks that the config names, if it
/// names any: this month's, and the last one before, for what was said then.
pub(super) async fn with_workbook<'c>(
    config: &Config,
    commentary: &'c Commentary,
    period: Period,
    reader: &WorkbookReader,
) -> Cow<'c, Commentary> {
    let Some(path) = &config.service.commentary_workbook else { return Cow::Borrowed(commentary) };
    let path = config.path(&crate::source::expand(path, period));
    let joined = match read(config, &path, reader).await {
        Some(read) => Cow::Owned(joined(config, commentary, period, &read)),
        None => Cow::Borrowed(commentary),
    };
    with_last(config, joined, period, reader).await
}

/// The commentary with what officers wrote in the last workbook before this
/// month's. What was wrong with that one was said in its own month.
pub(super) async fn with_last<'c>(
    config: &Config,
    commentary: Cow<'c, Commentary>,
    period: Period,
    reader: &WorkbookReader,
) -> Cow<'c, Commentary> {
    let Some(pattern) = config.service.commentary_workbook.clone() else { return commentary };
    let path = |period| crate::source::expand(&pattern, period);
    for earlier in (1..=12).map(|months| period.plus(-months)).filter(|earlier| path(*earlier) != path(period)) {
        if let Some(read) = read(config, &config.path(&path(earlier)), reader).await {
            let Commentary { findings, shared, .. } = commentary.as_ref().clone();
            return Cow::Owned(Commentary { findings, shared, ..joined(config, &commentary, earlier, &read) });
        }
    }
    commentary
}
