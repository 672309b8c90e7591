//! The seeds of `tests/data`, spoilt in ways of their own kind, a few seconds
//! of them; as long as `BOARDPACK_FUZZ_SECONDS` says. The cases are the same
//! each time. A panic in calamine is a finding and no failure: the sandbox is
//! for those; one in our own rooms is a failure.

#[path = "fuzz/cases.rs"]
mod cases;

use std::cell::RefCell;
use std::io::{Cursor, Read as _, Write as _};
use std::time::{Duration, Instant};

use boardpack::config::Loaded;
use boardpack::workbook::{Book, Cell, Merge};

use crate::hostile::{self, named};
use crate::support::root;

/// A small generator; the same numbers everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        // xorshift*, by Vigna.
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.roll() >> 16).unwrap() % end.max(1)
    }

    fn one_of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

fn seconds() -> Duration {
    let asked = std::env::var("BOARDPACK_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    Duration::from_secs(asked.unwrap_or(3))
}

/// Small files of every format.
fn seeds() -> Vec<Vec<u8>> {
    let mut seeds = hostile::small();
    for folder in ["tests/data/archetypes", "tests/data/real", "sample/share"] {
        let mut paths: Vec<_> =
            std::fs::read_dir(root().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let read = paths.iter().filter(|path| path.is_file()).map(|path| std::fs::read(path).unwrap());
        seeds.extend(read.filter(|bytes| bytes.len() < 60_000));
    }
    seeds
}

const WORDS: &[&[u8]] = &[
    b"0",
    b"-1",
    b"4294967295",
    b"18446744073709551616",
    b"1e999",
    b"NaN",
    b"inf",
    b"",
    b"\"",
    b"<",
    b">",
    b"&#0;",
    b"&amp;",
    b"&x;",
    b"]]>",
    b"<!--",
    b"<![CDATA[",
    b"A1",
    b"XFD1048576",
    b"ZZZZ9999999",
    b"A1:XFD1048576",
    b"#REF!",
    b"t=\"s\"",
    b"t=\"e\"",
    b"s=\"99999\"",
    b"\0",
    b"\xFF\xFE",
    b"\xEF\xBB\xBF",
    b"\r\n",
    b",",
    b";",
    b"1904",
    b"table:number-columns-repeated=\"99999999\"",
    b"table:number-rows-repeated=\"4294967295\"",
    b"PK\x01\x02",
];

/// Spoils some bytes: changed, cut out, repeated, or words put in.
fn spoil(bytes: &mut Vec<u8>, dice: &mut Dice) {
    for _ in 0..=dice.below(4) {
        let at = dice.below(bytes.len() + 1);
        let end = (at + dice.below(40)).min(bytes.len());
        match dice.below(6) {
            0 if at < bytes.len() => bytes[at] = u8::try_from(dice.below(256)).unwrap(),
            1 if at < bytes.len() => bytes[at] ^= 1 << dice.below(8),
            2 => drop(bytes.drain(at..end)),
            3 => {
                let piece = bytes[at..end].repeat(1 + dice.below(8));
                bytes.splice(at..at, piece).for_each(drop);
            }
            4 => bytes.truncate(bytes.len() - dice.below(bytes.len() / 4 + 1)),
            _ => {
                bytes.splice(at..end.min(at + dice.below(8)), dice.one_of(WORDS).iter().copied()).for_each(drop);
            }
        }
    }
}

/// Spoils a file: a zip most often inside one of its parts.
fn spoilt(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    if seed.starts_with(b"PK")
        && dice.below(5) > 0
        && let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(seed))
    {
        let chosen = dice.below(archive.len());
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for at in 0..archive.len() {
            let mut part = archive.by_index(at).unwrap();
            let name = part.name().unwrap().to_string();
            let mut content = Vec::new();
            part.read_to_end(&mut content).unwrap();
            if at == chosen {
                spoil(&mut content, dice);
            }
            writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(&content).unwrap();
        }
        return writer.finish().unwrap().into_inner();
    }
    spoil(&mut bytes, dice);
    bytes
}

thread_local! {
    /// Where this thread last panicked, while it is kept quiet.
    static PANICKED: RefCell<Option<String>> = const { RefCell::new(None) };
    /// Which case this thread is at.
    static CASE: std::cell::Cell<u64> = const { std::cell::Cell::new(0) };
}

/// Runs cases until the time is over; each must not panic in our own rooms.
fn run(mut case: impl FnMut(&mut Dice)) {
    let speak = std::panic::take_hook();
    let ours = std::thread::current().id();
    std::panic::set_hook(Box::new(move |panic| {
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        // A dependency's panic is what the sandbox is for.
        if std::thread::current().id() != ours
            || at.starts_with("src")
            || at.starts_with("tests")
            || at.contains("fuzz")
        {
            eprintln!("case {}:", CASE.get());
            speak(panic);
        }
        PANICKED.with(|last| *last.borrow_mut() = Some(at));
    }));
    let (began, mut count) = (Instant::now(), 0_u64);
    let mut elsewhere = std::collections::BTreeMap::<String, u64>::new();
    while began.elapsed() < seconds() {
        count += 1;
        CASE.set(count);
        case(&mut Dice(count.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1));
        if let Some(at) = PANICKED.with(|last| last.borrow_mut().take()) {
            assert!(!at.starts_with("src"), "case {count} panics at {at}");
            *elsewhere.entry(at).or_default() += 1;
        }
    }
    println!("{count} cases; panics elsewhere: {elsewhere:#?}");
}

#[test]
fn fuzz_bytes_to_grid() {
    let seeds = seeds();
    run(|dice| {
        let bytes = spoilt(dice.one_of::<Vec<u8>>(&seeds), dice);
        cases::bytes_to_grid(&bytes);
    });
}

/// Spoils a book: cells changed, moved and taken out, merges put in.
fn spoil_book(book: &mut Book, others: &[Cell], dice: &mut Dice) {
    for sheet in &mut book.sheets {
        for _ in 0..=dice.below(12) {
            let at = dice.below(sheet.cells.len());
            let Some(cell) = sheet.cells.get_mut(at) else { break };
            match dice.below(5) {
                0 => cell.2 = dice.one_of(others).clone(),
                1 => drop(sheet.cells.remove(at)),
                2 => drop(sheet.cells.drain(..at / 2)),
                3 => cell.1 = u32::try_from(dice.below(16_384)).unwrap(),
                _ => {
                    let mut side = || u32::try_from(dice.below(30)).unwrap();
                    sheet.merges.push(Merge { top: side(), left: side(), bottom: side(), right: side() });
                }
            }
        }
        sheet.cells.sort_by_key(|cell| (cell.0, cell.1));
        sheet.cells.dedup_by_key(|cell| (cell.0, cell.1));
    }
}

#[test]
fn fuzz_grid_to_dataset() {
    let config = Loaded::load(&root().join("config"), &[], boardpack::storage::KINDS).unwrap().config;
    let reader = boardpack::reader::WorkbookReader::in_process();
    let read =
        |bytes: &Vec<u8>| reader.open_bytes(bytes, &named("KPI.csv"), &boardpack::domain::ReadingLimits::default());
    let books: Vec<Book> = seeds().iter().filter_map(|bytes| read(bytes).unwrap().value).collect();
    let number = |value| Cell::Number { value, percent: false };
    let mut others = vec![
        number(f64::MAX),
        number(f64::MIN_POSITIVE),
        number(-0.0),
        number(7.9e28),
        number(45_000.0),
        Cell::Number { value: 0.5, percent: true },
        Cell::Bool(true),
        Cell::Uncalculated,
        Cell::Error("#REF!".to_owned()),
        Cell::Date(chrono::NaiveDateTime::MAX),
        Cell::Date(chrono::NaiveDateTime::MIN),
    ];
    others.extend(WORDS.iter().map(|word| Cell::Text(String::from_utf8_lossy(word).into_owned())));
    others.extend(
        ["Ref", "Value", "October 2026", "99/99/9999", "1e28%", "%", "<5", "\u{A0}", "İ"]
            .map(|text| Cell::Text(text.to_owned())),
    );
    run(|dice| {
        let mut book = dice.one_of(&books).clone();
        spoil_book(&mut book, &others, dice);
        cases::grid_to_dataset(&config, &book);
    });
}
