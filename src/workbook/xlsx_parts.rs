//! What an xlsx says that its reader does not pass on: hidden rows and columns.
//!
//! Unpacking a large sheet costs a third of reading it, so each is scanned
//! once for the words that matter, and looked at closely only where one is
//! there. Nothing here is a fault: what cannot be told is not said, and the
//! reader that does say what is damaged has read the same bytes.

use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use regex::bytes::Regex;
use zip::ZipArchive;

use super::ods::attribute;

/// Runs of hidden rows or columns that are kept; more is no honest sheet.
const RUNS_AT_MOST: usize = 1_048_576;
/// The largest list of sheets or of their files that is read, unpacked.
const LIST_AT_MOST: u64 = 16 << 20;

/// What a sheet says beside its cells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Said {
    /// Whether it may merge cells.
    pub(super) merges: bool,
    pub(super) hidden_rows: Vec<(u32, u32)>,
    pub(super) hidden_columns: Vec<(u32, u32)>,
}

/// The files inside a workbook, by the names of their sheets.
pub(super) struct Parts<'a> {
    archive: Option<ZipArchive<Cursor<&'a [u8]>>>,
    paths: BTreeMap<String, String>,
}

impl<'a> Parts<'a> {
    /// Finds the sheets' files.
    pub(super) fn open(bytes: &'a [u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok();
        let paths = archive.as_mut().and_then(paths).unwrap_or_default();
        Self { archive, paths }
    }

    /// What the sheet of this name says. Where it cannot be told, its merges
    /// are still worth looking for.
    pub(super) fn of(&mut self, sheet: &str) -> Said {
        self.read(sheet).unwrap_or(Said { merges: true, ..Said::default() })
    }

    fn read(&mut self, sheet: &str) -> Option<Said> {
        let (archive, path) = (self.archive.as_mut()?, self.paths.get(sheet)?);
        let (merges, hides) = scan(&mut archive.by_name(path).ok()?)?;
        let mut said = Said { merges, ..Said::default() };
        if hides {
            look(BufReader::new(archive.by_name(path).ok()?), &mut said);
        }
        Some(said)
    }
}

/// Whether the words for merged cells and for hidden rows or columns are there.
fn scan(part: &mut impl Read) -> Option<(bool, bool)> {
    // The longest word, less one letter, is kept from each piece: it may lie across two.
    const KEPT: usize = 9;
    let pattern = Regex::new("mergeCells|hidden=").ok()?;
    let (mut merges, mut hides, mut kept) = (false, false, 0);
    let mut buffer = vec![0; 1 << 16];
    loop {
        let read = part.read(buffer.get_mut(kept..)?).ok()?;
        if read == 0 {
            return Some((merges, hides));
        }
        let filled = kept + read;
        for found in pattern.find_iter(buffer.get(..filled)?) {
            if found.as_bytes().starts_with(b"m") {
                merges = true;
            } else {
                hides = true;
            }
        }
        if merges && hides {
            return Some((true, true));
        }
        kept = filled.min(KEPT);
        buffer.copy_within(filled - kept..filled, 0);
    }
}

/// Sheets' names and the paths of their files.
fn paths(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Option<BTreeMap<String, String>> {
    let list = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect::<Vec<_>>();
    let named = |end: &str| list.iter().find(|name| name.to_lowercase().ends_with(end)).cloned();
    let (book, relations) = (named("workbook.xml")?, named("workbook.xml.rels")?);
    let folder = book.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut targets = BTreeMap::new();
    elements(archive.by_name(&relations).ok()?, |start| {
        if start.name().local_name().as_ref() == "Relationship"
            && let (Some(id), Some(target)) = (attribute(start, "Id"), attribute(start, "Target"))
        {
            let path = match target.strip_prefix('/') {
                Some(whole) => whole.to_owned(),
                None if folder.is_empty() => target,
                None => format!("{folder}/{target}"),
            };
            targets.insert(id, path);
        }
        true
    });
    let mut paths = BTreeMap::new();
    elements(archive.by_name(&book).ok()?, |start| {
        if start.name().local_name().as_ref() == "sheet"
            && let (Some(name), Some(id)) = (attribute(start, "name"), relation(start))
            && let Some(path) = targets.get(&id)
            && let Some(path) = list.iter().find(|known| known.replace('\\', "/").eq_ignore_ascii_case(path))
        {
            paths.insert(name, path.clone());
        }
        true
    });
    Some(paths)
}

/// `r:id`, whatever its prefix is.
fn relation(start: &BytesStart<'_>) -> Option<String> {
    let id = start
        .attributes()
        .with_checks(false)
        .flatten()
        .find(|attribute| attribute.key.prefix().is_some() && attribute.key.local_name().as_ref() == "id")?;
    id.normalized_value(quick_xml::XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}

/// Every element's start, until the reader breaks off or is told to stop.
fn elements(part: impl Read, mut each: impl FnMut(&BytesStart<'_>) -> bool) {
    let mut xml = Reader::from_reader(BufReader::new(part.take(LIST_AT_MOST)));
    let mut buffer = Vec::new();
    while let Ok(event) = xml.read_event_into(&mut buffer) {
        match event {
            Event::Start(start) | Event::Empty(start) if !each(&start) => return,
            Event::Eof => return,
            _ => {}
        }
        buffer.clear();
    }
}

fn look(part: impl std::io::BufRead, said: &mut Said) {
    let mut xml = Reader::from_reader(part);
    let (mut buffer, mut next_row) = (Vec::new(), 0_u32);
    while let Ok(event) = xml.read_event_into(&mut buffer) {
        match event {
            Event::Start(start) | Event::Empty(start) => match start.name().local_name().as_ref() {
                "col" if is_hidden(&start) => {
                    if let (Some(from), Some(to)) = (number(&start, "min"), number(&start, "max")) {
                        add(&mut said.hidden_columns, from.saturating_sub(1), to.saturating_sub(1));
                    }
                }
                "row" => {
                    let row = number(&start, "r").map_or(next_row, |row| row.saturating_sub(1));
                    if is_hidden(&start) {
                        add(&mut said.hidden_rows, row, row);
                    }
                    next_row = row.saturating_add(1);
                }
                _ => {}
            },
            Event::Eof => return,
            _ => {}
        }
        buffer.clear();
    }
}

fn is_hidden(start: &BytesStart<'_>) -> bool {
    matches!(attribute(start, "hidden").as_deref(), Some("1" | "true"))
}

fn number(start: &BytesStart<'_>, name: &str) -> Option<u32> {
    attribute(start, name)?.parse().ok()
}

/// Adds a run, joined to the one before where they touch.
fn add(runs: &mut Vec<(u32, u32)>, from: u32, to: u32) {
    if let Some((_, last)) = runs.last_mut()
        && (*last..=last.saturating_add(1)).contains(&from)
    {
        *last = to.max(*last);
    } else if runs.len() < RUNS_AT_MOST {
        runs.push((from, to));
    }
}
