//! WebDAV on real servers: Apache, nginx (which writes over what it is asked to keep) and rclone.

#![cfg(target_os = "linux")]

use std::path::Path;

use boardpack::domain::layout::Newest;
use boardpack::storage::{Got, HttpSettings, OpenStorage as _, PutMode, Storage, WebDavSettings};
use wiremock::matchers::{any, method};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::file_server::{FileServer, are_wanted};
use crate::issued::output_of;
use crate::main_job_on::{DeclaredLines, council_on, main_job};
use crate::storage::{LIMITS, contract, contract_of_writes, files};
use crate::trail::small;

/// Apache httpd with mod_dav over a folder, for "me" with "s3cret".
pub(crate) fn apache() -> FileServer {
    FileServer::start("apache2", |dir, port| {
        // "s3cret" by SHA-1, as htpasswd writes it.
        std::fs::write(dir.join("users"), "me:{SHA}/vNB+F2HQ559kaLUZbmHHvZrXpg=\n").unwrap();
        let modules: String = [
            "mpm_event",
            "authn_core",
            "authn_file",
            "authz_core",
            "authz_user",
            "auth_basic",
            "dir",
            "autoindex",
            "dav",
            "dav_fs",
        ]
        .iter()
        .map(|name| format!("LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n"))
        .collect();
        let at = dir.display();
        let config = format!(
            "ServerRoot {at}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {at}/pid\nErrorLog {at}/error\n\
             User www-data\nGroup www-data\n{modules}DavLockDB {at}/root.locks\nDocumentRoot {at}/root\n\
             <Directory {at}/root>\nDav On\nOptions Indexes FollowSymLinks\nAuthType Basic\nAuthName boardpack\n\
             AuthUserFile {at}/users\nRequire valid-user\n</Directory>\n"
        );
        std::fs::write(dir.join("conf"), config).unwrap();
        vec!["-f".into(), dir.join("conf").into_os_string(), "-DFOREGROUND".into()]
    })
}

/// nginx with dav-ext over a folder, for "me" with "s3cret".
pub(crate) fn nginx() -> FileServer {
    FileServer::start("nginx", |dir, port| {
        std::fs::write(dir.join("users"), "me:{PLAIN}s3cret\n").unwrap();
        let at = dir.display();
        let user = if rustix::process::getuid().is_root() { "user root;\n" } else { "" };
        let config = format!(
            "load_module /usr/lib/nginx/modules/ngx_http_dav_ext_module.so;\n{user}pid {at}/pid;\nerror_log {at}/error;\n\
             daemon off;\nevents {{}}\nhttp {{\naccess_log off;\nclient_body_temp_path {at}/bodies;\n\
             proxy_temp_path {at}/t1;\nfastcgi_temp_path {at}/t2;\nuwsgi_temp_path {at}/t3;\nscgi_temp_path {at}/t4;\n\
             server {{\nlisten 127.0.0.1:{port};\nroot {at}/root;\nautoindex on;\nclient_max_body_size 50m;\n\
             auth_basic boardpack;\nauth_basic_user_file {at}/users;\nlocation / {{\n\
             dav_methods PUT DELETE MKCOL COPY MOVE;\ndav_ext_methods PROPFIND OPTIONS;\n}}\n}}\n}}\n"
        );
        std::fs::write(dir.join("conf"), config).unwrap();
        vec!["-p".into(), dir.as_os_str().to_owned(), "-c".into(), dir.join("conf").into_os_string()]
    })
}

/// `rclone serve webdav` over a folder, for "me" with "s3cret".
pub(crate) fn rclone() -> FileServer {
    FileServer::start("rclone", |dir, port| {
        let address = format!("127.0.0.1:{port}");
        let arguments = ["serve", "webdav", "--addr", &address, "--user", "me", "--pass", "s3cret"];
        let mut arguments: Vec<_> =
            arguments.iter().map(|argument| (*argument).into()).collect::<Vec<std::ffi::OsString>>();
        // A folder is listed as it is now.
        arguments.extend(["--dir-cache-time", "0s", "--config", "/dev/null"].map(Into::into));
        arguments.push(dir.join("root").into_os_string());
        arguments
    })
}

