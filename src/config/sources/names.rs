//! What a source calls the register's indicators.

use std::collections::BTreeMap;

use super::words::Headings;
use crate::config::reader::TableReader;
use crate::config::suggest;
use crate::domain::layout::{Heading, Naming};
use crate::domain::{IndicatorRef, Register, SourceId};

pub(super) fn read(id: &SourceId, mut table: TableReader<'_>, register: &Register) -> BTreeMap<IndicatorRef, Naming> {
    let mut names = BTreeMap::new();
    for (key, value) in table.entries() {
        let known = IndicatorRef::parse(&key).ok().filter(|reference| register.contains_key(reference));
        let Some(reference) = known else {
            if !register.is_empty() && !table.faults().is_declared(&key) {
                let hint = suggest::indicator(&key, register);
                table.fault(&key, "is not in the register", hint);
            }
            continue;
        };
        if register.get(&reference).is_some_and(|indicator| indicator.source != *id) {
            table.fault(&key, "has another source in indicators.toml", "an indicator has one source");
        }
        let naming = if matches!(value.kind, config::ValueKind::Table(_)) {
            let mut entry = table.entry(&key, value);
            let naming = Naming {
                names: entry
                    .required("name", "what the source calls it")
                    .map(|headings: Headings| headings.0)
                    .unwrap_or_default(),
                numerator: one(&mut entry, "numerator"),
                denominator: one(&mut entry, "denominator"),
                not_due: one(&mut entry, "not_due"),
                block: entry.optional("block"),
                under: one(&mut entry, "under"),
            };
            entry.finish();
            naming
        } else {
            match value.try_deserialize::<Headings>() {
                Ok(headings) => Naming { names: headings.0, ..Naming::default() },
                Err(_) => {
                    table.fault(
                        &key,
                        "expected what the source calls it",
                        "a text, a list of texts, or a table with `name`",
                    );
                    continue;
                }
            }
        };
        names.insert(reference, naming);
    }
    names
}

/// One header under a key; a list is more than there is a place for.
fn one(entry: &mut TableReader<'_>, key: &'static str) -> Option<Heading> {
    let mut headings = entry.optional::<Headings>(key)?.0;
    if headings.len() > 1 {
        entry.fault(key, "expected one header", "a text, or { pattern = \"…\" }");
    }
    headings.pop()
}
