//! The rows of the commentary workbook, imported into a board's TOML file.
//!
//! The file is what is read and printed; the workbook is a way to write in it.
//! A table remembers what was imported (`imported`: a digest of the row's words,
//! and the figure that they were about), so that a row which changes later
//! updates a table that nobody has edited since, and an edit of the table stands
//! while its row stays as it was. Where both have changed, and not to the same
//! words, neither is printed: which of the two holds is for officers to say.

use chrono::NaiveDate;
use toml_edit::{Document, Item, Key, TableLike};

use super::book::WorkbookRow;
use super::file::{self, FileError, Splice, ended, inserted, quoted};
use crate::domain::commentary::{DoneWhen, day_as_typed};
use crate::domain::{Board, Comment, Comments, IndicatorRef, Period};

/// The fields of a table, in the order in which they are written.
const FIELDS: [&str; 9] = ["about", "text", "action", "owner", "due", "expect", "for", "last_action_done", "imported"];

/// Those that only stand in a table where they say something.
const RARE: [&str; 3] = ["for", "last_action_done", "imported"];

/// What an import gives.
#[derive(Debug, PartialEq, Eq)]
pub struct Imported {
    /// The file's new text; none where nothing changes.
    pub text: Option<String>,
    /// The board's comments with the words of the rows.
    pub comments: Comments,
}

/// What becomes of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum RowAction {
    /// Nothing: the table stands.
    Keep,
    /// Its words go into the table.
    Import,
    /// Its words are there; the figure that they are about is another.
    Rebind,
    /// Row and table say different things.
    Dispute,
}

/// The text of a board's file with the words of its rows, and its comments with
/// them. `due` is the day on which they are due, for the head of a new file.
pub fn import(
    text: Option<&str>,
    mut comments: Comments,
    board: &Board,
    (period, due): (Period, Option<NaiveDate>),
    rows: &[WorkbookRow],
) -> Result<Imported, FileError> {
    let old = text.unwrap_or_default();
    let document = Document::parse(old)?;
    let line_end = file::line_end(old);
    let (mut splices, mut new_tables, mut taken) = (Vec::new(), String::new(), Vec::new());
    for indicator in board.indicators() {
        let item = document.as_table().get(indicator.as_str());
        let Some((row, other)) = words_of(rows, board, indicator) else {
            let mut done =
                rows.iter().filter(|row| row.is_of(&board.id, indicator)).filter_map(|row| row.comment().last_done);
            let (Some(done), None) = (done.next(), FileTable::read(item).comment.last_done) else { continue };
            let mut values = [const { None }; 9];
            values[7] = Some(typed(done));
            match item.and_then(|item| edits(old, item, &values, line_end)) {
                Some(edits) => splices.extend(edits),
                None => new_tables.push_str(&new_table(indicator, &values)),
            }
            comments.on.entry(indicator.clone()).or_default().last_done = Some(done);
            continue;
        };
        let table = FileTable::read(item);
        match if other.is_some() { RowAction::Dispute } else { table.action(&row) } {
            RowAction::Keep => {
                // A remark on words that came from a cell names the cell.
                let same = table.imported.is_some() && digest(&table.comment) == digest(&row);
                if let Some(comment) = comments.on.get_mut(indicator).filter(|_| same) {
                    comment.at = row.at;
                }
            }
            RowAction::Dispute => {
                let ours = comments.on.entry(indicator.clone()).or_default();
                if !ours.is_written() {
                    *ours = row.clone();
                }
                let otherwise = [Some(row), other].into_iter().flatten().find(|row| digest(row) != digest(ours));
                ours.elsewhere = otherwise.map(Box::new);
            }
            action @ (RowAction::Import | RowAction::Rebind) => {
                let values = table.renewed(&row, action);
                match item.and_then(|item| edits(old, item, &values, line_end)) {
                    Some(edits) => splices.extend(edits),
                    None => new_tables.push_str(&new_table(indicator, &values)),
                }
                taken.push((indicator.clone(), row.at));
            }
        }
    }
    let text = file::extended(old, splices, &new_tables, || file::head(&board.title, period, due))?;
    let document = Document::parse(text.as_str())?;
    for (indicator, at) in taken {
        let table = FileTable::read(document.as_table().get(indicator.as_str()));
        comments.on.insert(indicator, Comment { at, ..table.comment });
    }
    Ok(Imported { text: (text != old).then_some(text), comments })
}

/// What a board's rows say on an indicator: the first that says anything, and
/// the first that says something else.
fn words_of(rows: &[WorkbookRow], board: &Board, indicator: &IndicatorRef) -> Option<(Comment, Option<Comment>)> {
    // What names no commitment of the board is told (F711) and goes no further.
    let known = |comment: Comment| {
        let is_known = board.agenda.commitment(&comment.serves).is_some();
        if is_known { comment } else { Comment { serves: String::new(), ..comment } }
    };
    let said = || rows.iter().filter(|row| row.is_of(&board.id, indicator)).map(WorkbookRow::comment).map(known);
    let row = said().find(Comment::is_written).or_else(|| said().find(Comment::is_filler))?;
    let other = said().filter(Comment::is_written).find(|other| digest(other) != digest(&row));
    let other = other.filter(|_| row.is_written());
    Some((row, other))
}

/// A table of the file, as it stands.
#[derive(Debug, Default)]
struct FileTable {
    comment: Comment,
    imported: Option<Import>,
}

/// What a table remembers of the row that was imported into it.
#[derive(Debug)]
struct Import {
    digest: String,
    about: String,
}

