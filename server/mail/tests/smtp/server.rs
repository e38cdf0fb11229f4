//! Starts a real SMTP server for the tests, in a process that ends with the test.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde_json::Value;
use tempfile::TempDir;

pub struct Server {
    pub port: u16,
    /// The certificate of the authority that signed the server's certificate, in PEM form.
    pub authority: String,
    child: Child,
    lines: BufReader<ChildStdout>,
    _folder: TempDir,
}

impl Server {
    /// Starts the server in the mode `plain`, `starttls`, `tls` or `password`.
    pub fn start(mode: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (authority, files) = certificates(folder.path());
        let mut command = Command::new("/usr/bin/python3");
        command.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/smtp/server.py"));
        command.arg(mode);
        if mode != "plain" {
            command.args(files);
        }
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        let mut port = String::new();
        lines.read_line(&mut port).unwrap();
        let port = port
            .trim()
            .parse()
            .expect("the SMTP server did not start: install Debian's package python3-aiosmtpd");
        Self {
            port,
            authority,
            child,
            lines,
            _folder: folder,
        }
    }

    /// Waits for the next message that the server accepts, and returns it as JSON.
    pub fn taken(&mut self) -> Value {
        let mut line = String::new();
        self.lines.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    /// Stops the server.
    pub fn stop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _it_may_have_ended = self.child.kill();
        let _it_may_have_ended = self.child.wait();
    }
}

/// Creates a certificate authority, and a certificate for `localhost` that the authority signed.
/// Returns the authority's certificate as PEM, and the paths of the other certificate and its key.
fn certificates(folder: &Path) -> (String, [String; 2]) {
    let authority_key = KeyPair::generate().unwrap();
    let mut authority = CertificateParams::new(Vec::new()).unwrap();
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    let authority_certificate = authority.self_signed(&authority_key).unwrap();
    let issuer = Issuer::new(authority, authority_key);
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec!["localhost".to_owned()])
        .unwrap()
        .signed_by(&key, &issuer)
        .unwrap();
    let files = [
        ("certificate.pem", certificate.pem()),
        ("key.pem", key.serialize_pem()),
    ]
    .map(|(name, pem)| {
        let path = folder.join(name);
        std::fs::write(&path, pem).unwrap();
        path.to_str().unwrap().to_owned()
    });
    (authority_certificate.pem(), files)
}
