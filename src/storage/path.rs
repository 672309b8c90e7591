//! Names that may be looked for below a storage, and those that may not.
//!
//! A name is relative, with `/` between folders, and means the same on every
//! system. `*` and `?` are globs; everything else is itself.

use globset::{GlobBuilder, GlobMatcher};

use crate::domain::signs::is_unfit_name;

/// The parts of a name, or why it is refused.
pub(super) fn parts(name: &str) -> Result<Vec<&str>, &'static str> {
    if name.is_empty() {
        return Err("the name is empty");
    }
    if name.starts_with('/') {
        return Err("a path below the storage does not begin with /");
    }
    let parts: Vec<&str> = name.split('/').collect();
    for part in &parts {
        match *part {
            "" => return Err("two / follow each other, or one stands at the end"),
            "." | ".." => return Err("a path may not leave its storage through . or .."),
            _ if part.contains('\\') => return Err("folders are parted by /, not by \\"),
            _ if part.contains(':') => return Err("a path holds no drive letter and no :"),
            _ if is_unfit_name(part) => return Err("it holds a control character, or one that turns the line round"),
            _ => {}
        }
    }
    Ok(parts)
}

/// A name below a folder; the storage's own is "".
pub fn below(folder: &str, name: &str) -> String {
    if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") }
}

/// The folder of a name, and its last part.
pub(super) fn split(name: &str) -> (&str, &str) {
    name.rsplit_once('/').unwrap_or(("", name))
}

/// Every folder above a name, the outermost first.
pub(super) fn folders(name: &str) -> impl Iterator<Item = &str> {
    name.match_indices('/').map(|(at, _)| &name[..at]).filter(|folder| !folder.is_empty())
}

/// The parts of a name on a storage whose files cannot be listed, which holds
/// no pattern; or why it is refused.
pub(super) fn unlisted(name: &str) -> Result<Vec<&str>, &'static str> {
    if is_glob(name) {
        return Err(
            "this storage has no list of its files, so * and ? find nothing; write the whole name, with {period}, {year} or {month} in it",
        );
    }
    parts(name)
}

/// Whether a name or a part of one is a pattern.
pub(super) fn is_glob(text: &str) -> bool {
    text.contains(['*', '?'])
}

/// The matcher of one part. Case does not matter, as it does not to officers;
/// two files that differ in nothing else are then ambiguous, and named.
pub(super) fn matcher(part: &str) -> Option<GlobMatcher> {
    let pattern: String = part
        .chars()
        .map(|c| match c {
            '*' | '?' => c.to_string(),
            _ => globset::escape(c.encode_utf8(&mut [0; 4])),
        })
        .collect();
    let glob = GlobBuilder::new(&pattern).case_insensitive(true).literal_separator(true).build().ok()?;
    Some(glob.compile_matcher())
}

/// Files that programs leave beside workbooks and that are never one: Office
/// (`~$name.xlsx`) and LibreOffice (`.~lock.name#`) locks, hidden files.
pub(super) fn is_lock_or_hidden(file_name: &str) -> bool {
    file_name.starts_with("~$") || file_name.starts_with('.')
}

/// What Office and LibreOffice call the mark that they leave beside an open workbook.
pub(super) fn locks(file_name: &str) -> [String; 2] {
    [format!("~${file_name}"), format!(".~lock.{file_name}#")]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_stays_below_its_storage() {
        for good in ["a.xlsx", "2026-10/KPI [final].xlsx", "..a/b..xlsx", "Größe?.xlsx", "*/*.xlsx"] {
            assert!(parts(good).is_ok(), "{good}");
        }
        for bad in
            ["", "/etc/passwd", "../a", "a/../b", "a//b", "a/", "./a", "C:/a", "a:stream", "a\\b", "a\nb", "a\u{202e}b"]
        {
            assert!(parts(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn a_name_lies_in_every_folder_above_it() {
        for (name, folder, file, all) in
            [("a", "", "a", &[][..]), ("a/b", "a", "b", &["a"]), ("a/b/c", "a/b", "c", &["a", "a/b"])]
        {
            assert_eq!((split(name), folders(name).collect::<Vec<_>>().as_slice()), ((folder, file), all));
            assert_eq!(below(folder, file), name);
        }
    }

    #[test]
    fn only_stars_and_question_marks_are_globs() {
        for (pattern, name, matches) in [
            ("KPI_*.xlsx", "KPI_2026-10.xlsx", true),
            ("KPI_*.xlsx", "kpi_2026-10.XLSX", true),
            ("KPI_*.xlsx", "KPI_.xlsx", true),
            ("KPI_?.xlsx", "KPI_.xlsx", false),
            ("KPI_?.xlsx", "KPI_1.xlsx", true),
            ("KPI_?.xlsx", "KPI_12.xlsx", false),
            ("[a]{b}!*.xlsx", "[a]{b}!c.xlsx", true),
            ("[a]*.xlsx", "a1.xlsx", false),
            ("**", "a.xlsx", true),
        ] {
            assert_eq!(matcher(pattern).unwrap().is_match(name), matches, "{pattern} {name}");
        }
    }
}
