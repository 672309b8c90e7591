//! The TOML file that officers write in, updated without touching a word of
//! theirs.
//!
//! `toml_edit` says where everything stands; what is written is spliced into
//! the text between, so that every byte an officer typed (order, comments, odd
//! blanks, line ends) stays as it was. Only two things are the program's: the
//! lines that begin with `#:`, and `about`. What [`import`](super::import) writes
//! goes the same way.

use std::ops::Range;

use chrono::NaiveDate;
use toml_edit::{Document, Item, Key, TableLike};

use super::{CommentaryEntry, EntryState};
use crate::domain::{Comment, Period};
use crate::words;

/// How the program's own lines begin.
const MARK: &str = "#:";

/// About how many characters such a line holds.
const WIDTH: usize = 96;

/// A file cannot be updated: where it is no TOML, and not what stands there.
#[derive(Debug, thiserror::Error)]
#[error("failed to update the commentary file: {0} (hint: is it being edited? mend it as TOML, then run again)")]
pub struct FileError(String);

impl From<toml_edit::TomlError> for FileError {
    fn from(error: toml_edit::TomlError) -> Self {
        Self(error.to_string().lines().next().unwrap_or_default().to_owned())
    }
}

/// The text of the file of a board of this title with every entry in it; none where it needs no
/// change, or where there is no file and nothing to ask.
pub fn update(
    text: Option<&str>,
    board: &str,
    period: Period,
    entries: &[CommentaryEntry],
) -> Result<Option<String>, FileError> {
    let old = text.unwrap_or_default();
    let document = Document::parse(old)?;
    let line_end = line_end(old);
    let mut splices = Vec::new();
    let mut new_tables = String::new();
    for entry in entries {
        match document.as_table().get(entry.indicator.as_str()) {
            Some(item) => splices.extend(of_item(old, item, entry, line_end)),
            None if !entry.has_place() => {}
            None => new_tables.push_str(&new_table(entry)),
        }
    }
    let due = entries.iter().find_map(|entry| entry.due);
    let text = extended(old, splices, &new_tables, || head(board, period, due))?;
    Ok((text != old).then_some(text))
}

/// How the lines of a file end.
pub(super) fn line_end(old: &str) -> &'static str {
    if old.contains("\r\n") { "\r\n" } else { "\n" }
}

/// The text of a file with some pieces in it and tables behind it; a new file
/// begins with a head. Whatever was spliced, it is TOML.
pub(super) fn extended(
    old: &str,
    splices: Vec<Splice>,
    new_tables: &str,
    head: impl FnOnce() -> String,
) -> Result<String, FileError> {
    let line_end = line_end(old);
    let mut text = spliced(old, splices);
    if !new_tables.is_empty() {
        if text.trim().is_empty() {
            text.push_str(&ended(&head(), line_end));
        } else if !text.ends_with('\n') {
            text.push_str(line_end);
        }
        text.push_str(&ended(new_tables, line_end));
    }
    Document::parse(text.as_str())?;
    Ok(text)
}

/// What a new file begins with.
pub(super) fn head(board: &str, period: Period, due: Option<NaiveDate>) -> String {
    let due = due.map(|due| format!(", due {}", words::date(due))).unwrap_or_default();
    format!(
        "# Commentary on {} for the {}{due}.\n\
         # Lines that begin with {MARK} are written by `boardpack commentary`. All else is yours.\n\
         # Say what happened, why, and what is being done. Never name or describe a child.\n\
         # To choose what page 1 lists: a table [page_1] with needs_attention = [\"…\"] and improved = [\"…\"].\n",
        words::month(period),
        board
    )
}

fn new_table(entry: &CommentaryEntry) -> String {
    let notes: String = notes(entry).iter().map(|note| format!("{note}\n")).collect();
    let mut fields = "text = \"\"\"\n\"\"\"\naction = \"\"\nowner = \"\"\ndue = \"\"\nexpect = \"\"\n".to_owned();
    if !entry.commitments.is_empty() {
        fields.push_str("for = \"\"\n");
    }
    if entry.carried.iter().any(|(action, _)| action.done.is_none()) {
        fields.push_str("last_action_done = \"\"\n");
    }
    format!("\n{notes}[{}]\nabout = {}\n{fields}", Key::new(entry.indicator.as_str()), quoted(&entry.about))
}

/// What stands above a table: the figure, what is asked, of whom, the last words.
fn notes(entry: &CommentaryEntry) -> Vec<String> {
    let mut notes = vec![
        format!("{} {}", entry.indicator, entry.title),
        format!("{}. {}. {}.", entry.figure, entry.movement, entry.rating),
    ];
    match entry.state {
        EntryState::NotNeeded if !entry.carried.is_empty() => {}
        EntryState::NotNeeded => {
            notes.push("Nothing is asked here now. What is written, and about this figure, is printed.".to_owned())
        }
        EntryState::Stale => {
            let then =
                entry.comment.as_ref().map(|comment| words::lower_first(comment.about.trim())).unwrap_or_default();
            notes.push(format!(
                "STALE: this was written about {then}. It is now {}. If it still holds, delete the line `about`; else rewrite it and delete that line.",
                words::lower_first(&entry.about)
            ));
        }
        EntryState::Disputed => {
            notes.push("DISPUTED: the commentary workbook says something else. Empty one of the two.".to_owned())
        }
        EntryState::NamesHidden => notes.push(
            "LEFT OUT of the public edition: this names a number that it hides. Say it without the number.".to_owned(),
        ),
        EntryState::Incomplete => notes.push(format!(
            "INCOMPLETE: it is red, and {} must stand below too. The pack stays a draft until then.",
            words::action_parts(&entry.lacks)
        )),
        EntryState::Awaited | EntryState::Written => {}
    }
    notes.extend(entry.prompts.iter().cloned());
    let due = entry.due.map(|due| format!(", due {}", words::date(due))).unwrap_or_default();
    notes.push(format!("Asked of: {}{due}.", entry.owner));
    if !entry.commitments.is_empty() && entry.has_place() {
        notes.push(format!("`for` may say what its action serves: {}.", words::list(&entry.commitments)));
    }
    notes.extend(entry.carried_in_words());
    if let Some((period, text)) = &entry.last {
        notes.push(format!("Written for {}:", words::month(*period)));
        notes.extend(text.lines().map(|line| format!("  {}", line.trim())).filter(|line| !line.trim().is_empty()));
    }
    notes.iter().flat_map(|note| wrapped(note)).collect()
}

