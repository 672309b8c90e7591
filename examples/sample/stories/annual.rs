//! The once-a-year results.
//!
//! These come from national returns and are kept as a list of years. The
//! numbers are few enough to be written down.

/// One result: the team's reference, the year, and the figure as typed, with
/// the children behind it where it is a share.
pub(crate) struct Outcome {
    /// The reference.
    pub(crate) name: &'static str,
    /// Its title.
    pub(crate) title: &'static str,
    /// The year it stands for.
    pub(crate) year: u16,
    /// The figure, as the team typed it.
    pub(crate) value: &'static str,
    /// Children it is true of, and children in all; empty where it is a score.
    pub(crate) parts: (&'static str, &'static str),
}

/// Every year's results.
pub(crate) fn lines() -> Vec<Outcome> {
    let mut lines = Vec::new();
    let mut add = |name, title, years: [(u16, &'static str, (&'static str, &'static str)); 5]| {
        lines.extend(years.map(|(year, value, parts)| Outcome { name, title, year, value, parts }));
    };
    let none = ("", "");
    add(
        "CLA23",
        "Average strengths and difficulties score",
        [(2022, "14.6", none), (2023, "14.9", none), (2024, "14.7", none), (2025, "14.4", none), (2026, "14.1", none)],
    );
    add(
        "CLA31",
        "Strengths and difficulties score of 17 or more",
        [
            (2022, "42.1%", ("32", "76")),
            (2023, "44.2%", ("34", "77")),
            (2024, "41.3%", ("33", "80")),
            (2025, "39.2%", ("31", "79")),
            (2026, "37.0%", ("30", "81")),
        ],
    );
    add(
        "ED04",
        "Reading, writing and maths at age 11, expected standard",
        [
            (2022, "30.8%", ("8", "26")),
            (2023, "32.0%", ("8", "25")),
            (2024, "34.6%", ("9", "26")),
            (2025, "37.0%", ("10", "27")),
            (2026, "39.3%", ("11", "28")),
        ],
    );
    add(
        "ED05",
        "Average Attainment 8 score at age 16",
        [(2022, "19.8", none), (2023, "18.6", none), (2024, "18.1", none), (2025, "18.9", none), (2026, "20.6", none)],
    );
    lines
}
