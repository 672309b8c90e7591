//! The steps, from the file to the page.

use std::collections::BTreeSet;

use super::super::{figures, marks, meaning, over_time, quarters, reasons, restatements, sentences, signal, themes};
use super::{Evidence, ExplanationStep, Issued, arithmetic, findings, longer};
use crate::domain::observation::Missing;
use crate::domain::trend::{TravelBy, ViewSpan};
use crate::domain::{Polarity, Rating, Reading, Travel, Unrated};
use crate::pack::Pack;
use crate::pack::printed::Printed;
use crate::scorecard::{Comparison, Line, Scorecard, change_words};
use crate::words;

/// The steps, without those that are empty.
pub(super) fn all(card: &Scorecard<'_>, line: &Line<'_>, pack: &Pack, evidence: &Evidence<'_>) -> Vec<ExplanationStep> {
    // Longer views rest on many months, some of which the page may have to hide.
    let page = evidence.page.unwrap_or(line);
    let view = |span| longer::view(page, span, evidence);
    let steps = [
        ("File", file(line, evidence)),
        ("Cells", cells(evidence)),
        ("Arithmetic", arithmetic::sums(line, evidence)),
        ("Marks", marks::notes(line).iter().map(ToString::to_string).collect()),
        ("Target", target(line)),
        ("Rating", rating(line)),
        ("Movement", movement(line, page)),
        ("Year to date", view(ViewSpan::YearToDate)),
        ("Last 12 months", view(ViewSpan::Rolling12Months)),
        ("This quarter", view(ViewSpan::Quarter)),
        (quarters::LABEL, quarters::lines(page)),
        ("A year before", longer::year_before(page, evidence)),
        ("Baseline", longer::baseline(page, evidence)),
        ("Signal", signalled(page)),
        ("Suppression", suppression(line, evidence)),
        ("Restated", restatements::notes(line).collect()),
        ("Findings", findings(card, line).map(ToString::to_string).collect()),
        ("On the page", on_the_page(card, line, pack, evidence)),
        ("Published", published(evidence)),
    ];
    steps.into_iter().filter(|(_, says)| !says.is_empty()).map(|(step, says)| ExplanationStep { step, says }).collect()
}

fn file(line: &Line<'_>, evidence: &Evidence<'_>) -> Vec<String> {
    let Some(file) = evidence.file else {
        return vec![format!("There is no file of the source {}.", line.indicator.source)];
    };
    let modified = file.modified.map_or_else(
        || "its storage does not say when it was changed".to_owned(),
        |modified| format!("changed {}", modified.format("%Y-%m-%d %H:%M UTC")),
    );
    vec![format!("{}, source {}", file.name, file.source), format!("sha256 {}", file.sha256), modified]
}

fn cells(evidence: &Evidence<'_>) -> Vec<String> {
    let line = |cell: &super::CellFound| {
        format!("{} › {}  {} for {}: {}", cell.sheet, cell.cell, cell.role, words::month(cell.period), cell.holds)
    };
    evidence.cells.iter().map(line).collect()
}

fn target(line: &Line<'_>) -> Vec<String> {
    let Some(target) = line.target else {
        let why = if line.indicator.polarity == Polarity::None {
            "None: it is shown for context."
        } else {
            "None was in force."
        };
        return vec![why.to_owned()];
    };
    vec![themes::ended(meaning::target(line.indicator, target)).to_string()]
}

fn rating(line: &Line<'_>) -> Vec<String> {
    let mut says = Vec::new();
    match line.rating {
        Rating::Unrated(Unrated::Context) => says.push("Context is never rated.".to_owned()),
        Rating::Unrated(_) => says.push(format!("Not rated: {}.", words::rating_reason(line.rating))),
        Rating::Red | Rating::Amber | Rating::Green => {
            says.push(words::polarity(line.indicator.polarity).to_owned());
            says.extend(reasons::rule(line));
            says.extend(reasons::change(line));
        }
    }
    if line.rating != line.rating_unrounded {
        says.push(format!("On the unrounded figure it would have been {}.", line.rating_unrounded.word()));
    }
    if let Some(own) = line.own_rating {
        says.push(format!("The source itself shows it {}.", own.word()));
    }
    says
}

fn movement(line: &Line<'_>, page: &Line<'_>) -> Vec<String> {
    let mut says = on_previous(line);
    let is_by_year = line.indicator.trend.travel == TravelBy::LastYear && line.movement().is_some();
    says.extend(longer::movements(page, !is_by_year));
    says
}

/// The latest against the one before it.
fn on_previous(line: &Line<'_>) -> Vec<String> {
    let label = words::own_period(line.indicator, line.previous_period);
    let (now, before) = match (&line.current, &line.previous, &line.comparison) {
        (Reading::Figure(now), Reading::Figure(before), Comparison::Moved(_)) => (now.value, before.value),
        (_, _, Comparison::Not(why)) => {
            return vec![format!("{}.", words::capital(&change_words::not_comparable(line, why)))];
        }
        _ => return Vec::new(),
    };
    let Some(movement) = line.movement() else { return Vec::new() };
    let mut says = vec![format!(
        "{} − {} ({label}) = {}",
        words::number(now),
        words::number(before),
        words::number(movement.change)
    )];
    let band = words::number(line.indicator.steady_within.normalize());
    let polarity = words::polarity(line.indicator.polarity).to_lowercase();
    let direction = over_time::travel(line);
    match movement.travel {
        Travel::NoJudgement => {}
        // Its direction is judged by more than this month.
        _ if line.indicator.trend.travel != TravelBy::Previous => {
            says.extend(by_more_than_the_month(line));
            says.extend((!direction.is_empty()).then(|| format!("{direction}: {polarity}")));
        }
        Travel::Steady => says.push(format!("steady: it moved by no more than {band}")),
        travel if line.indicator.steady_within.is_zero() => {
            says.push(format!("{}: {polarity}", words::travel(travel)));
        }
        travel => says.push(format!("{}: {polarity}, and it moved by more than {band}", words::travel(travel))),
    }
    says.extend(arithmetic::of_both_parts(line));
    says
}

