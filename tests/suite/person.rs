//! Indicators counted from Ofsted's child-level lists (dummy children), and
//! nothing of a child in anything that leaves the program.
//!
//! Each expected count was made outside the program, from the workbook's own
//! cells with openpyxl, for 31 March 2021; how is written beside it.

use boardpack::domain::Place;
use boardpack::workbook::{self, Cell};

use crate::support::{Council, pdf_text, root, validate};

/// Reference, conditions, and what was counted by hand.
const COUNTS: [(&str, &str, &str, &str); 10] = [
    // List 3: six referrals, all of 16 September 2020; three have 1 or 2 referrals in the 12 months before.
    (
        "FD03",
        r#"sheet = "List 3"
of = [{ column = "Date of Referral", after = "snapshot - 12 months", on_or_before = "snapshot" }]
where = [{ column = "Number of Referrals in Last 12 Months", at_least = 1 }]"#,
        "3",
        "6",
    ),
    // List 2: five, of 10, 24, 4, 23 and 25 working days, bank holidays out; two within 23 are 10 and 4, 23 is the third.
    (
        "EH01",
        r#"sheet = "List 2"
of = [{ column = "Assessment completion date", present = true }]
where = [{ working_days_between = ["Assessment start date", "Assessment completion date"], at_most = 23 }]"#,
        "3",
        "5",
    ),
    // List 4: five authorised in the year, after 439, 308, 223, 236 and 236 working days.
    (
        "AS01",
        r#"sheet = "List 4"
of = [{ column = "Continuous Assessment Date of Authorisation", after = "snapshot - 12 months", on_or_before = "snapshot" }]
where = [{ working_days_between = ["Continuous Assessment Start Date", "Continuous Assessment Date of Authorisation"], at_most = 45 }]"#,
        "0",
        "5",
    ),
    // List 7: seven plans, of which the two of June 2019 began too early; the two of February 2021 follow another.
    (
        "CP05",
        r#"sheet = "List 7"
of = [{ column = "Child Protection Plan Start Date", after = "snapshot - 12 months", on_or_before = "snapshot" }]
where = [{ column = "Number of Previous Child Protection Plans", at_least = 1 }]"#,
        "2",
        "5",
    ),
    // List 7: the two plans of February 2021 have no end; neither is two years old.
    (
        "CP06",
        r#"sheet = "List 7"
of = [{ any = [{ column = "Child Protection Plan End Date", absent = true }, { column = "Child Protection Plan End Date", after = "snapshot" }] }]
where = [{ column = "Child Protection Plan Start Date", on_or_before = "snapshot - 2 years" }]"#,
        "0",
        "2",
    ),
    // List 8: five children, of whom one left care in September 2020; their placements in the year are 1, 1, 1 and 2.
    (
        "CLA06",
        r#"sheet = "List 8"
distinct = "Child Unique ID"
of = [{ any = [{ column = "Date Ceased to be Looked After", absent = true }, { column = "Date Ceased to be Looked After", after = "snapshot" }] }]
where = [{ column = "Number of Placements in the Last 12 months", at_least = 3 }]"#,
        "0",
        "4",
    ),
    // List 8: two of the four are under 16 (13 and 3), both in care for 30 months; their placements began in July 2019 and June 2020.
    (
        "CLA07",
        r#"sheet = "List 8"
of = [
    { column = "Date Ceased to be Looked After", absent = true },
    { column = "Date of Birth", age_at = "snapshot", under = 16 },
    { column = "Date Started to be Looked After", on_or_before = "snapshot - 30 months" },
]
where = [{ column = "Start Date of Most Recent Placement", on_or_before = "snapshot - 24 months" }]"#,
        "0",
        "2",
    ),
    // List 8: all four have been in care for a year; their last assessments are of May, May, October and August 2020.
    (
        "CLA19",
        r#"sheet = "List 8"
of = [
    { column = "Date Ceased to be Looked After", absent = true },
    { column = "Date Started to be Looked After", on_or_before = "snapshot - 12 months" },
]
where = [{ column = "Date of Last Health Assessment", after = "snapshot - 12 months", on_or_before = "snapshot" }]"#,
        "4",
        "4",
    ),
    // The same four: dental checks of January 2020 twice, October 2020 and December 2019.
    (
        "CLA20",
        r#"sheet = "List 8"
of = [
    { column = "Date Ceased to be Looked After", absent = true },
    { column = "Date Started to be Looked After", on_or_before = "snapshot - 12 months" },
]
where = [{ column = "Date of Last Dental Check", after = "snapshot - 12 months", on_or_before = "snapshot" }]"#,
        "1",
        "4",
    ),
    // List 9: three of the six are 19, 21 and 21; activities F2, none and F3.
    (
        "CL04",
        r#"sheet = "List 9"
of = [{ column = "Date of Birth", age_at = "snapshot", at_least = 19, under = 22 }]
where = [{ column = "Activity Status", matches = '^F\d:' }]"#,
        "2",
        "3",
    ),
];

