//! The files of a SQLite database can be read only by their owner.

use std::fs::{Permissions, metadata, read_dir, set_permissions, write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use server::clock::Moment;
use server::store::Store;

use crate::databases;

/// Returns the modes of the files in a folder, by name.
fn modes(folder: &Path) -> Vec<(String, u32)> {
    let mut modes: Vec<_> = read_dir(folder)
        .unwrap()
        .map(|file| {
            let file = file.unwrap();
            let mode = file.metadata().unwrap().permissions().mode() & 0o777;
            (file.file_name().into_string().unwrap(), mode)
        })
        .collect();
    modes.sort();
    modes
}

#[tokio::test]
async fn a_new_database_is_its_owners_alone() {
    let folder = databases::folder();
    for address in [
        databases::sqlite_in(&folder),
        format!("sqlite:{}/other.db", folder.path().display()),
    ] {
        let store = Store::open(&address).await.unwrap();
        store.check_writing(Moment::from_millis(0)).await.unwrap();
        let all = modes(folder.path());
        assert!(
            all.iter().any(|(name, _)| name.ends_with("-wal")),
            "{all:?}"
        );
        assert!(all.iter().all(|(_, mode)| *mode == 0o600), "{all:?}");
        store.close().await;
    }
}

#[tokio::test]
async fn a_database_that_others_could_read_is_taken_from_them() {
    let folder = databases::folder();
    let address = databases::sqlite_in(&folder);
    Store::open(&address).await.unwrap().close().await;
    let backup = folder.path().join("registration.db-journal");
    write(&backup, "").unwrap();
    for file in [Path::new(&address), &backup] {
        set_permissions(file, Permissions::from_mode(0o644)).unwrap();
    }
    for open in [true, false] {
        let store = if open {
            Store::open(&address).await
        } else {
            Store::open_existing(&address).await
        };
        store.unwrap().close().await;
        let mode = metadata(&address).unwrap().permissions().mode() & 0o777;
        assert_eq!(mode, 0o600);
        assert!(modes(folder.path()).iter().all(|(_, mode)| *mode == 0o600));
        set_permissions(&address, Permissions::from_mode(0o664)).unwrap();
    }
}
