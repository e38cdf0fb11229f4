//! Spreadsheets of users: upload, refusal, import, correction, adding and download.

mod added;
mod columns;
mod downloaded;
mod progress;
mod put_right;
mod sent;

/// Three rows: the first is valid, the second has a wrong email address and role, and the third has
/// only a first name.
const THREE: &[u8] = b"First name,Last name,Email,Mobile,Role,Administrator\n\
    Priya,Iyer,priya@firm.example,07700 900673,Advocate,Yes\n\
    Wen,Williams,wen@,07700 900425,Wizard,No\n\
    Marek,,,,,\n";
