//! Folders, as councils mount them.

use boardpack::storage::{DirectorySettings, OpenStorage as _};

use crate::storage::{LIMITS, contract, contract_of_writes, files};

#[tokio::test]
async fn a_directory_keeps_the_contract() {
    let dir = tempfile::tempdir().unwrap();
    for (name, bytes) in files() {
        let path = dir.path().join("share").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let settings = DirectorySettings { path: "share".to_owned(), follow_links: false };
    let storage = settings.open(dir.path(), LIMITS).unwrap();
    contract("directory", &storage).await;
    contract_of_writes("directory", &storage).await;
}
