//! Every text that an officer writes, on its way to a page.

mod names;
mod people;

use std::path::Path;

use super::texts::Occasion;
use super::{EditionView, Material, redaction};
use crate::config::{Files, Loaded};
use crate::domain::{Edition, IndicatorRef, OfficerText, Period, Place};
use crate::pack::{self, Pack, Setting, Version};

const SERVICE: &str = r#"
council = { name = "C", contact = "C" }
schedule = { first_period = "2026-10" }
storage.share = { kind = "directory", path = "." }
publish = { restricted = "./r" }
"#;

const SOURCES: &str = r#"
[sources.s]
title = "S"
files = "s.csv"
layout = "long"
month = { column = "m", formats = ["%Y-%m"] }
columns = { indicator = "i", value = "v" }
"#;

/// Every text says its own name, and a word that the board has another for.
const REGISTER: &str = r#"
[indicators.A]
title = "Zebra count"
plain = "the zebra of plain"
definition = "the zebra of definition"
no_benchmark = "the zebra of no_benchmark"
events = [{ month = "2026-07", note = "the zebra of event" }]
signal = { rebase = [{ from = "2026-06", because = "the zebra of rebase" }] }
breaks = [{ from = "2026-02", kind = "system", note = "the zebra of break" }]
marks = [{ period = "2026-10", mark = "provisional", note = "the zebra of mark" }]
forecasts = [{ period = "2026-12", value = 3, says = "the zebra of forecast", made = "2026-09-08" }]
related = [{ to = "B", because = "the zebra of related" }]
targets = [
    { from = "2026-01", value = 5, tolerance = 1, source = "local" },
    { from = "2026-08", value = 6, tolerance = 1, source = "local", duty = "the zebra of duty", because = "the zebra of target" },
]
noun = "children"
owner = "O"
source = "s"
basis = "snapshot"
unit = "count"
better = "lower"
frequency = "monthly"
[indicators.B]
title = "B"
plain = "B"
noun = "children"
owner = "O"
source = "s"
basis = "snapshot"
unit = "count"
better = "none"
frequency = "monthly"
"#;

const BOARD: &str = r#"
title = "B"
scorecard = "S"
owner = "O"
schedule = { working_day = 1 }
details = ["A"]
editions = ["public", "restricted"]
exempt = { because = "the zebra of exempt" }
recommendation = "the zebra of recommendation"
background_papers = ["the zebra of paper"]
baseline = { period = "2026-03", label = "the zebra of label" }
words = { zebra = "horse" }
[[sections]]
number = "1"
title = "T"
indicators = ["A", "B"]
intro = "the zebra of intro"
assurance = "the zebra of assurance"
questions = ["the zebra of member"]
[[sections.words]]
title = "the zebra of heading"
text = "the zebra of passage"
by = "O"
place = "12"
[[sections.words.pledges]]
promised = "the zebra of pledge"
done = "the zebra of doing"
evidence = "the zebra of proof"
[[commitments]]
id = "A1"
title = "the zebra of aim"
from = "F"
owner = "O"
[[commitments.progress]]
period = "2026-10"
state = "at-risk"
text = "the zebra of progress"
[[standing]]
indicator = "B"
asked = "2026-07-15"
request = "the zebra of standing"
[[actions]]
id = "A1"
owner = "O"
raised = "2026-07-15"
due = "2026-12-01"
text = "the zebra of action"
note = "the zebra of note"
[[answers]]
asked_by = "O"
asked = "2026-10-07"
answered = "2026-10-28"
question = "the zebra of question"
answer = "the zebra of answer"
[[requests]]
asked = "2026-07-15"
text = "the zebra of request"
met = "the zebra of met"
[[you_said]]
period = "2026-10"
who = "W"
said = "the zebra of said"
did = "the zebra of did"
evidence = "the zebra of evidence"
[[audits]]
period = "2026-10"
subject = "the zebra of subject"
found = "the zebra of found"
next = "the zebra of next"
[[see_also]]
period = "2026-10"
place = "9"
text = "the zebra of other"
[[not_collected]]
section = "1"
title = "the zebra of wish"
why = "the zebra of why"
"#;

const COMMENT: &str = r#"
[A]
text = "the zebra of text"
action = "the zebra of deed"
owner = "the zebra of owner"
expect = "the zebra of expect"
"#;

/// What the month before gave, which this pack carries on.
const LAST: &str = r#"
[A]
text = "x"
action = "the zebra of promise"
owner = "the zebra of doer"
due = "2026-10-15"
"#;