/// What its direction is judged by, where that is not the figure before.
fn by_more_than_the_month(line: &Line<'_>) -> Option<String> {
    let Comparison::Moved(movement) = &line.changes.direction else { return None };
    let change = words::number(movement.change);
    match line.indicator.trend.travel {
        TravelBy::Previous => None,
        TravelBy::LastYear => {
            let (now, then) = (line.current.figure()?.value, line.changes.last_year.before.figure()?.value);
            let label = words::own_period(line.indicator, line.changes.last_year.since);
            Some(format!("{} − {} ({label}) = {change}", words::number(now), words::number(then)))
        }
        TravelBy::Regression => Some(format!(
            "the straight line that fits its series best changes by {change} from its first month to its last"
        )),
    }
}

/// Whether the series is changing, and which rule says so.
fn signalled(line: &Line<'_>) -> Vec<String> {
    let facts = signal::facts(line).into_iter().map(|fact| format!("{} {}", fact.label, fact.value));
    let caution = signal::signal(line).map(|signal| signal.caution).filter(|caution| !caution.is_empty());
    facts.chain(caution).collect()
}

/// What is withheld, by the source or by the council's own rules.
fn suppression(line: &Line<'_>, evidence: &Evidence<'_>) -> Vec<String> {
    let of_source = match line.current {
        Reading::Missing(Missing::Suppressed) => Some("The source withholds the figure."),
        Reading::Missing(Missing::Low) => Some("The source says only that it is low."),
        Reading::Missing(_) | Reading::Figure(_) => None,
    };
    let of_council = match evidence.withheld {
        [] => None,
        _ if evidence.is_withheld_everywhere => Some(
            "Public editions hide it. This board has no restricted edition, so no pack of it prints what is said here.",
        ),
        _ => Some("Public editions hide it. Only a restricted edition prints what is said here."),
    };
    let says: Vec<String> =
        of_source.into_iter().chain(of_council).map(str::to_owned).chain(evidence.withheld.iter().cloned()).collect();
    if says.is_empty() { vec!["Nothing is hidden.".to_owned()] } else { says }
}

/// The words that are printed about it, or would be if nothing held the pack.
fn on_the_page(card: &Scorecard<'_>, line: &Line<'_>, pack: &Pack, evidence: &Evidence<'_>) -> Vec<String> {
    let line = evidence.page.unwrap_or(line);
    let reference = line.indicator.reference.as_str();
    let blocks = pack.sections.iter().flat_map(|section| &section.blocks);
    let own = blocks.filter(|block| block.reference == reference);
    let of_block: Vec<String> =
        own.flat_map(|block| block.sentences.iter().chain(&block.notes)).map(|text| text.trim().to_owned()).collect();
    let says = if of_block.is_empty() { vec![words::capital(&sentences::headline(line))] } else { of_block };
    held(card).into_iter().chain(says).collect()
}

/// What holds the pack, if anything does.
fn held(card: &Scorecard<'_>) -> Option<String> {
    let blocking = card.findings.iter().filter(|finding| finding.is_blocking());
    let codes: BTreeSet<&str> = blocking.map(|finding| finding.code.as_str()).collect();
    let codes: Vec<String> = codes.into_iter().map(str::to_owned).collect();
    (!codes.is_empty()).then(|| format!("The pack is held, so this is not printed yet: {}.", words::list(&codes)))
}

/// What is published of each edition, and whether the next run would change it.
fn published(evidence: &Evidence<'_>) -> Vec<String> {
    if evidence.issued.iter().all(|issued| issued.revision.is_none()) {
        return vec!["Not published yet.".to_owned()];
    }
    evidence.issued.iter().map(|issued| of_edition(issued, evidence)).collect()
}

fn of_edition(issued: &Issued<'_>, evidence: &Evidence<'_>) -> String {
    let edition = format!("{} edition", issued.edition.word());
    let Some(revision) = issued.revision else { return format!("The {edition} is not published yet.") };
    // A board's only edition needs no name.
    let of = if evidence.issued.len() > 1 { format!(" of the {edition}") } else { String::new() };
    let Some(row) = &issued.row else { return format!("Revision {revision}{of} does not print it.") };
    let same_file = evidence.file.is_some_and(|file| file.sha256 == row.file_sha256);
    let figure = if row.value.is_empty() { row.status.clone() } else { row.figure(&row.value) };
    let prints = format!("Revision {revision}{of} prints {figure}, {}", words::rating_named(&row.rating));
    let from = if same_file { "from this same file" } else { "from a file with other bytes" };
    match (issued.now.is_some_and(|now| is_as_printed(row, now)), issued.is_held) {
        (true, _) => format!("{prints}, {from}."),
        (false, true) => format!("{prints}, {from}: it stands while the pack is held."),
        (false, false) => format!("{prints}, {from}: the next run changes it."),
    }
}

/// Whether an edition would print its figure and its rating again.
fn is_as_printed(row: &Printed, now: &Line<'_>) -> bool {
    let [value, numerator, denominator] = figures::numbers(now.current.figure()).map(Option::unwrap_or_default);
    (&row.value, &row.numerator, &row.denominator) == (&value, &numerator, &denominator)
        && (row.period, row.rating.as_str()) == (now.period, now.rating.word())
}
