//! The round trip of commentary: asked, written, bound to its figure, printed,
//! signed off; and nothing that officers can type breaks a pack.

use snapbox::str;

use crate::support::{Council, pdf_text, validate};

const FILE: &str = "config/commentary/2026-10/corporate-parenting.toml";
const BOARD: [&str; 2] = ["--board", "corporate-parenting"];

fn run(council: &Council) -> snapbox::cmd::OutputAssert {
    council.boardpack(&["run", BOARD[0], BOARD[1]])
}

#[test]
fn the_command_asks_where_words_are_owed_and_says_who_owes_them() {
    let council = Council::sample();
    let before = council.read(FILE);
    council.boardpack(&["commentary", BOARD[0], BOARD[1]]).code(3).stdout_eq(str![[r#"
Commentary for October 2026: 3 of 11 to be written

Board                Ref       Owner                                                          Due               State
-------------------  --------  -------------------------------------------------------------  ----------------  ----------
corporate-parenting  CLA01     Head of Service, Children in Care                              –                 not needed
corporate-parenting  CLA06     Head of Service, Children in Care                              11 November 2026  written
corporate-parenting  CLA08     Head of Service, Homes for Children                            –                 not needed
corporate-parenting  CLA11     Head of Service, Homes for Children                            11 November 2026  written
corporate-parenting  CLA13     Head of Service, Safeguarding and Review                       11 November 2026  written
corporate-parenting  CLA18     Designated Doctor for Children in Care, Integrated Care Board  11 November 2026  written
corporate-parenting  ED01      Head of the Virtual School                                     11 November 2026  awaited
corporate-parenting  CL01      Service Manager, Leaving Care                                  11 November 2026  written
corporate-parenting  CL02      Service Manager, Leaving Care                                  11 November 2026  written
corporate-parenting  WF01-CIC  Head of Service, Children in Care                              11 November 2026  awaited
corporate-parenting  WF04      Principal Social Worker                                        11 November 2026  awaited

Updated:
  config/commentary/2026-10/corporate-parenting.toml

"#]]);
    let after = council.read(FILE);
    let mut lines = after.lines();
    for line in before.lines() {
        assert!(lines.any(|other| other == line), "{line:?} is lost or moved");
    }
    assert!(after.contains("[WF04]\nabout = \"15.1% red\"\ntext = \"\"\"\n\"\"\"\naction = \"\""), "{after}");
    assert!(after.contains("#: CLA13 Reviews of children in care held on time\n#: 92.1%. Down 3.1 points"), "{after}");

    // Asking again changes nothing; the empty tables are no commentary.
    let again = council.boardpack(&["commentary", BOARD[0], BOARD[1]]).code(3).get_output().stdout.clone();
    assert!(!String::from_utf8(again).unwrap().contains("Updated"));
    assert_eq!(council.read(FILE), after);
    run(&council).code(3);
    assert_eq!(council.manifest("2026-10", "corporate-parenting", 1)["outstanding"], 3);

    let json = council.boardpack(&["commentary", "--json", BOARD[0], BOARD[1]]).code(3).get_output().stdout.clone();
    let entries: serde_json::Value = serde_json::from_slice(&json).unwrap();
    let entry = entries.as_array().unwrap().iter().find(|entry| entry["indicator"] == "ED01").unwrap();
    assert_eq!(entry["state"], "awaited");
}

#[test]
fn a_new_month_shows_the_last_words_and_a_held_board_is_asked_nothing() {
    let council = Council::sample();
    std::fs::remove_file(council.path(FILE)).unwrap();
    council.write(
        "config/commentary/2026-09/corporate-parenting.toml",
        "[WF04]\ntext = \"\"\"\nAgency staff went up.\n\nTwo posts were filled.\"\"\"\n",
    );
    council.boardpack(&["commentary", BOARD[0], BOARD[1]]).code(3);
    let file = council.read(FILE);
    assert!(
        file.starts_with("# Commentary on October 2026 for the Corporate Parenting Panel, due 11 November 2026.\n")
    );
    assert!(
        file.contains(
            "#: Written for September 2026:\n#:   Agency staff went up.\n#:   Two posts were filled.\n[WF04]"
        ),
        "{file}"
    );
    council.boardpack(&["commentary", "--board", "send-partnership"]).code(3).stdout_eq(str![[r#"
Commentary for October 2026: 0 of 0 to be written

send-partnership is held by its data, so what it asks is not known: boardpack check --board send-partnership

"#]]);
    assert!(!council.path("config/commentary/2026-10/send-partnership.toml").exists());
}

/// The sample with every commentary of the panel written.
fn written() -> Council {
    let council = Council::sample();
    let mut text = council.read(FILE);
    for reference in ["ED01", "WF01-CIC", "WF04"] {
        text.push_str(&format!(
            "\n[{reference}]\ntext = \"Two posts are empty.\"\naction = \"Both are advertised.\"\nowner = \"Head of Service\"\ndue = \"2026-12-01\"\n"
        ));
    }
    council.write(FILE, text);
    council
}

#[test]
fn words_about_another_figure_are_not_printed_as_if_they_were_about_this_one() {
    let council = written();
    council.boardpack(&["commentary", BOARD[0], BOARD[1]]).code(0);
    run(&council).code(0);
    // The figure was another when the words were written.
    council.replace(FILE, "about = \"15.1% red\"", "about = \"14.0% amber\"");
    let file = council.read(FILE);
    let output = council.boardpack(&["commentary", BOARD[0], BOARD[1]]).code(3).get_output().stdout.clone();
    let output = String::from_utf8(output).unwrap();
    assert!(output.contains("WF04      Principal Social Worker"), "{output}");
    assert!(
        output.contains("F702 caution · commentary/2026-10/corporate-parenting.toml: WF04: the commentary is about 14.0% amber; the figure is now 15.1% red. To mend: look at it again"),
        "{output}"
    );
    assert!(council.read(FILE).contains("about = \"14.0% amber\""), "words stay bound to what they were written about");
    run(&council).code(3);
    let manifest = council.manifest("2026-10", "corporate-parenting", 2);
    assert_eq!((&manifest["state"], &manifest["outstanding"]), (&"draft".into(), &1.into()));
    if let Some(text) = pdf_text(&council.pdfs("published/2026-10/corporate-parenting")[1]) {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.contains("What was written is about another figure. The figure is now 15.1% red."));
        assert_eq!(words.matches("Two posts are empty.").count(), 2, "the words that are stale are not printed");
    }
    // To say that they still hold is to take the line away; the next command binds them.
    council.write(FILE, file.replace("about = \"14.0% amber\"\n", ""));
    run(&council).code(0);
    council.boardpack(&["commentary", BOARD[0], BOARD[1]]).code(0);
    assert!(council.read(FILE).contains("about = \"15.1% red\""));
}

#[test]
fn a_red_waits_for_its_action_unless_its_board_says_otherwise() {
    let council = written();
    let file = council.read(FILE);
    let (head, tail) = file.split_once("[ED01]\n").unwrap();
    let tail = tail.replacen("owner = \"Head of Service\"\ndue = \"2026-12-01\"\n", "", 1);
    council.write(FILE, format!("{head}[ED01]\n{tail}"));
    run(&council).code(3);
    assert_eq!(council.manifest("2026-10", BOARD[1], 1)["lacks"]["ED01"], serde_json::json!(["owner", "due"]));
    let listed = council.boardpack(&["commentary", BOARD[0], BOARD[1]]).code(3).get_output().stdout.clone();
    assert!(String::from_utf8(listed).unwrap().contains("needs an owner and a day"));
    assert!(council.read(FILE).contains("#: INCOMPLETE: it is red, and an owner and a day must stand below too."));
    let owed = council.boardpack(&["schedule"]).get_output().stdout.clone();
    assert!(String::from_utf8(owed).unwrap().contains("ED01 (an owner and a day)"));
    let words = |nth: usize| {
        pdf_text(&council.pdfs("published")[nth]).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    if let Some(words) = words(0) {
        assert!(words.contains("Head of the Virtual School, needs an owner and a day"), "{words}");
        let awaited = "Still awaited An owner and a day, from Head of the Virtual School, due 11 November 2026";
        assert!(words.contains("Why, to be completed ED01") && words.contains(awaited), "{words}");
        assert!(!words.contains("may be printed without"));
    }
    let board = "config/boards/corporate-parenting.toml";
    council.replace(board, "title = ", "red_needs = [\"action\"]\ntitle = ");
    run(&council).code(0);
    if let Some(words) = words(1) {
        assert!(
            words.contains("On this board the action on a red may be printed without an owner or a day."),
            "{words}"
        );
    }
}

#[test]
fn what_was_promised_last_month_is_carried_until_it_is_done() {
    let council = written();
    let earlier = "[CLA13]\ntext = \"Reviews were late.\"\naction = \"Hire two officers.\"\nowner = \"Head of Service\"\ndue = \"2026-10-16\"\n";
    council.write("config/commentary/2026-09/corporate-parenting.toml", earlier);
    run(&council).code(0);
    let words = |nth: usize| {
        pdf_text(&council.pdfs("published")[nth]).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    if let Some(words) = words(0) {
        for told in [
            "Overdue: Bring a plan for finding foster homes closer to where children come from (A14;",
            "Overdue: Hire two officers",
            "Overdue since 16 October 2026 Hire two officers (Head of Service, given in September 2026)",
            "given in the commentary of September 2026",
        ] {
            assert!(words.contains(told), "{told} in {words}");
        }
    }
    council.boardpack(&["commentary", BOARD[0], BOARD[1]]).code(0);
    let file = council.read(FILE);
    assert!(
        file.contains("#: Action of September 2026: Hire two officers. Head of Service, by 16 October 2026: overdue.")
    );
    council.write(FILE, file.replace("[CLA13]\n", "[CLA13]\nlast_action_done = \"2026-11-03\"\n"));
    run(&council).code(0);
    if let Some(words) = words(1) {
        assert!(words.matches("Overdue: ").count() == 1 && words.contains("(A14;"), "{words}");
        assert!(words.contains("Done 3 November 2026") && !words.contains("Overdue since 16 October"), "{words}");
    }
}

#[test]
fn a_board_may_be_final_before_its_commentary() {
    let council = Council::sample();
    council.replace("config/boards/corporate-parenting.toml", "title = ", "commentary_to_follow = true\ntitle = ");
    let table = String::from_utf8(run(&council).code(0).get_output().stdout.clone()).unwrap();
    assert!(table.contains("  nothing (3 to follow)  "), "{table}");
    let Some(text) = pdf_text(&council.pdfs("published")[0]) else { return };
    // In each of three places, and on page 1, which tells of one beside its indicator.
    assert_eq!(text.matches("Commentary to follow").count(), 3);
    assert!(text.contains("Commentary also to follow, due 11 November 2026"), "{text}");
    assert!(!text.contains("Draft"));
}

#[test]
fn a_standing_request_keeps_asking_until_it_is_closed() {
    let council = written();
    let board = "config/boards/corporate-parenting.toml";
    let standing = "\n[[standing]]\nindicator = \"CLA03\"\nasked = \"2026-07-15\"\nrequest = \"Say how many came back from afar.\"\n";
    council.write(board, council.read(board) + standing);
    run(&council).code(3);
    if let Some(text) = pdf_text(&council.pdfs("published")[0]) {
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(
            words.contains("Asked for at the meeting of 15 July 2026: Say how many came back from afar."),
            "{words}"
        );
    }
    council.write(board, council.read(board) + "closed = \"2026-10-07\"\n");
    run(&council).code(0);
    council.write(board, council.read(board).replace("\"CLA03\"\nasked", "\"CLA99\"\nasked"));
    council.boardpack(&["config"]).code(2).stderr_eq(str![[r#"
error: the configuration has 1 fault:
  boards/corporate-parenting.toml: standing[2].indicator: "CLA99" is in none of the board's sections
    hint: did you mean CLA[..]?

"#]]);
}

#[test]
fn a_pack_is_final_once_its_exact_content_is_approved() {
    let council = written();
    council.replace("config/boards/corporate-parenting.toml", "title = ", "sign_off = true\ntitle = ");
    let sign = || council.boardpack(&["sign", BOARD[0], BOARD[1], "--period", "2026-10", "--by", "Corporate Director"]);
    sign().code(3).stderr_eq(str![[r#"
error: corporate-parenting for October 2026 is not published, so there is nothing to approve: boardpack run

"#]]);
    let output = String::from_utf8(run(&council).code(3).get_output().stdout.clone()).unwrap();
    assert!(output.contains("2026-10  draft  r1        sign-off"), "{output}");
    sign().success().stdout_eq(str![[r#"
Corporate Parenting Panel, October 2026: approved by Corporate Director, [..]
  approved revision 1 (published/2026-10/corporate-parenting/r1/[..].pdf)
  approved revision 1, restricted edition (restricted/2026-10/corporate-parenting/r1/[..].pdf)

Written to config/commentary/2026-10/corporate-parenting.signed.toml. The next run publishes it as final, if nothing else has changed by then.

"#]]);
    run(&council).code(0);
    run(&council).code(0);
    assert_eq!(council.pdfs("published").len(), 2, "signed once, published once");
    sign().code(3).stderr_eq(str![[r#"
error: corporate-parenting for October 2026, revision 2, is final already (hint: if what it says has changed since, make the draft of that first: boardpack run --board corporate-parenting --period 2026-10)

"#]]);
    let pdfs = council.pdfs("published");
    if let (Some(draft), Some(signed)) = (pdf_text(&pdfs[0]), pdf_text(&pdfs[1])) {
        assert!(
            draft.contains("Draft: awaiting sign-off by Corporate Director, Children’s Services")
                || draft.contains("Draft: awaiting sign-off by Corporate Director, Children's Services"),
            "{draft}"
        );
        assert!(signed.contains("Approved by") && signed.contains("Corporate Director,") && !signed.contains("Draft"));
    }
    // One word is another content.
    council.replace(FILE, "Two posts are empty.", "Three posts are empty.");
    run(&council).code(3);
    assert_eq!(council.manifest("2026-10", "corporate-parenting", 3)["state"], "draft");
    let findings = council.read("published/2026-10/corporate-parenting/r3/findings.json");
    assert!(findings.contains("F712") && findings.contains("its content has changed since"), "{findings}");
    // Nothing is promised of a draft that is older than what it was made from.
    council.replace(FILE, "Three posts are empty.", "Four posts are empty.");
    let output = String::from_utf8(sign().success().get_output().stdout.clone()).unwrap();
    assert!(
        output.contains("  approved revision 3 (") && output.contains("Files were touched after r3. Run again: "),
        "{output}"
    );
}

#[test]
fn a_workbook_that_no_run_reads_is_said_to_be_one() {
    let council = Council::sample();
    let warned = |council: &Council| {
        let output = council.boardpack(&["commentary", "--xlsx", "list 2026-10.xlsx", BOARD[0], BOARD[1]]);
        String::from_utf8(output.code(3).get_output().stderr.clone()).unwrap()
    };
    let said = warned(&council);
    assert!(said.contains("warning: what is written in list 2026-10.xlsx is not read back"), "{said}");
    council.replace(
        "config/boardpack.toml",
        "\n[publish]",
        "\n[commentary]\nworkbook = \"../list {period}.xlsx\"\n[publish]",
    );
    let said = warned(&council);
    assert!(!said.contains("is not read back"), "{said}");
}

#[test]
fn markdown_is_typeset_and_everything_else_is_typed() {
    let council = written();
    let hostile = [
        "**Strong** and *emphatic*, with [a link](https://wrenshire.example.org/plan) and <office@example.org>.",
        "- one\\n- two\\n  1. three\\n- - - deep",
        "#eval(\\\"panic()\\\") $x^2$ @id <label> #import \\\"x\\\": * // c /* d */ ~ \\\\ `code` = f",
        "<script>alert(1)</script> &amp; [x](javascript:alert(1))\\n\\n[a]: https://a.example",
    ];
    let long = format!("{} {}", "W".repeat(10_000), "**a**b".repeat(500));
    let deep = format!("{}deep {}end", "> - ".repeat(300), "*_".repeat(300));
    for (from, text) in [("ED01", hostile.join("\\n\\n")), ("WF01-CIC", long), ("WF04", deep)] {
        let file = council.read(FILE);
        let (head, tail) = file.split_once(&format!("[{from}]\ntext = \"Two posts are empty.\"")).unwrap();
        council.write(FILE, format!("{head}[{from}]\ntext = \"{text}\"{tail}"));
    }
    run(&council).code(0);
    let pdfs = council.pdfs("published");
    validate(&pdfs);
    let Some(text) = pdf_text(&pdfs[0]) else { return };
    // A word may be parted at the end of a line.
    let plain: String = text.split_whitespace().collect();
    for expected in [
        "Strong and emphatic, with a link and office@example.org.",
        "#eval(\"panic()\") $x^2$ @id <label> #import \"x\": * // c /* d */ ~ \\ `code` = f",
        "<script>alert(1)</script> &amp; [x](javascript:alert(1))",
        "[a]: https://a.example",
    ] {
        let expected: String = expected.split_whitespace().collect();
        assert!(plain.contains(&expected), "{expected} is not in {plain}");
    }
    assert!(plain.matches('W').count() >= 10_000, "a long word is wrapped, not cut");
}

#[test]
fn what_no_font_can_print_is_told_and_holds_the_pack() {
    let council = written();
    council.replace(FILE, "Two posts are empty.", "\\u202Eright to left\\u0007 \\U0001F600");
    run(&council).code(3);
    let held = council.read("held/2026-10/corporate-parenting/findings.json");
    assert!(held.contains("F701") && held.contains("U+202E") && held.contains("U+0007"), "{held}");
}

#[test]
fn binding_words_to_figures_that_the_public_may_not_see_changes_no_pack() {
    let council = Council::sample();
    council.boardpack(&["run"]).code(3);
    let before = council.files("published");
    council.boardpack(&["commentary"]).code(3);
    let improvement = council.read("config/commentary/2026-10/improvement.toml");
    assert!(improvement.contains("about = \"1 red\""), "{improvement}");
    assert!(improvement.contains("The public edition hides this figure"), "{improvement}");
    council.boardpack(&["run"]).code(3);
    assert_eq!(council.files("published"), before);
    // About another figure than the hidden one: left out, and told as words that name
    // one are, for that a hidden figure changed is no more for the public than it is.
    council.write(
        "config/commentary/2026-10/improvement.toml",
        improvement.replace("about = \"1 red\"", "about = \"2 red\""),
    );
    council.boardpack(&["run"]).code(3);
    let folder = "published/2026-10/improvement/r2";
    let findings = council.read(&format!("{folder}/findings.json"));
    assert!(findings.contains("F707") && !findings.contains("F702") && !findings.contains("2 red"), "{findings}");
    let page =
        council.files("published").into_iter().find(|name| name.contains("improvement/r2") && name.ends_with("html"));
    let page = council.read(&format!("published/{}", page.unwrap()));
    assert!(page.contains("Commentary removed.") && !page.contains("Ofsted has been told") && !page.contains("2 red"));
}

#[test]
fn words_that_name_a_hidden_number_are_owed() {
    let council = Council::sample();
    let file = "config/commentary/2026-10/improvement.toml";
    council.replace(
        file,
        "Homes that are not registered are still in use.",
        "One home that is not registered is still in use.",
    );
    let asked = council.boardpack(&["commentary", "--board", "improvement"]).code(3).get_output().clone();
    let said = String::from_utf8_lossy(&asked.stdout).into_owned() + &String::from_utf8_lossy(&asked.stderr);
    assert!(said.contains("names a hidden number") && said.contains("F707"), "{said}");
}

#[test]
fn nobody_is_asked_about_a_figure_that_no_page_shows() {
    let council = Council::sample();
    council.write("config/commentary/2026-10/improvement.toml", "");
    let asked = council.boardpack(&["commentary", "--board", "improvement", "--json"]).code(3).get_output().clone();
    let entries: serde_json::Value = serde_json::from_slice(&asked.stdout).unwrap();
    let state = |reference: &str| {
        let entries = entries.as_array().unwrap();
        entries.iter().find(|entry| entry["indicator"] == reference).map(|entry| entry["state"].clone()).unwrap()
    };
    // Red, hidden, and the board has a public edition only.
    assert_eq!(state("CLA11"), "not-needed");
    assert_eq!(state("WF01-CIC"), "awaited");
    // A board with a restricted edition explains it there.
    let panel = council.boardpack(&["commentary", "--board", "corporate-parenting", "--json"]).code(3);
    let text = String::from_utf8_lossy(&panel.get_output().stdout).into_owned();
    assert!(text.contains("do not name either"), "{text}");
}
