//! The keyboard shortcuts of the desk's pages. The page that lists the shortcuts and the code that
//! carries them out use the same list, `SHORTCUTS`.
//!
//! A shortcut is a small letter or `?`, or two letters one after the other, without Ctrl, Alt or
//! Meta. Browsers do not use these keys. Screen readers use them only in a reading mode, in which
//! no key reaches the page. Officers can switch the shortcuts off (WCAG 2.1.4).

use super::queue::PAGE as QUEUE;
use super::{ACCOUNT, MESSAGES, PEOPLE, Permission, SHORTCUT_PAGE, TAKE_NEXT};

crate::keyed! {
    /// The pages on which a shortcut works.
    pub enum ShortcutScope {
        /// Every page of the desk.
        EveryPage = "every-page",
        /// The queue.
        Queue = "queue",
        /// The page of a registration.
        Registration = "registration",
    }
}

/// The action of a shortcut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShortcutTarget {
    /// Follows the link to this address, if the page has one.
    Link(&'static str),
    /// Presses the button of the form that is sent to this address.
    Form(&'static str),
    /// Follows the link in the main content whose address ends with this text.
    LinkEnding(&'static str),
    /// Moves the focus to the field with this name in the main content.
    Field(&'static str),
    /// Moves the focus to the section with this identifier.
    Section(&'static str),
}

/// A keyboard shortcut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shortcut {
    /// One or two characters, which are pressed one after the other.
    pub keys: &'static str,
    /// The description in the list.
    pub words: &'static str,
    /// The pages on which the shortcut works.
    pub scope: ShortcutScope,
    /// The permission without which the shortcut is not listed.
    pub needs: Permission,
    /// The action, with the element that it uses.
    pub target: ShortcutTarget,
}

/// Every shortcut, in the order of the list.
pub const SHORTCUTS: [Shortcut; 18] = [
    menu("?", "Show this list", Permission::OwnAccount, SHORTCUT_PAGE),
    menu(
        "gq",
        "Go to the queue",
        Permission::ReadRegistrations,
        QUEUE,
    ),
    menu("gs", "Go to set-up", Permission::ReadSetUp, "/desk/set-up"),
    menu(
        "gf",
        "Go to the figures",
        Permission::ReadFigures,
        "/desk/figures",
    ),
    menu("gm", "Go to messages", Permission::ReadMessages, MESSAGES),
    menu(
        "ga",
        "Go to the audit",
        Permission::ReadAudit,
        "/desk/audit",
    ),
    menu("gp", "Go to people", Permission::ReadPeople, PEOPLE),
    menu(
        "gd",
        "Go to the settings of the desk",
        Permission::ReadSettings,
        "/desk/settings",
    ),
    menu("gy", "Go to your account", Permission::OwnAccount, ACCOUNT),
    Shortcut {
        keys: "n",
        words: "Take the next registration",
        scope: ShortcutScope::Queue,
        needs: Permission::WorkOnRegistrations,
        target: ShortcutTarget::Form(TAKE_NEXT),
    },
    Shortcut {
        keys: "s",
        words: "Move to the search",
        scope: ShortcutScope::Queue,
        needs: Permission::ReadRegistrations,
        target: ShortcutTarget::Field("search"),
    },
    section("c", "Move to the checks", "checks"),
    section("r", "Move to the answers", "answers"),
    section("u", "Move to the users", "users"),
    section("t", "Move to the history", "timeline"),
    work("w", "Write a note", ShortcutTarget::Field("note")),
    work("a", "Ask the applicant", ShortcutTarget::LinkEnding("/ask")),
    work("d", "Decide", ShortcutTarget::LinkEnding("/decide")),
];

const fn menu(
    keys: &'static str,
    words: &'static str,
    needs: Permission,
    address: &'static str,
) -> Shortcut {
    Shortcut {
        keys,
        words,
        scope: ShortcutScope::EveryPage,
        needs,
        target: ShortcutTarget::Link(address),
    }
}

const fn section(keys: &'static str, words: &'static str, id: &'static str) -> Shortcut {
    Shortcut {
        keys,
        words,
        scope: ShortcutScope::Registration,
        needs: Permission::ReadRegistrations,
        target: ShortcutTarget::Section(id),
    }
}

const fn work(keys: &'static str, words: &'static str, target: ShortcutTarget) -> Shortcut {
    Shortcut {
        keys,
        words,
        scope: ShortcutScope::Registration,
        needs: Permission::WorkOnRegistrations,
        target,
    }
}

impl ShortcutScope {
    /// Returns the heading of these shortcuts in the list.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::EveryPage => "On every page of the desk",
            Self::Queue => "In the queue",
            Self::Registration => "On the page of a registration",
        }
    }
}

impl ShortcutTarget {
    /// Returns the CSS selector of the element that the shortcut presses or moves to.
    #[must_use]
    pub fn selector(self) -> String {
        match self {
            Self::Link(address) => format!("a[href='{address}']"),
            Self::Form(address) => format!("form[action='{address}'] button"),
            Self::LinkEnding(end) => format!("main a[href$='{end}']"),
            Self::Field(name) => format!("main [name='{name}']"),
            Self::Section(id) => format!("main #{id}"),
        }
    }
}

/// The first key of a shortcut of two keys, once it was pressed. There is no time limit for the
/// second key, so nobody has to be quick.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ShortcutKeys {
    first: Option<char>,
}