/// The folder of a server, for whom it serves.
fn open(server: &FileServer) -> Storage {
    let url = format!("http://me:s3cret@127.0.0.1:{}/", server.port);
    WebDavSettings(HttpSettings::new(&url).unwrap()).open(Path::new(""), LIMITS).unwrap()
}

#[tokio::test]
async fn real_servers_of_webdav_keep_the_contract() {
    if !are_wanted() {
        return;
    }
    for (start, writes_over) in [(apache as fn() -> FileServer, false), (nginx, true), (rclone, true)] {
        let server = start();
        server.lay(&files());
        let storage = open(&server);
        contract("webdav", &storage).await;
        contract_of_writes("webdav", &storage).await;
        assert_eq!(storage.weakness().is_some(), writes_over, "{:?}", storage.weakness());
    }
}

/// How a config declares the folder of a server.
pub(crate) fn declared(server: &FileServer) -> DeclaredLines {
    let port = server.port;
    DeclaredLines(format!(
        "kind = \"webdav\"\nurl = \"http://127.0.0.1:{port}/\"\nuser = \"me\"\npassword = \"s3cret\"\nretries = 0\n"
    ))
}

#[test]
fn the_main_job_goes_over_webdav() {
    if !are_wanted() {
        return;
    }
    for (from, to) in [(apache as fn() -> FileServer, nginx as fn() -> FileServer), (rclone, apache), (nginx, rclone)] {
        let (from, to) = (from(), to());
        main_job(&council_on(&declared(&from), &declared(&to)), false);
    }
}

/// A server that answers every request with one status.
async fn answering(status: u16) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(any())
        .respond_with(ResponseTemplate::new(status).insert_header("Retry-After", "3600"))
        .mount(&server)
        .await;
    server
}

#[tokio::test]
async fn what_a_server_refuses_is_told_with_the_place_the_operation_and_what_to_do() {
    for (status, words, hint) in [
        (401, "401 Unauthorized", "may this account write there?"),
        (403, "403 Forbidden", "may this account write there?"),
        (404, "404 Not Found", "is `url` the address of the files themselves?"),
        (409, "409 Conflict", "something else stands on the way"),
        (413, "413 Payload Too Large", "have its limit raised"),
        (423, "423 Locked", "somebody has the file open"),
        (429, "429 Too Many Requests", "the server is busy"),
        (500, "500 Internal Server Error", "the fault is the server's own"),
        (503, "503 Service Unavailable", "the server is busy"),
        (507, "507 Insufficient Storage", "make room there"),
    ] {
        let server = answering(status).await;
        let url = server.uri().replace("http://", "http://me:s3cret@");
        let storage = WebDavSettings(HttpSettings::new(&url).unwrap()).open(Path::new(""), LIMITS).unwrap();
        let error = storage.put("r1/a.pdf", b"a", PutMode::Replace).await.unwrap_err();
        let told = format!("{error} {error:?}");
        let begins = format!("failed to write {}/r1", server.uri());
        assert!(told.starts_with(&begins) && told.contains(words) && told.contains(hint), "{told}");
        assert!(!told.contains("s3cret"), "{told}");
        // Of a folder or a file that is not there nothing is wrong.
        if status != 404 {
            assert!(storage.list("").await.unwrap_err().to_string().contains(words));
            assert!(storage.remove("a").await.unwrap_err().to_string().contains(words));
        }
    }
}

