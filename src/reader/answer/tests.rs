//! A round trip, and everything that is not one.

use proptest::prelude::*;

use super::*;
use crate::workbook::Grid;

fn at() -> Place {
    Place { file: Some("KPI.xlsx".into()), ..Place::default() }
}

/// A book that comes whole, after a sheet that was begun and given up.
fn put(to: impl Write, read: &Checked<Option<Book>>) -> Result<(), Garbled> {
    let mut answer = Answer::new(to);
    if let Some(book) = &read.value {
        answer.book(book.format, book.saved_by.clone());
        answer.open("given up", Visibility::Visible);
        answer.cell(7, 7, Cell::Uncalculated);
        answer.abandon();
        for sheet in &book.sheets {
            answer.open(&sheet.name, sheet.visibility);
            for (row, column, cell) in &sheet.cells {
                answer.cell(*row, *column, cell.clone());
            }
            answer.close(sheet.merges.clone(), sheet.look.clone());
        }
    }
    answer.end(&read.findings)
}

fn bytes(read: &Checked<Option<Book>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    put(&mut bytes, read).unwrap();
    bytes
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        ".{0,12}".prop_map(Cell::Text),
        (any::<f64>().prop_filter("equal to itself", |value| !value.is_nan()), any::<bool>())
            .prop_map(|(value, percent)| Cell::Number { value, percent }),
        (-60_000_000_000_i64..250_000_000_000, 0_u32..1_000_000_000).prop_map(|(seconds, nanos)| {
            Cell::Date(chrono::DateTime::from_timestamp(seconds, nanos).unwrap().naive_utc())
        }),
        any::<bool>().prop_map(Cell::Bool),
        ".{0,12}".prop_map(Cell::Error),
        Just(Cell::Uncalculated),
    ]
}

fn grid() -> impl Strategy<Value = Grid> {
    let cells = prop::collection::btree_map((any::<u32>(), any::<u32>()), cell(), 0..40);
    let merge = any::<[u32; 4]>().prop_map(|[top, left, bottom, right]| Merge { top, left, bottom, right });
    (".{0,12}", any::<bool>(), prop::collection::vec(merge, 0..4), cells).prop_map(|(name, hidden, merges, cells)| {
        Grid {
            name,
            visibility: if hidden { Visibility::Hidden } else { Visibility::Visible },
            merges,
            look: Look {
                hidden_rows: vec![(0, 1)],
                hidden_columns: if hidden { vec![(2, 2), (4, 9)] } else { Vec::new() },
                fills: vec![(1, 2, 0x00C0_0000)],
                from_1904: hidden,
            },
            cells: cells.into_iter().map(|((row, column), cell)| (row, column, cell)).collect(),
        }
    })
}

fn finding() -> impl Strategy<Value = Finding> {
    let sheet = prop::option::of(".{0,12}").prop_map(|sheet| sheet.map(Shared::from));
    (prop::sample::select(Code::ALL), prop::sample::select(&SEVERITIES[..]), sheet, ".{0,20}", ".{0,20}").prop_map(
        |(code, severity, sheet, message, hint)| Finding { code, severity, at: Place { sheet, ..at() }, message, hint },
    )
}

fn read() -> impl Strategy<Value = Checked<Option<Book>>> {
    let book = (prop::sample::select(&FORMATS[..]), prop::option::of(".{1,12}"), prop::collection::vec(grid(), 0..4))
        .prop_map(|(format, saved_by, sheets)| Book { format, saved_by, sheets });
    (prop::option::of(book), prop::collection::vec(finding(), 0..4))
        .prop_map(|(value, findings)| Checked::new(value, findings))
}

proptest! {
    #[test]
    fn what_is_put_is_taken(read in read()) {
        prop_assert_eq!(take(bytes(&read).as_slice(), &at(), &ReadingLimits::default()).unwrap(), read);
    }

    #[test]
    fn a_part_of_an_answer_is_none(read in read(), cut in any::<prop::sample::Index>()) {
        let whole = bytes(&read);
        let part = &whole[..cut.index(whole.len())];
        prop_assert!(matches!(take(part, &at(), &ReadingLimits::default()), Err(Garbled::BreaksOff)));
    }

    #[test]
    fn whatever_comes_is_taken_or_refused(read in read(), at_byte in any::<prop::sample::Index>(), byte in any::<u8>(), noise in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut spoilt = bytes(&read);
        let place = at_byte.index(spoilt.len());
        spoilt[place] = byte;
        let _ = take(spoilt.as_slice(), &at(), &ReadingLimits::default());
        let _ = take([MARK.as_slice(), &noise].concat().as_slice(), &at(), &ReadingLimits::default());
    }
}

