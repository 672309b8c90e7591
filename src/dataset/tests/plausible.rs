//! What a series itself says against its newest figures.

use super::checks_of_figures::{checked, dataset, months};
use super::*;
use crate::domain::indicator::{Break, BreakKind};

/// Codes of the doubts of a series, and where; those of other rules left out.
fn doubts(indicators: &[Indicator], rows: &str) -> Vec<Finding> {
    let found = checked(&source(ratios()), indicators, &dataset(rows, indicators));
    found.into_iter().filter(|finding| finding.code >= Code::Copied && finding.code <= Code::Exchanged).collect()
}

fn one(indicator: &Indicator, newest_last: &[&str]) -> String {
    let rows = months(indicator.reference.as_str(), newest_last);
    let found = doubts(std::slice::from_ref(indicator), &rows);
    found.iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>().join(";")
}

#[test]
fn a_figure_or_a_denominator_a_power_of_ten_off_is_told() {
    let (count, percent) = (monthly("K", Unit::Count), monthly("K", Unit::Percent));
    let (rate, mean) = (monthly("K", Unit::Rate), monthly("K", Unit::Mean));
    let year = Indicator { basis: Basis::YearToDate, ..monthly("K", Unit::Count) };
    for (indicator, cells, expected) in [
        (&count, &["400,,", "401,,", "402,,", "4020,,"][..], "F428"),
        (&count, &["400,,", "401,,", "402,,", "40,,"], "F428"),
        (&count, &["400,,", "401,,", "402,,", "40200,,"], "F428"),
        (&count, &["400,,", "401,,", "402,,", "800,,"], ""),
        (&rate, &["330.1,,", "341.1,,", "336,,", "34.2,,"], "F428"),
        (&rate, &["3.3,,", "3.4,,", "3.3,,", "33.1,,"], "F428"),
        (&rate, &[",412,61500", ",409,61500", ",415,61500", ",41,61500"], "F428"),
        (&rate, &[",412,61500", ",409,61500", ",415,61500", ",411,6150"], "F429"),
        (&percent, &["12.1,,", "13,,", "14,,", "1.2,,"], "F428"),
        (&percent, &["1.3,,", "1.2,,", "1.4,,", "13,,"], "F428"),
        (&mean, &["15.2,,", "15,,", "14.9,,", "1.52,,"], "F428"),
        (&percent, &[",80,100", ",81,100", ",83,100", ",820,1000"], "F429"),
        (&percent, &[",80,100", ",81,100", ",83,100", ",8,10"], "F429"),
        (&percent, &[",80,100", ",81,100", ",83,100", ",8,100"], "F428"),
        (&percent, &[",8,10", ",8,11", ",9,10", ",80,100"], "F429"),
        // Of a few, chance alone does that.
        (&percent, &[",3,4", ",2,3", ",3,3", ",20,29"], ""),
        (&count, &["2,,", "3,,", "2,,", "20,,"], ""),
        (&count, &["12,,", "11,,", "12,,", "1,,"], ""),
        (&percent, &[",12,100", ",11,100", ",12,100", ",1,100"], ""),
        // Two figures are no series.
        (&count, &["400,,", "402,,", "4020,,"], ""),
        // What is summed since April grows tenfold of itself.
        (&year, &["30,,", "62,,", "91,,", "118,,", "152,,", "180,,", "209,,"], ""),
        (&year, &["30,,", "62,,", "91,,", "118,,", "152,,", "180,,", "2090,,"], "F428"),
    ] {
        assert_eq!(one(indicator, cells), expected, "{cells:?}");
    }
    let found = doubts(std::slice::from_ref(&count), &months("K", &["400,,", "401,,", "402,,", "4020,,"]));
    assert_eq!(
        found[0].message,
        "found 4020, about 10 times more than usual: by the 3 other figures of the series, 400 to 402 was to be expected"
    );
    assert_eq!(found[0].severity, Severity::Caution);
}

#[test]
fn nothing_is_held_against_figures_before_a_break() {
    let broken = |from: &str| Indicator {
        breaks: vec![Break { from: p(from), kind: BreakKind::System, note: Default::default() }],
        ..monthly("K", Unit::Count)
    };
    let cells = ["400,,", "401,,", "402,,", "403,,", "4020,,"];
    assert_eq!(one(&broken("2026-10"), &cells), "");
    assert_eq!(one(&broken("2026-08"), &cells), "");
    assert_eq!(one(&broken("2026-07"), &cells), "F428");
}

