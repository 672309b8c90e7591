//! Whatever the bytes, the cells and the layout, reading comes to an end.

use proptest::prelude::*;

use super::*;

fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        "[0-9eE.,%+ -]{0,12}",
        "\\PC{0,8}",
        Just("KPI1".to_owned()),
        Just("October 2026".to_owned()),
        Just("Sept 26".to_owned()),
        Just("7.9e28".to_owned()),
        Just("0.0000000000000000000000000001".to_owned()),
    ]
}

fn rows() -> impl Strategy<Value = Vec<Vec<String>>> {
    prop::collection::vec(prop::collection::vec(cell(), 1..6), 1..12)
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..512), start in 0..4_usize) {
        let starts: [&[u8]; 4] = [b"", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\xFF\xFE"];
        let checked = workbook::read(&[starts[start], &bytes].concat(), &Place::default());
        prop_assert!(checked.value.is_some() || checked.is_blocked());
    }

    #[test]
    fn any_table_is_read_to_its_end(rows in rows(), unit in prop_oneof![Just(Unit::Percent), Just(Unit::Count), Just(Unit::Rate), Just(Unit::Mean)], orientation in prop_oneof![Just(Orientation::Long), Just(Orientation::Wide), Just(Orientation::Columns), Just(Orientation::Pairs), Just(Orientation::Blocks)]) {
        let header = match orientation {
            Orientation::Long => "Ref,Month,Value,Num,Den\n",
            Orientation::Wide => "Ref,Oct-26,Sept 26,45000,Num\n",
            Orientation::Columns => "Month,KPI1,Value,Num,Den\n",
            Orientation::Pairs => "Ref,Oct-26,Num,Sept 26\n",
            Orientation::Blocks => "MASH,\nRef,Oct-26,Num,Sept 26\n",
        };
        let body: String = rows.iter().map(|row| row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect::<Vec<_>>().join(",") + "\n").collect();
        let parts = vec![Part::Numerator, Part::Skip, Part::Value];
        let declared = Table { orientation, parts, month_formats: Vec::new(), ..ratios() };
        let read = read_csv(&format!("{header}{body}"), declared, &[monthly("KPI1", unit)]);
        for finding in &read.findings {
            prop_assert!(!finding.message.is_empty() && !finding.message.ends_with('.'));
        }
        for observation in read.value.observations() {
            prop_assert!(observation.period <= p("2026-10"));
        }
    }

    #[test]
    fn any_format_is_tried_and_none_is_trusted(format in "(%[A-Za-z#-]|[ /-]){0,4}", typed in "\\PC{0,10}") {
        let csv = format!("Ref,Month,Value\nKPI1,\"{}\",1\n", typed.replace('"', ""));
        let financial_year = Some(FinancialYear::From(2026));
        let declared = Table { month_formats: vec![format], financial_year, ..table(Orientation::Long) };
        let _ = read_csv(&csv, declared, &[monthly("KPI1", Unit::Count)]);
    }
}
