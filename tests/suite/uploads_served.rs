//! Packs that are put on a real server, whatever happens to it, to the way there and to the
//! program meanwhile.

#![cfg(target_os = "linux")]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use crate::file_server::are_wanted;
use crate::issued::output_of;
use crate::main_job_on::council_on;
use crate::webdav::{apache, declared};

#[test]
fn a_pack_that_cannot_be_put_there_is_made_told_of_and_put_there_later() {
    if !are_wanted() {
        return;
    }
    let (sources, packs) = (apache(), apache());
    let port = packs.port;
    let council = council_on(&declared(&sources), &declared(&packs));
    council.write("config/boardpack.toml", council.read("config/boardpack.toml"));
    drop(packs);
    let told = output_of(&council, &["run", "--period", "2026-09"], 4);
    assert!(told.contains("panel for September 2026 r1 is made and not put where its readers have it"), "{told}");
    let address = format!("http://127.0.0.1:{port}/Packs/2026-09/panel/r1/manifest.json");
    assert!(told.contains(&address) && told.contains("is the server up") && !told.contains("s3cret"), "{told}");
    let status = output_of(&council, &["status"], 3);
    assert!(
        status.contains("panel for September 2026 r1 is not yet where its readers have it:\n  failed to"),
        "{status}"
    );
    assert!(council.files("published").iter().any(|file| file.ends_with("manifest.json")));
    // The server is back, at another port.
    let packs = apache();
    council.replace("config/boardpack.toml", &format!("127.0.0.1:{port}/"), &format!("127.0.0.1:{}/", packs.port));
    let made = output_of(&council, &["run", "--period", "2026-09"], 3);
    assert!(made.contains("unchanged") && made.contains("put on "), "{made}");
    assert!(!output_of(&council, &["status"], 3).contains("is not yet where"));
}

/// Passes bytes on to a server, and does something before the nth request to write, which
/// says whether the connection goes on.
fn proxy(to: u16, nth: usize, act: impl Fn() -> bool + Send + Sync + 'static) -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let seen = Arc::new((AtomicUsize::new(0), act));
    std::thread::spawn(move || {
        for client in listener.incoming() {
            let (mut client, seen) = (client.unwrap(), Arc::clone(&seen));
            let mut server = TcpStream::connect(("127.0.0.1", to)).unwrap();
            let (mut back, mut answer) = (server.try_clone().unwrap(), client.try_clone().unwrap());
            std::thread::spawn(move || std::io::copy(&mut back, &mut answer));
            std::thread::spawn(move || {
                let mut bytes = [0; 1 << 16];
                while let Ok(got @ 1..) = client.read(&mut bytes) {
                    let is_write = bytes.starts_with(b"PUT /Packs/2026-09/");
                    let is_nth = is_write && seen.0.fetch_add(1, Ordering::SeqCst) + 1 == nth;
                    if is_nth && !(seen.1)() {
                        let _ = client.shutdown(std::net::Shutdown::Both);
                        break;
                    }
                    if server.write_all(&bytes[..got]).is_err() {
                        break;
                    }
                }
                let _ = server.shutdown(std::net::Shutdown::Both);
            });
        }
    });
    port
}

