//! What was published before and is otherwise now: restatements, and changes of
//! a revision.

use crate::support::{Council, pdf_text};

/// A council of one board and one workbook, small enough to change by hand.
pub(crate) fn small() -> Council {
    let council = Council::empty();
    council
        .write(
            "config/boardpack.toml",
            "[council]\nname = \"Smallshire\"\ncontact = \"Write to us.\"\n\
             [schedule]\nfirst_period = \"2026-09\"\n\
             [storage.share]\nkind = \"directory\"\npath = \"../share\"\n\
             [publish]\npath = \"../published\"\nheld = \"../held\"\n",
        )
        .write(
            "config/indicators.toml",
            "[indicators.PLA01]\ntitle = \"Plans on time\"\nplain = \"Children whose plan was reviewed on time.\"\n\
             noun = \"children\"\nowner = \"Head of Service\"\nsource = \"plans\"\nbasis = \"in-period\"\n\
             unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n\
             [[indicators.PLA01.targets]]\nfrom = \"2025-04\"\nvalue = 85\ntolerance = 5\nsource = \"local\"\n\n\
             [indicators.PLA02]\ntitle = \"Plans\"\nplain = \"Children with a plan.\"\n\
             noun = \"children\"\nowner = \"Head of Service\"\nsource = \"plans\"\nbasis = \"snapshot\"\n\
             unit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n",
        )
        .write(
            "config/sources.toml",
            "[sources.plans]\ntitle = \"Plans return\"\nfiles = \"plans.csv\"\nlayout = \"long\"\n\
             month = { column = \"m\", formats = [\"%Y-%m\"] }\n\
             columns = { indicator = \"i\", value = \"v\", numerator = \"n\", denominator = \"d\" }\n",
        )
        .write(
            "config/boards/panel.toml",
            "title = \"Panel\"\nscorecard = \"Plans Scorecard\"\nowner = \"Head of Service\"\n\
             schedule = { working_day = 1 }\n\
             [[sections]]\nnumber = \"1\"\ntitle = \"Plans\"\nindicators = [\"PLA01\", \"PLA02\"]\n",
        );
    share(&council, "84,100");
    council
}

/// The same council with a restricted edition beside the public one.
pub(crate) fn with_restricted() -> Council {
    let council = small();
    council.replace("config/boardpack.toml", "[publish]\n", "[publish]\nrestricted = \"../restricted\"\n").replace(
        "config/boards/panel.toml",
        "schedule =",
        "editions = [\"public\", \"restricted\"]\nschedule =",
    );
    council
        .write("config/boards/panel.toml", council.read("config/boards/panel.toml") + "\n[exempt]\nparagraphs = [2]\n");
    council
}

/// The workbook, with September's numerator and denominator of PLA01.
pub(crate) fn share(council: &Council, september: &str) {
    council.write(
        "share/plans.csv",
        format!(
            "i,m,v,n,d\nPLA01,2026-08,,80,100\nPLA01,2026-09,,{september}\nPLA01,2026-10,,86,100\n\
             PLA01,2026-11,,87,100\nPLA02,2026-08,90,,\nPLA02,2026-09,91,,\nPLA02,2026-10,92,,\nPLA02,2026-11,93,,\n"
        ),
    );
}

pub(crate) fn run(council: &Council, period: &str) -> snapbox::cmd::OutputAssert {
    council.boardpack(&["run", "--period", period])
}

