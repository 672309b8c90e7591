//! A stand-in of Microsoft Graph on the loopback, and not Graph: it answers as Microsoft has
//! published that Graph does, and as its users report. What it cannot show is what nobody wrote down.
//!
//! Two servers, as there are two: Graph itself, and where files really go and come, which
//! refuses whoever brings a token along. One request a connection. Faults are laid in by tests.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject as _;
use serde_json::{Value, json};
use sha2::Digest as _;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use x509_cert::der::Decode as _;

/// The secret of the one application that is known.
pub(crate) const SECRET: &str = "s3cret-of-the-application";

/// What is wrong with an answer.
#[derive(Clone)]
pub(crate) enum Fault {
    /// A refusal in Graph's words, and for how many seconds it asks to be left alone.
    Status(u16, &'static str, Option<u64>),
    /// So much of the body, which is announced whole; none for one in chunks without an end.
    Cut(usize),
    /// Likewise in chunks, whose end never comes.
    CutChunks(usize),
    /// A byte at a time.
    Drip(Duration),
    /// It is not done, and there is no answer.
    Silent,
    /// It is done, and there is no answer.
    Lost,
    /// Sent to another address.
    To(String),
    /// Something else altogether.
    Other(u16, &'static str),
}

struct Kept {
    bytes: Vec<u8>,
    version: u32,
    number: usize,
}

struct Session {
    name: String,
    fails: bool,
    if_match: Option<String>,
    bytes: Vec<u8>,
}

#[derive(Default)]
pub(crate) struct Ways {
    /// Files are written into another shape when they come: Office files and PDFs.
    pub(crate) rewrites: bool,
    /// Folders come with the files in them.
    pub(crate) makes_folders: bool,
    /// An etag that holds is refused.
    pub(crate) refuses_etags: bool,
    /// How long tokens hold.
    pub(crate) lifetime: Option<Duration>,
    /// How long tokens are said to hold; else as long as they do.
    pub(crate) said_lifetime: Option<u64>,
}

#[derive(Default)]
struct State {
    files: BTreeMap<String, Kept>,
    folders: BTreeSet<String>,
    sessions: BTreeMap<usize, Session>,
    tokens: BTreeMap<String, Instant>,
    statements: BTreeSet<String>,
    faults: Vec<(String, Fault, usize)>,
    seen: Vec<String>,
    ways: Ways,
    count: usize,
    bases: [String; 2],
}

/// The stand-in, for as long as the test runs.
pub(crate) struct GraphStandIn {
    /// `graph_url`.
    pub(crate) graph: String,
    /// `login_url`.
    pub(crate) login: String,
    state: Arc<Mutex<State>>,
}

struct Request {
    method: String,
    /// As it was sent, without the query.
    path: String,
    query: String,
    headers: BTreeMap<String, String>,
    body: Vec<u8>,
}

struct Answer {
    status: u16,
    headers: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

fn answer(status: u16, body: &Value) -> Answer {
    Answer { status, headers: vec![("Content-Type", "application/json".into())], body: body.to_string().into_bytes() }
}

fn bare(status: u16) -> Answer {
    Answer { status, headers: Vec::new(), body: Vec::new() }
}

fn refusal(status: u16, code: &str, message: &str) -> Answer {
    answer(status, &json!({"error": {"code": code, "message": message, "innerError": {"request-id": "1"}}}))
}

fn not_found() -> Answer {
    refusal(404, "itemNotFound", "The resource could not be found.")
}

impl GraphStandIn {
    pub(crate) async fn start() -> Self {
        let state = Arc::new(Mutex::new(State { folders: [String::new()].into(), ..State::default() }));
        let mut bases = Vec::new();
        for is_graph in [true, false] {
            let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
            bases.push(format!("http://{}", listener.local_addr().unwrap()));
            let state = Arc::clone(&state);
            tokio::spawn(async move {
                while let Ok((stream, _)) = listener.accept().await {
                    tokio::spawn(serve(stream, Arc::clone(&state), is_graph));
                }
            });
        }
        let (login, store) = (bases[0].clone(), bases[1].clone());
        state.lock().unwrap().bases = [format!("{login}/v1.0"), store];
        Self { graph: format!("{login}/v1.0"), login, state }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub(crate) fn ways(&self, change: impl FnOnce(&mut Ways)) {
        change(&mut self.state().ways);
    }

    /// Lays a file into the library.
    pub(crate) fn lay(&self, name: &str, bytes: &[u8]) {
        let mut state = self.state();
        for (at, _) in name.match_indices('/') {
            state.folders.insert(name[..at].to_owned());
        }
        state.keep(name, bytes.to_owned());
    }

    /// The next `times` requests whose "METHOD /path" holds these words go wrong.
    pub(crate) fn fault(&self, on: &str, fault: Fault, times: usize) {
        self.state().faults.push((on.to_owned(), fault, times));
    }

    /// How many requests were seen whose "METHOD /path" holds these words.
    pub(crate) fn seen(&self, words: &str) -> usize {
        self.state().seen.iter().filter(|line| line.contains(words)).count()
    }

    /// Ends every token now, whatever was said of it.
    pub(crate) fn end_tokens(&self) {
        self.state().tokens.clear();
    }

    /// How many uploads are open.
    pub(crate) fn sessions(&self) -> usize {
        self.state().sessions.len()
    }

    /// The bytes that stand under a name.
    pub(crate) fn bytes(&self, name: &str) -> Option<Vec<u8>> {
        self.state().files.get(name).map(|kept| kept.bytes.clone())
    }
}

async fn serve(mut stream: TcpStream, state: Arc<Mutex<State>>, is_graph: bool) {
    let Some(request) = read(&mut stream).await else { return };
    let line = format!("{} {}", request.method, request.path);
    let (fault, done) = {
        let mut state = state.lock().unwrap();
        state.seen.push(line.clone());
        let fault = state.fault(&line);
        let is_done = matches!(fault, None | Some(Fault::Cut(_) | Fault::CutChunks(_) | Fault::Drip(_) | Fault::Lost));
        let done = is_done.then(|| if is_graph { state.graph(&request) } else { state.store(&request) });
        (fault, done)
    };
    let (answer, fault) = match (fault, done) {
        (Some(Fault::Status(status, code, after)), _) => {
            let mut answer = refusal(status, code, "as a test laid in");
            answer.headers.extend(after.map(|after| ("Retry-After", after.to_string())));
            (answer, None)
        }
        (Some(Fault::To(to)), _) => (Answer { headers: vec![("Location", to)], ..bare(302) }, None),
        (Some(Fault::Other(status, text)), _) => (Answer { body: text.into(), ..bare(status) }, None),
        (fault, Some(done)) => (done, fault),
        (Some(_) | None, None) => return,
    };
    write(&mut stream, answer, fault).await;
    let _ = stream.shutdown().await;
}

async fn write(stream: &mut TcpStream, answer: Answer, fault: Option<Fault>) {
    let Answer { status, headers, body } = answer;
    let mut head = format!("HTTP/1.1 {status} -\r\nConnection: close\r\n");
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    match fault {
        Some(Fault::CutChunks(_)) => head.push_str("Transfer-Encoding: chunked\r\n\r\n"),
        _ => head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len())),
    }
    if matches!(fault, Some(Fault::Lost)) {
        return;
    }
    let _ = stream.write_all(head.as_bytes()).await;
    let _ = match fault {
        Some(Fault::Cut(at)) => stream.write_all(&body[..at]).await,
        Some(Fault::CutChunks(at)) => {
            let chunk = [format!("{at:x}\r\n").as_bytes(), &body[..at], b"\r\n"].concat();
            stream.write_all(&chunk).await
        }
        Some(Fault::Drip(pause)) => {
            for byte in body {
                tokio::time::sleep(pause).await;
                if stream.write_all(&[byte]).await.is_err() {
                    break;
                }
            }
            Ok(())
        }
        _ => stream.write_all(&body).await,
    };
}

async fn read(stream: &mut TcpStream) -> Option<Request> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    let head = String::from_utf8(head).ok()?;
    let mut lines = head.lines();
    let mut first = lines.next()?.split(' ');
    let (method, target) = (first.next()?.to_owned(), first.next()?.to_owned());
    let (path, query) = target.split_once('?').unwrap_or((&target, ""));
    let pair = |line: &str| line.split_once(": ").map(|(name, value)| (name.to_lowercase(), value.to_owned()));
    let headers: BTreeMap<String, String> = lines.filter_map(pair).collect();
    let mut body = vec![0; headers.get("content-length").and_then(|text| text.parse().ok()).unwrap_or(0)];
    stream.read_exact(&mut body).await.ok()?;
    Some(Request { method, path: path.to_owned(), query: query.to_owned(), headers, body })
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

/// The values of a form or a query.
fn values(text: &str) -> BTreeMap<String, String> {
    text.split('&').filter_map(|pair| pair.split_once('=')).map(|(a, b)| (decoded(a), decoded(b))).collect()
}

impl State {
    fn fault(&mut self, line: &str) -> Option<Fault> {
        let (_, fault, times) =
            self.faults.iter_mut().find(|(on, _, times)| *times > 0 && line.contains(on.as_str()))?;
        *times -= 1;
        Some(fault.clone())
    }

    fn next(&mut self) -> usize {
        self.count += 1;
        self.count
    }

    fn keep(&mut self, name: &str, mut bytes: Vec<u8>) -> Value {
        let is_rewritten = [".pdf", ".xlsx", ".docx"].iter().any(|end| name.ends_with(end));
        let mut step = 1;
        if self.ways.rewrites && is_rewritten {
            bytes.extend_from_slice(b"\nwritten by SharePoint");
            step = 2;
        }
        let number = self.files.get(name).map_or(0, |kept| kept.number);
        let number = if number == 0 { self.next() } else { number };
        let version = self.files.get(name).map_or(0, |kept| kept.version) + step;
        self.files.insert(name.to_owned(), Kept { bytes, version, number });
        self.item(name).unwrap()
    }

    fn etag(&self, name: &str) -> Option<String> {
        self.files.get(name).map(|kept| format!("\"{{00000000-0000-0000-0000-{:012}}},{}\"", kept.number, kept.version))
    }

    fn item(&self, name: &str) -> Option<Value> {
        let own = name.rsplit('/').next().unwrap();
        let modified = "2026-10-21T07:28:00Z";
        if self.folders.contains(name) {
            return Some(
                json!({"name": own, "size": 9, "eTag": "\"{F},1\"", "lastModifiedDateTime": modified, "folder": {}}),
            );
        }
        let kept = self.files.get(name)?;
        Some(json!({"name": own, "size": kept.bytes.len(), "eTag": self.etag(name), "lastModifiedDateTime": modified,
                    "file": {"mimeType": "application/octet-stream"}}))
    }

    /// Graph, and where tokens are given.
    fn graph(&mut self, request: &Request) -> Answer {
        let query = values(&request.query);
        if request.path.ends_with("/oauth2/v2.0/token") {
            return self.token(request);
        }
        if let "/metadata/identity/oauth2/token" | "/msi/token" = request.path.as_str() {
            return self.identity(request, &query);
        }
        assert!(request.headers["user-agent"].starts_with("NONISV|boardpack|boardpack/"));
        let token = request.headers.get("authorization").and_then(|value| value.strip_prefix("Bearer "));
        let held = token.and_then(|token| self.tokens.get(token));
        if held.is_none_or(|until| *until < Instant::now()) {
            return refusal(401, "InvalidAuthenticationToken", "Lifetime validation failed, the token is expired.");
        }
        let path = request.path.strip_prefix("/v1.0/").unwrap();
        match path {
            "sites/council.sharepoint.com:/sites/Performance" => {
                answer(200, &json!({"id": "council.sharepoint.com,1,2"}))
            }
            "sites/council.sharepoint.com%2C1%2C2/drive" | "users/officer%40council.example/drive" => {
                answer(200, &json!({"id": "b!library"}))
            }
            "sites/council.sharepoint.com%2C1%2C2/drives" => answer(
                200,
                &json!({"value": [{"id": "b!other", "name": "Other"}, {"id": "b!library", "name": "Documents"}]}),
            ),
            _ => match path.strip_prefix("drives/b%21library/root") {
                Some(rest) => self.in_library(request, rest, &query),
                None => not_found(),
            },
        }
    }

    fn in_library(&mut self, request: &Request, rest: &str, query: &BTreeMap<String, String>) -> Answer {
        let (name, tail) = match rest.strip_prefix(":/") {
            None => ("", rest.trim_start_matches('/')),
            Some(rest) => rest.split_once(":/").unwrap_or((rest, "")),
        };
        let name: Vec<String> = name.split('/').map(decoded).collect();
        let name = name.join("/");
        let fails = query.get("@microsoft.graph.conflictBehavior").is_some_and(|way| way == "fail");
        let if_match = request.headers.get("if-match").cloned();
        match (request.method.as_str(), tail) {
            ("GET", "") => match self.item(&name) {
                Some(item) if item["eTag"].as_str() == request.headers.get("if-none-match").map(String::as_str) => {
                    bare(304)
                }
                Some(item) => answer(200, &item),
                None => not_found(),
            },
            ("GET", "children") => self.children(&name, query),
            ("GET", "content") => match self.files.get(&name) {
                Some(kept) => {
                    let to = format!("{}/download/{}?tempauth=s3cret-of-downloads", self.bases[1], kept.number);
                    Answer { headers: vec![("Location", to)], ..bare(302) }
                }
                None => not_found(),
            },
            ("PUT", "content") => self.finish(&name, fails, if_match.as_deref(), request.body.clone()),
            ("POST", "createUploadSession") => self.begin(&name, if_match, &request.body),
            ("POST", "children") => {
                let body: Value = serde_json::from_slice(&request.body).unwrap();
                let new = format!("{name}/{}", body["name"].as_str().unwrap()).trim_start_matches('/').to_owned();
                match self.folders.contains(&name) {
                    false => not_found(),
                    true if self.item(&new).is_some() => refusal(409, "nameAlreadyExists", "Name already exists"),
                    true => {
                        self.folders.insert(new.clone());
                        answer(201, &self.item(&new).unwrap())
                    }
                }
            }
            ("DELETE", "") => bare(if self.files.remove(&name).is_some() { 204 } else { 404 }),
            _ => refusal(400, "invalidRequest", "The request is malformed."),
        }
    }

    fn children(&self, folder: &str, query: &BTreeMap<String, String>) -> Answer {
        if !self.folders.contains(folder) {
            return not_found();
        }
        let parent = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let is_inside =
            |name: &&String| name.strip_prefix(&parent).is_some_and(|rest| !rest.is_empty() && !rest.contains('/'));
        let names: Vec<&String> = self.files.keys().chain(&self.folders).filter(is_inside).collect();
        let number = |key: &str| query.get(key).and_then(|text| text.parse::<usize>().ok());
        let (top, skip) = (number("$top").unwrap_or(200).min(999), number("$skiptoken").unwrap_or(0));
        let page: Vec<Value> = names.iter().skip(skip).take(top).map(|name| self.item(name).unwrap()).collect();
        let mut body = json!({ "value": page });
        if skip + top < names.len() {
            let path: Vec<String> = folder.split('/').map(boardpack::domain::address::encoded).collect();
            let at = if folder.is_empty() { String::new() } else { format!(":/{}:", path.join("/")) };
            let base = &self.bases[0];
            body["@odata.nextLink"] =
                format!("{base}/drives/b%21library/root{at}/children?$top={top}&$skiptoken={}", skip + top).into();
        }
        answer(200, &body)
    }

    fn begin(&mut self, name: &str, if_match: Option<String>, body: &[u8]) -> Answer {
        let parent = name.rsplit_once('/').map_or("", |(parent, _)| parent).to_owned();
        if !self.folders.contains(&parent) && !self.ways.makes_folders {
            return not_found();
        }
        if self.sessions.values().any(|session| session.name == name) {
            return refusal(409, "nameAlreadyExists", "A file with the same name is currently being uploaded.");
        }
        if if_match.is_some() && (self.ways.refuses_etags || if_match != self.etag(name)) {
            return refusal(412, "resourceModified", "ETag does not match current item's value");
        }
        let body: Value = serde_json::from_slice(body).unwrap();
        let fails = body["item"]["@microsoft.graph.conflictBehavior"] == "fail";
        let number = self.next();
        self.sessions.insert(number, Session { name: name.to_owned(), fails, if_match, bytes: Vec::new() });
        let url = format!("{}/upload/{number}?tempauth=s3cret-of-uploads", self.bases[1]);
        answer(
            200,
            &json!({"uploadUrl": url, "expirationDateTime": "2026-12-01T00:00:00Z", "nextExpectedRanges": ["0-"]}),
        )
    }

    /// Keeps a whole file.
    fn finish(&mut self, name: &str, fails: bool, if_match: Option<&str>, bytes: Vec<u8>) -> Answer {
        let parent = name.rsplit_once('/').map_or("", |(parent, _)| parent).to_owned();
        if !self.folders.contains(&parent) && !self.ways.makes_folders {
            return not_found();
        }
        if fails && self.item(name).is_some() {
            return refusal(
                409,
                "nameAlreadyExists",
                "Another file exists with the same name as the uploaded session.",
            );
        }
        if if_match.is_some() && if_match != self.etag(name).as_deref() {
            return refusal(412, "resourceModified", "ETag does not match current item's value");
        }
        for (at, _) in name.match_indices('/') {
            self.folders.insert(name[..at].to_owned());
        }
        let item = self.keep(name, bytes);
        answer(201, &item)
    }

    /// Where files go and come.
    fn store(&mut self, request: &Request) -> Answer {
        if request.headers.contains_key("authorization") {
            return refusal(401, "unauthenticated", "No token may come here.");
        }
        if !request.query.starts_with("tempauth=s3cret") {
            return refusal(403, "accessDenied", "The address does not hold.");
        }
        let number: usize = request.path.rsplit('/').next().unwrap().parse().unwrap();
        if request.path.starts_with("/download/") {
            let kept = self.files.values().find(|kept| kept.number == number);
            return kept.map_or_else(not_found, |kept| Answer {
                headers: vec![("ETag", "\"of the store\"".into())],
                body: kept.bytes.clone(),
                ..bare(200)
            });
        }
        let Some(session) = self.sessions.get_mut(&number) else {
            return refusal(404, "itemNotFound", "The upload session was not found");
        };
        match request.method.as_str() {
            "GET" => answer(200, &json!({"nextExpectedRanges": [format!("{}-", session.bytes.len())]})),
            "DELETE" => {
                self.sessions.remove(&number);
                bare(204)
            }
            _ => {
                let range = request.headers["content-range"].strip_prefix("bytes ").unwrap().to_owned();
                let (range, total) = range.split_once('/').unwrap();
                let (from, to) = range.split_once('-').unwrap();
                let [from, to, total] = [from, to, total].map(|text| text.parse::<usize>().unwrap());
                let is_last = to + 1 == total;
                assert!(
                    to + 1 - from == request.body.len() && (is_last || request.body.len().is_multiple_of(320 * 1024))
                );
                if from != session.bytes.len() {
                    return refusal(416, "invalidRange", "Optimistic concurrency failure during fragmented upload");
                }
                session.bytes.extend_from_slice(&request.body);
                if !is_last {
                    return answer(202, &json!({"nextExpectedRanges": [format!("{}-", to + 1)]}));
                }
                let (name, fails) = (session.name.clone(), session.fails);
                let (if_match, bytes) = (session.if_match.clone(), session.bytes.clone());
                let answer = self.finish(&name, fails, if_match.as_deref(), bytes);
                // One that failed is kept, so that it can be sent to another name.
                if answer.status == 201 {
                    self.sessions.remove(&number);
                } else if let Some(session) = self.sessions.get_mut(&number) {
                    session.bytes.truncate(from);
                }
                answer
            }
        }
    }

    fn issue(&mut self) -> (String, u64) {
        let token = format!("t0ken-{}", self.next());
        let lifetime = self.ways.lifetime.unwrap_or(Duration::from_secs(3599));
        self.tokens.insert(token.clone(), Instant::now() + lifetime);
        (token, self.ways.said_lifetime.unwrap_or(lifetime.as_secs()))
    }

    fn token(&mut self, request: &Request) -> Answer {
        let form = values(std::str::from_utf8(&request.body).unwrap());
        let said = |status, code: &str| {
            let words = format!("{code} Trace ID: 1 Correlation ID: 2 Timestamp: 2026-11-05 06:00:00Z");
            answer(status, &json!({"error": "invalid_client", "error_description": words, "error_codes": [1]}))
        };
        let is_known = form["grant_type"] == "client_credentials" && form["scope"].ends_with("/.default");
        let url = format!("{}{}", self.bases[0].trim_end_matches("/v1.0"), request.path);
        match (form.get("client_secret"), form.get("client_assertion")) {
            _ if request.path.starts_with("/unknown/") => said(400, "AADSTS90002: Tenant 'unknown' not found."),
            _ if form["client_id"] != "app" => said(400, "AADSTS700016: Application was not found in the directory."),
            (Some(secret), None) if secret != SECRET => {
                said(401, &format!("AADSTS7000215: Invalid client secret provided: '{secret}'."))
            }
            (None, Some(statement)) if self.is_signed(statement, &url).is_none() => said(
                401,
                "AADSTS700027: The certificate with identifier used to sign the client assertion is not registered.",
            ),
            _ if is_known => {
                let (token, seconds) = self.issue();
                answer(200, &json!({"token_type": "Bearer", "expires_in": seconds, "access_token": token}))
            }
            _ => said(400, "AADSTS1002012: The provided value for scope is not valid."),
        }
    }

    /// Whether a statement is signed as it should be, and for the first time.
    fn is_signed(&mut self, statement: &str, url: &str) -> Option<()> {
        let pem = std::fs::read(crate::support::root().join("tests/data/sharepoint/certificate.pem")).unwrap();
        let certificate = CertificateDer::from_pem_slice(&pem).unwrap();
        let (text, signature) = statement.rsplit_once('.')?;
        let (header, claims) = text.split_once('.')?;
        let read = |part: &str| URL_SAFE_NO_PAD.decode(part).ok();
        let header: Value = serde_json::from_slice(&read(header)?).ok()?;
        let claims: Value = serde_json::from_slice(&read(claims)?).ok()?;
        let thumb = URL_SAFE_NO_PAD.encode(sha2::Sha256::digest(&certificate));
        assert_eq!(header, json!({"alg": "PS256", "typ": "JWT", "x5t#S256": thumb}));
        let now = chrono::DateTime::<chrono::Utc>::from(std::time::SystemTime::now()).timestamp();
        let number = |key: &str| claims[key].as_i64();
        let holds = number("nbf")? <= now && now < number("exp")? && number("exp")? - number("nbf")? <= 600;
        assert!(holds && claims["aud"] == url && claims["iss"] == "app" && claims["sub"] == "app", "{claims}");
        assert!(self.statements.insert(claims["jti"].as_str()?.to_owned()), "used twice");
        let parsed = x509_cert::Certificate::from_der(&certificate).unwrap();
        let public = parsed.tbs_certificate().subject_public_key_info().subject_public_key.raw_bytes().to_owned();
        let provider = rustls::crypto::ring::default_provider();
        let pss = provider.signature_verification_algorithms.mapping;
        let (_, algorithms) = pss.iter().find(|(scheme, _)| *scheme == rustls::SignatureScheme::RSA_PSS_SHA256)?;
        algorithms[0].verify_signature(&public, text.as_bytes(), &read(signature)?).ok()
    }

    /// A machine's own identity: a virtual machine's, or App Service's.
    fn identity(&mut self, request: &Request, query: &BTreeMap<String, String>) -> Answer {
        let header = |name: &str| request.headers.get(name).map(String::as_str);
        let (version, is_meant) = match request.path.as_str() {
            "/msi/token" => ("2019-08-01", header("x-identity-header") == Some(SECRET)),
            _ => ("2018-02-01", header("metadata") == Some("true")),
        };
        if !is_meant || query["api-version"] != version || query["resource"] != "https://graph.microsoft.com" {
            return answer(400, &json!({"error": "invalid_request", "error_description": "Identity not found"}));
        }
        let (token, seconds) = self.issue();
        answer(200, &json!({"access_token": token, "expires_in": seconds.to_string(), "token_type": "Bearer"}))
    }
}
