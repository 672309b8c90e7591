//! A LibreOffice workbook, written by hand: a zip of three small XML files.
//!
//! Dates and percentages are true cells, not text: each carries its value as
//! an attribute and its look as text. The `mimetype` entry comes first and is
//! not compressed, because that is how such a file is recognised.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use crate::months::Month;
use crate::series::{Cell, Kind, Series};

const MIME: &str = "application/vnd.oasis.opendocument.spreadsheet";

const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">
<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>
<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>
</manifest:manifest>
"#;

const OPENING: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" xmlns:number="urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3">
<office:automatic-styles>
<number:date-style style:name="N1"><number:month number:textual="true"/><number:text> </number:text><number:year number:style="long"/></number:date-style>
<number:percentage-style style:name="N2"><number:number number:decimal-places="1" number:min-integer-digits="1"/><number:text>%</number:text></number:percentage-style>
<style:style style:name="month" style:family="table-cell" style:data-style-name="N1"/>
<style:style style:name="percent" style:family="table-cell" style:data-style-name="N2"/>
<style:style style:name="head" style:family="table-cell"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="wide" style:family="table-column"><style:table-column-properties style:column-width="9cm"/></style:style>
<style:style style:name="narrow" style:family="table-column"><style:table-column-properties style:column-width="2.6cm"/></style:style>
</office:automatic-styles>
<office:body><office:spreadsheet>
<table:table table:name="Return">
<table:table-column table:style-name="narrow"/><table:table-column table:style-name="wide"/><table:table-column table:style-name="narrow" table:number-columns-repeated="6"/>
"#;

const CLOSING: &str = "</table:table>\n</office:spreadsheet></office:body></office:document-content>\n";

/// Writes the return: a title, a blank row, the headings, then the rows.
pub(crate) fn write(series: &[Series]) -> anyhow::Result<Vec<u8>> {
    // The zip format's own zero date: no clock reaches the file.
    let plain = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Stored)
        .last_modified_time(DateTime::default());
    let packed = plain.compression_method(CompressionMethod::Deflated);
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("mimetype", plain)?;
    zip.write_all(MIME.as_bytes())?;
    zip.start_file("META-INF/manifest.xml", packed)?;
    zip.write_all(MANIFEST.as_bytes())?;
    zip.start_file("content.xml", packed)?;
    zip.write_all(content(series).as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

fn content(series: &[Series]) -> String {
    let mut xml = String::from(OPENING);
    row(&mut xml, &[head("Virtual school and health team: monthly return (made up)")]);
    row(&mut xml, &["<table:table-cell/>".to_owned()]);
    row(&mut xml, &["Ref", "Measure", "Month", "Children", "Out of", "Result", "Not yet due", "Of whom"].map(head));
    for month in Month::all() {
        for series in series {
            let Some((_, cell)) = series.cells.iter().find(|(at, _)| *at == month) else { continue };
            let mut cells = vec![text(series.name), text(series.title), date(month)];
            // The list counts those whose time is not up yet among all.
            let waiting = series.not_due.get(month.index()).copied();
            cells.extend(match *cell {
                Cell::Suppressed => [text(""), text(""), text("c")],
                Cell::Figure { value, parts: Some((part, whole)) } => {
                    [float(part), float(whole + f64::from(waiting.unwrap_or(0))), result(series.kind, value)]
                }
                Cell::Figure { value, parts: None } => [text(""), text(""), result(series.kind, value)],
            });
            cells.push(waiting.map_or_else(|| text(""), |waiting| float(waiting.into())));
            cells.push(text(series.group));
            row(&mut xml, &cells);
        }
    }
    xml + CLOSING
}

fn row(xml: &mut String, cells: &[String]) {
    *xml += "<table:table-row>";
    *xml += &cells.concat();
    *xml += "</table:table-row>\n";
}

fn head(words: &str) -> String {
    format!(
        r#"<table:table-cell table:style-name="head" office:value-type="string"><text:p>{words}</text:p></table:table-cell>"#
    )
}

fn text(words: &str) -> String {
    if words.is_empty() {
        return "<table:table-cell/>".to_owned();
    }
    format!(r#"<table:table-cell office:value-type="string"><text:p>{words}</text:p></table:table-cell>"#)
}

fn date(month: Month) -> String {
    let (day, shown) = (month.last_day(), month.long());
    format!(
        r#"<table:table-cell table:style-name="month" office:value-type="date" office:date-value="{day}"><text:p>{shown}</text:p></table:table-cell>"#
    )
}

fn float(value: f64) -> String {
    format!(
        r#"<table:table-cell office:value-type="float" office:value="{value}"><text:p>{value}</text:p></table:table-cell>"#
    )
}

fn result(kind: Kind, value: f64) -> String {
    if kind != Kind::Percent {
        return float(value);
    }
    let shown = value * 100.0;
    format!(
        r#"<table:table-cell table:style-name="percent" office:value-type="percentage" office:value="{value}"><text:p>{shown:.1}%</text:p></table:table-cell>"#
    )
}
