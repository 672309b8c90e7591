//! What must stay in doubt, whatever else is published.

use super::cell::{CountCell, Disclosed};
use super::release::Release;

/// A count that a reader must be able to imagine with another value, one from
/// `from` to `to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Need {
    pub(super) cell: usize,
    pub(super) from: i64,
    pub(super) to: i64,
}

/// Larger than any count that matters.
pub(super) const MANY: i64 = 1_000_000;

/// Every doubt that this release must leave.
pub(super) fn needs(release: &Release) -> Vec<Need> {
    let mut needs = Vec::new();
    for (cell, about) in release.cells.iter().enumerate() {
        if about.published == Disclosed::Already || !about.is_small() {
            continue;
        }
        let small = about.rule.map_or(0, |rule| i64::from(rule.small));
        let value = i64::from(about.value);
        // It may be more than a few ...
        needs.push(Need { cell, from: small + 1, to: MANY });
        // ... and to one who is sure that it is a few, it may be another few.
        if value < small {
            needs.push(Need { cell, from: value + 1, to: small });
        } else if small > 1 {
            needs.push(Need { cell, from: 1, to: value - 1 });
        }
    }
    for share in &release.shares {
        let rest = &release.cells[share.rest];
        if is_whole_group(&release.cells[share.part], rest) {
            // It may not be all of them.
            let need = Need { cell: share.rest, from: 1, to: MANY };
            if !needs.contains(&need) {
                needs.push(need);
            }
        }
    }
    needs
}

/// Whether a part is all of its whole, and that says too much.
pub(super) fn is_whole_group(part: &CountCell, rest: &CountCell) -> bool {
    part.rule.is_some_and(|rule| rule.whole_groups) && part.value > 0 && rest.value == 0
}

/// Whether a count must be hidden for what it is, before any other is looked at.
pub(super) fn is_primary(release: &Release, cell: usize) -> bool {
    let about = &release.cells[cell];
    about.can_be_hidden()
        && (about.is_small()
            || release
                .shares
                .iter()
                .any(|share| share.part == cell && is_whole_group(about, &release.cells[share.rest])))
}
