//! What is drawn again keeps what it can, in a real browser.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may stop at what should not be")]

use super::mounted::place;
use crate::view::prelude::*;
use any_spawner::Executor;
use reactive_graph::owner::Owner;
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Element, HtmlElement};

/// A piece of a page in the document, for as long as this lives.
struct Drawn {
    root: Element,
    owner: Owner,
}

impl Drawn {
    fn new(make: impl FnOnce() -> View) -> Self {
        // It is an error to do this twice, and of no consequence.
        let _ = Executor::init_wasm_bindgen();
        let root = document().create_element("div").unwrap();
        document().body().unwrap().append_child(&root).unwrap();
        let end = document().create_comment("");
        root.append_child(&end).unwrap();
        let owner = Owner::new();
        owner.with(|| place(make(), &root, &end));
        Self { root, owner }
    }

    fn find(&self, selectors: &str) -> Element {
        self.root.query_selector(selectors).unwrap().unwrap()
    }

    fn text(&self) -> String {
        self.root.text_content().unwrap()
    }
}

impl Drop for Drawn {
    fn drop(&mut self) {
        self.owner.cleanup();
        self.root.remove();
    }
}

#[wasm_bindgen_test]
async fn drawing_again_writes_what_differs_and_keeps_the_rest() {
    let drawn_for = RwSignal::new(1_u32);
    let drawn = Drawn::new(move || {
        let piece = move || {
            let number = drawn_for.get();
            view! { <p class="a" class:is-odd=number % 2 == 1 title=(number > 2).then_some("big")><b>"n = "{number.to_string()}</b></p> }
        };
        piece.into_view()
    });
    let (paragraph, bold) = (drawn.find("p"), drawn.find("b"));
    assert_eq!((drawn.text().as_str(), paragraph.class_name().as_str(), paragraph.has_attribute("title")), ("n = 1", "a is-odd", false));
    drawn_for.set(4);
    Executor::tick().await;
    assert_eq!((drawn.text().as_str(), paragraph.class_name().as_str()), ("n = 4", "a"));
    assert_eq!(paragraph.get_attribute("title").as_deref(), Some("big"));
    assert!(bold == drawn.find("b") && !paragraph.has_attribute("h"));
}

#[wasm_bindgen_test]
async fn a_class_stays_when_the_attribute_beside_it_changes() {
    let name = RwSignal::new("a");
    let drawn = Drawn::new(move || (move || view! { <p class=name.get() class:is-open=true></p> }).into_view());
    name.set("b");
    Executor::tick().await;
    assert_eq!(drawn.find("p").class_name(), "b is-open");
}

#[wasm_bindgen_test]
async fn what_stays_the_same_is_not_written() {
    let turn = RwSignal::new(0_u32);
    let drawn = Drawn::new(move || {
        let piece = move || {
            turn.track();
            view! { <p title="same".to_owned() class:is-on=true class:is-off=false>{"same".to_owned()}</p> }
        };
        piece.into_view()
    });
    let seen = Rc::new(RefCell::new(0));
    let counted = Rc::clone(&seen);
    let count = wasm_bindgen::prelude::Closure::<dyn FnMut(js_sys::Array)>::new(move |records: js_sys::Array| {
        *counted.borrow_mut() += records.length();
    });
    let observe = "const it = new MutationObserver(records => seen(records)); it.observe(root, { subtree: true, childList: true, attributes: true, characterData: true });";
    js_sys::Function::new_with_args("root, seen", observe).call2(&wasm_bindgen::JsValue::NULL, &drawn.root, count.as_ref()).unwrap();
    turn.set(1);
    Executor::tick().await;
    Executor::tick().await;
    assert_eq!(*seen.borrow(), 0);
}

