//! Proposals for the archetypes, read for real where they can be.

use std::path::Path;

use rust_xlsxwriter::{Format, Workbook};

use super::Sketch;
use crate::config::{Files, Loaded};
use crate::dataset::{self, Dataset};
use crate::domain::{Checked, Finding, Indicator, IndicatorRef, Place, Reading};
use crate::workbook::{self, Book};

#[expect(clippy::disallowed_methods, reason = "a test reads its own data")]
fn book(path: &str) -> Book {
    let bytes = std::fs::read(format!("{}/tests/data/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    opened(&bytes, path)
}

fn opened(bytes: &[u8], file: &str) -> Book {
    workbook::read(bytes, &Place { file: Some(file.into()), ..Place::default() }).value.unwrap()
}

fn proposal(book: &Book, file: &str, now: crate::domain::Period) -> String {
    super::proposal(&Sketch::of(book, file, now), file)
}

fn report(book: &Book, file: &str) -> String {
    super::report(&Sketch::of(book, file, "2026-11".parse().unwrap()), file)
}

fn proposed(path: &str) -> String {
    proposal(&book(path), path.rsplit('/').next().unwrap(), "2026-11".parse().unwrap())
}

/// The references that a proposal speaks of: its own, or those it puts in place.
fn references(proposal: &str) -> Vec<String> {
    let own = "# Its indicators: ";
    match proposal.lines().find_map(|line| line.strip_prefix(own)) {
        Some(names) => names.split(", ").map(str::to_owned).collect(),
        None => proposal
            .lines()
            .filter(|line| line.starts_with("IND"))
            .map(|line| line.split(' ').next().unwrap().to_owned())
            .collect(),
    }
}

/// A book read with a proposal as it stands, and a register of what it names.
fn read(book: &Book, proposal: &str, unit: &str, period: &str) -> Checked<Dataset> {
    let references = references(proposal);
    let id = proposal.lines().next().unwrap().trim_start_matches("[sources.").trim_end_matches(']');
    let register: String = references
        .iter()
        .map(|reference| {
            format!(
                "[indicators.{reference}]\ntitle = \"T\"\nplain = \"P\"\nunit = \"{unit}\"\nnoun = \"n\"\n\
                 better = \"none\"\nfrequency = \"monthly\"\nbasis = \"snapshot\"\nsource = \"{id}\"\nowner = \"O\"\n"
            )
        })
        .collect();
    let board = format!(
        "title = \"B\"\nscorecard = \"S\"\nowner = \"O\"\nschedule = {{ working_day = 3 }}\n\
         [[sections]]\nnumber = \"1\"\ntitle = \"T\"\nindicators = {references:?}\n"
    );
    let service = "[council]\nname = \"A\"\ncontact = \"B\"\n[schedule]\nfirst_period = \"2021-01\"\n\
                   [storage.share]\nkind = \"directory\"\npath = \"share\"\n[publish]\npath = \"p\"\nheld = \"h\"\n";
    let texts = [
        ("boardpack.toml", service),
        ("indicators.toml", &register),
        ("sources.toml", proposal),
        ("boards/b.toml", &board),
    ];
    let files = Files::from_texts(texts.map(|(name, text)| (name.to_owned(), text.to_owned())));
    let config = Loaded::resolve(Path::new("."), &files, &[], crate::storage::KINDS).unwrap().config;
    let source = config.sources.values().next().unwrap();
    let indicators: Vec<&Indicator> = config.register.values().collect();
    dataset::read(source, &indicators, book, "file", period.parse().unwrap())
}

/// Value (or the reason for none) of an indicator in each month.
fn readings(dataset: &Dataset, reference: &str) -> Vec<String> {
    dataset
        .series(&IndicatorRef::parse(reference).unwrap())
        .map(|observation| match observation.reading {
            Reading::Figure(figure) => format!("{} {}", observation.period, figure.value.round_dp(2).normalize()),
            Reading::Missing(reason) => format!("{} {reason:?}", observation.period),
        })
        .collect()
}

#[test]
fn the_tidy_archetype_reads_as_proposed() {
    let file = "archetypes/A_tidy_long.xlsx";
    let proposal = proposed(file);
    insta::assert_snapshot!(proposal);
    let read = read(&book(file), &proposal, "percent", "2026-05");
    assert_eq!(readings(&read.value, "KPI-03"), ["2026-04 78.85", "2026-05 Suppressed"]);
    assert_eq!(read.findings, [] as [Finding; 0]);
}

#[test]
fn the_wide_archetype_reads_as_proposed() {
    let file = "archetypes/B_wide_two_row_header.xlsx";
    let proposal = proposed(file);
    insta::assert_snapshot!(proposal);
    let read = read(&book(file), &proposal, "percent", "2025-09");
    assert_eq!(
        readings(&read.value, "IND01"),
        ["2025-04 81", "2025-05 84", "2025-06 79", "2025-07 86", "2025-08 83", "2025-09 85"]
    );
    assert_eq!(
        readings(&read.value, "IND02"),
        ["2025-04 21", "2025-05 19", "2025-06 NotApplicable", "2025-07 Unknown", "2025-08 NotSupplied", "2025-09 18.5"]
    );
    // August is blank in the sheet, and nothing else is wrong.
    let found: Vec<&str> = read.findings.iter().map(|finding| finding.code.as_str()).collect();
    assert_eq!(found, ["F405"]);
}

#[test]
fn the_other_archetypes_are_proposed_in_the_words_of_their_layouts() {
    insta::assert_snapshot!("month_sheets", proposed("archetypes/C_month_sheets.xlsx"));
    insta::assert_snapshot!("pairs", proposed("archetypes/D_num_den_pairs.xlsx"));
    insta::assert_snapshot!("colours", proposed("archetypes/E_rag_colour_only.xlsx"));
    insta::assert_snapshot!("blocks", proposed("archetypes/F_blocks_per_service.xlsx"));
    insta::assert_snapshot!("text_dates", proposed("archetypes/H_text_dates.csv"));
    assert_eq!(proposed("archetypes/G_1904.xlsx"), "");
}

#[test]
fn the_archetypes_of_sheets_pairs_and_blocks_read_as_proposed() {
    for (file, unit, period, reference, expected) in [
        (
            "archetypes/C_month_sheets.xlsx",
            "count",
            "2025-07",
            "IND01",
            &["2025-04 50", "2025-05 47", "2025-06 44", "2025-07 46"][..],
        ),
        ("archetypes/D_num_den_pairs.xlsx", "percent", "2025-05", "KPI-07", &["2025-04 90", "2025-05 85.5"]),
        // The court's first; October and November of the year that the proposal says.
        ("archetypes/F_blocks_per_service.xlsx", "percent", "2026-11", "IND05", &["2026-10 70", "2026-11 75"]),
        ("archetypes/E_rag_colour_only.xlsx", "percent", "2026-05", "KPI-01", &["2026-04 62", "2026-05 78"]),
    ] {
        let read = read(&book(file), &proposed(file), unit, period);
        assert_eq!(readings(&read.value, reference), expected, "{file}: {:?}", read.findings);
        let blocking = read.findings.iter().filter(|finding| finding.is_blocking());
        // A count of twelve children is no percentage.
        let blocking: Vec<String> = blocking.filter(|_| !file.contains("F_blocks")).map(ToString::to_string).collect();
        assert!(blocking.is_empty(), "{file}: {blocking:?}");
    }
}

#[test]
fn what_the_program_sees_is_said_sheet_by_sheet() {
    insta::assert_snapshot!("sees_wide", report(&book("archetypes/B_wide_two_row_header.xlsx"), "B.xlsx"));
    insta::assert_snapshot!("sees_pairs", report(&book("archetypes/D_num_den_pairs.xlsx"), "D.xlsx"));
    insta::assert_snapshot!("sees_pages", report(&book("archetypes/C_month_sheets.xlsx"), "C.xlsx"));
}

#[test]
fn a_return_with_years_reads_as_proposed() {
    let csv = "Ref,Title,Year,Result,Children,Out of\nKS01,Reading,2024,50.0,20,40\nKS01,Reading,2025,60.0,24,40\n";
    let book = opened(csv.as_bytes(), "yearly.csv");
    let proposal = proposal(&book, "yearly.csv", "2026-11".parse().unwrap());
    assert!(proposal.contains("month = { column = \"Year\", formats = [\"%Y\"] }"), "{proposal}");
    assert!(proposal.contains("numerator = \"Children\", denominator = \"Out of\""), "{proposal}");
}

#[test]
fn a_column_for_each_indicator_keeps_its_parts_together() {
    let csv = "Month,Vacancy rate,\"Vacancy rate, number\",\"Vacancy rate, out of\",Agency\nApr-26,50,2,4,7\nMay-26,25,1,4,8\n";
    let book = opened(csv.as_bytes(), "workforce.csv");
    let proposal = proposal(&book, "workforce.csv", "2026-11".parse().unwrap());
    insta::assert_snapshot!(proposal);
    let read = read(&book, &proposal, "percent", "2026-05");
    assert_eq!(readings(&read.value, "IND01"), ["2026-04 50", "2026-05 25"]);
    assert_eq!(readings(&read.value, "IND02"), ["2026-04 7", "2026-05 8"]);
}

#[test]
fn rows_of_another_kind_are_passed_over_where_the_words_say_which() {
    let rows = |column: &str, kinds: [&str; 2]| {
        let mut csv = format!("Ref,Month,{column},Value\n");
        for month in ["Sep-26", "Oct-26"] {
            for (kind, value) in kinds.iter().zip([12, 40]) {
                csv.push_str(&format!("K1,{month},{kind},{value}\n"));
            }
        }
        csv.push_str(&format!("K2,Oct-26,{},7\n", kinds[1]));
        opened(csv.as_bytes(), "a.csv")
    };
    let now = "2026-11".parse().unwrap();
    for (column, kinds, expected) in [
        ("Measure type", ["Actual", "Target"], "filter = { \"Measure type\" = \"Actual\" }\n"),
        ("Status", ["Draft", "Final"], "filter = { \"Status\" = \"Final\" }\n"),
        ("Team", ["North", "All"], "filter = { \"Team\" = \"All\" }\n"),
        (
            "Team",
            ["North", "South"],
            "# To be said: filter = { COLUMN = \"…\" }, for there are several rows for one indicator and month; COLUMN may be Team.\n",
        ),
    ] {
        let proposal = proposal(&rows(column, kinds), "a.csv", now);
        assert!(proposal.contains(expected), "{proposal}");
    }
    let book = rows("Measure type", ["Actual", "Target"]);
    assert!(report(&book, "a.csv").contains("of \"Measure type\": Actual; others are Target\n"));
    let proposal = proposal(&book, "a.csv", now);
    assert_eq!(references(&proposal), ["K1"], "only what counts is named: {proposal}");
    let read = read(&book, &proposal, "count", "2026-10");
    assert_eq!(readings(&read.value, "K1"), ["2026-09 12", "2026-10 12"]);
    let told_apart = opened(b"Ref,Month,Team,Value\nK1,Sep-26,North,1\nK2,Sep-26,South,1\n", "a.csv");
    let told_apart = super::proposal(&Sketch::of(&told_apart, "a.csv", now), "a.csv");
    assert!(!told_apart.contains("filter"));
}

#[test]
fn fractions_and_points_in_one_table_are_asked_about() {
    for (figures, expected) in [
        (["0.5", "0.25", "12"], "percent = \"fraction\"\n"),
        (["0.5", "0.25", "12.5"], "# To be said: percent"),
        (["50", "25", "12.5"], "layout = \"wide\"\nheader_rows = [1]\nmonth"),
    ] {
        let csv = format!("Ref,Apr-26,May-26\nK1,{},{}\nK2,{},3\n", figures[0], figures[1], figures[2]);
        let proposal = proposal(&opened(csv.as_bytes(), "a.csv"), "a.csv", "2026-11".parse().unwrap());
        assert!(proposal.contains(expected), "{proposal}");
    }
}

#[test]
fn hidden_rows_and_columns_are_named() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.write_row(0, 0, ["Ref", "Apr-26", "May-26"]).unwrap();
    sheet.write(1, 0, "K1").unwrap();
    sheet.write_row(1, 1, [3, 4]).unwrap();
    sheet.write(3, 0, "K2").unwrap();
    sheet.set_row_hidden(3).unwrap().set_row_hidden(4).unwrap().set_column_hidden(2).unwrap();
    let text = report(&opened(&workbook.save_to_buffer().unwrap(), "a.xlsx"), "a.xlsx");
    assert!(text.contains("  hidden        rows 4 to 5, column C\n"), "{text}");
}

#[test]
fn a_list_of_people_shows_headers_and_kinds_and_no_value() {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let date = Format::new().set_num_format("dd/mm/yyyy");
    sheet.merge_range(0, 0, 0, 2, "Secretmerge", &Format::new()).unwrap();
    sheet.write_row(1, 0, ["Child ID", "Surname", "DOB"]).unwrap();
    sheet.write(2, 0, 47_110_815).unwrap();
    sheet.write(2, 1, "Secretname").unwrap();
    sheet.write_with_format(2, 2, 40_000, &date).unwrap();
    let book = opened(&workbook.save_to_buffer().unwrap(), "l.xlsx");
    let all = report(&book, "l.xlsx") + &proposal(&book, "l.xlsx", "2026-11".parse().unwrap());
    insta::assert_snapshot!(all);
    for value in ["Secret", "47110815", "2009"] {
        assert!(!all.contains(value), "{value}");
    }
}

#[test]
fn tables_of_figures_come_first_and_logs_get_no_entry() {
    let mut workbook = Workbook::new();
    let log = workbook.add_worksheet().set_name("Version control").unwrap();
    log.write_row(0, 0, ["Version", "Date", "Author"]).unwrap();
    for (row, (version, date)) in (1_u32..).zip([(0.1, "01/04/2026"), (1.0, "02/05/2026")]) {
        log.write(row, 0, version).unwrap().write(row, 1, date).unwrap().write(row, 2, "Performance team").unwrap();
    }
    let small = workbook.add_worksheet().set_name("Staff").unwrap();
    small.write_row(0, 0, ["Ref", "Apr-26", "May-26"]).unwrap();
    small.write(1, 0, "WF1").unwrap().write_row(1, 1, [3, 4]).unwrap();
    let large = workbook.add_worksheet().set_name("Children").unwrap();
    large.write_row(0, 0, ["Ref", "Apr-26", "May-26"]).unwrap();
    for row in 1..9 {
        large.write(row, 0, format!("K{row}")).unwrap().write_row(row, 1, [row, row + 1]).unwrap();
    }
    let proposal =
        proposal(&opened(&workbook.save_to_buffer().unwrap(), "a.xlsx"), "a.xlsx", "2026-11".parse().unwrap());
    let at = |text: &str| proposal.find(text).unwrap_or_else(|| panic!("{text} is not in {proposal}"));
    assert!(at("sheet = \"Children\"") < at("sheet = \"Staff\""), "{proposal}");
    assert!(at("sheet = \"Staff\"") < at("# No entry for \"Version control\""), "{proposal}");
    assert!(!proposal.contains("sheet = \"Version control\""), "{proposal}");
}

#[test]
fn a_sheet_without_a_table_says_what_it_lacks() {
    for (csv, expected) in [
        ("Code,Meaning\nz,not applicable\n", "none: it holds no figures"),
        ("Date,Value,Other\nK1,3,x\nK2,4,y\n", "none: no cell reads as a month; known are"),
        ("Ref,2024-25\nK1,3\nK2,4\n", "none: no cell reads as a month, and B1 reads as a year"),
        ("As at,Apr-26\nx,3\ny,4\n", "none: only B1 reads as a month"),
    ] {
        let text = report(&opened(csv.as_bytes(), "a.csv"), "a.csv");
        assert!(text.contains(expected), "{csv}: {text}");
    }
}

/// A workbook of these sheets, each a name and rows of cells parted by "|".
fn sheets(sheets: &[(&str, &[&str])]) -> Book {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(cells.split('|')) {
                match cell.parse::<f64>() {
                    Ok(number) => sheet.write(row, column, number).unwrap(),
                    Err(_) if cell.is_empty() => sheet,
                    Err(_) => sheet.write(row, column, cell).unwrap(),
                };
            }
        }
    }
    opened(&workbook.save_to_buffer().unwrap(), "kpi.xlsx")
}

