//! Putting a revision into a storage: in which order, over what, and what is taken for whole.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use boardpack::domain::{BoardId, Edition, PackKey};
use boardpack::publish::{Publication, PublishedFolder, UploadError, UploadFolder, upload_place};
use boardpack::storage::contract::StorageFault;
use boardpack::storage::{Backend, Entry, FetchLimits, Got, Memory, PutAnswer, PutMode, Storage, StorageError};

use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::issued::output_of;
use crate::support::Council;
use crate::trail::{run, small};

/// What a storage does beside keeping what it is given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Habit {
    /// Nothing.
    None,
    /// It writes into PDFs, as SharePoint does.
    Rewrites,
    /// It writes into PDFs, and says that it keeps what it is given.
    RewritesSecretly,
    /// It keeps half of each PDF.
    Halves,
    /// Somebody writes over `figures.csv` when the manifest comes.
    Meddled,
    /// It writes into PDFs, and into all of them again when the manifest comes.
    RewritesLater,
}

/// A storage in memory with a habit, and the order in which it was written to.
#[derive(Debug, Clone)]
struct Habitual {
    memory: Memory,
    habit: Habit,
    written: Arc<Mutex<Vec<String>>>,
}

impl Habitual {
    fn new(habit: Habit) -> Self {
        let memory = Memory::new(FetchLimits { max_bytes: 10_000_000 });
        Self { memory, habit, written: Arc::default() }
    }

    fn written(&self) -> Vec<String> {
        std::mem::take(&mut self.written.lock().unwrap())
    }
}

#[async_trait]
impl Backend for Habitual {
    fn place(&self) -> String {
        "https://cloud.example/packs".to_owned()
    }

    async fn list(&self, folder: &str) -> Result<Option<Vec<Entry>>, StorageFault> {
        self.memory.list(folder).await
    }

    async fn head(&self, name: &str) -> Result<Option<Entry>, StorageFault> {
        self.memory.head(name).await
    }

    async fn read(&self, name: &str, known: Option<&str>) -> Result<Got, StorageFault> {
        self.memory.read(name, known).await
    }

    async fn put(&self, name: &str, bytes: &[u8], mode: PutMode<'_>) -> Result<PutAnswer, StorageError> {
        let is_pdf = name.ends_with(".pdf");
        let kept = match self.habit {
            Habit::Rewrites | Habit::RewritesSecretly | Habit::RewritesLater if is_pdf => {
                [bytes, b"\n% Title: Panel\n"].concat()
            }
            Habit::Halves if is_pdf => bytes[..bytes.len() / 2].to_owned(),
            _ => bytes.to_owned(),
        };
        let answer = self.memory.put(name, &kept, mode).await?;
        if self.habit == Habit::RewritesLater && name.ends_with("manifest.json") {
            for file in self.memory.list(FOLDER).await.unwrap().unwrap() {
                if file.name.ends_with(".pdf") {
                    self.memory.keep(&file.name, b"%PDF-1.7 written into again");
                }
            }
        }
        if self.habit == Habit::Meddled && name.ends_with("manifest.json") {
            self.memory.keep(&name.replace("manifest.json", "figures.csv"), b"another council's");
        }
        if matches!(answer, PutAnswer::Stored { .. }) && !name.ends_with(".boardpack-upload") {
            self.written.lock().unwrap().push(name.rsplit('/').next().unwrap().to_owned());
        }
        Ok(answer)
    }

    async fn remove(&self, name: &str) -> Result<(), StorageError> {
        self.memory.remove(name).await
    }

    fn rewrites(&self, name: &str) -> bool {
        matches!(self.habit, Habit::Rewrites | Habit::RewritesLater) && name.ends_with(".pdf")
    }
}

/// A revision that stands.
fn publication() -> (Council, Publication) {
    let council = small();
    run(&council, "2026-09").success();
    let folder = PublishedFolder::open(council.path("published"), council.path("held"), Edition::Public).unwrap();
    let key = PackKey { period: "2026-09".parse().unwrap(), board: BoardId::parse("panel").unwrap() };
    let publication = folder.published(&key, 1).unwrap().unwrap();
    (council, publication)
}

