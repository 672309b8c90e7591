//! What a source says of a figure beside its number: behind it, or in a column.
//!
//! Only what is declared is a mark. Anything else behind a number stays what it is,
//! a cell that cannot be read: nobody knows what it says of the figure.

use super::cell_mapping::MappedCell;
use super::number::{self, CellContent, Number, NumberFault};
use super::text;
use crate::domain::finding::Code;
use crate::domain::layout::Table;
use crate::domain::mark::{FigureMark, FigureMarks};
use crate::workbook::Cell;

/// The marks that a table may have.
pub(super) struct DeclaredMarks {
    /// As they are compared, the longest first: "ep" is not a "p" behind an "e".
    marks: Vec<(String, Option<FigureMark>)>,
    expected: String,
}

impl DeclaredMarks {
    pub(super) fn new(table: &Table) -> Self {
        let mut marks: Vec<(String, Option<FigureMark>)> =
            table.marks.iter().map(|(typed, mark)| (text::key(typed), *mark)).collect();
        marks.sort_by_key(|(typed, _)| std::cmp::Reverse(typed.chars().count()));
        let expected = table.marks.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
        Self { marks, expected }
    }

    /// The number of a text that has nothing but declared marks behind it.
    pub(super) fn behind(&self, cell: &Cell) -> Option<Number> {
        let Cell::Text(typed) = cell else { return None };
        let (mut rest, mut marks) = (text::trim(typed), FigureMarks::default());
        loop {
            let (before, mark) = self.last(rest)?;
            marks = marks.and(mark.into_iter().collect());
            rest = text::trim(before);
            if let Some(number) = number::parse(rest) {
                return Some(Number { marks, ..number });
            }
        }
    }

    /// What stands before the mark at the end of a text, and the mark.
    fn last<'t>(&self, typed: &'t str) -> Option<(&'t str, Option<FigureMark>)> {
        self.marks.iter().find_map(|(declared, mark)| {
            let nth = declared.chars().count().checked_sub(1)?;
            let (at, _) = typed.char_indices().rev().nth(nth)?;
            let (before, end) = typed.split_at(at);
            (text::key(end) == *declared).then_some((before, *mark))
        })
    }

    /// What a cell of the column of marks says: nothing where it is blank.
    pub(super) fn of_column(&self, given: Option<MappedCell<'_>>) -> Result<FigureMarks, NumberFault> {
        let Some(MappedCell { cell: Some(cell), .. }) = given.filter(|given| !given.is_blank()) else {
            return Ok(FigureMarks::default());
        };
        let typed = text::key(&text::of(cell));
        let known = self.marks.iter().find(|(declared, _)| *declared == typed);
        known.map(|(_, mark)| mark.iter().copied().collect()).ok_or_else(|| {
            let found = format!("found {}; expected one of {}", text::found(cell), self.expected);
            let hint =
                "correct it, or declare the word in `marks` in sources.toml: what it says of the figure, or \"none\"";
            NumberFault::new(Code::CellNotListed, found, hint)
        })
    }
}

/// Those of a figure's own cells.
pub(super) fn of(contents: [Option<CellContent>; 3]) -> FigureMarks {
    contents.into_iter().flatten().fold(FigureMarks::default(), |marks, content| match content {
        CellContent::Number(number) => marks.and(number.marks),
        CellContent::Missing(_) => marks,
    })
}
