//! Swedish letters: how words are folded for comparison and how they are put in order.
//!
//! What belongs here: folding and order of letters. Å, ä and ö are letters of their own and never folded to a and o;
//! other marks are (é is e, ü is y in order and u in search). Stemming and compounds belong to `platform::search`.

/// Lower case, with accents taken off all letters but å, ä and ö; æ and ø become ä and ö.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        fold_char(c, &mut folded);
    }
    folded
}

/// Adds one folded character to `folded`. A combining ring or diaeresis makes å, ä or ö of the letter before it.
pub fn fold_char(c: char, folded: &mut String) {
    match c {
        'a'..='z' | '0'..='9' | 'å' | 'ä' | 'ö' => folded.push(c),
        'A'..='Z' => folded.push(c.to_ascii_lowercase()),
        'Å' => folded.push('å'),
        'Ä' | 'æ' | 'Æ' => folded.push('ä'),
        'Ö' | 'ø' | 'Ø' => folded.push('ö'),
        'à' | 'á' | 'â' | 'ã' | 'À' | 'Á' | 'Â' | 'Ã' => folded.push('a'),
        'ç' | 'Ç' | 'č' | 'Č' | 'ć' | 'Ć' => folded.push('c'),
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => folded.push('e'),
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' => folded.push('i'),
        'ñ' | 'Ñ' | 'ń' | 'Ń' => folded.push('n'),
        'ò' | 'ó' | 'ô' | 'õ' | 'Ò' | 'Ó' | 'Ô' | 'Õ' => folded.push('o'),
        'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' => folded.push('u'),
        'ý' | 'ÿ' | 'Ý' => folded.push('y'),
        'š' | 'Š' => folded.push('s'),
        'ž' | 'Ž' => folded.push('z'),
        'ß' => folded.push_str("ss"),
        '\u{30A}' if folded.ends_with('a') => replace_last(folded, 'å'),
        '\u{308}' if folded.ends_with('a') => replace_last(folded, 'ä'),
        '\u{308}' if folded.ends_with('o') => replace_last(folded, 'ö'),
        '\u{300}'..='\u{36F}' => {}
        _ => folded.extend(c.to_lowercase()),
    }
}

fn replace_last(text: &mut String, c: char) {
    text.pop();
    text.push(c);
}

/// The words of a text, folded, each once.
pub fn words(text: &str) -> Vec<String> {
    let folded = fold(text);
    let mut words: Vec<String> = Vec::new();
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
    }
    words
}

/// A key whose bytes order titles as a Swedish list does: digits, a–z, å, ä, ö; marks and punctuation do not count.
pub fn sort_key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    for c in fold(&text.replace(['ü', 'Ü'], "y")).chars() {
        match c {
            'å' => key.push('{'),
            'ä' => key.push('|'),
            'ö' => key.push('}'),
            _ if c.is_alphanumeric() => key.push(c),
            _ if key.ends_with(' ') || key.is_empty() => {}
            _ => key.push(' '),
        }
    }
    key.truncate(key.trim_end().len());
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folding_keeps_swedish_letters_apart() {
        assert_eq!(fold("Idé, Malmö, ÅÄÖ, Bülow, Ærø"), "ide, malmö, åäö, bulow, ärö");
        assert_eq!(fold("A\u{30A}ret, o\u{308}l, e\u{301}"), "året, öl, e");
    }

    #[test]
    fn titles_are_in_swedish_order() {
        let mut titles = ["Öga", "Zebra", "Ärlig", "Åtal", "anmälda", "Våld", "Vald", "1 av 2", "Idé", "Idel", "  – Ab"];
        titles.sort_by_key(|title| sort_key(title));
        assert_eq!(titles, ["1 av 2", "  – Ab", "anmälda", "Idé", "Idel", "Vald", "Våld", "Zebra", "Åtal", "Ärlig", "Öga"]);
    }
}