impl FileTable {
    fn read(item: Option<&Item>) -> Self {
        let Some(table) = item.and_then(Item::as_table_like) else { return Self::default() };
        let text = |key: &str| text_of(table, key).unwrap_or_default();
        let comment = Comment {
            text: text("text").into(),
            action: text("action").into(),
            owner: text("owner").into(),
            due: day_as_typed(&text("due")),
            expect: text("expect").into(),
            serves: text("for").trim().to_owned(),
            last_done: DoneWhen::as_typed(&text("last_action_done")).flatten(),
            about: text("about"),
            at: None,
            elsewhere: None,
        };
        let imported = text_of(table, "imported").map(|imported| {
            let (digest, about) = imported.split_once(' ').unwrap_or((&imported, ""));
            Import { digest: digest.to_owned(), about: about.to_owned() }
        });
        Self { comment, imported }
    }

    /// What becomes of a row, of which this is the table.
    fn action(&self, row: &Comment) -> RowAction {
        let (ours, theirs) = (digest(&self.comment), digest(row));
        let is_untouched = self.imported.as_ref().is_some_and(|import| import.digest == ours);
        match &self.imported {
            // Where words were, "TBC" takes them back; elsewhere it says nothing.
            _ if !row.is_written() && !is_untouched => RowAction::Keep,
            None if !self.comment.is_written() => RowAction::Import,
            None if ours == theirs => RowAction::Keep,
            None => RowAction::Dispute,
            Some(import) if import.digest == theirs => {
                if is_untouched && import.about != plain(&row.about) {
                    RowAction::Rebind
                } else {
                    RowAction::Keep
                }
            }
            Some(_) if is_untouched || !self.comment.is_written() => RowAction::Import,
            Some(_) if ours == theirs => RowAction::Keep,
            Some(_) => RowAction::Dispute,
        }
    }

    /// The values of [`FIELDS`] that a row gives; none where the table's own stays.
    fn renewed(&self, row: &Comment, action: RowAction) -> [Option<String>; 9] {
        let imported = Some(format!("{} {}", digest(row), plain(&row.about)).trim_end().to_owned());
        // An empty cell is filled in by the program, which confirms nothing.
        let is_filled_in = self.imported.as_ref().is_some_and(|import| import.about.is_empty());
        let about = (action == RowAction::Import || !is_filled_in).then(|| row.about.clone());
        if action != RowAction::Import {
            return [about, None, None, None, None, None, None, None, imported];
        }
        let text = row.text.for_officers().replace("\r\n", "\n").replace('\r', "\n");
        let due = row.due.map(|due| due.to_string()).unwrap_or_default();
        let text = format!("{}\n", text.trim_end());
        let [action, owner, expect] =
            [&row.action, &row.owner, &row.expect].map(|text| Some(text.for_officers().trim().to_owned()));
        let last_done = row.last_done.map(typed).unwrap_or_default();
        [about, Some(text), action, owner, Some(due), expect, Some(row.serves.clone()), Some(last_done), imported]
    }
}

/// A value as text, whether it is a string or a date of TOML.
fn text_of(table: &dyn TableLike, key: &str) -> Option<String> {
    let item = table.get(key)?;
    item.as_str().map(str::to_owned).or_else(|| item.as_datetime().map(ToString::to_string))
}

/// What changes in a table; none where there is no place to write it.
fn edits(old: &str, item: &Item, values: &[Option<String>; 9], line_end: &str) -> Option<Vec<Splice>> {
    let table = item.as_table_like()?;
    let (mut edits, mut missing) = (Vec::new(), Vec::new());
    for (key, value) in FIELDS.into_iter().zip(values) {
        let Some(value) = value else { continue };
        match table.get(key) {
            Some(_) if text_of(table, key).is_some_and(|there| there == *value) => {}
            Some(there) => edits.push((there.span()?, ended(&quoted(value), line_end))),
            None if value.trim().is_empty() => {}
            None => missing.push(format!("{key} = {}", ended(&quoted(value), line_end))),
        }
    }
    if !missing.is_empty() {
        edits.push(inserted(old, item, &missing, line_end)?);
    }
    Some(edits)
}

fn new_table(indicator: &IndicatorRef, values: &[Option<String>; 9]) -> String {
    let field = |(key, value): (&str, &Option<String>)| format!("{key} = {}\n", quoted(value.as_deref().unwrap_or("")));
    let is_shown = |(key, value): &(&str, &Option<String>)| {
        !RARE.contains(key) || value.as_ref().is_some_and(|value| !value.is_empty())
    };
    let fields: String = FIELDS.into_iter().zip(values).filter(is_shown).map(field).collect();
    format!("\n[{}]\n{fields}", Key::new(indicator.as_str()))
}

/// Twelve hexadecimal digits of what a comment says to a reader, whatever figure
/// it is about.
fn digest(comment: &Comment) -> String {
    let due = comment.due.map(|due| due.to_string()).unwrap_or_default();
    let [text, action, owner, expect] =
        [&comment.text, &comment.action, &comment.owner, &comment.expect].map(|text| plain(text.for_officers()));
    let mut words = vec![text, action, owner, plain(&due), expect];
    // What a row may say besides: without it, its digest is what it always was.
    let besides = [comment.serves.clone(), comment.last_done.map(typed).unwrap_or_default()];
    if besides.iter().any(|said| !said.is_empty()) {
        words.extend(besides);
    }
    crate::digest::sha256(words.join("\n").as_bytes()).chars().take(12).collect()
}

/// When something was done, as a file says it.
fn typed(done: DoneWhen) -> String {
    done.day().map_or_else(|| "done".to_owned(), |day| day.to_string())
}

fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
