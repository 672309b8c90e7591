//! `sources.toml`: which workbooks there are and how they are laid out.
//!
//! | file | story |
//! |---|---|
//! | here | a source: its title, storage and files |
//! | `table` | how its table is laid out |
//! | `month` | where its months stand and what they look like |
//! | `formats` | which formats of months cannot be right |
//! | `segments` | which columns name the parts of an indicator |
//! | `names` | what it calls the register's indicators |
//! | `words` | values that may be written in more than one way |

mod formats;
mod month;
mod names;
mod segments;
mod table;
mod words;

use std::collections::BTreeMap;

use super::fault::Faults;
use super::files::Files;
use super::reader::TableReader;
use super::service::Service;
use super::suggest;
use crate::domain::layout::Table;
use crate::domain::{Register, Source, SourceId};

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
    let Some(mut root) = TableReader::open(files, FILE, faults) else {
        return sources;
    };
    let mut table = root.table("sources");
    for (name, value) in table.entries() {
        faults.declare(&name);
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

fn source(id: SourceId, entry: &mut TableReader<'_>, service: &Option<Service>, register: &Register) -> Option<Source> {
    let title = entry.text("title", "the workbook's name for people");
    let files = entry.text("files", "the file below its storage, such as \"kpi/KPI_{period}.xlsx\"");
    let storage = entry.or("storage", "share".to_owned());
    if let Some(service) = service
        && !service.storages.contains_key(&storage)
    {
        let hint = match suggest::nearest(&storage, service.storages.keys().map(String::as_str)) {
            Some(near) => format!("did you mean {near:?}?"),
            None => format!("declare [storage.{storage}] in boardpack.toml"),
        };
        entry.fault("storage", format!("{storage:?} is not in boardpack.toml"), hint);
    }
    let declared = service.as_ref().and_then(|service| service.storages.get(&storage));
    if let Some(why) = declared.and_then(|declared| declared.kind.no_patterns)
        && files.contains(['*', '?'])
    {
        let hint = "name the file, with {period} where it changes";
        entry.fault("files", format!("has a pattern, but {why}"), hint);
    }
    let newest = entry.optional("newest");
    let carry_forward_months = entry.or("carry_forward_months", 0);
    if carry_forward_months > 0 && !files.contains("{period}") && !files.contains("{month}") {
        entry.fault(
            "carry_forward_months",
            "needs a file for each month",
            "write {period}, or {year} and {month}, in `files`",
        );
    }
    let checks = super::checks::of_source(entry);
    let person = super::person::read(&id, entry, register);
    let table = if person.is_some() { Table::default() } else { table::read(&id, entry, register)? };
    Some(Source { id, title, storage, files, newest, carry_forward_months, table, person, checks })
}
