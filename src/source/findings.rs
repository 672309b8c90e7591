//! What a storage's answer says to the officer who can mend it.

use std::time::Duration;

use super::plan::FetchTask;
use crate::domain::address::without_secrets;
use crate::domain::{Code, Finding, Period, Place, SourceId};
use crate::storage::Got;

/// The finding behind an answer; none where the answer is a file. Pure.
pub(super) fn of(id: &SourceId, task: &FetchTask, place: &str, got: &Got) -> Option<Finding> {
    // A pattern is the config's: somebody may have put an address there.
    let asked = &without_secrets(&task.file).into_owned();
    let storage = format!("storage \"{}\" ({place})", task.storage);
    let (code, file, message, hint) = match got {
        Got::Found(_) | Got::Unchanged => return None,
        Got::Missing { near } => {
            let looked = if asked.contains(['*', '?']) { "no file matches" } else { "no file is named" };
            let mut message = format!("{looked} \"{asked}\" on {storage}");
            if !near.is_empty() {
                message.push_str(&format!("; the nearest there: {}", quoted(near)));
            }
            let hint =
                format!("save the workbook there under that name, or mend `files` of [sources.{id}] in sources.toml");
            (Code::FileMissing, asked, message, hint)
        }
        Got::Ambiguous { names } => (
            Code::FileAmbiguous,
            asked,
            format!("{} files match \"{asked}\" on {storage}: {}; expected exactly one", names.len(), quoted(names)),
            format!("move the others away, or narrow `files` of [sources.{id}] in sources.toml"),
        ),
        Got::Locked { name, reason } => (
            Code::FileLocked,
            name,
            format!("the file is on {storage} and cannot be opened: {reason}"),
            "close it in every program, and see that the account boardpack runs under may read it".to_owned(),
        ),
        Got::TooLarge { name, bytes, limit } => (
            Code::FileTooLarge,
            name,
            format!(
                "the file is larger than the limit: at least {} of at most {}",
                megabytes(*bytes),
                megabytes(*limit)
            ),
            "take pictures and unused sheets out, or raise `file_mb` under [limits] in boardpack.toml".to_owned(),
        ),
        other => of_oddity(task, &storage, other)?,
    };
    let at = Place { source: Some(id.clone()), file: Some(file.as_str().into()), ..Place::default() };
    Some(Finding::new(code, at, message, hint))
}

/// F120: the file of an earlier month stands in.
pub(super) fn carried(id: &SourceId, task: &FetchTask, place: &str, origin: &str, month: Period) -> Finding {
    let at = Place { source: Some(id.clone()), file: Some(origin.into()), ..Place::default() };
    let of = month.words();
    Finding::new(
        Code::CarriedForward,
        at,
        format!(
            "no file is named \"{}\" on storage \"{}\" ({place}); the file of {of} stands in, and its figures end there",
            task.file, task.storage
        ),
        "save this month's workbook there; it is read at the next run",
    )
}

/// The same of a file that is there, and is no file to be read.
fn of_oddity<'g>(task: &FetchTask, storage: &str, got: &'g Got) -> Option<(Code, &'g String, String, String)> {
    Some(match got {
        Got::Outside { name } => (
            Code::FileOutside,
            name,
            format!("the file on {storage} is a link that leads out of it"),
            format!(
                "save the file itself there; or, where the link is meant, say follow_links = true under [storage.{}] in boardpack.toml",
                task.storage
            ),
        ),
        Got::Unfit { name } => (
            Code::FileNameUnfit,
            name,
            format!(
                "the name of a file on {storage} holds a line end, a control character or a sign that turns the line round"
            ),
            "rename the file".to_owned(),
        ),
        Got::Changing { name } => (
            Code::FileDamaged,
            name,
            format!("the file on {storage} changed while it was read, twice"),
            "let whoever saves or copies it finish; it is read again at the next run".to_owned(),
        ),
        _ => return None,
    })
}

