//! Keys whose value is one of a few words. The words are asked of the type
//! itself, so that the message about a wrong one lists those that are right.

use std::fmt;

use config::{Value, ValueKind};
use serde::de::value::StrDeserializer;
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor,
};

use super::suggest;
use super::value::show;

/// A value that is none of the words that its type takes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct WrongChoice {
    /// Where in the value, to be put behind its key; may be empty.
    pub(super) at: String,
    /// What was found, and what was expected.
    pub(super) message: String,
    /// The nearest word; empty where none is near.
    pub(super) hint: String,
}

/// The first of a value's words that its type does not take. None where there
/// is none, or where the type is no choice of words.
pub(super) fn wrong<T: DeserializeOwned>(value: &Value) -> Option<WrongChoice> {
    let Choice { words, of } = choice::<T>()?;
    let inner = |at: String, value: &Value| Some(WrongChoice { at, ..none_of(words, value)? });
    match (of, &value.kind) {
        (Of::One, _) => none_of(words, value),
        (Of::Each, ValueKind::Array(values)) => {
            values.iter().enumerate().find_map(|(i, value)| inner(format!("[{i}]"), value))
        }
        (Of::Each, ValueKind::Table(table)) => table.iter().find_map(|(key, value)| inner(format!(".{key}"), value)),
        (Of::Each, _) => None,
    }
}

/// What is wrong with a value that is none of these words; none where it is one.
pub(super) fn none_of(words: &[&str], value: &Value) -> Option<WrongChoice> {
    let hint = match &value.kind {
        ValueKind::String(text) if words.contains(&text.as_str()) => return None,
        ValueKind::String(text) => suggest::hint(text, words.iter().copied(), ""),
        _ => String::new(),
    };
    let message = format!("found {}; expected {}", show(value), listed(words));
    Some(WrongChoice { at: String::new(), message, hint })
}

/// The word of a text; else what was found, and what was expected.
pub(super) fn word<T: DeserializeOwned>(text: &str) -> Result<T, String> {
    let words = choice::<T>().map_or_else(String::new, |choice| listed(choice.words));
    let word: StrDeserializer<'_, de::value::Error> = text.into_deserializer();
    T::deserialize(word).map_err(|_| format!("found {text:?}; expected {words}"))
}

/// "a, b or c".
pub(super) fn listed(words: &[&str]) -> String {
    match words {
        [some @ .., last] if !some.is_empty() => format!("{} or {last}", some.join(", ")),
        _ => words.concat(),
    }
}

/// The words of a type, and whether a value is one of them or holds many.
#[derive(Debug, Clone, Copy)]
struct Choice {
    words: &'static [&'static str],
    of: Of,
}

#[derive(Debug, Clone, Copy)]
enum Of {
    One,
    Each,
}

fn choice<T: DeserializeOwned>() -> Option<Choice> {
    let mut choice = None;
    // What is asked has no value to give: there is only ever an error.
    drop(T::deserialize(ChoiceProbe { choice: &mut choice, of: Of::One }));
    choice
}

/// Stands where a value should be, and is asked for it.
struct ChoiceProbe<'a> {
    choice: &'a mut Option<Choice>,
    of: Of,
}

/// There is no value.
#[derive(Debug)]
struct NoValue;

impl fmt::Display for NoValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("there is no value")
    }
}

impl std::error::Error for NoValue {}

impl de::Error for NoValue {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl<'de> Deserializer<'de> for ChoiceProbe<'_> {
    type Error = NoValue;

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        words: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, NoValue> {
        *self.choice = Some(Choice { words, of: self.of });
        Err(NoValue)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoValue> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, NoValue> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoValue> {
        visitor.visit_seq(ChoiceProbe { of: Of::Each, ..self })
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NoValue> {
        visitor.visit_map(ChoiceProbe { of: Of::Each, ..self })
    }

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, NoValue> {
        Err(NoValue)
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct tuple tuple_struct struct identifier ignored_any
    }
}

impl<'de> SeqAccess<'de> for ChoiceProbe<'_> {
    type Error = NoValue;

    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, NoValue> {
        seed.deserialize(ChoiceProbe { choice: self.choice, of: self.of }).map(Some)
    }
}

impl<'de> MapAccess<'de> for ChoiceProbe<'_> {
    type Error = NoValue;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, NoValue> {
        seed.deserialize("".into_deserializer()).map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, NoValue> {
        seed.deserialize(ChoiceProbe { choice: self.choice, of: self.of })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use config::Map;

    use super::*;

    #[derive(Debug, PartialEq, serde::Deserialize)]
    #[serde(rename_all = "kebab-case")]
    enum Tide {
        HighWater,
        Ebb,
        Flood,
    }

    fn fault<T: DeserializeOwned>(value: impl Into<ValueKind>) -> Option<[String; 3]> {
        wrong::<T>(&Value::new(None, value)).map(|wrong| [wrong.at, wrong.message, wrong.hint])
    }

    fn some(at: &str, found: &str, hint: &str) -> Option<[String; 3]> {
        Some([at.to_owned(), format!("found {found}; expected high-water, ebb or flood"), hint.to_owned()])
    }

    #[test]
    fn a_wrong_word_is_reported_with_those_that_are_right() {
        assert_eq!(fault::<Tide>("ebb"), None);
        assert_eq!(fault::<Option<Tide>>("high-water"), None);
        assert_eq!(fault::<Tide>("high_water"), some("", "\"high_water\"", "did you mean high-water?"));
        assert_eq!(fault::<Option<Tide>>("HighWater"), some("", "\"HighWater\"", "did you mean high-water?"));
        assert_eq!(fault::<Tide>("noon"), some("", "\"noon\"", ""));
        assert_eq!(fault::<Tide>(5), some("", "5", ""));
        assert_eq!(fault::<Tide>(vec!["ebb"]), some("", "a list", ""));
        assert_eq!(word("flood"), Ok(Tide::Flood));
        assert_eq!(word::<Tide>("noon"), Err("found \"noon\"; expected high-water, ebb or flood".to_owned()));
    }

    #[test]
    fn so_is_one_in_a_list_or_a_table() {
        assert_eq!(fault::<Vec<Tide>>(vec!["ebb", "flood"]), None);
        assert_eq!(fault::<Vec<Tide>>(vec!["ebb", "flod"]), some("[1]", "\"flod\"", "did you mean flood?"));
        let table = |word: &str| Map::from_iter([("a".to_owned(), Value::new(None, word))]);
        assert_eq!(fault::<BTreeMap<String, Tide>>(table("ebb")), None);
        assert_eq!(fault::<BTreeMap<String, Tide>>(table("eb")), some(".a", "\"eb\"", "did you mean ebb?"));
    }

    #[test]
    fn what_is_no_choice_of_words_is_left_to_itself() {
        assert_eq!(fault::<String>("noon"), None);
        assert_eq!(fault::<Vec<String>>(vec!["noon"]), None);
        assert_eq!(fault::<Vec<u32>>("noon"), None);
        assert_eq!(fault::<Vec<Tide>>("noon"), None);
        assert_eq!(fault::<BTreeMap<String, String>>("noon"), None);
    }
}
