//! What each measure means, who set its target and why: beside its chart where it has
//! one, at the back of the pack for all others, and in `figures.csv`.

use std::collections::BTreeMap;

use super::front::{block_anchor, has_block};
use super::model::{Meaning, MeaningList, MeaningPlace};
use super::{benchmarks, reasons, themes};
use crate::domain::benchmark::Benchmarks;
use crate::domain::{AttributedText, Indicator, IndicatorRef, Target};
use crate::scorecard::{Line, Scorecard};
use crate::words;

/// The anchor of the list.
const LIST: &str = "measures";

/// Every measure of a scorecard by its reference; none where there is none.
pub(super) fn list(card: &Scorecard<'_>) -> Option<MeaningList> {
    let lines: BTreeMap<&IndicatorRef, &Line<'_>> =
        card.lines().map(|line| (&line.indicator.reference, line)).collect();
    let (beside, at_the_back): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|(reference, _)| has_block(card, reference));
    (!at_the_back.is_empty()).then(|| MeaningList {
        anchor: LIST.to_owned(),
        title: "About these measures".to_owned(),
        rows: at_the_back.into_iter().map(|(_, line)| meaning(line)).collect(),
        beside: "Explained beside their charts".to_owned(),
        places: beside
            .into_iter()
            .map(|(reference, _)| MeaningPlace { reference: reference.to_string(), anchor: block_anchor(reference) })
            .collect(),
    })
}

/// The anchor of the list, for a section that has measures in it; else empty.
pub(super) fn list_for<'l>(card: &Scorecard<'_>, lines: impl IntoIterator<Item = &'l Line<'l>>) -> String {
    let is_there = lines.into_iter().any(|line| !has_block(card, &line.indicator.reference));
    if is_there { LIST.to_owned() } else { String::new() }
}

/// Where a measure is explained.
pub(super) fn anchor(reference: &IndicatorRef, is_detailed: bool) -> String {
    if is_detailed { block_anchor(reference) } else { entry_anchor(reference) }
}

pub(super) fn entry_anchor(reference: &IndicatorRef) -> String {
    format!("measure-{}", reference.as_str().to_lowercase())
}

fn meaning(line: &Line<'_>) -> Meaning {
    let indicator = line.indicator;
    let target = line.target.map(|of| AttributedText::from("Target: ").and(themes::ended(target(indicator, of))));
    Meaning {
        anchor: entry_anchor(&indicator.reference),
        reference: indicator.reference.to_string(),
        title: indicator.title.clone(),
        plain: indicator.plain.screened(),
        definition: indicator.definition.screened(),
        target: target.unwrap_or_default(),
        good: themes::good(indicator),
        compared: compared(line),
    }
}

/// What a line without a block is held against: a year before, and others.
fn compared(line: &Line<'_>) -> AttributedText {
    let year = match themes::last_year(line) {
        year if year.is_empty() => year,
        year => format!("A year before: {}.", words::lower_first(&year)),
    };
    let others = match &line.indicator.benchmarks {
        Benchmarks::Known(known) if !known.is_empty() => themes::ended(benchmarks::others(line.indicator)),
        Benchmarks::Known(_) | Benchmarks::None(_) => AttributedText::default(),
    };
    let gap = if year.is_empty() || others.is_empty() { "" } else { " " };
    AttributedText::from(format!("{year}{gap}")).and(others)
}

/// "88% (the council's own, since April 2024; the 45 days are statutory guidance), amber
/// within 4 points. A step on the way to every one."
pub(super) fn target(indicator: &Indicator, target: &Target) -> AttributedText {
    let mut text = AttributedText::from(words::goal(&indicator.measure, target.goal)).and(" (").and(set_by(target));
    text.push(format!("), {}", reasons::allowance(indicator, target)));
    let because = target.because.screened_trimmed();
    if because.is_empty() { text } else { themes::ended(text).and(" ").and(because) }
}

/// "the council's own, since April 2024; the 45 days are statutory guidance".
pub(super) fn set_by(target: &Target) -> AttributedText {
    let set = format!("{}, since {}", words::target_source(target.source), words::month(target.from));
    let duty = target.duty.screened_trimmed().without_end('.');
    let set = AttributedText::from(set);
    if duty.is_empty() { set } else { set.and("; ").and(duty) }
}

