//! What was to be done: the actions of the board's own meetings and those that
//! commentary gave, which stand side by side and are counted together.

use super::agenda::{mark, place, text, written};
use super::front::in_brief;
use super::model::{AgendaCell, NewsLine};
use crate::domain::agenda::{Action, ActionStatus, Moment};
use crate::domain::commentary::CarriedAction;
use crate::domain::{ActionPart, AttributedText, Board};
use crate::scorecard::Scorecard;
use crate::words;

/// Where an action comes from.
enum GivenAction<'c> {
    /// A meeting gave it.
    ByMeeting(&'c Action),
    /// Commentary gave it.
    InCommentary(&'c CarriedAction),
}

/// Every action of a board that is open or newly done, with how it stands: what is late
/// first, what is done last; else the oldest first.
fn standing<'c>(card: &'c Scorecard<'_>, at: &Moment) -> Vec<(GivenAction<'c>, ActionStatus)> {
    let by_meeting = card.board.agenda.actions.iter();
    let by_meeting = by_meeting.filter_map(|action| Some((GivenAction::ByMeeting(action), action.standing(at)?)));
    let carried = card.carried.iter().map(|action| (GivenAction::InCommentary(action), action.status(at)));
    let mut standing: Vec<_> = by_meeting.chain(carried).collect();
    standing.sort_by_key(|(given, status)| {
        let rank = match status {
            ActionStatus::Overdue => 0,
            ActionStatus::DueByMeeting | ActionStatus::Open => 1,
            ActionStatus::Done(_) => 2,
        };
        let due = match given {
            GivenAction::ByMeeting(action) => Some(action.due),
            GivenAction::InCommentary(action) => action.due,
        };
        (rank, due.is_none(), due)
    });
    standing
}

/// What page 1 says of actions: the overdue ones by name, as many as `most`, and how many
/// more there are.
pub(super) fn on_page_1(card: &Scorecard<'_>, most: usize) -> Vec<NewsLine> {
    let standing = standing(card, &card.board.moment(card.period));
    let open = standing.iter().filter(|(_, status)| !matches!(status, ActionStatus::Done(_))).count();
    let late: Vec<&GivenAction<'_>> =
        standing.iter().filter(|(_, status)| *status == ActionStatus::Overdue).map(|(given, _)| given).collect();
    let line = |label: &str, text: AttributedText| NewsLine {
        label: label.to_owned(),
        text,
        anchor: "agenda-actions".to_owned(),
    };
    let mut lines: Vec<NewsLine> = late.iter().take(most).map(|given| line("Overdue", overdue(card, given))).collect();
    let more = late.len().saturating_sub(most);
    if more > 0 {
        lines.push(line("Overdue", format!("{}.", words::count(more, "more action", "more actions")).into()));
    } else if late.is_empty() && open > 0 {
        let open = words::count(open, "is open, and not overdue", "are open, and none is overdue");
        lines.push(line("Actions", format!("{open}.").into()));
    }
    lines
}

/// "Find homes closer by (A14; Head of Service, Homes; due 15 October 2026)".
fn overdue(card: &Scorecard<'_>, given: &GivenAction<'_>) -> AttributedText {
    let (what, of, owner, due) = match given {
        GivenAction::ByMeeting(action) => {
            (&action.text, action.id.clone(), action.owner.trim().into(), Some(action.due))
        }
        GivenAction::InCommentary(action) => {
            let line = card.lines().find(|line| line.indicator.reference == action.indicator);
            let title = line.map_or(action.indicator.as_str(), |line| &line.indicator.title);
            let of = format!("on {}", words::quoted(title));
            (&action.action, of, action.owner.screened_trimmed(), action.due)
        }
    };
    let due = due.map(|due| format!("due {}", words::date(due)));
    let mut text = what.screened_as(in_brief).without_end('.').and(format!(" ({of}"));
    for part in [owner, due.unwrap_or_default().into()] {
        if !part.is_empty() {
            text = text.and("; ").and(part);
        }
    }
    text.and(").")
}

fn name(given: &GivenAction<'_>) -> String {
    match given {
        GivenAction::ByMeeting(action) => action.id.clone(),
        GivenAction::InCommentary(action) => {
            format!("the one given for {} in {}", action.indicator, words::month(action.given))
        }
    }
}