/// F122: the file was changed a moment ago.
pub(super) fn unsettled(id: &SourceId, task: &FetchTask, place: &str, origin: &str, settle: Duration) -> Finding {
    let at = Place { source: Some(id.clone()), file: Some(origin.into()), ..Place::default() };
    Finding::new(
        Code::FileUnsettled,
        at,
        format!(
            "the file on storage \"{}\" ({place}) was changed less than {} seconds ago and may still be written",
            task.storage,
            settle.as_secs()
        ),
        "nothing: it is read by itself once it has been left alone for so long (`settle_seconds` under [limits] in boardpack.toml)",
    )
}

/// F123: a text file whose last line does not end.
pub(super) fn unended(id: &SourceId, origin: &str) -> Finding {
    let at = Place { source: Some(id.clone()), file: Some(origin.into()), ..Place::default() };
    Finding::new(
        Code::FileUnended,
        at,
        "its last line has no end, and it was the same when it was looked at again; if it was cut off, rows are missing",
        "see that it was copied whole; if the program that writes it always ends so, nothing",
    )
}

/// F121: a lock file lies beside the workbook.
pub(super) fn open(id: &SourceId, origin: &str) -> Finding {
    let at = Place { source: Some(id.clone()), file: Some(origin.into()), ..Place::default() };
    Finding::new(
        Code::FileOpen,
        at,
        "somebody has it open; what is not saved yet is not in this pack",
        "save and close it, and run again; if nobody has it open, delete the lock file beside it",
    )
}

/// How many names a message lists.
const LISTED: usize = 5;

fn quoted(names: &[String]) -> String {
    let mut listed: Vec<String> = names.iter().take(LISTED).map(|name| format!("\"{name}\"")).collect();
    if let Some(more) = names.len().checked_sub(LISTED).filter(|more| *more > 0) {
        listed.push(format!("and {more} more"));
    }
    listed.join(", ")
}

/// "120.3 MB", rounded up, so that what is over a limit never reads as at it.
fn megabytes(bytes: u64) -> String {
    let tenths = bytes.div_ceil(100_000);
    format!("{}.{} MB", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_what_was_looked_for_where_and_how_to_mend_it() {
        let id = SourceId::parse("cla").unwrap();
        let task =
            |file: &str| FetchTask { storage: "share".into(), file: file.into(), newest: None, older: Vec::new() };
        for (file, got, expected) in [
            (
                "a.xlsx",
                Got::Missing { near: vec!["A.xlsx".into(), "a.xls".into()] },
                "F101 blocking · a.xlsx: no file is named \"a.xlsx\" on storage \"share\" (/srv/kpi); the nearest there: \"A.xlsx\", \"a.xls\". To mend: save the workbook there under that name, or mend `files` of [sources.cla] in sources.toml",
            ),
            (
                "a*.xlsx",
                Got::Ambiguous { names: (1..=6).map(|n| format!("a{n}.xlsx")).collect() },
                "F107 blocking · a*.xlsx: 6 files match \"a*.xlsx\" on storage \"share\" (/srv/kpi): \"a1.xlsx\", \"a2.xlsx\", \"a3.xlsx\", \"a4.xlsx\", \"a5.xlsx\", and 1 more; expected exactly one. To mend: move the others away, or narrow `files` of [sources.cla] in sources.toml",
            ),
            (
                "a*.xlsx",
                Got::TooLarge { name: "a1.xlsx".into(), bytes: 100_000_001, limit: 100_000_000 },
                "F106 blocking · a1.xlsx: the file is larger than the limit: at least 100.1 MB of at most 100.0 MB. To mend: take pictures and unused sheets out, or raise `file_mb` under [limits] in boardpack.toml",
            ),
        ] {
            assert_eq!(of(&id, &task(file), "/srv/kpi", &got).unwrap().to_string(), expected);
        }
        for (got, code) in [
            (Got::Locked { name: "a.xlsx".into(), reason: "in use".into() }, Code::FileLocked),
            (Got::Changing { name: "a.xlsx".into() }, Code::FileDamaged),
            (Got::Outside { name: "a.xlsx".into() }, Code::FileOutside),
            (Got::Unfit { name: "a.xlsx".into() }, Code::FileNameUnfit),
        ] {
            assert_eq!(of(&id, &task("a.xlsx"), "/srv/kpi", &got).unwrap().code, code);
        }
        assert_eq!(of(&id, &task("a.xlsx"), "/srv/kpi", &Got::Unchanged), None);
    }
}
