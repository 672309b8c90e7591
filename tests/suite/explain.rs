//! From the cells to the colour: what `explain` says is what the pack printed.

use std::collections::BTreeMap;

use boardpack::pack::explained::{Evidence, explain};
use boardpack::pack::{self, figures, printed};

use crate::support::Council;
use crate::trail::{run, share, small};

#[test]
fn every_figure_explained_is_the_one_that_is_printed() {
    for board in ["corporate-parenting", "improvement", "improving-lives", "overview-and-scrutiny"] {
        crate::words::with_scorecard_of(board, |card, setting, datasets| {
            let pack = pack::pack(card, setting);
            let rows = printed::read(&figures::csv(card, &BTreeMap::new()).unwrap()).unwrap().figures;
            for line in card.lines() {
                let reference = &line.indicator.reference;
                let row = rows.iter().find(|row| row.reference == *reference).unwrap();
                let dataset = &datasets[&line.indicator.source].value;
                let evidence = Evidence { latest: dataset.reading(reference, line.period), ..Evidence::default() };
                let explained = explain(card, line, &pack, &evidence);
                let text = |value: &Option<String>| value.clone().unwrap_or_default();
                assert_eq!(
                    [&explained.value, &explained.numerator, &explained.denominator].map(text),
                    [row.value.clone(), row.numerator.clone(), row.denominator.clone()],
                    "{reference}"
                );
                assert_eq!(
                    [&explained.previous_value, &explained.target].map(text),
                    [row.previous_value.clone(), row.target.clone()],
                    "{reference}"
                );
                assert_eq!((explained.rating, explained.period), (row.rating.as_str(), row.period), "{reference}");
                let facts = serde_json::to_value(&explained).unwrap()["facts"].clone();
                let fact = |at: &str| facts.pointer(at).and_then(|fact| fact.as_str()).unwrap_or_default().to_owned();
                assert_eq!(
                    ["/figure/value", "/figure/numerator", "/figure/status", "/target/goal"].map(fact),
                    [row.value.clone(), row.numerator.clone(), row.status.clone(), row.target.clone()],
                    "{reference}"
                );
                // A year to date with a gap is on the page alone.
                if facts.pointer("/views/year_to_date/missing").is_none_or(|missing| *missing == 0) {
                    assert_eq!(fact("/views/year_to_date/value"), row.year_to_date, "{reference}");
                }
                assert_eq!(fact("/views/last_year/value"), row.last_year, "{reference}");
                assert!(row.reason.starts_with(&fact("/rating/reason")), "{reference}: {}", row.reason);
                let ends = explained.to_string();
                let rounded = ends.lines().find_map(|line| line.split_once("half away from zero: "));
                let bare = |text: &str| text.replace([',', '%'], "").replace(" days", "").replace(" day", "");
                assert_eq!(rounded.map_or(String::new(), |(_, figure)| bare(figure)), row.value, "{reference}: {ends}");
            }
        });
    }
}

/// What `figures.csv` says of signal and noise.
#[derive(serde::Deserialize)]
struct CsvRow {
    #[serde(rename = "ref")]
    reference: String,
    variation: String,
    assurance: String,
}

/// The words of a page for a code of `figures.csv`.
fn words_of(code: &str) -> Vec<&str> {
    match code {
        "" => vec![""],
        "common_cause" => vec!["Usual ups and downs"],
        "improvement_high" | "improvement_low" => vec!["Better than usual"],
        "concern_high" | "concern_low" => vec!["Worse than usual"],
        "neutral_high" => vec!["Higher than usual"],
        "neutral_low" => vec!["Lower than usual"],
        "too few to judge" => vec!["Too few to judge"],
        "not judged" => vec!["Not judged"],
        "seldom happens" => vec!["Rarely happens"],
        "pass" => vec!["Likely to keep meeting its target", "Usually meets its target, not this time"],
        "fail" => vec!["Likely to keep missing its target", "Usually misses its target, not this time"],
        "inconsistent" => vec!["Could go either way"],
        "missing" => vec!["Missing its target"],
        "meeting" => vec!["Meeting its target"],
        other => panic!("{other}"),
    }
}

