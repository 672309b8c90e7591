//! What was remembered before there was a ledger: a file `held-issued.json` with the
//! latest revision of every pack and the digest of its manifest. It is taken over once,
//! into a ledger that is new, and stays where it is.

use std::collections::BTreeMap;
use std::io;
use std::path::Path;

use super::LedgerError;
use crate::domain::{BoardId, Edition, PackKey};
use crate::publish::{KnownRevision, KnownRevisions};

/// The latest revision of a pack, as it was issued.
#[derive(Debug, serde::Deserialize)]
struct IssuedRevision {
    revision: u32,
    manifest_sha256: String,
}

/// The file: edition, then "2026-10/panel".
#[derive(Debug, serde::Deserialize)]
struct IssuedFile {
    issued: BTreeMap<String, BTreeMap<String, IssuedRevision>>,
}

/// What the file knows of an edition's packs; nothing where there is none.
#[expect(clippy::disallowed_methods, reason = "this room owns what is remembered of the published folders")]
pub(super) fn read(path: &Path, edition: Edition) -> Result<BTreeMap<PackKey, (u32, String)>, LedgerError> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(source) => return Err(LedgerError::File { path: path.to_owned(), source }),
    };
    let file: IssuedFile =
        serde_json::from_slice(&bytes).map_err(|source| LedgerError::Legacy { path: path.to_owned(), source })?;
    let packs = file.issued.into_iter().filter(|(word, _)| word == edition.word()).flat_map(|(_, packs)| packs);
    let of_pack = |(name, issued): (String, IssuedRevision)| {
        let (period, board) = name.split_once('/')?;
        let key = PackKey { period: period.parse().ok()?, board: BoardId::parse(board).ok()? };
        Some((key, (issued.revision, issued.manifest_sha256)))
    };
    Ok(packs.filter_map(of_pack).collect())
}

/// The same as what a folder is held against, where there is no ledger yet.
pub(super) fn known(path: &Path, edition: Edition) -> Result<KnownRevisions, LedgerError> {
    let mut known = KnownRevisions::some();
    for (key, (revision, sha256)) in read(path, edition)? {
        known.note(key, revision, KnownRevision::Issued(sha256));
    }
    Ok(known)
}
