//! How the values of `kit` lie in a column. `sqlx::Any` carries text, integers, floats and bytes, so each
//! value says once which of them it is. A column whose content does not parse is [`sqlx::Error::ColumnDecode`].
//! To add a value: one line below.

use sqlx::any::{Any, AnyArgumentBuffer, AnyTypeInfo, AnyValueRef};
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::{Decode, Encode, Type};

use crate::kit::{CivilDate, Email, Id, Instant, Isbn, Issn, Lang, OrgNr, Ore, PartialDate, PeppolId, PostalCode, Quantity, Rate, UrnNbn};

macro_rules! text_column {
    ($($value:ty: $to:expr, $from:expr;)*) => { $(
        impl Type<Any> for $value {
            fn type_info() -> AnyTypeInfo { <String as Type<Any>>::type_info() }
        }
        impl Encode<'_, Any> for $value {
            fn encode_by_ref(&self, buffer: &mut AnyArgumentBuffer) -> Result<IsNull, BoxDynError> {
                let text: fn(&$value) -> String = $to;
                <String as Encode<'_, Any>>::encode(text(self), buffer)
            }
        }
        impl<'r> Decode<'r, Any> for $value {
            fn decode(value: AnyValueRef<'r>) -> Result<Self, BoxDynError> {
                let text = <String as Decode<'r, Any>>::decode(value)?;
                let parse: fn(&str) -> Option<$value> = $from;
                parse(&text).ok_or_else(|| format!("{text:?} is no {}", stringify!($value)).into())
            }
        }
    )* };
}

macro_rules! integer_column {
    ($($value:ty: $to:expr, $from:expr;)*) => { $(
        impl Type<Any> for $value {
            fn type_info() -> AnyTypeInfo { <i64 as Type<Any>>::type_info() }
        }
        impl Encode<'_, Any> for $value {
            fn encode_by_ref(&self, buffer: &mut AnyArgumentBuffer) -> Result<IsNull, BoxDynError> {
                let number: fn(&$value) -> i64 = $to;
                <i64 as Encode<'_, Any>>::encode(number(self), buffer)
            }
        }
        impl<'r> Decode<'r, Any> for $value {
            fn decode(value: AnyValueRef<'r>) -> Result<Self, BoxDynError> {
                let number = <i64 as Decode<'r, Any>>::decode(value)?;
                let parse: fn(i64) -> Option<$value> = $from;
                parse(number).ok_or_else(|| format!("{number} is no {}", stringify!($value)).into())
            }
        }
    )* };
}

text_column! {
    CivilDate: |v| v.text(), |t| CivilDate::parse(t).ok();
    Email: |v| v.to_string(), |t| Email::parse(t).ok();
    Id: |v| v.to_string(), |t| Id::parse(t).ok();
    Instant: |v| v.text(), |t| Instant::parse(t).ok();
    Isbn: |v| v.compact().to_string(), |t| Isbn::parse(t).ok();
    Issn: |v| v.to_string(), |t| Issn::parse(t).ok();
    Lang: |v| v.code().to_owned(), |t| Lang::parse(t);
    OrgNr: |v| v.to_string(), |t| OrgNr::parse(t).ok();
    PartialDate: |v| v.text(), |t| PartialDate::parse(t).ok();
    PeppolId: |v| v.to_string(), |t| PeppolId::parse(t).ok();
    PostalCode: |v| v.to_string(), |t| PostalCode::parse(t).ok();
    UrnNbn: |v| v.to_string(), |t| UrnNbn::parse(t).ok();
}

integer_column! {
    Ore: |v| v.0, |n| Some(Ore(n));
    Quantity: |v| v.get(), |n| Quantity::new(n).ok();
    Rate: |v| v.0, |n| Some(Rate(n));
}
