//! `boards/<board>.toml`: what a board is shown, and when.

mod arrange;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveTime;

use super::fault::Faults;
use super::files::Files;
use super::reader::TableReader;
use super::service::Service;
use super::{suggest, timing};
use crate::domain::board::{Meeting, MissedPolicy, Papers, Timing};
use crate::domain::commitment::Commitment;
use crate::domain::file_name;
use crate::domain::{Board, BoardId, Cadence, IndicatorRef, OfficerText, PageOne, Period, Register, Section};

pub(super) fn read(files: &Files, service: &Option<Service>, register: &Register, faults: &Faults) -> Vec<Board> {
    let mut boards = Vec::new();
    let mut names = 0;
    for name in files.below("boards/") {
        names += 1;
        let stem = name.trim_start_matches("boards/").trim_end_matches(".toml");
        let id = match BoardId::parse(stem) {
            Ok(id) => id,
            Err(error) => {
                faults.add(name, "", format!("its file name {error}"), "rename the file");
                continue;
            }
        };
        if file_name::is_device(stem) {
            let why =
                format!("its file name {stem:?} is one that Windows keeps for a device: no folder can be called so");
            faults.add(name, "", why, "rename the file: a board's packs lie in a folder of its name");
            continue;
        }
        faults.declare(stem);
        if let Some(mut root) = TableReader::open(files, name, faults) {
            boards.push(board(id, &mut root, service, register));
            root.finish();
        }
    }
    if names == 0 {
        faults.add("boards/", "", "holds no board", "a board is a file boards/<board>.toml");
    }
    boards
}

fn board(id: BoardId, root: &mut TableReader<'_>, service: &Option<Service>, register: &Register) -> Board {
    let title = root.text("title", "the board's name as printed, such as \"Corporate Parenting Panel\"");
    let scorecard =
        root.text("scorecard", "what its pack is called, such as \"Children in Care Performance Scorecard\"");
    let owner = root.text("owner", "the role that presents the pack");
    let recommendation = root.or("recommendation", String::new()).into();
    let contact = root.optional("contact").or_else(|| service.as_ref().map(|service| service.council.contact.clone()));
    let timing = timing::of_pack(root);
    let cadence = cadence(root);
    let first_period = first_period(root, service.as_ref());
    let editions = super::editions::of_board(
        root,
        service.as_ref().map(|service| (service.threshold, service.restricted_path.is_some())),
    );
    let meetings = meetings(root);
    let usual = service.as_ref().map(|service| &service.schedule);
    let (commentary_by, milestones) = timing::around(
        root,
        usual.and_then(|usual| usual.commentary_by),
        usual.map(|usual| usual.milestones).unwrap_or_default(),
        meetings.is_empty(),
    );
    let missed = root.or("missed", MissedPolicy::All);
    let cadence = before_meetings(root, timing.as_ref(), cadence, &meetings);
    let baseline = super::trend::baseline(root);
    let commitments = super::agenda::commitments(root, register);
    let (sections, unknown) = sections(root, register, &commitments);
    let papers = papers(root, service.as_ref().map(|service| service.file_name.as_str()));
    let agenda = super::agenda::read(root, register, &sections, commitments);
    let words = root.or("words", BTreeMap::new());
    let headlines = headlines(root, &sections, &unknown);
    let details = on_board(root, "details", &sections, &unknown);
    let commentary = super::commentary::rules(root, &sections, register);
    Board {
        id,
        title,
        scorecard,
        recommendation,
        owner,
        contact: contact.unwrap_or_default(),
        sections,
        headlines,
        details,
        missed,
        timing: timing.unwrap_or(Timing::WorkingDay(1, NaiveTime::MIN)),
        // Where one is missing, that is a fault, and this board is never used.
        first_period: first_period.unwrap_or(Period::EARLIEST),
        cadence,
        meetings,
        commentary_by,
        milestones,
        editions: editions.editions,
        exempt: editions.exempt,
        threshold: editions.threshold,
        baseline,
        papers,
        agenda,
        words,
        commentary,
    }
}

/// The first period of a board's own, or of all boards.
fn first_period(root: &mut TableReader<'_>, service: Option<&Service>) -> Option<Period> {
    let own = root.parsed("first_period");
    let first_period = own.or_else(|| service.and_then(|service| service.schedule.first_period));
    if first_period.is_none() && service.is_some() {
        root.fault("first_period", "is missing", "set it here, or for all boards under [schedule] in boardpack.toml");
    }
    first_period
}

