//! An HTML element whose tag, attributes and children are values at run time.
//!
//! Leptos compiles the code that renders, hydrates and updates an element once for each combination
//! of attributes and children. All elements made with `element` have the same type, so this code is
//! compiled only once. This halves the WebAssembly. Use `view!` for markup that only the server
//! renders, and to combine components.

use leptos::ev::Event;
use leptos::prelude::*;
use leptos::tachys::html::attribute::Attribute;
use leptos::tachys::html::attribute::any_attribute::AnyAttribute;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::{CastFrom, RemoveEventHandler, Rndr, types};
use leptos::tachys::ssr::StreamBuilder;
use leptos::tachys::view::add_attr::AddAnyAttr;
use leptos::tachys::view::any_view::AnyViewState;
use leptos::tachys::view::{Mountable, Position, PositionState, Render, RenderHtml};
use leptos::wasm_bindgen::{JsCast, throw_str};

use super::words::Words;
use crate::keyed_form;

/// The XML namespace of SVG, for icons.
const SVG: &str = "http://www.w3.org/2000/svg";

/// An HTML or SVG element that is being built.
pub struct Element {
    tag: &'static str,
    namespace: Option<&'static str>,
    attributes: Vec<(&'static str, Value)>,
    children: Vec<AnyView>,
    /// The texts that `words` added to the children.
    texts: Vec<Words>,
    inside: Option<String>,
    listener: Option<Listener>,
    always_new: bool,
}

/// The value of an attribute.
pub enum Value {
    /// A fixed value.
    Fixed(Words),
    /// The current value of a signal. The attribute is absent while the signal is `None`.
    Following(Signal<Option<String>>),
    /// No value: the attribute is absent.
    LeftOut,
}

/// An event listener: the name of the event and the function to call.
type Listener = (&'static str, Box<dyn FnMut(Event) + Send>);

/// Creates an HTML element.
#[must_use]
pub fn element(tag: &'static str) -> Element {
    Element {
        tag,
        namespace: None,
        attributes: Vec::new(),
        children: Vec::new(),
        texts: Vec::new(),
        inside: None,
        listener: None,
        always_new: false,
    }
}

/// Creates an SVG element.
pub(super) fn svg(tag: &'static str) -> Element {
    let mut element = element(tag);
    element.namespace = Some(SVG);
    element
}

/// Turns text into a view.
pub fn text(words: impl Into<Words>) -> AnyView {
    words.into().into_any()
}

/// Creates a view that is drawn again whenever a signal that `view` reads changes. Draws nothing
/// while `view` returns `None`.
pub fn following(view: impl Fn() -> Option<AnyView> + Send + 'static) -> AnyView {
    let view: Box<dyn Fn() -> Option<AnyView> + Send> = Box::new(view);
    view.into_any()
}

impl Element {
    /// Adds an attribute. Adds none if the value is `None`.
    #[must_use]
    pub fn attr(self, name: &'static str, value: impl Into<Value>) -> Self {
        self.with(name, value.into())
    }

    /// Sets the CSS classes.
    #[must_use]
    pub fn class(self, classes: impl Into<Value>) -> Self {
        self.with("class", classes.into())
    }

    /// Adds an attribute without a value, such as `checked`, if `is_set` is true.
    #[must_use]
    pub fn flag(self, name: &'static str, is_set: bool) -> Self {
        if is_set {
            self.with(name, Value::Fixed(Words::Borrowed("")))
        } else {
            self
        }
    }

    /// Adds an attribute. Adds none if the value is empty.
    #[must_use]
    pub(super) fn given(self, name: &'static str, words: Words) -> Self {
        if words.is_empty() {
            self
        } else {
            self.with(name, Value::Fixed(words))
        }
    }

    /// Adds text after the existing children.
    ///
    /// If the text changes, the whole element is replaced, because the translation feature of a
    /// browser may have put its own elements in place of the old text.
    #[must_use]
    pub fn words(mut self, words: impl Into<Words>) -> Self {
        let words = words.into();
        self.texts.push(words.clone());
        self.child(text(words))
    }

    /// Adds a child after the existing children.
    #[must_use]
    pub fn child(mut self, child: AnyView) -> Self {
        self.children.push(child);
        self
    }

    /// Adds several children after the existing children.
    #[must_use]
    pub fn children(mut self, children: impl IntoIterator<Item = AnyView>) -> Self {
        self.children.extend(children);
        self
    }

    /// Sets the inner HTML without escaping, so `html` must be safe.
    #[must_use]
    pub(super) fn inside(mut self, html: String) -> Self {
        self.inside = Some(html);
        self
    }

    /// Sets the inner HTML to markup that the server rendered. The markup is not escaped.
    #[must_use]
    pub fn written(self, html: String) -> Self {
        self.inside(html)
    }

    /// Replaces the element whenever the page is drawn again. Text typed into its fields is then
    /// lost.
    #[must_use]
    pub fn always_new(mut self) -> Self {
        self.always_new = true;
        self
    }

    /// Sets the event listener.
    #[must_use]
    pub(super) fn on(
        mut self,
        event: &'static str,
        act: impl FnMut(Event) + Send + 'static,
    ) -> Self {
        self.listener = Some((event, Box::new(act)));
        self
    }

    /// Turns the element into a view.
    #[must_use]
    pub fn view(self) -> AnyView {
        self.into_any()
    }

    #[inline(never)]
    fn with(mut self, name: &'static str, value: Value) -> Self {
        let value = match (name, value) {
            ("href" | "action", Value::Fixed(address)) => {
                Value::Fixed(keyed_form::address(address))
            }
            (_, value) => value,
        };
        if !matches!(value, Value::LeftOut) {
            self.attributes.push((name, value));
        }
        self
    }

    /// Returns whether the element is a void element of HTML, which has no end tag.
    fn is_void(&self) -> bool {
        matches!(self.tag, "input" | "br")
    }

    fn open(&self, html: &mut String) {
        html.push('<');
        html.push_str(self.tag);
        for (name, value) in &self.attributes {
            match value {
                Value::Fixed(words) => write_attribute(html, name, words),
                Value::Following(signal) => signal.with(|words| {
                    if let Some(words) = words {
                        write_attribute(html, name, words);
                    }
                }),
                Value::LeftOut => {}
            }
        }
        html.push('>');
        if let Some(inside) = &self.inside {
            html.push_str(inside);
        }
    }

    fn close(tag: &str, is_void: bool, html: &mut String) {
        if !is_void {
            html.push_str("</");
            html.push_str(tag);
            html.push('>');
        }
    }

    /// Connects the attributes and the listener to a node. `is_written` is true if the server
    /// rendered the node with its attributes.
    fn attach(
        self,
        node: types::Element,
        is_written: bool,
        children: Vec<AnyViewState>,
    ) -> ElementState {
        let attributes = self.attributes.into_iter();
        let attributes = attributes
            .map(|(name, value)| attribute(&node, name, value, is_written))
            .collect();
        let listener = self.listener.map(|(name, mut act)| {
            let act = move |event: types::Event| act(event.unchecked_into());
            Rndr::add_event_listener(&node, name, Box::new(act))
        });
        ElementState {
            tag: self.tag,
            node,
            attributes,
            children,
            texts: self.texts,
            inside: self.inside,
            listener,
        }
    }

    fn take_over(mut self, cursor: &Cursor, position: &PositionState) -> ElementState {
        match position.get() {
            Position::FirstChild => cursor.child(),
            Position::Current => {}
            _ => cursor.sibling(),
        }
        let Some(node) = types::Element::cast_from(cursor.current()) else {
            // Other software, such as a browser extension, has changed the page. `start.js` catches
            // this error and leaves the page as plain HTML.
            throw_str("The page was changed before it could be hydrated")
        };
        position.set(Position::FirstChild);
        let children = std::mem::take(&mut self.children)
            .into_iter()
            .map(|child| child.hydrate::<true>(cursor, position))
            .collect();
        let at: &types::Node = node.as_ref();
        cursor.set(at.clone());
        position.set(Position::NextChild);
        self.attach(node, true, children)
    }
}

fn write_attribute(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    let mut rest = value;
    while let Some(at) = rest.find(['&', '"', '<', '>']) {
        let (before, after) = rest.split_at(at);
        let mut letters = after.chars();
        html.push_str(before);
        html.push_str(match letters.next() {
            Some('&') => "&amp;",
            Some('"') => "&quot;",
            Some('<') => "&lt;",
            _ => "&gt;",
        });
        rest = letters.as_str();
    }
    html.push_str(rest);
    html.push('"');
}

/// An attribute of an element in the page.
struct Attached {
    name: &'static str,
    /// The value of the attribute, if the attribute does not follow a signal.
    words: Words,
    /// The effect that updates the attribute when the signal changes.
    effect: Option<RenderEffect<Option<String>>>,
}

fn attribute(
    node: &types::Element,
    name: &'static str,
    value: Value,
    is_written: bool,
) -> Attached {
    match value {
        Value::Fixed(words) => {
            if !is_written {
                Rndr::set_attribute(node, name, &words);
            }
            Attached {
                name,
                words,
                effect: None,
            }
        }
        Value::Following(signal) => {
            let node = node.clone();
            let effect = RenderEffect::new(move |before: Option<Option<String>>| {
                let now = signal.get();
                let stands = before.as_ref().map_or(is_written, |before| *before == now);
                match &now {
                    _ if stands => {}
                    Some(words) => Rndr::set_attribute(&node, name, words),
                    None => Rndr::remove_attribute(&node, name),
                }
                now
            });
            Attached {
                name,
                words: Words::Borrowed(""),
                effect: Some(effect),
            }
        }
        Value::LeftOut => Attached {
            name,
            words: Words::Borrowed(""),
            effect: None,
        },
    }
}

/// An element in the page, with the state that Leptos needs to update it.
pub struct ElementState {
    tag: &'static str,
    node: types::Element,
    attributes: Vec<Attached>,
    children: Vec<AnyViewState>,
    texts: Vec<Words>,
    inside: Option<String>,
    listener: Option<RemoveEventHandler<types::Element>>,
}

impl ElementState {
    /// Returns whether the new element can reuse the node of this element.
    fn is_like(&self, new: &Element) -> bool {
        let same = |(old, (name, value)): (&Attached, &(&str, Value))| {
            old.name == *name && old.effect.is_some() == matches!(value, Value::Following(_))
        };
        !new.always_new
            && self.tag == new.tag
            && self.texts == new.texts
            && self.inside == new.inside
            && self.listener.is_none()
            && new.listener.is_none()
            && self.children.len() == new.children.len()
            && self.attributes.len() == new.attributes.len()
            && self.attributes.iter().zip(&new.attributes).all(same)
    }
}

impl Render for Element {
    type State = ElementState;

    fn build(mut self) -> ElementState {
        let node = Rndr::create_element(self.tag, self.namespace);
        if let Some(html) = &self.inside {
            Rndr::set_inner_html(&node, html);
        }
        let children = std::mem::take(&mut self.children)
            .into_iter()
            .map(|child| {
                let mut child = child.build();
                child.mount(&node, None);
                child
            })
            .collect();
        self.attach(node, false, children)
    }

    fn rebuild(self, state: &mut ElementState) {
        if !state.is_like(&self) {
            let mut new = self.build();
            state.insert_before_this(&mut new);
            state.unmount();
            *state = new;
            return;
        }
        for (old, (name, value)) in state.attributes.iter_mut().zip(self.attributes) {
            if !matches!(&value, Value::Fixed(words) if *words == old.words) {
                *old = attribute(&state.node, name, value, false);
            }
        }
        for (old, new) in state.children.iter_mut().zip(self.children) {
            new.rebuild(old);
        }
    }
}

impl Mountable for ElementState {
    fn unmount(&mut self) {
        self.node.unmount();
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        self.node.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.node.insert_before_this(child)
    }

    fn elements(&self) -> Vec<types::Element> {
        vec![self.node.clone()]
    }
}

/// Ignores attributes from outside: an element has only the attributes that it was built with.
impl AddAnyAttr for Element {
    type Output<SomeNewAttr: Attribute> = Self;

    fn add_any_attr<NewAttr: Attribute>(self, _attr: NewAttr) -> Self {
        self
    }
}

impl RenderHtml for Element {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {
        self.children.iter_mut().for_each(RenderHtml::dry_resolve);
    }

    async fn resolve(mut self) -> Self {
        // Read the signals now, because they may be disposed of later. On the server their values
        // do not change.
        for (_, value) in &mut self.attributes {
            if let Value::Following(signal) = value {
                *value = signal.get_untracked().into();
            }
        }
        let mut children = Vec::with_capacity(self.children.len());
        for child in self.children {
            children.push(child.resolve().await);
        }
        self.children = children;
        self
    }

    fn html_len(&self) -> usize {
        let of_attribute = |(name, value): &(&str, Value)| match value {
            Value::Fixed(words) => name.len() + words.len() + 4,
            _ => name.len() + 32,
        };
        2 * self.tag.len()
            + 5
            + self.attributes.iter().map(of_attribute).sum::<usize>()
            + self
                .children
                .iter()
                .map(RenderHtml::html_len)
                .sum::<usize>()
            + self.inside.as_ref().map_or(0, String::len)
    }

    fn to_html_with_buf(
        self,
        html: &mut String,
        position: &mut Position,
        _escape: bool,
        mark_branches: bool,
        _extra_attributes: Vec<AnyAttribute>,
    ) {
        self.open(html);
        let (tag, is_void) = (self.tag, self.is_void());
        *position = Position::FirstChild;
        for child in self.children {
            child.to_html_with_buf(html, position, true, mark_branches, Vec::new());
        }
        Self::close(tag, is_void, html);
        *position = Position::NextChild;
    }

    fn to_html_async_with_buf<const OUT_OF_ORDER: bool>(
        self,
        stream: &mut StreamBuilder,
        position: &mut Position,
        _escape: bool,
        mark_branches: bool,
        _extra_attributes: Vec<AnyAttribute>,
    ) {
        stream.with_buf(|html| self.open(html));
        let (tag, is_void) = (self.tag, self.is_void());
        *position = Position::FirstChild;
        for child in self.children {
            child.to_html_async_with_buf::<OUT_OF_ORDER>(
                stream,
                position,
                true,
                mark_branches,
                Vec::new(),
            );
        }
        stream.with_buf(|html| Self::close(tag, is_void, html));
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(
        self,
        cursor: &Cursor,
        position: &PositionState,
    ) -> ElementState {
        self.take_over(cursor, position)
    }

    async fn hydrate_async(self, cursor: &Cursor, position: &PositionState) -> ElementState {
        self.take_over(cursor, position)
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl From<&'static str> for Value {
    fn from(words: &'static str) -> Self {
        Self::Fixed(Words::Borrowed(words))
    }
}

impl From<String> for Value {
    fn from(words: String) -> Self {
        Self::Fixed(Words::Owned(words))
    }
}

impl From<Words> for Value {
    fn from(words: Words) -> Self {
        Self::Fixed(words)
    }
}

impl From<Signal<Option<String>>> for Value {
    fn from(signal: Signal<Option<String>>) -> Self {
        Self::Following(signal)
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::LeftOut, Into::into)
    }
}
