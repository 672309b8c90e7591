//! A fact about the data, with a stable code.
//!
//! What is wrong with a spreadsheet is never an error: it is a finding, and
//! reading goes on to find the rest. A broken disk or program is an error and
//! never a finding. A finding's severity is its consequence.

use std::fmt;

pub use super::place::Place;

/// What a finding does to the packs that need its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Stands on the data-quality page.
    Note,
    /// Prints a footnote.
    Caution,
    /// Holds the pack.
    Blocking,
}

macro_rules! codes {
    ($($(#[doc = $doc:literal])* $name:ident = $code:literal, $severity:ident;)*) => {
        /// Which rule a finding comes from. Codes are stable: they are never
        /// renumbered and never reused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[doc = $doc])* $name,)* }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// "F101".
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What the rule says, in the words of its documentation.
            pub fn sentence(self) -> &'static str {
                // One text: the plain sentence of a report cannot drift from the docs.
                match self { $(Self::$name => concat!($($doc,)*).trim_ascii(),)* }
            }

            /// The code of this name.
            pub fn parse(text: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.as_str() == text)
            }

            /// Whether it remarks on what officers wrote, not on the data.
            pub fn is_about_commentary(self) -> bool {
                (Self::CommentStale..=Self::CommentUnread).contains(&self)
            }

            /// Whether it says that something is not there, and so names no figure.
            pub fn is_about_absence(self) -> bool {
                matches!(self, Self::NotSupplied | Self::SeriesGap | Self::CategoryNotSupplied)
            }

            /// Whether it is there only because of how far a figure is from others.
            pub fn is_about_change(self) -> bool {
                matches!(self, Self::Jump | Self::Restated | Self::Outlier)
            }

            /// Whether what stands in a cell is told and not taken for a figure.
            pub fn refuses_cell(self) -> bool {
                (Self::CellNotNumber..=Self::CellPattern).contains(&self)
                    || matches!(
                        self,
                        Self::Duplicate | Self::NumeratorTooLarge | Self::PercentScale | Self::NotDueTooMany
                    )
            }

            /// The severity it has unless a source says otherwise.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    /// No file of the source is there under its declared name.
    FileMissing = "F101", Blocking;
    /// The file is an Office lock file (`~$…`) or is locked by another program.
    FileLocked = "F102", Blocking;
    /// The workbook is protected by a password.
    FilePassword = "F103", Blocking;
    /// The file is cut off or damaged.
    FileDamaged = "F104", Blocking;
    /// The file is no spreadsheet: its bytes are something else.
    FileNotSpreadsheet = "F105", Blocking;
    /// The file is larger than the limit in the settings.
    FileTooLarge = "F106", Blocking;
    /// More than one file matches and nothing says which one is meant.
    FileAmbiguous = "F107", Blocking;
    /// Reading the file took more memory or time than the settings allow.
    FileTooCostly = "F108", Blocking;
    /// The reader broke down over the file.
    FileBreaksReader = "F109", Blocking;
    /// There is no file for the month; the one of an earlier month stands in.
    CarriedForward = "F120", Caution;
    /// Somebody has the file open: what is not saved yet is not in it.
    FileOpen = "F121", Note;
    /// The declared sheet is not in the workbook.
    SheetMissing = "F201", Blocking;
    /// A declared header is not in the header row.
    HeaderMissing = "F202", Blocking;
    /// No header could be read as a month.
    MonthsMissing = "F203", Blocking;
    /// A month that cannot be read, or that two formats read differently.
    MonthUnreadable = "F204", Blocking;
    /// The sheet holds no row of figures.
    SheetEmpty = "F205", Blocking;
    /// A sheet holds a row for each person, and its source does not say so.
    PersonLevel = "F206", Blocking;
    /// A cell of a list of people is not what its condition needs.
    PersonCell = "F207", Blocking;
    /// Two dates of a row in a list of people are in the wrong order.
    PersonDates = "F208", Caution;
    /// Hidden rows, columns or sheets were left out.
    HiddenSkipped = "F221", Note;
    /// More than one sheet matches and nothing says which one is meant.
    SheetAmbiguous = "F222", Blocking;
    /// No block of the sheet has the declared title.
    BlockMissing = "F223", Blocking;
    /// An indicator has not all the rows that its layout declares.
    PartsMissing = "F224", Blocking;
    /// The table has fewer or more rows than its source declares.
    RowCount = "F231", Blocking;
    /// The table has a column that its source does not declare.
    UnexpectedColumn = "F232", Note;
    /// A cell that is neither a number nor a declared marker.
    CellNotNumber = "F301", Blocking;
    /// A cell that holds an error such as #REF!.
    CellError = "F302", Blocking;
    /// A formula whose value was never calculated and saved.
    CellUncalculated = "F303", Blocking;
    /// A figure outside its possible range.
    CellOutOfRange = "F304", Blocking;
    /// A count that is not a whole number.
    CellNotWhole = "F305", Blocking;
    /// A cell is blank in a column that is declared to be filled.
    CellRequired = "F321", Blocking;
    /// A cell holds none of the words that are declared for its column.
    CellNotListed = "F322", Blocking;
    /// A cell does not look as declared for its column.
    CellPattern = "F323", Blocking;
    /// A figure lies outside the range that is declared for its indicator.
    OutsideDeclared = "F324", Blocking;
    /// Two rows for one indicator in one month.
    Duplicate = "F401", Blocking;
    /// A month after the pack's period holds figures.
    FutureMonth = "F402", Caution;
    /// No figure for a month where one was due.
    NotSupplied = "F403", Caution;
    /// No figure for the pack's own month, from a whole source: it is stale.
    SourceStale = "F404", Blocking;
    /// A gap inside the series.
    SeriesGap = "F405", Note;
    /// The file is byte for byte the one that an earlier month's packs used.
    SameFile = "F421", Note;
    /// The file has no newer month than an earlier month's packs printed.
    NoNewerMonth = "F422", Caution;
    /// The file was last changed too early or too late, counted in working days after the month's end.
    NotFresh = "F423", Caution;
    /// The newest figure is far from the one before it.
    Jump = "F424", Caution;
    /// Figures differ from what was published for their month.
    Restated = "F425", Caution;
    /// The newest figure is outside the limits of its own series.
    Outlier = "F426", Note;
    /// The numerator is greater than the denominator.
    NumeratorTooLarge = "F501", Blocking;
    /// The printed percentage is not what numerator and denominator give.
    RatioDisagrees = "F502", Blocking;
    /// One figure looks a hundred times too small or too large for its series.
    PercentScale = "F503", Blocking;
    /// The unrounded figure would have had another colour.
    RoundingChangesRating = "F504", Note;
    /// A total is not the sum of its parts.
    TotalDisagrees = "F521", Blocking;
    /// The series breaks: earlier months cannot be compared.
    SeriesBreak = "F601", Note;
    /// The target is not the same as for the previous figure.
    TargetChanged = "F602", Note;
    /// An indicator that should be rated has no target in force.
    TargetMissing = "F603", Caution;
    /// A row of the source names an indicator that the register does not know.
    UnknownIndicator = "F604", Note;
    /// The source's own rating is not the one that the target gives.
    OwnRatingDiffers = "F611", Note;
    /// A source's own rating that its declaration does not know.
    OwnRatingUnread = "F612", Note;
    /// Every figure is fifty times its target or more, or a fiftieth of it or less.
    TargetScale = "F613", Blocking;
    /// The largest figure behind a mean, which its target limits, is not there.
    LargestMissing = "F614", Caution;
    /// The figure of a year before, which the rating asks for, is not there.
    YearBeforeMissing = "F615", Note;
    /// Members asked for something that the pack does not have.
    RequestOpen = "F620", Caution;
    /// Control limits should begin anew in a month that has no figure.
    RebaseMissed = "F631", Caution;
    /// The parts of a breakdown do not make the whole.
    PartsDisagree = "F641", Blocking;
    /// A category of a breakdown has no figure where its whole has one.
    CategoryNotSupplied = "F642", Caution;
    /// A row names a category that its breakdown does not know.
    CategoryUnknown = "F643", Caution;
    /// More are not due yet than there are to be counted.
    NotDueTooMany = "F644", Blocking;
    /// A text holds a character that the pack's fonts cannot print.
    Unprintable = "F701", Blocking;
    /// A commentary was written about another figure or rating than today's.
    CommentStale = "F702", Caution;
    /// A commentary is the last one again, unchanged.
    CommentCopied = "F703", Caution;
    /// A commentary says that a figure got better where it got worse, or the other way.
    CommentContradicts = "F704", Caution;
    /// The commentary on a red figure names no action, no owner or no date.
    RedWithoutAction = "F705", Caution;
    /// A commentary has more words than the board asks for.
    CommentTooLong = "F706", Caution;
    /// A commentary or another text names a number that the public edition hides.
    CommentNamesHidden = "F707", Caution;
    /// An action's owner looks like a person's name where a role is asked for.
    PersonForRole = "F708", Caution;
    /// A commentary only says that there will be one.
    CommentFiller = "F709", Caution;
    /// The commentary file and the commentary workbook say different things.
    CommentDisputed = "F710", Caution;
    /// The commentary workbook could not be read, or a row of it cannot be printed.
    CommentWorkbook = "F711", Caution;
    /// The pack was signed off before its content changed.
    SignOffVoid = "F712", Caution;
    /// Page 1 is told to list under "Improved" what got worse.
    ChosenWorse = "F713", Caution;
    /// The commentary file of a pack, or its sign-off, could not be read.
    CommentUnread = "F714", Blocking;
    /// A hidden number of children could be worked out from what is shown.
    Recoverable = "F801", Blocking;
    /// A percentage of children comes without the numbers behind it, so it cannot be weighed for disclosure.
    Unweighed = "F802", Note;
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One fact about the data.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Finding {
    /// The rule.
    pub code: Code,
    /// The consequence.
    pub severity: Severity,
    /// Where.
    pub at: Place,
    /// What was found and what was expected, a sentence without its full stop.
    pub message: String,
    /// How to mend it; empty where there is nothing to mend.
    pub hint: String,
}

impl Finding {
    /// A finding with its code's own severity.
    pub fn new(code: Code, at: Place, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, severity: code.severity(), at, message: message.into(), hint: hint.into() }
    }

    /// Whether it holds the packs that need it.
    pub fn is_blocking(&self) -> bool {
        self.severity == Severity::Blocking
    }
}

impl fmt::Display for Finding {
    /// `F301 blocking · KPI.xlsx › Data › E7: found …`, with the hint behind it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.severity {
            Severity::Note => "note",
            Severity::Caution => "caution",
            Severity::Blocking => "blocking",
        };
        write!(f, "{} {severity} · {}: {}", self.code, self.at, self.message)?;
        if !self.hint.is_empty() {
            write!(f, ". To mend: {}", self.hint)?;
        }
        Ok(())
    }
}

