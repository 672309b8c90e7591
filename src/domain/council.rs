//! The publishing authority.

/// The publishing authority.
#[derive(Debug, Clone)]
pub struct Council {
    /// Its name, printed on every pack.
    pub name: String,
    /// How to ask for another format.
    pub contact: String,
}
