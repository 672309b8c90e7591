//! A round trip, and everything that is not one.

use proptest::prelude::*;

use super::*;
use crate::workbook::Grid;

const FORMATS: [BookFormat; 5] =
    [BookFormat::Xlsx, BookFormat::Xlsb, BookFormat::Xls, BookFormat::Ods, BookFormat::Csv];

fn at() -> Place {
    Place { file: Some("KPI.xlsx".into()), ..Place::default() }
}

/// A book that comes whole, after a sheet that was begun and given up.
fn send(to: impl Write, read: &Checked<Option<Book>>) -> Result<(), CodecError> {
    let mut answer = AnswerWriter::new(to).unwrap();
    if let Some(book) = &read.value {
        answer.start_book(book.format, book.saved_by.clone());
        answer.start_sheet("given up", Visibility::Visible);
        answer.cell(7, 7, Cell::Uncalculated);
        answer.drop_sheet();
        for sheet in &book.sheets {
            answer.start_sheet(&sheet.name, sheet.visibility);
            for (row, column, cell) in &sheet.cells {
                answer.cell(*row, *column, cell.clone());
            }
            answer.end_sheet(sheet.merges.clone(), sheet.look.clone());
        }
    }
    answer.end(read.findings.clone())
}

fn bytes(read: &Checked<Option<Book>>) -> Vec<u8> {
    let mut bytes = Vec::new();
    send(&mut bytes, read).unwrap();
    bytes
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        ".{0,12}".prop_map(Cell::Text),
        (1_usize..3 * LONG).prop_map(|length| Cell::Text("é".repeat(length))),
        (any::<f64>().prop_filter("equal to itself", |value| !value.is_nan()), any::<bool>())
            .prop_map(|(value, percent)| Cell::Number { value, percent }),
        (-60_000_000_000_i64..250_000_000_000, 0_u32..1_000_000_000).prop_map(|(seconds, nanos)| {
            Cell::Date(chrono::DateTime::from_timestamp(seconds, nanos).unwrap().naive_utc())
        }),
        any::<bool>().prop_map(Cell::Bool),
        ".{0,12}".prop_map(Cell::Error),
        (1_usize..3 * LONG).prop_map(|length| Cell::Error("#".repeat(length))),
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
                fills: cells.keys().take(3).map(|(row, column)| (*row, *column, 0x00C0_0000)).collect(),
                from_1904: hidden,
                widths: if hidden { Vec::new() } else { vec![(0, 4), (7, 5)] },
            },
            cells: cells.into_iter().map(|((row, column), cell)| (row, column, cell)).collect(),
        }
    })
}

fn finding() -> impl Strategy<Value = Finding> {
    let severity = prop::sample::select(&[Severity::Note, Severity::Caution, Severity::Blocking][..]);
    let sheet = prop::option::of(".{0,12}").prop_map(|sheet| sheet.map(Shared::from));
    (prop::sample::select(Code::ALL), severity, sheet, ".{0,20}", ".{0,20}").prop_map(
        |(code, severity, sheet, message, hint)| Finding {
            severity,
            ..Finding::new(code, Place { sheet, ..at() }, message, hint)
        },
    )
}

fn read() -> impl Strategy<Value = Checked<Option<Book>>> {
    let book = (prop::sample::select(&FORMATS[..]), prop::option::of(".{0,12}"), prop::collection::vec(grid(), 0..4))
        .prop_map(|(format, saved_by, sheets)| Book { format, saved_by, sheets });
    (prop::option::of(book), prop::collection::vec(finding(), 0..4))
        .prop_map(|(value, findings)| Checked::new(value, findings))
}

proptest! {
    #[test]
    fn what_is_sent_is_received(read in read()) {
        prop_assert_eq!(receive(bytes(&read).as_slice(), &at(), &ReadingLimits::default()).unwrap(), read);
    }

    #[test]
    fn a_part_of_an_answer_is_none(read in read(), cut in any::<prop::sample::Index>()) {
        let whole = bytes(&read);
        let part = &whole[..cut.index(whole.len())];
        prop_assert!(matches!(receive(part, &at(), &ReadingLimits::default()), Err(CodecError::Truncated)));
    }

    #[test]
    fn whatever_comes_is_received_or_refused(read in read(), at_byte in any::<prop::sample::Index>(), byte in any::<u8>(), noise in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut spoilt = bytes(&read);
        let place = at_byte.index(spoilt.len());
        spoilt[place] = byte;
        let _ = receive(spoilt.as_slice(), &at(), &ReadingLimits::default());
        let framed = [&u32::try_from(noise.len()).unwrap().to_le_bytes()[..], &noise].concat();
        for noise in [noise, framed] {
            let _ = receive([MARK.as_slice(), &noise].concat().as_slice(), &at(), &ReadingLimits::default());
        }
    }
}

