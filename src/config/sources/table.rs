//! How a source's table is laid out.

use std::collections::BTreeMap;

use super::words::{Headings, RagWords, SheetWord};
use super::{month, names, segments};
use crate::config::marks;
use crate::config::reader::TableReader;
use crate::domain::layout::{Hidden, Naming, Orientation, OwnRating, Part, PercentStyle, SheetRule, Table};
use crate::domain::observation::Missing;
use crate::domain::{Frequency, Indicator, IndicatorRef, Register, SourceId};

/// The table of a source; none where its layout is not known.
pub(super) fn read(id: &SourceId, entry: &mut TableReader<'_>, register: &Register) -> Option<Table> {
    let orientation: Option<Orientation> = entry.required("layout", "long, wide, columns, pairs or blocks");
    let sheet = entry.optional::<SheetWord>("sheet").map_or(SheetRule::First, |word| word.0);
    let header_rows = header_rows(entry, orientation);
    let drop_rows = entry.regexes("drop_rows", "a regular expression such as \"^Total\"");
    let stop_at_blank_rows = entry.or("stop_at_blank_rows", 0);
    let hidden = entry.or("hidden", Hidden::Skip);
    let percent = entry.or("percent", PercentStyle::Auto);
    let parts = parts(entry, orientation);
    let filter = entry.table("filter").text_entries();
    let missing = missing(entry.table("missing"));
    let marks = marks::of_source(entry.table("marks"));
    let month = month::read(entry.table("month"), orientation, has_years(id, register));
    let columns = columns(entry.table("columns"), orientation);
    let names = names::read(id, entry.table("indicators"), register);
    let segments = segments::read(entry, orientation, register);
    report_misplaced(entry, orientation, &names);
    let [indicator_column, value_column, numerator_column, denominator_column, not_due_column, mark_column] =
        columns.headings;
    if !mark_column.is_empty() && marks.is_empty() {
        entry.fault(
            "marks",
            "is missing beside `columns.mark`",
            "write marks = { P = \"provisional\", Final = \"none\" }",
        );
    }
    Some(Table {
        sheet,
        orientation: orientation?,
        header_rows,
        drop_rows,
        stop_at_blank_rows,
        hidden,
        percent,
        month_column: month.column,
        year_column: month.year_column,
        month_said: month.outside,
        month_formats: month.formats,
        month_notes: month.notes,
        financial_year: month.financial_year,
        filter,
        missing,
        marks,
        mark_column,
        indicator_column,
        value_column,
        numerator_column,
        denominator_column,
        not_due_column,
        segments,
        own_rating: columns.own_rating,
        parts,
        names,
    })
}

/// What `indicators` says that goes with another layout.
fn report_misplaced(
    entry: &mut TableReader<'_>,
    orientation: Option<Orientation>,
    names: &BTreeMap<IndicatorRef, Naming>,
) {
    if orientation != Some(Orientation::Blocks)
        && let Some((reference, _)) = names.iter().find(|(_, naming)| naming.block.is_some())
    {
        entry.fault(
            &format!("indicators.{reference}.block"),
            "goes with layout = \"blocks\" only",
            "take it out, or declare the layout",
        );
    }
    if orientation.is_some_and(|orientation| !matches!(orientation, Orientation::Wide | Orientation::Pairs))
        && let Some((reference, _)) = names.iter().find(|(_, naming)| naming.under.is_some())
    {
        entry.fault(
            &format!("indicators.{reference}.under"),
            "goes with layout = \"wide\" or \"pairs\"",
            "take it out, or declare the layout",
        );
    }
    if orientation == Some(Orientation::Wide) {
        let is_part = |naming: &Naming| naming.numerator.is_some() != naming.denominator.is_some();
        if let Some((reference, _)) = names.iter().find(|(_, naming)| naming.under.is_none() && is_part(naming)) {
            entry.fault(
                &format!("indicators.{reference}"),
                "gives no figure: it names one part alone",
                "name the headings of numerator and denominator, or that of the figure (`under`)",
            );
        }
    }
}

/// Whether a source carries an annual indicator, or nothing is known of them.
fn has_years(id: &SourceId, register: &Register) -> bool {
    let is_annual = |indicator: &Indicator| matches!(indicator.frequency, Frequency::Annual(_));
    register.is_empty() || register.values().any(|indicator| indicator.source == *id && is_annual(indicator))
}

fn header_rows(entry: &mut TableReader<'_>, orientation: Option<Orientation>) -> Vec<u32> {
    let is_declared = entry.has("header_rows");
    let rows: Vec<u32> = entry.or("header_rows", vec![1]);
    if rows.contains(&0) {
        entry.fault("header_rows", "expected rows as the sheet numbers them, from 1", "write header_rows = [4, 5]");
    }
    match orientation {
        Some(Orientation::Blocks) if is_declared => {
            entry.fault(
                "header_rows",
                "does not go with layout = \"blocks\"",
                "each block's header stands under its title",
            );
        }
        Some(Orientation::Wide | Orientation::Pairs) if rows.is_empty() => {
            entry.fault("header_rows", "is empty, and the months are the headers", "write header_rows = [4, 5]");
        }
        _ => {}
    }
    rows
}

