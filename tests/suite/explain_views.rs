//! Longer views and earlier figures explained: each month with its cells, the
//! sums, and the same by name for a machine.

use crate::explain::explained;
use crate::support::Council;
use crate::trail::small;

/// The small council's plans as counts that happen, with a baseline, months
/// of more than a year, and every longer view.
fn longer(kind: &str) -> Council {
    let council = small();
    let views = "frequency = \"monthly\"\nviews = [\"year-to-date\", \"rolling-12-months\", \"quarter\"]\n";
    let register = council.read("config/indicators.toml").replacen("frequency = \"monthly\"\n", views, 1);
    let register = if kind == "flow" {
        register.replacen("unit = \"percent\"\nbetter = \"higher\"", "unit = \"count\"\nbetter = \"higher\"", 1)
    } else {
        register
    };
    council.write("config/indicators.toml", register);
    let board = council.read("config/boards/panel.toml");
    council.write(
        "config/boards/panel.toml",
        board.replace(
            "[[sections]]",
            "baseline = { period = \"2025-06\", label = \"At the inspection\" }\n[[sections]]",
        ),
    );
    let mut rows = String::from("i,m,v,n,d\n");
    for (n, month) in (0..16).map(|n| (n, format!("{}-{:02}", 2025 + (n + 5) / 12, (n + 5) % 12 + 1))) {
        let parts = if kind == "flow" { format!("{},,", 10 + n) } else { format!(",{},{}", 60 + n, 100 + n) };
        rows.push_str(&format!("PLA01,{month},{parts}\nPLA02,{month},90,,\n"));
    }
    council.write("share/plans.csv", rows);
    council
}

/// A step of the small council's answer.
fn step(council: &Council, name: &str) -> String {
    let text = explained(council);
    let rest = text.split_once(&format!("\n{name}\n")).map_or("", |(_, rest)| rest);
    rest.split("\n\n").next().unwrap_or_default().to_owned()
}

#[test]
fn a_longer_view_has_its_months_their_cells_and_the_sum() {
    let council = longer("ratio");
    snapbox::assert_data_eq!(
        step(&council, "This quarter"),
        snapbox::str![[r#"
  64.9% (222 of 342), July to September 2026
  July 2026: 64.6% (73 of 113), plans › D28, E28
  August 2026: 64.9% (74 of 114), plans › D30, E30
  September 2026: 65.2% (75 of 115), plans › D32, E32
  numerators: 73 + 74 + 75 = 222
  denominators: 113 + 114 + 115 = 342
  222 ÷ 342 × 100 = 64.91228…
  rounded once, to 1 decimal place, half away from zero: 64.9%
"#]]
    );
    snapbox::assert_data_eq!(
        step(&council, "Year to date"),
        snapbox::str![[r#"
  64.4% (435 of 675), April to September 2026
  April 2026: 63.6% (70 of 110), plans › D22, E22
  May 2026: 64.0% (71 of 111), plans › D24, E24
  June 2026: 64.3% (72 of 112), plans › D26, E26
  July 2026: 64.6% (73 of 113), plans › D28, E28
  August 2026: 64.9% (74 of 114), plans › D30, E30
  September 2026: 65.2% (75 of 115), plans › D32, E32
  numerators: 70 + 71 + 72 + 73 + 74 + 75 = 435
  denominators: 110 + 111 + 112 + 113 + 114 + 115 = 675
  435 ÷ 675 × 100 = 64.444444…
  rounded once, to 1 decimal place, half away from zero: 64.4%
"#]]
    );
}

#[test]
fn an_earlier_figure_has_its_cells_and_what_has_moved_since() {
    let council = longer("ratio");
    snapbox::assert_data_eq!(
        step(&council, "A year before"),
        snapbox::str!["  September 2025: 61.2% (63 of 103), plans › D8, E8"]
    );
    snapbox::assert_data_eq!(
        step(&council, "Baseline"),
        snapbox::str![[r#"
  At the inspection: 60.0%, up 5.2 points since then
  June 2025: 60.0% (60 of 100), plans › D2, E2
  65.2 − 60.0 (June 2025) = 5.2
"#]]
    );
    snapbox::assert_data_eq!(
        step(&council, "Movement"),
        snapbox::str![[r#"
  65.2 − 64.9 (August 2026) = 0.3
  better: higher is better
  the numerator's part: 75 ÷ 114 × 100 − 74 ÷ 114 × 100 = 0.877192…, rounded 0.9
  the denominator's part is the rest: 0.3 − 0.9 = −0.6
  over 3 months: 65.2 − 64.3 (June 2026) = 0.9
  over 12 months: 65.2 − 61.2 (September 2025) = 4.0
"#]]
    );
}

#[test]
fn what_happens_is_summed_month_by_month() {
    snapbox::assert_data_eq!(
        step(&longer("flow"), "Year to date"),
        snapbox::str![[r#"
  135, April to September 2026
  April 2026: 20, plans › C22
  May 2026: 21, plans › C24
  June 2026: 22, plans › C26
  July 2026: 23, plans › C28
  August 2026: 24, plans › C30
  September 2026: 25, plans › C32
  20 + 21 + 22 + 23 + 24 + 25 = 135
  rounded once, to a whole number, half away from zero: 135
"#]]
    );
}

#[test]
fn a_machine_gets_every_fact_by_name() {
    let council = longer("ratio");
    let output =
        council.boardpack(&["explain", "PLA01", "--period", "2026-09", "--json"]).success().get_output().clone();
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let mut facts = answer["facts"].clone();
    for (view, months) in [("year_to_date", 6), ("rolling_12_months", 12)] {
        let told = facts["views"][view]["months"].take();
        assert_eq!(told.as_array().unwrap().len(), months, "{view}");
    }
    insta::assert_json_snapshot!(facts);
}

#[test]
fn a_month_that_no_page_shows_is_no_part_of_a_view() {
    let council = longer("ratio");
    council.replace("share/plans.csv", "PLA01,2026-04,,70,110", "PLA01,2026-04,,3,60");
    let view = step(&council, "Year to date");
    for told in ["(365 of 565), April to September 2026, 1 month hidden", "\n  April 2026: hidden\n"] {
        assert!(view.contains(told), "{told:?} is not in {view}");
    }
    let output =
        council.boardpack(&["explain", "PLA01", "--period", "2026-09", "--json"]).success().get_output().clone();
    let text = String::from_utf8(output.stdout).unwrap();
    let answer: serde_json::Value = serde_json::from_str(&text).unwrap();
    let april = &answer["facts"]["views"]["year_to_date"]["months"][0];
    assert_eq!((&april["value"], &april["cells"]), (&serde_json::Value::Null, &serde_json::json!([])));
    assert!(!text.contains("(3 of 60)"), "{text}");
}
