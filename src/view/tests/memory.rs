use crate::locale::Language;
use crate::view::memory;
use crate::view::page::Theme;
use leptos_dom::helpers::window;
use wasm_bindgen_test::wasm_bindgen_test;

fn storage() -> web_sys::Storage {
    window().local_storage().expect("a storage that may be asked for").expect("a storage")
}

/// One test, because all tests share the browser's storage.
#[wasm_bindgen_test]
fn what_is_kept_comes_back_and_what_makes_no_sense_does_not() {
    storage().clear().expect("a storage that can be emptied");
    assert_eq!(memory::language(), None);
    assert_eq!(memory::theme(), Theme::System);
    assert!(memory::shortcuts_on());

    for language in Language::ALL {
        memory::keep_language(language);
        assert_eq!(memory::language(), Some(language));
    }
    for theme in Theme::ALL {
        memory::keep_theme(theme);
        assert_eq!(memory::theme(), theme);
    }
    memory::keep_shortcuts(false);
    assert!(!memory::shortcuts_on());
    memory::keep_shortcuts(true);
    assert!(memory::shortcuts_on());

    let storage = storage();
    for key in ["whiskscope-language", "whiskscope-theme", "whiskscope-shortcuts"] {
        assert!(storage.get_item(key).expect("a storage that can be read").is_some(), "{key} is not what is written");
        storage.set_item(key, "<nonsense>").expect("a storage that can be written to");
    }
    assert_eq!(memory::language(), None);
    assert_eq!(memory::theme(), Theme::System);
    assert!(memory::shortcuts_on());
    storage.clear().expect("a storage that can be emptied");
}
