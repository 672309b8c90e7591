//! A tenant that asks to be left alone is left alone by every request of this process.
//!
//! Microsoft counts what an application asks of a tenant, whatever site it is about, and
//! counts requests that come too early as well: storages of one tenant wait together.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// Those of every tenant that was asked anything.
static TENANTS: LazyLock<Mutex<BTreeMap<String, Arc<TenantLimiter>>>> = LazyLock::new(Mutex::default);

/// Until when a tenant is left alone.
#[derive(Debug, Default)]
pub(super) struct TenantLimiter(Mutex<Option<Instant>>);

impl TenantLimiter {
    /// The one of a tenant.
    pub(super) fn of(tenant: &str) -> Arc<Self> {
        let mut tenants = TENANTS.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(tenants.entry(tenant.to_owned()).or_default())
    }

    /// Leaves the tenant alone for so long from now, or for longer where that was asked.
    pub(super) fn hold(&self, pause: Duration) {
        let mut until = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *until = (*until).max(Instant::now().checked_add(pause));
    }

    /// Waits until the tenant may be asked; how long it would be where that is more than
    /// `patience`.
    pub(super) async fn pass(&self, patience: Duration) -> Result<(), Duration> {
        let last = Instant::now() + patience;
        loop {
            let until = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match until {
                Some(until) if until > last => return Err(until.saturating_duration_since(Instant::now())),
                Some(until) if until > Instant::now() => tokio::time::sleep_until(until.into()).await,
                _ => return Ok(()),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn all_of_a_tenant_wait_and_nobody_else() {
        let (one, same, other) = (TenantLimiter::of("a"), TenantLimiter::of("a"), TenantLimiter::of("b"));
        one.hold(Duration::from_millis(200));
        // What is asked later and is over sooner changes nothing.
        one.hold(Duration::from_millis(1));
        let started = Instant::now();
        other.pass(Duration::ZERO).await.unwrap();
        assert!(same.pass(Duration::from_millis(50)).await.unwrap_err() > Duration::from_millis(50));
        assert!(started.elapsed() < Duration::from_millis(150));
        same.pass(Duration::from_secs(1)).await.unwrap();
        assert!(started.elapsed() >= Duration::from_millis(200));
        one.pass(Duration::ZERO).await.unwrap();
    }
}
