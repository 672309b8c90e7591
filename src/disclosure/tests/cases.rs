//! Tables that councils and the Department for Education really printed.

use std::collections::BTreeSet;

use super::super::*;

const RULE: DisclosureRule = DisclosureRule::up_to(5);

/// A whole and its parts, added up; the whole first.
pub(super) fn breakdown(
    release: &mut Release,
    name: &str,
    parts: &[(&str, u32, Option<DisclosureRule>)],
) -> Vec<CellId> {
    let all = parts.iter().map(|(_, value, _)| value).sum();
    let mut ids = vec![release.cell(CountCell::open(name, all).costing(cost::TOTAL)).unwrap()];
    for (part, value, rule) in parts {
        ids.push(release.cell(CountCell { rule: *rule, ..CountCell::open(format!("{name}/{part}"), *value) }).unwrap());
    }
    release.total(ids[0], &ids[1..]).unwrap();
    ids
}

fn hidden_names(release: &Release) -> Vec<String> {
    let audited = clear(release);
    assert_eq!((audited.recoverable(), audited.known_before()), (&[][..], &[][..]));
    audited.suppression().iter().map(|(id, _)| release.get(id).key.clone()).collect()
}

fn leaks(release: &Release, hidden: &[CellId]) -> Vec<(String, Leak)> {
    let hidden: BTreeSet<CellId> = hidden.iter().copied().collect();
    audit(release, &hidden).into_iter().map(|found| (release.get(found.cell).key.clone(), found.leak)).collect()
}

#[test]
fn care_leavers_81_of_86_says_that_a_few_are_not_in_suitable_homes() {
    let mut release = Release::new();
    let ids =
        breakdown(&mut release, "all", &[("suitable", 81, Some(RULE)), ("not", 3, Some(RULE)), ("unknown", 2, None)]);
    release.share(ids[1], ids[0], 0).unwrap();
    // As the Department printed it: three and two hidden, but five in all.
    assert_eq!(
        leaks(&release, &[ids[2], ids[3]]),
        [("all/not".to_owned(), Leak::Few), ("all without all/suitable".to_owned(), Leak::Few)]
    );
    assert_eq!(hidden_names(&release), ["all/suitable", "all/not"]);
}

#[test]
fn two_marks_that_add_up_to_one_hide_nothing() {
    let mut release = Release::new();
    let ids =
        breakdown(&mut release, "all", &[("suitable", 111, Some(RULE)), ("not", 1, Some(RULE)), ("unknown", 0, None)]);
    assert!(leaks(&release, &[ids[2], ids[3]]).contains(&("all/not".to_owned(), Leak::Few)));
    assert_eq!(hidden_names(&release), ["all/suitable", "all/not"]);
}

#[test]
fn nine_of_nine_is_shown_unless_the_board_says_otherwise() {
    let whole = |rule| {
        let mut release = Release::new();
        let all = release.cell(CountCell::open("all", 9).costing(cost::TOTAL)).unwrap();
        let seen = release.cell(CountCell::personal("seen", 9, rule)).unwrap();
        release.share(seen, all, 0).unwrap();
        hidden_names(&release)
    };
    assert_eq!(whole(RULE), [""; 0]);
    assert_eq!(whole(DisclosureRule { whole_groups: true, ..RULE }), ["seen"]);
}

#[test]
fn three_of_four_categories_go_where_two_will_not_do() {
    let mut release = Release::new();
    let some = Some(RULE);
    breakdown(&mut release, "all", &[("a", 60, some), ("b", 1, some), ("c", 2, some), ("d", 2, some)]);
    // One, two and two are five: the sixty must go with them.
    assert_eq!(hidden_names(&release), ["all/a", "all/b", "all/c", "all/d"]);
    let mut release = Release::new();
    breakdown(&mut release, "all", &[("a", 60, some), ("b", 2, some), ("c", 2, some), ("d", 2, some)]);
    assert_eq!(hidden_names(&release), ["all/b", "all/c", "all/d"]);
}

