//! That the ledger knows what stands where readers have it, and what is still to be put there.

use super::*;
use crate::publish::UploadedFile;

const PLACE: &str = "https://cloud.example/packs";

fn of(month: u32, revision: u32) -> RevisionKey {
    RevisionKey { key: key(month), edition: Edition::Public, revision }
}

fn files(stored: &str) -> Vec<UploadedFile> {
    let file = |name: &str, sha256: &str, stored: &str| UploadedFile {
        name: name.into(),
        sha256: sha256.into(),
        stored_sha256: stored.into(),
        etag: (name == "a.pdf").then(|| "\"1\"".to_owned()),
    };
    vec![file("a.pdf", "aa", stored), file("manifest.json", "bb", "bb")]
}

#[test]
fn what_is_issued_waits_until_all_of_it_stands_there() {
    for home in homes() {
        let ledger = Ledger::open(home.place.clone(), COUNCIL).unwrap();
        let other = Ledger::open(home.place.clone(), "Elsewhere").unwrap();
        let revisions = vec![
            stored(9, Edition::Public, 1, "draft"),
            stored(9, Edition::Public, 2, "a"),
            stored(10, Edition::Public, 1, "b"),
            stored(10, Edition::Restricted, 1, "c"),
        ];
        ledger.record(revisions, "daemon").unwrap();
        let pending = |ledger: &Ledger, place: &str| -> Vec<(String, u32, u32, String)> {
            let all = ledger.pending_uploads(place, Edition::Public).unwrap().into_iter();
            all.map(|one| (one.of.key.period.to_string(), one.of.revision, one.tries, one.error)).collect()
        };
        let untried = |period: &str, revision| (period.to_owned(), revision, 0, String::new());
        // The latest period first, and of a pack the first revision first.
        let all = [untried("2026-10", 1), untried("2026-09", 1), untried("2026-09", 2)];
        assert_eq!(pending(&ledger, PLACE), all);
        assert_eq!(pending(&other, PLACE), []);
        ledger.not_uploaded(&of(10, 1), PLACE, ("refused", "2026-11-04T06:01:00Z"), AT).unwrap();
        ledger.not_uploaded(&of(10, 1), PLACE, ("refused again", "2026-11-04T06:03:00Z"), AT).unwrap();
        assert_eq!(pending(&ledger, PLACE)[0], ("2026-10".to_owned(), 1, 2, "refused again".to_owned()));
        let told = |kind: &str| events(&ledger).iter().filter(|event| event.contains(kind)).count();
        assert_eq!(told("upload-failed"), 1, "{:?}", events(&ledger));
        // Twice, as two services may.
        for _ in 0..2 {
            ledger.uploaded(&of(10, 1), PLACE, files("rewritten"), AT).unwrap();
        }
        assert_eq!(pending(&ledger, PLACE), all[1..]);
        // Another place is another place.
        assert_eq!(pending(&ledger, "https://cloud.example/other"), all);
        ledger.accept_loss((&key(9), Edition::Public), vec![1], "destroyed", ("clerk", AT)).unwrap();
        assert_eq!(pending(&ledger, PLACE), all[2..]);
        let uploads = ledger.uploads(PLACE).unwrap();
        assert_eq!(uploads, [(of(10, 1), files("rewritten"))].into());
        let rewritten = ledger.rewritten_as("rewritten").unwrap();
        assert_eq!(rewritten, [(of(10, 1), files("rewritten")[0].clone())]);
        assert_eq!(ledger.rewritten_as("bb").unwrap(), []);
    }
}
