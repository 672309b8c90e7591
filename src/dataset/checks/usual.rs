//! What a series leads to expect of one of its figures, and slips by a power
//! of ten against it.
//!
//! A slip of the point or of a nought is ten, a hundred or a thousand times
//! off; honest figures hardly ever are. So a figure is in doubt only where it
//! is far outside its own series and, moved by one power of ten, well inside; or
//! where a count leaves a long and steady series far behind.

use rust_decimal::Decimal;

use super::CheckInput;
use crate::domain::indicator::{Basis, Indicator};
use crate::domain::measure::double;
use crate::domain::observation::Figure;
use crate::domain::period::Period;

/// Figures that a series needs before it speaks against one of them.
pub(super) const ENOUGH: usize = 3;

/// From so many figures on, the least and the greatest do not count: one of
/// them may be a slip itself.
const MANY: usize = 8;

/// How far beyond its series a figure that was moved back may lie.
const BESIDE: f64 = 1.4;

/// What a slip multiplies by; how many times its least figure a series may
/// reach before such a slip could be chance; and how far beyond its series such
/// a figure lies at least.
const FACTORS: [(u32, f64, f64); 3] = [(10, 3.0, 2.5), (100, 20.0, 10.0), (1000, 50.0, 50.0)];

/// How many times its least figure a steady series reaches, and how many times
/// beyond such a series no figure lies by chance.
const STEADY: f64 = 2.0;
const FAR_OFF: f64 = 3.0;

/// Counts that fall tenfold by chance lie below this, and those that rise
/// tenfold by chance end below [`ROSE_TO`] or begin below [`ROSE_FROM`].
const FELL_FROM: f64 = 20.0;
const ROSE_TO: f64 = 30.0;
const ROSE_FROM: f64 = 3.0;

/// How many months of a series speak: two years of months, three of quarters
/// or terms, eight of years.
fn window(indicator: &Indicator) -> i32 {
    match indicator.frequency.per_year() {
        12 => 24,
        3 | 4 => 36,
        _ => 96,
    }
}

/// A figure's months that may be held against it: of the same series, not too
/// far away, and on the same side of every break.
pub(super) fn others<T>(
    asked: &CheckInput<'_>,
    indicator: &Indicator,
    month: Period,
    take: impl Fn(Period, &Figure) -> Option<T>,
) -> Vec<T> {
    comparable(asked, indicator, month, take).collect()
}

/// Whether two of those months have a figure within twice and half of this one:
/// then no power of ten lies between it and its series, whatever the others are.
pub(super) fn is_ordinary(
    asked: &CheckInput<'_>,
    indicator: &Indicator,
    month: Period,
    value: Decimal,
    take: impl Fn(Period, &Figure) -> Option<Decimal>,
) -> bool {
    let value = double(value);
    let near = comparable(asked, indicator, month, take).map(double);
    value > 0.0 && near.filter(|other| *other <= 2.0 * value && value <= 2.0 * other).take(2).count() == 2
}

fn comparable<'a, T>(
    asked: &CheckInput<'a>,
    indicator: &'a Indicator,
    month: Period,
    take: impl Fn(Period, &Figure) -> Option<T>,
) -> impl Iterator<Item = T> {
    let comparable = move |other: Period| {
        let (first, last) = if other < month { (other, month) } else { (month, other) };
        other != month && month.since(other).abs() < window(indicator) && indicator.break_between(first, last).is_none()
    };
    asked
        .dataset
        .series(&indicator.reference)
        .filter(move |seen| indicator.frequency.includes(seen.period) && comparable(seen.period))
        .filter_map(move |seen| take(seen.period, seen.reading.figure()?))
}

/// The months whose figures nobody has been asked about: the latest, and in a
/// source's first pack all that are printed.
pub(super) fn unasked(asked: &CheckInput<'_>, indicator: &Indicator) -> Vec<Period> {
    let latest = indicator.latest_due(asked.period);
    let told = asked.history.last_of(&asked.source.id).map(|last| last.newest);
    let is_unasked = |month: Period| month <= latest && asked.prints(month) && told.is_none_or(|told| told < month);
    let known = asked.dataset.series(&indicator.reference).map(|seen| seen.period);
    known.filter(|month| indicator.frequency.includes(*month) && (*month == latest || is_unasked(*month))).collect()
}

/// Months that a figure has grown over since April; 1 where it does not grow.
pub(super) fn months_in(indicator: &Indicator, month: Period) -> Decimal {
    match indicator.basis {
        Basis::YearToDate => Decimal::from((month.month() + 8) % 12 + 1),
        Basis::Snapshot | Basis::InPeriod | Basis::Rolling12Months => Decimal::ONE,
    }
}

/// A figure that is a power of ten off its series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Slip {
    /// 10, 100 or 1,000; another number from 3 on where a steady series is left behind.
    pub(super) factor: u32,
    /// Whether it is too great.
    pub(super) is_more: bool,
    /// Between which figures the others lie.
    pub(super) usual: (Decimal, Decimal),
    /// How many they are.
    pub(super) count: usize,
}

/// How many were counted where chance could move a figure: now, and usually.
/// None where nothing is known of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Counted {
    pub(super) now: Decimal,
    pub(super) usually: Decimal,
    /// Whether the figure is this count, and neither what it is a share of, which
    /// follows the seasons, nor a share.
    pub(super) is_all: bool,
}

