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
//! | `guess` | one way to read a table, as it would be declared |
//! | `across`, `stacked`, `down` | the guesses, by the way in which a table runs |
//! | `undated` | rows that say no month of their own |
//! | `outside` | months and years that are said outside the table |
//! | `naming` | which column names the rows, and which rows are no indicator's |
//! | `parts` | several rows for one indicator |
//! | `roles` | what columns of figures hold |
//! | `filter` | several rows for one indicator and month, and the column that distinguishes them |
//! | `trial` | guesses read by [`dataset`](crate::dataset), and the best of them |
//! | `unrecognised` | why no table was found in a sheet |
//! | `entry` | one entry of `sources.toml`, key by key |
//! | `propose` | guesses into entries |
//! | `show` | a sketch in words |

mod across;
mod down;
mod entry;
mod figures;
mod filter;
mod guess;
mod months;
mod naming;
mod outside;
mod parts;
mod propose;
mod roles;
mod rows;
mod show;
pub mod sketch;
mod stacked;
mod trial;
mod undated;
mod unrecognised;

#[cfg(test)]
mod tests;

pub use sketch::Sketch;

/// What a workbook holds, in words for a terminal.
pub fn report(sketch: &Sketch, file: &str) -> String {
    show::show(sketch, file)
}

/// The entry of `sources.toml` for a workbook, ready to paste; empty where no
/// table was recognised.
pub fn proposal(sketch: &Sketch, file: &str) -> String {
    propose::propose(sketch, file)
}
