//! Packs of a month that are made together: read, weighed, planned and carried out.

use std::time::Instant;

use rayon::prelude::*;

use super::commentary_workbook::{self, WithRows, WorkbookFile, import};
use super::execute::Press;
use super::folders::PublishedFolders;
use super::keeping::{self, MadeOf};
use super::plan::Planner;
use super::{
    ActivationRequest, Outcome, Progress, Resources, RunMode, busy, checking, declared, editions_of, reading, report,
    sources_of,
};
use crate::config::Config;
use crate::domain::{BoardId, Commentary, Edition, PackKey, Period};
use crate::edition::Editions;
use crate::telemetry::metrics::{Stage, metrics};
use crate::typeset::Stationery;

/// What an activation works with.
pub(super) struct ActivationJob<'a> {
    pub(super) config: &'a Config,
    pub(super) commentary: &'a Commentary,
    pub(super) stationery: &'a Stationery,
    pub(super) resources: &'a Resources,
    pub(super) request: &'a ActivationRequest,
    pub(super) progress: &'a dyn Progress,
    /// When, as the ledger has it.
    pub(super) at: &'a str,
}

impl ActivationJob<'_> {
    /// Warns of boards that have packs and no file any more. A folder that cannot be looked
    /// into fails each of its packs, and is told there.
    pub(super) fn tell_of_forgotten(&self, folders: &PublishedFolders, period: Period) {
        for (board, last) in folders.forgotten(self.config, period).unwrap_or_default() {
            tracing::warn!(board.id = board.as_str(), period = %last, "{board} has a pack for {last} and no file in boards/: none is made for it");
        }
    }

    /// Makes packs of a month, of which nobody else makes any meanwhile.
    pub(super) async fn make(&self, folders: &PublishedFolders, period: Period, boards: Vec<BoardId>) -> Vec<Outcome> {
        let Self { config, commentary, stationery, resources, request, progress, at } = *self;
        let is_dry = request.mode != RunMode::Publish;
        let press = Press { stationery, theme: &config.theme, ledger: folders.ledger(), by: &request.asker.by, at };
        let path = commentary_workbook::declared(config, period);
        let workbook = path.as_deref().map(|path| WorkbookFile { path, is_imported: !is_dry });
        let WithRows { commentary, written, .. } =
            import(config, commentary, (period, &boards), workbook, &resources.reader).await;
        let commentary = commentary.as_ref();
        // The packs are made of the files as the import has left them.
        let config_sha256 = if written.is_empty() { config.sha256.clone() } else { config.sha256_now() };
        let wanted = sources_of(config, &boards);
        progress.step(&format!("reading {} for {period}", crate::words::count(wanted.len(), "source", "sources")));
        let began = Instant::now();
        let archive = keeping::archive(config).filter(|_| !is_dry);
        let reading::Read { material, status } =
            checking::read_and_keep(config, folders, &wanted, period, resources, archive.as_ref()).await;
        metrics().staged(Stage::Read, began.elapsed());
        let began = Instant::now();
        let editions = Editions::weigh(declared(config, commentary), material);
        metrics().staged(Stage::Weigh, began.elapsed());
        let (editions, status, figures) = (&editions, &status, &resources.figures);
        let config_sha256 = config_sha256.as_str();
        let new_look = request.new_look;
        let planner = Planner { config, config_sha256, commentary, stationery, editions, status, figures, new_look };
        let packs: Vec<PackKey> = boards.into_iter().map(|board| PackKey { period, board }).collect();
        let span = tracing::Span::current();
        let make = |key: &PackKey, edition: Edition| {
            let _entered = span.enter();
            if request.stop.is_asked() {
                return None;
            }
            progress.step(&format!("making {} for {period}", key.board));
            let started = Instant::now();
            let folder = folders.of(edition);
            let plan = planner.plan(key, edition, folder);
            let outcome = if is_dry { plan.outcome() } else { plan.execute(press, folder) };
            if request.mode != RunMode::Rehearse {
                report::ended(&outcome, started.elapsed());
            }
            metrics().staged(Stage::Make, started.elapsed());
            progress.done(&outcome);
            Some(outcome)
        };
        // One board a core: what was read and weighed is shared, and the answer has their
        // order. The editions of one have one folder for the reason why they are held. No
        // other is begun before these have ended: a core that waits for a part of its own
        // document would begin another board's, and hold both until that has ended too.
        let of_board = |key: &PackKey| -> Vec<Outcome> {
            editions_of(config, key).into_iter().filter_map(|edition| make(key, edition)).collect()
        };
        let few = |few: &[PackKey]| -> Vec<Vec<Outcome>> { few.par_iter().with_max_len(1).map(of_board).collect() };
        let made: Vec<Vec<Outcome>> = busy(|| packs.chunks(rayon::current_num_threads()).flat_map(few).collect());
        let made: Vec<Outcome> = made.into_iter().flatten().collect();
        if !is_dry {
            report::note(&made, press);
        }
        if let Some(archive) = archive {
            let boards: Vec<BoardId> = packs.into_iter().map(|key| key.board).collect();
            let (inputs, asker) = (&editions.material().inputs, &request.asker);
            let made_of = MadeOf { period, boards: &boards, config_sha256, inputs, new_look, asker };
            keeping::note(&archive, config, &made_of, &made);
        }
        made.into_iter().map(Outcome::without_record).collect()
    }
}
