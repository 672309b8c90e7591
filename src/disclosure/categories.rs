//! What categories say beyond the sums of their own breakdown: a declared sum
//! holds for each category by which all its terms are broken down, a two-way
//! breakdown makes the categories of both that it crosses, and where categories overlap, each is still a part of the whole, and a band of another.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::council::Draft;
use super::counts::rule_of;
use super::numbers::{numbers_of, words_of};
use super::sums::{CountTerm, Equal, Side};
use super::{CellId, CountCell, Disclosed, DisclosureRule};
use crate::domain::segment::{Breakdown, PartsOf};
use crate::domain::{Indicator, IndicatorRef, Period, Unit};

/// The counts of a breakdown's parts that are parts of a whole's: of its count, of
/// its denominator, or of both.
fn sides(whole: &Indicator, breakdown: &Breakdown) -> &'static [(Side, Side)] {
    let is_mean = whole.measure.unit.is_money() || matches!(whole.measure.unit, Unit::Days | Unit::Mean | Unit::Score);
    match breakdown.parts_of {
        _ if is_mean => &[(Side::All, Side::All)],
        PartsOf::Figure if whole.measure.unit == Unit::Percent => &[(Side::Count, Side::Count), (Side::All, Side::All)],
        PartsOf::Figure | PartsOf::Numerator => &[(Side::Count, Side::Count)],
        // Those who are not of the numerator are of the denominator all the same.
        PartsOf::Denominator | PartsOf::Rest => &[(Side::All, Side::Count)],
    }
}

