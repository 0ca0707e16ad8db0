//! Words that look like another: that hold it, or that a slip of the finger would make of it.

/// The trigrams of a term as bits of one number. If a term holds another, it has all its bits, so that most of a
/// vocabulary is passed over without looking at a letter.
pub fn signature(term: &str) -> u64 {
    let letters: Vec<char> = term.chars().collect();
    letters.windows(3).fold(0, |bits, three| bits | bit(three))
}

fn bit(three: &[char]) -> u64 {
    let mixed = three.iter().fold(0xCBF2_9CE4_8422_2325_u64, |hash, &c| (hash ^ u64::from(c)).wrapping_mul(0x0000_0100_0000_01B3));
    1 << (mixed >> 58)
}

/// How many letters must be changed, added, left out or swapped with their neighbour to make one word of the other;
/// `None` when it is more than `most`.
pub fn distance(one: &[char], other: &[char], most: usize) -> Option<usize> {
    if one.len().abs_diff(other.len()) > most {
        return None;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=other.len()).collect();
    for (i, a) in one.iter().enumerate() {
        let mut row = Vec::with_capacity(other.len() + 1);
        row.push(i + 1);
        for (j, b) in other.iter().enumerate() {
            let mut least = (last[j] + usize::from(a != b)).min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *a == other[j - 1] && one[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        if row.iter().all(|&cost| cost > most) {
            return None;
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().filter(|&cost| cost <= most)
}

/// How many slips a word of this length may have.
pub fn slips(letters: usize) -> usize {
    match letters {
        0..=3 => 0,
        4..=7 => 1,
        _ => 2,
    }
}

/// Whether two words differ in rings and dots only, as when they are typed on a keyboard without å, ä and ö.
pub fn same_but_for_rings(one: &str, other: &str) -> bool {
    let plain = |c: char| match c {
        'å' | 'ä' => 'a',
        'ö' => 'o',
        _ => c,
    };
    one.chars().map(plain).eq(other.chars().map(plain))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn between(one: &str, other: &str) -> Option<usize> {
        distance(&one.chars().collect::<Vec<_>>(), &other.chars().collect::<Vec<_>>(), 2)
    }

    #[test]
    fn slips_are_counted() {
        assert_eq!(between("brott", "brott"), Some(0));
        assert_eq!(between("brott", "brot"), Some(1));
        assert_eq!(between("brott", "borott"), Some(1));
        assert_eq!(between("brott", "borttt"), Some(2));
        assert_eq!(between("polis", "poils"), Some(1));
        assert_eq!(between("polis", "skola"), None);
    }

    proptest! {
        #[test]
        fn what_holds_a_word_has_its_bits(before in "[a-zåäö]{0,6}", word in "[a-zåäö]{3,9}", after in "[a-zåäö]{0,6}") {
            let text = format!("{before}{word}{after}");
            let whole = signature(&text);
            prop_assert_eq!(whole & signature(&word), signature(&word));
        }

        #[test]
        fn distance_is_the_same_both_ways(one in "[a-d]{0,8}", other in "[a-d]{0,8}") {
            prop_assert_eq!(between(&one, &other), between(&other, &one));
        }
    }
}