/// A value and everything that was noticed on the way to it.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct Checked<T> {
    /// As much as could be read.
    pub value: T,
    /// What was noticed, in the order it was found.
    pub findings: Vec<Finding>,
}

impl<T> Checked<T> {
    /// A value with its findings.
    pub fn new(value: T, findings: Vec<Finding>) -> Self {
        Self { value, findings }
    }

    /// Whether any finding is blocking.
    pub fn is_blocked(&self) -> bool {
        self.findings.iter().any(Finding::is_blocking)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::place::At;

    #[test]
    fn codes_are_unique_and_in_order() {
        let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
        let mut sorted = codes.clone();
        sorted.sort_unstable();
        sorted.dedup();
        assert_eq!(codes, sorted);
    }

    #[test]
    fn a_finding_says_where_what_and_how_to_mend_it() {
        let at = Place {
            file: Some("KPI_2026-09.xlsx".into()),
            sheet: Some("Scorecard 26-27".into()),
            cell: Some(At { row: 6, column: 4 }),
            ..Place::default()
        };
        let finding = Finding::new(
            Code::CellNotNumber,
            at,
            "found text \"n\\a\"; expected a number or one of n/a, -, c, x",
            "type the number alone, or, if there is none, n/a; or declare this text as a marker in `missing` in sources.toml",
        );
        assert_eq!(
            finding.to_string(),
            "F301 blocking · KPI_2026-09.xlsx › Scorecard 26-27 › E7: found text \"n\\a\"; expected a number or one of n/a, -, c, x. To mend: type the number alone, or, if there is none, n/a; or declare this text as a marker in `missing` in sources.toml"
        );
    }
}
