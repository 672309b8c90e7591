//! What was published before and is otherwise now: restatements, changes of a
//! revision, and whether a file is what was published.

use crate::support::{Council, pdf_text};

/// A council of one board and one workbook, small enough to change by hand.
fn small() -> Council {
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

/// The workbook, with September's numerator and denominator of PLA01.
fn share(council: &Council, september: &str) {
    council.write(
        "share/plans.csv",
        format!(
            "i,m,v,n,d\nPLA01,2026-08,,80,100\nPLA01,2026-09,,{september}\nPLA01,2026-10,,86,100\n\
             PLA01,2026-11,,87,100\nPLA02,2026-08,90,,\nPLA02,2026-09,91,,\nPLA02,2026-10,92,,\nPLA02,2026-11,93,,\n"
        ),
    );
}

fn run(council: &Council, period: &str) -> snapbox::cmd::OutputAssert {
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
            { "ref": "PLA01", "period": "2026-09", "value": "79.0", "rating": "red", "target": "85" }
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
