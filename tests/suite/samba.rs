//! A council's share of files: Samba itself, mounted, and used as a folder.
//!
//! The share is mounted by rclone, which needs FUSE and no leave of the kernel's; a server of
//! a council's mounts by `mount.cifs`, which asks the same of the share.

#![cfg(target_os = "linux")]

use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use boardpack::storage::{Got, PutAnswer, PutMode, Storage};

use crate::declared::opened;
use crate::file_server::{FileServer, are_wanted};
use crate::storage::{LIMITS, contract, contract_of_writes, files};

/// smbd over a folder, which any guest may write, as this test's own account.
fn samba() -> FileServer {
    FileServer::start("/usr/sbin/smbd", |dir, port| {
        let account = Command::new("id").arg("-un").output().unwrap().stdout;
        let (account, at) = (String::from_utf8(account).unwrap(), dir.display());
        let account = account.trim();
        for own in ["private", "lock", "state", "cache", "pid"] {
            std::fs::create_dir(dir.join(own)).unwrap();
        }
        let config = format!(
            "[global]\nserver role = standalone server\nbind interfaces only = yes\ninterfaces = lo\nsmb ports = {port}\n\
             disable netbios = yes\nprivate dir = {at}/private\nlock directory = {at}/lock\nstate directory = {at}/state\n\
             cache directory = {at}/cache\npid directory = {at}/pid\nncalrpc dir = {at}/ncalrpc\nlog file = {at}/log.smbd\n\
             passdb backend = tdbsam:{at}/private/passdb.tdb\nmap to guest = Bad User\nguest account = {account}\n\
             load printers = no\nprintcap name = /dev/null\ndisable spoolss = yes\n\
             [kpi]\npath = {at}/root\nread only = no\nguest ok = yes\nforce user = {account}\n"
        );
        std::fs::write(dir.join("conf"), config).unwrap();
        ["-F", "--debug-stdout", "-s"]
            .map(Into::into)
            .into_iter()
            .chain([dir.join("conf").into_os_string()])
            .collect::<Vec<std::ffi::OsString>>()
    })
}

/// The share, mounted; unmounted with the test.
struct Mounted {
    at: PathBuf,
    child: Child,
}

impl Mounted {
    /// None where this machine mounts nothing.
    fn of(server: &FileServer) -> Option<Self> {
        let at = server.dir.path().join("mounted");
        std::fs::create_dir(&at).unwrap();
        let log = std::fs::File::create(server.dir.path().join("mount.log")).unwrap();
        let port = server.port.to_string();
        let child = Command::new("setpriv")
            .args(["--pdeathsig", "TERM", "--", "rclone", "mount", "--config", "/dev/null"])
            .args(["--smb-host", "127.0.0.1", "--smb-user", "guest", "--smb-port", &port])
            // As a mount of the kernel's: what is written is there at once, and what is there is seen.
            .args([
                "--vfs-cache-mode",
                "writes",
                "--vfs-write-back",
                "0s",
                "--dir-cache-time",
                "0s",
                "--attr-timeout",
                "0s",
            ])
            .arg("--cache-dir")
            .arg(server.dir.path().join("rclone"))
            .arg(":smb:kpi")
            .arg(&at)
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut mounted = Self { at, child };
        let until = Instant::now() + Duration::from_secs(20);
        while !std::fs::read_to_string("/proc/mounts").unwrap().contains(&mounted.at.display().to_string()) {
            let has_ended = mounted.child.try_wait().unwrap().is_some();
            if has_ended || Instant::now() > until {
                let log = std::fs::read_to_string(server.dir.path().join("mount.log")).unwrap_or_default();
                eprintln!("left to a machine that may mount by FUSE: {log}");
                return None;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Some(mounted)
    }

    fn open(&self) -> Storage {
        opened(&format!("kind = \"directory\"\npath = \"{}\"", self.at.display()), LIMITS)
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        let _ = Command::new("fusermount3").args(["-u", "-z"]).arg(&self.at).stderr(Stdio::null()).status();
        let _ = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).stderr(Stdio::null()).status();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mounted_share_keeps_the_contract_of_a_folder() {
    if !are_wanted() {
        return;
    }
    let server = samba();
    server.lay(&files());
    let Some(share) = Mounted::of(&server) else { return };
    let storage = share.open();
    contract("directory", &storage).await;
    contract_of_writes("share", &storage).await;
    // What is put there is what the share has.
    let stored = storage.put("2026-12/panel.pdf", b"pack", PutMode::Create).await.unwrap();
    assert!(matches!(stored, PutAnswer::Stored { .. }));
    assert_eq!(storage.put("2026-12/panel.pdf", b"other", PutMode::Create).await.unwrap(), PutAnswer::Exists);
    let until = Instant::now() + Duration::from_secs(10);
    while std::fs::read(server.root().join("2026-12/panel.pdf")).ok().as_deref() != Some(b"pack") {
        assert!(Instant::now() < until, "it never came to the share");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workbook_that_somebody_has_open_on_a_share_is_known_by_its_mark() {
    if !are_wanted() {
        return;
    }
    let server = samba();
    server.lay(&[
        ("KPI 10.xlsx", b"ten".to_vec()),
        ("KPI 11.xlsx", b"eleven".to_vec()),
        ("KPI 12.xlsx", b"twelve".to_vec()),
    ]);
    server.lay(&[("~$KPI 10.xlsx", b"somebody".to_vec()), (".~lock.KPI 11.xlsx#", b"somebody".to_vec())]);
    let Some(share) = Mounted::of(&server) else { return };
    for (name, open) in [("KPI 10.xlsx", true), ("KPI 11.xlsx", true), ("KPI 12.xlsx", false)] {
        let got = share.open().get(name, None).await.unwrap();
        assert!(matches!(&got, Got::Found(file) if file.is_open == open), "{name}: {got:?}");
    }
    // A mark is no workbook, by name and by pattern.
    let storage = share.open();
    assert!(matches!(storage.get("~$KPI 10.xlsx", None).await.unwrap(), Got::Locked { .. }));
    let Got::Ambiguous { names } = storage.get("*KPI*", None).await.unwrap() else { panic!("one of three") };
    assert_eq!(names, ["KPI 10.xlsx", "KPI 11.xlsx", "KPI 12.xlsx"]);
}
