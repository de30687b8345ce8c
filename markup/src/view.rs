//! `view!`: a tree of nodes, each expanded into an expression.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use rstml::node::{KeyedAttribute, KeyedAttributeValue, Node, NodeAttribute, NodeBlock, NodeElement, NodeName};
use syn::{Error, Expr, ExprLit, Ident, Lit, LitStr, Result, spanned::Spanned};

type Element = NodeElement<rstml::Infallible>;

pub fn expand(input: TokenStream) -> TokenStream {
    match rstml::parse2(input).and_then(|nodes| nodes_to_view(&nodes)) {
        Ok(tokens) => tokens,
        Err(error) => error.into_compile_error(),
    }
}

/// A lone expression as it is; markup as a template with the values of its holes.
fn nodes_to_view(nodes: &[Node]) -> Result<TokenStream> {
    if let [only] = nodes
        && let Some(expression) = expression(only)?
    {
        return Ok(quote!(crate::view::dom::IntoView::into_view(#expression)));
    }
    let is_drawing = nodes.iter().any(|node| matches!(node, Node::Element(it) if is_part_of_drawing(&it.name().to_string())));
    let template = Template::of(nodes)?;
    let (html, holes, values) = (&template.html, &template.holes, &template.values);
    if values.is_empty() && template.is_text {
        return Ok(quote!(crate::view::dom::View::Fixed(#html)));
    }
    Ok(quote!({
        static TEMPLATE: crate::view::dom::Template = crate::view::dom::Template::new(#html, #is_drawing, &[#(#holes),*]);
        crate::view::dom::View::Template(&TEMPLATE, ::std::vec![#(#values),*])
    }))
}

/// What a node stands for, if it is no markup.
fn expression(node: &Node) -> Result<Option<TokenStream>> {
    Ok(match node {
        Node::Element(element) => match component_name(element) {
            Some(name) if name == "Show" => Some(show(element)?),
            Some(name) => Some(component(name, element)?),
            None => None,
        },
        Node::Text(_) => None,
        Node::Block(NodeBlock::ValidBlock(block)) => Some(match block.stmts.as_slice() {
            [syn::Stmt::Expr(expression, None)] => quote!(#expression),
            _ => quote!(#block),
        }),
        other => return Err(Error::new_spanned(other, "markup is made of elements, quoted texts and {expressions}")),
    })
}

/// Components begin with a capital letter, elements do not.
fn component_name(element: &Element) -> Option<&Ident> {
    let NodeName::Path(path) = element.name() else { return None };
    path.path.get_ident().filter(|name| name.to_string().starts_with(char::is_uppercase))
}

/// Whether a tag belongs into an `<svg>`, which a browser has to know in order to read it.
fn is_part_of_drawing(tag: &str) -> bool {
    ["g", "path", "text", "tspan", "circle", "rect", "line"].contains(&tag)
}

/// Elements that have no end tag.
const VOID_TAGS: [&str; 4] = ["br", "hr", "img", "input"];

/// What a browser ends a `<p>` for, so that it would not be in it.
const NOT_IN_PARAGRAPH: [&str; 16] =
    ["p", "div", "ul", "ol", "dl", "section", "header", "footer", "fieldset", "form", "details", "h1", "h2", "h3", "table", "pre"];

/// The HTML of markup with its holes: an attribute `h` marks an element about which something changes, a comment the place of a child.
#[derive(Default)]
struct Template {
    html: String,
    /// There is no element in it.
    is_text: bool,
    holes: Vec<TokenStream>,
    values: Vec<TokenStream>,
    /// Marked nodes so far, in document order.
    marked: u16,
}

impl Template {
    fn of(nodes: &[Node]) -> Result<Self> {
        let mut template = Self { is_text: true, ..Self::default() };
        nodes.iter().try_for_each(|node| template.add(node, false))?;
        if template.is_text
            && let [Node::Text(text)] = nodes
        {
            // Alone it is no HTML.
            template.html = text.value.value();
        }
        Ok(template)
    }

    fn add(&mut self, node: &Node, in_paragraph: bool) -> Result<()> {
        if let Some(expression) = expression(node)? {
            self.html.push_str("<!---->");
            self.hole(quote!(Child), "", quote!(crate::view::dom::Value::View(crate::view::dom::IntoView::into_view(#expression))));
            self.marked += 1;
            return Ok(());
        }
        match node {
            Node::Element(element) => self.add_element(element, in_paragraph),
            Node::Text(text) => {
                self.html.push_str(&escape(&text.value.value()));
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn add_element(&mut self, element: &Element, in_paragraph: bool) -> Result<()> {
        let tag = element.name().to_string();
        if in_paragraph && NOT_IN_PARAGRAPH.contains(&tag.as_str()) {
            return Err(Error::new_spanned(element.name(), format!("a <p> ends where a <{tag}> begins")));
        }
        self.is_text = false;
        self.html += &format!("<{tag}");
        let mut changes = false;
        for attribute in element.attributes() {
            let attribute = keyed_attribute(attribute)?;
            let name = attribute.key.to_string();
            match (name.split_once(':'), literal(attribute)) {
                (None, Some(value)) if name != "node_ref" => self.html += &format!(" {name}=\"{}\"", escape(&value.value())),
                (None, None) if matches!(attribute.possible_value, KeyedAttributeValue::None) => self.html += &format!(" {name}"),
                (prefixed, _) => {
                    changes = true;
                    self.changing_attribute(prefixed.unwrap_or(("", &name)), attribute)?;
                }
            }
        }
        if changes {
            self.html.push_str(" h");
            self.marked += 1;
        }
        self.html.push('>');
        if VOID_TAGS.contains(&tag.as_str()) {
            return Ok(());
        }
        let in_paragraph = tag == "p" || in_paragraph && !["svg", "button"].contains(&tag.as_str());
        element.children.iter().try_for_each(|child| self.add(child, in_paragraph))?;
        self.html += &format!("</{tag}>");
        Ok(())
    }

    fn changing_attribute(&mut self, (prefix, name): (&str, &str), attribute: &KeyedAttribute) -> Result<()> {
        let value = value(attribute)?;
        let span = attribute.key.span();
        let plain = |value: TokenStream| quote_spanned!(span=> crate::view::dom::Value::Attribute(crate::view::dom::IntoAttribute::into_attribute(#value)));
        match (prefix, name) {
            ("", "node_ref") => {
                self.hole(quote!(Reference), "", quote_spanned!(span=> crate::view::dom::Value::Reference(#value.untyped())))
            }
            ("", name) => self.hole(quote!(Attribute), name, plain(value)),
            ("class", name) => self.hole(quote!(Class), name, plain(value)),
            ("style", name) => self.hole(quote!(Style), name, plain(value)),
            ("prop", name) => self.hole(quote!(Property), name, plain(value)),
            ("on", name) => {
                let event = Ident::new(name, span);
                self.hole(quote!(Event), name, quote_spanned!(span=> crate::view::dom::handler(crate::view::dom::ev::#event, #value)));
            }
            (other, _) => return Err(Error::new(span, format!("`{other}:` is none of class, style, prop and on"))),
        }
        Ok(())
    }

    fn hole(&mut self, kind: TokenStream, name: &str, value: TokenStream) {
        let node = self.marked;
        self.holes.push(quote!(crate::view::dom::Hole { node: #node, kind: crate::view::dom::Kind::#kind, name: #name }));
        self.values.push(value);
    }
}

fn component(name: &Ident, element: &Element) -> Result<TokenStream> {
    let mut calls = Vec::new();
    for attribute in element.attributes() {
        let attribute = keyed_attribute(attribute)?;
        let (key, value) = (&attribute.key, value(attribute)?);
        calls.push(quote!(.#key(#value)));
    }
    if let Some(child) = element.children.first() {
        return Err(Error::new_spanned(child, format!("`<{name}/>` takes attributes alone: what is within it is one of them")));
    }
    Ok(quote!(#name(crate::view::dom::builder(&#name) #(#calls)* .build())))
}

/// `<Show when=condition fallback=other>…</Show>`.
fn show(element: &Element) -> Result<TokenStream> {
    let when = required(element, "when")?;
    let fallback = named(element, "fallback")?.unwrap_or_else(|| quote!(|| crate::view::dom::View::Empty));
    let children = nodes_to_view(&element.children)?;
    Ok(quote!(crate::view::dom::show(#when, move || #children, #fallback)))
}

fn required(element: &Element, name: &str) -> Result<TokenStream> {
    named(element, name)?.ok_or_else(|| Error::new_spanned(element.name(), format!("`{name}` is missing")))
}

fn named(element: &Element, name: &str) -> Result<Option<TokenStream>> {
    let attributes = element.attributes().iter().map(keyed_attribute).collect::<Result<Vec<_>>>()?;
    attributes.into_iter().find(|attribute| attribute.key.to_string() == name).map(value).transpose()
}

fn keyed_attribute(attribute: &NodeAttribute) -> Result<&KeyedAttribute> {
    match attribute {
        NodeAttribute::Attribute(attribute) => Ok(attribute),
        NodeAttribute::Block(block) => Err(Error::new_spanned(block, "an attribute has a name")),
    }
}

/// The value's expression; `name` alone stands for `name=name`.
fn value(attribute: &KeyedAttribute) -> Result<TokenStream> {
    match (&attribute.possible_value, attribute.value()) {
        (_, Some(value)) => Ok(quote!(#value)),
        (KeyedAttributeValue::None, _) => {
            let key = &attribute.key;
            Ok(quote!(#key))
        }
        _ => Err(Error::new_spanned(&attribute.key, "the value is no expression")),
    }
}

fn literal(attribute: &KeyedAttribute) -> Option<&LitStr> {
    match attribute.value()? {
        Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text),
        _ => None,
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The expansion without white space, so that expectations are easy to read.
    fn expanded(input: TokenStream) -> String {
        expand(input).to_string().replace(' ', "")
    }

    #[test]
    fn what_changes_is_a_hole_and_the_rest_is_html() {
        let tokens = expanded(quote!(<div><p class="hint" class:is-on=on on:click=press>"a & b"{text}</p><input/></div>));
        assert!(tokens.contains(r#"<div><pclass=\"hint\"h>a&amp;b<!----></p><input></div>"#), "{tokens}");
        for hole in
            [r#"Hole{node:0u16,kind:crate::view::dom::Kind::Class,name:"is-on"}"#, "Hole{node:1u16,kind:crate::view::dom::Kind::Child"]
        {
            assert!(tokens.contains(hole), "{hole} in {tokens}");
        }
    }

    #[test]
    fn what_is_no_markup_stays_an_expression() {
        assert_eq!(expanded(quote!({ text })), "crate::view::dom::IntoView::into_view(text)");
        assert_eq!(expanded(quote!("a & b")), r#"crate::view::dom::View::Fixed("a&b")"#);
    }

    #[test]
    fn parts_of_a_drawing_are_read_as_such() {
        assert!(expanded(quote!(<g class=class><title>{text}</title></g>)).contains(",true,"));
        assert!(expanded(quote!(<svg class=class><path></path></svg>)).contains(",false,"));
    }

    #[test]
    fn components_take_their_attributes_by_name() {
        let tokens = expanded(quote!(<Card close=shut controls/>));
        assert!(tokens.contains("Card(crate::view::dom::builder(&Card).close(shut).controls(controls).build())"), "{tokens}");
    }

    #[test]
    fn mistakes_are_named() {
        for (markup, said) in [
            (quote!(<p bind:value=x></p>), "none of class, style, prop and on"),
            (quote!(<Show></Show>), "`when` is missing"),
            (quote!(<Card><p></p></Card>), "takes attributes alone"),
            (quote!(<p {x}></p>), "an attribute has a name"),
            (quote!(<!-- "comment" -->), "markup is made of"),
            (quote!(<p><div></div></p>), "ends where"),
        ] {
            let tokens = expand(markup).to_string();
            assert!(tokens.contains("compile_error") && tokens.contains(said), "{tokens}");
        }
    }
}
