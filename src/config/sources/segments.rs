//! `[[sources.<id>.segments]]`: columns that say which part of an indicator a
//! row counts (long).

use std::collections::{BTreeMap, BTreeSet};

use super::words::Headings;
use crate::config::reader::TableReader;
use crate::config::suggest;
use crate::config::value::Texts;
use crate::domain::Register;
use crate::domain::layout::{Heading, Orientation, SegmentColumn};

/// What a cell holds that speaks of the whole, where a source does not say.
const WHOLE: [&str; 3] = ["", "All", "Total"];

pub(super) fn read(
    entry: &mut TableReader<'_>,
    orientation: Option<Orientation>,
    register: &Register,
) -> Vec<SegmentColumn> {
    let tables = entry.tables("segments");
    if !tables.is_empty() && orientation.is_some_and(|orientation| orientation != Orientation::Long) {
        entry.fault("segments", "goes with layout = \"long\" only", "name the parts under `indicators`");
    }
    tables
        .into_iter()
        .map(|mut table| {
            let column = one(&mut table, register);
            table.finish();
            column
        })
        .collect()
}

fn one(table: &mut TableReader<'_>, register: &Register) -> SegmentColumn {
    let column = table.required("column", "the header of the column that names the category");
    let column = column.map(|headings: Headings| headings.0).unwrap_or_default();
    let by: Texts = table.required("by", "the breakdowns that it speaks of, such as \"age\"").unwrap_or_default();
    let whole = table.or("whole", Texts(WHOLE.map(str::to_owned).into())).0;
    let known: BTreeSet<&str> =
        register.values().flat_map(|indicator| &indicator.breakdowns).map(|breakdown| breakdown.id.as_str()).collect();
    for id in by.0.iter().filter(|id| !known.contains(id.as_str()) && !register.is_empty()) {
        let hint = match suggest::nearest(id, known.iter().copied()) {
            Some(near) => format!("did you mean {near:?}?"),
            None => "declare it under `breakdowns` of an indicator in indicators.toml".to_owned(),
        };
        table.fault("by", format!("no indicator has a breakdown {id:?}"), hint);
    }
    let names = names(table.table("names"), &by.0, register);
    SegmentColumn { column, by: by.0, whole, names }
}

/// What the column calls each category, beside its title and its name.
fn names(mut table: TableReader<'_>, by: &[String], register: &Register) -> BTreeMap<String, Vec<Heading>> {
    let categories: BTreeSet<&str> = register
        .keys()
        .filter_map(|reference| reference.as_part())
        .filter(|(_, breakdown, _)| by.iter().any(|id| id == breakdown))
        .map(|(_, _, category)| category)
        .collect();
    let mut names = BTreeMap::new();
    for (category, value) in table.entries() {
        if !categories.contains(category.as_str()) && !categories.is_empty() {
            let hint = suggest::nearest(&category, categories.iter().copied());
            let hint = hint.map(|near| format!("did you mean {near:?}?")).unwrap_or_default();
            table.fault(&category, "is no category of these breakdowns", hint);
        }
        match value.try_deserialize::<Headings>() {
            Ok(headings) => drop(names.insert(category, headings.0)),
            Err(_) => table.fault(&category, "expected what the source calls it", "a text or a list of texts"),
        }
    }
    names
}
