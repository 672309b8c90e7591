//! What the public learns of figures and of findings on them.

use std::collections::BTreeMap;
use std::path::Path;

use crate::config::{Config, Files, Loaded};
use crate::dataset::Dataset;
use crate::disclosure::council::weigh;
use crate::disclosure::known::Known;
use crate::disclosure::public::public;
use crate::domain::{Checked, Code, Finding, IndicatorRef, NotDue, Place, Severity, SourceId};

const BOARD: &str = "title = \"B\"\nscorecard = \"S\"\nowner = \"O\"\nschedule = { working_day = 1 }\n\
    [[sections]]\nnumber = \"1\"\ntitle = \"T\"\nindicators = [\"A\", \"B\", \"T\"]\n";

const SERVICE: &str = "[council]\nname = \"C\"\ncontact = \"C\"\n[schedule]\nfirst_period = \"2026-10\"\n\
    [storage.share]\nkind = \"directory\"\npath = \".\"\n";

const SOURCE: &str = "[sources.s]\ntitle = \"S\"\nfiles = \"s.csv\"\nlayout = \"long\"\n\
    month = { column = \"m\", formats = [\"%Y-%m\"] }\n\
    columns = { indicator = \"i\", value = \"v\", numerator = \"n\", denominator = \"d\", not_due = \"x\" }\n\
    missing = { \"\" = \"not-supplied\" }\n";

fn entry(name: &str, unit: &str, more: &str) -> String {
    format!(
        "[indicators.{name}]\ntitle = \"{name}\"\nplain = \"P\"\nnoun = \"children\"\nowner = \"O\"\nsource = \"s\"\n\
         better = \"none\"\nfrequency = \"monthly\"\nbasis = \"snapshot\"\nunit = \"{unit}\"\n{more}\n"
    )
}

/// A council with one public board of A, B and T, and what was read of its source.
fn read(register: &str, rows: &str) -> (Config, BTreeMap<SourceId, Checked<Dataset>>) {
    let texts = [
        ("boardpack.toml", SERVICE),
        ("indicators.toml", register),
        ("sources.toml", SOURCE),
        ("boards/one.toml", BOARD),
    ];
    let files = Files::from_texts(texts.map(|(name, text)| (name.to_owned(), text.to_owned())));
    let config = Loaded::resolve(Path::new("."), &files, &[], crate::storage::KINDS).unwrap().config;
    let book = crate::workbook::read(format!("i,m,v,n,d,x\n{rows}").as_bytes(), &Place::default()).value.unwrap();
    let source = config.sources.values().next().unwrap();
    let indicators: Vec<_> = config.register.values().collect();
    let read = crate::dataset::read(source, &indicators, &book, "s.csv", "2026-10".parse().unwrap());
    let datasets = BTreeMap::from([(source.id.clone(), read)]);
    (config, datasets)
}

/// What the public learns of it.
fn public_dataset(config: &Config, datasets: &BTreeMap<SourceId, Checked<Dataset>>) -> Checked<Dataset> {
    let withheld = weigh((&config.register, &config.sums), &config.boards, datasets, &Known::default());
    public((&config.register, &config.boards), datasets, &withheld).into_values().next().unwrap()
}

#[test]
fn a_few_who_are_not_due_yet_are_a_few_and_no_number() {
    let not_due = |unit: &str, more: &str, cells: &str| {
        let register = entry("A", unit, more) + &entry("B", "count", "") + &entry("T", "count", "");
        let (config, datasets) = read(&register, &format!("A,2026-10,{cells}\n"));
        let public = public_dataset(&config, &datasets).value;
        public.reading(&IndicatorRef::parse("A").unwrap(), "2026-10".parse().unwrap()).unwrap().not_due
    };
    let count = |many: u32| Some(NotDue::Count(many.into()));
    for (unit, more, cells, expected) in [
        ("percent", "", ",20,40,0", None),
        ("percent", "", ",20,40,1", Some(NotDue::Few)),
        ("percent", "", ",20,40,5", Some(NotDue::Few)),
        ("percent", "", ",20,40,6", count(6)),
        ("percent", "disclosure = { threshold = 9 }", ",20,40,9", Some(NotDue::Few)),
        ("percent", "disclosure = { threshold = 9 }", ",20,40,10", count(10)),
        ("percent", "disclosure = { sensitive = false }", ",20,40,1", count(1)),
        // A figure that is hidden says not even whether they are few.
        ("percent", "", ",3,40,2", Some(NotDue::Hidden)),
        ("percent", "", ",3,40,8", Some(NotDue::Hidden)),
        ("percent", "", ",3,40,0", None),
    ] {
        assert_eq!(not_due(unit, more, cells), expected, "{more} {cells}");
    }
}

