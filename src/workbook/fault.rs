//! Why a file, or one of its sheets, could not be read.

use crate::domain::finding::{Code, Finding};
use crate::domain::place::{Place, Shared};

/// How most faults are mended.
pub(super) const RESAVE: &str = "open it in Excel and save it again as .xlsx";

/// What is wrong with a file or a sheet, before its place is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FileFault {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) hint: String,
}

impl FileFault {
    pub(crate) fn new(code: Code, message: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { code, message: message.into(), hint: hint.into() }
    }

    /// The bytes are something other than a spreadsheet: `found` with its article.
    pub(super) fn not_spreadsheet(found: &str, hint: &str) -> Self {
        Self::new(
            Code::FileNotSpreadsheet,
            format!("found {found}; expected an .xlsx, .xlsb, .xls or .ods workbook or a .csv file"),
            hint,
        )
    }

    /// The workbook asks for a password.
    pub(super) fn password() -> Self {
        Self::new(
            Code::FilePassword,
            "the workbook is protected by a password; expected one that opens without",
            "open it in Excel, remove the password under File, Info, Protect Workbook, and save it again",
        )
    }

    /// A workbook that breaks off or contradicts itself; `detail` is the
    /// reader's own complaint.
    pub(super) fn damaged(detail: &dyn std::fmt::Display) -> Self {
        Self::new(
            Code::FileDamaged,
            format!("the workbook is cut off or damaged ({detail}); expected a whole one"),
            format!("copy the file to the share again, or {RESAVE}"),
        )
    }

    /// More than the program is willing to unpack or hold; `setting` is the
    /// key under `[limits]` that says so, where one does.
    pub(super) fn too_large(found: &str, limit: &str, setting: Option<&str>) -> Self {
        let mut hint = "supply only the sheets and rows that the scorecards need".to_owned();
        if let Some(setting) = setting {
            hint.push_str(&format!(", or raise `{setting}` under [limits] in boardpack.toml"));
        }
        Self::new(Code::FileTooLarge, format!("found {found}; expected at most {limit}"), hint)
    }

    /// The finding, in the file or in one of its sheets.
    pub(crate) fn finding(self, at: &Place, sheet: Option<String>) -> Finding {
        let at = Place { sheet: sheet.map(Shared::from), ..at.clone() };
        Finding::new(self.code, at, self.message, self.hint)
    }
}
