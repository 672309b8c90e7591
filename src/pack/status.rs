//! Whether a pack is a draft, and the words that say so.

use super::Setting;
use crate::scorecard::Scorecard;
use crate::words;

/// What keeps a pack from being final.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// Nothing.
    Final,
    /// Commentary on so many indicators.
    Commentary(usize),
    /// The sign-off of this role.
    SignOff(String),
}

impl Status {
    /// What a pack waits for: its commentary first, then its sign-off.
    pub fn of(card: &Scorecard<'_>, setting: &Setting<'_>) -> Self {
        match card.outstanding().count() {
            0 if card.board.commentary.sign_off && setting.approval.is_none() => {
                Self::SignOff(card.board.owner.clone())
            }
            0 => Self::Final,
            n => Self::Commentary(n),
        }
    }

    /// Whether nothing is outstanding.
    pub fn is_final(&self) -> bool {
        *self == Self::Final
    }

    /// "Final", "Draft, 2 commentaries awaited".
    pub(super) fn words(&self) -> String {
        match self {
            Self::Final => "Final".to_owned(),
            Self::Commentary(n) => format!("Draft, {} awaited", words::count(*n, "commentary", "commentaries")),
            Self::SignOff(_) => "Draft, awaiting sign-off".to_owned(),
        }
    }

    /// What stands on every page of a draft.
    pub(super) fn banner(&self) -> Option<String> {
        match self {
            Self::Final => None,
            Self::Commentary(n) => Some(format!("Draft: {} awaited", words::count(*n, "commentary", "commentaries"))),
            Self::SignOff(role) => Some(format!("Draft: awaiting sign-off by {role}")),
        }
    }
}
