//! Rules that see what was published, and the file's own facts.

use proptest::prelude::*;

use super::checks_of_figures::{dataset, months};
use super::*;
use crate::dataset::checks::{CheckInput, FileFacts, check};
use crate::domain::check::{Fresh, SourceChecks};
use crate::domain::{BoardId, Calendar};
use crate::history::{History, PublishedLine, PublishedPack, PublishedRating, RatioParts};

fn line(reference: &str, month: &str, value: &str) -> PublishedLine {
    PublishedLine {
        indicator: r(reference),
        month: p(month),
        value: Some(d(value)),
        parts: None,
        judged: Some(PublishedRating::default()),
        file: Some((SourceId::parse("returns").unwrap(), "old".to_owned())),
    }
}

fn pack(period: &str) -> PublishedPack {
    PublishedPack { period: p(period), board: BoardId::parse("panel").unwrap(), revision: 1 }
}

fn published(period: &str, lines: &[(&str, &str, &str)]) -> History {
    let mut history = History::default();
    history.add(&pack(period), lines.iter().map(|(reference, month, value)| line(reference, month, value)));
    history
}

struct Case<'a> {
    checks: SourceChecks,
    file: FileFacts<'a>,
    history: History,
    period: &'a str,
}

impl Default for Case<'_> {
    fn default() -> Self {
        let file = FileFacts { name: "a.csv", sha256: "new", changed: None };
        Self { checks: SourceChecks::default(), file, history: History::default(), period: "2026-10" }
    }
}

impl Case<'_> {
    fn findings(self, indicators: &[Indicator], rows: &str) -> Vec<Finding> {
        let source = Source { checks: self.checks, ..source(ratios()) };
        let dataset = dataset(rows, indicators);
        let indicators: Vec<&Indicator> = indicators.iter().collect();
        let calendar = Calendar { bank_holidays: ["2026-11-03".parse().unwrap()].into() };
        let asked = CheckInput {
            source: &source,
            indicators: &indicators,
            period: p(self.period),
            dataset: &dataset,
            file: Some(self.file),
            calendar: &calendar,
            history: &self.history,
        };
        check(&asked, &|_, _| None)
    }
}

#[test]
fn a_published_figure_that_differs_as_printed_is_restated() {
    for (published_as, now, expected) in [
        ("84.2", "84.2,,", ""),
        ("84.2", "84.24,,", ""),
        ("84.2", "84.25,,", "a figure is not as published: September 2026 (84.2%, now 84.3%)"),
        ("84.2", "c,,", "a figure is not as published: September 2026 (84.2%, now without a figure)"),
        // Printed with fewer digits then than now.
        ("84", "84.2,,", ""),
        ("84", "84.5,,", "a figure is not as published: September 2026 (84.0%, now 84.5%)"),
    ] {
        let history = published("2026-09", &[("KPI1", "2026-09", published_as)]);
        let found = Case { history, ..Case::default() }
            .findings(&[monthly("KPI1", Unit::Percent)], &months("KPI1", &[now, "84,,"]));
        assert_eq!(found.first().map_or("", |finding| &finding.message), expected, "{published_as} {now}");
        assert!(found.iter().all(|finding| finding.code == Code::Restated && finding.severity == Severity::Caution));
    }
}

#[test]
fn parts_that_differ_from_those_that_were_printed_are_restated() {
    let told = "a figure is not as published: September 2026 ";
    for (published_as, parts, now, expected) in [
        ("66.7", Some((40, 60)), ",40,60", String::new()),
        ("66.7", Some((40, 60)), ",80,120", format!("{told}(was 66.7% (40 of 60), now 66.7% (80 of 120))")),
        ("66.7", Some((40, 60)), ",50,100", format!("{told}(66.7%, now 50.0%)")),
        ("66.7", None, ",80,120", String::new()),
        ("66.7", Some((40, 60)), "66.7,,", String::new()),
    ] {
        let parts = parts.map(|(n, d)| RatioParts { numerator: Decimal::from(n), denominator: Decimal::from(d) });
        let mut history = History::default();
        history.add(&pack("2026-09"), [PublishedLine { parts, ..line("KPI1", "2026-09", published_as) }]);
        let found = Case { history, ..Case::default() }
            .findings(&[monthly("KPI1", Unit::Percent)], &months("KPI1", &[now, ",60,100"]));
        let found = found.iter().find(|finding| finding.code == Code::Restated);
        assert_eq!(found.map_or("", |finding| &finding.message), expected, "{published_as} {parts:?} {now}");
    }
}

