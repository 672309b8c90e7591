//! Findings with their places and their weight.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::left_out::LeftOut;
use super::percent_scale::ScaleDoubt;
use crate::domain::attributed_text::AttributedText;
use crate::domain::finding::{Code, Finding, Severity};
use crate::domain::ids::IndicatorRef;
use crate::domain::indicator::Indicator;
use crate::domain::layout::Source;
use crate::domain::period::Period;
use crate::domain::place::{At, Origin, Place, Shared};
use crate::workbook::address;

/// How far back a pack prints. A fault in an older cell is noted and holds
/// nothing.
const MONTHS_PRINTED: i32 = 24;

/// A cell's row and column, from 0.
pub(super) type RowColumn = (u32, u32);

/// The findings of one reading, in the order found.
pub(super) struct ReadReport {
    pub(super) findings: Vec<Finding>,
    pub(super) period: Period,
    place: Place,
    // The same without cell and indicator, shared by the figures of a sheet.
    origin: Arc<Origin>,
    // The sheets that were read, and where the findings of the latest begin.
    sheets: Vec<Shared>,
    here: usize,
    // Indicators whose absence has a finding of its own already.
    excused: BTreeSet<IndicatorRef>,
    /// Figures that their whole series must speak on before they are told.
    pub(super) doubts: Vec<ScaleDoubt>,
    /// What rows are called that name nothing known: one of them may be what is missed.
    pub(super) unknown: Vec<String>,
    /// What stands under another length of time than its indicator's.
    pub(super) left_out: Vec<LeftOut>,
    // What an error in a month before the latest is at most.
    old_months: Option<Severity>,
}

/// What is said of one figure.
pub(super) struct FigureFindings {
    findings: Vec<Finding>,
    doubts: Vec<ScaleDoubt>,
}

impl FigureFindings {
    pub(super) fn is_nothing(&self) -> bool {
        self.findings.is_empty() && self.doubts.is_empty()
    }
}

impl ReadReport {
    pub(super) fn new(source: &Source, file: &str, period: Period) -> Self {
        let place = Place { source: Some(source.id.clone()), file: Some(file.into()), ..Place::default() };
        let origin = Arc::default();
        let mut report = Self {
            findings: Vec::new(),
            period,
            place,
            origin,
            sheets: Vec::new(),
            here: 0,
            excused: BTreeSet::new(),
            doubts: Vec::new(),
            unknown: Vec::new(),
            left_out: Vec::new(),
            old_months: source.checks.old_months,
        };
        report.on(None);
        report
    }

    fn on(&mut self, sheet: Option<Shared>) {
        self.place.sheet = sheet;
        let Place { source, file, sheet, .. } = self.place.clone();
        self.origin = Arc::new(Origin { source, file, sheet });
    }

    /// A report of the same sheet with nothing in it yet, for one who judges
    /// beside others.
    pub(super) fn aside(&self) -> Self {
        Self {
            findings: Vec::new(),
            period: self.period,
            place: self.place.clone(),
            // One of its own: cores that count on one wait for each other.
            origin: Arc::new(Origin::clone(&self.origin)),
            sheets: self.sheets.clone(),
            here: 0,
            excused: BTreeSet::new(),
            doubts: Vec::new(),
            unknown: Vec::new(),
            left_out: Vec::new(),
            old_months: self.old_months,
        }
    }

    /// Takes the findings of the figure at hand out of the report.
    pub(super) fn take_figure_findings(&mut self) -> FigureFindings {
        FigureFindings { findings: std::mem::take(&mut self.findings), doubts: std::mem::take(&mut self.doubts) }
    }

    /// Adds the findings of a figure that were kept aside.
    pub(super) fn add_figure_findings(&mut self, aside: FigureFindings) {
        self.findings.extend(aside.findings);
        self.doubts.extend(aside.doubts);
    }

    /// The sheet at hand, for its figures.
    pub(super) fn origin(&self) -> Arc<Origin> {
        Arc::clone(&self.origin)
    }

    /// The sheet that all further findings are about.
    pub(super) fn on_sheet(&mut self, name: &str) {
        let name = Shared::from(name);
        self.sheets.push(name.clone());
        self.here = self.findings.len();
        self.on(Some(name));
    }

    /// A sheet that is not read; further findings are about it.
    pub(super) fn beside(&mut self, name: &str) {
        self.on(Some(name.into()));
    }

    /// The number of the sheet that is being read, to come back to.
    pub(super) fn sheet(&self) -> usize {
        self.sheets.len().saturating_sub(1)
    }

    /// Comes back to a sheet.
    pub(super) fn turn_to(&mut self, sheet: usize) {
        self.on(self.sheets.get(sheet).cloned());
    }

    /// Further findings are about all sheets that were read.
    pub(super) fn on_all_sheets(&mut self) {
        self.on(self.sheets.first().filter(|_| self.sheets.len() == 1).cloned());
    }

