//! What the public may learn, and what only the restricted edition holds.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use crate::support::{Council, pdf_text, tools, validate};

const LEAVERS: &str = "sample/share/care_leavers.csv";
const PANEL: &str = "2026-10/corporate-parenting/r1";

fn published() -> Council {
    let council = Council::sample();
    council.boardpack(&["run"]).code(3);
    council
}

/// Everything that a public folder tells, to the byte, without the digests of
/// the inputs: pages, tags, metadata, figures, findings, manifests.
fn everything_public(council: &Council) -> Vec<(String, String)> {
    council
        .files("published")
        .into_iter()
        .map(|name| (name.clone(), told_by(&council.path("published").join(&name))))
        .collect()
}

fn told_by(file: &Path) -> String {
    match file.extension().and_then(|extension| extension.to_str()) {
        // Every object of the file in clear, but for the attached figures, which
        // stand beside it, and for the digest of all that.
        Some("pdf") => {
            let mut args = vec!["--qdf", "--object-streams=disable", "--static-id", "--remove-attachment=figures.csv"];
            let path = file.to_str().unwrap();
            args.extend([path, "-"]);
            let output = Command::new("qpdf").args(args).output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let text = String::from_utf8_lossy(&output.stdout).into_owned();
            let digest = text.split("<xmpMM:InstanceID>").nth(1).and_then(|rest| rest.split('<').next()).unwrap();
            assert_eq!(digest.len(), 24);
            text.replace(digest, "")
        }
        // The digest of a text of which something is hidden is not there.
        // A digest says nothing, and a size follows from the digests in the file.
        Some("json") => {
            let text = std::fs::read_to_string(file).unwrap();
            let lines = text
                .lines()
                .filter(|line| ["\"bytes\"", "sha256", "\"as_at\""].iter().all(|word| !line.contains(word)));
            lines.map(|line| if is_digest(line) { "" } else { line }).collect::<Vec<_>>().join("\n")
        }
        _ => std::fs::read_to_string(file).unwrap(),
    }
}

/// A line whose last text is a digest.
fn is_digest(line: &str) -> bool {
    let text = line.trim_end_matches([',', ' ']).trim_end_matches('"').rsplit('"').next().unwrap_or_default();
    text.len() == 64 && text.chars().all(|c| c.is_ascii_hexdigit())
}

fn without_digests(csv: &str) -> String {
    csv.split(',').map(|cell| if cell.len() == 64 { "" } else { cell }).collect::<Vec<_>>().join(",")
}

#[test]
fn what_is_hidden_leaves_no_trace_in_anything_public() {
    if !tools() {
        return;
    }
    // Two worlds that differ in hidden numbers alone: who sees what is public
    // in one cannot tell it from the other.
    let (here, there) = (Council::sample(), Council::sample());
    let text = there.read(LEAVERS);
    let swapped = text
        .replace("Custody,Oct-26,,,4", "Custody,Oct-26,,,X")
        .replace("Emergency housing or no home,Oct-26,,,5", "Emergency housing or no home,Oct-26,,,4");
    assert_ne!(text, swapped);
    there.write(LEAVERS, swapped.replace(",,,X", ",,,5"));
    for council in [&here, &there] {
        council.boardpack(&["run"]).code(3);
    }
    let (one, other) = (everything_public(&here), everything_public(&there));
    assert!(one.iter().filter(|(name, _)| name.ends_with(".pdf")).count() >= 4);
    for ((name, here), (_, there)) in one.iter().zip(&other) {
        assert_eq!(here, there, "{name}");
    }
    let restricted = |council: &Council| council.read(&format!("restricted/{PANEL}/figures.csv"));
    assert_ne!(without_digests(&restricted(&here)), without_digests(&restricted(&there)));
}

