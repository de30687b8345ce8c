//! The one place that reads and writes the page's address.
//!
//! `?lesson=`, `?store=`, `?lang=` and `?t=` open the page there. A value that makes no sense is ignored with a notice. The address is
//! replaced, never pushed.

use crate::cluster::place::StoreKind;
use crate::locale::Language;
use crate::time::Instant;
use leptos_dom::helpers::window;
use wasm_bindgen::JsValue;
use web_sys::UrlSearchParams;

/// What an address asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Address {
    pub lesson: Option<String>,
    pub store: Option<StoreKind>,
    pub language: Option<Language>,
    pub at: Option<Instant>,
    /// Parameters that were ignored, with their values.
    pub ignored: Vec<(&'static str, String)>,
}

/// An instant of a link: milliseconds with up to three decimals, up to a day.
fn instant(text: &str) -> Option<Instant> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || whole.len() > 8 || decimals.len() > 3 || !digits(whole) || !digits(decimals) || text.ends_with('.') {
        return None;
    }
    let micros = format!("{whole}{decimals:0<3}").parse().ok()?;
    (micros <= 86_400_000_000).then(|| Instant::from_micros(micros))
}

/// The name of a lesson file without its ending: letters, digits and hyphens.
fn lesson(text: &str) -> Option<String> {
    let fine = (1..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    fine.then(|| text.to_owned())
}

fn store(text: &str) -> Option<StoreKind> {
    StoreKind::ALL.into_iter().find(|store| store.code() == text)
}

fn language(text: &str) -> Option<Language> {
    Language::ALL.into_iter().find(|language| language.code() == text)
}

impl Address {
    /// Reads a query such as `?lang=zh&t=12000.5`.
    pub fn read(query: &str) -> Self {
        let mut address = Self::default();
        let Ok(parameters) = UrlSearchParams::new_with_str(query) else { return address };
        let mut ignored = Vec::new();
        let mut take = |name: &'static str, accept: &mut dyn FnMut(&str) -> bool| {
            if let Some(value) = parameters.get(name)
                && !accept(&value)
            {
                ignored.push((name, value.chars().take(80).collect()));
            }
        };
        take("lesson", &mut |value| {
            address.lesson = lesson(value);
            address.lesson.is_some()
        });
        take("store", &mut |value| {
            address.store = store(value);
            address.store.is_some()
        });
        take("lang", &mut |value| {
            address.language = language(value);
            address.language.is_some()
        });
        take("t", &mut |value| {
            address.at = instant(value);
            address.at.is_some()
        });
        address.ignored = ignored;
        address
    }

    /// The query that leads back here: milliseconds are written with as many decimals as they need.
    pub fn query(&self) -> String {
        let mut parts = Vec::new();
        if let Some(lesson) = &self.lesson {
            parts.push(format!("lesson={lesson}"));
        }
        if let Some(store) = self.store {
            parts.push(format!("store={}", store.code()));
        }
        if let Some(language) = self.language {
            parts.push(format!("lang={}", language.code()));
        }
        if let Some(at) = self.at {
            let (millis, micros) = (at.micros() / 1_000, at.micros() % 1_000);
            let decimals = format!(".{micros:03}");
            parts.push(format!("t={millis}{}", decimals.trim_end_matches('0').trim_end_matches('.')));
        }
        format!("?{}", parts.join("&"))
    }

    /// Reads the address of this page.
    pub fn here() -> Self {
        Self::read(&window().location().search().unwrap_or_default())
    }

    /// Replaces the page's address with this one.
    pub fn replace(&self) {
        if let Ok(history) = window().history() {
            // Some browsers refuse this too often in a row, or for file:// pages: the page works on without it.
            let _ = history.replace_state_with_url(&JsValue::NULL, "", Some(&self.query()));
        }
    }
}

#[cfg(all(test, target_arch = "wasm32"))]
mod tests {
    use super::*;
    use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

    wasm_bindgen_test_configure!(run_in_browser);

    #[wasm_bindgen_test]
    fn a_full_address_reads_and_writes_back() {
        let query = "?lesson=list-twice&store=couchdb&lang=zh&t=20500.25";
        let address = Address::read(query);
        assert_eq!(address.lesson.as_deref(), Some("list-twice"));
        assert_eq!(address.store, Some(StoreKind::CouchDb));
        assert_eq!(address.language, Some(Language::Chinese));
        assert_eq!(address.at, Some(Instant::from_micros(20_500_250)));
        assert!(address.ignored.is_empty());
        assert_eq!(address.query(), query);
    }

    #[wasm_bindgen_test]
    fn times_have_up_to_three_decimals_and_end_with_the_day() {
        let at = |text: &str| Address::read(&format!("?t={text}")).at.map(Instant::micros);
        assert_eq!(at("0"), Some(0));
        assert_eq!(at("12000"), Some(12_000_000));
        assert_eq!(at("0.001"), Some(1));
        assert_eq!(at("86400000"), Some(86_400_000_000));
        for wrong in ["", "-1", "1e3", "1.", ".5", "1.2345", "86400000.001", "999999999", "NaN", "12 000", "１２"] {
            assert_eq!(at(wrong), None, "{wrong}");
        }
    }

    #[wasm_bindgen_test]
    fn values_that_make_no_sense_are_kept_for_the_notice() {
        let address = Address::read("?lesson=../secret&store=mongo&lang=fr&t=soon&other=1");
        let names: Vec<&str> = address.ignored.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["lesson", "store", "lang", "t"]);
        assert_eq!(address, Address { ignored: address.ignored.clone(), ..Address::default() });
        let long = Address::read(&format!("?lesson={}", "x".repeat(5_000)));
        assert_eq!(long.ignored.first().map(|(_, value)| value.len()), Some(80));
    }
}
