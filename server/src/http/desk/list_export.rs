//! Downloads of a list of the queue, up to the whole register. Each is in the audit.

use std::pin::Pin;
use std::task::{Context, Poll};

use app::pages::desk::{DOWNLOAD_LIST, list_too_long_page};
use axum::BoxError;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::{Path, RawQuery};
use axum::http::StatusCode;
use axum::response::IntoResponse;
use hyper::body::Frame;
use registration::desk::Permission;
use registration::desk::queue::{ItemStatus, QueueList};
use tokio::sync::mpsc::{Receiver, channel};
use tracing::Instrument;

use super::access::Needs;
use super::routes::DeskRoutes;
use super::visit::DeskVisit;
use crate::casework::list_export::{ListExport, MAX_WORKBOOK_ROWS, workbook};
use crate::http::attachment::attachment_of;
use crate::http::visit::{InternalError, PageResult};
use crate::store::Store;

/// How many pieces of a file are ready before the browser has taken them.
const PIECES_AHEAD: usize = 2;

/// Adds the routes of the files.
pub(super) fn routes(routes: DeskRoutes) -> DeskRoutes {
    routes.get(
        "/desk/queue/download/{file}",
        Needs::May(Permission::DownloadLists),
        download,
    )
}

async fn download(
    visit: DeskVisit,
    Path(file): Path<String>,
    RawQuery(query): RawQuery,
) -> PageResult {
    let Some((name, format)) = file.rsplit_once('.') else {
        return Ok(StatusCode::NOT_FOUND.into_response());
    };
    let list = match name {
        "list" => visit.list_of_query(&query.unwrap_or_default()).await?,
        "register" => QueueList {
            statuses: ItemStatus::ALL.to_vec(),
            ..QueueList::default()
        },
        _ => return Ok(StatusCode::NOT_FOUND.into_response()),
    };
    let export = ListExport {
        list,
        officer: visit.officer.id.clone(),
        now: visit.now(),
        today: visit.today()?,
        target: visit.visit.service.target_days,
    };
    let day = export.today;
    let file_name = format!("{name}-{day}.{format}");
    let what = if name == "list" { "queue" } else { "register" };
    match format {
        "csv" => {
            visit
                .record_download(&visit.officer.id.subject(), what)
                .await?;
            let body = csv(visit.store().clone(), export);
            Ok(attachment_of(body, "text/csv; charset=utf-8", &file_name))
        }
        "xlsx" => {
            let Some(rows) = export.rows(visit.store()).await? else {
                let csv = [DOWNLOAD_LIST, name, ".csv"].concat();
                let back = visit.last_list().await?;
                return Ok(visit.show_with(StatusCode::PAYLOAD_TOO_LARGE, || {
                    list_too_long_page(MAX_WORKBOOK_ROWS, &csv, back)
                }));
            };
            visit
                .record_download(&visit.officer.id.subject(), what)
                .await?;
            let written = tokio::task::spawn_blocking(move || workbook(&rows)).await;
            let bytes = written
                .map_err(|_| InternalError)?
                .map_err(|_| InternalError)?;
            let media_type = spreadsheet::write::Format::Xlsx.media_type();
            Ok(attachment_of(Body::from(bytes), media_type, &file_name))
        }
        _ => Ok(StatusCode::NOT_FOUND.into_response()),
    }
}

/// Returns a body that is read from the database while the browser takes it. If the database fails,
/// the download breaks off, so that nobody takes a part for the whole.
fn csv(store: Store, export: ListExport) -> Body {
    let (to, pieces) = channel(PIECES_AHEAD);
    let reading = async move {
        if let Err(error) = export.send_csv(&store, &to).await {
            tracing::error!(%error, "a list of the queue could not be downloaded");
            let _nobody_may_wait = to.send(Err(error.into())).await;
        }
    };
    tokio::spawn(reading.in_current_span());
    Body::new(Pieces(pieces))
}

/// A body of pieces that another task sends.
struct Pieces(Receiver<Result<Bytes, BoxError>>);

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let piece = self.0.poll_recv(context);
        piece.map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }
}
