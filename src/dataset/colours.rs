//! The ratings that a source gives its own figures: by fill, or in a column.

use super::claim::{Cells, Given};
use super::page::Page;
use super::report::{Report, Spot, listed};
use super::text;
use crate::domain::finding::Code;
use crate::domain::layout::{OwnColour, OwnRating};

/// Reads them, and remembers those that nobody declared.
pub(super) struct Colours<'g> {
    declared: Option<&'g OwnRating>,
    fills: &'g [(u32, u32, u32)],
    unread: Vec<String>,
    first: Option<Spot>,
}

impl<'g> Colours<'g> {
    pub(super) fn new(page: &Page<'g>) -> Self {
        Self { declared: page.table.own_rating.as_ref(), fills: &page.grid.look.fills, unread: Vec::new(), first: None }
    }

    /// The rating of a claim's figure; none where the source gives none.
    pub(super) fn of(&mut self, cells: &Cells<'_>) -> Option<OwnColour> {
        match self.declared? {
            OwnRating::Fill(map) => {
                let spot = cells.spot();
                let fill = self.fill(spot).filter(|fill| *fill != 0x00FF_FFFF)?;
                let known = map.get(&fill).copied();
                self.remember(known, spot, || format!("#{fill:06X}"));
                known
            }
            OwnRating::Column(_, map) => {
                let Given { spot, cell } = cells.rag?;
                let typed = text::of(cell?);
                if typed.is_empty() {
                    return None;
                }
                let known = map.get(&text::key(&typed)).copied();
                self.remember(known, spot, || format!("\"{}\"", text::short(&typed)));
                known
            }
        }
    }

    fn fill(&self, spot: Spot) -> Option<u32> {
        let at = self.fills.binary_search_by_key(&spot, |fill| (fill.0, fill.1)).ok()?;
        self.fills.get(at).map(|fill| fill.2)
    }

    fn remember(&mut self, known: Option<OwnColour>, spot: Spot, word: impl FnOnce() -> String) {
        if known.is_some() {
            return;
        }
        let word = word();
        if !self.unread.contains(&word) && self.unread.len() < 1000 {
            self.unread.push(word);
            self.first = self.first.or(Some(spot));
        }
    }

    /// F612, once for the sheet.
    pub(super) fn report_unread(self, report: &mut Report) {
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
