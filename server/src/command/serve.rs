//! `registration serve`: serves the pages, and runs the outbox worker and the hourly jobs. On
//! SIGTERM or SIGINT it finishes the current requests first.

use std::io;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use app::shell::Document;
use leptos::config::LeptosOptions;
use mail::{Mailer, Sender};
use registration::retention::Periods;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::{Duration, interval, timeout};
use tracing::{Instrument, info_span};

use super::indexing::index_old;
use super::say::say;
use crate::applicant::resume;
use crate::bytes_in_flight::BytesInFlight;
use crate::casework::bulk::work_off_abandoned;
use crate::casework::context::CaseContext;
use crate::casework::silence::remind_silent;
use crate::clock::{Clock, SystemClock};
use crate::context::AppContext;
use crate::http::connections::{self, ConnectionLimits};
use crate::http::{Pace, Service, ServiceResources, Site, router};
use crate::log;
use crate::metrics::{self, Collector, Metrics};
use crate::outbox::{self, Unrecorded, Worker, record_failed_deliveries};
use crate::performance::Performance;
use crate::randomness::SystemRandomness;
use crate::reading_queue::ReadingQueue;
use crate::settings::Settings;
use crate::settings::secret::of_process;
use crate::signing_in::sealing::seal_stored;
use crate::signing_in::single_sign_on::SingleSignOn;
use crate::store::{Casework, Chains, PIECES, ROWS_OF_A_PIECE, Store, StoreError};

/// The interval of the background jobs, such as deleting expired drafts.
/// How often the service looks for jobs that a killed server has left.
const TAKE_UP_EVERY: Duration = Duration::from_mins(1);
const TIDY_EVERY: Duration = Duration::from_hours(1);
/// The interval at which the mail service is asked which messages it could not deliver.
const ASK_FOR_FAILURES_EVERY: Duration = Duration::from_mins(10);
/// The number of registrations without search keys that are read at once.
const KEYED_AT_ONCE: i64 = 200;

/// The time that the message being sent gets at shutdown after the last request.
const LAST_MESSAGE: Duration = Duration::from_secs(4);
/// The time that running SQL statements get at shutdown after the last message.
const LAST_STATEMENT: Duration = Duration::from_secs(3);

