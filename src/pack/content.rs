//! What a pack says, made once: its digest tells whether there is anything new
//! to say, and which revision it is, who approved it and what changed are
//! stamped on it afterwards.

use std::collections::{BTreeMap, BTreeSet};

use super::figures::FigureRow;
use super::model::{ChangeList, Pack};
use super::{Setting, back, cover, figures, front, pack, places, terms};
use crate::domain::Approval;
use crate::domain::signs::is_special;
use crate::scorecard::Scorecard;

/// What a pack says, without its revision and its files' checksums: two packs
/// that say the same are the same. A workbook that only grew by a month has
/// another checksum and says nothing new of the months before.
#[derive(Debug, Clone)]
pub struct Content {
    pack: Pack,
    figures: Vec<FigureRow>,
    sha256: String,
    special: BTreeSet<char>,
}

impl Content {
    /// The content of a scorecard that nobody has approved yet.
    pub fn of(card: &Scorecard<'_>, setting: &Setting<'_>) -> Result<Self, ContentError> {
        let pack = pack(card, &setting.neutral());
        let figures = figures::rows(card);
        let bytes = bytes(&pack, &figures)?;
        let special = special_characters(&bytes);
        Ok(Self { pack, figures, sha256: crate::digest::sha256(&bytes), special })
    }

    /// Its digest.
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// The same, saying who approved it.
    pub fn approved(
        mut self,
        card: &Scorecard<'_>,
        setting: &Setting<'_>,
        approval: &Approval,
    ) -> Result<Self, ContentError> {
        let setting = Setting { approval: Some(approval), ..setting.neutral() };
        self.stamp_front(card, &setting);
        self.sha256 = crate::digest::sha256(&bytes(&self.pack, &self.figures)?);
        Ok(self)
    }

    /// The characters of its texts that a font may lack: those beyond ASCII, and
    /// control characters.
    pub fn special_characters(&self) -> &BTreeSet<char> {
        &self.special
    }

    /// Digest of what each of its places says, by its anchor.
    pub fn places(&self) -> Result<BTreeMap<String, String>, ContentError> {
        Ok(places::places(&self.pack)?)
    }

    /// Every figure, a row each.
    pub fn figures(&self) -> &[FigureRow] {
        &self.figures
    }

    /// The document of one revision.
    pub fn stamped(mut self, card: &Scorecard<'_>, setting: &Setting<'_>, changes: Option<ChangeList>) -> Pack {
        self.stamp_front(card, setting);
        self.pack.changes = changes;
        terms::apply(&mut self.pack.changes, &card.board.words);
        self.pack.glossary.clear();
        self.pack.glossary = back::glossary(&self.pack, setting.glossary);
        self.pack
    }

    /// Makes anew what says which revision it is and who approved it.
    fn stamp_front(&mut self, card: &Scorecard<'_>, setting: &Setting<'_>) {
        self.pack.document = front::document(card, setting);
        self.pack.cover = cover::cover(card, setting);
        terms::apply(&mut self.pack.document, &card.board.words);
        terms::apply(&mut self.pack.cover, &card.board.words);
    }
}

fn bytes(pack: &Pack, figures: &[FigureRow]) -> Result<Vec<u8>, ContentError> {
    let mut bytes = serde_json::to_vec(pack)?;
    bytes.extend(figures::write(figures, &Default::default())?);
    Ok(bytes)
}

/// The characters beyond ASCII in a content's bytes, and the control characters
/// that JSON writes as `\u0007`, `\b` or `\f`.
fn special_characters(bytes: &[u8]) -> BTreeSet<char> {
    let text = String::from_utf8_lossy(bytes);
    let mut found: BTreeSet<char> = text.chars().filter(|c| is_special(*c)).collect();
    let mut rest = text.as_ref();
    while let Some((_, escape)) = rest.split_once('\\') {
        let mut chars = escape.chars();
        match chars.next() {
            Some('u') => {
                let code = escape.get(1..5).and_then(|code| u32::from_str_radix(code, 16).ok());
                found.extend(code.and_then(char::from_u32));
            }
            Some('b') => drop(found.insert('\u{8}')),
            Some('f') => drop(found.insert('\u{c}')),
            _ => {}
        }
        rest = chars.as_str();
    }
    found
}

/// What a pack says cannot be written down: a fault of this program.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// As JSON.
    #[error("failed to write the pack as JSON")]
    Json(#[from] serde_json::Error),
    /// As CSV.
    #[error("failed to write the figures as CSV")]
    Csv(#[from] csv::Error),
}
