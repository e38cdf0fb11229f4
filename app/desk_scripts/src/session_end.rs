//! The dialog that appears before an officer's session ends. After the end, the content of the page is hidden until the
//! same officer signs in again in another tab.
//!
//! Each tab can extend the session, so all tabs share the latest news from the server in local storage. Each page
//! counts the time left from its own arrival, so the end is correct even if this WebAssembly is loaded late.

use std::cell::RefCell;
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Interval;
use js_sys::{Date, Reflect};
use registration::desk::SIGN_OUT;
use registration::desk::session_end::{SessionNews, SessionPhase};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{
    Document, Headers, HtmlDialogElement, HtmlElement, HtmlFormElement,
    PerformanceNavigationTiming, RequestInit, Response, Storage,
};

use crate::dom;

/// The keys of the fields of `SessionNews` in local storage.
const SAID: &str = "desk-session-said";
const OFFICER: &str = "desk-session-officer";
const ENDS: &str = "desk-session-end";

/// Starts to watch the end of the session, and tells the other tabs the end that this page has received.
pub fn watch() {
    let Some(window) = dom::window() else { return };
    let Ok(Some(storage)) = window.local_storage() else {
        return;
    };
    let arrived = arrival();
    if window.location().pathname().as_deref() == Ok(SIGN_OUT) {
        // Signing out clears local storage by the header Clear-Site-Data, but some browsers ignore it.
        let signed_out = SessionNews {
            said: Some(arrived),
            ..SessionNews::default()
        };
        tell(&storage, &signed_out);
    }
    let Some(dialog) = Dialog::of_page(storage) else {
        return;
    };
    let dialog = Rc::new(dialog);
    let seconds = dom::data(&dialog.element, "seconds").parse::<i64>();
    dialog.extend(arrived, seconds.unwrap_or_default());
    dialog.look();
    for event in ["pageshow", "storage"] {
        let of_event = Rc::clone(&dialog);
        EventListener::new(&window, event, move |_| of_event.look()).forget();
    }
    let staying = Rc::clone(&dialog);
    if let Some(form) = &dialog.stay_form() {
        let options = EventListenerOptions::enable_prevent_default();
        EventListener::new_with_options(form, "submit", options, move |event| {
            event.prevent_default();
            staying.stay();
        })
        .forget();
    }
    // Pressing Escape shows that the officer is present, so Escape extends the session if it can be extended.
    let cancelled = Rc::clone(&dialog);
    EventListener::new(&dialog.element, "cancel", move |_| {
        if cancelled.can_stay() {
            cancelled.stay();
        }
    })
    .forget();
    let closed = Rc::clone(&dialog);
    EventListener::new(&dialog.element, "close", move |_| {
        if !closed.can_stay() {
            closed.is_dismissed.replace(true);
        }
    })
    .forget();
    Interval::new(1_000, move || dialog.look()).forget();
}

/// The dialog of a page, with its parts.
struct Dialog {
    document: Document,
    storage: Storage,
    element: HtmlDialogElement,
    title: HtmlElement,
    words: HtmlElement,
    before_end: HtmlElement,
    after_end: HtmlElement,
    officer: String,
    /// Whether the officer can extend the session.
    moves: bool,
    /// The title of the window before the session ends.
    window_title: String,
    /// Whether the officer has closed the dialog. It then stays closed until the session is extended.
    is_dismissed: RefCell<bool>,
}

impl Dialog {
    fn of_page(storage: Storage) -> Option<Self> {
        let document = dom::document()?;
        let element = document.get_element_by_id("session-end")?;
        let element: HtmlDialogElement = element.dyn_into().ok()?;
        let part = |selector| dom::first_in::<HtmlElement>(&element, selector);
        Some(Self {
            title: part("h2")?,
            words: part("[data-left]")?,
            before_end: part("[data-before-end]")?,
            after_end: part("[data-after-end]")?,
            officer: dom::data(&element, "officer"),
            moves: dom::data(&element, "moves") == "true",
            window_title: document.title(),
            is_dismissed: RefCell::new(false),
            document,
            storage,
            element,
        })
    }

    /// Tells all tabs that the server reported at the time `said`, in milliseconds, that this many seconds are left.
    fn extend(&self, said: i64, seconds: i64) {
        let news = SessionNews {
            said: Some(said),
            officer: Some(self.officer.clone()),
            ends: Some(said + seconds * 1_000),
        };
        tell(&self.storage, &news);
    }

    fn phase(&self) -> SessionPhase {
        known(&self.storage).phase(&self.officer, now())
    }

    fn can_stay(&self) -> bool {
        self.moves && !self.phase().is_over()
    }

