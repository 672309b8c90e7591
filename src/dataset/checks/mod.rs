//! What is sound to read and still may be wrong: one pure function a rule.
//!
//! Rules of the table see its cells and run while it is read; rules of the
//! figures see a whole dataset, what was published before, and the file's own
//! facts, all as arguments. None stops another.
//!
//! | file | rule |
//! |---|---|
//! | `table` | row_count (F231), unexpected_column (F232) |
//! | `person` | person_level_columns (F206), on every sheet that is shown |
//! | `cells` | required (F321), enum (F322), pattern (F323), each with `mostly` |
//! | `range` | an indicator's declared range (F324) |
//! | `stale` | the same bytes (F421), or no newer month (F422), as last time |
//! | `fresh` | when the file was changed, in working days (F423) |
//! | `jump` | the newest figure against the one before (F424) |
//! | `restated` | figures against what was published (F425) |
//! | `outlier` | the newest figure against its own series (F426) |
//! | `usual` | what a series leads to expect, and powers of ten against it |
//! | `copied` | an earlier month's figures once more (F427) |
//! | `magnitude` | figures and denominators a power of ten off (F428, F429) |
//! | `zeros` | noughts where there never were any (F430) |
//! | `parts_lost` | a figure without its numerator or denominator (F431) |
//! | `exchanged` | two figures that fit each other's series (F432) |
//! | `moved` | figures in the month beside theirs (F435) |
//! | `rows_lost` | fewer rows than last time (F433) |
//! | `total` | a total against its parts (F521) |
//! | `breakdown` | the parts of a breakdown against their whole (F641, F642) |
//! | `severity_overrides` | the severities that a council declares |

pub(super) mod breakdown;
mod cells;
mod copied;
mod exchanged;
mod fresh;
mod jump;
mod magnitude;
mod moved;
mod outlier;
mod parts_lost;
pub(super) mod person;
mod range;
mod restated;
mod rows_lost;
mod severity_overrides;
mod stale;
pub(super) mod table;
mod total;
mod usual;
mod zeros;

use chrono::NaiveDate;
use rust_decimal::Decimal;

pub use restated::is_as_printed;
pub use severity_overrides::{weigh, weigh_lines};

use super::Dataset;
use crate::domain::Calendar;
use crate::domain::finding::{Code, Finding, Place, Severity};
use crate::domain::ids::IndicatorRef;
use crate::domain::indicator::Indicator;
use crate::domain::layout::Source;
use crate::domain::measure::Unit;
use crate::domain::observation::{Figure, Observation, Reading};
use crate::domain::period::Period;
use crate::history::History;

/// A printed month; see `report`.
const MONTHS_PRINTED: i32 = 24;

/// A source's figures and all that is known about them.
#[derive(Debug, Clone, Copy)]
pub struct CheckInput<'a> {
    /// The source.
    pub source: &'a Source,
    /// The indicators that it carries.
    pub indicators: &'a [&'a Indicator],
    /// The pack's month.
    pub period: Period,
    /// What could be read of it.
    pub dataset: &'a Dataset,
    /// Its file; none where there is none.
    pub file: Option<FileFacts<'a>>,
    /// Working days.
    pub calendar: &'a Calendar,
    /// What was published for earlier months.
    pub history: &'a History,
}

/// A file as its storage knows it.
#[derive(Debug, Clone, Copy)]
pub struct FileFacts<'a> {
    /// Its name on its share.
    pub name: &'a str,
    /// Digest of its bytes.
    pub sha256: &'a str,
    /// The day in London on which it was last changed, where that is known.
    pub changed: Option<NaiveDate>,
}

