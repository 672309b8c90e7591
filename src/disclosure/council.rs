//! A council's figures as one release: which of them the public may not see.
//!
//! Every indicator that some public edition shows is weighed together, for all
//! its months and on all boards, so that what one board's pack hides no other
//! pack and no other month gives away. What is hidden follows from the figures
//! and the config, and from what public packs have shown already, never from which
//! boards are made just now.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::counts::label;
use super::hidden_series::HiddenSeries;
use super::known::Known;
use super::spoken::{ShownTitle, SpokenText};
use super::sums::Side;
use super::{CellId, HiddenFigure, LogRow, Release, Violation, log};
use crate::dataset::Dataset;
use crate::domain::known_sum::KnownSum;
use crate::domain::{
    Board, Breakdown, Checked, Code, Edition, Figure, Finding, Indicator, IndicatorRef, Period, Place, Register,
    SourceId,
};

/// Why a mean is hidden: it says what each of a few is like.
const A_MEAN_OF_FEW: &str = "It is a mean of only a few children.";

/// Why a net change is hidden.
const A_CHANGE_OF_FEW: &str = "It is a change by only a few children.";

/// A figure: an indicator in a month.
type Key = (IndicatorRef, Period);

/// What the public may not see. [`weigh`] makes it.
#[derive(Debug, Clone, Default)]
pub struct Withheld {
    /// Every hidden figure, and why it is hidden.
    figures: BTreeMap<Key, Vec<String>>,
    /// Indicators with a hidden figure, and those of which they are a part.
    touched: BTreeSet<IndicatorRef>,
    /// What a text would tell of them, by whole.
    spoken: BTreeMap<IndicatorRef, Vec<HiddenSeries>>,
    /// What else a text may call.
    titles: Vec<ShownTitle>,
    log: Vec<HiddenFigure>,
    findings: Vec<Finding>,
}

impl Withheld {
    /// Whether a figure is hidden from the public.
    pub fn hides(&self, indicator: &IndicatorRef, period: Period) -> bool {
        // A map by pairs is not asked by halves without a copy of the name.
        self.figures.contains_key(&(indicator.clone(), period))
    }

    /// Whether any month of an indicator itself is hidden.
    pub fn hides_some(&self, indicator: &IndicatorRef) -> bool {
        self.figures.keys().any(|(hidden, _)| hidden == indicator)
    }

    /// Whether any month of an indicator or of a part of it is hidden.
    pub fn touches(&self, indicator: &IndicatorRef) -> bool {
        self.touched.contains(indicator)
    }

    /// Whether a text on an indicator tells what is hidden of it or of its parts: in
    /// the figure that a pack shows, in the one before, or in that of a month which
    /// the sentence speaks of. In a text that many packs print (`is_of_many`) any small
    /// number may be that of a part.
    pub fn is_named(&self, indicator: &Indicator, period: Period, text: &SpokenText, is_of_many: bool) -> bool {
        let now = indicator.latest_due(period);
        self.series(indicator).any(|series| series.is_named(now, text, is_of_many))
    }

    fn series(&self, indicator: &Indicator) -> impl Iterator<Item = &HiddenSeries> {
        self.spoken.get(&indicator.reference).into_iter().flatten()
    }

    /// Whether a sentence of a text, about an indicator or about none, calls a figure that is
    /// hidden by its category, its reference or its title, in full or in short, and
    /// tells what it is.
    pub fn is_called(&self, period: Period, text: &SpokenText, is_of_many: bool) -> bool {
        self.spoken.values().flatten().any(|series| series.is_called_in(period, text, &self.titles, is_of_many))
    }

    /// Why a figure is hidden, a sentence a line; empty where it is not.
    pub fn why(&self, indicator: &IndicatorRef, period: Period) -> &[String] {
        self.figures.get(&(indicator.clone(), period)).map_or(&[], Vec::as_slice)
    }

    /// What was hidden, why, and what it protects: for restricted eyes only.
    pub fn log(&self) -> &[HiddenFigure] {
        &self.log
    }

