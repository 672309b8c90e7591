//! Can a reader imagine another world, and which counts would have to be
//! hidden so that they can?
//!
//! A linear program in the differences from the truth: each count may move up
//! or down, sums stay equal, printed percentages stay as printed. Moving a
//! count that is shown costs what hiding it costs; moving a hidden one costs
//! next to nothing, so that worlds stay small.

use super::cell::Disclosed;
use super::linear::{Program, ProgramAnswer, nearest};
use super::net::{Net, World};
use super::protection::{MANY, Need};
use super::release::PrintedShare;

/// Less than any difference in a solver's answer that means something.
const NOTHING: f64 = 1e-6;
/// What moving a hidden count costs.
const HIDDEN: f64 = 1e-3;
/// Among how many counts it is asked first whether there can be a world, and then
/// among how many.
const NEAR: [usize; 2] = [30, 120];

/// Each count of the program, as two variables: up and down.
struct Moves {
    cells: Vec<usize>,
    up: Vec<usize>,
    down: Vec<usize>,
}

impl Moves {
    /// The difference of a count as terms of a row; none for one that stays.
    fn terms(&self, cell: usize, factor: f64) -> Vec<(usize, f64)> {
        match self.cells.binary_search(&cell) {
            Ok(index) => vec![(self.up[index], factor), (self.down[index], -factor)],
            Err(_) => Vec::new(),
        }
    }

    fn difference(&self, index: usize, point: &[f64]) -> f64 {
        point[self.up[index]] - point[self.down[index]]
    }
}

/// What the program may do beside moving what is hidden.
#[derive(Clone, Copy, PartialEq, Eq)]
enum May {
    /// Nothing, in real numbers.
    Real,
    /// Nothing, in whole numbers.
    Whole,
    /// Nothing, in real numbers, and what lies beyond these counts may be anything:
    /// where there is no world then, there is none.
    Beyond,
    /// Hide more, at its cost.
    Hide,
}

/// A world that satisfies the need while no more is hidden, if there is one.
pub(super) fn world(net: &Net<'_>, hidden: &[bool], need: Need) -> Option<World> {
    let may_move = |cell: usize| !net.is_known(cell, hidden);
    let cells = net.reached(&[need.cell], may_move);
    for most in NEAR.into_iter().take_while(|most| *most < cells.len()) {
        let near = net.nearest(&[need.cell], may_move, most);
        if pose(net, hidden, need, near, May::Beyond)?.program.solve() == ProgramAnswer::Impossible {
            return None;
        }
    }
    // Most often the cheapest point is in whole numbers by itself.
    for may in [May::Real, May::Whole] {
        let Posed { program, moves, .. } = pose(net, hidden, need, cells.clone(), may)?;
        let point = match program.solve() {
            ProgramAnswer::Point(point) => point,
            ProgramAnswer::Impossible => return None,
            ProgramAnswer::Unknown => continue,
        };
        let by = |index| (moves.cells[index], nearest(moves.difference(index, &point)));
        let world: World = (0..moves.cells.len()).map(by).filter(|(_, by)| *by != 0).collect();
        if satisfies(net, hidden, need, &world) {
            return Some(world);
        }
    }
    None
}

/// Whether a reader can imagine this world, and it satisfies the need.
pub(super) fn satisfies(net: &Net<'_>, hidden: &[bool], need: Need, world: &World) -> bool {
    let value = i64::from(net.release.cells[need.cell].value) + world.get(&need.cell).unwrap_or(&0);
    (need.from..=need.to).contains(&value) && net.allows(world, hidden)
}

/// Which further counts to hide, at the least cost, so that the need may be
/// satisfied; none where hiding everything would not do.
pub(super) fn further(net: &Net<'_>, hidden: &[bool], need: Need) -> Option<Vec<usize>> {
    let cells = net.reached(&[need.cell], |cell| !net.is_fixed(cell));
    let Posed { program, moves, slacks } = pose(net, hidden, need, cells, May::Hide)?;
    let point = program.solve().point()?;
    let moved = (0..moves.cells.len())
        .filter(|index| moves.difference(*index, &point).abs() > NOTHING)
        .map(|index| moves.cells[index])
        .filter(|cell| net.release.cells[*cell].published == Disclosed::Count);
    let given_up = slacks.iter().filter(|(slack, _)| point[*slack] > NOTHING).map(|(_, cell)| *cell);
    let mut further: Vec<usize> = moved.chain(given_up).filter(|cell| !hidden[*cell]).collect();
    further.sort_unstable();
    further.dedup();
    Some(further)
}

