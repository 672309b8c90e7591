//! What ends the daemon: SIGTERM or SIGINT, and Ctrl-C where there is neither.

use std::io;

/// A future that is ready once the daemon shall stop. The signals are caught
/// from this call on, not only from the first poll.
#[cfg(unix)]
pub fn shutdown_signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    Ok(async move {
        let name = tokio::select! {
            _ = terminate.recv() => "SIGTERM",
            _ = interrupt.recv() => "SIGINT",
        };
        tracing::info!(signal = name, "asked to stop");
    })
}

/// A future that is ready once the daemon shall stop.
#[cfg(not(unix))]
pub fn shutdown_signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        match tokio::signal::ctrl_c().await {
            Ok(()) => tracing::info!(signal = "ctrl-c", "asked to stop"),
            Err(error) => {
                // Without the handler the system's own ends the program.
                tracing::warn!(%error, "failed to wait for ctrl-c");
                std::future::pending::<()>().await;
            }
        }
    })
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn both_signals_end_the_daemon() {
        for name in ["-TERM", "-INT"] {
            let shutdown = shutdown_signal().unwrap();
            let own = std::process::id().to_string();
            assert!(std::process::Command::new("kill").args([name, &own]).status().unwrap().success());
            tokio::time::timeout(std::time::Duration::from_secs(5), shutdown).await.unwrap();
        }
    }
}
