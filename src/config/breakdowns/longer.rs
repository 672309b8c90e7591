//! `views` of a breakdown: its parts over several months.
//!
//! What happens in a month may be few and have to be hidden, and be enough over a year.
//! So each part has another that is the sum of its months, with a reference of its own:
//! `CL09:reason-over-12-months:home`.

use super::{Category, DeclaredBreakdown};
use crate::config::reader::TableReader;
use crate::domain::trend::{SeriesKind, TrendSettings, ViewSpan};
use crate::domain::{
    Basis, Breakdown, Frequency, Indicator, IndicatorRef, LongerParts, PartsOf, Segment, SumOfMonths, Unit,
};

/// The name of a breakdown over several months.
fn name(id: &str, span: ViewSpan) -> String {
    format!("{id}-over-{}", span.word())
}

/// `views`: over which months its parts are summed.
pub(super) fn read(
    whole: &IndicatorRef,
    id: &str,
    entry: &mut TableReader<'_>,
    categories: &[Category],
) -> Vec<LongerParts> {
    let spans: Vec<ViewSpan> = entry.or("views", Vec::new());
    let mut all: Vec<LongerParts> = Vec::new();
    for span in spans {
        if all.iter().any(|known| known.span == span) {
            continue;
        }
        let part = |category: &Category| {
            let (_, _, category) = category.reference.as_part()?;
            IndicatorRef::parse(&format!("{whole}:{}:{category}", name(id, span))).ok()
        };
        all.push(LongerParts { span, parts: categories.iter().filter_map(part).collect() });
    }
    all
}

/// Says where parts cannot be summed: only counts of what happens are, month by month.
pub(in crate::config) fn check(
    declared: &[DeclaredBreakdown],
    unit: Option<Unit>,
    basis: Option<Basis>,
    (frequency, trend): (Option<Frequency>, &TrendSettings),
    entry: &mut TableReader<'_>,
) {
    for DeclaredBreakdown { breakdown, .. } in declared.iter().filter(|declared| !declared.breakdown.longer.is_empty())
    {
        let key = format!("breakdowns.{}.views", breakdown.id);
        let is_count = breakdown.parts_of != PartsOf::Figure || unit == Some(Unit::Count);
        let found = match (basis, frequency) {
            _ if !is_count => "its parts are no counts, and only counts can be added up",
            (Some(Basis::Snapshot), _) => {
                "how things stand at month end cannot be added up: a child would count each month"
            }
            _ if trend.kind == SeriesKind::Stock => "a stock cannot be added up: a child would count each month",
            (Some(Basis::YearToDate | Basis::Rolling12Months), _) => "its figures are of more than a month already",
            (_, Some(Frequency::Termly | Frequency::Annual(_))) => "needs monthly or quarterly figures",
            _ => continue,
        };
        entry.fault(&key, found, "leave `views` out");
    }
    let ids = || declared.iter().map(|declared| declared.breakdown.id.as_str());
    for DeclaredBreakdown { breakdown, .. } in declared {
        for longer in &breakdown.longer {
            let name = name(&breakdown.id, longer.span);
            if ids().any(|id| id == name) {
                let key = format!("breakdowns.{name}");
                entry.fault(
                    &key,
                    format!("is the name of {:?} over several months", breakdown.id),
                    "give it another name",
                );
            }
        }
    }
}

/// The parts of a breakdown over several months, each after the part of a month.
pub(super) fn parts(breakdown: &Breakdown, own: &[Indicator]) -> Vec<Indicator> {
    let of = |longer: &LongerParts| {
        let pairs = longer.parts.iter().zip(own);
        pairs.map(|(reference, part)| one(reference, longer.span, part)).collect::<Vec<_>>()
    };
    breakdown.longer.iter().flat_map(of).collect()
}