/// A note as lines of its own; a comment of TOML holds no control characters.
fn wrapped(note: &str) -> Vec<String> {
    let indent = if note.starts_with("  ") { "  " } else { "" };
    let clean: String = note.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut lines: Vec<String> = Vec::new();
    for word in clean.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < WIDTH => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(format!("{MARK} {indent}{word}")),
        }
    }
    lines
}

/// A piece of text that takes the place of a range of the old one.
pub(super) type Splice = (Range<usize>, String);

fn of_item(old: &str, item: &Item, entry: &CommentaryEntry, line_end: &str) -> Vec<Splice> {
    let Some(table) = item.as_table_like() else { return Vec::new() };
    let mut splices = Vec::new();
    if let Some(table) = item.as_table()
        && let Some(header) = table.span()
        && !table.is_dotted()
    {
        let prefix = table.decor().prefix().and_then(|prefix| prefix.span());
        let prefix = prefix.unwrap_or(header.start..header.start);
        splices.push((prefix.clone(), renewed(old.get(prefix).unwrap_or_default(), entry, line_end)));
    }
    splices.extend(binding(old, item, table, entry, line_end));
    splices
}

/// What stands above a table, with the program's lines as they are now.
fn renewed(above: &str, entry: &CommentaryEntry, line_end: &str) -> String {
    let notes: String = notes(entry).iter().map(|note| format!("{note}{line_end}")).collect();
    let mut text = String::new();
    let mut placed = false;
    for line in above.split_inclusive('\n') {
        let ours = line.trim_start().starts_with(MARK);
        // Where no line of ours has stood, it stands right above the table,
        // before the blanks that its header may be indented by.
        let indent = !line.ends_with('\n');
        if (ours || indent) && !placed {
            text.push_str(&notes);
            placed = true;
        }
        if !ours {
            text.push_str(line);
        }
    }
    if !placed {
        text.push_str(&notes);
    }
    text
}

/// Binds words to the figure: those that are not there yet, and those that are
/// bound to none.
fn binding(old: &str, item: &Item, table: &dyn TableLike, entry: &CommentaryEntry, line_end: &str) -> Option<Splice> {
    let text_of = |key: &str| table.get(key).and_then(Item::as_str).unwrap_or_default().to_owned();
    let comment = Comment { text: text_of("text").into(), about: text_of("about"), ..Comment::default() };
    let is_open = !comment.is_written() && entry.state != EntryState::NotNeeded;
    let is_unbound = comment.is_written() && comment.about.trim().is_empty();
    if !(is_open || is_unbound) {
        return None;
    }
    if let Some(about) = table.get("about") {
        return Some((about.span()?, quoted(&entry.about))).filter(|_| comment.about != entry.about);
    }
    inserted(old, item, &[format!("about = {}", quoted(&entry.about))], line_end)
}

/// Keys that a table does not have yet: below its header, or before its first key.
pub(super) fn inserted(old: &str, item: &Item, keys: &[String], line_end: &str) -> Option<Splice> {
    let lines = |before: &str| keys.iter().map(|key| format!("{before}{key}{line_end}")).collect::<String>();
    match item {
        Item::Table(table) if !table.is_dotted() => {
            let start = table.span()?.start;
            // A header stands on one line, perhaps with a comment behind it.
            let end = old.get(start..)?.find('\n').map(|length| start + length + 1);
            Some(match end {
                Some(end) => (end..end, lines("")),
                None => (old.len()..old.len(), format!("{line_end}{}", lines(""))),
            })
        }
        // `A.text = "…"` on its own line: other keys are written in the same way.
        Item::Table(table) => {
            let first = table.iter().find_map(|(name, _)| table.key(name)?.span())?.start;
            let start = old.get(..first)?.rfind('\n').map_or(0, |end| end + 1);
            Some((start..start, lines(old.get(start..first)?)))
        }
        Item::Value(value) => {
            let inside = value.span()?.start + 1;
            let comma = if value.as_inline_table()?.is_empty() { "" } else { "," };
            Some((inside..inside, format!(" {}{comma}", keys.join(", "))))
        }
        _ => None,
    }
}

pub(super) fn quoted(text: &str) -> String {
    toml_edit::value(text).to_string()
}

pub(super) fn ended(text: &str, line_end: &str) -> String {
    text.replace('\n', line_end)
}

fn spliced(old: &str, mut splices: Vec<Splice>) -> String {
    splices.sort_by_key(|(range, _)| (range.start, range.end));
    let (mut text, mut at) = (String::new(), 0);
    for (range, new) in splices {
        text.push_str(old.get(at..range.start).unwrap_or_default());
        text.push_str(&new);
        at = range.end;
    }
    text.push_str(old.get(at..).unwrap_or_default());
    text
}

#[cfg(test)]
pub(crate) mod tests;
