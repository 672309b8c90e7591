//! Tells people and other machines: mail, webhooks, the heartbeat. What is told is made
//! elsewhere; here it is sent, once for each call.
//!
//! | file | story |
//! |---|---|
//! | `heartbeat` | a dead man's switch: an address that is asked for as long as all is well |
//! | [`mail`] | one message to one mailbox |
//! | [`webhook`] | a message to an address, signed |
//! | `http` | the client of all but mail |
//! | `send_error` | why a message could not be sent |

mod heartbeat;
mod http;
pub mod mail;
mod send_error;
pub mod webhook;

pub use heartbeat::{Beat, Heart};
pub use send_error::SendError;
