//! What a section says in words, as the pack prints it.

use super::agenda::{progress, text, written};
use super::model::{AgendaCell, PassageBox, ProseBlock};
use super::prose;
use crate::domain::passage::{Passage, Pledge};
use crate::domain::{Period, Section};

/// What stands in a section that has no indicators, in a month for which nobody wrote.
const NOTHING: &str = "Nothing was written here for this month.";

/// The words of a section for a month.
pub(super) fn passages(section: &Section, period: Period) -> Vec<PassageBox> {
    let shown = section.passages.iter().filter(|passage| passage.is_shown(period));
    let mut boxes: Vec<PassageBox> = shown.map(passage).collect();
    if boxes.is_empty() && section.indicators.is_empty() {
        boxes.push(PassageBox {
            title: String::new(),
            prose: vec![ProseBlock::plain(NOTHING)],
            aside: String::new(),
            heads: Vec::new(),
            rows: Vec::new(),
        });
    }
    boxes
}

fn passage(passage: &Passage) -> PassageBox {
    let said = |before: &str, what: &str| {
        let what = what.trim().trim_end_matches('.');
        (!what.is_empty()).then(|| format!("{before} {what}."))
    };
    let aside = [said("Presented by:", &passage.by), said("More:", &passage.place)];
    let (heads, rows) = table(&passage.pledges);
    PassageBox {
        title: passage.title.screened().trim().to_owned(),
        prose: prose::prose(&passage.text.screened()),
        aside: aside.into_iter().flatten().collect::<Vec<_>>().join(" "),
        heads,
        rows,
    }
}

/// The columns that any row fills, and the rows.
fn table(pledges: &[Pledge]) -> (Vec<String>, Vec<Vec<AgendaCell>>) {
    if pledges.is_empty() {
        return (Vec::new(), Vec::new());
    }
    type PledgeColumn = (&'static str, fn(&Pledge) -> AgendaCell);
    let columns: [PledgeColumn; 4] = [
        ("What was promised", |pledge| written(&pledge.promised)),
        ("What was done", |pledge| written(&pledge.done)),
        ("What shows it", |pledge| written(&pledge.evidence)),
        ("How far", |pledge| pledge.state.map_or_else(|| text(""), progress)),
    ];
    let is_blank = |cell: &AgendaCell| cell.text.is_empty() && cell.mark.is_empty();
    let shown: Vec<PledgeColumn> =
        columns.into_iter().filter(|(_, cell)| !pledges.iter().map(cell).all(|cell| is_blank(&cell))).collect();
    let row = |pledge: &Pledge| shown.iter().map(|(_, cell)| cell(pledge)).collect();
    (shown.iter().map(|(head, _)| (*head).to_owned()).collect(), pledges.iter().map(row).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_board;

    fn told(words: &str) -> Vec<PassageBox> {
        let board = format!("[[sections]]\nnumber = \"9\"\ntitle = \"One year on\"\n{words}");
        with_board(&board, |card| {
            let section = card.board.sections.iter().find(|section| section.number == "9").unwrap();
            passages(section, card.period)
        })
    }

    #[test]
    fn a_section_of_words_says_what_was_promised_done_and_evidenced() {
        let boxes = told(
            "[[sections.words]]\ntitle = \"Since the inspection\"\ntext = \"*Much* has changed.\"\nby = \"Director\"\nplace = \"agenda item 9\"\n\
            [[sections.words.pledges]]\npromised = \"No unregistered homes.\"\ndone = \"A panel meets weekly.\"\nstate = \"at-risk\"\n\
            [[sections.words.pledges]]\npromised = \"See children alone.\"\n",
        );
        let [words] = boxes.as_slice() else { panic!("{boxes:?}") };
        assert_eq!(words.aside, "Presented by: Director. More: agenda item 9.");
        assert_eq!(words.heads, ["What was promised", "What was done", "How far"], "nobody gave evidence");
        assert_eq!(words.rows[0][2].mark, "At risk");
        assert_eq!((words.rows[1][1].text.as_str(), words.rows[1][2].mark.as_str()), ("", ""));
        assert_eq!(words.prose.len(), 1);
    }

    #[test]
    fn words_of_another_month_are_not_printed_and_silence_is_told() {
        let of = |period: &str| told(&format!("[[sections.words]]\nperiod = \"{period}\"\ntext = \"x\"\n"));
        assert_eq!(of("2026-10")[0].prose, [ProseBlock::plain("x")]);
        assert_eq!(of("2026-09")[0].prose, [ProseBlock::plain(NOTHING)]);
    }
}