/// Whether a figure is a power of ten off the others.
pub(super) fn slip(others: &[Decimal], value: Decimal, counted: Option<Counted>) -> Option<Slip> {
    let mut sorted = others.to_vec();
    sorted.sort_unstable();
    let kept = if sorted.len() >= MANY { &sorted[1..sorted.len() - 1] } else { &sorted[..] };
    let (low, high) = (*kept.first()?, *kept.last()?);
    if others.len() < ENOUGH || low <= Decimal::ZERO || value <= Decimal::ZERO {
        return None;
    }
    let (least, most, now) = (double(low), double(high), double(value));
    let is_more = now > most;
    if counted.is_some_and(|counted| is_chance(counted, is_more)) {
        return None;
    }
    let slipped = FACTORS.into_iter().find(|(factor, spread, beyond)| {
        let factor = f64::from(*factor);
        let back = if is_more { now / factor } else { now * factor };
        let is_far = if is_more { now > most * beyond } else { now * beyond < least };
        is_far && most <= least * spread && (least / BESIDE..=most * BESIDE).contains(&back)
    });
    let factor = match (slipped, counted) {
        (Some((factor, ..)), _) => factor,
        (None, Some(Counted { is_all: true, .. })) => far_off(others.len(), (least, most), now)?,
        (None, _) => return None,
    };
    Some(Slip { factor, is_more, usual: (low, high), count: others.len() })
}

/// How many times a figure is beyond a long and steady series, where that is more
/// than such a series ever moves: another row's figure, or another unit's.
fn far_off(count: usize, (least, most): (f64, f64), now: f64) -> Option<u32> {
    let times = if now > most { now / most } else { least / now };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "from 3 to a million")]
    (count >= MANY && most <= least * STEADY && (FAR_OFF..1e6).contains(&times)).then(|| times.round() as u32)
}

/// Whether so few were counted that chance alone moves them by factors.
fn is_chance(counted: Counted, is_more: bool) -> bool {
    let (now, usually) = (double(counted.now), double(counted.usually));
    if is_more { now < ROSE_TO || usually < ROSE_FROM } else { usually < FELL_FROM }
}

/// The middle one; none of none.
pub(super) fn middle(values: &[Decimal]) -> Option<Decimal> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn found(others: &[&str], value: &str, counted: Option<(&str, &str)>) -> Option<(u32, bool)> {
        let others: Vec<Decimal> = others.iter().map(|value| d(value)).collect();
        let counted = counted.map(|(now, usually)| Counted { now: d(now), usually: d(usually), is_all: true });
        slip(&others, d(value), counted).map(|slip| (slip.factor, slip.is_more))
    }

    #[test]
    fn a_power_of_ten_off_is_a_slip_and_less_is_none() {
        let steady = ["400", "401", "402"];
        for (value, expected) in [
            ("4020", Some((10, true))),
            ("40", Some((10, false))),
            ("40200", Some((100, true))),
            ("402000", Some((1000, true))),
            ("4", Some((100, false))),
            ("0.4", Some((1000, false))),
            // Five times is no slip of a digit, and neither is twenty.
            ("2000", None),
            ("8040", None),
            ("1000", None),
            ("0", None),
            // At both ends of what is beside the series.
            ("5627", Some((10, true))),
            ("5629", None),
            ("28.6", Some((10, false))),
            ("28.5", None),
        ] {
            assert_eq!(found(&steady, value, None), expected, "{value}");
        }
        assert_eq!(found(&steady[..2], "4020", None), None, "too few to speak");
    }

    #[test]
    fn a_wide_series_does_not_speak_and_one_slip_in_it_does_not_hide_the_next() {
        assert_eq!(found(&["10", "20", "30"], "300", None), Some((10, true)));
        assert_eq!(found(&["10", "20", "31"], "310", None), None);
        assert_eq!(found(&["10", "20", "31"], "2000", None), Some((100, true)));
        let seven = ["12", "13", "14", "12", "13", "14", "130"];
        assert_eq!(found(&seven, "1.2", None), None);
        let eight = ["12", "13", "14", "12", "13", "14", "130", "13"];
        assert_eq!(found(&eight, "1.2", None), Some((10, false)));
        assert_eq!(found(&["0", "13", "14"], "130", None), None, "zero has no tenfold");
    }

    #[test]
    fn a_figure_far_beyond_a_long_and_steady_series_is_in_doubt_whatever_the_factor() {
        let eight = ["400", "401", "402", "398", "405", "399", "403", "404"];
        for (value, expected) in [
            ("12100", Some((30, true))),
            ("13", Some((31, false))),
            ("2010", Some((5, true))),
            ("1209", None),
            ("1213", Some((3, true))),
            ("804", None),
        ] {
            assert_eq!(found(&eight, value, Some((value, "401"))), expected, "{value}");
        }
        assert_eq!(found(&eight, "2010", None), None, "nobody counted");
        assert_eq!(found(&eight[..7], "2010", Some(("2010", "401"))), None, "too few to speak");
        let wide = ["400", "401", "402", "398", "805", "820", "403", "404"];
        assert_eq!(found(&wide, "2500", Some(("2500", "403"))), None, "not steady");
        let few = ["17", "16", "15", "19", "18", "17", "16", "15"];
        assert_eq!(found(&few, "905", Some(("905", "17"))), Some((50, true)));
        assert_eq!(found(&["5"; 8], "29", Some(("29", "5"))), None, "chance moves few");
    }

    #[test]
    fn counts_of_a_few_move_by_factors_by_chance() {
        let (three, twenty) = (["3", "3", "3"], ["20", "20", "20"]);
        assert_eq!(found(&three, "30", Some(("30", "3"))), Some((10, true)));
        assert_eq!(found(&three, "29", Some(("29", "3"))), None);
        assert_eq!(found(&["2", "2", "2"], "20", Some(("20", "2"))), None);
        assert_eq!(found(&twenty, "2", Some(("2", "20"))), Some((10, false)));
        assert_eq!(found(&["19", "19", "19"], "2", Some(("2", "19"))), None);
    }
}
