//! `of = ["age", "home"]`: two breakdowns of an indicator crossed. A part counts those
//! who are in one category of each.

use super::{Category, DeclaredBreakdown};
use crate::domain::{IndicatorRef, Margin, PartsOf};

/// The most columns that a page has room for, beside that of the whole.
const COLUMNS: usize = 6;

/// What is wrong, and what would be right.
type Fault = (String, &'static str);

/// The parts of two breakdowns crossed, row after row, and what they count.
pub(super) fn cross(
    whole: &IndicatorRef,
    id: &str,
    of: &[String; 2],
    all: &[DeclaredBreakdown],
) -> Result<(PartsOf, Vec<Category>), Fault> {
    let named = |name: &String| {
        let is_it = |other: &&DeclaredBreakdown| other.breakdown.of.is_none() && other.breakdown.id == *name;
        all.iter().find(is_it).ok_or_else(|| {
            let found = format!("`of`: {name:?} is no breakdown of {whole} with categories of its own");
            (found, "name two that are declared beside it")
        })
    };
    let (rows, columns) = (named(&of[0])?, named(&of[1])?);
    let (one, other) = (&rows.breakdown, &columns.breakdown);
    if one.id == other.id {
        return Err(("`of`: a breakdown is crossed with itself".to_owned(), "name two breakdowns"));
    }
    if !(one.sums && other.sums) || one.parts_of != other.parts_of {
        let found = "`of`: both breakdowns must make the whole (`sums`), and count the same of it (`parts_of`)";
        return Err((found.to_owned(), "cross two that do, or leave this one out"));
    }
    if columns.categories.len() > COLUMNS {
        let found = format!("`of`: {:?} has more than {COLUMNS} categories, too many for columns", other.id);
        return Err((found, "name the one with fewer categories second"));
    }
    let cells = rows.categories.iter().flat_map(|row| columns.categories.iter().map(move |column| (row, column)));
    let categories: Option<Vec<Category>> = cells.map(|(row, column)| cell(whole, id, row, column)).collect();
    let categories = categories.ok_or_else(|| {
        (format!("{id:?} makes no reference of its parts"), "call it by fewer letters, in small letters and hyphens")
    })?;
    Ok((one.parts_of, categories))
}

/// Those of a row who are of a column too.
fn cell(whole: &IndicatorRef, id: &str, row: &Category, column: &Category) -> Option<Category> {
    let (_, _, row_id) = row.reference.as_part()?;
    let (_, _, column_id) = column.reference.as_part()?;
    let margin = |of: &Category| Margin { part: of.reference.clone(), category: of.title.clone() };
    Some(Category {
        reference: IndicatorRef::parse(&format!("{whole}:{id}:{row_id}--{column_id}")).ok()?,
        title: format!("{}, {}", row.title, column.title),
        // Of whom one thing is known, something is known.
        not_known: row.not_known && column.not_known,
        targets: Vec::new(),
        both: Some([margin(row), margin(column)]),
    })
}
