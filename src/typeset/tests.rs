//! The room's own checks. A compile takes a while, so each earns several.

use std::collections::BTreeMap;

use super::*;
use crate::pack::model::*;

const FIGURES: &[u8] = include_bytes!("../../templates/figures.csv");

/// Characters that mean something to typst, and must not.
const HOSTILE: &str = "#panic() $x^2$ *a* _b_ @ref <label> // c /* d */ \\ `e` = f - g ~ #include \"held.typ\" https://example.org 'quoted' \"twice\"";

fn stationery() -> Stationery {
    Stationery::embedded().expect("the built-in set is complete")
}

fn sample() -> Pack {
    serde_json::from_str(include_str!("../../templates/pack.json")).expect("the sample is a pack")
}

fn clean(pdf: &Pdf) {
    assert!(pdf.bytes().starts_with(b"%PDF-1.7"));
    assert_eq!(pdf.warnings(), &[] as &[String]);
}

#[test]
fn the_sample_prints_without_a_warning_and_twice_alike() {
    let stationery = stationery();
    let one = stationery.scorecard(&sample(), FIGURES).expect("the sample prints");
    clean(&one);
    assert!(one.pages() > 5);
    let two = Stationery::embedded().expect("again").scorecard(&sample(), FIGURES).expect("again");
    assert_eq!(one, two);
}

#[test]
fn a_supplement_has_some_pages_of_the_whole_behind_one_of_its_own() {
    let stationery = stationery();
    let mut pack = sample();
    let row = pack.sections[0].rows[0].clone();
    let change = Change { reference: row.reference, sentence: "Was 1; now 2.".into(), anchor: row.anchor.clone() };
    pack.changes = Some(ChangeList { title: "Changes since revision 1".into(), changes: vec![change] });
    let print = |changed: &[&str]| {
        let changed = changed.iter().map(|anchor| (*anchor).to_owned()).collect();
        let words = Supplement { title: "Supplement: S".into(), intro: vec!["What it is.".into()], changed };
        stationery.scorecard_and_supplement(&pack, FIGURES, Some(&words)).expect("it prints")
    };
    let (whole, row_alone) = print(&[&row.anchor]);
    assert_eq!(whole, stationery.scorecard(&pack, FIGURES).expect("the same"), "the whole is as it is without one");
    let row_alone = row_alone.expect("a page changed");
    clean(&row_alone);
    assert!((2..whole.pages()).contains(&row_alone.pages()), "{} of {}", row_alone.pages(), whole.pages());
    let (_, more) = print(&[&row.anchor, "glance", "key"]);
    let more = more.expect("pages changed");
    clean(&more);
    assert!(more.pages() > row_alone.pages());
    assert_eq!(print(&[&row.anchor]).1, Some(row_alone), "twice alike");
    // Every place there is: every page, and its own.
    let all = crate::pack::places::places(&pack).expect("places").into_keys().collect::<Vec<_>>();
    let (_, all) = print(&all.iter().map(String::as_str).collect::<Vec<_>>());
    assert!(all.expect("pages changed").pages() >= whole.pages());
    assert_eq!(print(&["nowhere"]).1, None);
    assert_eq!(stationery.scorecard_and_supplement(&pack, FIGURES, None).expect("it prints").1, None);
}

#[test]
fn the_sample_notice_prints() {
    let notice: HeldNotice =
        serde_json::from_str(include_str!("../../templates/held.json")).expect("the sample is a notice");
    let pdf = stationery().held(&notice).expect("the notice prints");
    clean(&pdf);
    assert_eq!(pdf.pages(), 1);
    let bare = HeldNotice { fields: vec![], reasons: vec![], more: String::new(), steps: vec![], ..notice };
    clean(&stationery().held(&bare).expect("a bare notice prints"));
}

/// A pack with nothing in any list.
fn empty(mut pack: Pack) -> Pack {
    pack.cover.fields.clear();
    pack.cover.recommendation = None;
    pack.document.banner = None;
    pack.document.keywords.clear();
    pack.glance.lists.iter_mut().for_each(|list| list.pointers.clear());
    pack.glance.outstanding.clear();
    pack.glance.notes.clear();
    pack.grid = None;
    pack.sections.clear();
    pack.restatements.clear();
    pack.changes = None;
    pack.agenda.clear();
    pack.data_notes.clear();
    pack.glossary.clear();
    pack.key.clear();
    pack
}

