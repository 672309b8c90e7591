//! Whether what members asked to see next time is on the board.

use crate::domain::agenda::{Request, Wanted};
use crate::domain::{AttributedText, Board, Code, Finding, Period, Place};

/// Whether a board has what a request asks for. Words are met by words.
pub fn is_met(board: &Board, request: &Request) -> bool {
    match &request.wanted {
        Wanted::Indicator(wanted) => board.indicators().any(|reference| reference == wanted),
        Wanted::Section(wanted) => board.sections.iter().any(|section| section.number == *wanted),
        Wanted::Words => !request.met.is_blank(),
    }
}

/// F620: requests that a period's pack neither meets nor explains.
pub(super) fn open(board: &Board, period: Period) -> Vec<Finding> {
    let at = board.moment(period);
    let open = |request: &&Request| {
        request.closed.is_none() && request.is_shown(&at) && request.met.is_blank() && !is_met(board, request)
    };
    board
        .agenda
        .requests
        .iter()
        .filter(open)
        .map(|request| {
            let (place, hint) = match &request.wanted {
                Wanted::Indicator(wanted) => (
                    Place { indicator: Some(wanted.clone()), ..Place::default() },
                    "put the indicator into a section of the board, or say in `met` why it is not here",
                ),
                Wanted::Section(_) => {
                    (Place::default(), "add the section to the board, or say in `met` why it is not here")
                }
                Wanted::Words => (Place::default(), "say in `met` where it is, or why it is not here"),
            };
            let message = AttributedText::from("members asked for this and it is not here: ");
            let message = message.and(request.text.screened().without_end('.'));
            Finding::new(Code::RequestOpen, place, message, hint)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::domain::Code;
    use crate::scorecard::test_support::with_board;

    fn codes(request: &str) -> usize {
        let board = format!("[[requests]]\ntext = \"T\"\nasked = \"2026-07-01\"\n{request}\n");
        with_board(&board, |card| card.findings.iter().filter(|finding| finding.code == Code::RequestOpen).count())
    }

    #[test]
    fn a_request_that_is_neither_met_nor_explained_is_told() {
        for (request, open) in [
            ("indicator = \"A\"", 0),
            ("indicator = \"Z\"", 1),
            ("indicator = \"Z\"\nmet = \"From April.\"", 0),
            ("indicator = \"Z\"\nclosed = \"2026-10-31\"", 0),
            ("section = \"1\"", 0),
            ("section = \"2\"", 1),
            ("", 1),
            ("met = \"See item 9.\"", 0),
        ] {
            assert_eq!(codes(request), open, "{request}");
        }
    }
}
