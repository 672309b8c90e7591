//! A list of words that is written as one text and asked about word by word.

use std::collections::BTreeSet;
use std::sync::OnceLock;

/// Words with blanks between them; parted when one is first asked about.
pub(super) struct WordList {
    text: &'static str,
    words: OnceLock<BTreeSet<&'static str>>,
}

impl WordList {
    pub(super) const fn new(text: &'static str) -> Self {
        Self { text, words: OnceLock::new() }
    }

    pub(super) fn has(&self, word: &str) -> bool {
        self.words.get_or_init(|| self.text.split_ascii_whitespace().collect()).contains(word)
    }
}
