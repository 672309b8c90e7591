//! The press: a pack and the stationery go in, the bytes of a PDF come out.
//!
//! Everything here is CPU: no files, no clock, no environment, no network.
//! The templates come as text ([`Stationery`]), the pack as data that the
//! templates read as `pack.json`, the figures as the bytes that are attached.
//! The same pack on the same stationery is the same PDF to the byte.
//!
//! Only this room makes a [`Pdf`], and it asks the exporter for PDF/UA-1 and
//! PDF/A-3a on every one: a document that a screen reader cannot read is an
//! error here, not a file.
//!
//! ```no_run
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let pack: boardpack::pack::model::Pack = todo!();
//! let stationery = boardpack::typeset::Stationery::embedded()?;
//! let pdf = stationery.scorecard(&pack, b"reference,latest\r\n")?;
//! println!("{} pages, {} bytes", pdf.pages(), pdf.bytes().len());
//! # Ok(()) }
//! ```

mod diagnostics;
mod look;
mod proof;
mod room;
mod stationery;
mod supplement;
mod twins;
mod world;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;
use serde_json::Value;
use typst::World;
use typst::diag::{SourceDiagnostic, Warned};
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::pack::model::{CivilDate, Document, HeldNotice, Pack, Supplement};
use crate::pack::places::anchors;

pub use self::proof::Proof;
pub use self::stationery::{Stationery, StationeryError};
use self::world::Desk;

/// The template of a scorecard, and the name under which it reads its pack.
const SCORECARD: (&str, &str) = ("scorecard.typ", "pack.json");
/// The template of a supplement, and the name under which every template reads which
/// pages it has and what it marks: of a whole pack, none.
const SUPPLEMENT: (&str, &str) = ("supplement.typ", "supplement.json");
/// The template of a held notice, and the name under which it reads it.
const HELD: (&str, &str) = ("held.typ", "held.json");

/// A finished document. Only this room can make one.
#[derive(Clone, PartialEq, Eq)]
pub struct Pdf {
    bytes: Vec<u8>,
    pages: usize,
    warnings: Vec<String>,
}

impl Pdf {
    /// The file.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// The file, given away.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// How many pages it has.
    pub fn pages(&self) -> usize {
        self.pages
    }

    /// What typst had to remark, `path:line:col: message`, for the caller to
    /// log. The templates in this program give none, and a test holds that.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

/// Says how big the file is, and leaves out what is in it.
impl std::fmt::Debug for Pdf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pdf")
            .field("pages", &self.pages)
            .field("bytes", &self.bytes.len())
            .field("warnings", &self.warnings)
            .finish()
    }
}

/// Why a pack could not be typeset. Nothing here is a fault of the figures:
/// either a template is wrong, or the pack breaks the contract of
/// [`pack::model`](crate::pack::model).
#[derive(Debug, thiserror::Error)]
pub enum TypesetError {
    /// A template does not compile, or its document breaks a PDF standard.
    #[error("failed to typeset {template}: {}", problems.join("; "))]
    Template {
        /// The main template.
        template: &'static str,
        /// Every fault, `path:line:col: message (hint: …)`.
        problems: Vec<String>,
    },
    /// The pack does not turn into JSON.
    #[error("failed to write {name} for the templates")]
    Data {
        /// The name under which the template reads it.
        name: &'static str,
        /// What serde says.
        source: serde_json::Error,
    },
    /// The attached file's name is not a plain file name.
    #[error("the attachment's name {name:?} is not a plain file name that the templates leave free")]
    Attachment {
        /// The name as given.
        name: String,
    },
    /// The document's date is no day of the calendar.
    #[error("the document's date {year}-{month}-{day} does not exist")]
    Date {
        /// Year.
        year: i32,
        /// Month.
        month: u32,
        /// Day.
        day: u32,
    },
    /// The standards asked for exclude each other: a fault of this program.
    #[error("failed to ask for PDF/UA-1 with PDF/A-3a: {0}")]
    Standards(String),
    /// A page cannot be drawn.
    #[error("failed to draw a page: {0}")]
    Picture(String),
}

impl Stationery {
    /// Typesets a scorecard, with the table of figures attached to it.
    ///
    /// It takes the CPU for a tenth of a second or so: call it from a thread
    /// that may block.
    pub fn scorecard(&self, pack: &Pack, figures_csv: &[u8]) -> Result<Pdf, TypesetError> {
        let desk = self.scorecard_desk(pack, figures_csv)?;
        press(&desk, SCORECARD.0, &options(&pack.document.author, &pack.document.title, pack.document.date)?)
    }

