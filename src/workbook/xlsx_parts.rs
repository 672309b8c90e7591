//! What calamine does not pass on of an xlsx: hidden rows and columns, and
//! whether cells are merged.
//!
//! Unpacking a large sheet costs a third of reading it, so each is unpacked a
//! second time and scanned for the few words that matter. Nothing here is a
//! fault: what cannot be found is left out, and damage is reported by calamine,
//! which reads the same bytes.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use regex::bytes::Regex;
use zip::ZipArchive;

use super::limits::HIDDEN_RUNS_AT_MOST;
use super::ods::attribute;
use super::xlsx_repair;

/// The largest list of sheets or of their files that is read, unpacked.
const LIST_AT_MOST: u64 = 16 << 20;

/// What a sheet has beside its cells.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct SheetExtras {
    /// Whether it may merge cells.
    pub(super) merges: bool,
    pub(super) hidden_rows: Vec<(u32, u32)>,
    pub(super) hidden_columns: Vec<(u32, u32)>,
}

/// The files inside a workbook, by the names of their sheets.
pub(super) struct XlsxParts<'a> {
    archive: Option<ZipArchive<Cursor<&'a [u8]>>>,
    paths: BTreeMap<String, String>,
}

impl<'a> XlsxParts<'a> {
    /// Finds the sheets' files.
    pub(super) fn open(bytes: &'a [u8]) -> Self {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok();
        let paths = archive.as_mut().and_then(paths).unwrap_or_default();
        Self { archive, paths }
    }

    /// What the sheet of this name has beside its cells. Where that cannot be
    /// found, it may still have merged cells.
    pub(super) fn extras(&mut self, sheet: &str) -> SheetExtras {
        self.read(sheet).unwrap_or(SheetExtras { merges: true, ..SheetExtras::default() })
    }

    /// The cells of a sheet that hold an error; none where that cannot be told.
    pub(super) fn errors(&mut self, sheet: &str) -> Option<Vec<(u32, u32, String)>> {
        let (archive, path) = (self.archive.as_mut()?, self.paths.get(sheet)?);
        xlsx_repair::errors(archive.by_name(path).ok()?)
    }

    fn read(&mut self, sheet: &str) -> Option<SheetExtras> {
        let (archive, path) = (self.archive.as_mut()?, self.paths.get(sheet)?);
        let scan = scan(&mut archive.by_name(path).ok()?)?;
        match scan {
            Scan::Complete(extras) => Some(extras),
            Scan::RowsUnnumbered => {
                let mut extras = SheetExtras { merges: true, ..SheetExtras::default() };
                scan_rows(BufReader::new(archive.by_name(path).ok()?), &mut extras);
                Some(extras)
            }
        }
    }
}

/// The result of a scan.
enum Scan {
    /// Everything was found.
    Complete(SheetExtras),
    /// A hidden row does not give its number: all rows must be counted.
    RowsUnnumbered,
}

/// Searches for the words that matter and parses only the tags around them: to
/// parse all the XML would take as long as reading the cells.
fn scan(part: &mut impl Read) -> Option<Scan> {
    let pattern = Regex::new("mergeCells|hidden=").ok()?;
    let mut extras = SheetExtras::default();
    let (mut buffer, mut kept) = (vec![0; 1 << 16], 0);
    loop {
        let read = part.read(buffer.get_mut(kept..)?).ok()?;
        let filled = buffer.get(..kept + read)?;
        // A tag that is not yet closed is scanned with the next piece.
        let whole =
            if read == 0 { filled.len() } else { filled.iter().rposition(|byte| *byte == b'>').map_or(0, |at| at + 1) };
        for found in pattern.find_iter(filled.get(..whole)?) {
            if found.as_bytes().starts_with(b"m") {
                extras.merges = true;
            } else if !hidden(filled, found.start(), &mut extras) {
                return Some(Scan::RowsUnnumbered);
            }
        }
        if read == 0 {
            return Some(Scan::Complete(extras));
        }
        let end = filled.len();
        // No tag of a sheet is longer than half the buffer.
        let from = if end - whole > buffer.len() / 2 { end } else { whole };
        buffer.copy_within(from..end, 0);
        kept = end - from;
    }
}

/// Adds the row or column whose tag has `hidden=` here; false where it is a row
/// without a number.
fn hidden(text: &[u8], at: usize, extras: &mut SheetExtras) -> bool {
    // A real tag is a hundred letters long; a text may hold the word a million times.
    const LONGEST: usize = 1024;
    let tag = || {
        let from = at.saturating_sub(LONGEST);
        let start = from + text.get(from..at)?.iter().rposition(|byte| matches!(byte, b'<' | b'>'))?;
        let end = at + text.get(at..)?.iter().take(LONGEST).position(|byte| *byte == b'>')?;
        std::str::from_utf8(text.get(start..=end)?).ok().filter(|tag| tag.starts_with('<'))
    };
    let mut good = true;
    if let Some(tag) = tag() {
        elements(tag.as_bytes(), |start| {
            good = extras.add_hidden(start, None);
            false
        });
    }
    good
}

