//! A workbook that the program has never met: what is in it, and how
//! `sources.toml` might declare it.
//!
//! Pure: a book in, words out. What is proposed is a guess from the cells and
//! says where it is one; what is shown of a list of people is its headers and
//! what kind of thing stands below them, never a value.
//!
//! | file | story |
//! |---|---|
//! | `rows` | a sheet's rows that are not blank |
//! | `months` | cells that look like months, and the formats that read them |
//! | `figures` | cells that look like figures, and markers that stand for none |
//! | [`sketch`] | what each sheet is |
//! | `shape` | which table stands in it, if one does |
//! | `tables` | the tables that have a header of texts: long, columns |
//! | `unrecognised` | why no table was found in a sheet |
//! | `filter` | several rows for one indicator and month, and the column that distinguishes them |
//! | `across` | the tables that have months across: wide, pairs, blocks |
//! | `entry` | one entry of `sources.toml`, key by key |
//! | `propose` | shapes into entries |
//! | `show` | a sketch in words |

mod across;
mod entry;
mod figures;
mod filter;
mod months;
mod propose;
mod rows;
mod shape;
mod show;
pub mod sketch;
mod tables;
mod unrecognised;

#[cfg(test)]
mod tests;

use crate::domain::Period;
pub use sketch::Sketch;

/// What a workbook holds, in words for a terminal.
pub fn report(sketch: &Sketch, file: &str) -> String {
    show::show(sketch, file)
}

/// The entry of `sources.toml` for a workbook, ready to paste; empty where no
/// table was recognised. `now` settles the year of months without one.
pub fn proposal(sketch: &Sketch, file: &str, now: Period) -> String {
    propose::propose(sketch, file, now)
}
