//! Workbooks that mean harm, or look as if they did, built byte by byte: no
//! honest program writes them.

use std::io::{Cursor, Write as _};

use zip::write::SimpleFileOptions;

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A zip of some parts.
pub(crate) fn zip(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// An xlsx of one sheet, "Data": what stands in `worksheet`, and the shared
/// strings' element.
pub(crate) fn xlsx(worksheet: &str, strings: &str) -> Vec<u8> {
    let part = |id: &str, kind: &str, target: &str| {
        format!(r#"<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#)
    };
    let relationships = |inner: &str| format!(r#"<Relationships xmlns="{PACKAGE}">{inner}</Relationships>"#);
    zip(&[
        ("[Content_Types].xml", r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#),
        ("_rels/.rels", &relationships(&part("r1", "officeDocument", "xl/workbook.xml"))),
        (
            "xl/workbook.xml",
            &format!(
                r#"<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            &relationships(
                &[
                    part("r1", "worksheet", "worksheets/sheet1.xml"),
                    part("r2", "sharedStrings", "sharedStrings.xml"),
                    part("r3", "styles", "styles.xml"),
                ]
                .concat(),
            ),
        ),
        (
            "xl/styles.xml",
            &format!(
                r#"<styleSheet xmlns="{MAIN}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#
            ),
        ),
        ("xl/sharedStrings.xml", strings),
        ("xl/worksheets/sheet1.xml", &format!(r#"<worksheet xmlns="{MAIN}">{worksheet}</worksheet>"#)),
    ])
}

/// An xlsx of some rows.
pub(crate) fn xlsx_rows(rows: &str) -> Vec<u8> {
    xlsx(&format!("<sheetData>{rows}</sheetData>"), &strings("", ""))
}

/// A shared strings' element with attributes of one's own.
pub(crate) fn strings(attributes: &str, inner: &str) -> String {
    format!(r#"<sst xmlns="{MAIN}" {attributes}>{inner}</sst>"#)
}

/// The same zip whose directory says that nothing in it is larger than a
/// kilobyte, and whose parts say nothing.
pub(crate) fn belittled(mut zip: Vec<u8>) -> Vec<u8> {
    for (mark, at) in [(b"PK\x01\x02", 24), (b"PK\x03\x04", 22)] {
        let found: Vec<usize> =
            zip.windows(4).enumerate().filter(|(_, window)| window == mark).map(|(at, _)| at).collect();
        for entry in found {
            if let Some(size) = zip.get_mut(entry + at..entry + at + 4) {
                size.copy_from_slice(&1024_u32.to_le_bytes());
            }
        }
    }
    zip
}

/// An ods with some content inside its one table, "Data", which may be left
/// open.
pub(crate) fn ods(rows: &str, end: &str) -> Vec<u8> {
    zip(&[
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", "<manifest:manifest/>"),
        (
            "content.xml",
            &format!(
                r#"<?xml version="1.0"?><office:document-content><office:body><office:spreadsheet><table:table table:name="Data">{rows}{end}"#
            ),
        ),
    ])
}

/// How an ods ends.
pub(crate) const ODS_END: &str = "</table:table></office:spreadsheet></office:body></office:document-content>";

/// One record of an xls.
pub(crate) fn record(kind: u16, parts: &[&[u8]]) -> Vec<u8> {
    let body = parts.concat();
    [&kind.to_le_bytes()[..], &u16::try_from(body.len()).unwrap().to_le_bytes(), &body].concat()
}

/// A cell's row, column and format, as they begin its record.
pub(crate) fn place(row: u16, column: u16) -> Vec<u8> {
    [row, column, 0].map(u16::to_le_bytes).concat()
}

/// An xls of one sheet with some records.
pub(crate) fn xls(cells: &[Vec<u8>]) -> Vec<u8> {
    let begin = |kind: u16| record(0x0809, &[&0x0600_u16.to_le_bytes(), &kind.to_le_bytes(), &[0; 12]]);
    let end = record(0x000A, &[]);
    let bound = |offset: u32| record(0x0085, &[&offset.to_le_bytes(), &[0, 0, 4, 0], b"Data"]);
    let offset = begin(5).len() + bound(0).len() + end.len();
    let sheet = [begin(0x10), cells.concat(), end.clone()].concat();
    let mut stream = [begin(5), bound(u32::try_from(offset).unwrap()), end, sheet].concat();
    // Shorter streams are kept elsewhere.
    stream.resize(stream.len().max(4096).next_multiple_of(512), 0);
    compound_file("Workbook", &stream, None)
}

/// A compound file of one stream. `cycle` is the sector of the stream after
/// which its first comes again.
pub(crate) fn compound_file(name: &str, stream: &[u8], cycle: Option<usize>) -> Vec<u8> {
    const FREE: u32 = 0xFFFF_FFFF;
    const END: u32 = 0xFFFF_FFFE;
    let mut file = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    file.extend([0_u8; 16]);
    file.extend([0x3E_u16, 3, 0xFFFE, 9, 6].map(u16::to_le_bytes).concat());
    file.extend([0_u8; 6]);
    // One sector of the table (the first), the directory in the second.
    file.extend([0_u32, 1, 1, 0, 4096, END, 0, END, 0, 0].map(u32::to_le_bytes).concat());
    file.resize(512, 0xFF);
    let sectors = stream.len() / 512;
    let mut table = vec![0xFFFF_FFFD, END];
    for sector in 0..sectors {
        table.push(match cycle {
            Some(cycle) if sector == cycle => 2,
            _ if sector + 1 == sectors => END,
            _ => u32::try_from(sector + 3).unwrap(),
        });
    }
    assert!(table.len() <= 128, "one sector of the table");
    table.resize(128, FREE);
    file.extend(table.iter().flat_map(|sector| sector.to_le_bytes()));
    let entry = |name: &str, kind: u8, child: u32, start: u32, size: usize| {
        let mut entry: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        entry.resize(64, 0);
        entry.extend(u16::try_from(2 * name.len() + 2).unwrap().to_le_bytes());
        entry.extend([kind, 1]);
        entry.extend([FREE, FREE, child].map(u32::to_le_bytes).concat());
        entry.resize(116, 0);
        entry.extend(start.to_le_bytes());
        entry.extend(u32::try_from(size).unwrap().to_le_bytes());
        entry.resize(128, 0);
        entry
    };
    file.extend(entry("Root Entry", 5, 1, END, 0));
    file.extend(entry(name, 2, FREE, 2, stream.len()));
    file.resize(file.len().next_multiple_of(512), 0);
    file.extend(stream);
    file
}
