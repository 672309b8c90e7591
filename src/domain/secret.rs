//! What signs the program in somewhere: where it is kept, and never what it is.

use std::path::PathBuf;

use super::address::HIDDEN;

/// The text of a secret. It is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretText(String);

impl SecretText {
    /// A secret as it was written or kept: without the end of its line.
    pub fn new(text: &str) -> Self {
        Self(text.trim_end_matches(['\r', '\n']).to_owned())
    }

    /// The text, for whoever is to be told it.
    pub fn secret(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for SecretText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(HIDDEN)
    }
}

/// Where a secret is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Secret {
    /// In the config or in the environment.
    Given(SecretText),
    /// In a file of its own, as systemd's credentials and Docker's secrets are.
    File(PathBuf),
    /// With a program that is asked for it, and writes it to its standard output.
    Command(Vec<String>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_shown_nowhere_and_ends_where_its_line_does() {
        let secret = SecretText::new("hunter2 \r\n");
        assert_eq!(secret.secret(), "hunter2 ");
        assert_eq!(format!("{secret:?} {:?}", Secret::Given(secret.clone())), "… Given(…)");
    }
}
