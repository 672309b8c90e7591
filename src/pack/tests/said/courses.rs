//! Kinds of indicator and courses of their figures: a pack is made of each kind with each.

use crate::scorecard::Scorecard;
use crate::scorecard::test_support::{with_card, with_page_1};

/// What is counted, in rows of the source.
#[derive(Clone, Copy)]
enum Parts {
    /// A value alone.
    Value,
    /// So many of 200 or so.
    Of(u32),
    /// So many among a number that changes little, whose quotient is the figure.
    Mean,
}

/// A kind of indicator: its entry in the register, and what its rows hold.
const KINDS: [(&str, Parts); 27] = [
    (
        "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\nviews = [\"year-to-date\", \"rolling-12-months\"]\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nvalue = 60\ntolerance = 5\nsource = \"local\"\n",
        Parts::Of(200),
    ),
    (
        "unit = \"percent\"\nbetter = \"lower\"\nfrequency = \"monthly\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nrule = \"percent\"\nvalue = 40\ntolerance = 10\nsource = \"national\"\n",
        Parts::Of(300),
    ),
    (
        "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\ntravel = \"last-year\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nrule = \"floor\"\nvalue = 70\nfloor = 55\nsource = \"local\"\n[[indicators.A.breaks]]\nfrom = \"2026-06\"\nkind = \"definition\"\nnote = \"More are counted.\"\n",
        Parts::Of(200),
    ),
    (
        "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\nmin_denominator = 30\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nvalue = 60\ntolerance = 5\nsource = \"local\"\n",
        Parts::Of(8),
    ),
    (
        "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nrule = \"improved\"\nvalue = 70\ntolerance = 5\nsource = \"local\"\n",
        Parts::Of(200),
    ),
    (
        "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"quarterly\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nvalue = 60\ntolerance = 0\nsource = \"local\"\n",
        Parts::Of(200),
    ),
    (
        "unit = \"count\"\nbetter = \"lower\"\nfrequency = \"monthly\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nrule = \"zero\"\nvalue = 40\nsource = \"local\"\n",
        Parts::Value,
    ),
    (
        "unit = \"count\"\nbetter = \"lower\"\nfrequency = \"monthly\"\nbasis = \"in-period\"\nviews = [\"year-to-date\", \"quarter\"]\n",
        Parts::Value,
    ),
    (
        "unit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n[[indicators.A.signal.rebase]]\nfrom = \"2026-02\"\nbecause = \"A new team.\"\n",
        Parts::Value,
    ),
    ("unit = \"count\"\nbetter = \"none\"\nfrequency = \"termly\"\n", Parts::Value),
    (
        "unit = \"count\"\nbetter = \"higher\"\nfrequency = \"annual\"\nyear_end = 9\n[[indicators.A.targets]]\nfrom = \"2015-04\"\nvalue = 60\ntolerance = 5\nsource = \"local\"\n",
        Parts::Value,
    ),
    ("unit = \"rate\"\nper = 10000\nbetter = \"none\"\nfrequency = \"monthly\"\n", Parts::Of(40000)),
    (
        "unit = \"mean\"\nbetter = \"range\"\nfrequency = \"monthly\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nrule = \"range\"\nrange = [45, 55]\ntolerance = 4\nsource = \"local\"\n",
        Parts::Mean,
    ),
    (
        "unit = \"days\"\nbetter = \"lower\"\nfrequency = \"monthly\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nrule = \"absolute\"\ngreen = 45\namber = 55\nsource = \"local\"\n[[indicators.A.targets]]\nfrom = \"2026-10\"\nrule = \"absolute\"\ngreen = 40\namber = 55\nsource = \"local\"\nbecause = \"It was met.\"\n",
        Parts::Value,
    ),
    (
        "unit = \"score\"\nbetter = \"higher\"\nfrequency = \"monthly\"\ntravel = \"regression\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nvalue = 50\ntolerance = 5\nsource = \"local\"\n",
        Parts::Mean,
    ),
    (
        "unit = \"£000\"\nbetter = \"lower\"\nfrequency = \"monthly\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nvalue = 50\ntolerance = 5\nsource = \"local\"\n",
        Parts::Value,
    ),
    (
        "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\nbasis = \"rolling-12-months\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nvalue = 50\ntolerance = 5\nsource = \"local\"\n",
        Parts::Of(200),
    ),
    (
        "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\nevents = [{ month = \"2026-05\", note = \"Nurse in post\" }]\n[[indicators.A.forecasts]]\nperiod = \"2026-10\"\nvalue = 55\nmade = \"2026-06-08\"\n[[indicators.A.forecasts]]\nperiod = \"2027-03\"\nvalue = 60\nmade = \"2026-06-08\"\n[[indicators.A.marks]]\nperiod = \"2026-10\"\nmark = \"provisional\"\n",
        Parts::Of(16),
    ),
    ("unit = \"count\"\nbetter = \"lower\"\nfrequency = \"monthly\"\nsignal = \"off\"\n", Parts::Value),
    (
        "unit = \"percent\"\nbetter = \"lower\"\nfrequency = \"termly\"\nbasis = \"in-period\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nvalue = 40\ntolerance = 5\nsource = \"local\"\n[[indicators.A.breaks]]\nfrom = \"2026-05\"\nkind = \"definition\"\nnote = \"More are counted.\"\n",
        Parts::Of(200),
    ),
    (
        "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"annual\"\nyear_end = 9\nbasis = \"in-period\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nvalue = 60\ntolerance = 5\nsource = \"local\"\n",
        Parts::Of(200),
    ),
    (
        "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\ntravel = \"last-year\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nvalue = 60\ntolerance = 5\nsource = \"local\"\n",
        Parts::Of(100),
    ),
    (
        "unit = \"count\"\nbetter = \"lower\"\nfrequency = \"monthly\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nvalue = 45\ntolerance = 5\nsource = \"local\"\n",
        Parts::Value,
    ),
    (
        "unit = \"count\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nvalue = 60\ntolerance = 15\nsource = \"local\"\n",
        Parts::Value,
    ),
    (
        "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nvalue = 60\ntolerance = 5\nsource = \"local\"\n[[indicators.A.forecasts]]\nperiod = \"2026-10\"\nvalue = 55\nmade = \"2026-06-08\"\n[[indicators.A.forecasts]]\nquarter = \"Q2 2026/27\"\nsays = \"Better\"\nmade = \"2026-06-08\"\n[[indicators.A.forecasts]]\nquarter = \"Q4 2026/27\"\nsays = \"Better\"\nmade = \"2026-06-08\"\n",
        Parts::Of(200),
    ),
    (
        "unit = \"days\"\nbetter = \"lower\"\nfrequency = \"quarterly\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nvalue = 45\ntolerance = 5\nsource = \"local\"\n",
        Parts::Value,
    ),
    (
        "unit = \"mean\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n[[indicators.A.targets]]\nfrom = \"2023-04\"\nvalue = 60\ntolerance = 5\nsource = \"local\"\n[[indicators.A.forecasts]]\nperiod = \"2026-10\"\nvalue = 50\nmade = \"2026-06-08\"\n",
        Parts::Mean,
    ),
];