#[tokio::test]
async fn a_page_in_place_of_a_list_is_no_list() {
    let server = MockServer::start().await;
    let page = ResponseTemplate::new(207).set_body_string("<html><body>Please sign in</body></html>");
    Mock::given(any()).respond_with(page).mount(&server).await;
    let mut settings = HttpSettings::new(&server.uri()).unwrap();
    settings.retry.retries = 0;
    let storage = WebDavSettings(settings).open(Path::new(""), LIMITS).unwrap();
    let error = storage.get("a*.xlsx", None).await.unwrap_err().to_string();
    assert!(error.contains("a list that is no whole XML of WebDAV") && error.contains("`url`"), "{error}");
}

#[tokio::test]
async fn ten_thousand_names_are_listed_and_the_newest_is_found() {
    if !are_wanted() {
        return;
    }
    let server = apache();
    for number in 0..10_000 {
        std::fs::write(server.root().join(format!("KPI {number}.xlsx")), "x").unwrap();
    }
    let storage = open(&server);
    assert_eq!(storage.list("").await.unwrap().unwrap().len(), 10_000);
    let Got::Found(file) = storage.newest("KPI *.xlsx", None, Some(Newest::Name)).await.unwrap() else { panic!() };
    assert_eq!(file.name, "KPI 9999.xlsx");
    let Got::Missing { near } = storage.get("KPI 999O.xlsx", None).await.unwrap() else { panic!() };
    assert_eq!(near.len(), 3, "{near:?}");
}

#[tokio::test]
async fn a_file_that_somebody_has_open_or_writes_to_is_told() {
    if !are_wanted() {
        return;
    }
    let server = apache();
    server.lay(&[
        ("a.xlsx", b"a".to_vec()),
        ("~$a.xlsx", Vec::new()),
        ("b.ods", b"b".to_vec()),
        ("c.xlsx", b"c".to_vec()),
    ]);
    server.lay(&[(".~lock.b.ods#", Vec::new())]);
    let storage = open(&server);
    for (name, is_open) in [("a.xlsx", true), ("b.ods", true), ("c.xlsx", false)] {
        let Got::Found(file) = storage.get(name, None).await.unwrap() else { panic!("{name}") };
        assert_eq!(file.is_open, is_open, "{name}");
    }
    assert!(matches!(storage.get("~$a.xlsx", None).await.unwrap(), Got::Locked { .. }));
}

/// A server of which a file has another etag each time that it is asked.
#[tokio::test]
async fn a_file_that_changes_while_it_is_read_is_never_taken() {
    let server = MockServer::start().await;
    let with = |etag: &str| ResponseTemplate::new(200).set_body_string("half and half").insert_header("ETag", etag);
    Mock::given(method("GET")).respond_with(with("\"1\"")).mount(&server).await;
    Mock::given(method("HEAD")).respond_with(with("\"2\"")).up_to_n_times(1).mount(&server).await;
    Mock::given(method("HEAD")).respond_with(with("\"1\"")).mount(&server).await;
    let open = |server: &MockServer| {
        WebDavSettings(HttpSettings::new(&server.uri()).unwrap()).open(Path::new(""), LIMITS).unwrap()
    };
    // Once: it is read again.
    assert!(matches!(open(&server).get("a.xlsx", None).await.unwrap(), Got::Found(_)));
    let server = MockServer::start().await;
    Mock::given(method("GET")).respond_with(with("\"1\"")).mount(&server).await;
    Mock::given(method("HEAD")).respond_with(with("\"2\"")).mount(&server).await;
    assert_eq!(open(&server).get("a.xlsx", None).await.unwrap(), Got::Changing { name: "a.xlsx".into() });
}