#[test]
fn a_lying_answer_is_refused_without_being_believed() {
    // A name and a visibility; no merges, nothing hidden or filled, days from 1900.
    let open = [BOOK, 0, 0, SHEET, 0, 0];
    let close = [&[CLOSE][..], &[0; 17]].concat();
    let cell = |row: u8, column: u8| [ROW | AT, row, 0, 0, 0, TRUE | AT, column, 0, 0, 0];
    let end = |count: u8| [END, count, 0, 0, 0, 0, 0, 0, 0];
    let answer = |parts: &[&[u8]]| [&MARK[..], &parts.concat()].concat();
    let limits = |cells| ReadingLimits {
        workbook: crate::domain::BookLimits { cells, ..crate::domain::BookLimits::default() },
        ..ReadingLimits::default()
    };
    let taken = |bytes: Vec<u8>, cells| take(bytes.as_slice(), &at(), &limits(cells));
    let places = |bytes: Vec<u8>| {
        let book = taken(bytes, 9).unwrap().value.unwrap();
        book.sheets[0].cells.iter().map(|cell| (cell.0, cell.1)).collect::<Vec<_>>()
    };

    let two = answer(&[&open, &cell(0, 0), &cell(1, 0), &close, &end(2)]);
    assert_eq!(taken(two.clone(), 2).unwrap().value.unwrap().sheets[0].cells.len(), 2);
    assert!(matches!(taken(two, 1), Err(Garbled::TooLong)), "more cells than the limit");
    let two_sheets = [&open[..], &cell(0, 0), &close, &open[3..], &cell(0, 0), &close, &end(2)];
    assert!(matches!(taken(answer(&two_sheets), 1), Err(Garbled::TooLong)), "over all sheets");
    let dropped = answer(&[&open, &cell(0, 0), &[DROP], &open[3..], &cell(0, 0), &close, &end(2)]);
    assert_eq!(taken(dropped, 1).unwrap().value.unwrap().sheets.len(), 1, "what was given up takes no room");
    // Out of order, one row twice, one cell twice: a shelf takes them as any file has them.
    assert_eq!(places(answer(&[&open, &cell(1, 0), &cell(0, 0), &close, &end(2)])), [(0, 0), (1, 0)]);
    assert_eq!(places(answer(&[&open, &cell(1, 0), &cell(1, 1), &close, &end(2)])), [(1, 0), (1, 1)]);
    assert_eq!(places(answer(&[&open, &cell(1, 1), &cell(1, 1), &close, &end(2)])), [(1, 1)]);
    for (what, bytes) in [
        ("another mark", b"<!doctype html>".to_vec()),
        ("a wrong count of cells", answer(&[&open, &cell(0, 0), &close, &end(2)])),
        ("a cell before any row", answer(&[&open, &[TRUE], &close, &end(1)])),
        ("a row of no sheet", answer(&[&[BOOK, 0, 0], &cell(0, 0), &end(1)])),
        ("a cell after its sheet", answer(&[&open, &close, &[TRUE], &end(1)])),
        ("a sheet of no book", answer(&[&open[3..], &close, &end(0)])),
        ("a sheet that is never closed", answer(&[&open, &end(0)])),
        ("a sheet in a sheet", answer(&[&open, &open[3..], &close, &end(0)])),
        ("a second book", answer(&[&open, &close, &open, &close, &end(0)])),
        ("an unknown format", answer(&[&[BOOK, 9], &end(0)])),
        ("an unknown item", answer(&[&[100], &end(0)])),
    ] {
        assert!(matches!(taken(bytes, 9), Err(Garbled::Nonsense(_))), "{what}");
    }
    let text_of_4_gb = answer(&[&open, &[ROW, TEXT, 0xFF], &[0xFF; 4]]);
    assert!(matches!(taken(text_of_4_gb, 9), Err(Garbled::TooLong)));
    let merges = answer(&[&open, &[CLOSE], &[0xFF; 4]]);
    assert!(matches!(taken(merges, 9), Err(Garbled::TooLong)));
    // Counts of hidden runs and of fills are lies too: nothing comes after them.
    for nothing in [0, 4, 8] {
        let lie = answer(&[&open, &[CLOSE, 0, 0, 0, 0], &vec![0; nothing], &[0xFF; 4]]);
        assert!(matches!(taken(lie, 9), Err(Garbled::BreaksOff)));
    }
    let text_of_200_mb = answer(&[&open, &[ROW, TEXT, 0xFF], &(200_u32 << 20).to_le_bytes()]);
    assert!(matches!(taken(text_of_200_mb, 9), Err(Garbled::BreaksOff)));
}

#[test]
fn what_follows_is_not_named() {
    let sheet = |cells: Vec<(u32, u32, Cell)>| Grid {
        name: String::new(),
        visibility: Visibility::Visible,
        merges: Vec::new(),
        cells,
        look: Look::default(),
    };
    let size = |cells: &[(u32, u32)]| {
        let cells = cells.iter().map(|(row, column)| (*row, *column, Cell::Bool(true))).collect();
        bytes(&Checked::new(Some(Book { format: "csv", saved_by: None, sheets: vec![sheet(cells)] }), Vec::new())).len()
    };
    let none = size(&[]);
    assert_eq!(size(&[(0, 0)]) - none, 2, "a row, a cell");
    assert_eq!(size(&[(0, 0), (0, 1), (1, 0)]) - none, 5);
    assert_eq!(size(&[(0, 0), (0, 2), (1, 0)]) - none, 9, "a column that is not the next");
    assert_eq!(size(&[(0, 0), (2, 0)]) - none, 8, "a row that is not the next");
}

#[test]
fn an_answer_that_would_be_too_long_is_not_finished() {
    let text = "x".repeat(1 << 20);
    let cells = (0..300).map(|row| (row, 0, Cell::Text(text.clone()))).collect();
    let sheet =
        Grid { name: String::new(), visibility: Visibility::Visible, merges: Vec::new(), cells, look: Look::default() };
    let read = Checked::new(Some(Book { format: "csv", saved_by: None, sheets: vec![sheet] }), Vec::new());
    assert!(matches!(put(std::io::sink(), &read), Err(Garbled::TooLong)));
}
