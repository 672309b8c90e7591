//! `[heartbeat]`: the address that the daemon asks for as long as all is well.

use std::path::Path;
use std::time::Duration;

use super::reader::TableReader;
use super::secret;
use crate::domain::secret::Secret;

/// Where the daemon says that it lives.
#[derive(Debug, Clone)]
pub struct Heartbeat {
    /// The address, which whoever knows it can use; or where it is kept.
    pub address: Secret,
    /// How often it is asked for while nothing is due.
    pub every: Duration,
}

pub(super) fn read(root: &mut TableReader<'_>, dir: &Path) -> Option<Heartbeat> {
    let mut table = root.table("heartbeat");
    let hint = "write it with https://, as whoever listens for the heartbeat gives it; http:// only on loopback";
    let address = secret::address(&mut table, "url", dir, hint);
    let minutes: u32 = table.or("every_minutes", 60);
    if minutes == 0 {
        table.fault("every_minutes", "found 0; expected at least 1", "");
    }
    table.finish();
    Some(Heartbeat { address: address?, every: Duration::from_secs(u64::from(minutes) * 60) })
}
