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
    assert_eq!(council.files("preview"), ["page-01.png", "preview.pdf"]);

    council.write("look/scorecard.typ", "#set document(title: \"T\")\n#nothing()\n");
    let told = String::from_utf8(council.boardpack(&preview).code(1).get_output().stderr.clone()).unwrap();
    assert!(told.contains("scorecard.typ:2:2"), "{told}");
}
