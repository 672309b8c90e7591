//! `[[sections.words]]` of a board's file: what a section says in words.

use super::list;
use crate::config::reader::TableReader;
use crate::domain::passage::{Passage, Pledge};

pub(in crate::config) fn read(section: &mut TableReader<'_>) -> Vec<Passage> {
    list(section, "words", |table| {
        let passage = Passage {
            period: table.parsed("period"),
            title: table.or("title", String::new()).into(),
            text: table.or("text", String::new()).into(),
            by: table.or("by", String::new()),
            place: table.or("place", String::new()),
            pledges: pledges(table),
        };
        if passage.text.is_blank() && passage.pledges.is_empty() {
            table.fault(
                "text",
                "is missing, and there is no [[sections.words.pledges]] either",
                "say something, or take the table out",
            );
        }
        Some(passage)
    })
}

fn pledges(table: &mut TableReader<'_>) -> Vec<Pledge> {
    list(table, "pledges", |table| {
        Some(Pledge {
            promised: table.text("promised", "what was promised").into(),
            done: table.or("done", String::new()).into(),
            evidence: table.or("evidence", String::new()).into(),
            state: table.optional("state"),
        })
    })
}
