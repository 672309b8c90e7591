//! What a pack says, made once: its digest tells whether there is anything new
//! to say, and which revision it is, who approved it and what changed are
//! stamped on it afterwards.

use super::figures::FigureRow;
use super::model::{ChangeList, Pack};
use super::{Setting, back, cover, figures, front, pack, terms};
use crate::domain::Approval;
use crate::scorecard::Scorecard;

/// What a pack says, without its revision and its files' checksums: two packs
/// that say the same are the same. A workbook that only grew by a month has
/// another checksum and says nothing new of the months before.
#[derive(Debug, Clone)]
pub struct Content {
    pack: Pack,
    figures: Vec<FigureRow>,
    sha256: String,
}

impl Content {
    /// The content of a scorecard that nobody has approved yet.
    pub fn of(card: &Scorecard<'_>, setting: &Setting<'_>) -> Result<Self, ContentError> {
        let pack = pack(card, &setting.neutral());
        let figures = figures::rows(card);
        let sha256 = sha256(&pack, &figures)?;
        Ok(Self { pack, figures, sha256 })
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
        self.sha256 = sha256(&self.pack, &self.figures)?;
        Ok(self)
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

fn sha256(pack: &Pack, figures: &[FigureRow]) -> Result<String, ContentError> {
    let mut bytes = serde_json::to_vec(pack)?;
    bytes.extend(figures::write(figures, &Default::default())?);
    Ok(crate::digest::sha256(&bytes))
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
