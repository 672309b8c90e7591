//! That each recipient is told of an event once, and that nothing that waits is lost.

use super::*;
use crate::domain::notice::{NoticeItem, NoticeKind, PackMessage, Recipient};

fn recipient(name: &str) -> Recipient {
    Recipient::parse("mail", &format!("{name}@smallshire.example.org")).unwrap()
}

fn item(event: &str) -> NoticeItem {
    NoticeItem {
        event: event.to_owned(),
        pack: key(10),
        revision: None,
        title: "Panel, October 2026".to_owned(),
        sentences: Vec::new(),
        points: Vec::new(),
        link: None,
        attachment: None,
        supplement: None,
    }
}

fn telling(name: &str, kind: NoticeKind, events: &[&str]) -> RecipientItems {
    (recipient(name), kind, events.iter().map(|event| item(event)).collect())
}

fn position(event: i64) -> OutboxPosition {
    OutboxPosition { event, looked_at: AT.to_owned() }
}

/// Each message that may be tried at a time: "clerk final: final 1".
fn waiting(ledger: &Ledger, now: &str) -> Vec<String> {
    let of = |PackMessage { kind, items, .. }: &PackMessage| {
        let events: Vec<&str> = items.iter().map(|item| item.event.as_str()).collect();
        format!("{}: {}", kind.word(), events.join(" + "))
    };
    let waiting = ledger.waiting(now).unwrap();
    let mut lines: Vec<String> = waiting
        .iter()
        .map(|one| format!("{} {}", one.recipient.name().split('@').next().unwrap(), of(&one.notice)))
        .collect();
    lines.sort();
    lines
}

#[test]
fn each_recipient_is_told_of_an_event_once_whoever_asks_again() {
    for home in homes() {
        let ledger = Ledger::open(home.place.clone(), COUNCIL).unwrap();
        let other = Ledger::open(home.place.clone(), "Elsewhere").unwrap();
        assert_eq!(ledger.outbox_position().unwrap(), None);
        let all = || {
            vec![
                telling("clerk", NoticeKind::Final, &["final 1", "final 2"]),
                telling("officer", NoticeKind::Held, &["held 1", "held 2"]),
            ]
        };
        assert_eq!(ledger.would_enqueue(all()).unwrap().len(), 3);
        assert_eq!(ledger.enqueue(all(), &position(7), AT).unwrap(), 3);
        assert_eq!(ledger.outbox_position().unwrap(), Some(position(7)));
        assert!(ledger.would_enqueue(all()).unwrap().is_empty());
        assert_eq!(ledger.enqueue(all(), &position(8), AT).unwrap(), 0);
        let more = vec![telling("officer", NoticeKind::Held, &["held 2", "held 3"])];
        assert_eq!(ledger.enqueue(more, &position(9), AT).unwrap(), 1);
        let expected =
            ["clerk final: final 1", "clerk final: final 2", "officer held: held 1 + held 2", "officer held: held 3"];
        assert_eq!(waiting(&ledger, AT), expected);
        // Another council's are its own.
        assert!(waiting(&other, "9999").is_empty() && other.outbox_position().unwrap().is_none());
        assert_eq!(other.enqueue(all(), &position(1), AT).unwrap(), 3);
    }
}

#[test]
fn a_message_waits_until_it_is_sent_or_given_up_and_ends_once() {
    for home in homes() {
        let ledger = Ledger::open(home.place.clone(), COUNCIL).unwrap();
        let tellings = vec![
            telling("a", NoticeKind::Held, &["1"]),
            telling("b", NoticeKind::Held, &["1"]),
            telling("c", NoticeKind::Held, &["1"]),
        ];
        ledger.enqueue(tellings, &position(1), AT).unwrap();
        let ids: Vec<String> = ["a", "b", "c"]
            .map(|name| {
                let all = ledger.waiting(AT).unwrap();
                all.into_iter().find(|one| one.recipient == recipient(name)).unwrap().id
            })
            .into();
        let later = SendResult::PutOff { error: "no answer".into(), next_at: "2026-11-04T06:01:00Z".into() };
        ledger.tried(&ids[0], SendResult::Sent, AT).unwrap();
        ledger.tried(&ids[1], later.clone(), AT).unwrap();
        ledger.tried(&ids[2], SendResult::GivenUp { error: "no such mailbox".into() }, AT).unwrap();
        assert_eq!(waiting(&ledger, "2026-11-04T06:00:59Z"), [""; 0]);
        assert_eq!(waiting(&ledger, "2026-11-04T06:01:00Z"), ["b held: 1"]);
        let again = ledger.waiting("9999").unwrap().remove(0);
        assert_eq!((again.tries, again.error.as_str(), again.id == ids[1]), (1, "no answer", true));
        // What has ended has ended, whatever is said of it afterwards.
        ledger.tried(&ids[0], later, AT).unwrap();
        assert_eq!(waiting(&ledger, "9999"), ["b held: 1"]);
        assert_eq!(ledger.given_up("2026-11-04T00:00:00Z").unwrap().len(), 1);
        assert!(ledger.given_up("2026-11-05T00:00:00Z").unwrap().is_empty());
        let states = ledger.outbox_states().unwrap();
        assert_eq!(["waiting", "sent", "failed"].map(|state| states[state]), [1, 1, 1]);
    }
}

#[test]
fn one_at_a_time_sends_what_waits() {
    for home in homes() {
        let open = || Ledger::open(home.place.clone(), COUNCIL).unwrap();
        let (one, other) = (open(), open());
        let turn = one.take_outbox().unwrap();
        assert!(turn.is_some() && other.take_outbox().unwrap().is_none());
        drop((turn, one));
        assert!(other.take_outbox().unwrap().is_some());
    }
}

#[test]
fn what_happened_is_read_on_from_where_it_was_left() {
    for home in homes() {
        let ledger = Ledger::open(home.place.clone(), COUNCIL).unwrap();
        ledger.record(vec![stored(9, Edition::Public, 1, "one")], "clerk").unwrap();
        let first = ledger.news_since("9999", AT).unwrap();
        assert!(ledger.events_after(first.event).unwrap().is_empty());
        assert_eq!(ledger.news_since("2000", AT).unwrap().event, 0);
        ledger.note_event((&key(9), Edition::Public), "changed", serde_json::json!({ "figures": 3 }), AT).unwrap();
        ledger.note_event((&key(9), Edition::Public), "changed", serde_json::json!({ "figures": 3 }), AT).unwrap();
        ledger.note_event((&key(9), Edition::Public), "changed", serde_json::json!({ "figures": 4 }), AT).unwrap();
        let events = ledger.events_after(first.event).unwrap();
        let told: Vec<String> =
            events.iter().map(|event| format!("{} {}", event.kind, event.told["figures"])).collect();
        assert_eq!(told, ["changed 3", "changed 4"], "what is the same is not noted again");
        assert_eq!(ledger.packs_with_event("changed").unwrap(), BTreeSet::from([key(9)]));
        assert!(ledger.manifest(&key(9), Edition::Public, 1).unwrap().is_some());
        assert!(ledger.manifest(&key(9), Edition::Public, 2).unwrap().is_none());
    }
}