#[test]
fn every_part_of_a_pack_tells_one_judgement() {
    let mut seen = std::collections::BTreeSet::new();
    for board in ["corporate-parenting", "improvement", "improving-lives", "overview-and-scrutiny"] {
        crate::words::with_scorecard_of(board, |card, setting, _| {
            let pack = pack::pack(card, setting);
            let csv = figures::csv(card, &BTreeMap::new()).unwrap();
            let rows: Vec<CsvRow> = csv::Reader::from_reader(&csv[..]).deserialize().map(Result::unwrap).collect();
            for line in card.lines() {
                let reference = line.indicator.reference.as_str();
                let csv = rows.iter().find(|row| row.reference == reference).unwrap();
                let row = pack.sections.iter().flat_map(|section| &section.rows).find(|row| row.reference == reference);
                let Some(words) = row.unwrap().signal.as_ref() else {
                    assert_eq!((csv.variation.as_str(), csv.assurance.as_str()), ("", ""), "{reference}");
                    continue;
                };
                let (variation, assurance) = (&words.variation, &words.assurance.label);
                seen.insert(csv.variation.clone());
                assert_eq!(words_of(&csv.variation), [variation.label.as_str()], "{reference}");
                let is_same = |word: &&str| assurance.starts_with(word) && word.is_empty() == assurance.is_empty();
                assert!(words_of(&csv.assurance).iter().any(is_same), "{reference}: {assurance}");
                let explained = explain(card, line, &pack, &Evidence::default());
                let facts = serde_json::to_value(&explained).unwrap()["facts"]["signal"].clone();
                assert_eq!(facts["reason"], words.reason.as_str(), "{reference}");
                let is_judged = facts["variation"].is_string();
                assert!(!is_judged || facts["variation"] == csv.variation.as_str(), "{reference}");
                assert_eq!(facts["assurance"].as_str().unwrap_or_default(), csv.assurance, "{reference}");
                let grid = pack.grid.as_ref().unwrap();
                let is_item = |item: &pack::model::GridItem| item.reference == reference;
                let has = |row: &&pack::model::GridRow| row.groups.iter().flat_map(|group| &group.items).any(is_item);
                let heads = grid.rows.iter().filter(has);
                let heads: Vec<&str> = heads.map(|row| row.head.label.as_str()).collect();
                assert_eq!(heads, if is_judged { vec![variation.label.as_str()] } else { vec![] }, "{reference}");
                let blocks = || pack.sections.iter().flat_map(|section| &section.blocks);
                let Some(block) = blocks().find(|block| block.reference == reference) else { continue };
                assert_eq!(block.signal.as_ref(), Some(words), "{reference}");
                let Some(chart) = &block.chart else { continue };
                assert_eq!(chart.bands.is_empty(), facts["lower"].is_null(), "{reference}");
                assert!(chart.marks.iter().all(|mark| mark.kind == variation.kind), "{reference}");
                let is_news = ["improvement", "concern", "neutral"].contains(&variation.kind.as_str());
                assert_eq!(chart.marks.is_empty(), !is_news, "{reference}");
            }
        });
    }
    assert!(seen.len() > 5, "{seen:?}");
}

