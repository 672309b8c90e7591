//! What the program says on standard output and on standard error.
//!
//! `println!` panics where nobody reads any more, as under `| head -1`. Whoever
//! closed a pipe has read enough: that is no fault. What a command has still to
//! write is written, and its exit code tells how it went, as ever.

use std::fmt::Display;
use std::io::{self, Write};

use crate::domain::address::without_secrets;

/// Says an answer, or a part of one, and gives whether anybody reads on. What
/// else goes wrong, such as a disk that is full, is an error: an answer that is
/// cut short must not look whole.
pub(super) fn text(text: impl Display) -> io::Result<bool> {
    written(&mut io::stdout().lock(), &text.to_string())
}

/// The same with the end of a line.
pub(super) fn line(text: impl Display) -> io::Result<bool> {
    self::text(format_args!("{text}\n"))
}

/// Says a line on standard error, where addresses are without what signs in with
/// them. There is nowhere to tell that this failed.
pub(super) fn aside(text: impl Display) {
    let text = format!("{text}\n");
    let _ = written(&mut io::stderr().lock(), &without_secrets(&text));
}

/// One write, so that lines of several programs do not mix.
fn written(to: &mut impl Write, text: &str) -> io::Result<bool> {
    match to.write_all(text.as_bytes()).and_then(|()| to.flush()) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Broken(io::ErrorKind);

    impl Write for Broken {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_no_fault_and_a_full_disk_is() {
        assert!(!written(&mut Broken(io::ErrorKind::BrokenPipe), "answer").unwrap());
        assert!(written(&mut Broken(io::ErrorKind::StorageFull), "answer").is_err());
        let mut heard = Vec::new();
        assert!(written(&mut heard, "answer").unwrap());
        assert_eq!(heard, b"answer");
    }
}