#[test]
fn many_restated_indicators_are_told_together() {
    let references: Vec<String> = (1..=3).map(|n| format!("KPI{n}")).collect();
    let indicators: Vec<Indicator> = references.iter().map(|reference| monthly(reference, Unit::Count)).collect();
    let rows: String = references.iter().map(|reference| months(reference, &["1,,", "2,,"])).collect();
    let history = || {
        let lines: Vec<(&str, &str, &str)> =
            references.iter().map(|reference| (reference.as_str(), "2026-09", "9")).collect();
        published("2026-09", &lines)
    };
    for (group_over, expected) in [(3, 3), (2, 1)] {
        let checks = SourceChecks { group_over, ..SourceChecks::default() };
        let found = Case { checks, history: history(), ..Case::default() }.findings(&indicators, &rows);
        assert_eq!(found.len(), expected, "{group_over}");
        if expected == 1 {
            assert_eq!(found[0].message, "3 figures of 3 indicators are not as published: KPI1, KPI2 and KPI3");
        }
    }
}

#[test]
fn the_latest_pack_is_what_was_published_whatever_the_order() {
    let packs = [("2026-08", "7"), ("2026-09", "8")];
    for order in [[0, 1], [1, 0]] {
        let mut history = History::default();
        for at in order {
            let (period, value) = packs[at];
            history.add(&pack(period), [line("KPI1", "2026-06", value)]);
        }
        let known: Vec<Decimal> = history.of(&r("KPI1")).filter_map(|(_, published)| published.value).collect();
        assert_eq!(known, [d("8")]);
        assert_eq!(history.last_of(&SourceId::parse("returns").unwrap()).unwrap().period, p("2026-09"));
    }
}

#[test]
fn last_months_file_is_known_by_its_bytes_and_by_its_months() {
    let kpi = || [monthly("KPI1", Unit::Count)];
    let history = || published("2026-09", &[("KPI1", "2026-09", "1")]);
    for (sha256, cells, expected) in [
        ("new", &["1,,", "2,,"][..], ""),
        // It held October already.
        ("old", &["1,,", "2,,"], "F421 ·"),
        ("old", &["1,,", ",,"], "F422 ·"),
        ("new", &["1,,", ",,"], "F422 ·"),
    ] {
        let file = FileFacts { name: "a.csv", sha256, changed: None };
        let found = Case { file, history: history(), ..Case::default() }.findings(&kpi(), &months("KPI1", cells));
        assert_eq!(codes(&found).join(";"), expected, "{sha256} {cells:?}");
    }
    // A quarter's file is the same until the next quarter ends.
    let file = FileFacts { name: "a.csv", sha256: "old", changed: None };
    let quarterly = [indicator("KPI1", Unit::Count, Frequency::Quarterly)];
    let found = Case { file, history: history(), ..Case::default() }.findings(&quarterly, "KPI1,September 2026,1,,\n");
    assert_eq!(codes(&found), [""; 0]);
}

#[test]
fn a_file_is_changed_between_its_working_days() {
    // 3 November is a bank holiday here: the second working day is the 4th.
    for (changed, expected) in [
        ("2026-10-30", "F423 ·"),
        ("2026-11-01", "F423 ·"),
        ("2026-11-02", ""),
        ("2026-11-04", ""),
        ("2026-11-05", "F423 ·"),
    ] {
        let checks = SourceChecks { fresh: Fresh { from: Some(1), by: Some(2) }, ..SourceChecks::default() };
        let file = FileFacts { name: "a.csv", sha256: "new", changed: Some(changed.parse().unwrap()) };
        let found = Case { checks, file, ..Case::default() }
            .findings(&[monthly("KPI1", Unit::Count)], &months("KPI1", &["1,,"]));
        assert_eq!(codes(&found).join(";"), expected, "{changed}");
    }
}

proptest! {
    #[test]
    fn what_was_printed_of_these_figures_is_never_restated_by_them(
        figures in prop::collection::vec((0u32..10_000, 0u32..4), 1..24)
    ) {
        let kpi = monthly("KPI1", Unit::Mean);
        let cells: Vec<String> =
            figures.iter().map(|(value, scale)| format!("{},,", Decimal::new(i64::from(*value), *scale))).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        let rows = months("KPI1", &cells);
        let mut history = History::default();
        let printed = dataset(&rows, std::slice::from_ref(&kpi));
        history.add(&pack("2026-09"), printed.series(&kpi.reference).map(|seen| PublishedLine {
            value: Some(kpi.measure.round(seen.reading.figure().unwrap().value)),
            month: seen.period,
            ..line("KPI1", "2026-09", "0")
        }));
        let found = Case { history, ..Case::default() }.findings(std::slice::from_ref(&kpi), &rows);
        prop_assert!(found.iter().all(|finding| finding.code != Code::Restated), "{:?}", found);
    }
}

