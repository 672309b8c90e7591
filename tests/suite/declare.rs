//! The page that teaches to declare a workbook tells the truth: each of its
//! entries is read with the file that it names, and what it says was read is
//! what was read.

use std::fmt::Write as _;
use std::path::Path;

use boardpack::config::{Config, Files, Loaded};
use boardpack::dataset;
use boardpack::domain::{Indicator, Period, Place, Reading};
use boardpack::workbook;

use crate::support::root;

const PAGE: &str = "docs/declare-a-workbook.md";

/// The indicators that the examples speak of: reference, unit and source.
const INDICATORS: [(&str, &str, &str); 27] = [
    ("KPI-03", "percent", "a-tidy-list"),
    ("ASM-45", "percent", "b-months-across"),
    ("REREF-12", "percent", "b-months-across"),
    ("CP-PLANS", "count", "c-month-sheets"),
    ("VISITS", "percent", "d-pairs"),
    ("KPI-01", "percent", "e-colours"),
    ("MASH-1", "percent", "f-blocks"),
    ("MASH-2", "count", "f-blocks"),
    ("COURT-1", "percent", "f-blocks"),
    ("OLD-1", "count", "g-from-1904"),
    ("TIME-1", "count", "h-typed-months"),
    ("CIC", "count", "i-parts"),
    ("FOS-REG", "count", "j-measures-across"),
    ("FOS-APP", "count", "j-measures-across"),
    ("FOS-NEAR", "count", "j-measures-across"),
    ("FOS-ASK", "count", "k-year-and-quarter"),
    ("FC-01", "count", "l-years-over-months"),
    ("FOS-01", "count", "m-tables"),
    ("FOS-02", "count", "m-tables"),
    ("FOS-03", "count", "n-councils"),
    ("FOS-04", "count", "n-councils"),
    ("VIS-01", "count", "o-mixed"),
    ("AUD-01", "count", "o-mixed"),
    ("PUP-01", "count", "o-mixed"),
    ("VIS-02", "percent", "p-parts-across"),
    ("VIS-03", "percent", "p-parts-across"),
    ("CIC-2", "count", "q-two-ways"),
];

/// How often those have a figure that are not monthly.
fn frequency(reference: &str) -> &'static str {
    match reference {
        "FOS-REG" | "FOS-APP" | "FOS-NEAR" | "FOS-ASK" | "AUD-01" => "frequency = \"quarterly\"",
        "PUP-01" => "frequency = \"annual\"\nyear_end = 3",
        _ => "frequency = \"monthly\"",
    }
}

/// One example of the page.
pub(crate) struct Example<'p> {
    pub(crate) title: &'p str,
    pub(crate) file: &'p str,
    toml: &'p str,
    /// What it adds to the register.
    register: &'p str,
    pub(crate) period: Period,
    told: &'p str,
}

fn between<'t>(text: &'t str, from: &str, to: &str) -> Option<&'t str> {
    let (_, after) = text.split_once(from)?;
    after.split_once(to).map(|(found, _)| found)
}

fn period(words: &str) -> Period {
    let month = chrono::NaiveDate::parse_from_str(&format!("1 {words}"), "%d %B %Y").unwrap();
    Period::of(month).unwrap()
}

pub(crate) fn examples(page: &str) -> Vec<Example<'_>> {
    let sections = page.split("\n## ").skip(1);
    sections
        .filter_map(|section| {
            Some(Example {
                title: section.lines().next()?,
                file: between(section, "File: `", "`")?,
                toml: between(section, "```toml\n", "```")?,
                register: section
                    .split("```toml\n")
                    .nth(2)
                    .and_then(|rest| rest.split("```").next())
                    .unwrap_or_default(),
                period: period(between(section, "Read for ", ":")?),
                told: between(section, "```text\n", "```")?,
            })
        })
        .collect()
}

/// The config of one example: its entry, and what every config must hold.
pub(crate) fn config(example: &Example<'_>) -> Config {
    let id = between(example.toml, "[sources.", "]").unwrap();
    let of_source = || INDICATORS.iter().filter(|(_, _, source)| *source == id);
    let register: String = of_source()
        .map(|(reference, unit, source)| made_up_indicator(reference, source, unit, frequency(reference)))
        .chain([example.register.to_owned()])
        .collect();
    let references: Vec<&str> = of_source().map(|(reference, _, _)| *reference).collect();
    one_source(example.toml, register, &references).unwrap_or_else(|error| panic!("{}: {error}", example.title))
}

/// The entry of an indicator of which nothing matters but how it is read.
pub(crate) fn made_up_indicator(reference: &str, source: &str, unit: &str, frequency: &str) -> String {
    format!(
        "[indicators.{reference}]\ntitle = \"{reference}\"\nplain = \"An example.\"\nnoun = \"children\"\n\
         owner = \"Head of Service\"\nsource = \"{source}\"\nunit = \"{unit}\"\nbetter = \"none\"\n\
         {frequency}\nbasis = \"snapshot\"\n"
    )
}

