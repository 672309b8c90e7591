//! How long a board's disclosure takes: 60 indicators, 12 of them with a
//! breakdown of five, thirteen months, each with its year to date; and where the
//! five are crossed with four others.

#![expect(clippy::expect_used, reason = "a bench that cannot go on shall fail")]

use boardpack::disclosure::{CellId, CountCell, DisclosureRule, Release, ReleaseError, clear, cost};
use criterion::{Criterion, criterion_group, criterion_main};

const RULE: DisclosureRule = DisclosureRule::up_to(5);

/// Counts, some small, the same every time.
struct Counts(u64);

impl Counts {
    fn below(&mut self, most: u64) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % most).unwrap_or_default()
    }

    fn category(&mut self) -> u32 {
        if self.below(4) == 0 { self.below(8) } else { 6 + self.below(40) }
    }
}

fn sum(release: &mut Release, key: String, parts: &[CellId], cost: u32) -> Result<CellId, ReleaseError> {
    let value = parts.iter().map(|id| release.get(*id).value).sum();
    let total = release.cell(CountCell::personal(key, value, RULE).costing(cost))?;
    release.total(total, parts)?;
    Ok(total)
}

/// Four parts of a count, of which the last has what is left.
fn split(release: &mut Release, whole: CellId, counts: &mut Counts) -> Result<[CellId; 4], ReleaseError> {
    let name = release.get(whole).key.clone();
    let mut left = release.get(whole).value;
    let mut parts = [whole; 4];
    for (at, part) in parts.iter_mut().enumerate() {
        let value = if at == 3 { left } else { counts.below(u64::from(left / 2) + 1) };
        left -= value;
        *part = release.cell(CountCell::personal(format!("{name}/{at}"), value, RULE).costing(cost::EARLIER))?;
    }
    release.total(whole, &parts)?;
    Ok(parts)
}

/// A board, so many of whose breakdowns are crossed with another.
fn board(crossed: usize) -> Result<Release, ReleaseError> {
    let (mut release, mut counts) = (Release::new(), Counts(7));
    for indicator in 0..60 {
        let mut so_far: Vec<CellId> = Vec::new();
        for month in 0..13 {
            let name = format!("{indicator}/{month}");
            if indicator >= 12 {
                let part = 20 + counts.below(300);
                let all = release.cell(CountCell::open(format!("{name}/of"), part + counts.below(100)))?;
                let part = release.cell(CountCell::personal(name, part, RULE))?;
                release.share(part, all, 1)?;
                continue;
            }
            let mut months = Vec::new();
            for category in 0..5 {
                let cell = CountCell::personal(format!("{name}/{category}"), counts.category(), RULE);
                months.push(release.cell(cell.costing(cost::EARLIER))?);
            }
            let all = sum(&mut release, name.clone(), &months, cost::TOTAL)?;
            if indicator < crossed {
                let rows: Vec<_> =
                    months.iter().map(|row| split(&mut release, *row, &mut counts)).collect::<Result<_, _>>()?;
                let column = |at: usize| rows.iter().map(|row| row[at]).collect::<Vec<_>>();
                let margin: Vec<CellId> = (0..4)
                    .map(|at| sum(&mut release, format!("{name}/of/{at}"), &column(at), cost::PART))
                    .collect::<Result<_, _>>()?;
                release.total(all, &margin)?;
            }
            for id in &months {
                release.share(*id, all, 0)?;
            }
            let mut years = Vec::new();
            for (at, id) in months.iter().chain([&all]).enumerate() {
                let parts: Vec<CellId> = so_far.get(at).copied().into_iter().chain([*id]).collect();
                years.push(sum(&mut release, format!("{name}/{at}/ytd"), &parts, cost::PART)?);
            }
            release.total(years[5], &years[..5])?;
            so_far = years;
        }
    }
    Ok(release)
}

fn disclosure(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("disclosure");
    group.sample_size(10);
    for (name, crossed) in [("", 0), (", 3 of them two-way", 3), (", all of them two-way", 12)] {
        let release = board(crossed).expect("a board that adds up");
        group.bench_function(format!("a board of 60 indicators with 12 breakdowns{name}"), |bencher| {
            bencher.iter(|| clear(&release));
        });
    }
    group.finish();
}

criterion_group!(benches, disclosure);
criterion_main!(benches);
