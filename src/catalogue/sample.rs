//! Made-up publications by the thousand, for measuring: the same number and seed give the same file each time.

use std::io::{self, Write};

use serde_json::{Value, json};

use crate::kit::check;

/// A small generator of numbers that look random (SplitMix64); not for secrets.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % sides.max(1) as u64).unwrap_or_default()
    }

    pub(crate) fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from.get(self.roll(from.len())).copied().unwrap_or_default()
    }

    pub(crate) fn chance(&mut self, in_hundred: usize) -> bool {
        self.roll(100) < in_hundred
    }
}

const HEADS: &[&str] = &[
    "brotts",
    "vålds",
    "ungdoms",
    "polis",
    "narkotika",
    "trygghets",
    "hat",
    "gäng",
    "skol",
    "bostads",
    "kamera",
    "rätts",
    "inbrotts",
    "trafik",
    "miljö",
    "närings",
    "familje",
    "kvinno",
    "barn",
    "missbruks",
    "kommun",
    "stads",
    "lands",
    "nät",
    "bedrägeri",
    "vapen",
    "fängelse",
    "frivårds",
    "behandlings",
    "sam",
    "grann",
    "idrotts",
    "arbets",
    "social",
    "hälso",
    "försäkrings",
    "bidrags",
    "penning",
    "gräns",
    "vittnes",
];
const TAILS: &[&str] = &[
    "utveckling",
    "undersökning",
    "förebyggande",
    "statistik",
    "utsatthet",
    "insatser",
    "samverkan",
    "bevakning",
    "arbete",
    "mönster",
    "miljöer",
    "åtgärder",
    "problem",
    "erfarenheter",
    "forskning",
    "projekt",
    "metoder",
    "utredning",
    "uppföljning",
    "stöd",
    "relationer",
    "nätverk",
    "grupper",
    "behandling",
    "kontroll",
    "risker",
    "offer",
    "skydd",
    "program",
    "strategi",
    "analys",
    "metodik",
    "kostnader",
    "påverkan",
    "prevention",
    "orsaker",
    "effekter",
    "skillnader",
    "villkor",
    "former",
];
pub(crate) const PLACES: &[&str] = &[
    "Umeå",
    "Malmö",
    "Göteborg",
    "Stockholm",
    "Örebro",
    "Luleå",
    "Växjö",
    "Skåne",
    "Norrland",
    "Gävle",
    "Borås",
    "Åre",
    "Östersund",
    "Lund",
    "Kalmar",
    "Visby",
    "Uppsala",
    "Västerås",
    "Norrköping",
    "Sundsvall",
];
const VERBS: &[&str] =
    &["beskriver", "kartlägger", "prövar", "följer upp", "jämför", "analyserar", "utvärderar", "granskar", "belyser", "mäter"];
const GROUPS: &[&str] = &[
    "unga",
    "kvinnor",
    "män",
    "äldre",
    "skolelever",
    "förtroendevalda",
    "poliser",
    "föräldrar",
    "boende",
    "näringsidkare",
    "vittnen",
    "klienter",
    "studenter",
    "nyanlända",
    "lärare",
    "journalister",
    "tonåringar",
    "grannar",
];
const SUBJECTS: &[&str] = &[
    "unga",
    "metod",
    "hot",
    "våld",
    "skola",
    "trygghet",
    "samverkan",
    "statistik",
    "skjutvapen",
    "hatbrott",
    "kamerabevakning",
    "myndigheter",
    "återfall",
    "narkotika",
    "korruption",
    "internet",
    "utsatthet",
    "kommuner",
    "sexualbrott",
    "kriminalvård",
    "rättskedjan",
    "straff",
    "inbrott",
    "brottsoffer",
    "besöksförbud",
    "bedrägeri",
    "penningtvätt",
    "stadsmiljö",
    "vittnen",
    "idrott",
    "polis",
    "skadegörelse",
    "frivård",
    "alkohol",
    "forskning",
    "storstäder",
    "grannsamverkan",
    "klotter",
    "livstidsstraff",
    "otillåten påverkan",
];
const KINDS: &[&str] =
    &["Rapport", "Rapport", "Kortanalys", "Utvärdering", "Statistikrapport", "Teknisk rapport", "Handbok", "English summary"];
