//! The service with a clock that moves only when a test moves it, and with random bytes that count
//! up.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};

use app::service::Contact;
use app::shell::Document;
use axum::Router;
use axum::http::HeaderName;
use leptos::config::LeptosOptions;
use mail::{Mailer, Memory, Sender, SentMessage};
use registration::desk::OfficerRole;

use registration::desk::check::{Check, CheckResult, Need};
use registration::desk::queue::TARGET_WORKING_DAYS;
use registration::identifiers::{Email, Reference};
use registration::retention::Periods;
use server::address_lookup::AddressLookup;
use server::applicant::resume;
use server::bytes_in_flight::BytesInFlight;
use server::casework::context::CaseContext;
use server::casework::lifecycle::{ActionOutcome, CaseAction, apply_action};
use server::casework::silence::remind_silent;
use server::clock::{Clock, Moment};
use server::context::AppContext;
use server::context::ClientLimits;
use server::cookie::CookieName;
use server::http::{Pace, PageOrigin, Service, ServiceResources, Site, TrustedProxies, router};
use server::metrics::{Collector, Metrics};
use server::outbox::{Unrecorded, Worker};
use server::randomness::{NoRandomness, Randomness, SessionToken, new_id};
use server::reading_queue::ReadingQueue;
use server::secret_keys::SecretKeys;
use server::settings::BrandName;

use server::signing_in::single_sign_on::{Provider, SingleSignOn};
use server::store::{
    Actor, NewCheck, NewOfficer, NewOfficerSession, OfficerId, Store, StoredLifecycle,
};
use tempfile::TempDir;

use crate::browser::Browser;
use crate::{databases, postgres, site};

const MINUTE: i64 = 60_000;
/// The key that seals secrets: 32 bytes of zero.
pub const SECRETS_KEY: &str = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
/// The number of random bytes of a reference. No other value uses this number of bytes.
const BYTES_OF_A_REFERENCE: usize = 8;

/// Settings that a test may change.
#[derive(Default)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a setting of its own"
)]
pub struct Options {
    pub over_https: bool,
    pub closed: bool,
    pub security_txt: Option<String>,
    pub postgres: bool,
    pub govuk: bool,
    pub department: Option<Provider>,
    pub insecure_demo: bool,
    /// Whether the service runs on this machine without a public address.
    pub this_machine: bool,
    pub bytes_in_flight: BytesInFlight,
    pub pace: Pace,
    pub retention: Periods,
    pub address_lookup: Option<Arc<dyn AddressLookup>>,
}

pub struct TestService {
    pub store: Store,
    pub clock: Arc<TestClock>,
    pub randomness: Arc<TestRandomness>,
    pub worker: Worker,
    memory: Arc<Memory>,
    router: Router,
    /// The router of `/metrics`.
    pub metrics: Router,
    /// The address of the database.
    address: String,
    _folder: TempDir,
}

impl TestService {
    pub async fn new() -> Self {
        Self::with(Options::default()).await
    }

