//! London civil time to instants, across both clock changes.

use chrono::{DateTime, NaiveDateTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Europe::London;

/// The longest gap that is stepped over, in minutes. London's own is 60;
/// no zone has ever left out more than a day.
const LONGEST_GAP: i64 = 24 * 60;

/// The instant that a London clock first shows `civil`, a whole minute.
///
/// In spring the clock leaves out an hour: a time in it is the first valid
/// instant after it. In autumn it shows an hour twice: the first one counts.
pub(super) fn instant(civil: NaiveDateTime) -> Option<DateTime<Utc>> {
    (0..=LONGEST_GAP)
        .filter_map(|minutes| civil.checked_add_signed(TimeDelta::minutes(minutes)))
        .find_map(|civil| London.from_local_datetime(&civil).earliest())
        .map(|local| local.to_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_civil_time_is_one_instant() {
        for (civil, expected) in [
            ("2026-01-05T06:00:00", "2026-01-05T06:00:00Z"),
            ("2026-07-06T06:00:00", "2026-07-06T05:00:00Z"),
            // 2026-03-29: 01:00 to 01:59 do not exist.
            ("2026-03-29T00:59:00", "2026-03-29T00:59:00Z"),
            ("2026-03-29T01:00:00", "2026-03-29T01:00:00Z"),
            ("2026-03-29T01:30:00", "2026-03-29T01:00:00Z"),
            ("2026-03-29T01:59:00", "2026-03-29T01:00:00Z"),
            ("2026-03-29T02:00:00", "2026-03-29T01:00:00Z"),
            ("2026-03-29T02:01:00", "2026-03-29T01:01:00Z"),
            // 2026-10-25: 01:00 to 01:59 come twice, the first time in summer time.
            ("2026-10-25T00:59:00", "2026-10-24T23:59:00Z"),
            ("2026-10-25T01:00:00", "2026-10-25T00:00:00Z"),
            ("2026-10-25T01:59:00", "2026-10-25T00:59:00Z"),
            ("2026-10-25T02:00:00", "2026-10-25T02:00:00Z"),
        ] {
            let found = instant(civil.parse().unwrap());
            assert_eq!(found, Some(expected.parse().unwrap()), "{civil}");
        }
    }
}
