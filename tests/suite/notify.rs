//! People are told: a real mail server on loopback, and what it was given.

use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use base64::Engine as _;
use hmac::{Hmac, KeyInit as _, Mac as _};
use wiremock::matchers::{body_string_contains, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

#[cfg(target_os = "linux")]
use crate::crashes::killed_at;
use crate::issued::output_of;
use crate::support::{Council, LocalCertificate, root};
use crate::trail::{run, share, small};

/// How a test's mail server is set up.
#[derive(Clone, Copy)]
struct Setup<'s> {
    tls: &'s str,
    arguments: &'s [&'s str],
}

const STARTTLS: Setup<'_> = Setup { tls: "starttls", arguments: &["--password", "hunter2"] };

/// A mail server that ends with its test.
struct MailServer {
    process: Child,
    port: u16,
    dir: tempfile::TempDir,
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The Python that has aiosmtpd; none where the tests' tools are not installed.
fn python() -> Option<String> {
    let python = std::env::var("BOARDPACK_VALIDATOR").ok();
    if python.is_none() {
        eprintln!("skipped: run tests/run, which installs a mail server");
    }
    python
}

impl MailServer {
    fn start(python: &str, setup: Setup<'_>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let file = |name: &str| dir.path().join(name);
        let LocalCertificate { ca, leaf, key } = LocalCertificate::new();
        std::fs::write(file("ca.pem"), ca.pem()).unwrap();
        std::fs::write(file("leaf.pem"), leaf.pem()).unwrap();
        std::fs::write(file("key.pem"), key.serialize_pem()).unwrap();
        std::fs::create_dir(file("mails")).unwrap();
        let mut command = Command::new(python);
        command.arg(root().join("tests/smtp_server.py")).arg(file("mails")).args(setup.arguments);
        if setup.tls != "none" {
            command.arg(format!("--{}", setup.tls)).arg(file("leaf.pem")).arg(file("key.pem"));
        }
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self { process, port: line.trim().parse().unwrap(), dir }
    }

    /// Stops it, and starts another that keeps the same mails and certificate.
    fn restart(&mut self, python: &str, setup: Setup<'_>) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let fresh = Self::start(python, setup);
        for mail in self.mails() {
            std::fs::write(fresh.dir.path().join("mails").join(mail.0), mail.1).unwrap();
        }
        *self = fresh;
    }

    /// Every mail by its file's name, in the order of coming, as readable text.
    fn mails(&self) -> Vec<(String, String)> {
        let mut files: Vec<PathBuf> =
            std::fs::read_dir(self.dir.path().join("mails")).unwrap().map(|entry| entry.unwrap().path()).collect();
        files.retain(|path| path.extension().is_some_and(|end| end == "eml"));
        files.sort();
        let name = |path: &PathBuf| path.file_name().unwrap().to_str().unwrap().to_owned();
        files.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect()
    }

    /// "clerk@x.uk: Final scorecard: …", in the order of the alphabet.
    fn subjects(&self) -> Vec<String> {
        let line = |mail: &str, name: &str| {
            let head = mail.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
            let found = head.lines().find_map(|line| line.strip_prefix(name).map(str::to_owned));
            found.unwrap_or_default()
        };
        let mut subjects: Vec<String> = self
            .mails()
            .iter()
            .map(|(_, mail)| format!("{}: {}", line(mail, "X-Envelope: "), line(mail, "Subject: ")))
            .collect();
        subjects.sort();
        subjects
    }