    /// What keeps a public edition from being made (F801), and figures that
    /// could not be weighed (F802).
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

/// Weighs everything that public editions show, of which `sums` says what adds up
/// across indicators. `known` is what they have shown.
pub fn weigh(
    (register, sums): (&Register, &[KnownSum]),
    boards: &[Board],
    datasets: &BTreeMap<SourceId, Checked<Dataset>>,
    known: &Known,
) -> Withheld {
    let mut draft = Draft::new(register, boards, known);
    for dataset in datasets.values() {
        draft.add(&dataset.value);
    }
    draft.keep_choices();
    draft.relate(datasets, sums);
    draft.clear()
}

/// How an indicator is shown to the public.
#[derive(Debug, Clone, Copy)]
pub(super) struct PublicShowing {
    /// The strictest threshold of the boards that show it holds on every page:
    /// a figure that one board hides, another must not print.
    pub(super) threshold: u32,
    /// Whether some board leads with it.
    pub(super) leads: bool,
}

pub(super) fn shown(register: &Register, boards: &[Board]) -> BTreeMap<IndicatorRef, PublicShowing> {
    let mut all: BTreeMap<IndicatorRef, PublicShowing> = BTreeMap::new();
    for board in boards.iter().filter(|board| board.editions.contains(&Edition::Public)) {
        for whole in board.indicators().filter_map(|reference| register.get(reference)) {
            let parts = whole.breakdowns.iter().flat_map(Breakdown::every_part);
            for indicator in std::iter::once(whole).chain(parts.filter_map(|part| register.get(part))) {
                let threshold = indicator.protection.threshold.unwrap_or(board.threshold);
                let leads = board.headlines.contains(&indicator.reference);
                let known = all.entry(indicator.reference.clone()).or_insert(PublicShowing { threshold, leads });
                *known = PublicShowing { threshold: known.threshold.max(threshold), leads: known.leads || leads };
            }
        }
    }
    all
}

/// The counts behind one figure.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Counts {
    /// The count itself, or the numerator.
    pub(super) count: Option<CellId>,
    /// The denominator.
    pub(super) all: Option<CellId>,
}

impl Counts {
    /// The one that a sum is about.
    pub(super) fn of(self, side: Side) -> Option<CellId> {
        match side {
            Side::Count => self.count,
            Side::All => self.all,
        }
    }
}

pub(super) struct Draft<'a> {
    pub(super) register: &'a Register,
    pub(super) known: &'a Known,
    pub(super) shown: BTreeMap<IndicatorRef, PublicShowing>,
    pub(super) release: Release,
    pub(super) counts: BTreeMap<Key, Counts>,
    /// Every figure as its source gives it.
    pub(super) given: BTreeMap<IndicatorRef, BTreeMap<Period, Figure>>,
    /// Hidden without weighing: a mean of few.
    pub(super) few: BTreeMap<Key, Decimal>,
    /// Small counts that public packs have told already.
    pub(super) got_out: BTreeSet<CellId>,
    /// Percentages and rates that their source gives as a value alone.
    pub(super) alone: BTreeMap<Key, Decimal>,
    /// Percentages without the counts behind them.
    pub(super) unweighed: BTreeSet<IndicatorRef>,
}

impl<'a> Draft<'a> {
    fn new(register: &'a Register, boards: &[Board], known: &'a Known) -> Self {
        Self {
            register,
            known,
            shown: shown(register, boards),
            release: Release::new(),
            counts: BTreeMap::new(),
            given: BTreeMap::new(),
            few: BTreeMap::new(),
            got_out: BTreeSet::new(),
            alone: BTreeMap::new(),
            unweighed: BTreeSet::new(),
        }
    }

