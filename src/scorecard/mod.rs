//! What the figures say about a board's indicators in one period.
//!
//! Pure: datasets, register and commentary in, a [`Scorecard`] out. A figure
//! is rounded here, once; everything after is worked from the rounded figure.
//!
//! | file | story |
//! |---|---|
//! | [`mod@line`] | one indicator: latest, previous, movement, rating, series |
//! | [`changes`] | the latest figure against earlier ones, and direction of travel |
//! | [`change_words`] | the change on the figure before, in words |
//! | `comparison` | one figure held against another |
//! | [`views`] | several months as one figure: year to date, 12 months, quarter |
//! | `quarter` | a month or a quarter of a line's own series |
//! | [`quarters`] | quarter against quarter, and each as a point |
//! | [`ranking`] | what to look at first, of rating and signal together |
//! | [`restated`] | what was published and is now something else |
//! | [`breakdown`] | a line's parts: by age, by team |
//! | [`judgement`] | signal or noise for one indicator: which chart, or why none |
//! | [`signal`] | signal or noise: statistical process control |
//! | [`binding`] | the figure and rating that commentary is bound to |
//! | [`slot`] | which lines need commentary, what has been written, whether it is about today's figure |
//! | [`target_gap`] | how far off a target, and what would change the colour |
//! | [`asked`] | whether what members asked for is here |
//! | `notes` | findings that only the figures together can give |

pub mod asked;
pub mod binding;
pub mod breakdown;
pub mod change_words;
pub mod changes;
mod comparison;
pub mod judgement;
pub mod line;
mod notes;
mod quarter;
pub mod quarters;
pub mod ranking;
pub mod restated;
pub mod signal;
pub mod slot;
pub mod target_gap;
#[cfg(test)]
pub(crate) mod test_support;
pub mod views;

use std::collections::BTreeMap;

pub use binding::Binding;
pub use breakdown::{BreakdownLines, LongerLines};
pub use comparison::{Comparison, Incomparable};
pub use line::{Line, SeriesPoint};
pub use restated::{Cause, Restated};
pub use slot::{Slot, SlotReason, SlotState};
pub use target_gap::{ColourStep, TargetGap};

use rayon::prelude::*;

use crate::dataset::Dataset;
use crate::domain::commentary::CarriedAction;
use crate::domain::{
    ActionPart, Board, Checked, Comments, Finding, Indicator, IndicatorRef, PageOne, Period, Register, Section,
    SourceId,
};
use crate::history::History;

/// A board's lines for a period.
#[derive(Debug, Clone)]
pub struct Scorecard<'a> {
    /// The board.
    pub board: &'a Board,
    /// The period.
    pub period: Period,
    /// Lines, section by section.
    pub sections: Vec<Vec<Line<'a>>>,
    /// Slots for commentary, in the order of the lines.
    pub slots: Vec<Slot<'a>>,
    /// What officers chose for page 1.
    pub page_1: Option<&'a PageOne>,
    /// Actions that commentary of earlier months gave.
    pub carried: &'a [CarriedAction],
    /// What readers should know about the data of this board.
    pub findings: Vec<Finding>,
}

impl<'a> Scorecard<'a> {
    /// Every line, in order.
    pub fn lines(&self) -> impl Iterator<Item = &Line<'a>> {
        self.sections.iter().flatten()
    }

    /// Every line, each followed by its parts.
    pub fn every_line(&self) -> impl Iterator<Item = &Line<'a>> {
        self.lines()
            .flat_map(|line| std::iter::once(line).chain(line.breakdowns.iter().flat_map(BreakdownLines::every_line)))
    }

    /// Slots whose words the pack waits for: none where the board lets them follow.
    pub fn outstanding(&self) -> impl Iterator<Item = &Slot<'a>> {
        let waits = !self.board.commentary.to_follow;
        self.slots.iter().filter(move |slot| waits && slot.is_outstanding())
    }

    /// What is still to be said of the action of each red that is written but for it.
    pub fn lacks(&self) -> BTreeMap<IndicatorRef, Vec<ActionPart>> {
        let incomplete = self.outstanding().filter(|slot| slot.state() == SlotState::Incomplete);
        incomplete.map(|slot| (slot.indicator.reference.clone(), slot.lacks())).collect()
    }

    /// Whether any finding holds the pack.
    pub fn is_held(&self) -> bool {
        self.findings.iter().any(Finding::is_blocking)
    }
}

#[cfg(test)]
thread_local! {
    /// How many scorecards this thread has worked out: a test holds that none
    /// is worked out twice.
    pub(crate) static WORKED_OUT: std::cell::Cell<usize> = const { std::cell::Cell::new(0) };
}

/// Works out a board's scorecard.
///
/// `datasets` holds what could be read of each source; a source whose file
/// could not be read at all is an empty dataset with its blocking findings.
/// `history` is what was published for earlier months. Only the view of an
/// edition has texts that may be printed, so only a view asks for one.
pub(crate) fn scorecard<'a>(
    board: &'a Board,
    period: Period,
    register: &'a Register,
    datasets: &BTreeMap<SourceId, Checked<Dataset>>,
    comments: Option<&'a Comments>,
    history: &History,
) -> Scorecard<'a> {
    #[cfg(test)]
    WORKED_OUT.set(WORKED_OUT.get() + 1);
    let work_out = |section: &'a Section, indicator: &'a Indicator| {
        let dataset = datasets.get(&indicator.source).map(|read| &read.value);
        let mut line = Line::work_out(indicator, period, dataset, board);
        line.restated = restated::of(&line, dataset, &board.id, history);
        line.breakdowns = breakdown::work_out(&line, (board, section), period, register, datasets);
        for part in line.breakdowns.iter_mut().flat_map(|parts| &mut parts.lines) {
            let dataset = datasets.get(&part.indicator.source).map(|read| &read.value);
            part.restated = restated::of(part, dataset, &board.id, history);
        }
        line
    };
    // Sections side by side too, so that no core waits at the end of each.
    let sections: Vec<Vec<Line<'a>>> = board
        .sections
        .par_iter()
        .map(|section| {
            let known = section.indicators.par_iter().filter_map(|reference| register.get(reference));
            known.map(|indicator| work_out(section, indicator)).collect()
        })
        .collect();
    let findings = notes::gather(board, register, datasets, &sections, period);
    let slots = sections.iter().flatten().filter_map(|line| slot::slot(line, board, period, comments)).collect();
    let page_1 = comments.map(|comments| &comments.page_1);
    let carried = comments.map(|comments| comments.carried.as_slice()).unwrap_or_default();
    Scorecard { board, period, sections, slots, page_1, carried, findings }
}
