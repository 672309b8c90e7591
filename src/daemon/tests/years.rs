//! Ten years in seconds: the daemon's own look, `due`, the bell's rope and a real ledger,
//! driven from event to event by a clock that is set by hand, through outages, clock changes,
//! a clock that is set back, crashes and other runs' locks. Only the making is a stand-in.
//!
//! What is to be made is held at each look against a second, plain statement of the rules
//! ([`Rules`]), and at the end every period of every board is in exactly one state.

mod maker;

use std::collections::BTreeMap;

use maker::Maker;
use proptest::prelude::*;

use super::*;
use crate::clock::previous_period;
use crate::domain::board::MissedPolicy;
use crate::domain::{Board, Calendar, Period};
use crate::schedule::due::fate::{self, PackFate};
use crate::schedule::due::{falls_due, own_due};

const FROM: &str = "2026-10-01T00:00:00Z";
const REACH: u32 = 3;
const RETRY: TimeDelta = TimeDelta::hours(1);

/// What goes wrong in the years.
#[derive(Debug, Clone)]
struct Troubles {
    /// Decides what becomes of each pack.
    seed: u64,
    months: i32,
    /// Minutes after the start, and how many.
    outages: Vec<(i64, i64)>,
    /// Minutes after the start, and how many minutes the clock is set back for a look.
    set_back: Vec<(i64, i64)>,
    /// Activations that end in the middle, and where.
    crashes: BTreeMap<usize, usize>,
    /// Activations that another run's lock puts off.
    locks: Vec<usize>,
}

fn troubles(months: i32) -> impl Strategy<Value = Troubles> {
    let end = i64::from(months) * 30 * 24 * 60;
    // Some hours, some days, and now and then half a year: beyond the reach.
    let length = prop_oneof![6 => 1_i64..600, 6 => 600_i64..90_000, 1 => 150_000_i64..260_000];
    let outages = prop::collection::vec((0..end, length), 0..10);
    let set_back = prop::collection::vec((0..end, prop_oneof![1_i64..120, 1_000_i64..6_000]), 0..6);
    let crashes = prop::collection::btree_map(0_usize..1_500, 0_usize..40, 0..12);
    let locks = prop::collection::vec(0_usize..1_500, 0..20);
    (any::<u64>(), outages, set_back, crashes, locks).prop_map(move |(seed, outages, set_back, crashes, locks)| {
        Troubles { seed, months, outages, set_back, crashes, locks }
    })
}

/// Boards of every kind: their schedule and what else their file says.
const BOARDS: [(&str, &str); 6] = [
    ("cron", "schedule = { cron = \"0 6 5 * *\" }"),
    // The last Sunday, half past one: twice a year the clock changes then.
    ("sunday", "schedule = { cron = \"30 1 * * 0L\" }\nmissed = \"none\""),
    (
        "latest",
        "schedule = { working_day = 4 }\nmissed = \"latest\"\neditions = [\"public\", \"restricted\"]\nexempt = { paragraphs = [2] }",
    ),
    ("quarter", "schedule = { working_day = 3, at = \"07:30\" }\nmissed = \"none\"\ncadence = \"quarterly\""),
    ("term", "schedule = { cron = \"0 7 * * 1#2\" }\ncadence = \"termly\""),
    ("meeting", "schedule = { working_days_before_meeting = 7, at = \"10:00\" }"),
];

