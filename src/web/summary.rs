//! A pack in brief, for the clerk's covering report: headings, tables with heads, links, and
//! nothing else. Word opens it and gives it the report's own look; what is copied from it
//! is still a heading, a table and a link.

use maud::{DOCTYPE, Markup, html};

use super::data;
use crate::pack::Pack;
use crate::pack::model::{AlsoItem, AlsoLine, ChangeList, Cover, Glance, PointerList};

/// The summary of a pack whose PDF and page are called `stem`.
pub fn summary(pack: &Pack, stem: &str) -> String {
    let document = &pack.document;
    let page = html! {
        (DOCTYPE)
        html lang="en-GB" {
            head {
                meta charset="utf-8";
                title { (document.title) ": summary" }
                meta name="author" content=(document.author);
            }
            body {
                main {
                    h1 { (document.title) }
                    (cover(&pack.cover, document.banner.as_deref()))
                    (glance(&pack.glance))
                    @if let Some(list) = &pack.changes { (changes(list)) }
                    (links(pack, stem))
                }
            }
        }
    };
    page.into_string()
}

fn cover(c: &Cover, banner: Option<&str>) -> Markup {
    html! {
        p { (c.council) ", " (c.board) ", " (c.period) }
        @if let Some(banner) = banner { p { strong { (banner) } } }
        @if !c.edition.reason.is_empty() { p { strong { (c.edition.reason) } } }
        @if let Some(recommendation) = &c.recommendation {
            h2 { "Recommendation" }
            p { (recommendation.value) }
        }
    }
}

fn glance(g: &Glance) -> Markup {
    html! {
        h2 { "At a glance" }
        p { (g.headline) }
        table {
            caption { "How the indicators are rated" }
            thead { tr { th scope="col" { "Rating" } th scope="col" { "Indicators" } th scope="col" { "Before" } } }
            tbody {
                @for count in &g.counts {
                    tr { th scope="row" { (count.rating.label) } td { (count.count) } td { (count.previous) } }
                }
            }
        }
        @if !g.not_rated.is_empty() { p { (g.not_rated) } }
        @for list in &g.lists { (pointers(list)) }
        @if let Some(line) = &g.others { p { (also(line)) } }
        @if !g.meeting.lines.is_empty() {
            h2 { (g.meeting.title) }
            ul { @for line in &g.meeting.lines { li { strong { (line.label) ":" } " " (line.text) } } }
        }
        h2 { (g.trust.title) }
        p { (g.trust.answer) }
        @if !g.outstanding.is_empty() {
            h2 { (g.outstanding_title) }
            ul { @for o in &g.outstanding { li { (o.title) " (" (o.reference) "): " (o.owner) } } }
        }
        @for note in &g.notes { p { (note) } }
    }
}

/// A list of page 1, as a table of measures.
fn pointers(list: &PointerList) -> Markup {
    html! {
        h2 { (list.title) }
        @if list.pointers.is_empty() { p { (list.none) } } @else {
            table {
                caption { (list.title) }
                thead { tr { th scope="col" { "Measure" } th scope="col" { "Rating, what happened and what is being done" } } }
                tbody {
                    @for p in &list.pointers {
                        tr {
                            th scope="row" { (p.title) " (" (p.reference) ")" }
                            // Two columns: a third does not fit the narrowest page.
                            td {
                                strong { (p.rating.label) } @for badge in &p.badges { "; " (badge) } ". "
                                (p.sentence)
                                @if let Some(action) = &p.action {
                                    " " strong { (action.label) } " " (action.what) " " strong { (action.by_label) } " " (action.by)
                                }
                            }
                        }
                    }
                }
            }
        }
        @for line in &list.also { p { (also(line)) } }
    }
}

fn also(line: &AlsoLine) -> String {
    let name = |item: &AlsoItem| {
        if item.detail.is_empty() { item.title.clone() } else { format!("{} ({})", item.title, item.detail) }
    };
    let names: Vec<String> = line.items.iter().map(name).collect();
    format!("{}: {}.", line.says, names.join("; "))
}

fn changes(list: &ChangeList) -> Markup {
    html! {
        h2 { (list.title) }
        ul { @for change in &list.changes { li { (change.reference) " " (change.sentence) } } }
    }
}

/// The files beside it, by their names: it lies in their folder.
fn links(pack: &Pack, stem: &str) -> Markup {
    let link = |name: String, says: &str| {
        html! { li { a href=(data::file_url(&name)) { (says) } " (" (name) ")" } }
    };
    html! {
        h2 { "The whole scorecard" }
        ul {
            (link(format!("{stem}.pdf"), "The scorecard as a PDF"))
            (link(format!("{stem}.html"), "The scorecard as a web page"))
            (link(pack.document.attachment.name.clone(), "Every figure as a spreadsheet"))
        }
        @if let Some(contact) = &pack.cover.contact { p { strong { (contact.label) } " " (breakable(&contact.value)) } }
    }
}

/// A text whose addresses may break on a narrow page.
fn breakable(text: &str) -> Markup {
    html! { @for part in text.split_inclusive('@') { (part) wbr; } }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample() -> Pack {
        serde_json::from_str(include_str!("../../templates/pack.json")).unwrap()
    }

    #[test]
    fn it_says_what_page_1_says() {
        let pack = sample();
        let page = summary(&pack, "Panel - r2");
        let glance = &pack.glance;
        let pointers = glance.lists.iter().flat_map(|list| &list.pointers);
        let said = pointers.flat_map(|p| [p.title.as_str(), p.sentence.as_str(), p.reference.as_str()]);
        let also = glance.lists.iter().flat_map(|list| &list.also).flat_map(|line| &line.items);
        let news = glance.meeting.lines.iter().map(|line| &*line.text);
        let rest = [pack.document.title.as_str(), &glance.headline, &glance.counts[0].previous, &glance.trust.answer];
        for text in said.chain(also.map(|item| item.title.as_str())).chain(news).chain(rest) {
            assert!(page.contains(html! { (text) }.0.as_str()), "{text}");
        }
        let recommendation = pack.cover.recommendation.clone().unwrap();
        assert!(page.contains(html! { (recommendation.value) }.0.as_str()));
    }

    #[test]
    fn it_has_headings_heads_and_links_and_no_look_of_its_own() {
        let page = summary(&sample(), "Panel - October 2026 - r2");
        assert!(page.starts_with("<!DOCTYPE html><html lang=\"en-GB\">") && page.contains("<h1>"));
        assert_eq!(page.matches("<table>").count(), page.matches("<thead>").count());
        assert!(page.contains("href=\"Panel%20-%20October%202026%20-%20r2.pdf\""), "{page}");
        for none in ["style", "class=", "<script", "<img", "<div", "<span"] {
            assert!(!page.contains(none), "{none}");
        }
        // What a pack says is text, whatever it looks like.
        let mut hostile = sample();
        hostile.glance.headline = "<script>alert(1)</script>".to_owned();
        assert!(!summary(&hostile, "a").contains("<script"));
    }
}
