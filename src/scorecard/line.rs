//! One indicator in one period: latest, previous, movement, rating, series.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::changes::{self, Changes};
use super::comparison::{Comparison, compare};
use super::judgement::{self, Judgement};
use super::quarters::{self, Quarters};
use super::restated::Restated;
use super::target_gap::TargetGap;
use super::views::{self, View, Views};
use crate::dataset::Dataset;
use crate::domain::by_month::ByMonth;
use crate::domain::layout::OwnColour;
use crate::domain::mark::FigureMarks;
use crate::domain::movement::{Movement, Travel};
use crate::domain::rating::{Aside, Beside, Rating, Unrated, rate};
use crate::domain::target::{Rule, in_force};
use crate::domain::trend::SeriesKind;
use crate::domain::{Board, Figure, Indicator, Missing, NotDue, Observation, Period, Place, Reading, Target, Unit};

/// How many points a series shows at most: two years of months, three of
/// quarters or terms, six of years.
fn window(indicator: &Indicator) -> usize {
    match indicator.frequency.per_year() {
        12 => 24,
        4 => 12,
        3 => 9,
        _ => 6,
    }
}

/// One figure of a series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SeriesPoint {
    /// Its month.
    pub period: Period,
    /// The figure, rounded, or why there is none.
    pub reading: Reading,
    /// Its rating under the target in force then; none where the rule asks for more than
    /// several months as one figure can tell.
    pub rating: Option<Rating>,
}

/// One indicator of a board in a period.
#[derive(Debug, Clone, PartialEq)]
pub struct Line<'a> {
    /// The register's entry.
    pub indicator: &'a Indicator,
    /// The month that the latest figure stands at.
    pub period: Period,
    /// The latest figure, rounded, or why there is none.
    pub current: Reading,
    /// Where the latest figure was read.
    pub at: Option<Place>,
    /// The month before it at the indicator's own frequency.
    pub previous_period: Period,
    /// The figure of that month.
    pub previous: Reading,
    /// The latest against the previous.
    pub comparison: Comparison<'a>,
    /// The figure a year before the latest.
    pub year_before: Reading,
    /// The target in force for the latest figure.
    pub target: Option<&'a Target>,
    /// The target in force for the previous figure.
    pub previous_target: Option<&'a Target>,
    /// Rating of the latest figure.
    pub rating: Rating,
    /// How far off its target a rated figure is, and what would change its colour.
    pub target_gap: Option<TargetGap>,
    /// The rating that the source itself gives the latest figure, where it gives one.
    pub own_rating: Option<OwnColour>,
    /// What the unrounded figure would have been rated.
    pub rating_unrounded: Rating,
    /// Rating of the previous figure, under the target in force then.
    pub previous_rating: Rating,
    /// How many figures in a row, the latest included, are red; a break in
    /// the series ends the row.
    pub reds_in_a_row: usize,
    /// Whether there may be more: the row begins with the series, or behind a
    /// month whose figure is not there.
    pub reds_may_be_more: bool,
    /// Whether the pack of the month before showed an older figure.
    pub is_new: bool,
    /// The series at its own frequency, oldest first, the latest last.
    pub series: Vec<SeriesPoint>,
    /// The latest against earlier figures than the previous.
    pub changes: Changes<'a>,
    /// Several months as one figure.
    pub views: Views<'a>,
    /// Quarter against quarter, where that is printed.
    pub quarters: Option<Quarters<'a>>,
    /// Published figures that are not what they were, the newest first.
    pub restated: Vec<Restated>,
    /// Those whom the latest figure leaves out because their time is not up yet.
    pub not_due: Option<NotDue>,
    /// The marks of its figures by month, hidden ones apart; only months that have any.
    pub marks: BTreeMap<Period, FigureMarks>,
    /// Its parts, breakdown by breakdown, as far as its section shows them.
    pub breakdowns: Vec<super::BreakdownLines<'a>>,
    /// Signal or noise.
    pub judgement: Judgement,
}

