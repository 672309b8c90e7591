//! `preview`: what a designer sees, and the sample that the templates open.

use crate::support::{Council, root};

#[test]
fn the_sample_of_the_templates_is_what_the_program_writes() {
    let council = Council::sample();
    crate::support::copy(&root().join("templates"), &council.path("templates"));
    let told = council.boardpack(&["preview", "--board", "corporate-parenting", "--ppi", "20", "--data", "data"]);
    told.success();
    let written = |name: &str| snapbox::Data::text(council.read(&format!("data/{name}"))).raw();
    snapbox::assert_data_eq!(written("pack.json"), snapbox::file!["../../templates/pack.json"].raw());
    snapbox::assert_data_eq!(written("figures.csv"), snapbox::file!["../../templates/figures.csv"].raw());
}

#[test]
fn two_breakdowns_crossed_are_one_table_in_the_pdf_and_on_the_page() {
    let council = Council::empty();
    crate::support::copy(&root().join("templates"), &council.path("look"));
    let pack = council.read("look/pack.json");
    let cell = |display: &str| {
        format!("{{ \"state\": \"shown\", \"display\": \"{display}\", \"of\": \"\", \"period\": \"\", \"was\": \"\" }}")
    };
    let row = |name: &str, is_whole: bool, one: &str, all: &str| {
        format!("{{ \"category\": \"{name}\", \"is_whole\": {is_whole}, \"cells\": [{}, {}] }}", cell(one), cell(all))
    };
    let table = format!(
        "\"two_way\": [{{ \"title\": \"Age and home\", \"unit\": \"Children, Oct 2026\", \"corner\": \"Age\", \
         \"columns\": [\"Foster carers\", \"All\"], \"rows\": [{}, {}], \"notes\": [] }}], \"sentences\": [",
        row("Under 10", false, "7001", "7002"),
        row("All", true, "7003", "7004"),
    );
    council.write("look/pack.json", pack.replacen("\"sentences\": [", &table, 1));
    council.boardpack(&["preview", "--templates", "look", "--ppi", "20"]).success();
    let page = council.read("preview/preview.html");
    for part in
        ["Age and home", ">Foster carers</th>", "scope=\"row\" role=\"rowheader\">Under 10</th>", "7001", "7004"]
    {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn a_designer_needs_nothing_but_the_folder_of_templates() {
    let council = Council::empty();
    crate::support::copy(&root().join("templates"), &council.path("look"));
    let preview = ["preview", "--templates", "look", "--ppi", "20"];
    council.boardpack(&preview).success();
    let files = council.files("preview");
    assert_eq!(files.first().map(String::as_str), Some("page-01.png"));
    assert_eq!(files.last().map(String::as_str), Some("preview.pdf"));
    assert!(council.path("preview/page-05.png").exists());

    // A shorter document leaves no page of the longer one behind.
    council.write("look/scorecard.typ", "#set document(title: \"T\")\n= One page\n");
    council.boardpack(&preview).success();
    assert_eq!(council.files("preview"), ["page-01.png", "preview.html", "preview.pdf"]);

    council.write("look/scorecard.typ", "#set document(title: \"T\")\n#nothing()\n");
    let told = String::from_utf8(council.boardpack(&preview).code(1).get_output().stderr.clone()).unwrap();
    assert!(told.contains("scorecard.typ:2:2"), "{told}");
}

/// Tables of every length that begin everywhere on a page; typst itself counts
/// the rows that came to stand on each.
const TABLES: &str = r#"
#import "lib/theme.typ": *
#import "lib/page.typ": sheet
#import "lib/list.typ": list-table
#show: sheet.with(title: "T", author: "A", date: (year: 2026, month: 10, day: 31))
#heading(level: 1)[Tables]
#let starts = range(0, 24)
#let sizes = range(1, 9)
#for start in starts { for size in sizes {
  pagebreak()
  v(start * 1cm)
  heading(level: 2)[Table]
  list-table(("Name", "Note"), (1fr, 1fr), range(size).map(i => ([#metadata((start, size)) <row> N], par(lorem(12)))))
} }
#context {
  let pages = (:)
  for row in query(<row>) {
    let key = repr((row.value, row.location().page()))
    pages.insert(key, pages.at(key, default: 0) + 1)
  }
  assert(pages.len() > starts.len() * sizes.len(), message: "no table runs over")
  for (key, count) in pages { assert(count > 1 or key.starts-with(regex("\\(\\(\\d+, 1\\)")), message: key + " stands alone") }
}
"#;

#[test]
fn no_table_leaves_a_row_alone_on_a_page() {
    let council = Council::empty();
    crate::support::copy(&root().join("templates"), &council.path("look"));
    council.write("look/scorecard.typ", TABLES);
    council.boardpack(&["preview", "--templates", "look", "--ppi", "20"]).success();
}

#[test]
fn a_council_has_its_own_look_and_words() {
    let council = Council::sample();
    crate::support::copy(&root().join("templates"), &council.path("templates"));
    council.write("config/theme.toml", "logo = \"arms.svg\"\n[colours]\naccent = \"#5b2a6e\"\n");
    let arms = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 40 20\"><path d=\"M0 0h40v20H0z\" fill=\"#5b2a6e\"/></svg>";
    council.write("config/theme/arms.svg", arms);
    let words =
        "title = \"Children's Services Improvement Board\"\nwords = { \"social worker\" = \"family worker\" }\n";
    council.replace("config/boards/improvement.toml", "title = \"Children's Services Improvement Board\"\n", words);
    council.boardpack(&["run", "--board", "improvement"]).success();
    crate::support::validate(&council.pdfs("published"));

    council.boardpack(&["preview", "--board", "improvement", "--ppi", "20", "--data", "data"]).success();
    let pack = council.read("data/pack.json");
    // Titles are the program's to reword; what officers wrote stays as they wrote it.
    assert!(pack.contains("Children for each family worker") && !pack.contains("Children for each social worker"));
    assert!(pack.contains("children in care each social worker has"));

    council.write("config/theme.toml", "font = \"Nowhere Sans\"\n");
    council.boardpack(&["config"]).code(2);
    council.write("config/theme.toml", "[colours]\naccent = \"#ffcc00\"\n");
    council.boardpack(&["config"]).code(2);
}
