//! Live validation in the browser: runs the rules of the server while a person fills in a form.
//!
//! A text field is checked when the person leaves it, if it was changed and is not empty. Text
//! typed before the form was hydrated is checked at once. Choices are checked only when the form is
//! sent. While a field has an error, typing or choosing can only clear the error. While a mouse
//! button is down, changes wait until the click is delivered, so that nothing moves under the
//! pointer. A screen reader announces each change once, after the name of the next field.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo::events::{EventListener, EventListenerOptions};
use gloo::timers::callback::Timeout;
use leptos::html::Form;
use leptos::prelude::*;
use registration::problem::Problem;
use wasm_bindgen::JsCast;
use web_sys::{
    Event, FormData, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
    SubmitEvent, UrlSearchParams,
};

use super::rules::{Rules, Validation};
use super::{FormState, connection, server_call};
use crate::fault::Fault;
use crate::focus;
use crate::history;
use crate::json;

/// The delay before a change is announced, in milliseconds. During the delay, the screen reader
/// says the name of the next field.
const ANNOUNCE_AFTER_MS: u32 = 600;
/// The pause in typing after which a field with an error is checked again, in milliseconds.
const TYPING_PAUSE_MS: u32 = 500;
/// The delay between a click and a change that waited for the click, in milliseconds.
const AFTER_CLICK_MS: u32 = 50;

/// Watches a form until its page is left, and sends the form to `address`.
pub fn attach(node: NodeRef<Form>, address: &'static str, state: FormState, rules: Rules) {
    let listeners = StoredValue::new_local(Vec::new());
    Effect::new(move |_| {
        if let Some(form) = node.get() {
            listeners.set_value(watch(&form, address, state, Rules::clone(&rules)));
        }
    });
    on_cleanup(move || {
        listeners.try_update_value(Vec::clear);
    });
}

/// Shows the problems that the server found, or a message that the answers were not saved. Does
/// nothing if there are no problems, or if the error summary shows the same problems already.
fn show_answer(state: FormState, answer: Result<Vec<Problem>, Fault>) {
    let problems = match answer {
        Ok(problems) => problems,
        // The rules have already shown a problem at the field that is too long.
        Err(Fault::TooLong)
            if state
                .summary
                .try_with_untracked(|shown| !shown.is_empty())
                .unwrap_or(true) =>
        {
            return;
        }
        Err(fault) => vec![not_saved(fault)],
    };
    // The signals are gone if the person has gone to another page in the meantime.
    let shown = state.summary.try_with_untracked(|shown| *shown == problems);
    if !problems.is_empty() && shown == Some(false) {
        state.show(problems);
        focus::summary();
    }
}

fn not_saved(fault: Fault) -> Problem {
    let words = match fault {
        Fault::Unreachable if connection::is_offline() => {
            "Your answers were not saved because you are offline. What you typed is kept on this page. Select the button again when you are online"
        }
        Fault::Unreachable => {
            "Your answers were not saved: check your internet connection and select the button again"
        }
        Fault::TooLong => {
            "Your answers were not saved: they are too long. Make them shorter and select the button again"
        }
        Fault::TooMany => {
            "Your answers were not saved: there have been too many requests from your network. Select the button again in a few minutes"
        }
        Fault::Unavailable | Fault::Unreadable => {
            "Your answers were not saved: there is a problem with the service. Select the button again in a few minutes"
        }
    };
    Problem::new("", "not-saved", words)
}

/// Adds the listeners that watch a form. Dropping the returned listeners ends the watching.
fn watch(
    form: &HtmlFormElement,
    address: &'static str,
    state: FormState,
    rules: Rules,
) -> Vec<EventListener> {
    let watch = Rc::new(FormWatcher {
        form: form.clone(),
        address,
        state,
        rules,
        pending: Cell::new(false),
        pointer_down: Cell::new(false),
        waiting_for_click: RefCell::new(None),
        timer: RefCell::new(None),
        announcement: RefCell::new(None),
    });
    history::fill_in(form);
    watch.check_prefilled();
    let on = |name: &'static str, change: fn(&Rc<FormWatcher>, &Event)| {
        let watch = Rc::clone(&watch);
        EventListener::new(form, name, move |event| change(&watch, event))
    };
    let body = document();
    let up = {
        let watch = Rc::clone(&watch);
        move |_: &Event| watch.pointer_released()
    };
    vec![
        on("focusout", FormWatcher::field_left),
        on("input", FormWatcher::field_typed),
        on("change", FormWatcher::field_chosen),
        {
            let watch = Rc::clone(&watch);
            let options = EventListenerOptions::enable_prevent_default();
            EventListener::new_with_options(form, "submit", options, move |event| {
                event.prevent_default();
                watch.submit(button_of(event));
            })
        },
        {
            let watch = Rc::clone(&watch);
            EventListener::new(&body, "pointerdown", move |_| watch.pointer_down.set(true))
        },
        EventListener::new(&body, "pointerup", up.clone()),
        EventListener::new(&body, "pointercancel", up),
    ]
}