fn papers(root: &mut TableReader<'_>, usual: Option<&str>) -> Papers {
    let own: Option<String> = root.optional("file_name");
    if let Some(pattern) = &own {
        root.file_name(pattern);
    }
    Papers {
        file_name: own.unwrap_or_else(|| usual.unwrap_or_default().to_owned()),
        appendix: root.or("appendix", String::new()),
        author: root.or("author", String::new()),
        wards: root.or("wards", String::new()),
        background: officer_texts(root, "background_papers"),
    }
}

/// What leads page 1, where there is room for so many.
fn headlines(root: &mut TableReader<'_>, sections: &[Section], unknown: &BTreeSet<String>) -> Vec<IndicatorRef> {
    let headlines = on_board(root, "headlines", sections, unknown);
    if headlines.len() > PageOne::MOST {
        let found = format!("found {} references; expected at most {}", headlines.len(), PageOne::MOST);
        root.fault("headlines", found, "`details` shows any number of indicators with a chart of their own");
    }
    if let Some(twice) = headlines.iter().enumerate().find_map(|(i, one)| headlines[..i].contains(one).then_some(one)) {
        root.fault("headlines", format!("{twice} is listed twice"), "leave one");
    }
    headlines
}

/// Indicators of the board's sections. What a section lists and the register
/// does not have is reported at the section, once.
fn on_board(
    root: &mut TableReader<'_>,
    key: &'static str,
    sections: &[Section],
    unknown: &BTreeSet<String>,
) -> Vec<IndicatorRef> {
    let texts = root.texts(key);
    let all = sections.iter().flat_map(|section| &section.indicators);
    texts
        .iter()
        .filter_map(|text| {
            let found = all.clone().find(|reference| reference.as_str() == text).cloned();
            if found.is_none() && !root.faults().is_declared(text) && !unknown.contains(text) {
                root.fault(key, format!("{text:?} is in none of the board's sections"), "");
            }
            found
        })
        .collect()
}

/// Which months have a pack of their own: a word, or a list of months.
fn cadence(root: &mut TableReader<'_>) -> Cadence {
    let hint = "write \"monthly\", \"quarterly\" or \"termly\", or a list of the months that a pack is for: of every year \
                ([\"March\", \"July\", \"November\"]) or single ones ([\"2026-07\", \"2026-11\"])";
    let is_given = root.has("cadence");
    let texts = root.texts("cadence");
    match texts.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] if is_given => root.fault("cadence", "names no month", hint),
        [] | ["monthly"] => {}
        ["quarterly"] => return Cadence::quarterly(),
        ["termly"] => return Cadence::termly(),
        months => {
            let single: BTreeSet<Period> = months.iter().filter_map(|text| text.parse().ok()).collect();
            let named = |text: &&str| {
                (1..=12).find(|month| {
                    Period::new(2000, *month).is_some_and(|of| of.month_name().eq_ignore_ascii_case(text.trim()))
                })
            };
            let of_every_year: BTreeSet<u32> = months.iter().filter_map(named).collect();
            if single.len() == months.len() {
                return Cadence::Months(single);
            }
            if of_every_year.len() == months.len() {
                return Cadence::EachYear(of_every_year);
            }
            root.fault("cadence", format!("found {}", months.join(", ")), hint);
        }
    }
    Cadence::monthly()
}

/// The cadence of a board whose packs are made before its meetings: the periods
/// that they look at, each with a pack for the months since the one before.
fn before_meetings(
    root: &mut TableReader<'_>,
    timing: Option<&Timing>,
    cadence: Cadence,
    meetings: &[Meeting],
) -> Cadence {
    if !matches!(timing, Some(Timing::BeforeMeeting(..))) {
        return cadence;
    }
    if meetings.is_empty() {
        let hint =
            "declare each under [[meetings]] with the month that it looks at; or schedule packs by `working_day`";
        root.fault("meetings", "is missing, and packs are made so many working days before a meeting", hint);
    }
    if cadence != Cadence::monthly() {
        root.fault(
            "cadence",
            "does not go with `working_days_before_meeting`",
            "the meetings say which months have a pack",
        );
    }
    Cadence::Months(meetings.iter().map(|meeting| meeting.period).collect())
}

