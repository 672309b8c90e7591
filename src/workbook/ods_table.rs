//! The rows of one OpenDocument sheet.
//!
//! Runs of equal cells and rows are written once with a count; a blank run only
//! advances the position and costs nothing, however long it claims to be.

use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;
use quick_xml::{XmlVersion, escape};

use super::fault::FileFault;
use super::grid::{Cell, Look, Merge};
use super::limits::{COLUMNS, CellBudget, HIDDEN_RUNS_AT_MOST};
use super::ods::Xml;
use super::{cell, number_format};

/// What a sheet holds.
#[derive(Default)]
pub(super) struct OdsTable {
    pub(super) cells: Vec<(u32, u32, Cell)>,
    pub(super) merges: Vec<Merge>,
    pub(super) look: Look,
}

/// Whether a row or column is hidden: collapsed by hand, or filtered out.
fn is_hidden(start: &BytesStart<'_>) -> bool {
    matches!(super::ods::attribute(start, "table:visibility").as_deref(), Some("collapse" | "filter"))
}

/// Reads up to the table's end; `budget` is how many cells it may hold.
pub(super) fn read(xml: &mut Xml<'_>, budget: CellBudget) -> Result<OdsTable, FileFault> {
    let (mut table, mut buffer, mut row, mut column) = (OdsTable::default(), Vec::new(), 0_u32, 0_u32);
    loop {
        buffer.clear();
        match next(xml, &mut buffer)? {
            Event::Start(start) => match start.name().0 {
                "table:table-row" => {
                    let repeats = count(&start, "table:number-rows-repeated");
                    if is_hidden(&start) && table.look.hidden_rows.len() < HIDDEN_RUNS_AT_MOST {
                        table.look.hidden_rows.push((row, row.saturating_add(repeats - 1)));
                    }
                    let cells = self::row(xml, row, &mut table.merges, budget)?;
                    budget.check(cells.len().saturating_mul(repeats as usize).saturating_add(table.cells.len()))?;
                    if !cells.is_empty() {
                        for again in 0..repeats {
                            table.cells.extend(
                                cells.iter().map(|(column, cell)| (row.saturating_add(again), *column, cell.clone())),
                            );
                        }
                    }
                    row = row.saturating_add(repeats);
                }
                "table:table-column" => {
                    let repeats = count(&start, "table:number-columns-repeated");
                    if is_hidden(&start) && table.look.hidden_columns.len() < HIDDEN_RUNS_AT_MOST {
                        table.look.hidden_columns.push((column, column.saturating_add(repeats - 1)));
                    }
                    column = column.saturating_add(repeats);
                }
                // The rows and columns inside groups are read; everything else is skipped.
                "table:table-row-group" | "table:table-rows" | "table:table-header-rows" => {}
                "table:table-column-group" | "table:table-columns" | "table:table-header-columns" => {}
                _ => skip(xml, &start)?,
            },
            Event::End(end) if end.name().0 == "table:table" => return Ok(table),
            _ => {}
        }
    }
}

/// The cells of one row that hold something.
fn row(
    xml: &mut Xml<'_>,
    row: u32,
    merges: &mut Vec<Merge>,
    budget: CellBudget,
) -> Result<Vec<(u32, Cell)>, FileFault> {
    let (mut cells, mut buffer, mut column, mut repeated) = (Vec::new(), Vec::new(), 0_u32, 0_usize);
    loop {
        buffer.clear();
        match next(xml, &mut buffer)? {
            Event::Start(start) if matches!(start.name().0, "table:table-cell" | "table:covered-table-cell") => {
                let repeats = count(&start, "table:number-columns-repeated");
                let (across, down) =
                    (count(&start, "table:number-columns-spanned"), count(&start, "table:number-rows-spanned"));
                if across > 1 || down > 1 {
                    merges.push(Merge {
                        top: row,
                        left: column,
                        bottom: row.saturating_add(down - 1),
                        right: column.saturating_add(across - 1),
                    });
                }
                let declared = OdsCell::parse(&start);
                if let Some(cell) = declared.cell(text(xml)?) {
                    // A count beyond a sheet's columns would fill the memory:
                    // it is cut to one column too many, which is refused later.
                    let columns = column.min(COLUMNS)..column.saturating_add(repeats).min(COLUMNS + 1);
                    cells.extend(columns.map(|column| (column, cell.clone())));
                    repeated = repeated.saturating_add(repeats.min(COLUMNS + 1) as usize);
                    budget.check(repeated)?;
                }
                column = column.saturating_add(repeats);
            }
            Event::Start(start) => skip(xml, &start)?,
            Event::End(end) if end.name().0 == "table:table-row" => return Ok(cells),
            _ => {}
        }
    }
}

