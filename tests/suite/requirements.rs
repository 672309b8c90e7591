//! What members ask is answered by the sample, on the page that the table in
//! `docs/requirements.md` names, in the words that it quotes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use boardpack::config::Loaded;

use crate::support::{Council, pdf_text, root};

const DOC: &str = "docs/requirements.md";

fn doc() -> String {
    std::fs::read_to_string(root().join(DOC)).unwrap()
}

/// The cells of every row whose first cell is a letter or two and a number.
fn rows(text: &str) -> Vec<Vec<&str>> {
    let rows = text.lines().filter(|line| line.starts_with("| "));
    let rows = rows.map(|row| row.trim_matches('|').split('|').map(str::trim).collect::<Vec<_>>());
    rows.filter(|row| {
        let number = row[0].trim_start_matches(|c: char| c.is_ascii_uppercase());
        number.len() < row[0].len() && !number.is_empty() && number.chars().all(|c| c.is_ascii_digit())
    })
    .collect()
}

/// The rows of the first table alone.
fn requirements(text: &str) -> Vec<Vec<&str>> {
    rows(text).into_iter().filter(|row| row[0].starts_with('R')).collect()
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// The names of keys and tables in the reference of the config.
fn keys() -> BTreeSet<String> {
    let text = std::fs::read_to_string(root().join("docs/config.md")).unwrap();
    let mut keys = BTreeSet::new();
    let lines = text.split("```toml").skip(1).flat_map(|block| block.split("```").next().unwrap().lines());
    for line in lines {
        let line = line.split(" # ").next().unwrap();
        if line.trim_start().starts_with('[') {
            keys.extend(line.split(['[', ']', '.']).map(|part| part.trim().to_owned()));
        }
        // `a = …`, and those within { a = …, b = … }.
        let names = line.split('=').map(|part| part.rsplit([' ', '{', ',']).find(|word| !word.is_empty()));
        keys.extend(names.flatten().map(str::to_owned));
    }
    keys
}

#[test]
fn every_requirement_is_answered_once_and_in_order() {
    let text = doc();
    let requirements = requirements(&text);
    let numbers: Vec<&str> = requirements.iter().map(|row| row[0]).collect();
    let expected: Vec<String> = (1..=60).map(|n| format!("R{n}")).collect();
    assert_eq!(numbers, expected);
    for row in requirements {
        assert!(row.len() == 4 && row.iter().all(|cell| !cell.is_empty()), "{row:?}");
        assert!(row[3].contains("page ") || row[3].contains('“'), "{} names no page: {}", row[0], row[3]);
    }
}

#[test]
fn each_question_of_a_meeting_is_numbered_once_and_answered_or_left() {
    let text = doc();
    let mut seen = BTreeSet::new();
    for row in rows(&text).into_iter().filter(|row| !row[0].starts_with('R')) {
        assert!(seen.insert(row[0]), "{} stands twice", row[0]);
        assert!(row.len() == 3 && row.iter().all(|cell| !cell.is_empty()), "{row:?}");
        let is_left = row[2].starts_with("Left to ");
        assert!(is_left || row[2].contains('“'), "{} is neither answered nor left: {}", row[0], row[2]);
    }
    assert!(seen.len() > 50, "{}", seen.len());
}

#[test]
fn what_an_answer_names_is_there() {
    let config = Loaded::load(&root().join("config"), &[], boardpack::storage::KINDS).unwrap().config;
    let (keys, findings) = (keys(), std::fs::read_to_string(root().join("docs/findings.md")).unwrap());
    let text = doc();
    for row in requirements(&text) {
        for name in quoted(row[2]) {
            let is_known = keys.contains(name) || name == "manifest.json" || name.starts_with("boardpack ");
            assert!(is_known, "{}: {name:?} is no key or command", row[0]);
        }
        for name in quoted(row[3]) {
            assert!(config.boards.iter().any(|board| board.id.as_str() == name), "{}: {name:?} is no board", row[0]);
        }
        for code in row.iter().flat_map(|cell| cell.split(|c: char| !c.is_alphanumeric())) {
            let is_code = code.len() == 4 && code.starts_with('F') && code[1..].chars().all(|c| c.is_ascii_digit());
            assert!(!is_code || findings.contains(&format!("| {code} |")), "{}: {code}", row[0]);
        }
        for file in row.iter().flat_map(|cell| cell.split("](").skip(1)).map(|rest| rest.split(')').next().unwrap()) {
            assert!(root().join("docs").join(file).is_file(), "{}: {file}", row[0]);
        }
    }
}

#[test]
fn the_commands_that_answers_name_are_commands() {
    let council = Council::empty();
    let text = doc();
    let cells: Vec<&str> = requirements(&text).into_iter().flatten().collect();
    let commands: BTreeSet<&str> =
        cells.iter().flat_map(|cell| quoted(cell)).filter_map(|name| name.strip_prefix("boardpack ")).collect();
    assert!(commands.len() > 4);
    for command in commands {
        council.boardpack(&[command.split(' ').next().unwrap(), "--help"]).success();
    }
}

/// What the sample's packs say, as their readers get it.
struct Packs {
    /// By board and edition, as "`improvement`" or "`improvement` (restricted)".
    packs: BTreeMap<String, Readable>,
}

/// One pack.
struct Readable {
    file: String,
    pages: Vec<String>,
    web: String,
    figures: String,
}

impl Packs {
    /// Makes all of them; none where PDFs cannot be read back.
    fn make() -> Option<Self> {
        let council = Council::whole_sample();
        council.boardpack(&["run"]).code(3);
        let mut packs = BTreeMap::new();
        for (place, edition) in [("published", ""), ("restricted", " (restricted)")] {
            for file in council.files(place).into_iter().filter(|name| name.ends_with(".html")) {
                let board = file.split('/').nth(1).unwrap();
                let path = council.path(place).join(&file);
                let name = file.rsplit('/').next().unwrap();
                // A summary for the clerk is a page too, and has no PDF beside it.
                let pdf = path.with_extension("pdf");
                if !pdf.is_file() {
                    continue;
                }
                let text = pdf_text(&pdf)?;
                let figures = std::fs::read_to_string(path.with_file_name("figures.csv")).unwrap();
                let readable = Readable {
                    file: name.to_owned(),
                    pages: text.split('\u{c}').map(plain).collect(),
                    web: plain(&without_tags(&std::fs::read_to_string(&path).unwrap())),
                    figures: plain(&figures),
                };
                packs.insert(format!("`{board}`{edition}"), readable);
            }
        }
        assert_eq!(packs.len(), 8, "four boards with two editions each");
        Some(Self { packs })
    }
}

/// A text as it is read: one space for any, and none of the signs that only
/// guide line breaks.
fn plain(text: &str) -> String {
    let text: String = text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{2060}' | '\u{200b}')).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('’', "'")
}

fn without_tags(page: &str) -> String {
    let mut text = String::new();
    for part in page.split('<') {
        text.push(' ');
        text.push_str(part.split_once('>').map_or("", |(_, words)| words));
    }
    [("&amp;", "&"), ("&#39;", "'"), ("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">")]
        .iter()
        .fold(text, |text, (entity, sign)| text.replace(entity, sign))
}

/// Whether all of these stand in a text: in whatever order, for a table is read
/// by its columns as often as by its rows.
fn says(text: &str, words: &[String]) -> bool {
    words.iter().all(|words| text.contains(words.as_str()))
}

/// One place of an answer: "`board` (restricted), page 7: “words”, “words”".
struct Claim<'t> {
    text: &'t str,
    pack: &'t str,
    place: &'t str,
    words: Vec<String>,
}

/// The places that a cell names, parted by semicolons outside of what is quoted.
fn claims(cell: &str) -> Vec<Claim<'_>> {
    let mut depth = 0;
    let parts = cell.split(|c: char| {
        depth += match c {
            '“' => 1,
            '”' => -1,
            _ => 0,
        };
        c == ';' && depth == 0
    });
    parts.filter(|part| part.contains('“')).map(|part| claim(part.trim())).collect()
}

fn claim(text: &str) -> Claim<'_> {
    let (head, _) = text.split_once('“').unwrap();
    let head = head.trim().trim_end_matches(':');
    let (pack, place) = head.rsplit_once(", ").unwrap_or_else(|| panic!("no place in {text}"));
    let words = text.split('“').skip(1).map(|rest| plain(rest.split('”').next().unwrap())).collect();
    Claim { text, pack: pack.trim(), place: place.trim(), words }
}

