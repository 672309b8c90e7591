//! One way to read a sheet's table, as `sources.toml` would declare it.

use std::collections::{BTreeMap, BTreeSet};

use super::figures::FigureTally;
use super::filter::Filter;
use super::months::{self, StatedSpan};
use super::naming::is_reference;
use super::rows::SheetRow;
use crate::dataset::months::Month;
use crate::domain::Period;
use crate::domain::benchmark::Benchmarks;
use crate::domain::ids::{IndicatorRef, SourceId};
use crate::domain::indicator::{Basis, Indicator, Polarity};
use crate::domain::layout::{Heading, Naming, Source, Table};
use crate::domain::measure::{Measure, Unit};
use crate::domain::observation::Missing;
use crate::domain::officer_text::OfficerText;
use crate::domain::period::Frequency;
use crate::domain::trend::TrendSettings;
use crate::workbook::Grid;
use rust_decimal::Decimal;

/// A sheet, and what is known of it beside its cells.
pub(super) struct Sighted<'g> {
    pub(super) grid: &'g Grid,
    pub(super) rows: &'g [SheetRow<'g>],
    /// The workbook's name.
    pub(super) file: &'g str,
    /// The month that it is.
    pub(super) now: Period,
    /// Whether it speaks of academic years.
    pub(super) academic: bool,
}

impl<'g> Sighted<'g> {
    pub(super) fn new(grid: &'g Grid, rows: &'g [SheetRow<'g>], file: &'g str, now: Period) -> Self {
        let says = |text: &str| {
            let text = text.to_lowercase();
            ["academic", "school year"].iter().any(|word| text.contains(word))
        };
        let academic = says(file)
            || says(&grid.name)
            || rows.iter().take(12).any(|row| row.cells.iter().any(|(column, _)| says(&row.text(*column))));
        Self { grid, rows, file, now, academic }
    }

    /// Formats by the year that the sheet speaks of.
    pub(super) fn formats(&self, formats: Vec<&'static str>) -> Vec<String> {
        let in_year =
            |name: &'static str| if name == "financial-year" && self.academic { "academic-year" } else { name };
        formats.into_iter().map(|name| in_year(name).to_owned()).collect()
    }

    /// The text above a row, cell by cell.
    pub(super) fn above(&self, row: u32) -> impl Iterator<Item = String> {
        let above = self.rows.iter().take_while(move |above| above.number < row);
        above.flat_map(|above| above.cells.iter().map(|(column, _)| above.text(*column)))
    }
}

/// What a table calls one indicator, and what its figures look like.
#[derive(Debug, Clone)]
pub(super) struct GuessedName {
    pub(super) name: String,
    /// The heading that it stands under, where there are several.
    pub(super) under: Option<String>,
    /// The block that it stands in.
    pub(super) block: Option<String>,
    pub(super) numerator: Option<String>,
    pub(super) denominator: Option<String>,
    pub(super) frequency: Frequency,
    /// Whether its cells say that they are percentages.
    pub(super) percent: bool,
}

impl GuessedName {
    pub(super) fn new(name: &str, frequency: Frequency, percent: bool) -> Self {
        let (under, block, numerator, denominator) = (None, None, None, None);
        Self { name: name.to_owned(), under, block, numerator, denominator, frequency, percent }
    }

    fn is_plain(&self) -> bool {
        self.under.is_none() && self.block.is_none() && self.numerator.is_none() && self.denominator.is_none()
    }
}

/// A table as it may be declared.
#[derive(Debug, Clone)]
pub(super) struct TableGuess {
    /// All but what it calls the indicators.
    pub(super) table: Table,
    pub(super) names: Vec<GuessedName>,
    /// What its figures look like.
    pub(super) figures: FigureTally,
    /// How rows of one indicator and month are told apart, where they must be.
    pub(super) filter: Option<Filter>,
    /// First and last column of months, where they stand across.
    pub(super) months: Option<(u32, u32)>,
    /// Whether the year of its months is a guess.
    pub(super) year_is_guess: bool,
    /// Headings under which no indicator is proposed.
    pub(super) passed_over: Vec<String>,
}

impl TableGuess {
    pub(super) fn new(table: Table, names: Vec<GuessedName>, figures: FigureTally) -> Self {
        let (filter, months, year_is_guess, passed_over) = (None, None, false, Vec::new());
        Self { table, names, figures, filter, months, year_is_guess, passed_over }
    }

    /// Whether its names are references as the register has them, each once.
    pub(super) fn are_references(&self) -> bool {
        let names: BTreeSet<&str> = self.names.iter().map(|name| name.name.as_str()).collect();
        names.len() == self.names.len() && names.iter().all(|name| is_reference(name))
    }

    /// Whether its names need no entry: they are references, and nothing more is
    /// to be said of them.
    pub(super) fn has_references(&self) -> bool {
        self.are_references() && self.names.iter().all(GuessedName::is_plain)
    }