    /// The same, and of a pack that takes another's place the pages that are not as they
    /// were: the whole is laid out once more behind a first page that says what changed,
    /// with bars beside it, and the other pages are taken out. None where no page is
    /// known to have changed, or where a council's own templates have no supplement.
    pub fn scorecard_and_supplement(
        &self,
        pack: &Pack,
        figures_csv: &[u8],
        supplement: Option<&Supplement>,
    ) -> Result<(Pdf, Option<Pdf>), TypesetError> {
        let _forget = Forget::after_this();
        let Document { author, title, date, .. } = &pack.document;
        let desk = self.scorecard_desk(pack, figures_csv)?;
        let (document, warnings) = compiled(&desk, SCORECARD.0)?;
        let whole = export(&desk, SCORECARD.0, &document, &warnings, &options(author, title, *date)?)?;
        let Some(supplement) = supplement.filter(|_| self.has(SUPPLEMENT.0)) else { return Ok((whole, None)) };
        let kept = supplement::pages_of(&document, &supplement.changed);
        if kept.is_empty() {
            return Ok((whole, None));
        }
        let marks = SupplementMarks { supplement, pages: Some(kept.iter().map(|page| page + 1).collect()) };
        let desk = desk.turned_to(SUPPLEMENT.0).serve(SUPPLEMENT.1, self.json(SUPPLEMENT.1, &marks)?);
        let (laid_out, warnings) = compiled(&desk, SUPPLEMENT.0)?;
        let own = laid_out.pages().len().saturating_sub(document.pages().len());
        let is_kept = |page: usize| page.checked_sub(own).is_none_or(|page| kept.contains(&page));
        let part = supplement::cut(&laid_out, is_kept);
        let ident = format!("{title}\nsupplement");
        let part = export(&desk, SUPPLEMENT.0, &part, &warnings, &options(author, &ident, *date)?)?;
        Ok((whole, Some(part)))
    }

    /// Typesets the one page that tells officers why a pack is held.
    pub fn held(&self, notice: &HeldNotice) -> Result<Pdf, TypesetError> {
        let desk = Desk::new(self, HELD.0).serve(HELD.1, self.json(HELD.1, notice)?);
        press(&desk, HELD.0, &options(&notice.author, &notice.title, notice.date)?)
    }

    /// The world and the options that [`scorecard`](Self::scorecard) works
    /// with, for the bench that measures typst alone.
    #[doc(hidden)]
    pub fn scorecard_parts(
        &self,
        pack: &Pack,
        figures_csv: &[u8],
    ) -> Result<(impl World + '_, PdfOptions), TypesetError> {
        let options = options(&pack.document.author, &pack.document.title, pack.document.date)?;
        Ok((self.scorecard_desk(pack, figures_csv)?, options))
    }

    fn scorecard_desk(&self, pack: &Pack, figures_csv: &[u8]) -> Result<Desk<'_>, TypesetError> {
        let name = pack.document.attachment.name.as_str();
        // A name that is also a template's would hide that template.
        let plain = !name.is_empty() && !name.contains(['/', '\\', ':']) && name != "." && name != "..";
        if !plain || [SCORECARD.1, SUPPLEMENT.1].contains(&name) || self.has(name) {
            return Err(TypesetError::Attachment { name: name.to_owned() });
        }
        Ok(Desk::new(self, SCORECARD.0)
            .serve(SCORECARD.1, self.json(SCORECARD.1, &pointing(pack)?)?)
            .serve(name, figures_csv.to_vec()))
    }
}

/// What stands for a character that no font here can print.
const UNPRINTABLE: char = '□';

impl Stationery {
    /// Data as JSON, with a square and its code for each character that no font
    /// can print: PDF/A refuses them, and a stray sign quoted from a cell must not
    /// keep a page from being made. What officers wrote in the config or in a
    /// commentary is held before it comes to this. A character that has another's
    /// glyph is printed as that one ([`twins`]).
    fn json<T: Serialize>(&self, name: &'static str, data: &T) -> Result<Vec<u8>, TypesetError> {
        let text = serde_json::to_string(data).map_err(|source| TypesetError::Data { name, source })?;
        // JSON's own signs are ASCII, so only what it quotes can change.
        let unprintable = self.unprintable(&text);
        if unprintable.is_empty() && !text.chars().any(|c| twins::plain(c).is_some()) {
            return Ok(text.into_bytes());
        }
        let mut printable = String::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            if let Some(plain) = twins::plain(c) {
                printable.push_str(plain);
                continue;
            }
            if !unprintable.contains(&c) {
                printable.push(c);
                continue;
            }
            printable.push(UNPRINTABLE);
            let behind = text.get(at + c.len_utf8()..).unwrap_or_default();
            if !behind.starts_with(" (U+") {
                printable.push_str(&format!(" (U+{:04X})", u32::from(c)));
            }
        }
        Ok(printable.into_bytes())
    }
}

