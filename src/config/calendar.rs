//! `calendar.toml`: bank holidays.

use std::collections::BTreeSet;

use super::files::Files;
use super::reader::{Faults, Texts};
use crate::domain::Calendar;

const FILE: &str = "calendar.toml";

pub(super) fn read(files: &Files, faults: &Faults) -> Calendar {
    let Some(mut root) = super::open(files, FILE, faults) else {
        return Calendar::default();
    };
    let texts: Texts = root.or("bank_holidays", Texts::default());
    let mut bank_holidays = BTreeSet::new();
    for (i, text) in texts.0.iter().enumerate() {
        match text.parse() {
            Ok(date) => {
                bank_holidays.insert(date);
            }
            Err(_) => root.fault(
                &format!("bank_holidays[{i}]"),
                format!("found {text:?}; expected a date such as 2026-12-25"),
                "",
            ),
        }
    }
    root.finish();
    Calendar { bank_holidays }
}
