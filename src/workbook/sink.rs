//! Where cells go while a workbook is read: one by one, so that they can be
//! sent on before the end is reached and need not all be held.

use super::grid::{Book, BookFormat, Cell, Grid, Look, Merge, Visibility};

/// Receives a workbook while it is read.
pub trait CellSink {
    /// The file is a workbook of this format. `saved_by` is who saved it last,
    /// where the file says so.
    fn start_book(&mut self, format: BookFormat, saved_by: Option<String>);

    /// A sheet begins.
    fn start_sheet(&mut self, name: &str, visibility: Visibility);

    /// A cell of the current sheet. Cells may come out of order, and one may
    /// come twice, of which the first counts.
    fn cell(&mut self, row: u32, column: u32, cell: Cell);

    /// The current sheet is whole; this is what it has beside its cells.
    fn end_sheet(&mut self, merges: Vec<Merge>, look: Look);

    /// The current sheet, if there is one, could not be read to its end.
    fn drop_sheet(&mut self);

    /// A sheet that was read whole.
    fn sheet(&mut self, sheet: Grid) {
        self.start_sheet(&sheet.name, sheet.visibility);
        for (row, column, cell) in sheet.cells {
            self.cell(row, column, cell);
        }
        self.end_sheet(sheet.merges, sheet.look);
    }
}

/// Cells for which a sheet's list has space from the start: a large sheet's.
/// Memory that is not written to costs nothing, and a list that does not grow
/// is never copied.
const SHEET_CAPACITY: usize = 1 << 20;

/// Collects the cells into a [`Book`].
#[derive(Debug, Default)]
pub struct BookBuilder {
    /// The book and its whole sheets; none before it has started.
    pub book: Option<Book>,
    current: Option<Grid>,
    cells: usize,
}

impl BookBuilder {
    /// Adds cells to the current sheet.
    pub fn append(&mut self, cells: &mut Vec<(u32, u32, Cell)>) {
        if let Some(sheet) = &mut self.current {
            sheet.cells.append(cells);
        }
    }

    /// How many cells the whole sheets hold.
    pub fn cells(&self) -> usize {
        self.cells
    }
}

impl CellSink for BookBuilder {
    fn start_book(&mut self, format: BookFormat, saved_by: Option<String>) {
        self.book = Some(Book { format, saved_by, sheets: Vec::new() });
    }

    fn start_sheet(&mut self, name: &str, visibility: Visibility) {
        let name = name.to_owned();
        self.current = Some(Grid {
            name,
            visibility,
            merges: Vec::new(),
            cells: Vec::with_capacity(SHEET_CAPACITY),
            look: Look::default(),
        });
    }

    fn cell(&mut self, row: u32, column: u32, cell: Cell) {
        if let Some(grid) = &mut self.current {
            grid.cells.push((row, column, cell));
        }
    }

    fn end_sheet(&mut self, merges: Vec<Merge>, look: Look) {
        if let (Some(book), Some(mut grid)) = (&mut self.book, self.current.take()) {
            if grid.cells.len() < SHEET_CAPACITY / 2 {
                grid.cells.shrink_to_fit();
            }
            let grid = in_order(Grid { merges, look, ..grid });
            self.cells += grid.cells.len();
            book.sheets.push(grid);
        }
    }

    fn drop_sheet(&mut self) {
        self.current = None;
    }
}

/// Puts rows in order and keeps each cell once, however the file was written.
fn in_order(mut grid: Grid) -> Grid {
    let place = |cell: &(u32, u32, Cell)| (cell.0, cell.1);
    if !grid.cells.is_sorted_by(|a, b| place(a) < place(b)) {
        grid.cells.sort_by_key(place);
        grid.cells.dedup_by_key(|cell| place(cell));
        grid.look.fills.sort_by_key(|fill| (fill.0, fill.1));
    }
    grid
}
