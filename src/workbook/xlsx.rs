//! Office Open XML: cells streamed, with the formats that make percentages.

use std::io::Cursor;

use calamine::{Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::fault::Fault;
use super::grid::{Cell, Grid, Look, Merge, Visibility};
use super::xlsx_parts::Parts;
use super::{CELLS_AT_MOST, Sheet, cell};

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Its worksheets in order; charts and macro sheets are passed over.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, Fault> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(fault)?;
    let mut sheets = Vec::new();
    let mut room = CELLS_AT_MOST;
    let mut parts = Parts::open(bytes);
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        match grid(&mut book, &sheet.name, visibility(sheet.visible), room, &mut parts) {
            Ok(Some(grid)) => {
                room = room.saturating_sub(grid.cells.len());
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
    room: usize,
    parts: &mut Parts<'_>,
) -> Result<Option<Grid>, Fault> {
    let values = match values(book, name, room) {
        Err(Refused::Because(XlsxError::NotAWorksheet(_))) => return Ok(None),
        other => other.map_err(Refused::into_fault)?,
    };
    let mut cells = values.cells;
    if values.blanks {
        let uncalculated = uncalculated(book, name).map_err(fault)?;
        cells.extend(uncalculated.into_iter().map(|(row, column)| (row, column, Cell::Uncalculated)));
    }
    let said = parts.of(name);
    let merges = if said.merges { book.merge_cells_by_sheet_name(name).map_err(fault)? } else { Vec::new() };
    let look = Look {
        hidden_rows: said.hidden_rows,
        hidden_columns: said.hidden_columns,
        fills: values.fills,
        from_1904: book.has_1904_epoch(),
    };
    Ok(Some(Grid { name: name.to_owned(), visibility, merges: merges.iter().map(merge).collect(), cells, look }))
}

enum Refused {
    Because(XlsxError),
    TooMany,
}

impl Refused {
    fn into_fault(self) -> Fault {
        match self {
            Self::Because(error) => fault(error),
            Self::TooMany => Fault::too_large("more than 5 million cells", "5 million"),
        }
    }
}

impl From<XlsxError> for Refused {
    fn from(error: XlsxError) -> Self {
        Self::Because(error)
    }
}

/// What one pass over a sheet finds.
#[derive(Default)]
struct Values {
    cells: Vec<(u32, u32, Cell)>,
    fills: Vec<(u32, u32, u32)>,
    /// Whether other cells are written but blank.
    blanks: bool,
}

/// What a cell's style says that matters to its value.
#[derive(Debug, Clone, Copy, Default)]
struct Style {
    percent: bool,
    fill: Option<u32>,
}

impl Style {
    fn of(style: &calamine::Style) -> Self {
        let percent = style.number_format.as_ref().is_some_and(|format| is_percent(&format.format_code));
        let solid = style.fill.as_ref().filter(|fill| fill.pattern == calamine::FillPattern::Solid);
        let fill = solid.and_then(calamine::Fill::get_color).map(|color| color.to_argb() & 0x00FF_FFFF);
        Self { percent, fill }
    }
}

fn values(book: &mut Book<'_>, name: &str, room: usize) -> Result<Values, Refused> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let styles: Vec<Style> = reader.styles().iter().map(Style::of).collect();
    let mut values = Values::default();
    while let Some((found, style)) = reader.next_cell_with_style_id()? {
        let (row, column) = found.get_position();
        let style = styles.get(style).copied().unwrap_or_default();
        match cell::of_ref(found.get_value(), style.percent) {
            Some(cell) => {
                values.cells.push((row, column, cell));
                values.fills.extend(style.fill.map(|fill| (row, column, fill)));
            }
            None => values.blanks = true,
        }
        if values.cells.len() > room {
            return Err(Refused::TooMany);
        }
    }
    Ok(values)
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