#[test]
fn how_few_are_not_due_yet_leaves_no_trace_either() {
    let world = |few: u32| {
        let council = Council::sample();
        let columns = "[sources.care-leavers.columns]\n";
        council.replace("config/sources.toml", columns, &format!("{columns}not_due = [\"Not yet due\"]\n"));
        // The sample lets be known whose checks were late, and parts those with a plan.
        let register = council.read("config/indicators.toml");
        let (before, rest) = register.split_once("[indicators.CL01.breakdowns.age]\n").unwrap();
        let (_, rest) = rest.split_once("[[indicators.CL01.targets]]\n").unwrap();
        let register = format!("{before}[[indicators.CL01.targets]]\n{rest}")
            .replace("0 working days late\" }", "0 working days late\", not_known = true }");
        let (before, check) = register.split_once("[indicators.CLA18]\n").unwrap();
        let check = check.replacen("disclosure = { sensitive = false }", "disclosure = { complement = false }", 1);
        council.write("config/indicators.toml", format!("{before}[indicators.CLA18]\n{check}"));
        council.replace("config/sources.toml", "\"reason\", \"age\", \"plan\"]", "\"reason\"]");
        let text = council.read(LEAVERS).replace("\r\n", "\n");
        let with = |line: &str| match line.strip_prefix("CL01,Pathway plan up to date,,Oct-26,") {
            Some(_) => format!("CL01,Pathway plan up to date,,Oct-26,210,{},,{few}\n", 250 + few),
            None if line.starts_with("CL01,") && line.split(',').nth(2) != Some("") => String::new(),
            None if line.contains("Reference,") => format!("{line},Not yet due\n"),
            None => format!("{line},\n"),
        };
        council.write(LEAVERS, text.lines().map(with).collect::<String>());
        council.boardpack(&["run", "--board", "corporate-parenting"]).code(3);
        assert_eq!(council.pdfs("published").len(), 1, "it is held");
        council
    };
    let (here, there) = (world(2), world(3));
    for name in here.files("published").into_iter().filter(|name| tools() || !name.ends_with(".pdf")) {
        let by = |council: &Council| told_by(&council.path("published").join(&name));
        assert_eq!(by(&here), by(&there), "{name}");
    }
    // Neither do words that say it.
    let comments = "config/commentary/2026-10/corporate-parenting.toml";
    let words = here.read(comments);
    let is_left_out = |text: &str| {
        here.write(comments, words.replace("[CLA18]\ntext = \"\"\"\n", &format!("[CLA18]\ntext = \"\"\"\n{text} ")));
        let output = here.boardpack(&["commentary", "--board", "corporate-parenting"]).get_output().clone();
        String::from_utf8(output.stdout).unwrap().contains("names a hidden number")
    };
    assert!(!is_left_out("Two came late. Three are not due yet."));
    assert!(is_left_out("Two are not due yet."));
    let page = |council: &Council, below: &str| {
        let name = council.files(below).into_iter().find(|name| name.ends_with(".html")).unwrap();
        council.read(&format!("{below}/{name}"))
    };
    assert!(page(&here, "published").contains("A few not yet due are not counted among the 250."));
    assert!(page(&here, "restricted").contains("2 not yet due are not counted among the 250."));
    assert!(page(&there, "restricted").contains("3 not yet due are not counted among the 250."));
    assert!(page(&world(6), "published").contains("6 not yet due are not counted among the 250."));
}

#[test]
fn the_restricted_edition_holds_what_the_public_one_hides() {
    let council = published();
    let value = |edition: &str| {
        let text = council.read(&format!("{edition}/{PANEL}/figures.csv"));
        let row = text.lines().find(|line| line.contains("CL03:home:custody,")).unwrap().to_owned();
        row.split(',').map(str::to_owned).collect::<Vec<_>>()
    };
    let (public, restricted) = (value("published"), value("restricted"));
    let title = public.iter().position(|cell| cell == "2026-10").unwrap();
    assert_eq!((public[title + 1].as_str(), restricted[title + 1].as_str()), ("", "4"));
    assert!(public.contains(&"suppressed".to_owned()) && restricted.contains(&"shown".to_owned()));
    // A digest of plain text can be guessed; one of a workbook cannot.
    let named = |edition: &str, of: &str| {
        let mut rows = csv::Reader::from_path(council.path(edition).join(PANEL).join("figures.csv")).unwrap();
        let mut rows = rows.deserialize::<BTreeMap<String, String>>().map(Result::unwrap);
        rows.find(|row| row["ref"] == of).unwrap()
    };
    let cell = |edition: &str| named(edition, "CL03:home:custody")["cell"].clone();
    assert_eq!(cell("published"), "", "the cell is not told");
    assert_ne!(cell("restricted"), "");
    let digest = |edition: &str, of: &str| named(edition, of)["file_sha256"].len();
    assert_eq!((digest("published", "CL01"), digest("restricted", "CL01")), (0, 64));
    assert_eq!((digest("published", "CLA01"), digest("restricted", "CLA01")), (64, 64));

    let names = council.files("published").join("\n");
    assert!(!names.contains("RESTRICTED"), "{names}");
    let pdfs = council.pdfs("restricted");
    assert_eq!(pdfs.len(), 1);
    let name = pdfs[0].file_name().unwrap().to_str().unwrap();
    assert!(name.starts_with("RESTRICTED - DRAFT - Corporate Parenting Panel - "), "{name}");
    validate(&pdfs);
    let Some(text) = pdf_text(&pdfs[0]) else { return };
    for page in text.trim_end_matches('\u{c}').split('\u{c}') {
        assert!(page.contains("Not for publication: paragraph 2 of Schedule 12A"), "{page}");
    }
}

