//! What lies on shares and should not go further: secrets in addresses, files
//! that are half copied, links that lead out, names that are traps.

use std::fs;
use std::time::{Duration, SystemTime};

use boardpack::config::Loaded;
use boardpack::domain::{BoardId, PackKey};
use boardpack::reader::WorkbookReader;
use boardpack::run::{ActivationRequest, PackResult, Resources, Silent, activate};
use boardpack::typeset::Stationery;

use crate::support::Council;
use crate::trail::{run, share, small};

/// A word that stands for a password or a token.
const SECRET: &str = "s3cret";

/// Everything that a command says and every file that it leaves.
fn output(council: &Council, args: &[&str]) -> String {
    let output = council.boardpack(args).get_output().clone();
    format!("{args:?}\n{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn left(council: &Council) -> String {
    let mut all = String::new();
    for folder in ["held", "published", "report"] {
        for file in council.files(folder) {
            all += &String::from_utf8_lossy(&fs::read(council.path(folder).join(&file)).unwrap());
        }
    }
    all
}

/// Every subcommand, as somebody may call it on a council.
const COMMANDS: &[&[&str]] = &[
    &["config"],
    &["run", "--period", "2026-09"],
    &["run", "--period", "2026-09", "--dry-run"],
    &["check", "--period", "2026-09"],
    &["check", "--storage"],
    &["check", "--period", "2026-09", "--json", "--report", "report"],
    &["commentary", "--period", "2026-09"],
    &["commentary", "--period", "2026-09", "--xlsx"],
    &["sign", "--board", "panel", "--period", "2026-09", "--by", "Head of Service"],
    &["schedule"],
    &["preview", "--board", "panel", "--period", "2026-09"],
    &["explain", "PLA01", "--period", "2026-09"],
    &["verify", "share/plans.csv"],
    &["verify", "--all"],
    &["inspect", "share/plans.csv"],
    &["spc", "share/plans.csv"],
];

/// A place in the config where somebody put an address.
struct Planted {
    file: &'static str,
    from: &'static str,
    to: &'static str,
}

/// Storages with a secret in them, well declared or not.
const STORAGES: &[&str] = &[
    // One that is as it should be, and cannot be reached.
    "kind = \"https\"\nretries = 0\nurl = \"https://me:s3cret@127.0.0.1:1/kpi/?sig=s3cret\"",
    "kind = \"https\"\nretries = 0\nurl = \"https://s3cret@127.0.0.1:1/kpi/\"",
    "kind = \"https\"\nretries = 0\nurl = \"HTTPS://me:s3cret@127.0.0.1:1/kpi/#s3cret\"",
    "kind = \"https\"\nretries = 0\nurl = \" https://me:s3cret@127.0.0.1:1/kpi/\"",
    // Those that are refused.
    "kind = \"https\"\nurl = \"HTTPS://me:s3cret\"",
    "kind = \"https\"\nurl = \" https://me:s3cret@127.0.0.1:port/\"",
    "kind = \"https\"\nurl = \"htps://me:s3cret@127.0.0.1/\"",
    "kind = \"https\"\nurl = \"http://me:s3cret@files.example/\"",
    "kind = \"https\"\nurl = \"https//me:s3cret@files.example/\"",
    "kind = \"https\"\nurl = \"me:s3cret@files.example\"",
    "kind = \"https\"\nurl = [\"https://me:s3cret@files.example\"]",
    "kind = \"https\"\nurl = \"https://me:s3cret@127.0.0.1:1/\"\ntimeout_seconds = \"https://me:s3cret@a.example\"",
    "kind = \"https\"\nurl = \"https://me:s3cret@127.0.0.1:1/\"\ntoken = \"s3cret\"",
    "kind = \"https\"\nurl = \"https://me:s3cret@127.0.0.1:1/",
    "kind = \"https\"\nurl = https://me:s3cret@127.0.0.1:1/",
    "kind = \"https\"\ntoken = s3cret",
    "kind = \"https://me:s3cret@files.example\"",
    "kind = \"directory\"\npath = \"https://me:s3cret@files.example/kpi\"",
    "kind = \"directory\"\npath = \"smb://me:s3cret@files.example/kpi\"",
    "kind = \"https\"\nretries = 0\nurl = \"https://127.0.0.1:1/\"\nheader = { name = \"X-Key\", value = \"s3cret\" }",
    "kind = \"https\"\nretries = 0\nurl = \"https://127.0.0.1:1/\"\nproxy = \"http://me:s3cret@127.0.0.1:1/\"",
    "kind = \"https\"\nretries = 0\nurl = \"https://127.0.0.1:1/\"\nproxy = \"s3cret\"",
    "kind = \"webdav\"\nretries = 0\nurl = \"https://127.0.0.1:1/\"\nuser = \"me\"\npassword = \"s3cret\"",
    "kind = \"webdav\"\nretries = 0\nurl = \"https://127.0.0.1:1/\"\ntoken = \"s3cret\"",
    "kind = \"webdav\"\nretries = 0\nurl = \"https://127.0.0.1:1/\"\ntoken = [\"s3cret\"]",
    "kind = \"s3\"\nretries = 0\nbucket = \"kpi\"\nendpoint = \"http://127.0.0.1:1\"\naccess_key = \"AKIAs3cret\"\nsecret_key = \"s3cret\"",
    "kind = \"s3\"\nretries = 0\nbucket = \"kpi\"\nendpoint = \"http://me:s3cret@127.0.0.1:1\"\naccess_key = \"A\"\nsecret_key = \"s3cret\"\nsession_token = \"s3cret\"",
    "kind = \"azure\"\nretries = 0\naccount = \"council\"\ncontainer = \"kpi\"\nendpoint = \"http://127.0.0.1:1\"\nsas = \"sv=1&sig=s3cret\"",
    "kind = \"azure\"\nretries = 0\naccount = \"council\"\ncontainer = \"kpi\"\nendpoint = \"http://127.0.0.1:1\"\naccess_key = \"s3crets3crets3crets3crets3crets3\"",
    "kind = \"azure\"\nretries = 0\naccount = \"council\"\ncontainer = \"kpi\"\naccess_key = \"s3cret\"\nsas = \"s3cret\"\nunknown = \"s3cret\"",
    "kind = \"sftp\"\nretries = 0\nhost = \"127.0.0.1\"\nport = 1\nuser = \"me\"\nhost_key = \"SHA256:T7SvZ2cslqpPj6nKzitCBHHlpVF3r3MvLwmFL0fk0IE\"\npassword = \"s3cret\"",
    "kind = \"sftp\"\nretries = 0\nhost = \"me:s3cret@127.0.0.1\"\nuser = \"me\"\nhost_key = \"s3cret\"\nkey = \"-----BEGIN s3cret\"\nkey_passphrase = \"s3cret\"",
    "kind = \"sharepoint\"\nretries = 0\ntenant = \"a.example\"\nclient_id = \"app\"\nclient_secret = \"s3cret\"\nsite = \"c.sharepoint.com\"\ngraph_url = \"http://127.0.0.1:1\"\nlogin_url = \"http://127.0.0.1:1\"",
    "kind = \"sharepoint\"\nretries = 0\ntenant = \"a.example\"\nclient_id = \"app\"\ncertificate = \"-----BEGIN PRIVATE KEY-----\\ns3cret\"\nsite = \"c.sharepoint.com\"\ngraph_url = \"http://127.0.0.1:1\"\nlogin_url = \"http://127.0.0.1:1\"",
];

#[test]
fn no_command_says_what_signs_in_to_an_address() {
    let storage = "kind = \"directory\"\npath = \"../share\"";
    for planted in STORAGES {
        let council = small();
        council.replace("config/boardpack.toml", storage, planted);
        for args in COMMANDS {
            let said = output(&council, args);
            assert!(!said.contains(SECRET), "{planted}\n{said}");
        }
        assert!(!left(&council).contains(SECRET), "{planted}");
    }
    for Planted { file, from, to } in [
        Planted {
            file: "sources.toml",
            from: "\"plans.csv\"",
            to: "\"https://me:s3cret@files.example/plans.csv?s3cret\"",
        },
        Planted { file: "boardpack.toml", from: "\"../published\"", to: "\"https://me:s3cret@files.example/packs\"" },
        Planted { file: "boardpack.toml", from: "\"../held\"", to: "\"https://me:s3cret@files.example/held\"" },
        Planted {
            file: "boardpack.toml",
            from: "[publish]",
            to: "[commentary]\nworkbook = \"https://me:s3cret@files.example/{period}.xlsx\"\n[publish]",
        },
        Planted {
            file: "boards/panel.toml",
            from: "working_day = 1",
            to: "working_day = \"https://me:s3cret@a.example\"",
        },
    ] {
        let council = small();
        council.replace(&format!("config/{file}"), from, to);
        for args in COMMANDS {
            let said = output(&council, args);
            assert!(!said.contains(SECRET), "{to}\n{said}");
        }
        assert!(!left(&council).contains(SECRET), "{to}");
    }
}

#[test]
fn a_setting_of_the_environment_is_not_repeated_with_its_secret() {
    let council = small();
    for (name, value) in [
        ("BOARDPACK__STORAGE__SHARE__PATH", "https://me:s3cret@files.example/"),
        ("BOARDPACK__STORAGE__SHARE__URL", "https://me:s3cret@files.example/"),
        ("BOARDPACK_STORAGE__SHARE__PATH", "https://me:s3cret@files.example/"),
    ] {
        let output = council.command().env(name, value).args(["config"]).assert().code(2).get_output().clone();
        let said = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(!said.contains(SECRET), "{name}: {said}");
    }
    let output = council.command().env("BOARDPACK_PUBLISH__PATH", "/srv/packs").args(["config"]).assert().code(2);
    let said = String::from_utf8(output.get_output().stderr.clone()).unwrap();
    assert!(said.contains("BOARDPACK_PUBLISH__PATH: is not read") && said.contains("BOARDPACK__PUBLISH__"), "{said}");
}

/// What becomes of the small council's pack in a service that nobody watches, with
/// its file changed so long ago.
fn unattended(council: &Council, seconds: u64) -> PackResult {
    let modified = SystemTime::now() - Duration::from_secs(seconds);
    fs::File::options().write(true).open(council.path("share/plans.csv")).unwrap().set_modified(modified).unwrap();
    let Loaded { config, commentary, .. } =
        Loaded::load(&council.path("config"), &[], boardpack::storage::KINDS).unwrap();
    let key = PackKey { period: "2026-09".parse().unwrap(), board: BoardId::parse("panel").unwrap() };
    let request = ActivationRequest {
        keys: vec![key],
        mode: boardpack::run::RunMode::DryRun,
        new_look: false,
        stop: Default::default(),
        asker: Default::default(),
    };
    let stationery = Stationery::embedded().unwrap();
    let resources = Resources::unattended(WorkbookReader::in_process());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime
        .block_on(activate(&config, &commentary, &stationery, &resources, request, &Silent))
        .unwrap()
        .remove(0)
        .result
}

#[test]
fn a_file_that_was_changed_a_moment_ago_is_left_alone_by_a_service() {
    let council = small();
    for (settle, seconds, waits) in [
        (None, 5, true),
        (None, 50, true),
        (None, 70, false),
        (Some(600), 500, true),
        (Some(600), 700, false),
        (Some(0), 0, false),
    ] {
        let limits = settle.map(|settle| format!("[limits]\nsettle_seconds = {settle}\n")).unwrap_or_default();
        let service = small().read("config/boardpack.toml");
        council.write("config/boardpack.toml", service + &limits);
        match (unattended(&council, seconds), waits) {
            (PackResult::Held { findings, .. }, true) => {
                let told = findings[0].to_string();
                assert!(told.contains("F122") && told.contains("may still be written"), "{told}");
            }
            (PackResult::WouldPublish { .. }, false) => {}
            (other, _) => panic!("{settle:?} {seconds}: {other:?}"),
        }
    }
    // Whoever runs it has just saved the file, and is not kept waiting.
    share(&council, "84,100");
    run(&council, "2026-09").success();
}

#[test]
fn a_text_that_ends_in_the_middle_is_told_of() {
    let council = small();
    run(&council, "2026-09").success();
    assert!(!council.read("published/2026-09/panel/r1/findings.json").contains("F123"));
    for (ending, is_told) in [("\n", false), ("\r\n", false), ("\r", false), ("", true)] {
        let council = small();
        let whole = council.read("share/plans.csv");
        council.write("share/plans.csv", format!("{}{ending}", whole.trim_end()));
        let said = output(&council, &["check", "--period", "2026-09"]);
        assert_eq!(said.contains("F123"), is_told, "{ending:?}: {said}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_a_share_is_followed_only_where_the_storage_says_so() {
    use std::os::unix::fs::symlink;
    for is_folder in [false, true] {
        let council = small();
        let name = if is_folder { "month/plans.csv" } else { "plans.csv" };
        council.replace("config/sources.toml", "\"plans.csv\"", &format!("\"{name}\""));
        fs::rename(council.path("share"), council.path("elsewhere")).unwrap();
        fs::create_dir(council.path("share")).unwrap();
        if is_folder {
            symlink(council.path("elsewhere"), council.path("share/month")).unwrap();
        } else {
            symlink(council.path("elsewhere/plans.csv"), council.path("share/plans.csv")).unwrap();
        }
        let said = output(&council, &["run", "--period", "2026-09"]);
        assert!(said.contains("F124") && said.contains("follow_links = true") && said.contains(name), "{said}");
        council.replace("config/boardpack.toml", "path = \"../share\"", "path = \"../share\"\nfollow_links = true");
        run(&council, "2026-09").success();
    }
    // A link within the share, and a share that is itself one, are as good as files.
    let council = small();
    fs::rename(council.path("share/plans.csv"), council.path("share/real.csv")).unwrap();
    symlink("real.csv", council.path("share/plans.csv")).unwrap();
    fs::rename(council.path("share"), council.path("mounted")).unwrap();
    symlink(council.path("mounted"), council.path("share")).unwrap();
    run(&council, "2026-09").success();
}

#[cfg(unix)]
#[test]
fn a_file_name_with_a_line_end_is_told_on_one_line() {
    for odd in ["plans\n2026.csv", "plans\u{202e}vsc.csv", "plans\u{7}.csv"] {
        let council = small();
        council.replace("config/sources.toml", "\"plans.csv\"", "\"plans*.csv\"");
        fs::rename(council.path("share/plans.csv"), council.path("share").join(odd)).unwrap();
        let said = output(&council, &["run", "--period", "2026-09"]);
        assert!(said.contains("F125") && !said.contains(odd), "{said}");
        // Where another file is looked for, it is offered on one line too.
        council.replace("config/sources.toml", "\"plans*.csv\"", "\"plans2026.csv\"");
        assert!(!output(&council, &["run", "--period", "2026-09"]).contains(odd));
    }
}

#[test]
fn a_board_that_windows_cannot_hold_and_a_text_that_turns_round_are_told() {
    for name in ["con", "aux", "lpt1"] {
        let council = small();
        fs::rename(
            council.path("config/boards/panel.toml"),
            council.path(format!("config/boards/{name}.toml").as_str()),
        )
        .unwrap();
        let said = output(&council, &["config"]);
        assert!(said.contains(&format!("boards/{name}.toml: its file name")) && said.contains("device"), "{said}");
    }
    for (file, from, to, at) in [
        ("boards/panel.toml", "\"Panel\"", "\"Pa\u{202e}nel\"", "title: holds U+202E"),
        ("indicators.toml", "\"Plans on time\"", "\"Plans \\u2066on time\"", "indicators.PLA01.title: holds U+2066"),
        ("boardpack.toml", "\"Smallshire\"", "\"Small\u{200f}shire\"", "council.name: holds U+200F"),
        ("sources.toml", "files = ", "note = [\"a\", \"b\u{202a}\"]\nfiles = ", "note[1]: holds U+202A"),
    ] {
        let council = small();
        council.replace(&format!("config/{file}"), from, to);
        let said = output(&council, &["config"]);
        assert!(said.contains(at), "{said}");
    }
    // What an officer writes holds that board's pack alone.
    let council = small();
    council.write("config/commentary/2026-09/panel.toml", "[PLA01]\ntext = \"Fine\u{202e}.\"\n");
    let said = output(&council, &["run", "--period", "2026-09"]);
    assert!(said.contains("F714") && said.contains("U+202E"), "{said}");
    // And of a workbook it is told.
    let council = small();
    council.replace("share/plans.csv", "PLA02,2026-08", "PLA0\u{202e}3,2026-08,1,,\nPLA02,2026-08");
    let said = output(&council, &["check", "--period", "2026-09"]);
    assert!(said.contains("F127") && said.contains("U+202E"), "{said}");
}

#[cfg(unix)]
#[test]
fn a_config_that_cannot_be_written_says_what_to_do() {
    use std::os::unix::fs::PermissionsExt as _;
    let council = small();
    share(&council, "50,100");
    let config = council.path("config");
    fs::set_permissions(&config, fs::Permissions::from_mode(0o555)).unwrap();
    // To an account that may do anything, nothing is read-only.
    if fs::write(config.join("probe"), "").is_ok() {
        fs::remove_file(config.join("probe")).unwrap();
        return;
    }
    let said = output(&council, &["commentary", "--period", "2026-09"]);
    assert!(said.contains("this account may not write there") && said.contains("`commentary`"), "{said}");
    fs::set_permissions(&config, fs::Permissions::from_mode(0o755)).unwrap();
}
