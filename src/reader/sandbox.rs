//! The sandbox of the worker: what the kernel grants it from here on.

/// What the worker writes before the name of a wall that this kernel does not raise.
pub(super) const UNCONFINED: &str = "unconfined by ";

/// The limits could not be set.
#[derive(Debug)]
pub(super) struct SandboxError;

/// Limits this process's address space and processor time, forbids it files
/// and core dumps (which would hold figures), and ends it with its parent.
#[cfg(target_os = "linux")]
pub(super) fn enter(limits: &crate::domain::ReadingLimits) -> Result<(), SandboxError> {
    use rustix::process::{Resource, Signal, set_parent_process_death_signal};

    set_parent_process_death_signal(Some(Signal::KILL)).map_err(|_| SandboxError)?;
    lower(Resource::Core, 0, 0)?;
    lower(Resource::Fsize, 0, 0)?;
    // The kernel signals at the first and kills at the second.
    lower(Resource::Cpu, limits.cpu_seconds, limits.cpu_seconds.saturating_add(2))?;
    lower(Resource::As, limits.memory_bytes, limits.memory_bytes)?;
    report_missing_walls(super::confinement::confine());
    Ok(())
}

/// Says on standard error which wall is missing: the program logs it.
#[cfg(target_os = "linux")]
fn report_missing_walls(walls: super::confinement::Walls) {
    for (stands, name) in [(walls.landlock, "landlock"), (walls.seccomp, "seccomp")] {
        if !stands {
            // Nobody may be listening, and that is no reason not to read.
            let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("{UNCONFINED}{name}\n").as_bytes());
        }
    }
}

/// Lowers a limit; one that is lower already stays.
#[cfg(target_os = "linux")]
fn lower(resource: rustix::process::Resource, soft: u64, hard: u64) -> Result<(), SandboxError> {
    use rustix::process::{Rlimit, getrlimit, setrlimit};

    let now = getrlimit(resource);
    let lower = |limit: u64, now: Option<u64>| Some(now.map_or(limit, |now| now.min(limit)));
    let limit = Rlimit { current: lower(soft, now.current), maximum: lower(hard, now.maximum) };
    setrlimit(resource, limit).map_err(|_| SandboxError)
}

/// Where the kernel sets no such limits, the supervisor's clock is the limit; a
/// supervisor that is gone leaves a broken pipe and a worker that ends itself
/// when its own clock has run out.
#[cfg(not(target_os = "linux"))]
pub(super) fn enter(limits: &crate::domain::ReadingLimits) -> Result<(), SandboxError> {
    let wall = Duration::from_secs(limits.wall_seconds);
    let clock = std::thread::Builder::new().spawn(move || {
        std::thread::sleep(wall);
        std::process::exit(super::worker::TIMED_OUT);
    });
    clock.map(drop).map_err(|_| SandboxError)
}
