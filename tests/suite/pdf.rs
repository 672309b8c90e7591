//! The PDFs of the sample: accessible, archival, readable from start to end.

use std::path::Path;

use crate::support::{Council, pdf_text, tools, validate};

fn published() -> Council {
    let council = Council::sample();
    council.boardpack(&["run"]).code(3);
    council
}

#[test]
fn every_pack_and_notice_is_pdf_ua_1_and_pdf_a_3a() {
    let council = published();
    let mut pdfs = council.pdfs("published");
    pdfs.extend(council.pdfs("held"));
    assert_eq!(pdfs.len(), 5);
    validate(&pdfs);
}

#[test]
fn the_text_reads_in_order_and_says_each_thing_in_words() {
    let council = published();
    let pdf = council.pdfs("published/2026-10/corporate-parenting").remove(0);
    let Some(text) = pdf_text(&pdf) else { return };
    let order = [
        "Wrenshire County Council",
        "Children in Care Performance Scorecard: October 2026",
        "Corporate Parenting Panel",
        "Figures to 31 October 2026",
        "You are asked to agree",
        "5 of 32 measures are red",
        "Needs your attention",
        "Going well",
        "From your last meeting",
        "Can you trust these figures?",
        "Commentary also awaited",
        "Our children",
        "How to read this pack",
        "Abbreviations",
    ];
    let mut from = 0;
    for words in order {
        let at =
            text[from..].find(words).unwrap_or_else(|| panic!("{words:?} is not after {:?}", &text[..from.min(80)]));
        from += at;
    }
    // The rating is a word, the percentage says of how many, the change says which way.
    for words in ["Red", "Amber", "Green", "204 of 262", "77.9%", "Down 2.5 points", "(worse)", "Draft"] {
        assert!(text.contains(words), "{words:?}");
    }
}

#[test]
fn what_is_hidden_is_heard_as_a_word() {
    if !tools() {
        return;
    }
    let council = published();
    let pdf = council.pdfs("published/2026-10/improvement").remove(0);
    let args = ["--qdf", "--object-streams=disable"];
    let output = std::process::Command::new("qpdf").args(args).arg(&pdf).arg("-").output().unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    // The row of CLA11: its previous and its latest figure, and its change.
    assert!(text.matches("/Alt (hidden)").count() >= 3);
    let words = pdf_text(&pdf).unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("hidden so that nobody can be recognised"), "{words}");
}

/// The structure of a PDF, a tag a line.
fn tags(pdf: &Path) -> String {
    let output = std::process::Command::new("pdfinfo").arg("-struct").arg(pdf).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn headings_nest_under_the_one_title() {
    if !tools() {
        return;
    }
    let council = published();
    let pdfs = [council.pdfs("published"), council.pdfs("restricted"), council.pdfs("held")].concat();
    for pdf in pdfs {
        let tags = tags(&pdf);
        let level = |line: &str| line.trim_start().strip_prefix('H')?.split(' ').next()?.parse::<u32>().ok();
        let levels: Vec<u32> = tags.lines().filter_map(level).collect();
        assert_eq!(levels.first(), Some(&1), "{}", pdf.display());
        assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1, "{}", pdf.display());
        assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{}: {levels:?}", pdf.display());
    }
}

/// What part of each page lies empty above its footer, as a picture of it shows.
fn empty_feet(pdf: &Path) -> Vec<f64> {
    let folder = tempfile::tempdir().unwrap();
    let args = ["-r", "36", "-gray"];
    let status = std::process::Command::new("pdftoppm").args(args).arg(pdf).arg(folder.path().join("p")).status();
    assert!(status.unwrap().success());
    let mut pages: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.sort();
    pages.iter().map(|page| empty_foot(&std::fs::read(page).unwrap())).collect()
}

