//! The least that can be hidden, exactly, where a release is small enough.
//!
//! One yes or no for each count that is shown: is it hidden? For each doubt
//! that is not yet there, another world in which counts move only if they are
//! hidden. The solver finds the cheapest set of yeses.

use super::cell::Disclosed;
use super::linear::Program;
use super::net::Net;
use super::protection::Need;

/// The largest program that is solved exactly: counts times worlds.
pub(super) const LARGEST: usize = 160;
/// What a child moved costs: less than anything that is weighed.
const MOVED: f64 = 1e-7;

/// Which further counts to hide so that every need may be satisfied; none
/// where the program is too large, or a percentage is more than its counts.
pub(super) fn further(net: &Net<'_>, hidden: &[bool], cells: &[usize], needs: &[Need]) -> Option<Vec<usize>> {
    let loose = |share| Net::is_printed(share, hidden) && !net.goes_with_its_counts(share);
    if cells.len() * needs.len() > LARGEST || net.shares_of(cells).into_iter().any(loose) {
        return None;
    }
    let mut program = Program::new();
    let hides: Vec<Option<usize>> = cells
        .iter()
        .map(|cell| {
            let about = &net.release.cells[*cell];
            let shown = about.published == Disclosed::Count && !hidden[*cell];
            shown.then(|| program.whole(net.price(*cell), 0, 1))
        })
        .collect();
    for need in needs {
        another_world(&mut program, net, cells, &hides, *need);
    }
    let point = program.solve().point()?;
    let hidden = |index: &usize| hides[*index].is_some_and(|yes| point[yes] > 0.5);
    Some((0..cells.len()).filter(hidden).map(|index| cells[index]).collect())
}

/// A world in which the need is satisfied.
#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn another_world(program: &mut Program, net: &Net<'_>, cells: &[usize], hides: &[Option<usize>], need: Need) {
    let value = |cell: usize| i64::from(net.release.cells[cell].value);
    let room = |cell: usize| value(cell) - i64::from(net.release.cells[cell].least).min(value(cell));
    let (rise, fall) = ((need.from - value(need.cell)).max(0), (value(need.cell) - need.to).max(0));
    // No count has to move further than the one in need.
    let most = rise + fall;
    let moves: Vec<[usize; 2]> = cells
        .iter()
        .zip(hides)
        .map(|(cell, hide)| {
            let least = if *cell == need.cell { [rise, fall] } else { [0, 0] };
            let bounds = if *cell == need.cell { least } else { [most, most.min(room(*cell))] };
            [0, 1].map(|way| {
                let moved = program.real(MOVED, least[way], bounds[way]);
                if let Some(hide) = hide {
                    program.at_least(&[(*hide, bounds[way] as f64), (moved, -1.0)], 0.0);
                }
                moved
            })
        })
        .collect();
    let terms = |cell: &usize, factor: f64| {
        let found = cells.binary_search(cell).ok();
        found.into_iter().flat_map(move |index| [(index, 0, factor), (index, 1, -factor)])
    };
    for balance in net.balances_of(cells) {
        let left = balance.left.iter().flat_map(|cell| terms(cell, 1.0));
        let right = balance.right.iter().flat_map(|cell| terms(cell, -1.0));
        let row: Vec<_> = left.chain(right).map(|(index, way, factor)| (moves[index][way], factor)).collect();
        program.equal(&row, 0.0);
    }
}