#[test]
fn an_old_slip_is_a_note_and_one_that_a_table_prints_a_caution() {
    let slip_at = |nth: usize| {
        let mut cells = ["400,,"; 7];
        cells[nth] = "4000,,";
        let found = doubts(&[monthly("K", Unit::Count)], &months("K", &cells));
        found.into_iter().map(|finding| (finding.code.as_str(), finding.severity)).collect::<Vec<_>>()
    };
    assert_eq!(slip_at(6), [("F428", Severity::Caution)]);
    assert_eq!(slip_at(5), [("F428", Severity::Caution)]);
    assert_eq!(slip_at(4), [("F428", Severity::Note)]);
}

/// Rows of counts, an indicator a line of `series`, the newest last.
fn counts(series: &[(&str, &[u32])]) -> (Vec<Indicator>, String) {
    let rows = series.iter().map(|(name, figures)| {
        let cells: Vec<String> = figures.iter().map(|figure| format!("{figure},,")).collect();
        months(name, &cells.iter().map(String::as_str).collect::<Vec<_>>())
    });
    (series.iter().map(|(name, _)| monthly(name, Unit::Count)).collect(), rows.collect())
}

fn told(series: &[(&str, &[u32])]) -> String {
    let (indicators, rows) = counts(series);
    doubts(&indicators, &rows).iter().map(|finding| finding.code.as_str()).collect::<Vec<_>>().join(";")
}

#[test]
fn a_column_copied_from_an_earlier_month_is_told_once() {
    let (indicators, rows) =
        counts(&[("A", &[400, 410, 405, 405]), ("B", &[77, 79, 78, 78]), ("C", &[150, 160, 140, 140])]);
    let found = doubts(&indicators, &rows);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0].code, found[0].severity, &*found[0].message),
        (
            Code::Copied,
            Severity::Caution,
            "all 3 figures of October 2026 are those of September 2026, the month before, to the last digit: A, B and C"
        )
    );
    for (series, expected) in [
        // From the month before last.
        (&[("A", &[400, 410, 405, 410][..]), ("B", &[77, 79, 78, 79]), ("C", &[150, 160, 140, 160])][..], "F427"),
        // Two figures may be the same.
        (&[("A", &[400, 410, 405, 405]), ("B", &[77, 79, 78, 78])], ""),
        // One of three is new.
        (&[("A", &[400, 410, 405, 405]), ("B", &[77, 79, 78, 78]), ("C", &[150, 160, 140, 141])], ""),
        // What stands still every month says nothing.
        (&[("A", &[400, 400, 400, 400]), ("B", &[77, 77, 77, 77]), ("C", &[150, 150, 150, 150])], ""),
        // Neither do a few children.
        (&[("A", &[1, 2, 1, 1]), ("B", &[0, 1, 0, 0]), ("C", &[2, 3, 3, 3])], ""),
    ] {
        assert_eq!(told(series), expected, "{series:?}");
    }
}

#[test]
fn a_copy_with_a_fourth_of_its_figures_filled_in_is_still_one() {
    let names: Vec<String> = (0..11).map(|nth| format!("K{nth:02}")).collect();
    let figures = |nth: u32, last: u32| [100 + nth, 140 + nth, 120 + nth, 120 + nth + last];
    let said = |new: usize| {
        let series: Vec<[u32; 4]> =
            (0..11).map(|nth| figures(nth, u32::from(usize::try_from(nth).unwrap() < new))).collect();
        let lines: Vec<(&str, &[u32])> = names.iter().map(String::as_str).zip(series.iter().map(|s| &s[..])).collect();
        told(&lines)
    };
    assert_eq!([0, 1, 2, 3].map(said), ["F427", "F427", "F427", ""]);
}

