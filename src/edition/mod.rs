//! A board's editions: its figures and words in, its public and its restricted
//! scorecard out, weighed and bound once.
//!
//! What may be published of a period is weighed for all boards together
//! ([`Editions::weigh`]). What one edition of one board may tell is a
//! [`EditionView`]: the datasets without what is withheld, and the texts of the
//! board, the register and the commentary without what names it. A scorecard is
//! worked out of a view, and everything that speaks of an edition (a run,
//! `explain`, `commentary`, `preview`, `check`) takes it from here.
//!
//! | file | story |
//! |---|---|
//! | `texts` | every text that officers write, and where it stands |
//! | `redaction` | those that name a hidden number, left out of the public edition |
//! | `people` | those that may say who somebody is, which hold every edition |

mod people;
mod redaction;
#[cfg(test)]
mod tests;
mod texts;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

use rust_decimal::prelude::ToPrimitive as _;

use crate::dataset::Dataset;
use crate::disclosure::council::{self, Withheld};
use crate::disclosure::known::Known;
use crate::disclosure::people::OwnWords;
use crate::disclosure::{HiddenFigure, SpokenText, public};
use crate::domain::commentary::CarriedAction;
use crate::domain::known_sum::KnownSum;
use crate::domain::{
    Board, Checked, Code, Commentary, Comments, Council, Edition, Finding, Indicator, IndicatorRef, Input, NotDue,
    PackKey, PageOne, Period, Register, Source, SourceId,
};
use crate::history::History;
use crate::scorecard::{Binding, Scorecard, scorecard};
use people::People;
use texts::Occasion;

/// What a council has declared and its officers have written, as far as
/// editions go by it.
#[derive(Debug, Clone, Copy)]
pub struct Declared<'c> {
    /// Whose packs they are.
    pub council: &'c Council,
    /// Its terms, in its own words.
    pub glossary: &'c BTreeMap<String, String>,
    /// Every indicator.
    pub register: &'c Register,
    /// Every source, for its title.
    pub sources: &'c BTreeMap<SourceId, Source>,
    /// What counts of different indicators add up to.
    pub sums: &'c [KnownSum],
    /// Every board: what one shows, another may give away.
    pub boards: &'c [Board],
    /// What officers wrote.
    pub commentary: &'c Commentary,
}

/// What was read for a period: what editions are made from.
#[derive(Debug, Default)]
pub struct Material {
    /// A dataset for each source; empty, with blocking findings, where its file
    /// could not be read.
    pub datasets: BTreeMap<SourceId, Checked<Dataset>>,
    /// Where each dataset came from.
    pub inputs: BTreeMap<SourceId, Input>,
    /// Sources whose file is plain text, such as CSV.
    pub plain: BTreeSet<SourceId>,
    /// What was published for earlier months.
    pub history: History,
    /// What public packs have told, of this month, of earlier and of later ones.
    pub known: Known,
}

/// The editions of a period, weighed. Only [`Editions::weigh`] makes one.
#[derive(Debug)]
pub struct Editions<'c> {
    declared: Declared<'c>,
    material: Material,
    /// The datasets without what is withheld.
    public: BTreeMap<SourceId, Checked<Dataset>>,
    withheld: Withheld,
    /// The words that the council has for things.
    own: OwnWords,
    /// What in each pack may say who somebody is: the same in both its editions.
    people: Mutex<BTreeMap<PackKey, Arc<People>>>,
}

impl<'c> Editions<'c> {
    /// Works out what the public may not see of what was read.
    pub fn weigh(declared: Declared<'c>, material: Material) -> Self {
        let Declared { register, sums, boards, .. } = declared;
        let withheld = council::weigh((register, sums), boards, &material.datasets, &material.known);
        let public = public::public((register, boards), &material.datasets, &withheld);
        Self { declared, material, public, withheld, own: people::own_words(&declared), people: Mutex::default() }
    }

    /// What was read, whoever may see it.
    pub fn material(&self) -> &Material {
        &self.material
    }

    /// What is withheld from the public, and why.
    pub fn withheld(&self) -> &Withheld {
        &self.withheld
    }

