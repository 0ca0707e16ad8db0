//! Closed sets of stored codes.
//!
//! What belongs here: the macro that gives an enum its codes, for columns, JSON and forms alike, and the error of a code that the
//! program does not know.

/// A stored code that the program does not know.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownCode;

impl std::fmt::Display for UnknownCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a stored code is unknown")
    }
}

impl std::error::Error for UnknownCode {}

macro_rules! codes {
    ($(#[$about:meta])* $name:ident { $($(#[$what:meta])* $variant:ident = $code:literal,)* }) => {
        $(#[$about])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, ::serde::Serialize, ::serde::Deserialize)]
        pub enum $name { $($(#[$what])* #[serde(rename = $code)] $variant,)* }

        impl $name {
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The stored code.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)* }
            }

            pub fn of_code(code: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.code() == code)
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::kit::UnknownCode;

            fn try_from(code: String) -> Result<Self, $crate::kit::UnknownCode> {
                Self::of_code(&code).ok_or($crate::kit::UnknownCode)
            }
        }
    };
}

pub(crate) use codes;
