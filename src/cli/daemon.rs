//! `boardpack daemon`: run unattended until told to stop.

use std::io::IsTerminal as _;
use std::path::Path;
use std::sync::Arc;

use crate::clock::SystemClock;
use crate::config::{ConfigError, Loaded};
use crate::daemon::health::Health;
use crate::daemon::server::Server;
use crate::daemon::{Daemon, GRACE, Walk, serve, signal_requests};
use crate::exit::Exit;
use crate::reader::WorkbookReader;
use crate::schedule::Bell;
use crate::schedule::bell::EVERY_MINUTE;
use crate::typeset::Stationery;

#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_args: &Args, dir: &Path, environment: &[(String, String)]) -> anyhow::Result<Exit> {
    let load = {
        let (dir, environment) = (dir.to_owned(), environment.to_vec());
        move || -> Result<Loaded, ConfigError> { Loaded::load(&dir, &environment, crate::storage::KINDS) }
    };
    // A config that is wrong at the start is told to whoever starts it.
    let config = load()?.config;
    crate::telemetry::init(&config.service.log, std::io::stderr().is_terminal())?;
    Stationery::themed(Stationery::built_in(), &config.theme)?;
    let walk = Walk::new(WorkbookReader::this_program()?);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        let requests = signal_requests()?;
        let bell = Bell::hang(EVERY_MINUTE).await?;
        let health = Arc::<Health>::default();
        let _server = match config.service.listen {
            Some(address) => Some(Server::listen(address, health.clone()).await?),
            None => None,
        };
        let (activation, clock) = (Arc::new(walk), Arc::new(SystemClock));
        let daemon = Daemon { activation, load: Arc::new(load), clock, grace: GRACE, health };
        serve(daemon, bell, requests).await;
        anyhow::Ok(())
    });
    // An activation that outlived its grace is not waited for.
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    served?;
    Ok(Exit::Done)
}
