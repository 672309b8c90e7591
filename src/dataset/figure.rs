//! A mapping into an observation.
//!
//! Where a ratio comes with its numerator and denominator, the figure is
//! worked from them, and what the source printed must agree.

use rust_decimal::Decimal;

use super::cell_mapping::{CellMapping, MappedCell};
use super::marks;
use super::not_due::{self, LeftOut};
use super::number::{CellContent, Number, NumberFault, Numbers, PercentMark};
use super::percent_scale::ScaleDoubt;
use super::report::ReadReport;
use super::rules;
use crate::domain::finding::Code;
use crate::domain::layout::{OwnColour, PercentStyle};
use crate::domain::mark::FigureMarks;
use crate::domain::measure::Unit;
use crate::domain::observation::{Figure, Missing, NotDue, Observation, Reading};
use crate::domain::place::At;
use crate::workbook::Cell;

/// An observation, and what is known about how it came to be.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct CheckedFigure {
    pub(super) observation: Observation,
    /// The value was worked from its parts.
    pub(super) worked: bool,
    /// The value's own cell does not say whether it is a percentage.
    pub(super) bare: bool,
    /// The value stands in a cell of its own.
    pub(super) printed: bool,
}

/// The observation that a mapping comes to; none where a cell is at fault,
/// which is reported.
pub(super) fn judge(
    mapping: &CellMapping<'_, '_>,
    own_rating: Option<OwnColour>,
    percent: PercentStyle,
    numbers: &Numbers,
    report: &mut ReadReport,
) -> Option<CheckedFigure> {
    let cells = &mapping.cells;
    // Every cell is read before any fault stops the mapping, so that all are told.
    let numerator = part(mapping, "numerator", cells.numerator, numbers, report);
    let denominator = part(mapping, "denominator", cells.denominator, numbers, report)
        .and_then(|denominator| not_due::leave_out(mapping, denominator, numbers, report));
    let left = denominator.ok().and_then(|(_, left)| left);
    let denominator = denominator.map(|(denominator, _)| denominator);
    let parts = match (numerator, denominator) {
        (Ok(Some(CellContent::Number(n))), Ok(Some(CellContent::Number(d)))) => Some((n.value, d.value)),
        _ => None,
    };
    // Excel writes #DIV/0! where nobody could have been counted.
    let none_of_none =
        mapping.indicator.measure.unit != Unit::Count && parts.is_some_and(|(n, d)| n.is_zero() && d.is_zero());
    let is_worked = parts.is_some() && mapping.indicator.measure.unit != Unit::Count;
    let value = value(mapping, none_of_none, is_worked, numbers, report);
    // Beside no figure it does not matter what is said.
    let mark = cells.mark.filter(|_| !cells.are_blank());
    let beside = match (numbers.marks.of_column(mark), mark) {
        (Err(fault), Some(given)) => refuse(mapping, given, fault, report),
        (beside, _) => Ok(beside.unwrap_or_default()),
    };
    let (Ok(value), Ok(numerator), Ok(denominator), Ok(beside)) = (value, numerator, denominator, beside) else {
        return None;
    };
    let marks = marks::of([value, numerator, denominator]).and(beside);

    let on = report.origin();
    let seen = |reading, worked, mark: Option<PercentMark>| {
        let observation = Observation {
            indicator: mapping.indicator.reference.clone(),
            period: mapping.month,
            reading,
            not_due: left.map(|left| NotDue::Count(left.many)),
            own_rating,
            marks: if matches!(reading, Reading::Figure(_)) { marks } else { FigureMarks::default() },
            on,
            cell: Some(At::from(cells.spot())),
            cells: cells.spots(),
        };
        Some(CheckedFigure { observation, worked, bare: mark == Some(PercentMark::Bare), printed: mark.is_some() })
    };
    let is_blank = cells.value.is_none_or(|given| given.is_blank());
    if let (true, Some(CellContent::Number(number)), Some(given)) = (none_of_none, value, cells.value) {
        note_typed_beside_none(mapping, number, given, percent, report);
    }
    match value {
        // A marker is the source's own word; it stands whatever the parts say.
        Some(CellContent::Missing(reason)) if !is_blank => seen(Reading::Missing(reason), false, None),
        _ if none_of_none => seen(Reading::Missing(Missing::NoneOfNone), false, None),
        Some(CellContent::Number(number)) => {
            let figure = settle(
                mapping,
                Some(scaled(number, mapping.indicator.measure.unit, percent)),
                (numerator, denominator, left),
                report,
            )?;
            seen(Reading::Figure(figure), parts.is_some(), Some(number.mark))
        }
        _ if is_worked => {
            let figure = settle(mapping, None, (numerator, denominator, left), report)?;
            seen(Reading::Figure(figure), true, None)
        }
        _ => seen(Reading::Missing(why_missing(numerator, denominator, numbers)), false, None),
    }
}

