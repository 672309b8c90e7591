//! What a council's own texts would say of hidden figures, left out of the
//! public edition.
//!
//! Commentary is not all that officers write: answers, actions, what was said
//! and done, notes on a chart. Each is printed as it stands, so each is held
//! against what is hidden, and one that names it is not printed publicly.

use crate::domain::agenda::{Agenda, Wanted};
use crate::domain::{Board, Code, Finding, Indicator, IndicatorRef, Period, Place, Register};

/// What stands in place of a text.
const LEFT_OUT: &str = "Left out: it names a figure that is hidden.";

/// Whether a text, on an indicator or on none, in a month names a hidden number.
type NamesHidden<'a> = &'a dyn Fn(Option<&IndicatorRef>, Period, &str) -> bool;

/// Texts of one file, and what is to be said of them.
struct Screen<'a> {
    names: NamesHidden<'a>,
    period: Period,
    file: String,
    findings: Vec<Finding>,
}

/// A board as its public pages may say it.
pub(super) fn board(board: &Board, period: Period, names: NamesHidden<'_>) -> (Board, Vec<Finding>) {
    let mut board = board.clone();
    let file = format!("boards/{}.toml", board.id);
    let mut screen = Screen { names, period, file, findings: Vec::new() };
    screen.text("`recommendation`", None, &mut board.recommendation);
    for paper in &mut board.papers.background {
        screen.text("`background_papers`", None, paper);
    }
    for section in &mut board.sections {
        let key = format!("[[sections]] {}", section.number);
        screen.text(&format!("{key}, `intro`,"), None, &mut section.intro);
        screen.text(&format!("{key}, `assurance`,"), None, &mut section.assurance);
        for question in &mut section.questions {
            screen.text(&format!("{key}, `questions`,"), None, question);
        }
    }
    for standing in &mut board.commentary.standing {
        screen.text("`request` of [[standing]]", Some(&standing.indicator), &mut standing.request);
    }
    screen.agenda(&mut board.agenda);
    (board, screen.findings)
}

/// The register as a board's public pages may say it.
pub(super) fn register(
    register: &Register,
    board: &Board,
    period: Period,
    names: NamesHidden<'_>,
) -> (Register, Vec<Finding>) {
    let mut register = register.clone();
    let file = "indicators.toml".to_owned();
    let mut screen = Screen { names, period, file, findings: Vec::new() };
    for reference in board.indicators() {
        if let Some(indicator) = register.get_mut(reference) {
            screen.indicator(indicator);
        }
    }
    (register, screen.findings)
}

impl Screen<'_> {
    fn agenda(&mut self, agenda: &mut Agenda) {
        for action in &mut agenda.actions {
            let key = format!("[[actions]] {}", action.id);
            self.pair(&key, None, ("text", &mut action.text), ("note", &mut action.note));
        }
        for (nth, answer) in (1..).zip(&mut agenda.answers) {
            let mut none = String::new();
            let given = answer.answer.as_mut().map_or(&mut none, |(_, given)| given);
            let question = ("question", &mut answer.question);
            self.pair(&entry("answers", nth), answer.indicator.as_ref(), question, ("answer", given));
        }
        for (nth, request) in (1..).zip(&mut agenda.requests) {
            let about = match &request.wanted {
                Wanted::Indicator(wanted) => Some(wanted),
                Wanted::Section(_) | Wanted::Words => None,
            };
            self.pair(&entry("requests", nth), about, ("text", &mut request.text), ("met", &mut request.met));
        }
        for (nth, voice) in (1..).zip(&mut agenda.you_said) {
            self.pair(&entry("you_said", nth), None, ("said", &mut voice.said), ("did", &mut voice.did));
        }
        for (nth, audit) in (1..).zip(&mut agenda.audits) {
            let key = entry("audits", nth);
            self.pair(&key, None, ("subject", &mut audit.subject), ("found", &mut audit.found));
            self.pair(&key, None, ("found", &mut audit.found), ("next", &mut audit.next));
        }
        for (nth, other) in (1..).zip(&mut agenda.see_also) {
            let key = format!("{}, `text`,", entry("see_also", nth));
            self.text(&key, other.indicator.as_ref(), &mut other.text);
        }
        for (nth, later) in (1..).zip(&mut agenda.not_collected) {
            self.pair(&entry("not_collected", nth), None, ("title", &mut later.title), ("why", &mut later.why));
        }
    }

    /// The notes on an indicator's chart and figures. Those that a page can do
    /// without are not there; a break must be told, if not why.
    fn indicator(&mut self, indicator: &mut Indicator) {
        let own = indicator.reference.clone();
        let key = |what: &str, month: Period| format!("[indicators.{own}] {what} of {month}");
        indicator
            .trend
            .events
            .retain(|event| !self.is_unsaid(&key("event", event.month), &own, event.month, &event.note));
        for rebase in &mut indicator.trend.rebases {
            if self.is_unsaid(&key("signal.rebase", rebase.from), &own, rebase.from, &rebase.because) {
                rebase.because = LEFT_OUT.to_owned();
            }
        }
        for broken in &mut indicator.breaks {
            if self.is_unsaid(&key("break", broken.from), &own, broken.from, &broken.note) {
                broken.note = LEFT_OUT.to_owned();
            }
        }
        for target in &mut indicator.targets {
            if self.is_unsaid(&key("target", target.from), &own, target.from, &target.because) {
                target.because = String::new();
            }
        }
        for related in &mut indicator.relations.related {
            let key = format!("[indicators.{own}] related {}", related.to);
            if self.is_unsaid(&key, &own, self.period, &related.because) {
                related.because = String::new();
            }
        }
    }

    /// Whether a note names a hidden number of its indicator in its own month, or
    /// calls one that is hidden now by its name. "One is one too many" of years
    /// ago says nothing of today's figure.
    fn is_unsaid(&mut self, key: &str, about: &IndicatorRef, month: Period, text: &str) -> bool {
        let unsaid = (self.names)(Some(about), month, text) || (self.names)(None, self.period, text);
        if unsaid {
            self.tell(key, Some(about));
        }
        unsaid
    }

    /// Replaces a text that names what is hidden, and says so.
    fn text(&mut self, key: &str, about: Option<&IndicatorRef>, text: &mut String) -> bool {
        let unsaid = text != LEFT_OUT && (self.names)(about, self.period, text);
        if unsaid {
            LEFT_OUT.clone_into(text);
            self.tell(key, about);
        }
        unsaid
    }

    /// Two texts that are read together: a question may call a figure by its name
    /// and the answer be nothing but its number.
    fn pair(
        &mut self,
        key: &str,
        about: Option<&IndicatorRef>,
        (first_key, first): (&str, &mut String),
        (then_key, then): (&str, &mut String),
    ) {
        let then_key = format!("{key}, `{then_key}`,");
        let alone = self.text(&format!("{key}, `{first_key}`,"), about, first) | self.text(&then_key, about, then);
        if !alone && !then.trim().is_empty() && (self.names)(about, self.period, &as_one_sentence(first, then)) {
            LEFT_OUT.clone_into(then);
            self.tell(&then_key, about);
        }
    }

    fn tell(&mut self, key: &str, about: Option<&IndicatorRef>) {
        self.findings.push(text_names_hidden(&self.file, key, about));
    }
}

