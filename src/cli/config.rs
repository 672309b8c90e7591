//! `boardpack config`: the settings that are in force.

use super::run::month;
use super::{out, schedule};
use crate::clock::{Clock as _, SystemClock, london_today};
use crate::config::{Config, MailServer};
use crate::domain::trend::SignalRules;
use crate::domain::{Indicator, Period};
use crate::exit::Exit;
use crate::schedule::upcoming_milestones;
use crate::storage::StorageSettings;
use crate::words;

#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_args: &Args, config: &Config) -> anyhow::Result<Exit> {
    let service = &config.service;
    let mut text = String::new();
    let mut line = |label: &str, value: String| text.push_str(&format!("{label:<22} {value}\n"));
    line("council", service.council.name.clone());
    line("contact", service.council.contact.clone());
    line("period of `run`", service.run_period.map_or_else(|| "the month before this one".to_owned(), words::month));
    for (name, storage) in &service.storages {
        if let Some(settings) = storage.settings::<StorageSettings>() {
            line(&format!("storage {name}"), settings.shown(&|path| words::path(&config.path(path))));
        }
    }
    line("published packs", words::path(&config.path(&service.publish_path)));
    line("restricted packs", place(config, service.restricted_path.as_deref()));
    line("reasons for held packs", words::path(&config.path(&service.held_path)));
    line("ledger", crate::run::upkeep::place(config, &|path| words::path(path)));
    line("commentary workbook", place(config, service.commentary_workbook.as_deref()));
    line("disclosure thresholds", thresholds(config));
    let profile = match service.rules {
        SignalRules::PlotTheDots => "plot-the-dots",
        SignalRules::MakingDataCount => "making-data-count",
    };
    line("signal profile", profile.to_owned());
    line("first period", service.schedule.first_period.map_or_else(|| "each board's own".to_owned(), words::month));
    line("tries again after", words::count(service.schedule.retry_minutes as usize, "minute", "minutes"));
    line("catches up", words::count(service.schedule.catch_up_months as usize, "month", "months"));
    line("largest workbook", format!("{} MB", service.max_file_bytes / 1_000_000));
    let reading = &service.reading;
    line(
        "reading a workbook",
        format!(
            "at most {} MB unpacked, {} cells, {} MB of memory, {} s of processor time, {} s",
            reading.workbook.unpacked_bytes >> 20,
            reading.workbook.cells,
            reading.memory_bytes >> 20,
            reading.cpu_seconds,
            reading.wall_seconds
        ),
    );
    people(config).into_iter().for_each(|(label, value)| line(label, value));
    line("log", format!("{:?}, {}", service.log.format, service.log.filter).to_lowercase());
    line("indicators", config.register.len().to_string());
    line("sources", config.sources.len().to_string());
    line("boards", config.boards.iter().map(|board| board.id.to_string()).collect::<Vec<_>>().join(", "));
    line("bank holidays", config.calendar.bank_holidays.len().to_string());
    let now = SystemClock.now();
    let (today, upcoming) =
        (london_today(now), upcoming_milestones(&config.boards, &config.calendar, now, now + schedule::SPAN));
    if let Some(doubt) = schedule::doubt(config, (today, today + schedule::SPAN), &upcoming) {
        line("", doubt);
    }
    out::text(text)?;
    forgotten(config, month(None, config));
    unexplained(config);
    Ok(Exit::Done)
}

/// How the service is heard of, and how people are told.
fn people(config: &Config) -> [(&'static str, String); 3] {
    let heart = config.service.heartbeat.as_ref();
    let heart = heart.map(|heart| format!("to a secret address, every {} minutes", heart.every.as_secs() / 60));
    let mail = config.service.mail.as_ref().map_or_else(|| "none".to_owned(), |mail| mail_line(mail, config));
    let hooks: Vec<String> = config.service.webhooks.iter().map(|hook| hook.name.clone()).collect();
    let hooks = if hooks.is_empty() { "none".to_owned() } else { words::list(&hooks) };
    [("heartbeat", heart.unwrap_or_else(|| "none".to_owned())), ("mail", mail), ("webhooks", hooks)]
}

/// Through which server mail goes, and whom it does not reach.
fn mail_line(mail: &MailServer, config: &Config) -> String {
    let contacts = &config.contacts;
    let mut lacks: Vec<String> = Vec::new();
    if contacts.officers.is_empty() {
        lacks.push("officers".to_owned());
    }
    let has_clerk =
        |board: &&crate::domain::Board| contacts.clerks.get(&board.id).is_some_and(|clerks| !clerks.is_empty());
    lacks
        .extend(config.boards.iter().filter(|board| !has_clerk(board)).map(|board| format!("a clerk of {}", board.id)));
    let lacks = if lacks.is_empty() { String::new() } else { format!("; contacts.toml lacks {}", words::list(&lacks)) };
    format!("as {} through {}:{}{lacks}", mail.from, mail.host, mail.port)
}

/// A path that the config may do without.
fn place(config: &Config, path: Option<&str>) -> String {
    path.map_or_else(|| "none".to_owned(), |path| words::path(&config.path(path)))
}

/// Up to which count nothing is published: each board's, and each indicator's that has its own.
fn thresholds(config: &Config) -> String {
    let boards = config.boards.iter().map(|board| format!("{} {}", board.id, board.threshold));
    let own = config
        .register
        .values()
        .filter_map(|indicator| Some(format!("{} {}", indicator.reference, indicator.protection.threshold?)));
    boards.chain(own).collect::<Vec<_>>().join(", ")
}

/// Names the indicators whose present target does not say why it is what it is: a
/// member who asks would find no answer in the pack.
fn unexplained(config: &Config) {
    let is_bare = |indicator: &&Indicator| indicator.targets.last().is_some_and(|target| target.because.is_blank());
    let names: Vec<String> = config.register.values().filter(is_bare).map(|it| it.reference.to_string()).collect();
    if !names.is_empty() {
        out::aside(format_args!(
            "warning: {} not say why it is what it is (`because` in indicators.toml): {}",
            if names.len() == 1 { "1 target does".to_owned() } else { format!("{} targets do", names.len()) },
            names.join(", ")
        ));
    }
}

/// Warns of boards whose packs stand and whose files are gone: nobody would
/// miss a pack that no run speaks of.
pub(super) fn forgotten(config: &Config, period: Period) {
    match crate::run::forgotten(config, period) {
        Ok(boards) => {
            for (board, last) in boards {
                out::aside(format_args!(
                    "warning: {board} has a pack for {}, and no pack is made for it any more: there is no boards/{board}.toml",
                    words::month(last)
                ));
            }
        }
        // The commands that need the folder report what is wrong with it.
        Err(error) => tracing::debug!(error = %error, "the published folder could not be looked into"),
    }
}