/// Who set the targets of parts and why, where that is not what is said of the whole:
/// "Target of Assessment and Family help: the council's own, since April 2024. …"
pub(super) fn of_parts(line: &Line<'_>, parts: &[Line<'_>]) -> Vec<AttributedText> {
    let said = |target: &Target| {
        let (set, because) = (set_by(target), target.because.screened_trimmed());
        if because.is_empty() { set } else { themes::ended(set).and(" ").and(because) }
    };
    let of_whole = line.target.map(said);
    let mut told: Vec<(AttributedText, Vec<String>)> = Vec::new();
    for part in parts {
        let Some((text, segment)) = part.target.map(said).zip(part.indicator.segment.as_ref()) else { continue };
        match told.iter_mut().find(|(known, _)| *known == text) {
            Some((_, categories)) => categories.push(segment.category.clone()),
            None if Some(&text) == of_whole.as_ref() => {}
            None => told.push((text, vec![segment.category.clone()])),
        }
    }
    told.into_iter()
        .map(|(text, categories)| {
            AttributedText::from(format!("Target of {}: ", words::list(&categories))).and(themes::ended(text))
        })
        .collect()
}

/// What `figures.csv` says of a line: its meaning and definition; who set its target,
/// the duty behind it and why it is what it is.
pub(super) fn columns(line: &Line<'_>) -> [String; 5] {
    let of_target = |text: fn(&Target) -> String| line.target.map(text).unwrap_or_default();
    [
        line.indicator.plain.screened_trimmed().to_string(),
        line.indicator.definition.screened_trimmed().to_string(),
        of_target(|target| target.source.word().to_owned()),
        of_target(|target| target.duty.screened_trimmed().to_string()),
        of_target(|target| target.because.screened_trimmed().to_string()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::{with_card, with_page_1};

    const PERCENT: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n";

    fn target_of(keys: &str) -> (String, String, [String; 5]) {
        let a = format!("{PERCENT}[[indicators.A.targets]]\nfrom = \"2025-04\"\nvalue = 88\ntolerance = 5\n{keys}\n");
        with_card(&a, "", "\"A\"", "A,2026-10,80,,", |card| {
            let line = card.lines().next().unwrap();
            let said = target(line.indicator, line.target.unwrap()).to_string();
            (said, meaning(line).target.to_string(), columns(line))
        })
    }

    #[test]
    fn who_set_a_number_is_told_apart_from_what_the_law_asks_for() {
        let (said, listed, columns) = target_of(
            "source = \"local\"\nduty = \"the 45 days are statutory guidance.\"\nbecause = \" A step on the way. \"",
        );
        let text = "88% (the council's own, since April 2025; the 45 days are statutory guidance), amber if missed by up to 5 points. A step on the way.";
        assert_eq!(said, text);
        assert_eq!(listed, format!("Target: {text}"));
        assert_eq!(columns[2..], ["local", "the 45 days are statutory guidance.", "A step on the way."]);
        let (said, listed, columns) = target_of("source = \"national\"");
        assert_eq!(said, "88% (national, since April 2025), amber if missed by up to 5 points");
        assert_eq!(listed, format!("Target: {said}."));
        assert_eq!(columns[2..], ["national", "", ""]);
    }

    #[test]
    fn a_measure_is_explained_once_beside_its_chart_or_at_the_back() {
        with_page_1("", "", |card| {
            let list = list(card).unwrap();
            let rows: Vec<String> = list.rows.iter().map(|row| format!("{}: {}", row.anchor, row.plain)).collect();
            let places: Vec<&str> = list.places.iter().map(|place| place.anchor.as_str()).collect();
            // A and B are red: words are asked for, in a block of their own.
            assert_eq!((rows, places), (vec!["measure-c: P".to_owned()], vec!["block-a", "block-b"]));
            assert_eq!(list_for(card, &card.sections[0]), LIST);
            assert_eq!(list_for(card, &card.sections[0][..2]), "");
        });
    }

    #[test]
    fn parts_with_targets_of_their_own_say_who_set_them() {
        let a = |part: &str| {
            format!(
                "{PERCENT}[[indicators.A.targets]]\nfrom = \"2025-04\"\nvalue = 88\ntolerance = 5\nsource = \"local\"\nbecause = \"Why.\"\n\
                 [indicators.A.breakdowns.team]\ntitle = \"Team\"\nsums = false\ncategories = [\
                 {{ id = \"n\", title = \"North\", targets = [{{ from = \"2025-04\", value = 80, tolerance = 5, {part} }}] }},\
                 {{ id = \"s\", title = \"South\", targets = [{{ from = \"2025-04\", value = 90, tolerance = 5, {part} }}] }}]\n"
            )
        };
        let rows = "A,2026-10,,80,100\nA:team:n,2026-10,,40,50\nA:team:s,2026-10,,40,50";
        let notes = |part: &str| {
            with_card(&a(part), "", "\"A\"", rows, |card| {
                let line = card.lines().next().unwrap();
                of_parts(line, &line.breakdowns[0].lines).iter().map(|note| note.to_string()).collect::<Vec<_>>()
            })
        };
        assert_eq!(notes("source = \"local\", because = \"Why.\""), [""; 0]);
        assert_eq!(
            notes("source = \"national\", because = \"The best do.\""),
            ["Target of North and South: national, since April 2025. The best do."]
        );
    }
}
