//! Every text that a council writes about a board: where it stands, and what may
//! stand in its place.
//!
//! Each type is taken apart field by field and never with `..`, so that a new
//! field does not compile until somebody has said here what it is. An officer's
//! prose is a text: it is held against what is hidden and looked through for
//! people, and so is a label: a role, a place, a body. A title, a noun or a category
//! calls figures by their names: it is looked through for people alone. What is passed over with `_` is neither: a name that only
//! machines read, a day, a figure, a choice. Every key is a row of the table in
//! docs/disclosure.md, which a test holds to this file.

mod lists;

use std::collections::BTreeMap;
use std::fmt::Arguments;

use crate::domain::benchmark::Benchmark;
use crate::domain::board::{Baseline, Meeting, Papers};
use crate::domain::commentary::CarriedAction;
use crate::domain::indicator::Break;
use crate::domain::mark::MonthMark;
use crate::domain::measure::Measure;
use crate::domain::related::{Forecast, Related, Relations};
use crate::domain::segment::{Breakdown, Margin, Segment};
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
    /// In every pack from a month on: of that month, and of each since.
    Since(Period),
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

    /// Who does or says something, and where: a role, a place, a body.
    fn label(&mut self, _key: Arguments<'_>, _about: Option<&IndicatorRef>, _label: &mut String) {}

    /// How far something is that these indicators measure, read together with its title.
    fn progress(
        &mut self,
        table: Arguments<'_>,
        _measures: &[IndicatorRef],
        _title: &OfficerText,
        text: &mut OfficerText,
    ) {
        self.text(plain(format_args!("{table}, `text`,")), text);
    }

    /// A label that is read together with a text.
    fn label_beside(
        &mut self,
        key: Arguments<'_>,
        about: Option<&IndicatorRef>,
        _beside: &OfficerText,
        label: &mut String,
    ) {
        self.label(key, about, label);
    }

    /// What things are called: a title, a noun, a category.
    fn title(&mut self, _key: Arguments<'_>, _about: Option<&IndicatorRef>, _title: &mut String) {}

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
pub(super) fn plain<'a>(key: Arguments<'a>) -> TextPlace<'a> {
    TextPlace { key, about: None, occasion: Occasion::EveryPack, instead: OfficerText::LEFT_OUT }
}

/// The texts of a board's own file.
pub(super) fn of_board(board: &mut Board, visitor: &mut impl TextVisitor) {
    let Board {
        id: _,
        title,
        scorecard,
        recommendation,
        owner,
        // Whom to ask is said so that people ask.
        contact: _,
        sections,
        headlines: _,
        details: _,
        timing: _,
        cadence: _,
        missed: _,
        first_period: _,
        meetings,
        commentary_by: _,
        milestones: _,
        editions: _,
        exempt: Exempt { paragraphs: _, because },
        threshold: _,
        baseline,
        commentary:
            CommentaryRules { words: _, to_follow: _, red_needs: _, sign_off: _, sign_off_by, standing, looked_at: _ },
        papers: Papers { appendix, author, wards, background, file_name },
        agenda,
        words,
    } = board;
    for (key, title) in [("title", title), ("scorecard", scorecard)] {
        visitor.title(format_args!("`{key}`"), None, title);
    }
    for (key, label) in [("owner", owner), ("author", author), ("appendix", appendix), ("wards", wards)] {
        visitor.label(format_args!("`{key}`"), None, label);
    }
    of_no_page(file_name, sign_off_by, visitor);
    of_words(words, visitor);
    of_meetings(meetings, visitor);
    visitor.restricted(plain(format_args!("[exempt], `because`,")), because);
    visitor.text(plain(format_args!("`recommendation`")), recommendation);
    for paper in background {
        visitor.text(plain(format_args!("`background_papers`")), paper);
    }
    of_sections(sections, visitor);
    if let Some(Baseline { period: _, label }) = baseline {
        visitor.text(TextPlace { instead: "", ..plain(format_args!("[baseline], `label`,")) }, label);
    }
    for StandingRequest { indicator, asked: _, request, closed: _ } in standing {
        visitor.text(TextPlace { about: Some(indicator), ..plain(format_args!("`request` of [[standing]]")) }, request);
    }
    lists::of_agenda(agenda, visitor);
}