const FOLDER: &str = "Packs/2026-09/panel/r1";

#[tokio::test]
async fn files_come_first_and_the_manifest_last_and_all_of_it_once() {
    let (_council, publication) = publication();
    let pdf = publication.manifest.pdf_name();
    for habit in [Habit::None, Habit::Rewrites] {
        let habitual = Habitual::new(habit);
        let storage = Storage::new(habitual.clone());
        let to = UploadFolder { storage: &storage, folder: "Packs" };
        assert_eq!(upload_place(&storage.place(), "Packs"), "https://cloud.example/packs/Packs");
        let files = to.upload(&publication).await.unwrap();
        let written = habitual.written();
        assert_eq!((written.len(), written.last().unwrap().as_str()), (files.len(), "manifest.json"));
        for file in &files {
            let is_rewritten = habit == Habit::Rewrites && file.name == pdf;
            assert_eq!(file.sha256 != file.stored_sha256, is_rewritten, "{}", file.name);
        }
        let below = to.below(&publication);
        assert_eq!(below, FOLDER);
        assert_eq!(to.breaches("2026-09/panel/r1", &files).await.unwrap(), [""; 0]);
        // Again, as after a crash before it was noted: what stands is taken for what it is. Of a
        // file that the storage rewrites nobody can tell any more, and it is written anew.
        assert_eq!(to.upload(&publication).await.unwrap(), files);
        let anew = if habit == Habit::Rewrites { vec![pdf.to_owned()] } else { Vec::new() };
        assert_eq!(habitual.written(), anew);
    }
}

#[tokio::test]
async fn what_an_attempt_left_is_written_anew_and_what_is_anybody_elses_is_not() {
    let (_council, publication) = publication();
    let habitual = Habitual::new(Habit::None);
    let storage = Storage::new(habitual.clone());
    let to = UploadFolder { storage: &storage, folder: "Packs" };
    let keep = |name: &str, bytes: &[u8]| habitual.memory.keep(&format!("{FOLDER}/{name}"), bytes);
    let has = async |name: &str| matches!(storage.get(&format!("{FOLDER}/{name}"), None).await.unwrap(), Got::Found(_));
    // Somebody's own file of that name.
    keep("figures.csv", b"mine");
    let error = to.upload(&publication).await.unwrap_err();
    assert!(matches!(&error, UploadError::Other { name, .. } if name.ends_with("figures.csv")), "{error}");
    assert!(!has("manifest.json").await && has(".boardpack-upload").await);
    // The same under the mark of an upload that did not end: it is what that left, and so is half
    // a manifest.
    keep("manifest.json", b"{\"schema\":");
    habitual.written();
    to.upload(&publication).await.unwrap();
    assert!(!has(".boardpack-upload").await);
    assert!(habitual.written().contains(&"figures.csv".to_owned()));
    // A file of a revision that is issued was changed by somebody: it is not written over.
    keep("figures.csv", b"edited");
    let error = to.upload(&publication).await.unwrap_err();
    assert!(matches!(&error, UploadError::Other { name, .. } if name.ends_with("figures.csv")), "{error}");
    // Another council's revision of the same name stands there, or is being put there.
    for name in ["manifest.json", ".boardpack-upload"] {
        habitual.memory.remove(&format!("{FOLDER}/manifest.json")).await.unwrap();
        keep(name, b"{}");
        let error = to.upload(&publication).await.unwrap_err();
        assert!(matches!(&error, UploadError::Other { name: of, .. } if of.ends_with(name)), "{error}");
        assert!(error.to_string().contains("does another boardpack put packs into the same folder?"), "{error}");
    }
    assert_eq!(habitual.written(), [""; 0]);
}