fn council() -> Loaded {
    let mut files: Vec<(String, String)> = vec![
        (
            "boardpack.toml".into(),
            format!(
                "[council]\nname = \"C\"\ncontact = \"C\"\n[schedule]\nfirst_period = \"2026-09\"\ncatch_up_months = {REACH}\n\
                 [storage.share]\nkind = \"directory\"\npath = \".\"\n[publish]\nrestricted = \"./r\"\n"
            ),
        ),
        (
            "indicators.toml".into(),
            "[indicators.A]\ntitle = \"A\"\nplain = \"A\"\nnoun = \"children\"\nowner = \"O\"\nsource = \"s\"\n\
             basis = \"snapshot\"\nunit = \"count\"\nbetter = \"none\"\nfrequency = \"monthly\"\n"
                .into(),
        ),
        (
            "sources.toml".into(),
            "[sources.s]\ntitle = \"S\"\nfiles = \"s.csv\"\nlayout = \"long\"\n\
             month = { column = \"m\", formats = [\"%Y-%m\"] }\ncolumns = { indicator = \"i\", value = \"v\" }\n"
                .into(),
        ),
    ];
    for (board, schedule) in BOARDS {
        let first: Period = "2026-10".parse().unwrap();
        let meetings: String = (0..64)
            .filter(|_| board == "meeting")
            .map(|nth| first.plus(2 * nth))
            .map(|period| format!("[[meetings]]\nperiod = \"{period}\"\ndate = \"{}\"\n", period.plus(2).last_day()))
            .collect();
        files.push((
            format!("boards/{board}.toml"),
            format!(
                "title = \"B\"\nscorecard = \"S\"\nowner = \"O\"\n{schedule}\n{meetings}\
                 [[sections]]\nnumber = \"1\"\ntitle = \"T\"\nindicators = [\"A\"]\n"
            ),
        ));
    }
    let holidays: Vec<String> = (2026..2040)
        .flat_map(|year| crate::domain::bank_holidays::of_year(year).unwrap())
        .map(|(date, _)| format!("\"{date}\""))
        .collect();
    files.push(("calendar.toml".into(), format!("bank_holidays = [{}]\n", holidays.join(", "))));
    Loaded::resolve(std::path::Path::new("config"), &Files::from_texts(files), &[], crate::storage::KINDS).unwrap()
}

/// The rules once more, in plain words and over all packs that there are: what is due at a
/// look is a question of each pack alone.
struct Rules<'a> {
    boards: &'a [Board],
    /// Every pack with the instant at which it falls due, oldest first by board.
    packs: BTreeMap<&'a str, Vec<(PackKey, DateTime<Utc>)>>,
}

impl<'a> Rules<'a> {
    fn of(boards: &'a [Board], calendar: &Calendar, months: i32) -> Self {
        let first: Period = "2026-09".parse().unwrap();
        let packs = |board: &'a Board| {
            let all = (0..months + 6).map(|later| first.plus(later)).filter_map(|period| {
                let key = PackKey { period, board: board.id.clone() };
                Some((key, own_due(board, calendar, period)?))
            });
            (board.id.as_str(), all.collect())
        };
        Self { boards, packs: boards.iter().map(packs).collect() }
    }

    /// What is to be made.
    fn due(
        &self,
        now: DateTime<Utc>,
        stands: &StandingPacks,
        tried: &BTreeMap<PackKey, DateTime<Utc>>,
    ) -> Vec<PackKey> {
        let mut due = Vec::new();
        for board in self.boards {
            let fallen: Vec<&(PackKey, DateTime<Utc>)> =
                self.packs[board.id.as_str()].iter().filter(|(_, since)| *since <= now).collect();
            for (key, since) in fallen.iter().filter(|(_, since)| now - *since < TimeDelta::days(31 * 5)) {
                let months_ago = previous_period(now).since(previous_period(*since));
                let is_begun =
                    stands.published.contains_key(key) || stands.held.contains(key) || tried.contains_key(key);
                let is_wanted = is_begun
                    || match board.missed {
                        MissedPolicy::All => true,
                        MissedPolicy::Latest => fallen.last().is_some_and(|(last, _)| last == key),
                        MissedPolicy::None => now - since <= TimeDelta::days(1),
                    };
                let is_time = tried.get(key).is_none_or(|last| now < *last || now - last >= RETRY);
                let is_final = stands.published.get(key) == Some(&PackState::Final);
                if months_ago <= REACH as i32 && is_wanted && is_time && !is_final {
                    due.push((*key).clone());
                }
            }
        }
        due.sort();
        due
    }
}

