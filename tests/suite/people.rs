//! Words that may say who somebody is: they hold the pack, nothing repeats them,
//! and an officer who has looked lets them go out.

use crate::support::Council;

const FILE: &str = "config/commentary/2026-10/corporate-parenting.toml";
const BOARD_FILE: &str = "config/boards/corporate-parenting.toml";
const RUN: [&str; 3] = ["run", "--board", "corporate-parenting"];
const HELD: &str = "held/2026-10/corporate-parenting/findings.json";

/// Everything that a command says, to people and to the log.
fn told(council: &Council, args: &[&str]) -> String {
    let output = council.boardpack(args).get_output().clone();
    format!("{}{}", String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_child_and_her_social_worker_hold_the_pack_and_are_not_repeated() {
    let council = Council::sample();
    // It says better where it got worse, which another finding would quote.
    let sentence = "Reviews improved, as Zuzanna Kowal saw Ellie Marsh at home in Thetford.";
    council.replace(FILE, "Five of the 63 reviews due in October were late.", sentence);
    let said = told(&council, &RUN);
    let findings = council.read(HELD);
    for text in [&said, &findings, &told(&council, &["commentary", "--board", "corporate-parenting"])] {
        assert!(text.contains("F720"), "{text}");
        for word in ["Zuzanna", "Kowal", "Ellie", "Marsh", "Thetford"] {
            assert!(!text.contains(word), "{word}: {text}");
        }
    }
    assert!(findings.contains("CLA13.text holds what looks like a person's name"), "{findings}");
    assert!(council.pdfs("published").is_empty());

    let looked = |text: &str| {
        format!(
            "\n[[looked_at]]\nof = \"CLA13.text\"\ntext = \"{text}\"\nbecause = \"Both are characters in a play.\"\n"
        )
    };
    let before = council.read(FILE);
    council.write(FILE, before.clone() + &looked(sentence));
    told(&council, &RUN);
    assert!(!council.pdfs("published").is_empty() && !council.path(HELD).exists());

    // The sentence has changed, and nobody has looked at what it says now.
    council.replace(FILE, "Ellie Marsh at home", "Ellie Marsh at school");
    assert!(told(&council, &RUN).contains("F720"));
    assert!(council.read(HELD).contains("F721"));
}

#[test]
fn a_check_lists_it_and_a_preview_leaves_it_out() {
    let council = Council::sample();
    let sentence = "Zuzanna Kowal saw Ellie Marsh.";
    council.replace(FILE, "Five of the 63 reviews due in October were late.", sentence);
    council.replace(BOARD_FILE, "Young people on the care council", "Zuzanna Kowal");
    let looked = "\n[[looked_at]]\nof = \"CLA13.text\"\ntext = \"Nothing.\"\nbecause = \"B.\"\n";
    council.write(FILE, council.read(FILE) + looked);
    let check = ["check", "--board", "corporate-parenting"];
    let said = told(&council, &check);
    assert!(said.contains("texts:corporate-parenting  holds its packs"), "{said}");
    for code in ["F720 blocking × 2", "F721 caution × 1"] {
        assert!(said.contains(code), "{code}: {said}");
    }
    assert!(!said.contains("Zuzanna"), "{said}");
    // Who asks of a source asks nothing of the texts.
    assert!(!told(&council, &["check", "--source", "annual-outcomes"]).contains("F720"));

    crate::support::copy(&crate::support::root().join("templates"), &council.path("templates"));
    let said = told(&council, &["preview", "--board", "corporate-parenting", "--ppi", "20"]);
    let page = council.read("preview/preview.html");
    assert!(said.contains("left out: F720"), "{said}");
    assert_eq!(page.matches("Left out: it may say who somebody is").count(), 2);
    for word in ["Zuzanna", "Ellie"] {
        assert!(!page.contains(word) && !said.contains(word), "{word}");
    }
}

#[test]
fn a_request_with_a_name_is_quoted_by_no_finding() {
    let council = Council::sample();
    let board = council.read(BOARD_FILE);
    let request = "\n[[requests]]\ntext = \"Say how Zuzanna Kowal was helped.\"\nasked = \"2026-07-15\"\n";
    council.write(BOARD_FILE, board + request);
    let said = told(&council, &RUN) + &council.read(HELD);
    assert!(said.contains("F720") && !said.contains("Zuzanna"), "{said}");
}
