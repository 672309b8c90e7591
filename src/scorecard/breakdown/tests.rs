//! From a register's breakdown and a workbook's rows to parts and findings.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::Scorecard;
use crate::config::{Config, ConfigError, Files, Loaded};
use crate::dataset::checks::{CheckInput, check};
use crate::domain::{Code, Commentary, IndicatorRef, NotDue, Period, Place, Reading};
use crate::edition::{EditionView, Material};
use crate::history::History;

const CHILDREN: &str = "[indicators.CLA01]\ntitle = \"Children in care\"\nplain = \"P\"\nnoun = \"children\"\nowner = \"O\"\n\
    source = \"s\"\nbasis = \"snapshot\"\nunit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n\
    [indicators.CLA01.breakdowns.age]\ntitle = \"Age\"\n\
    categories = [{ id = \"0-4\", title = \"0 to 4\" }, { id = \"5-9\", title = \"5 to 9\" }, { id = \"nk\", title = \"Not known\", not_known = true }]\n";

const CHECKS: &str = "[indicators.HC]\ntitle = \"Health checks in time\"\nplain = \"P\"\nnoun = \"children\"\nowner = \"O\"\n\
    source = \"s\"\nbasis = \"in-period\"\nunit = \"percent\"\nbetter = \"higher\"\nfrequency = \"monthly\"\n\
    targets = [{ from = \"2026-01\", value = 80, tolerance = 5, source = \"local\" }]\n";

const LONG: &str = "layout = \"long\"\nmonth = { column = \"m\", formats = [\"%Y-%m\"] }\n\
    columns = { indicator = \"i\", value = \"v\", numerator = \"n\", denominator = \"d\" }\n";

const BY_AGE: &str = "segments = [{ column = \"age\", by = \"age\", names = { \"0-4\" = \"Under 5\" } }]\n";

fn config(register: &str, source: &str, section: &str) -> Result<Config, ConfigError> {
    let sources = format!("[sources.s]\ntitle = \"S\"\nfiles = \"s.csv\"\n{source}");
    let board = format!(
        "title = \"B\"\nscorecard = \"S\"\nowner = \"O\"\nschedule = {{ working_day = 1 }}\n\
         [[sections]]\nnumber = \"1\"\ntitle = \"T\"\n{section}"
    );
    let service = "[council]\nname = \"C\"\ncontact = \"C\"\n[schedule]\nfirst_period = \"2026-10\"\n\
        [storage.share]\nkind = \"directory\"\npath = \".\"\n";
    let files = [
        ("boardpack.toml", service),
        ("indicators.toml", register),
        ("sources.toml", &sources),
        ("boards/b.toml", &board),
    ];
    let files = Files::from_texts(files.map(|(name, text)| (name.to_owned(), text.to_owned())));
    Loaded::resolve(Path::new("."), &files, &[], crate::storage::KINDS).map(|loaded| loaded.config)
}

