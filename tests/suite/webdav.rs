//! WebDAV on real servers: Apache, nginx (which writes over what it is asked to keep) and rclone.

#![cfg(target_os = "linux")]

use std::path::Path;

use boardpack::storage::{HttpSettings, OpenStorage as _, Storage, WebDavSettings};

use crate::file_server::{FileServer, are_wanted};
use crate::issued::output_of;
use crate::main_job_on::{DeclaredLines, council_on, main_job};
use crate::storage::{LIMITS, contract, contract_of_writes, files};

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
             <Directory {at}/root>\nDav On\nOptions Indexes\nAuthType Basic\nAuthName boardpack\n\
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
fn declared(server: &FileServer) -> DeclaredLines {
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
