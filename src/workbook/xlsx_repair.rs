//! What is set right in an xlsx before calamine reads it, and what is read beside
//! it: a sheet's dimension that is no area, and error values newer than calamine.
//!
//! Excel opens such files without a word, so a council cannot tell that anything
//! is wrong with them.

use std::io::{BufReader, Cursor, Read, Write};

use calamine::{Xlsx, XlsxError};
use quick_xml::Reader;
use quick_xml::events::Event;
use regex::bytes::Regex;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::ods::attribute;

/// The workbook without the `<dimension>` of its sheets, where that of one is no
/// area (`ref=""`) and keeps calamine from reading it. Nothing depends on it.
pub(super) fn without_dimensions(book: &mut Xlsx<Cursor<&[u8]>>, sheets: &[String], bytes: &[u8]) -> Option<Vec<u8>> {
    let is_bad = |sheet: &String| {
        matches!(
            book.worksheet_cells_reader(sheet).err(),
            Some(
                XlsxError::RangeWithoutColumnComponent
                    | XlsxError::RangeWithoutRowComponent
                    | XlsxError::Alphanumeric(_)
                    | XlsxError::DimensionCount(_)
                    | XlsxError::UnexpectedNode("dimension")
            )
        )
    };
    if !sheets.iter().any(is_bad) {
        return None;
    }
    let dimension = Regex::new(r"<(?:\w+:)?dimension\b[^>]*>|</(?:\w+:)?dimension>").ok()?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut copy = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).ok()?;
        let name = part.name().ok()?.into_owned();
        if !name.to_lowercase().contains("worksheets/") {
            copy.raw_copy_file(part).ok()?;
            continue;
        }
        let mut xml = Vec::new();
        part.read_to_end(&mut xml).ok()?;
        let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        copy.start_file(name, stored).ok()?;
        copy.write_all(&dimension.replace_all(&xml, b"".as_slice())).ok()?;
    }
    copy.finish().ok().map(Cursor::into_inner)
}

/// The cells of a sheet that hold an error, whatever it is called: row, column and
/// its name. None where a cell does not say where it stands: then calamine, which
/// passes over an error that it does not know, has counted the others wrong.
pub(super) fn errors(part: impl Read) -> Option<Vec<(u32, u32, String)>> {
    let mut xml = Reader::from_reader(BufReader::new(part));
    let (mut found, mut buffer) = (Vec::new(), Vec::new());
    let (mut at, mut is_value) = (None, false);
    loop {
        match xml.read_event_into(&mut buffer).ok()? {
            Event::Start(start) if start.name().local_name().as_ref() == "c" => {
                let place = position(&attribute(&start, "r")?)?;
                at = (attribute(&start, "t").as_deref() == Some("e")).then_some(place);
            }
            Event::Start(start) => is_value = start.name().local_name().as_ref() == "v",
            Event::Text(text) if is_value => {
                if let Some((row, column)) = at.take() {
                    found.push((row, column, text.xml10_content().trim().to_owned()));
                }
            }
            Event::End(_) => is_value = false,
            Event::Eof => return Some(found),
            _ => {}
        }
        buffer.clear();
    }
}

/// "C7" as row and column from 0.
fn position(cell: &str) -> Option<(u32, u32)> {
    let digits = cell.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = cell.split_at(digits);
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, super::grid::column(letters)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_is_found_with_its_place() {
        let sheet = r#"<sheetData><row r="1"><c r="A1" t="e"><f>X()</f><v>#SPILL!</v></c><c r="B1"><v>3</v></c>
            <c r="C1" t="e"/></row><row r="12"><c r="AB12" t="e"><v> #N/A </v></c><c r="A13" t="s"><v>0</v></c></row></sheetData>"#;
        let found = errors(sheet.as_bytes()).unwrap();
        assert_eq!(found, [(0, 0, "#SPILL!".to_owned()), (11, 27, "#N/A".to_owned())]);
        assert_eq!(errors(r#"<row><c t="e"><v>#CALC!</v></c></row>"#.as_bytes()), None);
    }
}