/// A course of figures, months ago: a number near 50; none is not supplied, and 0 or less
/// has a meaning of its own below.
type Course = fn(u32) -> Option<u32>;

/// Hidden, refused.
const HIDDEN: u32 = 7001;
const REFUSED: u32 = 7002;

fn wave(ago: u32) -> u32 {
    [0, 3, 1, 2, 4, 1, 3][(ago % 7) as usize]
}

const COURSES: [Course; 20] = [
    |ago| Some(48 + wave(ago)),
    |ago| Some(58 + wave(ago)),
    |ago| Some(74 - 2 * ago),
    |ago| Some(30 + 2 * ago),
    |ago| Some(if ago < 7 { 66 } else { 46 } + wave(ago)),
    |ago| Some(if ago < 7 { 34 } else { 52 } + wave(ago)),
    |ago| Some(if ago == 0 { 75 } else { 48 + wave(ago) }),
    |ago| Some(if ago == 0 { 28 } else { 48 + wave(ago) }),
    |ago| Some(if ago < 2 { 57 } else { 48 + wave(ago) }),
    |_| Some(50),
    |ago| Some(40 + [0, 4, 9, 15, 20, 22, 24, 20, 15, 9, 4, 1][(ago % 12) as usize]),
    |ago| Some(if ago % 7 == 3 { 1 } else { 0 }),
    |ago| Some(if ago % 3 == 0 { 4 } else { 0 }),
    |ago| (ago > 0).then(|| 48 + wave(ago)),
    |ago| Some(if ago == 0 { HIDDEN } else { 48 + wave(ago) }),
    |ago| Some(if ago == 0 { REFUSED } else { 48 + wave(ago) }),
    |ago| (ago != 1 && ago != 12).then(|| 48 + wave(ago)),
    |ago| Some(if ago == 1 || ago == 4 || ago == 5 { HIDDEN } else { 48 + wave(ago) }),
    |ago| (ago < 5).then(|| 44 + ago * 2),
    |ago| Some(60 - u32::from(ago > 5) * 12 + wave(ago / 2)),
];

