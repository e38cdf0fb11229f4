//! Spreadsheets of users: sent, refused, read, put right, added, downloaded.

mod added;
mod columns;
mod downloaded;
mod progress;
mod put_right;
mod sent;

/// Three rows: the first is right, of the second the address and the role are wrong, the third is empty
/// but for a name.
const THREE: &[u8] = b"First name,Last name,Email,Mobile,Role,Administrator\n\
    Priya,Iyer,priya@firm.example,07700 900673,Advocate,Yes\n\
    Wen,Williams,wen@,07700 900425,Wizard,No\n\
    Marek,,,,,\n";
