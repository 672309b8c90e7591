//! How much of each page is left empty at its foot: what a test holds and a reader sees
//! at once. Worked from where the marks lie that are laid out, not from a picture.

use typst::layout::{Frame, FrameItem, Point};
use typst_layout::PagedDocument;

use super::{SCORECARD, Stationery, TypesetError, compiled};
use crate::pack::model::Pack;

/// Where the running footer begins, in points from the page's lower edge: margin and what
/// hangs into it, as `page.typ` has it.
const FOOTER: f64 = 18.5 * 72.0 / 25.4;

impl Stationery {
    /// What part of each page, as high as the sheet is, lies empty above its footer.
    #[doc(hidden)]
    pub fn empty_feet(&self, pack: &Pack, figures_csv: &[u8]) -> Result<Vec<f64>, TypesetError> {
        let desk = self.scorecard_desk(pack, figures_csv)?;
        let (document, _) = compiled(&desk, SCORECARD.0)?;
        Ok(feet(&document))
    }
}

fn feet(document: &PagedDocument) -> Vec<f64> {
    let of = |frame: &Frame| {
        let (height, mut lowest) = (frame.height().to_pt(), 0.0);
        marks(frame, Point::zero(), &mut |y| {
            if y <= height - FOOTER + 0.5 {
                lowest = f64::max(lowest, y);
            }
        });
        (height - FOOTER - lowest) / height
    };
    document.pages().iter().map(|page| of(&page.frame)).collect()
}

