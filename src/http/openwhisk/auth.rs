//! Who asks: Basic authentication with a namespace's key (`core/controller/BasicAuthenticationDirective.scala:33-90`).

use super::refusal::Refusal;
use crate::activation::Catalogue;
use crate::chance::name_of;
use ::http::HeaderMap;
use ::http::header::AUTHORIZATION;

/// The key of a namespace, `uuid:secret`. That of `guest` and that of `whisk.system` are those of every local deployment
/// (`ansible/files/auth.guest`, `ansible/files/auth.whisk.system`); any other is made from the namespace's name, by hashing.
pub fn key_of(namespace: &str) -> String {
    match namespace {
        "guest" => "23bc46b1-71f6-4ed5-8c54-816aa4f8c502:123zO3xZCLrMN6v2BKK1dXYFpXlPkccOFqm12CdAsMgRU4VrNZ9lyGVCGuMDGIwP".to_owned(),
        "whisk.system" => {
            "789c46b1-71f6-4ed5-8c54-816aa4f8c502:abczO3xZCLrMN6v2BKK1dXYFpXlPkccOFqm12CdAsMgRU4VrNZ9lyGVCGuMDGIwP".to_owned()
        }
        _ => {
            let half = |what: &str| format!("{:016x}", name_of(format!("{what} {namespace}").as_bytes()));
            let (high, low) = (half("uuid-high"), half("uuid-low"));
            let part = |text: &str, from: usize, to: usize| text.get(from..to).unwrap_or_default().to_owned();
            let uuid = [part(&high, 0, 8), part(&high, 8, 12), part(&high, 12, 16), part(&low, 0, 4), part(&low, 4, 16)].join("-");
            let secret: String = ["a", "b", "c", "d"].into_iter().map(half).collect();
            format!("{uuid}:{secret}")
        }
    }
}

/// The header that a client of the namespace sends.
pub fn authorization(namespace: &str) -> String {
    basic(&key_of(namespace))
}

/// The header of a client that has this key.
pub fn basic(key: &str) -> String {
    format!("Basic {}", base64(key.as_bytes()))
}

/// The namespace whose key a request bears.
pub(super) fn user<'a>(headers: &HeaderMap, catalogue: &'a Catalogue) -> Result<&'a str, Refusal> {
    let Some(header) = headers.get(AUTHORIZATION) else {
        return Err(Refusal::challenge("The resource requires authentication, which was not supplied with the request"));
    };
    let wrong = || Refusal::challenge("The supplied authentication is invalid");
    let header = header.to_str().map_err(|_| wrong())?;
    let (scheme, given) = header.trim().split_once(' ').ok_or_else(wrong)?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(wrong());
    }
    let known = catalogue.namespaces().find(|(_, name)| base64(key_of(name).as_bytes()) == given.trim());
    known.map(|(_, name)| name).ok_or_else(wrong)
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base 64.
fn base64(bytes: &[u8]) -> String {
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let byte = |place: usize| u32::from(chunk.get(place).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let digit = DIGITS.get((group >> (18 - 6 * place)) as usize & 63).copied().unwrap_or(b'=');
            text.push(if place > chunk.len() as u32 { '=' } else { char::from(digit) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base_64_pads_what_is_no_multiple_of_three() {
        for (plain, code) in [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg==")] {
            assert_eq!(base64(plain.as_bytes()), code);
        }
    }

    #[test]
    fn every_namespace_has_a_key_of_its_own() {
        assert_ne!(key_of("team"), key_of("Team"));
        let (uuid, secret) = key_of("team").split_once(':').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap_or_default();
        assert_eq!((uuid.len(), secret.len()), (36, 64));
    }
}