/// A text's own name in it, the key by which a message names it, and whether
/// something stands in its place where it is left out.
const TEXTS: [(&str, &str, bool); 34] = [
    ("recommendation", "`recommendation`", true),
    ("paper", "`background_papers`", true),
    ("intro", "[[sections]] 1, `intro`,", true),
    ("assurance", "[[sections]] 1, `assurance`,", true),
    ("member", "[[sections]] 1, `questions`,", true),
    ("heading", "[[sections]] 1 words 1, `title`,", true),
    ("passage", "[[sections]] 1 words 1, `text`,", true),
    ("pledge", "[[sections]] 1 words 1 pledge 1, `promised`,", true),
    ("doing", "[[sections]] 1 words 1 pledge 1, `done`,", true),
    ("proof", "[[sections]] 1 words 1 pledge 1, `evidence`,", true),
    ("aim", "[[commitments]] A1, `title`,", true),
    ("progress", "[[commitments]] A1 progress of 2026-10, `text`,", true),
    ("label", "[baseline], `label`,", false),
    ("standing", "`request` of [[standing]]", true),
    ("action", "[[actions]] A1, `text`,", true),
    ("note", "[[actions]] A1, `note`,", true),
    ("question", "[[answers]] 1, `question`,", true),
    ("answer", "[[answers]] 1, `answer`,", true),
    ("request", "[[requests]] 1, `text`,", true),
    ("met", "[[requests]] 1, `met`,", true),
    ("said", "[[you_said]] 1, `said`,", true),
    ("did", "[[you_said]] 1, `did`,", true),
    ("evidence", "[[you_said]] 1, `evidence`,", true),
    ("subject", "[[audits]] 1, `subject`,", true),
    ("found", "[[audits]] 1, `found`,", true),
    ("next", "[[audits]] 1, `next`,", true),
    ("other", "[[see_also]] 1, `text`,", true),
    ("wish", "[[not_collected]] 1, `title`,", true),
    ("why", "[[not_collected]] 1, `why`,", true),
    ("plain", "[indicators.A], `plain`,", true),
    ("definition", "[indicators.A], `definition`,", true),
    ("event", "[indicators.A] event of 2026-07", false),
    ("rebase", "[indicators.A] signal.rebase of 2026-06", true),
    ("break", "[indicators.A] break of 2026-02", true),
];

/// Those of which a page says nothing at all where they are left out.
const NOTES: [(&str, &str); 6] = [
    ("duty", "[indicators.A] duty behind the target of 2026-08"),
    ("target", "[indicators.A] target of 2026-08"),
    ("related", "[indicators.A] related B"),
    ("forecast", "[indicators.A] forecast of 2026-12"),
    ("mark", "[indicators.A] mark of 2026-10"),
    ("no_benchmark", "[indicators.A], `no_benchmark`,"),
];

fn every() -> impl Iterator<Item = (&'static str, &'static str, bool)> {
    TEXTS.into_iter().chain(NOTES.map(|(name, key)| (name, key, false)))
}

fn period() -> Period {
    "2026-10".parse().unwrap()
}

/// The pack of an edition of the board, and the messages of what was left out: of
/// a public one every text that `is_hidden` says so of.
fn pack(edition: Edition, is_hidden: &dyn Fn(&str) -> bool) -> (Pack, Vec<String>) {
    let files = [
        ("boardpack.toml", SERVICE),
        ("indicators.toml", REGISTER),
        ("sources.toml", SOURCES),
        ("boards/b.toml", BOARD),
        ("commentary/2026-10/b.toml", COMMENT),
        ("commentary/2026-09/b.toml", LAST),
    ];
    let files = Files::from_texts(files.map(|(name, text)| (name.to_owned(), text.to_owned())));
    let Loaded { config, commentary, .. } =
        Loaded::resolve(Path::new("."), &files, &[], crate::storage::KINDS).unwrap();
    let rows: String =
        (1..=10).map(|month| format!("A,2026-{month:02},{}\nB,2026-{month:02},9\n", 9 - month % 4)).collect();
    let book = crate::workbook::read(format!("i,m,v\n{rows}").as_bytes(), &Place::default()).value.unwrap();
    let source = config.sources.values().next().unwrap();
    let indicators: Vec<_> = config.register.values().collect();
    let read = crate::dataset::read(source, &indicators, &book, "s.csv", period());
    let material = Material { datasets: [(source.id.clone(), read)].into(), ..Material::default() };
    let (register, board) = (&config.register, &config.boards[0]);
    let declared = crate::run::declared(&config, &commentary);
    let mut view = EditionView::whole(declared, &material, board, period());
    if edition == Edition::Public {
        let names = |_: Option<&IndicatorRef>, _: Occasion, text: &str| is_hidden(text);
        let (of_board, mut told) = redaction::board(board, &names);
        let (of_register, more) = redaction::register(register, board, &names);
        told.extend(more);
        view = EditionView { board: of_board, register: of_register, comments: None, findings: told, ..view };
    }
    let setting = Setting {
        council: &config.service.council,
        glossary: &config.glossary,
        sources: &config.sources,
        calendar: &config.calendar,
        approval: None,
        version: Version { revision: 1, supersedes: None, after_final: false },
        edition,
        withheld: &[],
    };
    let told = view.findings().iter().map(|finding| finding.message.to_string()).collect();
    (pack::pack(&view.scorecard(), &setting), told)
}