/// The scorecard of October 2026 over a CSV file, every check run.
fn with_scorecard<T>(
    register: &str,
    source: &str,
    section: &str,
    csv: &str,
    test: impl FnOnce(&Scorecard<'_>) -> T,
) -> T {
    let config = config(register, source, section).unwrap();
    let book = crate::workbook::read(csv.as_bytes(), &Place::default()).value.unwrap();
    let source = config.sources.values().next().unwrap();
    let indicators: Vec<_> = config.register.values().collect();
    let period: Period = "2026-10".parse().unwrap();
    let mut read = crate::dataset::read(source, &indicators, &book, "s.csv", period);
    let asked = CheckInput {
        source,
        indicators: &indicators,
        period,
        dataset: &read.value,
        file: None,
        calendar: &config.calendar,
        history: &History::default(),
    };
    let found = check(&asked, &|part, month| Some(read.value.reading(part, month)?.reading));
    read.findings.extend(found);
    let datasets = BTreeMap::from([(source.id.clone(), read)]);
    let material = Material { datasets, ..Material::default() };
    let commentary = Commentary::default();
    let declared = crate::run::declared(&config, &commentary);
    test(&EditionView::whole(declared, &material, &config.boards[0], period).scorecard())
}

/// What each part of the only line says, and the codes of the findings.
fn parts(card: &Scorecard<'_>) -> (Vec<String>, Vec<Code>) {
    let said = |reading: &Reading| match reading {
        Reading::Figure(figure) => figure.value.to_string(),
        Reading::Missing(missing) => format!("{missing:?}"),
    };
    let lines = card.lines().flat_map(|line| &line.breakdowns).flat_map(|parts| &parts.lines);
    let parts = lines.map(|line| format!("{} {}", line.indicator.reference, said(&line.current))).collect();
    (parts, card.findings.iter().map(|finding| finding.code).collect())
}

fn by_age(rows: &str) -> (Vec<String>, Vec<Code>) {
    let csv = format!("i,age,m,v,n,d\n{rows}");
    with_scorecard(CHILDREN, &format!("{LONG}{BY_AGE}"), "indicators = [\"CLA01\"]\n", &csv, parts)
}

#[test]
fn rows_of_a_column_go_to_their_category_and_whole_words_to_the_whole() {
    let (parts, codes) = by_age(
        "CLA01,All,2026-10,30,,\nCLA01,Under 5,2026-10,10,,\nCLA01, 5 TO 9,2026-10,18,,\nCLA01,nk,2026-10,2,,\n",
    );
    assert_eq!(parts, ["CLA01:age:0-4 10", "CLA01:age:5-9 18", "CLA01:age:nk 2"]);
    assert_eq!(codes, []);
}

#[test]
fn parts_make_the_whole_or_it_is_told() {
    let rows = |whole: u32, last: &str| {
        by_age(&format!(
            "CLA01,All,2026-10,{whole},,\nCLA01,0-4,2026-10,10,,\nCLA01,5-9,2026-10,18,,\nCLA01,nk,2026-10,{last},,\n"
        ))
        .1
    };
    assert_eq!(rows(30, "2"), []);
    assert_eq!(rows(31, "2"), [Code::PartsDisagree]);
    assert_eq!(rows(29, "2"), [Code::PartsDisagree]);
}

#[test]
fn a_category_that_is_left_out_is_nobody_only_where_the_others_are_all() {
    let rows =
        |whole: u32| by_age(&format!("CLA01,,2026-10,{whole},,\nCLA01,0-4,2026-10,10,,\nCLA01,5-9,2026-10,18,,\n"));
    let (parts, codes) = rows(28);
    assert_eq!((parts[2].as_str(), codes), ("CLA01:age:nk 0", vec![]));
    let (parts, codes) = rows(29);
    assert_eq!((parts[2].as_str(), codes), ("CLA01:age:nk NotSupplied", vec![Code::CategoryNotSupplied]));
    assert_eq!(rows(27).1, [Code::PartsDisagree, Code::CategoryNotSupplied]);
}

#[test]
fn a_category_that_nobody_declared_is_told() {
    let (_, codes) =
        by_age("CLA01,,2026-10,28,,\nCLA01,0-4,2026-10,10,,\nCLA01,5-9,2026-10,18,,\nCLA01,10 to 15,2026-10,0,,\n");
    assert_eq!(codes, [Code::CategoryUnknown]);
}

#[test]
fn a_row_that_crosses_two_breakdowns_is_neither() {
    let register = format!(
        "{CHILDREN}[indicators.CLA01.breakdowns.sex]\ntitle = \"Sex\"\ncategories = [{{ id = \"f\", title = \"Girls\" }}, {{ id = \"m\", title = \"Boys\" }}]\n"
    );
    let source =
        format!("{LONG}segments = [{{ column = \"age\", by = \"age\" }}, {{ column = \"sex\", by = \"sex\" }}]\n");
    let csv = "i,age,sex,m,v,n,d\nCLA01,All,All,2026-10,28,,\nCLA01,0-4,All,2026-10,10,,\nCLA01,5-9,All,2026-10,18,,\n\
        CLA01,All,f,2026-10,12,,\nCLA01,All,m,2026-10,16,,\nCLA01,0-4,f,2026-10,4,,\n";
    let (parts, codes) = with_scorecard(&register, &source, "indicators = [\"CLA01\"]\n", csv, parts);
    assert_eq!(parts[..2], ["CLA01:age:0-4 10", "CLA01:age:5-9 18"]);
    assert_eq!(parts[3..], ["CLA01:sex:f 12", "CLA01:sex:m 16"]);
    assert_eq!(codes, []);
}

#[test]
fn a_row_that_crosses_two_breakdowns_is_of_their_two_way_breakdown() {
    let register = format!(
        "{CHILDREN}[indicators.CLA01.breakdowns.sex]\ntitle = \"Sex\"\ncategories = [{{ id = \"f\", title = \"Girls\" }}, {{ id = \"m\", title = \"Boys\" }}]\n\
         [indicators.CLA01.breakdowns.both]\ntitle = \"Age and sex\"\nof = [\"age\", \"sex\"]\n"
    );
    let source =
        format!("{LONG}segments = [{{ column = \"age\", by = \"age\" }}, {{ column = \"sex\", by = \"sex\" }}]\n");
    let said = |girls_under_5: u32| {
        let csv = format!(
            "i,age,sex,m,v,n,d\nCLA01,All,All,2026-10,28,,\nCLA01,0-4,All,2026-10,10,,\nCLA01,5-9,All,2026-10,18,,\n\
             CLA01,nk,All,2026-10,0,,\nCLA01,All,f,2026-10,12,,\nCLA01,All,m,2026-10,16,,\n\
             CLA01,0-4,f,2026-10,{girls_under_5},,\nCLA01,0-4,m,2026-10,6,,\nCLA01,5-9,f,2026-10,{},,\n\
             CLA01,5-9,m,2026-10,10,,\nCLA01,nk,f,2026-10,0,,\nCLA01,nk,m,2026-10,0,,\n",
            12 - girls_under_5
        );
        with_scorecard(&register, &source, "indicators = [\"CLA01\"]\n", &csv, parts)
    };
    let (parts, codes) = said(4);
    let expected = ["0-4--f 4", "0-4--m 6", "5-9--f 8", "5-9--m 10", "nk--f 0", "nk--m 0"];
    assert_eq!(parts.iter().filter_map(|part| part.strip_prefix("CLA01:both:")).collect::<Vec<_>>(), expected);
    assert_eq!(codes, []);
    // The parts make the whole and both sexes, and not those under 5 nor those above.
    assert_eq!(said(3).1, [Code::PartsDisagree, Code::PartsDisagree]);
}

#[test]
fn other_layouts_call_parts_by_name() {
    let source = "layout = \"wide\"\ncolumns = { indicator = \"Measure\" }\nmonth = { formats = [\"%Y-%m\"] }\n\
        [sources.s.indicators]\nCLA01 = \"In care\"\n\"CLA01:age:0-4\" = \"of whom under 5\"\n\
        \"CLA01:age:5-9\" = \"of whom 5 to 9\"\n\"CLA01:age:nk\" = \"of whom not known\"\n";
    let csv =
        "Measure,2026-09,2026-10\nIn care,29,30\nof whom under 5,9,10\nof whom 5 to 9,18,18\nof whom not known,2,2\n";
    let (parts, codes) = with_scorecard(CHILDREN, source, "indicators = [\"CLA01\"]\n", csv, parts);
    assert_eq!(parts, ["CLA01:age:0-4 10", "CLA01:age:5-9 18", "CLA01:age:nk 2"]);
    assert_eq!(codes, []);
}

#[test]
fn a_section_shows_the_breakdowns_it_names_or_all() {
    let csv = "i,age,m,v,n,d\nCLA01,,2026-10,28,,\nCLA01,0-4,2026-10,10,,\nCLA01,5-9,2026-10,18,,\n";
    let shown = |section: &str| {
        with_scorecard(CHILDREN, &format!("{LONG}{BY_AGE}"), section, csv, |card| {
            card.lines().map(|line| line.breakdowns.len()).sum::<usize>()
        })
    };
    assert_eq!(shown("indicators = [\"CLA01\"]\n"), 1);
    assert_eq!(shown("indicators = [\"CLA01\"]\nbreakdowns = [\"CLA01:age\"]\n"), 1);
    assert_eq!(shown("indicators = [\"CLA01\"]\nbreakdowns = []\n"), 0);
    let fault = config(CHILDREN, LONG, "indicators = [\"CLA01\"]\nbreakdowns = [\"CLA01:aeg\"]\n").unwrap_err();
    assert!(fault.to_string().contains("did you mean \"CLA01:age\"?"), "{fault}");
}

#[test]
fn parts_of_a_ratio_are_ratios_or_the_people_in_it() {
    let breakdown = |parts_of: &str| {
        format!(
            "{CHECKS}[indicators.HC.breakdowns.team]\ntitle = \"Team\"\n{parts_of}categories = [{{ id = \"a\", title = \"A\" }}, {{ id = \"b\", title = \"B\" }}]\n"
        )
    };
    let source = format!("{LONG}segments = [{{ column = \"t\", by = \"team\" }}]\n");
    let codes = |parts_of: &str, a: &str, b: &str| {
        let csv = format!("i,t,m,v,n,d\nHC,,2026-10,,17,20\nHC,a,2026-10,{a}\nHC,b,2026-10,{b}\n");
        with_scorecard(&breakdown(parts_of), &source, "indicators = [\"HC\"]\n", &csv, |card| parts(card).1)
    };
    assert_eq!(codes("", ",9,10", ",8,10"), []);
    assert_eq!(codes("", ",9,10", ",7,10"), [Code::PartsDisagree]);
    assert_eq!(codes("", ",9,10", ",8,9"), [Code::PartsDisagree]);
    for (parts_of, whole) in [("numerator", 17), ("denominator", 20), ("rest", 3)] {
        let parts_of = format!("parts_of = \"{parts_of}\"\n");
        assert_eq!(codes(&parts_of, "1,,", &format!("{},,", whole - 1)), []);
        assert_eq!(codes(&parts_of, "1,,", &format!("{whole},,")), [Code::PartsDisagree]);
    }
}

#[test]
fn a_part_is_rated_against_its_own_target_the_wholes_or_none() {
    let rating = |more: &str, of_a: &str| {
        let register = format!(
            "{CHECKS}[indicators.HC.breakdowns.team]\ntitle = \"Team\"\n{more}categories = [{{ id = \"a\", title = \"A\"{of_a} }}, {{ id = \"b\", title = \"B\" }}]\n"
        );
        let source = format!("{LONG}segments = [{{ column = \"t\", by = \"team\" }}]\n");
        let csv = "i,t,m,v,n,d\nHC,,2026-10,,17,20\nHC,a,2026-10,,7,10\nHC,b,2026-10,,10,10\n";
        with_scorecard(&register, &source, "indicators = [\"HC\"]\n", csv, |card| {
            let line = card.lines().next().unwrap();
            assert!(card.slots.is_empty() && card.findings.is_empty());
            line.breakdowns[0].lines.iter().map(|line| line.rating.word()).collect::<Vec<_>>()
        })
    };
    assert_eq!(rating("", ""), ["unrated", "unrated"]);
    assert_eq!(rating("same_targets = true\n", ""), ["red", "green"]);
    let own = ", targets = [{ from = \"2026-01\", value = 70, tolerance = 5, source = \"local\" }]";
    assert_eq!(rating("", own), ["green", "unrated"]);
}

#[test]
fn a_board_may_list_a_part_as_an_indicator() {
    let csv = "i,age,m,v,n,d\nCLA01,,2026-10,28,,\nCLA01,0-4,2026-10,10,,\nCLA01,5-9,2026-10,18,,\n";
    let source = format!("{LONG}{BY_AGE}");
    let title = with_scorecard(CHILDREN, &source, "indicators = [\"CLA01:age:0-4\"]\n", csv, |card| {
        let line = card.lines().next().unwrap();
        (line.indicator.title.clone(), line.current.figure().map(|figure| figure.value.to_string()))
    });
    assert_eq!(title, ("Children in care: 0 to 4".to_owned(), Some("10".to_owned())));
}

#[test]
fn those_not_due_yet_are_left_out() {
    let read = |cells: &str, source: &str| {
        with_scorecard(
            CHECKS,
            source,
            "indicators = [\"HC\"]\n",
            &format!("i,m,v,n,d,x\nHC,2026-10,{cells}\n"),
            |card| {
                let line = card.lines().next().unwrap();
                let figure = line.current.figure().map(|figure| (figure.value.to_string(), figure.denominator));
                (
                    figure,
                    line.not_due.and_then(NotDue::count),
                    card.findings.iter().map(|finding| finding.code).collect::<Vec<_>>(),
                )
            },
        )
    };
    let long = LONG.replace("denominator = \"d\"", "denominator = \"d\", not_due = \"x\"");
    let columns = "layout = \"columns\"\nmonth = { column = \"m\", formats = [\"%Y-%m\"] }\n\
        [sources.s.indicators]\nHC = { name = \"v\", numerator = \"n\", denominator = \"d\", not_due = \"x\" }\n";
    for source in [long.as_str(), columns] {
        let figure = |value: &str, of: u32| Some((value.to_owned(), Some(of.into())));
        assert_eq!(read(",16,24,4", source), (figure("80.0", 20), Some(4.into()), vec![]));
        assert_eq!(read(",16,24,0", source), (figure("66.7", 24), None, vec![]));
        // What the source printed may or may not count them.
        assert_eq!(read("80%,16,24,4", source).2, []);
        assert_eq!(read("66.7%,16,24,4", source).2, []);
        assert_eq!(read("70%,16,24,4", source).2, [Code::RatioDisagrees]);
        assert_eq!(read(",0,24,24", source).2.first(), None);
        assert_eq!(read(",0,24,25", source).2.first(), Some(&Code::NotDueTooMany));
    }
    let pairs = "layout = \"pairs\"\nrows = [\"numerator\", \"denominator\", \"not-due\"]\n\
        columns = { indicator = \"i\" }\nmonth = { formats = [\"%Y-%m\"] }\n";
    let csv = "i,2026-10\nHC,16\nHC,24\nHC,4\n";
    let value = with_scorecard(CHECKS, pairs, "indicators = [\"HC\"]\n", csv, |card| {
        card.lines().next().unwrap().current.figure().map(|figure| figure.value.to_string())
    });
    assert_eq!(value.as_deref(), Some("80.0"));
}

#[test]
fn what_is_wrong_in_a_breakdown_is_told_at_once() {
    let register = CHILDREN.replace("{ id = \"5-9\"", "{ id = \"5 9\"").replace("id = \"nk\"", "id = \"0-4\"");
    let register = format!("{register}same_targets = true\nparts_of = \"rest\"\n");
    let fault = config(&register, LONG, "indicators = [\"CLA01\"]\n").unwrap_err();
    insta::assert_snapshot!(fault, @r#"
    the configuration has 4 faults:
      indicators.toml: indicators.CLA01.breakdowns.age.categories[1].id: "age" and "5 9" do not make a reference
        hint: breakdowns and categories are named in small letters, digits and hyphens, such as 0-4
      indicators.toml: indicators.CLA01.breakdowns.age.categories[2].id: "0-4" stands twice in this breakdown
      indicators.toml: indicators.CLA01.breakdowns.age.parts_of: a count has neither numerator nor denominator
        hint: take it out
      indicators.toml: indicators.CLA01.breakdowns.age.same_targets: goes with a rated indicator whose categories have no targets of their own
    "#);
}

#[test]
fn every_part_of_the_register_knows_its_whole() {
    let config = config(CHILDREN, LONG, "indicators = [\"CLA01\"]\n").unwrap();
    let part = &config.register[&IndicatorRef::parse("CLA01:age:nk").unwrap()];
    let segment = part.segment.as_ref().unwrap();
    assert_eq!((segment.parent.as_str(), segment.breakdown.as_str()), ("CLA01", "age"));
    assert!(segment.not_known);
}

#[test]
fn what_cannot_be_crossed_is_a_fault() {
    let register = |more: &str, of: &str| {
        let by = |id: &str, more: &str, many: usize| {
            let each: Vec<String> = (0..many).map(|nth| format!("{{ id = \"{nth}\", title = \"{nth}\" }}")).collect();
            format!("[indicators.HC.breakdowns.{id}]\ntitle = \"T\"\n{more}categories = [{}]\n", each.join(", "))
        };
        format!(
            "{CHECKS}{}{}{}{}{}[indicators.HC.breakdowns.both]\ntitle = \"B\"\n{of}",
            by("age", "", 7),
            by("home", more, 6),
            by("wide", "", 7),
            by("loose", "sums = false\n", 2),
            by("late", "parts_of = \"rest\"\n", 2),
        )
    };
    for (of, expected) in [
        ("of = [\"age\", \"home\"]\n", None),
        ("of = [\"age\", \"team\"]\n", Some("\"team\" is no breakdown of HC")),
        ("of = [\"age\", \"both\"]\n", Some("\"both\" is no breakdown of HC")),
        ("of = [\"age\", \"age\"]\n", Some("crossed with itself")),
        ("of = [\"age\"]\n", Some("expected two breakdowns")),
        ("of = [\"age\", \"wide\"]\n", Some("more than 6 categories")),
        ("of = [\"age\", \"loose\"]\n", Some("must make the whole")),
        ("of = [\"age\", \"late\"]\n", Some("must make the whole")),
        ("of = [\"age\", \"home\"]\nsums = true\n", Some("sums")),
    ] {
        let told = config(&register("", of), LONG, "indicators = [\"HC\"]\n")
            .map(|_| ())
            .map_err(|error| format!("{error:#}"));
        match expected {
            None => assert_eq!(told, Ok(()), "{of}"),
            Some(expected) => assert!(told.as_ref().is_err_and(|said| said.contains(expected)), "{of}: {told:?}"),
        }
    }
}

#[test]
fn a_list_of_people_is_counted_by_band_and_by_word() {
    let register = format!(
        "{}[indicators.HC.breakdowns.who]\ntitle = \"Who is late\"\nparts_of = \"rest\"\n\
         categories = [{{ id = \"young\", title = \"Y\" }}, {{ id = \"old\", title = \"O\" }}, {{ id = \"nk\", title = \"N\" }}]\n\
         [indicators.HC.breakdowns.team]\ntitle = \"Team\"\n\
         categories = [{{ id = \"a\", title = \"A\" }}, {{ id = \"b\", title = \"B\" }}]\n",
        CHECKS
    );
    let source = "person_level = true\ndate_formats = [\"%Y-%m-%d\"]\n[sources.s.count.HC]\nsheet = \"s\"\nof = [{ column = \"Due\", is = \"yes\" }]\n\
        where = [{ column = \"Seen\", is = \"yes\" }]\n\
        by.who = { days_between = [\"From\", \"To\"], bands = { young = [0, 9], old = [10] }, other = \"nk\" }\n\
        by.team = { column = \"Team\", values = { a = [\"A\", \"Alpha\"], b = \"B\" } }\n";
    let rows = "UPN,Due,Seen,From,To,Team\n\
        1,yes,yes,2026-10-01,2026-10-04,A\n\
        2,yes,no,2026-10-01,2026-10-10,Alpha\n\
        3,yes,no,2026-10-01,2026-10-11,B\n\
        4,yes,no,,,B\n\
        5,no,no,2026-10-01,2026-10-04,A\n";
    let (said, codes) = with_scorecard(&register, source, "indicators = [\"HC\"]\n", rows, parts);
    assert_eq!(said, ["HC:who:young 1", "HC:who:old 1", "HC:who:nk 1", "HC:team:a 50.0", "HC:team:b 0.0"]);
    assert_eq!(codes, []);
}
