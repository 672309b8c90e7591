//! What an indicator is tied to, as its entry of `indicators.toml` says.

use super::fault::Faults;
use super::files::INDICATORS;
use super::reader::TableReader;
use super::suggest;
use crate::domain::related::{Forecast, Related, Relations};
use crate::domain::{IndicatorRef, Register};

pub(super) fn read(entry: &mut TableReader<'_>) -> Relations {
    let mut related = Vec::new();
    for mut table in entry.tables("related") {
        let to: Option<IndicatorRef> = table.required("to", "the indicator that it is read with");
        let because = table.or("because", String::new()).into();
        table.finish();
        related.extend(to.map(|to| Related { to, because }));
    }
    let mut forecasts = Vec::new();
    for mut table in entry.tables("forecasts") {
        let period = table.wanted("period", "the month that it was promised for, such as 2026-12");
        table.needs("value", "the figure that was promised");
        let value = table.decimal("value");
        table.needs("made", "the date on which it was promised");
        let made = table.date("made");
        table.finish();
        if let (Some(period), Some(value), Some(made)) = (period, value, made) {
            forecasts.push(Forecast { period, value, made });
        }
    }
    Relations { related, tags: entry.texts("tags"), partner: entry.or("partner", String::new()), forecasts }
}

/// Every indicator that another is read with is in the register.
pub(super) fn check(register: &Register, faults: &Faults) {
    for (reference, indicator) in register {
        for (i, related) in indicator.relations.related.iter().enumerate() {
            if register.contains_key(&related.to) || faults.is_declared(related.to.as_str()) {
                continue;
            }
            let hint = suggest::hint(related.to.as_str(), register.keys().map(IndicatorRef::as_str), "");
            faults.add(
                INDICATORS,
                &format!("indicators.{reference}.related[{i}].to"),
                format!("{} is not in the register", related.to),
                hint,
            );
        }
    }
}
