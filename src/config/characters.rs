//! The characters beyond ASCII in the config's texts, with where each stands:
//! for the finding that names one which no font of a pack can print.

use std::collections::BTreeSet;

use config::{Value, ValueKind};

use super::files::Files;
use crate::domain::signs::is_special;

/// A text of the config with characters beyond ASCII.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecialText {
    /// "indicators.toml".
    pub file: String,
    /// `indicators.K1.title`.
    pub key: String,
    /// Its characters beyond ASCII, and its control characters.
    pub characters: BTreeSet<char>,
}

/// Those of every file but the officers' own, which are looked at as they are
/// printed. A file that is no TOML is reported elsewhere.
pub(super) fn special_texts(files: &Files) -> Vec<SpecialText> {
    let mut texts = Vec::new();
    for file in files.below("").filter(|file| !file.starts_with("commentary/")) {
        // Few files have any, and a second reading of the others would be waste.
        let may_have = |text: &str| text.contains(is_special) || text.contains("\\u") || text.contains("\\U");
        let Some(text) = files.text(file).filter(|text| may_have(text)) else { continue };
        let source = config::File::from_str(text, config::FileFormat::Toml);
        let Ok(read) = config::Config::builder().add_source(source).build() else { continue };
        collect(file, "", &read.cache, &mut texts);
    }
    texts
}

fn collect(file: &str, key: &str, value: &Value, texts: &mut Vec<SpecialText>) {
    match &value.kind {
        ValueKind::String(text) => {
            let characters: BTreeSet<char> = text.chars().filter(|c| is_special(*c)).collect();
            if !characters.is_empty() {
                texts.push(SpecialText { file: file.to_owned(), key: key.to_owned(), characters });
            }
        }
        ValueKind::Table(table) => {
            for (name, value) in table {
                let key = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
                collect(file, &key, value, texts);
            }
        }
        ValueKind::Array(values) => values.iter().for_each(|value| collect(file, key, value, texts)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stands_at_its_key_in_order_of_the_files() {
        let files = [
            ("boards/b.toml", "title = \"Łódź\"\nagenda = [{ text = \"a\" }, { text = \"b ➜\" }]"),
            ("indicators.toml", "[indicators.K1]\ntitle = \"A \\u2192\"\nplain = \"plain\""),
            ("commentary/2026-10/b.toml", "[K1]\ntext = \"😀\""),
            ("broken.toml", "é = ["),
        ];
        let files = Files::from_texts(files.map(|(name, text)| (name.to_owned(), text.to_owned())));
        let found = special_texts(&files);
        let found: Vec<_> = found
            .iter()
            .map(|text| (text.file.as_str(), text.key.as_str(), text.characters.iter().collect::<String>()))
            .collect();
        assert_eq!(
            found,
            [
                ("boards/b.toml", "title", "óŁź".to_owned()),
                ("boards/b.toml", "agenda.text", "➜".to_owned()),
                ("indicators.toml", "indicators.K1.title", "→".to_owned()),
            ]
        );
    }
}
