//! A config of known keys whose words are wrong, or make no sense together.

use crate::support::Council;

#[test]
fn a_wrong_word_is_told_beside_those_that_are_right() {
    let council = Council::sample();
    let register = "config/indicators.toml";
    council
        .replace(register, "kind = \"system\"", "kind = \"staff\"")
        .replace(register, "of = \"neighbours\"", "of = \"neighbors\"")
        .replace(
            register,
            "travel = \"last-year\"",
            "travel = \"year\"\nviews = [\"quarter\", \"year_to_date\"]\nlag_months = -1",
        )
        .replace("config/boardpack.toml", "\n[publish]", "\n[signal]\nprofile = \"nhs\"\n[publish]")
        .replace("config/boardpack.toml", "kind = \"directory\"", "kind = \"folder\"")
        .replace(
            "config/sources.toml",
            "layout = \"pairs\"",
            "layout = \"wider\"\nmissing = { \"..\" = \"unknwon\" }\nmonth.financial_year = { from = \"tab\", pattern = \"x\" }",
        )
        .replace(
            "config/sources.toml",
            "[sources.front-door.columns]\n",
            "[sources.front-door.columns]\nrag = { column = \"RAG\", map = { R = \"red\", P = \"purple\" } }\n",
        );
    let output = council.boardpack(&["config"]).code(2).get_output().clone();
    let errors = String::from_utf8(output.stderr).unwrap();
    let names: Vec<&str> = boardpack::storage::KINDS.iter().map(|kind| kind.name).collect();
    let (last, others) = names.split_last().unwrap();
    let kinds = format!("{} or {last}", others.join(", "));
    for expected in [
        ".breaks[0].kind: found \"staff\"; expected system, definition or population\n",
        ".of: found \"neighbors\"; expected neighbours, region or england\n    hint: did you mean neighbours?\n",
        ".travel: found \"year\"; expected previous, last-year or regression\n",
        ".views[1]: found \"year_to_date\"; expected year-to-date, rolling-12-months or quarter\n    hint: did you mean year-to-date?\n",
        ".lag_months: found -1; expected a whole number of 0 or more\n",
        "signal.profile: found \"nhs\"; expected plot-the-dots or making-data-count\n",
        &format!("storage.share.kind: found \"folder\"; expected {}\n", kinds),
        ".layout: found \"wider\"; expected long, wide, columns, pairs or blocks\n    hint: did you mean wide?\n",
        ".missing.\"..\": found \"unknwon\"; expected not-supplied, unknown, not-applicable, unavailable, suppressed, low, unreliable or not-due\n    hint: did you mean unknown?\n",
        ".rag.map.P: found \"purple\"; expected red, amber or green\n",
        "from: found \"tab\"; expected sheet, file or title\n",
    ] {
        assert!(errors.contains(expected), "{expected:?} is not in\n{errors}");
    }
    assert!(!errors.contains("enum") && !errors.contains("variant"), "{errors}");
}

#[test]
fn what_makes_no_sense_over_time_is_a_fault() {
    let council = Council::sample();
    council.replace(
        "config/indicators.toml",
        "travel = \"last-year\"",
        "travel = \"last-yaer\"\nsignal = \"of\"\nevents = [{ note = \"x\" }]",
    );
    let text = council.read("config/indicators.toml").replacen(
        "frequency = \"annual\"\n",
        "frequency = \"annual\"\nviews = [\"quarter\"]\nsignal = { rebase = [{ from = \"2026-02\", because = \"x\" }] }\n",
        1,
    );
    council.write("config/indicators.toml", text);
    council.replace("config/boards/improvement.toml", "period = \"2025-10\", label", "label");
    let output = council.boardpack(&["run"]).code(2).get_output().clone();
    let errors = String::from_utf8(output.stderr).unwrap();
    for expected in [
        "indicators.CLA08.travel: found \"last-yaer\"",
        "indicators.CLA08.signal: expected \"off\" or a table",
        "indicators.CLA08.events[0].month: is missing",
        ".views: needs monthly or quarterly figures of the period itself",
        ".signal.rebase[0].from: no figure stands at 2026-02: the indicator is annual",
        "boards/improvement.toml: baseline.period: is missing",
    ] {
        assert!(errors.contains(expected), "{expected:?} is not in\n{errors}");
    }
}
