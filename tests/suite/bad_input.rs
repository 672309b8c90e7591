//! A broken workbook: the boards that need it are held with a reason that
//! names what was found, the others are published, and what was published
//! before stays as it is.

use std::io::Write as _;

use crate::support::Council;

/// The workbook that the corporate parenting panel and the scrutiny committee
/// need, and the improvement board too.
const BOOK: &str = "sample/share/children_in_care.xlsx";

/// Runs the sample with one file changed; gives the table and the reasons.
fn run(council: &Council, code: i32) -> String {
    let output = council.boardpack(&["run"]).code(code).get_output().clone();
    String::from_utf8(output.stdout).unwrap()
}

fn states(table: &str) -> Vec<(String, String)> {
    let rows = table.lines().skip(2).filter(|line| !line.contains(" (restricted) ")).take(5).map(|line| {
        let mut words = line.split_whitespace();
        (words.next().unwrap().to_owned(), words.nth(1).unwrap().trim_end_matches(',').to_owned())
    });
    rows.collect()
}

/// Who is held, where only `children_in_care.xlsx` is broken.
pub(crate) fn held(table: &str) -> Vec<String> {
    states(table).into_iter().filter(|(_, state)| state == "held").map(|(board, _)| board).collect()
}

fn broken(content: impl AsRef<[u8]>) -> (Council, String) {
    let council = Council::sample();
    council.write(BOOK, content);
    let table = run(&council, 3);
    (council, table)
}

/// The line of a report that has a code.
pub(crate) fn line<'t>(table: &'t str, code: &str) -> &'t str {
    table.lines().find(|line| line.trim_start().starts_with(code)).unwrap_or_else(|| panic!("no {code} in\n{table}"))
}

#[test]
fn a_missing_workbook_holds_the_boards_that_need_it_and_no_other() {
    let council = Council::sample();
    let share = |name: &str| council.path(&format!("sample/share/{name}"));
    std::fs::rename(share("annual_outcomes.csv"), share("annual_outcomes_OLD.csv")).unwrap();
    let table = run(&council, 3);
    let reason = line(&table, "F101");
    assert!(reason.contains("annual_outcomes.csv"), "{reason}");
    assert!(reason.contains("annual_outcomes_OLD.csv"), "the nearest name found is told: {reason}");
    let held = held(&table);
    assert!(
        held.contains(&"corporate-parenting".to_owned()) && held.contains(&"send-partnership".to_owned()),
        "{table}"
    );
    assert!(held.len() < 5, "a board that does not need the file is published: {table}");
    assert!(!council.pdfs("held/2026-10/corporate-parenting").is_empty());
}

#[test]
fn a_file_that_is_no_spreadsheet_is_named_for_what_it_is() {
    let (_, table) = broken("<html><body><table><tr><td>1</td></tr></table></body></html>");
    let reason = line(&table, "F105");
    assert!(reason.to_lowercase().contains("html") && reason.contains(".xlsx"), "{reason}");
}

#[test]
fn a_truncated_workbook_is_damaged() {
    let whole = std::fs::read(Council::sample().path(BOOK)).unwrap();
    let (_, table) = broken(&whole[..whole.len() / 2]);
    assert!(line(&table, "F104").contains("children_in_care.xlsx"));
}

#[test]
fn an_empty_file_is_damaged_or_no_spreadsheet() {
    let (_, table) = broken("");
    assert!(table.contains("F104 blocking") || table.contains("F105 blocking"), "{table}");
}

#[test]
fn a_workbook_with_a_password_says_so() {
    // An encrypted workbook is a compound file that holds an EncryptedPackage.
    let (_, table) = broken(compound_file(&["EncryptionInfo", "EncryptedPackage"]));
    let reason = line(&table, "F103");
    assert!(reason.contains("password"), "{reason}");
}

#[test]
fn a_lock_file_beside_the_workbook_does_no_harm() {
    let council = Council::sample();
    council.write("sample/share/~$children_in_care.xlsx", "somebody has it open");
    assert_eq!(held(&run(&council, 3)), ["send-partnership"]);
}

