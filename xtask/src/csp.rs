//! The release page's Content-Security-Policy: nothing but the page's own files, no inline style, and of inline scripts
//! only the loader that Trunk writes, by its hash.
//!
//! It stands in the page and not in a header, because a static host need not let us set one.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::problem::Problem;

/// `html` with the policy as the first thing behind its charset.
pub fn with_policy(html: &str) -> Result<String, Problem> {
    let refuse =
        |what: &str| Problem::new(format!("the page's index.html {what}")).help("the top of index.html says where the policy goes");
    let elements = elements(html);
    let charset = elements
        .iter()
        .position(|element| element.name == "meta" && element.has_attribute("charset"))
        .ok_or_else(|| refuse("has no <meta charset>, behind which the Content-Security-Policy goes"))?;
    // A policy holds only for what comes after it.
    let (before, from) = elements.split_at(charset);
    if let Some(early) = before.iter().find(|element| ["script", "link", "style"].contains(&element.name.as_str())) {
        return Err(refuse(&format!("has a <{}> before its <meta charset>, out of the policy's reach", early.name)));
    }
    if elements.iter().any(|element| element.name == "style" || element.has_attribute("style")) {
        return Err(refuse("has an inline style, which the policy forbids: it belongs in style/"));
    }
    let end = from.first().map_or(html.len(), |element| element.tag_end);
    let (head, rest) = html.split_at_checked(end).unwrap_or((html, ""));
    let policy = policy(&inline_scripts(&elements));
    Ok(format!("{head}<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">{rest}"))
}

fn policy(inline_scripts: &[&str]) -> String {
    let hashes: String = inline_scripts.iter().map(|script| format!(" '{}'", hash(script))).collect();
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{hashes}; style-src 'self'; connect-src 'self'; \
         img-src 'self' data:; font-src 'self'; base-uri 'none'; form-action 'none'"
    )
}

/// As a browser computes it: of the text between the tags, in which a line always ends with a line feed.
fn hash(script: &str) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(script.replace("\r\n", "\n"))))
}

fn inline_scripts<'html>(elements: &[Element<'html>]) -> Vec<&'html str> {
    elements.iter().filter(|element| element.name == "script" && !element.has_attribute("src")).map(|element| element.text).collect()
}

/// An opening tag, and for a script its text.
struct Element<'html> {
    name: String,
    attributes: &'html str,
    tag_end: usize,
    text: &'html str,
}

impl Element<'_> {
    fn has_attribute(&self, name: &str) -> bool {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() {
                return false;
            }
            let (found, behind) = split_where(rest, |c| c.is_whitespace() || c == '=' || c == '/');
            if found.eq_ignore_ascii_case(name) {
                return true;
            }
            rest = match behind.trim_start().strip_prefix('=').map(str::trim_start) {
                None => behind,
                Some(value) => match value.chars().next() {
                    Some(quote @ ('"' | '\'')) => value.trim_start_matches(quote).split_once(quote).map_or("", |(_, behind)| behind),
                    _ => split_where(value, char::is_whitespace).1,
                },
            };
            // A stray `=` would hold us here for ever.
            if found.is_empty() {
                rest = split_where(rest, char::is_whitespace).1;
            }
        }
    }
}

/// Every opening tag of `html` outside of comments and scripts. It reads what Trunk writes, not every page there is.
fn elements(html: &str) -> Vec<Element<'_>> {
    let mut found = Vec::new();
    let mut rest = html;
    while let Some((_, tag)) = rest.split_once('<') {
        if let Some(comment) = tag.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, behind)| behind);
            continue;
        }
        if !tag.starts_with(|c: char| c.is_ascii_alphabetic()) {
            rest = tag;
            continue;
        }
        let (name, behind) = split_where(tag, |c| c.is_whitespace() || c == '>' || c == '/');
        let name = name.to_ascii_lowercase();
        let (attributes, behind) = attributes(behind);
        let tag_end = html.len() - behind.len();
        let (text, behind) = if name == "script" { behind.split_once("</script").unwrap_or((behind, "")) } else { ("", behind) };
        found.push(Element { name, attributes, tag_end, text });
        rest = behind;
    }
    found
}

/// What stands before the tag's `>`, which may also stand between quotes, and what comes after it.
fn attributes(tag: &str) -> (&str, &str) {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if c == '"' || c == '\'' => quote = Some(c),
            None if c == '>' => {
                let (attributes, behind) = tag.split_at_checked(at).unwrap_or((tag, ""));
                return (attributes, behind.strip_prefix('>').unwrap_or(behind));
            }
            None => {}
        }
    }
    (tag, "")
}

/// `text` up to the first character of the kind asked for, and from it on.
fn split_where(text: &str, kind: impl Fn(char) -> bool) -> (&str, &str) {
    let at = text.find(kind).unwrap_or(text.len());
    text.split_at_checked(at).unwrap_or((text, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_the_one_a_browser_computes() {
        // The example of the CSP specification.
        assert_eq!(hash("alert('Hello, world.');"), "sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng=");
        assert_eq!(hash("a\r\nb"), hash("a\nb"));
    }

    #[test]
    fn only_inline_scripts_are_hashed() {
        let html = "<script type=module>import './a.js';\n</script><!-- <script>no</script> -->\
                    <script src=\"b.js\"></script><SCRIPT data-src='x' title=\"a > b\">second < third</script>";
        assert_eq!(inline_scripts(&elements(html)), ["import './a.js';\n", "second < third"]);
    }

    #[test]
    fn the_policy_comes_right_behind_the_charset() {
        let html = "<!doctype html><html><head><!-- a --><meta charset=utf-8><title>T</title><script>1</script></head></html>";
        let page = with_policy(html).unwrap();
        let (before, behind) = page.split_once("<meta http-equiv=\"Content-Security-Policy\" content=\"").unwrap();
        assert!(before.ends_with("<meta charset=utf-8>"), "{before}");
        let (policy, rest) = behind.split_once("\">").unwrap();
        assert!(rest.starts_with("<title>T</title>"), "{rest}");
        assert!(policy.contains(&format!("script-src 'self' 'wasm-unsafe-eval' '{}';", hash("1"))), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
    }

    #[test]
    fn what_the_policy_could_not_hold_is_refused() {
        let refused = |html: &str| with_policy(html).unwrap_err().to_string();
        assert!(refused("<head><title>T</title>").contains("no <meta charset>"));
        assert!(refused("<head><script>1</script><meta charset=utf-8>").contains("<script> before"));
        assert!(refused("<head><meta charset=utf-8><style>p{}</style>").contains("inline style"));
        assert!(refused("<head><meta charset=utf-8><p class=a style='color:red'>").contains("inline style"));
        assert!(with_policy("<head><meta charset=utf-8><p class=style data-style=\"style='x'\">").is_ok());
    }
}
