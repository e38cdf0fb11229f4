//! A test browser: it stores cookies and sends forms as plain HTML or as WebAssembly does. The
//! browser does not follow redirects.

use std::net::SocketAddr;
use std::sync::Mutex;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, header, request::Builder};
use http_body_util::BodyExt;
use registration::keyed_form;
use tower::ServiceExt;

use crate::forms::{Fields, encoded, pages_of_a_firm, user};
use crate::page::Page;

pub struct Browser {
    router: Router,
    cookie: Mutex<Option<String>>,
    /// The base of the form that this browser keys in; empty for an applicant's browser.
    base: String,
}

impl Browser {
    pub fn new(router: Router) -> Self {
        Self {
            router,
            cookie: Mutex::new(None),
            base: String::new(),
        }
    }

    /// Returns a copy of this browser that keys in the form with this base. The copy adds the base
    /// to the addresses of the journey. Redirects must have the base; the copy removes it from
    /// them.
    pub fn within(&self, base: &str) -> Self {
        Self {
            router: self.router.clone(),
            cookie: Mutex::new(self.cookie()),
            base: base.to_owned(),
        }
    }

    /// Returns the base of the form that this browser keys in.
    pub fn base(&self) -> &str {
        &self.base
    }

    fn at(&self, address: &str) -> String {
        if self.base.is_empty() || !keyed_form::is_of_draft(address) {
            address.to_owned()
        } else {
            [&self.base, address].concat()
        }
    }

    /// Returns the `Cookie` header that this browser would send; `None` if it has no cookies.
    pub fn cookie(&self) -> Option<String> {
        self.cookie.lock().unwrap().clone()
    }

    /// Replaces the stored cookies by those of a `Cookie` header; `None` deletes them.
    pub fn take_cookie(&self, cookie: Option<String>) {
        *self.cookie.lock().unwrap() = cookie;
    }

    /// Opens a page.
    pub async fn get(&self, address: &str) -> Page {
        self.send(
            Request::get(self.at(address)).header(header::ACCEPT, "text/html,*/*;q=0.8"),
            "",
        )
        .await
    }

