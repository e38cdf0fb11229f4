//! What the server sends and what a form holds, read from JSON.
//!
//! A browser reads JSON by itself: there the types are filled from what its own parser gives. With
//! serde's reader of text, and the words of its errors, the WebAssembly would be a tenth larger.

use serde::de::DeserializeOwned;

/// The value that the JSON stands for; `None` when it stands for no such value.
pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
    #[cfg(feature = "hydrate")]
    return browser::read(text);
    #[cfg(not(feature = "hydrate"))]
    serde_json::from_str(text).ok()
}

#[cfg(feature = "hydrate")]
mod browser {
    use std::fmt::{Display, Formatter};

    use js_sys::{Array, Object};
    use serde::de::{
        DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess,
        VariantAccess, Visitor,
    };
    use wasm_bindgen::{JsCast, JsValue};

    pub fn read<T: DeserializeOwned>(text: &str) -> Option<T> {
        T::deserialize(Value(js_sys::JSON::parse(text).ok()?)).ok()
    }

    /// That a value is not of the type that was asked for. Nobody reads more about it.
    #[derive(Debug)]
    pub struct Unreadable;

    impl Display for Unreadable {
        fn fmt(&self, words: &mut Formatter<'_>) -> std::fmt::Result {
            words.write_str("unreadable")
        }
    }

    impl std::error::Error for Unreadable {}

    impl Error for Unreadable {
        fn custom<T: Display>(_words: T) -> Self {
            Self
        }
    }

    /// A value of the browser.
    struct Value(JsValue);

    impl Value {
        fn text(&self) -> Result<String, Unreadable> {
            self.0.as_string().ok_or(Unreadable)
        }

