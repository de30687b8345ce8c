//! The space that the drawing has.

use crate::scene::Size;
use crate::view::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::ResizeObserver;

/// The size of the drawing that suits an element, followed as it changes. Until it is measured: a laptop's.
pub fn measured(canvas: NodeRef<web_sys::Element>) -> RwSignal<Size> {
    let size = RwSignal::new(Size::Wide { width: 700.0, height: 400.0 });
    let kept = StoredValue::new(None::<(ResizeObserver, Closure<dyn FnMut()>)>);
    on_cleanup(move || {
        kept.update_value(|kept| kept.take().map(|(observer, _)| observer.disconnect()));
    });
    Effect::new(move || {
        let Some(element) = canvas.get() else { return };
        let measure = move || {
            let Some(element) = canvas.get_untracked() else { return };
            let found = Size::suiting(element.client_width() as f32, element.client_height() as f32);
            // An element that is not shown has no size; the drawing waits as it is.
            if element.client_width() > 0 && size.get_untracked() != found {
                size.set(found);
            }
        };
        measure();
        let closure = Closure::<dyn FnMut()>::new(measure);
        let Ok(observer) = ResizeObserver::new(closure.as_ref().unchecked_ref()) else { return };
        observer.observe(&element);
        kept.set_value(Some((observer, closure)));
    });
    size
}