#[tokio::test]
async fn what_another_writes_over_files_before_the_manifest_stands_is_put_right() {
    let (_council, publication) = publication();
    let storage = Storage::new(Habitual::new(Habit::RewritesLater));
    let to = UploadFolder { storage: &storage, folder: "Packs" };
    let files = to.upload(&publication).await.unwrap();
    assert_eq!(to.breaches("2026-09/panel/r1", &files).await.unwrap(), [""; 0]);
    let habitual = Habitual::new(Habit::Meddled);
    let storage = Storage::new(habitual.clone());
    let to = UploadFolder { storage: &storage, folder: "Packs" };
    let files = to.upload(&publication).await.unwrap();
    assert_eq!(to.breaches("2026-09/panel/r1", &files).await.unwrap(), [""; 0]);
    // What nobody put there is told, and so is a revision of nobody's.
    habitual.memory.keep(&format!("{FOLDER}/notes.docx"), b"x");
    habitual.memory.keep("Packs/2026-09/panel/r2/manifest.json", b"{}");
    let told = to.breaches("2026-09/panel/r1", &files).await.unwrap();
    assert!(told.len() == 1 && told[0].contains("notes.docx") && told[0].contains("somebody else"), "{told:?}");
    let strangers = to.strangers("2026-09/panel", &[1]).await.unwrap();
    assert!(strangers.len() == 1 && strangers[0].contains("panel/r2 on"), "{strangers:?}");
    assert_eq!(to.strangers("2026-09/panel", &[1, 2]).await.unwrap(), [""; 0]);
}

#[tokio::test]
async fn what_is_not_read_back_as_it_was_written_is_not_issued() {
    let (_council, publication) = publication();
    for habit in [Habit::Halves, Habit::RewritesSecretly] {
        let habitual = Habitual::new(habit);
        let storage = Storage::new(habitual.clone());
        let to = UploadFolder { storage: &storage, folder: "" };
        let error = to.upload(&publication).await.unwrap_err();
        assert!(matches!(&error, UploadError::NotWhole { name, .. } if name.ends_with(".pdf")), "{habit:?}: {error}");
        assert!(error.to_string().contains("bytes of"), "{error}");
        assert!(!habitual.written().contains(&"manifest.json".to_owned()), "{habit:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_sent_to_a_pack_before_it_is_there_and_it_is_told_once_that_it_is_not() {
    let hooks = MockServer::start().await;
    Mock::given(any()).respond_with(ResponseTemplate::new(200)).mount(&hooks).await;
    let council = small();
    let own = council.read("config/boardpack.toml").replace(
        "[publish]\n",
        "[storage.packs]\nkind = \"directory\"\npath = \"../packs\"\n[publish]\nupload = { storage = \"packs\" }\n",
    );
    council.write(
        "config/boardpack.toml",
        format!("{own}\n[webhook.json]\nurl = \"{}/\"\nshape = \"json\"\n", hooks.uri()),
    );
    let kinds = async || -> Vec<String> {
        let requests = hooks.received_requests().await.unwrap();
        let kind = |body: &[u8]| serde_json::from_slice::<serde_json::Value>(body).unwrap()["type"].to_string();
        requests.iter().map(|request| kind(&request.body)).collect()
    };
    // The share of the packs is not mounted.
    for _ in 0..2 {
        let told = output_of(&council, &["run", "--period", "2026-09"], 4);
        assert!(told.contains("is made and not put where its readers have it:\n  failed to open the folder"), "{told}");
        output_of(&council, &["notify"], 0);
        assert_eq!(kinds().await.len(), 1, "{:?}", kinds().await);
        assert!(kinds().await[0].contains("failed"), "{:?}", kinds().await);
    }
    std::fs::create_dir(council.path("packs")).unwrap();
    assert!(output_of(&council, &["run", "--period", "2026-09"], 0).contains("put on "));
    output_of(&council, &["notify"], 0);
    assert_eq!(kinds().await.len(), 2);
    assert!(kinds().await[1].contains("final"), "{:?}", kinds().await);
}
