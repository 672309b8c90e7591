//! How often the doubts of a series itself (F427 to F432) are wrong, and
//! whether they catch what they are for: the sample and published series, month
//! by month, as they are and with slips planted. `docs/figures.md` states both
//! rates.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use boardpack::config::{Files, Loaded};
use boardpack::dataset::{self, Dataset, checks};
use boardpack::domain::{Code, Finding, Indicator, Period, Place};
use boardpack::history::History;
use boardpack::storage::KINDS;
use rust_decimal::Decimal;

use crate::support::root;

/// A figure as a workbook has it: value, numerator, denominator.
type Cells = [Option<Decimal>; 3];

/// The series of one source: what they are, and their figures by month.
#[derive(Clone)]
struct Series {
    config: Loaded,
    figures: BTreeMap<(String, Period), Cells>,
}

fn source(percent: &str) -> String {
    format!(
        "[sources.s]\ntitle = \"S\"\nfiles = \"s.csv\"\nlayout = \"long\"\npercent = \"{percent}\"\n\
         month = {{ column = \"m\", formats = [\"%Y-%m\"] }}\n\
         columns = {{ indicator = \"i\", value = \"v\", numerator = \"n\", denominator = \"d\" }}\n"
    )
}

fn loaded(register: &str, references: &[&str]) -> Loaded {
    let board = format!(
        "title = \"B\"\nscorecard = \"S\"\nowner = \"O\"\nschedule = {{ working_day = 1 }}\n\
         [[sections]]\nnumber = \"1\"\ntitle = \"T\"\nindicators = {references:?}\n"
    );
    let service = "[council]\nname = \"C\"\ncontact = \"C\"\n[schedule]\nfirst_period = \"2018-01\"\n\
                   [storage.share]\nkind = \"directory\"\npath = \".\"\n";
    let files = [
        ("boardpack.toml", service.to_owned()),
        ("indicators.toml", register.to_owned()),
        ("sources.toml", source("points")),
        ("boards/b.toml", board),
    ];
    let files = Files::from_texts(files.map(|(name, text)| (name.to_owned(), text)));
    Loaded::resolve(Path::new("."), &files, &[], KINDS).unwrap()
}

fn entry(reference: &str, unit: &str, frequency: &str) -> String {
    let per = if unit == "rate" { "per = 10000\n" } else { "" };
    format!(
        "[indicators.{reference}]\ntitle = \"T\"\nplain = \"P\"\nnoun = \"things\"\nowner = \"O\"\nsource = \"s\"\n\
         basis = \"in-period\"\nbetter = \"none\"\nunit = \"{unit}\"\n{per}{frequency}\n"
    )
}

