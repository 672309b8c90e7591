//! Office Open XML: cells streamed, with their percent formats.

use std::io::Cursor;

use calamine::{Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::fault::FileFault;
use super::grid::{BookFormat, Cell, Look, Merge, Visibility};
use super::limits::{self, CellBudget};
use super::sink::CellSink;
use super::xlsx_parts::{SheetExtras, XlsxParts};
use super::{author, cell, number_format, xlsx_repair};

type XlsxFile<'a> = Xlsx<Cursor<&'a [u8]>>;

/// Sends its worksheets in order, without charts and macro sheets. Gives the
/// sheets that could not be read, and why.
pub(super) fn read(
    bytes: &[u8],
    mut budget: CellBudget,
    sink: &mut dyn CellSink,
) -> Result<Vec<(String, FileFault)>, FileFault> {
    let mut book: XlsxFile<'_> = Xlsx::new(Cursor::new(bytes)).map_err(fault)?;
    let sheets: Vec<String> = book.sheets_metadata().iter().map(|sheet| sheet.name.clone()).collect();
    let repaired = xlsx_repair::without_dimensions(&mut book, &sheets, bytes);
    if let Some(bytes) = &repaired {
        book = Xlsx::new(Cursor::new(bytes.as_slice())).map_err(fault)?;
    }
    sink.start_book(BookFormat::Xlsx, author::last_saved_by(bytes));
    let mut faults = Vec::new();
    let mut parts = XlsxParts::open(bytes);
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.typ != SheetType::WorkSheet {
            continue;
        }
        let mut pass = SheetPass::new(sink, budget);
        match read_sheet(&mut book, &sheet.name, visibility(sheet.visible), &mut pass, &mut parts) {
            Ok(()) => budget.spend(pass.cells),
            Err(XlsxFailure::Parser(XlsxError::NotAWorksheet(_))) => {}
            Err(failure) => {
                sink.drop_sheet();
                faults.push((sheet.name, failure.into_fault()));
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

fn fault(error: XlsxError) -> FileFault {
    match error {
        XlsxError::Password => FileFault::password(),
        error => FileFault::damaged(&error),
    }
}

/// Sends one sheet while it is read.
fn read_sheet(
    book: &mut XlsxFile<'_>,
    name: &str,
    visibility: Visibility,
    pass: &mut SheetPass<'_>,
    parts: &mut XlsxParts<'_>,
) -> Result<(), XlsxFailure> {
    let extras = cells_and_extras(book, (name, visibility), pass, parts)?;
    if pass.unknown_errors {
        let errors = parts.errors(name).ok_or_else(|| FileFault::damaged(&"its cells do not say where they stand"))?;
        for (row, column, error) in errors {
            pass.send(row, column, Cell::Error(error))?;
        }
    }
    if pass.blanks {
        for (row, column) in uncalculated(book, name)? {
            pass.send(row, column, Cell::Uncalculated)?;
        }
    }
    let merges = if extras.merges { book.merge_cells_by_sheet_name(name)? } else { Vec::new() };
    limits::check_sheet(pass.outside, merges.len())?;
    let look = Look {
        hidden_rows: extras.hidden_rows,
        hidden_columns: extras.hidden_columns,
        fills: std::mem::take(&mut pass.fills),
        from_1904: book.has_1904_epoch(),
        ..Look::default()
    };
    pass.sink.end_sheet(merges.iter().map(merge).collect(), look);
    Ok(())
}

/// Why a sheet could not be read.
enum XlsxFailure {
    Parser(XlsxError),
    File(FileFault),
}

impl XlsxFailure {
    fn into_fault(self) -> FileFault {
        match self {
            Self::Parser(error) => fault(error),
            Self::File(fault) => fault,
        }
    }
}

impl From<XlsxError> for XlsxFailure {
    fn from(error: XlsxError) -> Self {
        Self::Parser(error)
    }
}

impl From<FileFault> for XlsxFailure {
    fn from(fault: FileFault) -> Self {
        Self::File(fault)
    }
}

/// Reads the cells and, in a second thread, what calamine does not pass on: one
/// after the other they would take a third longer.
fn cells_and_extras(
    book: &mut XlsxFile<'_>,
    (name, visibility): (&str, Visibility),
    pass: &mut SheetPass<'_>,
    parts: &mut XlsxParts<'_>,
) -> Result<SheetExtras, XlsxFailure> {
    let (read, extras) = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().spawn_scoped(scope, || parts.extras(name)).ok();
        let read = read_cells(book, name, visibility, pass);
        (read, thread.and_then(|thread| thread.join().ok()))
    });
    read?;
    // Where no thread could be started, it is read now.
    Ok(extras.unwrap_or_else(|| parts.extras(name)))
}

/// One pass over a sheet, and what was found.
struct SheetPass<'s> {
    sink: &'s mut dyn CellSink,
    budget: CellBudget,
    cells: usize,
    fills: Vec<(u32, u32, u32)>,
    /// Whether some cells are written without a value.
    blanks: bool,
    /// Whether some cells hold an error that calamine does not know.
    unknown_errors: bool,
    /// Whether a cell lies past the last row or column of a sheet.
    outside: bool,
}

impl<'s> SheetPass<'s> {
    fn new(sink: &'s mut dyn CellSink, budget: CellBudget) -> Self {
        Self { sink, budget, cells: 0, fills: Vec::new(), blanks: false, unknown_errors: false, outside: false }
    }

    fn send(&mut self, row: u32, column: u32, cell: Cell) -> Result<(), FileFault> {
        self.cells += 1;
        self.budget.check(self.cells)?;
        self.outside |= limits::is_outside(row, column);
        self.sink.cell(row, column, cell);
        Ok(())
    }
}

/// The parts of a cell's style that matter to its value.
#[derive(Debug, Clone, Copy, Default)]
struct Style {
    percent: bool,
    fill: Option<u32>,
    /// Whether its number format may show a number without its digits.
    may_mask: bool,
}

impl Style {
    fn new(style: &calamine::Style) -> Self {
        let format = style.number_format.as_ref().map_or("", |format| format.format_code.as_str());
        let (percent, may_mask) = (is_percent(format), number_format::may_mask(format));
        let solid = style.fill.as_ref().filter(|fill| fill.pattern == calamine::FillPattern::Solid);
        let fill = solid.and_then(calamine::Fill::get_color).map(|color| color.to_argb() & 0x00FF_FFFF);
        Self { percent, fill, may_mask }
    }
}

fn read_cells(
    book: &mut XlsxFile<'_>,
    name: &str,
    visibility: Visibility,
    pass: &mut SheetPass<'_>,
) -> Result<(), XlsxFailure> {
    let mut reader = book.worksheet_cells_reader(name)?;
    pass.sink.start_sheet(name, visibility);
    let styles: Vec<Style> = reader.styles().iter().map(Style::new).collect();
    loop {
        let (found, style) = match reader.next_cell_with_style_id() {
            Ok(Some(next)) => next,
            Ok(None) => return Ok(()),
            Err(XlsxError::CellError(_)) => {
                pass.unknown_errors = true;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        let (row, column) = found.get_position();
        let (style_id, style) = (style, styles.get(style).copied().unwrap_or_default());
        match cell::from_ref(found.get_value(), style.percent) {
            Some(cell) => {
                let cell = if style.may_mask { masked(cell, reader.styles().get(style_id)) } else { cell };
                pass.send(row, column, cell)?;
                pass.fills.extend(style.fill.map(|fill| (row, column, fill)));
            }
            None => pass.blanks = true,
        }
    }
}

/// The cell, or what its format shows instead where that is no number.
fn masked(cell: Cell, style: Option<&calamine::Style>) -> Cell {
    let format = style.and_then(|style| style.number_format.as_ref()).map_or("", |format| format.format_code.as_str());
    match cell {
        Cell::Number { value, percent } => match number_format::masked(format, value) {
            Some(shown) => Cell::Masked { value, shown },
            None => Cell::Number { value, percent },
        },
        other => other,
    }
}

/// The places of formulas whose value was never saved: they look blank.
fn uncalculated(book: &mut XlsxFile<'_>, name: &str) -> Result<Vec<(u32, u32)>, XlsxError> {
    let mut reader = book.worksheet_cells_reader(name)?;
    let mut found = Vec::new();
    loop {
        let record = match reader.next_cell_with_formula_metadata() {
            Ok(Some(record)) => record,
            Ok(None) => return Ok(found),
            Err(XlsxError::CellError(_)) => continue,
            Err(error) => return Err(error),
        };
        if record.formula.is_some() && record.value == calamine::DataRef::Empty {
            found.push(record.pos);
        }
    }
}

/// Whether a number format shows a percentage: it has a percent sign in its
/// first section that is not a literal.
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