#[wasm_bindgen_test]
async fn rows_keep_their_nodes_wherever_they_move() {
    let names = RwSignal::new(vec!["a", "b", "c", "d"]);
    let drawn = Drawn::new(move || {
        let row = |name: &'static str| (Key::from(name), view! { <li tabindex="0">{name}</li> });
        let rows = move || View::Rows(names.get().into_iter().map(row).collect());
        view! { <ul>{rows}</ul> }
    });
    let item = |text: &str| {
        let items = drawn.root.get_elements_by_tag_name("li");
        (0..items.length()).filter_map(|place| items.item(place)).find(|it| it.text_content().as_deref() == Some(text)).unwrap()
    };
    let (b, d) = (item("b"), item("d"));
    d.unchecked_ref::<HtmlElement>().focus().unwrap();
    names.set(vec!["new", "b", "d", "a", "e"]);
    Executor::tick().await;
    assert_eq!(drawn.text(), "newbdae");
    assert!(item("b") == b && item("d") == d, "a row was made again");
    assert!(document().active_element().is_some_and(|active| active == d), "the focus is lost");
    for order in [vec![], vec!["z"], vec!["b", "z", "a"], vec!["a", "b", "z"], vec!["a", "a"], vec!["a", "b", "a"], vec!["b"]] {
        names.set(order.clone());
        Executor::tick().await;
        assert_eq!(drawn.text(), order.concat());
    }
}

#[wasm_bindgen_test]
async fn the_handler_of_the_last_drawing_is_the_one_that_acts() {
    let (turn, heard) = (RwSignal::new(0_u32), RwSignal::new(Vec::new()));
    let drawn = Drawn::new(move || {
        let piece = move || {
            let turn = turn.get();
            view! { <button on:click=move |_| heard.update(|heard| heard.push(turn))>"press"</button> }
        };
        piece.into_view()
    });
    let button = drawn.find("button").unchecked_into::<HtmlElement>();
    button.click();
    turn.set(7);
    Executor::tick().await;
    button.click();
    assert_eq!(heard.get_untracked(), [0, 7]);
}

#[wasm_bindgen_test]
async fn pieces_of_other_kinds_take_each_other_s_places() {
    let stage = RwSignal::new(0_u32);
    let drawn = Drawn::new(move || {
        let piece = move || match stage.get() {
            0 => View::Empty,
            1 => "text".into_view(),
            2 => view! { <i>"one"</i><i>"two"</i> },
            3 => (0..3).map(|number: u32| view! { <b>{number.to_string()}</b> }).collect_view(),
            _ => view! { <svg viewBox="0 0 1 1"><path d="M0 0"></path></svg> },
        };
        view! { <div>"<"{piece}">"</div> }
    });
    for (number, text) in [(0, "<>"), (1, "<text>"), (2, "<onetwo>"), (3, "<012>"), (4, "<>"), (2, "<onetwo>"), (0, "<>"), (3, "<012>")] {
        stage.set(number);
        Executor::tick().await;
        assert_eq!(drawn.text(), text);
    }
}

#[wasm_bindgen_test]
fn parts_of_a_drawing_are_drawn() {
    let title = "what it is".to_owned();
    let drawn = Drawn::new(move || {
        let part = view! { <g class="part"><title>{title}</title><path d="M0 0h1"></path></g> };
        view! { <svg viewBox="0 0 1 1">{part}</svg> }
    });
    for tag in ["svg", "g", "title", "path"] {
        assert_eq!(drawn.find(tag).namespace_uri().as_deref(), Some("http://www.w3.org/2000/svg"), "{tag}");
    }
    assert_eq!(drawn.find("svg").get_attribute("viewBox").as_deref(), Some("0 0 1 1"));
}

#[wasm_bindgen_test]
async fn nothing_goes_on_after_its_owner_is_gone() {
    let (count, ran) = (RwSignal::new(0_u32), Rc::new(RefCell::new(0)));
    let counted = Rc::clone(&ran);
    let drawn = Drawn::new(move || {
        let text = move || {
            *counted.borrow_mut() += 1;
            count.get().to_string()
        };
        view! { <p>{text}</p> }
    });
    drawn.owner.cleanup();
    count.set(1);
    Executor::tick().await;
    assert_eq!(*ran.borrow(), 1);
}

#[wasm_bindgen_test]
fn a_visitor_s_text_is_text() {
    let hostile = "<img src=x onerror=alert(1)>&amp;\"".to_owned();
    let (text, title) = (hostile.clone(), hostile.clone());
    let drawn = Drawn::new(move || view! { <p title=title>{text}</p> });
    assert_eq!((drawn.text(), drawn.find("p").get_attribute("title")), (hostile.clone(), Some(hostile)));
    assert!(drawn.root.query_selector("img").unwrap().is_none());
}