/// Every rule that sees figures. `others` gives any indicator's reading, of
/// whatever source, for totals across them.
pub fn check(asked: &CheckInput<'_>, others: &dyn Fn(&IndicatorRef, Period) -> Option<Reading>) -> Vec<Finding> {
    // What no source has is made of what they have, and is checked there.
    let own: Vec<&Indicator> = asked.indicators.iter().copied().filter(|one| one.made_of().is_none()).collect();
    let asked = &CheckInput { indicators: &own, ..*asked };
    let mut findings: Vec<Finding> = stale::check(asked).into_iter().collect();
    findings.extend(fresh::check(asked));
    findings.extend(rows_lost::check(asked));
    findings.extend(moved::check(asked));
    findings.extend(restated::check(asked));
    findings.extend(copied::check(asked));
    findings.extend(zeros::check(asked));
    findings.extend(exchanged::check(asked));
    for indicator in asked.indicators {
        findings.extend(range::check(asked, indicator));
        let tenfold = magnitude::check(asked, indicator);
        let moved = jump::check(asked, indicator).into_iter().chain(outlier::check(asked, indicator));
        // One cause is told once.
        let latest = asked.dataset.reading(&indicator.reference, indicator.latest_due(asked.period));
        let is_doubted = latest.is_some_and(|seen| magnitude::is_doubted(&tenfold, seen));
        findings.extend(moved.filter(|_| !is_doubted));
        findings.extend(tenfold);
        findings.extend(parts_lost::check(asked, indicator));
        findings.extend(total::check(asked, indicator, others));
        findings.extend(breakdown::check(asked, indicator, others));
    }
    findings
}

impl CheckInput<'_> {
    /// A place in this source's file, for an indicator where there is one.
    fn place(&self, indicator: Option<&Indicator>) -> Place {
        Place {
            source: Some(self.source.id.clone()),
            file: self.file.map(|file| file.name.into()),
            indicator: indicator.map(|indicator| indicator.reference.clone()),
            ..Place::default()
        }
    }

    /// The figure of a month and what was observed.
    fn figure(&self, indicator: &Indicator, month: Period) -> Option<(&Observation, Figure)> {
        let observation = self.dataset.reading(&indicator.reference, month)?;
        Some((observation, *observation.reading.figure()?))
    }

    /// The first month that the source has anything of.
    fn begins(&self) -> Option<Period> {
        self.dataset.observations().map(|seen| seen.period).min()
    }

    /// Whether a pack for this month still prints figures of that one.
    fn prints(&self, month: Period) -> bool {
        self.period.since(month) <= MONTHS_PRINTED
    }

    /// Whether a month has become due since the month before: a quarterly
    /// source need not change in between.
    fn expects_news(&self, since: Period) -> bool {
        self.indicators.iter().any(|indicator| indicator.latest_due(self.period) > indicator.latest_due(since))
    }
}

/// A finding about a figure of a month.
fn about(asked: &CheckInput<'_>, code: Code, observation: &Observation, message: String, hint: &str) -> Finding {
    let mut finding = Finding::new(code, observation.at(), message, hint);
    if !asked.prints(observation.period) {
        finding.severity = Severity::Note;
    }
    let known = asked.indicators.iter().find(|indicator| indicator.reference == observation.indicator);
    let is_old = known.is_some_and(|indicator| observation.period < indicator.latest_due(asked.period));
    if let Some(most) = asked.source.checks.old_months.filter(|_| is_old) {
        finding.severity = finding.severity.min(most);
    }
    finding
}

/// The same of a doubt about a figure: a note where it is older than the two
/// that a table prints.
fn in_month(asked: &CheckInput<'_>, indicator: &Indicator, mut finding: Finding, month: Period) -> Finding {
    let latest = indicator.latest_due(asked.period);
    if month < indicator.frequency.previous(latest) {
        finding.severity = Severity::Note;
    }
    finding
}

/// A finding about the file as a whole.
fn about_file(asked: &CheckInput<'_>, code: Code, message: String, hint: &str) -> Finding {
    Finding::new(code, asked.place(None), message, hint)
}

/// A value as it is printed: "84.2%".
fn shown(indicator: &Indicator, value: Decimal) -> String {
    if indicator.measure.unit.is_money() {
        return crate::words::figure(&indicator.measure, value);
    }
    let sign = if indicator.measure.unit == Unit::Percent { "%" } else { "" };
    format!("{}{sign}", indicator.measure.round(value))
}
