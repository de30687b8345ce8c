//! The standard analyser: texts as the words that searches compare.

/// Longer words are cut into pieces (`max_token_length`).
const TOKEN_LENGTH_MAX: usize = 255;

/// What a letter is for the rules of word breaks (Unicode Standard Annex 29).
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Letter,
    Digit,
    Katakana,
    /// A word by itself.
    Ideograph,
    /// `_`: holds together whatever it stands between.
    Joining,
    /// Belongs to what it follows.
    Mark,
    /// `:` holds letters together, `,` digits, `.` and `'` either.
    MidLetter,
    MidDigit,
    MidAny,
    Other,
}

fn class(letter: char) -> Class {
    match letter {
        '_' | '\u{203f}' | '\u{2040}' => Class::Joining,
        ':' | '\u{b7}' | '\u{2027}' => Class::MidLetter,
        ',' | ';' => Class::MidDigit,
        '.' | '\'' | '\u{2018}' | '\u{2019}' | '\u{2024}' => Class::MidAny,
        '\u{300}'..='\u{36f}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}' => Class::Mark,
        '\u{30a0}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}' => Class::Katakana,
        '\u{2e80}'..='\u{2fdf}' | '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{309f}' | '\u{3400}'..='\u{4dbf}' => Class::Ideograph,
        '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}' => Class::Ideograph,
        _ if letter.is_alphabetic() => Class::Letter,
        _ if letter.is_numeric() => Class::Digit,
        _ => Class::Other,
    }
}

/// The words of a text as the standard analyser of Lucene 7 finds them (`StandardTokenizer`, `LowerCaseFilter`), in lower case.
///
/// Simplified: Unicode's classes of letters are given for the scripts that names are written in, and letters of other scripts hold
/// together like Latin ones, so that Thai, Lao, Khmer and Myanmar are not divided as the real analyser divides them; emoji are no words;
/// marks are those of the common blocks.
pub fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut last = Class::Other;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        let class = class(letter);
        let next = letters.peek().map_or(Class::Other, |next| self::class(*next));
        let goes_on = match class {
            Class::Letter | Class::Digit => matches!(last, Class::Letter | Class::Digit | Class::Joining),
            Class::Katakana => matches!(last, Class::Katakana | Class::Joining),
            Class::Joining => matches!(last, Class::Letter | Class::Digit | Class::Katakana | Class::Joining),
            Class::Mark => !word.is_empty(),
            Class::MidLetter => last == Class::Letter && next == Class::Letter,
            Class::MidDigit => last == Class::Digit && next == Class::Digit,
            Class::MidAny => matches!(last, Class::Letter | Class::Digit) && next == last,
            Class::Ideograph | Class::Other => false,
        };
        if !goes_on {
            end(&mut word, &mut words);
        }
        match class {
            Class::Mark => {
                if goes_on {
                    word.push(letter);
                }
            }
            Class::Letter | Class::Digit | Class::Katakana | Class::Joining => {
                word.extend(letter.to_lowercase());
                last = class;
            }
            // What stands on its other side is of the same class, so that the word goes on as it was.
            Class::MidLetter | Class::MidDigit | Class::MidAny if goes_on => word.push(letter),
            Class::Ideograph => {
                word.push(letter);
                last = Class::Ideograph;
            }
            _ => last = Class::Other,
        }
    }
    end(&mut word, &mut words);
    words
}

/// In lower case, letter by letter.
pub fn lower(text: &str) -> String {
    text.chars().flat_map(char::to_lowercase).collect()
}

/// A word ends here; one without letters and digits is none.
fn end(word: &mut String, words: &mut Vec<String>) {
    let whole = std::mem::take(word);
    if !whole.chars().any(|letter| matches!(class(letter), Class::Letter | Class::Digit | Class::Katakana | Class::Ideograph)) {
        return;
    }
    let letters: Vec<char> = whole.chars().collect();
    words.extend(letters.chunks(TOKEN_LENGTH_MAX).map(|piece| piece.iter().collect::<String>()));
}

/// Whether a text is like a pattern in which `*` stands for any letters and `?` for one.
pub fn wildcard(pattern: &str, text: &str) -> bool {
    let (pattern, text): (Vec<char>, Vec<char>) = (pattern.chars().collect(), text.chars().collect());
    let (mut at, mut in_text) = (0, 0);
    // Where the last star is, and how much of the text it stands for so far.
    let mut star: Option<(usize, usize)> = None;
    while in_text < text.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, in_text));
                at += 1;
            }
            Some(letter) if *letter == '?' || text.get(in_text) == Some(letter) => {
                at += 1;
                in_text += 1;
            }
            _ => {
                let Some((place, taken)) = star else { return false };
                star = Some((place, taken + 1));
                at = place + 1;
                in_text = taken + 1;
            }
        }
    }
    pattern.iter().skip(at).all(|letter| *letter == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_break_as_the_annex_says() {
        let check = |text: &str, expected: &[&str]| assert_eq!(words(text), expected, "{text}");
        check("guest/Hello-World_2", &["guest", "hello", "world_2"]);
        check(
            "0.0.1 nodejs:20 a.b a.1 1.a 1,5 don't x: .y. _",
            &["0.0.1", "nodejs", "20", "a.b", "a", "1", "1", "a", "1,5", "don't", "x", "y"],
        );
        check("2024-12-26T08:00:00.100Z stdout: hi", &["2024", "12", "26t08", "00", "00.100z", "stdout", "hi"]);
        check("中文 abc中ÉCOLE カタカナ", &["中", "文", "abc", "中", "école", "カタカナ"]);
        check("{\"msg\":\"hi\"}", &["msg", "hi"]);
        check("_a__b_", &["_a__b_"]);
        assert_eq!(words(&"x".repeat(300)).iter().map(String::len).collect::<Vec<_>>(), [255, 45]);
        check("", &[]);
    }

    #[test]
    fn wildcards_stand_for_letters() {
        for (pattern, text) in [("*", ""), ("a*", "abc"), ("*c", "abc"), ("a?c", "abc"), ("*b*", "abc"), ("a*b*c", "aXbYbc"), ("", "")] {
            assert!(wildcard(pattern, text), "{pattern} {text}");
        }
        for (pattern, text) in [("", "a"), ("a", "ab"), ("a?", "a"), ("*b", "abc"), ("a*b*c", "acb")] {
            assert!(!wildcard(pattern, text), "{pattern} {text}");
        }
    }
}
