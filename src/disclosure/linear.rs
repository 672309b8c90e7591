//! The one place that names the solver: a linear program in, a point out.
//!
//! No time limit anywhere: the same program has the same answer on a slow
//! machine. A search among whole numbers stops after so many branches instead.

use microlp::{ComparisonOp, Error, OptimizationDirection, Problem, SolveOptions, SolveOutcome, Variable};

/// How many branches a search among whole numbers may open.
const BRANCHES: u64 = 200;

/// The largest whole number that the solver's integer variables hold.
const LARGEST: i64 = 1_000_000_000;

/// What a program comes to.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum ProgramAnswer {
    /// The cheapest point, or one as good as was found.
    Point(Vec<f64>),
    /// There is no point at all.
    Impossible,
    /// The solver does not know.
    Unknown,
}

impl ProgramAnswer {
    /// The point, if one was found.
    pub(super) fn point(self) -> Option<Vec<f64>> {
        match self {
            Self::Point(point) => Some(point),
            Self::Impossible | Self::Unknown => None,
        }
    }
}

/// A linear program that looks for the least cost.
pub(super) struct Program {
    problem: Problem,
    variables: Vec<Variable>,
}

impl Program {
    pub(super) fn new() -> Self {
        Self { problem: Problem::new(OptimizationDirection::Minimize), variables: Vec::new() }
    }

    /// A real variable; its index.
    #[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
    pub(super) fn real(&mut self, cost: f64, from: i64, to: i64) -> usize {
        self.variables.push(self.problem.add_var(cost, (from as f64, to as f64)));
        self.variables.len() - 1
    }

    /// A whole variable; its index.
    pub(super) fn whole(&mut self, cost: f64, from: i64, to: i64) -> usize {
        let bound = |bound: i64| i32::try_from(bound.clamp(-LARGEST, LARGEST)).unwrap_or_default();
        self.variables.push(self.problem.add_integer_var(cost, (bound(from), bound(to))));
        self.variables.len() - 1
    }

    /// A sum that is exactly this.
    pub(super) fn equal(&mut self, terms: &[(usize, f64)], to: f64) {
        self.row(terms, ComparisonOp::Eq, to);
    }

    /// A sum that is this or more.
    pub(super) fn at_least(&mut self, terms: &[(usize, f64)], least: f64) {
        self.row(terms, ComparisonOp::Ge, least);
    }

    fn row(&mut self, terms: &[(usize, f64)], op: ComparisonOp, right: f64) {
        let terms: Vec<_> = terms.iter().map(|(index, factor)| (self.variables[*index], *factor)).collect();
        self.problem.add_constraint(&terms[..], op, right);
    }

    /// The cheapest point, if there is one and the solver finds it.
    pub(super) fn solve(&self) -> ProgramAnswer {
        let mut options = SolveOptions::default();
        options.node_limit = Some(BRANCHES);
        match self.problem.solve_with(options) {
            Ok(SolveOutcome::Solution(solution)) => {
                ProgramAnswer::Point(self.variables.iter().map(|variable| solution.var_value(*variable)).collect())
            }
            Err(Error::Infeasible) => ProgramAnswer::Impossible,
            _ => ProgramAnswer::Unknown,
        }
    }
}

/// The nearest whole number.
#[expect(clippy::cast_possible_truncation, reason = "counts are far below 2^52")]
pub(super) fn nearest(value: f64) -> i64 {
    value.round() as i64
}