    fn clear(self) -> Withheld {
        let audited = super::clear_again(&self.release, &self.got_out);
        let hidden = audited.suppression().hidden();
        let mut findings: Vec<Finding> =
            audited.recoverable().iter().map(|violation| self.recoverable(violation)).collect();
        findings.extend(self.unweighed.iter().map(unweighed));
        let rows = log(&self.release, audited.suppression());
        let log = self.hidden(rows.clone());
        let is_hidden = |cell: Option<CellId>| cell.is_some_and(|cell| hidden.contains(&cell));
        let a_mean = |key: &Key| (key.clone(), vec![self.why_few(&key.0).to_owned()]);
        let mut figures: BTreeMap<Key, Vec<String>> = self.few.keys().map(a_mean).collect();
        for ((indicator, period), counts) in &self.counts {
            if !is_hidden(counts.count) && !is_hidden(counts.all) {
                continue;
            }
            let behind = rows.iter().filter(|row| [counts.count, counts.all].contains(&Some(row.cell)));
            figures.insert((indicator.clone(), *period), behind.map(LogRow::sentence).collect());
        }
        let touched =
            figures.keys().flat_map(|(indicator, _)| [indicator.clone(), self.whole(indicator).clone()]).collect();
        let spoken = self.hidden_series(figures.keys());
        let titles = match figures.len() {
            0 => Vec::new(),
            _ => self.shown_titles(|name, month| figures.contains_key(&(name.clone(), month))),
        };
        Withheld { figures, touched, spoken, titles, log, findings }
    }

    /// Why a figure is hidden without weighing.
    fn why_few(&self, reference: &IndicatorRef) -> &'static str {
        let is_change = self.register.get(reference).is_some_and(|known| known.measure.signed);
        if is_change { A_CHANGE_OF_FEW } else { A_MEAN_OF_FEW }
    }

    /// The log by indicator and month, with the means that were not weighed.
    fn hidden(&self, log: Vec<LogRow>) -> Vec<HiddenFigure> {
        let mut of_cell: BTreeMap<CellId, &Key> = BTreeMap::new();
        for (key, counts) in &self.counts {
            of_cell.extend([counts.count, counts.all].into_iter().flatten().map(|cell| (cell, key)));
        }
        let weighed = log.into_iter().filter_map(|row| {
            let (indicator, period) = (*of_cell.get(&row.cell)?).clone();
            let LogRow { label, value, why, protects, .. } = row;
            Some(HiddenFigure { indicator, period, label, value: value.to_string(), why, protects })
        });
        let few = self.few.iter().map(|((reference, period), value)| HiddenFigure {
            indicator: reference.clone(),
            period: *period,
            label: self.register.get(reference).map_or_else(|| reference.to_string(), |known| label(known, *period)),
            value: value.normalize().to_string(),
            why: self.why_few(reference).to_owned(),
            protects: Vec::new(),
        });
        weighed.chain(few).collect()
    }

    /// What an indicator is a part of, or itself.
    pub(super) fn whole<'i>(&'i self, indicator: &'i IndicatorRef) -> &'i IndicatorRef {
        let segment = self.register.get(indicator).and_then(|known| known.segment.as_ref());
        segment.map_or(indicator, |segment| &segment.parent)
    }

    /// F801, at the indicator whose boards must not be published.
    fn recoverable(&self, violation: &Violation) -> Finding {
        let key = &self.release.get(violation.cell).key;
        let named = key.split('/').next().and_then(|name| IndicatorRef::parse(name).ok());
        let indicator = named.map(|name| self.whole(&name).clone());
        Finding::new(
            Code::Recoverable,
            Place { indicator, ..Place::default() },
            super::log::says(&self.release, violation),
            "raise the threshold, leave the breakdown out of the boards' sections, or tell the program's maintainers",
        )
    }
}

fn unweighed(indicator: &IndicatorRef) -> Finding {
    let at = Place { indicator: Some(indicator.clone()), ..Place::default() };
    Finding::new(
        Code::Unweighed,
        at,
        "its source gives percentages without the numbers behind them, so small numbers of children cannot be found",
        "have the source supply numerator and denominator, or say disclosure.sensitive = false in indicators.toml",
    )
}