/// The same of one picture: a head of three lines, then a byte a dot.
fn empty_foot(picture: &[u8]) -> f64 {
    let head: Vec<&[u8]> = picture.splitn(4, |byte| *byte == b'\n').collect();
    let size: Vec<usize> =
        std::str::from_utf8(head[1]).unwrap().split(' ').map(|number| number.parse().unwrap()).collect();
    let (wide, high) = (size[0], size[1]);
    // The footer begins 18.5 mm over the edge of 297.
    let foot = high * 2785 / 2970 - 1;
    let has_ink = |row: &usize| head[3][row * wide..(row + 1) * wide].iter().any(|dot| *dot < 200);
    let lowest = (0..foot).rev().find(has_ink).unwrap_or(0);
    f64::from(u32::try_from(foot - lowest).unwrap()) / f64::from(u32::try_from(high).unwrap())
}

#[test]
fn no_page_of_any_board_is_more_than_a_quarter_empty() {
    if !tools() {
        return;
    }
    let council = published();
    for pdf in [council.pdfs("published"), council.pdfs("restricted")].concat() {
        let feet = empty_feet(&pdf);
        // Page 1 stands alone, and the last is as long as it is.
        for (page, empty) in feet.iter().enumerate().take(feet.len() - 1).skip(1) {
            assert!(*empty <= 0.25, "{}, page {}: {empty:.2}", pdf.display(), page + 1);
        }
    }
}

#[test]
fn a_block_is_read_from_its_figure_to_what_the_officer_says() {
    if !tools() {
        return;
    }
    let council = published();
    let pdf = council.pdfs("published/2026-10/corporate-parenting").remove(0);
    let output = std::process::Command::new("pdfinfo").arg("-struct-text").arg(pdf).output().unwrap();
    let tags = String::from_utf8(output.stdout).unwrap();
    let (_, block) = tags.split_once("H3 \"Care leavers with an up-to-date pathway plan").unwrap();
    let (block, _) = block.split_once("H4 \"By age").unwrap();
    // Where it lies on the page is no part of its order.
    let said = block.lines().map(str::trim).filter(|line| !line.starts_with('/') && !line.starts_with("Div"));
    insta::assert_snapshot!(said.collect::<Vec<_>>().join("\n"));
}

#[test]
fn what_page_1_points_at_is_heard_as_lists() {
    if !tools() {
        return;
    }
    let council = published();
    let pdf = council.pdfs("published/2026-10/corporate-parenting").remove(0);
    let tags = tags(&pdf);
    let items = |heading: &str| {
        let (_, after) = tags.split_once(&format!("H2 \"{heading}\"")).unwrap();
        let list: Vec<&str> =
            after.lines().skip(1).map(str::trim_start).take_while(|tag| !tag.starts_with('H')).collect();
        assert!(list[0].starts_with("L "), "{list:?}");
        list.iter().filter(|tag| tag.starts_with("LI ")).count()
    };
    let [attention, well] = ["Needs your attention", "Going well"].map(items);
    assert!((1..=5).contains(&attention) && (1..=3).contains(&well), "{attention} and {well}");
}

#[test]
fn at_a_glance_is_one_page() {
    let council = published();
    for pdf in [council.pdfs("published"), council.pdfs("restricted")].concat() {
        let Some(text) = pdf_text(&pdf) else { return };
        let pages: Vec<&str> = text.split('\u{c}').collect();
        let with = |words: &str| -> Vec<usize> {
            (1..).zip(&pages).filter(|(_, page)| page.contains(words)).map(|(n, _)| n).collect()
        };
        // A table that runs over repeats its head.
        assert_eq!(with("Will it meet its"), [2], "{}", pdf.display());
        assert_eq!(with("Not judged: too few"), [2], "{}", pdf.display());
    }
}

#[test]
fn the_figures_are_attached_and_equal_to_the_file_beside() {
    if !tools() {
        return;
    }
    let council = published();
    for pdf in council.pdfs("published") {
        let out = tempfile::tempdir().unwrap();
        let status = std::process::Command::new("pdfdetach")
            .args(["-saveall", "-o"])
            .arg(out.path())
            .arg(&pdf)
            .status()
            .unwrap();
        assert!(status.success());
        let attached = std::fs::read(out.path().join("figures.csv")).unwrap();
        assert_eq!(attached, std::fs::read(pdf.with_file_name("figures.csv")).unwrap(), "{}", pdf.display());
    }
}