    /// Shows the current state of the session.
    fn look(&self) {
        let phase = self.phase();
        self.conceal(phase.is_over());
        if phase == SessionPhase::Lasts {
            if self.element.open() {
                self.element.close();
            }
            self.is_dismissed.replace(false);
            return;
        }
        self.show_parts(phase);
        if !self.element.open() && !*self.is_dismissed.borrow() {
            let _always_works = self.element.show_modal();
        }
    }

    /// Hides or shows the content of the page. The content is not deleted, because the same officer may sign in again
    /// in another tab.
    fn conceal(&self, is_over: bool) {
        for part in dom::all::<HtmlElement>("main, .govuk-back-link") {
            part.set_hidden(is_over);
        }
        let title = if is_over {
            SessionPhase::Over.title()
        } else {
            &self.window_title
        };
        if self.document.title() != title {
            self.document.set_title(title);
        }
    }

    fn show_parts(&self, phase: SessionPhase) {
        let is_over = phase.is_over();
        if self.after_end.hidden() == is_over {
            let focused = self.document.active_element();
            let had_focus = self.before_end.contains(focused.as_deref());
            self.title.set_text_content(Some(phase.title()));
            self.before_end.set_hidden(is_over);
            self.after_end.set_hidden(!is_over);
            let link = dom::first_in::<HtmlElement>(&self.after_end, "a");
            if let Some(link) = link.filter(|_| had_focus) {
                let _always_works = link.focus();
            }
        }
        // A screen reader announces the text whenever it is set, so set it only if it changes.
        let words = phase.words(self.moves);
        if self.words.text_content().as_ref() != Some(&words) {
            self.words.set_text_content(Some(&words));
        }
    }

    fn stay_form(&self) -> Option<HtmlFormElement> {
        dom::first_in(&self.element, "[data-stay]")
    }

    /// Asks the server to extend the session.
    fn stay(self: &Rc<Self>) {
        let dialog = Rc::clone(self);
        spawn_local(async move {
            // If the server cannot be reached, the end of the session stays the same.
            if let Ok(answer) = dialog.ask_to_stay().await {
                dialog.extend(now(), seconds_in(&answer).await.unwrap_or_default());
                dialog.look();
            }
        });
    }

    async fn ask_to_stay(&self) -> Result<Response, JsValue> {
        let form = self.stay_form().ok_or(JsValue::NULL)?;
        let request = RequestInit::new();
        let headers = Headers::new()?;
        headers.set("accept", "application/json")?;
        request.set_headers_headers(&headers);
        dom::post(&form.action(), &request).await
    }
}

/// Returns the number of seconds until the end of the session from the server's answer. Returns an error if the answer
/// is another page, because nobody is signed in any more.
async fn seconds_in(answer: &Response) -> Result<i64, JsValue> {
    let answer = JsFuture::from(answer.json()?).await?;
    let seconds = Reflect::get(&answer, &"seconds".into())?.as_f64();
    Ok(seconds.map_or(0, whole))
}

/// Stores news for all tabs, unless the stored news is later.
fn tell(storage: &Storage, news: &SessionNews) {
    if !news.replaces(&known(storage), now()) {
        return;
    }
    let time = |time: Option<i64>| time.map(|time| time.to_string());
    for (key, value) in [
        (SAID, time(news.said)),
        (OFFICER, news.officer.clone()),
        (ENDS, time(news.ends)),
    ] {
        // If the storage is full, the page shows that the session is over, which is safe.
        let _may_be_full = match value {
            Some(value) => storage.set_item(key, &value),
            None => storage.remove_item(key),
        };
    }
}

fn known(storage: &Storage) -> SessionNews {
    let item = |key| storage.get_item(key).ok().flatten();
    SessionNews {
        said: item(SAID).and_then(|time| time.parse().ok()),
        officer: item(OFFICER),
        ends: item(ENDS).and_then(|time| time.parse().ok()),
    }
}

/// Returns the time at which this page began to arrive, in milliseconds.
fn arrival() -> i64 {
    let Some(performance) = dom::window().and_then(|window| window.performance()) else {
        return now();
    };
    let entries = performance.get_entries_by_type("navigation");
    let navigation = entries.get(0).dyn_into::<PerformanceNavigationTiming>();
    // Without this entry, count from the request for the page, so that the dialog appears too early rather than too
    // late.
    let response = navigation.map_or(0.0, |navigation| navigation.response_start());
    now() - whole(performance.now() - response)
}

fn now() -> i64 {
    whole(Date::now())
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "times and durations in milliseconds are far below 2^53"
)]
fn whole(number: f64) -> i64 {
    number as i64
}
