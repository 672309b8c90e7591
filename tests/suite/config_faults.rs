//! A wrong config: every fault at once, each with file, key and hint, exit
//! code 2, and nothing written.

use snapbox::str;

use crate::support::Council;

#[test]
fn every_fault_is_reported_at_once() {
    let council = Council::sample();
    council
        .replace("config/boards/improvement.toml", "scorecard", "scorcard")
        .replace("config/boards/corporate-parenting.toml", "\"CLA06\"", "\"CLA60\"")
        .replace("config/indicators.toml", "unit = \"percent\"", "unit = \"per cent\"")
        .replace("config/calendar.toml", "2026-12-25", "2026-12-32")
        .replace("config/boardpack.toml", "\n[publish]", "\n[commentary]\nworkbook = \"../Commentary.xlsx\"\n[publish]")
        .write("config/commentary/2026-10/corporate-parent.toml", "[CLA06]\ntext = \"x\"\n")
        .write(
            "config/boards/empty.toml",
            "title = \"E\"\nscorecard = \"E\"\nowner = \"E\"\nschedule = { cron = \"0 6 32 * *\" }\n",
        );
    let output = council.boardpack(&["run"]).code(2).get_output().clone();
    let errors = String::from_utf8(output.stderr).unwrap();
    for expected in [
        "boards/improvement.toml: scorecard: is missing",
        "boards/improvement.toml: scorcard: is not a known key",
        "hint: did you mean `scorecard`?",
        "\"CLA60\" is not in the register",
        "found \"per cent\"",
        "calendar.toml: bank_holidays[",
        "found \"2026-12-32\"; expected a date such as 2026-12-25",
        "boardpack.toml: commentary.workbook: is the same for every month",
        "commentary/2026-10/corporate-parent.toml: is named after no board",
        "hint: is boards/corporate-parent.toml missing? If not, did you mean corporate-parenting.toml?",
        "boards/empty.toml: sections: is missing",
        "boards/empty.toml: schedule.cron: found \"0 6 32 * *\"",
    ] {
        assert!(errors.contains(expected), "{expected:?} is not in\n{errors}");
    }
    assert!(council.files("published").is_empty());
    assert!(council.files("held").is_empty());
}