#[test]
fn the_metadata_carries_the_visible_title_and_no_clock() {
    if !tools() {
        return;
    }
    let council = published();
    let pdf = council.pdfs("published/2026-10/improvement").remove(0);
    let output = std::process::Command::new("pdfinfo").arg("-isodates").arg(&pdf).output().unwrap();
    let info = String::from_utf8(output.stdout).unwrap();
    assert!(info.contains("Title:           Improvement Plan Scorecard: October 2026"), "{info}");
    assert!(info.contains("CreationDate:    2026-10-31"), "{info}");
    assert!(info.contains("Tagged:          yes"), "{info}");
    assert!(info.contains("A4"), "{info}");
}

#[test]
fn the_page_adds_up() {
    // What a reader with a pencil gets from the printed figures is what is printed.
    let council = published();
    for board in ["corporate-parenting", "improvement", "improving-lives", "overview-and-scrutiny"] {
        let csv = council.read(&format!("published/2026-10/{board}/r1/figures.csv"));
        let mut checked = 0;
        for row in csv::Reader::from_reader(csv.as_bytes()).deserialize::<std::collections::BTreeMap<String, String>>()
        {
            let row = row.unwrap();
            let number = |column: &str| row[column].parse::<rust_decimal::Decimal>().ok();
            if let (Some(value), Some(previous), Some(movement)) =
                (number("value"), number("previous_value"), number("movement"))
            {
                assert_eq!(value - previous, movement, "{board} {}", row["ref"]);
                checked += 1;
            }
            if let (Some(value), Some(n), Some(d), "percent") =
                (number("value"), number("numerator"), number("denominator"), row["unit"].as_str())
            {
                let exact = n * rust_decimal::Decimal::ONE_HUNDRED / d;
                assert!((exact - value).abs() <= rust_decimal::Decimal::new(5, 2), "{board} {}", row["ref"]);
            }
        }
        assert!(checked > 5, "{board}");
    }
}

/// Puts a word of its own before every string that is printed as it stands.
fn mark(value: &mut serde_json::Value, key: &str, marks: &mut Vec<String>) {
    use serde_json::Value;
    // Places, names for the templates, and what only a screen reader is told.
    const UNPRINTED: &[&str] =
        &["anchor", "meaning_anchor", "kind", "state", "look", "arrow", "weight", "alt", "mime", "signal", "name"];
    match value {
        // On paper a chart has its line alone: its figures are in the attached file.
        _ if key == "values" => {}
        Value::String(text) if !text.is_empty() && !UNPRINTED.contains(&key) => {
            let mark = format!("q{}q", marks.len());
            *text = format!("{mark} {text}");
            marks.push(mark);
        }
        Value::Array(items) => items.iter_mut().for_each(|item| mark(item, key, marks)),
        Value::Object(fields) => fields.iter_mut().for_each(|(key, value)| mark(value, key, marks)),
        _ => {}
    }
}

#[test]
fn every_part_of_a_pack_is_printed() {
    use boardpack::pack::Pack;
    if !tools() {
        return;
    }
    let sample: serde_json::Value = serde_json::from_str(include_str!("../../templates/pack.json")).unwrap();
    let stationery = boardpack::typeset::Stationery::embedded().unwrap();
    let folder = tempfile::tempdir().unwrap();
    // What the file says of itself is no part of a page.
    let parts = sample.as_object().unwrap().keys().filter(|part| !["schema", "document"].contains(&part.as_str()));
    for part in parts {
        let (mut marked, mut marks) = (sample.clone(), Vec::new());
        mark(&mut marked[part.as_str()], part, &mut marks);
        if marks.is_empty() {
            continue;
        }
        let pack: Pack = serde_json::from_value(marked).unwrap();
        let pdf = stationery.scorecard(&pack, include_bytes!("../../templates/figures.csv")).unwrap();
        let path = folder.path().join("part.pdf");
        std::fs::write(&path, pdf.bytes()).unwrap();
        let text = pdf_text(&path).unwrap();
        let seen = marks.iter().filter(|mark| text.contains(*mark)).count();
        assert!(seen * 2 > marks.len(), "{part}: {seen} of {} strings are printed", marks.len());
    }
}
