//! Workbooks of a council that does not exist, of the kinds that councils
//! keep and publish, and every figure that stands in each.

use rust_xlsxwriter::{Format, Workbook, Worksheet};

/// A workbook, and what must be read from it.
pub(super) struct Kept {
    /// The name of its file.
    pub(super) file: &'static str,
    pub(super) bytes: Vec<u8>,
    /// What stands for a council in the proposal, and the one that is meant.
    pub(super) council: Option<(&'static str, &'static str)>,
    /// Block or heading if any, name, months and figures: "82%" is a percentage.
    pub(super) figures: Vec<(&'static str, &'static str)>,
}

/// One sheet from rows of cells, parted by "|": "82%" is a number under a
/// percent format, "@2026-04-30" a date, a lone "" nothing.
fn fill(sheet: &mut Worksheet, rows: &[&str]) {
    let percent = Format::new().set_num_format("0.0%");
    let date = Format::new().set_num_format("dd/mm/yyyy");
    for (row, line) in (0_u32..).zip(rows) {
        for (column, text) in (0_u16..).zip(line.split('|').map(str::trim)) {
            let points = text.strip_suffix('%').and_then(|points| points.parse::<f64>().ok());
            if let Some(points) = points {
                sheet.write_with_format(row, column, points / 100.0, &percent).unwrap();
            } else if let Some(day) = text.strip_prefix('@') {
                let day = rust_xlsxwriter::ExcelDateTime::parse_from_str(day).unwrap();
                sheet.write_with_format(row, column, &day, &date).unwrap();
            } else if let Ok(number) = text.parse::<f64>() {
                sheet.write(row, column, number).unwrap();
            } else if !text.is_empty() {
                sheet.write(row, column, text).unwrap();
            }
        }
    }
}

fn merge(sheet: &mut Worksheet, row: u32, first: u16, last: u16, text: &str) {
    sheet.merge_range(row, first, row, last, text, &Format::new()).unwrap();
}

fn xlsx(sheets: &[(&str, &[&str])], finish: impl Fn(&mut Workbook)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        fill(workbook.add_worksheet().set_name(*name).unwrap(), rows);
    }
    finish(&mut workbook);
    workbook.save_to_buffer().unwrap()
}

fn csv(rows: &[&str]) -> Vec<u8> {
    rows.iter().flat_map(|row| format!("{}\n", row.replace(" | ", ",").replace('|', ",")).into_bytes()).collect()
}

fn kept(file: &'static str, bytes: Vec<u8>, figures: &[(&'static str, &'static str)]) -> Kept {
    Kept { file, bytes, council: None, figures: figures.to_vec() }
}

/// Two measures across, each merged over its quarters.
fn measures_across() -> Kept {
    let rows = [
        "Rutmere Council: children in care by locality",
        "",
        "Locality | Children in care at quarter end | | | Children who came into care",
        " | Q1 2026/27 | Q2 2026/27 | Q3 2026/27 | Q1 2026/27 | Q2 2026/27 | Q3 2026/27",
        "Harbour | 61 | 64 | 63 | 9 | 11 | 7",
        "Moorside | 48 | 45 | 47 | 6 | 4 | 8",
        "Vale | 70 | 72 | 75 | 12 | 10 | 13",
    ];
    let bytes = xlsx(&[("By locality", &rows)], |workbook| {
        let sheet = workbook.worksheet_from_index(0).unwrap();
        merge(sheet, 2, 1, 3, "Children in care at quarter end");
        merge(sheet, 2, 4, 6, "Children who came into care");
    });
    kept(
        "children_in_care.xlsx",
        bytes,
        &[
            ("Children in care at quarter end / Harbour", "2026-06 61, 2026-09 64, 2026-12 63"),
            ("Children in care at quarter end / Moorside", "2026-06 48, 2026-09 45, 2026-12 47"),
            ("Children in care at quarter end / Vale", "2026-06 70, 2026-09 72, 2026-12 75"),
            ("Children who came into care / Harbour", "2026-06 9, 2026-09 11, 2026-12 7"),
            ("Children who came into care / Moorside", "2026-06 6, 2026-09 4, 2026-12 8"),
            ("Children who came into care / Vale", "2026-06 12, 2026-09 10, 2026-12 13"),
        ],
    )
}

/// Months without a year, each year merged over its own.
fn merged_years() -> Kept {
    let rows = [
        "Child protection: monthly position",
        "Measure | 2025/26 | | | | 2026/27",
        " | Dec | Jan | Feb | Mar | Apr | May | June",
        "Children on a plan | 181 | 179 | 184 | 190 | 188 | 186 | 182",
        "Reviews held in time | 92% | 95% | 91.5% | 94% | 90% | 93% | 96%",
        "Note: figures are taken on the first working day.",
    ];
    let bytes = xlsx(&[("CP", &rows)], |workbook| {
        let sheet = workbook.worksheet_from_index(0).unwrap();
        merge(sheet, 1, 1, 4, "2025/26");
        merge(sheet, 1, 5, 7, "2026/27");
    });
    kept(
        "Child protection monthly.xlsx",
        bytes,
        &[
            (
                "Children on a plan",
                "2025-12 181, 2026-01 179, 2026-02 184, 2026-03 190, 2026-04 188, 2026-05 186, 2026-06 182",
            ),
            (
                "Reviews held in time",
                "2025-12 92%, 2026-01 95%, 2026-02 91.5%, 2026-03 94%, 2026-04 90%, 2026-05 93%, 2026-06 96%",
            ),
        ],
    )
}