impl SheetExtras {
    /// Adds a column or row that is hidden; false where it is a row whose number
    /// is neither given nor known.
    fn add_hidden(&mut self, start: &BytesStart<'_>, known: Option<u32>) -> bool {
        if !is_hidden(start) {
            return true;
        }
        match start.name().local_name().as_ref() {
            "col" => {
                if let (Some(from), Some(to)) = (number(start, "min"), number(start, "max")) {
                    add(&mut self.hidden_columns, from.saturating_sub(1), to.saturating_sub(1));
                }
                true
            }
            "row" => {
                let row = number(start, "r").map(|row| row.saturating_sub(1)).or(known);
                if let Some(row) = row {
                    add(&mut self.hidden_rows, row, row);
                }
                row.is_some()
            }
            _ => true,
        }
    }
}

/// The paths of the sheets' files, by the sheets' names.
fn paths(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Option<BTreeMap<String, String>> {
    let list = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect::<Vec<_>>();
    let named = |end: &str| list.iter().find(|name| name.to_lowercase().ends_with(end)).cloned();
    let (book, relations) = (named("workbook.xml")?, named("workbook.xml.rels")?);
    let folder = book.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut targets = BTreeMap::new();
    elements(BufReader::new(archive.by_name(&relations).ok()?.take(LIST_AT_MOST)), |start| {
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
    elements(BufReader::new(archive.by_name(&book).ok()?.take(LIST_AT_MOST)), |start| {
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

/// Calls `each` with the start of every element, until the XML ends or is
/// damaged, or `each` returns false.
fn elements(part: impl BufRead, mut each: impl FnMut(&BytesStart<'_>) -> bool) {
    let mut xml = Reader::from_reader(part);
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

/// Parses a whole sheet and counts its rows.
fn scan_rows(part: impl BufRead, extras: &mut SheetExtras) {
    let mut next_row = 0_u32;
    elements(part, |start| {
        if start.name().local_name().as_ref() == "row" {
            let row = number(start, "r").map_or(next_row, |row| row.saturating_sub(1));
            extras.add_hidden(start, Some(row));
            next_row = row.saturating_add(1);
        } else {
            extras.add_hidden(start, None);
        }
        true
    });
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
    } else if runs.len() < HIDDEN_RUNS_AT_MOST {
        runs.push((from, to));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives its bytes in pieces of one size, as a zip may.
    struct Pieces<'b>(&'b [u8], usize);

    impl Read for Pieces<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let size = self.1.min(self.0.len()).min(into.len());
            let (now, later) = self.0.split_at(size);
            into[..size].copy_from_slice(now);
            self.0 = later;
            Ok(size)
        }
    }

    #[test]
    fn tags_are_found_wherever_the_pieces_break() {
        let sheet = br#"<worksheet><cols><col min="2" max="3" hidden="1"/><col hidden='true' min="5" max="5"/></cols>
            <sheetData><row r="1"><c t="str"><v>hidden="1"</v></c></row><x:row hidden="1" r="3" ht="2"/><row r="4" hidden="0"/>
            <row r="5" hidden="true"><c/></row></sheetData><mergeCells count="1"/></worksheet>"#;
        for size in 1..sheet.len() {
            let Some(Scan::Complete(extras)) = scan(&mut Pieces(sheet, size)) else { panic!("{size}") };
            let expected =
                SheetExtras { merges: true, hidden_rows: vec![(2, 2), (4, 4)], hidden_columns: vec![(1, 2), (4, 4)] };
            assert_eq!(extras, expected, "{size}");
        }
    }

    #[test]
    fn rows_without_numbers_are_counted() {
        let sheet = br#"<sheetData><row/><row hidden="1"/><row r="9"/><row hidden="1"/></sheetData>"#;
        assert!(matches!(scan(&mut &sheet[..]), Some(Scan::RowsUnnumbered)));
        let mut extras = SheetExtras::default();
        scan_rows(&sheet[..], &mut extras);
        assert_eq!(extras.hidden_rows, [(1, 1), (9, 9)]);
    }

    #[test]
    fn text_that_is_never_a_tag_is_passed_over() {
        let text = "hidden=".repeat(100_000);
        assert!(matches!(scan(&mut text.as_bytes()), Some(Scan::Complete(extras)) if extras == SheetExtras::default()));
    }
}
