//! The places of a pack, each with a digest of what it says, so that a later revision
//! knows which of its pages are not as they were; and the supplement made of these.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::model::{ChangeList, Cover, PackSection, Supplement};
use super::{Pack, terms};

/// How many letters of a digest are kept: a manifest has some hundred of them.
const LETTERS: usize = 16;

/// Digest of what each place of a pack says, by its anchor. What says which revision it
/// is must not be in it yet.
pub(crate) fn places(pack: &Pack) -> Result<BTreeMap<String, String>, serde_json::Error> {
    let mut places = PlaceDigests(BTreeMap::new());
    places.add("cover", &Cover { background: Vec::new(), ..pack.cover.clone() })?;
    places.add("glance", &pack.glance)?;
    places.add("grid", &pack.grid)?;
    for section in &pack.sections {
        places.add(&section.anchor, &PackSection { rows: Vec::new(), blocks: Vec::new(), ..section.clone() })?;
        section.rows.iter().try_for_each(|row| places.add(&row.anchor, row))?;
        section.blocks.iter().try_for_each(|block| places.add(&block.anchor, block))?;
    }
    pack.agenda.iter().try_for_each(|table| places.add(&table.anchor, table))?;
    places.add("restatements", &pack.restatements)?;
    places.add("data-notes", &pack.data_notes)?;
    let measures = pack.measures.iter().flat_map(|list| &list.rows);
    measures.into_iter().try_for_each(|row| places.add(&row.anchor, row))?;
    places.add("background", &pack.cover.background)?;
    places.add("key", &pack.key)?;
    places.add("withheld", &pack.withheld)?;
    Ok(places.0)
}

/// The places that are printed: where a pointer may lead to.
pub fn anchors(pack: &Pack) -> BTreeSet<&str> {
    let sections = pack.sections.iter().flat_map(|section| {
        let rows = section.rows.iter().map(|row| row.anchor.as_str());
        rows.chain(section.blocks.iter().map(|block| block.anchor.as_str())).chain([section.anchor.as_str()])
    });
    let measures = pack.measures.iter();
    let measures =
        measures.flat_map(|list| list.rows.iter().map(|row| row.anchor.as_str()).chain([list.anchor.as_str()]));
    let whole = [
        ("cover", true),
        ("glance", true),
        ("grid", pack.grid.is_some()),
        ("restatements", !pack.restatements.is_empty()),
        ("data-notes", !pack.data_notes.is_empty()),
        ("background", !pack.cover.background.is_empty()),
        ("key", !pack.key.is_empty()),
        ("withheld", pack.withheld.is_some()),
    ];
    let whole = whole.into_iter().filter(|(_, is_there)| *is_there).map(|(anchor, _)| anchor);
    sections.chain(pack.agenda.iter().map(|table| table.anchor.as_str())).chain(measures).chain(whole).collect()
}

struct PlaceDigests(BTreeMap<String, String>);

impl PlaceDigests {
    fn add(&mut self, anchor: &str, says: &impl Serialize) -> Result<(), serde_json::Error> {
        let mut digest = crate::digest::sha256(&serde_json::to_vec(says)?);
        digest.truncate(LETTERS);
        self.0.insert(anchor.to_owned(), digest);
        Ok(())
    }
}

/// The places that are not as they were, or are new. Of a revision that kept no digests,
/// the places that its list of changes names.
pub fn changed(
    before: &BTreeMap<String, String>,
    now: &BTreeMap<String, String>,
    list: &ChangeList,
) -> BTreeSet<String> {
    if before.is_empty() {
        let named = list.changes.iter().map(|change| change.anchor.as_str()).filter(|anchor| !anchor.is_empty());
        let row = |anchor: &str| anchor.strip_prefix("block-").map(|of| format!("row-{of}"));
        return named.flat_map(|anchor| [Some(anchor.to_owned()), row(anchor)]).flatten().collect();
    }
    now.iter()
        .filter(|(anchor, digest)| before.get(*anchor) != Some(digest))
        .map(|(anchor, _)| anchor.clone())
        .collect()
}

