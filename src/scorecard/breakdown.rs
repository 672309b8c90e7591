//! A line's parts: by age, by team.
//!
//! Each part is worked out as any line is. It is not counted among the board's
//! ratings, and nobody is asked for words on it, unless the board lists it as
//! an indicator of its own.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use super::Line;
use crate::dataset::Dataset;
use crate::domain::trend::ViewSpan;
use crate::domain::{Board, Breakdown, Checked, IndicatorRef, Period, Register, Section, SourceId};

/// A line's parts by one breakdown.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakdownLines<'a> {
    /// What it is parted by.
    pub breakdown: &'a Breakdown,
    /// Its parts, in order.
    pub lines: Vec<Line<'a>>,
    /// The same over several months.
    pub longer: Vec<LongerLines<'a>>,
}

/// The parts of a breakdown over several months.
#[derive(Debug, Clone, PartialEq)]
pub struct LongerLines<'a> {
    /// Over which.
    pub span: ViewSpan,
    /// Its parts, in order.
    pub lines: Vec<Line<'a>>,
}

impl<'a> BreakdownLines<'a> {
    /// Every line, of a month and of more.
    pub fn every_line(&self) -> impl Iterator<Item = &Line<'a>> {
        self.lines.iter().chain(self.longer.iter().flat_map(|longer| &longer.lines))
    }

    /// Whether any part has a target of its own.
    pub fn is_rated(&self) -> bool {
        self.lines.iter().any(|line| line.target.is_some())
    }
}

/// The breakdowns of a line that its section shows.
pub(super) fn work_out<'a>(
    line: &Line<'a>,
    (board, section): (&'a Board, &Section),
    period: Period,
    register: &'a Register,
    datasets: &BTreeMap<SourceId, Checked<Dataset>>,
) -> Vec<BreakdownLines<'a>> {
    let whole = line.indicator;
    whole
        .breakdowns
        .iter()
        .filter(|breakdown| section.shows(whole, breakdown))
        .map(|breakdown| {
            let lines = |parts: &'a [IndicatorRef]| {
                let known = parts.iter().filter_map(|part| register.get(part));
                known
                    .map(|part| {
                        let dataset = datasets.get(&part.source).map(|read| &read.value);
                        Line::work_out(part, period, dataset, board)
                    })
                    .collect()
            };
            let longer = breakdown.longer.iter();
            let longer = longer.map(|longer| LongerLines { span: longer.span, lines: lines(&longer.parts) });
            BreakdownLines { breakdown, lines: lines(&breakdown.parts), longer: longer.collect() }
        })
        .collect()
}
