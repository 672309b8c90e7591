//! The one page that tells officers why a pack is held.

use super::front::civil;
use super::model::{self, Field, HeldNotice, HeldReason};
use crate::domain::{Board, Code, Council, Finding, Period};
use crate::words;

/// How many reasons stand on the page; the rest are in `findings.json`.
const MOST: usize = 12;

/// Makes the notice. `published` is the latest revision that stands, if any.
pub fn notice(
    board: &Board,
    period: Period,
    council: &Council,
    findings: &[Finding],
    published: Option<u32>,
) -> HeldNotice {
    let blocking: Vec<&Finding> = findings.iter().filter(|finding| finding.is_blocking()).collect();
    let field = |label: &str, value: String| Field::new(label, value);
    let month = words::month(period);
    HeldNotice {
        schema: model::SCHEMA,
        title: format!("Held: {}, {month}", board.scorecard),
        author: council.name.clone(),
        description: format!("Why the {} of the {} for {month} was not published.", board.scorecard, board.title),
        date: civil(period.last_day()),
        footer: format!("Not for publication · {} · {month}", board.title),
        lead: lead(&blocking),
        fields: vec![
            field("Board", board.title.clone()),
            field("Period", words::month_with_year(period)),
            field(
                "Published so far",
                published.map_or_else(
                    || "Nothing for this period".to_owned(),
                    |revision| format!("Revision {revision}, which stands"),
                ),
            ),
        ],
        reasons: blocking
            .iter()
            .take(MOST)
            .map(|finding| HeldReason {
                code: finding.code.to_string(),
                place: match &finding.at.indicator {
                    Some(indicator) => format!("{} ({indicator})", finding.at),
                    None => finding.at.to_string(),
                },
                message: format!("{}.", words::capital(&finding.message)),
                hint: words::capital(&finding.hint),
            })
            .collect(),
        more: match blocking.len().saturating_sub(MOST) {
            0 => String::new(),
            more => format!(
                "{} in findings.json, beside this page.",
                words::count(more, "more fault is", "more faults are")
            ),
        },
        steps: steps(&blocking, board, period),
    }
}

/// Whether what holds a pack lies in its workbooks, where officers mend it.
fn is_of_data(finding: &Finding) -> bool {
    use Code::{IssuedAltered, IssuedGone, IssuedUntrusted, StorageFailed};
    ![IssuedAltered, IssuedGone, IssuedUntrusted, StorageFailed].contains(&finding.code)
}

/// Whether it lies in what officers wrote.
fn is_of_words(finding: &Finding) -> bool {
    finding.code == Code::PersonInText
}

fn lead(blocking: &[&Finding]) -> String {
    if blocking.iter().all(|finding| is_of_words(finding)) {
        let texts = words::count(blocking.len(), "text", "texts");
        return format!(
            "This pack was not made, because {texts} of it may say who somebody is. Nothing that was published before has been changed."
        );
    }
    let faults = words::count(blocking.len(), "fault", "faults");
    if blocking.iter().any(|finding| finding.code == Code::StorageFailed) {
        return "This pack was not made, because its workbooks could not be read. Nothing that was published before has been changed.".to_owned();
    }
    if blocking.iter().any(|finding| !is_of_data(finding)) {
        return format!(
            "This pack was not made, because {faults} would have made it wrong. What was published before is not all as it was."
        );
    }
    format!(
        "This pack was not made, because {faults} in its data would have made it wrong. Nothing that was published before has been changed."
    )
}

fn steps(blocking: &[&Finding], board: &Board, period: Period) -> Vec<String> {
    let mut steps = Vec::new();
    if blocking.iter().any(|finding| !is_of_data(finding)) {
        steps.push("Do what each line above tells, with whoever looks after the folders.".to_owned());
    }
    if blocking.iter().any(|finding| is_of_words(finding)) {
        steps.push("Look at each text that is named above: take out what is about a person, or say in its file that it may stand.".to_owned());
    }
    if blocking.iter().any(|finding| is_of_data(finding) && !is_of_words(finding)) {
        steps.push("Mend the workbook, or what sources.toml says of it, as each line above tells.".to_owned());
        steps.push("Save it under the same name on the share.".to_owned());
    }
    steps.push(format!(
        "Run `boardpack run --board {} --period {period}`, or wait: the daemon tries again by itself.",
        board.id
    ));
    steps
}
