//! Two breakdowns crossed, as one table: a row for each category of the one, a column
//! for each of the other, and the whole of either in the margins.

use super::{ALL_HIDDEN, own_month, unit};
use crate::domain::{IndicatorRef, Margin};
use crate::pack::model::{ReadingCell, TwoWayRow, TwoWayTable};
use crate::pack::themes;
use crate::scorecard::{BreakdownLines, Line};

/// The tables of a line, in the order of the register.
pub(in crate::pack) fn tables(line: &Line<'_>) -> Vec<TwoWayTable> {
    let two_way = |parts: &BreakdownLines<'_>| table(line, parts, parts.breakdown.of.as_ref()?);
    line.breakdowns.iter().filter_map(two_way).collect()
}

fn table(line: &Line<'_>, parts: &BreakdownLines<'_>, of: &[String; 2]) -> Option<TwoWayTable> {
    let title = |id: &String| line.indicator.breakdowns.iter().find(|other| other.id == *id).map(|by| by.title.clone());
    let both = |part: &Line<'_>| part.indicator.segment.as_ref()?.both.clone();
    let margins: Vec<[Margin; 2]> = parts.lines.iter().filter_map(both).collect();
    let first = parts.lines.first()?;
    let mut table = TwoWayTable {
        title: parts.breakdown.title.clone(),
        unit: [unit(first.indicator), own_month(line, line.period)]
            .into_iter()
            .filter(|said| !said.is_empty())
            .collect::<Vec<_>>()
            .join(", "),
        corner: title(&of[0])?,
        columns: Vec::new(),
        rows: Vec::new(),
        notes: Vec::new(),
    };
    if parts.lines.iter().all(|part| themes::is_hidden(&part.current)) {
        table.notes.push(format!("{ALL_HIDDEN}: {} by {}.", table.corner, title(&of[1])?).into());
        return Some(table);
    }
    // Row after row: the columns are those of the first.
    let columns: Vec<&Margin> =
        margins.iter().take_while(|[row, _]| row.part == margins[0][0].part).map(|[_, column]| column).collect();
    let cell = |part: &Line<'_>| themes::printed(part, &part.current, part.period, line.period);
    let whole = cell(line);
    let all = |margin: &Margin| of_margin(line, &margin.part).map(cell);
    for (margins, lines) in margins.chunks(columns.len()).zip(parts.lines.chunks(columns.len())) {
        let row = &margins.first()?[0];
        let cells: Vec<ReadingCell> = lines.iter().map(cell).chain(all(row)).collect();
        table.rows.push(TwoWayRow { category: row.category.clone(), is_whole: false, cells });
    }
    table.columns = columns.iter().map(|column| column.category.clone()).collect();
    // A section may show the crossed table alone: then it has no margins.
    let foot: Option<Vec<ReadingCell>> = columns.iter().map(|column| all(column)).collect();
    let has_sums = table.rows.iter().all(|row| row.cells.len() > columns.len());
    if has_sums {
        table.columns.push("All".to_owned());
        let cells = foot.map(|foot| foot.into_iter().chain([whole]).collect());
        table.rows.extend(cells.map(|cells| TwoWayRow { category: "All".to_owned(), is_whole: true, cells }));
    }
    Some(table)
}

/// The line of a category that is a row or a column.
fn of_margin<'l, 'a>(line: &'l Line<'a>, part: &IndicatorRef) -> Option<&'l Line<'a>> {
    line.breakdowns.iter().flat_map(|parts| &parts.lines).find(|own| own.indicator.reference == *part)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::super::super::model::TwoWayTable;
    use super::tables;
    use crate::scorecard::test_support::with_card;

    fn as_text(table: &TwoWayTable) -> String {
        let heads: Vec<&str> = std::iter::once(&table.corner).chain(&table.columns).map(String::as_str).collect();
        let mut text = format!("{}: {}\n", table.title, table.unit);
        writeln!(text, "{}", heads.join(" | ")).unwrap();
        for row in &table.rows {
            let cells = row.cells.iter().map(|cell| cell.display.as_str());
            writeln!(text, "{}", std::iter::once(row.category.as_str()).chain(cells).collect::<Vec<_>>().join(" | "))
                .unwrap();
        }
        text + &table.notes.iter().map(|note| note.to_string()).collect::<Vec<_>>().join("\n")
    }

    /// A by age and home, of six parts and both margins, as the board's one section
    /// shows it.
    fn crossed(parts: [&str; 6], shown: &str) -> String {
        let by = |id: &str, title: &str, categories: &str| {
            format!("[indicators.A.breakdowns.{id}]\ntitle = \"{title}\"\ncategories = [{categories}]\n")
        };
        let a = "unit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n".to_owned()
            + &by("age", "Age", "{ id = \"0\", title = \"Under 10\" }, { id = \"10\", title = \"10 and over\" }")
            + &by(
                "home",
                "Home",
                "{ id = \"f\", title = \"Foster\" }, { id = \"r\", title = \"Residential\" }, { id = \"o\", title = \"Other\" }",
            )
            + "[indicators.A.breakdowns.both]\ntitle = \"Age and home\"\nof = [\"age\", \"home\"]\n";
        let names = ["0--f", "0--r", "0--o", "10--f", "10--r", "10--o"];
        let parts = names.iter().zip(parts).map(|(name, value)| format!("A:both:{name},2026-10,{value},,\n"));
        let rows = parts.collect::<String>()
            + "A,2026-10,60,,\nA:age:0,2026-10,25,,\nA:age:10,2026-10,35,,\n\
            A:home:f,2026-10,30,,\nA:home:r,2026-10,20,,\nA:home:o,2026-10,10,,";
        with_card(&a, shown, "\"A\"", &rows, |card| {
            tables(card.lines().next().unwrap()).iter().map(as_text).collect::<Vec<_>>().join("\n")
        })
    }

    #[test]
    fn a_table_has_a_row_and_a_column_for_each_category_and_both_margins() {
        insta::assert_snapshot!(crossed(["12", "8", "5", "18", "12", "5"], ""), @r"
        Age and home: Number of children, Oct 2026
        Age | Foster | Residential | Other | All
        Under 10 | 12 | 8 | 5 | 25
        10 and over | 18 | 12 | 5 | 35
        All | 30 | 20 | 10 | 60
        ");
        insta::assert_snapshot!(crossed(["12", "c", "c", "18", "c", "c"], ""), @r"
        Age and home: Number of children, Oct 2026
        Age | Foster | Residential | Other | All
        Under 10 | 12 | c | c | 25
        10 and over | 18 | c | c | 35
        All | 30 | 20 | 10 | 60
        ");
    }

    #[test]
    fn a_table_of_nothing_but_marks_is_a_sentence() {
        let text = crossed(["c"; 6], "");
        assert!(text.ends_with("Hidden so that nobody can be recognised: Age by Home."), "{text}");
    }
}