/// Tells how low each mark reaches.
fn marks(frame: &Frame, at: Point, tell: &mut impl FnMut(f64)) {
    for (place, item) in frame.items() {
        let at = at + *place;
        match item {
            FrameItem::Group(group) => marks(&group.frame, at, tell),
            // A text stands on its baseline.
            FrameItem::Text(_) => tell(at.y.to_pt()),
            FrameItem::Shape(shape, _) => tell((at.y + shape.bbox(false).max.y).to_pt()),
            FrameItem::Image(_, size, _) => tell((at.y + size.y).to_pt()),
            FrameItem::Link(..) | FrameItem::Tag(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::model::{Block, BreakdownTable, CommentaryBox, Field, NotCollectedRow, PackSection, ProseBlock};

    /// The most of a page that may be empty, but for the last one.
    const MOST: f64 = 0.25;

    const FIGURES: &[u8] = include_bytes!("../../templates/figures.csv");

    /// Numbers that look like chance and are the same in every run.
    struct Chance(u64);

    impl Chance {
        fn below(&mut self, end: usize) -> usize {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(self.0 >> 33).unwrap() % end
        }

        fn is(&mut self, in_a_hundred: usize) -> bool {
            self.below(100) < in_a_hundred
        }

        fn one<T: Clone>(&mut self, of: &[T]) -> T {
            of[self.below(of.len())].clone()
        }

        fn words(&mut self, most: usize) -> String {
            let many = 4 + self.below(most);
            let said = ["children", "plans", "more", "were", "late", "the", "in", "September", "workers", "of", "a"];
            (0..many).map(|_| self.one(&said)).collect::<Vec<_>>().join(" ")
        }
    }

    fn commentary(chance: &mut Chance) -> Option<CommentaryBox> {
        let state = chance.one(&["written", "incomplete", "awaited", "to-follow", "none"]);
        let fields = ["What we are doing", "Who", "By when", "What to expect"];
        (state != "none").then(|| CommentaryBox {
            state: state.to_owned(),
            heading: "Why".to_owned(),
            prose: (0..chance.below(4)).map(|_| ProseBlock::plain(chance.words(90))).collect(),
            fields: fields.map(|label| Field::new(label, chance.words(25))).to_vec(),
        })
    }

    fn breakdown(chance: &mut Chance, of: &[BreakdownTable]) -> BreakdownTable {
        let mut table = chance.one(of);
        let rows = table.rows.clone();
        if !rows.is_empty() {
            table.rows = (0..2 + chance.below(24)).map(|_| chance.one(&rows)).collect();
            table.narrow &= table.rows.len() <= 10;
        }
        table
    }

    fn block(chance: &mut Chance, of: &[Block], breakdowns: &[BreakdownTable], anchor: String) -> Block {
        let mut block = Block { anchor, ..chance.one(of) };
        block.commentary = commentary(chance);
        block.breakdowns = (0..chance.below(4)).map(|_| breakdown(chance, breakdowns)).collect();
        block.notes = (0..chance.below(4)).map(|_| chance.words(40).into()).collect();
        block.sentences = (0..chance.below(4)).map(|_| chance.words(30).into()).collect();
        block.plain = chance.words(25).into();
        block.title = chance.words(8);
        if chance.is(20) {
            block.chart = None;
        }
        if chance.is(50) {
            block.related = None;
        }
        block
    }

    /// A board of any size, of the parts of the sample.
    fn board(seed: u64) -> Pack {
        let mut pack: Pack = serde_json::from_str(include_str!("../../templates/pack.json")).unwrap();
        let mut chance = Chance(seed);
        let blocks: Vec<Block> = pack.sections.iter().flat_map(|section| section.blocks.clone()).collect();
        let rows: Vec<_> = pack.sections.iter().flat_map(|section| section.rows.clone()).collect();
        let breakdowns: Vec<BreakdownTable> = blocks.iter().flat_map(|block| block.breakdowns.clone()).collect();
        let mut section = |at: usize| {
            let anchor = |what: &str, nth: usize| format!("{what}-{at}-{nth}");
            PackSection {
                anchor: format!("section-{}", at + 1),
                title: chance.words(4),
                intro: chance.words(30).into(),
                summary: chance.words(20),
                rows: (0..1 + chance.below(14))
                    .map(|nth| {
                        let mut row = chance.one(&rows);
                        row.anchor = anchor("row", nth);
                        row.title = chance.words(12);
                        row
                    })
                    .collect(),
                blocks: (0..chance.below(7))
                    .map(|nth| block(&mut chance, &blocks, &breakdowns, anchor("block", nth)))
                    .collect(),
                not_collected: (0..chance.below(3))
                    .map(|_| NotCollectedRow {
                        title: chance.words(5).into(),
                        why: chance.words(25).into(),
                        expected: chance.words(5),
                    })
                    .collect(),
                questions: (0..chance.below(5)).map(|_| chance.words(20).into()).collect(),
                assurance: chance.words(30).into(),
                ..pack.sections[0].clone()
            }
        };
        pack.sections = (0..1 + usize::try_from(seed % 5).unwrap()).map(&mut section).collect();
        without_links(pack)
    }

    /// Nothing leads to what is no longer there.
    fn without_links(mut pack: Pack) -> Pack {
        pack.glance.lists.iter_mut().for_each(|list| list.pointers.clear());
        pack.glance.outstanding.clear();
        pack.grid = None;
        pack.changes = None;
        pack.restatements.clear();
        pack.agenda.clear();
        pack.measures.iter_mut().for_each(|list| list.places.clear());
        for section in &mut pack.sections {
            section.rows.iter_mut().for_each(|row| row.meaning_anchor.clear());
            let related = section.blocks.iter_mut().filter_map(|block| block.related.as_mut());
            related.flat_map(|table| &mut table.rows).for_each(|row| row.anchor.clear());
        }
        pack
    }

    /// The pages that are emptier, with how much. Page 1 stands alone.
    fn too_empty(pack: &Pack) -> Vec<String> {
        let feet = Stationery::embedded().unwrap().empty_feet(pack, FIGURES).unwrap();
        let inner = 1..feet.len() - 1;
        inner.filter(|page| feet[*page] > MOST).map(|page| format!("page {}: {:.3}", page + 1, feet[page])).collect()
    }

    #[test]
    fn no_page_but_the_last_is_more_than_a_quarter_empty() {
        let pack: Pack = serde_json::from_str(include_str!("../../templates/pack.json")).unwrap();
        assert_eq!(too_empty(&pack), [""; 0], "the sample");
        let found: Vec<String> = (0..12)
            .flat_map(|seed| too_empty(&board(seed)).into_iter().map(move |page| format!("board {seed} {page}")))
            .collect();
        assert_eq!(found, [""; 0]);
    }

    #[test]
    fn what_is_left_empty_is_seen() {
        let mut pack: Pack = serde_json::from_str(include_str!("../../templates/pack.json")).unwrap();
        pack.sections.truncate(1);
        pack.sections[0].blocks.clear();
        let pack = without_links(pack);
        let feet = Stationery::embedded().unwrap().empty_feet(&pack, FIGURES).unwrap();
        assert!(feet.iter().all(|share| (0.0..0.95).contains(share)), "{feet:?}");
        assert!(feet.iter().any(|share| *share > 0.1), "{feet:?}");
    }
}
