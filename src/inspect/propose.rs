//! Guesses into entries of `sources.toml`.

use super::entry::{SourceEntry, files, list, quoted, source_id};
use super::figures::FigureTally;
use super::filter::Filter;
use super::guess::{GuessedName, TableGuess};
use super::months::{self, Stated};
use super::show::some;
use super::sketch::{SheetSketch, Sketch};
use crate::dataset::months::Month;
use crate::domain::layout::{FinancialYear, Heading, Orientation, Outside, OutsideText, Part, PercentStyle, Table};
use crate::domain::period::Frequency;
use crate::workbook::Cell;

const MONTH_NAMES: &str = "^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";

/// An entry for each table that is shown, one below the other.
pub(super) fn propose(sketch: &Sketch, file: &str) -> String {
    let shown = sketch.sheets.iter().filter(|sheet| !sheet.hidden && !sheet.is_people());
    let (pages, others): (Vec<&SheetSketch>, Vec<&SheetSketch>) = shown.partition(|sheet| is_page(sheet));
    let proposer = Proposer { file, csv: sketch.format == "csv" };
    let mut entries: Vec<String> = Vec::new();
    match Some(&pages).filter(|pages| pages.len() > 1).and_then(|pages| proposer.pages(pages)) {
        Some(entry) => entries.push(entry),
        None => entries.extend(pages.first().and_then(|sheet| proposer.table(sheet, 0))),
    }
    // The tables with most figures first: the others are often lists beside them.
    let (logs, mut others): (Vec<&SheetSketch>, Vec<&SheetSketch>) =
        others.into_iter().partition(|sheet| is_log(sheet));
    others.sort_by_key(|sheet| std::cmp::Reverse(sheet.guess.as_ref().map_or(0, |guess| guess.figures.numbers())));
    for sheet in others {
        entries.extend(proposer.table(sheet, entries.len()));
    }
    if !logs.is_empty() {
        let names: Vec<String> = logs.iter().map(|sheet| quoted(&sheet.name)).collect();
        entries
            .push(format!("# No entry for {}: what stands there looks like a log or a list of codes.\n", some(&names)));
    }
    if sketch.sheets.iter().any(SheetSketch::is_people) {
        entries.push(proposer.people(sketch, entries.len()));
    }
    entries.join("\n")
}

/// Whether a sheet keeps account of the workbook itself: versions, changes,
/// contents, codes.
fn is_log(sheet: &SheetSketch) -> bool {
    const WORDS: [&str; 16] = [
        "version",
        "revision",
        "change",
        "changes",
        "change log",
        "author",
        "changed by",
        "amended by",
        "approved by",
        "reviewed by",
        "code",
        "codes",
        "sheet",
        "page",
        "tab",
        "contents",
    ];
    let is = |header: &str| WORDS.contains(&header.trim().to_lowercase().as_str());
    sheet.guess.as_ref().is_some_and(|guess| {
        let table = &guess.table;
        let columns = table.indicator_column.iter().chain(&table.value_column).map(Heading::as_str);
        let down = matches!(table.orientation, Orientation::Long | Orientation::Columns);
        down && (guess.names.iter().any(|name| is(&name.name)) || columns.into_iter().any(is))
    })
}

/// Whether a sheet is named after a month.
fn is_page(sheet: &SheetSketch) -> bool {
    matches!(months::of_text(&sheet.name), Some(Stated::Whole(Month::At(_)) | Stated::Yearless(_)))
}

struct Proposer<'b> {
    file: &'b str,
    csv: bool,
}

