//! A dataset written out in any layout and read back is the same dataset.

use proptest::prelude::*;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use super::*;

/// Percentages in tenths of a point, or counts; none where it is withheld.
type Cells = Vec<Vec<Option<u16>>>;

/// What is written, and how it is dressed.
#[derive(Debug, Clone)]
struct Model {
    /// By indicator, then by month from April 2025.
    cells: Cells,
    /// Rows with a title above the table.
    titles: u32,
    /// Whether a hidden row of rubbish stands in the middle.
    hides: bool,
    /// Whether dates are dates, serial numbers or text.
    dates: usize,
}

const NAMES: [&str; 4] = ["KPI1", "KPI2", "KPI3", "KPI4"];

impl Model {
    fn months(&self) -> usize {
        self.cells[0].len()
    }

    fn names(&self) -> impl Iterator<Item = (usize, &'static str)> {
        NAMES.into_iter().enumerate().take(self.cells.len())
    }

    fn month(at: usize) -> Period {
        p("2025-04").plus(i32::try_from(at).unwrap())
    }

    fn last(&self) -> String {
        Self::month(self.months() - 1).to_string()
    }

    /// Every second indicator is a percentage.
    fn is_percent(indicator: usize) -> bool {
        indicator.is_multiple_of(2)
    }

    fn indicators(&self) -> Vec<Indicator> {
        let unit = |at| if Self::is_percent(at) { Unit::Percent } else { Unit::Count };
        (0..self.cells.len()).map(|at| monthly(NAMES[at], unit(at))).collect()
    }

    /// What should be read.
    fn said(&self) -> Vec<(String, String, String)> {
        let mut said = Vec::new();
        for (indicator, cells) in self.cells.iter().enumerate() {
            for (month, cell) in cells.iter().enumerate() {
                let figure = match cell {
                    None => "Suppressed".to_owned(),
                    Some(value) if Self::is_percent(indicator) => {
                        Decimal::new(i64::from(*value), 1).normalize().to_string()
                    }
                    Some(value) => value.to_string(),
                };
                said.push((NAMES[indicator].to_owned(), Self::month(month).to_string(), figure));
            }
        }
        said
    }

    /// Writes an indicator's value in a month.
    fn value(&self, sheet: &mut Worksheet, (row, column): (u32, u16), indicator: usize, month: usize) {
        match self.cells[indicator][month] {
            None => sheet.write(row, column, "c").unwrap(),
            Some(value) if Self::is_percent(indicator) => {
                let percent = Format::new().set_num_format("0.0%");
                sheet.write_with_format(row, column, f64::from(value) / 1000.0, &percent).unwrap()
            }
            Some(value) => sheet.write(row, column, value).unwrap(),
        };
    }

    /// Writes a month as this model writes them.
    fn date(&self, sheet: &mut Worksheet, row: u32, column: u16, month: usize) {
        let day = Self::month(month).first_day();
        let serial = (day - chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap()).num_days();
        match self.dates {
            0 => sheet
                .write_with_format(
                    row,
                    column,
                    i32::try_from(serial).unwrap(),
                    &Format::new().set_num_format("mmm yyyy"),
                )
                .unwrap(),
            1 => sheet.write(row, column, i32::try_from(serial).unwrap()).unwrap(),
            2 => sheet.write(row, column, serial.to_string()).unwrap(),
            3 => sheet.write(row, column, format!("2025-26 M{:02}", month + 1)).unwrap(),
            _ => sheet.write(row, column, day.format("%b-%y").to_string()).unwrap(),
        };
    }

    fn title(&self, sheet: &mut Worksheet) {
        for row in 0..self.titles {
            sheet.write(row, 0, "Scorecard 2025/26").unwrap();
        }
    }

    fn table(&self, orientation: Orientation) -> Table {
        Table {
            header_rows: vec![self.titles + 1],
            month_formats: words(&["serial", "fy-month", "%b-%y", "%b %y", "%B %Y"]),
            ..table(orientation)
        }
    }

