//! When a board's pack is made, and what happens around it: `schedule`,
//! `commentary_working_day`, `preflight`, `chase`, `final`. All but the first may
//! be set for every board, under `[schedule]` of `boardpack.toml`.

use chrono::NaiveTime;

use super::reader::TableReader;
use crate::domain::board::Timing;
use crate::domain::{CronPattern, Deadline, LeadTime, MilestoneRules};

/// What a board writes in place of a date that all boards have, to have none.
const NONE: &str = "none";

/// The key of a day for commentary that counts from a meeting.
const BEFORE_MEETING: &str = "commentary_working_days_before_meeting";

/// When a board's pack is made.
pub(super) fn of_pack(root: &mut TableReader<'_>) -> Option<Timing> {
    if !root.has("schedule") {
        root.fault("schedule", "is missing", "write { working_day = 4, at = \"06:00\" } or { cron = \"0 6 5 * *\" }");
        root.table("schedule");
        return None;
    }
    let mut table = root.table("schedule");
    let cron: Option<String> = table.optional("cron");
    let working_day: Option<u32> = table.optional("working_day");
    let before_meeting: Option<u32> = table.optional("working_days_before_meeting");
    let at: Option<String> = table.optional("at");
    let timing = match (cron, working_day, before_meeting) {
        (Some(cron), None, None) => {
            if at.is_some() {
                table.fault("at", "belongs to `working_day`", "a cron pattern carries its own time");
            }
            match CronPattern::parse(&cron) {
                Ok(pattern) => Some(Timing::Cron(pattern)),
                Err(reason) => {
                    table.fault(
                        "cron",
                        format!("found {cron:?}: {reason}"),
                        "five fields: minute hour day month weekday",
                    );
                    None
                }
            }
        }
        (None, Some(nth), None) if (1..=20).contains(&nth) => {
            time(&table, at, "06:00").map(|time| Timing::WorkingDay(nth, time))
        }
        (None, Some(nth), None) => {
            table.fault("working_day", format!("found {nth}; expected 1 to 20"), "not every month has a later one");
            None
        }
        (None, None, Some(nth)) if (1..=60).contains(&nth) => {
            time(&table, at, "06:00").map(|time| Timing::BeforeMeeting(nth, time))
        }
        (None, None, Some(nth)) => {
            table.fault("working_days_before_meeting", format!("found {nth}; expected 1 to 60"), "");
            None
        }
        _ => {
            table.fault(
                "",
                "needs one of `cron`, `working_day` and `working_days_before_meeting`",
                "write { working_day = 4, at = \"06:00\" }, { working_days_before_meeting = 7, at = \"10:00\" } or { cron = \"0 6 5 * *\" }",
            );
            None
        }
    };
    table.finish();
    timing
}

/// The time of day of a schedule.
fn time(table: &TableReader<'_>, at: Option<String>, usual: &str) -> Option<NaiveTime> {
    let at = at.unwrap_or_else(|| usual.to_owned());
    let time = NaiveTime::parse_from_str(&at, "%H:%M").ok();
    if time.is_none() {
        table.fault("at", format!("found {at:?}; expected a time such as {usual:?}"), "");
    }
    time
}

/// What a board declares around its packs, over what all boards have. Counting from
/// a meeting in a file that names none is a fault; for all boards, it says nothing of
/// a board without meetings.
pub(super) fn around(
    root: &mut TableReader<'_>,
    commentary_usual: Option<Deadline>,
    usual: MilestoneRules,
    is_without_meetings: bool,
) -> (Option<Deadline>, MilestoneRules) {
    let has_own_final = root.has("final");
    let has_own_commentary = root.has(BEFORE_MEETING);
    let (commentary_by, rules) = (commentary_by(root, commentary_usual), milestones(root, usual));
    let needs = |deadline: Option<Deadline>| deadline.is_some_and(Deadline::needs_meeting);
    let own = [
        (BEFORE_MEETING, has_own_commentary && needs(commentary_by)),
        ("final", has_own_final && needs(rules.final_by.map(|(deadline, _)| deadline))),
    ];
    for (key, _) in own.into_iter().filter(|(_, needs_meeting)| *needs_meeting && is_without_meetings) {
        let hint =
            "declare each under [[meetings]] with the month that it looks at; or count working days of the month";
        root.fault(key, "counts from a meeting, and none is declared", hint);
    }
    (commentary_by, rules)
}

/// The day by which commentary is due; `usual` where none is declared here.
pub(super) fn commentary_by(root: &mut TableReader<'_>, usual: Option<Deadline>) -> Option<Deadline> {
    const KEYS: [&str; 2] = ["commentary_working_day", BEFORE_MEETING];
    let is_given = KEYS.iter().any(|key| root.has(key));
    let working_day: Option<u32> = root.optional(KEYS[0]);
    let before_meeting = counted(root, KEYS[1], 60);
    match (working_day, before_meeting) {
        (Some(_), Some(_)) => {
            root.fault(KEYS[1], format!("does not go with `{}`", KEYS[0]), "leave one");
            None
        }
        (Some(nth), None) => Some(Deadline::WorkingDay(nth)),
        (None, Some(nth)) => Some(Deadline::BeforeMeeting(nth)),
        (None, None) => usual.filter(|_| !is_given),
    }
}