impl Proposer<'_> {
    fn entry(&self, before: usize) -> SourceEntry {
        let id = source_id(self.file);
        let id = if before == 0 { id } else { format!("{id}-{}", before + 1) };
        let title = self.file.rsplit_once('.').map_or(self.file, |(stem, _)| stem).replace('_', " ");
        SourceEntry::new(&id, &title, &files(self.file))
    }

    /// One sheet's table.
    fn table(&self, sheet: &SheetSketch, before: usize) -> Option<String> {
        let guess = sheet.guess.as_ref()?;
        let mut entry = self.entry(before);
        if !self.csv {
            entry.set("sheet", &quoted(&sheet.name));
        }
        declare(&mut entry, guess);
        Some(entry.finish())
    }

    /// Sheets named after months, each with the same table.
    fn pages(&self, pages: &[&SheetSketch]) -> Option<String> {
        let guesses = pages.iter().filter_map(|sheet| sheet.guess.as_ref());
        let by_name =
            |guess: &&TableGuess| guess.table.month_said.as_ref().is_some_and(|said| said.place == Outside::Sheet);
        let mut guesses = guesses.filter(by_name);
        let mut all = guesses.next()?.clone();
        for other in guesses.filter(|other| other.table.header_rows == all.table.header_rows) {
            all.figures.join(&other.figures);
            let new = other.names.iter().filter(|name| !all.names.iter().any(|known| known.name == name.name));
            let new: Vec<GuessedName> = new.cloned().collect();
            all.names.extend(new);
        }
        let names: Vec<Cell> = pages.iter().map(|sheet| Cell::Text(sheet.name.clone())).collect();
        all.table.month_formats = months::formats(names.iter()).into_iter().map(str::to_owned).collect();
        all.table.percent = all.figures.style();
        let mut entry = self.entry(0);
        entry.set("sheet", &format!("{{ each = {} }}", quoted(MONTH_NAMES)));
        declare(&mut entry, &all);
        Some(entry.finish())
    }

    fn people(&self, sketch: &Sketch, before: usize) -> String {
        let mut entry = self.entry(before);
        entry.line("# Lists of people: nothing but counts leaves the program. Put the month in the file's");
        entry.line("# name, as in \"Annex_A_{period}.xlsx\": a list does not say of which day it is.");
        entry.set("person_level", "true");
        entry.set("strip", "['^[a-z]\\) ']");
        entry.set("absent", "[\"#N/A\"]");
        let lists: Vec<&SheetSketch> = sketch.sheets.iter().filter(|sheet| sheet.is_people()).collect();
        let names: Vec<&str> = lists.iter().map(|sheet| sheet.name.as_str()).collect();
        entry.line(&format!("# Its lists: {}. One of these for each indicator:", names.join(", ")));
        if let Some(list) = lists.first() {
            entry.line(&format!("# [sources.{}.count.REFERENCE]", entry.id()));
            entry.line(&format!("# sheet = {}", quoted(&list.name)));
            entry.line(&format!("# header_rows = [{}]", list.people_header.unwrap_or(1)));
            entry.line("# of = [{ column = \"…\", on_or_before = \"snapshot\" }]");
            entry.line("# where = [{ column = \"…\", is = \"…\" }]");
        }
        entry.finish()
    }
}

/// A guess, key by key.
fn declare(entry: &mut SourceEntry, guess: &TableGuess) {
    let table = &guess.table;
    entry.set("layout", &quoted(layout(table.orientation)));
    if table.orientation != Orientation::Blocks {
        let rows: Vec<String> = table.header_rows.iter().map(u32::to_string).collect();
        entry.set("header_rows", &format!("[{}]", rows.join(", ")));
    }
    if !table.parts.is_empty() {
        entry.set("rows", &list(&parts(&table.parts)));
    }
    if !table.drop_rows.is_empty() {
        entry.set("drop_rows", &list(&table.drop_rows.iter().map(regex::Regex::as_str).collect::<Vec<_>>()));
    }
    percent(entry, &guess.figures);
    if guess.year_is_guess {
        entry.line(YEAR_IS_GUESS);
    }
    let month = month(table);
    if !month.is_empty() {
        entry.set("month", &format!("{{ {} }}", month.join(", ")));
    }
    missing(entry, &guess.figures);
    let columns = [
        ("indicator", &table.indicator_column),
        ("value", &table.value_column),
        ("numerator", &table.numerator_column),
        ("denominator", &table.denominator_column),
    ];
    let columns = columns.into_iter().filter_map(|(key, names)| Some(format!("{key} = {}", headings(names)?)));
    let columns: Vec<String> = columns.collect();
    if !columns.is_empty() {
        entry.set("columns", &format!("{{ {} }}", columns.join(", ")));
    }
    filter(entry, guess.filter.as_ref());
    if !guess.passed_over.is_empty() {
        entry.line(&format!("# Not read: what stands under {}.", some(&guess.passed_over)));
    }
    indicators(entry, guess);
}