#[test]
fn a_sheet_or_a_header_that_is_not_there_lists_what_is() {
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().set_name("Datta").unwrap().write(0, 0, "Month").unwrap();
    let (_, table) = broken(book.save_to_buffer().unwrap());
    let reason = line(&table, "F201");
    assert!(reason.contains("\"Data\"") && reason.contains("Datta"), "{reason}");

    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet().set_name("Data").unwrap();
    for (column, head) in ["Mnth", "Reference", "Figure"].iter().enumerate() {
        sheet.write(0, u16::try_from(column).unwrap(), *head).unwrap();
    }
    let (_, table) = broken(book.save_to_buffer().unwrap());
    let reason = line(&table, "F202");
    assert!(reason.contains("Mnth") && reason.contains("Reference"), "what was found is listed: {reason}");
}

#[test]
fn what_was_published_before_stays_when_the_workbook_breaks() {
    let council = Council::sample();
    run(&council, 3);
    let before: Vec<Vec<u8>> = council.pdfs("published").iter().map(|pdf| std::fs::read(pdf).unwrap()).collect();
    council.write(BOOK, "gone");
    let table = run(&council, 3);
    assert!(held(&table).len() > 1, "{table}");
    let after: Vec<Vec<u8>> = council.pdfs("published").iter().map(|pdf| std::fs::read(pdf).unwrap()).collect();
    assert!(before == after, "a published pack was touched");
}

#[test]
fn a_mended_workbook_releases_the_board_and_removes_the_notice() {
    let council = Council::sample();
    let whole = std::fs::read(council.path(BOOK)).unwrap();
    council.write(BOOK, "gone");
    run(&council, 3);
    assert!(!council.files("held/2026-10/corporate-parenting").is_empty());
    council.write(BOOK, whole);
    assert_eq!(held(&run(&council, 3)), ["send-partnership"]);
    assert!(council.files("held/2026-10/corporate-parenting").is_empty());
}

#[test]
fn a_share_that_is_not_mounted_is_code_4_and_a_page_says_so() {
    let council = Council::sample();
    std::fs::rename(council.path("sample/share"), council.path("sample/elsewhere")).unwrap();
    let output = council.boardpack(&["run"]).code(4).get_output().clone();
    let table = String::from_utf8(output.stdout).unwrap();
    assert!(states(&table).iter().all(|(_, state)| state == "failed"), "{table}");
    assert!(table.contains("share"), "{table}");
    // Officers look there, and nowhere else.
    let boards: Vec<String> =
        council.files("held").into_iter().filter(|name| name.ends_with("findings.json")).collect();
    assert_eq!(boards.len(), 5, "{boards:?}");
    assert!(boards.iter().all(|name| council.read(&format!("held/{name}")).contains("F126")));
    assert!(council.files("published").is_empty());
}

