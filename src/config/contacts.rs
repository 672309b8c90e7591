//! `contacts.toml`: who is told by mail.

use std::collections::BTreeMap;

use super::fault::Faults;
use super::files::{CONTACTS, Files};
use super::reader::TableReader;
use super::suggest;
use super::value::Texts;
use crate::domain::contact::{Contacts, MailAddress};
use crate::domain::{Board, BoardId, Register, Source, SourceId};

/// The file, whose names must be known; nobody where there is none.
pub(super) fn read(
    files: &Files,
    (boards, register, sources): (&[Board], &Register, &BTreeMap<SourceId, Source>),
    faults: &Faults,
) -> Contacts {
    let Some(mut root) = TableReader::open(files, CONTACTS, faults) else {
        return Contacts::default();
    };
    let officers = addresses(&mut root, "officers");
    let it = addresses(&mut root, "it");
    let of_board = |name: &str| boards.iter().map(|board| &board.id).find(|id| id.as_str() == name).cloned();
    let board_names = || boards.iter().map(|board| board.id.as_str());
    let clerks: BTreeMap<BoardId, _> = by_name(&mut root, "clerks", of_board, board_names, "is no board");
    let roles = || {
        let signing = boards.iter().flat_map(Board::signatories);
        let presenting = boards.iter().map(|board| board.owner.as_str());
        register.values().map(|indicator| indicator.owner.as_str()).chain(signing).chain(presenting)
    };
    let of_role = |name: &str| roles().find(|role| *role == name).map(str::to_owned);
    let owners = by_name(&mut root, "owners", of_role, roles, "is the `owner` of no indicator and no board");
    let of_source = |name: &str| sources.keys().find(|id| id.as_str() == name).cloned();
    let source_names = || sources.keys().map(SourceId::as_str);
    let sources = by_name(&mut root, "sources", of_source, source_names, "is no source");
    root.finish();
    Contacts { officers, it, clerks, owners, sources }
}

/// Addresses, one or a list of them.
fn addresses(table: &mut TableReader<'_>, key: &'static str) -> Vec<MailAddress> {
    let texts = table.texts(key);
    texts.iter().filter_map(|text| address(table, key, text)).collect()
}

/// An address, or a fault.
pub(super) fn address(table: &TableReader<'_>, key: &str, text: &str) -> Option<MailAddress> {
    let address = MailAddress::parse(text);
    if address.is_none() {
        table.fault(key, format!("found {text:?}; expected the address of a mailbox"), "such as \"team@example.org\"");
    }
    address
}

/// A table of addresses, each under a name that `find` knows.
fn by_name<'n, K: Ord, N: Iterator<Item = &'n str>>(
    root: &mut TableReader<'_>,
    key: &'static str,
    find: impl Fn(&str) -> Option<K>,
    known: impl Fn() -> N,
    unknown: &str,
) -> BTreeMap<K, Vec<MailAddress>> {
    let mut table = root.table(key);
    let is_part = !table.faults().is_empty();
    let mut found = BTreeMap::new();
    for (name, value) in table.entries() {
        let Some(Texts(texts)) = table.value(&name, value) else { continue };
        let addresses: Vec<MailAddress> = texts.iter().filter_map(|text| address(&table, &name, text)).collect();
        match find(&name) {
            Some(of) => drop(found.insert(of, addresses)),
            // What could not be read may have the name.
            None if is_part => {}
            None => {
                let hint = suggest::hint(&name, known(), "");
                table.fault(&name, format!("{name:?} {unknown}"), hint);
            }
        }
    }
    table.finish();
    found
}