        fn number<'de, V: Visitor<'de>>(&self, visitor: V) -> Result<V::Value, Unreadable> {
            let number = self.0.as_f64().ok_or(Unreadable)?;
            #[expect(
                clippy::cast_possible_truncation,
                reason = "the conversion stops at the ends of the type, and what was cut off is refused"
            )]
            let whole = number as i64;
            #[expect(
                clippy::cast_precision_loss,
                clippy::float_cmp,
                reason = "a lossy number is refused"
            )]
            let is_whole = whole as f64 == number;
            match u64::try_from(whole) {
                Ok(whole) if is_whole => visitor.visit_u64(whole),
                _ if is_whole => visitor.visit_i64(whole),
                _ => Err(Unreadable),
            }
        }

        fn list(&self) -> Result<List, Unreadable> {
            let items = self.0.dyn_ref::<Array>().ok_or(Unreadable)?.clone();
            Ok(List { items, next: 0 })
        }

        fn fields(&self) -> Result<Fields, Unreadable> {
            let object = self.0.dyn_ref::<Object>().ok_or(Unreadable)?;
            Ok(Fields {
                entries: Object::entries(object),
                next: 0,
            })
        }
    }

    macro_rules! read_as {
        ($how:ident: $($method:ident($($name:ident: $type:ty),*))*) => {$(
            fn $method<V: Visitor<'de>>(self, $($name: $type,)* visitor: V) -> Result<V::Value, Unreadable> {
                $(let _ = $name;)*
                self.$how(visitor)
            }
        )*};
    }

    impl Value {
        fn as_text<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.visit_string(self.text()?)
        }

        fn as_number<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            self.number(visitor)
        }

        fn as_list<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.visit_seq(self.list()?)
        }

        fn as_fields<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.visit_map(self.fields()?)
        }

        fn as_nothing<'de, V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.visit_unit()
        }
    }

    impl<'de> Deserializer<'de> for Value {
        type Error = Unreadable;

        fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            if self.0.is_string() {
                self.as_text(visitor)
            } else if let Some(is_so) = self.0.as_bool() {
                visitor.visit_bool(is_so)
            } else if self.0.as_f64().is_some() {
                self.as_number(visitor)
            } else if self.0.is_null() {
                self.as_nothing(visitor)
            } else if self.0.is_array() {
                self.as_list(visitor)
            } else {
                self.as_fields(visitor)
            }
        }

        fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            visitor.visit_bool(self.0.as_bool().ok_or(Unreadable)?)
        }

        fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Unreadable> {
            if self.0.is_null() {
                visitor.visit_none()
            } else {
                visitor.visit_some(self)
            }
        }

        fn deserialize_newtype_struct<V: Visitor<'de>>(
            self,
            _name: &'static str,
            visitor: V,
        ) -> Result<V::Value, Unreadable> {
            visitor.visit_newtype_struct(self)
        }

        /// A variant is its name, or an object with its name and what it holds.
        fn deserialize_enum<V: Visitor<'de>>(
            self,
            _name: &'static str,
            _variants: &'static [&'static str],
            visitor: V,
        ) -> Result<V::Value, Unreadable> {
            if self.0.is_string() {
                visitor.visit_enum(Variant {
                    name: self.0,
                    value: JsValue::NULL,
                })
            } else {
                let fields = self.fields()?;
                if fields.entries.length() == 0 {
                    return Err(Unreadable);
                }
                let entry = fields.entry();
                visitor.visit_enum(Variant {
                    name: entry.get(0),
                    value: entry.get(1),
                })
            }
        }

        read_as! { as_text:
            deserialize_str() deserialize_string() deserialize_identifier() deserialize_char()
        }
        read_as! { as_number:
            deserialize_i8() deserialize_i16() deserialize_i32() deserialize_i64()
            deserialize_u8() deserialize_u16() deserialize_u32() deserialize_u64()
            deserialize_f32() deserialize_f64()
        }
        read_as! { as_list:
            deserialize_seq() deserialize_tuple(_len: usize)
            deserialize_tuple_struct(_name: &'static str, _len: usize)
            deserialize_bytes() deserialize_byte_buf()
        }
        read_as! { as_fields:
            deserialize_map()
            deserialize_struct(_name: &'static str, _fields: &'static [&'static str])
        }
        read_as! { as_nothing:
            deserialize_ignored_any() deserialize_unit() deserialize_unit_struct(_name: &'static str)
        }
    }

    struct Variant {
        name: JsValue,
        value: JsValue,
    }

    impl<'de> EnumAccess<'de> for Variant {
        type Error = Unreadable;
        type Variant = Value;

        fn variant_seed<V: DeserializeSeed<'de>>(
            self,
            seed: V,
        ) -> Result<(V::Value, Value), Unreadable> {
            let name = seed.deserialize(Value(self.name))?;
            Ok((name, Value(self.value)))
        }
    }

    /// What a variant holds.
    impl<'de> VariantAccess<'de> for Value {
        type Error = Unreadable;

        fn unit_variant(self) -> Result<(), Unreadable> {
            Ok(())
        }

        fn newtype_variant_seed<T: DeserializeSeed<'de>>(
            self,
            seed: T,
        ) -> Result<T::Value, Unreadable> {
            seed.deserialize(self)
        }

        fn tuple_variant<V: Visitor<'de>>(
            self,
            _len: usize,
            visitor: V,
        ) -> Result<V::Value, Unreadable> {
            self.as_list(visitor)
        }

        fn struct_variant<V: Visitor<'de>>(
            self,
            _fields: &'static [&'static str],
            visitor: V,
        ) -> Result<V::Value, Unreadable> {
            self.as_fields(visitor)
        }
    }

    struct List {
        items: Array,
        next: u32,
    }

    impl<'de> SeqAccess<'de> for List {
        type Error = Unreadable;

        fn next_element_seed<T: DeserializeSeed<'de>>(
            &mut self,
            seed: T,
        ) -> Result<Option<T::Value>, Unreadable> {
            if self.next == self.items.length() {
                return Ok(None);
            }
            let item = self.items.get(self.next);
            self.next += 1;
            seed.deserialize(Value(item)).map(Some)
        }
    }

    /// Each entry is a list of a name and a value.
    struct Fields {
        entries: Array,
        next: u32,
    }

    impl Fields {
        fn entry(&self) -> Array {
            self.entries.get(self.next).unchecked_into()
        }
    }

    impl<'de> MapAccess<'de> for Fields {
        type Error = Unreadable;

        fn next_key_seed<K: DeserializeSeed<'de>>(
            &mut self,
            seed: K,
        ) -> Result<Option<K::Value>, Unreadable> {
            if self.next == self.entries.length() {
                return Ok(None);
            }
            seed.deserialize(Value(self.entry().get(0))).map(Some)
        }

        fn next_value_seed<V: DeserializeSeed<'de>>(
            &mut self,
            seed: V,
        ) -> Result<V::Value, Unreadable> {
            let value = self.entry().get(1);
            self.next += 1;
            seed.deserialize(Value(value))
        }
    }
}
