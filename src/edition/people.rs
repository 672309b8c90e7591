//! Every text of a pack looked through for what may say who somebody is (F720).
//!
//! It holds every edition: a restricted one goes to members, not to everybody
//! who would know a child by it. An officer who has looked at a sentence says so
//! in the file that it stands in; a sentence that has changed since is looked at
//! again. What was found is never repeated, so a finding names the text and
//! what kind of thing it holds.

use std::collections::BTreeSet;
use std::fmt::Arguments;

use super::texts::{self, TextPlace, TextVisitor};
use super::{Declared, redaction};
use crate::disclosure::people::{OwnWords, PersonalDetail, has_sentence, sightings};
use crate::domain::commentary::CarriedAction;
use crate::domain::{
    Board, Breakdown, Code, Comment, Comments, Finding, IndicatorRef, LookedAt, OfficerText, PackKey, Period, Place,
    Register,
};
use crate::words;

/// What was found in the texts of a pack.
#[derive(Debug, Default)]
pub(super) struct People {
    /// F720 and F721.
    pub(super) findings: Vec<Finding>,
    /// Indicators whose commentary holds something: nothing else may quote it.
    pub(super) on: Vec<IndicatorRef>,
}

/// What a pack says, to be looked through.
pub(super) struct PackWords<'s> {
    pub(super) board: &'s mut Board,
    pub(super) register: &'s mut Register,
    pub(super) comments: Option<&'s mut Comments>,
}

/// Looks at every text of a board, of its indicators and of its commentary.
pub(super) fn look(declared: &Declared<'_>, own: &OwnWords, board: &Board, period: Period) -> People {
    let mut comments = super::comments(declared, board, period);
    let shown = with_parts(board, declared.register);
    let shown = shown.into_iter().filter_map(|name| Some((name.clone(), declared.register.get(&name)?.clone())));
    let (mut board, mut register) = (board.clone(), shown.collect());
    let said = PackWords { board: &mut board, register: &mut register, comments: comments.as_mut() };
    search((declared, own), said, period, false)
}

/// The indicators of a board, each with its parts behind it.
fn with_parts(board: &Board, register: &Register) -> Vec<IndicatorRef> {
    let parts = |name: &IndicatorRef| {
        let breakdowns = register.get(name).into_iter().flat_map(|indicator| &indicator.breakdowns);
        breakdowns.flat_map(Breakdown::every_part).cloned().collect::<Vec<_>>()
    };
    board.indicators().flat_map(|name| std::iter::once(name.clone()).chain(parts(name))).collect()
}

/// Leaves out of what a pack says whatever `look` finds.
pub(super) fn leave_out(declared: &Declared<'_>, said: PackWords<'_>, period: Period) {
    search((declared, &own_words(declared)), said, period, true);
}

fn search(
    (declared, own): (&Declared<'_>, &OwnWords),
    said: PackWords<'_>,
    period: Period,
    leaves_out: bool,
) -> People {
    let PackWords { board, register, comments } = said;
    let commentary_file = file_of(board, period);
    let board_file = format!("boards/{}.toml", board.id);
    let mut confirmed: Vec<Confirmed<'_>> = Vec::new();
    let key = PackKey { period, board: board.id.clone() };
    let of_pack = declared.commentary.comments(&key).into_iter().flat_map(|comments| &comments.looked_at);
    confirmed.extend(of_pack.map(|looked| Confirmed::new(looked, &commentary_file)));
    let earlier = comments.as_deref().map(|comments| earlier(declared, board, comments)).unwrap_or_default();
    confirmed.extend(earlier.iter().flat_map(|(file, looked)| {
        looked.iter().map(|looked| Confirmed { is_told: false, ..Confirmed::new(looked, file) })
    }));
    let of_board = board.commentary.looked_at.clone();
    confirmed.extend(of_board.iter().map(|looked| Confirmed::new(looked, &board_file)));
    // The register is every board's: whoever has looked at it has done so for all.
    let others = declared.boards.iter().filter(|other| other.id != board.id);
    confirmed.extend(others.flat_map(|other| &other.commentary.looked_at).map(Confirmed::of_another));
    let titles = contacts(declared);
    let (own, found) = (Own { texts: own, titles: &titles }, People::default());
    let mut search = Search { own, confirmed, file: &board_file, confirm_in: &board_file, leaves_out, found };
    texts::of_board(board, &mut search);
    search.file = "indicators.toml";
    for reference in with_parts(board, register) {
        let Some(indicator) = register.get_mut(&reference) else { continue };
        match &indicator.segment {
            Some(segment) => {
                let whole = declared.register.get(&segment.parent);
                texts::of_part(indicator, whole, &mut search);
            }
            None => texts::of_indicator(indicator, &mut search),
        }
    }
    search.shared(declared, register);
    (search.file, search.confirm_in) = (&commentary_file, &commentary_file);
    let mut none = Comments::default();
    let comments = comments.unwrap_or(&mut none);
    for (indicator, comment) in &mut comments.on {
        search.comment(indicator, comment);
    }
    for action in &mut comments.carried {
        let given = earlier.iter().find(|(file, _)| *file == file_of(board, action.given));
        let Some((file, _)) = given else { continue };
        (search.file, search.confirm_in) = (file, file);
        search.carried(action);
    }
    search.unused();
    search.found
}

/// The commentary file of a month.
fn file_of(board: &Board, period: Period) -> String {
    format!("commentary/{period}/{}.toml", board.id)
}

/// The files of earlier months whose actions a pack carries on, each with what officers
/// say in it may stand.
fn earlier<'d>(declared: &Declared<'d>, board: &Board, comments: &Comments) -> Vec<(String, &'d [LookedAt])> {
    let months: BTreeSet<Period> = comments.carried.iter().map(|action| action.given).collect();
    let looked_at = |given: Period| {
        let of = declared.commentary.comments(&PackKey { period: given, board: board.id.clone() });
        of.map(|comments| comments.looked_at.as_slice()).unwrap_or_default()
    };
    months.into_iter().map(|given| (file_of(board, given), looked_at(given))).collect()
}

