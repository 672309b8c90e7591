//! What would go unseen: rows that take turns, headers a slip away from a month,
//! rows without a name, numbers that a comma cut, and what to do about them.

use super::*;

fn kpi(names: &[&str]) -> Vec<Indicator> {
    names.iter().map(|name| monthly(name, Unit::Count)).collect()
}

/// Codes and places found, of these codes.
fn told(csv: &str, table: Table, indicators: &[Indicator], wanted: &[&str]) -> Vec<String> {
    let found = codes(&read_csv(csv, table, indicators).findings);
    found.into_iter().filter(|code| wanted.iter().any(|wanted| code.starts_with(wanted))).collect()
}

#[test]
fn a_renamed_row_goes_on_where_the_old_one_ends_and_takes_no_turns() {
    let table = || Table { names: [named("K", &["Old", "New"])].into(), ..table(Orientation::Wide) };
    let found = |rows: &str| {
        let csv = format!("Ref,Jul-26,Aug-26,Sep-26,Oct-26\n{rows}\n");
        told(&csv, table(), &kpi(&["K"]), &["F401"])
    };
    let none: [&str; 0] = [];
    assert_eq!(found("Old,1,2,3,\nNew,,,,4"), none);
    assert_eq!(found("Old,1,2,,\nNew,,,3,4"), none);
    assert_eq!(found("Old,1,2,3,4\nNew,,,,"), none);
    assert_eq!(found("Old,,,,\nNew,1,2,3,4"), none);
    // The month of the change in both.
    assert_eq!(found("Old,1,2,3,\nNew,,,3,4"), ["F401 D3"]);
    // In turns, and side by side with a blank.
    assert_eq!(found("Old,1,,3,\nNew,,2,,4"), ["F401 B3", "F401 C3", "F401 D3", "F401 E3"]);
    assert_eq!(found("Old,1,2,,4\nNew,,,3,"), ["F401 B3", "F401 C3", "F401 D3", "F401 E3"]);
    assert_eq!(found("Old,1,2,3,\nNew,1,2,3,4"), ["F401 B3", "F401 C3", "F401 D3", "F401 E3"]);
    assert_eq!(found("Old,1,2,3,4\nNew,1,2,3,"), ["F401 B3", "F401 C3", "F401 D3", "F401 E3"]);
    // The upper row is the newer: a caution, once.
    let csv = "Ref,Aug-26,Sep-26,Oct-26\nOld,,,4\nNew,2,3,\n";
    let read = read_csv(csv, table(), &kpi(&["K"]));
    assert_eq!((said(&read.value, "K", "2026-10").as_str(), codes(&read.findings)), ("4", vec!["F401 D3".to_owned()]));
    assert_eq!(read.findings[0].severity, Severity::Caution);
    assert_eq!(
        read.findings[0].message,
        "two rows for K: row 2, the upper one, goes on from row 3, which ends in September 2026; expected the newer row below the older"
    );
    // Rows of months, the newest first.
    let long = Table { names: [named("K", &["Old", "New"])].into(), ..super::table(Orientation::Long) };
    let rows = "Ref,Month,Value\nNew,Oct-26,4\nOld,Oct-26,\nNew,Sep-26,\nOld,Sep-26,3\n";
    assert_eq!(told(rows, long, &kpi(&["K"]), &["F401"]), none);
}

#[test]
fn the_first_and_the_last_header_a_slip_away_from_a_month_are_told() {
    for (heads, expected) in [
        ("Arp-26,May-26,Jun-26", "F204 B1"),
        ("Apr-2G,May-26,Jun-26", "F204 B1"),
        ("Aprl 26,May-26,Jun-26", "F204 B1"),
        ("Aug-26,Sep-26,0ct-26", "F204 D1"),
        ("Aug-26,Sep-26,Oct-2Q", "F204 D1"),
        ("Aug-26,Sep-26,Otc-26", "F204 D1"),
        ("Aug-26,Sep-26,Oct", "F204 D1"),
        ("Aug-26,Sep-26,Oct 206", "F204 D1"),
        ("Aug-26,Sep-2O,Oct-2O", "F204 C1"),
        ("Sep-26,Otc-26,x", "F204 C1"),
        ("Otc-26,Sep-26,Aug-26", "F204 B1"),
        // Words beside months.
        ("Aug-26,Sep-26,Act 26", ""),
        ("Aug-26,Sep-26,Target", ""),
        ("Aug-26,Sep-26,YTD", ""),
        ("Aug-26,Sep-26,2025/26", ""),
        ("Aug-26,Sep-26,Sep-26 N", ""),
        ("Mar,Aug-26,Sep-26", ""),
        ("Ward-26,May-26,Jun-26", ""),
    ] {
        let csv = format!("Ref,{heads}\nK,1,2,3\n");
        let found = told(&csv, table(Orientation::Wide), &kpi(&["K"]), &["F204"]);
        assert_eq!(found.first().map_or("", String::as_str), expected, "{heads}");
    }
    // Without figures it is no loss.
    let csv = "Ref,Aug-26,Sep-26,Otc-26\nK,1,2,\n";
    assert!(told(csv, table(Orientation::Wide), &kpi(&["K"]), &["F204"]).is_empty());
}

