//! What was read, as each edition may tell it.

use std::collections::BTreeMap;

use super::reading::Read;
use crate::commentary::remarks;
use crate::config::Config;
use crate::dataset::Dataset;
use crate::disclosure::Hidden;
use crate::disclosure::council::{self, Withheld};
use crate::disclosure::public;
use crate::domain::{Board, Checked, Code, Comments, Edition, Finding, Indicator, IndicatorRef, Period, SourceId};
use crate::scorecard::scorecard;

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
    pub(super) unsaid: Vec<IndicatorRef>,
    /// Commentary that is about another figure than the hidden one.
    stale: Vec<IndicatorRef>,
}

impl Editions {
    /// Weighs what was read.
    pub(super) fn of(config: &Config, read: Read) -> Self {
        let withheld = council::weigh((&config.register, &config.sums), &config.boards, &read.datasets, &read.known);
        let public = public::public((&config.register, &config.boards), &read.datasets, &withheld);
        Self { read, public, withheld }
    }

    /// What an edition of a board may be made from.
    pub(super) fn told(&self, config: &Config, board: &Board, period: Period, edition: Edition) -> Told<'_> {
        let mut comments = config.comments(period, &board.id).cloned();
        if edition == Edition::Restricted {
            return Told { datasets: &self.read.datasets, comments, unsaid: Vec::new(), stale: Vec::new() };
        }
        let mut unsaid = Vec::new();
        if let Some(comments) = &mut comments {
            comments.on.retain(|indicator, comment| {
                let known = config.register.get(indicator);
                let words = comment.words();
                let names_one = known.is_some_and(|known| self.withheld.is_named(known, period, &words))
                    || self.withheld.is_called(period, &words);
                if names_one {
                    unsaid.push(indicator.clone());
                }
                !names_one
            });
        }
        let stale = comments.as_mut().map(|comments| self.bind(config, board, period, comments)).unwrap_or_default();
        Told { datasets: &self.public, comments, unsaid, stale }
    }

    /// Holds words against the figure that they were written about, which a
    /// public edition may not know. Those about today's are bound to nothing
    /// more; those about another than the hidden one are taken out and named.
    fn bind(&self, config: &Config, board: &Board, period: Period, comments: &mut Comments) -> Vec<IndicatorRef> {
        if self.withheld.log().is_empty() {
            return Vec::new();
        }
        let own = config.comments(period, &board.id);
        let card = scorecard(board, period, &config.register, &self.read.datasets, own, &self.read.history);
        let mut stale = Vec::new();
        for slot in &card.slots {
            let Some(comment) = comments.on.get_mut(&slot.indicator.reference) else { continue };
            if comment.is_about(&slot.about) {
                comment.about.clear();
            } else if self.hides(slot.indicator, period) {
                comments.on.remove(&slot.indicator.reference);
                stale.push(slot.indicator.reference.clone());
            }
        }
        stale
    }

    /// Whether the public may not see the figure that a pack shows, or the one
    /// before, with which it would be worked out.
    pub(super) fn hides(&self, indicator: &Indicator, period: Period) -> bool {
        let now = indicator.latest_due(period);
        [now, indicator.frequency.previous(now)].iter().any(|month| self.withheld.hides(&indicator.reference, *month))
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
        findings.extend(told.stale.iter().map(remarks::about_another));
        let of_board = |finding: &&Finding| match &finding.at.indicator {
            Some(reference) => board.indicators().any(|shown| shown == reference),
            None => finding.code != Code::Unweighed,
        };
        findings.splice(0..0, self.withheld.findings().iter().filter(of_board).cloned());
    }
}