fn table(path: &str) -> Vec<BTreeMap<String, String>> {
    let text = std::fs::read(root().join("tests/data/real").join(path)).unwrap();
    let mut reader = csv::Reader::from_reader(&text[..]);
    let heads: Vec<String> =
        reader.headers().unwrap().iter().map(|head| head.trim_start_matches('\u{feff}').to_owned()).collect();
    let row = |row: csv::StringRecord| heads.iter().cloned().zip(row.iter().map(str::to_owned)).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn number(text: &str) -> Option<Decimal> {
    text.parse().ok()
}

/// Workforce figures of each council, a year a figure, as the Department for
/// Education publishes them.
fn workforce() -> Vec<Series> {
    let columns = [
        ("A1", "inpost_headcount", "count"),
        ("A2", "starters_headcount", "count"),
        ("A3", "leavers_headcount", "count"),
        ("A4", "agency_headcount", "count"),
        ("A5", "cases", "count"),
        ("A6", "turnover_rate_fte", "percent"),
        ("A7", "agency_rate_fte", "percent"),
        ("A8", "vacancy_rate_fte", "percent"),
        ("A9", "absence_rate_fte", "percent"),
        ("A10", "caseload_fte", "mean"),
        ("A11", "inpost_fte", "mean"),
        ("A12", "working_days_lost_fte", "mean"),
    ];
    let references: Vec<&str> = columns.iter().map(|column| column.0).collect();
    let register: String =
        columns.iter().map(|(name, _, unit)| entry(name, unit, "frequency = \"annual\"\nyear_end = 9")).collect();
    let config = loaded(&register, &references);
    let mut councils: BTreeMap<String, BTreeMap<(String, Period), Cells>> = BTreeMap::new();
    for row in table("csww_indicators_2017_to_2025.csv") {
        let month: Period = format!("{}-09", row["time_period"]).parse().unwrap();
        for (name, column, unit) in columns {
            let whole = |value: &Decimal| unit != "count" || value.fract().is_zero();
            if let Some(value) = number(&row[column]).filter(whole) {
                let of = format!("{}/{}", row["region_name"], row["la_name"]);
                councils.entry(of).or_default().insert((name.to_owned(), month), [Some(value), None, None]);
            }
        }
    }
    councils.into_values().map(|figures| Series { config: config.clone(), figures }).collect()
}

/// Two quarterly figures of each council of Scotland, with their parts.
fn quarters() -> Vec<Series> {
    let names = ["CORP09", "CORP10"];
    let register: String = names.map(|name| entry(name, "percent", "frequency = \"quarterly\"")).concat();
    let config = loaded(&register, &names);
    let mut councils: BTreeMap<String, BTreeMap<(String, Period), Cells>> = BTreeMap::new();
    for row in table("LGBF_Data_Table_Quarterly_Data.csv") {
        let (Some(year), true) = (row["LGBF Year"].get(..4), names.contains(&row["Code"].as_str())) else { continue };
        let quarter: i32 = row["Month"].trim_start_matches('Q').parse().unwrap();
        let month = format!("{year}-03").parse::<Period>().unwrap().plus(quarter * 3);
        let parts = [number(&row["LA_Numerator_real"]), number(&row["LA_Den_Real"])];
        let [Some(n), Some(d)] = parts else { continue };
        if n <= d && n.fract().is_zero() && d.fract().is_zero() {
            let council = councils.entry(row["LocalAuthority"].clone()).or_default();
            council.insert((row["Code"].clone(), month), [None, Some(n), Some(d)]);
        }
    }
    councils.into_values().map(|figures| Series { config: config.clone(), figures }).collect()
}

/// The sources of the sample, as they are read for its last month.
fn sample() -> Vec<Series> {
    let whole = Loaded::load(&root().join("config"), &[], KINDS).unwrap();
    let share = root().join("sample/share");
    let mut all = Vec::new();
    for source in whole.config.sources.values() {
        let names = std::fs::read_dir(&share).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
        let stem = |name: &str| name.split(['{', '*', '.', '2']).next().unwrap().trim().to_owned();
        let Some(name) = names.into_iter().find(|name| stem(name) == stem(&source.files)) else {
            panic!("no file of {}", source.files)
        };
        let at = Place { file: Some(name.as_str().into()), ..Place::default() };
        let book = boardpack::workbook::read(&std::fs::read(share.join(&name)).unwrap(), &at).value.unwrap();
        let indicators: Vec<&Indicator> = whole.config.carried_by(&source.id).collect();
        let read = dataset::read(source, &indicators, &book, &name, "2026-10".parse().unwrap());
        let mut figures = BTreeMap::new();
        for seen in read.value.observations() {
            if let Some(figure) = seen.reading.figure() {
                // A figure that was worked from its parts comes of them again.
                let value = Some(figure.value).filter(|_| figure.numerator.is_none() || figure.denominator.is_none());
                let cells = [value, figure.numerator, figure.denominator];
                figures.insert((seen.indicator.to_string(), seen.period), cells);
            }
        }
        let mut config = whole.clone();
        config.config.register.retain(|_, indicator| indicator.source == source.id);
        all.push(Series { config, figures });
    }
    all
}

impl Series {
    fn indicators(&self) -> Vec<&Indicator> {
        self.config.config.register.values().collect()
    }

    /// The figures of one of them, oldest first.
    fn of(&self, reference: &str) -> Vec<String> {
        let own = self.figures.iter().filter(|((name, _), _)| name == reference);
        own.map(|(_, cells)| cells.iter().flatten().map(Decimal::to_string).collect::<Vec<_>>().join("/")).collect()
    }

    /// Every month that has a figure, oldest first.
    fn months(&self) -> BTreeSet<Period> {
        self.figures.keys().map(|(_, month)| *month).collect()
    }

    fn dataset(&self, period: Period) -> Dataset {
        let mut text = "i,m,v,n,d\n".to_owned();
        for ((reference, month), cells) in &self.figures {
            if *month <= period {
                let [v, n, d] = cells.map(|cell| cell.map(|cell| cell.to_string()).unwrap_or_default());
                text.push_str(&format!("\"{reference}\",{month},{v},{n},{d}\n"));
            }
        }
        let at = Place { file: Some("s.csv".into()), ..Place::default() };
        let book = boardpack::workbook::read(text.as_bytes(), &at).value.unwrap();
        let source = &PLAIN.config.sources.values().next().unwrap();
        dataset::read(source, &self.indicators(), &book, "s.csv", period).value
    }

    /// The doubts of a month's pack.
    fn doubts(&self, period: Period) -> Vec<Finding> {
        let dataset = self.dataset(period);
        let (indicators, history) = (self.indicators(), History::default());
        let asked = checks::CheckInput {
            source: PLAIN.config.sources.values().next().unwrap(),
            indicators: &indicators,
            period,
            dataset: &dataset,
            file: None,
            calendar: &self.config.config.calendar,
            history: &history,
        };
        let found = checks::check(&asked, &|_, _| None).into_iter();
        found.filter(|finding| finding.code >= Code::Copied && finding.code <= Code::Exchanged).collect()
    }

    /// Doubts of all its months, each once, whatever pack tells it first.
    fn all_doubts(&self) -> BTreeSet<String> {
        let told = |period: Period| {
            let newest = self.doubts(period).into_iter();
            newest.map(move |finding| {
                let about = finding.at.indicator.map_or_else(|| period.to_string(), |indicator| indicator.to_string());
                format!("{} {about}: {}", finding.code, &*finding.message)
            })
        };
        let mut kept: BTreeMap<String, String> = BTreeMap::new();
        for finding in self.months().into_iter().flat_map(told) {
            // The same figure of the same series, whatever others have come since.
            let key = finding.split_once(',').map_or(finding.clone(), |(key, _)| key.to_owned());
            kept.entry(key).or_insert(finding);
        }
        kept.into_values().collect()
    }
}

/// A configuration with the plain source of all.
static PLAIN: std::sync::LazyLock<Loaded> = std::sync::LazyLock::new(|| loaded(&entry("A", "count", MONTHLY), &["A"]));

const MONTHLY: &str = "frequency = \"monthly\"";

/// How many figures there are, and the doubts about them.
fn measured(all: &[Series]) -> (usize, Vec<String>) {
    use std::thread::scope;
    let halves = all.chunks(all.len().div_ceil(2).max(1));
    let doubts = scope(|threads| {
        let each: Vec<_> = halves
            .map(|half| threads.spawn(move || half.iter().flat_map(Series::all_doubts).collect::<Vec<_>>()))
            .collect();
        each.into_iter().flat_map(|thread| thread.join().unwrap()).collect()
    });
    (all.iter().map(|series| series.figures.len()).sum(), doubts)
}

fn hold(what: &str, all: &[Series]) {
    let (figures, doubts) = measured(all);
    eprintln!("{what}: {} doubts of {figures} figures", doubts.len());
    for doubt in &doubts {
        eprintln!("  {doubt}");
    }
    assert!(doubts.len() * 300 <= figures, "{what}: {} of {figures}", doubts.len());
}

#[test]
fn the_sample_is_doubted_less_than_once_in_300_figures() {
    hold("sample", &sample());
}

#[test]
fn published_series_are_doubted_less_than_once_in_300_figures() {
    let published: Vec<Series> = workforce().into_iter().chain(quarters()).collect();
    hold("published", &published);
}

/// A series whose last figure may be changed: so steady, and of so many, that
/// anybody would see a slip.
fn is_plain_to_see(series: &Series, reference: &str, last: Period) -> bool {
    let of = |((name, month), cells): (&(String, Period), &Cells)| {
        (name == reference && last.since(*month) < 96).then(|| cells.iter().flatten().copied().collect::<Vec<_>>())
    };
    let figures: Vec<Vec<Decimal>> = series.figures.iter().filter_map(of).collect();
    let parts = figures.first().map_or(0, Vec::len);
    let steady = (0..parts).all(|part| {
        let values: Vec<Decimal> = figures.iter().filter_map(|cells| cells.get(part).copied()).collect();
        let ends = values.iter().min().zip(values.iter().max());
        ends.is_some_and(|(low, high)| *low >= Decimal::from(30) && *low * Decimal::TWO >= *high)
    });
    figures.len() >= 5 && steady && figures.iter().all(|cells| cells.len() == parts)
}

/// Whether a pack of the last month tells a code, after something was changed.
fn tells(series: &Series, last: Period, code: Code, change: impl Fn(&mut BTreeMap<(String, Period), Cells>)) -> bool {
    let mut changed = series.clone();
    change(&mut changed.figures);
    changed.doubts(last).iter().any(|finding| finding.code == code)
}

#[test]
#[expect(clippy::too_many_lines, reason = "one kind of slip after the other, each by what it changes")]
fn every_planted_slip_is_caught() {
    let (ten, hundred) = (Decimal::TEN, Decimal::ONE_HUNDRED);
    let (mut planted, mut missed) = (BTreeMap::<&str, usize>::new(), Vec::new());
    let published: Vec<Series> = workforce().into_iter().step_by(9).chain(quarters().into_iter().step_by(5)).collect();
    for series in sample().iter().chain(&published) {
        let last = *series.months().last().unwrap();
        let mut plant = |what: &'static str, of: &str, caught: bool| {
            *planted.entry(what).or_default() += 1;
            if !caught {
                missed.push(format!("{what} of {of}"));
            }
        };
        for indicator in series.indicators() {
            let (name, latest) = (indicator.reference.to_string(), indicator.latest_due(last));
            let key = (name.clone(), latest);
            let is_broken = series.figures.keys().any(|(_, month)| indicator.break_between(*month, latest).is_some());
            if !series.figures.contains_key(&key) || is_broken || !is_plain_to_see(series, &name, latest) {
                continue;
            }
            let scaled = |figures: &mut BTreeMap<(String, Period), Cells>, by: Decimal| {
                let cells = figures.get_mut(&key).unwrap();
                cells.iter_mut().flatten().for_each(|cell| *cell = (*cell * by).round_dp(2));
                if indicator.measure.precision == 0 {
                    cells.iter_mut().flatten().for_each(|cell| *cell = cell.round());
                }
            };
            let has_parts = series.figures[&key][2].is_some();
            let code = if has_parts { Code::TenfoldDenominator } else { Code::TenfoldFigure };
            let least = Decimal::ONE / ten;
            let over = series.figures[&key][0].is_some_and(|value| value >= ten)
                && indicator.measure.unit == boardpack::domain::Unit::Percent;
            if !over {
                plant("ten times more", &name, tells(series, last, code, |figures| scaled(figures, ten)));
                plant("a hundred times more", &name, tells(series, last, code, |figures| scaled(figures, hundred)));
            }
            plant("ten times less", &name, tells(series, last, code, |figures| scaled(figures, least)));
            let nought = |figures: &mut BTreeMap<(String, Period), Cells>| {
                let cells = figures.get_mut(&key).unwrap();
                let first = if has_parts { 1 } else { 0 };
                cells[first] = Some(Decimal::ZERO);
            };
            plant("a nought", &name, tells(series, last, Code::Noughts, nought));
            if has_parts {
                let lost = |figures: &mut BTreeMap<(String, Period), Cells>| {
                    let [_, n, d] = figures[&key];
                    let value = n.unwrap() * hundred / d.unwrap();
                    figures.insert(key.clone(), [Some(value.round_dp(1)), None, d]);
                };
                plant("a lost numerator", &name, tells(series, last, Code::PartsLost, lost));
            }
        }
        let fresh = || series.figures.keys().filter(|(_, month)| *month == last).count();
        if fresh() >= 6 && series.months().len() >= 6 {
            let before = series.months().into_iter().rev().nth(1).unwrap();
            let copied = |figures: &mut BTreeMap<(String, Period), Cells>| {
                let old: Vec<(String, Cells)> = figures
                    .iter()
                    .filter(|((_, month), _)| *month == before)
                    .map(|((name, _), cells)| (name.clone(), *cells))
                    .collect();
                figures.retain(|(_, month), _| *month != last);
                figures.extend(old.into_iter().map(|(name, cells)| ((name, last), cells)));
            };
            let is_monthly = |one: &&Indicator| one.frequency != boardpack::domain::Frequency::Annual(9);
            if series.indicators().iter().any(is_monthly) {
                plant("a copied month", "a source", tells(series, last, Code::Copied, copied));
            }
        }
        let plain: Vec<String> = series
            .indicators()
            .iter()
            .filter(|one| one.measure.unit == boardpack::domain::Unit::Count && one.breaks.is_empty())
            .map(|one| one.reference.to_string())
            .filter(|name| series.figures.contains_key(&(name.clone(), last)) && is_plain_to_see(series, name, last))
            .collect();
        for pair in plain.windows(2) {
            let keys = [(pair[0].clone(), last), (pair[1].clone(), last)];
            let [a, b] = [&keys[0], &keys[1]].map(|key| series.figures[key][0].unwrap_or_default());
            // Series that double and halve and lie this near cannot be told apart.
            if a.max(b) < a.min(b) * Decimal::from(5) {
                continue;
            }
            let exchanged = |figures: &mut BTreeMap<(String, Period), Cells>| {
                figures.insert(keys[0].clone(), [Some(b), None, None]);
                figures.insert(keys[1].clone(), [Some(a), None, None]);
            };
            let of = [&pair[0], &pair[1]].map(|name| (name, series.of(name)));
            plant("two rows exchanged", &format!("{of:?}"), tells(series, last, Code::Exchanged, exchanged));
        }
    }
    eprintln!("planted: {planted:?}");
    assert!(planted.len() >= 7, "{planted:?}");
    assert!(missed.is_empty(), "missed {}: {missed:?}", missed.len());
}
