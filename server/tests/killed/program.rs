//! The real program, serving on a free port until the test stops or kills it.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

pub struct Program {
    pub address: String,
    child: Child,
    _words: BufReader<ChildStdout>,
}

impl Program {
    /// Starts the program and waits until it prints its address.
    pub fn start(database: &str, site: &Path) -> Self {
        Self::start_with(database, site, &[])
    }

    /// Starts the program with further environment variables.
    pub fn start_with(database: &str, site: &Path, settings: &[(&str, &str)]) -> Self {
        let mut program = Command::new(env!("CARGO_BIN_EXE_registration"));
        program.stderr(Stdio::null());
        Self::launch(program, database, site, settings)
    }

    /// Runs the command `program` with the arguments and environment variables of the service, and
    /// waits until it prints its address.
    pub fn launch(
        mut program: Command,
        database: &str,
        site: &Path,
        settings: &[(&str, &str)],
    ) -> Self {
        let listen = settings
            .iter()
            .find(|(name, _)| *name == "REGISTRATION_LISTEN")
            .map_or("127.0.0.1:0", |(_, address)| address);
        let mut child = program
            .args([
                "serve",
                "--listen",
                listen,
                "--database",
                database,
                "--site",
            ])
            .arg(site)
            .env_remove("REGISTRATION_HTTPS")
            .env_remove("REGISTRATION_CLOSED")
            .env_remove("REGISTRATION_MAIL")
            .env(
                "REGISTRATION_SECRETS_KEY",
                "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            )
            .envs(settings.iter().copied())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut words = BufReader::new(child.stdout.take().unwrap());
        let mut line = String::new();
        words.read_line(&mut line).unwrap();
        let Some((_, address)) = line.trim().split_once(" is at ") else {
            panic!("the program did not start: {line}");
        };
        Self {
            address: address.to_owned(),
            child,
            _words: words,
        }
    }

    /// Returns the identifier of the process.
    pub fn id(&self) -> String {
        self.child.id().to_string()
    }

    /// Waits until the program has ended by itself; returns its exit status.
    pub fn wait(mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }

    /// Kills the program with `SIGKILL`, so it cannot clean up.
    pub fn kill(mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _it_may_have_ended = self.child.kill();
        let _it_may_have_ended = self.child.wait();
    }
}
