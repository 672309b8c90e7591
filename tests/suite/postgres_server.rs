//! A PostgreSQL server of a test's own, which ends with the test, however that ends. The
//! unit tests of the ledger use this file too.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use sqlx::{Connection as _, Row as _};

/// A server on a socket in a folder of its own, and on a port of the loopback.
pub(crate) struct PostgresServer {
    /// Its data are below, in `data`.
    pub(crate) dir: tempfile::TempDir,
    /// On the loopback.
    pub(crate) port: u16,
    child: Option<Child>,
}

/// PostgreSQL's programs, which `tests/run` installs.
fn programs() -> Option<PathBuf> {
    #[expect(clippy::disallowed_methods, reason = "where tests/run has put PostgreSQL")]
    let folder = std::env::var("BOARDPACK_POSTGRES").ok();
    if folder.is_none() {
        use std::io::Write as _;
        let _ = std::io::stderr().write_all(b"left to tests/run: a ledger that services share needs PostgreSQL\n");
    }
    folder.map(PathBuf::from)
}

fn number(flag: &str, account: &str) -> u32 {
    let output = Command::new("id").args([flag, account]).output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().parse().unwrap()
}

/// A program as an account that PostgreSQL takes: it refuses the superuser. It ends with
/// whoever started it.
fn as_its_account(program: &Path) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "QUIT"]);
    if rustix::process::getuid().is_root() {
        command.args(["--reuid", "postgres", "--regid", "postgres", "--clear-groups"]);
    }
    command.arg("--").arg(program).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

impl PostgresServer {
    /// A server that answers; none where there is no PostgreSQL.
    pub(crate) fn start() -> Option<Self> {
        let programs = programs()?;
        let dir = tempfile::tempdir().unwrap();
        if rustix::process::getuid().is_root() {
            let (user, group) = (number("-u", "postgres"), number("-g", "postgres"));
            std::os::unix::fs::chown(dir.path(), Some(user), Some(group)).unwrap();
        }
        let mut initdb = as_its_account(&programs.join("initdb"));
        initdb.args(["--no-sync", "--auth", "trust", "--encoding", "UTF8", "--locale", "C.UTF-8"]);
        initdb.args(["--username", "postgres", "--pgdata"]).arg(dir.path().join("data"));
        assert!(initdb.current_dir(dir.path()).status().unwrap().success(), "initdb");
        // Free now, and nobody else asks for it until the server has it.
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut server = Self { dir, port, child: None };
        server.run();
        Some(server)
    }

    /// Starts it, and waits until it answers.
    pub(crate) fn run(&mut self) {
        let mut postgres = as_its_account(&programs().unwrap().join("postgres"));
        postgres.arg("-D").arg(self.dir.path().join("data")).arg("-k").arg(self.dir.path());
        postgres.args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-F", "-c", "max_connections=80"]);
        self.child = Some(postgres.current_dir(self.dir.path()).spawn().unwrap());
        let until = Instant::now() + Duration::from_secs(60);
        while self.try_sql("postgres", "SELECT 'up'").is_err() {
            assert!(Instant::now() < until, "the server does not answer");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Ends it at once, as a crash does.
    pub(crate) fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = Command::new("kill").args(["-QUIT", &child.id().to_string()]).status();
            let _ = child.wait();
        }
    }

    /// A new database, by its address.
    pub(crate) fn database(&self, name: &str) -> String {
        self.sql("postgres", &format!("CREATE DATABASE {name}"));
        self.address(name)
    }

    /// The address of a database.
    pub(crate) fn address(&self, name: &str) -> String {
        format!("postgres://postgres@127.0.0.1:{}/{name}?host={}", self.port, self.dir.path().display())
    }

    /// Asks a database, or changes it behind the program's back: the first column of each row.
    pub(crate) fn sql(&self, database: &str, statement: &str) -> Vec<String> {
        self.try_sql(database, statement).unwrap()
    }

    /// The same where the answer may be an error.
    pub(crate) fn try_sql(&self, database: &str, statement: &str) -> Result<Vec<String>, sqlx::Error> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            let mut connection = sqlx::PgConnection::connect(&self.address(database)).await?;
            let rows = sqlx::raw_sql(sqlx::AssertSqlSafe(statement)).fetch_all(&mut connection).await?;
            connection.close().await?;
            rows.iter().map(|row| row.try_get::<String, _>(0)).collect()
        })
    }
}

impl Drop for PostgresServer {
    fn drop(&mut self) {
        self.stop();
    }
}
