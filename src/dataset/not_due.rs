//! Those whose time is not up yet.
//!
//! A child who came into care last week cannot have had a check that is due
//! within a month: neither in time nor late, and so not counted at all.

use rust_decimal::Decimal;

use super::cell_mapping::CellMapping;
use super::figure::{part, refuse};
use super::number::{CellContent, Number, NumberFault, Numbers};
use super::report::ReadReport;
use super::rules;
use crate::domain::finding::Code;
use crate::domain::measure::{Measure, Unit};

/// How many were left out of a denominator, and what it was with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LeftOut {
    pub(super) many: Decimal,
    stated: Decimal,
}

/// The denominator without those not due yet, where the source counts them.
pub(super) fn leave_out(
    mapping: &CellMapping<'_, '_>,
    denominator: Option<CellContent>,
    numbers: &Numbers,
    report: &mut ReadReport,
) -> Result<(Option<CellContent>, Option<LeftOut>), ()> {
    let Some(given) = mapping.cells.not_due.filter(|_| mapping.indicator.measure.unit != Unit::Count) else {
        return Ok((denominator, None));
    };
    let not_due = part(mapping, "number not due yet", Some(given), numbers, report)?;
    let (Some(CellContent::Number(not_due)), Some(CellContent::Number(all))) = (not_due, denominator) else {
        return Ok((denominator, None));
    };
    if not_due.value > all.value {
        let message = format!(
            "found {} not due yet; expected at most {}, the denominator",
            not_due.value.normalize(),
            all.value.normalize()
        );
        let hint = "the denominator counts those not due yet too; correct whichever is wrong";
        return refuse(mapping, given, NumberFault::new(Code::NotDueTooMany, message, hint), report);
    }
    let left = (!not_due.value.is_zero()).then_some(LeftOut { many: not_due.value, stated: all.value });
    Ok((Some(CellContent::Number(Number { value: all.value - not_due.value, ..all })), left))
}

/// A figure that the source printed agrees with its parts, or with what they
/// were before those not due were left out.
pub(super) fn agrees(
    measure: &Measure,
    supplied: Decimal,
    worked: Decimal,
    (n, d): (Decimal, Decimal),
    left: Option<LeftOut>,
    within: Decimal,
) -> Result<(), NumberFault> {
    rules::ratio_agrees(measure, supplied, worked, (n, d), within).or_else(|fault| {
        let stated = left.map(|left| left.stated);
        let before = stated.and_then(|stated| Some((stated, measure.exact_ratio(n, stated)?)));
        match before {
            Some((stated, worked)) => {
                rules::ratio_agrees(measure, supplied, worked, (n, stated), within).map_err(|_| fault)
            }
            None => Err(fault),
        }
    })
}
