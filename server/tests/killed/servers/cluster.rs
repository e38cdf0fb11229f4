//! A PostgreSQL server of the test's own, which the test stops, starts and replaces by its standby.
//! PostgreSQL refuses to run as root, so root runs it as the user `postgres` of Debian's package.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::PathBuf;
use std::process::{Command, Output};

use tempfile::TempDir;

use super::free_port;

pub struct Cluster {
    pub port: u16,
    programs: PathBuf,
    folder: TempDir,
}

impl Cluster {
    /// Makes an empty server and starts it.
    pub fn new() -> Self {
        let cluster = Self::empty(free_port());
        cluster.run(
            "initdb",
            &[
                "--username=postgres",
                "--auth=trust",
                "--encoding=UTF8",
                "--locale=C.UTF-8",
                "--no-sync",
            ],
        );
        cluster.start();
        cluster
    }

    /// Makes a standby of this server and starts it. From then on, this server acknowledges a
    /// commit only once the standby has it too.
    pub fn standby(&self) -> Self {
        self.standby_at(free_port())
    }

    /// Makes a standby at this port.
    pub fn standby_at(&self, port: u16) -> Self {
        let standby = Self::empty(port);
        let from = format!(
            "host=127.0.0.1 port={} user=postgres application_name=standby",
            self.port
        );
        standby.run(
            "pg_basebackup",
            &[
                "--dbname",
                &from,
                "--write-recovery-conf",
                "--checkpoint=fast",
                "--no-sync",
            ],
        );
        standby.start();
        self.sql("alter system set synchronous_standby_names = 'standby'");
        self.sql("select pg_reload_conf()");
        let is_synchronous = || {
            self.sql("select count(*) from pg_stat_replication where sync_state = 'sync'") == "1"
        };
        super::until(
            std::time::Duration::from_secs(20),
            "the standby follows",
            is_synchronous,
        );
        standby
    }

    /// Promotes this standby to primary. It then acknowledges commits without a standby.
    pub fn promote(&self) {
        self.run("pg_ctl", &["promote", "--silent", "--wait"]);
        self.sql("alter system reset synchronous_standby_names");
        self.sql("select pg_reload_conf()");
    }

    /// Returns the URL of the database on a port of this computer.
    pub fn url(port: u16) -> String {
        format!("postgres://postgres@127.0.0.1:{port}/postgres")
    }

    pub fn start(&self) {
        let options = format!(
            "-c listen_addresses=127.0.0.1 -c port={} -c unix_socket_directories= -c fsync=off \
             -c full_page_writes=off -c max_connections=100",
            self.port
        );
        let log = self.folder.path().join("log");
        self.run(
            "pg_ctl",
            &[
                "start",
                "--silent",
                "--wait",
                "--log",
                log.to_str().unwrap(),
                "--options",
                &options,
            ],
        );
    }

    /// Stops the server at once, as a crash does: it writes nothing more, and recovers at its next
    /// start.
    pub fn crash(&self) {
        self.run("pg_ctl", &["stop", "--silent", "--mode=immediate"]);
    }

    /// Stops the server as an operator does.
    pub fn stop(&self) {
        self.run("pg_ctl", &["stop", "--silent", "--mode=fast"]);
    }

    pub fn sql(&self, statement: &str) -> String {
        let mut psql = Command::new(self.programs.join("psql"));
        let output = psql
            .args([
                "--no-psqlrc",
                "--quiet",
                "--tuples-only",
                "--no-align",
                "--dbname",
            ])
            .args([&Self::url(self.port), "--command", statement])
            .output();
        String::from_utf8(succeeded(output.unwrap(), statement).stdout)
            .unwrap()
            .trim()
            .to_owned()
    }

    fn empty(port: u16) -> Self {
        let folder = tempfile::Builder::new()
            .prefix("registration-postgres.")
            .tempdir_in("/tmp")
            .unwrap();
        if is_root() {
            let path = folder.path();
            assert!(
                Command::new("chown")
                    .arg("postgres")
                    .arg(path)
                    .status()
                    .unwrap()
                    .success()
            );
        }
        Self {
            port,
            programs: programs(),
            folder,
        }
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let status = self.command(program, arguments).status().unwrap();
        let output = || fs::read_to_string(self.folder.path().join("output"));
        assert!(status.success(), "{program}: {}", output().unwrap());
    }

    fn command(&self, program: &str, arguments: &[&str]) -> Command {
        let path = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(&path);
            command
        } else {
            Command::new(&path)
        };
        // The server would hold a pipe open, so its output goes to a file.
        let file = fs::File::create(self.folder.path().join("output")).unwrap();
        command
            .args(arguments)
            .arg("--pgdata")
            .arg(self.folder.path().join("data"))
            .current_dir("/")
            .stdout(file.try_clone().unwrap())
            .stderr(file);
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let _it_may_have_ended = self
            .command("pg_ctl", &["stop", "--silent", "--mode=immediate"])
            .status();
    }
}

/// Returns the folder of PostgreSQL's programs.
pub fn programs() -> PathBuf {
    let versions = fs::read_dir("/usr/lib/postgresql").unwrap();
    let newest = versions.map(|version| version.unwrap().path()).max();
    newest.unwrap().join("bin")
}

/// Returns the output of a program; panics if the program failed.
#[track_caller]
pub fn succeeded(output: Output, what: &str) -> Output {
    let words = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{what}: {words}");
    output
}

fn is_root() -> bool {
    fs::metadata("/proc/self").unwrap().uid() == 0
}
