//! An outsider with the public pages, without a solver and without the room's own
//! model: writes down every table that fits what is shown and what the docs say
//! that any reader knows, and looks. A kind of sum that the choice forgets is found
//! here, because nothing here asks the choice what adds up.

use std::collections::BTreeSet;

use proptest::prelude::*;
use rust_decimal::Decimal;

use super::council::{entry, weighed};
use crate::disclosure::council::Withheld;
use crate::domain::measure::round;
use crate::domain::{Code, IndicatorRef};

/// Counts from 1 to this are small.
const SMALL: u32 = 2;

/// How far from the truth the outsider looks where nothing says where to look.
const FAR: u32 = 6;

const OCTOBER: &str = "2026-10";
const SEPTEMBER: &str = "2026-09";

/// A figure by its name and month.
type Figure = (String, &'static str);

/// A count that any reader knows to be there.
#[derive(Debug, Clone)]
struct Counted {
    truth: u32,
    /// The figure that prints it, if any does.
    figure: Option<Figure>,
    /// What a reader tries.
    range: (u32, u32),
}

/// What any reader knows.
#[derive(Debug, Clone)]
enum Law {
    /// These are those together.
    Sum(Vec<usize>, Vec<usize>),
    /// One is a part of the other.
    Within(usize, usize),
    /// One moves by no more than one from the other: a slow stock.
    Slow(usize, usize),
    /// A figure prints one for so many of the other.
    Share { figure: Figure, part: usize, whole: usize, per: u32 },
}

/// What no reader may know to be small.
#[derive(Debug, Clone, Copy)]
enum Secret {
    Of(usize),
    /// One without the other.
    Without(usize, usize),
    /// A sum of others: as a hidden count is of somebody, two that are hidden are two
    /// or more whatever else is.
    OfSeveral(usize),
}

/// A council's tables, with all that may be known of them.
#[derive(Debug, Clone, Default)]
struct Tables {
    register: String,
    rows: Vec<String>,
    counts: Vec<Counted>,
    laws: Vec<Law>,
    secrets: Vec<Secret>,
}

impl Tables {
    /// A count that a figure prints. As 0 is shown, a hidden one is of somebody.
    fn count(&mut self, name: &str, month: &'static str, truth: u32) -> usize {
        self.rows.push(format!("{name},{month},{truth},,"));
        let from = truth.saturating_sub(FAR).max(1).min(truth);
        self.add(Counted { truth, figure: Some((name.to_owned(), month)), range: (from, truth + FAR) })
    }

    fn add(&mut self, counted: Counted) -> usize {
        self.counts.push(counted);
        self.counts.len() - 1
    }

    fn withheld(&self) -> Withheld {
        weighed(&self.register, "", &self.rows.join("\n"))
    }

    /// What an outsider finds out.
    fn attack(&self) -> Vec<String> {
        let withheld = self.withheld();
        // Then there is no public edition at all.
        if withheld.findings().iter().any(|finding| finding.code == Code::Recoverable) {
            return vec!["it cannot be protected".to_owned()];
        }
        let is_shown =
            |(name, month): &Figure| !withheld.hides(&IndicatorRef::parse(name).unwrap(), month.parse().unwrap());
        let shows = |count: &Counted| count.figure.as_ref().is_some_and(is_shown);
        let is_known = |law: &&Law| !matches!(law, Law::Share { figure, .. } if !is_shown(figure));
        let laws: Vec<&Law> = self.laws.iter().filter(is_known).collect();
        let known = self.counts.iter().map(|count| shows(count).then_some(count.truth));
        let mut seen = vec![BTreeSet::new(); self.secrets.len()];
        self.fill(&laws, &mut known.collect(), &mut seen);
        self.secrets.iter().zip(&seen).filter_map(|(secret, seen)| self.leak(*secret, seen)).collect()
    }

    /// Fills in what is not known in every way that fits.
    fn fill(&self, laws: &[&Law], table: &mut Vec<Option<u32>>, seen: &mut [BTreeSet<u32>]) {
        if !laws.iter().all(|law| self.holds(law, table)) {
            return;
        }
        let open = (0..table.len()).filter(|at| table[*at].is_none());
        let sum_of = |at: usize| laws.iter().find_map(|law| follows(law, table, at));
        let Some((next, follows)) = open.map(|at| (at, sum_of(at))).max_by_key(|(_, follows)| follows.is_some()) else {
            for (secret, seen) in self.secrets.iter().zip(seen) {
                seen.extend(value(*secret, |at| table[at].unwrap()));
            }
            return;
        };
        let (from, to) = self.counts[next].range;
        let range = follows.map_or((from, to), |value| (value.max(from), value));
        for value in range.0..=range.1 {
            table[next] = Some(value);
            self.fill(laws, table, seen);
        }
        table[next] = None;
    }

    fn holds(&self, law: &Law, table: &[Option<u32>]) -> bool {
        let sum = |side: &[usize]| side.iter().map(|at| table[*at]).sum::<Option<u32>>();
        match law {
            Law::Sum(left, right) => sum(left).zip(sum(right)).is_none_or(|(left, right)| left == right),
            Law::Within(part, whole) => table[*part].zip(table[*whole]).is_none_or(|(part, whole)| part <= whole),
            Law::Slow(one, other) => table[*one].zip(table[*other]).is_none_or(|(one, other)| one.abs_diff(other) < 2),
            Law::Share { part, whole, per, .. } => {
                let truth = printed(self.counts[*part].truth, self.counts[*whole].truth, *per);
                table[*part].zip(table[*whole]).is_none_or(|(part, whole)| {
                    whole > 0 && (*per != 100 || part <= whole) && printed(part, whole, *per) == truth
                })
            }
        }
    }

    fn leak(&self, secret: Secret, seen: &BTreeSet<u32>) -> Option<String> {
        let truth = value(secret, |at| self.counts[at].truth)?;
        let small = 1..=SMALL;
        let few = seen.iter().filter(|value| small.contains(value)).count();
        let is_exact = few < 2 && !matches!(secret, Secret::OfSeveral(_));
        let is_found = small.contains(&truth) && (seen.iter().all(|value| *value <= SMALL) || is_exact);
        is_found.then(|| format!("{secret:?} is {truth}: {seen:?}"))
    }
}

/// What one count must be by a sum of which all others are known.
fn follows(law: &Law, table: &[Option<u32>], at: usize) -> Option<u32> {
    let Law::Sum(left, right) = law else { return None };
    let (own, other) = if left.contains(&at) { (left, right) } else { (right, left) };
    let rest = own.iter().filter(|cell| **cell != at).map(|cell| table[*cell]).sum::<Option<u32>>()?;
    let other = other.iter().map(|cell| table[*cell]).sum::<Option<u32>>()?;
    // Below nothing there is no table: the sum then does not hold.
    own.contains(&at).then(|| other.saturating_sub(rest))
}

fn value(secret: Secret, of: impl Fn(usize) -> u32) -> Option<u32> {
    match secret {
        Secret::Of(at) | Secret::OfSeveral(at) => Some(of(at)),
        Secret::Without(all, part) => of(all).checked_sub(of(part)),
    }
}

fn printed(part: u32, whole: u32, per: u32) -> Decimal {
    round(Decimal::from(part) * Decimal::from(per) / Decimal::from(whole), 1)
}

fn indicator(name: &str, unit: &str, more: &str) -> String {
    entry(name, unit, &format!("basis = \"snapshot\"\ndisclosure = {{ threshold = {SMALL} }}\n{more}"))
}

fn open(name: &str) -> String {
    entry(name, "count", "basis = \"snapshot\"\ndisclosure = { sensitive = false }")
}

fn by(of: &str, more: &str, categories: &[&str]) -> String {
    let each: Vec<String> =
        categories.iter().zip('a'..).map(|(title, id)| format!("{{ id = \"{id}\", title = \"{title}\" }}")).collect();
    format!("[indicators.{of}.breakdowns.by]\ntitle = \"By\"\n{more}\ncategories = [{}]\n", each.join(", "))
}

/// A percentage or a rate of which the source gives the value alone, and a declared
/// sum the numerator or the denominator.
fn halves() -> impl Strategy<Value = Tables> {
    (0_u32..9, 0_u32..12, 0_u32..3, 9_000_u32..20_000).prop_map(|(part, rest, kind, people)| {
        let mut tables = Tables::default();
        let (whole, per) = if kind == 2 { (people, 10_000) } else { ((part + rest).max(1), 100) };
        let figure = ("A".to_owned(), OCTOBER);
        let unit = if kind == 2 { "rate\"\nper = 10000\n#" } else { "percent" };
        tables.rows.push(format!("A,{OCTOBER},{},,", printed(part, whole, per)));
        let sum = if kind == 0 {
            "[[sums]]\nthese = [\"A\"]\nare = [\"B\"]\n"
        } else {
            "[[sums]]\nthese = [\"A all\"]\nare = [\"T\"]\n"
        };
        tables.register = indicator("A", unit, "") + &indicator("B", "count", "") + &open("T") + sum;
        let unprinted = |truth: u32| Counted { truth, figure: None, range: (0, 60) };
        let (part, whole) = if kind == 0 {
            (tables.count("B", OCTOBER, part), tables.add(unprinted(whole)))
        } else {
            (tables.add(unprinted(part)), tables.count("T", OCTOBER, whole))
        };
        tables.laws.push(Law::Share { figure, part, whole, per });
        tables.secrets.push(Secret::Of(part));
        if per == 100 {
            tables.laws.push(Law::Within(part, whole));
            tables.secrets.push(Secret::Without(whole, part));
        }
        tables
    })
}

/// A total of two indicators, all three by the same categories.
fn totals() -> impl Strategy<Value = Tables> {
    (prop::collection::vec((0_u32..9, 0_u32..9), 2..=3), any::<bool>()).prop_map(|(parts, is_total)| {
        let mut tables = Tables::default();
        let categories = &["Boys", "Girls", "Not said"][..parts.len()];
        let (total, sum) = if is_total {
            ("checks = { total_of = [\"A\", \"B\"] }", "")
        } else {
            ("", "[[sums]]\nthese = [\"T\"]\nare = [\"A\", \"B\"]\n")
        };
        let each = |name: &str, more: &str| indicator(name, "count", more) + &by(name, "", categories);
        tables.register = each("A", "") + &each("B", "") + &each("T", total) + sum;
        let of = |pick: fn(&(u32, u32)) -> u32| parts.iter().map(pick).collect::<Vec<_>>();
        let mut broken_down = Vec::new();
        for (name, values) in [("A", of(|of| of.0)), ("B", of(|of| of.1)), ("T", of(|of| of.0 + of.1))] {
            let all = tables.count(name, OCTOBER, values.iter().sum());
            let each: Vec<usize> = ('a'..)
                .zip(&values)
                .map(|(id, value)| tables.count(&format!("{name}:by:{id}"), OCTOBER, *value))
                .collect();
            tables.laws.push(Law::Sum(vec![all], each.clone()));
            broken_down.push([vec![all], each].concat());
        }
        for ((a, b), t) in broken_down[0].iter().zip(&broken_down[1]).zip(&broken_down[2]) {
            tables.laws.push(Law::Sum(vec![*t], vec![*a, *b]));
        }
        let [a, b, t] = [&broken_down[0], &broken_down[1], &broken_down[2]];
        tables.secrets = a[1..].iter().chain(&b[1..]).map(|at| Secret::Of(*at)).collect();
        tables.secrets.extend([a[0], b[0]].iter().chain(t).map(|at| Secret::OfSeveral(*at)));
        tables
    })
}

/// Categories of which one lies in the other, or that overlap.
fn overlapping() -> impl Strategy<Value = Tables> {
    (0_u32..9, 0_u32..9, 0_u32..9, any::<bool>()).prop_map(|(inner, more, rest, is_nested)| {
        let mut tables = Tables::default();
        let titles = if is_nested { ["Under 5", "Under 10"] } else { ["Speech", "Hearing"] };
        tables.register =
            indicator("A", "count", &format!("\n{}", by("A", "sums = false", &titles))) + &open("B") + &open("T");
        let all = tables.count("A", OCTOBER, inner + more + rest);
        let (one, other) = (tables.count("A:by:a", OCTOBER, inner), tables.count("A:by:b", OCTOBER, inner + more));
        tables.laws = vec![Law::Within(one, all), Law::Within(other, all)];
        tables.secrets = vec![Secret::Of(all), Secret::Of(one), Secret::Of(other)];
        tables.secrets.extend([Secret::Without(all, one), Secret::Without(all, other)]);
        if is_nested {
            tables.laws.push(Law::Within(one, other));
            tables.secrets.push(Secret::Without(other, one));
        }
        tables
    })
}

/// A rate with its population, which a sum may say is another's count.
fn populations() -> impl Strategy<Value = Tables> {
    (0_u32..9, 1_u32..9, any::<bool>()).prop_map(|(part, whole, is_declared)| {
        let mut tables = Tables::default();
        let sum = if is_declared { "[[sums]]\nthese = [\"A all\"]\nare = [\"T\"]\n" } else { "" };
        tables.register = indicator("A", "rate", "per = 1000") + &open("B") + &open("T") + sum;
        tables.rows.push(format!("A,{OCTOBER},,{part},{whole}"));
        let figure = ("A".to_owned(), OCTOBER);
        let printed =
            |truth: u32, from: u32| Counted { truth, figure: Some(figure.clone()), range: (from, truth + FAR) };
        let (part, whole) = (tables.add(printed(part, 0)), tables.add(printed(whole, 1)));
        if is_declared {
            let truth = tables.counts[whole].truth;
            let other = tables.count("T", OCTOBER, truth);
            tables.laws.push(Law::Sum(vec![whole], vec![other]));
        }
        tables.secrets = vec![Secret::Of(part), Secret::Of(whole)];
        tables
    })
}

/// Two breakdowns crossed, with both margins.
fn two_way() -> impl Strategy<Value = Tables> {
    prop::collection::vec((0_u32..9, 0_u32..9), 2..=3).prop_map(|rows| {
        let mut tables = Tables::default();
        let age = &["Under 10", "10 to 15", "16 and over"][..rows.len()];
        let crossed = "[indicators.A.breakdowns.both]\ntitle = \"Both\"\nof = [\"by\", \"home\"]\n";
        let home = by("A", "", &["Foster", "Other"]).replace("breakdowns.by", "breakdowns.home");
        let parts = format!("\n{}{home}{crossed}", by("A", "", age));
        tables.register = indicator("A", "count", &parts) + &open("B") + &open("T");
        let all = tables.count("A", OCTOBER, rows.iter().map(|row| row.0 + row.1).sum());
        let [foster, other] = [0, 1].map(|nth| rows.iter().map(|row| [row.0, row.1][nth]).sum::<u32>());
        let columns = [tables.count("A:home:a", OCTOBER, foster), tables.count("A:home:b", OCTOBER, other)];
        let mut cells: [Vec<usize>; 2] = Default::default();
        let mut margins = vec![all, columns[0], columns[1]];
        for (id, (one, other)) in ('a'..).zip(&rows) {
            let row = tables.count(&format!("A:by:{id}"), OCTOBER, one + other);
            let own = [("a", *one), ("b", *other)]
                .map(|(column, value)| tables.count(&format!("A:both:{id}--{column}"), OCTOBER, value));
            tables.laws.push(Law::Sum(vec![row], own.to_vec()));
            tables.secrets.extend(own.map(Secret::Of));
            cells[0].push(own[0]);
            cells[1].push(own[1]);
            margins.push(row);
        }
        tables.laws.extend(columns.iter().zip(cells).map(|(column, cells)| Law::Sum(vec![*column], cells)));
        tables.laws.extend([Law::Sum(vec![all], columns.to_vec()), Law::Sum(vec![all], margins[3..].to_vec())]);
        tables.secrets.extend(margins.into_iter().map(Secret::OfSeveral));
        tables
    })
}

/// Two months of a stock that moves slowly, with a category of few in both.
fn months() -> impl Strategy<Value = Tables> {
    let large = (20_u32..24, 0_u32..3).prop_map(|(before, by)| [before, before + by - 1]);
    (large.clone(), large, 1..=SMALL).prop_map(|(one, other, few)| {
        let register =
            indicator("A", "count", &format!("\n{}", by("A", "", &["P", "Q", "R"]))) + &open("B") + &open("T");
        let mut tables = Tables { register, ..Tables::default() };
        let mut before: Vec<usize> = Vec::new();
        for (nth, month) in [SEPTEMBER, OCTOBER].into_iter().enumerate() {
            let values = [one[nth], few, other[nth]];
            let all = tables.count("A", month, values.iter().sum());
            let each: Vec<usize> =
                ('a'..).zip(values).map(|(id, value)| tables.count(&format!("A:by:{id}"), month, value)).collect();
            tables.laws.extend(before.iter().zip(&each).map(|(before, now)| Law::Slow(*before, *now)));
            tables.secrets.extend(each.iter().map(|at| Secret::Of(*at)));
            tables.laws.push(Law::Sum(vec![all], each.clone()));
            before = each;
        }
        tables
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn a_declared_half_gives_nothing_away(tables in halves()) {
        prop_assert_eq!(tables.attack(), Vec::<String>::new());
    }

    #[test]
    fn the_categories_of_a_total_give_nothing_away(tables in totals()) {
        prop_assert_eq!(tables.attack(), Vec::<String>::new());
    }

    #[test]
    fn categories_that_overlap_give_nothing_away(tables in overlapping()) {
        prop_assert_eq!(tables.attack(), Vec::<String>::new());
    }

    #[test]
    fn a_population_of_few_is_not_given_away(tables in populations()) {
        prop_assert_eq!(tables.attack(), Vec::<String>::new());
    }

    #[test]
    fn two_breakdowns_crossed_give_nothing_away(tables in two_way()) {
        prop_assert_eq!(tables.attack(), Vec::<String>::new());
    }

    #[test]
    fn a_slow_stock_carries_nothing_over_from_the_month_before(tables in months()) {
        prop_assert_eq!(tables.attack(), Vec::<String>::new());
    }
}
