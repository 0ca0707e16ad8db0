//! Where a term stands. Most terms of a catalogue are numbers that one document has; a bitmap for each of those would cost
//! ten times what it holds.

use roaring::RoaringBitmap;

/// How strongly a document has a term: in its title, in its short texts, or only in its long ones.
pub const TIERS: usize = 3;

/// The weakest of them.
pub const WEAKEST: u32 = 2;

/// More documents than this are kept as bitmaps.
const FEW: usize = 16;

/// The documents of a term, each with the strongest tier in which it has it.
pub enum Postings {
    /// Document number and tier, packed.
    One(u32),
    /// The same, in the order of documents.
    Few(Vec<u32>),
    Many(Box<Bitmaps>),
}

/// The documents of a common term.
#[derive(Default, Clone)]
pub struct Bitmaps {
    all: RoaringBitmap,
    title: RoaringBitmap,
    /// Those with the term in the short texts but not in the title.
    about: RoaringBitmap,
}

fn pack(document: u32, tier: u32) -> u32 {
    document << 2 | tier
}

impl Postings {
    pub fn new(document: u32, tier: u32) -> Self {
        Self::One(pack(document, tier))
    }

    /// Adds a document. Documents come in order; one that comes again keeps its strongest tier.
    pub fn add(&mut self, document: u32, tier: u32) {
        let new = pack(document, tier);
        match self {
            Self::One(one) if *one >> 2 == document => *one = (*one).min(new),
            Self::One(one) => {
                let one = *one;
                *self = Self::Few(vec![one, new]);
            }
            Self::Few(few) => {
                if let Some(last) = few.last_mut().filter(|last| **last >> 2 == document) {
                    *last = (*last).min(new);
                } else if few.len() < FEW {
                    few.push(new);
                } else {
                    let mut many = Bitmaps::default();
                    for &packed in few.iter() {
                        many.add(packed >> 2, packed & 3);
                    }
                    many.add(document, tier);
                    *self = Self::Many(Box::new(many));
                }
            }
            Self::Many(many) => many.add(document, tier),
        }
    }

    /// Gives back the room for growing.
    pub fn settle(&mut self) {
        match self {
            Self::One(_) => {}
            Self::Few(few) => few.shrink_to_fit(),
            // A clone has the room that it needs and no more.
            Self::Many(many) => *many = many.clone(),
        }
    }

    /// How many of `these` documents have the term.
    pub fn count(&self, these: &RoaringBitmap) -> u64 {
        match self {
            Self::One(one) => u64::from(these.contains(*one >> 2)),
            Self::Few(few) => few.iter().filter(|&&packed| these.contains(packed >> 2)).count() as u64,
            Self::Many(many) => many.all.intersection_len(these),
        }
    }

    /// Whether any of `these` documents has the term.
    pub fn meets(&self, these: &RoaringBitmap) -> bool {
        match self {
            Self::Many(many) => !many.all.is_disjoint(these),
            _ => self.count(these) > 0,
        }
    }

    /// Adds the term's documents to `to`.
    pub fn add_to(&self, to: &mut RoaringBitmap) {
        match self {
            Self::One(one) => {
                to.insert(*one >> 2);
            }
            Self::Few(few) => to.extend(few.iter().map(|packed| packed >> 2)),
            Self::Many(many) => *to |= &many.all,
        }
    }

    /// Leaves in `these` only documents that have the term.
    pub fn narrow(&self, these: &mut RoaringBitmap) {
        match self {
            Self::Many(many) => *these &= &many.all,
            _ => {
                let mut own = RoaringBitmap::new();
                self.add_to(&mut own);
                *these &= own;
            }
        }
    }

    /// Calls `give` with documents and points, at least for all of `these`: what it gives to a document sums to the points
    /// of its strongest tier. `points` fall from tier to tier.
    pub fn score(&self, these: &RoaringBitmap, points: [u32; TIERS], mut give: impl FnMut(u32, u32)) {
        let [title, about, body] = points;
        let of_tier = |packed: u32| match packed & 3 {
            0 => title,
            1 => about,
            _ => body,
        };
        match self {
            Self::One(one) => give(*one >> 2, of_tier(*one)),
            Self::Few(few) => few.iter().for_each(|&packed| give(packed >> 2, of_tier(packed))),
            Self::Many(many) => {
                let more = [(&many.all, body), (&many.about, about.saturating_sub(body)), (&many.title, title.saturating_sub(body))];
                for (documents, points) in more {
                    // For a handful of documents it is quicker to ask for each than to walk the whole bitmap.
                    if these.len() * 8 < documents.len() {
                        (documents & these).into_iter().for_each(|document| give(document, points));
                    } else {
                        documents.iter().for_each(|document| give(document, points));
                    }
                }
            }
        }
    }
}

impl Bitmaps {
    fn add(&mut self, document: u32, tier: u32) {
        self.all.insert(document);
        match tier {
            0 => {
                self.about.remove(document);
                self.title.insert(document);
            }
            1 if !self.title.contains(document) => {
                self.about.insert(document);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        /// However many there are, the answers are those of a plain map.
        #[test]
        fn all_sizes_answer_alike(steps in prop::collection::vec((0u32..3, 0u32..3), 1..60), some in prop::collection::vec(0u32..120, 0..40)) {
            let mut document = 0;
            let mut model: BTreeMap<u32, u32> = BTreeMap::new();
            let mut postings: Option<Postings> = None;
            for (further, tier) in steps {
                document += further;
                match &mut postings {
                    None => postings = Some(Postings::new(document, tier)),
                    Some(postings) => postings.add(document, tier),
                }
                let strongest = model.entry(document).or_insert(tier);
                *strongest = (*strongest).min(tier);
            }
            let mut postings = postings.unwrap();
            postings.settle();
            let these: RoaringBitmap = some.into_iter().collect();
            let own: Vec<u32> = model.keys().copied().filter(|document| these.contains(*document)).collect();
            prop_assert_eq!(postings.count(&these), own.len() as u64);
            prop_assert_eq!(postings.meets(&these), !own.is_empty());
            let mut narrowed = these.clone();
            postings.narrow(&mut narrowed);
            prop_assert_eq!(narrowed.iter().collect::<Vec<_>>(), own);
            let mut all = RoaringBitmap::new();
            postings.add_to(&mut all);
            prop_assert_eq!(all.iter().collect::<Vec<_>>(), model.keys().copied().collect::<Vec<_>>());
            let mut seen: BTreeMap<u32, u32> = BTreeMap::new();
            postings.score(&these, [8, 3, 1], |document, points| *seen.entry(document).or_default() += points);
            for document in &these {
                prop_assert_eq!(seen.get(&document).copied(), model.get(&document).map(|&tier| [8, 3, 1][tier as usize]));
            }
        }
    }
}