#[test]
fn the_threshold_has_two_sides() {
    for (value, small, hides) in [(0, 5, false), (1, 5, true), (5, 5, true), (6, 5, false), (6, 6, true), (1, 0, false)]
    {
        let mut release = Release::new();
        release.cell(CountCell::personal("one", value, DisclosureRule::up_to(small))).unwrap();
        assert_eq!(!hidden_names(&release).is_empty(), hides, "{value} under {small}");
    }
}

#[test]
fn a_small_rest_is_as_good_as_a_small_count() {
    for (part, hides) in [(80, false), (81, true), (85, true), (86, false)] {
        let mut release = Release::new();
        let all = release.cell(CountCell::open("all", 86).costing(cost::TOTAL)).unwrap();
        let part = release.cell(CountCell::personal("part", part, RULE)).unwrap();
        release.share(part, all, 1).unwrap();
        assert_eq!(hidden_names(&release), if hides { vec!["part"] } else { vec![] });
    }
}

#[test]
fn a_category_of_no_one_in_particular_may_be_small() {
    let mut release = Release::new();
    let some = Some(RULE);
    breakdown(&mut release, "all", &[("a", 60, some), ("b", 12, some), ("not known", 2, None)]);
    assert_eq!(hidden_names(&release), [""; 0]);
}

#[test]
fn a_year_to_date_less_the_one_before_is_the_month() {
    let mut release = Release::new();
    let mut before = None;
    for (month, value, published) in
        [("04", 9, Disclosed::Already), ("05", 8, Disclosed::Already), ("06", 4, Disclosed::Count)]
    {
        let count = release.cell(CountCell::personal(month, value, RULE).published(published)).unwrap();
        let so_far = before.map_or(0, |id| release.get(id).value) + value;
        let year = CountCell::personal(format!("{month}/ytd"), so_far, RULE).published(published).costing(cost::TOTAL);
        let year = release.cell(year).unwrap();
        let parts: Vec<CellId> = before.into_iter().chain([count]).collect();
        release.total(year, &parts).unwrap();
        before = Some(year);
    }
    assert_eq!(hidden_names(&release), ["06", "06/ytd"]);
}

#[test]
fn this_month_and_last_month_are_tied_by_those_who_came_and_went() {
    let mut release = Release::new();
    let mut add = |key, value| release.cell(CountCell::personal(key, value, RULE)).unwrap();
    let (before, came, now, went) = (add("before", 40), add("came", 12), add("now", 49), add("went", 3));
    release.balance(&[before, came], &[now, went]).unwrap();
    let hidden = hidden_names(&release);
    assert_eq!(hidden.len(), 2, "{hidden:?}");
    assert!(hidden.contains(&"went".to_owned()));
}

#[test]
fn another_board_s_page_is_no_way_round() {
    let mut release = Release::new();
    let some = Some(RULE);
    // One board prints the whole and the boys, another the girls.
    let ids = breakdown(&mut release, "all", &[("boys", 30, some), ("girls", 3, some)]);
    assert_eq!(release.cell(CountCell::personal("all/girls", 3, RULE)), Ok(ids[2]));
    assert_eq!(hidden_names(&release), ["all/boys", "all/girls"]);
}

#[test]
fn a_percentage_of_a_known_whole_is_a_count() {
    // 4 of 50 is 8%: no other whole number of 50 is.
    let mut release = Release::new();
    let all = release.cell(CountCell::open("all", 50).costing(cost::TOTAL)).unwrap();
    let part = release.cell(CountCell::personal("part", 4, RULE).published(Disclosed::Percent)).unwrap();
    release.share(part, all, 0).unwrap();
    assert_eq!(leaks(&release, &[]), [("part".to_owned(), Leak::Few), ("part".to_owned(), Leak::Exact)][..1]);
    assert_eq!(bounds(&release, &BTreeSet::new(), part), Bounds { from: 4, to: Some(4) });
    assert_eq!(hidden_names(&release), ["part"]);
    // Of 2,000 it is anything from 150 to 169.
    let mut release = Release::new();
    let all = release.cell(CountCell::open("all", 2000)).unwrap();
    let part = release.cell(CountCell::personal("part", 160, RULE).published(Disclosed::Percent)).unwrap();
    release.share(part, all, 0).unwrap();
    assert_eq!(bounds(&release, &BTreeSet::new(), part), Bounds { from: 150, to: Some(169) });
    assert_eq!(hidden_names(&release), [""; 0]);
}

