//! What a council's own texts would say of hidden figures, left out of the
//! public edition.
//!
//! Commentary is not all that officers write: answers, actions, what was said
//! and done, notes on a chart. Each is printed as it stands, so each is held
//! against what is hidden, and one that names it is not printed publicly.

use std::fmt::Arguments;

use super::texts::{self, Keyed, Occasion, TextPlace, TextVisitor};
use crate::disclosure::SpokenText;
use crate::domain::commentary::CarriedAction;
use crate::domain::{
    Board, Breakdown, Code, Comment, Comments, Finding, Indicator, IndicatorRef, OfficerText, Place, Register,
};

/// Whether a text, on an indicator or on none, names a hidden number.
type NamesHidden<'a> = &'a dyn Fn(Option<&IndicatorRef>, Occasion, &str) -> bool;

/// Lets everything be printed: an edition that hides nothing.
struct Open;

impl TextVisitor for Open {
    fn text(&mut self, at: TextPlace<'_>, text: &mut OfficerText) {
        text.screen(|_| false, at.instead);
    }
}

fn open(text: &mut OfficerText) {
    text.screen(|_| false, OfficerText::LEFT_OUT);
}

/// Leaves out a text that may say who somebody is.
pub(super) fn leave_out_unconfirmed(text: &mut OfficerText) {
    text.screen(|_| true, OfficerText::UNCONFIRMED);
}

/// A board as a restricted edition prints it.
pub(super) fn whole_board(board: &Board) -> Board {
    let mut board = board.clone();
    texts::of_board(&mut board, &mut Open);
    board
}

/// The register as a restricted edition prints it.
pub(super) fn whole_register(register: &Register) -> Register {
    let mut register = register.clone();
    register.values_mut().for_each(|indicator| texts::of_indicator(indicator, &mut Open));
    register
}

/// What officers wrote on indicators, to be printed: what may not be has been
/// taken out.
pub(super) fn printed(mut comments: Comments) -> Comments {
    comments.on.values_mut().flat_map(texts::of_comment).for_each(open);
    comments.carried.iter_mut().flat_map(texts::of_carried).for_each(open);
    comments
}

/// What stands in place of a commentary that names a hidden number: no word of it.
pub(super) fn left_out_comment() -> Comment {
    Comment { text: OfficerText::left_out(OfficerText::LEFT_OUT.to_owned()), ..Comment::default() }
}

/// Leaves out what actions of earlier months would say of hidden figures: those of
/// the month in which they were given, and those of this pack.
pub(super) fn carried(board: &Board, actions: &mut [CarriedAction], names: NamesHidden<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for action in actions {
        let (given, indicator) = (action.given, action.indicator.clone());
        let names_one = |occasion: Occasion, text: &str| names(Some(&indicator), occasion, text);
        let mut is_told = false;
        for text in texts::of_carried(action) {
            let names_any = |text: &str| names_one(Occasion::ThisPack, text) || names_one(Occasion::Month(given), text);
            is_told |= text.screen(names_any, OfficerText::LEFT_OUT);
        }
        if is_told {
            let file = format!("commentary/{given}/{}.toml", board.id);
            findings.push(text_names_hidden(&file, format_args!("{indicator}.action"), Some(&indicator)));
        }
    }
    findings
}

/// Texts of one file, and what is to be said of them.
struct Screen<'a> {
    names: NamesHidden<'a>,
    file: String,
    findings: Vec<Finding>,
}

/// A board as its public pages may say it.
pub(super) fn board(board: &Board, names: NamesHidden<'_>) -> (Board, Vec<Finding>) {
    let mut board = board.clone();
    let file = format!("boards/{}.toml", board.id);
    let mut screen = Screen { names, file, findings: Vec::new() };
    texts::of_board(&mut board, &mut screen);
    (board, screen.findings)
}

/// The register as a board's public pages may say it. Of indicators that the
/// board does not list no page of it prints a text, and none is let through.
pub(super) fn register(unscreened: &Register, board: &Board, names: NamesHidden<'_>) -> (Register, Vec<Finding>) {
    let mut register = unscreened.clone();
    let file = "indicators.toml".to_owned();
    let mut screen = Screen { names, file, findings: Vec::new() };
    for reference in board.indicators() {
        if let Some(indicator) = register.get_mut(reference) {
            texts::of_indicator(indicator, &mut screen);
            // An event is nothing but its note.
            indicator.trend.events.retain(|event| !event.note.is_left_out());
        }
    }
    for written in board.indicators().filter_map(|reference| unscreened.get(reference)) {
        of_parts(&mut register, written, &mut screen);
    }
    (register, screen.findings)
}