#[test]
fn words_that_name_a_hidden_number_are_left_out_of_the_public_edition() {
    let council = Council::sample();
    let path = "config/commentary/2026-10/corporate-parenting.toml";
    let words = "\n[CL03]\ntext = \"Four young people are in custody, and each has a visitor.\"\n";
    council.write(path, council.read(path) + words);
    council.boardpack(&["run", "--board", "corporate-parenting"]).code(3);
    let findings = council.read(&format!("published/{PANEL}/findings.json"));
    assert!(findings.contains("F707"), "{findings}");
    assert!(!findings.to_lowercase().contains("four young people"));
    let name = council.files("published").into_iter().find(|name| name.ends_with(".html")).unwrap();
    let page = council.read(&format!("published/{name}"));
    assert!(page.contains("Commentary left out") && !page.to_lowercase().contains("in custody, and each"));
    let everything_public = |below: &str| pdf_text(&council.pdfs(below)[0]);
    let (Some(public), Some(restricted)) = (everything_public("published"), everything_public("restricted")) else {
        return;
    };
    assert!(restricted.contains("Four young people are in custody"));
    assert!(!public.contains("in custody, and each"));
}

#[test]
fn a_hidden_number_is_not_named_in_the_words_on_another_indicator_either() {
    let council = Council::sample();
    let held = "All five reviews have now been held.";
    let path = "config/commentary/2026-10/corporate-parenting.toml";
    let f707 = |words: &str| {
        council.replace(path, held, words);
        council.boardpack(&["run", "--board", "corporate-parenting"]).code(3);
        council.replace(path, words, held);
        let folder = council.files("published").into_iter().filter(|name| name.ends_with("findings.json")).max();
        council.read(&format!("published/{}", folder.unwrap())).contains("F707")
    };
    assert!(!f707("Three children moved house."));
    assert!(f707("Three children live in a residential school or secure home."));
    assert!(f707("Eight children live in a residential school or secure home."));
    assert!(!f707("Workers see who lives in a residential school or secure home within 4 weeks."));
}

