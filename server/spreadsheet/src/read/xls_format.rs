//! The record types of an old workbook ([MS-XLS]), and how a record is read from its bytes.

/// The record types of the format ([MS-XLS] 2.3).
pub(super) mod record {
    pub(in crate::read) const END: u16 = 0x000A;
    pub(in crate::read) const BEGIN: u16 = 0x0809;
    pub(in crate::read) const BOUND_SHEET: u16 = 0x0085;
    pub(in crate::read) const CONTINUE: u16 = 0x003C;
    pub(in crate::read) const SHARED_TEXTS: u16 = 0x00FC;
    /// `LabelSst`: a cell with a shared text.
    pub(in crate::read) const SHARED_TEXT: u16 = 0x00FD;
    pub(in crate::read) const PASSWORD: u16 = 0x002F;
    pub(in crate::read) const CODE_PAGE: u16 = 0x0042;
    pub(in crate::read) const FONT: u16 = 0x0031;
    pub(in crate::read) const STYLE: u16 = 0x00E0;
    pub(in crate::read) const DIMENSIONS: u16 = 0x0200;
    pub(in crate::read) const ROW: u16 = 0x0208;
    /// `MulRk`: the numbers of neighbouring cells in a row.
    pub(in crate::read) const SEVERAL_NUMBERS: u16 = 0x00BD;
    /// The records of cells that are not blank: Formula, Number, Label, `BoolErr`, RK, `MulRk`,
    /// `RString` and `LabelSst`.
    pub(in crate::read) const CELLS: [u16; 8] = [
        0x0006,
        0x0203,
        0x0204,
        0x0205,
        0x027E,
        SEVERAL_NUMBERS,
        0x00D6,
        SHARED_TEXT,
    ];
}

/// Returns the type and the body of the first record, and the records after it; `None` at the end,
/// or if the record is cut short.
pub(super) fn next_record(records: &[u8]) -> Option<(u16, &[u8], &[u8])> {
    let kind = word(records, 0)?;
    let length = usize::from(word(records, 2)?);
    let body = records.get(4..4 + length)?;
    Some((kind, body, records.get(4 + length..)?))
}

/// Returns the two bytes at a position as a number; `None` if the position is too near the end.
pub(super) fn word(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]))
}

/// Returns the four bytes at a position as a number; `None` if the position is too near the end.
pub(super) fn double_word(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(word(bytes, at)?) | u32::from(word(bytes, at + 2)?) << 16)
}
