//! Where a book goes while it is read: onto a shelf, sheet by sheet and cell
//! by cell, so that whoever waits for it need not wait for the end.

use super::grid::{Book, BookFormat, Cell, Grid, Look, Merge, Visibility};

/// Takes a book as it is read.
pub trait Shelf {
    /// There is a book, of this format, and who saved it last where it says so.
    fn book(&mut self, format: BookFormat, saved_by: Option<String>);

    /// A sheet begins.
    fn open(&mut self, name: &str, visibility: Visibility);

    /// A cell of the sheet that is open. Cells may come out of their order,
    /// and one twice, of which the first counts.
    fn cell(&mut self, row: u32, column: u32, cell: Cell);

    /// The open sheet is whole; this is what it says beside its cells.
    fn close(&mut self, merges: Vec<Merge>, look: Look);

    /// The open sheet, if there is one, is not to be had after all.
    fn abandon(&mut self);
}

/// As many cells as a large sheet holds. Memory that nothing is written to costs
/// nothing, and a list that does not grow is never held twice.
const ROOM: usize = 1 << 20;

/// A shelf that keeps the book.
#[derive(Debug, Default)]
pub struct Kept {
    /// The book and its whole sheets; none before it began.
    pub book: Option<Book>,
    open: Option<Grid>,
    cells: usize,
}

impl Kept {
    /// Adds cells to the open sheet.
    pub fn append(&mut self, cells: &mut Vec<(u32, u32, Cell)>) {
        if let Some(grid) = &mut self.open {
            grid.cells.append(cells);
        }
    }

    /// How many cells the sheets hold that are whole.
    pub fn cells(&self) -> usize {
        self.cells
    }
}

impl Shelf for Kept {
    fn book(&mut self, format: BookFormat, saved_by: Option<String>) {
        self.book = Some(Book { format, saved_by, sheets: Vec::new() });
    }

    fn open(&mut self, name: &str, visibility: Visibility) {
        let name = name.to_owned();
        self.open =
            Some(Grid { name, visibility, merges: Vec::new(), cells: Vec::with_capacity(ROOM), look: Look::default() });
    }

    fn cell(&mut self, row: u32, column: u32, cell: Cell) {
        if let Some(grid) = &mut self.open {
            grid.cells.push((row, column, cell));
        }
    }

    fn close(&mut self, merges: Vec<Merge>, look: Look) {
        if let (Some(book), Some(mut grid)) = (&mut self.book, self.open.take()) {
            if grid.cells.len() < ROOM / 2 {
                grid.cells.shrink_to_fit();
            }
            let grid = in_order(Grid { merges, look, ..grid });
            self.cells += grid.cells.len();
            book.sheets.push(grid);
        }
    }

    fn abandon(&mut self) {
        self.open = None;
    }
}

/// Puts a sheet that was read whole onto a shelf.
pub(super) fn put(shelf: &mut dyn Shelf, grid: Grid) {
    shelf.open(&grid.name, grid.visibility);
    for (row, column, cell) in grid.cells {
        shelf.cell(row, column, cell);
    }
    shelf.close(grid.merges, grid.look);
}

/// Rows in order and each cell once, however the file was written.
fn in_order(mut grid: Grid) -> Grid {
    let place = |cell: &(u32, u32, Cell)| (cell.0, cell.1);
    if !grid.cells.is_sorted_by(|a, b| place(a) < place(b)) {
        grid.cells.sort_by_key(place);
        grid.cells.dedup_by_key(|cell| place(cell));
        grid.look.fills.sort_by_key(|fill| (fill.0, fill.1));
    }
    grid
}