impl ShortcutKeys {
    /// Handles a pressed key; returns the shortcut that the key completes. If the second key
    /// completes no shortcut, the first key is forgotten.
    pub fn press(&mut self, key: char) -> Option<&'static Shortcut> {
        let first = self.first.take();
        let pressed: String = first.into_iter().chain([key]).collect();
        let found = SHORTCUTS.iter().find(|shortcut| shortcut.keys == pressed);
        if found.is_none() && first.is_none() {
            let begins = SHORTCUTS
                .iter()
                .any(|shortcut| shortcut.keys.starts_with(key));
            self.first = begins.then_some(key);
        }
        found
    }
}

/// Returns whether letters are typed into an input of this type, so that they are no shortcuts.
#[must_use]
pub fn takes_letters(input_type: &str) -> bool {
    !matches!(
        input_type,
        "button" | "checkbox" | "image" | "radio" | "reset" | "submit"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_shortcuts_while_a_radio_or_a_checkbox_has_the_focus() {
        for shortcuts_work in ["radio", "checkbox", "submit"] {
            assert!(!takes_letters(shortcuts_work), "{shortcuts_work}");
        }
        for typed in ["text", "email", "date", "search", "password", "file"] {
            assert!(takes_letters(typed), "{typed}");
        }
    }

    #[test]
    fn no_shortcut_hides_another_and_none_is_a_key_of_the_browser() {
        for (at, shortcut) in SHORTCUTS.iter().enumerate() {
            let keys = shortcut.keys;
            assert!(matches!(keys.len(), 1 | 2), "{keys}");
            // Firefox searches the page with / and ' outside fields; Space and arrows scroll.
            let is_free = |key: char| key.is_ascii_lowercase() || key == '?';
            assert!(keys.chars().all(is_free), "{keys}");
            for other in &SHORTCUTS[at + 1..] {
                let other = other.keys;
                assert!(
                    !other.starts_with(keys) && !keys.starts_with(other),
                    "{keys}, {other}"
                );
            }
        }
    }

    #[test]
    fn keys_are_pressed_one_after_the_other() {
        let pressed = |keys: &str| {
            let mut typed = ShortcutKeys::default();
            let found: Vec<&str> = keys
                .chars()
                .filter_map(|key| typed.press(key))
                .map(|shortcut| shortcut.keys)
                .collect();
            found.join(" ")
        };
        assert_eq!(pressed("?"), "?");
        assert_eq!(pressed("gq"), "gq");
        assert_eq!(pressed("q"), "");
        assert_eq!(pressed("g"), "");
        assert_eq!(pressed("gngq"), "gq", "n ends the sequence that g began");
        assert_eq!(pressed("xngq"), "n gq");
    }
}