/// The answer for the small council's percentage, without what differs from run to run.
pub(crate) fn explained(council: &Council) -> String {
    let output = council.boardpack(&["explain", "pla01", "--period", "2026-09"]).success().get_output().clone();
    let text = String::from_utf8(output.stdout).unwrap();
    let stable = |line: &str| !line.trim_start().starts_with("sha256 ") && !line.trim_start().starts_with("changed ");
    text.lines().filter(|line| stable(line)).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_chain_is_told_from_the_cells_to_the_page() {
    let council = small();
    run(&council, "2026-09").success();
    snapbox::assert_data_eq!(
        explained(&council),
        snapbox::str![[r#"
PLA01 Plans on time, September 2026
in the pack of panel for September 2026

File
  plans.csv, source plans

Cells
  plans › C3  value for September 2026: blank
  plans › D3  numerator for September 2026: the text "84"
  plans › E3  denominator for September 2026: the text "100"
  plans › C2  value for August 2026: blank
  plans › D2  numerator for August 2026: the text "80"
  plans › E2  denominator for August 2026: the text "100"

Arithmetic
  84 ÷ 100 × 100 = 84
  rounded once, to 1 decimal place, half away from zero: 84.0%

Target
  85% (the council's own, since April 2025), amber if missed by up to 5 points.

Rating
  Higher is better
  84.0% is 1.0 point below 85%; it misses its target by no more than 5 points: amber
  1 more of the 100 children would make it green; 5 fewer would make it red

Movement
  84.0 − 80.0 (August 2026) = 4.0
  better: higher is better

Signal
  Is it changing? Too few to judge. It takes 13 months to know what is usual. So far there are 2.

Suppression
  Nothing is hidden.

On the page
  84.0% (84 of 100), up 4.0 points on August 2026 (better), 1.0 point below the 85% target: amber.

Published
  Revision 1 prints 84.0%, amber, from this same file.
"#]]
    );
    share(&council, "79,100");
    let text = explained(&council);
    assert!(text.contains("from a file with other bytes: the next run changes it."), "{text}");
}

#[test]
fn a_figure_of_a_pack_that_is_held_is_on_no_page_yet() {
    let council = small();
    run(&council, "2026-09").success();
    share(&council, "broken,100");
    let output = council.boardpack(&["explain", "PLA02", "--period", "2026-09"]).success().get_output().clone();
    let text = String::from_utf8(output.stdout).unwrap();
    let page = "On the page\n  The pack is held, so this is not printed yet: F301.\n  91, up 1";
    assert!(text.contains(page), "{text}");
    let text = explained(&council);
    assert!(text.contains("from a file with other bytes: it stands while the pack is held."), "{text}");
}

#[test]
fn a_machine_gets_the_cells_and_the_steps() {
    let council = small();
    let output =
        council.boardpack(&["explain", "PLA01", "--period", "2026-10", "--json"]).success().get_output().clone();
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let cells: Vec<String> = answer["cells"]
        .as_array()
        .unwrap()
        .iter()
        .map(|cell| format!("{} {} {}", cell["role"], cell["cell"], cell["number"]).replace('"', ""))
        .collect();
    // The value's own cell is blank: the figure is worked from its parts.
    assert_eq!(
        cells,
        [
            "value C4 null",
            "numerator D4 86.0",
            "denominator E4 100.0",
            "value C3 null",
            "numerator D3 84.0",
            "denominator E3 100.0"
        ]
    );
    assert_eq!((&answer["value"], &answer["rating"]), (&"86.0".into(), &"green".into()));
    assert_eq!(answer["file"]["name"], "plans.csv");
}

#[test]
fn those_not_due_yet_are_seen_to_be_left_out() {
    let council = Council::sample();
    let args = ["explain", "CLA18", "--board", "corporate-parenting"];
    let output = council.boardpack(&args).success().get_output().clone();
    let text = String::from_utf8(output.stdout).unwrap();
    let cells = "denominator for October 2026: 15\n  Return › G226  not due yet for October 2026: 2\n";
    for part in [cells, "\n  15 − 2 not yet due = 13\n  9 ÷ 13 × 100 = 69.230769…\n"] {
        assert!(text.contains(part), "{part:?} is not in {text}");
    }
}

#[test]
fn whatever_a_rating_or_a_direction_rests_on_has_its_cell_and_its_sum() {
    let council = Council::sample();
    for (indicator, board, parts) in [
        ("CLA08", "corporate-parenting", &["  value for October 2025: ", "74.8 − 77.5 (October 2025) = −2.7\n"][..]),
        ("SEN01", "overview-and-scrutiny", &["  value for October 2025: "]),
        ("WF01-CIC", "improvement", &["  the largest for October 2026: 27\n"]),
        ("CLA07", "corporate-parenting", &["the straight line that fits its series best changes by "]),
    ] {
        let output = council.boardpack(&["explain", indicator, "--board", board]).success().get_output().clone();
        let text = String::from_utf8(output.stdout).unwrap();
        for part in parts {
            assert!(text.contains(part), "{part:?} is not in {text}");
        }
    }
}

#[test]
fn a_movement_of_both_parts_has_the_arithmetic_of_each() {
    let council = small();
    share(&council, "90,106");
    let text = explained(&council);
    // 90 of 100 would be 90.0%; 90 of 106 is 84.9%.
    let sums = "
  84.9 − 80.0 (August 2026) = 4.9
  better: higher is better
  the numerator's part: 90 ÷ 100 × 100 − 80 ÷ 100 × 100 = 10, rounded 10.0
  the denominator's part is the rest: 4.9 − 10.0 = −5.1
";
    assert!(text.contains(sums), "{text}");
    share(&council, "90,100");
    assert!(!explained(&council).contains("part: "), "one part stood still");
}

#[test]
fn every_sentence_and_note_of_a_block_is_on_the_page() {
    for board in ["corporate-parenting", "improvement", "improving-lives", "overview-and-scrutiny"] {
        crate::words::with_scorecard_of(board, |card, setting, _| {
            let pack = pack::pack(card, setting);
            for block in pack.sections.iter().flat_map(|section| &section.blocks) {
                let line = card.lines().find(|line| line.indicator.reference.as_str() == block.reference).unwrap();
                let explained = explain(card, line, &pack, &Evidence::default());
                let page = explained.steps.iter().find(|step| step.step == "On the page").unwrap();
                for said in block.sentences.iter().chain(&block.notes) {
                    assert!(page.says.iter().any(|says| says == said.trim()), "{}: {said}", block.reference);
                }
            }
        });
    }
}

#[test]
fn notes_of_targets_breaks_and_rounding_are_on_the_page() {
    let council = small();
    council.replace(
        "config/indicators.toml",
        "source = \"local\"\n",
        "source = \"local\"\n[[indicators.PLA01.targets]]\nfrom = \"2026-09\"\nvalue = 84\ntolerance = 5\n\
         source = \"local\"\n[[indicators.PLA01.breaks]]\nfrom = \"2026-09\"\nkind = \"system\"\nnote = \"New system.\"\n",
    );
    council.replace("config/boards/panel.toml", "owner =", "details = [\"PLA01\"]\nowner =");
    share(&council, "7896,10000");
    let text = explained(&council);
    let (_, page) = text.split_once("On the page\n").unwrap();
    for told in [
        "  Since September 2026 figures cannot be compared with earlier ones. New system.",
        "  The target changed from 85% to 84% in September 2026.",
        "  Rated on the rounded figure as printed; the unrounded one would have been red.",
    ] {
        assert!(page.contains(told), "{told:?} is not in {text}");
    }
}

/// What stands of the small council's percentage, as `explain` has it.
fn published(council: &Council) -> String {
    explained(council).split_once("\nPublished\n").unwrap().1.to_owned()
}

#[test]
fn each_edition_is_held_against_what_it_printed_itself() {
    let council = small();
    council
        .replace("config/boardpack.toml", "[publish]\n", "[publish]\nrestricted = \"../restricted\"\n")
        .replace("config/boards/panel.toml", "schedule =", "editions = [\"public\", \"restricted\"]\nschedule =")
        .replace("config/indicators.toml", "tolerance = 5", "rule = \"improved\"\ntolerance = 5");
    let board = council.read("config/boards/panel.toml");
    council.write("config/boards/panel.toml", board + "\n[exempt]\nparagraphs = [2]\n");
    // The figure of a year before, 3 of 6, is hidden from the public.
    let year_before = |council: &Council| {
        let rows = council.read("share/plans.csv");
        council.write("share/plans.csv", rows + "PLA01,2025-09,,3,6\n");
    };
    share(&council, "50,100");
    year_before(&council);
    run(&council, "2026-09").success();
    let printed = |edition: &str| {
        let rows =
            printed::read(council.read(&format!("{edition}/2026-09/panel/r1/figures.csv")).as_bytes()).unwrap().figures;
        (rows[0].rating.clone(), rows[0].last_year.clone())
    };
    let (public, restricted) = (printed("published"), printed("restricted"));
    assert_eq!((public.1.as_str(), restricted.1.as_str()), ("", "50.0"), "it is hidden");
    assert_eq!(restricted.0, "amber");
    let rated = |word: &str| if word == "unrated" { "not rated".to_owned() } else { word.to_owned() };
    let stands = |then: &str| {
        let of = |edition: &str, rating: &str| {
            format!("  Revision 1 of the {edition} edition prints 50.0%, {}, from {then}\n", rated(rating))
        };
        of("public", &public.0) + &of("restricted", &restricted.0)
    };
    assert_eq!(published(&council) + "\n", stands("this same file."));
    run(&council, "2026-09").success();
    assert_eq!(council.pdfs("published").len(), 1, "the next run changed nothing");
    share(&council, "49,100");
    year_before(&council);
    assert_eq!(published(&council) + "\n", stands("a file with other bytes: the next run changes it."));
    std::fs::remove_dir_all(council.path("restricted")).unwrap();
    assert!(
        published(&council).ends_with("\n  The restricted edition is not published yet."),
        "{}",
        published(&council)
    );
}

#[test]
fn the_same_figure_worked_from_other_numbers_is_changed_by_the_next_run() {
    let council = small();
    run(&council, "2026-09").success();
    // The same percentage of twice as many is another figure.
    share(&council, "168,200");
    let text = published(&council);
    assert_eq!(text, "  Revision 1 prints 84.0%, amber, from a file with other bytes: the next run changes it.");
}

#[test]
fn what_is_not_there_is_code_2() {
    let council = small();
    council.boardpack(&["explain", "PLA09"]).code(2);
    council.boardpack(&["explain", "PLA01", "--board", "none"]).code(2);
}
