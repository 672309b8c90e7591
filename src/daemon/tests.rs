//! The loop with a stand-in for the walk, a clock that is set by hand and a
//! bell that is rung by hand.

mod years;

use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::SeqCst};

use chrono::{DateTime, Utc};
use tokio::sync::{Semaphore, mpsc};

use super::*;
use crate::clock::FixedClock;
use crate::config::{Config, Fault, Files, Loaded};
use crate::domain::{Edition, PackKey, PackState, Period};
use crate::run::{PackResult, StandingPacks};
use crate::schedule::bell::Rope;
use crate::schedule::due::fate::FallenDue;

/// What the stand-in does when it is called.
#[derive(Clone, Copy)]
enum Act {
    Publish(PackState),
    Hold,
    Lock,
    Panic,
}

/// A stand-in for the walk.
struct Fake {
    acts: Mutex<VecDeque<Act>>,
    published: Mutex<BTreeMap<PackKey, PackState>>,
    calls: Mutex<Vec<String>>,
    missed: Mutex<Vec<PackKey>>,
    looks: AtomicUsize,
    running: AtomicBool,
    finished: AtomicUsize,
    /// Whether the last activation was asked to begin no further pack.
    told_to_stop: AtomicBool,
    /// Each activation takes one permit.
    gate: Semaphore,
}

impl Activation for Fake {
    async fn standing(&self, _: &Config, _: Period) -> Result<StandingPacks, ActivationError> {
        self.looks.fetch_add(1, SeqCst);
        Ok(StandingPacks { published: self.published.lock().unwrap().clone(), ..StandingPacks::default() })
    }

    async fn note_missed(&self, _: &Config, missed: &[FallenDue]) -> Result<(), ActivationError> {
        self.missed.lock().unwrap().extend(missed.iter().map(|fallen| fallen.key.clone()));
        Ok(())
    }

    async fn activate(&self, _: &Loaded, keys: Vec<PackKey>, stop: StopToken) -> Result<Vec<Outcome>, ActivationError> {
        assert!(!self.running.swap(true, SeqCst), "two activations overlap");
        let names: Vec<String> = keys.iter().map(|key| format!("{}/{}", key.period, key.board)).collect();
        self.calls.lock().unwrap().push(names.join(" "));
        self.gate.acquire().await.unwrap().forget();
        self.running.store(false, SeqCst);
        self.told_to_stop.store(stop.is_asked(), SeqCst);
        self.finished.fetch_add(1, SeqCst);
        let act = self.acts.lock().unwrap().pop_front().unwrap_or(Act::Publish(PackState::Final));
        match act {
            Act::Publish(state) => {
                self.published.lock().unwrap().extend(keys.into_iter().map(|key| (key, state)));
                Ok(Vec::new())
            }
            Act::Hold => {
                let held = |key| Outcome {
                    key,
                    edition: Edition::Public,
                    result: PackResult::Held { findings: Vec::new(), notice: None },
                    cautions: Vec::new(),
                    to_follow: 0,
                };
                Ok(keys.into_iter().map(held).collect())
            }
            Act::Lock => Err(ActivationError::Locked("boardpack run, process 12".into())),
            Act::Panic => panic!("on purpose"),
        }
    }
}