/// Sections, rows and blocks with every optional part left out.
fn meagre(mut pack: Pack) -> Pack {
    pack.sections.push(PackSection {
        anchor: "section-empty".into(),
        rows: vec![],
        blocks: vec![],
        intro: Default::default(),
        summary: String::new(),
        ..pack.sections[0].clone()
    });
    for section in &mut pack.sections {
        for row in &mut section.rows {
            row.trend = None;
        }
        for (i, block) in section.blocks.iter_mut().enumerate() {
            block.plain = Default::default();
            block.facts.clear();
            block.more.clear();
            block.sentences.clear();
            block.notes.clear();
            block.commentary = None;
            if i > 0 {
                block.chart = None;
            } else if let Some(chart) = &mut block.chart {
                let spot = ChartSpot { x: 0.5, y: 1.0 };
                *chart = Chart {
                    y_ticks: vec![],
                    x_ticks: vec![XTick { x: 0.5, label: "Oct".into(), year: "2026".into() }],
                    runs: vec![vec![spot], vec![]],
                    last: None,
                    last_label: String::new(),
                    target: vec![],
                    breaks: vec![],
                    gaps: vec![],
                    ..chart.clone()
                };
            }
        }
    }
    pack
}

/// Everything an officer types is hostile, endless, or both.
fn hostile(mut pack: Pack) -> Pack {
    let endless = "Pneumonoultramicroscopicsilicovolcanoconiosis".repeat(6);
    pack.document.title = format!("{} {HOSTILE}", pack.document.title);
    pack.cover.title = pack.document.title.clone();
    pack.cover.recommendation = Some(Field::new("You are asked to agree:", HOSTILE));
    pack.glance.headline = HOSTILE.into();
    for section in &mut pack.sections {
        section.title = HOSTILE.into();
        let rows = section.rows.clone();
        for n in 0..60_usize {
            let mut row = rows[n % rows.len()].clone();
            row.anchor = format!("{}-{n}", row.anchor);
            row.title = format!("{HOSTILE} {endless}");
            section.rows.push(row);
        }
        for block in &mut section.blocks {
            block.title = HOSTILE.into();
            block.notes.push(endless.as_str().into());
            block.commentary = Some(CommentaryBox {
                state: "written".into(),
                heading: "Commentary".into(),
                prose: (0..40)
                    .map(|_| ProseBlock::plain(format!("{HOSTILE}\n{endless} {}", "plain words ".repeat(40))))
                    .collect(),
                fields: vec![Field::new("Action", endless.as_str())],
            });
        }
    }
    pack
}

/// Sections of words alone, a wide table of pledges, and every look of a mark.
fn wordy(mut pack: Pack) -> Pack {
    let looks = ["late", "waiting", "done", "on-track", "at-risk"];
    let cell = |look: &str| AgendaCell {
        mark: "At risk".into(),
        look: look.into(),
        text: HOSTILE.into(),
        ..AgendaCell::default()
    };
    for section in &mut pack.sections {
        section.rows.clear();
        section.blocks.clear();
        section.summary.clear();
        section.forecasts = "No forecast has been made for A.".into();
        section.passages = vec![PassageBox {
            title: HOSTILE.into(),
            prose: vec![ProseBlock::emphasised(HOSTILE), ProseBlock::plain(HOSTILE)],
            aside: "More: item 9.".into(),
            heads: ["What was promised", "What was done", "What shows it", "How far"].map(str::to_owned).to_vec(),
            rows: looks.iter().map(|look| vec![cell(""), cell(""), AgendaCell::default(), cell(look)]).collect(),
        }];
    }
    let row = |look: &&str| vec![cell(""), cell(look), cell("")];
    pack.agenda = vec![AgendaTable {
        kind: "commitments".into(),
        anchor: "agenda-commitments".into(),
        title: "Priorities".into(),
        intro: String::new(),
        heads: ["A", "B", "C"].map(str::to_owned).to_vec(),
        rows: looks.iter().map(row).collect(),
    }];
    pack
}

