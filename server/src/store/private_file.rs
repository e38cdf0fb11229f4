//! Keeps the files of a SQLite database readable by their owner alone.

use std::fs::{OpenOptions, Permissions, metadata, set_permissions};
use std::io;
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

/// The permissions of everybody but the owner.
const OF_OTHERS: u32 = 0o077;

/// The mode of a file that its owner alone reads and writes.
const OWNER_ALONE: u32 = 0o600;
/// The ends of the names of the files that SQLite keeps beside a database.
const BESIDE: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Makes the file of a database, if it is missing and may be made, and takes it and the files beside
/// it from everybody but their owner. SQLite gives new files beside it the same mode.
///
/// A failure is logged only: SQLite itself reports a file that cannot be used, and a file of another
/// owner is theirs to keep.
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

/// Makes an empty file that its owner alone can read, unless it exists.
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