    /// The settings of a council that sends through it.
    fn settings(&self, security: &str, sign_in: &str) -> String {
        format!(
            "\n[mail]\nhost = \"localhost\"\nport = {}\nsecurity = \"{security}\"\nfrom = \"scorecards@smallshire.example.org\"\n{sign_in}\n",
            self.port
        )
    }
}

const PASSWORD: &str = "user = \"scorecards\"\npassword = \"hunter2\"";

/// A small council with mailboxes, whose October pack waits for commentary.
pub(crate) fn council() -> Council {
    let council = small();
    council.write(
        "config/contacts.toml",
        "officers = \"performance@smallshire.example.org\"\nit = \"it@smallshire.example.org\"\n\
         [clerks]\npanel = \"clerk@smallshire.example.org\"\n\
         [owners]\n\"Head of Service\" = [\"head@smallshire.example.org\"]\n\
         [sources]\nplans = \"data@smallshire.example.org\"\n",
    );
    council
}

/// Adds settings to a council's own.
pub(crate) fn with(council: &Council, settings: &str) {
    let own = council.read("config/boardpack.toml");
    let own = own.split("\n[mail]").next().unwrap();
    council.write("config/boardpack.toml", format!("{}\n{settings}", own.trim_end()));
}

/// Tells, trusting the server's authority.
fn notify(council: &Council, server: &MailServer, code: i32) -> String {
    let mut command = council.command().args(["notify"]);
    command = command.env("SSL_CERT_FILE", server.dir.path().join("ca.pem"));
    let output = command.assert().code(code).get_output().clone();
    String::from_utf8([output.stdout, output.stderr].concat()).unwrap()
}

#[test]
fn each_is_told_once_and_no_mail_has_a_figure() {
    let Some(python) = python() else { return };
    let server = MailServer::start(&python, STARTTLS);
    let council = council();
    with(&council, &server.settings("starttls", PASSWORD));
    // Before there is a ledger nobody is told of anything.
    assert!(notify(&council, &server, 0).starts_with("Nothing is sent"));
    share(&council, "70,100");
    run(&council, "2026-09").code(3);
    insta::assert_snapshot!("notify_dry_run", shown(&output_of(&council, &["notify", "--dry-run"], 0), &council));
    assert_eq!(notify(&council, &server, 0), "3 messages sent.\n");
    assert_eq!(notify(&council, &server, 0), "0 messages sent.\n");
    council.write(
        "config/commentary/2026-09/panel.toml",
        "[PLA01]\ntext = \"Reviews were late in one team, which is staffed again.\"\naction = \"Each late review is booked.\"\nowner = \"Head of Service\"\ndue = \"2026-12-01\"\n",
    );
    run(&council, "2026-09").success();
    assert_eq!(notify(&council, &server, 0), "3 messages sent.\n");
    share(&council, "oops,100");
    run(&council, "2026-09").code(3);
    assert_eq!(notify(&council, &server, 0), "2 messages sent.\n");
    // The same findings an hour later are no news.
    run(&council, "2026-09").code(3);
    assert_eq!(notify(&council, &server, 0), "0 messages sent.\n");
    insta::assert_snapshot!("notify_subjects", server.subjects().join("\n"));
    for (_, mail) in server.mails() {
        assert!(mail.contains("X-Signed-In: scorecards"), "{mail}");
        let is_attached = mail.contains("application/pdf");
        assert_eq!(is_attached, mail.contains("X-Envelope: clerk@"), "the clerk alone gets the file: {mail}");
        for figure in ["70.0", "86.0", " 91", " 70", "hunter2"] {
            assert!(!mail.split("application/pdf").next().unwrap().contains(figure), "{figure}: {mail}");
        }
    }
    // What was sent is what was published.
    let published = council.pdfs("published/2026-09/panel/r2").remove(0);
    let wanted = base64::engine::general_purpose::STANDARD.encode(std::fs::read(published).unwrap());
    let clerks = server.mails().into_iter().find(|(_, mail)| mail.contains("X-Envelope: clerk@")).unwrap().1;
    assert!(clerks.replace("\r\n", "").contains(&wanted));
}

#[test]
fn the_readme_shows_a_message_as_it_is() {
    let council = Council::sample();
    council.boardpack(&["run"]);
    let mail = [("BOARDPACK__MAIL__HOST", "mail"), ("BOARDPACK__MAIL__FROM", "scorecards@wrenshire.example.org")];
    let output = council.command().args(["notify", "--dry-run"]).envs(mail).assert().success().get_output().clone();
    let output = String::from_utf8(output.stdout).unwrap();
    let start = output.find("Would be sent to virtual.school@").unwrap();
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap().replace("\r\n", "\n");
    assert!(readme.contains(output[start..].trim_end()), "{output}");
}

/// An output in which the folder of a test is not its own.
fn shown(text: &str, council: &Council) -> String {
    text.replace(council.path("").to_str().unwrap(), "/srv/boardpack/")
}

#[test]
fn a_server_that_is_down_loses_nothing_and_one_that_refuses_one_takes_the_others() {
    let Some(python) = python() else { return };
    let mut server = MailServer::start(&python, STARTTLS);
    let council = council();
    with(
        &council,
        &server.settings("starttls", "user = \"scorecards\"\npassword = { command = [\"echo\", \"wrong\"] }"),
    );
    share(&council, "70,100");
    run(&council, "2026-09").code(3);
    let refused = notify(&council, &server, 4);
    assert!(
        refused.contains("Not sent to performance@smallshire.example.org: ") && !refused.contains("wrong"),
        "{refused}"
    );
    assert!(server.mails().is_empty());
    with(&council, &server.settings("starttls", PASSWORD));
    let port = server.port;
    let _ = server.process.kill();
    let down = notify(&council, &server, 4);
    assert!(down.contains("0 messages sent.") && down.matches("Not sent to").count() == 3, "{down}");
    assert!(output_of(&council, &["notify", "--dry-run"], 0).contains("Tried 2 times: "));
    let refusing =
        Setup { arguments: &["--password", "hunter2", "--refuse", "head@smallshire.example.org"], ..STARTTLS };
    server.restart(&python, refusing);
    assert_ne!(server.port, port);
    with(&council, &server.settings("starttls", PASSWORD));
    let told = notify(&council, &server, 4);
    assert!(
        told.starts_with("1 message sent.\nNot sent to head@smallshire.example.org: ") && told.contains("550"),
        "{told}"
    );
    server.restart(&python, STARTTLS);
    with(&council, &server.settings("starttls", PASSWORD));
    assert_eq!(notify(&council, &server, 0), "2 messages sent.\n");
    assert_eq!(server.subjects().len(), 3, "{:?}", server.subjects());
}

#[test]
fn what_is_so_no_more_is_not_sent_and_a_mended_mailbox_is_told() {
    let Some(python) = python() else { return };
    let server = MailServer::start(&python, Setup { tls: "none", arguments: &[] });
    let council = council();
    with(&council, &server.settings("none", "").replace(&format!("port = {}", server.port), "port = 1"));
    run(&council, "2026-09").success();
    assert_eq!(notify(&council, &server, 4).matches("Not sent to").count(), 3);
    share(&council, "85,100");
    run(&council, "2026-09").success();
    council.replace("config/contacts.toml", "officers = \"performance@", "officers = \"performance.team@");
    council.replace("config/contacts.toml", "panel = \"clerk@", "panel = \"clerks@");
    with(&council, &server.settings("none", ""));
    let told = notify(&council, &server, 0);
    assert!(told.starts_with("3 messages sent.\n") && told.contains("messages dropped: "), "{told}");
    let subjects = server.subjects();
    let to = |name: &str| subjects.iter().filter(|line| line.starts_with(&format!("{name}@"))).count();
    assert_eq!(["performance", "clerk", "performance.team", "clerks", "head"].map(to), [0, 0, 1, 1, 1], "{subjects:?}");
    for (_, mail) in server.mails() {
        assert!(mail.contains("Revision 2, in place of revision 1."), "the first revision is final no more: {mail}");
    }
}

#[test]
fn what_is_not_what_was_published_is_not_sent() {
    let Some(python) = python() else { return };
    let server = MailServer::start(&python, STARTTLS);
    let council = council();
    with(&council, &server.settings("starttls", PASSWORD));
    run(&council, "2026-09").success();
    let pdf = council.pdfs("published/2026-09/panel/r1").remove(0);
    let bytes = std::fs::read(&pdf).unwrap();
    std::fs::write(&pdf, [bytes.as_slice(), b"\n% edited"].concat()).unwrap();
    let told = notify(&council, &server, 4);
    assert!(
        told.contains("Not sent to clerk@smallshire.example.org: ") && told.contains("is not what was published"),
        "{told}"
    );
    std::fs::write(&pdf, bytes).unwrap();
    assert_eq!(notify(&council, &server, 0), "1 message sent.\n");
}

#[test]
fn a_connection_is_as_safe_as_the_settings_say() {
    let Some(python) = python() else { return };
    for (tls, security, sign_in, arguments, is_sent) in [
        ("tls", "tls", PASSWORD, &["--password", "hunter2"][..], true),
        ("none", "none", "", &[][..], true),
        // A server without STARTTLS is told no password.
        ("none", "starttls", PASSWORD, &["--password", "hunter2"][..], false),
        ("tls", "starttls", PASSWORD, &["--password", "hunter2"][..], false),
    ] {
        let server = MailServer::start(&python, Setup { tls, arguments });
        let council = council();
        with(&council, &server.settings(security, sign_in));
        run(&council, "2026-09").success();
        let told = notify(&council, &server, if is_sent { 0 } else { 4 });
        assert_eq!(told.starts_with("3 messages sent."), is_sent, "{tls} {security}: {told}");
        assert_eq!(server.mails().len(), if is_sent { 3 } else { 0 }, "{tls} {security}");
        if is_sent && tls != "none" {
            // A certificate of nobody's is refused.
            share(&council, "70,100");
            run(&council, "2026-09").code(3);
            council.command().args(["notify"]).assert().code(4);
        }
    }
}

#[tokio::test]
async fn a_token_by_client_credentials_signs_in() {
    let Some(python) = python() else { return };
    let tokens = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path("/tenant/token"))
        .and(body_string_contains("grant_type=client_credentials&client_id=app&client_secret=s%20cret&scope=https%3A%2F%2Fmail.example.org%2F.default"))
        .respond_with(ResponseTemplate::new(200).set_body_string("{\"access_token\": \"t0ken\", \"expires_in\": 3599}"))
        .mount(&tokens)
        .await;
    let server = MailServer::start(&python, Setup { arguments: &["--token", "t0ken"], ..STARTTLS });
    let council = council();
    council.write("secrets/app", "s cret\n");
    let oauth = |tenant: &str| {
        format!(
            "user = \"scorecards@smallshire.example.org\"\n[mail.oauth]\ntoken_url = \"{}/{tenant}/token\"\nclient_id = \"app\"\n\
             client_secret = {{ file = \"../secrets/app\" }}\nscope = \"https://mail.example.org/.default\"",
            tokens.uri()
        )
    };
    with(&council, &server.settings("starttls", &oauth("other")));
    run(&council, "2026-09").success();
    let told = notify(&council, &server, 4);
    assert!(told.contains("no token to sign in with: the answer was 404") && !told.contains("cret"), "{told}");
    with(&council, &server.settings("starttls", &oauth("tenant")));
    assert_eq!(notify(&council, &server, 0), "3 messages sent.\n");
    assert!(server.mails()[0].1.contains("X-Signed-In: scorecards@smallshire.example.org"));
}

