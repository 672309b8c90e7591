//! The one `now()`, and what day and month it is in London.
//!
//! Everything that decides by time takes it as an argument; only the shell
//! (the command line and the daemon) holds a [`Clock`].

use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Europe::London;

use crate::domain::Period;

/// Says what time it is.
pub trait Clock: Send + Sync {
    /// The present instant.
    fn now(&self) -> DateTime<Utc>;
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> DateTime<Utc> {
        Utc::now()
    }
}

/// A clock that stands still until it is set: for tests and rehearsals.
#[derive(Debug)]
pub struct FixedClock(Mutex<DateTime<Utc>>);

impl FixedClock {
    /// A clock that stands at an instant.
    pub fn at(now: DateTime<Utc>) -> Self {
        Self(Mutex::new(now))
    }

    /// Sets it to another instant, earlier or later.
    pub fn set(&self, now: DateTime<Utc>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = now;
    }
}

impl Clock for FixedClock {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The date in London at an instant.
pub fn london_today(now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&London).date_naive()
}

/// The calendar month before the present one in London: the latest month that
/// is over, and so the one that a pack is made for.
///
/// Outside the years that a period can name, it is [`Period::EARLIEST`].
pub fn previous_period(now: DateTime<Utc>) -> Period {
    Period::of(london_today(now)).map_or(Period::EARLIEST, |present| present.plus(-1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_months_turn_at_midnight_in_london() {
        for (now, today, previous) in [
            // Winter: London is at UTC.
            ("2026-11-30T23:59:59Z", "2026-11-30", "2026-10"),
            ("2026-12-01T00:00:00Z", "2026-12-01", "2026-11"),
            // Summer: London is an hour ahead.
            ("2026-06-30T22:59:59Z", "2026-06-30", "2026-05"),
            ("2026-06-30T23:00:00Z", "2026-07-01", "2026-06"),
            ("2026-12-31T23:59:59Z", "2026-12-31", "2026-11"),
            ("2027-01-01T00:00:00Z", "2027-01-01", "2026-12"),
        ] {
            let at = now.parse().unwrap();
            assert_eq!(london_today(at).to_string(), today, "{now}");
            assert_eq!(previous_period(at).to_string(), previous, "{now}");
        }
    }

    #[test]
    fn a_fixed_clock_stands_still_until_it_is_set() {
        let (first, second) = ("2026-11-05T06:00:00Z".parse().unwrap(), "2026-11-05T05:00:00Z".parse().unwrap());
        let clock = FixedClock::at(first);
        assert_eq!([clock.now(), clock.now()], [first, first]);
        clock.set(second);
        assert_eq!(clock.now(), second);
    }
}