/// Counts, not percentages: List 1 has five contacts, three from the police; one child is "Female" and two are "b) Female".
const NUMBERS: [(&str, &str, &str); 2] = [
    ("FD90", "sheet = \"List 1\"\nof = [{ column = \"Contact Source\", matches = 'Police$' }]", "3"),
    ("FD91", "sheet = \"List 1\"\nwhere = [{ column = \"Gender\", is = \"female\" }]", "3"),
];

fn annex_a() -> Council {
    let council = Council::empty();
    let mut register = String::new();
    let mut sources = "[sources.annex-a]\ntitle = \"Annex A\"\nfiles = \"Annex_A.xlsx\"\nperson_level = true\n\
                       strip = '^[a-z]\\) '\nabsent = [\"#N/A\"]\n"
        .to_owned();
    let percents = COUNTS.iter().map(|(reference, count, ..)| (reference, count, "percent"));
    for (reference, count, unit) in percents.chain(NUMBERS.iter().map(|(r, count, _)| (r, count, "count"))) {
        register.push_str(&format!(
            "[indicators.{reference}]\ntitle = \"{reference}\"\nplain = \"Counted.\"\nunit = \"{unit}\"\ndisclosure = {{ sensitive = false }}\n\
             noun = \"children\"\nbetter = \"none\"\nfrequency = \"monthly\"\nbasis = \"snapshot\"\n\
             source = \"annex-a\"\nowner = \"Head of Performance\"\n"
        ));
        sources.push_str(&format!("[sources.annex-a.count.{reference}]\n{count}\n"));
    }
    let all: Vec<&str> = COUNTS.iter().map(|count| count.0).chain(NUMBERS.iter().map(|count| count.0)).collect();
    council
        .write(
            "config/boardpack.toml",
            "[council]\nname = \"Dummy\"\ncontact = \"performance@example.org\"\n\
             [schedule]\nfirst_period = \"2020-01\"\n\
             [storage.share]\nkind = \"directory\"\npath = \"../share\"\n",
        )
        .write("config/indicators.toml", register)
        .write("config/sources.toml", sources)
        .write(
            "config/calendar.toml",
            "bank_holidays = [\"2020-12-25\", \"2020-12-28\", \"2021-01-01\", \"2020-08-31\"]\n",
        )
        .write(
            "config/boards/board.toml",
            format!(
                "title = \"Board\"\nscorecard = \"Counted\"\nowner = \"Director\"\nschedule = {{ working_day = 3 }}\n\
                 [[sections]]\nnumber = \"1\"\ntitle = \"All\"\nindicators = {all:?}\n"
            ),
        );
    std::fs::create_dir_all(council.path("share")).unwrap();
    std::fs::copy(root().join("tests/data/real/Annex_A.xlsx"), council.path("share/Annex_A.xlsx")).unwrap();
    council
}

#[test]
fn indicators_are_counted_as_a_person_counts_them() {
    let council = annex_a();
    let output = council.boardpack(&["run", "--period", "2021-03"]).get_output().clone();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    let figures = council.figures("2021-03", "board", 1);
    for (reference, _, numerator, denominator) in COUNTS {
        assert_eq!(figures.row(reference, ["numerator", "denominator"]), [numerator, denominator], "{reference}");
    }
    for (reference, _, number) in NUMBERS {
        assert_eq!(figures.get(reference, "value"), number, "{reference}");
    }
    assert_eq!(figures.row("CLA20", ["value", "sheet", "cell"]), ["25.0", "List 8", ""]);
    validate(&council.pdfs("published"));
    assert_silent(&council, &output);
}

