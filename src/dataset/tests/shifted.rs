//! Rows, columns and tables that were pushed along under their headings.

use super::*;

fn told(findings: &[Finding]) -> Vec<String> {
    codes(findings)
        .into_iter()
        .filter(|code| ["F218", "F219", "F220"].iter().any(|one| code.starts_with(one)))
        .collect()
}

fn kpis(unit: Unit) -> Vec<Indicator> {
    (1..=6).map(|nth| monthly(&format!("KPI{nth}"), unit)).collect()
}

/// A wide table with a heading for each of its columns behind the reference.
fn wide(heads: &str, rows: &[&str]) -> Vec<String> {
    let csv = format!("Ref,{heads}\n{}\n", rows.join("\n"));
    told(&read_csv(&csv, table(Orientation::Wide), &kpis(Unit::Count)).findings)
}

const MONTHS: &str = "Jun-26,Jul-26,Aug-26,Sep-26,Oct-26";

#[test]
fn a_row_that_was_pushed_along_is_told_from_one_with_a_gap() {
    let others = ["KPI1,1,2,3,4,5,", "KPI2,11,12,13,14,15,ok", "KPI3,21,22,23,24,25,", "KPI4,31,32,33,34,35,late"];
    for (row, expected) in [
        ("KPI5,41,42,43,44,45,", vec![]),
        // At its first cell, within, and by two cells.
        ("KPI5,,41,42,43,44,45", vec!["F218 B6"]),
        ("KPI5,41,,42,43,44,45", vec!["F218 C6"]),
        ("KPI5,,,41,42,43,44,45", vec!["F218 B6"]),
        // A gap, a series that began later, one that ended.
        ("KPI5,41,,42,43,44,", vec![]),
        ("KPI5,,42,43,44,45,", vec![]),
        ("KPI5,41,42,43,44,,", vec![]),
        // Figures that were not moved, and a number among the comments; a footnote's.
        ("KPI5,41,42,43,44,45,46", vec!["F220 G6"]),
        ("KPI5,41,42,43,44,45,2", vec![]),
        ("KPI5,41,,43,44,45,17", vec![]),
        ("KPI5,41,,43,44,45,2025", vec![]),
        ("KPI5,,42,43,44,45,yes", vec![]),
    ] {
        let rows: Vec<&str> = others.into_iter().chain([row]).collect();
        for heads in [format!("{MONTHS},Comment,"), format!("{MONTHS},RAG status,")] {
            assert_eq!(wide(&heads, &rows), expected, "{row}");
        }
    }
}

#[test]
fn a_row_that_was_pushed_past_the_month_that_is_due_is_told() {
    // The table goes on to March, as those of a financial year do.
    let months = "Jul-26,Aug-26,Sep-26,Oct-26,Nov-26,Dec-26";
    let others = ["KPI1,1,2,3,4,,", "KPI2,11,12,13,14,,", "KPI3,21,22,23,24,,", "KPI4,31,32,33,34,,"];
    let with = |row: &str| wide(months, &others.into_iter().chain([row]).collect::<Vec<_>>());
    assert_eq!(with("KPI5,,41,42,43,44,"), ["F218 B6"]);
    assert_eq!(with("KPI5,41,,42,43,44,"), ["F218 C6"]);
    // A figure for the month to come, and one that began later.
    assert_eq!(with("KPI5,40,41,42,43,44,"), Vec::<String>::new());
    assert_eq!(with("KPI5,,41,42,43,,"), Vec::<String>::new());
}