fn parts(entry: &mut TableReader<'_>, orientation: Option<Orientation>) -> Vec<Part> {
    let parts: Vec<Part> = entry.or("rows", Vec::new());
    let times = |part: Part| parts.iter().filter(|other| **other == part).count();
    let hint = "write rows = [\"numerator\", \"denominator\", \"value\"], in the order of the sheet";
    match orientation {
        Some(Orientation::Pairs) if parts.is_empty() => {
            entry.fault("rows", "is missing", hint);
        }
        Some(Orientation::Pairs) => {
            if [Part::Numerator, Part::Denominator, Part::Value, Part::NotDue].into_iter().any(|part| times(part) > 1) {
                entry.fault("rows", "names a part twice", hint);
            }
            let is_ratio = times(Part::Numerator) > 0 && times(Part::Denominator) > 0;
            if times(Part::NotDue) > 0 && !is_ratio {
                entry.fault("rows", "names those not due without both a numerator and a denominator", hint);
            }
            if times(Part::Value) == 0 && !is_ratio {
                entry.fault("rows", "gives no figure: it names neither a value nor both its parts", hint);
            }
        }
        _ if !parts.is_empty() => entry.fault("rows", "goes with layout = \"pairs\" only", ""),
        _ => {}
    }
    parts
}

/// What `columns` declares.
struct DeclaredColumns {
    headings: [Vec<crate::domain::layout::Heading>; 6],
    own_rating: Option<OwnRating>,
}

fn columns(mut columns: TableReader<'_>, orientation: Option<Orientation>) -> DeclaredColumns {
    let headings = ["indicator", "value", "numerator", "denominator", "not_due", "mark"]
        .map(|key| columns.or(key, Headings::default()).0);
    let [indicator, value, numerator, _, not_due, mark] = &headings;
    if orientation.is_some_and(|orientation| orientation != Orientation::Columns) && indicator.is_empty() {
        columns.fault("indicator", "is missing", "the header of the column that names the indicator");
    }
    if orientation == Some(Orientation::Long) && value.is_empty() && numerator.is_empty() {
        columns.fault("value", "is missing", "the header of the column that holds the figure");
    }
    if !not_due.is_empty() && orientation.is_some_and(|orientation| orientation != Orientation::Long) {
        columns.fault("not_due", "goes with layout = \"long\" only", "name it under `rows` or `indicators`");
    }
    if !mark.is_empty() && orientation.is_some_and(|orientation| orientation != Orientation::Long) {
        columns.fault("mark", "goes with layout = \"long\" only", "let each mark stand behind its number");
    }
    let (is_rated, rag) = (columns.has("rag"), columns.table("rag"));
    let own_rating = if is_rated { own_rating(rag, orientation) } else { None };
    columns.finish();
    DeclaredColumns { headings, own_rating }
}

fn own_rating(mut rag: TableReader<'_>, orientation: Option<Orientation>) -> Option<OwnRating> {
    let from: Option<String> = rag.optional("from");
    let column = rag.optional::<Headings>("column").map(|headings| headings.0);
    let colours = rag.required::<RagWords>("map", "colours and what they mean, such as { C00000 = \"red\" }")?.0;
    let own = match (from.as_deref(), column) {
        (Some("fill"), None) => Some(OwnRating::Fill(
            colours
                .into_iter()
                .filter_map(|(key, colour)| match fill(&key) {
                    Some(fill) => Some((fill, colour)),
                    None => {
                        rag.fault(&format!("map.{key}"), "is no colour", "six hexadecimal digits, such as C00000");
                        None
                    }
                })
                .collect(),
        )),
        (None, Some(column)) => {
            if orientation != Some(Orientation::Long) {
                rag.fault("column", "goes with layout = \"long\" only", "write from = \"fill\"");
            }
            Some(OwnRating::Column(
                column,
                colours.into_iter().map(|(key, colour)| (key.trim().to_lowercase(), colour)).collect(),
            ))
        }
        _ => {
            rag.fault(
                "",
                "expected from = \"fill\" or column = \"…\"",
                "the colour of the value's cell, or a column with its text",
            );
            None
        }
    };
    rag.finish();
    own
}

/// "C00000" or "#c00000".
fn fill(text: &str) -> Option<u32> {
    let digits = text.strip_prefix('#').unwrap_or(text);
    (digits.len() == 6).then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

fn missing(mut table: TableReader<'_>) -> BTreeMap<String, Missing> {
    // A blank cell means "not supplied" unless its source says otherwise.
    let mut markers = BTreeMap::from([(String::new(), Missing::NotSupplied)]);
    for (marker, value) in table.entries() {
        if let Some(reason) = table.value(&format!("{marker:?}"), value) {
            markers.insert(marker.trim().to_lowercase(), reason);
        }
    }
    markers
}
