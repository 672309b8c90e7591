//! `[indicators.<ref>.breakdowns.<id>]`: the parts of an indicator.
//!
//! Each category becomes an entry of the register, which takes after its whole
//! in all that is not its own: `CLA01:age:0-4`.

mod longer;
mod two_way;

pub(super) use longer::check as check_longer;

use super::reader::TableReader;
use super::suggest;
use super::targets::targets;
use super::value::Texts;
use crate::domain::check::FigureChecks;
use crate::domain::trend::TrendSettings;
use crate::domain::{
    Breakdown, Indicator, IndicatorRef, Margin, Measure, OfficerText, PartsOf, Polarity, Register, Segment, SourceId,
    Target, Unit,
};

/// A breakdown as it is declared.
pub(super) struct DeclaredBreakdown {
    breakdown: Breakdown,
    source: Option<SourceId>,
    noun: Option<String>,
    same_targets: bool,
    categories: Vec<Category>,
}

struct Category {
    reference: IndicatorRef,
    title: String,
    not_known: bool,
    targets: Vec<Target>,
    both: Option<[Margin; 2]>,
}

impl DeclaredBreakdown {
    /// Gives a two-way breakdown its parts, which take after those that it crosses.
    fn become_two_way(&mut self, (parts_of, categories): (PartsOf, Vec<Category>), table: &mut TableReader<'_>) {
        for category in &categories {
            table.faults().declare(category.reference.as_str());
        }
        self.breakdown.parts = categories.iter().map(|category| category.reference.clone()).collect();
        self.breakdown.parts_of = parts_of;
        self.categories = categories;
    }
}

/// The breakdowns of one indicator.
pub(super) fn read(
    whole: &IndicatorRef,
    entry: &mut TableReader<'_>,
    unit: Option<Unit>,
    polarity: Option<Polarity>,
) -> Vec<DeclaredBreakdown> {
    let mut table = entry.table("breakdowns");
    let mut all = Vec::new();
    for (id, value) in table.entries() {
        let mut entry = table.entry(&id, value);
        all.push(one(whole, id, &mut entry, unit, polarity));
        entry.finish();
    }
    for at in 0..all.len() {
        if let Some(of) = all[at].breakdown.of.clone() {
            match two_way::cross(whole, &all[at].breakdown.id, &of, &all) {
                Ok(crossed) => all[at].become_two_way(crossed, &mut table),
                Err((found, hint)) => table.fault(&all[at].breakdown.id, found, hint),
            }
        }
    }
    all
}

fn one(
    whole: &IndicatorRef,
    id: String,
    entry: &mut TableReader<'_>,
    unit: Option<Unit>,
    polarity: Option<Polarity>,
) -> DeclaredBreakdown {
    let title = entry.text("title", "what it is parted by, such as \"Age\"");
    let source = entry.optional("source");
    let noun = entry.optional("noun");
    if let Some(of) = entry.optional::<Texts>("of") {
        let of = <[String; 2]>::try_from(of.0).unwrap_or_else(|_| {
            entry.fault("of", "expected two breakdowns", "write of = [\"age\", \"home\"], the rows first");
            Default::default()
        });
        let (parts_of, parts) = (PartsOf::Figure, Vec::new());
        let longer = Vec::new();
        let breakdown = Breakdown { id, title, parts_of, sums: true, ordered: false, parts, of: Some(of), longer };
        return DeclaredBreakdown { breakdown, source, noun, same_targets: false, categories: Vec::new() };
    }
    let parts_of = entry.or("parts_of", PartsOf::Figure);
    if parts_of != PartsOf::Figure && unit == Some(Unit::Count) {
        entry.fault("parts_of", "a count has neither numerator nor denominator", "take it out");
    }
    let sums = entry.or("sums", true);
    let ordered = entry.or("ordered", false);
    let same_targets = entry.or("same_targets", false);
    // Counts of people are context: which way is better is declared of the whole.
    let polarity = if parts_of == PartsOf::Figure { polarity } else { Some(Polarity::None) };
    let categories = categories(whole, &id, entry, polarity, unit);
    if same_targets && (polarity == Some(Polarity::None) || categories.iter().any(|part| !part.targets.is_empty())) {
        entry.fault("same_targets", "goes with a rated indicator whose categories have no targets of their own", "");
    }
    let parts = categories.iter().map(|category| category.reference.clone()).collect();
    let longer = longer::read(whole, &id, entry, &categories);
    let breakdown = Breakdown { id, title, parts_of, sums, ordered, parts, of: None, longer };
    DeclaredBreakdown { breakdown, source, noun, same_targets, categories }
}

