//! The browser's files: where the build left them, and how long a browser may keep each.

use std::path::{Path, PathBuf};

use app::shell::{Brand, Document};
use axum::Router;
use axum::http::{HeaderValue, Response, header};
use serde::Deserialize;
use tower::ServiceBuilder;
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::settings::BrandName;

/// A file with its hash in its name never changes.
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
/// A file with a plain name may.
const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// The folder that the build made.
#[derive(Debug, Clone)]
pub struct Site {
    folder: PathBuf,
    manifest: Manifest,
}

/// Why the site cannot be served.
#[derive(Debug, thiserror::Error)]
pub enum AssetError {
    /// A file is not there.
    #[error("{path} cannot be read ({error}): run `make build` first")]
    Missing {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The list of files is not what the build writes.
    #[error("{path} is not a list of files ({error}): run `make build` again")]
    Manifest {
        /// Which.
        path: PathBuf,
        /// Why.
        error: serde_json::Error,
    },
}

#[derive(Debug, Clone, Deserialize)]
struct Manifest {
    start: String,
    desk: String,
    wasm: String,
    style: Styles,
}

#[derive(Debug, Clone, Deserialize)]
struct Styles {
    generic: String,
    govuk: String,
}

impl Site {
    /// Reads what the build made.
    ///
    /// # Errors
    /// When there is no site in the folder.
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

    /// What stands in every document.
    ///
    /// # Errors
    /// When the brand needs a file that is not there.
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
            desk_script: self.manifest.desk.clone(),
            webassembly: self.manifest.wasm.clone(),
            brand,
        })
    }

    /// The files, with brotli or gzip copies where the browser takes them.
    pub fn routes<S: Clone + Send + Sync + 'static>(&self) -> Router<S> {
        let kept = |folder: &str, policy: HeaderValue| {
            // An error is kept nowhere: the file may be there tomorrow.
            let policy = move |response: &Response<_>| {
                let failed =
                    response.status().is_client_error() || response.status().is_server_error();
                (!failed).then(|| policy.clone())
            };
            ServiceBuilder::new()
                .layer(SetResponseHeaderLayer::overriding(
                    header::CACHE_CONTROL,
                    policy,
                ))
                .service(
                    ServeDir::new(self.folder.join(folder))
                        .precompressed_br()
                        .precompressed_gzip(),
                )
        };
        Router::new()
            .nest_service("/assets", kept("assets", IMMUTABLE))
            .nest_service("/brand-govuk", kept("brand-govuk", AN_HOUR))
            .route_service("/favicon.svg", kept("", AN_HOUR))
            .route_service("/robots.txt", kept("", AN_HOUR))
    }
}

fn read(path: &Path) -> Result<String, AssetError> {
    std::fs::read_to_string(path).map_err(|error| AssetError::Missing {
        path: path.to_owned(),
        error,
    })
}
