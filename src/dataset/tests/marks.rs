//! What a source says of a figure beside its number, as far as it is declared.

use super::*;
use crate::domain::mark::FigureMark;

fn declared(orientation: Orientation) -> Table {
    let marks = [
        ("p", Some(FigureMark::Provisional)),
        ("[r]", Some(FigureMark::Revised)),
        ("*", Some(FigureMark::Late)),
        ("e", Some(FigureMark::Estimated)),
        ("draft figure", Some(FigureMark::Partial)),
        ("Final", None),
    ];
    Table { marks: marks.map(|(typed, mark)| (typed.to_owned(), mark)).into(), ..table(orientation) }
}

/// "84.2 provisional", the reason that there is none, and what is told.
fn read_cell(unit: Unit, typed: &str, table: Table) -> String {
    let csv = format!("Ref,Month,Value\nKPI1,October 2026,\"{typed}\"\n");
    told(&read_csv(&csv, table, &[monthly("KPI1", unit)]))
}

fn told(read: &Checked<Dataset>) -> String {
    let marks = read.value.reading(&r("KPI1"), p("2026-10")).map(|seen| seen.marks.words()).unwrap_or_default();
    let parts = [said(&read.value, "KPI1", "2026-10"), marks, codes(&read.findings).join(" ")];
    parts.iter().filter(|part| !part.is_empty()).cloned().collect::<Vec<_>>().join(" | ")
}

#[test]
fn a_declared_mark_behind_a_number_is_read_and_another_is_not() {
    for (typed, expected) in [
        ("84.2", "84.2"),
        ("84.2 p", "84.2 | provisional"),
        ("84.2p", "84.2 | provisional"),
        ("84.2 P ", "84.2 | provisional"),
        ("84.2% p", "84.2 | provisional"),
        ("84.2 [r]", "84.2 | revised"),
        ("84.2*", "84.2 | late"),
        ("84.2 [R] p", "84.2 | provisional; revised"),
        ("84.2 p p", "84.2 | provisional"),
        ("84.2 final", "84.2"),
        ("84.2 Draft Figure", "84.2 | partial"),
        // A number with an exponent is a number.
        ("8e", "8 | estimated"),
        ("8e1", "80"),
        // Undeclared, before the number, within it, or alone.
        ("84.2 x", "Refused | F301 C2"),
        ("84.2 [p]", "Refused | F301 C2"),
        ("84.2 p x", "Refused | F301 C2"),
        ("p 84.2", "Refused | F301 C2"),
        ("84 p 2", "Refused | F301 C2"),
        ("p", "Refused | F301 C2"),
        ("84.2 p%", "Refused | F301 C2"),
        // What is said of a figure says nothing of a marker.
        ("c", "Suppressed"),
        ("c p", "Refused | F301 C2"),
    ] {
        assert_eq!(read_cell(Unit::Percent, typed, declared(Orientation::Long)), expected, "{typed}");
    }
    assert_eq!(read_cell(Unit::Count, "1,204 [r]", declared(Orientation::Long)), "1204 | revised");
    assert_eq!(read_cell(Unit::Pounds, "£1,204 p", declared(Orientation::Long)), "1204 | provisional");
    assert_eq!(read_cell(Unit::Percent, "84.2 p", table(Orientation::Long)), "Refused | F301 C2");
    // The rules of a figure hold beside a mark.
    assert_eq!(read_cell(Unit::Percent, "101 p", declared(Orientation::Long)), "Refused | F304 C2");
}

#[test]
fn a_figure_that_is_worked_out_has_the_marks_of_its_parts() {
    let parts =
        Table { numerator_column: heads(&["Num"]), denominator_column: heads(&["Den"]), ..declared(Orientation::Long) };
    let read = |row: &str| {
        let csv = format!("Ref,Month,Value,Num,Den\nKPI1,October 2026,{row}\n");
        told(&read_csv(&csv, parts.clone(), &[monthly("KPI1", Unit::Percent)]))
    };
    assert_eq!(read("80,8 p,10*"), "80 | provisional; late");
    assert_eq!(read(",8,10"), "80");
    assert_eq!(read("80 [r],8,10"), "80 | revised");
    assert_eq!(read("c,8 p,10"), "Suppressed");
    assert_eq!(read(",0 p,0"), "NoneOfNone");
}

#[test]
fn a_column_of_marks_speaks_of_the_figure_beside_it() {
    let with_column = || Table { mark_column: heads(&["Status"]), ..declared(Orientation::Long) };
    let read = |row: &str| {
        let csv = format!("Ref,Month,Value,Status\nKPI1,October 2026,{row}\n");
        told(&read_csv(&csv, with_column(), &[monthly("KPI1", Unit::Percent)]))
    };
    assert_eq!(read("84.2,"), "84.2");
    assert_eq!(read("84.2,P"), "84.2 | provisional");
    assert_eq!(read("84.2 *, draft  figure"), "84.2 | late; partial");
    assert_eq!(read("84.2,FINAL"), "84.2");
    assert_eq!(read("84.2,Unsigned"), "Refused | F322 D2");
    assert_eq!(read("c,p"), "Suppressed");
    // Beside no figure it does not matter what is said.
    assert_eq!(read(",Awaited"), "NotSupplied | F403 C2");
    let csv = "Ref,Month,Value\nKPI1,October 2026,84.2\n";
    let missing = read_csv(csv, with_column(), &[monthly("KPI1", Unit::Percent)]);
    assert_eq!(codes(&missing.findings)[0].split(' ').next(), Some("F202"));
}

#[test]
fn months_across_may_be_marked_too() {
    let csv = "Ref,Aug-26,Sep-26,Oct-26\nKPI1,80.1,82 [r],84.2 p\nKPI2,5,6,7\n";
    let read =
        read_csv(csv, declared(Orientation::Wide), &[monthly("KPI1", Unit::Percent), monthly("KPI2", Unit::Count)]);
    assert_eq!(told(&read), "84.2 | provisional");
    let earlier = read.value.reading(&r("KPI1"), p("2026-09")).unwrap();
    assert_eq!(earlier.marks.words(), "revised");
}

#[test]
fn a_hidden_figure_keeps_no_mark() {
    let csv = "Ref,Month,Value\nKPI1,September 2026,4 p\nKPI1,October 2026,5 p\n";
    let read = read_csv(csv, declared(Orientation::Long), &[monthly("KPI1", Unit::Count)]);
    let public = read.value.without(|_, period| period == p("2026-10"), |_, _| false);
    let marks = |dataset: &Dataset, month: &str| dataset.reading(&r("KPI1"), p(month)).unwrap().marks.words();
    assert_eq!(marks(&read.value, "2026-10"), "provisional");
    assert_eq!([marks(&public, "2026-09"), marks(&public, "2026-10")], ["provisional", ""]);
}
