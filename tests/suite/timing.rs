//! How long it takes to protect a board with two-way breakdowns. Run by hand:
//! `cargo nextest run --run-ignored only timing`.

use std::time::{Duration, Instant};

use boardpack::disclosure::{CellId, CountCell, DisclosureRule, Release, clear, cost};

const RULE: DisclosureRule = DisclosureRule::up_to(5);

/// Counts, some small, the same every time.
struct Counts(u64);

impl Counts {
    fn below(&mut self, most: u64) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % most).unwrap()
    }

    fn category(&mut self) -> u32 {
        if self.below(4) == 0 { self.below(8) } else { 6 + self.below(40) }
    }
}

fn sum(release: &mut Release, key: String, parts: &[CellId], cost: u32) -> CellId {
    let value = parts.iter().map(|id| release.get(*id).value).sum();
    let total = release.cell(CountCell::personal(key, value, RULE).costing(cost)).unwrap();
    release.total(total, parts).unwrap();
    total
}

/// Sixty indicators over thirteen months, twelve of them in five parts and of these
/// some by age and home.
fn board(crossed: usize, rows: usize, columns: usize) -> Release {
    let (mut release, mut counts) = (Release::new(), Counts(7));
    for (indicator, month) in (0..60_usize).flat_map(|indicator| (0..13).map(move |month| (indicator, month))) {
        let name = format!("{indicator}/{month}");
        if indicator >= 12 {
            let part = 20 + counts.below(300);
            let all = release.cell(CountCell::open(format!("{name}/of"), part + counts.below(100))).unwrap();
            let part = release.cell(CountCell::personal(name, part, RULE)).unwrap();
            release.share(part, all, 1).unwrap();
            continue;
        }
        let (rows, columns) = if indicator < crossed { (rows, columns) } else { (5, 1) };
        let mut cell = |row: usize, column: usize| {
            let cell = CountCell::personal(format!("{name}/{row}/{column}"), counts.category(), RULE);
            release.cell(cell.zero_shown().costing(cost::EARLIER)).unwrap()
        };
        let table: Vec<Vec<CellId>> =
            (0..rows).map(|row| (0..columns).map(|column| cell(row, column)).collect()).collect();
        let ages: Vec<CellId> =
            (0..rows).map(|row| sum(&mut release, format!("{name}/row {row}"), &table[row], cost::PART)).collect();
        let homes: Vec<CellId> = (0..columns)
            .map(|column| {
                let parts: Vec<CellId> = table.iter().map(|row| row[column]).collect();
                sum(&mut release, format!("{name}/column {column}"), &parts, cost::PART)
            })
            .collect();
        let all = sum(&mut release, name, &ages, cost::TOTAL);
        release.total(all, &homes).unwrap();
    }
    release
}

#[test]
#[ignore = "a measurement"]
fn two_way_breakdowns_of_a_board_are_protected_within_seconds() {
    let took = |(crossed, rows, columns, most): (usize, usize, usize, u64)| {
        let release = board(crossed, rows, columns);
        // The least of three: neighbours on the machine only ever add.
        let once = |_| {
            let started = Instant::now();
            assert!(clear(&release).recoverable().is_empty());
            started.elapsed()
        };
        (crossed, rows, columns, Duration::from_secs(most), (0..3).map(once).min().unwrap())
    };
    // None, twelve small ones, three large ones, twelve large ones.
    let all = [(0, 5, 1, 1), (12, 3, 2, 1), (3, 5, 4, 2), (12, 5, 4, 6)].map(took);
    assert!(all.iter().all(|(.., most, took)| took < most), "{all:?}");
}