#[tokio::test]
async fn a_webhook_is_told_what_it_asked_for_and_can_prove_who_tells_it() {
    let hooks = MockServer::start().await;
    Mock::given(method("POST")).and(path("/json")).respond_with(ResponseTemplate::new(204)).mount(&hooks).await;
    Mock::given(method("POST")).and(path("/teams")).respond_with(ResponseTemplate::new(202)).mount(&hooks).await;
    let council = small();
    let key = base64::engine::general_purpose::STANDARD.encode([7; 24]);
    let own = council.read("config/boardpack.toml");
    council.write(
        "config/boardpack.toml",
        format!(
            "{own}\n[webhook.json]\nurl = \"{0}/json\"\nshape = \"json\"\nsecret = \"whsec_{key}\"\nevents = [\"final\"]\n\
             [webhook.teams]\nurl = \"{0}/teams\"\n",
            hooks.uri()
        ),
    );
    share(&council, "70,100");
    run(&council, "2026-09").code(3);
    assert_eq!(output_of(&council, &["notify"], 0), "2 messages sent.\n");
    share(&council, "86,100");
    run(&council, "2026-09").success();
    assert_eq!(output_of(&council, &["notify"], 0), "2 messages sent.\n");
    let asked = hooks.received_requests().await.unwrap();
    assert_eq!(asked.iter().filter(|request| request.url.path() == "/teams").count(), 3);
    let json: Vec<_> = asked.iter().filter(|request| request.url.path() == "/json").collect();
    assert_eq!(json.len(), 1);
    let header = |name: &str| json[0].headers.get(name).unwrap().to_str().unwrap().to_owned();
    let signed =
        format!("{}.{}.{}", header("webhook-id"), header("webhook-timestamp"), String::from_utf8_lossy(&json[0].body));
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(&[7; 24]).unwrap();
    mac.update(signed.as_bytes());
    let signature = base64::engine::general_purpose::STANDARD.encode(mac.finalize().into_bytes());
    assert_eq!(header("webhook-signature"), format!("v1,{signature}"));
    let body: serde_json::Value = serde_json::from_slice(&json[0].body).unwrap();
    assert_eq!((&body["type"], &body["items"][0]["board"]), (&"final".into(), &"panel".into()));
}

