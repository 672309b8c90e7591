//! Proofs: the same document as pictures, for whoever edits a template.

use typst::diag::Warned;
use typst_layout::PagedDocument;
use typst_render::{RenderOptions, render};

use super::{Forget, Pdf, SCORECARD, Stationery, TypesetError, export, failed, options};
use crate::pack::model::Pack;

/// A document with a picture of each page.
#[derive(Debug, Clone)]
pub struct Proof {
    /// The document as it would be published.
    pub pdf: Pdf,
    /// Each page as PNG, in order.
    pub pages: Vec<Vec<u8>>,
}

/// Points in an inch.
const POINTS: f64 = 72.0;

impl Stationery {
    /// Typesets a scorecard and draws its pages, at so many pixels an inch.
    pub fn proof(&self, pack: &Pack, figures_csv: &[u8], pixels_per_inch: u16) -> Result<Proof, TypesetError> {
        let desk = self.scorecard_desk(pack, figures_csv)?;
        let options = options(&pack.document.author, &pack.document.title, pack.document.date)?;
        let _forget = Forget;
        let Warned { output, warnings } = typst::compile::<PagedDocument>(&desk);
        let document = output.map_err(|problems| failed(&desk, SCORECARD.0, &problems))?;
        let pdf = export(&desk, SCORECARD.0, &document, &warnings, &options)?;
        let look =
            RenderOptions { pixel_per_pt: (f64::from(pixels_per_inch) / POINTS).into(), ..RenderOptions::default() };
        let draw = |page| render(page, &look).encode_png().map_err(|error| TypesetError::Picture(error.to_string()));
        let pages = document.pages().iter().map(draw).collect::<Result<_, _>>()?;
        Ok(Proof { pdf, pages })
    }
}
