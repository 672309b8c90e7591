//! Whether a file is one that was published, told by its bytes.
//!
//! A name and a PDF's own metadata can be copied; the digest in a manifest
//! cannot. They only tell a changed copy from a stranger.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::manifest::{self, FileEntry};
use super::names;
use super::{Publication, PublishError, PublishedFolder};
use crate::domain::{BoardId, Edition, PackKey, PackState, Period};

/// How the title of a held pack's notice begins.
const HELD: &str = "Held: ";

/// What a file turns out to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Authenticity {
    /// Published to the byte, final, and the latest revision.
    Genuine,
    /// Published to the byte and the latest, but a draft.
    Draft,
    /// Published to the byte, and replaced since.
    Superseded,
    /// It goes by a published name, or says that this council's boardpack made
    /// it, and its bytes are no published file's.
    Altered,
    /// The notice that a pack is held, or it goes by a notice's name, or says
    /// that it is one: never for publication.
    Held,
    /// Nothing ties it to what was published.
    Unknown,
}

/// A published file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublishedFile {
    /// The board.
    pub board: BoardId,
    /// The period.
    pub period: Period,
    /// Who may read it.
    pub edition: Edition,
    /// Its revision.
    pub revision: u32,
    /// Draft or final.
    pub state: PackState,
    /// Commentary slots that were still empty.
    pub outstanding: usize,
    /// The revision that stands, where that is a later one. A draft takes no
    /// final pack's place.
    pub superseded_by: Option<u32>,
    /// A draft that was made since, beside the final pack that stands.
    pub draft_since: Option<u32>,
    /// The name under which it was published.
    pub file: String,
    /// Where the same file of the revision that stands lies.
    pub standing: PathBuf,
    /// Digest of that file, as its manifest has it.
    #[serde(skip)]
    standing_sha256: Option<String>,
    /// Of a restricted edition, the same file of the public one, where that stands.
    pub public: Option<PublicEdition>,
}

impl PublishedFile {
    /// Which part of the pack it is.
    pub fn part(&self) -> PublishedKind {
        match self.file.as_str() {
            manifest::FIGURES => PublishedKind::Figures,
            manifest::FINDINGS => PublishedKind::Findings,
            manifest::SUPPRESSION => PublishedKind::Suppression,
            manifest::SUMMARY => PublishedKind::Summary,
            name if is_page(name) => PublishedKind::Page,
            name if names::is_supplement(name) => PublishedKind::Supplement,
            _ => PublishedKind::Scorecard,
        }
    }
}

/// A part of a published pack, each in a file of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PublishedKind {
    /// The PDF.
    Scorecard,
    /// Its pages that are not as they were in the revision before.
    Supplement,
    /// The same in brief.
    Summary,
    /// The same as a page of the web.
    Page,
    /// Every figure printed.
    Figures,
    /// What was noticed about the data.
    Findings,
    /// What the public edition hides.
    Suppression,
}

/// The public edition that stands beside a restricted one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PublicEdition {
    /// Draft or final.
    pub state: PackState,
    /// Where the file lies.
    pub path: PathBuf,
}

/// The notice that a pack is held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// The board.
    pub board: BoardId,
    /// The period.
    pub period: Period,
    /// Where the notice lies.
    pub path: PathBuf,
    /// Whether the file is this notice to the byte; it goes by its name otherwise.
    pub is_same: bool,
}

/// The answer about one file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verification {
    /// What it turns out to be.
    pub verdict: Authenticity,
    /// Digest of its bytes.
    pub sha256: String,
    /// The published file that it is, or whose name it goes by.
    pub found: Option<PublishedFile>,
    /// The notice of a held pack that it is, or whose name it goes by.
    pub notice: Option<Notice>,
    /// The title that its metadata gives it, where that says whose it is.
    pub title: Option<String>,
    /// Whether it is what a storage made of the published file when it was put there.
    pub is_rewritten: bool,
    /// Manifests that could not be read: without them this answer may not be
    /// the last word.
    pub unread: Vec<String>,
}