    /// Sends a form as a browser without scripts does.
    pub async fn post(&self, address: &str, fields: &[(&'static str, String)]) -> Page {
        self.post_body(address, encoded(fields)).await
    }

    /// Sends a form with one field as a browser without scripts does.
    pub async fn post_field(&self, address: &str, field: &'static str, value: &str) -> Page {
        self.post(address, &[(field, value.to_owned())]).await
    }

    /// Sends a body as a browser without scripts does.
    pub async fn post_body(&self, address: &str, body: impl Into<Body>) -> Page {
        self.send(
            form(&self.at(address)).header(header::ACCEPT, "text/html,*/*;q=0.8"),
            body,
        )
        .await
    }

    /// Sends a form as WebAssembly does.
    pub async fn call(&self, address: &str, fields: &[(&'static str, String)]) -> Page {
        self.call_body(address, encoded(fields)).await
    }

    /// Sends a body as WebAssembly does.
    pub async fn call_body(&self, address: &str, body: impl Into<Body>) -> Page {
        self.send(
            form(&self.at(address)).header(header::ACCEPT, "application/json"),
            body,
        )
        .await
    }

    /// Uploads a spreadsheet with the HTML form. Each entry has the name of a field, the name of
    /// the file if the field is a file, and the content.
    pub async fn upload(&self, fields: &[(&str, Option<&str>, &[u8])]) -> Page {
        self.upload_to("/api/users/upload", fields).await
    }

    /// Sends a multipart form to this address. The entries are as in `upload`.
    pub async fn upload_to(&self, address: &str, fields: &[(&str, Option<&str>, &[u8])]) -> Page {
        const BOUNDARY: &str = "----between-the-parts";
        let mut body = Vec::new();
        for (name, file, content) in fields {
            let file = file.map(|file| format!("; filename=\"{file}\""));
            let head = format!(
                "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"{}\r\n\r\n",
                file.unwrap_or_default()
            );
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(content);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
        let request = Request::post(self.at(address))
            .header(header::ACCEPT, "text/html,*/*;q=0.8")
            .header(
                header::CONTENT_TYPE,
                format!("multipart/form-data; boundary={BOUNDARY}"),
            );
        self.send(request, body).await
    }

    /// Uploads one file and waits until it is imported; on a busy machine the first answer is the
    /// progress page.
    pub async fn upload_file(&self, name: &str, content: &[u8]) -> Page {
        const READING: &str = "/users/upload/reading";
        let mut answer = self
            .upload(&[("file", Some(name), content), ("cells", None, b"")])
            .await;
        while answer.location() == READING {
            let shown = self.get(READING).await;
            if let Some(elsewhere) = shown.headers.get(header::LOCATION) {
                answer.headers.insert(header::LOCATION, elsewhere.clone());
            }
            tokio::task::yield_now().await;
        }
        answer
    }

    /// Sends any request from this machine with the stored cookies, and with the service's host
    /// unless the request names a host.
    pub async fn send(&self, request: Builder, body: impl Into<Body>) -> Page {
        let request = match self.cookie() {
            Some(cookie) => request.header(header::COOKIE, cookie),
            None => request,
        };
        let names_host = request
            .headers_ref()
            .is_some_and(|headers| headers.contains_key(header::HOST));
        let request = if names_host {
            request
        } else {
            request.header(header::HOST, "register.example")
        };
        let mut request = request.body(body.into()).unwrap();
        let peer = SocketAddr::from(([127, 0, 0, 1], 50_000));
        request.extensions_mut().insert(ConnectInfo(peer));
        let mut page = self.send_as_is(request).await;
        if !self.base.is_empty()
            && let Some(to) = page.headers.get(header::LOCATION)
        {
            let to = to.to_str().unwrap();
            assert!(!keyed_form::is_of_draft(to), "{to} leaves the form");
            let to = to.strip_prefix(&self.base).unwrap_or(to).to_owned();
            page.headers.insert(header::LOCATION, to.parse().unwrap());
        }
        page
    }

    /// Sends a request without adding anything to it.
    pub async fn send_as_is(&self, request: Request<Body>) -> Page {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        self.keep_cookie(&parts.headers);
        let bytes = body.collect().await.unwrap().to_bytes();
        Page {
            status: parts.status,
            headers: parts.headers,
            text: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Answers every question page for a firm.
    pub async fn fill_in_firm(&self) {
        for (address, fields) in pages_of_a_firm("Hartwell Crane & Co LLP") {
            let page = self.post(address, &fields).await;
            assert_eq!(page.status, 303, "{address}: {}", page.text);
        }
    }

    /// Adds a user with valid answers.
    pub async fn add_user(&self, number: usize) {
        self.post("/api/users/add", &user(number))
            .await
            .assert_leads_to("/users");
    }

    /// Submits the registration of a firm with one user.
    pub async fn register(&self) {
        self.fill_in_firm().await;
        self.add_user(1).await;
        self.post("/api/submit", &Fields::new())
            .await
            .assert_leads_to("/submitted");
    }

    /// Stores the cookies of an answer by name: an officer may also have an applicant's cookie.
    fn keep_cookie(&self, headers: &HeaderMap) {
        for value in headers.get_all(header::SET_COOKIE) {
            let value = value.to_str().unwrap();
            let pair = value.split(';').next().unwrap();
            let name = pair.split('=').next().unwrap();
            let held = self.cookie().unwrap_or_default();
            let mut pairs: Vec<&str> = held.split("; ").filter(|pair| !pair.is_empty()).collect();
            pairs.retain(|held| held.split('=').next() != Some(name));
            if !value.contains("Max-Age=0") {
                pairs.push(pair);
            }
            let pairs = pairs.join("; ");
            self.take_cookie((!pairs.is_empty()).then_some(pairs));
        }
    }
}

fn form(address: &str) -> Builder {
    Request::post(address).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}
