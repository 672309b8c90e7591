//! What a reader is told, as text: page 1, every row, every block and the key
//! of the sample's boards.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use boardpack::config::Loaded;
use boardpack::dataset::Dataset;
use boardpack::domain::{Checked, Edition, Place, SourceId};
use boardpack::edition::{Declared, EditionView, Material};
use boardpack::pack::model::AlsoLine;
use boardpack::pack::{self, Pack, Setting, Version};
use boardpack::scorecard::Scorecard;
use boardpack::source::{Cache, Fetched};
use boardpack::{dataset, workbook};

use crate::support::root;

/// The pack of one of the sample's boards.
fn pack(board: &str) -> Pack {
    with_scorecard_of(board, |card, setting, _| pack::pack(card, setting))
}

/// What the sources of a council say.
pub(crate) type Datasets = BTreeMap<SourceId, Checked<Dataset>>;

/// Tells a test the scorecard of one of the sample's boards, and what it is made from.
pub(crate) fn with_scorecard_of<T>(board: &str, test: impl FnOnce(&Scorecard<'_>, &Setting<'_>, &Datasets) -> T) -> T {
    let Loaded { config, commentary, .. } =
        Loaded::load(&root().join("config"), &[], boardpack::storage::KINDS).unwrap();
    let period = config.service.run_period.unwrap();
    let wanted = config.sources.keys().cloned().collect();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let fetched = runtime.block_on(boardpack::source::fetch(&config, &wanted, period, &Cache::new()));
    let mut datasets = BTreeMap::new();
    for (id, fetched) in fetched {
        let Fetched::Workbook(file) = fetched else { panic!("{id} was not fetched") };
        let book = workbook::read(&file.bytes().unwrap(), &Place::default()).value.unwrap();
        let indicators: Vec<_> = config.carried_by(&id).collect();
        datasets.insert(id.clone(), dataset::read(&config.sources[&id], &indicators, &book, file.origin(), period));
    }
    let board = config.boards.iter().find(|other| other.id.as_str() == board).unwrap();
    let material = Material { datasets, ..Material::default() };
    let (register, sums, boards) = (&config.register, config.sums.as_slice(), config.boards.as_slice());
    let (council, glossary, sources) = (&config.service.council, &config.glossary, &config.sources);
    let declared = Declared { council, glossary, register, sources, sums, boards, commentary: &commentary };
    let view = EditionView::whole(declared, &material, board, period);
    let setting = Setting {
        council: &config.service.council,
        glossary: &config.glossary,
        sources: &config.sources,
        calendar: &config.calendar,
        approval: None,
        version: Version { revision: 2, supersedes: Some(1), after_final: true },
        edition: Edition::Public,
        withheld: &[],
    };
    test(&view.scorecard(), &setting, &material.datasets)
}

fn page_one(pack: &Pack) -> String {
    let mut text = String::new();
    for field in &pack.cover.fields {
        writeln!(text, "{}: {}", field.label, field.value).unwrap();
    }
    writeln!(text, "\n{}", pack.glance.headline).unwrap();
    for count in &pack.glance.counts {
        writeln!(text, "{} {}, {}", count.rating.label, count.count, count.previous).unwrap();
    }
    writeln!(text, "{}", pack.glance.not_rated).unwrap();
    let also = |line: &AlsoLine| {
        let items = line.items.iter().map(|item| format!("{} ({})", item.title, item.detail));
        format!("{}: {}", line.says, items.collect::<Vec<_>>().join("; "))
    };
    for list in &pack.glance.lists {
        writeln!(text, "\n{}", list.title).unwrap();
        for p in &list.pointers {
            let badges: String = p.badges.iter().map(|badge| format!(" [{badge}]")).collect();
            writeln!(text, "{} {}{badges}: {}", p.rating.label, p.title, p.sentence).unwrap();
            if let Some(action) = &p.action {
                let said = [action.label.as_str(), &action.what, &action.by_label, &action.by];
                let said: Vec<&str> = said.into_iter().filter(|part| !part.is_empty()).collect();
                writeln!(text, "  ({}) {}", action.state, said.join(" ")).unwrap();
            }
        }
        list.also.iter().for_each(|line| writeln!(text, "{}", also(line)).unwrap());
    }
    pack.glance.others.iter().for_each(|line| writeln!(text, "{}", also(line)).unwrap());
    writeln!(text, "\n{}", pack.glance.meeting.title).unwrap();
    for line in &pack.glance.meeting.lines {
        writeln!(text, "{}: {} ({})", line.label, line.text, line.anchor).unwrap();
    }
    writeln!(text, "\n{}\n{}", pack.glance.trust.title, pack.glance.trust.answer).unwrap();
    writeln!(text, "\n{}", pack.glance.notes.join("\n")).unwrap();
    writeln!(text, "{}", pack.glance.outstanding_title).unwrap();
    for slot in &pack.glance.outstanding {
        writeln!(text, "{} {}: {}", slot.reference, slot.title, slot.owner).unwrap();
    }
    text
}