const SERIES: &[&str] = &["Rapport", "Kortanalys", "Idéskrift", "Skriftserie", "Metodstöd", "Årsbok"];
pub(crate) const FIRST: &[&str] =
    &["Anna", "Bo", "Cecilia", "David", "Elin", "Fredrik", "Greta", "Hans", "Ida", "Johan", "Karin", "Lars", "Maria", "Nils", "Åsa"];
pub(crate) const LAST: &[&str] =
    &["Ek", "Lind", "Berg", "Holm", "Ström", "Dahl", "Sjö", "Gran", "Vik", "Lund", "Björk", "Fors", "Hed", "Öst", "Åkerman"];

/// Writes `count` publications as an import file.
pub fn write(count: u64, seed: u64, out: &mut dyn Write) -> io::Result<()> {
    let mut dice = Dice::new(seed);
    out.write_all(b"[")?;
    for number in 0..count {
        if number > 0 {
            out.write_all(b",\n")?;
        }
        serde_json::to_writer(&mut *out, &work(number, seed, &mut dice))?;
    }
    out.write_all(b"]\n")
}

fn compound(dice: &mut Dice) -> String {
    format!("{}{}", dice.pick(HEADS), dice.pick(TAILS))
}

fn work(number: u64, seed: u64, dice: &mut Dice) -> Value {
    let year = 1975 + dice.roll(50);
    let subject = compound(dice);
    let place = dice.pick(PLACES);
    let title = match dice.roll(4) {
        0 => format!("{} i {place}", capital(&subject)),
        1 => format!("{} bland {}", capital(&subject), dice.pick(GROUPS)),
        2 => format!("{} och {}", capital(&subject), compound(dice)),
        _ => format!("{} {year}", capital(&subject)),
    };
    let mut summary = String::new();
    for _ in 0..3 {
        summary.push_str(&format!(
            "Rapporten {} {} och {} bland {} i {}. ",
            dice.pick(VERBS),
            compound(dice),
            compound(dice),
            dice.pick(GROUPS),
            dice.pick(PLACES)
        ));
    }
    let mut work = json!({
        "id": format!("prov-{seed}-{number}"),
        "title": title,
        "language": [if dice.chance(90) { "sv" } else { "en" }],
        "publication_type": dice.pick(KINDS),
        "date_published": format!("{year}-{:02}", 1 + dice.roll(12)),
        "year": year,
        "series": dice.pick(SERIES),
        "number": format!("{year}:{number}"),
        "organisation": "Provorganisationen",
        "subjects": (0..1 + dice.roll(3)).map(|_| dice.pick(SUBJECTS)).collect::<Vec<_>>(),
        "summary": summary.trim_end(),
    });
    if dice.chance(60) {
        work["subtitle"] = format!("{} från {place}", capital(dice.pick(TAILS))).into();
    }
    if dice.chance(70) {
        work["authors"] = (0..1 + dice.roll(3)).map(|_| format!("{} {}", dice.pick(FIRST), dice.pick(LAST))).collect::<Vec<_>>().into();
    }
    if dice.chance(40) {
        work["isbn"] = vec![isbn(number)].into();
        work["isbn_is_example"] = true.into();
        work["page_count"] = (20 + dice.roll(300)).into();
        if dice.chance(50) {
            work["orderable_in_print"] = true.into();
            work["price_sek_incl_vat"] = (50 + dice.roll(200)).into();
            work["price_is_example"] = true.into();
            work["vat_rate"] = 6.into();
            work["stock"] = dice.roll(200).into();
        }
    }
    work
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A number with a right check digit, one for each work.
fn isbn(number: u64) -> String {
    let body: Vec<u8> = format!("97891{:07}", number % 10_000_000).bytes().map(|digit| digit - b'0').collect();
    let digits: String = body.iter().chain(std::iter::once(&check::gs1(&body))).map(|digit| char::from(b'0' + digit)).collect();
    digits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::rules;

    #[test]
    fn samples_repeat_and_are_valid() {
        let mut files = [Vec::new(), Vec::new()];
        for file in &mut files {
            write(300, 7, file).unwrap();
        }
        assert_eq!(files[0], files[1]);
        let rows: Vec<serde_json::Map<String, Value>> = serde_json::from_slice(&files[0]).unwrap();
        for row in &rows {
            let checked = rules::check(row);
            assert!(checked.work.is_ok(), "{:?}", checked.work);
            assert!(checked.notes.is_empty(), "{:?}", checked.notes);
        }
    }
}
