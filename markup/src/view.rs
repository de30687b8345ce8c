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

/// One node as it is, several as a fragment.
fn nodes_to_view(nodes: &[Node]) -> Result<TokenStream> {
    let children = nodes.iter().map(|it| node(it, false)).collect::<Result<Vec<_>>>()?;
    Ok(match children.as_slice() {
        [only] => quote!(crate::view::dom::IntoView::into_view(#only)),
        _ => quote!(crate::view::dom::View::Many(::std::vec![#(crate::view::dom::IntoView::into_view(#children)),*])),
    })
}

/// An expression that is `IntoView`.
fn node(node: &Node, in_drawing: bool) -> Result<TokenStream> {
    match node {
        Node::Element(element) => match component_name(element) {
            Some(name) if name == "Show" => show(element),
            Some(name) if name == "For" => keyed(element),
            Some(name) => component(name, element),
            None => html_element(element, in_drawing),
        },
        Node::Text(text) => {
            let text = &text.value;
            Ok(quote!(#text))
        }
        Node::Block(NodeBlock::ValidBlock(block)) => match block.stmts.as_slice() {
            [syn::Stmt::Expr(expression, None)] => Ok(quote!(#expression)),
            _ => Ok(quote!(#block)),
        },
        other => Err(Error::new_spanned(other, "markup is made of elements, quoted texts and {expressions}")),
    }
}

/// Components begin with a capital letter, elements do not.
fn component_name(element: &Element) -> Option<&Ident> {
    let NodeName::Path(path) = element.name() else { return None };
    path.path.get_ident().filter(|name| name.to_string().starts_with(char::is_uppercase))
}

/// What begins a drawing, or a part of one. All within it is drawing too.
const SVG_TAGS: [&str; 8] = ["svg", "g", "path", "text", "tspan", "circle", "rect", "line"];

fn html_element(element: &Element, in_drawing: bool) -> Result<TokenStream> {
    let tag = element.name().to_string();
    if tag == "svg"
        && let Some(html) = inert(element)
    {
        return Ok(quote!(crate::view::dom::inert(#html)));
    }
    let is_drawing = in_drawing || SVG_TAGS.contains(&tag.as_str());
    let make = if is_drawing { quote!(svg) } else { quote!(html) };
    let mut fixed = Vec::new();
    let mut calls = Vec::new();
    for attribute in element.attributes() {
        let attribute = keyed_attribute(attribute)?;
        let name = attribute.key.to_string();
        match (name.split_once(':'), literal(attribute)) {
            (None, Some(value)) if name != "node_ref" => fixed.push(quote!((#name, #value))),
            (None, None) if matches!(attribute.possible_value, KeyedAttributeValue::None) => fixed.push(quote!((#name, ""))),
            (prefixed, _) => calls.push(changing_attribute(prefixed.unwrap_or(("", &name)), attribute)?),
        }
    }
    let fixed = (!fixed.is_empty()).then(|| quote!(.attributes(&[#(#fixed),*])));
    let children = element.children.iter().map(|child| node(child, is_drawing)).collect::<Result<Vec<_>>>()?;
    Ok(quote!(crate::view::dom::Element::#make(#tag) #fixed #(#calls)* #(.child(#children))*))
}

/// A call for an attribute that is not a fixed text.
fn changing_attribute((prefix, name): (&str, &str), attribute: &KeyedAttribute) -> Result<TokenStream> {
    let value = value(attribute)?;
    let span = attribute.key.span();
    Ok(match (prefix, name) {
        ("", "node_ref") => quote_spanned!(span=> .node_ref(#value)),
        ("", name) => quote_spanned!(span=> .attribute(#name, #value)),
        ("class", name) => quote_spanned!(span=> .class(#name, #value)),
        ("style", name) => quote_spanned!(span=> .style(#name, #value)),
        ("prop", name) => quote_spanned!(span=> .property(#name, #value)),
        ("on", name) => {
            let event = Ident::new(name, span);
            quote_spanned!(span=> .on(::leptos::ev::#event, #value))
        }
        (other, _) => return Err(Error::new(span, format!("`{other}:` is none of class, style, prop and on"))),
    })
}

fn component(name: &Ident, element: &Element) -> Result<TokenStream> {
    let mut calls = Vec::new();
    for attribute in element.attributes() {
        let attribute = keyed_attribute(attribute)?;
        let (key, value) = (&attribute.key, value(attribute)?);
        calls.push(quote!(.#key(#value)));
    }
    if !element.children.is_empty() {
        let children = nodes_to_view(&element.children)?;
        calls.push(quote!(.children(::std::boxed::Box::new(move || #children))));
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

/// `<For each=items key=|item| … let:item>…</For>`, or with `children=|item| …`.
fn keyed(element: &Element) -> Result<TokenStream> {
    let (each, key) = (required(element, "each")?, required(element, "key")?);
    let children = match named(element, "children")? {
        Some(children) => children,
        None => {
            let is_let =
                |attribute: &&NodeAttribute| matches!(attribute, NodeAttribute::Attribute(it) if it.key.to_string().starts_with("let:"));
            let item = element.attributes().iter().find(is_let).map(|it| it.span());
            let name = element
                .attributes()
                .iter()
                .filter_map(|it| keyed_attribute(it).ok()?.key.to_string().strip_prefix("let:").map(str::to_owned));
            let name = name.last().ok_or_else(|| Error::new_spanned(element.name(), "`<For>` needs `let:item` or `children`"))?;
            let item = Ident::new(&name, item.unwrap_or_else(|| element.name().span()));
            let children = nodes_to_view(&element.children)?;
            quote!(move |#item| #children)
        }
    };
    Ok(quote!(crate::view::dom::keyed(#each, #key, #children)))
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

/// The HTML of an element in which nothing ever changes.
fn inert(element: &Element) -> Option<String> {
    let mut html = format!("<{}", element.name());
    for attribute in element.attributes() {
        let NodeAttribute::Attribute(attribute) = attribute else { return None };
        let (name, value) = (attribute.key.to_string(), literal(attribute)?);
        if name.contains(':') || name == "node_ref" {
            return None;
        }
        html += &format!(" {name}=\"{}\"", escape(&value.value()));
    }
    html.push('>');
    for child in &element.children {
        html += &match child {
            Node::Element(element) if component_name(element).is_none() => inert(element)?,
            Node::Text(text) => escape(&text.value.value()),
            _ => return None,
        };
    }
    html += &format!("</{}>", element.name());
    Some(html)
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
    fn fixed_attributes_are_one_call_and_others_one_each() {
        let tokens = expanded(quote!(<p class="hint" id="it" class:is-on=on on:click=press>"text"</p>));
        assert!(tokens.contains(r#"Element::html("p").attributes(&[("class","hint"),("id","it")]).class("is-on",on)"#), "{tokens}");
        assert!(tokens.contains(r#".on(::leptos::ev::click,press).child("text")"#), "{tokens}");
    }

    #[test]
    fn a_drawing_in_which_nothing_changes_is_html() {
        let tokens = expanded(quote!(<svg viewBox="0 0 1 1"><path d="M0 0&"></path></svg>));
        assert!(tokens.contains("inert("), "{tokens}");
        assert!(tokens.contains("&amp;"), "{tokens}");
        let changing = expanded(quote!(<svg viewBox="0 0 1 1"><path d=d></path></svg>));
        assert!(changing.contains(r#"Element::svg("path").attribute("d",d)"#), "{changing}");
    }

    #[test]
    fn what_is_within_a_drawing_is_drawing() {
        let tokens = expanded(quote!(<g class=class><title>{text}</title></g>));
        assert!(tokens.contains(r#"Element::svg("title").child(text)"#), "{tokens}");
    }

    #[test]
    fn components_take_their_attributes_by_name_and_what_is_between_the_tags() {
        let tokens = expanded(quote!(<Card close=shut controls><p>"x"</p></Card>));
        assert!(tokens.contains("Card(crate::view::dom::builder(&Card).close(shut).controls(controls).children("), "{tokens}");
    }

    #[test]
    fn mistakes_are_named() {
        for (markup, said) in [
            (quote!(<p bind:value=x></p>), "none of class, style, prop and on"),
            (quote!(<Show></Show>), "`when` is missing"),
            (quote!(<For each=e key=k></For>), "let:item"),
            (quote!(<p {x}></p>), "an attribute has a name"),
            (quote!(<!-- "comment" -->), "markup is made of"),
        ] {
            let tokens = expand(markup).to_string();
            assert!(tokens.contains("compile_error") && tokens.contains(said), "{tokens}");
        }
    }
}