#[test]
fn a_run_that_is_killed_at_any_write_leaves_no_half_pack_and_the_next_one_ends_it() {
    if !are_wanted() {
        return;
    }
    let (sources, packs) = (apache(), apache());
    // Two of the probe, the mark of the upload, four files and the manifest: and one more.
    for nth in 1..=9 {
        let council = council_on(&declared(&sources), &declared(&packs));
        let config = council.read("config/boardpack.toml");
        let child = Arc::new(AtomicU32::new(0));
        let victim = Arc::clone(&child);
        let port = proxy(packs.port, nth, move || {
            let id = victim.load(Ordering::SeqCst).to_string();
            Command::new("kill").args(["-9", &id]).status().unwrap().success()
        });
        council.replace("config/boardpack.toml", &format!("127.0.0.1:{}/", packs.port), &format!("127.0.0.1:{port}/"));
        let mut run = council.program();
        let mut run =
            run.args(["run", "--period", "2026-09"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        child.store(run.id(), Ordering::SeqCst);
        let status = run.wait().unwrap();
        let folder = packs.root().join("Packs/2026-09/panel/r1");
        let there = |name: &str| folder.join(name).is_file();
        assert!(status.code().is_none() || nth == 9, "{nth}: {status}");
        if there("manifest.json") {
            assert!(there("figures.csv") && there("findings.json"), "{nth}");
        }
        // By the way that leads to the server itself, which is another address: all is put anew.
        council.write("config/boardpack.toml", config);
        assert!(output_of(&council, &["run", "--period", "2026-09"], 3).contains("put on "), "{nth}");
        assert!(output_of(&council, &["verify", "--all"], 0).contains("1 revision where readers have them"), "{nth}");
        std::fs::remove_dir_all(packs.root().join("Packs")).unwrap();
    }
}

#[test]
fn the_reasons_for_held_packs_are_where_officers_have_them_until_the_pack_is_made() {
    if !are_wanted() {
        return;
    }
    let (sources, packs) = (apache(), apache());
    let council = council_on(&declared(&sources), &declared(&packs));
    council.replace(
        "config/boardpack.toml",
        "upload = {",
        "upload_held = { storage = \"packs\", folder = \"Held\" }\nupload = {",
    );
    let workbook = sources.root().join("plans.csv");
    let whole = std::fs::read_to_string(&workbook).unwrap();
    std::fs::write(&workbook, whole.replacen("79,100", "seventy-nine,100", 1)).unwrap();
    let held = packs.root().join("Held/2026-09/panel");
    let files = || -> Vec<String> {
        let found =
            std::fs::read_dir(&held).map(|found| found.map(|file| file.unwrap().file_name().into_string().unwrap()));
        let mut found: Vec<String> = found.map(Iterator::collect).unwrap_or_default();
        found.sort();
        found
    };
    let own = ["Held/notes.txt", "Held/2025-01/oldboard/findings.json", "Held/2026-09/panel/minutes.pdf"];
    own.iter().for_each(|name| packs.lay(&[(name, b"an officer's own".to_vec())]));
    for _ in 0..2 {
        output_of(&council, &["run", "--period", "2026-09"], 3);
        let found = files();
        assert!(found.len() == 3 && found.contains(&"findings.json".to_owned()), "{found:?}");
    }
    let published = std::fs::read(council.path("held/2026-09/panel/findings.json")).unwrap();
    assert_eq!(std::fs::read(held.join("findings.json")).unwrap(), published);
    std::fs::write(&workbook, whole).unwrap();
    output_of(&council, &["run", "--period", "2026-09"], 3);
    assert_eq!(files(), ["minutes.pdf"]);
    assert!(own.iter().all(|name| packs.root().join(name).exists()));
}

#[test]
fn a_connection_that_breaks_at_any_write_is_made_again_or_told() {
    if !are_wanted() {
        return;
    }
    let (sources, packs) = (apache(), apache());
    for (nth, retries) in [(1, 1), (3, 1), (7, 1), (1, 0), (4, 0), (7, 0)] {
        let council = council_on(&declared(&sources), &declared(&packs));
        let port = proxy(packs.port, nth, || false);
        let config = council.read("config/boardpack.toml");
        let (before, after) = config.split_once("[storage.packs]").unwrap();
        let after = after.replace("retries = 0", &format!("retries = {retries}"));
        let after = after.replace(&format!("127.0.0.1:{}/", packs.port), &format!("127.0.0.1:{port}/"));
        council.write("config/boardpack.toml", format!("{before}[storage.packs]{after}"));
        let code = if retries == 0 { 4 } else { 3 };
        let told = output_of(&council, &["run", "--period", "2026-09"], code);
        if retries == 0 {
            assert!(told.contains(&format!("failed to write http://127.0.0.1:{port}/Packs")), "{nth}: {told}");
            assert!(told.contains("put on ") || told.contains("is made and not put"), "{told}");
            assert!(output_of(&council, &["run", "--period", "2026-09"], 3).contains("put on "), "{nth}");
        }
        output_of(&council, &["verify", "--all"], 0);
        std::fs::remove_dir_all(packs.root().join("Packs")).unwrap();
    }
}

#[test]
fn places_that_are_one_folder_in_another_spelling_are_refused_before_anything_is_put_there() {
    if !are_wanted() {
        return;
    }
    let (sources, packs) = (apache(), apache());
    let council = council_on(&declared(&sources), &declared(&packs));
    let config = council.read("config/boardpack.toml");
    let again = declared(&packs).0.replace("127.0.0.1", "localhost");
    let more = format!(
        "[storage.again]\n{again}[publish]\nupload_held = {{ storage = \"again\", folder = \"packs/Held\" }}\n"
    );
    council.write("config/boardpack.toml", config.replacen("[publish]\n", &more, 1));
    let told = output_of(&council, &["run", "--period", "2026-09"], 4);
    assert!(told.contains("`upload_held` and `upload` under [publish] lie in one another"), "{told}");
    assert!(!packs.root().join("Packs").exists());
    // Where only the server knows: one folder is a link to the other.
    council.write("config/boardpack.toml", config.replacen("[publish]\n", &more.replace("packs/Held", "Held"), 1));
    packs.lay(&[("Packs/x", Vec::new())]);
    std::os::unix::fs::symlink(packs.root().join("Packs"), packs.root().join("Held")).unwrap();
    let told = output_of(&council, &["check", "--storage"], 4);
    assert!(told.contains("for `upload` is in the folder of `upload_held` too"), "{told}");
}
