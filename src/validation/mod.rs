//! The validation report: what was found, in three levels, for the people who
//! keep the workbooks.
//!
//! One summary a source, and one of a board's texts in which anything was found; then each rule with its plain sentence, how often it
//! was broken, and the first ten places; then every cell with what was found,
//! what was expected, how to mend it, and whether it was seen before. Pure:
//! findings and the state in, bytes out.
//!
//! | file | story |
//! |---|---|
//! | [`found`] | what was found of sources and in texts |
//! | [`model`] | findings into the three levels |
//! | [`seen`] | which findings were there before, and since when |
//! | [`text`] | the report for a terminal |
//! | [`html`] | the report as a page that an officer can be sent |
//! | [`xlsx`] | the report as a list to work through |

pub mod found;
pub mod html;
pub mod model;
pub mod seen;
pub mod text;
pub mod xlsx;

#[cfg(test)]
mod tests;

pub use found::{CheckFound, SourceFound};
pub use model::{CheckReport, report};
pub use seen::SeenFindings;

/// The report as JSON, with a line break at its end.
pub fn json(report: &CheckReport) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = serde_json::to_vec_pretty(report)?;
    bytes.push(b'\n');
    Ok(bytes)
}
