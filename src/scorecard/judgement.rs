//! Signal or noise, for one indicator: the right chart for its numbers, or why
//! there is none.
//!
//! | what it is | chart |
//! |---|---|
//! | a year to date, or 12 months | none: its months overlap |
//! | a part of under 5 | none |
//! | a part of 5 to 19 | p chart with exact binomial limits; none where its counts are not known and whole |
//! | a part of 20 and over, sizes alike | XmR |
//! | a part of 20 and over, the largest twice the smallest | I-prime |
//! | a count that is zero in half its months | none, unless the latest is many |
//! | any other count or rate, its limits narrower than chance | c or u chart with exact Poisson limits |
//! | any other | XmR |
//!
//! Which size it is, the middle denominator of the series says; where whole counts
//! are known and chance alone explains more than the limits allow, it is the p chart
//! whatever the size. The table, the chart and `figures.csv` all take what they show
//! from here.
//!
//! A chart is computed as the field computes it (`signal`); what a board may
//! conclude from it is a layer above:
//!
//! | file | story |
//! |---|---|
//! | `charted` | the chart that suits the numbers |
//! | `apart` | no limits from old figures far off all others |
//! | `few` | no signal from one child or two |
//! | `ranged` | targets that are ranges |
//! | `seldom` | counts that are often zero |
//! | `step` | no band around a level that changed and lasts |
//! | `drift` | no band around a series that goes one way |
//! | `season` | no run where the time of year explains it |
//! | `course` | which of these holds |
//! | `outlook` | no forecast where a run has answered |
//! | [`missed`] | declared rebases that begin no limits |

mod apart;
mod charted;
mod course;
mod drift;
mod few;
pub mod missed;
mod outlook;
mod ranged;
mod season;
mod seldom;
mod step;

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use self::course::Course;
use self::missed::Missed;
pub use self::outlook::{ButFor, Outlook, TargetRun};
use self::step::FoundStep;
use super::line::SeriesPoint;
use super::signal::{
    self, Better, ChartKind, CountedPart, ENOUGH, Fact, Options, Profile, Signal, SignalRule, Variation,
};
use crate::domain::measure::{double, rounded};
use crate::domain::trend::{SeriesKind as NumberKind, SignalRules};
use crate::domain::{Basis, Figure, Goal, Indicator, Missing, Period, Polarity, Reading, Target, Unit};

/// How many points are looked at, at most, at the indicator's own frequency.
pub(super) const WINDOW: usize = 24;

/// Which chart tells signal from noise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Individuals and their moving range.
    Xmr,
    /// The same, weighed by denominators that differ.
    IPrime,
    /// Exact binomial limits.
    P,
    /// Exact Poisson limits of a count.
    C,
    /// The same of a rate.
    U,
    /// Too rare for limits: only many at once would tell.
    Rare,
}

/// Why nothing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// The register says so.
    Off,
    /// There is no latest figure.
    NoFigure,
    /// Each figure holds most of the one before.
    Overlapping,
    /// The latest figure is of fewer than 5.
    TooFew,
    /// Most figures are, though the latest is of more.
    FewBefore,
    /// Some of its months are hidden from the public. What is hidden is small, so
    /// limits of the rest would be those of another series.
    Hidden,
    /// A share of fewer than 20, of which not every count is known and whole.
    NotCounted,
    /// Fewer than 13 figures, or as many since its limits began anew.
    TooShort(usize),
    /// Every move but a few was zero: any other would look like a signal.
    NeverMoved,
    /// No number of so few would be beyond chance.
    NothingPossible,
    /// Its level changed, so that limits hold too few of its figures.
    Wandering,
    /// It moves as in the year before.
    Seasonal,
    /// A count that is zero in half its months or more.
    OftenZero {
        /// The sum of all counts.
        times: Decimal,
        /// In how many figures it is not zero.
        months: usize,
        /// Of how many.
        figures: usize,
        /// The last figure above zero.
        last: Option<Period>,
    },
}

/// What one figure is, seen through its chart.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct JudgedPoint {
    /// Its month.
    pub period: Period,
    /// What is known of it; limits are not clipped to what is possible.
    pub fact: Fact,
}

/// What is said of the latest figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum SignalVerdict {
    /// Nothing, and why.
    Silent(Silence),
    /// Whether it is changing, by which rule, and whether it will meet its target.
    Seen {
        /// Is it changing?
        variation: Variation,
        /// The rule that fired.
        rule: SignalRule,
        /// Will it meet the target? None without one target to hold it against.
        outlook: Option<Outlook>,
    },
}