/// A row of the source.
fn row(month: &str, parts: Parts, figure: Option<u32>) -> String {
    let written = match (parts, figure) {
        (_, None) => ",,".to_owned(),
        (_, Some(HIDDEN)) => "c,,".to_owned(),
        (_, Some(REFUSED)) => "oops,,".to_owned(),
        (Parts::Value, Some(figure)) => format!("{figure},,"),
        (Parts::Of(all), Some(figure)) => {
            let all = if all > 9 { all + figure % 5 } else { all };
            format!(",{},{all}", all * figure.min(100) / 100)
        }
        (Parts::Mean, Some(figure)) => format!(",{},{}", figure * (10 + figure % 3), 10 + figure % 3),
    };
    format!("A,{month},{written}\n")
}

/// Tells of the scorecard of each kind of indicator with each course.
pub(super) fn packs(mut told: impl FnMut(&Scorecard<'_>)) {
    // Boards of three: what page 1 and a section say of several.
    for headlines in ["", "headlines = [\"C\"]\n", "headlines = [\"A\", \"B\", \"C\"]\n"] {
        with_page_1(headlines, "", &mut told);
    }
    boards(&mut told);
    let last: crate::domain::Period = "2026-10".parse().unwrap();
    for (entry, parts) in KINDS {
        let last = if entry.contains("quarterly") || entry.contains("annual") { last.plus(-1) } else { last };
        let last = if entry.contains("termly") { last.plus(-3) } else { last };
        for course in COURSES {
            let step = if entry.contains("quarterly") { 3 } else { 1 };
            let step = if entry.contains("annual") { 12 } else { step };
            let month = |ago: i32| last.plus(-ago * step);
            let is_there = |ago: i32| {
                let month = month(ago).to_string();
                !entry.contains("termly") || ["-04", "-07", "-12"].iter().any(|end| month.ends_with(end))
            };
            let ago = (0..if entry.contains("termly") { 40 } else { 24 }).filter(|ago| is_there(*ago));
            let rows: String =
                ago.zip(0..).map(|(ago, nth)| row(&month(ago).to_string(), parts, course(nth))).collect();
            with_card(entry, "", "\"A\"", rows.trim(), &mut told);
        }
    }
}

/// Indicators of which some are green, amber and red, better, worse and steady: their
/// names, the figure before and the latest.
const OF_A_BOARD: [(&str, &str, &str); 8] = [
    ("A", "70", "72"),
    ("B", "70", "71"),
    ("C", "58", "57"),
    ("D", "58", "58"),
    ("E", "40", "39"),
    ("F", "40", "38"),
    ("G", "70", "70"),
    ("H", "70", ""),
];

/// Tells of boards of several indicators.
fn boards(told: &mut impl FnMut(&Scorecard<'_>)) {
    let target = |name: &str| {
        format!(
            "unit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n[[indicators.{name}.targets]]\nfrom = \"2023-04\"\nvalue = 60\ntolerance = 5\nsource = \"local\"\n"
        )
    };
    let entry = |name: &str| {
        format!(
            "[indicators.{name}]\ntitle = \"{name}\"\nplain = \"P\"\nnoun = \"children\"\nowner = \"O\"\nsource = \"s\"\nbasis = \"snapshot\"\n{}",
            target(name)
        )
    };
    let others: String = OF_A_BOARD[1..].iter().map(|(name, ..)| entry(name)).collect();
    let rows: String = OF_A_BOARD
        .iter()
        .map(|(name, before, now)| format!("{name},2026-09,{before},,\n{name},2026-10,{now},,\n"))
        .collect();
    for of in ["ABCDEFGH", "AB", "AE", "AD", "ADE", "CDE", "BDG", "ABE", "EF", "CD", "AGD", "ABGDCF"] {
        let on_board = of.chars().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(", ");
        with_card(&target("A"), &others, &on_board, rows.trim(), &mut *told);
    }
}
