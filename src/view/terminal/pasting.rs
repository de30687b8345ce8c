//! What is pasted into the prompt.

use super::{Remark, Shell};
use wasm_bindgen::{JsCast, JsValue};

/// A browser would join pasted lines into one that nobody wrote.
pub fn paste(shell: Shell, event: &web_sys::Event) {
    let Some(pasted) = pasted_text(event) else { return };
    let mut lines = pasted.lines().map(str::trim_end).filter(|line| !line.trim().is_empty());
    let Some(first) = lines.next() else { return };
    let others = lines.count();
    if others == 0 && !pasted.contains(['\n', '\r']) {
        return;
    }
    event.prevent_default();
    let Some(field) = shell.field.get_untracked() else { return };
    if field.read_only() {
        return;
    }
    // At the cursor, in the place of what is selected. Of a field of text none of these fails.
    let start = field.selection_start().ok().flatten().unwrap_or_default();
    let _ = field.set_range_text(first);
    let end = start.saturating_add(u32::try_from(first.encode_utf16().count()).unwrap_or(u32::MAX));
    let _ = field.set_selection_range(end, end);
    if others > 0 {
        shell.remark(Remark::Pasted { lines: others + 1 });
    }
}

fn pasted_text(event: &web_sys::Event) -> Option<String> {
    let data = js_sys::Reflect::get(event, &JsValue::from_str("clipboardData")).ok()?;
    let get: js_sys::Function = js_sys::Reflect::get(&data, &JsValue::from_str("getData")).ok()?.dyn_into().ok()?;
    get.call1(&data, &JsValue::from_str("text")).ok()?.as_string()
}
