//! Reading JSON into the types of this crate, with little code.
//!
//! The page is counted in bytes. What `serde` derives is written out anew for each type and each way to read it; this way
//! reads objects as objects and lists as lists only, and says of a text that does not fit no more than that it does not: the
//! page cannot act on more. The same types read by `serde_json` itself weigh twice as much.

use serde::de::{
    DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, Error, Expected, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};
use serde_json::{Map, Value};
use std::fmt;

/// Reads a text; none where it is not JSON or not of this shape.
#[must_use]
pub fn read<T: DeserializeOwned>(text: &[u8]) -> Option<T> {
    // As a text, as definitions and answers are: reading bytes would be a second reader in the wasm.
    let value = serde_json::from_str(std::str::from_utf8(text).ok()?).ok()?;
    T::deserialize(Reader(value)).ok()
}

/// A value that is read, once.
struct Reader(Value);

/// It is of another shape.
#[derive(Debug)]
struct Mismatch;

impl fmt::Display for Mismatch {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        Ok(())
    }
}

impl std::error::Error for Mismatch {}

// Each is told by a sentence made of the names of what was expected: here by nothing, so that no sentence is linked in.
impl Error for Mismatch {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }
    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Self
    }
    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Self
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self
    }
    fn missing_field(_: &'static str) -> Self {
        Self
    }
    fn duplicate_field(_: &'static str) -> Self {
        Self
    }
}

/// A kind of value that is read in one way only.
macro_rules! only {
    ($($method:ident => $pattern:pat => $visit:ident($given:expr);)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            match self.0 {
                $pattern => visitor.$visit($given),
                _ => Err(Mismatch),
            }
        })*
    };
}

/// A number, if it fits.
macro_rules! number {
    ($($method:ident => $as:ident => $visit:ident;)*) => {
        $(fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
            self.0.$as().ok_or(Mismatch).and_then(|it| visitor.$visit(it))
        })*
    };
}

