//! Signal or noise against the public cases: what NHSRplotthedots printed for
//! every point of 29 series (`tests/data/spc`).

use boardpack::scorecard::signal::{Better, Options, Profile, signal};
use serde_json::Value;

use crate::support::root;

fn near(ours: f64, theirs: &Value) -> bool {
    match theirs.as_f64() {
        None => ours.is_nan(),
        Some(theirs) => (ours - theirs).abs() <= 1e-9 * theirs.abs().max(1.0),
    }
}

/// The settings of a case, whose rebases are dates.
fn options(given: &Value, dates: &[&str]) -> Options {
    Options {
        better: match given["improvement_direction"].as_str().unwrap() {
            "increase" => Better::Higher,
            "decrease" => Better::Lower,
            _ => Better::Neither,
        },
        target: given["target"].as_f64(),
        rebase: given["rebase_dates"]
            .as_array()
            .unwrap()
            .iter()
            .map(|date| dates.iter().position(|other| *other == date.as_str().unwrap()).unwrap())
            .collect(),
        fix_after: given["fix_after_n_points"].as_u64().map(|n| usize::try_from(n).unwrap()),
        left_out: Vec::new(),
        profile: Profile { screening: given["screen_outliers"].as_bool().unwrap(), ..Profile::PLOT_THE_DOTS },
    }
}

