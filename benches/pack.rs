//! What the speed of boardpack is made of, as ratios taken side by side.
//!
//! - `typeset`: the largest sample pack by the program, against bare
//!   `typst::compile` and export of the same document;
//! - `run`: the whole sample, from workbooks to published packs, and again
//!   when nothing has changed;
//! - `pure`: reading, scorecard and pack of 1,000 indicators × 36 months,
//!   without typesetting.

#![expect(clippy::expect_used, reason = "a bench that cannot go on shall fail")]

mod sample;

use std::path::Path;

use boardpack::config::{Config, Files, Loaded};
use boardpack::domain::{BoardId, Commentary, PackKey, Place};
use boardpack::edition::{EditionView, Material};
use boardpack::pack;
use boardpack::reader::WorkbookReader;
use boardpack::run::declared;
use boardpack::run::{ActivationRequest, Resources, Silent, activate};
use boardpack::typeset::Stationery;
use boardpack::{dataset, workbook};
use criterion::{BatchSize, Criterion, criterion_group, criterion_main};

use self::sample::{material, period, sample, setting};

fn typeset(criterion: &mut Criterion) {
    let Loaded { config, commentary, .. } = sample();
    let material = material(&config);
    let id = BoardId::parse("overview-and-scrutiny").expect("a name");
    let board = config.board(&id).expect("the largest board");
    let view = EditionView::whole(declared(&config, &commentary), &material, board, period(&config));
    let card = view.scorecard();
    let pack = pack::pack(&card, &setting(&config));
    let figures = pack::figures::csv(&card, &std::collections::BTreeMap::new()).expect("figures");
    let stationery = Stationery::embedded().expect("stationery");
    let mut group = criterion.benchmark_group("typeset");
    group.sample_size(20);
    group.bench_function("bare typst", |bencher| {
        bencher.iter(|| {
            let (world, options) = stationery.scorecard_parts(&pack, &figures).expect("a world");
            let document = typst::compile::<typst_layout::PagedDocument>(&world).output.expect("a document");
            let pdf = typst_pdf::pdf(&document, &options).expect("a PDF");
            typst::comemo::evict(0);
            pdf
        });
    });
    group.bench_function("boardpack", |bencher| {
        bencher.iter(|| stationery.scorecard(&pack, &figures).expect("a PDF"));
    });
    group.finish();
}

fn whole_run(criterion: &mut Criterion) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let stationery = Stationery::embedded().expect("stationery");
    let fresh = || {
        let dir = tempfile::tempdir().expect("a folder");
        let mut loaded = sample();
        loaded.config.service.publish_path = dir.path().join("published").display().to_string();
        loaded.config.service.held_path = dir.path().join("held").display().to_string();
        (dir, loaded)
    };
    let run = |Loaded { config, commentary, .. }: &Loaded| {
        let period = period(config);
        let keys = config.boards.iter().map(|board| PackKey { period, board: board.id.clone() }).collect();
        let request = ActivationRequest {
            keys,
            mode: boardpack::run::RunMode::Publish,
            new_look: false,
            stop: Default::default(),
            asker: Default::default(),
        };
        runtime
            .block_on(activate(
                config,
                commentary,
                &stationery,
                &Resources::new(WorkbookReader::in_process()),
                request,
                &Silent,
            ))
            .expect("outcomes")
    };
    let mut group = criterion.benchmark_group("run");
    group.sample_size(10);
    group.bench_function("sample, everything new", |bencher| {
        bencher.iter_batched(fresh, |(dir, loaded)| (run(&loaded), dir), BatchSize::PerIteration);
    });
    let (_dir, loaded) = fresh();
    run(&loaded);
    group.bench_function("sample, nothing changed", |bencher| bencher.iter(|| run(&loaded)));
    let board = BoardId::parse("overview-and-scrutiny").expect("a name");
    let (mut edited, mut times) = (loaded.clone(), 0);
    let key = PackKey { period: period(&loaded.config), board };
    group.bench_function("sample, one commentary edited", |bencher| {
        bencher.iter(|| {
            times += 1;
            let comments = edited.commentary.comments.get_mut(&key).expect("its commentary");
            comments.on.values_mut().next().expect("a comment").text = format!("Written {times} times.").into();
            run(&edited)
        });
    });
    group.finish();
}