    /// What an edition of a board may tell of a period.
    pub fn view<'e>(&'e self, board: &'e Board, period: Period, edition: Edition) -> EditionView<'e> {
        match edition {
            Edition::Restricted => {
                EditionView::whole_with(&self.declared, &self.material, board, period, &self.people(board, period))
            }
            Edition::Public => self.public_view(board, period),
        }
    }

    fn people(&self, board: &Board, period: Period) -> Arc<People> {
        let mut looked = self.people.lock().unwrap_or_else(PoisonError::into_inner);
        let of_pack = looked.entry(PackKey { period, board: board.id.clone() });
        Arc::clone(of_pack.or_insert_with(|| Arc::new(people::look(&self.declared, &self.own, board, period))))
    }

    fn public_view<'e>(&'e self, board: &'e Board, period: Period) -> EditionView<'e> {
        let register = self.declared.register;
        let comments = comments(&self.declared, board, period);
        let names = |about: Option<&IndicatorRef>, occasion: Occasion, text: &str| {
            self.names_hidden(about.and_then(|about| register.get(about)), period, occasion, text)
        };
        let (mut redacted, mut stale, mut carried_told) = (Vec::new(), Vec::new(), Vec::new());
        let comments = comments.map(|mut comments| {
            // Where a restricted edition asks for words, as of a red figure, that there are
            // words on a hidden one says which it is: none are printed, whatever they say.
            let is_asked = board.editions.contains(&Edition::Restricted);
            let is_hidden =
                |name: &IndicatorRef| is_asked && register.get(name).is_some_and(|known| self.hides_now(known, period));
            comments.on.retain(|indicator, _| !is_hidden(indicator));
            for (indicator, comment) in &mut comments.on {
                if names(Some(indicator), Occasion::ThisPack, &comment.words_for_officers()) {
                    redacted.push(indicator.clone());
                    *comment = redaction::left_out_comment();
                }
            }
            // What was given on a figure that was hidden then, or is now, likewise.
            let was_hidden = |action: &CarriedAction| {
                let known = register.get(&action.indicator);
                is_asked && known.is_some_and(|known| self.hides_now(known, action.given))
            };
            comments.carried.retain(|action| !is_hidden(&action.indicator) && !was_hidden(action));
            carried_told = redaction::carried(board, &mut comments.carried, &names);
            stale = self.bind(board, period, &mut comments);
            self.choose_nothing_hidden(period, &mut comments.page_1);
            redaction::printed(comments)
        });
        // That words are about another figure says that a hidden one changed: it is
        // told as that they name one.
        redacted.extend(stale);
        let mut findings: Vec<Finding> = redacted.iter().map(redaction::names_hidden).collect();
        let (board_told, of_board) = redaction::board(board, &names);
        let (register_told, of_register) = redaction::register(register, board, &names);
        findings.extend(of_board.into_iter().chain(of_register).chain(carried_told));
        let people = self.people(board, period);
        findings.extend(people.findings.iter().cloned());
        EditionView {
            period,
            board: board_told,
            register: register_told,
            datasets: &self.public,
            history: &self.material.history,
            comments,
            withheld: Some(&self.withheld),
            redacted,
            on_people: people.on.clone(),
            findings,
        }
    }

    /// Whether a text, on an indicator or on none, names a number that the
    /// public may not see in a pack.
    fn names_hidden(&self, about: Option<&Indicator>, pack: Period, occasion: Occasion, text: &str) -> bool {
        let withheld = &self.withheld;
        let not_due = |about: &Indicator, month| self.names_those_not_due(about, month, text);
        let spoken = SpokenText::of(text, about);
        let is_of_many = matches!(occasion, Occasion::EveryPack | Occasion::Since(_));
        let is_named = |about: &Indicator, month| withheld.is_named(about, month, &spoken, is_of_many);
        let of_month = |about: &Indicator, month| {
            withheld.is_called(month, &spoken, is_of_many) || is_named(about, month) || not_due(about, month)
        };
        let of_its_own = |about: &Indicator| match occasion {
            Occasion::ThisPack => is_named(about, pack) || not_due(about, pack),
            // "One is one too many" of years ago says nothing of today's figure.
            Occasion::Month(month) => of_month(about, month),
            Occasion::Since(month) => is_named(about, pack) || not_due(about, pack) || of_month(about, month),
            Occasion::EveryPack => is_named(about, pack),
        };
        !spoken.says_nothing() && (about.is_some_and(of_its_own) || withheld.is_called(pack, &spoken, is_of_many))
    }

