//! Measures a question page on one core: CPU time, memory, and requests a second, with every save
//! written to disk.
//!
//! The server is the real binary with the real site and a SQLite file. The server is pinned to one
//! core; this program, its only client, may run on any core. The CPU time is the time that Linux
//! counts for the server's process.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The number of requests that warm the server up.
const WARM: usize = 2_000;
/// The number of requests that are measured.
const COUNTED: usize = 20_000;
/// The number of browsers that send at the same time.
const BROWSERS: usize = 4;
/// Milliseconds in a tick: Linux counts a process's time in hundredths of a second.
const TICK_MS: f64 = 10.0;

fn main() -> Result<(), Failure> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = std::env::temp_dir().join(format!("registration-bench-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let measured = measure(&root, &folder);
    fs::remove_dir_all(&folder)?;
    measured
}

fn measure(root: &Path, folder: &Path) -> Result<(), Failure> {
    // The first start creates the tables. The second start is measured, as a restart.
    drop(Server::start(root, folder)?);
    let server = Server::start(root, folder)?;
    row(
        "start to first answer, s",
        server.first_answer.as_secs_f64(),
        "at most 0.2",
    );
    row("memory, idle, MB", server.memory_mb()?, "at most 20");
    let cookie = server.begin()?;
    let page = format!(
        "GET /organisation/contact HTTP/1.1\r\nHost: {0}\r\nAccept: text/html\r\nCookie: {cookie}\r\n\r\n",
        server.address
    );
    let answers = "telephone=01632+960+001&email=clerk%40firm.example&from=task";
    let form = format!(
        "POST /api/organisation/contact HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nAccept: text/html\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {1}\r\nCookie: {cookie}\r\n\r\n{answers}",
        server.address,
        answers.len()
    );
    let bare = format!("GET /healthz HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    let get = server.cost(&page, "200")?;
    row(
        "GET question page with a draft, CPU ms",
        get.cpu_ms,
        "at most 0.15",
    );
    row("GET question page, requests a second", get.a_second, "");
    let bare = server.cost(&bare, "200")?;
    row("a bare answer of the same run, CPU ms", bare.cpu_ms, "");
    row(
        "GET question page, times a bare answer",
        get.cpu_ms / bare.cpu_ms,
        "",
    );
    let post = server.cost(&form, "303")?;
    row(
        "POST valid answers to disk, CPU ms",
        post.cpu_ms,
        "at most 0.15",
    );
    row("POST valid answers, requests a second", post.a_second, "");
    row(
        "POST valid answers, times a bare answer",
        post.cpu_ms / bare.cpu_ms,
        "",
    );
    row("memory, loaded, MB", server.memory_mb()?, "");
    Ok(())
}

fn row(what: &str, figure: f64, target: &str) {
    println!("{what:<44} {figure:>8.3}   {target}");
}

/// The CPU time of a request, in milliseconds, and the requests a second.
struct Cost {
    cpu_ms: f64,
    a_second: f64,
}

/// The server process, on one core; it is killed when dropped.
struct Server {
    process: Child,
    address: String,
    first_answer: Duration,
}

impl Server {
    fn start(root: &Path, folder: &Path) -> Result<Self, Failure> {
        let begun = now();
        let mut process = Command::new("taskset")
            .args(["-c", "0"])
            .arg(root.join("target/dist/registration"))
            .arg("serve")
            .env("REGISTRATION_LISTEN", "127.0.0.1:0")
            .env("REGISTRATION_DATABASE", folder.join("bench.db"))
            .env("REGISTRATION_SITE", root.join("target/dist/site"))
            .stdout(Stdio::piped())
            .spawn()?;
        let mut line = String::new();
        let printed = process.stdout.take().ok_or("the server prints nothing")?;
        BufReader::new(printed).read_line(&mut line)?;
        let address = line
            .trim()
            .rsplit('/')
            .next()
            .unwrap_or_default()
            .to_owned();
        let mut server = Self {
            process,
            address,
            first_answer: Duration::ZERO,
        };
        let page = format!(
            "GET / HTTP/1.1\r\nHost: {}\r\nAccept: text/html\r\n\r\n",
            server.address
        );
        Browser::open(&server.address)?.send(&page, "200")?;
        server.first_answer = begun.elapsed();
        Ok(server)
    }

    /// Begins a draft with a few answers; returns the cookie of its session.
    fn begin(&self) -> Result<String, Failure> {
        let form = |cookie: &str, page: &str, answers: &str| {
            format!(
                "POST /api/organisation/{page} HTTP/1.1\r\nHost: {0}\r\nOrigin: http://{0}\r\nAccept: text/html\r\n\
                 Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {1}\r\n{cookie}\r\n{answers}",
                self.address,
                answers.len()
            )
        };
        let mut browser = Browser::open(&self.address)?;
        let headers = browser.send(&form("", "kind", "kind=solicitors-firm"), "303")?;
        let cookie = headers
            .lines()
            .find_map(|line| line.strip_prefix("set-cookie: "))
            .and_then(|cookie| cookie.split(';').next())
            .ok_or("no cookie came")?
            .to_owned();
        let with_cookie = format!("Cookie: {cookie}\r\n");
        browser.send(
            &form(&with_cookie, "name", "name=Hartwell+Crane+%26+Co+LLP"),
            "303",
        )?;
        Ok(cookie)
    }

    fn cost(&self, request: &str, status: &'static str) -> Result<Cost, Failure> {
        self.send(request, status, WARM)?;
        let (cpu, clock) = (self.cpu_ms()?, now());
        self.send(request, status, COUNTED)?;
        let seconds = clock.elapsed().as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "a count of requests is small")]
        let counted = COUNTED as f64;
        Ok(Cost {
            cpu_ms: (self.cpu_ms()? - cpu) / counted,
            a_second: counted / seconds,
        })
    }

    fn send(&self, request: &str, status: &'static str, times: usize) -> Result<(), Failure> {
        let browsers: Vec<_> = (0..BROWSERS)
            .map(|_| {
                let (address, request) = (self.address.clone(), request.to_owned());
                thread::spawn(move || -> Result<(), Failure> {
                    let mut browser = Browser::open(&address)?;
                    for _ in 0..times / BROWSERS {
                        browser.send(&request, status)?;
                    }
                    Ok(())
                })
            })
            .collect();
        for browser in browsers {
            browser.join().map_err(|_| "a browser gave up")??;
        }
        Ok(())
    }

    /// Returns the user and system time of the process, in milliseconds.
    fn cpu_ms(&self) -> Result<f64, Failure> {
        let stat = fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        let after_name = stat.rsplit(") ").next().unwrap_or_default();
        let ticks: f64 = after_name
            .split(' ')
            .skip(11)
            .take(2)
            .filter_map(|ticks| ticks.parse::<f64>().ok())
            .sum();
        Ok(ticks * TICK_MS)
    }

    fn memory_mb(&self) -> Result<f64, Failure> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let kilobytes = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))
            .and_then(|line| line.trim().strip_suffix(" kB"))
            .and_then(|kilobytes| kilobytes.trim().parse::<f64>().ok());
        Ok(kilobytes.ok_or("no memory is told")? / 1_000.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // The process may have stopped already.
        let _stopped = self.process.kill();
        let _waited = self.process.wait();
    }
}

