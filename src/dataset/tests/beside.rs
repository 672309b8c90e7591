//! Tables side by side in one sheet, and what only looks so.

use super::*;

fn both() -> [Indicator; 2] {
    [monthly("K1", Unit::Count), monthly("K2", Unit::Count)]
}

/// What is said of a second table.
fn told(csv: &str, table: Table) -> Vec<String> {
    let read = read_csv(csv, table, &both());
    let codes = codes(&read.findings);
    codes.into_iter().filter(|code| code.starts_with("F212") || code.starts_with("F215")).collect()
}

/// A table of April and May, a gap or none, and another of October and September
/// under this heading, with these names.
fn side_by_side(gap: &str, heading: &str, names: [&str; 3]) -> String {
    let rows: String = ["K1", "K2", "Visits"]
        .iter()
        .zip(names)
        .map(|(left, right)| format!("{left},1,2{gap},{right},10,20\n"))
        .collect();
    format!("Ref,Apr-26,May-26{gap},{heading},Oct-26,Sep-26\n{rows}")
}

#[test]
fn a_column_of_names_between_months_is_another_tables() {
    let wide = || table(Orientation::Wide);
    for heading in ["Service", "Team", "Area", "", "Measure name", "October to September", "Owner"] {
        for gap in ["", ","] {
            let csv = side_by_side(gap, heading, ["Agency staff", "Vacancies", "Sickness"]);
            let at = if gap.is_empty() { "D" } else { "E" };
            let row = if heading.is_empty() { 2 } else { 1 };
            assert_eq!(told(&csv, wide()), [format!("F215 {at}{row}")], "{csv}");
        }
    }
    // Shorter or longer than the first, and each row named once where it has several.
    let shorter = "Ref,Apr-26,Team,May-26\nK1,1,North,10\nK2,2,South,20\nVisits,3,,\nCalls,4,,\nTasks,5,,\n";
    assert_eq!(told(shorter, wide()), ["F215 C1"]);
    let longer = "Ref,Apr-26,Team,May-26\nK1,1,North,10\n,,South,20\n,,East,30\n";
    assert_eq!(told(longer, wide()), ["F212 C3"]);
    let parts = vec![Part::Numerator, Part::Denominator];
    let pairs = "Ref,Row,Apr-26,Team,Row,May-26\nK1,n,1,North,n,10\n,d,2,,d,20\nK2,n,1,South,n,10\n,d,2,,d,20\n";
    assert_eq!(told(pairs, Table { parts, ..table(Orientation::Pairs) }), ["F215 D1"]);
    // In a block as well, whose title stands in its corner.
    let naming = |names: &[&str]| Naming { block: Some("Calls".to_owned()), names: heads(names), ..Naming::default() };
    let names = [(r("K1"), naming(&["North"])), (r("K2"), naming(&["South"]))].into();
    let blocks = "Calls,Apr-26,May-26,,Visits,Jun-26\nNorth,1,2,,East,10\nSouth,3,4,,West,20\n";
    assert_eq!(told(blocks, Table { names, ..table(Orientation::Blocks) }), ["F215 E1"]);
}

#[test]
fn another_indicators_name_in_a_row_leaves_no_doubt() {
    let wide = || table(Orientation::Wide);
    for (csv, expected) in [
        // In another order; in fewer rows; under a heading that is no name's.
        (side_by_side("", "Service", ["K2", "K1", "Sickness"]), vec!["F212 D2"]),
        (side_by_side("", "Service", ["Sickness", "Sickness", "K1"]), vec!["F212 D4"]),
        (side_by_side("", "Notes", ["Sickness", "K1", ""]), vec!["F212 D3"]),
        // The rows once more, beside their figures.
        (side_by_side("", "Notes", ["K1", "K2", "Visits"]), vec![]),
        // Nothing is read behind it.
        ("Ref,Apr-26,See,May-26\nK1,1,K2,\nK2,2,,3\n".to_owned(), vec![]),
    ] {
        assert_eq!(told(&csv, wide()), expected, "{csv}");
    }
    let names = [named("K1", &["Assessments"]), named("K2", &["Visits"])].into();
    let csv = "Ref,Apr-26,Service,May-26\nAssessments,1,Visits,10\nCalls,3,Letters,4\n";
    assert_eq!(told(csv, Table { names, ..wide() }), ["F212 C2"]);
    let read = read_csv(&side_by_side("", "Service", ["K2", "K1", "Sickness"]), wide(), &both());
    let found = read.findings.iter().find(|finding| finding.code == Code::SecondTable).unwrap();
    assert_eq!(found.message, "D2 names K2, between months in the row of K1: another table begins there");
    assert!(found.is_blocking());
    // The names of the first stand between the months of two.
    assert_eq!(told("Team,Oct-26,Ref,Apr-26\nNorth,9,K1,1\n", wide()), ["F212 C1"]);
}

