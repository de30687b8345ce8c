//! The colours of `style/tokens.css` can be told apart and read, in both themes (WCAG 2.2: 4.5:1 for text, 3:1 for graphics).
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop at what should not be"
)]
#![cfg(not(target_arch = "wasm32"))]

use std::collections::BTreeMap;

const PARTS: [&str; 5] = ["couchdb", "elasticsearch", "kafka", "controller", "invoker"];

/// Each token with its light and its dark value.
fn colours() -> BTreeMap<&'static str, [u32; 2]> {
    include_str!("../style/tokens.css")
        .lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(": light-dark(")?;
            let (light, dark) = value.strip_suffix(");")?.split_once(", ")?;
            let number = |text: &str| u32::from_str_radix(text.strip_prefix('#').unwrap(), 16).unwrap();
            Some((name, [number(light), number(dark)]))
        })
        .collect()
}

fn luminance(colour: u32) -> f64 {
    let channel = |shift: u32| {
        let value = f64::from((colour >> shift) & 0xff) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(16) + 0.7152 * channel(8) + 0.0722 * channel(0)
}

fn contrast(one: u32, other: u32) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn check(front: &str, back: &str, least: f64) {
    let colours = colours();
    for (theme, (front_colour, back_colour)) in ["light", "dark"].iter().zip(colours[front].into_iter().zip(colours[back])) {
        let found = contrast(front_colour, back_colour);
        assert!(found >= least, "{front} on {back}, {theme}: {found:.2} and not {least}");
    }
}

#[test]
fn black_on_white_is_21_to_1() {
    assert!((contrast(0, 0xff_ff_ff) - 21.0).abs() < 0.001);
}

#[test]
fn ink_can_be_read_on_every_paper() {
    for back in ["paper", "ground", "sunk", "surface", "select-tint"] {
        check("ink", back, 4.5);
        check("ink-soft", back, 4.5);
    }
    for back in ["paper", "ground", "surface"] {
        check("ink-faint", back, 3.0);
    }
    check("on-ink", "ink", 4.5);
}

#[test]
fn an_offset_can_be_read_in_an_unread_cell() {
    check("surface", "kafka", 4.5);
}

#[test]
fn every_hue_can_be_seen_and_its_text_read() {
    for part in PARTS {
        let tint = format!("{part}-tint");
        for back in ["paper", "ground", "surface", tint.as_str()] {
            check(part, back, 3.0);
            check(&format!("{part}-ink"), back, 4.5);
            check("ink", back, 4.5);
            check("ink-soft", back, 4.5);
        }
        // A sign on a filled shape.
        check("surface", part, 3.0);
    }
}