fn printed(pack: &Pack) -> String {
    serde_json::to_string(pack).unwrap().to_lowercase()
}

#[test]
fn a_restricted_edition_prints_every_text_in_its_officers_own_words() {
    let (pack, _) = pack(Edition::Restricted, &|_| false);
    let page = printed(&pack);
    let of_comment = ["text", "deed", "owner", "expect", "promise", "doer"];
    for name in every().map(|(name, ..)| name).chain(of_comment).chain(["exempt"]) {
        assert!(page.contains(&format!("the zebra of {name}")), "{name} is not printed as it is: {page}");
    }
    assert!(!page.contains("the horse of"), "a board's words are for what the program says: {page}");
    assert_eq!(pack.sections[0].rows[0].title, "Horse count");
    assert!(!page.contains("left out:"), "{page}");
}

#[test]
fn a_public_edition_prints_no_text_that_names_what_is_hidden() {
    let (pack, told) = pack(Edition::Public, &|text| text.contains("zebra"));
    let page = printed(&pack);
    assert!(!page.contains("the zebra of") && !page.contains("the horse of"), "{page}");
    let expected = |key: &str| format!("{key} names a number that the public edition hides, so it is left out there");
    // A number beside a text that is left out may be the same number.
    let beside = ["[[sections]] 1 words 1, `place`,", "[[see_also]] 1, `place`,"];
    let mut keys: Vec<String> = every().map(|(_, key, _)| key).chain(beside).map(expected).collect();
    let mut told = told;
    keys.sort();
    told.sort();
    assert_eq!(told, keys);
}

#[test]
fn a_text_is_left_out_alone_and_leaves_a_sentence_or_nothing_behind() {
    for (name, key, leaves) in every() {
        let own = format!("the zebra of {name}");
        let (pack, told) = pack(Edition::Public, &|text| text.ends_with(&own));
        let page = printed(&pack);
        assert_eq!(told.len(), 1, "{name}: {told:?}");
        assert!(told[0].starts_with(key), "{name}: {told:?}");
        assert!(!page.contains(&own) && page.contains("the zebra of"), "{name}");
        assert_eq!(page.contains(&OfficerText::LEFT_OUT.to_lowercase()), leaves, "{name}: {page}");
    }
}

#[test]
fn a_baseline_and_a_missing_benchmark_are_told_without_their_words() {
    let fact = |hidden: &str, label: &str| {
        let (pack, _) = pack(Edition::Public, &|text| text.contains(hidden));
        let block = &pack.sections[0].blocks[0];
        let mut facts = block.facts.iter().chain(&block.more).cloned();
        facts.find(|fact| fact.label == label).map(|fact| fact.value.to_string())
    };
    assert_eq!(fact("nothing", "Others").as_deref(), Some("none: the zebra of no_benchmark"));
    assert_eq!(fact("no_benchmark", "Others").as_deref(), Some("none"));
    let since = fact("nothing", "the zebra of label");
    assert!(since.is_some());
    assert_eq!(fact("label", "Baseline, March 2026"), since);
}

#[test]
fn a_text_that_no_screen_has_seen_is_not_printed() {
    let (pack, _) = pack(Edition::Public, &|_| false);
    assert!(!printed(&pack).contains("exempt"), "only a restricted edition says why it is not public");
}

#[test]
fn an_action_of_an_earlier_month_is_held_against_both_months() {
    let told = |hides: fn(Occasion) -> bool| {
        let files = [
            ("boardpack.toml", SERVICE),
            ("indicators.toml", REGISTER),
            ("sources.toml", SOURCES),
            ("boards/b.toml", BOARD),
            ("commentary/2026-09/b.toml", LAST),
        ];
        let files = Files::from_texts(files.map(|(name, text)| (name.to_owned(), text.to_owned())));
        let loaded = Loaded::resolve(Path::new("."), &files, &[], crate::storage::KINDS).unwrap();
        let board = &loaded.config.boards[0];
        let key = crate::domain::PackKey { period: period(), board: board.id.clone() };
        let mut carried = loaded.commentary.carried(&key, board.indicators());
        let names =
            |_: Option<&IndicatorRef>, occasion: Occasion, text: &str| text.contains("promise") && hides(occasion);
        let found = redaction::carried(board, &mut carried, &names);
        let files: Vec<String> = found.iter().map(|finding| finding.at.to_string()).collect();
        (carried[0].action.screened().to_string(), carried[0].owner.screened().to_string(), files.len())
    };
    let left_out = (OfficerText::LEFT_OUT.to_owned(), "the zebra of doer".to_owned(), 1);
    assert_eq!(told(|occasion| matches!(occasion, Occasion::ThisPack)), left_out);
    assert_eq!(told(|occasion| matches!(occasion, Occasion::Month(month) if month.to_string() == "2026-09")), left_out);
    assert_eq!(told(|_| false), ("the zebra of promise".to_owned(), "the zebra of doer".to_owned(), 0));
}
