//! OpenDocument: its XML read directly.
//!
//! calamine's reader of this format loses which numbers are percentages and
//! which cells are merged, and never ends on a sheet that breaks off; so this
//! is our own, in one pass with nothing repeated that is blank.

use std::collections::HashSet;
use std::io::{BufReader, Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::fault::Fault;
use super::grid::{Grid, Visibility};
use super::{CELLS_AT_MOST, Sheet, ods_table};

/// The XML of the document, streamed out of its zip.
pub(super) type Xml<'a> = Reader<Box<dyn std::io::BufRead + 'a>>;

/// Its sheets in order.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Fault::damaged(&error))?;
    let kind = part(&mut archive, "mimetype")?;
    if !kind.contains("opendocument.spreadsheet") {
        return Err(Fault::not_spreadsheet(
            "an OpenDocument file that is no spreadsheet",
            "copy its table into a workbook",
        ));
    }
    if part(&mut archive, "META-INF/manifest.xml").is_ok_and(|manifest| manifest.contains("encryption-data")) {
        return Err(Fault::password());
    }
    let content = archive.by_name("content.xml").map_err(|error| Fault::damaged(&error))?;
    let mut xml: Xml<'_> = Reader::from_reader(Box::new(BufReader::new(content)));
    xml.config_mut().expand_empty_elements = true;
    sheets(&mut xml)
}

/// One small part of the archive as text.
fn part(archive: &mut ZipArchive<Cursor<&[u8]>>, name: &str) -> Result<String, Fault> {
    let mut text = Vec::new();
    let part = archive.by_name(name).map_err(|error| Fault::damaged(&error))?;
    part.take(1 << 20).read_to_end(&mut text).map_err(|error| Fault::damaged(&error))?;
    Ok(String::from_utf8_lossy(&text).into_owned())
}

fn sheets(xml: &mut Xml<'_>) -> Result<Vec<Sheet>, Fault> {
    let (mut buffer, mut sheets, mut room) = (Vec::new(), Vec::new(), CELLS_AT_MOST);
    let (mut style, mut hidden) = (None, HashSet::new());
    loop {
        buffer.clear();
        match xml.read_event_into(&mut buffer).map_err(|error| Fault::damaged(&error))? {
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
                // A fault inside a sheet ends the document: what follows has lost its place.
                let table = ods_table::read(xml, room)?;
                room = room.saturating_sub(table.cells.len());
                sheets.push(Ok(Grid { name, visibility, merges: table.merges, cells: table.cells, look: table.look }));
            }
            Event::Eof if sheets.is_empty() => return Err(Fault::damaged(&"it holds no sheet")),
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