#[test]
fn rows_and_columns_are_both_closed() {
    let table = [[20, 3, 17], [30, 25, 40], [18, 22, 9]];
    let mut release = Release::new();
    let mut ids = vec![Vec::new(); 3];
    for (row, values) in table.iter().enumerate() {
        for (column, value) in values.iter().enumerate() {
            ids[row].push(release.cell(CountCell::personal(format!("{row}{column}"), *value, RULE)).unwrap());
        }
    }
    for line in 0..3 {
        let down: Vec<CellId> = ids.iter().map(|row| row[line]).collect();
        for (name, parts) in [("row", ids[line].clone()), ("column", down)] {
            let sum = parts.iter().map(|id| release.get(*id).value).sum();
            let total = release.cell(CountCell::open(format!("{name} {line}"), sum).costing(cost::TOTAL)).unwrap();
            release.total(total, &parts).unwrap();
        }
    }
    let hidden = hidden_names(&release);
    // A rectangle of four, the least that there is.
    assert_eq!(hidden.len(), 4, "{hidden:?}");
}

#[test]
fn what_was_public_before_cannot_be_taken_back() {
    let mut release = Release::new();
    let all = release.cell(CountCell::open("all", 33).published(Disclosed::Already)).unwrap();
    let boys = release.cell(CountCell::personal("boys", 30, RULE).published(Disclosed::Already)).unwrap();
    let girls = release.cell(CountCell::personal("girls", 3, RULE)).unwrap();
    release.total(all, &[boys, girls]).unwrap();
    let audited = clear(&release);
    assert_eq!(audited.suppression().hidden().len(), 1);
    let known: Vec<_> = audited.known_before().iter().map(|found| (found.cell, found.leak, found.bounds)).collect();
    assert_eq!(known, [(girls, Leak::Few, Bounds { from: 3, to: Some(3) })]);
}

#[test]
fn what_does_not_add_up_is_refused() {
    let mut release = Release::new();
    let mut add = |key, value| release.cell(CountCell::open(key, value)).unwrap();
    let (all, one, other) = (add("all", 10), add("one", 6), add("other", 5));
    assert_eq!(
        release.total(all, &[one, other]).unwrap_err().to_string(),
        "10 is not 11: all, one, other do not add up, so leave the sum out"
    );
    assert_eq!(
        release.share(all, one, 0).unwrap_err().to_string(),
        "all is more than one, of which it should be a part"
    );
    assert_eq!(
        release.cell(CountCell::open("all", 11)).unwrap_err().to_string(),
        "all is 10 in one place and 11 in another: give the two different keys"
    );
}

#[test]
fn the_log_says_what_and_why_and_for_whom() {
    let mut release = Release::new();
    let some = Some(RULE);
    breakdown(&mut release, "all", &[("boys", 30, some), ("girls", 3, some), ("others", 40, some)]);
    let suppression = suppress(&release);
    let rows: Vec<String> = log(&release, &suppression)
        .into_iter()
        .map(|row| format!("{} ({}): {} {:?}", row.label, row.value, row.why, row.protects))
        .collect();
    assert_eq!(
        rows,
        [
            "all/boys (30): A hidden count could be worked out from it. [\"all/girls\"]",
            "all/girls (3): It is a count from 1 to 5. []",
        ]
    );
}
