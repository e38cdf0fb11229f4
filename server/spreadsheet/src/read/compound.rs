//! Opens the container of old Office files (the Compound File Binary format).
//!
//! Some programs add entries for sectors beyond the end of the file to the sector table (FAT), or
//! cut the last sector short. Excel and LibreOffice ignore both, but the `cfb` crate refuses such a
//! file, so this module repairs a copy of the file.

use std::borrow::Cow;
use std::io::Cursor;

use cfb::CompoundFile;
use registration::spreadsheet::Refusal;

/// Opens a container. The bytes are copied only if they need repair.
pub(super) fn open(bytes: &[u8]) -> Result<CompoundFile<Cursor<Cow<'_, [u8]>>>, Refusal> {
    CompoundFile::open(Cursor::new(Cow::Borrowed(bytes))).or_else(|_| {
        let mended = mended(bytes).ok_or(Refusal::Damaged)?;
        CompoundFile::open(Cursor::new(Cow::Owned(mended))).map_err(|_| Refusal::Damaged)
    })
}

/// The entry of a free sector in the sector table.
const FREE: u32 = 0xFFFF_FFFF;
/// The highest sector number; higher values are markers.
const LAST_SECTOR: u32 = 0xFFFF_FFFA;
/// The maximum number of table sectors that the header lists.
const LISTED_IN_HEADER: usize = 109;

/// Returns a repaired copy: zeros fill up the last sector, the entries of sectors beyond the end of
/// the file are marked as free, and a chain that leads beyond the end stops before it. Returns
/// `None` if the header or the table cannot be read.
fn mended(bytes: &[u8]) -> Option<Vec<u8>> {
    let shift = u32::from(*bytes.get(0x1E)?);
    if !matches!(shift, 9 | 12) {
        return None;
    }
    let size = 1_usize << shift;
    let mut copy = bytes.to_vec();
    copy.resize(bytes.len().div_ceil(size) * size, 0);
    let sectors = (copy.len() / size).checked_sub(1)?;
    let entries = size / 4;
    for (place, sector) in table_sectors(&copy, size).into_iter().enumerate() {
        let start = usize::try_from(sector)
            .ok()?
            .checked_add(1)?
            .checked_mul(size)?;
        for entry in 0..entries {
            let at = start + entry * 4;
            let number = place * entries + entry;
            let next = double_word(&copy, at)?;
            let points_beyond = next <= LAST_SECTOR && next as usize >= sectors;
            if number >= sectors {
                copy.get_mut(at..at + 4)?
                    .copy_from_slice(&FREE.to_le_bytes());
            } else if points_beyond {
                // The chain ends here.
                copy.get_mut(at..at + 4)?
                    .copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
            }
        }
    }
    Some(copy)
}

/// Returns the numbers of the sectors that contain the sector table. The header lists the first of
/// these sectors, and a chain of further sectors lists the rest.
fn table_sectors(bytes: &[u8], size: usize) -> Vec<u32> {
    let mut found = Vec::new();
    let in_file =
        |sector: &u32| *sector <= LAST_SECTOR && (*sector as usize + 2) * size <= bytes.len();
    for place in 0..LISTED_IN_HEADER {
        found.extend(double_word(bytes, 0x4C + place * 4).filter(in_file));
    }
    let mut next = double_word(bytes, 0x44).filter(in_file);
    let most = bytes.len() / size;
    while let Some(sector) = next.filter(|_| found.len() < most) {
        let start = (sector as usize + 1) * size;
        for place in 0..size / 4 - 1 {
            found.extend(double_word(bytes, start + place * 4).filter(in_file));
        }
        next = double_word(bytes, start + size - 4).filter(in_file);
    }
    found.truncate(most);
    found
}

fn double_word(bytes: &[u8], at: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};

    use super::*;

    fn container() -> Vec<u8> {
        let mut file = CompoundFile::create(Cursor::new(Vec::new())).unwrap();
        let mut stream = file.create_stream("/Book").unwrap();
        stream.write_all(&[7; 5_000]).unwrap();
        drop(stream);
        file.flush().unwrap();
        file.into_inner().into_inner()
    }

    fn book(bytes: &[u8]) -> Vec<u8> {
        let mut found = Vec::new();
        let mut file = open(bytes).unwrap();
        file.open_stream("/Book")
            .unwrap()
            .read_to_end(&mut found)
            .unwrap();
        found
    }

    #[test]
    fn a_table_that_is_filled_up_beyond_the_end_of_the_file_is_read() {
        let mut bytes = container();
        let size = 1_usize << bytes[0x1E];
        let table = (double_word(&bytes, 0x4C).unwrap() as usize + 1) * size;
        let sectors = bytes.len() / size - 1;
        for entry in sectors..size / 4 {
            bytes[table + entry * 4..][..4].copy_from_slice(&0xFFFF_FFFE_u32.to_le_bytes());
        }
        assert!(CompoundFile::open(Cursor::new(bytes.as_slice())).is_err());
        assert_eq!(book(&bytes), [7; 5_000]);
    }

    #[test]
    fn a_file_that_is_no_container_is_damaged() {
        for bytes in [&b""[..], b"\xD0\xCF\x11\xE0", &[0xD0; 600]] {
            assert_eq!(open(bytes).err(), Some(Refusal::Damaged));
        }
    }
}