#[test]
fn no_other_text_of_a_council_names_a_hidden_number_publicly() {
    let council = Council::sample();
    let board = "config/boards/corporate-parenting.toml";
    let more = "\n[[answers]]\nquestion = \"How many are in custody?\"\nasked_by = \"Chair\"\nasked = \"2026-10-07\"\n\
        answer = \"Four, whom we visit.\"\nanswered = \"2026-10-28\"\n\
        [[answers]]\nquestion = \"How many wrote in?\"\nasked_by = \"Chair\"\nasked = \"2026-10-07\"\n\
        answer = \"Four wrote letters.\"\nanswered = \"2026-10-28\"\n\
        [[answers]]\nquestion = \"What of CL03?\"\nasked_by = \"Chair\"\nasked = \"2026-10-07\"\n\
        answer = \"It has four in prison.\"\nanswered = \"2026-10-28\"\n\
        [[you_said]]\nperiod = \"2026-10\"\nwho = \"Care leavers\"\nsaid = \"Visit us.\"\n\
        did = \"The 4 in custody got a visitor.\"\n";
    council.write(board, council.read(board) + more);
    council.replace(board, "assurance = \"A manager", "assurance = \"All four in custody are seen. A manager");
    council.replace(board, "note = \"Two advisers", "note = \"Custody has four of ours. Two advisers");
    let label = "baseline = { period = \"2025-10\", label = \"Four held in custody\" }\nscorecard = ";
    council.replace(board, "scorecard = ", label);
    let plain = "plain = \"How many young people aged 19 to 21 have a safe and settled place to live.\"";
    let means = "plain = \"A safe home. Four live in custody.\"\ndefinition = \"Counts the four in custody.\"";
    council.replace("config/indicators.toml", plain, means);
    let event = "\n[[indicators.CL03.events]]\nmonth = \"2026-10\"\nnote = \"Four entered custody\"\n";
    council.write("config/indicators.toml", council.read("config/indicators.toml") + event);
    council.boardpack(&["run", "--board", "corporate-parenting"]).code(3);
    let all = |below: &str| -> String {
        let names = council.files(below).into_iter().filter(|name| !name.ends_with(".pdf"));
        names.map(|name| council.read(&format!("{below}/{name}"))).collect()
    };
    let (public, restricted) = (all("published"), all("restricted"));
    let named = [
        "Four, whom we visit",
        "It has four in prison",
        "The 4 in custody",
        "All four in custody are seen",
        "Custody has four",
        "Four entered custody",
        "Four held in custody",
        "Four live in custody",
        "Counts the four in custody",
    ];
    for text in named {
        assert!(!public.contains(text), "{text}");
        assert!(restricted.contains(text), "{text}");
    }
    assert!(public.contains("How many are in custody?") && public.contains("Four wrote letters."));
    assert!(public.contains("Left out: it names a figure that is hidden.") && !restricted.contains("Left out:"));
    let findings = council.read(&format!("published/{PANEL}/findings.json"));
    for key in [
        "[[answers]] 5, `answer`",
        "[[answers]] 7, `answer`",
        "[[you_said]] 2, `did`",
        "6, `assurance`",
        "A13, `note`",
        "CL03] event of 2026-10",
        "[baseline], `label`",
        "CL03], `plain`",
        "CL03], `definition`",
    ] {
        assert!(findings.contains(key), "{key} is not in {findings}");
    }
    assert!(findings.contains("boards/corporate-parenting.toml") && findings.contains("\"indicators.toml\""));
}

#[test]
fn page_1_lists_publicly_no_hidden_figure_that_officers_chose() {
    let page = |chosen: &str| {
        let council = Council::sample();
        let path = "config/commentary/2026-10/improvement.toml";
        council.write(path, council.read(path) + chosen);
        council.boardpack(&["run", "--board", "improvement"]).success();
        let name = council.files("published").into_iter().find(|name| name.ends_with(".html")).unwrap();
        council.read(&format!("published/{name}"))
    };
    let proposed = page("");
    for list in ["improved", "needs_attention"] {
        assert!(page(&format!("\n[page_1]\n{list} = [\"CLA11\"]\n")) == proposed, "{list}");
    }
    assert_ne!(page("\n[page_1]\nneeds_attention = [\"WF07\"]\n"), proposed);
}

#[test]
fn a_file_whose_digest_is_not_printed_is_known_again() {
    let council = published();
    let said = || {
        let output = council.boardpack(&["explain", "CL01", "--board", "corporate-parenting"]).success();
        String::from_utf8(output.get_output().stdout.clone()).unwrap()
    };
    assert!(said().contains("from this same file"), "{}", said());
    council.write(LEAVERS, council.read(LEAVERS) + "\n");
    assert!(said().contains("from a file with other bytes"), "{}", said());
}

#[test]
fn an_edition_that_is_missing_is_made_and_the_other_is_left_alone() {
    let council = published();
    std::fs::remove_dir_all(council.path("restricted")).unwrap();
    // A folder that is gone may be a share that is not mounted: that it is to start
    // anew, somebody has to say.
    council.boardpack(&["run", "--board", "corporate-parenting"]).code(4);
    std::fs::remove_file(council.path("held-ledger.db")).unwrap();
    let output = council.boardpack(&["run", "--board", "corporate-parenting"]).code(3).get_output().clone();
    let table = String::from_utf8(output.stdout).unwrap();
    let rows: Vec<&str> = table.lines().filter(|line| line.starts_with("corporate-parenting")).take(2).collect();
    assert!(rows[0].contains("unchanged") && !rows[1].contains("unchanged"), "{table}");
    assert_eq!(council.pdfs("restricted").len(), 1);
}