    pub async fn with(options: Options) -> Self {
        let folder = databases::folder();
        let site = Site::open(&site::write_in(folder.path())).unwrap();
        let address = if options.postgres {
            postgres::schema().await
        } else {
            databases::sqlite_in(&folder)
        };
        let store = Store::open(&address).await.unwrap();
        let clock = Arc::new(TestClock::default());
        let randomness = Arc::new(TestRandomness::default());
        let memory = Arc::new(Memory::default());
        let brand = if options.govuk {
            BrandName::Govuk
        } else {
            BrandName::Generic
        };
        let metrics = Metrics::default();
        let service = Service::new(ServiceResources {
            context: Arc::new(AppContext {
                store: store.clone(),
                clock: Arc::clone(&clock) as Arc<dyn Clock>,
                randomness: Arc::clone(&randomness) as Arc<dyn Randomness>,
                cookie: if options.over_https {
                    CookieName::Secure
                } else {
                    CookieName::Plain
                },
                reading_queue: ReadingQueue::default(),
                bytes_in_flight: options.bytes_in_flight,
                client_limits: ClientLimits::Kept,
                secret_keys: SecretKeys::parse(SECRETS_KEY).unwrap(),
                metrics: metrics.clone(),
                address_lookup: options.address_lookup,
            }),
            document: Arc::new(Document {
                is_insecure_demo: options.insecure_demo,
                ..site.document(brand).unwrap()
            }),
            contact: Arc::new(contact()),
            retention: Arc::new(options.retention),
            address: "http://register.example".into(),
            department: options
                .department
                .map(|provider| Arc::new(SingleSignOn::new(provider))),
            performance: Arc::default(),
            over_https: options.over_https,
            closed: options.closed,
            client_address_header: Some(HeaderName::from_static("x-client")),
            trusted_proxies: TrustedProxies::not_public(),
            page_origin: if options.this_machine {
                PageOrigin::ThisMachine
            } else {
                PageOrigin::Public("http://register.example".to_owned())
            },
            pace: options.pace,
            target_days: TARGET_WORKING_DAYS.into(),
            security_txt: options.security_txt.map(Into::into),
            shown_mail: (!options.over_https).then(|| Arc::clone(&memory)),
            leptos: LeptosOptions::builder().output_name("registration").build(),
        });
        let router = router(service, &site);
        let collector = Collector::new(
            metrics,
            store.clone(),
            Arc::clone(&clock) as Arc<dyn Clock>,
            TARGET_WORKING_DAYS.into(),
        );
        let worker = Worker {
            outbox: store.outbox().clone(),
            access_links: store.access_links().clone(),
            assisted: store.assisted().clone(),
            officers: store.officers().clone(),
            mailer: Arc::clone(&memory) as Arc<dyn Mailer>,
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            randomness: Arc::clone(&randomness) as Arc<dyn Randomness>,
            unrecorded: Unrecorded::default(),
            sender: Arc::new(Sender {
                service: "http://register.example".to_owned(),
                desk_email: "desk@justice.example".to_owned(),
                desk_telephone: "01632 960 000".to_owned(),
                desk_hours: "Monday to Friday, 9am to 5pm".to_owned(),
                desk_hours_in_welsh: "dydd Llun i ddydd Gwener, 9am i 5pm".to_owned(),
            }),
        };
        Self {
            worker,
            memory,
            store,
            clock,
            randomness,
            router,
            metrics: server::metrics::routes(collector),
            address,
            _folder: folder,
        }
    }

    /// Sends every message in the outbox; returns the messages to one address, newest first.
    pub async fn mail_to(&self, address: &str) -> Vec<SentMessage> {
        while self.worker.round().await.unwrap().claimed > 0 {}
        let mut messages = self.memory.messages();
        messages.retain(|shown| shown.to == address);
        messages
    }

    /// Runs a statement directly on the database, which must be SQLite.
    pub async fn execute_on_sqlite(&self, statement: &'static str) {
        let pool = sqlx::SqlitePool::connect(&format!("sqlite:{}", self.address))
            .await
            .unwrap();
        sqlx::raw_sql(statement).execute(&pool).await.unwrap();
        pool.close().await;
    }

    /// Returns the current time of the service.
    pub fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Sends the reminders about drafts that will expire, as the service does every hour.
    pub async fn remind(&self) {
        resume::remind(
            self.store.drafts(),
            self.clock.as_ref(),
            self.randomness.as_ref(),
        )
        .await
        .unwrap();
    }

    /// Reminds the applicants who do not answer, as the service does every hour. Returns the number
    /// of registrations.
    pub async fn remind_silent(&self) -> u64 {
        let context = CaseContext {
            store: &self.store,
            clock: self.clock.as_ref(),
            randomness: self.randomness.as_ref(),
        };
        remind_silent(&context).await.unwrap()
    }

    /// Adds an officer with this role; returns a browser in which they are signed in.
    pub async fn officer(&self, role: OfficerRole) -> Browser {
        let (browser, _) = self.officer_and_id(role).await;
        browser
    }

    /// Adds an officer with this role; returns a browser in which they are signed in, and their
    /// identifier.
    pub async fn officer_and_id(&self, role: OfficerRole) -> (Browser, OfficerId) {
        let random = self.randomness.as_ref();
        let id = new_id(random).unwrap();
        let new = NewOfficer {
            id: id.clone(),
            name: format!("{} {}", role.words(), &id[..2]),
            email: Email::parse(&format!("{id}@desk.example")).unwrap(),
            role,
            at: self.now(),
        };
        assert!(self.store.officers().add_officer(&new).await.unwrap());
        let id = OfficerId::named(id);
        (self.sign_in(&id).await, id)
    }

    /// Signs an officer in; returns the browser.
    pub async fn sign_in(&self, officer: &OfficerId) -> Browser {
        let random = self.randomness.as_ref();
        let token = SessionToken::new(random).unwrap();
        let session = NewOfficerSession {
            token: token.hash(),
            id: new_id(random).unwrap(),
            officer: officer.clone(),
            at: self.now(),
            source: None,
            browser: String::new(),
        };
        self.store
            .officers()
            .begin_officer_session(&session)
            .await
            .unwrap();
        let browser = self.browser();
        browser.take_cookie(Some(format!("desk={}", token.secret())));
        browser
    }