fn rows(pack: &Pack) -> String {
    let mut text = String::new();
    for section in &pack.sections {
        let columns = &section.columns;
        writeln!(
            text,
            "{} {} ({}; {}, {})",
            section.number, section.title, section.summary, columns.previous, columns.current
        )
        .unwrap();
        for row in &section.rows {
            let reading = |reading: &pack::model::ReadingCell| {
                [reading.display.as_str(), reading.of.as_str(), reading.period.as_str()]
                    .into_iter()
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            let movement = [row.movement.display.as_str(), row.movement.travel.as_str()].join(" ");
            writeln!(
                text,
                "  {} | {} | {} | {} | {} | {} {}",
                row.reference,
                reading(&row.previous),
                reading(&row.current),
                movement.trim(),
                row.target,
                row.rating.label,
                row.rating.reason
            )
            .unwrap();
        }
    }
    text.lines().map(|line| format!("{}\n", line.trim_end())).collect()
}

fn blocks(pack: &Pack) -> String {
    let mut text = String::new();
    for block in pack.sections.iter().flat_map(|section| &section.blocks) {
        writeln!(text, "{} {}", block.reference, block.title).unwrap();
        for fact in &block.facts {
            writeln!(text, "  {}: {}", fact.label, fact.value).unwrap();
        }
        for line in block.sentences.iter().chain(&block.notes) {
            writeln!(text, "  {line}").unwrap();
        }
        if let Some(chart) = &block.chart {
            let ticks: Vec<String> = chart.x_ticks.iter().map(|tick| format!("{}{}", tick.label, tick.year)).collect();
            let heights: Vec<&str> = chart.y_ticks.iter().map(|tick| tick.label.as_str()).collect();
            writeln!(text, "  chart: {} [{}] [{}]", chart.caption, ticks.join(" "), heights.join(" ")).unwrap();
            writeln!(text, "  alt: {}", chart.alt).unwrap();
        }
        if let Some(commentary) = &block.commentary {
            writeln!(text, "  {}: {}", commentary.heading, commentary.prose.len()).unwrap();
        }
    }
    text
}

#[test]
fn page_one_of_the_longest_board() {
    insta::assert_snapshot!(page_one(&pack("overview-and-scrutiny")));
}

#[test]
fn page_one_of_a_final_pack() {
    insta::assert_snapshot!(page_one(&pack("improvement")));
}

#[test]
fn every_row_of_the_monthly_report() {
    insta::assert_snapshot!(rows(&pack("improving-lives")));
}

#[test]
fn every_block_of_the_improvement_board() {
    insta::assert_snapshot!(blocks(&pack("improvement")));
}

#[test]
fn the_key_and_the_notes_explain_what_occurs_and_no_more() {
    let pack = pack("improving-lives");
    let mut text = String::new();
    for note in &pack.data_notes {
        writeln!(text, "{}: {}", note.about, note.text).unwrap();
    }
    for entry in &pack.key {
        let word = entry.chip.as_ref().map_or(entry.word.as_str(), |chip| chip.label.as_str());
        writeln!(text, "{word} = {}", entry.meaning).unwrap();
    }
    for term in &pack.glossary {
        writeln!(text, "{} = {}", term.term, term.meaning).unwrap();
    }
    insta::assert_snapshot!(text);
}