#[test]
fn a_daemon_that_is_killed_while_it_sends_tells_each_once() {
    let Some(python) = python() else { return };
    // It listens and never says a word: the daemon waits for it when it is killed.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let server = MailServer::start(&python, Setup { tls: "none", arguments: &[] });
    let council = council();
    council.replace("config/boardpack.toml", "[storage.share]", "[limits]\nsettle_seconds = 0\n[storage.share]");
    let settings = server.settings("none", "");
    with(&council, &settings.replace(&server.port.to_string(), &silent.local_addr().unwrap().port().to_string()));
    run(&council, "2026-09").success();
    let daemon = |council: &Council| {
        let mut command = Command::new(snapbox::cmd::cargo_bin!("boardpack"));
        command.current_dir(council.path("")).arg("daemon").stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().unwrap()
    };
    let mut first = daemon(&council);
    let (_connection, _) = silent.accept().unwrap();
    first.kill().unwrap();
    first.wait().unwrap();
    with(&council, &settings);
    let mut second = daemon(&council);
    for _ in 0..600 {
        if server.mails().len() >= 3 {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    second.kill().unwrap();
    second.wait().unwrap();
    notify(&council, &server, 0);
    let subjects = server.subjects();
    assert!(subjects.iter().filter(|subject| subject.contains("September 2026")).count() == 3, "{subjects:?}");
}

/// What a program that tells people writes with: to a socket, and to the ledger's log.
#[cfg(target_os = "linux")]
const STEPS: [(&str, bool); 3] = [("sendto", false), ("pwrite64", true), ("fdatasync", true)];

#[cfg(target_os = "linux")]
#[test]
fn whoever_is_killed_at_any_step_of_telling_tells_nobody_anything_else() {
    let Some(python) = python() else { return };
    if !crate::support::can_trace() {
        return;
    }
    let server = MailServer::start(&python, Setup { tls: "none", arguments: &[] });
    let council = council();
    with(&council, &server.settings("none", ""));
    run(&council, "2026-09").success();
    notify(&council, &server, 0);
    let (mut rounds, mut kills) = (0, 0);
    for (call, is_ledger) in STEPS {
        for nth in (1..).step_by(if call == "sendto" { 3 } else { 1 }) {
            rounds += 1;
            share(&council, if rounds % 2 == 0 { "84,100" } else { "85,100" });
            council.boardpack(&["run", "--period", "2026-09"]);
            let was_killed = killed_at(&council, &["notify"], (call, is_ledger), nth);
            // One that was killed may take a moment to give its turn back.
            while notify(&council, &server, 0).starts_with("Nothing is sent") {
                std::thread::sleep(Duration::from_millis(20));
            }
            if !was_killed {
                break;
            }
            kills += 1;
        }
    }
    // A mail that came twice, because its sender was killed before it could note it, has one name.
    let id = |mail: &str| mail.lines().find(|line| line.starts_with("Message-ID: ")).unwrap().to_owned();
    let mut ids: Vec<String> = server.mails().iter().map(|(_, mail)| id(mail)).collect();
    ids.sort();
    ids.dedup();
    let revisions = council.pdfs("published/2026-09/panel").len();
    assert_eq!(ids.len(), 3 * revisions, "{} mails of {revisions} revisions", server.mails().len());
    assert!(kills > 8, "{kills}");
    assert!(output_of(&council, &["notify", "--dry-run"], 0).contains("There is nothing to tell."));
}
