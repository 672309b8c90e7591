//! SFTP on real servers: OpenSSH and rclone.

#![cfg(target_os = "linux")]

use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use boardpack::storage::{FetchLimits, Got, PutAnswer, PutMode, StorageError};

use crate::declared::{faults, opened, words};
use crate::faulty::{Fault, way};
use crate::file_server::{FileServer, are_wanted};
use crate::storage::{LIMITS, contract, contract_of_writes, files};

const LARGE: FetchLimits = FetchLimits { max_bytes: 20_000_000 };

/// Makes a key of a kind, and gives its public half.
fn key(at: &Path, kind: &str, passphrase: &str) -> String {
    let arguments = ["-q", "-t", kind, "-N", passphrase, "-C", "test", "-f"];
    assert!(Command::new("ssh-keygen").args(arguments).arg(at).status().unwrap().success());
    std::fs::read_to_string(at.with_extension("pub")).unwrap().trim().to_owned()
}

/// OpenSSH over a folder, for this test's own account with a key; `sftp` says more of the subsystem.
pub(crate) fn openssh(sftp: &str) -> FileServer {
    FileServer::start("/usr/sbin/sshd", |dir, port| {
        // Where the program, as root, locks up its own first part.
        let _ = std::fs::create_dir_all("/run/sshd");
        let host = [key(&dir.join("ed25519"), "ed25519", ""), key(&dir.join("rsa"), "rsa", "")];
        std::fs::write(dir.join("host_keys"), host.join("\n")).unwrap();
        let mine = [key(&dir.join("mine"), "ed25519", ""), key(&dir.join("locked"), "rsa", "s3cret")];
        std::fs::write(dir.join("authorized"), mine.join("\n")).unwrap();
        key(&dir.join("stranger"), "ed25519", "");
        let at = dir.display();
        let config = format!(
            "Port {port}\nListenAddress 127.0.0.1\nHostKey {at}/ed25519\nHostKey {at}/rsa\nPidFile none\nUsePAM no\n\
             StrictModes no\nPermitRootLogin yes\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n\
             AuthorizedKeysFile {at}/authorized\nSubsystem sftp internal-sftp -d {at}/root {sftp}\n"
        );
        std::fs::write(dir.join("conf"), config).unwrap();
        vec!["-D".into(), "-e".into(), "-f".into(), dir.join("conf").into_os_string()]
    })
}

/// The lines of a folder of that server, by a way of its own where `port` is another.
pub(crate) fn lines(server: &FileServer, port: u16, more: &str) -> String {
    let account = Command::new("id").arg("-un").output().unwrap().stdout;
    let account = String::from_utf8(account).unwrap();
    let keys = std::fs::read_to_string(server.dir.path().join("host_keys")).unwrap();
    let (ed25519, at) = (keys.lines().next().unwrap(), server.dir.path().display());
    format!(
        "kind = \"sftp\"\nhost = \"127.0.0.1\"\nport = {port}\nuser = \"{}\"\nhost_key = \"{ed25519}\"\n\
         key = {{ file = \"{at}/mine\" }}\n{more}",
        account.trim()
    )
}

/// `rclone serve sftp` over a folder, for "me" with "s3cret", and its host key. Of links it
/// says that they are made, and makes none.
fn rclone() -> (FileServer, String) {
    let server = FileServer::start("rclone", |dir, port| {
        key(&dir.join("host"), "ed25519", "");
        let address = format!("127.0.0.1:{port}");
        let host = dir.join("host").display().to_string();
        let words = ["serve", "sftp", "--addr", &address, "--user", "me", "--pass", "s3cret", "--key", &host];
        let mut words: Vec<String> = words.map(str::to_owned).to_vec();
        words.extend(
            ["-vv", "--vfs-cache-mode", "off", "--dir-cache-time", "0s", "--config", "/dev/null"].map(str::to_owned),
        );
        words.extend(["--cache-dir".to_owned(), dir.join("cache").display().to_string()]);
        words.push(dir.join("root").display().to_string());
        words
    });
    let printed = Command::new("ssh-keygen").arg("-lf").arg(server.dir.path().join("host")).output().unwrap().stdout;
    (server, String::from_utf8(printed).unwrap().trim().to_owned())
}