    /// Returns the reference of the only registration.
    pub async fn only_registration(&self) -> Reference {
        let listed = self.store.registrations().list().await.unwrap();
        listed[0].reference.parse().unwrap()
    }

    /// Returns the stored lifecycle of a registration.
    pub async fn lifecycle(&self, reference: &Reference) -> StoredLifecycle {
        let found = self.store.casework().lifecycle(reference).await.unwrap();
        found.unwrap()
    }

    /// Takes an action on a registration, as an officer who is not in the database.
    pub async fn act(&self, reference: &Reference, action: &CaseAction) -> ActionOutcome {
        let actor = Actor::Officer(OfficerId::named("A. Officer"));
        self.act_as(&actor, reference, action).await
    }

    /// Takes an action on a registration; before an approval, passes its checks.
    pub async fn act_as(
        &self,
        actor: &Actor,
        reference: &Reference,
        action: &CaseAction,
    ) -> ActionOutcome {
        if *action == CaseAction::Approve {
            self.pass_checks(reference).await;
        }
        apply_action(
            &CaseContext {
                store: &self.store,
                clock: self.clock.as_ref(),
                randomness: self.randomness.as_ref(),
            },
            self.lifecycle(reference).await,
            actor,
            action,
        )
        .await
        .unwrap()
    }

    /// Passes every check that the registration needs for approval, as a new officer.
    pub async fn pass_checks(&self, reference: &Reference) {
        let (_, officer) = self.officer_and_id(OfficerRole::Officer).await;
        let kept = self
            .store
            .registrations()
            .registration(reference)
            .await
            .unwrap()
            .unwrap();
        for check in Check::ALL {
            if check.need(&kept.registration) == Need::Required {
                let lifecycle = self.lifecycle(reference).await;
                let new = NewCheck {
                    check,
                    result: CheckResult::parse("passed", "").unwrap(),
                    about: check.about(&kept.registration),
                    officer: officer.clone(),
                    at: self.now(),
                    seen: 0,
                };
                self.store
                    .casework()
                    .make_check(&lifecycle, &new)
                    .await
                    .unwrap();
            }
        }
    }

    /// Returns the router, to be served on a socket.
    pub fn router(&self) -> Router {
        self.router.clone()
    }

    /// Creates a browser without cookies.
    pub fn browser(&self) -> Browser {
        Browser::new(self.router.clone())
    }
}

/// A clock that the test moves.
pub struct TestClock {
    millis: AtomicI64,
    /// The number of milliseconds that the clock moves forward each time it is read.
    pub step: AtomicI64,
    pub panics: AtomicBool,
}

impl Default for TestClock {
    fn default() -> Self {
        // 3 September 2026, 10:00 in London.
        Self {
            millis: AtomicI64::new(1_788_426_000_000),
            step: AtomicI64::new(0),
            panics: AtomicBool::new(false),
        }
    }
}

impl TestClock {
    pub fn move_on(&self, hours: i64, minutes: i64) {
        self.millis
            .fetch_add((hours * 60 + minutes) * MINUTE, Ordering::SeqCst);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Moment {
        assert!(!self.panics.load(Ordering::SeqCst), "a fault on purpose");
        let step = self.step.load(Ordering::SeqCst);
        Moment::from_millis(self.millis.fetch_add(step, Ordering::SeqCst) + step)
    }
}

/// Bytes that count up, so that no two draws are equal.
#[derive(Default)]
pub struct TestRandomness {
    drawn: AtomicU64,
    last_reference: AtomicU64,
    /// Whether the next reference repeats the last reference.
    pub repeats_reference: AtomicBool,
    pub is_empty: AtomicBool,
}

impl Randomness for TestRandomness {
    fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        if self.is_empty.load(Ordering::SeqCst) {
            return Err(NoRandomness);
        }
        let mut drawn = self.drawn.fetch_add(1, Ordering::SeqCst);
        if bytes.len() == BYTES_OF_A_REFERENCE {
            if self.repeats_reference.swap(false, Ordering::SeqCst) {
                drawn = self.last_reference.load(Ordering::SeqCst);
            }
            self.last_reference.store(drawn, Ordering::SeqCst);
        }
        let drawn = drawn.to_le_bytes();
        bytes
            .iter_mut()
            .zip(drawn.into_iter().cycle())
            .for_each(|(byte, new)| *byte = new);
        Ok(())
    }
}

/// Returns the contact details of the desk.
fn contact() -> Contact {
    Contact {
        email: "desk@justice.example".to_owned(),
        telephone: "01632 960 000".to_owned(),
        hours: "Monday to Friday, 9am to 5pm".to_owned(),
    }
}
