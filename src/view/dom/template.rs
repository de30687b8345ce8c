//! Markup that the browser reads once.

use leptos_dom::helpers::document;
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{DocumentFragment, HtmlTemplateElement, Node};

/// The HTML of a piece of markup, the program's own and never a visitor's, and what is left open in it.
pub struct Template {
    html: &'static str,
    /// It begins within an `<svg>`.
    is_drawing: bool,
    pub holes: &'static [Hole],
}

/// Something that is left open.
pub struct Hole {
    /// Which of the template's marked nodes it belongs to.
    pub node: u16,
    pub kind: Kind,
    /// The attribute's, class's, property's or event's.
    pub name: &'static str,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Attribute,
    Class,
    Style,
    Property,
    Event,
    Reference,
    Child,
}

thread_local! {
    /// What the browser has made of each template, to be copied. A template is known by its address.
    static READ: RefCell<Vec<(*const Template, DocumentFragment)>> = const { RefCell::new(Vec::new()) };
}

/// The filter of a tree walker that shows elements and comments.
const ELEMENTS_AND_COMMENTS: u32 = 1 | 128;
/// The attribute by which `view!` marks an element.
const MARK: &str = "h";

impl Template {
    pub const fn new(html: &'static str, is_drawing: bool, holes: &'static [Hole]) -> Self {
        Self { html, is_drawing, holes }
    }

    /// A copy of the markup, and its marked nodes in document order.
    pub fn copy(&'static self) -> (Node, Vec<Node>) {
        let content = self.content();
        let copy = content.clone_node_with_deep(true).unwrap_or_else(|_| content.into());
        let mut marked = Vec::new();
        if let Ok(walker) = document().create_tree_walker_with_what_to_show(&copy, ELEMENTS_AND_COMMENTS) {
            while let Ok(Some(node)) = walker.next_node() {
                match node.dyn_ref::<web_sys::Element>() {
                    Some(element) if !element.has_attribute(MARK) => continue,
                    // It is there, as just found.
                    Some(element) => drop(element.remove_attribute(MARK)),
                    None => {}
                }
                marked.push(node);
            }
        }
        (copy, marked)
    }

    fn content(&'static self) -> DocumentFragment {
        let known =
            READ.with_borrow(|read| read.iter().find(|(template, _)| std::ptr::eq(*template, self)).map(|(_, content)| content.clone()));
        known.unwrap_or_else(|| {
            let content = self.read();
            READ.with_borrow_mut(|read| read.push((self, content.clone())));
            content
        })
    }

    fn read(&self) -> DocumentFragment {
        let document = document();
        let Ok(template) = document.create_element("template").map(JsCast::unchecked_into::<HtmlTemplateElement>) else {
            return document.create_document_fragment();
        };
        if !self.is_drawing {
            template.set_inner_html(self.html);
            return template.content();
        }
        template.set_inner_html(&["<svg>", self.html, "</svg>"].concat());
        let content = document.create_document_fragment();
        if let Some(around) = template.content().first_child() {
            while let Some(node) = around.first_child() {
                // A node of ours goes into a fragment of ours.
                let _ = content.append_child(&node);
            }
        }
        content
    }
}
