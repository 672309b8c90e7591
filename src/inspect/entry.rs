//! One entry of `sources.toml`, key by key.

use std::fmt::Write as _;

/// A source's entry, built line by line.
pub(super) struct SourceEntry {
    id: String,
    text: String,
}

impl SourceEntry {
    /// `[sources.<id>]` with its title and its file.
    pub(super) fn new(id: &str, title: &str, files: &str) -> Self {
        let mut entry = Self { id: id.to_owned(), text: format!("[sources.{id}]\n") };
        entry.set("title", &quoted(title));
        entry.set("files", &quoted(files));
        entry
    }

    /// Its source's name.
    pub(super) fn id(&self) -> String {
        self.id.clone()
    }

    /// `key = value`.
    pub(super) fn set(&mut self, key: &str, value: &str) {
        self.line(&format!("{key} = {value}"));
    }

    /// A line as it is.
    pub(super) fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// The table that maps each reference of the register to the source's name
    /// for it.
    pub(super) fn indicators(&mut self, named: &[(String, String)]) {
        let _ = writeln!(self.text, "[sources.{}.indicators]", self.id);
        for (reference, value) in named {
            self.set(reference, value);
        }
    }

    pub(super) fn finish(self) -> String {
        self.text
    }
}

/// A text as TOML writes it.
pub(super) fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04X}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}

/// A list of texts as TOML writes it.
pub(super) fn list<T: AsRef<str>>(texts: &[T]) -> String {
    let quoted: Vec<String> = texts.iter().map(|text| quoted(text.as_ref())).collect();
    format!("[{}]", quoted.join(", "))
}

/// A source's name from a file's: small letters, digits and hyphens, without
/// the months and years in it.
pub(super) fn source_id(file: &str) -> String {
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let id: String = stem
        .to_lowercase()
        .chars()
        .map(|c| if c.is_ascii_lowercase() || c.is_ascii_digit() { c } else { '-' })
        .collect();
    let words: Vec<&str> = id
        .split('-')
        .filter(|word| !word.is_empty() && !word.bytes().all(|byte| byte.is_ascii_digit()))
        .skip_while(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .collect();
    let mut id = words.join("-");
    id.truncate(48);
    if id.is_empty() { "workbook".to_owned() } else { id }
}

/// A file's name with its month replaced by a placeholder: "KPI_2026-10.xlsx" as
/// "KPI_{period}.xlsx".
pub(super) fn files(file: &str) -> String {
    let is_month = |part: &str| part.parse::<crate::domain::Period>().is_ok();
    let found = (0..file.len()).find(|at| file.get(*at..at + 7).is_some_and(is_month));
    match found {
        // A whole date names a day, which no pattern can.
        Some(at) if !file.get(at + 7..).is_some_and(|rest| rest.starts_with("-")) => {
            format!("{}{{period}}{}", file.get(..at).unwrap_or_default(), file.get(at + 7..).unwrap_or_default())
        }
        _ => file.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_become_names_of_sources() {
        for (file, id, declared) in [
            ("KPI_2026-10.xlsx", "kpi", "KPI_{period}.xlsx"),
            ("A_tidy_long.xlsx", "a-tidy-long", "A_tidy_long.xlsx"),
            ("2026 CSC Return (final).xlsx", "csc-return-final", "2026 CSC Return (final).xlsx"),
            ("KPI 2026-10-31.xlsx", "kpi", "KPI 2026-10-31.xlsx"),
            ("2026.csv", "workbook", "2026.csv"),
        ] {
            assert_eq!((source_id(file).as_str(), files(file).as_str()), (id, declared), "{file}");
        }
    }

    #[test]
    fn texts_are_quoted_so_that_toml_reads_them_back() {
        assert_eq!(quoted("a \"b\" \\ c\n"), r#""a \"b\" \\ c\u000A""#);
        assert_eq!(list(&["x", "y"]), "[\"x\", \"y\"]");
    }
}
