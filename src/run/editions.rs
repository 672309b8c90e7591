//! What was read, as each edition may tell it.

use std::collections::BTreeMap;

use super::reading::Read;
use crate::commentary::remarks;
use crate::config::{Comments, Config};
use crate::dataset::Dataset;
use crate::disclosure::Hidden;
use crate::disclosure::council::{self, Withheld};
use crate::disclosure::public;
use crate::domain::{Board, Checked, Code, Edition, Finding, IndicatorRef, Period, SourceId};

/// The datasets of a period by edition.
pub(super) struct Editions {
    /// What was read: the restricted edition's.
    pub(super) read: Read,
    /// The same without what is withheld.
    public: BTreeMap<SourceId, Checked<Dataset>>,
    /// What is withheld.
    withheld: Withheld,
}

/// What an edition of one board may tell.
pub(super) struct Told<'e> {
    pub(super) datasets: &'e BTreeMap<SourceId, Checked<Dataset>>,
    pub(super) comments: Option<Comments>,
    /// Commentary that names a hidden number, and is left out.
    unsaid: Vec<IndicatorRef>,
}

impl Editions {
    /// Weighs what was read.
    pub(super) fn of(config: &Config, read: Read) -> Self {
        let withheld = council::weigh(&config.register, &config.boards, &read.datasets);
        let public = public::public(&read.datasets, &withheld);
        Self { read, public, withheld }
    }

    /// What an edition of a board may be made from.
    pub(super) fn told(&self, config: &Config, board: &Board, period: Period, edition: Edition) -> Told<'_> {
        let mut comments = config.comments(period, &board.id).cloned();
        if edition == Edition::Restricted {
            return Told { datasets: &self.read.datasets, comments, unsaid: Vec::new() };
        }
        let mut unsaid = Vec::new();
        if let Some(comments) = &mut comments {
            comments.retain(|indicator, comment| {
                let known = config.register.get(indicator);
                let names_one = known.is_some_and(|known| self.withheld.is_named(known, period, &comment.words()));
                if names_one {
                    unsaid.push(indicator.clone());
                }
                !names_one
            });
        }
        Told { datasets: &self.public, comments, unsaid }
    }

    /// What is withheld, for those who may know.
    pub(super) fn log(&self, edition: Edition) -> &[Hidden] {
        match edition {
            Edition::Public => &[],
            Edition::Restricted => self.withheld.log(),
        }
    }

    /// Adds what disclosure says of a public edition to its findings, and
    /// takes remarks on commentary out that may repeat a hidden figure.
    pub(super) fn curb(&self, board: &Board, edition: Edition, told: &Told<'_>, findings: &mut Vec<Finding>) {
        if edition == Edition::Restricted {
            return;
        }
        findings.retain(|finding| {
            let of_hidden = finding.at.indicator.as_ref().is_some_and(|indicator| self.withheld.touches(indicator));
            !(of_hidden && finding.code.is_about_commentary())
        });
        findings.extend(told.unsaid.iter().map(remarks::names_hidden));
        let of_board = |finding: &&Finding| match &finding.at.indicator {
            Some(reference) => board.indicators().any(|shown| shown == reference),
            None => finding.code != Code::Unweighed,
        };
        findings.splice(0..0, self.withheld.findings().iter().filter(of_board).cloned());
    }
}