#[test]
fn noughts_where_there_never_were_any_are_told() {
    for (series, expected) in [
        (&[("A", &[40, 41, 39, 0][..])][..], "F430"),
        (&[("A", &[20, 21, 22, 0])], "F430"),
        // A few may be none by chance.
        (&[("A", &[19, 21, 22, 0])], ""),
        (&[("A", &[40, 0, 39, 0])], ""),
        // A whole month of them is told once.
        (&[("A", &[5, 4, 6, 0]), ("B", &[7, 8, 6, 0]), ("C", &[40, 41, 42, 0])], "F430"),
        (&[("A", &[5, 4, 6, 0]), ("B", &[7, 8, 6, 0]), ("C", &[40, 41, 42, 43])], ""),
        (&[("A", &[2, 4, 1, 0]), ("B", &[1, 2, 1, 0]), ("C", &[2, 1, 3, 0])], ""),
    ] {
        assert_eq!(told(series), expected, "{series:?}");
    }
    let percent = monthly("K", Unit::Percent);
    assert_eq!(one(&percent, &["40,,", "41,,", "39,,", "0,,"]), "F430");
    assert_eq!(one(&percent, &["3,,", "12,,", "1,,", "0,,"]), "");
    assert_eq!(one(&percent, &[",40,50", ",41,50", ",39,50", ",0,0"]), "F430");
    assert_eq!(one(&percent, &[",4,5", ",3,5", ",3,5", ",0,0"]), "");
}

#[test]
fn a_part_that_other_months_have_is_missed() {
    let percent = monthly("K", Unit::Percent);
    for (cells, expected) in [
        (&["80,80,100", "81,81,100", "82,82,100", "82,,100"][..], "F431"),
        (&["80,80,100", "81,81,100", "82,82,100", "82,82,"], "F431"),
        (&["80,80,100", "81,81,100", "82,82,100", "82,,"], "F431"),
        (&["80,80,100", "81,81,100", "82,82,100", "82,82,100"], ""),
        // A source that carries none loses none.
        (&["80,,", "81,,", "82,,", "82,,"], ""),
        (&["80,,", "81,,", "82,82,100", "82,,"], ""),
        // No figure, no loss.
        (&["80,80,100", "81,81,100", "82,82,100", "c,,100"], ""),
    ] {
        assert_eq!(one(&percent, cells), expected, "{cells:?}");
    }
    let found = doubts(&[percent], &months("K", &["80,80,100", "81,81,100", "82,82,100", "82,,100"]));
    assert_eq!(found[0].severity, Severity::Note);
    assert_eq!(
        found[0].message,
        "no numerator for October 2026, where other months have them: the page cannot say how many of how many, and such months are not in the year to date"
    );
}

#[test]
fn two_figures_that_fit_each_others_series_were_exchanged() {
    let (a, b) = ([400, 410, 405, 402], [77, 79, 78, 76]);
    let with = |last_a: u32, last_b: u32| {
        let a: Vec<u32> = a.into_iter().chain([last_a]).collect();
        let b: Vec<u32> = b.into_iter().chain([last_b]).collect();
        told(&[("A", &a), ("B", &b)])
    };
    assert_eq!(with(77, 404), "F432");
    assert_eq!(with(404, 77), "");
    assert_eq!(with(77, 78), "");
    assert_eq!(with(200, 404), "");
    // Two series that lie together cannot be told apart.
    let near: (&[u32], &[u32]) = (&[400, 410, 405, 402, 398], &[395, 399, 402, 397, 405]);
    assert_eq!(told(&[("A", near.0), ("B", near.1)]), "");
}

#[test]
fn a_doubt_is_turned_off_or_made_to_block_by_the_council() {
    let mut of_source = source(ratios());
    let indicators = [monthly("K", Unit::Count)];
    let register = indicators.iter().map(|one| (one.reference.clone(), one.clone())).collect();
    for (declared, expected) in [
        (None, vec![]),
        (Some(Severity::Blocking), vec![Severity::Blocking]),
        (Some(Severity::Note), vec![Severity::Note]),
    ] {
        of_source.checks.severity = [(Code::TenfoldFigure, declared)].into();
        let mut found = doubts(&indicators, &months("K", &["400,,", "401,,", "402,,", "4020,,"]));
        crate::dataset::checks::weigh(&mut found, &of_source, &register);
        assert_eq!(found.iter().map(|finding| finding.severity).collect::<Vec<_>>(), expected);
    }
}

#[test]
fn a_quarters_figures_written_into_each_of_its_months_are_no_copy() {
    let quarter = |a: u32, b: u32| [a, a, a, b, b, b, a + 7, a + 7, a + 7, b + 9, b + 9];
    let series: [(&str, [u32; 11]); 4] =
        [("A", quarter(400, 410)), ("B", quarter(77, 79)), ("C", quarter(150, 160)), ("D", quarter(90, 95))];
    let lines: Vec<(&str, &[u32])> = series.iter().map(|(name, values)| (*name, &values[..])).collect();
    assert_eq!(told(&lines), "");
}
