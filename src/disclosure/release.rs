//! Everything that is public together: counts, how they add up, and the
//! percentages that rest on them.

use std::collections::BTreeMap;

use super::cell::{CountCell, Disclosed, DisclosureRule};

/// A count of one [`Release`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CellId(pub(super) usize);

/// Two sums that any reader knows to be equal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Balance {
    pub(super) left: Vec<usize>,
    pub(super) right: Vec<usize>,
}

/// A percentage: one count as a rounded share of another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PrintedShare {
    pub(super) part: usize,
    pub(super) whole: usize,
    /// Decimals that are printed.
    pub(super) digits: u32,
    /// The cell of those of the whole who are not of the part.
    pub(super) rest: usize,
    /// Whether it is public already.
    pub(super) already: bool,
}

impl PrintedShare {
    /// The percentage as printed, in units of its last decimal: half is
    /// rounded away from zero.
    fn printed(self, part: u32, whole: u32) -> i128 {
        let (twice, whole) = (200 * self.scale() * i128::from(part), i128::from(whole));
        (twice + whole) / (2 * whole)
    }

    /// How many units of the last decimal one percent has.
    fn scale(self) -> i128 {
        10_i128.pow(self.digits)
    }

    /// The two lines between which part and whole must lie for the same
    /// percentage to be printed: `low[0] × part ≥ low[1] × whole` and
    /// `high[0] × part ≤ high[1] × whole − 1`, in whole numbers.
    pub(super) fn between(self, cells: &[CountCell]) -> ([i128; 2], [i128; 2]) {
        let printed = self.printed(cells[self.part].value, cells[self.whole].value);
        let each = 200 * self.scale();
        ([each, 2 * printed - 1], [each, 2 * printed + 1])
    }
}

/// Why a count, a sum or a percentage cannot be of a release.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReleaseError {
    /// One count with two values.
    #[error("{key} is {first} in one place and {second} in another: give the two different keys")]
    TwoValues {
        /// Whose.
        key: String,
        /// As first given.
        first: u32,
        /// As given again.
        second: u32,
    },
    /// Sums that are not equal.
    #[error("{left} is not {right}: {which} do not add up, so leave the sum out")]
    DoesNotAddUp {
        /// The counts of both sides.
        which: String,
        /// One sum.
        left: u64,
        /// The other.
        right: u64,
    },
    /// More of a part than of its whole.
    #[error("{part} is more than {whole}, of which it should be a part")]
    MoreThanAll {
        /// The part's key.
        part: String,
        /// The whole's key.
        whole: String,
    },
    /// More decimals than a percentage is printed with.
    #[error("a percentage has up to {most} decimals, not {digits}")]
    TooManyDigits {
        /// As given.
        digits: u32,
        /// The most there can be.
        most: u32,
    },
}

/// The most decimals that a percentage can be printed with.
const MOST_DIGITS: u32 = 4;

/// Everything that a reader can hold side by side: what one release prints,
/// on all boards, and what was public before.
///
/// ```
/// use boardpack::disclosure::{CountCell, Release, DisclosureRule};
///
/// let rule = DisclosureRule::up_to(5);
/// let mut release = Release::new();
/// let all = release.cell(CountCell::open("CL08/2026-10", 86))?;
/// let suitable = release.cell(CountCell::personal("CL08/2026-10/suitable", 81, rule))?;
/// let not = release.cell(CountCell::personal("CL08/2026-10/not-suitable", 3, rule))?;
/// let unknown = release.cell(CountCell::open("CL08/2026-10/not-known", 2))?;
/// release.total(all, &[suitable, not, unknown])?;
/// release.share(suitable, all, 0)?;
/// # Ok::<(), boardpack::disclosure::ReleaseError>(())
/// ```
#[derive(Debug, Clone, Default)]
pub struct Release {
    pub(super) cells: Vec<CountCell>,
    keys: BTreeMap<String, CellId>,
    pub(super) balances: Vec<Balance>,
    pub(super) shares: Vec<PrintedShare>,
}