fn categories(
    whole: &IndicatorRef,
    id: &str,
    entry: &mut TableReader<'_>,
    polarity: Option<Polarity>,
    unit: Option<Unit>,
) -> Vec<Category> {
    let mut categories: Vec<Category> = Vec::new();
    let tables = entry.tables("categories");
    if tables.len() < 2 {
        entry.fault(
            "categories",
            "expected at least two",
            "write categories = [{ id = \"0-4\", title = \"0 to 4\" }, …]",
        );
    }
    for mut table in tables {
        let name = table.text("id", "the category's permanent name, such as \"0-4\"");
        let title = table.text("title", "the category as printed, such as \"0 to 4\"");
        let not_known = table.or("not_known", false);
        let targets = targets(&mut table, polarity, unit, false);
        let reference = IndicatorRef::parse(&format!("{whole}:{id}:{name}"));
        match reference {
            _ if name.is_empty() => {}
            Err(_) => table.fault(
                "id",
                format!("{id:?} and {name:?} do not make a reference"),
                "breakdowns and categories are named in small letters, digits and hyphens, such as 0-4",
            ),
            Ok(reference) if categories.iter().any(|other| other.reference == reference) => {
                table.fault("id", format!("{name:?} stands twice in this breakdown"), "");
            }
            Ok(reference) => {
                table.faults().declare(reference.as_str());
                categories.push(Category { reference, title, not_known, targets, both: None });
            }
        }
        table.finish();
    }
    categories
}

/// Gives an indicator its breakdowns, and each of their parts an entry of its own.
pub(super) fn expand(whole: &mut Indicator, declared: Vec<DeclaredBreakdown>) -> Vec<Indicator> {
    let mut parts = Vec::new();
    for declared in declared {
        let own: Vec<Indicator> = declared.categories.iter().map(|category| part(whole, &declared, category)).collect();
        parts.extend(longer::parts(&declared.breakdown, &own));
        parts.extend(own);
        whole.breakdowns.push(declared.breakdown);
    }
    parts
}

fn part(whole: &Indicator, declared: &DeclaredBreakdown, category: &Category) -> Indicator {
    let counts = declared.breakdown.parts_of != PartsOf::Figure;
    let targets = if declared.same_targets { whole.targets.clone() } else { category.targets.clone() };
    let mut measure = whole.measure.clone();
    if counts {
        measure = Measure { unit: Unit::Count, precision: 0, ..measure };
    }
    if let Some(noun) = &declared.noun {
        measure.noun.clone_from(noun);
    }
    Indicator {
        reference: category.reference.clone(),
        title: format!("{}: {}", whole.title, category.title),
        definition: OfficerText::default(),
        polarity: if counts { Polarity::None } else { whole.polarity },
        source: declared.source.clone().unwrap_or_else(|| whole.source.clone()),
        targets,
        // What is asked of the whole is not asked again of each part.
        explain_over: None,
        relations: Default::default(),
        trend: TrendSettings { travel: whole.trend.travel, ..TrendSettings::usual(measure.unit, whole.basis) },
        checks: FigureChecks {
            outlier: Some(false),
            ratio_within: whole.checks.ratio_within,
            severity: whole.checks.severity.clone(),
            ..FigureChecks::default()
        },
        measure,
        breakdowns: Vec::new(),
        segment: Some(Segment {
            parent: whole.reference.clone(),
            breakdown: declared.breakdown.id.clone(),
            category: category.title.clone(),
            not_known: category.not_known,
            both: category.both.clone(),
            made_of: None,
        }),
        ..whole.clone()
    }
}

/// The breakdowns that a section shows; none for all.
pub(super) fn shown(
    section: &mut TableReader<'_>,
    indicators: &[IndicatorRef],
    register: &Register,
) -> Option<Vec<String>> {
    let shown = section.optional::<Texts>("breakdowns")?.0;
    let known: Vec<String> = indicators
        .iter()
        .filter_map(|reference| register.get(reference))
        .flat_map(|whole| whole.breakdowns.iter().map(|breakdown| breakdown.name(&whole.reference)))
        .collect();
    for name in shown.iter().filter(|name| !known.contains(name)) {
        // Its whole may be at fault, which is reported there.
        let whole = name.split(':').next().unwrap_or_default();
        if section.faults().is_declared(whole) && !register.keys().any(|reference| reference.as_str() == whole) {
            continue;
        }
        let hint = match suggest::nearest(name, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean {near:?}?"),
            None => "write it as CLA01:age, after an indicator of this section".to_owned(),
        };
        section.fault("breakdowns", format!("{name:?} is no breakdown of this section's indicators"), hint);
    }
    Some(shown)
}