fn one(reference: &IndicatorRef, span: ViewSpan, part: &Indicator) -> Indicator {
    let basis = match span {
        ViewSpan::YearToDate => Basis::YearToDate,
        ViewSpan::Rolling12Months => Basis::Rolling12Months,
        // The basis of a quarter is that of its months.
        ViewSpan::Quarter => Basis::InPeriod,
    };
    let made_of = Some(SumOfMonths { part: part.reference.clone(), span });
    let over = match span {
        ViewSpan::YearToDate => "since 1 April",
        ViewSpan::Rolling12Months => "over 12 months",
        ViewSpan::Quarter => "in the quarter so far",
    };
    Indicator {
        reference: reference.clone(),
        title: format!("{}, {over}", part.title),
        basis,
        // A target is for a month.
        targets: Vec::new(),
        trend: TrendSettings { signal: false, ..TrendSettings::usual(part.measure.unit, basis) },
        segment: part.segment.clone().map(|segment| Segment { made_of, ..segment }),
        ..part.clone()
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::config::{Files, Loaded};

    /// The faults of an indicator with a breakdown over 12 months, by key.
    fn faults(fields: &str, breakdown: &str) -> Vec<String> {
        let register = format!(
            "[indicators.A]\ntitle = \"A\"\nplain = \"A\"\nnoun = \"children\"\nowner = \"O\"\nsource = \"s\"\n\
             better = \"none\"\n{fields}\n[indicators.A.breakdowns.reason]\ntitle = \"R\"\n{breakdown}\n\
             categories = [{{ id = \"a\", title = \"A\" }}, {{ id = \"b\", title = \"B\" }}]\n"
        );
        let files = Files::from_texts([("indicators.toml".to_owned(), register)]);
        let all = Loaded::resolve(Path::new("."), &files, &[], &[]).unwrap_err().0;
        let of_views = all.into_iter().filter(|fault| fault.key.contains("breakdowns"));
        of_views.map(|fault| format!("{}: {}", fault.key, fault.message)).collect()
    }

    #[test]
    fn only_counts_of_what_happens_are_added_up() {
        let views = "views = [\"rolling-12-months\"]";
        let said = |fields: &str, more: &str| {
            let all = faults(fields, &format!("{views}\n{more}"));
            let key = "indicators.A.breakdowns.reason.views: ";
            all.iter().map(|fault| fault.strip_prefix(key).unwrap_or(fault).to_owned()).collect::<Vec<_>>().join("; ")
        };
        let month = "frequency = \"monthly\"\nbasis = \"in-period\"";
        assert_eq!(said(&format!("{month}\nunit = \"count\""), ""), "");
        assert_eq!(said(&format!("{month}\nunit = \"percent\""), "parts_of = \"rest\""), "");
        assert_eq!(
            said(&format!("{month}\nunit = \"percent\""), ""),
            "its parts are no counts, and only counts can be added up"
        );
        assert_eq!(
            said("frequency = \"monthly\"\nbasis = \"snapshot\"\nunit = \"count\"", ""),
            "how things stand at month end cannot be added up: a child would count each month"
        );
        assert_eq!(
            said(&format!("{month}\nunit = \"count\"\nkind = \"stock\""), ""),
            "a stock cannot be added up: a child would count each month"
        );
        assert_eq!(
            said("frequency = \"monthly\"\nbasis = \"year-to-date\"\nunit = \"count\"", ""),
            "its figures are of more than a month already"
        );
        assert_eq!(
            said("frequency = \"termly\"\nbasis = \"in-period\"\nunit = \"count\"", ""),
            "needs monthly or quarterly figures"
        );
    }

    #[test]
    fn another_breakdown_may_not_have_its_name() {
        let more = "views = [\"rolling-12-months\"]\n\
            [indicators.A.breakdowns.reason-over-12-months]\ntitle = \"R\"\n\
            categories = [{ id = \"a\", title = \"A\" }, { id = \"b\", title = \"B\" }]\n\
            [indicators.A.breakdowns.other]\ntitle = \"R\"\n";
        let fields = "frequency = \"monthly\"\nbasis = \"in-period\"\nunit = \"count\"";
        let all = faults(fields, more);
        assert!(
            all.contains(
                &"indicators.A.breakdowns.reason-over-12-months: is the name of \"reason\" over several months"
                    .to_owned()
            ),
            "{all:?}"
        );
    }
}
