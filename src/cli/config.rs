//! `boardpack config`: the settings that are in force.

use crate::config::{Config, StorageConfig};
use crate::exit::Exit;
use crate::pack::words;

#[derive(Debug, clap::Args)]
pub(super) struct Args {}

pub(super) fn run(_args: &Args, config: &Config) -> anyhow::Result<Exit> {
    let service = &config.service;
    let line = |label: &str, value: String| println!("{label:<22} {value}");
    line("council", service.council.name.clone());
    line("contact", service.council.contact.clone());
    line("period of `run`", service.run_period.map_or_else(|| "the month before this one".to_owned(), words::month));
    for (name, storage) in &service.storages {
        let value = match storage {
            StorageConfig::Directory { path } => format!("directory {}", super::table::path(&config.path(path))),
            StorageConfig::Https { url, timeout_seconds, retries, .. } => {
                format!(
                    "{}, {timeout_seconds} s a try, {}",
                    crate::storage::redacted(url),
                    words::count(*retries as usize, "retry", "retries")
                )
            }
        };
        line(&format!("storage {name}"), value);
    }
    line("published packs", super::table::path(&config.path(&service.publish_path)));
    line("reasons for held packs", super::table::path(&config.path(&service.held_path)));
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
    line("log", format!("{:?}, {}", service.log.format, service.log.filter).to_lowercase());
    line("indicators", config.register.len().to_string());
    line("sources", config.sources.len().to_string());
    line("boards", config.boards.iter().map(|board| board.id.to_string()).collect::<Vec<_>>().join(", "));
    line("bank holidays", config.calendar.bank_holidays.len().to_string());
    Ok(Exit::Done)
}