#[test]
fn every_point_of_the_public_cases_agrees() {
    let text = std::fs::read_to_string(root().join("tests/data/spc/spc_cases.json")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let mut points = 0;
    let mut cases = 0;
    for case in file["cases"].as_array().unwrap() {
        cases += 1;
        let (id, expected) = (case["id"].as_str().unwrap(), &case["expected"]);
        // A month without a figure is left out before anything is worked out.
        let (dates, values): (Vec<&str>, Vec<f64>) = std::iter::zip(
            expected["dates"].as_array().unwrap().iter().map(|date| date.as_str().unwrap()),
            expected["values"].as_array().unwrap(),
        )
        .filter_map(|(date, value)| Some((date, value.as_f64()?)))
        .unzip();
        let options = options(&case["options"], &dates);
        let ours = signal(&values, &options);
        let column = |name: &str, i: usize| expected[name][i].clone();
        for (i, fact) in ours.facts.iter().enumerate() {
            let at = format!("{id}, point {i}");
            let limits = fact.limits.unwrap();
            assert!(near(limits.mean, &column("mean", i)), "{at}: mean {}", limits.mean);
            assert!(near(limits.lower, &column("lpl", i)), "{at}: lower {}", limits.lower);
            assert!(near(limits.upper, &column("upl", i)), "{at}: upper {}", limits.upper);
            assert_eq!(fact.outside, column("outside_limits", i), "{at}");
            assert_eq!(Some(f64::from(fact.side)), column("relative_to_mean", i).as_f64(), "{at}");
            assert_eq!(fact.near, column("close_to_limits", i), "{at}");
            assert_eq!(fact.rule.label(), column("special_cause_type", i), "{at}");
            assert_eq!(fact.rule.way() != 0, column("special_cause_flag", i), "{at}");
            assert_eq!(fact.kind.word(), column("point_type", i), "{at}");
            assert_eq!(ours.short_groups.contains(&fact.group), column("short_group_warning", i), "{at}");
            let first = column("rebase_group", 0).as_u64().unwrap();
            assert_eq!(fact.group as u64, column("rebase_group", i).as_u64().unwrap() - first, "{at}");
            points += 1;
        }
        // The peer lets a missing latest month choose the icon, which its own
        // authors call a fault: ours is that of the latest month with a figure.
        if case["peer_quirk"].as_bool().unwrap() {
            assert!(values.len() < expected["values"].as_array().unwrap().len(), "{id}");
            assert_eq!(ours.facts.last().unwrap().kind.word(), column("point_type", values.len() - 1), "{id}");
            continue;
        }
        assert_eq!(ours.variation().word(), expected["variation_type"], "{id}");
        assert_eq!(ours.variation().icon(), expected["variation_icon"], "{id}");
        assert_eq!(ours.assurance.map(|assurance| assurance.word()), expected["assurance_type"].as_str(), "{id}");
        assert_eq!(ours.assurance.map(|assurance| assurance.icon()), expected["assurance_icon"].as_str(), "{id}");
    }
    assert_eq!(cases, 29);
    assert!(points > 600, "{points}");
}

/// A public case as a CSV file, its rows in disorder as people keep them.
fn case_as_csv(council: &crate::support::Council, id: &str) -> Value {
    let text = std::fs::read_to_string(root().join("tests/data/spc/spc_cases.json")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let case = file["cases"].as_array().unwrap().iter().find(|case| case["id"] == id).unwrap().clone();
    let mut rows: Vec<String> = case["dates"]
        .as_array()
        .unwrap()
        .iter()
        .zip(case["values"].as_array().unwrap())
        .map(|(date, value)| format!("{},{}", date.as_str().unwrap(), value))
        .collect();
    rows.reverse();
    council.write("series.csv", format!("\u{feff}Date,Breaches\n{}\n2030-01-01,\n", rows.join("\n")));
    case
}

#[test]
fn the_command_answers_as_the_public_case_does() {
    let council = crate::support::Council::empty();
    let case = case_as_csv(&council, "A02_rrk_breaches_rebase");
    let args = ["spc", "series.csv", "--column", "breaches", "--better", "lower", "--rebase", "2018-07-01", "--json"];
    let output = council.boardpack(&args).success().get_output().clone();
    let ours: Value = serde_json::from_slice(&output.stdout).unwrap();
    let expected = &case["expected"];
    assert_eq!(ours["variation"]["icon"], expected["variation_icon"]);
    assert_eq!(ours["assurance"], Value::Null);
    let points = ours["points"].as_array().unwrap();
    assert_eq!(points.len(), expected["values"].as_array().unwrap().len());
    for (i, point) in points.iter().enumerate() {
        assert_eq!(point["date"], expected["dates"][i]);
        assert_eq!(point["label"], expected["special_cause_type"][i]);
        assert!(near(point["upper"].as_f64().unwrap(), &expected["upl"][i]));
    }
}

#[test]
fn what_the_command_cannot_do_it_says_and_exits_with_2() {
    let council = crate::support::Council::empty();
    case_as_csv(&council, "A01_rrk_breaches_stable");
    for (args, words) in [
        (&["spc", "series.csv"][..], "has no column \"value\"; its columns are"),
        (&["spc", "series.csv", "--column", "Breaches", "--rebase", "2018-07-02"], "no point of that date"),
        (&["spc", "series.csv", "--column", "Breaches", "--fix-after", "11"], "at least 12"),
    ] {
        let output = council.boardpack(args).code(2).get_output().clone();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(errors.contains(words), "{words:?} is not in {errors}");
    }
    council.boardpack(&["spc", "series.csv", "--column", "Breaches", "--fix-after", "12"]).success();
}

#[test]
fn what_is_no_series_is_refused_with_its_row() {
    let council = crate::support::Council::empty();
    let parts = &["--numerator", "n", "--denominator", "d"][..];
    for (rows, more, words) in [
        ("date,value\n", &[][..], "series.csv has no values: it ends after its header; expected a row for each month"),
        (
            "date,value\n2026-10-01,\n",
            &[],
            "series.csv has no values: 1 of 1 rows left out: 2026-10-01 (the value is blank)",
        ),
        (
            "date,n,d\n2026-09-01,4,4\n2026-10-01,5,4\n",
            parts,
            "row 3: the numerator, 5, is greater than the denominator, 4",
        ),
        ("date,n,d\n2026-10-01,1,0\n", parts, "row 2: the numerator, 1, is greater than the denominator, 0"),
        ("date,n,d\n2026-10-01,-1,4\n", parts, "row 2: the numerator, -1, is below zero"),
    ] {
        council.write("series.csv", rows);
        let output = council.boardpack(&[&["spc", "series.csv"], more].concat()).code(2).get_output().clone();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(errors.contains(words) && output.stdout.is_empty(), "{words:?} is not in {errors}");
    }
}

#[test]
fn a_row_that_is_left_out_is_told_with_why() {
    let council = crate::support::Council::empty();
    let rows = "2026-10-01,4,4\n2026-09-01,3,\n2026-08-01,0,0\n2026-07-01,,5\n2026-06-01,0,4\n";
    council.write("series.csv", format!("date,n,d\n{rows}"));
    let args = ["spc", "series.csv", "--numerator", "n", "--denominator", "d"];
    let output = council.boardpack(&args).success().get_output().clone();
    assert_eq!(
        String::from_utf8(output.stderr).unwrap(),
        "note: 3 of 5 rows left out: 2026-07-01 (the numerator is blank), 2026-08-01 (the denominator is 0), 2026-09-01 (the denominator is blank)\n"
    );
    let output = council.boardpack(&[&args[..], &["--json"]].concat()).success().get_output().clone();
    assert!(output.stderr.is_empty());
    let told: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(told["points"].as_array().unwrap().len(), 2);
    assert_eq!(told["left_out"][1], serde_json::json!({ "date": "2026-08-01", "why": "the denominator is 0" }));
    assert_eq!(told["left_out"].as_array().unwrap().len(), 3);
    council.write("series.csv", "date,n,d\n2026-10-01,4,4\n");
    council.boardpack(&args).success().stderr_eq("");
}

#[test]
fn limits_that_are_not_there_are_not_called_provisional() {
    let council = crate::support::Council::empty();
    let said = |points: u32, profile: &str| {
        let rows: String = (1..=points).map(|day| format!("2026-10-{day:02},{}\n", day % 3)).collect();
        council.write("series.csv", format!("date,value\n{rows}"));
        let output = council.boardpack(&["spc", "series.csv", "--profile", profile]).success().get_output().clone();
        let text = String::from_utf8(output.stdout).unwrap();
        text.split_once("\n\n").unwrap().1.to_owned()
    };
    let none = "Variation: not judged\nFewer than 13 points in a group: it has no limits.\n";
    assert_eq!(said(12, "making-data-count"), none);
    assert_eq!(said(13, "making-data-count"), "Variation: common_cause\n");
    let provisional = "Variation: common_cause\nFewer than 13 points in a group: its limits are provisional.\n";
    assert_eq!(said(12, "plot-the-dots"), provisional);
    assert_eq!(said(13, "plot-the-dots"), "Variation: common_cause\n");
    assert!(said(1, "plot-the-dots").ends_with("Fewer than 13 points in a group: it has no limits.\n"));
}
