//! What a figure must satisfy, one function a rule.

use rust_decimal::Decimal;

use super::number::{CellContent, NumberFault, PercentMark, TOO_LARGE};
use crate::domain::finding::Code;
use crate::domain::measure::{Measure, Unit, round};

/// F301: "85%" is no count and no rate. A number under a percent format is
/// let be: the format says how it looks, the sign what was meant.
pub(super) fn no_percentage(content: CellContent) -> Result<(), NumberFault> {
    match content {
        CellContent::Number(number) if number.mark == PercentMark::Sign => Err(NumberFault::new(
            Code::CellNotNumber,
            format!("found {}%; expected a number, not a percentage", number.value.normalize()),
            "type the number, or correct `unit` in indicators.toml",
        )),
        _ => Ok(()),
    }
}

/// F306: what a reader of the sheet sees as −3.5% is no −0.035 of another unit.
/// Nothing is nothing in any format.
pub(super) fn no_percent_format(unit: Unit, content: CellContent) -> Result<(), NumberFault> {
    match content {
        CellContent::Number(number) if number.mark == PercentMark::Format && !number.value.is_zero() => {
            let value = number.value.normalize();
            Err(NumberFault::new(
                Code::CellPercentFormat,
                format!(
                    "the sheet shows {}%, which is {value} under a percent format; expected a number, because the unit is {}",
                    (value * Decimal::ONE_HUNDRED).normalize(),
                    unit.word()
                ),
                "format the cell as a number, or correct `unit` in indicators.toml (with `signed = true`, a percentage may be below zero)",
            ))
        }
        _ => Ok(()),
    }
}

/// F304: percentages lie from 0 to 100; counts, rates, days and means are not
/// negative; a score may be anything, and so may what is declared `signed`.
pub(super) fn in_range(measure: &Measure, value: Decimal) -> Result<(), NumberFault> {
    if measure.signed {
        return Ok(());
    }
    let (holds, expected) = match measure.unit {
        Unit::Percent => (value >= Decimal::ZERO && value <= Decimal::ONE_HUNDRED, "0% to 100%"),
        Unit::Count | Unit::Rate | Unit::Days | Unit::Mean => (value >= Decimal::ZERO, "0 or more"),
        Unit::Pounds | Unit::ThousandPounds | Unit::MillionPounds => (value >= Decimal::ZERO, "0 or more"),
        Unit::Score => (true, ""),
    };
    if holds {
        return Ok(());
    }
    let (shown, hint) = match measure.unit {
        Unit::Percent => (
            format!("{}%", value.normalize()),
            "type the right figure; if figures stand as fractions or points, say so with `percent` in sources.toml; if they are changes or variances, say `signed = true` in indicators.toml",
        ),
        _ => (
            value.normalize().to_string(),
            "type the right figure; if it may be below zero, as a net change may, say `signed = true` in indicators.toml",
        ),
    };
    Err(NumberFault::new(Code::CellOutOfRange, format!("found {shown}; expected {expected}"), hint))
}

/// F305: a count is whole.
pub(super) fn is_whole(measure: &Measure, value: Decimal) -> Result<(), NumberFault> {
    if measure.unit != Unit::Count || value.fract().is_zero() {
        return Ok(());
    }
    Err(NumberFault::new(
        Code::CellNotWhole,
        format!("found {}; expected a whole number, because it is a count", value.normalize()),
        "type the right figure, or correct `unit` in indicators.toml",
    ))
}

/// F304: numerators and denominators are not negative.
pub(super) fn part_in_range(measure: &Measure, role: &str, value: Decimal) -> Result<(), NumberFault> {
    let may_be_below = measure.signed && role == "numerator";
    if value.is_sign_positive() || value.is_zero() || may_be_below {
        return Ok(());
    }
    Err(NumberFault::new(
        Code::CellOutOfRange,
        format!("found {} as {role}; expected 0 or more", value.normalize()),
        "type the right figure",
    ))
}