/// The words that the council has for things. What officers wrote about them,
/// and who is responsible, is not among them. Each is looked through itself, and
/// excuses what an officer let stand.
pub(super) fn own_words(declared: &Declared<'_>) -> OwnWords {
    let mut own = contacts(declared);
    for (term, meaning) in declared.glossary {
        own.title(term);
        own.title(meaning);
    }
    for indicator in declared.register.values() {
        match &indicator.segment {
            Some(segment) => own.phrase(&segment.category),
            None => own.title(&indicator.title),
        }
        own.phrase(&indicator.relations.partner);
    }
    for board in declared.boards {
        own.title(&board.title);
        own.title(&board.scorecard);
        board.sections.iter().for_each(|section| own.title(&section.title));
        board.agenda.reports.iter().for_each(|report| own.phrase(&report.title));
        for (said, instead) in &board.words {
            own.phrase(said);
            own.phrase(instead);
        }
    }
    own
}

/// What titles themselves are looked through with: whose packs they are, and how
/// the council is reached.
fn contacts(declared: &Declared<'_>) -> OwnWords {
    let mut own = OwnWords::default();
    own.council(&declared.council.name);
    own.contact(&declared.council.contact);
    declared.boards.iter().for_each(|board| own.contact(&board.contact));
    own
}

/// An officer's word, and whether it was needed.
struct Confirmed<'a> {
    looked: &'a LookedAt,
    /// The file that it stands in; none where that is another board's.
    file: Option<&'a str>,
    is_used: bool,
    /// Whether it is told where it is not needed: that of an earlier month is not.
    is_told: bool,
}

impl<'a> Confirmed<'a> {
    fn new(looked: &'a LookedAt, file: &'a str) -> Self {
        Self { looked, file: Some(file), is_used: false, is_told: true }
    }

    fn of_another(looked: &'a LookedAt) -> Self {
        Self { looked, file: None, is_used: false, is_told: false }
    }

    /// Whether it is about a sentence of a text, and stands in the file in which that
    /// is said; in another board's only where the text is every board's.
    fn covers(&self, of: &str, sentence: &str, confirm_in: &str) -> bool {
        let is_there = match self.file {
            Some(file) => file == confirm_in,
            None => SHARED.iter().any(|shared| of.starts_with(shared)),
        };
        is_there && plain_key(&self.looked.of) == plain_key(of) && has_sentence(&self.looked.text, sentence)
    }
}

/// How the texts that are every board's begin.
const SHARED: [&str; 3] = ["indicators.", "glossary ", "sources."];

/// "[[actions]] A12, `note`," as "actions A12 note".
fn plain_key(key: &str) -> String {
    let words: String = key.chars().filter(|c| !matches!(c, '[' | ']' | '`' | ',')).collect();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What texts are looked through with, and what titles, which excuse nothing of
/// themselves.
#[derive(Clone, Copy)]
struct Own<'a> {
    texts: &'a OwnWords,
    titles: &'a OwnWords,
}

/// The texts of a pack on their way past.
struct Search<'a> {
    own: Own<'a>,
    confirmed: Vec<Confirmed<'a>>,
    /// Where the texts stand.
    file: &'a str,
    /// Where an officer says that one may stand.
    confirm_in: &'a str,
    /// Whether something else shall stand in the place of what is found.
    leaves_out: bool,
    found: People,
}

impl TextVisitor for Search<'_> {
    fn text(&mut self, at: TextPlace<'_>, text: &mut OfficerText) {
        self.written(&plain_key(&at.key.to_string()), at.about, text);
    }

    fn label(&mut self, key: Arguments<'_>, about: Option<&IndicatorRef>, label: &mut String) {
        if self.is_found(&plain_key(&key.to_string()), about, label, self.own.titles) && self.leaves_out {
            OfficerText::UNCONFIRMED.clone_into(label);
        }
    }

    fn title(&mut self, key: Arguments<'_>, about: Option<&IndicatorRef>, title: &mut String) {
        self.label(key, about, title);
    }
}

