//! What a revision says of itself. Outsiders read this file; its shape is part
//! of the contract, and `schema` says which shape it is.

use std::collections::BTreeMap;
use std::path::Path;

use super::error::{PublishError, Within};
use super::names;
use super::record::RevisionRecord;
use crate::domain::{ActionPart, BoardId, Edition, IndicatorRef, Input, PackKey, PackState, Period, file_name};

/// The shape that this program writes and reads.
pub const SCHEMA: u32 = 1;

/// The program that writes manifests, as they name it.
pub(super) const PROGRAM: &str = concat!("boardpack ", env!("CARGO_PKG_VERSION"));

pub(super) const FILE: &str = "manifest.json";
/// The pack in brief, beside the manifest.
pub(super) const SUMMARY: &str = "summary.html";
/// Every figure printed, beside the manifest.
pub const FIGURES: &str = "figures.csv";
/// Every finding, beside the manifest and beside the reason for a held pack.
pub const FINDINGS: &str = "findings.json";
/// What the public edition hides, beside a restricted one.
pub(super) const SUPPRESSION: &str = "suppression.csv";

/// A revision's manifest. No clock is in it: the same issue is the same bytes.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Manifest {
    /// The shape of this file, [`SCHEMA`].
    pub schema: u32,
    /// The board.
    pub board: BoardId,
    /// The period.
    pub period: Period,
    /// Who may read it.
    pub edition: Edition,
    /// Its number, from 1.
    pub revision: u32,
    /// Draft or final.
    pub state: PackState,
    /// The revision that it replaces.
    pub supersedes: Option<u32>,
    /// Commentary slots that were still empty.
    pub outstanding: usize,
    /// The indicators of those slots.
    pub awaited: Vec<IndicatorRef>,
    /// Of those that are written but for their action, what is still to be said of it.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub lacks: BTreeMap<IndicatorRef, Vec<ActionPart>>,
    /// The workbooks it was made from.
    pub inputs: Vec<Input>,
    /// What it leaves for the packs after it.
    #[serde(flatten)]
    pub record: RevisionRecord,
    /// Digest of the config.
    pub config_sha256: String,
    /// Digest of the templates.
    pub template_sha256: String,
    /// Digest of what the pack says.
    pub content_sha256: String,
    /// Every other file of the folder, the PDF first.
    pub files: Vec<FileEntry>,
    /// The program that made it, "boardpack 0.1.0".
    pub program: String,
    /// Digest of this very file with nothing between these quotation marks: who
    /// edits it by hand breaks it. Older manifests have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seal: Option<String>,
}

/// A manifest, and the digest of its file.
#[derive(Debug)]
pub(super) struct ManifestFile {
    pub(super) manifest: Manifest,
    pub(super) sha256: String,
}

/// A file of the revision.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct FileEntry {
    /// Its name in the folder.
    pub name: String,
    /// Digest of its bytes.
    pub sha256: String,
    /// Its size in bytes.
    pub bytes: u64,
}

impl FileEntry {
    pub(super) fn of(name: &str, bytes: &[u8]) -> Self {
        Self {
            name: name.to_owned(),
            sha256: crate::digest::sha256(bytes),
            bytes: u64::try_from(bytes.len()).unwrap_or(u64::MAX),
        }
    }
}

impl Manifest {
    /// The PDF's name; a manifest that was read or written here has one.
    pub fn pdf_name(&self) -> &str {
        self.pdf().map(|file| file.name.as_str()).unwrap_or_default()
    }

    /// The PDF.
    pub fn pdf(&self) -> Option<&FileEntry> {
        self.files.iter().find(|file| is_pdf(&file.name))
    }

    /// The supplement, where there is one.
    pub fn supplement(&self) -> Option<&FileEntry> {
        self.files.iter().find(|file| names::is_supplement(&file.name))
    }

    /// What is still to be said of the action of an indicator, behind its name: ": an owner
    /// and a day"; empty where its text is awaited too.
    pub fn needs(&self, indicator: &IndicatorRef) -> String {
        self.lacks.get(indicator).map(|lacks| format!(": {}", crate::words::action_parts(lacks))).unwrap_or_default()
    }

    /// The text of `manifest.json`, as its seal has it.
    fn text(&self) -> Result<String, serde_json::Error> {
        let mut text = serde_json::to_string_pretty(self)?;
        text.push('\n');
        Ok(text)
    }

