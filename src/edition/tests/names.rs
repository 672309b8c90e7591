//! Roles, places and bodies, held against what is hidden.

use std::collections::BTreeSet;

use super::*;

#[test]
fn a_role_a_place_or_a_title_that_names_what_is_hidden_is_left_out_too() {
    let more = "[[reports]]\ntitle = \"zebra 8\"\nowner = \"zebra 9\"\nplace = \"zebra 10\"\nfirst = \"2026-10\"\nevery_months = 1\n";
    let board = BOARD
        .replace("scorecard = \"S\"\nowner = \"O\"", "scorecard = \"S\"\nowner = \"zebra 1\"\nauthor = \"zebra 2\"\nwards = \"zebra 3\"\nmeetings = [{ period = \"2026-10\", date = \"2026-11-20\", item = \"zebra 4\" }]")
        .replace("id = \"A1\"\nowner = \"O\"", "id = \"A1\"\nowner = \"zebra 5\"")
        .replace("asked_by = \"O\"", "asked_by = \"zebra 6\"")
        .replace("who = \"W\"", "who = \"zebra 7\"")
        .replace("place = \"9\"", "place = \"zebra 11\"")
        + more;
    let register = REGISTER.replacen("owner = \"O\"", "owner = \"zebra 12\"\npartner = \"zebra 13\"\ntags = [\"zebra 14\"]", 1).replace(
        "title = \"B\"\n",
        "title = \"B\"\nbenchmarks = [{ of = \"england\", value = 3, period = \"zebra 15\", source = \"zebra 16\" }]\n",
    );
    let files = [
        ("boardpack.toml", SERVICE),
        ("indicators.toml", &register),
        ("sources.toml", SOURCES),
        ("boards/b.toml", &board),
    ];
    let files = Files::from_texts(files.map(|(name, text)| (name.to_owned(), text.to_owned())));
    let Loaded { config, .. } = Loaded::resolve(Path::new("."), &files, &[], crate::storage::KINDS).unwrap();
    let seen = std::cell::RefCell::new(Vec::new());
    let names = |_: Option<&IndicatorRef>, _: Occasion, text: &str| {
        seen.borrow_mut().extend(text.starts_with("zebra ").then(|| text.to_owned()));
        text.starts_with("zebra ")
    };
    let (board, mut told) = redaction::board(&config.boards[0], &names);
    told.extend(redaction::register(&config.register, &config.boards[0], &names).1);
    let all: BTreeSet<String> = (1..=16).map(|nth| format!("zebra {nth}")).collect();
    assert_eq!((BTreeSet::from_iter(seen.take()), told.len()), (all, 16), "{told:?}");
    assert_eq!(board.papers.wards, OfficerText::LEFT_OUT);
}
