//! What may be published: hides small counts of children so that nobody can
//! work them out again.
//!
//! ```text
//! Release ─► suppress ─► Suppression ─► audit ─► Audited
//!   counts, sums,          what is hidden,  what a reader could recover:
//!   percentages            and why          nothing, or there is no edition
//! ```
//!
//! A [`Release`] is everything that a reader can hold side by side: this
//! month's counts and those before, years to date, the categories of a
//! breakdown, the same figure on another board's pages, and what is public
//! already. [`clear`] hides what must be hidden and has it audited.
//!
//! # From whom
//!
//! From a reader who has every public page, this month's and earlier ones,
//! knows what adds up to what, knows how percentages are rounded, knows the
//! rule, and can solve equations. For every sensitive hidden count (1 to the
//! threshold, 5 unless said otherwise) such a reader is left with
//!
//! 1. a table that fits everything published, in which the count is **more
//!    than the threshold**: so no sum of hidden counts is ever small itself;
//! 2. another in which it is **another small number**, for the reader who
//!    guesses that this is the count that the rule is about.
//!
//! Marks look the same whether a count is hidden for itself or for another,
//! and a count that is hidden for another may be 0. A count that nothing adds
//! up to is still known to be from 1 to 5: that is what its mark says. The
//! room does not defend against knowledge from elsewhere (a reader who knows
//! one of the children), nor against a reader who reruns this program on every
//! table that fits and keeps those that would have been hidden in this way.
//!
//! # Use
//!
//! ```
//! use boardpack::disclosure::{CountCell, Disclosed, Release, DisclosureRule, clear, cost};
//!
//! let rule = DisclosureRule::up_to(5);
//! let mut release = Release::new();
//! // April and May: the year to date gives May away unless both are hidden.
//! let april = release.cell(CountCell::personal("missing/2026-04", 9, rule).published(Disclosed::Already))?;
//! let may = release.cell(CountCell::personal("missing/2026-05", 3, rule))?;
//! let year = release.cell(CountCell::personal("missing/2026-05/ytd", 12, rule).costing(cost::TOTAL))?;
//! release.total(year, &[april, may])?;
//!
//! let audited = clear(&release);
//! assert!(audited.recoverable().is_empty());
//! assert!(audited.suppression().is_hidden(may));
//! assert!(audited.suppression().is_hidden(year));
//! # Ok::<(), boardpack::disclosure::ReleaseError>(())
//! ```
//!
//! What an integrator does with a scorecard:
//!
//! - every printed count becomes a [`CountCell`] under a key that says which count
//!   it is (indicator, month, category), so that the same count on two boards,
//!   or as this month's "previous", is one cell;
//! - a percentage is its part, its whole and [`Release::share`]; where its
//!   part is not printed, the part is [`Disclosed::Percent`];
//! - sums ([`Release::total`]) for breakdowns, sub-areas and years to date,
//!   [`Release::balance`] for flows into and out of a stock; a sum that the
//!   source gets wrong is refused with [`ReleaseError::DoesNotAddUp`] and left
//!   out, since no reader can use it either;
//! - an earlier month's count is [`Disclosed::Already`] where it was shown,
//!   and [`Disclosed::Nowhere`] where it was hidden and is not printed again;
//!   its percentage is [`Release::share_already`], or left out where hidden;
//! - whatever is worked from a hidden count (rating, movement, gap, chart,
//!   sentence, alt text) is hidden with it.
//!
//! | file | story |
//! |---|---|
//! | `cell`, `release` | the model |
//! | `protection` | what must stay in doubt |
//! | `net`, `attacker` | can a reader imagine another world, and what would it take |
//! | `exact` | the least that can be hidden, for small releases |
//! | `suppress` | chooses what to hide |
//! | `audit` | tries to recover it, without the help of the files above |
//! | `log` | what was hidden, in words |
//! | `linear` | the solver |
//! | [`council`], `counts`, `sums`, `categories`, `longer_sums`, `duplicate_series` | a council's figures as one release |
//! | `numbers`, `idioms`, `quantities`, `other_kinds` | how many a text says, in whatever words, and of what |
//! | `figure_names`, `spoken`, `hidden_series` | what it would say of what is hidden |
//! | `steady` | the same choice month after month |
//! | [`known`] | what public packs have told already |
//! | [`people`] | what in an officer's words may say who somebody is |
//! | [`public`] | what of the figures and findings the public may learn |

use std::collections::BTreeSet;

mod attacker;
mod audit;
mod categories;
mod cell;
pub mod council;
mod counts;
mod duplicate_series;
mod exact;
mod figure_names;
mod hidden_series;
mod idioms;
pub mod known;
mod linear;
mod log;
mod longer_sums;
mod net;
mod numbers;
mod other_kinds;
pub mod people;
mod protection;
pub mod public;
mod quantities;
mod release;
mod spoken;
mod steady;
mod sums;
mod suppress;
#[cfg(test)]
mod tests;

pub use audit::{Bounds, Leak, Violation, audit, bounds};
pub use cell::{CountCell, Disclosed, DisclosureRule, cost};
pub use log::{HiddenFigure, LogRow, log};
pub use numbers::names_number;
pub use release::{CellId, Release, ReleaseError};
pub use spoken::SpokenText;
pub use suppress::{Reason, Suppression, suppress};

/// What is hidden, and what the auditor could make of the rest. Made by
/// [`clear`] only, so that no suppression goes unaudited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Audited {
    suppression: Suppression,
    recoverable: Vec<Violation>,
    before: Vec<Violation>,
}

impl Audited {
    /// What is hidden and why.
    pub fn suppression(&self) -> &Suppression {
        &self.suppression
    }

    /// Hidden counts that could be worked out again: while there is one, no
    /// public edition may be made of what it belongs to.
    pub fn recoverable(&self) -> &[Violation] {
        &self.recoverable
    }

    /// Counts that are hidden although what was public before gives them
    /// away: for the restricted log, and for the data protection officer.
    pub fn known_before(&self) -> &[Violation] {
        &self.before
    }
}

/// Hides what must be hidden, and has it audited.
pub fn clear(release: &Release) -> Audited {
    audited(release, suppress(release))
}

/// The same where small counts got out before, which are not printed again.
///
/// Readers who kept what told them work others out with them, so for those they
/// are as good as printed. From readers who did not they are hidden as any other.
/// More that is hidden gives nothing away, so one follows the other.
pub fn clear_again(release: &Release, got_out: &BTreeSet<CellId>) -> Audited {
    if got_out.is_empty() {
        return clear(release);
    }
    let mut known = release.clone();
    for cell in got_out {
        known.cells[cell.0].published = Disclosed::Already;
    }
    let suppression = suppress::suppress_more(release, suppress(&known));
    audited(&known, suppression)
}

fn audited(release: &Release, suppression: Suppression) -> Audited {
    let found = audit(release, &suppression.hidden());
    let (before, recoverable) = found.into_iter().partition(|violation| violation.before);
    Audited { suppression, recoverable, before }
}
