//! Several daemons that share a ledger in PostgreSQL: they share the boards out among
//! themselves, whatever becomes of any of them, and publish each pack once.

#![cfg(target_os = "linux")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::issued::{output_of, published_of};
use crate::ledger::{are_one, manifests, revisions, sql};
use crate::postgres_server::PostgresServer;
use crate::support::Council;
use crate::trail::{run, share, small};

/// Boards that go by one source.
const OF_ONE_SOURCE: usize = 4;

/// A council of so many small boards, each four of which share a workbook.
fn many(name: &str, boards: usize) -> Council {
    let council = Council::empty();
    let (mut indicators, mut sources) = (String::new(), String::new());
    for group in 0..boards.div_ceil(OF_ONE_SOURCE) {
        let _ = write!(
            indicators,
            "[indicators.PLA{group}]\ntitle = \"Plans\"\nplain = \"Children with a plan.\"\nnoun = \"children\"\n\
             owner = \"Head of Service\"\nsource = \"plans{group}\"\nbasis = \"snapshot\"\nunit = \"count\"\n\
             better = \"none\"\nfrequency = \"monthly\"\n"
        );
        let _ = write!(
            sources,
            "[sources.plans{group}]\ntitle = \"Plans return\"\nfiles = \"plans{group}.csv\"\nlayout = \"long\"\n\
             month = {{ column = \"m\", formats = [\"%Y-%m\"] }}\ncolumns = {{ indicator = \"i\", value = \"v\" }}\n"
        );
        council.write(
            &format!("share/plans{group}.csv"),
            format!("i,m,v\nPLA{group},2026-09,{}\nPLA{group},2026-10,91\n", 90 + group % 7),
        );
    }
    for board in 0..boards {
        let group = board / OF_ONE_SOURCE;
        council.write(
            &format!("config/boards/board{board}.toml"),
            format!(
                "commentary_to_follow = true\ntitle = \"Board {board}\"\nscorecard = \"Plans Scorecard\"\n\
                 owner = \"Head of Service\"\nschedule = {{ working_day = 1 }}\n\
                 [[sections]]\nnumber = \"1\"\ntitle = \"Plans\"\nindicators = [\"PLA{group}\"]\n"
            ),
        );
    }
    council.write("config/indicators.toml", indicators).write("config/sources.toml", sources).write(
        "config/boardpack.toml",
        format!(
            "[council]\nname = \"{name}\"\ncontact = \"Write to us.\"\n[schedule]\nfirst_period = \"2026-10\"\n\
             [storage.share]\nkind = \"directory\"\npath = \"../share\"\n[limits]\nsettle_seconds = 0\n\
             [publish]\npath = \"../published\"\nheld = \"../held\"\n"
        ),
    );
    council
}

