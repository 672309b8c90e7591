//! What the daemon tells the service manager that started it: systemd's protocol,
//! over the socket that it names. Where there is none, nothing is told.

use std::time::Duration;

/// What is told.
#[derive(Debug, Clone, Copy)]
pub(super) enum ServiceNotice<'a> {
    /// It has started, and says how it does.
    Ready(&'a str),
    /// How it does.
    Status(&'a str),
    /// It reads the config anew.
    Reloading,
    /// It stops.
    Stopping,
}

/// How long the service manager waits for the loop to turn; none where it does not.
#[cfg(target_os = "linux")]
pub(super) fn watchdog() -> Option<Duration> {
    sd_notify::watchdog_enabled()
}

/// Shows the watchdog that the loop turns.
#[cfg(target_os = "linux")]
pub(super) fn turns() {
    send(&[sd_notify::NotifyState::Watchdog]);
}

/// Tells the service manager.
#[cfg(target_os = "linux")]
pub(super) fn tell(notice: ServiceNotice<'_>) {
    use sd_notify::NotifyState;
    match notice {
        ServiceNotice::Ready(status) => send(&[NotifyState::Ready, NotifyState::Status(status)]),
        ServiceNotice::Status(status) => send(&[NotifyState::Status(status)]),
        // It must hear when this was, by the clock that nobody sets.
        ServiceNotice::Reloading => match NotifyState::monotonic_usec_now() {
            Ok(now) => send(&[NotifyState::Reloading, now]),
            Err(error) => tracing::debug!(%error, "the service manager was not told of the reload"),
        },
        ServiceNotice::Stopping => send(&[NotifyState::Stopping]),
    }
}

#[cfg(target_os = "linux")]
fn send(states: &[sd_notify::NotifyState<'_>]) {
    if let Err(error) = sd_notify::notify(states) {
        tracing::debug!(%error, "the service manager could not be told");
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn watchdog() -> Option<Duration> {
    None
}

#[cfg(not(target_os = "linux"))]
pub(super) fn turns() {}

#[cfg(not(target_os = "linux"))]
pub(super) fn tell(_notice: ServiceNotice<'_>) {}