impl Claim<'_> {
    /// The place as it should be named; an error if the words are nowhere.
    fn place_in(&self, packs: &Packs) -> Result<String, String> {
        let Some(pack) = packs.packs.get(self.pack) else { return Err(format!("no pack {}", self.pack)) };
        let text = match self.place {
            "web page" => &pack.web,
            "figures.csv" => &pack.figures,
            "file name" => &plain(&pack.file),
            place if place.starts_with("page ") => {
                let is_here = |page: &String| says(page, &self.words);
                // Where it is said to be, or else the first place where it is.
                let number: Option<usize> = place["page ".len()..].parse().ok();
                let named = number.filter(|n| pack.pages.get(n - 1).is_some_and(is_here));
                let page = named.or_else(|| pack.pages.iter().position(is_here).map(|at| at + 1));
                return page.map(|page| format!("page {page}")).ok_or_else(|| "on no page".to_owned());
            }
            other => return Err(format!("{other:?} is no place")),
        };
        says(text, &self.words).then(|| self.place.to_owned()).ok_or_else(|| "not there".to_owned())
    }
}

/// The questions that ten people in each room ask: every board answers each, on page 1 or
/// where page 1 leads.
#[test]
fn ten_questions_are_answered_on_page_1_or_one_link_from_it() {
    let Some(packs) = Packs::make() else { return };
    let text = doc();
    let boards = ["`corporate-parenting`", "`improvement`", "`improving-lives`", "`overview-and-scrutiny`"];
    let rows: Vec<Vec<&str>> = rows(&text).into_iter().filter(|row| row[0].starts_with('Q')).collect();
    assert_eq!(rows.len(), 10);
    for row in rows {
        let claims = claims(row[2]);
        assert_eq!(claims.iter().map(|claim| claim.pack).collect::<Vec<_>>(), boards, "{}", row[0]);
        for claim in claims {
            let first = &packs.packs[claim.pack].pages[0];
            // "page 2" is no "page 20".
            let leads = |at: usize| !first[at..].starts_with(|c: char| c.is_ascii_digit());
            let is_led_to = first.match_indices(claim.place).any(|(at, place)| leads(at + place.len()));
            let is_near = claim.place == "page 1" || is_led_to;
            assert!(is_near, "{}: page 1 of {} does not lead to {}", row[0], claim.pack, claim.place);
        }
    }
}

/// Set to write the pages into the table where they have moved:
/// `BOARDPACK_BLESS=1`.
#[test]
fn each_answer_stands_on_the_page_that_is_named_in_the_words_that_are_quoted() {
    let Some(packs) = Packs::make() else { return };
    let mut text = doc();
    let (mut wrong, mut moved) = (String::new(), Vec::new());
    let original = text.clone();
    for row in rows(&original) {
        for claim in row.last().into_iter().flat_map(|cell| claims(cell)) {
            match claim.place_in(&packs) {
                Ok(place) if place == claim.place => {}
                Ok(place) => moved.push((claim.text.to_owned(), claim.place.to_owned(), place)),
                Err(why) => writeln!(wrong, "{}: {}: {why}", row[0], claim.text).unwrap(),
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    if std::env::var("BOARDPACK_BLESS").is_ok() {
        for (claim, from, to) in moved {
            let new = claim.replacen(&format!(", {from}:"), &format!(", {to}:"), 1);
            text = text.replace(&claim, &new);
        }
        std::fs::write(root().join(DOC), text).unwrap();
    } else {
        assert!(moved.is_empty(), "on other pages now (BOARDPACK_BLESS=1 writes them): {moved:#?}");
    }
}
