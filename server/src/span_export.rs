//! The export of spans by OTLP, the protocol of OpenTelemetry, to a collector that a setting names.
//!
//! A thread of the OpenTelemetry crates sends the spans in batches over HTTP, so requests never
//! wait for the collector.

use std::time::Duration;

use async_trait::async_trait;
use opentelemetry::KeyValue;
use opentelemetry::trace::TracerProvider;
use opentelemetry_http::{Bytes, HttpClient, HttpError, Request, Response};
use opentelemetry_otlp::{
    ExporterBuildError, Protocol, SpanExporter, WithExportConfig, WithHttpConfig,
};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::trace::SdkTracerProvider;
use tracing::{Level, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::registry::LookupSpan;

use crate::this_machine::is_encrypted_or_here;

/// The path at which a collector accepts spans, as OTLP defines it.
const TRACES: &str = "/v1/traces";
/// The maximum time that the collector may take to accept a batch.
const LONGEST: Duration = Duration::from_secs(10);
/// The maximum time that the collector may take to accept the last batch when the service stops.
const LAST_BATCH: Duration = Duration::from_secs(3);

/// The reason why the export cannot start.
#[derive(Debug, thiserror::Error)]
pub enum SpanExportError {
    /// The address would send spans unencrypted to another machine, or is not one of HTTP.
    #[error(
        "REGISTRATION_OTLP must begin with https://, or with http:// if the collector is on this \
         machine"
    )]
    NotEncrypted,
    /// The exporter cannot be built with the address.
    #[error("REGISTRATION_OTLP cannot be used: {0}")]
    Exporter(#[from] ExporterBuildError),
}

/// The running export of spans. Call `end` before the process exits; otherwise the last spans are
/// not sent.
#[derive(Debug)]
pub struct SpanExport(SdkTracerProvider);

impl SpanExport {
    /// Starts to export to the collector at this address, such as `http://127.0.0.1:4318`.
    ///
    /// # Errors
    /// When the address is not encrypted and of another machine, or cannot be parsed.
    pub fn begin(collector: &str) -> Result<Self, SpanExportError> {
        if !is_encrypted_or_here(collector) {
            return Err(SpanExportError::NotEncrypted);
        }
        let agent = ureq::Agent::config_builder()
            .timeout_global(Some(LONGEST))
            .http_status_as_error(false)
            .max_redirects(0)
            .build()
            .new_agent();
        let exporter = SpanExporter::builder()
            .with_http()
            .with_http_client(Sender(agent))
            .with_protocol(Protocol::HttpBinary)
            .with_endpoint([collector.trim_end_matches('/'), TRACES].concat())
            .with_timeout(LONGEST)
            .build()?;
        let version = KeyValue::new("service.version", env!("CARGO_PKG_VERSION"));
        let resource = Resource::builder()
            .with_service_name("registration")
            .with_attribute(version)
            .build();
        let provider = SdkTracerProvider::builder()
            .with_batch_exporter(exporter)
            .with_resource(resource)
            .build();
        Ok(Self(provider))
    }

    /// Returns the layer that exports the spans of this crate, including the spans of the store.
    pub fn layer<S>(&self) -> impl Layer<S> + use<S>
    where
        S: Subscriber + for<'s> LookupSpan<'s>,
    {
        tracing_opentelemetry::layer()
            .with_tracer(self.0.tracer("registration"))
            .with_location(false)
            .with_threads(false)
            .with_context_activation(false)
            .with_filter(Targets::new().with_target("server", Level::DEBUG))
    }

    /// Sends the last spans and ends the export. Blocks for at most `LAST_BATCH`.
    pub fn end(self) {
        if let Err(error) = self.0.shutdown_with_timeout(LAST_BATCH) {
            tracing::warn!(%error, "the last spans were not exported");
        }
    }
}

/// The HTTP client of the exporter. A request blocks the exporter's thread until the collector
/// answers.
#[derive(Debug)]
struct Sender(ureq::Agent);

impl Sender {
    fn answer(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let answer = self.0.run(request.map(|bytes| bytes.to_vec()))?;
        let (parts, mut body) = answer.into_parts();
        Ok(Response::from_parts(parts, body.read_to_vec()?.into()))
    }
}

#[async_trait]
impl HttpClient for Sender {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let answer = self.answer(request);
        match &answer {
            Ok(answer) if answer.status().is_success() => {}
            Ok(answer) => {
                let status = answer.status().as_u16();
                tracing::warn!(status, "the collector did not accept spans");
            }
            Err(error) => tracing::warn!(%error, "the collector of spans cannot be reached"),
        }
        answer
    }
}