/// The parts of an indicator, given as it was written. They say what their whole says, as
/// it may be said, and of targets that are their own something else.
fn of_parts(register: &mut Register, written: &Indicator, screen: &mut Screen<'_>) {
    let whole = register.get(&written.reference).map(|whole| (whole.targets.clone(), whole.plain.clone()));
    let Some((targets, plain)) = whole else { return };
    for reference in written.breakdowns.iter().flat_map(Breakdown::every_part) {
        let Some(part) = register.get_mut(reference) else { continue };
        texts::of_part(part, Some(written), screen);
        if written.targets == part.targets {
            part.targets.clone_from(&targets);
        }
        part.plain.clone_from(&plain);
    }
}

impl Screen<'_> {
    /// Whether a text names what is hidden once it is read together with the one that
    /// tells what it is about. Where that one names it already and is left out, a text
    /// beside it may stand that tells of no quantity.
    fn names_beside(&self, about: Option<&IndicatorRef>, tells: &OfficerText, text: &str) -> bool {
        if tells.is_left_out() && SpokenText::of(text, None).says_nothing() {
            return false;
        }
        (self.names)(about, Occasion::EveryPack, &as_one_sentence(tells.for_officers(), text))
    }
}

impl TextVisitor for Screen<'_> {
    fn text(&mut self, at: TextPlace<'_>, text: &mut OfficerText) {
        if text.screen(|text| (self.names)(at.about, at.occasion, text), at.instead) {
            self.findings.push(text_names_hidden(&self.file, at.key, at.about));
        }
    }

    /// A question may call a figure by its name and the answer be nothing but its
    /// number.
    fn pair(&mut self, table: Arguments<'_>, about: Option<&IndicatorRef>, texts: [Keyed<'_>; 2]) {
        let [(first_key, first), (then_key, then)] = texts;
        texts::one_by_one(self, table, about, [(first_key, &mut *first), (then_key, &mut *then)]);
        if then.is_blank() {
            return;
        }
        let names_one = self.names_beside(about, first, then.for_officers());
        if then.screen(|_| names_one, OfficerText::LEFT_OUT) {
            let key = format_args!("{table}, `{then_key}`,");
            self.findings.push(text_names_hidden(&self.file, key, about));
        }
    }

    fn label(&mut self, key: Arguments<'_>, about: Option<&IndicatorRef>, label: &mut String) {
        // It stands in the packs of many months.
        if (self.names)(about, Occasion::EveryPack, label) {
            OfficerText::LEFT_OUT.clone_into(label);
            self.findings.push(text_names_hidden(&self.file, key, about));
        }
    }

    fn label_beside(
        &mut self,
        key: Arguments<'_>,
        about: Option<&IndicatorRef>,
        beside: &OfficerText,
        label: &mut String,
    ) {
        let told = self.findings.len();
        self.label(key, about, label);
        if self.findings.len() == told && self.names_beside(about, beside, label) {
            OfficerText::LEFT_OUT.clone_into(label);
            self.findings.push(text_names_hidden(&self.file, key, about));
        }
    }

    fn progress(
        &mut self,
        table: Arguments<'_>,
        measures: &[IndicatorRef],
        title: &OfficerText,
        text: &mut OfficerText,
    ) {
        let together = as_one_sentence(title.for_officers(), text.for_officers());
        let names_any = |text: &str| {
            let of = |about: Option<&IndicatorRef>| (self.names)(about, Occasion::EveryPack, text);
            of(None) || measures.iter().any(|measure| of(Some(measure)))
        };
        if text.screen(|text| names_any(text) || names_any(&together), OfficerText::LEFT_OUT) {
            self.findings.push(text_names_hidden(&self.file, format_args!("{table}, `text`,"), None));
        }
    }

    fn restricted(&mut self, _: TextPlace<'_>, _: &mut OfficerText) {}
}

/// F707: words that would say what the public edition hides. Those about another
/// figure than today's are told in the same words, so that no reader learns that a
/// hidden figure changed.
pub(super) fn names_hidden(indicator: &IndicatorRef) -> Finding {
    let at = Place { indicator: Some(indicator.clone()), ..Place::default() };
    Finding::new(
        Code::CommentNamesHidden,
        at,
        // The place is the indicator's name.
        "the commentary names a number that the public edition hides or is not bound to today's figure, so it is left out there",
        "say it without the number, in digits or in words, and delete its line `about` (in the workbook: empty its Figure cell) if it holds for today's figure; only a restricted edition prints it as it is",
    )
}

