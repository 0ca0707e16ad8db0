//! Slug: the part of an address that names a thing in words.
//!
//! What belongs here: making a slug of a title and checking one that came in an address. A slug is made once, when the
//! thing is created; a later title keeps it, so that addresses last.

/// Words of a–z and 0–9 with single hyphens between them, at most 100 characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

/// The text is not a slug.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlugError;

const LONGEST: usize = 100;

impl Slug {
    /// Checks a slug from an address or a record; it is taken as it is or not at all.
    ///
    /// # Errors
    /// [`SlugError`] for an empty text, other characters, hyphens at an end or two in a row, more than 100 characters.
    pub fn parse(text: &str) -> Result<Slug, SlugError> {
        let word = |word: &str| !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if text.len() <= LONGEST && text.split('-').all(word) { Ok(Slug(text.to_owned())) } else { Err(SlugError) }
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for Slug {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

text_value!(Slug, SlugError, as_str, as_str);

/// Makes a slug of a title: "Umeå växer tryggt och säkert" gives `umea-vaxer-tryggt-och-sakert`. Cut at a word when it
/// would be longer than 100 characters. `None` when the title has no letter or digit that a slug can hold.
pub fn slugify(title: &str) -> Option<Slug> {
    let mut slug = String::new();
    let mut between = false;
    for c in title.chars().flat_map(char::to_lowercase) {
        match latin(c) {
            Some("") => {}
            Some(letters) => {
                if between && !slug.is_empty() {
                    slug.push('-');
                }
                between = false;
                slug.push_str(letters);
            }
            None if c.is_ascii_lowercase() || c.is_ascii_digit() => {
                if between && !slug.is_empty() {
                    slug.push('-');
                }
                between = false;
                slug.push(c);
            }
            None => between = true,
        }
    }
    if slug.len() > LONGEST {
        let cut_word = slug.as_bytes().get(LONGEST) != Some(&b'-');
        slug.truncate(LONGEST);
        if cut_word && let Some(at) = slug.rfind('-') {
            slug.truncate(at);
        }
    }
    Slug::parse(&slug).ok()
}

/// The plain letters for a letter with marks; nothing for what joins or marks letters; `None` for all else.
const fn latin(c: char) -> Option<&'static str> {
    Some(match c {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è' | 'é' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
        'ğ' => "g",
        'ì' | 'í' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ł' => "l",
        'ñ' | 'ń' | 'ň' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'ō' | 'ő' => "o",
        'œ' => "oe",
        'ř' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ț' | 'ţ' => "t",
        'þ' => "th",
        'ù' | 'ú' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        // Combining marks (a title may come decomposed), soft hyphen and apostrophes.
        '\u{0300}'..='\u{036F}' | '\u{00AD}' | '\u{200B}'..='\u{200D}' | '\u{FEFF}' | '\'' | '\u{2019}' | '\u{02BC}' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn made(title: &str) -> String {
        slugify(title).map(|slug| slug.to_string()).unwrap_or_default()
    }

    #[test]
    fn titles_become_slugs() {
        assert_eq!(made("Umeå växer tryggt och säkert"), "umea-vaxer-tryggt-och-sakert");
        assert_eq!(made("Umea\u{30a} va\u{308}xer"), "umea-vaxer");
        assert_eq!(made("  Våld i nära relationer – 2010/2016: vad hände?  "), "vald-i-nara-relationer-2010-2016-vad-hande");
        assert_eq!(made("Idé & café, Brå’s ÆØÅ"), "ide-cafe-bras-aeoa");
        assert_eq!(made("İstanbul"), "istanbul");
        assert_eq!(slugify("???"), None);
        assert_eq!(slugify("日本"), None);
    }

    #[test]
    fn long_titles_are_cut_at_a_word() {
        let title = "brott ".repeat(40);
        let slug = made(&title);
        assert_eq!(slug.len(), 95);
        assert!(slug.ends_with("-brott"));
        assert_eq!(made(&"a".repeat(300)).len(), 100);
        assert_eq!(made(&format!("{} b", "a".repeat(100))), "a".repeat(100));
    }

    #[test]
    fn addresses_are_checked() {
        assert!(Slug::parse("umea-vaxer-2").is_ok());
        for text in ["", "-a", "a-", "a--b", "Umea", "umeå", "a b", "a/b", &"a".repeat(101)] {
            assert_eq!(Slug::parse(text), Err(SlugError), "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_slug_is_one(title in "\\PC{0,160}") {
            if let Some(slug) = slugify(&title) {
                prop_assert_eq!(slugify(slug.as_str()), Some(slug.clone()));
                prop_assert_eq!(Slug::parse(slug.as_str()), Ok(slug));
            }
        }
    }
}
