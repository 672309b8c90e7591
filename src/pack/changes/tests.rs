//! Two revisions held against each other.

use super::*;

fn row(reference: &str) -> Printed {
    Printed {
        reference: IndicatorRef::parse(reference).unwrap(),
        segment: String::new(),
        indicator: "Plans on time".into(),
        period: "2026-10".parse().unwrap(),
        value: "84.2".into(),
        unit: crate::domain::Unit::Percent,
        numerator: "170".into(),
        denominator: "202".into(),
        previous_period: "2026-09".parse().unwrap(),
        previous_value: "82.1".into(),
        target: "85".into(),
        rating: "amber".into(),
        reason: String::new(),
        year_to_date: String::new(),
        last_year: String::new(),
        status: "shown".into(),
        source: crate::domain::SourceId::parse("s").unwrap(),
        file_sha256: String::new(),
        marks: String::new(),
    }
}

#[test]
fn each_change_is_said_in_words_and_the_same_row_says_nothing() {
    type Edit = fn(&mut Printed);
    let cases: [(Edit, bool, &str); 15] = [
        (|_| {}, false, ""),
        (|_| {}, true, ""),
        (
            |row| (row.value, row.rating) = ("79.9".into(), "red".into()),
            false,
            "Was 84.2%, amber; now 79.9%, red: the source was corrected.",
        ),
        (|row| row.value = "84.3".into(), true, "Was 84.2%, amber; now 84.3%, amber: the definition changed."),
        (
            |row| (row.numerator, row.denominator) = ("171".into(), "203".into()),
            false,
            "Was 84.2% (170 of 202), amber; now 84.2% (171 of 203), amber: the source was corrected.",
        ),
        (
            |row| {
                (row.numerator, row.denominator, row.value) = ("3".into(), "4".into(), "75.0".into());
                (row.status, row.rating) = ("too few".into(), "unrated".into());
            },
            false,
            "Was 84.2% (170 of 202), amber; now 3 of 4, not rated: the source was corrected.",
        ),
        (
            |row| (row.value, row.status, row.rating) = (String::new(), "not supplied".into(), "unrated".into()),
            false,
            "Was 84.2%, amber; now not supplied: the figure was withdrawn.",
        ),
        (
            |row| (row.target, row.rating) = ("84".into(), "green".into()),
            false,
            "Was 84.2%, amber; now 84.2%, green: its target changed from 85% to 84%.",
        ),
        (|row| row.target = "86".into(), false, "Its target changed from 85% to 86%."),
        (|row| row.target = String::new(), false, "Its target was withdrawn."),
        (|row| row.rating = "red".into(), true, "Was 84.2%, amber; now 84.2%, red: the definition changed."),
        (|row| row.rating = "red".into(), false, "Was 84.2%, amber; now 84.2%, red: the way it is rated changed."),
        (
            |row| (row.previous_value, row.last_year) = ("82.0".into(), "70.0".into()),
            false,
            "The figure for September 2026 was 82.1% and is now 82.0%. Last year’s figure was none and is now 70.0%.",
        ),
        (|row| row.year_to_date = "81.7".into(), false, "The year to date was none and is now 81.7%."),
        (|row| row.indicator = "Plans".into(), false, "Its title was “Plans on time”."),
    ];
    for (edit, is_redefined, expected) in cases {
        let mut now = row("A");
        edit(&mut now);
        assert_eq!(of_row(&row("A"), &now, is_redefined).join(" "), expected);
    }
}

#[test]
fn a_year_to_date_that_is_the_figure_itself_is_not_said_twice() {
    let at = |value: &str, year: &str| Printed { value: value.into(), year_to_date: year.into(), ..row("A") };
    let sentences = |before: &Printed, now: &Printed| of_row(before, now, false).join(" ");
    let corrected = "Was 77.9%, amber; now 81.7%, amber: the source was corrected.";
    assert_eq!(sentences(&at("77.9", "77.9"), &at("81.7", "81.7")), corrected);
    // Of what happens in a month the year is another figure, even where it was not in April.
    let apart = format!("{corrected} The year to date was 77.9% and is now 80.1%.");
    assert_eq!(sentences(&at("77.9", "77.9"), &at("81.7", "80.1")), apart);
}

#[test]
fn a_figure_that_has_come_and_context_are_said_without_a_colour() {
    let mut before = row("A");
    (before.value, before.status, before.rating) = (String::new(), "not supplied".into(), "unrated".into());
    assert_eq!(of_row(&before, &row("A"), false), ["Was not supplied; now 84.2%, amber: the figure has come."]);
    let context = |value: &str| Printed {
        value: value.into(),
        rating: "unrated".into(),
        reason: "context".into(),
        unit: crate::domain::Unit::Count,
        numerator: String::new(),
        denominator: String::new(),
        ..row("A")
    };
    assert_eq!(of_row(&context("1204"), &context("1205"), false), ["Was 1,204; now 1,205: the source was corrected."]);
}