/// A change to the page that is made after a delay or a click.
type PendingChange = Box<dyn FnOnce(&Rc<FormWatcher>)>;

struct FormWatcher {
    form: HtmlFormElement,
    address: &'static str,
    state: FormState,
    rules: Rules,
    pending: Cell<bool>,
    pointer_down: Cell<bool>,
    waiting_for_click: RefCell<Option<PendingChange>>,
    timer: RefCell<Option<Timeout>>,
    announcement: RefCell<Option<Timeout>>,
}

impl FormWatcher {
    fn validate(&self) -> Option<Validation> {
        (self.rules)(&as_json(&FormData::new_with_form(&self.form).ok()?))
    }

    fn check_prefilled(self: &Rc<Self>) {
        let focused = document().active_element();
        let elements = self.form.elements();
        for index in 0..elements.length() {
            let Some(element) = elements.item(index) else {
                continue;
            };
            if focused.as_ref() == Some(&element) {
                continue;
            }
            if let Some(field) = Field::of(&element).filter(Field::was_filled_in) {
                self.check_field(&field);
            }
        }
    }

    fn field_left(self: &Rc<Self>, event: &Event) {
        // `focusout` also fires when the page is removed while a field has the focus. The person
        // did not leave the field then.
        if !self.form.is_connected() {
            return;
        }
        let Some(field) = Field::of_event(event).filter(Field::was_filled_in) else {
            return;
        };
        let check_field = move |watch: &Rc<Self>| watch.check_field(&field);
        if self.pointer_down.get() {
            *self.waiting_for_click.borrow_mut() = Some(Box::new(check_field));
        } else {
            self.schedule(0, check_field);
        }
    }

    fn pointer_released(self: &Rc<Self>) {
        self.pointer_down.set(false);
        if let Some(change) = self.waiting_for_click.borrow_mut().take() {
            self.schedule(AFTER_CLICK_MS, change);
        }
    }

    fn field_typed(self: &Rc<Self>, event: &Event) {
        let Some(field) = Field::of_event(event) else {
            return;
        };
        if self.is_in_error(&field.name) {
            self.schedule(TYPING_PAUSE_MS, move |watch| watch.clear_if_valid(&field));
        }
    }

    fn field_chosen(self: &Rc<Self>, event: &Event) {
        let Some(field) = Field::of_event(event) else {
            return;
        };
        if field.is_choice && self.is_in_error(&field.name) {
            self.schedule(AFTER_CLICK_MS, move |watch| watch.clear_if_valid(&field));
        }
    }

    /// Sends the form, unless it is being sent already. `button` is the name and value of the
    /// pressed button, as `button_of` returns them; `None` if the button has no name.
    fn submit(self: &Rc<Self>, button: Option<String>) {
        if self.pending.replace(true) {
            return;
        }
        *self.waiting_for_click.borrow_mut() = None;
        *self.timer.borrow_mut() = None;
        *self.announcement.borrow_mut() = None;
        self.state.announcement.set(String::new());
        // The button that saves for later sends the form without showing problems. The person sees
        // them on return.
        if button.is_none()
            && let Some(found) = self.validate()
        {
            let failed = !found.problems.is_empty();
            self.state.warnings.set(found.warnings);
            self.state.show(found.problems);
            if failed {
                focus::summary();
            }
        }
        // Answers with problems are sent too, so that nothing typed is lost.
        let mut body = as_form(&self.form);
        if let Some(button) = button {
            body.push_str(&button);
        }
        let watch = Rc::clone(self);
        leptos::task::spawn_local(async move {
            let answer = server_call::send(watch.address, body).await;
            watch.pending.set(false);
            let problems = answer.and_then(|text| json::read(&text).ok_or(Fault::Unavailable));
            show_answer(watch.state, problems);
        });
    }

    fn check_field(self: &Rc<Self>, field: &Field) {
        let Some(found) = self.validate() else { return };
        self.state.warnings.set(found.warnings.clone());
        let of_field = |all: Vec<Problem>| all.into_iter().find(|one| one.field == field.name);
        if let Some(problem) = of_field(found.problems) {
            self.announce([&field.label(), ": ", &*problem.words].concat());
            self.state.beside.update(|beside| {
                beside.retain(|other| other.field != problem.field);
                beside.push(problem);
            });
            return;
        }
        if let Some(warning) = of_field(found.warnings) {
            self.announce([&field.label(), ": ", &*warning.words].concat());
        }
        self.clear(field);
    }

