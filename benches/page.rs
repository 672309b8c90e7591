//! What a page of a pack costs, in processor time, and where it goes.
//!
//! `cargo bench --bench page` typesets the public pack of every board of the sample and has
//! headless Chromium print the web page of the same pack, in turns; what counts is the
//! processor time of a page and the ratio of the two, of all of Chromium's processes. Debian's
//! `chromium` is asked; where it is not there, that is said and the rest is measured.
//!
//! `cargo bench --bench page -- trace FILE BOARD` writes typst's own timing of one pack, for
//! <https://ui.perfetto.dev>, and prints what each kind of step took by itself and, below, in
//! which lines of the templates.

#![expect(clippy::expect_used, reason = "a bench that cannot go on shall fail")]
#![expect(clippy::disallowed_methods, reason = "a bench has files and processes of its own")]

mod sample;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use boardpack::config::Config;
use boardpack::domain::{Board, Edition, Period};
use boardpack::edition::Editions;
use boardpack::pack::model::Pack;
use boardpack::run::declared;
use boardpack::typeset::Stationery;
use boardpack::{pack, web};
use typst::{World as _, WorldExt as _};

use self::sample::{material, period, sample, setting};

/// How often each is made; the median counts.
const ROUNDS: usize = 7;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// One board's pack with what goes with it.
struct Printed {
    board: String,
    pack: Pack,
    figures: Vec<u8>,
}

/// The public pack of a board.
fn printed(config: &Config, editions: &Editions<'_>, board: &Board, period: Period) -> Printed {
    let view = editions.view(board, period, Edition::Public);
    let card = view.scorecard();
    Printed {
        board: board.id.to_string(),
        pack: pack::pack(&card, &setting(config)),
        figures: pack::figures::csv(&card, &BTreeMap::new()).expect("figures"),
    }
}

/// Processor time of this process, or of the children that it waited for: Linux' own count,
/// in hundredths of a second.
fn processor_time(children: bool) -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").expect("Linux");
    let (_, fields) = stat.rsplit_once(')').expect("a name in brackets");
    let first = if children { 13 } else { 11 };
    let ticks = fields.split_whitespace().skip(first).take(2).map(|n| n.parse::<u64>().expect("ticks"));
    Duration::from_millis(ticks.sum::<u64>() * 10)
}

/// What something took: processor time and time by the clock.
fn took(children: bool, mut work: impl FnMut()) -> (Duration, Duration) {
    let (before, started) = (processor_time(children), Instant::now());
    work();
    (processor_time(children).saturating_sub(before), started.elapsed())
}

fn median(mut all: Vec<(Duration, Duration)>) -> (f64, f64) {
    let middle = |mut of: Vec<Duration>| {
        of.sort();
        of[of.len() / 2].as_secs_f64() * 1000.0
    };
    let clock = middle(all.iter().map(|(_, clock)| *clock).collect());
    (middle(all.drain(..).map(|(processor, _)| processor).collect()), clock)
}

/// Headless Chromium, as one prints with it by hand.
fn chromium(html: &Path, pdf: &Path, profile: &Path) {
    let status = Command::new("chromium")
        .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"])
        .arg(format!("--user-data-dir={}", profile.display()))
        .arg(format!("--print-to-pdf={}", pdf.display()))
        .arg(format!("file://{}", html.display()))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .expect("chromium");
    // Its other processes outlive the first, and become this one's to wait for.
    while rustix::process::wait(rustix::process::WaitOptions::empty()).is_ok() {}
    assert!(status.success() && pdf.exists(), "chromium printed nothing");
}

fn measure(stationery: &Stationery, all: &[Printed]) {
    let beside = Command::new("chromium").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok();
    if !beside {
        println!("chromium is not there: what it takes is not measured");
    }
    // What prints is no child of Chromium's first process: without this, a quarter of its
    // time is all that Linux would tell of.
    rustix::process::set_child_subreaper(Some(rustix::process::getpid())).expect("Linux");
    let folder = tempfile::tempdir().expect("a folder");
    println!(
        "board                  pages  a page   pack     clock    Chromium  clock    of its processor time, clock"
    );
    for printed in all {
        let (mut own, mut theirs, mut pages) = (Vec::new(), Vec::new(), 0);
        let html = folder.path().join("pack.html");
        std::fs::write(&html, web::page(&printed.pack, &Default::default(), &printed.figures)).expect("a file");
        for _ in 0..ROUNDS {
            own.push(took(false, || {
                pages = stationery.scorecard(&printed.pack, &printed.figures).expect("a PDF").pages();
            }));
            if beside {
                let pdf = folder.path().join("pack.pdf");
                theirs.push(took(true, || chromium(&html, &pdf, &folder.path().join("profile"))));
            }
        }
        let (processor, clock) = median(own);
        let each = processor / f64::from(u32::try_from(pages).expect("pages"));
        print!("{:22} {pages:5}  {each:4.1} ms  {processor:4.0} ms  {clock:4.0} ms", printed.board);
        if beside {
            let (other, other_clock) = median(theirs);
            print!("  {other:5.0} ms  {other_clock:5.0} ms  {:.2}, {:.2}", processor / other, clock / other_clock);
        }
        println!();
    }
}