/// Numerator, denominator and percentage in rows, under true dates.
fn pairs() -> Kept {
    let rows = [
        "SEND timeliness",
        "Ref | Indicator | Part | @2026-07-31 | @2026-08-31 | @2026-09-30",
        "SEND1 | Plans issued within 20 weeks | Numerator | 18 | 12 | 21",
        " | | Denominator | 30 | 16 | 28",
        " | | Percentage | 60% | 75% | 75%",
        "SEND2 | Annual reviews held in time | Numerator | 45 | 9 | 60",
        " | | Denominator | 50 | 10 | 80",
        " | | Percentage | 90% | 90% | 75%",
    ];
    kept(
        "send_timeliness.xlsx",
        xlsx(&[("Timeliness", &rows)], |_| {}),
        &[("SEND1", "2026-07 60%, 2026-08 75%, 2026-09 75%"), ("SEND2", "2026-07 90%, 2026-08 90%, 2026-09 75%")],
    )
}

/// Tables under each other, each with its title and its notes.
fn stacked() -> Kept {
    let rows = [
        "Table 1: Vacant posts",
        "",
        "Service | Apr 2026 | May 2026 | Jun 2026",
        "Assessment | 7 | 6 | 8",
        "Corporate parenting | 3 | 2 | 2",
        "",
        "Table 2: Agency workers",
        "",
        "Service | Apr 2026 | May 2026 | Jun 2026",
        "Assessment | 5 | 5 | 4",
        "Corporate parenting | 1 | 0 | 2",
        "",
        "Source: payroll.",
    ];
    kept(
        "workforce_tables.xlsx",
        xlsx(&[("Tables", &rows)], |_| {}),
        &[
            ("Table 1: Vacant posts / Assessment", "2026-04 7, 2026-05 6, 2026-06 8"),
            ("Table 1: Vacant posts / Corporate parenting", "2026-04 3, 2026-05 2, 2026-06 2"),
            ("Table 2: Agency workers / Assessment", "2026-04 5, 2026-05 5, 2026-06 4"),
            ("Table 2: Agency workers / Corporate parenting", "2026-04 1, 2026-05 0, 2026-06 2"),
        ],
    )
}

/// A tidy list behind a cover, a version log, contents and a list of codes.
fn tidy_behind_a_cover() -> Kept {
    let cover = ["Rutmere Council", "Early help data set", "Published | @2026-10-05"];
    let log = [
        "Version | Date | Author | Change",
        "0.1 | @2026-09-01 | Data team | First draft",
        "0.2 | @2026-09-14 | Data team | Months added",
        "1.0 | @2026-10-05 | Head of data | Published",
    ];
    let contents = ["Sheet | Title | Page", "Data | The figures | 1", "Codes | What they mean | 2"];
    let codes = ["Code | Meaning", "1 | Opened", "2 | Closed"];
    let data = [
        "Month | Indicator | Numerator | Denominator | Value | Comment",
        "@2026-08-01 | Plans closed with outcomes met | 24 | 32 | 75% | ",
        "@2026-08-01 | Families seen within ten days | 40 | 50 | 80% | Two teams",
        "@2026-09-01 | Plans closed with outcomes met | 27 | 30 | 90% | ",
        "@2026-09-01 | Families seen within ten days | 33 | 44 | 75% | ",
    ];
    let sheets: [(&str, &[&str]); 5] =
        [("Cover", &cover), ("Versions", &log), ("Contents", &contents), ("Codes", &codes), ("Data", &data)];
    kept(
        "early_help.xlsx",
        xlsx(&sheets, |_| {}),
        &[
            ("Plans closed with outcomes met", "2026-08 75%, 2026-09 90%"),
            ("Families seen within ten days", "2026-08 80%, 2026-09 75%"),
        ],
    )
}

/// Months with marks beside them, sections between the rows, remarks behind.
fn months_with_notes() -> Kept {
    let rows = [
        "Youth justice scorecard",
        "Indicator | Target | Jul-26 | Aug-26 [r] | Sep-26 [p] | Comments",
        "Custody",
        "Young people in custody | 2 | 1 | 0 | 1 | One on remand",
        "Courts",
        "Total first time entrants | 10 | 8 | 11 | 9 | ",
        "Breaches | 3 | 2 | 4 | c | ",
        "Note 1: r means revised, p provisional.",
        "Note 2: c means that a figure is held back.",
    ];
    kept(
        "youth_justice.xlsx",
        xlsx(&[("Scorecard", &rows)], |_| {}),
        &[
            ("Young people in custody", "2026-07 1, 2026-08 0, 2026-09 1"),
            ("Total first time entrants", "2026-07 8, 2026-08 11, 2026-09 9"),
            ("Breaches", "2026-07 2, 2026-08 4"),
        ],
    )
}

