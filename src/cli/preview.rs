//! `boardpack preview`: a pack as pictures, drawn again whenever a template
//! changes.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

use anyhow::Context as _;

use super::out;
use super::run::{chosen, month, quiet};
use crate::config::{ConfigError, Loaded};
use crate::domain::theme::Theme;
use crate::domain::{PackKey, Period};
use crate::exit::Exit;
use crate::reader::WorkbookReader;
use crate::run::Resources;
use crate::run::preview::{Preview, preview};
use crate::storage::write;
use crate::typeset::Stationery;
use crate::words;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The board, with what stands on the share [default: the sample pack.json of the templates]
    #[arg(long, value_name = "ID")]
    board: Option<String>,

    /// The month, such as 2026-10 [default: `period` of the config, else the month before this one]
    #[arg(long, value_name = "YYYY-MM")]
    period: Option<Period>,

    /// The folder of templates.
    #[arg(long, value_name = "DIR", default_value = "templates")]
    templates: PathBuf,

    /// Where page-01.png …, preview.pdf and preview.html go.
    #[arg(long, value_name = "DIR", default_value = "preview")]
    out: PathBuf,

    /// Pixels an inch.
    #[arg(long, value_name = "N", default_value_t = 96, value_parser = clap::value_parser!(u16).range(20..=600))]
    ppi: u16,

    /// Draw again whenever a template changes, until it is stopped.
    #[arg(long)]
    watch: bool,

    /// Write what the templates read here too: pack.json and figures.csv.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
}

/// How often `--watch` looks.
const GLANCE: Duration = Duration::from_millis(300);

pub(super) fn run(args: &Args, load: impl Fn() -> Result<Loaded, ConfigError>) -> anyhow::Result<Exit> {
    let loaded = args.board.is_some().then(load).transpose()?;
    let theme = loaded.as_ref().map(|loaded| &loaded.config.theme);
    let board = args.board.as_ref().zip(loaded.as_ref());
    let board = board.map(|(board, loaded)| standing(board, args.period, loaded)).transpose()?;
    if let (Some(folder), Some(board)) = (&args.data, &board) {
        let mut json = serde_json::to_vec_pretty(&board.pack)?;
        json.push(b'\n');
        std::fs::create_dir_all(folder).with_context(|| format!("failed to make {}", folder.display()))?;
        write::replace(&folder.join("pack.json"), &json)?;
        write::replace(&folder.join("figures.csv"), &board.figures_csv)?;
    }
    for finding in board.iter().flat_map(|board| &board.left_out) {
        out::aside(format_args!("left out: {finding}"));
    }
    loop {
        let seen = times(&args.templates)?;
        let drawn = draw(args, board.as_ref(), theme);
        match drawn {
            Ok(told) => {
                // Nobody reads any more: whoever watched has left.
                if !out::line(told)? {
                    return Ok(Exit::Done);
                }
            }
            Err(error) if args.watch => out::aside(format_args!("error: {error:#}")),
            Err(error) => return Err(error),
        }
        if !args.watch {
            return Ok(Exit::Done);
        }
        while times(&args.templates)? == seen {
            std::thread::sleep(GLANCE);
        }
    }
}

/// The board's pack from what stands on the share.
fn standing(board: &str, period: Option<Period>, loaded: &Loaded) -> anyhow::Result<Preview> {
    let Loaded { config, commentary, .. } = loaded;
    crate::telemetry::init(&quiet(config), false)?;
    let period = month(period, config);
    let board = chosen(&[board.to_owned()], config)?.remove(0);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let key = PackKey { period, board };
    Ok(runtime.block_on(preview(config, commentary, &key, &Resources::new(WorkbookReader::this_program()?)))?)
}

/// Draws once, and says how long it took.
fn draw(args: &Args, board: Option<&Preview>, theme: Option<&Theme>) -> anyhow::Result<String> {
    let started = Instant::now();
    let files = templates(&args.templates)?;
    let sample;
    let (pack, figures) = match board {
        Some(board) => (&board.pack, board.figures_csv.as_slice()),
        None => {
            let file =
                |name: &str| files.get(name).with_context(|| format!("{} has no {name}", args.templates.display()));
            sample = serde_json::from_slice(file("pack.json")?).context("pack.json is no pack")?;
            (&sample, file("figures.csv")?.as_slice())
        }
    };
    let stationery = match theme {
        Some(theme) => Stationery::themed(files.clone(), theme)?,
        None => Stationery::from_files(files.clone())?,
    };
    let proof = stationery.proof(pack, figures, args.ppi)?;
    std::fs::create_dir_all(&args.out).with_context(|| format!("failed to make {}", args.out.display()))?;
    write::replace(&args.out.join("preview.pdf"), proof.pdf.bytes())?;
    let usual = Theme::default();
    let page = crate::web::page(pack, theme.unwrap_or(&usual), figures);
    write::replace(&args.out.join("preview.html"), page.as_bytes())?;
    for (i, page) in proof.pages.iter().enumerate() {
        write::replace(&args.out.join(page_name(i)), page)?;
    }
    clear(&args.out, proof.pages.len());
    for warning in proof.pdf.warnings() {
        out::aside(format_args!("warning: {warning}"));
    }
    let took = started.elapsed().as_millis();
    Ok(format!("{} pages in {took} ms: {}", proof.pages.len(), words::path(&args.out)))
}

fn page_name(i: usize) -> String {
    format!("page-{:02}.png", i + 1)
}

/// Removes the pictures of pages that a longer preview had.
#[expect(clippy::disallowed_methods, reason = "this command's own pictures")]
fn clear(out: &Path, pages: usize) {
    let mut i = pages;
    while std::fs::remove_file(out.join(page_name(i))).is_ok() {
        i += 1;
    }
}

/// Every file of the folder, by its path in it with forward slashes.
fn templates(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    walk(folder, "", &mut |name, path| {
        #[expect(clippy::disallowed_methods, reason = "the folder named on the command line is the input")]
        let bytes = std::fs::read(path).with_context(|| format!("failed to read {}", path.display()))?;
        files.insert(name, bytes);
        Ok(())
    })?;
    Ok(files)
}

/// When each of them last changed.
fn times(folder: &Path) -> anyhow::Result<BTreeMap<String, SystemTime>> {
    let mut times = BTreeMap::new();
    walk(folder, "", &mut |name, path| {
        // An editor may be just replacing it: then it is seen at the next look.
        if let Ok(modified) = path.metadata().and_then(|about| about.modified()) {
            times.insert(name, modified);
        }
        Ok(())
    })?;
    Ok(times)
}

fn walk(
    folder: &Path,
    prefix: &str,
    visit: &mut impl FnMut(String, &Path) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    #[expect(clippy::disallowed_methods, reason = "the folder named on the command line is the input")]
    let entries = std::fs::read_dir(folder).with_context(|| {
        format!("failed to read the templates in {} (hint: name them with --templates)", folder.display())
    })?;
    for entry in entries {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let path = entry.path();
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            walk(&path, &format!("{prefix}{name}/"), visit)?;
        } else {
            visit(format!("{prefix}{name}"), &path)?;
        }
    }
    Ok(())
}
