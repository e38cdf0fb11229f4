//! PostgreSQL on another machine: the service sends no password before the server has proved its
//! identity.
//!
//! A small test server speaks the start of PostgreSQL’s protocol. Its address, 0.0.0.0, does not
//! count as an address of this machine.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use server::store::Store;
use tempfile::TempDir;

/// The message with which a client requests TLS: its length, and the code 80877103.
const TLS_PLEASE: [u8; 8] = [0, 0, 0, 8, 4, 210, 22, 47];

struct Peer {
    port: u16,
    /// The client's next message, which names the user and the database if the client trusts the
    /// server.
    heard: JoinHandle<Vec<u8>>,
}

impl Peer {
    /// Waits for one client; accepts its request for TLS with this configuration, or refuses the
    /// request if `tls` is `None`.
    fn start(tls: Option<ServerConfig>) -> Self {
        let listener = TcpListener::bind("0.0.0.0:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let heard = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut wish = [0; 8];
            stream.read_exact(&mut wish).unwrap();
            assert_eq!(wish, TLS_PLEASE);
            match tls {
                None => {
                    stream.write_all(b"N").unwrap();
                    first_of(stream)
                }
                Some(tls) => {
                    stream.write_all(b"S").unwrap();
                    let connection = ServerConnection::new(Arc::new(tls)).unwrap();
                    first_of(StreamOwned::new(connection, stream))
                }
            }
        });
        Self { port, heard }
    }

    fn url(&self, host: &str, rest: &str) -> String {
        format!(
            "postgres://clerk:secret@{host}:{}/registration{rest}",
            self.port
        )
    }

    fn heard(self) -> String {
        String::from_utf8_lossy(&self.heard.join().unwrap()).into_owned()
    }
}

/// Returns the first message after the TLS negotiation; empty if the client disconnected.
fn first_of(mut stream: impl Read) -> Vec<u8> {
    let mut message = vec![0; 1_000];
    let length = stream.read(&mut message).unwrap_or_default();
    message.truncate(length);
    message
}

/// A certificate authority, and its certificate for a server name or address.
struct Authority {
    folder: TempDir,
    tls: ServerConfig,
}

impl Authority {
    fn new(name: &str) -> Self {
        let mut parameters = CertificateParams::new(Vec::new()).unwrap();
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority =
            CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap();
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(vec![name.to_owned()])
            .unwrap()
            .signed_by(&key, &authority)
            .unwrap();
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("authority.pem"), authority.pem()).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
            )
            .unwrap();
        Self { folder, tls }
    }

    /// Returns the part of a URL that names the authority's certificate file.
    fn named(&self) -> String {
        let path = self.folder.path().join("authority.pem");
        format!("?sslrootcert={}", path.to_str().unwrap())
    }
}

#[tokio::test]
async fn a_server_without_tls_gets_no_password() {
    let peer = Peer::start(None);
    let error = Store::open(&peer.url("0.0.0.0", "")).await.unwrap_err();
    assert_eq!(peer.heard(), "");
    assert!(error.to_string().contains("TLS"), "{error}");
}

#[tokio::test]
async fn a_server_with_a_certificate_of_nobody_known_gets_no_password() {
    let stranger = Authority::new("0.0.0.0");
    let peer = Peer::start(Some(stranger.tls.clone()));
    assert!(Store::open(&peer.url("0.0.0.0", "")).await.is_err());
    assert_eq!(peer.heard(), "");

    let ours = Authority::new("0.0.0.0");
    let peer = Peer::start(Some(stranger.tls));
    assert!(
        Store::open(&peer.url("0.0.0.0", &ours.named()))
            .await
            .is_err()
    );
    assert_eq!(peer.heard(), "");
}

#[tokio::test]
async fn a_server_with_a_certificate_for_another_name_gets_no_password() {
    let ours = Authority::new("db.example");
    let peer = Peer::start(Some(ours.tls.clone()));
    assert!(
        Store::open(&peer.url("0.0.0.0", &ours.named()))
            .await
            .is_err()
    );
    assert_eq!(peer.heard(), "");
}

#[tokio::test]
async fn a_server_that_the_authority_vouches_for_is_asked() {
    let ours = Authority::new("0.0.0.0");
    let peer = Peer::start(Some(ours.tls.clone()));
    // The test server sends nothing after the first message, so opening fails, but only after TLS
    // was negotiated.
    assert!(
        Store::open(&peer.url("0.0.0.0", &ours.named()))
            .await
            .is_err()
    );
    let heard = peer.heard();
    assert!(
        heard.contains("clerk") && heard.contains("registration"),
        "{heard}"
    );
}
