//! Every text that officers write about a board: where it stands, and what may
//! stand in its place.
//!
//! Each type is taken apart field by field and never with `..`, so that a new
//! field does not compile until somebody has said here whether it is an
//! officer's text. What is passed over with `_` holds no such text: titles and
//! nouns are not prose. Roles, places and the like are walked after the texts.

use std::fmt::Arguments;

use crate::domain::agenda::{
    Action, Agenda, AgendaReport, Answer, Audit, NotCollected, Request, SeeAlso, Wanted, YouSaid,
};
use crate::domain::board::{Baseline, Papers};
use crate::domain::indicator::Break;
use crate::domain::related::{Related, Relations};
use crate::domain::trend::{Event, Rebase, TrendSettings};
use crate::domain::{
    Benchmarks, Board, Comment, CommentaryRules, Exempt, Indicator, IndicatorRef, OfficerText, Period, Section,
    StandingRequest, Target,
};

/// When a text says what it says.
#[derive(Debug, Clone, Copy)]
pub(super) enum Occasion {
    /// In this pack, of its own month.
    ThisPack,
    /// In every pack, of a month that is past.
    Month(Period),
    /// The same in every pack, or in several: that it is missing from one must not
    /// say what is hidden in that one.
    EveryPack,
}

/// Where a text stands, and what it is about.
#[derive(Debug, Clone, Copy)]
pub(super) struct TextPlace<'a> {
    /// The table and the key, as a message names them.
    pub(super) key: Arguments<'a>,
    /// The indicator that it is about.
    pub(super) about: Option<&'a IndicatorRef>,
    /// When it says what it says.
    pub(super) occasion: Occasion,
    /// What stands in its place where it is left out: nothing where a page can
    /// do without.
    pub(super) instead: &'static str,
}

/// A text with the name of its key.
pub(super) type Keyed<'a> = (&'a str, &'a mut OfficerText);

/// Looks at every text in turn.
pub(super) trait TextVisitor {
    /// A text.
    fn text(&mut self, at: TextPlace<'_>, text: &mut OfficerText);

    /// Two texts that are read together.
    fn pair(&mut self, table: Arguments<'_>, about: Option<&IndicatorRef>, texts: [Keyed<'_>; 2]) {
        one_by_one(self, table, about, texts);
    }

    /// A role, a place or a title of a few words.
    fn name(&mut self, _: TextPlace<'_>, _: &mut String) {}

    /// A text that only a restricted edition prints.
    fn restricted(&mut self, at: TextPlace<'_>, text: &mut OfficerText) {
        self.text(at, text);
    }
}

/// Texts of one table, each by itself.
pub(super) fn one_by_one(
    visitor: &mut (impl TextVisitor + ?Sized),
    table: Arguments<'_>,
    about: Option<&IndicatorRef>,
    texts: [Keyed<'_>; 2],
) {
    for (key, text) in texts {
        visitor.text(TextPlace { about, ..plain(format_args!("{table}, `{key}`,")) }, text);
    }
}

/// A text of a board, about no indicator. It stands there for many packs, whose
/// readers know it from those that print it.
fn plain<'a>(key: Arguments<'a>) -> TextPlace<'a> {
    TextPlace { key, about: None, occasion: Occasion::EveryPack, instead: OfficerText::LEFT_OUT }
}

/// The texts of a board's own file.
pub(super) fn of_board(board: &mut Board, visitor: &mut impl TextVisitor) {
    let Board {
        id: _,
        title: _,
        scorecard: _,
        recommendation,
        owner: _,
        contact: _,
        sections,
        headlines: _,
        details: _,
        timing: _,
        cadence: _,
        missed: _,
        first_period: _,
        meetings: _,
        commentary_working_day: _,
        editions: _,
        exempt: Exempt { paragraphs: _, because },
        threshold: _,
        baseline,
        commentary: CommentaryRules { words: _, to_follow: _, sign_off: _, sign_off_by: _, standing, looked_at: _ },
        papers: Papers { appendix: _, author: _, wards: _, background, file_name: _ },
        agenda,
        words: _,
    } = board;
    visitor.restricted(plain(format_args!("[exempt], `because`,")), because);
    visitor.text(plain(format_args!("`recommendation`")), recommendation);
    for paper in background {
        visitor.text(plain(format_args!("`background_papers`")), paper);
    }
    for section in sections {
        let Section { number, title: _, intro, indicators: _, questions, assurance, breakdowns: _ } = section;
        visitor.text(plain(format_args!("[[sections]] {number}, `intro`,")), intro);
        visitor.text(plain(format_args!("[[sections]] {number}, `assurance`,")), assurance);
        for question in questions {
            visitor.text(plain(format_args!("[[sections]] {number}, `questions`,")), question);
        }
    }
    if let Some(Baseline { period: _, label }) = baseline {
        visitor.text(TextPlace { instead: "", ..plain(format_args!("[baseline], `label`,")) }, label);
    }
    for StandingRequest { indicator, asked: _, request, closed: _ } in standing {
        visitor.text(TextPlace { about: Some(indicator), ..plain(format_args!("`request` of [[standing]]")) }, request);
    }
    of_agenda(agenda, visitor);
    names_of_board(board, visitor);
}

