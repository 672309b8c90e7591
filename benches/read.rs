//! What opening a large workbook costs: 12 columns × 50,000 rows of xlsx.
//!
//! - `bare calamine`: `worksheet_range`, which holds the whole grid;
//! - `here`: bytes to our grid, in this process;
//! - `child`: the same in a child process, as the program does it: the
//!   difference is what the fence costs.

#![expect(clippy::expect_used, reason = "a bench that cannot go on shall fail")]

use std::io::Cursor;

use boardpack::domain::Place;
use boardpack::reader::{Limits, Reader};
use calamine::Reader as _;
use criterion::{Criterion, criterion_group, criterion_main};

/// Three columns of texts, nine of figures.
fn large() -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..50_000_u32 {
        for column in 0..3_u16 {
            let text = format!("KPI-{:03}", (row * 7 + u32::from(column)) % 400);
            sheet.write_string(row, column, text).expect("a cell");
        }
        for column in 3..12_u16 {
            sheet.write_number(row, column, f64::from(row * 13 + u32::from(column)) / 8.0).expect("a cell");
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

fn read(criterion: &mut Criterion) {
    let bytes = large();
    let (at, limits) = (Place { file: Some("large.xlsx".into()), ..Place::default() }, Limits::default());
    let mut group = criterion.benchmark_group("12 columns × 50,000 rows of xlsx");
    group.sample_size(20);
    group.bench_function("bare calamine", |bencher| {
        bencher.iter(|| {
            let mut book = calamine::Xlsx::new(Cursor::new(bytes.as_slice())).expect("a workbook");
            book.worksheet_range("Sheet1").expect("a sheet")
        });
    });
    for (name, reader) in [("here", Reader::here()), ("child", Reader::program(env!("CARGO_BIN_EXE_boardpack").into()))]
    {
        group.bench_function(name, |bencher| {
            bencher.iter(|| reader.open_bytes(&bytes, &at, &limits).expect("a book").value.expect("a book"));
        });
    }
    group.finish();
    let small = b"a,b\n1,2\n";
    let child = Reader::program(env!("CARGO_BIN_EXE_boardpack").into());
    criterion.bench_function("a child for two cells", |bencher| {
        bencher.iter(|| child.open_bytes(small, &at, &limits).expect("a book"));
    });
}

criterion_group!(benches, read);
criterion_main!(benches);