fn with_password(port: u16, host_key: &str, password: &str) -> String {
    format!(
        "kind = \"sftp\"\nhost = \"127.0.0.1\"\nport = {port}\nuser = \"me\"\nhost_key = \"{host_key}\"\n\
         password = \"{password}\""
    )
}

#[tokio::test]
async fn a_folder_of_openssh_keeps_the_contract() {
    if !are_wanted() {
        return;
    }
    let server = openssh("");
    server.lay(&files());
    let storage = opened(&lines(&server, server.port, ""), LIMITS);
    contract("sftp", &storage).await;
    contract_of_writes("sftp", &storage).await;
    assert_eq!(storage.weakness(), None);
    // A folder from the root on, and one below where the account begins.
    for folder in [server.root().join("2026-10").display().to_string(), "2026-10".to_owned()] {
        let storage = opened(&lines(&server, server.port, &format!("folder = \"{folder}/\"")), LIMITS);
        assert!(matches!(storage.get("KPI 9.xlsx", None).await.unwrap(), Got::Found(_)), "{folder}");
        assert!(storage.list("").await.unwrap().unwrap().iter().any(|entry| entry.name == "KPI 9.xlsx"));
    }
    // What is put there leaves nothing beside it.
    let left: Vec<_> = std::fs::read_dir(server.root()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains(".part")), "{left:?}");
    // A storage whose folder is not there is no missing file.
    let storage = opened(&lines(&server, server.port, "folder = \"none\""), LIMITS);
    assert!(matches!(storage.get("*.xlsx", None).await, Err(StorageError::Absent { .. })));
    let text = words(&storage.put("a", b"a", PutMode::Create).await.unwrap_err());
    assert!(text.contains("No such file") && text.contains("`folder`"), "{text}");
}

#[tokio::test]
async fn a_folder_of_rclone_keeps_the_contract_and_tells_what_it_lacks() {
    if !are_wanted() {
        return;
    }
    let (server, host_key) = rclone();
    server.lay(&files());
    let storage = opened(&with_password(server.port, &host_key, "s3cret"), LIMITS);
    contract("sftp", &storage).await;
    contract_of_writes("sftp", &storage).await;
    assert!(storage.weakness().unwrap().contains("renames over"));
    // The server gives no second try a chance.
    let storage = opened(&with_password(server.port, &host_key, "s3crets"), LIMITS);
    let error = storage.get("a.xlsx", None).await.unwrap_err();
    let text = words(&error);
    assert!(matches!(error, StorageError::Denied { .. }) && text.contains("no to the password of me"), "{text}");
}

