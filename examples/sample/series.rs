//! Lines become figures: counts, shares of children, means.
//!
//! Children are always whole, a share is always worked from the children in
//! it, and no share ever holds more children than there are.

use crate::lines::Line;
use crate::months::Month;

/// What a figure counts, and so how a spreadsheet would format its cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Whole things.
    Count,
    /// A share; the value is a fraction.
    Percent,
    /// Anything else that is divided: a rate, a mean, days, a score.
    Mean,
}

/// One month's cell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Cell {
    /// A figure, with the two numbers it was worked from where it has them.
    Figure { value: f64, parts: Option<(f64, f64)> },
    /// Held back to protect a child: the team types "c".
    Suppressed,
}

/// One indicator's two years.
#[derive(Debug, Clone)]
pub(crate) struct Series {
    /// The reference, or whatever else the team calls it.
    pub(crate) name: &'static str,
    /// Its title, in the team's own words.
    pub(crate) title: &'static str,
    /// Which part of it this is; blank for the whole.
    pub(crate) group: &'static str,
    /// What it counts.
    pub(crate) kind: Kind,
    /// Its months, oldest first. A month that is not here was never sent.
    pub(crate) cells: Vec<(Month, Cell)>,
    /// Month by month, who is counted with the others although their time is
    /// not up yet; empty where nobody counts them.
    pub(crate) not_due: Vec<i32>,
}

impl Series {
    fn new(name: &'static str, title: &'static str, kind: Kind, cell: impl Fn(usize) -> Cell) -> Self {
        let cells = Month::all().map(|month| (month, cell(month.index()))).collect();
        Self { name, title, group: "", kind, cells, not_due: Vec::new() }
    }

    /// Whole things.
    pub(crate) fn count(name: &'static str, title: &'static str, line: &[i32]) -> Self {
        Self::new(name, title, Kind::Count, |at| Cell::Figure { value: line[at].into(), parts: None })
    }

    /// A share of `whole`, told in tenths of a percent and rounded to whole
    /// children, from which the percentage is then worked.
    pub(crate) fn share(name: &'static str, title: &'static str, whole: &[i32], tenths: &[i32]) -> Self {
        let part: Line = whole.iter().zip(tenths).map(|(whole, tenths)| (whole * tenths + 500) / 1000).collect();
        Self::part_of(name, title, &part, whole)
    }

    /// A share, told by its children.
    pub(crate) fn part_of(name: &'static str, title: &'static str, part: &[i32], whole: &[i32]) -> Self {
        Self::new(name, title, Kind::Percent, |at| divided(part[at].min(whole[at]).into(), whole[at].into()))
    }

    /// A share of posts: both lines are in tenths of a full-time post.
    pub(crate) fn posts(name: &'static str, title: &'static str, part: &[i32], whole: &[i32]) -> Self {
        Self::new(name, title, Kind::Percent, |at| divided(tenth(part[at]), tenth(whole[at])))
    }

    /// A mean over posts, which are in tenths.
    pub(crate) fn per_post(name: &'static str, title: &'static str, things: &[i32], posts: &[i32]) -> Self {
        Self::new(name, title, Kind::Mean, |at| divided(things[at].into(), tenth(posts[at])))
    }

    /// A mean of anything over whole children.
    pub(crate) fn mean(name: &'static str, title: &'static str, total: &[i32], children: &[i32]) -> Self {
        Self::new(name, title, Kind::Mean, |at| divided(total[at].into(), children[at].into()))
    }

    /// So many for each hundred, with the numbers behind it.
    pub(crate) fn per_hundred(name: &'static str, title: &'static str, things: &[i32], people: &[i32]) -> Self {
        Self::new(name, title, Kind::Mean, |at| {
            let (things, people) = (f64::from(things[at]), f64::from(people[at]));
            Cell::Figure { value: things * 100.0 / people, parts: Some((things, people)) }
        })
    }

    /// So many for each `per` of a population, without the numbers behind it.
    pub(crate) fn rate(name: &'static str, title: &'static str, things: &[i32], per: i32, population: i32) -> Self {
        Self::new(name, title, Kind::Mean, |at| Cell::Figure {
            value: f64::from(things[at]) * f64::from(per) / f64::from(population),
            parts: None,
        })
    }

    /// One part of it.
    #[must_use]
    pub(crate) fn of(self, group: &'static str) -> Self {
        Self { group, ..self }
    }

    /// How many more stand in the list whose time is not up yet.
    #[must_use]
    pub(crate) fn waiting(self, not_due: Vec<i32>) -> Self {
        Self { not_due, ..self }
    }

    /// Keeps only the months that end a quarter.
    #[must_use]
    pub(crate) fn quarterly(mut self) -> Self {
        self.cells.retain(|(month, _)| month.ends_quarter());
        self
    }

    /// Keeps only the months that end a school term.
    #[must_use]
    pub(crate) fn termly(mut self) -> Self {
        self.cells.retain(|(month, _)| month.ends_term());
        self
    }

    /// A month that was never sent.
    #[must_use]
    pub(crate) fn without(mut self, yyyymm: usize) -> Self {
        self.cells.retain(|(month, _)| *month != Month::at(yyyymm));
        self
    }

    /// A month that is held back to protect a child.
    #[must_use]
    pub(crate) fn suppressed(mut self, yyyymm: usize) -> Self {
        for (month, cell) in &mut self.cells {
            if *month == Month::at(yyyymm) {
                *cell = Cell::Suppressed;
            }
        }
        self
    }
}

fn divided(part: f64, whole: f64) -> Cell {
    Cell::Figure { value: part / whole, parts: Some((part, whole)) }
}

fn tenth(n: i32) -> f64 {
    f64::from(n) / 10.0
}