/// A layout in its word of `sources.toml`.
fn layout(orientation: Orientation) -> &'static str {
    match orientation {
        Orientation::Long => "long",
        Orientation::Wide => "wide",
        Orientation::Columns => "columns",
        Orientation::Pairs => "pairs",
        Orientation::Blocks => "blocks",
    }
}

/// What the rows of an indicator hold, in the words of `sources.toml`.
pub(super) fn parts(parts: &[Part]) -> Vec<&'static str> {
    let word = |part: &Part| match part {
        Part::Numerator => "numerator",
        Part::Denominator => "denominator",
        Part::Value => "value",
        Part::NotDue => "not-due",
        Part::Skip => "skip",
    };
    parts.iter().map(word).collect()
}

/// Headings: one, or a list of synonyms.
fn headings(names: &[Heading]) -> Option<String> {
    match names {
        [] => None,
        [one] => Some(quoted(one.as_str())),
        several => Some(list(&several.iter().map(Heading::as_str).collect::<Vec<_>>())),
    }
}

/// The keys of `month`.
fn month(table: &Table) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    words.extend(headings(&table.year_column).map(|year| format!("year_column = {year}")));
    words.extend(headings(&table.month_column).map(|column| format!("column = {column}")));
    words.extend(table.month_said.as_ref().map(outside_keys));
    if !table.month_formats.is_empty() {
        words.push(format!("formats = {}", list(&table.month_formats)));
    }
    match &table.financial_year {
        None => {}
        Some(FinancialYear::Above) => words.push("financial_year = { from = \"header\" }".to_owned()),
        Some(FinancialYear::Said(text)) => words.push(format!("financial_year = {{ {} }}", outside_keys(text))),
        Some(FinancialYear::From(start)) => {
            words.push(format!("financial_year = \"{start}/{:02}\"", (start + 1).rem_euclid(100)));
        }
    }
    words
}

fn outside_keys(text: &OutsideText) -> String {
    let place = match text.place {
        Outside::Sheet => "sheet",
        Outside::File => "file",
        Outside::Title => "title",
    };
    match &text.pattern {
        None => format!("from = \"{place}\""),
        Some(pattern) => format!("from = \"{place}\", pattern = '{}'", pattern.as_str()),
    }
}

fn filter(entry: &mut SourceEntry, filter: Option<&Filter>) {
    match filter {
        Some(Filter::By { header, word, council: true, others, .. }) => {
            entry.line(&format!(
                "# To be said: rows of {} councils stand in {}, and those of one count; put yours in its place.",
                others.len() + 1,
                quoted(header)
            ));
            entry.set("filter", &format!("{{ {} = {} }}", quoted(header), quoted(word)));
        }
        Some(Filter::By { header, word, others, .. }) => {
            entry.line(&format!(
                "# Several rows for one indicator and month; {} of {} are passed over.",
                some(others),
                quoted(header)
            ));
            entry.set("filter", &format!("{{ {} = {} }}", quoted(header), quoted(word)));
        }
        Some(Filter::Undecided(headers)) => entry.line(&format!(
            "# To be said: filter = {{ COLUMN = \"…\" }}, for there are several rows for one indicator and month{}.",
            if headers.is_empty() { String::new() } else { format!("; COLUMN may be {}", some(headers)) }
        )),
        None => {}
    }
}