/// A minimal compound file (the container of .xls and of encrypted workbooks)
/// with empty streams of some names.
fn compound_file(names: &[&str]) -> Vec<u8> {
    const FREE: u32 = 0xFFFF_FFFF;
    const END: u32 = 0xFFFF_FFFE;
    let mut file = vec![0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
    file.extend([0u8; 16]);
    for half in [0x3Eu16, 3, 0xFFFE, 9, 6] {
        file.extend(half.to_le_bytes());
    }
    file.extend([0u8; 6]);
    // No directory count, one FAT sector, directory at sector 1, mini cutoff.
    for word in [0u32, 1, 1, 0, 4096, END, 0, END, 0] {
        file.extend(word.to_le_bytes());
    }
    file.extend(0u32.to_le_bytes());
    file.resize(512, 0xFF);
    let mut fat = vec![0xFFFF_FFFDu32, END];
    fat.resize(128, FREE);
    file.extend(fat.iter().flat_map(|word| word.to_le_bytes()));
    let mut entry = |name: &str, kind: u8, right: u32, child: u32| {
        let mut bytes = Vec::new();
        name.encode_utf16().for_each(|unit| bytes.write_all(&unit.to_le_bytes()).unwrap());
        bytes.resize(64, 0);
        bytes.extend(u16::try_from(2 * name.len() + 2).unwrap().to_le_bytes());
        bytes.extend([kind, 1]);
        for word in [FREE, right, child] {
            bytes.extend(word.to_le_bytes());
        }
        bytes.resize(116, 0);
        bytes.extend(END.to_le_bytes());
        bytes.resize(128, 0);
        file.extend(bytes);
    };
    entry("Root Entry", 5, FREE, 1);
    for (i, name) in names.iter().enumerate() {
        let next = if i + 1 < names.len() { u32::try_from(i + 2).unwrap() } else { FREE };
        entry(name, 2, next, FREE);
    }
    let len = file.len().next_multiple_of(512);
    file.resize(len, 0);
    file
}

#[test]
fn a_sign_that_no_font_can_print_is_named_where_an_officer_wrote_it() {
    let council = Council::sample();
    let path = "config/commentary/2026-10/improvement.toml";
    // Of the last one: the first is about a figure that the public may not see,
    // and is not printed at all.
    let text = council.read(path);
    let (before, after) = text.rsplit_once("text = \"\"\"").unwrap();
    council.write(path, format!("{before}text = \"\"\"\u{1F600} 好 {after}"));
    let table = run(&council, 3);
    let reason = line(&table, "F701");
    assert!(
        reason.contains("commentary/2026-10/improvement.toml")
            && reason.contains("U+1F600")
            && reason.contains("U+597D"),
        "{reason}"
    );
    assert!(held(&table).contains(&"improvement".to_owned()));
    assert!(!council.pdfs("held/2026-10/improvement").is_empty(), "the notice is printed all the same");
}

#[test]
fn a_sign_of_the_config_that_no_font_can_print_is_named_by_file_and_key() {
    let council = Council::sample();
    let edit = |path: &str, from: &str, to: &str| {
        let text = council.read(path);
        assert!(text.contains(from), "{path}: {from}");
        council.write(path, text.replacen(from, to, 1));
    };
    edit("config/boards/improvement.toml", "recommendation = \"", "recommendation = \"\u{1F4CA} ");
    edit("config/boards/improving-lives.toml", "owner = \"", "owner = \"\\u05D9");
    let table = run(&council, 3);
    for (board, reason) in [
        ("improvement", "F701 blocking · boards/improvement.toml: found \u{1F4CA} (U+1F4CA) in `recommendation`"),
        ("improving-lives", "F701 blocking · boards/improving-lives.toml: found \u{5D9} (U+05D9) in `owner`"),
    ] {
        assert!(table.contains(reason) && held(&table).contains(&board.to_owned()), "{table}");
    }
    // One board's sign holds no other, and the notice says which it was.
    assert!(!held(&table).contains(&"corporate-parenting".to_owned()), "{table}");
    assert!(!council.pdfs("held/2026-10/improvement").is_empty());
}

#[test]
fn last_months_workbooks_are_held_and_never_passed_off_as_this_months() {
    let council = Council::sample();
    for period in ["2026-11", "2019-03"] {
        let output = council.boardpack(&["run", "--period", period]).code(3).get_output().clone();
        let table = String::from_utf8(output.stdout).unwrap();
        assert_eq!(held(&table).len(), 5, "{table}");
        assert!(table.contains("F404 blocking"), "{table}");
    }
    assert!(council.files("published").is_empty());
}

#[test]
fn a_workbook_that_only_grew_by_a_month_says_nothing_new_of_the_months_before() {
    let council = Council::sample();
    run(&council, 3);
    let path = "sample/share/care_leavers.csv";
    let text = council.read(path);
    let october: Vec<String> =
        text.lines().filter(|line| line.contains("Oct-26")).map(|line| line.replace("Oct-26", "Nov-26")).collect();
    assert!(!october.is_empty());
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    council.write(path, format!("{}{end}{}{end}", text.trim_end(), october.join(end)));
    let table = run(&council, 3);
    assert_eq!(table.matches(", unchanged").count(), 5, "{table}");
}
