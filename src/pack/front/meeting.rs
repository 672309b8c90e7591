//! What became of what the board asked for and was promised: actions that are overdue,
//! questions without an answer, requests that are not met, promises that came true or did
//! not, and commitments that are off track.

use super::super::actions;
use super::super::model::{MeetingNews, NewsLine};
use super::action::in_brief;
use super::detail_anchor;
use crate::domain::agenda::{Answer, Moment, Request};
use crate::domain::commitment::{Commitment, ProgressState};
use crate::domain::related::ForecastSpan;
use crate::domain::{AttributedText, Period, Polarity};
use crate::scorecard::{Line, Scorecard, asked};
use crate::words;

/// How many overdue actions are told of by name.
const ACTIONS: usize = 2;

/// Everything since the board's pack of the month `before`; no lines where there is nothing.
pub(super) fn news(card: &Scorecard<'_>, before: Period) -> MeetingNews {
    let at = card.board.moment(card.period);
    let mut lines = actions::on_page_1(card, ACTIONS);
    let rest = [unanswered(card, &at), not_met(card, &at), promises(card, before), off_track(card)];
    // Who asks after an action reads that there is none, and not nothing.
    if lines.is_empty() && rest.iter().any(Option::is_some) {
        lines.push(line("Actions", "none is open.", ""));
    }
    lines.extend(rest.into_iter().flatten());
    MeetingNews { title: "From your last meeting".to_owned(), lines }
}

pub(super) fn line(label: &str, text: impl Into<AttributedText>, anchor: &str) -> NewsLine {
    NewsLine { label: label.to_owned(), text: text.into(), anchor: anchor.to_owned() }
}

/// A text, then how many more there are of its kind.
fn first_of(first: AttributedText, all: usize) -> AttributedText {
    if all > 1 { first.and(format!(" And {} more.", all - 1)) } else { first }
}

/// "How many …? (Vice-Chair, 7 October 2026)".
fn unanswered(card: &Scorecard<'_>, at: &Moment) -> Option<NewsLine> {
    let open: Vec<&Answer> =
        card.board.agenda.answers.iter().filter(|answer| answer.is_shown(at) && answer.answer.is_none()).collect();
    let first = open.first()?;
    let asked = format!(" ({}, {})", first.asked_by, words::date(first.asked));
    let text = first.question.screened_as(in_brief).and(asked);
    Some(line("Not answered yet", first_of(text, open.len()), "agenda-answers"))
}

fn not_met(card: &Scorecard<'_>, at: &Moment) -> Option<NewsLine> {
    let is_open =
        |request: &&Request| request.is_shown(at) && request.closed.is_none() && !asked::is_met(card.board, request);
    let open: Vec<&Request> = card.board.agenda.requests.iter().filter(is_open).collect();
    let first = open.first()?;
    let text = first.text.screened_as(in_brief).and(format!(" (asked {})", words::date(first.asked)));
    Some(line("Asked for, not here yet", first_of(text, open.len()), "agenda-requests"))
}

/// Figures that were promised for the months of this pack: which came true.
fn promises(card: &Scorecard<'_>, before: Period) -> Option<NewsLine> {
    let (mut kept, mut not_kept) = (Vec::new(), Vec::new());
    for indicator in card.lines() {
        match is_kept(indicator, before) {
            Some(true) => kept.push(indicator),
            Some(false) => not_kept.push(indicator),
            None => {}
        }
    }
    let names = |lines: &[&Line<'_>]| {
        words::list(&lines.iter().map(|line| words::quoted(&line.indicator.title)).collect::<Vec<_>>())
    };
    let first = not_kept.first().or(kept.first())?;
    let text = match (kept.as_slice(), not_kept.as_slice()) {
        (kept, []) => format!("reached for {}.", names(kept)),
        ([], not_kept) => format!("not reached for {}.", names(not_kept)),
        (kept, not_kept) => format!("not reached for {}; reached for {}.", names(not_kept), names(kept)),
    };
    Some(line("Promised figure", text, &detail_anchor(card, &first.indicator.reference)))
}