#[test]
fn more_than_a_fifth_of_the_rows_lost_is_told() {
    let rows = months("KPI1", &["1,,", "2,,", "3,,", "4,,"]);
    for (packs, expected) in [
        (vec![], None),
        (vec![("2026-09", 5)], None),
        (vec![("2026-09", 6)], Some("found 4 rows; the packs of September 2026 were made from 6 or more")),
        // The latest of several, and the longest of those of one month.
        (vec![("2026-09", 4), ("2026-08", 60)], None),
        (
            vec![("2026-09", 9), ("2026-09", 4)],
            Some("found 4 rows; the packs of September 2026 were made from 9 or more"),
        ),
        (vec![("2026-09", 3)], None),
    ] {
        let mut history = History::default();
        for (period, rows) in &packs {
            history.note_rows(&SourceId::parse("returns").unwrap(), p(period), *rows);
        }
        let found = Case { history, ..Case::default() }.findings(&[monthly("KPI1", Unit::Count)], &rows);
        let found = found.iter().find(|finding| finding.code == Code::RowsLost);
        assert_eq!(found.map(|finding| &*finding.message), expected, "{packs:?}");
    }
}

#[test]
fn figures_in_the_month_beside_theirs_are_told() {
    let references: Vec<String> = (1..=4).map(|nth| format!("KPI{nth}")).collect();
    let indicators: Vec<Indicator> = references.iter().map(|reference| monthly(reference, Unit::Count)).collect();
    // What two packs printed of each: August and September.
    let packed: Vec<(&str, &str, &str)> = references
        .iter()
        .zip([("11", "12"), ("21", "22"), ("31", "32"), ("41", "42")])
        .flat_map(|(reference, (august, september))| {
            [(reference.as_str(), "2026-08", august), (reference.as_str(), "2026-09", september)]
        })
        .collect();
    let said = |figures: [[&str; 3]; 4]| {
        let rows: String = references.iter().zip(figures).map(|(reference, cells)| months(reference, &cells)).collect();
        let history = published("2026-09", &packed);
        let found = Case { history, ..Case::default() }.findings(&indicators, &rows);
        found.iter().find(|finding| finding.code == Code::MonthsMoved).map(|finding| finding.message.to_string())
    };
    let as_printed =
        [["11,,", "12,,", "13,,"], ["21,,", "22,,", "23,,"], ["31,,", "32,,", "33,,"], ["41,,", "42,,", "43,,"]];
    assert_eq!(said(as_printed), None);
    // September's figures stand under August, or August's under September.
    let back = [["12,,", "13,,", "14,,"], ["22,,", "23,,", "24,,"], ["32,,", "33,,", "34,,"], ["41,,", "42,,", "43,,"]];
    let told = "figures are those that the packs printed for the month beside theirs, as that of KPI1 for";
    assert_eq!(
        said(back).as_deref(),
        Some(&*format!("3 {told} August 2026 was printed for September 2026: KPI1, KPI2 and KPI3"))
    );
    let on = [["10,,", "11,,", "12,,"], ["20,,", "21,,", "22,,"], ["30,,", "31,,", "32,,"], ["40,,", "41,,", "42,,"]];
    assert!(
        said(on).is_some_and(|said| said.starts_with(&format!("4 {told} September 2026 was printed for August 2026")))
    );
    // Two by chance, and corrections.
    let two = [["12,,", "13,,", "14,,"], ["22,,", "23,,", "24,,"], ["31,,", "32,,", "33,,"], ["41,,", "42,,", "43,,"]];
    assert_eq!(said(two), None);
    let corrected =
        [["15,,", "16,,", "14,,"], ["25,,", "26,,", "24,,"], ["35,,", "36,,", "33,,"], ["45,,", "46,,", "43,,"]];
    assert_eq!(said(corrected), None);
}

#[test]
fn a_file_of_a_new_year_takes_nothing_back() {
    // Only October is in it; August was printed.
    let history = || {
        let mut history = published("2026-09", &[("KPI1", "2026-08", "5"), ("KPI1", "2026-09", "6")]);
        history.note_rows(&SourceId::parse("returns").unwrap(), p("2026-09"), 60);
        history
    };
    let found = |rows: &str| -> Vec<&'static str> {
        let found = Case { history: history(), ..Case::default() }.findings(&[monthly("KPI1", Unit::Count)], rows);
        found.iter().map(|finding| finding.code.as_str()).collect()
    };
    assert_eq!(found(&months("KPI1", &["7,,"])), Vec::<&str>::new());
    assert_eq!(found(&months("KPI1", &["5,,", "9,,", "7,,"])), ["F433", "F425"]);
}