/// A daemon that is killed when its test ends, however it ends.
struct Service {
    name: String,
    child: Child,
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Service {
    /// A daemon whose sessions go by a name.
    fn start(council: &Council, address: &str, name: &str) -> Self {
        let log = fs::File::create(council.path(name)).unwrap();
        let child = Command::new(snapbox::cmd::cargo_bin!("boardpack"))
            .current_dir(council.path(""))
            .env("BOARDPACK__PUBLISH__LEDGER", format!("{address}&application_name={name}"))
            .arg("daemon")
            .stdout(Stdio::null())
            .stderr(log)
            .spawn()
            .unwrap();
        Self { name: name.to_owned(), child }
    }

    fn signal(&self, signal: &str) {
        assert!(Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap().success());
    }

    /// The number of locks of packs that it holds.
    fn locks(&self, server: &PostgresServer) -> BTreeSet<String> {
        let ask = format!(
            "SELECT ((classid::bigint << 32) | objid::bigint)::text FROM pg_locks JOIN pg_stat_activity USING (pid) \
             WHERE locktype = 'advisory' AND objsubid = 1 AND granted AND application_name = '{}'",
            self.name
        );
        server.sql("ledger", &ask).into_iter().collect()
    }
}

/// The number by which a board of a council is locked.
fn lock_of(council: &str, board: usize) -> String {
    let digest = boardpack::digest::sha256(format!("{council}\0board/board{board}").as_bytes());
    i64::from_be_bytes(u64::from_str_radix(&digest[..16], 16).unwrap().to_be_bytes()).to_string()
}

fn wait_for(what: &str, mut done: impl FnMut() -> bool) {
    let until = Instant::now() + Duration::from_secs(400);
    while !done() {
        assert!(Instant::now() < until, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}

/// Boards of a council of which October stands in the ledger.
fn standing(server: &PostgresServer, council: &str) -> BTreeSet<String> {
    let ask = format!("SELECT board FROM revision WHERE council = '{council}' AND period = '2026-10'");
    // Before the first daemon has made it there is none.
    server.try_sql("ledger", &ask).unwrap_or_default().into_iter().collect()
}

/// Stops a daemon while it has a pack in hand that does not stand yet.
fn stall(service: &Service, server: &PostgresServer, council: &str, boards: usize) {
    wait_for("a daemon with a pack in hand", || {
        service.signal("-STOP");
        let (locks, standing) = (service.locks(server), standing(server, council));
        let is_open = |board: &usize| !standing.contains(&format!("board{board}"));
        let in_hand = (0..boards).filter(is_open).filter(|board| locks.contains(&lock_of(council, *board))).count();
        if in_hand == 0 {
            service.signal("-CONT");
        }
        in_hand > 0
    });
}

#[test]
fn daemons_of_two_councils_publish_each_pack_once_whatever_becomes_of_them() {
    let Some(server) = PostgresServer::start() else { return };
    let all: usize = std::env::var("BOARDPACK_BOARDS").ok().and_then(|boards| boards.parse().ok()).unwrap_or(60);
    let address = server.database("ledger");
    let (north, south) = (all * 3 / 5, all * 2 / 5);
    let councils = [("North", many("North", north), north), ("South", many("South", south), south)];
    let [of_north, of_south] = [&councils[0].1, &councils[1].1];
    let start = |council: &Council, name: &str| Service::start(council, &address, name);
    let stalled = start(of_north, "n1");
    let killed = [start(of_north, "n2"), start(of_south, "s1")];
    let lasting = [start(of_north, "n3"), start(of_south, "s2")];
    let count = || councils.iter().map(|(name, ..)| standing(&server, name).len()).sum::<usize>();

    stall(&stalled, &server, "North", north);
    server.sql("ledger", "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE application_name = 'n1'");
    wait_for("a fifth of the packs", || count() > all / 5);
    for service in killed {
        stall(
            &service,
            &server,
            if service.name == "n2" { "North" } else { "South" },
            if service.name == "n2" { north } else { south },
        );
        drop(service);
    }
    // What was in the hands of others is made at a later ring; nobody waits a minute for it here.
    wait_for("every pack", || {
        lasting.iter().for_each(|service| service.signal("-HUP"));
        std::thread::sleep(Duration::from_secs(1));
        count() == all
    });
    stalled.signal("-CONT");
    let log = || fs::read_to_string(of_north.path("n1")).unwrap();
    wait_for("a late commit that is refused", || {
        log().contains("lost the locks under which it was made")
            || log().contains("the connection to its PostgreSQL server ended")
    });
    drop(stalled);
    drop(lasting);

    for (name, council, boards) in &councils {
        let expected: BTreeSet<String> =
            (0..*boards).map(|board| format!("2026-10/board{board}/r1/manifest.json")).collect();
        let files = council.files("published").into_iter().filter(|file| file.ends_with("manifest.json"));
        assert_eq!(files.filter(|file| file.starts_with("2026-10")).collect::<BTreeSet<_>>(), expected, "{name}");
        let published =
            format!("SELECT board FROM event WHERE council = '{name}' AND kind = 'published' AND period = '2026-10'");
        assert_eq!(server.sql("ledger", &published).len(), *boards, "each once");
        let check = council.command().env("BOARDPACK__PUBLISH__LEDGER", &address).args(["ledger", "check"]).assert();
        assert!(
            String::from_utf8_lossy(&check.success().get_output().stdout).starts_with("The ledger and the published")
        );
        let verify = council.command().env("BOARDPACK__PUBLISH__LEDGER", &address).args(["verify", "--all"]).assert();
        verify.success();
    }
    assert_eq!(server.sql("ledger", "SELECT board FROM attempt"), [""; 0]);
}

#[test]
fn a_server_that_starts_anew_in_mid_run_fails_packs_and_publishes_none_twice() {
    let Some(mut server) = PostgresServer::start() else { return };
    let address = server.database("ledger");
    let council = many("North", 24);
    let daemon = Service::start(&council, &address, "n1");
    wait_for("some packs", || standing(&server, "North").len() > 3);
    server.stop();
    std::thread::sleep(Duration::from_millis(500));
    server.run();
    wait_for("every pack, by the same daemon", || {
        daemon.signal("-HUP");
        std::thread::sleep(Duration::from_secs(1));
        standing(&server, "North").len() == 24
    });
    let log = fs::read_to_string(council.path("n1")).unwrap();
    assert!(log.contains("PostgreSQL server") && !log.contains("postgres@"), "{log}");
    drop(daemon);
    assert_eq!(server.sql("ledger", "SELECT board FROM event WHERE kind = 'published'").len(), 24);
    let manifests = council.files("published").into_iter().filter(|file| file.ends_with("manifest.json"));
    assert_eq!(manifests.count(), 24);
}

#[test]
fn a_run_that_finds_a_source_locked_is_put_off_and_one_without_a_server_says_so() {
    let Some(server) = PostgresServer::start() else { return };
    let mut council = published_of(small().on(server), 1);
    share(&council, "79,100");
    let address = council.server.as_ref().unwrap().address("ledger");
    let secret = boardpack::domain::secret::Secret::Given(boardpack::domain::secret::SecretText::new(&address));
    let place = boardpack::ledger::LedgerPlace::Server(secret);
    let other = boardpack::ledger::Ledger::open(&place, "Smallshire").unwrap();
    assert!(other.try_lock(&["source/plans".to_owned()].into()).unwrap());
    let told = output_of(&council, &["run", "--period", "2026-09"], 1);
    assert!(
        told.contains(
            "panel is put off, and may be run again:\n  another boardpack is making packs of the same sources"
        ),
        "{told}"
    );
    assert!(output_of(&council, &["ledger", "rebuild"], 1).contains("wait until it ends"));
    assert_eq!(manifests(&council), ["2026-09 r1"]);
    // Looking goes on.
    output_of(&council, &["check", "--period", "2026-09"], 0);
    output_of(&council, &["run", "--period", "2026-09", "--dry-run"], 0);
    drop(other);
    wait_for("the locks", || council.boardpack(&["run", "--period", "2026-09"]).get_output().status.success());
    are_one(&council, "made");
    assert_eq!(revisions(&council), ["2026-09 r1", "2026-09 r2"]);

    council.server.as_mut().unwrap().stop();
    share(&council, "83,100");
    for args in
        [&["run", "--period", "2026-09"][..], &["ledger", "check"], &["run", "--period", "2026-09", "--dry-run"]]
    {
        let told = output_of(&council, args, 4);
        assert!(
            told.contains("failed to reach the ledger's PostgreSQL server") && !told.contains("postgres@"),
            "{told}"
        );
    }
    assert_eq!(manifests(&council).len(), 2);
    council.server.as_mut().unwrap().run();
    run(&council, "2026-09").success();
    are_one(&council, "up again");
}

#[test]
fn where_the_ledger_is_is_said_once_and_its_address_is_never_shown() {
    let council = small();
    let config = |ledger: &str, code: i32| {
        let mut command = council.command().env("BOARDPACK__PUBLISH__LEDGER", ledger);
        if ledger.is_empty() {
            command = command.env_remove("BOARDPACK__PUBLISH__LEDGER");
        }
        let output = command.arg("config").assert().code(code).get_output().clone();
        let told = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(!told.contains("s3cret"), "{told}");
        told
    };
    let good = "postgres://s3cretme:s3cret@127.0.0.1:1/s3cretbase";
    assert!(config(good, 0).contains("in PostgreSQL, at a secret address"));
    assert!(config("", 0).contains("held-ledger.db"));
    for bad in ["s3cret", "postgres://s3cretme:s3cret@s3cret.example/x", "mysql://s3cret@127.0.0.1/x"] {
        let told = config(bad, 2);
        assert!(told.contains("publish.ledger") && told.contains("is no address of a PostgreSQL database"), "{told}");
    }
    council.replace("config/boardpack.toml", "[publish]\n", "[publish]\nstate = \"../ledger.db\"\n");
    let told = config(good, 2);
    assert!(told.contains("`state` both say where the ledger is"), "{told}");
    council.replace("config/boardpack.toml", "state = \"../ledger.db\"\n", "ledger = { file = \"../address\" }\n");
    council.write("address", format!("{good}\n"));
    assert!(config("", 0).contains("in PostgreSQL, at a secret address"));
    let told = output_of(&council, &["run", "--period", "2026-09"], 4);
    assert!(told.contains("failed to reach the ledger's PostgreSQL server") && !told.contains("s3cret"), "{told}");
}

#[test]
fn an_attempt_that_another_has_in_hand_is_not_ended() {
    let Some(server) = PostgresServer::start() else { return };
    let council = many("Smallshire", 8).on(server);
    run(&council, "2026-10").success();
    let address = council.server.as_ref().unwrap().address("ledger");
    let secret = boardpack::domain::secret::Secret::Given(boardpack::domain::secret::SecretText::new(&address));
    let other = boardpack::ledger::Ledger::open(boardpack::ledger::LedgerPlace::Server(secret), "Smallshire").unwrap();
    assert!(other.try_lock(&["source/plans1".to_owned()].into()).unwrap());
    let begun = |board: usize| {
        let folder = council.path(&format!("published/2026-10/board{board}/.boardpack-attempt-x"));
        fs::create_dir(&folder).unwrap();
        sql(
            &council,
            &format!("INSERT INTO attempt VALUES ('Smallshire', '2026-10', 'board{board}', 'public', 2, 'x', 'y')"),
        );
        folder
    };
    let (of_group_0, of_group_1) = (begun(0), begun(5));
    run(&council, "2026-10").code(1);
    assert_eq!(sql(&council, "SELECT board FROM attempt"), ["board5"]);
    assert!(!of_group_0.exists() && of_group_1.exists(), "what nobody holds is swept away, and no more");
    output_of(&council, &["verify", "--all"], 0);
    drop(other);
    wait_for("the locks", || council.boardpack(&["run", "--period", "2026-10"]).get_output().status.success());
    assert!(sql(&council, "SELECT board FROM attempt").is_empty() && !of_group_1.exists());
}
