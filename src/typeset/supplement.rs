//! Some pages of a document as a document of its own.
//!
//! typst exports no tagged document in part. So the pages that are left out are taken
//! away here, and what is begun on one page and ended on another is ended and begun anew
//! where the pages between are gone, such as a paragraph that runs on over a page. Two
//! things are never parted: a table, which would lose its heads to a screen reader, or two
//! columns, of which each goes on over the page; and
//! a page from the heading under which it stands.

use std::collections::{BTreeMap, BTreeSet};

use typst::foundations::{Content, Label, Selector, StyleChain};
use typst::introspection::{Introspector as _, Tag, TagFlags};
use typst::layout::{Abs, Frame, FrameItem, GridElem, Point};
use typst::model::{Document as _, HeadingElem, TableElem};
use typst::utils::PicoStr;
use typst_layout::PagedDocument;

/// What is no further down than this stands at the head of a page: there, the end of a
/// place is that of the page before.
const HEAD: f64 = 70.0;

/// The level of the heading that a supplement's own first page ends with.
const COVER_LEVEL: usize = 2;

/// The pages that hold places of a document, from 0, and those that they need.
pub(super) fn pages_of(document: &PagedDocument, places: &[String]) -> BTreeSet<usize> {
    let mut kept = BTreeSet::new();
    for place in places {
        let Some((first, _)) = positions(document, place).into_iter().min_by_key(|(page, _)| *page) else { continue };
        let last = positions(document, &format!("end-{place}"))
            .into_iter()
            .map(|(page, y)| if y.to_pt() < HEAD { page.saturating_sub(1) } else { page })
            .max();
        kept.extend(first..=last.unwrap_or(first).max(first));
    }
    whole(&Outline::of(document), kept)
}

/// The page, from 0, and how far down, of whatever bears a label.
fn positions(document: &PagedDocument, label: &str) -> Vec<(usize, Abs)> {
    let Some(label) = Label::new(PicoStr::intern(label)) else { return Vec::new() };
    let introspector = document.introspector();
    let marks = introspector.query(&Selector::Label(label));
    let at = |mark: &Content| introspector.as_ref().position(mark.location()?);
    marks.iter().filter_map(at).map(|at| (at.page.get() - 1, at.point.y)).collect()
}

/// What must not be parted.
#[derive(Debug, Default)]
struct Outline {
    /// The first and the last page of each table, and of whatever is laid out in columns.
    tables: BTreeMap<usize, (usize, usize)>,
    /// The levels of the headings on each page, in order.
    headings: Vec<Vec<usize>>,
}

impl Outline {
    fn of(document: &PagedDocument) -> Self {
        let (mut outline, mut open) = (Self::default(), Vec::new());
        for (page, sheet) in document.pages().iter().enumerate() {
            let mut headings = Vec::new();
            each_tag(&sheet.frame, &mut |tag| match tag {
                Tag::Start(element, _) if element.is::<TableElem>() || element.is::<GridElem>() => {
                    let nth = outline.tables.len();
                    outline.tables.insert(nth, (page, page));
                    open.push((tag.location(), nth));
                }
                Tag::Start(element, _) => {
                    let heading = element.to_packed::<HeadingElem>();
                    headings.extend(heading.map(|heading| heading.resolve_level(StyleChain::default()).get()));
                }
                Tag::End(location, ..) => open.retain(|(of, nth)| {
                    if of == location
                        && let Some((_, last)) = outline.tables.get_mut(nth)
                    {
                        *last = page;
                    }
                    of != location
                }),
            });
            outline.headings.push(headings);
        }
        outline
    }
}

