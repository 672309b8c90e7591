//! Cells that show something else than they hold, and the errors of spreadsheets.

use rust_xlsxwriter::{Format, Workbook};

use super::*;

/// A wide table of A with a number under each format, from April 2026 on.
fn formatted(cells: &[(&str, f64)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_string(0, 0, "Ref").unwrap().write_string(1, 0, "A").unwrap();
    for (column, (format, value)) in (1_u16..).zip(cells) {
        let month = format!("{}-26", ["Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct"][usize::from(column) - 1]);
        sheet.write_string(0, column, month).unwrap();
        sheet.write_number_with_format(1, column, *value, &Format::new().set_num_format(*format)).unwrap();
    }
    workbook.save_to_buffer().unwrap()
}

#[test]
fn a_number_that_is_not_shown_is_no_figure_and_a_marker_that_is_shown_is_one() {
    let indicators = [monthly("A", Unit::Count)];
    let bytes = formatted(&[
        ("0", 7.0),
        ("[<6]\"c\";0", 3.0),
        ("[<6]\"C\";0", 6.0),
        ("[<6]\"few\";0", 3.0),
        (";;;", 3.0),
        ("#,##0;-#,##0;\"-\"", 0.0),
        ("\"n/a\"", 0.0),
    ]);
    let read = read_bytes(&bytes, table(Orientation::Wide), &indicators, "2026-10");
    let months = ["2026-04", "2026-05", "2026-06", "2026-07", "2026-08", "2026-09", "2026-10"];
    assert_eq!(
        months.map(|month| said(&read.value, "A", month)),
        ["7", "Suppressed", "6", "Refused", "Refused", "0", "NotApplicable"]
    );
    let hidden: Vec<&Finding> = read.findings.iter().filter(|finding| finding.code == Code::CellMasked).collect();
    let told: Vec<String> = hidden.iter().map(|finding| finding.message.to_string()).collect();
    assert_eq!(
        hidden.iter().filter_map(|finding| finding.at.cell).map(|cell| cell.to_string()).collect::<Vec<_>>(),
        ["E2", "F2"]
    );
    assert!(hidden.iter().all(|finding| finding.is_blocking()));
    assert!(
        told[0].starts_with("found a number that the cell's format shows as \"few\"; expected a number or one of"),
        "{told:?}"
    );
    assert!(told[1].starts_with("found a number that the cell's format does not show"), "{told:?}");
    // The number itself is told to nobody: it may be hidden for a child's sake.
    assert!(hidden.iter().all(|finding| !format!("{}{}", finding.message, finding.hint).contains('3')), "{told:?}");
}

#[test]
fn every_error_of_a_spreadsheet_kept_as_text_is_an_error() {
    let indicators = [monthly("A", Unit::Count)];
    for error in ["#REF!", "#SPILL!", "#FIELD!", "#BLOCKED!", "#PYTHON!", "#N/A", "#GETTING_DATA", "Err:502"] {
        let csv = format!("Ref,Month,Value\nA,Oct-26,{error}\n");
        assert_eq!(codes(&read_csv(&csv, table(Orientation::Long), &indicators).findings)[0], "F302 C2", "{error}");
    }
    for text in ["#1", "#late", "#", "!"] {
        let csv = format!("Ref,Month,Value\nA,Oct-26,{text}\n");
        assert_eq!(codes(&read_csv(&csv, table(Orientation::Long), &indicators).findings)[0], "F301 C2", "{text}");
    }
}
