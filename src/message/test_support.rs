//! Messages for tests.

use crate::domain::BoardId;
use crate::domain::PackKey;
use crate::domain::contact::MailAddress;
use crate::domain::notice::{NoticeFact, NoticeItem, NoticeKind, PackMessage, Recipient};

pub(super) fn mail(address: &str) -> Recipient {
    Recipient::Mail(MailAddress::parse(address).unwrap())
}

pub(super) fn fact(kind: NoticeKind, event: &str, to: &[&str], points: &[&str]) -> NoticeFact {
    let pack = PackKey { period: "2026-10".parse().unwrap(), board: BoardId::parse("panel").unwrap() };
    let item = NoticeItem {
        event: event.to_owned(),
        pack,
        revision: None,
        title: "Corporate Parenting Panel, October 2026".to_owned(),
        sentences: vec!["What there is to say.".to_owned()],
        points: points.iter().map(|point| (*point).to_owned()).collect(),
        link: Some("/srv/packs/2026-10/panel/r1".to_owned()),
        attachment: None,
        supplement: None,
    };
    NoticeFact { kind, recipients: to.iter().map(|address| mail(address)).collect(), item }
}

pub(super) fn notice(kind: NoticeKind, items: Vec<NoticeItem>) -> PackMessage {
    PackMessage { kind, council: "Smallshire Council".to_owned(), items }
}
