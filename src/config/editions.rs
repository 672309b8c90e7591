//! What may be published: `[disclosure]`, a board's `editions` and `[exempt]`,
//! an indicator's `[….disclosure]`.

use super::reader::TableReader;
use crate::domain::edition::{Edition, Exempt, Paragraph, Protection};

/// The threshold unless the council says otherwise: the Department for
/// Education's own for statistics on children in need.
const THRESHOLD: u32 = 5;

/// The council's threshold: counts from 1 to this are not published.
pub(super) fn threshold(root: &mut TableReader<'_>) -> u32 {
    let mut table = root.table("disclosure");
    let threshold = threshold_of(&mut table).unwrap_or(THRESHOLD);
    table.finish();
    threshold
}

/// `threshold` of a table, where it has one.
fn threshold_of(table: &mut TableReader<'_>) -> Option<u32> {
    let threshold: u32 = table.optional("threshold")?;
    if !(1..=20).contains(&threshold) {
        table.fault(
            "threshold",
            format!("found {threshold}; expected 1 to 20"),
            "counts from 1 to this are not published; an indicator that gives nobody away has disclosure.sensitive = false",
        );
    }
    Some(threshold)
}

/// What a board's pack is made as.
pub(super) struct BoardEditions {
    pub(super) editions: Vec<Edition>,
    pub(super) exempt: Exempt,
    pub(super) threshold: u32,
}

/// A board's `editions`, `[exempt]` and `[disclosure]`.
pub(super) fn of_board(root: &mut TableReader<'_>, council: Option<(u32, bool)>) -> BoardEditions {
    let mut editions: Vec<Edition> = root.or("editions", vec![Edition::Public]);
    editions.sort_unstable();
    editions.dedup();
    if editions.is_empty() {
        root.fault(
            "editions",
            "names none",
            "write editions = [\"public\"], [\"public\", \"restricted\"] or [\"restricted\"]",
        );
    }
    let restricted = editions.contains(&Edition::Restricted);
    let has_exempt = root.has("exempt");
    let mut table = root.table("exempt");
    let numbers: Vec<u32> = table.or("paragraphs", Vec::new());
    let because = table.or("because", String::new());
    let mut paragraphs = Vec::new();
    for number in numbers {
        match Paragraph::new(number) {
            Some(paragraph) => paragraphs.push(paragraph),
            None => table.fault(
                "paragraphs",
                format!("found {number}; Part 1 of Schedule 12A has paragraphs 1 to 7"),
                "2 is for what is likely to reveal the identity of an individual",
            ),
        }
    }
    if restricted && paragraphs.is_empty() && because.trim().is_empty() {
        table.fault(
            "",
            "says not why the restricted edition is not public",
            "write [exempt] with paragraphs = [2], or because = \"…\" for a board that meets in private",
        );
    }
    if has_exempt && !restricted {
        table.fault("", "belongs to a board with a restricted edition", "add \"restricted\" to `editions`");
    }
    table.finish();
    if restricted && council.is_some_and(|(_, has_place)| !has_place) {
        root.fault(
            "editions",
            "has a restricted edition, and there is no place for it",
            "set `restricted` under [publish] in boardpack.toml, away from the public packs",
        );
    }
    let mut table = root.table("disclosure");
    let own = threshold_of(&mut table);
    table.finish();
    let threshold = own.or(council.map(|(threshold, _)| threshold)).unwrap_or(THRESHOLD);
    BoardEditions { editions, exempt: Exempt { paragraphs, because: because.into() }, threshold }
}

/// An indicator's `[….disclosure]`.
pub(super) fn of_indicator(entry: &mut TableReader<'_>) -> Protection {
    let mut table = entry.table("disclosure");
    let default = Protection::default();
    let protection = Protection {
        sensitive: table.or("sensitive", default.sensitive),
        threshold: threshold_of(&mut table),
        complement: table.or("complement", default.complement),
        whole_group: table.or("whole_group", default.whole_group),
    };
    table.finish();
    protection
}