/// What happens around a pack; of what is not declared here, the usual.
pub(super) fn milestones(root: &mut TableReader<'_>, usual: MilestoneRules) -> MilestoneRules {
    MilestoneRules {
        preflight: own_or(root, "preflight", usual.preflight, lead_time),
        chase: own_or(root, "chase", usual.chase, lead_time),
        final_by: own_or(root, "final", usual.final_by, final_by),
    }
}

/// What a table under a key says; the usual without one, and nothing where it is "none".
fn own_or<T>(
    root: &mut TableReader<'_>,
    key: &'static str,
    usual: Option<T>,
    read: fn(&mut TableReader<'_>) -> Option<T>,
) -> Option<T> {
    if !root.has(key) {
        root.skip(key);
        return usual;
    }
    if root.holds_text(key) {
        root.word(key, &[NONE]);
        return None;
    }
    let mut table = root.table(key);
    let value = read(&mut table);
    table.finish();
    value
}

fn lead_time(table: &mut TableReader<'_>) -> Option<LeadTime> {
    table.needs("working_days_before", "how many working days before, such as 2");
    let working_days = counted(table, "working_days_before", 20);
    let at = table.optional("at");
    let at = time(table, at, "09:00");
    Some(LeadTime { working_days: working_days?, at: at? })
}

fn final_by(table: &mut TableReader<'_>) -> Option<(Deadline, NaiveTime)> {
    const KEYS: [&str; 3] = ["working_day", "working_days_before_meeting", "clear_days_before_meeting"];
    let given = KEYS.iter().filter(|key| table.has(key)).count();
    let working_day = counted(table, KEYS[0], 20).map(Deadline::WorkingDay);
    let before_meeting = counted(table, KEYS[1], 60).map(Deadline::BeforeMeeting);
    let clear_days = counted(table, KEYS[2], 60).map(Deadline::ClearDaysBeforeMeeting);
    let at = table.optional("at");
    let at = time(table, at, "17:00");
    if given != 1 {
        let hint = "write { clear_days_before_meeting = 5, at = \"17:00\" }";
        table.fault("", format!("needs one of `{}`, `{}` and `{}`", KEYS[0], KEYS[1], KEYS[2]), hint);
        return None;
    }
    Some((working_day.or(before_meeting).or(clear_days)?, at?))
}

/// A number of days, from 1 on.
fn counted(table: &mut TableReader<'_>, key: &'static str, most: u32) -> Option<u32> {
    let number: u32 = table.optional(key)?;
    if !(1..=most).contains(&number) {
        table.fault(key, format!("found {number}; expected 1 to {most}"), "");
        return None;
    }
    Some(number)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::config::{Config, ConfigError, Files, Loaded};

    /// A council with one board, from more of `[schedule]` and of the board's file.
    fn council(schedule: &str, board: &str) -> Result<Config, ConfigError> {
        let files = [
            (
                "boardpack.toml",
                format!(
                    "[council]\nname = \"C\"\ncontact = \"C\"\n[schedule]\nfirst_period = \"2026-10\"\n{schedule}\n\
                     [storage.share]\nkind = \"directory\"\npath = \".\"\n"
                ),
            ),
            (
                "indicators.toml",
                "[indicators.A]\ntitle = \"A\"\nplain = \"A\"\nnoun = \"children\"\nowner = \"O\"\nsource = \"s\"\n\
                 basis = \"snapshot\"\nunit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n"
                    .to_owned(),
            ),
            (
                "sources.toml",
                "[sources.s]\ntitle = \"S\"\nfiles = \"s.csv\"\nlayout = \"long\"\n\
                 month = { column = \"m\", formats = [\"%Y-%m\"] }\ncolumns = { indicator = \"i\", value = \"v\" }\n"
                    .to_owned(),
            ),
            (
                "boards/b.toml",
                format!(
                    "title = \"B\"\nscorecard = \"S\"\nowner = \"O\"\nschedule = {{ working_day = 5 }}\n{board}\n\
                     [[sections]]\nnumber = \"1\"\ntitle = \"T\"\nindicators = [\"A\"]\n"
                ),
            ),
        ];
        let files = Files::from_texts(files.map(|(name, text)| (name.to_owned(), text)));
        Loaded::resolve(Path::new("."), &files, &[], crate::storage::KINDS).map(|loaded| loaded.config)
    }

    fn declared(schedule: &str, board: &str) -> (Option<Deadline>, MilestoneRules) {
        let config = council(schedule, board).unwrap();
        (config.boards[0].commentary_by, config.boards[0].milestones)
    }

    fn faults(schedule: &str, board: &str) -> Vec<String> {
        let faults = council(schedule, board).unwrap_err().0;
        faults.iter().map(|fault| format!("{} {}: {}", fault.file, fault.key, fault.message)).collect()
    }

    fn time(text: &str) -> NaiveTime {
        text.parse().unwrap()
    }

    const MEETING: &str = "[[meetings]]\nperiod = \"2026-10\"\ndate = \"2026-12-02\"\n";

    #[test]
    fn what_a_board_declares_stands_before_what_all_boards_have() {
        let all = "preflight = { working_days_before = 2 }\nchase = { working_days_before = 3, at = \"08:15\" }\n\
                   final = { clear_days_before_meeting = 5 }\ncommentary_working_day = 8";
        let usual = MilestoneRules {
            preflight: Some(LeadTime { working_days: 2, at: time("09:00") }),
            chase: Some(LeadTime { working_days: 3, at: time("08:15") }),
            final_by: Some((Deadline::ClearDaysBeforeMeeting(5), time("17:00"))),
        };
        assert_eq!(declared("", ""), (None, MilestoneRules::default()));
        assert_eq!(declared(all, ""), (Some(Deadline::WorkingDay(8)), usual));
        let own = "commentary_working_day = 6\npreflight = { working_days_before = 1, at = \"07:00\" }\n\
                   chase = \"none\"\nfinal = { working_day = 10, at = \"12:00\" }";
        let expected = MilestoneRules {
            preflight: Some(LeadTime { working_days: 1, at: time("07:00") }),
            chase: None,
            final_by: Some((Deadline::WorkingDay(10), time("12:00"))),
        };
        assert_eq!(declared(all, own), (Some(Deadline::WorkingDay(6)), expected));
        assert_eq!(declared("", own), (Some(Deadline::WorkingDay(6)), expected));
        let before = format!(
            "commentary_working_days_before_meeting = 9\nfinal = {{ working_days_before_meeting = 7 }}\n{MEETING}"
        );
        let (commentary_by, rules) = declared(all, &before);
        assert_eq!(commentary_by, Some(Deadline::BeforeMeeting(9)));
        assert_eq!(rules.final_by, Some((Deadline::BeforeMeeting(7), time("17:00"))));
    }

    #[test]
    fn a_slip_in_a_date_is_named_where_it_stands() {
        for (board, expected) in [
            ("preflight = {}", "boards/b.toml preflight.working_days_before: is missing"),
            (
                "preflight = { working_days_before = 0 }",
                "boards/b.toml preflight.working_days_before: found 0; expected 1 to 20",
            ),
            (
                "chase = { working_days_before = 21 }",
                "boards/b.toml chase.working_days_before: found 21; expected 1 to 20",
            ),
            (
                "chase = { working_days_before = 1, at = \"nine\" }",
                "boards/b.toml chase.at: found \"nine\"; expected a time such as \"09:00\"",
            ),
            ("chase = { working_days_before = 1, to = \"x\" }", "boards/b.toml chase.to: is not a known key"),
            ("chase = \"never\"", "boards/b.toml chase: found \"never\"; expected none"),
            (
                "final = { at = \"17:00\" }",
                "boards/b.toml final: needs one of `working_day`, `working_days_before_meeting` and `clear_days_before_meeting`",
            ),
            (
                "final = { working_day = 3, clear_days_before_meeting = 5 }",
                "boards/b.toml final: needs one of `working_day`, `working_days_before_meeting` and `clear_days_before_meeting`",
            ),
            ("final = { working_day = 21 }", "boards/b.toml final.working_day: found 21; expected 1 to 20"),
            (
                "final = { clear_days_before_meeting = 61 }",
                "boards/b.toml final.clear_days_before_meeting: found 61; expected 1 to 60",
            ),
            (
                "final = { clear_days_before_meeting = 5 }",
                "boards/b.toml final: counts from a meeting, and none is declared",
            ),
            (
                "commentary_working_days_before_meeting = 5",
                "boards/b.toml commentary_working_days_before_meeting: counts from a meeting, and none is declared",
            ),
            (
                "commentary_working_day = 5\ncommentary_working_days_before_meeting = 5",
                "boards/b.toml commentary_working_days_before_meeting: does not go with `commentary_working_day`",
            ),
        ] {
            assert_eq!(faults("", board), [expected], "{board}");
        }
        let all = faults("final = { clear_day_before_meeting = 5 }", "");
        assert!(all.iter().any(|fault| fault.starts_with("boardpack.toml schedule.final.clear_day")), "{all:?}");
        // For all boards it says nothing of a board without meetings.
        assert!(
            council("final = { clear_days_before_meeting = 5 }\ncommentary_working_days_before_meeting = 9", "")
                .is_ok()
        );
        // The bounds themselves.
        for board in [
            "preflight = { working_days_before = 1 }\nchase = { working_days_before = 20 }\nfinal = { working_day = 20 }",
            "final = { working_day = 1 }",
        ] {
            assert!(council("", board).is_ok(), "{board}");
        }
    }
}
