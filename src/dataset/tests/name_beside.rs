//! Rows that are named twice.

use super::*;

fn titled() -> Vec<Indicator> {
    ["Visits in time", "Reviews in time", "Plans"]
        .into_iter()
        .zip(1..)
        .map(|(title, nth)| Indicator { title: title.to_owned(), ..monthly(&format!("KPI{nth}"), Unit::Count) })
        .collect()
}

fn told(csv: &str, table: Table) -> Vec<String> {
    let found = codes(&read_csv(csv, table, &titled()).findings);
    found.into_iter().filter(|code| code.starts_with("F434")).collect()
}

#[test]
fn a_reference_beside_the_title_of_another_is_told_in_each_row() {
    for (rows, expected) in [
        (["KPI1,Visits in time,1", "KPI2,Reviews in time,2"], vec![]),
        (["KPI1, visits IN time ,1", "KPI2,Reviews in time,2"], vec![]),
        (["KPI2,Visits in time,1", "KPI1,Reviews in time,2"], vec!["F434 B2", "F434 B3"]),
        (["KPI1,Plans,1", "KPI2,Reviews in time,2"], vec!["F434 B2"]),
        // Titles that nobody declares, or only nearly.
        (["KPI1,Visits on time,1", "KPI2,Number of reviews,2"], vec![]),
    ] {
        let wide = format!("Ref,Measure,Oct-26\n{}\n", rows.join("\n"));
        assert_eq!(told(&wide, table(Orientation::Wide)), expected, "{wide}");
        let long = format!("Month,Ref,Measure,Value\nOct-26,{}\n", rows.join("\nOct-26,"));
        let moved: Vec<String> = expected.iter().map(|code| code.replace(" B", " C")).collect();
        assert_eq!(told(&long, table(Orientation::Long)), moved, "{long}");
    }
}

#[test]
fn a_name_that_the_layout_declares_is_a_title_too() {
    let names = || BTreeMap::from([named("KPI1", &["Visits seen"]), named("KPI2", &["Reviews held"])]);
    let declared = || Table { names: names(), ..table(Orientation::Wide) };
    assert_eq!(told("Ref,Name,Oct-26\nKPI1,Visits seen,1\nKPI2,Reviews held,2\n", declared()), Vec::<String>::new());
    assert_eq!(told("Ref,Name,Oct-26\nKPI1,Reviews held,1\nKPI2,Reviews held,2\n", declared()), ["F434 B2"]);
    // Two indicators of one title, as where one is the other's rate.
    let mut alike = titled();
    "Visits in time".clone_into(&mut alike[1].title);
    let csv = "Ref,Measure,Oct-26\nKPI1,Visits in time,1\nKPI2,Visits in time,2\n";
    assert_eq!(codes(&read_csv(csv, table(Orientation::Wide), &alike).findings), ["F403 ·"]);
}

#[test]
fn the_row_is_held_under_its_reference() {
    let read = read_csv("Ref,Measure,Oct-26\nKPI1,Plans,1\n", table(Orientation::Wide), &titled());
    let found = read.findings.iter().find(|finding| finding.code == Code::NameOfAnother).unwrap();
    assert_eq!(
        found.message,
        "row 2 is named KPI1 and B2 beside it is the title of KPI3: its figures may be of either"
    );
    assert!(found.is_blocking());
    assert_eq!(found.at.indicator, Some(r("KPI1")));
}

#[test]
fn other_columns_may_name_other_indicators() {
    for heading in ["Theme", "Read with", "Source report", "Comment"] {
        let csv = format!("Ref,{heading},Oct-26\nKPI1,Plans,1\nKPI2,Visits in time,2\n");
        assert_eq!(told(&csv, table(Orientation::Wide)), Vec::<String>::new(), "{heading}");
    }
    // In the first of several rows of an indicator.
    let parts = vec![Part::Numerator, Part::Denominator];
    let declared = Table { parts, ..table(Orientation::Pairs) };
    let csv = "Ref,Measure,Oct-26\nKPI2,Visits in time,1\n,,2\nKPI1,Reviews in time,3\n,,4\n";
    assert_eq!(told(csv, declared), ["F434 B2", "F434 B4"]);
    // What the denominator counts may be another's title.
    let declared = || Table { parts: vec![Part::Numerator, Part::Denominator], ..table(Orientation::Pairs) };
    assert_eq!(told("Ref,Measure,Oct-26\nKPI1,Visits in time,1\n,Plans,2\n", declared()), Vec::<String>::new());
}
