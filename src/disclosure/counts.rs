//! Figures as the counts that any reader has of them: what is given, and what
//! follows from the half that is.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::council::{Counts, Draft, PublicShowing};
use super::sums::Side;
use super::{CellId, CountCell, Disclosed, DisclosureRule, cost};
use crate::dataset::Dataset;
use crate::domain::{Figure, Indicator, Missing, Observation, Period, Protection, Reading, Unit};

/// A whole number of things; none for full-time equivalents and the like.
fn whole(value: Decimal) -> Option<u32> {
    value.fract().is_zero().then(|| value.to_u32()).flatten()
}

/// How many a share of so many counts, where only the share and the number are
/// given: any reader works it out.
fn counted(indicator: &Indicator, figure: &Figure) -> Option<u32> {
    let all = figure.denominator.filter(|_| figure.numerator.is_none())?;
    let counted = figure.value.checked_mul(all)?.checked_div(scale(indicator)?)?;
    whole(crate::domain::measure::round(counted, 0))
}

/// The other half of a ratio, given one and its value, as any reader works it out;
/// none where the value is 0 and says nothing of its denominator.
pub(super) fn other_half(indicator: &Indicator, value: Decimal, half: u32, given: Side) -> Option<u32> {
    let (scale, half) = (scale(indicator)?, Decimal::from(half));
    let other = match given {
        Side::All => value.checked_mul(half)?.checked_div(scale)?,
        Side::Count => half.checked_mul(scale)?.checked_div(value)?,
    };
    whole(crate::domain::measure::round(other, 0))
}

/// What a ratio is a share of; none of a unit that is none.
fn scale(indicator: &Indicator) -> Option<Decimal> {
    match indicator.measure.unit {
        Unit::Percent => Some(Decimal::ONE_HUNDRED),
        Unit::Rate => Some(indicator.measure.per),
        Unit::Count | Unit::Days | Unit::Mean | Unit::Score => None,
        Unit::Pounds | Unit::ThousandPounds | Unit::MillionPounds => None,
    }
}

/// Whether a net change is by a few, either way.
fn is_small_change(figure: &Figure, shown: PublicShowing) -> bool {
    !figure.value.is_zero() && Protection::is_small(figure.value.abs(), shown.threshold)
}