#[test]
fn a_whole_table_that_was_pushed_along_is_told() {
    fn three(rows: [&'static str; 3]) -> Vec<&'static str> {
        rows.to_vec()
    }
    for (heads, rows, expected) in [
        ("Aug-26,Sep-26,Oct-26,", three(["KPI1,1,2,3,", "KPI2,4,5,6,", "KPI3,7,8,9,"]), vec![]),
        // Into a column without a heading, and into one of texts.
        ("Aug-26,Sep-26,Oct-26,", three(["KPI1,,1,2,3", "KPI2,,4,5,6", "KPI3,,7,8,9"]), vec!["F218 B2"]),
        ("Aug-26,Sep-26,Oct-26,Comment", three(["KPI1,,1,2,3", "KPI2,,4,5,6", "KPI3,,7,8,9"]), vec!["F218 B2"]),
        ("Aug-26,Sep-26,Oct-26,", vec!["KPI1,,1,2,3"], vec!["F218 B2"]),
        // Under a heading of figures they stand where they belong.
        ("Aug-26,Sep-26,Oct-26,Year to date", three(["KPI1,,1,2,3", "KPI2,,4,5,9", "KPI3,,7,8,15"]), vec!["F219 B2"]),
        ("Aug-26,Sep-26,Oct-26,Target", three(["KPI1,,1,2,3", "KPI2,,4,5,6", "KPI3,,7,8,9"]), vec!["F219 B2"]),
        // Past the month that is due.
        ("Aug-26,Sep-26,Oct-26,Nov-26", three(["KPI1,,1,2,3", "KPI2,,4,5,6", "KPI3,,7,8,9"]), vec!["F218 B2"]),
        ("Aug-26,Sep-26,Oct-26,Nov-26", three(["KPI1,9,1,2,3", "KPI2,,4,5,6", "KPI3,,7,8,9"]), vec![]),
        // A newer file that lacks a month inside.
        (
            "Jul-26,Aug-26,Sep-26,Oct-26,Nov-26",
            three(["KPI1,1,,2,3,4", "KPI2,4,,5,6,7", "KPI3,7,,8,9,9"]),
            vec!["F219 C2"],
        ),
        // Nothing behind, because last month's figure was the last.
        ("Aug-26,Sep-26,Oct-26,", three(["KPI1,,1,2,", "KPI2,,4,5,", "KPI3,,7,8,"]), vec!["F219 B2"]),
        ("Aug-26,Sep-26,Oct-26,", vec!["KPI1,,1,2,", "KPI2,,4,5,"], vec![]),
        ("Aug-26,Sep-26,Oct-26,", three(["KPI1,,1,,", "KPI2,,4,,", "KPI3,,7,8,"]), vec![]),
    ] {
        assert_eq!(wide(heads, &rows), expected, "{heads} {rows:?}");
    }
}

#[test]
fn a_column_that_was_pushed_down_gives_each_row_its_neighbours_figure() {
    let rows = |last: [&str; 2]| {
        vec![
            "KPI1,1,2,3,4,".to_owned() + last[0],
            "KPI2,11,12,13,14,1".to_owned(),
            "KPI3,21,22,23,24,2".to_owned(),
            "KPI4,31,32,33,34,3".to_owned(),
            last[1].to_owned(),
        ]
    };
    let with = |last| {
        let rows: Vec<String> = rows(last);
        wide(MONTHS, &rows.iter().map(String::as_str).collect::<Vec<_>>())
    };
    assert_eq!(with(["", ",,,,,4"]), ["F218 F2"]);
    assert_eq!(with(["0", ",,,,,4"]), Vec::<String>::new());
    // A total below, in every column.
    assert_eq!(with(["", ",64,68,72,76,6"]), Vec::<String>::new());
}

#[test]
fn months_down_the_sheet_are_held_to_the_same() {
    let read = |csv: &str| {
        let names = (1..=4).map(|nth| named(&format!("KPI{nth}"), &[&format!("K{nth}")])).collect();
        let declared = Table { names, ..table(Orientation::Columns) };
        told(&read_csv(&format!("Month,K1,K2,K3,K4\n{csv}"), declared, &kpis(Unit::Count)[..4]).findings)
    };
    let sound = "Aug-26,1,2,3,4\nSep-26,5,6,7,8\nOct-26,9,10,11,12\n";
    assert_eq!(read(sound), Vec::<String>::new());
    // One column, and all of them.
    assert_eq!(read("Aug-26,1,2,3,\nSep-26,5,6,7,4\nOct-26,9,10,11,8\n,,,,12\n"), ["F218 E2"]);
    assert_eq!(read("Aug-26,,,,\nSep-26,1,2,3,4\nOct-26,5,6,7,8\n,9,10,11,12\n"), ["F218 B2"]);
    // Totals below, and none where there were targets.
    assert_eq!(read(&format!("{sound}Total,15,18,21,24\n")), Vec::<String>::new());
    assert_eq!(read(&format!("{sound}Target,,,,\n")), ["F219 A5"]);
    assert_eq!(
        read(&format!("{sound}Targets are agreed with the board each year in March,,,,\n")),
        Vec::<String>::new()
    );
    // A row that was pushed right gives each indicator its neighbour's figure.
    let names = (1..=4).map(|nth| named(&format!("KPI{nth}"), &[&format!("K{nth}")])).collect();
    let declared = Table { names, ..table(Orientation::Columns) };
    let csv = "Month,K1,K2,K3,K4,\nJul-26,1,2,3,4,\nAug-26,1,2,3,4,\nSep-26,5,6,7,8,\nOct-26,,9,10,11,12\n";
    assert_eq!(told(&read_csv(csv, declared, &kpis(Unit::Count)[..4]).findings), ["F218 B5"]);
}

#[test]
fn a_column_of_a_long_table_that_was_pushed_down_is_told() {
    let read = |csv: &str| told(&read_csv(csv, table(Orientation::Long), &kpis(Unit::Count)[..2]).findings);
    let sound = "Month,Ref,Value\nSep-26,KPI1,1\nSep-26,KPI2,2\nOct-26,KPI1,3\nOct-26,KPI2,4\n";
    assert_eq!(read(sound), Vec::<String>::new());
    assert_eq!(read("Month,Ref,Value\nSep-26,KPI1,\nSep-26,KPI2,1\nOct-26,KPI1,2\nOct-26,KPI2,3\n,,4\n"), ["F218 C2"]);
    // A total, and a page number.
    assert_eq!(read(&format!("{sound},,10\n")), Vec::<String>::new());
    assert_eq!(read(&format!("{sound}Page 1,,\n")), Vec::<String>::new());
}

#[test]
fn a_pushed_row_says_where_it_begins_and_ends_and_holds_its_own_indicator() {
    let csv = format!("Ref,{MONTHS},Comment\nKPI1,1,2,3,4,5,\nKPI2,1,2,3,4,5,\nKPI3,1,2,3,4,5,\nKPI4,,1,2,3,4,5\n");
    let read = read_csv(&csv, table(Orientation::Wide), &kpis(Unit::Count)[..4]);
    let found = read.findings.iter().find(|finding| finding.code == Code::Shifted).unwrap();
    assert_eq!(
        found.message,
        "row 5 seems to be pushed along by one cell: B5 is empty, where others hold a figure, and G5 holds one, where others hold none; each figure between would be read as its neighbour's"
    );
    assert!(found.is_blocking());
    assert_eq!(found.at.indicator, Some(r("KPI4")));
}

#[test]
fn a_colour_under_a_target_or_a_comment_says_that_the_row_was_moved() {
    let others = ["KPI1,1,2,3,4,5,90,Green,ok", "KPI2,11,12,13,14,15,90,Red,ok", "KPI3,21,22,23,24,25,90,Amber,ok"];
    for (row, expected) in [
        ("KPI4,31,32,33,34,35,90,R,late", vec![]),
        ("KPI4,31,32,33,34,35,,,", vec![]),
        // Drawn back by one cell, and pushed on.
        ("KPI4,31,32,33,34,90,Red,late,", vec!["F218 G5"]),
        ("KPI4,,31,32,33,34,35,90,Red", vec!["F218 I5"]),
        // A comment under its own heading, whatever else is there.
        ("KPI4,31,32,33,34,35,Green,,late", vec![]),
        ("KPI4,31,32,33,34,35,,,Green", vec![]),
        ("KPI4,31,32,33,34,35,90,2,Green", vec![]),
        ("KPI4,31,32,33,34,35,90,,Red", vec![]),
        // A word that is no colour, and a rating besides.
        ("KPI4,31,32,33,34,35,TBC,R,late", vec![]),
        ("KPI4,31,32,33,34,35,90,G,Red last month", vec![]),
        ("KPI4,31,32,33,34,35,90,G,Red", vec![]),
    ] {
        let rows: Vec<&str> = others.into_iter().chain([row]).collect();
        assert_eq!(wide(&format!("{MONTHS},Target,RAG,Comment"), &rows), expected, "{row}");
    }
    // All of them: told once. Where nothing is headed as a rating, a comment may be one.
    let all = ["KPI1,1,2,3,4,90,Green,ok,", "KPI2,11,12,13,14,90,Red,ok,", "KPI3,21,22,23,24,90,Amber,ok,"];
    assert_eq!(wide(&format!("{MONTHS},Target,RAG,Comment"), &all), ["F218 G2"]);
    assert_eq!(wide(&format!("{MONTHS},Comment"), &["KPI1,1,2,3,4,5,Green"]), Vec::<String>::new());
}

#[test]
fn figures_under_texts_and_a_column_that_is_empty_are_told() {
    let heads = "Target,Aug-26,Sep-26,Oct-26,England,Notes";
    for (rows, expected) in [
        (["KPI1,9,1,2,3,4,", "KPI2,9,4,5,6,4,", "KPI3,9,7,8,9,4,"], vec![]),
        // Pushed on: the target is the first month's figure.
        (["KPI1,,91,11,12,13,14", "KPI2,,91,14,15,16,14", "KPI3,,91,17,18,19,14"], vec!["F218 G2"]),
        // Drawn back: nothing is left of England.
        (["KPI1,9,1,2,4,,", "KPI2,9,4,5,4,,", "KPI3,9,7,8,4,,"], vec!["F219 F1"]),
        (["KPI1,9,1,2,4,,", "KPI2,9,4,5,4,,", "KPI3,9,7,8,9,4,"], vec![]),
    ] {
        assert_eq!(wide(heads, &rows), expected, "{rows:?}");
    }
    assert_eq!(wide(heads, &["KPI1,9,1,2,4,,", "KPI2,9,4,5,4,,"]), Vec::<String>::new(), "too few rows");
}

/// Rows of an actual figure and a target under each of six months.
fn with_targets(rows: &[[&str; 6]]) -> Vec<String> {
    let months = ["May-26", "Jun-26", "Jul-26", "Aug-26", "Sep-26", "Oct-26"];
    let above: Vec<String> = months.iter().map(|month| format!("{month},")).collect();
    let below = ["Actual,Target"; 6].join(",");
    let body: String = (1..).zip(rows).map(|(nth, cells)| format!("KPI{nth},{}\n", cells.join(","))).collect();
    let naming = |nth: usize| Naming {
        names: heads(&[&format!("KPI{nth}")]),
        under: Some(Heading::Name("Actual".to_owned())),
        ..Naming::default()
    };
    let names = (1..=rows.len()).map(|nth| (r(&format!("KPI{nth}")), naming(nth))).collect();
    let declared = Table { header_rows: vec![1, 2], names, ..table(Orientation::Wide) };
    let csv = format!("Ref,{}\n,{below}\n{body}", above.join(","));
    told(&read_csv(&csv, declared, &kpis(Unit::Count)[..rows.len()]).findings)
}

#[test]
fn an_actual_figure_in_the_place_of_its_target_is_told() {
    let sound = ["71,80", "72,80", "73,80", "74,80", "75,80", "76,80"];
    for (row, expected) in [
        (sound, vec![]),
        // A target that changes, and a figure that meets it for once.
        (["71,80", "72,80", "73,80", "74,85", "75,85", "76,85"], vec![]),
        (["71,80", "72,80", "73,80", "80,80", "75,80", "76,80"], vec![]),
        (["71,80", "72,80", "73,80", "74,80", "75,85", "80,85"], vec![]),
        // Exchanged in the newest month; a cell deleted in the fourth.
        (["71,80", "72,80", "73,80", "74,80", "75,80", "80,76"], vec!["F218 L3"]),
        (["71,80", "72,80", "73,80", "80,75", "80,76", "80,"], vec!["F218 H3"]),
        // Typed over with its target, which for one row may be so.
        (["71,80", "72,80", "73,80", "74,80", "75,80", "80,80"], vec![]),
        // Too early to tell.
        (["71,80", "72,80", "80,73", "80,74", "80,75", "80,76"], vec![]),
    ] {
        assert_eq!(with_targets(&[row]), expected, "{row:?}");
    }
    // Headings one column off: the targets move and the figures never do.
    let off = ["80,71", "80,72", "80,73", "80,74", "80,75", "80,76"];
    assert_eq!(with_targets(&[off, off, sound]), ["F218 B3"]);
    assert_eq!(with_targets(&[off, sound, sound]), Vec::<String>::new());
    let over = ["71,80", "72,80", "73,80", "74,80", "75,80", "80,80"];
    assert_eq!(with_targets(&[over, over, over]), ["F218 L3"]);
    assert_eq!(with_targets(&[over, over, sound]), Vec::<String>::new());
    // By a whole month, of which each has two columns.
    let pushed = [",", "71,80", "72,80", "73,80", "74,80", "75,80,76,80"];
    assert_eq!(with_targets(&[pushed, pushed, pushed]), ["F218 B3"]);
    assert_eq!(with_targets(&[sound, sound, sound, pushed]), ["F218 B6"]);
}
