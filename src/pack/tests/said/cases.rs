//! Sentences that stand for the cases of an enum: a new case does not compile before it
//! has an example here.

use std::collections::BTreeMap;

use crate::domain::Reading;
use crate::domain::mark::FigureMark;
use crate::domain::observation::Missing;
use crate::domain::rating::{Rating, Unrated};
use crate::domain::target::Rule;
use crate::history::PublishedPack;
use crate::pack::changes::{self, RevisionContent};
use crate::pack::sentences::absence;
use crate::pack::{figures, over_time, printed, reasons, restatements, signal};
use crate::scorecard::change_words::{change, not_comparable};
use crate::scorecard::judgement::{ButFor, Outlook, Silence, TargetRun};
use crate::scorecard::signal::{Assurance, LastingStep, SignalRule, Variation};
use crate::scorecard::test_support::with_card;
use crate::scorecard::views::NoView;
use crate::scorecard::{Cause, Incomparable, Line, Restated, Scorecard};
use crate::words;

/// A list of examples of an enum, one or more a case.
macro_rules! every {
    ($kind:ty: $($case:pat => [$($example:expr),+]),+ $(,)?) => {{
        fn _each_case_has_an_example(one: &$kind) {
            match one { $($case => {}),+ }
        }
        vec![$($($example),+),+] as Vec<$kind>
    }};
}

/// Texts with the place that they are listed at.
type Found = Vec<(String, String)>;

fn put(found: &mut Found, place: &str, text: impl Into<String>) {
    found.push((format!("cases.{place}"), text.into()));
}

/// Every sentence of these.
pub(super) fn every() -> Found {
    let mut found = Vec::new();
    of_readings(&mut found);
    of_ratings(&mut found);
    of_rules(&mut found);
    of_parts(&mut found);
    with_card(SHARE, "", "\"A\"", &rows(), |card| {
        let line = card.lines().next().unwrap();
        of_signals(line, &mut found);
        of_comparisons(line, &mut found);
        of_revisions(card, &mut found);
    });
    found
}

/// A share with a target, and a break for what is said of one.
const SHARE: &str = "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nvalue = 85\ntolerance = 5\nsource = \"local\"\n[[indicators.A.breaks]]\nfrom = \"2020-02\"\nkind = \"system\"\nnote = \"The system changed.\"\n";

fn rows() -> String {
    let last: crate::domain::Period = "2026-10".parse().unwrap();
    let row = |ago: i32| format!("A,{},,{},202", last.plus(-ago), 170 - (ago * 3) % 5);
    (0..24).map(row).collect::<Vec<_>>().join("\n")
}

fn of_readings(found: &mut Found) {
    let missing = every! { Missing:
        Missing::NotSupplied => [Missing::NotSupplied],
        Missing::Unknown => [Missing::Unknown],
        Missing::NotApplicable => [Missing::NotApplicable],
        Missing::Unavailable => [Missing::Unavailable],
        Missing::Suppressed => [Missing::Suppressed],
        Missing::Low => [Missing::Low],
        Missing::Unreliable => [Missing::Unreliable],
        Missing::NotDue => [Missing::NotDue],
        Missing::Refused => [Missing::Refused],
        Missing::NoneOfNone => [Missing::NoneOfNone],
    };
    for one in missing {
        put(found, "missing", words::missing(one));
        put(found, "missing", format!("{} for October 2026.", absence(&Reading::Missing(one))));
    }
    for mark in FigureMark::ALL {
        put(found, "marks", words::mark_meaning(mark));
        put(found, "marks", format!("The figure {}.", words::mark_said(mark)));
    }
}

fn of_ratings(found: &mut Found) {
    let unrated = every! { Unrated:
        Unrated::Context => [Unrated::Context],
        Unrated::NoTarget => [Unrated::NoTarget],
        Unrated::NoFigure(_) => [
            Unrated::NoFigure(Missing::NotSupplied), Unrated::NoFigure(Missing::Refused),
            Unrated::NoFigure(Missing::NoneOfNone), Unrated::NoFigure(Missing::Suppressed),
            Unrated::NoFigure(Missing::NotDue)
        ],
        Unrated::TooFew => [Unrated::TooFew],
        Unrated::YearBeforeHidden => [Unrated::YearBeforeHidden],
        Unrated::LargestUnknown => [Unrated::LargestUnknown],
    };
    for one in unrated {
        put(found, "rating", words::rating(Rating::Unrated(one)));
        put(found, "rating", words::rating_reason(Rating::Unrated(one)));
    }
}