/// Signal or noise, for one indicator.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// The chart, where one was made.
    pub method: Option<Method>,
    /// What is said of the latest figure.
    pub verdict: SignalVerdict,
    /// Every figure that was looked at, oldest first; empty where nothing was. A
    /// special cause is kept where it is one of the run that the latest belongs to.
    pub points: Vec<JudgedPoint>,
    /// Whether each figure rests on most of the same children as the one
    /// before, so that runs come more easily than the rules assume.
    pub autocorrelated: bool,
    /// Where the latest share is likely to lie, in percent.
    pub interval: Option<(Decimal, Decimal)>,
    /// Declared rebases that begin no limits.
    pub missed: Vec<Missed>,
}

impl Judgement {
    fn silent(why: Silence) -> Self {
        Self {
            method: None,
            verdict: SignalVerdict::Silent(why),
            points: Vec::new(),
            autocorrelated: false,
            interval: None,
            missed: Vec::new(),
        }
    }
}

/// Figures with their months.
type Figures = Vec<(Period, Figure)>;

/// Judges an indicator; `points` are its last figures, the latest last.
pub(super) fn judge(indicator: &Indicator, points: &[SeriesPoint], target: Option<&Target>) -> Judgement {
    if !indicator.trend.signal {
        return Judgement::silent(Silence::Off);
    }
    let mut figures: Figures = Vec::with_capacity(points.len());
    figures.extend(points.iter().filter_map(|point| Some((point.period, *point.reading.figure()?))));
    let Some((latest, newest)) = points.last().and_then(|point| Some((point.period, *point.reading.figure()?))) else {
        return Judgement::silent(Silence::NoFigure);
    };
    let options = options(indicator, &figures, target);
    let since = options.rebase.last().copied().unwrap_or(0);
    let judged = || {
        let step = step::step(&figures[since..], indicator.measure.unit);
        let seldom = || seldom::seldom(indicator, &figures[since..], options.better);
        let seldom = if step.is_some_and(|found| !found.is_old()) { None } else { seldom() };
        seldom.unwrap_or_else(|| chart(indicator, &figures, &options, (step, range(indicator, target))))
    };
    let why = silence(indicator, &figures, since, hides_some(indicator, points, latest));
    let mut judgement = why.map_or_else(judged, Judgement::silent);
    judgement.interval = part(&newest).filter(|_| indicator.measure.unit == Unit::Percent).map(interval);
    judgement.missed = missed::within(indicator, &figures, latest);
    judgement
}

/// Whether a month is hidden of those since its limits began last.
fn hides_some(indicator: &Indicator, points: &[SeriesPoint], latest: Period) -> bool {
    let begins = indicator.breaks.iter().map(|b| b.from).chain(indicator.trend.rebases.iter().map(|r| r.from));
    let start = begins.filter(|from| *from <= latest).max();
    let in_group = |point: &&SeriesPoint| start.is_none_or(|start| start <= point.period);
    points.iter().filter(in_group).any(|point| point.reading == Reading::Missing(Missing::Suppressed))
}

/// Why no chart is made of these figures.
fn silence(indicator: &Indicator, figures: &Figures, since: usize, hidden: bool) -> Option<Silence> {
    let newest = &figures.last()?.1;
    if matches!(indicator.basis, Basis::YearToDate | Basis::Rolling12Months) {
        return Some(Silence::Overlapping);
    }
    let percent = indicator.measure.unit == Unit::Percent;
    let few = |size: f64| size < 5.0;
    if percent && newest.denominator.map(double).is_some_and(few) {
        return Some(Silence::TooFew);
    }
    if percent && middle_size(figures).is_some_and(few) {
        return Some(Silence::FewBefore);
    }
    if hidden {
        return Some(Silence::Hidden);
    }
    let since = figures.len() - since;
    (since < ENOUGH).then_some(Silence::TooShort(since))
}

/// The chart of a series that has one.
fn chart(
    indicator: &Indicator,
    figures: &Figures,
    options: &Options,
    (step, range): (Option<FoundStep>, Option<ranged::Range>),
) -> Judgement {
    let values: Vec<f64> = figures.iter().map(|(_, figure)| double(figure.value)).collect();
    let Some((method, mut signal)) = charted::charted(indicator, figures, &values, options) else {
        // The spread of a few is no measure of their chance.
        return Judgement::silent(Silence::NotCounted);
    };
    let drift = drift::drift(&signal, &values);
    few::take_back(&mut signal.facts, figures, indicator.measure.unit);
    let since = &figures[options.rebase.last().copied().unwrap_or(0)..];
    let course = course::course(indicator, since, (step, drift), signal.facts.last());
    if let Course::Moved(rule, points) = course {
        signal.hold_without_limits(rule, points, options.better);
    }
    if let Some(range) = range {
        ranged::hold(&mut signal, &values, range);
    }
    let verdict = verdict(indicator, (&signal, course), method, figures);
    keep_current_run(&mut signal.facts);
    let judged =
        figures.iter().zip(&signal.facts).map(|((period, _), fact)| JudgedPoint { period: *period, fact: *fact });
    let points = if matches!(verdict, SignalVerdict::Seen { .. }) { judged.collect() } else { Vec::new() };
    let autocorrelated = indicator.trend.kind == NumberKind::Stock;
    Judgement { method: Some(method), verdict, points, autocorrelated, ..Judgement::silent(Silence::Off) }
}

