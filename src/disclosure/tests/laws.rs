//! Over thousands of random releases: what is suppressed is not recovered,
//! nothing is hidden twice, and nothing without a reason.

use proptest::prelude::*;

use super::super::*;

const RULE: DisclosureRule = DisclosureRule::up_to(5);

/// Counts as children's services have them: many small, some none.
fn count() -> impl Strategy<Value = u32> {
    prop_oneof![3 => 0_u32..=12, 1 => Just(0_u32), 1 => 6_u32..=120]
}

fn add(release: &mut Release, key: String, value: u32) -> CellId {
    release.cell(CountCell::personal(key, value, RULE).zero_shown()).unwrap()
}

fn sum(release: &mut Release, key: String, parts: &[CellId]) -> CellId {
    let value = parts.iter().map(|id| release.get(*id).value).sum();
    let total = release.cell(CountCell::personal(key, value, RULE).costing(cost::TOTAL)).unwrap();
    release.total(total, parts).unwrap();
    total
}

/// A breakdown with its total, and percentages of some of its parts.
fn line() -> impl Strategy<Value = Release> {
    prop::collection::vec((count(), any::<bool>(), any::<bool>(), 0_u32..=1), 1..=7).prop_map(|parts| {
        let mut release = Release::new();
        let ids: Vec<CellId> = (0..parts.len())
            .map(|index| {
                let cell = CountCell::personal(format!("{index}"), parts[index].0, RULE);
                let only = parts[index].1 && parts[index].2;
                let published = if only { Disclosed::Percent } else { Disclosed::Count };
                release.cell(cell.published(published)).unwrap()
            })
            .collect();
        let total = sum(&mut release, "all".to_owned(), &ids);
        for (id, (_, share, _, digits)) in ids.iter().zip(&parts) {
            if *share {
                release.share(*id, total, *digits).unwrap();
            }
        }
        release
    })
}

/// A breakdown by two things, with both margins and the whole.
fn square() -> impl Strategy<Value = Release> {
    (1_usize..=4, 1_usize..=4).prop_flat_map(|(rows, columns)| {
        prop::collection::vec(prop::collection::vec(count(), columns), rows).prop_map(|table| {
            let mut release = Release::new();
            let name = |row, column| format!("{row}/{column}");
            let ids: Vec<Vec<CellId>> = (0..table.len())
                .map(|row| (0..table[row].len()).map(|at| add(&mut release, name(row, at), table[row][at])).collect())
                .collect();
            let rows: Vec<CellId> =
                (0..ids.len()).map(|row| sum(&mut release, format!("row {row}"), &ids[row])).collect();
            let columns: Vec<CellId> = (0..ids[0].len())
                .map(|at| {
                    let parts: Vec<CellId> = ids.iter().map(|row| row[at]).collect();
                    sum(&mut release, format!("column {at}"), &parts)
                })
                .collect();
            let all = sum(&mut release, "all".to_owned(), &rows);
            release.total(all, &columns).unwrap();
            release
        })
    })
}

/// Months of a breakdown, each with its total and its year to date; the months
/// before the last may be public already, as far as they may be.
fn chain() -> impl Strategy<Value = Release> {
    (prop::collection::vec(prop::collection::vec(count(), 3), 1..=6), any::<bool>()).prop_map(|(months, settled)| {
        let mut release = Release::new();
        let mut so_far: Vec<CellId> = Vec::new();
        for (month, values) in months.iter().enumerate() {
            let ids: Vec<CellId> = values
                .iter()
                .enumerate()
                .map(|(at, value)| add(&mut release, format!("{month}/{at}"), *value))
                .collect();
            let all = sum(&mut release, format!("{month}"), &ids);
            let years: Vec<CellId> = ids
                .iter()
                .chain([&all])
                .enumerate()
                .map(|(at, id)| {
                    let parts: Vec<CellId> = so_far.get(at).copied().into_iter().chain([*id]).collect();
                    sum(&mut release, format!("{month}/{at}/ytd"), &parts)
                })
                .collect();
            release.total(years[3], &years[..3]).unwrap();
            so_far = years;
            if settled && month + 1 < months.len() {
                release = settle(&release);
            }
        }
        release
    })
}

/// The release as the month after finds it: what was shown is public.
fn settle(release: &Release) -> Release {
    let hidden = suppress(release);
    let mut after = release.clone();
    for (id, cell) in release.cells() {
        let published = match (cell.published, hidden.is_hidden(id)) {
            (Disclosed::Count, false) => Disclosed::Already,
            (Disclosed::Count | Disclosed::Percent, true) => Disclosed::Nowhere,
            (other, _) => other,
        };
        after.cells[id.0].published = published;
    }
    after.shares.retain(|share| hidden.shows_share(CellId(share.part), CellId(share.whole)));
    for share in &mut after.shares {
        share.already = true;
    }
    after
}

fn any_release() -> impl Strategy<Value = Release> {
    prop_oneof![line(), square(), chain()]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(250))]

    #[test]
    fn what_is_suppressed_is_not_recovered(release in any_release()) {
        let audited = clear(&release);
        let says = |found: &Violation| super::super::log::says(&release, found);
        prop_assert!(audited.recoverable().is_empty(), "{:?}", audited.recoverable().iter().map(says).collect::<Vec<_>>());
        prop_assert!(audited.known_before().is_empty());
    }

    #[test]
    fn every_small_count_is_hidden_and_no_other_without_a_reason(release in any_release()) {
        let suppression = suppress(&release);
        for (id, cell) in release.cells() {
            if cell.is_small() && cell.can_be_hidden() {
                prop_assert_eq!(suppression.reason(id), Some(&Reason::Small));
            }
        }
        for (id, reason) in suppression.iter() {
            let Reason::Protects(ids) = reason else { continue };
            prop_assert!(!ids.is_empty());
            // Showing it would give them away, says the auditor.
            let mut less = suppression.hidden();
            less.remove(&id);
            let given: Vec<CellId> = audit(&release, &less).into_iter().map(|found| found.cell).collect();
            prop_assert!(ids.iter().all(|id| given.contains(id)), "{:?} but {:?}", ids, given);
        }
    }

    #[test]
    fn the_same_release_is_hidden_the_same_way_and_only_once(release in any_release()) {
        let once = suppress(&release);
        prop_assert_eq!(&suppress(&release), &once);
        let again = suppress(&settle(&release));
        prop_assert_eq!(again.hidden().len(), 0);
    }

    #[test]
    fn where_nothing_is_small_nothing_is_hidden(values in prop::collection::vec(6_u32..50, 1..8)) {
        let mut release = Release::new();
        let ids: Vec<CellId> =
            values.iter().enumerate().map(|(at, value)| add(&mut release, format!("{at}"), *value)).collect();
        let total = sum(&mut release, "all".to_owned(), &ids);
        if values.len() > 1 {
            release.share(ids[0], total, 1).unwrap();
        }
        prop_assert_eq!(suppress(&release).hidden().len(), 0);
    }
}
