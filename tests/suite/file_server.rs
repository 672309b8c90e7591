//! A server of files of a test's own: on the loopback, over a folder of its own, and ended
//! with the test, however that ends.

use std::ffi::OsStr;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Whether servers of files are wanted; `tests/run` installs them.
pub(crate) fn are_wanted() -> bool {
    let wanted = std::env::var_os("BOARDPACK_SERVERS").is_some();
    if !wanted {
        eprintln!("left to tests/run: servers of files");
    }
    wanted
}

/// A port that is free now, and for which nobody else asks until the server has it.
pub(crate) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// A server and what it serves.
pub(crate) struct FileServer {
    /// Its folder: `root` is what it serves, the rest is its own.
    pub(crate) dir: tempfile::TempDir,
    /// On the loopback.
    pub(crate) port: u16,
    child: Child,
}

impl FileServer {
    /// Starts a program over a folder that `prepare` made ready; given the folder and the port
    /// it says what to start.
    pub(crate) fn start<A: AsRef<OsStr>>(program: &str, prepare: impl FnOnce(&Path, u16) -> Vec<A>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        make_open(dir.path());
        let root = dir.path().join("root");
        std::fs::create_dir(&root).unwrap();
        make_open(&root);
        let port = free_port();
        let arguments = prepare(dir.path(), port);
        let log = std::fs::File::create(dir.path().join("log")).unwrap();
        let child = Command::new("setpriv")
            .args(["--pdeathsig", "KILL", "--", program])
            .args(arguments)
            .current_dir(dir.path())
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut server = Self { dir, port, child };
        server.wait(program);
        server
    }

    /// Waits until it takes connections.
    fn wait(&mut self, program: &str) {
        let until = Instant::now() + Duration::from_secs(60);
        while TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            let log = || std::fs::read_to_string(self.dir.path().join("log")).unwrap_or_default();
            if let Some(status) = self.child.try_wait().unwrap() {
                panic!("{program} ended with {status}: {}", log());
            }
            assert!(Instant::now() < until, "{program} does not answer: {}", log());
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// The folder that it serves.
    pub(crate) fn root(&self) -> PathBuf {
        self.dir.path().join("root")
    }

    /// Lays files into that folder.
    pub(crate) fn lay(&self, files: &[(&str, Vec<u8>)]) {
        for (name, bytes) in files {
            let path = self.root().join(name);
            let mut folder = path.parent().unwrap().to_owned();
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(&path, bytes).unwrap();
            while folder.starts_with(self.root()) {
                make_open(&folder);
                folder.pop();
            }
        }
    }
}

impl Drop for FileServer {
    fn drop(&mut self) {
        // A server of several processes ends the others when it is asked to end.
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        let until = Instant::now() + Duration::from_secs(5);
        while self.child.try_wait().is_ok_and(|ended| ended.is_none()) && Instant::now() < until {
            std::thread::sleep(Duration::from_millis(10));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Lets a server's own account read and write a folder.
fn make_open(folder: &Path) {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::set_permissions(folder, std::fs::Permissions::from_mode(0o777)).unwrap();
}
