//! What the daemon is asked from outside. SIGTERM and SIGINT: stop after the packs
//! in hand, and at once when asked again. SIGHUP: read the config anew. Ctrl-C
//! where there are no signals.

use std::io;

use tokio::sync::mpsc::{Receiver, channel};

/// What somebody asks of the daemon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignalRequest {
    /// Stop; a second time, at once.
    Stop,
    /// Look again, with the config as it is now.
    Reload,
}

/// Requests that wait to be heard; more say nothing new.
const WAITING: usize = 4;

/// The requests that come as signals. They are caught from this call on, which
/// must be made in a runtime.
#[cfg(unix)]
pub fn signal_requests() -> io::Result<Receiver<SignalRequest>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut hangup = signal(SignalKind::hangup())?;
    let (ask, requests) = channel(WAITING);
    tokio::spawn(async move {
        loop {
            let (name, request) = tokio::select! {
                _ = terminate.recv() => ("SIGTERM", SignalRequest::Stop),
                _ = interrupt.recv() => ("SIGINT", SignalRequest::Stop),
                _ = hangup.recv() => ("SIGHUP", SignalRequest::Reload),
            };
            match request {
                SignalRequest::Stop => tracing::info!(signal = name, "asked to stop"),
                SignalRequest::Reload => tracing::info!(signal = name, "asked to read the config anew"),
            }
            if ask.send(request).await.is_err() {
                break;
            }
        }
    });
    Ok(requests)
}

/// The requests that come from a terminal.
#[cfg(not(unix))]
pub fn signal_requests() -> io::Result<Receiver<SignalRequest>> {
    let (ask, requests) = channel(WAITING);
    tokio::spawn(async move {
        loop {
            if let Err(error) = tokio::signal::ctrl_c().await {
                // Without the handler the system's own ends the program.
                tracing::warn!(%error, "failed to wait for ctrl-c");
                std::future::pending::<()>().await;
            }
            tracing::info!(signal = "ctrl-c", "asked to stop");
            if ask.send(SignalRequest::Stop).await.is_err() {
                break;
            }
        }
    });
    Ok(requests)
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn each_signal_asks_for_its_own_and_as_often_as_it_comes() {
        let mut requests = signal_requests().unwrap();
        for (name, expected) in [
            ("-TERM", SignalRequest::Stop),
            ("-INT", SignalRequest::Stop),
            ("-HUP", SignalRequest::Reload),
            ("-TERM", SignalRequest::Stop),
        ] {
            let own = std::process::id().to_string();
            assert!(std::process::Command::new("kill").args([name, &own]).status().unwrap().success());
            let asked = tokio::time::timeout(std::time::Duration::from_secs(5), requests.recv()).await.unwrap();
            assert_eq!(asked, Some(expected), "{name}");
        }
    }
}