/// F501: no more can have happened than could have. F304: nothing is so many
/// for each of none.
pub(super) fn numerator_fits(measure: &Measure, numerator: Decimal, denominator: Decimal) -> Result<(), NumberFault> {
    let shown = || (numerator.normalize(), denominator.normalize());
    if measure.unit == Unit::Percent && !measure.signed && numerator > denominator {
        let (n, d) = shown();
        return Err(NumberFault::new(
            Code::NumeratorTooLarge,
            format!("the numerator {n} is greater than the denominator {d}; expected at most {d}"),
            "correct the numerator or the denominator",
        ));
    }
    if denominator.is_zero() && !numerator.is_zero() && measure.unit != Unit::Count {
        let (n, _) = shown();
        return Err(NumberFault::new(
            Code::CellOutOfRange,
            format!("found the denominator 0 under the numerator {n}; expected more than 0"),
            "correct the numerator or the denominator",
        ));
    }
    Ok(())
}

/// F304: what a numerator and a denominator give can be held and compared.
pub(super) fn is_sensible(worked: Decimal) -> Result<(), NumberFault> {
    if worked.abs() < Decimal::from(TOO_LARGE) {
        return Ok(());
    }
    Err(NumberFault::new(
        Code::CellOutOfRange,
        "the numerator over the denominator is beyond all measure; expected a figure below 1,000,000,000,000,000",
        "correct the numerator or the denominator",
    ))
}

/// F502: the supplied figure is what numerator and denominator give, at the
/// precision it is supplied with, and at least at the measure's, or within what
/// its indicator allows. F503 where
/// the two are a hundred times apart.
pub(super) fn ratio_agrees(
    measure: &Measure,
    supplied: Decimal,
    worked: Decimal,
    parts: (Decimal, Decimal),
    within: Decimal,
) -> Result<(), NumberFault> {
    // Behind six digits stands only the noise of a spreadsheet's arithmetic.
    let precision = supplied.normalize().scale().min(6).max(measure.precision).min(20);
    let half = Decimal::new(5, precision + 1);
    if (supplied - worked).abs() <= half.max(within) {
        return Ok(());
    }
    let sign = if measure.unit == Unit::Percent { "%" } else { "" };
    let (n, d) = (parts.0.normalize(), parts.1.normalize());
    if measure.unit == Unit::Percent && is_hundredfold(supplied, worked) {
        let message = format!(
            "found {}%, but {n} over {d} gives {}%, a hundred times {}",
            shown(measure, supplied),
            shown(measure, worked),
            if supplied < worked { "more" } else { "less" }
        );
        // How to mend it, the whole series says.
        return Err(NumberFault::new(Code::PercentScale, message, ""));
    }
    Err(NumberFault::new(
        Code::RatioDisagrees,
        format!(
            "found {}{sign}, but {n} over {d} gives {}{sign}",
            round(supplied, precision).normalize(),
            round(worked, precision)
        ),
        match supplied.normalize() == round(worked, supplied.normalize().scale()).normalize() {
            true => format!(
                "supply it to {precision} decimal places; where it is meant to be rounded, say `ratio_within = 0.5` under `checks` of the indicator"
            ),
            false => format!(
                "correct the numerator, the denominator or the figure, or supply it to {precision} decimal places"
            ),
        },
    ))
}

/// A figure as a message quotes it: one digit more than the pack prints, or as
/// many as a small one needs to be seen at all.
pub(super) fn shown(measure: &Measure, value: Decimal) -> Decimal {
    let rounded = round(value, measure.precision + 1).normalize();
    if rounded.is_zero() { value.round_sf(2).unwrap_or(value).normalize() } else { rounded }
}

/// Whether one of two figures is a hundred times the other, near enough for
/// figures that were rounded.
pub(super) fn is_hundredfold(a: Decimal, b: Decimal) -> bool {
    let (small, large) = if a < b { (a, b) } else { (b, a) };
    let scaled = small * Decimal::ONE_HUNDRED;
    small > Decimal::ZERO && (scaled - large).abs() <= (large * Decimal::new(2, 2)).max(Decimal::new(5, 1))
}
