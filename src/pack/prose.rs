//! An officer's Markdown as a small tree.
//!
//! Paragraphs, emphasis, lists and links of the web and of mail are understood;
//! everything else (headings, quotes, code, HTML, pictures, entities, link
//! definitions) prints as it was typed. Nothing is ever dropped, and nothing
//! reaches the templates but text.

use std::ops::Range;

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag};

use super::model::{ProseBlock, Span};

/// Lists stand in lists at most so deep; what is deeper prints as typed.
const DEEPEST: usize = 2;

/// A longer address is not a link.
const LONGEST_LINK: usize = 2000;

/// The templates break a longer word, but only within one span.
const LONGEST_WORD: usize = 25;

/// Stands for a `[` that would begin a link definition, which Markdown drops
/// from the text. For private use: no font prints it.
const BRACKET: char = '\u{e000}';

/// A text as paragraphs and lists.
pub(super) fn prose(text: &str) -> Vec<ProseBlock> {
    let Some(text) = without_definitions(text) else { return typed(text) };
    let events: Vec<_> = Parser::new_ext(&text, Options::empty()).into_offset_iter().collect();
    let mut blocks = MarkdownWalk { text: &text, events: &events, at: 0 }.blocks(0);
    restore(&mut blocks);
    blocks
}

/// A text without Markdown: blank lines part paragraphs, line ends do not.
pub(super) fn typed(text: &str) -> Vec<ProseBlock> {
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open = false;
    for line in text.lines().map(str::trim) {
        match paragraphs.last_mut() {
            _ if line.is_empty() => open = false,
            Some(last) if open => {
                last.push(' ');
                last.push_str(line);
            }
            _ => {
                paragraphs.push(line.to_owned());
                open = true;
            }
        }
    }
    paragraphs.into_iter().map(ProseBlock::plain).collect()
}

/// The text with its link definitions made plain text; none where there is no
/// end to them.
fn without_definitions(text: &str) -> Option<String> {
    let mut text = text.to_owned();
    for _ in 0..8 {
        let parser = Parser::new_ext(&text, Options::empty());
        let mut starts: Vec<usize> =
            parser.reference_definitions().iter().map(|(_, definition)| definition.span.start).collect();
        if starts.is_empty() {
            return Some(text);
        }
        starts.sort_unstable();
        for start in starts.into_iter().rev() {
            let bracket = start + text.get(start..)?.find('[')?;
            text.replace_range(bracket..=bracket, BRACKET.encode_utf8(&mut [0; 4]));
        }
    }
    None
}

fn restore(blocks: &mut [ProseBlock]) {
    for block in blocks {
        match block {
            ProseBlock::Paragraph { spans } => {
                for span in spans {
                    span.text = span.text.replace(BRACKET, "[");
                }
            }
            ProseBlock::List { items, .. } => items.iter_mut().for_each(|item| restore(item)),
        }
    }
}

/// A walk over the events of a text.
struct MarkdownWalk<'t> {
    text: &'t str,
    events: &'t [(Event<'t>, Range<usize>)],
    at: usize,
}

impl MarkdownWalk<'_> {
    /// Blocks up to the end of whatever holds them.
    fn blocks(&mut self, depth: usize) -> Vec<ProseBlock> {
        let mut blocks = Vec::new();
        while let Some((event, range)) = self.events.get(self.at) {
            match event {
                Event::End(_) => break,
                Event::Start(Tag::Paragraph) => {
                    self.at += 1;
                    blocks.extend(self.paragraph());
                    self.at += 1;
                }
                Event::Start(Tag::List(start)) if depth < DEEPEST => {
                    self.at += 1;
                    let mut items = Vec::new();
                    while let Some((Event::Start(Tag::Item), _)) = self.events.get(self.at) {
                        self.at += 1;
                        items.push(self.blocks(depth + 1));
                        self.at += 1;
                    }
                    self.at += 1;
                    blocks.push(ProseBlock::List { ordered: start.is_some(), start: start.unwrap_or(1), items });
                }
                event if is_inline(event) => blocks.extend(self.paragraph()),
                _ => {
                    blocks.extend(typed(self.text.get(range.clone()).unwrap_or_default()));
                    self.skip();
                }
            }
        }
        blocks
    }

    /// Goes past an element, whatever is in it.
    fn skip(&mut self) {
        let mut open = 0_usize;
        while let Some((event, _)) = self.events.get(self.at) {
            self.at += 1;
            match event {
                Event::Start(_) => open += 1,
                Event::End(_) => open = open.saturating_sub(1),
                _ => {}
            }
            if open == 0 {
                break;
            }
        }
    }

    /// A run of inline events, up to a block or an end.
    fn paragraph(&mut self) -> Option<ProseBlock> {
        let first = self.events.get(self.at)?.1.start;
        // A backslash before the first sign is its own, and stands before its event.
        let begin = if self.text.get(..first)?.ends_with('\\') { first - 1 } else { first };
        let mut line =
            ProseLine { text: self.text, spans: Vec::new(), bold: 0, soft: 0, link: String::new(), end: begin };
        let mut open = 0_usize;
        while let Some((event, range)) = self.events.get(self.at) {
            match event {
                Event::End(_) if open == 0 => break,
                Event::End(_) => {
                    open -= 1;
                    line.close(event);
                    line.end = range.end;
                }
                Event::Start(Tag::Emphasis | Tag::Strong) => {
                    open += 1;
                    line.open(event);
                }
                Event::Start(Tag::Link { link_type, dest_url, .. })
                    if let Some(address) = address(*link_type, dest_url)
                        && !matches!(self.events.get(self.at + 1), Some((Event::End(_), _))) =>
                {
                    open += 1;
                    line.link = address;
                }
                event if is_inline(event) => {
                    line.push(event, range.clone());
                    if let Event::Start(_) = event {
                        self.skip();
                        continue;
                    }
                }
                _ => break,
            }
            self.at += 1;
        }
        line.finish(begin)
    }
}