/// F707, of any other text of a council: the file that it stands in, and where.
fn text_names_hidden(file: &str, key: Arguments<'_>, about: Option<&IndicatorRef>) -> Finding {
    let at = Place { file: Some(file.into()), indicator: about.cloned(), ..Place::default() };
    Finding::new(
        Code::CommentNamesHidden,
        at,
        format!("{key} names a number that the public edition hides, so it is left out there"),
        "say it without the number, in digits or in words; only a restricted edition prints it as it is",
    )
}

/// Both texts without the ends of their sentences.
fn as_one_sentence(first: &str, then: &str) -> String {
    let words = first.split_whitespace().chain(then.split_whitespace());
    words.map(|word| word.trim_end_matches(['.', '!', '?'])).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remark_without_a_file_names_its_indicator_once() {
        let indicator = IndicatorRef::parse("CLA11").unwrap();
        let said = names_hidden(&indicator).to_string();
        assert_eq!(said.matches("CLA11").count(), 1, "{said}");
    }

    #[test]
    fn a_question_and_its_answer_are_read_as_one() {
        assert_eq!(as_one_sentence("How many?\n In custody!", "4.5 of 9."), "How many In custody 4.5 of 9");
    }

    #[test]
    fn beside_a_text_that_is_left_out_another_still_says_what_it_says() {
        let hidden = IndicatorRef::parse("CLA11").unwrap();
        let names = |about: Option<&IndicatorRef>, _: Occasion, text: &str| {
            (about == Some(&hidden) || text.contains("custody")) && (text.contains("two") || text.contains('2'))
        };
        let mut screen = Screen { names: &names, file: "f".to_owned(), findings: Vec::new() };
        let text = |text: &str| OfficerText::from(text);
        let (mut said, mut did, mut note) =
            (text("2 in custody."), text("Now two are left."), text("The plan is written."));
        screen.pair(format_args!("t"), None, [("said", &mut said), ("did", &mut did)]);
        screen.pair(format_args!("t"), None, [("said", &mut said), ("note", &mut note)]);
        assert_eq!([&said, &did, &note].map(OfficerText::is_left_out), [true, true, false]);
        let (mut wordy, mut role) = ("Director, for the two".to_owned(), "Director".to_owned());
        screen.label_beside(format_args!("t"), None, &said, &mut wordy);
        screen.label_beside(format_args!("t"), None, &said, &mut role);
        assert_eq!((wordy.as_str(), role.as_str()), (OfficerText::LEFT_OUT, "Director"));
        // How far something is that hidden figures measure.
        let (mut far, mut state) = (text("Down to two."), text("On the way."));
        let measures = std::slice::from_ref(&hidden);
        screen.progress(format_args!("t"), measures, &text("Homes"), &mut far);
        screen.progress(format_args!("t"), measures, &text("Homes"), &mut state);
        assert_eq!([&far, &state].map(OfficerText::is_left_out), [true, false]);
    }

    #[test]
    fn a_text_is_left_out_alone_or_beside_the_one_that_gives_it_its_name() {
        let names =
            |_: Option<&IndicatorRef>, _: Occasion, text: &str| text.contains("custody") && text.contains("four");
        let pair = |first: &str, then: &str| {
            let mut screen = Screen { names: &names, file: "boards/b.toml".into(), findings: Vec::new() };
            let (mut first, mut then) = (OfficerText::from(first), OfficerText::from(then));
            screen.pair(format_args!("[[answers]] 2"), None, [("question", &mut first), ("answer", &mut then)]);
            let told: Vec<String> = screen.findings.into_iter().map(|finding| finding.message.to_string()).collect();
            (first.screened().to_string(), then.screened().to_string(), told.join("; "))
        };
        let is = |first: &str, then: &str, told: &str| (first.to_owned(), then.to_owned(), told.to_owned());
        let told = "[[answers]] 2, `answer`, names a number that the public edition hides, so it is left out there";
        assert_eq!(pair("Who is in custody?", "Some."), is("Who is in custody?", "Some.", ""));
        assert_eq!(pair("Who is in custody?", "Only four."), is("Who is in custody?", OfficerText::LEFT_OUT, told));
        assert_eq!(pair("Who?", "The four in custody."), is("Who?", OfficerText::LEFT_OUT, told));
        assert_eq!(
            pair("Who are the four in custody?", "Boys."),
            is(OfficerText::LEFT_OUT, "Boys.", &told.replace("answer`", "question`"))
        );
        assert_eq!(
            pair("Who are the four in custody?", ""),
            is(OfficerText::LEFT_OUT, "", &told.replace("answer`", "question`"))
        );
    }
}
