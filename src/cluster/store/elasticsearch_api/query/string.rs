//! The language of `q=` and `query_string`: Lucene's classic query parser, without fuzzy words, distances and regular expressions.

use super::{EVERY_FIELD, Query, Range};
use serde_json::Value;

/// What holds where the text says nothing else.
#[derive(Clone, Debug)]
pub struct Options {
    pub field: String,
    /// Whether words that stand side by side are all wanted.
    pub and: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { field: EVERY_FIELD.to_owned(), and: false }
    }
}

/// More clauses than this are refused (`indices.query.bool.max_clause_count`).
pub const CLAUSES_MAX: usize = 1_024;
/// How deep parentheses may stand in each other here. The real parser has its stack for a limit.
const DEPTH_MAX: usize = 64;

#[derive(Clone, Debug, PartialEq)]
enum Token {
    And,
    Or,
    Not,
    Plus,
    Open,
    Close,
    Colon,
    Quoted(String),
    /// A word, and whether some `*` or `?` in it is a wildcard.
    Word(String, bool),
    Range(Range),
    /// `>=5` and its like, after a colon.
    Compare(Range),
    Boost,
}

/// Whether a letter ends a word if it is not escaped. `/` begins a regular expression.
const fn is_special(letter: char) -> bool {
    matches!(letter, ' ' | '\t' | '\n' | '\r' | '\u{3000}' | '!' | '(' | ')' | ':' | '^' | '[' | ']' | '"' | '{' | '}' | '~' | '/')
}

struct Letters {
    letters: Vec<char>,
    at: usize,
}

impl Letters {
    fn peek(&self) -> Option<char> {
        self.letters.get(self.at).copied()
    }

    fn next(&mut self) -> Option<char> {
        let letter = self.peek();
        self.at += 1;
        letter
    }

    /// Letters up to one that ends a word. Escaped ones lose their backslash.
    fn word(&mut self) -> Result<(String, bool), String> {
        let (mut word, mut wild) = (String::new(), false);
        while let Some(letter) = self.peek().filter(|letter| !is_special(*letter)) {
            self.at += 1;
            if letter == '\\' {
                word.push(self.next().ok_or("Lexical error: a backslash at the end")?);
            } else {
                wild |= matches!(letter, '*' | '?');
                word.push(letter);
            }
        }
        Ok((word, wild))
    }

    fn quoted(&mut self) -> Result<String, String> {
        let mut text = String::new();
        loop {
            match self.next() {
                None => return Err("Lexical error: a quote that is not closed".to_owned()),
                Some('"') => return Ok(text),
                Some('\\') => text.extend(self.next()),
                Some(letter) => text.push(letter),
            }
        }
    }

    fn blank(&mut self) {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
    }

    /// One end of a range: a word or a quoted text, in which colons and slashes are letters. `*` is open.
    fn end(&mut self) -> Result<Option<Value>, String> {
        self.blank();
        if self.peek() == Some('"') {
            self.at += 1;
            return self.quoted().map(|text| Some(text.into()));
        }
        let mut text = String::new();
        while let Some(letter) = self.peek().filter(|letter| !letter.is_whitespace() && !matches!(letter, ']' | '}')) {
            self.at += 1;
            text.push(letter);
        }
        match text.as_str() {
            "" => Err("Encountered \"]\" where a range has its end".to_owned()),
            "*" => Ok(None),
            _ => Ok(Some(text.into())),
        }
    }

    /// `[a TO b]` and `{a TO b}`, mixed if one likes, after its opening.
    fn range(&mut self, low: bool) -> Result<Range, String> {
        let first = self.end()?;
        self.blank();
        if self.next() != Some('T') || self.next() != Some('O') || !self.peek().is_some_and(char::is_whitespace) {
            return Err("Was expecting \"TO\" in a range".to_owned());
        }
        let last = self.end()?;
        self.blank();
        let high = match self.next() {
            Some(']') => true,
            Some('}') => false,
            _ => return Err("Encountered \"<EOF>\" in a range".to_owned()),
        };
        Ok(Range { low: first.map(|value| (value, low)), high: last.map(|value| (value, high)) })
    }

    fn compare(&mut self, below: bool) -> Result<Range, String> {
        let inclusive = self.peek() == Some('=');
        self.at += usize::from(inclusive);
        let (word, _) = self.word()?;
        if word.is_empty() {
            return Err("Encountered \"<EOF>\" after a comparison".to_owned());
        }
        let end = Some((word.into(), inclusive));
        Ok(if below { Range { low: None, high: end } } else { Range { low: end, high: None } })
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, String> {
    let mut letters = Letters { letters: text.chars().collect(), at: 0 };
    let mut tokens = Vec::new();
    while let Some(letter) = letters.peek() {
        letters.at += 1;
        let after_colon = tokens.last() == Some(&Token::Colon);
        tokens.push(match letter {
            _ if letter.is_whitespace() => continue,
            '(' => Token::Open,
            ')' => Token::Close,
            ':' => Token::Colon,
            '!' => Token::Not,
            '+' => Token::Plus,
            '-' => Token::Not,
            '"' => Token::Quoted(letters.quoted()?),
            '[' | '{' => Token::Range(letters.range(letter == '[')?),
            '>' | '<' if after_colon => Token::Compare(letters.compare(letter == '<')?),
            '^' => {
                letters.word()?;
                Token::Boost
            }
            '~' => return Err("fuzzy words and distances are not simulated".to_owned()),
            '/' => return Err("Lexical error: \"/\" begins a regular expression, which is not simulated; write \\/ or quotes".to_owned()),
            ']' | '}' => return Err(format!("Encountered \"{letter}\"")),
            _ => {
                letters.at -= 1;
                let (word, wild) = letters.word()?;
                match word.as_str() {
                    "AND" | "&&" => Token::And,
                    "OR" | "||" => Token::Or,
                    "NOT" => Token::Not,
                    _ => Token::Word(word, wild),
                }
            }
        });
    }
    Ok(tokens)
}

/// Reads a query of the language. What is wrong with it is said in few words; the real parser lists all that it would have taken.
pub fn query_string(text: &str, options: &Options) -> Result<Query, String> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, clauses: 0, and: options.and };
    let query = parser.clauses(&options.field, 0)?;
    match parser.peek() {
        None => Ok(query),
        Some(_) => Err("Encountered \")\"".to_owned()),
    }
}

