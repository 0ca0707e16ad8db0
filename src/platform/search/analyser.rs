//! From text to the terms that the index keeps: the same way for documents and for questions, and the same on every
//! database, since no database takes part.
//!
//! A word is folded (`kit::swedish`), brought to its stem, and a compound also gives its parts. Numbers of publications
//! (`2016:12`, `5/2020`) are one term; identifiers are terms in their canonical form.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};

use super::words;
use crate::kit::{Isbn, Issn, UrnNbn, swedish};

/// How many analysed words are remembered; a catalogue uses the same words again and again.
const REMEMBERED: usize = 40_000;

/// A word of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// As it was typed.
    pub typed: String,
    /// The term to look up.
    pub term: String,
    /// A word, not a number or an identifier: something like it may be meant.
    pub is_word: bool,
}

/// The terms of one word: itself, and the parts of a compound.
#[derive(Debug, Clone)]
pub struct Terms {
    pub own: String,
    pub parts: Vec<String>,
}

/// Analyses, and remembers words.
#[derive(Default)]
pub struct Analyser {
    remembered: HashMap<String, Terms>,
}

impl Analyser {
    /// Calls `each` with the terms of every word, and the folded word.
    pub fn document(&mut self, text: &str, mut each: impl FnMut(&Terms, &str)) {
        let folded = swedish::fold(text);
        for piece in pieces(&folded) {
            if is_stop_word(piece) {
                continue;
            }
            if !self.remembered.contains_key(piece) {
                if self.remembered.len() >= REMEMBERED {
                    self.remembered.clear();
                }
                self.remembered.insert(piece.to_owned(), terms(piece));
            }
            if let Some(terms) = self.remembered.get(piece) {
                each(terms, piece);
            }
        }
    }
}

/// The words of a question, in order, each once. `known` tells whether the index has a term: what only might be an
/// identifier is one if it does.
pub fn question(text: &str, known: impl Fn(&str) -> bool) -> Vec<Word> {
    let chunks: Vec<&str> = text.split_whitespace().collect();
    let mut words: Vec<Word> = Vec::new();
    let mut at = 0;
    while at < chunks.len() {
        // An ISBN may be written with spaces, and with the word ISBN in front.
        let longest = (chunks.len() - at).min(6);
        let found = (1..=longest).rev().find_map(|length| {
            let text = chunks[at..at + length].join(" ");
            identifier(&text, &known).map(|term| (length, text, term))
        });
        match found {
            Some((length, typed, term)) => {
                words.push(Word { typed, term, is_word: false });
                at += length;
            }
            None => {
                let folded = swedish::fold(chunks[at]);
                for piece in pieces(&folded).filter(|piece| !is_stop_word(piece)) {
                    let is_word = !piece.contains(|c: char| c.is_ascii_digit());
                    words.push(Word { typed: piece.to_owned(), term: terms(piece).own, is_word });
                }
                at += 1;
            }
        }
    }
    let mut seen = HashSet::new();
    words.retain(|word| seen.insert(word.term.clone()));
    words
}

/// The term of an identifier.
pub fn isbn_term(isbn: &Isbn) -> String {
    format!("isbn:{}", isbn.compact())
}

/// The term of an identifier.
pub fn issn_term(issn: &Issn) -> String {
    format!("issn:{issn}")
}

/// The term of an identifier.
pub fn urn_term(urn: &UrnNbn) -> String {
    urn.as_str().to_owned()
}

fn identifier(text: &str, known: impl Fn(&str) -> bool) -> Option<String> {
    if text.len() < 5 || !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    if let Ok(isbn) = Isbn::parse(text) {
        return Some(isbn_term(&isbn));
    }
    if let Ok(urn) = UrnNbn::parse(text) {
        return Some(urn_term(&urn));
    }
    // `1100-6676` may be an ISSN, and `bra-528` the end of a URN; two years with a hyphen are neither.
    let issn = Issn::parse(text).ok().map(|issn| issn_term(&issn));
    let urn = UrnNbn::parse(&format!("urn:nbn:se:{text}")).ok().map(|urn| urn_term(&urn));
    issn.into_iter().chain(urn).find(|term| known(term))
}

/// The words and numbers of a folded text.
fn pieces(folded: &str) -> impl Iterator<Item = &str> {
    let mut rest = folded;
    std::iter::from_fn(move || {
        let start = rest.find(char::is_alphanumeric)?;
        let text = &rest[start..];
        let mut end = 0;
        let mut letters = text.char_indices().peekable();
        while let Some((at, c)) = letters.next() {
            // A colon, slash or point between digits belongs to a number: 2016:12, 5/2020, 10.0.
            let joins = matches!(c, ':' | '/' | '.')
                && text[..at].ends_with(|c: char| c.is_ascii_digit())
                && letters.peek().is_some_and(|(_, next)| next.is_ascii_digit());
            if !c.is_alphanumeric() && !joins {
                break;
            }
            end = at + c.len_utf8();
        }
        rest = &text[end..];
        Some(&text[..end])
    })
}