/// The words of a revision's PDF; none without poppler.
fn words(council: &Council, period: &str, revision: u32) -> Option<String> {
    let pdf = council.pdfs(&format!("published/{period}/panel/r{revision}")).remove(0);
    pdf_text(&pdf).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn a_corrected_source_is_told_once_beside_the_figure_and_in_a_list() {
    let council = small();
    run(&council, "2026-09").success();
    share(&council, "79,100");
    run(&council, "2026-10").success();
    assert_eq!(
        council.manifest("2026-10", "panel", 1)["restated"],
        serde_json::json!([
            { "ref": "PLA01", "period": "2026-09", "value": "79.0", "numerator": "79", "denominator": "100",
              "rating": "red", "target": "85" }
        ])
    );
    if let Some(words) = words(&council, "2026-10", 1) {
        for told in [
            "79.0% 79 of 100 was 84.0%",
            "Figures that changed since they were published Plans return",
            "The source was corrected. September 2026 pack, revision 1",
        ] {
            assert!(words.contains(told), "{told} in {words}");
        }
    }
    // The next pack goes by what this one said.
    run(&council, "2026-11").success();
    assert_eq!(council.manifest("2026-11", "panel", 1)["restated"], serde_json::json!([]));
    if let Some(words) = words(&council, "2026-11", 1) {
        assert!(!words.contains("Figures that changed"), "{words}");
    }
}

#[test]
fn what_a_figure_is_worked_from_is_told_once_where_it_is_otherwise() {
    let council = small();
    run(&council, "2026-09").success();
    share(&council, "168,200");
    run(&council, "2026-10").success();
    let manifest = council.manifest("2026-10", "panel", 1);
    assert_eq!(
        (&manifest["restated"][0]["value"], &manifest["restated"][0]["numerator"]),
        (&"84.0".into(), &"168".into())
    );
    let findings = council.read("published/2026-10/panel/r1/findings.json");
    assert!(findings.contains("September 2026 (was 84.0% (84 of 100), now 84.0% (168 of 200))"), "{findings}");
    if let Some(words) = words(&council, "2026-10", 1) {
        for told in [
            "84.0% 168 of 200 was 84.0% (84 of 100)",
            "84.0% (84 of 100) 84.0% (168 of 200) The source was corrected. September 2026 pack, revision 1",
        ] {
            assert!(words.contains(told), "{told} in {words}");
        }
    }
    run(&council, "2026-11").success();
    assert_eq!(council.manifest("2026-11", "panel", 1)["restated"], serde_json::json!([]));
    assert!(!council.read("published/2026-11/panel/r1/findings.json").contains("F425"));
}

#[test]
fn a_target_that_is_set_back_restates_the_rating_alone() {
    let council = small();
    run(&council, "2026-09").success();
    council.replace("config/indicators.toml", "value = 85", "value = 84");
    run(&council, "2026-10").success();
    let restated = &council.manifest("2026-10", "panel", 1)["restated"];
    assert_eq!((&restated[0]["value"], &restated[0]["rating"]), (&"84.0".into(), &"green".into()));
    if let Some(words) = words(&council, "2026-10", 1) {
        assert!(words.contains("Its target changed from 85% to 84%."), "{words}");
        assert!(!words.contains("was 84.0%"), "{words}");
    }
}

#[test]
fn the_next_revision_says_what_changed_and_where() {
    let council = small();
    run(&council, "2026-09").success();
    if let Some(words) = words(&council, "2026-09", 1) {
        assert!(!words.contains("Changes since"), "a first revision has nothing to compare with: {words}");
    }
    share(&council, "79,100");
    // Red asks for commentary: the second revision is a draft.
    run(&council, "2026-09").code(3);
    council.write("config/commentary/2026-09/panel.toml", "[PLA01]\ntext = \"Staff were away.\"\naction = \"Others stand in.\"\nowner = \"Head of Service\"\ndue = \"2026-12-01\"\n");
    run(&council, "2026-09").success();
    if let Some(words) = words(&council, "2026-09", 2) {
        for told in [
            "Changes since revision 1",
            "PLA01 Was 84.0% (84 of 100), amber; now 79.0% (79 of 100), red: the source was corrected. (page 2)",
            "Commentary or a sign-off is awaited again: the pack is a draft.",
        ] {
            assert!(words.contains(told), "{told} in {words}");
        }
    }
    if let Some(words) = words(&council, "2026-09", 3) {
        // Members have read revision 1, and not the draft.
        for told in [
            "Changes since revision 1, the last final one",
            "PLA01 Was 84.0% (84 of 100), amber; now 79.0% (79 of 100), red: the source was corrected. Commentary added. (page 2)",
        ] {
            assert!(words.contains(told), "{told} in {words}");
        }
        assert!(!words.contains("the draft is now final"), "{words}");
    }
    run(&council, "2026-09").success();
    assert_eq!(council.pdfs("published/2026-09/panel").len(), 3, "the same inputs give no revision");
    // A draft says what is otherwise than in the revision before it.
    share(&council, "78,100");
    council.write("config/commentary/2026-09/panel.toml", "");
    run(&council, "2026-09").code(3);
    share(&council, "77,100");
    run(&council, "2026-09").code(3);
    if let Some(words) = words(&council, "2026-09", 5) {
        assert!(words.contains("Changes since revision 4 PLA01 Was 78.0% (78 of 100), red; now 77.0%"), "{words}");
    }
}

/// A percentage with two ages, one of them below five children.
fn parted(older: u32, younger: u32) -> Council {
    let council = small();
    let register = council.read("config/indicators.toml");
    let sources = council.read("config/sources.toml");
    council
        .write(
            "config/indicators.toml",
            register
                + "[indicators.PLA02.breakdowns.age]\ntitle = \"Age\"\ncategories = [\n\
                   { id = \"young\", title = \"Young\" }, { id = \"middle\", title = \"Middle\" }, { id = \"old\", title = \"Old\" }]\n",
        )
        .write(
            "config/sources.toml",
            sources + "[[sources.plans.segments]]\ncolumn = \"s\"\nby = \"age\"\n",
        );
    share_parts(&council, older, younger);
    council
}

fn share_parts(council: &Council, older: u32, younger: u32) {
    let mut rows = String::from("i,m,v,n,d,s\n");
    for month in ["2026-08", "2026-09", "2026-10"] {
        let older = if month == "2026-09" { older } else { 60 };
        rows.push_str(&format!("PLA01,{month},,86,100,\nPLA02,{month},{},,,\n", 20 + older + younger));
        for (age, count) in [("Young", younger), ("Middle", 20), ("Old", older)] {
            rows.push_str(&format!("PLA02,{month},{count},,,{age}\n"));
        }
    }
    council.write("share/plans.csv", rows);
}

#[test]
fn a_part_that_is_corrected_is_told_with_its_whole() {
    let council = parted(60, 30);
    run(&council, "2026-09").success();
    share_parts(&council, 50, 30);
    run(&council, "2026-10").success();
    let told = council.manifest("2026-10", "panel", 1)["restated"].clone();
    let references: Vec<_> = told.as_array().unwrap().iter().map(|one| one["ref"].as_str().unwrap()).collect();
    assert_eq!(references, ["PLA02", "PLA02:age:old"]);
    if let Some(words) = words(&council, "2026-10", 1) {
        assert!(words.contains("Old September 2026 60 50"), "{words}");
    }
}

#[test]
fn a_part_is_explained_with_what_hides_it() {
    let council = parted(60, 3);
    let output =
        council.boardpack(&["explain", "PLA02:age:young", "--period", "2026-09"]).success().get_output().clone();
    let text = String::from_utf8(output.stdout).unwrap();
    for told in [
        "PLA02:age:young Plans: Young, September 2026",
        "Public editions hide it. This board has no restricted edition, so no pack of it prints what is said here.",
        "It is a count from 1 to 5.",
        "\nOn the page\n  Hidden for September 2026.\n",
    ] {
        assert!(text.contains(told), "{told}: {text}");
    }
    // A neighbour that would give it away says what it protects.
    let output =
        council.boardpack(&["explain", "PLA02:age:middle", "--period", "2026-09"]).success().get_output().clone();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("It protects PLA02, Young, September 2026."), "{text}");
}

#[test]
fn a_board_whose_file_is_gone_is_spoken_of_while_it_is_missed() {
    let council = small();
    run(&council, "2026-09").success();
    let board = council.read("config/boards/panel.toml");
    std::fs::remove_file(council.path("config/boards/panel.toml")).unwrap();
    council.write("config/boards/committee.toml", board);
    let warned = |period: &str| {
        let output = council.boardpack(&["check", "--period", period]).get_output().clone();
        String::from_utf8(output.stderr).unwrap()
    };
    assert_eq!(
        warned("2026-10"),
        "warning: panel has a pack for September 2026, and no pack is made for it any more: there is no boards/panel.toml\n"
    );
    assert_eq!(warned("2026-11"), "");
}