/// What the public reads of one finding that was lowered to a note.
fn read_as(register: &str, rows: &str, code: Code, on: &str, texts: [&str; 2]) -> Option<[String; 2]> {
    let (config, mut datasets) = read(register, rows);
    let at = Place { indicator: IndicatorRef::parse(on).ok(), ..Place::default() };
    let finding = Finding { severity: Severity::Note, ..Finding::new(code, at, texts[0], texts[1]) };
    for read in datasets.values_mut() {
        read.findings = vec![finding.clone()];
    }
    let [told] = <[Finding; 1]>::try_from(public_dataset(&config, &datasets).findings).ok()?;
    Some([told.message.to_string(), told.hint])
}

#[test]
fn a_finding_that_may_tell_what_is_hidden_says_its_rule_alone() {
    let total = "checks = { total_of = [\"A\", \"B\"] }";
    let open = "disclosure = { sensitive = false }";
    let says = |more: [&str; 2], rows: &str, code: Code, on: &str| {
        let register = entry("A", "count", more[0]) + &entry("B", "count", "") + &entry("T", "count", more[1]);
        read_as(&register, rows, code, on, ["found 20; expected 31", "correct it"]).map(|texts| texts[0].clone())
    };
    let whole = Some("found 20; expected 31".to_owned());
    let rule = |text: &str| Some(text.to_owned());
    let (few, many) = ("A,2026-10,4,,,\nB,2026-10,27,,,\n", "A,2026-10,6,,,\nB,2026-10,25,,,\n");
    // A total of which a part is hidden, and one of which none is.
    let sum = rule("a total is not the sum of its parts");
    assert_eq!(says(["", total], few, Code::TotalDisagrees, "T"), sum);
    assert_eq!(says(["", total], many, Code::TotalDisagrees, "T"), whole);
    // An indicator that hides a figure, and one that does not.
    let rounded = rule("the source's own rating is not the one that the target gives");
    assert_eq!(says(["", ""], few, Code::OwnRatingDiffers, "A"), rounded);
    assert_eq!(says(["", ""], few, Code::OwnRatingDiffers, "B"), whole);
    assert_eq!(says(["", ""], many, Code::OwnRatingDiffers, "A"), whole);
    // How far a hidden figure went is said of none.
    for code in [Code::Jump, Code::OutsideDeclared, Code::RoundingChangesRating] {
        assert_eq!(says(["", ""], few, code, "A"), None, "{code}");
        assert_eq!(says(["", ""], many, code, "A"), whole, "{code}");
    }
    // That several figures are alike would say what a hidden one among them is.
    for code in [Code::Copied, Code::Noughts, Code::Exchanged] {
        assert_eq!(says(["", ""], few, code, "B"), None, "{code}");
        assert_eq!(says(["", ""], many, code, "B"), whole, "{code}");
    }
    // A refused figure is weighed by nobody.
    assert_eq!(says(["", ""], many, Code::CellOutOfRange, "A"), rule("a figure outside its possible range"));
    assert_eq!(says([open, ""], many, Code::CellOutOfRange, "A"), whole);
}

#[test]
fn a_hint_without_a_number_is_told_and_one_with_a_number_is_not() {
    let register = entry("A", "count", "") + &entry("B", "count", "") + &entry("T", "count", "");
    let hint = |hint: &str| {
        let texts = ["the target is far off", hint];
        read_as(&register, "A,2026-10,4,,,\n", Code::TargetScale, "A", texts).map(|texts| texts[1].clone())
    };
    assert_eq!(hint("correct it").as_deref(), Some("correct it"));
    assert_eq!(hint("was 4 meant?").as_deref(), Some(""));
}

#[test]
fn findings_on_an_indicator_of_which_a_few_are_not_due_name_no_number() {
    let register = entry("A", "percent", "") + &entry("B", "count", "") + &entry("T", "count", "");
    let says = |few: u32| {
        let texts = ["the source prints it for all 42", ""];
        read_as(&register, &format!("A,2026-10,,20,40,{few}\n"), Code::OwnRatingDiffers, "A", texts).unwrap()
    };
    assert_eq!(says(5)[0], "the source's own rating is not the one that the target gives");
    assert_eq!(says(6)[0], "the source prints it for all 42");
}