fn is_stop_word(word: &str) -> bool {
    static STOP: LazyLock<HashSet<&str>> = LazyLock::new(|| words::STOP_WORDS.iter().copied().collect());
    STOP.contains(word) || (word.chars().count() == 1 && !word.starts_with(|c: char| c.is_ascii_digit()))
}

/// The term of a folded word, and those of its parts.
fn terms(word: &str) -> Terms {
    let own = stem(word);
    let mut parts = Vec::new();
    if !word.contains(|c: char| c.is_ascii_digit()) {
        split(word, &own, 0, &mut parts);
        parts.retain(|part| *part != own);
        parts.sort_unstable();
        parts.dedup();
    }
    Terms { own, parts }
}

/// The parts of a compound that the index has no term for: for questions.
pub fn parts(word: &str) -> Vec<String> {
    terms(word).parts
}

/// The stem of a folded word.
fn stem(word: &str) -> String {
    static WHOLE: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| words::WHOLE_WORDS.iter().copied().collect());
    static SWEDISH: LazyLock<Stemmer> = LazyLock::new(|| Stemmer::create(Algorithm::Swedish));
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.to_owned();
    }
    if let Some(stem) = WHOLE.get(word) {
        return (*stem).to_owned();
    }
    for (ending, standard) in words::ENDINGS {
        if let Some(head) = word.strip_suffix(ending) {
            return format!("{head}{standard}");
        }
    }
    let mut stem = SWEDISH.stem(word);
    // The stemmer takes either the genitive's s or what stands before it.
    if word.strip_suffix('s') == Some(&stem) {
        stem = SWEDISH.stem(&stem).into_owned().into();
    }
    without_article(&stem).to_owned()
}

/// Takes off the articles that the stemmer leaves: *-et* of neuters (*våldet*, *brottet*) and *-an* (*skolan*).
fn without_article(stem: &str) -> &str {
    let rest = stem.strip_suffix("et").filter(|rest| rest.chars().count() >= 3);
    let rest = rest.or_else(|| stem.strip_suffix("an").filter(|rest| rest.chars().count() >= 4));
    match rest {
        Some(rest) if !words::NO_ARTICLE.contains(&stem) => without_article(rest),
        _ => stem,
    }
}

/// First parts by how they stand in compounds, longest first, with the stem of the word they are.
static HEADS: LazyLock<Vec<(&str, String)>> = LazyLock::new(|| {
    let mut heads: Vec<_> = words::HEADS.iter().map(|(form, word)| (*form, stem(word))).collect();
    heads.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
    heads
});

/// Stems of last parts, longest first.
static TAILS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut tails: Vec<_> = words::TAILS.iter().map(|word| stem(word)).collect();
    tails.sort_by_key(|tail| std::cmp::Reverse(tail.len()));
    tails.dedup();
    tails
});

