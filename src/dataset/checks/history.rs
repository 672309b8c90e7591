//! What was published for earlier months.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::domain::ids::{IndicatorRef, SourceId};
use crate::domain::period::Period;

/// A figure as a pack printed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The pack's month.
    pub pack: Period,
    /// The figure, with the digits it was printed with.
    pub value: Decimal,
}

/// The file of a source that the last packs were made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastFile {
    /// The packs' month.
    pub period: Period,
    /// Digest of its bytes.
    pub sha256: String,
    /// The newest month of which they printed a figure.
    pub newest: Period,
}

/// Figures and files of packs for months before the one that is checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    figures: BTreeMap<IndicatorRef, BTreeMap<Period, Published>>,
    files: BTreeMap<SourceId, LastFile>,
}

/// One published figure: a row of `figures.csv`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// The indicator.
    pub indicator: IndicatorRef,
    /// The figure's month.
    pub month: Period,
    /// The figure.
    pub value: Decimal,
    /// The source that it came from.
    pub source: SourceId,
    /// Digest of that source's file.
    pub sha256: String,
}

impl History {
    /// Adds what a pack of a month printed. Later packs know better, in
    /// whatever order they come.
    pub fn add(&mut self, pack: Period, lines: impl IntoIterator<Item = Line>) {
        for line in lines {
            let file = LastFile { period: pack, sha256: line.sha256, newest: line.month };
            let last = self.files.entry(line.source).or_insert_with(|| file.clone());
            if last.period < pack {
                *last = file;
            } else if last.period == pack {
                last.newest = last.newest.max(line.month);
            }
            let published = Published { pack, value: line.value };
            let months = self.figures.entry(line.indicator).or_default();
            let known = months.entry(line.month).or_insert_with(|| published.clone());
            if known.pack < pack {
                *known = published;
            }
        }
    }

    /// An indicator's published figures, oldest first.
    pub fn of(&self, indicator: &IndicatorRef) -> impl Iterator<Item = (Period, &Published)> {
        self.figures.get(indicator).into_iter().flatten().map(|(month, published)| (*month, published))
    }

    /// The file that a source's last packs were made from.
    pub fn last_of(&self, source: &SourceId) -> Option<&LastFile> {
        self.files.get(source)
    }
}
