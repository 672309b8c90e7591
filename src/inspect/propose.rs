//! Shapes into entries of `sources.toml`.

use super::entry::{SourceEntry, files, list, quoted, source_id};
use super::figures::FigureTally;
use super::filter::Filter;
use super::months::{self, Stated};
use super::rows::letters;
use super::shape::{Across, Headed, TableShape, is_reference};
use super::show::some;
use super::sketch::{SheetSketch, Sketch};
use super::tables::{DENOMINATOR, NUMERATOR};
use crate::domain::Period;

const MONTH_NAMES: &str = "^(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";

/// An entry for each table that is shown, one below the other.
pub(super) fn propose(sketch: &Sketch, file: &str, now: Period) -> String {
    let shown = sketch.sheets.iter().filter(|sheet| !sheet.hidden && !sheet.is_people());
    let (pages, others): (Vec<&SheetSketch>, Vec<&SheetSketch>) = shown.partition(|sheet| is_page(sheet));
    let proposer = Proposer { file, csv: sketch.format == "csv", now };
    let mut entries: Vec<String> = Vec::new();
    match Some(&pages).filter(|pages| pages.len() > 1).and_then(|pages| proposer.pages(pages)) {
        Some(entry) => entries.push(entry),
        None => entries.extend(pages.first().and_then(|sheet| proposer.table(sheet, 0))),
    }
    // The tables with most figures first: the others are often lists beside them.
    let (logs, mut others): (Vec<&SheetSketch>, Vec<&SheetSketch>) =
        others.into_iter().partition(|sheet| is_log(sheet));
    others.sort_by_key(|sheet| std::cmp::Reverse(sheet.shape.as_ref().map_or(0, |shape| shape.figures().numbers())));
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

/// Whether a sheet keeps account of the workbook itself: versions, changes, codes.
fn is_log(sheet: &SheetSketch) -> bool {
    const WORDS: [&str; 12] = [
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
    ];
    let is = |header: &str| WORDS.contains(&header.trim().to_lowercase().as_str());
    match &sheet.shape {
        Some(TableShape::Long(table) | TableShape::Columns(table)) => {
            table.names.iter().any(|name| is(name)) || is(&table.indicator) || table.value.as_deref().is_some_and(is)
        }
        _ => false,
    }
}

/// Whether a sheet is named after a month.
fn is_page(sheet: &SheetSketch) -> bool {
    matches!(months::of_text(&sheet.name), Some(Stated::Text(_) | Stated::Yearless(_)))
}

struct Proposer<'b> {
    file: &'b str,
    csv: bool,
    now: Period,
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
        let shape = sheet.shape.as_ref()?;
        let mut entry = self.entry(before);
        if !self.csv {
            entry.set("sheet", &quoted(&sheet.name));
        }
        match shape {
            TableShape::Long(table) => self.long(&mut entry, table),
            TableShape::Columns(table) => self.columns(&mut entry, table),
            TableShape::Wide(table) => self.across(&mut entry, table, None),
            TableShape::Pairs(table, rows) => self.across(&mut entry, table, Some(rows)),
            TableShape::Blocks(_) => self.blocks(&mut entry, shape)?,
            // Without a header and without a month in the sheet's name there
            // is nothing to say of which month its figures are.
            TableShape::Bare { .. } => return None,
        }
        Some(entry.finish())
    }

    fn long(&self, entry: &mut SourceEntry, table: &Headed) {
        entry.set("layout", "\"long\"");
        entry.set("header_rows", &format!("[{}]", table.header + 1));
        percent(entry, &table.figures);
        self.month(entry, Some(&table.month), &table.formats, table.yearless);
        missing(entry, &table.figures);
        let parts = [
            ("indicator", Some(&table.indicator)),
            ("value", table.value.as_ref()),
            ("numerator", table.numerator.as_ref()),
            ("denominator", table.denominator.as_ref()),
        ];
        let columns: Vec<String> =
            parts.iter().filter_map(|(key, header)| Some(format!("{key} = {}", quoted((*header)?)))).collect();
        entry.set("columns", &format!("{{ {} }}", columns.join(", ")));
        match &table.filter {
            Some(Filter::By { header, word, others }) => {
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
        indicators(entry, &table.names);
    }

    fn columns(&self, entry: &mut SourceEntry, table: &Headed) {
        entry.set("layout", "\"columns\"");
        entry.set("header_rows", &format!("[{}]", table.header + 1));
        percent(entry, &table.figures);
        self.month(entry, Some(&table.month), &table.formats, table.yearless);
        missing(entry, &table.figures);
        columns(entry, &table.names);
    }

    fn across(&self, entry: &mut SourceEntry, table: &Across, rows: Option<&[&'static str]>) {
        entry.set("layout", if rows.is_some() { "\"pairs\"" } else { "\"wide\"" });
        let header_rows: Vec<String> = table.header_rows.iter().map(|row| (row + 1).to_string()).collect();
        entry.set("header_rows", &format!("[{}]", header_rows.join(", ")));
        if let Some(rows) = rows {
            entry.set("rows", &list(rows));
        }
        if !table.drop.is_empty() {
            entry.set("drop_rows", &list(&table.drop));
        }
        percent(entry, &table.figures);
        if !table.formats.is_empty() {
            self.month(entry, None, &table.formats, table.yearless);
        }
        missing(entry, &table.figures);
        entry.set("columns", &format!("{{ indicator = {} }}", quoted(&table.indicator)));
        indicators(entry, &table.names);
    }

    fn blocks(&self, entry: &mut SourceEntry, shape: &TableShape) -> Option<()> {
        let TableShape::Blocks(blocks) = shape else { return None };
        let (_, first) = blocks.first()?;
        entry.set("layout", "\"blocks\"");
        let mut drop: Vec<&String> = blocks.iter().flat_map(|(_, table)| &table.drop).collect();
        drop.sort_unstable();
        drop.dedup();
        if !drop.is_empty() {
            entry.set("drop_rows", &list(&drop));
        }
        let figures = shape.figures();
        percent(entry, &figures);
        if !first.formats.is_empty() {
            self.month(entry, None, &first.formats, first.yearless);
        }
        missing(entry, &figures);
        entry.set("columns", &format!("{{ indicator = {} }}", quoted(&first.indicator)));
        let each = blocks.iter().flat_map(|(title, table)| table.names.iter().map(move |name| (title, name)));
        let named: Vec<(String, String)> = each
            .enumerate()
            .map(|(at, (title, name))| {
                (placeholder(at), format!("{{ block = {}, name = {} }}", quoted(title), quoted(name)))
            })
            .collect();
        entry.line(PLACEHOLDERS);
        entry.indicators(&named);
        Some(())
    }

    /// Sheets named after months, each with the same table.
    fn pages(&self, pages: &[&SheetSketch]) -> Option<String> {
        let mut entry = self.entry(0);
        let formats = months::formats(pages.iter().map(|sheet| sheet.name.as_str()));
        let yearless = pages.iter().rev().find_map(|sheet| months::of_text(&sheet.name)?.yearless());
        let (year, is_guess) = self.year(yearless);
        let (mut all, mut figures, mut columns) = (Vec::new(), FigureTally::default(), None);
        for sheet in pages {
            if let Some(TableShape::Bare { name, value, names, figures: look }) = &sheet.shape {
                columns = columns.or(Some((*name, *value)));
                figures.join(look);
                let new: Vec<String> = names.iter().filter(|name| !all.contains(*name)).cloned().collect();
                all.extend(new);
            }
        }
        let (name, value) = columns?;
        entry.set("sheet", &format!("{{ each = {} }}", quoted(MONTH_NAMES)));
        entry.set("layout", "\"long\"");
        entry.set("header_rows", "[]");
        percent(&mut entry, &figures);
        if is_guess {
            entry.line(YEAR_IS_GUESS);
        }
        entry.set("month", &format!("{{ from = \"sheet\", formats = {}{year} }}", list(&formats)));
        missing(&mut entry, &figures);
        entry.set(
            "columns",
            &format!("{{ indicator = {}, value = {} }}", quoted(&letters(name)), quoted(&letters(value))),
        );
        indicators(&mut entry, &all);
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

    fn month(&self, entry: &mut SourceEntry, column: Option<&str>, formats: &[&str], yearless: Option<u32>) {
        let mut words: Vec<String> = Vec::new();
        words.extend(column.map(|column| format!("column = {}", quoted(column))));
        if !formats.is_empty() {
            words.push(format!("formats = {}", list(formats)));
        }
        let (year, is_guess) = self.year(yearless);
        if is_guess {
            entry.line(YEAR_IS_GUESS);
        }
        entry.set("month", &format!("{{ {}{year} }}", words.join(", ")));
    }

    /// The year of months without one: the file's, or else the latest they can
    /// mean, which is a guess.
    fn year(&self, yearless: Option<u32>) -> (String, bool) {
        let Some(month) = yearless else { return (String::new(), false) };
        const PATTERN: &str = r"\d{4}[-/]\d{2}";
        let named = regex::Regex::new(PATTERN).is_ok_and(|pattern| {
            pattern.find(self.file).is_some_and(|found| found.as_str().parse::<Period>().is_err())
        });
        if named {
            return (format!(", financial_year = {{ from = \"file\", pattern = '({PATTERN})' }}"), false);
        }
        let start = months::financial_year(month, self.now);
        (format!(", financial_year = \"{start}/{:02}\"", (start + 1) % 100), true)
    }
}

fn percent(entry: &mut SourceEntry, figures: &FigureTally) {
    match figures.are_fractions() {
        Some(true) => {
            entry.line("# Percentages without a sign or a percent format: 0.85 is read as 85%.");
            entry.set("percent", "\"fraction\"");
        }
        Some(false) => {}
        None => entry.line("# To be said: percent = \"fraction\" if 0.85 means 85%, \"points\" if it means 0.85%."),
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
fn indicators(entry: &mut SourceEntry, names: &[String]) {
    if names.iter().all(|name| is_reference(name)) {
        entry.line(&format!("# Its indicators: {}", names.join(", ")));
        entry.line(&format!(
            "# They look like references: add them to indicators.toml with source = {}.",
            quoted(&entry.id())
        ));
        return;
    }
    entry.line(PLACEHOLDERS);
    let named: Vec<(String, String)> =
        names.iter().enumerate().map(|(at, name)| (placeholder(at), quoted(name))).collect();
    entry.indicators(&named);
}

/// A column's own numerator and denominator are those headed as it is and a
/// word more: "Vacancy rate", "Vacancy rate, number", "Vacancy rate, out of".
fn columns(entry: &mut SourceEntry, names: &[String]) {
    let part = |name: &str, words: &[&str]| {
        names.iter().find(|other| {
            other.strip_prefix(name).is_some_and(|rest| {
                words.contains(&rest.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str())
            })
        })
    };
    let parts: Vec<(&String, Option<&String>, Option<&String>)> =
        names.iter().map(|name| (name, part(name, &NUMERATOR), part(name, &DENOMINATOR))).collect();
    let taken: Vec<&String> =
        parts.iter().flat_map(|(_, numerator, denominator)| [*numerator, *denominator]).flatten().collect();
    if taken.is_empty() {
        return indicators(entry, names);
    }
    let value =
        |(name, numerator, denominator): &(&String, Option<&String>, Option<&String>)| match (numerator, denominator) {
            (Some(numerator), Some(denominator)) => format!(
                "{{ name = {}, numerator = {}, denominator = {} }}",
                quoted(name),
                quoted(numerator),
                quoted(denominator)
            ),
            _ => quoted(name),
        };
    let named: Vec<(String, String)> = parts
        .iter()
        .filter(|(name, ..)| !taken.contains(name))
        .enumerate()
        .map(|(at, part)| (placeholder(at), value(part)))
        .collect();
    entry.line(PLACEHOLDERS);
    entry.indicators(&named);
}

fn placeholder(at: usize) -> String {
    format!("IND{:02}", at + 1)
}
