//! `commentary/<period>/<board>.toml`: what officers write.

use std::collections::BTreeMap;

use super::Comments;
use super::files::Files;
use super::reader::{Faults, Reader, nearest};
use crate::domain::{Board, BoardId, Comment, IndicatorRef, Period};

pub(super) fn read(files: &Files, boards: &[Board], faults: &Faults) -> BTreeMap<(Period, BoardId), Comments> {
    let mut all = BTreeMap::new();
    for name in files.below("commentary/") {
        let Some((period, board)) = whose(name, boards, faults) else { continue };
        let Some(mut root) = super::open(files, name, faults) else { continue };
        let mut comments = Comments::new();
        for (key, value) in root.entries() {
            let known =
                IndicatorRef::parse(&key).ok().filter(|reference| board.indicators().any(|other| other == reference));
            let Some(reference) = known else {
                // Its entry in the register may be at fault, which is told there.
                if faults.is_declared(&key) && board_may_have(files, board, &key) {
                    continue;
                }
                let hint = match nearest(&key, board.indicators().map(IndicatorRef::as_str)) {
                    Some(near) => format!("did you mean [{near}]?"),
                    None => "commentary belongs to one of the board's indicators".to_owned(),
                };
                root.fault(&key, format!("is not an indicator of {}", board.id), hint);
                continue;
            };
            let mut entry = root.entry(&key, value);
            comments.insert(reference, comment(&mut entry));
            entry.finish();
        }
        all.insert((period, board.id.clone()), comments);
    }
    all
}

/// Whether a board's own file names an indicator, whatever became of its entry.
fn board_may_have(files: &Files, board: &Board, reference: &str) -> bool {
    let text = files.text(&format!("boards/{}.toml", board.id)).unwrap_or_default();
    text.contains(&format!("\"{reference}\"")) && !board.indicators().any(|other| other.as_str() == reference)
}

/// Which period and board a file speaks of.
fn whose<'b>(name: &str, boards: &'b [Board], faults: &Faults) -> Option<(Period, &'b Board)> {
    let rest = name.strip_prefix("commentary/")?.strip_suffix(".toml")?;
    let Some((period, board)) = rest.split_once('/') else {
        faults.add(name, "", "is not in a month's folder", "commentary lies in commentary/<period>/<board>.toml");
        return None;
    };
    let period = match period.parse::<Period>() {
        Ok(period) => period,
        Err(error) => {
            faults.add(name, "", format!("its folder {error}"), "commentary lies in commentary/<period>/<board>.toml");
            return None;
        }
    };
    let found = boards.iter().find(|other| other.id.as_str() == board);
    if found.is_none() && !boards.is_empty() && !faults.is_declared(board) {
        let hint = match nearest(board, boards.iter().map(|board| board.id.as_str())) {
            Some(near) => format!("did you mean {near}.toml?"),
            None => format!(
                "the boards are {}",
                boards.iter().map(|board| board.id.as_str()).collect::<Vec<_>>().join(", ")
            ),
        };
        faults.add(name, "", "is named after no board", hint);
    }
    found.map(|board| (period, board))
}

fn comment(entry: &mut Reader<'_>) -> Comment {
    Comment {
        text: entry.or("text", String::new()),
        action: entry.or("action", String::new()),
        owner: entry.or("owner", String::new()),
        due: super::boards::date(entry, "due"),
        expect: entry.or("expect", String::new()),
    }
}
