//! What public packs have told already, which no later one can take back.
//!
//! What must be hidden beside a small number is chosen, and another month's
//! figures may lead to another choice. A reader who holds both packs then has
//! what each of them hid. So whatever a pack has shown stays shown, and only
//! what no pack has shown can be chosen.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use crate::domain::{Figure, IndicatorRef, Period};

/// Figures as public packs printed them.
#[derive(Debug, Clone, Default)]
pub struct Known(BTreeMap<IndicatorRef, BTreeMap<Period, Vec<KnownFigure>>>);

/// A figure as one pack printed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KnownFigure {
    /// The figure.
    pub value: Decimal,
    /// Its numerator, where it stood beside it.
    pub numerator: Option<Decimal>,
    /// Its denominator, where it stood beside it.
    pub denominator: Option<Decimal>,
}

impl Known {
    /// Adds a figure that a public pack printed.
    pub fn add(&mut self, indicator: &IndicatorRef, period: Period, told: KnownFigure) {
        let all = self.0.entry(indicator.clone()).or_default().entry(period).or_default();
        if !all.contains(&told) {
            all.push(told);
        }
    }

    /// Whether what a figure counts is known: the count itself, or the numerator.
    pub(super) fn has_count(&self, indicator: &IndicatorRef, period: Period, figure: &Figure) -> bool {
        self.any(indicator, period, |told| match figure.numerator {
            Some(numerator) => told.numerator == Some(numerator),
            None => told.value == figure.value,
        })
    }

    /// Every month of which a figure was printed.
    pub(super) fn months(&self) -> BTreeSet<Period> {
        self.0.values().flat_map(BTreeMap::keys).copied().collect()
    }

    /// The months of which a figure of an indicator was printed.
    pub(super) fn months_of(&self, indicator: &IndicatorRef) -> impl Iterator<Item = Period> {
        self.0.get(indicator).into_iter().flat_map(BTreeMap::keys).copied()
    }

    /// Whether anything of a figure was printed.
    pub(super) fn has(&self, indicator: &IndicatorRef, period: Period) -> bool {
        self.any(indicator, period, |_| true)
    }

    /// Whether its value is known, as it is printed.
    pub(super) fn has_value(&self, indicator: &IndicatorRef, period: Period, printed: Decimal) -> bool {
        self.any(indicator, period, |told| told.value == printed)
    }

    /// Whether its denominator is known.
    pub(super) fn has_all(&self, indicator: &IndicatorRef, period: Period, figure: &Figure) -> bool {
        figure.denominator.is_some() && self.any(indicator, period, |told| told.denominator == figure.denominator)
    }

    /// What a figure counted when it was printed last: its numerator where it
    /// stood beside it, or the figure itself where that is a count.
    pub(super) fn count(&self, indicator: &IndicatorRef, period: Period, is_count: bool) -> Option<Decimal> {
        self.last(indicator, period, |told| if is_count { Some(told.value) } else { told.numerator })
    }

    /// Its denominator when it was printed last.
    pub(super) fn all(&self, indicator: &IndicatorRef, period: Period) -> Option<Decimal> {
        self.last(indicator, period, |told| told.denominator)
    }

    fn last<T>(&self, indicator: &IndicatorRef, period: Period, pick: impl Fn(&KnownFigure) -> Option<T>) -> Option<T> {
        self.0.get(indicator)?.get(&period)?.iter().rev().find_map(pick)
    }

    fn any(&self, indicator: &IndicatorRef, period: Period, is: impl Fn(&KnownFigure) -> bool) -> bool {
        self.0.get(indicator).and_then(|months| months.get(&period)).is_some_and(|told| told.iter().any(is))
    }
}