/// The instants at which the bell rings, in order: around each pack's own, around each clock
/// change minute by minute, and here and there.
fn rings(rules: &Rules<'_>, months: i32, seed: u64) -> Vec<DateTime<Utc>> {
    let mut all: Vec<DateTime<Utc>> = Vec::new();
    let mut noise = seed;
    for (_, since) in rules.packs.values().flatten() {
        noise = noise.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let later = i64::try_from(noise >> 44).unwrap_or(0);
        let offsets = [-1, 0, 3_600, 86_401, 90_000 + later];
        all.extend(offsets.map(|seconds| *since + TimeDelta::seconds(seconds)));
    }
    for year in 2027..2037 {
        for (month, day) in [(3, 31), (10, 31)] {
            let last = chrono::NaiveDate::from_ymd_opt(year, month, day).unwrap();
            let sunday = last - chrono::Days::new(u64::from(chrono::Datelike::weekday(&last).num_days_from_sunday()));
            let begin = sunday.and_hms_opt(0, 50, 0).unwrap().and_utc();
            all.extend((0..25).map(|minute| begin + TimeDelta::minutes(minute)));
        }
    }
    let start = at(FROM);
    let end = start + TimeDelta::days(i64::from(months) * 30);
    all.retain(|ring| (start..end).contains(ring));
    all.sort();
    all.dedup();
    all
}

/// A daemon, and what its driver knows of it.
struct Rehearsal {
    daemon: Daemon<Maker>,
    clock: Arc<FixedClock>,
    memory: LoopMemory,
    tried: BTreeMap<PackKey, DateTime<Utc>>,
    heart: Heart,
    rope: Rope,
    bell: Bell,
}

impl Rehearsal {
    /// One ring, however often the rope is pulled: a look, and what it finds due.
    async fn ring(&mut self, now: DateTime<Utc>, rules: &Rules<'_>) {
        self.clock.set(now);
        for _ in 0..3 {
            self.rope.pull();
        }
        self.bell.rung().await;
        assert!(tokio::time::timeout(Duration::ZERO, self.bell.rung()).await.is_err(), "one ring is enough");
        let maker = self.daemon.activation.clone();
        let found = self.daemon.look(&mut self.memory, &self.heart, Duration::ZERO).await;
        let expected = rules.due(now, &maker.seen(), &self.tried);
        let keys: Vec<PackKey> = found.iter().flat_map(|work| &work.due).map(|due| due.key.clone()).collect();
        assert_eq!(keys, expected, "at {now}");
        let Some(work) = found else { return };
        let mut running = self.daemon.begin(work);
        let ended = activation::flatten((&mut running.task).await);
        let is_put_off = matches!(ended, Err(ActivationError::Locked(_)));
        self.daemon.settle(&mut self.memory, running, ended);
        if maker.has_crashed() {
            self.start_anew();
        } else if !is_put_off {
            self.tried.extend(keys.into_iter().map(|key| (key, now)));
        }
    }

    /// The process is another one: what was in memory is gone.
    fn start_anew(&mut self) {
        self.memory = LoopMemory::default();
        self.tried.clear();
    }
}

async fn live(troubles: &Troubles, ledger: crate::ledger::Ledger) {
    let loaded = council();
    let config = loaded.config.clone();
    let rules = Rules::of(&config.boards, &config.calendar, troubles.months);
    let clock = Arc::new(FixedClock::at(at(FROM)));
    let maker = Maker::new(ledger, clock.clone(), troubles);
    let (rope, bell) = Bell::by_hand();
    let load: Load = Arc::new(move || Ok(loaded.clone()));
    let (activation, health) = (Arc::new(maker), Arc::default());
    let daemon = Daemon { activation, load, clock: clock.clone(), grace: GRACE, health };
    let mut service = Rehearsal {
        daemon,
        clock,
        memory: LoopMemory::default(),
        tried: BTreeMap::new(),
        heart: Heart::new(),
        rope,
        bell,
    };
    let start = at(FROM);
    let after = |minutes| start + TimeDelta::minutes(minutes);
    let outages: Vec<(DateTime<Utc>, DateTime<Utc>)> =
        troubles.outages.iter().map(|(from, minutes)| (after(*from), after(from + minutes))).collect();
    let mut set_back = troubles.set_back.clone();
    let mut rings = rings(&rules, troubles.months, troubles.seed);
    rings.extend(outages.iter().map(|(_, end)| *end));
    rings.sort();
    let mut was_down = false;
    for ring in rings {
        if outages.iter().any(|(from, end)| (*from..*end).contains(&ring)) {
            was_down = true;
            continue;
        }
        if std::mem::take(&mut was_down) {
            service.start_anew();
        }
        if let Some(nth) = set_back.iter().position(|(from, _)| after(*from) <= ring) {
            let (_, minutes) = set_back.remove(nth);
            service.ring(ring - TimeDelta::minutes(minutes), &rules).await;
        }
        service.ring(ring, &rules).await;
    }
    // A quiet hour after all of it, for what a crash or a lock put off.
    let last = at(FROM) + TimeDelta::days(i64::from(troubles.months) * 30);
    for hour in 0..12 {
        service.ring(last + TimeDelta::hours(hour), &rules).await;
    }
    is_lawful(&service, &rules, &config, troubles).await;
}