/// What CLA02 is read as for October, by what is proposed.
fn read_as_proposed(book: &Book) -> Vec<String> {
    let proposal = proposal(book, "kpi.xlsx", "2026-11".parse().unwrap());
    let read = read(book, &proposal, "percent", "2026-10");
    let held: Vec<String> = read.findings.iter().filter(|found| found.is_blocking()).map(ToString::to_string).collect();
    assert_eq!(held, Vec::<String>::new(), "{proposal}");
    let observed = read.value.reading(&IndicatorRef::parse("CLA02").unwrap(), "2026-10".parse().unwrap());
    let Some(Reading::Figure(figure)) = observed.map(|observed| observed.reading) else {
        return vec![format!("nothing by\n{proposal}")];
    };
    let parts = [Some(figure.value), figure.numerator, figure.denominator];
    parts.into_iter().flatten().map(|part| part.round_dp(1).normalize().to_string()).collect()
}

#[test]
fn the_figure_is_proposed_and_not_what_stands_beside_it() {
    for rows in [
        // Under each month, and over the months.
        &[
            "Ref|Measure|Sep-26|||Oct-26||",
            "||Actual|Target|RAG|Actual|Target|RAG",
            "CLA01|Visits|71|80|R|72|80|R",
            "CLA02|Reviews|81|80|G|82|80|G",
        ][..],
        &[
            "Ref|Measure|Actual||Target|",
            "||Sep-26|Oct-26|Sep-26|Oct-26",
            "CLA01|Visits|71|72|80|80",
            "CLA02|Reviews|81|82|80|80",
        ],
        // In rows of their own.
        &[
            "Ref|Measure|Type|Sep-26|Oct-26",
            "CLA01|Visits|Actual|71|72",
            "CLA01|Visits|Target|80|80",
            "CLA02|Reviews|Actual|81|82",
            "CLA02|Reviews|Target|80|80",
        ],
        // Beside the month before.
        &[
            "Report for October 2026",
            "Ref|Measure|This month|Last month|Target|RAG",
            "CLA01|Visits|72|71|80|R",
            "CLA02|Reviews|82|81|80|G",
        ],
        &[
            "Report for October 2026",
            "Ref|Measure|Target|Previous month|Current|YTD",
            "CLA01|Visits|80|71|72|70",
            "CLA02|Reviews|80|81|82|79",
        ],
    ] {
        assert_eq!(read_as_proposed(&sheets(&[("Data", rows)])), ["82"], "{rows:?}");
    }
    // A sheet for each month.
    let rows = ["Report", "Ref|Measure|This month|Last month", "CLA01|Visits|72|71", "CLA02|Reviews|82|81"];
    assert_eq!(read_as_proposed(&sheets(&[("Sep 26", &rows), ("Oct 26", &rows)])), ["82"]);
}

#[test]
fn parts_that_stand_under_headings_of_their_own_are_proposed_with_the_figure() {
    let with = |value: &str| {
        let heads = format!("||Num|Den{value}|Num|Den{value}");
        let figure = |figure: &str| if value.is_empty() { String::new() } else { format!("|{figure}") };
        let months = if value.is_empty() { "Ref|Measure|Sep-26||Oct-26|" } else { "Ref|Measure|Sep-26|||Oct-26||" };
        let rows = [
            months.to_owned(),
            heads,
            format!("CLA01|Visits|7|10{}|8|10{}", figure("70"), figure("80")),
            format!("CLA02|Reviews|3|4{}|5|8{}", figure("75"), figure("62.5")),
        ];
        read_as_proposed(&sheets(&[("Data", &rows.iter().map(String::as_str).collect::<Vec<_>>())]))
    };
    assert_eq!(with("|%"), ["62.5", "5", "8"]);
    assert_eq!(with(""), ["62.5", "5", "8"]);
}