    /// The reference of each name: its own, or one put in its place.
    pub(super) fn references(&self) -> Vec<String> {
        let own = self.are_references();
        let reference = |(at, name): (usize, &GuessedName)| {
            if own { name.name.clone() } else { format!("IND{:02}", at + 1) }
        };
        self.names.iter().enumerate().map(reference).collect()
    }

    /// The source that it would be, with its register; none of a table without names.
    pub(super) fn source(&self) -> Option<(Source, Vec<Indicator>)> {
        let source = source(self.table.clone())?;
        let references: Vec<IndicatorRef> =
            self.references().iter().filter_map(|reference| IndicatorRef::parse(reference).ok()).collect();
        if references.len() != self.names.len() || references.is_empty() {
            return None;
        }
        let indicator = |(reference, name): (&IndicatorRef, &GuessedName)| indicator(reference, name, &source.id);
        let indicators = references.iter().zip(&self.names).map(indicator).collect();
        let names = if self.has_references() {
            BTreeMap::new()
        } else {
            references.iter().cloned().zip(self.names.iter().map(naming)).collect()
        };
        let mut missing: BTreeMap<String, Missing> = BTreeMap::from([(String::new(), Missing::NotSupplied)]);
        missing.extend(self.figures.meanings());
        Some((Source { table: Table { names, missing, ..source.table }, ..source }, indicators))
    }
}

/// A source of a table alone.
pub(super) fn source(table: Table) -> Option<Source> {
    Some(Source {
        id: SourceId::parse("inspected").ok()?,
        title: String::new(),
        storage: String::new(),
        files: String::new(),
        newest: None,
        carry_forward_months: 0,
        table,
        person: None,
        checks: crate::domain::check::SourceChecks::default(),
    })
}

fn naming(name: &GuessedName) -> Naming {
    let heading = |text: &Option<String>| text.clone().map(Heading::Name);
    Naming {
        names: vec![Heading::Name(name.name.clone())],
        numerator: heading(&name.numerator),
        denominator: heading(&name.denominator),
        not_due: None,
        block: name.block.clone(),
        under: heading(&name.under),
    }
}

/// An indicator that takes any figure that looks as its cells do.
fn indicator(reference: &IndicatorRef, name: &GuessedName, source: &SourceId) -> Indicator {
    let unit = if name.percent { Unit::Percent } else { Unit::Score };
    let checks = crate::domain::check::FigureChecks {
        // Whether a ratio agrees is for whoever knows its unit.
        ratio_within: Decimal::from(1_000_000_000),
        ..Default::default()
    };
    Indicator {
        reference: reference.clone(),
        title: name.name.clone(),
        plain: OfficerText::default(),
        definition: OfficerText::default(),
        measure: Measure { unit, precision: 1, per: Decimal::ONE, noun: String::new(), signed: false },
        polarity: Polarity::None,
        frequency: name.frequency,
        lag_months: 0,
        basis: Basis::Snapshot,
        groups: std::collections::BTreeMap::new(),
        source: source.clone(),
        owner: String::new(),
        targets: Vec::new(),
        benchmarks: Benchmarks::Known(Vec::new()),
        breaks: Vec::new(),
        marks: Vec::new(),
        steady_within: Decimal::ZERO,
        explain_over: None,
        min_denominator: Decimal::ZERO,
        protection: crate::domain::edition::Protection::default(),
        trend: TrendSettings::usual(unit, Basis::Snapshot),
        checks,
        relations: crate::domain::related::Relations::default(),
        breakdowns: Vec::new(),
        segment: None,
    }
}

/// How often there is a figure, from the months that have one: the shortest
/// time that any of them is.
pub(super) fn frequency(stated: &[Month]) -> Frequency {
    let shortest = stated.iter().map(|month| months::span(*month)).min();
    let mut at: Vec<Period> =
        stated.iter().filter_map(|month| if let Month::At(period) = month { Some(*period) } else { None }).collect();
    at.sort_unstable();
    at.dedup();
    let every = |months: i32| at.len() > 1 && at.windows(2).all(|pair| pair[1].since(pair[0]) % months == 0);
    match (shortest, at.first()) {
        (Some(StatedSpan::Month), Some(first)) if every(12) => Frequency::Annual(first.month()),
        (Some(StatedSpan::Month), Some(first)) if every(3) && Frequency::Quarterly.includes(*first) => {
            Frequency::Quarterly
        }
        (Some(StatedSpan::Quarter), _) => Frequency::Quarterly,
        (Some(StatedSpan::Year), _) => {
            let last = stated.iter().find_map(|month| match month {
                Month::YearTo(period) => Some(period.month()),
                _ => None,
            });
            Frequency::Annual(last.unwrap_or(3))
        }
        _ => Frequency::Monthly,
    }
}