/// What stands on no page is looked at and never written over.
fn of_no_page(file_name: &str, sign_off_by: &[String], visitor: &mut impl TextVisitor) {
    visitor.title(format_args!("`file_name`"), None, &mut file_name.to_owned());
    for role in sign_off_by {
        visitor.title(format_args!("`sign_off_by`"), None, &mut role.clone());
    }
}

/// The board's own words for things: what is said is looked at, what is said instead
/// is printed.
fn of_words(words: &mut BTreeMap<String, String>, visitor: &mut impl TextVisitor) {
    for (nth, (said, instead)) in (1..).zip(words) {
        visitor.title(format_args!("`words` {nth}"), None, &mut said.clone());
        visitor.title(format_args!("`words` {nth}"), None, instead);
    }
}

fn of_meetings(meetings: &mut [Meeting], visitor: &mut impl TextVisitor) {
    for Meeting { period: _, date, item, appendix, supplement: _ } in meetings {
        for (key, label) in [("item", item), ("appendix", appendix)] {
            visitor.label(format_args!("[[meetings]] {date}, `{key}`,"), None, label);
        }
    }
}

fn of_sections(sections: &mut [Section], visitor: &mut impl TextVisitor) {
    for section in sections {
        let Section { number, title, intro, indicators: _, questions, assurance, breakdowns: _, passages } = section;
        visitor.title(format_args!("[[sections]] {number}, `title`,"), None, title);
        let table = format_args!("[[sections]] {number}");
        visitor.pair(table, None, [("intro", &mut *intro), ("assurance", assurance)]);
        for question in questions {
            visitor.pair(table, None, [("intro", &mut *intro), ("questions", question)]);
        }
        lists::of_passages(number, passages, visitor);
    }
}

/// The texts of an indicator's entry in the register. Those that a page can do
/// without have nothing in their place; a break must be told, if not why.
pub(super) fn of_indicator(indicator: &mut Indicator, visitor: &mut impl TextVisitor) {
    let Indicator {
        reference,
        title,
        plain,
        definition,
        measure: Measure { unit: _, precision: _, per: _, noun, signed: _ },
        polarity: _,
        frequency: _,
        lag_months: _,
        basis: _,
        // Sections are made of it, whose titles are looked at there.
        groups: _,
        source: _,
        owner,
        targets,
        benchmarks,
        breaks,
        marks,
        steady_within: _,
        explain_over: _,
        min_denominator: _,
        protection: _,
        trend: TrendSettings { kind: _, views: _, travel: _, events, signal: _, rules: _, rebases },
        checks: _,
        relations: Relations { related, tags, partner, forecasts },
        breakdowns,
        segment,
    } = indicator;
    let own = &*reference;
    for (key, title) in [("title", title), ("noun", noun)] {
        visitor.title(format_args!("[indicators.{own}], `{key}`,"), Some(own), title);
    }
    for (key, label) in [("owner", owner), ("partner", partner)] {
        visitor.label(format_args!("[indicators.{own}], `{key}`,"), Some(own), label);
    }
    for tag in tags {
        visitor.label(format_args!("[indicators.{own}], `tags`,"), Some(own), tag);
    }
    of_parts(own, breakdowns, visitor);
    of_segment(segment.as_mut(), visitor);
    of_benchmarks(own, benchmarks, visitor);
    of_months(own, breaks, marks, visitor);
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
    of_targets(own, targets, visitor);
    of_ties(own, forecasts, related, visitor);
}

fn of_targets(own: &IndicatorRef, targets: &mut [Target], visitor: &mut impl TextVisitor) {
    for Target { from, goal: _, rule: _, maximum: _, source: _, duty, because } in targets {
        let mut text = |key: Arguments<'_>, text: &mut OfficerText| {
            // Why a target is what it is stands in every pack for which it is in force.
            let occasion = Occasion::Since(*from);
            visitor.text(TextPlace { key, about: Some(own), occasion, instead: "" }, text);
        };
        text(format_args!("[indicators.{own}] target of {from}"), because);
        text(format_args!("[indicators.{own}] duty behind the target of {from}"), duty);
    }
}

