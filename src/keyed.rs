//! The macro `keyed!`, for enums whose values have a stable text key in addresses, forms and the
//! store.

/// Declares an enum and the key of each value, and adds `ALL`, `key` and `from_key`.
///
/// Any other fact about a value, such as its name, belongs in an ordinary function with a `match`.
/// If the enum derives `Serialize`, `rename_all` must produce the same keys.
#[macro_export]
macro_rules! keyed {
    (
        $(#[$meta:meta])*
        pub enum $name:ident { $($(#[$doc:meta])* $value:ident = $key:literal,)+ }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[$doc])* $value,)+ }

        impl $name {
            /// Every value, in the order of declaration.
            pub const ALL: [Self; [$($key),+].len()] = [$(Self::$value),+];

            /// Returns the key for addresses, forms and the store.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$value => $key,)+ }
            }

            /// Returns the value with this key; `None` for an unknown key.
            #[must_use]
            pub fn from_key(key: &str) -> Option<Self> {
                Self::ALL.into_iter().find(|value| value.key() == key)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use serde::de::DeserializeOwned;

    use crate::desk::account::Account;
    use crate::desk::check::{Check, CheckVerdict};
    use crate::form::Topic;
    use crate::lifecycle::State;
    use crate::organisation::OrganisationKind;
    use crate::refusal_reason::RefusalReason;
    use crate::spreadsheet::Column;
    use crate::users::Role;

    #[test]
    fn each_value_is_found_by_its_key_and_no_other_key_is() {
        for reason in RefusalReason::ALL {
            assert_eq!(RefusalReason::from_key(reason.key()), Some(reason));
        }
        assert_eq!(RefusalReason::from_key("unknown"), None);
    }

    #[test]
    fn json_has_the_same_keys() {
        fn same<T: Copy + Serialize + DeserializeOwned>(all: &[T], key: fn(T) -> &'static str) {
            for value in all {
                assert_eq!(serde_json::to_value(value).unwrap(), key(*value));
                assert!(serde_json::from_value::<T>(key(*value).into()).is_ok());
            }
        }
        same(&RefusalReason::ALL, RefusalReason::key);
        same(&Check::ALL, Check::key);
        same(&CheckVerdict::ALL, CheckVerdict::key);
        same(&Account::ALL, Account::key);
        same(&State::ALL, State::key);
        same(&Column::ALL, Column::key);
        same(&Role::ALL, Role::key);
        same(&Topic::ALL, Topic::key);
        same(&OrganisationKind::ALL, OrganisationKind::key);
    }
}