    /// Checks that what was written is read.
    fn holds(&self, mut workbook: Workbook, table: Table) -> Result<(), TestCaseError> {
        let indicators = self.indicators();
        let read = read_bytes(&workbook.save_to_buffer().unwrap(), table, &indicators, &self.last());
        let found: Vec<(String, String, String)> = read
            .value
            .observations()
            .map(|observation| {
                let (reference, period) = (observation.indicator.to_string(), observation.period.to_string());
                let said = said(&read.value, &reference, &period);
                (reference, period, said)
            })
            .collect();
        prop_assert_eq!(found, self.said());
        let unexpected: Vec<&Finding> =
            read.findings.iter().filter(|finding| finding.code != Code::HiddenSkipped).collect();
        prop_assert!(unexpected.is_empty(), "{:?}", unexpected);
        prop_assert_eq!(read.findings.len(), usize::from(self.hides));
        Ok(())
    }

    /// A hidden row that would spoil everything if it were read.
    fn hidden(&self, sheet: &mut Worksheet, row: u32, rubbish: &[&str]) -> u32 {
        if !self.hides {
            return row;
        }
        sheet.write_row(row, 0, rubbish.iter().copied()).unwrap();
        sheet.set_row_hidden(row).unwrap();
        row + 1
    }
}

fn model() -> impl Strategy<Value = Model> {
    (1..=4_usize, 1..=12_usize, 0..3_u32, any::<bool>(), 0..5_usize).prop_flat_map(
        |(indicators, months, titles, hides, dates)| {
            // From 20.0% up, so that no figure is a hundred times another.
            let cell = prop_oneof![9 => (200..=1000_u16).prop_map(Some), 1 => Just(None)];
            prop::collection::vec(prop::collection::vec(cell, months), indicators).prop_map(move |cells| Model {
                cells,
                titles,
                hides,
                dates,
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn long(model in model()) {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        model.title(sheet);
        sheet.write_row(model.titles, 0, ["Ref", "Month", "Value", "Num", "Den"]).unwrap();
        let mut row = model.hidden(sheet, model.titles + 1, &["KPI1", "Apr-25", "oops"]);
        for (indicator, name) in model.names() {
            for month in 0..model.months() {
                sheet.write(row, 0, name).unwrap();
                model.date(sheet, row, 1, month);
                model.value(sheet, (row, 2), indicator, month);
                if let (Some(value), true) = (model.cells[indicator][month], Model::is_percent(indicator)) {
                    sheet.write(row, 3, value).unwrap().write(row, 4, 1000).unwrap();
                }
                row += 1;
            }
        }
        let columns = Table { numerator_column: heads(&["Num"]), denominator_column: heads(&["Den"]), ..model.table(Orientation::Long) };
        model.holds(workbook, columns)?;
    }

    #[test]
    fn wide(model in model()) {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        model.title(sheet);
        let last = u16::try_from(model.months()).unwrap() + 1;
        sheet.merge_range(model.titles, 1, model.titles, last, "Months", &Format::new()).unwrap();
        sheet.write(model.titles + 1, 0, "Ref").unwrap().write(model.titles + 1, 1, "Owner").unwrap();
        let mut row = model.hidden(sheet, model.titles + 2, &["KPI1", "Head", "oops"]);
        for month in 0..model.months() {
            model.date(sheet, model.titles + 1, u16::try_from(month).unwrap() + 2, month);
        }
        for (indicator, name) in model.names() {
            sheet.write(row, 0, name).unwrap();
            for month in 0..model.months() {
                model.value(sheet, (row, u16::try_from(month).unwrap() + 2), indicator, month);
            }
            row += 1;
        }
        sheet.write(row + 1, 0, "Total").unwrap().write(row + 1, 2, 99_999).unwrap();
        let header_rows = vec![model.titles + 1, model.titles + 2];
        model.holds(workbook, Table { header_rows, ..model.table(Orientation::Wide) })?;
    }

    #[test]
    fn month_sheets(model in model()) {
        let mut workbook = Workbook::new();
        for month in 0..model.months() {
            let name = Model::month(month).first_day().format(["%b-%y", "%b %y", "%B %Y"][month % 3]).to_string();
            let sheet = workbook.add_worksheet().set_name(name).unwrap();
            for (indicator, name) in model.names() {
                let row = u32::try_from(indicator).unwrap() + model.titles;
                sheet.write(row, 1, name).unwrap();
                model.value(sheet, (row, 2), indicator, month);
            }
        }
        if model.hides {
            workbook.add_worksheet().set_name("Apr-24").unwrap().set_hidden(true).write(0, 1, "KPI1").unwrap();
        }
        let declared = Table {
            sheet: SheetRule::Each(Regex::new("^[A-Z][a-z]{2}").unwrap()),
            header_rows: Vec::new(),
            month_column: Vec::new(),
            month_said: Some(OutsideText { place: Outside::Sheet, pattern: None }),
            indicator_column: heads(&["B"]),
            value_column: heads(&["C"]),
            ..model.table(Orientation::Long)
        };
        model.holds(workbook, declared)?;
    }

    #[test]
    fn pairs(model in model(), repeats in any::<bool>(), merges in any::<bool>()) {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        model.title(sheet);
        sheet.write(model.titles, 0, "Ref").unwrap().write(model.titles, 1, "Measure").unwrap();
        for month in 0..model.months() {
            model.date(sheet, model.titles, u16::try_from(month).unwrap() + 2, month);
        }
        let mut row = model.titles + 1;
        for (indicator, name) in model.names() {
            if repeats {
                for again in 0..3 {
                    sheet.write(row + again, 0, name).unwrap();
                }
            } else if merges {
                sheet.merge_range(row, 0, row + 2, 0, name, &Format::new()).unwrap();
            } else {
                sheet.write(row, 0, name).unwrap();
            }
            sheet.write(row, 1, "Seen").unwrap().write(row + 1, 1, "Due").unwrap().write(row + 2, 1, "%").unwrap();
            for month in 0..model.months() {
                let column = u16::try_from(month).unwrap() + 2;
                if let (Some(value), true) = (model.cells[indicator][month], Model::is_percent(indicator)) {
                    sheet.write(row, column, value).unwrap().write(row + 1, column, 1000).unwrap();
                }
                model.value(sheet, (row + 2, column), indicator, month);
            }
            row = if indicator == 0 { model.hidden(sheet, row + 3, &["KPI1", "Seen", "oops"]) } else { row + 3 };
        }
        let parts = vec![Part::Numerator, Part::Denominator, Part::Value];
        model.holds(workbook, Table { parts, ..model.table(Orientation::Pairs) })?;
    }

    #[test]
    fn blocks(model in model(), gap in 0..3_u32) {
        let mut workbook = Workbook::new();
        let sheet = workbook.add_worksheet();
        model.title(sheet);
        let mut names = BTreeMap::new();
        let mut row = model.titles + 1;
        let last = u16::try_from(model.months()).unwrap() + 1;
        for (indicator, name) in model.names() {
            let title = format!("Service {indicator}");
            sheet.merge_range(row, 0, row, last, &title, &Format::new()).unwrap();
            sheet.write(row + 1, 0, "Ref").unwrap().write(row + 1, 1, "Target").unwrap().write(row + 2, 0, "Same").unwrap();
            for month in 0..model.months() {
                let column = u16::try_from(month).unwrap() + 2;
                model.date(sheet, row + 1, column, month);
                model.value(sheet, (row + 2, column), indicator, month);
            }
            let naming = Naming { names: heads(&["Same"]), block: Some(title), ..Naming::default() };
            names.insert(r(name), naming);
            row = if indicator == 0 { model.hidden(sheet, row + 3, &["Same", "9", "oops"]) } else { row + 3 } + gap;
        }
        model.holds(workbook, Table { names, header_rows: Vec::new(), ..model.table(Orientation::Blocks) })?;
    }
}

#[test]
fn faults_stand_in_the_order_of_the_sheet_however_many_judge() {
    let indicators: Vec<Indicator> = (0..40).map(|i| monthly(&format!("K{i:02}"), Unit::Count)).collect();
    let mut csv = "Ref,Month,Value\n".to_owned();
    for month in ["August", "September", "October"] {
        csv.extend((0..40).rev().map(|i| format!("K{i:02},{month} 2026,n\\a\n")));
    }
    // The second of two for one month is told where it stands.
    csv.push_str("K39,October 2026,1\nK00,October 2026,1\n");
    let read = read_csv(&csv, table(Orientation::Long), &indicators);
    let at: Vec<u32> = read.findings.iter().filter_map(|finding| Some(finding.at.cell?.row)).collect();
    assert_eq!(at, (1..=122).collect::<Vec<_>>());
    let last: Vec<Code> = read.findings.iter().rev().take(3).map(|finding| finding.code).collect();
    assert_eq!(last, [Code::Duplicate, Code::Duplicate, Code::CellNotNumber]);
}