/// Whether the latest figure that was promised for a month after `before` was reached, as
/// it is printed; none where nothing was promised, or there is no figure to tell.
fn is_kept(line: &Line<'_>, before: Period) -> Option<bool> {
    let came = line.indicator.relations.came(before.plus(1), line.period);
    let (month, promised) = came.into_iter().rev().find_map(|forecast| match forecast.span {
        ForecastSpan::Month(month) => Some((month, forecast.value?)),
        ForecastSpan::Quarter(_) => None,
    })?;
    let figure = line.reading_of(month).figure()?.value;
    let promised = line.indicator.measure.round(promised);
    match line.indicator.polarity {
        Polarity::Higher => Some(figure >= promised),
        Polarity::Lower => Some(figure <= promised),
        // Which side of it is better depends on where one stands.
        Polarity::Range => {
            let goal = line.target?.goal;
            let off = |value| goal.shortfall(value, Polarity::Range);
            Some(off(figure)? <= off(promised)?)
        }
        Polarity::None => None,
    }
}

/// Commitments that an officer says are off track, else those at risk.
fn off_track(card: &Scorecard<'_>) -> Option<NewsLine> {
    let is = |state: ProgressState| {
        let of =
            move |commitment: &&Commitment| commitment.latest(card.period).is_some_and(|report| report.state == state);
        card.board.agenda.commitments.iter().filter(of).collect::<Vec<&Commitment>>()
    };
    let (off, risk) = (is(ProgressState::OffTrack), is(ProgressState::AtRisk));
    let (label, all) = if off.is_empty() { ("At risk", risk) } else { ("Off track", off) };
    let first = all.first()?;
    let text = AttributedText::from(format!("{}: ", first.name())).and(first.title.screened_as(in_brief));
    Some(line(label, first_of(text.without_end('.').and("."), all.len()), "agenda-commitments"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scorecard::test_support::with_board_of;

    /// What is said of one indicator at 80 in August and 82 in October, where the board's
    /// pack before was that of July.
    fn said(better: &str, forecast: &str, board: &str) -> Vec<String> {
        let a = format!("unit = \"count\"\nbetter = \"{better}\"\nfrequency = \"monthly\"\n{forecast}");
        let rows = "A,2026-07,79,,\nA,2026-08,80,,\nA,2026-10,82,,";
        with_board_of(&a, board, rows, |card| {
            let news = news(card, "2026-07".parse().unwrap());
            news.lines.iter().map(|line| format!("{}: {}", line.label, line.text)).collect()
        })
    }

    fn forecast(period: &str, value: &str) -> String {
        format!("[[indicators.A.forecasts]]\nmade = \"2026-06-08\"\nperiod = \"{period}\"\nvalue = {value}\n")
    }

    #[test]
    fn a_promise_is_kept_or_not_as_it_is_printed() {
        let kept = ["Actions: none is open.", "Promised figure: reached for \u{201c}A\u{201d}."];
        let not_kept = ["Actions: none is open.", "Promised figure: not reached for \u{201c}A\u{201d}."];
        assert_eq!(said("higher", &forecast("2026-10", "82"), ""), kept);
        assert_eq!(said("higher", &forecast("2026-10", "83"), ""), not_kept);
        assert_eq!(said("lower", &forecast("2026-10", "82"), ""), kept);
        assert_eq!(said("lower", &forecast("2026-10", "81"), ""), not_kept);
        // A month that the pack is for, too; one before it was told of then.
        assert_eq!(said("higher", &forecast("2026-08", "81"), ""), not_kept);
        assert_eq!(said("higher", &forecast("2026-07", "81"), ""), [""; 0]);
        // There is no better, no figure, or the month has not come.
        assert_eq!(said("none", &forecast("2026-10", "82"), ""), [""; 0]);
        assert_eq!(said("higher", &forecast("2026-09", "82"), ""), [""; 0]);
        assert_eq!(said("higher", &forecast("2026-11", "82"), ""), [""; 0]);
    }

    #[test]
    fn what_is_not_answered_or_met_or_off_track_is_told_once_each() {
        let board = "[[meetings]]\nperiod = \"2026-10\"\ndate = \"2026-12-02\"\n\
            [[answers]]\nquestion = \"Why?\"\nasked_by = \"Chair\"\nasked = \"2026-10-07\"\n\
            [[answers]]\nquestion = \"How?\"\nasked_by = \"Chair\"\nasked = \"2026-10-07\"\n\
            [[requests]]\ntext = \"Ages\"\nasked = \"2026-10-07\"\n\
            [[commitments]]\nid = \"P2\"\ntitle = \"Homes close by.\"\n\
            progress = [{ period = \"2026-10\", state = \"off-track\", text = \"No.\" }]\n";
        assert_eq!(
            said("none", "", board),
            [
                "Actions: none is open.",
                "Not answered yet: Why? (Chair, 7 October 2026) And 1 more.",
                "Asked for, not here yet: Ages (asked 7 October 2026)",
                "Off track: Priority P2: Homes close by.",
            ]
        );
    }
}