/// A program with its variables.
struct Posed {
    program: Program,
    moves: Moves,
    /// Of each printed percentage that may be given up, the variable that says
    /// so and the count whose hiding does it.
    slacks: Vec<(usize, usize)>,
}

/// The question whether there is a world that satisfies the need.
fn pose(net: &Net<'_>, hidden: &[bool], need: Need, cells: Vec<usize>, may: May) -> Option<Posed> {
    let value = i64::from(net.release.cells[need.cell].value);
    let (rise, fall) = (need.from - value, value - need.to);
    // To fall below nothing is to imagine fewer than no children.
    if need.from > need.to || fall > value {
        return None;
    }
    let mut program = Program::new();
    let (mut up, mut down) = (Vec::new(), Vec::new());
    for cell in &cells {
        let about = &net.release.cells[*cell];
        let all = i64::from(about.value.saturating_sub(about.least));
        // Where the count in need moves one way, it does not move the other.
        let (ups, downs) = match (*cell == need.cell, rise > 0) {
            (true, true) => ((rise, need.to - value), (0, 0)),
            (true, false) => ((0, 0), (fall.max(0), value - need.from)),
            (false, _) => ((0, MANY), (0, all)),
        };
        let cost = if net.is_known(*cell, hidden) { net.price(*cell) } else { HIDDEN };
        // A count that can give a little is as dear as one that can give enough.
        let enough = rise.max(fall).max(1);
        let scarce = if (1..enough).contains(&all) { fraction(enough, all) } else { 1.0 };
        let mut variable = |cost, (from, to)| match may {
            May::Whole => program.whole(cost, from, to),
            May::Real | May::Beyond | May::Hide => program.real(cost, from, to),
        };
        up.push(variable(cost, ups));
        down.push(variable(cost * scarce, downs));
    }
    let moves = Moves { cells, up, down };
    let is_beyond =
        |cell: &usize| may == May::Beyond && !net.is_known(*cell, hidden) && moves.cells.binary_search(cell).is_err();
    for balance in net.balances_of(&moves.cells) {
        if balance.left.iter().chain(&balance.right).any(is_beyond) {
            continue;
        }
        let left = balance.left.iter().flat_map(|cell| moves.terms(*cell, 1.0));
        let right = balance.right.iter().flat_map(|cell| moves.terms(*cell, -1.0));
        program.equal(&left.chain(right).collect::<Vec<_>>(), 0.0);
    }
    let mut slacks = Vec::new();
    for share in net.shares_of(&moves.cells) {
        if ![share.part, share.whole].iter().any(is_beyond)
            && Net::is_printed(share, hidden)
            && !net.goes_with_its_counts(share)
        {
            slacks.extend(keep_percentage(&mut program, &moves, net, share, may));
        }
    }
    Some(Posed { program, moves, slacks })
}

/// The two rows that keep a percentage as it is printed, with a way out at the
/// cost of hiding a count that it rests on, where more may be hidden.
fn keep_percentage(
    program: &mut Program,
    moves: &Moves,
    net: &Net<'_>,
    share: PrintedShare,
    may: May,
) -> Option<(usize, usize)> {
    let cells = &net.release.cells;
    let gives = [share.part, share.whole].into_iter().find(|cell| cells[*cell].can_be_hidden());
    let slack =
        gives.filter(|_| may == May::Hide && !share.already).map(|cell| (program.real(net.price(cell), 0, MANY), cell));
    let (low, high) = share.between(cells);
    let (part, all) = (i128::from(cells[share.part].value), i128::from(cells[share.whole].value));
    let row = |part_by: f64, whole_by: f64| -> Vec<(usize, f64)> {
        let terms = moves.terms(share.part, part_by).into_iter().chain(moves.terms(share.whole, whole_by));
        terms.chain(slack.map(|(slack, _)| (slack, 1.0))).collect()
    };
    // In children of the part, so that factors stay near one.
    program.at_least(&row(1.0, -ratio(low[1], low[0])), ratio(low[1] * all - low[0] * part, low[0]));
    program.at_least(&row(-1.0, ratio(high[1], high[0])), ratio(high[0] * part - high[1] * all + 1, high[0]));
    slack
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn ratio(one: i128, other: i128) -> f64 {
    one as f64 / other as f64
}

fn fraction(one: i64, other: i64) -> f64 {
    ratio(i128::from(one), i128::from(other))
}
