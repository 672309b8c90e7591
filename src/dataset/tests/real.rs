//! Real files; every expected figure was read off the file by hand.

use super::*;

#[test]
fn the_tidy_archetype_works_its_percentage_from_its_parts() {
    let declared = || Table {
        sheet: SheetRule::Named("Data".to_owned()),
        month_column: heads(&["month"]),
        indicator_column: heads(&["indicator_id"]),
        value_column: heads(&["value"]),
        numerator_column: heads(&["numerator"]),
        denominator_column: heads(&["denominator"]),
        names: [named("KPI03", &["KPI-03"])].into(),
        ..table(Orientation::Long)
    };
    let bytes = data("archetypes/A_tidy_long.xlsx");
    // F2 holds 0.788…: 41 of 52 is 78.8%. Nothing says that it is a fraction.
    let read = read_bytes(&bytes, declared(), &[monthly("KPI03", Unit::Percent)], "2026-05");
    assert_eq!(codes(&read.findings), ["F503 F2"]);
    let read = read_bytes(
        &bytes,
        Table { percent: PercentStyle::Fraction, ..declared() },
        &[monthly("KPI03", Unit::Percent)],
        "2026-05",
    );
    assert_eq!(
        (said(&read.value, "KPI03", "2026-04").as_str(), said(&read.value, "KPI03", "2026-05").as_str()),
        ("78.8462", "Suppressed")
    );
    assert!(read.findings.is_empty(), "{:?}", read.findings);
}

#[test]
fn the_text_archetype_shows_every_fault_of_typed_months_and_figures() {
    let declared = Table {
        indicator_column: heads(&["Indicator"]),
        missing: [("..".to_owned(), Missing::Unavailable)].into(),
        month_formats: words(&["%d/%m/%Y", "%b-%y", "%B %Y"]),
        names: [named("KPI1", &["Timeliness"])].into(),
        ..table(Orientation::Long)
    };
    let read = read_bytes(&data("archetypes/H_text_dates.csv"), declared, &[monthly("KPI1", Unit::Percent)], "2025-05");
    // 1,204% on 01/04/2025, and Apr-25 again; "<5" in May; and two months that no format reads.
    assert_eq!(codes(&read.findings), ["F204 A4", "F204 A6", "F304 C2", "F401 C3", "F301 C5"]);
}

/// The workforce release as one council's board reads it.
fn workforce(release: &str, council: &str, period: &str) -> Checked<Dataset> {
    let annual = |reference: &str, unit| indicator(reference, unit, Frequency::Annual(9));
    let indicators = [
        annual("WF01", Unit::Mean),
        annual("WF02", Unit::Percent),
        annual("WF03", Unit::Percent),
        annual("WF04", Unit::Percent),
        annual("WF05", Unit::Count),
    ];
    let columns = [
        ("WF01", "caseload_fte"),
        ("WF02", "agency_rate_fte"),
        ("WF03", "absence_rate_fte"),
        ("WF04", "agency_cover_rate_fte"),
        ("WF05", "cases"),
    ];
    let markers = [
        ("x", Missing::Unavailable),
        ("z", Missing::NotApplicable),
        ("u", Missing::Unreliable),
        ("low", Missing::Low),
        ("c", Missing::Suppressed),
    ];
    let declared = Table {
        month_column: heads(&["time_period"]),
        month_formats: words(&["%Y"]),
        filter: [("la_name".to_owned(), council.to_owned())].into(),
        missing: markers.map(|(marker, reason)| (marker.to_owned(), reason)).into(),
        names: columns.map(|(reference, column)| named(reference, &[column])).into(),
        percent: PercentStyle::Points,
        ..table(Orientation::Columns)
    };
    read_bytes(&data(&format!("real/csww_indicators_{release}.csv")), declared, &indicators, period)
}

#[test]
fn the_governments_workforce_figures_read_for_one_council() {
    let read = workforce("2017_to_2024", "Rutland", "2025-06");
    let at = |references: &[&str], month| references.iter().map(|r| said(&read.value, r, month)).collect::<Vec<_>>();
    assert_eq!(at(&["WF01", "WF02", "WF03", "WF04", "WF05"], "2024-09"), ["10.2", "15.9", "4.1", "100", "115"]);
    assert_eq!(at(&["WF02", "WF03", "WF04"], "2021-09"), ["0", "Low", "NotApplicable"]);
    assert_eq!(at(&["WF01"], "2017-09"), ["16.9"]);
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    assert_eq!(read.value.series(&r("WF01")).count(), 8);
}

#[test]
fn a_tiny_council_is_withheld_here_and_inapplicable_there() {
    let read = workforce("2017_to_2025", "Isles of Scilly", "2025-10");
    assert_eq!(said(&read.value, "WF03", "2025-09"), "NotApplicable");
    assert_eq!(said(&read.value, "WF03", "2018-09"), "Suppressed");
    assert_eq!(said(&read.value, "WF01", "2023-09"), "9.7");
}

#[test]
fn last_years_release_is_stale_once_this_years_is_due() {
    assert!(workforce("2017_to_2024", "Rutland", "2025-08").findings.is_empty());
    let read = workforce("2017_to_2024", "Rutland", "2025-09");
    assert_eq!(codes(&read.findings), ["F404 ·"]);
}

#[test]
fn an_nhs_publication_reads_both_down_and_across() {
    let bytes = data("real/publication_template.xlsx");
    let down = || Table {
        sheet: SheetRule::Named("Table 1".to_owned()),
        header_rows: vec![3],
        month_column: heads(&[""]),
        names: [named("SICK1", &["England"])].into(),
        ..table(Orientation::Columns)
    };
    let read = read_bytes(&bytes, down(), &[monthly("SICK1", Unit::Percent)], "2021-10");
    assert_eq!(
        ["2021-03", "2021-04", "2021-10"].map(|month| said(&read.value, "SICK1", month)),
        ["3.99", "4.06", "5.66"]
    );
    assert!(read.findings.is_empty(), "{:?}", read.findings);
    // Its template text stands where November's figure was to be.
    let read = read_bytes(&bytes, down(), &[monthly("SICK1", Unit::Percent)], "2021-11");
    assert_eq!(read.findings[0].message, "found text \"tag_table1\"; expected a number or one of -, c, n/a");
    assert_eq!(codes(&read.findings), ["F301 B12"]);

    let names = [named("SICK2", &["Breakdown_category_totals"]), named("SICK3", &["Subcategory_10"])].into();
    let across = Table {
        sheet: SheetRule::Named("Table 2".to_owned()),
        header_rows: vec![3],
        indicator_column: heads(&[""]),
        names,
        ..table(Orientation::Wide)
    };
    let read =
        read_bytes(&bytes, across, &[monthly("SICK2", Unit::Percent), monthly("SICK3", Unit::Percent)], "2021-10");
    assert_eq!(
        (said(&read.value, "SICK2", "2021-10").as_str(), said(&read.value, "SICK3", "2021-07").as_str()),
        ("5.66", "1.94")
    );
    assert_eq!(codes(&read.findings), ["F604 A6"]);
}
