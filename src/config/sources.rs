//! `sources.toml`: which workbooks there are and how they are laid out.

use std::collections::BTreeMap;

use regex::Regex;

use super::Register;
use super::files::Files;
use super::reader::{Faults, Reader, Texts, nearest};
use super::service::Service;
use crate::domain::layout::{Naming, Orientation, PercentStyle, Table};
use crate::domain::observation::Missing;
use crate::domain::{IndicatorRef, Source, SourceId};

const FILE: &str = "sources.toml";

pub(super) fn read(
    files: &Files,
    service: &Option<Service>,
    register: &Register,
    faults: &Faults,
) -> BTreeMap<SourceId, Source> {
    let mut sources = BTreeMap::new();
    if files.text(FILE).is_none() {
        faults.add(FILE, "", "is missing", "it says which workbooks there are and how they are laid out");
    }
    let Some(mut root) = super::open(files, FILE, faults) else {
        return sources;
    };
    let mut table = root.table("sources");
    for (name, value) in table.entries() {
        let mut entry = table.entry(&name, value);
        match SourceId::parse(&name) {
            Ok(id) => {
                let source = source(id.clone(), &mut entry, service, register);
                entry.finish();
                if let Some(source) = source {
                    sources.insert(id, source);
                }
            }
            Err(error) => entry.fault("", error.to_string(), ""),
        }
    }
    root.finish();
    sources
}

fn source(id: SourceId, entry: &mut Reader<'_>, service: &Option<Service>, register: &Register) -> Option<Source> {
    let title = entry.text("title", "the workbook's name for people");
    let files = entry.text("files", "the file below its storage, such as \"kpi/KPI_{period}.xlsx\"");
    let storage = entry.or("storage", "share".to_owned());
    if let Some(service) = service
        && !service.storages.contains_key(&storage)
    {
        let hint = match nearest(&storage, service.storages.keys().map(String::as_str)) {
            Some(near) => format!("did you mean {near:?}?"),
            None => format!("declare [storage.{storage}] in boardpack.toml"),
        };
        entry.fault("storage", format!("{storage:?} is not in boardpack.toml"), hint);
    }
    let person = super::person::read(&id, entry, register);
    let table = if person.is_some() { Table::default() } else { table(&id, entry, register)? };
    Some(Source { id, title, storage, files, table, person })
}

fn table(id: &SourceId, entry: &mut Reader<'_>, register: &Register) -> Option<Table> {
    let orientation: Option<Orientation> = entry.required("layout", "long, wide or columns");
    let sheet = entry.optional("sheet");
    let header_rows: Vec<u32> = entry.or("header_rows", vec![1]);
    if header_rows.is_empty() || header_rows.contains(&0) {
        entry.fault("header_rows", "expected rows as the sheet numbers them, from 1", "write header_rows = [4, 5]");
    }
    let drop_rows = patterns(entry, "drop_rows");
    let stop_at_blank_rows = entry.or("stop_at_blank_rows", 0);
    let percent = entry.or("percent", PercentStyle::Auto);
    let filter = texts_of(entry.table("filter"));
    let missing = missing(entry.table("missing"));
    let mut month = entry.table("month");
    let month_column = month.or("column", Texts::default()).0;
    let month_formats = month.or("formats", Texts::default()).0;
    match orientation {
        Some(Orientation::Long | Orientation::Columns) if month_column.is_empty() => {
            month.fault("column", "is missing", "the header of the column that holds the month");
        }
        Some(Orientation::Wide) if !month_column.is_empty() => {
            month.fault("column", "does not go with layout = \"wide\"", "in a wide table the months are the headers");
        }
        _ => {}
    }
    month.finish();
    let mut columns = entry.table("columns");
    let mut column = |key| columns.or(key, Texts::default()).0;
    let [indicator_column, value_column, numerator_column, denominator_column] =
        ["indicator", "value", "numerator", "denominator"].map(&mut column);
    if matches!(orientation, Some(Orientation::Long | Orientation::Wide)) && indicator_column.is_empty() {
        columns.fault("indicator", "is missing", "the header of the column that names the indicator");
    }
    if orientation == Some(Orientation::Long) && value_column.is_empty() && numerator_column.is_empty() {
        columns.fault("value", "is missing", "the header of the column that holds the figure");
    }
    columns.finish();
    let names = names(id, entry.table("indicators"), register);
    Some(Table {
        sheet,
        orientation: orientation?,
        header_rows,
        drop_rows,
        stop_at_blank_rows,
        percent,
        month_column,
        month_formats,
        filter,
        missing,
        indicator_column,
        value_column,
        numerator_column,
        denominator_column,
        names,
    })
}

fn patterns(entry: &mut Reader<'_>, key: &'static str) -> Vec<Regex> {
    let texts: Texts = entry.or(key, Texts::default());
    texts
        .0
        .iter()
        .filter_map(|text| {
            Regex::new(text)
                .map_err(|error| {
                    entry.fault(key, format!("found {text:?}: {error}"), "a regular expression such as \"^Total\"")
                })
                .ok()
        })
        .collect()
}

fn texts_of(mut table: Reader<'_>) -> BTreeMap<String, String> {
    table
        .entries()
        .into_iter()
        .filter_map(|(key, value)| match value.into_string() {
            Ok(text) => Some((key, text)),
            Err(_) => {
                table.fault(&key, "expected text", "");
                None
            }
        })
        .collect()
}

fn missing(mut table: Reader<'_>) -> BTreeMap<String, Missing> {
    // A blank cell means "not supplied" unless its source says otherwise.
    let mut markers = BTreeMap::from([(String::new(), Missing::NotSupplied)]);
    for (marker, value) in table.entries() {
        match value.try_deserialize::<Missing>() {
            Ok(reason) => {
                markers.insert(marker.trim().to_lowercase(), reason);
            }
            Err(_) => table.fault(
                &format!("{marker:?}"),
                "expected a reason",
                "one of not-supplied, unknown, not-applicable, unavailable, suppressed, low, unreliable, not-due",
            ),
        }
    }
    markers
}

fn names(id: &SourceId, mut table: Reader<'_>, register: &Register) -> BTreeMap<IndicatorRef, Naming> {
    let mut names = BTreeMap::new();
    for (key, value) in table.entries() {
        let known = IndicatorRef::parse(&key).ok().filter(|reference| register.contains_key(reference));
        let Some(reference) = known else {
            if !register.is_empty() {
                let hint = match nearest(&key, register.keys().map(IndicatorRef::as_str)) {
                    Some(near) => format!("did you mean {near}?"),
                    None => "define it in indicators.toml".to_owned(),
                };
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
                    .map(|texts: Texts| texts.0)
                    .unwrap_or_default(),
                numerator: entry.optional("numerator"),
                denominator: entry.optional("denominator"),
            };
            entry.finish();
            naming
        } else {
            match value.try_deserialize::<Texts>() {
                Ok(texts) => Naming { names: texts.0, ..Naming::default() },
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