impl Release {
    /// A release of nothing yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a count. The same key again is the same count in another place:
    /// the stricter rule holds, and hiding it costs both places.
    pub fn cell(&mut self, cell: CountCell) -> Result<CellId, ReleaseError> {
        let Some(id) = self.keys.get(&cell.key).copied() else {
            let id = CellId(self.cells.len());
            self.keys.insert(cell.key.clone(), id);
            self.cells.push(cell);
            return Ok(id);
        };
        let known = &mut self.cells[id.0];
        if known.value != cell.value {
            return Err(ReleaseError::TwoValues { key: cell.key, first: known.value, second: cell.value });
        }
        known.rule = match (known.rule, cell.rule) {
            (Some(one), Some(other)) => Some(one.stricter(other)),
            (one, other) => one.or(other),
        };
        known.published = known.published.max(cell.published);
        known.cost = known.cost.saturating_add(cell.cost);
        Ok(id)
    }

    /// Says that a total is the sum of its parts.
    pub fn total(&mut self, total: CellId, parts: &[CellId]) -> Result<(), ReleaseError> {
        self.balance(&[total], parts)
    }

    /// Says that two sums are equal, as in: children at the start and new ones
    /// are children at the end and those who left.
    pub fn balance(&mut self, left: &[CellId], right: &[CellId]) -> Result<(), ReleaseError> {
        let sum = |side: &[CellId]| side.iter().map(|id| u64::from(self.cells[id.0].value)).sum::<u64>();
        let (one, other) = (sum(left), sum(right));
        if one != other {
            let names: Vec<_> = left.iter().chain(right).map(|id| self.cells[id.0].key.as_str()).collect();
            return Err(ReleaseError::DoesNotAddUp { which: names.join(", "), left: one, right: other });
        }
        let indices = |side: &[CellId]| side.iter().map(|id| id.0).collect();
        self.balances.push(Balance { left: indices(left), right: indices(right) });
        Ok(())
    }

    /// Says that a part is printed as a percentage of its whole, with so many
    /// decimals. It is printed as long as both counts may be known.
    pub fn share(&mut self, part: CellId, whole: CellId, digits: u32) -> Result<(), ReleaseError> {
        self.percentage(part, whole, digits, false)
    }

    /// The same for a percentage that is public already.
    pub fn share_already(&mut self, part: CellId, whole: CellId, digits: u32) -> Result<(), ReleaseError> {
        self.percentage(part, whole, digits, true)
    }

    fn percentage(&mut self, part: CellId, whole: CellId, digits: u32, already: bool) -> Result<(), ReleaseError> {
        if digits > MOST_DIGITS {
            return Err(ReleaseError::TooManyDigits { digits, most: MOST_DIGITS });
        }
        // A share of nobody has no percentage.
        if [part, whole].iter().all(|cell| self.cells[cell.0].value == 0) {
            return self.total(whole, &[part]);
        }
        let rest = self.rest(part, whole)?;
        self.shares.push(PrintedShare { part: part.0, whole: whole.0, digits, rest: rest.0, already });
        Ok(())
    }

    /// Those of a whole who are not of a part: no page prints them, and any
    /// reader knows them.
    pub(super) fn rest(&mut self, part: CellId, whole: CellId) -> Result<CellId, ReleaseError> {
        let (of, all) = (&self.cells[part.0], &self.cells[whole.0]);
        let Some(value) = all.value.checked_sub(of.value) else {
            return Err(ReleaseError::MoreThanAll { part: of.key.clone(), whole: all.key.clone() });
        };
        let rule = of.rule.map(|rule| if rule.rest { rule } else { DisclosureRule { small: 0, ..rule } });
        let label = format!("{} without {}", all.label, of.label);
        let rest = CountCell::open(format!("{} without {}", all.key, of.key), value).called(label);
        let known = self.keys.contains_key(&rest.key);
        let rest = self.cell(CountCell { rule, published: Disclosed::Nowhere, cost: 0, ..rest })?;
        if !known {
            self.total(whole, &[part, rest])?;
        }
        Ok(rest)
    }

    /// A count of this release.
    pub fn get(&self, id: CellId) -> &CountCell {
        &self.cells[id.0]
    }

    /// The count with this key.
    pub fn find(&self, key: &str) -> Option<CellId> {
        self.keys.get(key).copied()
    }

    /// Every count, in the order they were added.
    pub fn cells(&self) -> impl Iterator<Item = (CellId, &CountCell)> {
        self.cells.iter().enumerate().map(|(index, cell)| (CellId(index), cell))
    }
}
