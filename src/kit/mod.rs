//! Kit: the values that every area shares.
//!
//! What belongs here: a value with a rule of its own (money, an ISBN, a civil date) and the small helpers that forms
//! use to read raw answers. Everything is pure: no I/O, no clock, no randomness, no sentences. It compiles for the
//! browser too, except [`civil`], which needs the time zone table of the server. Kit knows no other room.
//!
//! To add one more value: a file named after it, a newtype whose field is private when it has a rule, a `parse` that is
//! generous with what people type and gives one canonical form back, an error enum of codes (the sentence lives in
//! `text`), `text_value!` if a column or JSON holds it as text, tests in the same file, and a `pub use` below.

#[macro_use]
mod value;

pub mod case_number;
pub mod check;
#[cfg(feature = "ssr")]
pub mod civil;
pub mod codes;
pub mod email;
pub mod field;
pub mod giro;
pub mod hint;
pub mod id;
pub mod isbn;
pub mod issn;
pub mod lang;
pub mod money;
pub mod municipality;
pub mod orgnr;
pub mod peppol;
pub mod phone;
pub mod postal;
pub mod published;
pub mod quantity;
pub mod role;
pub mod slug;
pub mod swedish;
pub mod time;
pub mod urn;
pub mod vat;
pub mod workdays;

pub use case_number::{CaseFormat, CaseNumber, CaseNumberError, NotACaseFormat};
#[cfg(feature = "ssr")]
pub use civil::CivilDateTime;
pub use codes::UnknownCode;
pub use email::{Email, EmailError};
pub use field::{Errors, FieldError, Form};
pub use giro::{Bankgiro, GiroError, Plusgiro};
pub use id::{Id, IdError};
pub use isbn::{Isbn, IsbnError};
pub use issn::{Issn, IssnError};
pub use lang::Lang;
pub use money::{MoneyError, Ore};
pub use municipality::{Municipality, Region, UnknownMunicipality};
pub use orgnr::{OrgNr, OrgNrError};
pub use peppol::{PeppolError, PeppolId};
pub use phone::{Phone, PhoneError};
pub use postal::{PostalCode, PostalCodeError};
pub use published::{PublishedText, PublishedTextError};
pub use quantity::{Quantity, QuantityError};
pub use role::{OrgRole, StaffRole, StaffRoles, UnknownRole};
pub use slug::{Slug, SlugError, slugify};
pub use time::{CivilDate, DateError, Instant, PartialDate, Weekday};
pub use urn::{UrnError, UrnNbn};
pub use value::TextValue;
pub use vat::{Line, LineSum, Rate, RateSum, Totals, totals, unit_net};