#[test]
fn a_year_slip_in_rows_of_quarters_and_of_months_is_told() {
    let names = || [named("K", &["Value"])].into();
    for (rows, expected) in [
        ("Oct-25,1\nNov-24,2\nDec-25,3", "F407 A3"),
        ("Oct-24,1\nNov-25,2\nDec-25,3", "F407 A2"),
        ("Oct-25,1\nNov-25,2\nDec-24,3", "F407 A4"),
        ("Q1 2025/26,1\nQ2 2024/25,2\nQ3 2025/26,3", "F407 A3"),
        ("Oct-25,1\nNov-25,2\nDec-25,3", ""),
    ] {
        let declared =
            Table { names: names(), month_formats: words(&["%b-%y", "fy-quarter"]), ..table(Orientation::Columns) };
        let found = told(&format!("Month,Value\n{rows}\n"), declared, &kpi(&["K"]), &["F407"]);
        assert_eq!(found.concat(), expected, "{rows}");
    }
}

#[test]
fn rows_that_hold_figures_and_no_name_are_told() {
    let none: [&str; 0] = [];
    let wide = |rows: &str, names: &[&str]| {
        let csv = format!("Ref,Owner,Sep-26,Oct-26\n{rows}\n");
        told(&csv, table(Orientation::Wide), &kpi(names), &["F216"])
    };
    assert_eq!(wide("K1,Head,1,2\n,Head,3,4\nK2,Head,5,6", &["K1", "K2"]), ["F216 A3"]);
    for blank in ["\u{a0}", "\u{200b}", "\u{2060}", "\u{ad}", " \u{feff}"] {
        let rows = format!("K1,Head,1,2\n{blank},Head,3,4\nK2,Head,5,6");
        assert_eq!(wide(&rows, &["K1", "K2"]), ["F216 A3"], "{blank:?}");
    }
    // Where somebody is missing, also at the end.
    assert_eq!(wide("K1,Head,1,2\n,Head,3,4", &["K1", "K2"]), ["F216 A3"]);
    assert_eq!(wide("K1,Head,1,2\n,Head,3,4", &["K1"]), none);
    // What says that it is no indicator's, and what holds no figure.
    assert_eq!(wide("K1,Head,1,2\n,Target,3,4\nK2,Head,5,6", &["K1", "K2"]), none);
    assert_eq!(wide("K1,Head,1,2\n,Subtotal,3,4\nK2,Head,5,6", &["K1", "K2"]), none);
    assert_eq!(wide("K1,Head,1,2\n,Education,,\nK2,Head,5,6", &["K1", "K2"]), none);
    let long = |rows: &str| {
        let csv = format!("Ref,Month,Value\n{rows}\n");
        read_csv(&csv, table(Orientation::Long), &kpi(&["K1"])).findings
    };
    let found = long("K1,Sep-26,1\n,Oct-26,2");
    assert_eq!(codes(&found), ["F216 A3", "F404 ·"]);
    assert_eq!(found[0].message, "row 3 holds figures and no name, and is left out");
    assert!(found[1].hint.starts_with("look at F216 first"), "{}", found[1].hint);
    assert_eq!(codes(&long("K1,Oct-26,1\n,,2")), none);
}

#[test]
fn a_number_that_a_comma_cut_before_empty_cells_is_told() {
    for (csv, expected) in [
        ("Ref,Aug-26,Sep-26,Oct-26\nK1,987,1,250,\nK2,5,6,\nK3,7,8,\n", true),
        ("Ref,Aug-26,Sep-26,Oct-26\nK1,987,1,250,\n", true),
        // Each row ends with a delimiter.
        ("Ref,Aug-26,Sep-26,Oct-26\nK1,98,120,,\nK2,5,6,,\n", false),
        ("Ref,Aug-26,Sep-26,Oct-26\nK1,98,120,\nK2,5,6,\n", false),
        ("Ref,Aug-26,Sep-26,Oct-26\nK1,450,98,120,\nK2,5,6,7,\n", false),
    ] {
        let found = told(csv, table(Orientation::Wide), &kpi(&["K1", "K2", "K3"]), &["F209"]);
        assert_eq!(!found.is_empty(), expected, "{csv} {found:?}");
    }
}

#[test]
fn a_month_whose_figures_were_not_read_is_not_called_last_months_file() {
    for (csv, code) in
        [("Ref,Month,Value\nK,Sep-26,1\nK,Otc-26,2\n", "F204"), ("Ref,Month,Value\nK,Sep-26,1\nK,Oct-27,2\n", "F402")]
    {
        let read = read_csv(csv, table(Orientation::Long), &kpi(&["K"]));
        let late = read.findings.iter().find(|finding| finding.code == Code::SourceStale).unwrap();
        let hint = format!(
            "look at {code} first: the figures may be here, and were not read; if they are not, supply this month's file"
        );
        assert_eq!(late.hint, hint, "{csv}");
    }
    for csv in [
        "Ref,Month,Value\nK,Sep-26,1\nK,Oct-26,oops\n",
        "Ref,Month,Value\nK,Sep-26,1\nK,Oct-26,#REF!\n",
        "Ref,Month,Value\nK,Sep-26,1\nK,Oct-26,\nK,Oct-26,2\n",
    ] {
        assert!(told(csv, table(Orientation::Long), &kpi(&["K"]), &["F404", "F403"]).is_empty(), "{csv}");
    }
}