#[test]
fn ratings_comments_and_targets_between_months_are_none() {
    let wide = || table(Orientation::Wide);
    let column = |heading: &str, cells: [&str; 3]| {
        let rows: String = ["K1", "K2", "Visits"]
            .iter()
            .zip(cells)
            .map(|(name, cell)| format!("{name},1,\"{cell}\",2,\"{cell}\",3\n"))
            .collect();
        format!("Ref,Apr-26,{heading},May-26,{heading},Jun-26\n{rows}")
    };
    for (heading, cells) in [
        ("RAG", ["G", "A", "R"]),
        ("", ["G", "A", "R"]),
        ("", ["Green", "Amber", "Red"]),
        ("Measure of success", ["On target", "Slightly below target", "Not met"]),
        ("", ["\u{2191}", "\u{2193}", "\u{2192}"]),
        ("Direction of travel", ["Rising fast", "Falling", "As it was"]),
        ("Comment", ["Two posts are vacant", "Audit is late", "New form"]),
        ("Provider update", ["Two posts are vacant", "Audit is late", "New form"]),
        ("", ["Two posts are vacant.", "Audit is late.", "New form."]),
        ("Target", ["95% in 10 days", "5 weeks", "By June"]),
        ("", [">95%", "<5", "12%"]),
        ("Goal", ["95", "90", "12"]),
        // A comment here and there.
        ("What happened", ["Two posts are vacant", "", ""]),
        ("", ["", "Audit is late", ""]),
        // One word again and again.
        ("Unit", ["Number", "Number", "Percent"]),
        ("", ["n/a", "-", "c"]),
    ] {
        assert_eq!(told(&column(heading, cells), wide()), Vec::<String>::new(), "{heading} {cells:?}");
    }
    // What rows are chosen by, and what stands before or behind all months.
    let filter = [("Council".to_owned(), "Rutland".to_owned())].into();
    let csv = "Ref,Apr-26,Council,May-26\nK1,1,Rutland,2\nK1,3,Leicester,4\nK2,1,Derby,2\n";
    assert_eq!(told(csv, Table { filter, ..wide() }), Vec::<String>::new());
    let csv = "Ref,Owner,Apr-26,May-26,Team\nK1,Head of one,1,2,North\nK2,Head of two,3,4,South\n";
    assert_eq!(told(csv, wide()), Vec::<String>::new());
}

#[test]
fn a_second_column_of_other_months_is_another_tables() {
    let names = || [(r("K1"), naming_of("CP")), (r("K2"), naming_of("CLA"))].into();
    let table = || Table { names: names(), month_formats: vec!["%b-%y".to_owned()], ..table(Orientation::Columns) };
    for heading in ["Date", "Period", ""] {
        // One month on, or the newest first.
        let shifted = format!("Month,CP,{heading},CLA\nMay-26,1,Jun-26,5\nJun-26,2,Jul-26,6\nJul-26,3,Aug-26,7\n");
        let turned = format!(
            "Month,CP,{heading},CLA\nMay-26,1,Jul-26,5\nJun-26,2,Jun-26,6\nJul-26,3,May-26,7\nAug-26,4,Apr-26,8\n"
        );
        for csv in [shifted, turned] {
            assert_eq!(told(&csv, table()), ["F212 C2"], "{csv}");
        }
    }
    for csv in [
        // The same months once more, a date beside its month, and figures.
        "Month,CP,Month again,CLA\nMay-26,1,May-26,5\nJun-26,2,Jun-26,6\nJul-26,3,Jul-26,7\n",
        "Month,Received,CP,CLA\nMay-26,Jun-26,1,5\nJun-26,Jul-26,2,6\nJul-26,Aug-26,3,7\n",
        "Month,CP,All,CLA\nMay-26,1,45809,5\nJun-26,2,45810,6\nJul-26,3,45811,7\n",
    ] {
        assert!(told(csv, table()).is_empty(), "{csv}");
    }
}

fn naming_of(name: &str) -> Naming {
    Naming { names: heads(&[name]), ..Naming::default() }
}

#[test]
fn rows_beyond_those_that_an_indicator_is_declared_to_have_are_told() {
    let pairs = |rows: &str, parts: &[Part]| {
        let csv = format!("Ref,Row,May-26,Jun-26\n{rows}\n");
        let read = read_csv(&csv, Table { parts: parts.to_vec(), ..table(Orientation::Pairs) }, &both());
        codes(&read.findings).into_iter().filter(|code| code.starts_with("F217")).collect::<Vec<_>>()
    };
    let two = [Part::Numerator, Part::Denominator];
    let three = [Part::Numerator, Part::Skip, Part::Denominator];
    let with_one_more = "K1,In time,3,4\n,In time last year,3,4\n,All,5,6\nK2,In time,3,4\n,All,5,6";
    assert_eq!(pairs(with_one_more, &two), ["F217 B4"]);
    let last = "K1,In time,3,4\n,All,5,6\nK2,In time,3,4\n,Of which CP,1,1\n,All,5,6";
    assert_eq!(pairs(last, &two), ["F217 B6"]);
    assert!(
        pairs("K1,In time,3,4\n,Last year,3,4\n,All,5,6\nK2,In time,3,4\n,Last year,1,1\n,All,5,6", &three).is_empty()
    );
    for other in [
        "K1,In time,3,4\n,All,5,6\n,A note without a figure,,\nK2,In time,3,4\n,All,5,6",
        "K1,In time,3,4\n,All,5,6\nK2,In time,3,4\n,All,5,6\n\n,Total,10,12",
    ] {
        assert!(pairs(other, &two).is_empty(), "{other}");
    }
}