struct Parser {
    tokens: Vec<Token>,
    at: usize,
    clauses: usize,
    and: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Occur {
    Must,
    Should,
    MustNot,
}

impl Parser {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn take(&mut self, token: &Token) -> bool {
        let is_it = self.peek() == Some(token);
        self.at += usize::from(is_it);
        is_it
    }

    /// Clauses up to the end or a closing parenthesis (`QueryParserBase.addClause` has the rules for AND and OR).
    fn clauses(&mut self, field: &str, depth: usize) -> Result<Query, String> {
        if depth > DEPTH_MAX {
            return Err("too many parentheses in one another".to_owned());
        }
        let mut list: Vec<(Occur, Query)> = Vec::new();
        while self.peek().is_some_and(|token| *token != Token::Close) {
            let is_first = list.is_empty();
            let joined_by_and = !is_first && self.take(&Token::And);
            let joined_by_or = !is_first && !joined_by_and && self.take(&Token::Or);
            let required = self.take(&Token::Plus);
            let prohibited = !required && self.take(&Token::Not);
            let query = self.clause(field, depth)?;
            if let Some((occur, _)) = list.last_mut().filter(|(occur, _)| *occur != Occur::MustNot) {
                match (joined_by_and, joined_by_or && self.and) {
                    (true, _) => *occur = Occur::Must,
                    (_, true) => *occur = Occur::Should,
                    _ => {}
                }
            }
            let wanted = required || joined_by_and || (self.and && !joined_by_or);
            let occur = match (prohibited, wanted) {
                (true, _) => Occur::MustNot,
                (false, true) => Occur::Must,
                (false, false) => Occur::Should,
            };
            list.push((occur, query));
            self.clauses += 1;
            if self.clauses > CLAUSES_MAX {
                return Err(format!("maxClauseCount is set to {CLAUSES_MAX}"));
            }
        }
        if list.is_empty() {
            return if depth == 0 { Ok(Query::Nothing) } else { Err("Encountered \")\"".to_owned()) };
        }
        if let [(Occur::Must | Occur::Should, _)] = list.as_slice() {
            return Ok(list.pop().map_or(Query::Nothing, |(_, query)| query));
        }
        let (mut must, mut should, mut must_not) = (Vec::new(), Vec::new(), Vec::new());
        for (occur, query) in list {
            match occur {
                Occur::Must => must.push(query),
                Occur::Should => should.push(query),
                Occur::MustNot => must_not.push(query),
            }
        }
        Ok(Query::Bool { must, filter: Vec::new(), should, must_not, minimum: None })
    }

    fn clause(&mut self, field: &str, depth: usize) -> Result<Query, String> {
        let own = match (self.peek(), self.tokens.get(self.at + 1)) {
            (Some(Token::Word(name, _)), Some(Token::Colon)) => Some(name.clone()),
            _ => None,
        };
        if own.is_some() {
            self.at += 2;
        }
        let field = own.as_deref().unwrap_or(field);
        let token = self.peek().cloned();
        self.at += 1;
        let query = match token {
            Some(Token::Open) => {
                let inner = self.clauses(field, depth + 1)?;
                if !self.take(&Token::Close) {
                    return Err("Encountered \"<EOF>\"".to_owned());
                }
                inner
            }
            Some(Token::Quoted(text)) => Query::Phrase { field: field.to_owned(), text: text.into() },
            Some(Token::Range(range) | Token::Compare(range)) => Query::Range { field: field.to_owned(), range },
            Some(Token::Word(word, _)) if word == "*" && field == EVERY_FIELD => Query::All,
            Some(Token::Word(word, _)) if field == "_exists_" => Query::Exists { field: word },
            Some(Token::Word(word, true)) if word == "*" => Query::Exists { field: field.to_owned() },
            Some(Token::Word(word, true)) => Query::Pattern { field: field.to_owned(), pattern: word },
            Some(Token::Word(word, false)) => Query::Match { field: field.to_owned(), text: word.into(), and: self.and, minimum: None },
            Some(Token::Colon) => return Err("Encountered \":\"".to_owned()),
            Some(Token::Boost) => return Err("Encountered \"^\"".to_owned()),
            Some(Token::And) => return Err("Encountered \"AND\"".to_owned()),
            Some(Token::Or) => return Err("Encountered \"OR\"".to_owned()),
            Some(Token::Not | Token::Plus | Token::Close) | None => return Err("Encountered \"<EOF>\"".to_owned()),
        };
        // A boost changes the score, which is not computed.
        self.take(&Token::Boost);
        Ok(query)
    }
}
