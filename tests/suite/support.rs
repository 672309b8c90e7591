//! A council in a folder of its own, and the tools that read packs back.

use std::path::{Path, PathBuf};
use std::process::Command;

use snapbox::cmd::OutputAssert;

#[cfg(target_os = "linux")]
use crate::postgres_server::PostgresServer;

/// The project's folder.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A council: a config directory, a share, and where its packs go.
pub(crate) struct Council {
    dir: tempfile::TempDir,
    /// The server that has its ledger, in a database called `ledger`; none for a file.
    #[cfg(target_os = "linux")]
    pub(crate) server: Option<PostgresServer>,
}

impl Council {
    /// An empty folder.
    pub(crate) fn empty() -> Self {
        Self {
            dir: tempfile::tempdir().unwrap(),
            #[cfg(target_os = "linux")]
            server: None,
        }
    }

    /// The sample council, as a clean clone has it.
    pub(crate) fn whole_sample() -> Self {
        let council = Self::empty();
        copy(&root().join("config"), &council.path("config"));
        copy(&root().join("sample/share"), &council.path("sample/share"));
        council
    }

    /// The same with one restricted edition, the Corporate Parenting Panel's: each
    /// more of them costs as much as a pack, and shows most tests nothing new.
    pub(crate) fn sample() -> Self {
        let council = Self::whole_sample();
        for board in ["improvement", "improving-lives", "overview-and-scrutiny"] {
            let path = format!("config/boards/{board}.toml");
            council.replace(&path, "editions = [\"public\", \"restricted\"]\nexempt = { paragraphs = [2] }\n", "");
        }
        council
    }

    /// A path below the folder.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.dir.path().join(path)
    }

    /// Writes a file, and the folders above it.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    /// Reads a file as text.
    pub(crate) fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path(path)).unwrap()
    }

    /// Changes a file's text, which must hold `from`.
    pub(crate) fn replace(&self, path: &str, from: &str, to: &str) -> &Self {
        let text = self.read(path);
        assert!(text.contains(from), "{path} does not hold {from:?}");
        self.write(path, text.replacen(from, to, 1))
    }

    /// The same with its ledger on a server that nothing was asked yet.
    #[cfg(target_os = "linux")]
    pub(crate) fn on(mut self, server: PostgresServer) -> Self {
        server.database("ledger");
        self.server = Some(server);
        self
    }

    /// Settings of the environment: where the ledger is.
    pub(crate) fn environment(&self) -> Vec<(&'static str, String)> {
        #[cfg(target_os = "linux")]
        if let Some(server) = &self.server {
            return vec![("BOARDPACK__PUBLISH__LEDGER", server.address("ledger"))];
        }
        Vec::new()
    }

    /// The program, in this folder.
    pub(crate) fn command(&self) -> snapbox::cmd::Command {
        let command = snapbox::cmd::Command::new(snapbox::cmd::cargo_bin!("boardpack")).current_dir(self.dir.path());
        command.envs(self.environment())
    }

    /// The same to be set going.
    pub(crate) fn program(&self) -> Command {
        let mut command = Command::new(snapbox::cmd::cargo_bin!("boardpack"));
        command.current_dir(self.dir.path()).envs(self.environment());
        command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::null());
        command
    }

    /// Runs the program here.
    pub(crate) fn boardpack(&self, args: &[&str]) -> OutputAssert {
        self.command().args(args).assert()
    }

    /// Every file below a folder, as paths with forward slashes, in order.
    pub(crate) fn files(&self, below: &str) -> Vec<String> {
        let base = self.path(below);
        let mut files = Vec::new();
        if base.is_dir() {
            walk(&base, &mut |path| {
                let name = path.strip_prefix(&base).unwrap().to_str().unwrap().replace('\\', "/");
                if !name.starts_with('.') {
                    files.push(name);
                }
            });
        }
        files.sort();
        files
    }

    /// The PDFs below a folder.
    pub(crate) fn pdfs(&self, below: &str) -> Vec<PathBuf> {
        let is_pack = |name: &String| name.ends_with(".pdf") && !name.ends_with(" - supplement.pdf");
        let pdfs = self.files(below).into_iter().filter(is_pack);
        pdfs.map(|name| self.path(below).join(name)).collect()
    }

    /// The manifest of a board's revision.
    pub(crate) fn manifest(&self, period: &str, board: &str, revision: u32) -> serde_json::Value {
        serde_json::from_str(&self.read(&format!("published/{period}/{board}/r{revision}/manifest.json"))).unwrap()
    }

    /// The figures of a board's `figures.csv`, by reference.
    pub(crate) fn figures(&self, period: &str, board: &str, revision: u32) -> Figures {
        Figures::parse(&self.read(&format!("published/{period}/{board}/r{revision}/figures.csv")))
    }
}

