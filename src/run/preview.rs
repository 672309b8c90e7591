//! `preview`: the walk as far as the pack, for whoever edits a template.

use std::collections::BTreeMap;

use super::RunError;
use super::folders::PublishedFolders;
use super::plan::setting;
use super::{Resources, checking};
use crate::config::Config;
use crate::domain::{Code, Commentary, Finding, PackKey};
use crate::edition::Editions;
use crate::pack::{self, Pack, Version};

/// A pack and its table of figures, as the next revision would have them.
#[derive(Debug)]
pub struct Preview {
    /// The document as data.
    pub pack: Pack,
    /// The figures that are attached to it.
    pub figures_csv: Vec<u8>,
    /// What is left out of it until an officer has confirmed it (F720).
    pub left_out: Vec<Finding>,
}

/// Why there is nothing to look at.
#[derive(Debug, thiserror::Error)]
pub enum PreviewError {
    /// The published folder cannot be used.
    #[error("failed to use the published folder")]
    Published(#[from] RunError),
    /// There is no such board.
    #[error("there is no board {0}")]
    Board(String),
    /// What may be shown is not known without what was published.
    #[error("failed to tell what may be shown in public: {0}")]
    Untrusted(String),
    /// The table of figures cannot be written.
    #[error("failed to write figures.csv")]
    Figures(#[from] csv::Error),
}

/// Reads what stands on the share and makes the pack of it, held or not.
pub async fn preview(
    config: &Config,
    commentary: &Commentary,
    key: &PackKey,
    resources: &Resources,
) -> Result<Preview, PreviewError> {
    let board = config.board(&key.board).ok_or_else(|| PreviewError::Board(key.board.to_string()))?;
    let folders = PublishedFolders::open(config)?;
    let wanted = super::sources_of(config, std::slice::from_ref(&key.board));
    let read = checking::read(config, &folders, &wanted, key.period, resources).await;
    // What is hidden depends on what readers were told before.
    let untrusted = read.status.breaches.iter().find(|breach| breach.concerns(config, &wanted));
    if let Some(why) = untrusted.map(|breach| breach.finding.to_string()).or(read.status.unread) {
        return Err(PreviewError::Untrusted(why));
    }
    let declared = super::declared(config, commentary);
    let editions = Editions::weigh(declared, read.material);
    // The public one where there is one: what is drawn lies about on a desk.
    let edition = board.editions.first().copied().unwrap_or_default();
    let view = editions.view(board, key.period, edition).without_unconfirmed(&declared);
    let card = view.scorecard();
    let setting = setting(config, Version { revision: 1, supersedes: None, after_final: false }, edition);
    let figures_csv = pack::figures::csv(&card, &BTreeMap::new())?;
    let left_out = view.findings().iter().filter(|finding| finding.code == Code::PersonInText).cloned().collect();
    Ok(Preview { pack: pack::pack(&card, &setting), figures_csv, left_out })
}
