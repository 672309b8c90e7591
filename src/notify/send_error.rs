//! Why a message could not be sent.

/// Why a message could not be sent. Nothing of a secret is in what is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SendError {
    /// Whoever takes it refuses this message: another may be taken.
    Refused(String),
    /// Nothing can be sent there at present.
    Unreachable(String),
}

impl SendError {
    /// Why, in words.
    pub fn why(&self) -> &str {
        match self {
            Self::Refused(why) | Self::Unreachable(why) => why,
        }
    }
}
