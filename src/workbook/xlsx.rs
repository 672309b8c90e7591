//! Office Open XML: cells streamed, with the formats that make percentages.

use std::io::Cursor;

use calamine::{Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::fault::Fault;
use super::grid::{Cell, Grid, Merge, Visibility};
use super::limits::Room;
use super::{Sheet, archive, cell};

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Its worksheets in order; charts and macro sheets are passed over.
pub(super) fn read(bytes: &[u8], mut room: Room) -> Result<Vec<Sheet>, Fault> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(fault)?;
    let mut sheets = Vec::new();
    let mut merges = Merges { bytes, anywhere: None };
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        match grid(&mut book, &sheet.name, visibility(sheet.visible), room, &mut merges) {
            Ok(Some(grid)) => {
                room.take(grid.cells.len());
                sheets.push(Ok(grid));
            }
            Ok(None) => {}
            Err(fault) => sheets.push(Err((sheet.name, fault))),
        }
    }
    Ok(sheets)
}

pub(super) fn visibility(visible: SheetVisible) -> Visibility {
    match visible {
        SheetVisible::Visible => Visibility::Visible,
        SheetVisible::Hidden | SheetVisible::VeryHidden => Visibility::Hidden,
    }
}

pub(super) fn merge(area: &Dimensions) -> Merge {
    Merge { top: area.start.0, left: area.start.1, bottom: area.end.0, right: area.end.1 }
}

fn fault(error: XlsxError) -> Fault {
    match error {
        XlsxError::Password => Fault::password(),
        error => Fault::damaged(&error),
    }
}

/// One sheet; none where it turns out to hold no cells by its nature.
fn grid(
    book: &mut Book<'_>,
    name: &str,
    visibility: Visibility,
    room: Room,
    merges: &mut Merges<'_>,
) -> Result<Option<Grid>, Fault> {
    let (mut cells, blanks) = match values(book, name, room) {
        Err(Refused::Because(XlsxError::NotAWorksheet(_))) => return Ok(None),
        other => other.map_err(Refused::into_fault)?,
    };
    if blanks {
        let uncalculated = uncalculated(book, name).map_err(fault)?;
        cells.extend(uncalculated.into_iter().map(|(row, column)| (row, column, Cell::Uncalculated)));
        room.for_cells(cells.len())?;
    }
    let merges = if merges.worth_looking_for(cells.len()) {
        book.merge_cells_by_sheet_name(name).map_err(fault)?
    } else {
        Vec::new()
    };
    Ok(Some(Grid { name: name.to_owned(), visibility, merges: merges.iter().map(merge).collect(), cells }))
}

/// Whether the workbook merges cells at all, found out once and only if a
/// sheet is so large that looking for them costs as much as reading it.
struct Merges<'a> {
    bytes: &'a [u8],
    anywhere: Option<bool>,
}

impl Merges<'_> {
    fn worth_looking_for(&mut self, cells: usize) -> bool {
        const LARGE: usize = 20_000;
        cells < LARGE || *self.anywhere.get_or_insert_with(|| archive::merges_cells(self.bytes))
    }
}

enum Refused {
    Because(XlsxError),
    TooMany(Fault),
}

impl Refused {
    fn into_fault(self) -> Fault {
        match self {
            Self::Because(error) => fault(error),
            Self::TooMany(fault) => fault,
        }
    }
}

impl From<XlsxError> for Refused {
    fn from(error: XlsxError) -> Self {
        Self::Because(error)
    }
}

type Cells = Vec<(u32, u32, Cell)>;

/// The cells that hold something, and whether others are written but blank.
fn values(book: &mut Book<'_>, name: &str, room: Room) -> Result<(Cells, bool), Refused> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let percent: Vec<bool> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().is_some_and(|format| is_percent(&format.format_code)))
        .collect();
    let (mut cells, mut blanks) = (Vec::new(), false);
    while let Some((found, style)) = reader.next_cell_with_style_id()? {
        let (row, column) = found.get_position();
        match cell::of_ref(found.get_value(), percent.get(style).copied().unwrap_or(false)) {
            Some(cell) => cells.push((row, column, cell)),
            None => blanks = true,
        }
        room.for_cells(cells.len()).map_err(Refused::TooMany)?;
    }
    Ok((cells, blanks))
}

/// Where formulas stand whose value was never saved: they look blank.
fn uncalculated(book: &mut Book<'_>, name: &str) -> Result<Vec<(u32, u32)>, XlsxError> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let mut found = Vec::new();
    while let Some(record) = reader.next_cell_with_formula_metadata()? {
        if record.formula.is_some() && record.value == calamine::DataRef::Empty {
            found.push(record.pos);
        }
    }
    Ok(found)
}

/// Whether a number format shows a percentage: a percent sign in its first
/// section that is no literal.
pub(super) fn is_percent(format: &str) -> bool {
    let (mut quoted, mut bracketed) = (false, false);
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' | '_' | '*' if !quoted => {
                chars.next();
            }
            '"' => quoted = !quoted,
            '[' if !quoted => bracketed = true,
            ']' if !quoted => bracketed = false,
            ';' if !quoted && !bracketed => return false,
            '%' if !quoted && !bracketed => return true,
            _ => {}
        }
    }
    false
}