/// F505: what was typed where nobody could have been counted is not printed.
fn note_typed_beside_none(
    mapping: &CellMapping<'_, '_>,
    number: Number,
    given: MappedCell<'_>,
    percent: PercentStyle,
    report: &mut ReadReport,
) {
    let unit = mapping.indicator.measure.unit;
    let sign = if unit == Unit::Percent { "%" } else { "" };
    let message = format!(
        "found {}{sign} beside 0 of 0; expected no figure, because there was nobody to count",
        rules::shown(&mapping.indicator.measure, scaled(number, unit, percent))
    );
    let hint =
        "empty the cell: the page prints 0 of 0; if there was somebody, correct the numerator and the denominator";
    report.at_figure(Code::TypedBesideNone, given.spot, mapping.indicator, mapping.month, message, hint);
}

/// The value's own cell; an error where it is at fault and nothing stands in
/// for it.
fn value(
    mapping: &CellMapping<'_, '_>,
    none_of_none: bool,
    is_worked: bool,
    numbers: &Numbers,
    report: &mut ReadReport,
) -> Result<Option<CellContent>, ()> {
    let unit = mapping.indicator.measure.unit;
    match mapping.cells.value {
        None => Ok(None),
        Some(given) => match numbers.read(without_pound(unit, given.cell).as_ref().or(given.cell)) {
            Err(_) if none_of_none => Ok(None),
            // The figure is worked from its parts, and this cell only checks them.
            Err(fault) if fault.code == Code::CellUncalculated && is_worked => {
                let text = (
                    fault.message,
                    "open the workbook in Excel, let it calculate, and save it, so that the two can be compared"
                        .to_owned(),
                );
                report.note_at_figure(given.spot, mapping.indicator, mapping.month, fault.code, text);
                Ok(None)
            }
            Err(fault) => refuse(mapping, given, fault, report),
            Ok(content) if unit != Unit::Percent => rules::no_percentage(content)
                .and_then(|()| rules::no_percent_format(unit, content))
                .map(|()| Some(content))
                .or_else(|fault| refuse(mapping, given, fault, report)),
            Ok(content) => Ok(Some(content)),
        },
    }
}

/// A text with a pound sign in it without that, where the figure is money.
fn without_pound(unit: Unit, cell: Option<&Cell>) -> Option<Cell> {
    match cell {
        Some(Cell::Text(typed)) if unit.is_money() && typed.contains('£') => {
            Some(Cell::Text(typed.replacen('£', "", 1)))
        }
        _ => None,
    }
}

/// A numerator's or denominator's cell; an error where it is at fault.
pub(super) fn part(
    mapping: &CellMapping<'_, '_>,
    role: &str,
    given: Option<MappedCell<'_>>,
    numbers: &Numbers,
    report: &mut ReadReport,
) -> Result<Option<CellContent>, ()> {
    let Some(given) = given else { return Ok(None) };
    let content = match numbers.read(given.cell) {
        Ok(content) => content,
        Err(fault) => return refuse(mapping, given, fault, report),
    };
    let sound = match content {
        CellContent::Number(number) => rules::no_percentage(content)
            .and_then(|()| rules::no_percent_format(Unit::Count, content))
            .and_then(|()| rules::part_in_range(&mapping.indicator.measure, role, number.value)),
        CellContent::Missing(_) => Ok(()),
    };
    sound.map(|()| Some(content)).or_else(|fault| refuse(mapping, given, fault, report))
}

