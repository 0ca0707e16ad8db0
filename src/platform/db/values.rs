//! How the values of `kit` lie in a column. `sqlx::Any` carries text, integers, floats and bytes, so each
//! value says once which of them it is. A column whose content does not parse is [`sqlx::Error::ColumnDecode`].
//! To add a value: one line below.

use sqlx::any::{Any, AnyTypeInfo, AnyValueRef};
use sqlx::database::Database;
use sqlx::encode::IsNull;
use sqlx::error::BoxDynError;
use sqlx::{Decode, Encode, Type};

use crate::kit::{
    Bankgiro, CaseNumber, CivilDate, Email, Id, Instant, Isbn, Issn, Lang, Municipality, Ore, OrgNr, OrgRole, PartialDate, PeppolId, Phone,
    Plusgiro, PostalCode, PublishedText, Quantity, Rate, Slug, StaffRole, TextValue, UrnNbn,
};

macro_rules! text_column {
    ($($value:ty),* $(,)?) => { $(
        impl Type<Any> for $value {
            fn type_info() -> AnyTypeInfo {
                <String as Type<Any>>::type_info()
            }
        }
        impl Encode<'_, Any> for $value {
            fn encode_by_ref(&self, buffer: &mut <Any as Database>::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
                <String as Encode<'_, Any>>::encode(self.stored(), buffer)
            }
        }
        impl<'r> Decode<'r, Any> for $value {
            fn decode(value: AnyValueRef<'r>) -> Result<Self, BoxDynError> {
                let text = <&str as Decode<'r, Any>>::decode(value)?;
                // The text itself is left out: it may be personal data, and errors end up in logs.
                Self::from_stored(text).ok_or_else(|| concat!("a stored text is no ", stringify!($value)).into())
            }
        }
    )* };
}

macro_rules! integer_column {
    ($($value:ty: $to:expr, $from:expr;)*) => { $(
        impl Type<Any> for $value {
            fn type_info() -> AnyTypeInfo {
                <i64 as Type<Any>>::type_info()
            }
        }
        impl Encode<'_, Any> for $value {
            fn encode_by_ref(&self, buffer: &mut <Any as Database>::ArgumentBuffer) -> Result<IsNull, BoxDynError> {
                let number: fn(&$value) -> i64 = $to;
                <i64 as Encode<'_, Any>>::encode(number(self), buffer)
            }
        }
        impl<'r> Decode<'r, Any> for $value {
            fn decode(value: AnyValueRef<'r>) -> Result<Self, BoxDynError> {
                let parse: fn(i64) -> Option<$value> = $from;
                parse(<i64 as Decode<'r, Any>>::decode(value)?).ok_or_else(|| concat!("a stored number is no ", stringify!($value)).into())
            }
        }
    )* };
}

text_column!(
    Bankgiro,
    CaseNumber,
    CivilDate,
    Email,
    Id,
    Instant,
    Isbn,
    Issn,
    Lang,
    Municipality,
    OrgNr,
    OrgRole,
    PartialDate,
    PeppolId,
    Phone,
    Plusgiro,
    PostalCode,
    PublishedText,
    Slug,
    StaffRole,
    UrnNbn,
);

integer_column! {
    Ore: |v| v.0, |n| Some(Ore(n));
    Quantity: |v| v.get(), |n| Quantity::new(n).ok();
    Rate: |v| v.0, |n| Some(Rate(n));
}
