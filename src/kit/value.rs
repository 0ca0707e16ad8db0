//! The one text form of a value, for columns, JSON and forms alike.
//!
//! What belongs here: the trait that the database layer builds on, and the macro that gives a value `Display`,
//! `FromStr`, serde and that trait from its own `parse`. To add a value: `text_value!(Type, Error, stored, shown)`,
//! where `stored` and `shown` name methods that give the text to store and the text for a reader.

/// A value that is stored as text and validated again each time it is read back.
pub trait TextValue: Sized {
    /// The canonical text, the same each time: fit for a column, a key or JSON.
    fn stored(&self) -> String;
    /// Reads what [`TextValue::stored`] gave; `None` if the text breaks the value's rule.
    fn from_stored(text: &str) -> Option<Self>;
}

macro_rules! text_value {
    ($type:ty, $error:ty, $stored:ident, $shown:ident) => {
        impl ::std::fmt::Display for $type {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.$shown().as_ref())
            }
        }

        impl ::std::str::FromStr for $type {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, $error> {
                Self::parse(text)
            }
        }

        impl $crate::kit::TextValue for $type {
            fn stored(&self) -> String {
                self.$stored().into()
            }

            fn from_stored(text: &str) -> Option<Self> {
                Self::parse(text).ok()
            }
        }

        impl ::serde::Serialize for $type {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.$stored().as_ref())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as ::serde::Deserialize>::deserialize(deserializer)?;
                // The code alone: the text may be personal data and errors end up in logs.
                Self::parse(&text).map_err(|error| ::serde::de::Error::custom(format_args!("{error:?}")))
            }
        }
    };
}