#[tokio::test]
async fn a_server_must_be_who_it_was_said_to_be() {
    if !are_wanted() {
        return;
    }
    let server = openssh("");
    server.lay(&files());
    let keys = std::fs::read_to_string(server.dir.path().join("host_keys")).unwrap();
    let (ed25519, rsa) = keys.split_once('\n').unwrap();
    let print = |file: &str| {
        let printed = Command::new("ssh-keygen").arg("-lf").arg(server.dir.path().join(file)).output().unwrap();
        String::from_utf8(printed.stdout).unwrap().split(' ').nth(1).unwrap().to_owned()
    };
    let line = lines(&server, server.port, "");
    for known in [
        format!("\"{}\"", print("ed25519")),
        // Of a server with several keys the one that is known is asked for.
        format!("\"{rsa}\""),
        format!("[\"{}\", \"{}\"]", print("stranger"), print("ed25519")),
    ] {
        let storage = opened(&line.replace(&format!("\"{ed25519}\""), &known), LIMITS);
        assert!(matches!(storage.get("a.xlsx", None).await.unwrap(), Got::Found(_)), "{known}");
    }
    let (port, made) = way(server.port, Fault::Cut(0), 0);
    let other = std::fs::read_to_string(server.dir.path().join("stranger.pub")).unwrap();
    for (known, expected) in [(print("stranger"), print("stranger")), (other.trim().to_owned(), print("stranger"))] {
        let line = lines(&server, port, "retries = 2").replace(ed25519, &known);
        let text = words(&opened(&line, LIMITS).get("a.xlsx", None).await.unwrap_err());
        assert!(text.starts_with(&format!("failed to sign in to sftp://127.0.0.1:{port}/")), "{text}");
        assert!(text.contains(&expected) && text.contains(&print("ed25519")), "{text}");
        assert!(text.contains("somebody else may be answering"), "{text}");
    }
    assert_eq!(made.load(Ordering::SeqCst), 2, "another key is no fault that passes");
    let text = faults(&line.replace(&format!("host_key = \"{ed25519}\"\n"), ""));
    let command = format!("ssh-keyscan -p {} 127.0.0.1 | ssh-keygen -lf -", server.port);
    assert!(text.contains("host_key: is missing") && text.contains(&command), "{text}");
}

#[tokio::test]
async fn who_may_not_sign_in_or_write_is_told_so() {
    if !are_wanted() {
        return;
    }
    let server = openssh("-R");
    server.lay(&files());
    let line = lines(&server, server.port, "");
    let storage = opened(&line, LIMITS);
    for error in [
        storage.put("b/c.pdf", b"b", PutMode::Create).await.unwrap_err(),
        storage.put("c.pdf", b"b", PutMode::Replace).await.unwrap_err(),
        storage.remove("a.xlsx").await.unwrap_err(),
    ] {
        let text = words(&error);
        assert!(matches!(error, StorageError::Denied { .. }), "{text}");
        assert!(text.contains("Permission denied") && text.contains("write in that folder"), "{text}");
    }
    let passphrase = "key_passphrase = \"s3cret\"";
    let locked = line.replace("/mine\"", "/locked\"");
    let storage = opened(&format!("{locked}{passphrase}"), LIMITS);
    assert!(matches!(storage.get("a.xlsx", None).await.unwrap(), Got::Found(_)), "an RSA key with a passphrase");
    for (line, expected) in [
        (line.replace("/mine\"", "/stranger\""), "authorized_keys"),
        (line.replace("user = \"", "user = \"not-"), "no to the key of not-"),
        (locked.clone(), "give what opens it as `key_passphrase`"),
        (format!("{locked}{}", passphrase.replace("s3cret", "s3crets")), "is `key_passphrase` the one"),
        (line.replace("/mine\"", "/mine.pub\""), "`key` cannot be read"),
        (line.replace("/mine\"", "/none\""), "failed to read the secret"),
    ] {
        let text = words(&opened(&line, LIMITS).get("a.xlsx", None).await.unwrap_err());
        assert!(text.contains(expected), "{expected}: {text}");
    }
    for (from, to, expected) in [
        ("host = \"127.0.0.1\"", "host = \"sftp://me@127.0.0.1\"", "host: is no name"),
        ("key = {", "password = \"s3cret\"\nkey = {", "password: stands beside"),
        ("retries = 1", "folder = \"../a\"", "folder: a path may not"),
        ("ssh-ed25519 AAAA", "ssh-ed25519 BAAA", "host_key: holds what is neither"),
    ] {
        let text = faults(&lines(&server, 22, "retries = 1").replace(from, to));
        assert!(text.contains(expected) && !text.contains("s3cret"), "{to}: {text}");
    }
}

