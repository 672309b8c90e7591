//! How long a board's disclosure takes: 60 indicators, 12 of them with a
//! breakdown of five, thirteen months, each with its year to date.

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

fn board() -> Result<Release, ReleaseError> {
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
    let release = board().expect("a board that adds up");
    let mut group = criterion.benchmark_group("disclosure");
    group.sample_size(10);
    group.bench_function("a board of 60 indicators with 12 breakdowns", |bencher| {
        bencher.iter(|| clear(&release));
    });
    group.finish();
}

criterion_group!(benches, disclosure);
criterion_main!(benches);
