//! Plain tables for a terminal or a log.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_and_nothing_trails() {
        let head = ["A".to_owned(), "Long".to_owned()];
        let rows = [["wide–".to_owned(), "x".to_owned()]];
        assert_eq!(table(&head, &rows), "A      Long\n-----  ----\nwide–  x\n");
    }
}