impl<'a> Line<'a> {
    /// Works out a line. No dataset means that its source could not be read.
    pub(super) fn work_out(
        indicator: &'a Indicator,
        pack_period: Period,
        dataset: Option<&Dataset>,
        board: &'a Board,
    ) -> Self {
        let look = IndicatorData::at(indicator, dataset);
        let period = indicator.latest_due(pack_period);
        let previous_period = indicator.frequency.previous(period);
        let current = look.reading(period);
        let previous = look.reading(previous_period);
        let target = in_force(&indicator.targets, period);
        let comparison = compare(indicator, (previous_period, &previous), (period, &current), target);
        let series = look.series(period, window(indicator));
        let mut judgement = match window(indicator) {
            judgement::WINDOW => judgement::judge(indicator, &series, target),
            _ => judgement::judge(indicator, &look.series(period, judgement::WINDOW), target),
        };
        judgement.missed.extend(judgement::missed::beyond(indicator, look.first(), pack_period));
        let given = changes::ChangeInput {
            indicator,
            period,
            current,
            target,
            baseline: board.baseline.as_ref(),
            series: &series,
            on_previous: comparison,
        };
        let mut line = Self {
            indicator,
            period,
            current,
            at: look.place(period),
            previous_period,
            previous,
            comparison,
            year_before: look.year_before(period),
            target,
            previous_target: in_force(&indicator.targets, previous_period),
            rating: look.rating(period),
            own_rating: look.own_rating(period),
            rating_unrounded: look.rating_unrounded(period),
            previous_rating: look.rating(previous_period),
            target_gap: None,
            reds_in_a_row: 0,
            reds_may_be_more: false,
            is_new: indicator.latest_due(pack_period.plus(-1)) < period,
            changes: changes::work_out(&given, |month| look.reading(month)),
            views: views::work_out(indicator, period, |month| look.reading(month)),
            quarters: quarters::work_out(&look, &board.cadence, period),
            judgement,
            series,
            restated: Vec::new(),
            not_due: look.not_due(period),
            marks: look.marks(),
            breakdowns: Vec::new(),
        };
        line.target_gap = look.target_gap(&line);
        (line.reds_in_a_row, line.reds_may_be_more) = line.reds(&look);
        line
    }

    /// How many figures in a row are red, and whether there may be more.
    fn reds(&self, look: &IndicatorData<'_, '_>) -> (usize, bool) {
        let breaks = |month: Period| self.indicator.break_between(month, self.period).is_some();
        let red = |point: &&SeriesPoint| !breaks(point.period) && look.rating(point.period) == Rating::Red;
        let in_a_row = self.series.iter().rev().take_while(red).count();
        let before = self.series.iter().rev().nth(in_a_row);
        (in_a_row, before.is_none_or(|before| before.reading.figure().is_none() && !breaks(before.period)))
    }

    /// The movement, where there is one.
    pub fn movement(&self) -> Option<&Movement> {
        match &self.comparison {
            Comparison::Moved(movement) => Some(movement),
            Comparison::Not(_) => None,
        }
    }

    /// The marks of the figure of a month.
    pub fn marks_at(&self, period: Period) -> FigureMarks {
        self.marks.get(&period).copied().unwrap_or_default()
    }

    /// Direction of travel, where there is one.
    pub fn travel(&self) -> Option<Travel> {
        match &self.changes.direction {
            Comparison::Moved(movement) => Some(movement.travel),
            Comparison::Not(_) => None,
        }
    }

    /// Whether the latest figure rests on fewer than the indicator's floor.
    pub fn is_too_few(&self) -> bool {
        is_too_few(self.indicator, &self.current)
    }

    /// The last twelve months together, offered where the latest figure alone
    /// rests on fewer than the floor and they do not.
    pub fn pooled(&self) -> Option<&View> {
        let view = self.views.rolling_12_months.as_ref().ok()?;
        let pools = self.indicator.trend.kind == SeriesKind::Ratio && self.is_too_few();
        (pools && !is_too_few(self.indicator, &Reading::Figure(view.figure))).then_some(view)
    }

    /// What one more of the counted is worth in points; percentages only.
    pub fn worth_of_one(&self) -> Option<Decimal> {
        let denominator = self.current.figure()?.denominator.filter(|all| all.fract().is_zero())?;
        (self.indicator.measure.unit == Unit::Percent && !self.indicator.measure.signed)
            .then(|| Decimal::ONE_HUNDRED.checked_div(denominator))
            .flatten()
            .map(|worth| crate::domain::measure::round(worth, 1))
    }
}

/// An indicator in its dataset.
pub(super) struct IndicatorData<'a, 'd> {
    pub(super) indicator: &'a Indicator,
    dataset: Option<&'d Dataset>,
    months: Option<&'d ByMonth<Observation>>,
}

impl<'a, 'd> IndicatorData<'a, 'd> {
    pub(super) fn at(indicator: &'a Indicator, dataset: Option<&'d Dataset>) -> Self {
        Self { indicator, dataset, months: dataset.and_then(|dataset| dataset.months(&indicator.reference)) }
    }