/// The open actions that serve a commitment, by name.
pub(super) fn serving(card: &Scorecard<'_>, at: &Moment, id: &str) -> Vec<String> {
    let serves = |given: &GivenAction<'_>| match given {
        GivenAction::ByMeeting(action) => action.serves == id,
        GivenAction::InCommentary(action) => action.serves == id,
    };
    let own = card.slots.iter().filter_map(|slot| {
        let comment = slot.printable().filter(|comment| comment.serves == id && comment.has(ActionPart::Action))?;
        let is_again =
            card.carried.iter().any(|action| action.is_again && action.indicator == slot.indicator.reference);
        (!is_again && !comment.action.is_left_out())
            .then(|| format!("the one given for {} in this pack", slot.indicator.reference))
    });
    let standing = standing(card, at);
    let open = standing.iter().filter(|(given, status)| serves(given) && !matches!(status, ActionStatus::Done(_)));
    open.map(|(given, _)| name(given)).chain(own).collect()
}

/// The rows of the list, and the sentence above them. Of what commentary gave, only what
/// is overdue and what is newly done: the rest stands beside its indicator.
pub(super) fn rows(card: &Scorecard<'_>, at: &Moment) -> (String, Vec<Vec<AgendaCell>>) {
    let all = standing(card, at);
    let is_open = |status: &ActionStatus| !matches!(status, ActionStatus::Done(_));
    let late = all.iter().filter(|(_, status)| *status == ActionStatus::Overdue).count();
    let open = all.iter().filter(|(_, status)| is_open(status)).count();
    let is_listed = |(given, status): &(GivenAction<'_>, ActionStatus)| match given {
        GivenAction::ByMeeting(_) => true,
        GivenAction::InCommentary(_) => matches!(status, ActionStatus::Overdue | ActionStatus::Done(_)),
    };
    let listed: Vec<_> = all.iter().filter(|one| is_listed(one)).collect();
    let elsewhere = all.len() - listed.len();
    let mut intro = match (open, late) {
        (0, _) => "All are done.".to_owned(),
        (open, 0) => format!("{} open, none overdue.", words::count(open, "action is", "actions are")),
        (open, late) => format!("{} open, {late} overdue.", words::count(open, "action is", "actions are")),
    };
    if elsewhere > 0 {
        let what =
            words::count(elsewhere, "open action of earlier commentary is", "open actions of earlier commentary are");
        intro.push_str(&format!(" {what} not overdue, and not listed here."));
    }
    let row = |(given, status): &&(GivenAction<'_>, ActionStatus)| match given {
        GivenAction::ByMeeting(action) => by_meeting(card.board, action, *status),
        GivenAction::InCommentary(action) => in_commentary(card, action, *status),
    };
    (intro, listed.iter().map(row).collect())
}

fn by_meeting(board: &Board, action: &Action, status: ActionStatus) -> Vec<AgendaCell> {
    let note = action.note.screened().trim().to_owned();
    let aside = [Some(note).filter(|note| !note.is_empty()), serves(board, &action.serves)];
    let what = AgendaCell {
        strong: action.id.clone(),
        aside: aside.into_iter().flatten().collect::<Vec<_>>().join(" "),
        ..written(&action.text)
    };
    let who = AgendaCell { aside: format!("asked {}", words::date(action.raised)), ..text(&action.owner) };
    vec![what, who, state(status, Some(action.due), "was due")]
}

fn in_commentary(card: &Scorecard<'_>, action: &CarriedAction, status: ActionStatus) -> Vec<AgendaCell> {
    let what = AgendaCell {
        strong: action.indicator.to_string(),
        aside: serves(card.board, &action.serves).unwrap_or_default(),
        anchor: place(card, &action.indicator),
        ..written(&action.action)
    };
    let mut aside = format!("given in the commentary of {}", words::month(action.given));
    if let Some(first) = action.first_due {
        aside.push_str(&format!(", first for {}", words::date(first)));
    }
    let who = AgendaCell { aside, ..written(&action.owner) };
    vec![what, who, state(status, action.due, "since")]
}

fn state(status: ActionStatus, due: Option<chrono::NaiveDate>, late: &str) -> AgendaCell {
    let with = |before: &str| due.map(|due| format!("{before} {}", words::date(due))).unwrap_or_default();
    match status {
        ActionStatus::Done(day) => mark("done", "Done", day.map(words::date).unwrap_or_default()),
        ActionStatus::Overdue => mark("late", "Overdue", with(late)),
        ActionStatus::DueByMeeting => mark("waiting", "Due", with("by")),
        ActionStatus::Open => mark("waiting", "Open", with("due")),
    }
}

/// "For priority P2: Homes close by.": what an action is tied to.
fn serves(board: &Board, id: &str) -> Option<String> {
    tie(board, id).map(|tie| format!("For {}.", words::lower_first(tie.trim_end_matches('.'))))
}

