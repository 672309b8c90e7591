//! What a sheet shows beside its cells: hidden parts, fills, its calendar.

use super::*;

#[test]
fn what_is_hidden_is_known_in_xlsx_and_ods() {
    let sheet = book(
        &ods(concat!(
            r#"<table:table-column table:number-columns-repeated="2"/>"#,
            r#"<table:table-column-group><table:table-column table:visibility="collapse" table:number-columns-repeated="3"/></table:table-column-group>"#,
            r#"<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>"#,
            r#"<table:table-row table:visibility="filter" table:number-rows-repeated="2"><table:table-cell/></table:table-row>"#,
            r#"<table:table-row table:visibility="collapse"><table:table-cell/></table:table-row>"#,
        )),
        "a.ods",
    );
    let look = &sheet.sheets[0].look;
    assert_eq!((&look.hidden_rows[..], &look.hidden_columns[..]), (&[(1, 2), (3, 3)][..], &[(2, 4)][..]));

    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    for row in 0..30_000 {
        sheet.write(row, 0, "hidden=\"1\" mergeCells").unwrap();
    }
    sheet.write(0, 3, 1).unwrap();
    for row in [2, 3, 4, 29_999] {
        sheet.set_row_hidden(row).unwrap();
    }
    sheet.set_column_hidden(1).unwrap();
    let read = book(&workbook.save_to_buffer().unwrap(), "a.xlsx");
    let look = &read.sheets[0].look;
    assert_eq!((&look.hidden_rows[..], &look.hidden_columns[..]), (&[(2, 4), (29_999, 29_999)][..], &[(1, 1)][..]));
    assert_eq!((read.sheets[0].merges.len(), look.from_1904), (0, false));
    assert!(book(&data("archetypes/G_1904.xlsx"), "G.xlsx").sheets[0].look.from_1904);
}

#[test]
fn fills_are_those_of_cells_that_hold_something() {
    let sheet = &book(&data("archetypes/E_rag_colour_only.xlsx"), "E.xlsx").sheets[0];
    assert_eq!(sheet.look.fills, [(1, 1, 0x00C0_0000), (1, 2, 0x00FF_C000)]);
}
