//! What is told to other machines of how the service does.
//!
//! | file | story |
//! |---|---|
//! | `heartbeat` | a dead man's switch: an address that is asked for as long as all is well |

mod heartbeat;

pub use heartbeat::{Beat, Heart};