/// What moved a percentage, where both of its numbers moved; and one of too few.
fn of_parts(found: &mut Found) {
    let entry =
        "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\nkind = \"ratio\"\nmin_denominator = 10\n";
    for (before, now) in [
        ("165,199", "170,202"),
        ("170,202", "169,201"),
        ("169,201", "170,199"),
        ("24.5,90.2", "26.1,89.4"),
        ("26.1,89.4", "24.5,90.2"),
        ("50000,99990", "50053,99989"),
        ("50,100", "51,100"),
        ("3,5", "3,5"),
    ] {
        let earlier: String = (1..9).map(|month| format!("A,2026-{month:02},,{before}\n")).collect();
        let rows = format!("{earlier}A,2026-09,,{before}\nA,2026-10,,{now}");
        with_card(entry, "", "\"A\"", &rows, |card| {
            let line = card.lines().next().unwrap();
            for text in [over_time::parts(line), over_time::pooled(line)].into_iter().flatten() {
                put(found, "parts", text);
            }
            put(found, "not_compared", words::capital(&change(line)) + ".");
            if let Some(movement) = line.movement() {
                put(found, "not_compared", words::movement(&line.indicator.measure, movement));
            }
        });
    }
}

/// Targets by the rules that rate them: entries, and the latest figure.
fn targets() -> Vec<(&'static str, &'static str, &'static str)> {
    fn _each_rule_has_an_example(rule: &Rule) {
        match rule {
            Rule::Zero
            | Rule::Points(_)
            | Rule::Percent(_)
            | Rule::Absolute(_)
            | Rule::Floor(_)
            | Rule::Improved(_) => {}
        }
    }
    let (higher, lower) = ("unit = \"percent\"\nbetter = \"higher\"", "unit = \"percent\"\nbetter = \"lower\"");
    let range = "unit = \"mean\"\nbetter = \"range\"";
    vec![
        (higher, "value = 85\ntolerance = 5", ",170,202"),
        (higher, "value = 85\ntolerance = 5", ",150,202"),
        (higher, "value = 85\ntolerance = 5", ",180,202"),
        ("unit = \"count\"\nbetter = \"higher\"", "value = 85\ntolerance = 5", "83,,"),
        (higher, "rule = \"zero\"\nvalue = 100", ",199,200"),
        (higher, "rule = \"zero\"\nvalue = 100", ",2999,3000"),
        (lower, "rule = \"zero\"\nvalue = 0", ",1,3000"),
        (higher, "rule = \"percent\"\nvalue = 85\ntolerance = 10", ",31,40"),
        (higher, "rule = \"percent\"\nvalue = 85\ntolerance = 10", ",30,40"),
        (higher, "rule = \"absolute\"\ngreen = 85\namber = 80", ",32,40"),
        (higher, "rule = \"absolute\"\ngreen = 85\namber = 80", ",31,40"),
        (lower, "rule = \"absolute\"\ngreen = 10\namber = 25", ",7,31"),
        (lower, "rule = \"absolute\"\ngreen = 10\namber = 12", ",7,31"),
        (range, "rule = \"absolute\"\ngreen = [14, 18]\namber = [12, 21]", "20.5,,"),
        (range, "rule = \"absolute\"\ngreen = [14, 18]\namber = [12, 21]", "11.5,,"),
        (higher, "rule = \"floor\"\nvalue = 95\nfloor = 80", ",32,40"),
        (higher, "rule = \"floor\"\nvalue = 95\nfloor = 85", ",32,40"),
        (lower, "rule = \"floor\"\nvalue = 10\nfloor = 25", ",7,31"),
        (lower, "rule = \"floor\"\nvalue = 10\nfloor = 15", ",7,31"),
        (higher, "rule = \"improved\"\nvalue = 85\ntolerance = 10", ",31,40"),
        (higher, "rule = \"improved\"\nvalue = 85\ntolerance = 10", ",28,40"),
        (higher, "rule = \"improved\"\nvalue = 85\ntolerance = 10", ",20,40"),
        (range, "rule = \"range\"\nrange = [14, 18]\ntolerance = 2", "19.5,,"),
        (range, "rule = \"range\"\nrange = [14, 18]\ntolerance = 2", "16.0,,"),
    ]
}

fn of_rules(found: &mut Found) {
    for (head, target, now) in targets() {
        let entry = format!(
            "frequency = \"monthly\"\n{head}\n[[indicators.A.targets]]\nfrom = \"2025-04\"\nsource = \"local\"\nvalue = 1\ntolerance = 0\n[[indicators.A.targets]]\nfrom = \"2026-04\"\nsource = \"local\"\n{target}\n"
        );
        let entry = if head.contains("range") { entry.replace("value = 1\n", "range = [1, 2]\n") } else { entry };
        let then = match head {
            head if head.contains("range") => "15.0,,",
            head if head.contains("count") => "60,,",
            _ => ",30,50",
        };
        for before in [then, ",,"] {
            let rows = format!("A,2025-10,{before}\nA,2026-09,{then}\nA,2026-10,{now}");
            with_card(&entry, "", "\"A\"", &rows, |card| {
                let line = card.lines().next().unwrap();
                let targets = &line.indicator.targets;
                put(found, "target", reasons::allowance(line.indicator, &targets[1]));
                put(found, "target", reasons::target_change(line.indicator, &targets[0], &targets[1]) + ".");
                found.extend(reasons::why(line).map(|text| ("cases.reason".to_owned(), text)));
                found.extend(reasons::change(line).map(|text| ("cases.reason".to_owned(), text + ".")));
            });
        }
    }
}