fn is_inline(event: &Event<'_>) -> bool {
    match event {
        Event::Start(tag) => matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Link { .. } | Tag::Image { .. }),
        Event::Text(_) | Event::Code(_) | Event::InlineHtml(_) | Event::SoftBreak | Event::HardBreak => true,
        _ => false,
    }
}

/// The address of a link that may be followed.
fn address(kind: LinkType, to: &str) -> Option<String> {
    let to = if kind == LinkType::Email { format!("mailto:{to}") } else { to.to_owned() };
    let known = ["http://", "https://", "mailto:"].iter().any(|scheme| to.to_lowercase().starts_with(scheme));
    let sound = to.chars().all(|c| !c.is_control() && !c.is_whitespace() && c != BRACKET);
    (known && sound && to.len() <= LONGEST_LINK).then_some(to)
}

/// A paragraph as it comes together.
struct ProseLine<'t> {
    text: &'t str,
    spans: Vec<Span>,
    bold: usize,
    soft: usize,
    link: String,
    /// Where the last event ended.
    end: usize,
}

impl ProseLine<'_> {
    fn open(&mut self, event: &Event<'_>) {
        match event {
            Event::Start(Tag::Strong) => self.bold += 1,
            _ => self.soft += 1,
        }
    }

    fn close(&mut self, event: &Event<'_>) {
        match event {
            Event::End(pulldown_cmark::TagEnd::Strong) => self.bold = self.bold.saturating_sub(1),
            Event::End(pulldown_cmark::TagEnd::Link) => self.link.clear(),
            _ => self.soft = self.soft.saturating_sub(1),
        }
    }

    /// An event as it was typed; of line ends, a blank.
    fn push(&mut self, event: &Event<'_>, range: Range<usize>) {
        let typed = self.text.get(range.clone()).unwrap_or_default();
        let mut text = String::new();
        // A backslash is only Markdown's before a sign of this subset.
        let before = self.text.get(..range.start).unwrap_or_default();
        if before.ends_with('\\') && range.start > self.end && !typed.starts_with(['*', '_', '[', ']']) {
            text.push('\\');
        }
        match event {
            Event::SoftBreak | Event::HardBreak => {
                if typed.contains('\\') {
                    text.push('\\');
                }
                text.push(' ');
            }
            _ => text.push_str(typed),
        }
        self.end = range.end;
        let weight = match (self.bold, self.soft) {
            (0, 0) => "regular",
            (0, _) => "semibold",
            _ => "bold",
        };
        match self.spans.last_mut() {
            Some(last) if last.weight == weight && last.link == self.link => last.text.push_str(&text),
            _ => self.spans.push(Span { text, weight: weight.to_owned(), link: self.link.clone() }),
        }
    }

    fn finish(mut self, begin: usize) -> Option<ProseBlock> {
        if self.parts_a_long_word() {
            return typed(self.text.get(begin..self.end).unwrap_or_default()).into_iter().next();
        }
        let mut blank = true;
        for span in &mut self.spans {
            span.text = collapsed(&span.text, &mut blank);
        }
        if let Some(last) = self.spans.last_mut() {
            last.text.truncate(last.text.trim_end_matches(' ').len());
        }
        self.spans.retain(|span| !span.text.is_empty());
        (!self.spans.is_empty()).then_some(ProseBlock::Paragraph { spans: self.spans })
    }

    /// Whether a word that is too long for its line changes its look half way.
    fn parts_a_long_word(&self) -> bool {
        let (mut length, mut spans) = (0, 1);
        for span in &self.spans {
            if length > 0 {
                spans += 1;
            }
            for sign in span.text.chars() {
                if sign.is_whitespace() {
                    (length, spans) = (0, 1);
                } else {
                    length += 1;
                }
                if length > LONGEST_WORD && spans > 1 {
                    return true;
                }
            }
        }
        false
    }
}

/// A text with single blanks; `blank` says whether one stands before it.
fn collapsed(text: &str, blank: &mut bool) -> String {
    let mut plain = String::with_capacity(text.len());
    for sign in text.chars() {
        let is_blank = matches!(sign, ' ' | '\n' | '\r' | '\t');
        if !(is_blank && *blank) {
            plain.push(if is_blank { ' ' } else { sign });
        }
        *blank = is_blank;
    }
    plain
}

#[cfg(test)]
mod tests;
