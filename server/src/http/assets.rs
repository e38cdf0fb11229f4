//! Serves the static files that the build wrote, and states how long a browser may cache each.

use std::path::{Path, PathBuf};

use app::shell::{Brand, Document};
use axum::Router;
use axum::http::{HeaderValue, Response, header};
use serde::Deserialize;
use tower::ServiceBuilder;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::settings::BrandName;

/// The cache policy of a file that never changes, because its name contains its hash.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// The cache policy of a file that may change: one hour.
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// The media types of text files: as `ServeDir` names each type, and with the encoding, which is
/// UTF-8 for all of them.
const TEXTS: [(&str, &str); 5] = [
    ("image/svg+xml", "image/svg+xml; charset=utf-8"),
    ("text/css", "text/css; charset=utf-8"),
    ("text/html", "text/html; charset=utf-8"),
    ("text/javascript", "text/javascript; charset=utf-8"),
    ("text/plain", "text/plain; charset=utf-8"),
];

/// The folder of static files that the build made, with its manifest.
#[derive(Debug, Clone)]
pub struct Site {
    folder: PathBuf,
    manifest: Manifest,
}

/// The reason why the files cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum AssetError {
    /// A file is missing or cannot be read.
    #[error("{path} cannot be read ({error}): run `make build` first")]
    Missing {
        /// The path of the file.
        path: PathBuf,
        /// The reason why it cannot be read.
        error: std::io::Error,
    },
    /// The manifest is not in the format that the build writes.
    #[error("{path} is not a list of files ({error}): run `make build` again")]
    Manifest {
        /// The path of the manifest.
        path: PathBuf,
        /// The reason why it cannot be parsed.
        error: serde_json::Error,
    },
}

#[derive(Debug, Clone, Deserialize)]
struct Manifest {
    start: String,
    wasm: String,
    desk: DeskFiles,
    style: Styles,
}

#[derive(Debug, Clone, Deserialize)]
struct DeskFiles {
    start: String,
    wasm: String,
}

#[derive(Debug, Clone, Deserialize)]
struct Styles {
    generic: String,
    govuk: String,
}

impl Site {
    /// Reads the manifest of the folder that the build made.
    ///
    /// # Errors
    /// When the folder has no valid manifest.
    pub fn open(folder: &Path) -> Result<Self, AssetError> {
        let path = folder.join("manifest.json");
        let text = read(&path)?;
        let manifest =
            serde_json::from_str(&text).map_err(|error| AssetError::Manifest { path, error })?;
        Ok(Self {
            folder: folder.to_owned(),
            manifest,
        })
    }

    /// Returns the parts that every HTML document shares.
    ///
    /// # Errors
    /// When a file of the brand is missing.
    pub fn document(&self, brand: BrandName) -> Result<Document, AssetError> {
        let (stylesheet, brand) = match brand {
            BrandName::Generic => (&self.manifest.style.generic, Brand::Generic),
            BrandName::Govuk => {
                let logotype = read(&self.folder.join("brand-govuk/logotype.svg"))?;
                (&self.manifest.style.govuk, Brand::GovUk { logotype })
            }
        };
        Ok(Document {
            stylesheet: stylesheet.clone(),
            script: self.manifest.start.clone(),
            webassembly: self.manifest.wasm.clone(),
            desk_script: self.manifest.desk.start.clone(),
            desk_webassembly: self.manifest.desk.wasm.clone(),
            brand,
            is_insecure_demo: false,
        })
    }

    /// Returns the routes of the files. A browser that accepts brotli or gzip gets a compressed
    /// copy.
    pub fn routes<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        let cached = |folder: &str, policy: HeaderValue| {
            // Errors are not cached, because the file may exist later.
            let policy = move |response: &Response<_>| {
                let failed =
                    response.status().is_client_error() || response.status().is_server_error();
                (!failed).then(|| policy.clone())
            };
            let encoded = |response: &Response<_>| {
                let kind = response.headers().get(header::CONTENT_TYPE)?;
                let text = TEXTS.iter().find(|(text, _)| kind == text);
                text.map(|&(_, encoded)| HeaderValue::from_static(encoded))
            };
            ServiceBuilder::new()
                .layer(SetResponseHeaderLayer::overriding(
                    header::CACHE_CONTROL,
                    policy,
                ))
                .layer(SetResponseHeaderLayer::overriding(
                    header::CONTENT_TYPE,
                    encoded,
                ))
                .service(
                    ServeDir::new(self.folder.join(folder))
                        .precompressed_br()
                        .precompressed_gzip(),
                )
        };
        Router::new()
            .nest_service("/assets", cached("assets", IMMUTABLE))
            .nest_service("/brand-govuk", cached("brand-govuk", AN_HOUR))
            .route_service("/favicon.svg", cached("", AN_HOUR))
            .route_service("/robots.txt", cached("", AN_HOUR))
    }
}

fn read(path: &Path) -> Result<String, AssetError> {
    std::fs::read_to_string(path).map_err(|error| AssetError::Missing {
        path: path.to_owned(),
        error,
    })
}