/// Who says and does what, where, as a board's file has it: no prose, but printed as
/// it stands.
fn names_of_board(board: &mut Board, visitor: &mut impl TextVisitor) {
    let Board { owner, meetings, papers, agenda, .. } = board;
    visitor.name(plain(format_args!("`owner`")), owner);
    visitor.name(plain(format_args!("`author`")), &mut papers.author);
    visitor.name(plain(format_args!("`wards`")), &mut papers.wards);
    for meeting in meetings {
        visitor.name(plain(format_args!("`item` of {}", meeting.period)), &mut meeting.item);
    }
    for Action { id, owner, .. } in &mut agenda.actions {
        visitor.name(plain(format_args!("[[actions]] {id}, `owner`,")), owner);
    }
    for (nth, Answer { asked_by, indicator, .. }) in (1..).zip(&mut agenda.answers) {
        let about = indicator.as_ref();
        visitor.name(TextPlace { about, ..plain(format_args!("[[answers]] {nth}, `asked_by`,")) }, asked_by);
    }
    for (nth, YouSaid { who, .. }) in (1..).zip(&mut agenda.you_said) {
        visitor.name(plain(format_args!("[[you_said]] {nth}, `who`,")), who);
    }
    for (nth, AgendaReport { title, owner, place, .. }) in (1..).zip(&mut agenda.reports) {
        for (key, text) in [("title", title), ("owner", owner), ("place", place)] {
            visitor.name(plain(format_args!("[[reports]] {nth}, `{key}`,")), text);
        }
    }
    for (nth, SeeAlso { place, indicator, .. }) in (1..).zip(&mut agenda.see_also) {
        let about = indicator.as_ref();
        visitor.name(TextPlace { about, ..plain(format_args!("[[see_also]] {nth}, `place`,")) }, place);
    }
}

fn of_agenda(agenda: &mut Agenda, visitor: &mut impl TextVisitor) {
    let Agenda { actions, answers, requests, you_said, audits, reports, see_also, not_collected } = agenda;
    for Action { id, text, owner: _, raised: _, due: _, done: _, note } in actions {
        visitor.pair(format_args!("[[actions]] {id}"), None, [("text", text), ("note", note)]);
    }
    // Counted as they stand in the file.
    for (nth, entry) in (1..).zip(answers) {
        let Answer { question, asked_by: _, asked: _, indicator, answer } = entry;
        let mut none = OfficerText::default();
        let given = answer.as_mut().map_or(&mut none, |(_, given)| given);
        let pair = [("question", question), ("answer", given)];
        visitor.pair(format_args!("[[answers]] {nth}"), indicator.as_ref(), pair);
    }
    for (nth, Request { text, asked: _, wanted, met, closed: _ }) in (1..).zip(requests) {
        let about = match wanted {
            Wanted::Indicator(wanted) => Some(&*wanted),
            Wanted::Section(_) | Wanted::Words => None,
        };
        visitor.pair(format_args!("[[requests]] {nth}"), about, [("text", text), ("met", met)]);
    }
    for (nth, YouSaid { period: _, who: _, said, did }) in (1..).zip(you_said) {
        visitor.pair(format_args!("[[you_said]] {nth}"), None, [("said", said), ("did", did)]);
    }
    for (nth, Audit { period: _, subject, found, next }) in (1..).zip(audits) {
        visitor.pair(format_args!("[[audits]] {nth}"), None, [("subject", subject), ("found", &mut *found)]);
        visitor.pair(format_args!("[[audits]] {nth}"), None, [("found", found), ("next", next)]);
    }
    for AgendaReport { title: _, owner: _, first: _, every_months: _, place: _ } in reports {}
    for (nth, SeeAlso { period: _, text, place: _, indicator }) in (1..).zip(see_also) {
        visitor
            .text(TextPlace { about: indicator.as_ref(), ..plain(format_args!("[[see_also]] {nth}, `text`,")) }, text);
    }
    for (nth, NotCollected { section: _, title, why, expected: _ }) in (1..).zip(not_collected) {
        visitor.pair(format_args!("[[not_collected]] {nth}"), None, [("title", title), ("why", why)]);
    }
}