/// Holds a file against everything that stands in some published folders.
///
/// `name` is the file's name as it came, `council` whose packs these are.
pub fn verify(
    folders: &[&PublishedFolder],
    name: &str,
    bytes: &[u8],
    council: &str,
) -> Result<Verification, PublishError> {
    let sha256 = crate::digest::sha256(bytes);
    let (mut same, mut namesake, mut unread) = (None, None, Vec::new());
    for folder in folders {
        for revisions in folder.everything()? {
            let (whole, broken): (Vec<_>, Vec<_>) = revisions.into_iter().partition(Result::is_ok);
            unread.extend(broken.into_iter().filter_map(Result::err).map(|error| error.to_string()));
            let whole: Vec<Publication> = whole.into_iter().flatten().collect();
            for publication in &whole {
                let manifest = &publication.manifest;
                // The last of several alike: a file that did not change from one revision to the next.
                let alike = manifest.files.iter().find(|file| file.sha256 == sha256);
                // What stands among the public ones is public, even where a restricted edition has it too.
                let is_public = same.as_ref().is_some_and(|same: &PublishedFile| same.edition < manifest.edition);
                if let (Some(file), false) = (alike, is_public) {
                    same = Some(found(publication, &whole, &file.name));
                }
                if let Some(file) = manifest.files.iter().find(|file| goes_by(name, &file.name)) {
                    namesake = Some(found(publication, &whole, &file.name));
                }
            }
        }
    }
    let title = same.is_none().then(|| title(bytes, council)).flatten();
    let notice = if same.is_none() && namesake.is_none() { notice(folders, name, bytes)? } else { None };
    let verdict = match (&same, &namesake, &title) {
        (Some(found), ..) if found.superseded_by.is_some() => Authenticity::Superseded,
        (Some(found), ..) if found.state == PackState::Draft => Authenticity::Draft,
        (Some(_), ..) => Authenticity::Genuine,
        (None, None, _) if notice.is_some() => Authenticity::Held,
        // A notice is replaced at every attempt, and an older one is still one.
        (None, None, Some(title)) if title.starts_with(HELD) => Authenticity::Held,
        (None, None, None) => Authenticity::Unknown,
        (None, ..) => Authenticity::Altered,
    };
    let mut found = same.or(namesake);
    if let Some(found) = &mut found {
        found.public = beside(folders, found);
        unread.extend(fault_of_standing(found).map(|error| error.to_string()));
    }
    Ok(Verification { verdict, sha256, found, notice, title, is_rewritten: false, unread })
}

/// The public edition of a file's pack, where the file is a restricted one's.
/// A public edition that cannot be read is among what was not.
fn beside(folders: &[&PublishedFolder], found: &PublishedFile) -> Option<PublicEdition> {
    if found.edition != Edition::Restricted {
        return None;
    }
    let key = PackKey { period: found.period, board: found.board.clone() };
    let folder = folders.iter().find(|folder| folder.edition() == Edition::Public)?;
    let revisions = folder.revisions(&key).ok()?;
    let is_final = |public: &&Publication| public.manifest.state == PackState::Final;
    let last_final = revisions.iter().rev().find(is_final).filter(|_| found.state == PackState::Final);
    let public = last_final.or(revisions.last())?;
    Some(PublicEdition { state: public.manifest.state, path: like(public, &found.file).0 })
}

/// Why the file that stands is not to be used either, if it is not.
#[expect(clippy::disallowed_methods, reason = "this room owns the published folder")]
fn fault_of_standing(found: &PublishedFile) -> Option<PublishError> {
    let path = found.standing.clone();
    match std::fs::read(&path) {
        Ok(bytes) if found.standing_sha256.as_ref().is_none_or(|sha256| crate::digest::sha256(&bytes) == *sha256) => {
            None
        }
        Ok(_) => Some(PublishError::Altered { path }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Some(PublishError::Gone { path }),
        Err(source) => Some(PublishError::Read { path, source }),
    }
}

/// A publication's own file of the same kind as another revision's, with its
/// digest; its PDF where it has none.
fn like(publication: &Publication, name: &str) -> (PathBuf, Option<String>) {
    let of_kind = |own: &&FileEntry| {
        let both = |is: fn(&str) -> bool| is(name) && is(&own.name);
        own.name == name || both(is_page) || both(names::is_supplement)
    };
    let is_pdf = |own: &&FileEntry| own.name == publication.manifest.pdf_name();
    let files = &publication.manifest.files;
    let own = files.iter().find(of_kind).or_else(|| files.iter().find(is_pdf));
    let sha256 = own.map(|own| own.sha256.clone());
    (own.map_or_else(|| publication.pdf_path(), |own| publication.folder().join(&own.name)), sha256)
}

/// Whether a published file is the pack as a page of the web.
fn is_page(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|extension| extension == "html") && name != manifest::SUMMARY
}

/// The notice of a held pack that a file is, or else whose name it goes by.
#[expect(clippy::disallowed_methods, reason = "this room owns the folder of held packs")]
fn notice(folders: &[&PublishedFolder], name: &str, bytes: &[u8]) -> Result<Option<Notice>, PublishError> {
    let mut namesake = None;
    for folder in folders {
        for (key, path) in folder.notices()? {
            // It may be replaced or gone by now: then its name is all there is to go by.
            let is_same = std::fs::read(&path).is_ok_and(|standing| standing == bytes);
            let is_namesake = path.file_name().is_some_and(|standing| goes_by(name, &standing.to_string_lossy()));
            if is_same || is_namesake {
                let notice = Notice { board: key.board, period: key.period, path, is_same };
                if is_same {
                    return Ok(Some(notice));
                }
                namesake = Some(notice);
            }
        }
    }
    Ok(namesake)
}

