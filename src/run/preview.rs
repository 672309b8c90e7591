//! `preview`: the walk as far as the pack, for whoever edits a template.

use std::collections::BTreeMap;

use super::editions::Editions;
use super::shelves::Shelves;
use super::{PackKey, boards, checking};
use crate::config::Config;
use crate::pack::{self, Pack, Version};
use crate::publish::PublishError;
use crate::reader::WorkbookReader;
use crate::scorecard::scorecard;
use crate::source::Cache;

/// A pack and its table of figures, as the next revision would have them.
#[derive(Debug)]
pub struct Preview {
    /// The document as data.
    pub pack: Pack,
    /// The figures that are attached to it.
    pub figures_csv: Vec<u8>,
}

/// Why there is nothing to look at.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// The published folder cannot be used.
    #[error("failed to use the published folder")]
    Publish(#[from] PublishError),
    /// There is no such board.
    #[error("there is no board {0}")]
    Board(String),
    /// The table of figures cannot be written.
    #[error("failed to write figures.csv")]
    Figures(#[from] csv::Error),
}

/// Reads what stands on the share and makes the pack of it, held or not.
pub async fn preview(config: &Config, key: &PackKey, reader: &WorkbookReader) -> Result<Preview, PreviewError> {
    let board = config.board(&key.board).ok_or_else(|| PreviewError::Board(key.board.to_string()))?;
    let shelves = Shelves::open(config)?;
    let wanted = super::sources_of(config, std::slice::from_ref(&key.board));
    let read = checking::read(config, shelves.public(), &wanted, key.period, &Cache::default(), reader).await;
    let editions = Editions::of(config, read);
    // The public one where there is one: what is drawn lies about on a desk.
    let edition = board.editions.first().copied().unwrap_or_default();
    let told = editions.told(config, board, key.period, edition);
    let (comments, history) = (told.comments.as_ref(), &editions.read.history);
    let card = scorecard(&told.board, key.period, &told.register, told.datasets, comments, history);
    let setting = boards::setting(config, Version { revision: 1, supersedes: None, after_final: false }, edition);
    let figures_csv = pack::figures::csv(&card, &BTreeMap::new())?;
    Ok(Preview { pack: pack::pack(&card, &setting), figures_csv })
}