/// A connection that stays open, as a browser's does.
struct Browser {
    stream: BufReader<TcpStream>,
    body: Vec<u8>,
}

impl Browser {
    fn open(address: &str) -> Result<Self, Failure> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        Ok(Self {
            stream: BufReader::new(stream),
            body: Vec::new(),
        })
    }

    /// Sends a request, reads the whole answer, and returns the answer's headers. Fails if the
    /// status of the answer is not `status`.
    fn send(&mut self, request: &str, status: &str) -> Result<String, Failure> {
        self.stream.get_mut().write_all(request.as_bytes())?;
        let mut headers = String::new();
        while !headers.ends_with("\r\n\r\n") {
            if self.stream.read_line(&mut headers)? == 0 {
                return Err("the server hung up".into());
            }
        }
        let headers = headers.replace("\r\n", "\n");
        if headers.split(' ').nth(1) != Some(status) {
            return Err(format!("not {status}: {headers}").into());
        }
        let length = headers
            .lines()
            .find_map(|line| line.strip_prefix("content-length: "));
        if let Some(length) = length {
            self.read(length.parse()?)?;
        } else if headers.contains("transfer-encoding: chunked") {
            while self.chunk()? > 0 {}
        }
        Ok(headers)
    }

    fn chunk(&mut self) -> Result<usize, Failure> {
        let mut size = String::new();
        self.stream.read_line(&mut size)?;
        let size = usize::from_str_radix(size.trim(), 16)?;
        self.read(size + 2)?;
        Ok(size)
    }

    fn read(&mut self, bytes: usize) -> Result<(), Failure> {
        self.body.resize(bytes, 0);
        Ok(self.stream.read_exact(&mut self.body)?)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the real clock"
)]
fn now() -> Instant {
    Instant::now()
}
