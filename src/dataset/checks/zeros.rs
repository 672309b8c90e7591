//! Noughts where there never were any.

use rust_decimal::Decimal;

use super::usual;
use super::{CheckInput, about, about_file, in_month};
use crate::dataset::report::{listed, month_words};
use crate::domain::finding::{Code, Finding};
use crate::domain::indicator::Indicator;
use crate::domain::measure::{Unit, double};
use crate::domain::observation::{Figure, Missing, Observation, Reading};
use crate::domain::period::Period;

/// Counts of at least so many are never none by chance.
const MANY: u32 = 20;

/// Where most figures of a month are noughts, each may be of a few.
const SOME: u32 = 3;

/// Noughts of a month that make it a month of noughts.
const TOGETHER: usize = 3;

/// A nought of the latest month, and the least that the rest of its series has.
struct Nought<'o> {
    seen: &'o Observation,
    least: Decimal,
    is_alone: bool,
    count: usize,
}

/// F430: for the source, where its month holds little but noughts; else for
/// each figure that was never near one.
pub(super) fn check(asked: &CheckInput<'_>) -> Vec<Finding> {
    let mut noughts: Vec<(&Indicator, Nought<'_>)> = Vec::new();
    let mut figures = 0;
    for indicator in asked.indicators {
        let month = indicator.latest_due(asked.period);
        let Some(seen) = asked.dataset.reading(&indicator.reference, month) else { continue };
        let usually = |size: u32| is_never_nought(asked, indicator, month, size);
        if !is_nought(seen) {
            figures += usize::from(seen.reading.figure().is_some() && usually(SOME).is_some());
        } else if let Some((least, count)) = usually(SOME) {
            figures += 1;
            noughts.push((indicator, Nought { seen, least, is_alone: usually(MANY).is_some(), count }));
        }
    }
    if noughts.len() >= TOGETHER && noughts.len() * 5 >= figures * 4 {
        return of_source(asked, &noughts, figures).into_iter().collect();
    }
    let alone = noughts.into_iter().filter(|(_, nought)| nought.is_alone);
    alone.map(|(indicator, nought)| of_figure(asked, indicator, &nought)).collect()
}

/// A figure of 0, or none of none.
fn is_nought(seen: &Observation) -> bool {
    match seen.reading {
        Reading::Figure(figure) => figure.value.is_zero(),
        Reading::Missing(reason) => reason == Missing::NoneOfNone,
    }
}

/// What is counted behind a figure, as far as that is known.
fn size(indicator: &Indicator, figure: &Figure) -> Option<Decimal> {
    match indicator.measure.unit {
        Unit::Count => Some(figure.value),
        _ => figure.numerator,
    }
}

/// The least figure of the others and how many they are, where none of them is
/// near nought: each of `many` counted, or, where nothing says how many, far
/// from it by their own spread.
fn is_never_nought(
    asked: &CheckInput<'_>,
    indicator: &Indicator,
    month: Period,
    many: u32,
) -> Option<(Decimal, usize)> {
    // A year to date begins anew, and may do so with nothing.
    if indicator.basis == crate::domain::indicator::Basis::YearToDate && month.month() == 4 {
        return None;
    }
    let others = usual::others(asked, indicator, month, |_, figure| Some(*figure));
    let least = others.iter().map(|figure| figure.value).min()?;
    let most = others.iter().map(|figure| figure.value).max()?;
    let sizes: Option<Vec<Decimal>> = others.iter().map(|figure| size(indicator, figure)).collect();
    let is_far = match sizes {
        Some(sizes) => sizes.iter().all(|size| *size >= many.into()),
        None => double(least) * 3.0 >= double(most),
    };
    (others.len() >= usual::ENOUGH && least > Decimal::ZERO && is_far).then_some((least, others.len()))
}

fn of_figure(asked: &CheckInput<'_>, indicator: &Indicator, nought: &Nought<'_>) -> Finding {
    let found = if nought.seen.reading.figure().is_some() {
        super::shown(indicator, Decimal::ZERO)
    } else {
        "0 of 0".to_owned()
    };
    let message = format!(
        "found {found}, and none of the {} other figures of the series is below {}",
        nought.count,
        super::shown(indicator, nought.least)
    );
    let hint =
        "if there is no figure yet, leave the cell empty or type a marker; if 0 is right, say why in the commentary";
    let finding = about(asked, Code::Noughts, nought.seen, message, hint);
    in_month(asked, indicator, finding, nought.seen.period)
}

fn of_source(asked: &CheckInput<'_>, noughts: &[(&Indicator, Nought<'_>)], figures: usize) -> Option<Finding> {
    let month = noughts.iter().map(|(_, nought)| nought.seen.period).max()?;
    let references: Vec<String> = noughts.iter().map(|(indicator, _)| indicator.reference.to_string()).collect();
    let message = format!(
        "{} of the {figures} figures that were never 0 are 0 in {}: {}",
        noughts.len(),
        month_words(month),
        listed(&references)
    );
    let hint = "if the month is not filled in yet, leave its cells empty; else check each";
    Some(about_file(asked, Code::Noughts, message, hint))
}