#[test]
fn a_list_of_one_month_takes_nothing_back_of_the_month_before() {
    let council = annex_a();
    for period in ["2021-02", "2021-03"] {
        council.boardpack(&["run", "--period", period]).success();
    }
    let findings = council.read("published/2021-03/board/r1/findings.json");
    assert!(!findings.contains("F425"), "{findings}");
}

#[test]
fn what_goes_wrong_names_a_cell_and_never_what_is_in_it() {
    // A date where a number is expected, a name where a date is, a header row
    // that is a child's, and a word that is none of the list's.
    for (from, to) in [
        ("column = \"Number of Placements in the Last 12 months\"", "column = \"Date of Birth\""),
        ("column = \"Date of Last Dental Check\"", "column = \"Allocated Worker\""),
        ("sheet = \"List 3\"", "sheet = \"List 3\"\nheader_rows = [2]"),
        ("absent = [\"#N/A\"]", "absent = []\ndate_formats = [\"%d.%m.%Y\"]"),
        ("\"Assessment start date\", \"Assessment completion date\"", "\"Gender\", \"Ethnicity\""),
        (
            "\"Assessment start date\", \"Assessment completion date\"",
            "\"Assessment completion date\", \"Assessment start date\"",
        ),
    ] {
        let council = annex_a();
        council.replace("config/sources.toml", from, to);
        let output = council.boardpack(&["run", "--period", "2021-03"]).get_output().clone();
        assert_silent(&council, &output);
        let findings = council.files("held").into_iter().chain(council.files("published"));
        assert!(findings.count() > 0, "{to}");
    }
}

#[test]
fn a_list_of_people_is_refused_where_none_was_declared() {
    let council = annex_a();
    council.write(
        "config/sources.toml",
        "[sources.annex-a]\ntitle = \"Annex A\"\nfiles = \"Annex_A.xlsx\"\nsheet = \"List 8\"\nlayout = \"wide\"\n\
         columns = { indicator = \"Child Unique ID\" }\n",
    );
    let output = council.boardpack(&["run", "--period", "2021-03"]).code(3).get_output().clone();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains(
            "F206 blocking · Annex_A.xlsx › List 8 › A1: this column is headed as names, dates of birth or numbers of \
             people are: rows about single people; expected figures about many"
        ),
        "{said}"
    );
    assert_silent(&council, &output);
}

/// Nothing that a run wrote holds a value of the workbook.
pub(crate) fn assert_silent(council: &Council, output: &std::process::Output) {
    let mut said = vec![
        ("standard output".to_owned(), String::from_utf8_lossy(&output.stdout).into_owned()),
        ("standard error".to_owned(), String::from_utf8_lossy(&output.stderr).into_owned()),
    ];
    for folder in ["published", "held"] {
        for name in council.files(folder) {
            let path = council.path(folder).join(&name);
            let text = if name.ends_with(".pdf") { pdf_text(&path).unwrap_or_default() } else { String::new() };
            let bytes = std::fs::read(&path).unwrap();
            said.push((name, text + &String::from_utf8_lossy(&bytes)));
        }
    }
    for value in values() {
        for (name, text) in &said {
            assert!(!text.contains(&value), "{name} says {value:?}:\n{text}");
        }
    }
}

/// Every distinct value of the workbook below its headers that is long enough
/// to mean one thing: "No" and "1" stand in any text.
fn values() -> std::collections::BTreeSet<String> {
    let bytes = std::fs::read(root().join("tests/data/real/Annex_A.xlsx")).unwrap();
    let book = workbook::read(&bytes, &Place::default()).value.unwrap();
    let mut values = std::collections::BTreeSet::new();
    for (row, _, cell) in book.sheets.iter().flat_map(|sheet| &sheet.cells) {
        let said = match cell {
            _ if *row == 0 => continue,
            Cell::Text(text) => vec![text.trim().to_owned(), text.replace('\u{a0}', " ").trim().to_owned()],
            Cell::Number { value, .. } => vec![value.to_string()],
            Cell::Date(date) => {
                ["%Y-%m-%d", "%d/%m/%Y", "%-d %B %Y"].map(|format| date.format(format).to_string()).into()
            }
            _ => continue,
        };
        values.extend(said.into_iter().filter(|value| value.chars().count() >= 5));
    }
    assert!(values.len() > 200, "{}", values.len());
    values
}
