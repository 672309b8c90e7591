//! `boardpack spc FILE.csv`: signal or noise in any monthly series, to hold
//! against the NHS's own tools.

mod series;

use std::path::PathBuf;

use chrono::NaiveDate;
use serde_json::{Value, json};

use self::series::{MonthlySeries, SeriesColumns};
use super::{UsageError, out};
use crate::exit::Exit;
use crate::scorecard::signal::{Better, Fact, Options, Profile, Signal, signal};

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// A CSV file with a header; its column `date` holds dates such as 2026-10-01.
    #[arg(value_name = "FILE")]
    file: PathBuf,

    /// The column of values [default: value]
    #[arg(long, value_name = "NAME", conflicts_with_all = ["numerator", "denominator"])]
    column: Option<String>,

    /// The column of numerators: values are then percentages.
    #[arg(long, value_name = "NAME", requires = "denominator")]
    numerator: Option<String>,

    /// The column of denominators.
    #[arg(long, value_name = "NAME", requires = "numerator")]
    denominator: Option<String>,

    /// Which way is better.
    #[arg(long, value_enum, default_value_t = Way::Neither)]
    better: Way,

    /// The target that assurance is about.
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    target: Option<f64>,

    /// A date from which the limits are worked out anew; may be given several times.
    #[arg(long, value_name = "DATE")]
    rebase: Vec<NaiveDate>,

    /// Work the limits out from so many first points, at least 12.
    #[arg(long, value_name = "N")]
    fix_after: Option<usize>,

    /// Keep every moving range, however large.
    #[arg(long)]
    no_screening: bool,

    /// Whose rules.
    #[arg(long, value_enum, default_value_t = RuleSet::PlotTheDots)]
    profile: RuleSet,

    /// Answer as JSON.
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Way {
    Higher,
    Lower,
    Neither,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum RuleSet {
    PlotTheDots,
    MakingDataCount,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let columns = match (&args.numerator, &args.denominator) {
        (Some(numerator), Some(denominator)) => SeriesColumns::Parts(numerator, denominator),
        _ => SeriesColumns::Value(args.column.as_deref().unwrap_or("value")),
    };
    let series = series::read(&args.file, &columns)?;
    let options = options(args, &series.points)?;
    let values: Vec<f64> = series.points.iter().map(|(_, value)| *value).collect();
    let signal = signal(&values, &options);
    if args.json {
        out::line(serde_json::to_string_pretty(&answer(&series, &signal))?)?;
    } else {
        if let Some(note) = series.note() {
            out::aside(note);
        }
        out::text(text(&series.points, &signal))?;
    }
    Ok(Exit::Done)
}

fn options(args: &Args, points: &[(NaiveDate, f64)]) -> Result<Options, UsageError> {
    if args.fix_after.is_some_and(|points| points < 12) {
        return Err(UsageError("--fix-after takes a number of at least 12".to_owned()));
    }
    let rebase = args.rebase.iter().map(|date| {
        let found = points.iter().position(|(day, _)| day == date);
        // A peer passes over a date that matches nothing; nobody would notice.
        found.ok_or_else(|| UsageError(format!("--rebase {date}: the series has no point of that date")))
    });
    let profile = match args.profile {
        RuleSet::PlotTheDots => Profile::PLOT_THE_DOTS,
        RuleSet::MakingDataCount => Profile::MAKING_DATA_COUNT,
    };
    Ok(Options {
        better: match args.better {
            Way::Higher => Better::Higher,
            Way::Lower => Better::Lower,
            Way::Neither => Better::Neither,
        },
        target: args.target,
        rebase: rebase.collect::<Result<_, _>>()?,
        fix_after: args.fix_after,
        left_out: Vec::new(),
        profile: Profile { screening: profile.screening && !args.no_screening, ..profile },
    })
}

fn answer(series: &MonthlySeries, signal: &Signal) -> Value {
    let rows: Vec<Value> = series
        .points
        .iter()
        .zip(&signal.facts)
        .map(|((date, value), fact)| {
            // Limits that are not there are null, as in the public cases.
            let limit = |of: fn(&crate::scorecard::signal::ControlLimits) -> f64| fact.limits.as_ref().map(of).filter(|n| n.is_finite());
            json!({
                "date": date.to_string(), "value": value, "group": fact.group,
                "mean": limit(|limits| limits.mean), "lower": limit(|limits| limits.lower), "upper": limit(|limits| limits.upper),
                "outside": fact.outside, "side": fact.side, "near": fact.near,
                "rule": fact.rule.name(), "label": fact.rule.label(), "flag": fact.rule.way() != 0, "type": fact.kind.word(),
            })
        })
        .collect();
    json!({
        "points": rows,
        "left_out": series.left_out,
        "variation": { "type": signal.variation().word(), "icon": signal.variation().icon() },
        "assurance": signal.assurance.map(|assurance| json!({ "type": assurance.word(), "icon": assurance.icon() })),
        "short_groups": signal.short_groups,
    })
}

/// A value for the eye: as it was given, a ratio to four places.
fn brief(value: f64) -> String {
    let whole = value.to_string();
    match whole.split_once('.') {
        Some((_, places)) if places.len() > 4 => format!("{value:.4}"),
        _ => whole,
    }
}

fn text(points: &[(NaiveDate, f64)], signal: &Signal) -> String {
    let head = ["Date", "Value", "Mean", "Lower", "Upper", "Signal"].map(str::to_owned);
    let rows: Vec<[String; 6]> = points
        .iter()
        .zip(&signal.facts)
        .map(|((date, value), fact)| {
            let limit = |limit: Option<f64>| {
                limit.filter(|n| n.is_finite()).map_or_else(|| "–".to_owned(), |n| format!("{n:.2}"))
            };
            let limits = fact.limits.as_ref();
            [
                date.to_string(),
                brief(*value),
                limit(limits.map(|limits| limits.mean)),
                limit(limits.map(|limits| limits.lower)),
                limit(limits.map(|limits| limits.upper)),
                fact.rule.label(),
            ]
        })
        .collect();
    let mut text = super::table::table(&head, &rows);
    let has_limits = |fact: &Fact| fact.limits.is_some_and(|limits| limits.are_known());
    let is_judged = signal.facts.last().is_some_and(|fact| fact.limits.is_some());
    text.push_str(&format!("\nVariation: {}\n", if is_judged { signal.variation().icon() } else { "not judged" }));
    if let Some(assurance) = signal.assurance {
        text.push_str(&format!("Assurance: {}\n", assurance.word()));
    }
    let short = |with_limits: bool| {
        let of_short = signal.facts.iter().filter(|fact| signal.short_groups.contains(&fact.group));
        of_short.filter(|fact| has_limits(fact) == with_limits).count() > 0
    };
    if short(true) {
        text.push_str("Fewer than 13 points in a group: its limits are provisional.\n");
    }
    if short(false) {
        text.push_str("Fewer than 13 points in a group: it has no limits.\n");
    }
    text
}
