//! Layouts of published files: several measures across, names without a
//! heading, tables under each other, a period in the file's name.

use rust_xlsxwriter::{Format, Workbook};

use super::*;

fn under(name: &str, heading: &str) -> Naming {
    Naming { names: heads(&[name]), under: Some(Heading::Name(heading.to_owned())), ..Naming::default() }
}

fn quarterly() -> [Indicator; 2] {
    ["REG", "APP"].map(|name| indicator(name, Unit::Count, Frequency::Quarterly))
}

fn declared() -> Table {
    Table {
        header_rows: vec![1, 2],
        month_formats: words(&["fy-quarter"]),
        indicator_column: heads(&[""]),
        names: [(r("REG"), under("Rutland", "Registrations")), (r("APP"), under("Rutland", "Approvals"))].into(),
        ..table(Orientation::Wide)
    }
}

/// Two measures with two quarters each, beside names without a heading.
fn book(merged: bool) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for (at, measure) in [(2_u16, "Registrations"), (4, "Approvals")] {
        if merged {
            sheet.merge_range(0, at, 0, at + 1, measure, &Format::new()).unwrap();
        } else {
            sheet.write(0, at, measure).unwrap();
        }
        sheet.write(1, at, "Q3 2024/25").unwrap().write(1, at + 1, "Q4 2024/25").unwrap();
    }
    for (row, name, first) in [(2, "Rutland", 1), (3, "Leicester", 5)] {
        sheet.write(row, 1, name).unwrap();
        for at in 0..4_u16 {
            sheet.write(row, at + 2, first + i32::from(at)).unwrap();
        }
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn each_measure_has_its_own_months_under_its_heading() {
    for merged in [true, false] {
        let read = read_bytes(&book(merged), declared(), &quarterly(), "2025-03");
        let found = [("REG", "2024-12"), ("REG", "2025-03"), ("APP", "2024-12"), ("APP", "2025-03")];
        assert_eq!(found.map(|(name, month)| said(&read.value, name, month)), ["1", "2", "3", "4"], "{merged}");
        assert_eq!(codes(&read.findings), ["F604 B4"]);
    }
    // Without a heading that is declared, nothing says which is meant.
    let names = [named("REG", &["Rutland"])].into();
    let read = read_bytes(&book(true), Table { names, ..declared() }, &quarterly()[..1], "2025-03");
    assert!(codes(&read.findings).contains(&"F401 E3".to_owned()), "{:?}", codes(&read.findings));
    assert!(read.findings.iter().any(|finding| finding.hint.contains("`under`")));
    // One that is not there.
    let names = [(r("REG"), under("Rutland", "Registratons"))].into();
    let read = read_bytes(&book(true), Table { names, ..declared() }, &quarterly()[..1], "2025-03");
    let told = read.findings.iter().find(|finding| finding.code == Code::UnderMissing).unwrap();
    assert_eq!(
        told.message,
        "no months stand under the heading \"Registratons\"; found \"Approvals\" and \"Registrations\""
    );
    assert!(told.hint.ends_with("did you mean \"Registrations\"?") && told.is_blocking());
}

#[test]
fn the_measure_may_stand_below_the_month() {
    let csv = "Ref,Sep-26,,Oct-26,\n,Actual,Target,Actual,Target\nKPI1,1,90,2,91\n";
    let naming = |heading: &str| [(r("KPI1"), under("KPI1", heading))].into();
    let wide = |heading: &str| Table { header_rows: vec![1, 2], names: naming(heading), ..table(Orientation::Wide) };
    let one = [monthly("KPI1", Unit::Count)];
    for (heading, expected) in [("Actual", ["1", "2"]), ("target", ["90", "91"])] {
        let read = read_csv(csv, wide(heading), &one);
        assert_eq!(["2026-09", "2026-10"].map(|month| said(&read.value, "KPI1", month)), expected, "{heading}");
        assert_eq!(codes(&read.findings), Vec::<String>::new());
    }
    // In pairs too.
    let csv = "Ref,Row,Sep-26,,Oct-26,\n,,Team A,Team B,Team A,Team B\nKPI1,n,1,2,3,4\n,d,4,4,4,4\n";
    let parts = vec![Part::Numerator, Part::Denominator];
    let pairs = Table { orientation: Orientation::Pairs, parts, ..wide("Team A") };
    let read = read_csv(csv, pairs, &[monthly("KPI1", Unit::Percent)]);
    assert_eq!(["2026-09", "2026-10"].map(|month| said(&read.value, "KPI1", month)), ["25", "75"]);
}

#[test]
fn the_column_of_names_needs_no_heading() {
    let one = [monthly("KPI1", Unit::Count)];
    let wide = || Table { indicator_column: heads(&[""]), ..table(Orientation::Wide) };
    for csv in [",Sep-26,Oct-26\nKPI1,1,2\n", "Code,,Sep-26,Oct-26\n7,KPI1,1,2\n", ",,Sep-26,Oct-26\n7,KPI1,1,2\n"] {
        let read = read_csv(csv, wide(), &one);
        assert_eq!(said(&read.value, "KPI1", "2026-10"), "2", "{csv}");
    }
}

#[test]
fn tables_stand_under_each_other_with_their_titles_above_or_in_the_corner() {
    let naming =
        |block: &str| Naming { block: Some(block.to_owned()), names: heads(&["Rutland"]), ..Naming::default() };
    let names = || [(r("KPI1"), naming("Registrations")), (r("KPI2"), naming("Approvals"))].into();
    let both = [monthly("KPI1", Unit::Count), monthly("KPI2", Unit::Count)];
    for csv in [
        "Registrations,,\nRef,Sep-26,Oct-26\nRutland,1,2\n\nApprovals,,\nRef,Sep-26,Oct-26\nRutland,3,4\n",
        "Registrations,,\n,,\nRef,Sep-26,Oct-26\nRutland,1,2\n,,\nApprovals,,\n,,\nRef,Sep-26,Oct-26\nRutland,3,4\n",
        "Registrations,Sep-26,Oct-26\nRutland,1,2\n,,\nApprovals,Sep-26,Oct-26\nRutland,3,4\n",
        "Registrations,Sep-26,Oct-26\nRutland,1,2\nApprovals,Sep-26,Oct-26\nRutland,3,4\n",
    ] {
        let read = read_csv(csv, Table { names: names(), ..table(Orientation::Blocks) }, &both);
        assert_eq!(["KPI1", "KPI2"].map(|name| said(&read.value, name, "2026-10")), ["2", "4"], "{csv}");
        assert_eq!(codes(&read.findings), Vec::<String>::new(), "{csv}");
    }
}

#[test]
fn one_source_has_a_row_for_each_council_and_the_period_in_its_name() {
    let declared = Table {
        month_column: Vec::new(),
        month_said: Some(OutsideText { place: Outside::File, pattern: Some(Regex::new(r"(\d{4}-\d{2})").unwrap()) }),
        month_formats: words(&["%Y-%m"]),
        filter: [("Council".to_owned(), "Rutland".to_owned())].into(),
        names: [named("KPI1", &["Registrations"]), named("KPI2", &["Approvals"])].into(),
        ..table(Orientation::Columns)
    };
    let csv = "Council,Registrations,Approvals\nLeicester,5,6\nRutland,1,2\n";
    let book = workbook::read(csv.as_bytes(), &Place { file: Some("a.csv".into()), ..Place::default() }).value.unwrap();
    let both = [monthly("KPI1", Unit::Count), monthly("KPI2", Unit::Count)];
    let indicators: Vec<&Indicator> = both.iter().collect();
    let read = read(&source(declared), &indicators, &book, "kpi_2026-10.csv", p("2026-10"));
    assert_eq!(["KPI1", "KPI2"].map(|name| said(&read.value, name, "2026-10")), ["1", "2"]);
    assert_eq!(codes(&read.findings), Vec::<String>::new());
}

#[test]
fn parts_under_headings_of_their_own_go_with_their_figure() {
    let naming = |value: Option<&str>| Naming {
        names: heads(&["KPI1"]),
        under: value.map(|value| Heading::Name(value.to_owned())),
        numerator: Some(Heading::Name("Num".to_owned())),
        denominator: Some(Heading::Name("Den".to_owned())),
        ..Naming::default()
    };
    let read = |value: Option<&str>, csv: &str| {
        let names = [(r("KPI1"), naming(value))].into();
        let declared = Table { header_rows: vec![1, 2], names, ..table(Orientation::Wide) };
        read_csv(csv, declared, &[monthly("KPI1", Unit::Percent)])
    };
    let csv = "Ref,Sep-26,,,Oct-26,,\n,Num,Den,%,Num,Den,%\nKPI1,3,4,75%,9,10,90%\n";
    for value in [Some("%"), None] {
        let read = read(value, csv);
        assert_eq!(codes(&read.findings), Vec::<String>::new());
        for (month, expected) in [("2026-09", ("75", 3, 4)), ("2026-10", ("90", 9, 10))] {
            let Some(Reading::Figure(figure)) = read.value.reading(&r("KPI1"), p(month)).map(|seen| seen.reading)
            else {
                panic!("{month}")
            };
            let parts = (figure.numerator.unwrap(), figure.denominator.unwrap());
            assert_eq!(figure.value.round_dp(1).normalize().to_string(), expected.0);
            assert_eq!(parts, (Decimal::from(expected.1), Decimal::from(expected.2)));
        }
    }
    // Held against its parts, each at its own cell.
    assert_eq!(codes(&read(Some("%"), &csv.replace("90%", "80%")).findings), ["F502 G3"]);
    assert_eq!(codes(&read(None, &csv.replace("9,10", "11,10")).findings), ["F501 E3"]);
    // A heading that is not there.
    let found = read(Some("%"), &csv.replace("Den", "Of"));
    assert_eq!(codes(&found.findings), ["F211 ·", "F213 B2"].map(str::to_owned)[..1].to_vec());
}
