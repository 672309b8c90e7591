//! What a source's rows and an indicator's figures must satisfy, as declared.
//!
//! Everything here is beyond what makes a cell readable: an honest figure may
//! break it, which is why each rule's parameters and severity are the
//! council's to set.

use std::collections::BTreeMap;

use regex::Regex;
use rust_decimal::Decimal;

use super::finding::{Code, Severity};
use super::ids::IndicatorRef;

/// Severities that differ from their code's own; none turns the rule off.
pub type Severities = BTreeMap<Code, Option<Severity>>;

/// Restated indicators of one source that are told one by one; more are told
/// together.
const GROUP_OVER: usize = 10;

/// The floor under the denominators of two figures that are compared, where an
/// indicator declares none: below it one person more or less is a jump.
const JUMP_FLOOR: u32 = 20;

/// Points by which a percentage jumps, where an indicator declares none.
const JUMP_POINTS: u32 = 30;

/// What the rows of a source must satisfy.
#[derive(Debug, Clone)]
pub struct SourceChecks {
    /// Fewest and most rows of its table (F231).
    pub rows: (Option<usize>, Option<usize>),
    /// Headers that may stand beside the declared ones (F232); none where any may.
    pub extra_columns: Option<Vec<String>>,
    /// What the cells of single columns must satisfy (F321 to F323).
    pub columns: Vec<ColumnCheck>,
    /// When its file must have been changed (F423).
    pub fresh: Fresh,
    /// Restated indicators that are told one by one (F425).
    pub group_over: usize,
    /// Whether each of its indicators is held against its own series (F426).
    pub outlier: bool,
    /// What an error in a figure of a month before the latest is at most; as
    /// any other where the council does not say.
    pub old_months: Option<Severity>,
    /// Severities of its findings.
    pub severity: Severities,
}

impl Default for SourceChecks {
    fn default() -> Self {
        Self {
            rows: (None, None),
            extra_columns: None,
            columns: Vec::new(),
            fresh: Fresh::default(),
            group_over: GROUP_OVER,
            // A series that rises or falls by design is always outside.
            outlier: false,
            old_months: None,
            severity: Severities::new(),
        }
    }
}

/// Working days after a month's end, counted from 1, between which its file
/// must have been changed for the last time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Fresh {
    /// The first: a file changed earlier cannot hold the whole month.
    pub from: Option<u32>,
    /// The last: a file changed later was changed behind everybody's back.
    pub by: Option<u32>,
}

/// What the cells of one column must satisfy.
#[derive(Debug, Clone)]
pub struct ColumnCheck {
    /// Its header; several are synonyms.
    pub column: Vec<String>,
    /// Whether a cell may not be blank.
    pub required: bool,
    /// The words that a cell may hold; empty where any.
    pub one_of: Vec<String>,
    /// What a cell must look like.
    pub pattern: Option<Regex>,
    /// The share of cells that must satisfy this, 0 to 1. Where so many do,
    /// the others are notes.
    pub mostly: Decimal,
}

/// What an indicator's figures must satisfy.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FigureChecks {
    /// Least and most (F324), in the unit.
    pub range: Option<(Decimal, Decimal)>,
    /// A change on the figure before of more than this is a jump (F424), in
    /// the unit.
    pub jump: Option<Decimal>,
    /// The same in percent of the figure before.
    pub jump_share: Option<Decimal>,
    /// Denominators, and counts that are held against a share, below which
    /// nothing is a jump.
    pub jump_floor: Option<Decimal>,
    /// Whether it is held against its own series (F426); none as its source says.
    pub outlier: Option<bool>,
    /// The indicators whose sum this one is (F521).
    pub total_of: Vec<IndicatorRef>,
    /// How far a total may be from its parts' sum.
    pub total_within: Decimal,
    /// How far a supplied ratio may be from what its parts give (F502), beyond
    /// rounding.
    pub ratio_within: Decimal,
    /// Severities of its findings; they come before its source's.
    pub severity: Severities,
}

impl FigureChecks {
    /// The change that counts as a jump: percentages have one by default.
    pub fn jump_over(&self, is_percent: bool) -> Option<Decimal> {
        self.jump.or_else(|| (is_percent && self.jump_share.is_none()).then(|| JUMP_POINTS.into()))
    }

    /// The smallest denominators that are compared.
    pub fn jump_floor(&self) -> Decimal {
        self.jump_floor.unwrap_or_else(|| JUMP_FLOOR.into())
    }
}
