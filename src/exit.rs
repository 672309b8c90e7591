//! Exit codes, which scripts and service managers rely on.
//!
//! | code | meaning |
//! |---|---|
//! | 0 | every pack asked for is published or unchanged, and final; cautions do not change that |
//! | 1 | the program failed, or another run has in hand what is asked for |
//! | 2 | the command line or the config is wrong |
//! | 3 | at least one pack is held or draft because of its data or commentary |
//! | 4 | a storage, the published folder or the ledger could not be reached |
//!
//! For `check` 0 says that nothing is blocking, and 3 that something is. For
//! `verify` 0 says that the file is genuine, and 3 that it is not to be used. For
//! `ledger check` 0 says that it and the published folder say the same, and 3 that they differ. For
//! `status` 0 says that each board's latest pack is final, and 3 that one is not.
//!
//! Where several apply to a run, the one that needs a hand first wins:
//! 1 before 4 before 3 before 0.

use crate::domain::PackState;
use crate::publish::Publication;
use crate::run::{Outcome, PackResult, PutOffReason};

/// How the program ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Every pack asked for is published or unchanged, and final.
    Done = 0,
    /// The program failed.
    Failed = 1,
    /// The command line or the config is wrong.
    Config = 2,
    /// At least one pack is held or draft because of its data or commentary.
    Outstanding = 3,
    /// A storage, the published folder or the ledger could not be reached.
    Unreachable = 4,
}

impl Exit {
    /// How a run ends, given what became of its packs.
    pub fn of(outcomes: &[Outcome]) -> Self {
        outcomes
            .iter()
            .map(|outcome| Self::of_pack(&outcome.result))
            .max_by_key(|exit| exit.urgency())
            .unwrap_or(Self::Done)
    }

    /// Of two ends the one that needs a hand first.
    pub fn or(self, other: Self) -> Self {
        std::cmp::max_by_key(self, other, |exit| exit.urgency())
    }

    /// The code as a number.
    pub fn code(self) -> u8 {
        self as u8
    }

    fn of_pack(result: &PackResult) -> Self {
        match result {
            PackResult::Published(publication) | PackResult::Unchanged(publication) => {
                Self::of_publication(publication)
            }
            PackResult::WouldPublish { state: PackState::Final, .. } => Self::Done,
            PackResult::WouldPublish { .. } | PackResult::Held { .. } => Self::Outstanding,
            PackResult::PutOff(PutOffReason::LedgerLost(_)) | PackResult::Failed { storage: true, .. } => {
                Self::Unreachable
            }
            // As a run that finds the folder in use.
            PackResult::PutOff(PutOffReason::InHand | PutOffReason::Ended)
            | PackResult::Failed { storage: false, .. } => Self::Failed,
        }
    }

    fn of_publication(publication: &Publication) -> Self {
        match publication.manifest.state {
            PackState::Final => Self::Done,
            PackState::Draft => Self::Outstanding,
        }
    }

    fn urgency(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Outstanding => 1,
            Self::Unreachable => 2,
            Self::Failed => 3,
            // Never the end of a run that reached its packs.
            Self::Config => 4,
        }
    }
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{BoardId, Edition, PackKey, Period};
    use crate::publish::Manifest;

    fn publication(state: PackState) -> Publication {
        let manifest = Manifest {
            schema: 1,
            board: BoardId::parse("panel").unwrap(),
            period: Period::EARLIEST,
            edition: Edition::Public,
            revision: 1,
            state,
            supersedes: None,
            outstanding: 0,
            awaited: Vec::new(),
            lacks: std::collections::BTreeMap::new(),
            inputs: Vec::new(),
            record: crate::publish::RevisionRecord::default(),
            config_sha256: String::new(),
            template_sha256: String::new(),
            content_sha256: String::new(),
            files: Vec::new(),
            program: String::new(),
            seal: None,
        };
        Publication::for_tests(manifest, "r1")
    }

    fn failed(storage: bool) -> PackResult {
        PackResult::Failed { error: String::new(), storage }
    }

    fn of(results: Vec<PackResult>) -> u8 {
        let key = PackKey { period: Period::EARLIEST, board: BoardId::parse("panel").unwrap() };
        let outcomes: Vec<Outcome> = results
            .into_iter()
            .map(|result| Outcome {
                key: key.clone(),
                edition: Edition::Public,
                result,
                cautions: Vec::new(),
                to_follow: 0,
            })
            .collect();
        Exit::of(&outcomes).code()
    }

    #[test]
    fn each_result_has_its_code() {
        let held = || PackResult::Held { findings: Vec::new(), notice: None };
        let would = |state| PackResult::WouldPublish {
            revision: 1,
            outstanding: 0,
            state,
            differing: 0,
            content_sha256: String::new(),
        };
        assert_eq!(of(vec![]), 0);
        assert_eq!(of(vec![PackResult::Published(publication(PackState::Final))]), 0);
        assert_eq!(of(vec![PackResult::Unchanged(publication(PackState::Final))]), 0);
        assert_eq!(of(vec![PackResult::Published(publication(PackState::Draft))]), 3);
        assert_eq!(of(vec![PackResult::Unchanged(publication(PackState::Draft))]), 3);
        assert_eq!(of(vec![would(PackState::Final)]), 0);
        assert_eq!(of(vec![would(PackState::Draft)]), 3);
        assert_eq!(of(vec![held()]), 3);
        assert_eq!(of(vec![failed(false)]), 1);
        assert_eq!(of(vec![failed(true)]), 4);
        assert_eq!(of(vec![PackResult::PutOff(PutOffReason::InHand)]), 1);
        assert_eq!(of(vec![PackResult::PutOff(PutOffReason::LedgerLost(String::new()))]), 4);
    }

    #[test]
    fn the_most_urgent_code_wins_whatever_the_order() {
        let good = || PackResult::Published(publication(PackState::Final));
        let draft = || PackResult::Published(publication(PackState::Draft));
        assert_eq!(of(vec![good(), draft(), good()]), 3);
        assert_eq!(of(vec![draft(), failed(true), good()]), 4);
        assert_eq!(of(vec![failed(true), failed(false), draft()]), 1);
        assert_eq!(of(vec![failed(false), failed(true)]), 1);
    }
}
