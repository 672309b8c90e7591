//! Which format the bytes are, whatever the file is called.

use super::archive::{self, ZipEntry};
use super::encoding;
use super::fault::{FileFault, RESAVE};
use super::grid::BookFormat;
use crate::domain::BookLimits;
use crate::domain::finding::Code;

const COMPOUND_FILE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

/// Files that are no spreadsheet, by their first bytes.
const OTHERS: &[(&[u8], &str)] = &[
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a picture (PNG)"),
    (b"\xFF\xD8\xFF", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"{\\rtf", "a rich text document"),
    (b"\x1F\x8B", "a compressed file (gzip)"),
    (b"7z\xBC\xAF", "a compressed file (7-Zip)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"SQLite format 3", "a SQLite database"),
];

/// The format of a spreadsheet, or a fault that says what the file is instead.
pub(super) fn format(bytes: &[u8], file: &str, limits: &BookLimits) -> Result<BookFormat, FileFault> {
    if is_lock_file(file) {
        return Err(FileFault::new(
            Code::FileLocked,
            "found the lock file that Office leaves beside an open workbook; expected the workbook",
            "close the workbook wherever it is open, delete the file if it stays, and check `files` in sources.toml",
        ));
    }
    if bytes.is_empty() {
        return Err(FileFault::new(
            Code::FileDamaged,
            "the file is empty (0 bytes); expected a workbook",
            "copy the file to the share again",
        ));
    }
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return zipped(&archive::entries(bytes, limits)?);
    }
    if bytes.starts_with(COMPOUND_FILE) {
        return compound(bytes);
    }
    if COMPOUND_FILE.starts_with(bytes) {
        return Err(FileFault::damaged(&"it breaks off in its first bytes"));
    }
    if let [0x09, 0x00 | 0x02 | 0x04 | 0x08, ..] = bytes {
        return Err(FileFault::not_spreadsheet("a workbook of Excel 2 to 5", RESAVE));
    }
    if let Some((_, found)) = OTHERS.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Err(FileFault::not_spreadsheet(found, "export the figures from where they are kept as .xlsx or .csv"));
    }
    text(bytes)
}

/// Whether the bytes are plain text, if they can be read at all: such a file
/// holds nothing that a spreadsheet does not show.
pub fn is_plain(bytes: &[u8]) -> bool {
    let is_packed = [b"PK".as_slice(), COMPOUND_FILE].iter().any(|start| bytes.starts_with(start));
    !is_packed
}

/// `~$KPI.xlsx` is left by Office, `.~lock.KPI.ods#` by LibreOffice.
fn is_lock_file(file: &str) -> bool {
    let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
    name.starts_with("~$") || name.starts_with(".~lock.")
}

fn zipped(entries: &[ZipEntry]) -> Result<BookFormat, FileFault> {
    if entries.iter().any(|entry| entry.encrypted) {
        return Err(FileFault::password());
    }
    let has = |name: &str| entries.iter().any(|entry| entry.name == name);
    let ends = |end: &str| entries.iter().any(|entry| entry.name.ends_with(end));
    if ends("workbook.bin") {
        Ok(BookFormat::Xlsb)
    } else if ends("workbook.xml") {
        Ok(BookFormat::Xlsx)
    } else if has("content.xml") {
        // A text document has the same parts; `ods` looks what it is.
        Ok(BookFormat::Ods)
    } else if ends("word/document.xml") {
        Err(FileFault::not_spreadsheet("a Word document", "copy its table into a workbook"))
    } else if ends("ppt/presentation.xml") {
        Err(FileFault::not_spreadsheet("a PowerPoint presentation", "copy its table into a workbook"))
    } else if ends("index/document.iwa") {
        Err(FileFault::not_spreadsheet("an Apple Numbers document", "export it from Numbers as .xlsx"))
    } else if has("[content_types].xml") {
        Err(FileFault::damaged(&"its list of sheets is missing"))
    } else {
        Err(FileFault::not_spreadsheet("a zip archive", "unpack it and supply the workbook inside"))
    }
}

/// The streams of a compound file, by the names in its directory: records of
/// 128 bytes that begin with the name.
fn compound(bytes: &[u8]) -> Result<BookFormat, FileFault> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().chain([0]).flat_map(u16::to_le_bytes).collect();
        bytes.chunks_exact(128).any(|record| record.starts_with(&wide))
    };
    if has("EncryptedPackage") || has("EncryptionInfo") {
        Err(FileFault::password())
    } else if has("Workbook") || has("Book") {
        Ok(BookFormat::Xls)
    } else if has("WordDocument") {
        Err(FileFault::not_spreadsheet("a Word document", "copy its table into a workbook"))
    } else if has("PowerPoint Document") {
        Err(FileFault::not_spreadsheet("a PowerPoint presentation", "copy its table into a workbook"))
    } else if has("__properties_version1.0") {
        Err(FileFault::not_spreadsheet("an Outlook message", "supply the workbook that is attached to it"))
    } else {
        Err(FileFault::damaged(&"it holds no workbook stream"))
    }
}

/// Whether a file is a page of the web, such as one that asks to sign in.
pub fn is_web_page(bytes: &[u8]) -> bool {
    begins_a_page(&beginning(bytes))
}

fn begins_a_page(start: &str) -> bool {
    ["<!doctype html", "<html", "<head", "<meta", "<body", "<table"].iter().any(|tag| start.starts_with(tag))
        || start.contains("<html")
}

/// How a text begins, in small letters.
fn beginning(bytes: &[u8]) -> String {
    encoding::decode(bytes.get(..4096).unwrap_or(bytes)).trim_start().to_lowercase()
}

/// Text may be CSV, or one of the formats that Excel opens without a warning.
fn text(bytes: &[u8]) -> Result<BookFormat, FileFault> {
    let start = beginning(bytes);
    if begins_a_page(&start) {
        return Err(FileFault::not_spreadsheet(
            "an HTML page (a web export, or the sign-in page of a site)",
            "open it: if it shows the table, save it in Excel as .xlsx; if it asks to sign in, mend the storage's address or access",
        ));
    }
    if start.starts_with("<?xml") || start.starts_with("<workbook") {
        let found = if start.contains("urn:schemas-microsoft-com:office:spreadsheet") {
            "an Excel 2003 XML spreadsheet"
        } else {
            "an XML file"
        };
        return Err(FileFault::not_spreadsheet(found, RESAVE));
    }
    if start.strip_prefix('{').is_some_and(|rest| rest.trim_start().starts_with(['"', '}'])) {
        return Err(FileFault::not_spreadsheet("JSON", "export the figures as .xlsx or .csv"));
    }
    if start.is_empty() {
        return Err(FileFault::new(
            Code::FileDamaged,
            "the file holds nothing but blanks; expected a workbook",
            "copy the file to the share again",
        ));
    }
    if start.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\r' | '\n' | '\x0C' | '\x1A')) {
        return Err(FileFault::not_spreadsheet("bytes of no known kind", RESAVE));
    }
    Ok(BookFormat::Csv)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_does_not_pack_its_cells_is_plain() {
        let starts: [(&[u8], bool); 5] = [
            (b"PK\x03\x04", false),
            (COMPOUND_FILE, false),
            (b"Ref,Value", true),
            (b"\xEF\xBB\xBFRef", true),
            (b"PIN", true),
        ];
        for (bytes, plain) in starts {
            assert_eq!(is_plain(bytes), plain, "{bytes:?}");
        }
    }
}