#[tokio::test]
async fn a_connection_that_breaks_is_made_again_at_whatever_stage() {
    if !are_wanted() {
        return;
    }
    let server = openssh("");
    let bytes: Vec<u8> = (0..1_000_000_u32).map(|at| u8::try_from(at % 251).unwrap()).collect();
    server.lay(&[("large.xlsx", bytes.clone())]);
    // Before the server says who it is, while keys are exchanged, at signing in, in the middle of the file.
    for after in [0, 10, 500, 1_600, 2_200, 3_000, 500_000] {
        for fault in [Fault::Cut(after), Fault::Silent(after)] {
            let (port, made) = way(server.port, fault, 1);
            let storage = opened(&lines(&server, port, "timeout_seconds = 2\nretries = 1"), LARGE);
            let got = storage.get("large.xlsx", None).await.unwrap();
            assert!(matches!(&got, Got::Found(file) if file.bytes().unwrap() == bytes), "{fault:?}");
            assert_eq!(made.load(Ordering::SeqCst), 2, "{fault:?}");
        }
        let (port, _) = way(server.port, Fault::Cut(after), usize::MAX);
        let storage = opened(&lines(&server, port, "timeout_seconds = 2\nretries = 1"), LARGE);
        let text = words(&storage.get("large.xlsx", None).await.unwrap_err());
        assert!(text.contains(&format!("sftp://127.0.0.1:{port}/")) && text.contains("hint"), "{after}: {text}");
        // Of what is put, the server says little: it has all of it before that is cut off.
        let put = if after > 3_000 { continue } else { storage.put("new.pdf", &bytes, PutMode::Create).await };
        assert!(put.is_err() && !server.root().join("new.pdf").exists(), "{after}: {put:?}");
    }
    let begun = Instant::now();
    let (port, _) = way(server.port, Fault::Silent(3_000), usize::MAX);
    let storage = opened(&lines(&server, port, "timeout_seconds = 1\nretries = 1"), LARGE);
    let text = words(&storage.get("large.xlsx", None).await.unwrap_err());
    assert!(text.contains("`timeout_seconds`") && begun.elapsed() < Duration::from_secs(6), "{text}");
    let text = words(&opened(&lines(&server, 1, "retries = 0"), LARGE).get("a.xlsx", None).await.unwrap_err());
    assert!(text.contains("is the server up, and is `port` right?"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_far_away_is_not_waited_for_at_each_piece_and_one_connection_serves_all() {
    if !are_wanted() {
        return;
    }
    let server = openssh("");
    let bytes: Vec<u8> = (0..8_000_000_u32).map(|at| u8::try_from(at % 251).unwrap()).collect();
    server.lay(&[("large.xlsx", bytes.clone())]);
    // 250 pieces, at 100 ms there and back each, are 25 seconds one after the other.
    let (port, made) = way(server.port, Fault::Late(Duration::from_millis(50)), usize::MAX);
    let storage = opened(&lines(&server, port, ""), LARGE);
    let begun = Instant::now();
    let got = storage.get("large.xlsx", None).await.unwrap();
    assert!(matches!(&got, Got::Found(file) if file.bytes().unwrap() == bytes));
    assert!(begun.elapsed() < Duration::from_secs(12), "{:?}", begun.elapsed());
    // Nobody sees a file under its name that is not whole.
    let (is_over, path) = (AtomicBool::new(false), server.root().join("put.xlsx"));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            while !is_over.load(Ordering::SeqCst) {
                if let Ok(found) = std::fs::metadata(&path) {
                    assert_eq!(found.len(), 8_000_000);
                }
            }
        });
        let storage = &storage;
        let put = async { storage.put("put.xlsx", &bytes, PutMode::Create).await };
        let answer = tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(put));
        is_over.store(true, Ordering::SeqCst);
        assert!(matches!(answer, Ok(PutAnswer::Stored { .. })), "{answer:?}");
    });
    assert_eq!(std::fs::read(&path).unwrap(), bytes);
    let all = (0..8).map(|_| storage.get("put.xlsx", None));
    for got in futures_util::future::join_all(all).await {
        assert!(matches!(got, Ok(Got::Found(_))), "{got:?}");
    }
    assert_eq!(made.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn ten_thousand_names_are_listed_and_links_are_what_they_lead_to() {
    if !are_wanted() {
        return;
    }
    let server = openssh("");
    server.lay(&[("folder/a.xlsx", b"a".to_vec())]);
    for number in 0..10_000 {
        std::fs::write(server.root().join(format!("file {number:05}.xlsx")), "x").unwrap();
    }
    for (to, link) in [("folder", "to folder"), ("file 00000.xlsx", "to file"), ("nothing", "to nothing")] {
        std::os::unix::fs::symlink(to, server.root().join(link)).unwrap();
    }
    let storage = opened(&lines(&server, server.port, ""), LIMITS);
    let mut entries = storage.list("").await.unwrap().unwrap();
    entries.sort_by(|a, b| a.name.cmp(&b.name));
    assert_eq!(entries.len(), 10_003);
    let of = |name: &str| entries.iter().find(|entry| entry.name == name).map(|entry| (entry.is_folder, entry.size));
    assert_eq!(of("file 09999.xlsx"), Some((false, Some(1))));
    assert_eq!((of("to file"), of("to nothing")), (Some((false, Some(1))), None));
    assert!(of("to folder").unwrap().0 && of("folder").unwrap().0);
    assert!(entries.iter().all(|entry| entry.modified.is_some()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_written_while_it_is_read_is_not_taken() {
    if !are_wanted() {
        return;
    }
    let server = openssh("");
    server.lay(&[("large.xlsx", vec![7; 4_000_000])]);
    let path = server.root().join("large.xlsx");
    let (port, _) = way(server.port, Fault::Late(Duration::from_millis(30)), usize::MAX);
    let storage = opened(&lines(&server, port, ""), LARGE);
    let begun = std::fs::metadata(&path).unwrap().modified().unwrap();
    // It grows or shrinks within a second, as far as its time says; or it is written over.
    for (step, holds_time) in [(1_i64, true), (-1, true), (0, false)] {
        let is_over = AtomicBool::new(false);
        let got = std::thread::scope(|scope| {
            scope.spawn(|| {
                let file = std::fs::OpenOptions::new().write(true).open(&path).unwrap();
                for round in 1_u32.. {
                    if is_over.load(Ordering::SeqCst) {
                        break;
                    }
                    let size = i64::try_from(file.metadata().unwrap().len()).unwrap() + step;
                    file.set_len(u64::try_from(size).unwrap()).unwrap();
                    let later = begun + Duration::from_secs(2) * if holds_time { 0 } else { round };
                    file.set_modified(later).unwrap();
                    std::thread::sleep(Duration::from_millis(10));
                }
            });
            let get = storage.get("large.xlsx", None);
            let got = tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(get));
            is_over.store(true, Ordering::SeqCst);
            got
        });
        assert_eq!(got.unwrap(), Got::Changing { name: "large.xlsx".to_owned() }, "{step}");
    }
    // It has come to rest.
    assert!(matches!(storage.get("large.xlsx", None).await.unwrap(), Got::Found(_)));
}

#[tokio::test]
async fn a_place_without_room_is_said_to_be_full() {
    if !are_wanted() {
        return;
    }
    let server = openssh("");
    let small = server.root().join("small");
    std::fs::create_dir(&small).unwrap();
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "tmpfs"]).arg(&small).output();
    if !mounted.is_ok_and(|mounted| mounted.status.success()) {
        eprintln!("left to a machine that may mount: a full file system");
        return;
    }
    let storage = opened(&lines(&server, server.port, "folder = \"small\""), LARGE);
    let full = storage.put("a.pdf", &vec![7; 1_000_000], PutMode::Create).await;
    let left = std::fs::read_dir(&small).unwrap().count();
    assert!(Command::new("umount").arg(&small).status().unwrap().success());
    let text = words(&full.unwrap_err());
    assert!(text.contains("no room left") && text.contains("make room"), "{text}");
    assert_eq!(left, 0);
}