/// One step as typst tells it.
#[derive(serde::Deserialize)]
struct Step {
    name: String,
    ph: String,
    ts: f64,
    tid: u64,
    args: Option<Source>,
}

#[derive(serde::Deserialize)]
struct Source {
    file: String,
    line: u32,
}

/// Writes the timing of one pack, and sums up what each step took without those within it.
fn trace(stationery: &Stationery, printed: &Printed, file: &Path) {
    let (world, options) = stationery.scorecard_parts(&printed.pack, &printed.figures).expect("a world");
    typst_timing::enable();
    let document = typst::compile::<typst_layout::PagedDocument>(&world).output.expect("a document");
    typst_pdf::pdf(&document, &options).expect("a PDF");
    typst_timing::disable();
    let mut json = Vec::new();
    typst_timing::export_json(&mut json, |span| {
        let span = typst::syntax::Span::from_raw(span);
        let at = span.id().and_then(|id| {
            let source = world.source(id).ok()?;
            let line = source.lines().byte_to_line(world.range(span)?.start)?;
            Some((id.get().vpath().get_without_slash().to_owned(), u32::try_from(line + 1).ok()?))
        });
        at.unwrap_or_default()
    })
    .expect("a trace");
    std::fs::write(file, &json).expect("a file");
    let steps: Vec<Step> = serde_json::from_slice(&json).expect("steps");
    let mut open: BTreeMap<u64, Vec<(&Step, f64)>> = BTreeMap::new();
    let (mut by_name, mut by_line) = (BTreeMap::new(), BTreeMap::new());
    for step in &steps {
        let stack = open.entry(step.tid).or_default();
        if step.ph == "B" {
            stack.push((step, 0.0));
            continue;
        }
        let Some((begun, within)) = stack.pop() else { continue };
        let whole = step.ts - begun.ts;
        if let Some((_, sum)) = stack.last_mut() {
            *sum += whole;
        }
        let add = |sums: &mut BTreeMap<String, (f64, usize)>, key: String| {
            let (time, times) = sums.entry(key).or_default();
            *time += (whole - within) / 1000.0;
            *times += 1;
        };
        add(&mut by_name, begun.name.clone());
        if let Some(Source { file, line }) = begun.args.as_ref().filter(|at| !at.file.is_empty()) {
            add(&mut by_line, format!("{} in {file}:{line}", begun.name));
        }
    }
    println!("{} pages; each step without those within it:", document.pages().len());
    for (sums, most) in [(by_name, 30), (by_line, 60)] {
        let mut sums: Vec<_> = sums.into_iter().collect();
        sums.sort_by(|(_, (one, _)), (_, (other, _))| other.total_cmp(one));
        for (what, (time, times)) in sums.into_iter().take(most) {
            println!("{time:8.1} ms  {times:6} times  {what}");
        }
        println!();
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let loaded = sample();
    let period = period(&loaded.config);
    let editions = Editions::weigh(declared(&loaded.config, &loaded.commentary), material(&loaded.config));
    // The board that is held has a workbook that cannot be read.
    let boards = loaded.config.boards.iter().filter(|board| board.id.as_str() != "send-partnership");
    let all: Vec<Printed> = boards.map(|board| printed(&loaded.config, &editions, board, period)).collect();
    let stationery = match std::env::var_os("BOARDPACK_TEMPLATES") {
        Some(folder) => from_folder(&PathBuf::from(folder)),
        None => Stationery::embedded().expect("stationery"),
    };
    match arguments.as_slice() {
        [word, file, board] if word == "trace" => {
            let printed = all.iter().find(|printed| printed.board == *board).expect("a board of the sample");
            trace(&stationery, printed, Path::new(file));
        }
        [word, board, out] if word == "pdf" => {
            let printed = all.iter().find(|printed| printed.board == *board).expect("a board of the sample");
            std::fs::write(out, stationery.scorecard(&printed.pack, &printed.figures).expect("a PDF").bytes())
                .expect("a file");
        }
        [word, board] if word == "one" => {
            let printed = all.iter().find(|printed| printed.board == *board).expect("a board of the sample");
            let (mut times, mut pages) = (Vec::new(), 0);
            for _ in 0..ROUNDS {
                times.push(took(false, || {
                    pages = stationery.scorecard(&printed.pack, &printed.figures).expect("a PDF").pages();
                }));
            }
            println!("{} {pages}", times.iter().map(|t| t.0.as_millis()).min().unwrap_or_default());
        }
        _ => measure(&stationery, &all),
    }
}

/// Templates that are being worked on, without building the program anew.
fn from_folder(folder: &Path) -> Stationery {
    let mut files = Stationery::built_in();
    for path in files.keys().cloned().collect::<Vec<_>>() {
        if let Ok(bytes) = std::fs::read(folder.join(&path)) {
            files.insert(path, bytes);
        }
    }
    Stationery::from_files(files).expect("stationery")
}