/// A file of a publication, among all revisions of its pack. What takes its
/// place is the last final one after it; a draft takes only another draft's.
fn found(publication: &Publication, revisions: &[Publication], file: &str) -> PublishedFile {
    let manifest = &publication.manifest;
    let is_final = |other: &Publication| other.manifest.state == PackState::Final;
    let later = || revisions.iter().rev().filter(|later| later.manifest.revision > manifest.revision);
    let last_draft = later().next().filter(|later| !is_final(later));
    let newest = later().find(|later| is_final(later)).or(last_draft.filter(|_| !is_final(publication)));
    let (standing, standing_sha256) = like(newest.unwrap_or(publication), file);
    PublishedFile {
        board: manifest.board.clone(),
        period: manifest.period,
        edition: manifest.edition,
        revision: manifest.revision,
        state: manifest.state,
        outstanding: manifest.outstanding,
        superseded_by: newest.map(|newest| newest.manifest.revision),
        draft_since: last_draft
            .filter(|_| is_final(newest.unwrap_or(publication)))
            .map(|draft| draft.manifest.revision),
        file: file.to_owned(),
        standing,
        standing_sha256,
        public: None,
    }
}

/// Whether a file goes by a published PDF's name, as browsers, mail programs
/// and web servers pass it on. Every revision has a `figures.csv`: that is nobody's name.
fn goes_by(name: &str, published: &str) -> bool {
    let plain = |name: &str| -> Option<String> {
        let name = name.to_lowercase().replace("%20", " ").replace(['_', '+'], " ");
        let stem = name.strip_suffix(".pdf")?.trim_end();
        // "… - r1 (2).pdf": the second download.
        let stem = match stem.rsplit_once(" (") {
            Some((first, copy)) if copy.strip_suffix(')').is_some_and(|n| n.parse::<u32>().is_ok()) => first,
            _ => stem,
        };
        Some(stem.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    plain(name).is_some_and(|name| plain(published).is_some_and(|published| name == published))
}

/// The title in a PDF's metadata, where that says that this program made it
/// for this council. PDF/A keeps its metadata readable.
fn title(bytes: &[u8], council: &str) -> Option<String> {
    let at = |text: &[u8], sought: &str| text.windows(sought.len()).position(|window| window == sought.as_bytes());
    let between = |from: &str, to: &str| {
        let rest = bytes.get(at(bytes, from)? + from.len()..)?;
        std::str::from_utf8(rest.get(..at(rest, to)?)?).ok()
    };
    at(bytes, "<xmp:CreatorTool>boardpack</xmp:CreatorTool>")?;
    let text = |element: &str| {
        let inner = between(&format!("<{element}>"), &format!("</{element}>"))?;
        let (_, after) = inner.split_once("<rdf:li")?;
        Some(unescaped(after.split_once('>')?.1.split_once("</rdf:li>")?.0))
    };
    (text("dc:creator")? == council).then(|| text("dc:title")).flatten()
}

fn unescaped(text: &str) -> String {
    let marks = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    marks.into_iter().fold(text.to_owned(), |text, (mark, sign)| text.replace(mark, sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_known_however_it_was_passed_on() {
        let published = "Panel - Plans Scorecard - October 2026 - r1.pdf";
        for (name, expected) in [
            ("Panel - Plans Scorecard - October 2026 - r1.pdf", true),
            ("Panel - Plans Scorecard - October 2026 - r1 (2).pdf", true),
            ("panel%20-%20plans%20scorecard%20-%20october%202026%20-%20r1.PDF", true),
            ("Panel_-_Plans_Scorecard_-_October_2026_-_r1.pdf", true),
            ("Panel - Plans Scorecard - October 2026 - r2.pdf", false),
            ("Panel - Plans Scorecard - October 2026 - r1 (draft).pdf", false),
            ("Panel - Plans Scorecard - October 2026 - r1.docx", false),
            ("", false),
        ] {
            assert_eq!(goes_by(name, published), expected, "{name}");
        }
        assert!(!goes_by("figures.csv", "figures.csv"));
    }

    #[test]
    fn metadata_says_whose_a_file_is() {
        let pdf = |tool: &str, creator: &str| {
            format!(
                "\u{fffd}junk<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">Plans &amp; more</rdf:li></rdf:Alt></dc:title>\
                 <dc:creator><rdf:Seq><rdf:li>{creator}</rdf:li></rdf:Seq></dc:creator>\
                 <xmp:CreatorTool>{tool}</xmp:CreatorTool>"
            )
        };
        let of = |tool: &str, creator: &str| title(pdf(tool, creator).as_bytes(), "Small & Shire");
        assert_eq!(of("boardpack", "Small &amp; Shire").as_deref(), Some("Plans & more"));
        assert_eq!(of("boardpack", "Elsewhere"), None);
        assert_eq!(of("Word", "Small &amp; Shire"), None);
        assert_eq!(title(b"", "Small & Shire"), None);
        assert_eq!(title(b"<xmp:CreatorTool>boardpack</xmp:CreatorTool><dc:creator>", "Small & Shire"), None);
    }
}
