//! What a screen reader says of the sample's PDFs: every word, each once, in the order in
//! which they are to be understood. docs/accessibility.md tells how this was tried.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Council, tools};

/// Every PDF that a run of the sample writes.
fn every_pdf(council: &Council) -> Vec<PathBuf> {
    [council.pdfs("published"), council.pdfs("restricted"), council.pdfs("held")].concat()
}

#[test]
fn no_word_is_replaced_by_another_within_its_line() {
    if !tools() {
        return;
    }
    let council = Council::sample();
    council.boardpack(&["run"]).code(3);
    for pdf in every_pdf(&council) {
        let output =
            Command::new("qpdf").args(["--qdf", "--object-streams=disable"]).arg(&pdf).arg("-").output().unwrap();
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(text.contains("/StructTreeRoot"), "{}", pdf.display());
        // Some readers end a line at a replacement within it: there is none at all.
        assert_eq!(text.matches("/ActualText").count(), 0, "{}", pdf.display());
    }
}

/// One step of the structure of a PDF: a heading, a text or a picture.
#[derive(Debug, PartialEq)]
enum Heard {
    Heading(usize, String),
    Text(String),
    Picture,
}

/// Without its blanks: where a line ends is the printer's affair.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The structure in order, as poppler walks it.
fn heard(pdf: &Path) -> Vec<Heard> {
    let output = Command::new("pdfinfo").arg("-struct-text").arg(pdf).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let mut heard = Vec::new();
    // The texts of a heading are told twice: as its title, and below it.
    for line in text.lines().map(str::trim_start) {
        let heading = line.strip_prefix('H').and_then(|rest| rest.split_once(' '));
        if let Some((Ok(level), title)) = heading.map(|(level, title)| (level.parse(), title)) {
            let title = title.trim_end_matches(" (block)").trim_matches('"');
            heard.push(Heard::Heading(level, squeezed(title)));
        } else if line.starts_with("Figure") {
            heard.push(Heard::Picture);
        } else if let Some(words) = line.strip_prefix('"').and_then(|line| line.strip_suffix('"')) {
            heard.push(Heard::Text(squeezed(words)));
        }
    }
    heard
}

/// The text of a piece of a page, without its blanks.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some((before, after)) = rest.split_once('<') {
        text.push_str(before);
        rest = after.split_once('>').map_or("", |(_, rest)| rest);
    }
    text.push_str(rest);
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    squeezed(&text)
}

/// What stands between two marks, each time that it does.
fn between<'t>(text: &'t str, from: &'t str, to: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(from).skip(1).filter_map(move |rest| Some(rest.split_once(to)?.0))
}

/// Headings of the web page alone, and of the PDF alone.
const OF_THE_PAGE: [&str; 1] = ["Ataglance"];
const OF_THE_PDF: [&str; 1] = ["Backgroundpapers"];

/// The headings are those of the page, in its order.
fn hold_headings(pdf: &Path, page: &str, heard: &[Heard]) {
    let on_page: Vec<String> = page
        .split("<h")
        .skip(1)
        .filter(|rest| rest.starts_with(['1', '2', '3', '4']))
        .filter_map(|rest| Some(text_of(rest.split_once('>')?.1.split_once("</h")?.0)))
        .filter(|title| !OF_THE_PAGE.contains(&title.as_str()))
        .collect();
    let in_pdf: Vec<&String> = heard
        .iter()
        .filter_map(|heard| match heard {
            Heard::Heading(_, title) if !OF_THE_PDF.contains(&title.as_str()) => Some(title),
            _ => None,
        })
        .collect();
    assert_eq!(on_page.len(), in_pdf.len(), "{}: {on_page:?} {in_pdf:?}", pdf.display());
    for (page, pdf) in on_page.iter().zip(in_pdf) {
        assert!(pdf.ends_with(page.as_str()), "{page} on the page, {pdf} in the PDF");
    }
}

/// The steps of a block: from its heading to the next of the same kind or a greater.
fn block<'h>(heard: &'h [Heard], title: &str) -> &'h [Heard] {
    let is_it = |heard: &Heard| matches!(heard, Heard::Heading(3, named) if named == title);
    let from = heard.iter().position(is_it).unwrap_or_else(|| panic!("no heading {title}")) + 1;
    let rest = &heard[from..];
    let to = rest.iter().position(|heard| matches!(heard, Heard::Heading(1..=3, _)));
    &rest[..to.unwrap_or(rest.len())]
}

/// What the page says of a figure that changes no more than by chance, and the PDF leaves to
/// the words beside the figure: "Usual ups and downs".
const NO_NEWS: &str = "Thelatestfigureiswithinitsusualupsanddowns";

#[test]
fn a_pack_is_heard_in_the_order_of_its_page_and_a_block_as_figure_rating_and_change() {
    if !tools() {
        return;
    }
    let council = Council::sample();
    council.boardpack(&["run"]).code(3);
    let mut blocks = 0;
    // Walking a structure takes poppler half a minute; the restricted ones are made alike.
    for pdf in council.pdfs("published") {
        let page = std::fs::read_to_string(pdf.with_extension("html")).unwrap();
        let heard = heard(&pdf);
        hold_headings(&pdf, &page, &heard);
        for article in between(&page, "<article", "</article>") {
            blocks += 1;
            let title =
                text_of(article.split_once("<h3").unwrap().1.split_once('>').unwrap().1.split_once("</h3>").unwrap().0);
            let steps = block(&heard, &title);
            let words: String = steps
                .iter()
                .map(|heard| match heard {
                    Heard::Text(words) => words.as_str(),
                    Heard::Heading(..) | Heard::Picture => "",
                })
                .collect();
            // Of the big figure on: its number, its colour, how it changed.
            let one = |from: &str, to: &str| between(article, from, to).next().map(|said| text_of(&format!("<{said}")));
            let change = between(article, "<p>", "</p>")
                .map(text_of)
                .find(|said| said.starts_with(['U', 'D']) && said.len() < 40);
            let key = [one("<p class=\"figure shown\"", "</p>"), one("<span class=\"chip", "</span>"), change];
            let mut at = 0;
            for said in key.into_iter().flatten() {
                let found = words[at..].find(said.as_str());
                at += found.unwrap_or_else(|| panic!("{title}: {said} is not heard in its order in {words}"));
            }
            for said in between(article, "<p>", "</p>")
                .map(text_of)
                .filter(|said| said.len() > 20 && !said.starts_with(NO_NEWS))
            {
                assert!(words.contains(&said), "{title}: {said} is not heard in {words}");
            }
        }
    }
    assert!(blocks > 20, "{blocks}");
}
