//! `calendar.toml`: bank holidays.

use std::collections::BTreeSet;

use super::fault::Faults;
use super::files::Files;
use super::reader::TableReader;
use crate::domain::Calendar;

const FILE: &str = "calendar.toml";

pub(super) fn read(files: &Files, faults: &Faults) -> Calendar {
    let Some(mut root) = TableReader::open(files, FILE, faults) else {
        return Calendar::default();
    };
    let mut bank_holidays = BTreeSet::new();
    for (i, text) in root.texts("bank_holidays").iter().enumerate() {
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