impl<'de> Deserializer<'de> for Reader {
    type Error = Mismatch;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(yes) => visitor.visit_bool(yes),
            Value::String(text) => visitor.visit_string(text),
            Value::Array(list) => visitor.visit_seq(List(list.into_iter())),
            Value::Object(map) => visitor.visit_map(Object { entries: map.into_iter(), value: Value::Null }),
            Value::Number(number) => match (number.as_u64(), number.as_i64(), number.as_f64()) {
                (Some(number), _, _) => visitor.visit_u64(number),
                (None, Some(number), _) => visitor.visit_i64(number),
                (None, None, number) => visitor.visit_f64(number.unwrap_or_default()),
            },
        }
    }

    number! {
        deserialize_u8 => as_u64 => visit_u64;
        deserialize_u16 => as_u64 => visit_u64;
        deserialize_u32 => as_u64 => visit_u64;
        deserialize_u64 => as_u64 => visit_u64;
        deserialize_i8 => as_i64 => visit_i64;
        deserialize_i16 => as_i64 => visit_i64;
        deserialize_i32 => as_i64 => visit_i64;
        deserialize_i64 => as_i64 => visit_i64;
        deserialize_f32 => as_f64 => visit_f64;
        deserialize_f64 => as_f64 => visit_f64;
    }

    only! {
        deserialize_bool => Value::Bool(yes) => visit_bool(yes);
        deserialize_char => Value::String(text) => visit_string(text);
        deserialize_str => Value::String(text) => visit_string(text);
        deserialize_string => Value::String(text) => visit_string(text);
        deserialize_identifier => Value::String(text) => visit_string(text);
        deserialize_bytes => Value::String(text) => visit_string(text);
        deserialize_byte_buf => Value::String(text) => visit_string(text);
        deserialize_seq => Value::Array(list) => visit_seq(List(list.into_iter()));
        deserialize_map => Value::Object(map) => visit_map(Object { entries: map.into_iter(), value: Value::Null });
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            Value::Null => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        if self.0.is_null() { visitor.visit_unit() } else { Err(Mismatch) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Mismatch> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Mismatch> {
        match self.0 {
            Value::Array(list) if list.len() == length => visitor.visit_seq(List(list.into_iter())),
            _ => Err(Mismatch),
        }
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Mismatch> {
        let (name, content) = match self.0 {
            Value::String(name) => (name, None),
            Value::Object(map) => match map.into_iter().next() {
                Some((name, content)) => (name, Some(content)),
                None => return Err(Mismatch),
            },
            _ => return Err(Mismatch),
        };
        visitor.visit_enum(Choice { name, content })
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Mismatch> {
        visitor.visit_unit()
    }
}

struct List(std::vec::IntoIter<Value>);

impl<'de> SeqAccess<'de> for List {
    type Error = Mismatch;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Mismatch> {
        self.0.next().map(|value| seed.deserialize(Reader(value))).transpose()
    }
}

struct Object {
    entries: <Map<String, Value> as IntoIterator>::IntoIter,
    value: Value,
}

impl<'de> MapAccess<'de> for Object {
    type Error = Mismatch;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Mismatch> {
        let Some((key, value)) = self.entries.next() else { return Ok(None) };
        self.value = value;
        seed.deserialize(Reader(Value::String(key))).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, Mismatch> {
        seed.deserialize(Reader(self.value.take()))
    }
}

/// One variant of an enum: its name alone, or with what it holds.
struct Choice {
    name: String,
    content: Option<Value>,
}

impl<'de> EnumAccess<'de> for Choice {
    type Error = Mismatch;
    type Variant = Content;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Content), Mismatch> {
        let variant = seed.deserialize(Reader(Value::String(self.name)))?;
        Ok((variant, Content(self.content)))
    }
}

struct Content(Option<Value>);

impl<'de> VariantAccess<'de> for Content {
    type Error = Mismatch;

    fn unit_variant(self) -> Result<(), Mismatch> {
        if self.0.is_none_or(|it| it.is_null()) { Ok(()) } else { Err(Mismatch) }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Mismatch> {
        seed.deserialize(Reader(self.0.ok_or(Mismatch)?))
    }

    fn tuple_variant<V: Visitor<'de>>(self, length: usize, visitor: V) -> Result<V::Value, Mismatch> {
        Reader(self.0.ok_or(Mismatch)?).deserialize_tuple(length, visitor)
    }

    fn struct_variant<V: Visitor<'de>>(self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Mismatch> {
        Reader(self.0.ok_or(Mismatch)?).deserialize_map(visitor)
    }
}

#[cfg(test)]
mod tests {
    use super::read;
    use crate::document::WorkerSays;
    use crate::procedure::{FeeKind, Procedure};
    use serde::de::DeserializeOwned;
    use serde::{Deserialize, Serialize};
    use std::collections::BTreeMap;
    use std::fmt::Debug;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Everything {
        yes: bool,
        small: u8,
        negative: i32,
        real: f32,
        text: String,
        pair: (String, u16),
        list: Vec<Option<u32>>,
        map: BTreeMap<String, Vec<i64>>,
        kind: Kind,
        kinds: Vec<Kind>,
        #[serde(default)]
        absent: Option<String>,
        any: serde_json::Value,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "camelCase")]
    enum Kind {
        Plain,
        Held(u8),
        Named { left: String },
        Two(u8, u8),
    }

    const TEXT: &str = r#"{"yes":true,"small":255,"negative":-7,"real":1.5,"text":"ấp 3","pair":["a",65535],
        "list":[1,null,3],"map":{"a":[-1],"b":[]},"kind":"plain","kinds":[{"held":3},{"named":{"left":"x"}},{"two":[1,2]}],
        "any":{"deep":[1,2.5,"x",null,true]},"unknown":{"ignored":[1,2]}}"#;

    /// Both ways read the same, and both refuse the same.
    #[track_caller]
    fn check<T: DeserializeOwned + PartialEq + Debug>(text: &str) {
        assert_eq!(read::<T>(text.as_bytes()), serde_json::from_str(text).ok(), "{text}");
    }

    #[test]
    fn every_shape_is_read_as_serde_json_reads_it() {
        assert!(read::<Everything>(TEXT.as_bytes()).is_some());
        check::<Everything>(TEXT);
        for (from, to) in [
            ("true", "1"),
            ("255", "256"),
            ("255", "-1"),
            ("255", "2.5"),
            ("-7", "\"7\""),
            ("65535]", "65535,1]"),
            ("\"plain\"", "\"other\""),
            ("\"plain\"", "{}"),
            ("{\"held\":3}", "\"held\""),
            ("[1,null,3]", "{}"),
            ("\"text\":\"ấp 3\",", ""),
            ("}", ""),
            ("{", "["),
        ] {
            check::<Everything>(&TEXT.replacen(from, to, 1));
        }
        for text in ["", "null", "[]", "{}", "<html>", "\u{feff}{}", "{\"yes\":"] {
            check::<Everything>(text);
        }
    }

    #[test]
    fn what_is_on_the_wire_is_read() {
        check::<WorkerSays>(r#"{"say":"ready","build":"1"}"#);
        check::<WorkerSays>(r#"{"say":"died"}"#);
        check::<WorkerSays>(r#"{"say":"unheard"}"#);
        check::<FeeKind>("\"local\"");
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../e2e/sandbox/data/procedures");
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).expect("the procedures are there") {
            let path = entry.expect("an entry").path();
            if path.extension().is_some_and(|it| it == "json") {
                let text = std::fs::read_to_string(path).expect("a readable file");
                check::<Procedure>(&text);
                seen += 1;
            }
        }
        assert!(seen > 0);
    }
}