impl Search<'_> {
    /// What is printed in the packs of every board: the glossary, and the titles of
    /// the sources of what this one shows.
    fn shared(&mut self, declared: &Declared<'_>, register: &Register) {
        for (nth, (term, meaning)) in (1..).zip(declared.glossary) {
            for text in [term, meaning] {
                self.is_found(&format!("glossary {nth}"), None, text, self.own.titles);
            }
        }
        self.file = "sources.toml";
        let shown: BTreeSet<_> = register.values().map(|indicator| &indicator.source).collect();
        for (id, source) in declared.sources.iter().filter(|(id, _)| shown.contains(id)) {
            self.is_found(&format!("sources.{id} title"), None, &source.title, self.own.titles);
        }
    }

    /// What was written on an indicator.
    fn comment(&mut self, indicator: &IndicatorRef, comment: &mut Comment) {
        let before = self.found.findings.len();
        let keys = ["text", "action", "owner", "expect"];
        // What the workbook says instead is not printed, but told to be there.
        let mut elsewhere = comment.elsewhere.take();
        for words in [Some(&mut *comment), elsewhere.as_deref_mut()].into_iter().flatten() {
            for (key, text) in keys.into_iter().zip(texts::of_comment(words)) {
                self.written(&format!("{indicator}.{key}"), Some(indicator), text);
            }
        }
        comment.elsewhere = elsewhere;
        self.is_found(&format!("{indicator}.about"), Some(indicator), &comment.about, self.own.titles);
        for finding in self.found.findings.iter_mut().skip(before) {
            if let Some(at) = &comment.at {
                finding.at = Place { indicator: Some(indicator.clone()), ..at.clone() };
            }
        }
        if self.found.findings.len() > before {
            self.found.on.push(indicator.clone());
        }
    }

    /// An action that an earlier month gave.
    fn carried(&mut self, action: &mut CarriedAction) {
        let (before, indicator) = (self.found.findings.len(), action.indicator.clone());
        for (key, text) in ["action", "owner"].into_iter().zip(texts::of_carried(action)) {
            self.written(&format!("{indicator}.{key}"), Some(&indicator), text);
        }
        if self.found.findings.len() > before {
            self.found.on.push(indicator);
        }
    }

    /// What an officer wrote under a key.
    fn written(&mut self, of: &str, about: Option<&IndicatorRef>, text: &mut OfficerText) {
        if self.is_found(of, about, text.for_officers(), self.own.texts) && self.leaves_out {
            redaction::leave_out_unconfirmed(text);
        }
    }

    /// Whether anything is found in a text that no officer has confirmed.
    fn is_found(&mut self, of: &str, about: Option<&IndicatorRef>, text: &str, own: &OwnWords) -> bool {
        let mut kinds = BTreeSet::new();
        for sighting in sightings(text, own) {
            let mut covered = false;
            let confirm_in = self.confirm_in;
            for confirmed in self.confirmed.iter_mut().filter(|one| one.covers(of, sighting.sentence, confirm_in)) {
                confirmed.is_used = true;
                covered = true;
            }
            if !covered {
                kinds.insert(sighting.kind);
            }
        }
        let at = Place { file: Some(self.file.into()), indicator: about.cloned(), ..Place::default() };
        let is_found = !kinds.is_empty();
        let finding = is_found.then(|| person_in_text(at, of, &kinds, self.confirm_in));
        // One text may be shown twice.
        self.found.findings.extend(finding.filter(|finding| !self.found.findings.contains(finding)));
        is_found
    }

    /// F721: an officer's word about nothing that was found.
    fn unused(&mut self) {
        let unused = self.confirmed.iter().filter(|one| one.is_told && !one.is_used);
        let findings = unused.filter_map(|one| {
            let at = Place { file: Some(one.file?.into()), ..Place::default() };
            Some(Finding::new(
                Code::LookedAtUnused,
                at,
                "a [[looked_at]] is about no sentence in which anything was found",
                "look at the text again and copy the sentence as it stands now, into the file that F720 names; or delete the [[looked_at]]",
            ))
        });
        self.found.findings.extend(findings);
    }
}

/// F720: a text that may say who somebody is.
fn person_in_text(at: Place, of: &str, kinds: &BTreeSet<PersonalDetail>, confirm_in: &str) -> Finding {
    let kinds: Vec<String> = kinds.iter().map(|kind| kind.words().to_owned()).collect();
    Finding::new(
        Code::PersonInText,
        at,
        format!("{of} holds {}, and no officer has said that it may stand", words::list(&kinds)),
        format!(
            "take it out; or, where it is nobody, write a [[looked_at]] in {confirm_in} with of = {of:?}, text = the sentence as it stands and because = why it may stand"
        ),
    )
}