/// The year in one column, on the first of its rows, the quarter in the next.
fn year_and_quarter() -> Kept {
    let rows = [
        "Financial year|Quarter|Enquiries|Applications|Approvals",
        "2025-26|Q3|41|12|6",
        "|Q4|38|10|7",
        "2026-27|Q1|45|14|5",
        "|Q2|50|15|9",
    ];
    kept(
        "fostering_quarterly.csv",
        csv(&rows),
        &[
            ("Enquiries", "2025-12 41, 2026-03 38, 2026-06 45, 2026-09 50"),
            ("Applications", "2025-12 12, 2026-03 10, 2026-06 14, 2026-09 15"),
            ("Approvals", "2025-12 6, 2026-03 7, 2026-06 5, 2026-09 9"),
        ],
    )
}

/// A row for each council; the month stands in the file's name alone.
fn councils() -> Kept {
    let rows = [
        "Local authority|LA code|Children in care|Children on a plan|Care leavers in work",
        "Astonby|931|402|210|55.5",
        "Rutmere|932|187|182|61.25",
        "Wexholt|933|266|140|48",
    ];
    Kept {
        council: Some(("Astonby", "Rutmere")),
        ..kept(
            "neighbours_2026-09.csv",
            csv(&rows),
            &[
                ("Children in care", "2026-09 187"),
                ("Children on a plan", "2026-09 182"),
                ("Care leavers in work", "2026-09 61.25"),
            ],
        )
    }
}

/// Months, quarters and years in one column.
fn mixed_periods() -> Kept {
    let rows = [
        "Period | Visits to children | Audits graded good | Children adopted",
        "July 2026 | 310 | | ",
        "August 2026 | 298 | | ",
        "September 2026 | 325 | | ",
        "Q2 2026/27 | 933 | 14 | ",
        "2025/26 | 3702 | 51 | 23",
        "2024/25 | 3650 | 48 | 19",
    ];
    kept(
        "practice.xlsx",
        xlsx(&[("Practice", &rows)], |_| {}),
        &[
            ("Visits to children", "2026-07 310, 2026-08 298, 2026-09 325"),
            ("Audits graded good", "2026-09 14"),
            ("Children adopted", "2025-03 19, 2026-03 23"),
        ],
    )
}

/// Academic years across, and a column of names without a heading.
fn academic_years() -> Kept {
    let rows = [
        "Absence of children in care by academic year",
        "",
        " | 2022/23 | 2023/24 | 2024/25",
        "Overall absence | 8.4% | 8.1% | 7.9%",
        "Persistent absence | 19.6% | 18% | 17.2%",
    ];
    kept(
        "virtual_school.xlsx",
        xlsx(&[("Absence", &rows)], |_| {}),
        &[
            ("Overall absence", "2023-08 8.4%, 2024-08 8.1%, 2025-08 7.9%"),
            ("Persistent absence", "2023-08 19.6%, 2024-08 18%, 2025-08 17.2%"),
        ],
    )
}

/// A sheet for each month, each with the same table.
fn month_sheets() -> Kept {
    let july = ["Front door", "", "Measure | Target | Actual", "Contacts | 900 | 874", "Referrals | 200 | 215"];
    let august = ["Front door", "", "Measure | Target | Actual", "Contacts | 900 | 790", "Referrals | 200 | 188"];
    let sheets: [(&str, &[&str]); 2] = [("Jul 2026", &july), ("Aug 2026", &august)];
    kept(
        "front_door.xlsx",
        xlsx(&sheets, |_| {}),
        &[("Contacts", "2026-07 874, 2026-08 790"), ("Referrals", "2026-07 215, 2026-08 188")],
    )
}

/// Months merged over "Actual" and "Target", which stand below them.
fn actual_and_target() -> Kept {
    let rows = [
        "Measure | Aug-26 | | Sep-26",
        " | Actual | Target | Actual | Target",
        "Supervision held | 88% | 90% | 91% | 90%",
        "Caseload | 17.5 | 16 | 16.25 | 16",
    ];
    let bytes = xlsx(&[("Staff", &rows)], |workbook| {
        let sheet = workbook.worksheet_from_index(0).unwrap();
        merge(sheet, 0, 1, 2, "Aug-26");
        merge(sheet, 0, 3, 4, "Sep-26");
    });
    kept(
        "supervision.xlsx",
        bytes,
        &[
            ("Actual / Supervision held", "2026-08 88%, 2026-09 91%"),
            ("Actual / Caseload", "2026-08 17.5, 2026-09 16.25"),
        ],
    )
}

/// Every workbook.
pub(super) fn all() -> Vec<Kept> {
    vec![
        measures_across(),
        merged_years(),
        pairs(),
        stacked(),
        tidy_behind_a_cover(),
        months_with_notes(),
        year_and_quarter(),
        councils(),
        mixed_periods(),
        academic_years(),
        month_sheets(),
        actual_and_target(),
    ]
}