    fn observation(&self, period: Period) -> Option<&'d Observation> {
        self.months?.get(period)
    }

    fn target_gap(&self, line: &Line<'_>) -> Option<TargetGap> {
        let (figure, target) = (line.current.figure()?, line.target?);
        let beside = self.beside(line.period, target);
        let exact = self.raw(line.period).figure()?.value;
        TargetGap::of(self.indicator, (figure, exact), (line.rating, target), line.previous_target, beside)
    }

    /// What a target's rule asks for beside the figure.
    fn beside(&self, period: Period, target: &Target) -> Beside {
        let aside = |reading: Reading| match reading {
            Reading::Figure(figure) => Aside::Figure(self.indicator.measure.round(figure.value)),
            Reading::Missing(Missing::Suppressed) => Aside::Hidden,
            Reading::Missing(_) => Aside::None,
        };
        let year_before = self.year_before(period);
        let largest = target.maximum.as_ref().and_then(|maximum| self.dataset?.reading(&maximum.of, period));
        Beside {
            year_before: if is_too_few(self.indicator, &year_before) { Aside::None } else { aside(year_before) },
            largest: largest.map_or(Aside::None, |found| aside(found.reading)),
        }
    }

    fn raw(&self, period: Period) -> Reading {
        match self.observation(period) {
            Some(observation) => observation.reading,
            None => Reading::Missing(Missing::NotSupplied),
        }
    }

    /// The first month of which the source holds a figure, hidden or not.
    fn first(&self) -> Option<Period> {
        let is_there =
            |reading: &Reading| matches!(reading, Reading::Figure(_) | Reading::Missing(Missing::Suppressed));
        self.months?.iter().find(|(_, seen)| is_there(&seen.reading)).map(|(month, _)| month)
    }

    fn place(&self, period: Period) -> Option<Place> {
        self.observation(period).map(|observation| observation.at())
    }

    fn not_due(&self, period: Period) -> Option<NotDue> {
        self.observation(period)?.not_due
    }

    fn own_rating(&self, period: Period) -> Option<OwnColour> {
        self.observation(period)?.own_rating
    }

    /// The marks of every figure that has any, from the source and from the register. What
    /// is no figure, or hidden, has none.
    fn marks(&self) -> BTreeMap<Period, FigureMarks> {
        let shown = self.months.into_iter().flat_map(ByMonth::values).filter(|seen| seen.reading.figure().is_some());
        shown
            .map(|seen| (seen.period, seen.marks.and(self.indicator.marks_at(seen.period))))
            .filter(|(_, marks)| !marks.is_empty())
            .collect()
    }

    /// The figure as it will be printed.
    pub(super) fn reading(&self, period: Period) -> Reading {
        match self.raw(period) {
            Reading::Figure(figure) => {
                Reading::Figure(Figure { value: self.indicator.measure.round(figure.value), ..figure })
            }
            missing => missing,
        }
    }

    /// The figure a year before, unless the series breaks between.
    fn year_before(&self, period: Period) -> Reading {
        let then = self.indicator.frequency.year_before(period);
        match self.indicator.break_between(then, period) {
            Some(_) => Reading::Missing(Missing::NotApplicable),
            None => self.reading(then),
        }
    }

    pub(super) fn rating(&self, period: Period) -> Rating {
        self.rate(period, self.reading(period))
    }

    /// The rating of several months as one figure, which end with this one.
    pub(super) fn rating_of_several(&self, last: Period, reading: Reading) -> Option<Rating> {
        let target = in_force(&self.indicator.targets, last);
        let goes_by_more =
            target.is_some_and(|target| target.maximum.is_some() || matches!(target.rule, Rule::Improved(_)));
        (!goes_by_more).then(|| self.rate_as(last, reading, reading))
    }

    fn rating_unrounded(&self, period: Period) -> Rating {
        self.rate(period, self.raw(period))
    }

    fn rate(&self, period: Period, reading: Reading) -> Rating {
        self.rate_as(period, reading, self.raw(period))
    }

    /// The rating of a figure; `raw` is what it was before it was rounded.
    fn rate_as(&self, period: Period, reading: Reading, raw: Reading) -> Rating {
        let target = in_force(&self.indicator.targets, period);
        match reading {
            // A context indicator stays context, with or without a figure.
            Reading::Missing(missing) if target.is_some() => Rating::Unrated(Unrated::NoFigure(missing)),
            Reading::Missing(_) => rate(Decimal::ZERO, None, self.indicator.polarity, Beside::default()),
            Reading::Figure(_) if target.is_some() && is_too_few(self.indicator, &reading) => {
                Rating::Unrated(Unrated::TooFew)
            }
            Reading::Figure(figure) => {
                let beside = target.map(|target| self.beside(period, target)).unwrap_or_default();
                // One of 421 is 0% as printed, and is not none.
                let is_strict = target.is_some_and(|target| target.rule == Rule::Zero);
                let counts = if is_strict { raw } else { reading };
                let value = counts.figure().map_or(figure.value, |counts| match counts.numerator {
                    Some(counted) if is_strict && counts.value.is_zero() => counted,
                    _ => counts.value,
                });
                rate(value, target, self.indicator.polarity, beside)
            }
        }
    }

    /// The last points, beginning with the first month that has anything to say.
    fn series(&self, last: Period, most: usize) -> Vec<SeriesPoint> {
        let mut points = Vec::with_capacity(most);
        let mut period = last;
        for _ in 0..most {
            points.push(SeriesPoint { period, reading: self.reading(period), rating: Some(self.rating(period)) });
            period = self.indicator.frequency.previous(period);
        }
        points.reverse();
        let silent =
            points.iter().take_while(|point| matches!(point.reading, Reading::Missing(Missing::NotSupplied))).count();
        // A series that has not begun is not a series with gaps.
        points.drain(..silent.min(points.len() - 1));
        points
    }
}

pub(super) fn is_too_few(indicator: &Indicator, reading: &Reading) -> bool {
    reading.figure().is_some_and(|figure| indicator.is_too_few(figure))
}