impl<'a> Draft<'a> {
    /// Each row and each column of the two-way breakdowns of an indicator, as the
    /// sum of its parts.
    pub(super) fn margins(&self, whole: &'a Indicator, period: Period) -> Vec<Equal<'a>> {
        let mut all = Vec::new();
        for breakdown in whole.breakdowns.iter().filter(|breakdown| breakdown.of.is_some()) {
            let mut by_margin: BTreeMap<&IndicatorRef, Vec<&Indicator>> = BTreeMap::new();
            for part in breakdown.parts.iter().filter_map(|part| self.register.get(part)) {
                let both = part.segment.iter().filter_map(|segment| segment.both.as_ref()).flatten();
                both.for_each(|margin| by_margin.entry(&margin.part).or_default().push(part));
            }
            for (margin, parts) in by_margin {
                let Some(margin) = self.register.get(margin) else { continue };
                for (_, side) in sides(whole, breakdown) {
                    let term = |indicator| CountTerm { indicator, period, side: *side };
                    all.push(Equal { left: vec![term(margin)], right: parts.iter().copied().map(term).collect() });
                }
            }
        }
        all
    }

    /// A sum of wholes as the sums of those categories that all of them have.
    pub(super) fn by_category(&self, equal: &Equal<'a>) -> Vec<Equal<'a>> {
        let Some(first) = equal.left.first() else { return Vec::new() };
        let parts = first.indicator.breakdowns.iter().flat_map(|by| by.parts.iter().map(move |part| (by, part)));
        let of_part = |(by, part): (&'a Breakdown, &'a IndicatorRef)| {
            let category = self.register.get(part)?;
            let term = |term: &CountTerm<'a>| self.same_category(term, by, category);
            let side = |terms: &[CountTerm<'a>]| terms.iter().map(term).collect::<Option<Vec<_>>>();
            Some(Equal { left: side(&equal.left)?, right: side(&equal.right)? })
        };
        parts.filter_map(of_part).collect()
    }

    /// The term of the same category of a term's indicator, by identifier or as printed.
    fn same_category(&self, term: &CountTerm<'a>, by: &Breakdown, category: &Indicator) -> Option<CountTerm<'a>> {
        let is_same = |one: &str, other: &str| one.trim().eq_ignore_ascii_case(other.trim());
        let known = category.segment.as_ref()?;
        let mut alike =
            term.indicator.breakdowns.iter().filter(|own| own.id == by.id || is_same(&own.title, &by.title));
        alike.find_map(|own| {
            let side = sides(term.indicator, own).iter().find(|(of_whole, _)| *of_whole == term.side)?.1;
            // Those who are late are no category of all.
            if own.parts_of == PartsOf::Rest {
                return None;
            }
            let mut parts = own.parts.iter().filter_map(|part| self.register.get(part));
            let indicator = parts.find(|part| {
                let titled = part.segment.as_ref().is_some_and(|own| is_same(&own.category, &known.category));
                titled || last(&part.reference) == last(&category.reference)
            })?;
            Some(CountTerm { indicator, period: term.period, side })
        })
    }

    /// What is left of a whole without one of its categories, and of a band without
    /// one that lies in it, where categories overlap and add up to nothing.
    pub(super) fn overlaps(&mut self, whole: &'a Indicator, period: Period) {
        for breakdown in whole.breakdowns.iter().filter(|breakdown| !breakdown.sums) {
            let parts: Vec<&Indicator> = breakdown.parts.iter().filter_map(|part| self.register.get(part)).collect();
            for (of_whole, of_part) in sides(whole, breakdown) {
                let term = |indicator, side| CountTerm { indicator, period, side };
                for part in &parts {
                    self.without(term(whole, *of_whole), term(part, *of_part));
                    for other in parts.iter().filter(|other| is_within(part, other)) {
                        self.without(term(other, *of_part), term(part, *of_part));
                    }
                }
            }
        }
    }

    /// Those of one count who are not of another, which any reader knows to be a
    /// part of it.
    fn without(&mut self, all: CountTerm<'a>, part: CountTerm<'a>) {
        let (Some(of), Some(cell)) = (self.member(all), self.member(part)) else { return };
        let known = [&part, &all].map(|term| &term.indicator.reference).map(|name| self.shown.get(name).copied());
        let rule = |term: CountTerm<'_>, shown: Option<_>| shown.and_then(|shown| rule_of(term.indicator, shown));
        // They are about children as the part is; by the threshold of either.
        let rule = rule(part, known[0]).filter(|rule| rule.rest).map(DisclosureRule::alone).map(|own| {
            let of_all = rule(all, known[1]).map(DisclosureRule::alone);
            of_all.map_or(own, |of_all| own.stricter(of_all))
        });
        let _ = self.left_of(of, cell, rule);
    }

    fn left_of(&mut self, of: CellId, part: CellId, rule: Option<DisclosureRule>) -> Option<()> {
        let (all, own) = (self.release.get(of), self.release.get(part));
        // More than all of them are no part of them.
        let value = all.value.checked_sub(own.value)?;
        let label = format!("{} without {}", all.label, own.label);
        let rest = CountCell::open(format!("{} without {}", all.key, own.key), value).called(label);
        let is_stated = self.release.find(&rest.key).is_some();
        let rest = self.release.cell(CountCell { rule, published: Disclosed::Nowhere, cost: 0, ..rest }).ok()?;
        if !is_stated {
            self.release.total(of, &[part, rest]).ok()?;
        }
        Some(())
    }
}

/// The identifier of a category: "0-4" of `CLA01:age:0-4`.
fn last(reference: &IndicatorRef) -> String {
    reference.to_string().rsplit(':').next().unwrap_or_default().to_owned()
}

/// Whether one category lies in another by what both are called: "Under 5" in
/// "Under 10", "More than 20 days" in "More than 10 days", "Missing for a day" in
/// "Missing".
fn is_within(one: &Indicator, other: &Indicator) -> bool {
    let names = [one, other].map(|part| part.segment.as_ref().map(|segment| segment.category.as_str()));
    match names {
        [Some(one), Some(other)] => lies_in(one, other),
        _ => false,
    }
}

fn lies_in(one: &str, other: &str) -> bool {
    if one.trim().eq_ignore_ascii_case(other.trim()) {
        return false;
    }
    if let (Some(inner), Some(outer)) = (band(one), band(other)) {
        let from = outer.0.is_none_or(|least| inner.0.is_some_and(|own| own >= least));
        return from && outer.1.is_none_or(|most| inner.1.is_some_and(|own| own <= most));
    }
    let (inner, outer) = (words_of(one), words_of(other));
    inner.len() > outer.len() && outer.iter().all(|word| inner.contains(word))
}

/// From where to where a category goes, by its name; none where that names no bound.
fn band(name: &str) -> Option<(Option<Decimal>, Option<Decimal>)> {
    let words = words_of(name);
    let numbers: Vec<Decimal> = numbers_of(&words).into_iter().map(|said| said.value).collect();
    let has = |all: &[&str]| words.iter().any(|word| all.contains(&word.as_str()));
    let days = [("week", 7), ("month", 30), ("year", 365)];
    let scale = |day: Decimal| {
        // Ages are in years, whether their names say so or not: only waits mix units.
        let unit = days.iter().find(|(unit, _)| words.iter().any(|word| word.trim_end_matches('s') == *unit));
        unit.filter(|(unit, _)| *unit != "year").map_or(day, |(_, many)| day * Decimal::from(*many))
    };
    let is_least = name.contains(['+', '>', '≥']) || has(&["over", "above", "older", "longer", "least", "after"]);
    let is_least = is_least || (has(&["more"]) && !has(&["no"]));
    let is_most = name.contains(['<', '≤'])
        || has(&["under", "below", "less", "fewer", "within", "up", "most", "younger", "before", "by"]);
    match (numbers.as_slice(), is_least, is_most) {
        ([bound], true, false) => Some((Some(scale(*bound)), None)),
        ([bound], false, true) => Some((None, Some(scale(*bound)))),
        ([from, to], false, false) if from <= to => Some((Some(scale(*from)), Some(scale(*to)))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_category_lies_in_another_by_its_bounds_or_by_its_words() {
        for (one, other, expected) in [
            ("Under 5", "Under 10", true),
            ("Under 10", "Under 5", false),
            ("0 to 4", "Under 10", true),
            ("5 to 9", "0 to 4", false),
            ("16+", "10 and over", true),
            ("Within 10 days", "Within 2 weeks", true),
            ("Within 3 weeks", "Within 20 days", false),
            ("<5", "≤ 10", true),
            ("More than 20 days", "More than 10 days", true),
            ("Under 5", "5 and over", false),
            ("Missing for more than a day", "Missing", true),
            ("Missing", "Missing", false),
            ("North", "South", false),
        ] {
            assert_eq!(lies_in(one, other), expected, "{one} in {other}");
        }
    }
}
