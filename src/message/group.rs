//! What each recipient is told, in as few messages as may be.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::notice::{NoticeFact, NoticeItem, NoticeKind, PackMessage, Recipient};

/// What each recipient is to be told of each kind. What several facts tell the same
/// recipient of one event is one item.
pub fn by_recipient(facts: Vec<NoticeFact>) -> Vec<(Recipient, NoticeKind, Vec<NoticeItem>)> {
    let mut items: BTreeMap<(Recipient, NoticeKind), Vec<NoticeItem>> = BTreeMap::new();
    for NoticeFact { kind, recipients, item } in facts {
        for recipient in recipients.into_iter().collect::<BTreeSet<_>>() {
            let own = items.entry((recipient, kind)).or_default();
            match own.iter_mut().find(|other| other.event == item.event) {
                Some(other) => join(other, &item),
                None => own.push(item.clone()),
            }
        }
    }
    items.into_iter().map(|((recipient, kind), items)| (recipient, kind, items)).collect()
}

/// The messages that tell items of one kind: as few as may be.
pub fn notices(council: &str, kind: NoticeKind, items: Vec<NoticeItem>) -> Vec<PackMessage> {
    let size = if kind.is_grouped() { items.len() } else { 1 };
    let notice = |items: &[NoticeItem]| PackMessage { kind, council: council.to_owned(), items: items.to_vec() };
    items.chunks(size.max(1)).map(notice).collect()
}

/// Adds what an item says besides.
fn join(item: &mut NoticeItem, other: &NoticeItem) {
    for (own, more) in [(&mut item.points, &other.points), (&mut item.sentences, &other.sentences)] {
        for text in more {
            if !own.contains(text) {
                own.push(text.clone());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::test_support::fact;

    #[test]
    fn each_is_told_its_own_once_and_final_packs_one_by_one() {
        let facts = vec![
            fact(NoticeKind::Held, "held 1", &["a@x.uk", "b@x.uk"], &["F101"]),
            fact(NoticeKind::Held, "held 2", &["a@x.uk"], &["F102"]),
            fact(NoticeKind::Final, "final 1", &["a@x.uk"], &[]),
            fact(NoticeKind::Final, "final 2", &["a@x.uk"], &[]),
            fact(NoticeKind::Chase, "chase 1", &["a@x.uk"], &["CLA01"]),
            fact(NoticeKind::Chase, "chase 1", &["a@x.uk", "a@x.uk"], &["CLA02", "CLA01"]),
        ];
        let mut told = Vec::new();
        for (recipient, kind, items) in by_recipient(facts) {
            for notice in notices("Smallshire", kind, items) {
                let items = notice.items.iter().map(|item| format!("{} {}", item.event, item.points.join("+")));
                let items = items.collect::<Vec<_>>().join("; ");
                told.push(format!("{} {}: {items}", recipient.name(), notice.kind.word()));
            }
        }
        assert_eq!(
            told,
            [
                "a@x.uk chase: chase 1 CLA01+CLA02",
                "a@x.uk final: final 1 ",
                "a@x.uk final: final 2 ",
                "a@x.uk held: held 1 F101; held 2 F102",
                "b@x.uk held: held 1 F101",
            ]
        );
    }
}
