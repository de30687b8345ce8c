//! Lines of the terminal and of lessons.
#![no_main]

use libfuzzer_sys::fuzz_target;
use whiskscope::shell;

fuzz_target!(|text: &str| {
    if let Err(error) = shell::parse(text, "guest", &|_| None) {
        assert!(!error.to_string().is_empty());
    }
});
