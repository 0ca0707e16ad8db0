//! The two languages of the portal.
//!
//! What belongs here: the language as a value and its place in addresses. Swedish is the main language and has no
//! prefix (språklagen 2009:600 § 10); English lives under `/en`. Sentences belong in `text`.

/// A language that every page exists in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Lang {
    /// Swedish, the default.
    #[default]
    Sv,
    /// English.
    En,
}

impl Lang {
    /// Both languages, the main one first.
    pub const ALL: [Lang; 2] = [Lang::Sv, Lang::En];

    /// The BCP 47 code: `sv` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Lang::Sv => "sv",
            Lang::En => "en",
        }
    }

    /// What stands in front of a path: nothing or `/en`.
    pub const fn prefix(self) -> &'static str {
        match self {
            Lang::Sv => "",
            Lang::En => "/en",
        }
    }

    /// The other language, for the link that switches.
    pub const fn other(self) -> Lang {
        match self {
            Lang::Sv => Lang::En,
            Lang::En => Lang::Sv,
        }
    }

    /// Reads a code; anything but `sv` and `en` is an error.
    pub fn parse(code: &str) -> Result<Lang, UnknownLang> {
        match code {
            "sv" => Ok(Lang::Sv),
            "en" => Ok(Lang::En),
            _ => Err(UnknownLang),
        }
    }
}

/// The code is not one of the portal's languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownLang;

text_value!(Lang, UnknownLang, code, code);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_and_prefix() {
        for lang in Lang::ALL {
            assert_eq!(Lang::parse(lang.code()), Ok(lang));
            assert_eq!(lang.other().other(), lang);
            assert_eq!(serde_json::to_string(&lang).unwrap(), format!("\"{}\"", lang.code()));
        }
        assert_eq!(Lang::Sv.prefix(), "");
        assert_eq!(Lang::En.prefix(), "/en");
        assert_eq!(Lang::parse("de"), Err(UnknownLang));
        assert!(serde_json::from_str::<Lang>("\"SV\"").is_err());
    }
}