impl Draft<'_> {
    pub(super) fn add(&mut self, dataset: &Dataset) {
        for observation in dataset.observations() {
            let known = self.register.get(&observation.indicator).zip(self.shown.get(&observation.indicator).copied());
            let Some((indicator, shown)) = known else { continue };
            match &observation.reading {
                Reading::Figure(figure) => {
                    let months = self.given.entry(indicator.reference.clone()).or_default();
                    months.insert(observation.period, *figure);
                    self.figure(indicator, shown, observation.period, figure);
                }
                Reading::Missing(Missing::NoneOfNone) => self.none_of_none(indicator, observation),
                Reading::Missing(_) => {}
            }
        }
    }

    /// "0 of 0" says that both parts are nothing.
    fn none_of_none(&mut self, indicator: &Indicator, observation: &Observation) {
        let period = &observation.period;
        if indicator.measure.unit == Unit::Count {
            return;
        }
        let mut nothing = |side: Side| {
            let cell = CountCell::open(side.key(&indicator.reference, *period), 0).called(label(indicator, *period));
            self.release.cell(cell.published(Disclosed::Already)).ok()
        };
        let counts = Counts { count: nothing(Side::Count), all: nothing(Side::All) };
        self.counts.insert((indicator.reference.clone(), *period), counts);
    }

    fn figure(&mut self, indicator: &Indicator, shown: PublicShowing, period: Period, figure: &Figure) {
        let (key, rule) = ((indicator.reference.clone(), period), rule_of(indicator, shown));
        let personal = rule.is_some();
        let (numerator, denominator) = (figure.numerator.and_then(whole), figure.denominator.and_then(whole));
        match indicator.measure.unit {
            // A net change of a few tells of them, and adds up to no count.
            Unit::Count if indicator.measure.signed => {
                self.few.extend((personal && is_small_change(figure, shown)).then_some((key, figure.value)));
            }
            Unit::Count => {
                let count =
                    whole(figure.value).and_then(|value| self.cell((indicator, period, figure), shown, value, rule));
                self.counts.insert(key, Counts { count, all: None });
            }
            Unit::Percent | Unit::Rate => match (numerator.or_else(|| counted(indicator, figure)), denominator) {
                (Some(numerator), Some(denominator)) => {
                    // Nobody is hidden among a whole population.
                    let rule = match indicator.measure.unit {
                        Unit::Rate => rule.map(DisclosureRule::alone),
                        _ => rule,
                    };
                    let count = self.cell((indicator, period, figure), shown, numerator, rule);
                    // A population of a few children is as telling as a mean of them.
                    let population = rule.filter(|_| indicator.measure.unit == Unit::Rate);
                    let all = self.all((indicator, period, figure), shown, denominator, population);
                    if let (Unit::Percent, Some(count), Some(all)) = (indicator.measure.unit, count, all) {
                        // More than all of them is a fault of the source, and holds the pack.
                        let digits = indicator.measure.precision.min(4);
                        let printed = indicator.measure.round(figure.value);
                        let _ = if self.known.has_value(&indicator.reference, period, printed) {
                            self.release.share_already(count, all, digits)
                        } else {
                            self.release.share(count, all, digits)
                        };
                    }
                    self.counts.insert(key, Counts { count, all });
                }
                // Without a denominator the numerator is still so many children.
                (Some(numerator), None) => {
                    let count = self.cell((indicator, period, figure), shown, numerator, rule);
                    self.counts.insert(key, Counts { count, all: None });
                    if personal {
                        self.unweighed.insert(indicator.reference.clone());
                    }
                }
                _ if personal && figure.numerator.is_none() => {
                    self.alone.insert(key, figure.value);
                }
                _ => {}
            },
            // A mean of few says what each of them is like; and who has the whole
            // and all parts but one has that one's number and sum.
            Unit::Days | Unit::Mean | Unit::Score | Unit::Pounds | Unit::ThousandPounds | Unit::MillionPounds => {
                match denominator {
                    Some(denominator) => {
                        let rule = rule.map(DisclosureRule::alone);
                        let all = self.all((indicator, period, figure), shown, denominator, rule);
                        self.counts.insert(key, Counts { count: None, all });
                    }
                    None => {
                        if personal && figure.denominator.is_some_and(|all| Protection::is_small(all, shown.threshold))
                        {
                            self.few.insert(key, figure.value);
                        }
                    }
                }
            }
        }
    }

    fn cell(
        &mut self,
        (indicator, period, figure): (&Indicator, Period, &Figure),
        shown: PublicShowing,
        value: u32,
        rule: Option<DisclosureRule>,
    ) -> Option<CellId> {
        let key = Side::Count.key(&indicator.reference, period);
        let cell = CountCell::open(key, value).called(label(indicator, period)).costing(cost_of(indicator, shown));
        let cell = CountCell { rule, ..cell };
        // A count of nobody is shown, and so a hidden one is of somebody.
        let cell = if indicator.measure.unit == Unit::Count { cell.zero_shown() } else { cell };
        let is_known = self.known.has_count(&indicator.reference, period, figure);
        self.released(cell, is_known)
    }

    /// The denominator. A small one is no reason of its own, unless a rule says
    /// so: 9 of 9 is shown.
    fn all(
        &mut self,
        (indicator, period, figure): (&Indicator, Period, &Figure),
        shown: PublicShowing,
        value: u32,
        rule: Option<DisclosureRule>,
    ) -> Option<CellId> {
        let key = Side::All.key(&indicator.reference, period);
        let cell = CountCell::open(key, value)
            .called(format!("all of {}", label(indicator, period)))
            .costing(cost_of(indicator, shown).saturating_mul(2));
        // Of nobody there is no percentage.
        let cell = CountCell { rule, ..cell }.zero_shown();
        let is_known = self.known.has_all(&indicator.reference, period, figure);
        self.released(cell, is_known)
    }

    /// Adds a count to the release; public packs may have printed it already.
    fn released(&mut self, cell: CountCell, is_known: bool) -> Option<CellId> {
        match (is_known, cell.is_small()) {
            (true, false) => self.release.cell(cell.published(Disclosed::Already)).ok(),
            // A small number that got out is at least not printed again.
            (true, true) => {
                let id = self.release.cell(cell).ok()?;
                self.got_out.insert(id);
                Some(id)
            }
            (false, _) => self.release.cell(cell).ok(),
        }
    }
}

/// What must not be learnt of its counts; none where they say nothing of a child.
pub(super) fn rule_of(indicator: &Indicator, shown: PublicShowing) -> Option<DisclosureRule> {
    let personal =
        indicator.protection.sensitive && indicator.segment.as_ref().is_none_or(|segment| !segment.not_known);
    personal.then_some(DisclosureRule {
        small: shown.threshold,
        rest: indicator.protection.complement,
        whole_groups: indicator.protection.whole_group,
    })
}

pub(super) fn cost_of(indicator: &Indicator, shown: PublicShowing) -> u32 {
    match (&indicator.segment, shown.leads) {
        (_, true) => cost::HEADLINE,
        // It is there to say what a month must hide.
        (Some(_), false) if indicator.made_of().is_some() => cost::TOTAL,
        (None, false) => cost::TOTAL,
        (Some(_), false) => cost::PART,
    }
}

/// "CLA01, 0 to 4, October 2026".
pub(super) fn label(indicator: &Indicator, period: Period) -> String {
    match &indicator.segment {
        Some(segment) => {
            let span = segment.made_of.as_ref().map(|made_of| made_of.span.first(period));
            let first = span.map(|first| format!("{} to ", first.words())).unwrap_or_default();
            format!("{}, {}, {first}{}", segment.parent, segment.category, indicator.frequency.label(period))
        }
        None => format!("{}, {}", indicator.reference, indicator.frequency.label(period)),
    }
}