/// The supplement to a pack, in its board's words; none where no place of it changed.
pub fn supplement(pack: &Pack, changed: BTreeSet<String>, words: &BTreeMap<String, String>) -> Option<Supplement> {
    let list = pack.changes.as_ref().filter(|_| !changed.is_empty())?;
    let mut intro = [
        ": these are the pages of the pack that are not as they were.",
        "A bar in the margin shows what changed, with the word \u{201c}Changed\u{201d} beside it.",
        "The whole pack stands beside this supplement; each page has the number that it has there.",
    ]
    .map(str::to_owned);
    intro.iter_mut().for_each(|sentence| terms::apply(sentence, words));
    // The pack says these in its board's words already.
    intro[0].insert_str(0, &list.title);
    let title = format!("Supplement: {}", pack.document.title);
    Some(Supplement { title, intro: intro.into(), changed: changed.into_iter().collect() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::model::Change;

    fn sample() -> Pack {
        serde_json::from_str(include_str!("../../templates/pack.json")).unwrap()
    }

    fn changed_by(change: impl FnOnce(&mut Pack)) -> Vec<String> {
        let (before, mut now) = (sample(), sample());
        change(&mut now);
        let list = ChangeList { title: String::new(), changes: Vec::new() };
        changed(&places(&before).unwrap(), &places(&now).unwrap(), &list).into_iter().collect()
    }

    #[test]
    fn each_place_that_says_something_else_is_known_and_no_other() {
        assert_eq!(changed_by(|_| {}), [""; 0]);
        assert_eq!(changed_by(|pack| pack.glance.headline.push('!')), ["glance"]);
        assert_eq!(changed_by(|pack| pack.sections[0].rows[0].target.push('!')).len(), 1);
        assert_eq!(changed_by(|pack| pack.sections[0].summary.push('!')), ["section-1"]);
        assert_eq!(changed_by(|pack| pack.cover.background.push("Another paper".into())), ["background"]);
        let of_block = changed_by(|pack| pack.sections[0].blocks[0].title.push('!'));
        assert!(of_block.len() == 1 && of_block[0].starts_with("block-"), "{of_block:?}");
        // The footer says which revision it is, and what it is called in the file.
        assert_eq!(changed_by(|pack| pack.document.footer.push('!')), [""; 0]);
        // A row that is new is a place that changed.
        let added = changed_by(|pack| {
            let mut row = pack.sections[0].rows[0].clone();
            row.anchor = "row-new".to_owned();
            pack.sections[0].rows.push(row);
        });
        assert_eq!(added, ["row-new"]);
    }

    #[test]
    fn a_revision_without_digests_goes_by_the_list_of_changes() {
        let change =
            |anchor: &str| Change { reference: String::new(), sentence: String::new(), anchor: anchor.to_owned() };
        let list = ChangeList { title: String::new(), changes: vec![change("block-a"), change("row-b"), change("")] };
        let found = changed(&BTreeMap::new(), &places(&sample()).unwrap(), &list);
        assert_eq!(found.into_iter().collect::<Vec<_>>(), ["block-a", "row-a", "row-b"]);
    }

    #[test]
    fn a_supplement_is_of_changed_places_alone() {
        let (mut pack, words) = (sample(), BTreeMap::from([("pack".to_owned(), "report".to_owned())]));
        assert!(supplement(&pack, BTreeSet::new(), &words).is_none());
        pack.changes = Some(ChangeList { title: "Changes since revision 1".to_owned(), changes: Vec::new() });
        assert!(supplement(&pack, BTreeSet::new(), &words).is_none());
        let made = supplement(&pack, BTreeSet::from(["glance".to_owned()]), &words).unwrap();
        assert_eq!(made.changed, ["glance"]);
        assert!(made.intro[0].starts_with("Changes since revision 1: these are the pages of the report "));
        pack.changes = None;
        assert!(supplement(&pack, BTreeSet::from(["glance".to_owned()]), &words).is_none());
    }
}
