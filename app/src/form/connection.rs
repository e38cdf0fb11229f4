//! Shows the state of the connection: a message while the browser is offline, and a line at the top
//! of the page while an answer of the server takes longer than a second.

use std::cell::{Cell, RefCell};

use gloo::events::EventListener;
use gloo::timers::callback::Timeout;
use leptos::prelude::{StoredValue, UpdateValue, document, on_cleanup, window};

/// The time that an answer may take before the page shows that it is loading, in milliseconds.
const SLOW_MS: u32 = 1000;
/// The message while the browser is offline.
const OFFLINE: &str = "You are offline. What you typed is kept on this page.";

thread_local! {
    static CALLS: RefCell<Vec<WaitingCall>> = const { RefCell::new(Vec::new()) };
    /// The number of the latest call.
    static LATEST: Cell<u32> = const { Cell::new(0) };
}

/// A call whose answer has not arrived, with its timer. The timer is not in `Call`, because a
/// `Call` must be able to move to another thread, and a timer cannot.
struct WaitingCall {
    number: u32,
    _timer: Timeout,
    /// Whether the call has taken longer than `SLOW_MS`.
    is_slow: bool,
}

/// Shows the message about being offline whenever the browser is offline.
pub fn watch() {
    for event in ["offline", "online"] {
        EventListener::new(&window(), event, |_| show()).forget();
    }
}

/// Returns whether the browser is offline.
pub fn is_offline() -> bool {
    !window().navigator().on_line()
}

/// Requests the data of the current page again once the browser is online, unless the person has
/// left the page by then.
pub fn load_again_when_online() {
    let listener = EventListener::once(&window(), "online", |_| super::load_again());
    let listener = StoredValue::new_local(Some(listener));
    on_cleanup(move || {
        listener.try_update_value(Option::take);
    });
}

/// A call to the server, which lasts until its answer arrives. When it is dropped, the page no
/// longer shows that it is loading, unless another call is slow too.
pub struct Call {
    number: u32,
}

impl Call {
    /// Begins to wait for an answer.
    pub fn begin() -> Self {
        let number = LATEST.get().wrapping_add(1);
        LATEST.set(number);
        let timer = Timeout::new(SLOW_MS, move || {
            CALLS.with_borrow_mut(|calls| {
                for call in calls.iter_mut().filter(|call| call.number == number) {
                    call.is_slow = true;
                }
            });
            show();
        });
        let call = WaitingCall {
            number,
            _timer: timer,
            is_slow: false,
        };
        CALLS.with_borrow_mut(|calls| calls.push(call));
        Self { number }
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        CALLS.with_borrow_mut(|calls| calls.retain(|call| call.number != self.number));
        show();
    }
}

/// Shows the present state in the element `#connection`, which screen readers announce.
fn show() {
    let Some(place) = document().get_element_by_id("connection") else {
        return;
    };
    let (state, words) = if is_offline() {
        ("offline", OFFLINE)
    } else if CALLS.with_borrow(|calls| calls.iter().any(|call| call.is_slow)) {
        ("loading", "Loading")
    } else {
        ("", "")
    };
    // Do not set the same text again, because a screen reader would announce it again.
    if place.get_attribute("data-state").unwrap_or_default() == state {
        return;
    }
    let _always_works = place.set_attribute("data-state", state);
    place.set_text_content(Some(words));
}
