//! What the worker may ask of the kernel once it holds its pipes: to read, to
//! write, to have memory and to end. It opens no file and no socket, and starts
//! nothing.
//!
//! Two walls, because either may be missing: landlock takes the file system and
//! TCP away, seccomp every call but those of [`granted`], with the kernel's
//! promise that no program gives a right back. A kernel without one of them, or
//! a container that forbids it, is told in the log of the program and is no
//! reason not to read: the limits of the sandbox and the other wall stand.

use std::collections::BTreeMap;

use landlock::{
    ABI, Access as _, AccessFs, AccessNet, CompatLevel, Compatible as _, Ruleset, RulesetAttr as _, RulesetStatus,
};
use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
};

/// Which walls stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Walls {
    /// No file, and no TCP.
    pub(super) landlock: bool,
    /// No call that is not granted.
    pub(super) seccomp: bool,
}

/// Takes away whatever this process, of one thread so far, does not need any more.
pub(super) fn confine() -> Walls {
    // The first also sets that no program gives a right back; so does the second by itself.
    Walls { landlock: landlock().unwrap_or(false), seccomp: seccomp().is_some() }
}

/// Whether the kernel keeps every right that is named here from this process.
fn landlock() -> Result<bool, landlock::RulesetError> {
    // The oldest kernels keep what they know of, and later ones more.
    let status = Ruleset::default()
        .set_compatibility(CompatLevel::BestEffort)
        .handle_access(AccessFs::from_all(ABI::V5))?
        .handle_access(AccessNet::from_all(ABI::V5))?
        .create()?
        .restrict_self()?;
    Ok(status.ruleset != RulesetStatus::NotEnforced)
}

/// Refuses every call but those that are granted, for this thread and those that
/// it starts; none where the kernel, or this machine's kind, knows no such filter.
fn seccomp() -> Option<()> {
    let errno = |number: i32| Some(SeccompAction::Errno(u32::try_from(number).ok()?));
    // An error and no kill: what a library merely tries, it can do without. To start
    // a thread the C library tries a newer call first, which says too little for a
    // filter, and takes the older one where that is not known.
    let newer = BTreeMap::from([(libc::SYS_clone3, Vec::new())]);
    apply(newer, SeccompAction::Allow, errno(libc::ENOSYS)?)?;
    apply(granted()?, errno(libc::EPERM)?, SeccompAction::Allow)
}

fn apply(calls: CallRules, otherwise: SeccompAction, matched: SeccompAction) -> Option<()> {
    let architecture = std::env::consts::ARCH.try_into().ok()?;
    let program: BpfProgram = SeccompFilter::new(calls, otherwise, matched, architecture).ok()?.try_into().ok()?;
    seccompiler::apply_filter(&program).ok()
}

/// Calls, and on what terms: without any, always.
type CallRules = BTreeMap<i64, Vec<SeccompRule>>;

/// What reading one workbook asks of the kernel.
fn granted() -> Option<CallRules> {
    let calls = [
        // The pipes that it holds.
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_lseek,
        libc::SYS_close,
        libc::SYS_fstat,
        libc::SYS_fcntl,
        // Memory.
        libc::SYS_brk,
        libc::SYS_mmap,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_mprotect,
        libc::SYS_madvise,
        libc::SYS_getrandom,
        // Threads, waiting, and what time it is.
        libc::SYS_clone3,
        libc::SYS_set_robust_list,
        libc::SYS_rseq,
        libc::SYS_futex,
        libc::SYS_sched_yield,
        libc::SYS_sched_getaffinity,
        libc::SYS_nanosleep,
        libc::SYS_clock_nanosleep,
        libc::SYS_clock_gettime,
        libc::SYS_clock_getres,
        libc::SYS_gettimeofday,
        libc::SYS_getrusage,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_getcpu,
        // A panic, a signal, the end.
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_restart_syscall,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];
    let mut rules: CallRules = calls.into_iter().map(|call| (call, Vec::new())).collect();
    // A thread of this process, and no other process.
    let thread = u64::try_from(libc::CLONE_THREAD).ok()?;
    rules.insert(libc::SYS_clone, vec![rule(SeccompCmpArgLen::Qword, SeccompCmpOp::MaskedEq(thread), thread)?]);
    // A signal to itself, as when it aborts.
    let own = u64::from(std::process::id());
    rules.insert(libc::SYS_tgkill, vec![rule(SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, own)?]);
    Some(rules)
}