fn of_signals(line: &Line<'_>, found: &mut Found) {
    let number = |n: u32| rust_decimal::Decimal::from(n);
    let zero = |months, last| Silence::OftenZero { times: number(6), months, figures: 24, last };
    let silences = every! { Silence:
        Silence::Off => [Silence::Off],
        Silence::NoFigure => [Silence::NoFigure],
        Silence::Overlapping => [Silence::Overlapping],
        Silence::TooFew => [Silence::TooFew],
        Silence::FewBefore => [Silence::FewBefore],
        Silence::Hidden => [Silence::Hidden],
        Silence::NotCounted => [Silence::NotCounted],
        Silence::TooShort(_) => [Silence::TooShort(9), Silence::TooShort(1)],
        Silence::NeverMoved => [Silence::NeverMoved],
        Silence::NothingPossible => [Silence::NothingPossible],
        Silence::Wandering => [Silence::Wandering],
        Silence::Seasonal => [Silence::Seasonal],
        Silence::OftenZero { .. } => [zero(6, Some(line.period)), zero(12, Some(line.period)), zero(0, None)],
    };
    for why in silences {
        put(found, "signal", signal::silent_label(why));
        put(found, "signal", signal::silence(line.indicator, why));
    }
    let step = |up, but_one| SignalRule::Stepped(LastingStep { up, points: 6, before: 12, but_one });
    let rules = every! { SignalRule:
        SignalRule::Above => [SignalRule::Above],
        SignalRule::Below => [SignalRule::Below],
        SignalRule::Rising(_) => [SignalRule::Rising(6)],
        SignalRule::Falling(_) => [SignalRule::Falling(6)],
        SignalRule::TwoInThreeAbove => [SignalRule::TwoInThreeAbove],
        SignalRule::TwoInThreeBelow => [SignalRule::TwoInThreeBelow],
        SignalRule::ShiftAbove(_) => [SignalRule::ShiftAbove(8)],
        SignalRule::ShiftBelow(_) => [SignalRule::ShiftBelow(8)],
        SignalRule::DriftingUp(_) => [SignalRule::DriftingUp(24)],
        SignalRule::DriftingDown(_) => [SignalRule::DriftingDown(24)],
        SignalRule::Stepped(_) => [step(true, true), step(true, false), step(false, true)],
        SignalRule::None => [SignalRule::None],
    };
    rules.into_iter().for_each(|rule| put(found, "signal", signal::reason(line, rule)));
    let variations = every! { Variation:
        Variation::Common => [Variation::Common],
        Variation::Improvement(_) => [Variation::Improvement(true)],
        Variation::Concern(_) => [Variation::Concern(true)],
        Variation::Neutral(_) => [Variation::Neutral(true), Variation::Neutral(false)],
    };
    variations.into_iter().for_each(|one| put(found, "signal", signal::variation_mark(one).label));
    put(found, "signal", signal::CAUTION);
    of_outlooks(line, found);
}

fn of_outlooks(line: &Line<'_>, found: &mut Found) {
    let run = |figures, but_for, is_other_side| TargetRun { figures, may_be_more: figures > 9, but_for, is_other_side };
    let runs = [
        run(1, None, true),
        run(1, Some(ButFor::OneMore), false),
        run(7, Some(ButFor::OneFewer), false),
        run(14, None, false),
    ];
    let forecasts = every! { Assurance:
        Assurance::Pass => [Assurance::Pass],
        Assurance::Inconsistent => [Assurance::Inconsistent],
        Assurance::Fail => [Assurance::Fail],
    };
    let outlooks = every! { Outlook:
        Outlook::Forecast(_) => [Outlook::Forecast(forecasts[0]), Outlook::Forecast(forecasts[1]), Outlook::Forecast(forecasts[2])],
        Outlook::Missing(_) => [Outlook::Missing(runs[0]), Outlook::Missing(runs[1]), Outlook::Missing(runs[2]), Outlook::Missing(runs[3])],
        Outlook::Meeting(_) => [Outlook::Meeting(runs[1]), Outlook::Meeting(runs[2]), Outlook::Meeting(runs[3])],
    };
    for outlook in outlooks {
        for is_met in [true, false] {
            put(found, "signal", signal::outlook_mark(Some(outlook), Some(is_met)).label);
        }
        put(found, "signal", signal::outlook_with_run(line, Some(outlook)).label);
        put(found, "signal", signal::but_for(Some(outlook)).trim());
    }
}