#[test]
fn a_missing_directory_says_how_to_name_one() {
    Council::empty().boardpack(&["run"]).code(2).stdout_eq(str![""]).stderr_eq(str![[r#"
error: the configuration has 1 fault:
  config: is not a directory
    hint: name the config directory with --config DIR; the default is config/

"#]]);
}

#[test]
fn an_empty_directory_lists_all_that_it_should_hold() {
    let council = Council::empty();
    std::fs::create_dir(council.path("config")).unwrap();
    council.boardpack(&["config"]).code(2).stderr_eq(str![[r#"
error: the configuration has 4 faults:
  boardpack.toml: is missing
    hint: the config directory must hold boardpack.toml; is --config right?
  boards/: holds no board
    hint: a board is a file boards/<board>.toml
  indicators.toml: is missing
    hint: the register of indicators
  sources.toml: is missing
    hint: it says which workbooks there are and how they are laid out

"#]]);
}

#[test]
fn broken_toml_names_its_line() {
    let council = Council::sample();
    council.replace("config/boardpack.toml", "[council]", "[council");
    let output = council.boardpack(&["config"]).code(2).get_output().clone();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("boardpack.toml: is not valid TOML: TOML parse error at line"), "{errors}");
    // Prose whose quotes are not closed is wrong further down than it looks.
    let council = Council::sample();
    council.write(
        "config/commentary/2026-10/improvement.toml",
        "[CLA06]\ntext = \"\"\"\nTwo posts are empty.\naction = \"\"\n[WF04]\ntext = \"\"\"\nWe are recruiting.\n\"\"\"\n",
    );
    let output = council.boardpack(&["config"]).code(2).get_output().clone();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("or is a closing \"\"\" missing above it?"), "{errors}");
}

#[test]
fn the_environment_overrides_the_file() {
    let council = Council::sample();
    let output = council
        .command()
        .env("BOARDPACK__COUNCIL__NAME", "Another Council")
        .env("BOARDPACK__SCHEDULE__RETRY_MINUTES", "7")
        .args(["config"])
        .assert()
        .success()
        .get_output()
        .clone();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("Another Council") && text.contains("7 minutes"), "{text}");
    let output = council
        .command()
        .env("BOARDPACK__SCHEDULE__RETRY_MINUTES", "soon")
        .args(["config"])
        .assert()
        .code(2)
        .get_output()
        .clone();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("schedule.retry_minutes: found \"soon\""), "{errors}");
}

#[test]
fn every_setting_in_force_is_shown_and_a_year_without_bank_holidays_too() {
    let council = Council::sample();
    council.replace(
        "config/boardpack.toml",
        "\n[publish]",
        "\n[commentary]\nworkbook = \"../commentary {period}.xlsx\"\n[signal]\nprofile = \"making-data-count\"\n[publish]",
    );
    let output = council.boardpack(&["config"]).success().get_output().clone();
    let text = String::from_utf8(output.stdout).unwrap();
    for expected in [
        "\nrestricted packs       restricted\n",
        "\ncommentary workbook    commentary {period}.xlsx\n",
        "\ndisclosure thresholds  corporate-parenting 5, ",
        "\nsignal profile         making-data-count\n",
    ] {
        assert!(text.contains(expected), "{expected:?} is not in\n{text}");
    }
    let schedule = |from: &str, to: &str| {
        let output = council.boardpack(&["schedule", "--from", from, "--to", to]).success().get_output().clone();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(!schedule("2026-11-01", "2026-12-31").contains("calendar.toml"));
    council.write("config/calendar.toml", "bank_holidays = [\"2026-12-25\"]\n");
    let text = schedule("2026-11-01", "2027-01-31");
    assert!(text.contains("\ncalendar.toml has no bank holidays of 2027: "), "{text}");
}

#[test]
fn an_unknown_board_on_the_command_line_lists_the_boards() {
    let output = Council::sample().boardpack(&["run", "--board", "nobody"]).code(2).get_output().clone();
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("there is no board \"nobody\"; the boards are corporate-parenting"), "{errors}");
}

#[test]
fn a_web_storage_cannot_be_searched_and_is_never_in_clear() {
    let council = Council::sample();
    council.replace(
        "config/boardpack.toml",
        "kind = \"directory\"",
        "kind = \"https\"\nurl = \"http://files.example.org/\"\ntimeout_seconds = 0\n#",
    );
    let text = council.read("config/boardpack.toml");
    let text: String = text
        .lines()
        .filter(|line| !line.starts_with("path = \"../sample/share\""))
        .map(|line| format!("{line}\n"))
        .collect();
    council.write("config/boardpack.toml", text);
    let output = council.boardpack(&["config"]).code(2).get_output().clone();
    let errors = String::from_utf8(output.stderr).unwrap();
    for expected in [
        "storage.share.url: found \"http://files.example.org/\"; expected an address that begins with https://",
        "storage.share.timeout_seconds: found 0; expected at least 1",
        "sources.front-door.files: has a pattern, but a web server cannot be searched",
    ] {
        assert!(errors.contains(expected), "{expected:?} is not in\n{errors}");
    }
}

#[test]
fn a_fault_in_an_entry_is_told_once_and_not_wherever_its_name_is_used() {
    let council = Council::sample();
    let register = council.read("config/indicators.toml");
    let start = register.find("[indicators.CLA11]").unwrap();
    let better = start + register[start..].find("better =").unwrap();
    council.write("config/indicators.toml", format!("{}bettr ={}", &register[..better], &register[better + 8..]));
    council.replace("config/boards/corporate-parenting.toml", "title = \"", "title = \"\"\"\"");
    let output = council.boardpack(&["config"]).code(2).get_output().clone();
    let errors = String::from_utf8(output.stderr).unwrap();
    let faults: Vec<&str> =
        errors.lines().skip(1).filter(|line| line.starts_with("  ") && !line.starts_with("   ")).collect();
    assert_eq!(faults.len(), 3, "{errors}");
    assert!(faults[0].contains("boards/corporate-parenting.toml: is not valid TOML"), "{errors}");
    assert!(faults[1].contains("indicators.CLA11.better: is missing"), "{errors}");
    assert!(faults[2].contains("indicators.CLA11.bettr: is not a known key"), "{errors}");
}

#[test]
fn what_a_section_lists_and_nobody_declares_is_told_once() {
    let council = Council::sample();
    let board = "config/boards/improvement.toml";
    let said = || {
        let output = council.boardpack(&["config"]).code(2).get_output().clone();
        String::from_utf8(output.stderr).unwrap()
    };
    council.replace(board, "headlines = [\"CLA11\", \"WF01-CIC\"]", "headlines = [\"CLA11\", \"NEW01\"]");
    assert!(said().contains("headlines: \"NEW01\" is in none of the board's sections"), "{}", said());
    council.replace(board, "indicators = [", "indicators = [\"NEW01\", ");
    assert!(said().contains("\"NEW01\" is not in the register"), "{}", said());
    assert!(!said().contains("headlines"), "{}", said());
}

#[test]
fn page_1_has_room_for_five_headlines() {
    let council = Council::sample();
    let board = "config/boards/improvement.toml";
    let headlines = |names: &str| {
        council.replace(board, "headlines = [\"CLA11\", \"WF01-CIC\"]", &format!("headlines = [{names}]"));
        let output = council.boardpack(&["config"]).get_output().clone();
        council.replace(board, &format!("headlines = [{names}]"), "headlines = [\"CLA11\", \"WF01-CIC\"]");
        String::from_utf8(output.stderr).unwrap()
    };
    let five = "\"CLA11\", \"CLA12\", \"CP08\", \"CL02\", \"WF01\"";
    assert!(!headlines(five).contains("headlines"));
    assert!(headlines(&format!("{five}, \"WF03\"")).contains("headlines: found 6 references; expected at most 5"));
    assert!(headlines("\"CLA11\", \"CLA11\"").contains("headlines: CLA11 is listed twice"));
}

#[test]
fn what_officers_choose_for_page_1_is_checked() {
    let council = Council::sample();
    let file = "config/commentary/2026-10/improvement.toml";
    let text = council.read(file);
    for (chosen, expected) in [
        ("improved = []", "page_1.improved: is empty"),
        ("improved = [\"WF1\"]", "page_1.improved: names what is not an indicator of improvement"),
        ("improved = [\"SEN01\"]", "page_1.improved: names what is not an indicator of improvement"),
        ("improved = [\"WF01\", \"WF01\"]", "page_1.improved: WF01 is listed twice"),
        ("improved = [\"WF01\"]\nneeds_attention = [\"WF01\"]", "WF01 is under `needs_attention` too"),
        ("improved = [\"WF01\", \"a\", \"b\", \"c\", \"d\", \"e\"]", "found 6 references; expected at most 5"),
        ("imroved = [\"WF01\"]", ": is not a known key"),
    ] {
        council.write(file, format!("{text}\n[page_1]\n{chosen}\n"));
        let output = council.boardpack(&["config"]).code(2).get_output().clone();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(errors.contains(expected), "{chosen}: {errors}");
    }
    council.write(file, format!("{text}\n[page_1]\nimproved = [\"WF01\"]\n"));
    council.boardpack(&["config"]).success();
}

#[test]
fn a_layout_that_contradicts_itself_is_a_fault_with_a_way_out() {
    let council = Council::sample();
    for (layout, expected) in [
        ("layout = \"pairs\"", "sources.toml: sources.education.rows: is missing"),
        ("layout = \"pairs\"\nrows = [\"value\", \"value\"]", "rows: names a part twice"),
        ("layout = \"pairs\"\nrows = [\"numerator\", \"skip\"]", "rows: gives no figure"),
        ("layout = \"blocks\"", "header_rows: does not go with layout = \"blocks\""),
        ("layout = \"wide\"", "month.column: goes with layouts that have a column of months"),
        ("layout = \"long\"\nrows = [\"value\"]", "rows: goes with layout = \"pairs\" only"),
        ("layout = \"long\"\nsheet = { like = \"x\" }", "expected a table with match or each and nothing else"),
        ("layout = \"long\"\nsheet = { each = \"(\" }", "\"(\" is no regular expression"),
        ("layout = \"long\"\nhidden = \"show\"", "hidden: found \"show\""),
        ("layout = \"long\"\nnewest = \"biggest\"", "newest: found \"biggest\""),
        ("layout = \"long\"\ncarry_forward_months = 1", "carry_forward_months: needs a file for each month"),
    ] {
        let original = council.read("config/sources.toml");
        let at = original.find("[sources.education]").unwrap();
        let (before, source) = original.split_at(at);
        council.write("config/sources.toml", format!("{before}{}", source.replacen("layout = \"long\"", layout, 1)));
        let output = council.boardpack(&["config"]).code(2).get_output().clone();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(errors.contains(expected), "{layout}: {expected:?} is not in\n{errors}");
        council.write("config/sources.toml", original);
    }
    for (month, expected) in [
        ("formats = [\"%b\"]", "month.financial_year: is missing, and the format \"%b\" says no year"),
        ("formats = [\"%b\"], financial_year = \"2026/28\"", "found \"2026/28\"; expected a financial year"),
        ("from = \"sheet\"", "month.from: goes with layout = \"long\" or \"columns\" without a column of months"),
        ("pattern = \"x\"", "month.pattern: needs `from`"),
        ("formats = [\"%Y-%y\"]", "month.formats: \"%Y-%y\" names two years"),
        ("formats = [\"mmm-yy\"]", "write \"%b-%y\""),
        ("formats = [\"%d/%Y\"]", "names a day and no month"),
        ("formats = [\"%Y\"]", "no indicator of the source is annual"),
    ] {
        let original = council.read("config/sources.toml");
        council.replace(
            "config/sources.toml",
            "month = { column = \"Period\", formats = [\"%B %Y\"] }",
            &format!("month = {{ column = \"Period\", {month} }}"),
        );
        let output = council.boardpack(&["config"]).code(2).get_output().clone();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert!(errors.contains(expected), "{month}: {expected:?} is not in\n{errors}");
        council.write("config/sources.toml", original);
    }
}

#[test]
fn a_limit_that_nothing_could_be_read_within_is_a_fault() {
    for (setting, fault) in [
        ("memory_mb = 256", None),
        ("memory_mb = 255", Some("limits.memory_mb: found 255; expected at least 256")),
        ("cells = 1", None),
        ("cells = 0", Some("limits.cells: found 0; expected at least 1")),
        ("wall_seconds = 0", Some("limits.wall_seconds: found 0; expected at least 1")),
        ("cpu_seconds = -1", Some("limits.cpu_seconds: found -1")),
        ("memory = 512", Some("limits.memory: is not a known key")),
    ] {
        let council = Council::sample();
        council.replace("config/boardpack.toml", "[limits]\n", &format!("[limits]\n{setting}\n"));
        let output = council.boardpack(&["config"]).get_output().clone();
        let errors = String::from_utf8(output.stderr).unwrap();
        match fault {
            None => assert!(output.status.success(), "{setting}: {errors}"),
            Some(fault) => assert!(errors.contains(fault), "{setting}: {errors}"),
        }
    }
}

#[test]
fn a_slip_in_one_boards_file_holds_that_board_and_no_other() {
    let council = Council::sample();
    let file = "config/commentary/2026-10/improvement.toml";
    let text = council.read(file);
    for (slip, told) in [
        ("[WF03]\ntext = \"x\"\ndue = \"31/11/2026\"\n", "WF03.due expected a date"),
        ("[WF03]\ntxt = \"x\"\n", "is not a known key"),
        ("[WF03]\ntext = \"x\n", "is not valid TOML: TOML parse error at line"),
        // Where it is, and nothing of what an officer typed.
        ("[WF03]\ntext = \"Zuzanna Kowal\n", "is not valid TOML: TOML parse error at line"),
        ("[WF03]\ndue = \"when Zuzanna Kowal returns\"\n", "WF03.due expected a date"),
        ("[WF03]\n\"Zuzanna Kowal\" = \"x\"\n", "is not a known key"),
        ("[\"Zuzanna Kowal\"]\ntext = \"x\"\n", "is not an indicator of improvement"),
        ("[WF03.\"Zuzanna Kowal\"]\ntext = \"x\"\n", "is not a known key"),
        ("[page_1]\nimproved = [\"Zuzanna Kowal\"]\n", "page_1.improved names what is not an indicator"),
        ("[\"Zuzanna Kowal\"\n", "is not valid TOML: TOML parse error at line"),
    ] {
        council.write(file, format!("{text}\n{slip}"));
        let boards = ["run", "--dry-run", "--board", "improvement", "--board", "overview-and-scrutiny"];
        let output = council.boardpack(&boards).code(3).get_output().clone();
        let said = String::from_utf8(output.stdout).unwrap();
        assert!(
            said.contains("improvement is held:\n  F714 blocking · commentary/2026-10/improvement.toml: "),
            "{said}"
        );
        assert!(said.contains(told), "{said}");
        assert!(!said.contains("Zuzanna") && !said.contains("Kowal"), "{said}");
        // `check` holds what a run would.
        let output = council.boardpack(&["check", "--board", "improvement"]).code(3).get_output().clone();
        let checked = String::from_utf8(output.stdout).unwrap();
        assert!(checked.contains("F714") && checked.contains(told) && !checked.contains("Kowal"), "{checked}");
        assert!(said.contains("overview-and-scrutiny  2026-10  would publish"), "{said}");
        // Whoever looks after the config is told by `config`.
        council.boardpack(&["config"]).code(2);
    }
    // Other months' packs are none of its business, nor are days as people write them.
    council.write(file, text.clone());
    council.write("config/commentary/2026-09/improvement.toml", "[WF03]\ndue = \"soon\"\n");
    council.boardpack(&["run", "--dry-run", "--board", "improvement"]).success();
    for day in ["30/11/2026", "30 November 2026", "2026-11-30"] {
        council.write(file, format!("{text}\n[WF03]\ntext = \"x\"\ndue = \"{day}\"\n"));
        council.boardpack(&["run", "--dry-run", "--board", "improvement"]).success();
    }
}

#[test]
fn a_secret_says_itself_or_in_which_one_place_it_is_kept() {
    for (url, fault) in [
        ("\"https://hc.example.org/x\"", None),
        ("{ file = \"secret\" }", None),
        ("{ command = [\"pass\", \"show\"] }", None),
        ("\"hc.example.org/hunter2\"", Some("is no address that begins with https://")),
        ("{ }", Some("says neither itself nor in which one place it is kept")),
        ("{ file = \"secret\", command = [\"pass\"] }", Some("says neither itself nor in which one place it is kept")),
        ("{ path = \"secret\" }", Some("heartbeat.url.path: is not a known key")),
    ] {
        let council = Council::sample();
        let text = council.read("config/boardpack.toml") + &format!("\n[heartbeat]\nurl = {url}\n");
        council.write("config/boardpack.toml", text);
        let output = council.boardpack(&["config"]).get_output().clone();
        let told = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        assert_eq!(output.status.success(), fault.is_none(), "{url}: {told}");
        assert!(fault.is_none_or(|fault| told.contains(fault)), "{url}: {told}");
        assert!(!told.contains("hunter2") && !told.contains("example.org/x"), "{told}");
    }
}
