//! When packs are made.
//!
//! Two halves that know nothing of each other. [`due`] is pure: boards, the
//! calendar, what stands published and an instant go in, what is due comes
//! out; a daemon that slept through a date finds the pack due when it wakes.
//! [`bell`] is a heartbeat without meaning: it says "look again", never what
//! for. A lost, late or doubled ring therefore loses and doubles nothing.

pub mod bell;
pub mod due;

pub use bell::{Bell, BellError};
pub use due::milestones::{Milestone, MilestoneKind, milestones, upcoming_milestones};
pub use due::{Attempts, Due, DueReason, PackStates};
