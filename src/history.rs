//! What was published for earlier months: what readers were told.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::domain::ids::{BoardId, IndicatorRef, SourceId};
use crate::domain::observation::Figure;
use crate::domain::period::Period;

/// A pack that was published.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct PublishedPack {
    /// Its month.
    pub period: Period,
    /// Its board.
    pub board: BoardId,
    /// The revision that stands.
    pub revision: u32,
}

/// A figure as a pack printed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedFigure {
    /// The pack that printed it last.
    pub pack: PublishedPack,
    /// The figure, with the digits it was printed with; none where a later
    /// pack took it back.
    pub value: Option<Decimal>,
    /// What it was printed as worked from; none where that was not told.
    pub parts: Option<RatioParts>,
    /// How it was judged; none where it was printed only as an earlier figure.
    pub judged: Option<PublishedRating>,
}

/// What a figure is worked from: 40 of 60.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RatioParts {
    /// How many were counted.
    pub numerator: Decimal,
    /// Of how many.
    pub denominator: Decimal,
}

impl RatioParts {
    /// A figure's; none where it does not carry both.
    pub fn of(figure: &Figure) -> Option<Self> {
        Some(Self { numerator: figure.numerator?, denominator: figure.denominator? })
    }
}

/// How a published figure was judged.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PublishedRating {
    /// "red", "amber", "green" or "unrated".
    pub rating: String,
    /// The target in force, as `figures.csv` has it; empty where there was none.
    pub target: String,
    /// Digest of what the indicator meant then; empty where it is not known.
    pub definition: String,
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

/// Figures and files of packs for months before the one that is made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    figures: BTreeMap<IndicatorRef, BTreeMap<Period, BTreeMap<BoardId, PublishedFigure>>>,
    files: BTreeMap<SourceId, LastFile>,
    rows: BTreeMap<SourceId, (Period, usize)>,
}

/// One published figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedLine {
    /// The indicator.
    pub indicator: IndicatorRef,
    /// The figure's month.
    pub month: Period,
    /// The figure; none where the pack says that there is none any more.
    pub value: Option<Decimal>,
    /// What it was printed as worked from; none where that was not told.
    pub parts: Option<RatioParts>,
    /// How it was judged; none where it was printed only as an earlier figure.
    pub judged: Option<PublishedRating>,
    /// The source that it came from and the digest of that source's file; none
    /// for an earlier figure.
    pub file: Option<(SourceId, String)>,
}

impl PublishedFigure {
    /// What it was printed as worked from, where a figure of today is the same
    /// and is worked from something else: "66.7% (40 of 60)" is now "(80 of
    /// 120)". RatioParts that were or are not told are never compared.
    pub fn parts_before(&self, now: &Figure) -> Option<RatioParts> {
        self.parts.filter(|was| RatioParts::of(now).is_some_and(|now| now != *was))
    }
}

impl History {
    /// Adds what a pack printed. Later packs know better, in whatever order
    /// they come; what a pack says of its own figure says more than what
    /// another repeats of it.
    pub fn add(&mut self, pack: &PublishedPack, lines: impl IntoIterator<Item = PublishedLine>) {
        for line in lines {
            if let Some((source, sha256)) = line.file {
                self.note_file(source, LastFile { period: pack.period, sha256, newest: line.month });
            }
            let published =
                PublishedFigure { pack: pack.clone(), value: line.value, parts: line.parts, judged: line.judged };
            let boards = self.figures.entry(line.indicator).or_default().entry(line.month).or_default();
            let known = boards.entry(pack.board.clone()).or_insert_with(|| published.clone());
            let weight = |published: &PublishedFigure| (published.judged.is_some(), published.pack.period);
            if weight(known) < weight(&published) {
                *known = published;
            }
        }
    }

    /// Notes how many rows of a source a pack was made from; the latest counts.
    pub fn note_rows(&mut self, source: &SourceId, period: Period, rows: usize) {
        let known = self.rows.entry(source.clone()).or_insert((period, rows));
        *known = (*known).max((period, rows));
    }

    /// How many rows of a source the last packs were made from, and their month.
    pub fn rows_of(&self, source: &SourceId) -> Option<(Period, usize)> {
        self.rows.get(source).copied()
    }

    fn note_file(&mut self, source: SourceId, file: LastFile) {
        let last = self.files.entry(source).or_insert_with(|| file.clone());
        if last.period < file.period {
            *last = file;
        } else if last.period == file.period {
            last.newest = last.newest.max(file.newest);
        }
    }

    /// An indicator's published figures, oldest first, as the latest pack of
    /// any board has them.
    pub fn of(&self, indicator: &IndicatorRef) -> impl Iterator<Item = (Period, &PublishedFigure)> {
        self.months(indicator).filter_map(|(month, boards)| {
            let weight = |known: &&PublishedFigure| (known.judged.is_some(), known.pack.period);
            Some((*month, boards.values().max_by_key(weight)?))
        })
    }

    /// An indicator's figures as one board was told them, oldest first.
    pub fn of_board(
        &self,
        board: &BoardId,
        indicator: &IndicatorRef,
    ) -> impl Iterator<Item = (Period, &PublishedFigure)> {
        self.months(indicator).filter_map(|(month, boards)| Some((*month, boards.get(board)?)))
    }

    fn months(
        &self,
        indicator: &IndicatorRef,
    ) -> impl Iterator<Item = (&Period, &BTreeMap<BoardId, PublishedFigure>)> + use<'_> {
        self.figures.get(indicator).into_iter().flatten()
    }

    /// The file that a source's last packs were made from.
    pub fn last_of(&self, source: &SourceId) -> Option<&LastFile> {
        self.files.get(source)
    }
}
