//! Id: the key of a row.
//!
//! What belongs here: the text of a UUID (RFC 9562), checked. New ones (version 7, so that they sort by birth) come
//! from the platform's `Ids`. An id is public knowledge; nothing is protected by its being hard to guess.

/// A UUID in lower case with hyphens, `01890a5d-ac96-774b-bcce-b302099a8057`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(String);

/// The text is not a UUID with hyphens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdError;

impl Id {
    /// Reads a UUID with hyphens in either case, as it comes from an address or a hidden field.
    ///
    /// # Errors
    /// [`IdError`] for anything else, also braces, `urn:uuid:` and space around it.
    pub fn parse(text: &str) -> Result<Id, IdError> {
        let good = text.len() == 36
            && text.bytes().enumerate().all(|(at, b)| match at {
                8 | 13 | 18 | 23 => b == b'-',
                _ => b.is_ascii_hexdigit(),
            });
        if good { Ok(Id(text.to_ascii_lowercase())) } else { Err(IdError) }
    }

    /// From the 16 bytes of a UUID.
    pub fn from_bytes(bytes: [u8; 16]) -> Id {
        let mut text = String::with_capacity(36);
        for (index, byte) in bytes.iter().enumerate() {
            if matches!(index, 4 | 6 | 8 | 10) {
                text.push('-');
            }
            for digit in [byte >> 4, byte & 15] {
                text.push(char::from(b"0123456789abcdef"[usize::from(digit)]));
            }
        }
        Id(text)
    }

    /// The canonical text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The canonical text, taken out.
    pub fn into_string(self) -> String {
        self.0
    }
}

impl AsRef<str> for Id {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

text_value!(Id, IdError, as_str, as_str);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_uuids() {
        let id = Id::parse("01890A5D-AC96-774B-BCCE-B302099A8057").unwrap();
        assert_eq!(id.as_str(), "01890a5d-ac96-774b-bcce-b302099a8057");
        assert_eq!(Id::parse(id.as_str()), Ok(id.clone()));
        assert_eq!(Id::from_bytes(0x0189_0a5d_ac96_774b_bcce_b302_099a_8057_u128.to_be_bytes()), id);
        assert_eq!(id.to_string(), id.clone().into_string());
        for text in [
            "",
            "01890a5dac96774bbcceb302099a8057",
            " 01890a5d-ac96-774b-bcce-b302099a8057",
            "{01890a5d-ac96-774b-bcce-b302099a805}",
            "01890a5d-ac96-774b-bcce-b302099a805g",
            "01890a5d-ac96-774b-bcce-b302099a80é7",
            "01890a5d-ac96-774bbcce-b-302099a8057",
        ] {
            assert_eq!(Id::parse(text), Err(IdError), "{text}");
        }
    }
}
