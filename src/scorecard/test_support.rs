//! A council of a few lines, for tests of what figures say.

use std::collections::BTreeMap;
use std::path::Path;

use super::Scorecard;
use crate::config::{Files, Loaded};
use crate::domain::{Commentary, Period, Place};
use crate::edition::{EditionView, Material};
use crate::history::History;

/// Tells a test the scorecard of October 2026 of a board with the indicators
/// `A` (given as the rest of its register entry) and those of `others` (whole
/// entries), whose source holds some rows `ref,month,value,numerator,denominator`.
pub(crate) fn with_card<T>(
    a: &str,
    others: &str,
    on_board: &str,
    rows: &str,
    test: impl FnOnce(&Scorecard<'_>) -> T,
) -> T {
    with_history(&History::default(), a, others, on_board, rows, test)
}

/// The same, after what was published before.
pub(crate) fn with_history<T>(
    history: &History,
    a: &str,
    others: &str,
    on_board: &str,
    rows: &str,
    test: impl FnOnce(&Scorecard<'_>) -> T,
) -> T {
    with_files(history, (a, others), (on_board, ""), ["", ""], rows, |card, _| test(card))
}

/// As [`with_card`], for a board with the one indicator `A` and more in its file.
pub(crate) fn with_board<T>(board: &str, test: impl FnOnce(&Scorecard<'_>) -> T) -> T {
    let a = "unit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n";
    let rows = "A,2026-09,80,,\nA,2026-10,81,,";
    with_files(&History::default(), (a, ""), ("\"A\"", board), ["", ""], rows, |card, _| test(card))
}

/// The same of an indicator given as the rest of its register entry.
pub(crate) fn with_board_of<T>(a: &str, board: &str, rows: &str, test: impl FnOnce(&Scorecard<'_>) -> T) -> T {
    with_files(&History::default(), (a, ""), ("\"A\"", board), ["", ""], rows.trim(), |card, _| test(card))
}

/// The same with `A` alone, more of the board's own file, and commentary on `A`.
pub(crate) fn with_comment<T>(
    a: &str,
    board: &str,
    comment: &str,
    rows: &str,
    test: impl FnOnce(&Scorecard<'_>) -> T,
) -> T {
    with_commentary(a, board, comment, "", rows, |card, _| test(card))
}

/// The same with the commentary of the month before, and all of it.
pub(crate) fn with_commentary<T>(
    a: &str,
    board: &str,
    comment: &str,
    last: &str,
    rows: &str,
    test: impl FnOnce(&Scorecard<'_>, &Commentary) -> T,
) -> T {
    let table = |fields: &str| format!("[A]\n{fields}\n");
    with_files(&History::default(), (a, ""), ("\"A\"", board), [&table(comment), &table(last)], rows, test)
}

/// The same of three percentages to be 85 or more: A is red and got worse, B is
/// red and got better, C is green and got better. `page_1` is what officers
/// chose for page 1, `board` more of the board's file.
pub(crate) fn with_page_1<T>(board: &str, page_1: &str, test: impl FnOnce(&Scorecard<'_>) -> T) -> T {
    let entry = |name: &str| {
        let fields = "plain = \"P\"\nnoun = \"children\"\nowner = \"O\"\nsource = \"s\"\nbasis = \"snapshot\"\n";
        format!("[indicators.{name}]\ntitle = \"{name}\"\n{fields}")
    };
    let rest = |name: &str| {
        let target = "from = \"2025-04\"\nvalue = 85\ntolerance = 5\nsource = \"local\"\n";
        let fields = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n";
        format!("{fields}[[indicators.{name}.targets]]\n{target}")
    };
    let others = ["B", "C"].map(|name| entry(name) + &rest(name)).concat();
    let rows = "A,2026-09,71,,\nA,2026-10,70,,\nB,2026-09,60,,\nB,2026-10,62,,\nC,2026-09,88,,\nC,2026-10,90,,";
    let chosen = format!("[page_1]\n{page_1}\n");
    let on_board = ("\"A\", \"B\", \"C\"", board);
    with_files(&History::default(), (&rest("A"), &others), on_board, [&chosen, ""], rows, |card, _| test(card))
}

fn with_files<T>(
    history: &History,
    (a, others): (&str, &str),
    (on_board, more): (&str, &str),
    [commentary, last]: [&str; 2],
    rows: &str,
    test: impl FnOnce(&Scorecard<'_>, &Commentary) -> T,
) -> T {
    let basis = if a.contains("basis = ") { "" } else { "basis = \"snapshot\"\n" };
    let register = format!(
        "[indicators.A]\ntitle = \"A\"\nplain = \"A\"\nnoun = \"children\"\nowner = \"O\"\nsource = \"s\"\n{basis}{a}{others}"
    );
    let board = format!(
        "title = \"B\"\nscorecard = \"S\"\nowner = \"O\"\nschedule = {{ working_day = 1 }}\n{}\n[[sections]]\nnumber = \"1\"\ntitle = \"T\"\nindicators = [{on_board}]\n{}",
        if more.starts_with('[') { "" } else { more },
        if more.starts_with('[') { more } else { "" },
    );
    let files = [
        (
            "boardpack.toml",
            "[council]\nname = \"C\"\ncontact = \"C\"\n[schedule]\nfirst_period = \"2026-10\"\n[storage.share]\nkind = \"directory\"\npath = \".\"\n",
        ),
        ("indicators.toml", register.as_str()),
        (
            "sources.toml",
            "[sources.s]\ntitle = \"S\"\nfiles = \"s.csv\"\nlayout = \"long\"\nmonth = { column = \"m\", formats = [\"%Y-%m\"] }\ncolumns = { indicator = \"i\", value = \"v\", numerator = \"n\", denominator = \"d\" }\nmissing = { \"\" = \"not-supplied\", c = \"suppressed\" }\n",
        ),
        ("boards/b.toml", board.as_str()),
        ("commentary/2026-10/b.toml", commentary),
        ("commentary/2026-09/b.toml", last),
    ];
    let files = Files::from_texts(files.map(|(name, text)| (name.to_owned(), text.to_owned())));
    let Loaded { config, commentary, .. } =
        Loaded::resolve(Path::new("."), &files, &[], crate::storage::KINDS).unwrap();
    let at = Place { file: Some("s.csv".into()), ..Place::default() };
    let book = crate::workbook::read(format!("i,m,v,n,d\n{rows}\n").as_bytes(), &at).value.unwrap();
    let source = config.sources.values().next().unwrap();
    let indicators: Vec<_> = config.register.values().collect();
    let period: Period = "2026-10".parse().unwrap();
    let read = crate::dataset::read(source, &indicators, &book, "s.csv", period);
    let datasets = BTreeMap::from([(source.id.clone(), read)]);
    let material = Material { datasets, history: history.clone(), ..Material::default() };
    let declared = crate::run::declared(&config, &commentary);
    let view = EditionView::whole(declared, &material, &config.boards[0], period);
    test(&view.scorecard(), &commentary)
}