/// What the first argument of a call must be.
fn rule(length: SeccompCmpArgLen, operator: SeccompCmpOp, value: u64) -> Option<SeccompRule> {
    SeccompRule::new(vec![SeccompCondition::new(0, length, operator, value).ok()?]).ok()
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests try what is forbidden")]
mod tests {
    use std::process::Command;

    use rustix::process::{Pid, test_kill_process};

    use super::*;

    /// The word that makes this program of tests a probe.
    const PROBE: &str = "BOARDPACK_TEST_PROBE";

    /// What a confined process tries, and what came of it.
    fn probe(own: &std::path::Path, parent: Pid) -> Vec<String> {
        let mut tried = Vec::new();
        let mut attempt = |what: &str, outcome: Result<(), std::io::Error>| {
            let outcome = outcome.map_or_else(|error| format!("{:?}", error.kind()), |()| "DONE".to_owned());
            tried.push(format!("probe {what}: {outcome}"));
        };
        attempt("read", std::fs::read("/etc/passwd").map(drop));
        attempt("own", std::fs::read("/proc/self/status").map(drop));
        attempt("list", std::fs::read_dir("/").map(drop));
        // Its own files alone: it tries everything once before it is confined.
        attempt("write", std::fs::write(own.join("written"), "x"));
        attempt("remove", std::fs::remove_file(own.join("given")));
        attempt("stat", std::fs::metadata("/etc/passwd").map(drop));
        attempt("tcp", std::net::TcpStream::connect("127.0.0.1:1").map(drop));
        attempt("listen", std::net::TcpListener::bind("127.0.0.1:0").map(drop));
        attempt("udp", std::net::UdpSocket::bind("127.0.0.1:0").map(drop));
        attempt("unix", std::os::unix::net::UnixStream::pair().map(drop));
        attempt("start", Command::new("/bin/true").status().map(drop));
        attempt("kill", test_kill_process(parent).map_err(Into::into));
        // What it needs is left to it.
        let thread = std::thread::Builder::new().spawn(|| 7).map(|thread| thread.join().unwrap());
        tried.push(format!("probe thread: {}", thread.unwrap_or_default()));
        let memory = vec![7_u8; 64 << 20];
        tried.push(format!("probe memory: {}", memory.iter().map(|byte| usize::from(*byte)).sum::<usize>()));
        tried
    }

    #[test]
    fn a_confined_process_opens_no_file_and_no_socket() {
        if let Some(own) = std::env::var_os(PROBE) {
            let (own, parent) = (std::path::PathBuf::from(own), rustix::process::getppid().unwrap());
            let free = probe(&own, parent).iter().filter(|line| line.ends_with("DONE")).count();
            println!("probe before: {free}");
            let walls = confine();
            println!("probe walls: {walls:?}");
            println!("{}", probe(&own, parent).join("\n"));
            // The harness itself is confined by now: it ends here.
            std::process::exit(0);
        }
        let own = tempfile::tempdir().unwrap();
        std::fs::write(own.path().join("given"), "").unwrap();
        let output = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "reader::confinement::tests::a_confined_process_opens_no_file_and_no_socket"])
            .args(["--nocapture", "--test-threads", "1"])
            .env(PROBE, own.path())
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        let lines: Vec<&str> =
            said.lines().filter_map(|line| line.split_once("probe ").map(|(_, told)| told)).collect();
        assert!(lines.contains(&"thread: 7"), "{said}");
        assert!(lines.contains(&format!("memory: {}", 7_usize * (64 << 20)).as_str()), "{said}");
        // It could, before.
        let before: usize = lines.iter().find_map(|line| line.strip_prefix("before: ")).unwrap().parse().unwrap();
        assert!(before >= 8, "{said}");
        let walls = *lines.iter().find(|line| line.starts_with("walls: ")).unwrap();
        if walls.contains("seccomp: true") {
            for what in
                ["read", "own", "list", "write", "remove", "stat", "tcp", "listen", "udp", "unix", "start", "kill"]
            {
                assert!(lines.contains(&format!("{what}: PermissionDenied").as_str()), "{what}: {said}");
            }
        } else if walls.contains("landlock: true") {
            for what in ["read", "own", "list", "write", "tcp", "listen"] {
                assert!(lines.contains(&format!("{what}: PermissionDenied").as_str()), "{what}: {said}");
            }
        }
    }
}