    /// Two places as one sentence names them: "B7 and C7", each with its sheet
    /// where they are on two.
    pub(super) fn addresses(&self, first: (usize, RowColumn), second: (usize, RowColumn)) -> [String; 2] {
        let is_one = self.sheets.get(first.0) == self.sheets.get(second.0);
        [first, second].map(|(sheet, spot)| match self.sheets.get(sheet).filter(|_| !is_one) {
            Some(name) => format!("{name} › {}", address(spot.0, spot.1)),
            None => address(spot.0, spot.1),
        })
    }

    /// The source's name in sources.toml.
    pub(super) fn source(&self) -> &str {
        self.place.source.as_ref().map_or("", |source| source.as_str())
    }

    /// A place on the sheet.
    pub(super) fn place(&self, spot: Option<RowColumn>, indicator: Option<&IndicatorRef>) -> Place {
        Place { cell: spot.map(At::from), indicator: indicator.cloned(), ..self.place.clone() }
    }

    /// A finding about the sheet as a whole.
    pub(super) fn at_sheet(&mut self, code: Code, message: impl Into<AttributedText>, hint: impl Into<String>) {
        self.findings.push(Finding::new(code, self.place.clone(), message, hint));
    }

    /// A finding about a cell that belongs to no month or to none in particular.
    pub(super) fn at_cell(
        &mut self,
        code: Code,
        spot: RowColumn,
        message: impl Into<AttributedText>,
        hint: impl Into<String>,
    ) {
        self.findings.push(Finding::new(code, self.place(Some(spot), None), message, hint));
    }

    /// A finding about an indicator, at a cell where there is one.
    pub(super) fn at_indicator(
        &mut self,
        code: Code,
        spot: Option<RowColumn>,
        indicator: &Indicator,
        message: impl Into<AttributedText>,
        hint: impl Into<String>,
    ) {
        self.findings.push(Finding::new(code, self.place(spot, Some(&indicator.reference)), message, hint));
    }

    /// A finding about a figure of a month: demoted to a note where the pack
    /// no longer prints that month.
    pub(super) fn at_figure(
        &mut self,
        code: Code,
        spot: RowColumn,
        indicator: &Indicator,
        month: Period,
        message: impl Into<AttributedText>,
        hint: impl Into<String>,
    ) {
        let mut finding = Finding::new(code, self.place(Some(spot), Some(&indicator.reference)), message, hint);
        if self.period.since(month) > MONTHS_PRINTED {
            finding.severity = Severity::Note;
        }
        if let Some(most) = self.old_months.filter(|_| month < indicator.latest_due(self.period)) {
            finding.severity = finding.severity.min(most);
        }
        self.findings.push(finding);
    }

    /// A finding about a cell that the figure can do without.
    pub(super) fn note_at_figure(
        &mut self,
        spot: RowColumn,
        indicator: &Indicator,
        month: Period,
        code: Code,
        text: (String, String),
    ) {
        self.at_figure(code, spot, indicator, month, text.0, text.1);
        if let Some(finding) = self.findings.last_mut() {
            finding.severity = Severity::Note;
        }
    }

    /// Takes the last finding no graver than this.
    pub(super) fn lower_last(&mut self, most: Severity) {
        if let Some(finding) = self.findings.last_mut() {
            finding.severity = finding.severity.min(most);
        }
    }

    /// Says that an indicator's absence has been reported.
    pub(super) fn excuse(&mut self, indicator: &IndicatorRef) {
        self.excused.insert(indicator.clone());
    }

    pub(super) fn is_excused(&self, indicator: &IndicatorRef) -> bool {
        self.excused.contains(indicator)
    }

    /// Whether the layout itself was found wanting, which explains an empty result.
    pub(super) fn has_structural(&self) -> bool {
        self.findings.iter().any(is_structural)
    }

    /// Whether it was in the sheet at hand.
    pub(super) fn has_structural_here(&self) -> bool {
        self.findings.iter().skip(self.here).any(is_structural)
    }
}

fn is_structural(finding: &Finding) -> bool {
    matches!(
        finding.code,
        Code::SheetMissing
            | Code::SheetAmbiguous
            | Code::HeaderMissing
            | Code::MonthsMissing
            | Code::MonthUnreadable
            | Code::BlockMissing
            | Code::PartsMissing
            | Code::UnderMissing
    )
}

/// "October 2026".
pub(super) fn month_words(month: Period) -> String {
    month.words()
}

/// "a, b and c", and "and 7 more" after the first ten.
pub(super) fn listed(items: &[String]) -> String {
    const SHOWN: usize = 10;
    match items {
        [] => "nothing".to_owned(),
        [only] => only.clone(),
        [first @ .., last] if items.len() <= SHOWN => format!("{} and {last}", first.join(", ")),
        _ => format!(
            "{} and {} more",
            items.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", "),
            items.len() - SHOWN
        ),
    }
}
