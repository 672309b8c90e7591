//! What was read, as each edition may tell it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rust_decimal::prelude::ToPrimitive as _;

use super::reading::Read;
use super::unsaid;
use crate::commentary::remarks;
use crate::config::{Config, Register};
use crate::dataset::Dataset;
use crate::disclosure::Hidden;
use crate::disclosure::council::{self, Withheld};
use crate::disclosure::public;
use crate::domain::{
    Board, Checked, Code, Comments, Edition, Finding, Indicator, IndicatorRef, NotDue, Period, SourceId,
};
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
    /// The board without the texts that name a hidden number.
    pub(super) board: Cow<'e, Board>,
    /// The register without such notes.
    pub(super) register: Cow<'e, Register>,
    pub(super) datasets: &'e BTreeMap<SourceId, Checked<Dataset>>,
    pub(super) comments: Option<Comments>,
    /// Commentary that names a hidden number, and is left out.
    pub(super) unsaid: Vec<IndicatorRef>,
    /// Other texts that do, and are left out.
    pub(super) left_out: Vec<Finding>,
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
    pub(super) fn told<'e>(
        &'e self,
        config: &'e Config,
        board: &'e Board,
        period: Period,
        edition: Edition,
    ) -> Told<'e> {
        let mut comments = config.comments(period, &board.id).cloned();
        if edition == Edition::Restricted {
            return Told {
                board: Cow::Borrowed(board),
                register: Cow::Borrowed(&config.register),
                datasets: &self.read.datasets,
                comments,
                unsaid: Vec::new(),
                left_out: Vec::new(),
                stale: Vec::new(),
            };
        }
        let names = |about: Option<&IndicatorRef>, period: Period, text: &str| {
            self.names_hidden(about.and_then(|about| config.register.get(about)), period, text)
        };
        let mut unsaid = Vec::new();
        if let Some(comments) = &mut comments {
            comments.on.retain(|indicator, comment| {
                let names_one = names(Some(indicator), period, &comment.words());
                if names_one {
                    unsaid.push(indicator.clone());
                }
                !names_one
            });
        }
        let stale = comments.as_mut().map(|comments| self.bind(config, board, period, comments)).unwrap_or_default();
        let (said, mut left_out) = unsaid::board(board, period, &names);
        let (register, of_register) = unsaid::register(&config.register, board, period, &names);
        left_out.extend(of_register);
        let (board, register) = (Cow::Owned(said), Cow::Owned(register));
        Told { board, register, datasets: &self.public, comments, unsaid, left_out, stale }
    }

    /// Whether a text, on an indicator or on none, names a number that the
    /// public may not see.
    fn names_hidden(&self, about: Option<&Indicator>, period: Period, text: &str) -> bool {
        let of_its_own = |about: &Indicator| {
            self.withheld.is_named(about, period, text) || self.names_those_not_due(about, period, text)
        };
        about.is_some_and(of_its_own) || self.withheld.is_called(period, text)
    }

    /// Whether a sentence on an indicator says how few are not due yet.
    fn names_those_not_due(&self, about: &Indicator, period: Period, text: &str) -> bool {
        let not_due = |datasets: &BTreeMap<SourceId, Checked<Dataset>>| {
            datasets.get(&about.source)?.value.reading(&about.reference, about.latest_due(period))?.not_due
        };
        let many = not_due(&self.read.datasets).and_then(NotDue::count).and_then(|many| many.to_u32());
        let is_told = not_due(&self.public).and_then(NotDue::count).is_some();
        let says = |sentence: &str, many: u32| {
            sentence.to_lowercase().contains("due") && !crate::commentary::names_number(sentence, &[many]).is_empty()
        };
        many.is_some_and(|many| !is_told && text.split(['.', '!', '?', '\n']).any(|sentence| says(sentence, many)))
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

    /// The digest of each source's file that an edition prints. A short text of
    /// which all is known but one small number is found by trying each until its
    /// digest fits; a workbook has too much else in it.
    pub(super) fn digests(&self, edition: Edition) -> BTreeMap<SourceId, String> {
        let hides = |id: &SourceId| {
            let read = self.read.datasets.get(id).map(|read| &read.value);
            read != self.public.get(id).map(|public| &public.value)
        };
        let may = |id: &SourceId| edition == Edition::Restricted || !self.read.plain.contains(id) || !hides(id);
        let told = self.read.inputs.iter().filter(|(id, _)| may(id));
        told.map(|(id, input)| (id.clone(), input.sha256.clone())).collect()
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
            // A remark quotes what it is about, so none is made on what is not said.
            let of_unsaid = finding.at.indicator.as_ref().is_some_and(|indicator| told.unsaid.contains(indicator));
            !((of_hidden || of_unsaid) && finding.code.is_about_commentary())
        });
        findings.extend(told.unsaid.iter().map(remarks::names_hidden));
        findings.extend(told.left_out.iter().cloned());
        findings.extend(told.stale.iter().map(remarks::about_another));
        let of_board = |finding: &&Finding| match &finding.at.indicator {
            Some(reference) => board.indicators().any(|shown| shown == reference),
            None => finding.code != Code::Unweighed,
        };
        findings.splice(0..0, self.withheld.findings().iter().filter(of_board).cloned());
    }
}