/// A `figures.csv`, read back.
pub(crate) struct Figures {
    rows: Vec<std::collections::BTreeMap<String, String>>,
}

impl Figures {
    fn parse(text: &str) -> Self {
        let mut reader = csv::Reader::from_reader(text.as_bytes());
        let rows = reader.deserialize().map(Result::unwrap);
        Self { rows: rows.filter(|row: &std::collections::BTreeMap<_, _>| row["row"] == "figure").collect() }
    }

    /// One cell.
    pub(crate) fn get(&self, reference: &str, column: &str) -> &str {
        let row = self.rows.iter().find(|row| row["ref"] == reference).unwrap_or_else(|| panic!("no row {reference}"));
        &row[column]
    }

    /// Several cells of one row.
    pub(crate) fn row<const N: usize>(&self, reference: &str, columns: [&str; N]) -> [&str; N] {
        columns.map(|column| self.get(reference, column))
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }
}

fn walk(dir: &Path, found: &mut dyn FnMut(&Path)) {
    for entry in std::fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { walk(&path, found) } else { found(&path) }
    }
}

/// A certificate for "localhost", of an authority that no machine knows.
pub(crate) struct LocalCertificate {
    pub(crate) ca: rcgen::Certificate,
    pub(crate) leaf: rcgen::Certificate,
    pub(crate) key: rcgen::KeyPair,
}

impl LocalCertificate {
    pub(crate) fn new() -> Self {
        let authority_key = rcgen::KeyPair::generate().unwrap();
        let mut authority = rcgen::CertificateParams::new(vec![]).unwrap();
        authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
        let ca = authority.self_signed(&authority_key).unwrap();
        let issuer = rcgen::Issuer::new(authority, authority_key);
        let key = rcgen::KeyPair::generate().unwrap();
        let names = rcgen::CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        let leaf = names.signed_by(&key, &issuer).unwrap();
        Self { ca, leaf, key }
    }
}

/// Copies a folder.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// A PDF's text in reading order; none without poppler.
pub(crate) fn pdf_text(pdf: &Path) -> Option<String> {
    tools().then(|| {
        let output = Command::new("pdftotext").arg(pdf).arg("-").output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap()
    })
}

/// Whether `tests/run` has installed the tools beyond cargo.
pub(crate) fn tools() -> bool {
    let there = std::env::var("BOARDPACK_TOOLS").is_ok();
    if !there {
        announce("left to tests/run: reading PDFs back needs poppler");
    }
    there
}

/// Whether strace is there and may trace: it kills a run at one call of the kernel, and
/// counts what is opened.
#[cfg(target_os = "linux")]
pub(crate) fn can_trace() -> bool {
    let there = Command::new("strace").args(["-o", "/dev/null", "true"]).status().is_ok_and(|status| status.success());
    if !there {
        announce("left to tests/run: killing a run at each write needs strace");
    }
    there
}

/// Checks PDFs for PDF/UA-1 and PDF/A-3a by the independent validator, all in
/// one process since it starts slowly.
pub(crate) fn validate(pdfs: &[PathBuf]) {
    let Ok(python) = std::env::var("BOARDPACK_VALIDATOR") else {
        announce("left to tests/run: PDF/UA-1 and PDF/A-3a need the validator");
        return;
    };
    assert!(!pdfs.is_empty());
    let script = root().join("tests/validate.py");
    let output = Command::new(python).arg(script).args(pdfs).output().unwrap();
    assert!(
        output.status.success(),
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    let checked = String::from_utf8(output.stdout).unwrap();
    assert_eq!(checked.lines().filter(|line| line.starts_with("ok")).count(), 2 * pdfs.len(), "{checked}");
}

/// Where `tests/run` has installed what looks at pages in a browser, if it has.
pub(crate) fn browser() -> Option<String> {
    let folder = std::env::var("BOARDPACK_AXE").ok();
    if folder.is_none() {
        announce("left to tests/run: looking at pages needs Chromium and axe-core");
    }
    folder
}

/// Says something even where the test runner captures what tests print.
fn announce(words: &str) {
    use std::io::Write as _;
    // One write, so that tests side by side do not mix their lines.
    let _ = std::io::stderr().write_all(format!("{words}\n").as_bytes());
}
