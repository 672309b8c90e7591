//! Office Open XML: cells streamed, with the formats that make percentages.

use std::io::Cursor;

use calamine::{Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::fault::Fault;
use super::grid::{BookFormat, Cell, Look, Merge, Visibility};
use super::limits::{self, Room};
use super::shelf::Shelf;
use super::xlsx_parts::{Parts, Said};
use super::{author, cell};

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Puts its worksheets in order; charts and macro sheets are passed over. The
/// sheets that could not be read come back.
pub(super) fn read(bytes: &[u8], mut room: Room, shelf: &mut dyn Shelf) -> Result<Vec<(String, Fault)>, Fault> {
    let mut book: Book<'_> = Xlsx::new(Cursor::new(bytes)).map_err(fault)?;
    shelf.book(BookFormat::Xlsx, author::of(bytes));
    let mut faults = Vec::new();
    let mut parts = Parts::open(bytes);
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut pass = Pass::new(shelf, room);
        match grid(&mut book, &sheet.name, visibility(sheet.visible), &mut pass, &mut parts) {
            Ok(()) => room.take(pass.cells),
            Err(Refused::Because(XlsxError::NotAWorksheet(_))) => {}
            Err(refused) => {
                shelf.abandon();
                faults.push((sheet.name, refused.into_fault()));
            }
        }
    }
    Ok(faults)
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

/// Puts one sheet there, as it is read.
fn grid(
    book: &mut Book<'_>,
    name: &str,
    visibility: Visibility,
    pass: &mut Pass<'_>,
    parts: &mut Parts<'_>,
) -> Result<(), Refused> {
    let said = both(book, (name, visibility), pass, parts)?;
    if pass.blanks {
        for (row, column) in uncalculated(book, name)? {
            pass.put(row, column, Cell::Uncalculated)?;
        }
    }
    let merges = if said.merges { book.merge_cells_by_sheet_name(name)? } else { Vec::new() };
    limits::of_sheet(pass.outside, merges.len())?;
    let look = Look {
        hidden_rows: said.hidden_rows,
        hidden_columns: said.hidden_columns,
        fills: std::mem::take(&mut pass.fills),
        from_1904: book.has_1904_epoch(),
    };
    pass.shelf.close(merges.iter().map(merge).collect(), look);
    Ok(())
}

enum Refused {
    Because(XlsxError),
    For(Fault),
}

impl Refused {
    fn into_fault(self) -> Fault {
        match self {
            Self::Because(error) => fault(error),
            Self::For(fault) => fault,
        }
    }
}

impl From<XlsxError> for Refused {
    fn from(error: XlsxError) -> Self {
        Self::Because(error)
    }
}

impl From<Fault> for Refused {
    fn from(fault: Fault) -> Self {
        Self::For(fault)
    }
}

/// Reads the cells, and beside them in a thread of its own what calamine does
/// not pass on: one after the other they would take a third longer.
fn both(
    book: &mut Book<'_>,
    (name, visibility): (&str, Visibility),
    pass: &mut Pass<'_>,
    parts: &mut Parts<'_>,
) -> Result<Said, Refused> {
    let (read, said) = std::thread::scope(|scope| {
        let beside = std::thread::Builder::new().spawn_scoped(scope, || parts.of(name)).ok();
        let read = values(book, name, visibility, pass);
        (read, beside.and_then(|beside| beside.join().ok()))
    });
    read?;
    // Where no thread could be had, it waits its turn.
    Ok(said.unwrap_or_else(|| parts.of(name)))
}

/// One pass over a sheet and what it finds.
struct Pass<'s> {
    shelf: &'s mut dyn Shelf,
    room: Room,
    cells: usize,
    fills: Vec<(u32, u32, u32)>,
    /// Whether other cells are written but blank.
    blanks: bool,
    /// Whether a cell lies where no sheet has one.
    outside: bool,
}

impl<'s> Pass<'s> {
    fn new(shelf: &'s mut dyn Shelf, room: Room) -> Self {
        Self { shelf, room, cells: 0, fills: Vec::new(), blanks: false, outside: false }
    }

    fn put(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), Fault> {
        self.cells += 1;
        self.room.for_cells(self.cells)?;
        self.outside |= limits::is_outside(row, column);
        self.shelf.cell(row, column, cell);
        Ok(())
    }
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

fn values(book: &mut Book<'_>, name: &str, visibility: Visibility, pass: &mut Pass<'_>) -> Result<(), Refused> {
    let mut reader = book.worksheet_cells_reader(name)?;
    pass.shelf.open(name, visibility);
    let styles: Vec<Style> = reader.styles().iter().map(Style::of).collect();
    while let Some((found, style)) = reader.next_cell_with_style_id()? {
        let (row, column) = found.get_position();
        let style = styles.get(style).copied().unwrap_or_default();
        match cell::of_ref(found.get_value(), style.percent) {
            Some(cell) => {
                pass.put(row, column, cell)?;
                pass.fills.extend(style.fill.map(|fill| (row, column, fill)));
            }
            None => pass.blanks = true,
        }
    }
    Ok(())
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