    fn clear_if_valid(self: &Rc<Self>, field: &Field) {
        let Some(found) = self.validate() else { return };
        if found
            .problems
            .iter()
            .all(|problem| problem.field != field.name)
        {
            self.clear(field);
        }
    }

    fn clear(self: &Rc<Self>, field: &Field) {
        if self.is_in_error(&field.name) {
            self.state
                .beside
                .update(|beside| beside.retain(|other| other.field != field.name));
            self.announce(format!("{}: error fixed", field.label()));
        }
    }

    fn is_in_error(&self, name: &str) -> bool {
        self.state
            .beside
            .with_untracked(|beside| beside.iter().any(|other| other.field == name))
    }

    fn announce(self: &Rc<Self>, words: String) {
        let announcement = self.state.announcement;
        // Screen readers do not announce a text that is set again, so empty the region first.
        announcement.set(String::new());
        let announce = move || {
            announcement.try_set(words);
        };
        *self.announcement.borrow_mut() = Some(Timeout::new(ANNOUNCE_AFTER_MS, announce));
    }

    fn schedule(self: &Rc<Self>, after_ms: u32, change: impl FnOnce(&Rc<Self>) + 'static) {
        let watch = Rc::clone(self);
        let change = move || {
            if watch.pointer_down.get() {
                *watch.waiting_for_click.borrow_mut() = Some(Box::new(change));
            } else if watch.form.is_connected() {
                change(&watch);
            }
        };
        *self.timer.borrow_mut() = Some(Timeout::new(after_ms, change));
    }
}

/// Returns the name and value of the pressed button as text to append to the encoded form, such as
/// `&later=yes`. Returns `None` if the button has no name.
fn button_of(event: &Event) -> Option<String> {
    let button = event.dyn_ref::<SubmitEvent>()?.submitter()?;
    let name = button.get_attribute("name")?;
    let value = button.get_attribute("value").unwrap_or_default();
    let encoded = |text: &str| String::from(js_sys::encode_uri_component(text));
    Some(["&", &encoded(&name), "=", &encoded(&value)].concat())
}

/// Encodes the fields of a form as a browser would send them.
fn as_form(form: &HtmlFormElement) -> String {
    let fields = FormData::new_with_form(form).ok();
    fields
        .and_then(|fields| UrlSearchParams::new_with_str_sequence_sequence(&fields).ok())
        .map(|fields| fields.to_string().into())
        .unwrap_or_default()
}

/// Encodes the fields of a form as JSON for the rules.
fn as_json(fields: &FormData) -> String {
    let fields = js_sys::Object::from_entries(fields);
    fields
        .and_then(|fields| js_sys::JSON::stringify(&fields))
        .map(Into::into)
        .unwrap_or_default()
}

struct Field {
    element: web_sys::Element,
    name: String,
    changed: bool,
    empty: bool,
    is_choice: bool,
}

impl Field {
    fn of_event(event: &Event) -> Option<Self> {
        Self::of(&event.target()?.dyn_into().ok()?)
    }

    fn of(element: &web_sys::Element) -> Option<Self> {
        let read = |name: String, value: String, default: String, is_choice: bool| Self {
            element: element.clone(),
            name,
            changed: value != default,
            empty: value.trim().is_empty(),
            is_choice,
        };
        if let Some(input) = element.dyn_ref::<HtmlInputElement>() {
            let is_choice = matches!(input.type_().as_str(), "radio" | "checkbox");
            let hidden = input.type_() == "hidden";
            return (!hidden).then(|| {
                read(
                    input.name(),
                    input.value(),
                    input.default_value(),
                    is_choice,
                )
            });
        }
        if let Some(select) = element.dyn_ref::<HtmlSelectElement>() {
            return Some(read(select.name(), select.value(), String::new(), true));
        }
        let area = element.dyn_ref::<HtmlTextAreaElement>()?;
        Some(read(
            area.name(),
            area.value(),
            area.default_value().ok()?,
            false,
        ))
    }

    fn was_filled_in(&self) -> bool {
        self.changed && !self.empty && !self.is_choice
    }

    fn label(&self) -> String {
        let label = document()
            .query_selector(&format!("label[for='{}']", self.element.id()))
            .ok()
            .flatten()
            .and_then(|label| label.text_content());
        label.unwrap_or_else(|| self.name.clone())
    }
}
