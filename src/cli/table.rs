//! Plain tables for a terminal or a log.

use std::path::Path;

/// Columns as wide as their widest cell, two blanks between them.
pub(super) fn table<const N: usize>(head: &[String; N], rows: &[[String; N]]) -> String {
    let width =
        |column: usize| std::iter::once(head).chain(rows).map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    let line = |row: &[String; N]| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned() + "\n"
    };
    let rule: Vec<String> = widths.iter().map(|width| "-".repeat(*width)).collect();
    let mut text = line(head);
    text.push_str(&rule.join("  "));
    text.push('\n');
    text.extend(rows.iter().map(line));
    text
}

/// A path without `x/../` in it, relative to the working directory where it can be.
pub(super) fn path(path: &Path) -> String {
    let mut parts: Vec<std::path::Component<'_>> = Vec::new();
    for part in path.components() {
        match (part, parts.last()) {
            (std::path::Component::ParentDir, Some(std::path::Component::Normal(_))) => {
                parts.pop();
            }
            (std::path::Component::CurDir, _) => {}
            _ => parts.push(part),
        }
    }
    parts.iter().collect::<std::path::PathBuf>().display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_nothing_trails() {
        let head = ["A".to_owned(), "Long".to_owned()];
        let rows = [["wide–".to_owned(), "x".to_owned()]];
        assert_eq!(table(&head, &rows), "A      Long\n-----  ----\nwide–  x\n");
    }

    #[test]
    fn paths_lose_their_detours() {
        assert_eq!(
            path(&Path::new("config").join("../published").join("r1")),
            Path::new("published").join("r1").display().to_string()
        );
        assert_eq!(path(Path::new("../a")), Path::new("../a").display().to_string());
    }
}