/// A council of 1,000 indicators, one board, one CSV of 36 months.
fn large() -> (Config, Vec<u8>) {
    let mut register = String::new();
    let mut sections = String::new();
    for i in 0..1000 {
        register.push_str(&format!(
            "[indicators.K{i:04}]\ntitle = \"Indicator {i}\"\nplain = \"Plain\"\nunit = \"percent\"\nnoun = \"children\"\n\
             better = \"higher\"\nfrequency = \"monthly\"\nbasis = \"snapshot\"\nsource = \"all\"\nowner = \"Owner\"\n\
             explain_over = 5\n[[indicators.K{i:04}.targets]]\nfrom = \"2023-01\"\nvalue = 85\ntolerance = 5\nsource = \"local\"\n"
        ));
        if i % 50 == 0 {
            sections
                .push_str(&format!("[[sections]]\nnumber = \"{}\"\ntitle = \"Section\"\nindicators = [", i / 50 + 1));
        }
        sections.push_str(&format!("\"K{i:04}\","));
        if i % 50 == 49 {
            sections.push_str("]\n");
        }
    }
    let mut csv = String::from("Month,Ref,Value,Numerator,Denominator\r\n");
    for month in 0..36 {
        for i in 0..1000u32 {
            let numerator = 150 + (i * 7 + month * 13) % 50;
            csv.push_str(&format!(
                "{}-{:02}-01,K{i:04},,{numerator},200\r\n",
                2023 + (month + 10) / 12,
                (month + 10) % 12 + 1
            ));
        }
    }
    let board = format!(
        "title = \"Board\"\nscorecard = \"Scorecard\"\nowner = \"Owner\"\nschedule = {{ working_day = 1 }}\n{sections}"
    );
    let files = [
        ("boardpack.toml", "[council]\nname = \"C\"\ncontact = \"C\"\n[run]\nperiod = \"2026-10\"\n[schedule]\nfirst_period = \"2026-10\"\n[storage.share]\nkind = \"directory\"\npath = \".\"\n".to_owned()),
        ("indicators.toml", register),
        ("sources.toml", "[sources.all]\ntitle = \"All\"\nfiles = \"all.csv\"\nlayout = \"long\"\nmonth = { column = \"Month\", formats = [\"%Y-%m-%d\"] }\ncolumns = { indicator = \"Ref\", value = \"Value\", numerator = \"Numerator\", denominator = \"Denominator\" }\n".to_owned()),
        ("boards/board.toml", board),
    ];
    let files = Files::from_texts(files.map(|(name, text)| (name.to_owned(), text)));
    (
        Loaded::resolve(Path::new("."), &files, &[], boardpack::storage::KINDS).expect("a whole config").config,
        csv.into_bytes(),
    )
}

fn pure(criterion: &mut Criterion) {
    let (config, csv) = large();
    let source = config.sources.values().next().expect("one source");
    let board = &config.boards[0];
    let indicators: Vec<_> = config.carried_by(&source.id).collect();
    let book = workbook::read(&csv, &Place::default()).value.expect("a workbook");
    let mut group = criterion.benchmark_group("pure, 1,000 indicators × 36 months");
    group.sample_size(20);
    group.bench_function("workbook: bytes to grid", |bencher| {
        bencher.iter(|| workbook::read(&csv, &Place::default()));
    });
    let read = || dataset::read(source, &indicators, &book, "all.csv", period(&config));
    group.bench_function("dataset: grid to observations", |bencher| bencher.iter(read));
    let material = || Material { datasets: [(source.id.clone(), read())].into(), ..Material::default() };
    let commentary = Commentary::default();
    let known = material();
    let view = EditionView::whole(declared(&config, &commentary), &known, board, period(&config));
    let card = || view.scorecard();
    assert_eq!(card().lines().filter(|line| line.current.figure().is_some()).count(), 1000);
    group.bench_function("scorecard: observations to lines", |bencher| bencher.iter(card));
    let card = card();
    group.bench_function("pack: lines to words", |bencher| bencher.iter(|| pack::pack(&card, &setting(&config))));
    group.bench_function("dataset, scorecard and pack", |bencher| {
        bencher.iter(|| {
            let material = material();
            let view = EditionView::whole(declared(&config, &commentary), &material, board, period(&config));
            pack::pack(&view.scorecard(), &setting(&config))
        });
    });
    group.finish();
}

// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

criterion_group!(benches, typeset, whole_run, pure);
criterion_main!(benches);
