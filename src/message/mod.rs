//! What people are told, in words: messages from what happened, as plain text, as the
//! HTML of a mail, as a card of Teams and as JSON.
//!
//! | file | story |
//! |---|---|
//! | `group` | what each recipient is told, in as few messages as may be |
//! | `text` | a message in words |
//! | `html` | the same as the HTML part of a mail |
//! | `card` | the same for webhooks |

mod card;
mod group;
mod html;
#[cfg(test)]
mod test_support;
mod text;

pub use card::{json, teams};
pub use group::{by_recipient, notices};
pub use html::html;
pub use text::{subject, text};
