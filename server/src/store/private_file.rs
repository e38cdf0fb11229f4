//! Makes the files of a SQLite database accessible to their owner only.

use std::fs::{OpenOptions, Permissions, metadata, set_permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// The permission bits of everybody but the owner.
const OF_OTHERS: u32 = 0o077;

/// The mode of a file that only its owner can read and write.
const OWNER_ALONE: u32 = 0o600;
/// The suffixes of the files that SQLite creates beside a database.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Restricts a database file and the files beside it to their owner.
///
/// SQLite gives new files beside the database the same mode. A failure is only logged: SQLite
/// itself reports a file that cannot be used, and the mode of another user's file cannot be
/// changed.
pub(super) fn keep_private(file: &Path) {
    let beside = BESIDE.iter().map(|end| {
        let mut name = file.as_os_str().to_owned();
        name.push(end);
        PathBuf::from(name)
    });
    for file in std::iter::once(file.to_owned()).chain(beside) {
        if let Err(error) = restrict(&file)
            && error.kind() != io::ErrorKind::NotFound
        {
            let file = file.display();
            tracing::warn!(%file, %error, "other users of this machine may read the database");
        }
    }
}

/// Creates an empty file that only its owner can read, unless the file exists.
pub(super) fn make_private(file: &Path) -> io::Result<()> {
    let made = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(OWNER_ALONE)
        .open(file);
    match made {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

fn restrict(file: &Path) -> io::Result<()> {
    if metadata(file)?.permissions().mode() & OF_OTHERS == 0 {
        return Ok(());
    }
    set_permissions(file, Permissions::from_mode(OWNER_ALONE))
}
