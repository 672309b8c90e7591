//! Gets a secret from where it is kept, when it is needed and not before: a file
//! that is replaced, or a program that answers otherwise, holds from then on.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use crate::domain::secret::{Secret, SecretText};

/// How long a program may take to answer.
const TIMEOUT: Duration = Duration::from_secs(10);

/// A secret that cannot be had. Nothing of it is in what is said.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// Its file cannot be read.
    #[error("failed to read the secret in {path} (hint: is the file there, and may this account read it?)")]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// Its program cannot be run, or does not answer in time.
    #[error("failed to ask {program} for a secret (hint: run it by hand, as this account)")]
    Command {
        /// The program.
        program: String,
        /// Why.
        source: std::io::Error,
    },
    /// Its program says that it failed.
    #[error("{program}, which was asked for a secret, ended with {status} (hint: run it by hand, as this account)")]
    Failed {
        /// The program.
        program: String,
        /// How it ended.
        status: std::process::ExitStatus,
    },
    /// There is nothing in it.
    #[error("the secret {place} is empty")]
    Empty {
        /// Where it is kept.
        place: String,
    },
    /// It holds a sign that no header of a request can.
    #[error("the secret holds a sign that cannot be sent (hint: is it the right file, and one line of plain text?)")]
    Unfit,
}

/// The text of a secret, which is one line.
pub async fn reveal(secret: &Secret) -> Result<SecretText, SecretError> {
    if let Secret::Given(text) = secret {
        return Ok(text.clone());
    }
    let (text, place) = kept(secret).await?;
    some(SecretText::new(text.lines().next().unwrap_or_default()), place)
}

/// The text of a secret of several lines, such as a certificate with its key.
pub async fn whole(secret: &Secret) -> Result<SecretText, SecretError> {
    let (text, place) = kept(secret).await?;
    some(SecretText::new(&text), place)
}

fn some(text: SecretText, place: String) -> Result<SecretText, SecretError> {
    if text.secret().is_empty() { Err(SecretError::Empty { place }) } else { Ok(text) }
}

/// What is kept, and where.
async fn kept(secret: &Secret) -> Result<(String, String), SecretError> {
    Ok(match secret {
        Secret::Given(text) => (text.secret().to_owned(), "in the config".to_owned()),
        Secret::File(path) => {
            let text = tokio::fs::read_to_string(path).await;
            let text = text.map_err(|source| SecretError::File { path: path.clone(), source })?;
            (text, format!("in {}", path.display()))
        }
        Secret::Command(command) => {
            let (program, arguments) =
                command.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
            (ask(program, arguments).await?, format!("that {program} answers with"))
        }
    })
}

/// What a program writes.
async fn ask(program: &str, arguments: &[String]) -> Result<String, SecretError> {
    let error = |source| SecretError::Command { program: program.to_owned(), source };
    // What it says besides may quote the secret.
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).kill_on_drop(true);
    let output = tokio::time::timeout(TIMEOUT, command.output()).await;
    let output = output.map_err(|_| error(std::io::ErrorKind::TimedOut.into()))?.map_err(error)?;
    if !output.status.success() {
        return Err(SecretError::Failed { program: program.to_owned(), status: output.status });
    }
    String::from_utf8(output.stdout).map_err(|_| error(std::io::ErrorKind::InvalidData.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn revealed(secret: Secret) -> String {
        match reveal(&secret).await {
            Ok(text) => text.secret().to_owned(),
            Err(error) => format!("error: {error}"),
        }
    }

    #[tokio::test]
    #[expect(clippy::disallowed_methods, reason = "tests write files of their own")]
    async fn a_secret_comes_from_the_config_a_file_or_a_program() {
        let dir = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| {
            let path = dir.path().join(name);
            std::fs::write(&path, text).unwrap();
            Secret::File(path)
        };
        let command = |words: &[&str]| Secret::Command(words.iter().map(|word| (*word).to_owned()).collect());
        for (secret, expected) in [
            (Secret::Given(SecretText::new("a")), "a"),
            (file("one", "b\n"), "b"),
            (file("two", "c\r\nand a remark\n"), "c"),
            (command(&["printf", "d\\n"]), "d"),
            (
                command(&["sh", "-c", "echo hunter2 >&2; exit 3"]),
                "error: sh, which was asked for a secret, ended with exit status: 3",
            ),
            (command(&["/nowhere/program"]), "error: failed to ask /nowhere/program for a secret"),
            (command(&["true"]), "error: the secret that true answers with is empty"),
        ] {
            let found = revealed(secret).await;
            assert!(found.starts_with(expected), "{expected}: {found}");
            assert!(!found.contains("hunter2"));
        }
        let found = revealed(file("three", "\n")).await;
        assert!(found.starts_with("error: the secret in /") && found.ends_with(" is empty"), "{found}");
        let found = revealed(Secret::File(dir.path().join("none"))).await;
        assert!(found.starts_with("error: failed to read the secret in /"), "{found}");
    }
}
