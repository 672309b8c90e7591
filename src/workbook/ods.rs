//! OpenDocument: its XML read directly.
//!
//! calamine's reader of this format drops which numbers are percentages and
//! which cells are merged, and never ends on a sheet that breaks off. This is
//! our own: one pass, which does not expand runs of blank cells.

use std::collections::HashSet;
use std::io::{BufReader, Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::fault::FileFault;
use super::grid::{Grid, Visibility};
use super::limits::CellBudget;
use super::{SheetResult, ods_table};

/// The XML of the document, streamed out of its zip.
pub(super) type Xml<'a> = Reader<Box<dyn std::io::BufRead + 'a>>;

/// Its sheets in order.
pub(super) fn read(bytes: &[u8], budget: CellBudget) -> Result<Vec<SheetResult>, FileFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| FileFault::damaged(&error))?;
    // Some programs leave the entry out; the document itself says what it is too.
    if part(&mut archive, "mimetype").is_ok_and(|kind| !kind.contains("opendocument.spreadsheet")) {
        return Err(no_spreadsheet());
    }
    if part(&mut archive, "META-INF/manifest.xml").is_ok_and(|manifest| manifest.contains("encryption-data")) {
        return Err(FileFault::password());
    }
    let content = archive.by_name("content.xml").map_err(|error| FileFault::damaged(&error))?;
    let mut xml: Xml<'_> = Reader::from_reader(Box::new(BufReader::new(content)));
    xml.config_mut().expand_empty_elements = true;
    sheets(&mut xml, budget)
}

/// One small part of the archive as text.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, FileFault> {
    let mut text = Vec::new();
    let part = archive.by_name(name).map_err(|error| FileFault::damaged(&error))?;
    part.take(1 << 20).read_to_end(&mut text).map_err(|error| FileFault::damaged(&error))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

fn no_spreadsheet() -> FileFault {
    FileFault::not_spreadsheet("an OpenDocument file that is no spreadsheet", "copy its table into a workbook")
}

fn sheets(xml: &mut Xml<'_>, mut budget: CellBudget) -> Result<Vec<SheetResult>, FileFault> {
    let (mut buffer, mut sheets) = (Vec::new(), Vec::new());
    let (mut style, mut hidden, mut is_first) = (None, HashSet::new(), true);
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|error| FileFault::damaged(&error))? {
            Event::Start(start) if std::mem::take(&mut is_first) && !start.name().0.starts_with("office:document") => {
                return Err(FileFault::not_spreadsheet("a zip archive", "unpack it and supply the workbook inside"));
            }
            Event::Start(start)
                if matches!(
                    start.name().0,
                    "office:text" | "office:presentation" | "office:drawing" | "office:chart" | "office:image"
                ) =>
            {
                return Err(no_spreadsheet());
            }
            Event::Start(start) if start.name().0 == "style:style" => style = attribute(&start, "style:name"),
            Event::Start(start)
                if start.name().0 == "style:table-properties"
                    && attribute(&start, "table:display").as_deref() == Some("false") =>
            {
                hidden.extend(style.clone());
            }
            Event::Start(start) if start.name().0 == "table:table" => {
                let name = attribute(&start, "table:name").unwrap_or_default();
                let is_hidden = attribute(&start, "table:style-name").is_some_and(|style| hidden.contains(&style));
                let visibility = if is_hidden { Visibility::Hidden } else { Visibility::Visible };
                // After a fault inside a sheet the rest of the document cannot be read.
                let table = ods_table::read(xml, budget)?;
                budget.spend(table.cells.len());
                sheets.push(Ok(Grid { name, visibility, merges: table.merges, cells: table.cells, look: table.look }));
            }
            Event::Eof if sheets.is_empty() => return Err(FileFault::damaged(&"it holds no sheet")),
            Event::Eof => return Ok(sheets),
            _ => {}
        }
    }
}

/// An attribute's value.
pub(super) fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.attributes().with_checks(false).flatten().find(|attribute| attribute.key.0 == name)?;
    attribute.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}
