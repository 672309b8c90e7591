//! What the daemon asks of the walk.

use tokio::task::JoinError;

use crate::config::{Config, Loaded};
use crate::domain::{PackKey, Period};
use crate::run::deliver::Delivery;
use crate::run::{Outcome, StandingPacks, StopToken};
use crate::schedule::Due;
use crate::schedule::due::fate::FallenDue;

/// Makes packs and knows what stands: the walk, or a stand-in for it.
pub trait Activation: Send + Sync + 'static {
    /// What stands of each pack of a period and of later ones.
    fn standing(
        &self,
        config: &Config,
        from: Period,
    ) -> impl Future<Output = Result<StandingPacks, ActivationError>> + Send;

    /// Notes packs that were missed, each once however often it is said; there may be none.
    fn note_missed(
        &self,
        config: &Config,
        missed: &[FallenDue],
    ) -> impl Future<Output = Result<(), ActivationError>> + Send;

    /// Makes packs, oldest first as given, until it is asked to stop. One pack's
    /// fault is its outcome; an error is what kept all of them from being made.
    fn activate(
        &self,
        loaded: &Loaded,
        keys: Vec<PackKey>,
        stop: StopToken,
    ) -> impl Future<Output = Result<Vec<Outcome>, ActivationError>> + Send;

    /// Tells people what happened. None where nobody is to be told.
    fn notify(&self, _loaded: &Loaded) -> impl Future<Output = Result<Option<Delivery>, ActivationError>> + Send {
        std::future::ready(Ok(None))
    }
}

/// How many packs one activation makes, unless one month alone has more.
const AT_A_TIME: usize = 200;

/// What one activation makes of what is due, which is sorted by month: whole months, so that
/// each reads its workbooks once, and at least one. The rest is due at the next ring. So
/// years that are made up for take no more memory than a busy month.
pub(super) fn at_a_time(mut due: Vec<Due>) -> Vec<Due> {
    let ends =
        |nth: usize| due.get(nth).zip(due.get(nth + 1)).is_none_or(|(one, next)| one.key.period != next.key.period);
    let last = (0..due.len()).filter(|nth| ends(*nth)).take_while(|nth| *nth < AT_A_TIME).last();
    let first = (0..due.len()).find(|nth| ends(*nth));
    due.truncate(last.or(first).map_or(0, |last| last + 1));
    due
}

/// Why no pack could be made.
#[derive(Debug, thiserror::Error)]
pub enum ActivationError {
    /// Another run holds the published folder, or the ledger's server is out of reach: the
    /// error that says so. Nothing was tried, so the next ring may.
    #[error("{0}")]
    Locked(String),
    /// The world or the program failed: the error with its causes.
    #[error("{0}")]
    Failed(String),
    /// A bug. Its message went to stderr as it happened and is not repeated,
    /// since it might quote a value.
    #[error("failed to finish: the program panicked (hint: this is a bug; the line before says where)")]
    Panicked,
}

/// An activation's own answer, or that it panicked.
pub(super) fn flatten(
    ended: Result<Result<Vec<Outcome>, ActivationError>, JoinError>,
) -> Result<Vec<Outcome>, ActivationError> {
    // Nobody cancels an activation whose end is waited for.
    ended.unwrap_or(Err(ActivationError::Panicked))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::BoardId;
    use crate::schedule::DueReason;

    #[test]
    fn an_activation_makes_whole_months_and_never_none() {
        let due = |months: &[usize]| -> Vec<Due> {
            let of = |(nth, packs): (i32, &usize)| {
                let period = "2020-01".parse::<Period>().unwrap().plus(nth);
                (0..*packs).map(move |board| Due {
                    key: PackKey { period, board: BoardId::parse(&format!("b{board}")).unwrap() },
                    since: "2026-11-05T06:00:00Z".parse().unwrap(),
                    why: DueReason::First,
                })
            };
            (0..).zip(months).flat_map(of).collect()
        };
        for (months, made) in [
            (&[][..], 0),
            (&[1], 1),
            (&[100, 100], 200),
            (&[100, 100, 1], 200),
            (&[100, 101], 100),
            (&[199, 1, 1], 200),
            // One month alone has more.
            (&[765], 765),
            (&[765, 765], 765),
            (&[201, 1], 201),
        ] {
            assert_eq!(at_a_time(due(months)).len(), made, "{months:?}");
        }
    }
}