pub(super) fn refuse<T>(
    mapping: &CellMapping<'_, '_>,
    given: MappedCell<'_>,
    fault: NumberFault,
    report: &mut ReadReport,
) -> Result<T, ()> {
    report.at_figure(fault.code, given.spot, mapping.indicator, mapping.month, fault.message, fault.hint);
    Err(())
}

/// A percentage in points, however it stands in its cell. A cell that says it
/// is a percentage is one; the declared style is about bare numbers.
fn scaled(number: Number, unit: Unit, percent: PercentStyle) -> Decimal {
    let is_fraction = match number.mark {
        PercentMark::Format => true,
        PercentMark::Bare => percent == PercentStyle::Fraction,
        PercentMark::Sign => false,
    };
    if unit == Unit::Percent && is_fraction { (number.value * Decimal::ONE_HUNDRED).normalize() } else { number.value }
}

/// The figure, once it satisfies the rules; none where it does not.
fn settle(
    mapping: &CellMapping<'_, '_>,
    supplied: Option<Decimal>,
    (numerator, denominator, left): (Option<CellContent>, Option<CellContent>, Option<LeftOut>),
    report: &mut ReadReport,
) -> Option<Figure> {
    let measure = &mapping.indicator.measure;
    let number = |content: Option<CellContent>| match content {
        Some(CellContent::Number(number)) => Some(number.value),
        _ => None,
    };
    let (numerator, denominator) = (number(numerator), number(denominator));
    let mut good = true;
    let mut check = |rule: Result<(), NumberFault>, holds_figure: bool| {
        if let Err(fault) = rule {
            report.at_figure(
                fault.code,
                mapping.cells.spot(),
                mapping.indicator,
                mapping.month,
                fault.message,
                fault.hint,
            );
            good &= !holds_figure;
        }
    };
    let parts = numerator.zip(denominator);
    let fits = parts.map_or(Ok(()), |(n, d)| rules::numerator_fits(measure, n, d));
    // 106% is what parts that do not fit give: one cause is told once.
    if let Some(supplied) = supplied.filter(|_| fits.is_ok()) {
        check(rules::in_range(measure, supplied), true);
        check(rules::is_whole(measure, supplied), true);
    }
    let mut worked = None;
    if let Some((n, d)) = parts {
        let exact = if fits.is_ok() { measure.exact_ratio(n, d) } else { None };
        // A percentage whose parts fit is at most 100.
        let bounded = measure.unit == Unit::Percent && !measure.signed;
        let sensible = exact.filter(|_| !bounded).map_or(Ok(()), rules::is_sensible);
        worked = exact.filter(|_| sensible.is_ok());
        check(fits, true);
        check(sensible, true);
        if let (Some(supplied), Some(worked)) = (supplied, worked) {
            // The parts carry the figure even where the printed one disagrees.
            let within = mapping.indicator.checks.ratio_within;
            let agrees = not_due::agrees(measure, supplied, worked, (n, d), left, within);
            match agrees {
                Err(fault) if fault.code == Code::PercentScale => {
                    let doubt = ScaleDoubt::new(mapping, fault, (supplied, worked), report);
                    report.doubts.push(doubt);
                }
                agrees => check(agrees, false),
            }
        }
    }
    let value = worked.or(supplied).filter(|_| good)?;
    Some(Figure { value, numerator, denominator })
}

/// Why there is no figure, as far as its parts say: a marker's reason before
/// a blank's.
fn why_missing(numerator: Option<CellContent>, denominator: Option<CellContent>, numbers: &Numbers) -> Missing {
    let reasons = [numerator, denominator].into_iter().flatten().filter_map(|content| match content {
        CellContent::Missing(reason) => Some(reason),
        CellContent::Number(_) => None,
    });
    reasons.into_iter().find(|reason| *reason != numbers.blank()).unwrap_or(numbers.blank())
}