#[test]
fn check_storage_tries_every_place_and_says_what_is_missing() {
    if !are_wanted() {
        return;
    }
    let (sources, packs) = (nginx(), apache());
    let council = council_on(&declared(&sources), &declared(&packs));
    let well = output_of(&council, &["check", "--storage", "--period", "2026-09"], 0);
    assert!(well.contains("  lists   yes  1 name is there\n  reads   yes  plans.csv, "), "{well}");
    assert!(well.contains("  writes  yes  a file was written to http://127.0.0.1:"), "{well}");
    assert!(well.contains("`upload` can go there") && !well.contains("s3cret"), "{well}");
    // Nothing of it stays.
    assert_eq!(std::fs::read_dir(packs.root().join("Packs")).unwrap().count(), 0);
    let config = council.read("config/boardpack.toml");
    council.write("config/boardpack.toml", config.replacen("password = \"s3cret\"", "password = \"wr0ng\"", 1));
    let denied = output_of(&council, &["check", "--storage"], 4);
    assert!(
        denied.contains("lists   NO   failed to list http://127.0.0.1:") && denied.contains("401 Unauthorized"),
        "{denied}"
    );
    assert!(denied.contains("does the storage carry the right sign-in") && !denied.contains("wr0ng"), "{denied}");
    let json = output_of(&council, &["check", "--storage", "--json"], 4);
    assert!(json.contains("\"is_well\": false") && !json.contains("wr0ng"), "{json}");
}

#[test]
fn what_ends_soon_is_a_finding_and_is_told_by_check_storage() {
    let council = small();
    let end = chrono::Utc::now() + chrono::TimeDelta::days(20);
    let mut params = rcgen::CertificateParams::new(vec![]).unwrap();
    let day = end.date_naive();
    use chrono::Datelike as _;
    params.not_after =
        rcgen::date_time_ymd(day.year(), u8::try_from(day.month()).unwrap(), u8::try_from(day.day()).unwrap());
    let pem = params.self_signed(&rcgen::KeyPair::generate().unwrap()).unwrap().pem();
    council.write("config/authority.pem", pem);
    council.replace(
        "config/boardpack.toml",
        "kind = \"directory\"\npath = \"../share\"\n",
        "kind = \"webdav\"\nurl = \"https://127.0.0.1:1/\"\nretries = 0\nca_file = \"authority.pem\"\n",
    );
    for args in [&["check", "--period", "2026-09"][..], &["check", "--storage"]] {
        let told = output_of(&council, args, 4);
        assert!(
            told.contains("the certificate in authority.pem ends on ") && told.contains("put a new one in its place"),
            "{told}"
        );
    }
    assert!(output_of(&council, &["check", "--period", "2026-09"], 4).contains("F128 note"));
}

#[tokio::test]
async fn what_is_sent_short_of_what_the_server_has_is_never_taken() {
    let server = MockServer::start().await;
    let with = |body: &str| ResponseTemplate::new(200).set_body_string(body).insert_header("ETag", "\"1\"");
    Mock::given(method("GET")).respond_with(with("a,b\n")).mount(&server).await;
    Mock::given(method("HEAD")).respond_with(with("a,b\n1,2\n")).mount(&server).await;
    let storage = WebDavSettings(HttpSettings::new(&server.uri()).unwrap()).open(Path::new(""), LIMITS).unwrap();
    assert_eq!(storage.get("a.csv", None).await.unwrap(), Got::Changing { name: "a.csv".into() });
}

#[tokio::test]
async fn no_file_goes_where_a_redirect_leads() {
    let server = MockServer::start().await;
    for status in [301, 302, 307, 308] {
        let to = ResponseTemplate::new(status).insert_header("Location", "/elsewhere");
        Mock::given(method("PUT"))
            .and(wiremock::matchers::path(format!("/{status}")))
            .respond_with(to)
            .mount(&server)
            .await;
        let storage = WebDavSettings(HttpSettings::new(&server.uri()).unwrap()).open(Path::new(""), LIMITS).unwrap();
        let error = storage.put(&status.to_string(), b"a", PutMode::Replace).await.unwrap_err().to_string();
        assert!(error.contains(&format!("the server answered {status}")), "{error}");
    }
    let asked = server.received_requests().await.unwrap();
    assert!(asked.iter().all(|request| request.url.path() != "/elsewhere"));
}
