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

#[test]
fn every_point_of_the_public_cases_agrees() {
    let text = std::fs::read_to_string(root().join("tests/data/spc/spc_cases.json")).unwrap();
    let file: Value = serde_json::from_str(&text).unwrap();
    let mut points = 0;
    let mut cases = 0;
    for case in file["cases"].as_array().unwrap() {
        // Behaviour that its own authors call a fault is not copied.
        if case["peer_quirk"].as_bool().unwrap() {
            continue;
        }
        cases += 1;
        let (id, expected) = (case["id"].as_str().unwrap(), &case["expected"]);
        let dates: Vec<&str> =
            expected["dates"].as_array().unwrap().iter().map(|date| date.as_str().unwrap()).collect();
        let values: Vec<f64> =
            expected["values"].as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect();
        let given = &case["options"];
        let options = Options {
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
            profile: Profile { screening: given["screen_outliers"].as_bool().unwrap(), ..Profile::PLOT_THE_DOTS },
        };
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
        assert_eq!(ours.variation.word(), expected["variation_type"], "{id}");
        assert_eq!(ours.variation.icon(), expected["variation_icon"], "{id}");
        assert_eq!(ours.assurance.map(|assurance| assurance.word()), expected["assurance_type"].as_str(), "{id}");
        assert_eq!(ours.assurance.map(|assurance| assurance.icon()), expected["assurance_icon"].as_str(), "{id}");
    }
    assert_eq!(cases, 28);
    assert!(points > 600, "{points}");
}