/// A pack as the templates read it, without pointers to what it has not: a template
/// links to what it is given, and does not look first.
fn pointing(pack: &Pack) -> Result<Value, TypesetError> {
    fn settle(value: &mut Value, there: &BTreeSet<&str>) {
        match value {
            Value::Object(fields) => {
                for (key, value) in fields {
                    match value {
                        Value::String(anchor) if key == "anchor" || key.ends_with("_anchor") => {
                            if !there.contains(anchor.as_str()) {
                                anchor.clear();
                            }
                        }
                        value => settle(value, there),
                    }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| settle(item, there)),
            _ => {}
        }
    }
    let name = SCORECARD.1;
    let mut value = serde_json::to_value(pack).map_err(|source| TypesetError::Data { name, source })?;
    settle(&mut value, &anchors(pack));
    Ok(value)
}

/// What the templates read of a supplement.
#[derive(Serialize)]
struct SupplementMarks<'s> {
    #[serde(flatten)]
    supplement: &'s Supplement,
    /// The pages of the whole that it has; none of the whole itself.
    pages: Option<Vec<usize>>,
}

/// Compiles and exports, and leaves typst's memory as it was.
fn press(desk: &Desk<'_>, template: &'static str, options: &PdfOptions) -> Result<Pdf, TypesetError> {
    let _forget = Forget::after_this();
    let (document, warnings) = compiled(desk, template)?;
    export(desk, template, &document, &warnings, options)
}

fn compiled(desk: &Desk<'_>, template: &'static str) -> Result<(PagedDocument, Vec<SourceDiagnostic>), TypesetError> {
    let Warned { output, warnings } = typst::compile::<PagedDocument>(desk);
    Ok((output.map_err(|problems| failed(desk, template, &problems))?, warnings.into_iter().collect()))
}

fn export(
    desk: &Desk<'_>,
    template: &'static str,
    document: &PagedDocument,
    warnings: &[SourceDiagnostic],
    options: &PdfOptions,
) -> Result<Pdf, TypesetError> {
    let bytes = typst_pdf::pdf(document, options).map_err(|problems| failed(desk, template, &problems))?;
    Ok(Pdf { bytes, pages: document.pages().len(), warnings: diagnostics::lines(desk, warnings) })
}

fn failed(desk: &Desk<'_>, template: &'static str, problems: &[SourceDiagnostic]) -> TypesetError {
    TypesetError::Template { template, problems: diagnostics::lines(desk, problems) }
}

/// Documents that are being made.
static UNDER_WAY: AtomicUsize = AtomicUsize::new(0);

/// Empties typst's memo cache when a document is done, also when it failed:
/// one pack shares almost nothing with the next, and a service that keeps the
/// cache grows by some 8 MB a pack. What others that are under way have just used
/// stays, until as many have ended.
struct Forget;

impl Forget {
    fn after_this() -> Self {
        UNDER_WAY.fetch_add(1, Ordering::Relaxed);
        Self
    }
}

impl Drop for Forget {
    fn drop(&mut self) {
        let others = UNDER_WAY.fetch_sub(1, Ordering::Relaxed).saturating_sub(1);
        // typst's own comemo: another version of it would empty another cache.
        typst::comemo::evict(others);
    }
}

fn options(author: &str, title: &str, date: CivilDate) -> Result<PdfOptions, TypesetError> {
    let standards = PdfStandards::new(&[PdfStandard::Ua_1, PdfStandard::A_3a])
        .map_err(|e| TypesetError::Standards(e.message().to_string()))?;
    Ok(PdfOptions {
        // Names the document, not this rendering of it: a revision keeps it.
        ident: Smart::Custom(format!("{author}\n{title}")),
        creator: Smart::Custom(Some("boardpack".to_owned())),
        timestamp: Some(Timestamp::new_utc(day(date)?)),
        standards,
        ..PdfOptions::default()
    })
}

/// The date as typst has it, at midnight.
fn day(date: CivilDate) -> Result<Datetime, TypesetError> {
    let CivilDate { year, month, day } = date;
    let small = |n: u32| u8::try_from(n).ok();
    small(month)
        .zip(small(day))
        .and_then(|(month, day)| Datetime::from_ymd_hms(year, month, day, 0, 0, 0))
        .ok_or(TypesetError::Date { year, month, day })
}
