//! Each remark, with its boundary.

use super::*;

use crate::scorecard::test_support::with_commentary;

const A: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n\
    [[indicators.A.targets]]\nfrom = \"2025-04\"\nvalue = 80\ntolerance = 5\nsource = \"local\"\n";
const WHOLE: &str = "action = \"a\"\nowner = \"Head of Service\"\ndue = \"2026-12-01\"\n";

/// The codes remarked on a comment about a figure that was 80 and is this.
fn codes(now: &str, board: &str, comment: &str, last: &str) -> Vec<&'static str> {
    let rows = format!("A,2026-09,80,,\nA,2026-10,{now},,");
    with_commentary(A, board, comment, last, &rows, |card, commentary| {
        remarks(card, commentary).iter().map(|finding| finding.code.as_str()).collect()
    })
}

#[test]
fn a_whole_comment_is_not_remarked_on() {
    assert_eq!(
        codes("74.9", "", &format!("text = \"It got worse.\"\n{WHOLE}"), "text = \"Other.\""),
        Vec::<&str>::new()
    );
}

#[test]
fn what_is_said_of_a_figure_that_is_gone_reads_on_in_its_sentence() {
    let remark = |now: &str, about: &str| {
        let rows = format!("A,2026-09,80,,\n{now}");
        let comment = format!("text = \"x\"\nabout = \"{about}\"\n{WHOLE}");
        with_commentary(A, "", &comment, "", &rows, |card, commentary| remarks(card, commentary)[0].message.clone())
    };
    assert_eq!(remark("", "74.9% red"), "A: the commentary is about 74.9% red; the figure is now not supplied");
    assert_eq!(
        remark("A,2026-10,74.9,,", "Not supplied"),
        "A: the commentary is about not supplied; the figure is now 74.9% red"
    );
}

#[test]
fn words_that_the_workbook_has_otherwise_are_disputed() {
    let rows = "A,2026-09,80,,\nA,2026-10,80,,";
    with_commentary(A, "", "text = \"In the file.\"", "", rows, |card, commentary| {
        let key = PackKey { period: card.period, board: card.board.id.clone() };
        let mut commentary = commentary.clone();
        let comment = commentary.comments.get_mut(&key).unwrap().on.values_mut().next().unwrap();
        comment.elsewhere = Some(Box::new(Comment { text: "In the workbook.".into(), ..Comment::default() }));
        let (comment, mut card) = (comment.clone(), card.clone());
        let slot = card.slots.first_mut().unwrap();
        slot.comment = Some(&comment);
        let found = remarks(&card, &commentary);
        let [disputed] = found.as_slice() else { panic!("{found:?}") };
        assert_eq!(disputed.code, Code::CommentDisputed);
        assert_eq!(disputed.message, "A: the file says \"In the file.\", the workbook says \"In the workbook.\"");
    });
}

#[test]
fn each_remark_has_its_boundary() {
    let text = |words: usize| format!("text = \"{}\"\n{WHOLE}", vec!["word"; words].join(" "));
    for (now, board, comment, last, expected) in [
        ("74.9", "", format!("text = \"x\"\nabout = \"75.0% red\"\n{WHOLE}"), "", &["F702"][..]),
        ("74.9", "", format!("text = \"x\"\nabout = \"74.9% red\"\n{WHOLE}"), "", &[]),
        ("74.9", "", format!("text = \"The  same.\"\n{WHOLE}"), "text = \"the same.\"", &["F703"]),
        ("74.9", "", format!("text = \"It improved.\"\n{WHOLE}"), "", &["F704"]),
        ("80.0", "", "text = \"It improved.\"".to_owned(), "", &[]),
        ("80.1", "", "text = \"It improved.\"".to_owned(), "", &[]),
        ("80.1", "", "text = \"It worsened.\"".to_owned(), "", &["F704"]),
        ("74.9", "", "text = \"x\"".to_owned(), "", &["F705"]),
        ("74.9", "", "text = \"x\"\naction = \"a\"\nowner = \"Head of Service\"".to_owned(), "", &["F705"]),
        ("75.0", "", "text = \"x\"".to_owned(), "", &[]),
        ("74.9", "", text(150), "", &[]),
        ("74.9", "", text(151), "", &["F706"]),
        ("74.9", "commentary_words = 2", text(2), "", &[]),
        ("74.9", "commentary_words = 2", text(3), "", &["F706"]),
        ("80.0", "", "text = \"x\"\nowner = \"Jane Smith\"".to_owned(), "", &["F708"]),
        ("74.9", "", "text = \"TBC\"".to_owned(), "", &["F709"]),
        ("80.0", "", "text = \"TBC\"".to_owned(), "", &[]),
        ("79.9", "", "[page_1]\nimproved = [\"A\"]".to_owned(), "", &["F713"]),
        ("80.0", "", "[page_1]\nimproved = [\"A\"]".to_owned(), "", &[]),
    ] {
        assert_eq!(codes(now, board, &comment, last), expected, "{now} {comment} {last}");
    }
}

#[test]
fn an_earlier_month_that_cannot_be_read_is_told() {
    let rows = "A,2026-09,80,,\nA,2026-10,80,,";
    let told = |months_back: i32, code: Code| {
        with_commentary(A, "", "", "", rows, |card, commentary| {
            let key = PackKey { period: card.period.plus(-months_back), board: card.board.id.clone() };
            let mut commentary = commentary.clone();
            commentary.findings.insert(key, vec![Finding::new(code, Place::default(), "x", "y")]);
            remarks(card, &commentary).iter().map(|finding| finding.message.to_string()).collect::<Vec<_>>()
        })
    };
    let september =
        "not all of the commentary of September 2026 could be read, so an action that it gave may be missing here";
    assert_eq!(told(1, Code::CommentUnread), [september]);
    assert_eq!(told(12, Code::CommentUnread).len(), 1);
    assert_eq!(told(13, Code::CommentUnread), [""; 0]);
    assert_eq!(told(0, Code::CommentUnread), [""; 0]);
    assert_eq!(told(1, Code::EarlierUnread), [""; 0]);
}
