//! Which part of an indicator a row counts, where columns say so.

use std::collections::BTreeMap;

use super::header::Header;
use super::report::{ReadReport, RowColumn, listed};
use super::rows::TableRow;
use super::text;
use crate::domain::finding::Code;
use crate::domain::ids::IndicatorRef;
use crate::domain::indicator::Indicator;
use crate::domain::layout::{Heading, SegmentColumn, Table};

/// The columns of a table that name categories.
pub(super) struct Segments<'i> {
    columns: Vec<Column<'i>>,
    /// The parts that two categories have in common, by both in either order.
    crossed: BTreeMap<[&'i IndicatorRef; 2], &'i Indicator>,
    unknown: Vec<String>,
    first_unknown: Option<RowColumn>,
}

struct Column<'i> {
    at: u32,
    whole: Vec<String>,
    /// By whole, what the column calls each of its parts.
    parts: BTreeMap<&'i IndicatorRef, Parts<'i>>,
}

type Parts<'i> = Vec<(Vec<Heading>, &'i Indicator)>;

impl<'i> Segments<'i> {
    /// None, with findings, where a declared column is missing.
    pub(super) fn find(
        table: &Table,
        indicators: &[&'i Indicator],
        header: &Header<'_>,
        report: &mut ReadReport,
    ) -> Option<Self> {
        let found: Vec<Option<Column<'i>>> = table
            .segments
            .iter()
            .map(|declared| {
                let at = header.required("the part", &declared.column, None, report)?;
                let whole = declared.whole.iter().map(|text| text::key(text)).collect();
                Some(Column { at, whole, parts: parts(declared, indicators) })
            })
            .collect();
        let columns: Option<Vec<Column<'i>>> = found.into_iter().collect();
        Some(Self { columns: columns?, crossed: crossed(indicators), unknown: Vec::new(), first_unknown: None })
    }

    /// What a row about an indicator counts: all of it, one part, or what two parts
    /// have in common. None where it counts something else, such as two breakdowns
    /// that nobody declared as crossed.
    pub(super) fn of_row(&mut self, row: TableRow<'_>, whole: &'i Indicator) -> Option<&'i Indicator> {
        let mut counted = whole;
        for column in &self.columns {
            let typed = row.cell(column.at).map(text::of).unwrap_or_default();
            let key = text::key(&typed);
            if column.whole.contains(&key) {
                continue;
            }
            // A breakdown that nobody declared is nobody's figure.
            let parts = column.parts.get(&whole.reference)?;
            let named = |heading: &Heading| match heading {
                Heading::Name(name) => text::key(name) == key,
                Heading::Pattern(pattern) => pattern.is_match(&text::collapsed(&typed)),
            };
            let Some((_, part)) = parts.iter().find(|(names, _)| names.iter().any(named)) else {
                let name = format!("\"{}\" ({})", text::short(&typed), whole.reference);
                if !self.unknown.contains(&name) && self.unknown.len() < 1000 {
                    self.unknown.push(name);
                    self.first_unknown = self.first_unknown.or(Some((row.number, column.at)));
                }
                return None;
            };
            counted = match counted.reference == whole.reference {
                true => part,
                false => self.crossed.get(&[&counted.reference, &part.reference]).copied()?,
            };
        }
        Some(counted)
    }

    /// F643: categories that nobody declared, and whose figures are missing from the page.
    pub(super) fn report_unknown(self, report: &mut ReadReport) {
        if let Some(spot) = self.first_unknown {
            report.at_cell(
                Code::CategoryUnknown,
                spot,
                format!("rows name categories that are not declared: {}; they are left out", listed(&self.unknown)),
                "declare the category under `breakdowns` in indicators.toml, or its name under `segments.names` in sources.toml",
            );
        }
    }
}

/// Every part that counts those who are in two categories.
fn crossed<'i>(indicators: &[&'i Indicator]) -> BTreeMap<[&'i IndicatorRef; 2], &'i Indicator> {
    let mut all = BTreeMap::new();
    for indicator in indicators {
        if let Some([row, column]) = indicator.segment.as_ref().and_then(|segment| segment.both.as_ref()) {
            all.insert([&row.part, &column.part], *indicator);
            all.insert([&column.part, &row.part], *indicator);
        }
    }
    all
}

/// The parts that a column may name, each answering to its title, its own
/// name and what the source calls it.
fn parts<'i>(declared: &SegmentColumn, indicators: &[&'i Indicator]) -> BTreeMap<&'i IndicatorRef, Parts<'i>> {
    let mut parts: BTreeMap<&IndicatorRef, Parts<'_>> = BTreeMap::new();
    for indicator in indicators {
        let (Some(segment), Some((_, _, category))) = (&indicator.segment, indicator.reference.as_part()) else {
            continue;
        };
        if declared.by.contains(&segment.breakdown) {
            let own = [segment.category.as_str(), category].map(|name| Heading::Name(name.to_owned()));
            let names = declared.names.get(category).into_iter().flatten().cloned().chain(own).collect();
            parts.entry(&segment.parent).or_default().push((names, *indicator));
        }
    }
    parts
}
