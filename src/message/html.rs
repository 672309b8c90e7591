//! A message as the HTML part of a mail: no picture, no script, nothing that is loaded.

use maud::{DOCTYPE, html};

use super::text::{frame, link_words, signature, subject};
use crate::domain::notice::PackMessage;

/// A message as HTML.
pub fn html(notice: &PackMessage) -> String {
    let (lead, close) = frame(notice);
    let title = subject(notice);
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head { meta charset="utf-8"; title { (title) } }
            body style="font-family: Arial, sans-serif; font-size: 16px; line-height: 1.5; max-width: 40em" {
                p { (lead) }
                @for item in &notice.items {
                    h2 style="font-size: 18px; margin-bottom: 0" { (item.title) }
                    @for sentence in &item.sentences { p { (sentence) } }
                    @if !item.points.is_empty() {
                        ul { @for point in &item.points { li { (point) } } }
                    }
                    @if let Some(link) = &item.link {
                        @if link.starts_with("https://") {
                            p { (link_words(item)) ": " a href=(link) { (item.title) } }
                        } @else {
                            p { (link_words(item)) ": " code { (link) } }
                        }
                    }
                }
                p { (close) }
                hr;
                p style="font-size: 14px; color: #505a5f" { (signature(notice)) }
            }
        }
    };
    page.into_string()
}

#[cfg(test)]
mod tests {
    use super::html;
    use crate::domain::notice::NoticeKind;
    use crate::message::test_support::{fact, notice};

    #[test]
    fn what_is_told_is_text_and_never_a_tag() {
        let mut item = fact(NoticeKind::Held, "1", &[], &["<script>alert(1)</script>"]).item;
        item.link = Some("https://intranet.example.org/a?b=\"c\"&d".to_owned());
        let page = html(&notice(NoticeKind::Held, vec![item]));
        assert!(page.contains("&lt;script&gt;") && !page.contains("<script>"), "{page}");
        assert!(page.contains("href=\"https://intranet.example.org/a?b=&quot;c&quot;&amp;d\""), "{page}");
        insta::assert_snapshot!("mail_html", page.replace("><", ">\n<"));
    }
}