    /// Whether a sentence on an indicator says how few are not due yet.
    fn names_those_not_due(&self, about: &Indicator, period: Period, text: &str) -> bool {
        let not_due = |datasets: &BTreeMap<SourceId, Checked<Dataset>>| {
            datasets.get(&about.source)?.value.reading(&about.reference, about.latest_due(period))?.not_due
        };
        let many = not_due(&self.material.datasets).and_then(NotDue::count).and_then(|many| many.to_u32());
        let is_told = not_due(&self.public).and_then(NotDue::count).is_some();
        let says = |sentence: &str, many: u32| {
            sentence.to_lowercase().contains("due") && !crate::disclosure::names_number(sentence, &[many]).is_empty()
        };
        many.is_some_and(|many| !is_told && text.split(['.', '!', '?', '\n']).any(|sentence| says(sentence, many)))
    }

    /// Holds words against the figure that they were written about, which a
    /// public edition may not know. Those about today's are bound to nothing
    /// more; those about another than the hidden one are left out and returned.
    fn bind(&self, board: &Board, period: Period, comments: &mut Comments) -> Vec<IndicatorRef> {
        if self.withheld.log().is_empty() {
            return Vec::new();
        }
        let mut stale = Vec::new();
        // In the order of the board, in which they are told of.
        for reference in board.indicators() {
            let Some(indicator) = self.declared.register.get(reference) else { continue };
            let Some(comment) = comments.on.get_mut(reference).filter(|comment| comment.is_written()) else { continue };
            let dataset = self.material.datasets.get(&indicator.source).map(|read| &read.value);
            if Binding::at(indicator, period, dataset).covers(&comment.about) {
                comment.about.clear();
            } else if self.hides(indicator, period) {
                *comment = redaction::left_out_comment();
                stale.push(reference.clone());
            }
        }
        stale
    }

    /// Takes out of page 1 what officers chose for it of figures that are hidden: a
    /// place among those that improved says which way one went.
    fn choose_nothing_hidden(&self, period: Period, page: &mut PageOne) {
        let is_hidden =
            |name: &IndicatorRef| self.declared.register.get(name).is_some_and(|known| self.hides(known, period));
        for list in [&mut page.needs_attention, &mut page.improved] {
            list.retain(|name| !is_hidden(name));
        }
    }

    /// Whether the public may not see the figure that a pack shows, or the one
    /// before, with which it would be worked out.
    pub fn hides(&self, indicator: &Indicator, period: Period) -> bool {
        let now = indicator.latest_due(period);
        [now, indicator.frequency.previous(now)].iter().any(|month| self.withheld.hides(&indicator.reference, *month))
    }

    /// Whether the public may not see the figure that a pack shows.
    fn hides_now(&self, indicator: &Indicator, period: Period) -> bool {
        self.withheld.hides(&indicator.reference, indicator.latest_due(period))
    }

    /// The digest of each source's file that an edition prints. A short text of
    /// which all is known but one small number is found by trying each until its
    /// digest fits; a workbook has too much else in it.
    pub fn digests(&self, edition: Edition) -> BTreeMap<SourceId, String> {
        let hides = |id: &SourceId| {
            let read = self.material.datasets.get(id).map(|read| &read.value);
            read != self.public.get(id).map(|public| &public.value)
        };
        let may = |id: &SourceId| edition == Edition::Restricted || !self.material.plain.contains(id) || !hides(id);
        let printed = self.material.inputs.iter().filter(|(id, _)| may(id));
        printed.map(|(id, input)| (id.clone(), input.sha256.clone())).collect()
    }

    /// What is withheld, for those who may know.
    pub fn log(&self, edition: Edition) -> &[HiddenFigure] {
        match edition {
            Edition::Public => &[],
            Edition::Restricted => self.withheld.log(),
        }
    }
}