fn of_comparisons(line: &Line<'_>, found: &mut Found) {
    let broken = &line.indicator.breaks[0];
    let whys = every! { Incomparable<'_>:
        Incomparable::NoLatest => [Incomparable::NoLatest],
        Incomparable::NoPrevious(_) => [
            Incomparable::NoPrevious(Missing::NotSupplied), Incomparable::NoPrevious(Missing::Refused),
            Incomparable::NoPrevious(Missing::Suppressed), Incomparable::NoPrevious(Missing::NotApplicable)
        ],
        Incomparable::Broken(_) => [Incomparable::Broken(broken)],
        Incomparable::TooFew => [Incomparable::TooFew],
        Incomparable::ShortSeries => [Incomparable::ShortSeries],
    };
    for why in whys {
        put(found, "not_compared", words::capital(&not_comparable(line, &why)) + ".");
    }
    let views = every! { NoView<'_>:
        NoView::NotMade => [NoView::NotMade],
        NoView::NoLatest(_) => [
            NoView::NoLatest(Missing::Suppressed), NoView::NoLatest(Missing::NoneOfNone),
            NoView::NoLatest(Missing::Refused), NoView::NoLatest(Missing::NotSupplied)
        ],
        NoView::Hidden => [NoView::Hidden],
        NoView::Missing => [NoView::Missing],
        NoView::Broken(_) => [NoView::Broken(broken)],
        NoView::NoParts => [NoView::NoParts],
    };
    for why in views {
        put(found, "views", format!("Not given: {}", over_time::not_given(&why)));
    }
    let causes = every! { Cause:
        Cause::Source => [Cause::Source],
        Cause::Definition => [Cause::Definition],
        Cause::Rule => [Cause::Rule],
        Cause::Target => [Cause::Target],
    };
    causes.into_iter().for_each(|cause| of_restated(line, cause, found));
}

/// What is said of a figure that is not as it was printed, for a cause.
fn of_restated(line: &Line<'_>, cause: Cause, found: &mut Found) {
    let one = Restated {
        period: line.previous_period,
        was: rust_decimal::Decimal::from(80),
        was_parts: None,
        now: line.previous,
        was_rating: Some("red".to_owned()),
        now_rating: Rating::Amber,
        was_target: "80".to_owned(),
        pack: PublishedPack {
            board: crate::domain::BoardId::parse("b").unwrap(),
            period: line.previous_period,
            revision: 1,
        },
        cause,
    };
    let none = Restated {
        was_target: String::new(),
        was_rating: None,
        now: Reading::Missing(Missing::NotSupplied),
        ..one.clone()
    };
    let restated = Line { restated: vec![one, none], ..line.clone() };
    restatements::notes(&restated).for_each(|text| put(found, "restated", text));
}

/// What a list of changes says of each kind of difference.
fn of_revisions(card: &Scorecard<'_>, found: &mut Found) {
    type Edit = fn(&mut RevisionContent);
    let figures = printed::read(&figures::csv(card, &BTreeMap::new()).unwrap()).unwrap().figures;
    let before = RevisionContent { revision: 1, figures, ..RevisionContent::default() };
    let edits: [Edit; 11] = [
        |now| now.figures[0].value = "80.0".into(),
        |now| (now.figures[0].numerator, now.figures[0].denominator) = ("171".into(), "203".into()),
        |now| (now.figures[0].value, now.figures[0].status) = (String::new(), "not supplied".into()),
        |now| (now.figures[0].value, now.figures[0].status) = (String::new(), "suppressed".into()),
        |now| (now.figures[0].target, now.figures[0].rating) = ("80".into(), "green".into()),
        |now| now.figures[0].target = String::new(),
        |now| (now.figures[0].previous_value, now.figures[0].last_year) = ("82.0".into(), "70.0".into()),
        |now| now.figures[0].marks = "provisional".into(),
        |now| now.figures.clear(),
        |now| now.is_draft = true,
        |now| (now.template_sha256, now.content_sha256) = ("b".into(), "b".into()),
    ];
    for edit in edits {
        let mut now = before.clone();
        (now.revision, now.content_sha256) = (2, "a".into());
        edit(&mut now);
        for (one, other) in [(&before, &now), (&now, &before)] {
            let list = changes::list(one, other, card);
            list.changes.into_iter().for_each(|change| put(found, "changes", change.sentence));
        }
    }
    let same = RevisionContent { revision: 3, ..before.clone() };
    let list = changes::list(&before, &same, card);
    list.changes.into_iter().for_each(|change| put(found, "changes", change.sentence));
}
