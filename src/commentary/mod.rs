//! The round trip of commentary: what is asked, of whom and by when; the file
//! that officers write in; what is remarked on what they wrote.
//!
//! Pure, as the rooms that it stands between: files are read and written by
//! whoever asks.
//!
//! # Binding
//!
//! Words are bound to the figure and rating that they were written about, by
//! `about = "84.2% amber"` in their table. `boardpack commentary` writes it:
//! for an empty slot it follows the figure, so that words are bound to the
//! figure that their writer saw above the table; once there are words it
//! stays as it is. If the figure moves, the words are stale and not printed as
//! if they were about the new one. To say that they still hold, an officer
//! deletes the `about` line: words without one count for whatever figure there
//! is, and the next `commentary` binds them to it.
//!
//! | file | story |
//! |---|---|
//! | [`entry`] | every slot of a board: what is asked, of whom, by when, and how far it is |
//! | [`mod@file`] | the TOML file, updated without touching what an officer wrote |
//! | [`mod@remarks`] | findings on what was written |
//! | [`book`], [`xlsx`] | the commentary workbook, read back and written |
//! | [`mod@import`] | its rows, imported into the TOML file |
//! | `sign` | the file that says who approved a pack |

pub mod book;
pub mod entry;
pub mod file;
pub mod import;
pub mod remarks;
mod sign;
pub mod xlsx;

pub use entry::{CommentaryEntry, EntryState, entries};
pub use remarks::{remarked, remarks};
pub use sign::signature;