/// An answer of these messages, one to a frame.
fn answer(messages: &[Message]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut frames = FrameWriter::new(&mut bytes, MARK, u64::MAX).unwrap();
    for message in messages {
        frames.send(message).unwrap();
        frames.flush().unwrap();
    }
    bytes
}

fn received(bytes: &[u8], cells: usize) -> Result<Checked<Option<Book>>, CodecError> {
    let workbook = crate::domain::BookLimits { cells, ..crate::domain::BookLimits::default() };
    receive(bytes, &at(), &ReadingLimits { workbook, ..ReadingLimits::default() })
}

#[test]
fn a_lying_answer_is_refused_without_being_believed() {
    use Message::{Cells, DropSheet, HiddenRows};
    let book = || Message::Book { format: BookFormat::Csv, saved_by: None };
    let sheet = || Message::Sheet { name: String::new(), visibility: Visibility::Visible };
    let close = || Message::EndSheet { from_1904: false };
    let at_place = |row, column| Cells(vec![(row, column, Cell::Bool(true))]);
    let cell = || at_place(0, 0);
    let back = |rows: u32| rows.wrapping_neg();
    let merge = || Message::Merge(Merge { top: 0, left: 0, bottom: 0, right: 0 });
    let end = |cells| Message::End { cells };
    let received = |messages: &[Message], cells| received(&answer(messages), cells);
    let places = |messages: &[Message]| {
        let book = received(messages, 9).unwrap().value.unwrap();
        book.sheets[0].cells.iter().map(|cell| (cell.0, cell.1)).collect::<Vec<_>>()
    };

    let two = [book(), sheet(), cell(), at_place(1, 0), close(), end(2)];
    assert_eq!(places(&two), [(0, 0), (1, 0)]);
    assert!(received(&two, 2).is_ok());
    assert!(matches!(received(&two, 1), Err(CodecError::TooLong)), "more cells than the limit");
    let two_sheets = [book(), sheet(), cell(), close(), sheet(), cell(), close(), end(2)];
    assert!(matches!(received(&two_sheets, 1), Err(CodecError::TooLong)), "over all sheets");
    let dropped = [book(), sheet(), cell(), DropSheet, sheet(), cell(), close(), end(2)];
    assert_eq!(received(&dropped, 1).unwrap().value.unwrap().sheets.len(), 1, "what was given up takes no room");
    // Out of order, one row twice, one cell twice: they are taken as any file has them.
    assert_eq!(places(&[book(), sheet(), at_place(1, 0), at_place(back(1), 0), close(), end(2)]), [(0, 0), (1, 0)]);
    assert_eq!(places(&[book(), sheet(), at_place(1, 0), at_place(0, 1), close(), end(2)]), [(1, 0), (1, 1)]);
    assert_eq!(places(&[book(), sheet(), at_place(1, 1), at_place(0, 1), close(), end(2)]), [(1, 1)]);
    assert_eq!(places(&[book(), sheet(), at_place(back(1), 7), close(), end(1)]), [(u32::MAX, 7)]);

    for (what, messages) in [
        ("a wrong count of cells", vec![book(), sheet(), cell(), close(), end(2)]),
        ("a cell of no sheet", vec![book(), cell(), end(1)]),
        ("a cell after its sheet", vec![book(), sheet(), close(), cell(), end(1)]),
        ("a sheet of no book", vec![sheet(), close(), end(0)]),
        ("a sheet that is never closed", vec![book(), sheet(), end(0)]),
        ("a sheet in a sheet", vec![book(), sheet(), sheet(), close(), end(0)]),
        ("a second book", vec![book(), sheet(), close(), book(), end(0)]),
    ] {
        assert!(matches!(received(&messages, 9), Err(CodecError::Malformed(_))), "{what}");
    }
    for (what, item, most) in [
        ("merges", merge(), MERGES_AT_MOST),
        ("hidden rows", HiddenRows(0, 0), HIDDEN_RUNS_AT_MOST),
        ("fills of no cell", Message::Fill(0, 0, 0), 0),
    ] {
        let sheet_with = |count: usize| {
            let mut bytes = Vec::new();
            let mut frames = FrameWriter::new(&mut bytes, MARK, u64::MAX).unwrap();
            [book(), sheet()].iter().for_each(|message| frames.send(message).unwrap());
            (0..count).for_each(|_| frames.send(&item).unwrap());
            [close(), end(0)].iter().for_each(|message| frames.send(message).unwrap());
            frames.flush().unwrap();
            super::receive(bytes.as_slice(), &at(), &ReadingLimits::default())
        };
        assert!(sheet_with(most).is_ok(), "{what}");
        assert!(matches!(sheet_with(most + 1), Err(CodecError::TooLong)), "{what}");
    }
    let sheets = |count| -> Vec<Message> {
        let pairs = (0..count).flat_map(|_| [sheet(), close()]);
        [book()].into_iter().chain(pairs).chain([end(0)]).collect()
    };
    assert!(received(&sheets(ITEMS_AT_MOST - 2), 9).is_ok());
    assert!(matches!(received(&sheets(ITEMS_AT_MOST - 1), 9), Err(CodecError::TooLong)));
}