/// The pages with all that they need: the rest of their tables, and pages before them down
/// from whose headings theirs go on.
fn whole(outline: &Outline, mut kept: BTreeSet<usize>) -> BTreeSet<usize> {
    loop {
        let before = kept.len();
        for (first, last) in outline.tables.values() {
            if kept.range(first..=last).next().is_some() {
                kept.extend(*first..=*last);
            }
        }
        let mut level = COVER_LEVEL;
        let mut wanted = None;
        for page in &kept {
            for own in outline.headings.get(*page).into_iter().flatten() {
                if *own > level + 1 {
                    wanted = wanted.or(page.checked_sub(1));
                }
                level = *own;
            }
        }
        kept.extend(wanted);
        if kept.len() == before {
            return kept;
        }
    }
}

/// The document with those of its pages alone.
pub(super) fn cut(document: &PagedDocument, is_kept: impl Fn(usize) -> bool) -> PagedDocument {
    let mut open: Vec<(Content, TagFlags)> = Vec::new();
    let mut pages = Vec::new();
    for (nth, page) in document.pages().iter().enumerate() {
        let before = open.clone();
        each_tag(&page.frame, &mut |tag| match tag {
            Tag::Start(element, flags) if flags.tagged => open.push((element.clone(), *flags)),
            Tag::Start(..) => {}
            Tag::End(location, ..) => {
                if let Some(at) = open.iter().rposition(|(element, _)| element.location() == Some(*location)) {
                    open.remove(at);
                }
            }
        });
        if !is_kept(nth) {
            continue;
        }
        let mut page = page.clone();
        if !nth.checked_sub(1).is_some_and(&is_kept) {
            page.frame.prepend_multiple(before.into_iter().map(|(element, _)| item(Tag::Start(element, ONLY_TAGGED))));
        }
        if !is_kept(nth + 1) {
            let ends = open.iter().rev().filter_map(|(element, _)| element.location());
            page.frame.push_multiple(ends.map(|location| item(Tag::End(location, 0, ONLY_TAGGED))));
        }
        pages.push(page);
    }
    PagedDocument::new(pages.into_iter().collect(), document.info().clone())
}

/// Of what is begun anew: it is known already where it began.
const ONLY_TAGGED: TagFlags = TagFlags { introspectable: false, tagged: true };

fn item(tag: Tag) -> (Point, FrameItem) {
    (Point::zero(), FrameItem::Tag(tag))
}

/// Every tag of a frame, in order.
fn each_tag(frame: &Frame, see: &mut dyn FnMut(&Tag)) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => each_tag(&group.frame, see),
            FrameItem::Tag(tag) => see(tag),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(tables: &[(usize, usize)], headings: &[&[usize]], pages: &[usize]) -> Vec<usize> {
        let outline = Outline {
            tables: tables.iter().copied().enumerate().collect(),
            headings: headings.iter().map(|levels| levels.to_vec()).collect(),
        };
        whole(&outline, pages.iter().copied().collect()).into_iter().collect()
    }

    #[test]
    fn a_page_comes_with_what_it_cannot_be_read_without() {
        let plain: &[&[usize]] = &[&[1, 2], &[2], &[3], &[4], &[], &[3]];
        assert_eq!(kept(&[], plain, &[]), [0_usize; 0]);
        assert_eq!(kept(&[], plain, &[2]), [2]);
        // What is told of an indicator comes with the indicator's own heading.
        assert_eq!(kept(&[], plain, &[3]), [2, 3]);
        assert_eq!(kept(&[], plain, &[1, 3]), [1, 2, 3]);
        assert_eq!(kept(&[], plain, &[2, 3, 5]), [2, 3, 5]);
        // A table over three pages; one that ends where another begins.
        assert_eq!(kept(&[(1, 3)], plain, &[2]), [1, 2, 3]);
        assert_eq!(kept(&[(1, 3), (3, 4)], plain, &[1]), [1, 2, 3, 4]);
        assert_eq!(kept(&[(1, 3)], plain, &[4]), [4]);
        // Its last page may need the page before its first.
        assert_eq!(kept(&[(3, 4)], plain, &[4]), [2, 3, 4]);
    }
}
