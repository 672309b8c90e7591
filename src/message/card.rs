//! A message for webhooks: a card of Teams, and JSON for programs.

use serde_json::{Value, json};

use super::text::{count, frame, link_words, signature, subject};
use crate::domain::notice::PackMessage;

/// How many packs a card names. A message of Teams may be 28 kB.
const MOST: usize = 20;

/// A message as an adaptive card in a message, which is what a workflow of Teams that
/// begins with "when a webhook request is received" posts to its channel.
/// <https://adaptivecards.io/explorer/>
pub fn teams(notice: &PackMessage) -> Value {
    let (lead, close) = frame(notice);
    let block = |text: &str| json!({ "type": "TextBlock", "text": plain(text), "wrap": true });
    let heading = |text: &str, size: &str| json!({ "type": "TextBlock", "text": plain(text), "wrap": true, "weight": "Bolder", "size": size });
    let mut body = vec![heading(&subject(notice), "Large"), block(lead)];
    for item in notice.items.iter().take(MOST) {
        body.push(heading(&item.title, "Medium"));
        body.extend(item.sentences.iter().map(|sentence| block(sentence)));
        let points: Vec<String> = item.points.iter().map(|point| format!("- {}", plain(point))).collect();
        if !points.is_empty() {
            body.push(json!({ "type": "TextBlock", "text": points.join("\n"), "wrap": true }));
        }
        body.extend(item.link.iter().map(|link| block(&format!("{}: {link}", link_words(item)))));
    }
    if notice.items.len() > MOST {
        body.push(block(&format!("All of them: {}.", count(notice))));
    }
    body.push(block(close));
    body.push(json!({ "type": "TextBlock", "text": plain(&signature(notice)), "wrap": true, "isSubtle": true, "size": "Small" }));
    let card = json!({
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "lang": "en-GB",
        "body": body,
    });
    json!({
        "type": "message",
        "attachments": [{ "contentType": "application/vnd.microsoft.card.adaptive", "contentUrl": null, "content": card }],
    })
}

/// A text in which nothing is taken for Markdown, which cards read.
fn plain(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for sign in text.chars() {
        if matches!(sign, '*' | '_' | '[' | ']' | '`' | '#' | '\\') {
            shown.push('\\');
        }
        shown.push(sign);
    }
    shown
}

/// A message as JSON, for programs: `schema` says which shape it is.
pub fn json(notice: &PackMessage, id: &str) -> Value {
    let item = |item: &crate::domain::notice::NoticeItem| {
        json!({
            "board": item.pack.board,
            "period": item.pack.period,
            "event": item.event,
            "title": item.title,
            "sentences": item.sentences,
            "points": item.points,
            "link": item.link,
        })
    };
    json!({
        "schema": 1,
        "id": id,
        "type": notice.kind.word(),
        "council": notice.council,
        "subject": subject(notice),
        "items": notice.items.iter().map(item).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::notice::NoticeKind;
    use crate::message::test_support::{fact, notice};

    #[test]
    fn a_card_has_what_teams_wants_and_no_markdown_of_others() {
        let message = notice(NoticeKind::Held, vec![fact(NoticeKind::Held, "1", &[], &["F101 *bold* [x](y)"]).item]);
        let card = teams(&message);
        assert_eq!(card["attachments"][0]["contentType"], "application/vnd.microsoft.card.adaptive");
        assert!(card.to_string().contains(r"\\*bold\\* \\[x\\](y)"), "{card}");
        insta::assert_json_snapshot!("webhook_json", json(&message, "msg_1"));
        let many = vec![fact(NoticeKind::Held, "1", &[], &["F101 x"]).item; 500];
        let card = teams(&notice(NoticeKind::Held, many)).to_string();
        assert!(card.len() < 28_000 && card.contains("All of them: 500 scorecards."), "{}", card.len());
    }
}