fn percent(entry: &mut SourceEntry, figures: &FigureTally) {
    if figures.are_fractions().is_none() {
        entry.line("# To be said: percent = \"fraction\" if 0.85 means 85%, \"points\" if it means 0.85%.");
    } else if figures.style() == PercentStyle::Fraction {
        entry.line("# Percentages without a sign or a percent format: 0.85 is read as 85%.");
        entry.set("percent", "\"fraction\"");
    }
}

fn missing(entry: &mut SourceEntry, figures: &FigureTally) {
    let (known, unknown) = figures.missing();
    if !unknown.is_empty() {
        entry.line(&format!("# To be explained: {}. Add each to `missing` with what it means.", some(&unknown)));
    }
    if !known.is_empty() {
        let pairs: Vec<String> =
            known.iter().map(|(marker, reason)| format!("{} = {}", quoted(marker), quoted(reason))).collect();
        entry.line(MEANINGS_ARE_GUESSES);
        entry.set("missing", &format!("{{ {} }}", pairs.join(", ")));
    }
}

const YEAR_IS_GUESS: &str =
    "# A guess, to be checked: the months have no year, and this is the latest that they can mean.";
const MEANINGS_ARE_GUESSES: &str = "# A guess, to be checked: what each marker usually means.";
const PLACEHOLDERS: &str = "# Put the references of indicators.toml in place of IND01, IND02 and so on.";

/// The table of indicators. Names that look like references need no entry in
/// it, only one in the register; for others the officer fills the references in.
fn indicators(entry: &mut SourceEntry, guess: &TableGuess) {
    let references = guess.references();
    if guess.are_references() {
        entry.line(&format!("# Its indicators: {}", references.join(", ")));
        entry.line(&format!(
            "# They look like references: add them to indicators.toml with source = {}.",
            quoted(&entry.id())
        ));
    }
    frequencies(entry, guess, &references);
    if guess.has_references() {
        return;
    }
    if !guess.are_references() {
        entry.line(PLACEHOLDERS);
    }
    entry.indicators(&references.into_iter().zip(guess.names.iter().map(called)).collect::<Vec<_>>());
}

/// What the table calls an indicator.
fn called(name: &GuessedName) -> String {
    let more = [("under", &name.under), ("numerator", &name.numerator), ("denominator", &name.denominator)];
    let more: Vec<String> =
        more.iter().filter_map(|(key, text)| Some(format!(", {key} = {}", quoted(text.as_ref()?)))).collect();
    match &name.block {
        Some(block) => format!("{{ block = {}, name = {}{} }}", quoted(block), quoted(&name.name), more.concat()),
        None if more.is_empty() => quoted(&name.name),
        None => format!("{{ name = {}{} }}", quoted(&name.name), more.concat()),
    }
}

/// What indicators.toml must say of indicators that are not monthly.
fn frequencies(entry: &mut SourceEntry, guess: &TableGuess, references: &[String]) {
    let mut told: Vec<Frequency> = Vec::new();
    for name in guess.names.iter().filter(|name| name.frequency != Frequency::Monthly) {
        if told.contains(&name.frequency) {
            continue;
        }
        told.push(name.frequency);
        let same = guess.names.iter().zip(references).filter(|(other, _)| other.frequency == name.frequency);
        let same: Vec<&str> = same.map(|(_, reference)| reference.as_str()).collect();
        let year_end = match name.frequency {
            Frequency::Annual(month) => format!(", year_end = {month}"),
            _ => String::new(),
        };
        let whose = if same.len() == references.len() { "each".to_owned() } else { same.join(", ") };
        entry.line(&format!("# In indicators.toml: frequency = \"{}\"{year_end} for {whose}.", name.frequency.word()));
        // "2024" does not say when its year ends.
        let is_guess = guess.table.month_formats.iter().any(|format| format == "%Y");
        if matches!(name.frequency, Frequency::Annual(_)) && is_guess {
            entry.line("# A guess, to be checked: the month in which its years end.");
        }
    }
}
