//! `boardpack healthcheck`: whether the daemon lives and can make packs, for a
//! container's health check, which has no other program to ask with.

use std::io::{Read as _, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::Context as _;

use super::{UsageError, out};
use crate::config::Config;
use crate::exit::Exit;

/// How long the daemon may take to answer.
const TIMEOUT: Duration = Duration::from_secs(5);
/// More than any answer has.
const LARGEST: u64 = 10_000;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Whether it lives, and not whether it can make packs
    #[arg(long)]
    live: bool,
}

pub(super) fn run(args: &Args, config: &Config) -> anyhow::Result<Exit> {
    let Some(listen) = config.service.listen else {
        return Err(UsageError(
            "the config has no `listen` under [server] (hint: write listen = \"127.0.0.1:9464\")".into(),
        )
        .into());
    };
    let path = if args.live { "/healthz" } else { "/readyz" };
    let address = reached_at(listen);
    let (is_well, text) = ask(address, path).with_context(|| format!("the daemon does not answer at {address}"))?;
    out::line(text)?;
    Ok(if is_well { Exit::Done } else { Exit::Failed })
}

/// Where an address that is listened on is reached from the same machine.
fn reached_at(listen: SocketAddr) -> SocketAddr {
    let ip = match listen.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, listen.port())
}

/// Whether the answer is 200, and what it says.
fn ask(address: SocketAddr, path: &str) -> std::io::Result<(bool, String)> {
    let mut stream = TcpStream::connect_timeout(&address, TIMEOUT)?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    stream.set_write_timeout(Some(TIMEOUT))?;
    write!(stream, "GET {path} HTTP/1.0\r\nhost: {address}\r\n\r\n")?;
    let mut answer = String::new();
    stream.take(LARGEST).read_to_string(&mut answer)?;
    let (head, text) = answer.split_once("\r\n\r\n").unwrap_or((&answer, ""));
    Ok((head.split(' ').nth(1) == Some("200"), text.trim().to_owned()))
}