/// Serves until the process gets SIGTERM or SIGINT.
pub async fn run(mut settings: Settings) -> Result<ExitCode, Box<dyn std::error::Error>> {
    let exporting = log::begin(settings.log, settings.otlp.as_deref())?;
    let stopped = listen_for_shutdown()?;
    settings.read_secrets(&of_process)?;
    settings.check_exposure()?;
    if let Some(warning) = settings.client_address_warning() {
        tracing::warn!("{warning}");
    }
    let transport = settings.mail.transport(settings.https)?;
    let site = Site::open(&settings.site)?;
    let document = Arc::new(Document {
        is_insecure_demo: settings.insecure_demo,
        ..site.document(settings.brand)?
    });
    let database = settings.database.address()?;
    let file = Store::file(&database)?;
    let secret_keys = settings
        .secret_keys
        .keys(file.as_deref(), &SystemRandomness, &of_process)?;
    let store = Store::open(&database).await?;
    let sealed = seal_stored(store.officers(), &secret_keys, &SystemRandomness).await?;
    if sealed > 0 {
        tracing::info!(sealed, "sealed secrets with the newest key");
    }
    let context = Arc::new(AppContext {
        store: store.clone(),
        clock: Arc::new(SystemClock),
        randomness: Arc::new(SystemRandomness),
        cookie: settings.cookie(),
        reading_queue: ReadingQueue::default(),
        client_limits: settings.client_limits(),
        secret_keys,
        bytes_in_flight: BytesInFlight::default(),
        metrics: Metrics::default(),
        address_lookup: settings.address_lookup.service()?,
    });
    let trusted_proxies = settings.trusted_proxies();
    let listener = TcpListener::bind(settings.listen).await?;
    let address = listener.local_addr()?;
    let sender = settings.sender(address)?;
    let service = Service::new(ServiceResources {
        context,
        retention: Arc::new(settings.retention.periods.clone()),
        address: sender.service.as_str().into(),
        department: settings
            .department(&sender.service)?
            .map(|provider| Arc::new(SingleSignOn::new(provider))),
        document,
        contact: Arc::new(settings.contact()),
        performance: Arc::new(Performance::with_cost(settings.cost_per_registration)),
        over_https: settings.https,
        closed: settings.closed,
        client_address_header: settings.client_address_header.clone(),
        trusted_proxies: trusted_proxies.clone(),
        page_origin: settings.page_origin(),
        pace: Pace::default(),
        target_days: settings.target_days,
        security_txt: settings.security_txt.as_deref().map(Into::into),
        shown_mail: transport.shown,
        leptos: LeptosOptions::builder().output_name("registration").build(),
    });
    let metrics = service.context.metrics.clone();
    let collector = Collector::new(
        metrics,
        store.clone(),
        Arc::new(SystemClock),
        settings.target_days,
    );
    let background = background(
        &service.context,
        &settings.retention.periods,
        &transport.mailer,
    );
    let worker = worker(&store, transport.mailer, sender);
    let router = router(service, &site);
    let told = shutdown(stopped.clone());
    let sending = tokio::spawn(async move { worker.run(told).await });
    say!("The registration service is at http://{address}");
    let measuring = serve_metrics(settings.metrics_listen, collector).await?;
    let serving = connections::serve(
        listener,
        router,
        ConnectionLimits::default(),
        trusted_proxies,
        shutdown(stopped),
    );
    serving.await;
    for task in background {
        task.abort();
    }
    if let Some(measuring) = measuring {
        measuring.abort();
    }
    end(sending, &store).await;
    if let Some(exporting) = exporting {
        // `end` waits for the collector, and this wait must not block a thread of the runtime.
        tokio::task::spawn_blocking(|| exporting.end()).await?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Starts the jobs that run beside the requests until they are aborted.
fn background(
    context: &Arc<AppContext>,
    periods: &Periods,
    mailer: &Arc<dyn Mailer>,
) -> [JoinHandle<()>; 4] {
    let store = &context.store;
    [
        tokio::spawn(take_up_jobs(Arc::clone(context))),
        tokio::spawn(delete_expired(store.clone(), periods.clone())),
        tokio::spawn(index_old(store.casework().clone())),
        tokio::spawn(ask_for_failures(store.clone(), Arc::clone(mailer))),
    ]
}

/// Makes the worker that sends messages.
fn worker(store: &Store, mailer: Arc<dyn Mailer>, sender: Sender) -> Worker {
    Worker {
        outbox: store.outbox().clone(),
        access_links: store.access_links().clone(),
        assisted: store.assisted().clone(),
        officers: store.officers().clone(),
        mailer,
        clock: Arc::new(SystemClock),
        randomness: Arc::new(SystemRandomness),
        sender: Arc::new(sender),
        unrecorded: Unrecorded::default(),
    }
}

/// Serves the metrics, if the settings give an address for them.
async fn serve_metrics(
    listen: Option<SocketAddr>,
    collector: Collector,
) -> io::Result<Option<JoinHandle<io::Result<()>>>> {
    let Some(listen) = listen else {
        return Ok(None);
    };
    let listener = TcpListener::bind(listen).await?;
    say!(
        "Its metrics are at http://{}/metrics",
        listener.local_addr()?
    );
    let serving = axum::serve(listener, metrics::routes(collector));
    Ok(Some(tokio::spawn(serving.into_future())))
}

/// Waits for the message that is being sent and for running SQL statements. The wait has a limit,
/// because a mail server or a database may not respond. The outbox sends an interrupted message
/// again.
async fn end(mut sending: JoinHandle<()>, store: &Store) {
    if timeout(LAST_MESSAGE, &mut sending).await.is_err() {
        tracing::warn!("stopped while a message was being sent");
        sending.abort();
    }
    if timeout(LAST_STATEMENT, store.close()).await.is_err() {
        tracing::warn!("stopped while the database was busy");
    }
}

/// Asks the mail service from time to time which messages it could not deliver.
async fn ask_for_failures(store: Store, mailer: Arc<dyn Mailer>) {
    let mut times = interval(ASK_FOR_FAILURES_EVERY);
    loop {
        times.tick().await;
        match record_failed_deliveries(store.outbox(), mailer.as_ref(), &SystemClock).await {
            Ok(0) => {}
            Ok(failed) => tracing::warn!(failed, "messages that were sent did not arrive"),
            Err(error) => tracing::error!(%error, "failed deliveries could not be recorded"),
        }
    }
}

/// Goes on with the jobs of the queue that a killed server has left.
async fn take_up_jobs(context: Arc<AppContext>) {
    let mut minutes = interval(TAKE_UP_EVERY);
    loop {
        minutes.tick().await;
        work_off_abandoned(Arc::clone(&context))
            .instrument(info_span!("jobs"))
            .await;
    }
}

async fn delete_expired(store: Store, periods: Periods) {
    let mut hours = interval(TIDY_EVERY);
    loop {
        hours.tick().await;
        tidy(&store, &periods)
            .instrument(info_span!("hourly"))
            .await;
    }
}

async fn tidy(store: &Store, periods: &Periods) {
    match store.drafts().delete_expired(SystemClock.now()).await {
        Ok(0) => {}
        Ok(deleted) => tracing::info!(deleted, "threw away expired drafts"),
        Err(error) => tracing::error!(%error, "expired drafts could not be deleted"),
    }
    if let Err(error) = resume::remind(store.drafts(), &SystemClock, &SystemRandomness).await {
        tracing::error!(%error, "nobody could be told of drafts that will expire");
    }
    let context = CaseContext {
        store,
        clock: &SystemClock,
        randomness: &SystemRandomness,
    };
    match store.organisations().do_due(SystemClock.now()).await {
        Ok(done) if done.changes == 0 => {}
        Ok(done) => tracing::info!(
            done.changes,
            done.late,
            "changes of members took effect on their day"
        ),
        Err(error) => tracing::error!(%error, "changes of members that are due could not be done"),
    }
    match remind_silent(&context).await {
        Ok(0) => {}
        Ok(reminded) => tracing::info!(reminded, "reminded applicants of questions"),
        Err(error) => tracing::error!(%error, "applicants could not be reminded of questions"),
    }
    if let Err(error) = store.officers().tidy_signing_in(SystemClock.now()).await {
        tracing::error!(%error, "what was left of signing in could not be deleted");
    }
    if let Err(error) = store
        .access_links()
        .forget_registration_links(SystemClock.now())
        .await
    {
        tracing::error!(%error, "links whose time is over could not be deleted");
    }
    if let Err(error) = key_registrations(store.casework()).await {
        tracing::error!(%error, "registrations without keys could not be given theirs");
    }
    match store
        .retention()
        .erase_due(periods, SystemClock.now())
        .await
    {
        Ok(counts) => {
            for (kind, rows) in counts {
                tracing::info!(kind = kind.key(), rows, "erased personal data on time");
            }
        }
        Err(error) => tracing::error!(%error, "personal data could not be erased"),
    }
    match store
        .audit()
        .seal_audit(SystemClock.now(), Chains::Recent)
        .await
    {
        Ok(None) => {}
        // Log the seal, because the log is stored apart from the database: the log then shows if
        // somebody deletes the last seals.
        Ok(Some(seal)) => {
            tracing::info!(seal.number, seal.heads, seal.hash, "sealed the audit");
        }
        Err(error) => tracing::error!(%error, "the audit could not be sealed"),
    }
    match store
        .audit()
        .seal_missed(SystemClock.now(), PIECES, ROWS_OF_A_PIECE)
        .await
    {
        Ok(seals) => {
            for seal in seals {
                tracing::info!(
                    seal.number,
                    seal.heads,
                    seal.hash,
                    "sealed chains of the audit that were missed"
                );
            }
        }
        Err(error) => tracing::error!(%error, "the audit could not be compared with its seals"),
    }
    if let Err(error) = store.provisioning().forget_results(SystemClock.now()).await {
        tracing::error!(%error, "results that nobody applied could not be deleted");
    }
    if let Err(error) = store.operation_limits().tidy(SystemClock.now()).await {
        tracing::error!(%error, "what places began long ago could not be deleted");
    }
    let (outbox, access_links) = (store.outbox(), store.access_links());
    match outbox::tidy(outbox, access_links, periods, SystemClock.now()).await {
        Ok(0) => {}
        Ok(deleted) => tracing::info!(deleted, "deleted old messages"),
        Err(error) => tracing::error!(%error, "old messages could not be deleted"),
    }
    if let Err(error) = store.retention().settle(SystemClock.now()).await {
        tracing::error!(%error, "the log of the database could not be emptied");
    }
}

/// Adds the search keys for similar registrations to registrations that were stored before such
/// keys existed.
async fn key_registrations(casework: &Casework) -> Result<(), StoreError> {
    while casework.index_keys(KEYED_AT_ONCE).await? > 0 {}
    Ok(())
}

/// Listens for SIGTERM and SIGINT from now on, so that no signal is missed while the service
/// starts.
fn listen_for_shutdown() -> io::Result<watch::Receiver<bool>> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let (stop, stopped) = watch::channel(false);
    tokio::spawn(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
        let _nobody_may_listen = stop.send(true);
    });
    Ok(stopped)
}

/// Waits for the signal to stop.
async fn shutdown(mut stopped: watch::Receiver<bool>) {
    let _told_or_gone = stopped.wait_for(|stopped| *stopped).await;
}
