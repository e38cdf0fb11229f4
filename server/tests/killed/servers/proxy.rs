//! `HAProxy`, in front of the servers or between them and PostgreSQL.

use std::fmt::Write as _;
use std::io::{Read, Write};
use std::os::unix::net::UnixStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use super::{free_port, until};
use crate::databases;

pub struct Proxy {
    /// The port on which the proxy listens.
    pub port: u16,
    child: Child,
    folder: TempDir,
}

impl Proxy {
    /// Starts a proxy to PostgreSQL servers. The proxy uses the first server until `switch` is
    /// called.
    pub fn to_postgres(ports: &[u16]) -> Self {
        let mut servers = String::new();
        for (number, port) in ports.iter().enumerate() {
            let disabled = if number == 0 { "" } else { "disabled" };
            writeln!(servers, "  server s{number} 127.0.0.1:{port} {disabled}").unwrap();
        }
        Self::start(&format!("mode tcp\n{servers}"))
    }

    /// Starts a proxy that sends each request to the next server in turn.
    pub fn to_servers(ports: &[u16]) -> Self {
        let mut servers = String::new();
        for (number, port) in ports.iter().enumerate() {
            writeln!(servers, "  server s{number} 127.0.0.1:{port}").unwrap();
        }
        Self::start(&format!(
            "mode http\n  balance roundrobin\n  http-reuse never\n  retries 3\n  option redispatch 1\n{servers}"
        ))
    }

    fn start(listen: &str) -> Self {
        let folder = databases::folder();
        let port = free_port();
        let socket = folder.path().join("admin");
        let file = folder.path().join("haproxy.cfg");
        let config = format!(
            "global\n  nbthread 1\n  stats socket {} level admin\ndefaults\n  timeout connect 1s\n  \
             timeout client 5m\n  timeout server 5m\nlisten proxy\n  bind 127.0.0.1:{port}\n  {listen}",
            socket.display()
        );
        std::fs::write(&file, config).unwrap();
        let child = Command::new("haproxy")
            .args(["-db", "-f"])
            .arg(&file)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        until(Duration::from_secs(10), "HAProxy listens", || {
            UnixStream::connect(&socket).is_ok()
        });
        Self {
            port,
            child,
            folder,
        }
    }

    /// Replaces server `from` by server `to`, and closes the connections to `from`.
    pub fn switch(&self, from: usize, to: usize) {
        self.order(&format!("set server proxy/s{from} state maint"));
        self.order(&format!("shutdown sessions server proxy/s{from}"));
        self.order(&format!("set server proxy/s{to} state ready"));
    }

    /// Stops the process with SIGSTOP: the kernel still accepts connections, but nothing answers.
    pub fn freeze(&self) {
        self.signal("-STOP");
    }

    /// Lets the process go on.
    pub fn thaw(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([signal, &id])
                .status()
                .unwrap()
                .success()
        );
    }

    fn order(&self, order: &str) {
        let mut socket = UnixStream::connect(self.folder.path().join("admin")).unwrap();
        writeln!(socket, "{order}").unwrap();
        let mut answer = String::new();
        socket.read_to_string(&mut answer).unwrap();
        assert_eq!(answer.trim(), "", "{order}");
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        let _it_may_have_ended = self.child.kill();
        let _it_may_have_ended = self.child.wait();
    }
}