/// What officers wrote for a pack, with the actions that it carries on.
fn comments(declared: &Declared<'_>, board: &Board, period: Period) -> Option<Comments> {
    let key = PackKey { period, board: board.id.clone() };
    let mut comments = declared.commentary.comments(&key).cloned();
    let carried = declared.commentary.carried(&key, board.indicators());
    if !carried.is_empty() {
        comments.get_or_insert_default().carried = carried;
    }
    comments
}

/// What one edition of one board may tell of a period.
#[derive(Debug)]
pub struct EditionView<'e> {
    period: Period,
    /// The board without the texts that name a hidden number.
    board: Board,
    /// The register without such notes.
    register: Register,
    datasets: &'e BTreeMap<SourceId, Checked<Dataset>>,
    history: &'e History,
    comments: Option<Comments>,
    /// What is withheld from it; none of an edition that tells all.
    withheld: Option<&'e Withheld>,
    /// Commentary that names a hidden number or is about another figure than the
    /// hidden one, and is left out.
    redacted: Vec<IndicatorRef>,
    /// Indicators whose commentary may say who somebody is.
    on_people: Vec<IndicatorRef>,
    findings: Vec<Finding>,
}

impl<'e> EditionView<'e> {
    /// All there is to tell of a board: the restricted edition, and what is
    /// looked at where nothing is published.
    pub fn whole(declared: Declared<'e>, material: &'e Material, board: &'e Board, period: Period) -> Self {
        let people = people::look(&declared, &people::own_words(&declared), board, period);
        Self::whole_with(&declared, material, board, period, &people)
    }

    fn whole_with(
        declared: &Declared<'e>,
        material: &'e Material,
        board: &'e Board,
        period: Period,
        people: &People,
    ) -> Self {
        Self {
            period,
            board: redaction::whole_board(board),
            register: redaction::whole_register(declared.register),
            datasets: &material.datasets,
            history: &material.history,
            comments: comments(declared, board, period).map(redaction::printed),
            withheld: None,
            redacted: Vec::new(),
            on_people: people.on.clone(),
            findings: people.findings.clone(),
        }
    }

    /// Which pack it is of.
    pub fn key(&self) -> PackKey {
        PackKey { period: self.period, board: self.board.id.clone() }
    }

    /// Commentary that names a hidden number or is about another figure than the
    /// hidden one, and is left out.
    pub fn redacted(&self) -> &[IndicatorRef] {
        &self.redacted
    }

    /// What is to be said of texts that were left out (F707), and of texts that
    /// may say who somebody is (F720, F721).
    pub fn findings(&self) -> &[Finding] {
        &self.findings
    }

    /// The same, to be looked at before an officer has confirmed what may say who
    /// somebody is: something else stands in its place.
    #[must_use]
    pub fn without_unconfirmed(mut self, declared: &Declared<'_>) -> Self {
        let Self { period, board, register, comments, .. } = &mut self;
        people::leave_out(declared, people::PackWords { board, register, comments: comments.as_mut() }, *period);
        self
    }

    /// Whether remarks on the commentary on an indicator may be made: a remark
    /// quotes what it is about, which may be hidden, left out or about a person.
    pub fn may_remark_on(&self, indicator: &IndicatorRef) -> bool {
        let of_hidden = self.withheld.is_some_and(|withheld| withheld.touches(indicator));
        !(of_hidden || self.redacted.contains(indicator) || self.on_people.contains(indicator))
    }

    /// The scorecard of this edition, with what disclosure says of a public one
    /// before its own findings.
    pub fn scorecard(&self) -> Scorecard<'_> {
        let comments = self.comments.as_ref();
        let mut card = scorecard(&self.board, self.period, &self.register, self.datasets, comments, self.history);
        if let Some(withheld) = self.withheld {
            let of_board = |finding: &&Finding| match &finding.at.indicator {
                Some(reference) => self.board.indicators().any(|shown| shown == reference),
                None => finding.code != Code::Unweighed,
            };
            card.findings.splice(0..0, withheld.findings().iter().filter(of_board).cloned());
        }
        card
    }
}