/// Every period of every board is in exactly one state, and nothing was issued twice.
async fn is_lawful(service: &Rehearsal, rules: &Rules<'_>, config: &Config, troubles: &Troubles) {
    let (maker, now) = (&service.daemon.activation, service.clock.now());
    let stands = maker.standing(config, Period::EARLIEST).await.unwrap();
    let states = PackStates { published: stands.published, held: stands.held, ..PackStates::default() };
    let noted = maker.ledger().missed().unwrap();
    // Well within the reach of three months, with what a crash or a lock puts off at its end.
    let has_long_outage = longest(&troubles.outages) > 60 * 24 * 60;
    for board in &config.boards {
        let fallen: Vec<&PackKey> =
            rules.packs[board.id.as_str()].iter().filter(|(_, since)| *since <= now).map(|(key, _)| key).collect();
        let fates = fate::all(board, &config.calendar, REACH, now, &states);
        let mut told: Vec<&PackKey> = fates.iter().map(|fallen| &fallen.key).collect();
        told.reverse();
        assert_eq!(told, fallen, "each period once");
        for one in &fates {
            assert_ne!(one.fate, PackFate::Awaited, "{:?}", one.key);
            assert_eq!(Some(one.since), falls_due(board, &config.calendar, one.key.period));
            let is_missed = one.fate == PackFate::Missed;
            // Where the clock was set back, what was missed may have come into its time again.
            assert!(noted.contains(&one.key) || !is_missed, "{:?} is not noted", one.key);
            assert!(is_missed || !noted.contains(&one.key) || !troubles.set_back.is_empty(), "{:?}", one.key);
            if board.missed == MissedPolicy::All && !has_long_outage {
                assert!(!is_missed, "{:?}", one.key);
            }
        }
    }
    maker.is_whole();
}

/// The longest time without a ring, in minutes: outages that overlap are one.
fn longest(outages: &[(i64, i64)]) -> i64 {
    let mut all: Vec<(i64, i64)> = outages.iter().map(|(from, minutes)| (*from, from + minutes)).collect();
    all.sort();
    let mut merged: Vec<(i64, i64)> = Vec::new();
    for (from, end) in all {
        match merged.last_mut() {
            // Days between two outages may be without a ring.
            Some(last) if from <= last.1 + 30 * 24 * 60 => last.1 = last.1.max(end),
            _ => merged.push((from, end)),
        }
    }
    merged.iter().map(|(from, end)| end - from).max().unwrap_or(0)
}

fn in_a_runtime(work: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2, max_shrink_iters: 60, ..ProptestConfig::default() })]

    /// Ten years of troubles.
    #[test]
    fn every_period_of_ten_years_ends_in_exactly_one_state(troubles in troubles(121)) {
        in_a_runtime(live(&troubles, crate::ledger::Ledger::in_memory("C").unwrap()));
    }
}

#[test]
fn a_ledger_on_a_disk_is_no_other_through_two_years() {
    let folder = tempfile::tempdir().unwrap();
    let troubles = Troubles {
        seed: 7,
        months: 24,
        outages: vec![(60_000, 5_000), (300_000, 20), (420_000, 150_000)],
        set_back: vec![(200_000, 90), (350_000, 2_000)],
        crashes: (0..12).map(|nth| (nth * 9, nth)).collect(),
        locks: vec![1, 17, 40],
    };
    let ledger = crate::ledger::Ledger::open(&folder.path().join("ledger.db"), "C").unwrap();
    in_a_runtime(live(&troubles, ledger));
}
