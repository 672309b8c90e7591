//! `boardpack spc FILE.csv`: signal or noise in any monthly series, to hold
//! against the NHS's own tools.

use std::path::PathBuf;

use anyhow::Context as _;
use chrono::NaiveDate;
use serde_json::{Value, json};

use super::{UsageError, out};
use crate::exit::Exit;
use crate::scorecard::signal::{Better, Options, Profile, Signal, signal};

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
    #[arg(long, value_enum, default_value_t = Rules::PlotTheDots)]
    profile: Rules,

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
enum Rules {
    PlotTheDots,
    MakingDataCount,
}

pub(super) fn run(args: &Args) -> anyhow::Result<Exit> {
    let points = points(args)?;
    let options = options(args, &points)?;
    let values: Vec<f64> = points.iter().map(|(_, value)| *value).collect();
    let signal = signal(&values, &options);
    if args.json {
        out::line(serde_json::to_string_pretty(&answer(&points, &signal))?)?;
    } else {
        out::text(text(&points, &signal))?;
    }
    Ok(Exit::Done)
}

/// Dates and values in order; a blank value is left out, never guessed.
fn points(args: &Args) -> anyhow::Result<Vec<(NaiveDate, f64)>> {
    let file = args.file.display();
    let mut reader = csv::Reader::from_path(&args.file).with_context(|| format!("failed to read {file}"))?;
    let headers = reader.headers().with_context(|| format!("failed to read the header of {file}"))?.clone();
    let column = |name: &str| {
        headers
            .iter()
            .position(|header| header.trim_start_matches('\u{feff}').trim().eq_ignore_ascii_case(name))
            .ok_or_else(|| {
                let found = headers.iter().collect::<Vec<_>>().join(", ");
                UsageError(format!("{file} has no column {name:?}; its columns are {found}"))
            })
    };
    let date = column("date")?;
    let (value, denominator) = match (&args.numerator, &args.denominator) {
        (Some(numerator), Some(denominator)) => (column(numerator)?, Some(column(denominator)?)),
        _ => (column(args.column.as_deref().unwrap_or("value"))?, None),
    };
    let mut points = Vec::new();
    for (i, record) in reader.records().enumerate() {
        let record = record.with_context(|| format!("failed to read {file}"))?;
        let cell = |column: usize| record.get(column).unwrap_or_default().trim();
        let number = |column: usize| -> Result<Option<f64>, UsageError> {
            let text = cell(column);
            if text.is_empty() {
                return Ok(None);
            }
            let number: Option<f64> = text.parse().ok().filter(|number: &f64| number.is_finite());
            number.map(Some).ok_or_else(|| UsageError(format!("{file}, row {}: {text:?} is not a number", i + 2)))
        };
        let day = cell(date).parse().map_err(|_| {
            UsageError(format!("{file}, row {}: {:?} is not a date such as 2026-10-01", i + 2, cell(date)))
        })?;
        let value = match denominator {
            None => number(value)?,
            // One operation, so that equal ratios are equal doubles.
            Some(of) => number(value)?.zip(number(of)?.filter(|of| *of != 0.0)).map(|(n, d)| (100.0 * n) / d),
        };
        points.extend(value.map(|value| (day, value)));
    }
    points.sort_by_key(|(day, _): &(NaiveDate, f64)| *day);
    if let Some(pair) = points.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        return Err(UsageError(format!("{file} has two values for {}", pair[0].0)).into());
    }
    Ok(points)
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
        Rules::PlotTheDots => Profile::PLOT_THE_DOTS,
        Rules::MakingDataCount => Profile::MAKING_DATA_COUNT,
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
        profile: Profile { screening: profile.screening && !args.no_screening, ..profile },
    })
}

fn answer(points: &[(NaiveDate, f64)], signal: &Signal) -> Value {
    let rows: Vec<Value> = points
        .iter()
        .zip(&signal.facts)
        .map(|((date, value), fact)| {
            // Limits that are not there are null, as in the public cases.
            let limit = |of: fn(&crate::scorecard::signal::Limits) -> f64| fact.limits.as_ref().map(of).filter(|n| n.is_finite());
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
        "variation": { "type": signal.variation.word(), "icon": signal.variation.icon() },
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
    text.push_str(&format!("\nVariation: {}\n", signal.variation.icon()));
    if let Some(assurance) = signal.assurance {
        text.push_str(&format!("Assurance: {}\n", assurance.word()));
    }
    if !signal.short_groups.is_empty() {
        text.push_str("Fewer than 13 points in a group: its limits are provisional.\n");
    }
    text
}