/// A daemon in service.
struct House {
    fake: Arc<Fake>,
    clock: Arc<FixedClock>,
    broken: Arc<Mutex<Option<&'static str>>>,
    loads: Arc<AtomicUsize>,
    rope: Rope,
    requests: mpsc::Sender<SignalRequest>,
    served: JoinHandle<()>,
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn config() -> Loaded {
    let files = [
        (
            "boardpack.toml",
            "[council]\nname = \"Rutland\"\ncontact = \"us\"\n[schedule]\nfirst_period = \"2026-09\"\nretry_minutes = 60\n[storage.share]\nkind = \"directory\"\npath = \"share\"\n",
        ),
        (
            "indicators.toml",
            "[indicators.A1]\ntitle = \"A\"\nplain = \"A.\"\nunit = \"count\"\nnoun = \"things\"\nbetter = \"none\"\nfrequency = \"monthly\"\nbasis = \"snapshot\"\nsource = \"s\"\nowner = \"O\"\n",
        ),
        (
            "sources.toml",
            "[sources.s]\ntitle = \"S\"\nfiles = \"s.xlsx\"\nlayout = \"long\"\nmonth = { column = \"Month\", formats = [\"%B %Y\"] }\n[sources.s.columns]\nindicator = [\"Ref\"]\nvalue = [\"Value\"]\n",
        ),
        (
            "boards/panel.toml",
            "title = \"Panel\"\nscorecard = \"Scorecard\"\nowner = \"O\"\nschedule = { cron = \"0 6 5 * *\" }\n[[sections]]\nnumber = \"1\"\ntitle = \"T\"\nindicators = [\"A1\"]\n",
        ),
    ];
    let files = Files::from_texts(files.map(|(name, text)| (name.to_owned(), text.to_owned())));
    Loaded::resolve(std::path::Path::new("config"), &files, &[], crate::storage::KINDS).unwrap()
}

/// A daemon that starts at `now` with a first ring pending.
fn house(now: &str, acts: impl IntoIterator<Item = Act>, gates: usize) -> House {
    house_with(now, acts, gates, GRACE)
}

fn house_with(now: &str, acts: impl IntoIterator<Item = Act>, gates: usize, grace: Duration) -> House {
    let fake = Arc::new(Fake {
        acts: Mutex::new(acts.into_iter().collect()),
        published: Mutex::default(),
        calls: Mutex::default(),
        missed: Mutex::default(),
        looks: AtomicUsize::new(0),
        running: AtomicBool::new(false),
        finished: AtomicUsize::new(0),
        told_to_stop: AtomicBool::new(false),
        gate: Semaphore::new(gates),
    });
    let clock = Arc::new(FixedClock::at(at(now)));
    let (broken, loads) = (Arc::new(Mutex::new(None::<&'static str>)), Arc::new(AtomicUsize::new(0)));
    let load: Load = {
        let (broken, loads) = (broken.clone(), loads.clone());
        Arc::new(move || {
            loads.fetch_add(1, SeqCst);
            match *broken.lock().unwrap() {
                None => Ok(config()),
                Some(message) => Err(ConfigError(vec![Fault {
                    file: "boards/panel.toml".into(),
                    key: "title".into(),
                    message: message.into(),
                    hint: String::new(),
                }])),
            }
        })
    };
    let (rope, bell) = Bell::by_hand();
    rope.pull();
    let (requests, asked) = mpsc::channel(4);
    let daemon = Daemon { activation: fake.clone(), load, clock: clock.clone(), grace, health: Arc::default() };
    let served = tokio::spawn(serve(daemon, bell, asked));
    House { fake, clock, broken, loads, rope, requests, served }
}

/// Waits until something holds; fails after five seconds.
async fn until(what: &str, holds: impl Fn() -> bool) {
    for _ in 0..5_000 {
        if holds() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    panic!("waited in vain until {what}");
}

impl House {
    fn calls(&self) -> Vec<String> {
        self.fake.calls.lock().unwrap().clone()
    }

    /// Waits for so many looks and finished activations in all.
    async fn settled(&self, looks: usize, finished: usize) {
        until("the ring is dealt with", || {
            self.fake.looks.load(SeqCst) == looks && self.fake.finished.load(SeqCst) == finished
        })
        .await;
        // The loop's own steps behind them.
        tokio::time::sleep(Duration::from_millis(5)).await;
    }

    /// Rings at a time and waits for the outcome.
    async fn ring(&self, now: &str, looks: usize, finished: usize) -> usize {
        self.clock.set(at(now));
        self.rope.pull();
        self.settled(looks, finished).await;
        self.calls().len()
    }

    async fn stop(self) {
        self.requests.send(SignalRequest::Stop).await.unwrap();
        self.served.await.unwrap();
    }
}

#[tokio::test]
async fn missed_months_are_made_at_start_and_only_once() {
    let house = house("2026-12-24T10:00:00Z", [], 9);
    house.settled(1, 1).await;
    assert_eq!(house.calls(), ["2026-09/panel 2026-10/panel 2026-11/panel"]);
    assert_eq!(house.ring("2026-12-24T12:00:00Z", 2, 1).await, 1);
    assert_eq!(house.ring("2027-01-05T05:59:59Z", 3, 1).await, 1);
    assert_eq!(house.ring("2027-01-05T06:00:00Z", 4, 2).await, 2);
    assert_eq!(house.calls()[1], "2026-12/panel");
    house.stop().await;
}

#[tokio::test]
async fn held_draft_and_failed_packs_are_tried_again_after_the_retry_time() {
    let house = house("2026-10-05T05:00:00Z", [Act::Hold, Act::Panic, Act::Publish(PackState::Draft)], 9);
    house.settled(1, 1).await;
    assert_eq!(house.ring("2026-10-05T05:59:59Z", 2, 1).await, 1, "held");
    assert_eq!(house.ring("2026-10-05T06:00:00Z", 3, 2).await, 2, "held");
    assert_eq!(house.ring("2026-10-05T06:59:59Z", 4, 2).await, 2, "panicked");
    assert_eq!(house.ring("2026-10-05T07:00:00Z", 5, 3).await, 3, "panicked");
    assert_eq!(house.ring("2026-10-05T07:59:59Z", 6, 3).await, 3, "draft");
    assert_eq!(house.ring("2026-10-05T08:00:00Z", 7, 4).await, 4, "draft");
    assert_eq!(house.ring("2026-10-05T10:00:00Z", 8, 4).await, 4, "final");
    house.stop().await;
}

#[tokio::test]
async fn a_locked_folder_is_tried_again_at_the_next_ring() {
    let house = house("2026-10-05T05:00:00Z", [Act::Lock], 9);
    house.settled(1, 1).await;
    assert_eq!(house.ring("2026-10-05T05:01:00Z", 2, 2).await, 2);
    house.stop().await;
}

#[tokio::test]
async fn nothing_is_made_from_a_broken_config_and_the_loop_goes_on() {
    let house = house("2026-10-05T04:59:00Z", [], 9);
    house.settled(1, 0).await;
    *house.broken.lock().unwrap() = Some("is missing");
    house.clock.set(at("2026-10-05T05:00:00Z"));
    for loads in 2..4 {
        house.rope.pull();
        until("the config is read", || house.loads.load(SeqCst) == loads).await;
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!(house.calls(), [""; 0]);
    *house.broken.lock().unwrap() = None;
    assert_eq!(house.ring("2026-10-05T05:02:00Z", 2, 1).await, 1);
    house.stop().await;
}

#[tokio::test]
async fn activations_never_overlap_and_rings_meanwhile_are_one() {
    let house = house("2026-10-05T05:00:00Z", [Act::Hold], 0);
    until("it runs", || house.calls().len() == 1).await;
    house.clock.set(at("2026-10-05T09:00:00Z"));
    for _ in 0..3 {
        house.rope.pull();
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    assert_eq!((house.calls().len(), house.fake.looks.load(SeqCst)), (1, 1));
    // The attempt is noted when it ends, so the ring that waited finds nothing due.
    house.fake.gate.add_permits(2);
    house.settled(2, 1).await;
    assert_eq!(house.calls().len(), 1);
    house.stop().await;
}

#[tokio::test]
async fn shutdown_lets_the_packs_in_hand_be_finished_and_no_other_begun() {
    let House { fake, requests, served, .. } = house("2026-10-05T05:00:00Z", [], 0);
    until("it runs", || fake.running.load(SeqCst)).await;
    requests.send(SignalRequest::Stop).await.unwrap();
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert!(!served.is_finished());
    fake.gate.add_permits(1);
    served.await.unwrap();
    assert_eq!((fake.finished.load(SeqCst), fake.published.lock().unwrap().len()), (1, 1));
    assert!(fake.told_to_stop.load(SeqCst));
}

#[tokio::test]
async fn shutdown_abandons_an_activation_that_does_not_finish() {
    let House { fake, requests, served, .. } = house_with("2026-10-05T05:00:00Z", [], 0, Duration::from_millis(50));
    until("it runs", || fake.running.load(SeqCst)).await;
    requests.send(SignalRequest::Stop).await.unwrap();
    served.await.unwrap();
    fake.gate.add_permits(1);
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert_eq!(fake.finished.load(SeqCst), 0);
}

#[tokio::test]
async fn shutdown_between_rings_is_at_once() {
    let house = house("2026-10-05T04:59:00Z", [], 0);
    house.settled(1, 0).await;
    let asked = Instant::now();
    house.stop().await;
    assert!(asked.elapsed() < GRACE / 2);
}

#[tokio::test]
async fn a_second_request_to_stop_is_heard_at_once() {
    let House { fake, requests, served, .. } = house("2026-10-05T05:00:00Z", [], 0);
    until("it runs", || fake.running.load(SeqCst)).await;
    let asked = Instant::now();
    requests.send(SignalRequest::Stop).await.unwrap();
    // To read the config anew is no request to hurry.
    requests.send(SignalRequest::Reload).await.unwrap();
    tokio::time::sleep(Duration::from_millis(20)).await;
    assert!(!served.is_finished());
    requests.send(SignalRequest::Stop).await.unwrap();
    served.await.unwrap();
    assert!(asked.elapsed() < GRACE / 2);
    assert_eq!(fake.finished.load(SeqCst), 0);
}

#[tokio::test]
async fn the_config_is_read_anew_when_asked_also_in_mid_activation() {
    let house = house("2026-10-05T04:59:00Z", [Act::Hold], 0);
    house.settled(1, 0).await;
    house.clock.set(at("2026-10-05T05:00:00Z"));
    house.requests.send(SignalRequest::Reload).await.unwrap();
    until("it runs", || house.fake.running.load(SeqCst)).await;
    assert_eq!(house.loads.load(SeqCst), 2);
    house.requests.send(SignalRequest::Reload).await.unwrap();
    house.fake.gate.add_permits(1);
    until("the config is read", || house.loads.load(SeqCst) == 3).await;
    house.settled(3, 1).await;
    house.stop().await;
}
