//! What opening a large workbook costs: 12 columns × 50,000 rows of xlsx.
//!
//! - `bare calamine`: `worksheet_range`, which holds the whole grid;
//! - `in process`: bytes to our grid, in this process;
//! - `worker`: the same in a worker process, as the program does it: the
//!   difference is what the sandbox and the pipes cost;
//! - `observations`: bytes to observations, with every check, in this process.

#![expect(clippy::expect_used, reason = "a bench that cannot go on shall fail")]

use std::io::Cursor;
use std::path::Path;

use boardpack::config::{Config, Files, Loaded};
use boardpack::dataset;
use boardpack::domain::ReadingLimits;
use boardpack::domain::{Period, Place};
use boardpack::reader::WorkbookReader;
use calamine::Reader as _;
use criterion::{Criterion, criterion_group, criterion_main};

/// Indicators of the large workbook; each has 125 months.
const INDICATORS: u32 = 400;

/// Three columns of texts, nine of figures: a row for each of 400 indicators
/// in each of 125 months, and a header.
fn large() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for column in 0..12_u16 {
        let name = ["Ref", "Month", "Team", "Value", "Numerator", "Denominator"].get(usize::from(column));
        let name = name.map_or_else(|| format!("Other {column}"), |name| (*name).to_owned());
        sheet.write_string(0, column, name).expect("a header");
    }
    for row in 0..50_000_u32 {
        let (indicator, month) = (row % INDICATORS, row / INDICATORS);
        let texts = [
            format!("KPI{indicator:03}"),
            format!("{:04}-{:02}", 2016 + month / 12, month % 12 + 1),
            format!("Team {}", row % 7),
        ];
        for (column, text) in (0_u16..).zip(texts) {
            sheet.write_string(row + 1, column, text).expect("a cell");
        }
        let numerator = 60 + (row * 7) % 30;
        let numbers = [f64::from(numerator), f64::from(numerator), 100.0];
        for (column, number) in (3_u16..).zip(numbers) {
            sheet.write_number(row + 1, column, number).expect("a cell");
        }
        for column in 6..12_u16 {
            sheet.write_number(row + 1, column, f64::from(row * 13 + u32::from(column)) / 8.0).expect("a cell");
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

/// A council whose one source is the large workbook.
fn council() -> Config {
    let mut register = String::new();
    for indicator in 0..INDICATORS {
        register.push_str(&format!(
            "[indicators.KPI{indicator:03}]\ntitle = \"T\"\nplain = \"P\"\nunit = \"percent\"\nnoun = \"children\"\n\
             better = \"none\"\nfrequency = \"monthly\"\nbasis = \"snapshot\"\nsource = \"s\"\nowner = \"O\"\n"
        ));
    }
    let files = [
        (
            "boardpack.toml",
            "[council]\nname = \"C\"\ncontact = \"C\"\n[schedule]\nfirst_period = \"2026-04\"\n[storage.share]\nkind = \"directory\"\npath = \".\"\n",
        ),
        ("indicators.toml", register.as_str()),
        (
            "sources.toml",
            "[sources.s]\ntitle = \"S\"\nfiles = \"large.xlsx\"\nlayout = \"long\"\npercent = \"points\"\nmonth = { column = \"Month\", formats = [\"%Y-%m\"] }\ncolumns = { indicator = \"Ref\", value = \"Value\", numerator = \"Numerator\", denominator = \"Denominator\" }\n",
        ),
        (
            "boards/b.toml",
            "title = \"B\"\nscorecard = \"S\"\nowner = \"O\"\nschedule = { working_day = 1 }\n[[sections]]\nnumber = \"1\"\ntitle = \"T\"\nindicators = [\"KPI000\"]\n",
        ),
    ];
    let files = Files::from_texts(files.map(|(name, text)| (name.to_owned(), text.to_owned())));
    Loaded::resolve(Path::new("."), &files, &[], boardpack::storage::KINDS).expect("a config").config
}

fn read(criterion: &mut Criterion) {
    let bytes = large();
    let (at, limits) = (Place { file: Some("large.xlsx".into()), ..Place::default() }, ReadingLimits::default());
    let mut group = criterion.benchmark_group("12 columns × 50,000 rows of xlsx");
    group.sample_size(20);
    group.bench_function("bare calamine", |bencher| {
        bencher.iter(|| {
            let mut book = calamine::Xlsx::new(Cursor::new(bytes.as_slice())).expect("a workbook");
            book.worksheet_range("Sheet1").expect("a sheet")
        });
    });
    for (name, reader) in [
        ("in process", WorkbookReader::in_process()),
        ("worker", WorkbookReader::program(env!("CARGO_BIN_EXE_boardpack").into())),
    ] {
        group.bench_function(name, |bencher| {
            bencher.iter(|| reader.open_bytes(&bytes, &at, &limits).expect("a book").value.expect("a book"));
        });
    }
    let config = council();
    let source = config.sources.values().next().expect("a source");
    let indicators: Vec<_> = config.register.values().collect();
    let period: Period = "2026-05".parse().expect("a month");
    group.bench_function("observations", |bencher| {
        bencher.iter(|| {
            let book =
                WorkbookReader::in_process().open_bytes(&bytes, &at, &limits).expect("a book").value.expect("a book");
            let read = dataset::read(source, &indicators, &book, "large.xlsx", period);
            assert_eq!(read.value.observations().count(), 50_000);
            read
        });
    });
    group.finish();
    let small = b"a,b\n1,2\n";
    let worker = WorkbookReader::program(env!("CARGO_BIN_EXE_boardpack").into());
    criterion.bench_function("a worker for two cells", |bencher| {
        bencher.iter(|| worker.open_bytes(small, &at, &limits).expect("a book"));
    });
}

// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

criterion_group!(benches, read);
criterion_main!(benches);
