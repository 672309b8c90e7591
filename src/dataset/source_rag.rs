//! The ratings that a source gives its own figures: by fill, or in a column.

use super::cell_mapping::{Cells, MappedCell};
use super::page::Page;
use super::report::{ReadReport, RowColumn, listed};
use super::text;
use crate::domain::finding::Code;
use crate::domain::layout::{OwnColour, OwnRating};

/// Reads them, and remembers those that nobody declared.
pub(super) struct SourceRag<'g> {
    declared: Option<&'g OwnRating>,
    fills: &'g [(u32, u32, u32)],
    unread: Vec<String>,
    first: Option<RowColumn>,
}

/// A rating that nobody declared, and where it stands.
pub(super) struct Unread {
    word: String,
    spot: RowColumn,
}

impl<'g> SourceRag<'g> {
    pub(super) fn new(page: &Page<'g>) -> Self {
        Self { declared: page.table.own_rating.as_ref(), fills: &page.grid.look.fills, unread: Vec::new(), first: None }
    }

    /// The rating of a mapping's figure, none where the source gives none; an
    /// error where it gives one that is not declared.
    pub(super) fn of(&self, cells: &Cells<'_>) -> Result<Option<OwnColour>, Unread> {
        let known = |known: Option<&OwnColour>, spot: RowColumn, word: &dyn Fn() -> String| match known {
            Some(known) => Ok(Some(*known)),
            None => Err(Unread { word: word(), spot }),
        };
        match self.declared {
            None => Ok(None),
            Some(OwnRating::Fill(map)) => {
                let spot = cells.spot();
                let Some(fill) = self.fill(spot).filter(|fill| *fill != 0x00FF_FFFF) else { return Ok(None) };
                known(map.get(&fill), spot, &|| format!("#{fill:06X}"))
            }
            Some(OwnRating::Column(_, map)) => {
                let Some(MappedCell { spot, cell: Some(cell) }) = cells.rag else { return Ok(None) };
                let typed = text::of(cell);
                if typed.is_empty() {
                    return Ok(None);
                }
                known(map.get(&text::key(&typed)), spot, &|| format!("\"{}\"", text::short(&typed)))
            }
        }
    }

    fn fill(&self, spot: RowColumn) -> Option<u32> {
        let at = self.fills.binary_search_by_key(&spot, |fill| (fill.0, fill.1)).ok()?;
        self.fills.get(at).map(|fill| fill.2)
    }

    /// Remembers what could not be read, each word once.
    pub(super) fn remember(&mut self, unread: Option<Unread>) {
        if let Some(Unread { word, spot }) = unread
            && !self.unread.contains(&word)
            && self.unread.len() < 1000
        {
            self.unread.push(word);
            self.first = self.first.or(Some(spot));
        }
    }

    /// F612, once for the sheet.
    pub(super) fn report_unread(self, report: &mut ReadReport) {
        if let Some(spot) = self.first {
            report.at_cell(
                Code::OwnRatingUnread,
                spot,
                format!("figures are rated {}, which is not declared", listed(&self.unread)),
                "add it to `map` under `columns.rag` in sources.toml, if it means red, amber or green",
            );
        }
    }
}