/// F707: words that would say what the public edition hides.
pub(super) fn names_hidden(indicator: &IndicatorRef) -> Finding {
    let at = Place { indicator: Some(indicator.clone()), ..Place::default() };
    Finding::new(
        Code::CommentNamesHidden,
        at,
        // The place is the indicator's name.
        "the commentary names a number that the public edition hides, so it is left out there",
        "say it without the number, in digits or in words; only a restricted edition prints it as it is",
    )
}

/// F707, of any other text of a council: the file that it stands in, and where.
fn text_names_hidden(file: &str, key: &str, about: Option<&IndicatorRef>) -> Finding {
    let at = Place { file: Some(file.into()), indicator: about.cloned(), ..Place::default() };
    Finding::new(
        Code::CommentNamesHidden,
        at,
        format!("{key} names a number that the public edition hides, so it is left out there"),
        "say it without the number, in digits or in words; only a restricted edition prints it as it is",
    )
}

/// F702, of a figure that the public edition hides: neither is named.
pub(super) fn about_another(indicator: &IndicatorRef) -> Finding {
    let at = Place { indicator: Some(indicator.clone()), ..Place::default() };
    Finding::new(
        Code::CommentStale,
        at,
        "the commentary is about another figure, so the public edition leaves it out",
        "look at it again: if it still holds, delete its line `about` (in the workbook: empty its Figure cell); else rewrite it and do the same",
    )
}

/// "[[answers]] 2", counted as they stand in the file.
fn entry(list: &str, nth: usize) -> String {
    format!("[[{list}]] {nth}")
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
        for finding in [names_hidden(&indicator), about_another(&indicator)] {
            let said = finding.to_string();
            assert_eq!(said.matches("CLA11").count(), 1, "{said}");
        }
    }

    #[test]
    fn a_question_and_its_answer_are_read_as_one() {
        assert_eq!(as_one_sentence("How many?\n In custody!", "4.5 of 9."), "How many In custody 4.5 of 9");
    }

    #[test]
    fn a_text_is_left_out_alone_or_beside_the_one_that_gives_it_its_name() {
        let names = |_: Option<&IndicatorRef>, _: Period, text: &str| text.contains("custody") && text.contains("four");
        let pair = |first: &str, then: &str| {
            let period = "2026-10".parse().unwrap();
            let mut screen = Screen { names: &names, period, file: "boards/b.toml".into(), findings: Vec::new() };
            let (mut first, mut then) = (first.to_owned(), then.to_owned());
            screen.pair("[[answers]] 2", None, ("question", &mut first), ("answer", &mut then));
            let told: Vec<String> = screen.findings.into_iter().map(|finding| finding.message).collect();
            (first, then, told.join("; "))
        };
        let is = |first: &str, then: &str, told: &str| (first.to_owned(), then.to_owned(), told.to_owned());
        let told = "[[answers]] 2, `answer`, names a number that the public edition hides, so it is left out there";
        assert_eq!(pair("Who is in custody?", "Some."), is("Who is in custody?", "Some.", ""));
        assert_eq!(pair("Who is in custody?", "Only four."), is("Who is in custody?", LEFT_OUT, told));
        assert_eq!(pair("Who?", "The four in custody."), is("Who?", LEFT_OUT, told));
        assert_eq!(
            pair("Who are the four in custody?", "Boys."),
            is(LEFT_OUT, "Boys.", &told.replace("answer`", "question`"))
        );
        assert_eq!(pair("Who are the four in custody?", ""), is(LEFT_OUT, "", &told.replace("answer`", "question`")));
    }
}