/// The texts of a part: its category, what it counts, and what is said of its targets.
/// The rest is as its whole has it, and so are noun and targets where `whole` has the same.
pub(super) fn of_part(part: &mut Indicator, whole: Option<&Indicator>, visitor: &mut impl TextVisitor) {
    of_segment(part.segment.as_mut(), visitor);
    if whole.is_none_or(|whole| whole.measure.noun != part.measure.noun) {
        let own = &part.reference;
        visitor.title(format_args!("[indicators.{own}], `noun`,"), Some(own), &mut part.measure.noun);
    }
    if whole.is_none_or(|whole| whole.targets != part.targets) {
        of_targets(&part.reference, &mut part.targets, visitor);
    }
}

/// What is to be known of figures of some months: a break before them, a mark.
fn of_months(own: &IndicatorRef, breaks: &mut [Break], marks: &mut [MonthMark], visitor: &mut impl TextVisitor) {
    let mut text = |key: Arguments<'_>, month: Period, instead: &'static str, text: &mut OfficerText| {
        visitor.text(TextPlace { key, about: Some(own), occasion: Occasion::Month(month), instead }, text);
    };
    for Break { from, kind: _, note } in breaks {
        text(format_args!("[indicators.{own}] break of {from}"), *from, OfficerText::LEFT_OUT, note);
    }
    for MonthMark { period, mark: _, note } in marks {
        text(format_args!("[indicators.{own}] mark of {period}"), *period, "", note);
    }
}

/// What was promised of an indicator, and what it is read with.
fn of_ties(own: &IndicatorRef, forecasts: &mut [Forecast], related: &mut [Related], visitor: &mut impl TextVisitor) {
    let mut text = |key: Arguments<'_>, text: &mut OfficerText| {
        visitor.text(TextPlace { key, about: Some(own), occasion: Occasion::EveryPack, instead: "" }, text);
    };
    for Forecast { span, value: _, says, made: _ } in forecasts {
        let key = format_args!("[indicators.{own}] forecast of {}", span.last());
        text(key, says);
    }
    for Related { to, because } in related {
        text(format_args!("[indicators.{own}] related {to}"), because);
    }
}

fn of_parts(own: &IndicatorRef, breakdowns: &mut [Breakdown], visitor: &mut impl TextVisitor) {
    for Breakdown { id, title, parts_of: _, sums: _, ordered: _, parts: _, of: _, longer: _ } in breakdowns {
        visitor.title(format_args!("[indicators.{own}] breakdown {id}, `title`,"), Some(own), title);
    }
}

fn of_benchmarks(own: &IndicatorRef, benchmarks: &mut Benchmarks, visitor: &mut impl TextVisitor) {
    match benchmarks {
        Benchmarks::Known(known) => {
            for Benchmark { of: _, value: _, is_median: _, period, source } in known {
                for (key, label) in [("period", period), ("source", source)] {
                    visitor.label(format_args!("[indicators.{own}] benchmark, `{key}`,"), Some(own), label);
                }
            }
        }
        Benchmarks::None(reason) => {
            let key = format_args!("[indicators.{own}], `no_benchmark`,");
            visitor.text(TextPlace { about: Some(own), instead: "", ..plain(key) }, reason);
        }
    }
}

/// The categories of a part, by the name of the whole.
fn of_segment(segment: Option<&mut Segment>, visitor: &mut impl TextVisitor) {
    let Some(Segment { parent, breakdown, category, not_known: _, both, made_of: _ }) = segment else { return };
    visitor.title(format_args!("[indicators.{parent}] breakdown {breakdown}, `categories`,"), Some(parent), category);
    for Margin { part: _, category } in both.iter_mut().flatten() {
        visitor.title(
            format_args!("[indicators.{parent}] breakdown {breakdown}, `categories`,"),
            Some(parent),
            category,
        );
    }
}

/// The texts of a comment. What the workbook says instead is never printed.
pub(super) fn of_comment(comment: &mut Comment) -> [&mut OfficerText; 4] {
    let Comment { text, action, owner, due: _, expect, serves: _, last_done: _, about: _, at: _, elsewhere: _ } =
        comment;
    [text, action, owner, expect]
}

/// The texts of an action that commentary of an earlier month gave.
pub(super) fn of_carried(action: &mut CarriedAction) -> [&mut OfficerText; 2] {
    let CarriedAction { indicator: _, given: _, action, owner, due: _, first_due: _, serves: _, done: _, is_again: _ } =
        action;
    [action, owner]
}
