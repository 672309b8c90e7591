//! What is to be known of figures beside their numbers: `[[….marks]]` of an indicator
//! for some months, `marks` of a source for what stands in its cells.

use std::collections::BTreeMap;

use super::reader::TableReader;
use crate::domain::mark::{FigureMark, MonthMark};
use crate::domain::{Frequency, Period};

/// The marks of an indicator's figures, the earliest month first.
pub(super) fn of_indicator(entry: &mut TableReader<'_>, frequency: Option<Frequency>) -> Vec<MonthMark> {
    let mut marks: Vec<MonthMark> = Vec::new();
    for mut table in entry.tables("marks") {
        let period: Option<Period> = table.wanted("period", "the month of the figure, such as 2026-10");
        let mark: Option<FigureMark> = table.required("mark", "provisional, estimated, revised, late or partial");
        let note = table.or("note", String::new()).into();
        if let (Some(period), Some(frequency)) = (period, frequency)
            && !frequency.includes(period)
        {
            let message = format!("no figure stands at {period}: the indicator is {}", frequency.word());
            table.fault("period", message, "name a month that has one");
        }
        if let (Some(period), Some(mark)) = (period, mark) {
            if marks.iter().any(|other| (other.period, other.mark) == (period, mark)) {
                table.fault("", format!("marks the figure of {period} as {} again", mark.word()), "keep one of them");
            }
            marks.push(MonthMark { period, mark, note });
        }
        table.finish();
    }
    marks.sort_by_key(|mark| (mark.period, mark.mark));
    marks
}

/// What a source's mark may say.
#[derive(serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum MarkWord {
    Provisional,
    Estimated,
    Revised,
    Late,
    Partial,
    /// Nothing that a reader must know.
    None,
}

/// What may stand behind a number, or in the column of marks.
pub(super) fn of_source(mut table: TableReader<'_>) -> BTreeMap<String, Option<FigureMark>> {
    let mut marks = BTreeMap::new();
    for (typed, value) in table.entries() {
        // What may be a part of a number would take a part of it away.
        let is_of_number = |c: char| c.is_numeric() || matches!(c, '.' | ',' | '%' | '+' | '-' | '\u{2212}' | '£');
        if typed.trim().is_empty() || typed.contains(is_of_number) {
            let hint = "a letter, a word or a sign, such as p, [r] or *";
            table.fault(&format!("{typed:?}"), "may be a part of a number, or is blank", hint);
            continue;
        }
        let word: Option<MarkWord> = table.value(&format!("{typed:?}"), value);
        let mark = word.map(|word| match word {
            MarkWord::Provisional => Some(FigureMark::Provisional),
            MarkWord::Estimated => Some(FigureMark::Estimated),
            MarkWord::Revised => Some(FigureMark::Revised),
            MarkWord::Late => Some(FigureMark::Late),
            MarkWord::Partial => Some(FigureMark::Partial),
            MarkWord::None => None,
        });
        marks.extend(mark.map(|mark| (typed.trim().to_lowercase(), mark)));
    }
    marks
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::{Files, Loaded};

    fn faults(name: &str, text: &str) -> Vec<String> {
        let files = Files::from_texts([(name.to_owned(), text.to_owned())]);
        let faults = Loaded::resolve(Path::new("."), &files, &[], &[]).unwrap_err().0;
        let of_marks = faults.into_iter().filter(|fault| fault.file == name && fault.key.contains("mark"));
        of_marks.map(|fault| format!("{}: {}", fault.key, fault.message)).collect()
    }

    #[test]
    fn a_mark_is_of_a_month_that_has_a_figure_and_is_said_once() {
        let register = |frequency: &str, marks: &str| {
            let text = format!(
                "[indicators.A]\ntitle = \"A\"\nplain = \"A\"\nnoun = \"n\"\nowner = \"O\"\nsource = \"s\"\nbasis = \"snapshot\"\n\
                 unit = \"count\"\nbetter = \"none\"\nfrequency = \"{frequency}\"\nmarks = [{marks}]\n"
            );
            faults("indicators.toml", &text)
        };
        let late = "{ period = \"2026-09\", mark = \"late\" }";
        let revised = "{ period = \"2026-09\", mark = \"revised\", note = \"N\" }";
        assert_eq!(register("monthly", &format!("{late}, {revised}")), [""; 0]);
        assert_eq!(register("quarterly", late), [""; 0]);
        let first = "indicators.A.marks[0]";
        assert_eq!(
            register("termly", late),
            [format!("{first}.period: no figure stands at 2026-09: the indicator is termly")]
        );
        assert_eq!(
            register("monthly", &format!("{late}, {late}")),
            ["indicators.A.marks[1]: marks the figure of 2026-09 as late again"]
        );
        assert_eq!(register("monthly", "{ mark = \"late\" }"), [format!("{first}.period: is missing")]);
        assert_eq!(register("monthly", "{ period = \"2026-09\" }"), [format!("{first}.mark: is missing")]);
        assert_eq!(
            register("monthly", "{ period = \"2026-09\", mark = \"low\" }"),
            [format!("{first}.mark: found \"low\"; expected provisional, estimated, revised, late or partial")]
        );
    }

    #[test]
    fn what_a_source_marks_figures_with_is_no_part_of_a_number() {
        let source = |layout: &str, columns: &str, marks: &str| {
            let text = format!(
                "[sources.s]\ntitle = \"S\"\nfiles = \"s.csv\"\nlayout = \"{layout}\"\n\
                 month = {{ column = \"m\", formats = [\"%Y-%m\"] }}\ncolumns = {{ indicator = \"i\", value = \"v\"{columns} }}\n{marks}\n"
            );
            faults("sources.toml", &text)
        };
        let declared = "marks = { p = \"provisional\", \"[r]\" = \"revised\", \"*\" = \"late\", Final = \"none\" }";
        assert_eq!(source("long", "", declared), [""; 0]);
        assert_eq!(source("long", ", mark = \"Status\"", declared), [""; 0]);
        assert_eq!(source("long", ", mark = \"Status\"", ""), ["sources.s.marks: is missing beside `columns.mark`"]);
        assert_eq!(
            source("columns", ", mark = \"Status\"", declared),
            ["sources.s.columns.mark: goes with layout = \"long\" only"]
        );
        for typed in ["", " ", "1", "-", "%", ",", "p2", "\u{bd}"] {
            assert_eq!(
                source("long", "", &format!("marks = {{ \"{typed}\" = \"late\" }}")),
                [format!("sources.s.marks.{typed:?}: may be a part of a number, or is blank")]
            );
        }
        assert_eq!(
            source("long", "", "marks = { p = \"prov\" }"),
            ["sources.s.marks.\"p\": found \"prov\"; expected provisional, estimated, revised, late, partial or none"]
        );
    }
}