/// "Priority P2: Homes close by": a commitment as it is printed beside what serves it.
pub(super) fn tie(board: &Board, id: &str) -> Option<AttributedText> {
    let commitment = board.agenda.commitment(id)?;
    let title = commitment.title.screened_phrase();
    Some(AttributedText::from(commitment.name()).and(": ").and(title))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_commentary;

    /// What page 1 says, and the list with its sentence.
    fn told(board: &str, now: &str, last: &str) -> (Vec<String>, String, Vec<String>) {
        let a = "unit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n";
        let board = format!("[[meetings]]\nperiod = \"2026-10\"\ndate = \"2026-12-02\"\n{board}");
        with_commentary(a, &board, now, last, "A,2026-09,80,,\nA,2026-10,81,,", |card, _| {
            let (intro, rows) = rows(card, &card.board.moment(card.period));
            let row = |cells: &Vec<AgendaCell>| {
                let parts = |cell: &AgendaCell| [&cell.mark, &cell.strong, &cell.text, &cell.aside].map(String::clone);
                let parts = cells.iter().flat_map(parts).filter(|part| !part.is_empty());
                parts.collect::<Vec<_>>().join(" | ")
            };
            let page_1 = on_page_1(card, 1).into_iter().map(|line| format!("{}: {}", line.label, line.text));
            (page_1.collect(), intro, rows.iter().map(row).collect())
        })
    }

    const GIVEN: &str = "text = \"x\"\naction = \"Hire two.\"\nowner = \"Head of Service\"\ndue = ";

    fn own(id: &str, due: &str) -> String {
        format!(
            "[[actions]]\nid = \"{id}\"\ntext = \"Find homes.\"\nowner = \"O\"\nraised = \"2026-07-15\"\ndue = \"{due}\"\n"
        )
    }

    #[test]
    fn the_panels_own_actions_and_those_of_commentary_are_counted_together() {
        let board = own("A14", "2026-10-15") + &own("A15", "2026-12-02");
        let (page_1, intro, rows) = told(&board, "", &format!("{GIVEN}\"2026-10-30\""));
        assert_eq!(page_1, ["Overdue: Find homes (A14; O; due 15 October 2026).", "Overdue: 1 more action."]);
        assert_eq!(intro, "3 actions are open, 2 overdue.");
        assert_eq!(
            rows,
            [
                "A14 | Find homes. | O | asked 15 July 2026 | Overdue | was due 15 October 2026",
                "A | Hire two. | Head of Service | given in the commentary of September 2026 | Overdue | since 30 October 2026",
                "A15 | Find homes. | O | asked 15 July 2026 | Due | by 2 December 2026",
            ]
        );
    }

    #[test]
    fn what_is_not_overdue_stays_beside_its_indicator() {
        let (page_1, intro, rows) = told(&own("A14", "2027-01-15"), "", &format!("{GIVEN}\"2026-10-31\""));
        assert_eq!(page_1, ["Actions: 2 are open, and none is overdue."]);
        assert_eq!(
            intro,
            "2 actions are open, none overdue. 1 open action of earlier commentary is not overdue, and not listed here."
        );
        assert_eq!(rows, ["A14 | Find homes. | O | asked 15 July 2026 | Open | due 15 January 2027"]);
    }

    #[test]
    fn what_an_officer_says_is_done_is_told_once_and_is_not_overdue() {
        let last = format!("{GIVEN}\"2026-10-30\"");
        let (page_1, _, rows) = told("", "last_action_done = \"20 November 2026\"", &last);
        assert_eq!(page_1, [""; 0]);
        let row = "A | Hire two. | Head of Service | given in the commentary of September 2026 | Done";
        assert_eq!(rows, [format!("{row} | 20 November 2026")]);
        assert_eq!(told("", "last_action_done = \"done\"", &last).2, [row]);
        assert_eq!(
            told("", "", &last).0,
            ["Overdue: Hire two (on \u{201c}A\u{201d}; Head of Service; due 30 October 2026)."]
        );
    }

    #[test]
    fn what_an_action_serves_is_printed_beside_it() {
        let board = "[[commitments]]\nid = \"P2\"\ntitle = \"Homes close by.\"\n\
            [[commitments]]\nid = \"4\"\nkind = \"recommendation\"\ntitle = \"See children alone\"\n";
        let own = own("A14", "2026-10-15") + "for = \"4\"\n";
        let (_, _, rows) = told(&(board.to_owned() + &own), "", &format!("{GIVEN}\"2026-10-30\"\nfor = \"P2\""));
        assert!(rows[0].contains("For recommendation 4: See children alone."), "{rows:?}");
        assert!(rows[1].contains("For priority P2: Homes close by."), "{rows:?}");
    }
}