#[test]
fn the_list_is_never_empty_and_tells_what_came_and_went() {
    let indicators = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n";
    crate::scorecard::test_support::with_card(indicators, "", "\"A\"", "A,2026-10,84.2,,", |card| {
        let said = |rows: Vec<Printed>| RevisionContent { revision: 1, figures: rows, ..RevisionContent::default() };
        let changes = |before: &RevisionContent, now: &RevisionContent| -> Vec<[String; 3]> {
            let list = list(before, now, card);
            assert_eq!(list.title, "Changes since revision 1");
            list.changes.into_iter().map(|change| [change.reference, change.sentence, change.anchor]).collect()
        };
        let content = |content: &str| RevisionContent { content_sha256: content.into(), ..said(vec![row("A")]) };
        let words = "Some words changed. No figure, rating, target or commentary did.";
        assert_eq!(changes(&content("00"), &content("01")), [["", words, ""]]);
        let back = "Nothing changed. A draft in between said something else, and that was taken back.";
        assert_eq!(changes(&content("00"), &content("00")), [["", back, ""]]);
        assert_eq!(
            changes(&said(vec![row("B")]), &said(vec![row("A")])),
            [["A", "Added to the pack.", "row-a"], ["B", "Plans on time is no longer in the pack.", ""]]
        );
        let placed = |anchor: &str, digest: &str| RevisionContent {
            places: BTreeMap::from([(anchor.to_owned(), digest.to_owned())]),
            ..said(vec![row("A")])
        };
        let otherwise = ["A", "Its words or its chart changed.", "row-a"];
        for place in ["row-a", "block-a", "measure-a"] {
            assert_eq!(changes(&placed(place, "0"), &placed(place, "1")), [otherwise], "{place}");
            assert_eq!(changes(&placed(place, "0"), &placed(place, "0")), [["", back, ""]], "{place}");
        }
        // Of a revision that kept none, nobody knows.
        assert_eq!(changes(&said(vec![row("A")]), &placed("row-a", "1")), [["", back, ""]]);
        let mut drafted = said(vec![row("A")]);
        drafted.is_draft = true;
        let mut written = said(vec![row("A"), row("A")]);
        written.commentary.insert(row("A").reference, "00".into());
        written.template_sha256 = "other".into();
        assert_eq!(
            changes(&drafted, &written),
            [
                ["A", "Commentary added.", "row-a"],
                ["", "Nothing is missing any more. The draft is now final.", ""],
                ["", "The layout of the pack changed.", ""]
            ]
        );
    });
}

#[test]
fn a_break_that_begins_after_the_figure_is_not_why_it_changed() {
    let indicator = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n";
    let with_fields = |fields: &str, test: &mut dyn FnMut(&Scorecard<'_>)| {
        crate::scorecard::test_support::with_card(fields, "", "\"A\"", "A,2026-10,84.2,,", |card| test(card));
    };
    let mut published = String::new();
    with_fields(indicator, &mut |card| {
        published = restated::definition(card.sections[0][0].indicator, "2026-10".parse().unwrap());
    });
    for (from, why) in [("2026-10", "the definition changed"), ("2026-11", "the source was corrected")] {
        let broken = format!(
            "{indicator}[[indicators.A.breaks]]\nfrom = \"{from}\"\nkind = \"definition\"\nnote = \"Another form\"\n"
        );
        with_fields(&broken, &mut |card| {
            let said = |value: &str| RevisionContent {
                revision: 1,
                figures: vec![Printed { value: value.into(), ..row("A") }],
                definitions: BTreeMap::from([(row("A").reference, published.clone())]),
                ..RevisionContent::default()
            };
            let list = list(&said("80.0"), &said("84.2"), card);
            assert_eq!(list.changes[0].sentence, format!("Was 80.0%, amber; now 84.2%, amber: {why}."));
        });
    }
}

#[test]
fn a_mark_that_alone_is_otherwise_is_a_change() {
    let at = |marks: &str| Printed { marks: marks.into(), ..row("A") };
    let said = |before: &str, now: &str| of_row(&at(before), &at(now), false).join(" ");
    assert_eq!(said("provisional", ""), "No longer marked provisional.");
    assert_eq!(said("provisional", "revised"), "Now marked revised. No longer marked provisional.");
    assert_eq!(said("late; partial", "late"), "No longer marked partial.");
    assert_eq!(said("late", "late"), "");
    assert_eq!(said("", "late; provisional"), "Now marked provisional and late.");
    let corrected = Printed { value: "84.3".into(), ..at("late") };
    let says = "Was 84.2%, amber; now 84.3%, amber: the source was corrected. Now marked late.";
    assert_eq!(of_row(&at(""), &corrected, false).join(" "), says);
    // Of another month, or of no figure, it says nothing.
    let hidden = Printed { value: String::new(), status: "suppressed".into(), ..at("") };
    assert!(!of_row(&at("late"), &hidden, false).join(" ").contains("marked"));
    let later = Printed { period: "2026-11".parse().unwrap(), ..at("") };
    assert!(!of_row(&at("late"), &later, false).join(" ").contains("marked"));
}