    /// Sealed: with the digest of the file that it becomes.
    pub(super) fn sealed(self) -> Result<Self, serde_json::Error> {
        let open = Self { seal: Some(String::new()), ..self };
        let seal = crate::digest::sha256(open.text()?.as_bytes());
        Ok(Self { seal: Some(seal), ..open })
    }

    /// The bytes of `manifest.json`.
    pub(super) fn to_bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        self.text().map(String::into_bytes)
    }

    /// Whether the file is as it was sealed. What a later program writes into a
    /// manifest besides is under the seal too: the text counts, not its parts.
    fn is_sealed(&self, bytes: &[u8]) -> bool {
        let (Some(seal), Ok(text)) = (&self.seal, std::str::from_utf8(bytes)) else { return self.seal.is_none() };
        let open = text.replacen(&format!("\"seal\": \"{seal}\""), "\"seal\": \"\"", 1);
        crate::digest::sha256(open.as_bytes()) == *seal
    }

    /// Reads a manifest that stands in the folder of this revision. None where
    /// there is none.
    #[expect(clippy::disallowed_methods, reason = "this room owns the published folder")]
    pub(super) fn read(
        folder: &Path,
        key: &PackKey,
        edition: Edition,
        revision: u32,
    ) -> Result<Option<ManifestFile>, PublishError> {
        let path = folder.join(FILE);
        let bytes = match std::fs::read(&path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            other => other.reading(&path)?,
        };
        let manifest = parse(&bytes, &path, key, edition, revision)?;
        Ok(Some(ManifestFile { manifest, sha256: crate::digest::sha256(&bytes) }))
    }

    /// What the folder contradicts, if anything.
    fn contradiction(&self, key: &PackKey, edition: Edition, revision: u32) -> Option<String> {
        if (self.period, &self.board, self.revision) != (key.period, &key.board, revision) {
            return Some(format!(
                "it is of {} for {}, r{}, and lies in the folder of {} for {}, r{revision}",
                self.board, self.period, self.revision, key.board, key.period
            ));
        }
        if self.edition != edition {
            return Some(format!(
                "it is of the {} edition and lies among the {} ones",
                self.edition.word(),
                edition.word()
            ));
        }
        if let Some(file) = self.files.iter().find(|file| file_name::check(&file.name).is_err()) {
            return Some(format!("it names a file {:?}", file.name));
        }
        let pdfs = self.files.iter().filter(|file| is_pdf(&file.name)).count();
        let supplements = self.files.iter().filter(|file| names::is_supplement(&file.name)).count();
        (pdfs != 1 || supplements > 1).then(|| format!("it names {pdfs} PDF files and {supplements} supplements"))
    }
}

fn parse(bytes: &[u8], path: &Path, key: &PackKey, edition: Edition, revision: u32) -> Result<Manifest, PublishError> {
    // Before all else: a newer shape may differ in anything but its number.
    #[derive(serde::Deserialize)]
    struct ManifestSchema {
        schema: u64,
    }
    let damaged = |source| PublishError::Damaged { path: path.to_owned(), source };
    let ManifestSchema { schema } = serde_json::from_slice(bytes).map_err(damaged)?;
    if schema != u64::from(SCHEMA) {
        return Err(PublishError::Newer { path: path.to_owned(), found: schema, known: SCHEMA });
    }
    let manifest: Manifest = serde_json::from_slice(bytes).map_err(damaged)?;
    match manifest.contradiction(key, edition, revision) {
        Some(why) => Err(PublishError::Contradiction { path: path.to_owned(), why }),
        None if !manifest.is_sealed(bytes) => Err(PublishError::Edited { path: path.to_owned() }),
        None => Ok(manifest),
    }
}