fn meetings(root: &mut TableReader<'_>) -> Vec<Meeting> {
    let mut meetings = Vec::new();
    for mut table in root.tables("meetings") {
        let period = table.wanted("period", "the month that the meeting looks at, such as 2026-10");
        table.needs("date", "the date of the meeting, such as 2026-12-02");
        let day = table.date("date");
        let item = table.or("item", String::new());
        let appendix = table.or("appendix", String::new());
        let supplement = table.or("supplement", false);
        table.finish();
        if let (Some(period), Some(date)) = (period, day) {
            meetings.push(Meeting { period, date, item, appendix, supplement });
        }
    }
    meetings.sort_by_key(|meeting| meeting.date);
    meetings
}

/// What the sections of a board list, so that nothing is listed twice.
#[derive(Default)]
struct SectionNames {
    seen: BTreeSet<IndicatorRef>,
    /// What the register does not have.
    unknown: BTreeSet<String>,
}

/// A list of references, and the key that it stands under.
struct ReferenceList<'n> {
    key: &'static str,
    names: &'n [String],
}

impl SectionNames {
    /// The indicators of a list; what is none of the register, or stands on the board
    /// already, is a fault.
    fn known(&mut self, table: &TableReader<'_>, listing: ReferenceList<'_>, register: &Register) -> Vec<IndicatorRef> {
        let mut indicators = Vec::new();
        for name in listing.names {
            let known = IndicatorRef::parse(name).ok().filter(|reference| register.contains_key(reference));
            match known {
                // An empty register, or an entry that is at fault, is reported where it is.
                None if register.is_empty() || table.faults().is_declared(name) => {}
                None => {
                    let hint = suggest::indicator(name, register);
                    table.fault(listing.key, format!("{name:?} is not in the register"), hint);
                    self.unknown.insert(name.clone());
                }
                Some(reference) if !self.seen.insert(reference.clone()) => {
                    table.fault(
                        listing.key,
                        format!("{name} stands twice on this board"),
                        "an indicator has one place on a board",
                    );
                }
                Some(reference) => indicators.push(reference),
            }
        }
        indicators
    }
}

/// The sections, and what they list that the register does not have.
fn sections(
    root: &mut TableReader<'_>,
    register: &Register,
    commitments: &[Commitment],
) -> (Vec<Section>, BTreeSet<String>) {
    let mut sections: Vec<Section> = Vec::new();
    let mut all = SectionNames::default();
    // What is wrong with an arrangement is told there.
    let is_arranged = root.has("arrange");
    for mut table in root.tables("sections") {
        let number = table.text("number", "the section's stable number");
        let title = table.text("title", "the section's heading");
        let intro = table.or("intro", String::new()).into();
        let questions = officer_texts(&mut table, "questions");
        let assurance = table.or("assurance", String::new()).into();
        let names = table.texts("indicators");
        let passages = super::agenda::passages(&mut table);
        if names.is_empty() && passages.is_empty() {
            let hint =
                "list references from indicators.toml; or write [[sections.words]] where it is a section of words";
            table.fault("indicators", "names no indicator", hint);
        }
        let indicators = all.known(&table, ReferenceList { key: "indicators", names: &names }, register);
        if sections.iter().any(|section| section.number == number) && !number.is_empty() {
            table.fault("number", format!("{number:?} is used twice"), "");
        }
        let breakdowns = super::breakdowns::shown(&mut table, &indicators, register);
        table.finish();
        sections.push(Section { number, title, intro, indicators, questions, assurance, breakdowns, passages });
    }
    for made in arrange::sections(root, register, commitments, &mut all) {
        if sections.iter().any(|section| section.number == made.number) {
            root.fault(
                "arrange",
                format!("makes a section {:?}, and there is one already", made.number),
                "give one of them another number",
            );
        }
        sections.push(made);
    }
    if sections.is_empty() && !is_arranged {
        root.fault("sections", "is missing", "a board needs at least one [[sections]] with its indicators");
    }
    (sections, all.unknown)
}

/// A list of texts in officers' own words.
fn officer_texts(reader: &mut TableReader<'_>, key: &'static str) -> Vec<OfficerText> {
    reader.texts(key).into_iter().map(OfficerText::from).collect()
}
