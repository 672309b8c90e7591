//! Folders of files, as a share has them.

#![expect(clippy::disallowed_methods, reason = "tests write files of their own")]

use super::*;
use crate::domain::layout::Newest;

/// What the folder says of a name, as whoever opens it asks.
async fn look(share: &Directory, name: &str, rule: Option<Newest>) -> Result<Got, StorageError> {
    Storage::new(share.clone()).newest(name, None, rule).await
}

fn share(files: &[&str]) -> (tempfile::TempDir, Directory) {
    let dir = tempfile::tempdir().unwrap();
    for file in files {
        let path = dir.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, file.as_bytes()).unwrap();
    }
    let directory = Directory::new(dir.path().to_owned(), FetchLimits { max_bytes: 40 });
    (dir, directory)
}

fn name(got: Got) -> String {
    match got {
        Got::Found(file) => {
            assert_eq!(file.bytes().unwrap(), file.name.as_bytes());
            assert!(file.modified.is_some() && file.etag.is_none());
            file.name
        }
        Got::Missing { near } => format!("missing, near {near:?}"),
        Got::Ambiguous { names } => format!("ambiguous {names:?}"),
        other => format!("{other:?}"),
    }
}

#[tokio::test]
async fn exactly_one_file_is_meant() {
    let (_dir, share) = share(&[
        "adults.xlsx",
        "~$adults.xlsx",
        "~$closed.xlsx",
        ".~lock.adults.xlsx#",
        "2026-10/KPI v1.xlsx",
        "2026-10/KPI v2.xlsx",
        "2026-09/KPI.xlsx",
        "2026-09/[final].xlsx",
        "2026-09/deep/a.xlsx",
    ]);
    for (wanted, expected) in [
        ("adults.xlsx", "adults.xlsx"),
        ("adult*.xlsx", "adults.xlsx"),
        ("ADULTS*", "adults.xlsx"),
        ("*/KPI.xlsx", "2026-09/KPI.xlsx"),
        ("2026-09/[final].xlsx", "2026-09/[final].xlsx"),
        ("2026-10/KPI*.xlsx", "ambiguous [\"2026-10/KPI v1.xlsx\", \"2026-10/KPI v2.xlsx\"]"),
        ("*-09/deep/?.xlsx", "2026-09/deep/a.xlsx"),
        ("closed.xlsx", "missing, near []"),
        ("*closed.xlsx", "missing, near []"),
        ("Adultz.xlsx", "missing, near [\"adults.xlsx\"]"),
        ("2026-9/KPI.xlsx", "missing, near [\"2026-09\", \"2026-10\"]"),
        ("2026-09", "missing, near []"),
        ("adults.xlsx/a.xlsx", "missing, near []"),
        ("*.csv", "missing, near []"),
    ] {
        assert_eq!(name(look(&share, wanted, None).await.unwrap()), expected, "{wanted}");
    }
}

#[tokio::test]
async fn a_workbook_beside_its_lock_file_is_open() {
    let (_dir, share) = share(&["a.xlsx", "~$a.xlsx", "b.ods", ".~lock.b.ods#", "c.xlsx", "~$c.xls", "deep/a.xlsx"]);
    for (wanted, open) in
        [("a.xlsx", true), ("A*.xlsx", true), ("b.ods", true), ("c.xlsx", false), ("deep/a.xlsx", false)]
    {
        let Got::Found(file) = look(&share, wanted, None).await.unwrap() else { panic!("{wanted}") };
        assert_eq!(file.is_open, open, "{wanted}");
    }
}

#[tokio::test]
async fn the_newest_by_a_declared_rule_is_meant() {
    let (dir, share) = share(&["KPI 9.xlsx", "KPI 10.xlsx", "~$KPI 11.xlsx"]);
    assert_eq!(name(look(&share, "KPI *.xlsx", Some(Newest::Name)).await.unwrap()), "KPI 10.xlsx");
    let at = |seconds| std::time::UNIX_EPOCH + Duration::from_secs(seconds);
    let touch = |file: &str, seconds| {
        fs::File::options().write(true).open(dir.path().join(file)).unwrap().set_modified(at(seconds)).unwrap();
    };
    touch("KPI 9.xlsx", 2_000);
    touch("KPI 10.xlsx", 1_000);
    assert_eq!(name(look(&share, "KPI *.xlsx", Some(Newest::Modified)).await.unwrap()), "KPI 9.xlsx");
    // Changed at the same moment: which is meant is not ours to say.
    touch("KPI 10.xlsx", 2_000);
    assert!(matches!(look(&share, "KPI *.xlsx", Some(Newest::Modified)).await.unwrap(), Got::Ambiguous { .. }));
    assert_eq!(name(look(&share, "KPI 9.xlsx", Some(Newest::Modified)).await.unwrap()), "KPI 9.xlsx");
}

#[tokio::test]
async fn a_share_that_is_not_mounted_is_an_error_and_not_a_missing_file() {
    let (dir, _) = share(&[]);
    let gone = Directory::new(dir.path().join("gone"), FetchLimits { max_bytes: 1 });
    let error = look(&gone, "a.xlsx", None).await.unwrap_err();
    assert!(matches!(error, StorageError::Folder { .. }));
    assert!(error.to_string().contains("hint: is the share mounted"), "{error}");
}

#[tokio::test]
async fn a_path_out_of_the_share_is_an_error() {
    let (dir, _) = share(&["a.xlsx", "in/b.xlsx"]);
    let inner = Directory::new(dir.path().join("in"), FetchLimits { max_bytes: 99 });
    for bad in ["../a.xlsx", "/etc/hostname", "C:\\a.xlsx", "b.xlsx/"] {
        assert!(matches!(look(&inner, bad, None).await, Err(StorageError::Path { .. })), "{bad}");
    }
}

#[tokio::test]
async fn size_is_capped_and_office_marks_are_no_workbooks() {
    let (dir, share) = share(&["~$a.xlsx"]);
    fs::write(dir.path().join("big.xlsx"), [0; 41]).unwrap();
    let got = look(&share, "big.xlsx", None).await.unwrap();
    assert_eq!(got, Got::TooLarge { name: "big.xlsx".into(), bytes: 41, limit: 40 });
    assert!(matches!(look(&share, "~$a.xlsx", None).await.unwrap(), Got::Locked { .. }));
}

#[test]
fn a_file_in_use_is_no_broken_disk() {
    for (error, locked) in [
        (io::Error::from(io::ErrorKind::PermissionDenied), true),
        (io::Error::from(io::ErrorKind::ResourceBusy), true),
        (io::Error::from(io::ErrorKind::NotConnected), false),
        (io::Error::from(io::ErrorKind::TimedOut), false),
        (io::Error::from_raw_os_error(32), cfg!(windows)),
    ] {
        assert_eq!(is_locked(&error), locked, "{error}");
    }
}