/// Whether a file is the pack. The extension is ours and always small.
fn is_pdf(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "pdf") && !names::is_supplement(name)
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;

    fn key() -> PackKey {
        PackKey { period: Period::new(2026, 10).unwrap(), board: BoardId::parse("panel").unwrap() }
    }

    fn manifest() -> Manifest {
        let (period, board) = (key().period, key().board);
        Manifest {
            schema: SCHEMA,
            board,
            period,
            edition: Edition::Public,
            revision: 2,
            state: PackState::Draft,
            supersedes: Some(1),
            outstanding: 1,
            awaited: vec![IndicatorRef::parse("CLA06").unwrap()],
            lacks: [(IndicatorRef::parse("CLA06").unwrap(), vec![ActionPart::Owner, ActionPart::Due])].into(),
            inputs: vec![Input {
                origin: "a.xlsx".into(),
                sha256: "00".into(),
                as_at: DateTime::from_timestamp(1_793_000_000, 0),
            }],
            record: RevisionRecord::default(),
            config_sha256: "01".into(),
            template_sha256: "02".into(),
            content_sha256: "03".into(),
            files: vec![FileEntry::of("Panel - r2.pdf", b"pdf"), FileEntry::of(FIGURES, b"")],
            program: PROGRAM.into(),
            seal: None,
        }
    }

    fn read(bytes: &[u8]) -> Result<Manifest, PublishError> {
        parse(bytes, Path::new("r2/manifest.json"), &key(), Edition::Public, 2)
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = manifest().to_bytes().unwrap();
        assert_eq!(read(&bytes).unwrap(), manifest());
        assert_eq!(manifest().pdf_name(), "Panel - r2.pdf");
        let text = String::from_utf8(bytes).unwrap();
        for line in
            ["\"schema\": 1", "\"period\": \"2026-10\"", "\"state\": \"draft\"", "\"as_at\": \"2026-10-26T07:33:20Z\""]
        {
            assert!(text.contains(line), "{line} in {text}");
        }
    }

    #[test]
    fn a_manifest_that_was_edited_is_known_and_an_older_one_has_no_seal() {
        let text = String::from_utf8(manifest().sealed().unwrap().to_bytes().unwrap()).unwrap();
        assert!(read(text.as_bytes()).is_ok() && read(&manifest().to_bytes().unwrap()).is_ok());
        for (from, to) in [
            ("\"draft\"", "\"final\""),
            ("\"outstanding\": 1", "\"outstanding\": 0"),
            ("\"config_sha256\": \"01\"", "\"config_sha256\": \"02\""),
            ("\"bytes\": 3", "\"bytes\": 4"),
            ("{", "{\n  \"note\": \"seen\","),
            ("\n", "\r\n"),
            ("\"seal\": \"", "\"seal\": \"0"),
        ] {
            let edited = text.replacen(from, to, 1);
            assert_ne!(edited, text, "{from}");
            assert!(matches!(read(edited.as_bytes()), Err(PublishError::Edited { .. })), "{from}");
        }
    }

    #[test]
    fn a_manifest_that_cannot_be_trusted_is_an_error() {
        type Change = fn(&mut Manifest);
        let supplement = |n: u8| FileEntry::of(&names::supplement(&format!("Panel - r{n}")), b"pdf");
        let mut with_one = manifest();
        with_one.files.push(supplement(2));
        let read_back = read(&with_one.to_bytes().unwrap()).unwrap();
        assert_eq!((read_back.pdf_name(), read_back.supplement()), ("Panel - r2.pdf", Some(&supplement(2))));
        let changes: [Change; 9] = [
            |manifest| manifest.edition = Edition::Restricted,
            |manifest| manifest.revision = 1,
            |manifest| manifest.period = manifest.period.plus(1),
            |manifest| manifest.board = BoardId::parse("other").unwrap(),
            |manifest| manifest.files[1].name = "../figures.csv".into(),
            |manifest| manifest.files[0].name = "figures.csv".into(),
            |manifest| manifest.files[1].name = "second.pdf".into(),
            |manifest| manifest.files[0].name = names::supplement("Panel - r2"),
            |manifest| {
                manifest.files.extend([2, 3].map(|n| FileEntry::of(&names::supplement(&format!("r{n}")), b"pdf")))
            },
        ];
        for (index, change) in changes.iter().enumerate() {
            let mut changed = manifest();
            change(&mut changed);
            let result = read(&changed.to_bytes().unwrap());
            assert!(matches!(result, Err(PublishError::Contradiction { .. })), "{index}: {result:?}");
        }
        for damaged in ["", "{}", "{\"schema\": 1}", "[]", "{\"schema\": \"1\"}"] {
            let error = read(damaged.as_bytes()).unwrap_err();
            assert!(error.to_string().contains("r2/manifest.json"), "{error}");
        }
        let error = read(b"{\"schema\": 2, \"else\": true}").unwrap_err();
        assert!(matches!(error, PublishError::Newer { found: 2, .. }));
    }
}