/// Adds the parts of a compound to `parts`. `stemmed` is its stem.
fn split(word: &str, stemmed: &str, depth: u8, parts: &mut Vec<String>) {
    static WHOLE: LazyLock<HashSet<String>> = LazyLock::new(|| words::NO_COMPOUNDS.iter().map(|word| stem(word)).collect());
    if depth > 3 || stemmed.chars().count() < 6 || WHOLE.contains(stemmed) {
        return;
    }
    let tail = TAILS.iter().find(|tail| stemmed.len() > tail.len() + 2 && stemmed.ends_with(tail.as_str()));
    if let Some(tail) = tail {
        let head = &stemmed[..stemmed.len() - tail.len()];
        parts.push(tail.clone());
        match HEADS.iter().find(|(form, _)| form.trim_end_matches('s') == head.trim_end_matches('s')) {
            Some((_, term)) => parts.push(term.clone()),
            // An unknown first part may be a compound itself: *kamerabevakning* + *projekt*.
            None if head.chars().count() >= 4 => {
                let head = head.strip_suffix('s').unwrap_or(head);
                let head_stem = stem(head);
                split(head, &head_stem, depth + 1, parts);
                parts.push(head_stem);
            }
            None => {}
        }
        return;
    }
    let head = HEADS.iter().find(|(form, term)| word.starts_with(form) && word[form.len()..].chars().count() >= 5 && stemmed != term);
    if let Some((form, term)) = head {
        let rest = &word[form.len()..];
        let rest_stem = stem(rest);
        parts.push(term.clone());
        split(rest, &rest_stem, depth + 1, parts);
        parts.push(rest_stem);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(word: &str) -> String {
        terms(&swedish::fold(word)).own
    }

    fn all(word: &str) -> Vec<String> {
        let Terms { own, mut parts } = terms(&swedish::fold(word));
        parts.insert(0, own);
        parts
    }

    #[test]
    fn inflections_meet() {
        for forms in [
            &["brottsoffer", "brottsoffren", "brottsoffrens", "brottsoffret", "Brottsoffrets"][..],
            &["offer", "offren"],
            &["skjutvapen", "skjutvapnen", "skjutvapnet"],
            &["handbok", "handböcker", "handböckerna"],
            &["kommun", "kommuner", "kommunernas", "kommunen"],
            &["våld", "våldet", "våldets"],
            &["arbete", "arbetet", "arbeten"],
            &["skola", "skolan", "skolor", "skolornas", "skolors"],
            &["analys", "analysen", "analyser", "analyserna"],
            &["påverkan", "påverkans"],
            &["samverkan", "samverkans"],
            &["universitet", "universitetet", "universiteten"],
            &["kvinna", "kvinnor", "kvinnors", "kvinnorna"],
            &["man", "män", "mäns", "männen"],
            &["undersökning", "undersökningen", "undersökningar", "undersökningarna"],
            &["ungdom", "ungdomar", "ungdomars"],
            &["brott", "brottet", "brotten", "brottens"],
            &["storstad", "storstäder", "storstädernas"],
            &["crime", "crimes"],
            &["utvärdering", "utvärderingar", "utvärderingen"],
            &["elev", "elever", "elevers", "eleverna"],
            &["polis", "polisen", "poliser", "polisens"],
            &["förälder", "föräldrar", "föräldrarnas"],
        ] {
            let stems: Vec<_> = forms.iter().map(|form| term(form)).collect();
            assert!(stems.iter().all(|stem| *stem == stems[0]), "{forms:?} gave {stems:?}");
        }
    }

    #[test]
    fn letters_stay_apart() {
        for (one, other) in [("våld", "vald"), ("mål", "mal"), ("hot", "höt"), ("brott", "bråtta")] {
            assert_ne!(term(one), term(other));
        }
        assert_eq!(term("idé"), term("ide"));
    }

    #[test]
    fn compounds_give_their_parts() {
        for (compound, parts) in [
            ("gängvåldet", &["gäng", "våld"][..]),
            ("brottsförebyggande", &["brott", "förebyggande"]),
            ("trygghetsundersökningen", &["trygghet", "undersökning"]),
            ("kameraövervakning", &["kamera", "övervakning"]),
            ("kamerabevakningsprojekt", &["kamera", "bevakning", "projekt"]),
            ("brottsoffren", &["brott", "offer"]),
            ("kvinnojourer", &["kvinna", "jour"]),
            ("polisanmälningar", &["polis", "anmälning"]),
            ("ungdomsbrottslighet", &["ungdom", "brottslighet"]),
            ("narkotikabrottslighetens", &["narkotika", "brottslighet"]),
            ("skolundersökningen", &["skola", "undersökning"]),
            ("rättskedjan", &["rätt", "kedja"]),
            ("hatbrott", &["hat", "brott"]),
            ("bostadsinbrott", &["bostad", "inbrott"]),
        ] {
            let found = all(compound);
            for part in parts {
                assert!(found.contains(&term(part)), "{compound} gave {found:?} without {part} ({})", term(part));
            }
        }
        for whole in ["brottslighet", "avbrott", "ungdomarna", "polisens", "brottsling", "skolorna", "personal", "2016:12"] {
            assert_eq!(all(whole).len(), 1, "{:?}", all(whole));
        }
    }

    #[test]
    fn questions_become_words_and_identifiers() {
        let known = |term: &str| ["issn:1100-6676", "urn:nbn:se:bra-528"].contains(&term);
        let ask = |text: &str| question(text, known).into_iter().map(|word| word.term).collect::<Vec<_>>();
        for isbn in ["978-91-85664-85-6", "9789185664856", "ISBN 978-91-85664-85-6", "978 91 85664 85 6", "isbn: 91-85664-85-5"] {
            assert_eq!(ask(isbn), ["isbn:9789185664856"], "{isbn}");
        }
        assert_eq!(ask("91-38-32220-X"), ask("978-91-38-32220-8"));
        assert_eq!(ask("bra-528"), ["urn:nbn:se:bra-528"]);
        assert_eq!(ask("URN:NBN:SE:BRA-528"), ["urn:nbn:se:bra-528"]);
        assert_eq!(ask("1100-6676"), ["issn:1100-6676"]);
        assert_eq!(ask("2010-2016"), ["2010", "2016"]);
        assert_eq!(ask("Rapport 2016:12 5/2020 nr 131/14 10.0."), ["rapport", "2016:12", "5/2020", "nr", "131/14", "10.0"]);
        assert_eq!(ask("våld i nära relationer, VÅLD"), ["våld", term("nära").as_str(), term("relationer").as_str()]);
        assert_eq!(ask("och i & – …"), Vec::<String>::new());
        assert_eq!(ask("00-talet 1990–2014"), ["00", &term("talet"), "1990", "2014"]);
    }
}