#[test]
fn packs_at_the_edge_print() {
    let stationery = stationery();
    type Edge = fn(Pack) -> Pack;
    let edges: [(&str, Edge); 4] = [("empty", empty), ("meagre", meagre), ("hostile", hostile), ("wordy", wordy)];
    for (name, edge) in edges {
        let pdf = stationery
            .scorecard(&edge(sample()), FIGURES)
            .unwrap_or_else(|e| panic!("the {name} pack does not print: {e}"));
        clean(&pdf);
    }
}

#[test]
fn every_fault_of_a_template_is_told_with_its_place() {
    let mut files: BTreeMap<String, Vec<u8>> =
        stationery::embedded_files().map(|(path, bytes)| (path, bytes.to_vec())).collect();
    files.insert("scorecard.typ".into(), b"#let a = 1\n#read(\"../Cargo.toml\")\n".to_vec());
    let broken = Stationery::from_files(files.clone()).expect("it parses");
    let Err(TypesetError::Template { problems, .. }) = broken.scorecard(&sample(), FIGURES) else {
        panic!("a template outside its folder was read");
    };
    assert!(problems[0].starts_with("scorecard.typ:2:7: "), "{problems:?}");

    files.insert("scorecard.typ".into(), b"#datetime.today()\n".to_vec());
    let clock = Stationery::from_files(files.clone()).expect("it parses");
    assert!(clock.scorecard(&sample(), FIGURES).is_err());

    assert_ne!(broken.sha256(), stationery().sha256());
    files.remove("scorecard.typ");
    assert_eq!(Stationery::from_files(files).err(), Some(StationeryError::Missing("scorecard.typ")));
}

#[test]
fn a_contract_broken_by_the_pack_is_an_error() {
    let stationery = stationery();
    for name in ["", "../figures.csv", "scorecard.typ", "pack.json"] {
        let mut pack = sample();
        pack.document.attachment.name = name.into();
        let result = stationery.scorecard(&pack, FIGURES);
        assert!(matches!(result, Err(TypesetError::Attachment { .. })), "{name:?}");
    }
    let mut pack = sample();
    pack.document.date = CivilDate { year: 2026, month: 2, day: 30 };
    assert!(matches!(stationery.scorecard(&pack, FIGURES), Err(TypesetError::Date { .. })));
}

#[test]
fn the_fonts_know_what_they_cannot_print() {
    let stationery = stationery();
    // What the pack itself prints, and names as children bear them.
    assert!(stationery.unprintable("−1.5 to 2\u{202f}% · £ ‘’“” – — × ≥ … Zoë Łukasz Ŵyn Ștefan").is_empty());
    assert_eq!(stationery.unprintable("😀 a\nb 漢").into_iter().collect::<String>(), "漢😀");
    assert_eq!(stationery.sha256().len(), 64);
}

/// Characters that a font draws with the glyph of another.
fn with_the_glyph_of_another(font: &typst::text::Font) -> Vec<Vec<char>> {
    let size = typst::layout::Abs::pt(11.0);
    let drawn = font.clone().instantiate(font.info().variant, size, &typst::text::FontVariations::default());
    let mut by_glyph: BTreeMap<u16, Vec<char>> = BTreeMap::new();
    for c in ('\u{20}'..='\u{ffff}').filter(|c| font.info().coverage.contains(u32::from(*c))) {
        if let Some(glyph) = drawn.ttf().glyph_index(c) {
            by_glyph.entry(glyph.0).or_default().push(c);
        }
    }
    by_glyph.into_values().filter(|alike| alike.len() > 1).collect()
}

#[test]
fn characters_with_one_glyph_are_printed_as_one() {
    let stationery = stationery();
    let fonts: Vec<_> = (0..).map_while(|index| stationery.font(index)).collect();
    assert!(fonts.len() >= 3);
    for alike in fonts.iter().flat_map(with_the_glyph_of_another) {
        let printed = alike.iter().map(|c| twins::plain(*c).map_or_else(|| c.to_string(), str::to_owned));
        let printed: std::collections::BTreeSet<String> = printed.filter(|text| !text.is_empty()).collect();
        assert_eq!(printed.len(), 1, "{alike:?} are printed as {printed:?}");
    }
    let mut pack = sample();
    pack.glance.headline = "8\u{a0}got\u{202f}better, co\u{ad}operation 1\u{2011}2 \u{2126}".into();
    let printed = String::from_utf8(stationery.json("pack.json", &pack).expect("JSON")).expect("text");
    assert!(printed.contains("8 got better, cooperation 1-2 \u{3a9}"));
}