/// Leaves only the special causes of the run that the latest figure ends: a chart
/// shows what is so now, and one value is never better in one month and worse in
/// another.
fn keep_current_run(facts: &mut [Fact]) {
    let Some(latest) = facts.last().copied() else { return };
    let is_of_run = |fact: &Fact| fact.kind == latest.kind && fact.group == latest.group;
    let before = facts.iter().rposition(|fact| !is_of_run(fact)).map_or(0, |before| before + 1);
    for fact in &mut facts[..before] {
        fact.kind = ChartKind::Common;
    }
}

fn verdict(
    indicator: &Indicator,
    (signal, course): (&Signal, Course),
    method: Method,
    figures: &Figures,
) -> SignalVerdict {
    let Some(fact) = signal.facts.last() else { return SignalVerdict::Silent(Silence::NoFigure) };
    match course {
        Course::Wandering => return SignalVerdict::Silent(Silence::Wandering),
        Course::Seasonal => return SignalVerdict::Silent(Silence::Seasonal),
        Course::Held if fact.limits.is_none_or(|limits| !limits.are_known() || limits.upper <= limits.lower) => {
            return SignalVerdict::Silent(Silence::NeverMoved);
        }
        Course::Moved(..) | Course::Held => {}
    }
    if method == Method::P && fact.kind == ChartKind::Common {
        let n = figures.last().and_then(|(_, figure)| part(figure)).map_or(0, |(_, n)| n);
        let share = fact.limits.map_or(0.0, |limits| limits.mean / 100.0);
        if !signal::can_tell(n, share) {
            return SignalVerdict::Silent(Silence::NothingPossible);
        }
    }
    let outlook = outlook::outlook(indicator, figures, signal.assurance, fact);
    SignalVerdict::Seen { variation: signal.variation(), rule: fact.rule, outlook }
}

/// The range that a figure should lie in, where its target is one.
fn range(indicator: &Indicator, target: Option<&Target>) -> Option<ranged::Range> {
    match target.filter(|_| indicator.polarity == Polarity::Range)?.goal {
        Goal::Range(low, high) => Some((double(low), double(high))),
        Goal::Value(_) => None,
    }
}

fn options(indicator: &Indicator, figures: &Figures, target: Option<&Target>) -> Options {
    let profile = match indicator.trend.rules {
        SignalRules::PlotTheDots => Profile::PLOT_THE_DOTS,
        SignalRules::MakingDataCount => Profile::MAKING_DATA_COUNT,
    };
    Options {
        better: match indicator.polarity {
            Polarity::Higher => Better::Higher,
            Polarity::Lower => Better::Lower,
            Polarity::Range | Polarity::None => Better::Neither,
        },
        target: target.and_then(|target| match target.goal {
            Goal::Value(value) => Some(double(value)),
            Goal::Range(..) => None,
        }),
        rebase: starts(indicator, figures),
        fix_after: None,
        left_out: Vec::new(),
        // A board's pack shows no limits that are provisional.
        profile: Profile { fewest: ENOUGH, ..profile },
    }
}

/// Where groups begin: at each break, and at each declared rebase whose month
/// has a figure.
fn starts(indicator: &Indicator, figures: &Figures) -> Vec<usize> {
    let broken = indicator.breaks.iter().filter_map(|b| figures.iter().position(|(period, _)| *period >= b.from));
    let rebased =
        indicator.trend.rebases.iter().filter_map(|r| figures.iter().position(|(period, _)| *period == r.from));
    let mut starts: Vec<usize> = broken.chain(rebased).filter(|start| *start > 0).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// So many of so many, where both are whole.
fn part(figure: &Figure) -> Option<CountedPart> {
    let whole = |part: Option<Decimal>| part.filter(|part| part.fract().is_zero())?.to_u32();
    let (counted, all) = (whole(figure.numerator)?, whole(figure.denominator)?);
    (counted <= all && all > 0).then_some((counted, all))
}

/// The middle one of the denominators.
fn middle_size(figures: &Figures) -> Option<f64> {
    let mut sizes: Vec<f64> = Vec::with_capacity(figures.len());
    sizes.extend(figures.iter().filter_map(|(_, figure)| figure.denominator).map(double));
    sizes.sort_unstable_by(f64::total_cmp);
    sizes.get(sizes.len() / 2).copied()
}

/// The Wilson interval, as it is printed.
fn interval(part: CountedPart) -> (Decimal, Decimal) {
    let (low, high) = signal::wilson(part);
    (rounded(low, 0), rounded(high, 0))
}

#[cfg(test)]
mod chance;
#[cfg(test)]
mod fooled;
#[cfg(test)]
mod honest;
#[cfg(test)]
mod lasting;
#[cfg(test)]
mod tests;