/// The texts of an indicator's entry in the register. Those that a page can do
/// without have nothing in their place; a break must be told, if not why.
pub(super) fn of_indicator(indicator: &mut Indicator, visitor: &mut impl TextVisitor) {
    let Indicator {
        reference,
        title: _,
        plain,
        definition,
        measure: _,
        polarity: _,
        frequency: _,
        lag_months: _,
        basis: _,
        source: _,
        owner: _,
        targets,
        benchmarks,
        breaks,
        steady_within: _,
        explain_over: _,
        min_denominator: _,
        protection: _,
        trend: TrendSettings { kind: _, views: _, travel: _, events, signal: _, rules: _, rebases },
        checks: _,
        relations: Relations { related, tags: _, partner: _, forecasts: _ },
        breakdowns: _,
        segment: _,
    } = indicator;
    let own = &*reference;
    let mut text = |key: Arguments<'_>, occasion: Occasion, instead: &'static str, text: &mut OfficerText| {
        visitor.text(TextPlace { key, about: Some(own), occasion, instead }, text);
    };
    let left_out = OfficerText::LEFT_OUT;
    text(format_args!("[indicators.{own}], `plain`,"), Occasion::EveryPack, left_out, plain);
    text(format_args!("[indicators.{own}], `definition`,"), Occasion::EveryPack, left_out, definition);
    for Event { month, note } in events {
        text(format_args!("[indicators.{own}] event of {month}"), Occasion::Month(*month), "", note);
    }
    for Rebase { from, because } in rebases {
        text(format_args!("[indicators.{own}] signal.rebase of {from}"), Occasion::Month(*from), left_out, because);
    }
    for Break { from, kind: _, note } in breaks {
        text(format_args!("[indicators.{own}] break of {from}"), Occasion::Month(*from), left_out, note);
    }
    for Target { from, goal: _, rule: _, maximum: _, source: _, because } in targets {
        text(format_args!("[indicators.{own}] target of {from}"), Occasion::Month(*from), "", because);
    }
    for Related { to, because } in related {
        text(format_args!("[indicators.{own}] related {to}"), Occasion::EveryPack, "", because);
    }
    match benchmarks {
        Benchmarks::Known(_) => {}
        Benchmarks::None(reason) => {
            text(format_args!("[indicators.{own}], `no_benchmark`,"), Occasion::EveryPack, "", reason)
        }
    }
    names_of_indicator(indicator, visitor);
}

/// Who answers for an indicator, what it serves and where its benchmarks are from.
fn names_of_indicator(indicator: &mut Indicator, visitor: &mut impl TextVisitor) {
    let Indicator { reference, owner, benchmarks, relations, .. } = indicator;
    let own = &*reference;
    let mut name = |key: &str, text: &mut String| {
        visitor.name(TextPlace { about: Some(own), ..plain(format_args!("[indicators.{own}], `{key}`,")) }, text);
    };
    name("owner", owner);
    name("partner", &mut relations.partner);
    relations.tags.iter_mut().for_each(|tag| name("tags", tag));
    if let Benchmarks::Known(all) = benchmarks {
        for benchmark in all {
            name("benchmarks", &mut benchmark.period);
            name("benchmarks", &mut benchmark.source);
        }
    }
}

/// The texts of a comment. What the workbook says instead is never printed.
pub(super) fn of_comment(comment: &mut Comment) -> [&mut OfficerText; 4] {
    let Comment { text, action, owner, due: _, expect, about: _, at: _, elsewhere: _ } = comment;
    [text, action, owner, expect]
}