#[test]
fn a_restricted_edition_needs_a_place_and_a_reason() {
    let faults = |from: &str, to: &str, file: &str| {
        let council = Council::sample();
        council.replace(file, from, to);
        let output = council.boardpack(&["config"]).code(2).get_output().clone();
        String::from_utf8(output.stderr).unwrap()
    };
    let board = "config/boards/corporate-parenting.toml";
    let text = faults("exempt = { paragraphs = [2] }", "", board);
    assert!(text.contains("says not why the restricted edition is not public"), "{text}");
    let text = faults("paragraphs = [2]", "paragraphs = [8]", board);
    assert!(text.contains("Part 1 of Schedule 12A has paragraphs 1 to 7"), "{text}");
    let text = faults("restricted = \"../restricted\"", "", "config/boardpack.toml");
    assert!(text.contains("there is no place for it"), "{text}");
    let text = faults("restricted = \"../restricted\"", "restricted = \"../published\"", "config/boardpack.toml");
    assert!(text.contains("is the same folder"), "{text}");
}

/// What each public pack shows of each figure in each month: the text, empty
/// where it is hidden. A pack's own figure, the one before, and all that it draws.
fn shown(council: &Council) -> BTreeMap<(String, String), BTreeSet<String>> {
    let mut shown: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    for name in council.files("published").into_iter().filter(|name| name.ends_with("figures.csv")) {
        let mut rows = csv::Reader::from_path(council.path("published").join(name)).unwrap();
        for row in rows.deserialize::<BTreeMap<String, String>>().map(Result::unwrap) {
            let pairs = [("period", "value"), ("previous_period", "previous_value")];
            // What stands over several months is not set beside the months before.
            let is_alone = row["row"] == "course" || row["ref"].contains("-over-");
            let told = if is_alone { &pairs[..1] } else { &pairs };
            for &(month, value) in told {
                shown.entry((row["ref"].clone(), row[month].clone())).or_default().insert(row[value].clone());
            }
        }
    }
    shown
}

#[test]
fn what_one_months_pack_hides_no_other_months_pack_shows() {
    // January's pack alone would rather hide another of December's categories
    // than December's own pack did: who held both would know what each hid.
    for [first, second] in [["2025-12", "2026-01"], ["2026-01", "2025-12"]] {
        let council = Council::sample();
        council.boardpack(&["run", "--period", first]);
        council.boardpack(&["run", "--period", second]);
        let both: Vec<_> = shown(&council).into_iter().filter(|(_, texts)| texts.len() > 1).collect();
        assert!(both.is_empty(), "{both:?}");
        assert!(shown(&council).values().any(|texts| texts.contains("")), "nothing is hidden");
    }
}

#[test]
fn that_there_are_words_on_a_hidden_figure_changes_no_public_page_of_a_board_with_both_editions() {
    // Red, of one child: the restricted edition asks for words, the public one hides it.
    let (board, file) = ("config/boards/improvement.toml", "config/commentary/2026-10/improvement.toml");
    let words = "Homes that are not registered are still in use.";
    let made = |other: &str| {
        let council = Council::sample();
        council.replace(board, "owner = ", "editions = [\"public\", \"restricted\"]\nowner = ");
        council.write(board, council.read(board) + "\n[exempt]\nparagraphs = [2]\n");
        council.replace(file, words, other);
        council.boardpack(&["run", "--board", "improvement"]);
        council
    };
    let read = |council: &Council, edition: &str, end: &str| {
        let names =
            council.files(edition).into_iter().filter(|name| name.contains("improvement") && name.ends_with(end));
        names.map(|name| council.read(&format!("{edition}/{name}"))).collect::<String>()
    };
    let (one, other) = (made(words), made("Each home has been visited."));
    assert!(read(&one, "restricted", ".html").contains(words));
    assert!(read(&other, "restricted", ".html").contains("Each home has been visited."));
    for end in [".html", "findings.json"] {
        let public = read(&one, "published", end);
        assert!(!public.contains(words), "{end}");
        assert_eq!(public, read(&other, "published", end), "{end}");
    }
}

#[test]
fn a_standing_text_is_missing_whichever_small_number_is_hidden() {
    // The intro names a number that is not the hidden one.
    let council = Council::sample();
    let path = "config/boards/corporate-parenting.toml";
    let intro = council.read(path).lines().find(|line| line.starts_with("intro = ")).unwrap().to_owned();
    council.replace(path, &intro, "intro = \"Young people in custody are visited by three friends.\"");
    council.boardpack(&["run", "--board", "corporate-parenting"]).code(3);
    let findings = council.read(&format!("published/{PANEL}/findings.json"));
    assert!(findings.contains("`intro`, names a number that the public edition hides"), "{findings}");
}
