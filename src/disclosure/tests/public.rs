//! What the public learns of figures and of findings on them.

use std::collections::BTreeMap;
use std::path::Path;

use crate::config::{Config, Files};
use crate::dataset::Dataset;
use crate::disclosure::council::weigh;
use crate::disclosure::known::Known;
use crate::disclosure::public::public;
use crate::domain::{Checked, IndicatorRef, NotDue, Place, SourceId};

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
    let config = Config::resolve(Path::new("."), &files, &[]).unwrap();
    let book = crate::workbook::read(format!("i,m,v,n,d,x\n{rows}").as_bytes(), &Place::default()).value.unwrap();
    let source = config.sources.values().next().unwrap();
    let indicators: Vec<_> = config.register.values().collect();
    let read = crate::dataset::read(source, &indicators, &book, "s.csv", "2026-10".parse().unwrap());
    let datasets = BTreeMap::from([(source.id.clone(), read)]);
    (config, datasets)
}

/// What the public learns of it.
fn told(config: &Config, datasets: &BTreeMap<SourceId, Checked<Dataset>>) -> Checked<Dataset> {
    let withheld = weigh((&config.register, &config.sums), &config.boards, datasets, &Known::default());
    public((&config.register, &config.boards), datasets, &withheld).into_values().next().unwrap()
}

#[test]
fn a_few_who_are_not_due_yet_are_a_few_and_no_number() {
    let not_due = |unit: &str, more: &str, cells: &str| {
        let register = entry("A", unit, more) + &entry("B", "count", "") + &entry("T", "count", "");
        let (config, datasets) = read(&register, &format!("A,2026-10,{cells}\n"));
        let public = told(&config, &datasets).value;
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