/// A cell as its attributes declare it.
#[derive(Default)]
struct OdsCell {
    kind: String,
    value: Option<String>,
    formula: bool,
    error: bool,
}

impl OdsCell {
    fn parse(start: &BytesStart<'_>) -> Self {
        let mut declared = Self::default();
        for attribute in start.attributes().with_checks(false).flatten() {
            let value = || attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or_default().into_owned();
            match attribute.key.0 {
                "office:value-type" => declared.kind = value(),
                "calcext:value-type" => declared.error = attribute.value == "error",
                "table:formula" => declared.formula = true,
                "office:value"
                | "office:date-value"
                | "office:time-value"
                | "office:boolean-value"
                | "office:string-value" => declared.value = Some(value()),
                _ => {}
            }
        }
        declared
    }

    /// The cell, given the text that it shows.
    fn cell(self, shown: String) -> Option<Cell> {
        if self.error
            || (self.formula
                && (shown.starts_with("Err:") || (shown.starts_with('#') && shown.ends_with(['!', '?', 'A']))))
        {
            return Some(Cell::Error(shown));
        }
        let number = |percent| {
            let value: f64 = self.value.as_deref()?.parse().ok()?;
            // Some programs write no text beside a number: then nothing is hidden.
            let is_text = !shown.is_empty() && !shown.contains(char::is_numeric);
            let is_masked = value.is_finite() && (is_text || number_format::is_scaled(value, &shown));
            if is_masked && number_format::is_mask(value, shown.trim()) {
                return Some(Cell::Masked {
                    value,
                    shown: shown.trim().chars().take(number_format::SHOWN_AT_MOST).collect(),
                });
            }
            cell::number(value, percent)
        };
        let plain = || (!shown.is_empty()).then(|| Cell::Text(shown.clone()));
        match self.kind.as_str() {
            "float" | "currency" => number(false).or_else(plain),
            "percentage" => number(true).or_else(plain),
            "date" => cell::iso_date(self.value.as_deref().unwrap_or(&shown)),
            "time" => cell::iso_duration(self.value.as_deref().unwrap_or(&shown)),
            "boolean" => Some(Cell::Bool(self.value.as_deref() == Some("true"))),
            "string" => self.value.clone().filter(|value| !value.is_empty()).map(Cell::Text).or_else(plain),
            _ => plain().or_else(|| self.formula.then_some(Cell::Uncalculated)),
        }
    }
}

/// The text of a cell up to its end, paragraphs on lines of their own; notes
/// and drawings that hang on the cell are not its text.
fn text(xml: &mut Xml<'_>) -> Result<String, FileFault> {
    let (mut text, mut buffer, mut paragraphs) = (String::new(), Vec::new(), 0);
    loop {
        buffer.clear();
        match next(xml, &mut buffer)? {
            Event::Text(part) if paragraphs > 0 => text.push_str(&part.xml10_content()),
            Event::CData(part) if paragraphs > 0 => text.push_str(&part.xml10_content()),
            Event::GeneralRef(name) => match name.resolve_char_ref().map_err(|error| FileFault::damaged(&error))? {
                Some(letter) => text.push(letter),
                None => text.push_str(escape::resolve_predefined_entity(&name.xml10_content()).unwrap_or_default()),
            },
            Event::Start(start) => match start.name().0 {
                "text:p" | "text:h" => {
                    if paragraphs > 0 {
                        text.push('\n');
                    }
                    paragraphs += 1;
                }
                "text:s" => text.extend(std::iter::repeat_n(' ', count(&start, "text:c").min(1024) as usize)),
                "text:tab" | "text:line-break" => text.push(' '),
                "text:span" | "text:a" => {}
                _ => skip(xml, &start)?,
            },
            Event::End(end) if matches!(end.name().0, "table:table-cell" | "table:covered-table-cell") => {
                return Ok(text);
            }
            _ => {}
        }
    }
}

fn next<'b>(xml: &mut Xml<'_>, buffer: &'b mut Vec<u8>) -> Result<Event<'b>, FileFault> {
    match xml.read_event_into(buffer).map_err(|error| FileFault::damaged(&error))? {
        Event::Eof => Err(FileFault::damaged(&"a sheet breaks off")),
        event => Ok(event),
    }
}

fn skip(xml: &mut Xml<'_>, start: &BytesStart<'_>) -> Result<(), FileFault> {
    let QName(name) = start.name();
    xml.read_to_end_into(QName(name), &mut Vec::new()).map(drop).map_err(|error| FileFault::damaged(&error))
}

/// A repeat count; one where none is given, never zero.
fn count(start: &BytesStart<'_>, name: &str) -> u32 {
    super::ods::attribute(start, name).and_then(|count| count.parse().ok()).unwrap_or(1).max(1)
}
