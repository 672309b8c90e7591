//! `upload` of `[publish]`: the storage of the council's own that packs are put to, where
//! their readers have them.

use std::collections::BTreeMap;

use super::reader::TableReader;
use super::storages::DeclaredStorage;
use crate::domain::{Edition, file_name};

/// The keys of `[publish]` that name a place.
const KEYS: [&str; 3] = ["upload", "upload_restricted", "upload_held"];

/// A folder of a storage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UploadPlace {
    /// The storage, by its name in the config.
    pub storage: String,
    /// The folder below it; empty for the storage itself.
    pub folder: String,
}

impl UploadPlace {
    /// Whether one of two lies in the other.
    fn overlaps(&self, other: &Self) -> bool {
        let within = |inner: &str, outer: &str| {
            outer.is_empty() || inner == outer || inner.strip_prefix(outer).is_some_and(|rest| rest.starts_with('/'))
        };
        // Servers of files mostly take no notice of case.
        let (one, two) = (self.folder.to_lowercase(), other.folder.to_lowercase());
        self.storage == other.storage && (within(&one, &two) || within(&two, &one))
    }
}

/// Where packs are put, edition by edition; none where they stay in the published folder.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Uploads {
    public: Option<UploadPlace>,
    restricted: Option<UploadPlace>,
    /// Where the reasons for held packs are put, for officers.
    pub held: Option<UploadPlace>,
}

impl Uploads {
    /// Where packs of an edition are put.
    pub fn of(&self, edition: Edition) -> Option<&UploadPlace> {
        match edition {
            Edition::Public => self.public.as_ref(),
            Edition::Restricted => self.restricted.as_ref(),
        }
    }

    /// Every edition that is put somewhere, with where.
    pub fn all(&self) -> impl Iterator<Item = (Edition, &UploadPlace)> {
        [Edition::Public, Edition::Restricted].into_iter().filter_map(|edition| Some((edition, self.of(edition)?)))
    }

    /// Every place, with the key that names it.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, &UploadPlace)> {
        let places = [&self.public, &self.restricted, &self.held];
        KEYS.into_iter().zip(places).filter_map(|(key, place)| Some((key, place.as_ref()?)))
    }

    /// Reads them of `[publish]`.
    pub(super) fn read(publish: &mut TableReader<'_>) -> Self {
        let uploads = Self {
            public: place(publish, KEYS[0]),
            restricted: place(publish, KEYS[1]),
            held: place(publish, KEYS[2]),
        };
        let named: Vec<(&str, &UploadPlace)> = uploads.named().collect();
        for (nth, (key, place)) in named.iter().enumerate() {
            for (other_key, _) in named[..nth].iter().filter(|(_, other)| other.overlaps(place)) {
                let hint = "what one holds is not for whoever reads the other: give each a folder of its own";
                publish.fault(key, format!("and `{other_key}` lie in one another"), hint);
            }
        }
        uploads
    }

    /// Holds them against the storages that are declared; `fault` notes one of a key.
    pub(super) fn check(&self, storages: &BTreeMap<String, DeclaredStorage>, fault: impl Fn(&str, String, String)) {
        for (key, place) in self.named() {
            let key = &format!("publish.{key}.storage");
            match storages.get(&place.storage) {
                None => {
                    let known: Vec<&str> = storages.keys().map(String::as_str).collect();
                    let message = format!("names the storage \"{}\", which is not declared", place.storage);
                    fault(key, message, format!("declared are: {}", known.join(", ")));
                }
                Some(declared) => {
                    if let Some(why) = declared.kind.no_writes {
                        fault(key, format!("names \"{}\", to which nothing can be put", place.storage), why.to_owned());
                    }
                }
            }
        }
    }
}

/// `{ storage = "…", folder = "…" }`.
fn place(publish: &mut TableReader<'_>, key: &'static str) -> Option<UploadPlace> {
    if !publish.has(key) {
        return None;
    }
    let mut table = publish.table(key);
    let storage = table.text("storage", "the storage's name, as [storage.NAME] declares it");
    let folder = table.or("folder", String::new());
    let why = folder.split('/').filter(|_| !folder.is_empty()).find_map(|part| file_name::check(part).err());
    if let Some(why) = why {
        let hint = "such as \"Scorecards/Public\": folders parted by /, and none at either end";
        table.fault("folder", format!("is no folder that every system takes: {why}"), hint);
    }
    table.finish();
    (why.is_none() && !storage.is_empty()).then_some(UploadPlace { storage, folder })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_overlap_where_one_lies_in_the_other() {
        let place = |storage: &str, folder: &str| UploadPlace { storage: storage.into(), folder: folder.into() };
        for (one, other, overlaps) in [
            (place("a", "x"), place("a", "x"), true),
            (place("a", "x"), place("a", "x/y"), true),
            (place("a", "x/y"), place("a", "x"), true),
            (place("a", ""), place("a", "x"), true),
            (place("a", "X"), place("a", "x/y"), true),
            (place("a", "x"), place("a", "xy"), false),
            (place("a", "x"), place("a", "y"), false),
            (place("a", "x"), place("b", "x"), false),
        ] {
            assert_eq!(one.overlaps(&other), overlaps, "{one:?} {other:?}");
        }
    }
}