/// A config of one source, with a board that shows these indicators; an error
/// where the entry is none.
pub(crate) fn one_source(entry: &str, register: String, references: &[&str]) -> Result<Config, String> {
    let board = format!(
        "title = \"Board\"\nscorecard = \"Scorecard\"\nowner = \"Director\"\nschedule = {{ working_day = 3 }}\n\
         [[sections]]\nnumber = \"1\"\ntitle = \"All\"\nindicators = {references:?}\n"
    );
    let service = "[council]\nname = \"Anywhere\"\ncontact = \"a@example.org\"\n[schedule]\nfirst_period = \"2025-01\"\n\
                   [storage.share]\nkind = \"directory\"\npath = \"share\"\n";
    let texts = [
        ("boardpack.toml", service.to_owned()),
        ("indicators.toml", register),
        ("sources.toml", entry.to_owned()),
        ("boards/board.toml", board),
        ("calendar.toml", "bank_holidays = []\n".to_owned()),
    ];
    let files = Files::from_texts(texts.map(|(name, text)| (name.to_owned(), text)));
    let loaded = Loaded::resolve(Path::new("."), &files, &[], boardpack::storage::KINDS);
    loaded.map(|loaded| loaded.config).map_err(|error| format!("{error:#}"))
}

/// What the example's file says, as the page tells it.
fn read(example: &Example<'_>) -> String {
    let config = config(example);
    let source = config.sources.values().next().unwrap();
    let name = Path::new(example.file).file_name().unwrap().to_str().unwrap();
    assert_eq!(source.files, name, "{}", example.title);
    let bytes = std::fs::read(root().join(example.file)).unwrap();
    let book = workbook::read(&bytes, &Place { file: Some(name.into()), ..Place::default() });
    assert!(book.findings.is_empty(), "{:?}", book.findings);
    let indicators: Vec<&Indicator> = config.carried_by(&source.id).collect();
    let read = dataset::read(source, &indicators, &book.value.unwrap(), name, example.period);
    let mut told = String::new();
    for observation in read.value.observations() {
        let month = format!("{} {}", observation.period.month_name(), observation.period.year());
        let figure = match observation.reading {
            Reading::Figure(figure) => figure.value.round_dp(1).normalize().to_string(),
            Reading::Missing(reason) => spaced(&format!("{reason:?}")),
        };
        let own = observation.own_rating.map_or_else(String::new, |own| format!("  ({})", own.word()));
        writeln!(told, "{:<9} {month:<15} {figure}{own}", observation.indicator.as_str()).unwrap();
    }
    for finding in &read.findings {
        writeln!(told, "{finding}").unwrap();
    }
    told
}

/// "NotSupplied" as "not supplied".
fn spaced(name: &str) -> String {
    let mut words = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

#[test]
fn every_example_reads_what_the_page_says() {
    let page = std::fs::read_to_string(root().join(PAGE)).unwrap();
    let examples = examples(&page);
    let letters: String = examples.iter().filter_map(|example| example.title.chars().next()).collect();
    assert_eq!(letters, "ABCDEFGHIJKLMNOPQ");
    let mut wrong = String::new();
    for example in &examples {
        let read = read(example);
        if read != example.told {
            write!(wrong, "{}\n{read}\n", example.title).unwrap();
        }
    }
    assert!(wrong.is_empty(), "the page does not say what is read:\n{wrong}");
}

#[test]
fn what_may_be_said_in_other_words_means_the_same() {
    let page = std::fs::read_to_string(root().join(PAGE)).unwrap();
    for (letter, from, to) in [
        ("A", "indicator = \"indicator_id\"", "indicator = [\"Ref\", { pattern = \"^indicator\" }]"),
        ("A", "percent = \"fraction\"", "percent = \"fraction\"\nhidden = \"read\"\nnewest = \"modified\""),
        ("B", "sheet = { match = \"^Scorecard\" }", "sheet = { each = \"^Scorecard\" }"),
        ("B", "ASM-45 = \"1\"", "ASM-45 = { name = { pattern = \"^1$\" } }"),
        (
            "B",
            "formats = [\"%b-%y\"]",
            "formats = [\"%b-25\"], financial_year = { from = \"sheet\", pattern = '(\\d\\d-\\d\\d)$' }",
        ),
        (
            "B",
            "formats = [\"%b-%y\"]",
            "formats = [\"%b-25\"], financial_year = { from = \"title\", pattern = '(\\d{4}/\\d\\d)$' }",
        ),
        ("C", "from = \"sheet\"", "from = \"sheet\", pattern = '^(.*)$'"),
        ("E", "C00000 =", "\"#c00000\" ="),
        ("F", "sheet = \"All\"\n", ""),
    ] {
        let example = examples(&page).into_iter().find(|example| example.title.starts_with(letter)).unwrap();
        assert!(example.toml.contains(from), "{letter}: {from}");
        let toml = example.toml.replacen(from, to, 1);
        assert_eq!(read(&Example { toml: &toml, ..example }), example.told, "{letter}: {to}");
    }
}
