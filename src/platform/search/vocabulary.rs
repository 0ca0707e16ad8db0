//! The terms of an index: each has a number, counted from 0.
//!
//! All letters lie in one text and the table holds numbers only, since a catalogue has more terms than works.

use super::similar;

/// A stretch of a text that many share.
#[derive(Debug, Clone, Copy, Default)]
pub struct Stretch {
    start: u32,
    length: u16,
}

impl Stretch {
    /// Adds a text to `letters`. Of one longer than a column of titles would show the beginning is kept.
    pub fn add(letters: &mut String, text: &str) -> Self {
        let end = text.char_indices().map(|(at, c)| at + c.len_utf8()).take_while(|&end| end <= 2000).last().unwrap_or(0);
        let start = u32::try_from(letters.len()).unwrap_or(u32::MAX);
        letters.push_str(&text[..end]);
        Self { start, length: u16::try_from(end).unwrap_or(u16::MAX) }
    }

    pub fn of(self, letters: &str) -> &str {
        let start = self.start as usize;
        letters.get(start..start + usize::from(self.length)).unwrap_or_default()
    }
}

#[derive(Default)]
pub struct Vocabulary {
    letters: String,
    terms: Vec<Term>,
    /// Trigrams of each term; 0 for numbers, which are not like any word.
    signatures: Vec<u64>,
    /// Numbers of terms plus one, by the hash of their text; 0 is free. Its length is a power of two.
    table: Vec<u32>,
}

struct Term {
    text: Stretch,
    /// The shortest word that has this stem, to show to readers; the same whatever came first.
    shown: Stretch,
    /// Whether a document has that word, and not only a compound with it.
    is_word: bool,
}

impl Vocabulary {
    /// The number of a term.
    pub fn find(&self, text: &str) -> Option<u32> {
        match self.table.get(self.slot(text)?) {
            Some(&filled) if filled > 0 => Some(filled - 1),
            _ => None,
        }
    }

    /// The number of a term, which is new if it was not there.
    pub fn number(&mut self, text: &str) -> u32 {
        if (self.terms.len() + 1) * 4 > self.table.len() * 3 {
            self.grow();
        }
        let Some(slot) = self.slot(text) else { return u32::MAX };
        if let Some(&filled) = self.table.get(slot)
            && filled > 0
        {
            return filled - 1;
        }
        let number = u32::try_from(self.terms.len()).unwrap_or(u32::MAX - 1);
        let own = Stretch::add(&mut self.letters, text);
        self.terms.push(Term { text: own, shown: own, is_word: false });
        let is_number = text.contains(|c: char| c.is_ascii_digit());
        self.signatures.push(if is_number { 0 } else { similar::signature(text) });
        if let Some(place) = self.table.get_mut(slot) {
            *place = number + 1;
        }
        number
    }

    /// The slot that holds a term, or the free one where it belongs.
    fn slot(&self, text: &str) -> Option<usize> {
        let mask = self.table.len().checked_sub(1)?;
        let mut slot = usize::try_from(hash(text) & mask as u64).unwrap_or_default();
        loop {
            match self.table.get(slot) {
                Some(&filled) if filled > 0 && self.text(filled - 1) != text => slot = (slot + 1) & mask,
                _ => return Some(slot),
            }
        }
    }

    fn grow(&mut self) {
        self.table = vec![0; (self.table.len() * 2).max(1024)];
        for number in 0..u32::try_from(self.terms.len()).unwrap_or(u32::MAX) {
            if let Some(slot) = self.slot(self.text(number))
                && let Some(place) = self.table.get_mut(slot)
            {
                *place = number + 1;
            }
        }
    }

    pub fn text(&self, number: u32) -> &str {
        self.terms.get(number as usize).map(|term| term.text.of(&self.letters)).unwrap_or_default()
    }

    /// The word to show for a term.
    pub fn shown(&self, number: u32) -> &str {
        self.terms.get(number as usize).map(|term| term.shown.of(&self.letters)).unwrap_or_default()
    }

    /// Notes a word that has a term's stem.
    pub fn note(&mut self, number: u32, word: &str) {
        let Some(term) = self.terms.get_mut(number as usize) else { return };
        let shown = term.shown.of(&self.letters);
        if term.is_word && (shown.len(), shown) <= (word.len(), word) {
            return;
        }
        let own = term.text.of(&self.letters) == word;
        (term.shown, term.is_word) = (if own { term.text } else { Stretch::add(&mut self.letters, word) }, true);
    }

    /// Terms that are words and whose trigrams fit.
    pub fn words(&self, fits: impl Fn(u64) -> bool) -> impl Iterator<Item = (u32, &str)> {
        let fitting = (0_u32..).zip(&self.signatures).filter(move |(_, signature)| **signature != 0 && fits(**signature));
        fitting.map(|(number, _)| (number, self.text(number)))
    }

    /// Gives back the room for growing.
    pub fn settle(&mut self) {
        self.letters.shrink_to_fit();
        self.terms.shrink_to_fit();
        self.signatures.shrink_to_fit();
    }
}

/// FNV-1a with a last stir; the terms are ours, so nobody can choose them to collide at a cost worth a stronger hash.
fn hash(text: &str) -> u64 {
    let hash = text.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01B3));
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_keep_their_numbers() {
        let mut vocabulary = Vocabulary::default();
        assert_eq!(vocabulary.find("brott"), None);
        let words: Vec<String> = (0..5000).map(|n| format!("ord{n}")).collect();
        for (n, word) in (0..).zip(&words) {
            assert_eq!(vocabulary.number(word), n);
        }
        for (n, word) in (0..).zip(&words) {
            assert_eq!((vocabulary.find(word), vocabulary.number(word), vocabulary.text(n)), (Some(n), n, word.as_str()));
        }
        assert_eq!(vocabulary.find("ord"), None);
    }

    #[test]
    fn the_shortest_word_is_shown_whatever_came_first() {
        for words in [["brotten", "brott", "brottet"], ["brottet", "brotten", "brott"]] {
            let mut vocabulary = Vocabulary::default();
            let number = vocabulary.number("brott");
            for word in words {
                vocabulary.note(number, word);
            }
            assert_eq!(vocabulary.shown(number), "brott");
        }
    }
}