#[test]
fn a_lying_length_sets_nothing_aside() {
    let framed = |length: u32, bytes: &[u8]| [&MARK[..], &length.to_le_bytes(), bytes].concat();
    // A book saved by a name that is longer than its frame: format, some, length.
    let book = [0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F];
    let long_text = |bytes| {
        let (format, visibility, name) = (BookFormat::Csv, Visibility::Visible, String::new());
        let long = Message::LongText { row: 0, column: 0, is_error: false, bytes };
        answer(&[Message::Book { format, saved_by: None }, Message::Sheet { name, visibility }, long])
    };
    for (what, bytes, is) in [
        ("another mark", b"<!doctype html>".to_vec(), "holds no mark"),
        ("a frame of 4 GB", framed(u32::MAX, &[]), "longer than it may be"),
        ("a frame over the limit", framed((1 << 20) + 1, &[]), "longer than it may be"),
        ("a frame of which nothing comes", framed(1 << 20, &[]), "breaks off"),
        ("a text over the limit", long_text(256 << 20), "longer than it may be"),
        ("a text of 200 MB of which nothing comes", long_text(200 << 20), "breaks off"),
        ("a text that is none", [long_text(2), vec![0xC3, 0x28]].concat(), "no UTF-8"),
        ("a frame of nothing", framed(0, &[]), "no message"),
        ("an unknown message", framed(1, &[100]), "no message"),
        ("an unknown format", framed(3, &[0, 9, 0]), "no message"),
        ("a text of 4 GB in a small frame", framed(8, &book), "no message"),
        (
            "a message in two frames",
            [framed(2, &book[..2]), 6_u32.to_le_bytes().to_vec(), book[2..].to_vec()].concat(),
            "no message",
        ),
    ] {
        let error = received(&bytes, 9).unwrap_err().to_string();
        assert!(error.contains(is), "{what}: {error}");
    }
}

#[test]
fn a_number_takes_twelve_bytes() {
    let size = |count: u32| {
        let cells = (0..count).map(|n| (n / 8, n % 8, Cell::Number { value: 1.5, percent: false })).collect();
        let (name, visibility, merges, look) = (String::new(), Visibility::Visible, Vec::new(), Look::default());
        let sheets = vec![Grid { name, visibility, merges, cells, look }];
        bytes(&Checked::new(Some(Book { format: BookFormat::Csv, saved_by: None, sheets }), Vec::new())).len()
    };
    let one_batch = size(1024) - size(1024 - u32::try_from(BATCH).unwrap());
    assert_eq!(one_batch, 12 * BATCH + 3, "and the kind and the length of a batch");
}

#[test]
fn an_answer_that_would_be_too_long_is_not_finished() {
    let text = "x".repeat(1 << 20);
    let cells = (0..300).map(|row| (row, 0, Cell::Text(text.clone()))).collect();
    let sheet =
        Grid { name: String::new(), visibility: Visibility::Visible, merges: Vec::new(), cells, look: Look::default() };
    let read = Checked::new(Some(Book { format: BookFormat::Csv, saved_by: None, sheets: vec![sheet] }), Vec::new());
    assert!(matches!(send(std::io::sink(), &read), Err(CodecError::TooLong)));
}

/// Counts the longest write.
struct Longest(usize);

impl Write for Longest {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0 = self.0.max(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_long_answer_goes_out_while_it_is_made() {
    let mut longest = Longest(0);
    let mut answer = AnswerWriter::new(&mut longest).unwrap();
    answer.start_book(BookFormat::Csv, None);
    answer.start_sheet("", Visibility::Visible);
    for row in 0..100_000 {
        answer.cell(row, 0, Cell::Number { value: 1.0, percent: false });
        answer.cell(row, 1, Cell::Text("x".repeat(LONG)));
    }
    answer.end_sheet(vec![Merge { top: 0, left: 0, bottom: 1, right: 1 }; 100_000], Look::default());
    answer.end(Vec::new()).unwrap();
    // A batch of texts that are each as long as a batch takes.
    assert!((1 << 16..(1 << 16) + BATCH * (LONG + 16)).contains(&longest.0), "{}", longest.0);
}
