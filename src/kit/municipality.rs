//! Municipality and region: the 290 and the 21, by official code.
//!
//! What belongs here: the list (`municipalities.txt`, which the program carries) and looking things up in it. A code is four
//! digits, of which the first two are the county's; each county is one region's. When the division changes, the list does,
//! and a code that went away keeps a line as long as rows name it.

use std::sync::LazyLock;

/// A county, and the region whose area it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// Two digits, `24`.
    pub code: &'static str,
    /// `Västerbottens län`.
    pub county: &'static str,
    /// `Region Västerbotten`.
    pub name: &'static str,
}

/// A municipality of the list.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Municipality {
    code: String,
    name: &'static str,
}

/// Neither a code nor a name of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct UnknownMunicipality;

struct List {
    regions: Vec<Region>,
    municipalities: Vec<Municipality>,
}

static LIST: LazyLock<List> = LazyLock::new(|| {
    let mut list = List { regions: Vec::new(), municipalities: Vec::new() };
    let lines = include_str!("municipalities.txt").lines().filter(|line| !line.starts_with('#'));
    let mut county = "";
    for (code, name) in lines.filter_map(|line| line.split_once(' ')) {
        match name.split_once(" | ") {
            Some((county_name, region)) => {
                county = code;
                list.regions.push(Region { code, county: county_name, name: region });
            }
            None => list.municipalities.push(Municipality { code: format!("{county}{code}"), name }),
        }
    }
    list
});

impl Region {
    /// All of them, in the order of their codes.
    pub fn all() -> &'static [Region] {
        &LIST.regions
    }
}

impl Municipality {
    /// All of them, in the order of their codes.
    pub fn all() -> &'static [Municipality] {
        &LIST.municipalities
    }

    /// Reads a code, `2480`, or a name, `Umeå`, as it stands in the list or with `kommun` or `stad` after it.
    ///
    /// # Errors
    /// [`UnknownMunicipality`] for anything else.
    pub fn parse(text: &str) -> Result<Municipality, UnknownMunicipality> {
        let text = text.trim().to_lowercase();
        let is_named = |name: &str| {
            let name = name.to_lowercase();
            // The genitive loses its s after another: Borås kommun, but Umeå kommun and Malmö stad.
            let rest = text.strip_prefix(name.as_str()).map(|rest| rest.strip_prefix('s').unwrap_or(rest));
            rest.is_some_and(|rest| matches!(rest.trim_start(), "kommun" | "stad")) || text == name
        };
        let found = Self::all().iter().find(|one| one.code == text || is_named(one.name));
        found.cloned().ok_or(UnknownMunicipality)
    }

    /// Four digits, `2480`.
    pub fn code(&self) -> &str {
        &self.code
    }

    /// `Umeå`.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// The county that it lies in, and so its region.
    pub fn region(&self) -> Option<&'static Region> {
        Region::all().iter().find(|region| self.code.starts_with(region.code))
    }
}

text_value!(Municipality, UnknownMunicipality, code, name);

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_list_is_whole() {
        let all = Municipality::all();
        assert_eq!((all.len(), Region::all().len()), (290, 21));
        assert!(all.iter().all(|one| one.code.len() == 4 && one.code.bytes().all(|digit| digit.is_ascii_digit())));
        assert!(all.iter().all(|one| one.region().is_some() && !one.name.is_empty() && one.name.trim() == one.name));
        assert!(all.windows(2).all(|pair| pair[0].code < pair[1].code), "in order, none twice");
        assert!(Region::all().windows(2).all(|pair| pair[0].code < pair[1].code));
        assert_eq!(all.iter().map(|one| one.name).collect::<HashSet<_>>().len(), 290, "no name twice");
        assert!(Region::all().iter().all(|region| region.county.ends_with(" län") && region.code.len() == 2));
        for region in Region::all() {
            assert!(all.iter().any(|one| one.region() == Some(region)), "{}", region.county);
        }
    }

    #[test]
    fn known_ones() {
        for (code, name, region) in [
            ("0180", "Stockholm", "Region Stockholm"),
            ("0980", "Gotland", "Region Gotland"),
            ("1280", "Malmö", "Region Skåne"),
            ("1480", "Göteborg", "Västra Götalandsregionen"),
            ("2480", "Umeå", "Region Västerbotten"),
        ] {
            let one = Municipality::parse(code).unwrap();
            assert_eq!((one.name(), one.region().unwrap().name), (name, region));
            assert_eq!(Municipality::parse(name), Ok(one));
        }
    }

    #[test]
    fn names_are_read_as_people_write_them() {
        for text in ["Umeå", " umeå kommun ", "2480"] {
            assert_eq!(Municipality::parse(text).unwrap().code(), "2480", "{text}");
        }
        for (text, code) in [("Stockholms stad", "0180"), ("Borås Stad", "1490"), ("Österåkers kommun", "0117"), ("Berg", "2326")] {
            assert_eq!(Municipality::parse(text).unwrap().code(), code, "{text}");
        }
        for text in ["", "248", "9999", "Ume", "kommun", "Umeå landsting"] {
            assert_eq!(Municipality::parse(text), Err(UnknownMunicipality), "{text}");
        }
    }

    #[test]
    fn every_one_reads_back() {
        for one in Municipality::all() {
            assert_eq!(Municipality::parse(one.code()).as_ref(), Ok(one));
            assert_eq!(Municipality::parse(one.name()).as_ref(), Ok(one));
            assert_eq!(Municipality::parse(&format!("{} kommun", one.name())).as_ref(), Ok(one));
        }
    }
}
