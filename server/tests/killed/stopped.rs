//! The real program stops within twenty seconds of SIGTERM, whatever its clients do.

use std::io::Write;
use std::net::TcpStream;
use std::process::Command;
use std::time::Duration;

use tokio::time::Instant;

use crate::program::Program;
use crate::{databases, site};

const SOON: Duration = Duration::from_secs(20);

#[test]
fn a_client_that_stalls_does_not_keep_the_program_from_stopping() {
    let folder = databases::folder();
    let program = Program::start(
        &databases::sqlite_in(&folder),
        &site::write_in(folder.path()),
    );
    let host = program.address.replace("http://", "");
    let send = |text: String| {
        let mut stream = TcpStream::connect(&host).unwrap();
        stream.write_all(text.as_bytes()).unwrap();
        stream
    };
    let _half_a_head = send(format!("GET / HTTP/1.1\r\nHost: {host}"));
    let _half_a_body = send(format!(
        "POST /api/organisation/name HTTP/1.1\r\nHost: {host}\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nname=Hart"
    ));
    let begun = Instant::now();
    let told = Command::new("kill").arg("-TERM").arg(program.id()).status();
    assert!(told.unwrap().success());
    assert!(program.wait().success());
    assert!(begun.elapsed() < SOON, "{:?}", begun.elapsed());
}
